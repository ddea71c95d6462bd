//! What an active rule must say so that somebody can answer for it, and the words an officer's text avoids.

use std::sync::Arc;

use crate::diag::{Code, Diagnostic, Report};
use crate::document::{Data, Text, Value};
use crate::expr::{Comparison, Expr, Kind};
use crate::rules::raw::RawRule;
use crate::rules::set::{Class, Rule, Status};
use crate::rules::template::Piece;

/// Words that would make a referral sound like a verdict.
const VERDICTS: &[(&str, &str)] = &[
    ("tersangka", "pemohon"),
    ("tolak", "perlu pendalaman"),
    ("ilegal", "nonprosedural"),
    ("pelaku", "pihak terkait"),
];

pub(super) fn check(rule: &Rule, raw: &RawRule, report: &mut Report) {
    if rule.status == Status::Active {
        check_metadata(rule, raw, report);
        check_end(rule, raw, report);
        check_tests(rule, raw, report);
    }
    check_words(raw, report);
    if rule.status == Status::Active && rule.class != Class::Q {
        check_reasons(rule, raw, report);
    }
}

fn check_metadata(rule: &Rule, raw: &RawRule, report: &mut Report) {
    let scores = rule.outcomes.iter().any(|o| o.points != 0) || rule.mandatory;
    let asks = scores && rule.class != Class::M;
    let blank = |text: Option<&Text>| text.is_none_or(|t| t.as_str().trim().is_empty());
    let missing = [
        ("why", scores && blank(raw.why.as_ref())),
        ("basis", scores && rule.basis.is_empty()),
        ("question", asks && blank(raw.question.as_ref())),
        ("false_positives", asks && rule.false_positives.is_empty()),
    ];
    let missing: Vec<_> = missing.iter().filter(|(_, is)| *is).map(|(key, _)| format!("`{key}`")).collect();
    if !missing.is_empty() {
        report.push(
            Diagnostic::new(
                Code::MissingMetadata,
                raw.id.span(),
                format!("rule `{}` without {}", rule.id, missing.join(", ")),
            )
            .label("active and scoring")
            .help("add them, or set `status = \"shadow\"` while the rule is being worked out"),
        );
    }
}

/// What a layer adds holds for a time, like what it changes.
fn check_end(rule: &Rule, raw: &RawRule, report: &mut Report) {
    let Some(layer) = &rule.layer else { return };
    if rule.valid.1.is_none() && rule.review_by.is_none() {
        report.push(
            Diagnostic::new(
                Code::MissingMetadata,
                raw.id.span(),
                format!("rule `{}` of a layer without an end", rule.id),
            )
            .label(format!("added by {layer}"))
            .help("say by `review_by` or `valid_to` when somebody looks at it again"),
        );
    }
}

/// At least one case in which the rule fires and one in which it stays quiet.
fn check_tests(rule: &Rule, raw: &RawRule, report: &mut Report) {
    let fires = |value: &Value| match &value.data {
        Data::Array(rows) => !rows.is_empty(),
        _ => true,
    };
    let quiet = |value: &Value, rows: usize| match &value.data {
        Data::Array(named) => named.len() < rows,
        _ => false,
    };
    let cases = raw.test.as_deref().unwrap_or_default();
    let fires = cases.iter().filter_map(|c| c.expect.fires.as_ref()).any(fires);
    let quiet = cases.iter().any(|c| c.expect.fires.as_ref().is_some_and(|f| quiet(f, c.given.len().max(1))));
    let missing = match (fires, quiet) {
        (true, true) => return,
        (false, true) => "a test in which it fires",
        (true, false) => "a test in which it stays quiet",
        (false, false) => "tests",
    };
    report.push(
        Diagnostic::new(
            Code::MissingTest,
            raw.id.span(),
            format!("rule `{}` has no {missing}", rule.id).replace("no a ", "no "),
        )
        .label("active")
        .help("add `[[rule.test]]` with `name`, `given` and `expect = { fires = ... }`"),
    );
}

fn check_words(raw: &RawRule, report: &mut Report) {
    let texts = [Some(&raw.title), raw.question.as_ref()].into_iter().flatten();
    for text in texts.chain(raw.outcome.iter().map(|o| &o.reason)) {
        let lower = text.as_str().to_lowercase();
        for (word, instead) in VERDICTS {
            let found = lower.match_indices(word).find(|(at, _)| {
                let before = lower.get(..*at).and_then(|s| s.chars().next_back());
                before.is_none_or(|c| !c.is_alphanumeric())
            });
            if let Some((at, _)) = found {
                report.push(
                    Diagnostic::new(
                        Code::VerdictWord,
                        text.part(at, at + word.len()),
                        format!("`{word}` sounds like a verdict"),
                    )
                    .label("an officer decides, after asking")
                    .help(format!("for instance `{instead}`")),
                );
            }
        }
    }
}

/// A reason that shows no value cannot be checked by whoever reads it. One-condition rules speak for themselves when the
/// condition is a plain fact, so this is advice.
fn check_reasons(rule: &Rule, raw: &RawRule, report: &mut Report) {
    for (outcome, raw) in rule.outcomes.iter().zip(&raw.outcome) {
        let compared = rule.when.iter().chain(&outcome.when).find_map(|line| ordered(&line.expr));
        let shows = outcome.reason.pieces.iter().any(|piece| !matches!(piece, Piece::Words(_)));
        if let (Some(column), false) = (compared, shows) {
            report.push(
                Diagnostic::new(
                    Code::ReasonWithoutValue,
                    raw.reason.span(),
                    "the reason shows none of the values compared",
                )
                .label("which number?")
                .help(format!("put the column in braces: `{{{column}}}`")),
            );
        }
    }
}

/// The first column that an expression compares by order. `<>` says that two things differ, which needs no number in the
/// reason.
fn ordered(expr: &Expr) -> Option<Arc<str>> {
    let mut found = None;
    expr.walk(&mut |part| {
        if let Kind::Compare(op, a, b) = &part.kind
            && !matches!(op, Comparison::Equal | Comparison::NotEqual)
        {
            found = found.take().or_else(|| a.columns().into_iter().chain(b.columns()).next());
        }
    });
    found
}
