//! What a case must give, read and checked.

use std::collections::{BTreeMap, BTreeSet};

use super::Subject;
use crate::diag::{Code, Diagnostic, Report, Span};
use crate::document::{Data, Text, Value as Written};
use crate::rules::RuleSet;
use crate::rules::raw::RawExpect;
use crate::screening::Band;

/// Rows of a case, from 0.
pub type Rows = BTreeSet<usize>;

/// What must come out of a case.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Expected {
    /// Rows in which the rule fires.
    pub fires: Option<Rows>,
    /// Points in each of them.
    pub points: Option<i64>,
    /// A part of the reason in each of them.
    pub reason: Option<String>,
    /// Rows in which the rule cannot be judged.
    pub not_evaluable: Option<Rows>,
    /// The rows behind the finding, in each row that fires.
    pub evidence: Option<Rows>,
    /// Rules by number, and the rows in which each fires.
    pub rules: BTreeMap<usize, Rows>,
    /// The score of each row.
    pub score: Option<Vec<i64>>,
    /// The rows on the list, from the top.
    pub listed: Option<Listed>,
    /// The band of each of them.
    pub band: Option<Band>,
}

/// Who must be on the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Listed {
    /// Everybody, in whatever order.
    All,
    /// These rows, from the top.
    InOrder(Vec<usize>),
}

impl Expected {
    /// Whether the whole pack has to be run.
    #[must_use]
    pub fn of_pack(&self) -> bool {
        !self.rules.is_empty() || self.score.is_some() || self.listed.is_some() || self.band.is_some()
    }
}

/// `rows` applications may be judged, `all` are there.
pub(super) fn read(
    raw: &RawExpect,
    subject: Subject,
    (rows, all): (usize, usize),
    set: &RuleSet,
    report: &mut Report,
) -> Option<Expected> {
    let some = |value: &Option<Written>, most: usize, report: &mut Report| match value {
        Some(value) => numbers(value, most, report).map(Some),
        None => Some(None),
    };
    let expected = Expected {
        fires: some(&raw.fires, rows, report)?,
        points: raw.points.as_ref().map(|p| p.value),
        reason: raw.reason.as_ref().map(|r| r.as_str().to_owned()),
        not_evaluable: some(&raw.not_evaluable, rows, report)?,
        evidence: some(&raw.evidence, all, report)?,
        rules: rules(raw, rows, set, report)?,
        score: score(raw.score.as_ref(), rows, report)?,
        listed: listed(raw.listed.as_ref(), rows, report)?,
        band: band(raw.band.as_ref(), report)?,
    };
    let of_rule = [
        ("points", raw.points.as_ref().map(|p| p.span)),
        ("reason", raw.reason.as_ref().map(Text::span)),
        ("not_evaluable", raw.not_evaluable.as_ref().map(|v| v.span)),
        ("evidence", raw.evidence.as_ref().map(|v| v.span)),
        ("fires", raw.fires.as_ref().map(|v| v.span)),
    ];
    if subject == Subject::Pack
        && let Some((key, Some(span))) = of_rule.into_iter().find(|(_, span)| span.is_some())
    {
        report.push(
            Diagnostic::new(
                Code::BadTest,
                span,
                format!("`{key}` speaks of a rule, this case is about the whole pack"),
            )
            .label("whose?")
            .help("name the rule with `rule = \"...\"`, or expect `rules`, `score`, `listed` or `band`"),
        );
        return None;
    }
    if expected.fires.is_none() && !expected.of_pack() {
        let key = if subject == Subject::Pack { "rules" } else { "fires" };
        report.push(
            Diagnostic::new(Code::BadTest, raw.span, "this case expects nothing").label(format!("add `{key} = ...`")),
        );
        return None;
    }
    Some(expected)
}

/// `"all"`, or a list of row numbers from 1.
fn numbers(value: &Written, rows: usize, report: &mut Report) -> Option<Rows> {
    match &value.data {
        Data::Text(text) if text.as_str() == "all" => Some((0..rows).collect()),
        _ => ordered(value, rows, report).map(|found| found.into_iter().collect()),
    }
}

fn ordered(value: &Written, rows: usize, report: &mut Report) -> Option<Vec<usize>> {
    let wrong = |report: &mut Report, span: Span| {
        report.push(
            Diagnostic::new(Code::BadTest, span, format!("rows are numbered from 1 to {rows}"))
                .label("write \"all\", [] or a list of row numbers"),
        );
        None
    };
    let Data::Array(items) = &value.data else { return wrong(report, value.span) };
    let mut found = Vec::new();
    for item in items {
        match item.data {
            Data::Int(n) if usize::try_from(n).is_ok_and(|n| (1..=rows).contains(&n)) => {
                found.extend(usize::try_from(n - 1));
            }
            _ => return wrong(report, item.span),
        }
    }
    Some(found)
}

fn rules(raw: &RawExpect, rows: usize, set: &RuleSet, report: &mut Report) -> Option<BTreeMap<usize, Rows>> {
    let mut found = BTreeMap::new();
    let mut sound = true;
    for (id, value) in raw.rules.iter().flat_map(|rules| &rules.entries) {
        let number = set.rules.iter().position(|rule| rule.id.as_str() == id.as_str());
        if number.is_none() {
            report.push(
                Diagnostic::new(Code::UnknownRule, id.span(), format!("no rule `{}`", id.as_str()))
                    .label("cannot fire")
                    .did_you_mean(id.as_str(), set.rules.iter().map(|rule| rule.id.as_str())),
            );
        }
        match (number, numbers(value, rows, report)) {
            (Some(number), Some(rows)) => drop(found.insert(number, rows)),
            _ => sound = false,
        }
    }
    sound.then_some(found)
}

fn score(value: Option<&Written>, rows: usize, report: &mut Report) -> Option<Option<Vec<i64>>> {
    let Some(value) = value else { return Some(None) };
    let number = |value: &Written| match value.data {
        Data::Int(n) => Some(n),
        _ => None,
    };
    let read = match &value.data {
        Data::Int(n) => Some(vec![*n; rows]),
        Data::Array(items) => items.iter().map(number).collect::<Option<Vec<i64>>>().filter(|s| s.len() == rows),
        _ => None,
    };
    if read.is_none() {
        report.push(
            Diagnostic::new(Code::BadTest, value.span, "`score` is a whole number, or a list of one a row")
                .label(format!("the case has {rows} rows")),
        );
    }
    read.map(Some)
}

fn listed(value: Option<&Written>, rows: usize, report: &mut Report) -> Option<Option<Listed>> {
    let Some(value) = value else { return Some(None) };
    match &value.data {
        Data::Text(text) if text.as_str() == "all" => Some(Some(Listed::All)),
        _ => ordered(value, rows, report).map(|rows| Some(Listed::InOrder(rows))),
    }
}

fn band(text: Option<&Text>, report: &mut Report) -> Option<Option<Band>> {
    let Some(text) = text else { return Some(None) };
    let found = Band::ALL.iter().find(|band| band.name() == text.as_str()).copied();
    if found.is_none() {
        let words: Vec<&str> = Band::ALL.iter().map(|band| band.name()).collect();
        report.push(
            Diagnostic::new(Code::BadTest, text.span(), format!("`{}` is not a band", text.as_str()))
                .label(format!("one of: {}", words.join(", ")))
                .did_you_mean(text.as_str(), words),
        );
    }
    found.map(Some)
}
