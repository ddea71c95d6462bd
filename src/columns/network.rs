//! Networks: the applications tied together by any of several shared keys, as columns.
//!
//! Two applications are tied when they share a key and their times are no further apart than the window; a network is
//! everything that hangs together. A key on more than `max_key` applications (a call centre, a bank's terminal) ties
//! nobody and is reported. The id of a network is the smallest application number in it, so it does not depend on the
//! order of anything.

use rayon::prelude::*;

use super::forest::Forest;
use super::key::KeyColumns;
use super::measured::{CountingRows, Measured, Spec, results};
use super::nearest::{Nearest, NearestSet, lacking, numbers};
use super::rank::ranks;
use super::source::{Evidence, Lists, Reach, Source, Tie, Witness};
use super::window::{Entry, Rows, Windows, slide};
use super::{Cx, display};
use crate::Result;
use crate::expr::{Bits, Expr};
use crate::frame::Frame;
use crate::schema::Mask;
use crate::schema::columns::NOMOR_PERMOHONAN;

/// A declared network, checked.
#[derive(Debug, Clone)]
pub struct NetworkSpec {
    /// Its name; its columns are `name.id` and `name.measure`.
    pub name: String,
    /// The keys, each of one or several columns, with how each column is masked in evidence.
    pub keys: Vec<Vec<(String, Mask)>>,
    /// How far apart in time two applications may be and still be tied, in milliseconds.
    pub width: Option<i64>,
    /// Keys on more rows than this tie nobody.
    pub max_key: usize,
    /// Which rows count.
    pub conditions: Vec<Expr>,
    /// Which networks count: conditions over the measures.
    pub having: Vec<Expr>,
    /// The measures.
    pub measures: Vec<Spec>,
    /// The column that says when.
    pub time: String,
}

/// Ending of the column that names a network.
pub(crate) const ID: &str = "id";

/// A network ready to be computed.
#[derive(Debug)]
pub struct NetworkSource {
    spec: NetworkSpec,
    measured: Measured,
    made: Vec<String>,
    columns: Vec<Vec<String>>,
}

impl NetworkSource {
    /// A network; `lists` are those its `in_list` may use.
    #[must_use]
    pub fn new<'a>(spec: NetworkSpec, lists: &dyn Fn() -> Vec<(&'a str, &'a [String])>) -> Self {
        let measured = Measured::new(&spec.conditions, &spec.having, &spec.measures, lists);
        let names = spec.measures.iter().map(|m| m.name.as_str());
        let made = names.chain([ID]).map(|m| format!("{}.{m}", spec.name)).collect();
        let columns = spec.keys.iter().map(|key| key.iter().map(|(column, _)| column.clone()).collect()).collect();
        Self { spec, measured, made, columns }
    }

    /// Ties rows by one key after the other. Returns the rows that are tied to another and the keys that were ignored.
    fn tie(&self, frame: &Frame) -> Result<(Forest, Vec<Ignored>)> {
        let counts = self.measured.counting_rows(frame)?;
        let times = frame.number(&self.spec.time)?;
        let mut forest = Forest::new(frame.rows());
        let mut ignored = Vec::new();
        for (key, columns) in self.columns.iter().enumerate() {
            let found = KeyColumns::of(frame, columns)?.shared(frame.rows(), 2, &|row| counts.get(row));
            let mut entries: Vec<(u128, i64, u32)> =
                found.into_iter().filter_map(|(row, hash)| Some((hash, times.get(row as usize)?, row))).collect();
            entries.par_sort_unstable();
            for run in entries.chunk_by(|a, b| a.0 == b.0) {
                if run.len() > self.spec.max_key {
                    let row = run.iter().map(|e| e.2).min().unwrap_or_default();
                    ignored.push(Ignored { key, row, rows: run.len() });
                    continue;
                }
                for pair in run.windows(2) {
                    if let [a, b] = pair
                        && self.spec.width.is_none_or(|width| b.1 - a.1 <= width)
                    {
                        forest.join(a.2, b.2);
                    }
                }
            }
        }
        ignored.sort_by_key(|i| (i.key, std::cmp::Reverse(i.rows), i.row));
        Ok((forest, ignored))
    }

    /// The rows of every network that can count, by network.
    fn members(&self, frame: &Frame, forest: &mut Forest, counts: &CountingRows) -> Vec<(u32, u32)> {
        let least = self.measured.least();
        let rows = 0..u32::try_from(frame.rows()).unwrap_or(u32::MAX);
        let mut members: Vec<(u32, u32)> = rows
            .filter(|row| counts.get(*row as usize))
            .filter_map(|row| {
                let root = forest.root(row);
                (least <= 1 || forest.size(root) >= least).then_some((root, row))
            })
            .collect();
        members.par_sort_unstable();
        members
    }
}

/// A key that ties nobody, for the run report.
#[derive(Debug, Clone, Copy)]
struct Ignored {
    key: usize,
    /// A row that has it.
    row: u32,
    rows: usize,
}

impl Source for NetworkSource {
    fn name(&self) -> &str {
        &self.spec.name
    }

    fn makes(&self) -> Vec<&str> {
        self.made.iter().map(String::as_str).collect()
    }

    fn needs(&self, _: &dyn Fn(&str) -> bool) -> Vec<&str> {
        let mut needs: Vec<&str> = self.columns.iter().flatten().map(String::as_str).collect();
        needs.extend([self.spec.time.as_str(), NOMOR_PERMOHONAN]);
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
        let tie = |columns: &Vec<String>| Tie {
            columns: columns.clone(),
            width: self.spec.width,
            spreads: Some(self.spec.max_key),
            every: self.spec.conditions.is_empty(),
        };
        self.columns.iter().map(tie).collect()
    }

    fn nearest(&self, frame: &Frame, row: u32, lists: Lists<'_, '_>) -> Result<Option<Nearest>> {
        self.look(frame, row, lists).map(Some)
    }

    fn compute(&self, _: &Cx, frame: &mut Frame, wanted: &dyn Fn(&str) -> bool) -> Result<Option<Box<dyn Witness>>> {
        let (mut forest, ignored) = self.tie(frame)?;
        let counts = self.measured.counting_rows(frame)?;
        let members = self.members(frame, &mut forest, &counts);
        drop(forest);
        let rows: Vec<u32> = members.iter().map(|(_, row)| *row).collect();
        let ranks = ranks(frame, &rows)?;
        let mut small = self.measured.over(frame, &rows)?;
        let sets = self.sets(&members, &ranks, &small.inputs())?;
        // A row of a set that counts, with the number of its set.
        let mut placed: Vec<(u32, u32)> = Vec::new();
        for (number, (low, high)) in sets.windows.span.iter().enumerate() {
            if sets.counts.get(number) {
                let of_set = sets.rows.get(*low as usize..*high as usize).unwrap_or_default();
                placed.extend(of_set.iter().map(|row| (*row, u32::try_from(number).unwrap_or(u32::MAX))));
            }
        }
        placed.par_sort_unstable();
        for (number, measure) in self.spec.measures.iter().enumerate() {
            let name = format!("{}.{}", self.spec.name, measure.name);
            if wanted(&name) {
                let values = sets.windows.measures.get(number);
                let of_set = |set: u32| values.and_then(|v| v.get(set as usize).copied().flatten());
                let given = placed.iter().map(|(row, set)| (*row, small.result(number, of_set(*set))));
                frame.add(results(&name, measure.measure.ty, frame.rows(), given))?;
            }
        }
        self.add_ids(frame, wanted, &sets, &placed)?;
        let ignored = self.described(frame, &ignored);
        let Sets { windows, rows, .. } = sets;
        Ok(Some(Box::new(NetworkWitness {
            name: self.spec.name.clone(),
            keys: self.spec.keys.clone(),
            time: self.spec.time.clone(),
            spans: windows.span,
            rows,
            placed,
            ignored,
        })))
    }
}

impl NetworkSource {
    /// Looks at whoever hangs together with a row.
    fn look(&self, frame: &Frame, row: u32, lists: Lists<'_, '_>) -> Result<Nearest> {
        let mut missing = Vec::new();
        for key in &self.columns {
            for column in key {
                if frame.view(column)?.is_null(row as usize) {
                    missing.push((key, column.clone()));
                    break;
                }
            }
        }
        if missing.len() == self.columns.len() {
            return Ok(Nearest::NoKey(missing.into_iter().map(|(_, column)| column).collect()));
        }
        let counts = self.measured.counting_rows(frame)?;
        if !counts.get(row as usize) {
            return Ok(Nearest::NotCounted);
        }
        let (mut forest, _) = self.tie(frame)?;
        let root = forest.root(row);
        let all = 0..u32::try_from(frame.rows()).unwrap_or(u32::MAX);
        let members: Vec<(u32, u32)> = all
            .filter(|other| counts.get(*other as usize) && forest.root(*other) == root)
            .map(|other| (root, other))
            .collect();
        let rows: Vec<u32> = members.iter().map(|(_, row)| *row).collect();
        let mut small = self.measured.over(frame, &rows)?;
        let sets = self.sets(&members, &ranks(frame, &rows)?, &small.inputs())?;
        let times = frame.number(&self.spec.time)?;
        let moments = rows.iter().filter_map(|row| times.get(*row as usize));
        let between = moments.clone().min().zip(moments.max()).unwrap_or_default();
        Ok(Nearest::Network(NearestSet {
            measures: numbers(&self.spec.measures, &sets.windows, 0),
            lacks: lacking(&self.spec.measures, &self.spec.having, &sets.windows, 0, lists)?,
            rows: rows.len(),
            between,
            open_until: self.spec.width.map(|width| between.1.saturating_add(width)),
        }))
    }
}

/// The networks: their rows one after the other, each set with its measures.
struct Sets {
    windows: Windows,
    rows: Vec<u32>,
    counts: Bits,
}

impl NetworkSource {
    /// Measures every set. A set is a window in which everything happens at once.
    fn sets(&self, members: &[(u32, u32)], ranks: &[u32], inputs: &[super::window::Input]) -> Result<Sets> {
        let mut entries: Vec<Entry> = members
            .iter()
            .zip(ranks)
            .enumerate()
            .map(|(at, ((root, _), rank))| Entry {
                key: u128::from(*root),
                time: 0,
                rank: *rank,
                row: u32::try_from(at).unwrap_or(u32::MAX),
            })
            .collect();
        entries.par_sort_unstable();
        let mut windows = Windows { measures: vec![Vec::new(); inputs.len()], ..Windows::default() };
        let mut at = 0;
        for set in entries.chunk_by(|a, b| a.key == b.key) {
            let base = u32::try_from(at).unwrap_or(u32::MAX);
            slide(set, base, None, inputs, Rows::All, &mut windows);
            at += set.len();
        }
        let counts = if self.spec.measures.is_empty() {
            Bits::all(windows.span.len())
        } else {
            self.measured.having(&windows.measures)?
        };
        let rows = entries.iter().filter_map(|e| members.get(e.row as usize).map(|(_, row)| *row)).collect();
        Ok(Sets { windows, rows, counts })
    }

    fn add_ids(
        &self,
        frame: &mut Frame,
        wanted: &dyn Fn(&str) -> bool,
        sets: &Sets,
        placed: &[(u32, u32)],
    ) -> Result<()> {
        let name = format!("{}.{ID}", self.spec.name);
        if !wanted(&name) {
            return Ok(());
        }
        // Entries of a set are sorted by the rank of their number: the first is the smallest.
        let first = |set: u32| {
            let (low, _) = sets.windows.span.get(set as usize)?;
            sets.rows.get(*low as usize).copied()
        };
        let mut least = vec![None; frame.rows()];
        for (row, set) in placed {
            if let Some(place) = least.get_mut(*row as usize) {
                *place = first(*set);
            }
        }
        frame.add_taken(NOMOR_PERMOHONAN, &least, &name)
    }

    fn described(&self, frame: &Frame, ignored: &[Ignored]) -> Vec<String> {
        let one = |i: &Ignored| {
            let key = self.spec.keys.get(i.key)?;
            let shown = key.iter().map(|(column, mask)| format!("{column} {}", display(frame, column, i.row, *mask)));
            Some(format!("{} on {} applications ties nobody", shown.collect::<Vec<_>>().join(" + "), i.rows))
        };
        ignored.iter().filter_map(one).collect()
    }
}

/// What a network can tell: who is in it, and by what they hang together.
#[derive(Debug)]
struct NetworkWitness {
    name: String,
    keys: Vec<Vec<(String, Mask)>>,
    time: String,
    spans: Vec<(u32, u32)>,
    rows: Vec<u32>,
    /// Row and number of its set, ascending.
    placed: Vec<(u32, u32)>,
    ignored: Vec<String>,
}

impl Witness for NetworkWitness {
    fn evidence(&self, frame: &Frame, row: u32, _: Option<&str>) -> Option<Evidence> {
        let at = self.placed.binary_search_by_key(&row, |(row, _)| *row).ok()?;
        let (low, high) = *self.spans.get(self.placed.get(at)?.1 as usize)?;
        let mut rows = self.rows.get(low as usize..high as usize)?.to_vec();
        rows.sort_unstable();
        let times = frame.number(&self.time).ok()?;
        let moments = rows.iter().filter_map(|row| times.get(*row as usize));
        let between = moments.clone().min().zip(moments.max());
        let keys = self.keys.iter().map(|key| key.iter().map(|(column, _)| column.clone()).collect()).collect();
        Some(Evidence { source: self.name.clone(), shared: self.hubs(frame, &rows), rows, keys, between })
    }

    fn remarks(&self) -> Vec<String> {
        self.ignored.clone()
    }
}

impl NetworkWitness {
    /// The keys that two or more of the rows share, most shared first: what ties the network together.
    fn hubs(&self, frame: &Frame, rows: &[u32]) -> Vec<(String, String)> {
        let mut hubs: Vec<(usize, String, String)> = Vec::new();
        for key in &self.keys {
            let columns: Vec<String> = key.iter().map(|(column, _)| column.clone()).collect();
            let Ok(small) = frame.select(columns.iter().map(String::as_str)).take(rows) else { continue };
            let Ok(hashed) = KeyColumns::of(&small, &columns) else { continue };
            let mut shared: Vec<(u128, u32)> =
                hashed.shared(rows.len(), 1, &|_| true).into_iter().map(|(at, hash)| (hash, at)).collect();
            shared.sort_unstable();
            for run in shared.chunk_by(|a, b| a.0 == b.0).filter(|run| run.len() > 1) {
                let Some((_, at)) = run.first() else { continue };
                let value = key.iter().map(|(column, mask)| display(&small, column, *at, *mask));
                hubs.push((run.len(), columns.join(" + "), value.collect::<Vec<_>>().join(" ")));
            }
        }
        hubs.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| (&a.1, &a.2).cmp(&(&b.1, &b.2))));
        hubs.into_iter().map(|(count, column, value)| (column, format!("{value} ({count})"))).collect()
    }
}
