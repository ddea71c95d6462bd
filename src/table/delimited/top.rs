//! The top of a delimited file: its separator and its heading.

use std::path::Path;

use super::frame::{End, Form, Found};
use super::split;
use crate::Result;
use crate::table::Settings;
use crate::table::header::{self, Header, Known};

/// The separators tried, in this order where two fit equally well.
const DELIMITERS: &[u8] = b",;\t|";

/// The separator that a first line `sep=;` declares, as Excel writes it, and where the next line begins.
pub(super) fn separator_line(buffer: &[u8]) -> (Option<u8>, usize) {
    let line_end = memchr::memchr2(b'\n', b'\r', buffer).unwrap_or(buffer.len());
    let line = buffer.get(..line_end).unwrap_or_default();
    let quoted = line.strip_prefix(b"\"").and_then(|l| l.strip_suffix(b"\""));
    let Some([delimiter]) = quoted.unwrap_or(line).strip_prefix(b"sep=") else { return (None, 0) };
    let after = match buffer.get(line_end..) {
        Some([b'\r', b'\n', ..]) => 2,
        Some([_, ..]) => 1,
        _ => 0,
    };
    (Some(*delimiter), line_end + after)
}

/// The heading and what comes after it.
pub(super) struct FoundHeader {
    pub(super) header: Header,
    pub(super) form: Form,
    /// Where the first record begins.
    pub(super) next: usize,
    /// Its line.
    pub(super) line_after: u64,
    pub(super) ended_by: End,
}

/// A line near the top, as one separator cuts it.
struct Line {
    fields: Vec<String>,
    line: u64,
    next: usize,
    line_after: u64,
    ended_by: End,
}

/// Finds the separator and the line that give the most known headings.
pub(super) fn find_header(
    path: &Path,
    buffer: &[u8],
    skipped: usize,
    ended: bool,
    declared: Option<u8>,
    settings: &Settings,
    known: Known<'_>,
) -> Result<FoundHeader> {
    let form = |delimiter| Form {
        delimiter,
        lf_cr: begins_lf_cr(buffer),
        quoted_lines: settings.caps.quoted_lines,
        field_bytes: settings.caps.field_bytes,
    };
    let first_line = 1 + u64::from(skipped > 0);
    let mut best: Option<(usize, FoundHeader)> = None;
    for &delimiter in declared.as_ref().map_or(DELIMITERS, std::slice::from_ref) {
        let form = form(delimiter);
        let mut lines = top_lines(path, buffer, skipped, first_line, ended, form, settings)?;
        if let Some(line) = settings.header_line {
            lines.retain(|l| l.line == line);
        }
        let fields: Vec<_> = lines.iter().map(|l| l.fields.clone()).collect();
        let Some((at, score)) = header::best(&fields, known) else { continue };
        if best.as_ref().is_some_and(|(other, _)| *other >= score) {
            continue;
        }
        let line = lines.swap_remove(at);
        let header = Header { names: line.fields, line: line.line };
        let (next, line_after, ended_by) = (line.next, line.line_after, line.ended_by);
        best = Some((score, FoundHeader { header, form, next, line_after, ended_by }));
    }
    match best {
        Some((_, found)) => Ok(found),
        None if declared.is_some() && settings.delimiter.is_some() => {
            let undeclared = Settings { delimiter: None, ..settings.clone() };
            let other = find_header(path, buffer, skipped, ended, None, &undeclared, known).ok();
            header::unknown(path, settings.header_line, other.map(|found| found.form.delimiter))
        }
        None => header::unknown(path, settings.header_line, None),
    }
}

/// The first lines, cut by one separator.
fn top_lines(
    path: &Path,
    buffer: &[u8],
    skipped: usize,
    first_line: u64,
    ended: bool,
    form: Form,
    settings: &Settings,
) -> Result<Vec<Line>> {
    let mut lines = Vec::new();
    let (mut at, mut line) = (skipped, first_line);
    while at < buffer.len() && lines.len() < header::SEARCHED {
        // A quote that a wrong separator makes look open is no reason to refuse: another separator may do.
        let Found::Record(record) = form.record(buffer, at, ended) else { break };
        let text = buffer.get(at..record.end).unwrap_or_default();
        let fields = split::fields_of(text, form.delimiter);
        if fields.len() > settings.caps.fields {
            return Err(split::too_many_fields(path, line, settings.caps.fields));
        }
        let line_after = line + record.lines;
        if !text.iter().all(u8::is_ascii_whitespace) {
            lines.push(Line { fields, line, next: record.next, line_after, ended_by: record.ended_by });
        }
        at = record.next;
        line = line_after;
    }
    Ok(lines)
}

/// Whether the first line end of the file is LF CR.
fn begins_lf_cr(buffer: &[u8]) -> bool {
    let first = memchr::memchr2(b'\n', b'\r', buffer).and_then(|at| buffer.get(at..));
    matches!(first, Some([b'\n', b'\r', rest @ ..]) if rest.first() != Some(&b'\n'))
}
