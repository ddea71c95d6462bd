//! Laws of the code base: who may use whom, what every file opens with, what must not lie about.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Folders (and single files) of `src`, lowest first: each may use itself and what stands before it.
const ORDER: &[&[&str]] = &[
    &["calendar", "error", "hex", "json", "markup", "private", "seeded"],
    &["diag"],
    &["document"],
    // `schema` lists countries and occupations, `reference` names codes: two halves of the same tables.
    &["schema", "reference"],
    &["frame", "text", "table"],
    &["identity"],
    &["matching"],
    &["expr"],
    &["lists"],
    &["columns", "words"],
    &["source", "rules", "history"],
    &["screening", "office"],
    &["night", "lab", "recap"],
    &["report", "synth", "authoring"],
    &["editor"],
    &["cli"],
];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(rust_files(&path));
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The folder of `src` a file belongs to.
fn room(path: &Path) -> String {
    let inside = path.strip_prefix(root().join("src")).unwrap();
    let first = inside.components().next().unwrap().as_os_str().to_string_lossy();
    first.trim_end_matches(".rs").to_owned()
}

/// Modules named after `crate::` in the code of a file, tests left out.
fn uses(text: &str) -> BTreeSet<String> {
    let code = text.split("#[cfg(test)]").next().unwrap_or(text);
    let code: Vec<&str> = code.lines().filter(|l| !l.trim_start().starts_with("//")).collect();
    let code = code.join("\n");
    let mut found = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        match rest.strip_prefix('{') {
            Some(group) => {
                let group = &group[..group.find("};").unwrap_or(group.len())];
                found.extend(top_names(group));
            }
            None => {
                found.insert(rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect());
            }
        }
    }
    found
}

/// The first names of a `use` group, nested groups skipped.
fn top_names(group: &str) -> Vec<String> {
    let (mut depth, mut names, mut name, mut taking) = (0, Vec::new(), String::new(), true);
    for c in group.chars() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                names.push(std::mem::take(&mut name));
                taking = true;
            }
            c if depth == 0 && taking && (c.is_alphanumeric() || c == '_') => name.push(c),
            c if c.is_whitespace() => {}
            _ => taking = false,
        }
    }
    names.push(name);
    names
}

#[test]
fn folders_use_only_what_stands_below_them() {
    let level: BTreeMap<&str, usize> =
        ORDER.iter().enumerate().flat_map(|(level, rooms)| rooms.iter().map(move |room| (*room, level))).collect();
    let mut wrong = Vec::new();
    for path in rust_files(&root().join("src")) {
        let here = room(&path);
        let of_tests = path.components().any(|part| part.as_os_str() == "tests" || part.as_os_str() == "tests.rs");
        if here == "lib" || here == "main" || of_tests {
            continue;
        }
        let own = *level.get(here.as_str()).unwrap_or_else(|| panic!("src/{here} has no place in the order"));
        for other in uses(&std::fs::read_to_string(&path).unwrap()) {
            match level.get(other.as_str()) {
                Some(theirs) if *theirs > own => wrong.push(format!("{} uses {other}", path.display())),
                _ => {}
            }
        }
    }
    assert!(wrong.is_empty(), "arrows that point up:\n{}", wrong.join("\n"));
}

#[test]
fn every_file_says_what_it_is_for() {
    for folder in ["src", "tests", "benches"] {
        for path in rust_files(&root().join(folder)) {
            let text = std::fs::read_to_string(&path).unwrap();
            assert!(text.starts_with("//! "), "{} does not open with `//!`", path.display());
        }
    }
}

#[test]
fn nothing_is_left_open() {
    for folder in ["src", "tests", "benches"] {
        for path in rust_files(&root().join(folder)) {
            let text = std::fs::read_to_string(&path).unwrap();
            for word in ["TODO", "FIXME", "XXX", "unimplemented!", "todo!("].map(str::to_owned) {
                let own = path.ends_with("tests/it/tidy.rs") || path.ends_with("src/cli/test/human.rs");
                assert!(own || !text.contains(&word), "{} in {}", word, path.display());
            }
            assert!(!text.contains(concat!("#[", "ignore")), "{}", path.display());
        }
    }
}

/// A new office must start with the whole pack: a rule file that the binary leaves out would be missed by nobody.
#[test]
fn the_binary_carries_every_rule_file() {
    fn toml_below(folder: &Path, found: &mut BTreeSet<String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                toml_below(&path, found);
            } else if path.extension().is_some_and(|e| e == "toml" || e == "lock") {
                found.insert(path.strip_prefix(root()).unwrap().to_string_lossy().into_owned());
            }
        }
    }
    let mut there = BTreeSet::new();
    toml_below(&root().join("rules"), &mut there);
    let shipped: BTreeSet<String> = saring::office::SHIPPED.iter().map(|(path, _)| (*path).to_owned()).collect();
    assert_eq!(shipped, there);
}

#[test]
fn the_top_level_holds_what_was_agreed() {
    let agreed: BTreeSet<&str> = [
        ".ci",
        ".git",
        ".gitignore",
        "CHANGELOG.md",
        "Cargo.lock",
        "Cargo.toml",
        "LICENSE",
        "README.md",
        "benches",
        "deny.toml",
        "fixtures",
        "rules",
        "rustfmt.toml",
        "src",
        "target",
        "tests",
    ]
    .into();
    for entry in std::fs::read_dir(root()).unwrap() {
        let name = entry.unwrap().file_name().to_string_lossy().into_owned();
        assert!(agreed.contains(name.as_str()), "`{name}` at the top level");
    }
}
