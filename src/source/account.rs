//! The account of a file: what it is, how many records it had and what became of them.

use std::path::{Path, PathBuf};

use super::quarantine::Quarantined;
use super::reason::{Reason, Unusable};
use super::remark::{About, Remark};
use crate::table::{Encoding, Ending, Fault, Format, Summary, TableFile};
use crate::{Error, Result};

/// What became of one file. `records = applications + quarantined`, or reading fails.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileAccount {
    /// The file.
    pub path: PathBuf,
    /// What kind of file it is: `delimited text`, `XLSX`, `Parquet`, `JSON Lines`.
    pub format: &'static str,
    /// The encoding, where it is text.
    pub encoding: Option<&'static str>,
    /// The separator, where there is one.
    pub delimiter: Option<char>,
    /// The sheet, in a workbook.
    pub sheet: Option<String>,
    /// The line of the heading; 0 where the names are not in a line.
    pub header_line: u64,
    /// Its size, all of it read.
    pub bytes: u64,
    /// SHA-256 of what was read, in hexadecimal.
    pub sha256: String,
    /// Records, the heading and blank lines not counted.
    pub records: u64,
    /// Records that became applications.
    pub applications: u64,
    /// Records set aside.
    pub quarantined: u64,
    /// Lines or rows without content.
    pub blank: u64,
    /// Rows that a workbook hides, all read.
    pub hidden_rows: u64,
    /// Whether a control file was there and agreed.
    pub control: bool,
}

impl FileAccount {
    /// The account of a file without records.
    pub(super) fn new(path: &Path, format: Format, bytes: u64, sha256: String) -> Self {
        Self {
            path: path.to_owned(),
            format: format.name(),
            encoding: None,
            delimiter: None,
            sheet: None,
            header_line: 0,
            bytes,
            sha256,
            records: 0,
            applications: 0,
            quarantined: 0,
            blank: 0,
            hidden_rows: 0,
            control: false,
        }
    }

    /// The account of a file whose heading was found and whose records are still to be read.
    pub(super) fn of(file: &TableFile, path: &Path) -> Self {
        Self {
            encoding: file.encoding().map(Encoding::name),
            delimiter: file.delimiter(),
            sheet: file.sheet().map(str::to_owned),
            header_line: file.header().line,
            ..Self::new(path, file.format(), 0, String::new())
        }
    }

    /// The promise of reading: no record is lost and none is counted twice.
    pub(super) fn check(&self) -> Result<()> {
        if self.records == self.applications + self.quarantined {
            return Ok(());
        }
        Err(Error::internal(format!(
            "{} records, {} applications and {} set aside do not add up",
            self.records, self.applications, self.quarantined
        ))
        .at(&self.path))
    }
}

/// What is to be said about the form of a file.
pub(super) fn remarks_of_form(
    number: usize,
    account: &FileAccount,
    summary: &Summary,
    quarantine: &[Quarantined],
    mojibake: u64,
) -> Vec<Remark> {
    let mut remarks = Vec::new();
    let mut say = |about, count, text: String| remarks.push(Remark::new(about, number, count, text));
    let short = quarantine.iter().any(|q| q.reason == Reason::Record(Fault::ShortRow));
    match summary.ending {
        Ending::Open if short => say(About::CutOff, 1, "the file ends inside a record; it was cut off".to_owned()),
        Ending::Open => say(About::NoFinalLineEnd, 1, "the last line has no line end".to_owned()),
        Ending::Closed => {}
    }
    if let Some(encoding) = account.encoding.filter(|e| *e != Encoding::Utf8.name()) {
        say(About::Transcoded, 1, format!("the file was read as {encoding}"));
    }
    if summary.line_ends == "mixed" {
        say(About::MixedLineEnds, 1, "lines end in different ways".to_owned());
    }
    if summary.hidden_rows + summary.hidden_columns > 0 {
        let text =
            format!("{} hidden rows and {} hidden columns were read", summary.hidden_rows, summary.hidden_columns);
        say(About::Hidden, summary.hidden_rows + summary.hidden_columns, text);
    }
    if summary.unheaded > 0 {
        say(
            About::Unheaded,
            summary.unheaded,
            format!("{} cells stand to the right of the last heading", summary.unheaded),
        );
    }
    if mojibake > 0 {
        say(About::Mojibake, mojibake, format!("text of {mojibake} records seems to have been decoded twice"));
    }
    remarks
}

/// What is to be said about applications that were read before.
pub(super) fn remark_on_repeated(number: usize, repeated: &[Quarantined]) -> Option<Remark> {
    let duplicate = |q: &&Quarantined| q.file == number && q.reason == Unusable::Duplicate.into();
    let count = repeated.iter().filter(duplicate).count() as u64;
    let text = format!("{count} applications were read before, in this file or another");
    (count > 0).then(|| Remark::new(About::Duplicates, number, count, text))
}
