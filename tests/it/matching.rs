//! `saring match`: a name by hand, a file against a list, the same hits however they are searched for.

use std::path::Path;

use crate::made::folder;
use crate::support::office::{Ran, run, saring, text};

/// Files of an invented trial.
fn trial(test: &str) -> std::path::PathBuf {
    let folder = folder(test);
    let at = folder.join("uji");
    saring(&["match", "--benchmark", "1500", "--applicants", "300", "--seed", "101", "--write", text(&at)]).ends(0);
    at
}

fn file(at: &Path, out: &Path, more: &[&str]) -> (Ran, String) {
    let (people, list) = (at.join("pemohon.csv"), at.join("daftar.csv"));
    let ran = saring(&[&["match", text(&people), "--list", text(&list), "--out", text(out)], more].concat()).ends(0);
    (ran, std::fs::read_to_string(out).unwrap())
}

#[test]
fn threads_parts_and_the_cache_change_no_hit_and_the_index_agrees_with_every_pair() {
    let at = trial("match_file");
    let out = at.join("hasil.csv");
    let (ran, plain) = file(&at, &out, &["--least", "name_only", "--verify", "6"]);
    assert!(plain.lines().count() > 30, "{plain}");
    assert!(ran.err.contains("300 people, 1500 entries"), "{}", ran.err);
    let cache = at.join("simpan");
    for more in [
        &["--threads", "1"] as &[&str],
        &["--threads", "8"],
        &["--part", "400"],
        &["--at-once", "1"],
        &["--at-once", "7", "--part", "1100"],
        &["--cache", text(&cache)],
        &["--cache", text(&cache)],
    ] {
        assert_eq!(file(&at, &out, &[&["--least", "name_only"], more].concat()).1, plain, "{more:?}");
    }
    let kept = std::fs::read_dir(&cache).unwrap().map(|e| e.unwrap().path()).collect::<Vec<_>>();
    assert_eq!(kept.len(), 2, "{kept:?}");
    // A damaged cache is made again.
    for path in &kept {
        let bytes = std::fs::read(path).unwrap();
        std::fs::write(path, &bytes[..bytes.len() / 2]).unwrap();
    }
    assert_eq!(file(&at, &out, &["--least", "name_only", "--cache", text(&cache)]).1, plain);
    // Shuffled lines: the same pairs with the same points.
    let people = at.join("pemohon.csv");
    let mut lines: Vec<String> = std::fs::read_to_string(&people).unwrap().lines().map(str::to_owned).collect();
    lines[1..].reverse();
    std::fs::write(&people, lines.join("\n")).unwrap();
    let sorted = |text: &str| {
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        lines.sort();
        lines
    };
    assert_eq!(sorted(&file(&at, &out, &["--least", "name_only"]).1), sorted(&plain));
}

#[test]
fn a_name_is_explained_word_by_word() {
    let at = folder("match_name");
    let list = at.join("soi.csv");
    let lines = "id,nama,alias,tanggal_lahir,nik\nA-1,HALOMOAN SIMANGUNSONG,,1975-03-08,\nA-2,H. SIMANGUNSONG,HALOMOAN S.,,\n\
                 A-3,BUDI SANTOSO,,1975-03-08,\n";
    std::fs::write(&list, lines).unwrap();
    let ask = |more: &[&str]| saring(&[&["match", "Halomoan Simangunsog", "--list", text(&list)], more].concat());
    let told = ask(&["--dob", "1975-08-03"]).ends(0).out;
    for part in ["A-1  strong", "HALOMOAN = HALOMOAN  (sama)", "(satu huruf berbeda)", "hari dan bulan lahir tertukar"]
    {
        assert!(told.contains(part), "{part}\n{told}");
    }
    assert!(!told.contains("A-3"), "{told}");
    let json = ask(&["--format", "json", "--dob", "1975"]).ends(0).json();
    let first = &json["told"][0];
    assert_eq!((first["entry"].as_str(), first["evidence"][0]["kind"].as_str()), (Some("A-1"), Some("lahir_tahun")));
    let leaves = |key: &str, at: usize| {
        first[key]
            .as_array()
            .unwrap()
            .iter()
            .map(|v| if at == 0 { v["points"].as_i64() } else { v[1].as_i64() }.unwrap())
            .sum::<i64>()
    };
    let sum = leaves("pairs", 0) + leaves("evidence", 0) + leaves("left_over", 1) + leaves("right_over", 1);
    assert_eq!(Some(sum), first["points"].as_i64());
    assert!(ask(&["--lang", "en"]).ends(0).out.contains("a name alone: nothing confirms it"));
}

#[test]
fn a_pair_that_is_no_hit_is_told_which_bound_dropped_it_and_how_far_it_is() {
    let at = folder("match_pair");
    let list = at.join("soi.csv");
    let lines = "id,nama,tanggal_lahir,tempat_lahir,nik\nA-1,HALOMOAN SIMANGUNSONG,1975-03-08,,\nA-2,BUDI SANTOSO,1975-03-18,,\n\
                 A-3,SITI ROHANI,1981-11-25,,\nA-4,SITI AMINAH,1975,BINJAI,\n,SITI AMINAH,,,\nA-6,SITI AMINAH LUBIS,1975,,\n";
    std::fs::write(&list, lines).unwrap();
    let ask = |name: &str, entry: &str, more: &[&str]| {
        let usual = ["match", name, "--list", text(&list), "--entry", entry, "--lang", "en"];
        saring(&[&usual, more].concat()).ends(0).out
    };
    let day = ["--dob", "1975-03-08"];
    // A date leads there, and the words cannot be worth enough whatever else may speak for the pair.
    let told = ask("SITI AMINAH", "A-2", &day);
    assert!(told.contains("A-2  no hit") && told.contains("way: date of birth equal but for the day"), "{told}");
    assert!(
        told.contains("dropped by the bound of words: the name is worth -") && told.contains("is needed"),
        "{told}"
    );
    // Nothing leads to somebody of another date whose words are not alike.
    let told = ask("SITI AMINAH", "A-3", &day);
    assert!(told.contains("dropped by the bound of likeness") && told.contains("82% alike"), "{told}");
    let told = ask("SITI AMINAH", "A-3", &["--dob", "1975-03-08", "--least", "possible"]);
    assert!(told.contains("not looked at: no number"), "{told}");
    // Another place takes what the words would have been worth.
    let medan = ["--dob", "1975-03-08", "--place", "MEDAN", "--least", "possible"];
    let told = ask("SITI AMINAH HASIBUAN", "A-4", &medan);
    assert!(told.contains("dropped by the bound of evidence: everything is worth +1"), "{told}");
    assert!(told.contains("other place of birth") && told.contains("short of possible"), "{told}");
    // A hit says the same as without `--entry`, and what it cannot become.
    let told = ask("SITI AMINAH", "baris 6", &day);
    assert!(told.contains("name_only") && told.contains("nothing confirms it"), "{told}");
    let told = ask("SITI AMINAH LUBIS", "A-6", &day);
    assert!(told.contains("A-6  possible") && told.contains("nothing but a year of birth confirms it"), "{told}");
    let json = ask("SITI AMINAH", "A-2", &["--dob", "1975-03-08", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let search = &json["told"][0]["search"];
    assert_eq!((search["way"].as_str(), search["dropped"].as_str()), (Some("birth"), Some("words")));
    assert!(search["most"].as_i64() < search["needed"].as_i64());
    let usual = ["match", "SITI", "--list", text(&list), "--entry"];
    assert!(saring(&[&usual[..], &["A-9"]].concat()).ends(2).err.contains("no entry `A-9`"));
    assert!(saring(&["match", text(&list), "--list", text(&list), "--entry", "A-1"]).ends(2).err.contains("one name"));
    let told = saring(&[&usual[..], &["A-4"]].concat()).ends(0).out;
    assert!(told.contains("A-4") && told.contains("hanya nama"), "{told}");
}

#[test]
fn levels_are_proposed_and_points_may_be_ones_own() {
    let at = trial("match_levels");
    let (people, list) = (at.join("pemohon.csv"), at.join("daftar.csv"));
    let ask = |more: &[&str]| saring(&[&["match", text(&people), "--list", text(&list)], more].concat());
    let proposed = ask(&["--calibrate", "--budget", "1.0", "--format", "json"]).ends(0).json();
    let of = |level: &str| proposed[level].as_i64().unwrap();
    assert!(of("possible") <= of("strong") && of("strong") <= of("exact"), "{proposed}");
    assert!(ask(&["--calibrate"]).ends(0).out.contains("[level]\nexact = "));
    let points = at.join("poin.toml");
    std::fs::write(&points, "[name]\nrarest = 15\n").unwrap();
    assert!(ask(&["--points", text(&points)]).ends(2).err.contains("R003"));
    assert!(saring(&["match", "SITI", "--list", "tidak-ada"]).ends(2).err.contains("there is no file `tidak-ada`"));
}

#[test]
fn the_benchmark_tells_what_is_found_of_each_damage() {
    let ask = |seed: &str| {
        let args = ["match", "--benchmark", "2000", "--applicants", "600", "--seed", seed, "--format", "json"];
        run(crate::support::office::command().args(args)).ends(0)
    };
    let told = ask("102");
    assert_eq!(told.out, ask("102").out);
    let json = told.json();
    assert_eq!(json["all"]["people"].as_u64(), Some(60));
    // Of sixty people on a small list nearly all are found.
    assert!(json["all"]["at_all"].as_u64().unwrap() >= 54, "{json}");
}
