//! What was missing for a rule to fire, line by line, in words.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::columns::{Nearest, NearestWindow};
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
                Nearest::Window(window) => !window.lacks.is_empty(),
                Nearest::NoKey(_) | Nearest::NotCounted => true,
            };
            let told = found.groups.iter().any(|(_, nearest)| lacking(nearest));
            let distances = found.distances.iter().filter(|_| !told).map(|distance| in_words(distance, of.unless));
            let groups = found.groups.iter().map(|(name, nearest)| group(name, nearest, as_of));
            let words: Vec<String> = distances.chain(groups).collect();
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

/// A group: what the best window of the application has, what it lacks, how long another application would count.
fn group(name: &str, nearest: &Nearest, as_of: NaiveDate) -> String {
    match nearest {
        Nearest::NoKey(column) => format!("{name}: no value in `{column}`, so nothing is shared"),
        Nearest::NotCounted => format!("{name}: this application does not count there (`where`)"),
        Nearest::Window(window) => format!("{name}: {}", window_in_words(window, as_of)),
    }
}

fn window_in_words(window: &NearestWindow, as_of: NaiveDate) -> String {
    let measures: Vec<String> = window.measures.iter().map(|(name, value)| format!("{name} {value}")).collect();
    let day = |ms: i64| calendar::date(ms.div_euclid(calendar::DAY_MS)).map_or_else(String::new, |d| d.to_string());
    let lacks: Vec<String> = window
        .lacks
        .iter()
        .map(|lack| match (&lack.have, &lack.with, lack.missing) {
            (Value::Int(have), Value::Int(with), Some(missing)) => {
                let which = if have < with { "more needed" } else { "too many" };
                format!("{have} of {with} {}, {missing} {which}", lack.subject)
            }
            _ => format!("{} {} is not met", lack.subject, lack.wanted.symbol()),
        })
        .collect();
    let state = if lacks.is_empty() { "counts".to_owned() } else { lacks.join("; ") };
    let left = match window.days_left(as_of) {
        None => "all of history counts".to_owned(),
        Some(days) if days < 0 => "closed for further applications".to_owned(),
        Some(days) => format!("{days} days left in the window"),
    };
    let (from, to) = (day(window.between.0), day(window.between.1));
    let plural = if window.rows == 1 { "" } else { "s" };
    format!("{state}, {left}; best window {from} to {to}: {} application{plural}, {}", window.rows, measures.join(", "))
}
