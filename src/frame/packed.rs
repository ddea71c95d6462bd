//! Texts one after the other in one long text.
//!
//! Most texts of an export that do not repeat are numbers of sixteen digits. Here such a row takes its bytes and four more; in
//! an array of views it takes its bytes and sixteen, and a row without a text sixteen as well.

use polars::prelude::{IntoSeries, Series, StringChunked};
use polars_arrow::array::MutableBinaryViewArray;
use polars_arrow::bitmap::MutableBitmap;

use super::part::Part;

/// Rows that lie together in memory of their own: growing by one more such stretch moves none of those before.
const STRETCH: usize = 8192;

/// A column of texts that do not repeat.
pub(super) type Packed = Part<Texts>;

/// INVARIANT: every stretch but the last has [`STRETCH`] rows.
#[derive(Debug, Default)]
pub(super) struct Texts(Vec<Stretch>);

#[derive(Debug, Default)]
struct Stretch {
    text: String,
    /// Where each row ends in the text.
    ends: Vec<u32>,
}

impl Texts {
    #[inline]
    fn get(&self, row: usize) -> Option<&str> {
        let Stretch { text, ends } = self.0.get(row / STRETCH)?;
        let row = row % STRETCH;
        let start = if row == 0 { 0 } else { *ends.get(row - 1)? as usize };
        text.get(start..*ends.get(row)? as usize)
    }
}

impl Packed {
    /// The text of a row; none for null and beyond the end.
    #[inline]
    pub(super) fn get(&self, row: usize) -> Option<&str> {
        if row >= self.len() || self.validity().is_some_and(|validity| !validity.get_bit(row)) {
            return None;
        }
        self.whole().get(self.rows().start + row)
    }

    /// The texts of these rows; where a row is none or beyond the end, none.
    pub(super) fn take(&self, rows: impl Iterator<Item = Option<u32>>) -> Self {
        let mut taken = Packing::default();
        rows.for_each(|row| taken.push(row.and_then(|row| self.get(row as usize))));
        taken.finish()
    }

    /// The same texts as polars keeps them.
    pub(super) fn to_series(&self, name: &str) -> Series {
        let mut array = MutableBinaryViewArray::<str>::with_capacity(self.len());
        (0..self.len()).for_each(|row| array.push(self.get(row)));
        StringChunked::with_chunk(name.into(), array.freeze()).into_series()
    }

    /// How many bytes it holds.
    pub(super) fn bytes(&self) -> usize {
        self.whole().0.iter().map(|stretch| stretch.text.capacity() + stretch.ends.capacity() * 4).sum()
    }
}

/// Such a column under construction.
#[derive(Debug, Default)]
pub(super) struct Packing {
    full: Texts,
    last: Stretch,
    /// Once there is a row without a text.
    valid: Option<MutableBitmap>,
}

impl Packing {
    #[inline]
    pub(super) fn push(&mut self, text: Option<&str>) {
        if self.last.ends.len() == STRETCH {
            self.seal();
        }
        let Stretch { text: all, ends } = &mut self.last;
        all.push_str(text.unwrap_or_default());
        // A stretch of four gigabytes would take fields of megabytes, which no file may have.
        ends.push(u32::try_from(all.len()).unwrap_or(u32::MAX));
        match &mut self.valid {
            Some(valid) => valid.push(text.is_some()),
            None if text.is_none() => {
                let rows = self.full.0.len() * STRETCH + ends.len();
                let mut valid = MutableBitmap::from_len_set(rows);
                valid.set(rows - 1, false);
                self.valid = Some(valid);
            }
            None => {}
        }
    }

    /// Begins another stretch, which will be as long as the last.
    fn seal(&mut self) {
        let next = Stretch { text: String::with_capacity(self.last.text.len()), ends: Vec::with_capacity(STRETCH) };
        let mut full = std::mem::replace(&mut self.last, next);
        full.text.shrink_to_fit();
        full.ends.shrink_to_fit();
        self.full.0.push(full);
    }

    pub(super) fn finish(mut self) -> Packed {
        let rows = self.full.0.len() * STRETCH + self.last.ends.len();
        self.full.0.push(self.last);
        Packed::all(self.full, rows, self.valid.map(MutableBitmap::freeze))
    }
}
