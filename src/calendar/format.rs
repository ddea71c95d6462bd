//! The formats of dates and times that a profile or a mapping may declare: a small closed vocabulary.
//!
//! A format reads a text in exactly one way or not at all. Two-digit years are not offered, since nobody can tell the
//! century of a birth; two formats of one column that would read the same text as different days are refused when the
//! profile is loaded, so that no row ever has to be guessed.

use chrono::{Datelike, NaiveDate};

use super::{self as calendar, DAY_MS, Epoch};

/// The date formats, by name.
pub(crate) const DATES: &[&str] = &[
    "yyyy-mm-dd",
    "yyyy/mm/dd",
    "yyyy.mm.dd",
    "yyyymmdd",
    "dd/mm/yyyy",
    "dd-mm-yyyy",
    "dd.mm.yyyy",
    "dd mm yyyy",
    "ddmmyyyy",
    "mm/dd/yyyy",
    "mm-dd-yyyy",
    "d mmm yyyy",
    "d-mmm-yyyy",
    "d/mmm/yyyy",
    "mmm d, yyyy",
    "excel-1900",
    "excel-1904",
];

/// The clock formats, by name.
pub(crate) const CLOCKS: &[&str] = &["hh:mm", "hh.mm", "hh:mm:ss", "hh.mm.ss", "hh:mm:ss.f"];

/// A moment that was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Moment {
    /// Days since 1970-01-01; `None` for a time of day alone.
    pub(crate) day: Option<i64>,
    /// Milliseconds since midnight; `None` for a date alone.
    pub(crate) clock: Option<i64>,
}

/// A declared format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Format {
    /// Pieces in order.
    Pieces(Vec<Piece>),
    /// A spreadsheet's serial number.
    Serial(Epoch),
}

/// A piece of a format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Piece {
    Year,
    Month,
    MonthName,
    Day,
    Hour,
    Minute,
    Second,
    /// A fraction of a second, dropped.
    Fraction,
    /// This very character; a space stands for one or more.
    Mark(char),
}

/// The formats of moments: a date, a space or `T`, a clock. Serial numbers hold both.
pub(crate) fn times() -> Vec<String> {
    let plain = DATES.iter().filter(|d| !d.starts_with("excel"));
    let mut all: Vec<String> = plain.flat_map(|d| CLOCKS.iter().map(move |c| format!("{d} {c}"))).collect();
    all.extend(CLOCKS.iter().map(|c| format!("yyyy-mm-ddT{c}")));
    all.extend(["excel-1900".to_owned(), "excel-1904".to_owned()]);
    all
}

impl Format {
    /// The format of a name out of [`DATES`], [`CLOCKS`] or [`times`].
    pub(crate) fn by_name(name: &str) -> Option<Self> {
        match name {
            "excel-1900" => return Some(Self::Serial(Epoch::Y1900)),
            "excel-1904" => return Some(Self::Serial(Epoch::Y1904)),
            _ => {}
        }
        let known = DATES.contains(&name) || CLOCKS.contains(&name) || times().iter().any(|t| t == name);
        known.then(|| Self::Pieces(pieces(name)))
    }

    /// Whether the format tells the day.
    pub(crate) fn has_day(&self) -> bool {
        match self {
            Self::Serial(_) => true,
            Self::Pieces(pieces) => pieces.contains(&Piece::Year),
        }
    }

    /// Whether the format tells the time of day.
    pub(crate) fn has_clock(&self) -> bool {
        match self {
            Self::Serial(_) => true,
            Self::Pieces(pieces) => pieces.contains(&Piece::Hour),
        }
    }

    /// Reads a text without white space around it.
    pub(crate) fn read(&self, text: &str) -> Option<Moment> {
        match self {
            Self::Serial(epoch) => read_serial(text, *epoch),
            Self::Pieces(pieces) => read_pieces(pieces, text),
        }
    }

    /// Writes a date in this format, for finding formats that contradict each other. `None` for clocks and serials.
    fn write(&self, date: NaiveDate) -> Option<String> {
        let Self::Pieces(pieces) = self else { return None };
        let mut text = String::new();
        for piece in pieces {
            match piece {
                Piece::Year => text.push_str(&format!("{:04}", date.year())),
                Piece::Month => text.push_str(&format!("{:02}", date.month())),
                Piece::Day => text.push_str(&format!("{:02}", date.day())),
                Piece::MonthName => text.push_str(&date.format("%b").to_string()),
                Piece::Mark(mark) => text.push(*mark),
                Piece::Hour | Piece::Minute | Piece::Second | Piece::Fraction => text.push_str("00"),
            }
        }
        Some(text)
    }

    /// Whether some text would be one day in this format and another day in `other`.
    pub(crate) fn contradicts(&self, other: &Self) -> bool {
        if let (Self::Serial(one), Self::Serial(two)) = (self, other) {
            return one != two;
        }
        let days = (1..=12).filter_map(|n| NaiveDate::from_ymd_opt(2000 + n, n.unsigned_abs(), 13 - n.unsigned_abs()));
        days.filter_map(|day| Some((self.write(day)?, day)))
            .any(|(text, day)| other.read(&text).and_then(|m| m.day).is_some_and(|read| read != calendar::days(day)))
    }
}

fn pieces(name: &str) -> Vec<Piece> {
    const WORDS: &[(&str, Piece)] = &[
        ("yyyy", Piece::Year),
        ("mmm", Piece::MonthName),
        ("dd", Piece::Day),
        ("d", Piece::Day),
        ("hh", Piece::Hour),
        ("ss", Piece::Second),
        ("f", Piece::Fraction),
    ];
    let mut found: Vec<Piece> = Vec::new();
    let mut rest = name;
    while let Some(c) = rest.chars().next() {
        let word = WORDS.iter().find(|(word, _)| rest.starts_with(word));
        let (length, piece) = match word {
            Some((word, piece)) => (word.len(), *piece),
            // The same two letters stand for months and, after an hour, for minutes.
            None if rest.starts_with("mm") && found.contains(&Piece::Hour) => (2, Piece::Minute),
            None if rest.starts_with("mm") => (2, Piece::Month),
            None => (c.len_utf8(), Piece::Mark(c)),
        };
        found.push(piece);
        rest = rest.get(length..).unwrap_or_default();
    }
    found
}

fn read_serial(text: &str, epoch: Epoch) -> Option<Moment> {
    let serial: f64 = match text.bytes().all(|b| b.is_ascii_digit() || b == b'.') {
        true => text.parse().ok()?,
        false => return None,
    };
    let millis = calendar::from_serial(serial, epoch)?;
    Some(Moment { day: Some(millis.div_euclid(DAY_MS)), clock: Some(millis.rem_euclid(DAY_MS)) })
}

/// The numbers of a date and a clock as they stand in a text.
#[derive(Default)]
struct Parts {
    year: Option<u32>,
    month: Option<u32>,
    day: Option<u32>,
    hour: Option<u32>,
    minute: Option<u32>,
    second: u32,
}

fn read_pieces(pieces: &[Piece], text: &str) -> Option<Moment> {
    let mut rest = text;
    let mut parts = Parts::default();
    for (at, piece) in pieces.iter().enumerate() {
        // Digits that run into each other need their full width; before a mark a leading zero may be missing.
        let next = pieces.get(at + 1);
        let before = at.checked_sub(1).and_then(|at| pieces.get(at));
        let tight = [next, before].into_iter().flatten().any(|p| matches!(p, Piece::Year | Piece::Month | Piece::Day));
        parts.take(*piece, if tight { 2 } else { 1 }, &mut rest)?;
    }
    if rest.is_empty() { parts.moment() } else { None }
}

impl Parts {
    /// Takes one piece from the front of the text.
    fn take(&mut self, piece: Piece, least: usize, rest: &mut &str) -> Option<()> {
        match piece {
            Piece::Year => self.year = Some(number(rest, 4, 4)?),
            Piece::Month => self.month = Some(number(rest, least, 2)?),
            Piece::Day => self.day = Some(number(rest, least, 2)?),
            Piece::MonthName => self.month = Some(month_name(rest)?),
            Piece::Hour => self.hour = Some(number(rest, 1, 2)?),
            Piece::Minute => self.minute = Some(number(rest, 2, 2)?),
            Piece::Second => self.second = number(rest, 2, 2)?,
            Piece::Fraction => {
                number(rest, 1, 9)?;
            }
            Piece::Mark(' ') => {
                let after = rest.trim_start();
                if after.len() == rest.len() {
                    return None;
                }
                *rest = after;
            }
            Piece::Mark(mark) => *rest = rest.strip_prefix(mark)?,
        }
        Some(())
    }

    /// The moment, where the numbers are one of calendar and clock.
    fn moment(self) -> Option<Moment> {
        let day = match (self.year, self.month, self.day) {
            (Some(year @ 1800..=2199), Some(month), Some(day)) => {
                let date = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)?;
                Some(calendar::days(date))
            }
            (None, None, None) => None,
            _ => return None,
        };
        let clock = match (self.hour, self.minute) {
            (Some(hour @ 0..24), Some(minute @ 0..60)) if self.second < 60 => {
                Some(i64::from((hour * 60 + minute) * 60 + self.second) * 1000)
            }
            (None, None) => None,
            _ => return None,
        };
        Some(Moment { day, clock })
    }
}

/// Takes a number of `least` to `most` digits, nine or fewer, from the front.
fn number(rest: &mut &str, least: usize, most: usize) -> Option<u32> {
    let (mut number, mut digits) = (0, 0);
    for byte in rest.bytes().take(most).take_while(u8::is_ascii_digit) {
        number = number * 10 + u32::from(byte - b'0');
        digits += 1;
    }
    if digits < least {
        return None;
    }
    *rest = rest.get(digits..)?;
    Some(number)
}

/// Names of months, Indonesian (with the old spellings still found in registers) and English, in full and short.
const MONTHS: [&[&str]; 12] = [
    &["JANUARI", "JANUARY", "JAN"],
    &["FEBRUARI", "FEBRUARY", "FEB", "PEBRUARI", "PEB"],
    &["MARET", "MARCH", "MAR", "MRT"],
    &["APRIL", "APR"],
    &["MEI", "MAY"],
    &["JUNI", "JUNE", "JUN"],
    &["JULI", "JULY", "JUL"],
    &["AGUSTUS", "AUGUST", "AGUST", "AGT", "AGU", "AGS", "AUG"],
    &["SEPTEMBER", "SEPT", "SEP"],
    &["OKTOBER", "OCTOBER", "OKT", "OCT"],
    &["NOVEMBER", "NOPEMBER", "NOV", "NOP"],
    &["DESEMBER", "DECEMBER", "DES", "DEC"],
];

/// Takes the name of a month from the front; a point may follow a short one.
fn month_name(rest: &mut &str) -> Option<u32> {
    let length = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (word, after) = rest.split_at_checked(length)?;
    let at = MONTHS.iter().position(|names| names.iter().any(|name| name.eq_ignore_ascii_case(word)))?;
    *rest = after.strip_prefix('.').unwrap_or(after);
    u32::try_from(at + 1).ok()
}

/// Reads what a workbook, a Parquet file or saring itself wrote: ISO date, time of day, or both.
pub(crate) fn read_iso(text: &str) -> Option<Moment> {
    use Piece::{Day, Hour, Mark, Minute, Month, Second, Year};
    const DATE: &[Piece] = &[Year, Mark('-'), Month, Mark('-'), Day];
    const CLOCK: &[Piece] = &[Hour, Mark(':'), Minute, Mark(':'), Second];
    let text = text.trim_end_matches(".000");
    match text.split_once([' ', 'T']) {
        Some((date, clock)) => {
            Some(Moment { day: read_pieces(DATE, date)?.day, clock: read_pieces(CLOCK, clock)?.clock })
        }
        None => read_pieces(DATE, text).or_else(|| read_pieces(CLOCK, text)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(format: &str, text: &str) -> Option<String> {
        let moment = Format::by_name(format).unwrap().read(text)?;
        moment.day.and_then(calendar::date).map(|d| d.to_string())
    }

    #[test]
    fn every_format_reads_its_own_and_nothing_else() {
        // Second of January 1990, in each format as an export writes it.
        let written = [
            ("yyyy-mm-dd", "1990-01-02"),
            ("yyyy/mm/dd", "1990/01/02"),
            ("yyyy.mm.dd", "1990.01.02"),
            ("yyyymmdd", "19900102"),
            ("dd/mm/yyyy", "02/01/1990"),
            ("dd-mm-yyyy", "02-01-1990"),
            ("dd.mm.yyyy", "02.01.1990"),
            ("dd mm yyyy", "02 01 1990"),
            ("ddmmyyyy", "02011990"),
            ("mm/dd/yyyy", "01/02/1990"),
            ("mm-dd-yyyy", "01-02-1990"),
            ("d mmm yyyy", "2 Januari 1990"),
            ("d-mmm-yyyy", "02-Jan-1990"),
            ("d/mmm/yyyy", "2/JAN/1990"),
            ("mmm d, yyyy", "Jan 2, 1990"),
            ("excel-1900", "32875"),
            ("excel-1904", "31413"),
        ];
        assert_eq!(written.map(|(name, _)| name), DATES);
        for (name, text) in written {
            assert_eq!(day(name, text).as_deref(), Some("1990-01-02"), "{name}");
            for (other, _) in written {
                let (one, two) = (Format::by_name(name).unwrap(), Format::by_name(other).unwrap());
                if !one.contradicts(&two) && !name.starts_with("excel") && !other.starts_with("excel") {
                    assert!(day(other, text).is_none_or(|d| d == "1990-01-02"), "{text} in {other}");
                }
            }
        }
    }

    #[test]
    fn a_text_outside_the_format_or_the_calendar_is_not_read() {
        for text in [
            "29/02/2023",
            "31/04/2024",
            "00/00/0000",
            "1/1/90",
            "02-01-1990",
            "2 Jan 1990",
            "",
            "1/1/1990 x",
            "１/1/1990",
        ] {
            assert_eq!(day("dd/mm/yyyy", text), None, "{text}");
        }
        assert_eq!(day("dd/mm/yyyy", "29/02/2024").as_deref(), Some("2024-02-29"));
        assert_eq!(day("dd/mm/yyyy", "2/1/1990").as_deref(), Some("1990-01-02"));
        assert_eq!(day("ddmmyyyy", "2011990"), None);
        assert_eq!(day("d mmm yyyy", "5 Agt. 2001").as_deref(), Some("2001-08-05"));
        assert_eq!(day("d mmm yyyy", "5 Nopember 2001").as_deref(), Some("2001-11-05"));
        assert_eq!(day("excel-1900", "-1"), None);
        assert_eq!(day("excel-1900", "1e5"), None);
    }

    #[test]
    fn formats_that_read_one_text_as_two_days_contradict_each_other() {
        let contradicts = |a: &str, b: &str| Format::by_name(a).unwrap().contradicts(&Format::by_name(b).unwrap());
        assert!(contradicts("dd/mm/yyyy", "mm/dd/yyyy"));
        assert!(contradicts("mm-dd-yyyy", "dd-mm-yyyy"));
        assert!(contradicts("excel-1900", "excel-1904"));
        assert!(!contradicts("dd/mm/yyyy", "dd-mm-yyyy"));
        assert!(!contradicts("yyyymmdd", "ddmmyyyy"));
        assert!(!contradicts("yyyy-mm-dd", "dd-mm-yyyy"));
    }

    #[test]
    fn moments_are_read_to_the_second() {
        let read = |format: &str, text: &str| {
            let moment = Format::by_name(format).unwrap().read(text)?;
            let millis = moment.day.unwrap_or_default() * DAY_MS + moment.clock.unwrap_or_default();
            calendar::time(millis).map(|t| t.format("%Y-%m-%d %H:%M:%S").to_string())
        };
        assert_eq!(read("dd/mm/yyyy hh.mm", "03/11/2025 6.05").as_deref(), Some("2025-11-03 06:05:00"));
        assert_eq!(read("yyyy-mm-ddThh:mm:ss", "2025-11-03T23:59:59").as_deref(), Some("2025-11-03 23:59:59"));
        assert_eq!(read("yyyy-mm-dd hh:mm:ss.f", "2025-11-03 08:00:00.0").as_deref(), Some("2025-11-03 08:00:00"));
        assert_eq!(read("hh:mm", "24:00"), None);
        assert_eq!(read("hh:mm", "23:60"), None);
        assert_eq!(read("excel-1900", "45943.541").as_deref(), Some("2025-10-13 12:59:02"));
    }
}
