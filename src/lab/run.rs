//! Running cases and comparing what came out with what was expected.

use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;

use super::applications::frame_of;
use super::cases::{Case, Rows};
use crate::Result;
use crate::columns::watchlist::{Lists, Loaded};
use crate::columns::{Cx, Reach, compute};
use crate::lists::Suppressed;
use crate::rules::{Plan, RuleSet};
use crate::screening::{LineAccount, RuleAccount, Told, Verdict, account};
use crate::words::Lang;

/// How a case came out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseResult {
    /// Number of the case in the list it came from.
    pub case: usize,
    /// How.
    pub outcome: Outcome,
}

/// How a case came out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// As expected.
    Passed,
    /// Otherwise.
    Failed(Vec<Difference>),
    /// A known gap that is still there.
    StillTodo,
    /// A known gap that is gone: the `todo` can go too.
    TodoPasses,
}

/// One thing that came out otherwise, with the rows that show why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// What was expected and what came.
    pub message: String,
    /// The rows concerned, at most three.
    pub rows: Vec<RowView>,
}

/// A row of a failing case: every line with its verdict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowView {
    /// From 1.
    pub number: usize,
    /// What the rule decided.
    pub verdict: Verdict,
    /// Its lines.
    pub lines: Vec<LineAccount>,
}

/// Runs the cases, each alone, in their order.
pub fn run(cases: &[Case], set: &RuleSet, cx: &Cx) -> Result<Vec<CaseResult>> {
    let rules: BTreeSet<usize> = cases.iter().map(|c| c.rule).collect();
    let plans: Vec<(usize, Plan)> = rules.into_iter().map(|rule| (rule, Plan::of_one(set, rule))).collect();
    cases
        .par_iter()
        .enumerate()
        .map(|(ix, case)| {
            let plan = plans.iter().find(|(rule, _)| *rule == case.rule);
            let differences = match plan {
                Some((_, plan)) => differences(case, set, plan, cx)?,
                None => Vec::new(),
            };
            let outcome = match (differences.is_empty(), &case.todo) {
                (true, None) => Outcome::Passed,
                (false, None) => Outcome::Failed(differences),
                (true, Some(_)) => Outcome::TodoPasses,
                (false, Some(_)) => Outcome::StillTodo,
            };
            Ok(CaseResult { case: ix, outcome })
        })
        .collect()
}

fn differences(case: &Case, set: &RuleSet, plan: &Plan, cx: &Cx) -> Result<Vec<Difference>> {
    let mut frame = frame_of(&case.applications)?;
    let cx = with_lists(case, set, cx)?;
    let witnesses = compute(&plan.sources, Reach::All, &cx, &mut frame, &plan.columns)?;
    let told = Told { set, plan, frame: &frame, witnesses: &witnesses, lang: Lang::Id };
    let rows: Vec<RuleAccount> = (0..case.applications.len())
        .map(|row| account(u32::try_from(row).unwrap_or(u32::MAX), case.rule, &told))
        .collect::<Result<_>>()?;
    let which = |test: &dyn Fn(&Verdict) -> bool| -> Rows {
        rows.iter().enumerate().filter(|(_, r)| test(&r.verdict)).map(|(ix, _)| ix).collect()
    };
    let mut found = Vec::new();
    let fired = which(&|v| matches!(v, Verdict::Fires { .. }));
    compare("fires in", &case.expected.fires, &fired, &rows, &mut found);
    if let Some(expected) = &case.expected.not_evaluable {
        let null = which(&|v| matches!(v, Verdict::NotEvaluable { .. }));
        compare("cannot be judged in", expected, &null, &rows, &mut found);
    }
    for row in &fired {
        let Some(Verdict::Fires { points, reason, .. }) = rows.get(*row).map(|r| &r.verdict) else { continue };
        if let Some(expected) = case.expected.points
            && expected != *points
        {
            found.push(Difference {
                message: format!("row {}: expected {expected} points, got {points}", row + 1),
                rows: view(&rows, [*row]),
            });
        }
        if let Some(expected) = &case.expected.reason
            && !reason.contains(expected.as_str())
        {
            found.push(Difference {
                message: format!("row {}: expected a reason with `{expected}`, got `{reason}`", row + 1),
                rows: Vec::new(),
            });
        }
    }
    Ok(found)
}

/// The run of a case: its own lists and nobody else's.
fn with_lists(case: &Case, set: &RuleSet, cx: &Cx) -> Result<Cx> {
    let specs =
        set.watchlists().filter_map(|spec| Some((spec, case.lists.iter().find(|(name, _)| *name == spec.name)?)));
    let loaded = specs.map(|(spec, (name, entries))| Ok((name.clone(), Loaded::new(spec, entries.clone())?)));
    let lists = Lists::new(loaded.collect::<Result<Vec<_>>>()?, Suppressed::default());
    Ok(Cx { lists: Arc::new(lists), ..cx.clone() })
}

fn compare(what: &str, expected: &Rows, got: &Rows, rows: &[RuleAccount], found: &mut Vec<Difference>) {
    if expected == got {
        return;
    }
    let list = |set: &Rows| match set.len() {
        0 => "no row".to_owned(),
        n if n == rows.len() && n > 1 => "every row".to_owned(),
        _ => format!("row {}", set.iter().map(|r| (r + 1).to_string()).collect::<Vec<_>>().join(", ")),
    };
    found.push(Difference {
        message: format!("{what}: expected {}, got {}", list(expected), list(got)),
        rows: view(rows, expected.symmetric_difference(got).copied().take(3)),
    });
}

fn view(rows: &[RuleAccount], which: impl IntoIterator<Item = usize>) -> Vec<RowView> {
    let row = |ix: usize| {
        let account = rows.get(ix)?;
        Some(RowView { number: ix + 1, verdict: account.verdict.clone(), lines: account.lines.clone() })
    };
    which.into_iter().filter_map(row).collect()
}
