//! Cases that are missing: on both sides of every threshold, window and `max_key`.
//!
//! Each starts from a case the rule has. One thing in it is turned (how many applications a row stands for, when it is, a
//! number, a date) until a value stands exactly where none stood. What the engine makes of it is written down as the
//! expectation: whether that is right only the author can say.

mod knob;
mod text;

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::case::{self, Case};
use super::coverage::{Exercise, Item, Watch, watches};
use super::run::Tried;
use crate::Result;
use crate::diag::{Files, Report};
use crate::rules::raw::RawCase;
use crate::rules::{Plan, RuleSet};
use knob::{Knob, knobs};

/// A case that is missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The rule it belongs to, by number.
    pub rule: usize,
    /// What it exercises.
    pub what: String,
    /// The case as it would stand in the rule file.
    pub toml: String,
}

/// What was found.
#[derive(Debug, Default)]
pub struct Proposals {
    /// Missing cases, by rule.
    pub found: Vec<Proposal>,
    /// Boundaries that no small change of the rule's cases reaches.
    pub beyond: Vec<Item>,
}

/// The most seeds that are tried for a boundary, the nearest first.
const SEEDS: usize = 4;
/// The most steps towards a boundary.
const STEPS: usize = 20;

/// Looks for the missing cases of the rules that are wanted, by id.
pub fn propose(cases: &[Case], set: &RuleSet, files: &Files, wanted: &dyn Fn(&str) -> bool) -> Result<Proposals> {
    let (items, watches) = watches(set);
    let of_rules: Vec<Rule<'_>> =
        watches.par_iter().map(|watch| Rule::new(watch, cases, set)).collect::<Result<_>>()?;
    let seen: BTreeSet<usize> = of_rules.iter().flat_map(|rule| &rule.seen).copied().collect();
    // A boundary of a group belongs to the first rule whose cases come near it.
    let mut owner: BTreeMap<usize, usize> = BTreeMap::new();
    for (number, rule) in of_rules.iter().enumerate() {
        for item in rule.seeds.keys().filter(|item| !seen.contains(item)) {
            let is_edge = items.get(*item).is_some_and(|item| item.kind == Exercise::Edge);
            if is_edge {
                owner.entry(*item).or_insert(number);
            }
        }
    }
    let asked = |rule: &&Rule<'_>| set.rules.get(rule.watch.rule).is_some_and(|rule| wanted(rule.id.as_str()));
    let mut jobs: Vec<(usize, &Item, &Rule<'_>)> = Vec::new();
    for (item, number) in &owner {
        if let (Some(rule), Some(what)) = (of_rules.get(*number).filter(asked), items.get(*item)) {
            jobs.push((*item, what, rule));
        }
    }
    let searched: Vec<(&Item, Option<Found>)> =
        jobs.par_iter().map(|(item, what, rule)| Ok((*what, rule.search(*item)?))).collect::<Result<_>>()?;
    let mut proposals = Proposals::default();
    let mut names: BTreeMap<usize, BTreeSet<String>> = BTreeMap::new();
    for (item, found) in searched {
        let Some(found) = found else {
            proposals.beyond.push(item.clone());
            continue;
        };
        let of_rule = || set.rules.get(found.rule).into_iter().flat_map(|rule| &rule.cases);
        let names =
            names.entry(found.rule).or_insert_with(|| of_rule().map(|raw| raw.name.as_str().to_owned()).collect());
        let plain = item.boundary.as_ref().map_or_else(|| item.what.clone(), |boundary| boundary.name(&item.owner));
        let mut name = plain.clone();
        let mut turn = 1;
        while !names.insert(name.clone()) {
            turn += 1;
            name = format!("{plain} ({turn})");
        }
        let toml = text::case(&name, &found.raw, &found.expect, files);
        proposals.found.push(Proposal { rule: found.rule, what: item.what.clone(), toml });
    }
    proposals.found.sort_by_key(|proposal| proposal.rule);
    Ok(proposals)
}

/// A case that reaches a boundary, with what the engine makes of it.
struct Found {
    rule: usize,
    raw: RawCase,
    expect: String,
}

/// A rule with how near its cases come to each boundary.
struct Rule<'a> {
    watch: &'a Watch<'a>,
    set: &'a RuleSet,
    plan: Plan,
    seen: BTreeSet<usize>,
    /// For each boundary the cases that come near it, with the distance.
    seeds: BTreeMap<usize, Vec<(i64, &'a RawCase)>>,
}

impl<'a> Rule<'a> {
    fn new(watch: &'a Watch<'a>, cases: &[Case], set: &'a RuleSet) -> Result<Self> {
        let (mut seen, mut seeds) = (BTreeSet::new(), BTreeMap::<usize, Vec<(i64, &RawCase)>>::new());
        let written = set.rules.get(watch.rule).map_or(&[][..], |rule| rule.cases.as_slice());
        for case in cases.iter().filter(|case| case.rule() == Some(watch.rule)) {
            let looked = watch.look(case)?;
            seen.extend(looked.seen);
            if let Some(raw) = written.iter().find(|raw| raw.name.as_str() == case.name) {
                for (item, distance) in looked.distance {
                    seeds.entry(item).or_default().push((distance, raw));
                }
            }
        }
        seeds.values_mut().for_each(|of| of.sort_by_key(|(distance, _)| distance.unsigned_abs()));
        Ok(Self { watch, set, plan: Plan::of_one(set, watch.rule), seen, seeds })
    }

    fn search(&self, item: usize) -> Result<Option<Found>> {
        for (distance, raw) in self.seeds.get(&item).into_iter().flatten().take(SEEDS) {
            let Some(case) = self.read(raw) else { continue };
            let tried = Tried::new(&self.plan, &case)?;
            let fired: Vec<usize> = tried.hits.hits.iter().map(|hit| hit.row as usize).collect();
            for knob in knobs(raw, &case, &self.plan, &fired) {
                if let Some((raw, case)) = self.turn(&knob, raw, item, *distance)? {
                    return self.found(raw, &case).map(Some);
                }
            }
        }
        Ok(None)
    }

    fn read(&self, raw: &RawCase) -> Option<Case> {
        let mut report = Report::default();
        case::one(self.watch.rule, raw, self.set, &mut report).filter(|_| !report.has_errors())
    }

    /// Turns a knob until the boundary is reached: each next value from the line through the last two, and from the middle
    /// where that does not move.
    fn turn(&self, knob: &Knob, raw: &RawCase, item: usize, distance: i64) -> Result<Option<(RawCase, Case)>> {
        let start = (knob.value, distance);
        for step in knob.steps {
            let (mut last, mut at) = (start, knob.value + step);
            // The nearest values on either side.
            let (mut below, mut above) = (None, None);
            let mut note = |(at, distance): (i64, i64)| {
                let side = if distance < 0 { &mut below } else { &mut above };
                *side = Some(at);
                (below, above)
            };
            note(start);
            for _ in 0..STEPS {
                let Some(turned) = knob.turned(raw, at) else { break };
                let Some(case) = self.read(&turned) else { break };
                let Some(now) = self.watch.look(&case)?.distance.get(&item).copied() else { break };
                if now == 0 {
                    return Ok(Some((turned, case)));
                }
                let (below, above) = note((at, now));
                let (rise, run) = (i128::from(now) - i128::from(last.1), i128::from(at) - i128::from(last.0));
                last = (at, now);
                let next = match (below, above) {
                    (Some(below), Some(above)) => (below + above).div_euclid(2),
                    _ if rise == 0 => break,
                    _ => {
                        let Ok(next) = i64::try_from(i128::from(at) - (i128::from(now) * run).div_euclid(rise)) else {
                            break;
                        };
                        next
                    }
                };
                if next == at {
                    break;
                }
                at = next;
            }
        }
        Ok(None)
    }

    fn found(&self, raw: RawCase, case: &Case) -> Result<Found> {
        let tried = Tried::new(&self.plan, case)?;
        let fired: Vec<usize> = tried.hits.hits.iter().map(|hit| hit.row as usize).collect();
        let points: BTreeSet<i64> = tried.hits.hits.iter().map(|hit| hit.points).collect();
        let fires = match fired.len() {
            0 => "[]".to_owned(),
            n if n == case.judged => "\"all\"".to_owned(),
            _ => format!("[{}]", fired.iter().map(|row| (row + 1).to_string()).collect::<Vec<_>>().join(", ")),
        };
        let points = match points.len() {
            1 => points.first().map(|points| format!(", points = {points}")).unwrap_or_default(),
            _ => String::new(),
        };
        Ok(Found { rule: self.watch.rule, raw, expect: format!("{{ fires = {fires}{points} }}") })
    }
}
