//! Which line of a file is its heading.

use super::Refusal;
use crate::Result;

/// How many lines are looked at. Exports have a title, a date and an empty line above their heading, not a page.
pub(super) const SEARCHED: usize = 20;

/// The heading of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// The headings, as written, in the order of the columns.
    pub names: Vec<String>,
    /// Its line or row, from 1.
    pub line: u64,
}

/// Whether a heading is one the caller knows.
pub type Known<'a> = &'a (dyn Fn(&str) -> bool + Sync);

/// How many different headings of a line are known.
pub(super) fn score<'a>(fields: impl Iterator<Item = &'a str>, known: Known<'_>) -> usize {
    let names: std::collections::BTreeSet<&str> = fields.filter(|f| known(f)).collect();
    names.len()
}

/// The best line: the most known headings, the first of equals. `None` where no line has any.
pub(super) fn best(lines: &[Vec<String>], known: Known<'_>) -> Option<(usize, usize)> {
    let scores = lines.iter().map(|fields| score(fields.iter().map(String::as_str), known));
    scores.enumerate().filter(|(_, score)| *score > 0).max_by_key(|(at, score)| (*score, std::cmp::Reverse(*at)))
}

/// The refusal where no heading was found. The lines themselves are not shown: without a heading they are people's data.
pub(super) fn unknown<T>(path: &std::path::Path, declared: Option<u64>, separator: Option<u8>) -> Result<T> {
    let place = match declared {
        Some(line) => format!("line {line}, declared as the heading, has"),
        None => format!("none of the first {SEARCHED} lines has"),
    };
    let help = match separator {
        Some(separator) => {
            format!("separated by `{}` it would have; declare that separator or none", char::from(separator))
        }
        None => "export with a heading; add its words to the profile; or declare the separator and the heading's line"
            .to_owned(),
    };
    Err(Refusal::HeaderUnknown.error(path, format!("{place} a heading that the profile knows")).help(help))
}
