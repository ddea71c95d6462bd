//! Mappings of lists: fields, headings, formats, patterns.

use std::collections::{BTreeMap, BTreeSet};

use regex::{Regex, RegexBuilder};

use super::declared::Declared;
use crate::calendar::format::{DATES, Format};
use crate::diag::{Code, Diagnostic, Report, Span};
use crate::document::{Spanned, Text};
use crate::lists::{self, Field, Mapped, Mapping, folded};
use crate::rules::raw::{RawMapped, RawMapping};
use crate::table::Encoding;

/// The most memory a pattern may take.
const REGEX_BYTES: usize = 1 << 20;

/// The mappings of all files by name, each with its place.
pub(super) fn check(declared: &Declared, report: &mut Report) -> BTreeMap<String, (Mapping, Span)> {
    let mut mappings: BTreeMap<String, (Mapping, Span)> = BTreeMap::new();
    for (name, raw) in declared.files.iter().flat_map(|f| &f.mappings.entries) {
        if let Some((_, first)) = mappings.get(name.as_str()) {
            report.push(
                Diagnostic::new(
                    Code::DuplicateName,
                    name.span(),
                    format!("mapping `{}` is declared twice", name.as_str()),
                )
                .label("second time")
                .also(*first, "first time"),
            );
            continue;
        }
        mappings.insert(name.as_str().to_owned(), (one(name, raw, report), name.span()));
    }
    mappings
}

fn one(name: &Text, raw: &RawMapping, report: &mut Report) -> Mapping {
    let plain = Mapping::plain();
    let formats = match &raw.date {
        None => plain.formats,
        Some(texts) => formats(texts, report),
    };
    let word = |text: &Text| folded(text.as_str());
    let only = raw.only.iter().flat_map(|named| &named.entries);
    if raw.column.entries.is_empty() {
        report.push(
            Diagnostic::new(Code::EmptyValue, name.span(), "a mapping without fields").label("`column` is empty"),
        );
    }
    Mapping {
        name: name.as_str().to_owned(),
        encoding: raw.encoding.as_ref().and_then(|text| encoding(text, report)),
        delimiter: raw.delimiter.as_ref().and_then(|text| delimiter(text, report)),
        sheet: raw.sheet.as_ref().map(|text| text.as_str().to_owned()),
        header_line: raw.header_line.as_ref().and_then(|line| {
            let number = u64::try_from(line.value).ok().filter(|n| *n > 0);
            if number.is_none() {
                report.push(Diagnostic::new(Code::OutOfRange, line.span, "lines count from 1").label("here"));
            }
            number
        }),
        headings: raw.headings.iter().flatten().map(|text| text.as_str().to_owned()).collect(),
        nulls: raw.null.iter().flatten().map(word).collect(),
        formats,
        columns: raw.column.entries.iter().filter_map(|(field, raw)| mapped(field, raw, report)).collect(),
        only: only.map(|(heading, words)| (word(heading), words.iter().map(word).collect::<BTreeSet<_>>())).collect(),
    }
}

fn formats(texts: &[Text], report: &mut Report) -> Vec<Format> {
    let mut found: Vec<(Format, Span)> = Vec::new();
    for text in texts {
        let Some(format) = Format::by_name(text.as_str()).filter(Format::has_day) else {
            report.push(
                Diagnostic::new(Code::ProfileFormat, text.span(), format!("`{}` is no date format", text.as_str()))
                    .label("not known")
                    .did_you_mean(&text.as_str().to_lowercase(), DATES.iter().copied())
                    .note(format!("date formats: {}", DATES.join(", "))),
            );
            continue;
        };
        if let Some((_, other)) = found.iter().find(|(f, _)| f.contradicts(&format)) {
            report.push(
                Diagnostic::new(Code::ProfileAmbiguous, text.span(), "contradicts another format")
                    .label("reads the same text as another day")
                    .also(*other, "than this"),
            );
        }
        found.push((format, text.span()));
    }
    found.into_iter().map(|(format, _)| format).collect()
}

fn encoding(text: &Text, report: &mut Report) -> Option<Encoding> {
    let found = Encoding::by_name(&text.as_str().to_lowercase());
    if found.is_none() {
        let known: Vec<&str> = Encoding::ALL.iter().map(|e| e.name()).collect();
        report.push(
            Diagnostic::new(Code::UnknownWord, text.span(), format!("`{}` is no encoding known here", text.as_str()))
                .label(format!("one of: {}", known.join(", "))),
        );
    }
    found
}

fn delimiter(text: &Text, report: &mut Report) -> Option<u8> {
    match text.as_str().as_bytes() {
        [byte @ (b',' | b';' | b'|' | b'\t')] => Some(*byte),
        _ => {
            report.push(
                Diagnostic::new(Code::OutOfRange, text.span(), "this cannot separate fields")
                    .label("use `,` `;` `|` or a tab (`\"\\t\"`)"),
            );
            None
        }
    }
}

fn mapped(name: &Text, raw: &RawMapped, report: &mut Report) -> Option<Mapped> {
    let Some(field) = Field::by_name(name.as_str()) else {
        report.push(lists::unknown_field(name.as_str(), name.span()));
        return None;
    };
    let word = |text: &Text| folded(text.as_str());
    let words = raw.words.iter().flat_map(|named| &named.entries);
    Some(Mapped {
        field,
        headings: match &raw.headers {
            Some(headers) => headers.iter().map(word).collect(),
            None if raw.constant.is_some() => Vec::new(),
            None => vec![word(name)],
        },
        at: raw.at.iter().flatten().map(|text| text.as_str().to_owned()).collect(),
        pattern: raw.pattern.as_ref().and_then(|text| pattern(text, report)),
        width: raw.width.as_ref().and_then(|width| self::width(field, width, report)),
        words: words.map(|(from, to)| (word(from), to.as_str().to_owned())).collect(),
        constant: raw.constant.as_ref().map(|text| text.as_str().to_owned()),
    })
}

/// Fields of names are twenty to fifty characters wide; one that holds no name cuts no name.
fn width(field: Field, width: &Spanned<i64>, report: &mut Report) -> Option<usize> {
    let fault = match usize::try_from(width.value).ok().filter(|n| (10..=100).contains(n)) {
        Some(n) if field.is_name() => return Some(n),
        Some(_) => "only names of people are cut short",
        None => "must be between 10 and 100",
    };
    report.push(Diagnostic::new(Code::OutOfRange, width.span, fault).label("not a width of a name"));
    None
}

fn pattern(text: &Text, report: &mut Report) -> Option<Regex> {
    let built = RegexBuilder::new(text.as_str()).size_limit(REGEX_BYTES).dfa_size_limit(REGEX_BYTES).build();
    if built.is_err() {
        report.push(
            Diagnostic::new(Code::BadRegex, text.span(), "this regular expression cannot be used")
                .label("not valid, or too large"),
        );
    }
    built.ok()
}
