//! What layers change: within bounds, with a reason, to an end.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use super::declared::{Declared, param_value};
use crate::diag::{Code, Diagnostic, Report, Span};
use crate::document::Text;
use crate::expr::Value;
use crate::rules::layers::{Change, Layer, Level, Target};
use crate::rules::raw::{RawAdjust, RawLayer};
use crate::rules::set::{Class, Param, Rule, Status};

/// The layer of a file.
pub(super) fn layer(raw: &RawLayer, report: &mut Report) -> Option<Arc<Layer>> {
    let level = Level::WORDS.iter().find(|(word, _)| *word == raw.level.as_str());
    if level.is_none() {
        let words = Level::WORDS.iter().map(|(word, _)| *word);
        report.push(
            Diagnostic::new(Code::UnknownWord, raw.level.span(), format!("`{}` is not a level", raw.level.as_str()))
                .label("regional or office; files without `[layer]` are national")
                .did_you_mean(raw.level.as_str(), words),
        );
    }
    let (name, owner) = (raw.name.as_str().to_owned(), raw.owner.as_str().to_owned());
    Some(Arc::new(Layer { name, level: level?.1, owner }))
}

/// An adjustment with its layer.
type Adjust<'a> = (&'a Arc<Layer>, &'a RawAdjust);

/// All adjustments, the lower layers first. One in a file without a layer has no place to stand and is reported.
fn adjusts<'a>(declared: &'a Declared, report: &mut Report) -> Vec<Adjust<'a>> {
    let mut all = Vec::new();
    for file in &declared.files {
        match (&file.layer, file.adjusts.first()) {
            (Some(layer), _) => all.extend(file.adjusts.iter().map(|adjust| (layer, adjust))),
            (None, Some(first)) if !file.layered => report.push(
                Diagnostic::new(Code::MissingKey, first.span, "an adjustment in a file without [layer]")
                    .label("whose change is this?")
                    .help("begin the file with `[layer]`, `name`, `level = \"office\"` and `owner`"),
            ),
            (None, _) => {}
        }
    }
    all.sort_by_key(|(layer, _)| layer.level);
    all
}

/// Moves parameters. Adjustments of rules are left to [`rules`], which reports nothing that this has reported.
pub(super) fn params(
    declared: &Declared,
    as_of: Option<NaiveDate>,
    params: &mut BTreeMap<(String, String), Param>,
    report: &mut Report,
) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut taken = Taken::default();
    for (layer, raw) in adjusts(declared, report) {
        let Some(name) = named(raw, report) else { continue };
        let Some((key, value)) = param_target(name, raw, params, report) else { continue };
        let Some(param) = params.get_mut(&key) else { continue };
        let target = Target::Param(key.0, key.1);
        if !taken.free(layer.level, &target, name.span(), report) || !in_bounds(&value, param, name, raw, report) {
            continue;
        }
        let idle = value == param.value;
        let from = param.value.to_string();
        let change = change(layer, raw, target, (from, value.to_string()), name.span(), as_of, idle, report);
        if change.applied {
            param.value = value;
        }
        changes.push(change);
    }
    changes
}

/// The parameter that an adjustment names, where it is about one. What is wrong with its form is reported here.
fn named<'a>(raw: &'a RawAdjust, report: &mut Report) -> Option<&'a Text> {
    let fault = match (&raw.param, &raw.rule) {
        (Some(_), Some(rule)) => Some((rule.span(), "an adjustment of a parameter and of a rule at once")),
        (None, None) => Some((raw.span, "an adjustment of nothing")),
        (Some(_), None) if raw.value.is_none() => Some((raw.span, "an adjustment of a parameter without `value`")),
        (None, Some(_)) if raw.points.is_none() && raw.status.is_none() => {
            Some((raw.span, "an adjustment of a rule without `points` or `status`"))
        }
        _ => None,
    };
    if let Some((span, message)) = fault {
        report.push(
            Diagnostic::new(Code::MissingKey, span, message)
                .label("says nothing that can be done")
                .help("`param` with `value`, or `rule` with `points` or `status`"),
        );
        return None;
    }
    raw.param.as_ref()
}

fn param_target(
    name: &Text,
    raw: &RawAdjust,
    params: &BTreeMap<(String, String), Param>,
    report: &mut Report,
) -> Option<((String, String), Value)> {
    let key = name.as_str().split_once('.').map(|(pack, name)| (pack.to_owned(), name.to_owned()));
    let Some(key) = key.filter(|key| params.contains_key(key)) else {
        let known: Vec<String> = params.keys().map(|(pack, name)| format!("{pack}.{name}")).collect();
        report.push(
            Diagnostic::new(Code::UnknownParam, name.span(), format!("no parameter `{}`", name.as_str()))
                .label("pack and name, with a dot between")
                .did_you_mean(name.as_str(), known.iter().map(String::as_str)),
        );
        return None;
    };
    Some((key, param_value(raw.value.as_ref()?, report)?))
}

fn in_bounds(value: &Value, param: &Param, name: &Text, raw: &RawAdjust, report: &mut Report) -> bool {
    let span = raw.value.as_ref().map_or(raw.span, |v| v.span);
    let (min, max) = &param.bounds;
    let fault = if std::mem::discriminant(value) != std::mem::discriminant(&param.declared) {
        Some((Code::WrongType, "a value of another type".to_owned()))
    } else if min.is_none() && max.is_none() {
        Some((Code::LayerRefused, "its pack declares no bounds, so no layer may move it".to_owned()))
    } else if min.as_ref().is_some_and(|min| value < min) || max.as_ref().is_some_and(|max| value > max) {
        let bound = |bound: &Option<Value>| bound.as_ref().map_or_else(|| "…".to_owned(), ToString::to_string);
        Some((Code::LayerRefused, format!("its pack allows {} to {}", bound(min), bound(max))))
    } else {
        None
    };
    let Some((code, label)) = fault else { return true };
    report.push(
        Diagnostic::new(code, span, format!("parameter `{}` cannot be {value}", name.as_str()))
            .label(label)
            .also(param.span, "declared here"),
    );
    false
}

/// Lowers points and switches off.
pub(super) fn rules(
    declared: &Declared,
    as_of: Option<NaiveDate>,
    rules: &mut [Rule],
    report: &mut Report,
) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut taken = Taken::default();
    let ids: Vec<String> = declared.rules().map(|r| r.id.as_str().to_owned()).collect();
    // Their form was reported with the parameters.
    for (layer, raw) in adjusts(declared, &mut Report::default()) {
        let (Some(name), None) = (&raw.rule, &raw.param) else { continue };
        let Some(rule) = rules.iter_mut().find(|rule| rule.id.as_str() == name.as_str()) else {
            // A rule with faults of its own is declared all the same.
            if !ids.iter().any(|id| id == name.as_str()) {
                report.push(
                    Diagnostic::new(Code::UnknownRule, name.span(), format!("no rule `{}`", name.as_str()))
                        .label("nothing to adjust")
                        .did_you_mean(name.as_str(), ids.iter().map(String::as_str)),
                );
            }
            continue;
        };
        if let Some(points) = &raw.points
            && taken.free(layer.level, &Target::Points(rule.id.clone()), points.span, report)
        {
            changes.extend(lower(rule, points.value, (layer, raw, points.span), as_of, report));
        }
        if let Some(status) = &raw.status
            && taken.free(layer.level, &Target::Status(rule.id.clone()), status.span(), report)
        {
            changes.extend(switch(rule, status, (layer, raw), as_of, report));
        }
    }
    changes
}

fn lower(
    rule: &mut Rule,
    points: i64,
    (layer, raw, span): (&Arc<Layer>, &RawAdjust, Span),
    as_of: Option<NaiveDate>,
    report: &mut Report,
) -> Option<Change> {
    let most = rule.outcomes.iter().map(|o| o.points).max().unwrap_or(0);
    let fault = match rule.class {
        Class::M => Some("a mitigating rule: fewer points back would make the list harsher"),
        Class::Q => Some("data quality gives no points"),
        _ if points < 0 => Some("points are lowered to 0 at the least"),
        _ if points > most => Some("a layer may only lower points"),
        _ => None,
    };
    if let Some(fault) = fault {
        report.push(
            Diagnostic::new(Code::LayerRefused, span, format!("{} cannot be set to {points} points", rule.id))
                .label(fault)
                .also(rule.span, format!("gives at most {most} without it")),
        );
        return None;
    }
    let target = Target::Points(rule.id.clone());
    let words = (format!("at most {most}"), format!("at most {points}"));
    let change = change(layer, raw, target, words, span, as_of, points == most, report);
    if change.applied {
        for outcome in &mut rule.outcomes {
            outcome.points = outcome.points.min(points);
        }
    }
    Some(change)
}

fn switch(
    rule: &mut Rule,
    word: &Text,
    (layer, raw): (&Arc<Layer>, &RawAdjust),
    as_of: Option<NaiveDate>,
    report: &mut Report,
) -> Option<Change> {
    let status = match word.as_str() {
        "off" => Status::Off,
        "shadow" => Status::Shadow,
        other => {
            let label = if other == "active" { "a layer cannot make a rule active" } else { "shadow or off" };
            report.push(
                Diagnostic::new(Code::LayerRefused, word.span(), format!("status of {} cannot be `{other}`", rule.id))
                    .label(label)
                    .also(rule.span, format!("{} without it", rule.status.name())),
            );
            return None;
        }
    };
    let idle = status <= rule.status;
    let words = (rule.status.name().to_owned(), status.name().to_owned());
    let change = change(layer, raw, Target::Status(rule.id.clone()), words, word.span(), as_of, idle, report);
    if change.applied {
        rule.status = rule.status.max(status);
    }
    Some(change)
}

#[expect(clippy::too_many_arguments, reason = "the parts of one record")]
fn change(
    layer: &Arc<Layer>,
    raw: &RawAdjust,
    target: Target,
    (from, to): (String, String),
    span: Span,
    as_of: Option<NaiveDate>,
    idle: bool,
    report: &mut Report,
) -> Change {
    let until = raw.until.value;
    let ended = as_of.is_some_and(|day| until < day);
    if raw.because.as_str().trim().is_empty() {
        report.push(
            Diagnostic::new(Code::EmptyValue, raw.because.span(), "an adjustment without a reason").label("why?"),
        );
    }
    if let Some(day) = as_of.filter(|_| ended) {
        report.push(
            Diagnostic::new(Code::LayerEnded, raw.until.span, format!("this adjustment ended on {until}"))
                .label(format!("not applied (as of {day})"))
                .note(format!("{target}: {from} again"))
                .help("take it out, or give it a new end and say why"),
        );
    } else if idle {
        report.push(
            Diagnostic::new(Code::LayerIdle, span, format!("{target}: {from} already"))
                .label("changes nothing")
                .help("take it out"),
        );
    }
    Change {
        layer: (**layer).clone(),
        target,
        from,
        to,
        because: raw.because.as_str().to_owned(),
        until,
        applied: as_of.is_some() && !ended && !idle,
        span,
    }
}

/// What was adjusted so far: within one level each thing once.
#[derive(Default)]
struct Taken(BTreeMap<(Level, Target), Span>);

impl Taken {
    fn free(&mut self, level: Level, target: &Target, span: Span, report: &mut Report) -> bool {
        match self.0.get(&(level, target.clone())) {
            Some(first) => {
                let message = format!("{target} is adjusted twice at one level");
                report.push(
                    Diagnostic::new(Code::DuplicateName, span, message)
                        .label("second time")
                        .also(*first, "first time")
                        .help("keep one of them"),
                );
                false
            }
            None => {
                self.0.insert((level, target.clone()), span);
                true
            }
        }
    }
}
