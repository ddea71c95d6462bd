//! Texts that repeat, each kept once.
//!
//! An export says `WISATA` a million times. With the number of its word a row takes four bytes and not sixteen, and what is
//! asked of a text need be asked of each word only.

use polars::prelude::{ChunkTake, IdxCa, IntoSeries, Series, StringChunked};
use polars_arrow::array::Utf8ViewArray;
use polars_arrow::bitmap::MutableBitmap;

use super::part::Part;

/// Stands for a row without a text; no column has as many words.
pub(super) const NONE: u32 = u32::MAX;

/// A column of texts that repeat.
pub(super) type Words = Part<Numbered>;

/// INVARIANT: the number of a row is that of a word, or [`NONE`] where the column has no text.
#[derive(Debug)]
pub(super) struct Numbered {
    words: Utf8ViewArray,
    numbers: Vec<u32>,
}

impl Words {
    /// A column of these words, of which each row has one or [`NONE`]. A number without a word is as none.
    pub(super) fn new(words: Utf8ViewArray, mut numbers: Vec<u32>) -> Self {
        let (count, mut nulls) = (words.len(), false);
        for number in &mut numbers {
            if *number as usize >= count {
                (*number, nulls) = (NONE, true);
            }
        }
        let validity = nulls.then(|| numbers.iter().map(|number| *number != NONE).collect::<MutableBitmap>().freeze());
        let rows = numbers.len();
        Self::all(Numbered { words, numbers }, rows, validity)
    }

    pub(super) fn words(&self) -> &Utf8ViewArray {
        &self.whole().words
    }

    /// The word of a number; none for [`NONE`].
    #[inline]
    pub(super) fn word(&self, number: u32) -> Option<&str> {
        let number = number as usize;
        if number < self.words().len() { self.words().get(number) } else { None }
    }

    /// For each row the number of its word.
    pub(super) fn numbers(&self) -> &[u32] {
        self.whole().numbers.get(self.rows()).unwrap_or_default()
    }

    /// The texts of these rows; where a row is none or beyond the end, none.
    pub(super) fn take(&self, rows: impl Iterator<Item = Option<u32>>) -> Self {
        let all = self.numbers();
        let number = |row: Option<u32>| row.and_then(|row| all.get(row as usize)).copied().unwrap_or(NONE);
        Self::new(self.words().clone(), rows.map(number).collect())
    }

    /// The same texts as polars keeps them.
    pub(super) fn to_series(&self, name: &str) -> Series {
        let words = StringChunked::with_chunk(name.into(), self.words().clone());
        let rows: IdxCa = self.numbers().iter().map(|row| Some(*row).filter(|row| *row != NONE)).collect();
        // Only words that are there were given out.
        words.take(&rows).unwrap_or_default().into_series()
    }

    /// How many bytes it holds.
    pub(super) fn bytes(&self) -> usize {
        self.len() * 4 + self.words().len() * 16 + self.words().total_bytes_len()
    }
}
