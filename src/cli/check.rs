//! `saring check`: every problem of every rule file at once.

use super::Exit;
use super::output::Out;
use super::shared::RuleArgs;
use crate::Result;
use crate::columns::Catalog;
use crate::diag::{Files, Report, Severity};
use crate::{lab, rules};

/// Check rule files: names, types, points, accountability, tests. Nothing is run.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    rules: RuleArgs,
}

pub(super) fn run(args: &Args, out: &mut Out) -> Result<Exit> {
    let (mut files, mut report) = (Files::default(), Report::default());
    let roots = args.rules.roots(&mut files, &mut report)?;
    let set = rules::load(&roots, &Catalog::builtin(), &mut files, &mut report)?;
    if let Some(set) = &set {
        lab::prepare(set, &mut report);
    }
    if out.is_json() || !report.is_empty() {
        out.report(&report, &files);
    }
    if report.has_errors() {
        return Ok(Exit::Usage);
    }
    if !out.is_json() {
        let (rules, warnings) = (set.map_or(0, |s| s.rules.len()), report.count(Severity::Warning));
        out.print(&format!("{rules} rules in {} files, no errors, {warnings} warnings\n", files.iter().count()));
    }
    Ok(Exit::Done)
}
