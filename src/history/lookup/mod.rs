//! Where the rows with a key stand, so that a night costs what it is tied to and not what lies behind it.
//!
//! One file beside the months holds for every key its hashes in order, each with the row that has it, and every row's hashes
//! by themselves. Whoever asks for some hashes reads a block for each; scanning reads all of them. The file is no part of
//! the store: what it says can be made from the months at any time. It names the months it was made from, so a month that
//! changed since is scanned as if the file did not know it; one that is damaged or comes from other rules of normal forms is
//! thrown away. A night finds the same with and without it.
//!
//! ```text
//! rows     for each row: day of filing (i64), one hash for each key (u64), checksum (u64)
//! keys     for each key: blocks of hash (u64) and row (u32), in order; then for each block its first hash and row, and its
//!          checksum (u64, u32, u32)
//! foot     what stands where (JSON), its length and checksum, magic
//! ```

mod made;
mod read;

use std::fs::{self, File};
use std::path::Path;

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use super::index::Month;
use super::keys;
use crate::{Error, Result};

#[cfg(test)]
pub(super) use made::make;
pub(super) use read::{Found, Lookup};

/// Name of the file.
const FILE: &str = "kunci.indeks";
const MAGIC: [u8; 8] = *b"SARINDEK";
/// The layout of the file.
const VERSION: u32 = 1;
/// Hashes in a block.
const BLOCK: usize = 256;
/// Bytes of a hash with its row.
const ENTRY: usize = 12;
/// Bytes of what is known of a block.
const FENCE: usize = 16;
/// No foot is longer.
const LONGEST_FOOT: u64 = 1 << 20;
/// Fewer applications are scanned as quickly as they are looked up.
const FEWEST: usize = 200_000;
/// Beyond that the file is made anew when this part of what it knows has come in or changed since.
const OUTSIDE: usize = 8;

/// What stands where.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Foot {
    version: u32,
    /// Which rules made the keys; see [`keys::version`].
    keys: String,
    /// The months that the rows come from, one after the other.
    months: Vec<Covered>,
    columns: Vec<Column>,
}

/// A month as it was when its rows were taken.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Covered {
    month: String,
    rows: u32,
    /// That of its file of rows.
    xxh3: String,
}

impl Covered {
    fn is(&self, month: &Month) -> bool {
        self.month == month.month && self.xxh3 == month.rows_file.xxh3 && self.rows as usize == month.rows
    }
}

/// A key.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Column {
    key: String,
    entries: u64,
    /// Where its blocks begin.
    at: u64,
    /// Where what is known of its blocks begins.
    fences: u64,
    /// Checksum of that.
    check: u64,
}

/// Bytes of a row.
fn row_bytes() -> usize {
    (keys::KEYS.len() + 2) * 8
}

/// Makes the file anew where too much of the store stands outside of it; says how many applications it knows then. It is an
/// aid only: where it cannot be written nights go on without it.
pub(super) fn keep(root: &Path, months: &[Month]) -> Option<usize> {
    let all: usize = months.iter().map(|month| month.rows).sum();
    let known = known(root, months);
    let outside = all - known.min(all);
    if outside < FEWEST.max(known / OUTSIDE) {
        return None;
    }
    made::make(root, months).ok().map(|()| all)
}

/// How many applications of a store the file knows as they are now.
pub(super) fn known(root: &Path, months: &[Month]) -> usize {
    let foot = File::open(root.join(FILE)).ok().and_then(|file| foot(&file));
    let covered = foot.map_or_else(Vec::new, |foot| foot.months);
    months.iter().filter(|month| covered.iter().any(|covered| covered.is(month))).map(|month| month.rows).sum()
}

/// Throws the file away. It is gone for good: it holds hashes of what people say.
pub(super) fn remove(root: &Path) -> Result<()> {
    let path = root.join(FILE);
    match fs::remove_file(&path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(Error::storage(&path, &error)),
        _ => Ok(()),
    }
}

/// The foot of a file; nothing where it is not one that this version can use.
fn foot(file: &File) -> Option<Foot> {
    let len = file.metadata().ok()?.len();
    let tail = read::at(file, len.checked_sub(24)?, 24)?;
    let (words, magic) = tail.split_last_chunk::<8>()?;
    let (size, check) = words.split_first_chunk::<8>()?;
    let size = u64::from_le_bytes(*size);
    if *magic != MAGIC || size > LONGEST_FOOT {
        return None;
    }
    let text = read::at(file, len.checked_sub(24 + size)?, usize::try_from(size).ok()?)?;
    if check != xxh3_64(&text).to_le_bytes() {
        return None;
    }
    serde_json::from_slice(&text).ok().filter(|foot: &Foot| foot.version == VERSION && foot.keys == keys::version())
}
