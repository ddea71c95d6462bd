//! The list: mandatory lines on top, then by score down to the day's capacity, with the control sample among them.

use super::control::{draw, lot};
use super::evidence::{evidence, set_of};
use super::score::{Rested, score};
use super::{Hit, Hits, Score};
use crate::columns::{Evidence, Witnesses};
use crate::frame::Frame;
use crate::rules::{Audience, Plan, RuleSet};
use crate::schema::columns::NOMOR_PERMOHONAN;
use crate::{Error, Result};

/// What decides the length of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Applications officers can take on; mandatory lines count towards it and may exceed it.
    pub capacity: usize,
    /// Unreferred applications drawn for control, in 1,000.
    pub control_per_mille: u32,
    /// Key of the draw.
    pub key: Vec<u8>,
}

/// How soon an application should be looked at. For display: it follows from workload, it is no probability.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Band {
    /// A mandatory rule fired.
    Mandatory,
    /// The upper half of what capacity allows.
    First,
    /// The lower half.
    Second,
}

impl Band {
    /// The word in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Mandatory => "wajib",
            Self::First => "pertama",
            Self::Second => "kedua",
        }
    }
}

/// A finding of an application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The hit.
    pub hit: Hit,
    /// Number of the rule in the rule set.
    pub rule: usize,
    /// The other applications behind it.
    pub evidence: Vec<Evidence>,
}

/// An application on the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Referral {
    /// Place on the list, from 1.
    pub rank: usize,
    /// Row of the application.
    pub row: u32,
    /// Its number.
    pub nomor_permohonan: String,
    /// How soon.
    pub band: Band,
    /// Its score, with all leaves.
    pub score: Score,
    /// Findings for the officer, heaviest first.
    pub findings: Vec<Finding>,
    /// Drawn for control, not referred by rules. Told in the audit file only.
    pub control: bool,
}

/// An application on its way to the list.
struct Candidate {
    row: u32,
    nomor: String,
    score: Score,
    mandatory: bool,
    control: bool,
}

/// What a list is made from.
#[derive(Debug, Clone, Copy)]
pub struct Screened<'a> {
    /// The rule set.
    pub set: &'a RuleSet,
    /// The plan made from it.
    pub plan: &'a Plan,
    /// The applications with the plan's columns.
    pub frame: &'a Frame,
    /// What stands behind columns that look at other applications.
    pub witnesses: &'a Witnesses,
    /// The hits.
    pub hits: &'a Hits,
}

impl Screened<'_> {
    /// The score of a row, listed or not.
    pub fn scored(&self, row: u32) -> Result<Score> {
        let rested: Vec<Rested> = self
            .hits
            .of_row(row)
            .iter()
            .map(|hit| (*hit, set_of(&evidence(hit, self.plan, self.witnesses, self.frame))))
            .collect();
        score(&rested, self.plan, self.set)
    }
}

/// The list over all rows. `subjects` are the rows that may be referred.
pub fn refer(screened: &Screened<'_>, subjects: std::ops::Range<u32>, settings: &Settings) -> Result<Vec<Referral>> {
    let Screened { set, plan, frame, hits, .. } = *screened;
    let numbers = frame.text(NOMOR_PERMOHONAN)?;
    let number = |row: u32| {
        numbers.get(row as usize).map(str::to_owned).ok_or_else(|| Error::internal("application without a number"))
    };
    let (mut mandatory, mut ranked) = (Vec::new(), Vec::new());
    let mut start = 0;
    while let Some(first) = hits.hits.get(start) {
        let of_row = hits.of_row(first.row);
        start += of_row.len();
        if !subjects.contains(&first.row) {
            continue;
        }
        let (refers, must) = weight(of_row, plan, set);
        if refers {
            let score = screened.scored(first.row)?;
            let candidate =
                Candidate { row: first.row, nomor: number(first.row)?, score, mandatory: must, control: false };
            if must { mandatory.push(candidate) } else { ranked.push(candidate) }
        }
    }
    sort(&mut mandatory);
    ranked.retain(|c| c.score.total > 0);
    sort(&mut ranked);
    ranked.truncate(settings.capacity.saturating_sub(mandatory.len()));
    let listed: std::collections::BTreeSet<u32> = mandatory.iter().chain(&ranked).map(|c| c.row).collect();
    let mut control = Vec::new();
    for row in subjects.filter(|row| !listed.contains(row)) {
        let nomor = number(row)?;
        if draw(&settings.key, &nomor, settings.control_per_mille) {
            let score = screened.scored(row)?;
            control.push(Candidate { row, nomor, score, mandatory: false, control: true });
        }
    }
    let half = settings.capacity.div_ceil(2);
    let listed = mandatory.into_iter().chain(mixed(ranked, control, &settings.key));
    listed.enumerate().map(|(ix, candidate)| referral(ix + 1, candidate, half, screened)).collect()
}

/// Whether hits refer an application at all, and whether one of them is mandatory.
fn weight(hits: &[Hit], plan: &Plan, set: &RuleSet) -> (bool, bool) {
    let (mut refers, mut must) = (false, false);
    for hit in hits {
        let Some(rule) = plan.rules.get(hit.rule as usize).and_then(|p| set.rules.get(p.index)) else { continue };
        let counts = rule.status == crate::rules::Status::Active && rule.audience == Audience::Officer;
        refers |= counts && rule.class.refers() && hit.points > 0;
        must |= counts && rule.mandatory;
    }
    (refers || must, must)
}

fn sort(candidates: &mut [Candidate]) {
    candidates.sort_by(|a, b| b.score.total.cmp(&a.score.total).then_with(|| a.nomor.cmp(&b.nomor)));
}

/// Puts the drawn ones at places that the key decides, so that their place tells nothing.
fn mixed(ranked: Vec<Candidate>, mut control: Vec<Candidate>, key: &[u8]) -> Vec<Candidate> {
    control.sort_by(|a, b| a.nomor.cmp(&b.nomor));
    let mut list = ranked;
    for candidate in control {
        let place = lot(key, "place", &candidate.nomor) % (list.len() as u128 + 1);
        list.insert(usize::try_from(place).unwrap_or(list.len()), candidate);
    }
    list
}

fn referral(rank: usize, candidate: Candidate, half: usize, screened: &Screened<'_>) -> Result<Referral> {
    let Screened { set, plan, frame, witnesses, hits } = *screened;
    let Candidate { row, nomor, score, mandatory, control } = candidate;
    let mut findings: Vec<Finding> = Vec::new();
    for hit in hits.of_row(row) {
        let planned = plan.rules.get(hit.rule as usize).ok_or_else(|| Error::internal("hit of an unknown rule"))?;
        let rule = set.rules.get(planned.index).ok_or_else(|| Error::internal("hit of an unknown rule"))?;
        if rule.audience == Audience::Officer && rule.status == crate::rules::Status::Active {
            let evidence = evidence(hit, plan, witnesses, frame);
            findings.push(Finding { hit: *hit, rule: planned.index, evidence });
        }
    }
    findings.sort_by(|a, b| b.hit.points.cmp(&a.hit.points).then(a.rule.cmp(&b.rule)));
    let band = match (mandatory, rank <= half) {
        (true, _) => Band::Mandatory,
        (false, true) => Band::First,
        (false, false) => Band::Second,
    };
    Ok(Referral { rank, row, nomor_permohonan: nomor, band, score, findings, control })
}
