//! The machine readable zone of a passport: two lines of 44 characters, form TD3 of ICAO Doc 9303 part 4.
//!
//! Each of the five check digits is a fault of its own, and so is each difference to what was typed beside it. Lines
//! come from scanners and from hands: where swapping look-alikes (O and 0, B and 8) would mend a check digit, a
//! remark says so. Names have no check digit; they are handed out for comparison with the name on the form.

mod check;

use chrono::{Datelike, NaiveDate};

use super::Kelamin;
use crate::schema::{FaultSet, faults};

pub use check::digit as check_digit;

faults! {
    /// What is wrong with a machine readable zone.
    Fault MASALAH_MRZ "masalah_mrz" "what is wrong with the machine readable zone of a passport" {
        CheckComposite "cek_gabungan" "Angka cek gabungan salah" / "composite check digit is wrong";
        CheckExpiry "cek_habis" "Angka cek tanggal habis salah" / "check digit of the expiry date is wrong";
        CheckBirth "cek_lahir" "Angka cek tanggal lahir salah" / "check digit of the birth date is wrong";
        CheckNumber "cek_nomor" "Angka cek nomor salah" / "check digit of the number is wrong";
        CheckPersonal "cek_pribadi" "Angka cek nomor pribadi salah" / "check digit of the personal number is wrong";
        ExpiryDiffers "habis_beda" "Tanggal habis berbeda dengan isian" / "expiry date differs from the one typed";
        Kind "jenis" "Bukan paspor (tidak diawali P)" / "not a passport: line 1 does not begin with P";
        Characters "karakter" "Karakter di luar A-Z, 0-9, <" / "characters other than A to Z, 0 to 9 and <";
        SexDiffers "kelamin_beda" "Jenis kelamin berbeda dengan isian" / "sex differs from the form";
        BirthDiffers "lahir_beda" "Tanggal lahir berbeda dengan isian" / "birth date differs from the form";
        NameDiffers "nama_beda" "Nama berbeda dengan isian" / "name differs from the form";
        Country "negara" "Kode negara tidak dikenal" / "unknown country code";
        NumberDiffers "nomor_beda" "Nomor berbeda dengan isian" / "number differs from the one typed";
        LookAlike "ocr" "Mungkin salah baca O/0, B/8" / "a look-alike such as O for 0 or B for 8 would explain a wrong check digit (remark)";
        Length "panjang" "Bukan 44 karakter" / "a line is not 44 characters long";
        Date "tanggal" "Tanggal tidak ada di kalender" / "a date that is not in the calendar";
    }
}

/// Differences to what was typed, and remarks: with these alone the zone itself is sound.
const NOT_OF_THE_ZONE: &[Fault] = &[
    Fault::ExpiryDiffers,
    Fault::SexDiffers,
    Fault::BirthDiffers,
    Fault::NameDiffers,
    Fault::NumberDiffers,
    Fault::LookAlike,
];

/// Characters of a line.
const LINE: usize = 44;

/// What was typed beside the zone.
#[derive(Debug, Clone, Copy, Default)]
pub struct Stated<'a> {
    /// Number of the passport.
    pub number: Option<&'a str>,
    /// Date of birth.
    pub born: Option<NaiveDate>,
    /// Date of expiry.
    pub expires: Option<NaiveDate>,
    /// Sex.
    pub sex: Option<Kelamin>,
    /// The day of the application, which decides the century of the birth date where none is typed.
    pub applied: Option<NaiveDate>,
}

/// What a zone says; a field whose line is missing or misshapen is absent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading<'a> {
    /// What is wrong.
    pub faults: FaultSet<Fault>,
    /// The document number without fillers.
    pub number: Option<&'a str>,
    /// The issuing state as the zone spells it.
    pub state: Option<&'a str>,
    /// Date of birth.
    pub born: Option<NaiveDate>,
    /// Date of expiry.
    pub expires: Option<NaiveDate>,
    /// Sex; absent where the zone leaves it open.
    pub sex: Option<Kelamin>,
    /// The name, if line 1 is there.
    pub name: Option<Name<'a>>,
}

/// The name field: 39 characters, words separated by `<`, family and given names by `<<`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Name<'a> {
    field: &'a str,
}

impl<'a> Name<'a> {
    /// The words, family name first.
    pub fn words(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.field.split('<').filter(|word| !word.is_empty())
    }

    /// Whether the field was too short for the name, so that the last word may be cut and more words missing.
    #[must_use]
    pub fn may_be_cut(&self) -> bool {
        !self.field.ends_with('<')
    }
}

impl Reading<'_> {
    /// Whether the zone itself holds: shape, dates and all check digits.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.faults.without(NOT_OF_THE_ZONE).is_empty()
    }

    /// Whether a name, as words of a normal form in any order, differs from that of the zone in the same form. A cut
    /// field may lack words and the end of one. Without line 1 nothing differs.
    #[must_use]
    pub fn name_differs<'w>(&self, zone: impl Iterator<Item = &'w str>, stated: impl Iterator<Item = &'w str>) -> bool {
        let Some(name) = self.name else { return false };
        let mut missing: Vec<&str> = stated.collect();
        let mut extra = Vec::new();
        for word in zone {
            match missing.iter().position(|other| *other == word) {
                Some(at) => drop(missing.remove(at)),
                None => extra.push(word),
            }
        }
        let cut = name.may_be_cut() && extra.iter().all(|word| missing.iter().any(|other| other.starts_with(word)));
        let same = extra.is_empty() && missing.is_empty();
        !(same || cut && extra.len() <= 1)
    }
}

/// Reads the lines that are there; `None` where none is.
#[must_use]
pub fn read<'a>(line1: Option<&'a str>, line2: Option<&'a str>, stated: &Stated<'_>) -> Option<Reading<'a>> {
    if line1.is_none() && line2.is_none() {
        return None;
    }
    let mut reading = Reading {
        faults: FaultSet::default(),
        number: None,
        state: None,
        born: None,
        expires: None,
        sex: None,
        name: None,
    };
    if let Some(line) = line1.and_then(|line| shaped(line, &mut reading.faults)) {
        read_first(line, &mut reading);
    }
    if let Some(line) = line2.and_then(|line| shaped(line, &mut reading.faults)) {
        read_second(line, stated, &mut reading);
    }
    Some(reading)
}

/// The line, if it has the length and the characters of a zone.
fn shaped<'a>(line: &'a str, faults: &mut FaultSet<Fault>) -> Option<&'a str> {
    let line = line.trim();
    let length = line.chars().count() == LINE;
    let characters = line.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'<');
    faults.add_if(!length, Fault::Length);
    faults.add_if(!characters, Fault::Characters);
    (length && characters).then_some(line)
}

/// `from..to` of a shaped line, counted from 0.
fn field(line: &str, from: usize, to: usize) -> &str {
    line.get(from..to).unwrap_or_default()
}

fn read_first<'a>(line: &'a str, reading: &mut Reading<'a>) {
    let state = field(line, 2, 5);
    reading.faults.add_if(!line.starts_with('P'), Fault::Kind);
    reading.faults.add_if(!known(state), Fault::Country);
    reading.state = Some(state.trim_end_matches('<'));
    reading.name = Some(Name { field: field(line, 5, LINE) });
}

fn read_second<'a>(line: &'a str, stated: &Stated<'_>, reading: &mut Reading<'a>) {
    let faults = &mut reading.faults;
    for fault in check::wrong(line) {
        faults.add(fault);
    }
    faults.add_if(check::look_alike_explains(line), Fault::LookAlike);
    faults.add_if(!known(field(line, 10, 13)), Fault::Country);
    let number = field(line, 0, 9).trim_end_matches('<');
    reading.number = Some(number).filter(|n| !n.is_empty());
    reading.born = birth(field(line, 13, 19), stated);
    reading.expires = date(field(line, 21, 27), 2000);
    reading.sex = match field(line, 20, 21) {
        "M" => Some(Kelamin::L),
        "F" => Some(Kelamin::P),
        _ => None,
    };
    // Fillers say that day or month are not known (Doc 9303); that is no impossible date.
    let unreal = |text: &str, date: Option<NaiveDate>| date.is_none() && !text.contains('<');
    let unreal_birth = unreal(field(line, 13, 19), reading.born);
    faults.add_if(unreal_birth || unreal(field(line, 21, 27), reading.expires), Fault::Date);
    compare(stated, reading);
}

fn compare(stated: &Stated<'_>, reading: &mut Reading<'_>) {
    fn unlike<T: PartialEq>(zone: Option<T>, stated: Option<T>) -> bool {
        zone.zip(stated).is_some_and(|(zone, stated)| zone != stated)
    }
    let faults = &mut reading.faults;
    faults.add_if(unlike(reading.number, stated.number), Fault::NumberDiffers);
    faults.add_if(unlike(reading.born, stated.born), Fault::BirthDiffers);
    faults.add_if(unlike(reading.expires, stated.expires), Fault::ExpiryDiffers);
    faults.add_if(unlike(reading.sex, stated.sex), Fault::SexDiffers);
}

/// Whether a state code is in the table of countries.
fn known(state: &str) -> bool {
    crate::reference::countries::alpha2_of_icao(state).is_some()
}

/// The birth date: the century that the typed date has, otherwise the latest one that is not after the application.
fn birth(text: &str, stated: &Stated<'_>) -> Option<NaiveDate> {
    let (old, new) = (date(text, 1900), date(text, 2000));
    if stated.born.is_some() && (old == stated.born || new == stated.born) {
        return stated.born;
    }
    let latest = stated.applied.or(stated.born);
    match (old, new) {
        (Some(_), Some(new)) if latest.is_some_and(|latest| new.year() > latest.year()) => old,
        (old, new) => new.or(old),
    }
}

fn date(text: &str, century: i32) -> Option<NaiveDate> {
    let part = |from: usize| text.get(from..from + 2).and_then(|two| two.parse::<u32>().ok());
    NaiveDate::from_ymd_opt(century + i32::try_from(part(0)?).ok()?, part(2)?, part(4)?)
}

#[cfg(test)]
mod tests;
