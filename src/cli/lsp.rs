//! `saring lsp`: the language server for editors.

use super::Exit;
use crate::Result;
use crate::editor::{Ended, serve};

/// Serve an editor over standard input and output: faults while you type, meanings, names, definitions, house form.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Some editors insist on saying so; there is no other way.
    #[arg(long, hide = true)]
    stdio: bool,
}

pub(super) fn run(args: &Args) -> Result<Exit> {
    let _ = args.stdio;
    match serve(std::io::stdin(), &mut std::io::stdout().lock()) {
        Ended::Properly => Ok(Exit::Done),
        Ended::Abruptly => Ok(Exit::Findings),
    }
}
