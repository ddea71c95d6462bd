//! Positions of an editor (line, UTF-16 units) and bytes of a text.

use serde_json::{Value, json};

/// The byte of a position; past the end of a line it is the line's end, past the last line the text's end.
pub(super) fn byte_at(text: &str, position: &Value) -> usize {
    let part = |key: &str| position.get(key).and_then(Value::as_u64).and_then(|n| usize::try_from(n).ok()).unwrap_or(0);
    let (line, wanted) = (part("line"), part("character"));
    let start = match line {
        0 => 0,
        n => match text.match_indices('\n').nth(n - 1) {
            Some((at, _)) => at + 1,
            None => return text.len(),
        },
    };
    let rest = text.get(start..).unwrap_or_default();
    let mut units = 0;
    for (at, c) in rest.char_indices() {
        if units >= wanted || c == '\n' || (c == '\r' && rest.get(at + 1..).is_some_and(|r| r.starts_with('\n'))) {
            return start + at;
        }
        units += c.len_utf16();
    }
    text.len()
}

/// The position of a byte.
pub(super) fn position(text: &str, byte: usize) -> Value {
    let before = text.get(..byte).unwrap_or(text);
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let character: usize = before.get(start..).unwrap_or_default().chars().map(char::len_utf16).sum();
    json!({ "line": before.matches('\n').count(), "character": character })
}

/// The range of bytes `start..end`.
pub(super) fn range(text: &str, start: usize, end: usize) -> Value {
    json!({ "start": position(text, start), "end": position(text, end) })
}

/// The text after a change: a part replaced, or the whole where the change has no range.
pub(super) fn apply(text: &mut String, change: &Value) {
    let new = change.get("text").and_then(Value::as_str).unwrap_or_default();
    match change.get("range") {
        Some(range) => {
            let at = |key: &str| range.get(key).map_or(0, |p| byte_at(text, p));
            let (start, end) = (at("start"), at("end"));
            text.replace_range(start.min(end)..end.max(start), new);
        }
        None => new.clone_into(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(line: u64, character: u64) -> Value {
        json!({ "line": line, "character": character })
    }

    #[test]
    fn positions_count_utf16_units() {
        let text = "é = \"😀x\"\r\nb\n";
        assert_eq!(byte_at(text, &at(0, 5)), "é = \"".len());
        assert_eq!(byte_at(text, &at(0, 7)), "é = \"😀".len());
        assert_eq!(byte_at(text, &at(0, 99)), "é = \"😀x\"".len());
        assert_eq!(byte_at(text, &at(1, 1)), text.len() - 1);
        assert_eq!(byte_at(text, &at(9, 0)), text.len());
        for (byte, _) in text.char_indices().filter(|(_, c)| *c != '\n') {
            assert_eq!(byte_at(text, &position(text, byte)), byte);
        }
    }

    #[test]
    fn changes_replace_parts_and_wholes() {
        let mut text = "a = \"😀\"\nb = 1\n".to_owned();
        apply(&mut text, &json!({ "range": { "start": at(0, 5), "end": at(0, 7) }, "text": "é" }));
        assert_eq!(text, "a = \"é\"\nb = 1\n");
        apply(&mut text, &json!({ "range": { "start": at(5, 5), "end": at(0, 0) }, "text": "" }));
        assert_eq!(text, "");
        apply(&mut text, &json!({ "text": "baru" }));
        assert_eq!(text, "baru");
        apply(&mut text, &json!(7));
        assert_eq!(text, "");
    }
}
