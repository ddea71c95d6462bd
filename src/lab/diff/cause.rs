//! Why an application moved: the findings that came, went or changed their points, and the line of the rule that decided.

use std::collections::{BTreeMap, BTreeSet};

use super::Version;
use crate::Result;
use crate::rules::Status;
use crate::screening::{Hit, Told, Verdict, account, evidence};
use crate::words::Lang;

/// What a finding did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// It came, with these points.
    Came(i64),
    /// It went, with these points.
    Went(i64),
    /// It has other points: before and after.
    Points(i64, i64),
}

/// One cause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cause {
    /// The rule.
    pub rule: String,
    /// What its finding did.
    pub turn: Turn,
    /// What decided, in the version under which the rule does not fire.
    pub why: String,
}

/// The causes, by rule.
pub(super) fn causes(row: u32, old: Version<'_>, new: Version<'_>) -> Result<Vec<Cause>> {
    let (before, after) = (by_rule(row, old), by_rule(row, new));
    let ids: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let mut causes = Vec::new();
    for id in ids {
        let (turn, why) = match (before.get(id), after.get(id)) {
            (None, Some(hit)) => (Turn::Came(hit.points), silence(id, row, old, "new rule")?),
            (Some(hit), None) => (Turn::Went(hit.points), silence(id, row, new, "rule is gone")?),
            (Some(a), Some(b)) if a.points != b.points => (Turn::Points(a.points, b.points), String::new()),
            _ => continue,
        };
        causes.push(Cause { rule: id.clone(), turn, why });
    }
    Ok(causes)
}

fn by_rule(row: u32, version: Version<'_>) -> BTreeMap<String, Hit> {
    let hits = version.judged.hits.of_row(row).iter();
    hits.filter_map(|hit| Some((version.rule_of(hit)?.id.to_string(), *hit))).collect()
}

/// Why a rule does not fire: the first line that stands against it.
fn silence(id: &str, row: u32, version: Version<'_>, absent: &str) -> Result<String> {
    let Some(number) = version.set.rules.iter().position(|rule| rule.id.as_str() == id) else {
        return Ok(absent.to_owned());
    };
    if version.set.rules.get(number).is_some_and(|rule| rule.status == Status::Off) {
        return Ok("switched off".to_owned());
    }
    let (plan, witnesses) = (&version.judged.plan, &version.judged.witnesses);
    let told = Told { set: version.set, plan, frame: version.frame(), witnesses, lang: Lang::En };
    let account = account(row, number, &told)?;
    if account.verdict == Verdict::NotInForce {
        return Ok("not in force".to_owned());
    }
    let against = |held: Option<bool>, unless: bool| held != Some(!unless);
    let line = account.lines.iter().find(|line| against(line.held, line.unless));
    Ok(line.map_or_else(String::new, |line| match (line.held, line.unless) {
        (None, _) => format!("`{}` cannot be judged", line.text),
        (Some(_), true) => format!("unless `{}`", line.text),
        (Some(_), false) => format!("not `{}`", line.text),
    }))
}

/// The groups and networks behind findings that came or went.
pub(super) fn sources(row: u32, old: Version<'_>, new: Version<'_>) -> BTreeSet<String> {
    let (before, after) = (by_rule(row, old), by_rule(row, new));
    let of = |hits: &BTreeMap<String, Hit>, others: &BTreeMap<String, Hit>, version: Version<'_>| {
        let turned = hits.iter().filter(|(id, _)| !others.contains_key(*id));
        let judged = version.judged;
        let behind = turned.flat_map(|(_, hit)| evidence(hit, &judged.plan, &judged.witnesses, &judged.frame));
        behind.map(|evidence| evidence.source).collect::<BTreeSet<_>>()
    };
    let mut found = of(&before, &after, old);
    found.extend(of(&after, &before, new));
    found
}
