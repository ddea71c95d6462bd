//! The best one-to-one pairing of the words of two names: exact, by trying every subset.
//!
//! A word is paired with one word of the other name, or two neighbours are paired with one; what is left over pays its
//! penalty. Taking the best free word first, as most matchers do, is quicker and sometimes wrong.

use super::settings::Settings;
use super::token::{Bond, MOST_WORDS, Word, bond, join_bond};

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

/// What the best pairing of two names is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Score {
    /// Worth of the pairs less the penalties of what is left over, in thousandths of a bit.
    pub(super) points: i32,
    /// How alike the names are, 0 to 100.
    pub(super) alike: i32,
}

/// What a subset is worth: points first, then likeness, so that equal points do not leave the likeness to chance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Worth {
    points: i32,
    /// Weight of the pairs by how alike they are, in thousandths.
    alike: i64,
    /// Weight of the pairs, negative: of two pairings as alike the lighter.
    weight: i64,
    /// Weight of the words paired, both sides.
    paired: i64,
}

const NONE: Worth = Worth { points: i32::MIN, alike: i64::MIN, weight: i64::MIN, paired: i64::MIN };

/// Room for pairing names, kept from one pair of names to the next.
#[derive(Debug, Default)]
pub(super) struct Board {
    rows: usize,
    columns: usize,
    /// Word against word, row by row.
    single: Vec<Option<Bond>>,
    /// The row and the next against the column.
    two_rows: Vec<Option<Bond>>,
    /// The row against the column and the next.
    two_columns: Vec<Option<Bond>>,
    /// The most that the rows before a row make when a set of columns is used.
    best: Vec<Worth>,
    /// The pair that led there; nothing where the row was left out.
    came: Vec<Option<Pair>>,
}

impl Board {
    /// Pairs two names of at least one word.
    pub(super) fn pair(&mut self, left: &[&Word], right: &[&Word], settings: &Settings) -> Score {
        self.lay(left, right, settings, |row, column| {
            left.get(row).zip(right.get(column)).and_then(|(a, b)| bond(a, b, settings))
        })
    }

    /// Pairs two names whose bonds of single words are known.
    pub(super) fn lay(
        &mut self,
        left: &[&Word],
        right: &[&Word],
        settings: &Settings,
        bond: impl Fn(usize, usize) -> Option<Bond>,
    ) -> Score {
        let (left, right) = (left.get(..MOST_WORDS).unwrap_or(left), right.get(..MOST_WORDS).unwrap_or(right));
        (self.rows, self.columns) = (left.len(), right.len());
        for table in [&mut self.single, &mut self.two_rows, &mut self.two_columns] {
            table.clear();
        }
        for row in 0..left.len() {
            for column in 0..right.len() {
                self.single.push(bond(row, column));
                self.two_rows.push(joined(left, row, right.get(column), settings));
                self.two_columns.push(joined(right, column, left.get(row), settings));
            }
        }
        self.solve(left, right)
    }

    fn solve(&mut self, left: &[&Word], right: &[&Word]) -> Score {
        let subsets = 1_usize << self.columns;
        self.best.clear();
        self.best.resize((self.rows + 1) * subsets, NONE);
        self.came.clear();
        self.came.resize((self.rows + 1) * subsets, None);
        if let Some(first) = self.best.first_mut() {
            *first = Worth { points: 0, alike: 0, weight: 0, paired: 0 };
        }
        for row in 0..self.rows {
            for used in 0..subsets {
                let so_far = self.best.get(row * subsets + used).copied().filter(|worth| *worth != NONE);
                let Some(so_far) = so_far else { continue };
                self.offer((row + 1) * subsets + used, so_far, None);
                for column in (0..self.columns).filter(|column| used & (1 << column) == 0) {
                    for pair in self.pairs(row, column, used).into_iter().flatten() {
                        let taken = used | ((1 << pair.columns) - 1) << column;
                        self.offer((row + pair.rows) * subsets + taken, so_far.with(&pair, left, right), Some(pair));
                    }
                }
            }
        }
        self.end().1.score(left, right)
    }

    /// The best set of columns for all rows.
    fn end(&self) -> (usize, Worth) {
        let subsets = 1_usize << self.columns;
        let last = self.best.get(self.rows * subsets..).unwrap_or_default();
        let end = last.iter().enumerate().max_by_key(|(used, worth)| (**worth, std::cmp::Reverse(*used)));
        end.map_or((0, NONE), |(used, worth)| (used, *worth))
    }

    /// The pairs of the pairing just made, in the order of the left name.
    pub(super) fn trace(&self) -> Vec<Pair> {
        let subsets = 1_usize << self.columns;
        let (mut row, mut used) = (self.rows, self.end().0);
        let mut pairs = Vec::with_capacity(self.rows);
        while row > 0 {
            match self.came.get(row * subsets + used).copied().flatten() {
                Some(pair) => {
                    pairs.push(pair);
                    used &= !(((1 << pair.columns) - 1) << pair.column);
                    row -= pair.rows;
                }
                None => row -= 1,
            }
        }
        pairs.reverse();
        pairs
    }

    /// Keeps the better of two ways to the same rows and columns.
    fn offer(&mut self, at: usize, worth: Worth, pair: Option<Pair>) {
        if let (Some(place), Some(from)) = (self.best.get_mut(at), self.came.get_mut(at))
            && worth > *place
        {
            *place = worth;
            *from = pair;
        }
    }

    /// What a row can be paired with from a free column on.
    fn pairs(&self, row: usize, column: usize, used: usize) -> [Option<Pair>; 3] {
        let at = row * self.columns + column;
        let of = |table: &[Option<Bond>]| table.get(at).copied().flatten();
        let pair = |rows, columns, bond: Option<Bond>| bond.map(|bond| Pair { row, rows, column, columns, bond });
        let next_free = used & (1 << (column + 1)) == 0;
        [
            pair(1, 1, of(&self.single)),
            pair(2, 1, of(&self.two_rows)),
            pair(1, 2, of(&self.two_columns).filter(|_| next_free)),
        ]
    }
}

/// The bond of a word and its neighbour with a word of the other name.
fn joined(words: &[&Word], at: usize, whole: Option<&&Word>, settings: &Settings) -> Option<Bond> {
    join_bond(words.get(at)?, words.get(at + 1)?, whole?, settings)
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
            paired: self.paired + sides.iter().map(|(_, weight)| weight).sum::<i64>(),
        }
    }

    fn score(self, left: &[&Word], right: &[&Word]) -> Score {
        let all = || left.iter().chain(right.iter());
        let penalties: i32 = all().map(|word| word.penalty).sum();
        let unpaired = all().map(|word| i64::from(word.weight)).sum::<i64>() - self.paired;
        // Twice the pairs by how alike they are, over twice the pairs and a little more than half of the rest.
        let alike = match -2 * self.weight * 1_000 + 550 * unpaired {
            0 => 0,
            below => 200 * self.alike / below,
        };
        Score { points: self.points - penalties, alike: i32::try_from(alike).unwrap_or(0) }
    }
}
