//! The list: mandatory lines on top, then by score down to the day's capacity, with the control sample among them.

use std::collections::BTreeSet;
use std::ops::Range;

use rayon::prelude::*;

use super::control::Draw;
use super::evidence::{evidence, set_of};
use super::score::{Rested, score};
use super::{Hit, Hits, Score};
use crate::columns::{Evidence, Witnesses};
use crate::frame::{Frame, TextView};
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
    /// Every band, the most urgent first.
    pub const ALL: &[Self] = &[Self::Mandatory, Self::First, Self::Second];

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

/// An application on its way to the list. Scores with all their leaves are made again for the few that get there.
#[derive(Debug, Clone, Copy)]
pub(super) struct Candidate {
    pub(super) row: u32,
    pub(super) total: i64,
    pub(super) mandatory: bool,
    pub(super) control: bool,
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
    pub fn score_of(&self, row: u32) -> Result<Score> {
        self.scored(self.hits.of_row(row))
    }

    /// What an officer is told of a row, heaviest first.
    pub(super) fn findings(&self, row: u32) -> Result<Vec<Finding>> {
        let Screened { set, plan, frame, witnesses, hits } = *self;
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
        Ok(findings)
    }

    /// The hits of one row with what they rest on, scored.
    fn scored(&self, of_row: &[Hit]) -> Result<Score> {
        let rested: Vec<Rested> =
            of_row.iter().map(|hit| (*hit, set_of(&evidence(hit, self.plan, self.witnesses, self.frame)))).collect();
        score(&rested, self.plan, self.set)
    }
}

/// The list over all rows. `subjects` are the rows that may be referred.
pub fn refer(screened: &Screened<'_>, subjects: Range<u32>, settings: &Settings) -> Result<Vec<Referral>> {
    let numbers = Numbers::of(screened)?;
    let (mut mandatory, mut ranked): (Vec<_>, Vec<_>) =
        candidates(screened, &subjects)?.into_iter().partition(|c| c.mandatory);
    numbers.sort(&mut mandatory);
    numbers.sort(&mut ranked);
    ranked.truncate(settings.capacity.saturating_sub(mandatory.len()));
    let listed: BTreeSet<u32> = mandatory.iter().chain(&ranked).map(|c| c.row).collect();
    let draw = Draw::new(&settings.key);
    let control = drawn(subjects, &listed, &numbers, &draw, settings.control_per_mille)?;
    let half = settings.capacity.div_ceil(2);
    let listed = mandatory.into_iter().chain(mixed(ranked, control, &draw, &numbers)?);
    listed.enumerate().map(|(ix, candidate)| listed_as(ix + 1, candidate, half, &numbers, screened)).collect()
}

/// The applications that hits refer, by row.
fn candidates(screened: &Screened<'_>, subjects: &Range<u32>) -> Result<Vec<Candidate>> {
    let Screened { set, plan, hits, .. } = *screened;
    let by_row: Vec<&[Hit]> = hits.hits.chunk_by(|a, b| a.row == b.row).collect();
    let candidate = |of_row: &&[Hit]| {
        let row = of_row.first().map(|hit| hit.row).filter(|row| subjects.contains(row))?;
        let (refers, mandatory) = weight(of_row, plan, set);
        let total = refers.then(|| screened.scored(of_row).map(|score| score.total))?;
        let made = total.map(|total| Candidate { row, total, mandatory, control: false });
        Some(made).filter(|made| made.as_ref().map_or(true, |c| c.mandatory || c.total > 0))
    };
    by_row.par_iter().filter_map(candidate).collect()
}

/// The applications drawn for control among those that are not listed, by row.
fn drawn(
    subjects: Range<u32>,
    listed: &BTreeSet<u32>,
    numbers: &Numbers<'_>,
    draw: &Draw,
    per_mille: u32,
) -> Result<Vec<Candidate>> {
    let candidate = |row: u32| {
        if listed.contains(&row) {
            return None;
        }
        let drawn = numbers.get(row).map(|nomor| draw.draws(nomor, per_mille));
        let made = drawn.map(|drawn| drawn.then_some(Candidate { row, total: 0, mandatory: false, control: true }));
        made.transpose()
    };
    subjects.into_par_iter().filter_map(candidate).collect()
}

/// The numbers of the applications.
pub(super) struct Numbers<'a>(TextView<'a>);

impl<'a> Numbers<'a> {
    pub(super) fn of(screened: &Screened<'a>) -> Result<Self> {
        Ok(Self(screened.frame.text(NOMOR_PERMOHONAN)?))
    }

    /// The number, for sorting.
    pub(super) fn text(&self, row: u32) -> Option<&'a str> {
        self.0.get(row as usize)
    }

    fn get(&self, row: u32) -> Result<&'a str> {
        self.0.get(row as usize).ok_or_else(|| Error::internal("application without a number"))
    }

    /// By score, the highest first, then by number.
    fn sort(&self, candidates: &mut [Candidate]) {
        let number = |c: &Candidate| self.text(c.row);
        candidates.par_sort_by(|a, b| b.total.cmp(&a.total).then_with(|| number(a).cmp(&number(b))));
    }
}

/// Whether hits refer an application at all, and whether one of them is mandatory.
pub(super) fn weight(hits: &[Hit], plan: &Plan, set: &RuleSet) -> (bool, bool) {
    let (mut refers, mut must) = (false, false);
    for hit in hits {
        let Some(rule) = plan.rules.get(hit.rule as usize).and_then(|p| set.rules.get(p.index)) else { continue };
        let counts = rule.status == crate::rules::Status::Active && rule.audience == Audience::Officer;
        refers |= counts && rule.class.refers() && hit.points > 0;
        must |= counts && rule.mandatory;
    }
    (refers || must, must)
}

/// Puts the drawn ones at places that the key decides, so that their place tells nothing.
fn mixed(
    ranked: Vec<Candidate>,
    mut control: Vec<Candidate>,
    draw: &Draw,
    numbers: &Numbers<'_>,
) -> Result<Vec<Candidate>> {
    numbers.sort(&mut control);
    let mut list = ranked;
    for candidate in control {
        let place = draw.lot("place", numbers.get(candidate.row)?) % (list.len() as u128 + 1);
        list.insert(usize::try_from(place).unwrap_or(list.len()), candidate);
    }
    Ok(list)
}

/// A candidate as a line of a list.
pub(super) fn listed_as(
    rank: usize,
    candidate: Candidate,
    half: usize,
    numbers: &Numbers<'_>,
    screened: &Screened<'_>,
) -> Result<Referral> {
    let Candidate { row, mandatory, control, .. } = candidate;
    let band = match (mandatory, rank <= half) {
        (true, _) => Band::Mandatory,
        (false, true) => Band::First,
        (false, false) => Band::Second,
    };
    let (nomor_permohonan, score) = (numbers.get(row)?.to_owned(), screened.score_of(row)?);
    Ok(Referral { rank, row, nomor_permohonan, band, score, findings: screened.findings(row)?, control })
}
