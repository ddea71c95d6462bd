//! Regions by Kemendagri code: provinces, kabupaten and kota, kecamatan, with codes that are no longer given out.
//!
//! The current list is that of Kepmendagri 300.2.2-2138/2025. A retired code stays valid in an old NIK, so it is in the table
//! with the current code of the same region where one of the same name exists. Codes retired before 2019 are in no source
//! of this table: an unknown code is information, never a fault of a person.
//! Codes of Statistics Indonesia (BPS) differ and are not in here. Looking a name up allocates; a
//! caller with a column of names asks once per distinct name.

mod by_name;

use std::sync::LazyLock;

use super::embedded::{Embedded, optional, several};

pub use by_name::{kabkota_by_name, kecamatan_by_name, provinsi_by_name};

pub(super) const DATA: Embedded = Embedded { name: "wilayah", text: include_str!("../data/wilayah.csv") };

/// The level of a region.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tingkat {
    /// Province, two digits.
    Provinsi,
    /// Regency or city, four digits.
    KabupatenKota,
    /// Subdistrict (in Papua distrik), six digits.
    Kecamatan,
}

/// Whether a code is in the current list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// In the current list.
    Aktif,
    /// Given out until the region got another code; still valid in an old NIK.
    Pensiun,
}

/// A region.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wilayah {
    /// Two, four or six digits, without dots.
    pub kode: &'static str,
    /// The official name; a regency or city begins with `Kabupaten` or `Kota`.
    pub nama: &'static str,
    /// Its level.
    pub tingkat: Tingkat,
    /// Whether its code is current.
    pub status: Status,
    /// The current code of a retired one, where a region of the same name has one.
    pub penerus: Option<&'static str>,
}

/// The regions by code, and beside each its other names.
struct Regions {
    rows: Vec<Wilayah>,
    /// For every possible code the number of its row, from 1: every NIK asks, and finding a row by halves took a tenth
    /// of a night. Only the pages of codes that occur are ever touched.
    places: Vec<u16>,
    other_names: Vec<&'static str>,
}

static TABLE: LazyLock<Regions> = LazyLock::new(|| {
    let mut table = Regions { rows: Vec::new(), places: vec![0; PLACES], other_names: Vec::new() };
    for [kode, nama, status, penerus, other] in DATA.records() {
        let tingkat = match kode.len() {
            2 => Tingkat::Provinsi,
            4 => Tingkat::KabupatenKota,
            _ => Tingkat::Kecamatan,
        };
        let status = if status.is_empty() { Status::Aktif } else { Status::Pensiun };
        table.rows.push(Wilayah { kode, nama, tingkat, status, penerus: optional(penerus) });
        table.other_names.push(other);
        let row = u16::try_from(table.rows.len()).ok();
        if let Some((row, place)) = row.zip(place(kode).and_then(|at| table.places.get_mut(at))) {
            *place = row;
        }
    }
    table
});

/// The region with a code of plain digits: `12`, `1271`, `127106`.
#[must_use]
pub fn find(kode: &str) -> Option<&'static Wilayah> {
    let table = &*TABLE;
    let row = table.places.get(place(kode)?)?.checked_sub(1)?;
    table.rows.get(usize::from(row))
}

/// How many codes of two, four or six digits there could be.
const PLACES: usize = 100 + 10_000 + 1_000_000;

/// The number of a code among all that there could be, the short ones first.
fn place(kode: &str) -> Option<usize> {
    let before = match kode.len() {
        2 => 0,
        4 => 100,
        6 => 100 + 10_000,
        _ => return None,
    };
    let mut number = 0;
    for byte in kode.bytes() {
        number = number * 10 + usize::from(char::from(byte).is_ascii_digit().then(|| byte - b'0')?);
    }
    Some(before + number)
}

/// The provinces, by code.
pub fn provinces() -> impl Iterator<Item = &'static Wilayah> {
    level(Tingkat::Provinsi)
}

/// The regencies and cities, current and retired, by code.
pub fn kabkota() -> impl Iterator<Item = &'static Wilayah> {
    level(Tingkat::KabupatenKota)
}

/// The subdistricts, current and retired, by code.
pub fn kecamatan() -> impl Iterator<Item = &'static Wilayah> {
    level(Tingkat::Kecamatan)
}

fn level(tingkat: Tingkat) -> impl Iterator<Item = &'static Wilayah> {
    TABLE.rows.iter().filter(move |region| region.tingkat == tingkat)
}

/// The regions of a level with their row and their other names.
fn named(tingkat: Tingkat) -> impl Iterator<Item = (usize, &'static Wilayah, impl Iterator<Item = &'static str>)> {
    let rows = TABLE.rows.iter().zip(&TABLE.other_names).enumerate();
    let rows = rows.filter(move |(_, (region, _))| region.tingkat == tingkat);
    rows.map(|(row, (region, other))| (row, region, several(other)))
}
