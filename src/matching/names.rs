//! How rare the words of names are.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::token::Reader;
use crate::reference::kata_nama;
use crate::text::nama::normal_word;

/// How rare the words of names are, in thousandths of a bit: ten bits is one person in a thousand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Names {
    /// Words in their normal form, sorted.
    words: Vec<(Box<str>, i32)>,
}

/// Fewer names than this say less about rare words than the shipped table does.
const ENOUGH: u64 = 200_000;

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

    /// The words of an office's own people, one name each; nothing where they are too few to say more than the reference
    /// table.
    #[must_use]
    pub fn of_people<'a>(names: impl Iterator<Item = &'a str>) -> Option<Self> {
        let (mut reader, mut people) = (Reader::default(), 0_u64);
        let mut bearers: BTreeMap<String, u64> = BTreeMap::new();
        for name in names {
            people += 1;
            for token in reader.read(name).tokens {
                match bearers.get_mut(token.text) {
                    Some(count) => *count += 1,
                    None => drop(bearers.insert(token.text.into(), 1)),
                }
            }
        }
        (people >= ENOUGH).then(|| Self::of(bearers, people))
    }

    fn of(bearers: BTreeMap<String, u64>, people: u64) -> Self {
        let rarity = |count: u64| log2_milli(people.max(1)) - log2_milli(count.clamp(FEWEST, people.max(FEWEST)));
        Self { words: bearers.into_iter().map(|(word, count)| (word.into_boxed_str(), rarity(count).max(0))).collect() }
    }

    /// How rare a word is; nothing where the table does not have it.
    #[must_use]
    pub fn rarity(&self, word: &str) -> Option<i32> {
        let at = self.words.binary_search_by(|(known, _)| (**known).cmp(word)).ok()?;
        self.words.get(at).map(|(_, rarity)| *rarity)
    }

    /// Every word with its rarity, in order: what a cache is good for.
    pub(super) fn words(&self) -> impl Iterator<Item = (&str, i32)> {
        self.words.iter().map(|(word, rarity)| (&**word, *rarity))
    }
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
    fn a_few_names_say_nothing_and_many_do() {
        assert_eq!(Names::of_people(["SITI AMINAH"; 10].into_iter()), None);
        let many = std::iter::repeat_n("SITI AMINAH", 150_000).chain(std::iter::repeat_n("BUDI", 50_000));
        let own = Names::of_people(many).unwrap();
        assert_eq!((own.rarity("SITI"), own.rarity("BUDI")), (Some(415), Some(2_000)));
    }
}
