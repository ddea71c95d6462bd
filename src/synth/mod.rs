//! The invented office: an office's folder full of people who do not exist, to try, teach, test and measure with.
//!
//! A [`Plan`] goes in; out comes a folder with tonight's export, the exports of the past, small watchlists, settings, and
//! `kebenaran.csv`, which says what is true of each application. Most people are honest, alone or with their family; some
//! belong to groups that look suspicious and are innocent; a few in a thousand are planted cases of the kinds that offices
//! report, spread over the history so that tonight shows only a part of each.
//!
//! Everything follows from the plan: the same plan gives the same bytes on every machine and at any number of threads.
//! People are thrown from the seed and their number whenever they are needed and never kept, so size is bounded by the
//! disk. Names are our own lists; regions, holidays and countries come from [`crate::reference`]; NIKs, phones, passports
//! and addresses of mail are such as nobody can have.
//!
//! Not here: reading exports, and any rule. Nothing that screens may look at what this folder knows.

mod application;
mod cases;
mod cells;
mod days;
mod dice;
mod filing;
mod folder;
mod household;
mod institution;
mod lists;
mod mrz;
mod names;
mod numbers;
mod outcome;
mod papers;
mod person;
mod plan;
mod press;
mod region;
mod schedule;
mod trial;
mod trip;
mod truth;
mod typist;
#[rustfmt::skip]
mod words;
mod world;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

use chrono::Datelike;

pub use plan::Plan;
pub use trial::{DAMAGES, Damage, Trial, Truth};

use folder::{Folder, Output};
use press::{Batch, Sheet};
use schedule::Schedule;
use world::World;

use crate::office::{FILE_NAME, KEY_FILE};
use crate::{Error, Result};

/// What was written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// Applications altogether.
    pub applications: u64,
    /// Applications of tonight.
    pub tonight: u64,
    /// Planted applications by kind of story.
    pub planted: BTreeMap<&'static str, u64>,
    /// Applications that are part of a planted story without being a case, by kind.
    pub involved: BTreeMap<&'static str, u64>,
    /// Innocent look-alikes by kind. One application may count under several kinds.
    pub innocent: BTreeMap<&'static str, u64>,
    /// The files, relative to the folder, in the order they were made.
    pub files: Vec<PathBuf>,
}

impl Summary {
    /// Planted applications altogether.
    #[must_use]
    pub fn planted_total(&self) -> u64 {
        self.planted.values().sum()
    }

    fn add(&mut self, sheet: &Sheet) {
        use truth::Side;
        self.applications += sheet.applications;
        for ((side, kind), count) in &sheet.marks {
            let by_kind = match side {
                Side::Planted => &mut self.planted,
                Side::Involved => &mut self.involved,
                Side::Innocent => &mut self.innocent,
            };
            *by_kind.entry(kind).or_default() += count;
        }
    }
}

/// The headers of the exports, in order, each with the canonical column behind it.
pub fn headers() -> impl Iterator<Item = (&'static str, &'static str)> {
    cells::CELLS.iter().map(|cell| (cell.header, cell.column))
}

/// Writes the folder of an invented office. `dir` must not exist or be empty; files are readable by their owner only.
/// `progress` is told from time to time how many applications are written. Settings come last, so that a folder without
/// `saring.toml` is an unfinished one.
pub fn write(plan: &Plan, dir: &Path, progress: &mut dyn FnMut(u64)) -> Result<Summary> {
    plan.check()?;
    let world = World::new(plan)?;
    let mut office = Office::open(&world, dir)?;
    let mut schedule = Schedule::new(&world);
    let mut batch = Batch::default();
    let mut month = None;
    for day in 0..world.workdays.len() {
        let Some(parties) = schedule.next_day() else { break };
        let date = world.workdays.date(day);
        let file = if day == world.workdays.tonight() {
            format!("{}/{date}.csv", folder::INBOX)
        } else {
            format!("{}/{:04}-{:02}.csv", folder::PAST, date.year(), date.month())
        };
        if month.as_ref() != Some(&file) {
            office.flush(&mut batch, progress)?;
            office.begin(&file)?;
            month = Some(file);
        }
        if day == world.workdays.tonight() {
            office.summary.tonight = parties.iter().map(schedule::Party::size).sum();
        }
        batch.add(parties);
        if batch.is_full() {
            office.flush(&mut batch, progress)?;
        }
    }
    office.flush(&mut batch, progress)?;
    office.finish()
}

/// Writes the applications of a plan with `rows` of them as one export, tonight's after those of the history; for
/// benches. The truth is counted in the summary and not written.
pub fn export_csv(plan: &Plan, rows: u64, out: &mut dyn Write) -> Result<Summary> {
    let plan = Plan { applications: rows, ..plan.clone() };
    plan.check()?;
    let world = World::new(&plan)?;
    let failed = |error: std::io::Error| Error::storage(Path::new("export"), &error);
    let mut summary = Summary::default();
    let mut schedule = Schedule::new(&world);
    let mut batch = Batch::default();
    out.write_all(&press::header()?).map_err(failed)?;
    for day in 0..world.workdays.len() {
        let Some(parties) = schedule.next_day() else { break };
        if day == world.workdays.tonight() {
            summary.tonight = parties.iter().map(schedule::Party::size).sum();
        }
        batch.add(parties);
        if batch.is_full() || day == world.workdays.tonight() {
            for sheet in batch.print(&world)? {
                out.write_all(&sheet.rows).map_err(failed)?;
                summary.add(&sheet);
            }
        }
    }
    Ok(summary)
}

/// A folder with its open files.
struct Office<'a> {
    world: &'a World,
    folder: Folder,
    export: Option<Output>,
    truth: Output,
    subjects: Output,
    lost: Output,
    summary: Summary,
}

impl<'a> Office<'a> {
    fn open(world: &'a World, dir: &Path) -> Result<Self> {
        let mut folder = Folder::create(dir)?;
        let list = |name: &str| format!("{}/{name}", folder::LISTS);
        let mut truth = folder.file(folder::TRUTH)?;
        truth.put(&press::page(|rows| rows.write_record(truth::HEADER).map_err(cells::csv_failed))?)?;
        let mut subjects = folder.file(&list(lists::SUBJECTS))?;
        subjects.put(&press::page(lists::watchlist_header)?)?;
        let mut lost = folder.file(&list(lists::LOST))?;
        lost.put(&press::page(lists::watchlist_header)?)?;
        let mut bans = folder.file(&list(lists::BANS))?;
        bans.put(&press::page(|rows| lists::bans(world, rows))?)?;
        bans.close()?;
        for (name, contacts) in [(lists::BROKERS, false), (lists::CONTACTS, true)] {
            let mut known = folder.file(&list(name))?;
            known.put(&press::page(|rows| lists::brokers(world, contacts, rows))?)?;
            known.close()?;
        }
        for (name, registers) in lists::OFFICIAL {
            let mut official = folder.file(&list(name))?;
            official.put(&press::page(|rows| lists::official(world, registers, rows))?)?;
            official.close()?;
        }
        Ok(Self { world, folder, export: None, truth, subjects, lost, summary: Summary::default() })
    }

    /// Ends the export file at hand and begins another.
    fn begin(&mut self, name: &str) -> Result<()> {
        if let Some(done) = self.export.take() {
            done.close()?;
        }
        let mut next = self.folder.file(name)?;
        next.put(&press::header()?)?;
        self.export = Some(next);
        Ok(())
    }

    /// Prints a batch into the files at hand and empties it.
    fn flush(&mut self, batch: &mut Batch, progress: &mut dyn FnMut(u64)) -> Result<()> {
        for sheet in batch.print(self.world)? {
            if let Some(export) = &mut self.export {
                export.put(&sheet.rows)?;
            }
            self.truth.put(&sheet.truth)?;
            self.subjects.put(&sheet.subjects)?;
            self.lost.put(&sheet.lost)?;
            self.summary.add(&sheet);
        }
        progress(self.summary.applications);
        Ok(())
    }

    fn finish(self) -> Result<Summary> {
        let Self { world, mut folder, export, truth, subjects, lost, mut summary } = self;
        if let Some(export) = export {
            export.close()?;
        }
        for file in [truth, subjects, lost] {
            file.close()?;
        }
        // A key that is no secret, so that the list of an invented office can be made again anywhere.
        let mut key = folder.file(KEY_FILE)?;
        key.put(format!("kunci kantor rekaan {:020}\n", world.seed).as_bytes())?;
        key.close()?;
        let mut settings = folder.file(FILE_NAME)?;
        settings.put(folder::settings(world, summary.tonight).as_bytes())?;
        settings.close()?;
        summary.files = folder.into_files();
        Ok(summary)
    }
}
