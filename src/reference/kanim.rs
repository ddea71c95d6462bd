//! Immigration offices (kantor imigrasi): 126, and 18 approved in November 2025.
//!
//! No public list of the official office codes exists; `id` is this table's own. An office's own code goes into its
//! `saring.toml`.

use std::sync::LazyLock;

use super::embedded::{Embedded, optional, several};
use super::names::{self, Index, Standing};

pub(super) const DATA: Embedded = Embedded { name: "kanim", text: include_str!("data/kanim.csv") };

/// Words of the full name of an office that do not tell it from others: its class changes, its place does not.
const CLASS_WORDS: [&str; 11] =
    ["KANTOR", "IMIGRASI", "KANIM", "KELAS", "I", "II", "III", "KHUSUS", "NON", "TPI", "NONTPI"];

/// An immigration office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kanim {
    /// This table's identifier, such as `KANIM-MEDAN`.
    pub id: &'static str,
    /// The full name, with the class where it is known.
    pub nama: &'static str,
    /// The name without class.
    pub singkat: &'static str,
    /// Region code of the province, two digits.
    pub provinsi: &'static str,
    /// Region code of the kabupaten or kota it sits in, four digits.
    pub kota: Option<&'static str>,
}

static TABLE: LazyLock<(Vec<Kanim>, Index)> = LazyLock::new(|| {
    let mut offices = Vec::new();
    let mut forms = Vec::new();
    for (row, [id, nama, singkat, provinsi, kota, other]) in DATA.records().enumerate() {
        offices.push(Kanim { id, nama, singkat, provinsi, kota: optional(kota) });
        forms.extend([id, nama, singkat].map(|text| (form(text), Standing::Official, row)));
        forms.extend(several(other).map(|text| (form(text), Standing::Other, row)));
    }
    (offices, Index::new(forms))
});

/// Every office, sorted by `id`.
pub fn all() -> impl Iterator<Item = &'static Kanim> {
    TABLE.0.iter()
}

/// An office by its `id`, its name with or without class, or its short name, in any case. None when unknown.
#[must_use]
pub fn find(text: &str) -> Option<&'static Kanim> {
    TABLE.0.get(TABLE.1.one(&form(text))?)
}

fn form(text: &str) -> String {
    names::words(text).into_iter().filter(|word| !CLASS_WORDS.contains(&word.as_str())).collect()
}
