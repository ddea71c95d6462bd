//! A part of a column whose memory is shared with the whole.

use std::ops::Range;
use std::sync::Arc;

use polars_arrow::bitmap::Bitmap;

/// Some rows of what keeps the texts of a column. Taking a part of it copies nothing.
#[derive(Debug)]
pub(super) struct Part<T> {
    whole: Arc<T>,
    rows: Range<usize>,
    validity: Option<Bitmap>,
}

impl<T> Part<T> {
    /// All rows. `validity` says which of them have a text; all have without it.
    pub(super) fn all(whole: T, rows: usize, validity: Option<Bitmap>) -> Self {
        Self { whole: Arc::new(whole), rows: 0..rows, validity }
    }

    pub(super) fn whole(&self) -> &T {
        &self.whole
    }

    /// Where its rows stand in the whole.
    pub(super) fn rows(&self) -> Range<usize> {
        self.rows.clone()
    }

    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    pub(super) fn validity(&self) -> Option<&Bitmap> {
        self.validity.as_ref()
    }

    pub(super) fn null_count(&self) -> usize {
        self.validity.as_ref().map_or(0, Bitmap::unset_bits)
    }

    pub(super) fn slice(&self, start: usize, len: usize) -> Self {
        Self {
            whole: Arc::clone(&self.whole),
            rows: self.rows.start + start..self.rows.start + start + len,
            validity: self.validity.clone().map(|validity| validity.sliced(start, len)),
        }
    }
}

impl<T> Clone for Part<T> {
    fn clone(&self) -> Self {
        self.slice(0, self.len())
    }
}
