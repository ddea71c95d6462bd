//! `saring fmt`: rule, profile and office files in house form.

use std::path::{Path, PathBuf};

use serde_json::json;

use super::Exit;
use super::output::Out;
use super::shared::{replace, shown_paths};
use crate::diag::{Files, Report, read_text, toml_files};
use crate::{Result, authoring, office};

/// Lay out rule, profile and office files in one form: keys in order, `=` aligned, one condition a line. Comments and
/// empty lines stay, and so does the meaning.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Files or folders. Without any: `saring.toml` and the rules of this folder.
    paths: Vec<PathBuf>,
    /// Show what would change and end with 1; write nothing.
    #[arg(long)]
    check: bool,
}

pub(super) fn run(args: &Args, out: &mut Out) -> Result<Exit> {
    let (mut files, mut report) = (Files::default(), Report::default());
    let mut found = Vec::new();
    for root in shown_paths(&args.paths, &[office::FILE_NAME, "rules"])? {
        for path in toml_files(&root)? {
            let id = files.add(path.display().to_string(), read_text(&path)?);
            found.push((path, id));
        }
    }
    let mut changes: Vec<(&Path, String, String)> = Vec::new();
    for (path, id) in &found {
        if let Some(text) = authoring::format(*id, &files, &mut report)
            && *text != *files.get(*id).text
        {
            changes.push((path, authoring::unified(&files.get(*id).path, &files.get(*id).text, &text), text));
        }
    }
    // A file that is no TOML stops the others too: half a pack in house form helps nobody to see what changed.
    if report.has_errors() {
        out.report(&report, &files);
        return Ok(Exit::Usage);
    }
    if !args.check {
        for (path, _, text) in &changes {
            replace(path, text)?;
        }
    }
    if out.is_json() {
        let names: Vec<_> = changes.iter().map(|(path, ..)| path.display().to_string()).collect();
        out.json(&json!({ "schema_version": 1, "files": found.len(), "changed": names, "written": !args.check }));
    } else {
        if args.check {
            out.print(&changes.iter().map(|(_, diff, _)| diff.as_str()).collect::<String>());
        }
        let what = if args.check { "to change" } else { "changed" };
        out.message(&format!("{} files, {} {what}\n", found.len(), changes.len()));
    }
    Ok(if args.check && !changes.is_empty() { Exit::Findings } else { Exit::Done })
}
