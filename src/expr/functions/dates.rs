//! Functions over dates and times.

use chrono::{Datelike, Timelike};

use super::{Accepts, Apply, Function, Parameter};
use crate::calendar::{self, DAY_MS};
use crate::reference::libur;

const DATE_VALUE: Parameter = Parameter { name: "date", accepts: Accepts::Date };
const TIME_VALUE: Parameter = Parameter { name: "time", accepts: Accepts::Time };

fn of_date(days: i64, part: impl Fn(chrono::NaiveDate) -> i64) -> i64 {
    calendar::date(days).map_or(0, part)
}

fn of_time(millis: i64, part: impl Fn(chrono::NaiveDateTime) -> u32) -> i64 {
    calendar::time(millis).map_or(0, |time| i64::from(part(time)))
}

pub(super) const YEAR: Function = Function {
    name: "year",
    parameters: &[DATE_VALUE],
    meaning: "the year of a date",
    examples: &[("year('2025-11-03')", "2025")],
    apply: Apply::NumberToInt(|days| of_date(days, |d| i64::from(d.year()))),
};

pub(super) const MONTH: Function = Function {
    name: "month",
    parameters: &[DATE_VALUE],
    meaning: "the month of a date, 1 to 12",
    examples: &[("month('2025-11-03')", "11")],
    apply: Apply::NumberToInt(|days| of_date(days, |d| i64::from(d.month()))),
};

pub(super) const DAY: Function = Function {
    name: "day",
    parameters: &[DATE_VALUE],
    meaning: "the day of the month, 1 to 31",
    examples: &[("day('2025-11-03')", "3")],
    apply: Apply::NumberToInt(|days| of_date(days, |d| i64::from(d.day()))),
};

pub(super) const WEEKDAY: Function = Function {
    name: "weekday",
    parameters: &[DATE_VALUE],
    meaning: "the day of the week, 1 for Senin (Monday) to 7 for Minggu (Sunday)",
    examples: &[("weekday('2025-11-03')", "1"), ("weekday('2025-11-09')", "7")],
    apply: Apply::NumberToInt(|days| of_date(days, |d| i64::from(d.weekday().number_from_monday()))),
};

pub(super) const HOUR: Function = Function {
    name: "hour",
    parameters: &[TIME_VALUE],
    meaning: "the hour of the day, 0 to 23",
    examples: &[("hour('2025-11-03 06:05:00')", "6")],
    apply: Apply::NumberToInt(|millis| of_time(millis, |t| t.hour())),
};

pub(super) const MINUTE: Function = Function {
    name: "minute",
    parameters: &[TIME_VALUE],
    meaning: "the minute of the hour, 0 to 59",
    examples: &[("minute('2025-11-03 06:05:00')", "5")],
    apply: Apply::NumberToInt(|millis| of_time(millis, |t| t.minute())),
};

pub(super) const DATE: Function = Function {
    name: "date",
    parameters: &[TIME_VALUE],
    meaning: "the day of a time",
    examples: &[("date('2025-11-03 06:05:00')", "'2025-11-03'")],
    apply: Apply::TimeToDate(|millis| millis.div_euclid(DAY_MS)),
};

pub(super) const DAYS_BETWEEN: Function = Function {
    name: "days_between",
    parameters: &[Parameter { name: "from", accepts: Accepts::Date }, Parameter { name: "to", accepts: Accepts::Date }],
    meaning: "how many days from the first date to the second; negative when the second comes first",
    examples: &[("days_between('2025-11-03', '2025-11-10')", "7"), ("days_between('2025-11-03', '2025-11-01')", "-2")],
    apply: Apply::NumbersToInt(|from, to| to.checked_sub(from)),
};

pub(super) const IS_HOLIDAY: Function = Function {
    name: "is_holiday",
    parameters: &[DATE_VALUE],
    meaning: "whether the date is a public holiday or collective leave in Indonesia; null outside the years of the table",
    examples: &[("is_holiday('2025-08-17')", "true"), ("is_holiday('2025-11-03')", "false")],
    apply: Apply::DateToBool(is_holiday),
};

fn is_holiday(days: i64) -> Option<bool> {
    let date = calendar::date(days)?;
    let (first, last) = libur::covered();
    (first <= date && date <= last).then(|| libur::find(date).is_some())
}
