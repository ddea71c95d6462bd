//! Measures over several applications: `count(distinct keluarga) filter (where negara_tujuan = 'KH')`.
//!
//! A measure is a top-level thing, not part of a condition: it is declared in a group or a network and becomes a column
//! there. Its argument and its filter are ordinary expressions over the rows.

use std::fmt;

use super::tree::Expr;
use crate::schema::Type;

/// What a measure does with its rows. Null arguments do not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Aggregate {
    /// `count(*)`: rows; `count(x)`: rows with a value.
    Count,
    /// `count(distinct x)`: different values.
    CountDistinct,
    /// `min(x)`
    Min,
    /// `max(x)`
    Max,
    /// `sum(x)`, of whole numbers; null when there are none, and on overflow.
    Sum,
    /// `avg(x)`: the sum divided by the count, rounded down; of whole numbers.
    Avg,
    /// `any_value(x)`: the value of the earliest row that has one.
    AnyValue,
}

impl Aggregate {
    pub(super) fn of(name: &str, distinct: bool) -> Option<Self> {
        Some(match (name, distinct) {
            ("count", true) => Self::CountDistinct,
            ("count", false) => Self::Count,
            ("min", false) => Self::Min,
            ("max", false) => Self::Max,
            ("sum", false) => Self::Sum,
            ("avg", false) => Self::Avg,
            ("any_value", false) => Self::AnyValue,
            _ => return None,
        })
    }

    /// As written.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Count | Self::CountDistinct => "count",
            Self::Min => "min",
            Self::Max => "max",
            Self::Sum => "sum",
            Self::Avg => "avg",
            Self::AnyValue => "any_value",
        }
    }
}

/// A checked measure.
#[derive(Debug, Clone)]
pub struct Measure {
    /// What it does.
    pub aggregate: Aggregate,
    /// Over what; nothing for `count(*)`.
    pub argument: Option<Expr>,
    /// Which rows count.
    pub filter: Option<Expr>,
    /// Type of the result.
    pub ty: Type,
}

impl Measure {
    /// The columns it reads.
    #[must_use]
    pub fn columns(&self) -> Vec<std::sync::Arc<str>> {
        self.argument.iter().chain(&self.filter).flat_map(Expr::columns).collect()
    }
}

impl fmt::Display for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}(", self.aggregate.name())?;
        match (&self.argument, self.aggregate) {
            (None, _) => f.write_str("*")?,
            (Some(argument), Aggregate::CountDistinct) => write!(f, "distinct {argument}")?,
            (Some(argument), _) => argument.fmt(f)?,
        }
        f.write_str(")")?;
        match &self.filter {
            Some(filter) => write!(f, " filter (where {filter})"),
            None => Ok(()),
        }
    }
}
