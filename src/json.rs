//! JSON as saring writes it: two spaces, keys in the order of the struct, a final line end.

use serde::Serialize;

/// Pretty JSON. Serialising our own plain structs into memory cannot fail; if it did, the document would be `null`, which
/// no reader takes for a result.
pub(crate) fn pretty<T: Serialize>(value: &T) -> String {
    let mut text = serde_json::to_string_pretty(value).unwrap_or_else(|_| "null".to_owned());
    text.push('\n');
    text
}

/// One line of JSON, for JSON Lines.
pub(crate) fn line<T: Serialize>(value: &T) -> String {
    let mut text = serde_json::to_string(value).unwrap_or_else(|_| "null".to_owned());
    text.push('\n');
    text
}
