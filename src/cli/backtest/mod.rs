//! `saring backtest`: how good the rules are, on nights whose truth is known.

mod text;

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use serde::Serialize;

use super::Exit;
use super::clock::parse_date;
use super::output::Out;
use super::prepare::NightArgs;
use crate::lab::backtest::{NightOf, Past, Summary, Truths, nights, summary};
use crate::schema::columns::NOMOR_PERMOHONAN;
use crate::source;
use crate::{Error, Result};

/// The truth beside an invented office.
const TRUTH: &str = "kebenaran.csv";

/// Go through the nights of an office again and compare the lists with what turned out to be true.
///
/// Day by day, as the nightly job would have: each night sees the applications filed that day as they were filed, and of
/// the days before only what was decided by then. With `--one-night` everything is one night, with the capacity of all its
/// days. Nothing is written, and no store of history is read: the exports of `[history] first` and `[input] files` are
/// the past.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Folders of offices, added up (this folder without any).
    offices: Vec<PathBuf>,
    /// What is true: CSV with `nomor_permohonan`, `golongan` (tanam: a case, terkait: part of its story, wajar: honest but
    /// alike), `jenis` and `kelompok`; `kebenaran.csv` in the office's folder without it.
    #[arg(long, value_name = "FILE")]
    truth: Option<PathBuf>,
    /// First day that is judged; everything before it is history only.
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    from: Option<NaiveDate>,
    /// All days as one night.
    #[arg(long)]
    one_night: bool,
    /// Applications that officers can take on in a day, instead of the office's number.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    capacity: Option<u32>,
    #[command(flatten)]
    night: NightArgs,
}

pub(super) fn run(args: &Args, out: &mut Out) -> Result<Exit> {
    let here = [PathBuf::new()];
    let offices = if args.offices.is_empty() { &here[..] } else { &args.offices };
    if offices.len() > 1 && args.truth.is_some() {
        return Err(Error::usage("`--truth` is about one office").help("put `kebenaran.csv` into each office's folder"));
    }
    let (mut all, mut capacity, mut unknown) = (Vec::new(), Vec::new(), 0);
    for (at, folder) in offices.iter().enumerate() {
        let Some(gone) = one(args, folder, at == 0, out)? else { return Ok(Exit::Usage) };
        all.push(gone.nights);
        capacity.push(gone.capacity);
        unknown += gone.unknown;
    }
    let account = Account {
        schema_version: 1,
        mode: if args.one_night { "one_night" } else { "day_by_day" },
        offices: offices.len(),
        capacity_a_day: capacity,
        truths_without_application: unknown,
        summary: summary(&all),
    };
    if account.summary.applications == 0 {
        return Err(Error::usage("there is no application to judge").help("`--from` and `--as-of` bound the days"));
    }
    if out.is_json() {
        out.json(&account);
    } else {
        out.print(&text::of(&account));
    }
    Ok(Exit::Done)
}

/// What is printed.
#[derive(Debug, Serialize)]
struct Account {
    schema_version: u32,
    mode: &'static str,
    offices: usize,
    /// By office.
    capacity_a_day: Vec<usize>,
    /// Truths about applications that no export has.
    truths_without_application: usize,
    #[serde(flatten)]
    summary: Summary,
}

/// An office that was gone through.
struct Gone {
    nights: Vec<NightOf>,
    capacity: usize,
    unknown: usize,
}

/// Goes through one office; nothing after its faults were printed.
fn one(args: &Args, folder: &Path, first: bool, out: &mut Out) -> Result<Option<Gone>> {
    let night = if args.offices.is_empty() { args.night.clone() } else { args.night.of_office(folder, first) };
    let Some(prepared) = night.prepare(&[], out)? else { return Ok(None) };
    let path = args.truth.clone().unwrap_or_else(|| prepared.office.folder.join(TRUTH));
    let bytes = std::fs::read(&path).map_err(|error| {
        Error::io(&path, &error).help("`--truth` names the file that says what turned out to be true")
    })?;
    let truths = Truths::read(&bytes, &path)?;
    let files = [prepared.office.first_files()?, prepared.exports.clone()].concat();
    let intake = source::read(&prepared.profile, &files, &prepared.options, &|_| Ok(()))?;
    let numbers = intake.applications.text(NOMOR_PERMOHONAN)?;
    let known: std::collections::BTreeSet<&str> = numbers.iter().flatten().collect();
    let capacity = args.capacity.map_or(prepared.settings.capacity, |n| n as usize);
    let nights = nights(&Past {
        set: &prepared.set,
        applications: &intake.applications,
        truths: &truths,
        capacity,
        from: args.from,
        until: prepared.options.as_of,
        lists: &prepared.lists.lists,
        at_once: args.one_night,
    })?;
    let unknown = truths.numbers().filter(|number| !known.contains(number)).count();
    Ok(Some(Gone { nights, capacity, unknown }))
}
