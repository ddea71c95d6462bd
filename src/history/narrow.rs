//! From all of history to the rows that tonight's applications are tied to.
//!
//! The hashes of the keys are scanned, first for the keys of tonight's applications, then for those of the rows found, as
//! long as ties spread. A row too many costs a little; a row too few would change a result, so where a tie cannot be
//! followed by hashes everything within its window is taken.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::path::Path;

use chrono::NaiveDate;
use rayon::prelude::*;

use super::index::Month;
use super::keys::{self, KEYS};
use super::lookup::{self, Lookup};
use super::sheet::{Sheet, Sieve, combined};
use super::{Follow, Narrowed, files, follow, merge};
use crate::calendar::{self, DAY_MS};
use crate::columns::Tie;
use crate::frame::{Frame, nulls};
use crate::schema::columns::{NOMOR_PERMOHONAN, TANGGAL_PERMOHONAN};
use crate::{Error, Result};

use super::{CHANGES, LOOKS, SEEN};

/// What of history is asked for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wanted<'a> {
    pub(super) tonight: &'a Frame,
    pub(super) ties: &'a [Tie],
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
        .filter(|key| *key == NOMOR_PERMOHONAN || wanted.ties.iter().any(|tie| tie.columns.iter().any(|c| c == key)))
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
    let keyless = wanted.ties.iter().filter(|tie| hashed(tie).is_empty());
    let since = |tie: &Tie| back(tie).zip(first).map_or(i64::MIN, |(back, first)| first - back);
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
    let mut state = search.begin(wanted.tonight, wanted.ties)?;
    let mut again = vec![BTreeSet::new(); months.len()];
    if let Some(follow) = wanted.follow {
        again = search.open(root, months, follow, wanted.as_of)?;
        search.ask_for(&mut state.ties, &again, &mut state.open);
        search.spread(&mut state);
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
    follow::narrowed(company, followed, wanted.as_of).map(Some)
}

/// The rows of each sheet that tonight's applications are tied to, ascending.
pub(super) fn tied(sheets: &[Sheet], tonight: &Frame, ties: &[Tie], as_of: NaiveDate) -> Result<Vec<Vec<u32>>> {
    let known = known(tonight)?;
    let mut search = Search::new(Cow::Borrowed(sheets), None, &known, calendar::days(as_of));
    search.begin(tonight, ties)?;
    Ok((0..sheets.len()).map(|at| search.rows(at)).collect())
}

/// The numbers of tonight's applications.
fn known(tonight: &Frame) -> Result<Sieve> {
    Ok(Sieve::new(keys::of(&tonight.view(NOMOR_PERMOHONAN)?, tonight.rows())))
}

/// Those columns of a tie that have hashes.
fn hashed(tie: &Tie) -> Vec<&'static str> {
    KEYS.iter().copied().filter(|key| tie.columns.iter().any(|column| column == key)).collect()
}

/// Days are enough to be on the safe side: two times a window apart are at most a day more apart in days.
fn days_of(width: i64) -> i64 {
    width.div_euclid(DAY_MS) + 1
}

/// How many days before an application others matter to it, where only those do.
fn back(tie: &Tie) -> Option<i64> {
    tie.width.filter(|_| tie.spreads.is_none()).map(days_of)
}

/// How far ties were followed: for each its keys to ask for, and those that were asked for.
struct Spread {
    ties: Vec<Followed>,
    open: Vec<Vec<Asked>>,
    asked: Vec<Vec<Asked>>,
}

/// A key and the day of an application that has it, and the hash of that of its columns that is looked up.
type Asked = (u64, i64, u64);

/// A tie as it is followed.
struct Followed {
    /// Those of its columns that have hashes. A row that agrees in them may still differ in the others.
    keys: Vec<&'static str>,
    /// Which of them is looked up: the one that fewest have in common.
    lead: usize,
    /// The keys of tonight's applications, each once.
    of_tonight: Vec<Asked>,
    /// The first day that matters.
    since: i64,
    /// How many days before an application others matter to it, where only those do.
    back: Option<i64>,
    /// Whether it leads on from the rows it finds, and from how many rows on a key ties nobody.
    spreads: Option<usize>,
    /// Whether the number of rows on a key alone says whether it ties.
    every: bool,
    /// How many days two rows may be apart and still be tied, where it leads on.
    step: Option<i64>,
}

impl Followed {
    fn new(tie: &Tie, tonight: &Frame, lookup: Option<&Lookup>) -> Result<Self> {
        let keys = hashed(tie);
        let columns: Vec<Vec<u64>> =
            keys.iter().map(|key| Ok(keys::of(&tonight.view(key)?, tonight.rows()))).collect::<Result<_>>()?;
        let days = tonight.number(TANGGAL_PERMOHONAN)?;
        let step = tie.width.filter(|_| tie.spreads.is_some()).map(days_of);
        let part = |column: usize, row: usize| columns.get(column).and_then(|c| c.get(row)).copied().unwrap_or(0);
        let cost = |column: usize| {
            let hashes: BTreeSet<u64> = (0..tonight.rows()).map(|row| part(column, row)).filter(|h| *h != 0).collect();
            lookup.map_or(0, |lookup| lookup.cost(keys.get(column).unwrap_or(&""), &Vec::from_iter(hashes)))
        };
        let lead = if keys.len() > 1 { (0..keys.len()).min_by_key(|column| cost(*column)).unwrap_or(0) } else { 0 };
        let asked = |row: usize| {
            let hash = combined((0..keys.len()).map(|column| part(column, row)))?;
            Some((hash, step.map_or(0, |_| days.get(row).unwrap_or(0)), part(lead, row)))
        };
        let mut of_tonight: Vec<Asked> = (0..tonight.rows()).filter_map(asked).collect();
        of_tonight.sort_unstable();
        of_tonight.dedup();
        let first = (0..tonight.rows()).filter_map(|row| days.get(row)).min();
        let back = back(tie);
        let since = back.zip(first).map_or(i64::MIN, |(back, first)| first - back);
        Ok(Self { keys, lead, of_tonight, since, back, spreads: tie.spreads, every: tie.every, step })
    }

    /// Its key in a row of history.
    fn asked_by(&self, sheets: &[Sheet], (sheet, at): Place) -> Option<Asked> {
        let (sheet, at) = (sheets.get(sheet as usize)?, at as usize);
        let lead = sheet.hash(self.keys.get(self.lead)?, at);
        let hash = combined(self.keys.iter().map(|key| sheet.hash(key, at)))?;
        Some((hash, self.step.map_or(0, |_| sheet.day(at)), lead))
    }
}

/// Number of a sheet and of an application in it.
type Place = (u32, u32);

/// What was found so far.
struct Search<'a> {
    sheets: Cow<'a, [Sheet]>,
    /// Where those rows are found that no sheet has yet.
    lookup: Option<Lookup>,
    /// It could not be read.
    damaged: bool,
    /// Applications of tonight's export: history does not speak for them.
    known: &'a Sieve,
    /// The last day that is history.
    until: i64,
    chosen: Vec<Vec<bool>>,
    /// Rows whose ties are followed; the other chosen ones are company.
    leading: Vec<Vec<bool>>,
    /// Rows taken whole, not yet followed.
    taken: Vec<Place>,
}

impl<'a> Search<'a> {
    fn new(sheets: Cow<'a, [Sheet]>, lookup: Option<Lookup>, known: &'a Sieve, until: i64) -> Self {
        let none: Vec<Vec<bool>> = sheets.iter().map(|sheet| vec![false; sheet.len()]).collect();
        Self { sheets, lookup, damaged: false, known, until, chosen: none.clone(), leading: none, taken: Vec::new() }
    }

    /// Takes everything that tonight's applications are tied to, and says how far ties were followed.
    fn begin(&mut self, tonight: &Frame, ties: &[Tie]) -> Result<Spread> {
        let followed = |tie| Followed::new(tie, tonight, self.lookup.as_ref());
        let ties: Vec<Followed> = ties.iter().map(followed).collect::<Result<_>>()?;
        for tie in ties.iter().filter(|tie| tie.keys.is_empty()) {
            self.take_all_since(tie.since);
        }
        let open = ties.iter().map(|tie| tie.of_tonight.clone()).collect();
        let asked = vec![Vec::new(); ties.len()];
        let mut state = Spread { ties, open, asked };
        self.spread(&mut state);
        Ok(state)
    }

    /// Puts every row with one of the keys into its sheet, as far as it is not there.
    fn look_up(&mut self, tie: &Followed, asked: &[Asked]) {
        let Some((lookup, key)) = self.lookup.as_mut().zip(tie.keys.get(tie.lead)) else { return };
        let mut hashes: Vec<u64> = asked.iter().map(|asked| asked.2).collect();
        hashes.sort_unstable();
        hashes.dedup();
        let Some(found) = lookup.take(key, &hashes, tie.since) else {
            self.damaged = true;
            return;
        };
        let sheets = self.sheets.to_mut();
        for row in found {
            let month = row.month as usize;
            sheets.get_mut(month).into_iter().for_each(|sheet| sheet.put(&row));
            for marks in [&mut self.chosen, &mut self.leading] {
                marks.get_mut(month).into_iter().for_each(|marks| marks.push(false));
            }
        }
    }

    /// Takes what is tied to the open keys, and what is tied to that, until nothing new turns up.
    fn spread(&mut self, Spread { ties, open, asked }: &mut Spread) {
        loop {
            let mut found = Vec::new();
            for (at, tie) in ties.iter().enumerate().filter(|(_, tie)| !tie.keys.is_empty()) {
                let keys = open.get_mut(at).map(std::mem::take).unwrap_or_default();
                if !keys.is_empty() {
                    self.look_up(tie, &keys);
                    self.follow(tie, &keys, &mut found);
                    asked.get_mut(at).into_iter().for_each(|all| add_sorted(all, &keys));
                }
            }
            found.append(&mut self.taken);
            if found.is_empty() {
                break;
            }
            for (at, tie) in ties.iter().enumerate().filter(|(_, tie)| tie.spreads.is_some()) {
                let mut keys: Vec<Asked> =
                    found.iter().filter_map(|place| tie.asked_by(&self.sheets, *place)).collect();
                keys.sort_unstable();
                keys.dedup();
                let before = asked.get(at).map(Vec::as_slice).unwrap_or_default();
                keys.retain(|key| before.binary_search(key).is_err());
                open.get_mut(at).into_iter().for_each(|place| *place = std::mem::take(&mut keys));
            }
        }
    }

    /// Those of the rows taken that are to be looked at again.
    fn open(&self, root: &Path, months: &[Month], follow: &Follow<'_>, as_of: NaiveDate) -> Result<Vec<BTreeSet<u32>>> {
        let open = |(at, month)| follow::open(root, month, &self.rows(at), follow, as_of).map(BTreeSet::from_iter);
        months.iter().enumerate().map(open).collect()
    }

    /// Asks for everything that some rows are tied to, as if they were of tonight.
    fn ask_for(&mut self, ties: &mut [Followed], rows: &[BTreeSet<u32>], open: &mut [Vec<Asked>]) {
        let places: Vec<Place> = (0_u32..)
            .zip(self.sheets.iter().zip(rows))
            .flat_map(|(number, (sheet, rows))| {
                let is_one = |at: &u32| rows.contains(&sheet.row(*at));
                (0..narrow_number(sheet.len())).filter(is_one).map(move |at| (number, at)).collect::<Vec<_>>()
            })
            .collect();
        let day = |(sheet, at): &Place| self.sheets.get(*sheet as usize).map(|s| s.day(*at as usize));
        let Some(first) = places.iter().filter_map(day).min() else { return };
        for (tie, open) in ties.iter_mut().zip(open) {
            tie.since = tie.back.map_or(tie.since, |back| tie.since.min(first - back));
            if tie.keys.is_empty() {
                self.take_all_since(tie.since);
            }
            open.extend(places.iter().filter_map(|place| tie.asked_by(&self.sheets, *place)));
            open.sort_unstable();
            open.dedup();
        }
    }

    /// The rows of a month that were taken, ascending.
    fn rows(&self, at: usize) -> Vec<u32> {
        let Some((sheet, chosen)) = self.sheets.get(at).zip(self.chosen.get(at)) else { return Vec::new() };
        let mut rows: Vec<u32> = (0_u32..).zip(chosen).filter(|(_, is)| **is).map(|(at, _)| sheet.row(at)).collect();
        rows.sort_unstable();
        rows
    }

    /// Takes a row; says whether its ties are to be followed and were not before.
    fn take(&mut self, (sheet, row): Place, leads: bool) -> bool {
        let of = self.sheets.get(sheet as usize);
        let tonight = of.is_some_and(|s| self.known.has(s.hash(NOMOR_PERMOHONAN, row as usize)));
        let later = of.and_then(|s| s.days().get(row as usize)).is_none_or(|day| *day > self.until);
        if tonight || later {
            return false;
        }
        let mark = |rows: &mut Vec<Vec<bool>>| {
            let place = rows.get_mut(sheet as usize).and_then(|rows| rows.get_mut(row as usize));
            place.is_some_and(|place| !std::mem::replace(place, true))
        };
        mark(&mut self.chosen);
        leads && mark(&mut self.leading)
    }

    /// Takes every row filed on a day or later.
    fn take_all_since(&mut self, since: i64) {
        for sheet in 0..self.sheets.len() {
            let days = self.sheets.get(sheet).map_or(&[][..], Sheet::days).iter().enumerate();
            let late: Vec<usize> = days.filter(|(_, day)| **day >= since).map(|(at, _)| at).collect();
            for at in late {
                let place = (narrow_number(sheet), narrow_number(at));
                if self.take(place, true) {
                    self.taken.push(place);
                }
            }
        }
    }

    /// Takes the rows that have one of the keys and adds those to `found` that lead on.
    ///
    /// Where a tie has steps, only rows within a chain of them from an asking row are tied to it. Whether a key is on too
    /// many rows to tie anybody is for the network to say, which knows the rows that count, so of such a key all are
    /// taken, as company.
    fn follow(&mut self, tie: &Followed, keys: &[Asked], found: &mut Vec<Place>) {
        let sieve = Sieve::new(keys.iter().map(|asked| asked.0).collect());
        let of_sheet = |(number, sheet): (usize, &Sheet)| {
            let matching = sheet.matching(&tie.keys, tie.since, &sieve).into_iter();
            matching.map(move |(hash, day, at)| (hash, day, (narrow_number(number), narrow_number(at))))
        };
        let mut matches: Vec<(u64, i64, Place)> = self.sheets.par_iter().enumerate().flat_map_iter(of_sheet).collect();
        matches.par_sort_unstable();
        for run in matches.chunk_by(|a, b| a.0 == b.0) {
            let hash = run.first().map_or(0, |first| first.0);
            let from = keys.partition_point(|key| key.0 < hash);
            let asking = keys.get(from..).unwrap_or_default().chunk_by(|a, b| a.0 == b.0).next().unwrap_or_default();
            let crowded = tie.spreads.is_some_and(|most| run.len() > most);
            let mut tied = vec![tie.step.is_none() && !(crowded && tie.every); run.len()];
            if let Some(step) = tie.step.filter(|_| !(crowded && tie.every)) {
                chain(run, asking, step, &mut tied);
            }
            for ((_, _, place), tied) in run.iter().zip(tied) {
                if (tied || crowded) && self.take(*place, tied) {
                    found.push(*place);
                }
            }
        }
    }
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

/// Marks the rows of a key, which come by day, that a chain of steps leads to from an asking day.
fn chain(run: &[(u64, i64, Place)], asking: &[Asked], step: i64, tied: &mut [bool]) {
    let mut start = 0;
    for part in run.chunk_by(|a, b| b.1 - a.1 <= step) {
        let days = (part.first().map_or(0, |p| p.1) - step)..=(part.last().map_or(0, |p| p.1) + step);
        let reached = asking.iter().any(|asked| days.contains(&asked.1));
        tied.iter_mut().skip(start).take(part.len()).for_each(|place| *place = reached);
        start += part.len();
    }
}

/// Adds keys to a sorted list.
fn add_sorted(all: &mut Vec<Asked>, more: &[Asked]) {
    all.extend_from_slice(more);
    all.sort_unstable();
    all.dedup();
}

/// Sheets and rows are far fewer than 2^32: frames are capped.
fn narrow_number(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
