//! How rare the words of names are.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::reference::kata_nama;
use crate::text::nama::normal_word;

/// How rare the words of names are, in thousandths of a bit: ten bits is one person in a thousand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Names {
    /// Words in their normal form, sorted.
    words: Vec<(Box<str>, i32)>,
}

/// Fewer names than this say nothing of how rare words are.
const ENOUGH: u64 = 20_000;

/// Nobody is alone: a word seen once is as rare as one seen by this many.
const FEWEST: u64 = 5;

impl Names {
    /// The words of the reference table.
    #[must_use]
    pub fn shipped() -> &'static Self {
        static NAMES: LazyLock<Names> = LazyLock::new(|| {
            let mut bearers: BTreeMap<String, u64> = BTreeMap::new();
            for (word, people) in kata_nama::all() {
                *bearers.entry(normal_word(word)).or_default() += people;
            }
            Names::of(bearers, kata_nama::PEOPLE)
        });
        &NAMES
    }

    /// These frequencies and those of so many names at hand (a long list, an office's own history), with how many of them
    /// have each word. A word is as common as it is in either: names of a region that the reference table hardly knows would
    /// else pass for rare. Too few names change nothing.
    #[must_use]
    pub fn joined_by<'a>(&self, words: impl Iterator<Item = (&'a str, u64)>, people: u64) -> Self {
        if people < ENOUGH {
            return self.clone();
        }
        let mut all: BTreeMap<&str, i32> = self.words().collect();
        for (word, count) in words {
            let own = rarity(count, people);
            all.entry(word).and_modify(|known| *known = own.min(*known)).or_insert(own);
        }
        Self { words: all.into_iter().map(|(word, rarity)| (word.into(), rarity)).collect() }
    }

    fn of(bearers: BTreeMap<String, u64>, people: u64) -> Self {
        Self {
            words: bearers.into_iter().map(|(word, count)| (word.into_boxed_str(), rarity(count, people))).collect(),
        }
    }

    /// How rare a word is; nothing where the table does not have it.
    #[must_use]
    pub fn rarity(&self, word: &str) -> Option<i32> {
        let at = self.words.binary_search_by(|(known, _)| (**known).cmp(word)).ok()?;
        self.words.get(at).map(|(_, rarity)| *rarity)
    }

    /// Words in order, each with its rarity; nothing where they are out of order.
    pub(super) fn of_words<'a>(words: impl Iterator<Item = (&'a str, i32)>) -> Option<Self> {
        let words: Vec<(Box<str>, i32)> = words.map(|(word, rarity)| (word.into(), rarity)).collect();
        words.is_sorted_by(|a, b| a.0 < b.0).then_some(Self { words })
    }

    /// Every word with its rarity, in order: what a cache is good for.
    pub(super) fn words(&self) -> impl Iterator<Item = (&str, i32)> + Clone {
        self.words.iter().map(|(word, rarity)| (&**word, *rarity))
    }
}

/// How rare a word is that so many of some people bear.
fn rarity(count: u64, people: u64) -> i32 {
    (log2_milli(people.max(1)) - log2_milli(count.clamp(FEWEST, people.max(FEWEST)))).max(0)
}

/// The logarithm to base two in thousandths, rounded down, by squaring: no machine may see it otherwise.
fn log2_milli(n: u64) -> i32 {
    let n = n.max(1);
    let whole = n.ilog2();
    // The number between 1 and 2 that is left, with 32 bits behind the point.
    let mut rest = if whole <= 32 { n << (32 - whole) } else { n >> (whole - 32) };
    let mut fraction = 0_u64;
    for _ in 0..16 {
        let square = (u128::from(rest) * u128::from(rest)) >> 32;
        let over = square >> 33 != 0;
        rest = u64::try_from(if over { square >> 1 } else { square }).unwrap_or(u64::MAX);
        fraction = fraction << 1 | u64::from(over);
    }
    i32::try_from(u64::from(whole) * 1_000 + ((fraction * 1_000) >> 16)).unwrap_or(i32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logarithms_are_those_of_the_book() {
        for n in [1_u64, 2, 3, 5, 7, 10, 1_000, 970_259, 75_285, 1 << 40, u64::MAX] {
            #[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "a test")]
            let expected = ((n as f64).log2() * 1_000.0).floor() as i32;
            assert!((log2_milli(n) - expected).abs() <= 1, "{n}: {} {expected}", log2_milli(n));
        }
    }

    #[test]
    fn common_words_say_little_and_rare_ones_a_lot() {
        let names = Names::shipped();
        let of = |word: &str| names.rarity(word).unwrap();
        // MUHAMMAD, MUHAMAD, MOHAMMAD ... together: about one in ten.
        assert!((3_000..3_600).contains(&of("MUHAMMAD")), "{}", of("MUHAMMAD"));
        assert!(of("SITI") < of("AMINAH") && of("AMINAH") < of("ZULKARNAIN"));
        assert_eq!(names.rarity("MUHAMAD"), None);
        assert_eq!(names.rarity("XYZZY"), None);
    }

    #[test]
    fn a_word_is_as_common_as_in_either_source() {
        let words = [("SITI", 10_000), ("SUARTINI", 5_000), ("XYZZY", 1)];
        let shipped = Names::shipped();
        assert_eq!(shipped.joined_by(words.into_iter(), 19_999), *shipped);
        let both = shipped.joined_by(words.into_iter(), 20_000);
        assert_eq!(
            [both.rarity("SITI"), both.rarity("SUARTINI"), both.rarity("XYZZY")],
            [Some(1_000), Some(2_000), Some(11_966)]
        );
        assert_eq!(both.rarity("AMINAH"), shipped.rarity("AMINAH"));
    }
}
