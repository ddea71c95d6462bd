//! A set of codes of one closed list: a bit for each, in the order of the list.

use std::hash::{Hash, Hasher};

use crate::schema::CodeTable;

/// Codes of a list. Sets of two lists never meet: a column has one.
#[derive(Debug, Clone)]
pub(super) struct Codes {
    table: &'static CodeTable,
    bits: Vec<u64>,
}

impl Codes {
    /// Every code of a list.
    pub(super) fn all(table: &'static CodeTable) -> Self {
        let codes = table.entries().len();
        let word = |at: usize| u64::MAX.checked_shr(64_u32.saturating_sub(left(codes, at))).unwrap_or(0);
        Self { table, bits: (0..codes.div_ceil(64)).map(word).collect() }
    }

    /// These of the same list; what the list does not have is left out.
    pub(super) fn of<'a>(&self, codes: impl IntoIterator<Item = &'a str>) -> Self {
        let mut bits = vec![0; self.bits.len()];
        for code in codes {
            let at = self.table.codes().position(|known| known == code);
            if let Some((at, word)) = at.and_then(|at| Some((at, bits.get_mut(at / 64)?))) {
                *word |= 1_u64 << (at % 64);
            }
        }
        Self { table: self.table, bits }
    }

    pub(super) fn has(&self, code: &str) -> bool {
        let one = self.of([code]);
        !one.is_empty() && one.within(self)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.bits.iter().all(|word| *word == 0)
    }

    pub(super) fn within(&self, other: &Self) -> bool {
        self.bits.iter().zip(&other.bits).all(|(a, b)| a & !b == 0)
    }

    pub(super) fn and(&self, other: &Self) -> Self {
        self.with(other, |a, b| a & b)
    }

    pub(super) fn or(&self, other: &Self) -> Self {
        self.with(other, |a, b| a | b)
    }

    pub(super) fn minus(&self, other: &Self) -> Self {
        self.with(other, |a, b| a & !b)
    }

    fn with(&self, other: &Self, word: impl Fn(u64, u64) -> u64) -> Self {
        Self { table: self.table, bits: self.bits.iter().zip(&other.bits).map(|(a, b)| word(*a, *b)).collect() }
    }
}

/// How many codes stand in a word.
fn left(codes: usize, word: usize) -> u32 {
    u32::try_from(codes.saturating_sub(word * 64).min(64)).unwrap_or(64)
}

impl PartialEq for Codes {
    fn eq(&self, other: &Self) -> bool {
        self.table.name == other.table.name && self.bits == other.bits
    }
}

impl Eq for Codes {}

impl Hash for Codes {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.table.name.hash(state);
        self.bits.hash(state);
    }
}
