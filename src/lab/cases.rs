//! The cases of a rule set, read and checked.

use std::collections::{BTreeMap, BTreeSet};

use super::applications::{Applications, Given, read, resolve};
use super::entries::entries;
use crate::calendar::duration;
use crate::diag::{Code, Diagnostic, Report, Span};
use crate::document::{Data, Table, Text, Value as Written};
use crate::lists::Entry;
use crate::rules::raw::{RawCase, RawExpect};
use crate::rules::{RuleSet, Status};
use crate::schema::columns;

/// The base application of cases that name none.
const USUAL_BASE: &str = "biasa";

/// Keys of a given row that are not columns.
const DIRECTIVES: &[&str] = &["repeat", "at"];

/// The most applications one case may make.
const MOST_ROWS: i64 = 10_000;

/// A case ready to run.
#[derive(Debug, Clone)]
pub struct Case {
    /// Number of its rule in the rule set.
    pub rule: usize,
    /// What it shows.
    pub name: String,
    /// The applications.
    pub applications: Applications,
    /// The lists the office has, with their entries.
    pub lists: Vec<(String, Vec<Entry>)>,
    /// What must come out.
    pub expected: Expected,
    /// Why it may fail, for a known gap.
    pub todo: Option<String>,
    /// Where its name stands.
    pub span: Span,
}

/// What must come out of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expected {
    /// Rows in which the rule fires.
    pub fires: Rows,
    /// Points in each of them.
    pub points: Option<i64>,
    /// A part of the reason in each of them.
    pub reason: Option<String>,
    /// Rows in which the rule cannot be judged.
    pub not_evaluable: Option<Rows>,
}

/// Rows of a case, from 0.
pub type Rows = BTreeSet<usize>;

/// Reads the cases of every rule. Faults go to the report; a case with faults is left out.
pub fn prepare(set: &RuleSet, report: &mut Report) -> Vec<Case> {
    let bases: BTreeMap<&str, BTreeMap<&'static str, Given>> =
        set.bases.iter().map(|(name, base)| (name.as_str(), base_values(&base.values, report))).collect();
    let mut cases = Vec::new();
    for (rule, declared) in set.rules.iter().enumerate() {
        let mut names: BTreeMap<&str, Span> = BTreeMap::new();
        for raw in &declared.cases {
            if let Some(first) = names.insert(raw.name.as_str(), raw.name.span()) {
                report.push(
                    Diagnostic::new(Code::DuplicateName, raw.name.span(), "two tests of one rule with the same name")
                        .label("second time")
                        .also(first, "first time"),
                );
            }
            if declared.status != Status::Off {
                cases.extend(case(set, rule, raw, &bases, report));
            }
        }
    }
    cases
}

fn base_values(values: &[(String, Written)], report: &mut Report) -> BTreeMap<&'static str, Given> {
    values.iter().filter_map(|(name, written)| value(name, written.span, written, report)).collect()
}

fn value(name: &str, span: Span, written: &Written, report: &mut Report) -> Option<(&'static str, Given)> {
    // What reading found unreadable can be given too, since rules about the data look at it.
    let unreadable = columns::PROVENANCE.iter().find(|c| c.name == columns::MUTU_RUSAK && c.name == name);
    let Some(column) = columns::by_name(name).or(unreadable) else {
        let known = columns::ALL.iter().map(|c| c.name).chain(DIRECTIVES.iter().copied());
        let fault = Diagnostic::new(Code::UnknownColumn, span, format!("`{name}` is not a column of an application"))
            .label("only columns of the dictionary can be given; derived ones follow from them")
            .did_you_mean(name, known);
        report.push(fault);
        return None;
    };
    read(column, written, report).map(|given| (column.name, given))
}

fn case(
    set: &RuleSet,
    rule: usize,
    raw: &RawCase,
    bases: &BTreeMap<&str, BTreeMap<&'static str, Given>>,
    report: &mut Report,
) -> Option<Case> {
    let wanted = raw.base.as_ref().map_or(USUAL_BASE, Text::as_str);
    let nothing = BTreeMap::new();
    let base = match (bases.get(wanted), &raw.base) {
        (Some(base), _) => base,
        (None, None) => &nothing,
        (None, Some(name)) => {
            report.push(
                Diagnostic::new(Code::BadTest, name.span(), format!("no base application `{wanted}`"))
                    .label("not declared")
                    .did_you_mean(wanted, bases.keys().copied()),
            );
            return None;
        }
    };
    let mut applications = Applications::new();
    let mut sound = true;
    for row in &raw.given {
        match expand(row, base, applications.len(), report) {
            Some(rows) => applications.extend(rows),
            None => sound = false,
        }
    }
    if raw.given.is_empty() {
        applications.push(resolve(base, 0, 1));
    }
    let lists = lists(set, raw, base, report);
    let expected = expected(&raw.expect, applications.len(), report)?;
    sound.then_some(())?;
    Some(Case {
        rule,
        name: raw.name.as_str().to_owned(),
        applications,
        lists: lists?,
        expected,
        todo: raw.todo.as_ref().map(|t| t.as_str().to_owned()),
        span: raw.name.span(),
    })
}

/// The lists that a case names, with their entries.
fn lists(
    set: &RuleSet,
    raw: &RawCase,
    base: &BTreeMap<&'static str, Given>,
    report: &mut Report,
) -> Option<Vec<(String, Vec<Entry>)>> {
    let named = raw.lists.iter().flat_map(|named| &named.entries);
    let read: Vec<_> = named
        .map(|(name, written)| {
            let Some(spec) = set.watchlists().find(|spec| spec.name == name.as_str()) else {
                report.push(
                    Diagnostic::new(Code::UnknownList, name.span(), format!("no watchlist `{}`", name.as_str()))
                        .label("not declared")
                        .did_you_mean(name.as_str(), set.watchlists().map(|spec| spec.name.as_str())),
                );
                return None;
            };
            Some((spec.name.clone(), entries(spec, written, base, report)?))
        })
        .collect();
    read.into_iter().collect()
}

/// One given row: as many applications as it says, `{i}` counted from 1.
fn expand(
    row: &Written,
    base: &BTreeMap<&'static str, Given>,
    before: usize,
    report: &mut Report,
) -> Option<Applications> {
    let Data::Table(table) = &row.data else {
        report.push(
            Diagnostic::new(
                Code::BadTest,
                row.span,
                format!("an application is a table, this is {}", row.data.describe()),
            )
            .label("write `{ column = value, ... }`"),
        );
        return None;
    };
    let repeat = repeat(table, report)?;
    let offset = offset(table, report)?;
    let mut applications = Applications::new();
    for i in 1..=repeat {
        let mut given = base.clone();
        let mut sound = true;
        for entry in table.entries.iter().filter(|e| !DIRECTIVES.contains(&e.key.as_str())) {
            let counted = counted(&entry.value, i);
            match value(&entry.key, entry.key_span, &counted, report) {
                Some((name, value)) => {
                    given.insert(name, value);
                }
                None => sound = false,
            }
        }
        if !sound {
            return None;
        }
        applications.push(resolve(&given, offset, before + applications.len() + 1));
    }
    Some(applications)
}

fn repeat(table: &Table, report: &mut Report) -> Option<i64> {
    let Some(value) = table.get("repeat") else { return Some(1) };
    match value.data {
        Data::Int(n) if (1..=MOST_ROWS).contains(&n) => Some(n),
        _ => {
            report.push(
                Diagnostic::new(Code::BadTest, value.span, format!("`repeat` is a whole number from 1 to {MOST_ROWS}"))
                    .label("how many applications"),
            );
            None
        }
    }
}

fn offset(table: &Table, report: &mut Report) -> Option<i64> {
    let Some(value) = table.get("at") else { return Some(0) };
    let read = match &value.data {
        Data::Text(text) => duration(text.as_str()),
        _ => None,
    };
    if read.is_none() {
        report.push(
            Diagnostic::new(Code::BadTest, value.span, "`at` is a length of time after the base application")
                .label("write \"90d\", \"90d 1s\", \"2h\""),
        );
    }
    read
}

/// The value with `{i}` replaced by the count.
fn counted(value: &Written, i: i64) -> Written {
    match &value.data {
        Data::Text(text) if text.as_str().contains("{i}") => {
            let text = Text::unplaced(text.as_str().replace("{i}", &i.to_string()), text.span());
            Written { data: Data::Text(text), span: value.span }
        }
        _ => value.clone(),
    }
}

fn expected(raw: &RawExpect, rows: usize, report: &mut Report) -> Option<Expected> {
    let fires = numbers(&raw.fires, rows, report)?;
    let not_evaluable = match &raw.not_evaluable {
        Some(value) => Some(numbers(value, rows, report)?),
        None => None,
    };
    let points = raw.points.as_ref().map(|p| p.value);
    Some(Expected { fires, points, reason: raw.reason.as_ref().map(|r| r.as_str().to_owned()), not_evaluable })
}

/// `"all"`, or a list of row numbers from 1.
fn numbers(value: &Written, rows: usize, report: &mut Report) -> Option<Rows> {
    let wrong = |report: &mut Report, span: Span| {
        report.push(
            Diagnostic::new(Code::BadTest, span, format!("rows are numbered from 1 to {rows}"))
                .label("write \"all\", [] or a list of row numbers"),
        );
        None
    };
    match &value.data {
        Data::Text(text) if text.as_str() == "all" => Some((0..rows).collect()),
        Data::Array(items) => {
            let mut found = Rows::new();
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
        _ => wrong(report, value.span),
    }
}
