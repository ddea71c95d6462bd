//! Applications whose day of filing moved to another month between two exports: they must not stand in two months.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use chrono::NaiveDate;

use super::index::Index;
use super::{SEEN, files, keys, merge};
use crate::calendar;
use crate::frame::Frame;
use crate::schema::columns::NOMOR_PERMOHONAN;
use crate::{Error, Result};

/// What is to be done about applications that stand in another month than an export says.
#[derive(Debug, Default)]
pub(super) struct Moved {
    /// Rows that leave their month, by the month they go to.
    pub(super) into: BTreeMap<String, Vec<Frame>>,
    /// What is left of the months that they leave.
    pub(super) left: BTreeMap<String, Frame>,
}

/// Finds them. Where history knows a later export, the export that comes too late is not believed and its rows are taken
/// out of `fresh`; how many is the second value.
pub(super) fn find(
    root: &Path,
    index: &Index,
    frame: &Frame,
    fresh: &mut BTreeMap<String, Vec<u32>>,
    seen: NaiveDate,
) -> Result<(Moved, usize)> {
    let mut moved = Moved::default();
    let mut late: BTreeSet<String> = BTreeSet::new();
    // Which month each number goes to, by a hash that two numbers share about once in 10^19 pairs.
    let mut goes: BTreeMap<u64, &str> = BTreeMap::new();
    let numbers = frame.view(NOMOR_PERMOHONAN)?;
    for (month, rows) in fresh.iter() {
        goes.extend(rows.iter().map(|row| (keys::hash(&numbers, *row as usize), month.as_str())));
    }
    for month in &index.months {
        let elsewhere = |hash: &u64| goes.get(hash).is_some_and(|to| *to != month.month);
        if !files::numbers(root, month)?.iter().any(elsewhere) {
            continue;
        }
        let frame = files::read(root, month, &merge::columns())?;
        let (numbers, days) = (frame.text(NOMOR_PERMOHONAN)?, frame.number(SEEN)?);
        let hashes = keys::of(&frame.view(NOMOR_PERMOHONAN)?, frame.rows());
        let (mut stays, mut leaves) = (Vec::new(), BTreeMap::<&str, Vec<u32>>::new());
        for (row, hash) in (0_u32..).zip(&hashes) {
            let to = goes.get(hash).filter(|to| **to != month.month);
            let known_later = days.get(row as usize) > Some(calendar::days(seen));
            match to {
                Some(to) if !known_later => leaves.entry(to).or_default().push(row),
                _ => stays.push(row),
            }
            if to.is_some() && known_later {
                let number = numbers.get(row as usize);
                late.insert(number.ok_or_else(|| Error::internal("an application without a number"))?.to_owned());
            }
        }
        if leaves.is_empty() {
            continue;
        }
        moved.left.insert(month.month.clone(), frame.take(&stays)?);
        for (to, rows) in leaves {
            moved.into.entry(to.to_owned()).or_default().push(frame.take(&rows)?);
        }
    }
    if !late.is_empty() {
        let numbers = frame.text(NOMOR_PERMOHONAN)?;
        let is_late = |row: &u32| numbers.get(*row as usize).is_some_and(|number| late.contains(number));
        fresh.values_mut().for_each(|rows| rows.retain(|row| !is_late(row)));
    }
    Ok((moved, late.len()))
}
