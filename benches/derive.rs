//! Columns worked out from the row itself: all of them, and family by family to see where the time goes. Rows per
//! second on one core.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a bench that fails should stop")]

mod common;

use std::collections::BTreeSet;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use saring::columns::{Cx, Reach, builtin, compute, derived};
use saring::frame::{Frame, nulls};
use saring::schema::columns;
use saring::source::{self, Options};

const ROWS: u64 = 100_000;

/// Applications with every column of the dictionary.
fn applications(rows: u64, cx: &Cx) -> Frame {
    let path = common::export(rows, 1);
    let intake = source::read(&common::profile(), &[path], &Options::new(cx.as_of), &|_| Ok(())).unwrap();
    let mut frame = intake.applications;
    for column in columns::ALL {
        if !frame.has(column.name) {
            frame.add(nulls(column.name, column.ty, frame.rows())).unwrap();
        }
    }
    frame
}

fn derive(criterion: &mut Criterion) {
    let rows = common::sized(ROWS);
    let cx = Cx::new("2025-11-10".parse().unwrap());
    let frame = applications(rows, &cx);
    let sources = builtin();
    let all: BTreeSet<String> = derived::all().map(|(_, column)| column.name.to_owned()).collect();
    let mut whole = frame.clone();
    compute(&sources, Reach::Row, &cx, &mut whole, &all).unwrap();

    let mut group = criterion.benchmark_group("derive");
    group.throughput(Throughput::Elements(rows)).sample_size(10);
    group.bench_function("all", |bench| {
        bench.iter(|| {
            let mut frame = frame.clone();
            compute(&sources, Reach::Row, &cx, &mut frame, &all).unwrap();
            frame
        });
    });
    for source in sources.iter().filter(|s| s.reach() == Reach::Row) {
        let made: BTreeSet<String> = source.makes().into_iter().map(str::to_owned).collect();
        let rest = whole.select(whole.names().filter(|name| !made.contains(*name)));
        group.bench_function(source.name(), |bench| {
            bench.iter(|| {
                let mut frame = rest.clone();
                compute(&sources, Reach::Row, &cx, &mut frame, &made).unwrap();
                frame
            });
        });
    }
    group.finish();
}

criterion_group!(benches, derive);
criterion_main!(benches);
