//! Columns in memory: named, typed, one contiguous array each, over polars columns.
//!
//! A [`Frame`] holds the applications of a run or a block of them. Everything that computes works on slices of these
//! arrays through [`View`] and builds new ones through [`Builder`]; polars itself is asked to gather, concatenate and
//! store. A frame knows types and names, not what a passport is.

mod build;
mod column;
mod grow;
mod packed;
mod part;
mod places;
mod view;
mod words;

use std::collections::{BTreeMap, BTreeSet};

pub use build::Builder;
pub use column::Column;
pub use grow::Growing;
pub(crate) use places::Places;
use polars::prelude::{DataFrame, DataType, IdxSize, IntoColumn, Series, TimeUnit};
pub use view::{BoolView, NumberView, TextView, View};

use crate::hex::hex;
use crate::schema::Type;
use crate::{Error, Result};

/// A table in memory. INVARIANT: every column has `rows` values in exactly one chunk, and names are unique; views rely
/// on it.
#[derive(Debug, Clone, Default)]
pub struct Frame {
    rows: usize,
    columns: Vec<Column>,
    names: Vec<String>,
    index: BTreeMap<String, usize>,
    /// Columns that nobody brought: null in every row because nothing was asked, not because nothing was said.
    absent: BTreeSet<String>,
    /// One column without any value of each type that came up. All such columns share its memory: an export lacks half
    /// of the dictionary, and a text costs 16 bytes a row whether it is there or not.
    blanks: Vec<Column>,
}

impl Frame {
    /// A frame of columns of equal length.
    pub fn new(rows: usize, columns: Vec<Series>) -> Result<Self> {
        let mut frame = Self { rows, ..Self::default() };
        for column in columns {
            frame.add(column)?;
        }
        Ok(frame)
    }

    /// How many rows it has.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// The names, in the order the columns were added.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(String::as_str)
    }

    /// The columns with their names, in the order they were added.
    pub fn columns(&self) -> impl Iterator<Item = (&str, &Column)> {
        self.names().zip(&self.columns)
    }

    /// SHA-256 of names and values, in hexadecimal.
    #[must_use]
    pub fn sha256(&self) -> String {
        use sha2::{Digest, Sha256};
        let mut hash = Sha256::new();
        for (name, column) in self.columns() {
            hash.update(name.as_bytes());
            let Some(view) = View::of(column) else { continue };
            for row in 0..self.rows {
                // A byte before each value tells null from empty and one value from the next.
                match view {
                    View::Text(view) => match view.get(row) {
                        Some(text) => {
                            hash.update([1]);
                            hash.update((text.len() as u64).to_le_bytes());
                            hash.update(text.as_bytes());
                        }
                        None => hash.update([0]),
                    },
                    View::Number(view) => match view.get(row) {
                        Some(number) => {
                            hash.update([1]);
                            hash.update(number.to_le_bytes());
                        }
                        None => hash.update([0]),
                    },
                    View::Bool(view) => hash.update([view.get(row).map_or(0, |b| 1 + u8::from(b))]),
                }
            }
        }
        hex(&hash.finalize())
    }

    /// Whether a column is there.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.index.contains_key(name)
    }

    /// Adds a column, or puts it in the place of one with the same name.
    pub fn add(&mut self, column: Series) -> Result<()> {
        let name = column.name().to_string();
        self.put(&name, column.into())
    }

    /// Adds a column under a name, or puts it in the place of the one that has it.
    pub fn put(&mut self, name: &str, column: Column) -> Result<()> {
        if column.len() != self.rows {
            let text = format!("column `{name}` has {} rows, the frame {}", column.len(), self.rows);
            return Err(Error::internal(text));
        }
        let column = if column.null_count() == self.rows { self.blank(column) } else { column };
        match self.index.get(name) {
            Some(&at) => {
                if let Some(place) = self.columns.get_mut(at) {
                    *place = column;
                }
            }
            None => {
                self.index.insert(name.to_owned(), self.columns.len());
                self.names.push(name.to_owned());
                self.columns.push(column);
            }
        }
        Ok(())
    }

    /// The column without any value of the same type, in shared memory.
    fn blank(&mut self, column: Column) -> Column {
        if let Some(blank) = self.blanks.iter().find(|b| b.data_type() == column.data_type()) {
            return blank.clone();
        }
        self.blanks.push(column.clone());
        column
    }

    /// The column of a name.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.index.get(name).and_then(|&at| self.columns.get(at))
    }

    /// The values of a column. An absent column is an error of ours: names are checked before any data is read.
    pub fn view(&self, name: &str) -> Result<View<'_>> {
        let column = self.column(name).ok_or_else(|| Error::internal(format!("column `{name}` was not computed")))?;
        View::of(column).ok_or_else(|| Error::internal(format!("column `{name}` has an unexpected type")))
    }

    /// The values of a textual column.
    pub fn text(&self, name: &str) -> Result<TextView<'_>> {
        match self.view(name)? {
            View::Text(view) => Ok(view),
            other => Err(Error::internal(format!("column `{name}` is not text but {}", other.kind()))),
        }
    }

    /// The values of a number, date or time column, as 64-bit numbers.
    pub fn number(&self, name: &str) -> Result<NumberView<'_>> {
        match self.view(name)? {
            View::Number(view) => Ok(view),
            other => Err(Error::internal(format!("column `{name}` is not a number but {}", other.kind()))),
        }
    }

    /// The values of a yes-or-no column.
    pub fn bool(&self, name: &str) -> Result<BoolView<'_>> {
        match self.view(name)? {
            View::Bool(view) => Ok(view),
            other => Err(Error::internal(format!("column `{name}` is not yes or no but {}", other.kind()))),
        }
    }

    /// Rows `start..start + len`, without a copy.
    #[must_use]
    pub fn slice(&self, start: usize, len: usize) -> Self {
        let start = start.min(self.rows);
        let rows = len.min(self.rows - start);
        let columns = self.columns.iter().map(|c| c.slice(start, rows)).collect();
        let (names, index, absent) = (self.names.clone(), self.index.clone(), self.absent.clone());
        Self { rows, columns, names, index, absent, blanks: Vec::new() }
    }

    /// The rows of these numbers, in this order.
    pub fn take(&self, rows: &[u32]) -> Result<Self> {
        let mut taken = self.clone();
        taken.keep(rows)?;
        Ok(taken)
    }

    /// Keeps the rows of these numbers only, in this order. Each column is given back before the next is looked at.
    pub fn keep(&mut self, rows: &[u32]) -> Result<()> {
        if rows.iter().any(|&row| row as usize >= self.rows) {
            return Err(Error::internal("row number beyond the frame"));
        }
        let Self { names, columns, absent, .. } = std::mem::take(self);
        *self = Self { rows: rows.len(), absent, ..Self::default() };
        for (name, column) in names.into_iter().zip(columns) {
            self.put(&name, column.take(rows.iter().copied().map(Some))?)?;
        }
        Ok(())
    }

    /// Adds a column that nobody brought: null in every row, and known as such.
    pub fn add_absent(&mut self, name: &str, ty: Type) -> Result<()> {
        self.add(nulls(name, ty, self.rows))?;
        self.mark_absent(name);
        Ok(())
    }

    /// Says that a column is null because what it is made from was not brought.
    pub fn mark_absent(&mut self, name: &str) {
        self.absent.insert(name.to_owned());
    }

    /// Whether a column was not brought at all. Of such a column even "is it null" has no answer.
    #[must_use]
    pub fn is_absent(&self, name: &str) -> bool {
        self.absent.contains(name)
    }

    /// Adds a column whose value in each row is that of another column in the row named by `rows`, null where none is named.
    pub fn add_taken(&mut self, from: &str, rows: &[Option<u32>], name: &str) -> Result<()> {
        let column = self.column(from).ok_or_else(|| Error::internal(format!("column `{from}` was not computed")))?;
        if rows.iter().flatten().any(|&row| row as usize >= self.rows) {
            return Err(Error::internal("row number beyond the frame"));
        }
        let taken = column.take(rows.iter().copied())?;
        self.put(name, taken)
    }

    /// All rows of several frames, one after the other. All must have the columns of the first.
    pub fn concat(mut frames: Vec<Self>) -> Result<Self> {
        if frames.len() == 1 {
            return Ok(frames.pop().unwrap_or_default());
        }
        let mut whole = Growing::with_room(frames.iter().map(Self::rows).sum());
        // Each is given back as soon as its rows are there again.
        frames.into_iter().try_for_each(|frame| whole.append(&frame))?;
        whole.finish()
    }

    /// Keeps the named columns only, in the order given.
    #[must_use]
    pub fn select<'a>(&self, names: impl IntoIterator<Item = &'a str>) -> Self {
        let kept = names.into_iter().filter_map(|name| Some((name.to_owned(), self.column(name)?.clone())));
        let (names, columns): (Vec<String>, _) = kept.unzip();
        let index = names.iter().cloned().zip(0..).collect();
        Self { rows: self.rows, columns, names, index, absent: self.absent.clone(), blanks: self.blanks.clone() }
    }

    /// The polars table.
    pub fn to_polars(&self) -> Result<DataFrame> {
        let columns = self.columns().map(|(name, column)| column.to_series(name).into_column()).collect();
        DataFrame::new(self.rows, columns).map_err(|_| Error::internal("columns do not form a table"))
    }

    /// A frame of a polars table's columns.
    pub fn from_polars(table: DataFrame) -> Result<Self> {
        let rows = table.height();
        let columns = table.into_columns().into_iter().map(|c| c.take_materialized_series()).collect();
        Self::new(rows, columns)
    }

    /// How many bytes the columns hold, as far as polars can tell.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.columns.iter().map(Column::bytes).sum()
    }
}

/// The polars type in which values of `ty` are kept.
#[must_use]
pub fn physical(ty: Type) -> DataType {
    match ty {
        Type::Text | Type::Code(_) | Type::List(_) | Type::Texts => DataType::String,
        Type::Int => DataType::Int64,
        Type::Date => DataType::Date,
        Type::Time => DataType::Datetime(TimeUnit::Milliseconds, None),
        Type::Bool => DataType::Boolean,
    }
}

/// The first sixteen bytes of a text, in an order that is that of texts as far as it goes.
#[must_use]
pub fn prefix(text: &str) -> u128 {
    let mut bytes = [0; 16];
    bytes.iter_mut().zip(text.bytes()).for_each(|(place, byte)| *place = byte);
    u128::from_be_bytes(bytes)
}

/// A column of `rows` nulls.
pub fn nulls(name: &str, ty: Type, rows: usize) -> Series {
    Series::full_null(name.into(), rows, &physical(ty))
}

/// Row numbers are 32 bits wide, as polars keeps them; larger inputs are read in shards.
pub const MAX_ROWS: usize = IdxSize::MAX as usize - 1;

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(names: &[Option<&str>], ages: &[Option<i64>]) -> Frame {
        let mut text = Builder::new(Type::Text, names.len());
        let mut int = Builder::new(Type::Int, names.len());
        names.iter().for_each(|n| text.push_text(*n));
        ages.iter().for_each(|n| int.push_number(*n));
        Frame::new(names.len(), vec![text.finish("nama"), int.finish("umur")]).unwrap()
    }

    #[test]
    fn prefixes_stand_in_the_order_of_their_texts() {
        let mut texts = ["", "1", "10", "1271000000000001", "12710000000000010", "2", "A", "Z9", "ß"];
        texts.sort_unstable();
        assert!(texts.is_sorted_by_key(|text| prefix(text)));
        assert!(prefix("1271000000000001") < prefix("1271000000000002"));
    }

    #[test]
    fn slices_gathers_and_concatenations_keep_values_and_nulls() {
        let a = frame(&[Some("satu"), None, Some("nama yang lebih panjang dari dua belas")], &[Some(1), Some(2), None]);
        let b = frame(&[Some("empat")], &[Some(4)]);
        let all = Frame::concat(vec![a, b]).unwrap();
        assert_eq!(all.rows(), 4);
        let picked = all.take(&[3, 2, 1, 1]).unwrap();
        let names: Vec<_> = (0..4).map(|row| picked.text("nama").unwrap().get(row).map(str::to_owned)).collect();
        assert_eq!(names, [Some("empat".into()), Some("nama yang lebih panjang dari dua belas".into()), None, None]);
        let tail = all.slice(2, 9);
        assert_eq!(
            (tail.rows(), tail.number("umur").unwrap().get(0), tail.number("umur").unwrap().get(1)),
            (2, None, Some(4))
        );
        assert!(all.take(&[4]).is_err());
    }

    #[test]
    fn columns_without_values_share_memory_and_keep_their_names() {
        let mut a = frame(&[None, None], &[None, Some(7)]);
        a.add(nulls("gelar", Type::Text, 2)).unwrap();
        let mut b = frame(&[None], &[None]);
        b.add(nulls("gelar", Type::Text, 1)).unwrap();
        let all = Frame::concat(vec![a, b]).unwrap();
        assert_eq!(all.names().collect::<Vec<_>>(), ["nama", "umur", "gelar"]);
        assert_eq!((all.number("umur").unwrap().get(1), all.number("umur").unwrap().get(2)), (Some(7), None));
        assert!((0..3).all(|row| all.text("gelar").unwrap().get(row).is_none()));
        let start = |name: &str| all.text(name).unwrap().each().unwrap().views().as_ptr();
        assert_eq!(start("nama"), start("gelar"));
    }

    #[test]
    fn a_column_of_another_length_is_refused() {
        let mut a = frame(&[Some("satu")], &[Some(1)]);
        assert!(a.add(nulls("x", Type::Int, 2)).is_err());
        a.add(nulls("umur", Type::Int, 1)).unwrap();
        assert_eq!(a.number("umur").unwrap().get(0), None);
    }
}
