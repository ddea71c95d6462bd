//! One application in full: every rule, what it decided and why, with the values it looked at.

use super::evaluate::truth;
use super::score::{Leaf, Why};
use crate::columns::{Evidence, Witnesses};
use crate::expr::{Evaluation, Value};
use crate::frame::{Frame, View};
use crate::rules::{Piece, Plan, PlannedLine, PlannedRule, Rule, RuleSet, Shown, Status, Template};
use crate::schema::columns::{NOMOR_PERMOHONAN, TANGGAL_PERMOHONAN};
use crate::schema::{Mask, Type};
use crate::words::{Lang, Word};
use crate::{Error, Result};

/// What a rule decided for an application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Fired, with this outcome and these points.
    Fires {
        /// Number of the outcome.
        outcome: usize,
        /// Its points.
        points: i64,
        /// The reason in the reader's language.
        reason: String,
    },
    /// A line decided that it does not fire.
    Quiet,
    /// A value was missing.
    NotEvaluable {
        /// The column; nothing for a computation without a result.
        missing: Option<String>,
    },
    /// Not in force on the date of the application.
    NotInForce,
    /// Switched off.
    Off,
}

/// A rule's account for one application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleAccount {
    /// Number of the rule in the rule set.
    pub rule: usize,
    /// What it decided.
    pub verdict: Verdict,
    /// Its lines: `when`, then `unless`.
    pub lines: Vec<LineAccount>,
}

/// A line's account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineAccount {
    /// As the analyst wrote it.
    pub text: String,
    /// Whether it stands under `unless`.
    pub unless: bool,
    /// Whether it held; nothing when a value was missing.
    pub held: Option<bool>,
    /// The columns it read with their values, masked.
    pub values: Vec<(String, String)>,
}

/// What an account is made from.
#[derive(Debug, Clone, Copy)]
pub struct Told<'a> {
    /// The rule set.
    pub set: &'a RuleSet,
    /// The plan made from it.
    pub plan: &'a Plan,
    /// The applications with the plan's columns.
    pub frame: &'a Frame,
    /// What stands behind columns that look at other applications.
    pub witnesses: &'a Witnesses,
    /// The reader's language.
    pub lang: Lang,
}

/// One rule's account of a row.
pub fn account(row: u32, rule: usize, told: &Told<'_>) -> Result<RuleAccount> {
    let declared = told.set.rules.get(rule).ok_or_else(|| Error::internal("account of an unknown rule"))?;
    OneRow::new(row, told).rule(rule, declared)
}

/// Every rule's account of a row, in the order of ids.
pub fn accounts(row: u32, told: &Told<'_>) -> Result<Vec<RuleAccount>> {
    let one = OneRow::new(row, told);
    told.set.rules.iter().enumerate().map(|(ix, rule)| one.rule(ix, rule)).collect()
}

/// The value of a column in a row, in the reader's language, masked as its column demands.
pub fn shown(column: &str, row: u32, told: &Told<'_>) -> Result<String> {
    let info = told.set.catalog.get(column).ok_or_else(|| Error::internal("column without a description"))?;
    let value = value_of(told.frame, column, info.ty, row as usize)?;
    Ok(display(&value, info.ty, info.mask, told.lang))
}

/// What a summand of a score is: the id of a rule, or the limit that cut.
#[must_use]
pub fn summand(leaf: &Leaf, plan: &Plan, set: &RuleSet, lang: Lang) -> String {
    let word = match leaf.why {
        Why::Finding(hit) => {
            let planned = plan.rules.get(hit.rule as usize);
            let rule = planned.and_then(|p| set.rules.get(p.index));
            return rule.map_or_else(String::new, |r| r.id.to_string());
        }
        Why::ContextCap => Word::ContextCap,
        Why::SameSet => Word::SameSet,
        Why::FamilyCap => Word::FamilyCap,
        Why::NothingLeft => Word::NothingLeft,
    };
    lang.word(word).to_owned()
}

struct OneRow<'a> {
    told: &'a Told<'a>,
    at: u32,
    plan: &'a Plan,
    frame: &'a Frame,
    witnesses: &'a Witnesses,
    row: usize,
    lang: Lang,
    evaluation: Evaluation<'a>,
}

impl<'a> OneRow<'a> {
    fn new(row: u32, told: &'a Told<'a>) -> Self {
        let Told { plan, frame, witnesses, lang, .. } = *told;
        let evaluation = Evaluation::new(&plan.program, frame, row as usize, 1);
        Self { told, at: row, plan, frame, witnesses, row: row as usize, lang, evaluation }
    }

    fn rule(&self, index: usize, rule: &Rule) -> Result<RuleAccount> {
        let planned = self.plan.rules.iter().find(|p| p.index == index);
        let (Some(planned), false) = (planned, rule.status == Status::Off) else {
            return Ok(RuleAccount { rule: index, verdict: Verdict::Off, lines: Vec::new() });
        };
        let mut lines = Vec::new();
        for (line, written) in planned.when.iter().zip(&rule.when) {
            lines.push(self.line(line, &written.text, false)?);
        }
        for (line, written) in planned.unless.iter().zip(&rule.unless) {
            lines.push(self.line(line, &written.text, true)?);
        }
        Ok(RuleAccount { rule: index, verdict: self.verdict(planned, rule)?, lines })
    }

    fn line(&self, line: &PlannedLine, text: &str, unless: bool) -> Result<LineAccount> {
        let held = self.evaluation.truth(line.node)?.get(0);
        let values =
            line.columns.iter().map(|c| Ok((c.to_string(), shown(c, self.at, self.told)?))).collect::<Result<_>>()?;
        Ok(LineAccount { text: text.to_owned(), unless, held, values })
    }

    fn verdict(&self, planned: &PlannedRule, rule: &Rule) -> Result<Verdict> {
        let date = self.frame.number(TANGGAL_PERMOHONAN)?.get(self.row);
        if !date.is_some_and(|d| planned.valid.0 <= d && d <= planned.valid.1) {
            return Ok(Verdict::NotInForce);
        }
        match truth(planned, &self.evaluation)?.get(0) {
            Some(false) => Ok(Verdict::Quiet),
            None => Ok(Verdict::NotEvaluable { missing: self.missing(planned)? }),
            Some(true) => {
                for (ix, outcome) in planned.outcomes.iter().enumerate() {
                    let mut held = true;
                    for node in &outcome.when {
                        held &= self.evaluation.truth(*node)?.get(0) == Some(true);
                    }
                    if let (true, Some(written)) = (held, rule.outcomes.get(ix)) {
                        let template = written.reason_in(self.lang);
                        let reason = render(template, self.frame, self.witnesses, self.row, self.lang, false)?;
                        return Ok(Verdict::Fires { outcome: ix, points: outcome.points, reason });
                    }
                }
                Err(Error::internal(format!("rule {} fired without an outcome", rule.id)))
            }
        }
    }

    fn missing(&self, planned: &PlannedRule) -> Result<Option<String>> {
        for line in planned.when.iter().chain(&planned.unless) {
            if self.evaluation.truth(line.node)?.get(0).is_none() {
                for column in &line.columns {
                    if self.frame.view(column)?.is_null(self.row) {
                        return Ok(Some(column.to_string()));
                    }
                }
                return Ok(None);
            }
        }
        Ok(None)
    }
}

/// The value of a column in a row.
pub(crate) fn value_of(frame: &Frame, column: &str, ty: Type, row: usize) -> Result<Value> {
    Ok(match frame.view(column)? {
        View::Text(view) => view.get(row).map_or(Value::Null, |t| Value::Text(t.to_owned())),
        View::Bool(view) => view.get(row).map_or(Value::Null, Value::Bool),
        View::Number(view) => match (view.get(row), ty) {
            (None, _) => Value::Null,
            (Some(n), Type::Date) => Value::Date(n),
            (Some(n), Type::Time) => Value::Time(n),
            (Some(n), _) => Value::Int(n),
        },
    })
}

fn display(value: &Value, ty: Type, mask: Mask, lang: Lang) -> String {
    match (value, mask) {
        (Value::Text(text), mask) if mask != Mask::Open => mask.apply(text),
        (Value::Date(_) | Value::Time(_), mask) if mask != Mask::Open => mask.apply(&lang.value(value, ty)),
        _ => lang.value(value, ty),
    }
}

/// How many of the other applications a reason names.
const NAMED: usize = 3;

/// The other applications behind a source, masked: the first few and how many more.
fn others(evidence: Option<Evidence>, frame: &Frame, row: usize, lang: Lang, full: bool) -> Result<String> {
    let numbers = frame.text(NOMOR_PERMOHONAN)?;
    let mut found: Vec<&str> = evidence
        .iter()
        .flat_map(|e| &e.rows)
        .filter(|other| **other as usize != row)
        .filter_map(|other| numbers.get(*other as usize))
        .collect();
    found.sort_unstable();
    if found.is_empty() {
        return Ok(lang.word(Word::NoOthers).to_owned());
    }
    let mask = if full { Mask::Open } else { Mask::Number };
    let more = found.len().saturating_sub(NAMED);
    let mut text = found.iter().take(NAMED).map(|n| mask.apply(n)).collect::<Vec<_>>().join(", ");
    if more > 0 {
        text.push(' ');
        text.push_str(&lang.word(Word::AndMore).replace("{n}", &more.to_string()));
    }
    Ok(text)
}

/// The applications behind a source: those that its columns in the same reason count, or all where it shows none.
fn behind(template: &Template, source: &str, witnesses: &Witnesses, frame: &Frame, row: u32) -> Option<Evidence> {
    let of_source = |name: &&str| name.strip_prefix(source).is_some_and(|rest| rest.starts_with('.'));
    let shown = template.pieces.iter().filter_map(|piece| match piece {
        Piece::Column { name, .. } => Some(&**name),
        Piece::Words(_) | Piece::Param(_) | Piece::Others(_) => None,
    });
    let counted = shown.filter(of_source).filter_map(|name| witnesses.evidence(name, frame, row));
    let joined = counted.reduce(|mut all, one| {
        all.join(one);
        all
    });
    joined.or_else(|| witnesses.of_source(source, frame, row))
}

/// A reason with the values of a row, masked as it says or in full.
pub fn render(
    template: &Template,
    frame: &Frame,
    witnesses: &Witnesses,
    row: usize,
    lang: Lang,
    full: bool,
) -> Result<String> {
    let mut text = String::new();
    for piece in &template.pieces {
        match piece {
            Piece::Words(words) => text.push_str(words),
            Piece::Param(value) => text.push_str(&lang.value(value, Type::Text)),
            Piece::Others(source) => {
                let at = u32::try_from(row).unwrap_or(u32::MAX);
                text.push_str(&others(behind(template, source, witnesses, frame, at), frame, row, lang, full)?);
            }
            Piece::Column { name, ty, shown } => {
                let value = value_of(frame, name, *ty, row)?;
                let mask = match shown {
                    Shown::Plain => Mask::Open,
                    Shown::Masked(_) if full => Mask::Open,
                    Shown::Masked(mask) => *mask,
                };
                text.push_str(&display(&value, *ty, mask, lang));
            }
        }
    }
    Ok(text)
}
