//! Small changes to the text of a rule file, each at its place.

use crate::diag::{FileId, Files, Span};

/// Text put in the place of other text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced.
    pub span: Span,
    /// What stands there instead.
    pub text: String,
}

impl Edit {
    pub(super) fn new(span: Span, text: impl Into<String>) -> Self {
        Self { span, text: text.into() }
    }

    /// Takes an item out of a list, with the comma that goes with it.
    pub(super) fn without_item(span: Span, files: &Files) -> Self {
        let text = &files.get(span.file).text;
        let after = text.get(span.end as usize..).unwrap_or_default();
        let before = text.get(..span.start as usize).unwrap_or_default();
        let blank = after.len() - after.trim_start().len();
        let span = if after.trim_start().starts_with(',') {
            let rest = after.get(blank + 1..).unwrap_or_default();
            let spaces = rest.len() - rest.trim_start_matches(' ').len();
            Span { end: span.end + crate::diag::to_u32(blank + 1 + spaces), ..span }
        } else if before.trim_end().ends_with(',') {
            Span { start: crate::diag::to_u32(before.trim_end().len() - 1), ..span }
        } else {
            span
        };
        Self::new(span, "")
    }
}

/// The text of a file with some edits made.
#[must_use]
pub fn edited(file: FileId, edits: &[Edit], files: &Files) -> String {
    let text = &files.get(file).text;
    let mut sorted: Vec<&Edit> = edits.iter().filter(|edit| edit.span.file == file).collect();
    sorted.sort_by_key(|edit| edit.span);
    let mut made = String::with_capacity(text.len());
    let mut at = 0;
    for edit in sorted {
        made.push_str(text.get(at..edit.span.start as usize).unwrap_or_default());
        made.push_str(&edit.text);
        at = edit.span.end as usize;
    }
    made.push_str(text.get(at..).unwrap_or_default());
    made
}

/// The lines that edits change, before and after, without the white space around them.
#[must_use]
pub fn difference(edits: &[Edit], files: &Files) -> (Vec<String>, Vec<String>) {
    let Some(first) = edits.first() else { return (Vec::new(), Vec::new()) };
    let old = &files.get(first.span.file).text;
    let new = edited(first.span.file, edits, files);
    let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    let same = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let most = old.len().min(new.len()) - same;
    let tail = old.iter().rev().zip(new.iter().rev()).take(most).take_while(|(a, b)| a == b).count();
    let part = |lines: &[&str]| {
        let part = lines.get(same..lines.len() - tail).unwrap_or_default();
        part.iter().map(|line| line.trim().to_owned()).collect()
    };
    (part(&old), part(&new))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(text: &str, part: &str, file: FileId) -> Span {
        let at = crate::diag::to_u32(text.find(part).unwrap());
        Span { file, start: at, end: at + crate::diag::to_u32(part.len()) }
    }

    #[test]
    fn an_item_goes_with_one_comma() {
        for (text, item, left) in [
            ("a = [\"x\", \"y\"]\n", "\"x\"", "a = [\"y\"]\n"),
            ("a = [\"x\", \"y\"]\n", "\"y\"", "a = [\"x\"]\n"),
            ("a = [\"x\"]\n", "\"x\"", "a = []\n"),
        ] {
            let mut files = Files::default();
            let file = files.add("t.toml", text);
            let edits = [Edit::without_item(span(text, item, file), &files)];
            assert_eq!(edited(file, &edits, &files), left);
            assert_eq!(difference(&edits, &files), (vec![text.trim().to_owned()], vec![left.trim().to_owned()]));
        }
    }
}
