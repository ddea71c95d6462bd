//! Every column a rule may name, with what is known of it.

use std::collections::BTreeMap;

use super::{derived, people};
use crate::expr::{ColumnRef, Limits};
use crate::schema::columns::{self, Format, PROVENANCE};
use crate::schema::{Mask, Reveals, Sensitivity, Type};

/// Who makes a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// The dictionary: it comes with the export.
    Canonical,
    /// The office's profile: an extra column of its export.
    Extra,
    /// Reading: where the application stood and which of its cells could not be read.
    Provenance,
    /// Worked out from the row by saring.
    Derived,
    /// A `[[field]]` of the pack.
    Field,
    /// A `[[group]]` of the pack.
    Group,
    /// A `[[network]]` of the pack.
    Network,
    /// A `[[watchlist]]` of the pack.
    Watchlist,
}

impl Origin {
    /// The word in listings.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Canonical => "canonical",
            Self::Extra => "extra",
            Self::Provenance => "provenance",
            Self::Derived => "derived",
            Self::Field => "field",
            Self::Group => "group",
            Self::Network => "network",
            Self::Watchlist => "watchlist",
        }
    }
}

/// What is known of a column.
#[derive(Debug, Clone)]
pub struct ColumnInfo {
    /// Its name.
    pub name: String,
    /// Type of its values.
    pub ty: Type,
    /// What numbers it may hold.
    pub limits: Limits,
    /// How it is masked.
    pub mask: Mask,
    /// Hidden columns may not score.
    pub sensitivity: Sensitivity,
    /// The protected attributes it leads to.
    pub reveals: Reveals,
    /// Heading in Indonesian.
    pub label_id: String,
    /// Heading in English.
    pub label_en: String,
    /// What it means.
    pub meaning: String,
    /// An invented value.
    pub example: String,
    /// Who makes it.
    pub origin: Origin,
    /// Whether its value is that of one of saring's own columns as it stands, if only of another application.
    pub whole: bool,
}

/// The columns of a run by name.
#[derive(Debug, Clone)]
pub struct Catalog {
    columns: BTreeMap<String, ColumnInfo>,
}

impl Catalog {
    /// The columns saring itself knows: the dictionary, provenance and everything derived.
    #[must_use]
    pub fn builtin() -> Self {
        let canonical = columns::ALL.iter().map(|c| (c, Origin::Canonical));
        let provenance = PROVENANCE.iter().map(|c| (c, Origin::Provenance));
        let of_export = canonical.chain(provenance).map(|(c, origin)| ColumnInfo {
            name: c.name.to_owned(),
            ty: c.ty,
            limits: match c.format {
                Format::Number(low, high) => Some((low, high)),
                Format::Duration => Some((0, 36_500)),
                _ => None,
            },
            mask: c.mask,
            sensitivity: c.sensitivity,
            reveals: c.reveals,
            label_id: c.label_id.to_owned(),
            label_en: c.label_en.to_owned(),
            meaning: c.meaning.to_owned(),
            example: c.example.to_owned(),
            origin,
            whole: true,
        });
        let derived = derived::all().map(|(_, d)| ColumnInfo {
            name: d.name.to_owned(),
            ty: d.ty,
            limits: None,
            mask: d.mask,
            sensitivity: if d.mask == Mask::Open { Sensitivity::Plain } else { Sensitivity::Personal },
            reveals: d.reveals,
            label_id: d.label_id.to_owned(),
            label_en: d.label_en.to_owned(),
            meaning: d.meaning.to_owned(),
            example: d.example.1.to_owned(),
            origin: Origin::Derived,
            whole: true,
        });
        Self { columns: of_export.chain(derived).chain(people::columns()).map(|c| (c.name.clone(), c)).collect() }
    }

    /// Adds a column of a profile or pack. A name that is taken stays with its owner.
    pub fn add(&mut self, column: ColumnInfo) {
        self.columns.entry(column.name.clone()).or_insert(column);
    }

    /// The column of a name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&ColumnInfo> {
        self.columns.get(name)
    }

    /// The column as an expression sees it.
    #[must_use]
    pub fn column_ref(&self, name: &str) -> Option<ColumnRef> {
        let column = self.get(name)?;
        Some(ColumnRef { ty: column.ty, limits: column.limits, reveals: column.reveals, builtin: column.whole })
    }

    /// All columns by name.
    pub fn iter(&self) -> impl Iterator<Item = &ColumnInfo> {
        self.columns.values()
    }

    /// All names.
    #[must_use]
    pub fn names(&self) -> Vec<&str> {
        self.columns.keys().map(String::as_str).collect()
    }
}
