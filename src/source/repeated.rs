//! What became of texts that a column of a file has again and again.

use super::cell::{Notes, Outcome, Value};
use crate::frame::Places;

/// What became of the texts met so far in one column of one block.
pub(super) type Repeated = Places<Was>;

/// How many are remembered at most.
pub(super) const SLOTS: usize = 512;

/// What became of a text.
#[derive(Debug, Clone, Copy)]
pub(super) enum Was {
    /// Nothing in it.
    Null,
    /// This word of the column.
    Word(u32, Notes),
}

impl Was {
    /// What is to be remembered of an outcome that was entered as this word. Faults are looked at each time anew.
    pub(super) fn of(outcome: &Outcome<'_>, word: Option<u32>) -> Option<Self> {
        match outcome {
            Outcome::Null => Some(Self::Null),
            Outcome::Value(Value::Text(_), notes) => word.map(|word| Self::Word(word, *notes)),
            Outcome::Value(Value::Bool(_) | Value::Number(_) | Value::Clock(_), _)
            | Outcome::Partly(..)
            | Outcome::Bad(_) => None,
        }
    }
}
