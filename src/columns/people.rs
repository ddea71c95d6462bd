//! People and families across all applications: `orang` and `keluarga`.
//!
//! Both are the smallest application number of a set. An application that is tied to no other is a set of its own, so
//! `count(distinct keluarga)` counts an applicant about whom nothing is known as one family. Everything here is decided by
//! equal values and one comparison of names; nothing is guessed.

use rayon::prelude::*;

use super::derived::{dokumen, keluarga};
use super::forest::Forest;
use super::group::ranks;
use super::key::KeyColumns;
use super::source::{Reach, Source, Tie, Witness};
use super::{ColumnInfo, Cx, Origin};
use crate::Result;
use crate::frame::Frame;
use crate::schema::columns::{NAMA_LENGKAP, NIK, NOMOR_KK, NOMOR_PERMOHONAN, TANGGAL_LAHIR};
use crate::schema::{Mask, Reveals, Sensitivity, Type};
use crate::text::similarity;

/// `orang`: the person.
pub const ORANG: &str = "orang";
/// `keluarga`: the family.
pub const KELUARGA: &str = "keluarga";

/// Two applications with one NIK and one birth date are one person when their names are at least this alike, of 100.
/// Domain rule D04 calls names below 80 another person.
const SAME_NAME: i64 = 80;

/// No person files more applications than this; a NIK on more of them is a filler that clerks type, and comparing all
/// of its applications with each other would take for ever.
const MOST_OF_A_NIK: usize = 200;
/// A family card on more applications than this is a mistake in the data, not a family.
const MOST_ON_A_CARD: usize = 30;
/// Parents' names on more applications than this are common names, not one couple.
const MOST_CHILDREN: usize = 24;
/// Husband and wife, and what they filed over the years.
const MOST_OF_A_COUPLE: usize = 12;

/// The catalogue's entries.
#[must_use]
pub(super) fn columns() -> [ColumnInfo; 2] {
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
             a name at least 80 alike",
        ),
        column(
            KELUARGA,
            "Keluarga",
            "family",
            "smallest application number of the same family over tonight and history: one family card, the same parents, \
             one marriage book, or husband and wife naming each other",
        ),
    ]
}

/// The maker of `orang`.
#[derive(Debug)]
pub(super) struct OrangSource;

impl Source for OrangSource {
    fn name(&self) -> &str {
        ORANG
    }

    fn makes(&self) -> Vec<&str> {
        vec![ORANG]
    }

    fn needs(&self, _: &dyn Fn(&str) -> bool) -> Vec<&str> {
        vec![NOMOR_PERMOHONAN, NIK, NAMA_LENGKAP, TANGGAL_LAHIR]
    }

    fn reach(&self) -> Reach {
        Reach::All
    }

    fn ties(&self) -> Vec<Tie> {
        vec![spreading(NIK, MOST_OF_A_NIK)]
    }

    fn compute(&self, _: &Cx, frame: &mut Frame, _: &dyn Fn(&str) -> bool) -> Result<Option<Box<dyn Witness>>> {
        let mut forest = Forest::new(frame.rows());
        let (names, born) = (frame.text(NAMA_LENGKAP)?, frame.number(TANGGAL_LAHIR)?);
        for run in runs(frame, &[NIK])?.iter().filter(|run| run.len() <= MOST_OF_A_NIK) {
            for (at, a) in run.iter().enumerate() {
                for b in run.iter().skip(at + 1) {
                    let (one, other) = (*a as usize, *b as usize);
                    let same_day = born.get(one).is_some() && born.get(one) == born.get(other);
                    let alike = |a: &str, b: &str| a == b || similarity(a, b) >= SAME_NAME;
                    if same_day && names.get(one).zip(names.get(other)).is_some_and(|(a, b)| alike(a, b)) {
                        forest.join(*a, *b);
                    }
                }
            }
        }
        add(frame, ORANG, &mut forest)
    }
}

/// The maker of `keluarga`.
#[derive(Debug)]
pub(super) struct KeluargaSource;

impl Source for KeluargaSource {
    fn name(&self) -> &str {
        KELUARGA
    }

    fn makes(&self) -> Vec<&str> {
        vec![KELUARGA]
    }

    fn needs(&self, _: &dyn Fn(&str) -> bool) -> Vec<&str> {
        vec![NOMOR_PERMOHONAN, NOMOR_KK, keluarga::ORANG_TUA, keluarga::PASANGAN, dokumen::BUKU_NIKAH]
    }

    fn reach(&self) -> Reach {
        Reach::All
    }

    fn ties(&self) -> Vec<Tie> {
        vec![
            spreading(NOMOR_KK, MOST_ON_A_CARD),
            spreading(dokumen::BUKU_NIKAH, MOST_OF_A_COUPLE),
            spreading(keluarga::ORANG_TUA, MOST_CHILDREN),
            spreading(keluarga::PASANGAN, MOST_OF_A_COUPLE),
        ]
    }

    fn compute(&self, _: &Cx, frame: &mut Frame, _: &dyn Fn(&str) -> bool) -> Result<Option<Box<dyn Witness>>> {
        let mut forest = Forest::new(frame.rows());
        tie(&mut forest, runs(frame, &[NOMOR_KK])?, MOST_ON_A_CARD);
        tie(&mut forest, runs(frame, &[dokumen::BUKU_NIKAH])?, MOST_OF_A_COUPLE);
        tie(&mut forest, runs(frame, &[keluarga::ORANG_TUA])?, MOST_CHILDREN);
        tie(&mut forest, runs(frame, &[keluarga::PASANGAN])?, MOST_OF_A_COUPLE);
        add(frame, KELUARGA, &mut forest)
    }
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

fn tie(forest: &mut Forest, runs: Vec<Vec<u32>>, most: usize) {
    for run in runs.iter().filter(|run| run.len() <= most) {
        for pair in run.windows(2) {
            if let [a, b] = pair {
                forest.join(*a, *b);
            }
        }
    }
}

/// Adds the column: for each row the smallest application number of its set.
fn add(frame: &mut Frame, name: &str, forest: &mut Forest) -> Result<Option<Box<dyn Witness>>> {
    let roots = forest.roots();
    let tied: Vec<u32> = (0..u32::try_from(roots.len()).unwrap_or(u32::MAX))
        .filter(|row| roots.get(*row as usize).is_some_and(|root| forest.size(*root) > 1))
        .collect();
    // Of each set with several rows the one with the smallest number; alone, a row is its own.
    let mut smallest: Vec<u32> = (0..u32::try_from(roots.len()).unwrap_or(u32::MAX)).collect();
    let ranks = ranks(frame, &tied)?;
    let mut best: std::collections::BTreeMap<u32, (u32, u32)> = std::collections::BTreeMap::new();
    for (row, rank) in tied.iter().zip(ranks) {
        let root = roots.get(*row as usize).copied().unwrap_or(*row);
        let entry = best.entry(root).or_insert((rank, *row));
        *entry = (*entry).min((rank, *row));
    }
    for row in &tied {
        let root = roots.get(*row as usize).copied().unwrap_or(*row);
        if let (Some(place), Some((_, least))) = (smallest.get_mut(*row as usize), best.get(&root)) {
            *place = *least;
        }
    }
    frame.add_taken(NOMOR_PERMOHONAN, &smallest, name)?;
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::frame::{Builder, nulls};

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
}
