//! From the hits of one application to a score that can be taken apart.
//!
//! The score is a sum of leaves: the points of each finding, and what caps and limits cut. Findings of one family count
//! at most the family's cap; context (class C) counts at most its cap over all families; findings that rest on the same
//! set of applications count once, the others a little; mitigation takes back at most what the rules it reaches have
//! given. So the score never falls below 0 and the leaves always add up, which is
//! asserted for every application.

use std::collections::BTreeMap;

use super::Hit;
use crate::rules::{Class, Plan, Rule, RuleSet};
use crate::{Error, Result};

/// The score of an application and how it came about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Score {
    /// The sum of all leaves, never below 0.
    pub total: i64,
    /// One part a family, in the order of the letters; mitigation last.
    pub parts: Vec<Part>,
}

/// What one family adds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The letter of the family.
    pub family: char,
    /// The sum of the leaves.
    pub points: i64,
    /// Findings and cuts.
    pub leaves: Vec<Leaf>,
}

/// One summand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Leaf {
    /// Where it comes from.
    pub why: Why,
    /// Its points.
    pub points: i64,
}

/// Where a summand comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// A finding.
    Finding(Hit),
    /// Context beyond its cap.
    ContextCap,
    /// Points of a finding that rests on the same applications as a heavier one.
    SameSet,
    /// Points beyond the family's cap.
    FamilyCap,
    /// Mitigation beyond what there was to take back.
    NothingLeft,
}

/// What each further finding on the same set of applications still counts (domain 11.8).
const FURTHER_FINDING: i64 = 3;

/// A hit with the number of the set of applications it rests on.
pub(super) type Rested = (Hit, Option<u64>);

/// Scores the hits of one application, which come in the order of the rules.
pub(super) fn score(hits: &[Rested], plan: &Plan, set: &RuleSet) -> Result<Score> {
    let rule_of = |hit: &Hit| plan.rules.get(hit.rule as usize).and_then(|p| set.rules.get(p.index));
    let mut adding: BTreeMap<char, Vec<Counted<'_>>> = BTreeMap::new();
    let mut mitigating: Vec<(&Rule, Hit)> = Vec::new();
    let heaviest = heaviest(hits);
    for (hit, set_number) in hits {
        let rule = rule_of(hit).ok_or_else(|| Error::internal("hit of an unknown rule"))?;
        match rule.class {
            Class::M => mitigating.push((rule, *hit)),
            Class::A | Class::B | Class::C => {
                let lighter = set_number.is_some_and(|number| heaviest.get(&number) != Some(&hit.rule));
                let cut = if lighter { (hit.points - FURTHER_FINDING).max(0) } else { 0 };
                adding.entry(rule.id.family()).or_default().push(Counted { rule, hit: *hit, cut });
            }
            Class::Q => {}
        }
    }
    let mut context_left = set.scoring.class_cap.get(&Class::C).copied().unwrap_or(i64::MAX);
    let mut standing: Vec<Standing<'_>> = Vec::new();
    let mut parts = Vec::new();
    for (family, findings) in adding {
        let cap = set.scoring.family_cap.get(&family).copied().unwrap_or(i64::MAX);
        let part = family_part(family, &findings, cap, &mut context_left);
        standing.push(Standing { left: part.points, findings });
        parts.push(part);
    }
    if !mitigating.is_empty() {
        parts.push(mitigation(&mitigating, &mut standing));
    }
    let total = parts.iter().map(|p| p.points).sum();
    let score = Score { total, parts };
    score.verify()?;
    Ok(score)
}

impl Score {
    /// Holds the promise of this module.
    fn verify(&self) -> Result<()> {
        let leaves: i64 = self.parts.iter().flat_map(|p| &p.leaves).map(|l| l.points).sum();
        if leaves != self.total || self.total < 0 {
            return Err(Error::internal(format!(
                "the leaves of a score add up to {leaves}, the score is {}",
                self.total
            )));
        }
        Ok(())
    }

    /// All summands.
    pub fn leaves(&self) -> impl Iterator<Item = &Leaf> {
        self.parts.iter().flat_map(|p| &p.leaves)
    }
}

/// A finding that adds points, and what of them is cut because a heavier one rests on the same applications.
struct Counted<'a> {
    rule: &'a Rule,
    hit: Hit,
    cut: i64,
}

/// For each set of applications the rule whose finding counts in full: the one with the most points, then the first.
fn heaviest(hits: &[Rested]) -> BTreeMap<u64, u32> {
    let mut best: BTreeMap<u64, (i64, u32)> = BTreeMap::new();
    for (hit, set) in hits {
        let Some(set) = set else { continue };
        let entry = best.entry(*set).or_insert((hit.points, hit.rule));
        if hit.points > entry.0 {
            *entry = (hit.points, hit.rule);
        }
    }
    best.into_iter().map(|(set, (_, rule))| (set, rule)).collect()
}

/// What a family still has to give back.
struct Standing<'a> {
    left: i64,
    findings: Vec<Counted<'a>>,
}

fn family_part(family: char, findings: &[Counted<'_>], cap: i64, context_left: &mut i64) -> Part {
    let mut leaves: Vec<Leaf> =
        findings.iter().map(|f| Leaf { why: Why::Finding(f.hit), points: f.hit.points }).collect();
    let cut: i64 = findings.iter().map(|f| f.cut).sum();
    if cut > 0 {
        leaves.push(Leaf { why: Why::SameSet, points: -cut });
    }
    let context: i64 = findings.iter().filter(|f| f.rule.class == Class::C).map(|f| f.hit.points - f.cut).sum();
    let over = context - context.min(*context_left);
    *context_left -= context - over;
    if over > 0 {
        leaves.push(Leaf { why: Why::ContextCap, points: -over });
    }
    let sum: i64 = leaves.iter().map(|l| l.points).sum();
    if sum > cap {
        leaves.push(Leaf { why: Why::FamilyCap, points: cap - sum });
    }
    Part { family, points: sum.min(cap), leaves }
}

fn mitigation(mitigating: &[(&Rule, Hit)], standing: &mut [Standing<'_>]) -> Part {
    let mut leaves = Vec::new();
    for (rule, hit) in mitigating {
        let mut wanted = -hit.points;
        for family in standing.iter_mut() {
            let reached: i64 = family
                .findings
                .iter()
                .filter(|other| rule.mitigates.is_empty() || rule.reaches(&other.rule.id))
                .map(|other| other.hit.points - other.cut)
                .sum();
            let taken = wanted.min(reached).min(family.left).max(0);
            family.left -= taken;
            wanted -= taken;
        }
        leaves.push(Leaf { why: Why::Finding(*hit), points: hit.points });
        if wanted > 0 {
            leaves.push(Leaf { why: Why::NothingLeft, points: wanted });
        }
    }
    Part { family: 'M', points: leaves.iter().map(|l| l.points).sum(), leaves }
}
