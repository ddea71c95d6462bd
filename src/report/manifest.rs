//! `manifest.json`: what went into a run and what came out, written last.
//!
//! It names no machine, no user and no time of day, so that the same inputs give the same bytes. The first part,
//! [`Identity`], is what decides the result; its hash is the id of the run.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::store::sha256;
use crate::json;

/// The file's name.
pub(super) const FILE_NAME: &str = "manifest.json";

/// The version of the layout of all files of a result. It goes up when a reader would have to change.
pub(super) const SCHEMA_VERSION: u32 = 1;

/// What decides a result.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
pub(super) struct Identity {
    /// Version of the program.
    pub(super) saring: String,
    /// Layout of the files.
    pub(super) schema_version: u32,
    /// The reference date.
    pub(super) as_of: String,
    /// The office.
    pub(super) office: String,
    /// The exports, in the order they were read.
    pub(super) inputs: Vec<NamedHash>,
    /// The profile that maps them.
    pub(super) profile: NamedHash,
    /// The rule files.
    pub(super) rules: Vec<NamedHash>,
    /// SHA-256 of what all rules mean at their versions, as `rules.lock` keeps it: equal where only prose differs.
    #[serde(default)]
    pub(super) meaning: String,
    /// SHA-256 of what the applications of history say that took part; empty where there is no history.
    pub(super) history: String,
    /// The lists that took part.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) lists: Vec<ListHash>,
    /// The office's own names that the rarity of words rests on; absent where there are too few.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) names: Option<NamesHash>,
    /// SHA-256 of the file with the pairs set aside; absent where there is none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) set_aside: String,
    /// The reference tables in the program.
    pub(super) reference: Vec<ReferenceTable>,
    /// Settings that decide the list and its form.
    pub(super) settings: BTreeMap<String, String>,
}

impl Identity {
    /// The id of the run: the first 16 digits of the hash of everything that decides it.
    pub(super) fn run_id(&self) -> String {
        let mut id = sha256(json::pretty(self).as_bytes());
        id.truncate(16);
        id
    }
}

/// A file by name and content.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
pub(super) struct NamedHash {
    /// Its path below the office's folder, or its name.
    pub(super) file: String,
    /// SHA-256 of its bytes.
    pub(super) sha256: String,
}

/// A list by content.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
pub(super) struct ListHash {
    /// The name of its declaration.
    pub(super) name: String,
    /// Its path below the office's folder, or its name.
    pub(super) file: String,
    /// SHA-256 of its bytes.
    pub(super) sha256: String,
    /// Entries used.
    pub(super) rows: u64,
    /// The day it was made, where that is known.
    pub(super) as_of: Option<String>,
}

/// The words of the office's own names by content.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
pub(super) struct NamesHash {
    /// Names counted.
    pub(super) names: u64,
    /// Words that at least five of them have.
    pub(super) words: usize,
    /// SHA-256 of words and counts.
    pub(super) sha256: String,
}

/// A reference table by edition and content.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
pub(super) struct ReferenceTable {
    /// Its name.
    pub(super) name: String,
    /// Its edition.
    pub(super) version: String,
    /// SHA-256 of its bytes.
    pub(super) sha256: String,
}

/// What became of the records of one export.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
pub(super) struct InputAccount {
    /// The file.
    pub(super) file: String,
    /// Its size, all of it read.
    pub(super) bytes: u64,
    /// `records_read = applications + quarantined`.
    pub(super) records_read: u64,
    /// Records that became applications.
    pub(super) applications: u64,
    /// Records set aside.
    pub(super) quarantined: u64,
    /// Blank lines.
    pub(super) blank: u64,
    /// Whether a control file agreed.
    pub(super) control_file: bool,
}

/// A file of the result.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
pub(super) struct OutputFile {
    /// Its name.
    pub(super) name: String,
    /// Its size.
    pub(super) bytes: u64,
    /// SHA-256 of its bytes.
    pub(super) sha256: String,
}

/// How many applications ended where.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, PartialEq, Eq)]
pub(super) struct Counts {
    /// Records read.
    pub(super) records_read: u64,
    /// Of them applications.
    pub(super) applications: u64,
    /// Of them set aside.
    pub(super) quarantined: u64,
    /// Applications on the list.
    pub(super) listed: usize,
    /// Of them with a mandatory finding.
    pub(super) mandatory: usize,
    /// Open applications of before that were judged with tonight's links.
    #[serde(default)]
    pub(super) looked_again: usize,
    /// Of them listed.
    #[serde(default)]
    pub(super) listed_again: usize,
}

/// A remark about the data.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
pub(super) struct Note {
    /// Its code.
    pub(super) code: String,
    /// The export it is about, where it is about one.
    pub(super) file: Option<String>,
    /// In a sentence, without anybody's data.
    pub(super) message: String,
    /// Whether somebody should look.
    pub(super) warning: bool,
}

/// The manifest of a result.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
pub(super) struct Manifest {
    /// The id of the run.
    pub(super) run_id: String,
    /// Why the data was processed (UU 27/2022 ps 16).
    pub(super) purpose: String,
    /// What decides the result.
    pub(super) identity: Identity,
    /// What became of the records.
    pub(super) inputs: Vec<InputAccount>,
    /// How many applications ended where.
    pub(super) counts: Counts,
    /// What is worth saying about the data.
    pub(super) notes: Vec<Note>,
    /// The files of the result, the manifest itself left out.
    pub(super) outputs: Vec<OutputFile>,
    /// SHA-256 of this manifest with an empty seal: it shows that the manifest was touched, not by whom.
    pub(super) seal: String,
}

impl Manifest {
    /// The bytes of the file, sealed.
    pub(super) fn sealed(mut self) -> Vec<u8> {
        self.seal = self.seal_of();
        json::pretty(&self).into_bytes()
    }

    /// What the seal must be.
    pub(super) fn seal_of(&self) -> String {
        sha256(json::pretty(&Self { seal: String::new(), ..self.clone() }).as_bytes())
    }
}
