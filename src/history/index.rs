//! `isi.json`: which files a store is made of. Replacing it is what commits a change.

use std::fs;
use std::path::Path;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{files, keys};
use crate::{Error, ErrorKind, Result, json};

/// The file's name.
const FILE_NAME: &str = "isi.json";
/// The layout of the store. 1: no looks. 2: hashes of keys inside the Parquet file, no file of rows beside it.
const SCHEMA_VERSION: u32 = 3;

/// What a store is made of.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Index {
    schema_version: u32,
    /// Which rules made the keys; see [`keys::version`].
    keys: String,
    /// Oldest first.
    pub(super) months: Vec<Month>,
    /// Oldest first.
    pub(super) purged: Vec<Purge>,
}

/// A month of applications, by the day they were filed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Month {
    /// `2025-11`.
    pub month: String,
    /// Name of its file.
    pub file: String,
    /// Applications in it.
    pub rows: usize,
    /// First day of filing.
    #[serde(with = "json::day")]
    pub first: NaiveDate,
    /// Last day of filing.
    #[serde(with = "json::day")]
    pub last: NaiveDate,
    /// Size of the file.
    pub bytes: u64,
    /// XXH3 of its bytes, 128 bits, in hexadecimal: it finds damage, not malice.
    pub xxh3: String,
    /// The file of its rows and keys, which a night reads.
    pub rows_file: RowsFile,
}

/// The file beside a month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RowsFile {
    /// Its name.
    pub file: String,
    /// Its size.
    pub bytes: u64,
    /// XXH3 of its bytes, 128 bits, in hexadecimal.
    pub xxh3: String,
}

impl Month {
    /// Name, size and XXH3 of each of its files.
    pub(super) fn files(&self) -> impl Iterator<Item = (&str, u64, &str)> {
        let beside = &self.rows_file;
        [(&*self.file, self.bytes, &*self.xxh3), (&*beside.file, beside.bytes, &*beside.xxh3)].into_iter()
    }
}

/// A tombstone: that applications were removed, and how many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Purge {
    /// Applications filed before this day were removed.
    #[serde(with = "json::day")]
    pub before: NaiveDate,
    /// The reference date of the purge.
    #[serde(with = "json::day")]
    pub on: NaiveDate,
    /// How many.
    pub rows: usize,
}

impl Index {
    /// The index of a folder; an empty one where there is none.
    pub(super) fn read(root: &Path) -> Result<Self> {
        let path = root.join(FILE_NAME);
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Self::empty()),
            Err(error) => return Err(Error::io(&path, &error)),
        };
        let refused = |what: &str, help: &str| {
            Err(Error::new(ErrorKind::Reference, "HISTORY", what.to_owned()).at(&path).help(help))
        };
        let version = serde_json::from_slice::<serde_json::Value>(&bytes).ok();
        let version = version.as_ref().and_then(|v| v.get("schema_version")).and_then(serde_json::Value::as_u64);
        match version {
            Some(version) if version == u64::from(SCHEMA_VERSION) => {}
            Some(version) if version < u64::from(SCHEMA_VERSION) => {
                return refused(
                    "was written by an older version of saring, in a layout that is not read any more",
                    "start a new folder and add the exports again with `saring history add`; the old folder stays as it is",
                );
            }
            _ => {
                return refused(
                    "is not an index of history that this version can read",
                    "use the version of saring that wrote it, or put the file back from a copy",
                );
            }
        }
        match serde_json::from_slice::<Self>(&bytes) {
            Ok(index) if index.keys == keys::version() => Ok(index),
            Ok(_) => refused(
                "was written by a version of saring that compares numbers, names and addresses in another way",
                "start a new folder and add the exports again with `saring history add`; the old folder stays as it is",
            ),
            Err(_) => refused("is damaged", "put the file back from a copy"),
        }
    }

    fn empty() -> Self {
        Self { schema_version: SCHEMA_VERSION, keys: keys::version(), months: Vec::new(), purged: Vec::new() }
    }

    /// Puts a month in the place of what was there for it.
    pub(super) fn put(&mut self, month: Month) {
        self.months.retain(|m| m.month != month.month);
        self.months.push(month);
        self.months.sort_by(|a, b| a.month.cmp(&b.month));
    }

    /// Commits.
    pub(super) fn write(&self, root: &Path) -> Result<()> {
        files::replace(root, FILE_NAME, json::pretty(self).as_bytes())
    }
}
