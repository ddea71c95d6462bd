//! How each kind of table is laid out: the order of its keys and where its `=` stand.

use crate::authoring::FileKind;
use crate::document::Shape;

/// Names longer than this do not move the `=` of the others.
const LONGEST_ALIGNED: usize = 28;

/// A table to lay out.
#[derive(Debug, Clone, Copy)]
pub(super) struct Kind<'a> {
    pub(super) file: FileKind,
    /// Unknown tables have none.
    pub(super) shape: Option<&'a Shape>,
}

impl Kind<'_> {
    /// The place of a key among those of its table; names that the author chose stay as they stand.
    pub(super) fn rank(self, key: &[String]) -> usize {
        let keys = self.shape.map(Shape::keys).unwrap_or_default();
        let name = key.first().map(String::as_str).unwrap_or_default();
        keys.iter().position(|k| k.name == name).unwrap_or(keys.len())
    }

    /// How many characters a key takes before its `=`.
    pub(super) fn width(self, key: &str, neighbours: &[&str]) -> usize {
        if self.file == FileKind::Office {
            return 0;
        }
        match self.shape {
            Some(Shape::Table(what, keys)) => declared_width(what, key, keys),
            _ => neighbours.iter().map(|n| n.chars().count()).filter(|n| *n <= LONGEST_ALIGNED).max().unwrap_or(0),
        }
    }
}

/// Keys that are written together stand under one another; a longer one puts its `=` where it ends. The widths follow from
/// the declaration and never from the keys that happen to be there.
fn declared_width(what: &str, key: &str, keys: &[crate::document::Key]) -> usize {
    match (what, key) {
        ("a rule", "owner" | "review_by") => "review_by".len(),
        ("a rule", "valid_from" | "valid_to") => "valid_from".len(),
        ("a rule" | "a group" | "a network" | "a watchlist", _) => "title_en".len(),
        ("a test", _) => "expect".len(),
        ("a column", _) => "headers".len(),
        _ => {
            let plain = keys.iter().filter(|k| !matches!(k.shape, Shape::Table(..) | Shape::Named(_)));
            plain.map(|k| k.name.len()).filter(|n| *n <= "separators".len()).max().unwrap_or(0)
        }
    }
}

/// Lists in which every entry has a line of its own once there are two.
pub(super) fn one_a_line(key: &str) -> bool {
    ["when", "unless", "where", "having"].contains(&key)
}
