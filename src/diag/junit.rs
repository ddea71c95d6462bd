//! Diagnostics as JUnit XML, for servers that show tests: one suite a file, one case a fault, a passing case for a file
//! without any.

use std::collections::BTreeMap;

use super::{Diagnostic, Files, Report, Severity};
use crate::markup::xml as escape;

/// The whole report as one JUnit document. Errors are failures; warnings and notes pass and say so in their output.
#[must_use]
pub fn render_junit(report: &Report, files: &Files) -> String {
    let mut by_file: BTreeMap<&str, Vec<&Diagnostic>> =
        files.iter().map(|(_, file)| (file.path.as_str(), Vec::new())).collect();
    for diagnostic in report.sorted(files) {
        by_file.entry(&files.get(diagnostic.primary.span.file).path).or_default().push(diagnostic);
    }
    let failures = |of: &[&Diagnostic]| of.iter().filter(|d| d.severity == Severity::Error).count();
    let cases = |of: &[&Diagnostic]| of.len().max(1);
    let (tests, failed) = by_file.values().fold((0, 0), |(t, f), of| (t + cases(of), f + failures(of)));
    let mut text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <testsuites name=\"saring check\" tests=\"{tests}\" failures=\"{failed}\" errors=\"0\" time=\"0\">\n"
    );
    for (path, of_file) in &by_file {
        let path = escape(path);
        text.push_str(&format!(
            "  <testsuite name=\"{path}\" tests=\"{}\" failures=\"{}\" errors=\"0\" skipped=\"0\" time=\"0\">\n",
            cases(of_file),
            failures(of_file)
        ));
        if of_file.is_empty() {
            text.push_str(&format!("    <testcase name=\"check\" classname=\"{path}\" time=\"0\"/>\n"));
        }
        for diagnostic in of_file {
            text.push_str(&case(&path, diagnostic, files));
        }
        text.push_str("  </testsuite>\n");
    }
    text.push_str("</testsuites>\n");
    text
}

fn case(path: &str, diagnostic: &Diagnostic, files: &Files) -> String {
    let (line, column) = files.line_column(diagnostic.primary.span);
    let name = escape(&format!("{} {} ({line}:{column})", diagnostic.code.code(), diagnostic.code.title()));
    let mut body = format!("{path}:{line}:{column}\n");
    let label = Some(&diagnostic.primary.text).filter(|label| !label.is_empty());
    let notes = diagnostic.notes.iter().map(|note| format!("note: {note}"));
    let help = diagnostic.help.iter().map(|help| format!("help: {help}"));
    for said in label.cloned().into_iter().chain(notes).chain(help) {
        body.push_str(&escape(&said));
        body.push('\n');
    }
    let message = escape(&diagnostic.message);
    let inner = match diagnostic.severity {
        Severity::Error => {
            format!("<failure message=\"{message}\" type=\"{}\">{body}</failure>", diagnostic.code.code())
        }
        Severity::Warning | Severity::Advice => {
            format!("<system-out>{}: {message}\n{body}</system-out>", diagnostic.severity.name())
        }
    };
    format!("    <testcase name=\"{name}\" classname=\"{path}\" time=\"0\">\n      {inner}\n    </testcase>\n")
}
