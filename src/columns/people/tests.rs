//! People and families on a few applications, and on many side by side.

use super::super::derived::{keluarga, orang};
use super::family::MOST_ON_A_CARD;
use super::likeness::{People, all};
use super::*;
use crate::columns::{Cx, Source};
use crate::frame::{Builder, nulls};
use crate::matching::{Kind, Names, Settings};
use crate::schema::columns::{
    JENIS_KELAMIN, NAMA_AYAH, NAMA_IBU, NAMA_LENGKAP, NIK, NOMOR_KK, PASPOR_LAMA_NOMOR, TANGGAL_LAHIR, TELEPON,
};

/// A frame of texts; `-` is null.
fn frame(columns: &[(&str, &[&str])]) -> Frame {
    let rows = columns[0].1.len();
    let mut frame = Frame::new(rows, Vec::new()).unwrap();
    for (name, values) in columns {
        let ty = if *name == TANGGAL_LAHIR { Type::Date } else { Type::Text };
        let mut builder = Builder::new(ty, rows);
        for value in *values {
            match (ty, *value) {
                (_, "-") => builder.push_null(),
                (Type::Date, day) => builder.push_number(Some(day.parse().unwrap())),
                (_, text) => builder.push_text(Some(text)),
            }
        }
        frame.add(builder.finish(name)).unwrap();
    }
    for source in [&OrangSource as &dyn Source, &KeluargaSource] {
        for need in source.needs(&|_| true) {
            if !frame.has(need) {
                let ty = if need == TANGGAL_LAHIR { Type::Date } else { Type::Text };
                frame.add(nulls(need, ty, rows)).unwrap();
            }
        }
    }
    frame
}

fn made(source: &dyn Source, mut frame: Frame) -> Vec<String> {
    let cx = Cx::new("2025-11-05".parse().unwrap());
    source.compute(&cx, &mut frame, &|_| true).unwrap();
    let column = frame.text(source.name()).unwrap();
    (0..frame.rows()).map(|row| column.get(row).unwrap().to_owned()).collect()
}

#[test]
fn one_nik_is_one_person_only_with_the_same_birth_date_and_a_like_name() {
    let frame = frame(&[
        (NOMOR_PERMOHONAN, &["5", "4", "3", "2", "1", "0"]),
        (NIK, &["A", "A", "A", "A", "B", "-"]),
        (NAMA_LENGKAP, &["AHMAD FAUZI", "AHMAT FAUZI", "AHMAD FAUZI", "SITI AMINAH", "AHMAD FAUZI", "AHMAD FAUZI"]),
        (TANGGAL_LAHIR, &["10", "10", "11", "10", "10", "10"]),
    ]);
    assert_eq!(made(&OrangSource, frame), ["4", "4", "3", "2", "1", "0"]);
}

#[test]
fn another_nik_is_the_same_person_only_with_one_more_attribute() {
    let phone = "081234567892";
    let columns = frame(&[
        (NOMOR_PERMOHONAN, &["6", "5", "4", "3", "2", "1", "0"]),
        (NIK, &["A", "B", "A", "C", "D", "E", "F"]),
        (
            NAMA_LENGKAP,
            &[
                "DEDI KURNIAWAN",
                "KURNIAWAN DEDY",
                "DEDI KURNIAWAN",
                "DEDI KURNIAWAN",
                "DODI KURNIAWAN",
                "DEDI KURNIAWAN",
                "DEDI KURNIAWAN",
            ],
        ),
        (TANGGAL_LAHIR, &["10", "10", "10", "10", "10", "11", "10"]),
        (JENIS_KELAMIN, &["L", "L", "L", "L", "L", "L", "P"]),
        (TELEPON, &[phone, phone, "-", "-", phone, phone, phone]),
        (NAMA_IBU, &["-", "-", "NURHAYATI SITOMPUL", "SUMIATI", "-", "-", "-"]),
        (orang::KUNCI_TELEPON, &["10"; 7]),
    ]);
    // 5 has the phone of 6, 4 the NIK; 3 is a namesake, 2 a twin, 1 was born on another day, 0 is a woman.
    assert_eq!(made(&OrangSource, columns), ["4", "4", "4", "3", "2", "1", "0"]);
}

#[test]
fn a_chain_of_likenesses_joins_no_strangers() {
    let phone = "081234567892";
    // Each is one letter from the next; the first is three from the last, and nobody's name.
    let names = ["WAHYUNINGSIH", "WAHYUNINGSEH", "WAHYUNENGSEH", "WAHYONENGSEH"];
    let columns = frame(&[
        (NOMOR_PERMOHONAN, &["3", "2", "1", "0"]),
        (NIK, &["A", "B", "C", "D"]),
        (NAMA_LENGKAP, &names),
        (TANGGAL_LAHIR, &["10"; 4]),
        (TELEPON, &[phone; 4]),
        (orang::KUNCI_TELEPON, &["10 081234567892"; 4]),
    ]);
    assert_eq!(made(&OrangSource, columns), ["3", "0", "0", "0"]);
}

#[test]
fn an_application_without_a_likeness_of_its_own_shows_that_of_its_person() {
    let phone = "081234567892";
    let mut columns = frame(&[
        (NOMOR_PERMOHONAN, &["3", "2", "1", "0"]),
        (NIK, &["A", "A", "B", "C"]),
        (NAMA_LENGKAP, &["TOGAR SIMANJUNTAK"; 4]),
        (TANGGAL_LAHIR, &["10", "10", "10", "11"]),
        (TELEPON, &["-", phone, phone, phone]),
        (orang::KUNCI_TELEPON, &["-", "10", "10", "11"]),
    ]);
    OrangSource.compute(&Cx::new("2025-11-05".parse().unwrap()), &mut columns, &|_| true).unwrap();
    let evidence = columns.text(BUKTI).unwrap();
    let told: Vec<_> = (0..4).map(|row| evidence.get(row)).collect();
    assert_eq!(
        told,
        [Some("telepon_sama;lahir_sama"), Some("telepon_sama;lahir_sama"), Some("telepon_sama;lahir_sama"), None]
    );
    // The first is one with the third by way of the second.
    let pairs = |row| likenesses(&columns, row, Names::shipped()).unwrap().iter().map(|l| l.rows).collect::<Vec<_>>();
    assert_eq!([pairs(0), pairs(1), pairs(2), pairs(3)], [vec![(2, 1)], vec![(1, 2)], vec![(2, 1)], vec![]]);
}

/// Every two applications side by side, without runs of keys.
#[test]
fn persons_are_found_as_by_comparing_every_pair_that_shares_a_key() {
    use crate::columns::{Reach, builtin, compute, needed};
    use crate::seeded::Numbers;

    let mut numbers = Numbers(5);
    let words = ["SITI", "AMINAH", "NURHAYATI", "SITOMPUL", "HALOMOAN", "RAHMAT", "KURNIAWAN", "WAHYUNINGSIH"];
    let columns = [NIK, NAMA_LENGKAP, TANGGAL_LAHIR, TELEPON, PASPOR_LAMA_NOMOR, NAMA_IBU, NAMA_AYAH];
    let mut values: Vec<Vec<String>> = vec![Vec::new(); columns.len()];
    for row in 0..400 {
        let mut name = |from: usize| {
            let at = from + numbers.below(4);
            let mut name = [words[at % 8], words[at * 3 % 8], words[at * 5 % 8]][numbers.below(2)..].join(" ");
            if numbers.below(6) == 0 {
                // As a clerk mistypes it.
                let at = numbers.below(name.len());
                name.replace_range(at..=at, ["E", "H", "N", "T"][numbers.below(4)]);
            }
            name
        };
        let (own, mother, father) = (name(1), name(3), name(5));
        let mut number = |of: &str| match numbers.below(3) {
            0 => format!("{of}{}", 4_567_892 + numbers.below(3) * 11),
            _ => "-".to_owned(),
        };
        let (phone, passport) = (number("08123"), number("A"));
        let born = (10 + numbers.below(12)).to_string();
        let made = [format!("1271{row:012}"), own, born, phone, passport, mother, father];
        values.iter_mut().zip(made).for_each(|(column, value)| column.push(value));
    }
    let numbers: Vec<String> = (0..400).map(|row| format!("{row:03}")).collect();
    let mut texts = vec![(NOMOR_PERMOHONAN, numbers.iter().map(String::as_str).collect::<Vec<_>>())];
    texts.extend(columns.iter().zip(&values).map(|(name, v)| (*name, v.iter().map(String::as_str).collect())));
    let mut frame = Frame::new(400, Vec::new()).unwrap();
    for (name, texts) in &texts {
        let ty = if *name == TANGGAL_LAHIR { Type::Date } else { Type::Text };
        let mut builder = Builder::new(ty, 400);
        for text in texts {
            match *text {
                "-" => builder.push_null(),
                day if ty == Type::Date => builder.push_number(Some(day.parse().unwrap())),
                text => builder.push_text(Some(text)),
            }
        }
        frame.add(builder.finish(name)).unwrap();
    }
    let sources = builtin();
    for column in crate::schema::columns::ALL {
        if !frame.has(column.name) {
            frame.add(nulls(column.name, column.ty, 400)).unwrap();
        }
    }
    let cx = Cx::new("2025-11-05".parse().unwrap());
    let wanted = needed(&sources, orang::KEYS);
    compute(&sources, Reach::Row, &cx, &mut frame, &wanted).unwrap();
    let found: Vec<(u32, u32)> = all(&frame, Names::shipped()).unwrap().into_iter().map(|found| found.rows).collect();
    let (people, settings) = (People::of(&frame).unwrap(), Settings::shipped());
    let same = |column: &str, a: u32, b: u32| {
        let view = frame.text(column).unwrap();
        view.get(a as usize).is_some() && view.get(a as usize) == view.get(b as usize)
    };
    let (mut one_person, mut lost) = (0, 0);
    for a in 0..400 {
        for b in a + 1..400 {
            let likeness = people.likeness((a, b), Names::shipped(), &settings);
            let shares = orang::KEYS.into_iter().any(|key| same(key, a, b));
            assert_eq!(found.binary_search(&(a, b)).is_ok(), likeness.is_some() && shares, "{a} {b}");
            one_person += usize::from(likeness.is_some());
            let Some(likeness) = likeness.filter(|_| !shares) else { continue };
            lost += 1;
            let kinds: Vec<Kind> = likeness.comparison.evidence.iter().map(|line| line.kind).collect();
            let numbered = kinds.iter().any(|kind| matches!(kind, Kind::Phone | Kind::Passport));
            assert!(!numbered, "{a} {b}: one number is a key whatever the name");
        }
    }
    assert!(one_person > 100 && lost > 0 && lost * 2 < one_person, "{lost} of {one_person} lost");
}

#[test]
fn a_family_shares_a_card_parents_or_a_marriage() {
    let parents = "HASIBUAN RAHMAT + LUBIS NURAINI 1271";
    let couple = "AMINAH SITI + BUDI SANTOSO";
    let frame = frame(&[
        (NOMOR_PERMOHONAN, &["9", "8", "7", "6", "5", "4", "3"]),
        (NOMOR_KK, &["K1", "K1", "K2", "K3", "K4", "K5", "-"]),
        (keluarga::ORANG_TUA, &["-", parents, parents, "-", "-", "-", "-"]),
        (keluarga::PASANGAN, &["-", "-", couple, "-", "-", couple, "-"]),
    ]);
    assert_eq!(made(&KeluargaSource, frame), ["4", "4", "4", "6", "5", "4", "3"]);
}

#[test]
fn a_card_on_very_many_applications_makes_no_family() {
    let numbers: Vec<String> = (0..=MOST_ON_A_CARD).map(|n| format!("{n:02}")).collect();
    let numbers: Vec<&str> = numbers.iter().map(String::as_str).collect();
    let card = vec!["K"; numbers.len()];
    let frame = frame(&[(NOMOR_PERMOHONAN, &numbers), (NOMOR_KK, &card)]);
    assert_eq!(made(&KeluargaSource, frame), numbers);
}

#[test]
fn names_of_more_than_a_couple_could_file_for_are_common_names() {
    // Families counted among applications that agree in nothing but the names of parents, or of husband and wife.
    let families = |key: &str, rows: usize| {
        let numbers: Vec<String> = (0..rows).map(|row| format!("{row:02}")).collect();
        let numbers: Vec<&str> = numbers.iter().map(String::as_str).collect();
        let made = made(&KeluargaSource, frame(&[(NOMOR_PERMOHONAN, &numbers), (key, &vec!["NAMA + NAMA"; rows])]));
        made.iter().collect::<std::collections::BTreeSet<_>>().len()
    };
    assert_eq!([10, 11].map(|rows| families(keluarga::ORANG_TUA, rows)), [1, 11]);
    assert_eq!([6, 7].map(|rows| families(keluarga::PASANGAN, rows)), [1, 7]);
}
