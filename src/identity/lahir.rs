//! Dates of birth and ages.
//!
//! Ages are completed years and months. Who was born on 29 February has a birthday on 1 March in common years, as a
//! day that does not exist has not come before; months follow the same rule.

use chrono::{Datelike, NaiveDate};

use crate::schema::{FaultSet, faults};

faults! {
    /// What is wrong with a date of birth.
    Fault MASALAH_LAHIR "masalah_lahir" "what is wrong with a date of birth" {
        Future "masa_depan" "Setelah tanggal permohonan" / "after the application";
        Filler "pengisi" "Tanggal pengisi 1900-01-01" / "1900-01-01, which systems fill in";
        TooOld "terlalu_tua" "Umur di atas 110 tahun" / "an age above 110 years";
    }
}

/// The oldest age of the dictionary, in years.
const MAX_AGE: i64 = 110;

/// Looks at a date of birth on the day of the application.
#[must_use]
pub fn faults(born: NaiveDate, applied: NaiveDate) -> FaultSet<Fault> {
    let mut faults = FaultSet::default();
    faults.add_if(applied < born, Fault::Future);
    faults.add_if((born.year(), born.ordinal()) == (1900, 1), Fault::Filler);
    faults.add_if(years(born, applied) > MAX_AGE, Fault::TooOld);
    faults
}

/// Completed years from a birth to a day; negative before it.
#[must_use]
pub fn years(born: NaiveDate, on: NaiveDate) -> i64 {
    let before_birthday = (on.month(), on.day()) < (born.month(), born.day());
    i64::from(on.year()) - i64::from(born.year()) - i64::from(before_birthday)
}

/// Completed months from a birth to a day; negative before it.
#[must_use]
pub fn months(born: NaiveDate, on: NaiveDate) -> i64 {
    let counted = |date: NaiveDate| i64::from(date.year()) * 12 + i64::from(date.month());
    counted(on) - counted(born) - i64::from(on.day() < born.day())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn years_and_months_are_completed_ones() {
        for (born, on, in_years, in_months) in [
            ("2003-08-17", "2025-08-16", 21, 263),
            ("2003-08-17", "2025-08-17", 22, 264),
            ("2004-02-29", "2022-02-28", 17, 215),
            ("2004-02-29", "2022-03-01", 18, 216),
            ("2004-02-29", "2024-02-29", 20, 240),
            ("2025-01-31", "2025-02-28", 0, 0),
            ("2025-01-31", "2025-03-01", 0, 1),
            ("2025-01-31", "2025-01-31", 0, 0),
            ("2025-02-01", "2025-01-31", -1, -1),
            ("1980-06-01", "1970-06-01", -10, -120),
        ] {
            assert_eq!((years(day(born), day(on)), months(day(born), day(on))), (in_years, in_months), "{born} {on}");
        }
    }

    #[test]
    fn impossible_births_are_named() {
        for (born, expected) in [
            ("2003-08-17", &[] as &[Fault]),
            ("2025-11-03", &[]),
            ("2025-11-04", &[Fault::Future]),
            ("1915-11-03", &[]),
            ("1914-11-04", &[]),
            ("1914-11-03", &[Fault::TooOld]),
            ("1900-01-01", &[Fault::Filler, Fault::TooOld]),
        ] {
            assert_eq!(faults(day(born), day("2025-11-03")), FaultSet::of(expected), "{born}");
        }
    }
}
