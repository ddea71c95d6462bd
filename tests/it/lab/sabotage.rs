//! Bad changes of the shipped pack, as they happen by mistake, and which net catches which: `check`, the pack's own tests, the
//! lock, the baseline, the list before and after.

use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;
use saring::columns::Catalog;
use saring::diag::{Files, Report};
use saring::frame::Frame;
use saring::lab::{self, Baseline, Case, Diff, Earlier, Outcome, Sample, Terms};
use saring::office::SHIPPED;
use saring::rules::{self, RuleSet, Status};
use saring::source::{Options, parse_profile};

use crate::made;
use crate::support::golden::fixtures;

/// File, what stands there, what somebody makes of it.
const CHANGES: &[(&str, &str, &str)] = &[
    // Thresholds off by one.
    ("calo", "min_akun        = { default = 6,", "min_akun        = { default = 7,"),
    ("penjamin", "min_keluarga    = { default = 5,", "min_keluarga    = { default = 4,"),
    ("perjalanan", "hari_wisata         = { default = 30,", "hari_wisata         = { default = 31,"),
    ("identitas", "having   = [\"orang >= 2\"]", "having   = [\"orang >= 3\"]"),
    ("riwayat", "having   = [\"kasus >= 1\"]", "having   = [\"kasus >= 2\"]"),
    ("penjamin", "between '2017-02-24' and", "between '2017-02-25' and"),
    // Windows, keys, flags.
    ("calo", "window   = \"90d\"", "window   = \"45d\""),
    ("riwayat", "window   = \"730d\"", "window   = \"365d\""),
    ("calo", "max_key  = 60", "max_key  = 6"),
    ("calo", "flag     = \"closing\"", "flag     = \"members\""),
    ("riwayat", "rows     = \"others\"", "rows     = \"all\""),
    ("calo", "by       = [\"telepon.kunci\"]", "by       = [\"telepon_kerabat.kunci\"]"),
    // Operators.
    ("calo", "coalesce(akun_90h.keluarga, 0) end >= :min_akun\"", "coalesce(akun_90h.keluarga, 0) end > :min_akun\""),
    ("identitas", "nik.umur < :umur_dewasa", "nik.umur <= :umur_dewasa"),
    ("identitas", "nik.lahir_beda <> 'sama'", "nik.lahir_beda = 'sama'"),
    ("identitas", "< :umur_lulus_sd or ijazah_tahun", "< :umur_lulus_sd and ijazah_tahun"),
    ("identitas", "ayah.nama_sama or ibu.nama_sama", "ayah.nama_sama and ibu.nama_sama"),
    ("perjalanan", "lama_tinggal_hari > :hari_ibadah", "lama_tinggal_hari < :hari_ibadah"),
    ("mutu", "hari_ke_berangkat < 0", "hari_ke_berangkat > 0"),
    ("identitas", "when     = [\"nik.kelamin_beda\"]", "when     = [\"not nik.kelamin_beda\"]"),
    // Lines, lists, columns, signs.
    ("calo", "unless   = [\"rombongan.lembaga\"]", "unless   = []"),
    ("perjalanan", "unless   = [\"maksud_perjalanan in ('belum_ada', 'dinas')\"]", "unless   = []"),
    ("calo", "\"orang >= :min_akun\",", ""),
    ("daftar", "values  = [\"KH\", \"LA\", \"MM\"]", "values  = []"),
    ("penjamin", "penjamin_jenis in ('perorangan', 'perusahaan')", "penjamin_jenis in ('perusahaan')"),
    ("riwayat", "'menunggu_berkas', 'wawancara', 'adjudikasi'", "'menunggu_berkas', 'adjudikasi'"),
    ("calo", "where    = [\"alamat.luar_provinsi\"]", "where    = [\"not alamat.luar_provinsi\"]"),
    ("penjamin", "rekomendasi.umur_hari < -:hari_melengkapi or", "rekomendasi.umur_hari < :hari_melengkapi or"),
    ("keringanan", "points    = -10", "points    = 10"),
    ("identitas", "points    = 40", "points    = 4"),
    ("identitas", "mandatory = true", "mandatory = false"),
    ("keringanan", "mitigates = [\"K*\"]", "mitigates = [\"S*\"]"),
    ("keringanan", "unit_layanan = 'eazy_passport'", "unit_layanan = 'kanim'"),
    ("scoring", "D = 40 ", "D = 4  "),
    ("scoring", "C = 15", "C = 51"),
];

fn texts() -> Vec<(&'static str, String)> {
    let rules = SHIPPED.iter().filter(|(path, _)| path.ends_with(".toml") && !path.contains("profiles"));
    rules.map(|(path, text)| (*path, plain(text))).collect()
}

/// Runs of spaces as one: how a file is laid out does not matter here.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        if c != ' ' || !plain.ends_with(' ') {
            plain.push(c);
        }
    }
    plain
}

/// The rule set, and how many remarks `check` has.
fn read(texts: &[(&str, String)]) -> (Option<RuleSet>, usize) {
    let (mut files, mut report) = (Files::default(), Report::default());
    let texts: Vec<(&str, &str)> = texts.iter().map(|(path, text)| (*path, text.as_str())).collect();
    let set = rules::check_texts(&texts, &Catalog::builtin(), &mut files, &mut report);
    (set, report.sorted(&files).len())
}

fn sample() -> Sample {
    let kantor = fixtures("kantor");
    let (mut texts, mut report) = (Files::default(), Report::default());
    let (path, text) = SHIPPED.iter().find(|(path, _)| path.ends_with("simkim.toml")).unwrap();
    let file = texts.add(*path, *text);
    let profile = parse_profile(file, &texts, &mut report).unwrap();
    let exports = |folder: &str| -> Frame {
        let files: Vec<_> = std::fs::read_dir(kantor.join(folder)).unwrap().map(|e| e.unwrap().path()).collect();
        made::read(&files, &profile, &Options::new(made::day("2025-11-03"))).unwrap().applications
    };
    let as_of = made::day("2025-11-03");
    Sample::new(exports("masuk"), Earlier::Read(exports("riwayat-awal")), &[], as_of, true).unwrap()
}

/// The rules whose meaning differs, or all where the way points become a list does.
fn affected(old: &RuleSet, new: &RuleSet) -> BTreeSet<String> {
    let same = |id: &str| match (old.rule(id), new.rule(id)) {
        (Some(_), Some(_)) => old.meaning.hash(id) == new.meaning.hash(id),
        _ => false,
    };
    let ids = old.rules.iter().map(|rule| rule.id.to_string());
    ids.filter(|id| old.scoring != new.scoring || !same(id)).collect()
}

/// The rule set with only some rules on, so that only what they need is computed.
fn only(set: &RuleSet, ids: &BTreeSet<String>) -> RuleSet {
    let mut few = set.clone();
    // Persons across different NIK cost more than all else together, and no change here is about them.
    let needed = |id: &str| ids.contains(id) && id != "D05";
    few.rules.iter_mut().filter(|rule| !needed(rule.id.as_str())).for_each(|rule| rule.status = Status::Off);
    few
}

#[expect(clippy::struct_excessive_bools, reason = "one for each net, and each may catch a change")]
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
struct Caught {
    check: bool,
    test: bool,
    lock: bool,
    baseline: bool,
    diff: bool,
}

fn caught(old: &RuleSet, remarks: usize, texts: &[(&str, String)], sample: &Sample) -> Caught {
    let mut caught = Caught::default();
    let (new, more) = read(texts);
    caught.check = new.is_none() || more != remarks;
    let Some(new) = new else { return caught };
    let mut report = Report::default();
    let cases = lab::prepare(&new, &mut report);
    let ids = affected(old, &new);
    assert!(!ids.is_empty(), "nothing was changed");
    caught.lock = old.rules.iter().any(|rule| {
        let id = rule.id.as_str();
        old.meaning.hash(id) != new.meaning.hash(id) && new.rule(id).is_some_and(|new| new.version == rule.version)
    });
    let concerned = |rule: usize| new.rules.get(rule).is_some_and(|rule| ids.contains(rule.id.as_str()));
    let (pack, own): (Vec<Case>, Vec<Case>) = cases.into_iter().partition(|case| case.rule().is_none());
    let own: Vec<Case> = own.into_iter().filter(|case| case.rule().is_some_and(concerned)).collect();
    let fails = |cases: &[Case]| {
        let results = lab::run(cases, &new).unwrap();
        results.iter().any(|result| matches!(result.outcome, Outcome::Failed(_)))
    };
    // Cases of the pack cost most: they are asked where a rule's own say nothing.
    caught.test = fails(&own) || fails(&pack);
    let (old, new) = (only(old, &ids), only(&new, &ids));
    let terms = |set| Terms { set, lists: Arc::default(), capacity: 400 };
    let (a, b) = (sample.judge(&terms(&old)).unwrap(), sample.judge(&terms(&new)).unwrap());
    caught.baseline = Baseline::of(&a, &old).unwrap() != Baseline::of(&b, &new).unwrap();
    let diff = Diff::between((&old, &a), (&new, &b)).unwrap();
    // A changed meaning alone is what the lock sees; here it is the list or a finding that must differ.
    caught.diff = !diff.moves.is_empty() || diff.rules.iter().any(|rule| rule.turned != (0, 0));
    caught
}

#[test]
fn every_bad_change_is_caught_by_some_net() {
    let original = texts();
    let (old, remarks) = read(&original);
    let (old, sample) = (old.unwrap(), sample());
    let all: Vec<Caught> = CHANGES
        .par_iter()
        .map(|(file, from, to)| {
            let mut texts = original.clone();
            let path = format!("rules/{file}.toml");
            let (_, text) = texts.iter_mut().find(|(name, _)| *name == path).unwrap();
            let (from, to) = (plain(from), plain(to));
            assert!(text.contains(&from), "{file}: {from}");
            *text = text.replacen(&from, &to, 1);
            caught(&old, remarks, &texts, &sample)
        })
        .collect();
    let mut table = String::from("check test lock baseline diff\n");
    let mark = |caught: bool| if caught { "x" } else { "-" };
    for ((file, from, to), c) in CHANGES.iter().zip(&all) {
        let (check, test, lock) = (mark(c.check), mark(c.test), mark(c.lock));
        let (baseline, diff) = (mark(c.baseline), mark(c.diff));
        table
            .push_str(&format!("  {check}    {test}    {lock}      {baseline}      {diff}   {file}: {from} -> {to}\n"));
    }
    let count = |of: fn(&Caught) -> bool| all.iter().filter(|c| of(c)).count();
    table.push_str(&format!(
        "of {}: check {}, test {}, lock {}, baseline {}, diff {}\n",
        all.len(),
        count(|c| c.check),
        count(|c| c.test),
        count(|c| c.lock),
        count(|c| c.baseline),
        count(|c| c.diff)
    ));
    // `cargo test sabotage -- --nocapture` shows it.
    #[expect(clippy::print_stdout, reason = "the table is what this test is read for")]
    {
        println!("{table}");
    }
    assert!(all.len() >= 30);
    assert!(all.iter().all(|c| c.check || c.test), "before any data is looked at:\n{table}");
    assert!(all.iter().all(|c| *c != Caught::default()), "{table}");
    assert!(count(|c| c.baseline) >= 8, "{table}");
}
