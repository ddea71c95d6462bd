//! Parquet: the wanted columns, one row group at a time.
//!
//! Whole numbers stay exact and dates stay dates; columns of other types than text, whole number, fraction, date, time
//! and yes-or-no are refused where a mapped column needs them. The row group is the unit of memory.

use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use chrono::{Datelike, NaiveDate, Timelike};
use polars::prelude::{DataFrame, DataType, ParquetReader, SerReader, Series};
use polars_arrow::array::{Array, BooleanArray, PrimitiveArray, StaticArray, Utf8ViewArray};
use polars_arrow::datatypes::ArrowDataType;

use super::file::Input;
use super::header::{self, Header, Known};
use super::{Caps, Chunk, Ending, Fault, Kind, Records, Refusal, Settings, Sink, Summary};
use crate::calendar;
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

    fn hand_on(&self, table: &DataFrame, start: usize, projection: &[usize], sink: Sink<'_>) -> Result<()> {
        let columns: Vec<&Series> = table.columns().iter().map(|c| c.as_materialized_series()).collect();
        let mut cells: Vec<Option<Cells>> = (0..self.header.names.len()).map(|_| None).collect();
        for (series, &at) in columns.iter().zip(projection) {
            if let Some(place) = cells.get_mut(at) {
                *place = Some(Cells::of(series).ok_or_else(|| damaged(&self.path))?);
            }
        }
        let mut block = Records::default();
        let mut text = String::new();
        for row in 0..table.height() {
            block.begin((start + row) as u64 + 1, 0);
            for (at, column) in cells.iter().enumerate() {
                text.clear();
                let kind = column.as_ref().map_or(Kind::Text, |c| c.write(row, &mut text));
                block.push(&text, kind);
                if text.len() > self.caps.field_bytes {
                    block.fail(Fault::FieldTooLong, 0, Some(super::records::to_u32(at)));
                } else if kind == Kind::Text
                    && text.bytes().any(|b| b.is_ascii_control() && !matches!(b, b'\t' | b'\n' | b'\r'))
                {
                    block.fail(Fault::ControlCharacter, 0, Some(super::records::to_u32(at)));
                }
            }
            if block.len() >= 8192 || block.bytes() >= self.caps.block_bytes {
                sink(Chunk::ready(std::mem::take(&mut block)))?;
            }
        }
        if block.is_empty() { Ok(()) } else { sink(Chunk::ready(block)) }
    }
}

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

/// The values of a column, by how they become text.
enum Cells {
    Text(Utf8ViewArray),
    Bool(BooleanArray),
    Integer(PrimitiveArray<i64>),
    Unsigned(PrimitiveArray<u64>),
    Float(PrimitiveArray<f64>),
    Days(PrimitiveArray<i32>),
    Millis(PrimitiveArray<i64>),
}

impl Cells {
    fn of(series: &Series) -> Option<Self> {
        let cast = |ty: DataType| series.cast(&ty).ok();
        Some(match series.dtype() {
            DataType::String => Self::Text(array(series)?),
            DataType::Boolean => Self::Bool(array(series)?),
            DataType::Int64 => Self::Integer(array(series)?),
            DataType::Int32 | DataType::UInt32 => Self::Integer(array(&cast(DataType::Int64)?)?),
            DataType::UInt64 => Self::Unsigned(array(series)?),
            DataType::Float32 | DataType::Float64 => Self::Float(array(&cast(DataType::Float64)?)?),
            DataType::Date => Self::Days(array(series)?),
            DataType::Datetime(..) => {
                Self::Millis(array(&cast(DataType::Datetime(polars::prelude::TimeUnit::Milliseconds, None))?)?)
            }
            _ => return None,
        })
    }

    /// Appends the value of a row as text; nothing for null.
    fn write(&self, row: usize, out: &mut String) -> Kind {
        use std::fmt::Write;
        match self {
            Self::Text(values) => {
                out.push_str(values.get(row).unwrap_or_default());
                return Kind::Text;
            }
            Self::Bool(values) => {
                out.push_str(values.get(row).map_or("", |v| if v { "true" } else { "false" }));
                return Kind::Bool;
            }
            Self::Days(values) => {
                let date = values.get(row).and_then(|d| calendar::date(i64::from(d)));
                date.into_iter().for_each(|date| write_date(date, out));
                return Kind::Moment;
            }
            Self::Millis(values) => {
                if let Some(time) = values.get(row).and_then(calendar::time) {
                    write_date(time.date(), out);
                    for (before, number) in [(' ', time.hour()), (':', time.minute()), (':', time.second())] {
                        out.push(before);
                        two_digits(number, out);
                    }
                }
                return Kind::Moment;
            }
            // Writing into a text cannot fail.
            Self::Float(values) => {
                let _ = values.get(row).map_or(Ok(()), |v| write!(out, "{v}"));
                return Kind::Float;
            }
            Self::Integer(values) => drop(values.get(row).map(|v| write!(out, "{v}"))),
            Self::Unsigned(values) => drop(values.get(row).map(|v| write!(out, "{v}"))),
        }
        Kind::Integer
    }
}

/// The values of a column in one chunk.
fn array<T: Array + Clone>(series: &Series) -> Option<T> {
    let one = series.rechunk();
    one.chunks().first()?.as_any().downcast_ref::<T>().cloned()
}

/// A date as it is written by `Display`, several times quicker: an export has many.
fn write_date(date: NaiveDate, out: &mut String) {
    use std::fmt::Write;
    match u32::try_from(date.year()) {
        Ok(year) if year < 10_000 => {
            two_digits(year / 100, out);
            two_digits(year % 100, out);
            for number in [date.month(), date.day()] {
                out.push('-');
                two_digits(number, out);
            }
        }
        _ => drop(write!(out, "{date}")),
    }
}

fn two_digits(number: u32, out: &mut String) {
    out.extend([number / 10 % 10, number % 10].into_iter().filter_map(|digit| char::from_digit(digit, 10)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_as_they_display() {
        for days in (-800_000..3_000_000).step_by(977) {
            let date = calendar::date(days).unwrap();
            let mut out = String::new();
            write_date(date, &mut out);
            assert_eq!(out, date.to_string());
        }
    }
}
