//! Every rule over every application, in one pass over blocks of rows.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::Result;
use crate::expr::{Bits, Evaluation, Tri};
use crate::frame::Frame;
use crate::rules::{Plan, PlannedLine, PlannedRule};
use crate::schema::columns::TANGGAL_PERMOHONAN;

/// A rule that fired for an application.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hit {
    /// Row of the application.
    pub row: u32,
    /// Number of the rule in the plan.
    pub rule: u32,
    /// Number of the outcome that counts.
    pub outcome: u32,
    /// Its points; 0 for a rule on trial.
    pub points: i64,
}

/// How a rule went over all applications.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tally {
    /// Fired.
    pub fired: usize,
    /// Did not fire.
    pub quiet: usize,
    /// Not in force on the date of the application.
    pub not_in_force: usize,
    /// Could not be judged, by the column whose value was missing; the empty name stands for a computation without a
    /// result, such as a division by zero.
    pub not_evaluable: BTreeMap<String, usize>,
}

impl Tally {
    fn add(&mut self, other: Self) {
        self.fired += other.fired;
        self.quiet += other.quiet;
        self.not_in_force += other.not_in_force;
        for (column, count) in other.not_evaluable {
            *self.not_evaluable.entry(column).or_default() += count;
        }
    }
}

/// All hits, by row and then by rule, and how each rule of the plan went.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Hits {
    /// The hits.
    pub hits: Vec<Hit>,
    /// One entry a rule of the plan.
    pub tallies: Vec<Tally>,
}

impl Hits {
    /// The hits of one row.
    #[must_use]
    pub fn of_row(&self, row: u32) -> &[Hit] {
        let start = self.hits.partition_point(|h| h.row < row);
        let len = self.hits.get(start..).unwrap_or_default().partition_point(|h| h.row == row);
        self.hits.get(start..start + len).unwrap_or_default()
    }
}

/// Evaluates every rule of the plan over every row of the frame, which has the plan's columns.
pub fn evaluate(plan: &Plan, frame: &Frame) -> Result<Hits> {
    let starts: Vec<usize> = (0..frame.rows()).step_by(Evaluation::BLOCK).collect();
    let blocks: Vec<Result<Hits>> = starts.par_iter().map(|start| block(plan, frame, *start)).collect();
    let blocks = blocks.into_iter().collect::<Result<Vec<Hits>>>()?;
    let count = blocks.iter().map(|block| block.hits.len()).sum();
    let mut all = Hits { hits: Vec::with_capacity(count), tallies: vec![Tally::default(); plan.rules.len()] };
    for block in blocks {
        all.hits.extend(block.hits);
        for (total, part) in all.tallies.iter_mut().zip(block.tallies) {
            total.add(part);
        }
    }
    Ok(all)
}

fn block(plan: &Plan, frame: &Frame, start: usize) -> Result<Hits> {
    let len = Evaluation::BLOCK.min(frame.rows() - start);
    let evaluation = Evaluation::new(&plan.program, frame, start, len);
    let dates = frame.number(TANGGAL_PERMOHONAN)?;
    let mut result = Hits::default();
    for (number, rule) in plan.rules.iter().enumerate() {
        let in_force = match rule.valid {
            (i64::MIN, i64::MAX) => Bits::all(len),
            (from, to) => Bits::from_fn(len, |row| dates.get(start + row).is_some_and(|d| from <= d && d <= to)),
        };
        let truth = truth(rule, &evaluation)?;
        let fires = truth.yes.and(&in_force);
        let null = truth.null().and(&in_force);
        let mut tally = Tally {
            fired: fires.count(),
            quiet: truth.no.and(&in_force).count(),
            not_in_force: len - in_force.count(),
            not_evaluable: BTreeMap::new(),
        };
        if null.any() {
            tally.not_evaluable = missing_columns(rule, &evaluation, null)?;
        }
        result.tallies.push(tally);
        if fires.any() {
            outcomes(number, rule, &evaluation, start, fires, &mut result.hits)?;
        }
    }
    result.hits.sort_unstable();
    Ok(result)
}

/// Fires, quiet or null: every `when` line holds and no `unless` line does, with SQL's three values.
pub(super) fn truth(rule: &PlannedRule, evaluation: &Evaluation<'_>) -> Result<Tri> {
    let mut all = Tri::constant(Some(true), evaluation.rows());
    for line in &rule.when {
        all = all.and(&evaluation.truth(line.node)?);
    }
    for line in &rule.unless {
        all = all.and(&evaluation.truth(line.node)?.not());
    }
    Ok(all)
}

/// For each row that could not be judged the first column, in the order of the lines, whose absence made its line null.
fn missing_columns(rule: &PlannedRule, evaluation: &Evaluation<'_>, null: Bits) -> Result<BTreeMap<String, usize>> {
    let mut counts = BTreeMap::new();
    let mut open = null;
    for line in rule.when.iter().chain(&rule.unless) {
        let here = evaluation.truth(line.node)?.null().and(&open);
        if !here.any() {
            continue;
        }
        open = open.minus(&here);
        blame(line, evaluation, here, &mut counts)?;
    }
    Ok(counts)
}

fn blame(
    line: &PlannedLine,
    evaluation: &Evaluation<'_>,
    mut rows: Bits,
    counts: &mut BTreeMap<String, usize>,
) -> Result<()> {
    for column in &line.columns {
        let missing = evaluation.column_nulls(column)?.and(&rows);
        let count = missing.count();
        if count > 0 {
            *counts.entry(Arc::clone(column).to_string()).or_default() += count;
            rows = rows.minus(&missing);
        }
    }
    if rows.any() {
        *counts.entry(String::new()).or_default() += rows.count();
    }
    Ok(())
}

/// The first outcome whose conditions hold; a condition that is null does not hold.
fn outcomes(
    number: usize,
    rule: &PlannedRule,
    evaluation: &Evaluation<'_>,
    start: usize,
    fires: Bits,
    hits: &mut Vec<Hit>,
) -> Result<()> {
    let mut open = fires;
    for (outcome, planned) in rule.outcomes.iter().enumerate() {
        let mut reached = open.clone();
        for node in &planned.when {
            reached = reached.and(&evaluation.truth(*node)?.yes);
        }
        open = open.minus(&reached);
        hits.extend(reached.iter().map(|row| Hit {
            row: narrow(start + row),
            rule: narrow(number),
            outcome: narrow(outcome),
            points: planned.points,
        }));
    }
    Ok(())
}

/// Rows, rules and outcomes are far fewer than 2^32: frames are capped at [`crate::frame::MAX_ROWS`].
fn narrow(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
