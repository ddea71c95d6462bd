//! Asking the file.

use std::fs::File;
use std::ops::Range;
use std::path::Path;

use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_64;

use super::{BLOCK, ENTRY, FENCE, FILE, foot, row_bytes};
use crate::history::index::Month;
use crate::history::keys;

/// Hashes or rows that one thread looks up at a time.
const AT_A_TIME: usize = 128;

/// The file, opened for a store as it is now. Where a function gives nothing the file is damaged.
#[derive(Debug)]
pub(in crate::history) struct Lookup {
    file: File,
    columns: Vec<Known>,
    months: Vec<OfMonth>,
    /// Rows that were given already.
    given: Vec<u64>,
}

/// A key and what is known of its blocks.
#[derive(Debug)]
struct Known {
    key: String,
    entries: usize,
    at: u64,
    fences: Vec<Fence>,
}

/// The first hash and row of a block, and its checksum.
#[derive(Debug, Clone, Copy)]
struct Fence {
    first: (u64, u32),
    check: u32,
}

/// The rows of a month.
#[derive(Debug)]
struct OfMonth {
    rows: Range<u32>,
    /// Which of the store's months it is; nothing where that changed since or is to be scanned.
    of_store: Option<u32>,
    last: i64,
}

/// A row that was looked up.
#[derive(Debug)]
pub(in crate::history) struct Found {
    /// Which of the store's months.
    pub(in crate::history) month: u32,
    /// Which of its rows.
    pub(in crate::history) row: u32,
    /// Day of filing.
    pub(in crate::history) day: i64,
    /// The hashes of all keys.
    pub(in crate::history) hashes: Vec<u64>,
}

impl Lookup {
    /// Opens the file of a store for some keys. `scanned` says which months are scanned in any case. Nothing where there is
    /// no file that knows any of the others.
    pub(in crate::history) fn open(
        root: &Path,
        months: &[Month],
        used: &[&str],
        scanned: impl Fn(&Month) -> bool,
    ) -> Option<Self> {
        let file = File::open(root.join(FILE)).ok()?;
        let foot = foot(&file)?;
        let mut columns = Vec::new();
        for column in foot.columns.into_iter().filter(|column| used.contains(&column.key.as_str())) {
            let entries = usize::try_from(column.entries).ok()?;
            let bytes = at(&file, column.fences, entries.div_ceil(BLOCK) * FENCE)?;
            if xxh3_64(&bytes) != column.check {
                return None;
            }
            let fences = bytes.as_chunks::<FENCE>().0.iter().map(fence).collect::<Option<_>>()?;
            columns.push(Known { key: column.key, entries, at: column.at, fences });
        }
        let mut known = Vec::new();
        let mut next = 0_u32;
        for covered in &foot.months {
            let rows = next..next.checked_add(covered.rows)?;
            next = rows.end;
            let there = (0_u32..).zip(months).find(|(_, month)| covered.is(month) && !scanned(month));
            let last = there.map_or(i64::MIN, |(_, month)| crate::calendar::days(month.last));
            known.push(OfMonth { rows, of_store: there.map(|(at, _)| at), last });
        }
        let useful = columns.len() == used.len() && known.iter().any(|month| month.of_store.is_some());
        useful.then(|| Self { file, columns, months: known, given: vec![0; next as usize / 64 + 1] })
    }

    /// Whether it knows a month of the store, by its place.
    pub(in crate::history) fn knows(&self, month: usize) -> bool {
        self.months.iter().any(|known| known.of_store.is_some_and(|of| of as usize == month))
    }

    /// About how much is read for some hashes of a key.
    pub(in crate::history) fn cost(&self, key: &str, hashes: &[u64]) -> usize {
        let Some(column) = self.column(key) else { return usize::MAX };
        let before = |row: u32| move |hash: &u64| column.fences.partition_point(|fence| fence.first <= (*hash, row));
        hashes.iter().map(|hash| before(u32::MAX)(hash) - before(0)(hash) + 1).sum()
    }

    /// The rows with one of the hashes of a key, filed on a day or later, that were not given before. Rows of an earlier day may
    /// be among them.
    pub(in crate::history) fn take(&mut self, key: &str, hashes: &[u64], since: i64) -> Option<Vec<Found>> {
        // Months come one after the other, so the rows before the first that matters stand first under every hash.
        let Some(first) = self.months.iter().find(|month| month.of_store.is_some() && month.last >= since) else {
            return Some(Vec::new());
        };
        let from = first.rows.start;
        let column = self.column(key)?;
        let parts: Option<Vec<Vec<u32>>> =
            hashes.par_chunks(AT_A_TIME).map(|part| self.places(column, part, from)).collect();
        let mut places = parts?.concat();
        places.sort_unstable();
        places.dedup();
        places.retain(|place| self.is_new(*place));
        let found: Option<Vec<Vec<Found>>> =
            places.par_chunks(AT_A_TIME).map(|part| part.iter().map(|place| self.row(*place)).collect()).collect();
        for place in places {
            let word = self.given.get_mut(place as usize / 64);
            word.into_iter().for_each(|word| *word |= 1 << (place % 64));
        }
        Some(found?.into_iter().flatten().collect())
    }

    fn column(&self, key: &str) -> Option<&Known> {
        self.columns.iter().find(|column| column.key == key)
    }

    fn month_of(&self, place: u32) -> Option<&OfMonth> {
        self.months.get(self.months.partition_point(|month| month.rows.end <= place))
    }

    fn is_new(&self, place: u32) -> bool {
        let given = self.given.get(place as usize / 64).is_some_and(|word| word & (1 << (place % 64)) != 0);
        !given && self.month_of(place).is_some_and(|month| month.of_store.is_some())
    }

    /// The rows with one of some ascending hashes, from a row on.
    fn places(&self, column: &Known, hashes: &[u64], from: u32) -> Option<Vec<u32>> {
        let mut found = Vec::new();
        let mut read: Option<(usize, Vec<(u64, u32)>)> = None;
        for hash in hashes {
            let first = column.fences.partition_point(|fence| fence.first <= (*hash, from)).saturating_sub(1);
            let blocks = column.fences.iter().enumerate().skip(first);
            for (number, fence) in blocks.take_while(|(_, fence)| fence.first.0 <= *hash) {
                if read.as_ref().is_none_or(|(there, _)| *there != number) {
                    read = Some((number, self.block(column, number, fence.check)?));
                }
                let entries = read.as_ref().map_or(&[][..], |(_, entries)| entries);
                let start = entries.partition_point(|entry| *entry < (*hash, from));
                let same = entries.iter().skip(start).take_while(|entry| entry.0 == *hash);
                found.extend(same.map(|(_, place)| *place));
            }
        }
        Some(found)
    }

    fn block(&self, column: &Known, number: usize, check: u32) -> Option<Vec<(u64, u32)>> {
        let entries = column.entries.checked_sub(number * BLOCK)?.min(BLOCK);
        let bytes = at(&self.file, column.at + (number * BLOCK * ENTRY) as u64, entries * ENTRY)?;
        if short(&bytes) != Some(check) {
            return None;
        }
        bytes.as_chunks::<ENTRY>().0.iter().map(|entry| Some(first(entry)?.0)).collect()
    }

    fn row(&self, place: u32) -> Option<Found> {
        let bytes = at(&self.file, u64::from(place) * row_bytes() as u64, row_bytes())?;
        let (said, check) = bytes.split_last_chunk::<8>()?;
        if xxh3_64(said) != u64::from_le_bytes(*check) {
            return None;
        }
        let (day, hashes) = said.split_first_chunk::<8>()?;
        let hashes: Vec<u64> = hashes.as_chunks::<8>().0.iter().map(|eight| u64::from_le_bytes(*eight)).collect();
        let month = self.month_of(place)?;
        let whole = hashes.len() == keys::KEYS.len();
        let found = |of| Found { month: of, row: place - month.rows.start, day: i64::from_le_bytes(*day), hashes };
        month.of_store.filter(|_| whole).map(found)
    }
}

/// A hash with its row, and what follows.
fn first(bytes: &[u8]) -> Option<((u64, u32), &[u8])> {
    let (hash, rest) = bytes.split_first_chunk::<8>()?;
    let (row, rest) = rest.split_first_chunk::<4>()?;
    Some(((u64::from_le_bytes(*hash), u32::from_le_bytes(*row)), rest))
}

fn fence(bytes: &[u8; FENCE]) -> Option<Fence> {
    let (first, check) = first(bytes)?;
    Some(Fence { first, check: u32::from_le_bytes(*check.first_chunk::<4>()?) })
}

/// The checksum of a block.
fn short(bytes: &[u8]) -> Option<u32> {
    xxh3_64(bytes).to_le_bytes().first_chunk::<4>().map(|four| u32::from_le_bytes(*four))
}

/// Some bytes of a file, without moving its place: several threads ask at once.
pub(super) fn at(file: &File, start: u64, len: usize) -> Option<Vec<u8>> {
    let mut bytes = vec![0; len];
    #[cfg(unix)]
    std::os::unix::fs::FileExt::read_exact_at(file, &mut bytes, start).ok()?;
    #[cfg(windows)]
    {
        let mut done = 0;
        while done < len {
            let rest = bytes.get_mut(done..)?;
            let read = std::os::windows::fs::FileExt::seek_read(file, rest, start + done as u64).ok()?;
            done += Some(read).filter(|read| *read > 0)?;
        }
    }
    Some(bytes)
}
