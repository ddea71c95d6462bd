//! Diagnostics as a person reads them (carets, as rustc draws them) and as JSON.

use annotate_snippets::{AnnotationKind, Element, Group, Level, Renderer, Snippet};
use serde::Serialize;

use super::{Diagnostic, Files, Label, Report, Severity, Span};

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
    let primary = diagnostic.primary.span;
    let beside = |label: &&Label| label.span.file == primary.file && label.span.start.abs_diff(primary.start) < FAR;
    let near: Vec<&Label> = diagnostic.secondary.iter().filter(beside).collect();
    let window = Window::around(files, primary, &near);
    let mut snippet = window
        .snippet()
        .annotation(AnnotationKind::Primary.span(window.range(primary)).label(&diagnostic.primary.text));
    for label in near {
        snippet = snippet.annotation(AnnotationKind::Context.span(window.range(label.span)).label(&label.text));
    }
    let mut elements: Vec<Element<'a>> = vec![snippet.into()];
    for label in diagnostic.secondary.iter().filter(|label| !beside(label)) {
        let window = Window::around(files, label.span, &[]);
        let annotation = AnnotationKind::Context.span(window.range(label.span)).label(&label.text);
        elements.push(window.snippet().annotation(annotation).into());
    }
    elements.extend(diagnostic.notes.iter().map(|note| Level::NOTE.message(note).into()));
    elements.extend(diagnostic.help.iter().map(|help| Level::HELP.message(help).into()));
    level.primary_title(&diagnostic.message).id(diagnostic.code.code()).elements(elements)
}

/// Two places of one file further apart than this, in bytes, are shown as two.
const FAR: u32 = 16_384;

/// The lines of a file that a fault is about. Looking through the whole of a long file for every fault would take longer than
/// finding them.
struct Window<'a> {
    path: &'a str,
    text: &'a str,
    /// Its first byte in the file, and the number of its first line.
    start: usize,
    line: usize,
}

impl<'a> Window<'a> {
    /// The lines from the first of some places of one file to the last.
    fn around(files: &'a Files, main: Span, others: &[&Label]) -> Self {
        let spans = || others.iter().map(|label| label.span).chain([main]);
        let file = files.get(main.file);
        let len = file.text.len();
        let first = spans().map(|span| span.start as usize).min().unwrap_or(0).min(len);
        let last = spans().map(|span| span.end as usize).max().unwrap_or(0).clamp(first, len);
        let (before, after) = (file.text.get(..first).unwrap_or_default(), file.text.get(last..).unwrap_or_default());
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        let end = after.find('\n').map_or(len, |at| last + at + 1);
        let line = file.line_of(start);
        Self { path: &file.path, text: file.text.get(start..end).unwrap_or_default(), start, line }
    }

    fn snippet(&self) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
        Snippet::source(self.text).line_start(self.line).path(self.path)
    }

    /// The bytes of a span within the lines, kept inside them and never reversed.
    fn range(&self, span: Span) -> std::ops::Range<usize> {
        let within = |at: u32| (at as usize).saturating_sub(self.start).min(self.text.len());
        let start = within(span.start);
        start..within(span.end).max(start)
    }
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
