//! Two descriptions side by side: points, level, and why.

use super::evidence::{FactReader, Facts, Kind, Line, weigh};
use super::names::Names;
use super::pairing::{Board, Pair, Score};
use super::person::Person;
use super::settings::{Level, Levels, Settings};
use super::token::{Reader, Rule, Word};

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
    /// Whether nothing but a year of birth does, or a date that is filled in when none is known: worth a question, no more.
    pub only_a_year: bool,
    /// The names compared.
    pub name: NameComparison,
    /// Everything else that speaks for or against.
    pub evidence: Vec<Line>,
    /// The next higher level and the points that are missing; where no points would do, there is none.
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

impl Form {
    fn refs(&self) -> Vec<&Word> {
        self.words.iter().collect()
    }
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
    pairing(&a, &b, &settings, &mut Board::default()).map_or(0, |score| score.alike.into())
}

pub(super) fn sides(a: &Side, b: &Side, settings: &Settings) -> Comparison {
    let mut board = Board::default();
    let name = best_names(a, b, settings, &mut board);
    let mut evidence = Vec::new();
    weigh(&a.facts.view(), &b.facts.view(), settings, &mut |line| evidence.push(line));
    let mut parents_agree = false;
    for (kind, x, y) in [(Kind::Mother, &a.mother, &b.mother), (Kind::Father, &a.father, &b.father)] {
        if let Some((x, y)) = x.as_ref().zip(y.as_ref())
            && let Some((line, agree)) = parent(kind, x, y, settings, &mut board)
        {
            evidence.push(line);
            parents_agree |= agree;
        }
    }
    let words = fewest_words(a, b, &name);
    let mut sum = Sum { parents_agree, ..Sum::default() };
    evidence.iter().for_each(|line| sum.add(line));
    let verdict = sum.verdict(Score { points: name.points, alike: name.alike }, words);
    let Verdict { points, confirmed, only_a_year, .. } = verdict;
    let level = verdict.level(&settings.level);
    let next = if confirmed { verdict.next(level, &settings.level) } else { None };
    Comparison { points, level, confirmed, only_a_year, name, evidence, next }
}

/// What the lines of evidence come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is whether one kind of evidence was met")]
pub(super) struct Sum {
    pub(super) points: i32,
    numbered: bool,
    phone: bool,
    /// A date of birth agrees.
    birth: bool,
    /// It is no more than a year.
    vague: bool,
    same_day: bool,
    conflict: bool,
    /// Something besides name and date of birth speaks for it.
    more: bool,
    pub(super) parents_agree: bool,
}

impl Sum {
    /// A line more.
    pub(super) fn add(&mut self, line: &Line) {
        self.points += line.points;
        self.more |= line.points > 0 && !line.kind.is_birth();
        match line.kind {
            Kind::NikEqual | Kind::Passport => self.numbered = true,
            Kind::Phone => self.phone = true,
            Kind::BirthConflict => self.conflict = true,
            kind if kind.is_birth() => {
                self.birth = true;
                self.vague = matches!(kind, Kind::BirthYearKnown | Kind::BirthFillIn);
                self.same_day = kind == Kind::BirthEqual;
            }
            _ => {}
        }
    }

    /// What it comes to together with names, the shorter of which has so many words. One word needs more than a year or a
    /// parent to confirm it, and where there is no name only a number says who somebody is.
    pub(super) fn verdict(&self, name: Score, words: usize) -> Verdict {
        let single = words <= 1;
        let birth = self.birth && words > 0 && !(single && self.vague);
        Verdict {
            points: name.points + self.points,
            alike: name.alike,
            confirmed: self.numbered || self.phone || birth || self.parents_agree && !single,
            only_a_year: birth && self.vague && !self.more,
            identity: (self.same_day || self.numbered) && !self.conflict,
            numbered: self.numbered,
        }
    }
}

/// What decides a level.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is one condition of a level")]
pub(super) struct Verdict {
    pub(super) points: i32,
    pub(super) alike: i32,
    pub(super) confirmed: bool,
    /// A year of birth is all that confirms it: one in sixty has it, and a name of common words does not make up for that.
    pub(super) only_a_year: bool,
    /// An equal date of birth, NIK or passport, and no contradiction in the date.
    pub(super) identity: bool,
    /// An equal NIK or passport: worth a question whatever the name.
    pub(super) numbered: bool,
}

impl Verdict {
    pub(super) fn level(&self, levels: &Levels) -> Option<Level> {
        let confirmed = self.confirmed && self.is_one_name(levels);
        let reached = |level: Level| match level {
            Level::Exact => confirmed && self.identity && self.alike >= EXACT_NAMES,
            Level::Strong => confirmed && !self.only_a_year,
            Level::Possible => confirmed,
            Level::NameOnly => self.alike >= levels.name_only_percent,
        };
        let points = |level: Level| self.points >= levels.least(level) || level == Level::Possible && self.numbered;
        Level::ALL.into_iter().rev().find(|level| points(*level) && reached(*level))
    }

    /// Whether the names may be those of one person. Date and place of birth, parents, telephone and family name are the same
    /// for twins; only a number tells them apart whatever the names.
    fn is_one_name(&self, levels: &Levels) -> bool {
        self.numbered || self.alike >= levels.possible_percent
    }

    fn next(&self, level: Option<Level>, levels: &Levels) -> Option<(Level, i32)> {
        let next = match level {
            _ if !self.is_one_name(levels) => return None,
            None | Some(Level::NameOnly) => Level::Possible,
            Some(Level::Possible) if self.only_a_year => return None,
            Some(Level::Possible) => Level::Strong,
            Some(Level::Strong) if self.identity && self.alike >= EXACT_NAMES => Level::Exact,
            Some(Level::Strong | Level::Exact) => return None,
        };
        Some((next, levels.least(next) - self.points))
    }
}

/// The line of a parent's name, and whether it is the same name and says enough to confirm a person.
fn parent(kind: Kind, a: &Form, b: &Form, settings: &Settings, board: &mut Board) -> Option<(Line, bool)> {
    let score = pairing(a, b, settings, board)?;
    Some(parent_line(kind, score, sorted_texts(&a.refs()) == sorted_texts(&b.refs()), settings))
}

/// The line that two names of a parent give, by their score and whether their words are the same.
pub(super) fn parent_line(kind: Kind, score: Score, same: bool, settings: &Settings) -> (Line, bool) {
    let points = score.points.clamp(settings.other.parent_least, settings.other.parent_most);
    (Line { kind, points, by_nik: false }, same && points >= PARENT_CONFIRMS)
}

/// The words of a name in order: equal for names of the same words.
pub(super) fn sorted_texts<'a>(words: &[&'a Word]) -> Vec<&'a str> {
    let mut texts: Vec<&str> = words.iter().map(|word| &*word.text).collect();
    texts.sort_unstable();
    texts
}

fn fewest_words(a: &Side, b: &Side, name: &NameComparison) -> usize {
    let of = |side: &Side, at: usize| side.names.get(at).map_or(0, |form| form.words.len());
    of(a, name.left).min(of(b, name.right))
}

fn pairing(a: &Form, b: &Form, settings: &Settings, board: &mut Board) -> Option<Score> {
    let (left, right) = (a.refs(), b.refs());
    (!left.is_empty() && !right.is_empty()).then(|| board.pair(&left, &right, settings))
}

/// The two names that agree best: by points, then by likeness, then those of more words.
fn best_names(a: &Side, b: &Side, settings: &Settings, board: &mut Board) -> NameComparison {
    let mut best: Option<((Score, usize), NameComparison)> = None;
    for (left, x) in a.names.iter().enumerate() {
        for (right, y) in b.names.iter().enumerate() {
            let Some(score) = pairing(x, y, settings, board) else { continue };
            let rank = (score, x.words.len().min(y.words.len()));
            if best.as_ref().is_none_or(|(so_far, _)| rank > *so_far) {
                let cut_off = x.cut_off || y.cut_off;
                let words = described(score, &board.trace(), &x.refs(), &y.refs());
                best = Some((rank, NameComparison { left, right, cut_off, ..words }));
            }
        }
    }
    best.map(|(_, name)| name).unwrap_or_default()
}

fn described(score: Score, pairs: &[Pair], left: &[&Word], right: &[&Word]) -> NameComparison {
    let text = |words: &[&Word], from: usize, n: usize| {
        let words = words.get(from..from + n).unwrap_or_default();
        words.iter().map(|word| &*word.text).collect::<Vec<_>>().join(" ")
    };
    let over = |words: &[&Word], taken: &dyn Fn(usize) -> bool| {
        let free = words.iter().enumerate().filter(|(at, _)| !taken(*at));
        free.map(|(_, word)| (word.text.to_string(), -word.penalty)).collect()
    };
    NameComparison {
        points: score.points,
        alike: score.alike,
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
