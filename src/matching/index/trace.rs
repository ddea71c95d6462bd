//! What the search makes of one pair: what leads from the person to the entry, which bound puts it aside, by how much.

use super::Index;
use super::search::{Asked, Scratch, Search};
use crate::matching::evidence::{Kind, birth};
use crate::matching::person::{Birth, Person};
use crate::matching::settings::Level;

/// A pair as the search sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Trace {
    /// What led to the entry.
    pub way: Way,
    /// What dropped it before it was compared whole; nothing where it was compared.
    pub dropped: Option<Dropped>,
}

/// What leads from a person to an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// An equal number, or the same name of a parent.
    Number,
    /// Dates of birth that agree.
    Birth(Kind),
    /// The words of the name.
    Name,
    /// Nothing does.
    None,
}

/// Why a pair was not compared whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dropped {
    /// Nothing that could confirm a name agrees, and a name alone was not asked for.
    NoWay,
    /// The words of the names can be worth so much at most; with everything that may still speak for it, so much is needed.
    Words(Bound),
    /// With what else is known, the pair can come to so much at most.
    Rest(Bound),
    /// Too few words can have a partner for the names to be as alike as a name alone must be.
    Unlike,
}

/// What a pair can come to at most, and what it needs, in thousandths of a bit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bound {
    /// At most.
    pub most: i32,
    /// At least.
    pub needed: i32,
}

impl Index {
    /// What a search for somebody makes of one entry. Nothing where there is no such entry.
    #[must_use]
    pub fn trace(&self, person: &Person, entry: u32, least: Level) -> Option<Trace> {
        let asked = Asked::new(self, std::slice::from_ref(person));
        let query = asked.people.first()?;
        if entry as usize >= self.len() {
            return None;
        }
        let mut scratch = Scratch::new(self);
        let mut search = Search { index: self, asked: &asked, query, least, scratch: &mut scratch };
        if search.numbered().contains(&entry) {
            return Some(Trace { way: Way::Number, dropped: None });
        }
        let mut best = Trace { way: Way::None, dropped: Some(Dropped::NoWay) };
        for name in &query.names {
            search.scratch.clear();
            search.lay_out(name);
            let by_birth = search.by_birth(entry);
            best = nearer(best, by_birth);
            if least == Level::NameOnly {
                let words = asked.words(name);
                let meets = self.flat.names_of(entry as usize).any(|other| search.meets(&words, super::narrow(other)));
                let dropped = if meets { None } else { Some(Dropped::Unlike) };
                best = nearer(best, Some(Trace { way: Way::Name, dropped }));
            }
        }
        Some(best)
    }
}

/// Of two ways the one that comes further.
fn nearer(one: Trace, other: Option<Trace>) -> Trace {
    let rank = |trace: &Trace| match trace.dropped {
        None => (4, 0),
        Some(Dropped::Rest(bound)) => (3, bound.most - bound.needed),
        Some(Dropped::Words(bound)) => (2, bound.most - bound.needed),
        Some(Dropped::Unlike) => (1, 0),
        Some(Dropped::NoWay) => (0, 0),
    };
    other.filter(|other| rank(other) > rank(&one)).unwrap_or(one)
}

impl Search<'_> {
    /// How far a date of birth leads with the name that is laid out.
    fn by_birth(&self, entry: u32) -> Option<Trace> {
        let (index, facts) = (self.index, &self.query.facts);
        let theirs = index.flat.view(entry as usize);
        let of = |stated: Option<Birth>, by_nik: Option<chrono::NaiveDate>| {
            [stated, by_nik.map(Birth::Day)].into_iter().flatten().collect::<Vec<_>>()
        };
        let mut best: Option<(Kind, i32)> = None;
        for ours in of(facts.born, facts.born_by_nik) {
            for theirs in of(theirs.born, theirs.born_by_nik) {
                let agree = birth(ours, theirs, &index.settings).filter(|(kind, _)| kind.is_birth());
                best = [best, agree].into_iter().flatten().max_by_key(|(_, points)| *points);
            }
        }
        let (kind, points) = best?;
        let way = Way::Birth(kind);
        let names = index.flat.names_of(entry as usize).map(|name| index.flat.names.get(name));
        let penalty = |words: &[u32]| {
            let words = words.iter().filter_map(|word| index.vocabulary.words.get(*word as usize));
            words.map(|word| word.penalty).sum::<i32>()
        };
        let most = names.map(|words| self.most_of_words(words, penalty(words))).max()?;
        let words = Bound { most, needed: self.enough() - points - self.most_besides() };
        if words.most < words.needed {
            return Some(Trace { way, dropped: Some(Dropped::Words(words)) });
        }
        let besides = self.sum(entry).points + self.most_of_parents(entry);
        let rest = Bound { most: most + besides, needed: self.enough() };
        let dropped = if rest.most < rest.needed { Some(Dropped::Rest(rest)) } else { None };
        Some(Trace { way, dropped })
    }
}
