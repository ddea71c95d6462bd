//! Phone numbers: one comparable form, E.164 (`+6281260000001`), out of what people write and spreadsheets leave.
//!
//! `0812-6000-0001`, `+62 (0)812...`, `0062812...`, `62812...` and `812...` (Excel drops the zero) are one number.
//! Operators are no test of validity: numbers are ported and recycled. A number that was typed to fill the field, or
//! that cannot be dialled, has no comparable form, so it never ties two applications together.

use super::sixteen::{ascii_digit, is_run};
use crate::reference::telepon;
use crate::schema::{FaultSet, faults, table};

faults! {
    /// What is wrong with a phone number.
    Fault MASALAH_TELEPON "masalah_telepon" "what is wrong with a phone number" {
        NotDigits "bukan_angka" "Bukan angka" / "letters among the digits, or no digits";
        Several "ganda" "Lebih dari satu nomor; yang pertama dibaca" / "several numbers; the first was read (remark)";
        Country "kode_negara" "Kode negara tidak dikenal" / "calling code of no country";
        ZeroLost "nol_hilang" "Angka 0 di depan hilang" / "leading zero lost, as spreadsheets do (remark)";
        Length "panjang" "Jumlah angka tidak sesuai" / "too few or too many digits";
        Dummy "pola" "Nomor pengisi" / "typed to fill the field";
        NoAreaCode "tanpa_kode_area" "Tanpa kode area" / "a local number without area code";
        PlusMissing "tanpa_plus" "Nomor asing tanpa +" / "foreign number without + (remark)";
    }
}

/// Remarks that leave the number usable.
const REMARKS: &[Fault] = &[Fault::Several, Fault::ZeroLost, Fault::PlusMissing];

table! { JENIS_TELEPON "jenis_telepon" "kind of phone number" {
    "lain" "Lain-lain" / "other Indonesian number: services, unknown area codes" []
    "luar_negeri" "Luar negeri" / "foreign" []
    "seluler" "Seluler" / "Indonesian mobile" []
    "tetap" "Telepon tetap" / "Indonesian fixed line" []
} }

/// The kind of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Indonesian, neither mobile nor of a known area.
    Other,
    /// Foreign.
    Foreign,
    /// Indonesian mobile: 08.
    Mobile,
    /// Indonesian fixed line with area code.
    Fixed,
}

impl Kind {
    /// The code of [`JENIS_TELEPON`].
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Other => "lain",
            Self::Foreign => "luar_negeri",
            Self::Mobile => "seluler",
            Self::Fixed => "tetap",
        }
    }
}

/// What a phone number says. Key, country and kind are there together or not at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading<'a> {
    /// E.164 with `+`.
    pub key: Option<&'a str>,
    /// Country of the calling code, ISO alpha-2; the main one where several share a code.
    pub country: Option<&'static str>,
    /// Kind of number.
    pub kind: Option<Kind>,
    /// What is wrong.
    pub faults: FaultSet<Fault>,
}

/// Reads phone numbers; keeps its buffers from one to the next.
#[derive(Debug, Default)]
pub struct Phones {
    digits: String,
    national: String,
    key: String,
}

/// Calling code and alpha-2 of Indonesia.
const INDONESIA: (&str, &str) = ("62", "ID");
/// The fewest digits of a number that can stand beside another in one cell.
const WHOLE_NUMBER: usize = 8;
/// Digits of a foreign number without `+`: fewer may be a local number here.
const FOREIGN_WITHOUT_PLUS: std::ops::RangeInclusive<usize> = 10..=15;
/// Digits of a bare Indonesian mobile number: 8 and 8 to 12 more.
const BARE_MOBILE: std::ops::RangeInclusive<usize> = 9..=13;
/// Digits of a local number without area code.
const LOCAL: std::ops::RangeInclusive<usize> = 5..=9;
/// Digits of E.164 with calling code, of an Indonesian number with its zero, and of the end that shows a dummy.
const E164: std::ops::RangeInclusive<usize> = 7..=15;
const NATIONAL: std::ops::RangeInclusive<usize> = 7..=13;
const TAIL: usize = 8;

/// What precedes the digits.
enum Form<'a> {
    International(&'a str),
    National,
    Unusable(Fault),
}

impl Phones {
    /// Reads one cell.
    pub fn read(&mut self, text: &str) -> Reading<'_> {
        let mut faults = FaultSet::default();
        let plus = collect_digits(one_of_several(text, &mut faults), &mut self.digits, &mut faults);
        if faults.has(Fault::NotDigits) {
            return unusable(faults);
        }
        if self.digits.len() > 4 && is_run(self.digits.as_bytes()) {
            faults.add(Fault::Dummy);
            return unusable(faults);
        }
        self.national.clear();
        let form = form(&self.digits, plus, &mut self.national, &mut faults);
        let (country, kind) = match form {
            Form::Unusable(fault) => {
                faults.add(fault);
                return unusable(faults);
            }
            Form::National => (Some(INDONESIA.1), judge_national(&self.national, &mut faults)),
            Form::International(digits) => (judge_foreign(digits, &mut faults), Kind::Foreign),
        };
        self.key.clear();
        self.key.push('+');
        match form {
            Form::International(digits) => self.key.push_str(digits),
            Form::National | Form::Unusable(_) => {
                self.key.push_str(INDONESIA.0);
                self.key.push_str(self.national.get(1..).unwrap_or_default());
            }
        }
        if !faults.without(REMARKS).is_empty() {
            return unusable(faults);
        }
        Reading { key: Some(&self.key), country, kind: Some(kind), faults }
    }
}

fn unusable<'a>(faults: FaultSet<Fault>) -> Reading<'a> {
    Reading { key: None, country: None, kind: None, faults }
}

/// The first of several numbers in one cell, or the cell where its parts are no numbers by themselves.
fn one_of_several<'t>(text: &'t str, faults: &mut FaultSet<Fault>) -> &'t str {
    if !text.bytes().any(|byte| matches!(byte, b'/' | b',' | b';' | b'|' | b'&' | b'\n')) {
        return text;
    }
    let digits = |part: &str| part.chars().filter(|&c| ascii_digit(c).is_some()).count();
    let mut whole = text.split(['/', ',', ';', '|', '&', '\n']).filter(|part| digits(part) >= WHOLE_NUMBER);
    let Some(first) = whole.next() else { return text };
    faults.add_if(whole.next().is_some(), Fault::Several);
    first
}

/// Fills `digits`; true where a plus stands before them. Words beside the number (`WA`, `HP`) are left out, letters
/// within it are a fault. `(0)` after a calling code is not dialled.
fn collect_digits(text: &str, digits: &mut String, faults: &mut FaultSet<Fault>) -> bool {
    digits.clear();
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        digits.push_str(text);
        return false;
    }
    let mut plus = false;
    let (mut letters, mut figures) = (false, false);
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if !digits.is_empty() && rest.starts_with("(0)") {
            rest = rest.get(3..).unwrap_or_default();
            continue;
        }
        rest = rest.get(c.len_utf8()..).unwrap_or_default();
        if let Some(digit) = ascii_digit(c) {
            digits.push(char::from(digit));
            figures = true;
        } else if c.is_alphanumeric() {
            letters = true;
        } else {
            plus |= matches!(c, '+' | '＋') && digits.is_empty();
            (letters, figures) = (false, false);
        }
        faults.add_if(letters && figures, Fault::NotDigits);
    }
    faults.add_if(digits.is_empty(), Fault::NotDigits);
    plus
}

/// Recognises how the number begins; an Indonesian one is put into `national` with its zero.
fn form<'d>(digits: &'d str, plus: bool, national: &mut String, faults: &mut FaultSet<Fault>) -> Form<'d> {
    let abroad = if plus { Some(digits) } else { digits.strip_prefix("00") };
    let indonesian = |digits: &'d str| digits.strip_prefix(INDONESIA.0).map(|rest| rest.trim_start_matches('0'));
    if let Some(international) = abroad {
        let Some(rest) = indonesian(international) else { return Form::International(international) };
        national.push('0');
        national.push_str(rest);
        return Form::National;
    }
    if digits.starts_with('0') {
        national.push_str(digits);
        return Form::National;
    }
    let bare = indonesian(digits).filter(|_| FOREIGN_WITHOUT_PLUS.contains(&digits.len()));
    let mobile = || (digits.starts_with('8') && BARE_MOBILE.contains(&digits.len())).then_some(digits);
    if let Some(rest) = bare.or_else(mobile) {
        faults.add_if(bare.is_none(), Fault::ZeroLost);
        national.push('0');
        national.push_str(rest);
        return Form::National;
    }
    if FOREIGN_WITHOUT_PLUS.contains(&digits.len()) && telepon::negara_panggilan(digits).is_some() {
        faults.add(Fault::PlusMissing);
        return Form::International(digits);
    }
    Form::Unusable(if LOCAL.contains(&digits.len()) { Fault::NoAreaCode } else { Fault::Length })
}

fn judge_national(national: &str, faults: &mut FaultSet<Fault>) -> Kind {
    let (least, most) = telepon::digits(national).unwrap_or((*NATIONAL.start(), *NATIONAL.end()));
    faults.add_if(!(least..=most).contains(&national.len()), Fault::Length);
    let subscriber = national.strip_prefix("08").or_else(|| national.strip_prefix('0')).unwrap_or_default();
    faults.add_if(subscriber.len() > 4 && is_run(subscriber.as_bytes()) || ends_in_one_digit(national), Fault::Dummy);
    if telepon::kode_area(national).is_some() {
        Kind::Fixed
    } else if national.starts_with("08") && telepon::digits(national).is_some() {
        Kind::Mobile
    } else {
        Kind::Other
    }
}

fn judge_foreign(digits: &str, faults: &mut FaultSet<Fault>) -> Option<&'static str> {
    let country = telepon::negara_panggilan(digits);
    faults.add_if(!E164.contains(&digits.len()), Fault::Length);
    faults.add_if(country.is_none(), Fault::Country);
    faults.add_if(ends_in_one_digit(digits), Fault::Dummy);
    country
}

/// Whether the last eight digits are one and the same.
fn ends_in_one_digit(digits: &str) -> bool {
    let tail = digits.len().checked_sub(TAIL).and_then(|from| digits.as_bytes().get(from..)).unwrap_or_default();
    tail.first().is_some_and(|first| tail.iter().all(|digit| digit == first))
}

#[cfg(test)]
mod tests;
