//! What is worth saying about a file that was read, and why a file is refused for what it holds.

use std::path::Path;

use crate::diag::coded;
use crate::{Error, ErrorKind};

coded! {
    /// Why an export is refused although its bytes are sound.
    pub enum Rejection {
        /// Two headings are the same, or lead to the same column. Which of them is meant, nobody can say.
        HeaderDuplicate = "HEADER_DUPLICATE",
        /// A column without which no application can be judged is not in the export. Either its heading is not declared
        /// in the profile, or the export lacks it.
        ColumnMissing = "COLUMN_MISSING",
        /// The export has a column that the profile does not know, and the profile says `unknown_columns = "deny"`.
        ColumnUnknown = "COLUMN_UNKNOWN",
        /// More than a fifth of the records have another number of fields than the heading: the separator is wrong, or
        /// names and addresses hold it unquoted.
        FieldCounts = "SEPARATOR",
        /// The column of a number that identifies people was rounded by a spreadsheet: scientific notation, binary
        /// fractions, or far too many values that end in 0. None of its values can be believed.
        NumbersRounded = "NIK_EXCEL_ROUNDED",
        /// More records cannot be used than the office allows. A run over the rest would look whole and not be.
        TooManyBad = "QUARANTINE_LIMIT",
    }
}

impl Rejection {
    pub(super) fn error(self, path: &Path, message: impl Into<String>) -> Error {
        Error::new(ErrorKind::Input, self.code(), message).at(path)
    }
}

coded! {
    /// What is worth saying about a file that was read.
    pub enum About {
        /// The file ends without a line end, and its last record is short: it was cut off on the way.
        CutOff = "NO_EOL_AT_EOF",
        /// The last line has no line end. Many programs write so; the last record is whole.
        NoFinalLineEnd = "EOL_MISSING",
        /// The file was not UTF-8 and was transcoded.
        Transcoded = "ENCODING",
        /// Lines end in different ways, as in files that were joined.
        MixedLineEnds = "LINE_ENDS_MIXED",
        /// The heading was found below other lines, which were left out.
        HeaderLine = "HEADER_ROW",
        /// The workbook hides rows or columns, or filters rows out. They were read like the others, since hiding is no
        /// way to delete an application.
        Hidden = "HIDDEN",
        /// Cells to the right of the last heading hold something. No column takes it.
        Unheaded = "CELLS_UNHEADED",
        /// A column of the file is not in the profile. It is not read and not stored.
        ColumnIgnored = "COLUMN_IGNORED",
        /// A column that rules use is not in the file. Those rules cannot be evaluated.
        ColumnAbsent = "COLUMN_ABSENT",
        /// A column was rounded by a spreadsheet and is not used; see `COLUMN_ROUNDED`.
        ColumnRefused = "COLUMN_REFUSED",
        /// Many application numbers end in 0. Either the office numbers them so, or a spreadsheet rounded them.
        NumbersSuspect = "ID_ROUNDED",
        /// Application numbers with another length than sixteen digits.
        NumberLength = "ID_LENGTH",
        /// Text in some records seems to have been decoded twice (`Ã‰` for `É`), which no name matching survives.
        Mojibake = "MOJIBAKE",
        /// Applications that were read before, in this file or another of the run.
        Duplicates = "DUPLICATES",
    }
}

impl About {
    /// Whether somebody should look; otherwise it is said for the record.
    #[must_use]
    pub fn is_warning(self) -> bool {
        match self {
            Self::CutOff
            | Self::Hidden
            | Self::ColumnAbsent
            | Self::ColumnRefused
            | Self::NumbersSuspect
            | Self::Mojibake
            | Self::Duplicates => true,
            Self::NoFinalLineEnd
            | Self::Transcoded
            | Self::MixedLineEnds
            | Self::HeaderLine
            | Self::Unheaded
            | Self::ColumnIgnored
            | Self::NumberLength => false,
        }
    }
}

/// A remark about a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// What it is about.
    pub about: About,
    /// Number of the file among those read.
    pub file: usize,
    /// The column, where it is about one.
    pub column: Option<String>,
    /// How many records, cells or lines; 1 where counting makes no sense.
    pub count: u64,
    /// In a sentence, without anybody's data.
    pub message: String,
}

impl Remark {
    pub(super) fn new(about: About, file: usize, count: u64, message: impl Into<String>) -> Self {
        Self { about, file, column: None, count, message: message.into() }
    }

    pub(super) fn of(mut self, column: &str) -> Self {
        self.column = Some(column.to_owned());
        self
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::source::{Note, Reason};
    use crate::table::Refusal;

    #[test]
    fn no_code_of_reading_is_used_twice() {
        let reasons = Reason::all().map(Reason::code);
        let notes = Note::ALL.iter().map(|n| n.code());
        let rejections = Rejection::ALL.iter().map(|r| r.code());
        let about = About::ALL.iter().map(|a| a.code());
        let refusals = Refusal::ALL.iter().map(|r| r.code());
        let all: Vec<_> = reasons.chain(notes).chain(rejections).chain(about).chain(refusals).collect();
        let unique: BTreeSet<_> = all.iter().collect();
        assert_eq!(unique.len(), all.len());
        assert!(Rejection::ALL.iter().all(|r| r.explanation().len() > 40));
        assert!(About::ALL.iter().all(|a| a.explanation().len() > 40));
    }
}
