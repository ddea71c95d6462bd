//! Groups, networks and the narrowing of history beside obvious twins: random populations, random declarations as an
//! analyst writes them, every value of every row compared with what the written definition gives.

mod declared;
mod plain;

use std::path::Path;

use rayon::prelude::*;
use saring::columns::{Catalog, Cx, Reach, compute};
use saring::diag::{Files, Report, Style, render_human};
use saring::expr::Value;
use saring::frame::{Frame, View};
use saring::history::Store;
use saring::lab;
use saring::rules::{self, Plan, RuleSet};
use saring::schema::columns as c;

use crate::made::{Draw, day};
use declared::{Group, Network};
use plain::Row;

const HOUR: i64 = 3_600_000;

/// The first day of filing: in one month with the others, or at its end.
const FIRST: [&str; 4] = ["2025-11-01", "2025-11-01", "2025-11-01", "2025-10-30"];

/// Some applications in no order, with few different keys, equal times, times a window apart and a second more.
fn population(random: &mut Draw) -> Vec<Row> {
    let first = saring::calendar::days(day(FIRST[random.below(4)]));
    let most = if random.below(4) == 0 { 40 } else { 25 };
    let rows = 1 + random.below(most);
    let (keys, days, crowded) = (1 + random.below(9), 1 + random.below(6), random.below(12) == 0);
    let mut numbers: Vec<usize> = (0..rows).collect();
    random.shuffle(&mut numbers);
    let mut population: Vec<Row> = Vec::new();
    for number in numbers {
        let mut row = Row::new();
        let day = first + i64::try_from(random.below(days)).unwrap();
        let mut put = |column: &'static str, value: Option<Value>| drop(value.map(|value| row.insert(column, value)));
        put(c::NOMOR_PERMOHONAN, Some(Value::Text(format!("99990000{number:08}"))));
        put(c::TANGGAL_PERMOHONAN, Some(Value::Date(day)));
        let clock = [0, 0, 1_000, HOUR, HOUR + 1_000, 23 * HOUR][random.below(6)];
        let known = random.below(4) > 0;
        put(c::WAKTU_PERMOHONAN, known.then_some(Value::Time(day * 24 * HOUR + clock)));
        let mut drawn = |letter: &str, different: usize| {
            let value = random.below(different + 1).checked_sub(1)?;
            Some(Value::Text(format!("{letter}{value}")))
        };
        put(c::ID_AKUN_MPASPOR, drawn("A", keys));
        put(c::REKENING_PEMBAYAR, drawn("R", keys));
        put(
            c::NOMOR_KK,
            if crowded { Some(Value::Text("127199200319000".to_owned())) } else { drawn("12719920031900", keys) },
        );
        put(c::BUKU_NIKAH_NOMOR, drawn("0123/045/VI/202", keys * 2));
        put(c::NIK, drawn("12719957059000", keys));
        let name = ["SITI AMINAH HASIBUAN", "BUDI SANTOSO", "RATNA DEWI KUSUMA"].get(random.below(4));
        put(c::NAMA_LENGKAP, name.map(|name| Value::Text((*name).to_owned())));
        put(c::TANGGAL_LAHIR, [Some(Value::Date(12_000)), Some(Value::Date(12_001)), None][random.below(3)].clone());
        let country = ["KH", "MY", "SA"].get(random.below(4));
        put(c::NEGARA_TUJUAN, country.map(|code| Value::Text((*code).to_owned())));
        put(c::LAMA_TINGGAL_HARI, random.below(9).checked_sub(1).map(|n| Value::Int(i64::try_from(n).unwrap())));
        put(c::LAYANAN_PERCEPATAN, [Some(true), Some(false), None][random.below(3)].map(Value::Bool));
        let leaves = random.below(5).checked_sub(1).map(|n| Value::Date(first + 30 + i64::try_from(n).unwrap()));
        put(c::TANGGAL_RENCANA_BERANGKAT, leaves);
        population.push(row);
    }
    population
}

/// The columns of a declaration, and for each row their values; nothing where it says nothing of the row.
type Said = (Vec<String>, Vec<Option<Vec<Value>>>);

/// Declarations of one rule set. Networks come first: a group may go by the id of the first of them.
struct Declared {
    networks: Vec<Network>,
    groups: Vec<Group>,
    set: RuleSet,
    /// How each is written, networks first.
    texts: Vec<String>,
}

fn network_name(at: usize) -> String {
    if at == 0 { "jaring".to_owned() } else { format!("n{at}") }
}

impl Declared {
    fn draw(random: &mut Draw, each: usize) -> Self {
        let networks: Vec<Network> = (0..each).map(|_| Network::draw(random)).collect();
        let groups: Vec<Group> = (0..each).map(|_| Group::draw(random)).collect();
        let turned = random.below(2) == 0;
        let written = networks.iter().enumerate().map(|(at, network)| network.text(&network_name(at), turned));
        let written = written.chain(groups.iter().enumerate().map(|(at, group)| group.text(&format!("g{at}"), turned)));
        let texts: Vec<String> = written.collect();
        let text = format!("[pack]\nname = \"kembar\"\nfamily = \"K\"\n\n{}", texts.join("\n"));
        let (mut files, mut report) = (Files::default(), Report::default());
        let set = rules::check_texts(&[("kembar.toml", text.as_str())], &Catalog::builtin(), &mut files, &mut report);
        let set = set.unwrap_or_else(|| panic!("{}\n{text}", render_human(&report, &files, Style::Plain)));
        Self { networks, groups, set, texts }
    }

    /// The columns of every declaration with what the definition says of them in each row.
    fn by_definition(&self, rows: &[Row]) -> Vec<Said> {
        let mut rows = plain::with_people(rows);
        let mut said = Vec::new();
        for (at, network) in self.networks.iter().enumerate() {
            let values = plain::network(&rows, network);
            if at == 0 {
                for (row, values) in rows.iter_mut().zip(&values) {
                    if let Some(id) = values.as_ref().and_then(|values| values.last()) {
                        row.insert("jaring.id", id.clone());
                    }
                }
            }
            said.push((network.columns(&network_name(at)), values));
        }
        for (at, group) in self.groups.iter().enumerate() {
            said.push((group.columns(&format!("g{at}")), plain::group(&rows, group)));
        }
        said
    }
}

const AS_OF: chrono::NaiveDate = chrono::NaiveDate::from_ymd_opt(2025, 11, 4).unwrap();

fn frame(rows: &[Row]) -> Frame {
    lab::frame_of(&rows.to_vec()).unwrap()
}

fn at(frame: &Frame, column: &str, row: usize) -> Value {
    match frame.view(column).unwrap() {
        View::Text(view) => view.get(row).map_or(Value::Null, |text| Value::Text(text.to_owned())),
        View::Number(view) => view.get(row).map_or(Value::Null, Value::Int),
        View::Bool(view) => view.get(row).map_or(Value::Null, Value::Bool),
    }
}

/// How many rows have something said of them, and how many not.
#[derive(Default, Debug)]
struct Seen {
    said: usize,
    silent: usize,
}

#[track_caller]
fn compare(
    (columns, expected): &Said,
    frame: &Frame,
    which: &dyn Fn(usize) -> Option<usize>,
    context: &dyn Fn() -> String,
    seen: &mut Seen,
) {
    for (row, expected) in expected.iter().enumerate() {
        let Some(there) = which(row) else { continue };
        for (place, column) in columns.iter().enumerate() {
            let expected = expected.as_ref().map_or(Value::Null, |values| values[place].clone());
            let got = at(frame, column, there);
            assert_eq!(got, expected, "{column} of row {row}\n{}", context());
        }
        if expected.is_some() { seen.said += 1 } else { seen.silent += 1 }
    }
}

/// 180 populations with six networks and six groups each.
#[test]
fn groups_and_networks_are_what_their_definitions_say() {
    let of_seed = |seed: u64| {
        let mut random = Draw(seed);
        let (rows, declared) = (population(&mut random), Declared::draw(&mut random, 6));
        let said = declared.by_definition(&rows);
        let columns: Vec<&str> = said.iter().flat_map(|(columns, _)| columns).map(String::as_str).collect();
        let plan = Plan::new(&declared.set, columns.iter().copied());
        let mut frame = frame(&rows);
        compute(&plan.sources, Reach::All, &Cx::new(AS_OF), &mut frame, &plan.columns).unwrap();
        let mut seen = [Seen::default(), Seen::default()];
        for (number, expected) in said.iter().enumerate() {
            let context = || format!("seed {seed}\n{}", declared.texts[number]);
            compare(expected, &frame, &|row| Some(row), &context, &mut seen[number / 6]);
        }
        seen
    };
    let seen: Vec<[Seen; 2]> = (0..180_u64).into_par_iter().map(of_seed).collect();
    for kind in [0, 1] {
        let (said, silent): (usize, usize) =
            seen.iter().fold((0, 0), |(a, b), seen| (a + seen[kind].said, b + seen[kind].silent));
        assert!(said > 3_000 && silent > 3_000, "{said} rows told of, {silent} not");
    }
}

/// A population of which some is tonight's, some stands in a store, some both; some of the store was filed after tonight.
struct Divided {
    store: Store,
    tonight: Vec<Row>,
    /// Tonight's, then what history knows besides.
    everything: Vec<Row>,
}

impl Divided {
    fn draw(random: &mut Draw, root: &Path) -> Self {
        let as_of = saring::calendar::days(AS_OF);
        let filed = |row: &Row| plain::number(row, c::TANGGAL_PERMOHONAN).unwrap();
        let rows = population(random);
        // As a rule a night's applications are those of one day.
        let days = [rows.iter().map(filed).filter(|day| *day <= as_of).max(), None];
        let day = days[random.below(2)];
        let (mut tonight, mut before, mut past) = (Vec::new(), Vec::new(), Vec::new());
        for row in rows {
            let part = if day == Some(filed(&row)) { random.below(3) } else { random.below(5) };
            if filed(&row) > as_of || part > 1 || day.is_some_and(|day| day != filed(&row)) {
                past.extend((filed(&row) <= as_of).then(|| row.clone()));
                before.push(row);
                continue;
            }
            before.extend((part == 1).then(|| row.clone()));
            tonight.push(row);
        }
        let mut store = Store::open(root).unwrap();
        store.add(&frame(&before), AS_OF).unwrap();
        let everything = tonight.iter().cloned().chain(past).collect();
        Self { store, tonight, everything }
    }
}

/// 16 stores, each asked for what 36 networks and 36 groups need: with the rows it gives, tonight's applications are told
/// the same as with everything.
#[test]
fn narrowing_leaves_out_nothing_that_a_declaration_counts() {
    let root = tempfile::tempdir().unwrap();
    let of_seed = |seed: u64| {
        let mut random = Draw(1_000 + seed);
        let divided = Divided::draw(&mut random, &root.path().join(seed.to_string()));
        let (whole, mine) = (frame(&divided.everything), divided.tonight.len());
        let tonight = whole.slice(0, mine);
        let (mut cases, mut spared, mut seen) = (0, 0, Seen::default());
        for declared in (0..6).map(|_| Declared::draw(&mut random, 6)) {
            for (number, expected) in declared.by_definition(&divided.everything).iter().enumerate() {
                let plan = Plan::new(&declared.set, expected.0.iter().map(String::as_str));
                let mut here = tonight.clone();
                compute(&plan.sources, Reach::Row, &Cx::new(AS_OF), &mut here, &plan.columns).unwrap();
                let found = divided.store.narrow(&here, &plan.links(), &[], AS_OF, None).unwrap().company;
                let found: Vec<Value> = (0..found.rows()).map(|row| at(&found, c::NOMOR_PERMOHONAN, row)).collect();
                let place =
                    |number: &Value| divided.everything.iter().position(|row| row[c::NOMOR_PERMOHONAN] == *number);
                let places: Vec<usize> = found.iter().map(|number| place(number).unwrap()).collect();
                assert!(places.iter().all(|place| *place >= mine), "seed {seed}: history speaks for tonight's");
                let rows = (0..mine).chain(places).map(|row| u32::try_from(row).unwrap());
                let mut narrowed = whole.take(&rows.collect::<Vec<_>>()).unwrap();
                compute(&plan.sources, Reach::All, &Cx::new(AS_OF), &mut narrowed, &plan.columns).unwrap();
                let context = || format!("seed {seed}, {} rows found\n{}", found.len(), declared.texts[number]);
                compare(expected, &narrowed, &|row| (row < mine).then_some(row), &context, &mut seen);
                spared += whole.rows() - narrowed.rows();
                cases += 1;
            }
        }
        (cases, spared, seen)
    };
    let all: Vec<(usize, usize, Seen)> = (0..16_u64).into_par_iter().map(of_seed).collect();
    let cases: usize = all.iter().map(|(cases, _, _)| cases).sum();
    let spared: usize = all.iter().map(|(_, spared, _)| spared).sum();
    let said: usize = all.iter().map(|(_, _, seen)| seen.said).sum();
    assert!(cases > 1_000 && said > 1_000 && spared > 1_000, "{cases} cases, {said} rows told of, {spared} left out");
}
