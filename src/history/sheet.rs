//! The hashes of some applications of the past, and asking them.

use std::collections::BTreeMap;

use super::keys::{self, KEYS};
use super::lookup::Found;
use crate::Result;
use crate::frame::Frame;
use crate::schema::columns::TANGGAL_PERMOHONAN;

/// The hashes of some applications of the past: of all of a month, or of those that were looked up.
#[derive(Debug, Clone)]
pub(super) struct Sheet {
    keys: BTreeMap<&'static str, Vec<u64>>,
    days: Vec<i64>,
    /// Which rows of the month they are; nothing where they are all of them.
    rows: Option<Vec<u32>>,
}

impl Sheet {
    /// All of a month.
    pub(super) fn new(keys: BTreeMap<&'static str, Vec<u64>>, days: Vec<i64>) -> Self {
        Self { keys, days, rows: None }
    }

    /// None yet.
    pub(super) fn empty(used: &[&'static str]) -> Self {
        let keys = used.iter().map(|key| (*key, Vec::new())).collect();
        Self { keys, days: Vec::new(), rows: Some(Vec::new()) }
    }

    /// The hashes of a frame that has them, with the day of filing.
    pub(super) fn of(frame: &Frame, used: &[&'static str]) -> Result<Self> {
        let days = frame.number(TANGGAL_PERMOHONAN)?;
        let days = (0..frame.rows()).map(|row| days.get(row).unwrap_or(i64::MIN)).collect();
        let keys = used.iter().map(|key| Ok((*key, keys::read(frame, key)?))).collect::<Result<_>>()?;
        Ok(Self::new(keys, days))
    }

    /// One more.
    pub(super) fn put(&mut self, found: &Found) {
        for (key, hash) in KEYS.iter().zip(&found.hashes) {
            self.keys.get_mut(key).into_iter().for_each(|hashes| hashes.push(*hash));
        }
        self.days.push(found.day);
        self.rows.get_or_insert_default().push(found.row);
    }

    /// How many applications.
    pub(super) fn len(&self) -> usize {
        self.days.len()
    }

    /// The row of the month that one of them is.
    pub(super) fn row(&self, at: u32) -> u32 {
        self.rows.as_ref().map_or(at, |rows| rows.get(at as usize).copied().unwrap_or(u32::MAX))
    }

    /// The day of filing of each.
    pub(super) fn days(&self) -> &[i64] {
        &self.days
    }

    pub(super) fn day(&self, at: usize) -> i64 {
        self.days.get(at).copied().unwrap_or(i64::MIN)
    }

    pub(super) fn hash(&self, key: &str, at: usize) -> u64 {
        self.keys.get(key).and_then(|hashes| hashes.get(at)).copied().unwrap_or(0)
    }

    /// Those filed on a day or later of which the hash of some keys together is among others, with that hash and the day.
    pub(super) fn matching(&self, keys: &[&'static str], since: i64, sieve: &Sieve) -> Vec<(u64, i64, usize)> {
        let columns: Vec<&[u64]> = keys.iter().filter_map(|key| self.keys.get(key)).map(Vec::as_slice).collect();
        let mut found = Vec::new();
        let mut take = |at: usize, hash: u64| {
            let day = self.day(at);
            if day >= since && sieve.has(hash) {
                found.push((hash, day, at));
            }
        };
        match columns.as_slice() {
            // Most ties have one column, and every round looks at every row: this loop is most of the search.
            [hashes] => {
                let maybe = |hash: u64| hash != 0 && sieve.may_have(hash);
                hashes.iter().enumerate().filter(|(_, hash)| maybe(**hash)).for_each(|(at, hash)| take(at, *hash));
            }
            several => {
                for at in 0..self.days.len() {
                    let parts = several.iter().map(|hashes| hashes.get(at).copied().unwrap_or(0));
                    if let Some(hash) = combined(parts) {
                        take(at, hash);
                    }
                }
            }
        }
        found
    }
}

/// One hash of several; none where one of the values is missing.
pub(super) fn combined(parts: impl Iterator<Item = u64>) -> Option<u64> {
    let mut all = 0_u64;
    for part in parts {
        if part == 0 {
            return None;
        }
        all = all.rotate_left(25).wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ part;
    }
    Some(all)
}

/// Some hashes, quick to ask for.
#[derive(Debug)]
pub(super) struct Sieve {
    bits: Vec<u64>,
    sorted: Vec<u64>,
}

impl Sieve {
    pub(super) fn new(mut hashes: Vec<u64>) -> Self {
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

    pub(super) fn has(&self, hash: u64) -> bool {
        self.may_have(hash) && self.sorted.binary_search(&hash).is_ok()
    }

    /// Quick, and wrong about one hash in hundreds.
    #[inline]
    fn may_have(&self, hash: u64) -> bool {
        let (word, bit) = Self::place(hash, self.bits.len());
        self.bits.get(word).is_some_and(|w| w & bit != 0)
    }
}
