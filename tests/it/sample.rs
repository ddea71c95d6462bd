//! The sample office of the README is what `fixtures/README.md` says it is.

use std::path::Path;

use saring::synth::{self, Plan};

use crate::support::golden::fixtures;

/// Every file below a folder, relative to it.
fn files_below(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(here) = open.pop() {
        for entry in std::fs::read_dir(&here).unwrap() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true => open.push(path),
                false => found.push(path.strip_prefix(folder).unwrap().to_string_lossy().into_owned()),
            }
        }
    }
    found.sort();
    found
}

#[test]
fn the_sample_office_can_be_made_again() {
    let sample = fixtures("kantor");
    let again = tempfile::tempdir().unwrap();
    let plan = Plan::new(3_000, 28, 5, "2025-11-03".parse().unwrap());
    synth::write(&plan, again.path(), &mut |_| {}).unwrap();
    let files: Vec<String> = files_below(&sample).into_iter().filter(|f| f != "saring.toml").collect();
    assert!(files.contains(&"masuk/2025-11-03.csv".to_owned()) && files.contains(&"kebenaran.csv".to_owned()));
    for file in files {
        let made = std::fs::read(again.path().join(&file)).unwrap();
        assert!(made == std::fs::read(sample.join(&file)).unwrap(), "{file} differs from what synth makes");
    }
}
