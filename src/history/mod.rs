//! History: the applications of earlier nights, kept as Parquet by month.
//!
//! A calo's network shows only over weeks, so every night's applications are kept. The files of a month never change:
//! adding writes new files beside them and then replaces the index (`isi.json`) by one rename, so a power cut leaves the
//! old store. The same export twice changes nothing; a later export of an application replaces what it said, and what
//! changed is kept in [`CHANGES`].
//!
//! A night needs few of the rows. Beside the Parquet file of a month stands one with short hashes of the columns that
//! applications are tied by ([`KEYS`]) and every row by itself (`baris`); [`Store::narrow`] reads the hashes, follows the
//! ties from tonight's applications until nothing new turns up, and only then reads the rows that matter. Nothing that a rule would have seen
//! over all of history is left out. Of a large store the hashes are kept in order besides (`lookup`), so that they are
//! looked up instead of read one and all.
//!
//! Not here: what a rule makes of history (`columns`, `screening`), and when a night adds to it (`cli`).

mod archive;
mod baris;
mod files;
mod follow;
mod index;
mod kata;
mod keys;
mod looks;
mod lookup;
mod merge;
mod moved;
mod narrow;
mod sheet;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use chrono::NaiveDate;

pub use archive::Archive;
pub use follow::{Follow, Narrowed};
pub use index::{Month, Purge, RowsFile};
pub use keys::KEYS;
pub use looks::{Listed, Look, Looked};

use index::Index;

use crate::columns::Link;
use crate::frame::Frame;
use crate::matching::Counted;
use crate::schema::columns::NOMOR_PERMOHONAN;
use crate::{Error, Result};

/// `riwayat.dilihat`: the reference date of the export that said last what the row says.
pub const SEEN: &str = "riwayat.dilihat";
/// `riwayat.perubahan`: what later exports changed, joined by `;`.
pub const CHANGES: &str = "riwayat.perubahan";
/// `riwayat.pandangan`: how the application came out of the nights that judged it; see [`Look`].
pub const LOOKS: &str = "riwayat.pandangan";

/// A store of history.
#[derive(Debug)]
pub struct Store {
    root: PathBuf,
    index: Index,
}

/// What adding applications did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Added {
    /// Applications that were not there.
    pub new: usize,
    /// Applications of which the export says something else than before.
    pub changed: usize,
    /// Applications that were there as they are.
    pub same: usize,
    /// Of how many the keys were put in order anew, so that a night need not look at every one.
    pub indexed: Option<usize>,
}

impl Store {
    /// Opens a store; a folder without one is an empty store. A store of a newer layout, or one whose keys were made by
    /// other rules of normal forms, is refused with advice: it would be misread.
    pub fn open(root: &Path) -> Result<Self> {
        Ok(Self { root: root.to_owned(), index: Index::read(root)? })
    }

    /// Its months, oldest first.
    #[must_use]
    pub fn months(&self) -> &[Month] {
        &self.index.months
    }

    /// What was purged, oldest first.
    #[must_use]
    pub fn purges(&self) -> &[Purge] {
        &self.index.purged
    }

    /// How many applications it has.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.index.months.iter().map(|m| m.rows).sum()
    }

    /// How many applications have their keys in order as they are now.
    #[must_use]
    pub fn indexed(&self) -> usize {
        lookup::known(&self.root, &self.index.months)
    }

    /// The last day on which an application of it was filed.
    #[must_use]
    pub fn newest(&self) -> Option<NaiveDate> {
        self.index.months.iter().map(|month| month.last).max()
    }

    /// How many applicants of the past, as of a day, have each word of a name; nothing where there are too few.
    pub fn words(&self, as_of: NaiveDate) -> Result<Option<Counted>> {
        kata::counted(&self.root, &self.index.months, as_of)
    }

    /// Reads every file whole and compares it with the index. The error names the month.
    pub fn verify(&self) -> Result<()> {
        self.index.months.iter().try_for_each(|month| files::verify(&self.root, month))
    }

    /// Adds applications as an export of `seen` has them. Columns outside the dictionary are not kept.
    pub fn add(&mut self, frame: &Frame, seen: NaiveDate) -> Result<Added> {
        self.record(frame, seen, &[])
    }

    /// Adds applications as the night of `seen` has them, with its looks at them and at others.
    pub fn record(&mut self, frame: &Frame, seen: NaiveDate, looked: &[Looked]) -> Result<Added> {
        let _lock = files::lock(&self.root)?;
        // Somebody else may have added since this store was opened.
        let mut index = Index::read(&self.root)?;
        let mut fresh = merge::by_month(frame)?;
        let (mut moved, late) = moved::find(&self.root, &index, frame, &mut fresh, seen)?;
        let mut looks: BTreeMap<String, Vec<&Looked>> = BTreeMap::new();
        looked.iter().for_each(|l| looks.entry(merge::month(l.filed)).or_default().push(l));
        let mut added = Added { same: late, ..Added::default() };
        let mut written = false;
        let names: BTreeSet<String> = fresh.keys().chain(looks.keys()).chain(moved.left.keys()).cloned().collect();
        for name in names {
            let there = index.months.iter().find(|month| month.month == name).cloned();
            let pulled = moved.into.remove(&name).unwrap_or_default();
            let left = moved.left.remove(&name);
            let mut touched = left.is_some() || !pulled.is_empty();
            let old = match (left, &there) {
                (Some(left), _) => Some(left),
                (None, Some(month)) => Some(files::read(&self.root, month, &merge::columns())?),
                (None, None) => None,
            };
            let old: Vec<Frame> = old.into_iter().chain(pulled).collect();
            let old = if old.is_empty() { None } else { Some(Frame::concat(old)?) };
            // A month at a time: years at once would be in memory twice.
            let new = fresh.remove(&name).map(|rows| merge::in_columns(&frame.take(&rows)?, seen)).transpose()?;
            let (mut merged, counts) = match (old, new) {
                (old, Some(new)) => merge::merge(old, new)?,
                (Some(old), None) => (old, Added::default()),
                (None, None) => continue,
            };
            added.new += counts.new;
            added.changed += counts.changed;
            added.same += counts.same;
            touched |= counts.new + counts.changed > 0;
            touched |= looks::put(&mut merged, seen, looks.get(&name).map_or(&[][..], Vec::as_slice))?;
            if touched && merged.rows() > 0 {
                index.put(files::write(&self.root, &name, &merged)?);
            } else if touched {
                index.months.retain(|month| month.month != name);
            }
            written |= touched;
        }
        if written {
            index.write(&self.root)?;
        }
        self.index = index;
        files::clear(&self.root, &self.index)?;
        added.indexed = lookup::keep(&self.root, &self.index.months);
        Ok(added)
    }

    /// How many applications filed before a day there are, by month.
    pub fn plan_purge(&self, before: NaiveDate) -> Result<Vec<(String, usize)>> {
        let mut plan = Vec::new();
        for month in self.index.months.iter().filter(|m| m.first < before) {
            let rows = match month.last < before {
                true => month.rows,
                false => merge::filed_before(&files::read(&self.root, month, &merge::columns())?, before)?.len(),
            };
            plan.push((month.month.clone(), rows));
        }
        Ok(plan)
    }

    /// Removes applications filed before a day, for good, and leaves a tombstone with the number. Returns how many.
    pub fn purge(&mut self, before: NaiveDate, on: NaiveDate) -> Result<usize> {
        let _lock = files::lock(&self.root)?;
        let mut index = Index::read(&self.root)?;
        let mut gone = 0;
        for month in index.months.clone().iter().filter(|m| m.first < before) {
            if month.last < before {
                gone += month.rows;
                index.months.retain(|m| m.month != month.month);
                continue;
            }
            let frame = files::read(&self.root, month, &merge::columns())?;
            let old = merge::filed_before(&frame, before)?;
            gone += old.len();
            let rows = 0..u32::try_from(frame.rows()).unwrap_or(u32::MAX);
            let kept: Vec<u32> = rows.filter(|row| old.binary_search(row).is_err()).collect();
            index.put(files::write(&self.root, &month.month, &frame.take(&kept)?)?);
        }
        if gone > 0 {
            // It holds hashes of those that go.
            lookup::remove(&self.root)?;
            kata::forget(&self.root);
            index.purged.push(Purge { before, on, rows: gone });
            index.write(&self.root)?;
        }
        self.index = index;
        files::clear(&self.root, &self.index)?;
        self.verify()?;
        lookup::keep(&self.root, &self.index.months);
        Ok(gone)
    }

    /// The applications of some numbers, with the wanted columns of the dictionary.
    pub fn find(&self, numbers: &BTreeSet<&str>, wanted: &[&str]) -> Result<Frame> {
        let columns: Vec<String> = merge::kept()
            .map(|column| column.name)
            .filter(|name| wanted.contains(name) || *name == NOMOR_PERMOHONAN)
            .map(str::to_owned)
            .collect();
        let mut frames = vec![merge::nothing(&columns)?];
        let hashes: BTreeSet<u64> = numbers.iter().map(|number| keys::of_text(number)).collect();
        for month in &self.index.months {
            let there = files::numbers(&self.root, month)?;
            let rows: Vec<u32> =
                (0_u32..).zip(&there).filter(|(_, hash)| hashes.contains(hash)).map(|(row, _)| row).collect();
            if !rows.is_empty() {
                frames.push(files::read_rows(&self.root, month, &columns, &rows)?);
            }
        }
        let found = Frame::concat(frames)?;
        let there = found.text(NOMOR_PERMOHONAN)?;
        let rows = 0..u32::try_from(found.rows()).unwrap_or(u32::MAX);
        let rows: Vec<u32> =
            rows.filter(|row| there.get(*row as usize).is_some_and(|number| numbers.contains(number))).collect();
        found.take(&rows)
    }

    /// The rows of history that tonight's applications are tied to, directly or over others, with the wanted columns.
    /// Applications that tonight's export has are left out, since it says the latest of them, and those filed after
    /// `as_of`, which are not history yet.
    ///
    /// With `follow`, the open ones among the youngest of them come apart from the others, and what they are tied to is
    /// there too.
    pub fn narrow(
        &self,
        tonight: &Frame,
        links: &[Link],
        wanted: &[&str],
        as_of: NaiveDate,
        follow: Option<&Follow<'_>>,
    ) -> Result<Narrowed> {
        let wanted = narrow::Wanted { tonight, links, columns: wanted, as_of, follow };
        narrow::narrow(&self.root, &self.index.months, &wanted)
    }
}

/// A month that cannot be used.
fn broken(month: &Month, what: &str) -> Error {
    Error::new(crate::ErrorKind::Reference, "HISTORY", format!("month {} of history {what}", month.month))
        .help("put the file back from a copy, or add the exports of that month again with `saring history add`")
}
