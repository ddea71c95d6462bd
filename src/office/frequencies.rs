//! How rare the words of names are in an office: as in the country, and as common as among its own applicants.

use std::sync::Arc;

use chrono::NaiveDate;
use sha2::{Digest, Sha256};

use crate::Result;
use crate::hex::hex;
use crate::history::Store;
use crate::matching::{Counted, Names};

/// How rare the words of names are, and what that rests on besides the reference table.
#[derive(Debug, Clone, Default)]
pub struct Frequencies {
    names: Option<Arc<Names>>,
    /// What the office's history had to say; nothing where it is too short.
    pub own: Option<OwnNames>,
}

/// The applicants of the past whose names were counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnNames {
    /// Names counted.
    pub names: u64,
    /// Words that at least five of them have.
    pub words: usize,
    /// SHA-256 of words and counts.
    pub sha256: String,
}

impl Frequencies {
    /// The frequencies of an office with its history as of a day.
    pub fn of(history: Option<&Store>, as_of: NaiveDate) -> Result<Self> {
        let Some(counted) = history.map(|store| store.words(as_of)).transpose()?.flatten() else {
            return Ok(Self::default());
        };
        let names = Names::shipped().joined_by(counted.words(), counted.names);
        Ok(Self { names: Some(Arc::new(names)), own: Some(OwnNames::of(&counted)) })
    }

    /// How rare the words of names are.
    #[must_use]
    pub fn names(&self) -> &Names {
        self.names.as_deref().unwrap_or_else(|| Names::shipped())
    }

    /// The same, to be shared; nothing where the reference table is all there is.
    pub(super) fn shared(&self) -> Option<Arc<Names>> {
        self.names.clone()
    }
}

impl OwnNames {
    fn of(counted: &Counted) -> Self {
        let mut hash = Sha256::new();
        hash.update(counted.names.to_le_bytes());
        for (word, count) in counted.words() {
            hash.update(word);
            hash.update(count.to_le_bytes());
        }
        Self { names: counted.names, words: counted.words().count(), sha256: hex(&hash.finalize()) }
    }
}
