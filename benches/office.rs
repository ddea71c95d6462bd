//! One night of an office against a million applications of its history: tonight's export read, those of the past that it is
//! tied to, the shipped pack over both, the list; all but lists of people and writing. The store is made once and kept.

#![expect(clippy::unwrap_used, reason = "a bench that fails should stop")]

#[path = "common/size.rs"]
mod size;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use saring::columns::Catalog;
use saring::diag::{Files, Report};
use saring::history::Store;
use saring::night::{self, Inputs};
use saring::screening::{FollowUp, Settings};
use saring::source::{self, Options};
use saring::synth::{self, Plan};

const ROWS: u64 = 1_000_000;
const TONIGHT: &str = "2026-11-02";

/// An invented office with its exports of ten years and a filled store.
fn office(rows: u64) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("office-{rows}"));
    let done = folder.join("done");
    if done.exists() {
        return folder;
    }
    let _ = std::fs::remove_dir_all(&folder);
    let as_of = TONIGHT.parse().unwrap();
    synth::write(&Plan::new(rows, 3_650, 12, as_of), &folder.join("exports"), &mut |_| {}).unwrap();
    let mut store = Store::open(&folder.join("riwayat")).unwrap();
    let before = as_of.pred_opt().unwrap();
    let mut past: Vec<PathBuf> =
        std::fs::read_dir(folder.join("exports/riwayat-awal")).unwrap().map(|e| e.unwrap().path()).collect();
    past.sort();
    for export in past {
        let intake = source::read(&profile(), &[export], &Options::new(as_of), &|_| Ok(())).unwrap();
        store.add(&intake.applications, before).unwrap();
    }
    std::fs::write(done, "").unwrap();
    folder
}

fn shipped(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("rules").join(path)
}

fn profile() -> source::Profile {
    let (mut files, mut report) = (Files::default(), Report::default());
    source::load_profile(&shipped("profiles/simkim.toml"), &mut files, &mut report).unwrap().unwrap()
}

fn one_night(criterion: &mut Criterion) {
    let rows = size::sized(ROWS);
    let folder = office(rows);
    let (mut files, mut report) = (Files::default(), Report::default());
    let set = saring::rules::load(&[shipped("")], &Catalog::builtin(), &mut files, &mut report).unwrap().unwrap();
    let (profile, options, lists) = (profile(), Options::new(TONIGHT.parse().unwrap()), Arc::default());
    let exports = [folder.join(format!("exports/masuk/{TONIGHT}.csv"))];
    let settings = Settings { capacity: 60, control_per_mille: 5, key: b"key of the bench".to_vec() };
    let night = || {
        // A night opens its store too.
        let store = Store::open(&folder.join("riwayat")).unwrap();
        let inputs = Inputs {
            set: &set,
            profile: &profile,
            files: &exports,
            options: &options,
            settings: &settings,
            shown: &[],
            history: Some(&store),
            follow: Some(&FollowUp { days: 14, capacity: 10, more: 15 }),
            lists: &lists,
        };
        night::run(&inputs).unwrap()
    };
    let mut group = criterion.benchmark_group("office");
    group.throughput(Throughput::Elements(rows)).sample_size(10);
    group.bench_function("one night", |bench| bench.iter(night));
    group.finish();
}

criterion_group!(benches, one_night);
criterion_main!(benches);
