//! From a block of records to a block of applications. Runs on the worker threads, column by column.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::cell::{How, Memory, Notes, Outcome, Value};
use super::fold::shape;
use super::mapping::{Mapping, Origin, Output};
use super::profile::Constant;
use super::quality::{ColumnQuality, Rounding};
use super::quarantine::{self, Quarantined};
use super::range::Range;
use super::reason::{Note, Unusable};
use crate::Result;
use crate::calendar::{self, DAY_MS};
use crate::frame::{Builder, Frame};
use crate::schema::{Need, Type, columns};
use crate::table::{Kind, Records};

/// What every block of a run is converted with.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cx<'a> {
    pub(super) mapping: &'a Mapping<'a>,
    pub(super) as_of: NaiveDate,
    /// Number of the file among those read.
    pub(super) file: usize,
    /// How many masked samples of each column are kept.
    pub(super) samples: usize,
}

/// A converted block.
#[derive(Debug)]
pub(super) struct Block {
    pub(super) frame: Frame,
    pub(super) quarantine: Vec<Quarantined>,
    /// By output of the mapping.
    pub(super) columns: Vec<ColumnReading>,
    pub(super) records: u64,
    pub(super) mojibake: u64,
}

/// How the cells of one column read in one block or file.
#[derive(Debug, Clone, Default)]
pub(super) struct ColumnReading {
    pub(super) quality: ColumnQuality,
    pub(super) rounding: Rounding,
    /// Masked.
    pub(super) samples: Vec<String>,
}

/// Rows whose columns are read one after the other before the next rows are looked at: few enough that their records
/// stay in the processor's cache from the first column to the last.
const STRIP: usize = 256;

/// Converts a block.
pub(super) fn convert(cx: &Cx<'_>, records: &Records) -> Result<Block> {
    let live = live_rows(records);
    let days = vec![None; live.len()];
    let mut rows = Rows { live: &live, records, days, dead: BTreeMap::new(), damaged: BTreeMap::new() };
    let mut all: Vec<_> = cx.mapping.outputs.iter().map(|output| Column::new(output, live.len())).collect();
    for start in (0..live.len()).step_by(STRIP) {
        let strip = start..(start + STRIP).min(live.len());
        for (at, column) in all.iter_mut().enumerate() {
            column.read_strip(cx, at, strip.clone(), &mut rows);
        }
    }
    let mut series = Vec::with_capacity(all.len() + columns::PROVENANCE.len());
    let mut readings = Vec::with_capacity(all.len());
    for column in all {
        let (made, reading) = column.finish();
        series.push(made);
        readings.push(reading);
    }
    let mut quarantine: Vec<_> =
        records.faulty().iter().map(|f| quarantine::for_form(cx.mapping, cx.file, records, f)).collect();
    for (number, (at, reason)) in &rows.dead {
        let row = live.get(*number as usize).copied().unwrap_or_default() as usize;
        quarantine.push(quarantine::for_cell(cx.mapping, cx.file, records, row, *at, *reason));
    }
    quarantine.sort_by_key(|q| (q.line, q.byte));
    series.extend(provenance(cx, &rows));
    let mut frame = Frame::new(live.len(), series)?;
    if !rows.dead.is_empty() {
        let kept: Vec<u32> = (0..to_u32(live.len())).filter(|n| !rows.dead.contains_key(n)).collect();
        frame = frame.take(&kept)?;
    }
    Ok(Block { frame, quarantine, columns: readings, records: records.len() as u64, mojibake: records.mojibake() })
}

/// The numbers of the records whose form is right.
fn live_rows(records: &Records) -> Vec<u32> {
    let mut faulty = records.faulty().iter().map(|f| f.row).peekable();
    (0..to_u32(records.len())).filter(|row| faulty.next_if_eq(row).is_none()).collect()
}

fn to_u32(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// The rows of a block while its columns are read. Rows are counted among the live ones.
struct Rows<'a> {
    live: &'a [u32],
    records: &'a Records,
    /// The day of each application, once known.
    days: Vec<Option<i64>>,
    /// Rows that a required cell costs: output and reason of the first.
    dead: BTreeMap<u32, (usize, Unusable)>,
    /// Columns whose cell could not be read, by row, joined.
    damaged: BTreeMap<u32, String>,
}

/// A column being made.
struct Column<'a> {
    output: &'a Output<'a>,
    builder: Builder,
    memory: Memory,
    reading: ColumnReading,
    notes: [u64; Note::ALL.len()],
    required: bool,
    /// Whether its numbers have sixteen digits, which spreadsheets round.
    sixteen: bool,
}

impl<'a> Column<'a> {
    fn new(output: &'a Output<'a>, rows: usize) -> Self {
        let column = output.column;
        let reading = ColumnReading { quality: ColumnQuality::new(&column.name), ..ColumnReading::default() };
        Self {
            output,
            builder: Builder::new(column.ty, rows),
            memory: Memory::default(),
            reading,
            notes: [0; Note::ALL.len()],
            required: column.need == Need::Required,
            sixteen: matches!(column.reader.how, How::Digit16 { .. }),
        }
    }

    /// Reads the next rows.
    fn read_strip(&mut self, cx: &Cx<'_>, at: usize, strip: std::ops::Range<usize>, rows: &mut Rows<'_>) {
        let keeps_days = self.output.range == Range::Application;
        let mut memory = std::mem::take(&mut self.memory);
        let start = strip.start;
        for (number, &row) in (start..).zip(rows.live.get(strip).unwrap_or_default()) {
            let pushed = match self.source(rows.records, row as usize) {
                Source::Constant(constant) => Some(self.push_constant(constant)),
                Source::Cell(text, kind) => {
                    let outcome = self.output.column.reader.read(text, kind, &mut memory);
                    let day = rows.days.get(number).copied().flatten();
                    match self.judge(outcome, day, cx.as_of) {
                        Ok(Some((value, notes))) => {
                            self.count(notes);
                            self.push(value, cx.samples);
                            number_of(value)
                        }
                        Ok(None) => self.leave_empty(at, number, rows),
                        Err(Spoilt { kept, reason }) => self.spoil(at, number, kept, reason, text, rows),
                    }
                }
                Source::Unsplit(cell) => self.spoil(at, number, None, Unusable::SplitUnreadable, cell, rows),
            };
            if let (true, Some(day), Some(place)) = (keeps_days, pushed, rows.days.get_mut(number)) {
                *place = Some(day);
            }
        }
        self.memory = memory;
    }

    /// The column, and how its cells read.
    fn finish(mut self) -> (polars::prelude::Series, ColumnReading) {
        let notes = Note::ALL.iter().zip(&self.notes).filter(|(_, count)| **count > 0);
        self.reading.quality.notes = notes.map(|(note, count)| (*note, *count)).collect();
        (self.builder.finish(&self.output.column.name), self.reading)
    }

    /// Where the value of a row comes from.
    fn source<'r>(&self, records: &'r Records, row: usize) -> Source<'r, 'a> {
        match self.output.origin {
            Origin::Cell(field) => Source::Cell(records.field(row, field), records.kind(row, field)),
            Origin::Constant(constant) => Source::Constant(constant),
            Origin::Part { field, at, part, parts } => {
                let cell = records.field(row, field);
                match part_of(cell, at, part, parts) {
                    Some(part) => Source::Cell(part, records.kind(row, field)),
                    None => Source::Unsplit(cell),
                }
            }
        }
    }

    /// Applies what only the row or the run knows: the day of a clock, the range of a date.
    fn judge<'v>(&mut self, outcome: Outcome<'v>, day: Option<i64>, as_of: NaiveDate) -> Judged<'v> {
        let (value, notes) = match outcome {
            Outcome::Null => return Ok(None),
            Outcome::Partly(text, reason) => return Err(Spoilt { kept: Some(text), reason }),
            Outcome::Bad(reason) => {
                let broken = matches!(reason, Unusable::NikScientific | Unusable::NikNumericCell);
                self.reading.rounding.broken += u64::from(broken);
                return Err(Spoilt { kept: None, reason });
            }
            Outcome::Value(value, notes) => (value, notes),
        };
        match value {
            // Without the day of the application a time of day is no moment; that fault is counted where the day is.
            Value::Clock(clock) => Ok(day.map(|day| (Value::Number(day * DAY_MS + clock), notes))),
            Value::Number(number) if !self.output.range.admits(number, day, as_of) => {
                Err(Spoilt { kept: None, reason: Unusable::DateRange })
            }
            Value::Text(text) if self.sixteen && text.len() == 16 => {
                self.reading.rounding.whole += 1;
                self.reading.rounding.round += u64::from(text.ends_with('0'));
                Ok(Some((value, notes)))
            }
            Value::Text(_) | Value::Number(_) | Value::Bool(_) => Ok(Some((value, notes))),
        }
    }

    fn push(&mut self, value: Value<'_>, samples: usize) {
        match value {
            Value::Text(text) => self.builder.push_text(Some(text)),
            Value::Number(number) | Value::Clock(number) => self.builder.push_number(Some(number)),
            Value::Bool(yes) => self.builder.push_bool(Some(yes)),
        }
        self.reading.quality.filled += 1;
        if self.reading.samples.len() < samples {
            let shown = self.output.column.mask.apply(&self.show(value));
            if !self.reading.samples.contains(&shown) {
                self.reading.samples.push(shown);
            }
        }
    }

    /// A value as files write it.
    fn show(&self, value: Value<'_>) -> String {
        match (value, self.output.column.ty) {
            (Value::Text(text), _) => text.to_owned(),
            (Value::Bool(yes), _) => yes.to_string(),
            (Value::Number(day), Type::Date) => calendar::date(day).map(|d| d.to_string()).unwrap_or_default(),
            (Value::Number(ms), Type::Time) => calendar::time(ms).map(|t| t.to_string()).unwrap_or_default(),
            (Value::Number(number) | Value::Clock(number), _) => number.to_string(),
        }
    }

    fn push_constant(&mut self, constant: &Constant) -> i64 {
        let value = match constant {
            Constant::Text(text) => Value::Text(text),
            Constant::Number(number) => Value::Number(*number),
            Constant::Bool(yes) => Value::Bool(*yes),
        };
        self.push(value, 1);
        number_of(value).unwrap_or_default()
    }

    fn leave_empty(&mut self, at: usize, number: usize, rows: &mut Rows<'_>) -> Option<i64> {
        self.builder.push_null();
        self.reading.quality.null += 1;
        if self.required {
            rows.dead.entry(to_u32(number)).or_insert((at, Unusable::MissingRequired));
        }
        None
    }

    /// A cell that cannot be read, or only in part, costs the row where the column is required.
    fn spoil(
        &mut self,
        at: usize,
        number: usize,
        kept: Option<&str>,
        reason: Unusable,
        text: &str,
        rows: &mut Rows<'_>,
    ) -> Option<i64> {
        self.builder.push_text(kept);
        self.reading.quality.count_bad(reason, || shape(text.trim()));
        match self.required {
            true => {
                rows.dead.entry(to_u32(number)).or_insert((at, reason));
            }
            false => damage(rows, number, &self.output.column.name),
        }
        None
    }

    fn count(&mut self, notes: Notes) {
        if notes == Notes::default() {
            return;
        }
        for note in notes.iter() {
            if let Some(count) = self.notes.get_mut(note as usize) {
                *count += 1;
            }
        }
    }
}

/// Where the value of a row comes from.
enum Source<'r, 'p> {
    Cell(&'r str, Kind),
    Constant(&'p Constant),
    /// A cell that should hold several columns and does not.
    Unsplit(&'r str),
}

/// What becomes of a cell in its row: a value, nothing, or a fault.
type Judged<'v> = Result<Option<(Value<'v>, Notes)>, Spoilt<'v>>;

/// A cell that cannot be read.
struct Spoilt<'v> {
    /// What could be read of a list.
    kept: Option<&'v str>,
    reason: Unusable,
}

fn number_of(value: Value<'_>) -> Option<i64> {
    match value {
        Value::Number(number) => Some(number),
        Value::Text(_) | Value::Bool(_) | Value::Clock(_) => None,
    }
}

impl Output<'_> {
    /// The column of the file that it is read from.
    pub(super) fn field(&self) -> Option<usize> {
        match self.origin {
            Origin::Cell(field) | Origin::Part { field, .. } => Some(field),
            Origin::Constant(_) => None,
        }
    }
}

fn damage(rows: &mut Rows<'_>, number: usize, name: &str) {
    let names = rows.damaged.entry(to_u32(number)).or_default();
    if !names.is_empty() {
        names.push(';');
    }
    names.push_str(name);
}

/// One part of a cell with several columns; the first takes what is left over. An empty cell has empty parts; `None`
/// where marks are missing.
fn part_of<'a>(cell: &'a str, mark: &str, part: usize, parts: usize) -> Option<&'a str> {
    let cell = cell.trim();
    if cell.is_empty() {
        return Some("");
    }
    let from_the_right = cell.rsplitn(parts, mark);
    let found: Vec<&str> = from_the_right.collect();
    (found.len() == parts).then(|| found.get(parts - 1 - part).copied().unwrap_or_default())
}

fn provenance(cx: &Cx<'_>, rows: &Rows<'_>) -> [polars::prelude::Series; 3] {
    let count = rows.live.len();
    let mut file = Builder::new(Type::Int, count);
    let mut line = Builder::new(Type::Int, count);
    let mut damaged = Builder::new(Type::Texts, count);
    for (number, &row) in rows.live.iter().enumerate() {
        file.push_number(i64::try_from(cx.file).ok());
        let place = rows.records.rows().get(row as usize);
        line.push_number(place.and_then(|r| i64::try_from(r.line).ok()));
        damaged.push_text(rows.damaged.get(&to_u32(number)).map(String::as_str));
    }
    [file.finish(columns::ASAL_BERKAS), line.finish(columns::ASAL_BARIS), damaged.finish(columns::MUTU_RUSAK)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_counted_from_the_right() {
        assert_eq!(part_of("MEDAN, 17-08-2003", ",", 0, 2), Some("MEDAN"));
        assert_eq!(part_of("MEDAN, 17-08-2003", ",", 1, 2), Some(" 17-08-2003"));
        assert_eq!(part_of("MEDAN, SUMUT, 17-08-2003", ",", 0, 2), Some("MEDAN, SUMUT"));
        assert_eq!(part_of(" ", ",", 1, 2), Some(""));
        assert_eq!(part_of("MEDAN", ",", 0, 2), None);
    }
}
