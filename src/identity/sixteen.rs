//! Numbers of sixteen digits: NIK, family card, tax number.
//!
//! Exports decorate them (`12.71.06.570803.0002`, `'1271...`, full-width digits) and spreadsheets destroy them
//! (`1.27107E+15`). The first is undone, the second recognised: a number that went through a spreadsheet lost its
//! last digit and must not be held against anybody.

use std::ops::Range;

/// Sixteen digits. INVARIANT: all are ASCII digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Sixteen([u8; 16]);

/// Why a text is not a number of sixteen digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unreadable {
    /// Fewer or more digits, or other characters between them.
    Length,
    /// A decimal or scientific number: a spreadsheet took it for an amount.
    Precision,
}

/// Bits for the places where an old identity card puts full stops: 12.71.06.17.08.03.0002 and coarser.
const GROUP_ENDS: u32 = 1 << 2 | 1 << 4 | 1 << 6 | 1 << 8 | 1 << 10 | 1 << 12;

/// Reads sixteen digits. White space, apostrophes, hyphens, strokes and invisible characters are left out, digits of
/// other scripts become ASCII; full stops only where numbers are grouped.
pub fn read(text: &str) -> Result<Sixteen, Unreadable> {
    if let Ok(digits) = <[u8; 16]>::try_from(text.as_bytes())
        && digits.iter().all(u8::is_ascii_digit)
    {
        return Ok(Sixteen(digits));
    }
    let mut digits = [0; 16];
    let mut count = 0_usize;
    let (mut stops, mut odd, mut amount) = (0_u32, false, false);
    for c in text.trim().chars() {
        if let Some(digit) = ascii_digit(c) {
            if let Some(place) = digits.get_mut(count) {
                *place = digit;
            }
            count += 1;
            continue;
        }
        match c {
            '.' => stops |= 1_u32.checked_shl(u32::try_from(count).unwrap_or(u32::MAX)).unwrap_or(1),
            ',' | '+' => amount = true,
            'e' | 'E' if count > 0 => amount = true,
            '\'' | '\u{2018}' | '\u{2019}' | '-' | '/' | '_' => {}
            c if c.is_whitespace() || crate::text::fold::is_invisible(c) => {}
            _ => odd = true,
        }
    }
    if !odd && (amount || stops & !GROUP_ENDS != 0) {
        return Err(Unreadable::Precision);
    }
    if odd || count != 16 { Err(Unreadable::Length) } else { Ok(Sixteen(digits)) }
}

/// The ASCII form of a decimal digit as exports contain them: plain, full-width, Arabic-Indic, Persian.
#[must_use]
pub fn ascii_digit(c: char) -> Option<u8> {
    let zero = match c {
        '0'..='9' => '0',
        '０'..='９' => '０',
        '٠'..='٩' => '٠',
        '۰'..='۹' => '۰',
        _ => return None,
    };
    u8::try_from(u32::from(c) - u32::from(zero)).ok().map(|n| n + b'0')
}

impl Sixteen {
    /// The digits as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// Some of the digits as text.
    #[must_use]
    pub fn part(&self, range: Range<usize>) -> &str {
        self.as_str().get(range).unwrap_or_default()
    }

    /// Some of the digits as a number.
    #[must_use]
    pub fn number(&self, range: Range<usize>) -> u32 {
        self.0.get(range).unwrap_or_default().iter().fold(0, |n, digit| n * 10 + u32::from(digit - b'0'))
    }

    /// Whether it is typed to fill a field: one digit or a short run repeated, or digits counting up or down.
    #[must_use]
    pub fn is_dummy(&self) -> bool {
        is_dummy(&self.0)
    }
}

/// Whether digits are typed to fill a field: a run of one, two or four repeated, or counting up or down (9 then 0).
#[must_use]
pub fn is_dummy(digits: &[u8]) -> bool {
    is_run(digits) || repeats(digits, 2) || repeats(digits, 4)
}

/// Whether digits are one digit over and over, or count up or down (9 then 0).
#[must_use]
pub fn is_run(digits: &[u8]) -> bool {
    repeats(digits, 1) || counts_by(digits, 1) || counts_by(digits, 9)
}

fn repeats(digits: &[u8], run: usize) -> bool {
    digits.len() >= 2 * run && digits.iter().zip(digits.iter().skip(run)).all(|(a, b)| a == b)
}

/// Whether each digit is the one before plus `step`, modulo ten.
fn counts_by(digits: &[u8], step: u8) -> bool {
    digits.len() > 1 && digits.iter().zip(digits.iter().skip(1)).all(|(a, b)| (a - b'0' + step) % 10 == b - b'0')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn decoration_is_undone() {
        for text in [
            "1271995708030002",
            " 1271995708030002 ",
            "'1271995708030002",
            "1271 9957 0803 0002",
            "1271\u{A0}995708030002",
            "12.71.99.570803.0002",
            "127199.570803.0002",
            "12.71.99.57.08.03.0002",
            "127199-570803-0002",
            "１２７１９９５７０８０３０００２",
            "١٢٧١٩٩٥٧٠٨٠٣٠٠٠٢",
            "\u{FEFF}1271995708030002\u{200B}",
        ] {
            assert_eq!(read(text).map(|n| n.as_str().to_owned()), Ok("1271995708030002".to_owned()), "{text}");
        }
    }

    #[test]
    fn what_a_spreadsheet_destroyed_is_told_from_what_is_mistyped() {
        for (text, expected) in [
            ("1.27107E+15", Unreadable::Precision),
            ("3.17401e+15", Unreadable::Precision),
            ("1,27107E+15", Unreadable::Precision),
            ("1271995708030002.0", Unreadable::Precision),
            ("1271995708030002,00", Unreadable::Precision),
            ("1.271.995.708.030.002", Unreadable::Precision),
            ("1,271,995,708,030,002", Unreadable::Precision),
            ("1.271995708030002", Unreadable::Precision),
            ("127199570803000", Unreadable::Length),
            ("12719957080300021", Unreadable::Length),
            ("127199570803000O", Unreadable::Length),
            ("12.71.99.570803.002", Unreadable::Length),
            ("TIDAK ADA", Unreadable::Length),
            ("E", Unreadable::Length),
            ("", Unreadable::Length),
        ] {
            assert_eq!(read(text), Err(expected), "{text}");
        }
    }

    #[test]
    fn parts_are_text_and_numbers() {
        let number = read("1271995708030002").unwrap();
        assert_eq!((number.part(0..4), number.number(6..8), number.number(12..16)), ("1271", 57, 2));
    }

    #[test]
    fn numbers_typed_to_fill_a_field_are_recognised() {
        for dummy in
            ["1111111111111111", "1234567890123456", "9876543210987654", "1212121212121212", "1271127112711271"]
        {
            assert!(read(dummy).unwrap().is_dummy(), "{dummy}");
        }
        for real in ["1271995708030002", "1271990101010001", "1111990101010001"] {
            assert!(!read(real).unwrap().is_dummy(), "{real}");
        }
        assert!(!is_dummy(b"") && !is_dummy(b"5"));
    }

    proptest! {
        #![proptest_config(crate::seeded::fixed())]
        #[test]
        fn any_text_is_answered(text in "\\PC*") {
            if let Ok(number) = read(&text) {
                prop_assert_eq!(number.as_str().len(), 16);
            }
        }
    }
}
