//! One column, however it is kept.

use polars::prelude::{DataType, IdxCa, Series};

use super::packed::Packed;
use super::words::Words;
use crate::{Error, Result};

/// A column without its name. INVARIANT: one chunk.
#[derive(Debug, Clone)]
pub struct Column(pub(super) Kept);

/// How values are kept.
#[derive(Debug, Clone)]
pub(super) enum Kept {
    /// As polars keeps them.
    Each(Series),
    /// Texts, each word once.
    Words(Words),
    /// Texts one after the other.
    Packed(Packed),
}

impl Column {
    /// The type as polars has it.
    #[must_use]
    pub fn data_type(&self) -> &DataType {
        match &self.0 {
            Kept::Each(series) => series.dtype(),
            Kept::Words(_) | Kept::Packed(_) => &DataType::String,
        }
    }

    pub(super) fn len(&self) -> usize {
        match &self.0 {
            Kept::Each(series) => series.len(),
            Kept::Words(words) => words.len(),
            Kept::Packed(texts) => texts.len(),
        }
    }

    pub(super) fn null_count(&self) -> usize {
        match &self.0 {
            Kept::Each(series) => series.null_count(),
            Kept::Words(words) => words.null_count(),
            Kept::Packed(texts) => texts.null_count(),
        }
    }

    pub(super) fn slice(&self, start: usize, len: usize) -> Self {
        #[expect(clippy::cast_possible_wrap, reason = "row counts stay far below 2^63")]
        Self(match &self.0 {
            Kept::Each(series) => Kept::Each(series.slice(start as i64, len)),
            Kept::Words(words) => Kept::Words(words.slice(start, len)),
            Kept::Packed(texts) => Kept::Packed(texts.slice(start, len)),
        })
    }

    /// The values of these rows, none where no row is named. No row may lie beyond the end.
    pub(super) fn take(&self, rows: impl Iterator<Item = Option<u32>>) -> Result<Self> {
        Ok(Self(match &self.0 {
            Kept::Each(series) => {
                let rows: IdxCa = rows.collect();
                Kept::Each(series.take(&rows).map_err(|_| Error::internal("gathering rows failed"))?)
            }
            Kept::Words(words) => Kept::Words(words.take(rows)),
            Kept::Packed(texts) => Kept::Packed(texts.take(rows)),
        }))
    }

    pub(super) fn to_series(&self, name: &str) -> Series {
        match &self.0 {
            Kept::Each(series) => series.clone().with_name(name.into()),
            Kept::Words(words) => words.to_series(name),
            Kept::Packed(texts) => texts.to_series(name),
        }
    }

    pub(super) fn bytes(&self) -> usize {
        match &self.0 {
            Kept::Each(series) => series.estimated_size(),
            Kept::Words(words) => words.bytes(),
            Kept::Packed(texts) => texts.bytes(),
        }
    }
}

impl From<Series> for Column {
    fn from(series: Series) -> Self {
        Self(Kept::Each(if series.n_chunks() == 1 { series } else { series.rechunk() }))
    }
}

impl From<Packed> for Column {
    fn from(texts: Packed) -> Self {
        Self(Kept::Packed(texts))
    }
}

impl From<Words> for Column {
    fn from(words: Words) -> Self {
        Self(Kept::Words(words))
    }
}
