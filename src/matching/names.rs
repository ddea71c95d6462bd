//! How rare the words of names are.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_128;

use super::token::Reader;
use crate::reference::kata_nama;
use crate::text::nama::normal_word;

/// How rare the words of names are, in thousandths of a bit: ten bits is one person in a thousand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Names {
    /// Words in their normal form, sorted; shared, since every short list has those of the reference table.
    words: Arc<[(Box<str>, i32)]>,
}

/// Fewer names than this say nothing of how rare words are. A word that five of so many have counts as twelve bits; the
/// rarest word counts as fifteen. So what chance put into a source of just this size costs a word three bits at most, no more
/// than a word without a partner costs, and a word that one in a thousand has was met some twenty times.
pub const ENOUGH: u64 = 20_000;

/// Words that fewer than this many names have are not counted: chance decides how many there are, and nobody should read a
/// family off a table.
const FEWEST: u64 = 5;

/// Names counted at once by one thread.
const BLOCK: usize = 4_096;

/// How many of some names have each word, in normal form.
#[derive(Debug, Clone, Default)]
pub struct Counted {
    /// The names counted.
    pub names: u64,
    words: BTreeMap<String, u64>,
}

impl Counted {
    /// Counts more names. Neither their order matters nor in how many parts they come.
    pub fn add(&mut self, names: &[&str]) {
        let blocks: Vec<Self> = names.par_chunks(BLOCK).map(Self::block).collect();
        for block in blocks {
            self.names += block.names;
            block.words.into_iter().for_each(|(word, count)| *self.words.entry(word).or_default() += count);
        }
    }

    fn block(names: &[&str]) -> Self {
        let (mut reader, mut block) = (Reader::default(), Self::default());
        for name in names {
            block.names += 1;
            for token in reader.read(name).tokens {
                match block.words.get_mut(token.text) {
                    Some(count) => *count += 1,
                    None => drop(block.words.insert(token.text.to_owned(), 1)),
                }
            }
        }
        block
    }

    /// Words counted before; nothing where they are out of order or rarer than is counted.
    #[must_use]
    pub fn of_words(names: u64, words: Vec<(String, u64)>) -> Option<Self> {
        let sound = words.is_sorted_by(|a, b| a.0 < b.0) && words.iter().all(|(_, n)| *n >= FEWEST);
        sound.then(|| Self { names, words: words.into_iter().collect() })
    }

    /// The words that at least five names have, in order, each with how many.
    pub fn words(&self) -> impl Iterator<Item = (&str, u64)> {
        self.words.iter().filter(|(_, count)| **count >= FEWEST).map(|(word, count)| (word.as_str(), *count))
    }
}

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
    /// else pass for rare. Too few names change nothing, nor does a word that fewer than five of them have.
    #[must_use]
    pub fn joined_by<'a>(&self, words: impl Iterator<Item = (&'a str, u64)>, people: u64) -> Self {
        if people < ENOUGH {
            return self.clone();
        }
        let mut all: BTreeMap<&str, i32> = self.words().collect();
        for (word, count) in words.filter(|(_, count)| *count >= FEWEST) {
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

    /// What these frequencies are, as a hash: what is made with them is kept under it.
    #[must_use]
    pub fn fingerprint(&self) -> u128 {
        let mut bytes = Vec::new();
        for (word, rarity) in &*self.words {
            bytes.extend_from_slice(word.as_bytes());
            bytes.extend_from_slice(&rarity.to_le_bytes());
        }
        xxh3_128(&bytes)
    }

    /// Words in order, each with its rarity; nothing where they are out of order.
    pub(super) fn of_words<'a>(words: impl Iterator<Item = (&'a str, i32)>) -> Option<Self> {
        let words: Arc<[(Box<str>, i32)]> = words.map(|(word, rarity)| (word.into(), rarity)).collect();
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
    use crate::matching::{Builder, Person};

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
        let words = [("SITI", 10_000), ("SUARTINI", 5_000), ("XYZZY", 5), ("YZZYX", 4)];
        let shipped = Names::shipped();
        assert_eq!(shipped.joined_by(words.into_iter(), 19_999), *shipped);
        let both = shipped.joined_by(words.into_iter(), 20_000);
        assert_eq!(
            [both.rarity("SITI"), both.rarity("SUARTINI"), both.rarity("XYZZY"), both.rarity("YZZYX")],
            [Some(1_000), Some(2_000), Some(11_966), None]
        );
        assert_eq!(both.rarity("AMINAH"), shipped.rarity("AMINAH"));
        // What is rarer at hand than in the table stays as common as the table has it.
        let rarer = shipped.joined_by([("SITI", 10)].into_iter(), 20_000);
        assert_eq!(rarer.rarity("SITI"), shipped.rarity("SITI"));
    }

    #[test]
    fn words_are_counted_in_normal_form_whatever_the_parts() {
        let many: Vec<&str> = ["Siti Aminah Lubis", "HJ. SITI LOEBIS", "M. Lubis"].repeat(3_000);
        let (one, other) = many.split_at(17);
        let (mut whole, mut parts) = (Counted::default(), Counted::default());
        whole.add(&many);
        [other, one, &["XYZZY"; 4]].iter().for_each(|part| parts.add(part));
        assert_eq!((whole.names, parts.names), (9_000, 9_004));
        let words = |counted: &Counted| counted.words().map(|(word, n)| (word.to_owned(), n)).collect::<Vec<_>>();
        let count = |word: &str| words(&whole).iter().find(|(other, _)| *other == word).map(|(_, n)| *n);
        assert_eq!([count("SITI"), count("LUBIS"), count("MUHAMMAD")], [Some(6_000), Some(9_000), Some(3_000)]);
        assert_eq!(words(&parts), words(&whole), "four people are nobody's business");
        let kept = Counted::of_words(9_000, words(&whole)).unwrap();
        assert_eq!(words(&kept), words(&whole));
        assert!(Counted::of_words(9_000, words(&whole).into_iter().rev().collect()).is_none());
    }

    #[test]
    fn a_list_says_how_rare_words_are_as_its_names_counted_by_themselves_do() {
        let of = |n: usize| Person { names: vec![format!("BUDI LUBIS {n}"), "AMINAH".to_owned()], ..Person::default() };
        let people: Vec<Person> = (0..10_000).map(of).collect();
        let mut builder = Builder::default();
        people.chunks(3_333).for_each(|part| builder.extend(part));
        let mut counted = Counted::default();
        counted.add(&people.iter().flat_map(Person::compared_names).collect::<Vec<_>>());
        let names = builder.names(Names::shipped());
        assert_eq!(names, Names::shipped().joined_by(counted.words(), counted.names));
        assert_eq!([names.rarity("LUBIS"), names.rarity("AMINAH")], [Some(1_000), Some(1_000)]);
    }
}
