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
use super::{files, merge};
use crate::Result;
use crate::calendar::{self, DAY_MS};
use crate::columns::Tie;
use crate::frame::{Frame, nulls};
use crate::schema::Type;
use crate::schema::columns::{NOMOR_PERMOHONAN, TANGGAL_PERMOHONAN};

use super::{CHANGES, SEEN};

pub(super) fn narrow(
    root: &Path,
    months: &[Month],
    tonight: &Frame,
    ties: &[Tie],
    wanted: &[&str],
    as_of: NaiveDate,
) -> Result<Frame> {
    let ties: Vec<Followed> = ties.iter().map(|tie| Followed::new(tie, tonight)).collect::<Result<_>>()?;
    let used: Vec<&str> = KEYS
        .iter()
        .copied()
        .filter(|key| *key == NOMOR_PERMOHONAN || ties.iter().any(|t| t.keys.contains(key)))
        .collect();
    let sheets: Vec<Sheet> = months.par_iter().map(|month| Sheet::read(root, month, &used)).collect::<Result<_>>()?;
    let known = Sieve::new(keys::of(&tonight.view(NOMOR_PERMOHONAN)?, tonight.rows()));
    let mut search = Search::new(&sheets, &known, calendar::days(as_of));
    let mut open: Vec<Vec<u64>> = ties.iter().map(|tie| tie.of_tonight.clone()).collect();
    for tie in ties.iter().filter(|tie| tie.keys.is_empty()) {
        search.take_all_since(tie.since);
    }
    let mut asked: Vec<Vec<u64>> = vec![Vec::new(); ties.len()];
    loop {
        let mut found = Vec::new();
        for (at, tie) in ties.iter().enumerate().filter(|(_, tie)| !tie.keys.is_empty()) {
            let hashes = open.get_mut(at).map(std::mem::take).unwrap_or_default();
            if !hashes.is_empty() {
                search.follow(tie, &hashes, &mut found);
                asked.get_mut(at).into_iter().for_each(|all| add_sorted(all, &hashes));
            }
        }
        found.append(&mut search.taken);
        if found.is_empty() {
            break;
        }
        for (at, tie) in ties.iter().enumerate().filter(|(_, tie)| tie.spreads.is_some()) {
            let mut hashes: Vec<u64> = found.iter().filter_map(|place| tie.hash_of(&sheets, *place)).collect();
            hashes.sort_unstable();
            hashes.dedup();
            let before = asked.get(at).map(Vec::as_slice).unwrap_or_default();
            hashes.retain(|hash| before.binary_search(hash).is_err());
            open.get_mut(at).into_iter().for_each(|place| *place = std::mem::take(&mut hashes));
        }
    }
    search.read(root, months, wanted)
}

/// A tie as it is followed.
struct Followed {
    /// Those of its columns that have hashes. A row that agrees in them may still differ in the others.
    keys: Vec<&'static str>,
    /// The keys of tonight's applications, each once.
    of_tonight: Vec<u64>,
    /// The first day that matters.
    since: i64,
    /// Whether it leads on from the rows it finds, and from how many rows on a key ties nobody.
    spreads: Option<usize>,
}

impl Followed {
    fn new(tie: &Tie, tonight: &Frame) -> Result<Self> {
        let keys: Vec<&'static str> =
            KEYS.iter().copied().filter(|key| tie.columns.iter().any(|column| column == key)).collect();
        let views = keys.iter().map(|key| tonight.view(key)).collect::<Result<Vec<_>>>()?;
        let mut of_tonight: Vec<u64> =
            (0..tonight.rows()).filter_map(|row| combined(views.iter().map(|view| keys::hash(view, row)))).collect();
        of_tonight.sort_unstable();
        of_tonight.dedup();
        let days = tonight.number(TANGGAL_PERMOHONAN)?;
        let first = (0..tonight.rows()).filter_map(|row| days.get(row)).min();
        let since = match (tie.width, first) {
            (Some(width), Some(first)) => first - width.div_euclid(DAY_MS) - 1,
            _ => i64::MIN,
        };
        Ok(Self { keys, of_tonight, since, spreads: tie.spreads })
    }

    /// Its key in a row of history.
    fn hash_of(&self, sheets: &[Sheet], (sheet, row): Place) -> Option<u64> {
        let sheet = sheets.get(sheet as usize)?;
        if self.keys.is_empty() {
            return None;
        }
        combined(self.keys.iter().map(|key| sheet.hash(key, row as usize)))
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

/// The hashes of a month.
struct Sheet {
    keys: BTreeMap<&'static str, Vec<u64>>,
    days: Vec<i64>,
}

impl Sheet {
    fn read(root: &Path, month: &Month, used: &[&'static str]) -> Result<Self> {
        let columns: Vec<String> =
            used.iter().map(|key| keys::hashed(key)).chain([TANGGAL_PERMOHONAN.to_owned()]).collect();
        let frame = files::read(root, month, &columns)?;
        let days = frame.number(TANGGAL_PERMOHONAN)?;
        let days = (0..frame.rows()).map(|row| days.get(row).unwrap_or(i64::MIN)).collect();
        let keys = used.iter().map(|key| Ok((*key, keys::read(&frame, key)?))).collect::<Result<_>>()?;
        Ok(Self { keys, days })
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
        let (word, bit) = Self::place(hash, self.bits.len());
        self.bits.get(word).is_some_and(|w| w & bit != 0) && self.sorted.binary_search(&hash).is_ok()
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
    /// Rows taken whole, not yet followed.
    taken: Vec<Place>,
}

impl<'a> Search<'a> {
    fn new(sheets: &'a [Sheet], known: &'a Sieve, until: i64) -> Self {
        let chosen = sheets.iter().map(|sheet| vec![false; sheet.days.len()]).collect();
        Self { sheets, known, until, chosen, taken: Vec::new() }
    }

    /// Takes a row; says whether it is new.
    fn take(&mut self, (sheet, row): Place) -> bool {
        let of = self.sheets.get(sheet as usize);
        let tonight = of.is_some_and(|s| self.known.has(s.hash(NOMOR_PERMOHONAN, row as usize)));
        let later = of.and_then(|s| s.days.get(row as usize)).is_none_or(|day| *day > self.until);
        if tonight || later {
            return false;
        }
        let place = self.chosen.get_mut(sheet as usize).and_then(|rows| rows.get_mut(row as usize));
        place.is_some_and(|place| !std::mem::replace(place, true))
    }

    /// Takes every row filed on a day or later.
    fn take_all_since(&mut self, since: i64) {
        for sheet in 0..self.sheets.len() {
            let days = self.sheets.get(sheet).map_or(&[][..], |s| &s.days);
            for row in days.iter().enumerate().filter(|(_, day)| **day >= since).map(|(row, _)| row) {
                let place = (narrow_number(sheet), narrow_number(row));
                if self.take(place) {
                    self.taken.push(place);
                }
            }
        }
    }

    /// Takes the rows that have one of the keys and adds those to `found` that lead on. Of a key that ties nobody, as
    /// many rows are taken as show that it does not.
    fn follow(&mut self, tie: &Followed, hashes: &[u64], found: &mut Vec<Place>) {
        let sieve = Sieve::new(hashes.to_vec());
        let mut matches: Vec<(u64, Place)> =
            (0..self.sheets.len()).into_par_iter().flat_map_iter(|at| matching(self.sheets, at, tie, &sieve)).collect();
        matches.par_sort_unstable();
        for run in matches.chunk_by(|a, b| a.0 == b.0) {
            let over = tie.spreads.filter(|most| run.len() > *most);
            for (_, place) in run.iter().take(over.map_or(run.len(), |most| most.saturating_add(1))) {
                if self.take(*place) && over.is_none() {
                    found.push(*place);
                }
            }
        }
    }

    /// The chosen rows with the wanted columns.
    fn read(&self, root: &Path, months: &[Month], wanted: &[&str]) -> Result<Frame> {
        let mut columns: Vec<String> = merge::kept()
            .map(|c| c.name)
            .chain([SEEN, CHANGES])
            .filter(|name| wanted.contains(name) || [NOMOR_PERMOHONAN, TANGGAL_PERMOHONAN].contains(name))
            .map(str::to_owned)
            .collect();
        columns.dedup();
        let frames: Vec<Frame> = months
            .par_iter()
            .zip(&self.chosen)
            .map(|(month, chosen)| {
                let rows: Vec<u32> =
                    chosen.iter().enumerate().filter(|(_, is)| **is).map(|(row, _)| narrow_number(row)).collect();
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
            let types = merge::kept().map(|c| (c.name, c.ty)).chain([(SEEN, Type::Date), (CHANGES, Type::Texts)]);
            let types: BTreeMap<&str, Type> = types.collect();
            let empty = columns.iter().filter_map(|name| Some(nulls(name, *types.get(name.as_str())?, 0)));
            return Frame::new(0, empty.collect());
        }
        Frame::concat(frames)
    }
}

/// The rows of a sheet with one of the keys, late enough to matter.
fn matching<'s>(
    sheets: &'s [Sheet],
    at: usize,
    tie: &'s Followed,
    sieve: &'s Sieve,
) -> impl Iterator<Item = (u64, Place)> + 's {
    let sheet = sheets.get(at);
    let columns: Vec<&[u64]> =
        tie.keys.iter().filter_map(|key| sheet.and_then(|s| s.keys.get(key)).map(Vec::as_slice)).collect();
    let rows = sheet.map_or(0, |s| s.days.len());
    (0..rows).filter_map(move |row| {
        let late = sheet.and_then(|s| s.days.get(row)).is_some_and(|day| *day >= tie.since);
        let hash = combined(columns.iter().map(|hashes| hashes.get(row).copied().unwrap_or(0)))?;
        (late && sieve.has(hash)).then_some((hash, (narrow_number(at), narrow_number(row))))
    })
}

/// Adds hashes to a sorted list.
fn add_sorted(all: &mut Vec<u64>, more: &[u64]) {
    all.extend_from_slice(more);
    all.sort_unstable();
    all.dedup();
}

/// Sheets and rows are far fewer than 2^32: frames are capped.
fn narrow_number(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
