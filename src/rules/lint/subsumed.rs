//! Rules that fire only where another fires, and rules with one meaning.
//!
//! A rule that demands at least what another demands speaks of everything the other speaks of, so each rule is compared
//! only with those whose rarest subject it has too: a few, where rules are about different things.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rayon::prelude::*;

use super::SetScope;
use crate::diag::{Code, Diagnostic, Report};
use crate::expr::Demands;
use crate::rules::set::{Class, Rule, RuleSet, Status};

pub(super) fn report(set: &RuleSet, names: &SetScope<'_>, report: &mut Report) {
    let rules: Vec<(&Rule, Demands)> = set
        .rules
        .iter()
        .filter(|rule| rule.status == Status::Active)
        .map(|rule| (rule, Demands::of(lines(&rule.when), lines(&rule.unless), names)))
        .collect();
    let mut often: BTreeMap<&str, usize> = BTreeMap::new();
    for subject in rules.iter().flat_map(|(_, demands)| demands.subjects()) {
        *often.entry(subject).or_default() += 1;
    }
    let mut by_rarest: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, (_, demands)) in rules.iter().enumerate() {
        let rarest = demands.subjects().min_by_key(|subject| (often.get(subject), *subject));
        by_rarest.entry(rarest.unwrap_or_default()).or_default().push(at);
    }
    let found: Vec<Covering<'_>> =
        (0..rules.len()).into_par_iter().filter_map(|at| covering(at, &rules, &by_rarest)).collect();
    for Covering { rule, equal, wider } in found {
        // One of each is enough to mend: the others follow from it or show once it is mended.
        if let Some((first, more)) = equal.split_first() {
            report.push(same_meaning(rule, first, more.len()));
        }
        if let Some((first, more)) = wider.split_first() {
            report.push(subsumed(rule, first, more.len()));
        }
    }
}

/// What covers a rule.
struct Covering<'a> {
    rule: &'a Rule,
    /// Rules before it with one meaning.
    equal: Vec<&'a Rule>,
    /// Rules that fire wherever it does, and elsewhere.
    wider: Vec<&'a Rule>,
}

fn covering<'a>(
    at: usize,
    rules: &[(&'a Rule, Demands)],
    by_rarest: &BTreeMap<&str, Vec<usize>>,
) -> Option<Covering<'a>> {
    let (rule, demands) = rules.get(at)?;
    let others = demands.subjects().filter_map(|subject| by_rarest.get(subject)).flatten();
    let mut found = Covering { rule, equal: Vec::new(), wider: Vec::new() };
    for (other_at, (other, others)) in others.filter_map(|ix| Some((*ix, rules.get(*ix)?))) {
        if other_at == at || !within(rule, other) || !demands.imply(others) {
            continue;
        }
        let same = others.imply(demands) && within(other, rule);
        if same && other_at < at {
            found.equal.push(other);
        } else if !same && counts_twice(rule, other) {
            found.wider.push(other);
        }
    }
    Some(found)
}

fn lines(lines: &[crate::rules::Line]) -> impl Iterator<Item = &crate::expr::Expr> {
    lines.iter().map(|line| &line.expr)
}

fn is_scoring(rule: &Rule) -> bool {
    matches!(rule.class, Class::A | Class::B | Class::C)
}

/// Whether points of one family are given twice, and the author has not said that this is meant.
fn counts_twice(rule: &Rule, other: &Rule) -> bool {
    is_scoring(rule)
        && is_scoring(other)
        && rule.id.family() == other.id.family()
        && !rule.sharpens.iter().any(|id| id == other.id.as_str())
}

/// Whether one rule is in force only while the other is.
fn within(rule: &Rule, other: &Rule) -> bool {
    let from = |rule: &Rule| rule.valid.0.unwrap_or(NaiveDate::MIN);
    let to = |rule: &Rule| rule.valid.1.unwrap_or(NaiveDate::MAX);
    from(other) <= from(rule) && to(rule) <= to(other)
}

/// What is said of further rules.
fn and_more(more: usize) -> String {
    if more == 0 { String::new() } else { format!(", and so do {more} more") }
}

fn same_meaning(rule: &Rule, other: &Rule, more: usize) -> Diagnostic {
    let message = format!("{} fires exactly where {} fires{}", rule.id, other.id, and_more(more));
    Diagnostic::new(Code::SameMeaning, rule.span, message)
        .label("one of them is too many")
        .also(other.span, "the other")
        .help("take one out, or let their lines differ")
}

fn subsumed(rule: &Rule, other: &Rule, more: usize) -> Diagnostic {
    let message = format!("whenever {} fires, {} fires too{}", rule.id, other.id, and_more(more));
    Diagnostic::new(Code::Subsumed, rule.span, message)
        .label("demands the same or more")
        .also(other.span, "demands less")
        .help(format!(
            "if both are about one fact, make this an outcome of {0}; if not, write `sharpens = [\"{0}\"]`",
            other.id
        ))
}
