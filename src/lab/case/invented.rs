//! Invented numbers and names for applications written down by hand.

use chrono::{Datelike, NaiveDate};

use crate::schema::columns::{self, Format, NIK};

/// A valid number nobody has: sub-district 99 is not assigned, the phone block is invented.
pub(super) fn number_for(column: &str, symbol: &str, born: Option<NaiveDate>, female: bool) -> String {
    let serial = serial_of(symbol);
    let of_person = column == NIK || column.ends_with("_nik");
    match columns::by_name(column).map(|c| c.format) {
        Some(Format::Phone) => format!("+628126{:07}", u64::from(serial) * 101 % 10_000_000),
        _ if of_person => {
            let born = born.unwrap_or(NaiveDate::from_ymd_opt(1990, 1, 1).unwrap_or_default());
            let day = born.day() + if female { 40 } else { 0 };
            format!("127199{day:02}{:02}{:02}{serial:04}", born.month(), born.year() % 100)
        }
        _ => format!("127199010120{serial:04}"),
    }
}

/// The name of the person whose NIK is written as this symbol. No two of them are alike enough to be one person's under two
/// NIK.
pub(super) fn name_for(symbol: &str) -> String {
    let (mut rest, mut words) = (serial_of(symbol) as usize, Vec::new());
    for list in &WORDS {
        words.extend(list.get(rest % list.len()).copied());
        rest /= list.len();
    }
    words.join(" ")
}

/// From 1 to 9,998, the same for the same symbol.
fn serial_of(symbol: &str) -> u32 {
    symbol.bytes().fold(7_u32, |n, b| n.wrapping_mul(31).wrapping_add(u32::from(b))) % 9_998 + 1
}

/// Words of names, so many that every serial has its own three.
#[rustfmt::skip]
const WORDS: [[&str; 22]; 3] = [
    [
        "ABIDIN", "BONAR", "CAKRA", "DARMA", "EDWIN", "FAJAR", "GUNTUR", "HALOMOAN", "IRWAN", "JUMADI", "KRISNA",
        "LUKMAN", "MANGARA", "NOVIAR", "OKTAVIAN", "PARLUHUTAN", "QOSIM", "RUDOLF", "SAMSUL", "TAUFIK", "UCOK",
        "WIBOWO",
    ],
    [
        "ADITYA", "BASUKI", "CHAIRIL", "DJUHAR", "ERLANGGA", "FIRDAUS", "GALIH", "HERMAWAN", "IMRON", "JATMIKO",
        "KUSUMA", "LESMANA", "MULYONO", "NUGROHO", "ONGKOWIJOYO", "PRABOWO", "QADRI", "RINALDI", "SULISTYO",
        "TRIMURTI", "UTOMO", "YULIUS",
    ],
    [
        "AMBARITA", "BATUBARA", "CANIAGO", "DAULAY", "EFENDI", "FACHRUDIN", "GIRSANG", "HUTAPEA", "IDRUS", "JAMBAK",
        "KALOKO", "LIMBONG", "MARPAUNG", "NAPITUPULU", "ONDANG", "PANGGABEAN", "RITONGA", "SIMATUPANG", "TAMPUBOLON",
        "USMAN", "WARUWU", "ZEBUA",
    ],
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::matching::similarity;

    #[test]
    fn symbols_become_valid_numbers_that_nobody_has() {
        let born = NaiveDate::from_ymd_opt(2003, 8, 17);
        let nik = number_for(NIK, "A", born, true);
        assert_eq!((nik.len(), &nik[..12]), (16, "127199570803"));
        assert_ne!(nik, number_for(NIK, "B", born, true));
        assert_eq!(nik, number_for(NIK, "A", born, true));
        assert!(number_for(columns::TELEPON, "A", None, false).starts_with("+628126"));
    }

    #[test]
    fn names_of_symbols_are_those_of_strangers() {
        let symbols: Vec<String> = (1..=200).flat_map(|n| [format!("N{n}"), format!("P{n}")]).collect();
        let names: BTreeSet<String> = symbols.iter().map(|symbol| name_for(symbol)).collect();
        let numbers: BTreeSet<String> = symbols.iter().map(|symbol| number_for(NIK, symbol, None, false)).collect();
        assert_eq!(names.len(), numbers.len());
        for (at, list) in WORDS.iter().enumerate() {
            for (place, one) in list.iter().enumerate() {
                for other in list.iter().skip(place + 1) {
                    let name = |word: &str| {
                        let mut words = [WORDS[0][7], WORDS[1][14], WORDS[2][13]];
                        words[at] = word;
                        words.join(" ")
                    };
                    assert!(similarity(&name(one), &name(other)) < 92, "{one} {other}");
                }
            }
        }
    }
}
