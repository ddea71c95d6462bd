//! The dated reference tables that are part of the program: regions, holidays, countries, occupations, telephone
//! numbers, immigration offices, words of names.
//!
//! Each table is one file under `data/`, embedded as it is, parsed once when first asked for, and never changed by a run.
//! A lookup is a search in a sorted table; it accepts any text and answers with a value of the table or with nothing.
//! [`versions`] says which tables a run worked with, down to the hash of each file. Where a table comes from, under which
//! licence and how it is rebuilt is in `data/README.md`; the required notices are in `data/NOTICES.md`.
//!
//! Not here: lists an office keeps itself (watchlists, official code of an office), which are read at run time.

mod embedded;
mod names;

pub mod countries;
pub mod kanim;
pub mod kata_nama;
pub mod libur;
pub mod pekerjaan;
pub mod telepon;
pub mod wilayah;

use embedded::Embedded;

/// Every table, sorted by name.
const TABLES: &[&Embedded] = &[
    &kanim::DATA,
    &kata_nama::DATA,
    &libur::DATA,
    &countries::DATA,
    &telepon::PANGGILAN,
    &pekerjaan::DATA,
    &telepon::DATA,
    &wilayah::DATA,
];

/// Which edition of a reference table is in this program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableVersion {
    /// The name of the table, also that of its file without `.csv`.
    pub name: &'static str,
    /// The edition: a decree, a standard, a release or the month it was compiled.
    pub version: &'static str,
    /// How many records it has.
    pub rows: usize,
    /// SHA-256 of the file, 64 hexadecimal digits.
    pub sha256: String,
    /// The packages it was made from, with their versions and licences.
    pub source: &'static str,
}

/// Every reference table in this program, sorted by name.
#[must_use]
pub fn versions() -> Vec<TableVersion> {
    TABLES.iter().map(|table| table.describe()).collect()
}

#[cfg(test)]
mod tests;
