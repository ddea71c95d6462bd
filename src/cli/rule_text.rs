//! A rule in full, as it holds, with where each part comes from.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use serde::Serialize;

use super::output::Out;
use crate::diag::{Files, Span};
use crate::rules::{Change, DeclaredSource, Line, Rule, RuleSet, Target};

/// Prints a rule.
pub(super) fn show(rule: &Rule, set: &RuleSet, files: &Files, out: &mut Out) {
    let parts = parts(rule, set, files);
    if out.is_json() {
        out.json(&Json {
            schema_version: 1,
            id: rule.id.as_str(),
            version: rule.version,
            title: &rule.title,
            meaning: set.meaning.hash(rule.id.as_str()),
            parts: &parts,
        });
        return;
    }
    let mut text = format!("{} v{}  {}\n", rule.id, rule.version, rule.title);
    let mut last = "";
    for part in &parts {
        let key = if part.key == last { "" } else { part.key };
        last = part.key;
        let _ = writeln!(text, "  {key:16} {}", part.value);
        if let Some(place) = &part.from {
            let _ = writeln!(text, "  {:16}   {place}", "");
        }
        for changed in &part.changed {
            let _ = writeln!(text, "  {:16}   {changed}", "");
        }
    }
    out.print(&text);
}

#[derive(Serialize)]
struct Json<'a> {
    schema_version: u32,
    id: &'a str,
    version: i64,
    title: &'a str,
    meaning: String,
    parts: &'a [Part],
}

/// A part of a rule.
#[derive(Serialize)]
struct Part {
    key: &'static str,
    value: String,
    /// File and line, and the layer.
    from: Option<String>,
    /// What layers changed.
    changed: Vec<String>,
}

/// The parts of a rule, in the order of a rule file.
fn parts(rule: &Rule, set: &RuleSet, files: &Files) -> Vec<Part> {
    let layer = rule.layer.as_ref().map_or_else(|| "national".to_owned(), ToString::to_string);
    let place = |span: Span| format!("{} ({layer})", at(files, span));
    let changed = |target: &Target| changes(set, target, files);
    let plain = |key, value: String| Part { key, value, from: None, changed: Vec::new() };
    let placed = |key, value: String, span| Part { key, value, from: Some(place(span)), changed: Vec::new() };
    let mut parts = vec![placed("declared", format!("pack {}", rule.pack), rule.span)];
    parts.push(plain("class", rule.class.letter().to_owned()));
    let status = changed(&Target::Status(rule.id.clone()));
    parts.push(Part { changed: status, ..plain("status", rule.status.name().to_owned()) });
    parts.push(plain("audience", rule.audience.name().to_owned()));
    parts.push(plain("in force", validity(rule)));
    parts.push(plain("mandatory", if rule.mandatory { "yes".to_owned() } else { String::new() }));
    let lines = |key: &'static str, lines: &[Line]| -> Vec<Part> {
        lines.iter().map(|line| placed(key, line.text.clone(), line.span)).collect()
    };
    parts.extend(lines("when", &rule.when));
    parts.extend(lines("unless", &rule.unless));
    let mut points = changed(&Target::Points(rule.id.clone()));
    for outcome in &rule.outcomes {
        let value = format!("{:+} {}", outcome.points, outcome.reason.source);
        parts.push(Part { changed: std::mem::take(&mut points), ..placed("outcome", value, outcome.span) });
        parts.extend(lines("  when", &outcome.when));
    }
    parts.extend(params(rule, set, files));
    for name in rule.lines().flat_map(|line| line.expr.lists()).collect::<BTreeSet<_>>() {
        if let Some(list) = set.lists.get(&*name) {
            let from = Some(at(files, list.span));
            parts.push(Part { from, ..plain("list", format!("{name}: {}", list.values.join(", "))) });
        }
    }
    for source in set.sources.iter().filter(|source| uses(rule, source)) {
        parts.push(plain("counts with", source.name().to_owned()));
    }
    parts.push(plain("why", rule.why.clone()));
    parts.push(plain("basis", rule.basis.join("; ")));
    parts.push(plain("question", rule.question.clone().unwrap_or_default()));
    parts.push(plain("honest cases", rule.false_positives.join("; ")));
    parts.push(plain("takes back from", rule.mitigates.join(", ")));
    parts.push(plain("exceptions by", rule.exceptions.join(", ")));
    for exception in set.exceptions.iter().filter(|e| e.rules.contains(&rule.id)) {
        let value = format!("{} until {}: {}", exception.id, exception.until, exception.reason);
        parts.push(Part { from: Some(at(files, exception.span)), ..plain("exception", value) });
    }
    parts.push(plain("review by", rule.review_by.as_ref().map_or_else(String::new, |day| day.value.to_string())));
    parts.retain(|part| !part.value.is_empty());
    parts
}

/// The parameters that a rule's lines use, with their bounds.
fn params(rule: &Rule, set: &RuleSet, files: &Files) -> Vec<Part> {
    let names: BTreeSet<_> = rule.lines().flat_map(|line| line.expr.params()).collect();
    let part = |name: &str| {
        let param = set.params.get(&(rule.pack.clone(), name.to_owned()))?;
        let bound =
            |bound: &Option<crate::expr::Value>| bound.as_ref().map_or_else(|| "…".to_owned(), ToString::to_string);
        let bounds = match &param.bounds {
            (None, None) => String::new(),
            (min, max) => format!(", layers may set {} to {}", bound(min), bound(max)),
        };
        Some(Part {
            key: "parameter",
            value: format!(":{name} = {}", param.value),
            from: Some(format!("{}: {}{bounds}", at(files, param.span), param.declared)),
            changed: changes(set, &Target::Param(rule.pack.clone(), name.to_owned()), files),
        })
    };
    names.iter().filter_map(|name| part(name)).collect()
}

fn uses(rule: &Rule, source: &DeclaredSource) -> bool {
    let made = source.made();
    rule.lines().flat_map(|line| line.expr.columns()).any(|column| made.iter().any(|m| **m == *column))
}

/// What layers changed of a target, the lower layers first.
fn changes(set: &RuleSet, target: &Target, files: &Files) -> Vec<String> {
    let of = |change: &Change| {
        let Change { from, to, layer, until, because, .. } = change;
        let state = if change.applied { "until" } else { "not applied, ended or idle:" };
        format!("{from} -> {to} by {layer}, {} {state} {until}: {because}", at(files, change.span))
    };
    set.changes.iter().filter(|change| change.target == *target).map(of).collect()
}

fn at(files: &Files, span: Span) -> String {
    format!("{}:{}", files.get(span.file).path, files.line_column(span).0)
}

fn validity(rule: &Rule) -> String {
    match rule.valid {
        (None, None) => String::new(),
        (Some(from), None) => format!("from {from}"),
        (None, Some(to)) => format!("until {to}"),
        (Some(from), Some(to)) => format!("{from} to {to}"),
    }
}
