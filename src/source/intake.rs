//! Reading exports: the whole way from files to applications and quarantine.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use chrono::NaiveDate;

use super::account::{self, FileAccount};
use super::duplicates::{self, Record};
use super::mapping::Mapping;
use super::pass::{FileReading, Keep, ORIGIN, Pass};
use super::profile::Profile;
use super::quality::ColumnQuality;
use super::quarantine::Quarantined;
use super::remark::Remark;
use super::verdict;
use crate::frame::{self, Builder, Frame};
use crate::schema::{Type, columns};
use crate::table::{self, Caps, Encoding, Header, Refusal, Settings, TableFile};
use crate::{Error, Result};

/// What a run says about reading.
#[derive(Debug, Clone)]
pub struct Options {
    /// The reference date of the run: no application may be later.
    pub as_of: NaiveDate,
    /// Whether a file without records is a quiet day and no fault.
    pub allow_empty: bool,
    /// Instead of the profile's encoding; a byte order mark is stronger.
    pub encoding: Option<Encoding>,
    /// Instead of the profile's separator.
    pub delimiter: Option<u8>,
    /// Instead of the profile's sheet.
    pub sheet: Option<String>,
    /// Instead of the profile's line of the heading, from 1.
    pub header_line: Option<u64>,
    /// The share of records of a file, in percent, that may be set aside; ten such records are always allowed.
    pub quarantine_limit_percent: u32,
    /// Limits of reading.
    pub caps: Caps,
    /// Counts the records read so far, for whoever watches.
    pub progress: Option<Arc<AtomicU64>>,
}

impl Options {
    /// The usual settings for a reference date: nothing overridden, no empty files, a tenth of the records at most set
    /// aside.
    #[must_use]
    pub fn new(as_of: NaiveDate) -> Self {
        Self {
            as_of,
            allow_empty: false,
            encoding: None,
            delimiter: None,
            sheet: None,
            header_line: None,
            quarantine_limit_percent: 10,
            caps: Caps::default(),
            progress: None,
        }
    }

    pub(super) fn settings(&self, profile: &Profile) -> Settings {
        Settings {
            encoding: self.encoding.or(profile.encoding),
            delimiter: self.delimiter.or(profile.delimiter),
            sheet: self.sheet.clone().or_else(|| profile.sheet.clone()),
            header_line: self.header_line.or(profile.header_line),
            caps: self.caps,
        }
    }
}

/// What reading exports gave. Every record of every file is either in `applications` or in `quarantine`.
#[derive(Debug)]
pub struct Intake {
    /// The applications in the order of the files and their lines: the columns of the profile that at least one file has
    /// or the profile gives as a constant, the columns of [`columns::PROVENANCE`], then what `derive` added.
    pub applications: Frame,
    /// The records set aside, by file and line.
    pub quarantine: Vec<Quarantined>,
    /// The files, in the order they were named.
    pub files: Vec<FileAccount>,
    /// How well each column could be read, over all files.
    pub quality: Vec<ColumnQuality>,
    /// What else is worth saying.
    pub remarks: Vec<Remark>,
}

/// Reads exports. `derive` is called on every block of applications as soon as it is read, on many threads; it may add
/// columns and take some away, the same to every block; number and origin of an application stay whatever it takes.
/// Applications that turn out to be repeated later were among them.
pub fn read(
    profile: &Profile,
    paths: &[PathBuf],
    options: &Options,
    derive: &(dyn Fn(&mut Frame) -> Result<()> + Sync),
) -> Result<Intake> {
    let mut exports = Vec::with_capacity(paths.len());
    for (number, path) in paths.iter().enumerate() {
        exports.push(Export::open(profile, path, number, options)?);
    }
    let columns = columns_of(profile, &exports);
    let derived = |mut frame: Frame| {
        unite(&mut frame, &columns)?;
        let origin = frame.select(ORIGIN);
        derive(&mut frame)?;
        if frame.rows() != origin.rows() {
            return Err(Error::internal("a block lost rows while it was derived"));
        }
        for (name, column) in origin.columns() {
            frame.put(name, column.clone())?;
        }
        Ok(frame)
    };
    let mut files = Vec::with_capacity(exports.len());
    for export in &mut exports {
        files.push(export.read(options, &derived)?);
    }
    let kept = files.iter_mut().map(|f| std::mem::take(&mut f.kept));
    let mut frames: Vec<Frame> = kept.filter(|kept| kept.names().next().is_some()).collect();
    let contents = |records: &BTreeSet<Record>| contents(&exports, records, &columns, options);
    let repeated = duplicates::remove(&mut frames, &contents)?;
    let counts = count_applications(&frames)?;
    let (mut quarantine, mut remarks, mut quality) = (Vec::new(), Vec::new(), BTreeMap::new());
    for (number, file) in files.iter_mut().enumerate() {
        let of_file = repeated.iter().filter(|q| q.file == number).cloned();
        file.quarantine.extend(of_file);
        file.remarks.extend(account::remark_on_repeated(number, &repeated));
        file.account.applications = counts.get(&number).copied().unwrap_or_default();
        file.account.quarantined = file.quarantine.len() as u64;
        file.account.check()?;
        verdict::refuse_too_many_bad(&file.account, &file.quarantine, options)?;
        file.quarantine.sort_by_key(|q| (q.line, q.byte));
        quarantine.append(&mut file.quarantine);
        remarks.append(&mut file.remarks);
        for reading in &file.columns {
            let name = &reading.quality.name;
            quality.entry(name.clone()).or_insert_with(|| ColumnQuality::new(name)).add(&reading.quality);
        }
    }
    if frames.is_empty() {
        let mut empty = empty_frame(profile)?;
        derive(&mut empty)?;
        frames.push(empty);
    }
    let applications = Frame::concat(frames)?;
    for file in &files {
        file.stamp.check(&file.account.path)?;
    }
    let quality = profile.columns.iter().filter_map(|c| quality.remove(&c.name)).collect();
    Ok(Intake { applications, quarantine, files: files.into_iter().map(|f| f.account).collect(), quality, remarks })
}

/// An export whose heading was read.
struct Export<'p> {
    path: &'p Path,
    number: usize,
    mapping: Mapping<'p>,
    /// Until its records are read; nothing for a file without a byte.
    file: Option<TableFile>,
    /// Columns that a spreadsheet rounded.
    refused: Vec<(String, Type)>,
}

impl<'p> Export<'p> {
    fn open(profile: &'p Profile, path: &'p Path, number: usize, options: &Options) -> Result<Self> {
        let file = match open(profile, path, options) {
            Err(error) if options.allow_empty && error.code() == Refusal::Empty.code() => None,
            opened => Some(opened?),
        };
        let none = Header { names: Vec::new(), line: 0 };
        let mapping = Mapping::new(profile, file.as_ref().map_or(&none, TableFile::header), path)?;
        if file.is_some() {
            mapping.require(path)?;
            mapping.deny_unknown(path)?;
        }
        Ok(Self { path, number, mapping, file, refused: Vec::new() })
    }

    fn read(&mut self, options: &Options, keep: Keep<'_>) -> Result<FileReading> {
        let Some(file) = self.file.take() else { return empty_file(self.path) };
        let control = file.control().cloned();
        let mut reading = self.pass(options, keep, options.progress.as_deref()).read(file)?;
        if let Some(control) = control {
            verdict::compare_control(&control, &reading)?;
            reading.account.control = true;
        }
        if reading.account.records == 0 && !options.allow_empty {
            return Err(Refusal::Empty
                .error(self.path, "has a heading and no records")
                .help("ask for the export again, or pass `--allow-empty`"));
        }
        verdict::refuse_field_counts(&reading)?;
        self.refused = verdict::judge_rounding(&self.mapping, self.number, &mut reading)?;
        if !self.refused.is_empty() {
            // What was derived rests on values that are not to be used.
            let again = self.pass(options, keep, None).read(open(self.mapping.profile, self.path, options)?)?;
            reading.stamp.check(self.path)?;
            reading.kept = again.kept;
        }
        Ok(reading)
    }

    fn pass<'a>(&'a self, options: &'a Options, keep: Keep<'a>, progress: Option<&'a AtomicU64>) -> Pass<'a> {
        let Self { path, number, mapping, refused, .. } = self;
        Pass { mapping, path, number: *number, samples: 0, refused, options, progress, keep }
    }
}

/// The whole content of some records, which is read again: hardly ever is there one, and keeping all of them for it would
/// take most of the memory.
fn contents(
    exports: &[Export<'_>],
    records: &BTreeSet<Record>,
    columns: &[(&str, Type)],
    options: &Options,
) -> Result<Vec<Frame>> {
    let mut found = Vec::new();
    for export in exports.iter().filter(|export| records.iter().any(|record| record.0 == export.number)) {
        let keep = |mut frame: Frame| {
            unite(&mut frame, columns)?;
            let lines = frame.number(columns::ASAL_BARIS)?;
            let is_one = |row: &u32| {
                let line = lines.get(*row as usize).and_then(|line| u64::try_from(line).ok());
                line.is_some_and(|line| records.contains(&(export.number, line)))
            };
            let rows: Vec<u32> = (0..u32::try_from(frame.rows()).unwrap_or(u32::MAX)).filter(is_one).collect();
            frame.take(&rows)
        };
        let file = open(export.mapping.profile, export.path, options)?;
        found.push(export.pass(options, &keep, None).read(file)?.kept);
    }
    Ok(found)
}

/// Opens a file with the headings the profile knows.
pub(super) fn open(profile: &Profile, path: &Path, options: &Options) -> Result<TableFile> {
    let known = |heading: &str| profile.headings.contains_key(&super::fold::fold(heading));
    table::open(path, &options.settings(profile), &known)
}

/// A file without a byte of content, on a day when that is expected.
fn empty_file(path: &Path) -> Result<FileReading> {
    let (stamp, sha256) = table::hash(path)?;
    let account = FileAccount::new(path, table::Format::of(path)?, stamp.bytes(), sha256);
    Ok(FileReading {
        account,
        stamp,
        kept: Frame::default(),
        columns: Vec::new(),
        quarantine: Vec::new(),
        remarks: Vec::new(),
    })
}

/// The columns that every block gets: those that any of the exports has, in the order of the profile.
fn columns_of<'p>(profile: &'p Profile, exports: &[Export<'_>]) -> Vec<(&'p str, Type)> {
    let there = exports.iter().filter(|export| export.file.is_some());
    let present: BTreeSet<&str> =
        there.flat_map(|export| &export.mapping.outputs).map(|output| output.column.name.as_str()).collect();
    let made = profile.columns.iter().filter(|c| present.contains(c.name.as_str())).map(|c| (c.name.as_str(), c.ty));
    made.chain(columns::PROVENANCE.iter().map(|c| (c.name, c.ty))).collect()
}

/// Gives a block these columns, in this order.
fn unite(frame: &mut Frame, columns: &[(&str, Type)]) -> Result<()> {
    for (name, ty) in columns {
        if !frame.has(name) {
            frame.add(frame::nulls(name, *ty, frame.rows()))?;
        }
    }
    *frame = frame.select(columns.iter().map(|(name, _)| *name));
    Ok(())
}

fn empty_frame(profile: &Profile) -> Result<Frame> {
    let made = profile.columns.iter().map(|c| (c.name.as_str(), c.ty));
    let all = made.chain(columns::PROVENANCE.iter().map(|c| (c.name, c.ty)));
    Frame::new(0, all.map(|(name, ty)| Builder::new(ty, 0).finish(name)).collect())
}

/// How many applications of each file are left.
fn count_applications(frames: &[Frame]) -> Result<BTreeMap<usize, u64>> {
    let mut counts = BTreeMap::new();
    for frame in frames {
        // A frame comes from one file.
        if let Some(file) = frame.number(columns::ASAL_BERKAS)?.get(0).and_then(|n| usize::try_from(n).ok()) {
            *counts.entry(file).or_default() += frame.rows() as u64;
        }
    }
    Ok(counts)
}
