//! `saring test`: the rules' own cases.

use serde::Serialize;

use super::Exit;
use super::output::Out;
use super::shared::{RuleArgs, load_rules};
use crate::columns::Cx;
use crate::diag::{Files, Report};
use crate::lab::{self, Case, CaseResult, Difference, Outcome};
use crate::rules::RuleSet;
use crate::screening::{LineAccount, Verdict};
use crate::{Error, Result, calendar};

/// Run the cases that stand beside the rules.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    rules: RuleArgs,
    /// Only cases whose rule id or name has this text.
    #[arg(long, short = 'k', value_name = "TEXT")]
    filter: Option<String>,
}

pub(super) fn run(args: &Args, out: &mut Out) -> Result<Exit> {
    let Some((set, files)) = load_rules(&args.rules, out)? else { return Ok(Exit::Usage) };
    let mut report = Report::default();
    let mut cases = lab::prepare(&set, &mut report);
    if report.has_errors() {
        out.report(&report, &files);
        return Ok(Exit::Usage);
    }
    if let Some(filter) = &args.filter {
        cases.retain(|case| title(case, &set).to_lowercase().contains(&filter.to_lowercase()));
    }
    if cases.is_empty() {
        return Err(Error::usage("no test found").help("a rule's tests stand below it as `[[rule.test]]`"));
    }
    // Cases carry their own dates; nothing in them depends on the day they are run.
    let cx = Cx::new(calendar::date(0).unwrap_or_default());
    let results = lab::run(&cases, &set, &cx)?;
    let failed = results.iter().filter(|r| matches!(r.outcome, Outcome::Failed(_))).count();
    if out.is_json() {
        out.json(&as_json(&cases, &results, &set, &files));
    } else {
        out.print(&as_text(&cases, &results, &set, &files));
    }
    Ok(if failed == 0 { Exit::Done } else { Exit::Findings })
}

fn title(case: &Case, set: &RuleSet) -> String {
    let id = set.rules.get(case.rule).map_or("?", |r| r.id.as_str());
    format!("{id} \"{}\"", case.name)
}

fn as_text(cases: &[Case], results: &[CaseResult], set: &RuleSet, files: &Files) -> String {
    let mut text = String::new();
    let (mut passed, mut failed, mut todo) = (0, 0, 0);
    for (case, result) in cases.iter().zip(results) {
        let place = files.get(case.span.file).path.clone();
        let line = files.line_column(case.span).0;
        match &result.outcome {
            Outcome::Passed => passed += 1,
            Outcome::StillTodo => {
                todo += 1;
                text.push_str(&format!(
                    "TODO {}   {place}:{line}\n  {}\n",
                    title(case, set),
                    case.todo.as_deref().unwrap_or("")
                ));
            }
            Outcome::TodoPasses => {
                todo += 1;
                text.push_str(&format!(
                    "TODO {}   {place}:{line}\n  passes now: delete its `todo`\n",
                    title(case, set)
                ));
            }
            Outcome::Failed(differences) => {
                failed += 1;
                text.push_str(&format!("FAIL {}   {place}:{line}\n", title(case, set)));
                differences.iter().for_each(|d| show(d, &mut text));
                text.push('\n');
            }
        }
    }
    text.push_str(&format!("{passed} passed, {failed} failed, {todo} todo\n"));
    text
}

fn show(difference: &Difference, text: &mut String) {
    text.push_str(&format!("  {}\n", difference.message));
    for row in &difference.rows {
        text.push_str(&format!("    row {}: {}\n", row.number, verdict(&row.verdict)));
        let width = row.lines.iter().map(|l| l.text.chars().count()).max().unwrap_or(0);
        for line in &row.lines {
            let values: Vec<_> = line.values.iter().map(|(column, value)| format!("{column} = {value}")).collect();
            let pad = " ".repeat(width - line.text.chars().count());
            text.push_str(&format!(
                "      {} {}{pad}  {}   {}\n",
                side(line),
                line.text,
                held(line),
                values.join(", ")
            ));
        }
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

#[derive(Serialize)]
struct JsonRun {
    schema_version: u32,
    passed: usize,
    failed: usize,
    todo: usize,
    cases: Vec<JsonCase>,
}

#[derive(Serialize)]
struct JsonCase {
    rule: String,
    name: String,
    file: String,
    line: usize,
    outcome: &'static str,
    differences: Vec<String>,
}

fn as_json(cases: &[Case], results: &[CaseResult], set: &RuleSet, files: &Files) -> JsonRun {
    let mut run = JsonRun { schema_version: 1, passed: 0, failed: 0, todo: 0, cases: Vec::new() };
    for (case, result) in cases.iter().zip(results) {
        let (outcome, differences) = match &result.outcome {
            Outcome::Passed => ("passed", Vec::new()),
            Outcome::Failed(differences) => ("failed", differences.iter().map(|d| d.message.clone()).collect()),
            Outcome::StillTodo => ("todo", Vec::new()),
            Outcome::TodoPasses => ("todo_passes", Vec::new()),
        };
        match outcome {
            "passed" => run.passed += 1,
            "failed" => run.failed += 1,
            _ => run.todo += 1,
        }
        run.cases.push(JsonCase {
            rule: set.rules.get(case.rule).map_or_else(String::new, |r| r.id.to_string()),
            name: case.name.clone(),
            file: files.get(case.span.file).path.clone(),
            line: files.line_column(case.span).0,
            outcome,
            differences,
        });
    }
    run
}
