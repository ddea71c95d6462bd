//! Arithmetic with calendar days: ages, anniversaries, the working days of an office and how many people come on each.

use chrono::{Datelike, NaiveDate, Weekday};

use crate::calendar;

/// The date `days` later (earlier if negative); the same date where the calendar ends.
pub(super) fn plus(date: NaiveDate, days: i64) -> NaiveDate {
    calendar::date(calendar::days(date) + days).unwrap_or(date)
}

/// Days from one date to another, negative if it lies before.
pub(super) fn between(from: NaiveDate, to: NaiveDate) -> i64 {
    calendar::days(to) - calendar::days(from)
}

/// A day of a month, the last day of the month where it is shorter.
pub(super) fn ymd(year: i32, month: u32, day: u32) -> NaiveDate {
    (0..4).find_map(|less| NaiveDate::from_ymd_opt(year, month, day.saturating_sub(less))).unwrap_or_default()
}

/// The same day `years` later (earlier if negative); 29 February becomes 28 February in common years.
pub(super) fn plus_years(date: NaiveDate, years: i32) -> NaiveDate {
    ymd(date.year() + years, date.month(), date.day())
}

/// The date moved to a day of its month, or of the last month in which that day is not after `limit`.
pub(super) fn on_day(date: NaiveDate, day: u32, limit: NaiveDate) -> NaiveDate {
    let date = date.min(limit);
    let moved = ymd(date.year(), date.month(), day);
    if moved <= limit {
        return moved;
    }
    let before = plus(ymd(date.year(), date.month(), 1), -1);
    ymd(before.year(), before.month(), day)
}

/// Completed years of age.
pub(super) fn age(birth: NaiveDate, on: NaiveDate) -> i32 {
    let had_birthday = (on.month(), on.day()) >= (birth.month(), birth.day());
    on.year() - birth.year() - i32::from(!had_birthday)
}

/// The working days of a period and how many people come on each.
#[derive(Debug)]
pub(super) struct Workdays {
    days: Vec<NaiveDate>,
    /// People who came before day `i`; one more entry than days.
    before: Vec<u64>,
}

impl Workdays {
    /// The working days of the `history` days up to `as_of`, and `people` spread over them: more on Mondays, before the
    /// school holidays and the end of the year. Where no day is a working day, `as_of` is taken for one.
    pub(super) fn new(as_of: NaiveDate, history: u32, people: u64) -> Self {
        let first = calendar::days(as_of) - i64::from(history);
        let mut days: Vec<_> =
            (first..=calendar::days(as_of)).filter_map(calendar::date).filter(|d| is_workday(*d)).collect();
        if days.is_empty() {
            days.push(as_of);
        }
        let total: u64 = days.iter().map(|d| busyness(*d)).sum();
        let mut before = vec![0];
        let mut sum = 0;
        for day in &days {
            sum += busyness(*day);
            let share = u128::from(people) * u128::from(sum) / u128::from(total.max(1));
            before.push(u64::try_from(share).unwrap_or(people));
        }
        Self { days, before }
    }

    /// How many working days there are; at least one.
    pub(super) fn len(&self) -> usize {
        self.days.len()
    }

    /// The number of the last day: tonight's.
    pub(super) fn tonight(&self) -> usize {
        self.days.len() - 1
    }

    /// The date of working day `at`; beyond the last one the last.
    pub(super) fn date(&self, at: usize) -> NaiveDate {
        self.days.get(at).or(self.days.last()).copied().unwrap_or_default()
    }

    /// How many people come on working day `at`.
    pub(super) fn quota(&self, at: usize) -> u64 {
        match (self.before.get(at), self.before.get(at + 1)) {
            (Some(from), Some(to)) => to - from,
            _ => 0,
        }
    }
}

/// Monday to Friday and no public holiday.
pub(super) fn is_workday(date: NaiveDate) -> bool {
    !matches!(date.weekday(), Weekday::Sat | Weekday::Sun) && crate::reference::libur::find(date).is_none()
}

fn busyness(date: NaiveDate) -> u64 {
    let weekday = match date.weekday() {
        Weekday::Mon => 115,
        Weekday::Fri => 86,
        _ => 100,
    };
    let season = match date.month() {
        6 | 11 => 115,
        12 => 130,
        _ => 100,
    };
    weekday * season
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).unwrap()
    }

    #[test]
    fn ages_and_anniversaries() {
        assert_eq!(age(date(2004, 2, 29), date(2022, 2, 28)), 17);
        assert_eq!(age(date(2004, 2, 29), date(2022, 3, 1)), 18);
        assert_eq!(age(date(2000, 5, 2), date(2018, 5, 2)), 18);
        assert_eq!(plus_years(date(2020, 2, 29), 5), date(2025, 2, 28));
        assert_eq!(plus(date(2025, 12, 31), 1), date(2026, 1, 1));
        assert_eq!(between(date(2026, 1, 1), date(2025, 12, 31)), -1);
        assert_eq!(on_day(date(2026, 5, 9), 20, date(2026, 5, 15)), date(2026, 4, 20));
        assert_eq!(on_day(date(2026, 5, 9), 12, date(2026, 5, 15)), date(2026, 5, 12));
    }

    #[test]
    fn weekends_and_holidays_are_no_working_days_and_every_person_comes_once() {
        // 2025-08-17 is a Sunday; Christmas 2025 a Thursday.
        let days = Workdays::new(date(2025, 12, 31), 30, 1_234);
        assert!((0..days.len()).all(|at| is_workday(days.date(at))));
        assert!(!is_workday(date(2025, 12, 25)) && !is_workday(date(2025, 12, 27)));
        assert_eq!((0..days.len()).map(|at| days.quota(at)).sum::<u64>(), 1_234);
        assert_eq!(days.date(days.tonight()), date(2025, 12, 31));
        let sunday = Workdays::new(date(2025, 8, 17), 0, 5);
        assert_eq!((sunday.len(), sunday.date(0), sunday.quota(0)), (1, date(2025, 8, 17), 5));
    }
}
