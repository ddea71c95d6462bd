//! The command line: one file a verb, and the only place that prints, reads the clock or looks at the environment.

mod check;
mod clock;
mod exit;
mod explain;
mod fields;
mod mapping;
mod output;
mod rules;
mod shared;
mod synth;
mod test;

use clap::{Parser, Subcommand};

pub use exit::Exit;
use output::Out;

const EXAMPLES: &str = "\
Examples:
  saring check                          check the rules of this folder
  saring test                           run the rules' own tests
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
    Check(check::Args),
    Test(test::Args),
    Explain(explain::Args),
    Fields(fields::Args),
    Rules(rules::Args),
    Synth(synth::Args),
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
    let result = match &cli.verb {
        Verb::Check(args) => check::run(args, &mut out),
        Verb::Test(args) => test::run(args, &mut out),
        Verb::Explain(args) => explain::run(args, &mut out),
        Verb::Fields(args) => fields::run(args, &mut out),
        Verb::Rules(args) => rules::run(args, &mut out),
        Verb::Synth(args) => synth::run(args, &mut out),
    };
    match result {
        Ok(exit) => exit.into(),
        Err(error) => {
            out.error(&error);
            Exit::of(&error).into()
        }
    }
}
