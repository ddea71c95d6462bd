//! The 99 occupations of the family register, with other names that applicants and counters use.
//!
//! Names lead to codes, numbers never do: the numbers 31 to 35 and 89 mean other occupations in another edition of the form,
//! so a bare number in an export says nothing certain.

use std::sync::LazyLock;

use super::embedded::{Embedded, several};
use super::names::{Index, Standing, joined};
use crate::schema::CodeEntry;

pub(super) const DATA: Embedded = Embedded { name: "pekerjaan", text: include_str!("data/pekerjaan.csv") };

static ENTRIES: LazyLock<Vec<CodeEntry>> = LazyLock::new(|| {
    let entry = |[code, label_id, label_en, other]: [&'static str; 4]| {
        let aliases: &'static [&'static str] = several(other).collect::<Vec<_>>().leak();
        CodeEntry { code, label_id, label_en, aliases }
    };
    DATA.records().map(entry).collect()
});

static NAMES: LazyLock<Index> = LazyLock::new(|| {
    let forms = ENTRIES.iter().enumerate().flat_map(|(row, entry)| {
        let other = entry.aliases.iter().map(move |alias| (joined(alias), Standing::Other, row));
        other.chain([(joined(entry.label_id), Standing::Official, row)])
    });
    Index::new(forms)
});

/// All occupations, code `01` to `99`.
#[must_use]
pub fn code_entries() -> &'static [CodeEntry] {
    &ENTRIES
}

/// The code of an occupation from its name or another name of it, in any case and punctuation. None when unknown.
#[must_use]
pub fn by_name(text: &str) -> Option<&'static str> {
    let row = NAMES.one(&joined(text))?;
    ENTRIES.get(row).map(|entry| entry.code)
}
