//! `saring synth`: an invented office to try, teach and test with.

use std::path::PathBuf;

use chrono::NaiveDate;

use super::Exit;
use super::clock::parse_date;
use super::output::Out;
use crate::synth::{self, Plan};
use crate::{Result, office};

/// Make an invented office: exports, history, lists, the truth behind them, and everything to run a night on it.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Folder to make; it must not exist yet, or be empty.
    folder: PathBuf,
    /// Applications in all, history and tonight together.
    #[arg(long, default_value_t = 20_000)]
    applications: u64,
    /// Days of history before tonight.
    #[arg(long, default_value_t = 365)]
    history_days: u32,
    /// Another seed makes another office; the same seed makes the same bytes.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Tonight.
    #[arg(long, default_value = "2025-11-03", value_parser = parse_date)]
    as_of: NaiveDate,
}

pub(super) fn run(args: &Args, out: &mut Out) -> Result<Exit> {
    let plan = Plan::new(args.applications, args.history_days, args.seed, args.as_of);
    let progress = out.progress("inventing", args.applications);
    let summary = synth::write(&plan, &args.folder, &mut |done| progress.set(done))?;
    progress.finish();
    office::write_pack(&args.folder)?;
    if out.is_json() {
        out.json(&serde_json::json!({
            "schema_version": 1, "applications": summary.applications, "tonight": summary.tonight,
            "planted": summary.planted, "involved": summary.involved, "innocent": summary.innocent,
        }));
    } else {
        out.print(&format!(
            "{} applications, {} of them tonight; {} planted cases ({} kinds), {} innocent groups' members ({} kinds)\n\
             the truth stands in {}\n",
            summary.applications,
            summary.tonight,
            summary.planted_total(),
            summary.planted.len(),
            summary.innocent.values().sum::<u64>(),
            summary.innocent.len(),
            args.folder.join("kebenaran.csv").display()
        ));
    }
    Ok(Exit::Done)
}
