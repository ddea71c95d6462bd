//! One mailbox in many forms, series of addresses, and what is no address.

use proptest::prelude::*;

use super::*;

fn key(text: &str) -> Option<String> {
    Emails::default().read(text).key.map(str::to_owned)
}

fn faults(text: &str) -> String {
    let mut codes = String::new();
    Emails::default().read(text).faults.write(&mut codes);
    codes
}

#[test]
fn one_mailbox_in_many_forms_has_one_key() {
    for (text, expected) in [
        ("Siti.Aminah@Gmail.com", "sitiaminah@gmail.com"),
        ("s.i.t.i.aminah+paspor@googlemail.com", "sitiaminah@gmail.com"),
        (" siti aminah @gmail.com", "sitiaminah@gmail.com"),
        ("<sitiaminah@gmail.com>", "sitiaminah@gmail.com"),
        ("mailto:sitiaminah@gmail.com", "sitiaminah@gmail.com"),
        ("sitiaminah@gmail.con", "sitiaminah@gmail.com"),
        ("sitiaminah@gmail.com, budi@example.id", "sitiaminah@gmail.com"),
        ("siti-paspor@yahoo.co.id", "siti@yahoo.co.id"),
        ("siti.aminah@yahoo.com", "siti.aminah@yahoo.com"),
        ("siti+a@hotmail.com", "siti@hotmail.com"),
        ("siti-a@hotmail.com", "siti-a@hotmail.com"),
        ("siti.aminah+a@example.id", "siti.aminah+a@example.id"),
        ("+628@gmail.com", "+628@gmail.com"),
        ("siti＠gmail.com", "siti@gmail.com"),
    ] {
        assert_eq!(key(text).as_deref(), Some(expected), "{text}");
    }
}

#[test]
fn what_is_no_address_has_no_key() {
    for text in [
        "",
        "-",
        "siti",
        "siti@",
        "@gmail.com",
        "siti@gmail",
        "siti@@gmail.com",
        "si@ti@gmail.com",
        ".siti@gmail.com",
        "siti..a@gmail.com",
        "siti@-gmail.com",
        "siti@gmail.c",
        "siti@gmail.123",
        "...@gmail.com",
        "sití@gmail.com",
        "siti@gmail..com",
    ] {
        assert_eq!((key(text), faults(text).contains("bentuk")), (None, true), "{text}");
    }
    assert_eq!(key(&format!("{}@example.id", "a".repeat(250))), None);
}

#[test]
fn remarks_and_faults_are_named() {
    for (text, expected) in [
        ("siti@gmail.com", ""),
        ("siti@gmial.com", "domain_keliru"),
        ("siti @gmail.com", "spasi"),
        ("siti@gmail.com;budi@gmail.com", "ganda"),
        ("siti@mailinator.com", "sekali_pakai"),
    ] {
        assert_eq!(faults(text), expected, "{text}");
    }
}

#[test]
fn addresses_that_count_share_a_pattern() {
    for (text, pattern, number) in [
        ("paspor001@example.id", Some("paspor#@example.id"), Some("001")),
        ("paspor002@example.id", Some("paspor#@example.id"), Some("002")),
        ("pas.por17@gmail.com", Some("paspor#@gmail.com"), Some("17")),
        ("cv2maju12x@example.id", Some("cv2maju#x@example.id"), Some("12")),
        ("siti@example.id", None, None),
        ("12345@example.id", None, None),
        ("a1@example.id", None, None),
        ("hp081260000001@example.id", None, None),
    ] {
        let mut emails = Emails::default();
        let reading = emails.read(text);
        assert_eq!((reading.pattern, reading.number), (pattern, number), "{text}");
    }
}

#[test]
fn domains_are_public_or_somebodys_own() {
    for (text, domain, public) in [
        ("siti@googlemail.com", "gmail.com", true),
        ("siti@yahoo.co.id", "yahoo.co.id", true),
        ("siti@travel.example", "travel.example", false),
    ] {
        let mut emails = Emails::default();
        let reading = emails.read(text);
        assert_eq!((reading.domain, reading.public), (Some(domain), Some(public)), "{text}");
    }
}

#[test]
fn a_birthday_is_no_counter() {
    let born = NaiveDate::from_ymd_opt(1990, 8, 17).unwrap();
    for number in ["90", "17", "1990", "1708", "0817", "0890", "170890", "900817", "17081990", "19900817"] {
        assert!(is_birthday(number, born), "{number}");
    }
    for number in ["91", "001", "1", "2024", "9", "18081990", "123456789", ""] {
        assert!(!is_birthday(number, born), "{number}");
    }
}

proptest! {
    #![proptest_config(crate::seeded::fixed())]
    #[test]
    fn any_text_is_read_and_a_key_reads_as_itself(text in "[a-c.+@0-9-]{0,12}@[a-z.]{0,12}|\\PC*") {
        let mut emails = Emails::default();
        if let Some(key) = emails.read(&text).key.map(str::to_owned) {
            let mut again = Emails::default();
            prop_assert_eq!(again.read(&key).key, Some(key.as_str()));
        }
    }
}
