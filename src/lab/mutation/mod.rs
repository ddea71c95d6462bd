//! Small changes to the rules, and whether any test notices them.
//!
//! A test suite that passes says little; one that fails for every wrong rule says that the rules are what was meant. Each
//! mutant is one change an analyst could make by mistake: a threshold moved by one, a line dropped, an operator, a column or
//! `and` and `or` exchanged, a window a second longer. It is tried on the cases of the rules it can reach, then on those of
//! the pack, then `check` is asked. What nobody notices is reported at its place.

mod edit;
mod lines;
mod make;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use rayon::prelude::*;

pub use edit::{Edit, difference, edited};
pub(in crate::lab) use make::length;

use super::case::{Case, frame_of};
use super::compare::differences;
use super::run::{Plans, Tried, attempt};
use crate::Result;
use crate::columns::Catalog;
use crate::diag::{Files, Report};
use crate::expr::{Expr, Value};
use crate::frame::Frame;
use crate::rules::{self, DeclaredSource, Line, Plan, Rule, RuleSet, Status};

/// A changed rule set, as far as it differs.
#[derive(Debug, Clone)]
pub struct Mutant {
    /// The rule's id, or the name of the group, network, field, parameter or list.
    pub owner: String,
    /// What kind of change it is.
    pub what: &'static str,
    /// The change of the text.
    pub edits: Vec<Edit>,
    change: Change,
    /// Numbers of the rules whose meaning it changes.
    affected: Vec<usize>,
}

#[derive(Debug, Clone)]
enum Change {
    Rule { number: usize, rule: Box<Rule> },
    Source { number: usize, source: Box<DeclaredSource> },
    Param { pack: String, name: String, value: Value },
    List { name: String, values: Vec<String> },
}

/// What became of a mutant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// This case fails, by its number.
    Noticed(usize),
    /// `check` refuses it.
    Refused,
    /// Nobody notices.
    Survived,
}

/// All mutants and what became of them.
#[derive(Debug)]
pub struct Mutation {
    /// In the order of rules, sources, parameters, lists.
    pub mutants: Vec<(Mutant, Fate)>,
}

impl Mutation {
    /// Mutants that were noticed, and all.
    #[must_use]
    pub fn score(&self) -> (usize, usize) {
        (self.mutants.iter().filter(|(_, fate)| *fate != Fate::Survived).count(), self.mutants.len())
    }
}

/// What the trials work on.
struct Trials<'a> {
    cases: &'a [Case],
    frames: Vec<Frame>,
    by_rule: BTreeMap<usize, Vec<usize>>,
    /// The rule set without what only reading needs.
    set: RuleSet,
    plans: Vec<Option<Plan>>,
}

/// Tries every mutant. `wanted` says which owners' mutants are of interest; `catalog` has the columns that the rules were
/// checked with.
pub fn mutate(
    cases: &[Case],
    set: &RuleSet,
    files: &Files,
    catalog: &Catalog,
    wanted: &dyn Fn(&str) -> bool,
) -> Result<Mutation> {
    // A case that fails before anything was changed, or may, would notice everything.
    let trials = Trials::new(cases, set)?;
    let mutants: Vec<Mutant> =
        make::mutants(set, &trials.plans, files).into_iter().filter(|m| wanted(&m.owner)).collect();
    let mut fates = trials.of_conditions(&mutants)?;
    let open: Vec<usize> = (0..mutants.len()).filter(|number| !fates.contains_key(number)).collect();
    let found: Vec<(usize, Fate)> = open
        .par_iter()
        .filter_map(|number| mutants.get(*number).map(|mutant| (number, mutant)))
        .map(|(number, mutant)| {
            Ok((
                *number,
                match trials.noticed(mutant)? {
                    Some(case) => Fate::Noticed(case),
                    None => trials.last_nets(mutant, files, catalog)?,
                },
            ))
        })
        .collect::<Result<_>>()?;
    fates.extend(found);
    let fate = |number: usize| fates.get(&number).copied().unwrap_or(Fate::Survived);
    Ok(Mutation { mutants: mutants.into_iter().enumerate().map(|(number, m)| (m, fate(number))).collect() })
}

impl<'a> Trials<'a> {
    fn new(cases: &'a [Case], set: &RuleSet) -> Result<Self> {
        let frames = cases.par_iter().map(|case| frame_of(&case.applications)).collect::<Result<_>>()?;
        let mut by_rule: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (number, case) in cases.iter().enumerate().filter(|(_, case)| case.todo.is_none()) {
            by_rule.entry(case.rule().unwrap_or(usize::MAX)).or_default().push(number);
        }
        let mut lean = set.clone();
        lean.cases.clear();
        lean.bases.clear();
        lean.rules.iter_mut().for_each(|rule| rule.cases.clear());
        let plan = |number: usize, rule: &Rule| (rule.status != Status::Off).then(|| Plan::of_one(&lean, number));
        let plans = lean.rules.iter().enumerate().map(|(number, rule)| plan(number, rule)).collect();
        Ok(Self { cases, frames, by_rule, set: lean, plans })
    }

    fn of_rule(&self, rule: usize) -> impl Iterator<Item = (usize, &'a Case, &Frame)> {
        let numbers = self.by_rule.get(&rule).into_iter().flatten();
        numbers.filter_map(|number| Some((*number, self.cases.get(*number)?, self.frames.get(*number)?)))
    }

    /// Mutants that change only conditions or points of one rule, over columns that are there: the columns of each case are
    /// computed once for all of them. Returns those that were noticed.
    fn of_conditions(&self, mutants: &[Mutant]) -> Result<BTreeMap<usize, Fate>> {
        let mut by_rule: BTreeMap<usize, Vec<(usize, &Rule)>> = BTreeMap::new();
        for (number, mutant) in mutants.iter().enumerate() {
            if let Change::Rule { number: rule, rule: changed } = &mutant.change {
                by_rule.entry(*rule).or_default().push((number, changed));
            }
        }
        let of_rules: Vec<Vec<(usize, Fate)>> = by_rule
            .par_iter()
            .map(|(rule, changes)| {
                let Some(plan) = self.plans.get(*rule).and_then(Option::as_ref) else { return Ok(Vec::new()) };
                let tried: Vec<(usize, &Case, Tried<'_>)> = self
                    .of_rule(*rule)
                    .map(|(number, case, frame)| Ok((number, case, Tried::over(plan, frame.clone(), case)?)))
                    .collect::<Result<_>>()?;
                let mut local = self.set.clone();
                let mut fates = Vec::new();
                let there = |line: &Line| line.expr.columns().iter().all(|c| plan.columns.contains(&**c));
                for (number, changed) in changes.iter().filter(|(_, rule)| rule.lines().all(there)) {
                    if let Some(place) = local.rules.get_mut(*rule) {
                        place.clone_from(changed);
                    }
                    let plan = plan.with_conditions_of(&local, *rule);
                    for (case_number, case, tried) in &tried {
                        if !differences(case, &local, Some(&tried.under(&plan)?), None)?.is_empty() {
                            fates.push((*number, Fate::Noticed(*case_number)));
                            break;
                        }
                    }
                }
                Ok(fates)
            })
            .collect::<Result<_>>()?;
        Ok(of_rules.into_iter().flatten().collect())
    }

    /// The first case of the rules it reaches that fails.
    fn noticed(&self, mutant: &Mutant) -> Result<Option<usize>> {
        let mut local = self.set.clone();
        mutant.change.apply(&mut local);
        for rule in &mutant.affected {
            let plan = Plan::of_one(&local, *rule);
            for (number, case, frame) in self.of_rule(*rule) {
                let tried = Tried::over(&plan, frame.clone(), case)?;
                if !differences(case, &local, Some(&tried), None)?.is_empty() {
                    return Ok(Some(number));
                }
            }
        }
        Ok(None)
    }

    /// The cases of the pack, then `check`.
    fn last_nets(&self, mutant: &Mutant, files: &Files, catalog: &Catalog) -> Result<Fate> {
        let mut local = self.set.clone();
        mutant.change.apply(&mut local);
        let of_pack = || self.cases.iter().enumerate().filter(|(_, case)| case.of_pack() && case.todo.is_none());
        if of_pack().next().is_some() {
            let plans = Plans::of(of_pack().map(|(_, case)| case), &local);
            for (number, case) in of_pack() {
                if !attempt(case, &local, &plans)?.is_empty() {
                    return Ok(Fate::Noticed(number));
                }
            }
        }
        Ok(if refused(&mutant.edits, files, catalog) { Fate::Refused } else { Fate::Survived })
    }
}

/// Whether `check` refuses the rules with these edits made.
fn refused(edits: &[Edit], files: &Files, catalog: &Catalog) -> bool {
    let texts: Vec<(&str, String)> =
        files.iter().map(|(file, text)| (text.path.as_str(), edited(file, edits, files))).collect();
    let texts: Vec<(&str, &str)> = texts.iter().map(|(path, text)| (*path, text.as_str())).collect();
    let mut report = Report::default();
    rules::check_texts(&texts, catalog, &mut Files::default(), &mut report).is_none()
}

impl Change {
    fn apply(&self, set: &mut RuleSet) {
        match self {
            Self::Rule { number, rule } => {
                if let Some(place) = set.rules.get_mut(*number) {
                    place.clone_from(rule);
                }
            }
            Self::Source { number, source } => {
                if let Some(place) = set.sources.get_mut(*number) {
                    place.clone_from(source);
                }
            }
            Self::List { name, values } => {
                if let Some(list) = set.lists.get_mut(name) {
                    list.values.clone_from(values);
                }
            }
            Self::Param { pack, name, value } => set_param(set, pack, name, value),
        }
    }
}

fn set_param(set: &mut RuleSet, pack: &str, name: &str, value: &Value) {
    let with = |expr: &mut Expr| *expr = make::with_param(expr, name, value);
    let owned: Vec<bool> = set.sources.iter().map(|source| make::pack_of(source, set) == Some(pack)).collect();
    for rule in set.rules.iter_mut().filter(|rule| rule.pack == pack) {
        let of_outcomes = rule.outcomes.iter_mut().flat_map(|outcome| &mut outcome.when);
        rule.when.iter_mut().chain(&mut rule.unless).chain(of_outcomes).for_each(|line| with(&mut line.expr));
    }
    for (source, _) in set.sources.iter_mut().zip(owned).filter(|(_, owned)| *owned) {
        match source {
            DeclaredSource::Watchlist(_) => {}
            DeclaredSource::Field(field) => with(&mut field.expr),
            DeclaredSource::Group(spec) => {
                spec.conditions.iter_mut().chain(&mut spec.having).for_each(with);
                let measures = spec.measures.iter_mut().map(|spec| &mut spec.measure);
                measures.flat_map(|m| m.argument.iter_mut().chain(&mut m.filter)).for_each(with);
            }
            DeclaredSource::Network(spec) => {
                spec.conditions.iter_mut().chain(&mut spec.having).for_each(with);
                let measures = spec.measures.iter_mut().map(|spec| &mut spec.measure);
                measures.flat_map(|m| m.argument.iter_mut().chain(&mut m.filter)).for_each(with);
            }
        }
    }
    if let Some(param) = set.params.get_mut(&(pack.to_owned(), name.to_owned())) {
        param.value = value.clone();
    }
}
