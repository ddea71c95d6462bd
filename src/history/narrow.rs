//! From all of history to the rows that tonight's applications are tied to.
//!
//! The hashes of the keys are scanned, first for the keys of tonight's applications, then for those of the rows found, as
//! long as ties spread. A row too many costs a little; a row too few would change a result, so where a tie cannot be
//! followed by hashes everything within its window is taken.

use std::collections::BTreeMap;
use std::path::Path;

use chrono::NaiveDate;
use rayon::prelude::*;

use super::index::Month;
use super::keys::{self, KEYS};
use super::{Follow, Narrowed, files, follow, merge};
use crate::Result;
use crate::calendar::{self, DAY_MS};
use crate::columns::Tie;
use crate::frame::{Frame, nulls};
use crate::schema::columns::{NOMOR_PERMOHONAN, TANGGAL_PERMOHONAN};

use super::{CHANGES, LOOKS, SEEN};

pub(super) fn narrow(
    root: &Path,
    months: &[Month],
    tonight: &Frame,
    ties: &[Tie],
    wanted: &[&str],
    as_of: NaiveDate,
    follow: Option<&Follow<'_>>,
) -> Result<Narrowed> {
    let used: Vec<&str> = KEYS
        .iter()
        .copied()
        .filter(|key| *key == NOMOR_PERMOHONAN || ties.iter().any(|tie| tie.columns.iter().any(|c| c == key)))
        .collect();
    let sheets: Vec<Sheet> = months.par_iter().map(|month| files::sheet(root, month, &used)).collect::<Result<_>>()?;
    let known = known(tonight)?;
    let (mut search, mut state) = begin(&sheets, &known, tonight, ties, as_of)?;
    let mut again = unmarked(&sheets);
    if let Some(follow) = follow {
        again = search.open(root, months, follow, as_of)?;
        search.ask_for(&mut state.ties, &again, &mut state.open);
        search.spread(&mut state);
    }
    // Who came when tells what is new to those that are looked at again.
    let looks = follow.map(|_| LOOKS);
    let company = search.read(root, months, &[wanted, looks.as_slice()].concat(), |at| search.besides(at, &again))?;
    let columns = follow.map_or(&[][..], |follow| follow.columns);
    let followed = search.read(root, months, &[columns, looks.as_slice()].concat(), |at| marked(again.get(at)))?;
    follow::narrowed(company, followed, as_of)
}

/// The rows of each sheet that tonight's applications are tied to, ascending.
pub(super) fn tied(sheets: &[Sheet], tonight: &Frame, ties: &[Tie], as_of: NaiveDate) -> Result<Vec<Vec<u32>>> {
    let known = known(tonight)?;
    let (search, _) = begin(sheets, &known, tonight, ties, as_of)?;
    Ok(search.chosen.iter().map(|chosen| marked(Some(chosen))).collect())
}

/// The numbers of tonight's applications.
fn known(tonight: &Frame) -> Result<Sieve> {
    Ok(Sieve::new(keys::of(&tonight.view(NOMOR_PERMOHONAN)?, tonight.rows())))
}

/// Everything that tonight's applications are tied to, and how far ties were followed.
fn begin<'a>(
    sheets: &'a [Sheet],
    known: &'a Sieve,
    tonight: &Frame,
    ties: &[Tie],
    as_of: NaiveDate,
) -> Result<(Search<'a>, Spread)> {
    let ties: Vec<Followed> = ties.iter().map(|tie| Followed::new(tie, tonight)).collect::<Result<_>>()?;
    let mut search = Search::new(sheets, known, calendar::days(as_of));
    for tie in ties.iter().filter(|tie| tie.keys.is_empty()) {
        search.take_all_since(tie.since);
    }
    let open = ties.iter().map(|tie| tie.of_tonight.clone()).collect();
    let asked = vec![Vec::new(); ties.len()];
    let mut state = Spread { ties, open, asked };
    search.spread(&mut state);
    Ok((search, state))
}

/// How far ties were followed: for each its keys to ask for, and those that were asked for.
struct Spread {
    ties: Vec<Followed>,
    open: Vec<Vec<Asked>>,
    asked: Vec<Vec<Asked>>,
}

/// A key and the day of an application that has it.
type Asked = (u64, i64);

/// A tie as it is followed.
struct Followed {
    /// Those of its columns that have hashes. A row that agrees in them may still differ in the others.
    keys: Vec<&'static str>,
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
    fn new(tie: &Tie, tonight: &Frame) -> Result<Self> {
        let keys: Vec<&'static str> =
            KEYS.iter().copied().filter(|key| tie.columns.iter().any(|column| column == key)).collect();
        let views = keys.iter().map(|key| tonight.view(key)).collect::<Result<Vec<_>>>()?;
        let days = tonight.number(TANGGAL_PERMOHONAN)?;
        // Days are enough to be on the safe side: two times a window apart are at most a day more apart in days.
        let days_of = |width: i64| width.div_euclid(DAY_MS) + 1;
        let step = tie.width.filter(|_| tie.spreads.is_some()).map(days_of);
        let asked = |row: usize| {
            let hash = combined(views.iter().map(|view| keys::hash(view, row)))?;
            Some((hash, step.map_or(0, |_| days.get(row).unwrap_or(0))))
        };
        let mut of_tonight: Vec<Asked> = (0..tonight.rows()).filter_map(asked).collect();
        of_tonight.sort_unstable();
        of_tonight.dedup();
        let first = (0..tonight.rows()).filter_map(|row| days.get(row)).min();
        let back = tie.width.filter(|_| tie.spreads.is_none()).map(days_of);
        let since = back.zip(first).map_or(i64::MIN, |(back, first)| first - back);
        Ok(Self { keys, of_tonight, since, back, spreads: tie.spreads, every: tie.every, step })
    }

    /// Its key in a row of history.
    fn asked_by(&self, sheets: &[Sheet], (sheet, row): Place) -> Option<Asked> {
        let sheet = sheets.get(sheet as usize)?;
        if self.keys.is_empty() {
            return None;
        }
        let hash = combined(self.keys.iter().map(|key| sheet.hash(key, row as usize)))?;
        Some((hash, self.step.map_or(0, |_| sheet.day(row))))
    }
}

/// One hash of several; none where one of the values is missing.
fn combined(parts: impl Iterator<Item = u64>) -> Option<u64> {
    let mut all = 0_u64;
    for part in parts {
        if part == 0 {
            return None;
        }
        all = all.rotate_left(25).wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ part;
    }
    Some(all)
}

/// Number of a sheet and of a row in it.
type Place = (u32, u32);

/// The hashes of some applications of the past.
#[derive(Debug)]
pub(super) struct Sheet {
    keys: BTreeMap<&'static str, Vec<u64>>,
    days: Vec<i64>,
}

impl Sheet {
    pub(super) fn new(keys: BTreeMap<&'static str, Vec<u64>>, days: Vec<i64>) -> Self {
        Self { keys, days }
    }

    /// The hashes of a frame that has them, with the day of filing.
    pub(super) fn of(frame: &Frame, used: &[&'static str]) -> Result<Self> {
        let days = frame.number(TANGGAL_PERMOHONAN)?;
        let days = (0..frame.rows()).map(|row| days.get(row).unwrap_or(i64::MIN)).collect();
        let keys = used.iter().map(|key| Ok((*key, keys::read(frame, key)?))).collect::<Result<_>>()?;
        Ok(Self { keys, days })
    }

    fn day(&self, row: u32) -> i64 {
        self.days.get(row as usize).copied().unwrap_or(i64::MIN)
    }

    fn hash(&self, key: &str, row: usize) -> u64 {
        self.keys.get(key).and_then(|hashes| hashes.get(row)).copied().unwrap_or(0)
    }
}

/// Some hashes, quick to ask for.
struct Sieve {
    bits: Vec<u64>,
    sorted: Vec<u64>,
}

impl Sieve {
    fn new(mut hashes: Vec<u64>) -> Self {
        hashes.retain(|hash| *hash != 0);
        hashes.sort_unstable();
        hashes.dedup();
        let mut bits = vec![0_u64; (hashes.len() * 8).next_power_of_two().clamp(64, 1 << 18)];
        for hash in &hashes {
            let (word, bit) = Self::place(*hash, bits.len());
            bits.get_mut(word).into_iter().for_each(|w| *w |= bit);
        }
        Self { bits, sorted: hashes }
    }

    fn place(hash: u64, words: usize) -> (usize, u64) {
        let word = usize::try_from(hash >> 6).unwrap_or(0) & (words - 1);
        (word, 1 << (hash & 63))
    }

    fn has(&self, hash: u64) -> bool {
        self.may_have(hash) && self.sorted.binary_search(&hash).is_ok()
    }

    /// Quick, and wrong about one hash in hundreds.
    #[inline]
    fn may_have(&self, hash: u64) -> bool {
        let (word, bit) = Self::place(hash, self.bits.len());
        self.bits.get(word).is_some_and(|w| w & bit != 0)
    }
}

/// What was found so far.
struct Search<'a> {
    sheets: &'a [Sheet],
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
    fn new(sheets: &'a [Sheet], known: &'a Sieve, until: i64) -> Self {
        let none = unmarked(sheets);
        Self { sheets, known, until, chosen: none.clone(), leading: none, taken: Vec::new() }
    }

    /// Takes what is tied to the open keys, and what is tied to that, until nothing new turns up.
    fn spread(&mut self, Spread { ties, open, asked }: &mut Spread) {
        loop {
            let mut found = Vec::new();
            for (at, tie) in ties.iter().enumerate().filter(|(_, tie)| !tie.keys.is_empty()) {
                let keys = open.get_mut(at).map(std::mem::take).unwrap_or_default();
                if !keys.is_empty() {
                    self.follow(tie, &keys, &mut found);
                    asked.get_mut(at).into_iter().for_each(|all| add_sorted(all, &keys));
                }
            }
            found.append(&mut self.taken);
            if found.is_empty() {
                break;
            }
            for (at, tie) in ties.iter().enumerate().filter(|(_, tie)| tie.spreads.is_some()) {
                let mut keys: Vec<Asked> = found.iter().filter_map(|place| tie.asked_by(self.sheets, *place)).collect();
                keys.sort_unstable();
                keys.dedup();
                let before = asked.get(at).map(Vec::as_slice).unwrap_or_default();
                keys.retain(|key| before.binary_search(key).is_err());
                open.get_mut(at).into_iter().for_each(|place| *place = std::mem::take(&mut keys));
            }
        }
    }

    /// Marks those of the rows taken that are to be looked at again.
    fn open(&self, root: &Path, months: &[Month], follow: &Follow<'_>, as_of: NaiveDate) -> Result<Vec<Vec<bool>>> {
        let mut again = unmarked(self.sheets);
        for ((month, chosen), marks) in months.iter().zip(&self.chosen).zip(&mut again) {
            for row in follow::open(root, month, &marked(Some(chosen)), follow, as_of)? {
                marks.get_mut(row as usize).into_iter().for_each(|mark| *mark = true);
            }
        }
        Ok(again)
    }

    /// Asks for everything that marked rows are tied to, as if they were of tonight.
    fn ask_for(&mut self, ties: &mut [Followed], rows: &[Vec<bool>], open: &mut [Vec<Asked>]) {
        let of_sheet = |(sheet, marks): (usize, &Vec<bool>)| {
            marked(Some(marks)).into_iter().map(move |row| (narrow_number(sheet), row))
        };
        let places: Vec<Place> = rows.iter().enumerate().flat_map(of_sheet).collect();
        let day = |(sheet, row): &Place| self.sheets.get(*sheet as usize).map(|s| s.day(*row));
        let Some(first) = places.iter().filter_map(day).min() else { return };
        for (tie, open) in ties.iter_mut().zip(open) {
            tie.since = tie.back.map_or(tie.since, |back| tie.since.min(first - back));
            if tie.keys.is_empty() {
                self.take_all_since(tie.since);
            }
            open.extend(places.iter().filter_map(|place| tie.asked_by(self.sheets, *place)));
            open.sort_unstable();
            open.dedup();
        }
    }

    /// The rows of a sheet that were taken and are not marked.
    fn besides(&self, sheet: usize, marks: &[Vec<bool>]) -> Vec<u32> {
        let is_marked = |row: &u32| marks.get(sheet).and_then(|marks| marks.get(*row as usize)) == Some(&true);
        marked(self.chosen.get(sheet)).into_iter().filter(|row| !is_marked(row)).collect()
    }

    /// Takes a row; says whether its ties are to be followed and were not before.
    fn take(&mut self, (sheet, row): Place, leads: bool) -> bool {
        let of = self.sheets.get(sheet as usize);
        let tonight = of.is_some_and(|s| self.known.has(s.hash(NOMOR_PERMOHONAN, row as usize)));
        let later = of.and_then(|s| s.days.get(row as usize)).is_none_or(|day| *day > self.until);
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
            let days = self.sheets.get(sheet).map_or(&[][..], |s| &s.days);
            for row in days.iter().enumerate().filter(|(_, day)| **day >= since).map(|(row, _)| row) {
                let place = (narrow_number(sheet), narrow_number(row));
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
        let sieve = Sieve::new(keys.iter().map(|(hash, _)| *hash).collect());
        let mut matches: Vec<(u64, i64, Place)> =
            (0..self.sheets.len()).into_par_iter().flat_map_iter(|at| matching(self.sheets, at, tie, &sieve)).collect();
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

    /// Rows of each sheet with the wanted columns.
    fn read(
        &self,
        root: &Path,
        months: &[Month],
        wanted: &[&str],
        rows: impl Fn(usize) -> Vec<u32> + Sync,
    ) -> Result<Frame> {
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
}

/// The rows of a sheet with one of the keys, late enough to matter.
fn matching(sheets: &[Sheet], at: usize, tie: &Followed, sieve: &Sieve) -> Vec<(u64, i64, Place)> {
    let Some(sheet) = sheets.get(at) else { return Vec::new() };
    let columns: Vec<&[u64]> = tie.keys.iter().filter_map(|key| sheet.keys.get(key)).map(Vec::as_slice).collect();
    let mut found = Vec::new();
    let mut take = |row: usize, hash: u64| {
        let row = narrow_number(row);
        let day = sheet.day(row);
        if day >= tie.since && sieve.has(hash) {
            found.push((hash, day, (narrow_number(at), row)));
        }
    };
    match columns.as_slice() {
        // Most ties have one column, and every round looks at every row: this loop is most of the search.
        [hashes] => {
            let maybe = |hash: u64| hash != 0 && sieve.may_have(hash);
            hashes.iter().enumerate().filter(|(_, hash)| maybe(**hash)).for_each(|(row, hash)| take(row, *hash));
        }
        several => {
            for row in 0..sheet.days.len() {
                let parts = several.iter().map(|hashes| hashes.get(row).copied().unwrap_or(0));
                if let Some(hash) = combined(parts) {
                    take(row, hash);
                }
            }
        }
    }
    found
}

/// The rows that are marked.
fn marked(marks: Option<&Vec<bool>>) -> Vec<u32> {
    let marks = marks.map_or(&[][..], Vec::as_slice);
    marks.iter().enumerate().filter(|(_, is)| **is).map(|(row, _)| narrow_number(row)).collect()
}

/// No row of any sheet marked.
fn unmarked(sheets: &[Sheet]) -> Vec<Vec<bool>> {
    sheets.iter().map(|sheet| vec![false; sheet.days.len()]).collect()
}

/// Marks the rows of a key, which come by day, that a chain of steps leads to from an asking day.
fn chain(run: &[(u64, i64, Place)], asking: &[Asked], step: i64, tied: &mut [bool]) {
    let mut start = 0;
    for part in run.chunk_by(|a, b| b.1 - a.1 <= step) {
        let days = (part.first().map_or(0, |p| p.1) - step)..=(part.last().map_or(0, |p| p.1) + step);
        let reached = asking.iter().any(|(_, day)| days.contains(day));
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
