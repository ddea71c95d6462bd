//! The values of a column in a file that keeps them by column, with types of their own.

use std::borrow::Cow;

use chrono::{Datelike, NaiveDate, Timelike};
use polars::prelude::{DataType, Series, TimeUnit};
use polars_arrow::array::{Array, BooleanArray, PrimitiveArray, StaticArray, Utf8ViewArray, View};

use super::{Fault, Faulty, Kind};
use crate::calendar;

/// The values of a column, by how they become text.
#[derive(Debug, Clone)]
pub(crate) enum Cells {
    /// Text.
    Text(Utf8ViewArray),
    /// Yes or no.
    Bool(BooleanArray),
    /// Whole numbers.
    Integer(PrimitiveArray<i64>),
    /// Whole numbers from 0.
    Unsigned(PrimitiveArray<u64>),
    /// Fractions.
    Float(PrimitiveArray<f64>),
    /// Days since 1970-01-01.
    Days(PrimitiveArray<i32>),
    /// Milliseconds since then.
    Millis(PrimitiveArray<i64>),
}

/// A value that means the same as its text does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Typed {
    /// A whole number.
    Whole(i64),
    /// A day since 1970-01-01.
    Day(i64),
    /// Milliseconds since then, whole seconds: no text says more.
    Moment(i64),
}

/// What stands in a row.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Cell<'a> {
    /// Nothing.
    Null,
    /// A text.
    Text(&'a str),
    /// A value that needs no text.
    Typed(Typed),
    /// What only its text can tell.
    Other,
}

impl Cells {
    /// The values of a column; nothing for a type that is not read.
    pub(super) fn of(series: &Series) -> Option<Self> {
        let cast = |ty: DataType| series.cast(&ty).ok();
        Some(match series.dtype() {
            DataType::String => Self::Text(array(series)?),
            DataType::Boolean => Self::Bool(array(series)?),
            DataType::Int64 => Self::Integer(array(series)?),
            DataType::Int32 | DataType::UInt32 => Self::Integer(array(&cast(DataType::Int64)?)?),
            DataType::UInt64 => Self::Unsigned(array(series)?),
            DataType::Float32 | DataType::Float64 => Self::Float(array(&cast(DataType::Float64)?)?),
            DataType::Date => Self::Days(array(series)?),
            DataType::Datetime(..) => Self::Millis(array(&cast(DataType::Datetime(TimeUnit::Milliseconds, None))?)?),
            _ => return None,
        })
    }

    /// Some of the rows, without a copy.
    pub(super) fn slice(&self, start: usize, rows: usize) -> Self {
        match self {
            Self::Text(values) => Self::Text(values.clone().sliced(start, rows)),
            Self::Bool(values) => Self::Bool(values.clone().sliced(start, rows)),
            Self::Integer(values) => Self::Integer(values.clone().sliced(start, rows)),
            Self::Unsigned(values) => Self::Unsigned(values.clone().sliced(start, rows)),
            Self::Float(values) => Self::Float(values.clone().sliced(start, rows)),
            Self::Days(values) => Self::Days(values.clone().sliced(start, rows)),
            Self::Millis(values) => Self::Millis(values.clone().sliced(start, rows)),
        }
    }

    /// The texts, where they are texts.
    pub(crate) fn texts(&self) -> Option<&Utf8ViewArray> {
        match self {
            Self::Text(values) => Some(values),
            _ => None,
        }
    }

    /// Where the text of a row lies: within these cells the same place holds the same text.
    pub(crate) fn place(&self, row: usize) -> Option<u128> {
        self.texts()?.views().get(row).map(|view| view.as_u128())
    }

    /// What the values were in their file.
    pub(crate) fn kind(&self) -> Kind {
        match self {
            Self::Text(_) => Kind::Text,
            Self::Bool(_) => Kind::Bool,
            Self::Integer(_) | Self::Unsigned(_) => Kind::Integer,
            Self::Float(_) => Kind::Float,
            Self::Days(_) | Self::Millis(_) => Kind::Moment,
        }
    }

    /// The value of a row as text; empty for null.
    pub(crate) fn text(&self, row: usize) -> Cow<'_, str> {
        if let Self::Text(values) = self {
            return Cow::Borrowed(values.get(row).unwrap_or_default());
        }
        let mut text = String::new();
        self.write(row, &mut text);
        Cow::Owned(text)
    }

    /// The value of a row, as far as its type says all that its text would.
    #[inline]
    pub(crate) fn get(&self, row: usize) -> Cell<'_> {
        let typed = |value: Option<Typed>| value.map_or(Cell::Null, Cell::Typed);
        match self {
            Self::Text(values) => values.get(row).map_or(Cell::Null, Cell::Text),
            Self::Integer(values) => typed(values.get(row).map(Typed::Whole)),
            Self::Days(values) => match values.get(row).map(i64::from) {
                Some(day) if !DAYS.contains(&day) => Cell::Other,
                day => typed(day.map(Typed::Day)),
            },
            Self::Millis(values) => match values.get(row) {
                Some(ms) if !DAYS.contains(&ms.div_euclid(calendar::DAY_MS)) => Cell::Other,
                ms => typed(ms.map(|ms| Typed::Moment(ms - ms.rem_euclid(1000)))),
            },
            Self::Bool(_) | Self::Unsigned(_) | Self::Float(_) => Cell::Other,
        }
    }

    /// The texts that no field may hold, each with the number of its row.
    pub(super) fn faults(&self, field: u32, longest: usize, found: &mut Vec<Faulty>) {
        let Self::Text(values) = self else { return };
        for (row, text) in (0..).zip(values.iter()) {
            let Some(text) = text else { continue };
            let fault = match text.len() > longest {
                true => Fault::FieldTooLong,
                false if has_control(text) => Fault::ControlCharacter,
                false => continue,
            };
            found.push(Faulty { row, fault, byte: 0, field: Some(field) });
        }
    }

    /// Whether there may be such a text at all: a look at all bytes at once, which hardly ever has to be followed by one
    /// at every text.
    pub(super) fn is_suspect(&self, longest: usize) -> bool {
        let Self::Text(values) = self else { return false };
        let control = |bytes: &[u8]| bytes.iter().fold(false, |found, b| found | (*b < b' ') | (*b == 0x7F));
        // The text of a short view lies behind the four bytes of its length; bytes that hold no text are none of those sought.
        let short = |view: &View| {
            let unused = u128::MAX.checked_shl(32 + 8 * view.length).unwrap_or_default();
            has_control_byte(view.as_u128() | unused | u128::from(u32::MAX))
        };
        let suspect = |view: &View| view.length as usize > longest || view.is_inline() && short(view);
        values.views().iter().any(suspect) || values.data_buffers().iter().any(|buffer| control(buffer))
    }

    fn write(&self, row: usize, out: &mut String) {
        use std::fmt::Write;
        match self {
            Self::Text(values) => out.push_str(values.get(row).unwrap_or_default()),
            Self::Bool(values) => out.push_str(values.get(row).map_or("", |v| if v { "true" } else { "false" })),
            Self::Days(values) => {
                let date = values.get(row).and_then(|d| calendar::date(i64::from(d)));
                date.into_iter().for_each(|date| write_date(date, out));
            }
            Self::Millis(values) => {
                if let Some(time) = values.get(row).and_then(calendar::time) {
                    write_date(time.date(), out);
                    for (before, number) in [(' ', time.hour()), (':', time.minute()), (':', time.second())] {
                        out.push(before);
                        two_digits(number, out);
                    }
                }
            }
            // Writing into a text cannot fail.
            Self::Float(values) => drop(values.get(row).map(|v| write!(out, "{v}"))),
            Self::Integer(values) => drop(values.get(row).map(|v| write!(out, "{v}"))),
            Self::Unsigned(values) => drop(values.get(row).map(|v| write!(out, "{v}"))),
        }
    }
}

/// The days whose text is read as the same day, whoever reads it: the years 1800 to 2199.
const DAYS: std::ops::RangeInclusive<i64> = -62_091..=84_005;

/// Whether a text holds a control character other than white space.
fn has_control(text: &str) -> bool {
    text.bytes().any(|b| b.is_ascii_control() && !matches!(b, b'\t' | b'\n' | b'\r'))
}

/// Whether one of sixteen bytes is a control character, white space among them: below a space, or DEL.
fn has_control_byte(bytes: u128) -> bool {
    const ONES: u128 = u128::MAX / 0xFF;
    const HIGH: u128 = ONES * 0x80;
    let below = |bytes: u128, least: u128| bytes.wrapping_sub(ONES * least) & !bytes & HIGH;
    (below(bytes, 0x20) | below(bytes ^ (ONES * 0x7F), 1)) != 0
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

    #[test]
    fn a_control_byte_is_seen_wherever_it_stands() {
        for (at, byte) in (0..16).flat_map(|at| (0..=255_u8).map(move |byte| (at, byte))) {
            let mut bytes = *b"1271995708030002";
            bytes[at] = byte;
            assert_eq!(has_control_byte(u128::from_le_bytes(bytes)), byte < b' ' || byte == 0x7F, "{byte} at {at}");
        }
    }

    #[test]
    fn days_that_need_no_text_are_those_that_are_read() {
        let read = |day: i64| {
            let text = calendar::date(day).unwrap().to_string();
            calendar::format::read_iso(&text).and_then(|moment| moment.day)
        };
        let (first, last) = (*DAYS.start(), *DAYS.end());
        assert_eq!([first, last].map(read), [Some(first), Some(last)]);
        assert_eq!([first - 1, last + 1].map(read), [None, None]);
    }
}
