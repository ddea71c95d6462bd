//! One column of applications being made from the cells of a block.

use std::borrow::Cow;
use std::ops::Range;

use chrono::NaiveDate;
use polars_arrow::array::Utf8ViewArray;

use super::cell::{CellReader, How, Memory, Notes, Outcome, Value};
use super::convert::{ColumnReading, Cx, Rows};
use super::fold::shape;
use super::mapping::{Origin, Output};
use super::profile::Constant;
use super::quality::ColumnQuality;
use super::range::Range as Bounds;
use super::reason::{Note, Unusable};
use super::repeated::{self, Repeated, Was};
use crate::calendar::{self, DAY_MS};
use crate::frame::{self, Builder};
use crate::schema::{Need, Type};
use crate::table::{Cell, Cells, Kind, Records};

/// A column being made.
pub(super) struct Column<'a> {
    output: &'a Output<'a>,
    builder: Builder,
    memory: Memory,
    /// What became of texts before, where the file keeps them by column and they repeat.
    repeated: Option<Repeated>,
    reading: ColumnReading,
    notes: [u64; Note::ALL.len()],
    required: bool,
    /// Whether its numbers have sixteen digits, which spreadsheets round.
    sixteen: bool,
}

impl<'a> Column<'a> {
    pub(super) fn new(output: &'a Output<'a>, live: &[u32], records: &Records) -> Self {
        let column = output.column;
        let texts = match output.origin {
            Origin::Cell(field) => records.cells(field).and_then(Cells::texts),
            Origin::Part { .. } | Origin::Constant(_) => None,
        };
        let kept = texts.filter(|_| column.reader.keeps_text() && live.len() == records.len());
        let repeats =
            |texts: &Utf8ViewArray| column.reader.repeats() || column.reader.may_repeat() && in_few_places(texts);
        let repeated = texts.filter(|texts| repeats(texts)).map(|_| Repeated::new(repeated::SLOTS));
        let reading = ColumnReading { quality: ColumnQuality::new(&column.name), ..ColumnReading::default() };
        Self {
            output,
            builder: match kept {
                _ if repeated.is_some() => Builder::repeating(column.ty, live.len()),
                Some(texts) => Builder::over(column.ty, texts.clone()),
                None => Builder::new(column.ty, live.len()),
            },
            memory: Memory::default(),
            repeated,
            reading,
            notes: [0; Note::ALL.len()],
            required: column.need == Need::Required,
            sixteen: matches!(column.reader.how, How::Digit16 { .. }),
        }
    }

    /// Reads the next rows.
    pub(super) fn read_strip(&mut self, cx: &Cx<'_>, at: usize, strip: Range<usize>, rows: &mut Rows<'_>) {
        let output = self.output;
        let (reader, records, live) = (&output.column.reader, rows.records, rows.live);
        let keeps_days = output.range == Bounds::Application;
        let mut memory = std::mem::take(&mut self.memory);
        for (number, &row) in (strip.start..).zip(live.get(strip).unwrap_or_default()) {
            let (here, row) = (Here { cx, at, number }, row as usize);
            let pushed = match output.origin {
                Origin::Constant(constant) => Some(self.push_constant(constant)),
                Origin::Cell(field) => match records.cells(field) {
                    Some(cells) => self.read_cell(&here, cells, row, &mut memory, rows),
                    None => {
                        let text = records.field(row, field);
                        let outcome = reader.read(&text, records.kind(row, field), &mut memory);
                        self.place(&here, outcome, || Cow::Borrowed(&text), rows)
                    }
                },
                Origin::Part { field, at, part, parts } => {
                    let cell = records.field(row, field);
                    match part_of(&cell, at, part, parts) {
                        Some(part) => {
                            let outcome = reader.read(part, records.kind(row, field), &mut memory);
                            self.place(&here, outcome, || Cow::Borrowed(part), rows)
                        }
                        None => self.spoil(&here, None, Unusable::SplitUnreadable, &cell, rows),
                    }
                }
            };
            if let (true, Some(day), Some(place)) = (keeps_days, pushed, rows.days.get_mut(number)) {
                *place = Some(day);
            }
        }
        self.memory = memory;
    }

    /// Reads a value of a file that keeps its values by column. The text is made only where nothing else can tell.
    #[inline]
    fn read_cell(
        &mut self,
        here: &Here<'_>,
        cells: &Cells,
        row: usize,
        memory: &mut Memory,
        rows: &mut Rows<'_>,
    ) -> Option<i64> {
        let reader: &CellReader = &self.output.column.reader;
        match cells.get(row) {
            Cell::Null => return self.leave_empty(here, rows),
            Cell::Text(text) => return self.read_text(here, text, cells.place(row), memory, rows),
            Cell::Typed(value) => {
                if let Some(outcome) = reader.read_typed(value) {
                    return self.place(here, outcome, || cells.text(row), rows);
                }
            }
            Cell::Other => {}
        }
        let text = cells.text(row);
        let outcome = reader.read(&text, cells.kind(), memory);
        self.place(here, outcome, || Cow::Borrowed(&text), rows)
    }

    /// Reads a text that lies at this place. Where texts repeat, one that was met before is not looked at again.
    #[inline]
    fn read_text(
        &mut self,
        here: &Here<'_>,
        text: &str,
        place: Option<u128>,
        memory: &mut Memory,
        rows: &mut Rows<'_>,
    ) -> Option<i64> {
        let known = self.repeated.as_ref().zip(place).and_then(|(repeated, place)| repeated.find(place));
        match known {
            Some(Was::Null) => return self.leave_empty(here, rows),
            // Samples are few; whoever still wants one looks at the text.
            Some(Was::Word(word, notes)) if self.reading.samples.len() >= here.cx.samples => {
                self.count(notes);
                self.builder.push_again(word);
                self.reading.quality.filled += 1;
                return None;
            }
            _ => {}
        }
        let outcome = self.output.column.reader.read(text, Kind::Text, memory);
        let pushed = self.place(here, outcome, || Cow::Borrowed(text), rows);
        if let (Some(repeated), Some(place)) = (&mut self.repeated, place) {
            Was::of(&outcome, self.builder.last_word()).into_iter().for_each(|was| repeated.keep(place, was));
        }
        pushed
    }

    /// Enters what became of a cell.
    fn place<'t>(
        &mut self,
        here: &Here<'_>,
        outcome: Outcome<'_>,
        text: impl FnOnce() -> Cow<'t, str>,
        rows: &mut Rows<'_>,
    ) -> Option<i64> {
        let day = rows.days.get(here.number).copied().flatten();
        match self.judge(outcome, day, here.cx.as_of) {
            Ok(Some((value, notes))) => {
                self.count(notes);
                self.push(value, here.cx.samples);
                number_of(value)
            }
            Ok(None) => self.leave_empty(here, rows),
            Err(Spoilt { kept, reason }) => self.spoil(here, kept, reason, &text(), rows),
        }
    }

    /// The column, and how its cells read.
    pub(super) fn finish(mut self) -> (frame::Column, ColumnReading) {
        let notes = Note::ALL.iter().zip(&self.notes).filter(|(_, count)| **count > 0);
        self.reading.quality.notes = notes.map(|(note, count)| (*note, *count)).collect();
        (self.builder.finish_column(&self.output.column.name), self.reading)
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

    fn leave_empty(&mut self, here: &Here<'_>, rows: &mut Rows<'_>) -> Option<i64> {
        self.builder.push_null();
        self.reading.quality.null += 1;
        if self.required {
            rows.kill(here.number, here.at, Unusable::MissingRequired);
        }
        None
    }

    /// A cell that cannot be read, or only in part, costs the row where the column is required.
    fn spoil(
        &mut self,
        here: &Here<'_>,
        kept: Option<&str>,
        reason: Unusable,
        text: &str,
        rows: &mut Rows<'_>,
    ) -> Option<i64> {
        self.builder.push_text(kept);
        self.reading.quality.count_bad(reason, || shape(text.trim()));
        match self.required {
            true => rows.kill(here.number, here.at, reason),
            false => rows.damage(here.number, &self.output.column.name),
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

/// Where a cell stands.
struct Here<'a> {
    cx: &'a Cx<'a>,
    /// Number of the output.
    at: usize,
    /// Number of the row among the live ones.
    number: usize,
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

/// Whether texts lie in a few places, as far as the first show: then they repeat, and are looked at once.
fn in_few_places(texts: &Utf8ViewArray) -> bool {
    const FIRST: usize = 256;
    const TIMES: usize = 8;
    let first = texts.views().iter().zip(texts.iter()).take(FIRST);
    let mut places: Vec<u128> = first.filter_map(|(view, text)| text.map(|_| view.as_u128())).collect();
    let filled = places.len();
    places.sort_unstable();
    places.dedup();
    filled >= FIRST / 4 && places.len() <= filled / TIMES
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
