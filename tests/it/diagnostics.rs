//! The gallery of mistakes: every file or folder of `fixtures/diagnostics` gives the text beside it. A folder holds files
//! that are checked together: layers over a pack, exceptions, a lock, an office file.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use saring::columns::Catalog;
use saring::diag::{Code, Files, Report, Style, render_human};
use saring::{lab, office, rules, source};

use crate::support::golden;
use crate::support::office::{command, run, saring};

/// The day on which the gallery is looked at.
const AS_OF: &str = "2025-11-03";

/// Every case: its name, and where it stands.
fn cases() -> Vec<(String, PathBuf)> {
    let mut cases: Vec<(String, PathBuf)> = std::fs::read_dir(golden::fixtures("diagnostics"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir() || path.extension().is_some_and(|ending| ending == "toml"))
        .map(|path| (path.file_stem().unwrap().to_string_lossy().into_owned(), path))
        .collect();
    cases.sort();
    cases
}

/// Checks a case as `saring check` does.
fn check(path: &Path) -> (Report, Files) {
    let (mut files, mut report) = (Files::default(), Report::default());
    let mut texts: Vec<(String, String)> = Vec::new();
    if path.is_dir() {
        for entry in std::fs::read_dir(path).unwrap() {
            let file = entry.unwrap().path();
            texts.push((name_of(&file), std::fs::read_to_string(&file).unwrap()));
        }
        texts.sort();
    } else {
        texts.push((name_of(path), std::fs::read_to_string(path).unwrap()));
    }
    match texts.first().map(|(name, text)| (name.as_str(), text)) {
        Some((office::FILE_NAME, _)) => {
            let below = path.strip_prefix(env!("CARGO_MANIFEST_DIR")).unwrap();
            office::load(below, &mut files, &mut report).unwrap();
        }
        Some((name, text)) if text.starts_with("[profile]") => {
            let file = files.add(name, text.as_str());
            source::parse_profile(file, &files, &mut report);
        }
        _ => {
            let texts: Vec<(&str, &str)> = texts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
            let day = AS_OF.parse().unwrap();
            let set = rules::check_texts_as_of(&texts, Some(day), &Catalog::builtin(), &mut files, &mut report);
            if let Some(set) = set {
                lab::prepare(&set, &mut report);
                rules::lint(&set, day, &mut report);
            }
        }
    }
    (report, files)
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}

#[test]
fn every_mistake_is_told_as_the_gallery_shows() {
    let cases = cases();
    assert!(cases.len() >= 120, "{}", cases.len());
    for (name, path) in cases {
        let (report, files) = check(&path);
        assert!(!report.is_empty(), "{name} has no fault");
        let golden = golden::fixtures("diagnostics").join(format!("{name}.out"));
        golden::check(&golden, &render_human(&report, &files, Style::Plain));
    }
}

#[test]
fn a_case_shows_the_code_it_is_named_after() {
    for (name, path) in cases() {
        let (report, files) = check(&path);
        if let Some((code, _)) = name.split_once('-').filter(|(code, _)| Code::of_name(code).is_some()) {
            let found: Vec<_> = report.sorted(&files).iter().map(|d| d.code.code()).collect();
            assert!(found.contains(&code), "{name}: {found:?}");
        }
    }
}

#[test]
fn every_code_has_a_case() {
    let shown: BTreeSet<String> =
        cases().iter().filter_map(|(name, _)| name.split_once('-').map(|(code, _)| code.to_owned())).collect();
    for code in Code::ALL {
        assert!(shown.contains(code.code()), "no case for {} ({})", code.code(), code.title());
    }
}

/// Every code that the source gives to a failed command, with the text of its files.
fn codes_of_failures(folder: &Path, found: &mut BTreeSet<String>) {
    let code = regex::Regex::new(r#"new\(\s*(?:crate::)?ErrorKind::\w+,\s*"([A-Z_]+)""#).unwrap();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            codes_of_failures(&path, found);
        } else {
            let text = std::fs::read_to_string(&path).unwrap();
            found.extend(code.captures_iter(&text).map(|c| c[1].to_owned()));
        }
    }
}

#[test]
fn every_code_has_its_paragraph() {
    let mut codes: BTreeSet<String> = Code::ALL.iter().map(|code| code.code().to_owned()).collect();
    codes_of_failures(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut codes);
    for known in ["FILE", "HISTORY", "IN_NONE", "INTERNAL", "LOCKED", "MANIFEST", "OUT_WRITE", "USAGE"] {
        assert!(codes.contains(known), "{known} is not found by this test");
    }
    for code in codes {
        let told = saring(&["explain", &code]).ends(0).out;
        assert!(told.starts_with(&format!("{code}: ")) && told.len() > 60, "{told}");
    }
}

#[test]
fn explain_shows_a_rule_by_its_id() {
    let told = saring(&["explain", "k02"]).ends(0).out;
    assert!(told.starts_with("K02 v") && told.contains("rules/calo.toml:") && told.contains("parameter"), "{told}");
    let unknown = saring(&["explain", "K99"]).ends(2).err;
    assert!(unknown.contains("no code and no rule `K99`"), "{unknown}");
    // Without a folder of rules the shipped ones are meant.
    let nowhere = tempfile::tempdir().unwrap();
    let told = run(command().current_dir(nowhere.path()).args(["explain", "S01"])).ends(0).out;
    assert!(told.starts_with("S01 v"), "{told}");
}
