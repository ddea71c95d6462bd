//! Lists in memory, ready to be compared with.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::exact::Exact;
use super::institutions::Institutions;
use super::people::People;
use crate::Result;
use crate::lists::{Entry, Kind, ListSpec, Suppressed};

/// The lists of a run, by name, and the pairs that were set aside.
#[derive(Debug, Clone, Default)]
pub struct Lists {
    loaded: BTreeMap<String, Arc<Loaded>>,
    suppressed: Suppressed,
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
        Self { loaded: loaded.into_iter().map(|(name, list)| (name, Arc::new(list))).collect(), suppressed }
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
    /// Makes a list ready.
    pub fn new(spec: &ListSpec, entries: Vec<Entry>) -> Result<Self> {
        let finder = match spec.kind {
            Kind::People => Finder::People(Box::new(People::new(spec, &entries))),
            Kind::Institutions => Finder::Institutions(Institutions::new(&entries)),
            Kind::Contacts | Kind::Documents | Kind::Keys => Finder::Exact(Exact::new(spec, &entries)?),
        };
        Ok(Self { entries, finder })
    }
}
