//! From the bytes of a file to UTF-8 text.
//!
//! UTF-8 passes through unchanged and unchecked (its records are checked one by one, so that one bad byte costs one
//! record); UTF-16 and Windows-1252 are transcoded on the fly. A byte order mark decides; without one UTF-8 is assumed
//! unless declared otherwise. Nothing is guessed.

use super::Refusal;
use super::file::Input;
use crate::{Error, Result};

/// The encoding of a text file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with or without a mark.
    Utf8,
    /// UTF-16, low byte first.
    Utf16Le,
    /// UTF-16, high byte first.
    Utf16Be,
    /// Windows code page 1252 ("ANSI").
    Windows1252,
}

impl Encoding {
    /// All of them.
    pub const ALL: &[Self] = &[Self::Utf8, Self::Utf16Le, Self::Utf16Be, Self::Windows1252];

    /// The name in profiles and on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Utf16Le => "utf-16le",
            Self::Utf16Be => "utf-16be",
            Self::Windows1252 => "windows-1252",
        }
    }

    /// The encoding of a name.
    #[must_use]
    pub fn by_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|e| e.name() == name)
    }

    fn decoder(self) -> Option<encoding_rs::Decoder> {
        let encoding = match self {
            Self::Utf8 => return None,
            Self::Utf16Le => encoding_rs::UTF_16LE,
            Self::Utf16Be => encoding_rs::UTF_16BE,
            Self::Windows1252 => encoding_rs::WINDOWS_1252,
        };
        Some(encoding.new_decoder_without_bom_handling())
    }

    /// How many bytes of the file a piece of decoded text took.
    pub(super) fn raw_len(self, text: &[u8]) -> u64 {
        let starts = |from: u8| text.iter().filter(|&&b| b & 0xC0 != 0x80 && b >= from).count() as u64;
        match self {
            Self::Utf8 => text.len() as u64,
            // Characters beyond U+FFFF start with F0 or above in UTF-8 and take two units of UTF-16.
            Self::Utf16Le | Self::Utf16Be => 2 * (starts(0) + starts(0xF0)),
            Self::Windows1252 => starts(0),
        }
    }
}

/// How many bytes are looked at to find out what a file is.
const HEAD: usize = 64 << 10;

/// A text file being decoded.
#[derive(Debug)]
pub(super) struct Decoded {
    input: Input,
    encoding: Encoding,
    decoder: Option<encoding_rs::Decoder>,
    /// Bytes read ahead and not yet decoded.
    ahead: Vec<u8>,
    mark: u64,
    ended: bool,
}

impl Decoded {
    /// Looks at the head of the file and settles its encoding; refuses what is not text.
    pub(super) fn open(mut input: Input, declared: Option<Encoding>) -> Result<Self> {
        if input.ends_in_nul_block()? {
            return Err(Refusal::Truncated
                .error(input.path(), "ends in a block of NUL bytes, as after a power cut")
                .help("ask for the export again"));
        }
        let mut head = Vec::new();
        input.read(&mut head, HEAD)?;
        refuse_other_kinds(&input, &head)?;
        let (encoding, mark) = match head.as_slice() {
            [0xFF, 0xFE, 0, 0, ..] | [0, 0, 0xFE, 0xFF, ..] => {
                return Err(encoding_error(&input, "is UTF-32, which is not read", "save it as UTF-8"));
            }
            [0xEF, 0xBB, 0xBF, ..] => (Encoding::Utf8, 3),
            [0xFF, 0xFE, ..] => (Encoding::Utf16Le, 2),
            [0xFE, 0xFF, ..] => (Encoding::Utf16Be, 2),
            _ => (declared.unwrap_or(Encoding::Utf8), 0),
        };
        if matches!(encoding, Encoding::Utf8 | Encoding::Windows1252) {
            refuse_nul_density(&input, &head)?;
        }
        head.drain(..mark);
        Ok(Self { input, encoding, decoder: encoding.decoder(), ahead: head, mark: mark as u64, ended: false })
    }

    pub(super) fn encoding(&self) -> Encoding {
        self.encoding
    }

    pub(super) fn input(&self) -> &Input {
        &self.input
    }

    /// Bytes of the mark at the head of the file.
    pub(super) fn mark(&self) -> u64 {
        self.mark
    }

    /// Decodes on until `buffer` holds at least `target` bytes or the file ends; says whether it ended.
    pub(super) fn fill(&mut self, buffer: &mut Vec<u8>, target: usize) -> Result<bool> {
        while !self.ended && buffer.len() < target {
            if self.decoder.is_none() {
                buffer.append(&mut self.ahead);
                let wanted = target.saturating_sub(buffer.len()).max(1);
                self.ended = self.input.read(buffer, wanted)? == 0;
            } else {
                let read = self.input.read(&mut self.ahead, HEAD)?;
                self.ended = read == 0;
                self.decode(buffer);
            }
        }
        Ok(self.ended)
    }

    fn decode(&mut self, buffer: &mut Vec<u8>) {
        let Some(decoder) = &mut self.decoder else { return };
        let mut rest = self.ahead.as_slice();
        loop {
            let start = buffer.len();
            let room = decoder.max_utf8_buffer_length(rest.len()).unwrap_or(HEAD).max(16);
            buffer.resize(start + room, 0);
            let free = buffer.get_mut(start..).unwrap_or_default();
            let (result, read, written, _) = decoder.decode_to_utf8(rest, free, self.ended);
            buffer.truncate(start + written);
            rest = rest.get(read..).unwrap_or_default();
            if result == encoding_rs::CoderResult::InputEmpty {
                break;
            }
        }
        self.ahead.clear();
    }

    /// Starts over, after the mark.
    pub(super) fn rewind(&mut self) -> Result<()> {
        self.input.rewind()?;
        self.decoder = self.encoding.decoder();
        self.ahead.clear();
        self.ended = false;
        let mut mark = Vec::new();
        self.input.read(&mut mark, usize::try_from(self.mark).unwrap_or(0))?;
        Ok(())
    }

    pub(super) fn into_input(self) -> Input {
        self.input
    }
}

fn encoding_error(input: &Input, what: &str, help: &str) -> Error {
    Refusal::Encoding.error(input.path(), what).help(help)
}

/// UTF-16 without a mark is every second byte NUL; a table of plain text has none.
fn refuse_nul_density(input: &Input, head: &[u8]) -> Result<()> {
    let sample = head.get(..4096).unwrap_or(head);
    let nuls = |odd: usize| sample.iter().skip(odd).step_by(2).filter(|&&b| b == 0).count();
    let (even, odd) = (nuls(0), nuls(1));
    if sample.len() > 8 && even + odd == sample.len() {
        return Err(Refusal::Truncated
            .error(input.path(), "begins with nothing but NUL bytes")
            .help("ask for the export again"));
    }
    if even + odd < 4 || (even + odd) * 5 < sample.len() {
        return Ok(());
    }
    let likely = if odd > even { Encoding::Utf16Le } else { Encoding::Utf16Be };
    Err(encoding_error(
        input,
        "is full of NUL bytes, as UTF-16 without a byte order mark",
        &format!("declare it: `--encoding {}`, or `encoding` in the profile", likely.name()),
    ))
}

/// Refuses archives, workbooks, Parquet, PDF and HTML under a name of text.
fn refuse_other_kinds(input: &Input, head: &[u8]) -> Result<()> {
    const PACKED: &[(&[u8], &str)] = &[
        (b"\x1F\x8B", "gzip"),
        (b"\x28\xB5\x2F\xFD", "zstd"),
        (b"PK\x03\x04", "zip"),
        (b"PK\x05\x06", "zip"),
        (b"\xFD7zXZ\0", "xz"),
        (b"7z\xBC\xAF\x27\x1C", "7z"),
        (b"BZh91AY&SY", "bzip2"),
        (b"Rar!\x1A\x07", "rar"),
    ];
    const OTHER: &[(&[u8], &str)] = &[
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "an old workbook or an encrypted one"),
        (b"PAR1", "Parquet"),
        (b"%PDF", "PDF"),
        (b"<!DOCTYPE", "HTML"),
        (b"<html", "HTML"),
        (b"<table", "HTML"),
        (b"<?xml", "XML"),
    ];
    if let Some((_, what)) = PACKED.iter().find(|(magic, _)| head.starts_with(magic)) {
        return Err(Refusal::Compressed
            .error(input.path(), format!("holds {what} data, not text"))
            .help("unpack it first, or name it `.xlsx` if it is a workbook"));
    }
    if let Some((_, what)) = OTHER.iter().find(|(magic, _)| starts_with_ignoring_case(head, magic)) {
        return Err(Refusal::Format
            .error(input.path(), format!("holds {what}, not a table as text"))
            .help("export it as CSV, or give the file the ending of its real kind"));
    }
    Ok(())
}

fn starts_with_ignoring_case(head: &[u8], magic: &[u8]) -> bool {
    head.get(..magic.len()).is_some_and(|start| start.eq_ignore_ascii_case(magic))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_lead_back_to_the_bytes_of_the_file() {
        let text = "aÉ’😀";
        assert_eq!(Encoding::Utf8.raw_len(text.as_bytes()), text.len() as u64);
        assert_eq!(Encoding::Utf16Le.raw_len(text.as_bytes()), 2 * text.encode_utf16().count() as u64);
        assert_eq!(Encoding::Windows1252.raw_len("aÉ’".as_bytes()), 3);
    }
}
