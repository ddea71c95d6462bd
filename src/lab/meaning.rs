//! What a rule means, line by line, so that two versions of it can be laid side by side. Parameters stand with their values,
//! lists with their contents, groups and networks with all they count. Prose, tests and order of declarations don't count.

use std::collections::BTreeSet;

use super::mutation::length;
use crate::columns::{Flag, Rows, Spec};
use crate::expr::{Expr, Kind, Literal};
use crate::rules::{DeclaredSource, Rule, RuleSet};

/// The lines of a rule and of everything it needs.
#[must_use]
pub fn meaning(rule: &Rule, set: &RuleSet) -> Vec<String> {
    let mut lines = vec![format!("class {}, {}", rule.class.letter(), rule.status.name())];
    if rule.mandatory {
        lines.push("mandatory".to_owned());
    }
    let (from, to) = rule.valid;
    lines.extend(from.map(|day| format!("from {day}")));
    lines.extend(to.map(|day| format!("until {day}")));
    lines.extend(rule.when.iter().map(|line| format!("when {}", spelled(&line.expr))));
    lines.extend(rule.unless.iter().map(|line| format!("unless {}", spelled(&line.expr))));
    for outcome in &rule.outcomes {
        let when: Vec<String> = outcome.when.iter().map(|line| spelled(&line.expr)).collect();
        let when = if when.is_empty() { "otherwise".to_owned() } else { format!("if {}", when.join(" and ")) };
        lines.push(format!("{:+} points {when}", outcome.points));
    }
    if !rule.mitigates.is_empty() {
        lines.push(format!("takes back from {}", rule.mitigates.join(", ")));
    }
    let mut columns: BTreeSet<String> = rule.lines().flat_map(|l| l.expr.columns()).map(|c| c.to_string()).collect();
    let mut lists: BTreeSet<String> = rule.lines().flat_map(|l| l.expr.lists()).map(|l| l.to_string()).collect();
    let mut of_sources = Vec::new();
    // A source stands after those it reads, so one pass backwards finds all that is needed.
    for source in set.sources.iter().rev() {
        let inside = format!("{}.", source.name());
        if !columns.iter().any(|column| column == source.name() || column.starts_with(&inside)) {
            continue;
        }
        let exprs = source.expressions();
        columns.extend(exprs.iter().flat_map(|e| e.columns()).map(|c| c.to_string()));
        columns.extend(source.keys().into_iter().map(str::to_owned));
        lists.extend(exprs.iter().flat_map(|e| e.lists()).map(|l| l.to_string()));
        of_sources.push(source);
    }
    of_sources.iter().rev().for_each(|source| of_source(source, &mut lines));
    for name in lists {
        let values = set.lists.get(&name).map(|list| list.values.join(", ")).unwrap_or_default();
        lines.push(format!("list {name}: {values}"));
    }
    lines
}

/// The lines that only one of two versions has: those that went, those that came.
#[must_use]
pub(super) fn changed(old: &[String], new: &[String]) -> (Vec<String>, Vec<String>) {
    let only =
        |these: &[String], those: &[String]| these.iter().filter(|line| !those.contains(line)).cloned().collect();
    (only(old, new), only(new, old))
}

fn of_source(source: &DeclaredSource, lines: &mut Vec<String>) {
    let name = source.name();
    let mut add = |text: String| lines.push(format!("{name}: {text}"));
    let (conditions, measures, width) = match source {
        DeclaredSource::Field(field) => return add(spelled(&field.expr)),
        DeclaredSource::Watchlist(spec) => return spec.meaning().into_iter().for_each(add),
        DeclaredSource::Group(spec) => {
            let key: Vec<&str> = spec.by.iter().map(|(column, _)| column.as_str()).collect();
            add(format!("by {}", key.join(" and ")));
            add(match (spec.flag, spec.rows) {
                (Flag::Members, Rows::All) => "flags members".to_owned(),
                (Flag::Members, Rows::Others) => "flags members, counting others".to_owned(),
                (Flag::Closing, Rows::All) => "flags who closes it".to_owned(),
                (Flag::Closing, Rows::Others) => "flags who closes it, counting others".to_owned(),
            });
            (&spec.conditions, &spec.measures, spec.width)
        }
        DeclaredSource::Network(spec) => {
            for key in &spec.keys {
                let key: Vec<&str> = key.iter().map(|(column, _)| column.as_str()).collect();
                add(format!("tied by {}", key.join(" and ")));
            }
            add(format!("at most {} on a key", spec.max_key));
            (&spec.conditions, &spec.measures, spec.width)
        }
    };
    add(width.map_or("over all of history".to_owned(), |width| format!("within {}", length(width))));
    conditions.iter().for_each(|line| add(format!("where {}", spelled(line))));
    source.having().iter().for_each(|line| add(format!("having {}", spelled(line))));
    measures.iter().for_each(|spec| add(measure(spec)));
}

fn measure(spec: &Spec) -> String {
    let mut valued = spec.measure.clone();
    valued.argument = valued.argument.as_ref().map(with_values);
    valued.filter = valued.filter.as_ref().map(with_values);
    format!("{} = {valued}", spec.name)
}

/// The expression as an author would write it with values instead of parameters.
fn spelled(expr: &Expr) -> String {
    with_values(expr).to_string()
}

fn with_values(expr: &Expr) -> Expr {
    let value = |literal: &Literal| Literal { value: literal.value.clone(), param: None };
    let mut valued = expr.clone();
    match &expr.kind {
        Kind::Literal(literal) => valued.kind = Kind::Literal(value(literal)),
        Kind::In(inner, items) => valued.kind = Kind::In(inner.clone(), items.iter().map(value).collect()),
        _ => {}
    }
    for (number, child) in expr.children().into_iter().enumerate() {
        valued = valued.with_child(number, with_values(child));
    }
    valued
}
