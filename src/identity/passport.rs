//! Passport booklets: the shape of the number and how long they run.
//!
//! Numbers are a letter and seven digits, in older books two letters or six digits (as printed in public lists; no
//! prefix is ever refused). Validity is five years or, from 2022-10-12 and for people of 17 or married, ten
//! (Permenkumham 18/2022 article 2A); two days of slack, since a book printed on 29 February and the last day itself
//! are counted either way.

use chrono::{Datelike, Days, NaiveDate};

use crate::schema::{FaultSet, faults};

faults! {
    /// What is wrong with a booklet's number and dates.
    Fault MASALAH_PASPOR "masalah_paspor" "what is wrong with a passport's number and dates" {
        Span "masa" "Masa berlaku bukan 5 atau 10 tahun" / "validity is neither 5 nor 10 years";
        Future "masa_depan" "Terbit setelah tanggal permohonan" / "issued after the application";
        Number "nomor" "Bentuk nomor tidak dikenal" / "number of an unknown shape";
        TenForChild "sepuluh_anak" "Sepuluh tahun untuk anak belum kawin" / "ten years for somebody under 17 and unmarried";
        TenTooEarly "sepuluh_dini" "Sepuluh tahun sebelum 12-10-2022" / "ten years before they existed, 2022-10-12";
        Order "urutan" "Berlaku sampai sebelum tanggal terbit" / "expires before it was issued";
    }
}

/// What an export says of a booklet; anything may be missing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Booklet<'a> {
    /// The number as written.
    pub number: Option<&'a str>,
    /// Day of issue.
    pub issued: Option<NaiveDate>,
    /// Day of expiry.
    pub expires: Option<NaiveDate>,
    /// The holder's date of birth.
    pub born: Option<NaiveDate>,
    /// Whether the holder has never been married, where known.
    pub unmarried: Option<bool>,
    /// The day of the application.
    pub applied: Option<NaiveDate>,
}

/// What a booklet says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    /// What is wrong.
    pub faults: FaultSet<Fault>,
    /// Five or ten, where the dates say so.
    pub years: Option<i64>,
}

/// The two lengths a booklet may have, in years.
const LENGTHS: [i64; 2] = [5, 10];
const SLACK: Days = Days::new(2);
/// Below this age the unmarried get five years.
const ADULT: u32 = 17;

/// The first day on which booklets of ten years were issued.
fn ten_years_from() -> NaiveDate {
    NaiveDate::from_ymd_opt(2022, 10, 12).unwrap_or_default()
}

/// Looks at a booklet; `None` where nothing is stated.
#[must_use]
pub fn read(booklet: &Booklet<'_>) -> Option<Reading> {
    if booklet.number.is_none() && booklet.issued.is_none() && booklet.expires.is_none() {
        return None;
    }
    let mut faults = FaultSet::default();
    faults.add_if(booklet.number.is_some_and(|n| !is_number(n)), Fault::Number);
    let years = booklet.issued.and_then(|issued| judge_dates(booklet, issued, &mut faults));
    Some(Reading { faults, years })
}

fn judge_dates(booklet: &Booklet<'_>, issued: NaiveDate, faults: &mut FaultSet<Fault>) -> Option<i64> {
    faults.add_if(booklet.applied.is_some_and(|applied| applied < issued), Fault::Future);
    let expires = booklet.expires?;
    if expires <= issued {
        faults.add(Fault::Order);
        return None;
    }
    let years = LENGTHS.into_iter().find(|&years| is_about(issued, years, expires));
    faults.add_if(years.is_none(), Fault::Span);
    if years == Some(10) {
        let child = booklet.born.and_then(|born| issued.years_since(born)).is_some_and(|age| age < ADULT);
        faults.add_if(issued < ten_years_from(), Fault::TenTooEarly);
        faults.add_if(child && booklet.unmarried == Some(true), Fault::TenForChild);
    }
    years
}

/// Whether `expires` lies within two days of the day `years` after `issued`.
fn is_about(issued: NaiveDate, years: i64, expires: NaiveDate) -> bool {
    let Some(day) = anniversary(issued, years) else { return false };
    day.checked_sub_days(SLACK).is_some_and(|first| first <= expires)
        && day.checked_add_days(SLACK).is_some_and(|last| expires <= last)
}

/// The same day some years later; 29 February becomes 1 March in common years.
fn anniversary(date: NaiveDate, years: i64) -> Option<NaiveDate> {
    let year = date.year().checked_add(i32::try_from(years).ok()?)?;
    date.with_year(year).or_else(|| NaiveDate::from_ymd_opt(year, 3, 1))
}

/// Whether a text without spaces has the shape of an Indonesian passport number: one or two letters, six or seven
/// digits.
#[must_use]
pub fn is_number(text: &str) -> bool {
    let letters = text.bytes().take_while(u8::is_ascii_uppercase).count();
    let digits = text.len() - letters;
    (1..=2).contains(&letters) && (6..=7).contains(&digits) && text.bytes().skip(letters).all(|b| b.is_ascii_digit())
}

/// Replaces `out` by the comparable form of a passport number: letters and digits, upper case. False, with `out`
/// empty, where the shape is not that of a number.
pub fn key(text: &str, out: &mut String) -> bool {
    out.clear();
    out.extend(text.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()));
    if !is_number(out) {
        out.clear();
    }
    !out.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Option<NaiveDate> {
        (!text.is_empty()).then(|| text.parse().unwrap())
    }

    fn check(number: &str, issued: &str, expires: &str, born: &str, unmarried: bool) -> (String, Option<i64>) {
        let reading = read(&Booklet {
            number: Some(number),
            issued: date(issued),
            expires: date(expires),
            born: date(born),
            unmarried: Some(unmarried),
            applied: date("2025-11-03"),
        });
        let reading = reading.unwrap();
        let mut codes = String::new();
        reading.faults.write(&mut codes);
        (codes, reading.years)
    }

    #[test]
    fn five_and_ten_years_within_two_days_are_right() {
        for (issued, expires, years) in [
            ("2018-05-02", "2023-05-02", 5),
            ("2018-05-02", "2023-04-30", 5),
            ("2018-05-02", "2023-05-04", 5),
            ("2022-10-12", "2032-10-12", 10),
            ("2020-02-29", "2025-02-27", 5),
            ("2020-02-29", "2025-03-03", 5),
        ] {
            assert_eq!(
                check("C1234567", issued, expires, "1980-01-01", false),
                (String::new(), Some(years)),
                "{issued}"
            );
        }
    }

    #[test]
    fn odd_lengths_and_dates_are_named() {
        for (issued, expires, born, unmarried, faults, years) in [
            ("2018-05-02", "2023-05-05", "1980-01-01", true, "masa", None),
            ("2018-05-02", "2021-05-02", "1980-01-01", true, "masa", None),
            ("2022-10-11", "2032-10-11", "1980-01-01", true, "sepuluh_dini", Some(10)),
            ("2023-01-05", "2033-01-05", "2006-01-06", true, "sepuluh_anak", Some(10)),
            ("2023-01-05", "2033-01-05", "2006-01-05", true, "", Some(10)),
            ("2023-01-05", "2033-01-05", "2006-01-06", false, "", Some(10)),
            ("2021-01-05", "2031-01-05", "2008-01-06", true, "sepuluh_anak;sepuluh_dini", Some(10)),
            ("2023-01-05", "2023-01-05", "1980-01-01", true, "urutan", None),
            ("2025-11-04", "2030-11-04", "1980-01-01", true, "masa_depan", Some(5)),
            ("", "2030-11-04", "1980-01-01", true, "", None),
            ("2023-01-05", "", "1980-01-01", true, "", None),
        ] {
            assert_eq!(
                check("C1234567", issued, expires, born, unmarried),
                (faults.to_owned(), years),
                "{issued} {expires}"
            );
        }
    }

    #[test]
    fn no_prefix_is_refused_but_other_shapes_are() {
        for good in ["A1234567", "E1234567", "X1234567", "S123456", "XD123456", "AB1234567"] {
            assert!(is_number(good), "{good}");
        }
        for bad in ["", "1234567", "A12345", "A12345678", "ABC123456", "a1234567", "A123456B", "A 1234567", "Ä1234567"]
        {
            assert!(!is_number(bad), "{bad}");
        }
        let mut out = String::new();
        assert!(key("c 1234-567", &mut out));
        assert_eq!(out, "C1234567");
        assert!(!key("belum ada", &mut out) && out.is_empty());
    }

    #[test]
    fn nothing_stated_says_nothing() {
        assert_eq!(read(&Booklet { applied: date("2025-11-03"), ..Booklet::default() }), None);
    }
}
