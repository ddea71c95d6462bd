//! Rule files: from TOML to a checked rule set to a plan that can be run.
//!
//! What an analyst wrote ([`raw`]), what was checked ([`RuleSet`]) and what is run ([`Plan`]) are three types. Checking
//! reports every problem of every file at once; a rule set exists only when there is none that forbids a run. Nothing
//! here sees an application.

mod check;
mod plan;
pub mod raw;
mod set;
mod template;

use std::path::{Path, PathBuf};

pub use plan::{Plan, PlannedLine, PlannedOutcome, PlannedRule};
pub use set::{
    Audience, BaseApplication, Class, DeclaredSource, Field, Line, List, Outcome, Param, Rule, RuleId, RuleSet,
    Scoring, Status,
};
pub use template::{Piece, Shown, Template};

use crate::Result;
use crate::columns::Catalog;
use crate::diag::{FileId, Files, Report, read_text, toml_files};

/// Reads and checks the rule files below `roots`. Files that are profiles are left to [`crate::source`]. The rule set is
/// there only when the report has no errors.
pub fn load(roots: &[PathBuf], catalog: &Catalog, files: &mut Files, report: &mut Report) -> Result<Option<RuleSet>> {
    let mut ids = Vec::new();
    for root in roots {
        for path in toml_files(root)? {
            ids.push(files.add(shown(&path), read_text(&path)?));
        }
    }
    Ok(check::check(&ids, catalog, files, report))
}

/// Checks rule files that are in `files` already.
pub fn check_files(ids: &[FileId], catalog: &Catalog, files: &Files, report: &mut Report) -> Option<RuleSet> {
    check::check(ids, catalog, files, report)
}

/// Checks rule files already read, as tests do.
pub fn check_texts(
    texts: &[(&str, &str)],
    catalog: &Catalog,
    files: &mut Files,
    report: &mut Report,
) -> Option<RuleSet> {
    let ids: Vec<_> = texts.iter().map(|(path, text)| files.add(*path, *text)).collect();
    check::check(&ids, catalog, files, report)
}

/// A path as messages show it: without a leading `./`.
fn shown(path: &Path) -> String {
    let text = path.display().to_string();
    text.strip_prefix("./").map_or(text.clone(), str::to_owned)
}
