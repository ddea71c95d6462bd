//! Reading the values of a column.

use polars::prelude::DataType;
use polars_arrow::array::{Array, BooleanArray, PrimitiveArray, Utf8ViewArray};
use polars_arrow::bitmap::Bitmap;

use super::column::{Column, Kept};
use super::packed::Packed;
use super::words::Words;

/// The values of one column, by how they are kept.
#[derive(Debug, Clone, Copy)]
pub enum View<'a> {
    /// Text, codes and lists.
    Text(TextView<'a>),
    /// Whole numbers, dates (days since 1970-01-01) and times (milliseconds since then).
    Number(NumberView<'a>),
    /// Yes or no.
    Bool(BoolView<'a>),
}

impl<'a> View<'a> {
    /// The view of a column; `None` for types a frame does not hold.
    pub(super) fn of(column: &'a Column) -> Option<Self> {
        let series = match &column.0 {
            Kept::Words(words) => return Some(Self::Text(TextView(Texts::Words(words, words.numbers())))),
            Kept::Packed(texts) => return Some(Self::Text(TextView(Texts::Packed(texts)))),
            Kept::Each(series) => series,
        };
        let array: &'a dyn Array = series.chunks().first()?.as_ref();
        match series.dtype() {
            DataType::String => {
                Some(Self::Text(TextView(Texts::Each(array.as_any().downcast_ref::<Utf8ViewArray>()?))))
            }
            DataType::Boolean => Some(Self::Bool(BoolView { array: array.as_any().downcast_ref::<BooleanArray>()? })),
            DataType::Date => {
                let array = array.as_any().downcast_ref::<PrimitiveArray<i32>>()?;
                Some(Self::Number(NumberView { values: Values::Days(array.values()), validity: array.validity() }))
            }
            DataType::Int64 | DataType::Datetime(_, _) => {
                let array = array.as_any().downcast_ref::<PrimitiveArray<i64>>()?;
                Some(Self::Number(NumberView { values: Values::Wide(array.values()), validity: array.validity() }))
            }
            _ => None,
        }
    }

    /// What it holds, for messages about our own faults.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::Text(_) => "text",
            Self::Number(_) => "a number",
            Self::Bool(_) => "yes or no",
        }
    }

    /// Which rows have a value; `None` when all have.
    #[must_use]
    pub fn validity(&self) -> Option<&'a Bitmap> {
        match self {
            Self::Text(view) => view.validity(),
            Self::Number(view) => view.validity,
            Self::Bool(view) => view.array.validity(),
        }
    }

    /// Whether a row has no value.
    #[must_use]
    pub fn is_null(&self, row: usize) -> bool {
        match self {
            Self::Text(view) => view.get(row).is_none(),
            Self::Number(view) => view.get(row).is_none(),
            Self::Bool(view) => view.get(row).is_none(),
        }
    }
}

/// Texts of which each is kept once.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Coded<'a> {
    words: &'a Words,
    rows: &'a [u32],
}

impl<'a> Coded<'a> {
    /// How many words there are.
    pub(crate) fn words(&self) -> usize {
        self.words.words().len()
    }

    /// The number of the word of a row, and the word.
    #[inline]
    pub(crate) fn get(&self, row: usize) -> Option<(usize, &'a str)> {
        let number = *self.rows.get(row)?;
        self.words.word(number).map(|word| (number as usize, word))
    }
}

/// Text values.
#[derive(Debug, Clone, Copy)]
pub struct TextView<'a>(Texts<'a>);

#[derive(Debug, Clone, Copy)]
enum Texts<'a> {
    Each(&'a Utf8ViewArray),
    /// With the number of the word of each row.
    Words(&'a Words, &'a [u32]),
    Packed(&'a Packed),
}

impl<'a> TextView<'a> {
    /// The value of a row; `None` for null and beyond the end.
    #[inline]
    #[must_use]
    pub fn get(&self, row: usize) -> Option<&'a str> {
        match self.0 {
            Texts::Each(array) if row < array.len() => array.get(row),
            Texts::Each(_) => None,
            Texts::Words(words, rows) => words.word(*rows.get(row)?),
            Texts::Packed(texts) => texts.get(row),
        }
    }

    /// How many rows.
    #[must_use]
    pub fn len(&self) -> usize {
        match self.0 {
            Texts::Each(array) => array.len(),
            Texts::Words(_, rows) => rows.len(),
            Texts::Packed(texts) => texts.len(),
        }
    }

    /// Whether there are no rows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// All values in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Option<&'a str>> + use<'a> {
        let view = *self;
        (0..self.len()).map(move |row| view.get(row))
    }

    /// The words and which each row has, of a column that keeps each word once.
    pub(crate) fn coded(&self) -> Option<Coded<'a>> {
        match self.0 {
            Texts::Words(words, rows) => Some(Coded { words, rows }),
            Texts::Each(_) | Texts::Packed(_) => None,
        }
    }

    /// The array of them, where there is one.
    pub(super) fn each(&self) -> Option<&'a Utf8ViewArray> {
        match self.0 {
            Texts::Each(array) => Some(array),
            Texts::Words(..) | Texts::Packed(_) => None,
        }
    }

    fn validity(&self) -> Option<&'a Bitmap> {
        match self.0 {
            Texts::Each(array) => array.validity(),
            Texts::Words(words, _) => words.validity(),
            Texts::Packed(texts) => texts.validity(),
        }
    }
}

#[derive(Debug, Clone, Copy)]
enum Values<'a> {
    Days(&'a [i32]),
    Wide(&'a [i64]),
}

/// Numbers, dates and times as 64-bit numbers.
#[derive(Debug, Clone, Copy)]
pub struct NumberView<'a> {
    values: Values<'a>,
    validity: Option<&'a Bitmap>,
}

impl NumberView<'_> {
    /// The value of a row; `None` for null and beyond the end.
    #[inline]
    #[must_use]
    pub fn get(&self, row: usize) -> Option<i64> {
        if self.validity.is_some_and(|v| row < v.len() && !v.get_bit(row)) {
            return None;
        }
        match self.values {
            Values::Days(values) => values.get(row).copied().map(i64::from),
            Values::Wide(values) => values.get(row).copied(),
        }
    }

    /// How many rows.
    #[must_use]
    pub fn len(&self) -> usize {
        match self.values {
            Values::Days(values) => values.len(),
            Values::Wide(values) => values.len(),
        }
    }

    /// Whether there are no rows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The values of rows `start..start + out.len()`; rows that are null get an unspecified number.
    pub fn copy_to(&self, start: usize, out: &mut Vec<i64>, len: usize) {
        let end = (start + len).min(self.len());
        match self.values {
            Values::Days(values) => {
                out.extend(values.get(start..end).unwrap_or_default().iter().map(|&d| i64::from(d)))
            }
            Values::Wide(values) => out.extend_from_slice(values.get(start..end).unwrap_or_default()),
        }
    }

    /// Which rows have a value; `None` when all have.
    #[must_use]
    pub fn validity(&self) -> Option<&Bitmap> {
        self.validity
    }
}

/// Yes-or-no values.
#[derive(Debug, Clone, Copy)]
pub struct BoolView<'a> {
    array: &'a BooleanArray,
}

impl BoolView<'_> {
    /// The value of a row; `None` for null and beyond the end.
    #[inline]
    #[must_use]
    pub fn get(&self, row: usize) -> Option<bool> {
        if row < self.array.len() { self.array.get(row) } else { None }
    }

    /// How many rows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.array.len()
    }

    /// Whether there are no rows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.array.len() == 0
    }
}
