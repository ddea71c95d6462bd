//! Reasons with values in braces, checked against the columns before any data is read.
//!
//! `{umur}` shows the value of a column in the reader's language, `{telepon|mask}` shows it masked, `{:min_keluarga}` a
//! parameter, `{telepon_90h.others}` the other applications of a group. A column that identifies a person must be masked.

use std::sync::Arc;

use crate::diag::{Code, Diagnostic, Report};
use crate::document::Text;
use crate::expr::{Scope, Value};
use crate::schema::{Mask, Type};

/// A checked reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    /// The text as written.
    pub source: String,
    /// Its parts.
    pub pieces: Vec<Piece>,
}

/// A part of a reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Words.
    Words(String),
    /// The value of a column.
    Column {
        /// Its name.
        name: Arc<str>,
        /// Its type.
        ty: Type,
        /// How it is shown.
        shown: Shown,
    },
    /// The value of a parameter.
    Param(Value),
    /// The other applications behind a group or network, by its name.
    Others(Arc<str>),
}

/// How a value is shown in a reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// In the reader's language.
    Plain,
    /// Masked.
    Masked(Mask),
}

/// How a column is masked, by name.
pub(super) trait Masks {
    fn mask(&self, column: &str) -> Mask;
    /// Whether a name is that of a group or network.
    fn links(&self, name: &str) -> bool;
}

impl Template {
    /// The groups and networks whose applications it names.
    pub fn linked(&self) -> impl Iterator<Item = &Arc<str>> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Others(source) => Some(source),
            Piece::Words(_) | Piece::Param(_) | Piece::Column { .. } => None,
        })
    }

    /// The columns it shows.
    pub fn columns(&self) -> impl Iterator<Item = &Arc<str>> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Column { name, .. } => Some(name),
            Piece::Words(_) | Piece::Param(_) | Piece::Others(_) => None,
        })
    }

    /// Reads and checks a reason.
    pub(super) fn parse(text: &Text, scope: &dyn Scope, masks: &dyn Masks, report: &mut Report) -> Option<Self> {
        let source = text.as_str();
        if source.trim().is_empty() {
            report.push(Diagnostic::new(Code::EmptyValue, text.span(), "empty reason").label("says nothing"));
            return None;
        }
        let mut pieces = Vec::new();
        let mut sound = true;
        let mut at = 0;
        while at < source.len() {
            let rest = source.get(at..).unwrap_or_default();
            let Some(brace) = rest.find(['{', '}']) else {
                pieces.push(Piece::Words(rest.to_owned()));
                break;
            };
            if brace > 0 {
                pieces.push(Piece::Words(rest.get(..brace).unwrap_or_default().to_owned()));
            }
            let open = at + brace;
            let inner = source.get(open + 1..).unwrap_or_default();
            let (Some('{'), Some(len)) = (source.get(open..).and_then(|s| s.chars().next()), inner.find(['{', '}']))
            else {
                report.push(unpaired(text, open));
                return None;
            };
            if inner.as_bytes().get(len) != Some(&b'}') {
                report.push(unpaired(text, open));
                return None;
            }
            match placeholder(text, open + 1, open + 1 + len, scope, masks, report) {
                Some(piece) => pieces.push(piece),
                None => sound = false,
            }
            at = open + len + 2;
        }
        sound.then(|| Self { source: source.to_owned(), pieces })
    }
}

fn unpaired(text: &Text, at: usize) -> Diagnostic {
    Diagnostic::new(Code::BadPlaceholder, text.part(at, at + 1), "brace without its partner")
        .label("here")
        .help("values stand in braces: `{umur}`")
}

fn placeholder(
    text: &Text,
    start: usize,
    end: usize,
    scope: &dyn Scope,
    masks: &dyn Masks,
    report: &mut Report,
) -> Option<Piece> {
    let inner = text.as_str().get(start..end).unwrap_or_default();
    let (name, format) = match inner.split_once('|') {
        Some((name, format)) => (name.trim(), Some(format.trim())),
        None => (inner.trim(), None),
    };
    let span = text.part(start, end);
    if let Some(param) = name.strip_prefix(':') {
        let Some(found) = scope.param(param) else {
            let fault = Diagnostic::new(Code::UnknownParam, span, format!("unknown parameter `:{param}`"))
                .label("not under [params] of this file")
                .did_you_mean(param, scope.param_names());
            report.push(fault);
            return None;
        };
        return Some(Piece::Param(found.value));
    }
    if scope.is_broken(name) {
        return None;
    }
    if let (Some(source), None) = (name.strip_suffix(".others"), format)
        && masks.links(source)
    {
        return Some(Piece::Others(Arc::from(source)));
    }
    let Some(column) = scope.column(name) else {
        let fault = Diagnostic::new(Code::UnknownPlaceholder, span, format!("unknown column `{name}` in a reason"))
            .label("no such column")
            .did_you_mean(name, scope.column_names());
        report.push(fault);
        return None;
    };
    let mask = masks.mask(name);
    let shown = match format {
        None if mask != Mask::Open => {
            report.push(
                Diagnostic::new(Code::UnmaskedPlaceholder, span, format!("`{name}` identifies a person"))
                    .label("shown in full")
                    .help(format!("write `{{{name}|mask}}`")),
            );
            return None;
        }
        None => Shown::Plain,
        Some("mask") => Shown::Masked(if mask == Mask::Open { Mask::Whole } else { mask }),
        Some(other) => {
            report.push(
                Diagnostic::new(Code::BadPlaceholder, span, format!("unknown format `{other}`"))
                    .label("the only format is `mask`"),
            );
            return None;
        }
    };
    Some(Piece::Column { name: Arc::from(name), ty: column.ty, shown })
}
