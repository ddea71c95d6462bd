//! `saring check`: every problem of every rule file at once.

use std::path::PathBuf;

use chrono::NaiveDate;

use super::clock::{parse_date, today};
use super::output::Out;
use super::reading::ReadingArgs;
use super::shared::RuleArgs;
use super::{Exit, Format, mapping};
use crate::columns::Catalog;
use crate::diag::{Code, Deny, Files, Report, Severity};
use crate::history::Store;
use crate::office::{self, OfficeLists, Zone};
use crate::rules::Loading;
use crate::{Error, Result, lab, rules, source};

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
    /// Reference date: what has ended by then, and how exports and lists are read (today without it).
    #[arg(long, value_parser = parse_date)]
    as_of: Option<NaiveDate>,
    /// What does not pass: `warnings`, `notes`, or a code such as `R315`. Several, with commas or given again.
    #[arg(long, value_name = "WHAT", value_delimiter = ',', value_parser = parse_deny)]
    deny: Vec<Denied>,
    #[command(flatten)]
    reading: ReadingArgs,
}

/// What a check does not let pass.
#[derive(Debug, Clone, Copy)]
enum Denied {
    From(Severity),
    One(Code),
}

fn parse_deny(text: &str) -> std::result::Result<Denied, String> {
    match text {
        "warnings" => Ok(Denied::From(Severity::Warning)),
        "notes" => Ok(Denied::From(Severity::Advice)),
        code => Code::of_name(code).map(Denied::One).ok_or_else(|| "`warnings`, `notes` or a code".to_owned()),
    }
}

impl Args {
    fn denied(&self) -> Deny {
        let mut deny = Deny::default();
        for denied in &self.deny {
            match denied {
                Denied::From(severity) => deny.from = deny.from.max(Some(*severity)),
                Denied::One(code) => deny.codes.push(*code),
            }
        }
        deny
    }
}

pub(super) fn run(args: &Args, out: &mut Out) -> Result<Exit> {
    let as_of = match args.as_of {
        Some(date) => date,
        None => today(Zone::Wib)?,
    };
    if let Some(profile) = &args.profile {
        if !matches!(out.format(), Format::Human | Format::Json) {
            return Err(Error::usage("a mapping is shown as `human` or `json`"));
        }
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
    let loading = Loading { as_of: Some(as_of), locked: true };
    let set = rules::load_with(&roots, loading, &catalog, &mut files, &mut report)?;
    if let Some(set) = &set {
        lab::prepare(set, &mut report);
        rules::lint(set, as_of, &mut report);
    }
    report.settle(&args.denied());
    let for_people = out.format() == Format::Human;
    if !for_people || !report.is_empty() {
        out.report(&report, &files);
    }
    if report.has_errors() {
        return Ok(Exit::Usage);
    }
    if let (Some(office), Some(set), true) = (&office, &set, for_people) {
        let history = office.history.as_deref().map(Store::open).transpose()?;
        let frequencies = office::Frequencies::of(history.as_ref(), as_of)?;
        say_lists(&office::load_lists(office.lists.as_ref(), set, as_of, &frequencies)?, out);
    }
    if for_people {
        let (rules, warnings) = (set.map_or(0, |s| s.rules.len()), report.count(Severity::Warning));
        let count = files.iter().filter(|(_, file)| file.path.ends_with(".toml")).count();
        out.print(&format!("{rules} rules in {count} files, no errors, {warnings} warnings\n"));
    }
    Ok(Exit::Done)
}

/// What an office's lists are worth, for people; a list that must not be relied on is an error before this.
fn say_lists(lists: &OfficeLists, out: &mut Out) {
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
