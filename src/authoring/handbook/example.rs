//! A test of a rule as a sentence.

use super::Example;
use crate::calendar::{self, duration};
use crate::document::{Data, Table, Value as Written};
use crate::expr::Value;
use crate::rules::raw::{RawCase, RawExpect};
use crate::schema::{Column, Type, columns};
use crate::words::{Lang, Word};

/// The base application of cases that name none.
const USUAL_BASE: &str = "biasa";

pub(super) fn tell(case: &RawCase, lang: Lang) -> Example {
    let base = case.base.as_ref().map_or(USUAL_BASE, |b| b.as_str());
    let rows: Vec<String> = case.given.iter().filter_map(as_table).map(|row| application(row, lang)).collect();
    let told =
        format!("{} “{base}”: {} → {}.", lang.word(Word::StartsFrom), rows.join("; "), outcome(&case.expect, lang));
    Example { fires: fires(&case.expect), name: case.name.as_str().to_owned(), told }
}

fn as_table(value: &Written) -> Option<&Table> {
    match &value.data {
        Data::Table(table) => Some(table),
        _ => None,
    }
}

fn fires(expect: &RawExpect) -> bool {
    match expect.fires.as_ref().map(|fires| &fires.data) {
        None => false,
        Some(Data::Array(rows)) => !rows.is_empty(),
        Some(_) => true,
    }
}

/// One row of a case: how many, when, and what differs.
fn application(row: &Table, lang: Lang) -> String {
    let mut told = match row.get("repeat").map(|v| &v.data) {
        Some(Data::Int(n)) if *n > 1 => lang.word(Word::SeveralApplications).replace("{n}", &lang.number(*n)),
        _ => lang.word(Word::OneApplication).to_owned(),
    };
    if let Some(Data::Text(at)) = row.get("at").map(|v| &v.data)
        && let Some(millis) = duration(at.as_str()).filter(|ms| *ms != 0)
    {
        let word = if millis < 0 { Word::Earlier } else { Word::Later };
        told.push(' ');
        told.push_str(&lang.word(word).replace("{span}", &span_of(millis.abs(), lang)));
    }
    let values: Vec<String> = row
        .entries
        .iter()
        .filter(|e| e.key != "repeat" && e.key != "at")
        .map(|e| said(&e.key, &e.value, lang))
        .collect();
    match values.is_empty() {
        true => format!("{told}, {}", lang.word(Word::Unchanged)),
        false => format!("{told}, {}", values.join(", ")),
    }
}

/// A value of a column, under the column's heading.
fn said(name: &str, value: &Written, lang: Lang) -> String {
    let Some(column) = columns::by_name(name) else { return name.to_owned() };
    let label = match lang {
        Lang::Id => column.label_id,
        Lang::En => column.label_en,
    };
    match &value.data {
        Data::Text(text) if text.as_str().is_empty() => format!("{} {label}", lang.word(Word::Without)),
        Data::Text(text) if text.as_str().contains('{') => format!("{label} {}", lang.word(Word::Different)),
        Data::Text(text) => match relative(text.as_str(), column) {
            Some(days) => {
                let word = if days < 0 { Word::BeforeApplication } else { Word::AfterApplication };
                let span = span_of(days.abs() * calendar::DAY_MS, lang);
                format!("{label} {}", lang.word(word).replace("{span}", &span))
            }
            None => format!("{label} {}", of_text(text.as_str(), column.ty, lang)),
        },
        other => format!("{label} {}", plain(other, column.ty, lang)),
    }
}

/// Days from the application, where a date is given so.
fn relative(text: &str, column: &Column) -> Option<i64> {
    matches!(column.ty, Type::Date | Type::Time).then(|| text.strip_suffix('d')?.parse().ok()).flatten()
}

fn of_text(text: &str, ty: Type, lang: Lang) -> String {
    match ty {
        Type::Text => format!("“{text}”"),
        _ => lang.value(&Value::Text(text.to_owned()), ty),
    }
}

fn plain(data: &Data, ty: Type, lang: Lang) -> String {
    match data {
        Data::Text(text) => of_text(text.as_str(), ty, lang),
        Data::Int(n) => lang.number(*n),
        Data::Float(n) => n.to_string(),
        Data::Bool(b) => lang.value(&Value::Bool(*b), ty),
        Data::Date(date) => lang.date(*date),
        Data::DateTime(time) => lang.time(*time),
        Data::TimeOfDay(time) => time.format("%H:%M").to_string(),
        Data::Array(items) if items.is_empty() => lang.word(Word::Empty).to_owned(),
        Data::Array(items) => items.iter().map(|i| plain(&i.data, ty, lang)).collect::<Vec<_>>().join(" + "),
        Data::Table(_) => "…".to_owned(),
    }
}

/// `90 hari 1 detik`.
pub(super) fn span_of(millis: i64, lang: Lang) -> String {
    let mut rest = millis / 1_000;
    let sizes = [86_400, 3_600, 60, 1];
    let mut parts = Vec::new();
    for (size, unit) in sizes.into_iter().zip(lang.word(Word::Units).split(' ')) {
        if rest / size > 0 {
            let unit = if lang == Lang::En && rest / size == 1 { unit.trim_end_matches('s') } else { unit };
            parts.push(format!("{} {unit}", lang.number(rest / size)));
        }
        rest %= size;
    }
    parts.join(" ")
}

fn outcome(expect: &RawExpect, lang: Lang) -> String {
    let rows = |value: &Written| match &value.data {
        Data::Array(items) => {
            let numbers = items.iter().map(|i| plain(&i.data, Type::Int, lang));
            numbers.collect::<Vec<_>>()
        }
        _ => Vec::new(),
    };
    let unknown =
        expect.not_evaluable.as_ref().is_some_and(|v| !matches!(&v.data, Data::Array(rows) if rows.is_empty()));
    let mut told = match (fires(expect), expect.fires.as_ref().map(rows).unwrap_or_default()) {
        (false, _) if unknown => lang.word(Word::NotJudged).to_owned(),
        (false, _) => lang.word(Word::FiresNone).to_owned(),
        (true, rows) if rows.is_empty() => lang.word(Word::FiresAll).to_owned(),
        (true, rows) => lang.word(Word::FiresIn).replace("{rows}", &rows.join(", ")),
    };
    if let Some(points) = expect.points.as_ref().filter(|_| fires(expect)) {
        told.push_str(&format!(", {} {}", points.value, lang.word(Word::Points)));
    }
    if let Some(reason) = &expect.reason {
        told.push_str(&format!(", {}", lang.word(Word::ReasonSays).replace("{part}", reason.as_str())));
    }
    told
}
