//! The specimen of ICAO Doc 9303, an invented Indonesian zone, and zones made up and read back.

use proptest::prelude::*;

use super::*;
use crate::schema::Fault as _;

/// Line 2 of the specimen in ICAO Doc 9303 part 4, appendix B.
const SPECIMEN: &str = "L898902C36UTO7408122F1204159ZE184226B<<<<<10";
const SPECIMEN_NAME: &str = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<";
const INDONESIAN: &str = "C1234567<0IDN0308175F3505207<<<<<<<<<<<<<<06";
const INDONESIAN_NAME: &str = "P<IDNHASIBUAN<<SITI<AMINAH<<<<<<<<<<<<<<<<<<";

fn day(text: &str) -> Option<NaiveDate> {
    Some(text.parse().unwrap())
}

fn faults(line2: &str) -> String {
    let mut codes = String::new();
    read(None, Some(line2), &Stated::default()).unwrap().faults.write(&mut codes);
    codes
}

fn typed() -> Stated<'static> {
    Stated {
        number: Some("C1234567"),
        born: day("2003-08-17"),
        expires: day("2035-05-20"),
        sex: Some(Kelamin::P),
        applied: day("2025-11-03"),
    }
}

#[test]
fn the_specimen_of_doc_9303_holds() {
    let reading =
        read(Some(SPECIMEN_NAME), Some(SPECIMEN), &Stated { applied: day("2012-01-01"), ..Stated::default() }).unwrap();
    assert!(reading.faults.is_empty() && reading.is_sound());
    assert_eq!((reading.number, reading.state), (Some("L898902C3"), Some("UTO")));
    assert_eq!((reading.born, reading.expires, reading.sex), (day("1974-08-12"), day("2012-04-15"), Some(Kelamin::P)));
    assert_eq!(reading.name.unwrap().words().collect::<Vec<_>>(), ["ERIKSSON", "ANNA", "MARIA"]);
}

#[test]
fn check_digits_are_those_of_doc_9303() {
    for (field, expected) in
        [("L898902C3", 6), ("740812", 2), ("120415", 9), ("ZE184226B<<<<<", 1), ("520727", 3), ("", 0)]
    {
        assert_eq!(check_digit(field), Some(expected), "{field}");
    }
    assert_eq!(check_digit("12a"), None);
}

#[test]
fn a_sound_indonesian_zone_that_agrees_has_no_fault() {
    let reading = read(Some(INDONESIAN_NAME), Some(INDONESIAN), &typed()).unwrap();
    assert!(reading.faults.is_empty() && reading.is_sound());
    assert_eq!((reading.number, reading.state, reading.expires), (Some("C1234567"), Some("IDN"), day("2035-05-20")));
}

#[test]
fn each_check_digit_is_a_fault_of_its_own() {
    for (at, with, expected) in [
        (9, '1', "cek_gabungan;cek_nomor"),
        (19, '6', "cek_gabungan;cek_lahir"),
        (27, '8', "cek_gabungan;cek_habis"),
        (42, '1', "cek_gabungan;cek_pribadi"),
        (43, '7', "cek_gabungan"),
        (43, '<', "cek_gabungan"),
    ] {
        let mut line = INDONESIAN.to_owned();
        line.replace_range(at..=at, &with.to_string());
        assert_eq!(faults(&line).replace(";ocr", ""), expected, "{at}");
    }
    // An empty personal number need not be checked; `<` counts 0 as `0` does.
    let mut line = INDONESIAN.to_owned();
    line.replace_range(42..=42, "<");
    assert_eq!(faults(&line), "");
}

#[test]
fn what_was_typed_beside_it_is_compared() {
    for (stated, expected) in [
        (Stated { number: Some("C1234568"), ..typed() }, "nomor_beda"),
        (Stated { born: day("2003-08-18"), ..typed() }, "lahir_beda"),
        (Stated { born: day("1903-08-17"), ..typed() }, ""),
        (Stated { expires: day("2035-05-21"), ..typed() }, "habis_beda"),
        (Stated { sex: Some(Kelamin::L), ..typed() }, "kelamin_beda"),
        (Stated::default(), ""),
    ] {
        let mut codes = String::new();
        let reading = read(None, Some(INDONESIAN), &stated).unwrap();
        reading.faults.write(&mut codes);
        assert_eq!((codes.as_str(), reading.is_sound()), (expected, true));
    }
}

#[test]
fn names_are_compared_without_order_and_a_cut_field_is_no_difference() {
    let differ = |line: &str, stated: &str| {
        let reading = read(Some(line), None, &Stated::default()).unwrap();
        reading.name_differs(reading.name.unwrap().words(), stated.split(' '))
    };
    assert!(!differ(INDONESIAN_NAME, "SITI AMINAH HASIBUAN"));
    assert!(differ(INDONESIAN_NAME, "SITI AMINAH LUBIS"));
    assert!(differ(INDONESIAN_NAME, "SITI AMINAH"));
    let mononym = "P<IDNSUHARTO<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<";
    assert!(!differ(mononym, "SUHARTO"));
    assert!(differ(mononym, "SUHARTI"));
    let cut = "P<IDNHASIBUAN<<MUHAMMAD<ABDULRAHMAN<SYAHPUT";
    let cut = format!("{cut}R");
    assert_eq!(cut.len(), 44);
    assert!(!differ(&cut, "MUHAMMAD ABDULRAHMAN SYAHPUTRA HASIBUAN"));
    assert!(!differ(&cut, "MUHAMMAD ABDULRAHMAN SYAHPUTRA RAMADHAN HASIBUAN"));
    assert!(differ(&cut, "MUHAMMAD ABDULRAHMAN RAMADHAN HASIBUAN"));
}

#[test]
fn misshapen_lines_are_named_and_not_read() {
    for (line1, line2, expected) in [
        (Some("P<IDNHASIBUAN"), None, "panjang"),
        (None, Some(&INDONESIAN[1..]), "panjang"),
        (Some("P<IDNHASIBUAN<<SITI AMINAH<<<<<<<<<<<<<<<<<<"), None, "karakter"),
        (Some("V<IDNHASIBUAN<<SITI<AMINAH<<<<<<<<<<<<<<<<<<"), None, "jenis"),
        (Some("P<XYZHASIBUAN<<SITI<AMINAH<<<<<<<<<<<<<<<<<<"), None, "negara"),
        (Some(""), Some(""), "panjang"),
    ] {
        let mut codes = String::new();
        read(line1, line2, &typed()).unwrap().faults.write(&mut codes);
        assert_eq!(codes, expected, "{line1:?}");
    }
    assert_eq!(read(None, None, &typed()), None);
}

#[test]
fn impossible_dates_are_named_but_unknown_ones_are_not() {
    let line = with_digits("C1234567<", "031317", "350520", "<<<<<<<<<<<<<<");
    assert_eq!(faults(&line), "tanggal");
    let line = with_digits("C1234567<", "03<<<<", "350520", "<<<<<<<<<<<<<<");
    assert_eq!(faults(&line), "");
}

#[test]
fn a_misread_letter_is_remarked_on() {
    for (from, to, remark) in
        [("C1234567<0", "C1234S67<0", true), ("0308175F", "O308175F", true), ("C1234567<0", "C1239567<0", false)]
    {
        let line = INDONESIAN.replacen(from, to, 1);
        let codes = faults(&line);
        assert!(codes.contains("cek_"), "{to}");
        assert_eq!(codes.contains(Fault::LookAlike.code()), remark, "{to}: {codes}");
    }
}

fn with_digits(number: &str, born: &str, expires: &str, personal: &str) -> String {
    let digit = |text: &str| check_digit(text).unwrap();
    let (n, b, e, p) = (digit(number), digit(born), digit(expires), digit(personal));
    let composite = digit(&format!("{number}{n}{born}{b}{expires}{e}{personal}{p}"));
    format!("{number}{n}IDN{born}{b}F{expires}{e}{personal}{p}{composite}")
}

proptest! {
    #![proptest_config(crate::seeded::fixed())]
    #[test]
    fn any_lines_are_read(line1 in "\\PC*", line2 in "[A-Z0-9<]{40,46}") {
        prop_assert!(read(Some(&line1), Some(&line2), &typed()).is_some());
        prop_assert!(read(Some(&line2), Some(&line1), &typed()).is_some());
    }

    #[test]
    fn what_a_line_was_made_of_is_read_back(
        number in "[A-Z][0-9]{7}", born in 0_i64..20_000, expires in 11_000_i64..40_000, personal in "[A-Z0-9]{0,14}",
    ) {
        let (born, expires) = (crate::calendar::date(born).unwrap(), crate::calendar::date(expires).unwrap());
        let short = |d: NaiveDate| d.format("%y%m%d").to_string();
        let line = with_digits(&format!("{number}<"), &short(born), &short(expires), &format!("{personal:<<14}"));
        let stated = Stated { number: Some(&number), born: Some(born), expires: Some(expires), ..Stated::default() };
        let reading = read(None, Some(&line), &stated).unwrap();
        prop_assert!(reading.faults.is_empty(), "{:?}", reading.faults);
        prop_assert_eq!((reading.number, reading.born, reading.expires), (Some(number.as_str()), Some(born), Some(expires)));
    }

    #[test]
    fn one_wrong_digit_is_always_noticed(at in 0_usize..44, add in 1_u8..10) {
        let here = INDONESIAN.as_bytes()[at];
        prop_assume!(here.is_ascii_digit());
        let other = (here - b'0' + add) % 10 + b'0';
        let mut line = INDONESIAN.to_owned();
        line.replace_range(at..=at, &char::from(other).to_string());
        prop_assert!(!read(None, Some(&line), &Stated::default()).unwrap().is_sound());
    }
}
