//! Cleaning the text of a cell, and noticing what is odd about it, in one pass.

use super::fold::plain_width;

/// What was noticed in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Looks {
    /// It has digits, or punctuation that names do not have.
    pub(super) unlike_name: bool,
    /// A word mixes scripts that look alike.
    pub(super) mixed: bool,
    /// It has characters without width or that turn the reading direction.
    pub(super) invisible: bool,
}

/// A digit or unusual punctuation.
const ODD: u8 = 1;
/// Outside ASCII, or white space other than the space.
const SLOW: u8 = 2;
const SPACE: u8 = 4;

/// What each byte means for the quick pass. In names stand letters, spaces and `'` `-` `.` `,` `/` (`SITI, S.Pd`, `A/P`).
const CLASSES: [u8; 256] = {
    let mut classes = [0; 256];
    let mut byte = 0u8;
    loop {
        let class = match byte {
            b' ' => SPACE,
            b'A'..=b'Z' | b'a'..=b'z' | b'\'' | b'-' | b'.' | b',' | b'/' => 0,
            b'!'..=b'~' => ODD,
            _ => SLOW,
        };
        #[expect(clippy::indexing_slicing, reason = "a byte is below 256")]
        {
            classes[byte as usize] = class;
        }
        if byte == 255 {
            break;
        }
        byte += 1;
    }
    classes
};

/// The text without white space around it and with single spaces inside; `scratch` holds it where it had to change.
pub(super) fn clean<'a>(text: &'a str, scratch: &'a mut String) -> (&'a str, Looks) {
    let mut seen = 0;
    let mut doubled = false;
    let mut before = SPACE;
    for &byte in text.as_bytes() {
        #[expect(clippy::indexing_slicing, reason = "a byte is below 256")]
        let class = CLASSES[byte as usize];
        doubled |= class & before & SPACE != 0;
        seen |= class;
        before = class;
    }
    let looks = Looks { unlike_name: seen & ODD != 0, ..Looks::default() };
    if seen & SLOW != 0 {
        return clean_slowly(text, scratch);
    }
    if doubled || before == SPACE {
        scratch.clear();
        for word in text.split_ascii_whitespace() {
            if !scratch.is_empty() {
                scratch.push(' ');
            }
            scratch.push_str(word);
        }
        return (scratch, looks);
    }
    (text, looks)
}

fn clean_slowly<'a>(text: &str, scratch: &'a mut String) -> (&'a str, Looks) {
    let mut looks = Looks::default();
    scratch.clear();
    for word in text.split(|c: char| c.is_whitespace() || c == '\u{FEFF}').filter(|w| !w.is_empty()) {
        if !scratch.is_empty() {
            scratch.push(' ');
        }
        scratch.push_str(word);
        let (mut latin, mut look_alike) = (false, false);
        for c in word.chars() {
            let usual = c.is_alphabetic() || matches!(c, '\'' | '’' | '‘' | '-' | '.' | ',' | '/');
            let usual = usual || is_mark(c) || is_invisible(c);
            looks.unlike_name |= !usual;
            looks.invisible |= is_invisible(c);
            latin |= c.is_ascii_alphabetic();
            look_alike |= matches!(c, '\u{0370}'..='\u{03FF}' | '\u{0400}'..='\u{052F}');
        }
        looks.mixed |= latin && look_alike;
    }
    (scratch, looks)
}

/// Combining marks (accents, Arabic vowels) belong to the letter before them.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{0300}'..='\u{036F}' | '\u{0610}'..='\u{061A}' | '\u{064B}'..='\u{065F}' | '\u{0670}' | '\u{06D6}'..='\u{06ED}')
}

fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{00AD}' | '\u{061C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
    )
}

/// The cell of a text formula `="0812"`, with which exports keep Excel from counting, and the apostrophe of a text cell.
pub(super) fn unwrap_text_cell(text: &str) -> &str {
    let inner = text.strip_prefix("=\"").and_then(|t| t.strip_suffix('"'));
    let inner = inner.unwrap_or(text);
    match inner.strip_prefix('\'') {
        Some(rest) if rest.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '+' | '=' | '-')) => rest,
        _ => inner,
    }
}

/// A number's digits once spaces, dots, dashes and apostrophes are taken out and foreign digits made plain; `None` where
/// anything else stands in it.
pub(super) fn digits<'a>(text: &'a str, scratch: &'a mut String) -> Option<(&'a str, bool)> {
    if text.bytes().all(|b| b.is_ascii_digit()) {
        return Some((text, false));
    }
    scratch.clear();
    for c in text.chars().map(plain_width) {
        match c {
            '0'..='9' => scratch.push(c),
            '\u{0660}'..='\u{0669}' => scratch.extend(char::from_digit(u32::from(c) - 0x0660, 10)),
            '\u{06F0}'..='\u{06F9}' => scratch.extend(char::from_digit(u32::from(c) - 0x06F0, 10)),
            '.' | '-' | '\'' | '’' | '`' | '\u{2010}'..='\u{2015}' | '\u{200B}'..='\u{200F}' | '\u{FEFF}' => {}
            c if c.is_whitespace() => {}
            _ => return None,
        }
    }
    (!scratch.is_empty()).then_some((scratch.as_str(), true))
}

/// Whether a text is a number in scientific notation, as spreadsheets show long ones: `3.17401E+15`, `3,17E+15`.
pub(super) fn is_scientific(text: &str) -> bool {
    // One digit, then its fraction or exponent; hardly a cell gets further.
    if !matches!(text.as_bytes(), [b'0'..=b'9', b'.' | b',' | b'E' | b'e', ..]) {
        return false;
    }
    let Some((front, exponent)) = text.split_once(['E', 'e']) else { return false };
    let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
    let mut parts = front.splitn(2, ['.', ',']);
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let whole = parts.next().is_some_and(|p| p.len() == 1 && digits(p));
    whole && parts.next().is_none_or(digits) && digits(exponent) && exponent.len() <= 3
}

/// Whether a text is a long whole number that passed through a binary fraction: `3174012345678901.0`.
pub(super) fn is_float_number(text: &str) -> bool {
    let Some((whole, fraction)) = text.split_once(['.', ',']) else { return false };
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    whole.len() >= 10
        && digits(whole)
        && !fraction.is_empty()
        && fraction.bytes().all(|b| b == b'0')
        && fraction.len() < 3
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cleaned(text: &str) -> (String, Looks) {
        let mut scratch = String::new();
        let (text, looks) = clean(text, &mut scratch);
        (text.to_owned(), looks)
    }

    #[test]
    fn white_space_becomes_single_spaces_whatever_its_kind() {
        for text in [
            "SITI AMINAH",
            " SITI AMINAH ",
            "SITI  AMINAH",
            "SITI\tAMINAH",
            "SITI\u{a0}AMINAH\r\n",
            "\u{feff}SITI \u{3000} AMINAH",
        ] {
            assert_eq!(cleaned(text).0, "SITI AMINAH", "{text:?}");
        }
        assert_eq!(cleaned("").0, "");
        assert_eq!(cleaned("  ").0, "");
    }

    #[test]
    fn names_of_many_kinds_pass_and_odd_ones_are_noticed() {
        for name in ["ANI", "O", "D'ARCY", "SITI, S.PD", "KUMAR A/L RAJU", "ÉLISE", "Nur‘Aini", "مُحَمَّد", "李"]
        {
            assert_eq!(cleaned(name).1, Looks::default(), "{name}");
        }
        for odd in ["SITI2", "SITI@", "SITI 🙂", "SITI ٢"] {
            assert!(cleaned(odd).1.unlike_name, "{odd}");
        }
        assert!(cleaned("S\u{0410}RI").1.mixed);
        assert!(!cleaned("SARI \u{0410}\u{043D}").1.mixed);
        assert!(cleaned("SARI\u{202e}").1.invisible);
    }

    #[test]
    fn numbers_are_freed_of_what_is_no_digit_by_named_steps_only() {
        let read = |text: &str| {
            let mut scratch = String::new();
            digits(unwrap_text_cell(text), &mut scratch).map(|(d, _)| d.to_owned())
        };
        for text in [
            "1271995708030002",
            "'1271995708030002",
            "1271 9957 0803 0002",
            "12.71.99.570803.0002",
            "1271995708030002\u{a0}",
            "１２７１９９５７０８０３０００２",
            "=\"1271995708030002\"",
            "\u{661}271995708030002",
        ] {
            assert_eq!(read(text).as_deref(), Some("1271995708030002"), "{text}");
        }
        assert_eq!(read("127199570803000O"), None, "a letter is not taken for a digit");
        assert_eq!(read("-"), None);
    }

    #[test]
    fn numbers_that_spreadsheets_broke_are_told() {
        for text in ["3.17401E+15", "3,17E+15", "3E+15", "3.17401e15"] {
            assert!(is_scientific(text), "{text}");
        }
        for text in ["1271995708030002", "E123", "12E4567", "31.7E+15", "3.E+15", "A1E+15"] {
            assert!(!is_scientific(text), "{text}");
        }
        assert!(is_float_number("3174012345678901.0"));
        assert!(!is_float_number("12.71.06") && !is_float_number("650000.0"));
    }
}
