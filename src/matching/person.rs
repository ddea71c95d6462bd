//! A person as a list or an application describes one.

use chrono::{Datelike, NaiveDate};

use super::compare::MOST_NAMES;
use crate::identity::Kelamin;

/// What is known of somebody, on either side of a comparison. Everything is as written; the matcher makes the forms it
/// compares.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Person {
    /// The main name, then aliases.
    pub names: Vec<String>,
    /// Date of birth, as far as it is known.
    pub born: Option<Birth>,
    /// Place of birth.
    pub birth_place: Option<String>,
    /// Sex; only a contradiction counts.
    pub sex: Option<Kelamin>,
    /// National identity number.
    pub nik: Option<String>,
    /// Numbers of passports, old and new.
    pub passports: Vec<String>,
    /// Telephone numbers.
    pub phones: Vec<String>,
    /// Name of the mother.
    pub mother: Option<String>,
    /// Name of the father.
    pub father: Option<String>,
}

impl Person {
    /// The names that are compared: the first so many.
    pub fn compared_names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().take(MOST_NAMES).map(String::as_str)
    }
}

/// A date of birth, as far as it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Birth {
    /// The day.
    Day(NaiveDate),
    /// The month of a year.
    Month {
        /// The year.
        year: i32,
        /// 1 to 12.
        month: u32,
    },
    /// The year.
    Year(i32),
    /// One of several years, ends included.
    Years(i32, i32),
}

impl Birth {
    /// First and last year that it may be.
    #[must_use]
    pub fn years(self) -> (i32, i32) {
        match self {
            Self::Day(day) => (day.year(), day.year()),
            Self::Month { year, .. } | Self::Year(year) => (year, year),
            Self::Years(first, last) => (first.min(last), first.max(last)),
        }
    }
}
