//! Files with rows: delimited text, XLSX, Parquet, JSON Lines. What a passport is, nobody here knows.
//!
//! [`open`] looks at a file, settles what it is and finds its heading among the first lines; [`TableFile::stream`] hands
//! on its records in blocks, in order, while memory stays bounded by the [`Caps`]. All fields are text, with what they
//! were in the file beside them ([`Kind`]); conversion is somebody else's work. Cutting a block into fields
//! ([`Chunk::split`]) is left to the caller, so that it can happen on many threads.
//!
//! A record that cannot be used is a [`Fault`] at a line and byte, and the next one is read; a file that cannot be
//! trusted as a whole is a [`Refusal`]. Neither quotes a field. The `csv` crate reads what follows an unclosed quote as
//! one record without a word, and data-frame readers pad, cut or drop rows; hence a reader of our own.

mod cells;
mod control;
mod delimited;
mod encoding;
mod fault;
mod file;
mod header;
mod json;
mod parquet;
mod records;
mod refusal;
mod settings;
mod xlsx;

use std::path::Path;

pub(crate) use cells::{Cell, Cells, Typed};
pub use control::Control;
pub use encoding::Encoding;
pub use fault::Fault;
pub use file::Stamp;
pub use header::{Header, Known};
pub use records::{Faulty, Kind, Records, Row};
pub use refusal::Refusal;
pub use settings::{Caps, Settings};

use crate::{Error, Result};

/// A kind of file with rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Delimited text.
    Delimited,
    /// An XLSX workbook.
    Xlsx,
    /// Parquet.
    Parquet,
    /// One JSON object a line.
    JsonLines,
}

impl Format {
    /// How messages call it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Delimited => "delimited text",
            Self::Xlsx => "XLSX",
            Self::Parquet => "Parquet",
            Self::JsonLines => "JSON Lines",
        }
    }

    /// The kind by the ending of a file name.
    pub(crate) fn of(path: &Path) -> Result<Self> {
        let ending = path.extension().map(|e| e.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
        match ending.as_str() {
            "csv" | "tsv" | "txt" | "psv" | "" => Ok(Self::Delimited),
            "xlsx" => Ok(Self::Xlsx),
            "parquet" => Ok(Self::Parquet),
            "jsonl" | "ndjson" => Ok(Self::JsonLines),
            "xls" | "xlsb" | "xlsm" | "ods" => Err(Refusal::Format
                .error(path, format!("is a workbook of the kind `.{ending}`, which is not read"))
                .help("save it as `.xlsx` without macros, or better export it as CSV")),
            _ => Err(Refusal::Format
                .error(path, format!("has the ending `.{ending}`, which names no kind of table"))
                .help("the endings read are .csv, .tsv, .psv, .txt, .xlsx, .parquet, .jsonl and .ndjson")),
        }
    }
}

/// A file whose heading was found, ready to be read.
#[derive(Debug)]
pub struct TableFile {
    body: Body,
    control: Option<Control>,
}

#[derive(Debug)]
enum Body {
    Delimited(Box<delimited::Delimited>),
    Xlsx(Box<xlsx::Workbook>),
    Parquet(Box<parquet::ParquetFile>),
    JsonLines(Box<json::JsonLines>),
}

/// Takes blocks one after the other; an error ends the reading.
pub type Sink<'a> = &'a mut dyn FnMut(Chunk) -> Result<()>;

/// Opens a file and finds its heading: the line with the most headings that `known` knows.
pub fn open(path: &Path, settings: &Settings, known: Known<'_>) -> Result<TableFile> {
    let body = match Format::of(path)? {
        Format::Delimited => Body::Delimited(Box::new(delimited::Delimited::open(path, settings, known)?)),
        Format::Xlsx => Body::Xlsx(Box::new(xlsx::Workbook::open(path, settings, known)?)),
        Format::Parquet => Body::Parquet(Box::new(parquet::ParquetFile::open(path, settings, known)?)),
        Format::JsonLines => Body::JsonLines(Box::new(json::JsonLines::open(path, settings, known)?)),
    };
    Ok(TableFile { body, control: Control::beside(path)? })
}

/// The state of a file and the SHA-256 of its bytes, without looking at what it holds.
pub(crate) fn hash(path: &Path) -> Result<(Stamp, String)> {
    let mut input = file::Input::open(path, Caps::default().file_bytes)?;
    input.hash_to_end()?;
    input.finish()
}

impl TableFile {
    /// The heading.
    #[must_use]
    pub fn header(&self) -> &Header {
        match &self.body {
            Body::Delimited(file) => file.header(),
            Body::Xlsx(file) => file.header(),
            Body::Parquet(file) => file.header(),
            Body::JsonLines(file) => file.header(),
        }
    }

    /// How many records it has, where the file says so before it is read.
    pub(crate) fn records(&self) -> Option<usize> {
        match &self.body {
            Body::Parquet(file) => Some(file.records()),
            Body::Delimited(_) | Body::Xlsx(_) | Body::JsonLines(_) => None,
        }
    }

    /// What kind of file it is.
    #[must_use]
    pub fn format(&self) -> Format {
        match &self.body {
            Body::Delimited(_) => Format::Delimited,
            Body::Xlsx(_) => Format::Xlsx,
            Body::Parquet(_) => Format::Parquet,
            Body::JsonLines(_) => Format::JsonLines,
        }
    }

    /// The encoding, where the file is text.
    #[must_use]
    pub fn encoding(&self) -> Option<Encoding> {
        match &self.body {
            Body::Delimited(file) => Some(file.encoding()),
            Body::JsonLines(file) => Some(file.encoding()),
            Body::Xlsx(_) | Body::Parquet(_) => None,
        }
    }

    /// The separator, where there is one.
    #[must_use]
    pub fn delimiter(&self) -> Option<char> {
        match &self.body {
            Body::Delimited(file) => Some(char::from(file.delimiter())),
            Body::Xlsx(_) | Body::Parquet(_) | Body::JsonLines(_) => None,
        }
    }

    /// What the sender announced beside the file.
    #[must_use]
    pub fn control(&self) -> Option<&Control> {
        self.control.as_ref()
    }

    /// The name of the sheet read, in a workbook.
    #[must_use]
    pub fn sheet(&self) -> Option<&str> {
        match &self.body {
            Body::Xlsx(file) => Some(file.sheet()),
            Body::Delimited(_) | Body::Parquet(_) | Body::JsonLines(_) => None,
        }
    }

    /// Hands every record below the heading to `sink`, in order. `wanted` says which columns will be asked for; the
    /// others may be left empty.
    pub fn stream(self, wanted: &[bool], sink: Sink<'_>) -> Result<Summary> {
        match self.body {
            Body::Delimited(file) => file.stream(sink),
            Body::Xlsx(file) => file.stream(sink),
            Body::Parquet(file) => file.stream(wanted, sink),
            Body::JsonLines(file) => file.stream(sink),
        }
    }
}

/// A block of whole records, not yet cut into fields.
#[derive(Debug)]
pub struct Chunk(Inner);

#[derive(Debug)]
enum Inner {
    Raw(Box<delimited::Raw>),
    Lines(Box<json::Lines>),
    Ready(Box<Records>),
}

impl Chunk {
    fn raw(raw: delimited::Raw) -> Self {
        Self(Inner::Raw(Box::new(raw)))
    }

    fn lines(lines: json::Lines) -> Self {
        Self(Inner::Lines(Box::new(lines)))
    }

    fn ready(records: Records) -> Self {
        Self(Inner::Ready(Box::new(records)))
    }

    /// Cuts the records into fields.
    pub fn split(self) -> Result<Records> {
        match self.0 {
            Inner::Raw(raw) => raw.split(),
            Inner::Lines(lines) => Ok(lines.split()),
            Inner::Ready(records) => Ok(*records),
        }
    }
}

/// How a file ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// After a whole record.
    Closed,
    /// After text without a line end; the last record may have been cut.
    Open,
}

/// What is known of a file once it was read to its end.
#[derive(Debug, Clone)]
pub struct Summary {
    /// The state of the file that was read.
    pub stamp: Stamp,
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// Lines or rows without content, which are no records.
    pub blank: u64,
    /// How it ended.
    pub ending: Ending,
    /// `LF`, `CRLF`, `CR`, `LFCR` or `mixed`; empty where a file has no lines.
    pub line_ends: &'static str,
    /// Rows that a workbook hides or filters out; they are read like any other.
    pub hidden_rows: u64,
    /// Columns that a workbook hides; read like any other.
    pub hidden_columns: u64,
    /// Filled cells to the right of the last heading, which no column takes.
    pub unheaded: u64,
}

fn too_many_records(path: &Path, cap: u64) -> Error {
    Refusal::TooLarge.error(path, format!("has more than {cap} records")).help("split the export by date")
}
