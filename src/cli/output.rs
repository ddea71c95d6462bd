//! Printing: results to standard output, messages to standard error, no escape sequences where nobody sees them.

use std::io::{IsTerminal, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use anstream::{AutoStream, ColorChoice};
use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;

use super::{Colour, Format};
use crate::Error;
use crate::diag::{Files, Report, Style, render_github, render_human, render_json, render_junit, render_sarif};

/// Where a command prints.
pub(super) struct Out {
    format: Format,
    stdout: AutoStream<std::io::Stdout>,
    stderr: AutoStream<std::io::Stderr>,
    lost: bool,
}

impl Out {
    pub(super) fn new(format: Format, colour: Colour) -> Self {
        let choice = match colour {
            Colour::Auto => ColorChoice::Auto,
            Colour::Always => ColorChoice::Always,
            Colour::Never => ColorChoice::Never,
        };
        Self {
            format,
            stdout: AutoStream::new(std::io::stdout(), choice),
            stderr: AutoStream::new(std::io::stderr(), choice),
            lost: false,
        }
    }

    pub(super) fn format(&self) -> Format {
        self.format
    }

    pub(super) fn is_json(&self) -> bool {
        self.format == Format::Json
    }

    /// A result. A reader that went away (`| head`) or never was there is not a failure; a full disk is.
    pub(super) fn print(&mut self, text: &str) {
        let written = self.stdout.write_all(text.as_bytes()).and_then(|()| self.stdout.flush());
        self.lost |= written.is_err_and(|error| error.kind() == std::io::ErrorKind::StorageFull);
    }

    /// Whether a result could not be printed whole.
    pub(super) fn lost(&self) -> bool {
        self.lost
    }

    /// A result as JSON.
    pub(super) fn json<T: Serialize>(&mut self, value: &T) {
        self.print(&crate::json::pretty(value));
    }

    /// A message that is not the result.
    pub(super) fn message(&mut self, text: &str) {
        let _ = self.stderr.write_all(text.as_bytes());
        let _ = self.stderr.flush();
    }

    /// A bar on a terminal.
    pub(super) fn progress(&self, what: &str, total: u64) -> Progress {
        Progress::new(what, total, self.format == Format::Human && std::io::stderr().is_terminal())
    }

    /// A count on a terminal while a step of unknown length runs.
    pub(super) fn counting(&self, what: &str, count: Arc<AtomicU64>) -> Counting {
        Counting::new(what, count, self.format == Format::Human && std::io::stderr().is_terminal())
    }

    /// Why a command failed.
    pub(super) fn error(&mut self, error: &Error) {
        if self.is_json() {
            let value = serde_json::json!({
                "schema_version": 1, "error": { "code": error.code(), "message": error.to_string(), "help": error.advice() }
            });
            self.json(&value);
        }
        let mut text = format!("error[{}]: {error}\n", error.code());
        if let Some(help) = error.advice() {
            text.push_str(&format!("  = help: {help}\n"));
        }
        self.message(&text);
    }

    /// The faults of an analyst's files: the result of `check`, a message elsewhere.
    pub(super) fn report(&mut self, report: &Report, files: &Files) {
        match self.format {
            // anstream takes the colours away again where they are not wanted.
            Format::Human | Format::Markdown | Format::Html => {
                self.message(&render_human(report, files, Style::Coloured))
            }
            Format::Json => self.print(&render_json(report, files)),
            Format::Sarif => self.print(&render_sarif(report, files)),
            Format::Github => self.print(&render_github(report, files)),
            Format::Junit => self.print(&render_junit(report, files)),
        }
    }
}

/// A count that goes up while a step runs, for a terminal.
pub(super) struct Counting {
    bar: ProgressBar,
    done: Arc<AtomicBool>,
    ticker: Option<std::thread::JoinHandle<()>>,
}

impl Counting {
    fn new(what: &str, count: Arc<AtomicU64>, shown: bool) -> Self {
        let bar = if shown { ProgressBar::new_spinner() } else { ProgressBar::hidden() };
        if let Ok(style) = ProgressStyle::with_template("{spinner} {pos} {msg}, {elapsed}") {
            bar.set_style(style);
        }
        bar.set_message(what.to_owned());
        let done = Arc::new(AtomicBool::new(false));
        let ticker = shown.then(|| {
            let (bar, done) = (bar.clone(), Arc::clone(&done));
            std::thread::spawn(move || {
                while !done.load(Ordering::Relaxed) {
                    bar.set_position(count.load(Ordering::Relaxed));
                    std::thread::park_timeout(Duration::from_millis(150));
                }
            })
        });
        Self { bar, done, ticker }
    }

    /// What is being done now.
    pub(super) fn say(&self, what: &str) {
        self.bar.set_message(what.to_owned());
    }
}

impl Drop for Counting {
    fn drop(&mut self) {
        self.done.store(true, Ordering::Relaxed);
        if let Some(ticker) = self.ticker.take() {
            ticker.thread().unpark();
            // A ticker that stopped early has nothing left to show.
            let _ = ticker.join();
        }
        self.bar.finish_and_clear();
    }
}

/// How far a long step is.
pub(super) struct Progress {
    bar: ProgressBar,
    total: u64,
}

impl Progress {
    fn new(what: &str, total: u64, shown: bool) -> Self {
        let bar = if shown { ProgressBar::new(total) } else { ProgressBar::hidden() };
        if let Ok(style) = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len} {eta}") {
            bar.set_style(style);
        }
        bar.set_message(what.to_owned());
        Self { bar, total }
    }

    pub(super) fn set(&self, done: u64) {
        self.bar.set_position(done.min(self.total));
    }

    pub(super) fn finish(self) {
        self.bar.finish_and_clear();
    }
}
