//! Where the entries of a list are that something leads to: numbers, parents, dates of birth, words.

use std::ops::Range;

use rayon::prelude::*;

use super::flat::{Flat, NO_DAY, parent_key, unpack_birth};
use super::narrow;
use super::vocabulary::Vocabulary;
use crate::matching::evidence::MOST_YEARS;
use crate::matching::person::Birth;

/// Ways into a list.
#[derive(Debug, Default)]
pub(super) struct Lookup {
    /// Each number or hash with an entry that has it, sorted.
    pub(super) niks: Vec<(u64, u32)>,
    pub(super) passports: Vec<(u64, u32)>,
    pub(super) phones: Vec<(u64, u32)>,
    pub(super) parents: Vec<(u64, u32)>,
    /// Entries by day of birth, stated or in the NIK, in days since 1970.
    pub(super) days: Dated,
    /// Entries of which only year and month are known: months since year 0.
    pub(super) months: Dated,
    /// Entries of which only the year is known.
    pub(super) years: Dated,
    /// Entries that were born in one of a few years: the first year.
    pub(super) spans: Dated,
    /// The names with each word.
    pub(super) names_with: Postings,
    /// The entry of each name.
    pub(super) entry_of: Vec<u32>,
}

/// A name under a date of birth, with all that a first look needs.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row {
    /// Its words, filled up with a number that no word has. Names of more words are looked up.
    pub(super) words: [u32; WORDS],
    /// The number of the name.
    pub(super) name: u32,
    /// The penalties of all its words.
    pub(super) penalty: i32,
}

/// Most words of a name that stand in a [`Row`].
pub(super) const WORDS: usize = 4;
/// In place of the last word: the name has more than fit.
pub(super) const MORE: u32 = u32::MAX;

/// Names by a key, in blocks of one key.
#[derive(Debug, Default)]
pub(super) struct Dated {
    keys: Vec<i32>,
    ends: Vec<u32>,
    rows: Vec<Row>,
}

impl Dated {
    fn new(mut pairs: Vec<(i32, u32)>, row: impl Fn(u32) -> Row + Sync) -> Self {
        pairs.par_sort_unstable();
        pairs.dedup();
        let (mut keys, mut ends) = (Vec::new(), Vec::new());
        for (at, (key, _)) in pairs.iter().enumerate() {
            if keys.last() != Some(key) {
                keys.push(*key);
                ends.push(0);
            }
            if let Some(end) = ends.last_mut() {
                *end = narrow(at + 1);
            }
        }
        let rows = pairs.par_iter().map(|(_, name)| row(*name)).collect();
        Self { keys, ends, rows }
    }

    /// The keys of a range, each with its rows.
    pub(super) fn between(&self, keys: Range<i32>) -> impl Iterator<Item = (i32, &[Row])> {
        let from = self.keys.partition_point(|key| *key < keys.start);
        let found = self.keys.get(from..).unwrap_or_default().iter().enumerate();
        found.take_while(move |(_, key)| **key < keys.end).map(move |(at, key)| (*key, self.block(from + at)))
    }

    fn block(&self, at: usize) -> &[Row] {
        let start = if at == 0 { 0 } else { self.ends.get(at - 1).copied().unwrap_or(0) };
        let end = self.ends.get(at).copied().unwrap_or(start);
        self.rows.get(start as usize..end as usize).unwrap_or_default()
    }
}

/// For each word the names that have it.
#[derive(Debug, Default)]
pub(super) struct Postings {
    ends: Vec<u32>,
    names: Vec<u32>,
}

impl Postings {
    fn new(words: usize, flat: &Flat) -> Self {
        let mut ends = vec![0_u32; words];
        for word in &flat.names.items {
            ends.get_mut(*word as usize).into_iter().for_each(|n| *n += 1);
        }
        let mut sum = 0;
        let mut next: Vec<u32> = ends
            .iter_mut()
            .map(|n| {
                let start = sum;
                sum += *n;
                *n = sum;
                start
            })
            .collect();
        let mut names = vec![0; flat.names.items.len()];
        for name in 0..flat.names.len() {
            for word in flat.names.get(name) {
                if let Some(at) = next.get_mut(*word as usize) {
                    names.get_mut(*at as usize).into_iter().for_each(|place| *place = narrow(name));
                    *at += 1;
                }
            }
        }
        Self { ends, names }
    }

    pub(super) fn get(&self, word: u32) -> &[u32] {
        let at = word as usize;
        let start = if at == 0 { 0 } else { self.ends.get(at - 1).copied().unwrap_or(0) };
        let end = self.ends.get(at).copied().unwrap_or(start);
        self.names.get(start as usize..end as usize).unwrap_or_default()
    }
}

impl Lookup {
    pub(super) fn new(vocabulary: &Vocabulary, flat: &Flat) -> Self {
        let mut entry_of = vec![0; flat.names.len()];
        for entry in 0..flat.entries() {
            for name in flat.names_of(entry) {
                entry_of.get_mut(name).into_iter().for_each(|place| *place = narrow(entry));
            }
        }
        let none = narrow(vocabulary.words.len());
        let penalty = |word: u32| vocabulary.words.get(word as usize).map_or(0, |word| word.penalty);
        let row = |name: u32| {
            let words = flat.names.get(name as usize);
            let mut row = Row { words: [none; WORDS], name, penalty: words.iter().map(|word| penalty(*word)).sum() };
            row.words.iter_mut().zip(words).for_each(|(place, word)| *place = *word);
            if words.len() > WORDS {
                row.words = [MORE; WORDS];
            }
            row
        };
        let births = Births::of(flat);
        Self {
            niks: sorted(flat.known.nik.iter().enumerate().map(|(at, nik)| (*nik, narrow(at))).filter(|p| p.0 != 0)),
            passports: sorted(each(&flat.known.passports)),
            phones: sorted(each(&flat.known.phones)),
            parents: parents(vocabulary, flat),
            days: Dated::new(births.days, row),
            months: Dated::new(births.months, row),
            years: Dated::new(births.years, row),
            spans: Dated::new(births.spans, row),
            names_with: Postings::new(vocabulary.words.len(), flat),
            entry_of,
        }
    }
}

/// Keys of dates of birth, each with a name of an entry that has it.
#[derive(Default)]
struct Births {
    days: Vec<(i32, u32)>,
    months: Vec<(i32, u32)>,
    years: Vec<(i32, u32)>,
    spans: Vec<(i32, u32)>,
}

impl Births {
    fn of(flat: &Flat) -> Self {
        let mut births = Self::default();
        for entry in 0..flat.entries() {
            let packed = flat.known.born.get(entry).copied().unwrap_or_default();
            let names = || flat.names_of(entry).map(narrow);
            let by_nik = flat.known.born_by_nik.get(entry).copied().unwrap_or(NO_DAY);
            if by_nik != NO_DAY {
                births.days.extend(names().map(|name| (by_nik, name)));
            }
            let [key, _] = packed;
            match unpack_birth(packed) {
                None => {}
                Some(Birth::Day(_)) => births.days.extend(names().map(|name| (key, name))),
                Some(Birth::Month { .. }) => births.months.extend(names().map(|name| (key, name))),
                Some(Birth::Year(_)) => births.years.extend(names().map(|name| (key, name))),
                Some(Birth::Years(first, last)) if last - first <= MOST_YEARS => {
                    births.spans.extend(names().map(|name| (first, name)));
                }
                Some(Birth::Years(..)) => {}
            }
        }
        births
    }
}

fn each(runs: &super::flat::Runs<u64>) -> impl Iterator<Item = (u64, u32)> {
    (0..runs.len()).flat_map(|entry| runs.get(entry).iter().map(move |hash| (*hash, narrow(entry))))
}

fn parents(vocabulary: &Vocabulary, flat: &Flat) -> Vec<(u64, u32)> {
    let entries = if flat.parents.len() == 0 { 0 } else { flat.entries() };
    let key = |entry: usize, which: usize| {
        let words = flat.parent(entry, which).iter();
        let texts = words.filter_map(|id| Some(&*vocabulary.words.get(*id as usize)?.text)).collect();
        Some((parent_key(texts, which)?, narrow(entry)))
    };
    sorted((0..entries).flat_map(|entry| [key(entry, 0), key(entry, 1)]).flatten())
}

fn sorted(pairs: impl Iterator<Item = (u64, u32)>) -> Vec<(u64, u32)> {
    let mut pairs: Vec<(u64, u32)> = pairs.collect();
    pairs.par_sort_unstable();
    pairs
}
