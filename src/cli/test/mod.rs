//! `saring test`: the rules' own cases.

mod baseline;
mod coverage;
mod gate;
mod human;
mod machine;
mod mutation;
mod propose;

use std::path::PathBuf;

use super::output::Out;
use super::shared::{RuleArgs, load_all};
use super::{Exit, Format};
use crate::diag::{Files, Report, suggestion};
use crate::lab::{self, Case, CaseResult, Outcome};
use crate::rules::RuleSet;
use crate::{Error, Result};

/// Run the cases that stand beside the rules, in `[[rule.test]]`, and in files of their own, in `[[test]]`.
#[derive(Debug, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
pub(super) struct Args {
    #[command(flatten)]
    rules: RuleArgs,
    /// Only cases whose rule id or name has this text.
    #[arg(long, short = 'k', value_name = "TEXT")]
    filter: Option<String>,
    /// Also show the N cases that took longest.
    #[arg(long, value_name = "N")]
    slowest: Option<usize>,
    /// Show what the cases exercise of the rules: both branches of every line, both sides of every threshold and window.
    #[arg(long, conflicts_with = "mutate")]
    coverage: bool,
    /// Try small changes of the rules and list those that no case notices. `-k` chooses rules, groups, parameters.
    #[arg(long)]
    mutate: bool,
    /// Print the missing cases of RULE, or of all, on both sides of every threshold and window, with what the engine makes of
    /// them.
    #[arg(long, value_name = "RULE", num_args = 0..=1, conflicts_with_all = ["mutate", "coverage", "filter"])]
    #[expect(clippy::option_option, reason = "the flag with and without a rule")]
    propose: Option<Option<String>>,
    /// Put the missing cases into the rule files.
    #[arg(long, requires = "propose")]
    write: bool,
    /// Compare the list on a frozen sample with the one kept in DIR, which has a `baseline.toml`.
    #[arg(long, value_name = "DIR", conflicts_with_all = ["mutate", "coverage", "propose", "filter"])]
    baseline: Option<PathBuf>,
    /// Keep what comes out now.
    #[arg(long, requires = "baseline")]
    accept: bool,
    /// Least per cent: `90`, or by kind as in `rules=100,branches=95,boundaries=90`.
    #[arg(long, value_name = "PERCENT", value_parser = gate::parse)]
    fail_under: Option<gate::Gate>,
}

pub(super) fn run(args: &Args, out: &mut Out) -> Result<Exit> {
    if args.fail_under.is_some() && !args.coverage && !args.mutate {
        return Err(Error::usage("`--fail-under` goes with `--coverage` or `--mutate`"));
    }
    let other = args.coverage || args.mutate || args.baseline.is_some();
    if other && !matches!(out.format(), Format::Human | Format::Json) {
        return Err(Error::usage("coverage, mutants and baselines are shown as `human` or `json`"));
    }
    if let Some(folder) = &args.baseline {
        return baseline::run(folder, args, out);
    }
    let Some(loaded) = load_all(&args.rules, out)? else { return Ok(Exit::Usage) };
    let (set, files) = (&loaded.set, &loaded.files);
    if args.mutate {
        let Some(cases) = all_cases(set, files, out)? else { return Ok(Exit::Usage) };
        return mutation::run(args, &cases, &loaded, out);
    }
    if let Some(rule) = &args.propose {
        let Some(cases) = all_cases(set, files, out)? else { return Ok(Exit::Usage) };
        return propose::run(args, rule.as_deref(), &cases, &loaded, out);
    }
    let Some(cases) = cases(args, set, files, out)? else { return Ok(Exit::Usage) };
    let results = lab::run(&cases, set)?;
    let failed = results.iter().any(|r| matches!(r.outcome, Outcome::Failed(_)));
    let run = Run { cases: &cases, results: &results, set, files, slowest: args.slowest };
    if args.coverage && !failed {
        return coverage::run(args, &cases, &loaded, out);
    }
    match out.format() {
        Format::Json => out.json(&machine::json(&run)),
        Format::Junit => out.print(&machine::junit(&run)),
        Format::Github => out.print(&machine::github(&run)),
        _ => out.print(&human::text(&run)),
    }
    Ok(if failed { Exit::Findings } else { Exit::Done })
}

/// Every case; on faults prints them and returns nothing.
fn all_cases(set: &RuleSet, files: &Files, out: &mut Out) -> Result<Option<Vec<Case>>> {
    let mut report = Report::default();
    let cases = lab::prepare(set, &mut report);
    if report.has_errors() {
        out.report(&report, files);
        return Ok(None);
    }
    if cases.is_empty() {
        return Err(Error::usage("no test found").help("a rule's tests stand below it as `[[rule.test]]`"));
    }
    Ok(Some(cases))
}

/// The cases that were asked for; on faults prints them and returns nothing.
fn cases(args: &Args, set: &RuleSet, files: &Files, out: &mut Out) -> Result<Option<Vec<Case>>> {
    let Some(mut cases) = all_cases(set, files, out)? else { return Ok(None) };
    if let Some(filter) = &args.filter {
        let all = cases.len();
        cases.retain(|case| case.title(set).to_lowercase().contains(&filter.to_lowercase()));
        if cases.is_empty() {
            return Err(nothing_matches(filter, all, set));
        }
    }
    Ok(Some(cases))
}

/// Why a filter matched no case, as far as that can be told.
fn nothing_matches(filter: &str, all: usize, set: &RuleSet) -> Error {
    let error = Error::usage(format!("none of {all} tests has `{filter}` in its rule id or name"));
    let rule = set.rule(&filter.to_uppercase());
    let help = match rule {
        Some(rule) => format!("rule {} has no test, or is switched off", rule.id),
        None => suggestion(filter, set.rules.iter().map(|rule| rule.id.as_str()))
            .unwrap_or_else(|| "upper and lower case do not matter; without `-k` all of them run".to_owned()),
    };
    error.help(help)
}

/// Cases with what came out of them.
struct Run<'a> {
    cases: &'a [Case],
    results: &'a [CaseResult],
    set: &'a RuleSet,
    files: &'a Files,
    slowest: Option<usize>,
}

impl<'a> Run<'a> {
    fn each(&self) -> impl Iterator<Item = (&'a Case, &'a CaseResult)> {
        self.cases.iter().zip(self.results)
    }

    /// File and line of a case.
    fn place(&self, case: &Case) -> (&'a str, usize) {
        (self.files.get(case.span.file).path.as_str(), self.files.line_column(case.span).0)
    }

    /// How many passed, failed and are left open.
    fn counts(&self) -> (usize, usize, usize) {
        let count = |test: &dyn Fn(&Outcome) -> bool| self.results.iter().filter(|r| test(&r.outcome)).count();
        let failed = count(&|o| matches!(o, Outcome::Failed(_)));
        let todo = count(&|o| matches!(o, Outcome::StillTodo | Outcome::TodoPasses));
        (self.results.len() - failed - todo, failed, todo)
    }

    /// The cases that took longest, the longest first.
    fn slow(&self) -> Vec<(&'a Case, &'a CaseResult)> {
        let mut all: Vec<_> = self.each().collect();
        all.sort_by_key(|(_, result)| std::cmp::Reverse(result.took));
        all.truncate(self.slowest.unwrap_or(0));
        all
    }
}
