//! The types a column may have.

use std::fmt;

use super::CodeTable;

/// The type of a column or of a value in a condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    /// Unicode text; empty text does not occur, it is null.
    Text,
    /// A whole number, 64 bits.
    Int,
    /// A calendar date.
    Date,
    /// A date and a time of day in the office's own clock, to the second.
    Time,
    /// True or false.
    Bool,
    /// One code of a closed list.
    Code(&'static CodeTable),
    /// Several codes of a closed list; in memory and in files one text joined by `;`, sorted, each once. The empty text is
    /// the empty list (looked at, nothing found), which is not the same as null (not known).
    List(&'static CodeTable),
    /// Several free texts, joined by `;` in the order given.
    Texts,
}

impl Type {
    /// How messages and `saring fields` call it.
    #[must_use]
    pub fn describe(self) -> String {
        match self {
            Self::Text => "text".to_owned(),
            Self::Int => "int".to_owned(),
            Self::Date => "date".to_owned(),
            Self::Time => "time".to_owned(),
            Self::Bool => "bool".to_owned(),
            Self::Code(table) => format!("code of {}", table.name),
            Self::List(table) => format!("list of {}", table.name),
            Self::Texts => "list of texts".to_owned(),
        }
    }

    /// The closed list behind a code or a list of codes.
    #[must_use]
    pub fn codes(self) -> Option<&'static CodeTable> {
        match self {
            Self::Code(table) | Self::List(table) => Some(table),
            Self::Text | Self::Int | Self::Date | Self::Time | Self::Bool | Self::Texts => None,
        }
    }

    /// Whether values are kept as text in memory.
    #[must_use]
    pub fn is_textual(self) -> bool {
        match self {
            Self::Text | Self::Code(_) | Self::List(_) | Self::Texts => true,
            Self::Int | Self::Date | Self::Time | Self::Bool => false,
        }
    }
}

impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.describe())
    }
}
