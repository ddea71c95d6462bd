//! Words that announce a part of an address.

use crate::text::lexicon::{WordMap, WordSet};

/// A part of an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// Street: words until the next announcement.
    Street,
    /// Alley (gang): words.
    Alley,
    /// Housing estate: words.
    Estate,
    /// Block of an estate: one word.
    Block,
    /// House number: one word, with what belongs to it.
    Number,
    /// Rukun tetangga: one number.
    Rt,
    /// Rukun warga: one number.
    Rw,
    /// Lingkungan, the neighbourhood in towns of Sumatera Utara: one word.
    Neighbourhood,
    /// Dusun, the hamlet: words.
    Hamlet,
    /// Kampung: words that serve as a street.
    Kampung,
    /// Village (desa, kelurahan): words.
    Village,
    /// Kecamatan: words.
    District,
    /// Regency, province, floor, "care of": words that do not tell houses apart.
    Ignored,
}

/// Announcing words, sorted.
static KEYWORDS: WordMap<Part> = WordMap::new(&[
    ("BLK", Part::Block),
    ("BLOK", Part::Block),
    ("BTN", Part::Estate),
    ("DESA", Part::Village),
    ("DS", Part::Village),
    ("DSN", Part::Hamlet),
    ("DUSUN", Part::Hamlet),
    ("GANG", Part::Alley),
    ("GG", Part::Alley),
    ("GRIYA", Part::Estate),
    ("JALAN", Part::Street),
    ("JL", Part::Street),
    ("JLN", Part::Street),
    ("KAB", Part::Ignored),
    ("KABUPATEN", Part::Ignored),
    ("KAMP", Part::Kampung),
    ("KAMPUNG", Part::Kampung),
    ("KEC", Part::District),
    ("KECAMATAN", Part::District),
    ("KEL", Part::Village),
    ("KELURAHAN", Part::Village),
    ("KOMP", Part::Estate),
    ("KOMPLEK", Part::Estate),
    ("KOMPLEKS", Part::Estate),
    ("KOTA", Part::Ignored),
    ("KP", Part::Kampung),
    ("LINGK", Part::Neighbourhood),
    ("LINGKUNGAN", Part::Neighbourhood),
    ("LK", Part::Neighbourhood),
    ("NO", Part::Number),
    ("NOMOR", Part::Number),
    ("PERUM", Part::Estate),
    ("PERUMAHAN", Part::Estate),
    ("PROV", Part::Ignored),
    ("PROVINSI", Part::Ignored),
    ("RT", Part::Rt),
    ("RW", Part::Rw),
]);

/// The part a word announces.
pub(super) fn announced(word: &str) -> Option<Part> {
    KEYWORDS.get(word)
}

/// Announcing words that are written together with a number: RT03, NO12, GG4.
pub(super) fn glued(word: &str) -> Option<(&str, &str)> {
    let letters = word.bytes().take_while(u8::is_ascii_uppercase).count();
    let (keyword, number) = word.split_at_checked(letters)?;
    let short = matches!(keyword, "RT" | "RW" | "NO" | "LK" | "GG" | "LINGK" | "DSN" | "DUSUN");
    (short && number.starts_with(|c: char| c.is_ascii_digit())).then_some((keyword, number))
}

/// Street words whose number is part of the name: PASAR 3, KM 12.
pub(super) const NUMBERED_STREETS: &[&str] =
    &["JALUR", "KILOMETER", "KM", "LORONG", "LR", "PASAR", "PSR", "SIMPANG", "TAHAP"];

/// "Care of": two letters with a stroke that say nothing of the house.
pub(super) const CARE_OF: &[(&str, &str)] = &[("A", "N"), ("C", "O"), ("D", "A")];

/// Words of houses where people who are not a family live together, sorted: dormitories, boarding houses and schools,
/// company messes, barracks, flats, plantation emplacements.
pub(super) static SHARED: WordSet = WordSet::new(&[
    "AFD",
    "AFDELING",
    "APARTEMEN",
    "APARTMENT",
    "ASMIL",
    "ASPOL",
    "ASRAMA",
    "BARAK",
    "EMPLASEMEN",
    "EMPLASMEN",
    "INDEKOS",
    "KOS",
    "KOSAN",
    "KOST",
    "LAPAS",
    "MESS",
    "PANTI",
    "PESANTREN",
    "PONPES",
    "PTPN",
    "RUMDIS",
    "RUSUN",
    "RUSUNAWA",
]);

/// The value of a Roman numeral up to 39, as streets, alleys and neighbourhoods are numbered.
pub(super) fn roman(word: &str) -> Option<u32> {
    if word.is_empty() || word.len() > 7 || !word.bytes().all(|b| matches!(b, b'I' | b'V' | b'X')) {
        return None;
    }
    let tens = word.bytes().take_while(|&b| b == b'X').count();
    let units = match word.get(tens..)? {
        "" => 0,
        "I" => 1,
        "II" => 2,
        "III" => 3,
        "IV" => 4,
        "V" => 5,
        "VI" => 6,
        "VII" => 7,
        "VIII" => 8,
        "IX" => 9,
        _ => return None,
    };
    u32::try_from(tens).ok().filter(|&tens| tens <= 3).map(|tens| tens * 10 + units)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_sorted() {
        assert!(
            KEYWORDS.entries().is_sorted_by_key(|(word, _)| *word)
                && SHARED.words().is_sorted()
                && NUMBERED_STREETS.is_sorted()
        );
    }

    #[test]
    fn roman_numerals_are_read_and_words_are_not() {
        for (word, value) in [("I", 1), ("IV", 4), ("IX", 9), ("XIV", 14), ("XX", 20), ("XXIX", 29)] {
            assert_eq!(roman(word), Some(value), "{word}");
        }
        assert_eq!((roman(&"X".repeat(3)), roman(&"X".repeat(4))), (Some(30), None));
        for word in ["", "IIII", "VV", "A", "IVA", "VX", "L"] {
            assert_eq!(roman(word), None, "{word}");
        }
    }
}
