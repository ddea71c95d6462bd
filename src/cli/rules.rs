//! `saring rules`: what the rule set has.

use super::output::Out;
use super::shared::{RuleArgs, load_rules};
use super::{Exit, rules_docs, rules_new, rules_rename, rules_schema};
use crate::diag::suggestion;
use crate::rules::{Line, Rule};
use crate::{Error, Result};

/// List rules, show one in full, add or rename one, write the handbook.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, clap::Subcommand)]
enum Verb {
    /// One line a rule.
    List(RuleArgs),
    /// One rule in full.
    Show {
        /// Its id.
        id: String,
        #[command(flatten)]
        rules: RuleArgs,
    },
    New(rules_new::Args),
    Rename(rules_rename::Args),
    Docs(rules_docs::Args),
    Schema(rules_schema::Args),
}

pub(super) fn run(args: &Args, out: &mut Out) -> Result<Exit> {
    match &args.verb {
        Verb::New(args) => return rules_new::run(args, out),
        Verb::Rename(args) => return rules_rename::run(args, out),
        Verb::Docs(args) => return rules_docs::run(args, out),
        Verb::Schema(args) => return rules_schema::run(args, out),
        Verb::List(rules) => {
            let Some((set, _)) = load_rules(rules, out)? else { return Ok(Exit::Usage) };
            out.print(&set.rules.iter().map(one_line).collect::<String>());
        }
        Verb::Show { id, rules } => {
            let Some((set, _)) = load_rules(rules, out)? else { return Ok(Exit::Usage) };
            let Some(rule) = set.rule(id) else {
                let error = Error::usage(format!("no rule `{id}`"));
                let known = set.rules.iter().map(|r| r.id.as_str());
                return Err(match suggestion(id, known) {
                    Some(help) => error.help(help),
                    None => error,
                });
            };
            out.print(&in_full(rule));
        }
    }
    Ok(Exit::Done)
}

fn one_line(rule: &Rule) -> String {
    let most = rule.outcomes.iter().map(|o| o.points).max_by_key(|p| p.abs()).unwrap_or(0);
    let (class, status) = (rule.class.letter(), rule.status.name());
    let must = if rule.mandatory { "  wajib" } else { "" };
    format!("{:4} {class} {most:>4}  {status:6}  {}{must}\n", rule.id.as_str(), rule.title)
}

fn in_full(rule: &Rule) -> String {
    let mut text = format!("{} v{}  {}\n", rule.id, rule.version, rule.title);
    let mut line = |key: &str, value: &str| {
        if !value.is_empty() {
            text.push_str(&format!("  {key:16} {value}\n"));
        }
    };
    line("class", rule.class.letter());
    line("status", rule.status.name());
    line("audience", rule.audience.name());
    line("in force", &validity(rule));
    line("mandatory", if rule.mandatory { "yes" } else { "" });
    let lines = |all: &[Line]| all.iter().map(|l| l.text.clone()).collect::<Vec<_>>().join("\n                   ");
    line("when", &lines(&rule.when));
    line("unless", &lines(&rule.unless));
    for outcome in &rule.outcomes {
        let when = lines(&outcome.when);
        line("outcome", &format!("{:+} {}", outcome.points, outcome.reason.source));
        line("  when", &when);
    }
    line("why", &rule.why);
    line("basis", &rule.basis.join("; "));
    line("question", rule.question.as_deref().unwrap_or_default());
    line("honest cases", &rule.false_positives.join("; "));
    line("takes back from", &rule.mitigates.join(", "));
    text
}

fn validity(rule: &Rule) -> String {
    match rule.valid {
        (None, None) => String::new(),
        (Some(from), None) => format!("from {from}"),
        (None, Some(to)) => format!("until {to}"),
        (Some(from), Some(to)) => format!("{from} to {to}"),
    }
}
