//! Reading exports: cutting text into fields, and the whole way to applications. Rows per second, on every core.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a bench that fails should stop")]

mod common;

use std::path::{Path, PathBuf};

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use saring::diag::{Files, Report};
use saring::source::{self, Options, Profile};
use saring::table::{self, Settings};

const ROWS: u64 = 20_000;

fn export() -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bench-read.csv");
    std::fs::write(&path, common::export(ROWS, 1)).unwrap();
    path
}

fn profile() -> Profile {
    let (mut files, mut report) = (Files::default(), Report::default());
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/profiles/simkim.toml");
    source::load_profile(&path, &mut files, &mut report).unwrap().unwrap()
}

/// One thread finds records and cuts them into fields; nothing is converted.
fn split(criterion: &mut Criterion) {
    let path = export();
    let mut group = criterion.benchmark_group("split");
    group.throughput(Throughput::Bytes(std::fs::metadata(&path).unwrap().len()));
    group.bench_function("csv", |bench| {
        let open = || table::open(&path, &Settings::default(), &|heading| heading == "NIK").unwrap();
        bench.iter_batched(
            open,
            |file| {
                let mut records = 0;
                file.stream(&[], &mut |chunk| {
                    records += chunk.split()?.len();
                    Ok(())
                })
                .unwrap();
                records
            },
            BatchSize::PerIteration,
        );
    });
    group.finish();
}

/// From a file to applications and quarantine.
fn read(criterion: &mut Criterion) {
    let (path, profile) = (export(), profile());
    let options = Options::new("2025-11-10".parse().unwrap());
    let mut group = criterion.benchmark_group("read");
    group.throughput(Throughput::Elements(ROWS));
    group.bench_function("csv", |bench| {
        bench.iter(|| {
            source::read(&profile, std::slice::from_ref(&path), &options, &|_| Ok(())).unwrap().applications.rows()
        });
    });
    group.finish();
}

criterion_group!(benches, split, read);
criterion_main!(benches);
