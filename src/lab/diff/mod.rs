//! Two versions of the rules on the same applications: who enters the list, who leaves, who moves, and why.
//!
//! Nobody is named: an application appears with its masked number, and what is counted by sex, age and region is for
//! review, in groups large enough.

mod cause;
mod counters;

use std::collections::{BTreeMap, BTreeSet};

pub use cause::{Cause, Turn};
pub use counters::{Counter, Gate};

use super::sample::{Judged, Sample, Terms};
use crate::Result;
use crate::columns::derived::nik::PROVINSI;
use crate::columns::derived::umur::UMUR;
use crate::frame::Frame;
use crate::rules::{Class, Rule, RuleSet};
use crate::schema::Mask;
use crate::schema::columns::{JENIS_KELAMIN, KODE_KANIM, NOMOR_PERMOHONAN};
use crate::screening::{Band, Hit, Referral, age_band};

/// One version of the rules over the sample.
#[derive(Debug, Clone, Copy)]
pub(super) struct Version<'a> {
    pub(super) set: &'a RuleSet,
    pub(super) judged: &'a Judged,
}

/// What differs.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Diff {
    /// Applications judged.
    pub applications: usize,
    /// On the list before and after.
    pub listed: (usize, usize),
    /// Applications that enter, leave or change their points: entered first, then left, then moved, each by rank.
    pub moves: Vec<Move>,
    /// Applications listed both times with equal points at another rank.
    pub shifted: usize,
    /// Rules whose meaning or hits changed, by id.
    pub rules: Vec<RuleChange>,
    /// By class of the finding: how many it gained and lost.
    pub by_class: BTreeMap<Class, (usize, usize)>,
    /// By office: entered and left.
    pub by_office: BTreeMap<String, (usize, usize)>,
    /// By group or network behind a finding that came or went: entered and left.
    pub by_source: BTreeMap<String, (usize, usize)>,
    /// By sex, age band and province, for review only.
    pub people: Vec<(&'static str, Vec<People>)>,
}

/// How an application moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// Not on the list before.
    Entered,
    /// No longer on the list.
    Left,
    /// On both lists with other points.
    Moved,
}

/// A place on a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// From 1.
    pub rank: usize,
    /// The score.
    pub score: i64,
    /// How soon.
    pub band: Band,
}

/// An application that moved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Move {
    /// Its masked number.
    pub number: String,
    /// Where to.
    pub way: Way,
    /// Before and after.
    pub places: (Option<Place>, Option<Place>),
    /// The scores before and after, listed or not.
    pub scores: (i64, i64),
    /// Why; nothing where only others moved.
    pub causes: Vec<Cause>,
}

/// A rule whose meaning or hits changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleChange {
    /// Its id.
    pub id: String,
    /// Version before and after; nothing where there is no such rule.
    pub versions: (Option<i64>, Option<i64>),
    /// Lines of its meaning that went and that came.
    pub lines: (Vec<String>, Vec<String>),
    /// Hits before and after.
    pub hits: (usize, usize),
    /// Applications it now fires for and those it no longer does.
    pub turned: (usize, usize),
}

/// A group of people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct People {
    /// Which.
    pub group: String,
    /// Applications.
    pub applications: usize,
    /// Listed before and after.
    pub listed: (usize, usize),
    /// Entered and left.
    pub moved: (usize, usize),
}

/// Groups smaller than this are shown together, so that no line is about a few people.
const SMALLEST_GROUP: usize = 10;

impl Diff {
    /// Judges the sample by both rule sets and compares.
    pub fn of(sample: &Sample, old: &Terms<'_>, new: &Terms<'_>) -> Result<Self> {
        let (a, b) = rayon::join(|| sample.judge(old), || sample.judge(new));
        Self::between((old.set, &a?), (new.set, &b?))
    }

    /// Compares a sample under two rule sets.
    pub fn between(old: (&RuleSet, &Judged), new: (&RuleSet, &Judged)) -> Result<Self> {
        let (old, new) = (Version { set: old.0, judged: old.1 }, Version { set: new.0, judged: new.1 });
        Comparison { old, new }.diff()
    }

    /// How many moved in a way.
    #[must_use]
    pub fn count(&self, way: Way) -> usize {
        self.moves.iter().filter(|m| m.way == way).count()
    }

    /// Whether the lists and the rules are the same.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.moves.is_empty() && self.rules.is_empty() && self.shifted == 0
    }
}

struct Comparison<'a> {
    old: Version<'a>,
    new: Version<'a>,
}

impl Comparison<'_> {
    fn diff(&self) -> Result<Diff> {
        let (old, new) = (places(self.old.judged), places(self.new.judged));
        let mut diff = Diff {
            applications: self.old.judged.subjects as usize,
            listed: (old.len(), new.len()),
            rules: self.rules(),
            ..Diff::default()
        };
        let rows: BTreeSet<u32> = old.keys().chain(new.keys()).copied().collect();
        let mut ways: BTreeMap<u32, Way> = BTreeMap::new();
        for row in rows {
            let places = (old.get(&row).copied(), new.get(&row).copied());
            let way = match places {
                (None, _) => Way::Entered,
                (_, None) => Way::Left,
                (Some(a), Some(b)) if a.score != b.score || a.band != b.band => Way::Moved,
                (Some(a), Some(b)) => {
                    diff.shifted += usize::from(a.rank != b.rank);
                    continue;
                }
            };
            ways.insert(row, way);
            diff.moves.push(self.moved(row, way, places)?);
        }
        let rank = |m: &Move| m.places.1.or(m.places.0).map(|place| place.rank);
        diff.moves.sort_by(|a, b| a.way.cmp(&b.way).then_with(|| rank(a).cmp(&rank(b))));
        self.counts(&ways, &mut diff)?;
        diff.people = self.people(&ways, &old, &new)?;
        Ok(diff)
    }

    fn moved(&self, row: u32, way: Way, places: (Option<Place>, Option<Place>)) -> Result<Move> {
        let number = self.new.judged.frame.text(NOMOR_PERMOHONAN)?.get(row as usize).unwrap_or_default();
        let score = |version: Version<'_>| version.judged.screened(version.set).score_of(row).map(|s| s.total);
        Ok(Move {
            number: Mask::Number.apply(number),
            way,
            places,
            scores: (score(self.old)?, score(self.new)?),
            causes: cause::causes(row, self.old, self.new)?,
        })
    }

    fn rules(&self) -> Vec<RuleChange> {
        let ids: BTreeSet<&str> =
            self.old.set.rules.iter().chain(&self.new.set.rules).map(|rule| rule.id.as_str()).collect();
        let mut changes = Vec::new();
        for id in ids {
            let (old, new) = (self.old.set.rule(id), self.new.set.rule(id));
            let lines = changed(&facts(old, self.old.set), &facts(new, self.new.set));
            let (before, after) = (self.old.fired(id), self.new.fired(id));
            if lines.0.is_empty() && lines.1.is_empty() && before == after {
                continue;
            }
            changes.push(RuleChange {
                id: id.to_owned(),
                versions: (old.map(|rule| rule.version), new.map(|rule| rule.version)),
                lines,
                hits: (before.len(), after.len()),
                turned: (after.difference(&before).count(), before.difference(&after).count()),
            });
        }
        changes
    }

    fn counts(&self, ways: &BTreeMap<u32, Way>, diff: &mut Diff) -> Result<()> {
        let offices = self.new.judged.frame.text(KODE_KANIM)?;
        for (row, way) in ways {
            let count = |counts: &mut (usize, usize)| match way {
                Way::Entered => counts.0 += 1,
                Way::Left => counts.1 += 1,
                Way::Moved => {}
            };
            if *way != Way::Moved {
                let office = offices.get(*row as usize).unwrap_or("?");
                count(diff.by_office.entry(office.to_owned()).or_default());
                let sources: BTreeSet<String> = cause::sources(*row, self.old, self.new);
                sources.into_iter().for_each(|source| count(diff.by_source.entry(source).or_default()));
            }
        }
        for change in &diff.rules {
            let rule = self.new.set.rule(&change.id).or_else(|| self.old.set.rule(&change.id));
            if let Some(rule) = rule.filter(|_| change.turned != (0, 0)) {
                let counts = diff.by_class.entry(rule.class).or_default();
                counts.0 += change.turned.0;
                counts.1 += change.turned.1;
            }
        }
        Ok(())
    }

    fn people(
        &self,
        ways: &BTreeMap<u32, Way>,
        old: &BTreeMap<u32, Place>,
        new: &BTreeMap<u32, Place>,
    ) -> Result<Vec<(&'static str, Vec<People>)>> {
        let frame = &self.new.judged.frame;
        let (sex, age, province) = (frame.text(JENIS_KELAMIN)?, frame.number(UMUR)?, frame.text(PROVINSI)?);
        let of = |group: &dyn Fn(usize) -> Option<String>| {
            let mut groups: BTreeMap<String, People> = BTreeMap::new();
            for row in 0..self.new.judged.subjects {
                let name = group(row as usize).unwrap_or_else(|| "unknown".to_owned());
                let of = groups.entry(name.clone()).or_insert_with(|| People::new(name));
                of.applications += 1;
                of.listed.0 += usize::from(old.contains_key(&row));
                of.listed.1 += usize::from(new.contains_key(&row));
                of.moved.0 += usize::from(ways.get(&row) == Some(&Way::Entered));
                of.moved.1 += usize::from(ways.get(&row) == Some(&Way::Left));
            }
            People::large_enough(groups)
        };
        Ok(vec![
            ("sex", of(&|row| sex.get(row).map(str::to_owned))),
            ("age", of(&|row| age.get(row).map(|age| age_band(age).to_owned()))),
            ("province of the NIK", of(&|row| province.get(row).map(str::to_owned))),
        ])
    }
}

/// What a rule means, with whether it counts.
fn facts(rule: Option<&Rule>, set: &RuleSet) -> Vec<String> {
    let Some(rule) = rule else { return Vec::new() };
    let mut facts = set.meaning.facts(rule.id.as_str());
    facts.push(format!("status {}", rule.status.name()));
    facts
}

/// The facts that only one of two versions has: those that went, those that came.
fn changed(old: &[String], new: &[String]) -> (Vec<String>, Vec<String>) {
    let only =
        |these: &[String], those: &[String]| these.iter().filter(|fact| !those.contains(fact)).cloned().collect();
    (only(old, new), only(new, old))
}

impl People {
    fn new(group: String) -> Self {
        Self { group, applications: 0, listed: (0, 0), moved: (0, 0) }
    }

    fn large_enough(groups: BTreeMap<String, Self>) -> Vec<Self> {
        let mut rest = Self::new("others".to_owned());
        let mut shown = Vec::new();
        for of in groups.into_values() {
            if of.applications >= SMALLEST_GROUP {
                shown.push(of);
                continue;
            }
            rest.applications += of.applications;
            rest.listed = (rest.listed.0 + of.listed.0, rest.listed.1 + of.listed.1);
            rest.moved = (rest.moved.0 + of.moved.0, rest.moved.1 + of.moved.1);
        }
        shown.extend(Some(rest).filter(|rest| rest.applications > 0));
        shown
    }
}

fn places(judged: &Judged) -> BTreeMap<u32, Place> {
    let place = |r: &Referral| (r.row, Place { rank: r.rank, score: r.score.total, band: r.band });
    judged.referrals.iter().map(place).collect()
}

impl Version<'_> {
    /// The rule of a hit.
    pub(super) fn rule_of(&self, hit: &Hit) -> Option<&Rule> {
        let planned = self.judged.plan.rules.get(hit.rule as usize)?;
        self.set.rules.get(planned.index)
    }

    /// The rows a rule fires for.
    fn fired(&self, id: &str) -> BTreeSet<u32> {
        let of = |hit: &&Hit| self.rule_of(hit).is_some_and(|rule| rule.id.as_str() == id);
        self.judged.hits.hits.iter().filter(of).map(|hit| hit.row).collect()
    }

    pub(super) fn frame(&self) -> &Frame {
        &self.judged.frame
    }
}
