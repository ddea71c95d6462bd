//! `saring rules`: what the rule set has.

use chrono::NaiveDate;

use super::clock::{parse_date, today};
use super::output::Out;
use super::shared::{Loaded, RuleArgs, load_all_with};
use super::{Exit, locking, rule_text, rules_docs, rules_new, rules_rename, rules_schema};
use crate::diag::suggestion;
use crate::office::Zone;
use crate::rules::{Loading, Rule};
use crate::{Error, Result};

/// List rules, show one in full, lock what they mean, add or rename one, write the handbook.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, clap::Subcommand)]
enum Verb {
    /// One line a rule.
    List(Dated),
    /// One rule as it holds, with where each part comes from: file, line, layer.
    Show {
        /// Its id.
        id: String,
        #[command(flatten)]
        dated: Dated,
    },
    /// Write `rules.lock`: what each rule means at its version. `saring check` compares; a changed meaning needs a new version.
    Lock(RuleArgs),
    New(rules_new::Args),
    Rename(rules_rename::Args),
    Docs(rules_docs::Args),
    Schema(rules_schema::Args),
}

/// Rules on a day.
#[derive(Debug, Clone, clap::Args)]
struct Dated {
    #[command(flatten)]
    rules: RuleArgs,
    /// The day whose layers hold (today without it).
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    as_of: Option<NaiveDate>,
}

pub(super) fn run(args: &Args, out: &mut Out) -> Result<Exit> {
    match &args.verb {
        Verb::List(dated) => list_or_show(dated, None, out),
        Verb::Show { id, dated } => list_or_show(dated, Some(id), out),
        Verb::Lock(rules) => locking::run(rules, out),
        Verb::New(args) => rules_new::run(args, out),
        Verb::Rename(args) => rules_rename::run(args, out),
        Verb::Docs(args) => rules_docs::run(args, out),
        Verb::Schema(args) => rules_schema::run(args, out),
    }
}

fn list_or_show(dated: &Dated, id: Option<&str>, out: &mut Out) -> Result<Exit> {
    let as_of = match dated.as_of {
        Some(date) => date,
        None => today(Zone::Wib)?,
    };
    let loading = Loading { as_of: Some(as_of), locked: false };
    let Some(Loaded { set, files, .. }) = load_all_with(&dated.rules, loading, out)? else { return Ok(Exit::Usage) };
    let Some(id) = id else {
        out.print(&set.rules.iter().map(one_line).collect::<String>());
        return Ok(Exit::Done);
    };
    let Some(rule) = set.rule(id) else {
        let error = Error::usage(format!("no rule `{id}`"));
        let known = set.rules.iter().map(|r| r.id.as_str());
        return Err(match suggestion(id, known) {
            Some(help) => error.help(help),
            None => error,
        });
    };
    rule_text::show(rule, &set, &files, out);
    Ok(Exit::Done)
}

fn one_line(rule: &Rule) -> String {
    let most = rule.outcomes.iter().map(|o| o.points).max_by_key(|p| p.abs()).unwrap_or(0);
    let (class, status) = (rule.class.letter(), rule.status.name());
    let must = if rule.mandatory { "  wajib" } else { "" };
    format!("{:4} {class} {most:>4}  {status:6}  {}{must}\n", rule.id.as_str(), rule.title)
}
