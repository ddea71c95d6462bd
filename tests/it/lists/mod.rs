//! Lists of an office: how each way in which one can be wrong ends, hits set aside, lists kept ready, how near an entry comes.

mod shapes;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::support::office::{DAY, Office, Ran, bytes_of, command, json_file, json_lines, names_in, run, sha256, text};
use crate::support::table::Table;

const PEOPLE: &str = "id,nama,nik,tanggal_lahir,berlaku_dari,berlaku_sampai\n";

/// An office with sixty applications of tonight and no list yet.
struct Desk {
    office: Office,
    export: Table,
}

impl Desk {
    fn new(test: &str) -> Self {
        let office = Office::invent(test, 60);
        for name in names_in(&office.folder.join("lists")) {
            std::fs::remove_file(office.folder.join("lists").join(name)).unwrap();
        }
        // Reading the whole pack takes most of a run.
        for path in std::fs::read_dir(office.folder.join("rules")).unwrap().map(|e| e.unwrap().path()) {
            let kept = ["pantau.toml", "scoring.toml", "dasar.toml"].iter().any(|name| path.ends_with(name));
            if path.is_file() && !kept {
                std::fs::remove_file(path).unwrap();
            }
        }
        let export = Table::read(&office.export());
        let desk = Self { office, export };
        desk.require("");
        desk
    }

    /// Name and NIK of an application that has both in their usual form, by its place among those.
    fn applicant(&self, place: usize) -> (String, String, String) {
        let (numbers, names, niks) =
            (self.export.column("NO PERMOHONAN"), self.export.column("NAMA"), self.export.column("NIK"));
        let all = numbers.iter().zip(names).zip(niks);
        let sound = all.filter(|((_, name), nik)| nik.len() == 16 && name.split(' ').count() > 1);
        let ((number, name), nik) = sound.map(|((a, b), c)| ((*a, b), c)).nth(place).unwrap();
        (number.to_owned(), name.to_owned(), nik.to_owned())
    }

    fn list(&self, name: &str, content: &str) -> PathBuf {
        let path = self.office.folder.join("lists").join(name);
        std::fs::write(&path, content).unwrap();
        path
    }

    /// Names the lists that must be there.
    fn require(&self, names: &str) {
        let path = self.office.folder.join("saring.toml");
        let settings = std::fs::read_to_string(&path).unwrap();
        let kept: Vec<&str> = settings.lines().filter(|line| !line.starts_with("required = ")).collect();
        let settings = kept.join("\n").replace("path = \"lists\"", &format!("path = \"lists\"\nrequired = [{names}]"));
        std::fs::write(&path, settings + "\n").unwrap();
    }

    fn rule_file(&self, text: &str) {
        std::fs::write(self.office.folder.join("rules/sendiri.toml"), text).unwrap();
    }

    fn screen(&self, more: &[&str]) -> Ran {
        self.office.screen(&[&["--capacity", "60"], more].concat())
    }

    /// What `pantau.json` says of a list.
    fn told(&self, list: &str) -> Value {
        let file = json_file(&self.office.latest().join("pantau.json"));
        file["daftar"].as_array().unwrap().iter().find(|l| l["nama"] == list).unwrap().clone()
    }

    /// The findings of an application that stand on the list: rule and reason.
    fn findings(&self, number: &str) -> Vec<(String, String)> {
        let lines = json_lines(&self.office.latest().join("rujukan.jsonl"));
        let line = lines.iter().find(|l| l["nomor_permohonan"].as_str() == Some(number));
        let findings = line.map(|l| l["temuan"].as_array().unwrap().clone()).unwrap_or_default();
        let text = |v: &Value| v.as_str().unwrap_or_default().to_owned();
        findings.iter().map(|f| (text(&f["aturan"]), text(&f["alasan"]))).collect()
    }

    /// How a rule went: fired, and could not be judged.
    fn tally(&self, rule: &str) -> (u64, u64) {
        let audit = json_file(&self.office.latest().join("audit.json"));
        let of = audit["aturan"].as_array().unwrap().iter().find(|r| r["id"] == rule).unwrap().clone();
        let blind = of["tidak_dapat_dinilai"].as_object().unwrap().values().map(|n| n.as_u64().unwrap()).sum();
        (of["kena"].as_u64().unwrap(), blind)
    }

    fn nothing_is_published(&self) {
        let results = self.office.folder.join("hasil");
        assert!(!results.exists() || !names_in(&results).contains(&DAY.to_owned()));
    }
}

fn codes(list: &Value) -> BTreeSet<String> {
    list["catatan"].as_array().unwrap().iter().map(|n| n["kode"].as_str().unwrap().to_owned()).collect()
}

/// Twenty people who never apply.
fn strangers(count: usize) -> String {
    let line = |n: usize| format!("X-{n},BONAR HALOMOAN SIHOTANG {n},12719901018000{n:02},1980-01-01,,\n");
    format!("{PEOPLE}{}", (11..11 + count).map(line).collect::<String>())
}

#[test]
fn w1_a_list_that_is_missing_or_empty_is_never_a_list_on_which_nobody_stands() {
    let desk = Desk::new("w1");
    desk.require("\"soi\"");
    assert!(desk.screen(&[]).ends(5).err.contains("REF_MISSING"));
    desk.list("soi.csv", PEOPLE);
    assert!(desk.screen(&[]).ends(5).err.contains("REF_EMPTY"));
    desk.list("soi.csv", "");
    assert!(desk.screen(&[]).ends(5).err.contains("REF_EMPTY"));
    desk.list("soi.csv", "a,b,c\n1,2,3\n");
    assert!(desk.screen(&[]).ends(5).err.contains("REF_COLUMN"));
    desk.nothing_is_published();
    desk.require("\"so1\"");
    assert!(desk.screen(&[]).ends(2).err.contains("`so1`"), "a mistyped requirement must not be met by nobody");
    // Not required: said, and its rules cannot be judged.
    desk.require("");
    desk.list("soi.csv", PEOPLE);
    let out = desk.screen(&[]).ends(0).out;
    assert!(out.contains("not there, so its rules cannot be judged") && out.contains("soi"), "{out}");
    assert_eq!((desk.told("soi")["dimuat"].as_bool(), desk.tally("W04")), (Some(false), (0, 60)));
    assert!(codes(&desk.told("soi")).contains("WL_ABSENT"));
    let manifest = json_file(&desk.office.latest().join("manifest.json"));
    assert!(manifest["notes"].as_array().unwrap().iter().any(|n| n["code"] == "WL_ABSENT"));
}

#[test]
fn w2_an_old_list_is_refused_with_its_age_and_one_of_no_day_too() {
    let desk = Desk::new("w2");
    desk.rule_file(
        "[[watchlist]]\nname = \"segar\"\ntitle = \"Segar\"\nkind = \"people\"\nfile = \"segar*.csv\"\nmax_age = \"30d\"\n",
    );
    let old = desk.list("segar-2025-10-03.csv", &strangers(3));
    let refused = desk.screen(&[]).ends(5).err;
    assert!(refused.contains("REF_STALE") && refused.contains("31 days old"), "{refused}");
    let undated = desk.list("segar.csv", &strangers(3));
    std::fs::remove_file(&old).unwrap();
    assert!(desk.screen(&[]).ends(5).err.contains("REF_UNDATED"));
    std::fs::remove_file(undated).unwrap();
    desk.nothing_is_published();
    // Thirty days are thirty days, and the latest of several counts.
    desk.list("segar-2025-09-01.csv", &strangers(2));
    desk.list("segar-2025-10-04.csv", &strangers(4));
    desk.screen(&[]).ends(0);
    let told = desk.told("segar");
    assert_eq!((told["per_tanggal"].as_str(), told["entri"].as_u64()), (Some("2025-10-04"), Some(4)));
    // The day may stand in the list itself.
    desk.list("segar-2025-10-05.csv", "nama,nik,per_tanggal\nBONAR SIHOTANG,1271990101800011,2025-09-01\n");
    assert!(desk.screen(&["--force"]).ends(5).err.contains("2025-09-01"));
}

#[test]
fn w3_a_shrunken_list_is_refused_unless_somebody_says_why() {
    let desk = Desk::new("w3");
    let on = |day: &str, more: &[&str]| {
        run(command().args(["screen", "--force", "--as-of", day, "--office"]).arg(&desk.office.folder).args(more))
    };
    desk.list("soi.csv", &strangers(20));
    on(DAY, &[]).ends(0);
    desk.list("soi.csv", &strangers(18));
    on("2025-11-04", &[]).ends(0);
    desk.list("soi.csv", &strangers(16));
    let history = bytes_of(&desk.office.folder.join("riwayat"));
    let mut late = Table::read(&desk.office.export());
    late.set(0, "NAMA", "NAMA YANG LAIN");
    late.write(&desk.office.export());
    let refused = on("2025-11-05", &[]).ends(5).err;
    assert!(refused.contains("REF_SHRUNK") && refused.contains("16 entries, 18 at the last run"), "{refused}");
    assert!(!names_in(&desk.office.folder.join("hasil")).contains(&"2025-11-05".to_owned()));
    // Refused before anything is written: history knows nothing of that night.
    assert_eq!(bytes_of(&desk.office.folder.join("riwayat")), history);
    on("2025-11-05", &["--accept-shrunk", "soi"]).ends(2);
    on("2025-11-05", &["--accept-shrunk", "soi=arsip dipindah"]).ends(3);
    let manifest = json_file(&desk.office.latest().join("manifest.json"));
    assert_eq!(manifest["identity"]["settings"]["accept_shrunk.soi"], "arsip dipindah");
    assert_eq!(manifest["identity"]["lists"][0]["rows"].as_u64(), Some(16));
    assert!(manifest["notes"].as_array().unwrap().iter().any(|n| n["code"] == "WL_ACCEPTED"));
}

#[test]
fn w4_a_bad_entry_is_set_aside_by_its_line_and_too_many_refuse_the_list() {
    let desk = Desk::new("w4");
    let (number, name, nik) = desk.applicant(0);
    let good = format!("S-1,{name},{nik},,,\n");
    let bad = "S-2,UNTUNG,1271990101800077,,,besok\nS-3,,,,,\nS-4,RUGI,1271990101800078,,2025-02-01,2025-01-01\nS-5,DUA,TIGA,,,,,,\n";
    desk.list("soi.csv", &format!("{PEOPLE}{good}{bad}"));
    desk.screen(&[]).ends(3);
    let told = desk.told("soi");
    let aside: Vec<(u64, &str)> = told["disisihkan"]
        .as_array()
        .unwrap()
        .iter()
        .map(|d| (d["baris"].as_u64().unwrap(), d["kode"].as_str().unwrap()))
        .collect();
    assert_eq!(aside, [(3, "WL_VALIDITY"), (4, "WL_NOTHING"), (5, "WL_REVERSED"), (6, "WL_FORM")]);
    assert_eq!((told["entri"].as_u64(), codes(&told).contains("WL_SET_ASIDE")), (Some(1), true));
    assert!(desk.findings(&number).iter().any(|(rule, _)| rule == "W04"), "the good one is used");
    let many: String = (0..11).map(|n| format!("B-{n},,,,,\n")).collect();
    desk.list("soi.csv", &(strangers(60) + &many));
    let refused = desk.screen(&["--force"]).ends(5).err;
    assert!(refused.contains("REF_MALFORMED") && refused.contains("11 of 71"), "{refused}");
    // Numbers that a spreadsheet rounded are nobody's.
    let rounded: String = (10..40).map(|n| format!("R-{n},BONAR SIHOTANG,127199010180{n}00,,,\n")).collect();
    desk.list("soi.csv", &format!("{PEOPLE}{rounded}"));
    assert!(desk.screen(&["--force"]).ends(5).err.contains("rounded by a spreadsheet"));
}

#[test]
fn w5_an_entry_that_would_meet_many_is_told_with_how_many() {
    let desk = Desk::new("w5");
    desk.list(
        "soi.csv",
        &format!("{PEOPLE}A-1,M,,,,\nA-2,SITI,,,,\nA-3,SITI,1271990101800077,,,\nA-4,PARLINDUNGAN HASIHOLAN,,,,\n"),
    );
    desk.screen(&[]).ends(3);
    let told = desk.told("soi");
    let broad = told["catatan"].as_array().unwrap().iter().find(|n| n["kode"] == "WL_TOO_BROAD").unwrap().clone();
    let message = broad["pesan"].as_str().unwrap();
    assert!(message.starts_with("2 entries") && message.contains("in 1,000"), "{message}");
    assert!(message.contains("line 2 ") && message.contains("line 3 ") && !message.contains("SITI"), "{message}");
    assert_eq!(desk.tally("W04").0, 0, "a name alone gives no points");
}

#[test]
fn w6_entries_out_of_force_never_score_and_doubled_ids_are_told() {
    let desk = Desk::new("w6");
    let ((late, name, nik), (live, name2, nik2)) = (desk.applicant(0), desk.applicant(1));
    let entries = format!("D-1,{name},{nik},,2024-01-01,2025-11-02\nD-1,{name2},{nik2},,2025-01-01,2025-11-03\n");
    desk.list("soi.csv", &format!("{PEOPLE}{entries}"));
    desk.list("cegah.csv", &strangers(1));
    desk.list("dpo.csv", &strangers(1));
    desk.screen(&[]).ends(3);
    let told = desk.told("soi");
    assert!(codes(&told).is_superset(&["WL_REPEATED", "WL_EXPIRED"].map(str::to_owned).into()), "{told}");
    assert_eq!(told["peran"][0]["tingkat"]["expired"].as_u64(), Some(1));
    assert_eq!((told["peran"][0]["kena"].as_u64(), told["peran"][0]["per_100"].as_f64()), (Some(1), Some(1.66)));
    assert!(desk.findings(&live).iter().any(|(rule, why)| rule == "W04" && why.contains("berlaku sampai")));
    assert!(desk.findings(&late).iter().all(|(rule, _)| rule != "W04"));
    // Shown without points: the reason stands in the account of the application.
    let explained = run(desk.office.verb("explain").args([&late, "--rule", "W11", "--format", "json"])).ends(0).json();
    let reason = explained["rules"][0]["reason"].as_str().unwrap();
    assert!(reason.contains("TIDAK BERLAKU") && reason.contains("D-1"), "{explained}");
    assert_eq!(explained["rules"][0]["points"].as_i64(), Some(0));
}

#[test]
fn w7_a_list_without_its_control_file_or_unlike_it_is_refused() {
    let desk = Desk::new("w7");
    desk.rule_file(
        "[[watchlist]]\nname = \"resmi\"\ntitle = \"Resmi\"\nkind = \"people\"\nfile = \"resmi.csv\"\ncontrol = true\n",
    );
    let list = strangers(3);
    desk.list("resmi.csv", &list);
    assert!(desk.screen(&[]).ends(5).err.contains("REF_UNSIGNED"));
    desk.list("resmi.csv.ctl", &format!("rows = 3\nsha256 = {}\n", sha256(b"another")));
    assert!(desk.screen(&[]).ends(5).err.contains("IN_CONTROL"));
    desk.nothing_is_published();
    desk.list("resmi.csv.ctl", &format!("rows = 3\nsha256 = {}\n", sha256(list.as_bytes())));
    desk.screen(&[]).ends(0);
    // What was kept ready does not make a control file unnecessary.
    desk.list("resmi.csv.ctl", "rows = 4\n");
    assert!(desk.screen(&["--force"]).ends(5).err.contains("IN_CONTROL"));
}

#[test]
fn w8_a_region_that_is_younger_than_the_table_is_no_risk() {
    let desk = Desk::new("w8");
    for name in ["mutu.toml", "identitas.toml"] {
        let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules").join(name);
        std::fs::copy(shipped, desk.office.folder.join("rules").join(name)).unwrap();
    }
    let (number, _, nik) = desk.applicant(0);
    let told = || run(desk.office.verb("explain").args([&number, "--format", "json"])).ends(0).json();
    let fired = |told: &Value| {
        let rules = told["rules"].as_array().unwrap().iter().filter(|rule| rule["verdict"] == "fires");
        let of = |rule: &Value| (rule["id"].as_str().unwrap().to_owned(), rule["points"].as_i64().unwrap_or(0));
        rules.map(of).collect::<BTreeSet<(String, i64)>>()
    };
    let before = told();
    let with = |nik: &str| {
        desk.office.edit(|export| {
            let row = export.row_of("NO PERMOHONAN", &number);
            export.set(row, "NIK", nik);
        });
        told()
    };
    // A province, a regency and a district that no table has: numbered, not judged.
    let mut expected = fired(&before);
    let district = with(&format!("{}99{}", &nik[..4], &nik[6..]));
    assert_eq!((fired(&district), &district["score"]), (expected.clone(), &before["score"]));
    expected.insert(("Q12".to_owned(), 0));
    for region in ["9701", &format!("{}99", &nik[..2])] {
        let after = with(&format!("{region}{}", &nik[4..]));
        assert_eq!((fired(&after), &after["score"]), (expected.clone(), &before["score"]), "{region}");
    }
}

#[test]
fn a_hit_is_set_aside_by_its_code_until_a_day_or_until_either_side_changes() {
    let desk = Desk::new("setaside");
    let (number, name, nik) = desk.applicant(0);
    let soi = |note: &str| {
        desk.list("soi.csv", &format!("{}S-1,{name},{nik},,,,{note}\n", PEOPLE.replace('\n', ",keterangan\n")));
    };
    desk.list("cegah.csv", &strangers(1));
    desk.list("dpo.csv", &strangers(1));
    soi("");
    desk.screen(&[]).ends(0);
    let why = desk.findings(&number).into_iter().find(|(rule, _)| rule == "W04").unwrap().1;
    let code = why.split("kode pasangan ").nth(1).unwrap()[..12].to_owned();
    assert!(!why.contains(&name) && !why.contains(&nik), "masked outside the workbook: {why}");
    let aside = |until: &str| {
        let line = format!("{code},Petugas A,saudara kembar,{until}\n");
        desk.list("dikesampingkan.csv", &format!("pasangan,penulis,alasan,berlaku_sampai\n{line}"));
    };
    let verdict = |rule: &str| {
        let explained =
            run(desk.office.verb("explain").args([&number, "--rule", rule, "--format", "json"])).ends(0).json();
        let of = &explained["rules"][0];
        (of["verdict"].as_str().unwrap().to_owned(), of["reason"].as_str().unwrap_or_default().to_owned())
    };
    aside(DAY);
    assert_eq!(verdict("W04").0, "quiet");
    let (fires, reason) = verdict("W11");
    assert!(fires == "fires" && reason.contains("DIKESAMPINGKAN"), "{reason}");
    desk.screen(&[]).ends(0);
    assert_eq!(desk.told("soi")["peran"][0]["tingkat"]["suppressed"].as_u64(), Some(1), "shown, not gone");
    soi("berganti");
    assert_eq!(verdict("W04").0, "fires", "the entry says something else now");
    soi("");
    desk.office.edit(|table| {
        let row = table.row_of("NO PERMOHONAN", &number);
        table.set(row, "TMP LAHIR", "SIBOLGA");
    });
    assert_eq!(verdict("W04").0, "fires", "the application says something else now");
    aside("2025-11-02");
    assert_eq!(verdict("W04").0, "fires", "past its end");
    desk.list("dikesampingkan.csv", &format!("pasangan,penulis,alasan,berlaku_sampai\n{code},,,2026-01-01\n"));
    assert!(desk.screen(&[]).ends(5).err.contains("REF_SUPPRESSED"), "nobody answers for it");
}

#[test]
fn a_list_is_kept_ready_for_its_owner_alone_and_made_again_where_that_is_damaged() {
    let desk = Desk::new("kept");
    let (_, name, nik) = desk.applicant(0);
    let list = format!("{}S-1,{name},{nik},,,\n", strangers(30));
    desk.list("soi.csv", &list);
    let kept = desk.office.folder.join("lists/.siap");
    let results = |out: &str| bytes_of(&desk.office.screen_to(out, &["--capacity", "60"]));
    let first = results("satu");
    let names = names_in(&kept);
    assert!(names.len() == 1 && names[0].starts_with("soi-"), "{names:?}");
    let path = kept.join(&names[0]);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&kept), mode(&path)), (0o700, 0o600));
    }
    let whole = std::fs::read(&path).unwrap();
    assert!(results("dua") == first, "from what is kept");
    for broken in [whole[..whole.len() / 2].to_vec(), Vec::new(), flipped(&whole, whole.len() / 3)] {
        std::fs::write(&path, broken).unwrap();
        assert!(results("tiga") == first);
        std::fs::remove_dir_all(desk.office.folder.parent().unwrap().join("tiga")).unwrap();
        assert!(std::fs::read(&path).unwrap() == whole, "made again");
    }
    // Two at once.
    std::fs::remove_file(&path).unwrap();
    let start = |out: &str| {
        let mut screen = desk.office.verb("screen");
        screen.args(["--capacity", "60", "--out", text(&desk.office.folder.parent().unwrap().join(out))]);
        screen.stdout(std::process::Stdio::null()).spawn().unwrap()
    };
    let mut both = [start("empat"), start("lima")];
    assert!(both.iter_mut().all(|run| run.wait().unwrap().success()));
    for out in ["empat", "lima"] {
        assert!(bytes_of(&desk.office.folder.parent().unwrap().join(out).join("terbaru")) == first);
    }
    // Another list takes the place of what was kept.
    desk.list("soi.csv", &strangers(31));
    results("enam");
    let others = names_in(&kept);
    assert!(others.len() == 1 && others != names, "{others:?}");
}

fn flipped(bytes: &[u8], at: usize) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    bytes[at] ^= 1;
    bytes
}

/// An export of August with 21,000 applicants, every other of them with the clan name that the country hardly knows.
fn applicants_of_august(desk: &Desk) -> PathBuf {
    let kept = [
        "NO PERMOHONAN",
        "TGL PERMOHONAN",
        "KANIM",
        "JENIS PERMOHONAN",
        "JENIS PASPOR",
        "NAMA",
        "NIK",
        "TMP LAHIR",
        "TGL LAHIR",
        "L/P",
    ];
    let places: Vec<usize> = kept.iter().map(|column| desk.export.place(column)).collect();
    let pattern: Vec<String> = places.iter().map(|place| desk.export.rows[0][*place].clone()).collect();
    let given = ["BUDI", "SITI", "AHMAD", "DEWI", "RINI"];
    let row = |n: usize| {
        let mut row = pattern.clone();
        row[0] = format!("12722500008{n:05}");
        row[1] = format!("2025-08-{:02}", n % 28 + 1);
        row[5] = format!("{} {}", given[n % 5], ["LUBIS", "SANTOSO"][n % 2]);
        row[6] = format!("12719901018{n:05}");
        row
    };
    let path = desk.office.folder.join("agustus.csv");
    Table { header: kept.map(str::to_owned).to_vec(), rows: (0..21_000).map(row).collect() }.write(&path);
    path
}

#[test]
fn a_word_is_as_common_as_among_the_applicants_of_the_office() {
    let desk = Desk::new("own_names");
    let entry = "L-1,SITI AMINAH LUBIS,,1975,,\n";
    desk.list("soi.csv", &format!("{}{entry}", strangers(2)));
    let ask = || {
        let args = ["match", "SITI AMINAH LUBIS", "--list", "soi", "--dob", "1975", "--format", "json"];
        let told = run(command().current_dir(&desk.office.folder).args(args)).ends(0).json();
        let pairs = told["told"][0]["pairs"].as_array().unwrap().clone();
        pairs.iter().map(|pair| pair["points"].as_i64().unwrap()).collect::<Vec<_>>()
    };
    let kept = |desk: &Desk| names_in(&desk.office.folder.join("lists/.siap"));
    desk.screen(&[]).ends(0);
    let (before, lists) = (ask(), kept(&desk));
    let manifest = || json_file(&desk.office.latest().join("manifest.json"));
    assert!(manifest()["identity"].get("names").is_none(), "sixty names say nothing");

    let add = |day: &str, export: &Path| {
        let mut add = command();
        add.args(["history", "add", "--as-of", day, "--office"]).arg(&desk.office.folder);
        run(add.arg(export)).ends(0);
    };
    add("2025-08-31", &applicants_of_august(&desk));
    // Every other name has LUBIS: one bit. Every fifth SITI: log2(5) = 2.3219 bits. Nobody is called AMINAH, which stays.
    let after = ask();
    assert_eq!(after, [2_322, before[1], 1_000]);
    assert!(before[0] > after[0] && before[2] > 12_000, "{before:?}");

    desk.screen(&["--force"]).ends(0);
    let names = manifest()["identity"]["names"].clone();
    assert_eq!((names["names"].as_u64(), names["words"].as_u64()), (Some(21_000), Some(7)), "{names}");
    let ready = kept(&desk);
    assert_ne!(ready, lists, "a list made ready with other frequencies is another");
    let first = bytes_of(&desk.office.latest());
    let counted = std::fs::read(desk.office.folder.join("riwayat/kata.csv")).unwrap();
    // The next night, more threads, counts that are damaged: nothing changes and nothing is made again.
    std::fs::write(desk.office.folder.join("riwayat/kata.csv"), &counted[..counted.len() / 2]).unwrap();
    let again = desk.office.folder.join("lagi");
    desk.screen(&["--force", "--threads", "8", "--out", text(&again)]).ends(0);
    assert_eq!(bytes_of(&again.join("terbaru")), first);
    assert_eq!(std::fs::read(desk.office.folder.join("riwayat/kata.csv")).unwrap(), counted);
    run(command().args(["screen", "--force", "--as-of", "2025-11-04", "--office"]).arg(&desk.office.folder)).ends(0);
    assert_eq!((kept(&desk), manifest()["identity"]["names"].clone()), (ready, names));
    // What is removed from history is not counted either.
    run(command()
        .args(["history", "purge", "--before", "2025-10-01", "--yes", "--as-of", DAY, "--office"])
        .arg(&desk.office.folder))
    .ends(0);
    assert!(!desk.office.folder.join("riwayat/kata.csv").exists());
    assert_eq!(ask(), before);
}

#[test]
fn check_reads_the_lists_of_an_office() {
    let desk = Desk::new("checklists");
    desk.list("soi.csv", &format!("{}S-9,,,,,\n", strangers(3)));
    let check = || run(command().args(["check", "--as-of", DAY, "--office"]).arg(&desk.office.folder));
    let out = check().ends(0).out;
    assert!(out.contains("list soi: 3 entries") && out.contains("line 5: WL_NOTHING"), "{out}");
    desk.require("\"cegah\"");
    assert!(check().ends(5).err.contains("REF_MISSING"));
}

#[test]
fn nobody_on_a_list_is_named_outside_the_workbook() {
    let desk = Desk::new("silent");
    let (_, name, nik) = desk.applicant(0);
    let born = &desk.export.column("TGL LAHIR")[0].to_owned();
    let stranger = ("BONAR HALOMOAN SIHOTANG", "1271990101800011");
    let entries =
        format!("S-1,{name},{nik},,,\nS-2,{},{},,,besok\n,{},{}1,,,\n", stranger.0, stranger.1, stranger.0, stranger.1);
    desk.list("soi.csv", &format!("{PEOPLE}{entries}"));
    let ran = desk.screen(&[]).ends(3);
    let mut seen = vec![("terminal".to_owned(), ran.out + &ran.err)];
    for (file, bytes) in bytes_of(&desk.office.latest()) {
        if !file.ends_with(".xlsx") {
            seen.push((file, String::from_utf8_lossy(&bytes).into_owned()));
        }
    }
    assert!(!born.is_empty());
    for (what, text) in seen {
        for canary in [name.as_str(), nik.as_str(), stranger.0, stranger.1] {
            assert!(!text.contains(canary), "{what} shows somebody");
        }
    }
}

/// What stands between an application and a rule over a list: no list, nobody near, a name alone, points short of a level.
#[test]
fn why_not_tells_how_near_an_entry_comes() {
    let desk = Desk::new("lists-why-not");
    desk.rule_file(
        "[pack]\nname = \"sendiri\"\nfamily = \"W\"\n[[rule]]\nid = \"W80\"\nversion = 1\ntitle = \"Pasti\"\nclass = \"C\"\n\
         status = \"shadow\"\nreview_by = 2026-06-30\nwhen = [\"soi.level = 'exact'\"]\n[[rule.outcome]]\npoints = 1\n\
         reason = \"Ada pada daftar: {soi.level}\"\n",
    );
    let (number, name, nik) = desk.applicant(0);
    let ask = || run(desk.office.verb("explain").args([&number, "--rule", "W80"])).ends(0).out;
    assert!(ask().contains("soi: nothing to compare, or no such list at this office"));
    desk.list("soi.csv", &format!("{PEOPLE}S-1,ZEFANYA ORPA WAKERKWA,,,,\n"));
    assert!(ask().contains("soi: no entry comes near"), "{}", ask());
    desk.list("soi.csv", &format!("{PEOPLE}S-1,{name},,,,\n"));
    assert!(ask().contains("soi: the name alone agrees"), "{}", ask());
    desk.list("soi.csv", &format!("{PEOPLE}S-1,{name},{nik},,2020-01-01,2021-01-01\n"));
    assert!(ask().contains("soi: the entry does not count on the day of the application"), "{}", ask());
    let place = desk.export.column("NO PERMOHONAN").iter().position(|n| *n == number).unwrap();
    let born = desk.export.column("TGL LAHIR")[place];
    let year = born.split(|c: char| !c.is_ascii_digit()).find(|part| part.len() == 4).unwrap();
    desk.list("soi.csv", &format!("{PEOPLE}S-1,{name},,{year},,\n"));
    let told = ask();
    let line = told.lines().find(|line| line.contains("soi: ")).unwrap();
    let numbers: Vec<i64> =
        line.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).map(|n| n.parse().unwrap()).collect();
    // Points, the least of the next level, what is missing.
    let [points, least, missing] = numbers[..] else { panic!("{line}") };
    assert!(points + missing == least && missing > 0 && [24, 32].contains(&least), "{line}");
}
