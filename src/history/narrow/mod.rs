//! From all of history to the rows that tonight's applications are tied to.
//!
//! The hashes of the keys are looked up or scanned, first for the keys of tonight's applications, then for those of the rows
//! found, of each row by the ties of what is needed of it ([`Link::then`]). A row too many costs a little; a row too few
//! would change a result, so where a tie cannot be followed by hashes everything within its window is taken.

mod followed;
mod search;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use chrono::NaiveDate;
use rayon::prelude::*;

use self::followed::{hashed, near};
use self::search::Search;
use super::index::Month;
use super::keys::{self, KEYS};
use super::lookup::{self, Lookup};
use super::sheet::{Sheet, Sieve};
use super::{Follow, Narrowed, files, follow, merge};
use crate::calendar;
use crate::columns::Link;
use crate::frame::{Frame, nulls};
use crate::schema::columns::{NOMOR_PERMOHONAN, TANGGAL_PERMOHONAN};
use crate::{Error, Result};

use super::{CHANGES, LOOKS, SEEN};

/// What of history is asked for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wanted<'a> {
    pub(super) tonight: &'a Frame,
    pub(super) links: &'a [Link],
    /// The columns of company.
    pub(super) columns: &'a [&'a str],
    /// The last day that is history.
    pub(super) as_of: NaiveDate,
    pub(super) follow: Option<&'a Follow<'a>>,
}

pub(super) fn narrow(root: &Path, months: &[Month], wanted: &Wanted<'_>) -> Result<Narrowed> {
    let used: Vec<&str> = KEYS
        .iter()
        .copied()
        .filter(|key| *key == NOMOR_PERMOHONAN || wanted.links.iter().any(|link| hashed(link).contains(key)))
        .collect();
    let scanned_since = scanned_since(wanted)?;
    let lookup = Lookup::open(root, months, &used, |month| calendar::days(month.last) >= scanned_since);
    if lookup.is_some() {
        if let Some(narrowed) = search(root, months, &used, wanted, lookup)? {
            return Ok(narrowed);
        }
        // It is damaged. Whoever adds to the store next makes it anew; who may not remove it goes on without it.
        let _ = lookup::remove(root);
    }
    search(root, months, &used, wanted, None)?.ok_or_else(|| Error::internal("a search of history without an end"))
}

/// The day from which every row is looked at, for ties that no key can be asked for.
fn scanned_since(wanted: &Wanted<'_>) -> Result<i64> {
    let days = wanted.tonight.number(TANGGAL_PERMOHONAN)?;
    let first = (0..wanted.tonight.rows()).filter_map(|row| days.get(row)).min();
    let first = first.into_iter().chain(wanted.follow.map(|follow| calendar::days(follow.since))).min();
    let keyless = wanted.links.iter().filter(|link| hashed(link).is_empty());
    let since = |link: &Link| {
        // Where it is needed of rows that are found it may be of any day.
        let is_needed = wanted.links.iter().any(|other| other.then.contains(&link.source));
        near(link).filter(|_| !is_needed).zip(first).map_or(i64::MIN, |(near, first)| first - near)
    };
    Ok(keyless.map(since).min().unwrap_or(i64::MAX))
}

/// Narrows with or without a lookup; nothing where that turns out to be damaged.
fn search(
    root: &Path,
    months: &[Month],
    used: &[&'static str],
    wanted: &Wanted<'_>,
    lookup: Option<Lookup>,
) -> Result<Option<Narrowed>> {
    let sheet = |(at, month): (usize, &Month)| match lookup.as_ref().is_some_and(|lookup| lookup.knows(at)) {
        true => files::there(root, month).map(|()| Sheet::empty(used)),
        false => files::sheet(root, month, used),
    };
    let sheets: Vec<Sheet> = months.par_iter().enumerate().map(sheet).collect::<Result<_>>()?;
    let known = known(wanted.tonight)?;
    let mut search = Search::new(Cow::Owned(sheets), lookup, &known, calendar::days(wanted.as_of));
    let mut state = search.begin(wanted.tonight, wanted.links)?;
    let mut again = vec![BTreeSet::new(); months.len()];
    if let Some(follow) = wanted.follow {
        again = search.open(root, months, follow, wanted.as_of)?;
        search.spread_from(&mut state, &again);
    }
    if search.damaged {
        return Ok(None);
    }
    // Who came when tells what is new to those that are looked at again.
    let looks = wanted.follow.map(|_| LOOKS);
    let rows = |at: usize, is_again: bool| {
        let again = again.get(at);
        let mut rows = search.rows(at);
        rows.retain(|row| again.is_some_and(|again| again.contains(row)) == is_again);
        rows
    };
    let company = read(root, months, &[wanted.columns, looks.as_slice()].concat(), |at| rows(at, false))?;
    let columns = wanted.follow.map_or(&[][..], |follow| follow.columns);
    let followed = read(root, months, &[columns, looks.as_slice()].concat(), |at| rows(at, true))?;
    let mut brought: BTreeMap<String, usize> = BTreeMap::new();
    for (link, rows) in wanted.links.iter().zip(&search.brought) {
        *brought.entry(link.source.clone()).or_default() += rows;
    }
    Ok(Some(Narrowed { brought, ..follow::narrowed(company, followed, wanted.as_of)? }))
}

/// The rows of each sheet that tonight's applications are tied to, ascending.
pub(super) fn tied(sheets: &[Sheet], tonight: &Frame, links: &[Link], as_of: NaiveDate) -> Result<Vec<Vec<u32>>> {
    let known = known(tonight)?;
    let mut search = Search::new(Cow::Borrowed(sheets), None, &known, calendar::days(as_of));
    search.begin(tonight, links)?;
    Ok((0..sheets.len()).map(|at| search.rows(at)).collect())
}

/// The numbers of tonight's applications.
fn known(tonight: &Frame) -> Result<Sieve> {
    Ok(Sieve::new(keys::of(&tonight.view(NOMOR_PERMOHONAN)?, tonight.rows())))
}

/// Rows of each month with the wanted columns.
fn read(root: &Path, months: &[Month], wanted: &[&str], rows: impl Fn(usize) -> Vec<u32> + Sync) -> Result<Frame> {
    let mut columns: Vec<String> = merge::kept()
        .map(|c| c.name)
        .chain([SEEN, CHANGES, LOOKS])
        .filter(|name| wanted.contains(name) || [NOMOR_PERMOHONAN, TANGGAL_PERMOHONAN].contains(name))
        .map(str::to_owned)
        .collect();
    columns.dedup();
    let frames: Vec<Frame> = months
        .par_iter()
        .enumerate()
        .map(|(at, month)| {
            let rows = rows(at);
            match rows.is_empty() {
                true => Ok(None),
                false => files::read_rows(root, month, &columns, &rows).map(Some),
            }
        })
        .collect::<Result<Vec<_>>>()?
        .into_iter()
        .flatten()
        .collect();
    if frames.is_empty() {
        let types = merge::types();
        let empty = columns.iter().filter_map(|name| Some(nulls(name, *types.get(name.as_str())?, 0)));
        return Frame::new(0, empty.collect());
    }
    Frame::concat(frames)
}
