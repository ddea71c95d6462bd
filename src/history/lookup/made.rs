//! Making the file: all rows, then key by key.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;

use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_64;

use super::{BLOCK, Column, Covered, ENTRY, FENCE, FILE, Foot, MAGIC, VERSION, row_bytes};
use crate::history::index::Month;
use crate::history::{files, keys};
use crate::{Error, Result, private};

/// Makes the file of some months under another name, flushes it and renames it into place.
pub(in crate::history) fn make(root: &Path, months: &[Month]) -> Result<()> {
    let (path, fresh) = (root.join(FILE), root.join(format!(".sedang-{FILE}")));
    let storage = |error: &std::io::Error| Error::storage(&path, error);
    let file = private::options().create(true).truncate(true).open(&fresh).map_err(|error| storage(&error))?;
    let mut out = Out { file: BufWriter::with_capacity(1 << 20, file), at: 0, path: &path };
    let written = all(root, months, &mut out).and_then(|()| {
        let file = out.file.into_inner().map_err(|error| storage(error.error()))?;
        file.sync_all().and_then(|()| fs::rename(&fresh, &path)).map_err(|error| storage(&error))
    });
    if written.is_err() {
        // What is half made is of no use to anybody.
        let _ = fs::remove_file(&fresh);
    }
    written
}

fn all(root: &Path, months: &[Month], out: &mut Out<'_>) -> Result<()> {
    let mut covered = Vec::new();
    for month in months {
        rows(root, month, out)?;
        let rows = u32::try_from(month.rows).map_err(|_| too_large())?;
        covered.push(Covered { month: month.month.clone(), rows, xxh3: month.rows_file.xxh3.clone() });
    }
    let columns = keys::KEYS.iter().map(|key| column(root, months, key, out)).collect::<Result<_>>()?;
    let foot = Foot { version: VERSION, keys: keys::version(), months: covered, columns };
    let text = serde_json::to_vec(&foot).map_err(|_| Error::internal("an index of history could not be made"))?;
    out.put(&text)?;
    out.put(&(text.len() as u64).to_le_bytes())?;
    out.put(&xxh3_64(&text).to_le_bytes())?;
    out.put(&MAGIC)
}

fn too_large() -> Error {
    Error::internal("history too large to be indexed")
}

/// The rows of a month.
fn rows(root: &Path, month: &Month, out: &mut Out<'_>) -> Result<()> {
    let sheet = files::sheet(root, month, keys::KEYS)?;
    let mut row = Vec::with_capacity(row_bytes());
    for at in 0..month.rows {
        row.clear();
        row.extend(sheet.day(at).to_le_bytes());
        keys::KEYS.iter().for_each(|key| row.extend(sheet.hash(key, at).to_le_bytes()));
        row.extend(xxh3_64(&row).to_le_bytes());
        out.put(&row)?;
    }
    Ok(())
}

/// The blocks of a key and what is known of them.
fn column(root: &Path, months: &[Month], key: &str, out: &mut Out<'_>) -> Result<Column> {
    let read: Vec<Vec<u64>> =
        months.par_iter().map(|month| files::hashes(root, month, key)).collect::<Result<Vec<_>>>()?;
    let mut entries: Vec<(u64, u32)> = read.into_iter().flatten().zip(0_u32..).filter(|(hash, _)| *hash != 0).collect();
    entries.par_sort_unstable();
    let (at, mut fences) = (out.at, Vec::with_capacity(entries.len() / BLOCK * FENCE + FENCE));
    let mut bytes = Vec::with_capacity(BLOCK * ENTRY);
    for block in entries.chunks(BLOCK) {
        bytes.clear();
        for (hash, row) in block {
            bytes.extend(hash.to_le_bytes());
            bytes.extend(row.to_le_bytes());
        }
        fences.extend(bytes.iter().take(ENTRY));
        fences.extend(xxh3_64(&bytes).to_le_bytes().iter().take(4));
        out.put(&bytes)?;
    }
    let column =
        Column { key: key.to_owned(), entries: entries.len() as u64, at, fences: out.at, check: xxh3_64(&fences) };
    out.put(&fences)?;
    Ok(column)
}

/// The file while it is written.
struct Out<'a> {
    file: BufWriter<File>,
    at: u64,
    path: &'a Path,
}

impl Out<'_> {
    fn put(&mut self, bytes: &[u8]) -> Result<()> {
        self.at += bytes.len() as u64;
        self.file.write_all(bytes).map_err(|error| Error::storage(self.path, &error))
    }
}
