//! The national identity number: `PP KK CC DDMMYY SSSS`.
//!
//! Province, regency and district of **first registration**, date of birth with 40 added to the day for women, a
//! serial. It is never changed, not when the holder moves (PP 40/2019 article 30), not when a birth date is
//! corrected. So a region that is not the holder's, a retired code or a differing date are questions at most; a day
//! 35 or a serial 0000 cannot be. A code that no table knows is information, because tables do not reach back to
//! every split of a regency.

use std::ops::Range;

use chrono::{Datelike, NaiveDate};

use super::Kelamin;
use super::sixteen::{self, Sixteen, Unreadable};
use crate::reference::wilayah::{self, Status};
use crate::schema::{FaultSet, faults, table};

faults! {
    /// What is wrong with a NIK. Questions (`kelamin_beda`, `lahir_beda`) compare it with the form; the rest concern
    /// the number itself.
    Fault MASALAH_NIK "masalah_nik" "what is wrong with a NIK" {
        Day "hari" "Hari lahir tidak mungkin" / "impossible day of birth";
        Regency "kabkota" "Nomor kabupaten/kota tidak mungkin" / "impossible number of a regency or city";
        SexDiffers "kelamin_beda" "Jenis kelamin berbeda dengan formulir" / "sex differs from the form";
        BirthDiffers "lahir_beda" "Tanggal lahir berbeda dengan formulir" / "date of birth differs from the form";
        Length "panjang" "Bukan 16 angka" / "not 16 digits";
        Dummy "pola" "Angka berulang atau berurutan" / "repeated or consecutive digits";
        Precision "presisi" "Rusak oleh lembar kerja" / "destroyed by a spreadsheet: a fault of the file";
        Province "provinsi" "Nomor provinsi tidak ada" / "no such province";
        Serial "serial" "Nomor urut 0000" / "serial number 0000";
        Date "tanggal" "Tanggal lahir tidak ada di kalender" / "date of birth not in the calendar";
    }
}

/// Differences to the form: with these alone the number itself is possible.
const QUESTIONS: &[Fault] = &[Fault::SexDiffers, Fault::BirthDiffers];

table! { STATUS_WILAYAH "status_wilayah" "what is known of the region in a NIK; information, never an anomaly" {
    "aktif" "Wilayah ada sekarang" / "a district of today" []
    "kabkota_tak_dikenal" "Kabupaten/kota tidak dikenal" / "regency or city in no table" []
    "kec_tak_dikenal" "Kecamatan tidak dikenal" / "district in no table" []
    "pensiun" "Kode wilayah lama" / "a retired code, still valid in an old number" []
    "provinsi_lama" "Provinsi lama (Timor Timur)" / "province of the past (East Timor)" []
} }

/// What is known of the region.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Region {
    /// The district exists today.
    Active,
    /// The regency is in no table.
    UnknownRegency,
    /// The district is in no table, its regency is.
    UnknownDistrict,
    /// The code was retired; old numbers keep it.
    Retired,
    /// Province 54, Timor Timur.
    FormerProvince,
}

impl Region {
    /// The code of [`STATUS_WILAYAH`].
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Active => "aktif",
            Self::UnknownRegency => "kabkota_tak_dikenal",
            Self::UnknownDistrict => "kec_tak_dikenal",
            Self::Retired => "pensiun",
            Self::FormerProvince => "provinsi_lama",
        }
    }
}

table! { BEDA_LAHIR "beda_lahir" "how a date of birth in a number differs from the one stated" {
    "lain" "Berbeda" / "otherwise different" []
    "sama" "Sama" / "equal" []
    "satu_digit" "Satu angka berbeda" / "one digit differs" []
    "tahun" "Hanya tahun berbeda" / "only the year differs, in more than one digit" []
    "tukar_hari_bulan" "Hari dan bulan tertukar" / "day and month swapped" []
} }

/// How two dates of birth differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Difference {
    /// Not at all.
    Equal,
    /// Day and month stand in each other's place.
    Swapped,
    /// One digit of DDMMYY, as the number has it.
    OneDigit,
    /// The year alone, in more than one digit.
    Year,
    /// Any other way.
    Other,
}

impl Difference {
    /// The code of [`BEDA_LAHIR`].
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Equal => "sama",
            Self::Swapped => "tukar_hari_bulan",
            Self::OneDigit => "satu_digit",
            Self::Year => "tahun",
            Self::Other => "lain",
        }
    }

    /// How `a` and `b` differ.
    #[must_use]
    pub fn between(a: NaiveDate, b: NaiveDate) -> Self {
        if a == b {
            return Self::Equal;
        }
        if a.year() == b.year() && (a.day(), a.month()) == (b.month(), b.day()) {
            return Self::Swapped;
        }
        let digits = |d: NaiveDate| 10_000 * d.day() + 100 * d.month() + d.year().rem_euclid(100).unsigned_abs();
        let (mut x, mut y, mut changed) = (digits(a), digits(b), 0);
        while x != y {
            changed += i32::from(x % 10 != y % 10);
            (x, y) = (x / 10, y / 10);
        }
        match changed {
            1 => Self::OneDigit,
            _ if (a.day(), a.month()) == (b.day(), b.month()) => Self::Year,
            _ => Self::Other,
        }
    }
}

/// What the form says, to compare and to find the century.
#[derive(Debug, Clone, Copy, Default)]
pub struct Stated {
    /// Date of birth.
    pub born: Option<NaiveDate>,
    /// Sex.
    pub sex: Option<Kelamin>,
    /// The day of the application: nobody was born after it.
    pub applied: Option<NaiveDate>,
}

/// What a NIK says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    digits: Option<Sixteen>,
    /// What is wrong.
    pub faults: FaultSet<Fault>,
    /// Date of birth, where the century is known.
    pub born: Option<NaiveDate>,
    /// Sex.
    pub sex: Option<Kelamin>,
    /// What is known of the region; `None` where the code is impossible.
    pub region: Option<Region>,
    /// How the date of birth differs from the stated one.
    pub difference: Option<Difference>,
    /// By how many calendar years it differs from the stated one; never negative.
    pub years_apart: Option<i64>,
}

impl Reading {
    fn unreadable(fault: Fault) -> Self {
        Self {
            digits: None,
            faults: FaultSet::of(&[fault]),
            born: None,
            sex: None,
            region: None,
            difference: None,
            years_apart: None,
        }
    }

    /// Whether the number itself is possible; differences to the form do not count.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.faults.without(QUESTIONS).is_empty()
    }

    fn region_code(&self, digits: Range<usize>) -> Option<&str> {
        self.region.and(self.digits.as_ref()).map(|number| number.part(digits))
    }

    /// The two digits of the province.
    #[must_use]
    pub fn province(&self) -> Option<&str> {
        self.region_code(0..2)
    }

    /// The four digits of the regency or city.
    #[must_use]
    pub fn regency(&self) -> Option<&str> {
        self.region_code(0..4)
    }

    /// The six digits of the district.
    #[must_use]
    pub fn district(&self) -> Option<&str> {
        self.region_code(0..6)
    }
}

/// Reads a NIK.
#[must_use]
pub fn read(text: &str, stated: &Stated) -> Reading {
    let number = match sixteen::read(text) {
        Ok(number) => number,
        Err(Unreadable::Length) => return Reading::unreadable(Fault::Length),
        Err(Unreadable::Precision) => return Reading::unreadable(Fault::Precision),
    };
    let mut faults = FaultSet::default();
    faults.add_if(number.is_dummy(), Fault::Dummy);
    faults.add_if(number.number(12..16) == 0, Fault::Serial);
    let region = region(&number, &mut faults);
    let (day, sex) = match number.number(6..8) {
        day @ 1..=31 => (day, Some(Kelamin::L)),
        day @ 41..=71 => (day - 40, Some(Kelamin::P)),
        _ => (0, None),
    };
    faults.add_if(sex.is_none(), Fault::Day);
    let born = if sex.is_some() { birth(day, &number, stated, &mut faults) } else { None };
    let pair = born.zip(stated.born);
    let difference = pair.map(|(a, b)| Difference::between(a, b));
    faults.add_if(difference.is_some_and(|d| d != Difference::Equal), Fault::BirthDiffers);
    faults.add_if(sex.zip(stated.sex).is_some_and(|(a, b)| a != b), Fault::SexDiffers);
    let years_apart = pair.map(|(a, b)| i64::from(a.year()).abs_diff(i64::from(b.year())).cast_signed());
    Reading { digits: Some(number), faults, born, sex, region, difference, years_apart }
}

/// Province 54 of before 1999.
const TIMOR_TIMUR: &str = "54";

/// Whether a province that no table has may be younger than the table: one of the next two numbers of its islands. Papua got
/// four in one year; whoever is born there is not to be taken for somebody with a forged number.
fn may_be_younger(province: u32) -> bool {
    let known = |number: u32| number / 10 == province / 10 && wilayah::find(&format!("{number:02}")).is_some();
    (1..=2).any(|back| known(province.saturating_sub(back))) && !(province..=province / 10 * 10 + 9).any(known)
}

/// Judges the six digits of the region.
fn region(number: &Sixteen, faults: &mut FaultSet<Fault>) -> Option<Region> {
    let province = number.part(0..2);
    let known_province =
        province == TIMOR_TIMUR || wilayah::find(province).is_some() || may_be_younger(number.number(0..2));
    let possible_regency = is_regency(number.number(2..4));
    faults.add_if(!known_province, Fault::Province);
    faults.add_if(!possible_regency, Fault::Regency);
    (known_province && possible_regency).then(|| {
        let found = wilayah::find(number.part(0..6)).map(|w| w.status);
        match found {
            _ if province == TIMOR_TIMUR => Region::FormerProvince,
            Some(Status::Aktif) => Region::Active,
            Some(Status::Pensiun) => Region::Retired,
            None if wilayah::find(number.part(0..4)).is_some() => Region::UnknownDistrict,
            None => Region::UnknownRegency,
        }
    })
}

/// Whether a regency (1 to 69) or a city (71 to 99) may have this number.
pub(super) fn is_regency(number: u32) -> bool {
    matches!(number, 1..=69 | 71..=99)
}

/// The date of birth. Of the two centuries the one nearest to the stated date; without one, the twentieth where the
/// twenty-first lies after the application, and otherwise no guess.
fn birth(day: u32, number: &Sixteen, stated: &Stated, faults: &mut FaultSet<Fault>) -> Option<NaiveDate> {
    let (month, year) = (number.number(8..10), number.number(10..12));
    let date = |century: i32| NaiveDate::from_ymd_opt(century + i32::try_from(year).ok()?, month, day);
    let (old, new) = (date(1900), date(2000));
    match (old, new, stated.born) {
        (None, None, _) => {
            faults.add(Fault::Date);
            None
        }
        (Some(old), Some(new), Some(born)) => {
            let far = |d: NaiveDate| d.signed_duration_since(born).num_days().abs();
            Some(if far(old) < far(new) { old } else { new })
        }
        (Some(old), Some(new), None) => stated.applied.filter(|&applied| new.year() > applied.year()).map(|_| old),
        // 29 February of a year 00: only the twenty-first century had one.
        (one, None, _) | (None, one, _) => one,
    }
}

#[cfg(test)]
mod tests;
