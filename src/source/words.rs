//! The words of an export: those that stand for nothing and those that stand for codes.

use std::collections::HashMap;

use polars::prelude::PlHashMap;

use super::fold::fold;
use crate::calendar::{self, DAY_MS, format as dates};
use crate::table::Typed;

/// Words that stand for no value: compared without case, white space around them left out.
#[derive(Debug, Clone)]
pub(super) struct Nulls {
    words: Vec<String>,
    longest: usize,
    /// The lengths they have in bytes, a bit each; those from 63 on have one together.
    lengths: u64,
    /// Which first bytes the words have, in either case; few cells need to be compared with any word.
    first: [bool; 256],
    /// The values that those of the words are which a file with types of its own may hold: a number, a day, a moment.
    typed: Vec<Typed>,
}

/// The codes that words lead to, by folded word.
#[derive(Debug, Clone)]
pub(super) struct CodeWords(HashMap<String, &'static str>);

/// Codes by word as met; `None` for words that lead to none.
pub(super) type Seen = PlHashMap<String, Option<&'static str>>;

/// Words kept of one column at most; beyond that a column holds free text, not codes.
const REMEMBERED: usize = 1000;

impl Nulls {
    /// The words, in upper case.
    pub(super) fn new(words: impl Iterator<Item = String>) -> Self {
        let words: Vec<String> = words.filter(|w| !w.is_empty()).collect();
        let longest = words.iter().map(String::len).max().unwrap_or(0);
        let first = |byte: u8| {
            words.iter().any(|w| w.as_bytes().first().is_some_and(|b| b.eq_ignore_ascii_case(&byte) || !b.is_ascii()))
        };
        let first = std::array::from_fn(|byte| u8::try_from(byte).is_ok_and(first));
        let lengths = words.iter().fold(0, |lengths, word| lengths | length_bit(word));
        let typed = words.iter().filter_map(|word| typed(word)).collect();
        Self { words, longest, lengths, first, typed }
    }

    /// Whether the text of a value is one of the words.
    pub(super) fn has_typed(&self, value: Typed) -> bool {
        self.typed.contains(&value)
    }

    /// Whether a text, not empty and without white space around it, is one of the words.
    pub(super) fn has(&self, text: &str) -> bool {
        let first = text.as_bytes().first().is_some_and(|b| self.first.get(*b as usize) == Some(&true));
        // Letters may take more bytes in one case than in the other, but never twice as many.
        if !first || text.len() > 2 * self.longest {
            return false;
        }
        match text.is_ascii() {
            true => self.lengths & length_bit(text) != 0 && self.words.iter().any(|w| w.eq_ignore_ascii_case(text)),
            false => self.words.contains(&text.to_uppercase()),
        }
    }
}

/// The value whose text is this very word.
fn typed(word: &str) -> Option<Typed> {
    let whole = word.parse().ok().filter(|number: &i64| number.to_string() == word).map(Typed::Whole);
    whole.or_else(|| {
        let moment = dates::read_iso(word)?;
        let day = moment.day?;
        let (value, text) = match moment.clock {
            None => (Typed::Day(day), calendar::date(day)?.to_string()),
            Some(clock) => {
                let ms = day * DAY_MS + clock;
                (Typed::Moment(ms), calendar::time(ms)?.format("%Y-%m-%d %H:%M:%S").to_string())
            }
        };
        (text == word).then_some(value)
    })
}

fn length_bit(word: &str) -> u64 {
    1 << word.len().min(63)
}

impl CodeWords {
    pub(super) fn new(words: HashMap<String, &'static str>) -> Self {
        Self(words)
    }

    /// The code of a word; `seen` remembers it for the next cell.
    pub(super) fn find(&self, word: &str, seen: &mut Seen) -> Option<&'static str> {
        if let Some(code) = seen.get(word) {
            return *code;
        }
        let code = self.0.get(&fold(word)).copied();
        if seen.len() < REMEMBERED {
            seen.insert(word.to_owned(), code);
        }
        code
    }
}
