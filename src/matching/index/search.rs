//! Finding the hits of people: the words they may be taken for once for all of them, then person by person.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use rayon::prelude::*;

use super::flat::parent_key;
use super::lookup::{MORE, Row};
use super::vocabulary::{Interner, Related};
use super::{Hit, Index, narrow, sort};
use crate::calendar;
use crate::matching::compare::{MOST_NAMES, Sum, parent_line, sorted_texts};
use crate::matching::evidence::{FactReader, Facts, Kind, MOST_YEARS, birth, is_fill_in, near_years, weigh};
use crate::matching::pairing::{Board, Score};
use crate::matching::person::{Birth, Person};
use crate::matching::settings::Level;
use crate::matching::token::{Bond, MOST_WORDS, Reader, Word};

/// What finding hits took.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stats {
    /// Names of entries looked at first.
    pub looked_at: u64,
    /// Of these, those whose words could not be worth enough.
    pub pruned_by_words: u64,
    /// Of the rest, those for which nothing else spoke enough.
    pub pruned_by_evidence: u64,
    /// Entries compared whole.
    pub compared: u64,
    /// Hits.
    pub hits: u64,
    /// The words through which names were looked at because a name alone was asked for, each with how many.
    pub costs: BTreeMap<String, u64>,
}

/// Words listed by [`Stats::costliest`].
const COSTLIEST: usize = 20;

impl Stats {
    /// The words through which most names were looked at, with how many; costliest first.
    #[must_use]
    pub fn costliest(&self) -> Vec<(&str, u64)> {
        let mut costs: Vec<(&str, u64)> = self.costs.iter().map(|(word, names)| (word.as_str(), *names)).collect();
        costs.sort_by_key(|(_, names)| std::cmp::Reverse(*names));
        costs.truncate(COSTLIEST);
        costs
    }

    /// With what another part of the list took, or other people.
    pub fn add(&mut self, other: &Self) {
        for (word, names) in &other.costs {
            *self.costs.entry(word.clone()).or_default() += names;
        }
        self.looked_at += other.looked_at;
        self.pruned_by_words += other.pruned_by_words;
        self.pruned_by_evidence += other.pruned_by_evidence;
        self.compared += other.compared;
        self.hits += other.hits;
    }
}

/// The people looked for, their words numbered.
pub(super) struct Asked {
    pub(super) people: Vec<Query>,
    words: Vec<Word>,
    related: Vec<Related>,
}

/// One of them.
pub(super) struct Query {
    pub(super) names: Vec<Vec<u32>>,
    pub(super) facts: Facts,
    /// Mother and father.
    parents: [Vec<u32>; 2],
}

impl Asked {
    pub(super) fn new(index: &Index, people: &[Person]) -> Self {
        let mut interner = Interner::default();
        let (mut reader, mut facts) = (Reader::default(), FactReader::default());
        let people = people.iter().map(|person| Query::new(person, &mut interner, &mut reader, &mut facts)).collect();
        let tokens: Vec<_> = interner.iter().collect();
        let words: Vec<Word> = tokens.par_iter().map(|token| Word::new(token, &index.names, &index.settings)).collect();
        let related = words.par_iter().map(|word| index.vocabulary.related(word, &index.settings)).collect();
        Self { people, words, related }
    }

    pub(super) fn words(&self, ids: &[u32]) -> Vec<&Word> {
        ids.iter().filter_map(|id| self.words.get(*id as usize)).collect()
    }
}

impl Query {
    fn new(person: &Person, interner: &mut Interner, reader: &mut Reader, facts: &mut FactReader) -> Self {
        let mut words =
            |name: &str| reader.read(name).tokens.iter().map(|token| interner.id(token)).collect::<Vec<u32>>();
        let parent = |name: &Option<String>, words: &mut dyn FnMut(&str) -> Vec<u32>| {
            name.as_deref().map(words).unwrap_or_default()
        };
        Self {
            names: person.names.iter().take(MOST_NAMES).map(|name| words(name)).collect(),
            parents: [parent(&person.mother, &mut words), parent(&person.father, &mut words)],
            facts: facts.read(person),
        }
    }
}

pub(super) fn all(index: &Index, people: &[Person], least: Level) -> (Vec<Vec<Hit>>, Stats) {
    let asked = Asked::new(index, people);
    let found: Vec<Found> = asked
        .people
        .par_iter()
        .map_init(|| Scratch::new(index), |scratch, query| Search { index, asked: &asked, query, least, scratch }.run())
        .collect();
    let mut stats = Stats::default();
    let mut costs: BTreeMap<u32, u64> = BTreeMap::new();
    let mut hits = Vec::with_capacity(found.len());
    for Found { hits: of_person, stats: took, costs: words } in found {
        stats.add(&took);
        words.into_iter().for_each(|(word, names)| *costs.entry(word).or_default() += names);
        hits.push(of_person);
    }
    for (word, names) in costs {
        // A word has several numbers where its marks differ.
        let text = asked.words.get(word as usize).map_or(String::new(), |word| word.text.to_string());
        *stats.costs.entry(text).or_default() += names;
    }
    (hits, stats)
}

/// What a word of the list may be worth to the name looked for.
#[derive(Debug, Clone, Copy)]
struct Slot {
    word: u32,
    /// The most it brings, its own penalty saved included; never less than nothing.
    most: i32,
    /// Words of the name that it may stand for, alone or with a neighbour.
    covers: u8,
    bonds: [Option<Bond>; MOST_WORDS],
}

/// Room that a thread keeps from one person to the next.
pub(super) struct Scratch {
    /// For each word of the list its slot plus one; one place more for no word.
    slot_of: Vec<u32>,
    slots: Vec<Slot>,
    /// For each entry the last person it was compared with.
    seen: Vec<u32>,
    /// For each name the last name it was looked at for, name alone.
    met: Vec<u32>,
    turn: u32,
    name_turn: u32,
    board: Board,
    /// The penalty of the words of the name that are not covered, by the set of those that are.
    uncovered: Vec<i32>,
}

impl Scratch {
    pub(super) fn new(index: &Index) -> Self {
        Self {
            slot_of: vec![0; index.vocabulary.words.len() + 1],
            slots: Vec::new(),
            seen: vec![0; index.len()],
            met: Vec::new(),
            turn: 0,
            name_turn: 0,
            board: Board::default(),
            uncovered: Vec::new(),
        }
    }

    fn slot(&mut self, word: u32) -> Option<&mut Slot> {
        let place = self.slot_of.get_mut(word as usize)?;
        if *place == 0 {
            self.slots.push(Slot { word, most: 0, covers: 0, bonds: [None; MOST_WORDS] });
            *place = narrow(self.slots.len());
        }
        self.slots.get_mut(*place as usize - 1)
    }

    fn of(&self, word: u32) -> Option<&Slot> {
        let at = self.slot_of.get(word as usize).copied().unwrap_or(0) as usize;
        at.checked_sub(1).and_then(|at| self.slots.get(at))
    }

    pub(super) fn clear(&mut self) {
        for slot in &self.slots {
            self.slot_of.get_mut(slot.word as usize).into_iter().for_each(|place| *place = 0);
        }
        self.slots.clear();
    }
}

/// The search for one person.
pub(super) struct Search<'a> {
    pub(super) index: &'a Index,
    pub(super) asked: &'a Asked,
    pub(super) query: &'a Query,
    pub(super) least: Level,
    pub(super) scratch: &'a mut Scratch,
}

/// What has been found for a person so far.
#[derive(Default)]
struct Found {
    hits: Vec<Hit>,
    stats: Stats,
    costs: Vec<(u32, u64)>,
}

impl Search<'_> {
    fn run(mut self) -> Found {
        let mut found = Found::default();
        self.scratch.turn += 1;
        let query = self.query;
        for (at, name) in query.names.iter().enumerate() {
            self.scratch.clear();
            self.lay_out(name);
            if at == 0 {
                self.by_numbers(&mut found);
            }
            self.by_births(&mut found);
            if self.least == Level::NameOnly {
                self.by_name(name, &mut found);
            }
        }
        if query.names.is_empty() {
            self.scratch.clear();
            self.by_numbers(&mut found);
        }
        sort(&mut found.hits);
        found.stats.hits = found.hits.len() as u64;
        found
    }

    /// Notes for every word of the list what it may be worth to a name.
    pub(super) fn lay_out(&mut self, name: &[u32]) {
        let (asked, index) = (self.asked, self.index);
        let (vocabulary, settings) = (&index.vocabulary, &index.settings);
        let penalty = |word: u32| vocabulary.words.get(word as usize).map_or(0, |word| word.penalty);
        let words = asked.words(name);
        for (at, id) in name.iter().enumerate().take(MOST_WORDS) {
            let Some(related) = asked.related.get(*id as usize) else { continue };
            for (word, bond) in &related.bonds {
                let most = bond.points + penalty(*word);
                if let Some(slot) = self.scratch.slot(*word) {
                    slot.most = slot.most.max(most);
                    slot.covers |= 1 << at;
                    slot.bonds.get_mut(at).into_iter().for_each(|place| *place = Some(*bond));
                }
            }
            let heads = related.heads.iter().copied();
            for (word, most) in heads.chain(related.tails.iter().map(|word| (*word, 0))) {
                if let Some(slot) = self.scratch.slot(word) {
                    slot.most = slot.most.max(most);
                    slot.covers |= 1 << at;
                }
            }
        }
        for (at, pair) in words.windows(2).enumerate() {
            let [one, next] = pair else { continue };
            for (word, bond) in vocabulary.joined(one, next, settings) {
                let most = bond.points + penalty(word);
                if let Some(slot) = self.scratch.slot(word) {
                    slot.most = slot.most.max(most);
                    slot.covers |= 0b11 << at;
                }
            }
        }
        let penalty = |set: usize| {
            let free = words.iter().enumerate().filter(|(at, _)| set & (1 << at) == 0);
            free.map(|(_, word)| word.penalty).sum::<i32>()
        };
        self.scratch.uncovered.clear();
        self.scratch.uncovered.extend((0..1_usize << words.len().min(MOST_WORDS)).map(penalty));
    }

    /// Entries that share a number or the whole name of a parent.
    fn by_numbers(&mut self, found: &mut Found) {
        for entry in self.numbered() {
            self.compare(entry, found);
        }
    }

    pub(super) fn numbered(&self) -> Vec<u32> {
        let (index, query) = (self.index, self.query);
        let lookup = &index.lookup;
        let mut entries: Vec<u32> = Vec::new();
        let mut take = |table: &[(u64, u32)], key: u64| {
            let from = table.partition_point(|(other, _)| *other < key);
            let same = table.get(from..).unwrap_or_default().iter().take_while(|(other, _)| *other == key);
            entries.extend(same.map(|(_, entry)| *entry));
        };
        query.facts.nik.into_iter().for_each(|nik| take(&lookup.niks, nik));
        query.facts.passports.iter().for_each(|hash| take(&lookup.passports, *hash));
        query.facts.phones.iter().for_each(|hash| take(&lookup.phones, *hash));
        for (which, parent) in query.parents.iter().enumerate() {
            let texts = self.asked.words(parent).iter().map(|word| &*word.text).collect();
            parent_key(texts, which).into_iter().for_each(|key| take(&lookup.parents, key));
        }
        entries
    }

    /// Entries whose date of birth agrees in some way.
    fn by_births(&mut self, found: &mut Found) {
        let facts = &self.query.facts;
        for born in [facts.born, facts.born_by_nik.map(Birth::Day)].into_iter().flatten() {
            let lookup = &self.index.lookup;
            for (first, last) in days_alike(born) {
                for (key, rows) in lookup.days.between(first..last.saturating_add(1)) {
                    if let Some(day) = calendar::date(i64::from(key)) {
                        self.rows(born, Birth::Day(day), rows, found);
                    }
                }
            }
            let (first, last) = born.years();
            let months = first.saturating_mul(12)..last.saturating_add(1).saturating_mul(12);
            for (key, rows) in lookup.months.between(months) {
                let month = u32::try_from(key.rem_euclid(12) + 1).unwrap_or(1);
                self.rows(born, Birth::Month { year: key.div_euclid(12), month }, rows, found);
            }
            for (key, rows) in lookup.years.between(first..last.saturating_add(1)) {
                self.rows(born, Birth::Year(key), rows, found);
            }
            // A span begins at most so many years before the years it reaches.
            for (_, rows) in lookup.spans.between(first.saturating_sub(MOST_YEARS)..last.saturating_add(1)) {
                self.spans(born, rows, found);
            }
        }
    }

    /// The rows of one date.
    fn rows(&mut self, born: Birth, theirs: Birth, rows: &[Row], found: &mut Found) {
        match birth(born, theirs, &self.index.settings) {
            Some((kind, points)) if kind.is_birth() => self.look(points, rows, found),
            _ => {}
        }
    }

    /// Rows of spans that begin in one year: how long each is stands with its entry.
    fn spans(&mut self, born: Birth, rows: &[Row], found: &mut Found) {
        for row in rows {
            let entry = self.index.lookup.entry_of.get(row.name as usize).copied().unwrap_or(0);
            if let Some(theirs) = self.index.flat.view(entry as usize).born {
                self.rows(born, theirs, std::slice::from_ref(row), found);
            }
        }
    }

    /// A first look at rows whose dates of birth are worth so many points.
    fn look(&mut self, points: i32, rows: &[Row], found: &mut Found) {
        let enough = self.enough();
        let needed = enough - points - self.most_besides();
        found.stats.looked_at += rows.len() as u64;
        for row in rows {
            let most = self.most_of(row);
            if most < needed {
                found.stats.pruned_by_words += 1;
                continue;
            }
            let entry = self.index.lookup.entry_of.get(row.name as usize).copied().unwrap_or(0);
            if self.scratch.seen.get(entry as usize) == Some(&self.scratch.turn) {
                continue;
            }
            let besides = self.sum(entry).points + self.most_of_parents(entry);
            if most + besides < enough {
                found.stats.pruned_by_evidence += 1;
                continue;
            }
            self.compare(entry, found);
        }
    }

    /// The points that a pair must reach to which something besides the name leads.
    pub(super) fn enough(&self) -> i32 {
        self.index.settings.level.least(self.least.max(Level::Possible))
    }

    /// The most that speaks for any entry besides its name and date of birth, equal numbers left out: those are found by
    /// themselves.
    pub(super) fn most_besides(&self) -> i32 {
        let (settings, facts, index) = (&self.index.settings, &self.query.facts, self.index);
        let place = if facts.place.is_some() && !index.flat.places.is_empty() {
            settings.other.place_equal.max(settings.other.place_near)
        } else {
            0
        };
        let nik = if facts.nik.is_some() && !index.lookup.niks.is_empty() { settings.number.nik_near } else { 0 };
        let parents = self.query.parents.iter().filter(|parent| !parent.is_empty()).count();
        let parents = if index.flat.parents.len() == 0 { 0 } else { i32::try_from(parents).unwrap_or(2) };
        place + nik + parents * settings.other.parent_most
    }

    pub(super) fn most_of_parents(&self, entry: u32) -> i32 {
        if self.index.flat.parents.len() == 0 {
            return 0;
        }
        let both =
            self.query.parents.iter().enumerate().filter(|(which, parent)| {
                !parent.is_empty() && !self.index.flat.parent(entry as usize, *which).is_empty()
            });
        i32::try_from(both.count()).unwrap_or(2) * self.index.settings.other.parent_most
    }

    /// The most that the words of a row can be worth.
    #[inline]
    fn most_of(&self, row: &Row) -> i32 {
        match row.words.contains(&MORE) {
            true => self.most_of_words(self.index.flat.names.get(row.name as usize), row.penalty),
            false => self.most_of_words(&row.words, row.penalty),
        }
    }

    /// The most that words can be worth whose penalties come to so much.
    #[inline]
    pub(super) fn most_of_words(&self, words: &[u32], penalty: i32) -> i32 {
        let (mut most, mut covered) = (-penalty, 0_u8);
        for word in words {
            if let Some(slot) = self.scratch.of(*word) {
                most += slot.most;
                covered |= slot.covers;
            }
        }
        most - self.scratch.uncovered.get(covered as usize).copied().unwrap_or(0)
    }

    /// Whether the search through the words of one name would meet another, and whether it would then be compared.
    pub(super) fn meets(&self, words: &[&Word], name: u32) -> bool {
        let words = words.get(..MOST_WORDS).unwrap_or(words);
        let probed = self.probed(words);
        let met = |word: &u32| self.scratch.of(*word).is_some_and(|slot| slot.covers & probed != 0);
        self.index.flat.names.get(name as usize).iter().any(met) && self.may_be_alike(words, name)
    }

    /// What everything besides names comes to, parents left out.
    pub(super) fn sum(&self, entry: u32) -> Sum {
        let mut sum = Sum::default();
        let (ours, theirs) = (self.query.facts.view(), self.index.flat.view(entry as usize));
        weigh(&ours, &theirs, &self.index.settings, &mut |line| sum.add(&line));
        sum
    }

    /// Compares an entry whole, once for a person.
    fn compare(&mut self, entry: u32, found: &mut Found) {
        match self.scratch.seen.get_mut(entry as usize) {
            Some(seen) if *seen != self.scratch.turn => *seen = self.scratch.turn,
            _ => return,
        }
        found.stats.compared += 1;
        let mut sum = self.sum(entry);
        self.add_parents(entry, &mut sum);
        let (name, words) = self.best_names(entry);
        let verdict = sum.verdict(name, words);
        if let Some(level) = verdict.level(&self.index.settings.level).filter(|level| *level >= self.least) {
            found.hits.push(Hit { entry, points: verdict.points, level });
        }
    }

    fn add_parents(&mut self, entry: u32, sum: &mut Sum) {
        let (index, asked) = (self.index, self.asked);
        for (which, (kind, ours)) in [Kind::Mother, Kind::Father].into_iter().zip(&self.query.parents).enumerate() {
            let theirs = index.flat.parent(entry as usize, which);
            if ours.is_empty() || theirs.is_empty() {
                continue;
            }
            let left = asked.words(ours);
            let right: Vec<&Word> = theirs.iter().filter_map(|id| index.vocabulary.words.get(*id as usize)).collect();
            let score = self.scratch.board.pair(&left, &right, &index.settings);
            let same = || sorted_texts(&left) == sorted_texts(&right);
            let (line, agree) = parent_line(kind, score, same(), &index.settings);
            sum.add(&line);
            sum.parents_agree |= agree;
        }
    }

    /// The score of the names that agree best, and how many words the shorter has.
    fn best_names(&mut self, entry: u32) -> (Score, usize) {
        let (index, asked, query) = (self.index, self.asked, self.query);
        let mut best: Option<(Score, usize)> = None;
        for name in index.flat.names_of(entry as usize) {
            let ids = index.flat.names.get(name);
            let right: Vec<&Word> = ids.iter().filter_map(|id| index.vocabulary.words.get(*id as usize)).collect();
            for ours in &query.names {
                let left = asked.words(ours);
                if left.is_empty() || right.is_empty() {
                    continue;
                }
                let Scratch { board, slot_of, slots, .. } = &mut *self.scratch;
                let score = if query.names.len() == 1 {
                    board.lay(&left, &right, &index.settings, |row, column| {
                        let slot = slot_of.get(*ids.get(column)? as usize).copied()? as usize;
                        slots.get(slot.checked_sub(1)?)?.bonds.get(row).copied().flatten()
                    })
                } else {
                    board.pair(&left, &right, &index.settings)
                };
                best = best.max(Some((score, left.len().min(right.len()))));
            }
        }
        best.unwrap_or((Score { points: 0, alike: 0 }, 0))
    }

    /// Entries that a name alone leads to. A name is only as alike as asked when so much of the name looked for is paired;
    /// so one of a few of its words must be, and those are taken that the fewest names have.
    fn by_name(&mut self, name: &[u32], found: &mut Found) {
        let words = self.asked.words(name);
        let words = words.get(..MOST_WORDS).unwrap_or(&words);
        let probed = self.probed(words);
        if self.scratch.met.is_empty() {
            self.scratch.met = vec![0; self.index.flat.names.len()];
        }
        self.scratch.name_turn += 1;
        let slots: Vec<Slot> = self.scratch.slots.iter().filter(|slot| slot.covers & probed != 0).copied().collect();
        for slot in slots {
            let names = self.index.lookup.names_with.get(slot.word);
            if let Some(id) = name.get((slot.covers & probed).trailing_zeros() as usize) {
                found.costs.push((*id, names.len() as u64));
            }
            for other in names {
                let turn = self.scratch.name_turn;
                match self.scratch.met.get_mut(*other as usize) {
                    Some(met) if *met != turn => *met = turn,
                    _ => continue,
                }
                found.stats.looked_at += 1;
                if self.may_be_alike(words, *other) {
                    let entry = self.index.lookup.entry_of.get(*other as usize).copied().unwrap_or(0);
                    self.compare(entry, found);
                } else {
                    found.stats.pruned_by_words += 1;
                }
            }
        }
    }

    /// The words to look through, as a set: the cheapest ones so that what is left over could not be alike enough alone.
    pub(super) fn probed(&self, words: &[&Word]) -> u8 {
        let total: i64 = words.iter().map(|word| i64::from(word.weight)).sum();
        let cost = |at: usize| {
            let slots = self.scratch.slots.iter().filter(|slot| slot.covers & (1 << at) != 0);
            slots.map(|slot| self.index.lookup.names_with.get(slot.word).len()).sum::<usize>()
        };
        let mut order: Vec<(usize, usize)> = (0..words.len()).map(|at| (cost(at), at)).collect();
        order.sort_unstable();
        let (mut rest, mut probed) = (total, 0_u8);
        for (_, at) in order {
            if !self.reaches(rest, total - rest) {
                break;
            }
            probed |= 1 << at;
            rest -= words.get(at).map_or(0, |word| i64::from(word.weight));
        }
        probed
    }

    /// Whether a name may be as alike as asked when at most so much weight is paired and at least so much is not.
    fn reaches(&self, paired: i64, unpaired: i64) -> bool {
        // As in the score: twice the pairs, over twice the pairs and 0.55 of the rest, here rounded in favour.
        let below = 2_000 * paired + 550 * unpaired;
        let asked = i64::from(self.index.settings.level.name_only_percent);
        below > 0 && 200 * 1_000 * paired >= asked * below
    }

    pub(super) fn may_be_alike(&self, words: &[&Word], name: u32) -> bool {
        let ours: i64 = words.iter().map(|word| i64::from(word.weight)).sum();
        let (mut paired, mut unpaired, mut covered) = (0, 0, 0_u8);
        for id in self.index.flat.names.get(name as usize) {
            let weight = self.index.vocabulary.words.get(*id as usize).map_or(0, |word| i64::from(word.weight));
            match self.scratch.of(*id) {
                Some(slot) => {
                    paired += weight;
                    covered |= slot.covers;
                }
                None => unpaired += weight,
            }
        }
        let free = words.iter().enumerate().filter(|(at, _)| covered & (1 << at) == 0);
        let free: i64 = free.map(|(_, word)| i64::from(word.weight)).sum();
        self.reaches(paired.min(ours - free), unpaired + free)
    }
}

/// Ranges of days, ends included, that hold every day that agrees with a date of birth in some way.
fn days_alike(born: Birth) -> Vec<(i32, i32)> {
    let number = |day: NaiveDate| i32::try_from(calendar::days(day)).ok();
    let whole = |first: Option<NaiveDate>, last: Option<NaiveDate>| Some((number(first?)?, number(last?)?));
    let of_year = |year: i32| whole(NaiveDate::from_ymd_opt(year, 1, 1), NaiveDate::from_ymd_opt(year, 12, 31));
    let of_month = |year: i32, month: u32| {
        let first = NaiveDate::from_ymd_opt(year, month, 1)?;
        whole(Some(first), first.checked_add_months(chrono::Months::new(1))?.pred_opt())
    };
    let one = |year: i32, month: u32, day: u32| {
        let day = NaiveDate::from_ymd_opt(year, month, day)?;
        whole(Some(day), Some(day))
    };
    let filled_in = |year: i32| [one(year, 12, 31), one(year, 1, 1), one(year, 7, 1)];
    let mut days: Vec<Option<(i32, i32)>> = match born {
        Birth::Day(day) if is_fill_in(day) => vec![of_year(day.year())],
        Birth::Day(day) => {
            let (year, month, of_month_day) = (day.year(), day.month(), day.day());
            let swapped = one(year, of_month_day, month);
            let months = (1..=12).filter(|other| *other != month).map(|other| one(year, other, of_month_day));
            let years = alike_years(year).map(|other| one(other, month, of_month_day));
            let around = [of_month(year, month), swapped].into_iter().chain(filled_in(year));
            around.chain(months).chain(years).collect()
        }
        Birth::Month { year, month } => std::iter::once(of_month(year, month)).chain(filled_in(year)).collect(),
        Birth::Year(year) => vec![of_year(year)],
        Birth::Years(..) => {
            let (first, last) = born.years();
            match last.saturating_sub(first) <= MOST_YEARS {
                true => (first..=last).map(of_year).collect(),
                false => Vec::new(),
            }
        }
    };
    days.sort_unstable();
    days.dedup();
    days.into_iter().flatten().collect()
}

/// Years that one digit makes of another, or that follow it.
fn alike_years(year: i32) -> impl Iterator<Item = i32> {
    (year.saturating_sub(99)..=year.saturating_add(99)).filter(move |other| *other != year && near_years(year, *other))
}
