//! Building a column value by value.

use polars::prelude::{BooleanChunked, Int32Chunked, Int64Chunked, IntoSeries, Series, StringChunked, TimeUnit};
use polars_arrow::array::{BooleanArray, MutableBinaryViewArray};
use polars_arrow::bitmap::MutableBitmap;
use polars_arrow::datatypes::ArrowDataType;

use crate::schema::Type;

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
    Days { values: Vec<i32>, valid: MutableBitmap },
    Wide { values: Vec<i64>, valid: MutableBitmap },
    Bool { values: MutableBitmap, valid: MutableBitmap },
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

    /// How many rows it has so far.
    #[must_use]
    pub fn len(&self) -> usize {
        match &self.data {
            Data::Text(array) => array.len(),
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

    /// Adds a text, a code or a joined list; empty text is null.
    pub fn push_text(&mut self, value: Option<&str>) {
        match &mut self.data {
            Data::Text(array) => array.push(value.filter(|v| !v.is_empty())),
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

    /// The finished column.
    pub fn finish(self, name: &str) -> Series {
        let name = name.into();
        match self.data {
            Data::Text(array) => StringChunked::with_chunk(name, array.freeze()).into_series(),
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
