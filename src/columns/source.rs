//! What every maker of columns promises, and computing only what is asked for.

use std::collections::BTreeSet;
use std::fmt;

use super::Cx;
use super::nearest::Nearest;
use crate::Result;
use crate::frame::Frame;

/// How far a source has to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// At one row; it may be computed block by block while reading.
    Row,
    /// At all applications of the run and of history.
    All,
}

/// Why a column has its value in one row, for columns that look at other applications or at lists.
#[derive(Debug, Clone, PartialEq, Eq, Default, Hash, PartialOrd, Ord)]
pub struct Evidence {
    /// Name of the source.
    pub source: String,
    /// The rows that made the value, ascending, the row itself among them unless it was left out.
    pub rows: Vec<u32>,
    /// What they share: column and value, masked for display.
    pub shared: Vec<(String, String)>,
    /// The keys by which they are tied, each of one or several columns.
    pub keys: Vec<Vec<String>>,
    /// First and last time among the rows, in milliseconds.
    pub between: Option<(i64, i64)>,
}

impl Evidence {
    /// Takes in what another column of the same source rests on.
    pub fn join(&mut self, other: Self) {
        self.rows.extend(other.rows);
        self.rows.sort_unstable();
        self.rows.dedup();
        let ends = [self.between, other.between].into_iter().flatten();
        self.between = ends.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)));
    }
}

/// What a source can tell of its values after computing them.
pub trait Witness: Send + Sync + fmt::Debug {
    /// Why its columns have their values in a row; nothing where they are null. With `column` only the rows that this one
    /// counts, and the row itself.
    fn evidence(&self, frame: &Frame, row: u32, column: Option<&str>) -> Option<Evidence>;

    /// Remarks for the run report, such as keys that were ignored.
    fn remarks(&self) -> Vec<String> {
        Vec::new()
    }
}

/// How a source ties applications: those with the same values in these columns belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tie {
    /// The columns.
    pub columns: Vec<String>,
    /// How far apart in time they may be, in milliseconds; nothing for all of history.
    pub width: Option<i64>,
    /// Whether what is tied to a tied application counts too, from one to the next no further apart than the width; if
    /// so, on how many applications a key still ties.
    pub spreads: Option<usize>,
    /// Whether every application counts, so that the number on a key alone says whether it ties.
    pub every: bool,
}

/// The lists of a rule set, as `in_list` asks for them.
pub(super) type Lists<'l, 'a> = &'l dyn Fn() -> Vec<(&'a str, &'a [String])>;

/// A maker of columns.
pub trait Source: Send + Sync + fmt::Debug {
    /// Its name in evidence: that of its declaration.
    fn name(&self) -> &str;

    /// The columns it makes.
    fn makes(&self) -> Vec<&str>;

    /// The columns it reads in order to make those of its columns that are wanted.
    fn needs(&self, wanted: &dyn Fn(&str) -> bool) -> Vec<&str>;

    /// How far it has to look.
    fn reach(&self) -> Reach;

    /// Whether it can tell which other applications made a value.
    fn links(&self) -> bool {
        false
    }

    /// The column whose value its own column has wherever it has one: where that is equal, this is no further apart.
    fn passes_on(&self) -> Option<&str> {
        None
    }

    /// How it ties applications to each other, so that history can be narrowed to those that matter.
    fn ties(&self) -> Vec<Tie> {
        Vec::new()
    }

    /// How near a row is to having its measures, for sources that count applications; `lists` are those of the rule set.
    fn nearest(&self, frame: &Frame, row: u32, lists: Lists<'_, '_>) -> Result<Option<Nearest>> {
        let _ = (frame, row, lists);
        Ok(None)
    }

    /// Adds its wanted columns to the frame, which has those it needs. A source that looks at the row only has nothing to
    /// witness.
    fn compute(&self, cx: &Cx, frame: &mut Frame, wanted: &dyn Fn(&str) -> bool) -> Result<Option<Box<dyn Witness>>>;
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

/// What sources that looked beyond the row can tell, by the name of the source.
#[derive(Debug, Default)]
pub struct Witnesses {
    by_source: std::collections::BTreeMap<String, Box<dyn Witness>>,
    /// Which source made a column.
    maker: std::collections::BTreeMap<String, String>,
}

impl Witnesses {
    /// Why a column has its value in a row.
    #[must_use]
    pub fn evidence(&self, column: &str, frame: &Frame, row: u32) -> Option<Evidence> {
        let source = self.maker.get(column)?;
        self.by_source.get(source)?.evidence(frame, row, Some(column))
    }

    /// Why the columns of a source have their values in a row.
    #[must_use]
    pub fn of_source(&self, source: &str, frame: &Frame, row: u32) -> Option<Evidence> {
        self.by_source.get(source)?.evidence(frame, row, None)
    }

    /// All remarks, by source.
    pub fn remarks(&self) -> impl Iterator<Item = (&str, String)> {
        self.by_source.iter().flat_map(|(name, w)| w.remarks().into_iter().map(move |r| (name.as_str(), r)))
    }
}

/// Computes the wanted columns of the sources that reach no further than `reach`, in their order. Columns that the frame
/// already has are left alone.
pub fn compute(
    sources: &[Box<dyn Source>],
    reach: Reach,
    cx: &Cx,
    frame: &mut Frame,
    wanted: &BTreeSet<String>,
) -> Result<Witnesses> {
    let mut witnesses = Witnesses::default();
    for source in sources.iter().filter(|s| reach == Reach::All || s.reach() == reach) {
        let missing: BTreeSet<String> = source
            .makes()
            .into_iter()
            .filter(|name| wanted.contains(*name) && !frame.has(name))
            .map(str::to_owned)
            .collect();
        if missing.is_empty() {
            continue;
        }
        let needs = source.needs(&|name| missing.contains(name));
        let blind = source.reach() == Reach::Row && !needs.is_empty() && needs.iter().all(|name| frame.is_absent(name));
        if let Some(witness) = source.compute(cx, frame, &|name| missing.contains(name))? {
            witnesses.maker.extend(source.makes().into_iter().map(|c| (c.to_owned(), source.name().to_owned())));
            witnesses.by_source.insert(source.name().to_owned(), witness);
        }
        if blind {
            missing.iter().for_each(|name| frame.mark_absent(name));
        }
    }
    Ok(witnesses)
}
