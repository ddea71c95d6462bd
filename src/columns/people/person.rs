//! `orang`: which applications are one person.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use polars::prelude::Series;

use super::super::derived::orang;
use super::super::forest::Forest;
use super::super::rank::ranks;
use super::super::source::{Reach, Source, Tie, Witness};
use super::likeness::{self, Likeness, MOST_OF_A_KEY};
use super::{BUKTI, ORANG, add, runs, spreading};
use crate::Result;
use crate::columns::Cx;
use crate::frame::{Builder, Frame};
use crate::matching::{BUKTI_COCOK, Comparison, similarity};
use crate::schema::Type;
use crate::schema::columns::{NAMA_LENGKAP, NIK, NOMOR_PERMOHONAN, TANGGAL_LAHIR};

/// Two applications with one NIK and one birth date are one person when their names are at least this alike, of 100.
/// Domain rule D04 calls names below 80 another person.
const SAME_NAME: i64 = 80;

/// No person files more applications than this; a NIK on more of them is a filler that clerks type, and comparing all
/// of its applications with each other would take for ever.
const MOST_OF_A_NIK: usize = 200;

/// The maker of `orang`.
#[derive(Debug)]
pub(in crate::columns) struct OrangSource;

impl Source for OrangSource {
    fn name(&self) -> &str {
        ORANG
    }

    fn makes(&self) -> Vec<&str> {
        vec![ORANG, BUKTI]
    }

    fn needs(&self, _: &dyn Fn(&str) -> bool) -> Vec<&str> {
        [NOMOR_PERMOHONAN].into_iter().chain(likeness::READ).chain(orang::KEYS).collect()
    }

    fn reach(&self) -> Reach {
        Reach::All
    }

    fn ties(&self) -> Vec<Tie> {
        let keys = orang::KEYS.map(|key| spreading(key, MOST_OF_A_KEY));
        [spreading(NIK, MOST_OF_A_NIK)].into_iter().chain(keys).collect()
    }

    fn compute(&self, cx: &Cx, frame: &mut Frame, wanted: &dyn Fn(&str) -> bool) -> Result<Option<Box<dyn Witness>>> {
        let mut forest = of_one_nik(frame)?;
        let likenesses = likeness::all(frame, cx.lists.names())?;
        let evidence = join(frame, &mut forest, &likenesses)?;
        if wanted(BUKTI) {
            frame.add(evidence)?;
        }
        if wanted(ORANG) {
            add(frame, ORANG, &mut forest)?;
        }
        Ok(None)
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

/// Joins persons by likenesses, the strongest first, and gives for each row of a person who has several NIK what ties it: by
/// its own strongest likeness, else by the strongest of the person.
///
/// A chain of likenesses may lead from one name to quite another; so two sets are joined only where every name of the one is
/// like every name of the other. All in a set have one birth date, since every likeness demands it.
fn join(frame: &Frame, forest: &mut Forest, likenesses: &[Likeness]) -> Result<Series> {
    let mut members = members(forest, likenesses);
    let names = frame.text(NAMA_LENGKAP)?;
    let name = |row: &u32| names.get(*row as usize).unwrap_or_default();
    let alike = |x: &str, y: &str| x == y || similarity(x, y) >= SAME_NAME;
    let mut joined: Vec<&Likeness> = Vec::new();
    for likeness in strongest_first(frame, likenesses)? {
        let (a, b) = (forest.root(likeness.rows.0), forest.root(likeness.rows.1));
        if a != b {
            let [one, other] = [a, b].map(|root| members.get(&root).cloned().unwrap_or_default());
            if !one.iter().all(|x| other.iter().all(|y| alike(name(x), name(y)))) {
                continue;
            }
            forest.join(a, b);
            members.remove(&a);
            members.remove(&b);
            members.insert(forest.root(a), one.into_iter().chain(other).collect());
        }
        joined.push(likeness);
    }
    let (mut of_row, mut of_person): (BTreeMap<u32, &Likeness>, BTreeMap<u32, &Likeness>) = Default::default();
    for likeness in joined {
        of_row.entry(likeness.rows.0).or_insert(likeness);
        of_row.entry(likeness.rows.1).or_insert(likeness);
        of_person.entry(forest.root(likeness.rows.0)).or_insert(likeness);
    }
    let mut builder = Builder::new(Type::List(BUKTI_COCOK), frame.rows());
    for (row, root) in (0_u32..).zip(forest.roots()) {
        let told = of_row.get(&row).or_else(|| of_person.get(&root));
        builder.push_text(told.map(|likeness| evidence(&likeness.comparison)).as_deref());
    }
    Ok(builder.finish(BUKTI))
}

/// The codes of what speaks for one person besides the name.
fn evidence(comparison: &Comparison) -> String {
    let lines = comparison.evidence.iter().filter(|line| line.points > 0);
    lines.map(|line| line.kind.code()).collect::<Vec<_>>().join(";")
}

/// Likenesses by points; those of equal points by the numbers of their applications.
fn strongest_first<'a>(frame: &Frame, likenesses: &'a [Likeness]) -> Result<Vec<&'a Likeness>> {
    let rows: Vec<u32> = likenesses.iter().flat_map(|likeness| [likeness.rows.0, likeness.rows.1]).collect();
    let numbers = ranks(frame, &rows)?;
    let mut order: Vec<(Reverse<i32>, (u32, u32), &Likeness)> = likenesses
        .iter()
        .zip(numbers.chunks(2))
        .map(|(likeness, pair)| {
            let (a, b) = (pair.first().copied().unwrap_or(0), pair.last().copied().unwrap_or(0));
            (Reverse(likeness.comparison.points), (a.min(b), a.max(b)), likeness)
        })
        .collect();
    order.sort_unstable_by_key(|(points, pair, _)| (*points, *pair));
    Ok(order.into_iter().map(|(_, _, likeness)| likeness).collect())
}

/// The rows of each set that a likeness touches, by the root of the set.
fn members(forest: &mut Forest, likenesses: &[Likeness]) -> BTreeMap<u32, Vec<u32>> {
    let roots = forest.roots();
    let mut members: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for row in likenesses.iter().flat_map(|likeness| [likeness.rows.0, likeness.rows.1]) {
        members.entry(roots.get(row as usize).copied().unwrap_or(row)).or_default();
    }
    for (row, root) in (0_u32..).zip(roots) {
        if let Some(of) = members.get_mut(&root) {
            of.push(row);
        }
    }
    members
}
