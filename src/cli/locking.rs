//! `saring rules lock`: writes what each rule means at its version.

use super::Exit;
use super::output::Out;
use super::shared::{RuleArgs, put};
use crate::diag::{Files, Report};
use crate::rules::{self, LOCK_NAME};
use crate::{Error, Result};

/// Writes the lock of every folder of rules. Nothing is written where a meaning changed under the same version.
pub(super) fn run(args: &RuleArgs, out: &mut Out) -> Result<Exit> {
    let (mut files, mut report) = (Files::default(), Report::default());
    let (roots, catalog) = args.roots(&mut files, &mut report)?;
    let set = rules::load(&roots, &catalog, &mut files, &mut report)?;
    let Some(set) = set.filter(|_| !report.has_errors()) else {
        out.report(&report, &files);
        return Ok(Exit::Usage);
    };
    let folders: Vec<_> = roots.iter().filter(|root| root.is_dir()).collect();
    if folders.is_empty() {
        return Err(Error::usage("a lock stands in a folder of rules").help("name the folder, not its files"));
    }
    let mut texts = Vec::new();
    for folder in folders {
        if let Some(text) = rules::lock_text(&set, folder, &mut files, &mut report)? {
            texts.push((folder.join(LOCK_NAME), text));
        }
    }
    if report.has_errors() {
        out.report(&report, &files);
        return Ok(Exit::Usage);
    }
    for (path, text) in texts {
        let same = std::fs::read_to_string(&path).is_ok_and(|before| before == text);
        if !same {
            put(&path, &text)?;
        }
        let state = if same { "is up to date" } else { "written" };
        if !out.is_json() {
            out.print(&format!("{} {state}\n", path.display()));
        }
    }
    if out.is_json() {
        out.json(
            &serde_json::json!({ "schema_version": 1, "rules": set.rules.len(), "hash": set.meaning.hash_of_all() }),
        );
    }
    Ok(Exit::Done)
}
