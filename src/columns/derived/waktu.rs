//! When an application was filed, and how soon the journey is.

use chrono::{Datelike, NaiveDate, Weekday};
use polars::prelude::PlHashMap;

use super::{Cx, Family, Outputs, Rows, derived};
use crate::Result;
use crate::calendar;
use crate::reference::libur;
use crate::schema::Type;
use crate::schema::columns::{TANGGAL_PERMOHONAN, TANGGAL_RENCANA_BERANGKAT, WAKTU_PERMOHONAN};

derived! {
    WAKTU = "waktu"; Type::Time, Open, Nothing, "Waktu", "time",
        "date and time the application was filed; the start of the day where only the date is known",
        [TANGGAL_PERMOHONAN => "2025-11-03"] => "2025-11-03 00:00:00";
    MENIT = "waktu.menit"; Type::Int, Open, Nothing, "Menit ke-", "minute of the day",
        "minutes from midnight; none where only the date is known",
        [WAKTU_PERMOHONAN => "2025-11-03 06:05:00"] => "365";
    LUAR_JAM = "waktu.luar_jam"; Type::Bool, Open, Nothing, "Di luar jam layanan", "outside office hours",
        "before 07:00 or after 18:00, on a Saturday or Sunday, a public holiday or collective leave; none where \
        only the date is known, or the year lies beyond the table of holidays and nothing else decides",
        [WAKTU_PERMOHONAN => "2025-12-25 09:00:00"] => "true";
    HARI_KE_BERANGKAT = "hari_ke_berangkat"; Type::Int, Open, Nothing, "Hari sampai berangkat", "days to departure",
        "days from the application to the planned departure; negative where it lies before",
        [TANGGAL_PERMOHONAN => "2025-11-03", TANGGAL_RENCANA_BERANGKAT => "2025-11-10"] => "7";
}

/// Times of the application.
pub const FAMILY: Family =
    Family { inputs: &[WAKTU_PERMOHONAN, TANGGAL_PERMOHONAN, TANGGAL_RENCANA_BERANGKAT], columns: COLUMNS, compute };

/// Milliseconds of a minute.
const MINUTE_MS: i64 = 60_000;

/// Counters serve from the first to the last of these minutes, ends included.
const OFFICE_MINUTES: std::ops::RangeInclusive<i64> = 7 * 60..=18 * 60;

fn compute(_: &Cx, rows: Rows<'_>, out: &mut Outputs) -> Result<()> {
    let (filed, applied) = (rows.number(WAKTU_PERMOHONAN)?, rows.number(TANGGAL_PERMOHONAN)?);
    let leaves = rows.number(TANGGAL_RENCANA_BERANGKAT)?;
    // An export has few days of filing.
    let mut days: PlHashMap<i64, Option<Day>> = PlHashMap::default();
    for row in 0..rows.count() {
        let (filed, applied) = (filed.get(row), applied.get(row));
        let day = filed.map(|millis| millis.div_euclid(calendar::DAY_MS));
        let day = day.and_then(|day| *days.entry(day).or_insert_with(|| calendar::date(day).map(Day::of)));
        let minute = filed.filter(|_| day.is_some()).map(|millis| millis.rem_euclid(calendar::DAY_MS) / MINUTE_MS);
        out.int(at::WAKTU, filed.or_else(|| applied.and_then(|day| day.checked_mul(calendar::DAY_MS))));
        out.int(at::MENIT, minute);
        out.bool(at::LUAR_JAM, day.zip(minute).and_then(|(day, minute)| day.outside_hours(minute)));
        out.int(at::HARI_KE_BERANGKAT, leaves.get(row).zip(applied).map(|(leaves, applied)| leaves - applied));
    }
    Ok(())
}

/// A day of filing.
#[derive(Debug, Clone, Copy)]
struct Day {
    weekend: bool,
    holiday: Option<bool>,
}

impl Day {
    fn of(day: NaiveDate) -> Self {
        Self { weekend: matches!(day.weekday(), Weekday::Sat | Weekday::Sun), holiday: is_holiday(day) }
    }

    fn outside_hours(self, minute: i64) -> Option<bool> {
        if self.weekend || !OFFICE_MINUTES.contains(&minute) { Some(true) } else { self.holiday }
    }
}

/// Whether a day is a public holiday or collective leave; `None` beyond the years of the table.
pub(super) fn is_holiday(day: NaiveDate) -> Option<bool> {
    let (first, last) = libur::covered();
    (first..=last).contains(&day).then(|| libur::find(day).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn office_hours_are_those_of_working_days() {
        for (day, minute, expected) in [
            ("2025-11-03", 420, Some(false)),
            ("2025-11-03", 419, Some(true)),
            ("2025-11-03", 1080, Some(false)),
            ("2025-11-03", 1081, Some(true)),
            ("2025-11-01", 600, Some(true)),
            ("2025-11-02", 600, Some(true)),
            ("2026-08-17", 600, Some(true)),
            ("2040-11-05", 600, None),
            ("2040-11-05", 60, Some(true)),
            ("2040-11-04", 600, Some(true)),
        ] {
            assert_eq!(Day::of(day.parse().unwrap()).outside_hours(minute), expected, "{day} {minute}");
        }
    }
}
