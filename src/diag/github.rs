//! Diagnostics as annotations of a merge request: workflow commands, one line each, as GitHub reads them.

use super::{Diagnostic, Files, Report, Severity, Span};

/// The most annotations of one severity; a runner shows no more of a step.
const MOST: usize = 10;

/// The whole report as workflow commands, the gravest first; what a runner would not show is counted in a last line each.
#[must_use]
pub fn render_github(report: &Report, files: &Files) -> String {
    let sorted = report.sorted(files);
    let mut text = String::new();
    for (severity, command) in
        [(Severity::Error, "error"), (Severity::Warning, "warning"), (Severity::Advice, "notice")]
    {
        let of_kind: Vec<&&Diagnostic> = sorted.iter().filter(|d| d.severity == severity).collect();
        for diagnostic in of_kind.iter().take(MOST) {
            text.push_str(&annotation(command, diagnostic, files));
        }
        let more = of_kind.len().saturating_sub(MOST);
        if more > 0 {
            text.push_str(&format!("::{command}::and {more} more; `saring check` shows them all\n"));
        }
    }
    text
}

fn annotation(command: &str, diagnostic: &Diagnostic, files: &Files) -> String {
    let span = diagnostic.primary.span;
    let (line, column) = files.line_column(span);
    let (end_line, end_column) = files.line_column(Span { start: span.end, ..span });
    let title = format!("{} {}", diagnostic.code.code(), diagnostic.code.title());
    let mut body = diagnostic.message.clone();
    let label = Some(&diagnostic.primary.text).filter(|label| !label.is_empty());
    body.extend(label.map(|label| format!("\n{label}")));
    body.extend(diagnostic.notes.iter().map(|note| format!("\nnote: {note}")));
    body.extend(diagnostic.help.iter().map(|help| format!("\nhelp: {help}")));
    format!(
        "::{command} file={},line={line},endLine={end_line},col={column},endColumn={end_column},title={}::{}\n",
        property(&files.get(span.file).path),
        property(&title),
        data(&body)
    )
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
