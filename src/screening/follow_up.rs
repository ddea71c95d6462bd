//! Applications of before that tonight's links put over the line: `rujukan susulan`.
//!
//! The first people of a ring look innocent the night they apply. An open application is compared with the look that was
//! kept of it: the last time it was listed, or else the last night that judged it. It is listed when findings that rest
//! on applications which came since have raised its score over the line that tonight's applications had to cross. These
//! lines have a capacity of their own and take no place of tonight's.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use chrono::NaiveDate;
use rayon::prelude::*;

use super::referral::{Band, Candidate, Numbers, Referral, Screened, Settings, listed_as, weight};
use crate::calendar;
use crate::history::{Listed, Look, Looked};
use crate::rules::{Class, Status};
use crate::schema::columns::{NOMOR_PERMOHONAN, TANGGAL_PERMOHONAN};
use crate::{Error, Result};

/// How applications of before are looked at again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FollowUp {
    /// For how many days after filing, from 1.
    pub days: u32,
    /// How many of them officers can take on a night; mandatory ones count towards it and may exceed it.
    pub capacity: usize,
    /// How many points more than then list one again that was listed before.
    pub more: i64,
}

/// An application of before that is listed tonight.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Again {
    /// Its line; the rank counts among these.
    pub referral: Referral,
    /// How it looked then.
    pub before: Look,
    /// What fires now and did not, or weighs more, heaviest first.
    pub changes: Vec<Change>,
    /// The rows of the applications that came since and stand behind that, by number.
    pub causes: Vec<u32>,
}

/// A finding that is new or weighs more than then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// Number of the rule in the rule set.
    pub rule: usize,
    /// Its points then, if it fired.
    pub before: Option<i64>,
    /// Its points now.
    pub now: i64,
}

/// The applications that may be listed again, and what was kept of all that came before.
#[derive(Debug, Clone, Copy)]
pub struct Before<'a> {
    /// Their rows.
    pub rows: &'a Range<u32>,
    /// For each of them the looks, oldest first.
    pub looks: &'a [Vec<Look>],
    /// For each row behind tonight's the first night that judged it, if any did.
    pub arrived: &'a [Option<NaiveDate>],
}

/// The list of those that are to be looked at again. `tonight` is the list of tonight's applications, whose rows are
/// those below the first of `before`.
pub fn follow_up(
    screened: &Screened<'_>,
    before: &Before<'_>,
    tonight: &[Referral],
    settings: &Settings,
    follow: &FollowUp,
) -> Result<Vec<Again>> {
    let line = line(tonight, settings.capacity);
    let numbers = Numbers::of(screened)?;
    let rows: Vec<(u32, &Vec<Look>)> = before.rows.clone().zip(before.looks).collect();
    let seen = rows.par_iter().map(|(row, looks)| seen_again(screened, before, *row, looks, line, follow));
    let mut found: Vec<Seen> = seen.collect::<Result<Vec<_>>>()?.into_iter().flatten().collect();
    let rank = |seen: &Seen| (!seen.candidate.mandatory, -seen.candidate.total);
    found.sort_by(|a, b| rank(a).cmp(&rank(b)).then_with(|| numbers.text(a.row()).cmp(&numbers.text(b.row()))));
    let mandatory = found.iter().filter(|seen| seen.candidate.mandatory).count();
    found.truncate(follow.capacity.max(mandatory));
    let half = follow.capacity.div_ceil(2);
    let again = |(at, seen): (usize, Seen)| {
        let mut causes = seen.causes;
        causes.sort_by_key(|row| numbers.text(*row));
        let referral = listed_as(at + 1, seen.candidate, half, &numbers, screened)?;
        Ok(Again { referral, before: seen.before, changes: seen.changes, causes })
    };
    found.into_iter().enumerate().map(again).collect()
}

/// The score that an application needed to get onto tonight's list by points. A list with room left takes any.
fn line(tonight: &[Referral], capacity: usize) -> i64 {
    let mandatory = tonight.iter().filter(|r| r.band == Band::Mandatory).count();
    let by_points: Vec<i64> =
        tonight.iter().filter(|r| r.band != Band::Mandatory && !r.control).map(|r| r.score.total).collect();
    let full = by_points.len() >= capacity.saturating_sub(mandatory);
    by_points.into_iter().min().filter(|_| full).unwrap_or(1)
}

/// An application that is to be listed again.
struct Seen {
    candidate: Candidate,
    before: Look,
    changes: Vec<Change>,
    causes: Vec<u32>,
}

impl Seen {
    fn row(&self) -> u32 {
        self.candidate.row
    }
}

fn seen_again(
    screened: &Screened<'_>,
    before: &Before<'_>,
    row: u32,
    looks: &[Look],
    line: i64,
    follow: &FollowUp,
) -> Result<Option<Seen>> {
    let Screened { set, plan, hits, .. } = *screened;
    let of_row = hits.of_row(row);
    let (refers, mandatory) = weight(of_row, plan, set);
    let Some(then) = looks.iter().rfind(|look| look.listed != Listed::No).or(looks.last()).filter(|_| refers) else {
        return Ok(None);
    };
    let total = screened.score_of(row)?.total;
    let (mut changes, mut causes, mut must) = (Vec::new(), BTreeSet::new(), false);
    for finding in screened.findings(row)? {
        let Some(rule) = set.rules.get(finding.rule) else { continue };
        let points = then.rules.get(rule.id.as_str()).copied();
        if rule.class == Class::M || points.is_some_and(|points| points >= finding.hit.points) {
            continue;
        }
        let came = |other: &&u32| **other != row && came_since(**other, before, then.on);
        let new: Vec<u32> = finding.evidence.iter().flat_map(|e| &e.rows).filter(came).copied().collect();
        // What changed for another reason (a list, a decision) is not the doing of anybody who came.
        if !new.is_empty() {
            must |= rule.mandatory && points.is_none();
            causes.extend(new);
            changes.push(Change { rule: finding.rule, before: points, now: finding.hit.points });
        }
    }
    let enough = match then.listed {
        Listed::No => total > then.points && (mandatory || total >= line),
        Listed::Tonight | Listed::Again => must || total >= then.points + follow.more,
    };
    let candidate = Candidate { row, total, mandatory, control: false };
    let seen = Seen { candidate, before: then.clone(), changes, causes: causes.into_iter().collect() };
    Ok(Some(seen).filter(|seen| enough && !seen.changes.is_empty()))
}

/// Whether an application came after a night: it is of tonight, or was judged first on a later one.
fn came_since(row: u32, before: &Before<'_>, night: NaiveDate) -> bool {
    match row.checked_sub(before.rows.start) {
        None => true,
        Some(at) => before.arrived.get(at as usize).copied().flatten().is_some_and(|on| on > night),
    }
}

/// What a night keeps: a look at each of its own applications and at each that it lists again. Of those that it looked at
/// without listing them it takes back what an earlier run of the same night may have kept.
pub fn looks(
    screened: &Screened<'_>,
    on: NaiveDate,
    subjects: &Range<u32>,
    before: &Range<u32>,
    tonight: &[Referral],
    again: &[Again],
) -> Result<Vec<Looked>> {
    let listed: BTreeMap<u32, Listed> = tonight
        .iter()
        .map(|referral| (referral.row, Listed::Tonight))
        .chain(again.iter().map(|again| (again.referral.row, Listed::Again)))
        .collect();
    let (numbers, days) = (screened.frame.text(NOMOR_PERMOHONAN)?, screened.frame.number(TANGGAL_PERMOHONAN)?);
    let look = |row: u32| {
        let listed = listed.get(&row).copied().unwrap_or(Listed::No);
        let kept = subjects.contains(&row) || listed == Listed::Again;
        let filed = days.get(row as usize).and_then(calendar::date);
        let (number, filed) = numbers.get(row as usize).zip(filed).ok_or_else(nameless)?;
        let look = match kept {
            true => Some(Look { on, points: screened.score_of(row)?.total, listed, rules: points(screened, row) }),
            false => None,
        };
        Ok(Looked { nomor_permohonan: number.to_owned(), filed, look })
    };
    let rows: Vec<u32> = subjects.clone().chain(before.clone()).collect();
    rows.into_par_iter().map(look).collect()
}

fn nameless() -> Error {
    Error::internal("an application without a number or a date")
}

/// The points of each rule for officers that fired for a row.
fn points(screened: &Screened<'_>, row: u32) -> BTreeMap<String, i64> {
    let Screened { set, plan, hits, .. } = *screened;
    let rule = |hit: &super::Hit| {
        let rule = set.rules.get(plan.rules.get(hit.rule as usize)?.index)?;
        let told = rule.audience == crate::rules::Audience::Officer && rule.status == Status::Active;
        told.then(|| (rule.id.to_string(), hit.points))
    };
    hits.of_row(row).iter().filter_map(rule).collect()
}
