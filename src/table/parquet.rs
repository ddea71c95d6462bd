//! Parquet: the wanted columns, one row group at a time.
//!
//! Whole numbers stay exact and dates stay dates; columns of other types than text, whole number, fraction, date, time
//! and yes-or-no are refused where a mapped column needs them. The row group is the unit of memory.

use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use polars::prelude::{DataFrame, ParquetReader, SerReader};
use polars_arrow::datatypes::ArrowDataType;

use super::cells::Cells;
use super::file::Input;
use super::header::{self, Header, Known};
use super::{Caps, Chunk, Ending, Faulty, Records, Refusal, Settings, Sink, Summary};
use crate::{Error, Result};

/// A Parquet file whose schema was read.
#[derive(Debug)]
pub(super) struct ParquetFile {
    input: Input,
    header: Header,
    /// By column, whether its type can be read.
    readable: Vec<bool>,
    /// Rows of each row group.
    groups: Vec<usize>,
    caps: Caps,
    path: PathBuf,
}

impl ParquetFile {
    pub(super) fn open(path: &Path, settings: &Settings, known: Known<'_>) -> Result<Self> {
        let caps = settings.caps;
        let input = Input::open(path, caps.file_bytes)?;
        if input.len() == 0 {
            return Err(Refusal::Empty
                .error(path, "is empty")
                .help("ask for the export again, or pass `--allow-empty`"));
        }
        let file = input.handle()?;
        let (names, readable, groups) = guarded(path, || describe(file))?;
        let rows: usize = groups.iter().map(|g| g.rows).sum();
        if rows as u64 > caps.records {
            return Err(super::too_many_records(path, caps.records));
        }
        if names.len() > caps.fields || groups.iter().any(|g| g.bytes > caps.part_bytes / 4) {
            return Err(Refusal::TooLarge
                .error(path, "has a row group larger than 1 GiB or more columns than any table")
                .help("write it with smaller row groups"));
        }
        if header::score(names.iter().map(String::as_str), known) == 0 {
            return header::unknown(path, None, None);
        }
        let groups = groups.into_iter().map(|g| g.rows).collect();
        Ok(Self { input, header: Header { names, line: 0 }, readable, groups, caps, path: path.to_owned() })
    }

    pub(super) fn header(&self) -> &Header {
        &self.header
    }

    pub(super) fn records(&self) -> usize {
        self.groups.iter().sum()
    }

    pub(super) fn stream(mut self, wanted: &[bool], sink: Sink<'_>) -> Result<Summary> {
        let projection = self.projection(wanted)?;
        let mut start = 0;
        for rows in std::mem::take(&mut self.groups) {
            let file = self.input.handle()?;
            let columns = projection.clone();
            let table = guarded(&self.path, || {
                ParquetReader::new(file).with_projection(Some(columns)).with_slice(Some((start, rows))).finish()
            })?;
            self.hand_on(&table, start, &projection, sink)?;
            start += rows;
        }
        self.input.rewind()?;
        self.input.hash_to_end()?;
        let (stamp, sha256) = self.input.finish()?;
        Ok(Summary {
            stamp,
            sha256,
            blank: 0,
            ending: Ending::Closed,
            line_ends: "",
            hidden_rows: 0,
            hidden_columns: 0,
            unheaded: 0,
        })
    }

    /// The numbers of the wanted columns.
    fn projection(&self, wanted: &[bool]) -> Result<Vec<usize>> {
        let mut projection = Vec::new();
        for (at, (name, readable)) in self.header.names.iter().zip(&self.readable).enumerate() {
            match (wanted.get(at).copied().unwrap_or(false), readable) {
                (true, true) => projection.push(at),
                (true, false) => {
                    return Err(Refusal::Format
                        .error(&self.path, format!("column `{name}` is of a type that is not read"))
                        .help("store it as text, whole number, date, time without zone, or yes-or-no"));
                }
                (false, _) => {}
            }
        }
        Ok(projection)
    }

    /// Hands on the records of a row group in blocks. Nothing is copied: a block is a part of each column.
    fn hand_on(&self, table: &DataFrame, start: usize, projection: &[usize], sink: Sink<'_>) -> Result<()> {
        let mut columns: Vec<Option<Cells>> = (0..self.header.names.len()).map(|_| None).collect();
        for (column, &at) in table.columns().iter().zip(projection) {
            if let Some(place) = columns.get_mut(at) {
                let cells = Cells::of(column.as_materialized_series());
                *place = Some(cells.ok_or_else(|| damaged(&self.path))?);
            }
        }
        let suspect = |column: &Option<Cells>| column.as_ref().is_some_and(|c| c.is_suspect(self.caps.field_bytes));
        let suspects: Vec<bool> = columns.iter().map(suspect).collect();
        for first in (0..table.height()).step_by(BLOCK) {
            let rows = BLOCK.min(table.height() - first);
            let cells: Vec<Option<Cells>> =
                columns.iter().map(|column| column.as_ref().map(|cells| cells.slice(first, rows))).collect();
            let line = (start + first) as u64 + 1;
            let faulty = self.faulty(&cells, &suspects);
            sink(Chunk::ready(Records::of_columns(line, rows, cells, faulty)))?;
        }
        Ok(())
    }

    /// The records that hold what no field may, by row, each with the first such field.
    fn faulty(&self, cells: &[Option<Cells>], suspects: &[bool]) -> Vec<Faulty> {
        let mut found = Vec::new();
        for (at, (column, suspect)) in cells.iter().zip(suspects).enumerate() {
            if let Some(column) = column.as_ref().filter(|_| *suspect) {
                column.faults(super::records::to_u32(at), self.caps.field_bytes, &mut found);
            }
        }
        found.sort_by_key(|faulty| (faulty.row, faulty.field));
        found.dedup_by_key(|faulty| faulty.row);
        found
    }
}

/// Records handed on at a time.
const BLOCK: usize = 8192;

struct Group {
    rows: usize,
    bytes: u64,
}

type Described = (Vec<String>, Vec<bool>, Vec<Group>);

fn describe(file: File) -> polars::prelude::PolarsResult<Described> {
    let mut reader = ParquetReader::new(file);
    let schema = reader.schema()?;
    let names = schema.iter_names().map(ToString::to_string).collect();
    let readable = schema.iter_values().map(|field| is_readable(field.dtype())).collect();
    let groups = reader.get_metadata()?.row_groups.iter();
    let groups = groups.map(|g| Group { rows: g.num_rows(), bytes: g.total_byte_size() as u64 }).collect();
    Ok((names, readable, groups))
}

/// Types that reading is built for; others would need parts of the data engine that are left out.
fn is_readable(ty: &ArrowDataType) -> bool {
    matches!(
        ty,
        ArrowDataType::Utf8
            | ArrowDataType::LargeUtf8
            | ArrowDataType::Utf8View
            | ArrowDataType::Boolean
            | ArrowDataType::Int32
            | ArrowDataType::Int64
            | ArrowDataType::UInt32
            | ArrowDataType::UInt64
            | ArrowDataType::Float32
            | ArrowDataType::Float64
            | ArrowDataType::Date32
            | ArrowDataType::Timestamp(_, None)
    )
}

/// Runs a piece of the Parquet reader. It trusts the file and may panic over broken pages; to the user that is a damaged
/// file like any other. Its own messages may quote values and are dropped.
fn guarded<T>(path: &Path, work: impl FnOnce() -> polars::prelude::PolarsResult<T>) -> Result<T> {
    match catch_unwind(AssertUnwindSafe(work)) {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(_)) | Err(_) => Err(damaged(path)),
    }
}

fn damaged(path: &Path) -> Error {
    Refusal::Damaged.error(path, "is not a whole Parquet file").help("write the file again, or export it as CSV")
}
