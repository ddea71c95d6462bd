//! How long something is kept: `3650d`, `10y`.

use chrono::{Days, Months, NaiveDate};

/// A length of keeping.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    /// Days.
    Days(u32),
    /// Years of the calendar.
    Years(u32),
}

impl Keep {
    /// The length that a text says; at most 100 years.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let plain = |digits: &str| digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse::<u32>().ok())?;
        let days = text.strip_suffix('d').and_then(plain).filter(|days| (1..=36_525).contains(days)).map(Self::Days);
        let years =
            || text.strip_suffix('y').and_then(plain).filter(|years| (1..=100).contains(years)).map(Self::Years);
        days.or_else(years)
    }

    /// What lies before this day is older than is kept.
    #[must_use]
    pub fn before(self, as_of: NaiveDate) -> NaiveDate {
        let day = match self {
            Self::Days(days) => as_of.checked_sub_days(Days::new(days.into())),
            Self::Years(years) => as_of.checked_sub_months(Months::new(years * 12)),
        };
        day.unwrap_or(NaiveDate::MIN)
    }
}

impl std::fmt::Display for Keep {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Days(days) => write!(f, "{days} days"),
            Self::Years(years) => write!(f, "{years} years"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_days_or_years_and_count_back_from_the_reference_date() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        assert_eq!(Keep::parse("3650d").unwrap().before(day("2025-11-03")), day("2015-11-06"));
        assert_eq!(Keep::parse("10y").unwrap().before(day("2025-11-03")), day("2015-11-03"));
        assert_eq!(Keep::parse("1y").unwrap().before(day("2024-02-29")), day("2023-02-28"));
        for wrong in ["", "d", "0d", "10", "10 y", "-1d", "1m", "101y", "99999d", "+1y"] {
            assert_eq!(Keep::parse(wrong), None, "{wrong:?}");
        }
    }
}
