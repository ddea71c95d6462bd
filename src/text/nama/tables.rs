//! Words of Indonesian names. Sorted where searched by halves; tests hold the order.

use crate::text::lexicon::{WordMap, WordSet};

/// Titles before a name. TENGKU, TEUKU, CUT and ANDI are names, not titles; ST before a name is Siti.
pub(super) static PREFIXES: WordSet = WordSet::new(&[
    "ALM", "ALMH", "DR", "DRA", "DRG", "DRS", "H", "HAJI", "HAJJAH", "HJ", "IR", "KH", "NY", "PDT", "PROF", "R",
    "RADEN", "RR", "SDR", "SDRI", "TGK", "TN", "USTADZ",
]);

/// RORO is a title after these only.
pub(super) static BEFORE_RORO: WordSet = WordSet::new(&["R", "RADEN"]);

/// The second word of RADEN RORO.
pub(super) static AFTER_RADEN: WordSet = WordSet::new(&["RORO"]);

/// Degrees behind a name; they count after a comma or with full stops. ST is Sarjana Teknik here.
pub(super) static SUFFIXES: WordSet = WordSet::new(&[
    "AMD", "AMKEB", "MBA", "MH", "MKES", "MM", "MPD", "MSI", "PHD", "SAG", "SE", "SH", "SIP", "SKM", "SKOM", "SPD",
    "SPSI", "SPT", "SSOS", "ST", "STP",
]);

/// "The late", which also stands behind a name.
pub(super) static DECEASED: WordSet = WordSet::new(&["ALM", "ALMH"]);

/// Words before a patronym or, for Batak women, a clan name. Dropped inside a name only: at its ends they are
/// initials.
pub(super) static LINKS: WordSet =
    WordSet::new(&["A/L", "A/P", "B", "BIN", "BINTE", "BINTI", "BORU", "BR", "BT", "BTE"]);

/// Those of the link words that announce the father's name; BORU and BR announce a clan.
pub(super) static OF_THE_FATHER: WordSet = WordSet::new(&["A/L", "A/P", "B", "BIN", "BINTE", "BINTI", "BT", "BTE"]);

/// Link words written with a stroke, which otherwise separates words.
pub(super) const SLASHED_LINKS: &[&str] = &["A/L", "A/P"];

/// Spellings of one name, as whole words, after old spelling was made new. A bare M stays an initial (it may be
/// Maria, Made or Mangasi), A. too (Ahmad, Abdul, Andi). Not folded on purpose: DEVI, FATMAH, YOSEF, MOSES, endings
/// in -o and -a.
pub(super) static VARIANTS: WordMap<&str> = WordMap::new(&[
    ("ABD", "ABDUL"),
    ("ABDL", "ABDUL"),
    ("ABDUR", "ABDUL"),
    ("ABDUS", "ABDUL"),
    ("ACHMAD", "AHMAD"),
    ("ACHMED", "AHMAD"),
    ("AHMAT", "AHMAD"),
    ("AHMED", "AHMAD"),
    ("AKHMAD", "AHMAD"),
    ("CHRISTINA", "KRISTINA"),
    ("HUSAIN", "HUSEIN"),
    ("HUSEN", "HUSEIN"),
    ("HUSSEIN", "HUSEIN"),
    ("IBRAHEM", "IBRAHIM"),
    ("ISMAEL", "ISMAIL"),
    ("JAKUB", "YAKUB"),
    ("JOHANES", "YOHANES"),
    ("JOHANNES", "YOHANES"),
    ("JUNUS", "YUNUS"),
    ("JUSUF", "YUSUF"),
    ("KRISTIN", "KRISTINA"),
    ("LTOBING", "LUMBANTOBING"),
    ("MARYA", "MARIA"),
    ("MD", "MUHAMMAD"),
    ("MHD", "MUHAMMAD"),
    ("MOCH", "MUHAMMAD"),
    ("MOCHAMAD", "MUHAMMAD"),
    ("MOCHAMMAD", "MUHAMMAD"),
    ("MOH", "MUHAMMAD"),
    ("MOHAMAD", "MUHAMMAD"),
    ("MOHAMMAD", "MUHAMMAD"),
    ("MOHD", "MUHAMMAD"),
    ("MUCHAMAD", "MUHAMMAD"),
    ("MUH", "MUHAMMAD"),
    ("MUHAMAD", "MUHAMMAD"),
    ("MUHAMMAT", "MUHAMMAD"),
    ("MUHAMMED", "MUHAMMAD"),
    ("MUHD", "MUHAMMAD"),
    ("NOOR", "NUR"),
    ("NOR", "NUR"),
    ("NUUR", "NUR"),
    ("POULUS", "PAULUS"),
    ("PUTERI", "PUTRI"),
    ("SERI", "SRI"),
    ("SRIE", "SRI"),
    ("STEPHANUS", "STEFANUS"),
    ("STEVANUS", "STEFANUS"),
    ("YACOB", "YAKUB"),
    ("YAQUB", "YAKUB"),
    ("YOHANNES", "YOHANES"),
]);

/// Spellings that count at the beginning of a name of several words: ST elsewhere is a degree or an initial.
pub(super) static FIRST_VARIANTS: WordMap<&str> =
    WordMap::new(&[("CITI", "SITI"), ("SITTI", "SITI"), ("ST", "SITI"), ("STI", "SITI")]);

/// M. before another name.
pub(super) const DOTTED_M: (&str, &str) = ("M", "MUHAMMAD");

/// Words with an o and an e of their own.
pub(super) const KEEP_OE: &[&str] = &["CHOERUL", "JOEL", "LOEIS", "NOEL", "SOEB"];

/// Clan names written in one word or two.
pub(super) const JOINED: &[(&str, &str)] = &[
    ("BATU", "BARA"),
    ("KARO", "KARO"),
    ("L", "TOBING"),
    ("LUMBAN", "GAOL"),
    ("LUMBAN", "TOBING"),
    ("PERANGIN", "ANGIN"),
];

/// Words that are written apart from or together with the next one.
pub(super) const JOIN_NEXT: &[&str] = &["ABDUL", "NUR"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_sorted_and_no_spelling_leads_to_another_spelling() {
        for table in [&PREFIXES, &SUFFIXES, &DECEASED, &LINKS, &OF_THE_FATHER, &BEFORE_RORO, &AFTER_RADEN] {
            assert!(table.words().is_sorted());
        }
        assert!(KEEP_OE.is_sorted());
        for table in [&VARIANTS, &FIRST_VARIANTS] {
            assert!(table.entries().is_sorted());
            for (_, canonical) in table.entries() {
                assert!(VARIANTS.get(canonical).is_none(), "{canonical}");
            }
        }
    }
}
