//! `saring check`: every problem of every rule file at once.

use std::path::PathBuf;

use chrono::NaiveDate;

use super::clock::{parse_date, today};
use super::output::Out;
use super::reading::ReadingArgs;
use super::shared::RuleArgs;
use super::{Exit, mapping};
use crate::Result;
use crate::diag::{Files, Report, Severity};
use crate::office::Zone;
use crate::{lab, rules};

/// Check rule files: names, types, points, accountability, tests. Nothing is run. With `--profile`, check how exports
/// would be read instead.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    rules: RuleArgs,
    /// Check this profile, and how it reads the export files named.
    #[arg(long, value_name = "FILE")]
    profile: Option<PathBuf>,
    /// Reference date for reading exports (today without it).
    #[arg(long, value_parser = parse_date, requires = "profile")]
    as_of: Option<NaiveDate>,
    #[command(flatten)]
    reading: ReadingArgs,
}

pub(super) fn run(args: &Args, out: &mut Out) -> Result<Exit> {
    if let Some(profile) = &args.profile {
        let as_of = match args.as_of {
            Some(date) => date,
            None => today(Zone::Wib)?,
        };
        return mapping::run(profile, &args.rules.paths, &args.reading.options(as_of), out);
    }
    let (mut files, mut report) = (Files::default(), Report::default());
    let (roots, catalog) = args.rules.roots(&mut files, &mut report)?;
    let set = rules::load(&roots, &catalog, &mut files, &mut report)?;
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
