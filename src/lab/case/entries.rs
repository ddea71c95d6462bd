//! Entries of lists written down by hand, beside the applications of a case.
//!
//! Values stand under the fields of lists. As in applications, a symbol stands for a number (`nik = "A"` is the number of the
//! applicant who has `nik = "A"`), and a day may be relative to the application (`"-30d"`).

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};

use super::applications::{Given, is_symbol};
use super::invented::number_for;
use crate::calendar;
use crate::diag::{Code, Diagnostic, Report};
use crate::document::{Data, Entry as Pair, Table, Value as Written};
use crate::expr::Value;
use crate::lists::{Born, Entry, Field, Kind, ListSpec, unknown_field};
use crate::schema::Format;
use crate::schema::columns::{JENIS_KELAMIN, TANGGAL_LAHIR, TANGGAL_PERMOHONAN};

/// What an entry takes from the base application where it says nothing of its own.
struct Base {
    filed: NaiveDate,
    born: Option<NaiveDate>,
    female: bool,
}

/// The entries of a list; faults go to the report.
pub(super) fn entries(
    spec: &ListSpec,
    written: &[Written],
    base: &BTreeMap<&'static str, Given>,
    report: &mut Report,
) -> Option<Vec<Entry>> {
    let fixed = |name: &str| match base.get(name) {
        Some(Given::Fixed(value)) => Some(value.clone()),
        _ => None,
    };
    let date = |name: &str| match fixed(name) {
        Some(Value::Date(day)) => calendar::date(day),
        _ => None,
    };
    let base = Base {
        filed: date(TANGGAL_PERMOHONAN).unwrap_or_default(),
        born: date(TANGGAL_LAHIR),
        female: fixed(JENIS_KELAMIN) == Some(Value::Text("P".to_owned())),
    };
    let read: Vec<Option<Entry>> = written
        .iter()
        .enumerate()
        .map(|(at, value)| {
            let Data::Table(table) = &value.data else {
                let message = format!("an entry of a list is a table, this is {}", value.data.describe());
                report.push(
                    Diagnostic::new(Code::BadTest, value.span, message)
                        .label("write `{ nama = \"...\", nik = \"A\" }`"),
                );
                return None;
            };
            entry(spec.kind, at as u64 + 1, table, &base, report)
        })
        .collect();
    read.into_iter().collect()
}

fn entry(kind: Kind, line: u64, table: &Table, base: &Base, report: &mut Report) -> Option<Entry> {
    let text_of = |name: &str| match table.get(name).map(|value| &value.data) {
        Some(Data::Text(text)) => Some(text.as_str().to_owned()),
        Some(Data::Date(day)) => Some(day.to_string()),
        _ => None,
    };
    let born = match text_of(TANGGAL_LAHIR).map(|text| text.parse().ok()) {
        Some(own) => own,
        None => base.born,
    };
    let female = text_of(JENIS_KELAMIN).map_or(base.female, |sex| sex == "P");
    let (mut values, mut validity, mut sound) = (Vec::new(), (None, None), true);
    for pair in &table.entries {
        let Some(field) = Field::by_name(&pair.key) else {
            report.push(unknown_field(&pair.key, pair.key_span));
            sound = false;
            continue;
        };
        for text in texts(pair, report).into_iter().flatten() {
            match value(kind, field, &text, (born, female), base.filed) {
                Some(value) if field == Field::BERLAKU_DARI => validity.0 = day(&value),
                Some(value) if field == Field::BERLAKU_SAMPAI => validity.1 = day(&value),
                Some(value) => values.push((field, value)),
                None => {
                    report.push(
                        Diagnostic::new(Code::BadTest, pair.value.span, format!("`{}` cannot be this", pair.key))
                            .label("a day (2025-11-03, \"-30d\"), or of a birth a month or year"),
                    );
                    sound = false;
                }
            }
        }
    }
    sound.then(|| Entry::new(line, validity, &values))
}

fn day(text: &str) -> Option<i64> {
    text.parse().ok().map(calendar::days)
}

/// The values of a key: one text or day, or several texts.
fn texts(pair: &Pair, report: &mut Report) -> Option<Vec<String>> {
    let one = |value: &Written| match &value.data {
        Data::Text(text) => Some(text.as_str().to_owned()),
        Data::Date(date) => Some(date.to_string()),
        _ => None,
    };
    let read = match &pair.value.data {
        Data::Array(items) => items.iter().map(one).collect(),
        _ => one(&pair.value).map(|text| vec![text]),
    };
    if read.is_none() {
        report.push(
            Diagnostic::new(Code::BadTest, pair.value.span, format!("`{}` holds texts or days", pair.key))
                .label(pair.value.data.describe()),
        );
    }
    read
}

/// A value as an entry keeps it.
fn value(
    kind: Kind,
    field: Field,
    text: &str,
    (born, female): (Option<NaiveDate>, bool),
    filed: NaiveDate,
) -> Option<String> {
    let relative = || {
        let days: i64 = text.strip_suffix('d')?.parse().ok()?;
        let by = Days::new(days.unsigned_abs());
        if days < 0 { filed.checked_sub_days(by) } else { filed.checked_add_days(by) }
    };
    if kind == Kind::People && field.name() == TANGGAL_LAHIR {
        return Born::of_text(text).map(Born::text);
    }
    if field.is_day() {
        return text.parse().ok().or_else(relative).map(|day: NaiveDate| day.to_string());
    }
    let numbered = field.column().is_some_and(|c| matches!(c.format, Format::Digit16 | Format::Phone));
    let symbolic = numbered && is_symbol(text);
    Some(if symbolic { number_for(field.name(), text, born, female) } else { text.to_owned() })
}
