//! Countries and territories: ISO 3166-1, and the codes of ICAO Doc 9303 part 3 section 5 that ISO lacks.
//!
//! A code of this table is the alpha-2, or for nationalities and organisations without one (`XXA` stateless, `UNO`) their own
//! ICAO spelling. Kosovo is `XK`, in use though not in the ISO list. Former countries are left out: nobody travels there.
//! Names are those of CLDR, with other Indonesian names in everyday use.

use std::sync::LazyLock;

use super::embedded::{Embedded, several};
use super::names::{self, Index, Standing};
use crate::schema::CodeEntry;

pub(super) const DATA: Embedded = Embedded { name: "negara", text: include_str!("data/negara.csv") };

/// Words that one spelling has and the next one leaves out.
const LINK_WORDS: [&str; 3] = ["DAN", "AND", "THE"];

struct Countries {
    /// By code.
    entries: Vec<CodeEntry>,
    /// ICAO code and row, by ICAO code.
    icao: Vec<(&'static str, usize)>,
    names: Index,
}

static TABLE: LazyLock<Countries> = LazyLock::new(|| {
    let mut table = Countries { entries: Vec::new(), icao: Vec::new(), names: Index::new([]) };
    let mut forms = Vec::new();
    for (row, [code, alpha3, icao, label_id, label_en, other_id, other_en]) in DATA.records().enumerate() {
        let aliases: &'static [&'static str] = several(other_id).collect::<Vec<_>>().leak();
        table.entries.push(CodeEntry { code, label_id, label_en, aliases });
        table.icao.push((icao, row));
        // The single letter of Germany is a code of passports only, not a word anybody writes.
        let icao_word = if icao.len() > 1 { icao } else { "" };
        forms.extend([code, alpha3, icao_word].map(|text| (form(text), Standing::Official, row)));
        let names = [label_id, label_en].into_iter().chain(several(other_id)).chain(several(other_en));
        forms.extend(names.map(|text| (form(text), Standing::Other, row)));
    }
    table.icao.sort_unstable();
    table.names = Index::new(forms);
    table
});

/// All codes, sorted, with Indonesian and English labels; the aliases are other Indonesian names.
#[must_use]
pub fn code_entries() -> &'static [CodeEntry] {
    &TABLE.entries
}

/// The code of a country from its alpha-2, alpha-3 or ICAO code or from an Indonesian or English name, in any case.
///
/// Codes go before names: `AS` is American Samoa as in ISO 3166-1, never Amerika Serikat. None for anything unknown.
#[must_use]
pub fn alpha2(text: &str) -> Option<&'static str> {
    let row = TABLE.names.one(&form(text))?;
    TABLE.entries.get(row).map(|entry| entry.code)
}

/// The code of a country from the three-letter code of a passport (`IDN`, `D` for Germany), fillers `<` allowed, upper case.
/// A code without an alpha-2 is answered in its own spelling.
#[must_use]
pub fn alpha2_of_icao(code: &str) -> Option<&'static str> {
    let code = code.trim_end_matches('<');
    let at = TABLE.icao.binary_search_by(|(icao, _)| (*icao).cmp(code)).ok()?;
    let (_, row) = TABLE.icao.get(at)?;
    TABLE.entries.get(*row).map(|entry| entry.code)
}

/// The Indonesian name of a code of this table.
#[must_use]
pub fn label_id(alpha2: &str) -> Option<&'static str> {
    entry(alpha2).map(|entry| entry.label_id)
}

/// The English name of a code of this table.
#[must_use]
pub fn label_en(alpha2: &str) -> Option<&'static str> {
    entry(alpha2).map(|entry| entry.label_en)
}

fn entry(code: &str) -> Option<&'static CodeEntry> {
    let at = TABLE.entries.binary_search_by(|entry| entry.code.cmp(code)).ok()?;
    TABLE.entries.get(at)
}

fn form(text: &str) -> String {
    names::words(text).into_iter().filter(|word| !LINK_WORDS.contains(&word.as_str())).collect()
}
