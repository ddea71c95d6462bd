//! Dates and times as numbers: days and milliseconds since 1970-01-01 in the office's own clock.

use chrono::{DateTime, NaiveDate, NaiveDateTime};

const EPOCH_FROM_CE: i64 = 719_163;

/// Milliseconds of a day.
pub const DAY_MS: i64 = 86_400_000;

/// Days since 1970-01-01.
#[must_use]
pub fn days(date: NaiveDate) -> i64 {
    use chrono::Datelike;
    i64::from(date.num_days_from_ce()) - EPOCH_FROM_CE
}

/// The date of a day number.
#[must_use]
pub fn date(days: i64) -> Option<NaiveDate> {
    i32::try_from(days + EPOCH_FROM_CE).ok().and_then(NaiveDate::from_num_days_from_ce_opt)
}

/// Milliseconds since 1970-01-01 00:00.
#[must_use]
pub fn millis(time: NaiveDateTime) -> i64 {
    time.and_utc().timestamp_millis()
}

/// The date and time of a number of milliseconds.
#[must_use]
pub fn time(millis: i64) -> Option<NaiveDateTime> {
    DateTime::from_timestamp_millis(millis).map(|t| t.naive_utc())
}

/// A length of time as rule files write it, in milliseconds: `90d`, `90d 1s`, `2h 30m`, with an optional
/// sign.
pub(crate) fn duration(text: &str) -> Option<i64> {
    let (sign, text) = match text.trim().strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.trim().trim_start_matches('+')),
    };
    let mut total: i64 = 0;
    for part in text.split_whitespace() {
        let unit = part.chars().next_back()?;
        let count: i64 = part.strip_suffix(unit)?.parse().ok()?;
        let millis = match unit {
            'd' => DAY_MS,
            'h' => 3_600_000,
            'm' => 60_000,
            's' => 1_000,
            _ => return None,
        };
        total = total.checked_add(count.checked_mul(millis)?)?;
    }
    (!text.is_empty()).then_some(sign * total)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_dates_lead_back_to_each_other() {
        let date_of = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
        assert_eq!(days(date_of(1970, 1, 1)), 0);
        assert_eq!(days(date_of(2000, 3, 1)), 11_017);
        for day in [-30_000, -1, 0, 20_000] {
            assert_eq!(days(date(day).unwrap()), day);
        }
        let noon = date_of(2025, 11, 3).and_hms_opt(12, 0, 1).unwrap();
        assert_eq!(time(millis(noon)), Some(noon));
        assert_eq!(millis(noon) / DAY_MS, days(noon.date()));
    }

    #[test]
    fn lengths_of_time_are_read() {
        assert_eq!(duration("90d"), Some(90 * DAY_MS));
        assert_eq!(duration("90d 1s"), Some(90 * DAY_MS + 1_000));
        assert_eq!(duration("-2h 30m"), Some(-9_000_000));
        assert_eq!((duration(""), duration("9"), duration("x d")), (None, None, None));
    }
}
