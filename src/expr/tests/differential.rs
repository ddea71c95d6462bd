//! Random typed conditions over random rows with nulls: the evaluator and the interpreter must agree on every pair.

use super::super::{Evaluation, FUNCTIONS, Program, Value};
use super::interpreter::{Row, evaluate};
use super::{COLUMNS, condition};
use chrono::NaiveDateTime;

use crate::calendar;
use crate::frame::{Builder, Frame, Growing};
use crate::schema::{Type, tables};

/// A small generator with a fixed algorithm (SplitMix64), so that a seed means the same rows for ever.
pub(super) struct Random(u64);

impl Random {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    pub(super) fn below(&mut self, n: usize) -> usize {
        usize::try_from(self.next() % n as u64).unwrap()
    }

    fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len())]
    }
}

const TEXTS: &[&str] = &["satu", "SATU", "dua tiga", "", "KH", "mm", "aéb", "a", "%", "_x'y"];
const NUMBERS: &[i64] = &[0, 1, -1, 5, 7, 100, i64::MAX, i64::MIN + 1];
const DAYS: &[&str] = &["2025-11-03", "2024-02-29", "1969-12-31", "2025-11-09"];
const TIMES: &[&str] = &["2025-11-03 00:00:00", "2025-11-03 06:05:00", "1969-12-31 23:59:59"];
const CODES: &[&str] = &["wisata", "umrah", "kerja_pmi"];
const LISTS: &[&str] = &["kk", "ijazah;kk;ktp", "tiket", ""];

/// A constant of a type, as a condition writes it.
fn constant(random: &mut Random, ty: Type) -> String {
    match ty {
        Type::Int => random.pick(NUMBERS).to_string(),
        Type::Date => format!("'{}'", random.pick(DAYS)),
        Type::Time => format!("'{}'", random.pick(TIMES)),
        Type::Bool => ["true", "false"][random.below(2)].to_owned(),
        Type::Code(_) => format!("'{}'", random.pick(CODES)),
        _ => format!("'{}'", random.pick(TEXTS).replace('\'', "''")),
    }
}

fn column(random: &mut Random, ty: Type) -> String {
    let fitting: Vec<_> = COLUMNS.iter().filter(|c| c.1 == ty).collect();
    random.pick(&fitting).0.to_owned()
}

fn value(random: &mut Random, ty: Type, depth: usize) -> String {
    let choice = if depth == 0 { random.below(2) } else { random.below(6) };
    match (choice, ty) {
        (0 | 1, Type::List(_)) => column(random, ty),
        (0, _) => column(random, ty),
        (1, _) => constant(random, ty),
        (2, Type::Int) => {
            let op = random.pick(&["+", "-", "*", "/", "%"]);
            let (a, b) = (value(random, ty, depth - 1), value(random, ty, depth - 1));
            // A constant zero divisor is refused when checking, so divide by columns only.
            let b = if matches!(*op, "/" | "%") { column(random, Type::Int) } else { b };
            format!("({a} {op} {b})")
        }
        (2, Type::Date) => format!("(d1 {} {})", random.pick(&["+", "-"]), random.below(400)),
        (3, Type::Bool) => format!("({})", truth(random, depth - 1)),
        (3, Type::Int) => integer_call(random, depth),
        (3, Type::Text) => format!("{}({})", random.pick(&["lower", "upper"]), value(random, ty, depth - 1)),
        (3, Type::Date) => format!("date({})", column(random, Type::Time)),
        (4, _) if !matches!(ty, Type::List(_)) => {
            format!("coalesce({}, {})", column(random, ty), value(random, ty, depth - 1))
        }
        (5, _) if !matches!(ty, Type::List(_)) => {
            let (when, then, otherwise) = (truth(random, depth - 1), column(random, ty), value(random, ty, depth - 1));
            if random.below(3) == 0 {
                format!("case when {when} then {then} end")
            } else {
                format!("case when {when} then {then} else {otherwise} end")
            }
        }
        _ => column(random, ty),
    }
}

fn integer_call(random: &mut Random, depth: usize) -> String {
    match random.below(7) {
        0 => format!("length({})", value(random, Type::Text, depth - 1)),
        1 => format!("{}({})", random.pick(&["year", "month", "day", "weekday"]), column(random, Type::Date)),
        2 => format!("{}({})", random.pick(&["hour", "minute", "year"]), column(random, Type::Time)),
        3 => format!("days_between({}, {})", column(random, Type::Date), column(random, Type::Time)),
        4 => format!("abs({})", value(random, Type::Int, depth - 1)),
        5 => "count_items(l1)".to_owned(),
        _ => format!("similarity({}, {})", column(random, Type::Text), value(random, Type::Text, depth - 1)),
    }
}

fn truth(random: &mut Random, depth: usize) -> String {
    let types = [Type::Int, Type::Date, Type::Time, Type::Bool, Type::Text, Type::Code(tables::MAKSUD_PERJALANAN)];
    let ty = *random.pick(&types);
    let deeper = depth.saturating_sub(1);
    match random.below(if depth == 0 { 6 } else { 10 }) {
        0 | 1 => {
            let ops: &[&str] = if ty == Type::Bool { &["=", "<>"] } else { &["=", "<>", "<", "<=", ">", ">="] };
            let other = if ty == Type::Date && random.below(4) == 0 { Type::Time } else { ty };
            format!("{} {} {}", column(random, ty), random.pick(ops), value(random, other, deeper))
        }
        2 => {
            let not = random.pick(&["", "not "]);
            let items: Vec<_> = (0..=random.below(3)).map(|_| constant(random, ty)).collect();
            format!("{} {not}in ({})", column(random, ty), items.join(", "))
        }
        3 if ty != Type::Bool => {
            let not = random.pick(&["", "not "]);
            format!("{} {not}between {} and {}", column(random, ty), constant(random, ty), constant(random, ty))
        }
        4 => {
            let not = random.pick(&["", "not "]);
            let kind = random.pick(&["like", "ilike"]);
            let pattern = random.pick(&["%a%", "s_t%", "SATU", "%", "_", "%é%"]);
            format!("s1 {not}{kind} '{pattern}'")
        }
        5 => match random.below(9) {
            0 => "has(l1, 'kk')".to_owned(),
            1 => format!("matches({}, '(?i)^s|b$')", value(random, Type::Text, deeper)),
            2 => format!("in_list({}, 'daftar')", value(random, Type::Text, deeper)),
            3 => format!("{}(s1, s2)", random.pick(&["starts_with", "ends_with", "contains"])),
            4 => "is_holiday(d1)".to_owned(),
            5..=7 => {
                let op = random.pick(&["=", "<", ">="]);
                format!("{} {op} {}", integer_call(random, depth.max(1)), value(random, Type::Int, deeper))
            }
            _ => "n1 < :lima".to_owned(),
        },
        6 => format!("not ({})", truth(random, deeper)),
        7 => format!("({}) {} ({})", truth(random, deeper), random.pick(&["and", "or"]), truth(random, deeper)),
        8 => {
            let what = random.pick(&["is null", "is not null"]);
            format!("({}) {what}", value(random, ty, deeper))
        }
        _ => {
            let what = random.pick(&["is true", "is false", "is not true", "is not false"]);
            format!("({}) {what}", truth(random, deeper))
        }
    }
}

fn random_row(random: &mut Random) -> Row {
    COLUMNS.iter().map(|(name, ty)| (*name, random_value(random, *ty))).collect()
}

fn random_value(random: &mut Random, ty: Type) -> Value {
    if random.below(5) == 0 {
        return Value::Null;
    }
    let text = |word: &str| Value::Text(word.to_owned());
    let value = match ty {
        Type::Int => Value::Int(*random.pick(NUMBERS)),
        Type::Date => Value::Date(calendar::days(random.pick(DAYS).parse().unwrap())),
        Type::Time => {
            let time = NaiveDateTime::parse_from_str(random.pick::<&str>(TIMES), "%Y-%m-%d %H:%M:%S").unwrap();
            Value::Time(calendar::millis(time))
        }
        Type::Bool => Value::Bool(random.below(2) == 0),
        Type::Code(_) => text(random.pick::<&str>(CODES)),
        Type::List(_) => text(random.pick::<&str>(LISTS)),
        Type::Text | Type::Texts => text(random.pick::<&str>(TEXTS)),
    };
    // Empty text does not occur in a frame; an empty list does.
    if value == text("") && !matches!(ty, Type::List(_)) { Value::Null } else { value }
}

fn frame_of(rows: &[Row]) -> Frame {
    let columns = COLUMNS.iter().map(|(name, ty)| {
        let mut builder = Builder::new(*ty, rows.len());
        for row in rows {
            match &row[name] {
                Value::Text(text) if matches!(ty, Type::List(_)) => builder.push_list(Some(text)),
                Value::Text(text) => builder.push_text(Some(text)),
                Value::Int(n) | Value::Date(n) | Value::Time(n) => builder.push_number(Some(*n)),
                Value::Bool(b) => builder.push_bool(Some(*b)),
                Value::Null => builder.push_null(),
            }
        }
        builder.finish(name)
    });
    Frame::new(rows.len(), columns.collect()).unwrap()
}

/// 3,000 conditions on 50 rows each: 150,000 pairs. `SARING_LONG=1` makes it ten million.
#[test]
fn the_evaluator_agrees_with_the_interpreter() {
    #[expect(clippy::disallowed_methods, reason = "a longer run is asked for from outside")]
    let rounds = if std::env::var("SARING_LONG").is_ok() { 200_000 } else { 3_000 };
    let list = ["KH".to_owned(), "mm".to_owned(), "satu".to_owned()];
    let (mut pairs, mut truths) = (0, [0_usize; 3]);
    for seed in 0..rounds {
        let mut random = Random::new(seed);
        let line = truth(&mut random, 3);
        let expr = condition(&line).unwrap_or_else(|message| panic!("seed {seed}: {line}\n{message}"));
        let rows: Vec<Row> = (0..50).map(|_| random_row(&mut random)).collect();
        let mut frame = frame_of(&rows);
        if seed % 2 == 0 {
            // As exports are kept: texts that repeat as numbers of words.
            let mut growing = Growing::default();
            growing.append(&frame).unwrap();
            frame = growing.finish().unwrap();
        }
        let mut program = Program::new([("daftar", list.as_slice())]);
        let id = program.add(&expr);
        assert_eq!(program.add(&expr), id);
        // Two blocks, so that offsets into the frame are exercised.
        let cut = random.below(51);
        for (start, len) in [(0, cut), (cut, 50 - cut)] {
            let evaluation = Evaluation::new(&program, &frame, start, len);
            let result = evaluation.truth(id).unwrap();
            for row in 0..len {
                let expected = match evaluate(&expr, &rows[start + row]) {
                    Value::Bool(b) => Some(b),
                    Value::Null => None,
                    other => panic!("{other:?}"),
                };
                assert_eq!(result.get(row), expected, "seed {seed}: {line}\n{:?}", rows[start + row]);
                pairs += 1;
                truths[match expected {
                    Some(true) => 0,
                    Some(false) => 1,
                    None => 2,
                }] += 1;
            }
        }
    }
    assert!(pairs >= 100_000);
    // The generator must not have drifted into conditions that say nothing.
    assert!(truths.iter().all(|n| *n > pairs / 20), "{truths:?}");
}

/// Written in normal form and read again, a condition is the same.
#[test]
fn the_normal_form_reads_back_as_itself() {
    for seed in 0..2_000 {
        let mut random = Random::new(seed);
        let line = truth(&mut random, 3);
        let once = condition(&line).unwrap().to_string();
        let twice = condition(&once).unwrap_or_else(|message| panic!("seed {seed}: {once}\n{message}")).to_string();
        assert_eq!(once, twice, "seed {seed}: {line}");
    }
}

#[test]
fn every_function_is_exercised() {
    let lines: Vec<String> = (0..3_000).map(|seed| truth(&mut Random::new(seed), 3)).collect();
    for function in FUNCTIONS {
        let call = format!("{}(", function.name);
        assert!(lines.iter().any(|line| line.contains(&call)), "{}", function.name);
    }
}
