//! Plain applications, and groups, networks, persons and families worked out from their written definitions: every pair
//! is compared, every window is gathered anew. Nothing here is shared with the engine.

use std::collections::BTreeMap;

use saring::expr::Value;
use saring::schema::columns as c;

use super::declared::{Aggregate, Group, Measure, Network};

/// An application: values by column, nothing where there is none.
pub(super) type Row = BTreeMap<&'static str, Value>;

const DAY: i64 = 86_400_000;

/// A value by itself: dates and times are numbers here.
pub(super) fn value(row: &Row, column: &str) -> Value {
    match row.get(column) {
        Some(Value::Int(n) | Value::Date(n) | Value::Time(n)) => Value::Int(*n),
        Some(other) => other.clone(),
        None => Value::Null,
    }
}

pub(super) fn number(row: &Row, column: &str) -> Option<i64> {
    match row.get(column) {
        Some(Value::Int(n) | Value::Date(n) | Value::Time(n)) => Some(*n),
        _ => None,
    }
}

pub(super) fn word(row: &Row, column: &str) -> Option<String> {
    match value(row, column) {
        Value::Text(text) => Some(text),
        _ => None,
    }
}

pub(super) fn truth(row: &Row, column: &str) -> Option<bool> {
    match value(row, column) {
        Value::Bool(is) => Some(is),
        _ => None,
    }
}

/// Date and time of filing; the start of the day where only that is known.
fn time(row: &Row) -> i64 {
    number(row, c::WAKTU_PERMOHONAN).unwrap_or_else(|| number(row, c::TANGGAL_PERMOHONAN).unwrap() * DAY)
}

fn id(row: &Row) -> String {
    word(row, c::NOMOR_PERMOHONAN).unwrap()
}

/// The values of a key; nothing where one of them is null.
fn key(row: &Row, columns: &[&str]) -> Option<Vec<String>> {
    let part = |column: &&str| match value(row, column) {
        Value::Null => None,
        there => Some(format!("{there:?}")),
    };
    columns.iter().map(part).collect()
}

/// For each row everything that hangs together with it, where `tied` says who is tied directly.
fn components(rows: usize, tied: &dyn Fn(usize, usize) -> bool) -> Vec<Vec<usize>> {
    let pairs: Vec<Vec<usize>> = (0..rows).map(|a| (0..rows).filter(|b| tied(a, *b)).collect()).collect();
    let reach = |start: usize| {
        let mut found = vec![start];
        let mut at = 0;
        while at < found.len() {
            let more: Vec<usize> = pairs[found[at]].iter().copied().filter(|row| !found.contains(row)).collect();
            found.extend(more);
            at += 1;
        }
        found.sort_unstable();
        found
    };
    (0..rows).map(reach).collect()
}

/// The key of each row that counts, unless more rows than `most` have it.
fn keys(rows: &[Row], counts: &dyn Fn(usize) -> bool, columns: &[&str], most: usize) -> Vec<Option<Vec<String>>> {
    let all: Vec<_> = (0..rows.len()).map(|row| key(&rows[row], columns).filter(|_| counts(row))).collect();
    let on_it = |key: &Vec<String>| all.iter().flatten().filter(|other| *other == key).count();
    all.iter().map(|key| key.clone().filter(|key| on_it(key) <= most)).collect()
}

fn smallest(rows: &[Row], of: &[usize]) -> Value {
    Value::Text(of.iter().map(|row| id(&rows[*row])).min().unwrap())
}

/// Adds who is one person and who is one family.
pub(super) fn with_people(rows: &[Row]) -> Vec<Row> {
    let of = |columns: &[&str], most: usize| keys(rows, &|_| true, columns, most);
    let (nik, card, book) = (of(&[c::NIK], 200), of(&[c::NOMOR_KK], 30), of(&[c::BUKU_NIKAH_NOMOR], 12));
    // The names of these populations are either equal or nothing alike.
    let who = of(&[c::TANGGAL_LAHIR, c::NAMA_LENGKAP], usize::MAX);
    let same = |keys: &[Option<Vec<String>>], a: usize, b: usize| keys[a].is_some() && keys[a] == keys[b];
    let person = |a: usize, b: usize| same(&nik, a, b) && same(&who, a, b);
    let family = |a: usize, b: usize| same(&card, a, b) || same(&book, a, b);
    let (people, families) = (components(rows.len(), &person), components(rows.len(), &family));
    let mut all = rows.to_vec();
    for (at, row) in all.iter_mut().enumerate() {
        row.insert("orang", smallest(rows, &people[at]));
        row.insert("keluarga", smallest(rows, &families[at]));
    }
    all
}

/// What a network says of each row, by column; nothing where it says nothing.
pub(super) fn network(rows: &[Row], declared: &Network) -> Vec<Option<Vec<Value>>> {
    let counts: Vec<bool> = rows.iter().map(|row| declared.conditions.iter().all(|c| c.holds(row))).collect();
    let keys: Vec<_> = declared.keys.iter().map(|k| keys(rows, &|row| counts[row], k, declared.max_key)).collect();
    let near = |a: usize, b: usize| declared.width.is_none_or(|width| (time(&rows[a]) - time(&rows[b])).abs() <= width);
    let tied = |a: usize, b: usize| near(a, b) && keys.iter().any(|keys| keys[a].is_some() && keys[a] == keys[b]);
    let sets = components(rows.len(), &tied);
    let said = |at: usize| {
        let mut members: Vec<&Row> = sets[at].iter().map(|row| &rows[*row]).collect();
        members.sort_by_key(|row| id(row));
        let measures: Vec<Value> = declared.measures.iter().map(|m| measured(m, &members)).collect();
        let counted = declared.measures.is_empty() || declared.having.iter().all(|line| line.holds(&measures));
        let named = [smallest(rows, &sets[at])];
        (counts[at] && counted).then(|| measures.into_iter().chain(named).collect())
    };
    (0..rows.len()).map(said).collect()
}

/// What a group says of each row, by column; nothing where it says nothing.
pub(super) fn group(rows: &[Row], declared: &Group) -> Vec<Option<Vec<Value>>> {
    let counts = |row: &Row| declared.conditions.iter().all(|c| c.holds(row));
    let all: Vec<_> = rows.iter().map(|row| key(row, &declared.by)).collect();
    let of = |at: usize| {
        let me = &rows[at];
        let mine = all[at].clone().filter(|_| counts(me))?;
        let shares = |row: &usize| counts(&rows[*row]) && all[*row].as_ref() == Some(&mine);
        let mut sharing: Vec<&Row> = (0..rows.len()).filter(shares).map(|row| &rows[row]).collect();
        sharing.sort_by_key(|row| (time(row), id(row)));
        let mut best: Option<Vec<Value>> = None;
        for end in sharing.iter().map(|row| time(row)).filter(|end| !declared.closing || *end == time(me)) {
            let inside = |row: &Row| time(row) <= end && declared.width.is_none_or(|w| time(row) >= end - w);
            if !inside(me) {
                continue;
            }
            let window: Vec<&Row> = sharing.iter().copied().filter(|row| inside(row)).collect();
            let without_me = window.iter().copied().filter(|row| !declared.others || id(row) != id(me));
            let without_me: Vec<&Row> = without_me.collect();
            let measures: Vec<Value> = declared.measures.iter().map(|m| measured(m, &without_me)).collect();
            if !declared.having.iter().all(|line| line.holds(&measures)) {
                continue;
            }
            // The largest by the first measure, then the latest: ends come in ascending order.
            if best.as_ref().is_none_or(|best| size(&best[0]) <= size(&measures[0])) {
                let days = [time(window[0]), end].map(|t| Value::Int(t.div_euclid(DAY)));
                best = Some(measures.into_iter().chain(days).collect());
            }
        }
        best
    };
    (0..rows.len()).map(of).collect()
}

/// By what windows are compared: a number has a size, nothing and words have none.
fn size(measure: &Value) -> Option<i64> {
    match measure {
        Value::Int(n) => Some(*n),
        _ => None,
    }
}

/// A measure over some rows, which come in the order of time and number.
fn measured(measure: &Measure, rows: &[&Row]) -> Value {
    let counted = rows.iter().filter(|row| measure.filter.is_none_or(|filter| filter.holds(row)));
    let there: Vec<Value> = counted.map(|row| measure.argument(row)).filter(|v| *v != Value::Null).collect();
    let numbers = || there.iter().filter_map(size);
    let int = |n: Option<i64>| n.map_or(Value::Null, Value::Int);
    match measure.aggregate {
        Aggregate::Count => Value::Int(i64::try_from(there.len()).unwrap()),
        Aggregate::Distinct => {
            let mut different: Vec<Value> = Vec::new();
            for value in there {
                if !different.contains(&value) {
                    different.push(value);
                }
            }
            Value::Int(i64::try_from(different.len()).unwrap())
        }
        Aggregate::Min => int(numbers().min()),
        Aggregate::Max => int(numbers().max()),
        Aggregate::Sum => int((!there.is_empty()).then(|| numbers().sum())),
        Aggregate::Avg => {
            int((!there.is_empty()).then(|| numbers().sum::<i64>().div_euclid(i64::try_from(there.len()).unwrap())))
        }
        Aggregate::Any => there.into_iter().next().unwrap_or(Value::Null),
    }
}
