//! The entries of a list in flat arrays.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_64_with_seed;

use super::narrow;
use super::vocabulary::{Interner, Vocabulary};
use crate::calendar;
use crate::identity::Kelamin;
use crate::matching::compare::MOST_NAMES;
use crate::matching::evidence::{FactReader, Facts, View};
use crate::matching::names::Names;
use crate::matching::person::{Birth, Person};
use crate::matching::settings::Settings;
use crate::matching::token::Reader;

/// Lists of numbers one after the other, and where each ends.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Runs<T> {
    pub(super) ends: Vec<u32>,
    pub(super) items: Vec<T>,
}

impl<T: Copy> Runs<T> {
    pub(super) fn push(&mut self, items: impl IntoIterator<Item = T>) {
        self.items.extend(items);
        self.ends.push(narrow(self.items.len()));
    }

    pub(super) fn get(&self, at: usize) -> &[T] {
        let start = if at == 0 { 0 } else { self.ends.get(at - 1).copied().unwrap_or(0) };
        let end = self.ends.get(at).copied().unwrap_or(start);
        self.items.get(start as usize..end as usize).unwrap_or_default()
    }

    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    fn append(&mut self, other: &Self) {
        let base = narrow(self.items.len());
        self.items.extend_from_slice(&other.items);
        self.ends.extend(other.ends.iter().map(|end| base + end));
    }
}

/// What is known of entries besides names; entry by entry.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Known {
    /// 0 for none.
    pub(super) nik: Vec<u64>,
    pub(super) born: Vec<[i32; 2]>,
    /// Days since 1970; [`NO_DAY`] for none.
    pub(super) born_by_nik: Vec<i32>,
    /// Place number plus one; 0 for none.
    pub(super) place: Vec<u32>,
    /// 0 for none, 1 male, 2 female.
    pub(super) sex: Vec<u8>,
    pub(super) passports: Runs<u64>,
    pub(super) phones: Runs<u64>,
}

/// No day.
pub(super) const NO_DAY: i32 = i32::MIN;

/// Entries in flat arrays, before anything is looked up in them.
#[derive(Debug, Default)]
pub(super) struct Flat {
    /// The words of each name, in order.
    pub(super) names: Runs<u32>,
    /// How many names all entries up to this one have.
    pub(super) entry_names: Vec<u32>,
    /// The words of mother's and father's name of each entry; nothing where no entry has a parent.
    pub(super) parents: Runs<u32>,
    pub(super) known: Known,
    pub(super) places: Vec<Box<str>>,
}

impl Flat {
    pub(super) fn entries(&self) -> usize {
        self.entry_names.len()
    }

    /// The numbers of the names of an entry.
    pub(super) fn names_of(&self, entry: usize) -> std::ops::Range<usize> {
        let start = if entry == 0 { 0 } else { self.entry_names.get(entry - 1).copied().unwrap_or(0) };
        start as usize..self.entry_names.get(entry).copied().unwrap_or(start) as usize
    }

    /// The words of a parent's name: mother 0, father 1.
    pub(super) fn parent(&self, entry: usize, which: usize) -> &[u32] {
        self.parents.get(entry * 2 + which)
    }

    pub(super) fn view(&self, entry: usize) -> View<'_> {
        let known = &self.known;
        let place = known.place.get(entry).copied().unwrap_or(0);
        View {
            born: known.born.get(entry).copied().and_then(unpack_birth),
            born_by_nik: known.born_by_nik.get(entry).copied().and_then(day_of),
            nik: known.nik.get(entry).copied().filter(|nik| *nik != 0),
            passports: known.passports.get(entry),
            phones: known.phones.get(entry),
            place: (place as usize).checked_sub(1).and_then(|at| self.places.get(at)).map(|text| &**text),
            sex: match known.sex.get(entry) {
                Some(1) => Some(Kelamin::L),
                Some(2) => Some(Kelamin::P),
                _ => None,
            },
        }
    }
}

/// The hash of a parent's name, by its words in any order and which parent it is.
pub(super) fn parent_key(mut texts: Vec<&str>, which: usize) -> Option<u64> {
    texts.sort_unstable();
    (!texts.is_empty()).then(|| xxh3_64_with_seed(texts.join(" ").as_bytes(), which as u64))
}

pub(super) fn day_of(days: i32) -> Option<NaiveDate> {
    (days != NO_DAY).then(|| calendar::date(i64::from(days))).flatten()
}

fn days_of(day: NaiveDate) -> i32 {
    i32::try_from(calendar::days(day)).unwrap_or(NO_DAY)
}

const DAY: i32 = -1;
const MONTH: i32 = -2;
const YEAR: i32 = -3;
const NOTHING: i32 = -4;
/// Added to the last year of a span, so that it is none of the above.
const SPAN: i32 = 1_000_000;

pub(super) fn pack_birth(birth: Option<Birth>) -> [i32; 2] {
    match birth {
        None => [0, NOTHING],
        Some(Birth::Day(day)) => [days_of(day), DAY],
        Some(Birth::Month { year, month }) => {
            [year.saturating_mul(12).saturating_add(i32::try_from(month).unwrap_or(1) - 1), MONTH]
        }
        Some(Birth::Year(year)) => [year, YEAR],
        Some(Birth::Years(first, last)) => [first.min(last), first.max(last).clamp(-SPAN, SPAN) + SPAN],
    }
}

pub(super) fn unpack_birth([a, b]: [i32; 2]) -> Option<Birth> {
    match b {
        NOTHING => None,
        DAY => day_of(a).map(Birth::Day),
        MONTH => Some(Birth::Month { year: a.div_euclid(12), month: u32::try_from(a.rem_euclid(12) + 1).unwrap_or(1) }),
        YEAR => Some(Birth::Year(a)),
        last => Some(Birth::Years(a, last - SPAN)),
    }
}

/// People worked on by one thread at a time.
const BLOCK: usize = 4_096;

/// Makes an index from people who come in any number of parts, so that nobody has to hold them all.
#[derive(Debug, Default)]
pub struct Builder {
    words: Interner,
    places: PlaceNumbers,
    flat: Flat,
}

/// A block of people, with numbers of its own for words and places.
#[derive(Debug, Default)]
struct Block {
    words: Interner,
    places: PlaceNumbers,
    flat: Flat,
}

#[derive(Debug, Default)]
struct PlaceNumbers(Interner);

impl PlaceNumbers {
    /// The number of a place plus one.
    fn number(&mut self, place: Option<&str>) -> u32 {
        use crate::matching::token::{Mark, Token};
        place.map_or(0, |text| self.0.id(&Token { text, mark: Mark::default() }) + 1)
    }
}

impl Builder {
    /// Adds people; their numbers go on from those added before.
    pub fn extend(&mut self, people: &[Person]) {
        let blocks: Vec<Block> = people.par_chunks(BLOCK).map(Block::of).collect();
        for block in blocks {
            self.append(block);
        }
    }

    fn append(&mut self, block: Block) {
        let words: Vec<u32> = block.words.iter().map(|token| self.words.id(&token)).collect();
        let places: Vec<u32> = block.places.0.iter().map(|place| self.places.number(Some(place.text))).collect();
        let renumber = |ids: &mut Vec<u32>| {
            ids.iter_mut().for_each(|id| *id = words.get(*id as usize).copied().unwrap_or(u32::MAX));
        };
        let Flat { mut names, entry_names, mut parents, known, .. } = block.flat;
        renumber(&mut names.items);
        renumber(&mut parents.items);
        let flat = &mut self.flat;
        let base = narrow(flat.names.len());
        flat.names.append(&names);
        flat.entry_names.extend(entry_names.iter().map(|end| base + end));
        flat.parents.append(&parents);
        let all = &mut flat.known;
        all.nik.extend(known.nik);
        all.born.extend(known.born);
        all.born_by_nik.extend(known.born_by_nik);
        let place = |number: u32| (number as usize).checked_sub(1).and_then(|at| places.get(at)).copied().unwrap_or(0);
        all.place.extend(known.place.iter().map(|number| place(*number)));
        all.sex.extend(known.sex);
        all.passports.append(&known.passports);
        all.phones.append(&known.phones);
    }

    /// Frequencies of words, by a table and by everybody added.
    #[must_use]
    pub fn names(&self, table: &Names) -> Names {
        let mut counts = vec![0_u64; self.words.len()];
        for word in &self.flat.names.items {
            counts.get_mut(*word as usize).into_iter().for_each(|count| *count += 1);
        }
        // A word has several numbers where its marks differ.
        let mut bearers: BTreeMap<&str, u64> = BTreeMap::new();
        for (word, count) in self.words.iter().zip(counts) {
            *bearers.entry(word.text).or_default() += count;
        }
        table.joined_by(bearers.into_iter(), self.flat.names.len() as u64)
    }

    /// The index of everybody added.
    #[must_use]
    pub fn finish(self, names: &Names, settings: &Settings) -> super::Index {
        let (vocabulary, place) = Vocabulary::new(&self.words, names, settings);
        let mut flat = self.flat;
        for ids in [&mut flat.names.items, &mut flat.parents.items] {
            ids.par_iter_mut().for_each(|id| *id = place.get(*id as usize).copied().unwrap_or(0));
        }
        if flat.parents.items.is_empty() {
            flat.parents = Runs::default();
        }
        flat.places = self.places.0.iter().map(|place| place.text.into()).collect();
        super::Index::of(vocabulary, flat, names, settings)
    }
}

impl Block {
    fn of(people: &[Person]) -> Self {
        let mut block = Self::default();
        let (mut reader, mut facts) = (Reader::default(), FactReader::default());
        for person in people {
            block.add(person, &mut reader, facts.read(person));
        }
        block
    }

    fn add(&mut self, person: &Person, reader: &mut Reader, facts: Facts) {
        let Self { words, places, flat } = self;
        for name in person.names.iter().take(MOST_NAMES) {
            flat.names.push(reader.read(name).tokens.iter().map(|token| words.id(token)));
        }
        flat.entry_names.push(narrow(flat.names.len()));
        for parent in [&person.mother, &person.father] {
            match parent {
                Some(name) => flat.parents.push(reader.read(name).tokens.iter().map(|token| words.id(token))),
                None => flat.parents.push([]),
            }
        }
        let known = &mut flat.known;
        known.nik.push(facts.nik.unwrap_or(0));
        known.born.push(pack_birth(facts.born));
        known.born_by_nik.push(facts.born_by_nik.map_or(NO_DAY, days_of));
        known.place.push(places.number(facts.place.as_deref()));
        known.sex.push(match facts.sex {
            None => 0,
            Some(Kelamin::L) => 1,
            Some(Kelamin::P) => 2,
        });
        known.passports.push(facts.passports);
        known.phones.push(facts.phones);
    }
}
