//! Families: one card, one couple of parents, one marriage.

use super::super::derived::{dokumen, keluarga};
use super::super::forest::Forest;
use super::super::source::{Reach, Source, Tie, Witness};
use super::{KELUARGA, add, runs, spreading};
use crate::Result;
use crate::columns::Cx;
use crate::frame::Frame;
use crate::schema::columns::{NOMOR_KK, NOMOR_PERMOHONAN};

/// A family card on more applications than this is a mistake in the data, not a family.
pub(super) const MOST_ON_A_CARD: usize = 30;
/// Parents' names on more applications than this are common names, not one couple: five children file twice in ten years.
/// In a large history common names would otherwise tie family to family without end.
const MOST_CHILDREN: usize = 10;
/// Names of husband and wife on more applications than this are common names; what one couple files over the years is less.
const MOST_OF_A_COUPLE: usize = 6;
/// A marriage book on more applications than this is a mistake in the data.
const MOST_OF_A_BOOK: usize = 12;

/// The maker of `keluarga`.
#[derive(Debug)]
pub(in crate::columns) struct KeluargaSource;

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
            spreading(dokumen::BUKU_NIKAH, MOST_OF_A_BOOK),
            spreading(keluarga::ORANG_TUA, MOST_CHILDREN),
            spreading(keluarga::PASANGAN, MOST_OF_A_COUPLE),
        ]
    }

    fn compute(&self, _: &Cx, frame: &mut Frame, _: &dyn Fn(&str) -> bool) -> Result<Option<Box<dyn Witness>>> {
        let mut forest = Forest::new(frame.rows());
        tie(&mut forest, runs(frame, &[NOMOR_KK])?, MOST_ON_A_CARD);
        tie(&mut forest, runs(frame, &[dokumen::BUKU_NIKAH])?, MOST_OF_A_BOOK);
        tie(&mut forest, runs(frame, &[keluarga::ORANG_TUA])?, MOST_CHILDREN);
        tie(&mut forest, runs(frame, &[keluarga::PASANGAN])?, MOST_OF_A_COUPLE);
        add(frame, KELUARGA, &mut forest)
    }
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
