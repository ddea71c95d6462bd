//! Fields, groups, networks and watchlists: each checked after those it needs, so that its types are known when another uses it.

mod field;
mod group;
mod measured;
mod network;
mod watchlist;

use std::collections::{BTreeMap, BTreeSet};

use sqlparser::tokenizer::Token;

use super::declared::{Declared, File};
use super::scope::Names;
use crate::columns::graph;
use crate::diag::{Code, Diagnostic, Report, Span};
use crate::document::{Data, Text};
use crate::lists::Mapping;
use crate::rules::raw::{RawField, RawGroup, RawNetwork, RawWatchlist};
use crate::rules::set::DeclaredSource;

/// A declaration of columns as written.
#[derive(Debug, Clone, Copy)]
enum Raw<'a> {
    Field(&'a RawField),
    Group(&'a RawGroup),
    Network(&'a RawNetwork),
    Watchlist(&'a RawWatchlist),
}

impl<'a> Raw<'a> {
    fn name(self) -> &'a Text {
        match self {
            Self::Field(raw) => &raw.name,
            Self::Group(raw) => &raw.name,
            Self::Network(raw) => &raw.name,
            Self::Watchlist(raw) => &raw.name,
        }
    }

    fn kind(self) -> &'static str {
        match self {
            Self::Field(_) => "field",
            Self::Group(_) => "group",
            Self::Network(_) => "network",
            Self::Watchlist(_) => "watchlist",
        }
    }

    /// The columns it makes.
    fn makes(self) -> Vec<String> {
        let name = self.name().as_str();
        let dotted = |measure: &str| format!("{name}.{measure}");
        match self {
            Self::Field(_) => vec![name.to_owned()],
            Self::Group(raw) => {
                let measures = raw.measure.entries.iter().map(|(m, _)| m.as_str());
                measures.chain(["first", "last"]).map(dotted).collect()
            }
            Self::Network(raw) => {
                let measures = raw.measure.iter().flat_map(|m| &m.entries).map(|(m, _)| m.as_str());
                measures.chain(["id"]).map(dotted).collect()
            }
            Self::Watchlist(raw) => watchlist::makes(raw),
        }
    }

    /// Every name in its text that could be a column. Before types are known only the words tell what it needs.
    fn words(self) -> BTreeSet<String> {
        let lines = |texts: Option<&'a Vec<Text>>| texts.into_iter().flatten();
        let measures = |named: &'a crate::document::Named<Text>| named.entries.iter().map(|(_, text)| text);
        let texts: Vec<&Text> = match self {
            Self::Field(raw) => vec![&raw.value],
            Self::Group(raw) => {
                raw.by.iter().chain(lines(raw.conditions.as_ref())).chain(measures(&raw.measure)).collect()
            }
            Self::Network(raw) => lines(raw.conditions.as_ref()).chain(raw.measure.iter().flat_map(measures)).collect(),
            // It reads what the export says and what follows from it, never what a pack declares.
            Self::Watchlist(_) => Vec::new(),
        };
        let mut found: BTreeSet<String> = texts.iter().flat_map(|text| words(text.as_str())).collect();
        if let Self::Network(raw) = self {
            for key in &raw.keys {
                match &key.data {
                    Data::Text(text) => found.extend([text.as_str().to_owned()]),
                    Data::Array(items) => found.extend(items.iter().filter_map(|item| match &item.data {
                        Data::Text(text) => Some(text.as_str().to_owned()),
                        _ => None,
                    })),
                    _ => {}
                }
            }
        }
        found
    }
}

/// Checks all of them and adds their columns to the catalogue. They come back in an order in which each follows its needs.
pub(super) fn check(
    declared: &Declared,
    mappings: &BTreeMap<String, (Mapping, Span)>,
    names: &mut Names,
    report: &mut Report,
) -> Vec<DeclaredSource> {
    let all = named_once(declared, names, report);
    let makes: Vec<Vec<String>> = all.iter().map(|(_, raw)| raw.makes()).collect();
    let words: Vec<BTreeSet<String>> = all.iter().map(|(_, raw)| raw.words()).collect();
    let graph: Vec<(Vec<&str>, Vec<&str>)> = makes
        .iter()
        .zip(&words)
        .map(|(makes, words)| (makes.iter().map(String::as_str).collect(), words.iter().map(String::as_str).collect()))
        .collect();
    let order = match graph::order(&graph) {
        Ok(order) => order,
        Err(circle) => {
            report_circle(&circle, &all, report);
            names.broken.extend(makes.into_iter().flatten());
            return Vec::new();
        }
    };
    let mut checked = Vec::with_capacity(all.len());
    for (file, raw) in order.iter().filter_map(|ix| all.get(*ix)) {
        let source = match raw {
            Raw::Field(raw) => field::check(raw, file, names, report).map(DeclaredSource::Field),
            Raw::Group(raw) => group::check(raw, file, names, report).map(DeclaredSource::Group),
            Raw::Network(raw) => network::check(raw, file, names, report).map(DeclaredSource::Network),
            Raw::Watchlist(raw) => {
                watchlist::check(raw, mappings, names, report).map(|list| DeclaredSource::Watchlist(Box::new(list)))
            }
        };
        match source {
            Some(source) => checked.push(source),
            None => names.broken.extend(raw.makes()),
        }
    }
    checked
}

/// The declarations whose names are well formed and free.
fn named_once<'a>(declared: &'a Declared, names: &Names, report: &mut Report) -> Vec<(&'a File, Raw<'a>)> {
    let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
    let mut all = Vec::new();
    for file in &declared.files {
        let fields = file.fields.iter().map(Raw::Field);
        let groups = file.groups.iter().map(Raw::Group);
        let networks = file.networks.iter().map(Raw::Network);
        for raw in fields.chain(groups).chain(networks).chain(file.watchlists.iter().map(Raw::Watchlist)) {
            let (name, span) = (raw.name().as_str(), raw.name().span());
            let fault = if !well_formed(name) {
                Diagnostic::new(Code::BadId, span, format!("`{name}` is not a name for a {}", raw.kind()))
                    .label("lower case letters, digits, underscores; a dot between parts")
            } else if raw.makes().iter().any(|made| names.catalog.get(made).is_some()) {
                Diagnostic::new(Code::DuplicateName, span, format!("`{name}` is a column already"))
                    .label("saring or the profile has it")
                    .help("`saring fields` shows what it means; take another name")
            } else if let Some(first) = seen.get(name) {
                Diagnostic::new(Code::DuplicateName, span, format!("{} `{name}` is declared twice", raw.kind()))
                    .label("second time")
                    .also(*first, "first time")
            } else {
                seen.insert(name, span);
                all.push((file, raw));
                continue;
            };
            report.push(fault);
        }
    }
    all
}

fn well_formed(name: &str) -> bool {
    let part = |p: &str| {
        p.starts_with(|c: char| c.is_ascii_lowercase())
            && p.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
    };
    name.split('.').all(part)
}

/// The dotted names in a line, texts in quotes left out.
fn words(line: &str) -> Vec<String> {
    let dialect = sqlparser::dialect::GenericDialect {};
    let Ok(tokens) = sqlparser::tokenizer::Tokenizer::new(&dialect, line).tokenize() else {
        return Vec::new();
    };
    let mut words: Vec<String> = Vec::new();
    let mut dotted = false;
    for token in tokens {
        match token {
            Token::Word(word) => match words.last_mut() {
                Some(last) if dotted => {
                    last.push('.');
                    last.push_str(&word.value);
                    dotted = false;
                }
                _ => words.push(word.value),
            },
            Token::Period => dotted = true,
            _ => dotted = false,
        }
    }
    words
}

fn report_circle(circle: &[usize], all: &[(&File, Raw<'_>)], report: &mut Report) {
    let members: Vec<Raw<'_>> = circle.iter().filter_map(|ix| all.get(*ix)).map(|(_, raw)| *raw).collect();
    let Some(first) = members.first() else { return };
    let path: Vec<_> = members.iter().chain([first]).map(|m| format!("`{}`", m.name().as_str())).collect();
    let what = if members.iter().all(|m| m.kind() == first.kind()) {
        format!("{}s need each other", first.kind())
    } else {
        "declarations need each other".to_owned()
    };
    let message = format!("{what}: {}", path.join(" -> "));
    let mut fault = Diagnostic::new(Code::Circle, first.name().span(), message)
        .label("needs itself in the end")
        .help("one of them must do without the others");
    for member in members.iter().skip(1) {
        fault = fault.also(member.name().span(), "on the way");
    }
    report.push(fault);
}
