//! What is wrong with a text an analyst wrote: a rule file, a profile, the office file.
//!
//! Every fault is a [`Diagnostic`]: a stable [`Code`], the place in the file, a sentence, and what to do next. Faults are
//! collected in a [`Report`], never only the first; rendering (carets for people, JSON for machines) is one step at the
//! very end. A diagnostic never quotes a person's data: it speaks of files written by analysts, not of applications.

mod code;
mod coded;
mod github;
mod junit;
mod levels;
mod nearest;
mod render;
mod sarif;

use std::path::{Path, PathBuf};
use std::sync::Arc;

pub use code::{Code, Severity};
pub(crate) use coded::coded;
pub use github::render_github;
pub use junit::render_junit;
pub use levels::{Deny, Levels};
pub use nearest::{nearest, suggestion};
pub use render::{Style, render_human, render_json};
pub use sarif::render_sarif;

/// A place in one of the files of a [`Files`] collection: bytes `start..end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// Which file.
    pub file: FileId,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The part of this span that starts `from` bytes in and is `len` bytes long, cut to the span.
    #[must_use]
    pub fn part(self, from: usize, len: usize) -> Self {
        let size = (self.end - self.start) as usize;
        let from = from.min(size);
        let end = (from + len).min(size);
        Self { file: self.file, start: self.start + to_u32(from), end: self.start + to_u32(end) }
    }
}

/// Byte offsets are `u32`: text files larger than [`Files::MAX_BYTES`] are refused before they get here.
pub(crate) fn to_u32(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// The number of a file within its [`Files`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(u32);

/// A text file as the analyst wrote it, with the path to show.
#[derive(Debug, Clone)]
pub struct TextFile {
    /// Path as shown in messages: relative where the user gave a relative one, always with `/`.
    pub path: String,
    /// The whole text.
    pub text: Arc<str>,
    /// Where lines begin.
    lines: Vec<u32>,
}

/// The files of one run of `check`, in the order they were read.
#[derive(Debug, Clone, Default)]
pub struct Files {
    files: Vec<TextFile>,
}

impl TextFile {
    /// The number of the line in which a byte stands, from 1.
    fn line_of(&self, byte: usize) -> usize {
        self.lines.partition_point(|start| *start as usize <= byte)
    }
}

impl Files {
    /// The largest text file accepted, in bytes. A rule file has a few kilobytes; fifty megabytes is a mistake.
    pub const MAX_BYTES: u64 = 8 * 1024 * 1024;

    /// Adds a text under a path to show.
    pub fn add(&mut self, path: impl Into<String>, text: impl Into<Arc<str>>) -> FileId {
        let id = FileId(to_u32(self.files.len()));
        let text = text.into();
        let breaks = memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| to_u32(at + 1));
        let lines = std::iter::once(0).chain(breaks).collect();
        self.files.push(TextFile { path: path.into().replace('\\', "/"), text, lines });
        id
    }

    /// The file of an id that this collection handed out.
    #[must_use]
    pub fn get(&self, id: FileId) -> &TextFile {
        #[expect(clippy::indexing_slicing, reason = "ids are handed out by `add` alone")]
        &self.files[id.0 as usize]
    }

    /// All files with their ids.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &TextFile)> {
        self.files.iter().enumerate().map(|(ix, file)| (FileId(to_u32(ix)), file))
    }

    /// The text under a span.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        self.get(span.file).text.get(span.start as usize..span.end as usize).unwrap_or_default()
    }

    /// Line and column of a span's start, both from 1; columns count characters.
    #[must_use]
    pub fn line_column(&self, span: Span) -> (usize, usize) {
        let TextFile { text, lines, .. } = self.get(span.file);
        let line = lines.partition_point(|start| *start <= span.start);
        let line_start = lines.get(line.saturating_sub(1)).copied().unwrap_or(0);
        let before = text.get(line_start as usize..span.start as usize).unwrap_or_default();
        (line, before.chars().count() + 1)
    }
}

/// A second place that matters, with what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// What to read there.
    pub text: String,
}

/// One fault in a text file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Stable code; `saring explain CODE` prints its paragraph.
    pub code: Code,
    /// Severity after the office's own settings.
    pub severity: Severity,
    /// The fault in one line: lower case, no final stop, the user's words in backticks.
    pub message: String,
    /// Where, with the words under the carets (may be empty).
    pub primary: Label,
    /// Other places that explain it.
    pub secondary: Vec<Label>,
    /// Facts that help to understand.
    pub notes: Vec<String>,
    /// What to do.
    pub help: Vec<String>,
}

impl Diagnostic {
    /// A fault of `code` at `span`, with the code's usual severity.
    pub fn new(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: code.severity(),
            message: message.into(),
            primary: Label { span, text: String::new() },
            secondary: Vec::new(),
            notes: Vec::new(),
            help: Vec::new(),
        }
    }

    /// The words under the carets.
    #[must_use]
    pub fn label(mut self, text: impl Into<String>) -> Self {
        self.primary.text = text.into();
        self
    }

    /// Another place that explains the fault.
    #[must_use]
    pub fn also(mut self, span: Span, text: impl Into<String>) -> Self {
        self.secondary.push(Label { span, text: text.into() });
        self
    }

    /// A fact.
    #[must_use]
    pub fn note(mut self, text: impl Into<String>) -> Self {
        self.notes.push(text.into());
        self
    }

    /// What to do.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help.push(text.into());
        self
    }

    /// Adds "did you mean" where a known name is near `word`.
    #[must_use]
    pub fn did_you_mean<'a>(self, word: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        match suggestion(word, known) {
            Some(text) => self.help(text),
            None => self,
        }
    }
}

/// All faults found so far. Checking goes on after the first.
#[derive(Debug, Clone, Default)]
pub struct Report {
    diagnostics: Vec<Diagnostic>,
    levels: Levels,
}

impl Report {
    /// Adds a fault, with what the office makes of its code where that is less. Where it is more, [`Report::settle`] says so
    /// at the end: a fault that rules run in spite of does not end their checking.
    pub fn push(&mut self, mut diagnostic: Diagnostic) {
        match self.levels.of(diagnostic.code) {
            Some(None) => return,
            Some(Some(level)) => diagnostic.severity = diagnostic.severity.max(level),
            None => {}
        }
        self.diagnostics.push(diagnostic);
    }

    /// Sets what the office makes of codes, for the faults that come.
    pub fn set_levels(&mut self, levels: Levels) {
        self.levels = levels;
    }

    /// Without faults, with what the office makes of codes.
    #[must_use]
    pub fn emptied(self) -> Self {
        Self { diagnostics: Vec::new(), ..self }
    }

    /// Raises the severity of what the office, or whoever runs the check, does not let pass.
    pub fn settle(&mut self, deny: &Deny) {
        for diagnostic in &mut self.diagnostics {
            if let Some(Some(level)) = self.levels.of(diagnostic.code) {
                diagnostic.severity = diagnostic.severity.min(level);
            }
            if deny.denies(diagnostic.code, diagnostic.severity) {
                diagnostic.severity = Severity::Error;
            }
        }
    }

    /// Takes over the faults of another report.
    pub fn append(&mut self, other: Report) {
        self.diagnostics.extend(other.diagnostics);
    }

    /// Takes over the faults of another report, those of one code left out.
    pub fn append_except(&mut self, other: Report, code: Code) {
        self.diagnostics.extend(other.diagnostics.into_iter().filter(|d| d.code != code));
    }

    /// Whether anything here forbids a run.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.count(Severity::Error) > 0
    }

    /// How many faults have this severity.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.diagnostics.iter().filter(|d| d.severity == severity).count()
    }

    /// Whether nothing was found.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.diagnostics.is_empty()
    }

    /// The faults by file, place and code, each once.
    #[must_use]
    pub fn sorted(&self, files: &Files) -> Vec<&Diagnostic> {
        let mut all: Vec<_> = self.diagnostics.iter().collect();
        all.sort_by(|a, b| {
            let key = |d: &Diagnostic| (d.primary.span.start, d.primary.span.end);
            let (pa, pb) = (&files.get(a.primary.span.file).path, &files.get(b.primary.span.file).path);
            pa.cmp(pb)
                .then_with(|| key(a).cmp(&key(b)))
                .then_with(|| a.code.cmp(&b.code))
                .then_with(|| a.message.cmp(&b.message))
        });
        all.dedup();
        all
    }
}

/// Reads a text file for checking. The error is a sentence about the file, without its content.
pub fn read_text(path: &Path) -> Result<String, crate::Error> {
    let refuse = |what: &str| crate::Error::unusable(path, what);
    let meta = std::fs::metadata(path).map_err(|e| crate::Error::io(path, &e))?;
    if !meta.is_file() {
        return Err(refuse("is not a regular file"));
    }
    // An export under check would be quoted line by line, names and numbers in full.
    if path.extension().is_none_or(|ending| ending != "toml" && ending != "lock") {
        return Err(refuse("is not a TOML file").help("`saring check --profile PROFILE FILE` looks at an export"));
    }
    if meta.len() > Files::MAX_BYTES {
        return Err(refuse("is larger than 8 MiB, too large for a text that people write"));
    }
    let bytes = std::fs::read(path).map_err(|e| crate::Error::io(path, &e))?;
    let text = String::from_utf8(bytes).map_err(|_| refuse("is not UTF-8 text"))?;
    Ok(text.strip_prefix('\u{feff}').map_or(text.clone(), str::to_owned))
}

/// Every `*.toml` below a folder (or the file itself), sorted by path, symbolic links not followed.
pub fn toml_files(root: &Path) -> Result<Vec<PathBuf>, crate::Error> {
    let meta = std::fs::metadata(root).map_err(|e| crate::Error::io(root, &e))?;
    if meta.is_file() {
        return Ok(vec![root.to_owned()]);
    }
    let mut found = Vec::new();
    let mut open = vec![root.to_owned()];
    while let Some(folder) = open.pop() {
        let entries = std::fs::read_dir(&folder).map_err(|e| crate::Error::io(&folder, &e))?;
        for entry in entries {
            let entry = entry.map_err(|e| crate::Error::io(&folder, &e))?;
            let kind = entry.file_type().map_err(|e| crate::Error::io(&folder, &e))?;
            let hidden = entry.file_name().to_string_lossy().starts_with('.');
            if kind.is_dir() && !hidden {
                open.push(entry.path());
            } else if kind.is_file() && entry.path().extension().is_some_and(|e| e == "toml") {
                found.push(entry.path());
            }
        }
    }
    found.sort();
    Ok(found)
}
