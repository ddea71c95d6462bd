//! A tie as it is followed through the hashes of history.

use std::collections::{BTreeMap, BTreeSet};

use crate::Result;
use crate::calendar::DAY_MS;
use crate::columns::Link;
use crate::frame::Frame;
use crate::history::keys::{self, KEYS};
use crate::history::lookup::Lookup;
use crate::history::sheet::{Sheet, combined};
use crate::schema::columns::TANGGAL_PERMOHONAN;

/// A key and, where days matter, the day of an application that has it; and the hash of that of its columns that is
/// looked up.
pub(super) type Asked = (u64, i64, u64);

/// Number of a sheet and of an application in it.
pub(super) type Place = (u32, u32);

/// Some of the sources that others read or that lead on, one bit each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Needs(pub(super) u64);

impl Needs {
    /// Whether one of the others is among them.
    pub(super) fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// The bit of each source that has one.
pub(super) struct Numbered<'a>(BTreeMap<&'a str, Needs>);

impl<'a> Numbered<'a> {
    pub(super) fn new(links: &'a [Link]) -> Self {
        let named: BTreeSet<&str> = links.iter().flat_map(|link| &link.then).map(String::as_str).collect();
        // Should there be more than bits, the last ones are needed together: that takes rows too many, never too few.
        Self(named.into_iter().zip(0_u32..).map(|(name, at)| (name, Needs(1 << at.min(63)))).collect())
    }

    pub(super) fn of(&self, source: &str) -> Needs {
        self.0.get(source).copied().unwrap_or_default()
    }

    fn all(&self, sources: &BTreeSet<String>) -> Needs {
        Needs(sources.iter().fold(0, |all, source| all | self.of(source).0))
    }
}

/// A tie as it is followed.
pub(super) struct Followed {
    /// Those of its columns that have hashes. A row that agrees in them may still differ in the others.
    pub(super) keys: Vec<&'static str>,
    /// Which of them is looked up: the one that fewest have in common.
    pub(super) lead: usize,
    /// The keys of tonight's applications, each once.
    pub(super) of_tonight: Vec<Asked>,
    /// The bit of its source, where anybody needs it of rows that are found.
    pub(super) of: Needs,
    /// What is needed of the rows it finds.
    pub(super) then: Needs,
    /// How many days apart two rows may be and still be tied.
    pub(super) near: Option<i64>,
    /// Whether it leads on from the rows it finds, and from how many rows on a key ties nobody.
    pub(super) spreads: Option<usize>,
    /// Whether the number of rows on a key alone says whether it ties.
    pub(super) every: bool,
}

impl Followed {
    pub(super) fn new(link: &Link, numbered: &Numbered<'_>, tonight: &Frame, lookup: Option<&Lookup>) -> Result<Self> {
        let tie = &link.tie;
        let keys = hashed(link);
        let columns: Vec<Vec<u64>> =
            keys.iter().map(|key| Ok(keys::of(&tonight.view(key)?, tonight.rows()))).collect::<Result<_>>()?;
        let days = tonight.number(TANGGAL_PERMOHONAN)?;
        let part = |column: usize, row: usize| columns.get(column).and_then(|c| c.get(row)).copied().unwrap_or(0);
        let cost = |column: usize| {
            let hashes: BTreeSet<u64> = (0..tonight.rows()).map(|row| part(column, row)).filter(|h| *h != 0).collect();
            lookup.map_or(0, |lookup| lookup.cost(keys.get(column).unwrap_or(&""), &Vec::from_iter(hashes)))
        };
        let lead = if keys.len() > 1 { (0..keys.len()).min_by_key(|column| cost(*column)).unwrap_or(0) } else { 0 };
        let near = near(link);
        let asked = |row: usize| {
            let hash = combined((0..keys.len()).map(|column| part(column, row)))?;
            Some((hash, near.map_or(0, |_| days.get(row).unwrap_or(0)), part(lead, row)))
        };
        let mut of_tonight: Vec<Asked> = (0..tonight.rows()).filter_map(asked).collect();
        of_tonight.sort_unstable();
        of_tonight.dedup();
        let (of, then) = (numbered.of(&link.source), numbered.all(&link.then));
        Ok(Self { keys, lead, of_tonight, of, then, near, spreads: tie.spreads, every: tie.every })
    }

    /// Its key in a row of history.
    pub(super) fn asked_by(&self, sheets: &[Sheet], (sheet, at): Place) -> Option<Asked> {
        let (sheet, at) = (sheets.get(sheet as usize)?, at as usize);
        let lead = self.keys.get(self.lead).map_or(0, |key| sheet.hash(key, at));
        let hash = combined(self.keys.iter().map(|key| sheet.hash(key, at)))?;
        Some((hash, self.near.map_or(0, |_| sheet.day(at)), lead))
    }

    /// The first day on which a row can be that is tied to one that asks.
    pub(super) fn since(&self, asked: &[Asked]) -> i64 {
        let first = asked.iter().map(|asked| asked.1).min();
        // How many rows are on a key decides whether it ties, so there all are looked at.
        self.near.filter(|_| self.spreads.is_none()).zip(first).map_or(i64::MIN, |(near, first)| first - near)
    }

    /// For each row of a key, which come by day, whether it is tied to one that asks; and whether there are so many rows
    /// that all of them must be there for that to be seen.
    pub(super) fn tied(&self, run: &[(u64, i64, Place)], asking: &[Asked]) -> (Vec<bool>, bool) {
        let crowded = self.spreads.is_some_and(|most| run.len() > most);
        let mut tied = vec![self.near.is_none() && !(crowded && self.every); run.len()];
        if let Some(near) = self.near.filter(|_| !(crowded && self.every)) {
            // Without leading on every row is a chain of its own.
            let step = self.spreads.map_or(-1, |_| near);
            chains(run, asking, step, near, &mut tied);
        }
        (tied, crowded)
    }
}

/// Those columns of a tie that have hashes.
pub(super) fn hashed(link: &Link) -> Vec<&'static str> {
    KEYS.iter().copied().filter(|key| link.tie.columns.iter().any(|column| column == key)).collect()
}

/// How many days apart two rows may be and still be tied. Days are enough to be on the safe side: two times a window apart
/// are at most a day more apart in days.
pub(super) fn near(link: &Link) -> Option<i64> {
    link.tie.width.map(|width| width.div_euclid(DAY_MS) + 1)
}

/// Marks the rows of a key, which come by day, in a chain of steps that comes near an asking day.
fn chains(run: &[(u64, i64, Place)], asking: &[Asked], step: i64, near: i64, tied: &mut [bool]) {
    let mut start = 0;
    for part in run.chunk_by(|a, b| b.1 - a.1 <= step) {
        let (first, last) = (part.first().map_or(0, |p| p.1 - near), part.last().map_or(0, |p| p.1 + near));
        let from = asking.partition_point(|asked| asked.1 < first);
        let reached = asking.get(from).is_some_and(|asked| asked.1 <= last);
        tied.iter_mut().skip(start).take(part.len()).for_each(|place| *place = reached);
        start += part.len();
    }
}
