//! From raw tables to a checked rule set, with every problem of every file reported.
//!
//! Names are collected from all files first, then each declaration is checked against them, so that the order of files
//! does not matter and one fault does not hide another.

mod accountability;
mod declared;
mod exceptions;
mod layers;
mod locked;
mod mapping;
mod rule;
mod scope;
mod scoring;
mod sources;
mod unused;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::meaning;
use super::raw::RawRule;
use super::set::{Class, RuleSet};
use crate::columns::Catalog;
use crate::diag::{Code, Diagnostic, FileId, Files, Report};
use crate::document;

use declared::Declared;
use scope::{FileScope, Names};

/// The rule files below one root, with the lock that keeps what their rules mean, where they have one.
#[derive(Debug, Default)]
pub(super) struct Tree {
    /// The rule files.
    pub(super) files: Vec<FileId>,
    /// The lock.
    pub(super) lock: Option<FileId>,
}

/// Checks the files. The rule set is there only when nothing forbids a run. With a date, what layers change by that day is
/// applied; without one the rules stand as their authors wrote them.
pub(super) fn check(
    trees: &[Tree],
    as_of: Option<NaiveDate>,
    catalog: &Catalog,
    files: &Files,
    report: &mut Report,
) -> Option<RuleSet> {
    let mut declared = Declared::default();
    for id in trees.iter().flat_map(|tree| &tree.files) {
        let table = document::parse(*id, files, report);
        declared.read(&table, *id, report);
    }
    let cases = declared.hand_out_cases(report);
    let lists = declared.lists(report);
    let mut params = declared.params(report);
    let mut changes = layers::params(&declared, as_of, &mut params, report);
    let mappings = mapping::check(&declared, report);
    let mut names = Names { catalog: catalog.clone(), lists, params, broken: BTreeSet::new() };
    let sources = sources::check(&declared, &mappings, &mut names, report);
    report_duplicate_rules(&declared, report);
    let mut rules = Vec::new();
    for file in &declared.files {
        let (Some(pack), scope) = (&file.pack, FileScope { names: &names, pack: file.pack_name() }) else {
            if let Some(rule) = file.rules.first() {
                report.push(
                    Diagnostic::new(Code::MissingKey, rule.span, "rules in a file without [pack]")
                        .label("whose rule is this?")
                        .help("begin the file with `[pack]`, `name = \"...\"` and `family = \"...\"`"),
                );
            }
            continue;
        };
        for raw in &file.rules {
            rules.extend(rule::check(raw, (pack, file.layer.as_ref()), &scope, report));
        }
    }
    report_unknown_targets(&declared, report);
    unused::report(&declared, &rules, &sources, &mappings, &names, report);
    rules.sort_by(|a, b| a.id.cmp(&b.id));
    // What a rule means is what its author wrote; layers come on top.
    let meaning = meaning::of(&rules, &sources, &names.lists, &declared.parameters(&names.params));
    for tree in trees {
        locked::verify(tree, &rules, &meaning, files, report);
    }
    changes.extend(layers::rules(&declared, as_of, &mut rules, report));
    let exceptions = exceptions::check(&declared, as_of, &rules, &names, report);
    let scoring = scoring::check(&declared, report);
    if report.has_errors() {
        return None;
    }
    let families = declared.families();
    let bases = declared.bases();
    let places = declared.places();
    let params = names.params;
    Some(RuleSet {
        rules,
        sources,
        places,
        lists: names.lists,
        params,
        families,
        bases,
        cases,
        scoring,
        catalog: names.catalog,
        changes,
        exceptions,
        meaning,
    })
}

/// Compares a rule set with a lock.
pub(super) fn verify(tree: &Tree, set: &RuleSet, files: &Files, report: &mut Report) {
    locked::verify(tree, &set.rules, &set.meaning, files, report);
}

fn report_duplicate_rules(declared: &Declared, report: &mut Report) {
    let mut seen: BTreeMap<&str, &RawRule> = BTreeMap::new();
    for rule in declared.rules() {
        match seen.get(rule.id.as_str()) {
            Some(first) => report.push(
                Diagnostic::new(
                    Code::DuplicateName,
                    rule.id.span(),
                    format!("rule `{}` is declared twice", rule.id.as_str()),
                )
                .label("second time")
                .also(first.id.span(), "first time")
                .help("give one of them the next free number"),
            ),
            None => {
                seen.insert(rule.id.as_str(), rule);
            }
        }
    }
}

/// `mitigates` must name rules that exist, and a family that has some.
fn report_unknown_targets(declared: &Declared, report: &mut Report) {
    let ids: BTreeSet<&str> = declared.rules().map(|r| r.id.as_str()).collect();
    for rule in declared.rules() {
        for target in rule.mitigates.iter().flatten() {
            let name = target.as_str();
            let known = match name.strip_suffix('*') {
                Some(prefix) => ids.iter().any(|id| id.starts_with(prefix)),
                None => ids.contains(name),
            };
            if !known {
                report.push(
                    Diagnostic::new(Code::UnknownRule, target.span(), format!("no rule `{name}`"))
                        .label("nothing to take points back from")
                        .did_you_mean(name, ids.iter().copied()),
                );
            }
            if rule.class.as_str() != Class::M.letter() {
                report.push(
                    Diagnostic::new(Code::OutOfRange, target.span(), "only rules of class M mitigate")
                        .label(format!("this rule has class {}", rule.class.as_str())),
                );
            }
        }
    }
}
