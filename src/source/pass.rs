//! One pass over the records of a file: one thread cuts it into blocks, the workers convert them, and what is kept of each
//! is added to what was kept before, so that nobody holds all columns of all records, nor two copies of those that last.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, mpsc};

use rayon::iter::{ParallelBridge, ParallelIterator};

use super::account::{self, FileAccount};
use super::convert::{self, Block, ColumnReading, Cx};
use super::intake::Options;
use super::mapping::Mapping;
use super::quarantine::Quarantined;
use super::remark::Remark;
use super::verdict;
use crate::frame::{Frame, Growing};
use crate::schema::{Type, columns};
use crate::table::{Chunk, Stamp, Summary, TableFile};
use crate::{Error, Result};

/// How the records of a file are read.
#[derive(Clone, Copy)]
pub(super) struct Pass<'a> {
    pub(super) mapping: &'a Mapping<'a>,
    pub(super) path: &'a Path,
    /// Number of the file among those read.
    pub(super) number: usize,
    /// How many masked samples of each column are kept.
    pub(super) samples: usize,
    /// Columns that are not used although the file has them.
    pub(super) refused: &'a [(String, Type)],
    pub(super) options: &'a Options,
    /// Counts the records.
    pub(super) progress: Option<&'a AtomicU64>,
    /// What is kept of the applications of a block.
    pub(super) keep: Keep<'a>,
}

/// Takes the applications of a block, with the columns of the file and those of [`columns::PROVENANCE`], and gives what is
/// kept of them, [`ORIGIN`] always: the same rows, or fewer where only some are looked for.
pub(super) type Keep<'a> = &'a (dyn Fn(Frame) -> Result<Frame> + Sync);

/// A file once all its blocks were converted.
pub(super) struct FileReading {
    pub(super) account: FileAccount,
    pub(super) stamp: Stamp,
    /// What was kept, in the order of the file; without columns where the file has no block.
    pub(super) kept: Frame,
    pub(super) columns: Vec<ColumnReading>,
    pub(super) quarantine: Vec<Quarantined>,
    pub(super) remarks: Vec<Remark>,
}

/// Number and origin of an application.
pub(super) const ORIGIN: [&str; 3] = [columns::NOMOR_PERMOHONAN, columns::ASAL_BERKAS, columns::ASAL_BARIS];

/// A converted block whose applications are kept elsewhere, and how many it had.
struct Kept {
    block: Block,
    applications: usize,
}

/// What is kept, as far as the blocks before were converted.
struct InOrder {
    whole: Growing,
    next: usize,
    early: BTreeMap<usize, Frame>,
}

impl InOrder {
    /// Adds what is kept of a block, once those before it are there.
    fn add(&mut self, number: usize, kept: Frame) -> Result<()> {
        self.early.insert(number, kept);
        while let Some(kept) = self.early.remove(&self.next) {
            self.whole.append(&kept)?;
            self.next += 1;
        }
        Ok(())
    }
}

impl Pass<'_> {
    /// Reads all records of the file.
    pub(super) fn read(&self, file: TableFile) -> Result<FileReading> {
        let mut account = FileAccount::of(&file, self.path);
        let mut remarks = self.mapping.remarks(self.number, &file);
        let (summary, blocks, kept) = self.stream(file)?;
        let mut columns: Vec<ColumnReading> = Vec::new();
        let (mut quarantine, mut mojibake) = (Vec::new(), 0);
        for Kept { block, applications } in blocks {
            account.records += block.records;
            account.applications += applications as u64;
            mojibake += block.mojibake;
            add_readings(&mut columns, block.columns, self.samples);
            quarantine.extend(block.quarantine);
        }
        account.quarantined = quarantine.len() as u64;
        account.check()?;
        account.bytes = summary.stamp.bytes();
        account.sha256.clone_from(&summary.sha256);
        account.blank = summary.blank;
        account.hidden_rows = summary.hidden_rows;
        remarks.extend(account::remarks_of_form(self.number, &account, &summary, &quarantine, mojibake));
        Ok(FileReading { account, stamp: summary.stamp, kept, columns, quarantine, remarks })
    }

    /// Streams the file through the workers; the blocks come back in the order of the file, and what is kept of them as one.
    fn stream(&self, file: TableFile) -> Result<(Summary, Vec<Kept>, Frame)> {
        // Few enough blocks wait to keep memory bounded, enough to keep every worker busy.
        let (send, receive) = mpsc::sync_channel::<(usize, Chunk)>(2 * rayon::current_num_threads());
        let whole = Growing::with_room(file.records().unwrap_or_default());
        let whole = Mutex::new(InOrder { whole, next: 0, early: BTreeMap::new() });
        let (summary, blocks) = std::thread::scope(|scope| {
            let read = move || {
                let mut numbers = 0..;
                file.stream(&self.mapping.wanted, &mut |chunk| {
                    let number = numbers.next().unwrap_or_default();
                    send.send((number, chunk)).map_err(|_| Error::internal("the conversion of records stopped"))
                })
            };
            let reader = std::thread::Builder::new().name("reader".to_owned()).spawn_scoped(scope, read);
            let reader = reader.map_err(|_| Error::internal("no thread could be started"))?;
            let convert = |(number, chunk)| (number, self.block(number, chunk, &whole));
            let mut blocks: Vec<(usize, Result<Kept>)> = receive.into_iter().par_bridge().map(convert).collect();
            let summary = reader.join().map_err(|_| Error::internal("reading a file failed"))?;
            blocks.sort_by_key(|(number, _)| *number);
            // A fault of an early block is reported before one that stopped the reader further down, whatever came first.
            let blocks: Result<Vec<Kept>> = blocks.into_iter().map(|(_, block)| block).collect();
            let blocks = blocks?;
            Ok::<_, Error>((summary?, blocks))
        })?;
        let whole = whole.into_inner().map_err(|_| Error::internal("the conversion of records stopped"))?;
        Ok((summary, blocks, whole.whole.finish()?))
    }

    fn block(&self, number: usize, chunk: Chunk, whole: &Mutex<InOrder>) -> Result<Kept> {
        let cx = Cx { mapping: self.mapping, as_of: self.options.as_of, file: self.number, samples: self.samples };
        let mut block = convert::convert(&cx, &chunk.split()?)?;
        for (name, ty) in self.refused {
            verdict::empty_column(&mut block.frame, name, *ty)?;
        }
        let applications = std::mem::take(&mut block.frame);
        let rows = applications.rows();
        let kept = (self.keep)(applications)?;
        if let Some(progress) = self.progress {
            progress.fetch_add(block.records, Ordering::Relaxed);
        }
        whole.lock().map_err(|_| Error::internal("the conversion of records stopped"))?.add(number, kept)?;
        Ok(Kept { block, applications: rows })
    }
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
