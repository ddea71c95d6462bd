//! Applications written down by hand: from values in a rule file to a frame.
//!
//! Values are those of the dictionary. Three things make cases short: a date may be relative to the application (`-30d`),
//! an empty text takes a value of the base away, and a number that only has to be the same or different may be a symbol:
//! `nik = "A"` and `telepon = "B"` become valid invented numbers, the same for the same letter. Another NIK so written than
//! that of the base is another person: without a name of their own they get an invented one.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

use super::invented::number_for;
use crate::Result;
use crate::calendar;
use crate::diag::{Code, Diagnostic, Report};
use crate::document::{Data, Value as Written};
use crate::expr::Value;
use crate::frame::{Builder, Frame};
use crate::schema::Type;
use crate::schema::columns::{
    self, ASAL_BARIS, Column, Format, JENIS_KELAMIN, NOMOR_PERMOHONAN, TANGGAL_LAHIR, TANGGAL_PERMOHONAN,
    WAKTU_PERMOHONAN,
};

/// Values of one application by column; a column that is absent is null.
pub type Applications = Vec<BTreeMap<&'static str, Value>>;

/// A written value before it is known when the application was filed.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Given {
    /// As it is.
    Fixed(Value),
    /// Days from the application.
    Relative(i64),
    /// A symbol that stands for some number.
    Symbol(String),
}

/// Reads a value for a column; reports what does not fit.
pub(super) fn read(column: &'static Column, written: &Written, report: &mut Report) -> Option<Given> {
    let wrong = |report: &mut Report, expected: &str| {
        report.push(
            Diagnostic::new(
                Code::BadTest,
                written.span,
                format!("`{}` is {}, this is {}", column.name, column.ty, written.data.describe()),
            )
            .label(expected.to_owned()),
        );
        None
    };
    match (column.ty, &written.data) {
        (_, Data::Text(text)) if text.as_str().is_empty() => Some(Given::Fixed(Value::Null)),
        (Type::Int, Data::Int(n)) => Some(Given::Fixed(Value::Int(*n))),
        (Type::Bool, Data::Bool(b)) => Some(Given::Fixed(Value::Bool(*b))),
        (Type::Date, Data::Date(date)) => Some(Given::Fixed(Value::Date(calendar::days(*date)))),
        (Type::Time, Data::DateTime(time)) => Some(Given::Fixed(Value::Time(calendar::millis(*time)))),
        (Type::Time, Data::Date(date)) => {
            Some(Given::Fixed(Value::Time(calendar::millis(date.and_time(NaiveTime::MIN)))))
        }
        (Type::Time, Data::TimeOfDay(time)) => {
            // Joined with the day of the application when that is known.
            Some(Given::Fixed(Value::Time(calendar::millis(NaiveDate::default().and_time(*time)))))
        }
        (Type::Date | Type::Time, Data::Text(text)) => moment(text.as_str(), column.ty)
            .or_else(|| wrong(report, "a date (2025-11-03), or days from the application (\"-30d\")")),
        (Type::Code(table), Data::Text(text)) => match table.get(text.as_str()) {
            Some(_) => Some(Given::Fixed(Value::Text(text.as_str().to_owned()))),
            None => {
                report.push(
                    Diagnostic::new(
                        Code::UnknownCode,
                        text.span(),
                        format!("`{}` is not a code of {}", text.as_str(), table.name),
                    )
                    .label("not in the closed list")
                    .did_you_mean(text.as_str(), table.codes()),
                );
                None
            }
        },
        (Type::List(_) | Type::Texts, Data::Array(items)) => {
            let texts: Option<Vec<&str>> = items
                .iter()
                .map(|item| match &item.data {
                    Data::Text(text) => Some(text.as_str()),
                    _ => None,
                })
                .collect();
            match texts {
                Some(texts) => list(column, &texts.join(";"), written, report),
                None => wrong(report, "a list of texts"),
            }
        }
        (Type::List(_) | Type::Texts, Data::Text(text)) => list(column, text.as_str(), written, report),
        (Type::Text, Data::Text(text)) => {
            let symbolic = matches!(column.format, Format::Digit16 | Format::Phone) && is_symbol(text.as_str());
            let text = text.as_str().to_owned();
            Some(if symbolic { Given::Symbol(text) } else { Given::Fixed(Value::Text(text)) })
        }
        (Type::Text, Data::Int(n)) => wrong(report, &format!("write it in quotes: \"{n}\"")),
        _ => wrong(report, "another type"),
    }
}

pub(super) fn is_symbol(text: &str) -> bool {
    text.len() <= 12
        && text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-')
}

/// The items of a list, sorted and each once, as a frame keeps them.
fn list(column: &'static Column, joined: &str, written: &Written, report: &mut Report) -> Option<Given> {
    let mut items: Vec<&str> = joined.split(';').map(str::trim).filter(|i| !i.is_empty()).collect();
    if let Some(table) = column.ty.codes() {
        if let Some(stranger) = items.iter().find(|item| table.get(item).is_none()) {
            report.push(
                Diagnostic::new(
                    Code::UnknownCode,
                    written.span,
                    format!("`{stranger}` is not a code of {}", table.name),
                )
                .label("not in the closed list")
                .did_you_mean(stranger, table.codes()),
            );
            return None;
        }
        items.sort_unstable();
        items.dedup();
    }
    // An empty list is a value: looked at, and nothing there. An empty text took the value away before.
    Some(Given::Fixed(Value::Text(items.join(";"))))
}

fn moment(text: &str, ty: Type) -> Option<Given> {
    if let Some(days) = text.strip_suffix('d').and_then(|n| n.parse::<i64>().ok()) {
        return Some(Given::Relative(days));
    }
    if let Ok(date) = NaiveDate::parse_from_str(text, "%Y-%m-%d") {
        let value = match ty {
            Type::Time => Value::Time(calendar::millis(date.and_time(NaiveTime::MIN))),
            _ => Value::Date(calendar::days(date)),
        };
        return Some(Given::Fixed(value));
    }
    let time = NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S");
    let time = time.or_else(|_| NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M")).ok()?;
    (ty == Type::Time).then_some(Given::Fixed(Value::Time(calendar::millis(time))))
}

/// One application from its given values: relative dates and symbols resolved, `offset` after the base's own time.
pub(super) fn resolve(
    given: &BTreeMap<&'static str, Given>,
    offset_ms: i64,
    number: usize,
) -> BTreeMap<&'static str, Value> {
    let fixed = |name: &str| match given.get(name) {
        Some(Given::Fixed(value)) => Some(value.clone()),
        _ => None,
    };
    let (day, clock) = filed(fixed(TANGGAL_PERMOHONAN), fixed(WAKTU_PERMOHONAN), offset_ms);
    let born = match fixed(TANGGAL_LAHIR) {
        Some(Value::Date(days)) => calendar::date(days),
        _ => None,
    };
    let female = fixed(JENIS_KELAMIN) == Some(Value::Text("P".to_owned()));
    let mut values = BTreeMap::new();
    for (name, given) in given {
        let is_time = columns::by_name(name).is_some_and(|c| c.ty == Type::Time);
        let value = match given {
            Given::Fixed(value) => value.clone(),
            Given::Relative(days) if is_time => Value::Time((day + days) * calendar::DAY_MS),
            Given::Relative(days) => Value::Date(day + days),
            Given::Symbol(symbol) => Value::Text(number_for(name, symbol, born, female)),
        };
        if value != Value::Null {
            values.insert(*name, value);
        }
    }
    values.insert(TANGGAL_PERMOHONAN, Value::Date(day));
    if let Some(clock) = clock {
        values.insert(WAKTU_PERMOHONAN, Value::Time(clock));
    }
    values.entry(NOMOR_PERMOHONAN).or_insert_with(|| Value::Text(format!("9999{number:012}")));
    values
}

/// Day of filing, and the moment where a time is known or the offset makes one necessary.
fn filed(date: Option<Value>, time: Option<Value>, offset_ms: i64) -> (i64, Option<i64>) {
    let day = match date {
        Some(Value::Date(day)) => day,
        _ => 0,
    };
    let of_day = match time {
        Some(Value::Time(time)) => Some(time.rem_euclid(calendar::DAY_MS)),
        _ => None,
    };
    if offset_ms == 0 {
        return (day, of_day.map(|t| day * calendar::DAY_MS + t));
    }
    let moment = day * calendar::DAY_MS + of_day.unwrap_or(0) + offset_ms;
    (moment.div_euclid(calendar::DAY_MS), Some(moment))
}

/// The frame of some applications: every canonical column and where each stands.
pub fn frame_of(applications: &Applications) -> Result<Frame> {
    let rows = applications.len();
    let mut frame = Frame::new(rows, Vec::new())?;
    for column in columns::ALL {
        let mut builder = Builder::new(column.ty, rows);
        for application in applications {
            match application.get(column.name) {
                Some(Value::Text(text)) if matches!(column.ty, Type::List(_)) => builder.push_list(Some(text)),
                Some(Value::Text(text)) => builder.push_text(Some(text)),
                Some(Value::Int(n) | Value::Date(n) | Value::Time(n)) => builder.push_number(Some(*n)),
                Some(Value::Bool(b)) => builder.push_bool(Some(*b)),
                Some(Value::Null) | None => builder.push_null(),
            }
        }
        frame.add(builder.finish(column.name))?;
    }
    for column in columns::PROVENANCE {
        let mut builder = Builder::new(column.ty, rows);
        for (row, application) in applications.iter().enumerate() {
            match (column.name, application.get(column.name)) {
                (ASAL_BARIS, _) => builder.push_number(i64::try_from(row + 1).ok()),
                (_, Some(Value::Text(text))) => builder.push_text(Some(text)),
                _ => builder.push_null(),
            }
        }
        frame.add(builder.finish(column.name))?;
    }
    Ok(frame)
}
