//! Public holidays.
use chrono::NaiveDate;
/// A holiday.
#[derive(Debug)]
pub struct Libur {
    /// Its date.
    pub tanggal: NaiveDate,
}
/// The holiday of a date.
#[must_use]
pub fn find(_: NaiveDate) -> Option<&'static Libur> { None }
/// First and last covered date.
#[must_use]
pub fn covered() -> (NaiveDate, NaiveDate) { (NaiveDate::MIN, NaiveDate::MAX) }
