//! Applications of before that tonight's links put over the line: a ring whose first members looked innocent on their own
//! night, its innocent twin, and the same nights again.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::support::office::{Office, Ran, bytes_of, command, json_file, json_lines, run, text};
use crate::support::parquet;
use crate::support::table::Table;
use crate::support::workbook::sheet;

/// One rule, whose findings can be counted by hand: four people who paid from one account, and six.
const RULES: &str = r#"
[pack]
name = "kantor"
family = "K"

[[group]]
name = "rekening"
by = ["rekening_pembayar"]
window = "30d"
having = ["orang >= 4"]
[group.measure]
orang = "count(distinct nik)"

[[rule]]
id = "K91"
version = 1
title = "Satu rekening untuk banyak orang"
class = "B"
when = ["rekening.orang >= 4"]
why = "Uji."
basis = ["UU 6/2011"]
question = "Siapa yang membayar?"
false_positives = ["keluarga"]
owner = "Uji"
review_by = 2027-06-30
[[rule.outcome]]
when = ["rekening.orang >= 6"]
points = 35
reason = "Rekening {rekening_pembayar|mask} dipakai {rekening.orang} orang, juga {rekening.others}"
[[rule.outcome]]
points = 15
reason = "Rekening {rekening_pembayar|mask} dipakai {rekening.orang} orang, juga {rekening.others}"
[[rule.test]]
name = "empat orang"
given = [{ repeat = 4, nik = "N{i}", rekening_pembayar = "A" }]
expect = { fires = "all", points = 15 }
[[rule.test]]
name = "tiga orang"
given = [{ repeat = 3, nik = "N{i}", rekening_pembayar = "A" }]
expect = { fires = [] }
"#;

const RING: &str = "900800700600";
const TWIN: &str = "100200300400";

/// An office with the one rule and exports of three nights: the ring has three of its members on the first, one of them
/// decided already, a fourth on the second, two more on the third. The twin never has more than three.
pub(crate) struct Nights {
    pub(crate) office: Office,
    numbers: Vec<String>,
}

pub(crate) const DAYS: [&str; 3] = ["2025-11-03", "2025-11-04", "2025-11-05"];

impl Nights {
    pub(crate) fn new(test: &str) -> Self {
        let office = Office::invent(test, 60);
        office.only_rules(RULES);
        let settings = office.folder.join("saring.toml");
        let quiet =
            std::fs::read_to_string(&settings).unwrap().replace("control_per_mille = 20\n", "control_per_mille = 0\n");
        std::fs::write(&settings, quiet).unwrap();
        let mut whole = Table::read(&office.export());
        let numbers: Vec<String> = whole.column("NO PERMOHONAN").into_iter().map(str::to_owned).collect();
        for row in 0..60 {
            whole.set(row, "REKENING PEMBAYAR", "");
            whole.set(row, "STATUS", "WAWANCARA");
            whole.set(row, "ALASAN", "");
            whole.set(row, "TGL KEPUTUSAN", "");
            whole.set(row, "TGL PERMOHONAN", DAYS[row / 20]);
        }
        for row in [0, 1, 2, 20, 40, 41] {
            whole.set(row, "REKENING PEMBAYAR", RING);
        }
        for row in [3, 4, 21] {
            whole.set(row, "REKENING PEMBAYAR", TWIN);
        }
        whole.set(2, "STATUS", "TERBIT");
        std::fs::remove_file(office.export()).unwrap();
        for (rows, day) in whole.rows.chunks(20).zip(DAYS) {
            let night = Table { header: whole.header.clone(), rows: rows.to_vec() };
            night.write(&office.folder.join(format!("masuk/{day}.csv")));
        }
        Self { office, numbers }
    }

    /// Screens the export of a night.
    pub(crate) fn screen(&self, night: usize, out: &str, more: &[&str]) -> (Ran, PathBuf) {
        screen(&self.office.folder, night, out, more)
    }

    fn set(&self, lines: &str) {
        let path = self.office.folder.join("saring.toml");
        let settings = std::fs::read_to_string(&path).unwrap();
        std::fs::write(&path, format!("{settings}\n{lines}\n")).unwrap();
    }

    fn of(&self, rows: &[usize]) -> BTreeSet<&str> {
        rows.iter().map(|row| self.numbers[*row].as_str()).collect()
    }
}

fn screen(folder: &Path, night: usize, out: &str, more: &[&str]) -> (Ran, PathBuf) {
    let out = folder.parent().unwrap().join(out);
    let export = folder.join(format!("masuk/{}.csv", DAYS[night]));
    let mut screen = command();
    screen.args(["screen", "--as-of", DAYS[night], "--office", text(folder), "--out", text(&out), text(&export)]);
    let ran = run(screen.args(more)).ends(0);
    let result = std::fs::read_link(out.join("terbaru")).unwrap();
    (ran, out.join(result))
}

fn listed(table: &Table) -> BTreeSet<&str> {
    table.column("nomor_permohonan").into_iter().collect()
}

#[test]
fn the_first_of_a_ring_are_listed_when_it_closes_and_an_innocent_twin_is_not() {
    let nights = Nights::new("follow-up");
    nights.office.set_output("full_values = true");
    let (_, first) = nights.screen(0, "hasil", &[]);
    assert!(
        listed(&Table::read(&first.join("rujukan.csv"))).is_empty(),
        "three from one account are nobody's business"
    );
    assert!(Table::read(&first.join("susulan.csv")).rows.is_empty());

    let (ran, second) = nights.screen(1, "hasil", &["--format", "json"]);
    assert_eq!(listed(&Table::read(&second.join("rujukan.csv"))), nights.of(&[20]));
    let again = Table::read(&second.join("susulan.csv"));
    assert_eq!(listed(&again), nights.of(&[0, 1]), "open ones of the ring; the issued one and the twin are not");
    for row in 0..2 {
        let cell = |column: &str| again.column(column)[row];
        assert_eq!([cell("dinilai"), cell("terdaftar_dulu")], [DAYS[0], "false"]);
        assert_eq!([cell("poin_dulu"), cell("poin_kini")], ["0", "15"]);
        assert_eq!([cell("aturan"), cell("aturan_baru"), cell("aturan_lebih_berat")], ["K91", "K91", ""]);
        assert_eq!(cell("karena"), nights.numbers[20], "the one application of tonight that closed it");
        assert!(cell("alasan").contains("4 orang"), "{}", cell("alasan"));
    }
    // Every form of the list says the same, and the counts of the run agree.
    let lines = json_lines(&second.join("susulan.jsonl"));
    let of_lines: BTreeSet<&str> = lines.iter().map(|line| line["nomor_permohonan"].as_str().unwrap()).collect();
    assert_eq!(of_lines, listed(&again));
    assert_eq!((lines[0]["sejak"]["poin_kini"].as_i64(), lines[0]["skor"].as_i64()), (Some(15), Some(15)));
    let table = parquet::read(&second.join("susulan.parquet"));
    assert_eq!(parquet::strings(&table, "nomor_permohonan"), again.column("nomor_permohonan"));
    assert_eq!(parquet::integers(&table, "poin_dulu"), [0, 0]);
    let cells = sheet(&second.join("rujukan.xlsx"), "Susulan");
    assert_eq!(cells.len(), 3);
    let said = &cells[1][cells[0].iter().position(|h| h == "Berubah sejak").unwrap()];
    assert!(said.contains("3 November 2025") && said.contains("K91") && said.contains(&nights.numbers[20]), "{said}");
    let manifest = json_file(&second.join("manifest.json"));
    assert_eq!(manifest["counts"]["listed_again"], 2);
    assert_eq!(manifest["counts"]["looked_again"], 4, "two open ones of the ring, two of the twin");
    let audit = json_file(&second.join("audit.json"));
    assert_eq!(
        (audit["susulan"]["terdaftar"].as_array().unwrap().len(), &audit["susulan"]["aturan"]["K91"]),
        (2, &2.into())
    );
    assert_eq!((ran.json()["looked_again"].as_u64(), ran.json()["listed_again"].as_u64()), (Some(4), Some(2)));
    // What a rule did over the day is told of tonight's applications alone.
    let rule = audit["aturan"].as_array().unwrap().iter().find(|rule| rule["id"] == "K91").unwrap();
    let blind: u64 = rule["tidak_dapat_dinilai"].as_object().unwrap().values().map(|n| n.as_u64().unwrap()).sum();
    assert_eq!(rule["kena"].as_u64().unwrap() + rule["tidak_kena"].as_u64().unwrap() + blind, 20);

    // Once listed, an application comes again only with clearly more points.
    let (_, third) = nights.screen(2, "hasil", &[]);
    let again = Table::read(&third.join("susulan.csv"));
    assert_eq!(listed(&again), nights.of(&[0, 1, 20]));
    assert!(again.column("terdaftar_dulu").iter().all(|cell| *cell == "true"));
    assert!(again.column("dinilai").iter().all(|cell| *cell == DAYS[1]), "since they were listed, not since they came");
    assert_eq!(again.column("aturan_lebih_berat"), ["K91"; 3]);
    assert_eq!(again.column("karena")[0].split(';').collect::<BTreeSet<_>>(), nights.of(&[40, 41]));
}

#[test]
fn the_same_night_gives_the_same_bytes_and_takes_nothing_from_tonights_list() {
    let nights = Nights::new("follow-up-again");
    nights.screen(0, "hasil", &[]);
    let (_, second) = nights.screen(1, "hasil", &["--threads", "1"]);
    let expected = bytes_of(&second);
    for (out, threads) in [("dua", "2"), ("delapan", "8")] {
        let (_, again) = nights.screen(1, out, &["--threads", threads]);
        assert!(bytes_of(&again) == expected, "{threads} threads, the second time");
    }
    // A later night changes nothing about an earlier one.
    nights.screen(2, "hasil", &[]);
    let (_, again) = nights.screen(1, "nanti", &[]);
    assert!(bytes_of(&again) == expected, "after a later night");
    // The first night once more, after the looks of later ones.
    let (_, first) = nights.screen(0, "pertama", &[]);
    assert!(Table::read(&first.join("susulan.csv")).rows.is_empty());

    let export = nights.office.folder.join(format!("masuk/{}.csv", DAYS[1]));
    let mut shuffled = Table::read(&export);
    shuffled.shuffle(1);
    shuffled.write(&export);
    let (_, other) = nights.screen(1, "acak", &[]);
    let other = bytes_of(&other);
    for (name, bytes) in &expected {
        assert!(name == "manifest.json" || other[name] == *bytes, "{name} depends on the order of rows");
    }
    nights.set("[followup]\ndays = 0");
    let (_, without) = nights.screen(1, "tanpa", &[]);
    let without = bytes_of(&without);
    assert!(!without.keys().any(|name| name.starts_with("susulan")), "switched off, there is no such list");
    for name in ["rujukan.csv", "rujukan.jsonl", "rujukan.parquet"] {
        assert!(without[name] == expected[name], "{name}: those of before took a place of tonight's");
    }
}

#[test]
fn the_capacity_of_follow_ups_is_their_own_and_their_time_ends() {
    let nights = Nights::new("follow-up-capacity");
    nights.set("[followup]\ncapacity = 1");
    nights.screen(0, "hasil", &[]);
    let (_, second) = nights.screen(1, "hasil", &[]);
    let again = Table::read(&second.join("susulan.csv"));
    assert_eq!(listed(&again).len(), 1);
    assert_eq!(
        again.column("nomor_permohonan")[0],
        *nights.of(&[0, 1]).first().unwrap(),
        "of equals the smaller number"
    );
    // The other one was not listed, so it is still to be told, with those that came meanwhile.
    let (_, third) = nights.screen(2, "hasil", &[]);
    let again = Table::read(&third.join("susulan.csv"));
    assert_eq!((listed(&again).len(), again.column("poin_kini")[0]), (1, "35"));

    let short = Nights::new("follow-up-days");
    short.set("[followup]\ndays = 1");
    short.screen(0, "hasil", &[]);
    short.screen(1, "hasil", &[]);
    let (_, third) = short.screen(2, "hasil", &[]);
    assert_eq!(listed(&Table::read(&third.join("susulan.csv"))), short.of(&[20]), "those of two days ago are let go");
}

#[test]
fn explain_tells_of_those_that_are_looked_at_again() {
    let nights = Nights::new("follow-up-explain");
    nights.screen(0, "hasil", &[]);
    nights.screen(1, "hasil", &[]);
    for day in [DAYS[0], DAYS[2]] {
        std::fs::remove_file(nights.office.folder.join(format!("masuk/{day}.csv"))).unwrap();
    }
    let explain = |row: usize| {
        let mut explain = command();
        explain.args(["explain", &nights.numbers[row], "--as-of", DAYS[1], "--office", text(&nights.office.folder)]);
        run(&mut explain)
    };
    let told = explain(0).ends(0).out;
    assert!(told.contains("score 15, number ") && told.contains(" on the list of follow-ups\n"), "{told}");
    assert!(explain(3).ends(0).out.contains("score 0, not on the list of follow-ups"));
    assert!(explain(20).ends(0).out.contains("score 15, number 1 on the list\n"));
    explain(2).ends(2);
}

#[test]
fn wrong_settings_are_told_at_their_place() {
    let nights = Nights::new("follow-up-settings");
    nights.set("[followup]\ndays = 400\ncapacity = 0");
    let export = nights.office.folder.join(format!("masuk/{}.csv", DAYS[0]));
    let mut screen = command();
    screen.args(["screen", "--as-of", DAYS[0], "--office", text(&nights.office.folder), text(&export)]);
    let ran = run(&mut screen).ends(2);
    assert!(ran.err.contains("K001") && ran.err.contains("0 to 365") && ran.err.contains("1 to 1000"), "{}", ran.err);
}
