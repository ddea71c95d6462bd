//! Running cases: each alone, through the same columns, plan and evaluation as a night.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::{Duration, Instant};

use rayon::prelude::*;

use super::case::{Case, frame_of};
use super::compare::{Difference, differences};
use crate::columns::{Cx, Reach, Witnesses, compute};
use crate::frame::Frame;
use crate::rules::{Plan, RuleSet};
use crate::screening::{Hits, evaluate};
use crate::{Result, calendar};

/// How a case came out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseResult {
    /// Number of the case in the list it came from.
    pub case: usize,
    /// How.
    pub outcome: Outcome,
    /// How long it took. It depends on the machine and never on the result.
    pub took: Duration,
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

/// The plans that some cases need, made once.
#[derive(Debug)]
pub(super) struct Plans {
    of_rule: BTreeMap<usize, Plan>,
    pack: Option<Plan>,
}

impl Plans {
    pub(super) fn of<'a>(cases: impl Iterator<Item = &'a Case> + Clone, set: &RuleSet) -> Self {
        let rules: BTreeSet<usize> = cases.clone().filter_map(Case::rule).collect();
        let of_rule = rules.iter().copied().zip(Plan::of_each(set, rules.iter().copied())).collect();
        let pack = cases.clone().any(Case::of_pack).then(|| Plan::new(set, []));
        Self { of_rule, pack }
    }

    pub(super) fn of_rule(&self, rule: usize) -> Option<&Plan> {
        self.of_rule.get(&rule)
    }
}

/// A case's applications with the columns of a plan, and what its rules made of them.
#[derive(Debug)]
pub(super) struct Tried<'a> {
    pub(super) plan: &'a Plan,
    pub(super) frame: Arc<Frame>,
    /// The rows that are judged.
    judged: Arc<Frame>,
    pub(super) witnesses: Arc<Witnesses>,
    pub(super) hits: Hits,
}

impl<'a> Tried<'a> {
    pub(super) fn new(plan: &'a Plan, case: &Case) -> Result<Self> {
        Self::over(plan, frame_of(&case.applications)?, case)
    }

    /// `frame` has the columns of the dictionary for the applications of the case.
    pub(super) fn over(plan: &'a Plan, mut frame: Frame, case: &Case) -> Result<Self> {
        // Cases carry their own dates; nothing in them depends on the day they are run.
        let cx = Cx { lists: Arc::clone(&case.lists), ..Cx::new(calendar::date(0).unwrap_or_default()) };
        let witnesses = Arc::new(compute(&plan.sources, Reach::All, &cx, &mut frame, &plan.columns)?);
        let (frame, judged) = (Arc::new(frame), case.judged);
        let judged = if judged == frame.rows() { Arc::clone(&frame) } else { Arc::new(frame.slice(0, judged)) };
        let hits = evaluate(plan, &judged)?;
        Ok(Self { plan, frame, judged, witnesses, hits })
    }

    /// The same applications under other conditions over the same columns.
    pub(super) fn under<'p>(&self, plan: &'p Plan) -> Result<Tried<'p>> {
        let hits = evaluate(plan, &self.judged)?;
        let (frame, judged, witnesses) = (&self.frame, &self.judged, &self.witnesses);
        let (frame, judged, witnesses) = (Arc::clone(frame), Arc::clone(judged), Arc::clone(witnesses));
        Ok(Tried { plan, frame, judged, witnesses, hits })
    }
}

/// What came out otherwise than a case expects.
pub(super) fn attempt(case: &Case, set: &RuleSet, plans: &Plans) -> Result<Vec<Difference>> {
    let of_rule = case.rule().and_then(|rule| plans.of_rule(rule));
    let alone = of_rule.map(|plan| Tried::new(plan, case)).transpose()?;
    let of_pack = plans.pack.as_ref().filter(|_| case.of_pack());
    let pack = of_pack.map(|plan| Tried::new(plan, case)).transpose()?;
    differences(case, set, alone.as_ref(), pack.as_ref())
}

/// Runs the cases, in their order.
pub fn run(cases: &[Case], set: &RuleSet) -> Result<Vec<CaseResult>> {
    let plans = Plans::of(cases.iter(), set);
    cases
        .par_iter()
        .enumerate()
        .map(|(number, case)| {
            let begin = Instant::now();
            let differences = attempt(case, set, &plans)?;
            let outcome = match (differences.is_empty(), &case.todo) {
                (true, None) => Outcome::Passed,
                (false, None) => Outcome::Failed(differences),
                (true, Some(_)) => Outcome::TodoPasses,
                (false, Some(_)) => Outcome::StillTodo,
            };
            Ok(CaseResult { case: number, outcome, took: begin.elapsed() })
        })
        .collect()
}
