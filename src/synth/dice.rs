//! The only source of chance: a counter-based generator.
//!
//! A [`Dice`] is named by a seed, a subject and a number, so any person, family or ring can be thrown again at any time,
//! in any order and on any thread, with the same result. The generator is SplitMix64 (Steele, Lea, Flood: Fast splittable
//! pseudorandom number generators, 2014): integers only, hence the same bytes on every machine. Not for secrets.

use std::ops::RangeInclusive;

/// What a throw is about. Two subjects with the same number are independent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u64)]
pub(super) enum Subject {
    // Days and the counter.
    Day = 1,
    Sequence,
    Clock,
    MemberClock,
    Away,
    Neighbour,
    Counter,
    Typing,
    // People and what they want.
    HouseholdSize,
    Household,
    Filing,
    Request,
    Papers,
    Trip,
    OwnPhone,
    Contact,
    Email,
    Relative,
    // What becomes of an application.
    Outcome,
    RingOutcome,
    Decision,
    Progress,
    Return,
    Replacement,
    // Stories.
    CaseSizes,
    CaseDays,
    Case,
    HardCase,
    CaseMember,
    Agent,
    // Lists and numbers.
    Institution,
    InterestEntry,
    LostEntry,
    BanEntry,
    Numbers,
    // What a matcher is measured with.
    TrialEntry,
    TrialApplicant,
    TrialDamage,
}

/// A stream of chance.
#[derive(Debug, Clone)]
pub(super) struct Dice {
    state: u64,
}

const GAMMA: u64 = 0x9E37_79B9_7F4A_7C15;

fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

impl Dice {
    /// The stream of subject `number` of this kind in the world of `seed`.
    pub(super) fn new(seed: u64, subject: Subject, number: u64) -> Self {
        let world = mix(seed.wrapping_add(GAMMA));
        let kind = mix(world ^ (subject as u64).wrapping_mul(GAMMA));
        Self { state: mix(kind.wrapping_add(number.wrapping_mul(GAMMA))) }
    }

    /// The next 64 bits.
    pub(super) fn bits(&mut self) -> u64 {
        self.state = self.state.wrapping_add(GAMMA);
        mix(self.state)
    }

    /// A number below `end`; 0 when `end` is 0. The multiply-shift bias is below 2^-40 for the sizes used here.
    pub(super) fn below(&mut self, end: u64) -> u64 {
        ((u128::from(self.bits()) * u128::from(end)) >> 64) as u64
    }

    /// An index below `len`, uniformly.
    pub(super) fn index(&mut self, len: usize) -> usize {
        usize::try_from(self.below(len as u64)).unwrap_or(0)
    }

    /// A number of the range, ends included.
    pub(super) fn between(&mut self, range: RangeInclusive<i64>) -> i64 {
        let width = range.end().abs_diff(*range.start()) + 1;
        range.start().saturating_add_unsigned(self.below(width))
    }

    /// True in `per_mille` of a thousand throws.
    pub(super) fn chance(&mut self, per_mille: u32) -> bool {
        self.below(1000) < u64::from(per_mille)
    }

    /// One of several, each alike.
    pub(super) fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        let at = self.index(from.len());
        #[expect(clippy::indexing_slicing, reason = "callers hand over constant lists with at least one entry")]
        from[at]
    }

    /// One of several, the early ones far more often: with 60 entries the first comes in one throw of ten, the last in
    /// one of four thousand. Name lists ordered by frequency get the long tail that names have.
    pub(super) fn pick_skewed<T: Copy>(&mut self, from: &[T]) -> T {
        let at = self.skewed(from.len());
        #[expect(clippy::indexing_slicing, reason = "callers hand over constant lists with at least one entry")]
        from[at]
    }

    /// An index below `len`, the product of two uniform ones.
    fn skewed(&mut self, len: usize) -> usize {
        let len = len as u64;
        let product = self.below(len) * self.below(len) / len.max(1);
        usize::try_from(product).unwrap_or(0)
    }

    /// One of several by weight. Weights may not all be zero.
    pub(super) fn weighted<T: Copy>(&mut self, from: &[(T, u32)]) -> T {
        let total: u64 = from.iter().map(|(_, weight)| u64::from(*weight)).sum();
        let mut left = self.below(total);
        for (value, weight) in from {
            match left.checked_sub(u64::from(*weight)) {
                Some(rest) => left = rest,
                None => return *value,
            }
        }
        #[expect(clippy::indexing_slicing, reason = "callers hand over constant lists with at least one entry")]
        from[from.len() - 1].0
    }
}

/// A reordering of `0..size`: each number to another, none twice, so that what is numbered in sequence looks unordered
/// and still never collides.
///
/// A generalised Feistel network with cycle walking (Black, Rogaway: Ciphers with arbitrary finite domains, 2002): the
/// number is split into two digits of a rectangle `width * height`, the digits mix in turns, and a result beyond `size` is
/// sent through again. A plain multiplication would do for uniqueness but leaves stripes that a reader sees.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shuffle {
    size: u64,
    width: u64,
    height: u64,
    key: u64,
}

const ROUNDS: u64 = 4;

impl Shuffle {
    /// The reordering of `0..size` that belongs to a stream.
    pub(super) fn new(size: u64, dice: &mut Dice) -> Self {
        let size = size.max(1);
        let width = size.isqrt().max(1);
        Self { size, width, height: size.div_ceil(width), key: dice.bits() }
    }

    /// How many numbers are reordered.
    pub(super) fn size(self) -> u64 {
        self.size
    }

    /// Where number `at` goes; numbers from `size` on wrap round.
    pub(super) fn of(self, at: u64) -> u64 {
        let mut place = self.mixed(at % self.size);
        while place >= self.size {
            place = self.mixed(place);
        }
        place
    }

    /// One passage through the network, a reordering of the whole rectangle.
    fn mixed(self, at: u64) -> u64 {
        let (mut left, mut right) = (at % self.width, at / self.width);
        for round in 0..ROUNDS {
            let base = if round % 2 == 0 { self.width } else { self.height };
            let shift = mix(self.key ^ mix(right.wrapping_mul(ROUNDS).wrapping_add(round))) % base;
            (left, right) = (right, (left + shift) % base);
        }
        left + self.width * right
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// The published first outputs of SplitMix64 for state 1234567 (Vigna's reference implementation).
    #[test]
    fn the_stream_is_splitmix64() {
        let mut dice = Dice { state: 1_234_567 };
        let first: Vec<u64> = (0..5).map(|_| dice.bits()).collect();
        assert_eq!(
            first,
            [
                6_457_827_717_110_365_317,
                3_203_168_211_198_807_973,
                9_817_491_932_198_370_423,
                4_593_380_528_125_082_431,
                16_408_922_859_458_223_821
            ]
        );
    }

    #[test]
    fn subjects_numbers_and_seeds_each_give_another_stream() {
        let first = |seed, subject, number| Dice::new(seed, subject, number).bits();
        let all = [
            first(1, Subject::Household, 0),
            first(1, Subject::Household, 1),
            first(1, Subject::Trip, 0),
            first(2, Subject::Household, 0),
        ];
        assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), 4);
        assert_eq!(first(1, Subject::Household, 7), first(1, Subject::Household, 7));
    }

    #[test]
    fn a_shuffle_reaches_every_number_once() {
        for size in [1, 2, 7, 30, 9999] {
            let shuffle = Shuffle::new(size, &mut Dice::new(3, Subject::Numbers, size));
            let reached: BTreeSet<u64> = (0..size).map(|at| shuffle.of(at)).collect();
            assert_eq!(reached.len() as u64, size);
            assert!(reached.iter().all(|&n| n < size));
        }
    }

    #[test]
    fn weights_and_chances_come_out_as_stated() {
        let mut dice = Dice::new(5, Subject::Day, 0);
        let heavy = (0..10_000).filter(|_| dice.weighted(&[(true, 3), (false, 1)])).count();
        assert!((7_300..7_700).contains(&heavy), "{heavy}");
        let often = (0..10_000).filter(|_| dice.chance(50)).count();
        assert!((420..580).contains(&often), "{often}");
        let names: Vec<u32> = (0..60).collect();
        let top = (0..10_000).filter(|_| dice.pick_skewed(&names) == 0).count();
        assert!((950..1_150).contains(&top), "{top}");
        assert_eq!((0..1000).filter(|_| !(3..=9).contains(&dice.between(3..=9))).count(), 0);
    }
}
