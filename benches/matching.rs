//! Matching: reading names, comparing two people, making an index, searching it.

#![expect(clippy::unwrap_used, reason = "a bench that fails should stop")]

mod common;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use saring::matching::{Index, Level, Names, Person, Settings, compare};
use saring::synth::Trial;
use saring::text::nama;

const ENTRIES: u64 = 100_000;

fn matching(criterion: &mut Criterion) {
    let entries = common::sized(ENTRIES);
    let trial = Trial { seed: 1, entries, applicants: 20_000 };
    let list: Vec<Person> = (0..entries).map(|number| trial.entry(number)).collect();
    let asked: Vec<Person> = (0..2_000).map(|number| trial.applicant(number).0).collect();
    let (names, settings) = (Names::shipped(), Settings::shipped());
    let mut group = criterion.benchmark_group("matching");
    group.sample_size(10).throughput(Throughput::Elements(entries));
    group.bench_function("normalise", |bench| {
        let mut reader = nama::Names::default();
        bench.iter(|| list.iter().map(|person| reader.read_words(person.names.first().unwrap()).count()).sum::<usize>());
    });
    group.bench_function("index", |bench| bench.iter(|| Index::build(&list, names, &settings)));
    let index = Index::build(&list, names, &settings);
    group.throughput(Throughput::Elements(asked.len() as u64));
    // One person asked for anew: mostly finding the words of the list that are like those of the name.
    group.bench_function("words", |bench| {
        let one = asked.first().unwrap();
        bench.iter(|| index.search(one, Level::Exact));
    });
    group.bench_function("search", |bench| bench.iter(|| index.search_all(&asked, Level::Possible)));
    group.bench_function("search names alone", |bench| bench.iter(|| index.search_all(&asked, Level::NameOnly)));
    group.bench_function("compare", |bench| {
        let pairs = || asked.iter().zip(&list);
        bench.iter(|| pairs().map(|(a, b)| compare(a, b, names, &settings).points).max());
    });
    group.finish();
}

criterion_group!(benches, matching);
criterion_main!(benches);
