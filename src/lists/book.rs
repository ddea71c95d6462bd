//! Where the file of a list lies, and of which day it is.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use super::ListSpec;
use crate::{Error, Result};

/// The file of a list in the office's folder. Of several that the pattern names, the one with the latest day in its name
/// counts, then the last by name. Nothing where there is none.
pub fn locate(spec: &ListSpec, folder: &Path) -> Result<Option<PathBuf>> {
    let Some((before, after)) = spec.file.split_once('*') else {
        let path = folder.join(&spec.file);
        return Ok(path.exists().then_some(path));
    };
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(Error::io(folder, &error)),
    };
    let mut found: Vec<(Option<NaiveDate>, String)> = Vec::new();
    for entry in entries {
        let name = entry.map_err(|error| Error::io(folder, &error))?.file_name().to_string_lossy().into_owned();
        let fits = name.len() >= before.len() + after.len() && name.starts_with(before) && name.ends_with(after);
        if fits && !name.starts_with('.') {
            found.push((stamp(&name), name));
        }
    }
    Ok(found.into_iter().max().map(|(_, name)| folder.join(name)))
}

/// The day in a file's name: `soi-2025-11-01.csv`, `soi_20251101.csv`.
#[must_use]
pub fn stamp(name: &str) -> Option<NaiveDate> {
    let bytes = name.as_bytes();
    let starts = (0..bytes.len()).filter(|at| {
        let before = at.checked_sub(1).and_then(|at| bytes.get(at));
        !before.is_some_and(u8::is_ascii_digit)
    });
    starts.filter_map(|at| name.get(at..)).find_map(|rest| {
        let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
        let ends = |len: usize| !rest.as_bytes().get(len).is_some_and(u8::is_ascii_digit);
        let long = rest.get(..10).filter(|_| ends(10)).and_then(|text| text.parse().ok());
        let short = rest.get(..8).filter(|text| digits(text) && ends(8));
        long.or_else(|| short.and_then(|text| NaiveDate::parse_from_str(text, "%Y%m%d").ok()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_stands_in_the_name() {
        let day = |name| stamp(name).map(|day| day.to_string());
        for name in ["soi-2025-11-01.csv", "soi_20251101.xlsx", "2025-11-01 soi.csv"] {
            assert_eq!(day(name).as_deref(), Some("2025-11-01"), "{name}");
        }
        for name in ["soi.csv", "soi-2025-13-01.csv", "soi-1120251101.csv", "soi-2025.csv"] {
            assert_eq!(day(name), None, "{name}");
        }
    }
}
