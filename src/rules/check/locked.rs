//! Whether every rule still means what the lock keeps for its version, and what changed where it does not.

use super::Tree;
use crate::diag::{Code, Diagnostic, Files, Report};
use crate::rules::lock::{self, Lock};
use crate::rules::meaning::Meaning;
use crate::rules::set::Rule;

/// The most facts shown of a change.
const SHOWN: usize = 6;

/// Compares the rules of a tree with its lock, where it has one.
pub(super) fn verify(tree: &Tree, rules: &[Rule], meaning: &Meaning, files: &Files, report: &mut Report) {
    // While rules are broken, what they mean is not known.
    let Some(file) = tree.lock.filter(|_| !report.has_errors()) else { return };
    let Some(lock) = lock::read(file, files, report) else { return };
    let below: Vec<&Rule> = rules.iter().filter(|rule| tree.files.contains(&rule.span.file)).collect();
    for rule in &below {
        one(rule, &lock, meaning, report);
    }
    for (id, place) in &lock.places {
        if !below.iter().any(|rule| rule.id.as_str() == id) {
            report.push(
                Diagnostic::new(Code::LockBehind, *place, format!("rule `{id}` is locked, but not among the rules"))
                    .label("taken out?")
                    .help("`saring rules lock` retires its id; old referrals keep their meaning"),
            );
        }
    }
}

fn one(rule: &Rule, lock: &Lock, meaning: &Meaning, report: &mut Report) {
    let id = rule.id.as_str();
    let Some(kept) = lock.meaning.rules.get(id) else {
        // What a layer adds is the layer's own; it may be locked beside it.
        if rule.layer.is_some() {
            return;
        }
        let fault = if lock.retired.contains(id) {
            Diagnostic::new(Code::RetiredId, rule.span, format!("`{id}` was the id of a rule that was taken out"))
                .label("old referrals name it")
                .help("give the new rule a number that was never used")
        } else {
            Diagnostic::new(Code::LockBehind, rule.span, format!("rule `{id}` is not in the lock"))
                .label("new")
                .help("`saring rules lock` adds it")
        };
        report.push(fault);
        return;
    };
    let same = lock.meaning.hash(id) == meaning.hash(id);
    let fault = match (rule.version.cmp(&kept.version), same) {
        (std::cmp::Ordering::Equal, true) => return,
        (std::cmp::Ordering::Greater, _) => Diagnostic::new(
            Code::LockBehind,
            rule.version_span,
            format!("the lock has version {} of `{id}`", kept.version),
        )
        .label("newer")
        .help("`saring rules lock` takes it over"),
        (std::cmp::Ordering::Less, _) => Diagnostic::new(
            Code::MeaningChanged,
            rule.version_span,
            format!("the lock has version {} of `{id}` already", kept.version),
        )
        .label("older")
        .help(format!("write `version = {}`, then `saring rules lock`", kept.version.saturating_add(1))),
        (std::cmp::Ordering::Equal, false) => changed(rule, lock, meaning),
    };
    report.push(fault);
}

/// The facts that differ, old and new.
fn changed(rule: &Rule, lock: &Lock, meaning: &Meaning) -> Diagnostic {
    let id = rule.id.as_str();
    let (old, new) = (lock.meaning.facts(id), meaning.facts(id));
    let gone = old.iter().filter(|fact| !new.contains(fact)).map(|fact| format!("was: {fact}"));
    let came = new.iter().filter(|fact| !old.contains(fact)).map(|fact| format!("now: {fact}"));
    let facts: Vec<String> = gone.chain(came).collect();
    let message = format!("the meaning of {id} changed, but `version` is still {}", rule.version);
    let mut fault = Diagnostic::new(Code::MeaningChanged, rule.version_span, message).label("a new meaning");
    for fact in facts.iter().take(SHOWN) {
        fault = fault.note(fact);
    }
    let more = facts.len().saturating_sub(SHOWN);
    if more > 0 {
        fault = fault.note(format!("and {more} more"));
    }
    fault.help(format!("write `version = {}`, then `saring rules lock`", rule.version.saturating_add(1)))
}
