//! Columns worked out from the row itself: what a NIK says, the age, the house key of an address.
//!
//! Columns that come out of one look at the same values form a [`Family`]: a NIK is parsed once, whatever is asked of it.
//! A family is one file with its declaration, its examples (run as tests by a law over the whole table) and its code.

use chrono::NaiveDate;
use polars::prelude::Series;

use super::source::{Reach, Source, Witness};
use crate::Result;
use crate::frame::{Builder, Frame};
use crate::schema::{Mask, Reveals, Type};

/// A derived column, as the dictionary shows it.
#[derive(Debug, Clone, Copy)]
pub struct Derived {
    /// Dotted under what it comes from: `nik.tanggal_lahir`.
    pub name: &'static str,
    /// Type of its values.
    pub ty: Type,
    /// How it is masked.
    pub mask: Mask,
    /// The protected attributes it leads to.
    pub reveals: Reveals,
    /// Heading in Indonesian.
    pub label_id: &'static str,
    /// Heading in English.
    pub label_en: &'static str,
    /// What it means, with unit and source.
    pub meaning: &'static str,
    /// One worked example: input columns with their values, and the value that comes out (`""` for none). Values are
    /// written as in a canonical CSV file.
    pub example: (&'static [(&'static str, &'static str)], &'static str),
}

/// Columns computed together.
#[derive(Debug)]
pub struct Family {
    /// The columns read, canonical or derived.
    pub inputs: &'static [&'static str],
    /// The columns made.
    pub columns: &'static [Derived],
    /// Adds a value to every column of `Outputs` for every row of the frame. Pure: same frame, same values.
    pub compute: fn(&Cx, &Frame, &mut Outputs) -> Result<()>,
}

/// What a run fixes for all rows.
#[derive(Debug, Clone, Copy)]
pub struct Cx {
    /// The only clock: the reference date of the run.
    pub as_of: NaiveDate,
}

/// The columns of a family under construction, in the order of its table. Columns nobody asked for are not built.
#[derive(Debug)]
pub struct Outputs {
    columns: Vec<(&'static str, Option<Builder>)>,
}

impl Outputs {
    fn new(family: &Family, wanted: impl Fn(&str) -> bool, rows: usize) -> Self {
        let column = |d: &Derived| (d.name, wanted(d.name).then(|| Builder::new(d.ty, rows)));
        Self { columns: family.columns.iter().map(column).collect() }
    }

    /// Whether anybody asked for column `at` of the family; expensive work may be skipped otherwise.
    #[must_use]
    pub fn wants(&self, at: usize) -> bool {
        self.columns.get(at).is_some_and(|(_, builder)| builder.is_some())
    }

    /// The next value of a textual column.
    pub fn text(&mut self, at: usize, value: Option<&str>) {
        if let Some((_, Some(builder))) = self.columns.get_mut(at) {
            builder.push_text(value);
        }
    }

    /// The next value of a whole-number column.
    pub fn int(&mut self, at: usize, value: Option<i64>) {
        if let Some((_, Some(builder))) = self.columns.get_mut(at) {
            builder.push_number(value);
        }
    }

    /// The next value of a date column.
    pub fn date(&mut self, at: usize, value: Option<NaiveDate>) {
        self.int(at, value.map(crate::calendar::days));
    }

    /// The next value of a yes-or-no column.
    pub fn bool(&mut self, at: usize, value: Option<bool>) {
        if let Some((_, Some(builder))) = self.columns.get_mut(at) {
            builder.push_bool(value);
        }
    }

    fn finish(self) -> impl Iterator<Item = Series> {
        self.columns.into_iter().filter_map(|(name, builder)| builder.map(|b| b.finish(name)))
    }
}

/// Every family, in an order in which each comes after those it reads.
pub const FAMILIES: &[&Family] = &[];

/// Every derived column with its family.
pub fn all() -> impl Iterator<Item = (&'static Family, &'static Derived)> {
    FAMILIES.iter().flat_map(|family| family.columns.iter().map(move |column| (*family, column)))
}

/// A family as a source of columns.
#[derive(Debug)]
pub struct FamilySource(pub &'static Family);

impl Source for FamilySource {
    fn name(&self) -> &str {
        self.0.columns.first().map_or("", |c| c.name)
    }

    fn makes(&self) -> Vec<&str> {
        self.0.columns.iter().map(|c| c.name).collect()
    }

    fn needs(&self, _: &dyn Fn(&str) -> bool) -> Vec<&str> {
        self.0.inputs.to_vec()
    }

    fn reach(&self) -> Reach {
        Reach::Row
    }

    fn compute(&self, cx: &Cx, frame: &mut Frame, wanted: &dyn Fn(&str) -> bool) -> Result<Option<Box<dyn Witness>>> {
        let mut outputs = Outputs::new(self.0, wanted, frame.rows());
        (self.0.compute)(cx, frame, &mut outputs)?;
        for column in outputs.finish() {
            frame.add(column)?;
        }
        Ok(None)
    }
}
