//! Rule files: checking and testing the shipped pack, what its cases exercise, and checking five thousand rules.

#![expect(clippy::unwrap_used, reason = "a bench that fails should stop")]

use std::fmt::Write;
use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use saring::columns::Catalog;
use saring::diag::{Files, Report};
use saring::lab;
use saring::office::SHIPPED;
use saring::rules::{self, RuleSet};

fn check(texts: &[(&str, &str)]) -> RuleSet {
    let mut report = Report::default();
    let set = rules::check_texts(texts, &Catalog::builtin(), &mut Files::default(), &mut report).unwrap();
    lab::prepare(&set, &mut report);
    assert!(!report.has_errors());
    set
}

/// A pack of row rules, each with two lines, an outcome and two cases.
fn many(family: char, rules: usize) -> String {
    let mut text = format!("[pack]\nname = \"banyak_{}\"\nfamily = \"{family}\"\n", family.to_lowercase());
    for number in 1..=rules {
        write!(
            text,
            "[[rule]]\nid = \"{family}{number:03}\"\nversion = 1\ntitle = \"Aturan {number}\"\nclass = \"B\"\n\
             when = [\"lama_tinggal_hari > {number}\", \"maksud_perjalanan in ('wisata', 'bisnis')\"]\n\
             unless = [\"negara_tujuan = 'SG'\"]\nwhy = \"Uji.\"\nbasis = [\"Uji\"]\nquestion = \"Mengapa?\"\n\
             false_positives = [\"keluarga\"]\nowner = \"Uji\"\nreview_by = 2027-06-30\n[[rule.outcome]]\npoints = 5\n\
             reason = \"{{lama_tinggal_hari}} hari\"\n[[rule.test]]\nname = \"lebih\"\n\
             given = [{{ lama_tinggal_hari = {} }}]\nexpect = {{ fires = \"all\" }}\n[[rule.test]]\nname = \"tepat\"\n\
             given = [{{ lama_tinggal_hari = {number} }}]\nexpect = {{ fires = [] }}\n",
            number + 1
        )
        .unwrap();
    }
    text
}

fn pack(criterion: &mut Criterion) {
    let shipped: Vec<(&str, &str)> =
        SHIPPED.iter().filter(|(path, _)| path.ends_with(".toml") && !path.contains("profiles")).copied().collect();
    let set = check(&shipped);
    let cases = lab::prepare(&set, &mut Report::default());
    let mut group = criterion.benchmark_group("pack");
    group.sample_size(10);
    group.bench_function("check", |bench| bench.iter(|| black_box(check(&shipped))));
    group.bench_function("test", |bench| bench.iter(|| black_box(lab::run(&cases, &set).unwrap())));
    group.bench_function("coverage", |bench| bench.iter(|| black_box(lab::cover(&cases, &set).unwrap())));
    let texts: Vec<(String, String)> =
        ['A', 'D', 'K', 'S', 'T', 'W'].iter().map(|family| (format!("{family}.toml"), many(*family, 834))).collect();
    let mut files: Vec<(&str, &str)> = texts.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let ground = |name: &str| SHIPPED.iter().find(|(path, _)| path.ends_with(name)).copied().unwrap();
    files.extend([ground("dasar.toml"), ground("scoring.toml")]);
    group.bench_function("check of 5,004 rules", |bench| bench.iter(|| black_box(check(&files))));
    group.finish();
}

criterion_group!(benches, pack);
criterion_main!(benches);
