//! Rules that fire only where another fires, and rules with one meaning.
//!
//! Rules with one meaning demand the same, so they are looked up. A rule that demands at least what another demands speaks of
//! everything the other speaks of, so each rule is compared only with those of its family whose rarest subject it has too: a
//! few, where rules are about different things.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use rayon::prelude::*;

use super::SetScope;
use crate::diag::{Code, Diagnostic, Report};
use crate::expr::Demands;
use crate::rules::set::{Class, Rule, RuleSet, Status};

pub(super) fn report(set: &RuleSet, names: &SetScope<'_>, report: &mut Report) {
    let mut subjects = Subjects::default();
    let rules: Vec<Judged<'_>> = set
        .rules
        .iter()
        .filter(|rule| rule.status == Status::Active)
        .map(|rule| Judged::new(rule, Demands::of(lines(&rule.when), lines(&rule.unless), names), &mut subjects))
        .collect();
    let mut alike: HashMap<(&Demands, Validity), Vec<usize>> = HashMap::new();
    let mut families: BTreeMap<char, ByRarest> = BTreeMap::new();
    for (at, judged) in rules.iter().enumerate() {
        alike.entry((&judged.demands, judged.rule.valid)).or_default().push(at);
        if is_scoring(judged.rule) {
            let rarest = judged.subjects.iter().copied().min_by_key(|subject| (subjects.often(*subject), *subject));
            families.entry(judged.rule.id.family()).or_default().entry(rarest).or_default().push(at);
        }
    }
    let found: Vec<Covering<'_>> = (0..rules.len())
        .into_par_iter()
        .filter_map(|at| {
            let judged = rules.get(at)?;
            let same = alike.get(&(&judged.demands, judged.rule.valid));
            let equal = same.into_iter().flatten().take_while(|other| **other < at);
            let family = families.get(&judged.rule.id.family()).filter(|_| is_scoring(judged.rule));
            Some(Covering {
                rule: judged.rule,
                equal: equal.filter_map(|other| rules.get(*other)).map(|other| other.rule).collect(),
                wider: family.map(|family| judged.wider(family, &rules)).unwrap_or_default(),
            })
        })
        .collect();
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

/// Rules of a family under the subject that fewest rules have, or under none.
type ByRarest = BTreeMap<Option<u32>, Vec<usize>>;

type Validity = (Option<NaiveDate>, Option<NaiveDate>);

/// What rules speak of, numbered, with the number of rules that do.
#[derive(Default)]
struct Subjects {
    numbers: BTreeMap<String, u32>,
    often: Vec<usize>,
}

impl Subjects {
    fn number(&mut self, subject: &str) -> u32 {
        let known = self.numbers.get(subject).copied();
        let number = known.unwrap_or_else(|| {
            let next = u32::try_from(self.often.len()).unwrap_or(u32::MAX);
            self.numbers.insert(subject.to_owned(), next);
            self.often.push(0);
            next
        });
        if let Some(often) = self.often.get_mut(number as usize) {
            *often += 1;
        }
        number
    }

    fn often(&self, subject: u32) -> usize {
        self.often.get(subject as usize).copied().unwrap_or_default()
    }
}

/// A rule as it is compared with others.
struct Judged<'a> {
    rule: &'a Rule,
    demands: Demands,
    /// What it speaks of.
    subjects: Vec<u32>,
    /// A bit for each subject, shared by some: most pairs are told apart by this alone.
    mask: u128,
}

impl<'a> Judged<'a> {
    fn new(rule: &'a Rule, demands: Demands, numbers: &mut Subjects) -> Self {
        let subjects: Vec<u32> = demands.subjects().map(|subject| numbers.number(subject)).collect();
        let mask = subjects.iter().fold(0, |mask, subject| mask | 1 << (subject % u128::BITS));
        Self { rule, demands, subjects, mask }
    }

    /// The rules of its family that fire wherever it does, and elsewhere, and are not said to be sharpened by it.
    fn wider(&self, family: &ByRarest, rules: &[Judged<'a>]) -> Vec<&'a Rule> {
        let mut candidates: Vec<usize> = std::iter::once(None)
            .chain(self.subjects.iter().copied().map(Some))
            .filter_map(|subject| family.get(&subject))
            .flatten()
            .copied()
            .collect();
        // The one named is the first of the files.
        candidates.sort_unstable();
        let others = candidates.into_iter().filter_map(|at| rules.get(at));
        let covers = |other: &&Judged<'a>| {
            other.mask & !self.mask == 0
                && within(self.rule, other.rule)
                && self.demands.imply(&other.demands)
                && !(self.demands == other.demands && self.rule.valid == other.rule.valid)
                && !self.rule.sharpens.iter().any(|id| id == other.rule.id.as_str())
        };
        others.filter(covers).map(|other| other.rule).collect()
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

fn lines(lines: &[crate::rules::Line]) -> impl Iterator<Item = &crate::expr::Expr> {
    lines.iter().map(|line| &line.expr)
}

fn is_scoring(rule: &Rule) -> bool {
    matches!(rule.class, Class::A | Class::B | Class::C)
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
