//! Rule files: from TOML to a checked rule set to a plan that can be run.
//!
//! What an analyst wrote ([`raw`]), what was checked ([`RuleSet`]) and what is run ([`Plan`]) are three types. Checking
//! reports every problem of every file at once; a rule set exists only when there is none that forbids a run. Nothing
//! here sees an application.

mod check;
mod layers;
mod lint;
mod lock;
mod meaning;
mod plan;
pub mod raw;
mod set;
mod template;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;

pub use layers::{Change, Exception, Layer, Level, Target};
pub use lint::lint;
pub use lock::{FILE_NAME as LOCK_NAME, Lock};
pub use meaning::{Meaning, OfPart, OfRule};
pub use plan::{Plan, PlannedLine, PlannedOutcome, PlannedRule};
pub use set::{
    Audience, BaseApplication, Class, DeclaredSource, Field, Line, List, Outcome, Param, Rule, RuleId, RuleSet,
    Scoring, SourcePlace, Status,
};
pub use template::{Piece, Shown, Template};

use crate::Result;
use crate::columns::Catalog;
use crate::diag::{FileId, Files, Report, read_text, toml_files};
use check::Tree;

/// How rules are loaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Loading {
    /// The day whose layers and exceptions hold; without it the rules stand as their authors wrote them.
    pub as_of: Option<NaiveDate>,
    /// Whether rules must mean what `rules.lock` keeps of them, where there is one.
    pub locked: bool,
}

/// Reads and checks the rule files below `roots`, as their authors wrote them. Files that are profiles are left to
/// [`crate::source`]. The rule set is there only when the report has no errors.
pub fn load(roots: &[PathBuf], catalog: &Catalog, files: &mut Files, report: &mut Report) -> Result<Option<RuleSet>> {
    load_with(roots, Loading::default(), catalog, files, report)
}

/// Reads and checks the rule files below `roots`, as they hold on a day.
pub fn load_with(
    roots: &[PathBuf],
    loading: Loading,
    catalog: &Catalog,
    files: &mut Files,
    report: &mut Report,
) -> Result<Option<RuleSet>> {
    let mut trees = Vec::new();
    for root in roots {
        let mut tree = Tree::default();
        for path in toml_files(root)? {
            tree.files.push(files.add(shown(&path), read_text(&path)?));
        }
        let lock = root.join(LOCK_NAME);
        if loading.locked && lock.is_file() {
            tree.lock = Some(files.add(shown(&lock), read_text(&lock)?));
        }
        trees.push(tree);
    }
    Ok(check::check(&trees, loading.as_of, catalog, files, report))
}

/// Checks rule files already read, as tests and editors do: as their authors wrote them.
pub fn check_texts(
    texts: &[(&str, &str)],
    catalog: &Catalog,
    files: &mut Files,
    report: &mut Report,
) -> Option<RuleSet> {
    check_texts_as_of(texts, None, catalog, files, report)
}

/// Checks rule files already read, as they hold on a day. A text called `rules.lock` is compared with what they mean.
pub fn check_texts_as_of(
    texts: &[(&str, &str)],
    as_of: Option<NaiveDate>,
    catalog: &Catalog,
    files: &mut Files,
    report: &mut Report,
) -> Option<RuleSet> {
    let ids: Vec<(bool, FileId)> =
        texts.iter().map(|(path, text)| (path.ends_with(LOCK_NAME), files.add(*path, *text))).collect();
    let (locks, ids): (Vec<_>, Vec<_>) = ids.into_iter().partition(|(is_lock, _)| *is_lock);
    let tree = Tree { files: ids.into_iter().map(|(_, id)| id).collect(), lock: locks.first().map(|(_, id)| *id) };
    check::check(&[tree], as_of, catalog, files, report)
}

/// Checks rule files that are in `files` already, as their authors wrote them.
pub fn check_files(ids: Vec<FileId>, catalog: &Catalog, files: &Files, report: &mut Report) -> Option<RuleSet> {
    check::check(&[Tree { files: ids, lock: None }], None, catalog, files, report)
}

/// The text of the lock for the rules below one of the roots they were loaded from, in place of an earlier one. A meaning
/// that changed under the same version goes to the report, and there is no text.
pub fn lock_text(set: &RuleSet, root: &Path, files: &mut Files, report: &mut Report) -> Result<Option<String>> {
    let path = root.join(LOCK_NAME);
    let (mut seen, mut earlier) = (Report::default(), None);
    let below = files_below(root, files);
    if path.is_file() {
        let id = files.add(shown(&path), read_text(&path)?);
        let tree = Tree { files: below.iter().copied().collect(), lock: Some(id) };
        check::verify(&tree, set, files, &mut seen);
        earlier = lock::read(id, files, &mut Report::default());
    }
    // What the lock does not know yet is what it is written for.
    report.append_except(seen, crate::diag::Code::LockBehind);
    if report.has_errors() {
        return Ok(None);
    }
    Ok(Some(lock::text(&set.meaning, &ids_below(set, &below), earlier.as_ref())))
}

/// The text of the lock below a root after names alone have changed: what the rules mean now, at the versions they have. There
/// is none where no lock stands.
pub fn lock_renamed(set: &RuleSet, root: &Path, files: &mut Files) -> Result<Option<String>> {
    let path = root.join(LOCK_NAME);
    if !path.is_file() {
        return Ok(None);
    }
    let below = files_below(root, files);
    let id = files.add(shown(&path), read_text(&path)?);
    let earlier = lock::read(id, files, &mut Report::default());
    Ok(Some(lock::text(&set.meaning, &ids_below(set, &below), earlier.as_ref())))
}

fn files_below(root: &Path, files: &Files) -> BTreeSet<FileId> {
    files.iter().filter(|(_, file)| Path::new(&file.path).starts_with(shown(root))).map(|(id, _)| id).collect()
}

fn ids_below(set: &RuleSet, below: &BTreeSet<FileId>) -> BTreeSet<String> {
    set.rules.iter().filter(|rule| below.contains(&rule.span.file)).map(|rule| rule.id.to_string()).collect()
}

/// A path as messages show it: without a leading `./`.
fn shown(path: &Path) -> String {
    let text = path.display().to_string();
    text.strip_prefix("./").map_or(text.clone(), str::to_owned)
}
