//! Hits by place, month and modus, for education and task forces: never about a person.
//!
//! Counted is a person and a modus (the family of the rules that fired), once over all the nights, in the month of the
//! first of them. Counts stand in a tree, level by level, so that every sum in the recap is that of what stands below it;
//! `suppress` hides small ones.
//!
//! Not here: where hits and places come from, and how the recap is printed.

mod suppress;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

pub use suppress::{LEAST, Node};

use crate::reference::wilayah;
use crate::words::{Lang, Word};

/// What a recap is broken down by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// The family of the rules.
    Modus,
    /// The regency or city of the applicant's address.
    Kabupaten,
    /// The district of the applicant's address.
    Kecamatan,
    /// The month of the night.
    Bulan,
}

impl Level {
    /// Every level, in the usual order.
    pub const ALL: [Self; 4] = [Self::Modus, Self::Kabupaten, Self::Kecamatan, Self::Bulan];

    /// The word in files and on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Modus => "modus",
            Self::Kabupaten => "kabupaten",
            Self::Kecamatan => "kecamatan",
            Self::Bulan => "bulan",
        }
    }

    /// The level of a word.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.name() == name)
    }
}

/// A rule that fired for somebody.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hit {
    /// The night.
    pub on: NaiveDate,
    /// Who: anything that is the same for the same person. It does not leave this module.
    pub person: String,
    /// The family of the rule.
    pub modus: char,
    /// Where the person lives.
    pub place: Place,
}

/// Where somebody lives, as far as it is known.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Code of the regency or city, four digits.
    pub kabupaten: Option<String>,
    /// Code of the district, six digits.
    pub kecamatan: Option<String>,
}

/// A person and a modus, counted once.
#[derive(Debug, Clone)]
struct Unit {
    modus: char,
    month: String,
    place: Place,
}

/// The recap of some hits, small counts hidden.
#[must_use]
pub fn recap(mut hits: Vec<Hit>, levels: &[Level]) -> Node {
    // The first night decides about month and place, whatever the order of results.
    hits.sort();
    let mut seen = BTreeSet::new();
    let first = hits.into_iter().filter(|hit| seen.insert((hit.person.clone(), hit.modus)));
    let units: Vec<Unit> = first
        .map(|hit| Unit { modus: hit.modus, month: hit.on.format("%Y-%m").to_string(), place: hit.place })
        .collect();
    let mut top = node(String::new(), &units.iter().collect::<Vec<_>>(), levels);
    suppress::suppress(&mut top);
    top
}

fn node(code: String, units: &[&Unit], levels: &[Level]) -> Node {
    let mut below = Vec::new();
    if let Some((level, rest)) = levels.split_first() {
        let mut parts: BTreeMap<String, Vec<&Unit>> = BTreeMap::new();
        units.iter().for_each(|unit| parts.entry(code_of(unit, *level)).or_default().push(unit));
        below = parts.into_iter().map(|(code, units)| node(code, &units, rest)).collect();
    }
    Node { code, count: Some(units.len()), below }
}

/// The code of a unit at a level; empty where it is not known.
fn code_of(unit: &Unit, level: Level) -> String {
    match level {
        Level::Modus => unit.modus.to_string(),
        Level::Bulan => unit.month.clone(),
        Level::Kabupaten => unit.place.kabupaten.clone().unwrap_or_default(),
        Level::Kecamatan => unit.place.kecamatan.clone().unwrap_or_default(),
    }
}

/// A line of a recap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The codes from the first level down to this one; fewer than levels where it is a sum.
    pub codes: Vec<String>,
    /// The count; nothing where it is hidden.
    pub count: Option<usize>,
}

/// The lines of a recap, each sum before what it is the sum of.
#[must_use]
pub fn rows(top: &Node) -> Vec<Row> {
    fn add(node: &Node, codes: &[String], rows: &mut Vec<Row>) {
        rows.push(Row { codes: codes.to_vec(), count: node.count });
        for below in &node.below {
            add(below, &[codes, std::slice::from_ref(&below.code)].concat(), rows);
        }
    }
    let mut rows = Vec::new();
    add(top, &[], &mut rows);
    rows
}

/// A code as people read it. `titles` are those of the families of rules.
#[must_use]
pub fn label(level: Level, code: &str, titles: &BTreeMap<char, String>, lang: Lang) -> String {
    let unknown = || lang.word(Word::UnknownPlace).to_owned();
    let region = |code: &str| wilayah::find(code).map_or_else(unknown, |region| region.nama.to_owned());
    match level {
        Level::Modus => code.chars().next().and_then(|c| titles.get(&c)).cloned().unwrap_or_else(|| code.to_owned()),
        Level::Bulan => code.to_owned(),
        Level::Kabupaten => region(code),
        // Many districts share a name.
        Level::Kecamatan => match code.get(..4) {
            Some(home) => format!("{}, {}", region(code), region(home)),
            None => unknown(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hit(on: &str, person: usize, modus: char, kecamatan: &str) -> Hit {
        let place = Place { kabupaten: Some(kecamatan[..4].to_owned()), kecamatan: Some(kecamatan.to_owned()) };
        Hit { on: on.parse().unwrap(), person: person.to_string(), modus, place }
    }

    #[test]
    fn a_person_counts_once_for_a_modus_in_the_first_month() {
        let mut hits: Vec<Hit> = (0..6).map(|person| hit("2025-10-30", person, 'S', "127106")).collect();
        hits.extend((0..6).map(|person| hit("2025-11-03", person, 'S', "127106")));
        hits.extend((0..6).map(|person| hit("2025-11-03", person, 'K', "127106")));
        hits.reverse();
        let top = recap(hits, &[Level::Modus, Level::Kecamatan, Level::Bulan]);
        let rows: Vec<(String, Option<usize>)> =
            rows(&top).into_iter().map(|row| (row.codes.join("/"), row.count)).collect();
        let expected = [
            ("", Some(12)),
            ("K", Some(6)),
            ("K/127106", Some(6)),
            ("K/127106/2025-11", Some(6)),
            ("S", Some(6)),
            ("S/127106", Some(6)),
            ("S/127106/2025-10", Some(6)),
        ];
        assert_eq!(rows, expected.map(|(codes, count)| (codes.to_owned(), count)));
    }

    #[test]
    fn places_read_with_the_regency_they_lie_in() {
        let titles = BTreeMap::from([('S', "Penjamin".to_owned())]);
        assert_eq!(label(Level::Modus, "S", &titles, Lang::Id), "Penjamin");
        assert_eq!(label(Level::Kecamatan, "127106", &titles, Lang::Id), "Medan Deli, Kota Medan");
        assert_eq!(label(Level::Kabupaten, "", &titles, Lang::Id), "tidak diketahui");
    }
}
