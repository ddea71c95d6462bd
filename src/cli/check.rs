//! `saring check`: every problem of every rule file at once.

use std::path::PathBuf;

use chrono::NaiveDate;

use super::clock::{parse_date, today};
use super::output::Out;
use super::reading::ReadingArgs;
use super::shared::RuleArgs;
use super::{Exit, mapping};
use crate::Result;
use crate::columns::Catalog;
use crate::diag::{Files, Report, Severity};
use crate::office::{self, OfficeLists, Zone};
use crate::{lab, rules, source};

/// Check rule files: names, types, points, accountability, tests. Nothing is run. With `--profile`, check how exports
/// would be read instead.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    rules: RuleArgs,
    /// Check this profile, and how it reads the export files named.
    #[arg(long, value_name = "FILE")]
    profile: Option<PathBuf>,
    /// Check this office: its settings, profile, rules, and every list it has.
    #[arg(long, value_name = "DIR", conflicts_with_all = ["profile", "paths"])]
    office: Option<PathBuf>,
    /// Reference date for reading exports and lists (today without it).
    #[arg(long, value_parser = parse_date)]
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
    let office = match &args.office {
        None => None,
        Some(folder) => office::load(folder, &mut files, &mut report)?,
    };
    let (roots, catalog) = match &office {
        Some(office) => {
            let mut catalog = Catalog::builtin();
            if let Some(profile) = source::load_profile(&office.profile, &mut files, &mut report)? {
                profile.extend(&mut catalog);
            }
            (office.rules.clone(), catalog)
        }
        None if args.office.is_some() => (Vec::new(), Catalog::builtin()),
        None => args.rules.roots(&mut files, &mut report)?,
    };
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
    if let (Some(office), Some(set)) = (&office, &set) {
        let as_of = args.as_of.map_or_else(|| today(office.zone), Ok)?;
        say_lists(&office::load_lists(office.lists.as_ref(), set, as_of)?, out);
    }
    if !out.is_json() {
        let (rules, warnings) = (set.map_or(0, |s| s.rules.len()), report.count(Severity::Warning));
        out.print(&format!("{rules} rules in {} files, no errors, {warnings} warnings\n", files.iter().count()));
    }
    Ok(Exit::Done)
}

/// What an office's lists are worth, for people; a list that must not be relied on is an error before this.
fn say_lists(lists: &OfficeLists, out: &mut Out) {
    if out.is_json() {
        return;
    }
    for account in &lists.accounts {
        match &account.read {
            Some(read) => {
                let day = read.made_on.map_or_else(String::new, |day| format!(" of {day}"));
                out.print(&format!("list {}: {} entries{day}\n", account.name, read.rows));
            }
            None => out.print(&format!("list {}: not there\n", account.name)),
        }
        for (code, message) in account.remarks.iter().filter(|_| account.read.is_some()) {
            out.print(&format!("  {}: {message}\n", code.code()));
        }
        for problem in account.read.iter().flat_map(|read| &read.set_aside) {
            let field = if problem.field.is_empty() { String::new() } else { format!(", `{}`", problem.field) };
            out.print(&format!("  line {}{field}: {}\n", problem.line, problem.code));
        }
    }
}
