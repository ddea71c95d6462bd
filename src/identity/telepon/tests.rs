//! One number in many forms, and what is no number.

use proptest::prelude::*;

use super::*;

fn check(text: &str, key: Option<&str>, country: Option<&str>, kind: Option<Kind>, faults: &str) {
    let mut phones = Phones::default();
    let reading = phones.read(text);
    let mut codes = String::new();
    reading.faults.write(&mut codes);
    assert_eq!((reading.key, reading.country, reading.kind, codes.as_str()), (key, country, kind, faults), "{text}");
}

#[test]
fn one_mobile_number_in_many_forms_has_one_key() {
    for (text, faults) in [
        ("081260000001", ""),
        ("0812-6000-0001", ""),
        ("0812 6000 0001", ""),
        ("0812.6000.0001", ""),
        ("+6281260000001", ""),
        ("+62 812-6000-0001", ""),
        ("+62 (0)812 6000 0001", ""),
        ("+62 0812 6000 0001", ""),
        ("(+62) 81260000001", ""),
        ("6281260000001", ""),
        ("006281260000001", ""),
        ("0062 (0) 81260000001", ""),
        ("81260000001", "nol_hilang"),
        ("'081260000001", ""),
        ("WA 081260000001", ""),
        ("081260000001 (HP)", ""),
        ("０８１２６００００００１", ""),
        ("081260000001 / 081260000002", "ganda"),
        ("081260000001;061-4567890", "ganda"),
        ("0812/6000/0001", ""),
    ] {
        check(text, Some("+6281260000001"), Some("ID"), Some(Kind::Mobile), faults);
    }
}

#[test]
fn fixed_lines_and_foreign_numbers_have_their_country() {
    for (text, key, country, kind, faults) in [
        ("061-4567891", "+62614567891", "ID", Kind::Fixed, ""),
        ("(061) 4567891", "+62614567891", "ID", Kind::Fixed, ""),
        ("+62614567891", "+62614567891", "ID", Kind::Fixed, ""),
        ("62614567891", "+62614567891", "ID", Kind::Fixed, ""),
        ("08001234567", "+628001234567", "ID", Kind::Other, ""),
        ("+60123456789", "+60123456789", "MY", Kind::Foreign, ""),
        ("0060123456789", "+60123456789", "MY", Kind::Foreign, ""),
        ("+60 (0)12-345 6789", "+60123456789", "MY", Kind::Foreign, ""),
        ("60123456789", "+60123456789", "MY", Kind::Foreign, "tanpa_plus"),
        ("+855 12 345 678", "+85512345678", "KH", Kind::Foreign, ""),
        ("+65 8123 4567", "+6581234567", "SG", Kind::Foreign, ""),
        ("+95 9 123 456 780", "+959123456780", "MM", Kind::Foreign, ""),
        ("+966501234560", "+966501234560", "SA", Kind::Foreign, ""),
        ("+12025550123", "+12025550123", "US", Kind::Foreign, ""),
    ] {
        check(text, Some(key), Some(country), Some(kind), faults);
    }
}

#[test]
fn what_cannot_be_dialled_has_no_key() {
    for (text, faults) in [
        ("", "bukan_angka"),
        ("-", "bukan_angka"),
        ("TIDAK ADA", "bukan_angka"),
        ("O81260000001", "bukan_angka"),
        ("0812600000O1", "bukan_angka"),
        ("08126000", "panjang"),
        ("08126000000123", "panjang"),
        ("4567891", "tanpa_kode_area"),
        ("123", "panjang"),
        ("+999123456789", "kode_negara"),
        ("+601", "panjang"),
        ("+6012345678901234", "panjang"),
        ("081234567890", "pola"),
        ("+6281234567890", "pola"),
        ("81234567890", "nol_hilang;pola"),
        ("080000000000", "pola"),
        ("081111111111", "pola"),
        ("000000000000", "pola"),
        ("1111111111", "pola"),
        ("1234567890", "pola"),
        ("081200000000", "pola"),
        ("+60100000000", "pola"),
        ("8.1260000001E+10", "bukan_angka"),
    ] {
        check(text, None, None, None, faults);
    }
}

#[test]
fn every_kind_has_its_code_in_the_list() {
    for kind in [Kind::Other, Kind::Foreign, Kind::Mobile, Kind::Fixed] {
        assert!(JENIS_TELEPON.get(kind.code()).is_some());
    }
}

proptest! {
    #![proptest_config(crate::seeded::fixed())]
    #[test]
    fn any_text_is_read_and_a_key_reads_as_itself(text in "[0-9+() ./A-z-]{0,24}|\\PC*") {
        let mut phones = Phones::default();
        let first = phones.read(&text);
        if let Some(key) = first.key.map(str::to_owned) {
            prop_assert!(key.len() <= 16);
            let kind = first.kind;
            let mut again = Phones::default();
            let second = again.read(&key);
            prop_assert_eq!((second.key, second.kind), (Some(key.as_str()), kind));
        }
    }

    #[test]
    fn every_way_of_writing_a_mobile_number_is_the_same(rest in "[1235789][0-9]{8,10}", form in 0_usize..6) {
        let text = match form {
            0 => format!("08{rest}"),
            1 => format!("+628{rest}"),
            2 => format!("00628{rest}"),
            3 => format!("628{rest}"),
            4 => format!("8{rest}"),
            _ => format!("08{}-{}", &rest[..3], &rest[3..]),
        };
        let mut phones = Phones::default();
        let reading = phones.read(&text);
        prop_assume!(!reading.faults.has(Fault::Dummy));
        let expected = format!("+628{rest}");
        prop_assert_eq!(reading.key, Some(expected.as_str()));
    }
}
