//! `saring test --coverage`: what the cases exercise.

use serde::Serialize;

use super::Args;
use crate::Result;
use crate::cli::Exit;
use crate::cli::output::Out;
use crate::cli::shared::Loaded;
use crate::lab::{self, Case, Coverage, Exercise, Item, Share};

pub(super) fn run(args: &Args, cases: &[Case], loaded: &Loaded, out: &mut Out) -> Result<Exit> {
    let mut coverage = lab::cover(cases, &loaded.set)?;
    if args.filter.is_some() {
        // Only the rules that were looked at, and no group or field: others use them too.
        let looked_at = |item: &Item| {
            cases
                .iter()
                .filter_map(Case::rule)
                .filter_map(|r| loaded.set.rules.get(r))
                .any(|r| *r.id.as_str() == item.owner)
        };
        coverage.items.retain(looked_at);
    }
    let shares: Vec<(&str, usize)> =
        Exercise::ALL.iter().map(|kind| (kind.name(), coverage.share(*kind).percent())).collect();
    let missed = args.fail_under.as_ref().map(|gate| gate.missed(&shares)).transpose()?.flatten();
    if out.is_json() {
        out.json(&json(&coverage, loaded));
    } else {
        out.print(&text(&coverage, loaded));
    }
    Ok(match missed {
        Some(missed) => {
            out.message(&format!("too little is exercised: {missed}\n"));
            Exit::Findings
        }
        None => Exit::Done,
    })
}

/// A table of those that lack something, then what they lack at its place, then the shares.
fn text(coverage: &Coverage, loaded: &Loaded) -> String {
    let shown = |share: Option<&Share>| share.map_or_else(String::new, |s| format!("{}/{}", s.seen, s.all));
    let mut text = format!("{:26} {:>9} {:>9} {:>7} {:>11}\n", "", "rule", "branches", "nulls", "boundaries");
    let (mut whole, mut lacking) = (0, 0);
    for (owner, shares) in coverage.by_owner() {
        let lacks = |kind: &Exercise| shares.get(kind).is_some_and(|share| share.seen < share.all);
        if !Exercise::ALL.iter().filter(|kind| **kind != Exercise::Null).any(lacks) {
            whole += 1;
            continue;
        }
        lacking += 1;
        let columns = Exercise::ALL.iter().map(|kind| shown(shares.get(kind))).collect::<Vec<_>>();
        if let [rule, branches, nulls, edges] = columns.as_slice() {
            text.push_str(&format!("{owner:26} {rule:>9} {branches:>9} {nulls:>7} {edges:>11}\n"));
        }
    }
    if lacking == 0 {
        text.clear();
    }
    text.push_str(&format!("{whole} rules, groups and fields exercised whole, {lacking} not\n"));
    if lacking > 0 {
        text.push_str("\nnot exercised\n");
    }
    for item in coverage.items.iter().filter(|item| !item.seen && item.kind != Exercise::Null) {
        let (path, line) = place(item, loaded);
        text.push_str(&format!("  {path}:{line}  {}: {}\n", item.owner, item.what));
    }
    text.push('\n');
    for kind in Exercise::ALL {
        let share = coverage.share(*kind);
        text.push_str(&format!("{:11} {:>5} of {:>5}  {:>3} %\n", kind.name(), share.seen, share.all, share.percent()));
    }
    text
}

fn place<'a>(item: &Item, loaded: &'a Loaded) -> (&'a str, usize) {
    (loaded.files.get(item.span.file).path.as_str(), loaded.files.line_column(item.span).0)
}

#[derive(Serialize)]
struct Json<'a> {
    schema_version: u32,
    shares: Vec<JsonShare>,
    items: Vec<JsonItem<'a>>,
}

#[derive(Serialize)]
struct JsonShare {
    kind: &'static str,
    seen: usize,
    all: usize,
    percent: usize,
}

#[derive(Serialize)]
struct JsonItem<'a> {
    owner: &'a str,
    kind: &'static str,
    what: &'a str,
    file: &'a str,
    line: usize,
    seen: bool,
}

fn json<'a>(coverage: &'a Coverage, loaded: &'a Loaded) -> Json<'a> {
    let share = |kind: &Exercise| {
        let share = coverage.share(*kind);
        JsonShare { kind: kind.name(), seen: share.seen, all: share.all, percent: share.percent() }
    };
    let item = |item: &'a Item| {
        let (file, line) = place(item, loaded);
        JsonItem { owner: &item.owner, kind: item.kind.name(), what: &item.what, file, line, seen: item.seen }
    };
    Json {
        schema_version: 1,
        shares: Exercise::ALL.iter().map(share).collect(),
        items: coverage.items.iter().map(item).collect(),
    }
}
