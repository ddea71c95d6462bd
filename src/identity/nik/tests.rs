//! Numbers worked out by hand, and numbers made up and read back.

use proptest::prelude::*;

use super::*;

fn day(text: &str) -> Option<NaiveDate> {
    (!text.is_empty()).then(|| text.parse().unwrap())
}

fn stated(born: &str, sex: Option<Kelamin>) -> Stated {
    Stated { born: day(born), sex, applied: day("2025-11-03") }
}

fn faults(nik: &str, stated: &Stated) -> String {
    let mut codes = String::new();
    read(nik, stated).faults.write(&mut codes);
    codes
}

#[test]
fn a_sound_number_says_where_when_and_who() {
    let reading = read("1271995708030002", &stated("2003-08-17", Some(Kelamin::P)));
    assert!(reading.is_sound() && reading.faults.is_empty());
    assert_eq!((reading.province(), reading.regency(), reading.district()), (Some("12"), Some("1271"), Some("127199")));
    assert_eq!((reading.born, reading.sex), (day("2003-08-17"), Some(Kelamin::P)));
    assert_eq!((reading.difference, reading.years_apart), (Some(Difference::Equal), Some(0)));
    assert_eq!(reading.region, Some(Region::UnknownDistrict));
}

#[test]
fn every_fault_of_the_number_is_named() {
    let form = stated("", None);
    for (nik, expected) in [
        ("1271991708030002", ""),
        ("127199170803000", "panjang"),
        ("1271.99.170803.0002X", "panjang"),
        ("1.27107E+15", "presisi"),
        ("1271991708030002.0", "presisi"),
        ("1071991708030002", "provinsi"),
        ("0071991708030002", "provinsi"),
        ("9971991708030002", "provinsi"),
        ("1200991708030002", "kabkota"),
        ("1270991708030002", "kabkota"),
        ("1271990008030002", "hari"),
        ("1271993208030002", "hari"),
        ("1271994008030002", "hari"),
        ("1271997208030002", "hari"),
        ("1271999908030002", "hari"),
        ("1271991713030002", "tanggal"),
        ("1271991700030002", "tanggal"),
        ("1271993104030002", "tanggal"),
        ("1271992902010002", "tanggal"),
        ("1271996902010002", "tanggal"),
        ("1271991708030000", "serial"),
        ("1111111111111111", "pola"),
        ("1234567890123456", "hari;pola"),
        ("0000000000000000", "hari;kabkota;pola;provinsi;serial"),
    ] {
        assert_eq!(faults(nik, &form), expected, "{nik}");
        assert_eq!(read(nik, &form).is_sound(), expected.is_empty(), "{nik}");
    }
}

#[test]
fn an_unknown_or_retired_region_is_information() {
    // Serial 0000: nobody has these numbers, and the region is read all the same.
    for (nik, region) in [
        ("1271061708030000", Region::Active),
        ("1271991708030000", Region::UnknownDistrict),
        ("1268011708030000", Region::UnknownRegency),
        ("9101011708030000", Region::Retired),
        ("5401011708030000", Region::FormerProvince),
        ("9701011708030000", Region::UnknownRegency),
    ] {
        let reading = read(nik, &stated("", None));
        assert_eq!((reading.region, reading.faults), (Some(region), FaultSet::of(&[Fault::Serial])), "{nik}");
        assert!(STATUS_WILAYAH.get(region.code()).is_some());
    }
    assert_eq!(read("1070011708030000", &stated("", None)).regency(), None);
}

#[test]
fn the_province_list_is_that_of_the_ministry() {
    let provinces = [11..=19, 21..=21, 31..=36, 51..=53, 61..=65, 71..=76, 81..=82, 91..=96];
    // What may come next, and would be in no table of ours.
    let next = [22, 23, 37, 38, 55, 66, 67, 77, 78, 83, 84, 97, 98];
    for number in 0..=99 {
        let expected = number == 54 || next.contains(&number) || provinces.iter().any(|range| range.contains(&number));
        let found = !faults(&format!("{number:02}01011708030000"), &stated("", None)).contains("provinsi");
        assert_eq!(found, expected, "{number}");
    }
}

#[test]
fn women_have_forty_added_to_the_day() {
    for (nik, sex, born) in [
        ("1271993112900001", Some(Kelamin::L), "1990-12-31"),
        ("1271997112900001", Some(Kelamin::P), "1990-12-31"),
        ("1271994101900001", Some(Kelamin::P), "1990-01-01"),
        ("1271997212900001", None, ""),
    ] {
        let reading = read(nik, &stated("", None));
        assert_eq!((reading.sex, reading.born), (sex, day(born)), "{nik}");
    }
}

#[test]
fn the_century_is_known_or_not_guessed() {
    for (nik, born, expected) in [
        ("1271991708030002", "2003-08-17", "2003-08-17"),
        ("1271991708030002", "1903-08-17", "1903-08-17"),
        ("1271991708030002", "", ""),
        ("1271991708250002", "", ""),
        ("1271991708260002", "", "1926-08-17"),
        ("1271991708990002", "", "1999-08-17"),
        ("1271991708030002", "2005-01-01", "2003-08-17"),
        ("1271991708880002", "1990-01-01", "1988-08-17"),
        ("1271992902000002", "", "2000-02-29"),
        ("1271992902040002", "1904-02-29", "1904-02-29"),
    ] {
        assert_eq!(read(nik, &stated(born, None)).born, day(expected), "{nik} {born}");
    }
}

#[test]
fn differences_to_the_form_are_questions_with_a_kind() {
    for (born, difference, years) in [
        ("2003-08-07", Difference::Equal, 0),
        ("2003-07-08", Difference::Swapped, 0),
        ("2003-08-17", Difference::OneDigit, 0),
        ("2004-08-07", Difference::OneDigit, 1),
        ("1993-08-07", Difference::OneDigit, 10),
        ("1998-08-07", Difference::Year, 5),
        ("2002-07-08", Difference::Other, 1),
        ("2003-09-08", Difference::Other, 0),
    ] {
        let form = stated(born, Some(Kelamin::L));
        let reading = read("1271990708030002", &form);
        assert_eq!((reading.difference, reading.years_apart), (Some(difference), Some(years)), "{born}");
        let expected = if difference == Difference::Equal { "" } else { "lahir_beda" };
        assert_eq!(faults("1271990708030002", &form), expected, "{born}");
        assert!(reading.is_sound());
        assert!(BEDA_LAHIR.get(difference.code()).is_some());
    }
    assert_eq!(faults("1271990708030002", &stated("2003-08-07", Some(Kelamin::P))), "kelamin_beda");
}

proptest! {
    #![proptest_config(crate::seeded::fixed())]
    #[test]
    fn any_text_is_read(text in "\\PC*", born in 0_i64..40_000) {
        let form = Stated { born: crate::calendar::date(born - 20_000), sex: Some(Kelamin::P), applied: day("2025-11-03") };
        let reading = read(&text, &form);
        prop_assert!(!reading.faults.is_empty() || reading.born.is_some());
    }

    #[test]
    fn any_sixteen_digits_are_read(digits in "[0-9]{16}") {
        let reading = read(&digits, &Stated::default());
        prop_assert_eq!(reading.sex.is_none(), reading.faults.has(Fault::Day));
        prop_assert!(!reading.is_sound() || reading.region.is_some());
        prop_assert!(reading.born.is_none() || !reading.faults.has_any(&[Fault::Day, Fault::Date]));
    }

    #[test]
    fn what_a_number_was_made_of_is_read_back(
        kecamatan in 90_u32..=99, day in 0_i64..29_000, woman: bool, serial in 1_u32..=9_999,
    ) {
        let born = crate::calendar::date(day - 9_000).unwrap();
        let sex = if woman { Kelamin::P } else { Kelamin::L };
        let shown = born.day() + if woman { 40 } else { 0 };
        let nik = format!("1271{kecamatan:02}{shown:02}{:02}{:02}{serial:04}", born.month(), born.year() % 100);
        let form = Stated { born: Some(born), sex: Some(sex), applied: None };
        let reading = read(&nik, &form);
        prop_assert!(reading.is_sound() && reading.faults.is_empty());
        prop_assert_eq!((reading.born, reading.sex, reading.regency()), (Some(born), Some(sex), Some("1271")));
    }
}
