//! The command line: one file a verb, and the only place that prints, reads the clock or looks at the environment.

mod application;
mod check;
mod clock;
mod completions;
mod crash;
mod exit;
mod explain;
mod fields;
mod fmt;
mod history;
mod init;
mod lsp;
mod man;
mod mapping;
mod output;
mod prepare;
mod reading;
mod rules;
mod rules_docs;
mod rules_new;
mod rules_rename;
mod rules_schema;
mod screen;
mod shared;
mod synth;
mod test;
mod verify;

use std::panic::AssertUnwindSafe;

use clap::{CommandFactory, Parser, Subcommand};

use crate::Result;
pub use exit::Exit;
use output::Out;

const EXAMPLES: &str = "\
Examples:
  saring screen                         the nightly job, in an office's folder
  saring explain 1271250000123456       one application of tonight: every rule and why
  saring verify hasil/terbaru           that a result is as it was written
  saring synth kantor                   an invented office to try it on
  saring check                          check the rules of this folder
  saring test                           run the rules' own tests
  saring fmt                            lay the rules out in one form
  saring fields umur                    what the column `umur` means
  saring explain R401                   what a diagnostic means
";

/// Sift a day's passport applications for the few that deserve a closer interview. Officers decide; saring never refuses
/// anyone.
#[derive(Debug, Parser)]
#[command(name = "saring", version, before_help = EXAMPLES, disable_help_subcommand = true)]
struct Cli {
    /// Show results as `human` text or `json`.
    #[arg(long, global = true, value_enum, default_value_t)]
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
    Rules(rules::Args),
    Fmt(fmt::Args),
    Fields(fields::Args),
    History(history::Args),
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

fn run(verb: &Verb, out: &mut Out) -> Result<Exit> {
    match verb {
        Verb::Screen(args) => screen::run(args, out),
        Verb::Explain(args) => explain::run(args, out),
        Verb::Verify(args) => verify::run(args, out),
        Verb::Check(args) => check::run(args, out),
        Verb::Test(args) => test::run(args, out),
        Verb::Rules(args) => rules::run(args, out),
        Verb::Fmt(args) => fmt::run(args, out),
        Verb::Fields(args) => fields::run(args, out),
        Verb::History(args) => history::run(args, out),
        Verb::Init(args) => init::run(args, out),
        Verb::Lsp(args) => lsp::run(args),
        Verb::Completions(args) => completions::run(args, out),
        Verb::Man(args) => man::run(args, out),
        Verb::Synth(args) => synth::run(args, out),
    }
}
