//! A whole night on one export of a million applications: read, mapped, every derived column, every rule, the list; all
//! but writing it. One run, with its time, rows a second and the most memory it held.
//!
//! The rules are those in `rules/`; until there are some, sixty conditions that only measure. An export named on the
//! command line is used instead of an invented one.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a bench that fails should stop; it prints what it measured"
)]

mod common;
#[path = "common/sixty.rs"]
mod sixty;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use saring::columns::{Catalog, derived};
use saring::diag::{Files, Report, Style, render_human};
use saring::night::{self, Inputs};
use saring::rules::{self, RuleSet};
use saring::screening::Settings;
use saring::source::Options;
use xxhash_rust::xxh3::xxh3_64;

const ROWS: u64 = 1_000_000;

/// The shipped pack.
fn shipped() -> Option<RuleSet> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules");
    let (mut files, mut report) = (Files::default(), Report::default());
    let set = rules::load(&[root], &Catalog::builtin(), &mut files, &mut report).unwrap();
    assert!(!report.has_errors(), "{}", render_human(&report, &files, Style::Plain));
    set.filter(|set| !set.rules.is_empty())
}

fn main() {
    let named = std::env::args().skip(1).find(|arg| !arg.starts_with('-')).map(PathBuf::from);
    let export = named.unwrap_or_else(|| common::export(common::sized(ROWS), 1));
    let (set, profile) = (shipped().unwrap_or_else(sixty::set), common::profile());
    let options = Options::new("2025-11-10".parse().unwrap());
    let shown: Vec<&str> = derived::all().map(|(_, column)| column.name).collect();
    let settings = Settings { capacity: 1_000, control_per_mille: 1, key: b"key of the bench".to_vec() };
    let inputs = Inputs {
        set: &set,
        profile: &profile,
        files: &[export],
        options: &options,
        settings: &settings,
        shown: &shown,
        history: None,
        follow: None,
        lists: &Arc::default(),
    };
    let begin = Instant::now();
    let night = night::run(&inputs).unwrap();
    let seconds = begin.elapsed().as_secs_f64();
    let rows = night.frame.rows();
    println!("applications  {rows}, set aside {}", night.intake.quarantine.len());
    println!("columns       {}, {} MB", night.frame.names().count(), night.frame.bytes() >> 20);
    println!(
        "rules         {}, {} hits, {} lines",
        night.plan.rules.len(),
        night.hits.hits.len(),
        night.referrals.len()
    );
    println!(
        "list          {:016x}, the same at any RAYON_NUM_THREADS",
        xxh3_64(format!("{:?}", night.referrals).as_bytes())
    );
    println!("wall          {seconds:.2} s, {:.0} rows/s", rows as f64 / seconds);
    println!("peak memory   {}", peak().unwrap_or_else(|| "unknown here".to_owned()));
}

/// The most memory the process held, as Linux tells it.
fn peak() -> Option<String> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(format!("{} MB", kilobytes / 1_024))
}
