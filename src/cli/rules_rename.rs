//! `saring rules rename`: a new name everywhere it is read.

use std::path::PathBuf;

use serde_json::json;

use super::Exit;
use super::output::Out;
use super::shared::{outlines, replace, shown_paths};
use crate::authoring::{apply, rename, unified};
use crate::columns::Catalog;
use crate::{Error, Result};

/// Rename a rule, field, group, network, parameter, list or base application wherever rule files read it. Shows the change;
/// `--write` makes it.
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
        for (id, text) in &texts {
            replace(paths.get(id).ok_or_else(|| Error::internal("a file without a path"))?, text)?;
        }
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
