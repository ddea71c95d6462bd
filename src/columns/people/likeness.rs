//! Whether two applications with different NIK are one person, and why.

use std::cmp::Reverse;

use rayon::prelude::*;

use super::super::derived::orang;
use super::{ORANG, runs};
use crate::Result;
use crate::calendar;
use crate::frame::{Frame, NumberView, TextView};
use crate::identity::Kelamin;
use crate::matching::{Birth, Comparison, Kind, Line, Names, Person, Settings, compare};
use crate::schema::columns::{
    JENIS_KELAMIN, NAMA_AYAH, NAMA_IBU, NAMA_LENGKAP, NIK, NOMOR_PERMOHONAN, PASPOR_LAMA_NOMOR, TANGGAL_LAHIR, TELEPON,
};

/// The columns that the matcher is told of.
pub(super) const READ: [&str; 8] =
    [NAMA_LENGKAP, NIK, TANGGAL_LAHIR, JENIS_KELAMIN, TELEPON, PASPOR_LAMA_NOMOR, NAMA_IBU, NAMA_AYAH];

/// Two applications with different NIK are one person only when their names are at least this alike.
const SAME_NAME: i32 = 92;
/// A parent's name is an attribute of its own when it is worth this much, in thousandths of a bit: SITI is not.
const PARENT_TELLS: i32 = 5_000;
/// A birth date with two names, a phone or a passport on more applications than this is one that registries fill in.
pub(super) const MOST_OF_A_KEY: usize = 40;
/// So many applications of a person are looked at to tell why it is one.
const MOST_TOLD: usize = 60;

/// Two applications that the matcher takes for one person although their NIK differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Likeness {
    /// Their rows.
    pub rows: (u32, u32),
    /// What they have in common.
    pub comparison: Comparison,
}

/// Every likeness between applications that share a key of a person.
pub(super) fn all(frame: &Frame, names: &Names) -> Result<Vec<Likeness>> {
    let people = People::of(frame)?;
    let mut pairs: Vec<(u32, u32)> = Vec::new();
    for key in orang::KEYS {
        for run in runs(frame, &[key])?.iter().filter(|run| run.len() <= MOST_OF_A_KEY) {
            let later = |at: usize| run.iter().skip(at + 1);
            pairs.extend(run.iter().enumerate().flat_map(|(at, a)| later(at).map(|b| (*a, *b))));
        }
    }
    pairs.par_sort_unstable();
    pairs.dedup();
    let settings = Settings::shipped();
    Ok(pairs.par_iter().filter_map(|rows| people.likeness(*rows, names, &settings)).collect())
}

/// Why the person of an application is one although it has several NIK: for each other NIK the strongest likeness with the
/// application itself; where it has none, because a third application ties the two, the strongest of any of the person's.
/// Nothing where the frame does not know people.
pub fn likenesses(frame: &Frame, row: u32, names: &Names) -> Result<Vec<Likeness>> {
    if [ORANG, NOMOR_PERMOHONAN].iter().chain(&READ).any(|column| !frame.has(column)) {
        return Ok(Vec::new());
    }
    let (people, persons, numbers) = (People::of(frame)?, frame.text(ORANG)?, frame.text(NOMOR_PERMOHONAN)?);
    let person = persons.get(row as usize);
    let others = (0..frame.rows()).filter(|other| *other != row as usize && persons.get(*other) == person);
    let mut rows: Vec<u32> = others.filter_map(|other| u32::try_from(other).ok()).collect();
    rows.sort_unstable_by_key(|row| numbers.get(*row as usize));
    rows.insert(0, row);
    rows.truncate(MOST_TOLD);
    let settings = Settings::shipped();
    let pairs = rows.iter().enumerate().flat_map(|(at, a)| rows.iter().skip(at + 1).map(|b| (*a, *b)));
    let mut found: Vec<Likeness> = pairs.filter_map(|rows| people.likeness(rows, names, &settings)).collect();
    found.sort_by_key(|likeness| (likeness.rows.0 != row, Reverse(likeness.comparison.points)));
    // From the application's own NIK on to those that its likenesses lead to, and from there to the next.
    let identity = |row: u32| people.niks.get(row as usize).ok_or(row);
    let (mut known, mut told) = (vec![identity(row)], Vec::new());
    let leads = |likeness: &Likeness, known: &[_]| {
        let [a, b] = [likeness.rows.0, likeness.rows.1].map(|row| known.contains(&identity(row)));
        a != b
    };
    while let Some(at) = found.iter().position(|likeness| leads(likeness, &known)) {
        let likeness = found.remove(at);
        known.extend([likeness.rows.0, likeness.rows.1].map(identity));
        told.push(likeness);
    }
    Ok(told)
}

/// Whether name, birth date and one more attribute agree, and everything together strongly.
fn one_person(comparison: &Comparison, settings: &Settings) -> bool {
    let has = |kinds: &[Kind]| comparison.evidence.iter().any(|line| kinds.contains(&line.kind));
    let parent = |line: &Line| matches!(line.kind, Kind::Mother | Kind::Father) && line.points >= PARENT_TELLS;
    comparison.name.alike >= SAME_NAME
        && comparison.points >= settings.level.strong
        && has(&[Kind::BirthEqual, Kind::BirthFillIn])
        && !has(&[Kind::SexDiffers])
        && (has(&[Kind::Phone, Kind::Passport]) || comparison.evidence.iter().any(parent))
}

/// What the matcher is told of an application. The NIK is left out: that it differs is what is asked about.
pub(super) struct People<'a> {
    names: TextView<'a>,
    niks: TextView<'a>,
    born: NumberView<'a>,
    sexes: TextView<'a>,
    phones: TextView<'a>,
    passports: TextView<'a>,
    mothers: TextView<'a>,
    fathers: TextView<'a>,
}

impl<'a> People<'a> {
    pub(super) fn of(frame: &'a Frame) -> Result<Self> {
        Ok(Self {
            names: frame.text(NAMA_LENGKAP)?,
            niks: frame.text(NIK)?,
            born: frame.number(TANGGAL_LAHIR)?,
            sexes: frame.text(JENIS_KELAMIN)?,
            phones: frame.text(TELEPON)?,
            passports: frame.text(PASPOR_LAMA_NOMOR)?,
            mothers: frame.text(NAMA_IBU)?,
            fathers: frame.text(NAMA_AYAH)?,
        })
    }

    /// Two applications, if they are one person with different NIK.
    pub(super) fn likeness(&self, rows: (u32, u32), names: &Names, settings: &Settings) -> Option<Likeness> {
        if self.same_nik(rows.0, rows.1) {
            return None;
        }
        let comparison = compare(&self.person(rows.0), &self.person(rows.1), names, settings);
        one_person(&comparison, settings).then_some(Likeness { rows, comparison })
    }

    fn same_nik(&self, a: u32, b: u32) -> bool {
        let nik = |row: u32| self.niks.get(row as usize);
        nik(a).is_some() && nik(a) == nik(b)
    }

    fn person(&self, row: u32) -> Person {
        let text = |view: &TextView<'_>| view.get(row as usize).map(str::to_owned);
        Person {
            names: self.names.get(row as usize).map(without_particle).map(str::to_owned).into_iter().collect(),
            born: self.born.get(row as usize).and_then(calendar::date).map(Birth::Day),
            sex: self.sexes.get(row as usize).and_then(Kelamin::of_code),
            passports: text(&self.passports).into_iter().collect(),
            phones: text(&self.phones).into_iter().collect(),
            mother: text(&self.mothers),
            father: text(&self.fathers),
            ..Person::default()
        }
    }
}

/// A name without the I or NI before a Balinese one, which tells men from women and is often left out.
fn without_particle(name: &str) -> &str {
    let rest = ["I ", "I. ", "NI "].into_iter().find_map(|particle| name.trim_start().strip_prefix(particle));
    rest.filter(|rest| rest.split_whitespace().nth(1).is_some()).unwrap_or(name)
}
