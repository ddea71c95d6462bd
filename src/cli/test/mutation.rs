//! `saring test --mutate`: which small changes of the rules no case notices.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Args;
use crate::cli::Exit;
use crate::cli::output::Out;
use crate::cli::shared::Loaded;
use crate::lab::{self, Case, Fate, Mutant, Mutation, difference};
use crate::{Error, Result};

pub(super) fn run(args: &Args, cases: &[Case], loaded: &Loaded, out: &mut Out) -> Result<Exit> {
    let filter = args.filter.as_ref().map(|text| text.to_lowercase());
    let wanted = |owner: &str| filter.as_ref().is_none_or(|filter| owner.to_lowercase().contains(filter));
    let mutation = lab::mutate(cases, &loaded.set, &loaded.files, &loaded.catalog, &wanted)?;
    let (noticed, all) = mutation.score();
    let Some(percent) = (noticed * 100).checked_div(all) else {
        return Err(Error::usage("nothing to change").help("`-k` chooses by rule id, group, field, parameter or list"));
    };
    if out.is_json() {
        out.json(&json(&mutation, cases, loaded));
    } else {
        out.print(&text(&mutation, loaded));
    }
    let missed = args.fail_under.as_ref().map(|gate| gate.missed(&[("mutants", percent)])).transpose()?.flatten();
    Ok(match missed {
        Some(missed) => {
            out.message(&format!("too few changes are noticed: {missed}\n"));
            Exit::Findings
        }
        None => Exit::Done,
    })
}

/// Survivors at their places, each as a difference of text, then the counts by kind.
fn text(mutation: &Mutation, loaded: &Loaded) -> String {
    let mut text = String::new();
    let mut kinds: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut refused = 0;
    for (mutant, fate) in &mutation.mutants {
        let counts = kinds.entry(mutant.what).or_default();
        counts.1 += 1;
        match fate {
            Fate::Noticed(_) => counts.0 += 1,
            Fate::Refused => {
                counts.0 += 1;
                refused += 1;
            }
            Fate::Survived => {
                let (path, line) = place(mutant, loaded);
                let (before, after) = difference(&mutant.edits, &loaded.files);
                text.push_str(&format!("{path}:{line}  {}: {}\n", mutant.owner, mutant.what));
                before.iter().for_each(|line| text.push_str(&format!("  - {line}\n")));
                after.iter().for_each(|line| text.push_str(&format!("  + {line}\n")));
            }
        }
    }
    if !text.is_empty() {
        text.push('\n');
    }
    for (kind, (noticed, all)) in &kinds {
        text.push_str(&format!("{kind:16} {noticed:>5} of {all:>5} noticed\n"));
    }
    let (noticed, all) = mutation.score();
    let percent = (noticed * 100).checked_div(all).unwrap_or(100);
    text.push_str(&format!(
        "{all} changes, {noticed} noticed ({refused} of them by `check`), {} survived: {percent} %\n",
        all - noticed
    ));
    text
}

fn place<'a>(mutant: &Mutant, loaded: &'a Loaded) -> (&'a str, usize) {
    mutant.edits.first().map_or(("?", 0), |edit| {
        (loaded.files.get(edit.span.file).path.as_str(), loaded.files.line_column(edit.span).0)
    })
}

#[derive(Serialize)]
struct Json<'a> {
    schema_version: u32,
    changes: usize,
    noticed: usize,
    mutants: Vec<JsonMutant<'a>>,
}

#[derive(Serialize)]
struct JsonMutant<'a> {
    owner: &'a str,
    kind: &'static str,
    file: &'a str,
    line: usize,
    before: Vec<String>,
    after: Vec<String>,
    fate: &'static str,
    noticed_by: Option<String>,
}

fn json<'a>(mutation: &'a Mutation, cases: &[Case], loaded: &'a Loaded) -> Json<'a> {
    let mutant = |(mutant, fate): &'a (Mutant, Fate)| {
        let (file, line) = place(mutant, loaded);
        let (before, after) = difference(&mutant.edits, &loaded.files);
        let (fate, noticed_by) = match fate {
            Fate::Noticed(case) => ("noticed", cases.get(*case).map(|case| case.title(&loaded.set))),
            Fate::Refused => ("refused", None),
            Fate::Survived => ("survived", None),
        };
        JsonMutant { owner: &mutant.owner, kind: mutant.what, file, line, before, after, fate, noticed_by }
    };
    let (noticed, changes) = mutation.score();
    Json { schema_version: 1, changes, noticed, mutants: mutation.mutants.iter().map(mutant).collect() }
}
