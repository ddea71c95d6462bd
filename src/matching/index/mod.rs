//! A list ready to be searched, exactly and fast.
//!
//! What confirms a name leads to the entries that can reach a level: an equal number or an equal name of a parent by its
//! hash, a date of birth by the dates that agree with it in some way (a few thousand of a million). Of those, what the words
//! of the names could be worth at best is read off a table made once for the person looked for; only where that, with
//! everything else that may speak for the pair, reaches the level are the names paired and everything is weighed. Entries
//! that only a name leads to are found through the words they must have in common with it to be as alike as asked.
//!
//! So the hits are those of comparing every pair, points and all. A bound that is too careful costs time; one that is not
//! careful enough would lose a hit, and the tests look for one in random lists of every kind.

mod bytes;
mod flat;
mod lookup;
mod search;
#[cfg(test)]
mod tests;
mod trace;
mod vocabulary;

use rayon::prelude::*;

pub use bytes::Fault;
pub use flat::Builder;
pub use search::Stats;
pub use trace::{Bound, Dropped, Trace, Way};

use super::names::Names;
use super::person::Person;
use super::settings::{Level, Settings};
use flat::Flat;
use lookup::Lookup;
use vocabulary::Vocabulary;

/// An entry of a list that is like the person looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// Its number, from 0.
    pub entry: u32,
    /// Its points.
    pub points: i32,
    /// Its level.
    pub level: Level,
}

/// The people of a list.
#[derive(Debug)]
pub struct Index {
    vocabulary: Vocabulary,
    flat: Flat,
    lookup: Lookup,
    names: Names,
    settings: Settings,
}

impl Index {
    /// Makes an index of people. Those of a long list are better given to a [`Builder`] part by part.
    #[must_use]
    pub fn build(people: &[Person], names: &Names, settings: &Settings) -> Self {
        let mut builder = Builder::default();
        builder.extend(people);
        builder.finish(names, settings)
    }

    fn of(vocabulary: Vocabulary, flat: Flat, names: &Names, settings: &Settings) -> Self {
        let lookup = Lookup::new(&vocabulary, &flat);
        Self { vocabulary, flat, lookup, names: names.clone(), settings: *settings }
    }

    /// The frequencies that its points rest on.
    #[must_use]
    pub fn names(&self) -> &Names {
        &self.names
    }

    /// How many entries it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.flat.entries()
    }

    /// Whether it has none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The entries that reach a level, best first.
    #[must_use]
    pub fn search(&self, person: &Person, least: Level) -> Vec<Hit> {
        self.search_all(std::slice::from_ref(person), least).pop().unwrap_or_default()
    }

    /// The hits of each of many people, in their order.
    #[must_use]
    pub fn search_all(&self, people: &[Person], least: Level) -> Vec<Vec<Hit>> {
        self.search_counted(people, least).0
    }

    /// The hits of each of many people, and what finding them took.
    #[must_use]
    pub fn search_counted(&self, people: &[Person], least: Level) -> (Vec<Vec<Hit>>, Stats) {
        search::all(self, people, least)
    }
}

/// Searches a list in parts of at most so many entries, one after the other, so that no more than one part is in memory as
/// an index. The hits are those of the whole list.
#[must_use]
pub fn search_in_parts<'a>(
    parts: impl IntoIterator<Item = &'a [Person]>,
    people: &[Person],
    least: Level,
    names: &Names,
    settings: &Settings,
) -> Vec<Vec<Hit>> {
    let mut all: Vec<Vec<Hit>> = vec![Vec::new(); people.len()];
    let mut before = 0;
    for part in parts {
        let found = Index::build(part, names, settings).search_all(people, least);
        for (hits, more) in all.iter_mut().zip(found) {
            hits.extend(more.into_iter().map(|hit| Hit { entry: hit.entry + before, ..hit }));
        }
        before += narrow(part.len());
    }
    all.par_iter_mut().for_each(|hits| sort(hits));
    all
}

/// Best first, equal ones in the order of the list.
fn sort(hits: &mut [Hit]) {
    hits.sort_unstable_by_key(|hit| (std::cmp::Reverse(hit.points), hit.entry));
}

/// Entries, names and words are far fewer than 2^32.
fn narrow(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
