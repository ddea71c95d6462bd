//! `saring completions`: what shells complete.

use clap_complete::Shell;

use super::output::Out;
use super::{Exit, description};
use crate::{Error, Result};

/// Print the script that completes verbs and flags in a shell.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The shell.
    #[arg(value_enum)]
    shell: Shell,
}

pub(super) fn run(args: &Args, out: &mut Out) -> Result<Exit> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut description(), "saring", &mut script);
    let script = String::from_utf8(script).map_err(|_| Error::internal("a completion script that is no text"))?;
    out.print(&script);
    Ok(Exit::Done)
}
