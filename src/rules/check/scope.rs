//! Names as the lines of one file see them.

use std::collections::{BTreeMap, BTreeSet};

use crate::columns::{Catalog, Origin};
use crate::expr::{ColumnRef, ListRef, ParamRef, Scope};
use crate::rules::set::{List, Param};
use crate::rules::template::Masks;
use crate::schema::Mask;

/// Everything declared in all files.
#[derive(Debug)]
pub(super) struct Names {
    pub(super) catalog: Catalog,
    pub(super) lists: BTreeMap<String, List>,
    pub(super) params: BTreeMap<(String, String), Param>,
    /// Fields whose declaration has faults.
    pub(super) broken: BTreeSet<String>,
}

/// The names of one pack: its own parameters, everybody's columns and lists.
#[derive(Debug)]
pub(super) struct FileScope<'a> {
    pub(super) names: &'a Names,
    pub(super) pack: String,
}

impl Scope for FileScope<'_> {
    fn column(&self, name: &str) -> Option<ColumnRef> {
        self.names.catalog.column_ref(name)
    }

    fn is_broken(&self, name: &str) -> bool {
        self.names.broken.contains(name)
    }

    fn column_names(&self) -> Vec<&str> {
        self.names.catalog.names()
    }

    fn param(&self, name: &str) -> Option<ParamRef> {
        let param = self.names.params.get(&(self.pack.clone(), name.to_owned()))?;
        Some(ParamRef { value: param.value.clone(), span: Some(param.span) })
    }

    fn param_names(&self) -> Vec<&str> {
        let own = self.names.params.keys().filter(|(pack, _)| *pack == self.pack);
        own.map(|(_, name)| name.as_str()).collect()
    }

    fn list(&self, name: &str) -> Option<ListRef<'_>> {
        self.names.lists.get(name).map(|list| ListRef { values: &list.values, span: Some(list.span) })
    }

    fn list_names(&self) -> Vec<&str> {
        self.names.lists.keys().map(String::as_str).collect()
    }
}

impl Masks for FileScope<'_> {
    fn mask(&self, column: &str) -> Mask {
        self.names.catalog.get(column).map_or(Mask::Open, |c| c.mask)
    }

    fn links(&self, name: &str) -> bool {
        let mut of_source = ["first", "id"].iter().map(|end| format!("{name}.{end}"));
        of_source.any(|column| {
            let origin = self.names.catalog.get(&column).map(|c| c.origin);
            matches!(origin, Some(Origin::Group | Origin::Network))
        })
    }
}
