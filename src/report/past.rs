//! Published results read again: which rules fired for which application, night by night.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use polars::prelude::{ParquetReader, SerReader};

use super::store::{entries, name_of};
use super::verify;
use crate::frame::Frame;
use crate::schema::columns::NOMOR_PERMOHONAN;
use crate::{Error, ErrorKind, Result};

/// The findings of a night.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastNight {
    /// Its reference date.
    pub as_of: NaiveDate,
    /// The rules that fired.
    pub findings: Vec<PastFinding>,
}

/// A rule that fired.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastFinding {
    /// Its id.
    pub rule: String,
    /// The application.
    pub nomor_permohonan: String,
    /// The points.
    pub points: i64,
}

/// The published results of some days, ends included, oldest first; of a day with several runs the last. Each is compared
/// with its manifest first: one that was changed is refused by name.
pub fn past_nights(root: &Path, from: NaiveDate, to: NaiveDate) -> Result<Vec<PastNight>> {
    let mut runs: BTreeMap<NaiveDate, (u32, PathBuf)> = BTreeMap::new();
    for folder in entries(root)? {
        let Some((day, run)) = run_of(&name_of(&folder)) else { continue };
        let is_folder = folder.symlink_metadata().is_ok_and(|m| m.is_dir());
        if is_folder && (from..=to).contains(&day) {
            let last = runs.entry(day).or_insert((run, folder.clone()));
            if run > last.0 {
                *last = (run, folder);
            }
        }
    }
    runs.into_iter().map(|(as_of, (_, folder))| Ok(PastNight { as_of, findings: findings(&folder)? })).collect()
}

/// Day and number of a run by the name of its folder: `2025-11-03`, `2025-11-03-2`.
fn run_of(name: &str) -> Option<(NaiveDate, u32)> {
    let day = name.get(..10)?.parse().ok()?;
    let run = match name.get(10..)? {
        "" => 1,
        rest => rest.strip_prefix('-')?.parse().ok()?,
    };
    Some((day, run))
}

fn findings(folder: &Path) -> Result<Vec<PastFinding>> {
    let refused = |what: &str| {
        Error::new(ErrorKind::Reference, "RESULT", what)
            .at(folder)
            .help("`saring verify` names the file; put it back from a copy or screen that day again")
    };
    let verified = verify(folder).map_err(|_| refused("is not a result that can be checked"))?;
    if !verified.faults.is_empty() {
        return Err(refused("is not as it was published"));
    }
    // Its bytes are those that were written, so it can be trusted as far as saring itself.
    let file = File::open(folder.join("temuan.parquet")).map_err(|_| refused("has no findings"))?;
    let table = ParquetReader::new(file).finish().map_err(|_| refused("has findings that cannot be read"))?;
    let frame = Frame::from_polars(table)?;
    let (rules, numbers) = (frame.text("aturan")?, frame.text(NOMOR_PERMOHONAN)?);
    let points = frame.number("poin")?;
    let finding = |row| {
        Some(PastFinding {
            rule: rules.get(row)?.to_owned(),
            nomor_permohonan: numbers.get(row)?.to_owned(),
            points: points.get(row)?,
        })
    };
    Ok((0..frame.rows()).filter_map(finding).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_of_runs_are_known_by_their_names() {
        let day = "2025-11-03".parse().unwrap();
        assert_eq!((run_of("2025-11-03"), run_of("2025-11-03-12")), (Some((day, 1)), Some((day, 12))));
        for other in ["terbaru", ".kunci", "2025-11", "2025-11-03x", "2025-13-03", "2025-11-03-x"] {
            assert_eq!(run_of(other), None, "{other}");
        }
    }
}
