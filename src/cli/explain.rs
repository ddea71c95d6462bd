//! `saring explain`: what a diagnostic code means.

use super::Exit;
use super::output::Out;
use crate::diag::{Code, suggestion};
use crate::{Error, Result};

/// Explain a diagnostic code.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A code such as `R401`.
    what: String,
}

pub(super) fn run(args: &Args, out: &mut Out) -> Result<Exit> {
    let wanted = args.what.to_uppercase();
    let Some(code) = Code::ALL.iter().find(|c| c.code() == wanted) else {
        let error = Error::usage(format!("no code `{}`", args.what));
        let known = Code::ALL.iter().map(|c| c.code());
        return Err(match suggestion(&wanted, known) {
            Some(help) => error.help(help),
            None => error,
        });
    };
    if out.is_json() {
        out.json(&serde_json::json!({
            "schema_version": 1, "code": code.code(), "title": code.title(),
            "severity": code.severity().name(), "explanation": code.explanation(),
        }));
    } else {
        out.print(&format!(
            "{}: {} ({})\n\n{}\n",
            code.code(),
            code.title(),
            code.severity().name(),
            code.explanation()
        ));
    }
    Ok(Exit::Done)
}
