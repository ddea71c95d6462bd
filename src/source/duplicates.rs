//! Applications with the same number, over all files of a run.
//!
//! The same content twice is a file given twice or two extracts that overlap: the first is used. Different content means
//! that one of them is wrong, and nobody can say which: none is used.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_64;

use super::quarantine::Quarantined;
use super::reason::Unusable;
use crate::Result;
use crate::frame::{Frame, View};
use crate::schema::columns;

/// A row: number of its block, number in the block.
type Place = (u32, u32);

/// Takes repeated applications out of the blocks and returns them as set aside, in the order of the blocks. The blocks
/// must have the same columns.
pub(super) fn remove(blocks: &mut [Frame]) -> Result<Vec<Quarantined>> {
    let repeated = find(blocks)?;
    let mut removed: BTreeMap<u32, BTreeMap<u32, Quarantined>> = BTreeMap::new();
    for places in repeated.values() {
        let same = all_equal(blocks, places)?;
        let first = *places.first().unwrap_or(&(0, 0));
        for &(block, row) in places.iter().skip(usize::from(same)) {
            let other = if (block, row) == first { places.get(1).copied().unwrap_or(first) } else { first };
            let quarantined = set_aside(blocks, (block, row), other, same)?;
            removed.entry(block).or_default().insert(row, quarantined);
        }
    }
    for (block, rows) in &removed {
        if let Some(frame) = blocks.get_mut(*block as usize) {
            let all = 0..u32::try_from(frame.rows()).unwrap_or(u32::MAX);
            let kept: Vec<u32> = all.filter(|row| !rows.contains_key(row)).collect();
            *frame = frame.take(&kept)?;
        }
    }
    Ok(removed.into_values().flat_map(BTreeMap::into_values).collect())
}

/// Every number that occurs more than once, by the place of its first row, with all its places in order.
fn find(blocks: &[Frame]) -> Result<BTreeMap<Place, Vec<Place>>> {
    if ascend(blocks)? {
        return Ok(BTreeMap::new());
    }
    let hashes = repeated_hashes(blocks)?;
    if hashes.is_empty() {
        return Ok(BTreeMap::new());
    }
    let mut first: HashMap<&str, Place> = HashMap::new();
    let mut repeated: BTreeMap<Place, Vec<Place>> = BTreeMap::new();
    for (block, frame) in (0..).zip(blocks) {
        let numbers = frame.text(columns::NOMOR_PERMOHONAN)?;
        for (row, number) in (0..).zip(numbers.iter()) {
            let Some(number) = number.filter(|number| hashes.binary_search(&hash(number)).is_ok()) else { continue };
            match first.get(number) {
                Some(&place) => repeated.entry(place).or_insert_with(|| vec![place]).push((block, row)),
                None => {
                    first.insert(number, (block, row));
                }
            }
        }
    }
    Ok(repeated)
}

fn hash(number: &str) -> u64 {
    xxh3_64(number.as_bytes())
}

/// The hashes that come up more than once, ascending: those of every number that does, and hardly any other.
fn repeated_hashes(blocks: &[Frame]) -> Result<Vec<u64>> {
    let mut hashes = Vec::with_capacity(blocks.iter().map(Frame::rows).sum());
    for frame in blocks {
        hashes.extend(frame.text(columns::NOMOR_PERMOHONAN)?.iter().flatten().map(hash));
    }
    hashes.par_sort_unstable();
    let mut repeated: Vec<u64> =
        hashes.windows(2).filter(|pair| pair.first() == pair.last()).flatten().copied().collect();
    repeated.dedup();
    Ok(repeated)
}

/// Whether each number is greater than the one before, as in an export ordered by number: none is repeated then.
fn ascend(blocks: &[Frame]) -> Result<bool> {
    let mut before: Option<&str> = None;
    for frame in blocks {
        for number in frame.text(columns::NOMOR_PERMOHONAN)?.iter().flatten() {
            if before.is_some_and(|before| before >= number) {
                return Ok(false);
            }
            before = Some(number);
        }
    }
    Ok(true)
}

fn all_equal(blocks: &[Frame], places: &[Place]) -> Result<bool> {
    let Some((first, rest)) = places.split_first() else { return Ok(true) };
    for place in rest {
        if !equal(blocks, *first, *place)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Whether two applications say the same; where they came from does not count.
fn equal(blocks: &[Frame], one: Place, two: Place) -> Result<bool> {
    let (Some(first), Some(second)) = (blocks.get(one.0 as usize), blocks.get(two.0 as usize)) else {
        return Ok(false);
    };
    let origin: BTreeSet<&str> = [columns::ASAL_BERKAS, columns::ASAL_BARIS].into();
    for name in first.names().filter(|n| !origin.contains(n)) {
        let (one, two) = (one.1 as usize, two.1 as usize);
        let same = match (first.view(name)?, second.view(name)?) {
            (View::Text(a), View::Text(b)) => a.get(one) == b.get(two),
            (View::Number(a), View::Number(b)) => a.get(one) == b.get(two),
            (View::Bool(a), View::Bool(b)) => a.get(one) == b.get(two),
            _ => false,
        };
        if !same {
            return Ok(false);
        }
    }
    Ok(true)
}

fn set_aside(blocks: &[Frame], place: Place, other: Place, same: bool) -> Result<Quarantined> {
    let origin = |(block, row): Place| -> Result<(usize, u64)> {
        let frame = blocks.get(block as usize).ok_or_else(|| crate::Error::internal("block of a duplicate is gone"))?;
        let number = |name| Ok::<_, crate::Error>(frame.number(name)?.get(row as usize).unwrap_or_default());
        let (file, line) = (number(columns::ASAL_BERKAS)?, number(columns::ASAL_BARIS)?);
        Ok((usize::try_from(file).unwrap_or_default(), u64::try_from(line).unwrap_or_default()))
    };
    let ((file, line), (other_file, other_line)) = (origin(place)?, origin(other)?);
    let detail = match file == other_file {
        true => format!("as line {other_line}"),
        false => format!("as line {other_line} of file {other_file}"),
    };
    Ok(Quarantined {
        file,
        line,
        byte: None,
        column: Some(columns::NOMOR_PERMOHONAN.to_owned()),
        reason: if same { Unusable::Duplicate } else { Unusable::IdConflict }.into(),
        detail,
        snippet: String::new(),
    })
}
