//! A data file inside the program: its heading and its records.
//!
//! The files are written by `rebuild.py`: two heading lines (`# version: ...`, `# source: ...`), a line of column names,
//! then one record a line, sorted by the first field, fields separated by `;` and never quoted, several values in a field
//! separated by `|`. Nothing else is read here; files of users go through `table`.

use sha2::{Digest, Sha256};

use super::TableVersion;
use crate::hex::hex;

const HEADING_LINES: usize = 3;

/// One embedded file.
#[derive(Debug)]
pub(super) struct Embedded {
    pub(super) name: &'static str,
    pub(super) text: &'static str,
}

impl Embedded {
    /// The records with `N` fields each. The law tests hold that no record has another number of fields.
    pub(super) fn records<const N: usize>(&self) -> impl Iterator<Item = [&'static str; N]> + use<N> {
        self.lines().filter_map(|line| line.split(';').collect::<Vec<_>>().try_into().ok())
    }

    /// The lines of the records.
    pub(super) fn lines(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.text.lines().skip(HEADING_LINES)
    }

    pub(super) fn describe(&self) -> TableVersion {
        TableVersion {
            name: self.name,
            version: self.heading("# version: "),
            rows: self.lines().count(),
            sha256: self.sha256(),
            source: self.heading("# source: "),
        }
    }

    fn heading(&self, label: &str) -> &'static str {
        self.text.lines().take(HEADING_LINES).find_map(|line| line.strip_prefix(label)).unwrap_or_default()
    }

    fn sha256(&self) -> String {
        hex(&Sha256::digest(self.text.as_bytes()))
    }
}

/// The values of a field with several of them.
pub(super) fn several(field: &'static str) -> impl Iterator<Item = &'static str> {
    field.split('|').filter(|value| !value.is_empty())
}

/// A field that may be empty.
pub(super) fn optional(field: &'static str) -> Option<&'static str> {
    (!field.is_empty()).then_some(field)
}
