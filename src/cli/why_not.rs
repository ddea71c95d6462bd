//! What was missing for a rule to fire, line by line, in words.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::columns::{Nearest, NearestEntry, NearestSet};
use crate::expr::{Distance, Value};
use crate::rules::Line;
use crate::schema::Type;
use crate::screening::{RuleAccount, Told, Verdict, why_not};
use crate::{Result, calendar};

/// What was missing for each line that kept its rule from firing, by rule and number of the line.
pub(super) fn of(
    accounts: &[RuleAccount],
    row: u32,
    told: &Told<'_>,
    as_of: NaiveDate,
) -> Result<BTreeMap<(usize, usize), Vec<String>>> {
    let mut missing = BTreeMap::new();
    for account in accounts.iter().filter(|a| !matches!(a.verdict, Verdict::Fires { .. } | Verdict::Off)) {
        let Some(rule) = told.set.rules.get(account.rule) else { continue };
        let lines: Vec<&Line> = rule.when.iter().chain(&rule.unless).collect();
        for (number, (of, line)) in account.lines.iter().zip(lines).enumerate() {
            if of.held == Some(!of.unless) {
                continue;
            }
            let found = why_not(line, of.unless, row, told)?;
            // What a window lacks says more than the number that its absence stands for.
            let lacking = |nearest: &Nearest| match nearest {
                Nearest::Window(set) | Nearest::Network(set) => !set.lacks.is_empty(),
                Nearest::NoKey(_) | Nearest::NotCounted => true,
                Nearest::Entry(_) => false,
            };
            let told = found.asked.iter().any(|(_, nearest)| lacking(nearest));
            let distances = found.distances.iter().filter(|_| !told).map(|distance| in_words(distance, of.unless));
            let asked =
                found.asked.iter().map(|(name, nearest)| format!("{name}: {}", nearest_in_words(nearest, as_of)));
            let words: Vec<String> = distances.chain(asked).collect();
            if !words.is_empty() {
                missing.insert((account.rule, number), words);
            }
        }
    }
    Ok(missing)
}

/// A comparison: ``has 3, needs >= 5: 2 more``. Dates are told by distance alone, since a date of birth tells who somebody is.
fn in_words(distance: &Distance, unless: bool) -> String {
    let Distance { have, wanted, with, missing, ty, .. } = distance;
    let Some(missing) = missing else {
        return if *have == Value::Null {
            "has no value to compare".to_owned()
        } else {
            "nothing to compare it with".to_owned()
        };
    };
    let amount = match ty {
        Type::Date => format!("{missing} days away"),
        Type::Time => format!("{} away", span(*missing)),
        _ => format!("{missing} away"),
    };
    let fires = if unless { " from not being left out" } else { "" };
    match ty {
        Type::Int => format!("{have}, needs {} {with}: {amount}{fires}", wanted.symbol()),
        _ => format!("needs {} the other: {amount}{fires}", wanted.symbol()),
    }
}

/// A length of time in its largest whole units.
fn span(ms: i64) -> String {
    let (days, rest) = (ms / calendar::DAY_MS, ms % calendar::DAY_MS);
    let hours = rest / 3_600_000;
    match (days, hours) {
        (0, 0) => format!("{} minutes", rest / 60_000),
        (0, hours) => format!("{hours} hours"),
        (days, 0) => format!("{days} days"),
        (days, hours) => format!("{days} days {hours} hours"),
    }
}

/// What the best window of a group, a network or a list has, what it lacks, how long another application would count.
fn nearest_in_words(nearest: &Nearest, as_of: NaiveDate) -> String {
    match nearest {
        Nearest::NoKey(columns) => {
            let columns: Vec<String> = columns.iter().map(|column| format!("`{column}`")).collect();
            format!("no value in {}, so nothing is shared", columns.join(", "))
        }
        Nearest::NotCounted => "this application does not count there (`where`)".to_owned(),
        Nearest::Window(set) => set_in_words(set, "best window", as_of),
        Nearest::Network(set) if set.rows == 1 => format!("{}; nobody else shares a key in time", lacks_in_words(set)),
        Nearest::Network(set) => set_in_words(set, "tied together", as_of),
        Nearest::Entry(entry) => entry_in_words(entry),
    }
}

fn lacks_in_words(set: &NearestSet) -> String {
    let one = |lack: &Distance| match (&lack.have, &lack.with, lack.missing) {
        (Value::Int(have), Value::Int(with), Some(missing)) => {
            let which = if have < with { "more needed" } else { "too many" };
            format!("{have} of {with} {}, {missing} {which}", lack.subject)
        }
        _ => format!("{} {} is not met", lack.subject, lack.wanted.symbol()),
    };
    if set.lacks.is_empty() { "counts".to_owned() } else { set.lacks.iter().map(one).collect::<Vec<_>>().join("; ") }
}

fn set_in_words(set: &NearestSet, what: &str, as_of: NaiveDate) -> String {
    let measures: Vec<String> = set.measures.iter().map(|(name, value)| format!("{name} {value}")).collect();
    let day = |ms: i64| calendar::date(ms.div_euclid(calendar::DAY_MS)).map_or_else(String::new, |d| d.to_string());
    let left = match set.days_left(as_of) {
        None => "all of history counts".to_owned(),
        Some(days) if days < 0 => "closed for further applications".to_owned(),
        Some(days) => format!("{days} days left in the window"),
    };
    let (from, to) = (day(set.between.0), day(set.between.1));
    let plural = if set.rows == 1 { "" } else { "s" };
    format!(
        "{}, {left}; {what} {from} to {to}: {} application{plural}, {}",
        lacks_in_words(set),
        set.rows,
        measures.join(", ")
    )
}

/// An entry that does not reach what a line asks: by its level, and how many points are missing.
fn entry_in_words(entry: &NearestEntry) -> String {
    let NearestEntry { level, points, next } = entry;
    match (level.as_deref(), points, next) {
        (None, ..) => "nothing to compare, or no such list at this office".to_owned(),
        (Some("none"), ..) => "no entry comes near".to_owned(),
        (Some("name_only"), ..) => {
            "the name alone agrees; no birth date, number or parent speaks for the entry".to_owned()
        }
        (Some("expired"), ..) => "the entry does not count on the day of the application".to_owned(),
        (Some("suppressed"), ..) => "somebody looked into this pair and set it aside".to_owned(),
        (Some(level), Some(points), Some((next, missing))) => {
            format!("{level} with {points} points, `{next}` begins at {}: {missing} more", points + missing)
        }
        (Some(level), Some(points), None) => format!("{level} with {points} points"),
        (Some(level), None, _) => format!("{level}: a value of the entry is the same"),
    }
}
