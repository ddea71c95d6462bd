//! Results of cases for programs: JSON, JUnit XML, annotations of a merge request.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Run;
use super::human::failure;
use crate::lab::{Case, CaseResult, Outcome};
use crate::markup::junit::{Ending, Suite, TestCase, render};

/// The whole run.
#[derive(Debug, Serialize)]
pub(super) struct JsonRun {
    schema_version: u32,
    passed: usize,
    failed: usize,
    todo: usize,
    cases: Vec<JsonCase>,
}

#[derive(Debug, Serialize)]
struct JsonCase {
    rule: Option<String>,
    name: String,
    file: String,
    line: usize,
    outcome: &'static str,
    differences: Vec<JsonDifference>,
    /// Only where `--slowest` asks for times: they differ from run to run.
    #[serde(skip_serializing_if = "Option::is_none")]
    micros: Option<u64>,
}

#[derive(Debug, Serialize)]
struct JsonDifference {
    what: String,
    expected: String,
    got: String,
}

pub(super) fn json(run: &Run<'_>) -> JsonRun {
    let (passed, failed, todo) = run.counts();
    let case = |(case, result): (&Case, &CaseResult)| {
        let (outcome, differences) = match &result.outcome {
            Outcome::Passed => ("passed", &[][..]),
            Outcome::Failed(differences) => ("failed", differences.as_slice()),
            Outcome::StillTodo => ("todo", &[][..]),
            Outcome::TodoPasses => ("todo_passes", &[][..]),
        };
        let (file, line) = run.place(case);
        JsonCase {
            rule: case.rule().and_then(|rule| run.set.rules.get(rule)).map(|rule| rule.id.to_string()),
            name: case.name.clone(),
            file: file.to_owned(),
            line,
            outcome,
            differences: differences
                .iter()
                .map(|d| JsonDifference { what: d.what.clone(), expected: d.expected.clone(), got: d.got.clone() })
                .collect(),
            micros: run.slowest.map(|_| u64::try_from(result.took.as_micros()).unwrap_or(u64::MAX)),
        }
    };
    JsonRun { schema_version: 1, passed, failed, todo, cases: run.each().map(case).collect() }
}

/// One suite a file, one case a test; what is left open is skipped.
pub(super) fn junit(run: &Run<'_>) -> String {
    let mut by_file: BTreeMap<&str, Vec<TestCase>> = BTreeMap::new();
    for (case, result) in run.each() {
        let (file, line) = run.place(case);
        let ending = match &result.outcome {
            Outcome::Passed => Ending::Passed,
            Outcome::StillTodo => Ending::Skipped(case.todo.clone().unwrap_or_default()),
            Outcome::TodoPasses => Ending::Skipped("passes now: delete its `todo`".to_owned()),
            Outcome::Failed(differences) => Ending::Failed {
                kind: "test",
                message: differences
                    .first()
                    .map(|d| format!("{}: expected {}, got {}", d.what, d.expected, d.got))
                    .unwrap_or_default(),
                text: format!("{file}:{line}\n{}", failure(differences)),
            },
        };
        let of = case.rule().and_then(|rule| run.set.rules.get(rule)).map_or("pack", |rule| rule.id.as_str());
        by_file.entry(file).or_default().push(TestCase { name: case.name.clone(), of: of.to_owned(), ending });
    }
    let suites = by_file.into_iter().map(|(file, cases)| Suite { name: file.to_owned(), cases }).collect();
    render("saring test", suites)
}

/// Failures a runner shows of one step.
const MOST: usize = 10;

/// Workflow commands, as GitHub reads them: one line a failure, then the counts.
pub(super) fn github(run: &Run<'_>) -> String {
    let mut text = String::new();
    let failed: Vec<_> = run.each().filter(|(_, r)| matches!(r.outcome, Outcome::Failed(_))).collect();
    for (case, result) in failed.iter().take(MOST) {
        let Outcome::Failed(differences) = &result.outcome else { continue };
        let (file, line) = run.place(case);
        text.push_str(&format!(
            "::error file={},line={line},title={}::{}\n",
            property(file),
            property(&case.title(run.set)),
            data(failure(differences).trim_end())
        ));
    }
    let more = failed.len().saturating_sub(MOST);
    if more > 0 {
        text.push_str(&format!("::error::and {more} more; `saring test` shows them all\n"));
    }
    let (passed, failed, todo) = run.counts();
    text.push_str(&format!("::notice::{passed} passed, {failed} failed, {todo} todo\n"));
    text
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
