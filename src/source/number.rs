//! Numbers and lengths of time as people write them.

use super::reason::Unusable;

/// How a profile writes numbers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Numbers {
    /// Stands before the fraction.
    pub(super) decimal: Option<char>,
    /// Stands between groups of three digits.
    pub(super) thousands: Option<char>,
    /// Words before or after a number that say nothing (`Rp`, `cm`, `tahun`), in upper case.
    pub(super) units: Vec<String>,
}

impl Numbers {
    /// Reads a whole number; a fraction of nothing but zeros is allowed.
    pub(super) fn read(&self, text: &str) -> Option<i64> {
        let text = self.without_unit(text);
        let (negative, text) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (whole, fraction) = match self.decimal.and_then(|mark| text.split_once(mark)) {
            Some((whole, fraction)) => (whole, Some(fraction)),
            None => (text, None),
        };
        if fraction.is_some_and(|f| f.is_empty() || f.bytes().any(|b| b != b'0')) {
            return None;
        }
        let number = match self.thousands {
            Some(mark) if whole.contains(mark) => ungroup(whole, mark)?,
            _ => add_digits(0, whole)?,
        };
        Some(if negative { -number } else { number })
    }

    fn without_unit<'a>(&self, text: &'a str) -> &'a str {
        let text = text.trim();
        if self.units.is_empty() || text.bytes().all(|b| b.is_ascii_digit()) {
            return text;
        }
        let word_at = |part: &str| self.units.iter().any(|u| u.eq_ignore_ascii_case(part.trim_end_matches('.').trim()));
        let front = text.find(|c: char| c.is_ascii_digit() || c == '-').unwrap_or(0);
        let text = match text.split_at_checked(front) {
            Some((unit, rest)) if word_at(unit) => rest,
            _ => text,
        };
        let back = text.rfind(|c: char| c.is_ascii_digit()).map_or(0, |at| at + 1);
        match text.split_at_checked(back) {
            Some((rest, unit)) if word_at(unit) => rest,
            _ => text,
        }
    }
}

/// A number without its group marks, which must stand where groups of three have them.
fn ungroup(text: &str, mark: char) -> Option<i64> {
    let mut groups = text.split(mark);
    let first = groups.next().filter(|g| g.len() <= 3)?;
    groups.try_fold(add_digits(0, first)?, |number, group| add_digits(number, Some(group).filter(|g| g.len() == 3)?))
}

/// A number with further digits behind it; `None` without any, with anything else, and where it gets too large.
fn add_digits(number: i64, digits: &str) -> Option<i64> {
    let add = |number: i64, byte: u8| {
        let digit = byte.is_ascii_digit().then(|| i64::from(byte - b'0'))?;
        number.checked_mul(10)?.checked_add(digit)
    };
    if digits.is_empty() { None } else { digits.bytes().try_fold(number, add) }
}

/// Days in the words for lengths of time; a month is thirty days and a year 365, as the dictionary says.
const LENGTHS: &[(&str, i64)] = &[
    ("HARI", 1),
    ("HR", 1),
    ("DAY", 1),
    ("DAYS", 1),
    ("MALAM", 1),
    ("MINGGU", 7),
    ("PEKAN", 7),
    ("WEEK", 7),
    ("WEEKS", 7),
    ("BULAN", 30),
    ("BLN", 30),
    ("MONTH", 30),
    ("MONTHS", 30),
    ("TAHUN", 365),
    ("THN", 365),
    ("YEAR", 365),
    ("YEARS", 365),
];

/// The longest stay believed, in days.
const LONGEST: i64 = 3650;

/// Reads a length of time in days: `7`, `2 minggu`, `1 bulan`.
pub(super) fn read_days(text: &str, numbers: &Numbers) -> Result<i64, Unusable> {
    let text = text.trim();
    let back = text.rfind(|c: char| c.is_ascii_digit()).map_or(0, |at| at + 1);
    let (number, word) = text.split_at_checked(back).unwrap_or((text, ""));
    let unit = match word.trim().trim_end_matches('.') {
        "" => 1,
        word => {
            let known = LENGTHS.iter().find(|(name, _)| name.eq_ignore_ascii_case(word));
            known.map(|(_, days)| *days).ok_or(Unusable::NumberUnreadable)?
        }
    };
    let days = numbers.read(number).and_then(|n| n.checked_mul(unit)).ok_or(Unusable::NumberUnreadable)?;
    believed(days)
}

/// A length of time in days, where it is one that is believed.
pub(super) fn believed(days: i64) -> Result<i64, Unusable> {
    if (0..=LONGEST).contains(&days) { Ok(days) } else { Err(Unusable::NumberRange) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn d09_only_declared_marks_are_read() {
        let plain = Numbers::default();
        let office =
            Numbers { decimal: Some(','), thousands: Some('.'), units: vec!["RP".to_owned(), "CM".to_owned()] };
        assert_eq!(plain.read("650000"), Some(650_000));
        assert_eq!(plain.read("650.000"), None);
        assert_eq!(plain.read("650000,00"), None);
        assert_eq!(office.read("650.000,00"), Some(650_000));
        assert_eq!(office.read("1.234.567"), Some(1_234_567));
        assert_eq!(office.read("Rp 650.000"), Some(650_000));
        assert_eq!(office.read("Rp. 650.000,-"), None);
        assert_eq!(office.read("158 cm"), Some(158));
        for wrong in ["1.23", "1.2345", "12.34.567", "0,5", "1,", "", "-", "1 2", "x", "650,000.00"] {
            assert_eq!(office.read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn d12_numbers_beyond_64_bits_are_unreadable_not_wrapped() {
        assert_eq!(Numbers::default().read("9223372036854775807"), Some(i64::MAX));
        assert_eq!(Numbers::default().read("9223372036854775808"), None);
        assert_eq!(read_days("9223372036854775807 tahun", &Numbers::default()), Err(Unusable::NumberUnreadable));
    }

    #[test]
    fn lengths_of_time_are_days() {
        let days = |text| read_days(text, &Numbers::default());
        assert_eq!(days("7"), Ok(7));
        assert_eq!(days("2 minggu"), Ok(14));
        assert_eq!(days("1 BULAN"), Ok(30));
        assert_eq!(days("10thn"), Ok(3650));
        assert_eq!(days("11 tahun"), Err(Unusable::NumberRange));
        assert_eq!(days("-3"), Err(Unusable::NumberRange));
        assert_eq!(days("1-2 minggu"), Err(Unusable::NumberUnreadable));
        assert_eq!(days("seminggu"), Err(Unusable::NumberUnreadable));
    }
}
