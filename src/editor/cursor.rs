//! What stands at a place of a text that may be half typed: the table, the key, the word. Works on lines, not on a parsed
//! file, since a file being typed is rarely whole.

use crate::authoring::{Role, Word, role, words};

/// What stands at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cursor<'a> {
    /// The table's path and the key, from the top of the file; without the key where one could be typed here.
    pub(super) path: Vec<&'a str>,
    /// The place, in bytes.
    pub(super) byte: usize,
    pub(super) at: At,
}

/// The part of a file a place is in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum At {
    /// Inside a text: the bytes between its quotes.
    Text(usize, usize),
    /// On a key or where a key could begin: the bytes of the word.
    Key(usize, usize),
    /// In the heading of a table.
    Heading,
    /// Elsewhere: in a comment, behind a value.
    Nowhere,
}

/// Looks at a place.
pub(super) fn cursor(text: &str, byte: usize) -> Cursor<'_> {
    let byte = (byte.min(text.len())..=text.len()).find(|b| text.is_char_boundary(*b)).unwrap_or(text.len());
    let mut table: Vec<&str> = Vec::new();
    let mut key: Option<&str> = None;
    let mut open = 0_i32;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let end = start + line.len();
        let here = byte < end || end == text.len() && byte == end && !line.ends_with('\n');
        let trimmed = line.trim_start();
        if open <= 0 && trimmed.starts_with('[') {
            if here {
                return Cursor { path: table, byte, at: At::Heading };
            }
            let path = trimmed.trim_start_matches('[').split(']').next().unwrap_or_default();
            table = path.split('.').map(|part| part.trim().trim_matches(['"', '\''])).collect();
            key = None;
        } else if open <= 0 {
            open = 0;
            key = trimmed.split_once('=').map(|(key, _)| key.trim().trim_matches(['"', '\'']));
        }
        let strings = strings(line);
        if here {
            let inside = strings.iter().find(|(a, b)| start + a <= byte && byte <= start + b);
            let mut path = table.clone();
            let at = match inside {
                Some((a, b)) => {
                    path.extend(key);
                    At::Text(start + a, start + b)
                }
                None => elsewhere(line, start, byte, open > 0, key, &mut path),
            };
            return Cursor { path, byte, at };
        }
        open += brackets(line, &strings, key.is_some());
        start = end;
    }
    // The empty last line.
    Cursor { path: table, byte, at: if open > 0 { At::Nowhere } else { At::Key(byte, byte) } }
}

/// A place outside of texts.
fn elsewhere<'a>(
    line: &'a str,
    start: usize,
    byte: usize,
    in_list: bool,
    key: Option<&'a str>,
    path: &mut Vec<&'a str>,
) -> At {
    let line = line.trim_end_matches(['\n', '\r']);
    let indent = line.len() - line.trim_start().len();
    let name = line.get(indent..).unwrap_or_default();
    let len = name.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(name.len());
    let before = line.get(..byte - start).unwrap_or_default();
    if !in_list && byte - start <= indent + len && !before.contains('#') {
        return At::Key(start + indent.min(byte - start), start + indent + len);
    }
    path.extend(key);
    At::Nowhere
}

/// The bytes between quotes on a line.
fn strings(line: &str) -> Vec<(usize, usize)> {
    let bytes = line.trim_end_matches(['\n', '\r']).as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(b) = bytes.get(at) {
        match b {
            b'#' => break,
            b'"' | b'\'' => {
                let start = at + 1;
                at = start;
                while let Some(c) = bytes.get(at) {
                    if c == b {
                        break;
                    }
                    at += if *b == b'"' && *c == b'\\' { 2 } else { 1 };
                }
                let end = at.min(bytes.len());
                found.push((start, end));
                at = end + 1;
            }
            _ => at += 1,
        }
    }
    found
}

/// How many brackets a line leaves open.
fn brackets(line: &str, strings: &[(usize, usize)], of_value: bool) -> i32 {
    if !of_value {
        return 0;
    }
    let mut open = 0;
    for (at, b) in line.bytes().enumerate() {
        if strings.iter().any(|(a, z)| *a <= at && at < *z) {
            continue;
        }
        match b {
            b'#' => break,
            b'[' | b'{' => open += 1,
            b']' | b'}' => open -= 1,
            _ => {}
        }
    }
    open
}

impl Cursor<'_> {
    /// What the text at the cursor is for.
    pub(super) fn role(&self) -> Option<Role> {
        match self.at {
            At::Text(..) => role(&self.path),
            At::Key(..) | At::Heading | At::Nowhere => None,
        }
    }

    /// The words of the text at the cursor, and where the text starts.
    pub(super) fn words(&self, text: &str) -> Option<(Vec<Word>, usize)> {
        let At::Text(start, end) = self.at else { return None };
        Some((words(text.get(start..end)?, self.role()?), start))
    }

    /// The word the cursor is on or right behind, its places counted from the top of the file.
    pub(super) fn word(&self, text: &str) -> Option<Word> {
        let (words, start) = self.words(text)?;
        let at = self.byte - start;
        let found = words
            .iter()
            .rev()
            .find(|w| w.start <= at && at <= w.end && (w.start < at || at < w.end || w.start == w.end))?;
        Some(Word { kind: found.kind, start: found.start + start, end: found.end + start })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(marked: &str) -> (Vec<String>, At, String) {
        let byte = marked.find('|').unwrap();
        let text = marked.replacen('|', "", 1);
        let found = cursor(&text, byte);
        let word = found.word(&text).map(|w| w.of(&text).to_owned()).unwrap_or_default();
        (found.path.iter().map(|p| (*p).to_owned()).collect(), found.at, word)
    }

    fn path_and_word(marked: &str) -> (String, String) {
        let (path, _, word) = look(marked);
        (path.join("/"), word)
    }

    #[test]
    fn tables_keys_and_words_are_found_in_half_typed_files() {
        let told = |path: &str, word: &str| (path.to_owned(), word.to_owned());
        let file = "[[rule]]\nid = \"S01\"\nwhen = [\n    \"é > 0 and um|ur >= :batas\",\n";
        assert_eq!(path_and_word(file), told("rule/when", "umur"));
        assert_eq!(path_and_word("[[rule]]\nwhen = [\"umur >= :bat|as\"]\n"), told("rule/when", ":batas"));
        assert_eq!(path_and_word("[[rule.outcome]]\nreason = \"umur {um|ur}\""), told("rule/outcome/reason", "umur"));
        assert_eq!(path_and_word("[group.measure]\nx = \"count(di|stinct a)\""), told("group/measure/x", "distinct"));
        assert_eq!(path_and_word("[[rule]]\nmitigates = [\"K0|1\"]"), told("rule/mitigates", "K01"));
        assert!(matches!(look("[[rule]]\nti|tle = \"x\"\n").1, At::Key(9, 14)));
        assert!(matches!(look("[[rule]]\n|\n").1, At::Key(9, 9)));
        assert!(matches!(look("[[rule]]\nwhen = [\n  |\n]").1, At::Nowhere));
        assert!(matches!(look("[[ru|le]]").1, At::Heading));
        assert!(matches!(look("a = \"x\" # \"y|\"").1, At::Nowhere));
    }

    /// Any place of any text can be looked at.
    #[test]
    fn no_text_is_too_odd() {
        for text in ["", "[", "\"", "a = [\"\\", "é=\"😀", "[[\n]]=\n\"\"\"\n", "= = [[ {'\r\n", "[a]\r\nx=\"\\\""] {
            for byte in 0..=text.len() + 2 {
                let found = cursor(text, byte);
                found.word(text);
                found.role();
            }
        }
    }
}
