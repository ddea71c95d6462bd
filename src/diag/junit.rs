//! Diagnostics as JUnit XML, for servers that show tests: one suite a file, one case a fault, a passing case for a file
//! without any.

use std::collections::BTreeMap;

use super::{Diagnostic, Files, Report, Severity};
use crate::markup::junit::{Ending, Suite, TestCase, render};

/// The whole report as one JUnit document. Errors are failures; warnings and notes pass and say so in their output.
#[must_use]
pub fn render_junit(report: &Report, files: &Files) -> String {
    let mut by_file: BTreeMap<&str, Vec<TestCase>> =
        files.iter().map(|(_, file)| (file.path.as_str(), Vec::new())).collect();
    for diagnostic in report.sorted(files) {
        let path = files.get(diagnostic.primary.span.file).path.as_str();
        by_file.entry(path).or_default().push(case(path, diagnostic, files));
    }
    let suites = by_file.into_iter().map(|(path, mut cases)| {
        if cases.is_empty() {
            cases.push(TestCase { name: "check".to_owned(), of: path.to_owned(), ending: Ending::Passed });
        }
        Suite { name: path.to_owned(), cases }
    });
    render("saring check", suites.collect())
}

fn case(path: &str, diagnostic: &Diagnostic, files: &Files) -> TestCase {
    let (line, column) = files.line_column(diagnostic.primary.span);
    let label = Some(&diagnostic.primary.text).filter(|label| !label.is_empty());
    let notes = diagnostic.notes.iter().map(|note| format!("note: {note}"));
    let help = diagnostic.help.iter().map(|help| format!("help: {help}"));
    let said = label.cloned().into_iter().chain(notes).chain(help);
    let text: String = std::iter::once(format!("{path}:{line}:{column}")).chain(said).map(|said| said + "\n").collect();
    let message = diagnostic.message.clone();
    let ending = match diagnostic.severity {
        Severity::Error => Ending::Failed { kind: diagnostic.code.code(), message, text },
        Severity::Warning | Severity::Advice => {
            Ending::Told(format!("{}: {message}\n{text}", diagnostic.severity.name()))
        }
    };
    let name = format!("{} {} ({line}:{column})", diagnostic.code.code(), diagnostic.code.title());
    TestCase { name, of: path.to_owned(), ending }
}
