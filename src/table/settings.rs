//! What the reader of a file may be told, and the caps that keep a hostile or broken file from taking the machine.

use super::Encoding;

/// How to read a file, where that is not left to detection.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// The encoding; a byte order mark in the file is stronger.
    pub encoding: Option<Encoding>,
    /// The separator of a delimited file.
    pub delimiter: Option<u8>,
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    /// The line (row) of the heading, from 1.
    pub header_line: Option<u64>,
    /// Limits.
    pub caps: Caps,
}

/// Limits far above any honest export. A national day is 20,000 rows; ten years of an office are a million.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Caps {
    /// Bytes of a file.
    pub file_bytes: u64,
    /// Bytes of a workbook file, which is held in memory while it is read.
    pub workbook_bytes: u64,
    /// Bytes of one unpacked part of a workbook.
    pub part_bytes: u64,
    /// Bytes of the table of shared texts of a workbook, which is held in memory.
    pub shared_text_bytes: u64,
    /// How many times larger than packed an unpacked part may be, once it is beyond eight megabytes.
    pub ratio: u64,
    /// Cells of a sheet, empty styled ones included.
    pub cells: u64,
    /// Records of a file.
    pub records: u64,
    /// Fields of a record.
    pub fields: usize,
    /// Bytes of a field.
    pub field_bytes: usize,
    /// Bytes of a record.
    pub record_bytes: usize,
    /// Line ends inside one quoted field; more mean that its quote never closes.
    pub quoted_lines: u64,
    /// Bytes handed on at a time. Results do not depend on it.
    pub block_bytes: usize,
}

impl Default for Caps {
    fn default() -> Self {
        Self {
            file_bytes: 16 << 30,
            workbook_bytes: 256 << 20,
            part_bytes: 4 << 30,
            shared_text_bytes: 512 << 20,
            ratio: 200,
            cells: 200_000_000,
            records: crate::frame::MAX_ROWS as u64,
            fields: 1024,
            field_bytes: 64 << 10,
            record_bytes: 1 << 20,
            quoted_lines: 100,
            block_bytes: 2 << 20,
        }
    }
}
