//! Building a column value by value.

use polars::prelude::{
    BooleanChunked, Int32Chunked, Int64Chunked, IntoSeries, PlSmallStr, Series, StringChunked, TimeUnit,
};
use polars_arrow::array::{BooleanArray, MutableBinaryViewArray, Utf8ViewArray};
use polars_arrow::bitmap::MutableBitmap;
use polars_arrow::datatypes::ArrowDataType;

use super::View;
use super::column::Column;
use super::words::{NONE, Words};
use crate::schema::Type;
use crate::{Error, Result};

/// A column under construction. The type decides which `push_*` has an effect; pushing a value of another type pushes
/// null, which a law test of the derived columns would show.
#[derive(Debug)]
pub struct Builder {
    ty: Type,
    data: Data,
}

#[derive(Debug)]
enum Data {
    Text(MutableBinaryViewArray<str>),
    /// Texts that are there already, and which of them count: as long as every row gets the text it has there, or none.
    There {
        texts: Utf8ViewArray,
        valid: MutableBitmap,
    },
    /// Texts that repeat, each a few times, and which of them each row has.
    Words {
        words: MutableBinaryViewArray<str>,
        rows: Vec<u32>,
    },
    Days {
        values: Vec<i32>,
        valid: MutableBitmap,
    },
    Wide {
        values: Vec<i64>,
        valid: MutableBitmap,
    },
    Bool {
        values: MutableBitmap,
        valid: MutableBitmap,
    },
}

impl Builder {
    /// An empty column with room for `capacity` rows.
    #[must_use]
    pub fn new(ty: Type, capacity: usize) -> Self {
        let valid = MutableBitmap::with_capacity(capacity);
        let data = match ty {
            Type::Text | Type::Code(_) | Type::List(_) | Type::Texts => {
                Data::Text(MutableBinaryViewArray::with_capacity(capacity))
            }
            Type::Date => Data::Days { values: Vec::with_capacity(capacity), valid },
            Type::Int | Type::Time => Data::Wide { values: Vec::with_capacity(capacity), valid },
            Type::Bool => Data::Bool { values: MutableBitmap::with_capacity(capacity), valid },
        };
        Self { ty, data }
    }

    /// An empty textual column whose rows will mostly get these very texts. They are not copied as long as each row gets
    /// its own, in the memory where it is, or none.
    #[must_use]
    pub(crate) fn over(ty: Type, texts: Utf8ViewArray) -> Self {
        let valid = MutableBitmap::with_capacity(texts.len());
        Self { ty, data: Data::There { texts, valid } }
    }

    /// An empty textual column whose rows will mostly get a text that an earlier row got.
    #[must_use]
    pub(crate) fn repeating(ty: Type, capacity: usize) -> Self {
        Self { ty, data: Data::Words { words: MutableBinaryViewArray::new(), rows: Vec::with_capacity(capacity) } }
    }

    /// The text that the last row got, for [`Self::push_again`]; nothing where texts do not repeat.
    pub(crate) fn last_word(&self) -> Option<u32> {
        match &self.data {
            Data::Words { rows, .. } => rows.last().copied().filter(|word| *word != NONE),
            _ => None,
        }
    }

    /// Adds a text that a row has got before.
    pub(crate) fn push_again(&mut self, word: u32) {
        match &mut self.data {
            Data::Words { rows, .. } => rows.push(word),
            _ => self.push_null(),
        }
    }

    /// A finished column in which only these rows have a number; the memory of the others is not touched.
    pub(crate) fn sparse(ty: Type, rows: usize, numbers: impl Iterator<Item = (usize, i64)>, name: &str) -> Series {
        let mut valid = MutableBitmap::from_len_zeroed(rows);
        let data = match ty {
            Type::Date => {
                let mut values = vec![0_i32; rows];
                for (row, number) in numbers {
                    if let (Some(place), Ok(day)) = (values.get_mut(row), i32::try_from(number)) {
                        *place = day;
                        valid.set(row, true);
                    }
                }
                Data::Days { values, valid }
            }
            _ => {
                let mut values = vec![0_i64; rows];
                for (row, number) in numbers {
                    if let Some(place) = values.get_mut(row) {
                        *place = number;
                        valid.set(row, true);
                    }
                }
                Data::Wide { values, valid }
            }
        };
        Self { ty, data }.finish(name)
    }

    /// Adds the values of a column of numbers, dates, times or yes and no; texts are kept otherwise when they are joined.
    pub(super) fn append(&mut self, view: &View<'_>) -> Result<()> {
        let nulls_of = |valid: &mut MutableBitmap, rows: usize| match view.validity() {
            Some(validity) => valid.extend_from_bitmap(validity),
            None => valid.extend_constant(rows, true),
        };
        match (&mut self.data, view) {
            (Data::Days { values, valid }, View::Number(view)) => {
                values
                    .extend((0..view.len()).map(|row| view.get(row).and_then(|n| i32::try_from(n).ok()).unwrap_or(0)));
                nulls_of(valid, view.len());
            }
            (Data::Wide { values, valid }, View::Number(view)) => {
                view.copy_to(0, values, view.len());
                nulls_of(valid, view.len());
            }
            (Data::Bool { values, valid }, View::Bool(view)) => {
                (0..view.len()).for_each(|row| values.push(view.get(row).unwrap_or(false)));
                nulls_of(valid, view.len());
            }
            _ => return Err(Error::internal("frames differ in types")),
        }
        Ok(())
    }

    /// How many rows it has so far.
    #[must_use]
    pub fn len(&self) -> usize {
        match &self.data {
            Data::Text(array) => array.len(),
            Data::There { valid, .. } => valid.len(),
            Data::Words { rows, .. } => rows.len(),
            Data::Days { valid, .. } | Data::Wide { valid, .. } | Data::Bool { valid, .. } => valid.len(),
        }
    }

    /// Whether it has no rows yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether it holds lists of codes, in which empty text is a value.
    pub(crate) fn is_list(&self) -> bool {
        matches!(self.ty, Type::List(_))
    }

    /// Adds the codes of a list, joined by `;`; empty text is the list without codes.
    pub fn push_list(&mut self, value: Option<&str>) {
        match (&mut self.data, self.ty) {
            (Data::Text(array), Type::List(_)) => array.push(value),
            _ => self.push_null(),
        }
    }

    /// Adds a text to texts that are there already.
    fn push_there(&mut self, value: &str) {
        let Data::There { texts, valid } = &mut self.data else { return };
        let there = texts.get(valid.len()).is_some_and(|text| std::ptr::eq(text, value));
        if there {
            valid.push(true);
            return;
        }
        let mut array = MutableBinaryViewArray::with_capacity(texts.len());
        for (row, text) in texts.iter().enumerate().take(valid.len()) {
            array.push(text.filter(|_| valid.get(row)));
        }
        array.push(Some(value));
        self.data = Data::Text(array);
    }

    /// Adds a text, a code or a joined list; empty text is null.
    pub fn push_text(&mut self, value: Option<&str>) {
        match &mut self.data {
            Data::Text(array) => array.push(value.filter(|v| !v.is_empty())),
            Data::There { valid, .. } => match value.filter(|v| !v.is_empty()) {
                Some(value) => self.push_there(value),
                None => valid.push(false),
            },
            Data::Words { words, rows } => {
                let value = value.filter(|v| !v.is_empty());
                rows.push(value.and_then(|_| u32::try_from(words.len()).ok()).unwrap_or(NONE));
                value.into_iter().for_each(|value| words.push_value(value));
            }
            Data::Days { .. } | Data::Wide { .. } | Data::Bool { .. } => self.push_null(),
        }
    }

    /// Adds a number, days for a date, milliseconds for a time.
    pub fn push_number(&mut self, value: Option<i64>) {
        match (&mut self.data, value) {
            (Data::Wide { values, valid }, Some(value)) => {
                values.push(value);
                valid.push(true);
            }
            (Data::Days { values, valid }, Some(value)) => {
                let day = i32::try_from(value);
                values.push(day.unwrap_or_default());
                valid.push(day.is_ok());
            }
            _ => self.push_null(),
        }
    }

    /// Adds yes or no.
    pub fn push_bool(&mut self, value: Option<bool>) {
        match (&mut self.data, value) {
            (Data::Bool { values, valid }, Some(value)) => {
                values.push(value);
                valid.push(true);
            }
            _ => self.push_null(),
        }
    }

    /// Adds a row without a value.
    pub fn push_null(&mut self) {
        match &mut self.data {
            Data::Text(array) => array.push_null(),
            Data::There { valid, .. } => valid.push(false),
            Data::Words { rows, .. } => rows.push(NONE),
            Data::Days { values, valid } => {
                values.push(0);
                valid.push(false);
            }
            Data::Wide { values, valid } => {
                values.push(0);
                valid.push(false);
            }
            Data::Bool { values, valid } => {
                values.push(false);
                valid.push(false);
            }
        }
    }

    /// The finished column; words that repeat stay words.
    pub(crate) fn finish_column(self, name: &str) -> Column {
        match self.data {
            Data::Words { words, rows } => Words::new(words.freeze(), rows).into(),
            _ => self.finish(name).into(),
        }
    }

    /// The finished column.
    pub fn finish(self, name: &str) -> Series {
        let name: PlSmallStr = name.into();
        match self.data {
            Data::Text(array) => StringChunked::with_chunk(name, array.freeze()).into_series(),
            Data::There { texts, valid } => {
                let texts = texts.sliced(0, valid.len()).with_validity(some_nulls(valid));
                StringChunked::with_chunk(name, texts).into_series()
            }
            Data::Words { words, rows } => Words::new(words.freeze(), rows).to_series(&name),
            Data::Days { values, valid } => {
                Int32Chunked::from_vec_validity(name, values, some_nulls(valid)).into_series().into_date()
            }
            Data::Wide { values, valid } => {
                let series = Int64Chunked::from_vec_validity(name, values, some_nulls(valid)).into_series();
                if self.ty == Type::Time { series.into_datetime(TimeUnit::Milliseconds, None) } else { series }
            }
            Data::Bool { values, valid } => {
                let array = BooleanArray::new(ArrowDataType::Boolean, values.freeze(), some_nulls(valid));
                BooleanChunked::with_chunk(name, array).into_series()
            }
        }
    }
}

fn some_nulls(valid: MutableBitmap) -> Option<polars_arrow::bitmap::Bitmap> {
    let bitmap = valid.freeze();
    (bitmap.unset_bits() > 0).then_some(bitmap)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::frame::Frame;

    #[test]
    fn texts_that_are_there_are_used_until_one_changes() {
        let there = ["satu", "", "nama yang lebih panjang dari dua belas", "empat", "lima"].map(Some);
        let there = Utf8ViewArray::from_slice(there);
        let text = |row: usize| there.get(row);
        let kept = [text(0), text(1), text(2), None, text(4)];
        let changed = [text(0), None, text(2), Some("EMPAT"), text(4)];
        for (pushed, same) in [(kept, true), (changed, false)] {
            let mut builder = Builder::over(Type::Text, there.clone());
            pushed.iter().for_each(|text| builder.push_text(*text));
            assert_eq!(builder.len(), 5);
            let frame = Frame::new(5, vec![builder.finish("a")]).unwrap();
            let got = frame.text("a").unwrap();
            for (row, text) in pushed.into_iter().enumerate() {
                assert_eq!(got.get(row), text.filter(|text| !text.is_empty()), "{row}");
            }
            let long = got.get(2).unwrap().as_ptr();
            assert_eq!(there.get(2).is_some_and(|text| text.as_ptr() == long), same);
        }
    }
}
