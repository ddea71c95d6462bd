//! The gallery of mistakes: every file of `fixtures/diagnostics` gives the text beside it.

use std::collections::BTreeSet;

use saring::columns::Catalog;
use saring::diag::{Code, Files, Report, Style, render_human};
use saring::{lab, rules};

use crate::support::golden;

/// Checks a file as `saring check` does.
fn check(name: &str, text: &str) -> (Report, Files) {
    let (mut files, mut report) = (Files::default(), Report::default());
    let set = rules::check_texts(&[(name, text)], &Catalog::builtin(), &mut files, &mut report);
    if let Some(set) = set {
        lab::prepare(&set, &mut report);
    }
    (report, files)
}

#[test]
fn every_mistake_is_told_as_the_gallery_shows() {
    let folder = golden::fixtures("diagnostics");
    let cases = golden::files(&folder, "toml");
    assert!(cases.len() >= 40, "{}", cases.len());
    for path in cases {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let (report, files) = check(&name, &std::fs::read_to_string(&path).unwrap());
        assert!(!report.is_empty(), "{name} has no fault");
        golden::check(&path.with_extension("out"), &render_human(&report, &files, Style::Plain));
    }
}

#[test]
fn a_case_shows_the_code_it_is_named_after() {
    let folder = golden::fixtures("diagnostics");
    for path in golden::files(&folder, "toml") {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let (report, files) = check(&name, &std::fs::read_to_string(&path).unwrap());
        if let Some((code, _)) = name.split_once('-').filter(|(code, _)| code.starts_with('R')) {
            let found: Vec<_> = report.sorted(&files).iter().map(|d| d.code.code()).collect();
            assert!(found.contains(&code), "{name}: {found:?}");
        }
    }
}

#[test]
fn every_code_of_rule_files_has_a_case() {
    let folder = golden::fixtures("diagnostics");
    let shown: BTreeSet<String> = golden::files(&folder, "toml")
        .iter()
        .filter_map(|path| path.file_stem()?.to_string_lossy().split_once('-').map(|(code, _)| code.to_owned()))
        .collect();
    for code in Code::ALL.iter().filter(|c| c.code().starts_with('R')) {
        assert!(shown.contains(code.code()), "no case for {} ({})", code.code(), code.title());
    }
}
