//! The number of the family card: region of issue, date of issue `DDMMYY` (nothing added), serial.
//!
//! It changes with the head of the family, with a move to another regency, after a wedding; a baby does not change
//! it. So the date in it is the age of the number, not of the print. Numbers of this kind began with the population
//! registers of the nineties: years 90 to 99 are read as 199x, with a remark, all others as 20xx.

use chrono::NaiveDate;

use super::nik;
use super::sixteen::{self, Sixteen, Unreadable};
use crate::reference::wilayah;
use crate::schema::{FaultSet, faults};

faults! {
    /// What is wrong with the number of a family card.
    Fault MASALAH_KK "masalah_kk" "what is wrong with the number of a family card" {
        PrintedBefore "cetak_mendahului" "Dicetak sebelum tanggal nomor" / "printed before the date in the number";
        Day "hari" "Hari tidak mungkin" / "impossible day";
        Regency "kabkota" "Nomor kabupaten/kota tidak mungkin" / "impossible number of a regency or city";
        Future "masa_depan" "Tanggal setelah permohonan" / "dated after the application";
        Length "panjang" "Bukan 16 angka" / "not 16 digits";
        Dummy "pola" "Angka berulang atau berurutan" / "repeated or consecutive digits";
        Precision "presisi" "Rusak oleh lembar kerja" / "destroyed by a spreadsheet: a fault of the file";
        Province "provinsi" "Nomor provinsi tidak ada" / "no such province";
        IsNik "sama_nik" "Sama dengan NIK" / "the same as the NIK";
        Serial "serial" "Nomor urut 0000" / "serial number 0000";
        Nineties "tahun_199x" "Bertahun 199x" / "a number of the nineties (remark)";
        Date "tanggal" "Tanggal tidak ada di kalender" / "date not in the calendar";
    }
}

/// Remarks that leave the number possible.
const REMARKS: &[Fault] = &[Fault::Nineties, Fault::PrintedBefore];

/// What the form says beside the number.
#[derive(Debug, Clone, Copy, Default)]
pub struct Stated<'a> {
    /// The applicant's NIK.
    pub nik: Option<&'a str>,
    /// The day the card was printed.
    pub printed: Option<NaiveDate>,
    /// The day of the application.
    pub applied: Option<NaiveDate>,
}

/// What a family card number says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    digits: Option<Sixteen>,
    /// What is wrong.
    pub faults: FaultSet<Fault>,
    /// The date in the number.
    pub date: Option<NaiveDate>,
}

impl Reading {
    fn unreadable(fault: Fault) -> Self {
        Self { digits: None, faults: FaultSet::of(&[fault]), date: None }
    }

    /// Whether the number is possible.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.faults.without(REMARKS).is_empty()
    }

    fn region(&self, len: usize) -> Option<&str> {
        let possible = !self.faults.has_any(&[Fault::Province, Fault::Regency]);
        self.digits.as_ref().filter(|_| possible).map(|number| number.part(0..len))
    }

    /// The four digits of the regency or city.
    #[must_use]
    pub fn regency(&self) -> Option<&str> {
        self.region(4)
    }

    /// The six digits of the district.
    #[must_use]
    pub fn district(&self) -> Option<&str> {
        self.region(6)
    }
}

/// Reads the number of a family card.
#[must_use]
pub fn read(text: &str, stated: &Stated<'_>) -> Reading {
    let number = match sixteen::read(text) {
        Ok(number) => number,
        Err(Unreadable::Length) => return Reading::unreadable(Fault::Length),
        Err(Unreadable::Precision) => return Reading::unreadable(Fault::Precision),
    };
    let mut faults = FaultSet::default();
    faults.add_if(number.is_dummy(), Fault::Dummy);
    faults.add_if(number.number(12..16) == 0, Fault::Serial);
    faults.add_if(wilayah::find(number.part(0..2)).is_none(), Fault::Province);
    faults.add_if(!nik::is_regency(number.number(2..4)), Fault::Regency);
    let is_nik = stated.nik.and_then(|nik| sixteen::read(nik).ok()).is_some_and(|nik| nik == number);
    faults.add_if(is_nik, Fault::IsNik);
    let date = date(&number, stated, &mut faults);
    Reading { digits: Some(number), faults, date }
}

fn date(number: &Sixteen, stated: &Stated<'_>, faults: &mut FaultSet<Fault>) -> Option<NaiveDate> {
    let (day, month, year) = (number.number(6..8), number.number(8..10), number.number(10..12));
    if !(1..=31).contains(&day) {
        faults.add(Fault::Day);
        return None;
    }
    faults.add_if(year >= 90, Fault::Nineties);
    let century = if year >= 90 { 1900 } else { 2000 };
    let date = NaiveDate::from_ymd_opt(century + i32::try_from(year).ok()?, month, day);
    match date {
        None => faults.add(Fault::Date),
        Some(date) => {
            faults.add_if(stated.applied.is_some_and(|applied| applied < date), Fault::Future);
            faults.add_if(stated.printed.is_some_and(|printed| printed < date), Fault::PrintedBefore);
        }
    }
    date
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn stated() -> Stated<'static> {
        Stated { nik: Some("1271995708030002"), printed: None, applied: NaiveDate::from_ymd_opt(2025, 11, 3) }
    }

    #[test]
    fn every_fault_is_named() {
        for (number, expected, sound) in [
            ("1271992003190004", "", true),
            ("127199200319000", "panjang", false),
            ("1.27199E+15", "presisi", false),
            ("1071992003190004", "provinsi", false),
            ("1270992003190004", "kabkota", false),
            ("1271996003190004", "hari", false),
            ("1271990003190004", "hari", false),
            ("1271992013190004", "tanggal", false),
            ("1271992902190004", "tanggal", false),
            ("1271992902200004", "", true),
            ("1271990411250004", "masa_depan", false),
            ("1271990311250004", "", true),
            ("1271992003890004", "masa_depan", false),
            ("1271992003190000", "serial", false),
            ("1271995708030002", "hari;sama_nik", false),
            ("1271992003970004", "tahun_199x", true),
            ("2222222222222222", "pola;provinsi;tanggal", false),
        ] {
            let reading = read(number, &stated());
            let mut codes = String::new();
            reading.faults.write(&mut codes);
            assert_eq!((codes.as_str(), reading.is_sound()), (expected, sound), "{number}");
        }
    }

    #[test]
    fn date_and_region_are_those_of_the_number() {
        let reading = read("1271992003190004", &Stated::default());
        assert_eq!(reading.date, NaiveDate::from_ymd_opt(2019, 3, 20));
        assert_eq!((reading.regency(), reading.district()), (Some("1271"), Some("127199")));
        assert_eq!(read("1271992003970004", &stated()).date, NaiveDate::from_ymd_opt(1997, 3, 20));
        assert_eq!(read("1270992003190004", &stated()).regency(), None);
    }

    #[test]
    fn a_print_before_the_number_existed_is_a_remark() {
        let printed = Stated { printed: NaiveDate::from_ymd_opt(2019, 3, 19), ..stated() };
        let reading = read("1271992003190004", &printed);
        assert!(reading.faults.has(Fault::PrintedBefore) && reading.is_sound());
        let printed = Stated { printed: NaiveDate::from_ymd_opt(2019, 3, 20), ..stated() };
        assert!(read("1271992003190004", &printed).faults.is_empty());
    }

    proptest! {
        #![proptest_config(crate::seeded::fixed())]
        #[test]
        fn any_text_is_read(text in "\\PC*") {
            let reading = read(&text, &stated());
            prop_assert!(!reading.is_sound() || reading.date.is_some());
        }

        #[test]
        fn any_sixteen_digits_are_read(digits in "[0-9]{16}") {
            let reading = read(&digits, &stated());
            prop_assert!(!reading.is_sound() || reading.date.is_some());
        }
    }
}
