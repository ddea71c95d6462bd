//! Why an operation could not be done. Faults in an analyst's text are [`crate::diag::Diagnostic`]s, bad rows are
//! quarantine rows; what remains (files, disks, locks, refused inputs) is an [`Error`].
//!
//! An error never quotes a cell of an export and never passes on the text of another library, which might.

use std::fmt;
use std::path::{Path, PathBuf};

/// What went wrong, by who has to act.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The command, the office file, a profile or a rule is wrong. Nothing was read.
    Usage,
    /// An export was refused: unreadable, wrong shape, control total, too many bad rows, empty.
    Input,
    /// A watchlist or reference file was refused: missing, stale, shrunk.
    Reference,
    /// Another run holds the lock.
    Locked,
    /// The result could not be stored: disk full, no permission, input or output failure.
    Storage,
    /// A check between steps did not hold: a fault in saring itself. Nothing was published.
    Internal,
    /// The run was stopped from outside.
    Interrupted,
}

/// A failed operation: what, where, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    kind: ErrorKind,
    code: &'static str,
    path: Option<PathBuf>,
    message: String,
    help: Option<String>,
}

/// The codes that no other table explains, each with the paragraph that `saring explain CODE` prints.
pub(crate) const CODES: &[(&str, &str)] = &[
    (
        "FILE",
        "A file that saring needs cannot be read, or is not what it should be: it does not exist, may not be opened, is a \
         folder, is too large for a text that people write, or can be changed by others. The message names it. Nothing was \
         read or published.",
    ),
    (
        "HISTORY",
        "A month of history is missing, damaged, or written by another version, so nobody can know what the applications of \
         tonight are tied to. The message names the month. Restore its file from a backup; `saring history status --verify` \
         looks at all of them.",
    ),
    (
        "IN_NONE",
        "No file matches the patterns under `[input]` of the office file, so there is nothing to screen. Put tonight's export \
         there, name it on the command line, or change the pattern. A night without an export is a fault until somebody has \
         said otherwise.",
    ),
    (
        "INTERNAL",
        "A check between the steps of saring did not hold: a fault in the program, not in rules or data. Nothing was \
         published. Please report it with the message and the version; neither has anybody's data in it.",
    ),
    (
        "LOCKED",
        "Another run is writing into the same folder of results or of history. Wait until it has ended. The lock belongs to the \
         process and goes with it, so there is nothing to delete.",
    ),
    (
        "MANIFEST",
        "`manifest.json` of the result is not one that this version can read: it was cut off, edited, or written by a newer \
         version. What it seals cannot be checked.",
    ),
    (
        "OUT_WRITE",
        "A result or a store could not be written: no space left, no permission, a read-only or failing disk. The earlier \
         result stands. Make room or mend the permission, then run again; the run starts from the beginning.",
    ),
    (
        "RESULT",
        "A published result that a summary is made from is damaged or of another version, so its counts cannot be trusted. The message \
         names it. `saring verify` says what is at fault; screen that day again, or leave it out with `--from` and `--to`.",
    ),
    (
        "TRUTH",
        "The file of what turned out to be true cannot be used: a column is missing, or a row names no application or no kind. The \
         message names the line. It is CSV with `nomor_permohonan`, `golongan`, `jenis` and `kelompok`.",
    ),
    (
        "USAGE",
        "The command asks for something that is not there or does not go together: an unknown rule or number, a flag without \
         its partner. The message says what; `--help` of the verb has examples. Nothing was read.",
    ),
];

/// The result of an operation of saring.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// An error of a kind with a stable code (`IN_EMPTY`) and a sentence.
    pub fn new(kind: ErrorKind, code: &'static str, message: impl Into<String>) -> Self {
        Self { kind, code, path: None, message: message.into(), help: None }
    }

    /// A usage error.
    pub fn usage(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Usage, "USAGE", message)
    }

    /// A broken promise inside saring.
    pub fn internal(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Internal, "INTERNAL", message)
    }

    /// A file that cannot serve: "`path` is a folder".
    pub fn unusable(path: &Path, what: &str) -> Self {
        Self::new(ErrorKind::Usage, "FILE", what).at(path)
    }

    /// An operating-system failure while reading a file that saring needs.
    pub fn io(path: &Path, error: &std::io::Error) -> Self {
        Self::new(ErrorKind::Usage, "FILE", describe_io(error)).at(path)
    }

    /// An operating-system failure while writing results.
    pub fn storage(path: &Path, error: &std::io::Error) -> Self {
        Self::new(ErrorKind::Storage, "OUT_WRITE", describe_io(error)).at(path)
    }

    /// Names the file.
    #[must_use]
    pub fn at(mut self, path: &Path) -> Self {
        self.path = Some(path.to_owned());
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }

    /// The same failure seen as another kind (a missing file is a usage error or a refused input, by who named it).
    #[must_use]
    pub fn of_kind(mut self, kind: ErrorKind, code: &'static str) -> Self {
        self.kind = kind;
        self.code = code;
        self
    }

    /// By who has to act.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// The stable code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.code
    }

    /// What to do, where known.
    #[must_use]
    pub fn advice(&self) -> Option<&str> {
        self.help.as_deref()
    }
}

/// An operating-system error in words that do not depend on the locale.
fn describe_io(error: &std::io::Error) -> String {
    use std::io::ErrorKind as Io;
    match error.kind() {
        Io::NotFound => "does not exist".to_owned(),
        Io::PermissionDenied => "may not be opened: permission denied".to_owned(),
        Io::StorageFull | Io::QuotaExceeded => "no space left on the disk".to_owned(),
        Io::ReadOnlyFilesystem => "the file system is read-only".to_owned(),
        Io::FileTooLarge => "larger than this system allows".to_owned(),
        Io::IsADirectory => "is a folder".to_owned(),
        Io::NotADirectory => "is not a folder".to_owned(),
        Io::AlreadyExists => "exists already".to_owned(),
        other => match error.raw_os_error() {
            Some(number) => format!("input or output failed ({other}, system error {number})"),
            None => format!("input or output failed ({other})"),
        },
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.path {
            Some(path) => write!(f, "`{}`: {}", path.display(), self.message),
            None => f.write_str(&self.message),
        }
    }
}

impl std::error::Error for Error {}
