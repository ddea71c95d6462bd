//! The values of a TOML document, owned, in the order of the file, each with its place.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use toml::de::{DeTable, DeValue};

use super::Text;
use crate::diag::{Code, Diagnostic, Report, Span, to_u32};

/// A value and its place.
#[derive(Debug, Clone)]
pub struct Value {
    /// What it is.
    pub data: Data,
    /// Where it stands.
    pub span: Span,
}

/// What a value is.
#[derive(Debug, Clone)]
pub enum Data {
    /// Text in quotes.
    Text(Text),
    /// A whole number.
    Int(i64),
    /// A number with a fraction, as written.
    Float(f64),
    /// `true` or `false`.
    Bool(bool),
    /// A calendar date without quotes.
    Date(NaiveDate),
    /// A date and a time of day.
    DateTime(NaiveDateTime),
    /// A time of day.
    TimeOfDay(NaiveTime),
    /// `[a, b]`.
    Array(Vec<Value>),
    /// `{ a = 1 }` or a `[table]`.
    Table(Table),
}

impl Data {
    /// What it is, in words for a message.
    #[must_use]
    pub fn describe(&self) -> &'static str {
        match self {
            Self::Text(_) => "a text",
            Self::Int(_) => "a whole number",
            Self::Float(_) => "a number with a fraction",
            Self::Bool(_) => "true or false",
            Self::Date(_) => "a date",
            Self::DateTime(_) => "a date with a time",
            Self::TimeOfDay(_) => "a time of day",
            Self::Array(_) => "a list",
            Self::Table(_) => "a table",
        }
    }
}

/// One key of a table with its value.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// Where the key stands.
    pub key_span: Span,
    /// The value.
    pub value: Value,
}

/// A table: its entries in the order of the file.
#[derive(Debug, Clone)]
pub struct Table {
    /// The entries.
    pub entries: Vec<Entry>,
    /// The place of the table; for a `[table]` that is its heading.
    pub span: Span,
}

impl Table {
    /// The value of a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.entries.iter().find(|e| e.key == key).map(|e| &e.value)
    }
}

pub(super) fn table(source: &DeTable<'_>, span: Span, text: &str, report: &mut Report) -> Table {
    let place =
        |range: std::ops::Range<usize>| Span { file: span.file, start: to_u32(range.start), end: to_u32(range.end) };
    let mut entries: Vec<Entry> = source
        .iter()
        .filter_map(|(key, value)| {
            let value = convert(value.get_ref(), place(value.span()), text, report)?;
            Some(Entry { key: key.get_ref().to_string(), key_span: place(key.span()), value })
        })
        .collect();
    entries.sort_by_key(|e| e.key_span);
    Table { entries, span }
}

fn convert(value: &DeValue<'_>, span: Span, text: &str, report: &mut Report) -> Option<Value> {
    let data = match value {
        DeValue::String(s) => {
            let raw = text.get(span.start as usize..span.end as usize).unwrap_or_default();
            let text = Text::new(s, span, raw);
            super::text::report_escaped(&text, raw, report);
            Data::Text(text)
        }
        DeValue::Integer(n) => match i64::from_str_radix(n.as_str(), n.radix()) {
            Ok(n) => Data::Int(n),
            Err(_) => {
                report
                    .push(Diagnostic::new(Code::OutOfRange, span, "number too large").label("does not fit in 64 bits"));
                return None;
            }
        },
        DeValue::Float(n) => Data::Float(n.as_str().replace('_', "").parse().unwrap_or(f64::NAN)),
        DeValue::Boolean(b) => Data::Bool(*b),
        DeValue::Datetime(d) => match moment(d) {
            Some(data) => data,
            None => {
                report.push(Diagnostic::new(Code::BadLiteral, span, "not a date of the calendar").label("here"));
                return None;
            }
        },
        DeValue::Array(items) => Data::Array(
            items
                .iter()
                .filter_map(|item| {
                    let range = item.span();
                    let place = Span { file: span.file, start: to_u32(range.start), end: to_u32(range.end) };
                    convert(item.get_ref(), place, text, report)
                })
                .collect(),
        ),
        DeValue::Table(inner) => Data::Table(table(inner, span, text, report)),
    };
    Some(Value { data, span })
}

fn moment(value: &toml::value::Datetime) -> Option<Data> {
    let date = match value.date {
        Some(d) => Some(NaiveDate::from_ymd_opt(i32::from(d.year), u32::from(d.month), u32::from(d.day))?),
        None => None,
    };
    let time = match value.time {
        Some(t) => {
            Some(NaiveTime::from_hms_opt(u32::from(t.hour), u32::from(t.minute), t.second.map_or(0, u32::from))?)
        }
        None => None,
    };
    // An offset has no meaning in an office's own clock.
    match (date, time, value.offset) {
        (Some(date), None, None) => Some(Data::Date(date)),
        (Some(date), Some(time), None) => Some(Data::DateTime(date.and_time(time))),
        (None, Some(time), None) => Some(Data::TimeOfDay(time)),
        _ => None,
    }
}
