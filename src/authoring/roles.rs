//! What the texts of a rule file are for, by the keys they stand under.

use crate::diag::Span;
use crate::document::{Data, Table, Text, Value};

/// What a text says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// A condition, a value or a measure in the condition language.
    Expression,
    /// A reason with values in braces.
    Reason,
    /// The name of a column.
    Column,
    /// Ids or families of rules.
    Rules,
    /// A parameter as `pack.name`.
    PackParam,
    /// The name of a base application.
    Base,
    /// The name of a mapping.
    Mapping,
    /// One of a few words.
    Word(&'static [&'static str]),
}

/// The role of the texts under a path of keys, from the top of the file.
#[must_use]
pub fn role(path: &[&str]) -> Option<Role> {
    Some(match path {
        ["field", "value"]
        | ["rule", "when" | "unless"]
        | ["rule", "outcome", "when"]
        | ["group" | "network", "where" | "having"]
        | ["group" | "network", "measure", _] => Role::Expression,
        ["rule", "outcome", "reason" | "reason_en"] => Role::Reason,
        ["group", "by"] | ["network" | "watchlist", "keys"] | ["rule", "exceptions"] => Role::Column,
        ["rule", "mitigates" | "sharpens"] | ["exception", "rules"] | ["adjust" | "test", "rule"] => Role::Rules,
        ["adjust", "param"] => Role::PackParam,
        ["rule", "test", "base"] | ["test", "base"] => Role::Base,
        ["watchlist", "mapping"] => Role::Mapping,
        ["watchlist", "kind"] => Role::Word(&["people", "contacts", "documents", "institutions", "keys"]),
        ["rule", "class"] => Role::Word(&["A", "B", "C", "Q", "M"]),
        ["rule", "status"] => Role::Word(&["active", "shadow", "off"]),
        ["rule", "audience"] => Role::Word(&["officer", "operator", "integrity"]),
        ["group", "flag"] => Role::Word(&["members", "closing"]),
        ["group", "rows"] => Role::Word(&["all", "others"]),
        ["adjust", "status"] => Role::Word(&["shadow", "off"]),
        ["layer", "level"] => Role::Word(&["regional", "office"]),
        ["rule", "test", "expect", "band"] | ["test", "expect", "band"] => Role::Word(&["wajib", "pertama", "kedua"]),
        _ => return None,
    })
}

/// What the keys of a table name, where they are names of things declared elsewhere.
fn role_of_keys(path: &[&str]) -> Option<Role> {
    match path {
        ["rule", "test", "expect", "rules"] | ["test", "expect", "rules"] => Some(Role::Rules),
        ["exception", "match"] => Some(Role::Column),
        _ => None,
    }
}

/// Every key of a file that names something declared elsewhere, with its place.
pub(crate) fn each_naming_key<'a>(table: &'a Table, visit: &mut dyn FnMut(Role, &'a str, Span)) {
    fn walk<'a>(value: &'a Value, path: &mut Vec<&'a str>, visit: &mut dyn FnMut(Role, &'a str, Span)) {
        match &value.data {
            Data::Array(items) => items.iter().for_each(|item| walk(item, path, visit)),
            Data::Table(table) => of_table(table, path, visit),
            _ => {}
        }
    }
    fn of_table<'a>(table: &'a Table, path: &mut Vec<&'a str>, visit: &mut dyn FnMut(Role, &'a str, Span)) {
        let role = role_of_keys(path);
        for entry in &table.entries {
            if let Some(role) = role {
                visit(role, &entry.key, entry.key_span);
            }
            path.push(&entry.key);
            walk(&entry.value, path, visit);
            path.pop();
        }
    }
    of_table(table, &mut Vec::new(), visit);
}

/// Every text of a file with the keys it stands under.
pub(crate) fn each_text<'a>(table: &'a Table, visit: &mut dyn FnMut(&[&'a str], &'a Text)) {
    walk_table(table, &mut Vec::new(), visit);
}

fn walk_table<'a>(table: &'a Table, path: &mut Vec<&'a str>, visit: &mut dyn FnMut(&[&'a str], &'a Text)) {
    for entry in &table.entries {
        path.push(&entry.key);
        walk(&entry.value, path, visit);
        path.pop();
    }
}

fn walk<'a>(value: &'a Value, path: &mut Vec<&'a str>, visit: &mut dyn FnMut(&[&'a str], &'a Text)) {
    match &value.data {
        Data::Text(text) => visit(path, text),
        Data::Array(items) => items.iter().for_each(|item| walk(item, path, visit)),
        Data::Table(table) => walk_table(table, path, visit),
        _ => {}
    }
}
