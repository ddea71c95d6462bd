//! Tax and business numbers a sponsor gives instead of a NIK.
//!
//! Since PMK 112/2022 the tax number (NPWP) of a resident is the NIK, that of an entity a zero and its old fifteen
//! digits. A "company" whose tax number is a NIK is a sole proprietor, not an error.

use super::sixteen::ascii_digit;
use crate::schema::table;

table! { JENIS_ID "jenis_id" "what a number that identifies a person or an entity is" {
    "nib" "NIB" / "business number, 13 digits" []
    "nik" "NIK" / "national identity number or personal tax number" []
    "npwp" "NPWP badan" / "tax number of an entity" []
    "paspor" "Paspor" / "passport number" []
} }

/// The kind of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Thirteen digits: Nomor Induk Berusaha.
    Nib,
    /// Sixteen digits that begin with a province.
    Nik,
    /// A zero and fifteen digits.
    Npwp,
    /// One or two letters, six or seven digits.
    Passport,
}

impl Kind {
    /// The code of [`JENIS_ID`].
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Nib => "nib",
            Self::Nik => "nik",
            Self::Npwp => "npwp",
            Self::Passport => "paspor",
        }
    }
}

/// Replaces `out` by the comparable form of a number (letters and digits only, an old fifteen-digit tax number with
/// its zero) and says what it is. `None`, with `out` empty, for what identifies nobody: other shapes, and numbers
/// typed to fill a field.
pub fn read(text: &str, out: &mut String) -> Option<Kind> {
    out.clear();
    for c in text.chars() {
        match ascii_digit(c) {
            Some(digit) => out.push(char::from(digit)),
            None if c.is_ascii_alphabetic() => out.push(c.to_ascii_uppercase()),
            None => {}
        }
    }
    let kind = kind(out);
    match kind {
        Some(Kind::Npwp) if out.len() == 15 => out.insert(0, '0'),
        Some(_) => {}
        None => out.clear(),
    }
    kind
}

fn kind(number: &str) -> Option<Kind> {
    if super::passport::is_number(number) {
        return Some(Kind::Passport);
    }
    let digits = number.as_bytes();
    if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) || super::sixteen::is_dummy(digits) {
        return None;
    }
    match (digits.len(), digits.first()) {
        (13, _) => Some(Kind::Nib),
        (15, _) | (16, Some(b'0')) => Some(Kind::Npwp),
        (16, _) => Some(Kind::Nik),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_told_apart_by_shape() {
        let mut out = String::new();
        for (text, kind, number) in [
            ("1271991201800003", Some(Kind::Nik), "1271991201800003"),
            ("12.71.99.120180.0003", Some(Kind::Nik), "1271991201800003"),
            ("0123456789012345", None, ""),
            ("01.234.567.8-111.000", Some(Kind::Npwp), "0012345678111000"),
            ("0012345678111000", Some(Kind::Npwp), "0012345678111000"),
            ("9120001234567", Some(Kind::Nib), "9120001234567"),
            ("c 1234567", Some(Kind::Passport), "C1234567"),
            ("0000000000000000", None, ""),
            ("12345", None, ""),
            ("-", None, ""),
            ("", None, ""),
        ] {
            assert_eq!((read(text, &mut out), out.as_str()), (kind, number), "{text}");
        }
    }

    #[test]
    fn every_kind_has_its_code_in_the_list() {
        for kind in [Kind::Nib, Kind::Nik, Kind::Npwp, Kind::Passport] {
            assert!(JENIS_ID.get(kind.code()).is_some());
        }
    }
}
