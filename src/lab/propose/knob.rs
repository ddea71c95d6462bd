//! The things of a case that can be turned.

use crate::calendar::{self, DAY_MS};
use crate::diag::Span;
use crate::document::{Data, Entry, Text, Value as Written};
use crate::expr::Value;
use crate::lab::case::Case;
use crate::lab::mutation::length;
use crate::rules::Plan;
use crate::rules::raw::RawCase;
use crate::schema::Type;
use crate::schema::columns;

/// One thing of one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Knob {
    /// Number of the written row.
    row: usize,
    key: String,
    form: Form,
    /// Where it stands.
    pub(super) value: i64,
    /// First steps, one after the other where nothing changes.
    pub(super) steps: [i64; 2],
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Count,
    Time,
    Number,
    Date,
}

/// The knobs of a row for which the rule fires, then of the last and the first row: how many, when, and every number and date
/// that the rule looks at.
pub(super) fn knobs(raw: &RawCase, case: &Case, plan: &Plan, fired: &[usize]) -> Vec<Knob> {
    let mut knobs = Vec::new();
    let rows = raw.given.len();
    let mut starts = Vec::new();
    let mut start = 0;
    for row in &raw.given {
        starts.push(start);
        start += usize::try_from(repeat(row)).unwrap_or(1);
    }
    // What one line decides shows only where the others hold.
    let firing = fired.last().map(|row| starts.partition_point(|start| start <= row).saturating_sub(1));
    let ends = if rows > 1 { vec![rows - 1, 0] } else { vec![0] };
    let others = ends.into_iter().filter(|row| Some(*row) != firing);
    for row in firing.into_iter().chain(others) {
        let Some(written) = raw.given.get(row) else { continue };
        let Data::Table(table) = &written.data else { continue };
        let knob =
            |key: &str, form: Form, value: i64, steps: [i64; 2]| Knob { row, key: key.to_owned(), form, value, steps };
        if table.get("repeat").is_some() {
            knobs.push(knob("repeat", Form::Count, repeat(written), [1, -1]));
        }
        if case.applications.len() > 1 {
            let at = match table.get("at").map(|value| &value.data) {
                Some(Data::Text(text)) => calendar::duration(text.as_str()).unwrap_or(0),
                _ => 0,
            };
            knobs.push(knob("at", Form::Time, at, [DAY_MS, 1_000]));
        }
        let application = starts.get(row).and_then(|start| case.applications.get(*start));
        for column in columns::ALL.iter().filter(|column| plan.columns.contains(column.name)) {
            let value = application.and_then(|application| application.get(column.name));
            match (column.ty, value) {
                (Type::Int, Some(Value::Int(n))) => knobs.push(knob(column.name, Form::Number, *n, [1, -1])),
                (Type::Date, Some(Value::Date(days))) => knobs.push(knob(column.name, Form::Date, *days, [1, -400])),
                _ => {}
            }
        }
    }
    knobs
}

fn repeat(row: &Written) -> i64 {
    let Data::Table(table) = &row.data else { return 1 };
    match table.get("repeat").map(|value| &value.data) {
        Some(Data::Int(n)) => *n,
        _ => 1,
    }
}

impl Knob {
    /// The case with this thing at another value; nothing where it cannot be.
    pub(super) fn turned(&self, raw: &RawCase, value: i64) -> Option<RawCase> {
        let mut turned = raw.clone();
        let row = turned.given.get_mut(self.row)?;
        let span = row.span;
        let Data::Table(table) = &mut row.data else { return None };
        let data = match self.form {
            Form::Count if (1..=1_000).contains(&value) => Data::Int(value),
            Form::Count => return None,
            // Exports know no part of a second.
            Form::Time => Data::Text(Text::unplaced(length(value - value.rem_euclid(1_000)), span)),
            Form::Number => Data::Int(value),
            Form::Date => Data::Date(calendar::date(value)?),
        };
        let nowhere = Span { end: span.start, ..span };
        let value = Written { data, span: nowhere };
        match table.entries.iter_mut().find(|entry| entry.key == self.key) {
            Some(entry) => entry.value = value,
            None => table.entries.push(Entry { key: self.key.clone(), key_span: nowhere, value }),
        }
        Some(turned)
    }
}
