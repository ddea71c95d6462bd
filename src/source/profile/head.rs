//! The settings under `[profile]`: encoding, separator, line of the heading, what to do with unknown columns.

use super::raw::RawHead;
use super::words::{self, unknown_word};
use crate::diag::{Code, Diagnostic, Report};
use crate::document::Spanned;
use crate::table::Encoding;

pub(super) fn encoding(head: &RawHead, report: &mut Report) -> Option<Encoding> {
    let text = head.encoding.as_ref()?;
    let found = Encoding::by_name(&text.as_str().to_lowercase());
    if found.is_none() {
        report.push(unknown_word(text, Encoding::ALL.iter().map(|e| e.name())));
    }
    found
}

pub(super) fn delimiter(head: &RawHead, report: &mut Report) -> Option<u8> {
    let text = head.delimiter.as_ref()?;
    let c = words::one_char(Some(text), report)?;
    match u8::try_from(c) {
        Ok(byte)
            if byte.is_ascii() && !byte.is_ascii_alphanumeric() && !matches!(byte, b'"' | b'\n' | b'\r' | b' ') =>
        {
            Some(byte)
        }
        _ => {
            report.push(
                Diagnostic::new(Code::OutOfRange, text.span(), "this cannot separate fields")
                    .label("here")
                    .help("use `,` `;` `|` or a tab (`\"\\t\"`)"),
            );
            None
        }
    }
}

pub(super) fn header_line(line: Option<&Spanned<i64>>, report: &mut Report) -> Option<u64> {
    let line = line?;
    let number = u64::try_from(line.value).ok().filter(|n| *n > 0);
    if number.is_none() {
        report.push(Diagnostic::new(Code::OutOfRange, line.span, "lines count from 1").label("here"));
    }
    number
}

pub(super) fn deny_unknown(head: &RawHead, report: &mut Report) -> bool {
    match head.unknown_columns.as_ref() {
        Some(text) if text.as_str() == "deny" => true,
        Some(text) if text.as_str() != "ignore" => {
            report.push(unknown_word(text, ["ignore", "deny"].into_iter()));
            false
        }
        _ => false,
    }
}
