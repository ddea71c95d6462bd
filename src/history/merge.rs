//! One month of applications: what was there and what an export says now, one row each.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use super::{Added, CHANGES, LOOKS, SEEN};
use crate::calendar;
use crate::frame::{Builder, Frame, View, nulls};
use crate::schema::columns::{self, Column, NOMOR_PERMOHONAN, TANGGAL_PERMOHONAN};
use crate::schema::{Mask, Sensitivity, Type};
use crate::{Error, Result};

/// The columns of the dictionary that are kept: all that normal reports may show.
pub(super) fn kept() -> impl Iterator<Item = &'static Column> {
    columns::ALL.iter().filter(|c| c.sensitivity != Sensitivity::Hidden)
}

/// The columns of a file that hold what applications say.
pub(super) fn columns() -> Vec<String> {
    kept().map(|c| c.name).chain([SEEN, CHANGES, LOOKS]).map(str::to_owned).collect()
}

/// The types of those columns.
pub(super) fn types() -> BTreeMap<&'static str, Type> {
    let added = [(SEEN, Type::Date), (CHANGES, Type::Texts), (LOOKS, Type::Texts)];
    kept().map(|c| (c.name, c.ty)).chain(added).collect()
}

/// The rows of a frame by month of filing, ordered by number.
pub(super) fn by_month(frame: &Frame) -> Result<BTreeMap<String, Vec<u32>>> {
    let numbers = frame.text(NOMOR_PERMOHONAN)?;
    let days = frame.number(TANGGAL_PERMOHONAN)?;
    let mut months: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    for row in 0..frame.rows() {
        let day = days.get(row).and_then(calendar::date);
        let day = day.ok_or_else(|| Error::internal("an application without a date"))?;
        months.entry(month(day)).or_default().push(u32::try_from(row).unwrap_or(u32::MAX));
    }
    months.values_mut().for_each(|rows| rows.sort_by_key(|row| numbers.get(*row as usize)));
    Ok(months)
}

/// The month of a day: `2025-11`.
pub(super) fn month(day: NaiveDate) -> String {
    format!("{:04}-{:02}", day.year(), day.month())
}

/// A frame with exactly the columns of a file.
pub(super) fn in_columns(frame: &Frame, seen: NaiveDate) -> Result<Frame> {
    let rows = frame.rows();
    let mut made = Frame::new(rows, Vec::new())?;
    for column in kept() {
        let there = frame.column(column.name).cloned();
        made.put(column.name, there.unwrap_or_else(|| nulls(column.name, column.ty, rows).into()))?;
    }
    let mut days = Builder::new(Type::Date, rows);
    (0..rows).for_each(|_| days.push_number(Some(calendar::days(seen))));
    made.add(days.finish(SEEN))?;
    made.add(nulls(CHANGES, Type::Texts, rows))?;
    made.add(nulls(LOOKS, Type::Texts, rows))?;
    Ok(made)
}

/// What a month says once an export was added: the later of two rows of one application, with what changed.
pub(super) fn merge(old: Option<Frame>, new: Frame) -> Result<(Frame, Added)> {
    let Some(old) = old else {
        let added = Added { new: new.rows(), ..Added::default() };
        return Ok((new, added));
    };
    let before = u32::try_from(old.rows()).unwrap_or(u32::MAX);
    let both = Frame::concat(vec![old, new])?;
    let numbers = both.text(NOMOR_PERMOHONAN)?;
    let seen = both.number(SEEN)?;
    let mut latest: BTreeMap<&str, u32> = BTreeMap::new();
    let (mut added, mut changes) = (Added::default(), BTreeMap::new());
    for row in 0..u32::try_from(both.rows()).unwrap_or(u32::MAX) {
        let number = numbers.get(row as usize).ok_or_else(|| Error::internal("an application without a number"))?;
        let Some(there) = latest.get(number).copied() else {
            latest.insert(number, row);
            added.new += usize::from(row >= before);
            continue;
        };
        let changed = differences(&both, there as usize, row as usize)?;
        if changed.is_empty() || seen.get(row as usize) < seen.get(there as usize) {
            added.same += 1;
            continue;
        }
        added.changed += 1;
        latest.insert(number, row);
        changes.insert(row, (there, changed));
    }
    let rows: Vec<u32> = latest.into_values().collect();
    let (told, looks) = (both.text(CHANGES)?, both.text(LOOKS)?);
    let mut column = Builder::new(Type::Texts, rows.len());
    let mut looked = Builder::new(Type::Texts, rows.len());
    for row in &rows {
        match changes.get(row) {
            None => {
                column.push_text(told.get(*row as usize));
                looked.push_text(looks.get(*row as usize));
            }
            Some((there, changed)) => {
                let earlier = told.get(*there as usize).into_iter().map(str::to_owned);
                let all: Vec<String> = earlier.chain(changed.iter().cloned()).collect();
                column.push_text(Some(&all.join(";")));
                looked.push_text(looks.get(*there as usize));
            }
        }
    }
    let mut merged = both.take(&rows)?;
    merged.add(column.finish(CHANGES))?;
    merged.add(looked.finish(LOOKS))?;
    Ok((merged, added))
}

/// What two rows say differently: for open columns both values, for personal ones the name alone.
fn differences(frame: &Frame, old: usize, new: usize) -> Result<Vec<String>> {
    let mut found = Vec::new();
    let day = frame.number(SEEN)?.get(new).and_then(calendar::date).map_or_else(String::new, |d| d.to_string());
    for column in kept() {
        let (before, after) = (text(frame, column, old)?, text(frame, column, new)?);
        if before == after {
            continue;
        }
        let open = column.mask == Mask::Open && column.sensitivity == Sensitivity::Plain;
        found.push(match open {
            true => format!("{}: {} > {} ({day})", column.name, plain(&before), plain(&after)),
            false => format!("{} ({day})", column.name),
        });
    }
    Ok(found)
}

/// A value inside a list of changes, which `;` separates.
fn plain(value: &Option<String>) -> String {
    value.as_deref().unwrap_or("-").replace(';', ",")
}

fn text(frame: &Frame, column: &Column, row: usize) -> Result<Option<String>> {
    Ok(match frame.view(column.name)? {
        View::Text(view) => view.get(row).map(str::to_owned),
        View::Bool(view) => view.get(row).map(|b| b.to_string()),
        View::Number(view) => view.get(row).map(|n| match column.ty {
            Type::Date => calendar::date(n).map_or_else(String::new, |d| d.to_string()),
            Type::Time => calendar::time(n).map_or_else(String::new, |t| t.to_string()),
            _ => n.to_string(),
        }),
    })
}

/// No application, in some columns of a file.
pub(super) fn nothing(columns: &[String]) -> Result<Frame> {
    let there = kept().filter(|column| columns.iter().any(|name| name == column.name));
    Frame::new(0, there.map(|column| nulls(column.name, column.ty, 0)).collect())
}

/// First and last day of filing.
pub(super) fn span(frame: &Frame) -> Result<(NaiveDate, NaiveDate)> {
    let days = frame.number(TANGGAL_PERMOHONAN)?;
    let all = || (0..frame.rows()).filter_map(|row| days.get(row));
    let day = |n: Option<i64>| n.and_then(calendar::date).unwrap_or_default();
    Ok((day(all().min()), day(all().max())))
}

/// The rows filed before a day, ascending.
pub(super) fn filed_before(frame: &Frame, before: NaiveDate) -> Result<Vec<u32>> {
    let days = frame.number(TANGGAL_PERMOHONAN)?;
    let rows = 0..u32::try_from(frame.rows()).unwrap_or(u32::MAX);
    Ok(rows.filter(|row| days.get(*row as usize).is_some_and(|d| d < calendar::days(before))).collect())
}
