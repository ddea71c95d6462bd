//! One night from export to list: what lies in a result, and that its files agree with each other and with the export.
//!
//! The office is invented and has five rules of its own beside the shipped ones, whose findings can be counted by hand.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use serde_json::Value;

use crate::support::office::{DAY, Office, bytes_of, command, json_file, json_lines, names_in, run, sha256};
use crate::support::parquet::{self, integers, strings};
use crate::support::table::Table;
use crate::support::workbook::sheet;

const APPLICATIONS: u32 = 600;
const CAPACITY: usize = 19;

/// The office's own rules, whose findings can be counted by hand.
const OWN_RULES: &str = include_str!("../../fixtures/night/kantor.toml");

/// A screened night.
pub(crate) struct Night {
    pub(crate) office: Office,
    pub(crate) result: PathBuf,
    pub(crate) export: Table,
    pub(crate) lines: Vec<Value>,
    audit: Value,
    manifest: Value,
    summary: String,
}

pub(crate) fn office(test: &str, applications: u32) -> Office {
    let office = Office::invent(test, applications);
    // Of the shipped rules none is mandatory here, so that mandatory lines can be counted by hand.
    for file in std::fs::read_dir(office.folder.join("rules")).unwrap().map(|e| e.unwrap().path()) {
        if file.is_file() {
            let rules = std::fs::read_to_string(&file).unwrap();
            std::fs::write(&file, rules.replace("mandatory = true", "mandatory = false")).unwrap();
        }
    }
    std::fs::write(office.folder.join("rules/kantor.toml"), OWN_RULES).unwrap();
    office
}

/// The night that tests look at and do not change.
pub(crate) fn night() -> &'static Night {
    static NIGHT: OnceLock<Night> = OnceLock::new();
    NIGHT.get_or_init(|| {
        let office = office("night", APPLICATIONS);
        let summary = office.screen(&["--capacity", &CAPACITY.to_string()]).ends(0).out;
        let result = office.latest();
        Night {
            export: Table::read(&office.export()),
            lines: json_lines(&result.join("rujukan.jsonl")),
            audit: json_file(&result.join("audit.json")),
            manifest: json_file(&result.join("manifest.json")),
            summary,
            result,
            office,
        }
    })
}

impl Night {
    /// Numbers of the applications drawn for control.
    fn control(&self) -> BTreeSet<&str> {
        self.audit["kontrol"]["nomor_permohonan"].as_array().unwrap().iter().map(|n| n.as_str().unwrap()).collect()
    }

    /// Numbers of the applications with a cell, read from the export.
    fn numbers_with(&self, column: &str, cell: impl Fn(&str) -> bool) -> BTreeSet<&str> {
        let numbers = self.export.column("NO PERMOHONAN");
        numbers.into_iter().zip(self.export.column(column)).filter(|(_, c)| cell(c)).map(|(n, _)| n).collect()
    }

    fn list(&self) -> Table {
        Table::read(&self.result.join("rujukan.csv"))
    }

    /// Tonight's number of an application with a finding of the mandatory rule.
    pub(crate) fn business(&self) -> &str {
        self.numbers_with("TUJUAN", |cell| cell == "BISNIS").first().unwrap()
    }
}

pub(crate) fn number(line: &Value) -> &str {
    line["nomor_permohonan"].as_str().unwrap()
}

fn texts(value: &Value) -> Vec<&str> {
    value.as_array().unwrap().iter().map(|v| v.as_str().unwrap()).collect()
}

pub(crate) const FILES: [&str; 17] = [
    "audit.json",
    "karantina.csv",
    "kelompok.csv",
    "kelompok.parquet",
    "kepatuhan.csv",
    "laporan.html",
    "manifest.json",
    "mutu.csv",
    "pantau.json",
    "rujukan.csv",
    "rujukan.jsonl",
    "rujukan.parquet",
    "rujukan.xlsx",
    "susulan.csv",
    "susulan.jsonl",
    "susulan.parquet",
    "temuan.parquet",
];

#[test]
fn a_result_has_its_files_and_the_pointer_leads_to_it() {
    let night = night();
    assert_eq!(names_in(&night.result), FILES);
    assert_eq!(names_in(&night.office.folder.join("hasil")), [".kunci", DAY, "terbaru"]);
    assert!(night.summary.contains("600 records = 600 applications + 0 set aside"), "{}", night.summary);
}

#[cfg(unix)]
#[test]
fn nobody_else_can_read_a_result() {
    use std::os::unix::fs::PermissionsExt;
    let mode = |path: &Path| std::fs::symlink_metadata(path).unwrap().permissions().mode() & 0o7777;
    let night = night();
    let results = night.office.folder.join("hasil");
    assert_eq!(std::fs::read_link(&night.result).unwrap(), Path::new(DAY), "the pointer survives a move of the folder");
    assert_eq!((mode(&results), mode(&results.join(DAY))), (0o700, 0o700));
    for file in FILES {
        assert_eq!(mode(&night.result.join(file)), 0o600, "{file}");
    }
    assert_eq!(mode(&results.join(".kunci")), 0o600);
}

#[test]
fn the_manifest_counts_what_stands_in_the_files() {
    let night = night();
    let count = |value: &Value| usize::try_from(value.as_u64().unwrap()).unwrap();
    let counts = &night.manifest["counts"];
    let aside = Table::read(&night.result.join("karantina.csv")).rows.len();
    assert_eq!(count(&counts["records_read"]), night.export.rows.len());
    assert_eq!(count(&counts["quarantined"]), aside);
    assert_eq!(count(&counts["applications"]), night.export.rows.len() - aside);
    assert_eq!(count(&counts["listed"]), night.list().rows.len());
    let business = night.numbers_with("TUJUAN", |cell| cell == "BISNIS");
    assert!(business.len() > 3, "{}", business.len());
    assert_eq!(count(&counts["mandatory"]), business.len());
    // The one export, byte by byte.
    let export = std::fs::read(night.office.export()).unwrap();
    let input = &night.manifest["inputs"][0];
    assert_eq!((count(&input["bytes"]), count(&input["records_read"])), (export.len(), night.export.rows.len()));
    assert_eq!(night.manifest["identity"]["inputs"][0]["sha256"].as_str(), Some(sha256(&export).as_str()));
    assert_eq!(night.manifest["identity"]["inputs"][0]["file"].as_str(), Some(format!("masuk/{DAY}.csv").as_str()));
    // The nine other files.
    let files = bytes_of(&night.result);
    let outputs = night.manifest["outputs"].as_array().unwrap();
    let stated: BTreeMap<&str, &str> =
        outputs.iter().map(|o| (o["name"].as_str().unwrap(), o["sha256"].as_str().unwrap())).collect();
    assert_eq!(outputs.len(), FILES.len() - 1);
    for (name, bytes) in files.iter().filter(|(name, _)| *name != "manifest.json") {
        assert_eq!(stated[name.as_str()], sha256(bytes), "{name}");
    }
}

#[test]
fn the_list_is_mandatory_lines_then_scores_within_the_capacity() {
    let night = night();
    let ranks: Vec<u64> = night.lines.iter().map(|l| l["peringkat"].as_u64().unwrap()).collect();
    assert_eq!(ranks, (1..=ranks.len() as u64).collect::<Vec<_>>());
    let (control, business) = (night.control(), night.numbers_with("TUJUAN", |cell| cell == "BISNIS"));
    let listed: Vec<(&str, i64)> = night.lines.iter().map(|l| (number(l), l["skor"].as_i64().unwrap())).collect();
    let (first, rest) = listed.split_at(business.len());
    assert_eq!(first.iter().map(|(n, _)| *n).collect::<BTreeSet<_>>(), business, "mandatory lines stand first");
    assert!(control.iter().all(|n| rest.iter().any(|(listed, _)| listed == n)), "who is drawn is on the list");
    let ranked: Vec<(&str, i64)> = rest.iter().copied().filter(|(n, _)| !control.contains(n)).collect();
    assert_eq!(ranked.len(), CAPACITY - business.len(), "mandatory lines count towards the capacity");
    for lines in [first, &ranked] {
        let mut sorted = lines.to_vec();
        sorted.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
        assert_eq!(lines, sorted, "by score, then by number");
    }
    assert!(ranked.iter().all(|(_, score)| *score > 0));
}

#[test]
fn of_equal_lines_the_lower_numbers_are_taken() {
    let office = office("equal", APPLICATIONS);
    let screened = |name: &str, capacity: usize| {
        let result = office.screen_to(name, &["--capacity", &capacity.to_string()]);
        let drawn = json_file(&result.join("audit.json"))["kontrol"]["nomor_permohonan"].clone();
        let drawn: Vec<String> = drawn.as_array().unwrap().iter().map(|n| n.as_str().unwrap().to_owned()).collect();
        let lines = json_lines(&result.join("rujukan.jsonl"));
        let listed: Vec<(String, i64)> =
            lines.iter().map(|l| (number(l).to_owned(), l["skor"].as_i64().unwrap())).collect();
        listed.into_iter().filter(|(n, _)| !drawn.contains(n)).collect::<Vec<_>>()
    };
    let all = screened("all", 1_000);
    // The longest run of lines with one score, and a capacity that ends in its middle.
    let run = all.chunk_by(|a, b| a.1 == b.1).max_by_key(|run| run.len()).unwrap();
    assert!(run.len() >= 4, "{all:?}");
    let capacity = all.iter().position(|line| line == &run[0]).unwrap() + run.len() / 2;
    let some = screened("some", capacity);
    assert_eq!(some, all[..capacity], "a shorter list is the beginning of the longer one");
    assert!(run.windows(2).all(|pair| pair[0].0 < pair[1].0), "{run:?}");
}

#[test]
fn the_leaves_of_every_line_add_up_to_its_score() {
    let mut leaves = 0;
    for line in &night().lines {
        let mut total = 0;
        for family in line["penjelasan"].as_array().unwrap() {
            let points = family["rincian"].as_array().unwrap().iter().map(|leaf| leaf["poin"].as_i64().unwrap());
            leaves += points.len();
            let sum: i64 = points.sum();
            assert_eq!(Some(sum), family["poin"].as_i64(), "{}: {family}", number(line));
            total += sum;
        }
        assert_eq!(Some(total), line["skor"].as_i64(), "{}", number(line));
    }
    assert!(leaves > CAPACITY);
}

#[test]
fn csv_json_and_parquet_say_the_same() {
    let night = night();
    let (list, frame) = (night.list(), parquet::read(&night.result.join("rujukan.parquet")));
    assert_eq!((list.rows.len(), frame.height()), (night.lines.len(), night.lines.len()));
    let (ranks, scores) = (integers(&frame, "peringkat"), integers(&frame, "skor"));
    for (at, line) in night.lines.iter().enumerate() {
        assert_eq!((Some(ranks[at]), Some(scores[at])), (line["peringkat"].as_i64(), line["skor"].as_i64()));
    }
    for name in &list.header {
        let of_line = |line: &Value| match name.as_str() {
            "peringkat" => line[name].to_string(),
            "golongan" | "nomor_permohonan" => line[name].as_str().unwrap().to_owned(),
            "alasan" | "pertanyaan" => texts(&line[name]).join(" | "),
            "aturan" => line["temuan"]
                .as_array()
                .unwrap()
                .iter()
                .map(|f| f[name].as_str().unwrap())
                .collect::<Vec<_>>()
                .join(";"),
            column => line["data"][column].as_str().unwrap_or_else(|| panic!("{column}")).to_owned(),
        };
        let expected: Vec<String> = night.lines.iter().map(of_line).collect();
        // One tab in front keeps a spreadsheet from computing; it is no part of the value.
        let cells: Vec<&str> = list.column(name).into_iter().map(|c| c.strip_prefix('\t').unwrap_or(c)).collect();
        assert_eq!(cells, expected, "{name}");
        if name != "peringkat" {
            assert_eq!(strings(&frame, name), expected, "{name}");
        }
    }
}

#[test]
fn the_workbook_says_the_same_and_has_the_numbers_in_full() {
    let night = night();
    let rows = sheet(&night.result.join("rujukan.xlsx"), "Rujukan");
    let place = |heading: &str| rows[0].iter().position(|h| h == heading).unwrap_or_else(|| panic!("{heading}"));
    let said = |cell: &str| cell.lines().map(|l| l.trim_start_matches("• ").to_owned()).collect::<Vec<_>>();
    assert_eq!(rows.len() - 1, night.lines.len());
    for (row, line) in rows[1..].iter().zip(&night.lines) {
        assert_eq!(
            (row[0].as_str(), row[1].as_str()),
            (line["peringkat"].to_string().as_str(), line["golongan"].as_str().unwrap())
        );
        assert_eq!(row[place("Nomor permohonan")], number(line));
        // The same words; what is masked elsewhere stands in full here.
        let (full, masked) = (said(&row[place("Alasan")]), texts(&line["alasan"]));
        assert_eq!(full.len(), masked.len());
        for (full, masked) in full.iter().zip(&masked) {
            assert!(!full.contains('•'), "{full}");
            let open = |text: &str| text.split(' ').filter(|w| !w.contains('•')).map(str::to_owned).collect::<Vec<_>>();
            let mut words = full.split(' ');
            assert!(open(masked).iter().all(|word| words.any(|w| w == word)), "{full} / {masked}");
        }
        assert_eq!(said(&row[place("Pertanyaan")]), texts(&line["pertanyaan"]));
        let at = night.export.row_of("NO PERMOHONAN", number(line));
        let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
        assert_eq!(row[place("NIK")], digits(night.export.column("NIK")[at]), "sixteen digits as text");
    }
    let findings = sheet(&night.result.join("rujukan.xlsx"), "Temuan");
    let expected: Vec<(&str, &str)> = night
        .lines
        .iter()
        .flat_map(|l| l["temuan"].as_array().unwrap().iter().map(move |f| (number(l), f["aturan"].as_str().unwrap())))
        .collect();
    assert_eq!(findings[1..].iter().map(|row| (row[1].as_str(), row[2].as_str())).collect::<Vec<_>>(), expected);
}

#[test]
fn numbers_are_masked_outside_the_workbook() {
    let night = night();
    let list = night.list();
    for (row, masked) in list.column("nik").into_iter().enumerate() {
        let at = night.export.row_of("NO PERMOHONAN", list.column("nomor_permohonan")[row]);
        let full = night.export.column("NIK")[at];
        if full.len() == 16 {
            assert_eq!(masked, format!("{}••••••••{}", &full[..4], &full[12..]));
        }
    }
}

#[test]
fn findings_in_parquet_are_those_of_every_application() {
    let night = night();
    let frame = parquet::read(&night.result.join("temuan.parquet"));
    let found: Vec<(String, String)> =
        strings(&frame, "aturan").into_iter().zip(strings(&frame, "nomor_permohonan")).collect();
    assert!(found.is_sorted(), "by rule, then by number");
    let of = |rule: &str| found.iter().filter(|(r, _)| r == rule).map(|(_, n)| n.as_str()).collect::<BTreeSet<_>>();
    assert_eq!(of("T91"), night.numbers_with("TUJUAN", |cell| cell == "BISNIS"));
    assert!(of("T92").is_empty() && of("T93").is_empty(), "neither in force nor off");
    // On trial: fires and is counted, and scores nothing.
    assert_eq!(of("T94"), night.numbers_with("MASA BERLAKU", |cell| cell == "10"));
    let points: i64 =
        integers(&frame, "poin").iter().zip(&found).filter(|(_, (r, _))| r == "T94").map(|(p, _)| p).sum();
    assert_eq!(points, 0);
    // Listed findings are among them.
    for line in &night.lines {
        for finding in line["temuan"].as_array().unwrap() {
            let key = (finding["aturan"].as_str().unwrap().to_owned(), number(line).to_owned());
            assert!(found.contains(&key), "{key:?}");
        }
    }
}

#[test]
fn only_the_audit_tells_who_was_drawn_for_control() {
    let night = night();
    let control = night.control();
    assert!(!control.is_empty());
    let business = night.numbers_with("TUJUAN", |cell| cell == "BISNIS");
    assert!(control.is_disjoint(&business), "nobody is drawn who is referred anyway");
    // In no form has a drawn line a field that others lack, or a word that names it.
    let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    let bands: BTreeSet<&str> =
        night.lines.iter().filter(|l| control.contains(number(l))).map(|l| l["golongan"].as_str().unwrap()).collect();
    assert!(bands.is_subset(&BTreeSet::from(["pertama", "kedua"])), "{bands:?}");
    for line in &night.lines {
        assert_eq!(keys(line), keys(&night.lines[0]));
        assert_eq!(keys(&line["data"]), keys(&night.lines[0]["data"]));
        assert!(!line.to_string().to_lowercase().contains("kontrol"), "{line}");
    }
    let list = std::fs::read_to_string(night.result.join("rujukan.csv")).unwrap().to_lowercase();
    let columns = parquet::read(&night.result.join("rujukan.parquet")).get_column_names_owned();
    assert!(!list.contains("kontrol") && !columns.iter().any(|c| c.contains("kontrol")));
    for name in ["Rujukan", "Temuan"] {
        let cells = sheet(&night.result.join("rujukan.xlsx"), name).concat().join("\n").to_lowercase();
        assert!(!cells.contains("kontrol"), "{name}");
    }
}

#[test]
fn officers_see_no_score_unless_the_office_wants_it() {
    let night = night();
    assert!(!night.list().header.iter().any(|h| h == "skor"));
    assert!(!sheet(&night.result.join("rujukan.xlsx"), "Rujukan")[0].iter().any(|h| h == "Skor"));
    let office = office("night-scores", 60);
    office.set_output("show_score = true");
    office.screen(&[]).ends(0);
    let scores: Vec<String> =
        json_lines(&office.latest().join("rujukan.jsonl")).iter().map(|l| l["skor"].to_string()).collect();
    assert_eq!(Table::read(&office.latest().join("rujukan.csv")).column("skor"), scores);
    let rows = sheet(&office.latest().join("rujukan.xlsx"), "Rujukan");
    assert_eq!(rows[0][3], "Skor");
    assert_eq!(rows[1..].iter().map(|row| row[3].clone()).collect::<Vec<_>>(), scores);
}

#[test]
fn the_same_night_again_changes_nothing() {
    let office = office("night-again", 60);
    let first = office.screen(&["--format", "json"]).ends(0).json();
    let times = || {
        let of = |name: &String| std::fs::metadata(office.latest().join(name)).unwrap().modified().unwrap();
        names_in(&office.latest()).iter().map(of).collect::<Vec<_>>()
    };
    let (before, written) = (bytes_of(&office.latest()), times());
    let second = office.screen(&["--format", "json"]).ends(0).json();
    assert_eq!((&first["run_id"], &second["already_published"]), (&second["run_id"], &Value::Bool(true)));
    assert_eq!(first["already_published"], Value::Bool(false));
    assert_eq!(names_in(&office.folder.join("hasil")), [".kunci", DAY, "terbaru"]);
    assert!(before == bytes_of(&office.latest()) && written == times(), "files were written again");
    // Another capacity is another run, beside the first one.
    office.screen(&["--capacity", "2"]).ends(0);
    assert_eq!(names_in(&office.folder.join("hasil")), [".kunci", DAY, "2025-11-03-2", "terbaru"]);
    assert_eq!(std::fs::canonicalize(office.latest()).unwrap().file_name().unwrap(), "2025-11-03-2");
    assert!(bytes_of(&office.folder.join("hasil").join(DAY)) == before, "the earlier result was touched");
}

#[test]
fn an_export_of_another_day_is_refused_unless_forced() {
    let office = office("night-repeated", 60);
    office.screen(&[]).ends(0);
    let later = |more: &[&str]| {
        run(command().args(["screen", "--as-of", "2025-11-04", "--office"]).arg(&office.folder).args(more))
    };
    let refused = later(&[]).ends(4);
    assert!(refused.err.contains("IN_REPEATED") && refused.err.contains("--force"), "{}", refused.err);
    assert_eq!(names_in(&office.folder.join("hasil")), [".kunci", DAY, "terbaru"]);
    later(&["--force"]).ends(0);
    assert_eq!(names_in(&office.folder.join("hasil")), [".kunci", DAY, "2025-11-04", "terbaru"]);
}

#[test]
fn broken_rows_are_set_aside_with_file_line_and_code() {
    let office = office("night-broken", 200);
    office.edit(|table| {
        table.set(4, "NIK", "3.17401E+15");
        table.set(9, "TGL LAHIR", "29-02-2023");
        table.set(14, "NAMA", "");
        table.rows[20] = table.rows[19].clone();
        table.rows[30] = table.rows[29].clone();
        table.set(30, "TINGGI", "101");
    });
    let text = std::fs::read_to_string(office.export()).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let cut = lines[40].rsplit_once(',').unwrap().0;
    std::fs::write(office.export(), text.replace(lines[40], cut)).unwrap();
    let summary = office.screen(&["--format", "json"]).ends(3).json();
    assert_eq!((summary["records_read"].as_u64(), summary["quarantined"].as_u64()), (Some(200), Some(7)));
    assert_eq!(summary["applications"].as_u64(), Some(193));
    let aside = Table::read(&office.latest().join("karantina.csv"));
    assert!(aside.column("berkas").iter().all(|file| *file == format!("masuk/{DAY}.csv")));
    let found: Vec<(&str, &str, &str)> = (0..aside.rows.len())
        .map(|row| (aside.column("baris")[row], aside.column("kolom")[row], aside.column("kode")[row]))
        .collect();
    // A record stands two lines below its number counted from 0: one for the heading, one because lines count from 1.
    assert_eq!(
        found,
        [
            ("6", "nik", "NIK_SCIENTIFIC"),
            ("11", "tanggal_lahir", "DATE_UNREADABLE"),
            ("16", "nama_lengkap", "MISSING_REQUIRED"),
            ("22", "nomor_permohonan", "DUPLICATE"),
            ("31", "nomor_permohonan", "ID_CONFLICT"),
            ("32", "nomor_permohonan", "ID_CONFLICT"),
            ("41", "", "FIELD_COUNT"),
        ]
    );
    assert!(aside.column("penjelasan").iter().all(|text| text.len() > 30), "an operator can act on it");
    // Screening it again is the same run, with the same warning to the scheduler.
    office.screen(&[]).ends(3);
}

#[test]
fn the_summary_as_json_counts_like_the_export() {
    let night = night();
    let summary = night.office.screen(&["--capacity", &CAPACITY.to_string(), "--format", "json"]).ends(0).json();
    let business = night.numbers_with("TUJUAN", |cell| cell == "BISNIS").len();
    assert_eq!(summary["run_id"], night.manifest["run_id"]);
    assert_eq!(summary["as_of"].as_str(), Some(DAY));
    for (name, value) in [("records_read", 600), ("applications", 600), ("quarantined", 0), ("mandatory", business)] {
        assert_eq!(summary[name].as_u64(), Some(value as u64), "{name}");
    }
    assert_eq!(summary["listed"].as_u64(), Some(night.lines.len() as u64));
    let rules = summary["rules"].as_array().unwrap();
    let rule = |id: &str| rules.iter().find(|r| r["id"] == id).unwrap_or_else(|| panic!("no {id}"));
    assert_eq!(rule("T91")["fired"].as_u64(), Some(business as u64));
    let silent = night.numbers_with("TUJUAN", |cell| matches!(cell, "" | "-" | "TIDAK ADA")).len();
    assert_eq!(rule("T91")["not_evaluable"].as_u64(), Some(silent as u64), "nothing said, nothing judged");
    assert_eq!(rule("T92")["not_in_force"].as_u64(), Some(600));
    assert!(rules.iter().all(|r| r["id"] != "T93"), "a rule that is off is not evaluated");
    for rule in rules {
        let sum: u64 =
            ["fired", "quiet", "not_evaluable", "not_in_force"].iter().map(|k| rule[*k].as_u64().unwrap()).sum();
        assert_eq!(sum, 600, "every application has one outcome: {rule}");
    }
}
