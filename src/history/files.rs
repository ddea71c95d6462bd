//! The files of a store: read whole and compared before use, written once, never changed.

use std::fs::{self, File};
use std::io::{Cursor, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use polars::prelude::{ParquetCompression, ParquetReader, ParquetWriter, SerReader};
use xxhash_rust::xxh3::xxh3_128;

use super::baris::{self, Baris};
use super::index::{Index, Month, RowsFile};
use super::sheet::Sheet;
use super::{broken, merge};
use crate::frame::Frame;
use crate::schema::columns::NOMOR_PERMOHONAN;
use crate::{Error, Result, private};

/// Ending of the file of rows beside a month.
const BESIDE: &str = "baris";
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

/// Writes the files of a month and describes them. The names follow from the content.
pub(super) fn write(root: &Path, month: &str, frame: &Frame) -> Result<Month> {
    let (first, last) = merge::span(frame)?;
    let rows = frame.rows();
    let mut bytes = Vec::new();
    ParquetWriter::new(&mut bytes)
        .with_compression(ParquetCompression::Zstd(None))
        .finish(&mut frame.to_polars()?)
        .map_err(|_| Error::internal("a month of history could not be made"))?;
    let (file, xxh3) = stored(root, month, "parquet", &bytes)?;
    let beside = baris::made(frame)?;
    let (beside_file, beside_xxh3) = stored(root, month, BESIDE, &beside)?;
    Ok(Month {
        month: month.to_owned(),
        file,
        rows,
        first,
        last,
        bytes: bytes.len() as u64,
        xxh3,
        rows_file: RowsFile { file: beside_file, bytes: beside.len() as u64, xxh3: beside_xxh3 },
    })
}

/// Writes one file of a month; its name and its hash.
fn stored(root: &Path, month: &str, ending: &str, bytes: &[u8]) -> Result<(String, String)> {
    let hash = format!("{:032x}", xxh3_128(bytes));
    let file = format!("{month}-{}.{ending}", hash.get(..8).unwrap_or_default());
    replace(root, &file, bytes)?;
    Ok((file, hash))
}

/// The bytes of a file of a month, compared with the index.
fn compared(root: &Path, month: &Month, name: &str, xxh3: &str) -> Result<Vec<u8>> {
    let path = root.join(name);
    let bytes = fs::read(&path).map_err(|_| broken(month, "is missing or cannot be read").at(&path))?;
    match format!("{:032x}", xxh3_128(&bytes)) == xxh3 {
        true => Ok(bytes),
        false => Err(broken(month, "is not as it was written").at(&path)),
    }
}

/// Reads every file of a month whole and compares it with the index.
pub(super) fn verify(root: &Path, month: &Month) -> Result<()> {
    month.files().try_for_each(|(name, _, xxh3)| compared(root, month, name, xxh3).map(|_| ()))
}

/// Whether all files of a month are there in their sizes, those that are not read too: history without one of them is not
/// whole.
pub(super) fn there(root: &Path, month: &Month) -> Result<()> {
    for (name, bytes, _) in month.files() {
        let path = root.join(name);
        let found = fs::metadata(&path).map_err(|_| broken(month, "is missing or cannot be read").at(&path))?;
        if found.len() != bytes {
            return Err(broken(month, "is not as it was written").at(&path));
        }
    }
    Ok(())
}

/// The file of rows of a month.
fn beside<'a>(root: &Path, month: &'a Month) -> Result<Baris<'a>> {
    there(root, month)?;
    Baris::open(root, month)
}

/// The days of filing of a month and the hashes of some keys, one a row.
pub(super) fn sheet(root: &Path, month: &Month, used: &[&'static str]) -> Result<Sheet> {
    let mut rows = beside(root, month)?;
    let days = rows.days()?;
    let hashes = used.iter().map(|key| Ok((*key, rows.hashes(key)?))).collect::<Result<_>>()?;
    Ok(Sheet::new(hashes, days))
}

/// The hashes of a key, one a row.
pub(super) fn hashes(root: &Path, month: &Month, key: &str) -> Result<Vec<u64>> {
    beside(root, month)?.hashes(key)
}

/// The hashes of the numbers of a month.
pub(super) fn numbers(root: &Path, month: &Month) -> Result<Vec<u64>> {
    hashes(root, month, NOMOR_PERMOHONAN)
}

/// Columns of some rows of a month, in their order.
pub(super) fn read_rows(root: &Path, month: &Month, columns: &[String], rows: &[u32]) -> Result<Frame> {
    let types = merge::types();
    let typed = |name: &String| Some((name.clone(), *types.get(name.as_str())?));
    beside(root, month)?.take(&columns.iter().filter_map(typed).collect::<Vec<_>>(), rows)
}

/// Columns of a month. The Parquet reader trusts its file and may panic over broken pages; its own messages may quote
/// values.
pub(super) fn read(root: &Path, month: &Month, columns: &[String]) -> Result<Frame> {
    let bytes = Cursor::new(compared(root, month, &month.file, &month.xxh3)?);
    let read = || ParquetReader::new(bytes).with_columns(Some(columns.to_vec())).finish();
    match catch_unwind(AssertUnwindSafe(read)) {
        Ok(Ok(table)) => Frame::from_polars(table).map(|frame| frame.select(columns.iter().map(String::as_str))),
        Ok(Err(_)) | Err(_) => Err(broken(month, "cannot be read")),
    }
}

/// Removes files that no index names any more.
pub(super) fn clear(root: &Path, index: &Index) -> Result<()> {
    let entries = fs::read_dir(root).map_err(|error| Error::storage(root, &error))?;
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let of_month = Path::new(&name).extension().is_some_and(|e| e == "parquet" || e == BESIDE);
        let named = || index.months.iter().any(|m| m.files().any(|(file, _, _)| file == name));
        if (of_month || name.starts_with(".sedang-")) && !named() {
            fs::remove_file(entry.path()).map_err(|error| Error::storage(&entry.path(), &error))?;
        }
    }
    Ok(())
}
