//! Sets of rows as bits, and columns of three-valued truth.

use polars_arrow::bitmap::Bitmap;

/// A set of rows of a block, one bit each. INVARIANT: bits at and beyond `len` are zero.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Bits {
    words: Vec<u64>,
    len: usize,
}

impl Bits {
    /// No row of `len`.
    #[must_use]
    pub fn none(len: usize) -> Self {
        Self { words: vec![0; len.div_ceil(64)], len }
    }

    /// Every row of `len`.
    #[must_use]
    pub fn all(len: usize) -> Self {
        let mut bits = Self { words: vec![u64::MAX; len.div_ceil(64)], len };
        bits.trim();
        bits
    }

    /// The rows for which `test` holds.
    #[inline]
    pub fn from_fn(len: usize, mut test: impl FnMut(usize) -> bool) -> Self {
        let mut words = Vec::with_capacity(len.div_ceil(64));
        let mut start = 0;
        while start < len {
            let end = (start + 64).min(len);
            let mut word = 0_u64;
            for row in start..end {
                word |= u64::from(test(row)) << (row - start);
            }
            words.push(word);
            start = end;
        }
        Self { words, len }
    }

    /// The rows among `start..start + len` that a bitmap has, all of them without one.
    #[must_use]
    pub fn of_bitmap(bitmap: Option<&Bitmap>, start: usize, len: usize) -> Self {
        let Some(bitmap) = bitmap.filter(|bitmap| start + len <= bitmap.len()) else { return Self::all(len) };
        let part = bitmap.clone().sliced(start, len);
        let mut chunks = part.chunks::<u64>();
        let mut words: Vec<u64> = chunks.by_ref().collect();
        if !len.is_multiple_of(64) {
            words.push(chunks.remainder());
        }
        let mut bits = Self { words, len };
        bits.trim();
        bits
    }

    fn trim(&mut self) {
        let used = self.len % 64;
        if used > 0
            && let Some(last) = self.words.last_mut()
        {
            *last &= (1 << used) - 1;
        }
    }

    /// How many rows the block has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether the block has no rows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Whether a row is in the set.
    #[inline]
    #[must_use]
    pub fn get(&self, row: usize) -> bool {
        self.words.get(row / 64).is_some_and(|word| word >> (row % 64) & 1 == 1)
    }

    /// Puts a row of the block into the set.
    #[inline]
    pub fn set(&mut self, row: usize) {
        if row < self.len
            && let Some(word) = self.words.get_mut(row / 64)
        {
            *word |= 1 << (row % 64);
        }
    }

    /// How many rows are in the set.
    #[must_use]
    pub fn count(&self) -> usize {
        self.words.iter().map(|w| w.count_ones() as usize).sum()
    }

    /// Whether any row is in the set.
    #[must_use]
    pub fn any(&self) -> bool {
        self.words.iter().any(|w| *w != 0)
    }

    /// The rows in the set, ascending.
    pub fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.words.iter().enumerate().flat_map(|(ix, &word)| {
            std::iter::successors((word != 0).then_some(word), |w| {
                let rest = w & (w - 1);
                (rest != 0).then_some(rest)
            })
            .map(move |w| ix * 64 + w.trailing_zeros() as usize)
        })
    }

    /// Rows in both sets.
    #[must_use]
    pub fn and(&self, other: &Self) -> Self {
        self.combine(other, |a, b| a & b)
    }

    /// Rows in either set.
    #[must_use]
    pub fn or(&self, other: &Self) -> Self {
        self.combine(other, |a, b| a | b)
    }

    /// Rows in this set and not in the other.
    #[must_use]
    pub fn minus(&self, other: &Self) -> Self {
        self.combine(other, |a, b| a & !b)
    }

    /// Rows not in the set.
    #[must_use]
    pub fn not(&self) -> Self {
        let mut bits = Self { words: self.words.iter().map(|w| !w).collect(), len: self.len };
        bits.trim();
        bits
    }

    fn combine(&self, other: &Self, f: impl Fn(u64, u64) -> u64) -> Self {
        Self { words: self.words.iter().zip(&other.words).map(|(a, b)| f(*a, *b)).collect(), len: self.len }
    }
}

/// Truth of a condition in every row of a block: known true, known false, or neither (null).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tri {
    /// Rows in which it holds.
    pub yes: Bits,
    /// Rows in which it does not. INVARIANT: disjoint from `yes`.
    pub no: Bits,
}

impl Tri {
    /// The same answer in every row.
    #[must_use]
    pub fn constant(value: Option<bool>, len: usize) -> Self {
        let set = |want| if value == Some(want) { Bits::all(len) } else { Bits::none(len) };
        Self { yes: set(true), no: set(false) }
    }

    /// An answer a row.
    pub fn from_fn(len: usize, mut answer: impl FnMut(usize) -> Option<bool>) -> Self {
        let mut no = Bits::none(len);
        let yes = Bits::from_fn(len, |row| match answer(row) {
            Some(true) => true,
            Some(false) => {
                no.set(row);
                false
            }
            None => false,
        });
        Self { yes, no }
    }

    /// The answer of a row.
    #[must_use]
    pub fn get(&self, row: usize) -> Option<bool> {
        if self.yes.get(row) {
            Some(true)
        } else if self.no.get(row) {
            Some(false)
        } else {
            None
        }
    }

    /// Rows in which the answer is null.
    #[must_use]
    pub fn null(&self) -> Bits {
        self.yes.or(&self.no).not()
    }

    /// Holds where both hold; fails where either fails.
    #[must_use]
    pub fn and(&self, other: &Self) -> Self {
        Self { yes: self.yes.and(&other.yes), no: self.no.or(&other.no) }
    }

    /// Holds where either holds; fails where both fail.
    #[must_use]
    pub fn or(&self, other: &Self) -> Self {
        Self { yes: self.yes.or(&other.yes), no: self.no.and(&other.no) }
    }

    /// Holds where it failed and the other way round.
    #[must_use]
    pub fn not(&self) -> Self {
        Self { yes: self.no.clone(), no: self.yes.clone() }
    }

    /// How many rows the block has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.yes.len()
    }

    /// Whether the block has no rows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.yes.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_behave_at_word_edges() {
        for len in [0, 1, 63, 64, 65, 200] {
            let odd = Bits::from_fn(len, |row| row % 2 == 1);
            assert_eq!(odd.count(), len / 2);
            assert_eq!(odd.not().count(), len - len / 2);
            assert_eq!(odd.iter().collect::<Vec<_>>(), (0..len).filter(|r| r % 2 == 1).collect::<Vec<_>>());
            assert_eq!(odd.or(&odd.not()), Bits::all(len));
            assert!(!odd.and(&odd.not()).any());
        }
    }

    #[test]
    fn parts_of_a_bitmap_are_its_bits() {
        let bitmap: Bitmap = (0..300).map(|row| row % 3 == 0 || row % 7 == 0).collect();
        for (start, len) in [(0, 300), (0, 64), (1, 64), (3, 65), (13, 200), (299, 1), (5, 0)] {
            let expected = Bits::from_fn(len, |row| bitmap.get_bit(start + row));
            assert_eq!(Bits::of_bitmap(Some(&bitmap), start, len), expected, "{start} {len}");
        }
        assert_eq!(Bits::of_bitmap(None, 3, 70), Bits::all(70));
    }

    #[test]
    fn three_values_follow_kleene() {
        let values = [Some(true), Some(false), None];
        for a in values {
            for b in values {
                let (ta, tb) = (Tri::constant(a, 1), Tri::constant(b, 1));
                let and = match (a, b) {
                    (Some(false), _) | (_, Some(false)) => Some(false),
                    (Some(true), Some(true)) => Some(true),
                    _ => None,
                };
                assert_eq!(ta.and(&tb).get(0), and);
                assert_eq!(ta.not().or(&tb.not()).get(0), and.map(|v| !v));
            }
        }
    }
}
