//! Public holidays and days of collective leave (cuti bersama), 2015 to 2027.
//!
//! Days outside the years of the table are unknown, not working days: ask [`covered`] first. Saturdays and Sundays are not
//! in the table unless they are holidays.

use std::sync::LazyLock;

use chrono::{Datelike, NaiveDate};

use super::embedded::Embedded;

pub(super) const DATA: Embedded = Embedded { name: "libur", text: include_str!("data/libur.csv") };

/// A day off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Libur {
    /// The day.
    pub tanggal: NaiveDate,
    /// Its Indonesian name; two holidays on one day are joined by ` / `.
    pub nama_id: &'static str,
    /// Its English name.
    pub nama_en: &'static str,
    /// True for collective leave, false for a public holiday.
    pub cuti_bersama: bool,
}

static TABLE: LazyLock<Vec<Libur>> = LazyLock::new(|| {
    let day = |[tanggal, nama_id, nama_en, cuti_bersama]: [&'static str; 4]| {
        let tanggal = NaiveDate::parse_from_str(tanggal, "%Y-%m-%d").ok()?;
        Some(Libur { tanggal, nama_id, nama_en, cuti_bersama: cuti_bersama == "1" })
    };
    DATA.records().filter_map(day).collect()
});

/// The holiday or day of collective leave on a date.
#[must_use]
pub fn find(date: NaiveDate) -> Option<&'static Libur> {
    let at = TABLE.binary_search_by_key(&date, |libur| libur.tanggal).ok()?;
    TABLE.get(at)
}

/// The first and the last day the table speaks of: whole years.
#[must_use]
pub fn covered() -> (NaiveDate, NaiveDate) {
    let year = |libur: Option<&Libur>| libur.map_or(0, |libur| libur.tanggal.year());
    let first = NaiveDate::from_ymd_opt(year(TABLE.first()), 1, 1);
    let last = NaiveDate::from_ymd_opt(year(TABLE.last()), 12, 31);
    (first.unwrap_or_default(), last.unwrap_or_default())
}
