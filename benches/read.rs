//! Reading exports: cutting text into fields, and the whole way to applications. Rows per second, on every core.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a bench that fails should stop")]

mod common;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use saring::source::{self, Options};
use saring::table::{self, Settings};

const ROWS: u64 = 20_000;

/// One thread finds records and cuts them into fields; nothing is converted.
fn split(criterion: &mut Criterion) {
    let path = common::export(common::sized(ROWS), 1);
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
    let rows = common::sized(ROWS);
    let (path, profile) = (common::export(rows, 1), common::profile());
    let options = Options::new("2025-11-10".parse().unwrap());
    let mut group = criterion.benchmark_group("read");
    group.throughput(Throughput::Elements(rows));
    group.bench_function("csv", |bench| {
        bench.iter(|| {
            source::read(&profile, std::slice::from_ref(&path), &options, &|_| Ok(())).unwrap().applications.rows()
        });
    });
    group.finish();
}

criterion_group!(benches, split, read);
criterion_main!(benches);
