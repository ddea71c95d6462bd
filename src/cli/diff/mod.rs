//! `saring diff`: what a change of the rules does to the list.

mod page;
mod revision;

use std::path::PathBuf;

use chrono::NaiveDate;

use super::clock::{parse_date, today};
use super::output::Out;
use super::{Exit, Format, sample};
use crate::columns::Catalog;
use crate::diag::{Files, Report};
use crate::lab::{Diff, Gate};
use crate::rules::RuleSet;
use crate::{Result, lab};

/// Run two versions of the rules on the same applications: who enters the list, who leaves, who moves, and why. Nothing is
/// written.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The rules before: a folder, or a git revision.
    old: String,
    /// The rules after: a folder, or a git revision.
    new: String,
    /// The office whose exports and history are judged.
    #[arg(long, value_name = "DIR")]
    on: PathBuf,
    /// Where the rules stand in a revision.
    #[arg(long, value_name = "PATH", default_value = "rules")]
    rules: PathBuf,
    /// Reference date (today in the office's time zone without it).
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    as_of: Option<NaiveDate>,
    /// Length of the list, instead of the office's number.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    capacity: Option<u32>,
    /// Fail where this holds: `entered > 5 or left.mandatory > 0`. `--format json` lists all counters.
    #[arg(long, value_name = "CONDITION")]
    fail_on: Option<String>,
}

pub(super) fn run(args: &Args, out: &mut Out) -> Result<Exit> {
    let gate = match args.fail_on.as_deref().map(Gate::read).transpose() {
        Ok(gate) => gate,
        Err((report, files)) => {
            out.report(&report, &files);
            return Ok(Exit::Usage);
        }
    };
    let Some(office) = sample::open(&args.on, out)? else { return Ok(Exit::Usage) };
    let Some(old) = side(&args.old, args, &office.catalog, out)? else { return Ok(Exit::Usage) };
    let Some(new) = side(&args.new, args, &office.catalog, out)? else { return Ok(Exit::Usage) };
    let as_of = match args.as_of {
        Some(date) => date,
        None => today(office.office.zone)?,
    };
    let sample = office.read(as_of, &[&old, &new])?;
    let capacity = |set: &RuleSet| {
        let chosen = args.capacity.map(|n| n as usize).or(office.office.capacity);
        chosen.unwrap_or(set.scoring.capacity)
    };
    let frequencies = office.frequencies(as_of)?;
    let terms = |set| office.terms(set, as_of, capacity(set), &frequencies);
    let diff = lab::Diff::of(&sample, &terms(&old)?, &terms(&new)?)?;
    let failed = match &gate {
        Some(gate) => gate.holds(&diff)?,
        None => false,
    };
    show(args, &diff, as_of, gate.as_ref().map(|gate| (gate.text(), failed)), out);
    Ok(if failed { Exit::Findings } else { Exit::Done })
}

fn side(name: &str, args: &Args, catalog: &Catalog, out: &mut Out) -> Result<Option<RuleSet>> {
    let (mut files, mut report) = (Files::default(), Report::default());
    let set = revision::load(name, &args.rules, catalog, &mut files, &mut report)?;
    let set = set.filter(|_| !report.has_errors());
    if set.is_none() {
        out.report(&report, &files);
    }
    Ok(set)
}

fn show(args: &Args, diff: &Diff, as_of: NaiveDate, gate: Option<(&str, bool)>, out: &mut Out) {
    let title = format!("rules {}..{} as of {as_of}", args.old, args.new);
    let sheet = page::sheet(title, diff, gate);
    match out.format() {
        Format::Json => out.json(&page::json(args, diff, as_of, gate)),
        Format::Markdown => out.print(&sheet.markdown()),
        Format::Html => out.print(&sheet.html()),
        _ => out.print(&sheet.text()),
    }
}
