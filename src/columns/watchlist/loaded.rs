//! Lists in memory, ready to be compared with.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::exact::Exact;
use super::institutions::Institutions;
use super::people::People;
pub use super::people::Search;
use crate::Result;
use crate::lists::{Entry, Kind, ListSpec, Suppressed};
use crate::matching::Names;

/// The lists of a run, by name, the pairs that were set aside, and how rare the words of names are.
#[derive(Debug, Clone, Default)]
pub struct Lists {
    loaded: BTreeMap<String, Arc<Loaded>>,
    suppressed: Suppressed,
    names: Option<Arc<Names>>,
}

/// A list with what finds its entries.
#[derive(Debug)]
pub struct Loaded {
    pub(super) entries: Vec<Entry>,
    pub(super) finder: Finder,
}

/// What finds the entries that speak of somebody.
#[derive(Debug)]
pub(super) enum Finder {
    People(Box<People>),
    Institutions(Institutions),
    Exact(Exact),
}

impl Lists {
    /// Lists with the pairs set aside.
    #[must_use]
    pub fn new(loaded: impl IntoIterator<Item = (String, Loaded)>, suppressed: Suppressed) -> Self {
        let loaded = loaded.into_iter().map(|(name, list)| (name, Arc::new(list))).collect();
        Self { loaded, suppressed, names: None }
    }

    /// With frequencies of words that are not those of the reference table alone.
    #[must_use]
    pub fn with_names(self, names: Arc<Names>) -> Self {
        Self { names: Some(names), ..self }
    }

    /// How rare the words of names are, in this office.
    #[must_use]
    pub fn names(&self) -> &Names {
        self.names.as_deref().unwrap_or_else(|| Names::shipped())
    }

    /// The list of a name; nothing where the office does not have it.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Loaded> {
        self.loaded.get(name).map(AsRef::as_ref)
    }

    /// The pairs set aside.
    #[must_use]
    pub fn suppressed(&self) -> &Suppressed {
        &self.suppressed
    }
}

impl Loaded {
    /// Makes a list ready, with the frequencies of words that everybody in the run is compared by.
    pub fn new(spec: &ListSpec, entries: Vec<Entry>, names: &Names) -> Result<Self> {
        Self::with_index(spec, entries, names, None)
    }

    /// Makes a list ready with the index that was kept of it; one that does not fit is made again.
    pub fn with_index(
        spec: &ListSpec,
        entries: Vec<Entry>,
        names: &Names,
        kept: Option<(&[u8], &[u8; 32])>,
    ) -> Result<Self> {
        let finder = match spec.kind {
            Kind::People => Finder::People(Box::new(People::new(spec, &entries, names, kept))),
            Kind::Institutions => Finder::Institutions(Institutions::new(&entries)),
            Kind::Contacts | Kind::Documents | Kind::Keys => Finder::Exact(Exact::new(spec, &entries)?),
        };
        Ok(Self { entries, finder })
    }

    /// The index as bytes to be kept; empty where it is quick to make again.
    #[must_use]
    pub fn index_bytes(&self, key: &[u8; 32], names: &Names) -> Vec<u8> {
        match &self.finder {
            Finder::People(people) => people.index_bytes(key, names),
            Finder::Institutions(_) | Finder::Exact(_) => Vec::new(),
        }
    }

    /// The entries, in the order of the file.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// What finding people took so far; nothing for lists that are compared exactly.
    #[must_use]
    pub fn search(&self) -> Option<Search> {
        match &self.finder {
            Finder::People(people) => Some(people.search()),
            Finder::Institutions(_) | Finder::Exact(_) => None,
        }
    }
}
