//! How exports are read, where a flag says otherwise than the profile.

use chrono::NaiveDate;

use crate::source::Options;
use crate::table::Encoding;

/// Choices of reading that replace the profile's.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct ReadingArgs {
    /// An export without records is a quiet day, not a fault.
    #[arg(long)]
    allow_empty: bool,
    /// Encoding of text exports: utf-8, utf-16le, utf-16be or windows-1252.
    #[arg(long, value_parser = encoding)]
    encoding: Option<Encoding>,
    /// Separator of text exports: `,` `;` `|` or `tab`.
    #[arg(long, value_parser = delimiter)]
    delimiter: Option<u8>,
    /// Sheet of a workbook.
    #[arg(long, value_name = "NAME")]
    sheet: Option<String>,
    /// Line of the heading, counted from 1.
    #[arg(long, value_name = "LINE", value_parser = clap::value_parser!(u64).range(1..))]
    header_line: Option<u64>,
    /// Share of a file's records, in percent, that may be set aside before the file is refused.
    #[arg(long, value_name = "PERCENT", default_value_t = 10, value_parser = clap::value_parser!(u32).range(0..=100))]
    quarantine_limit: u32,
}

fn encoding(name: &str) -> Result<Encoding, String> {
    Encoding::by_name(name).ok_or_else(|| "utf-8, utf-16le, utf-16be or windows-1252".to_owned())
}

fn delimiter(text: &str) -> Result<u8, String> {
    match text {
        "," => Ok(b','),
        ";" => Ok(b';'),
        "|" => Ok(b'|'),
        "tab" | "\t" | "\\t" => Ok(b'\t'),
        _ => Err("`,` `;` `|` or `tab`".to_owned()),
    }
}

impl ReadingArgs {
    /// The options of reading at a reference date.
    pub(super) fn options(&self, as_of: NaiveDate) -> Options {
        Options {
            allow_empty: self.allow_empty,
            encoding: self.encoding,
            delimiter: self.delimiter,
            sheet: self.sheet.clone(),
            header_line: self.header_line,
            quarantine_limit_percent: self.quarantine_limit,
            ..Options::new(as_of)
        }
    }
}
