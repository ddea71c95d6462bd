//! Exceptions: which columns a rule's author lets them look at, and whether each keeps to it.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::declared::{Declared, File};
use super::scope::Names;
use crate::calendar;
use crate::diag::{Code, Diagnostic, Report, Span};
use crate::document::{Data, Text, Value as Written};
use crate::expr::Value;
use crate::rules::layers::Exception;
use crate::rules::raw::{RawException, RawRule};
use crate::rules::set::{Rule, RuleId, Status};
use crate::schema::{Reveals, Type};

/// The longest an exception may run without a remark, in days from the reference date.
const LONGEST_DAYS: i64 = 366;

/// The columns a rule allows exceptions to look at.
pub(super) fn check_allowed(raw: &RawRule, names: &Names, report: &mut Report) {
    if let (Some(first), "M") = (raw.exceptions.iter().flatten().next(), raw.class.as_str()) {
        report.push(
            Diagnostic::new(Code::ExceptionRefused, first.span(), "no exception may hide a mitigation")
                .label("would make the list harsher"),
        );
    }
    for column in raw.exceptions.iter().flatten() {
        let name = column.as_str();
        if names.broken.contains(name) {
            continue;
        }
        let Some(known) = names.catalog.get(name) else {
            report.push(
                Diagnostic::new(Code::UnknownColumn, column.span(), format!("unknown column `{name}`"))
                    .label("no exception can look at it")
                    .did_you_mean(name, names.catalog.names()),
            );
            continue;
        };
        if let Reveals::Is(attributes) = known.reveals {
            report.push(
                Diagnostic::new(
                    Code::ProtectedAttribute,
                    column.span(),
                    format!("{attributes} would decide who is let off"),
                )
                .label("tells it")
                .help("allow a key that says who or what it is about, such as `penjamin.kunci`"),
            );
        }
        if matches!(known.ty, Type::List(_) | Type::Texts) {
            report.push(
                Diagnostic::new(Code::TypeMismatch, column.span(), "an exception cannot look into a list")
                    .label(known.ty.describe()),
            );
        }
    }
}

/// Checks every exception. One with faults is dropped; they are all reported.
pub(super) fn check(
    declared: &Declared,
    as_of: Option<NaiveDate>,
    rules: &[Rule],
    names: &Names,
    report: &mut Report,
) -> Vec<Exception> {
    let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
    let mut all = Vec::new();
    for file in &declared.files {
        report_mixed(file, report);
        for raw in &file.exceptions {
            if let Some(first) = seen.insert(raw.id.as_str(), raw.id.span()) {
                report.push(
                    Diagnostic::new(
                        Code::DuplicateName,
                        raw.id.span(),
                        format!("exception `{}` is declared twice", raw.id.as_str()),
                    )
                    .label("second time")
                    .also(first, "first time"),
                );
                continue;
            }
            all.extend(one(raw, as_of, (declared, rules), names, report));
        }
    }
    all.sort_by(|a, b| a.id.cmp(&b.id));
    all
}

/// Exceptions stand in files of their own, so that who may approve them and who may write rules can differ.
fn report_mixed(file: &File, report: &mut Report) {
    let (Some(first), true) = (file.exceptions.first(), file.pack.is_some() || !file.rules.is_empty()) else { return };
    report.push(
        Diagnostic::new(Code::ExceptionRefused, first.span, "an exception in a file with rules")
            .label("stands in a file of its own")
            .help("move it to a file such as `exceptions/2026-09.toml` in the same folder of rules"),
    );
}

fn one(
    raw: &RawException,
    as_of: Option<NaiveDate>,
    (declared, rules): (&Declared, &[Rule]),
    names: &Names,
    report: &mut Report,
) -> Option<Exception> {
    let refuse = |report: &mut Report, span: Span, message: String, label: &str| {
        report.push(Diagnostic::new(Code::ExceptionRefused, span, message).label(label));
    };
    let id = raw.id.as_str();
    for (text, what) in [(&raw.reason, "a reason"), (&raw.owner, "an owner"), (&raw.approver, "an approver")] {
        if text.as_str().trim().is_empty() {
            report.push(Diagnostic::new(Code::EmptyValue, text.span(), format!("exception `{id}` without {what}")));
        }
    }
    if raw.owner.as_str().trim().eq_ignore_ascii_case(raw.approver.as_str().trim()) {
        refuse(report, raw.approver.span(), format!("exception `{id}` is approved by its own owner"), "somebody else");
    }
    let most = usize::try_from(raw.most.value).ok().filter(|n| *n >= 1);
    if most.is_none() {
        refuse(report, raw.most.span, format!("exception `{id}` may hide nothing"), "at least 1");
    }
    if raw.rules.is_empty() || raw.matching.entries.is_empty() {
        let what = if raw.rules.is_empty() { "no rule" } else { "no column; it would hide every finding" };
        refuse(report, raw.id.span(), format!("exception `{id}` names {what}"), "too broad or too narrow");
    }
    let touched: Vec<&Rule> = raw.rules.iter().filter_map(|name| touched(name, (declared, rules), report)).collect();
    let matching: Vec<_> = raw
        .matching
        .entries
        .iter()
        .map(|(column, values)| {
            let (name, values) = values_of(column, values, names, report)?;
            for rule in touched.iter().filter(|rule| !rule.exceptions.iter().any(|c| c == column.as_str())) {
                let allowed = match rule.exceptions.as_slice() {
                    [] => "the rule allows no exceptions".to_owned(),
                    some => format!("the rule allows: {}", some.join(", ")),
                };
                report.push(
                    Diagnostic::new(
                        Code::ExceptionRefused,
                        column.span(),
                        format!("{} does not allow exceptions by `{}`", rule.id, column.as_str()),
                    )
                    .label("not allowed by its author")
                    .also(rule.span, allowed),
                );
            }
            Some((name, values))
        })
        .collect();
    report_time(raw, as_of, &touched, report);
    Some(Exception {
        id: id.to_owned(),
        rules: touched.iter().map(|rule| rule.id.clone()).collect(),
        matching: matching.into_iter().collect::<Option<_>>()?,
        reason: raw.reason.as_str().to_owned(),
        owner: raw.owner.as_str().to_owned(),
        approver: raw.approver.as_str().to_owned(),
        until: raw.until.value,
        most: most?,
        span: raw.id.span(),
    })
}

fn touched<'r>(name: &Text, (declared, rules): (&Declared, &'r [Rule]), report: &mut Report) -> Option<&'r Rule> {
    let found = rules.iter().find(|rule| rule.id == RuleId::new(name.as_str()));
    if found.is_none() && !declared.rules().any(|rule| rule.id.as_str() == name.as_str()) {
        let known = declared.rules().map(|rule| rule.id.as_str());
        report.push(
            Diagnostic::new(Code::UnknownRule, name.span(), format!("no rule `{}`", name.as_str()))
                .label("rules are named one by one")
                .did_you_mean(name.as_str(), known),
        );
    }
    found
}

/// The values a column must have one of.
fn values_of(column: &Text, written: &Written, names: &Names, report: &mut Report) -> Option<(String, Vec<Value>)> {
    let name = column.as_str();
    let written = match &written.data {
        Data::Array(values) => values,
        // `penjamin.kunci = [...]` is TOML for a table `penjamin` with a key `kunci`.
        Data::Table(table) => {
            let inner = table.entries.first().map_or("...", |entry| entry.key.as_str());
            report.push(
                Diagnostic::new(Code::WrongType, column.span(), "a column with a dot in its name stands in quotes")
                    .label("read as a table")
                    .help(format!("write `\"{name}.{inner}\" = [...]`")),
            );
            return None;
        }
        other => {
            report.push(
                Diagnostic::new(
                    Code::WrongType,
                    written.span,
                    format!("expected a list of values, found {}", other.describe()),
                )
                .label("put it in brackets: [...]"),
            );
            return None;
        }
    };
    let Some(known) = names.catalog.get(name) else {
        if !names.broken.contains(name) {
            report.push(
                Diagnostic::new(Code::UnknownColumn, column.span(), format!("unknown column `{name}`"))
                    .label("no such column")
                    .did_you_mean(name, names.catalog.names()),
            );
        }
        return None;
    };
    if written.is_empty() {
        report.push(Diagnostic::new(Code::EmptyValue, column.span(), format!("no values of `{name}`")));
    }
    let values: Vec<Option<Value>> = written.iter().map(|value| value_of(value, known.ty, name, report)).collect();
    Some((name.to_owned(), values.into_iter().collect::<Option<_>>()?))
}

fn value_of(written: &Written, ty: Type, name: &str, report: &mut Report) -> Option<Value> {
    let value = match (&written.data, ty) {
        (Data::Text(text), Type::Text) => Some(Value::Text(text.as_str().to_owned())),
        (Data::Text(text), Type::Code(table)) => {
            if table.get(text.as_str()).is_none() {
                report.push(
                    Diagnostic::new(
                        Code::UnknownCode,
                        written.span,
                        format!("`{}` is not a code of {name}", text.as_str()),
                    )
                    .label("not in the closed list")
                    .did_you_mean(text.as_str(), table.codes()),
                );
                return None;
            }
            Some(Value::Text(text.as_str().to_owned()))
        }
        (Data::Int(n), Type::Int) => Some(Value::Int(*n)),
        (Data::Date(date), Type::Date) => Some(Value::Date(calendar::days(*date))),
        (Data::Bool(b), Type::Bool) => Some(Value::Bool(*b)),
        _ => None,
    };
    if value.is_none() {
        report.push(
            Diagnostic::new(
                Code::TypeMismatch,
                written.span,
                format!("`{name}` cannot be {}", written.data.describe()),
            )
            .label(format!("the column holds {}", ty.describe())),
        );
    }
    value
}

fn report_time(raw: &RawException, as_of: Option<NaiveDate>, touched: &[&Rule], report: &mut Report) {
    let (id, until) = (raw.id.as_str(), raw.until.value);
    let Some(day) = as_of else { return };
    if until < day {
        report.push(
            Diagnostic::new(Code::ExceptionEnded, raw.until.span, format!("exception `{id}` ended on {until}"))
                .label(format!("hides nothing any more (as of {day})"))
                .help("take it out, or have it approved again"),
        );
        return;
    }
    if (until - day).num_days() > LONGEST_DAYS {
        report.push(
            Diagnostic::new(Code::ExceptionLong, raw.until.span, format!("exception `{id}` runs for more than a year"))
                .label(format!("as of {day}"))
                .help("a nearer end makes somebody look again"),
        );
    }
    let over = |rule: &&Rule| rule.status == Status::Off || rule.valid.1.is_some_and(|last| last < day);
    if !touched.is_empty() && touched.iter().all(over) {
        report.push(
            Diagnostic::new(Code::ExceptionIdle, raw.id.span(), format!("exception `{id}` can hide nothing"))
                .label("its rules are switched off or have ended")
                .help("take it out"),
        );
    }
}
