//! Parts and house keys of invented addresses.

use proptest::prelude::*;

use super::*;

fn read(text: &str) -> Address {
    Addresses::default().read(text).clone()
}

fn key(text: &str) -> String {
    key_at(text, &House { village: Some("TITI PAPAN"), district: Some("127199"), ..House::default() })
}

fn key_at(text: &str, house: &House<'_>) -> String {
    let (mut buffer, mut out) = (String::new(), "earlier".to_owned());
    write_key(&read(text), house, &mut buffer, &mut out);
    out
}

#[test]
fn parts_are_found_by_their_words() {
    let empty = Address::default();
    let text = |t: &str| t.to_owned();
    for (written, expected) in [
        (
            "JL. KL YOS SUDARSO LK V NO 12",
            Address { street: text("KL SUDARSO YOS"), number: text("12"), neighbourhood: text("5"), ..empty.clone() },
        ),
        (
            "Jalan Mawar Gg. IV No.12A RT.003/RW.002",
            Address {
                street: text("MAWAR"),
                alley: text("4"),
                number: text("12A"),
                rt: Some(3),
                rw: Some(2),
                ..empty.clone()
            },
        ),
        (
            "Dusun III No. 7 Desa Sei Rotan Kec. Percut Sei Tuan",
            Address {
                hamlet: text("3"),
                number: text("7"),
                village: text("SEI ROTAN"),
                district: text("PERCUT SEI TUAN"),
                ..empty.clone()
            },
        ),
        (
            "PERUM GRIYA MARTUBUNG 2 BLOK C-12 RT/RW 003/002",
            Address {
                estate: text("MARTUBUNG 2"),
                block: text("C"),
                number: text("12"),
                rt: Some(3),
                rw: Some(2),
                ..empty.clone()
            },
        ),
        (
            "KP BARU RT 3 RW 2 NO 9",
            Address { street: text("BARU"), rt: Some(3), rw: Some(2), number: text("9"), ..empty.clone() },
        ),
        ("JL. KAMPUNG BARU NO 9", Address { street: text("BARU KAMPUNG"), number: text("9"), ..empty.clone() }),
        ("JL MAWAR 003/002", Address { street: text("MAWAR"), rt: Some(3), rw: Some(2), ..empty.clone() }),
        ("JL MAWAR NO 12/14", Address { street: text("MAWAR"), number: text("12-14"), ..empty.clone() }),
        ("D/A BPK ALI JL MAWAR NO 0", Address { street: text("ALI BPK MAWAR"), ..empty.clone() }),
        (
            "ASRAMA POLISI NO 5",
            Address { street: text("ASRAMA POLISI"), number: text("5"), shared: true, ..empty.clone() },
        ),
        ("NO. 12, MAWAR", Address { street: text("MAWAR"), number: text("12"), ..empty.clone() }),
        ("", empty.clone()),
    ] {
        assert_eq!(read(written), expected, "{written}");
    }
}

#[test]
fn one_house_in_many_spellings_has_one_key() {
    for spellings in [
        &[
            "JL. KL YOS SUDARSO LK V NO 12",
            "Jalan KL. Yos Sudarso No. 12 Lingkungan 5",
            "JLN YOS SUDARSO KL NO012 LINGK V MEDAN",
        ] as &[_],
        &["JL MAWAR NO 12 A", "JL MAWAR 12A", "JL. MAWAR NO. 12/A", "JALAN MAWAR 12 A MEDAN", "jl mawar nomor 12-a"],
        &[
            "GG MAWAR NO 3 RT 003 RW 002",
            "GANG MAWAR 3 RT/RW 003/002",
            "GG. MAWAR NO.3 RT 3/2",
            "GG MAWAR NO 3 RT03/RW02",
        ],
        &["PERUM ASRI BLOK C NO 12", "KOMPLEK ASRI BLOK C12", "PERUMAHAN ASRI BLK C-12", "KOMP. ASRI BLOK C 12"],
        &["DUSUN III NO 7", "DSN 3 NO. 07", "Dusun III no.7 Desa Titi Papan"],
    ] {
        let expected = key(spellings[0]);
        assert!(!expected.is_empty());
        for text in spellings {
            assert_eq!(key(text), expected, "{text}");
        }
    }
    assert_eq!(key("JL MAWAR NO 12"), "127199|TITIPAPAN|MAWAR|||||12|//");
}

#[test]
fn neighbours_and_namesakes_have_other_keys() {
    let texts = [
        "JL MAWAR NO 12",
        "JL MAWAR NO 12A",
        "JL MAWAR NO 13",
        "JL MELATI NO 12",
        "JL MAWAR GG I NO 12",
        "JL MAWAR LK V NO 12",
        "JL MAWAR NO 12 RT 1",
        "JL MAWAR NO 12 RW 1",
        "JL PASAR 3 NO 12",
        "JL PASAR 4 NO 12",
    ];
    let keys: std::collections::BTreeSet<_> = texts.iter().map(|text| key(text)).collect();
    assert_eq!(keys.len(), texts.len());
    let elsewhere = House { village: Some("MARTUBUNG"), district: Some("127199"), ..House::default() };
    assert_ne!(key_at("JL MAWAR NO 12", &elsewhere), key("JL MAWAR NO 12"));
}

#[test]
fn a_vague_address_means_no_house() {
    for vague in [
        "",
        "MEDAN",
        "JL MAWAR",
        "JL MAWAR LK V",
        "DUSUN III",
        "NO 12",
        "RT 3 NO 12",
        "JL MAWAR NO 0",
        "JL MAWAR NO -",
        "PERUM ASRI NO 12",
        "JL PASAR 3",
        "JL. KM 12",
        "PERUM GRIYA MARTUBUNG 2",
    ] {
        assert_eq!(key(vague), "", "{vague}");
    }
    assert_eq!(key_at("JL MAWAR NO 12", &House::default()), "");
    assert_ne!(key_at("JL MAWAR NO 12 KEL. TITI PAPAN", &House::default()), "");
}

#[test]
fn columns_go_before_the_words_of_the_address() {
    let columns = House {
        rt: Some("005"),
        rw: Some("RW 006"),
        neighbourhood: Some("LK. V"),
        village: Some("Titi Papan"),
        district: None,
    };
    assert_eq!(key_at("JL MAWAR NO 12 RT 1 RW 2 LK I", &columns), "|TITIPAPAN|MAWAR|||||12|5/6/5");
    let named = House { neighbourhood: Some("DUSUN MAWAR"), ..columns };
    assert_eq!(key_at("JL MAWAR NO 12", &named), "|TITIPAPAN|MAWAR|||||12|5/6/MAWAR");
}

proptest! {
    #![proptest_config(crate::seeded::fixed())]
    #[test]
    fn any_text_is_read_and_nothing_carries_over(
        first in "\\PC{0,60}",
        second in "((JL|GG|NO|RT|RW|BLOK|LK|DUSUN|KOMP|DESA|KOTA|MAWAR|IV|A|12|003|0|/|-|\\.)[ /-]?){0,14}",
    ) {
        let mut addresses = Addresses::default();
        addresses.read(&first);
        let again = addresses.read(&second).clone();
        prop_assert_eq!(&again, &read(&second));
        let house = House { village: Some(&first), ..House::default() };
        key_at(&second, &house);
    }
}
