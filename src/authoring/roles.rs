//! What the texts of a rule file are for, by the keys they stand under.

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
    /// The name of a base application.
    Base,
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
        ["group", "by"] | ["network", "keys"] => Role::Column,
        ["rule", "mitigates"] => Role::Rules,
        ["rule", "test", "base"] => Role::Base,
        ["rule", "class"] => Role::Word(&["A", "B", "C", "Q", "M"]),
        ["rule", "status"] => Role::Word(&["active", "shadow", "off"]),
        ["rule", "audience"] => Role::Word(&["officer", "operator", "integrity"]),
        ["group", "flag"] => Role::Word(&["members", "closing"]),
        ["group", "rows"] => Role::Word(&["all", "others"]),
        _ => return None,
    })
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
