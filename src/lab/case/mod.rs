//! The cases of a rule set, read and checked.

mod applications;
mod entries;
mod expected;
mod invented;
mod rows;

use std::collections::BTreeMap;
use std::sync::Arc;

pub use applications::{Applications, frame_of};
pub use expected::{Expected, Listed, Rows};

use crate::columns::watchlist::{Lists, Loaded};
use crate::diag::{Code, Diagnostic, Report, Span};
use crate::document::{Text, Value as Written};
use crate::lists::Suppressed;
use crate::matching::Names;
use crate::rules::raw::RawCase;
use crate::rules::{RuleSet, Status};
use crate::schema::columns;
use applications::{Given, read, resolve};
use entries::entries;
use rows::{DIRECTIVES, Values, expand};

/// The base application of cases that name none.
const USUAL_BASE: &str = "biasa";

/// What a case is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// A rule, by its number in the rule set.
    Rule(usize),
    /// The pack as a whole.
    Pack,
}

/// A case ready to run.
#[derive(Debug, Clone)]
pub struct Case {
    /// What it is about.
    pub subject: Subject,
    /// What it shows.
    pub name: String,
    /// The applications: those that are judged, then those of history.
    pub applications: Applications,
    /// How many are judged.
    pub judged: usize,
    /// The lists the office has.
    pub lists: Arc<Lists>,
    /// What must come out.
    pub expected: Expected,
    /// Whether no other rule may fire.
    pub isolated: bool,
    /// Why it may fail, for a known gap.
    pub todo: Option<String>,
    /// Where its name stands.
    pub span: Span,
}

impl Case {
    /// The rule it is about.
    #[must_use]
    pub fn rule(&self) -> Option<usize> {
        match self.subject {
            Subject::Rule(rule) => Some(rule),
            Subject::Pack => None,
        }
    }

    /// Whether the whole pack has to be run for it.
    #[must_use]
    pub fn of_pack(&self) -> bool {
        self.isolated || self.expected.of_pack()
    }

    /// How messages call it: rule and name.
    #[must_use]
    pub fn title(&self, set: &RuleSet) -> String {
        let rule = self.rule().and_then(|rule| set.rules.get(rule));
        format!("{} \"{}\"", rule.map_or("pack", |rule| rule.id.as_str()), self.name)
    }
}

/// Reads the cases of every rule, then those of the pack. Faults go to the report; a case with faults is left out.
pub fn prepare(set: &RuleSet, report: &mut Report) -> Vec<Case> {
    let bases: Bases<'_> =
        set.bases.iter().map(|(name, base)| (name.as_str(), base_values(&base.values, report))).collect();
    let mut cases = Vec::new();
    for (number, rule) in set.rules.iter().enumerate() {
        report_same_names(&rule.cases, report);
        if rule.status != Status::Off {
            cases.extend(rule.cases.iter().filter_map(|raw| case(Subject::Rule(number), raw, &bases, set, report)));
        }
    }
    report_same_names(&set.cases, report);
    cases.extend(set.cases.iter().filter_map(|raw| case(Subject::Pack, raw, &bases, set, report)));
    cases
}

/// Reads one case of a rule, with every fault reported.
pub(super) fn one(rule: usize, raw: &RawCase, set: &RuleSet, report: &mut Report) -> Option<Case> {
    let wanted = raw.base.as_ref().map_or(USUAL_BASE, Text::as_str);
    let base = set.bases.get_key_value(wanted);
    let bases = base.map(|(name, base)| (name.as_str(), base_values(&base.values, report))).into_iter().collect();
    case(Subject::Rule(rule), raw, &bases, set, report)
}

type Bases<'a> = BTreeMap<&'a str, Values>;

fn report_same_names(cases: &[RawCase], report: &mut Report) {
    let mut names: BTreeMap<&str, Span> = BTreeMap::new();
    for raw in cases {
        if let Some(first) = names.insert(raw.name.as_str(), raw.name.span()) {
            report.push(
                Diagnostic::new(Code::DuplicateName, raw.name.span(), "two tests of one rule with the same name")
                    .label("second time")
                    .also(first, "first time"),
            );
        }
    }
}

fn base_values(values: &[(String, Written)], report: &mut Report) -> Values {
    values.iter().filter_map(|(name, written)| value(name, written.span, written, report)).collect()
}

/// A column's value; reports what does not fit.
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

fn case(subject: Subject, raw: &RawCase, bases: &Bases<'_>, set: &RuleSet, report: &mut Report) -> Option<Case> {
    let wanted = raw.base.as_ref().map_or(USUAL_BASE, Text::as_str);
    let nothing = Values::new();
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
    let mut add = |row: &Written, applications: &mut Applications| match expand(row, base, applications.len(), report) {
        Some(rows) => applications.extend(rows),
        None => sound = false,
    };
    raw.given.iter().for_each(|row| add(row, &mut applications));
    if raw.given.is_empty() {
        applications.push(resolve(base, 0, 1));
    }
    let judged = applications.len();
    raw.history.iter().flatten().for_each(|row| add(row, &mut applications));
    let lists = lists(set, raw, base, report);
    let expected = expected::read(&raw.expect, subject, (judged, applications.len()), set, report)?;
    sound.then_some(())?;
    Some(Case {
        subject,
        name: raw.name.as_str().to_owned(),
        applications,
        judged,
        lists: lists?,
        expected,
        isolated: raw.isolated.as_ref().is_some_and(|i| i.value),
        todo: raw.todo.as_ref().map(|t| t.as_str().to_owned()),
        span: raw.name.span(),
    })
}

/// The lists that a case names, ready to be compared with: its own and nobody else's.
fn lists(set: &RuleSet, raw: &RawCase, base: &Values, report: &mut Report) -> Option<Arc<Lists>> {
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
            let loaded = Loaded::new(spec, entries(spec, written, base, report)?, Names::shipped());
            let fault = |error: crate::Error| {
                report.push(Diagnostic::new(Code::BadTest, name.span(), error.to_string()).label("this list"));
            };
            Some((spec.name.clone(), loaded.map_err(fault).ok()?))
        })
        .collect();
    let read: Option<Vec<_>> = read.into_iter().collect();
    Some(Arc::new(Lists::new(read?, Suppressed::default())))
}
