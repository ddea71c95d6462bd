//! What can be wrong with a list as a whole, and with one of its entries.

use std::path::Path;

use crate::diag::coded;
use crate::{Error, ErrorKind};

coded! {
    /// Why a list is refused. A run without it would look like a night on which nobody is on any list, so nothing is
    /// published.
    pub enum Refused {
        /// The office requires the list, or its rules do, and no file is there. Ask the sender for it; a list that an
        /// office does not have stands not under `required` in `saring.toml`, and its rules then cannot be judged.
        Missing = "REF_MISSING",
        /// The list has no usable entry, or fewer than its declaration promises (`min_rows`). A query that failed
        /// delivers such a file.
        Empty = "REF_EMPTY",
        /// The list is older than its declaration allows (`max_age`).
        Stale = "REF_STALE",
        /// The declaration limits the age of the list, and nothing says of which day it is: neither a column mapped to
        /// `per_tanggal` nor a date in the name of the file (`soi-2025-11-01.csv`).
        Undated = "REF_UNDATED",
        /// The list has far fewer entries than at the last run (`max_shrink`). If that is right, run once with
        /// `--accept-shrunk LIST=REASON`; the reason goes into the manifest.
        Shrunk = "REF_SHRUNK",
        /// More entries than a tenth, and more than ten, cannot be used: the mapping does not fit the file.
        Malformed = "REF_MALFORMED",
        /// The file has none of the headings under which the mapping looks for a field that the kind of list needs.
        Column = "REF_COLUMN",
        /// The declaration wants the sender's control file (`FILE.ctl` with rows or SHA-256) and none is there.
        Unsigned = "REF_UNSIGNED",
        /// The file of suppressed pairs cannot be read: a heading is missing, or a line lacks author, reason or end.
        Suppressed = "REF_SUPPRESSED",
    }
}

impl Refused {
    /// The error for a file.
    pub(crate) fn error(self, path: &Path, message: impl Into<String>) -> Error {
        Error::new(ErrorKind::Reference, self.code(), message).at(path)
    }
}

coded! {
    /// Why an entry of a list is set aside. The others are used.
    pub enum Bad {
        /// The line has more or fewer fields than the heading, or cannot be decoded.
        Form = "WL_FORM",
        /// The entry names nobody and nothing: the fields that its kind of list is compared by are empty.
        Nothing = "WL_NOTHING",
        /// A day of its validity cannot be read. An entry that counts for ever by mistake would be worse than none.
        Validity = "WL_VALIDITY",
        /// Its validity ends before it begins, so it could never match anybody.
        Reversed = "WL_REVERSED",
        /// Its status is none of aktif, dicabut and sanksi, nor a word that the mapping leads to one.
        Status = "WL_STATUS",
    }
}

coded! {
    /// What is worth saying about a list or an entry that is used all the same.
    pub enum Remarked {
        /// The list is not required and no file is there, or it has no entry: its rules cannot be judged.
        Absent = "WL_ABSENT",
        /// An entry has a single letter or everyday words for a name and nothing else: at least one of 1,000 applicants bears
        /// it. Ask the sender for a birth date or a number.
        TooBroad = "WL_TOO_BROAD",
        /// Entries have the id of another entry. Both are used; ask the sender which one holds.
        Repeated = "WL_REPEATED",
        /// Entries whose validity ended before the reference date. They never score.
        Expired = "WL_EXPIRED",
        /// A value that is not what its field should hold (a NIK without sixteen digits, an unreadable birth date) was left
        /// out of its entry.
        LeftOut = "WL_LEFT_OUT",
        /// A suppressed pair is past its end and counts again.
        SuppressionEnded = "WL_SUPPRESSION_ENDED",
        /// Nobody knows of which day the list is, so that its age cannot be watched.
        Undated = "WL_UNDATED",
        /// A list that shrank was accepted by hand, with the reason that the manifest keeps.
        Accepted = "WL_ACCEPTED",
        /// Single entries of the list were set aside; the others are used.
        SetAside = "WL_SET_ASIDE",
    }
}

impl Remarked {
    /// Whether somebody should look before the next run.
    #[must_use]
    pub fn is_warning(self) -> bool {
        matches!(self, Self::TooBroad | Self::Repeated | Self::Accepted | Self::SetAside)
    }
}

/// Something about one line of a list: a place, never what stands there.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The line of the file.
    pub line: u64,
    /// The field concerned; empty for the whole line.
    pub field: &'static str,
    /// Its code.
    pub code: &'static str,
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn codes_are_unique_and_explained() {
        let all: Vec<(&str, String)> = Refused::ALL
            .iter()
            .map(|c| (c.code(), c.explanation()))
            .chain(Bad::ALL.iter().map(|c| (c.code(), c.explanation())))
            .chain(Remarked::ALL.iter().map(|c| (c.code(), c.explanation())))
            .collect();
        assert_eq!(all.iter().map(|(code, _)| code).collect::<BTreeSet<_>>().len(), all.len());
        assert!(all.iter().all(|(_, text)| text.len() > 40));
    }
}
