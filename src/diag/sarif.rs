//! Diagnostics as SARIF 2.1.0, for code review that reads static analysis.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use xxhash_rust::xxh3::xxh3_64;

use super::{Code, Diagnostic, Files, Report, Span};

/// The whole report as one SARIF log with one run. Codes stand once under `tool.driver.rules`, in their own order;
/// fingerprints rest on code, file and the text at the place, so that a finding keeps its name when lines move.
#[must_use]
pub fn render_sarif(report: &Report, files: &Files) -> String {
    let sorted = report.sorted(files);
    let mut codes: Vec<Code> = sorted.iter().map(|d| d.code).collect();
    codes.sort_unstable();
    codes.dedup();
    let mut seen: BTreeMap<(Code, &str, &str), usize> = BTreeMap::new();
    let results: Vec<Value> = sorted
        .iter()
        .map(|diagnostic| {
            let span = diagnostic.primary.span;
            let times = seen.entry((diagnostic.code, &files.get(span.file).path, files.slice(span))).or_default();
            *times += 1;
            result(diagnostic, files, *times, codes.binary_search(&diagnostic.code).unwrap_or(0))
        })
        .collect();
    let rules: Vec<Value> = codes.iter().map(|code| descriptor(*code)).collect();
    crate::json::pretty(&json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": { "name": "saring", "version": env!("CARGO_PKG_VERSION"), "rules": rules } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    }))
}

fn descriptor(code: Code) -> Value {
    json!({
        "id": code.code(),
        "shortDescription": { "text": code.title() },
        "fullDescription": { "text": code.explanation() },
        "defaultConfiguration": { "level": code.severity().name() },
    })
}

fn result(diagnostic: &Diagnostic, files: &Files, times: usize, index: usize) -> Value {
    let span = diagnostic.primary.span;
    let mut text = diagnostic.message.clone();
    let label = Some(&diagnostic.primary.text).filter(|label| !label.is_empty());
    text.extend(label.map(|label| format!(": {label}")));
    text.extend(diagnostic.notes.iter().map(|note| format!("\nnote: {note}")));
    text.extend(diagnostic.help.iter().map(|help| format!("\nhelp: {help}")));
    let path = &files.get(span.file).path;
    let fingerprint = format!("{}\n{path}\n{}\n{times}", diagnostic.code.code(), files.slice(span));
    let mut result = json!({
        "ruleId": diagnostic.code.code(),
        "ruleIndex": index,
        "level": diagnostic.severity.name(),
        "message": { "text": text },
        "locations": [{ "physicalLocation": place(files, span) }],
        "partialFingerprints": { "saring/v1": format!("{:016x}", xxh3_64(fingerprint.as_bytes())) },
    });
    let related: Vec<Value> = diagnostic
        .secondary
        .iter()
        .enumerate()
        .map(|(at, label)| {
            let message = if label.text.is_empty() { "see here" } else { &label.text };
            json!({ "id": at + 1, "message": { "text": message }, "physicalLocation": place(files, label.span) })
        })
        .collect();
    if let (false, Some(object)) = (related.is_empty(), result.as_object_mut()) {
        object.insert("relatedLocations".to_owned(), Value::Array(related));
    }
    result
}

fn place(files: &Files, span: Span) -> Value {
    let (line, column) = files.line_column(span);
    let (end_line, end_column) = files.line_column(Span { start: span.end, ..span });
    json!({
        "artifactLocation": { "uri": uri(&files.get(span.file).path) },
        "region": { "startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column },
    })
}

/// A path as a relative reference: what a URI cannot hold is percent-encoded.
fn uri(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'/' | b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            other => out.push_str(&format!("%{other:02X}")),
        }
    }
    out
}
