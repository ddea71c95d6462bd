//! A case as it would stand in a rule file.

use crate::diag::Files;
use crate::document::{Data, Value};
use crate::rules::raw::RawCase;

/// The case under another name with an expectation. What was not turned stands as it was written.
pub(super) fn case(name: &str, raw: &RawCase, expect: &str, files: &Files) -> String {
    let mut text = format!("[[rule.test]]\nname   = {}\n", quoted(name));
    if let Some(base) = &raw.base {
        text.push_str(&format!("base   = {}\n", quoted(base.as_str())));
    }
    rows("given ", &raw.given, files, &mut text);
    if let Some(history) = &raw.history {
        rows("history", history, files, &mut text);
    }
    text.push_str(&format!("expect = {expect}\n"));
    text
}

fn rows(key: &str, rows: &[Value], files: &Files, text: &mut String) {
    let rows: Vec<String> = rows.iter().map(|row| value(row, files)).collect();
    match rows.as_slice() {
        [one] => text.push_str(&format!("{key} = [{one}]\n")),
        rows => {
            text.push_str(&format!("{key} = [\n"));
            rows.iter().for_each(|row| text.push_str(&format!("    {row},\n")));
            text.push_str("]\n");
        }
    }
}

/// A value as written; one that was turned has no place of its own.
fn value(value: &Value, files: &Files) -> String {
    match &value.data {
        Data::Table(table) => {
            let entries =
                table.entries.iter().map(|entry| format!("{} = {}", entry.key, self::value(&entry.value, files)));
            let entries: Vec<String> = entries.collect();
            if entries.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", entries.join(", ")) }
        }
        _ if value.span.start < value.span.end => files.slice(value.span).to_owned(),
        Data::Text(text) => quoted(text.as_str()),
        Data::Int(n) => n.to_string(),
        Data::Date(date) => date.to_string(),
        // Only these are turned.
        Data::Float(_) | Data::Bool(_) | Data::DateTime(_) | Data::TimeOfDay(_) | Data::Array(_) => String::new(),
    }
}

/// A text in quotes.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
