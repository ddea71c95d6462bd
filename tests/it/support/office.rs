//! An invented office to run the program on, as its user would: through the command line.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use sha2::{Digest, Sha256};

use super::table::Table;
use crate::made;

/// The night of the invented offices.
pub(crate) const DAY: &str = "2025-11-03";

/// How a command ended.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ran {
    /// Demands an exit code.
    #[track_caller]
    pub(crate) fn ends(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "stdout:\n{}\nstderr:\n{}", self.out, self.err);
        self
    }

    #[track_caller]
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|e| panic!("{e}:\n{}", self.out))
    }
}

/// The program, to be given arguments.
pub(crate) fn command() -> Command {
    Command::new(env!("CARGO_BIN_EXE_saring"))
}

pub(crate) fn run(command: &mut Command) -> Ran {
    let output = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Ran { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

pub(crate) fn saring(args: &[&str]) -> Ran {
    run(command().args(args))
}

/// The folder of an office.
#[derive(Debug)]
pub(crate) struct Office {
    pub(crate) folder: PathBuf,
}

impl Office {
    /// An office of a test's own, with a number of applications, all of tonight.
    pub(crate) fn invent(test: &str, applications: u32) -> Self {
        Self::invent_with_past(test, applications, 0)
    }

    /// An office with exports of the past.
    pub(crate) fn invent_with_past(test: &str, applications: u32, days: u32) -> Self {
        let folder = made::folder(test).join("kantor");
        let (number, days) = (applications.to_string(), days.to_string());
        let plan = ["synth", "--applications", &number, "--history-days", &days, "--seed", "7", "--as-of", DAY];
        saring(&[&plan[..], &[text(&folder)]].concat()).ends(0);
        Self { folder }
    }

    /// A verb that works on tonight, ready to be given more arguments.
    pub(crate) fn verb(&self, verb: &str) -> Command {
        let mut command = command();
        command.args([verb, "--as-of", DAY, "--office"]).arg(&self.folder);
        command
    }

    pub(crate) fn screen(&self, more: &[&str]) -> Ran {
        run(self.verb("screen").args(more))
    }

    /// Screens into a folder beside the office and returns the result.
    #[track_caller]
    pub(crate) fn screen_to(&self, name: &str, more: &[&str]) -> PathBuf {
        let out = self.folder.parent().unwrap().join(name);
        self.screen(&[&["--out", text(&out)], more].concat()).ends(0);
        out.join("terbaru")
    }

    /// Rules of its own in place of the shipped ones; what it required of lists, which they do not declare, goes with them.
    pub(crate) fn only_rules(&self, rules: &str) {
        let folder = self.folder.join("rules");
        for entry in std::fs::read_dir(&folder).unwrap().map(|e| e.unwrap().path()) {
            if entry.is_file() && !entry.ends_with("scoring.toml") {
                std::fs::remove_file(entry).unwrap();
            }
        }
        std::fs::write(folder.join("kantor.toml"), rules).unwrap();
        let path = self.folder.join("saring.toml");
        let settings = std::fs::read_to_string(&path).unwrap();
        let kept = settings.lines().filter(|line| !line.starts_with("required = "));
        std::fs::write(&path, kept.map(|line| format!("{line}\n")).collect::<String>()).unwrap();
    }

    pub(crate) fn export(&self) -> PathBuf {
        self.folder.join(format!("masuk/{DAY}.csv"))
    }

    pub(crate) fn latest(&self) -> PathBuf {
        self.folder.join("hasil/terbaru")
    }

    /// Changes the export.
    pub(crate) fn edit(&self, change: impl FnOnce(&mut Table)) {
        let mut table = Table::read(&self.export());
        change(&mut table);
        table.write(&self.export());
    }

    /// Adds lines at the end of the settings, where `[output]` stands.
    pub(crate) fn set_output(&self, lines: &str) {
        let path = self.folder.join("saring.toml");
        let settings = std::fs::read_to_string(&path).unwrap();
        assert!(settings.contains("[output]\n"));
        std::fs::write(&path, settings.replace("[output]\n", &format!("[output]\n{lines}\n"))).unwrap();
    }
}

/// A path as an argument.
pub(crate) fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// Every file of a folder by name, with its bytes.
#[track_caller]
pub(crate) fn bytes_of(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = std::fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    let file = |entry: std::io::Result<std::fs::DirEntry>| {
        let path = entry.unwrap().path();
        (name_of(&path), std::fs::read(&path).unwrap())
    };
    entries.map(file).collect()
}

/// The names in a folder, sorted.
pub(crate) fn names_in(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(folder).unwrap().map(|e| name_of(&e.unwrap().path())).collect();
    names.sort();
    names
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}

/// Copies the files of a folder into a new one.
pub(crate) fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for (name, bytes) in bytes_of(from) {
        std::fs::write(to.join(name), bytes).unwrap();
    }
}

#[track_caller]
pub(crate) fn json_file(path: &Path) -> serde_json::Value {
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// The lines of a JSON Lines file.
#[track_caller]
pub(crate) fn json_lines(path: &Path) -> Vec<serde_json::Value> {
    std::fs::read_to_string(path).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

pub(crate) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
