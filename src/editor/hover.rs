//! What the thing under the cursor means, as Markdown.

use serde_json::{Value, json};

use super::cursor::{At, Cursor};
use super::place;
use super::workspace::Known;
use crate::authoring::{FileKind, FileOutline, Name, NameKind, Role, WordKind};
use crate::columns::ColumnInfo;
use crate::diag::FileId;
use crate::expr::{FUNCTIONS, Function};
use crate::schema::{Reveals, Sensitivity};

/// The answer to `textDocument/hover`.
pub(super) fn hover(known: &Known, id: FileId, cursor: &Cursor<'_>) -> Value {
    let text = &known.files.get(id).text;
    let found = match cursor.at {
        At::Key(start, end) => {
            key(known, id, cursor, text.get(start..end).unwrap_or_default()).map(|t| (t, start, end))
        }
        At::Text(..) => cursor.word(text).and_then(|word| {
            let told = about(known, id, cursor.role()?, word.kind, word.of(text))?;
            Some((told, word.start, word.end))
        }),
        At::Heading | At::Nowhere => None,
    };
    match found {
        Some((told, start, end)) => json!({
            "contents": { "kind": "markdown", "value": told }, "range": place::range(text, start, end),
        }),
        None => Value::Null,
    }
}

fn key(known: &Known, id: FileId, cursor: &Cursor<'_>, name: &str) -> Option<String> {
    let kind = known.outlines.iter().find(|o| o.id == id).map_or(FileKind::Rules, |o: &FileOutline| o.kind);
    let shape = kind.shape();
    let table = shape.at(cursor.path.iter().copied())?;
    let key = table.keys().iter().find(|k| k.name == name)?;
    let need = if key.required { ", required" } else { "" };
    Some(format!("**{}** ({}{need})\n\n{}", key.name, key.shape.describe(), key.doc))
}

/// What a word means.
fn about(known: &Known, id: FileId, role: Role, kind: WordKind, word: &str) -> Option<String> {
    match (role, kind) {
        (Role::Rules, _) => known.name(NameKind::Rule, word, None).map(declared),
        (Role::PackParam, _) => super::definition::pack_param(known, word).map(declared),
        (Role::Base, _) => known.name(NameKind::Base, word, None).map(declared),
        (Role::Mapping, _) => known.name(NameKind::Mapping, word, None).map(declared),
        (_, WordKind::Param) => known.name(NameKind::Param, word.strip_prefix(':')?, Some(id)).map(declared),
        (_, WordKind::ListName) => known.name(NameKind::List, word, None).map(declared),
        (_, WordKind::Name) => column_told(known, word).or_else(|| {
            let function = FUNCTIONS.iter().find(|f| f.name == word)?;
            Some(function_told(function))
        }),
        (_, WordKind::Literal) => code_told(word),
        (_, WordKind::Sign) => None,
    }
}

fn column_told(known: &Known, name: &str) -> Option<String> {
    let group = name
        .strip_suffix(".others")
        .and_then(|g| known.name(NameKind::Group, g, None).or_else(|| known.name(NameKind::Network, g, None)));
    if let Some(group) = group {
        return Some(format!("the other applications of it, for reasons\n\n{}", declared(group)));
    }
    let Some((maker, rest)) = known.maker(name) else { return known.catalog.get(name).map(column_text) };
    let told = match rest {
        "" => String::new(),
        "first" => "date of its first application\n\n".to_owned(),
        "last" => "date of its last application\n\n".to_owned(),
        "id" => "the smallest number of an application in it\n\n".to_owned(),
        rest if maker.kind == NameKind::Watchlist => {
            let column = known.catalog.get(name).map(column_text);
            format!("{}\n\n", column.unwrap_or_else(|| format!("`{rest}`")))
        }
        rest => format!("`{}`\n\n", maker.says(&format!("measure.{rest}"))),
    };
    Some(format!("{told}{}", declared(maker)))
}

pub(super) fn column_text(column: &ColumnInfo) -> String {
    let score = match (column.sensitivity, column.reveals) {
        (Sensitivity::Hidden, _) => "never".to_owned(),
        (_, Reveals::Nothing) => "yes".to_owned(),
        (_, Reveals::Is(set)) => format!("never ({set}); compare for consistency only"),
        (_, Reveals::Contains(set)) => format!("as a whole; not taken apart ({set})"),
    };
    let mut text = format!(
        "**{}** ({}, {})\n\n{} / {}: {}\n\nmay score: {score}",
        column.name,
        column.ty,
        column.origin.name(),
        column.label_id,
        column.label_en,
        column.meaning
    );
    if !column.example.is_empty() {
        text.push_str(&format!("\n\nexample: `{}`", column.example));
    }
    if let Some(table) = column.ty.codes().filter(|table| table.entries().len() <= MOST_CODES) {
        let codes: Vec<String> = table.entries().iter().map(|e| format!("- `{}` {}", e.code, e.label_id)).collect();
        text.push_str(&format!("\n\n{}", codes.join("\n")));
    }
    text
}

/// Longer lists are not spelled out.
const MOST_CODES: usize = 30;

pub(super) fn function_text(function: &Function) -> String {
    let parameters: Vec<_> = function.parameters.iter().map(|p| p.name).collect();
    format!("{}({}) -> {}", function.name, parameters.join(", "), function.apply.result())
}

fn function_told(function: &Function) -> String {
    let examples: Vec<String> =
        function.examples.iter().map(|(call, result)| format!("- `{call}` is `{result}`")).collect();
    format!("**{}**\n\n{}\n\n{}", function_text(function), function.meaning, examples.join("\n"))
}

fn code_told(word: &str) -> Option<String> {
    let found: Vec<String> = crate::schema::tables::ALL
        .iter()
        .filter_map(|table| {
            let entry = table.get(word)?;
            Some(format!("`{}` of {}: {} / {}", entry.code, table.name, entry.label_id, entry.label_en))
        })
        .collect();
    (!found.is_empty()).then(|| found.join("\n\n"))
}

/// A declaration of the pack in short.
pub(super) fn declared(name: &Name) -> String {
    let mut text = format!("**{}** ({})", name.name, name.kind.word());
    let code = ["when", "unless", "where", "having", "value", "by", "keys"];
    for (key, value) in &name.told {
        match key.as_str() {
            "id" | "name" | "version" | "owner" | "review_by" | "question_en" | "label_en" | "title_en" => {}
            key if code.contains(&key) || key.starts_with("measure.") => {
                text.push_str(&format!("\n- {key}: `{value}`"))
            }
            key if key.starts_with("values.") => {}
            key => text.push_str(&format!("\n- {key}: {value}")),
        }
    }
    text
}
