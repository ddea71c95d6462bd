//! The words of a profile: formats, marks, lists, codes. Each is checked where it stands.

use std::collections::{BTreeMap, HashMap};

use crate::calendar::format::{self as dates, Format};
use crate::diag::{Code, Diagnostic, Report, Span};
use crate::document::{Named, Text};
use crate::schema::CodeTable;
use crate::source::fold::fold;
use crate::source::words::{CodeWords, Nulls};

/// Reads names of formats; each must be one that `fits`, and no two may read the same text as different days.
pub(super) fn formats(
    texts: &[Text],
    what: &str,
    known: &[String],
    fits: impl Fn(&Format) -> bool,
    report: &mut Report,
) -> Vec<Format> {
    let mut found: Vec<(Format, Span)> = Vec::new();
    for text in texts {
        let name = text.as_str();
        let Some(format) = Format::by_name(name).filter(|f| fits(f)) else {
            report.push(unknown_format(text, what, known));
            continue;
        };
        if let Some((_, other)) = found.iter().find(|(f, _)| f.contradicts(&format)) {
            report.push(
                Diagnostic::new(Code::ProfileAmbiguous, text.span(), format!("`{name}` contradicts another format"))
                    .label("reads the same text as another day")
                    .also(*other, "than this")
                    .help("declare the one this export uses; where both occur, the export cannot be read"),
            );
        }
        found.push((format, text.span()));
    }
    found.into_iter().map(|(format, _)| format).collect()
}

fn unknown_format(text: &Text, what: &str, known: &[String]) -> Diagnostic {
    let name = text.as_str();
    let diagnostic = Diagnostic::new(Code::ProfileFormat, text.span(), format!("`{name}` is no {what} format"));
    if name.contains("yy") && !name.contains("yyyy") {
        return diagnostic
            .label("two digits do not tell the century")
            .help("ask for an export with four-digit years; saring does not guess");
    }
    let shown: Vec<_> = known.iter().take(20).map(|n| format!("`{n}`")).collect();
    diagnostic.label("not known").did_you_mean(&name.to_lowercase(), known.iter().map(String::as_str)).note(format!(
        "{what} formats: {}{}",
        shown.join(", "),
        if known.len() > 20 { " ..." } else { "" }
    ))
}

/// The names of every date format that a date column may declare: dates alone, and moments whose clock is dropped.
pub(super) fn date_names() -> Vec<String> {
    dates::DATES.iter().map(|d| (*d).to_owned()).chain(dates::times()).collect()
}

/// The names of every clock format.
pub(super) fn clock_names() -> Vec<String> {
    dates::CLOCKS.iter().map(|c| (*c).to_owned()).collect()
}

/// One character, as for marks.
pub(super) fn one_char(text: Option<&Text>, report: &mut Report) -> Option<char> {
    let text = text?;
    let mut chars = text.as_str().chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) => Some(c),
        _ => {
            report.push(Diagnostic::new(Code::OutOfRange, text.span(), "expected one character").label("exactly one"));
            None
        }
    }
}

/// The words for no value, all columns' and the column's own.
pub(super) fn nulls(common: &[Text], own: &[Text]) -> Nulls {
    Nulls::new(common.iter().chain(own).map(|t| t.as_str().trim().to_uppercase()))
}

/// Words for yes and no by their folded form; a word that means both is a fault.
pub(super) fn yes_no(yes: &[Text], no: &[Text], report: &mut Report) -> BTreeMap<String, bool> {
    let mut words: BTreeMap<String, (bool, Option<Span>)> = BTreeMap::new();
    for (text, meaning) in yes.iter().map(|t| (t, true)).chain(no.iter().map(|t| (t, false))) {
        match words.get(&fold(text.as_str())) {
            Some((other, Some(span))) if *other != meaning => report.push(
                Diagnostic::new(Code::ProfileWord, text.span(), format!("`{}` means both yes and no", text.as_str()))
                    .label("no here")
                    .also(*span, "yes here"),
            ),
            _ => {
                words.insert(fold(text.as_str()), (meaning, Some(text.span())));
            }
        }
    }
    // As workbooks, JSON and saring itself write them.
    words.entry("TRUE".to_owned()).or_insert((true, None));
    words.entry("FALSE".to_owned()).or_insert((false, None));
    words.into_iter().map(|(word, (meaning, _))| (word, meaning)).collect()
}

/// The words that lead to the codes of a list: the export's own first, then what the list itself knows.
pub(super) fn codes(table: &'static CodeTable, own: Option<&Named<Text>>, report: &mut Report) -> CodeWords {
    let mut words: HashMap<String, &'static str> = HashMap::new();
    for (word, code) in own.map_or(&[][..], |named| named.entries.as_slice()) {
        let Some(entry) = table.get(code.as_str()) else {
            report.push(
                Diagnostic::new(
                    Code::ProfileCode,
                    code.span(),
                    format!("`{}` is no code of {}", code.as_str(), table.name),
                )
                .label("not in the list")
                .did_you_mean(code.as_str(), table.codes())
                .note(format!("codes: {}", table.codes().take(30).collect::<Vec<_>>().join(", "))),
            );
            continue;
        };
        if fold(word.as_str()).is_empty() {
            report.push(
                Diagnostic::new(Code::EmptyValue, word.span(), "a word without a letter or digit")
                    .label("cannot be told from others")
                    .help("a sign that stands for no value belongs into `null`"),
            );
            continue;
        }
        if words.insert(fold(word.as_str()), entry.code).is_some_and(|before| before != entry.code) {
            report.push(
                Diagnostic::new(Code::ProfileWord, word.span(), format!("`{}` leads to two codes", word.as_str()))
                    .label("again here")
                    .help("words are compared without case, spaces and punctuation"),
            );
        }
    }
    for entry in table.entries() {
        words.entry(fold(entry.code)).or_insert(entry.code);
    }
    for entry in table.entries() {
        for word in entry.aliases.iter().chain([&entry.label_id, &entry.label_en]) {
            words.entry(fold(word)).or_insert(entry.code);
        }
    }
    CodeWords::new(words)
}

/// A word that is not among the few a key allows.
pub(super) fn unknown_word(text: &Text, known: impl Iterator<Item = &'static str> + Clone) -> Diagnostic {
    Diagnostic::new(Code::UnknownWord, text.span(), format!("`{}` is not known here", text.as_str()))
        .label("not known")
        .did_you_mean(text.as_str(), known.clone())
        .note(format!("words: {}", known.collect::<Vec<_>>().join(", ")))
}
