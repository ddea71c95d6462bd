//! Delimited text: CSV and its relatives.
//!
//! One thread reads, decodes and finds records ([`frame`]); chunks of whole records are split into fields elsewhere
//! ([`split`]). A file never becomes larger in memory than a block and one record.

mod frame;
mod split;
mod top;

use std::path::Path;
use std::sync::Arc;

use frame::{End, Form, Found, Skipped, Skipper};
use split::Framed;
pub(super) use split::Raw;

use super::encoding::Decoded;
use super::file::Input;
use super::header::{Header, Known};
use super::records::to_u32;
use super::{Chunk, Ending, Refusal, Settings, Sink, Summary};
use crate::{Error, Result};

/// A delimited file whose heading was found.
#[derive(Debug)]
pub(super) struct Delimited {
    text: Decoded,
    /// Decoded and not yet handed on.
    buffer: Vec<u8>,
    /// Where the next record begins: in the buffer, as a line, in the file.
    at: usize,
    line: u64,
    byte: u64,
    form: Form,
    header: Header,
    settings: Settings,
    path: Arc<Path>,
    ends: Ends,
    blank: u64,
    records: u64,
}

/// Which line ends occur.
#[derive(Debug, Clone, Copy, Default)]
struct Ends {
    lf: u64,
    crlf: u64,
    cr: u64,
    lf_cr: u64,
}

impl Delimited {
    /// Opens the file and finds separator and heading.
    pub(super) fn open(path: &Path, settings: &Settings, known: Known<'_>) -> Result<Self> {
        let input = Input::open(path, settings.caps.file_bytes)?;
        let mut text = Decoded::open(input, settings.encoding)?;
        let mut buffer = Vec::new();
        let ended = text.fill(&mut buffer, settings.caps.record_bytes)?;
        if buffer.iter().all(u8::is_ascii_whitespace) && ended {
            return Err(Refusal::Empty
                .error(path, "is empty")
                .help("ask for the export again, or pass `--allow-empty`"));
        }
        let (hint, skipped) = top::separator_line(&buffer);
        let declared = settings.delimiter.or(hint);
        let found = top::find_header(path, &buffer, skipped, ended, declared, settings, known)?;
        let byte = text.mark() + text.encoding().raw_len(buffer.get(..found.next).unwrap_or_default());
        let mut ends = Ends::default();
        ends.count(found.ended_by);
        Ok(Self {
            text,
            buffer,
            at: found.next,
            line: found.line_after,
            byte,
            form: found.form,
            header: found.header,
            settings: settings.clone(),
            path: path.into(),
            ends,
            blank: 0,
            records: 0,
        })
    }

    pub(super) fn header(&self) -> &Header {
        &self.header
    }

    pub(super) fn delimiter(&self) -> u8 {
        self.form.delimiter
    }

    pub(super) fn encoding(&self) -> super::Encoding {
        self.text.encoding()
    }

    /// Hands on every record below the heading.
    pub(super) fn stream(mut self, sink: Sink<'_>) -> Result<Summary> {
        let mut cut_short = false;
        loop {
            let target = self.buffer.len() - self.at + self.settings.caps.block_bytes;
            self.buffer.drain(..self.at);
            self.at = 0;
            let ended = self.text.fill(&mut self.buffer, target)?;
            let raw = self.frame(ended)?;
            cut_short |= raw.unterminated;
            let rest = self.buffer.split_off(self.at);
            let bytes = std::mem::take(&mut self.buffer);
            if !raw.frames.is_empty() {
                sink(Chunk::raw(Raw { bytes, ..raw }))?;
            }
            self.at = 0;
            self.buffer = rest;
            if ended && self.buffer.is_empty() {
                break;
            }
            if self.buffer.len() > self.settings.caps.record_bytes {
                let raw = self.skip_record()?;
                sink(Chunk::raw(raw))?;
            }
        }
        self.finish(cut_short)
    }

    fn finish(self, cut_short: bool) -> Result<Summary> {
        let (stamp, sha256) = self.text.into_input().finish()?;
        Ok(Summary {
            stamp,
            sha256,
            blank: self.blank,
            ending: if cut_short { Ending::Open } else { Ending::Closed },
            line_ends: self.ends.name(),
            hidden_rows: 0,
            hidden_columns: 0,
            unheaded: 0,
        })
    }

    /// The records that lie wholly in the buffer; `self.at` moves past them.
    fn frame(&mut self, ended: bool) -> Result<Raw> {
        let mut raw = self.empty_chunk();
        while self.at < self.buffer.len() {
            let record = match self.form.record(&self.buffer, self.at, ended) {
                Found::Record(record) => record,
                Found::Incomplete => break,
                Found::Unclosed { lines_before } => return Err(self.unclosed(self.line + lines_before)),
            };
            let taken = self.buffer.get(self.at..record.next).unwrap_or_default();
            let length = self.text.encoding().raw_len(taken);
            if self.is_blank(self.buffer.get(self.at..record.end).unwrap_or_default()) {
                self.blank += 1;
            } else {
                let too_long = record.end - self.at > self.settings.caps.record_bytes;
                raw.frames.push(Framed {
                    start: to_u32(self.at),
                    end: to_u32(if too_long { self.at } else { record.end }),
                    line: self.line,
                    byte: self.byte,
                    quoted: record.quoted,
                    stray: record.stray,
                    too_long,
                });
                raw.unterminated = record.ended_by == End::File;
                self.count_record()?;
            }
            self.ends.count(record.ended_by);
            self.line += record.lines;
            self.byte += length;
            self.at = record.next;
        }
        Ok(raw)
    }

    /// Passes over a record that is larger than any may be, without keeping it.
    fn skip_record(&mut self) -> Result<Raw> {
        let mut raw = self.empty_chunk();
        let (line, byte) = (self.line, self.byte);
        raw.frames.push(Framed { start: 0, end: 0, line, byte, quoted: false, stray: false, too_long: true });
        self.count_record()?;
        let mut skipper = Skipper::new(self.form);
        loop {
            let (taken, done) = match skipper.skip(&self.buffer) {
                Skipped::EndsAt(at) => (at, true),
                Skipped::All => (self.buffer.len(), false),
                Skipped::Unclosed => return Err(self.unclosed(line)),
            };
            self.byte += self.text.encoding().raw_len(self.buffer.get(..taken).unwrap_or_default());
            self.buffer.drain(..taken);
            if done {
                break;
            }
            if self.text.fill(&mut self.buffer, self.settings.caps.block_bytes)? && self.buffer.is_empty() {
                if skipper.in_quotes() {
                    return Err(self.unclosed(line));
                }
                raw.unterminated = true;
                break;
            }
        }
        self.line += skipper.lines;
        self.pass_line_end()?;
        Ok(raw)
    }

    /// Consumes the line end that closes a skipped record.
    fn pass_line_end(&mut self) -> Result<()> {
        let ended = self.text.fill(&mut self.buffer, 2)?;
        if let Found::Record(record) = self.form.record(&self.buffer, 0, ended) {
            self.ends.count(record.ended_by);
            self.byte += self.text.encoding().raw_len(self.buffer.get(..record.next).unwrap_or_default());
            self.line += 1;
            self.buffer.drain(..record.next);
        }
        Ok(())
    }

    fn empty_chunk(&self) -> Raw {
        Raw {
            bytes: Vec::new(),
            frames: Vec::new(),
            delimiter: self.form.delimiter,
            width: self.header.names.len(),
            transcoded: self.text.encoding() != super::Encoding::Utf8,
            unterminated: false,
            caps: self.settings.caps,
            path: Arc::clone(&self.path),
        }
    }

    /// Nothing but white space, separators and empty quotes: spreadsheets write such lines below their tables.
    fn is_blank(&self, record: &[u8]) -> bool {
        let empty = |b: &u8| matches!(b, b' ' | b'\t' | b'"' | 0x0B | 0x0C) || *b == self.form.delimiter;
        record.first().is_none_or(empty) && record.iter().all(empty)
    }

    fn count_record(&mut self) -> Result<()> {
        self.records += 1;
        if self.records > self.settings.caps.records {
            return Err(super::too_many_records(&self.path, self.settings.caps.records));
        }
        Ok(())
    }

    fn unclosed(&self, line: u64) -> Error {
        Refusal::QuoteUnclosed
            .error(&self.path, format!("a quote opens a field in line {line} and does not close"))
            .help("double the quotes inside quoted fields, or export without quotes; nothing after that line is sure")
    }
}

impl Ends {
    fn count(&mut self, end: End) {
        match end {
            End::Lf => self.lf += 1,
            End::CrLf => self.crlf += 1,
            End::Cr => self.cr += 1,
            End::LfCr => self.lf_cr += 1,
            End::File => {}
        }
    }

    fn name(self) -> &'static str {
        match (self.lf, self.crlf, self.cr, self.lf_cr) {
            (_, 0, 0, 0) => "LF",
            (0, _, 0, 0) => "CRLF",
            (0, 0, _, 0) => "CR",
            (0, 0, 0, _) => "LFCR",
            _ => "mixed",
        }
    }
}
