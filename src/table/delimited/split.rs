//! From the bytes of framed records to fields. Runs on the worker threads.

#![expect(clippy::indexing_slicing, reason = "frames and fields are ranges of the chunk they were found in")]

use std::path::Path;
use std::sync::Arc;

use memchr::{memchr, memchr_iter};

use crate::Result;
use crate::table::records::to_u32;
use crate::table::{Caps, Fault, Faulty, Records, Refusal, Row};

/// A record of a chunk, not yet split.
#[derive(Debug, Clone, Copy)]
pub(super) struct Framed {
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) line: u64,
    /// Offset in the file.
    pub(super) byte: u64,
    pub(super) quoted: bool,
    pub(super) stray: bool,
    /// The record was too long to be kept; its range is empty.
    pub(super) too_long: bool,
}

/// Whole records as bytes.
#[derive(Debug)]
pub(in crate::table) struct Raw {
    pub(super) bytes: Vec<u8>,
    pub(super) frames: Vec<Framed>,
    pub(super) delimiter: u8,
    /// Fields of the heading.
    pub(super) width: usize,
    /// Whether the bytes were transcoded, so that a replacement character stands for bytes that had no meaning.
    pub(super) transcoded: bool,
    /// Whether the last record ended with the file and not with a line end.
    pub(super) unterminated: bool,
    pub(super) caps: Caps,
    pub(super) path: Arc<Path>,
}

impl Raw {
    /// Splits the records.
    pub(in crate::table) fn split(mut self) -> Result<Records> {
        let mut faults = Faults::default();
        let mojibake = self.count_mojibake();
        self.find_bad_characters(&mut faults);
        let bytes = std::mem::take(&mut self.bytes);
        let mut text = self.valid_text(bytes, &mut faults).into_bytes();
        let mut fields = Vec::with_capacity(self.frames.len() * self.width);
        let mut rows = Vec::with_capacity(self.frames.len());
        for (number, frame) in self.frames.iter().enumerate() {
            let first = fields.len();
            match frame.quoted {
                true => split_quoted(&mut text, frame, self.delimiter, &mut fields),
                false => split_bare(&text, frame, self.delimiter, &mut fields),
            }
            let found = &fields[first..];
            if found.len() > self.caps.fields {
                return Err(too_many_fields(&self.path, frame.line, self.caps.fields));
            }
            if let Some((fault, field)) = self.judge(frame, found, number + 1 == self.frames.len()) {
                faults.add(number, fault, frame.byte, field);
            }
            rows.push(Row::new(frame.line, frame.byte, to_u32(first), to_u32(found.len())));
        }
        // Removing doubled quotes moves whole characters only, so the text is as valid as before.
        let text = String::from_utf8(text).unwrap_or_else(|e| String::from_utf8_lossy(e.as_bytes()).into_owned());
        Ok(Records::from_parts(text, fields, rows, faults.sorted()).with_mojibake(mojibake))
    }

    /// What is wrong with a record's shape.
    fn judge(&self, frame: &Framed, fields: &[(u32, u32)], last: bool) -> Option<(Fault, Option<u32>)> {
        if frame.too_long {
            return Some((Fault::FieldTooLong, None));
        }
        if (frame.end - frame.start) as usize > self.caps.field_bytes {
            let long = |&(start, end): &(u32, u32)| (end - start) as usize > self.caps.field_bytes;
            if let Some(field) = fields.iter().position(long) {
                return Some((Fault::FieldTooLong, Some(to_u32(field))));
            }
        }
        if frame.stray {
            return Some((Fault::QuoteStray, None));
        }
        match fields.len().cmp(&self.width) {
            std::cmp::Ordering::Equal => None,
            std::cmp::Ordering::Less if last && self.unterminated => Some((Fault::ShortRow, None)),
            _ => Some((Fault::FieldCount, None)),
        }
    }

    /// Marks records with control characters; and, where bytes were replaced while transcoding, those records.
    fn find_bad_characters(&self, faults: &mut Faults) {
        if !self.bytes.iter().fold(false, |any, &byte| any | is_control(byte)) && !self.transcoded {
            return;
        }
        for (number, frame) in self.frames.iter().enumerate() {
            let record = &self.bytes[frame.start as usize..frame.end as usize];
            if let Some(at) = record.iter().position(|&byte| is_control(byte)) {
                faults.add(number, Fault::ControlCharacter, frame.byte + at as u64, None);
            }
            if self.transcoded && memchr::memmem::find(record, "\u{FFFD}".as_bytes()).is_some() {
                faults.add(number, Fault::EncodingInvalid, frame.byte, None);
            }
        }
    }

    /// The chunk as text; records with bytes outside UTF-8 are marked, and those bytes become question marks.
    fn valid_text(&self, bytes: Vec<u8>, faults: &mut Faults) -> String {
        let mut bytes = match String::from_utf8(bytes) {
            Ok(text) => return text,
            Err(error) => error.into_bytes(),
        };
        let mut at = 0;
        let mut bad = Vec::new();
        for part in bytes.utf8_chunks() {
            at += part.valid().len();
            bad.push(at..at + part.invalid().len());
            at += part.invalid().len();
        }
        for range in bad.into_iter().filter(|range| !range.is_empty()) {
            if let Some(number) = self.record_at(range.start) {
                let frame = &self.frames[number];
                let inside = (range.start as u64).saturating_sub(u64::from(frame.start));
                faults.add(number, Fault::EncodingInvalid, frame.byte + inside, None);
            }
            bytes[range].fill(b'?');
        }
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// The number of the record that holds a byte of the chunk.
    fn record_at(&self, byte: usize) -> Option<usize> {
        let after = self.frames.partition_point(|f| f.start as usize <= byte);
        let number = after.checked_sub(1)?;
        (byte < self.frames[number].end as usize).then_some(number)
    }

    /// Records with text that was decoded twice: `Ã` or `Â` before a character that is half of another, or `â€`.
    fn count_mojibake(&self) -> u64 {
        let mut last = None;
        let mut count = 0;
        for at in memchr_iter(0xC3, &self.bytes) {
            let doubled = match self.bytes.get(at + 1..) {
                // After `Ã` a second byte of UTF-8, as Latin-1 or as Windows-1252 shows it.
                Some([0x83, 0xC2, ..] | [0x83, 0xE2, 0x80 | 0x82 | 0x84, ..] | [0x83, 0xC5 | 0xC6 | 0xCB, ..]) => true,
                Some([0x82, 0xC2, ..]) => true,
                Some([0xA2, 0xE2, 0x82, 0xAC, ..] | [0xA2, 0xC2, 0x80, ..]) => true,
                _ => false,
            };
            let record = if doubled { self.record_at(at) } else { None };
            if record.is_some() && record != last {
                last = record;
                count += 1;
            }
        }
        count
    }
}

/// Splits a record with quoted fields; doubled quotes are made single in place.
fn split_quoted(text: &mut [u8], frame: &Framed, delimiter: u8, fields: &mut Vec<(u32, u32)>) {
    let (mut at, end) = (frame.start as usize, frame.end as usize);
    loop {
        let field = if at < end && text[at] == b'"' { unquote(text, at + 1, end) } else { None };
        let ((start, stop), next) = match field {
            Some(found) => found,
            None => {
                let stop = memchr(delimiter, &text[at..end]).map_or(end, |offset| at + offset);
                ((at, stop), stop)
            }
        };
        fields.push((to_u32(start), to_u32(stop)));
        if next >= end {
            return;
        }
        at = next + 1;
    }
}

/// The text of a quoted field that begins at `start`, and where its separator stands. `None` where the quote does not
/// close before a separator: the record is faulty then, and is cut at separators so that something of it can be told.
fn unquote(text: &mut [u8], start: usize, end: usize) -> Option<((usize, usize), usize)> {
    let mut read = start;
    let mut write = start;
    loop {
        let quote = read + memchr(b'"', &text[read..end])?;
        if read != write {
            text.copy_within(read..quote, write);
        }
        write += quote - read;
        if quote + 1 < end && text[quote + 1] == b'"' {
            text[write] = b'"';
            write += 1;
            read = quote + 2;
        } else {
            // What is left behind could be half a character.
            text[write..quote].fill(b' ');
            return Some(((start, write), quote + 1));
        }
    }
}

fn split_bare(text: &[u8], frame: &Framed, delimiter: u8, fields: &mut Vec<(u32, u32)>) {
    let mut start = frame.start;
    for offset in memchr_iter(delimiter, &text[frame.start as usize..frame.end as usize]) {
        let stop = frame.start + to_u32(offset);
        fields.push((start, stop));
        start = stop + 1;
    }
    fields.push((start, frame.end));
}

/// Control characters that no export writes on purpose; tabs and line ends are white space.
fn is_control(byte: u8) -> bool {
    (byte < 0x20) & (byte != b'\t') & (byte != b'\n') & (byte != b'\r') | (byte == 0x7F)
}

/// The refusal of a record with more fields than any table has columns.
pub(super) fn too_many_fields(path: &Path, line: u64, cap: usize) -> crate::Error {
    Refusal::TooLarge
        .error(path, format!("line {line} has more than {cap} fields"))
        .help("check the separator; no application has that many columns")
}

/// Faults by record, the first of each.
#[derive(Debug, Default)]
struct Faults(Vec<Faulty>);

impl Faults {
    fn add(&mut self, row: usize, fault: Fault, byte: u64, field: Option<u32>) {
        self.0.push(Faulty { row: to_u32(row), fault, byte, field });
    }

    /// Sorted, one a record: the gravest (a wrong byte explains a wrong field count, not the other way round), which was
    /// added first.
    fn sorted(mut self) -> Vec<Faulty> {
        self.0.sort_by_key(|f| f.row);
        self.0.dedup_by_key(|f| f.row);
        self.0
    }
}

/// The fields of one record, for looking at headings.
pub(super) fn fields_of(record: &[u8], delimiter: u8) -> Vec<String> {
    let mut text = record.to_vec();
    let (start, end) = (0, to_u32(record.len()));
    let frame = Framed { start, end, line: 0, byte: 0, quoted: true, stray: false, too_long: false };
    let mut fields = Vec::new();
    split_quoted(&mut text, &frame, delimiter, &mut fields);
    let field = |&(start, end): &(u32, u32)| String::from_utf8_lossy(&text[start as usize..end as usize]).into_owned();
    fields.iter().map(field).collect()
}
