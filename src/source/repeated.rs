//! What became of texts that a column of a file has again and again, by where they lie: a file that keeps its values by
//! column has such a text once, and every cell points to it.

use polars::prelude::IdxSize;

use super::cell::{Notes, Outcome, Value};

/// How many are remembered at most.
const SLOTS: usize = 512;

/// What became of the texts met so far in one column of one block.
#[derive(Debug)]
pub(super) struct Repeated(Vec<Option<(u128, Was)>>);

/// What became of a text.
#[derive(Debug, Clone, Copy)]
pub(super) enum Was {
    /// Nothing in it.
    Null,
    /// This word of the column.
    Word(IdxSize, Notes),
}

impl Repeated {
    /// Nothing met so far.
    pub(super) fn new() -> Self {
        Self(vec![None; SLOTS])
    }

    /// What became of the text that lies there.
    pub(super) fn find(&self, place: u128) -> Option<Was> {
        self.0.get(slot(place))?.filter(|(key, _)| *key == place).map(|(_, was)| was)
    }

    /// Remembers what became of a text, in the place of another if need be.
    pub(super) fn keep(&mut self, place: u128, was: Was) {
        if let Some(slot) = self.0.get_mut(slot(place)) {
            *slot = Some((place, was));
        }
    }
}

impl Was {
    /// What is to be remembered of an outcome that was entered as this word. Faults are looked at each time anew.
    pub(super) fn of(outcome: &Outcome<'_>, word: Option<IdxSize>) -> Option<Self> {
        match outcome {
            Outcome::Null => Some(Self::Null),
            Outcome::Value(Value::Text(_), notes) => word.map(|word| Self::Word(word, *notes)),
            Outcome::Value(Value::Bool(_) | Value::Number(_) | Value::Clock(_), _)
            | Outcome::Partly(..)
            | Outcome::Bad(_) => None,
        }
    }
}

fn slot(place: u128) -> usize {
    #[expect(clippy::cast_possible_truncation, reason = "both halves are folded into one")]
    let folded = (place ^ (place >> 64)) as u64;
    usize::try_from(folded.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 55).unwrap_or_default()
}
