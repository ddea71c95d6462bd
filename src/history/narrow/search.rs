//! What is tied to tonight's applications, and what to that, as far as anybody needs it.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::path::Path;

use chrono::NaiveDate;
use rayon::prelude::*;

use super::followed::{Asked, Followed, Needs, Numbered, Place};
use crate::Result;
use crate::columns::Link;
use crate::frame::Frame;
use crate::history::index::Month;
use crate::history::lookup::Lookup;
use crate::history::sheet::{Sheet, Sieve};
use crate::history::{Follow, follow};
use crate::schema::columns::NOMOR_PERMOHONAN;

/// How far ties were followed: for each its keys to ask for, and those that were asked for.
pub(super) struct Spread {
    ties: Vec<Followed>,
    open: Vec<Vec<Asked>>,
    asked: Vec<Vec<Asked>>,
}

/// What was found so far.
pub(super) struct Search<'a> {
    sheets: Cow<'a, [Sheet]>,
    /// Where those rows are found that no sheet has yet.
    lookup: Option<Lookup>,
    /// It could not be read.
    pub(super) damaged: bool,
    /// Applications of tonight's export: history does not speak for them.
    known: &'a Sieve,
    /// The last day that is history.
    until: i64,
    /// For each row whether it was taken.
    chosen: Vec<Vec<bool>>,
    /// For each row what is needed of it.
    needs: Vec<Vec<Needs>>,
    /// For each tie how many rows it was the first to take.
    pub(super) brought: Vec<usize>,
}

impl<'a> Search<'a> {
    pub(super) fn new(sheets: Cow<'a, [Sheet]>, lookup: Option<Lookup>, known: &'a Sieve, until: i64) -> Self {
        let chosen = sheets.iter().map(|sheet| vec![false; sheet.len()]).collect();
        let needs = sheets.iter().map(|sheet| vec![Needs::default(); sheet.len()]).collect();
        Self { sheets, lookup, damaged: false, known, until, chosen, needs, brought: Vec::new() }
    }

    /// Takes everything that tonight's applications are tied to, and says how far ties were followed.
    pub(super) fn begin(&mut self, tonight: &Frame, links: &[Link]) -> Result<Spread> {
        let numbered = Numbered::new(links);
        let followed = |link| Followed::new(link, &numbered, tonight, self.lookup.as_ref());
        let ties: Vec<Followed> = links.iter().map(followed).collect::<Result<_>>()?;
        let open = ties.iter().map(|tie| tie.of_tonight.clone()).collect();
        let asked = vec![Vec::new(); ties.len()];
        self.brought = vec![0; ties.len()];
        let mut state = Spread { ties, open, asked };
        self.spread(&mut state);
        Ok(state)
    }

    /// Takes what is tied to the open keys, and what is tied to that and needed, until nothing new turns up.
    pub(super) fn spread(&mut self, Spread { ties, open, asked }: &mut Spread) {
        loop {
            let mut found = Vec::new();
            for (at, tie) in ties.iter().enumerate() {
                let keys = open.get_mut(at).map(std::mem::take).unwrap_or_default();
                if keys.is_empty() {
                    continue;
                }
                let before = found.len();
                if tie.keys.is_empty() {
                    self.take_all_since(tie.since(&keys), tie.then, &mut found);
                } else {
                    self.look_up(tie, &keys);
                    self.follow(tie, &keys, &mut found);
                }
                let new = found.get(before..).unwrap_or_default().iter().filter(|found| found.first).count();
                self.brought.get_mut(at).into_iter().for_each(|brought| *brought += new);
                asked.get_mut(at).into_iter().for_each(|all| add_sorted(all, &keys));
            }
            if found.is_empty() {
                break;
            }
            for (at, tie) in ties.iter().enumerate() {
                let needed = found.iter().filter(|found| found.needs.meets(tie.of));
                let mut keys: Vec<Asked> = needed.filter_map(|found| tie.asked_by(&self.sheets, found.place)).collect();
                keys.sort_unstable();
                keys.dedup();
                let before = asked.get(at).map(Vec::as_slice).unwrap_or_default();
                keys.retain(|key| before.binary_search(key).is_err());
                open.get_mut(at).into_iter().for_each(|place| *place = std::mem::take(&mut keys));
            }
        }
    }

    /// Those of the rows taken that are to be looked at again.
    pub(super) fn open(
        &self,
        root: &Path,
        months: &[Month],
        follow: &Follow<'_>,
        as_of: NaiveDate,
    ) -> Result<Vec<BTreeSet<u32>>> {
        let open = |(at, month)| follow::open(root, month, &self.rows(at), follow, as_of).map(BTreeSet::from_iter);
        months.iter().enumerate().map(open).collect()
    }

    /// Takes everything that some rows are tied to, as if they were of tonight.
    pub(super) fn spread_from(&mut self, state: &mut Spread, rows: &[BTreeSet<u32>]) {
        let places: Vec<Place> = (0_u32..)
            .zip(self.sheets.iter().zip(rows))
            .flat_map(|(number, (sheet, rows))| {
                let is_one = |at: &u32| rows.contains(&sheet.row(*at));
                (0..narrow_number(sheet.len())).filter(is_one).map(move |at| (number, at)).collect::<Vec<_>>()
            })
            .collect();
        for (tie, open) in state.ties.iter().zip(&mut state.open) {
            open.extend(places.iter().filter_map(|place| tie.asked_by(&self.sheets, *place)));
            open.sort_unstable();
            open.dedup();
        }
        self.spread(state);
    }

    /// The rows of a month that were taken, ascending.
    pub(super) fn rows(&self, at: usize) -> Vec<u32> {
        let Some((sheet, chosen)) = self.sheets.get(at).zip(self.chosen.get(at)) else { return Vec::new() };
        let mut rows: Vec<u32> = (0_u32..).zip(chosen).filter(|(_, is)| **is).map(|(at, _)| sheet.row(at)).collect();
        rows.sort_unstable();
        rows
    }

    /// Puts every row with one of the keys into its sheet, as far as it is not there.
    fn look_up(&mut self, tie: &Followed, asked: &[Asked]) {
        let Some((lookup, key)) = self.lookup.as_mut().zip(tie.keys.get(tie.lead)) else { return };
        let mut hashes: Vec<u64> = asked.iter().map(|asked| asked.2).collect();
        hashes.sort_unstable();
        hashes.dedup();
        let Some(found) = lookup.take(key, &hashes, tie.since(asked)) else {
            self.damaged = true;
            return;
        };
        let sheets = self.sheets.to_mut();
        for row in found {
            let month = row.month as usize;
            sheets.get_mut(month).into_iter().for_each(|sheet| sheet.put(&row));
            self.chosen.get_mut(month).into_iter().for_each(|chosen| chosen.push(false));
            self.needs.get_mut(month).into_iter().for_each(|needs| needs.push(Needs::default()));
        }
    }

    /// Takes a row of which something is needed. Adds it to `found` if it or the need is new.
    fn take(&mut self, place: Place, then: Needs, found: &mut Vec<Found>) {
        let (sheet, row) = (place.0 as usize, place.1 as usize);
        let of = self.sheets.get(sheet);
        let tonight = of.is_some_and(|s| self.known.has(s.hash(NOMOR_PERMOHONAN, row)));
        let later = of.and_then(|s| s.days().get(row)).is_none_or(|day| *day > self.until);
        if tonight || later {
            return;
        }
        let chosen = self.chosen.get_mut(sheet).and_then(|rows| rows.get_mut(row));
        let first = chosen.is_some_and(|chosen| !std::mem::replace(chosen, true));
        let Some(needs) = self.needs.get_mut(sheet).and_then(|rows| rows.get_mut(row)) else { return };
        let new = Needs(then.0 & !needs.0);
        needs.0 |= then.0;
        if first || new != Needs::default() {
            found.push(Found { place, needs: new, first });
        }
    }

    /// Takes every row filed on a day or later.
    fn take_all_since(&mut self, since: i64, then: Needs, found: &mut Vec<Found>) {
        for sheet in 0..self.sheets.len() {
            let days = self.sheets.get(sheet).map_or(&[][..], Sheet::days).iter().enumerate();
            let late: Vec<usize> = days.filter(|(_, day)| **day >= since).map(|(at, _)| at).collect();
            for at in late {
                self.take((narrow_number(sheet), narrow_number(at)), then, found);
            }
        }
    }

    /// Takes the rows that have one of the keys.
    ///
    /// Whether a key is on too many rows to tie anybody is for the network to say, which knows the rows that count, so of
    /// such a key all are taken, as company.
    fn follow(&mut self, tie: &Followed, keys: &[Asked], found: &mut Vec<Found>) {
        let sieve = Sieve::new(keys.iter().map(|asked| asked.0).collect());
        let since = tie.since(keys);
        let of_sheet = |(number, sheet): (usize, &Sheet)| {
            let matching = sheet.matching(&tie.keys, since, &sieve).into_iter();
            matching.map(move |(hash, day, at)| (hash, day, (narrow_number(number), narrow_number(at))))
        };
        let mut matches: Vec<(u64, i64, Place)> = self.sheets.par_iter().enumerate().flat_map_iter(of_sheet).collect();
        matches.par_sort_unstable();
        for run in matches.chunk_by(|a, b| a.0 == b.0) {
            let hash = run.first().map_or(0, |first| first.0);
            let from = keys.partition_point(|key| key.0 < hash);
            let asking = keys.get(from..).unwrap_or_default().chunk_by(|a, b| a.0 == b.0).next().unwrap_or_default();
            let (tied, crowded) = tie.tied(run, asking);
            for ((_, _, place), tied) in run.iter().zip(tied) {
                if tied {
                    self.take(*place, tie.then, found);
                } else if crowded {
                    self.take(*place, Needs::default(), found);
                }
            }
        }
    }
}

/// A row that was taken, or of which something more is needed.
struct Found {
    place: Place,
    /// What was not needed of it before.
    needs: Needs,
    /// Whether it was not taken before.
    first: bool,
}

/// Adds keys to a sorted list.
fn add_sorted(all: &mut Vec<Asked>, more: &[Asked]) {
    all.extend_from_slice(more);
    all.sort_unstable();
    all.dedup();
}

/// Sheets and rows are far fewer than 2^32: frames are capped.
fn narrow_number(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
