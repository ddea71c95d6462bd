//! Dates of birth as lists write them: whole, a month, a year, a range of years.

use chrono::{Datelike, NaiveDate};

use crate::calendar;
use crate::calendar::format::Format;

/// When somebody was born, as closely as a list knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Born {
    /// On this day.
    Day(NaiveDate),
    /// In this month of this year.
    Month(i32, u32),
    /// In one of these years, ends included.
    Years(i32, i32),
}

/// Years that are births of people alive or listed.
const YEARS: std::ops::RangeInclusive<i32> = 1880..=2100;
/// How far an approximate year may be off, either way.
const ABOUT: i32 = 2;
/// The longest range of years that says anything.
const LONGEST: i32 = 20;

impl Born {
    /// Reads what [`Born::text`] wrote.
    #[must_use]
    pub fn of_text(text: &str) -> Option<Self> {
        if let Ok(day) = text.parse() {
            return Some(Self::Day(day));
        }
        if let Some((from, to)) = text.split_once("..") {
            return years(year(from)?, year(to)?);
        }
        match text.split_once('-') {
            Some((y, month)) => of_month(year(y)?, month.parse().ok()?),
            None => year(text).and_then(|y| years(y, y)),
        }
    }

    /// `1975-03-01`, `1975-03`, `1975`, `1974..1976`.
    #[must_use]
    pub fn text(self) -> String {
        match self {
            Self::Day(day) => day.to_string(),
            Self::Month(year, month) => format!("{year:04}-{month:02}"),
            Self::Years(from, to) if from == to => format!("{from:04}"),
            Self::Years(from, to) => format!("{from:04}..{to:04}"),
        }
    }

    /// Reads a cell: in one of the declared formats, or one of the forms in which lists say that they know less. `00/00/1975`
    /// is a year, `1975~` and `circa 1975` are about a year, `1974..1976` and `1974 - 1976` are ranges.
    pub(super) fn read(text: &str, formats: &[Format]) -> Option<Self> {
        let text = text.trim();
        let whole = formats.iter().filter_map(|f| f.read(text)).find_map(|m| m.day).and_then(calendar::date);
        if let Some(day) = whole.filter(|day| YEARS.contains(&day.year())) {
            return Some(Self::Day(day));
        }
        let upper = text.to_uppercase();
        let about = ["CIRCA", "APPROXIMATELY", "APPROX.", "APPROX", "SEKITAR", "C."]
            .iter()
            .find_map(|word| upper.strip_prefix(word))
            .or_else(|| upper.strip_suffix('~'));
        if let Some(rest) = about {
            return match Self::read(rest, formats)? {
                Self::Years(from, to) => years(from - ABOUT, to + ABOUT),
                Self::Month(year, _) => years(year - ABOUT, year + ABOUT),
                Self::Day(day) => years(day.year() - ABOUT, day.year() + ABOUT),
            };
        }
        range(&upper).or_else(|| zeroed(&upper)).or_else(|| month_and_year(&upper)).or_else(|| {
            let year = year(&upper)?;
            years(year, year)
        })
    }
}

fn year(text: &str) -> Option<i32> {
    let text = text.trim();
    let year = (text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok())??;
    YEARS.contains(&year).then_some(year)
}

fn years(from: i32, to: i32) -> Option<Born> {
    (from <= to && to - from <= LONGEST).then_some(Born::Years(from, to))
}

fn of_month(year: i32, month: u32) -> Option<Born> {
    (1..=12).contains(&month).then_some(Born::Month(year, month))
}

/// Two years with something between them.
fn range(text: &str) -> Option<Born> {
    let text = text.strip_prefix("BETWEEN ").unwrap_or(text);
    let parts = ["..", " TO ", " AND ", " S/D ", " - ", "-", "/"].iter().find_map(|mark| text.split_once(mark));
    let (from, to) = parts?;
    years(year(from)?, year(to)?)
}

/// `00/00/1975`, `00-05-1975`, `1975-00-00`: parts nobody knows.
fn zeroed(text: &str) -> Option<Born> {
    let mut parts = text.split(['/', '-', '.']);
    let (a, b, c) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    let (day, month, year) = match year(c) {
        Some(y) => (a, b, y),
        None => (c, b, year(a)?),
    };
    match (day.parse::<u32>().ok()?, month.parse::<u32>().ok()?) {
        (0, 0) => years(year, year),
        (0, month) => of_month(year, month),
        _ => None,
    }
}

/// `MARET 1975`, `03/1975`, `1975-03`.
fn month_and_year(text: &str) -> Option<Born> {
    let (a, b) = text.rsplit_once([' ', '/', '-'])?;
    let (month, year) = match year(b) {
        Some(y) => (a.trim(), y),
        None => (b.trim(), year(a)?),
    };
    if let Ok(number) = month.parse() {
        return of_month(year, number);
    }
    let day = Format::by_name("d mmm yyyy")?.read(&format!("1 {month} {year}"))?.day.and_then(calendar::date)?;
    of_month(year, day.month())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_and_partial_dates_are_read_and_written() {
        let formats: Vec<Format> =
            ["yyyy-mm-dd", "dd/mm/yyyy", "d mmm yyyy"].iter().filter_map(|name| Format::by_name(name)).collect();
        for (text, expected) in [
            ("1975-03-01", "1975-03-01"),
            ("01/03/1975", "1975-03-01"),
            ("1 Maret 1975", "1975-03-01"),
            ("12 Dec 1964", "1964-12-12"),
            ("1975", "1975"),
            ("00/00/1975", "1975"),
            ("1975-00-00", "1975"),
            ("00/05/1975", "1975-05"),
            ("1975~", "1973..1977"),
            ("circa 1960", "1958..1962"),
            ("1974..1976", "1974..1976"),
            ("1974 to 1976", "1974..1976"),
            ("between 1974 and 1976", "1974..1976"),
            ("1974-1976", "1974..1976"),
            ("Maret 1975", "1975-03"),
            ("03/1975", "1975-03"),
            ("1975-03", "1975-03"),
        ] {
            let born = Born::read(text, &formats);
            assert_eq!(born.map(Born::text).as_deref(), Some(expected), "{text}");
            assert_eq!(born.and_then(|b| Born::of_text(&b.text())), born, "{text}");
        }
        for text in ["", "x", "31/02/1975", "1976..1974", "1900..1990", "75", "00/13/1975", "1975 1976", "9999"] {
            assert_eq!(Born::read(text, &formats), None, "{text}");
        }
    }
}
