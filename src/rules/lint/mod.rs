//! Advice on rules that run: what will hardly be what was meant, or what nobody looks after any more.
//!
//! Each lint is a file. None of them forbids a run; `saring check` shows them, a night does not ask.

mod dates;
mod edges;
mod entries;
mod subsumed;

use chrono::NaiveDate;

use super::set::RuleSet;
use crate::diag::Report;
use crate::expr::{ColumnRef, ListRef, ParamRef, Scope};

/// Reports what is worth a look on a day.
pub fn lint(set: &RuleSet, as_of: NaiveDate, report: &mut Report) {
    let names = SetScope(set);
    dates::report(set, as_of, report);
    subsumed::report(set, &names, report);
    entries::report(set, &names, report);
    edges::report(set, &names, report);
}

/// The names of a checked rule set. Its lines have the values of their parameters in them.
struct SetScope<'a>(&'a RuleSet);

impl Scope for SetScope<'_> {
    fn column(&self, name: &str) -> Option<ColumnRef> {
        self.0.catalog.column_ref(name)
    }

    fn column_names(&self) -> Vec<&str> {
        self.0.catalog.names()
    }

    fn param(&self, _: &str) -> Option<ParamRef> {
        None
    }

    fn param_names(&self) -> Vec<&str> {
        Vec::new()
    }

    fn list(&self, name: &str) -> Option<ListRef<'_>> {
        self.0.lists.get(name).map(|list| ListRef { values: &list.values, span: Some(list.span) })
    }

    fn list_names(&self) -> Vec<&str> {
        self.0.lists.keys().map(String::as_str).collect()
    }
}
