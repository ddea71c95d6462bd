//! One rule: its conditions, outcomes, points, validity, and what may not score.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::accountability;
use super::exceptions;
use super::scope::FileScope;
use crate::columns::derived::{nik, umur};
use crate::diag::{Code, Diagnostic, Report, Span};
use crate::document::Text;
use crate::expr::{Demands, Joined, Scope, Verdict, never_together, parse_condition, taint, verdict};
use crate::rules::layers::Layer;
use crate::rules::raw::{RawOutcome, RawPack, RawRule};
use crate::rules::set::{Audience, Class, Line, Outcome, Rule, RuleId, Status};
use crate::rules::template::Template;
use crate::schema::columns::{TANGGAL_LAHIR, TANGGAL_PERMOHONAN};
use crate::schema::{Protected, Reveals, Sensitivity};

/// The most one finding may add or take back.
const MOST_POINTS: i64 = 100;

/// Checks a rule. A rule with faults is dropped; they are all reported.
pub(super) fn check(
    raw: &RawRule,
    (pack, layer): (&RawPack, Option<&Arc<Layer>>),
    scope: &FileScope<'_>,
    report: &mut Report,
) -> Option<Rule> {
    check_id(raw, pack, report);
    let class = word(&raw.class, Class::ALL.iter().map(|c| (c.letter(), *c)), "class", report);
    let status = optional_word(raw.status.as_ref(), STATUSES, Status::Active, "status", report);
    let default_audience = if class == Some(Class::Q) { Audience::Operator } else { Audience::Officer };
    let audience = optional_word(raw.audience.as_ref(), AUDIENCES, default_audience, "audience", report);
    if raw.version.value < 1 {
        report.push(Diagnostic::new(Code::OutOfRange, raw.version.span, "versions count from 1").label("too small"));
    }
    let when = lines(&raw.when, Joined::All, scope, report);
    let unless = lines(raw.unless.as_deref().unwrap_or_default(), Joined::None, scope, report);
    if raw.when.is_empty() {
        report.push(
            Diagnostic::new(Code::EmptyValue, raw.id.span(), "a rule without conditions would fire for everybody")
                .label("`when` is empty"),
        );
    }
    let outcomes = outcomes(raw, class, scope, report);
    let valid = (raw.valid_from.as_ref().map(|d| d.value), raw.valid_to.as_ref().map(|d| d.value));
    if let (Some(from), Some(to)) = (&raw.valid_from, &raw.valid_to)
        && from.value > to.value
    {
        report.push(
            Diagnostic::new(Code::EmptyValidity, to.span, "the rule ends before it begins")
                .label("last day")
                .also(from.span, "first day"),
        );
    }
    let text = |text: &Option<Text>| text.as_ref().map(|t| t.as_str().to_owned());
    let texts = |texts: &Option<Vec<Text>>| texts.iter().flatten().map(|t| t.as_str().to_owned()).collect();
    let rule = Rule {
        id: RuleId::new(raw.id.as_str()),
        version: raw.version.value,
        title: raw.title.as_str().to_owned(),
        title_en: text(&raw.title_en),
        class: class?,
        when: when?,
        unless: unless?,
        outcomes: outcomes?,
        why: text(&raw.why).unwrap_or_default(),
        basis: texts(&raw.basis),
        question: text(&raw.question),
        question_en: text(&raw.question_en),
        false_positives: texts(&raw.false_positives),
        status: status?,
        mandatory: raw.mandatory.as_ref().is_some_and(|m| m.value),
        audience: audience?,
        valid,
        mitigates: texts(&raw.mitigates),
        sharpens: texts(&raw.sharpens),
        exceptions: texts(&raw.exceptions),
        review_by: raw.review_by.clone(),
        cases: raw.test.clone().unwrap_or_default(),
        pack: pack.name.as_str().to_owned(),
        layer: layer.cloned(),
        span: raw.id.span(),
        version_span: raw.version.span,
        valid_span: raw.valid_to.as_ref().or(raw.valid_from.as_ref()).map(|d| d.span),
    };
    check_contradictions(&rule, scope, report);
    check_mandatory(&rule, raw, report);
    check_protected(&rule, scope, report);
    exceptions::check_allowed(raw, scope.names, report);
    accountability::check(&rule, raw, report);
    Some(rule)
}

const STATUSES: &[(&str, Status)] = &[("active", Status::Active), ("shadow", Status::Shadow), ("off", Status::Off)];
const AUDIENCES: &[(&str, Audience)] =
    &[("officer", Audience::Officer), ("operator", Audience::Operator), ("integrity", Audience::Integrity)];

fn check_id(raw: &RawRule, pack: &RawPack, report: &mut Report) {
    let id = raw.id.as_str();
    let family = pack.family.as_str();
    let mut chars = id.chars();
    let letter = chars.next();
    let digits = chars.as_str();
    let sound = letter.is_some_and(|c| c.is_ascii_uppercase())
        && (2..=3).contains(&digits.len())
        && digits.bytes().all(|b| b.is_ascii_digit());
    if !sound {
        report.push(
            Diagnostic::new(Code::BadId, raw.id.span(), format!("`{id}` is not a rule id"))
                .label("a capital letter and two or three digits, as in `S01`"),
        );
    } else if letter.map(String::from).as_deref() != Some(family) {
        report.push(
            Diagnostic::new(Code::BadId, raw.id.span(), format!("rule `{id}` in a pack of family {family}"))
                .label(format!("should begin with {family}"))
                .also(pack.family.span(), "family of this file"),
        );
    }
}

fn word<T: Copy>(
    text: &Text,
    known: impl Iterator<Item = (&'static str, T)>,
    key: &str,
    report: &mut Report,
) -> Option<T> {
    let known: Vec<_> = known.collect();
    let found = known.iter().find(|(word, _)| *word == text.as_str()).map(|(_, value)| *value);
    if found.is_none() {
        let words: Vec<_> = known.iter().map(|(word, _)| *word).collect();
        report.push(
            Diagnostic::new(Code::UnknownWord, text.span(), format!("`{}` is not a {key}", text.as_str()))
                .label(format!("one of: {}", words.join(", ")))
                .did_you_mean(text.as_str(), words),
        );
    }
    found
}

fn optional_word<T: Copy>(
    text: Option<&Text>,
    known: &[(&'static str, T)],
    usual: T,
    key: &str,
    report: &mut Report,
) -> Option<T> {
    text.map_or(Some(usual), |text| word(text, known.iter().copied(), key, report))
}

/// Checks the lines of one list; all of them, whatever is wrong with the first.
fn lines(raw: &[Text], joined: Joined, scope: &FileScope<'_>, report: &mut Report) -> Option<Vec<Line>> {
    let mut seen: BTreeMap<String, Span> = BTreeMap::new();
    let mut checked = Vec::with_capacity(raw.len());
    for text in raw {
        let Some(expr) = parse_condition(text, joined, scope, report) else { continue };
        match verdict(&expr, scope) {
            Verdict::Always => report.push(
                Diagnostic::new(Code::AlwaysTrue, text.span(), "this line holds whatever the data")
                    .label("says nothing"),
            ),
            Verdict::Never => report.push(
                Diagnostic::new(Code::NeverTrue, text.span(), "this line cannot hold, whatever the data")
                    .label("never true"),
            ),
            Verdict::Open => {}
        }
        if let Some(first) = seen.insert(expr.to_string(), text.span()) {
            report.push(
                Diagnostic::new(Code::RepeatedLine, text.span(), "this line stands in the list twice")
                    .label("second time")
                    .also(first, "first time"),
            );
        }
        checked.push(Line { text: text.as_str().to_owned(), expr, span: text.span() });
    }
    (checked.len() == raw.len()).then_some(checked)
}

fn outcomes(raw: &RawRule, class: Option<Class>, scope: &FileScope<'_>, report: &mut Report) -> Option<Vec<Outcome>> {
    let mut checked = Vec::with_capacity(raw.outcome.len());
    let mut last_resort: Option<Span> = None;
    for outcome in &raw.outcome {
        if let Some(first) = last_resort {
            report.push(
                Diagnostic::new(Code::OutcomeUnreachable, outcome.span, "this outcome is never reached")
                    .label("comes too late")
                    .also(first, "this one has no condition and takes every row"),
            );
        }
        let when = outcome.when.as_deref().unwrap_or_default();
        if when.is_empty() && last_resort.is_none() {
            last_resort = Some(outcome.span);
        }
        if let Some(class) = class {
            check_points(outcome, class, report);
        }
        let when = lines(when, Joined::All, scope, report);
        let reason = Template::parse(&outcome.reason, scope, scope, report);
        let reason_en = outcome.reason_en.as_ref().map(|text| Template::parse(text, scope, scope, report));
        if let (Some(when), Some(reason)) = (when, reason) {
            let reason_en = reason_en.flatten();
            checked.push(Outcome { when, points: outcome.points.value, reason, reason_en, span: outcome.span });
        }
    }
    if let (None, Some(last)) = (last_resort, raw.outcome.last()) {
        report.push(
            Diagnostic::new(Code::NoFallbackOutcome, last.span, "every outcome has a condition")
                .label("what if none holds?")
                .help("add a last `[[rule.outcome]]` without `when`"),
        );
    }
    (checked.len() == raw.outcome.len()).then_some(checked)
}

fn check_points(outcome: &RawOutcome, class: Class, report: &mut Report) {
    let points = outcome.points.value;
    let fault = match class {
        _ if points.abs() > MOST_POINTS => Some(format!("at most {MOST_POINTS} points for one finding")),
        Class::A | Class::B | Class::C if points < 0 => Some("only class M takes points back".to_owned()),
        Class::M if points >= 0 => Some("a mitigating rule has negative points".to_owned()),
        Class::Q if points != 0 => Some("data quality gives no points".to_owned()),
        Class::A | Class::B | Class::C | Class::Q | Class::M => None,
    };
    if let Some(fault) = fault {
        report.push(
            Diagnostic::new(
                Code::PointsClass,
                outcome.points.span,
                format!("{points} points in class {}", class.letter()),
            )
            .label(fault),
        );
    }
}

/// A mandatory rule puts people on the list by itself, which only a finding of class A or B may do. Class Q may read protected
/// attributes for that reason.
fn check_mandatory(rule: &Rule, raw: &RawRule, report: &mut Report) {
    if let Some(mandatory) = raw.mandatory.as_ref().filter(|m| m.value && !rule.class.refers()) {
        let message = format!("a rule of class {} cannot be mandatory", rule.class.letter());
        report.push(
            Diagnostic::new(Code::PointsClass, mandatory.span, message)
                .label("only class A and B put anybody on the list"),
        );
    }
}

/// Lines that exclude each other or decide each other: within `when`, between `when` and `unless`, among outcomes.
fn check_contradictions(rule: &Rule, scope: &FileScope<'_>, report: &mut Report) {
    let when: Vec<_> = rule.when.iter().map(|l| &l.expr).collect();
    let place = |ix: usize| rule.when.get(ix).map_or(rule.span, |l| l.span);
    if let Some((a, b)) = never_together(&when, scope) {
        report.push(
            Diagnostic::new(Code::NeverTrue, place(b), "this line and another cannot both hold")
                .label("not together with the other")
                .also(place(a), "the other"),
        );
        // Whatever else follows from lines that cannot hold says nothing.
        return;
    }
    let demanded = Demands::of(when, [], scope);
    for line in &rule.unless {
        if let Some(same) = rule.when.iter().find(|w| w.expr.to_string() == line.expr.to_string()) {
            report.push(
                Diagnostic::new(Code::NeverTrue, line.span, "the same line stands under `when`")
                    .label("must not hold")
                    .also(same.span, "must hold"),
            );
        } else if demanded.imply_line(&line.expr, scope) {
            report.push(
                Diagnostic::new(Code::NeverTrue, line.span, "this `unless` line holds wherever the `when` lines do")
                    .label("so the rule never fires")
                    .help("one of the two was meant differently"),
            );
        } else if demanded.exclude_line(&line.expr, scope) {
            report.push(
                Diagnostic::new(
                    Code::AlwaysTrue,
                    line.span,
                    "this `unless` line cannot hold where the `when` lines do",
                )
                .label("keeps nobody out")
                .help("delete it, or say what it was meant to keep out"),
            );
        }
    }
    check_outcomes(rule, &demanded, scope, report);
}

/// Outcomes that are never reached: the lines of the rule rule them out, or an earlier outcome takes every row first.
fn check_outcomes(rule: &Rule, demanded: &Demands, scope: &FileScope<'_>, report: &mut Report) {
    let mut earlier: Vec<&Outcome> = Vec::new();
    for outcome in &rule.outcomes {
        if let Some(line) = outcome.when.iter().find(|line| demanded.exclude_line(&line.expr, scope)) {
            let against = |when: &&Line| Demands::of([&when.expr], [], scope).exclude_line(&line.expr, scope);
            let demands = rule.when.iter().find(against).or(rule.when.first());
            report.push(
                Diagnostic::new(Code::NeverTrue, line.span, "this line cannot hold where the rule fires")
                    .label("never true here")
                    .also(demands.map_or(rule.span, |l| l.span), "the rule demands"),
            );
            continue;
        }
        let lines = rule.when.iter().chain(&outcome.when).map(|l| &l.expr);
        let reached = Demands::of(lines, [], scope);
        let taken = earlier.iter().find(|before| before.when.iter().all(|l| reached.imply_line(&l.expr, scope)));
        if let Some(before) = taken {
            report.push(
                Diagnostic::new(Code::OutcomeUnreachable, outcome.span, "this outcome is never reached")
                    .label("comes too late")
                    .also(before.span, "this one holds whenever it would")
                    .help("put the sharper outcome first"),
            );
        }
        // What stands behind an outcome without a condition was reported with the list.
        if !outcome.when.is_empty() {
            earlier.push(outcome);
        }
    }
}

/// What may never reach a score, followed through every line that decides about points or the list.
fn check_protected(rule: &Rule, scope: &FileScope<'_>, report: &mut Report) {
    if rule.class == Class::Q {
        // Quality findings go to the operator and move nobody on the list.
        return;
    }
    for line in rule.lines() {
        let taint = taint(&line.expr, scope);
        if let Reveals::Is(attributes) = taint.reveals {
            report.push(
                Diagnostic::new(Code::ProtectedAttribute, taint.place, format!("{attributes} would reach the score"))
                    .label("tells it")
                    .help(if attributes | Protected::SEX == attributes {
                        "compare for consistency (`nik.kelamin_beda`), or leave it to the audit"
                    } else {
                        "ask for what the person does or brings, or leave it to the audit"
                    })
                    .note("UU 18/2017: protection without discrimination; `saring explain R401` has the whole reason"),
            );
        }
        for name in line.expr.columns() {
            let hidden = scope.names.catalog.get(&name).is_some_and(|c| c.sensitivity == Sensitivity::Hidden);
            if hidden && rule.audience != Audience::Integrity {
                report.push(
                    Diagnostic::new(Code::ColumnMayNotScore, line.span, format!("`{name}` may not score"))
                        .label("read by people only"),
                );
            }
        }
    }
    check_age_alone(rule, scope, report);
}

/// Columns that say how old a person is and nothing else.
fn is_age(name: &str) -> bool {
    [TANGGAL_LAHIR, umur::UMUR, umur::UMUR_BULAN, nik::TANGGAL, nik::UMUR].contains(&name)
}

fn check_age_alone(rule: &Rule, scope: &FileScope<'_>, report: &mut Report) {
    let scores = rule.outcomes.iter().any(|o| o.points != 0) || rule.mandatory;
    let columns: Vec<_> = rule.lines().flat_map(|l| l.expr.columns()).collect();
    let about_age = columns.iter().any(|c| is_age(c));
    let only_age = columns.iter().all(|c| is_age(c) || &**c == TANGGAL_PERMOHONAN);
    let known = columns.iter().all(|c| scope.column(c).is_some());
    if scores && about_age && only_age && known {
        let span = rule.when.first().map_or(rule.span, |l| l.span);
        report.push(
            Diagnostic::new(Code::AgeAlone, span, "the rule rests on age alone")
                .label("nothing else is asked")
                .help("add what makes the age matter: purpose, documents, who travels along"),
        );
    }
}
