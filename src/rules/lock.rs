//! `rules.lock`: what each rule means at its version, beside the rules, one fact a line so that a merge can be read.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::meaning::{Meaning, OfPart, OfRule};
use crate::diag::{Code, Diagnostic, FileId, Files, Report, Span};
use crate::document::{self, Data, Table, Value};

/// Name of the file, at the top of a folder of rules.
pub const FILE_NAME: &str = "rules.lock";

/// The form of the file.
const FORM: i64 = 1;

/// A lock as read.
#[derive(Debug, Clone, Default)]
pub struct Lock {
    /// What the rules meant.
    pub meaning: Meaning,
    /// Ids of rules that were taken out.
    pub retired: BTreeSet<String>,
    /// Where each rule stands in the file.
    pub(super) places: BTreeMap<String, Span>,
}

/// Reads a lock. What does not look like one is reported.
pub(super) fn read(file: FileId, files: &Files, report: &mut Report) -> Option<Lock> {
    let mut faults = Report::default();
    let table = document::parse(file, files, &mut faults);
    let lock = lock(&table);
    if lock.is_none() || !faults.is_empty() {
        let whole = Span { end: table.span.start, ..table.span };
        report.push(
            Diagnostic::new(Code::LockBroken, whole, "this is no lock of rules")
                .label("not as `saring rules lock` writes it")
                .help("take it from version control, or delete it and run `saring rules lock`"),
        );
        return None;
    }
    lock
}

fn lock(table: &Table) -> Option<Lock> {
    if !matches!(table.get("lock")?.data, Data::Int(FORM)) {
        return None;
    }
    let mut lock = Lock { retired: texts(table.get("retired")?)?.into_iter().collect(), ..Lock::default() };
    for entry in entries(table, "rule")? {
        let Data::Table(rule) = &entry.value.data else { return None };
        let Data::Int(version) = rule.get("version")?.data else { return None };
        let (lines, uses) = (texts(rule.get("meaning")?)?, texts(rule.get("uses")?)?);
        lock.meaning.rules.insert(entry.key.clone(), OfRule { version, lines, uses });
        lock.places.insert(entry.key.clone(), entry.key_span);
    }
    for entry in entries(table, "part")? {
        let Data::Table(part) = &entry.value.data else { return None };
        let (lines, uses) = (texts(part.get("meaning")?)?, texts(part.get("uses")?)?);
        lock.meaning.parts.insert(entry.key.clone(), OfPart { lines, uses });
    }
    Some(lock)
}

fn entries<'a>(table: &'a Table, key: &str) -> Option<&'a [document::Entry]> {
    match table.get(key).map(|value| &value.data) {
        Some(Data::Table(table)) => Some(&table.entries),
        Some(_) => None,
        None => Some(&[]),
    }
}

fn texts(value: &Value) -> Option<Vec<String>> {
    let Data::Array(items) = &value.data else { return None };
    let text = |item: &Value| match &item.data {
        Data::Text(text) => Some(text.as_str().to_owned()),
        _ => None,
    };
    items.iter().map(text).collect()
}

/// The text of a lock for these rules and what they use. Rules that an earlier lock has and `meaning` has not are retired;
/// their ids stay so for ever.
#[must_use]
pub(super) fn text(meaning: &Meaning, ids: &BTreeSet<String>, earlier: Option<&Lock>) -> String {
    let mut retired: BTreeSet<&str> = BTreeSet::new();
    if let Some(earlier) = earlier {
        let gone = earlier.meaning.rules.keys().chain(&earlier.retired).map(String::as_str);
        retired.extend(gone.filter(|id| !ids.contains(*id)));
    }
    let mut text = format!(
        "# What each rule means at its version. Written by `saring rules lock`, compared by `saring check`; not edited by hand.\n\
         lock = {FORM}\nretired = {}\n",
        list(retired.iter().copied())
    );
    let mut parts: BTreeSet<&str> = BTreeSet::new();
    for (id, rule) in meaning.rules.iter().filter(|(id, _)| ids.contains(*id)) {
        let _ = write!(text, "\n[rule.{id}]\nversion = {}\nuses = {}\n", rule.version, list(rule.uses.iter()));
        facts(&rule.lines, &mut text);
        let mut open: Vec<&str> = rule.uses.iter().map(String::as_str).collect();
        while let Some(name) = open.pop() {
            if parts.insert(name) {
                open.extend(meaning.parts.get(name).iter().flat_map(|p| &p.uses).map(String::as_str));
            }
        }
    }
    for (name, part) in parts.iter().filter_map(|name| Some((name, meaning.parts.get(*name)?))) {
        let _ = write!(text, "\n[part.{}]\nuses = {}\n", quoted(name), list(part.uses.iter()));
        facts(&part.lines, &mut text);
    }
    text
}

fn facts(lines: &[String], text: &mut String) {
    text.push_str("meaning = [\n");
    for line in lines {
        let _ = writeln!(text, "    {},", quoted(line));
    }
    text.push_str("]\n");
}

fn list(items: impl Iterator<Item = impl AsRef<str>>) -> String {
    let items: Vec<String> = items.map(|item| quoted(item.as_ref())).collect();
    format!("[{}]", items.join(", "))
}

/// A TOML text: what cannot stand in one is escaped.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                out.push('\\');
                out.push(c);
            }
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
