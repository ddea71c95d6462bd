//! People and families across all applications: `orang` and `keluarga`.
//!
//! Both are the smallest application number of a set. An application that is tied to no other is a set of its own, so
//! `count(distinct keluarga)` counts an applicant about whom nothing is known as one family. Families are decided by equal
//! values. Persons with one NIK need a like name and the same birth date (`orang`). `orang_cocok` is wider: with another NIK
//! the matcher must say so, with a parent, a phone or an old passport in common besides name and birth date.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::derived::{dokumen, keluarga, orang};
use super::forest::Forest;
use super::key::KeyColumns;
use super::rank::ranks;
use super::source::{Reach, Source, Tie, Witness};
use super::{ColumnInfo, Cx, Origin};
use crate::Result;
use crate::calendar;
use crate::frame::{Builder, Frame, NumberView, TextView};
use crate::identity::Kelamin;
use crate::matching::{BUKTI_COCOK, Birth, Comparison, Kind, Names, Person, Settings, compare, similarity};
use crate::schema::columns::{
    JENIS_KELAMIN, NAMA_AYAH, NAMA_IBU, NAMA_LENGKAP, NIK, NOMOR_KK, NOMOR_PERMOHONAN, PASPOR_LAMA_NOMOR,
    TANGGAL_LAHIR, TELEPON,
};
use crate::schema::{Mask, Reveals, Sensitivity, Type};

/// `orang`: the person.
pub const ORANG: &str = "orang";
/// `orang_cocok`: the person, whatever the NIK.
pub const ORANG_COCOK: &str = "orang_cocok";
/// `orang_cocok.bukti`: why a person is one although the NIK differ.
const BUKTI: &str = "orang_cocok.bukti";
/// `keluarga`: the family.
pub const KELUARGA: &str = "keluarga";

/// Two applications with one NIK and one birth date are one person when their names are at least this alike, of 100.
/// Domain rule D04 calls names below 80 another person.
const SAME_NAME: i64 = 80;

/// No person files more applications than this; a NIK on more of them is a filler that clerks type, and comparing all
/// of its applications with each other would take for ever.
const MOST_OF_A_NIK: usize = 200;
/// Two applications with different NIK are one person only when their names are at least this alike.
const SAME_NAME_OTHER_NIK: i32 = 92;
/// A parent's name is an attribute of its own when it is worth this much, in thousandths of a bit: SITI is not.
const PARENT_TELLS: i32 = 5_000;
/// A birth date with one thing more on more applications than this is one that registries fill in.
const MOST_OF_A_DAY: usize = 40;
/// A family card on more applications than this is a mistake in the data, not a family.
const MOST_ON_A_CARD: usize = 30;
/// Parents' names on more applications than this are common names, not one couple.
const MOST_CHILDREN: usize = 24;
/// Husband and wife, and what they filed over the years.
const MOST_OF_A_COUPLE: usize = 12;

/// The catalogue's entries.
#[must_use]
pub(super) fn columns() -> [ColumnInfo; 4] {
    let column = |name: &str, id: &str, en: &str, meaning: &str| ColumnInfo {
        name: name.to_owned(),
        ty: Type::Text,
        limits: None,
        mask: Mask::Number,
        sensitivity: Sensitivity::Personal,
        reveals: Reveals::Nothing,
        label_id: id.to_owned(),
        label_en: en.to_owned(),
        meaning: meaning.to_owned(),
        example: "1271250000123456".to_owned(),
        origin: Origin::Derived,
        whole: true,
    };
    [
        column(
            ORANG,
            "Orang",
            "person",
            "smallest application number of the same person over tonight and history: one NIK with the same birth date and \
             a name at least 80 alike",
        ),
        column(
            ORANG_COCOK,
            "Orang menurut pencocok",
            "person by the matcher",
            "smallest application number of the same person over tonight and history whatever the NIK: as `orang`, or another \
             NIK with the same birth date, a name at least 92 alike and a parent, a phone or an old passport in common",
        ),
        ColumnInfo {
            ty: Type::List(BUKTI_COCOK),
            mask: Mask::Open,
            sensitivity: Sensitivity::Plain,
            example: "lahir_sama;telepon_sama;ibu".to_owned(),
            ..column(
                BUKTI,
                "Bukti satu orang",
                "evidence of one person",
                "what, besides the name, ties the application to one with another NIK of the same person; the strongest tie",
            )
        },
        column(
            KELUARGA,
            "Keluarga",
            "family",
            "smallest application number of the same family over tonight and history: one family card, the same parents, \
             one marriage book, or husband and wife naming each other",
        ),
    ]
}

/// The maker of `orang`.
#[derive(Debug)]
pub(super) struct OrangSource;

impl Source for OrangSource {
    fn name(&self) -> &str {
        ORANG
    }

    fn makes(&self) -> Vec<&str> {
        vec![ORANG]
    }

    fn needs(&self, _: &dyn Fn(&str) -> bool) -> Vec<&str> {
        vec![NOMOR_PERMOHONAN, NIK, NAMA_LENGKAP, TANGGAL_LAHIR]
    }

    fn reach(&self) -> Reach {
        Reach::All
    }

    fn ties(&self) -> Vec<Tie> {
        vec![spreading(NIK, MOST_OF_A_NIK)]
    }

    fn compute(&self, _: &Cx, frame: &mut Frame, _: &dyn Fn(&str) -> bool) -> Result<Option<Box<dyn Witness>>> {
        let mut forest = of_one_nik(frame)?;
        add(frame, ORANG, &mut forest)
    }
}

/// Persons with one NIK.
fn of_one_nik(frame: &Frame) -> Result<Forest> {
    let mut forest = Forest::new(frame.rows());
    let (names, born) = (frame.text(NAMA_LENGKAP)?, frame.number(TANGGAL_LAHIR)?);
    for run in runs(frame, &[NIK])?.iter().filter(|run| run.len() <= MOST_OF_A_NIK) {
        for (at, a) in run.iter().enumerate() {
            for b in run.iter().skip(at + 1) {
                let (one, other) = (*a as usize, *b as usize);
                let same_day = born.get(one).is_some() && born.get(one) == born.get(other);
                let alike = |a: &str, b: &str| a == b || similarity(a, b) >= SAME_NAME;
                if same_day && names.get(one).zip(names.get(other)).is_some_and(|(a, b)| alike(a, b)) {
                    forest.join(*a, *b);
                }
            }
        }
    }
    Ok(forest)
}

/// The maker of `orang_cocok`.
#[derive(Debug)]
pub(super) struct OrangCocokSource;

impl Source for OrangCocokSource {
    fn name(&self) -> &str {
        ORANG_COCOK
    }

    fn makes(&self) -> Vec<&str> {
        vec![ORANG_COCOK, BUKTI]
    }

    fn needs(&self, _: &dyn Fn(&str) -> bool) -> Vec<&str> {
        [
            NOMOR_PERMOHONAN,
            NIK,
            NAMA_LENGKAP,
            TANGGAL_LAHIR,
            JENIS_KELAMIN,
            TELEPON,
            PASPOR_LAMA_NOMOR,
            NAMA_IBU,
            NAMA_AYAH,
        ]
        .into_iter()
        .chain(orang::KEYS)
        .collect()
    }

    fn reach(&self) -> Reach {
        Reach::All
    }

    fn ties(&self) -> Vec<Tie> {
        let keys = orang::KEYS.map(|key| spreading(key, MOST_OF_A_DAY));
        [spreading(NIK, MOST_OF_A_NIK)].into_iter().chain(keys).collect()
    }

    fn compute(&self, cx: &Cx, frame: &mut Frame, wanted: &dyn Fn(&str) -> bool) -> Result<Option<Box<dyn Witness>>> {
        let mut forest = of_one_nik(frame)?;
        let ties = other_niks(frame, cx.lists.names())?;
        let evidence = join_persons(frame, &mut forest, ties)?;
        if wanted(BUKTI) {
            frame.add(evidence)?;
        }
        if wanted(ORANG_COCOK) {
            add(frame, ORANG_COCOK, &mut forest)?;
        }
        Ok(None)
    }
}

/// Two applications that the matcher takes for one person although their NIK differ.
struct PersonTie {
    rows: (u32, u32),
    points: i32,
    evidence: String,
}

/// Every tie between applications of different NIK that share a key of a person.
fn other_niks(frame: &Frame, names: &Names) -> Result<Vec<PersonTie>> {
    let people = People::of(frame)?;
    let mut pairs: Vec<(u32, u32)> = Vec::new();
    for key in orang::KEYS {
        for run in runs(frame, &[key])?.iter().filter(|run| run.len() <= MOST_OF_A_DAY) {
            let later = |at: usize| run.iter().skip(at + 1);
            pairs.extend(run.iter().enumerate().flat_map(|(at, a)| later(at).map(|b| (*a, *b))));
        }
    }
    pairs.par_sort_unstable();
    pairs.dedup();
    let settings = Settings::shipped();
    let tie = |(a, b): &(u32, u32)| {
        if people.same_nik(*a, *b) {
            return None;
        }
        let comparison = compare_persons(&people, *a, *b, names, &settings);
        one_person(&comparison, &settings).then(|| PersonTie {
            rows: (*a, *b),
            points: comparison.points,
            evidence: comparison
                .evidence
                .iter()
                .filter(|l| l.points > 0)
                .map(|l| l.kind.code())
                .collect::<Vec<_>>()
                .join(";"),
        })
    };
    Ok(pairs.par_iter().filter_map(tie).collect())
}

fn compare_persons(people: &People<'_>, a: u32, b: u32, names: &Names, settings: &Settings) -> Comparison {
    compare(&people.person(a), &people.person(b), names, settings)
}

/// Whether name, birth date and one more attribute agree, and everything together strongly.
fn one_person(comparison: &Comparison, settings: &Settings) -> bool {
    let has = |kinds: &[Kind]| comparison.evidence.iter().any(|line| kinds.contains(&line.kind));
    let parent =
        |line: &crate::matching::Line| matches!(line.kind, Kind::Mother | Kind::Father) && line.points >= PARENT_TELLS;
    comparison.name.alike >= SAME_NAME_OTHER_NIK
        && comparison.points >= settings.level.strong
        && has(&[Kind::BirthEqual, Kind::BirthFillIn])
        && !has(&[Kind::SexDiffers])
        && (has(&[Kind::Phone, Kind::Passport]) || comparison.evidence.iter().any(parent))
}

/// What the matcher is told of an application. The NIK is left out: that it differs is what is asked about.
struct People<'a> {
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
    fn of(frame: &'a Frame) -> Result<Self> {
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

    fn same_nik(&self, a: u32, b: u32) -> bool {
        let nik = |row: u32| self.niks.get(row as usize);
        nik(a).is_some() && nik(a) == nik(b)
    }

    fn person(&self, row: u32) -> Person {
        let text = |view: &TextView<'_>| view.get(row as usize).map(str::to_owned);
        Person {
            names: text(&self.names).into_iter().collect(),
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

/// Joins persons by ties, the strongest first, and gives for each row the evidence of its strongest tie.
///
/// A chain of ties may lead from one name to quite another; so two sets are joined only where every name of the one is like
/// every name of the other. All in a set have one birth date, since every tie demands it.
fn join_persons(frame: &Frame, forest: &mut Forest, ties: Vec<PersonTie>) -> Result<polars::prelude::Series> {
    let rows: Vec<u32> = ties.iter().flat_map(|tie| [tie.rows.0, tie.rows.1]).collect();
    let numbers = ranks(frame, &rows)?;
    let mut order: Vec<(std::cmp::Reverse<i32>, (u32, u32), &PersonTie)> = ties
        .iter()
        .zip(numbers.chunks(2))
        .map(|(tie, pair)| {
            let (a, b) = (pair.first().copied().unwrap_or(0), pair.last().copied().unwrap_or(0));
            (std::cmp::Reverse(tie.points), (a.min(b), a.max(b)), tie)
        })
        .collect();
    order.sort_unstable_by_key(|(points, pair, _)| (*points, *pair));
    let roots = forest.roots();
    let mut members: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for row in &rows {
        members.entry(roots.get(*row as usize).copied().unwrap_or(*row)).or_default();
    }
    for (row, root) in roots.iter().enumerate() {
        if let Some(of) = members.get_mut(root) {
            of.push(u32::try_from(row).unwrap_or(u32::MAX));
        }
    }
    let names = frame.text(NAMA_LENGKAP)?;
    let name = |row: &u32| names.get(*row as usize).unwrap_or_default();
    let mut evidence: BTreeMap<u32, &str> = BTreeMap::new();
    for (_, _, tie) in order {
        let (a, b) = (forest.root(tie.rows.0), forest.root(tie.rows.1));
        if a != b {
            let (one, other) =
                (members.get(&a).cloned().unwrap_or_default(), members.get(&b).cloned().unwrap_or_default());
            let alike = |x: &str, y: &str| x == y || similarity(x, y) >= SAME_NAME;
            if !one.iter().all(|x| other.iter().all(|y| alike(name(x), name(y)))) {
                continue;
            }
            forest.join(a, b);
            members.remove(&a);
            members.remove(&b);
            members.insert(forest.root(a), one.into_iter().chain(other).collect());
        }
        for row in [tie.rows.0, tie.rows.1] {
            evidence.entry(row).or_insert(&tie.evidence);
        }
    }
    let mut builder = Builder::new(Type::List(BUKTI_COCOK), frame.rows());
    for row in 0..frame.rows() {
        builder.push_text(evidence.get(&u32::try_from(row).unwrap_or(u32::MAX)).copied());
    }
    Ok(builder.finish(BUKTI))
}

/// The maker of `keluarga`.
#[derive(Debug)]
pub(super) struct KeluargaSource;

impl Source for KeluargaSource {
    fn name(&self) -> &str {
        KELUARGA
    }

    fn makes(&self) -> Vec<&str> {
        vec![KELUARGA]
    }

    fn needs(&self, _: &dyn Fn(&str) -> bool) -> Vec<&str> {
        vec![NOMOR_PERMOHONAN, NOMOR_KK, keluarga::ORANG_TUA, keluarga::PASANGAN, dokumen::BUKU_NIKAH]
    }

    fn reach(&self) -> Reach {
        Reach::All
    }

    fn ties(&self) -> Vec<Tie> {
        vec![
            spreading(NOMOR_KK, MOST_ON_A_CARD),
            spreading(dokumen::BUKU_NIKAH, MOST_OF_A_COUPLE),
            spreading(keluarga::ORANG_TUA, MOST_CHILDREN),
            spreading(keluarga::PASANGAN, MOST_OF_A_COUPLE),
        ]
    }

    fn compute(&self, _: &Cx, frame: &mut Frame, _: &dyn Fn(&str) -> bool) -> Result<Option<Box<dyn Witness>>> {
        let mut forest = Forest::new(frame.rows());
        tie(&mut forest, runs(frame, &[NOMOR_KK])?, MOST_ON_A_CARD);
        tie(&mut forest, runs(frame, &[dokumen::BUKU_NIKAH])?, MOST_OF_A_COUPLE);
        tie(&mut forest, runs(frame, &[keluarga::ORANG_TUA])?, MOST_CHILDREN);
        tie(&mut forest, runs(frame, &[keluarga::PASANGAN])?, MOST_OF_A_COUPLE);
        add(frame, KELUARGA, &mut forest)
    }
}

/// A tie over one column that leads on.
fn spreading(column: &str, most: usize) -> Tie {
    Tie { columns: vec![column.to_owned()], width: None, spreads: Some(most), every: true }
}

/// The rows that share each key, ascending; keys of one row are left out.
fn runs(frame: &Frame, columns: &[&str]) -> Result<Vec<Vec<u32>>> {
    let columns: Vec<String> = columns.iter().map(|c| (*c).to_owned()).collect();
    let mut found: Vec<(u128, u32)> = KeyColumns::of(frame, &columns)?
        .shared(frame.rows(), 2, &|_| true)
        .into_iter()
        .map(|(row, key)| (key, row))
        .collect();
    found.par_sort_unstable();
    let runs = found.chunk_by(|a, b| a.0 == b.0).filter(|run| run.len() > 1);
    Ok(runs.map(|run| run.iter().map(|(_, row)| *row).collect()).collect())
}

fn tie(forest: &mut Forest, runs: Vec<Vec<u32>>, most: usize) {
    for run in runs.iter().filter(|run| run.len() <= most) {
        for pair in run.windows(2) {
            if let [a, b] = pair {
                forest.join(*a, *b);
            }
        }
    }
}

/// Adds the column: for each row the smallest application number of its set.
fn add(frame: &mut Frame, name: &str, forest: &mut Forest) -> Result<Option<Box<dyn Witness>>> {
    let roots = forest.roots();
    let tied: Vec<u32> = (0..u32::try_from(roots.len()).unwrap_or(u32::MAX))
        .filter(|row| roots.get(*row as usize).is_some_and(|root| forest.size(*root) > 1))
        .collect();
    // Of each set with several rows the one with the smallest number; alone, a row is its own.
    let mut smallest: Vec<Option<u32>> = (0..u32::try_from(roots.len()).unwrap_or(u32::MAX)).map(Some).collect();
    let ranks = ranks(frame, &tied)?;
    let mut best: BTreeMap<u32, (u32, u32)> = BTreeMap::new();
    for (row, rank) in tied.iter().zip(ranks) {
        let root = roots.get(*row as usize).copied().unwrap_or(*row);
        let entry = best.entry(root).or_insert((rank, *row));
        *entry = (*entry).min((rank, *row));
    }
    for row in &tied {
        let root = roots.get(*row as usize).copied().unwrap_or(*row);
        if let (Some(place), Some((_, least))) = (smallest.get_mut(*row as usize), best.get(&root)) {
            *place = Some(*least);
        }
    }
    frame.add_taken(NOMOR_PERMOHONAN, &smallest, name)?;
    Ok(None)
}

#[cfg(test)]
mod tests;
