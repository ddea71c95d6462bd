//! Applications with the same number, over all files of a run.
//!
//! The same content twice is a file given twice or two extracts that overlap: the first is used. Different content means
//! that one of them is wrong, and nobody can say which: none is used.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_64;

use super::quarantine::Quarantined;
use super::reason::Unusable;
use crate::frame::{Frame, View};
use crate::schema::columns;
use crate::{Error, Result};

/// A row: number of its frame, number in the frame.
type Place = (u32, u32);

/// A record: number of its file, its line.
pub(super) type Record = (usize, u64);

/// Gives the whole content of some records, with their origin.
type Contents<'a> = &'a dyn Fn(&BTreeSet<Record>) -> Result<Vec<Frame>>;

/// Takes repeated applications out of the frames of the files and returns them as set aside, in the order of the files. Each
/// frame has number and origin of its rows.
pub(super) fn remove(frames: &mut [Frame], contents: Contents<'_>) -> Result<Vec<Quarantined>> {
    let repeated = find(frames)?;
    if repeated.is_empty() {
        return Ok(Vec::new());
    }
    let records = repeated.values().flatten().map(|place| record(frames, *place)).collect::<Result<_>>()?;
    let said = Said::of(contents(&records)?)?;
    let mut removed: BTreeMap<u32, BTreeMap<u32, Quarantined>> = BTreeMap::new();
    for places in repeated.values() {
        let records: Vec<Record> = places.iter().map(|place| record(frames, *place)).collect::<Result<_>>()?;
        let same = said.all_equal(&records)?;
        let first = records.first().copied().unwrap_or_default();
        for ((place, own), at) in places.iter().zip(&records).zip(0_usize..).skip(usize::from(same)) {
            let other = if at == 0 { records.get(1).copied().unwrap_or(first) } else { first };
            removed.entry(place.0).or_default().insert(place.1, set_aside(*own, other, same));
        }
    }
    for (number, rows) in &removed {
        if let Some(frame) = frames.get_mut(*number as usize) {
            let all = 0..u32::try_from(frame.rows()).unwrap_or(u32::MAX);
            let kept: Vec<u32> = all.filter(|row| !rows.contains_key(row)).collect();
            frame.keep(&kept)?;
        }
    }
    Ok(removed.into_values().flat_map(BTreeMap::into_values).collect())
}

/// Every number that occurs more than once, by the place of its first row, with all its places in order.
fn find(frames: &[Frame]) -> Result<BTreeMap<Place, Vec<Place>>> {
    if ascend(frames)? {
        return Ok(BTreeMap::new());
    }
    let hashes = repeated_hashes(frames)?;
    if hashes.is_empty() {
        return Ok(BTreeMap::new());
    }
    let mut first: HashMap<&str, Place> = HashMap::new();
    let mut repeated: BTreeMap<Place, Vec<Place>> = BTreeMap::new();
    for (at, frame) in (0..).zip(frames) {
        let numbers = frame.text(columns::NOMOR_PERMOHONAN)?;
        for (row, number) in (0..).zip(numbers.iter()) {
            let Some(number) = number.filter(|number| hashes.binary_search(&hash(number)).is_ok()) else { continue };
            match first.get(number) {
                Some(&place) => repeated.entry(place).or_insert_with(|| vec![place]).push((at, row)),
                None => {
                    first.insert(number, (at, row));
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
fn repeated_hashes(frames: &[Frame]) -> Result<Vec<u64>> {
    let mut hashes = Vec::with_capacity(frames.iter().map(Frame::rows).sum());
    for frame in frames {
        hashes.extend(frame.text(columns::NOMOR_PERMOHONAN)?.iter().flatten().map(hash));
    }
    hashes.par_sort_unstable();
    let mut repeated: Vec<u64> =
        hashes.windows(2).filter(|pair| pair.first() == pair.last()).flatten().copied().collect();
    repeated.dedup();
    Ok(repeated)
}

/// Whether each number is greater than the one before, as in an export ordered by number: none is repeated then.
fn ascend(frames: &[Frame]) -> Result<bool> {
    let mut before: Option<&str> = None;
    for frame in frames {
        for number in frame.text(columns::NOMOR_PERMOHONAN)?.iter().flatten() {
            if before.is_some_and(|before| before >= number) {
                return Ok(false);
            }
            before = Some(number);
        }
    }
    Ok(true)
}

/// What some records say.
struct Said {
    frames: Vec<Frame>,
    places: BTreeMap<Record, Place>,
}

impl Said {
    fn of(frames: Vec<Frame>) -> Result<Self> {
        let mut places = BTreeMap::new();
        for (at, frame) in (0..).zip(&frames) {
            for row in 0..u32::try_from(frame.rows()).unwrap_or(u32::MAX) {
                places.insert(record(&frames, (at, row))?, (at, row));
            }
        }
        Ok(Self { frames, places })
    }

    fn all_equal(&self, records: &[Record]) -> Result<bool> {
        let places: Option<Vec<&Place>> = records.iter().map(|record| self.places.get(record)).collect();
        let places = places.ok_or_else(|| Error::internal("a repeated application is gone"))?;
        let Some((first, rest)) = places.split_first() else { return Ok(true) };
        for place in rest {
            if !equal(&self.frames, **first, **place)? {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

/// Whether two applications say the same; where they came from does not count.
fn equal(frames: &[Frame], one: Place, two: Place) -> Result<bool> {
    let (Some(first), Some(second)) = (frames.get(one.0 as usize), frames.get(two.0 as usize)) else {
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

/// Where the record of a row stands.
fn record(frames: &[Frame], (at, row): Place) -> Result<Record> {
    let frame = frames.get(at as usize).ok_or_else(|| Error::internal("the frame of a duplicate is gone"))?;
    let number = |name| Ok::<_, Error>(frame.number(name)?.get(row as usize).unwrap_or_default());
    let (file, line) = (number(columns::ASAL_BERKAS)?, number(columns::ASAL_BARIS)?);
    Ok((usize::try_from(file).unwrap_or_default(), u64::try_from(line).unwrap_or_default()))
}

fn set_aside((file, line): Record, (other_file, other_line): Record, same: bool) -> Quarantined {
    let detail = match file == other_file {
        true => format!("as line {other_line}"),
        false => format!("as line {other_line} of file {other_file}"),
    };
    Quarantined {
        file,
        line,
        byte: None,
        column: Some(columns::NOMOR_PERMOHONAN.to_owned()),
        reason: if same { Unusable::Duplicate } else { Unusable::IdConflict }.into(),
        detail,
        snippet: String::new(),
    }
}
