//! Which days a date of an application may be.

use chrono::{Months, NaiveDate};

use super::profile::ProfileColumn;
use crate::calendar;
use crate::schema::{Type, columns};

/// Which days a date may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Range {
    /// Any value.
    Free,
    /// From the year 2000 to the reference date.
    Application,
    /// At most 110 years before the application.
    Birth,
    /// From 1900 to 2100.
    Usual,
}

/// The earliest application, 2000-01-01 as a day number: the exports of today's system begin later.
const FIRST_APPLICATION: i64 = 10_957;
/// The bounds of every other date of the dictionary, as day numbers: 1900-01-01 and 2100-12-31.
const USUAL: std::ops::RangeInclusive<i64> = -25_567..=47_846;
/// The greatest age believed, in years.
const OLDEST: u32 = 110;

impl Range {
    /// The range of a column. Columns of an office alone hold what the office likes.
    pub(super) fn of(column: &ProfileColumn) -> Self {
        match column.name.as_str() {
            _ if column.ty != Type::Date => Self::Free,
            columns::TANGGAL_PERMOHONAN => Self::Application,
            columns::TANGGAL_LAHIR => Self::Birth,
            _ if column.canonical.is_some() => Self::Usual,
            _ => Self::Free,
        }
    }

    /// Whether a day, as a number, is within the range. `application` is the day of the application, where known.
    pub(super) fn admits(self, day: i64, application: Option<i64>, as_of: NaiveDate) -> bool {
        match self {
            Self::Free => true,
            Self::Application => day >= FIRST_APPLICATION && day <= calendar::days(as_of),
            Self::Usual => USUAL.contains(&day),
            Self::Birth => {
                // Without a day of the application the record is set aside for that.
                let applied = application.unwrap_or_else(|| calendar::days(as_of));
                day <= applied && !is_older(day, applied)
            }
        }
    }
}

/// Whether somebody born on `birth` has passed the greatest age on `day`.
fn is_older(birth: i64, day: i64) -> bool {
    // Far from the bound no calendar is needed.
    if day - birth < i64::from(OLDEST) * 365 {
        return false;
    }
    let last = calendar::date(birth).and_then(|b| b.checked_add_months(Months::new(12 * (OLDEST + 1))));
    last.is_none_or(|birthday| day >= calendar::days(birthday))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(y: i32, m: u32, d: u32) -> i64 {
        calendar::days(NaiveDate::from_ymd_opt(y, m, d).unwrap())
    }

    #[test]
    fn bounds_are_the_days_they_are_said_to_be() {
        assert_eq!((*USUAL.start(), *USUAL.end()), (day(1900, 1, 1), day(2100, 12, 31)));
        assert_eq!(FIRST_APPLICATION, day(2000, 1, 1));
    }

    #[test]
    fn d07_ages_end_with_the_day_before_the_hundred_and_eleventh_birthday() {
        let applied = day(2026, 3, 31);
        let fits = |birth| Range::Birth.admits(birth, Some(applied), NaiveDate::MAX);
        assert!(fits(applied), "born on the day");
        assert!(!fits(applied + 1));
        assert!(fits(day(1915, 4, 1)), "110 years and 364 days");
        assert!(!fits(day(1915, 3, 31)));
        assert!(!fits(day(1900, 1, 1)), "the usual placeholder");
    }
}
