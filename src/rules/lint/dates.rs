//! Rules whose last day or whose review has passed, and trials without an end.

use chrono::NaiveDate;

use crate::diag::{Code, Diagnostic, Report};
use crate::rules::set::{Rule, RuleSet, Status};

pub(super) fn report(set: &RuleSet, as_of: NaiveDate, report: &mut Report) {
    for rule in set.rules.iter().filter(|rule| rule.status != Status::Off) {
        // A rule of the past is kept for applications of its time as long as somebody has said when to look at it again.
        let looked_after = rule.review_by.as_ref().is_some_and(|day| day.value >= as_of);
        let ended = rule.valid.1.filter(|last| *last < as_of && !looked_after);
        match (ended, rule.valid_span) {
            (Some(last), Some(span)) => report.push(
                Diagnostic::new(Code::OutOfDate, span, format!("{} ended on {last}", rule.id))
                    .label(format!("as of {as_of} it fires for older applications only"))
                    .help("set `status = \"off\"`, or take it out once no open application is as old"),
            ),
            _ => review(rule, as_of, report),
        }
    }
}

fn review(rule: &Rule, as_of: NaiveDate, report: &mut Report) {
    let trial = rule.status == Status::Shadow;
    let fault = match &rule.review_by {
        Some(day) if day.value >= as_of => return,
        Some(day) if trial => Diagnostic::new(
            Code::ShadowTooLong,
            day.span,
            format!("the trial of {} was to end on {}", rule.id, day.value),
        )
        .label(format!("as of {as_of}"))
        .help("make it active, take it out, or say until when the trial goes on"),
        Some(day) => {
            Diagnostic::new(Code::OutOfDate, day.span, format!("{} was to be reviewed by {}", rule.id, day.value))
                .label(format!("as of {as_of}"))
                .help("look at how it went (`audit.json` counts it each night), then move the date")
        }
        None if trial => {
            Diagnostic::new(Code::ShadowTooLong, rule.span, format!("{} is on trial without an end", rule.id))
                .label("`status = \"shadow\"`")
                .help("say by `review_by` when somebody decides about it")
        }
        None => return,
    };
    report.push(fault);
}
