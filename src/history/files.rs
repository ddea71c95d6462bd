//! The files of a store: read whole and compared before use, written once, never changed.

use std::fs::{self, File};
use std::io::{Cursor, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use polars::io::mmap::MmapBytesReader;
use polars::prelude::{ParquetCompression, ParquetReader, ParquetWriter, SerReader};
use xxhash_rust::xxh3::xxh3_128;

use super::index::{Index, Month};
use super::{LOOKS, broken, keys, merge};
use crate::frame::{Frame, nulls};
use crate::schema::Type;
use crate::schema::columns::NOMOR_PERMOHONAN;
use crate::{Error, Result, private};

/// Rows of a row group: the least that is read for one row.
const GROUP: usize = 4_096;
/// Name of the lock.
const LOCK: &str = ".kunci";

/// Takes the store for writing, once nobody else has it.
pub(super) fn lock(root: &Path) -> Result<File> {
    private::folder(root)?;
    let path = root.join(LOCK);
    let file =
        private::options().create(true).truncate(false).open(&path).map_err(|error| Error::storage(&path, &error))?;
    // Writing takes moments, so whoever comes second waits; the lock goes with its process.
    file.lock().map_err(|error| Error::storage(&path, &error))?;
    Ok(file)
}

/// Writes a file under a new name, flushes it and renames it into place.
pub(super) fn replace(root: &Path, name: &str, bytes: &[u8]) -> Result<()> {
    let (path, fresh) = (root.join(name), root.join(format!(".sedang-{name}")));
    let written = private::options().create(true).truncate(true).open(&fresh).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&fresh, &path)
    });
    written.map_err(|error| Error::storage(&path, &error).help("nothing was published; history stands as it was"))?;
    #[cfg(unix)]
    File::open(root).and_then(|folder| folder.sync_all()).map_err(|error| {
        Error::storage(&path, &error).help("nothing was published; run again, so that history survives a power cut")
    })?;
    Ok(())
}

/// Writes the file of a month and describes it. The name follows from the content.
pub(super) fn write(root: &Path, month: &str, mut frame: Frame) -> Result<Month> {
    let (first, last) = merge::span(&frame)?;
    let rows = frame.rows();
    for column in keys::columns(&frame)? {
        frame.add(column)?;
    }
    let mut bytes = Vec::new();
    // Read every night and written once: quick to unpack matters more than small.
    ParquetWriter::new(&mut bytes)
        .with_compression(ParquetCompression::Lz4Raw)
        .with_row_group_size(Some(GROUP))
        .finish(&mut frame.to_polars()?)
        .map_err(|_| Error::internal("a month of history could not be made"))?;
    let hash = format!("{:032x}", xxh3_128(&bytes));
    let file = format!("{month}-{}.parquet", hash.get(..8).unwrap_or_default());
    replace(root, &file, &bytes)?;
    Ok(Month {
        month: month.to_owned(),
        file,
        layout: Index::LAYOUT,
        rows,
        first,
        last,
        bytes: bytes.len() as u64,
        xxh3: hash,
    })
}

/// The bytes of a month, compared with the index.
pub(super) fn bytes(root: &Path, month: &Month) -> Result<Vec<u8>> {
    let path = root.join(&month.file);
    let bytes = fs::read(&path).map_err(|_| broken(month, "is missing or cannot be read").at(&path))?;
    match format!("{:032x}", xxh3_128(&bytes)) == month.xxh3 {
        true => Ok(bytes),
        false => Err(broken(month, "is not as it was written").at(&path)),
    }
}

/// Columns of a month.
pub(super) fn read(root: &Path, month: &Month, columns: &[String]) -> Result<Frame> {
    rows_of(month, Cursor::new(bytes(root, month)?), columns, None)
}

/// The hashes of the numbers of a month, read alone: for asking whether a number is there, many times quicker than
/// reading and comparing the whole file.
pub(super) fn numbers(root: &Path, month: &Month) -> Result<Vec<u64>> {
    let path = root.join(&month.file);
    let file = File::open(&path).map_err(|_| broken(month, "is missing or cannot be read").at(&path))?;
    let frame = rows_of(month, file, &[keys::hashed(NOMOR_PERMOHONAN)], None).map_err(|error| error.at(&path))?;
    match frame.rows() == month.rows {
        true => keys::read(&frame, NOMOR_PERMOHONAN),
        false => Err(broken(month, "is not as it was written").at(&path)),
    }
}

/// Columns of some rows of a month, in their order; only the row groups that have some are decoded.
pub(super) fn read_rows(root: &Path, month: &Month, columns: &[String], rows: &[u32]) -> Result<Frame> {
    let bytes = bytes(root, month)?;
    let groups: Vec<&[u32]> = rows.chunk_by(|a, b| *a as usize / GROUP == *b as usize / GROUP).collect();
    let mut frames = Vec::with_capacity(groups.len());
    for group in groups {
        let start = group.first().map_or(0, |row| *row as usize / GROUP * GROUP);
        let inside: Vec<u32> = group.iter().map(|row| row % u32::try_from(GROUP).unwrap_or(1)).collect();
        frames.push(rows_of(month, Cursor::new(bytes.as_slice()), columns, Some((start, GROUP)))?.take(&inside)?);
    }
    Frame::concat(frames)
}

/// The Parquet reader trusts its file and may panic over broken pages; its own messages may quote values.
fn rows_of<R: MmapBytesReader>(
    month: &Month,
    reader: R,
    columns: &[String],
    slice: Option<(usize, usize)>,
) -> Result<Frame> {
    // Looks came with the second layout; before, nobody had looked.
    let without = |column: &&String| month.layout < 2 && *column == LOOKS;
    let there: Vec<String> = columns.iter().filter(|column| !without(column)).cloned().collect();
    let read = || ParquetReader::new(reader).with_columns(Some(there)).with_slice(slice).finish();
    let mut frame = match catch_unwind(AssertUnwindSafe(read)) {
        Ok(Ok(table)) => Frame::from_polars(table)?,
        Ok(Err(_)) | Err(_) => return Err(broken(month, "cannot be read")),
    };
    for column in columns.iter().filter(without) {
        frame.add(nulls(column, Type::Texts, frame.rows()))?;
    }
    Ok(frame.select(columns.iter().map(String::as_str)))
}

/// Removes files that no index names any more.
pub(super) fn clear(root: &Path, index: &Index) -> Result<()> {
    let entries = fs::read_dir(root).map_err(|error| Error::storage(root, &error))?;
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let ours = name.ends_with(".parquet") || name.starts_with(".sedang-");
        if ours && !index.months.iter().any(|m| m.file == name) {
            fs::remove_file(entry.path()).map_err(|error| Error::storage(&entry.path(), &error))?;
        }
    }
    Ok(())
}
