//! `fixtures/rules-repo`: the pipeline of a rules repository, run as a server would run it.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::made;
use crate::support::golden::fixtures;

fn copy_all(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().map(|entry| entry.unwrap().path()) {
        let target = to.join(entry.file_name().unwrap());
        match entry.is_dir() {
            true => copy_all(&entry, &target),
            false => drop(std::fs::copy(&entry, &target).unwrap()),
        }
    }
}

fn git(folder: &Path, args: &[&str]) {
    let settings = ["-c", "user.name=Uji", "-c", "user.email=uji@example.id", "-c", "commit.gpgsign=false"];
    let output = Command::new("git").current_dir(folder).args(settings).args(args).output().unwrap();
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// The pipeline's exit code and everything it printed.
fn pipeline(folder: &Path) -> (Option<i32>, String) {
    let mut ci = Command::new("bash");
    ci.arg(folder.join("ci.sh")).env("SARING", env!("CARGO_BIN_EXE_saring")).env("BASE", "utama");
    let output = ci.output().unwrap();
    let text = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8_lossy(&text).into_owned())
}

fn repository() -> Option<PathBuf> {
    let ready = |tool: &str| Command::new(tool).arg("--version").output().is_ok_and(|o| o.status.success());
    if !ready("git") || !ready("bash") {
        return None;
    }
    let folder = made::folder("lab-template");
    copy_all(&fixtures("rules-repo"), &folder);
    git(&folder, &["init", "--quiet", "--initial-branch", "utama"]);
    git(&folder, &["add", "."]);
    git(&folder, &["commit", "--quiet", "--message", "awal"]);
    Some(folder)
}

#[test]
fn the_pipeline_lets_good_changes_pass_and_stops_bad_ones() {
    let Some(folder) = repository() else { return };
    let rules = folder.join("rules/kantor.toml");
    let original = std::fs::read_to_string(&rules).unwrap();
    let with = |from: &str, to: &str| {
        assert!(original.contains(from), "{from}");
        std::fs::write(&rules, original.replace(from, to)).unwrap();
        pipeline(&folder)
    };
    let (code, text) = pipeline(&folder);
    assert_eq!(code, Some(0), "{text}");
    assert!(
        std::fs::read_to_string(folder.join("beda.md")).unwrap().contains("no rule and no place on the list differs")
    );
    // Prose is no meaning.
    let (code, text) = with("Wisata berbulan-bulan memerlukan", "Wisata yang lama memerlukan");
    assert_eq!(code, Some(0), "{text}");
    for (from, to, step) in [
        ("'wisata'\"", "'wisat'\"", "== check"),
        ("> :hari_wisata", ">= :hari_wisata", "== tests"),
        ("{ lama_tinggal_hari = 8 }, { lama_tinggal_hari = 7 }", "{ lama_tinggal_hari = 8 }, {}", "== coverage"),
        ("points = 9\nreason", "points = 8\nreason", "== tests"),
    ] {
        let (code, text) = with(from, to);
        assert!(code.is_some_and(|code| code != 0), "{to}: {text}");
        assert_eq!(text.lines().rfind(|line| line.starts_with("== ")), Some(step), "{to}: {text}");
    }
    // A change that its tests follow, but not its version.
    let moved = original.replace("default = 7", "default = 9").replace("= 8 }", "= 10 }").replace("= 7 }", "= 9 }");
    std::fs::write(&rules, moved.replace("\"8 hari\"", "\"10 hari\"")).unwrap();
    let (code, text) = pipeline(&folder);
    assert_eq!(code, Some(1), "{text}");
    let last = text.lines().rfind(|line| line.starts_with("== ")).unwrap();
    assert!(["== baseline", "== difference"].contains(&last), "{text}");
}

#[test]
fn its_profile_is_the_shipped_one() {
    let shipped = std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/profiles/simkim.toml")).unwrap();
    let own = std::fs::read(fixtures("rules-repo").join("contoh/profiles/simkim.toml")).unwrap();
    assert!(own == shipped, "copy rules/profiles/simkim.toml again");
}
