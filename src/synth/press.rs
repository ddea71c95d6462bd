//! Printing parties into bytes, many at a time and in their order.

use std::collections::BTreeMap;

use rayon::prelude::{IntoParallelIterator, ParallelIterator, ParallelSlice};

use super::cells::{self, CsvRows};
use super::lists;
use super::schedule::{self, Party};
use super::truth::{self, Side};
use super::typist::Typist;
use super::world::World;
use crate::{Error, Result};

/// Parties printed together; bounds what is in memory.
const BATCH: usize = 8_192;
/// Parties printed by one worker at a time.
const SHEET: usize = 256;

/// Parties waiting to be printed.
#[derive(Debug, Default)]
pub(super) struct Batch {
    parties: Vec<Party>,
}

/// Printed parties: the bytes for each file.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    pub(super) rows: Vec<u8>,
    pub(super) truth: Vec<u8>,
    pub(super) subjects: Vec<u8>,
    pub(super) lost: Vec<u8>,
    pub(super) applications: u64,
    pub(super) marks: BTreeMap<(Side, &'static str), u64>,
}

impl Batch {
    /// Adds the parties of a day.
    pub(super) fn add(&mut self, mut parties: Vec<Party>) {
        self.parties.append(&mut parties);
    }

    /// Whether it is time to print.
    pub(super) fn is_full(&self) -> bool {
        self.parties.len() >= BATCH
    }

    /// Prints all parties, in order, and empties the batch.
    pub(super) fn print(&mut self, world: &World) -> Result<Vec<Sheet>> {
        let parties = std::mem::take(&mut self.parties);
        let chunks: Vec<&[Party]> = parties.par_chunks(SHEET).collect();
        chunks.into_par_iter().map(|chunk| sheet(world, chunk)).collect()
    }
}

/// A piece of CSV: whatever the writer puts into it.
pub(super) fn page(write: impl FnOnce(&mut CsvRows<Vec<u8>>) -> Result<()>) -> Result<Vec<u8>> {
    let mut rows = csv::Writer::from_writer(Vec::new());
    write(&mut rows)?;
    finished(rows)
}

fn finished(rows: CsvRows<Vec<u8>>) -> Result<Vec<u8>> {
    rows.into_inner().map_err(|_| Error::internal("a page of CSV could not be finished"))
}

/// The header line of an export.
pub(super) fn header() -> Result<Vec<u8>> {
    page(cells::header)
}

fn sheet(world: &World, parties: &[Party]) -> Result<Sheet> {
    let empty = || csv::Writer::from_writer(Vec::new());
    let (mut rows, mut truth, mut subjects, mut lost) = (empty(), empty(), empty(), empty());
    let mut sheet = Sheet::default();
    for party in parties {
        for app in schedule::applications(world, party) {
            cells::row(&mut rows, &app, &mut Typist::new(world.seed, app.number))?;
            truth::write(&mut truth, &format!("{:016}", app.number), &app.marks)?;
            lists::subject(world, &app, &mut subjects)?;
            lists::lost_passport(world, &app, &mut lost)?;
            sheet.applications += 1;
            for mark in &app.marks {
                *sheet.marks.entry((mark.side, mark.kind)).or_default() += 1;
            }
        }
    }
    sheet.rows = finished(rows)?;
    sheet.truth = finished(truth)?;
    sheet.subjects = finished(subjects)?;
    sheet.lost = finished(lost)?;
    Ok(sheet)
}
