//! `saring history`: the applications of earlier nights.

use std::path::PathBuf;

use chrono::NaiveDate;

use super::Exit;
use super::clock::parse_date;
use super::output::Out;
use super::prepare::NightArgs;
use crate::history::Store;
use crate::office::Keep;
use crate::source;
use crate::{Error, Result};

/// Keep the applications of earlier nights: a first load, what there is, what is removed.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, clap::Subcommand)]
enum Verb {
    /// Add exports of the past. The same export twice changes nothing.
    Add {
        /// Exports, in the office's profile.
        #[arg(required = true)]
        exports: Vec<PathBuf>,
        #[command(flatten)]
        night: NightArgs,
    },
    /// What there is, month by month.
    Status {
        /// Read every file whole and compare it with the index.
        #[arg(long)]
        verify: bool,
        #[command(flatten)]
        night: NightArgs,
    },
    /// Remove applications filed before a day, for good. Without `--yes` only says how many.
    Purge {
        /// The day; without it that of `keep` in `saring.toml`.
        #[arg(long, value_name = "DATE", value_parser = parse_date)]
        before: Option<NaiveDate>,
        /// Do it.
        #[arg(long)]
        yes: bool,
        #[command(flatten)]
        night: NightArgs,
    },
}

pub(super) fn run(args: &Args, out: &mut Out) -> Result<Exit> {
    match &args.verb {
        Verb::Add { exports, night } => add(exports, night, out),
        Verb::Status { verify, night } => status(*verify, night, out),
        Verb::Purge { before, yes, night } => purge(*before, *yes, night, out),
    }
}

fn no_store() -> Error {
    Error::usage("this office keeps no history").help("add `[history]` with `path = \"riwayat\"` to `saring.toml`")
}

fn add(exports: &[PathBuf], night: &NightArgs, out: &mut Out) -> Result<Exit> {
    let Some(prepared) = night.prepare(exports, out)? else { return Ok(Exit::Usage) };
    let mut store = prepared.history.ok_or_else(no_store)?;
    let intake = source::read(&prepared.profile, &prepared.exports, &prepared.options, &|_| Ok(()))?;
    let added = store.add(&intake.applications, prepared.options.as_of)?;
    let aside = intake.quarantine.len();
    if out.is_json() {
        out.json(&serde_json::json!({
            "schema_version": 1, "records_read": intake.files.iter().map(|f| f.records).sum::<u64>(),
            "quarantined": aside, "new": added.new, "changed": added.changed, "same": added.same, "rows": store.rows(),
        }));
    } else {
        out.print(&format!(
            "{} new, {} changed, {} as before; {aside} records set aside; {} applications in all\n",
            added.new,
            added.changed,
            added.same,
            store.rows()
        ));
        if let Some(indexed) = added.indexed {
            out.print(&format!("the keys of {indexed} applications are indexed anew\n"));
        }
    }
    Ok(if aside > 0 { Exit::Warnings } else { Exit::Done })
}

/// The store of an office.
struct Opened {
    store: Store,
    as_of: NaiveDate,
    keep: Option<Keep>,
}

impl Opened {
    /// The first day that is kept, where the office says how long.
    fn kept_from(&self) -> Option<NaiveDate> {
        self.keep.map(|keep| keep.before(self.as_of))
    }
}

fn open(night: &NightArgs, out: &mut Out) -> Result<Option<Opened>> {
    let Some((office, as_of)) = night.office(out)? else { return Ok(None) };
    let root = office.history.ok_or_else(no_store)?;
    Ok(Some(Opened { store: Store::open(&root)?, as_of, keep: office.history_keep }))
}

fn status(verify: bool, night: &NightArgs, out: &mut Out) -> Result<Exit> {
    let Some(opened) = open(night, out)? else { return Ok(Exit::Usage) };
    let store = &opened.store;
    if verify {
        store.verify()?;
    }
    let kept_from = opened.kept_from();
    let beyond = kept_from.map(|day| store.plan_purge(day)).transpose()?.unwrap_or_default();
    let beyond: usize = beyond.iter().map(|(_, rows)| rows).sum();
    if out.is_json() {
        out.json(&serde_json::json!({
            "schema_version": 1, "rows": store.rows(), "months": store.months(), "purged": store.purges(),
            "verified": verify, "indexed": store.indexed(), "kept_from": kept_from.map(|day| day.to_string()), "beyond": beyond,
        }));
        return Ok(Exit::Done);
    }
    let mut text = String::new();
    for month in store.months() {
        text.push_str(&format!("{}  {:>8} applications, {} to {}\n", month.month, month.rows, month.first, month.last));
    }
    for purge in store.purges() {
        text.push_str(&format!("removed on {}: {} applications filed before {}\n", purge.on, purge.rows, purge.before));
    }
    let whole = if verify { ", every file as it was written" } else { "" };
    text.push_str(&format!("{} applications in {} months{whole}\n", store.rows(), store.months().len()));
    if store.indexed() > 0 {
        text.push_str(&format!("the keys of {} of them are indexed\n", store.indexed()));
    }
    if let Some((keep, day)) = opened.keep.zip(kept_from) {
        text.push_str(&match beyond {
            0 => format!("kept {keep}: none was filed before {day}\n"),
            beyond => format!(
                "kept {keep}: {beyond} applications filed before {day} are beyond that; `saring history purge` removes \
                 them\n"
            ),
        });
    }
    out.print(&text);
    Ok(Exit::Done)
}

fn purge(before: Option<NaiveDate>, yes: bool, night: &NightArgs, out: &mut Out) -> Result<Exit> {
    let Some(mut opened) = open(night, out)? else { return Ok(Exit::Usage) };
    let Some(before) = before.or(opened.kept_from()) else {
        return Err(Error::usage("from which day on is not said")
            .help("`--before DATE` says it, or `keep = \"10y\"` under [history] of `saring.toml`"));
    };
    let store = &mut opened.store;
    let plan = store.plan_purge(before)?;
    let rows: usize = plan.iter().map(|(_, rows)| rows).sum();
    if yes {
        store.purge(before, opened.as_of)?;
    }
    if out.is_json() {
        out.json(&serde_json::json!({ "schema_version": 1, "before": before.to_string(), "plan": plan, "done": yes }));
        return Ok(Exit::Done);
    }
    let mut text = String::new();
    for (month, rows) in &plan {
        text.push_str(&format!("{month}  {rows:>8} applications\n"));
    }
    text.push_str(&match yes {
        true => format!("{rows} applications filed before {before} are removed; {} are left\n", store.rows()),
        false => format!("{rows} applications filed before {before} would be removed; `--yes` removes them\n"),
    });
    out.print(&text);
    Ok(Exit::Done)
}
