//! `saring rules docs`: the handbook of every rule.

use std::path::PathBuf;

use super::Exit;
use super::output::Out;
use super::shared::{Loaded, RuleArgs, load_all, put};
use crate::Result;
use crate::authoring::handbook::{handbook, html, markdown};
use crate::words::Lang;

/// Write the handbook of every rule for officers: what it means, what to ask, honest explanations, legal basis, values that
/// can be set, tests as examples.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    rules: RuleArgs,
    /// Language: `id` or `en`, as far as the rules have it.
    #[arg(long, default_value = "id", value_parser = language)]
    lang: Lang,
    /// Write this file; HTML where its name ends in `.html`, else Markdown. Without it Markdown is printed.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

fn language(text: &str) -> Result<Lang, String> {
    Lang::of_code(text).ok_or_else(|| "`id` or `en`".to_owned())
}

pub(super) fn run(args: &Args, out: &mut Out) -> Result<Exit> {
    let Some(Loaded { set, .. }) = load_all(&args.rules, out)? else { return Ok(Exit::Usage) };
    let book = handbook(&set, args.lang);
    match &args.out {
        Some(path) => {
            let page = path.extension().is_some_and(|ending| ending == "html" || ending == "htm");
            put(path, &if page { html(&book) } else { markdown(&book) })?;
            out.message(&format!("{} rules in {}\n", set.rules.len(), path.display()));
        }
        None => out.print(&markdown(&book)),
    }
    Ok(Exit::Done)
}
