//! The command line: one file a verb, and the only place that prints, reads the clock or looks at the environment.

mod application;
mod backtest;
mod check;
mod clock;
mod completions;
mod crash;
mod diff;
mod exit;
mod explain;
mod fields;
mod fmt;
mod history;
mod init;
mod locking;
mod lsp;
mod man;
mod mapping;
mod matching;
mod one_person;
mod output;
mod prepare;
mod reading;
mod recap;
mod rule_text;
mod rules;
mod rules_docs;
mod rules_new;
mod rules_rename;
mod rules_schema;
mod sample;
mod screen;
mod shared;
mod sheet;
mod synth;
mod test;
mod verify;
mod why_not;

use std::panic::AssertUnwindSafe;

use clap::{CommandFactory, Parser, Subcommand};

use crate::{Error, Result};
pub use exit::Exit;
use output::Out;

const EXAMPLES: &str = "\
Examples:
  saring screen                         the nightly job, in an office's folder
  saring explain 1271250000123456       one application of tonight: every rule and why
  saring recap --from 2025-01-01        hits by modus, place and month, nobody named
  saring verify hasil/terbaru           that a result is as it was written
  saring synth kantor                   an invented office to try it on
  saring check                          check the rules of this folder
  saring test                           run the rules' own tests
  saring test --mutate -k K01           which changes of rule K01 no test would notice
  saring diff main rules --on kantor    what a change of the rules does to the list
  saring backtest kantor                how good the rules are, against a truth
  saring fmt                            lay the rules out in one form
  saring match 'SITI AMINAH' --list soi --dob 1975-03-08   who on a list is like this, and why
  saring fields umur                    what the column `umur` means
  saring explain R401                   what a diagnostic means
  saring explain K02                    what a rule says, and where each part of it comes from
";

/// Sift a day's passport applications for the few that deserve a closer interview. Officers decide; saring never refuses
/// anyone.
#[derive(Debug, Parser)]
#[command(name = "saring", version, before_help = EXAMPLES, disable_help_subcommand = true)]
struct Cli {
    /// Show results as `human` text or `json`; some verbs also as `sarif`, `github` annotations, `junit`, `markdown` or
    /// `html`.
    #[arg(long, global = true, value_enum, default_value_t, hide_possible_values = true)]
    format: Format,
    /// Use colours: `auto`, `always` or `never`.
    #[arg(long, global = true, value_enum, default_value_t)]
    color: Colour,
    #[command(subcommand)]
    verb: Verb,
}

/// How results are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
enum Format {
    /// For people.
    #[default]
    Human,
    /// For programs.
    Json,
    /// SARIF 2.1.0, for code review.
    Sarif,
    /// Annotations of a merge request.
    Github,
    /// JUnit XML, for servers that show tests.
    Junit,
    /// For the text of a merge request.
    Markdown,
    /// One page, without anything from elsewhere.
    Html,
}

impl Format {
    fn name(self) -> &'static str {
        match self {
            Self::Human => "human",
            Self::Json => "json",
            Self::Sarif => "sarif",
            Self::Github => "github",
            Self::Junit => "junit",
            Self::Markdown => "markdown",
            Self::Html => "html",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
enum Colour {
    /// Where the terminal shows them.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

#[derive(Debug, Subcommand)]
enum Verb {
    Screen(screen::Args),
    Explain(explain::Args),
    Verify(verify::Args),
    Check(check::Args),
    Test(test::Args),
    Diff(diff::Args),
    Backtest(backtest::Args),
    Rules(rules::Args),
    Fmt(fmt::Args),
    Fields(fields::Args),
    History(history::Args),
    Match(Box<matching::Args>),
    Recap(recap::Args),
    Init(init::Args),
    Lsp(lsp::Args),
    Completions(completions::Args),
    Man(man::Args),
    Synth(synth::Args),
}

/// The description of the whole command line.
fn description() -> clap::Command {
    Cli::command()
}

/// Runs the command line and says how it went.
#[must_use]
pub fn main() -> std::process::ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version are answers; everything else is wrong use. Nothing can be done about a closed pipe.
            let _ = error.print();
            let exit = if error.use_stderr() { Exit::Usage } else { Exit::Done };
            return exit.into();
        }
    };
    let mut out = Out::new(cli.format, cli.color);
    let place = crash::watch();
    let result = std::panic::catch_unwind(AssertUnwindSafe(|| run(&cli.verb, &mut out)));
    let result = result.unwrap_or_else(|_| Err(crash::error(&place)));
    match result {
        // What `screen` prints stands in its result; what the others print is their result.
        Ok(Exit::Done) if out.lost() && !matches!(cli.verb, Verb::Screen(_)) => Exit::Storage.into(),
        Ok(exit) => exit.into(),
        Err(error) => {
            out.error(&error);
            Exit::of(&error).into()
        }
    }
}

impl Verb {
    /// The formats of its results.
    fn formats(&self) -> &'static [Format] {
        match self {
            Self::Check(_) => &[Format::Human, Format::Json, Format::Sarif, Format::Github, Format::Junit],
            Self::Test(_) => &[Format::Human, Format::Json, Format::Github, Format::Junit],
            Self::Diff(_) => &[Format::Human, Format::Json, Format::Markdown, Format::Html],
            _ => &[Format::Human, Format::Json],
        }
    }
}

fn run(verb: &Verb, out: &mut Out) -> Result<Exit> {
    if !verb.formats().contains(&out.format()) {
        let known: Vec<&str> = verb.formats().iter().map(|format| format.name()).collect();
        return Err(Error::usage(format!("this verb has no format `{}`", out.format().name()))
            .help(format!("one of: {}", known.join(", "))));
    }
    match verb {
        Verb::Screen(args) => screen::run(args, out),
        Verb::Explain(args) => explain::run(args, out),
        Verb::Verify(args) => verify::run(args, out),
        Verb::Check(args) => check::run(args, out),
        Verb::Test(args) => test::run(args, out),
        Verb::Diff(args) => diff::run(args, out),
        Verb::Backtest(args) => backtest::run(args, out),
        Verb::Rules(args) => rules::run(args, out),
        Verb::Fmt(args) => fmt::run(args, out),
        Verb::Fields(args) => fields::run(args, out),
        Verb::History(args) => history::run(args, out),
        Verb::Match(args) => matching::run(args, out),
        Verb::Recap(args) => recap::run(args, out),
        Verb::Init(args) => init::run(args, out),
        Verb::Lsp(args) => lsp::run(args),
        Verb::Completions(args) => completions::run(args, out),
        Verb::Man(args) => man::run(args, out),
        Verb::Synth(args) => synth::run(args, out),
    }
}
