//! Why a line did not come out as its rule wants, and how much was missing.

use super::explain::Told;
use crate::Result;
use crate::columns::Nearest;
use crate::expr::{Distance, distances};
use crate::rules::Line;

/// What stands between a row and a line of a rule.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WhyNot {
    /// Comparisons that do not come out as wanted.
    pub distances: Vec<Distance>,
    /// The groups, networks and lists that the line asks, by name.
    pub asked: Vec<(String, Nearest)>,
}

/// Looks at a line that kept its rule from firing for a row: one of `when` that does not hold, or one of `unless` that does.
pub fn why_not(line: &Line, unless: bool, row: u32, told: &Told<'_>) -> Result<WhyNot> {
    let lists = || told.set.lists.iter().map(|(name, list)| (name.as_str(), list.values.as_slice())).collect();
    let mut found =
        WhyNot { distances: distances(&line.expr, !unless, told.frame, row as usize, &lists)?, asked: Vec::new() };
    let columns = line.expr.columns();
    for source in told.plan.sources.iter() {
        if source.makes().iter().any(|made| columns.iter().any(|column| **column == **made))
            && let Some(nearest) = source.nearest(told.frame, row, &lists)?
        {
            found.asked.push((source.name().to_owned(), nearest));
        }
    }
    Ok(found)
}
