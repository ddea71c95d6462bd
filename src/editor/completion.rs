//! What could stand under the cursor.

use serde_json::{Value, json};

use super::cursor::{At, Cursor};
use super::hover::{column_text, declared, function_text};
use super::place;
use super::workspace::Known;
use crate::authoring::{FileKind, NameKind, Role, WordKind};
use crate::diag::FileId;
use crate::document::Shape;
use crate::expr::FUNCTIONS;
use crate::schema::columns;

/// The kinds of completion items that are used, as the protocol numbers them.
#[derive(Clone, Copy)]
enum Item {
    Function = 3,
    Field = 5,
    Variable = 6,
    Module = 9,
    Property = 10,
    Keyword = 14,
    /// An entry of a closed list.
    Code = 20,
    Constant = 21,
}

/// Words of the condition language that are neither columns nor functions.
const KEYWORDS: &[&str] = &[
    "and", "between", "case", "coalesce", "else", "end", "false", "in", "is", "like", "not", "null", "or", "then",
    "true", "when",
];
/// Measures, where one is written.
const MEASURES: &[&str] = &["any_value", "avg", "count", "distinct", "filter", "max", "min", "sum", "where"];

/// Items that replace one range.
struct Offer {
    range: Value,
    items: Vec<Value>,
}

impl Offer {
    fn add(&mut self, kind: Item, label: &str, detail: &str, told: Option<String>) {
        let mut item = json!({
            "label": label,
            "kind": kind as u8,
            "detail": detail,
            "filterText": label,
            "textEdit": { "range": self.range, "newText": label },
        });
        if let (Some(told), Some(object)) = (told, item.as_object_mut()) {
            object.insert("documentation".to_owned(), json!({ "kind": "markdown", "value": told }));
        }
        self.items.push(item);
    }
}

/// The answer to `textDocument/completion`.
pub(super) fn completion(known: &Known, id: FileId, cursor: &Cursor<'_>) -> Value {
    let text = &known.files.get(id).text;
    let mut offer = Offer { range: Value::Null, items: Vec::new() };
    match (&cursor.at, cursor.role()) {
        (At::Key(start, end), _) => {
            offer.range = place::range(text, *start, *end);
            keys(known, id, cursor, &mut offer);
        }
        (At::Text(start, end), Some(role)) => in_text(known, id, cursor, role, (*start, *end), &mut offer),
        (At::Nowhere, _) if cursor.path == ["rule", "test", "given"] => {
            let (start, end) = word_around(text, cursor.byte);
            offer.range = place::range(text, start, end);
            for column in columns::ALL {
                offer.add(Item::Property, column.name, &column.ty.describe(), Some(column.meaning.to_owned()));
            }
        }
        _ => {}
    }
    json!({ "isIncomplete": false, "items": offer.items })
}

/// The keys of the table that are not there yet.
fn keys(known: &Known, id: FileId, cursor: &Cursor<'_>, offer: &mut Offer) {
    let kind = known.outlines.iter().find(|o| o.id == id).map_or(FileKind::Rules, |o| o.kind);
    let shape = kind.shape();
    for key in shape.at(cursor.path.iter().copied()).map(Shape::keys).unwrap_or_default() {
        let need = if key.required { "required, " } else { "" };
        offer.add(Item::Property, key.name, &format!("{need}{}", key.shape.describe()), Some(key.doc.clone()));
    }
}

/// The bytes of the dotted name around a place.
fn word_around(text: &str, byte: usize) -> (usize, usize) {
    let part = |b: u8| b.is_ascii_alphanumeric() || b == b'_' || b == b'.';
    let bytes = text.as_bytes();
    let before = bytes.get(..byte).unwrap_or_default().iter().rev().take_while(|b| part(**b)).count();
    let after = bytes.get(byte..).unwrap_or_default().iter().take_while(|b| part(**b)).count();
    (byte - before, byte + after)
}

fn in_text(known: &Known, id: FileId, cursor: &Cursor<'_>, role: Role, inside: (usize, usize), offer: &mut Offer) {
    let text = &known.files.get(id).text;
    let word = cursor.word(text);
    let (start, end) = match word {
        Some(word) if word.kind != WordKind::Sign => (word.start, word.end),
        _ => word_around(text, cursor.byte),
    };
    let (start, end) = (start.clamp(inside.0, inside.1), end.clamp(inside.0, inside.1));
    offer.range = place::range(text, start, end);
    match (role, word.map(|w| w.kind)) {
        (Role::Word(all), _) => all.iter().for_each(|word| offer.add(Item::Keyword, word, "", None)),
        (Role::Rules, _) => of_kind(known, id, NameKind::Rule, Item::Constant, offer),
        (Role::PackParam, _) => {
            for (file, name) in known.outlines.iter().flat_map(|f| f.names.iter().map(move |n| (f, n))) {
                if let (Some((pack, _)), NameKind::Param) = (&file.pack, name.kind) {
                    offer.add(
                        Item::Variable,
                        &format!("{pack}.{}", name.name),
                        name.says("default"),
                        Some(declared(name)),
                    );
                }
            }
        }
        (Role::Base, _) => of_kind(known, id, NameKind::Base, Item::Constant, offer),
        (Role::Mapping, _) => of_kind(known, id, NameKind::Mapping, Item::Constant, offer),
        (Role::Column, _) => all_columns(known, offer),
        (Role::Reason, _) if !in_braces(text, inside.0, cursor.byte) => {}
        (_, Some(WordKind::ListName)) => of_kind(known, id, NameKind::List, Item::Constant, offer),
        (_, Some(WordKind::Literal)) => codes(known, text, cursor, start, offer),
        (_, Some(WordKind::Param)) => params(known, id, offer),
        (Role::Reason, _) => {
            all_columns(known, offer);
            params(known, id, offer);
            for name in known.names(None).filter(|n| matches!(n.kind, NameKind::Group | NameKind::Network)) {
                offer.add(
                    Item::Module,
                    &format!("{}.others", name.name),
                    "the other applications",
                    Some(declared(name)),
                );
            }
        }
        (Role::Expression, _) => {
            all_columns(known, offer);
            params(known, id, offer);
            for function in FUNCTIONS {
                offer.add(Item::Function, function.name, &function_text(function), Some(function.meaning.to_owned()));
            }
            let measures = if cursor.path.contains(&"measure") { MEASURES } else { &[] };
            KEYWORDS.iter().chain(measures).for_each(|word| offer.add(Item::Keyword, word, "", None));
        }
    }
}

fn in_braces(text: &str, start: usize, byte: usize) -> bool {
    let before = text.get(start..byte).unwrap_or_default();
    before.rfind('{').is_some_and(|open| before.rfind('}').is_none_or(|close| close < open))
}

fn of_kind(known: &Known, id: FileId, kind: NameKind, item: Item, offer: &mut Offer) {
    for name in known.names(Some(id)).filter(|n| n.kind == kind) {
        let title = if name.says("title").is_empty() { name.says("meaning") } else { name.says("title") };
        offer.add(item, &name.name, title, Some(declared(name)));
    }
}

fn params(known: &Known, id: FileId, offer: &mut Offer) {
    for name in known.names(Some(id)).filter(|n| n.kind == NameKind::Param) {
        offer.add(Item::Variable, &format!(":{}", name.name), name.says("default"), Some(declared(name)));
    }
}

fn all_columns(known: &Known, offer: &mut Offer) {
    for column in known.catalog.iter() {
        offer.add(Item::Field, &column.name, &column.ty.describe(), Some(column_text(column)));
    }
    for name in known.names(None) {
        for column in name.columns().into_iter().filter(|column| known.catalog.get(column).is_none()) {
            offer.add(Item::Field, &column, name.kind.word(), Some(declared(name)));
        }
    }
}

/// The codes of the column named last before the text.
fn codes(known: &Known, text: &str, cursor: &Cursor<'_>, literal: usize, offer: &mut Offer) {
    let Some((words, start)) = cursor.words(text) else { return };
    let line = match cursor.at {
        At::Text(from, to) => text.get(from..to).unwrap_or_default(),
        _ => return,
    };
    let table = words
        .iter()
        .rev()
        .filter(|w| w.kind == WordKind::Name && w.start + start < literal)
        .find_map(|w| known.catalog.get(w.of(line))?.ty.codes());
    for entry in table.map(|t| t.entries()).unwrap_or_default() {
        offer.add(Item::Code, entry.code, entry.label_id, Some(entry.label_en.to_owned()));
    }
}
