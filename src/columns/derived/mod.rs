//! Columns worked out from the row itself: what a NIK says, the age, the house key of an address.
//!
//! Columns that come out of one look at the same values form a [`Family`]: a NIK is parsed once, whatever is asked of
//! it. A family is one file with its declaration (names, meanings and worked examples, which a law over the whole
//! table runs as tests) and its code, a loop over the rows. What is right or wrong with a value is known in
//! `identity` and `text`; a family only hands values over and stores the answers. Names are constants of the family's
//! module: `nik::SAH`.

use std::sync::Arc;

use chrono::NaiveDate;
use polars::prelude::Series;

use super::source::{Reach, Source, Witness};
use super::watchlist::Lists;
use crate::Result;
use crate::frame::{Builder, Frame, NumberView, TextView};
use crate::schema::{Fault, FaultSet, Mask, Reveals, Type};

pub mod alamat;
pub mod dokumen;
pub mod email;
pub mod keluarga;
pub mod kk;
pub mod mrz;
pub mod nama;
pub mod nik;
pub mod orang;
pub mod paspor;
pub mod pekerjaan;
pub mod penjamin;
pub mod rekomendasi;
pub mod telepon;
pub mod umur;
pub mod uraian;
pub mod waktu;

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
    /// Adds a value to every column of `Outputs` for every row. Pure: same rows, same values.
    pub compute: fn(&Cx, Rows<'_>, &mut Outputs) -> Result<()>,
}

impl Family {
    /// Adds those columns of the family to the frame that are wanted.
    fn add_to(&self, cx: &Cx, frame: &mut Frame, wanted: &dyn Fn(&str) -> bool) -> Result<()> {
        let mut outputs = Outputs::new(self, wanted, frame.rows());
        (self.compute)(cx, Rows { frame }, &mut outputs)?;
        for column in outputs.finish() {
            frame.add(column)?;
        }
        Ok(())
    }
}

/// What a run fixes for all rows.
#[derive(Debug, Clone)]
pub struct Cx {
    /// The only clock: the reference date of the run.
    pub as_of: NaiveDate,
    /// The lists that applications are compared with.
    pub lists: Arc<Lists>,
}

impl Cx {
    /// A run of a date, without lists.
    #[must_use]
    pub fn new(as_of: NaiveDate) -> Self {
        Self { as_of, lists: Arc::default() }
    }
}

/// The rows a family reads. A column that the frame lacks has no value in any row.
#[derive(Debug, Clone, Copy)]
pub struct Rows<'a> {
    frame: &'a Frame,
}

impl<'a> Rows<'a> {
    /// How many rows.
    #[must_use]
    pub fn count(&self) -> usize {
        self.frame.rows()
    }

    fn present<V>(&self, name: &str, view: impl Fn(&'a Frame, &str) -> Result<V>) -> Result<Option<V>> {
        self.frame.has(name).then(|| view(self.frame, name)).transpose()
    }

    /// A textual column. A column of another type is a fault of ours.
    pub fn text(&self, name: &str) -> Result<Texts<'a>> {
        self.present(name, Frame::text).map(Texts)
    }

    /// A column of whole numbers, or of times in milliseconds.
    pub fn number(&self, name: &str) -> Result<Numbers<'a>> {
        self.present(name, Frame::number).map(Numbers)
    }

    /// A column of dates.
    pub fn date(&self, name: &str) -> Result<Dates<'a>> {
        self.number(name).map(Dates)
    }
}

/// Text values of the rows.
#[derive(Debug, Clone, Copy)]
pub struct Texts<'a>(Option<TextView<'a>>);

impl<'a> Texts<'a> {
    /// The value of a row.
    #[inline]
    #[must_use]
    pub fn get(&self, row: usize) -> Option<&'a str> {
        self.0.and_then(|view| view.get(row))
    }
}

/// Numbers of the rows.
#[derive(Debug, Clone, Copy)]
pub struct Numbers<'a>(Option<NumberView<'a>>);

impl Numbers<'_> {
    /// The value of a row.
    #[inline]
    #[must_use]
    pub fn get(&self, row: usize) -> Option<i64> {
        self.0.and_then(|view| view.get(row))
    }
}

/// Dates of the rows.
#[derive(Debug, Clone, Copy)]
pub struct Dates<'a>(Numbers<'a>);

impl Dates<'_> {
    /// The value of a row.
    #[inline]
    #[must_use]
    pub fn get(&self, row: usize) -> Option<NaiveDate> {
        self.0.get(row).and_then(crate::calendar::date)
    }
}

/// The columns of a family under construction, in the order of its table. Columns nobody asked for are not built.
#[derive(Debug)]
pub struct Outputs {
    columns: Vec<(&'static str, Option<Builder>)>,
    joined: String,
}

impl Outputs {
    fn new(family: &Family, wanted: impl Fn(&str) -> bool, rows: usize) -> Self {
        let column = |d: &Derived| (d.name, wanted(d.name).then(|| Builder::new(d.ty, rows)));
        Self { columns: family.columns.iter().map(column).collect(), joined: String::new() }
    }

    /// Whether anybody asked for column `at` of the family; expensive work may be skipped otherwise.
    #[must_use]
    pub fn wants(&self, at: usize) -> bool {
        self.columns.get(at).is_some_and(|(_, builder)| builder.is_some())
    }

    fn builder(&mut self, at: usize) -> Option<&mut Builder> {
        self.columns.get_mut(at).and_then(|(_, builder)| builder.as_mut())
    }

    /// The next value of a textual column; empty text is null.
    pub fn text(&mut self, at: usize, value: Option<&str>) {
        if let Some(builder) = self.builder(at) {
            builder.push_text(value);
        }
    }

    /// The next value of a column of fault codes: `None` where there was nothing to look at, the empty set where
    /// nothing is wrong.
    pub fn faults<F: Fault>(&mut self, at: usize, value: Option<FaultSet<F>>) {
        let Some((_, Some(builder))) = self.columns.get_mut(at) else { return };
        match value {
            Some(set) => {
                set.write(&mut self.joined);
                builder.push_list(Some(&self.joined));
            }
            None => builder.push_null(),
        }
    }

    /// The next value of a whole-number column.
    pub fn int(&mut self, at: usize, value: Option<i64>) {
        if let Some(builder) = self.builder(at) {
            builder.push_number(value);
        }
    }

    /// The next value of a date column.
    pub fn date(&mut self, at: usize, value: Option<NaiveDate>) {
        self.int(at, value.map(crate::calendar::days));
    }

    /// The next value of a yes-or-no column.
    pub fn bool(&mut self, at: usize, value: Option<bool>) {
        if let Some(builder) = self.builder(at) {
            builder.push_bool(value);
        }
    }

    fn finish(self) -> impl Iterator<Item = Series> {
        self.columns.into_iter().filter_map(|(name, builder)| builder.map(|b| b.finish(name)))
    }
}

/// Declares the columns of a family: a public constant for each name, `at::NAME` for its place in [`Outputs`], and the
/// table `COLUMNS`. An entry reads
/// `SAH = "nik.sah"; Type::Bool, Open, Nothing, "label", "label", "meaning", [INPUT => "value"] => "value";`.
macro_rules! derived {
    ($($at:ident = $name:expr; $ty:expr, $mask:ident, $reveals:expr, $id:expr, $en:expr, $meaning:expr,
        [$($input:expr => $value:literal),*] => $out:literal;)+) => {
        $(
            #[doc = concat!("`", $name, "`: ", $meaning, ".")]
            pub const $at: &str = $name;
        )+

        /// Places in the outputs of this family.
        mod at {
            #[expect(clippy::allow_attributes, reason = "which of the two lints speaks depends on the names")]
            #[allow(non_camel_case_types, clippy::upper_case_acronyms, reason = "one name serves constant and place")]
            enum Place { $($at),+ }

            $(pub(super) const $at: usize = Place::$at as usize;)+
        }

        const COLUMNS: &[crate::columns::derived::Derived] = {
            use crate::schema::Reveals::*;
            &[$(crate::columns::derived::Derived {
                name: $name,
                ty: $ty,
                mask: crate::schema::Mask::$mask,
                reveals: $reveals,
                label_id: $id,
                label_en: $en,
                meaning: $meaning,
                example: (&[$(($input, $value)),*], $out),
            },)+]
        };
    };
}
pub(crate) use derived;

/// Every family, in an order in which each comes after those it reads.
pub const FAMILIES: &[&Family] = &[
    &umur::FAMILY,
    &waktu::FAMILY,
    &nama::FAMILY,
    &alamat::FAMILY,
    &nik::FAMILY,
    &kk::FAMILY,
    &telepon::telepon::FAMILY,
    &telepon::telepon_kerabat::FAMILY,
    &telepon::penjamin_telepon::FAMILY,
    &telepon::pendamping_telepon::FAMILY,
    &email::FAMILY,
    &penjamin::FAMILY,
    &pekerjaan::FAMILY,
    &dokumen::FAMILY,
    &paspor::lama::FAMILY,
    &paspor::baru::FAMILY,
    &mrz::FAMILY,
    &rekomendasi::FAMILY,
    &uraian::FAMILY,
    &keluarga::FAMILY,
    &orang::FAMILY,
];

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
        self.0.add_to(cx, frame, wanted)?;
        Ok(None)
    }
}

#[cfg(test)]
mod tests;
