//! An office's folder: what `saring.toml` says about inputs, rules, capacity and outputs.
//!
//! Paths in the file are relative to its folder. Command-line flags override single values; that is the command line's
//! business. Nothing here reads an export or a rule.

mod frequencies;
mod keep;
mod lists;
pub mod raw;
mod starter;

use std::path::{Path, PathBuf};

use crate::diag::{Code, Diagnostic, FileId, Files, Levels, Report, Span, read_text};
use crate::document::{self, Cx, Data, FromToml, Named, Spanned, Table, Text, Value};
use crate::words::Lang;
use crate::{Error, Result};
use raw::{RawFile, RawFollowUp};

pub use frequencies::{Frequencies, OwnNames};
pub use keep::Keep;
pub use lists::{KEPT, ListAccount, ListSettings, OfficeLists, ReadAccount, SET_ASIDE_FILE, load_lists};
pub use starter::{KEY_FILE, LIST_TEMPLATES, SHIPPED, init, write_pack};

/// Two working weeks: by then most applications are decided (SOP: four working days after the interview).
const FOLLOWUP_DAYS: i64 = 14;
/// As many again as a small team takes on in an hour.
const FOLLOWUP_CAPACITY: i64 = 10;
/// About one finding of class B.
const FOLLOWUP_MORE: i64 = 15;

/// Name of the office file.
pub const FILE_NAME: &str = "saring.toml";

/// The office's clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Zone {
    /// Western Indonesia, UTC+7.
    Wib,
    /// Central Indonesia, UTC+8.
    Wita,
    /// Eastern Indonesia, UTC+9.
    Wit,
}

impl Zone {
    /// Seconds ahead of UTC. Indonesia has no summer time.
    #[must_use]
    pub fn offset_seconds(self) -> i64 {
        match self {
            Self::Wib => 7 * 3_600,
            Self::Wita => 8 * 3_600,
            Self::Wit => 9 * 3_600,
        }
    }

    fn of(name: &str) -> Option<Self> {
        match name {
            "WIB" | "Asia/Jakarta" => Some(Self::Wib),
            "WITA" | "Asia/Makassar" => Some(Self::Wita),
            "WIT" | "Asia/Jayapura" => Some(Self::Wit),
            _ => None,
        }
    }
}

/// Form of CSV files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CsvForm {
    /// Commas, no byte order mark.
    #[default]
    Plain,
    /// Semicolons and a byte order mark, as Excel with Indonesian settings expects.
    ExcelId,
}

/// An office, ready for a night.
#[derive(Debug, Clone)]
pub struct Office {
    /// The folder of the file.
    pub folder: PathBuf,
    /// Code of the office.
    pub code: String,
    /// Name shown on the list.
    pub name: String,
    /// Its clock.
    pub zone: Zone,
    /// Patterns of export files.
    pub inputs: Vec<PathBuf>,
    /// The profile that maps them.
    pub profile: PathBuf,
    /// Files and folders of rules.
    pub rules: Vec<PathBuf>,
    /// Applications a day, where the office has its own number.
    pub capacity: Option<usize>,
    /// Control draw in 1,000, where the office has its own number.
    pub control_per_mille: Option<u32>,
    /// The file with the key of the draw.
    pub control_key_file: Option<PathBuf>,
    /// Folder of the applications of earlier nights.
    pub history: Option<PathBuf>,
    /// Patterns of exports that fill an empty store.
    pub history_first: Vec<PathBuf>,
    /// How long they are kept, where the office says so.
    pub history_keep: Option<Keep>,
    /// For how many days after filing open applications are looked at again; 0 for never.
    pub followup_days: u32,
    /// How many of them a night officers can take on.
    pub followup_capacity: usize,
    /// Points more than when it was listed that list an application again.
    pub followup_more: i64,
    /// The lists that applications are compared with.
    pub lists: Option<ListSettings>,
    /// Folder for results.
    pub output: PathBuf,
    /// Language of the list.
    pub lang: Lang,
    /// Form of CSV files.
    pub csv: CsvForm,
    /// Full values in all formats.
    pub full_values: bool,
    /// Scores in the workbook and in CSV.
    pub show_score: bool,
    /// What it makes of diagnostics.
    pub levels: Levels,
}

/// Reads the office file of a folder. Faults go to the report; the office is there only when there are none.
pub fn load(folder: &Path, files: &mut Files, report: &mut Report) -> Result<Option<Office>> {
    let path = folder.join(FILE_NAME);
    let text = read_text(&path)
        .map_err(|error| error.help("`saring init DIR` makes an office folder; `--office DIR` names one"))?;
    let id = files.add(path.display().to_string(), text);
    Ok(check_text(id, folder, files, report))
}

/// Checks the text of an office file that is in `files` already.
pub fn check_text(id: FileId, folder: &Path, files: &Files, report: &mut Report) -> Option<Office> {
    let table = document::parse(id, files, report);
    if report.has_errors() {
        return None;
    }
    let raw = RawFile::from_toml(&whole(table), &mut Cx { report, what: RawFile::WHAT });
    let office = raw.and_then(|raw| checked(&raw, folder, report));
    office.filter(|_| !report.has_errors())
}

fn whole(table: Table) -> Value {
    Value { span: table.span, data: Data::Table(table) }
}

fn checked(raw: &RawFile, folder: &Path, report: &mut Report) -> Option<Office> {
    let path = |text: &Text| folder.join(text.as_str());
    let fault = |report: &mut Report, span: Span, message: &str, label: &str| {
        report.push(Diagnostic::new(Code::Config, span, message).label(label));
    };
    let zone = Zone::of(raw.office.timezone.as_str());
    if zone.is_none() {
        fault(report, raw.office.timezone.span(), "unknown time zone", "WIB, WITA or WIT");
    }
    let screening = raw.screening.as_ref();
    let capacity = screening.and_then(|s| s.capacity.as_ref());
    if let Some(capacity) = capacity.filter(|c| c.value < 1) {
        fault(report, capacity.span, "capacity below one", "at least 1");
    }
    let control = screening.and_then(|s| s.control_per_mille.as_ref());
    if let Some(control) = control.filter(|c| !(0..=1_000).contains(&c.value)) {
        fault(report, control.span, "control rate outside 0 to 1,000", "in 1,000 applications");
    }
    let lang = raw.output.lang.as_ref().map_or(Some(Lang::Id), |text| Lang::of_code(text.as_str()));
    if let (None, Some(text)) = (lang, &raw.output.lang) {
        fault(report, text.span(), "unknown language", "`id` or `en`");
    }
    let csv = match raw.output.csv.as_ref().map(Text::as_str) {
        None | Some("plain") => CsvForm::Plain,
        Some("excel-id") => CsvForm::ExcelId,
        Some(_) => {
            let span = raw.output.csv.as_ref().map_or(raw.span, Text::span);
            fault(report, span, "unknown form of CSV", "`plain` or `excel-id`");
            CsvForm::Plain
        }
    };
    let keep = raw.history.as_ref().and_then(|h| h.keep.as_ref());
    let history_keep = keep.and_then(|text| Keep::parse(text.as_str()));
    if let (Some(text), None) = (keep, history_keep) {
        fault(report, text.span(), "length of keeping cannot be read", "days or years: `3650d`, `10y`");
    }
    let mut followup =
        |of: fn(&RawFollowUp) -> Option<&Spanned<i64>>, usual: i64, least: i64, most: i64, what: &str| {
            let said = raw.followup.as_ref().and_then(of);
            if let Some(said) = said.filter(|said| !(least..=most).contains(&said.value)) {
                fault(report, said.span, what, &format!("{least} to {most}"));
            }
            said.map_or(usual, |said| said.value)
        };
    let followup_days = followup(|f| f.days.as_ref(), FOLLOWUP_DAYS, 0, 365, "days of following up out of range");
    let followup_capacity =
        followup(|f| f.capacity.as_ref(), FOLLOWUP_CAPACITY, 1, 1_000, "capacity of following up out of range");
    let followup_more = followup(|f| f.more.as_ref(), FOLLOWUP_MORE, 1, 1_000, "points of following up out of range");
    if raw.input.files.is_empty() {
        fault(report, raw.input.span, "no export files named", "`files` is empty");
    }
    let code = raw.office.code.as_str();
    Some(Office {
        folder: folder.to_owned(),
        code: code.to_owned(),
        name: raw.office.name.as_ref().map_or(code, Text::as_str).to_owned(),
        zone: zone?,
        inputs: raw.input.files.iter().map(path).collect(),
        profile: path(&raw.input.profile),
        rules: raw.rules.paths.iter().map(path).collect(),
        capacity: capacity.and_then(|c| usize::try_from(c.value).ok()),
        control_per_mille: control.and_then(|c| u32::try_from(c.value).ok()),
        control_key_file: screening.and_then(|s| s.control_key_file.as_ref()).map(path),
        history: raw.history.as_ref().map(|h| path(&h.path)),
        history_first: raw.history.iter().flat_map(|h| h.first.iter().flatten()).map(path).collect(),
        history_keep,
        followup_days: u32::try_from(followup_days).unwrap_or(0),
        followup_capacity: usize::try_from(followup_capacity).unwrap_or(0),
        followup_more,
        lists: raw.lists.as_ref().map(|lists| ListSettings {
            folder: path(&lists.path),
            kept: lists.kept.as_ref().map_or_else(|| path(&lists.path).join(KEPT), path),
            required: lists.required.iter().flatten().map(|name| name.as_str().to_owned()).collect(),
        }),
        output: path(&raw.output.path),
        lang: lang?,
        csv,
        full_values: raw.output.full_values.as_ref().is_some_and(|b| b.value),
        show_score: raw.output.show_score.as_ref().is_some_and(|b| b.value),
        levels: levels(raw.diagnostics.as_ref(), report),
    })
}

/// The severities under `[diagnostics]`.
fn levels(raw: Option<&Named<Text>>, report: &mut Report) -> Levels {
    let mut levels = Levels::default();
    for (name, word) in raw.iter().flat_map(|raw| &raw.entries) {
        let Some(code) = Code::of_name(name.as_str()) else {
            let known = Code::ALL.iter().map(|code| code.code());
            report.push(
                Diagnostic::new(Code::ConfigLevel, name.span(), format!("no code `{}`", name.as_str()))
                    .label("not a diagnostic")
                    .did_you_mean(name.as_str(), known),
            );
            continue;
        };
        let Some((_, level)) = Levels::WORDS.iter().find(|(known, _)| *known == word.as_str()) else {
            report.push(
                Diagnostic::new(Code::ConfigLevel, word.span(), format!("`{}` is not a severity", word.as_str()))
                    .label("one of: off, note, warning, error"),
            );
            continue;
        };
        if !levels.set(code, *level) {
            report.push(
                Diagnostic::new(Code::ConfigLevel, word.span(), format!("{} stays an error", code.code()))
                    .label("rules cannot run with it, or nobody could answer for them")
                    .note(format!("{}: {}", code.code(), code.title()))
                    .help(format!("mend what it reports; `saring explain {}` tells how", code.code())),
            );
        }
    }
    levels
}

impl Office {
    /// The secret key of the control draw. Nobody outside the office may know it, or who is drawn could be foretold.
    pub fn control_key(&self) -> Result<Vec<u8>> {
        let Some(path) = &self.control_key_file else {
            return Err(Error::usage("the control sample needs a key").help(
                "name a file of at least 16 random bytes as `control_key_file` under [screening], or set \
                 `control_per_mille = 0` there",
            ));
        };
        let key = std::fs::read(path).map_err(|error| Error::io(path, &error))?;
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = std::fs::metadata(path).map_err(|error| Error::io(path, &error))?.permissions().mode();
            if mode & 0o022 != 0 {
                return Err(Error::unusable(path, "can be changed by others").help("take their right to write away"));
            }
        }
        match key.len() {
            16.. => Ok(key),
            _ => Err(Error::unusable(path, "is too short for a key").help("at least 16 random bytes")),
        }
    }

    /// The export files that the patterns name now, sorted. A pattern without `*` names one file, which need not exist
    /// yet: reading it says so.
    pub fn input_files(&self) -> Result<Vec<PathBuf>> {
        let found = matching(&self.inputs)?;
        if found.is_empty() {
            let patterns: Vec<String> = self.inputs.iter().map(|p| format!("`{}`", p.display())).collect();
            let message = format!("no export matches {}", patterns.join(" or "));
            return Err(Error::new(crate::ErrorKind::Input, "IN_NONE", message)
                .help("put tonight's export there, name it on the command line, or change `[input] files`"));
        }
        Ok(found)
    }

    /// The exports of the past that fill an empty store of history; there may be none.
    pub fn first_files(&self) -> Result<Vec<PathBuf>> {
        matching(&self.history_first)
    }
}

/// The files that patterns name, sorted.
fn matching(patterns: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for pattern in patterns {
        let name = pattern.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let Some((before, after)) = name.split_once('*') else {
            found.push(pattern.clone());
            continue;
        };
        let folder = pattern.parent().unwrap_or(Path::new("."));
        let entries = std::fs::read_dir(folder).map_err(|e| Error::io(folder, &e))?;
        for entry in entries {
            let entry = entry.map_err(|e| Error::io(folder, &e))?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let fits = name.len() >= before.len() + after.len() && name.starts_with(before) && name.ends_with(after);
            if fits && !name.starts_with('.') {
                found.push(entry.path());
            }
        }
    }
    found.sort();
    found.dedup();
    Ok(found)
}
