//! Dates and times as numbers: days and milliseconds since 1970-01-01 in the office's own clock.

use chrono::{DateTime, NaiveDate, NaiveDateTime};

pub(crate) mod format;

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

/// Which day a spreadsheet counts from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Epoch {
    /// Day 1 is 1900-01-01, and 1900 is taken for a leap year, as Lotus did.
    Y1900,
    /// Day 0 is 1904-01-01, as old Macintosh workbooks have it.
    Y1904,
}

/// The milliseconds since 1970 of a spreadsheet's serial number, to the nearest second; `None` for day 60 of the 1900
/// system (a 29 February that never was), for negative numbers and beyond the year 2199.
#[must_use]
pub fn from_serial(serial: f64, epoch: Epoch) -> Option<i64> {
    const DAYS_TO_2200: f64 = 109_575.0;
    if !(0.0..DAYS_TO_2200).contains(&serial) {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "bounded above, and rounded to whole numbers first")]
    let (day, seconds) = (serial.floor() as i64, (serial.fract() * 86_400.0).round() as i64);
    let first = match (epoch, day) {
        (Epoch::Y1900, 0 | 60) => return None,
        (Epoch::Y1900, 1..60) => -25_568,
        (Epoch::Y1900, _) => -25_569,
        (Epoch::Y1904, _) => -24_107,
    };
    Some((first + day) * DAY_MS + seconds * 1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn serial_numbers_count_as_spreadsheets_count() {
        let day = |serial, epoch| {
            from_serial(serial, epoch).and_then(time).map(|t| t.format("%Y-%m-%d %H:%M:%S").to_string())
        };
        // As Excel shows them.
        assert_eq!(day(1.0, Epoch::Y1900).as_deref(), Some("1900-01-01 00:00:00"));
        assert_eq!(day(59.0, Epoch::Y1900).as_deref(), Some("1900-02-28 00:00:00"));
        assert_eq!(day(60.0, Epoch::Y1900), None);
        assert_eq!(day(61.0, Epoch::Y1900).as_deref(), Some("1900-03-01 00:00:00"));
        assert_eq!(day(32_875.0, Epoch::Y1900).as_deref(), Some("1990-01-02 00:00:00"));
        assert_eq!(day(45_943.541, Epoch::Y1900).as_deref(), Some("2025-10-13 12:59:02"));
        assert_eq!(day(31_413.0, Epoch::Y1904).as_deref(), Some("1990-01-02 00:00:00"));
        assert_eq!(day(f64::NAN, Epoch::Y1900), None);
        assert_eq!(day(-1.0, Epoch::Y1904), None);
        assert_eq!(day(1e300, Epoch::Y1900), None);
    }

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
