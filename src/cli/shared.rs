//! What several verbs do first: find the office, read its rules.

use std::path::{Path, PathBuf};

use super::output::Out;
use crate::columns::Catalog;
use crate::diag::{Files, Report};
use crate::rules::{self, RuleSet};
use crate::{Error, Result, office};

/// Which rules a verb works on.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct RuleArgs {
    /// Rule files or folders. Without any: those of `saring.toml` here, else the folder `rules`.
    pub(super) paths: Vec<PathBuf>,
}

impl RuleArgs {
    /// The files and folders meant.
    pub(super) fn roots(&self, files: &mut Files, report: &mut Report) -> Result<Vec<PathBuf>> {
        if !self.paths.is_empty() {
            return Ok(self.paths.clone());
        }
        let here = Path::new("");
        if here.join(office::FILE_NAME).is_file() {
            return Ok(office::load(here, files, report)?.map(|o| o.rules).unwrap_or_default());
        }
        let usual = PathBuf::from("rules");
        if usual.is_dir() {
            return Ok(vec![usual]);
        }
        Err(Error::usage("no rules here").help("name a rule file or folder, or run where `saring.toml` or `rules/` is"))
    }
}

/// Reads and checks rules; on faults prints them and returns nothing.
pub(super) fn load_rules(args: &RuleArgs, out: &mut Out) -> Result<Option<(RuleSet, Files)>> {
    let (mut files, mut report) = (Files::default(), Report::default());
    let roots = args.roots(&mut files, &mut report)?;
    let set = rules::load(&roots, &Catalog::builtin(), &mut files, &mut report)?;
    match set {
        Some(set) if !report.has_errors() => Ok(Some((set, files))),
        _ => {
            out.report(&report, &files);
            Ok(None)
        }
    }
}
