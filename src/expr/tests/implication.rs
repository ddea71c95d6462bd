//! Whether one rule demands at least what another does: against every row of a small world, with the interpreter.

use super::super::{Demands, Expr, Value};
use super::differential::Random;
use super::interpreter::{Row, evaluate};
use super::{COLUMNS, World, condition};

type Lines = &'static [&'static str];

const LINES: Lines = &[
    "n1 > 3",
    "n1 >= 3",
    "n1 <> 4",
    "n1 in (1, 4, 6)",
    "n1 between 2 and 5",
    "n1 < 3 or n1 > 5",
    "n1 is null",
    "n1 is not null",
    "not n1 > 4",
    "n1 + n2 > 4",
    "n1 + n2 >= 7",
    "not (n1 + n2 >= 7)",
    "n2 = 2",
    "n2 > n1",
    "n2 > n1 and n1 > 3",
    "b1",
    "not b1",
    "b1 or n2 > 3",
    "s1 = 'satu'",
    "s1 <> 'satu'",
    "s1 in ('satu', 'dua')",
    "in_list(s1, 'daftar')",
    "c1 = 'umrah'",
    "c1 in ('umrah', 'haji')",
    "c1 <> 'wisata'",
    "coalesce(n1, 0) >= 4",
    "coalesce(n1, 0) > 2",
];

/// Every row of the columns that lines speak of, null among the values.
fn rows() -> Vec<Row> {
    let numbers = || (0..=7).map(Value::Int).chain([Value::Null]).collect::<Vec<_>>();
    let texts =
        |all: &[&str]| all.iter().map(|t| Value::Text((*t).to_owned())).chain([Value::Null]).collect::<Vec<_>>();
    let mut rows = vec![COLUMNS.iter().map(|(name, _)| (*name, Value::Null)).collect::<Row>()];
    let choices: [(&'static str, Vec<Value>); 5] = [
        ("n1", numbers()),
        ("n2", numbers()),
        ("b1", vec![Value::Bool(true), Value::Bool(false), Value::Null]),
        ("s1", texts(&["satu", "dua", "KH"])),
        ("c1", texts(&["umrah", "haji", "wisata"])),
    ];
    for (name, values) in choices {
        let with = |row: &Row, value: &Value| {
            let mut row = row.clone();
            row.insert(name, value.clone());
            row
        };
        rows = rows.iter().flat_map(|row| values.iter().map(move |value| with(row, value))).collect();
    }
    rows
}

struct Rule {
    when: Vec<Expr>,
    unless: Vec<Expr>,
}

impl Rule {
    fn random(random: &mut Random) -> Self {
        let mut lines = |least: usize| {
            let count = least + random.below(3);
            (0..count).map(|_| condition(LINES[random.below(LINES.len())]).unwrap()).collect()
        };
        Self { when: lines(1), unless: lines(0) }
    }

    fn fires(&self, row: &Row) -> bool {
        self.when.iter().all(|l| evaluate(l, row) == Value::Bool(true))
            && self.unless.iter().all(|l| evaluate(l, row) == Value::Bool(false))
    }

    fn demands(&self) -> Demands {
        Demands::of(&self.when, &self.unless, &World::new())
    }
}

#[test]
fn what_is_claimed_to_follow_follows_in_every_row() {
    let (rows, mut random) = (rows(), Random::new(11));
    let (mut implied, mut decided) = (0, 0);
    for _ in 0..400 {
        let (a, b) = (Rule::random(&mut random), Rule::random(&mut random));
        let demands = a.demands();
        let line = condition(LINES[random.below(LINES.len())]).unwrap();
        let (implies, holds, excluded) = (
            demands.imply(&b.demands()),
            demands.imply_line(&line, &World::new()),
            demands.exclude_line(&line, &World::new()),
        );
        implied += usize::from(implies);
        decided += usize::from(holds) + usize::from(excluded);
        if !(implies || holds || excluded) {
            continue;
        }
        for row in rows.iter().filter(|row| a.fires(row)) {
            assert!(!implies || b.fires(row), "{:?} {:?} => {:?} {:?} in {row:?}", a.when, a.unless, b.when, b.unless);
            assert!(!holds || evaluate(&line, row) == Value::Bool(true), "{line} does not follow in {row:?}");
            assert!(!excluded || evaluate(&line, row) == Value::Bool(false), "{line} is not excluded in {row:?}");
        }
    }
    assert!(implied >= 5 && decided >= 40, "too few cases: {implied} {decided}");
}

#[test]
fn what_a_person_sees_to_follow_is_found() {
    let rule = |when: &[&str], unless: &[&str]| {
        let lines = |all: &[&str]| all.iter().map(|l| condition(l).unwrap()).collect::<Vec<_>>();
        Demands::of(&lines(when), &lines(unless), &World::new())
    };
    let cases: &[(Lines, Lines, Lines, Lines)] = &[
        (&["n1 > 5"], &[], &["n1 > 3"], &[]),
        (&["n1 > 5", "b1"], &[], &["b1"], &[]),
        (&["n1 = :lima"], &[], &["n1 >= 5"], &[]),
        (&["c1 = 'umrah'"], &[], &["c1 in ('haji', 'umrah')"], &[]),
        (&["n1 > 5"], &[], &["n1 is not null"], &["n1 < 2"]),
        (&["b1"], &["n1 > 3"], &["b1"], &["n1 > 5"]),
        (&["coalesce(n1, 0) >= 7"], &[], &["coalesce(n1, 0) >= :lima"], &[]),
        (&["n1 > 3 and n2 > n1"], &[], &["n2 > n1"], &[]),
        (&["b1"], &["s1 = 'a' or n2 > n1"], &["b1"], &["n2 > n1"]),
    ];
    for (when, unless, other_when, other_unless) in cases {
        let (a, b) = (rule(when, unless), rule(other_when, other_unless));
        assert!(a.imply(&b) && !b.imply(&a), "{when:?} {unless:?} => {other_when:?} {other_unless:?}");
    }
}
