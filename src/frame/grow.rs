//! Frames that grow block by block.
//!
//! A block's values are taken over and the block is given back before the next: whoever kept all blocks to join them at the
//! end would hold everything twice for a moment, and leave holes where the blocks had been.

use std::collections::BTreeSet;

use polars::prelude::{DataType, PlHashMap};
use polars_arrow::array::MutableBinaryViewArray;

use super::column::{Column, Kept};
use super::packed::Packing;
use super::places::Places;
use super::words::{NONE, Words};
use super::{Builder, Frame, View, nulls};
use crate::schema::Type;
use crate::{Error, Result};

/// A frame under construction, block after block.
#[derive(Debug, Default)]
pub struct Growing {
    rows: usize,
    /// How many rows are expected.
    room: usize,
    columns: Vec<(String, Grown)>,
    absent: BTreeSet<String>,
}

impl Growing {
    /// A frame of which this many rows are expected: memory that grows is moved, and leaves holes.
    #[must_use]
    pub fn with_room(rows: usize) -> Self {
        Self { room: rows, ..Self::default() }
    }

    /// Adds the rows of a block. All blocks must have the columns of the first.
    pub fn append(&mut self, block: &Frame) -> Result<()> {
        if self.columns.is_empty() && self.rows == 0 {
            self.absent.clone_from(&block.absent);
            let columns = block.names().zip(&block.columns);
            self.columns = columns.map(|(name, column)| (name.to_owned(), Grown::new(column.data_type()))).collect();
        }
        for (name, grown) in &mut self.columns {
            let part = block.column(name).ok_or_else(|| Error::internal("frames differ in columns"))?;
            grown.append(part, self.room)?;
        }
        self.rows += block.rows;
        Ok(())
    }

    /// The frame of all blocks.
    pub fn finish(self) -> Result<Frame> {
        let mut frame = Frame { rows: self.rows, absent: self.absent, ..Frame::default() };
        for (name, grown) in self.columns {
            frame.put(&name, grown.finish(&name))?;
        }
        Ok(frame)
    }
}

/// A column under construction.
#[derive(Debug)]
enum Grown {
    /// No row has a value so far: how many there are.
    Nulls(Type, usize),
    /// Texts, as long as they repeat.
    Words(Lexicon),
    /// Texts that do not.
    Texts(Packing),
    /// Anything else.
    Each(Builder),
}

impl Grown {
    fn new(ty: &DataType) -> Self {
        let ty = match ty {
            DataType::Date => Type::Date,
            DataType::Datetime(..) => Type::Time,
            DataType::Boolean => Type::Bool,
            DataType::String => Type::Text,
            _ => Type::Int,
        };
        Self::Nulls(ty, 0)
    }

    fn append(&mut self, part: &Column, room: usize) -> Result<()> {
        if let Self::Nulls(ty, rows) = self {
            if part.null_count() == part.len() {
                *rows += part.len();
                return Ok(());
            }
            *self = match ty {
                Type::Text => Self::Words(Lexicon::after_nulls(*rows, room)),
                _ => {
                    let mut builder = Builder::new(*ty, room.max(*rows));
                    (0..*rows).for_each(|_| builder.push_null());
                    Self::Each(builder)
                }
            };
        }
        let mut rest = part.clone();
        if let Self::Words(lexicon) = self {
            let taken = lexicon.append(part)?;
            if lexicon.repeats() {
                return Ok(());
            }
            rest = part.slice(taken, part.len() - taken);
            *self = Self::Texts(lexicon.in_full());
        }
        match (self, View::of(&rest)) {
            (Self::Texts(texts), Some(View::Text(view))) => {
                view.iter().for_each(|text| texts.push(text));
                Ok(())
            }
            (Self::Each(builder), Some(view)) => builder.append(&view),
            _ => Err(Error::internal("a column of an unexpected type")),
        }
    }

    fn finish(self, name: &str) -> Column {
        match self {
            Self::Nulls(ty, rows) => nulls(name, ty, rows).into(),
            Self::Words(lexicon) => lexicon.finish().into(),
            Self::Texts(texts) => texts.finish().into(),
            Self::Each(builder) => builder.finish(name).into(),
        }
    }
}

/// Rows after which it is looked again whether texts repeat.
const TRIAL: usize = 4096;
/// Texts repeat if each comes up this many times, roughly.
const TIMES: usize = 8;
/// How many words may come up before that is asked.
const FEW: usize = 64;
/// Places whose word is remembered while a part is added.
const SLOTS: usize = 1024;

/// Words and for each row which it has.
#[derive(Debug, Default)]
struct Lexicon {
    numbers: PlHashMap<Box<str>, u32>,
    words: MutableBinaryViewArray<str>,
    rows: Vec<u32>,
    /// Rows with a text.
    filled: usize,
}

impl Lexicon {
    fn after_nulls(nulls: usize, room: usize) -> Self {
        let mut rows = Vec::with_capacity(room.max(nulls));
        rows.resize(nulls, NONE);
        Self { rows, ..Self::default() }
    }

    fn repeats(&self) -> bool {
        self.words.len() <= FEW + self.filled / TIMES
    }

    fn number(&mut self, text: &str) -> u32 {
        if let Some(number) = self.numbers.get(text) {
            return *number;
        }
        let number = u32::try_from(self.words.len()).unwrap_or(NONE);
        self.numbers.insert(text.into(), number);
        self.words.push_value(text);
        number
    }

    /// Adds the rows of a part, and says how many: fewer than it has as soon as texts no longer repeat.
    fn append(&mut self, part: &Column) -> Result<usize> {
        if let Kept::Words(words) = &part.0 {
            let number = |word: Option<&str>| word.map_or(NONE, |word| self.number(word));
            let numbers: Vec<u32> = words.words().iter().map(number).collect();
            self.rows.extend(words.numbers().iter().map(|row| numbers.get(*row as usize).copied().unwrap_or(NONE)));
            self.filled += part.len() - part.null_count();
            return Ok(part.len());
        }
        let Some(View::Text(texts)) = View::of(part) else { return Err(Error::internal("frames differ in types")) };
        let places = texts.each().map(|array| array.views().as_slice()).unwrap_or_default();
        // Within a part repeated texts mostly lie in one place.
        let mut known = Places::new(SLOTS);
        let mut taken = 0;
        while taken < part.len() && self.repeats() {
            let next = (taken + TRIAL).min(part.len());
            for row in taken..next {
                let place = places.get(row).map(|view| view.as_u128());
                let number = match texts.get(row) {
                    None => NONE,
                    Some(text) => place.and_then(|place| known.find(place)).unwrap_or_else(|| {
                        let number = self.number(text);
                        place.into_iter().for_each(|place| known.keep(place, number));
                        number
                    }),
                };
                self.rows.push(number);
                self.filled += usize::from(number != NONE);
            }
            taken = next;
        }
        Ok(taken)
    }

    /// The same rows with a text each.
    fn in_full(&mut self) -> Packing {
        let words = std::mem::take(self).finish();
        let mut texts = Packing::default();
        words.numbers().iter().for_each(|row| texts.push(words.word(*row)));
        texts
    }

    fn finish(self) -> Words {
        Words::new(self.words.freeze(), self.rows)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::frame::NumberView;
    use crate::seeded::Numbers;

    type Row = (Option<String>, Option<String>, Option<i64>, Option<bool>);

    fn block(rows: &[Row]) -> Frame {
        let mut builders = [Type::Text, Type::Text, Type::Date, Type::Int, Type::Bool].map(|ty| Builder::new(ty, 0));
        for (few, many, number, yes) in rows {
            let [a, b, c, d, e] = &mut builders;
            a.push_text(few.as_deref());
            b.push_text(many.as_deref());
            c.push_number(number.map(|n| n % 90_000));
            d.push_number(*number);
            e.push_bool(*yes);
        }
        let names = ["sedikit", "banyak", "hari", "angka", "ya"];
        let columns = builders.into_iter().zip(names).map(|(builder, name)| builder.finish(name)).collect();
        Frame::new(rows.len(), columns).unwrap()
    }

    fn rows_of(frame: &Frame) -> Vec<Row> {
        let text = |name: &str, row: usize| frame.text(name).unwrap().get(row).map(str::to_owned);
        let number = |view: NumberView<'_>, row: usize| view.get(row);
        (0..frame.rows())
            .map(|row| {
                let angka = number(frame.number("angka").unwrap(), row);
                assert_eq!(number(frame.number("hari").unwrap(), row), angka.map(|n| n % 90_000));
                (text("sedikit", row), text("banyak", row), angka, frame.bool("ya").unwrap().get(row))
            })
            .collect()
    }

    #[test]
    fn blocks_of_any_size_make_the_same_frame_and_every_part_of_it() {
        let mut random = Numbers(7);
        let some = |random: &mut Numbers| random.below(10) > 0;
        let rows: Vec<Row> = (0..20_000)
            .map(|row: i64| {
                // In the first rows no text is known, which is another way to begin.
                let few = (row > 300 && some(&mut random)).then(|| random.below(40)).map(|n| format!("NEGARA {n}"));
                let width = random.below(30);
                let many = some(&mut random).then(|| format!("{row:0width$}"));
                (few, many, some(&mut random).then_some(row * 7), some(&mut random).then_some(row % 3 == 0))
            })
            .collect();
        for most in [3_000, 20_000] {
            let (mut growing, mut start) = (Growing::default(), 0);
            while start < rows.len() {
                let end = (start + random.below(most)).min(rows.len());
                growing.append(&block(&rows[start..end])).unwrap();
                start = end;
            }
            let frame = growing.finish().unwrap();
            assert!(matches!(frame.column("sedikit").unwrap().0, Kept::Words(_)));
            assert!(matches!(frame.column("banyak").unwrap().0, Kept::Packed(_)));
            assert!(rows_of(&frame) == rows);
            let sliced = frame.slice(1_000, 5_000);
            assert!(rows_of(&sliced) == rows[1_000..6_000]);
            let picked: Vec<u32> = (0..5_000).rev().step_by(3).collect();
            let expected: Vec<Row> = picked.iter().map(|row| rows[1_000 + *row as usize].clone()).collect();
            assert!(rows_of(&sliced.take(&picked).unwrap()) == expected);
            // Joined with itself, and as polars keeps it.
            let twice = Frame::concat(vec![sliced.clone(), sliced.clone()]).unwrap();
            assert!(rows_of(&twice) == [&rows[1_000..6_000], &rows[1_000..6_000]].concat());
            let other = Frame::from_polars(sliced.to_polars().unwrap()).unwrap();
            assert!(rows_of(&other) == rows[1_000..6_000] && other.sha256() == sliced.sha256());
        }
    }

    #[test]
    fn texts_that_stop_repeating_are_kept_in_full() {
        let row = |text: String| (Some(text), None, None, None);
        let same: Vec<Row> = (0..10_000).map(|n| row(format!("{}", n % 5))).collect();
        let other: Vec<Row> = (0..10_000).map(|n| row(format!("JALAN MAWAR NOMOR {n}"))).collect();
        let frame = Frame::concat(vec![block(&same), block(&other)]).unwrap();
        assert!(matches!(frame.column("sedikit").unwrap().0, Kept::Packed(_)));
        assert!(rows_of(&frame) == [same, other].concat());
    }

    #[test]
    fn blocks_that_differ_in_columns_or_types_are_refused() {
        let number = Frame::new(
            1,
            vec![{
                let mut builder = Builder::new(Type::Int, 1);
                builder.push_number(Some(1));
                builder.finish("a")
            }],
        );
        let text = Frame::new(
            1,
            vec![{
                let mut builder = Builder::new(Type::Text, 1);
                builder.push_text(Some("x"));
                builder.finish("a")
            }],
        );
        let (number, text) = (number.unwrap(), text.unwrap());
        assert!(Frame::concat(vec![number.clone(), text.clone()]).is_err());
        assert!(Frame::concat(vec![text, number.clone()]).is_err());
        assert!(Frame::concat(vec![number, Frame::new(1, Vec::new()).unwrap()]).is_err());
    }
}
