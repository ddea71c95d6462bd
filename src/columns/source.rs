//! What every maker of columns promises, and computing only what is asked for.

use std::collections::BTreeSet;
use std::fmt;

use super::Cx;
use crate::Result;
use crate::frame::Frame;

/// How far a source has to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// At one row; it may be computed block by block while reading.
    Row,
    /// At all applications of the run.
    Batch,
}

/// Why a column has its value in one row, beyond the row itself: for columns that look at other applications or lists.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Evidence {
    /// The rows of the other applications that made the value.
    pub others: Vec<u32>,
    /// What they share, masked for display.
    pub shared: Vec<String>,
}

/// A maker of columns.
pub trait Source: Send + Sync + fmt::Debug {
    /// The columns it makes.
    fn makes(&self) -> Vec<&str>;

    /// The columns it reads in order to make those of its columns that are wanted.
    fn needs(&self, wanted: &dyn Fn(&str) -> bool) -> Vec<&str>;

    /// How far it has to look.
    fn reach(&self) -> Reach;

    /// Adds its wanted columns to the frame, which has those it needs.
    fn compute(&self, cx: &Cx, frame: &mut Frame, wanted: &dyn Fn(&str) -> bool) -> Result<()>;

    /// Why a column of its own has its value in a row. A source that looks at the row only has nothing to add.
    fn evidence(&self, frame: &Frame, row: u32, column: &str) -> Option<Evidence> {
        let _ = (frame, row, column);
        None
    }
}

/// Every column that must be there so that the demanded ones can be: the closure of needs. `sources` stand in an order
/// in which each comes after those it reads.
#[must_use]
pub fn needed<'a>(sources: &'a [Box<dyn Source>], demanded: impl IntoIterator<Item = &'a str>) -> BTreeSet<String> {
    let mut all: BTreeSet<String> = demanded.into_iter().map(str::to_owned).collect();
    for source in sources.iter().rev() {
        let wanted = |name: &str| all.contains(name);
        if source.makes().iter().any(|name| wanted(name)) {
            let needs: Vec<String> = source.needs(&wanted).into_iter().map(str::to_owned).collect();
            all.extend(needs);
        }
    }
    all
}

/// Computes the wanted columns of the sources that reach no further than `reach`, in their order. Columns that the frame
/// already has are left alone.
pub fn compute(
    sources: &[Box<dyn Source>],
    reach: Reach,
    cx: &Cx,
    frame: &mut Frame,
    wanted: &BTreeSet<String>,
) -> Result<()> {
    for source in sources.iter().filter(|s| s.reach() == reach) {
        let missing: BTreeSet<String> = source
            .makes()
            .into_iter()
            .filter(|name| wanted.contains(*name) && !frame.has(name))
            .map(str::to_owned)
            .collect();
        if !missing.is_empty() {
            source.compute(cx, frame, &|name| missing.contains(name))?;
        }
    }
    Ok(())
}
