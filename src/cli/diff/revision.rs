//! One side of a comparison: a folder of rules, or the rules of a git revision.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::columns::Catalog;
use crate::diag::{Files, Report};
use crate::rules::{self, RuleSet};
use crate::{Error, Result};

/// Reads and checks the rules of a side. A path that exists is a folder or file; anything else is a revision, whose rules
/// stand at `path`.
pub(super) fn load(
    side: &str,
    path: &Path,
    catalog: &Catalog,
    files: &mut Files,
    report: &mut Report,
) -> Result<Option<RuleSet>> {
    if Path::new(side).exists() {
        return rules::load(&[PathBuf::from(side)], catalog, files, report);
    }
    let texts = of_revision(side, path)?;
    let texts: Vec<(&str, &str)> = texts.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    Ok(rules::check_texts(&texts, catalog, files, report))
}

/// The rule files of a revision, by path.
fn of_revision(revision: &str, path: &Path) -> Result<Vec<(String, String)>> {
    // What git would take for an option is no revision.
    let sound = !revision.is_empty() && !revision.starts_with('-') && !revision.contains([':', '\n', '\0']);
    let commit = format!("{revision}^{{commit}}");
    if !sound || git(&["rev-parse", "--verify", "--quiet", &commit])?.is_none() {
        return Err(Error::usage(format!("`{revision}` is neither a folder here nor a git revision"))
            .help("name a folder of rules, a branch, a tag or a commit"));
    }
    let path = path.to_string_lossy();
    let listed = git(&["ls-tree", "-r", "-z", "--name-only", &commit, "--", &path])?.unwrap_or_default();
    let mut texts = Vec::new();
    for name in listed.split('\0').filter(|name| name.ends_with(".toml")) {
        if let Some(text) = git(&["show", &format!("{revision}:./{name}")])? {
            let text = text.strip_prefix('\u{feff}').map_or(text.clone(), str::to_owned);
            texts.push((format!("{revision}:{name}"), text));
        }
    }
    if texts.is_empty() {
        return Err(Error::usage(format!("revision `{revision}` has no rules at `{path}`"))
            .help("`--rules PATH` says where rules stand in a revision"));
    }
    Ok(texts)
}

/// What git prints, or nothing where it fails.
fn git(args: &[&str]) -> Result<Option<String>> {
    let ran = Command::new("git").args(args).output().map_err(|_| {
        Error::usage("git cannot be run, so revisions cannot be read")
            .help("install git, or name two folders of rules instead")
    })?;
    Ok(ran.status.success().then(|| String::from_utf8_lossy(&ran.stdout).into_owned()))
}
