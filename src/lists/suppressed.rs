//! Pairs of an applicant and an entry that somebody looked into and set aside for a time.
//!
//! A pair is named by a code over what both records say about the person. When either changes, the code is another and the
//! suppression is void by itself. A suppressed pair is shown as such and gives no points; it is never hidden.

use std::collections::BTreeMap;
use std::path::Path;

use chrono::NaiveDate;
use sha2::{Digest, Sha256};

use super::fault::Refused;
use super::mapping::{USUAL_FORMATS, folded};
use crate::Result;
use crate::calendar::{self, format::Format};
use crate::hex::hex;
use crate::table::{self, Settings};

/// The pairs that were set aside, by code.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Suppressed {
    pairs: BTreeMap<String, Suppression>,
    /// SHA-256 of the file; empty where there is none.
    pub sha256: String,
}

/// Who set a pair aside, why and until when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suppression {
    /// Who answers for it.
    pub author: String,
    /// Why.
    pub reason: String,
    /// The last application date for which it holds.
    pub until: NaiveDate,
}

/// The headings of the file.
const HEADINGS: [&str; 4] = ["pasangan", "penulis", "alasan", "berlaku_sampai"];
/// Letters and digits of a code.
const CODE: usize = 12;

/// The code of a pair: over the list's name, everything the entry says, and everything the application says that was
/// compared.
#[must_use]
pub fn pair_code<'a>(
    list: &'a str,
    entry: impl Iterator<Item = &'a str>,
    application: impl Iterator<Item = &'a str>,
) -> String {
    let mut hash = Sha256::new();
    for part in std::iter::once(list).chain(entry).chain(std::iter::once("\u{1}")).chain(application) {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part.as_bytes());
    }
    let mut code = hex(&hash.finalize());
    code.truncate(CODE);
    code
}

impl Suppressed {
    /// Reads the file; nothing is suppressed where there is none.
    pub fn read(path: &Path) -> Result<Self> {
        if !path.exists() {
            return Ok(Self::default());
        }
        let refuse = |message: String| {
            Refused::Suppressed
                .error(path, message)
                .help(format!("its columns are {}; every line fills all of them", HEADINGS.join(", ")))
        };
        let known = |heading: &str| HEADINGS.iter().any(|h| folded(h) == folded(heading));
        let file = table::open(path, &Settings::default(), &known)
            .map_err(|error| error.of_kind(crate::ErrorKind::Reference, Refused::Suppressed.code()))?;
        let names: Vec<String> = file.header().names.iter().map(|name| folded(name)).collect();
        let mut places = Vec::new();
        for heading in HEADINGS {
            let place = names.iter().position(|name| *name == folded(heading));
            places.push(place.ok_or_else(|| refuse(format!("has no column `{heading}`")))?);
        }
        let formats: Vec<Format> = USUAL_FORMATS.iter().filter_map(|name| Format::by_name(name)).collect();
        let mut pairs = BTreeMap::new();
        let wanted = vec![true; names.len()];
        let summary = file.stream(&wanted, &mut |chunk| {
            let records = chunk.split()?;
            for row in 0..records.len() {
                let cells: Vec<String> = places.iter().map(|at| records.field(row, *at).trim().to_owned()).collect();
                let [code, author, reason, until] = cells.as_slice() else { continue };
                let until = formats.iter().filter_map(|f| f.read(until)).find_map(|m| m.day).and_then(calendar::date);
                let faulty = records.faulty().iter().any(|f| f.row as usize == row);
                match until {
                    Some(until) if !faulty && ![code, author, reason].iter().any(|cell| cell.is_empty()) => {
                        let made = Suppression { author: author.clone(), reason: reason.clone(), until };
                        pairs.insert(code.to_lowercase(), made);
                    }
                    _ => {
                        let line = records.row(row).map_or(0, |place| place.line);
                        return Err(refuse(format!("line {line} is not complete")));
                    }
                }
            }
            Ok(())
        })?;
        Ok(Self { pairs, sha256: summary.sha256 })
    }

    /// Sets pairs aside by hand, as tests do.
    #[must_use]
    pub fn of(pairs: impl IntoIterator<Item = (String, Suppression)>) -> Self {
        Self { pairs: pairs.into_iter().collect(), sha256: String::new() }
    }

    /// Whether a pair is set aside on the day of an application.
    #[must_use]
    pub fn get(&self, code: &str, day: i64) -> Option<&Suppression> {
        self.pairs.get(code).filter(|s| day <= calendar::days(s.until))
    }

    /// How many are past their end on a day.
    #[must_use]
    pub fn ended(&self, as_of: NaiveDate) -> usize {
        self.pairs.values().filter(|s| s.until < as_of).count()
    }

    /// Whether nothing is set aside.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.pairs.is_empty()
    }
}
