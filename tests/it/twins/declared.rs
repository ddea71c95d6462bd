//! Random declarations of groups and networks: how they are written, and what they mean for a plain row.

use std::fmt::Write as _;

use saring::expr::Value;
use saring::schema::columns as c;

use super::plain::{Row, number, truth, value, word};
use crate::made::Draw;

/// A condition over a row: its text and its three-valued meaning.
#[derive(Clone, Copy)]
pub(super) struct Condition {
    text: &'static str,
    meaning: fn(&Row) -> Option<bool>,
}

impl Condition {
    /// A row for which the condition is unknown does not count.
    pub(super) fn holds(&self, row: &Row) -> bool {
        (self.meaning)(row) == Some(true)
    }
}

const CONDITIONS: &[Condition] = &[
    Condition {
        text: "negara_tujuan in ('KH', 'MY')",
        meaning: |row| word(row, c::NEGARA_TUJUAN).map(|code| code == "KH" || code == "MY"),
    },
    Condition { text: "lama_tinggal_hari > 3", meaning: |row| number(row, c::LAMA_TINGGAL_HARI).map(|n| n > 3) },
    Condition { text: "layanan_percepatan", meaning: |row| truth(row, c::LAYANAN_PERCEPATAN) },
    Condition { text: "not layanan_percepatan", meaning: |row| truth(row, c::LAYANAN_PERCEPATAN).map(|is| !is) },
    Condition { text: "negara_tujuan is not null", meaning: |row| Some(word(row, c::NEGARA_TUJUAN).is_some()) },
    Condition {
        text: "coalesce(lama_tinggal_hari, 0) <= 4",
        meaning: |row| Some(number(row, c::LAMA_TINGGAL_HARI).unwrap_or(0) <= 4),
    },
    Condition {
        text: "negara_tujuan <> 'KH' or lama_tinggal_hari < 2",
        meaning: |row| {
            let elsewhere = word(row, c::NEGARA_TUJUAN).map(|code| code != "KH");
            let short = number(row, c::LAMA_TINGGAL_HARI).map(|n| n < 2);
            match (elsewhere, short) {
                (Some(true), _) | (_, Some(true)) => Some(true),
                (Some(false), Some(false)) => Some(false),
                _ => None,
            }
        },
    },
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Aggregate {
    Count,
    Distinct,
    Min,
    Max,
    Sum,
    Avg,
    Any,
}

/// What a measure looks at: its text and its meaning.
#[derive(Clone, Copy)]
struct Argument {
    text: &'static str,
    meaning: fn(&Row) -> Value,
}

const NUMBERS: &[Argument] = &[
    Argument { text: "lama_tinggal_hari", meaning: |row| value(row, c::LAMA_TINGGAL_HARI) },
    Argument {
        text: "lama_tinggal_hari * 2 - 7",
        meaning: |row| number(row, c::LAMA_TINGGAL_HARI).map_or(Value::Null, |n| Value::Int(n * 2 - 7)),
    },
];
const DATES: &[Argument] =
    &[Argument { text: "tanggal_rencana_berangkat", meaning: |row| value(row, c::TANGGAL_RENCANA_BERANGKAT) }];
const OTHERS: &[Argument] = &[
    Argument { text: "negara_tujuan", meaning: |row| value(row, c::NEGARA_TUJUAN) },
    Argument { text: "layanan_percepatan", meaning: |row| value(row, c::LAYANAN_PERCEPATAN) },
    Argument { text: "orang", meaning: |row| value(row, "orang") },
    Argument { text: "keluarga", meaning: |row| value(row, "keluarga") },
    Argument { text: "rekening_pembayar", meaning: |row| value(row, c::REKENING_PEMBAYAR) },
];

pub(super) struct Measure {
    pub(super) aggregate: Aggregate,
    argument: Option<Argument>,
    pub(super) filter: Option<Condition>,
    /// Whether its values are whole numbers, so that `having` can compare them.
    number: bool,
}

impl Measure {
    fn draw(random: &mut Draw) -> Self {
        use Aggregate::{Any, Avg, Count, Distinct, Max, Min, Sum};
        let aggregate = [Count, Distinct, Distinct, Min, Max, Sum, Avg, Any][random.below(8)];
        let date = random.below(4) == 0;
        let argument = match aggregate {
            Count if random.below(2) == 0 => None,
            Count | Distinct | Any => {
                let all: Vec<Argument> = [NUMBERS, DATES, OTHERS].concat();
                Some(all[random.below(all.len())])
            }
            Min | Max if date => Some(DATES[0]),
            Min | Max | Sum | Avg => Some(NUMBERS[random.below(NUMBERS.len())]),
        };
        let counts = matches!(aggregate, Count | Distinct);
        let number = counts || argument.is_some_and(|a| NUMBERS.iter().any(|n| n.text == a.text));
        Self { aggregate, argument, filter: condition(random, 3), number }
    }

    /// What it sees of a row; for `count(*)` any value.
    pub(super) fn argument(&self, row: &Row) -> Value {
        self.argument.map_or(Value::Int(0), |argument| (argument.meaning)(row))
    }

    fn text(&self) -> String {
        let inner = self.argument.map_or("*", |argument| argument.text);
        let call = match self.aggregate {
            Aggregate::Count => format!("count({inner})"),
            Aggregate::Distinct => format!("count(distinct {inner})"),
            Aggregate::Min => format!("min({inner})"),
            Aggregate::Max => format!("max({inner})"),
            Aggregate::Sum => format!("sum({inner})"),
            Aggregate::Avg => format!("avg({inner})"),
            Aggregate::Any => format!("any_value({inner})"),
        };
        match self.filter {
            Some(filter) => format!("{call} filter (where {})", filter.text),
            None => call,
        }
    }
}

/// A condition over measures.
pub(super) struct Line {
    measure: usize,
    operator: &'static str,
    bound: i64,
}

impl Line {
    pub(super) fn holds(&self, measures: &[Value]) -> bool {
        let Value::Int(n) = measures[self.measure] else { return false };
        match self.operator {
            ">=" => n >= self.bound,
            ">" => n > self.bound,
            "=" => n == self.bound,
            _ => n < self.bound,
        }
    }

    fn text(&self, turned: bool) -> String {
        let (measure, bound) = (self.measure, self.bound);
        match (turned, self.operator) {
            (true, ">=") => format!("{bound} <= m{measure}"),
            (_, operator) => format!("m{measure} {operator} {bound}"),
        }
    }
}

pub(super) struct Group {
    pub(super) by: Vec<&'static str>,
    pub(super) width: Option<i64>,
    pub(super) conditions: Vec<Condition>,
    pub(super) measures: Vec<Measure>,
    pub(super) having: Vec<Line>,
    pub(super) closing: bool,
    pub(super) others: bool,
}

pub(super) struct Network {
    pub(super) keys: Vec<Vec<&'static str>>,
    pub(super) width: Option<i64>,
    pub(super) max_key: usize,
    pub(super) conditions: Vec<Condition>,
    pub(super) measures: Vec<Measure>,
    pub(super) having: Vec<Line>,
}

/// Lengths of windows, in milliseconds and as written.
const WINDOWS: &[(i64, &str)] = &[
    (0, "0s"),
    (1_000, "1s"),
    (3_600_000, "1h"),
    (86_400_000, "1d"),
    (86_401_000, "1d 1s"),
    (172_800_000, "2d"),
    (259_200_000, "72h"),
];

const GROUP_KEYS: &[&[&str]] = &[
    &[c::ID_AKUN_MPASPOR],
    &[c::REKENING_PEMBAYAR],
    &[c::ID_AKUN_MPASPOR, c::NEGARA_TUJUAN],
    &[c::LAMA_TINGGAL_HARI, c::REKENING_PEMBAYAR],
    &[c::TANGGAL_RENCANA_BERANGKAT],
    &[c::LAYANAN_PERCEPATAN, c::NOMOR_KK],
    &["orang"],
    &["keluarga"],
    &["jaring.id"],
];

const NETWORK_KEYS: &[&[&str]] = &[
    &[c::ID_AKUN_MPASPOR],
    &[c::REKENING_PEMBAYAR],
    &[c::NOMOR_KK],
    &[c::BUKU_NIKAH_NOMOR, c::NEGARA_TUJUAN],
    &[c::TANGGAL_RENCANA_BERANGKAT, c::REKENING_PEMBAYAR],
    &["orang"],
];

fn condition(random: &mut Draw, one_in: usize) -> Option<Condition> {
    (random.below(one_in) == 0).then(|| CONDITIONS[random.below(CONDITIONS.len())])
}

fn width(random: &mut Draw) -> Option<i64> {
    (random.below(5) > 0).then(|| WINDOWS[random.below(WINDOWS.len())].0)
}

fn measures(random: &mut Draw, least: usize) -> Vec<Measure> {
    (0..least + random.below(3)).map(|_| Measure::draw(random)).collect()
}

fn having(random: &mut Draw, measures: &[Measure]) -> Vec<Line> {
    let mut lines = Vec::new();
    for (at, measure) in measures.iter().enumerate().filter(|(_, m)| m.number) {
        if lines.len() < 2 && random.below(2) == 0 {
            let counts = matches!(measure.aggregate, Aggregate::Count | Aggregate::Distinct);
            let operator = [">=", ">=", ">", "=", "<"][random.below(5)];
            let bound = i64::try_from(random.below(if counts { 4 } else { 9 })).unwrap();
            let least = i64::from(counts && operator != ">" && operator != "=") + i64::from(counts && operator == "<");
            lines.push(Line { measure: at, operator, bound: (bound - if counts { 0 } else { 3 }).max(least) });
        }
    }
    lines
}

impl Group {
    pub(super) fn draw(random: &mut Draw) -> Self {
        let measures = measures(random, 1);
        let having = having(random, &measures);
        Self {
            by: GROUP_KEYS[random.below(GROUP_KEYS.len())].to_vec(),
            width: width(random),
            conditions: condition(random, 2).into_iter().collect(),
            measures,
            having,
            closing: random.below(3) == 0,
            others: random.below(3) == 0,
        }
    }

    pub(super) fn columns(&self, name: &str) -> Vec<String> {
        let measures = (0..self.measures.len()).map(|m| format!("{name}.m{m}"));
        measures.chain([format!("{name}.first"), format!("{name}.last")]).collect()
    }

    pub(super) fn text(&self, name: &str, turned: bool) -> String {
        let mut text = format!("[[group]]\nname = \"{name}\"\nby = {:?}\n", self.by);
        if self.closing {
            text.push_str("flag = \"closing\"\n");
        }
        if self.others {
            text.push_str("rows = \"others\"\n");
        }
        shared(&mut text, self.width, &self.conditions, &self.having, turned);
        text.push_str("[group.measure]\n");
        written(&mut text, &self.measures);
        text
    }
}

impl Network {
    pub(super) fn draw(random: &mut Draw) -> Self {
        let measures = measures(random, 0);
        let having = having(random, &measures);
        let mut keys: Vec<Vec<&str>> = NETWORK_KEYS.iter().map(|key| key.to_vec()).collect();
        random.shuffle(&mut keys);
        keys.truncate(1 + random.below(3));
        Self {
            keys,
            width: width(random),
            max_key: 2 + random.below(7),
            conditions: condition(random, 2).into_iter().collect(),
            measures,
            having,
        }
    }

    pub(super) fn columns(&self, name: &str) -> Vec<String> {
        (0..self.measures.len()).map(|m| format!("{name}.m{m}")).chain([format!("{name}.id")]).collect()
    }

    pub(super) fn text(&self, name: &str, turned: bool) -> String {
        let mut text = format!("[[network]]\nname = \"{name}\"\nkeys = {:?}\nmax_key = {}\n", self.keys, self.max_key);
        shared(&mut text, self.width, &self.conditions, &self.having, turned);
        if !self.measures.is_empty() {
            text.push_str("[network.measure]\n");
            written(&mut text, &self.measures);
        }
        text
    }
}

fn shared(text: &mut String, width: Option<i64>, conditions: &[Condition], having: &[Line], turned: bool) {
    if let Some((_, window)) = WINDOWS.iter().find(|(millis, _)| Some(*millis) == width) {
        let _ = writeln!(text, "window = \"{window}\"");
    }
    let conditions: Vec<&str> = conditions.iter().map(|c| c.text).collect();
    let having: Vec<String> = having.iter().map(|line| line.text(turned)).collect();
    let _ = writeln!(text, "where = {conditions:?}\nhaving = {having:?}");
}

fn written(text: &mut String, measures: &[Measure]) {
    for (at, measure) in measures.iter().enumerate() {
        let _ = writeln!(text, "m{at} = \"{}\"", measure.text());
    }
}
