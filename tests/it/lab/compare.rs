//! Two versions of the rules on the same applications, and the list beside the one that is kept.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::PACK;
use crate::made;
use crate::support::golden::fixtures;
use crate::support::office::{DAY, Office, Ran, command, run, text};
use crate::support::table::Table;

/// A rule for every business trip, and one for trips longer than a number of days.
fn rules(days: i64, business: &str) -> String {
    PACK.replace("lama_tinggal_hari > 30", &format!("lama_tinggal_hari > {days}"))
        .replace("maksud_perjalanan = 'wisata'\"]", &format!("maksud_perjalanan = '{business}'\"]"))
        .replace("capacity = 2", "capacity = 20")
}

fn folder_of(office: &Office, name: &str, text: &str) -> PathBuf {
    let folder = office.folder.parent().unwrap().join(name);
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("uji.toml"), text).unwrap();
    folder
}

fn diff(old: &Path, new: &Path, office: &Office, more: &[&str]) -> Ran {
    run(command().arg("diff").args([old, new]).arg("--on").arg(&office.folder).args(["--as-of", DAY]).args(more))
}

fn counter(json: &serde_json::Value, name: &str) -> u64 {
    let counters = json["counters"].as_array().unwrap();
    counters.iter().find(|c| c["name"] == name).unwrap_or_else(|| panic!("{name}"))["value"].as_u64().unwrap()
}

#[test]
fn a_comparison_counts_who_enters_and_leaves_and_says_why() {
    let office = Office::invent("lab-diff", 120);
    // Whoever stays longer than a number of days counts in the export; the column is in days.
    let table = Table::read(&office.export());
    let stays: Vec<i64> = table
        .column("LAMA TINGGAL")
        .iter()
        .zip(table.column("TUJUAN"))
        .filter(|(_, purpose)| purpose.eq_ignore_ascii_case("wisata"))
        .filter_map(|(days, _)| days.split_whitespace().next()?.parse().ok())
        .collect();
    let longer = |than: i64| stays.iter().filter(|days| **days > than).count() as u64;
    let (old, new) = (folder_of(&office, "lama", &rules(9, "wisata")), folder_of(&office, "baru", &rules(4, "wisata")));
    assert!(longer(4) > longer(9), "{stays:?}");
    let json = diff(&old, &new, &office, &["--format", "json", "--capacity", "120"]).ends(0).json();
    let rule = &json["rules"][0];
    assert_eq!(rule["id"], "T01");
    let hits = |key: &str| rule[key].as_u64().unwrap();
    assert_eq!((hits("gained"), hits("lost")), (hits("hits_new") - hits("hits_old"), 0));
    assert_eq!(rule["lines_gone"], serde_json::json!(["when lama_tinggal_hari > 9"]));
    assert_eq!(rule["lines_new"], serde_json::json!(["when lama_tinggal_hari > 4"]));
    assert_eq!(counter(&json, "entered"), hits("gained"));
    assert_eq!((counter(&json, "left"), counter(&json, "rules.unannounced")), (0, 1));
    let why = json["moves"][0]["why"][0].as_str().unwrap();
    assert_eq!(why, "T01 +9 (not `lama_tinggal_hari > 9`)");
    // The other way round they leave.
    let json = diff(&new, &old, &office, &["--format", "json", "--capacity", "120"]).ends(0).json();
    assert_eq!(counter(&json, "left"), hits("gained"));
    assert_eq!(json["moves"][0]["why"][0], "T01 +9 gone (not `lama_tinggal_hari > 9`)");
    assert!(!office.folder.join("hasil").exists() && !office.folder.join("riwayat").exists(), "nothing is written");
}

#[test]
fn a_gate_fails_on_what_was_asked_and_refuses_what_it_does_not_know() {
    let office = Office::invent("lab-gate", 60);
    let (old, new) = (folder_of(&office, "lama", &rules(9, "wisata")), folder_of(&office, "baru", &rules(2, "wisata")));
    diff(&old, &new, &office, &["--fail-on", "left.mandatory > 0"]).ends(0);
    let ran = diff(&old, &new, &office, &["--fail-on", "entered > 0 or left.mandatory > 0"]).ends(1);
    assert!(ran.out.contains("`entered > 0 or left.mandatory > 0` holds: failed"), "{}", ran.out);
    let ran = diff(&old, &new, &office, &["--fail-on", "entred > 0"]).ends(2);
    assert!(ran.err.contains("[R101]") && ran.err.contains("did you mean `entered`"), "{}", ran.err);
    diff(&old, &new, &office, &["--fail-on", "entered"]).ends(2);
    diff(&old, &old, &office, &["--fail-on", "rules > 0 or shifted > 0"]).ends(0);
}

#[test]
fn every_form_shows_the_same_and_names_nobody() {
    let office = Office::invent("lab-forms", 80);
    let (old, new) = (folder_of(&office, "lama", &rules(9, "wisata")), folder_of(&office, "baru", &rules(1, "wisata")));
    let table = Table::read(&office.export());
    let headings = ["NIK", "NAMA", "NO PERMOHONAN", "NO HP"].iter();
    let secrets: Vec<&str> = headings.flat_map(|heading| table.column(heading)).filter(|cell| cell.len() > 5).collect();
    assert!(secrets.len() > 200, "{}", secrets.len());
    for form in ["human", "json", "markdown", "html"] {
        let ran = diff(&old, &new, &office, &["--format", form]).ends(0);
        assert!(ran.out.contains("T01") && ran.out.contains("lama_tinggal_hari"), "{form}");
        assert_eq!(secrets.iter().find(|secret| ran.out.contains(**secret)), None, "{form}");
        assert_eq!(ran.out, diff(&old, &new, &office, &["--format", form]).out, "{form} is always the same");
    }
    let html = diff(&old, &new, &office, &["--format", "html"]).out;
    assert!(
        html.starts_with("<!doctype html>") && !html.contains("http") && !html.contains("<script"),
        "self-contained"
    );
    let markdown = diff(&old, &new, &office, &["--format", "markdown"]).out;
    assert!(markdown.contains("| rule | version | hits | gained | lost |"), "{markdown}");
}

/// Runs git in a folder; whatever the machine's own settings say.
fn git(folder: &Path, args: &[&str]) {
    let settings = ["-c", "user.name=Uji", "-c", "user.email=uji@example.id", "-c", "commit.gpgsign=false"];
    let output = Command::new("git").current_dir(folder).args(settings).args(args).output().unwrap();
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn revisions_are_read_from_git() {
    if Command::new("git").arg("--version").output().is_err() {
        // Revisions cannot be made here either.
        return;
    }
    let office = Office::invent("lab-git", 60);
    let repository = office.folder.parent().unwrap().join("repositori");
    let rules_folder = repository.join("rules");
    std::fs::create_dir_all(&rules_folder).unwrap();
    git(&repository, &["init", "--quiet", "--initial-branch", "utama"]);
    for (days, message) in [(9, "satu"), (2, "dua")] {
        std::fs::write(rules_folder.join("uji.toml"), rules(days, "wisata")).unwrap();
        git(&repository, &["add", "."]);
        git(&repository, &["commit", "--quiet", "--message", message]);
    }
    let diff = |old: &str, new: &str| {
        let mut diff = command();
        diff.current_dir(&repository).args(["diff", old, new, "--as-of", DAY, "--format", "json", "--on"]);
        run(diff.arg(std::fs::canonicalize(&office.folder).unwrap()))
    };
    let json = diff("utama~1", "rules").ends(0).json();
    assert_eq!(json["rules"][0]["lines_new"], serde_json::json!(["when lama_tinggal_hari > 2"]));
    assert!(counter(&json, "entered") > 0);
    let json = diff("utama", "rules").ends(0).json();
    assert_eq!(counter(&json, "rules"), 0);
    let ran = diff("tidak-ada", "rules").ends(2);
    assert!(ran.err.contains("neither a folder here nor a git revision"), "{}", ran.err);
    diff("--upload-pack=x", "rules").ends(2);
    // Without git a revision cannot be read, and says so.
    let mut bare = command();
    bare.current_dir(&repository).env("PATH", "").args(["diff", "utama", "rules", "--as-of", DAY, "--on"]);
    let ran = run(bare.arg(std::fs::canonicalize(&office.folder).unwrap())).ends(2);
    assert!(ran.err.contains("git cannot be run"), "{}", ran.err);
}

#[test]
fn the_shipped_baseline_holds_and_a_changed_rule_does_not() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let baseline = |folder: &Path, rules: &Path, more: &[&str]| {
        run(command().current_dir(here).args(["test", "--baseline"]).arg(folder).arg(rules).args(more))
    };
    let kept = fixtures("baseline");
    baseline(&kept, Path::new("rules"), &[]).ends(0);
    // A copy that may be changed.
    let own = made::folder("lab-baseline");
    let settings = std::fs::read_to_string(kept.join("baseline.toml")).unwrap();
    let kantor = fixtures("kantor");
    std::fs::write(own.join("baseline.toml"), settings.replace("../kantor", text(&kantor))).unwrap();
    let ran = baseline(&own, Path::new("rules"), &[]).ends(2);
    assert!(ran.err.contains("nothing is kept"), "{}", ran.err);
    baseline(&own, Path::new("rules"), &["--accept"]).ends(0);
    for table in ["rujukan.csv", "aturan.csv"] {
        assert_eq!(std::fs::read(own.join(table)).unwrap(), std::fs::read(kept.join(table)).unwrap(), "{table}");
    }
    let changed = own.join("rules");
    std::fs::create_dir_all(&changed).unwrap();
    for entry in std::fs::read_dir(here.join("rules")).unwrap().map(|e| e.unwrap().path()).filter(|p| p.is_file()) {
        let rules = std::fs::read_to_string(&entry)
            .unwrap()
            .replace("having   = [\"orang >= 2\"]", "having   = [\"orang >= 3\"]");
        std::fs::write(changed.join(entry.file_name().unwrap()), rules).unwrap();
    }
    let ran = baseline(&own, &changed, &[]).ends(1);
    assert!(ran.out.contains("rules\n  D04\n    - 1,4,"), "{}", ran.out);
    assert!(ran.out.contains("    - wajib,40,D04 +40\n"), "{}", ran.out);
    assert!(ran.out.contains("`--accept` keeps what came out now"), "{}", ran.out);
    let json = baseline(&own, &changed, &["--format", "json"]).ends(1).json();
    assert!(json["rules"].as_array().is_some_and(|rules| rules.iter().any(|rule| rule["key"] == "D04")), "{json}");
}
