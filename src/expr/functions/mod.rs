//! The functions of the condition language: one table, one entry each, with examples that run as tests.
//!
//! An entry is a scalar function over values that are there; a null argument gives null without asking it. `saring fields
//! --functions`, completion and the checker read the same table.

mod dates;
mod lists;
mod numbers;
mod text;

use crate::schema::Type;

/// A function that conditions may call.
#[derive(Debug)]
pub struct Function {
    /// Its name, lower case.
    pub name: &'static str,
    /// Its arguments, in order.
    pub parameters: &'static [Parameter],
    /// What it gives, with unit.
    pub meaning: &'static str,
    /// Calls with constants, and what they give as printed.
    pub examples: &'static [(&'static str, &'static str)],
    /// The code.
    pub apply: Apply,
}

/// An argument of a function.
#[derive(Debug, Clone, Copy)]
pub struct Parameter {
    /// Its name in documentation.
    pub name: &'static str,
    /// What it takes.
    pub accepts: Accepts,
}

/// What an argument may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Accepts {
    /// Text or a code.
    Text,
    /// A whole number.
    Int,
    /// A date; of a time, its day.
    Date,
    /// A date and time of day.
    Time,
    /// A list of codes or texts.
    List,
    /// A regular expression, written out.
    Regex,
    /// The name of a list, written out.
    ListName,
}

impl Accepts {
    /// In words, for messages.
    #[must_use]
    pub fn describe(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Int => "a whole number",
            Self::Date => "a date",
            Self::Time => "a time",
            Self::List => "a list",
            Self::Regex => "a regular expression in quotes",
            Self::ListName => "the name of a list in quotes",
        }
    }
}

/// How a function computes. Dates come as days, times as milliseconds since 1970-01-01.
#[derive(Debug, Clone, Copy)]
pub enum Apply {
    /// One text to a text.
    TextToText(fn(&str) -> String),
    /// One text to a number.
    TextToInt(fn(&str) -> i64),
    /// Two texts to a number.
    TextsToInt(fn(&str, &str) -> i64),
    /// Two texts to yes or no.
    TextsToBool(fn(&str, &str) -> bool),
    /// A number, date or time to a number.
    NumberToInt(fn(i64) -> i64),
    /// Two numbers, dates or times to a number.
    NumbersToInt(fn(i64, i64) -> Option<i64>),
    /// A date to yes or no.
    DateToBool(fn(i64) -> Option<bool>),
    /// A time to a date.
    TimeToDate(fn(i64) -> i64),
    /// Text against a prepared regular expression.
    Matches,
    /// Text in a named list.
    InList,
}

impl Apply {
    /// The type of the result.
    #[must_use]
    pub fn result(self) -> Type {
        match self {
            Self::TextToText(_) => Type::Text,
            Self::TextToInt(_) | Self::TextsToInt(_) | Self::NumberToInt(_) | Self::NumbersToInt(_) => Type::Int,
            Self::TextsToBool(_) | Self::DateToBool(_) | Self::Matches | Self::InList => Type::Bool,
            Self::TimeToDate(_) => Type::Date,
        }
    }
}

/// Every function, sorted by name. `coalesce`, `case`, `in`, `between`, `like` and `is null` are part of the grammar.
pub const ALL: &[&Function] = &[
    &numbers::ABS,
    &text::CONTAINS,
    &lists::COUNT_ITEMS,
    &dates::DATE,
    &dates::DAY,
    &dates::DAYS_BETWEEN,
    &text::ENDS_WITH,
    &lists::HAS,
    &dates::HOUR,
    &lists::IN_LIST,
    &dates::IS_HOLIDAY,
    &text::LENGTH,
    &text::LOWER,
    &text::MATCHES,
    &dates::MINUTE,
    &dates::MONTH,
    &text::SIMILARITY,
    &text::STARTS_WITH,
    &text::UPPER,
    &dates::WEEKDAY,
    &dates::YEAR,
];

/// The function of a name.
#[must_use]
pub(super) fn by_name(name: &str) -> Option<&'static Function> {
    ALL.iter().find(|f| f.name == name).copied()
}
