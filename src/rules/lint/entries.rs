//! Entries of lists that no application can match.

use std::collections::{BTreeMap, BTreeSet};

use super::SetScope;
use crate::diag::{Code, Diagnostic, Report};
use crate::expr::{Demands, Expr, Kind, Pattern};
use crate::rules::set::{List, Rule, RuleSet};

pub(super) fn report(set: &RuleSet, names: &SetScope<'_>, report: &mut Report) {
    let mut asked: BTreeMap<&str, Vec<Demands>> = BTreeMap::new();
    let mut open: BTreeSet<String> = BTreeSet::new();
    let of_sources = set.sources.iter().flat_map(|s| s.expressions().into_iter().chain(s.having()));
    open.extend(of_sources.flat_map(Expr::lists).map(|name| name.to_string()));
    for rule in &set.rules {
        let (uses, elsewhere) = uses(rule);
        open.extend(elsewhere);
        for (name, at) in uses {
            let others = rule.when.iter().enumerate().filter(|(ix, _)| *ix != at).map(|(_, line)| &line.expr);
            asked.entry(name).or_default().push(Demands::of(others, [], names));
        }
    }
    for (name, list) in &set.lists {
        let uses = asked.get(name.as_str()).filter(|_| !open.contains(name));
        report_list(name, list, uses.map(|demands| (demands, column_of(set, name))), report);
    }
}

/// The lines of `when` that ask for a list and nothing else, by number; and the lists asked for in any other way.
fn uses(rule: &Rule) -> (Vec<(&str, usize)>, Vec<String>) {
    let (mut uses, mut elsewhere) = (Vec::new(), Vec::new());
    for (at, line) in rule.when.iter().enumerate() {
        match plain(&line.expr) {
            Some((_, list)) => uses.push((list, at)),
            None => elsewhere.extend(line.expr.lists().iter().map(ToString::to_string)),
        }
    }
    let others = rule.unless.iter().chain(rule.outcomes.iter().flat_map(|o| &o.when));
    elsewhere.extend(others.flat_map(|line| line.expr.lists()).map(|list| list.to_string()));
    (uses, elsewhere)
}

/// Column and list of a line such as `in_list(negara_tujuan, 'negara_rawan')`.
fn plain(expr: &Expr) -> Option<(&str, &str)> {
    match &expr.kind {
        Kind::Call(_, args, Pattern::List(list)) => match args.as_slice() {
            [Expr { kind: Kind::Column(column), .. }] => Some((column, list)),
            _ => None,
        },
        _ => None,
    }
}

/// The one column that lines look up in a list; nothing where there are several.
fn column_of<'a>(set: &'a RuleSet, list: &str) -> Option<&'a str> {
    let lines = set.rules.iter().flat_map(|rule| &rule.when);
    let mut columns = lines.filter_map(|line| plain(&line.expr)).filter(|(_, name)| *name == list).map(|(c, _)| c);
    let first = columns.next()?;
    columns.all(|column| column == first).then_some(first)
}

fn report_list(name: &str, list: &List, uses: Option<(&Vec<Demands>, Option<&str>)>, report: &mut Report) {
    for (value, place) in list.values.iter().zip(&list.places) {
        let fault = if value.trim() != value {
            Some("spaces at its ends; values of applications have none")
        } else {
            match uses {
                Some((demands, Some(column))) if demands.iter().all(|others| !others.allow_text(column, value)) => {
                    Some("every rule that uses the list excludes it by another line")
                }
                _ => None,
            }
        };
        if let Some(label) = fault {
            report.push(
                Diagnostic::new(
                    Code::NeverMatched,
                    *place,
                    format!("`{value}` of list `{name}` matches no application"),
                )
                .label(label)
                .also(list.span, "the list")
                .help("take it out, or change the line that excludes it"),
            );
        }
    }
}
