//! Where records begin and end: line ends outside quoted fields.
//!
//! This runs on one thread over every byte of a file, so it looks only for line ends and quotes and leaves fields to
//! [`super::split`], which runs on many. A quote opens a field only right after a separator or a line end; elsewhere it
//! is a letter like any other, so that `AN"I` costs nothing.

#![expect(clippy::indexing_slicing, reason = "every index was found in the buffer by the search before it")]

use memchr::{memchr, memchr3};

/// How the file is cut.
#[derive(Debug, Clone, Copy)]
pub(super) struct Form {
    /// The separator of fields.
    pub(super) delimiter: u8,
    /// Whether lines end in LF CR, the one line end that the usual reading would take for two.
    pub(super) lf_cr: bool,
    /// Line ends a quoted field may hold.
    pub(super) quoted_lines: u64,
    /// Bytes a quoted field over several lines may hold.
    pub(super) field_bytes: usize,
}

/// How a record ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    Lf,
    CrLf,
    Cr,
    LfCr,
    /// The end of the file, without a line end.
    File,
}

/// A record found in a buffer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Frame {
    /// One past its last byte.
    pub(super) end: usize,
    /// Where the next record begins.
    pub(super) next: usize,
    /// Lines it takes.
    pub(super) lines: u64,
    /// Whether a field of it is quoted.
    pub(super) quoted: bool,
    /// Whether text follows a closing quote.
    pub(super) stray: bool,
    pub(super) ended_by: End,
}

/// What was found from a place on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Found {
    /// A whole record.
    Record(Frame),
    /// The buffer ends first.
    Incomplete,
    /// A quote opens this many lines further down and does not close within reason.
    Unclosed {
        /// Line ends between the start of the record and the quote.
        lines_before: u64,
    },
}

enum Quoted {
    Closed { next: usize, lines: u64 },
    Stray { next: usize },
    Incomplete,
    Unclosed,
}

impl Form {
    /// The record that begins at `start`. `last` says that no more bytes follow the buffer.
    pub(super) fn record(&self, buffer: &[u8], start: usize, last: bool) -> Found {
        let (mut at, mut lines) = (start, 1);
        let (mut quoted, mut stray) = (false, false);
        loop {
            let Some(hit) = memchr3(b'\n', b'\r', b'"', &buffer[at..]).map(|offset| at + offset) else {
                if !last {
                    return Found::Incomplete;
                }
                let end = buffer.len();
                return Found::Record(Frame { end, next: end, lines, quoted, stray, ended_by: End::File });
            };
            if buffer[hit] != b'"' {
                let Some((next, ended_by)) = self.line_end(buffer, hit, last) else { return Found::Incomplete };
                return Found::Record(Frame { end: hit, next, lines, quoted, stray, ended_by });
            }
            let opens = hit == start || buffer[hit - 1] == self.delimiter;
            // After a stray quote nothing on the line is sure any more; the record is lost, the next line is not.
            if !opens || stray {
                at = hit + 1;
                continue;
            }
            quoted = true;
            match self.closing_quote(buffer, hit + 1, last) {
                Quoted::Closed { next, lines: inside } => {
                    at = next;
                    lines += inside;
                }
                Quoted::Stray { next } => {
                    at = next;
                    stray = true;
                }
                Quoted::Incomplete => return Found::Incomplete,
                Quoted::Unclosed => return Found::Unclosed { lines_before: lines - 1 },
            }
        }
    }

    /// The line end at `hit`; `None` where the next byte is needed and not there yet.
    fn line_end(&self, buffer: &[u8], hit: usize, last: bool) -> Option<(usize, End)> {
        let (partner, alone, both) = match buffer[hit] {
            b'\r' => (b'\n', End::Cr, End::CrLf),
            _ if self.lf_cr => (b'\r', End::Lf, End::LfCr),
            _ => return Some((hit + 1, End::Lf)),
        };
        match buffer.get(hit + 1) {
            Some(&byte) if byte == partner => Some((hit + 2, both)),
            None if !last => None,
            _ => Some((hit + 1, alone)),
        }
    }

    /// Looks for the quote that closes the field whose text begins at `start`.
    fn closing_quote(&self, buffer: &[u8], start: usize, last: bool) -> Quoted {
        let mut at = start;
        loop {
            let Some(quote) = memchr(b'"', &buffer[at..]).map(|offset| at + offset) else {
                return match last || self.too_far(&buffer[start..]) {
                    true => Quoted::Unclosed,
                    false => Quoted::Incomplete,
                };
            };
            match buffer.get(quote + 1) {
                Some(b'"') => at = quote + 2,
                None if !last => return Quoted::Incomplete,
                after => {
                    let inside = &buffer[start..quote];
                    let closes = after.is_none_or(|&b| b == self.delimiter || b == b'\n' || b == b'\r');
                    return match (closes, line_ends(inside), self.too_far(inside)) {
                        (_, _, true) | (false, 1.., _) => Quoted::Unclosed,
                        (true, lines, false) => Quoted::Closed { next: quote + 1, lines },
                        (false, _, false) => Quoted::Stray { next: quote + 1 },
                    };
                }
            }
        }
    }

    /// Whether a quoted field has run over more lines than an address ever has.
    fn too_far(&self, inside: &[u8]) -> bool {
        let lines = line_ends(inside);
        lines > self.quoted_lines || (lines > 1 && inside.len() > self.field_bytes)
    }
}

/// Line ends in a piece of text, CR LF counted once.
pub(super) fn line_ends(text: &[u8]) -> u64 {
    let mut count = 0;
    for at in memchr::memchr2_iter(b'\n', b'\r', text) {
        count += u64::from(text[at] == b'\n' || text.get(at + 1) != Some(&b'\n'));
    }
    count
}

/// Finds the end of a record that is too long to be kept, byte by byte, over as many buffers as it takes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Skipper {
    form: Form,
    state: State,
    /// Line ends inside the record so far.
    pub(super) lines: u64,
    quoted_lines: u64,
    after_cr: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    FieldStart,
    Bare,
    Quoted,
    QuoteSeen,
}

/// How skipping went on in one buffer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Skipped {
    /// The record ends before this byte of the buffer, which is a line end.
    EndsAt(usize),
    /// Not in this buffer.
    All,
    /// A quoted field goes on for too many lines.
    Unclosed,
}

impl Skipper {
    pub(super) fn new(form: Form) -> Self {
        Self { form, state: State::FieldStart, lines: 0, quoted_lines: 0, after_cr: false }
    }

    /// Whether the end of the file here would leave a quote open.
    pub(super) fn in_quotes(&self) -> bool {
        self.state == State::Quoted
    }

    pub(super) fn skip(&mut self, buffer: &[u8]) -> Skipped {
        for (at, &byte) in buffer.iter().enumerate() {
            let ends_line = byte == b'\n' || byte == b'\r';
            self.state = match (self.state, byte) {
                (State::Quoted, b'"') => State::QuoteSeen,
                (State::Quoted, _) => {
                    if ends_line && !(byte == b'\n' && self.after_cr) {
                        self.lines += 1;
                        self.quoted_lines += 1;
                    }
                    if self.quoted_lines > self.form.quoted_lines {
                        return Skipped::Unclosed;
                    }
                    State::Quoted
                }
                (State::QuoteSeen, b'"') => State::Quoted,
                _ if ends_line => return Skipped::EndsAt(at),
                (_, byte) if byte == self.form.delimiter => State::FieldStart,
                (State::FieldStart, b'"') => {
                    self.quoted_lines = 0;
                    State::Quoted
                }
                _ => State::Bare,
            };
            self.after_cr = byte == b'\r';
        }
        Skipped::All
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FORM: Form = Form { delimiter: b',', lf_cr: false, quoted_lines: 3, field_bytes: 64 };

    fn records(text: &str) -> Vec<String> {
        let (mut at, mut all) = (0, Vec::new());
        while at < text.len() {
            match FORM.record(text.as_bytes(), at, true) {
                Found::Record(frame) => {
                    all.push(text[at..frame.end].to_owned());
                    at = frame.next;
                }
                other => {
                    all.push(format!("{other:?}"));
                    break;
                }
            }
        }
        all
    }

    #[test]
    fn every_line_end_ends_a_record_outside_quotes_only() {
        assert_eq!(records("a,b\nc,d"), ["a,b", "c,d"]);
        assert_eq!(records("a\r\nb\rc\n\nd\n"), ["a", "b", "c", "", "d"]);
        assert_eq!(records("a,\"x\r\ny\",z\nb"), ["a,\"x\r\ny\",z", "b"]);
        assert_eq!(records("\"a\"\"\n\"\"b\"\nc"), ["\"a\"\"\n\"\"b\"", "c"]);
    }

    #[test]
    fn a_quote_inside_a_bare_field_is_a_letter() {
        assert_eq!(records("AN\"I,x\nb"), ["AN\"I,x", "b"]);
    }

    #[test]
    fn text_after_a_closing_quote_loses_the_line_and_no_more() {
        assert_eq!(records("\"PT \"MAJU\" JAYA\",x\nb"), ["\"PT \"MAJU\" JAYA\",x", "b"]);
        let Found::Record(frame) = FORM.record(b"\"A\"B\nc", 0, true) else { panic!("a record") };
        assert!(frame.stray && frame.quoted);
    }

    #[test]
    fn a_quote_that_does_not_close_is_told_with_its_line() {
        let unclosed = |lines| vec![format!("{:?}", Found::Unclosed { lines_before: lines })];
        assert_eq!(records("\"a\nb\nc"), unclosed(0));
        assert_eq!(records("\"a\nb\",\"c\nd\ne\nf\ng\nh\""), unclosed(1), "more lines than allowed");
        assert_eq!(records("\"a\nb,\"c\"\n"), unclosed(0), "closed by the opening quote of a later row");
    }

    #[test]
    fn the_end_of_a_buffer_is_not_the_end_of_a_record() {
        for (text, whole) in [("a,b", false), ("a\r", false), ("\"a\"", false), ("\"a", false), ("a\n", true)] {
            let found = FORM.record(text.as_bytes(), 0, false);
            assert_eq!(found != Found::Incomplete, whole, "{text:?}");
        }
    }

    #[test]
    fn skipping_and_framing_agree_on_where_a_record_ends() {
        for text in ["a,b\nc", "a,\"x\ny\",z\nb", "AN\"I,x\nb", "\"a\"\"\n\"\"b\"\nc", "\"A\"B\nc", "a\rb", "abc"] {
            let Found::Record(frame) = FORM.record(text.as_bytes(), 0, true) else { panic!("{text:?}") };
            let mut skipper = Skipper::new(FORM);
            let end = match skipper.skip(text.as_bytes()) {
                Skipped::EndsAt(end) => end,
                Skipped::All => text.len(),
                Skipped::Unclosed => panic!("{text:?}"),
            };
            assert_eq!((end, skipper.lines + 1), (frame.end, frame.lines), "{text:?}");
        }
    }
}
