//! Why a file with rows is refused as a whole.

use std::path::Path;

use crate::diag::coded;
use crate::{Error, ErrorKind};

coded! {
    /// Why a file is refused. Nothing of it is used; the message says what to do.
    pub enum Refusal {
        /// No file of this name exists. Exports are named on the command line or in `saring.toml`; a night whose export
        /// is missing must not pass as a night without applications.
        Missing = "IN_MISSING",
        /// The path leads to a folder, a pipe or a device. Only regular files are read, since only those can be read
        /// twice, hashed and compared with what the sender announced.
        NotAFile = "IN_KIND",
        /// The account that runs saring may not read the file.
        Permission = "IN_PERM",
        /// The disk or the network failed while the file was read.
        ReadFailed = "IN_READ",
        /// The file has no records: no bytes at all, or a heading and nothing below it. Exports come out empty when
        /// a query fails, so this stops the run unless `--allow-empty` says that a quiet day is expected.
        Empty = "IN_EMPTY",
        /// The text is not in the encoding that was declared or detected: NUL bytes all over (UTF-16 without a mark),
        /// a mark of UTF-32. Declare `encoding` in the profile or with `--encoding`.
        Encoding = "IN_ENCODING",
        /// The file ends in a block of NUL bytes, as after a power cut, or ends inside a row although the sender's
        /// control file says it is whole. Ask for the export again.
        Truncated = "IN_TRUNCATED",
        /// The bytes are those of an archive or a compressed file. Unpack it first; saring never unpacks what is
        /// not a workbook, since a few kilobytes may hold gigabytes.
        Compressed = "IN_COMPRESSED",
        /// The file, a part of a workbook, or its number of cells, rows or columns is beyond the caps, which stand
        /// far above any honest export.
        TooLarge = "IN_TOO_LARGE",
        /// The file changed while it was read: it grew, was replaced or was touched. What was read is not used.
        Changed = "IN_CHANGED",
        /// The control file (`FILE.ctl`) beside the export disagrees with it in rows or hash, or cannot be read.
        Control = "IN_CONTROL",
        /// The file is of a kind that saring does not read (`.xls`, `.xlsb`, `.ods`, a workbook with macros, HTML).
        Format = "IN_FORMAT",
        /// The workbook or Parquet file is broken, encrypted, or holds what no spreadsheet program writes.
        Damaged = "IN_DAMAGED",
        /// The workbook has several sheets with data and none was named, or the named one is not there.
        Sheet = "IN_SHEET",
        /// A part of the workbook declares a document type or entities, which workbooks never need and attacks do.
        Entities = "IN_XML",
        /// A quote opens a field and never closes, so that everything after it would become one field. The line is
        /// where the quote opens.
        QuoteUnclosed = "QUOTE_UNCLOSED",
        /// No line among the first ones has headings that the profile knows, whatever the separator.
        HeaderUnknown = "HEADER_UNKNOWN",
    }
}

impl Refusal {
    /// The error for a file. `message` says what is wrong, without quoting a cell.
    pub(crate) fn error(self, path: &Path, message: impl Into<String>) -> Error {
        Error::new(ErrorKind::Input, self.code(), message).at(path)
    }

    /// The error for a failure of the operating system while reading.
    pub(crate) fn io(path: &Path, error: &std::io::Error) -> Error {
        let refusal = match error.kind() {
            std::io::ErrorKind::NotFound => Self::Missing,
            std::io::ErrorKind::PermissionDenied => Self::Permission,
            _ => Self::ReadFailed,
        };
        let help = match refusal {
            Self::Missing => "check the path; an export that did not arrive must be asked for",
            Self::Permission => "let the account that runs saring read the file",
            _ => "read the file from a local disk and try again",
        };
        Error::io(path, error).of_kind(ErrorKind::Input, refusal.code()).help(help)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn f04_a_file_without_permission_is_told_apart_from_a_missing_one() {
        let code = |kind: std::io::ErrorKind| {
            let error = Refusal::io(Path::new("a.csv"), &std::io::Error::from(kind));
            assert_eq!(error.kind(), ErrorKind::Input);
            error.code()
        };
        assert_eq!(code(std::io::ErrorKind::PermissionDenied), "IN_PERM");
        assert_eq!(code(std::io::ErrorKind::NotFound), "IN_MISSING");
        assert_eq!(code(std::io::ErrorKind::TimedOut), "IN_READ");
    }

    #[test]
    fn codes_are_unique_and_explained() {
        let codes: BTreeSet<_> = Refusal::ALL.iter().map(|r| r.code()).collect();
        assert_eq!(codes.len(), Refusal::ALL.len());
        assert!(Refusal::ALL.iter().all(|r| r.explanation().len() > 40));
    }
}
