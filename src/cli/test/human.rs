//! Results of cases as a person reads them: failures first by place, each with a small table, then the counts.

use super::Run;
use crate::lab::{Difference, Outcome, RowView};
use crate::screening::{LineAccount, Verdict};

/// The whole run.
pub(super) fn text(run: &Run<'_>) -> String {
    let mut text = String::new();
    for (case, result) in run.each() {
        let (title, (path, line)) = (case.title(run.set), run.place(case));
        match &result.outcome {
            Outcome::Passed => {}
            Outcome::StillTodo => {
                text.push_str(&format!("TODO {title}   {path}:{line}\n  {}\n", case.todo.as_deref().unwrap_or("")));
            }
            Outcome::TodoPasses => {
                text.push_str(&format!("TODO {title}   {path}:{line}\n  passes now: delete its `todo`\n"));
            }
            Outcome::Failed(differences) => {
                text.push_str(&format!("FAIL {title}   {path}:{line}\n{}\n", failure(differences)));
            }
        }
    }
    for (number, (case, result)) in run.slow().iter().enumerate() {
        if number == 0 {
            text.push_str("slowest\n");
        }
        let millis = result.took.as_micros().div_ceil(1_000);
        text.push_str(&format!("  {millis:>6} ms  {}\n", case.title(run.set)));
    }
    let (passed, failed, todo) = run.counts();
    text.push_str(&format!("{passed} passed, {failed} failed, {todo} todo\n"));
    text
}

/// What came out otherwise: a table of all, and the rows behind the first that has any.
pub(super) fn failure(differences: &[Difference]) -> String {
    let wide = |of: &dyn Fn(&Difference) -> usize| differences.iter().map(of).max().unwrap_or(0);
    let what = wide(&|d| d.what.chars().count());
    let expected = wide(&|d| d.expected.chars().count()).max("expected".len());
    let mut text = format!("  {:what$}  {:expected$}  got\n", "", "expected");
    for difference in differences {
        text.push_str(&format!("  {:what$}  {:expected$}  {}\n", difference.what, difference.expected, difference.got));
    }
    if let Some(first) = differences.iter().find(|d| !d.rows.is_empty()) {
        first.rows.iter().for_each(|row| show(row, &mut text));
    }
    text
}

fn show(row: &RowView, text: &mut String) {
    text.push_str(&format!("    row {} under {}: {}\n", row.number, row.rule, verdict(&row.verdict)));
    let width = row.lines.iter().map(|l| l.text.chars().count()).max().unwrap_or(0);
    for line in &row.lines {
        let values: Vec<_> = line.values.iter().map(|(column, value)| format!("{column} = {value}")).collect();
        let pad = " ".repeat(width - line.text.chars().count());
        let shown = format!("      {} {}{pad}  {:13}  {}", side(line), line.text, held(line), values.join(", "));
        text.push_str(shown.trim_end());
        text.push('\n');
    }
}

fn side(line: &LineAccount) -> &'static str {
    if line.unless { "unless" } else { "when  " }
}

fn held(line: &LineAccount) -> &'static str {
    match line.held {
        Some(true) => "holds",
        Some(false) => "does not hold",
        None => "null",
    }
}

fn verdict(verdict: &Verdict) -> String {
    match verdict {
        Verdict::Fires { points, .. } => format!("fires, {points} points"),
        Verdict::Quiet => "quiet".to_owned(),
        Verdict::NotEvaluable { missing: Some(column) } => format!("cannot be judged: `{column}` is missing"),
        Verdict::NotEvaluable { missing: None } => "cannot be judged".to_owned(),
        Verdict::NotInForce => "not in force on that date".to_owned(),
        Verdict::Off => "off".to_owned(),
    }
}
