//! Exit codes: a stable interface for schedulers and CI.

use crate::{Error, ErrorKind};

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// Done; every row was screened, or there was nothing to do.
    Done = 0,
    /// Done, and it found something: a failing test, a changed file. Only verbs that look for something.
    Findings = 1,
    /// The command, the office file, a profile or a rule is wrong. Nothing was read or published.
    Usage = 2,
    /// Done and published, but rows were set aside or a check of the data warns.
    Warnings = 3,
    /// The export was refused. Nothing was published.
    Input = 4,
    /// History, a watchlist or a reference file was refused. Nothing was published.
    Reference = 5,
    /// Another run holds the lock.
    Locked = 6,
    /// The result could not be stored. Nothing was published.
    Storage = 7,
    /// A check inside saring did not hold. Nothing was published; please report it.
    Internal = 70,
    /// Stopped by Ctrl-C. Nothing was published.
    Interrupted = 130,
    /// Stopped by a request to terminate. Nothing was published.
    Terminated = 143,
}

impl Exit {
    /// Every code with its meaning, for `--help` and the documentation.
    pub const ALL: &[(Self, &str)] = &[
        (Self::Done, "done"),
        (Self::Findings, "findings: a test failed, a file was changed"),
        (Self::Usage, "wrong use: command, office file, profile or rule"),
        (Self::Warnings, "done and published, with rows set aside or a data check that warns"),
        (Self::Input, "export refused, nothing published"),
        (Self::Reference, "history, watchlist or reference file refused, nothing published"),
        (Self::Locked, "another run holds the lock"),
        (Self::Storage, "result could not be stored, nothing published"),
        (Self::Internal, "a check inside saring did not hold, nothing published"),
        (Self::Interrupted, "stopped by Ctrl-C, nothing published"),
        (Self::Terminated, "stopped by a request to terminate, nothing published"),
    ];

    /// The code of a failed operation.
    #[must_use]
    pub fn of(error: &Error) -> Self {
        match error.kind() {
            ErrorKind::Usage => Self::Usage,
            ErrorKind::Input => Self::Input,
            ErrorKind::Reference => Self::Reference,
            ErrorKind::Locked => Self::Locked,
            ErrorKind::Storage => Self::Storage,
            ErrorKind::Internal => Self::Internal,
            ErrorKind::Interrupted => Self::Interrupted,
        }
    }
}

impl From<Exit> for std::process::ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}
