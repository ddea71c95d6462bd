//! Reading exports: the whole way from files to applications and quarantine.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, mpsc};

use chrono::NaiveDate;
use rayon::iter::{IntoParallelRefMutIterator, ParallelBridge, ParallelIterator};

use super::account::{self, FileAccount};
use super::convert::{self, Block, ColumnReading, Cx};
use super::mapping::Mapping;
use super::profile::Profile;
use super::quality::ColumnQuality;
use super::quarantine::Quarantined;
use super::remark::Remark;
use super::{duplicates, verdict};
use crate::frame::{self, Builder, Frame};
use crate::schema::columns;
use crate::table::{self, Caps, Chunk, Encoding, Refusal, Settings, Stamp, Summary, TableFile};
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

/// A file once all its blocks were converted.
pub(super) struct FileReading {
    pub(super) account: FileAccount,
    pub(super) stamp: Stamp,
    pub(super) frames: Vec<Frame>,
    pub(super) columns: Vec<ColumnReading>,
    pub(super) quarantine: Vec<Quarantined>,
    pub(super) remarks: Vec<Remark>,
}

/// Reads exports. `derive` is called on every block of applications, on many threads, once nothing more will be taken out
/// of it; it may add columns, the same to every block.
pub fn read(
    profile: &Profile,
    paths: &[PathBuf],
    options: &Options,
    derive: &(dyn Fn(&mut Frame) -> Result<()> + Sync),
) -> Result<Intake> {
    let mut files = Vec::with_capacity(paths.len());
    for (number, path) in paths.iter().enumerate() {
        files.push(read_file(profile, path, number, options)?);
    }
    let mut frames: Vec<Frame> = files.iter_mut().flat_map(|f| std::mem::take(&mut f.frames)).collect();
    unite_columns(profile, &mut frames)?;
    let repeated = duplicates::remove(&mut frames)?;
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
        frames.push(empty_frame(profile)?);
    }
    frames.par_iter_mut().try_for_each(derive)?;
    let applications = Frame::concat(frames)?;
    for file in &files {
        file.stamp.check(&file.account.path)?;
    }
    let quality = profile.columns.iter().filter_map(|c| quality.remove(&c.name)).collect();
    Ok(Intake { applications, quarantine, files: files.into_iter().map(|f| f.account).collect(), quality, remarks })
}

/// Opens a file with the headings the profile knows.
pub(super) fn open(profile: &Profile, path: &Path, options: &Options) -> Result<TableFile> {
    let known = |heading: &str| profile.headings.contains_key(&super::fold::fold(heading));
    table::open(path, &options.settings(profile), &known)
}

fn read_file(profile: &Profile, path: &Path, number: usize, options: &Options) -> Result<FileReading> {
    let file = match open(profile, path, options) {
        Err(error) if options.allow_empty && error.code() == Refusal::Empty.code() => return empty_file(path),
        opened => opened?,
    };
    let mapping = Mapping::new(profile, file.header(), path)?;
    mapping.require(path)?;
    mapping.deny_unknown(path)?;
    let control = file.control().cloned();
    let mut reading = convert_file(file, &mapping, path, number, 0, options)?;
    if let Some(control) = control {
        verdict::compare_control(&control, &reading)?;
        reading.account.control = true;
    }
    if reading.account.records == 0 && !options.allow_empty {
        return Err(Refusal::Empty
            .error(path, "has a heading and no records")
            .help("ask for the export again, or pass `--allow-empty`"));
    }
    verdict::refuse_field_counts(&reading)?;
    verdict::judge_rounding(&mapping, number, &mut reading)?;
    Ok(reading)
}

/// Reads all records of a file: one thread cuts it into blocks, the workers convert them.
pub(super) fn convert_file(
    file: TableFile,
    mapping: &Mapping<'_>,
    path: &Path,
    number: usize,
    samples: usize,
    options: &Options,
) -> Result<FileReading> {
    let mut account = FileAccount::of(&file, path);
    let mut remarks = mapping.remarks(number, &file);
    let cx = Cx { mapping, as_of: options.as_of, file: number, samples };
    let (summary, blocks) = stream(file, &mapping.wanted, &cx, options.progress.as_deref())?;
    let mut columns: Vec<ColumnReading> = Vec::new();
    let (mut frames, mut quarantine, mut mojibake) = (Vec::new(), Vec::new(), 0);
    for block in blocks {
        account.records += block.records;
        mojibake += block.mojibake;
        add_readings(&mut columns, block.columns, samples);
        quarantine.extend(block.quarantine);
        frames.push(block.frame);
    }
    account.applications = frames.iter().map(|f| f.rows() as u64).sum();
    account.quarantined = quarantine.len() as u64;
    account.check()?;
    account.bytes = summary.stamp.bytes();
    account.sha256.clone_from(&summary.sha256);
    account.blank = summary.blank;
    account.hidden_rows = summary.hidden_rows;
    remarks.extend(account::remarks_of_form(number, &account, &summary, &quarantine, mojibake));
    Ok(FileReading { account, stamp: summary.stamp, frames, columns, quarantine, remarks })
}

/// Streams a file through the workers; the blocks come back in the order of the file.
fn stream(
    file: TableFile,
    wanted: &[bool],
    cx: &Cx<'_>,
    progress: Option<&AtomicU64>,
) -> Result<(Summary, Vec<Block>)> {
    // Few enough blocks wait to keep memory bounded, enough to keep every worker busy.
    let (send, receive) = mpsc::sync_channel::<(usize, Chunk)>(2 * rayon::current_num_threads());
    std::thread::scope(|scope| {
        let read = move || {
            let mut number = 0;
            file.stream(wanted, &mut |chunk| {
                number += 1;
                send.send((number, chunk)).map_err(|_| Error::internal("the conversion of records stopped"))
            })
        };
        let reader = std::thread::Builder::new().name("reader".to_owned()).spawn_scoped(scope, read);
        let reader = reader.map_err(|_| Error::internal("no thread could be started"))?;
        let convert = |(number, chunk): (usize, Chunk)| {
            let block = chunk.split().and_then(|records| convert::convert(cx, &records));
            if let (Some(progress), Ok(block)) = (progress, &block) {
                progress.fetch_add(block.records, Ordering::Relaxed);
            }
            (number, block)
        };
        let mut blocks: Vec<(usize, Result<Block>)> = receive.into_iter().par_bridge().map(convert).collect();
        let summary = reader.join().map_err(|_| Error::internal("reading a file failed"))?;
        blocks.sort_by_key(|(number, _)| *number);
        // A fault of an early block is reported before one that stopped the reader further down, whatever came first.
        let blocks: Result<Vec<Block>> = blocks.into_iter().map(|(_, block)| block).collect();
        let blocks = blocks?;
        Ok((summary?, blocks))
    })
}

/// A file without a byte of content, on a day when that is expected.
fn empty_file(path: &Path) -> Result<FileReading> {
    let (stamp, sha256) = table::hash(path)?;
    let account = FileAccount::new(path, table::Format::of(path)?, stamp.bytes(), sha256);
    Ok(FileReading {
        account,
        stamp,
        frames: Vec::new(),
        columns: Vec::new(),
        quarantine: Vec::new(),
        remarks: Vec::new(),
    })
}

fn add_readings(all: &mut Vec<ColumnReading>, more: Vec<ColumnReading>, samples: usize) {
    if all.is_empty() {
        *all = more;
        return;
    }
    for (reading, other) in all.iter_mut().zip(more) {
        reading.quality.add(&other.quality);
        reading.rounding.add(other.rounding);
        for sample in other.samples {
            if reading.samples.len() < samples && !reading.samples.contains(&sample) {
                reading.samples.push(sample);
            }
        }
    }
}

/// Gives every block the columns that any block has, in the order of the profile.
fn unite_columns(profile: &Profile, frames: &mut [Frame]) -> Result<()> {
    let present = |name: &str| frames.iter().any(|f| f.has(name));
    let made = profile.columns.iter().filter(|c| present(&c.name)).map(|c| (c.name.as_str(), c.ty));
    let wanted: Vec<_> = made.chain(columns::PROVENANCE.iter().map(|c| (c.name, c.ty))).collect();
    for frame in frames {
        for (name, ty) in wanted.iter().filter(|(name, _)| !frame.has(name)).copied().collect::<Vec<_>>() {
            frame.add(frame::nulls(name, ty, frame.rows()))?;
        }
        *frame = frame.select(wanted.iter().map(|(name, _)| *name));
    }
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
        // A block comes from one file.
        if let Some(file) = frame.number(columns::ASAL_BERKAS)?.get(0).and_then(|n| usize::try_from(n).ok()) {
            *counts.entry(file).or_default() += frame.rows() as u64;
        }
    }
    Ok(counts)
}
