//! What several verbs do first: find the office, read its rules.

use std::path::{Path, PathBuf};

use super::output::Out;
use crate::columns::Catalog;
use crate::diag::{Files, Report};
use crate::rules::{self, Loading, RuleSet};
use crate::{Error, Result, office, source};

/// Which rules a verb works on.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct RuleArgs {
    /// Rule files or folders. Without any: those of `saring.toml` here, else the folder `rules`.
    pub(super) paths: Vec<PathBuf>,
}

impl RuleArgs {
    /// The files and folders meant, and the columns their rules may name. The folder of an office brings the columns of
    /// its profile.
    pub(super) fn roots(&self, files: &mut Files, report: &mut Report) -> Result<(Vec<PathBuf>, Catalog)> {
        let mut catalog = Catalog::builtin();
        if !self.paths.is_empty() {
            return Ok((self.paths.clone(), catalog));
        }
        let here = Path::new("");
        if here.join(office::FILE_NAME).is_file() {
            let Some(office) = office::load(here, files, report)? else { return Ok((Vec::new(), catalog)) };
            report.set_levels(office.levels);
            if let Some(profile) = source::load_profile(&office.profile, files, report)? {
                profile.extend(&mut catalog);
            }
            return Ok((office.rules, catalog));
        }
        let usual = PathBuf::from("rules");
        if usual.is_dir() {
            return Ok((vec![usual], catalog));
        }
        Err(Error::usage("no rules here").help("name a rule file or folder, or run where `saring.toml` or `rules/` is"))
    }
}

/// Rules ready to be worked on.
pub(super) struct Loaded {
    pub(super) set: RuleSet,
    /// The rule files alone.
    pub(super) files: Files,
    /// The columns they were checked with.
    pub(super) catalog: Catalog,
}

/// Reads and checks rules, as their authors wrote them; on faults prints them and returns nothing.
pub(super) fn load_all(args: &RuleArgs, out: &mut Out) -> Result<Option<Loaded>> {
    load_all_with(args, Loading::default(), out)
}

/// Reads and checks rules; on faults prints them and returns nothing.
pub(super) fn load_all_with(args: &RuleArgs, loading: Loading, out: &mut Out) -> Result<Option<Loaded>> {
    let (mut files, mut report) = (Files::default(), Report::default());
    let (roots, catalog) = args.roots(&mut files, &mut report)?;
    if report.has_errors() {
        out.report(&report, &files);
        return Ok(None);
    }
    let (mut files, mut report) = (Files::default(), report.emptied());
    let set = rules::load_with(&roots, loading, &catalog, &mut files, &mut report)?;
    match set {
        Some(set) if !report.has_errors() => Ok(Some(Loaded { set, files, catalog })),
        _ => {
            out.report(&report, &files);
            Ok(None)
        }
    }
}
