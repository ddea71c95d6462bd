//! Where the thing under the cursor is declared.

use serde_json::{Value, json};

use super::cursor::Cursor;
use super::workspace::Known;
use super::{place, uri};
use crate::authoring::{Name, NameKind, Role, WordKind};
use crate::diag::{FileId, Span};

/// The answer to `textDocument/definition`.
pub(super) fn definition(known: &Known, id: FileId, cursor: &Cursor<'_>) -> Value {
    let text = &known.files.get(id).text;
    let span = cursor
        .role()
        .zip(cursor.word(text))
        .and_then(|(role, word)| declared(known, id, role, word.kind, word.of(text)));
    span.and_then(|span| location(known, span)).unwrap_or(Value::Null)
}

fn declared(known: &Known, id: FileId, role: Role, kind: WordKind, word: &str) -> Option<Span> {
    let place = |kind, name| known.name(kind, name, Some(id)).map(|n| n.span);
    match (role, kind) {
        (Role::Rules, _) => place(NameKind::Rule, word),
        (Role::PackParam, _) => pack_param(known, word).map(|n| n.span),
        (Role::Base, _) => place(NameKind::Base, word),
        (Role::Mapping, _) => place(NameKind::Mapping, word),
        (_, WordKind::Param) => place(NameKind::Param, word.strip_prefix(':')?),
        (_, WordKind::ListName) => place(NameKind::List, word),
        (_, WordKind::Name) => {
            let column = word.strip_suffix(".others").map_or_else(|| word.to_owned(), |group| format!("{group}.first"));
            let found = known.maker(&column).map(|(name, rest)| {
                name.measures.iter().find(|(measure, _)| measure == rest).map_or(name.span, |(_, span)| *span)
            });
            found.or_else(|| known.maker(&column.replace(".first", ".id")).map(|(name, _)| name.span))
        }
        (_, WordKind::Literal | WordKind::Sign) => None,
    }
}

/// The parameter that a layer calls `pack.name`.
pub(super) fn pack_param<'a>(known: &'a Known, word: &str) -> Option<&'a Name> {
    let (pack, param) = word.split_once('.')?;
    let file = known.outlines.iter().find(|f| f.pack.as_ref().is_some_and(|(name, _)| name == pack))?;
    file.names.iter().find(|n| n.kind == NameKind::Param && n.name == param)
}

/// A span as the protocol wants it.
pub(super) fn location(known: &Known, span: Span) -> Option<Value> {
    let text = &known.files.get(span.file).text;
    let range = place::range(text, span.start as usize, span.end as usize);
    Some(json!({ "uri": uri::uri(known.path(span.file)?), "range": range }))
}
