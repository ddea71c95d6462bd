//! `saring rules rename`: a new name everywhere it is read.

use std::path::PathBuf;

use serde_json::json;

use super::Exit;
use super::output::Out;
use super::shared::{RuleArgs, outlines, replace, shown_paths};
use crate::authoring::{apply, rename, unified};
use crate::columns::Catalog;
use crate::diag::{Files, Report};
use crate::rules::{self, LOCK_NAME, Loading, RuleSet};
use crate::{Error, Result};

/// Rename a rule, field, group, network, parameter, list or base application wherever rule files read it. Shows the change;
/// `--write` makes it, in `rules.lock` too: a name is no part of what a rule means.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The name now. A parameter may be written `:name`, a mapping `mapping.name`.
    old: String,
    /// The name to be.
    new: String,
    /// The pack of a parameter that several packs have.
    #[arg(long, value_name = "NAME")]
    pack: Option<String>,
    /// Rule files or folders (`rules` without any).
    #[arg(long = "rules", value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Write the files.
    #[arg(long)]
    write: bool,
}

pub(super) fn run(args: &Args, out: &mut Out) -> Result<Exit> {
    let (outlines, files, paths) = outlines(&shown_paths(&args.paths, &["rules"])?)?;
    let renaming = rename(&outlines, &files, &Catalog::builtin(), (&args.old, &args.new), args.pack.as_deref())?;
    let texts = apply(&renaming.edits, &files);
    if args.write {
        let locks = held_locks(&args.paths)?;
        for (id, text) in &texts {
            replace(paths.get(id).ok_or_else(|| Error::internal("a file without a path"))?, text)?;
        }
        follow(&locks, &args.paths, out)?;
    }
    if out.is_json() {
        let names: Vec<&str> = texts.keys().map(|id| files.get(*id).path.as_str()).collect();
        out.json(&json!({
            "schema_version": 1, "kind": renaming.kind.word(), "places": renaming.edits.len(), "files": names, "written": args.write,
        }));
        return Ok(Exit::Done);
    }
    if !args.write {
        out.print(
            &texts
                .iter()
                .map(|(id, text)| unified(&files.get(*id).path, &files.get(*id).text, text))
                .collect::<String>(),
        );
    }
    let done = if args.write { "" } else { "; `--write` makes the change" };
    let (kind, places) = (renaming.kind.word(), renaming.edits.len());
    out.message(&format!("{kind} `{}`: {places} places in {} files{done}\n", args.old, texts.len()));
    Ok(Exit::Done)
}

/// The folders whose lock says what their rules mean.
fn held_locks(paths: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let (roots, set, _) = load(paths, true)?;
    let locked = roots.into_iter().filter(|root| set.is_some() && root.join(LOCK_NAME).is_file());
    Ok(locked.collect())
}

/// Writes the locks that held before as they are under the new name. One that did not hold says so at the next check.
fn follow(locks: &[PathBuf], paths: &[PathBuf], out: &mut Out) -> Result<()> {
    let (_, set, mut files) = load(paths, false)?;
    for root in locks {
        let text = set.as_ref().map(|set| rules::lock_renamed(set, root, &mut files)).transpose()?.flatten();
        if let Some(text) = text {
            replace(&root.join(LOCK_NAME), &text)?;
            out.message(&format!("{} follows\n", root.join(LOCK_NAME).display()));
        }
    }
    Ok(())
}

/// The folders and what their rules are; nothing where they have faults.
fn load(paths: &[PathBuf], locked: bool) -> Result<(Vec<PathBuf>, Option<RuleSet>, Files)> {
    let (mut files, mut report) = (Files::default(), Report::default());
    let (roots, catalog) = RuleArgs { paths: paths.to_vec() }.roots(&mut files, &mut report)?;
    let (mut files, mut report) = (Files::default(), report.emptied());
    let set = rules::load_with(&roots, Loading { locked, ..Loading::default() }, &catalog, &mut files, &mut report)?;
    Ok((roots, set.filter(|_| !report.has_errors()), files))
}
