//! People and families across all applications: `orang` and `keluarga`.
//!
//! Both are the smallest application number of a set. An application that is tied to no other is a set of its own, so
//! `count(distinct keluarga)` counts an applicant about whom nothing is known as one family. Families are decided by equal
//! values (`family`). Applications are one person with one NIK, a like name and the same birth date; with another NIK where
//! the matcher says so (`likeness`); and where such ties lead on, as long as all names stay alike (`person`).

mod family;
mod likeness;
mod person;

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::forest::Forest;
use super::key::KeyColumns;
use super::rank::ranks;
use super::source::{Tie, Witness};
use super::{ColumnInfo, Origin};
use crate::Result;
use crate::frame::Frame;
use crate::matching::BUKTI_COCOK;
use crate::schema::columns::NOMOR_PERMOHONAN;
use crate::schema::{Mask, Reveals, Sensitivity, Type};

pub(super) use family::KeluargaSource;
pub use likeness::{Likeness, likenesses};
pub(super) use person::OrangSource;

/// `orang`: the person.
pub const ORANG: &str = "orang";
/// `orang.bukti`: why a person is one although the NIK differ.
const BUKTI: &str = "orang.bukti";
/// `keluarga`: the family.
pub const KELUARGA: &str = "keluarga";

/// The catalogue's entries.
#[must_use]
pub(super) fn columns() -> [ColumnInfo; 3] {
    let column = |name: &str, id: &str, en: &str, meaning: &str| ColumnInfo {
        name: name.to_owned(),
        ty: Type::Text,
        limits: None,
        mask: Mask::Number,
        sensitivity: Sensitivity::Personal,
        reveals: Reveals::Nothing,
        label_id: id.to_owned(),
        label_en: en.to_owned(),
        meaning: meaning.to_owned(),
        example: "1271250000123456".to_owned(),
        origin: Origin::Derived,
        whole: true,
    };
    [
        column(
            ORANG,
            "Orang",
            "person",
            "smallest application number of the same person over tonight and history: one NIK with the same birth date and \
             a name at least 80 alike, or another NIK with the same birth date, a name at least 92 alike and a parent, a phone \
             or an old passport in common",
        ),
        ColumnInfo {
            ty: Type::List(BUKTI_COCOK),
            mask: Mask::Open,
            sensitivity: Sensitivity::Plain,
            example: "lahir_sama;telepon_sama;ibu".to_owned(),
            ..column(
                BUKTI,
                "Bukti satu orang",
                "evidence of one person",
                "what, besides the name, ties the applications of a person who has several NIK: the strongest tie of this one, else of \
                 the person",
            )
        },
        column(
            KELUARGA,
            "Keluarga",
            "family",
            "smallest application number of the same family over tonight and history: one family card, the same parents, \
             one marriage book, or husband and wife naming each other",
        ),
    ]
}

/// A tie over one column that leads on.
fn spreading(column: &str, most: usize) -> Tie {
    Tie { columns: vec![column.to_owned()], width: None, spreads: Some(most), every: true }
}

/// The rows that share each key, ascending; keys of one row are left out.
fn runs(frame: &Frame, columns: &[&str]) -> Result<Vec<Vec<u32>>> {
    let columns: Vec<String> = columns.iter().map(|c| (*c).to_owned()).collect();
    let mut found: Vec<(u128, u32)> = KeyColumns::of(frame, &columns)?
        .shared(frame.rows(), 2, &|_| true)
        .into_iter()
        .map(|(row, key)| (key, row))
        .collect();
    found.par_sort_unstable();
    let runs = found.chunk_by(|a, b| a.0 == b.0).filter(|run| run.len() > 1);
    Ok(runs.map(|run| run.iter().map(|(_, row)| *row).collect()).collect())
}

/// Adds the column: for each row the smallest application number of its set.
fn add(frame: &mut Frame, name: &str, forest: &mut Forest) -> Result<Option<Box<dyn Witness>>> {
    let roots = forest.roots();
    let tied: Vec<u32> = (0..u32::try_from(roots.len()).unwrap_or(u32::MAX))
        .filter(|row| roots.get(*row as usize).is_some_and(|root| forest.size(*root) > 1))
        .collect();
    // Of each set with several rows the one with the smallest number; alone, a row is its own.
    let mut smallest: Vec<Option<u32>> = (0..u32::try_from(roots.len()).unwrap_or(u32::MAX)).map(Some).collect();
    let ranks = ranks(frame, &tied)?;
    let mut best: BTreeMap<u32, (u32, u32)> = BTreeMap::new();
    for (row, rank) in tied.iter().zip(ranks) {
        let root = roots.get(*row as usize).copied().unwrap_or(*row);
        let entry = best.entry(root).or_insert((rank, *row));
        *entry = (*entry).min((rank, *row));
    }
    for row in &tied {
        let root = roots.get(*row as usize).copied().unwrap_or(*row);
        if let (Some(place), Some((_, least))) = (smallest.get_mut(*row as usize), best.get(&root)) {
            *place = Some(*least);
        }
    }
    frame.add_taken(NOMOR_PERMOHONAN, &smallest, name)?;
    Ok(None)
}

#[cfg(test)]
mod tests;
