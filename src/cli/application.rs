//! `saring explain NOMOR`: one application of tonight in full.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use serde::Serialize;

use super::Exit;
use super::one_person::OnePerson;
use super::output::Out;
use super::prepare::{NightArgs, Prepared};
use super::{one_person, why_not};
use crate::columns::{ORANG, needed};
use crate::night::Night;
use crate::rules::{Exception, Plan, Rule, RuleSet, Status};
use crate::schema::columns::NOMOR_PERMOHONAN;
use crate::screening::{
    ExceptionAccount, Exempted, Leaf, LineAccount, RuleAccount, Score, Told, Verdict, accounts, shown, summand,
};
use crate::{Error, Result};

/// Runs tonight's screening and tells everything about one application. Nothing is written; values are masked.
pub(super) fn run(nomor: &str, rule: Option<&str>, args: &NightArgs, out: &mut Out) -> Result<Exit> {
    let Some(prepared) = args.prepare(&[], out)? else { return Ok(Exit::Usage) };
    let night = prepared.run(&[])?;
    let told = told(nomor, rule, &prepared, &night)?;
    if out.is_json() {
        out.json(&told.json());
    } else {
        out.print(&told.text());
    }
    Ok(Exit::Done)
}

/// Everything about one application.
struct Application<'a> {
    prepared: &'a Prepared,
    night: &'a Night,
    nomor: &'a str,
    place: Option<usize>,
    /// An open application of before, looked at again: its place is on the list of those.
    before: bool,
    score: Score,
    columns: Vec<(String, String)>,
    /// Why its person is one although it has several NIK, where what was asked about looks at people.
    one_person: Vec<OnePerson>,
    accounts: Vec<RuleAccount>,
    /// What was missing for a line, by rule and number of the line; told where one rule was asked about.
    missing: BTreeMap<(usize, usize), Vec<String>>,
    /// The exception that hid what a rule found, by rule.
    hidden: BTreeMap<usize, &'a Exception>,
}

fn told<'a>(nomor: &'a str, rule: Option<&str>, prepared: &'a Prepared, night: &'a Night) -> Result<Application<'a>> {
    let numbers = night.frame.text(NOMOR_PERMOHONAN)?;
    let again = night.again.iter().flat_map(|again| again.rows.clone());
    let Some(row) = night.subjects.clone().chain(again).find(|row| numbers.get(*row as usize) == Some(nomor)) else {
        let aside = night.intake.quarantine.len();
        return Err(Error::usage("no application of tonight has this number").help(format!(
            "{} applications were read and {aside} records set aside; `karantina.csv` of a run says where and why",
            night.subjects.len()
        )));
    };
    let set = &prepared.set;
    if let Some(id) = rule.filter(|id| set.rule(id).is_none()) {
        return Err(Error::usage(format!("no rule `{id}`")));
    }
    let told = Told { set, plan: &night.plan, frame: &night.frame, witnesses: &night.witnesses, lang: prepared.lang };
    let wanted = |account: &RuleAccount| {
        let of = set.rules.get(account.rule);
        rule.is_none_or(|id| of.is_some_and(|rule| rule.id.as_str() == id))
    };
    let columns = used(&night.plan, rule.and_then(|id| set.rule(id)));
    let of_people = needed(&night.plan.sources, columns.iter().map(String::as_str)).contains(ORANG);
    let one_person = match of_people {
        true => one_person::of(&night.frame, row, prepared.lists.lists.names())?,
        false => Vec::new(),
    };
    let columns = columns.into_iter().map(|name| Ok((name.clone(), shown(&name, row, &told)?)));
    let accounts: Vec<RuleAccount> = accounts(row, &told)?.into_iter().filter(wanted).collect();
    let missing =
        if rule.is_some() { why_not::of(&accounts, row, &told, prepared.options.as_of)? } else { BTreeMap::new() };
    Ok(Application {
        prepared,
        night,
        nomor,
        place: place(night, row),
        before: !night.subjects.contains(&row),
        score: night.screened(set).score_of(row)?,
        columns: columns.collect::<Result<_>>()?,
        one_person,
        accounts,
        missing,
        hidden: hidden(row, night, set),
    })
}

/// The exceptions that hid findings of a row, by rule.
fn hidden<'a>(row: u32, night: &'a Night, set: &'a RuleSet) -> BTreeMap<usize, &'a Exception> {
    let applied = night.exceptions.iter().filter(|account| account.how == Exempted::Applied);
    let of = |account: &'a ExceptionAccount| {
        let exception = set.exceptions.get(account.exception);
        let hits = account.met.iter().filter(move |hit| hit.row == row);
        hits.filter_map(move |hit| Some((night.plan.rules.get(hit.rule as usize)?.index, exception?)))
    };
    applied.flat_map(of).collect()
}

/// The place of a row on its list.
fn place(night: &Night, row: u32) -> Option<usize> {
    let again = night.again.iter().flat_map(|again| &again.list).map(|again| &again.referral);
    night.referrals.iter().chain(again).find(|r| r.row == row).map(|r| r.rank)
}

/// The columns that rules read, or one rule.
fn used(plan: &Plan, only: Option<&Rule>) -> BTreeSet<String> {
    match only {
        Some(rule) => rule.lines().flat_map(|l| l.expr.columns()).map(|c| c.to_string()).collect(),
        None => {
            let lines = plan.rules.iter().flat_map(|r| r.when.iter().chain(&r.unless));
            lines.flat_map(|line| &line.columns).map(ToString::to_string).collect()
        }
    }
}

/// The kinds of accounts, in the order they are shown.
fn order(verdict: &Verdict) -> usize {
    match verdict {
        Verdict::Fires { .. } => 0,
        Verdict::NotEvaluable { .. } => 1,
        Verdict::Quiet => 2,
        Verdict::NotInForce => 3,
        Verdict::Off => 4,
    }
}

fn word(verdict: &Verdict) -> &'static str {
    match verdict {
        Verdict::Fires { .. } => "fires",
        Verdict::NotEvaluable { .. } => "cannot be judged",
        Verdict::Quiet => "quiet",
        Verdict::NotInForce => "not in force on the day of the application",
        Verdict::Off => "switched off",
    }
}

impl Application<'_> {
    fn rule(&self, account: &RuleAccount) -> Option<&Rule> {
        self.prepared.set.rules.get(account.rule)
    }

    fn text(&self) -> String {
        let list = if self.before { "the list of follow-ups" } else { "the list" };
        let place = self.place.map_or_else(|| format!("not on {list}"), |rank| format!("number {rank} on {list}"));
        let mut text = format!("{}: score {}, {place}\n", self.nomor, self.score.total);
        for part in &self.score.parts {
            let _ = writeln!(text, "  {} {:+}", part.family, part.points);
            for leaf in &part.leaves {
                let _ = writeln!(text, "    {:+} {}", leaf.points, self.leaf(leaf));
            }
        }
        text.push_str("\ncolumns used\n");
        for (name, value) in &self.columns {
            let _ = writeln!(text, "  {name} = {value}");
        }
        text.push_str(&one_person::text(&self.one_person, self.prepared.lang));
        let mut accounts: Vec<&RuleAccount> = self.accounts.iter().collect();
        accounts.sort_by_key(|account| order(&account.verdict));
        let mut last = None;
        for account in accounts {
            if last != Some(order(&account.verdict)) {
                last = Some(order(&account.verdict));
                let _ = writeln!(text, "\nrules: {}", word(&account.verdict));
            }
            self.account(account, &mut text);
        }
        text
    }

    fn leaf(&self, leaf: &Leaf) -> String {
        summand(leaf, &self.night.plan, &self.prepared.set, self.prepared.lang)
    }

    fn account(&self, account: &RuleAccount, text: &mut String) {
        let Some(rule) = self.rule(account) else { return };
        let title = rule.title_in(self.prepared.lang);
        let trial = if rule.status == Status::Shadow { " (on trial)" } else { "" };
        let _ = writeln!(text, "  {} v{} {title}{trial}", rule.id, rule.version);
        match &account.verdict {
            Verdict::Fires { points, reason, .. } => {
                let _ = writeln!(text, "      {points:+} {reason}");
                if let Some(exception) = self.hidden.get(&account.rule) {
                    let Exception { id, until, reason, .. } = exception;
                    let _ = writeln!(text, "      hidden by exception {id} until {until}: {reason}");
                }
            }
            Verdict::NotEvaluable { missing: Some(column) } => {
                let _ = writeln!(text, "      no value in `{column}`");
            }
            Verdict::NotEvaluable { missing: None } => text.push_str("      a computation has no result\n"),
            Verdict::Quiet | Verdict::NotInForce | Verdict::Off => {}
        }
        for (number, line) in account.lines.iter().enumerate() {
            let _ = writeln!(text, "      {} {}{}", mark(line), if line.unless { "unless " } else { "" }, line.text);
            let values: Vec<String> = line.values.iter().map(|(name, value)| format!("{name} = {value}")).collect();
            if !values.is_empty() {
                let _ = writeln!(text, "          {}", values.join(", "));
            }
            for told in self.missing.get(&(account.rule, number)).into_iter().flatten() {
                let _ = writeln!(text, "          {told}");
            }
        }
    }

    fn json(&self) -> Json<'_> {
        Json {
            schema_version: 1,
            nomor_permohonan: self.nomor,
            score: self.score.total,
            place: self.place,
            before: self.before,
            parts: self
                .score
                .parts
                .iter()
                .map(|part| JsonPart {
                    family: part.family,
                    points: part.points,
                    leaves: part.leaves.iter().map(|leaf| (self.leaf(leaf), leaf.points)).collect(),
                })
                .collect(),
            columns: &self.columns,
            one_person: one_person::json(&self.one_person),
            rules: self.accounts.iter().filter_map(|account| self.json_rule(account)).collect(),
        }
    }

    fn json_rule<'a>(&'a self, account: &'a RuleAccount) -> Option<JsonRule<'a>> {
        let rule = self.rule(account)?;
        let (points, reason, missing) = match &account.verdict {
            Verdict::Fires { points, reason, .. } => (Some(*points), Some(reason.as_str()), None),
            Verdict::NotEvaluable { missing } => (None, None, missing.as_deref()),
            Verdict::Quiet | Verdict::NotInForce | Verdict::Off => (None, None, None),
        };
        let lines = account.lines.iter().enumerate().map(|(number, line)| JsonLine {
            unless: line.unless,
            text: &line.text,
            held: line.held,
            values: &line.values,
            missing: self.missing.get(&(account.rule, number)).map_or(&[], Vec::as_slice),
        });
        Some(JsonRule {
            id: rule.id.as_str(),
            version: rule.version,
            verdict: word(&account.verdict),
            points,
            reason,
            missing,
            hidden_by: self.hidden.get(&account.rule).map(|exception| exception.id.as_str()),
            lines: lines.collect(),
        })
    }
}

/// How a line went: it held, it did not, nobody can know.
fn mark(line: &LineAccount) -> char {
    match line.held {
        Some(true) => '✓',
        Some(false) => '✗',
        None => '?',
    }
}

#[derive(Serialize)]
struct Json<'a> {
    schema_version: u32,
    nomor_permohonan: &'a str,
    score: i64,
    place: Option<usize>,
    before: bool,
    parts: Vec<JsonPart>,
    columns: &'a [(String, String)],
    one_person: Vec<serde_json::Value>,
    rules: Vec<JsonRule<'a>>,
}

#[derive(Serialize)]
struct JsonPart {
    family: char,
    points: i64,
    leaves: Vec<(String, i64)>,
}

#[derive(Serialize)]
struct JsonRule<'a> {
    id: &'a str,
    version: i64,
    verdict: &'static str,
    points: Option<i64>,
    reason: Option<&'a str>,
    missing: Option<&'a str>,
    hidden_by: Option<&'a str>,
    lines: Vec<JsonLine<'a>>,
}

#[derive(Serialize)]
struct JsonLine<'a> {
    unless: bool,
    text: &'a str,
    held: Option<bool>,
    values: &'a [(String, String)],
    missing: &'a [String],
}
