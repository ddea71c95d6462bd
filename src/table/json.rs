//! JSON Lines: one object of plain values a line.
//!
//! The heading is every key of the file in the order of first appearance, which takes a first pass; a key that is missing
//! in a line is an empty field. Nested values, a key given twice and anything that is not an object make the line faulty.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;
use std::sync::Arc;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};

use super::encoding::Decoded;
use super::file::Input;
use super::header::{self, Header, Known};
use super::{Caps, Chunk, Encoding, Ending, Fault, Kind, Records, Refusal, Settings, Sink, Summary};
use crate::Result;

/// A JSON Lines file whose keys were collected.
#[derive(Debug)]
pub(super) struct JsonLines {
    text: Decoded,
    header: Header,
    caps: Caps,
}

/// Whole lines as bytes.
#[derive(Debug)]
pub(super) struct Lines {
    bytes: Vec<u8>,
    line: u64,
    byte: u64,
    encoding: Encoding,
    names: Arc<BTreeMap<String, usize>>,
    record_bytes: usize,
}

impl JsonLines {
    pub(super) fn open(path: &Path, settings: &Settings, known: Known<'_>) -> Result<Self> {
        let input = Input::open(path, settings.caps.file_bytes)?;
        let mut file = Self {
            text: Decoded::open(input, settings.encoding)?,
            header: Header { names: Vec::new(), line: 0 },
            caps: settings.caps,
        };
        let names = file.collect_names(path)?;
        if file.text.input().len() == 0 {
            return Err(Refusal::Empty
                .error(path, "is empty")
                .help("ask for the export again, or pass `--allow-empty`"));
        }
        if header::score(names.iter().map(String::as_str), known) == 0 {
            return header::unknown(path, None, None);
        }
        file.header.names = names;
        file.text.rewind()?;
        Ok(file)
    }

    pub(super) fn header(&self) -> &Header {
        &self.header
    }

    pub(super) fn encoding(&self) -> Encoding {
        self.text.encoding()
    }

    /// Every key, in order of first appearance.
    fn collect_names(&mut self, path: &Path) -> Result<Vec<String>> {
        let mut places: BTreeMap<String, usize> = BTreeMap::new();
        let caps = self.caps;
        self.each_block(path, &mut |block, _| {
            for line in block.split(|&b| b == b'\n') {
                let Ok(Object(fields)) = serde_json::from_slice(line) else { continue };
                for (name, ..) in fields {
                    let next = places.len();
                    places.entry(name).or_insert(next);
                }
            }
            if places.len() > caps.fields {
                return Err(Refusal::TooLarge
                    .error(path, format!("has more than {} different keys", caps.fields))
                    .help("no application has that many columns"));
            }
            Ok(())
        })?;
        let mut names: Vec<_> = places.into_iter().collect();
        names.sort_by_key(|(_, place)| *place);
        Ok(names.into_iter().map(|(name, _)| name).collect())
    }

    /// Calls `each` with blocks of whole lines, and whether the last line of the file was open.
    fn each_block(&mut self, path: &Path, each: &mut dyn FnMut(Vec<u8>, bool) -> Result<()>) -> Result<()> {
        let mut buffer = Vec::new();
        loop {
            let target = buffer.len() + self.caps.block_bytes;
            let ended = self.text.fill(&mut buffer, target)?;
            let whole = match memchr::memrchr(b'\n', &buffer) {
                Some(at) if !ended => at + 1,
                None if !ended => 0,
                _ => buffer.len(),
            };
            let rest = buffer.split_off(whole);
            let open = ended && !buffer.is_empty() && !buffer.ends_with(b"\n");
            if !buffer.is_empty() {
                each(buffer, open)?;
            }
            buffer = rest;
            if ended {
                return Ok(());
            }
            if buffer.len() > 64 * self.caps.record_bytes {
                return Err(Refusal::TooLarge
                    .error(path, "has a line longer than any record")
                    .help("write one object a line"));
            }
        }
    }

    pub(super) fn stream(mut self, sink: Sink<'_>) -> Result<Summary> {
        let path = self.text.input().path().to_owned();
        let names = self.header.names.iter().enumerate().map(|(at, name)| (name.clone(), at));
        let names: Arc<BTreeMap<_, _>> = Arc::new(names.collect());
        let (mut line, mut byte) = (1, self.text.mark());
        let (mut blank, mut records, mut open_end) = (0, 0, false);
        let (encoding, caps) = (self.text.encoding(), self.caps);
        self.each_block(&path, &mut |bytes, open| {
            let (first_line, first_byte) = (line, byte);
            byte += encoding.raw_len(&bytes);
            for text in lines_of(&bytes) {
                line += 1;
                match is_blank(text) {
                    true => blank += 1,
                    false => records += 1,
                }
            }
            open_end |= open;
            if records > caps.records {
                return Err(super::too_many_records(&path, caps.records));
            }
            let names = Arc::clone(&names);
            let record_bytes = caps.record_bytes;
            sink(Chunk::lines(Lines { bytes, line: first_line, byte: first_byte, encoding, names, record_bytes }))
        })?;
        let (stamp, sha256) = self.text.into_input().finish()?;
        Ok(Summary {
            stamp,
            sha256,
            blank,
            ending: if open_end { Ending::Open } else { Ending::Closed },
            line_ends: "",
            hidden_rows: 0,
            hidden_columns: 0,
            unheaded: 0,
        })
    }
}

fn is_blank(line: &[u8]) -> bool {
    line.iter().all(u8::is_ascii_whitespace)
}

/// The lines of a block; nothing follows the last line end.
fn lines_of(block: &[u8]) -> impl Iterator<Item = &[u8]> {
    block.strip_suffix(b"\n").unwrap_or(block).split(|&b| b == b'\n')
}

impl Lines {
    pub(super) fn split(self) -> Records {
        let mut records = Records::default();
        let (mut line, mut byte) = (self.line, self.byte);
        for text in lines_of(&self.bytes) {
            if !is_blank(text) {
                records.begin(line, byte);
                self.split_line(text, byte, &mut records);
            }
            line += 1;
            byte += self.encoding.raw_len(text) + self.encoding.raw_len(b"\n");
        }
        records
    }

    fn split_line(&self, text: &[u8], byte: u64, records: &mut Records) {
        if text.len() > self.record_bytes {
            return records.fail(Fault::FieldTooLong, byte, None);
        }
        let replaced = self.encoding != Encoding::Utf8 && memchr::memmem::find(text, "\u{FFFD}".as_bytes()).is_some();
        if replaced || std::str::from_utf8(text).is_err() {
            return records.fail(Fault::EncodingInvalid, byte, None);
        }
        let Ok(Object(fields)) = serde_json::from_slice(text) else {
            return records.fail(Fault::JsonInvalid, byte, None);
        };
        let mut values: Vec<Option<(String, Kind)>> = vec![None; self.names.len()];
        for (name, value, kind) in fields {
            match self.names.get(&name).and_then(|&at| values.get_mut(at)) {
                Some(place @ None) => *place = Some((value, kind)),
                _ => return records.fail(Fault::JsonInvalid, byte, None),
            }
        }
        for value in values {
            let (text, kind) = value.unwrap_or_default();
            if text.chars().any(|c| c.is_ascii_control() && !matches!(c, '\t' | '\n' | '\r')) {
                records.fail(Fault::ControlCharacter, byte, None);
            }
            records.push(&text, kind);
        }
    }
}

/// The fields of one object in the order of the text, keys given twice included.
struct Object(Vec<(String, String, Kind)>);

impl<'de> Deserialize<'de> for Object {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Fields;
        impl<'de> Visitor<'de> for Fields {
            type Value = Object;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Object, A::Error> {
                let mut fields = Vec::new();
                while let Some(name) = map.next_key::<String>()? {
                    let Plain(text, kind) = map.next_value()?;
                    fields.push((name, text, kind));
                }
                Ok(Object(fields))
            }
        }
        deserializer.deserialize_map(Fields)
    }
}

/// A value that is neither object nor list.
struct Plain(String, Kind);

impl<'de> Deserialize<'de> for Plain {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Value;
        impl Visitor<'_> for Value {
            type Value = Plain;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a plain value")
            }

            fn visit_str<E>(self, text: &str) -> Result<Plain, E> {
                Ok(Plain(text.to_owned(), Kind::Text))
            }

            fn visit_u64<E>(self, number: u64) -> Result<Plain, E> {
                Ok(Plain(number.to_string(), Kind::Integer))
            }

            fn visit_i64<E>(self, number: i64) -> Result<Plain, E> {
                Ok(Plain(number.to_string(), Kind::Integer))
            }

            fn visit_f64<E>(self, number: f64) -> Result<Plain, E> {
                Ok(Plain(number.to_string(), Kind::Float))
            }

            fn visit_bool<E>(self, yes: bool) -> Result<Plain, E> {
                Ok(Plain(yes.to_string(), Kind::Bool))
            }

            fn visit_unit<E>(self) -> Result<Plain, E> {
                Ok(Plain(String::new(), Kind::Text))
            }
        }
        deserializer.deserialize_any(Value)
    }
}
