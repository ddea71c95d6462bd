//! TOML files with the place of every key and value.
//!
//! Reading a file takes two steps. [`parse`] turns the text into a [`Table`] of [`Value`]s, each with its [`Span`]; then a
//! declaration (a struct written with `declaration!`) takes a table apart key by key. Every wrong key and value of a
//! file is reported, not the first only, which is why serde does not read these files: it stops at the first fault of a
//! table and loses spans inside tagged or flattened ones. The same declaration gives the list of keys for "did you mean",
//! and its [`Shape`] the JSON Schema, the order of keys in formatted files, and what an editor tells of a key.

mod declaration;
mod shape;
mod text;
mod value;

pub use declaration::{Cx, FromToml, Named, Spanned};
pub(crate) use declaration::{declaration, missing_key, unknown_keys};
pub use shape::{Key, Shape};
pub use text::Text;
pub use value::{Data, Entry, Table, Value};

use crate::diag::{Code, Diagnostic, FileId, Files, Report, Span, to_u32};

/// Reads a TOML text. Faults of form are reported; what could be read is returned all the same.
pub fn parse(file: FileId, files: &Files, report: &mut Report) -> Table {
    let text = &files.get(file).text;
    let (table, errors) = toml::de::DeTable::parse_recoverable(text);
    let broken = !errors.is_empty();
    for error in errors {
        let range = error.span().unwrap_or(0..0);
        let span = Span { file, start: to_u32(range.start), end: to_u32(range.end.max(range.start)) };
        report.push(syntax_fault(error.message(), span));
    }
    let whole = Span { file, start: 0, end: to_u32(text.len()) };
    let mut result = value::table(table.get_ref(), whole, text, report);
    if broken {
        // What follows a fault of form may have been misread; report the form and nothing that might be a consequence.
        result.entries.clear();
    }
    text::report_invisible(file, text, report);
    result
}

fn syntax_fault(message: &str, span: Span) -> Diagnostic {
    let message = message.lines().next().unwrap_or("not valid TOML").trim_end_matches('.').to_owned();
    if message.starts_with("duplicate key") {
        return Diagnostic::new(Code::DuplicateName, span, message).label("second time");
    }
    let help = if message.contains("string") && !message.contains("closing") {
        "text stands in double quotes: `title = \"...\"`"
    } else {
        "see `saring explain R001`; the nearest whole example is any file in `rules/`"
    };
    Diagnostic::new(Code::TomlSyntax, span, message).label("here").help(help)
}
