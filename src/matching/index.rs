//! A list ready to be searched.

use rayon::prelude::*;

use super::compare::{Preparer, Side, sides};
use super::names::Names;
use super::person::Person;
use super::settings::{Level, Settings};

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
    entries: Vec<Side>,
    names: Names,
    settings: Settings,
}

impl Index {
    /// Makes an index of people.
    #[must_use]
    pub fn build(people: &[Person], names: &Names, settings: &Settings) -> Self {
        let side = |preparer: &mut Preparer, person: &Person| preparer.side(person, names, settings);
        let entries = people.par_iter().map_init(Preparer::default, side).collect();
        Self { entries, names: names.clone(), settings: *settings }
    }

    /// The entries that reach a level, best first.
    #[must_use]
    pub fn search(&self, person: &Person, least: Level) -> Vec<Hit> {
        let asked = Preparer::default().side(person, &self.names, &self.settings);
        let hit = |(entry, side): (usize, &Side)| {
            let comparison = sides(&asked, side, &self.settings);
            let level = comparison.level.filter(|level| *level >= least)?;
            Some(Hit { entry: u32::try_from(entry).ok()?, points: comparison.points, level })
        };
        let mut hits: Vec<Hit> = self.entries.iter().enumerate().filter_map(hit).collect();
        hits.sort_unstable_by_key(|hit| (std::cmp::Reverse(hit.points), hit.entry));
        hits
    }

    /// The hits of each of many people, in their order.
    #[must_use]
    pub fn search_all(&self, people: &[Person], least: Level) -> Vec<Vec<Hit>> {
        people.par_iter().map(|person| self.search(person, least)).collect()
    }
}
