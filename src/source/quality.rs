//! How well the columns of an export could be read.

use std::collections::BTreeMap;

use super::reason::{Note, Unusable};

/// How well one column of the applications was read, over all files of a run.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ColumnQuality {
    /// The column.
    pub name: String,
    /// Cells with a value.
    pub filled: u64,
    /// Cells without one, and words for nothing.
    pub null: u64,
    /// Cells with something that is no value, by reason.
    pub unusable: BTreeMap<Unusable, u64>,
    /// Cells with a value that is remarkable, by note.
    pub notes: BTreeMap<Note, u64>,
    /// Shapes of up to three cells that could not be read: `99/99/9999`.
    pub shapes: Vec<String>,
}

impl ColumnQuality {
    pub(super) fn new(name: &str) -> Self {
        Self { name: name.to_owned(), ..Self::default() }
    }

    /// Cells that could not be read.
    #[must_use]
    pub fn bad(&self) -> u64 {
        self.unusable.values().sum()
    }

    /// Cells looked at.
    #[must_use]
    pub fn cells(&self) -> u64 {
        self.filled + self.null + self.bad()
    }

    pub(super) fn add(&mut self, other: &Self) {
        self.filled += other.filled;
        self.null += other.null;
        for (reason, count) in &other.unusable {
            *self.unusable.entry(*reason).or_default() += count;
        }
        for (note, count) in &other.notes {
            *self.notes.entry(*note).or_default() += count;
        }
        for shape in &other.shapes {
            self.add_shape(|| shape.clone());
        }
    }

    pub(super) fn count_bad(&mut self, reason: Unusable, shape: impl FnOnce() -> String) {
        *self.unusable.entry(reason).or_default() += 1;
        self.add_shape(shape);
    }

    fn add_shape(&mut self, shape: impl FnOnce() -> String) {
        if self.shapes.len() < 3 {
            let shape = shape();
            if !shape.is_empty() && !self.shapes.contains(&shape) {
                self.shapes.push(shape);
            }
        }
    }

    /// All values turn out to be rounded.
    pub(super) fn refuse_values(&mut self) {
        *self.unusable.entry(Unusable::ColumnRounded).or_default() += self.filled;
        self.filled = 0;
        self.notes.clear();
    }
}

/// Signs that a spreadsheet rounded a column of sixteen-digit numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Rounding {
    /// Sixteen-digit numbers.
    pub(super) whole: u64,
    /// Those of them that end in 0.
    pub(super) round: u64,
    /// Cells in scientific notation or kept as binary fractions.
    pub(super) broken: u64,
}

impl Rounding {
    /// Numbers needed before a share means anything.
    const LEAST: u64 = 30;
    /// Share from which a column is refused. Serial numbers are small and end in any digit alike, so an honest column
    /// has about a tenth.
    const PERCENT: u64 = 30;

    pub(super) fn add(&mut self, other: Self) {
        self.whole += other.whole;
        self.round += other.round;
        self.broken += other.broken;
    }

    /// Whether the column was rounded.
    pub(super) fn is_rounded(self) -> bool {
        let all = self.whole + self.broken;
        all >= Self::LEAST && (self.round + self.broken) * 100 >= all * Self::PERCENT
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_is_rounded_from_three_tenths_of_thirty_on() {
        let rounded = |whole, round, broken| Rounding { whole, round, broken }.is_rounded();
        assert!(!rounded(29, 29, 0), "too few to tell");
        assert!(rounded(30, 9, 0));
        assert!(!rounded(30, 8, 0));
        assert!(rounded(21, 0, 9));
        assert!(!rounded(1000, 100, 0), "an honest tenth");
    }
}
