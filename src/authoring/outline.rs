//! The names that rule files declare, with their places, however many faults the files have.

use crate::diag::{FileId, Files, Report, Span};
use crate::document::{self, Data, Table, Text, Value};

use super::FileKind;

/// What kind of thing a name names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NameKind {
    /// A rule, by its id.
    Rule,
    /// A field.
    Field,
    /// A group.
    Group,
    /// A network.
    Network,
    /// A watchlist.
    Watchlist,
    /// How a sender writes its lists.
    Mapping,
    /// A parameter of one file.
    Param,
    /// A list of values.
    List,
    /// A base application.
    Base,
}

impl NameKind {
    /// In words.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Rule => "rule",
            Self::Field => "field",
            Self::Group => "group",
            Self::Network => "network",
            Self::Watchlist => "watchlist",
            Self::Mapping => "mapping",
            Self::Param => "parameter",
            Self::List => "list",
            Self::Base => "base application",
        }
    }
}

/// A declared name.
#[derive(Debug, Clone)]
pub struct Name {
    /// What it names.
    pub kind: NameKind,
    /// The name.
    pub name: String,
    /// Where it stands, quotes left out.
    pub span: Span,
    /// Measures of a group or network, and where each stands.
    pub measures: Vec<(String, Span)>,
    /// Its declaration: keys and values to show.
    pub told: Vec<(String, String)>,
}

/// A file and what it declares.
#[derive(Debug, Clone)]
pub struct FileOutline {
    /// The file.
    pub id: FileId,
    /// What it is.
    pub kind: FileKind,
    /// Name and family of its pack.
    pub pack: Option<(String, String)>,
    /// As read.
    pub table: Table,
    /// Its names in the order of the file.
    pub names: Vec<Name>,
}

/// Reads what a file declares; faults are the business of `check`.
#[must_use]
pub fn outline(id: FileId, files: &Files) -> FileOutline {
    let table = document::parse(id, files, &mut Report::default());
    let kind = FileKind::of_table(&table);
    let pack = table.get("pack").and_then(as_table).map(|pack| {
        let of = |key| pack.get(key).and_then(as_text).map_or_else(String::new, |t| t.as_str().to_owned());
        (of("name"), of("family"))
    });
    let mut names = Vec::new();
    if kind == FileKind::Rules {
        for entry in &table.entries {
            let (declared, key) = match entry.key.as_str() {
                "rule" => (NameKind::Rule, Some("id")),
                "field" => (NameKind::Field, Some("name")),
                "group" => (NameKind::Group, Some("name")),
                "network" => (NameKind::Network, Some("name")),
                "watchlist" => (NameKind::Watchlist, Some("name")),
                "mapping" => (NameKind::Mapping, None),
                "params" => (NameKind::Param, None),
                "list" => (NameKind::List, None),
                "base" => (NameKind::Base, None),
                _ => continue,
            };
            match (key, &entry.value.data) {
                (Some(key), Data::Array(items)) => {
                    names.extend(items.iter().filter_map(as_table).filter_map(|t| by_key(declared, key, t)));
                }
                (None, Data::Table(table)) => names.extend(table.entries.iter().map(|e| Name {
                    kind: declared,
                    name: e.key.clone(),
                    span: bare(e.key_span, files),
                    measures: Vec::new(),
                    told: as_table(&e.value).map(told).unwrap_or_default(),
                })),
                _ => {}
            }
        }
    }
    FileOutline { id, kind, pack, table, names }
}

fn by_key(kind: NameKind, key: &str, table: &Table) -> Option<Name> {
    let text = table.get(key).and_then(as_text)?;
    let measures = table
        .get("measure")
        .and_then(as_table)
        .map(|m| m.entries.iter().map(|e| (e.key.clone(), e.key_span)).collect::<Vec<_>>());
    Some(Name {
        kind,
        name: text.as_str().to_owned(),
        span: text.part(0, text.as_str().len()),
        measures: measures.unwrap_or_default(),
        told: told(table),
    })
}

/// A key without the quotes it may stand in.
pub(super) fn bare(span: Span, files: &Files) -> Span {
    match files.slice(span).as_bytes() {
        [b'"' | b'\'', .., b'"' | b'\''] => Span { start: span.start + 1, end: span.end - 1, ..span },
        _ => span,
    }
}

/// Texts, numbers and lists of a declaration, as they are written.
fn told(table: &Table) -> Vec<(String, String)> {
    let mut told = Vec::new();
    for entry in &table.entries {
        match &entry.value.data {
            Data::Table(inner) => {
                told.extend(inner.entries.iter().map(|e| (format!("{}.{}", entry.key, e.key), said(&e.value))));
            }
            _ => told.push((entry.key.clone(), said(&entry.value))),
        }
    }
    told.retain(|(_, value)| !value.is_empty());
    told
}

fn said(value: &Value) -> String {
    match &value.data {
        Data::Text(text) => text.as_str().to_owned(),
        Data::Int(n) => n.to_string(),
        Data::Float(n) => n.to_string(),
        Data::Bool(b) => b.to_string(),
        Data::Date(d) => d.to_string(),
        Data::DateTime(d) => d.to_string(),
        Data::TimeOfDay(t) => t.to_string(),
        Data::Array(items) if items.iter().all(|i| !matches!(i.data, Data::Table(_) | Data::Array(_))) => {
            items.iter().map(said).collect::<Vec<_>>().join("; ")
        }
        Data::Array(_) | Data::Table(_) => String::new(),
    }
}

pub(crate) fn as_table(value: &Value) -> Option<&Table> {
    match &value.data {
        Data::Table(table) => Some(table),
        _ => None,
    }
}

pub(crate) fn as_text(value: &Value) -> Option<&Text> {
    match &value.data {
        Data::Text(text) => Some(text),
        _ => None,
    }
}

impl Name {
    /// What the declaration says under a key; empty where it says nothing.
    #[must_use]
    pub fn says(&self, key: &str) -> &str {
        self.told.iter().find(|(k, _)| k == key).map_or("", |(_, v)| v)
    }

    /// Whether a dotted column name is one of this declaration's; gives the part after its name.
    #[must_use]
    pub fn column<'a>(&self, column: &'a str) -> Option<&'a str> {
        match self.kind {
            NameKind::Field => (column == self.name).then_some(""),
            // The columns of a list may have parts of their own: `soi.penjamin.level`.
            NameKind::Watchlist => column.strip_prefix(self.name.as_str())?.strip_prefix('.'),
            NameKind::Group | NameKind::Network => {
                column.strip_prefix(self.name.as_str())?.strip_prefix('.').filter(|rest| !rest.contains('.'))
            }
            NameKind::Rule | NameKind::Mapping | NameKind::Param | NameKind::List | NameKind::Base => None,
        }
    }

    /// The columns it adds, as far as its text tells them; those of a watchlist follow from its kind.
    #[must_use]
    pub fn columns(&self) -> Vec<String> {
        let ends: &[&str] = match self.kind {
            NameKind::Field => return vec![self.name.clone()],
            NameKind::Group => &["first", "last"],
            NameKind::Network => &["id"],
            _ => return Vec::new(),
        };
        let measures = self.measures.iter().map(|(m, _)| m.as_str());
        measures.chain(ends.iter().copied()).map(|m| format!("{}.{m}", self.name)).collect()
    }
}
