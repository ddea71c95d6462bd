//! The `[scoring]` table: caps, capacity, control sample.

use std::collections::BTreeMap;

use super::declared::Declared;
use crate::diag::{Code, Diagnostic, Report};
use crate::document::{Spanned, Text};
use crate::rules::raw::RawScoring;
use crate::rules::set::{Class, Scoring};

/// Without a `[scoring]` table (a single file under check) these apply; they are those of the shipped pack.
fn usual() -> Scoring {
    Scoring {
        family_cap: [('D', 40), ('S', 35), ('K', 35), ('T', 20), ('R', 50), ('W', 100)].into(),
        class_cap: [(Class::C, 15)].into(),
        capacity: 40,
        control_per_mille: 10,
    }
}

pub(super) fn check(declared: &Declared, report: &mut Report) -> Scoring {
    let mut tables = declared.files.iter().filter_map(|f| f.scoring.as_ref());
    let Some(raw) = tables.next() else { return usual() };
    for other in tables {
        report.push(
            Diagnostic::new(Code::DuplicateName, other.span, "a second [scoring]")
                .label("second time")
                .also(raw.span, "first time"),
        );
    }
    let usual = usual();
    let scoring = read(raw, report);
    let families = declared.files.iter().filter_map(|f| f.pack.as_ref());
    for family in families {
        let letter = family.family.as_str().chars().next();
        let scored = letter.is_none_or(|c| matches!(c, 'Q' | 'M') || scoring.family_cap.contains_key(&c));
        if !scored {
            report.push(
                Diagnostic::new(Code::MissingKey, family.family.span(), "a family without a cap")
                    .label("how many points at most?")
                    .also(raw.span, "caps stand in this table")
                    .help(format!("add `{} = ...` under `family_cap`", family.family.as_str())),
            );
        }
    }
    Scoring { class_cap: if scoring.class_cap.is_empty() { usual.class_cap } else { scoring.class_cap }, ..scoring }
}

fn read(raw: &RawScoring, report: &mut Report) -> Scoring {
    let mut family_cap = BTreeMap::new();
    for (name, cap) in &raw.family_cap.entries {
        match name.as_str().chars().collect::<Vec<_>>().as_slice() {
            [letter] if letter.is_ascii_uppercase() => {
                family_cap.insert(*letter, between(cap, 0, 1_000, report));
            }
            _ => report.push(
                Diagnostic::new(Code::UnknownWord, name.span(), format!("`{}` is not a family", name.as_str()))
                    .label("a capital letter"),
            ),
        }
    }
    let mut class_cap = BTreeMap::new();
    for (name, cap) in raw.class_cap.iter().flat_map(|caps| &caps.entries) {
        match class(name) {
            Some(class) => {
                class_cap.insert(class, between(cap, 0, 1_000, report));
            }
            None => report.push(
                Diagnostic::new(Code::UnknownWord, name.span(), format!("`{}` is not a class", name.as_str()))
                    .label("A, B or C"),
            ),
        }
    }
    let capacity = usize::try_from(between(&raw.capacity, 1, 1_000_000, report)).unwrap_or(1);
    let control_per_mille = u32::try_from(between(&raw.control_per_mille, 0, 1_000, report)).unwrap_or(0);
    Scoring { family_cap, class_cap, capacity, control_per_mille }
}

fn class(name: &Text) -> Option<Class> {
    [Class::A, Class::B, Class::C].into_iter().find(|c| c.letter() == name.as_str())
}

fn between(number: &Spanned<i64>, low: i64, high: i64, report: &mut Report) -> i64 {
    if number.value < low || number.value > high {
        report.push(
            Diagnostic::new(Code::OutOfRange, number.span, format!("must be between {low} and {high}"))
                .label("outside"),
        );
    }
    number.value.clamp(low, high)
}
