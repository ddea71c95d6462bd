//! What speaks for and against two descriptions being one person, besides the name.
//!
//! [`Facts`] are the comparable forms of one side; [`weigh`] compares two sides and gives one line for each kind of
//! evidence. Everything is symmetric. What one side does not know says nothing.

use chrono::{Datelike, NaiveDate};
use xxhash_rust::xxh3::xxh3_64;

use super::person::{Birth, Person};
use super::settings::Settings;
use crate::identity::{Kelamin, nomor, sixteen, telepon};
use crate::schema::table;
use crate::text::{fold, fold::words};

table! { BUKTI_COCOK "bukti_cocok" "what speaks for or against two descriptions being one person" {
    "ayah" "nama ayah" / "father's name" []
    "ibu" "nama ibu" / "mother's name" []
    "jenis_kelamin_beda" "jenis kelamin berbeda" / "other sex" []
    "lahir_beda" "tanggal lahir berbeda" / "other date of birth" []
    "lahir_bulan" "bulan dan tahun lahir sama, hari tidak diketahui" / "same month of birth, day unknown" []
    "lahir_bulan_beda" "tanggal lahir sama kecuali bulan" / "date of birth equal but for the month" []
    "lahir_hari_beda" "tanggal lahir sama kecuali hari" / "date of birth equal but for the day" []
    "lahir_pengisi" "tanggal lahir sama, tetapi tanggal yang lazim diisikan" / "same date of birth, but one that is filled in" []
    "lahir_sama" "tanggal lahir sama" / "same date of birth" []
    "lahir_tahun" "tahun lahir sama, selebihnya tidak diketahui" / "same year of birth, no more known" []
    "lahir_tahun_beda" "tanggal lahir sama kecuali tahun" / "date of birth equal but for the year" []
    "lahir_tertukar" "hari dan bulan lahir tertukar" / "day and month of birth swapped" []
    "nik_beda" "NIK berbeda" / "other NIK" []
    "nik_dekat" "NIK berbeda satu atau dua angka" / "NIK one or two digits apart" []
    "nik_sama" "NIK sama" / "same NIK" []
    "paspor_sama" "nomor paspor sama" / "same passport number" []
    "telepon_sama" "nomor telepon sama" / "same telephone number" []
    "tempat_beda" "tempat lahir berbeda" / "other place of birth" []
    "tempat_mirip" "tempat lahir berbeda satu huruf" / "place of birth one letter apart" []
    "tempat_sama" "tempat lahir sama" / "same place of birth" []
} }

/// A kind of evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs, reason = "each is named as its entry in the table above")]
pub enum Kind {
    NikEqual,
    NikNear,
    NikDiffers,
    Passport,
    Phone,
    BirthEqual,
    BirthFillIn,
    BirthSwapped,
    BirthDay,
    BirthMonth,
    BirthYear,
    BirthMonthKnown,
    BirthYearKnown,
    BirthConflict,
    PlaceEqual,
    PlaceNear,
    PlaceDiffers,
    SexDiffers,
    Mother,
    Father,
}

impl Kind {
    /// The code of [`BUKTI_COCOK`].
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::NikEqual => "nik_sama",
            Self::NikNear => "nik_dekat",
            Self::NikDiffers => "nik_beda",
            Self::Passport => "paspor_sama",
            Self::Phone => "telepon_sama",
            Self::BirthEqual => "lahir_sama",
            Self::BirthFillIn => "lahir_pengisi",
            Self::BirthSwapped => "lahir_tertukar",
            Self::BirthDay => "lahir_hari_beda",
            Self::BirthMonth => "lahir_bulan_beda",
            Self::BirthYear => "lahir_tahun_beda",
            Self::BirthMonthKnown => "lahir_bulan",
            Self::BirthYearKnown => "lahir_tahun",
            Self::BirthConflict => "lahir_beda",
            Self::PlaceEqual => "tempat_sama",
            Self::PlaceNear => "tempat_mirip",
            Self::PlaceDiffers => "tempat_beda",
            Self::SexDiffers => "jenis_kelamin_beda",
            Self::Mother => "ibu",
            Self::Father => "ayah",
        }
    }

    /// Whether a date of birth confirms a name.
    #[must_use]
    pub fn is_birth(self) -> bool {
        matches!(
            self,
            Self::BirthEqual
                | Self::BirthFillIn
                | Self::BirthSwapped
                | Self::BirthDay
                | Self::BirthMonth
                | Self::BirthYear
                | Self::BirthMonthKnown
                | Self::BirthYearKnown
        )
    }
}

/// One thing that speaks for or against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// What.
    pub kind: Kind,
    /// What it is worth, in thousandths of a bit.
    pub points: i32,
    /// A date of birth is the one that a NIK holds, on one side at least, not the one stated.
    pub by_nik: bool,
}

/// The comparable forms of what is known of a person, names left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Facts {
    /// As stated.
    pub(super) born: Option<Birth>,
    /// As the NIK has it, where that is another.
    pub(super) born_by_nik: Option<NaiveDate>,
    /// Sixteen digits as a number.
    pub(super) nik: Option<u64>,
    /// Hashes, sorted.
    pub(super) passports: Vec<u64>,
    /// Hashes, sorted.
    pub(super) phones: Vec<u64>,
    pub(super) place: Option<Box<str>>,
    pub(super) sex: Option<Kelamin>,
}

/// Facts where they stand.
#[derive(Debug, Clone, Copy)]
pub(super) struct View<'a> {
    pub(super) born: Option<Birth>,
    pub(super) born_by_nik: Option<NaiveDate>,
    pub(super) nik: Option<u64>,
    pub(super) passports: &'a [u64],
    pub(super) phones: &'a [u64],
    pub(super) place: Option<&'a str>,
    pub(super) sex: Option<Kelamin>,
}

impl Facts {
    pub(super) fn view(&self) -> View<'_> {
        View {
            born: self.born,
            born_by_nik: self.born_by_nik,
            nik: self.nik,
            passports: &self.passports,
            phones: &self.phones,
            place: self.place.as_deref(),
            sex: self.sex,
        }
    }
}

/// Reads facts; keeps its buffers.
#[derive(Debug, Default)]
pub(super) struct FactReader {
    phones: telepon::Phones,
    buffer: String,
    folded: String,
}

impl FactReader {
    pub(super) fn read(&mut self, person: &Person) -> Facts {
        let nik = person.nik.as_deref().and_then(|text| sixteen::read(text).ok()).filter(|nik| !nik.is_dummy());
        let born_by_nik = nik.as_ref().and_then(|nik| birth_of(nik, person.born));
        Facts {
            born: person.born,
            born_by_nik: born_by_nik.filter(|day| person.born != Some(Birth::Day(*day))),
            nik: nik.and_then(|nik| nik.as_str().parse().ok()),
            passports: sorted(person.passports.iter().filter_map(|text| self.passport(text)).collect()),
            phones: sorted(person.phones.iter().filter_map(|text| self.phone(text)).collect()),
            place: person.birth_place.as_deref().and_then(|text| self.place(text)),
            sex: person.sex,
        }
    }

    fn passport(&mut self, text: &str) -> Option<u64> {
        nomor::key(text, &mut self.buffer).then(|| xxh3_64(self.buffer.as_bytes()))
    }

    fn phone(&mut self, text: &str) -> Option<u64> {
        self.phones.read(text).key.map(|key| xxh3_64(key.as_bytes()))
    }

    /// The words of a place without what kind of region it is, written together.
    fn place(&mut self, text: &str) -> Option<Box<str>> {
        const KINDS: &[&str] = &["KAB", "KABUPATEN", "KOTA", "ADM", "ADMINISTRASI", "KOTAMADYA"];
        let end = text.char_indices().nth(60).map_or(text.len(), |(at, _)| at);
        fold(text.get(..end).unwrap_or_default(), &mut self.folded);
        let place: String = words(&self.folded).filter(|word| !KINDS.contains(word)).collect();
        (!place.is_empty()).then(|| place.into())
    }
}

fn sorted(mut hashes: Vec<u64>) -> Vec<u64> {
    hashes.sort_unstable();
    hashes.dedup();
    hashes
}

/// Two-digit years from here on are those of the twentieth century, where nothing else is known.
const TWENTIETH: i32 = 30;

/// The date of birth in a NIK: of the two centuries the one that fits what is stated.
fn birth_of(nik: &sixteen::Sixteen, stated: Option<Birth>) -> Option<NaiveDate> {
    let day = match nik.number(6..8) {
        day @ 1..=31 => day,
        day @ 41..=71 => day - 40,
        _ => return None,
    };
    let (month, year) = (nik.number(8..10), i32::try_from(nik.number(10..12)).ok()?);
    let date = |century: i32| NaiveDate::from_ymd_opt(century + year, month, day);
    match stated.map(Birth::years) {
        Some((first, _)) => {
            let near = |date: &NaiveDate| date.year().abs_diff(first);
            [date(1900), date(2000)].into_iter().flatten().min_by_key(near)
        }
        None => date(if year >= TWENTIETH { 1900 } else { 2000 }),
    }
}

/// Gives every line of evidence between two sides but the parents' names.
pub(super) fn weigh(a: &View<'_>, b: &View<'_>, settings: &Settings, line: &mut impl FnMut(Line)) {
    let number = &settings.number;
    let born = births(a, b, settings);
    let mut add = |kind: Kind, points: i32| line(Line { kind, points, by_nik: false });
    if let Some((x, y)) = a.nik.zip(b.nik) {
        match digits_apart(x, y) {
            0 => add(Kind::NikEqual, number.nik_equal),
            1 | 2 => add(Kind::NikNear, beside_birth(number.nik_near, x, y, born)),
            _ => add(Kind::NikDiffers, number.nik_differs),
        }
    }
    if shares(a.passports, b.passports) {
        add(Kind::Passport, number.passport);
    }
    if shares(a.phones, b.phones) {
        add(Kind::Phone, number.phone);
    }
    if let Some((kind, points)) = place(a.place, b.place, settings) {
        add(kind, points);
    }
    if a.sex.zip(b.sex).is_some_and(|(a, b)| a != b) {
        add(Kind::SexDiffers, settings.other.sex_differs);
    }
    born.into_iter().for_each(line);
}

/// What numbers that are near are worth beside a date of birth. Six of their digits are that date, so where both have the
/// same one and it counts already, they add no more than they are worth above it: twins have neighbouring numbers because
/// they were born on one day.
fn beside_birth(near: i32, a: u64, b: u64, born: Option<Line>) -> i32 {
    let counted = born.filter(|_| birth_digits(a) == birth_digits(b)).map_or(0, |line| line.points);
    (near - counted.max(0)).max(0)
}

/// The digits of a NIK that are a date of birth, those of a woman as those of a man.
fn birth_digits(nik: u64) -> u64 {
    /// What is added to the day of a woman's birth.
    const WOMAN: u64 = 400_000;
    let digits = nik / 10_000 % 1_000_000;
    digits.checked_sub(WOMAN).unwrap_or(digits)
}

/// In how many places two numbers of sixteen digits differ; anything above 2 is 3.
pub(super) fn digits_apart(a: u64, b: u64) -> u32 {
    let (mut x, mut y, mut apart) = (a, b, 0);
    while x != y && apart < 3 {
        apart += u32::from(x % 10 != y % 10);
        (x, y) = (x / 10, y / 10);
    }
    apart
}

fn shares(a: &[u64], b: &[u64]) -> bool {
    a.iter().any(|hash| b.binary_search(hash).is_ok())
}

pub(super) fn place(a: Option<&str>, b: Option<&str>, settings: &Settings) -> Option<(Kind, i32)> {
    let (a, b) = a.zip(b)?;
    let other = &settings.other;
    Some(if a == b {
        (Kind::PlaceEqual, other.place_equal)
    } else if a.len().min(b.len()) >= 5 && one_edit(a, b) {
        (Kind::PlaceNear, other.place_near)
    } else {
        (Kind::PlaceDiffers, other.place_differs)
    })
}

/// Whether one edit makes one text of another: what is left between a common beginning and a common end is a letter, or two
/// in each other's place. A million places are compared in a search, so nothing is allocated.
fn one_edit(a: &str, b: &str) -> bool {
    let alike = |pairs: &mut dyn Iterator<Item = (char, char)>| {
        pairs.take_while(|(x, y)| x == y).map(|(x, _)| x.len_utf8()).sum::<usize>()
    };
    let start = alike(&mut a.chars().zip(b.chars()));
    let (a, b) = (a.get(start..).unwrap_or_default(), b.get(start..).unwrap_or_default());
    let end = alike(&mut a.chars().rev().zip(b.chars().rev()));
    let middle = |text: &str| {
        let mut letters = text.get(..text.len() - end).unwrap_or_default().chars();
        [letters.next(), letters.next(), letters.next()]
    };
    match (middle(a), middle(b)) {
        ([x, None, _], [y, None, _]) => x.or(y).is_some(),
        ([Some(w), Some(x), None], [Some(y), Some(z), None]) => (w, x) == (z, y),
        _ => false,
    }
}

/// The best line that the dates of birth give, stated and in the NIK.
fn births(a: &View<'_>, b: &View<'_>, settings: &Settings) -> Option<Line> {
    let of = |facts: &View<'_>| [facts.born.map(|b| (b, false)), facts.born_by_nik.map(|d| (Birth::Day(d), true))];
    let same_nik = a.nik.is_some() && a.nik == b.nik;
    let mut best: Option<Line> = None;
    for (x, x_by_nik) in of(a).into_iter().flatten() {
        for (y, y_by_nik) in of(b).into_iter().flatten() {
            // The date in a NIK that both have is not said twice.
            if same_nik && (x_by_nik || y_by_nik) {
                continue;
            }
            let Some((kind, points)) = birth(x, y, settings) else { continue };
            let by_nik = x_by_nik || y_by_nik;
            if best.is_none_or(|best| (points, !by_nik) > (best.points, !best.by_nik)) {
                best = Some(Line { kind, points, by_nik });
            }
        }
    }
    best
}

/// How two dates of birth agree; nothing where too little is known.
pub(super) fn birth(a: Birth, b: Birth, settings: &Settings) -> Option<(Kind, i32)> {
    let points = &settings.birth;
    let conflict = Some((Kind::BirthConflict, points.conflict));
    let year_known = Some((Kind::BirthYearKnown, points.year_known));
    if let (Birth::Day(a), Birth::Day(b)) = (a, b) {
        return Some(days(a, b, settings));
    }
    let (a_years, b_years) = (a.years(), b.years());
    if a_years.0 > b_years.1 || b_years.0 > a_years.1 {
        return conflict;
    }
    let width = |(first, last): (i32, i32)| last - first;
    let wide = width(a_years).max(width(b_years));
    if wide > 0 {
        // A span of a few years still says something; a wide one nothing, where it fits.
        return (wide <= MOST_YEARS).then_some((Kind::BirthYearKnown, points.year_known / 2));
    }
    match (month(a), month(b)) {
        (Some(x), Some(y)) if x == y => Some((Kind::BirthMonthKnown, points.month_known)),
        (Some(_), Some(_)) if filled_in(a) || filled_in(b) => year_known,
        (Some(_), Some(_)) => conflict,
        _ => year_known,
    }
}

/// A span of more years than this says nothing of the year of birth.
pub(super) const MOST_YEARS: i32 = 4;

fn month(birth: Birth) -> Option<u32> {
    match birth {
        Birth::Day(day) => Some(day.month()),
        Birth::Month { month, .. } => Some(month),
        Birth::Year(_) | Birth::Years(..) => None,
    }
}

/// Days that registries fill in when the day is not known.
pub(super) fn is_fill_in(day: NaiveDate) -> bool {
    matches!((day.day(), day.month()), (31, 12) | (1, 1 | 7))
}

fn filled_in(birth: Birth) -> bool {
    matches!(birth, Birth::Day(day) if is_fill_in(day))
}

fn days(a: NaiveDate, b: NaiveDate, settings: &Settings) -> (Kind, i32) {
    let points = &settings.birth;
    let same_year = a.year() == b.year();
    if a == b {
        let kind = if is_fill_in(a) { (Kind::BirthFillIn, points.fill_in) } else { (Kind::BirthEqual, points.equal) };
        return kind;
    }
    if is_fill_in(a) || is_fill_in(b) {
        // Of a filled-in date the year alone is known.
        return if same_year {
            (Kind::BirthYearKnown, points.year_known)
        } else {
            (Kind::BirthConflict, points.conflict)
        };
    }
    let (same_month, same_day) = (a.month() == b.month(), a.day() == b.day());
    if same_year && a.day() == b.month() && a.month() == b.day() {
        (Kind::BirthSwapped, points.swapped)
    } else if same_year && same_month {
        (Kind::BirthDay, points.day_differs)
    } else if same_year && same_day {
        (Kind::BirthMonth, points.month_differs)
    } else if same_month && same_day && near_years(a.year(), b.year()) {
        (Kind::BirthYear, points.year_differs)
    } else {
        (Kind::BirthConflict, points.conflict)
    }
}

/// Whether one of the last two digits makes one year of the other, or they follow each other.
pub(super) fn near_years(a: i32, b: i32) -> bool {
    let same_century = a.div_euclid(100) == b.div_euclid(100);
    let (x, y) = (a.rem_euclid(100), b.rem_euclid(100));
    a.abs_diff(b) == 1 || same_century && (x / 10 == y / 10) != (x % 10 == y % 10)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::one_edit;

    proptest! {
        #![proptest_config(crate::seeded::fixed())]

        #[test]
        fn one_edit_is_that_of_the_textbook(a in "[ABÉ]{0,6}", b in "[ABÉ]{0,6}") {
            prop_assert_eq!(one_edit(&a, &b), strsim::osa_distance(&a, &b) == 1);
        }
    }
}
