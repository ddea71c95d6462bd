//! From a block of records to a block of applications. Runs on the worker threads, column by column.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::column::Column;
use super::mapping::{Mapping, Origin, Output};
use super::quality::{ColumnQuality, Rounding};
use super::quarantine::{self, Quarantined};
use super::reason::Unusable;
use crate::Result;
use crate::frame::{Builder, Frame};
use crate::schema::{Type, columns};
use crate::table::Records;

/// What every block of a run is converted with.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cx<'a> {
    pub(super) mapping: &'a Mapping<'a>,
    pub(super) as_of: NaiveDate,
    /// Number of the file among those read.
    pub(super) file: usize,
    /// How many masked samples of each column are kept.
    pub(super) samples: usize,
}

/// A converted block.
#[derive(Debug)]
pub(super) struct Block {
    pub(super) frame: Frame,
    pub(super) quarantine: Vec<Quarantined>,
    /// By output of the mapping.
    pub(super) columns: Vec<ColumnReading>,
    pub(super) records: u64,
    pub(super) mojibake: u64,
}

/// How the cells of one column read in one block or file.
#[derive(Debug, Clone, Default)]
pub(super) struct ColumnReading {
    pub(super) quality: ColumnQuality,
    pub(super) rounding: Rounding,
    /// Masked.
    pub(super) samples: Vec<String>,
}

/// Rows whose columns are read one after the other before the next rows are looked at: few enough that their records
/// stay in the processor's cache from the first column to the last.
const STRIP: usize = 256;

/// Converts a block.
pub(super) fn convert(cx: &Cx<'_>, records: &Records) -> Result<Block> {
    let live = live_rows(records);
    let days = vec![None; live.len()];
    let mut rows = Rows { live: &live, records, days, dead: BTreeMap::new(), damaged: BTreeMap::new() };
    let mut all: Vec<_> = cx.mapping.outputs.iter().map(|output| Column::new(output, &live, records)).collect();
    for start in (0..live.len()).step_by(STRIP) {
        let strip = start..(start + STRIP).min(live.len());
        for (at, column) in all.iter_mut().enumerate() {
            column.read_strip(cx, at, strip.clone(), &mut rows);
        }
    }
    let mut frame = Frame::new(live.len(), Vec::new())?;
    let mut readings = Vec::with_capacity(all.len());
    for (output, column) in cx.mapping.outputs.iter().zip(all) {
        let (made, reading) = column.finish();
        frame.put(&output.column.name, made)?;
        readings.push(reading);
    }
    let mut quarantine: Vec<_> =
        records.faulty().iter().map(|f| quarantine::for_form(cx.mapping, cx.file, records, f)).collect();
    for (number, (at, reason)) in &rows.dead {
        let row = live.get(*number as usize).copied().unwrap_or_default() as usize;
        quarantine.push(quarantine::for_cell(cx.mapping, cx.file, records, row, *at, *reason));
    }
    quarantine.sort_by_key(|q| (q.line, q.byte));
    provenance(cx, &rows).into_iter().try_for_each(|column| frame.add(column))?;
    if !rows.dead.is_empty() {
        let kept: Vec<u32> = (0..to_u32(live.len())).filter(|n| !rows.dead.contains_key(n)).collect();
        frame = frame.take(&kept)?;
    }
    Ok(Block { frame, quarantine, columns: readings, records: records.len() as u64, mojibake: records.mojibake() })
}

/// The numbers of the records whose form is right.
fn live_rows(records: &Records) -> Vec<u32> {
    let mut faulty = records.faulty().iter().map(|f| f.row).peekable();
    (0..to_u32(records.len())).filter(|row| faulty.next_if_eq(row).is_none()).collect()
}

fn to_u32(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// The rows of a block while its columns are read. Rows are counted among the live ones.
pub(super) struct Rows<'a> {
    pub(super) live: &'a [u32],
    pub(super) records: &'a Records,
    /// The day of each application, once known.
    pub(super) days: Vec<Option<i64>>,
    /// Rows that a required cell costs: output and reason of the first.
    dead: BTreeMap<u32, (usize, Unusable)>,
    /// Columns whose cell could not be read, by row, joined.
    damaged: BTreeMap<u32, String>,
}

impl Rows<'_> {
    /// A row whose required cell is empty or cannot be read.
    pub(super) fn kill(&mut self, number: usize, output: usize, reason: Unusable) {
        self.dead.entry(to_u32(number)).or_insert((output, reason));
    }

    /// A row whose cell of a column could not be read.
    pub(super) fn damage(&mut self, number: usize, name: &str) {
        let names = self.damaged.entry(to_u32(number)).or_default();
        if !names.is_empty() {
            names.push(';');
        }
        names.push_str(name);
    }
}

impl Output<'_> {
    /// The column of the file that it is read from.
    pub(super) fn field(&self) -> Option<usize> {
        match self.origin {
            Origin::Cell(field) | Origin::Part { field, .. } => Some(field),
            Origin::Constant(_) => None,
        }
    }
}

fn provenance(cx: &Cx<'_>, rows: &Rows<'_>) -> [polars::prelude::Series; 3] {
    let count = rows.live.len();
    let mut file = Builder::new(Type::Int, count);
    let mut line = Builder::new(Type::Int, count);
    let mut damaged = Builder::new(Type::Texts, count);
    for (number, &row) in rows.live.iter().enumerate() {
        file.push_number(i64::try_from(cx.file).ok());
        let place = rows.records.row(row as usize);
        line.push_number(place.and_then(|r| i64::try_from(r.line).ok()));
        damaged.push_text(rows.damaged.get(&to_u32(number)).map(String::as_str));
    }
    [file.finish(columns::ASAL_BERKAS), line.finish(columns::ASAL_BARIS), damaged.finish(columns::MUTU_RUSAK)]
}
