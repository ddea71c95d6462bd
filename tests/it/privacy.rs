//! Nobody's name or number in full outside the officers' workbook: not on the terminal, not in any other file of a result,
//! not when an export is broken in the ways that tempt a program to quote it.
//!
//! The canaries are the cells of the invented office's own export. Only those of at least eight characters count, and of
//! names only those of two words or more: SRI or AHMAD may stand in an ordinary sentence, SRI NINGSIH may not.

use std::collections::{BTreeSet, HashSet};
use std::path::Path;
use std::process::Command;

use crate::support::office::{Office, Ran, command, run, text};
use crate::support::table::Table;
use crate::support::{parquet, workbook};

const NAMES: [&str; 10] = [
    "NAMA",
    "ALIAS",
    "NAMA DI PASPOR",
    "NAMA AYAH",
    "NAMA IBU",
    "SUAMI/ISTRI",
    "PEMBAYAR",
    "PENJAMIN",
    "PENDAMPING",
    "KUASA",
];
const OTHERS: [&str; 19] = [
    "NIK",
    "NO KK",
    "NIK PENDAMPING",
    "NIK KUASA",
    "ID PENJAMIN",
    "NO HP",
    "NO TELP KERABAT",
    "TELP PENJAMIN",
    "TELP PENDAMPING",
    "EMAIL",
    "REKENING PEMBAYAR",
    "ALAMAT",
    "ALAMAT PENJAMIN",
    "NO AKTA",
    "NO IJAZAH",
    "NO BUKU NIKAH",
    "NO PASPOR LAMA",
    "MRZ",
    "MRZ2",
];

/// What must not be seen.
struct Canaries(BTreeSet<String>);

/// Length of the pieces by which a text is searched for thousands of canaries at once.
const PIECE: usize = 8;

impl Canaries {
    fn of(export: &Table) -> Self {
        let cells = |columns: &[&str]| columns.iter().flat_map(|c| export.column(c)).map(str::trim).collect::<Vec<_>>();
        let names = cells(&NAMES).into_iter().filter(|n| n.split_whitespace().count() > 1);
        let plain = names.chain(cells(&OTHERS)).filter(|cell| *cell != "TIDAK ADA").map(str::to_uppercase);
        // Numbers also without what stands between their digits and before the digits everybody has.
        let digits = |cell: &str| cell.chars().filter(char::is_ascii_digit).collect::<String>();
        let bare = cells(&OTHERS[..9]).into_iter().map(digits);
        let bare = bare.map(|d| d.trim_start_matches("62").trim_start_matches('0').to_owned());
        Self(plain.chain(bare).filter(|canary| canary.len() >= PIECE).collect())
    }

    fn found_in(&self, text: &str) -> Vec<&str> {
        let text = text.to_uppercase();
        let pieces: HashSet<&[u8]> = text.as_bytes().windows(PIECE).collect();
        let seen = |canary: &&String| pieces.contains(&canary.as_bytes()[..PIECE]) && text.contains(canary.as_str());
        self.0.iter().filter(seen).map(String::as_str).collect()
    }

    #[track_caller]
    fn assert_silent(&self, what: &str, text: &str) {
        let found = self.found_in(text);
        assert!(found.is_empty(), "{what} shows {found:?}");
    }

    #[track_caller]
    fn assert_silent_run(&self, what: &str, ran: &Ran) {
        self.assert_silent(&format!("{what}, standard output,"), &ran.out);
        self.assert_silent(&format!("{what}, standard error,"), &ran.err);
    }

    /// All files of a result but the workbook.
    #[track_caller]
    fn assert_silent_files(&self, result: &Path) {
        for file in [
            "manifest.json",
            "audit.json",
            "karantina.csv",
            "mutu.csv",
            "kepatuhan.csv",
            "rujukan.csv",
            "rujukan.jsonl",
            "susulan.csv",
            "susulan.jsonl",
            "kelompok.csv",
            "laporan.html",
        ] {
            self.assert_silent(file, &std::fs::read_to_string(result.join(file)).unwrap());
        }
        for file in ["rujukan.parquet", "temuan.parquet", "susulan.parquet", "kelompok.parquet"] {
            self.assert_silent(file, &parquet::all_texts(&parquet::read(&result.join(file))).join("\n"));
        }
    }
}

/// A verb with both forms of output.
fn both(mut make: impl FnMut() -> Command) -> [Ran; 2] {
    [run(&mut make()), run(make().args(["--format", "json"]))]
}

#[test]
fn a_good_night_shows_nobody() {
    let office = Office::invent("privacy", 400);
    let canaries = Canaries::of(&Table::read(&office.export()));
    assert!(canaries.0.len() > 4_000, "{}", canaries.0.len());
    for ran in both(|| office.verb("screen")) {
        canaries.assert_silent_run("screen", &ran.ends(0));
    }
    canaries.assert_silent_files(&office.latest());
    // The workbook is for those who speak with the applicants: it names them. So this test can see them.
    let cells = workbook::sheet(&office.latest().join("rujukan.xlsx"), "Rujukan").concat().join("\n");
    let listed = Table::read(&office.latest().join("rujukan.csv"));
    assert!(canaries.found_in(&cells).len() >= 2 * listed.rows.len(), "names and numbers of the listed");
    for nomor in listed.column("nomor_permohonan").into_iter().take(5) {
        let explain = || {
            let mut explain = office.verb("explain");
            explain.arg(nomor);
            explain
        };
        for ran in both(explain) {
            canaries.assert_silent_run("explain", &ran.ends(0));
        }
    }
    let profile = office.folder.join("rules/profiles/simkim.toml");
    let inspect = || {
        let mut check = command();
        check.args(["check", "--profile"]).arg(&profile).arg(office.export());
        check
    };
    for ran in both(inspect) {
        canaries.assert_silent_run("check --profile", &ran.ends(0));
    }
    // Somebody writes a name into a file of the result.
    std::fs::write(office.latest().join("mutu.csv"), canaries.0.iter().next().unwrap()).unwrap();
    let verify = || {
        let mut verify = command();
        verify.arg("verify").arg(office.latest());
        verify
    };
    for ran in both(verify) {
        canaries.assert_silent_run("verify", &ran.ends(1));
    }
}

#[test]
fn an_office_may_ask_for_full_values() {
    let office = Office::invent("privacy-full", 200);
    office.set_output("full_values = true");
    office.screen(&[]).ends(0);
    let export = Table::read(&office.export());
    let list = Table::read(&office.latest().join("rujukan.csv"));
    for (row, nomor) in list.column("nomor_permohonan").into_iter().enumerate() {
        let at = export.row_of("NO PERMOHONAN", nomor);
        let full = |column: &str| export.column(column)[at].split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(list.column("nama_lengkap")[row].to_uppercase(), full("NAMA").to_uppercase());
        assert_eq!(list.column("nik")[row], full("NIK"));
    }
    let canaries = Canaries::of(&export);
    let text = std::fs::read_to_string(office.latest().join("rujukan.csv")).unwrap();
    assert!(canaries.found_in(&text).len() >= 2 * list.rows.len());
    // Files for the operator and for compliance stay masked.
    for file in ["manifest.json", "audit.json", "karantina.csv", "mutu.csv", "kepatuhan.csv"] {
        canaries.assert_silent(file, &std::fs::read_to_string(office.latest().join(file)).unwrap());
    }
}

#[test]
fn cells_in_the_wrong_place_are_not_quoted() {
    let office = Office::invent("privacy-cells", 300);
    let canaries = Canaries::of(&Table::read(&office.export()));
    // Names and numbers where dates, codes, lengths and yes or no should be.
    let moves = [
        ("NAMA", "TGL LAHIR"),
        ("NIK", "TGL PERMOHONAN"),
        ("NAMA", "JENIS PERMOHONAN"),
        ("NIK", "TINGGI"),
        ("NO HP", "LAMA TINGGAL"),
        ("NAMA IBU", "NEGARA TUJUAN"),
        ("NO KK", "L/P"),
        ("EMAIL", "PERCEPATAN"),
        ("NAMA AYAH", "STATUS KAWIN"),
        ("ALAMAT", "JADWAL"),
        ("NAMA", "NIK"),
        ("NAMA", "NO HP"),
        ("NAMA", "BERKAS"),
        ("NAMA", "MRZ"),
        ("NAMA", "NO PASPOR LAMA"),
    ];
    office.edit(|table| {
        for (at, (from, to)) in moves.into_iter().enumerate() {
            let cell = table.column(from)[at].to_owned();
            table.set(at, to, &cell);
        }
        // The same number with another content, and a footer that names a person.
        table.rows[40] = table.rows[39].clone();
        table.set(40, "NAMA", "ORANG LAIN SAMA SEKALI");
        let name = table.column("NAMA")[50].to_owned();
        table.rows[50] = vec![String::new(); table.header.len()];
        table.set(50, "NO PERMOHONAN", &format!("TOTAL {name}"));
    });
    // A comma in a name that nobody quoted: every later cell is one column further.
    let text = std::fs::read_to_string(office.export()).unwrap();
    let line = text.lines().nth(100).unwrap();
    std::fs::write(office.export(), text.replace(line, &line.replacen(' ', ",", 3))).unwrap();
    for ran in both(|| office.verb("screen")) {
        canaries.assert_silent_run("screen", &ran.ends(3));
    }
    let aside = Table::read(&office.latest().join("karantina.csv"));
    let codes = aside.column("kode");
    assert_eq!(codes[..4], ["DATE_UNREADABLE", "DATE_UNREADABLE", "CODE_UNKNOWN", "CODE_UNKNOWN"]);
    assert_eq!(codes[4..], ["ID_CONFLICT", "ID_CONFLICT", "FOOTER", "FIELD_COUNT"]);
    canaries.assert_silent_files(&office.latest());
    let profile = office.folder.join("rules/profiles/simkim.toml");
    let inspect = || {
        let mut check = command();
        check.args(["check", "--profile"]).arg(&profile).arg(office.export());
        check
    };
    for ran in both(inspect) {
        canaries.assert_silent_run("check --profile", &ran);
    }
}

#[test]
fn a_refused_export_is_not_quoted() {
    let office = Office::invent("privacy-refused", 120);
    let canaries = Canaries::of(&Table::read(&office.export()));
    let good = std::fs::read_to_string(office.export()).unwrap();
    let (heading, rows) = good.split_once('\n').unwrap();
    let lines: Vec<&str> = rows.lines().collect();
    let broken: [(&str, String); 9] = [
        ("no heading", rows.to_owned()),
        ("a heading after a title that names somebody", format!("{}\n\n{good}", lines[3])),
        ("another heading", format!("{}\n{rows}", heading.replace(",NIK,", ",IDENTITAS,"))),
        ("a heading twice", format!("{}\n{rows}", heading.replace(",ALIAS,", ",NAMA,"))),
        ("an open quote", good.replacen(lines[5], &format!("\"{}", lines[5]), 1)),
        ("everything in one column", good.replace(',', "~")),
        ("another separator in the rows", format!("{heading}\n{}", rows.replace(',', ";"))),
        ("rows cut at half", format!("{heading}\n{}", lines.iter().map(|l| &l[..120]).collect::<Vec<_>>().join("\n"))),
        ("block of zeros", format!("{good}{}", "\0".repeat(4096))),
    ];
    let profile = office.folder.join("rules/profiles/simkim.toml");
    for (what, bytes) in broken {
        std::fs::write(office.export(), bytes).unwrap();
        for ran in both(|| office.verb("screen")) {
            assert!(matches!(ran.code, Some(0 | 3 | 4)), "{what}: {ran:?}");
            canaries.assert_silent_run(what, &ran);
        }
        let inspect = || {
            let mut check = command();
            check.args(["check", "--profile", text(&profile)]).arg(office.export());
            check
        };
        for ran in both(inspect) {
            canaries.assert_silent_run(&format!("check --profile, {what}"), &ran);
        }
    }
    if office.latest().exists() {
        canaries.assert_silent_files(&office.latest());
    }
}
