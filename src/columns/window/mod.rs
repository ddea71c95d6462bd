//! Measures over the applications that share a key within a window of time.
//!
//! A window is every row with the same key and a time in `[t - width, t]` for a row at `t`, ends included; rows of equal
//! time see each other. Whether a window counts is decided outside (`having`); which counting window speaks for a row is
//! decided here: for `members` the largest that contains the row, for `closing` the one that ends at it. The cost grows
//! with the rows that share a key, not with the square of anything, except where a row is to be left out of its own
//! measures.
//!
//! Nothing here knows columns: keys are 128-bit hashes, times are milliseconds, values are numbers that stand for
//! whatever the caller took them from.

mod choose;
mod slide;
#[cfg(test)]
mod tests;

pub(super) use choose::{By, Chosen, choose};
pub(super) use slide::{Input, Windows, slide};

use crate::expr::Aggregate;

/// A row with a key: where it stands in time, and its place among rows of equal time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Entry {
    /// The key.
    pub(super) key: u128,
    /// Milliseconds.
    pub(super) time: i64,
    /// Rank of the row's application number, so that no tie depends on the order of a file.
    pub(super) rank: u32,
    /// The row.
    pub(super) row: u32,
}

/// Whose measures a row gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flag {
    /// The largest counting window that contains the row.
    Members,
    /// The window that ends at the row.
    Closing,
}

/// Whether a row counts in its own measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rows {
    /// It does.
    All,
    /// It is left out.
    Others,
}

/// One value of a measure over some inputs, from nothing, for the twin in tests and for single windows: the plain
/// definition.
#[cfg(test)]
pub(super) fn plainly(aggregate: Aggregate, values: &[Option<i64>]) -> Option<i64> {
    let there: Vec<i64> = values.iter().flatten().copied().collect();
    let sum = there.iter().try_fold(0_i64, |a, b| a.checked_add(*b));
    match aggregate {
        Aggregate::Count => i64::try_from(there.len()).ok(),
        Aggregate::CountDistinct => i64::try_from(there.iter().collect::<std::collections::BTreeSet<_>>().len()).ok(),
        Aggregate::Min => there.iter().min().copied(),
        Aggregate::Max => there.iter().max().copied(),
        Aggregate::Sum if there.is_empty() => None,
        Aggregate::Sum => sum,
        Aggregate::Avg if there.is_empty() => None,
        Aggregate::Avg => Some(sum?.div_euclid(i64::try_from(there.len()).ok()?)),
        Aggregate::AnyValue => there.first().copied(),
    }
}
