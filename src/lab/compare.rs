//! What came out of a case beside what was expected.

use std::collections::BTreeSet;

use super::case::{Case, Listed, Rows};
use super::run::Tried;
use crate::rules::RuleSet;
use crate::screening::{LineAccount, RuleAccount, Screened, Settings, Told, Verdict, account, evidence, refer};
use crate::words::Lang;
use crate::{Error, Result};

/// One thing that came out otherwise, with the rows that show why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// What it is about: `fires`, `points`, `row 3: score`.
    pub what: String,
    /// What was expected.
    pub expected: String,
    /// What came.
    pub got: String,
    /// The rows concerned, at most three.
    pub rows: Vec<RowView>,
}

/// A row of a failing case: every line of a rule with its verdict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowView {
    /// From 1.
    pub number: usize,
    /// The rule.
    pub rule: String,
    /// What the rule decided.
    pub verdict: Verdict,
    /// Its lines.
    pub lines: Vec<LineAccount>,
}

/// Rows of a difference that are shown.
const SHOWN: usize = 3;

/// `alone` is the case under its own rule, `pack` under the whole pack, where it needs that.
pub(super) fn differences(
    case: &Case,
    set: &RuleSet,
    alone: Option<&Tried<'_>>,
    pack: Option<&Tried<'_>>,
) -> Result<Vec<Difference>> {
    let mut found = Vec::new();
    if let (Some(rule), Some(tried)) = (case.rule(), alone) {
        Comparison { case, set, tried, found: &mut found }.of_rule(rule)?;
    }
    if let Some(tried) = pack {
        Comparison { case, set, tried, found: &mut found }.of_pack()?;
    }
    Ok(found)
}

struct Comparison<'a> {
    case: &'a Case,
    set: &'a RuleSet,
    tried: &'a Tried<'a>,
    found: &'a mut Vec<Difference>,
}

impl Comparison<'_> {
    fn account(&self, rule: usize, row: usize) -> Result<RuleAccount> {
        let Tried { plan, frame, witnesses, .. } = self.tried;
        let told = Told { set: self.set, plan, frame, witnesses, lang: Lang::Id };
        account(u32::try_from(row).unwrap_or(u32::MAX), rule, &told)
    }

    fn views(&self, rule: usize, rows: impl IntoIterator<Item = usize>) -> Result<Vec<RowView>> {
        let view = |row: usize| {
            let account = self.account(rule, row)?;
            let id = self.set.rules.get(rule).map_or_else(String::new, |rule| rule.id.to_string());
            Ok(RowView { number: row + 1, rule: id, verdict: account.verdict, lines: account.lines })
        };
        rows.into_iter().take(SHOWN).map(view).collect()
    }

    /// The hits of a rule with their rows.
    fn hits(&self, rule: usize) -> impl Iterator<Item = (usize, &crate::screening::Hit)> {
        let planned = self.tried.plan.rules.iter().position(|planned| planned.index == rule);
        let hits = self.tried.hits.hits.iter();
        hits.filter(move |hit| Some(hit.rule as usize) == planned).map(|hit| (hit.row as usize, hit))
    }

    fn rows(&mut self, what: &str, expected: &Rows, got: &Rows, rule: usize) -> Result<()> {
        if expected != got {
            let rows = self.views(rule, expected.symmetric_difference(got).copied())?;
            let list = |rows: &Rows| listing(rows, self.case.applications.len());
            self.found.push(Difference { what: what.to_owned(), expected: list(expected), got: list(got), rows });
        }
        Ok(())
    }

    fn of_rule(&mut self, rule: usize) -> Result<()> {
        let expected = &self.case.expected;
        let fired: Rows = self.hits(rule).map(|(row, _)| row).collect();
        if let Some(rows) = &expected.fires {
            self.rows("fires", rows, &fired, rule)?;
        }
        if let Some(rows) = &expected.not_evaluable {
            let mut null = Rows::new();
            for row in (0..self.case.judged).filter(|row| !fired.contains(row)) {
                if matches!(self.account(rule, row)?.verdict, Verdict::NotEvaluable { .. }) {
                    null.insert(row);
                }
            }
            self.rows("cannot be judged", rows, &null, rule)?;
        }
        let hits: Vec<(usize, crate::screening::Hit)> = self.hits(rule).map(|(row, hit)| (row, *hit)).collect();
        for (row, hit) in hits {
            if let Some(points) = expected.points.filter(|points| *points != hit.points) {
                let rows = self.views(rule, [row])?;
                self.push(row, "points", points.to_string(), hit.points.to_string(), rows);
            }
            if let Some(part) = &expected.reason {
                let Verdict::Fires { reason, .. } = self.account(rule, row)?.verdict else {
                    return Err(Error::internal("a hit whose account does not fire"));
                };
                if !reason.contains(part.as_str()) {
                    self.push(row, "reason", part.clone(), reason, Vec::new());
                }
            }
            if let Some(rows) = &expected.evidence {
                let Tried { plan, frame, witnesses, .. } = self.tried;
                let behind = evidence(&hit, plan, witnesses, frame);
                let mut got: Rows = behind.iter().flat_map(|e| &e.rows).map(|row| *row as usize).collect();
                got.insert(row);
                if got != *rows {
                    let list = |rows: &Rows| listing(rows, self.case.applications.len());
                    self.push(row, "evidence", list(rows), list(&got), Vec::new());
                }
            }
        }
        Ok(())
    }

    fn push(&mut self, row: usize, what: &str, expected: String, got: String, rows: Vec<RowView>) {
        self.found.push(Difference { what: format!("row {}: {what}", row + 1), expected, got, rows });
    }

    fn of_pack(&mut self) -> Result<()> {
        let (case, set) = (self.case, self.set);
        for (rule, rows) in &case.expected.rules {
            let fired: Rows = self.hits(*rule).map(|(row, _)| row).collect();
            let id = set.rules.get(*rule).map_or("?", |rule| rule.id.as_str());
            self.rows(&format!("{id} fires"), rows, &fired, *rule)?;
        }
        if case.isolated {
            self.isolated()?;
        }
        let Tried { plan, frame, witnesses, hits, .. } = self.tried;
        let screened = Screened { set, plan, frame, witnesses, hits };
        if let Some(scores) = &case.expected.score {
            for (row, expected) in scores.iter().enumerate() {
                let total = screened.score_of(u32::try_from(row).unwrap_or(u32::MAX))?.total;
                if total != *expected {
                    self.push(row, "score", expected.to_string(), total.to_string(), Vec::new());
                }
            }
        }
        if case.expected.listed.is_none() && case.expected.band.is_none() {
            return Ok(());
        }
        let settings = Settings { capacity: set.scoring.capacity, control_per_mille: 0, key: Vec::new() };
        let subjects = 0..u32::try_from(case.judged).unwrap_or(u32::MAX);
        let list = refer(&screened, subjects, &settings)?;
        let rows: Vec<usize> = list.iter().map(|referral| referral.row as usize).collect();
        let everybody = rows.len() == case.judged;
        let as_text = |rows: &[usize]| match rows {
            [] => "nobody".to_owned(),
            rows => rows.iter().map(|row| (row + 1).to_string()).collect::<Vec<_>>().join(", "),
        };
        let expected = match &case.expected.listed {
            Some(Listed::All) if !everybody => Some("everybody".to_owned()),
            Some(Listed::InOrder(wanted)) if *wanted != rows => Some(as_text(wanted)),
            Some(Listed::All | Listed::InOrder(_)) | None => None,
        };
        if let Some(expected) = expected {
            let (what, got) = ("listed".to_owned(), as_text(&rows));
            self.found.push(Difference { what, expected, got, rows: Vec::new() });
        }
        for referral in &list {
            if let Some(band) = case.expected.band.filter(|band| *band != referral.band) {
                let (row, got) = (referral.row as usize, referral.band.name().to_owned());
                self.push(row, "band", band.name().to_owned(), got, Vec::new());
            }
        }
        Ok(())
    }

    /// Rules that fire besides the one the case is about.
    fn isolated(&mut self) -> Result<()> {
        let own = self.case.rule();
        let of = |hit: &crate::screening::Hit| self.tried.plan.rules.get(hit.rule as usize).map(|rule| rule.index);
        let others: BTreeSet<usize> = self.tried.hits.hits.iter().filter_map(of).filter(|r| Some(*r) != own).collect();
        for rule in others {
            let rows: Rows = self.hits(rule).map(|(row, _)| row).collect();
            let id = self.set.rules.get(rule).map_or("?", |rule| rule.id.as_str()).to_owned();
            let shown = self.views(rule, rows.iter().copied().take(1))?;
            let (what, expected) = (format!("isolated: {id} fires"), "no row".to_owned());
            let got = listing(&rows, self.case.applications.len());
            self.found.push(Difference { what, expected, got, rows: shown });
        }
        Ok(())
    }
}

/// Rows as a person reads them, from 1.
fn listing(rows: &Rows, all: usize) -> String {
    match rows.len() {
        0 => "no row".to_owned(),
        n if n == all && n > 1 => "every row".to_owned(),
        1 => format!("row {}", rows.iter().map(|row| row + 1).sum::<usize>()),
        _ => format!("rows {}", rows.iter().map(|row| (row + 1).to_string()).collect::<Vec<_>>().join(", ")),
    }
}
