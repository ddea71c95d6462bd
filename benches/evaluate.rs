//! Sixty row conditions over applications in memory, on one core: the time is the CPU time. And the checking of five thousand
//! rules, advice included.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    reason = "a bench that fails should stop; its numbers are small"
)]

mod common;
#[path = "common/many.rs"]
mod many;
#[path = "common/sixty.rs"]
mod sixty;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use rayon::ThreadPoolBuilder;
use saring::columns::{Cx, Reach, compute};
use saring::frame::{Frame, nulls};
use saring::rules::{Plan, RuleSet};
use saring::screening;
use saring::source::{self, Options};

const ROWS: u64 = 1_000_000;

/// Applications with every column that the plan needs.
fn applications(rows: u64, set: &RuleSet, plan: &Plan) -> Frame {
    let cx = Cx::new("2025-11-10".parse().unwrap());
    let derive = |block: &mut Frame| {
        for name in plan.columns.iter().filter(|name| !name.contains('.')) {
            if let Some(column) = set.catalog.get(name).filter(|_| !block.has(name)) {
                block.add(nulls(name, column.ty, block.rows()))?;
            }
        }
        compute(&plan.sources, Reach::Row, &cx, block, &plan.columns).map(|_| ())
    };
    let path = common::export(rows, 1);
    source::read(&common::profile(), &[path], &Options::new(cx.as_of), &derive).unwrap().applications
}

fn evaluate(criterion: &mut Criterion) {
    let rows = common::sized(ROWS);
    let set = sixty::set();
    let plan = Plan::new(&set, []);
    let frame = applications(rows, &set, &plan);
    let one_core = ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    let mut group = criterion.benchmark_group("evaluate");
    group.throughput(Throughput::Elements(rows)).sample_size(10);
    group.bench_function("sixty", |bench| {
        one_core.install(|| bench.iter(|| screening::evaluate(&plan, &frame).unwrap()));
    });
    group.finish();
}

fn check(criterion: &mut Criterion) {
    let texts = many::texts();
    let mut group = criterion.benchmark_group("check");
    group.throughput(Throughput::Elements(5_000)).sample_size(10);
    group.bench_function("five thousand rules", |bench| bench.iter(|| many::check(&texts)));
    group.finish();
}

criterion_group!(benches, evaluate, check);
criterion_main!(benches);
