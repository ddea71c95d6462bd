//! What a TOML file of an analyst is.

use std::sync::LazyLock;

use crate::document::{FromToml, Shape, Table};
use crate::rules::raw::RawRuleFile;
use crate::{office, source};

/// The kinds of files that people write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// A file of a pack.
    Rules,
    /// How an export maps to columns.
    Profile,
    /// `saring.toml`.
    Office,
}

impl FileKind {
    /// Every kind with the word that names it.
    pub const ALL: &[(&str, Self)] = &[("rule", Self::Rules), ("profile", Self::Profile), ("office", Self::Office)];

    /// The kind, by the tables that stand at the top of the file.
    #[must_use]
    pub fn of(names: &[&str]) -> Self {
        match () {
            () if names.contains(&"profile") => Self::Profile,
            () if names.contains(&"office") => Self::Office,
            () => Self::Rules,
        }
    }

    /// The kind of a file that was read.
    #[must_use]
    pub fn of_table(table: &Table) -> Self {
        Self::of(&table.entries.iter().map(|e| e.key.as_str()).collect::<Vec<_>>())
    }

    /// What may stand in it.
    #[must_use]
    pub fn shape(self) -> &'static Shape {
        static RULES: LazyLock<Shape> = LazyLock::new(RawRuleFile::shape);
        static PROFILE: LazyLock<Shape> = LazyLock::new(source::raw::RawProfile::shape);
        static OFFICE: LazyLock<Shape> = LazyLock::new(office::raw::RawFile::shape);
        match self {
            Self::Rules => &RULES,
            Self::Profile => &PROFILE,
            Self::Office => &OFFICE,
        }
    }
}
