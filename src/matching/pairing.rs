//! The best one-to-one pairing of the words of two names: exact, by trying every subset.
//!
//! A word is paired with one word of the other name, or two neighbours are paired with one; what is left over pays its
//! penalty. Taking the best free word first, as most matchers do, is quicker and sometimes wrong.

use super::settings::Settings;
use super::token::{Bond, MOST_WORDS, Word, bond, join_bond};

/// What two names offer each other.
#[derive(Debug, Clone, Copy)]
pub(super) struct Grid {
    rows: usize,
    columns: usize,
    /// Word against word.
    single: [[Option<Bond>; MOST_WORDS]; MOST_WORDS],
    /// This row and the next against the column.
    two_rows: [[Option<Bond>; MOST_WORDS]; MOST_WORDS],
    /// The row against this column and the next.
    two_columns: [[Option<Bond>; MOST_WORDS]; MOST_WORDS],
}

/// A pair of a pairing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pair {
    /// Its first word on the left.
    pub(super) row: usize,
    /// How many words on the left.
    pub(super) rows: usize,
    /// Its first word on the right.
    pub(super) column: usize,
    /// How many words on the right.
    pub(super) columns: usize,
    pub(super) bond: Bond,
}

/// The best pairing of two names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pairing {
    /// Worth of the pairs less the penalties of what is left over, in thousandths of a bit.
    pub(super) points: i32,
    /// How alike the names are, 0 to 100.
    pub(super) alike: i32,
    pub(super) pairs: Vec<Pair>,
}

/// What a subset is worth: points first, then likeness, so that equal points do not leave the likeness to chance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Worth {
    points: i32,
    /// Weight of the pairs by how alike they are, in thousandths.
    alike: i64,
    /// Weight of the pairs, negative: of two pairings as alike the lighter.
    weight: i64,
}

const NONE: Worth = Worth { points: i32::MIN, alike: i64::MIN, weight: i64::MIN };

impl Grid {
    /// Every bond between two names.
    pub(super) fn new(left: &[&Word], right: &[&Word], settings: &Settings) -> Self {
        let mut grid = Self::empty(left.len(), right.len());
        for (row, a) in left.iter().enumerate() {
            for (column, b) in right.iter().enumerate() {
                grid.set(row, column, bond(a, b, settings));
            }
        }
        grid.add_joins(left, right, settings);
        grid
    }

    /// A grid without bonds.
    pub(super) fn empty(rows: usize, columns: usize) -> Self {
        let none = [[None; MOST_WORDS]; MOST_WORDS];
        Self {
            rows: rows.min(MOST_WORDS),
            columns: columns.min(MOST_WORDS),
            single: none,
            two_rows: none,
            two_columns: none,
        }
    }

    /// Sets the bond of two words.
    pub(super) fn set(&mut self, row: usize, column: usize, bond: Option<Bond>) {
        if let Some(place) = self.single.get_mut(row).and_then(|row| row.get_mut(column)) {
            *place = bond;
        }
    }

    /// Adds the bonds of two neighbours with one word.
    pub(super) fn add_joins(&mut self, left: &[&Word], right: &[&Word], settings: &Settings) {
        for (row, pair) in left.windows(2).enumerate() {
            for (column, b) in right.iter().enumerate() {
                if let ([one, next], Some(place)) = (pair, at_mut(&mut self.two_rows, row, column)) {
                    *place = join_bond(one, next, b, settings);
                }
            }
        }
        for (row, a) in left.iter().enumerate() {
            for (column, pair) in right.windows(2).enumerate() {
                if let ([one, next], Some(place)) = (pair, at_mut(&mut self.two_columns, row, column)) {
                    *place = join_bond(one, next, a, settings);
                }
            }
        }
    }

    /// The best pairing.
    pub(super) fn best(&self, left: &[&Word], right: &[&Word]) -> Pairing {
        // best[row][used] is the most that the rows before `row` make when these columns are used.
        let mut best = [[NONE; 1 << MOST_WORDS]; MOST_WORDS + 1];
        let mut came: [[Option<Pair>; 1 << MOST_WORDS]; MOST_WORDS + 1] = [[None; 1 << MOST_WORDS]; MOST_WORDS + 1];
        let subsets = 1_usize << self.columns;
        if let Some(first) = best.first_mut().and_then(|row| row.first_mut()) {
            *first = Worth { points: 0, alike: 0, weight: 0 };
        }
        for row in 0..self.rows {
            for used in 0..subsets {
                let Some(so_far) = at(&best, row, used).filter(|worth| *worth != NONE) else { continue };
                offer(&mut best, &mut came, row + 1, used, so_far, None);
                for column in (0..self.columns).filter(|column| used & (1 << column) == 0) {
                    for pair in self.pairs(row, column, used).into_iter().flatten() {
                        let taken = used | ((1 << pair.columns) - 1) << column;
                        let worth = so_far.with(&pair, left, right);
                        offer(&mut best, &mut came, row + pair.rows, taken, worth, Some(pair));
                    }
                }
            }
        }
        let last = best.get(self.rows).map_or(&[][..], |row| row.get(..subsets).unwrap_or_default());
        let end = last.iter().enumerate().max_by_key(|(used, worth)| (**worth, std::cmp::Reverse(*used)));
        let (mut used, worth) = end.map_or((0, NONE), |(used, worth)| (used, *worth));
        let (mut row, mut pairs) = (self.rows, Vec::with_capacity(self.rows));
        while row > 0 {
            match came.get(row).and_then(|row| row.get(used)).copied().flatten() {
                Some(pair) => {
                    pairs.push(pair);
                    used &= !(((1 << pair.columns) - 1) << pair.column);
                    row -= pair.rows;
                }
                None => row -= 1,
            }
        }
        pairs.reverse();
        worth.finish(left, right, pairs)
    }

    /// What a row can be paired with from a free column on.
    fn pairs(&self, row: usize, column: usize, used: usize) -> [Option<Pair>; 3] {
        let pair = |rows, columns, bond: Option<Bond>| bond.map(|bond| Pair { row, rows, column, columns, bond });
        let next_free = used & (1 << (column + 1)) == 0;
        [
            pair(1, 1, at(&self.single, row, column).flatten()),
            pair(2, 1, at(&self.two_rows, row, column).flatten()),
            pair(1, 2, at(&self.two_columns, row, column).flatten().filter(|_| next_free)),
        ]
    }
}

impl Worth {
    /// With a pair more. Points are counted as if everything had paid its penalty already, so a pair pays it back.
    fn with(self, pair: &Pair, left: &[&Word], right: &[&Word]) -> Self {
        let sides = [(left, pair.row, pair.rows), (right, pair.column, pair.columns)].map(|(words, from, n)| {
            let words = words.get(from..from + n).unwrap_or_default();
            (words.iter().map(|w| w.penalty).sum::<i32>(), words.iter().map(|w| i64::from(w.weight)).sum::<i64>())
        });
        let weight = sides.iter().map(|(_, weight)| *weight).min().unwrap_or(0);
        Self {
            points: self.points + pair.bond.points + sides.iter().map(|(penalty, _)| penalty).sum::<i32>(),
            alike: self.alike + weight * i64::from(pair.bond.alike),
            weight: self.weight - weight,
        }
    }

    fn finish(self, left: &[&Word], right: &[&Word], pairs: Vec<Pair>) -> Pairing {
        let all = || left.iter().chain(right.iter());
        let penalties: i32 = all().map(|word| word.penalty).sum();
        let paired = |words: &[&Word], spans: &dyn Fn(&Pair) -> (usize, usize)| {
            let spans = pairs.iter().map(spans);
            let of = |(from, n): (usize, usize)| words.get(from..from + n).unwrap_or_default().iter();
            spans.flat_map(of).map(|word| i64::from(word.weight)).sum::<i64>()
        };
        let total: i64 = all().map(|word| i64::from(word.weight)).sum();
        let unpaired = total - paired(left, &|p| (p.row, p.rows)) - paired(right, &|p| (p.column, p.columns));
        // Twice the pairs by how alike they are, over twice the pairs and a little more than half of the rest.
        let alike = match -2 * self.weight * 1_000 + 550 * unpaired {
            0 => 0,
            below => 200 * self.alike / below,
        };
        Pairing { points: self.points - penalties, alike: i32::try_from(alike).unwrap_or(0), pairs }
    }
}

fn at<T: Copy, const N: usize, const M: usize>(grid: &[[T; N]; M], row: usize, column: usize) -> Option<T> {
    grid.get(row).and_then(|row| row.get(column)).copied()
}

fn at_mut<T, const N: usize, const M: usize>(grid: &mut [[T; N]; M], row: usize, column: usize) -> Option<&mut T> {
    grid.get_mut(row).and_then(|row| row.get_mut(column))
}

/// Keeps the better of two ways to the same rows and columns.
fn offer(
    best: &mut [[Worth; 1 << MOST_WORDS]; MOST_WORDS + 1],
    came: &mut [[Option<Pair>; 1 << MOST_WORDS]; MOST_WORDS + 1],
    row: usize,
    used: usize,
    worth: Worth,
    pair: Option<Pair>,
) {
    if let (Some(place), Some(from)) = (at_mut(best, row, used), at_mut(came, row, used))
        && worth > *place
    {
        *place = worth;
        *from = pair;
    }
}
