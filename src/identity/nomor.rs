//! Numbers of documents: certificates, diplomas, letters.
//!
//! Forged copies reuse numbers, and people type them with any punctuation; they are compared by letters and digits
//! alone.

use chrono::NaiveDate;

use super::sixteen::is_run;

/// The fewest letters and digits that can tell documents apart.
const MIN_LENGTH: usize = 5;

/// Replaces `out` by the comparable form of a document number: letters and digits, upper case. False, with `out`
/// empty, for what tells no documents apart: too short, without a digit, digits typed to fill the field.
pub fn key(text: &str, out: &mut String) -> bool {
    out.clear();
    for c in text.chars() {
        match super::sixteen::ascii_digit(c) {
            Some(digit) => out.push(char::from(digit)),
            None => out.extend(Some(c).filter(|c| c.is_ascii_alphabetic()).map(|c| c.to_ascii_uppercase())),
        }
    }
    let digits = out.bytes().all(|b| b.is_ascii_digit());
    let tells =
        out.len() >= MIN_LENGTH && out.bytes().any(|b| b.is_ascii_digit()) && !(digits && is_run(out.as_bytes()));
    if !tells {
        out.clear();
    }
    tells
}

/// The date of registration in the number of a birth certificate of the population register: `1271-LT-01012004-0001`
/// was registered on 2004-01-01. Older numbers have none.
#[must_use]
pub fn registered(text: &str) -> Option<NaiveDate> {
    let mut parts = text.split(['-', '/', '.', ' ']).filter(|part| !part.is_empty());
    let part = parts.find(|part| part.len() == 8 && part.bytes().all(|b| b.is_ascii_digit()))?;
    let number = |range: std::ops::Range<usize>| part.get(range).and_then(|digits| digits.parse::<u32>().ok());
    NaiveDate::from_ymd_opt(i32::try_from(number(4..8)?).ok()?, number(2..4)?, number(0..2)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn punctuation_does_not_tell_documents_apart() {
        let mut out = String::new();
        for text in ["DN-07 MA 0001234", "DN07MA0001234", "dn.07/ma/0001234", "DN–07 MA ０００１２３４"] {
            assert!(key(text, &mut out));
            assert_eq!(out, "DN07MA0001234", "{text}");
        }
    }

    #[test]
    fn what_tells_nothing_has_no_key() {
        let mut out = String::new();
        for text in ["", "-", "1234", "ADA", "TERLAMPIR", "0000000", "123456789", "111-111"] {
            assert!(!key(text, &mut out) && out.is_empty(), "{text}");
        }
    }

    #[test]
    fn a_certificate_says_when_it_was_registered() {
        for (text, expected) in [
            ("1271-LT-01022004-0001", "2004-02-01"),
            ("1271.LU.31121999.0001", "1999-12-31"),
            ("1271-LT-31022004-0001", ""),
            ("1234/1990", ""),
            ("AL 123456789", ""),
            ("", ""),
        ] {
            let expected = (!expected.is_empty()).then(|| expected.parse().unwrap());
            assert_eq!(registered(text), expected, "{text}");
        }
    }
}
