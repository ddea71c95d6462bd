//! Diagnostics as a person reads them (carets, as rustc draws them) and as JSON.

use annotate_snippets::{AnnotationKind, Element, Group, Level, Renderer, Snippet};
use serde::Serialize;

use super::{Diagnostic, Files, Report, Severity, Span};

/// Whether terminal colours may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// No escape sequences.
    Plain,
    /// ANSI colours.
    Coloured,
}

/// The whole report as text: one block a fault, a closing line with the counts.
#[must_use]
pub fn render_human(report: &Report, files: &Files, style: Style) -> String {
    let renderer = match style {
        Style::Plain => Renderer::plain(),
        Style::Coloured => Renderer::styled(),
    };
    let mut out = String::new();
    for diagnostic in report.sorted(files) {
        out.push_str(&renderer.render(&[group(diagnostic, files)]));
        out.push_str("\n\n");
    }
    if !out.is_empty() {
        out.push_str(&closing_line(report));
    }
    out
}

fn closing_line(report: &Report) -> String {
    let part = |n: usize, what: &str| match n {
        0 => None,
        1 => Some(format!("1 {what}")),
        n => Some(format!("{n} {what}s")),
    };
    let parts: Vec<_> = [
        part(report.count(Severity::Error), "error"),
        part(report.count(Severity::Warning), "warning"),
        part(report.count(Severity::Advice), "note"),
    ]
    .into_iter()
    .flatten()
    .collect();
    format!("{}\n", parts.join(", "))
}

fn group<'a>(diagnostic: &'a Diagnostic, files: &'a Files) -> Group<'a> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Advice => Level::NOTE,
    };
    let main = diagnostic.primary.span.file;
    let mut elements: Vec<Element<'a>> = Vec::new();
    let mut snippet = snippet_of(files, diagnostic.primary.span).annotation(
        AnnotationKind::Primary.span(range(files, diagnostic.primary.span)).label(&diagnostic.primary.text),
    );
    for label in diagnostic.secondary.iter().filter(|l| l.span.file == main) {
        snippet = snippet.annotation(AnnotationKind::Context.span(range(files, label.span)).label(&label.text));
    }
    elements.push(snippet.into());
    for label in diagnostic.secondary.iter().filter(|l| l.span.file != main) {
        let annotation = AnnotationKind::Context.span(range(files, label.span)).label(&label.text);
        elements.push(snippet_of(files, label.span).annotation(annotation).into());
    }
    elements.extend(diagnostic.notes.iter().map(|note| Level::NOTE.message(note).into()));
    elements.extend(diagnostic.help.iter().map(|help| Level::HELP.message(help).into()));
    level.primary_title(&diagnostic.message).id(diagnostic.code.code()).elements(elements)
}

fn snippet_of(files: &Files, span: Span) -> Snippet<'_, annotate_snippets::Annotation<'_>> {
    let file = files.get(span.file);
    Snippet::source(&*file.text).line_start(1).path(&file.path)
}

/// The byte range, kept inside the text and never reversed.
fn range(files: &Files, span: Span) -> std::ops::Range<usize> {
    let len = files.get(span.file).text.len();
    let start = (span.start as usize).min(len);
    start..(span.end as usize).clamp(start, len)
}

#[derive(Serialize)]
struct JsonReport<'a> {
    schema_version: u32,
    errors: usize,
    warnings: usize,
    notes: usize,
    diagnostics: Vec<JsonDiagnostic<'a>>,
}

#[derive(Serialize)]
struct JsonDiagnostic<'a> {
    code: &'a str,
    title: &'a str,
    severity: &'a str,
    message: &'a str,
    label: &'a str,
    #[serde(flatten)]
    place: JsonPlace<'a>,
    related: Vec<JsonRelated<'a>>,
    notes: &'a [String],
    help: &'a [String],
}

#[derive(Serialize)]
struct JsonPlace<'a> {
    file: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    byte_start: u32,
    byte_end: u32,
}

#[derive(Serialize)]
struct JsonRelated<'a> {
    message: &'a str,
    #[serde(flatten)]
    place: JsonPlace<'a>,
}

fn place(files: &Files, span: Span) -> JsonPlace<'_> {
    let (line, column) = files.line_column(span);
    let (end_line, end_column) = files.line_column(Span { start: span.end, ..span });
    let file = &files.get(span.file).path;
    JsonPlace { file, line, column, end_line, end_column, byte_start: span.start, byte_end: span.end }
}

/// The whole report as one JSON document (`schema_version` 1). Everything the human form shows is in it.
#[must_use]
pub fn render_json(report: &Report, files: &Files) -> String {
    let diagnostics = report
        .sorted(files)
        .into_iter()
        .map(|d| JsonDiagnostic {
            code: d.code.code(),
            title: d.code.title(),
            severity: d.severity.name(),
            message: &d.message,
            label: &d.primary.text,
            place: place(files, d.primary.span),
            related: d
                .secondary
                .iter()
                .map(|l| JsonRelated { message: &l.text, place: place(files, l.span) })
                .collect(),
            notes: &d.notes,
            help: &d.help,
        })
        .collect();
    let document = JsonReport {
        schema_version: 1,
        errors: report.count(Severity::Error),
        warnings: report.count(Severity::Warning),
        notes: report.count(Severity::Advice),
        diagnostics,
    };
    crate::json::pretty(&document)
}
