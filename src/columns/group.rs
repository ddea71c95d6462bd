//! Groups: measures over the applications that share a key in a window of time, as columns.
//!
//! Only rows whose key is shared by enough others to meet `having` are looked at: on real data most phones and payers
//! belong to one application. What is left is sorted by key and time, cut between keys and worked on in parallel.

use rayon::prelude::*;

use super::key::KeyColumns;
use super::measured::{Measured, Result64, Spec, results};
use super::nearest::Nearest;
use super::rank::ranks;
use super::source::{Evidence, Lists, Reach, Source, Tie, Witness};
use super::window::{By, Chosen, Entry, Flag, Input, Rows, Windows, choose, slide};
use super::{Cx, display};
use crate::expr::Expr;
use crate::frame::Frame;
use crate::schema::{Mask, Type};
use crate::{Result, calendar};

/// A declared group, checked.
#[derive(Debug, Clone)]
pub struct GroupSpec {
    /// Its name; its columns are `name.measure`.
    pub name: String,
    /// The columns of the key, with how each is masked in evidence.
    pub by: Vec<(String, Mask)>,
    /// Length of the window in milliseconds; nothing for all of history.
    pub width: Option<i64>,
    /// Which rows count.
    pub conditions: Vec<Expr>,
    /// Which windows count: conditions over the measures.
    pub having: Vec<Expr>,
    /// The measures, the first deciding which window is the largest.
    pub measures: Vec<Spec>,
    /// Whose measures a row gets.
    pub flag: Flag,
    /// Whether a row counts in its own measures.
    pub rows: Rows,
    /// The column that says when.
    pub time: String,
}

/// Endings of the columns every group has besides its measures.
pub(crate) const FIRST: &str = "first";
pub(crate) const LAST: &str = "last";

/// A group ready to be computed.
#[derive(Debug)]
pub struct GroupSource {
    pub(super) spec: GroupSpec,
    pub(super) measured: Measured,
    made: Vec<String>,
    pub(super) key: Vec<String>,
}

impl GroupSource {
    /// A group; `lists` are those its `in_list` may use.
    #[must_use]
    pub fn new<'a>(spec: GroupSpec, lists: &dyn Fn() -> Vec<(&'a str, &'a [String])>) -> Self {
        let measured = Measured::new(&spec.conditions, &spec.having, &spec.measures, lists);
        let measures = spec.measures.iter().map(|m| m.name.as_str());
        let made = measures.chain([FIRST, LAST]).map(|m| format!("{}.{m}", spec.name)).collect();
        let key = spec.by.iter().map(|(column, _)| column.clone()).collect();
        Self { spec, measured, made, key }
    }

    /// The smallest number of rows a window can have and still count, the row itself among them.
    fn least(&self) -> usize {
        (self.measured.least() + usize::from(self.spec.rows == Rows::Others)).max(1)
    }

    /// The rows that matter, sorted by key and time. `Entry::row` counts among `rows`.
    fn entries(&self, frame: &Frame) -> Result<(Vec<Entry>, Vec<u32>)> {
        let keys = KeyColumns::of(frame, &self.key)?;
        let counts = self.measured.counting_rows(frame)?;
        let found = keys.shared(frame.rows(), self.least(), &|row| counts.get(row));
        let times = frame.number(&self.spec.time)?;
        let rows: Vec<u32> = found.iter().map(|(row, _)| *row).collect();
        let ranks = if self.measured.order_matters() { ranks(frame, &rows)? } else { vec![0; rows.len()] };
        let mut entries: Vec<Entry> = found
            .iter()
            .zip(&ranks)
            .enumerate()
            .filter_map(|(at, ((row, key), rank))| {
                let time = times.get(*row as usize)?;
                Some(Entry { key: *key, time, rank: *rank, row: u32::try_from(at).unwrap_or(u32::MAX) })
            })
            .collect();
        entries.par_sort_unstable();
        Ok((entries, rows))
    }
}

/// The entries of some keys with their windows.
struct Part {
    base: u32,
    windows: Windows,
    chosen: Vec<Option<Chosen>>,
}

/// Keys are worked on together until this many entries are reached.
const PART: usize = 16_384;

/// Cuts sorted entries between keys into parts of about [`PART`].
fn parts(entries: &[Entry]) -> Vec<&[Entry]> {
    let mut parts = Vec::new();
    let mut rest = entries;
    while !rest.is_empty() {
        let about = PART.min(rest.len());
        let key = rest.get(about - 1).map(|e| e.key);
        let len = about + rest.get(about..).unwrap_or_default().iter().take_while(|e| Some(e.key) == key).count();
        let (part, after) = rest.split_at(len);
        parts.push(part);
        rest = after;
    }
    parts
}

impl GroupSource {
    fn part(&self, entries: &[Entry], base: u32, inputs: &[Input]) -> Result<Part> {
        let mut windows = Windows { measures: vec![Vec::new(); inputs.len()], ..Windows::default() };
        let mut at = 0;
        for of_key in entries.chunk_by(|a, b| a.key == b.key) {
            let here = u32::try_from(at).unwrap_or(u32::MAX);
            slide(of_key, here, self.spec.width, inputs, self.spec.rows, &mut windows);
            at += of_key.len();
        }
        let counts = self.measured.having(&windows.measures)?;
        let by = if self.measured.sizes() { By::First } else { By::Time };
        let chosen = choose(&windows, &|line| counts.get(line), self.spec.flag, by, entries.len());
        Ok(Part { base, windows, chosen })
    }
}

impl Source for GroupSource {
    fn name(&self) -> &str {
        &self.spec.name
    }

    fn makes(&self) -> Vec<&str> {
        self.made.iter().map(String::as_str).collect()
    }

    fn needs(&self, _: &dyn Fn(&str) -> bool) -> Vec<&str> {
        let mut needs: Vec<&str> = self.key.iter().map(String::as_str).collect();
        needs.push(&self.spec.time);
        needs.extend(self.measured.reads());
        needs
    }

    fn reach(&self) -> Reach {
        Reach::All
    }

    fn links(&self) -> bool {
        true
    }

    fn ties(&self) -> Vec<Tie> {
        vec![Tie { columns: self.key.clone(), width: self.spec.width, spreads: None, every: false }]
    }

    fn nearest(&self, frame: &Frame, row: u32, lists: Lists<'_, '_>) -> Result<Option<Nearest>> {
        self.look(frame, row, lists).map(Some)
    }

    fn compute(&self, _: &Cx, frame: &mut Frame, wanted: &dyn Fn(&str) -> bool) -> Result<Option<Box<dyn Witness>>> {
        let (entries, rows) = self.entries(frame)?;
        let mut small = self.measured.over(frame, &rows)?;
        let inputs = small.inputs();
        let slices = parts(&entries);
        let bases: Vec<u32> = slices
            .iter()
            .scan(0_u32, |at, part| {
                let base = *at;
                *at += u32::try_from(part.len()).unwrap_or(u32::MAX);
                Some(base)
            })
            .collect();
        let done: Vec<Part> =
            slices.par_iter().zip(&bases).map(|(part, base)| self.part(part, *base, &inputs)).collect::<Result<_>>()?;
        let flagged = flagged(&done, &entries, &rows);
        for (number, measure) in self.spec.measures.iter().enumerate() {
            let name = format!("{}.{}", self.spec.name, measure.name);
            if wanted(&name) {
                let given = flagged.iter().map(|f| (f.row, small.result(number, f.measure(&done, number))));
                frame.add(results(&name, measure.measure.ty, frame.rows(), given))?;
            }
        }
        self.add_times(frame, wanted, &flagged, &entries)?;
        let order = entries.iter().filter_map(|e| rows.get(e.row as usize).copied()).collect();
        let filter = |(number, measure): (usize, &Spec)| {
            let of_row = small.filter(number)?;
            let passes = entries.iter().map(|e| of_row.get(e.row as usize).copied().unwrap_or_default());
            Some((format!("{}.{}", self.spec.name, measure.name), passes.collect()))
        };
        Ok(Some(Box::new(GroupWitness {
            name: self.spec.name.clone(),
            by: self.spec.by.clone(),
            time: self.spec.time.clone(),
            order,
            filters: self.spec.measures.iter().enumerate().filter_map(filter).collect(),
            flagged,
        })))
    }
}

impl GroupSource {
    fn add_times(
        &self,
        frame: &mut Frame,
        wanted: &dyn Fn(&str) -> bool,
        flagged: &[Flagged],
        entries: &[Entry],
    ) -> Result<()> {
        let at = |position: u32| entries.get(position as usize).map(|e| e.time.div_euclid(calendar::DAY_MS));
        for (ending, end) in [(FIRST, false), (LAST, true)] {
            let name = format!("{}.{ending}", self.spec.name);
            if wanted(&name) {
                let day = |f: &Flagged| at(if end { f.span.1 - 1 } else { f.span.0 });
                let given = flagged.iter().map(|f| (f.row, Result64::Number(day(f))));
                frame.add(results(&name, Type::Date, frame.rows(), given))?;
            }
        }
        Ok(())
    }
}

/// A row with the window that speaks for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Flagged {
    row: u32,
    /// First and one past the last position of the window.
    span: (u32, u32),
    part: u32,
    line: u32,
}

impl Flagged {
    fn measure(&self, parts: &[Part], number: usize) -> Option<i64> {
        let part = parts.get(self.part as usize)?;
        *part.windows.measures.get(number)?.get(self.line as usize)?
    }
}

/// The rows a window speaks for, ascending.
fn flagged(parts: &[Part], entries: &[Entry], rows: &[u32]) -> Vec<Flagged> {
    let mut flagged = Vec::new();
    for (number, part) in parts.iter().enumerate() {
        for (position, chosen) in part.chosen.iter().enumerate() {
            let Some(chosen) = chosen else { continue };
            let entry = entries.get(part.base as usize + position);
            let span = part.windows.span.get(chosen.line as usize);
            if let (Some(row), Some((low, high))) = (entry.and_then(|e| rows.get(e.row as usize)), span) {
                flagged.push(Flagged {
                    row: *row,
                    span: (part.base + low, part.base + high),
                    part: u32::try_from(number).unwrap_or(u32::MAX),
                    line: chosen.line,
                });
            }
        }
    }
    flagged.par_sort_unstable();
    flagged
}

/// What a group can tell: who was in the window that speaks for a row.
#[derive(Debug)]
struct GroupWitness {
    name: String,
    by: Vec<(String, Mask)>,
    time: String,
    /// The row at each position.
    order: Vec<u32>,
    /// For columns of measures with a filter, whether the row at each position passes it.
    filters: Vec<(String, Vec<bool>)>,
    flagged: Vec<Flagged>,
}

impl Witness for GroupWitness {
    fn evidence(&self, frame: &Frame, row: u32, column: Option<&str>) -> Option<Evidence> {
        let at = self.flagged.binary_search_by_key(&row, |f| f.row).ok()?;
        let (low, high) = self.flagged.get(at)?.span;
        let filter = column.and_then(|column| self.filters.iter().find(|(name, _)| name == column));
        let passes = |position: &usize| filter.is_none_or(|(_, passes)| passes.get(*position) == Some(&true));
        let here = |position: usize| self.order.get(position).copied();
        let span = low as usize..high as usize;
        let mut rows: Vec<u32> = span.filter(passes).filter_map(here).chain([row]).collect();
        rows.sort_unstable();
        rows.dedup();
        let times = frame.number(&self.time).ok()?;
        let moments = rows.iter().filter_map(|row| times.get(*row as usize));
        let between = moments.clone().min().zip(moments.max());
        let shared =
            self.by.iter().map(|(column, mask)| (column.clone(), display(frame, column, row, *mask))).collect();
        let keys = vec![self.by.iter().map(|(column, _)| column.clone()).collect()];
        Some(Evidence { source: self.name.clone(), rows, shared, keys, between })
    }
}
