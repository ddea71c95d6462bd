//! Two descriptions side by side: points, level, and why.

use super::evidence::{FactReader, Facts, Kind, Line, weigh};
use super::names::Names;
use super::pairing::{Grid, Pairing};
use super::person::Person;
use super::settings::{Level, Levels, Settings};
use super::token::{MOST_WORDS, Reader, Rule, Word};

/// Names of one person beyond these are not compared.
pub const MOST_NAMES: usize = 32;

/// An equal name of a parent confirms a person only if it is worth this much, in thousandths of a bit: SITI does not.
const PARENT_CONFIRMS: i32 = 8_000;

/// Names as alike as this, of 100, may be a hit of level `exact`.
const EXACT_NAMES: i32 = 90;

/// What two descriptions have in common.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// All points, in thousandths of a bit.
    pub points: i32,
    /// The level reached; nothing where it is no hit at all.
    pub level: Option<Level>,
    /// Whether anything besides the name says that it is the same person.
    pub confirmed: bool,
    /// The names compared.
    pub name: NameComparison,
    /// Everything else that speaks for or against.
    pub evidence: Vec<Line>,
    /// The next higher level and the points that are missing; without confirmation no points would do, and there is none.
    pub next: Option<(Level, i32)>,
}

/// Two names word by word.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NameComparison {
    /// Which name on the left, from 0.
    pub left: usize,
    /// Which name on the right.
    pub right: usize,
    /// Worth of the pairs less the penalties of words without a partner.
    pub points: i32,
    /// How alike they are, 0 to 100.
    pub alike: i32,
    /// The words that were paired.
    pub pairs: Vec<PairedWords>,
    /// Words of the left name without a partner, each with its penalty.
    pub left_over: Vec<(String, i32)>,
    /// Words of the right name without a partner.
    pub right_over: Vec<(String, i32)>,
    /// A name was too long to be compared whole: at most 8 words of 32 letters are.
    pub cut_off: bool,
}

/// Words taken for one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PairedWords {
    /// In the left name, in normal form.
    pub left: String,
    /// In the right name.
    pub right: String,
    /// Why.
    pub rule: Rule,
    /// What it is worth.
    pub points: i32,
}

/// A name ready to be compared.
#[derive(Debug, Clone, Default)]
pub(super) struct Form {
    pub(super) words: Vec<Word>,
    pub(super) cut_off: bool,
}

/// One side ready to be compared.
#[derive(Debug, Clone, Default)]
pub(super) struct Side {
    pub(super) names: Vec<Form>,
    pub(super) facts: Facts,
    pub(super) mother: Option<Form>,
    pub(super) father: Option<Form>,
}

/// Makes sides; keeps its buffers.
#[derive(Debug, Default)]
pub(super) struct Preparer {
    reader: Reader,
    facts: FactReader,
}

impl Preparer {
    pub(super) fn side(&mut self, person: &Person, names: &Names, settings: &Settings) -> Side {
        let mut form = |name: &str| self.reader.form(name, names, settings);
        Side {
            names: person.names.iter().take(MOST_NAMES).map(|name| form(name)).collect(),
            mother: person.mother.as_deref().map(&mut form).filter(|form| !form.words.is_empty()),
            father: person.father.as_deref().map(&mut form).filter(|form| !form.words.is_empty()),
            facts: self.facts.read(person),
        }
    }
}

impl Reader {
    fn form(&mut self, name: &str, names: &Names, settings: &Settings) -> Form {
        let reading = self.read(name);
        let words = reading.tokens.iter().map(|token| Word::new(token, names, settings)).collect();
        Form { words, cut_off: reading.cut_off }
    }
}

/// Compares two descriptions. `compare(a, b)` and `compare(b, a)` have the same points, level and evidence.
#[must_use]
pub fn compare(a: &Person, b: &Person, names: &Names, settings: &Settings) -> Comparison {
    let mut preparer = Preparer::default();
    sides(&preparer.side(a, names, settings), &preparer.side(b, names, settings), settings)
}

/// How alike two names are, from 0 (nothing in common) to 100 (the same words in any order), as hits are judged by it.
#[must_use]
pub fn similarity(a: &str, b: &str) -> i64 {
    let settings = Settings::shipped();
    let mut reader = Reader::default();
    let mut form = |name: &str| reader.form(name, Names::shipped(), &settings);
    let (a, b) = (form(a), form(b));
    pairing(&a, &b, &settings).map_or(0, |(pairing, _, _)| pairing.alike.into())
}

pub(super) fn sides(a: &Side, b: &Side, settings: &Settings) -> Comparison {
    let name = best_names(a, b, settings);
    let mut evidence = weigh(&a.facts, &b.facts, settings);
    let mut parents_agree = false;
    for (kind, x, y) in [(Kind::Mother, &a.mother, &b.mother), (Kind::Father, &a.father, &b.father)] {
        if let Some((x, y)) = x.as_ref().zip(y.as_ref())
            && let Some((line, agree)) = parent(kind, x, y, settings)
        {
            evidence.push(line);
            parents_agree |= agree;
        }
    }
    let single = fewest_words(a, b, &name) <= 1;
    let confirmed = confirmed(&evidence, single, parents_agree);
    let points = name.points + evidence.iter().map(|line| line.points).sum::<i32>();
    let verdict =
        Verdict { points, alike: name.alike, confirmed, identity: identity(&evidence), numbered: numbered(&evidence) };
    let level = verdict.level(&settings.level);
    let next = if confirmed { verdict.next(level, &settings.level) } else { None };
    Comparison { points, level, confirmed, name, evidence, next }
}

/// What decides a level.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Verdict {
    pub(super) points: i32,
    pub(super) alike: i32,
    pub(super) confirmed: bool,
    /// An equal date of birth, NIK or passport, and no contradiction in the date.
    pub(super) identity: bool,
    /// An equal NIK or passport: worth a question whatever the name.
    pub(super) numbered: bool,
}

impl Verdict {
    pub(super) fn level(&self, levels: &Levels) -> Option<Level> {
        let reached = |level: Level| match level {
            Level::Exact => self.confirmed && self.identity && self.alike >= EXACT_NAMES,
            Level::Strong | Level::Possible => self.confirmed,
            Level::NameOnly => self.alike >= levels.name_only_percent,
        };
        let points = |level: Level| self.points >= levels.least(level) || level == Level::Possible && self.numbered;
        Level::ALL.into_iter().rev().find(|level| points(*level) && reached(*level))
    }

    fn next(&self, level: Option<Level>, levels: &Levels) -> Option<(Level, i32)> {
        let next = match level {
            None | Some(Level::NameOnly) => Level::Possible,
            Some(Level::Possible) => Level::Strong,
            Some(Level::Strong) if self.identity && self.alike >= EXACT_NAMES => Level::Exact,
            Some(Level::Strong | Level::Exact) => return None,
        };
        Some((next, levels.least(next) - self.points))
    }
}

/// Whether anything besides the name says that it is the same person. A single word with a year of birth is nobody in
/// particular.
pub(super) fn confirmed(evidence: &[Line], single: bool, parents_agree: bool) -> bool {
    evidence.iter().any(|line| {
        let vague = matches!(line.kind, Kind::BirthYearKnown | Kind::BirthFillIn);
        line.kind.is_number() || line.kind.is_birth() && !(single && vague)
    }) || parents_agree && !single
}

/// Whether the evidence holds an equal date or number and no other date.
pub(super) fn identity(evidence: &[Line]) -> bool {
    let has = |kind: Kind| evidence.iter().any(|line| line.kind == kind);
    (has(Kind::BirthEqual) || has(Kind::NikEqual) || has(Kind::Passport)) && !has(Kind::BirthConflict)
}

/// Whether a number that only one person has is the same.
pub(super) fn numbered(evidence: &[Line]) -> bool {
    evidence.iter().any(|line| matches!(line.kind, Kind::NikEqual | Kind::Passport))
}

/// The line of a parent's name, and whether it is the same name and says enough to confirm a person.
pub(super) fn parent(kind: Kind, a: &Form, b: &Form, settings: &Settings) -> Option<(Line, bool)> {
    let (pairing, _, _) = pairing(a, b, settings)?;
    let points = pairing.points.clamp(settings.other.parent_least, settings.other.parent_most);
    let agree = points >= PARENT_CONFIRMS && sorted_texts(a) == sorted_texts(b);
    Some((Line { kind, points, by_nik: false }, agree))
}

/// The words of a name in order: equal for names of the same words.
pub(super) fn sorted_texts(form: &Form) -> Vec<&str> {
    let mut texts: Vec<&str> = form.words.iter().map(|word| &*word.text).collect();
    texts.sort_unstable();
    texts
}

fn fewest_words(a: &Side, b: &Side, name: &NameComparison) -> usize {
    let of = |side: &Side, at: usize| side.names.get(at).map_or(0, |form| form.words.len());
    of(a, name.left).min(of(b, name.right))
}

type Words<'a> = Vec<&'a Word>;

fn pairing<'a>(a: &'a Form, b: &'a Form, settings: &Settings) -> Option<(Pairing, Words<'a>, Words<'a>)> {
    let words = |form: &'a Form| form.words.iter().take(MOST_WORDS).collect::<Words<'a>>();
    let (left, right) = (words(a), words(b));
    if left.is_empty() || right.is_empty() {
        return None;
    }
    Some((Grid::new(&left, &right, settings).best(&left, &right), left, right))
}

/// The two names that agree best: by points, then by likeness, then those of more words.
fn best_names(a: &Side, b: &Side, settings: &Settings) -> NameComparison {
    let mut best: Option<((i32, i32, usize), NameComparison)> = None;
    for (left, x) in a.names.iter().enumerate() {
        for (right, y) in b.names.iter().enumerate() {
            let Some((pairing, xs, ys)) = pairing(x, y, settings) else { continue };
            let rank = (pairing.points, pairing.alike, xs.len().min(ys.len()));
            if best.as_ref().is_none_or(|(so_far, _)| rank > *so_far) {
                let cut_off = x.cut_off || y.cut_off;
                best = Some((rank, NameComparison { left, right, cut_off, ..described(&pairing, &xs, &ys) }));
            }
        }
    }
    best.map(|(_, name)| name).unwrap_or_default()
}

fn described(pairing: &Pairing, left: &[&Word], right: &[&Word]) -> NameComparison {
    let text = |words: &[&Word], from: usize, n: usize| {
        let words = words.get(from..from + n).unwrap_or_default();
        words.iter().map(|word| &*word.text).collect::<Vec<_>>().join(" ")
    };
    let over = |words: &[&Word], taken: &dyn Fn(usize) -> bool| {
        let free = words.iter().enumerate().filter(|(at, _)| !taken(*at));
        free.map(|(_, word)| (word.text.to_string(), -word.penalty)).collect()
    };
    let pairs = &pairing.pairs;
    NameComparison {
        points: pairing.points,
        alike: pairing.alike,
        pairs: pairs
            .iter()
            .map(|pair| PairedWords {
                left: text(left, pair.row, pair.rows),
                right: text(right, pair.column, pair.columns),
                rule: pair.bond.rule,
                points: pair.bond.points,
            })
            .collect(),
        left_over: over(left, &|at| pairs.iter().any(|p| (p.row..p.row + p.rows).contains(&at))),
        right_over: over(right, &|at| pairs.iter().any(|p| (p.column..p.column + p.columns).contains(&at))),
        ..NameComparison::default()
    }
}
