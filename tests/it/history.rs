//! History: what a night with a store finds is what a night over everything finds; a store loses nothing and says so.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::NaiveDate;
use saring::columns::{Catalog, Link, Tie};
use saring::diag::{Files, Report, Style, render_human};
use saring::expr::Value;
use saring::frame::View;
use saring::history::{CHANGES, Follow, LOOKS, Listed, Look, Looked, Store};
use saring::night::{self, Inputs, Night};
use saring::rules::{self, RuleSet};
use saring::schema::columns as c;
use saring::screening::{FollowUp, Settings};
use saring::source::{self, Options, Profile};
use saring::synth::{self, Plan};
use saring::{ErrorKind, lab};

/// Every kind of tie: a window and none, members and closing, one column and several, columns with stored hashes and
/// without, persons, families, a network with a cap so low that it bites, one with conditions.
const RULES: &str = r#"
[pack]
name = "riwayat"
family = "K"

[[field]]
name = "ponsel"
value = "case when umur < 60 then telepon.kunci end"
label = "Ponsel"
meaning = "telepon, kosong bagi lansia"

[[group]]
name = "telepon"
by = ["ponsel"]
window = "60d"
having = ["n >= 2"]
[group.measure]
n = "count(*)"
keluarga = "count(distinct keluarga)"
orang = "count(distinct orang)"

[[group]]
name = "akun"
by = ["id_akun_mpaspor"]
having = ["n >= 2"]
[group.measure]
n = "count(*)"
keluarga = "count(distinct keluarga)"

[[group]]
name = "jawaban"
by = ["maksud_perjalanan", "negara_tujuan", "lama_tinggal_hari"]
window = "20d"
having = ["n >= 2"]
[group.measure]
n = "count(*)"
keluarga = "count(distinct keluarga)"

[[group]]
name = "rumah"
by = ["alamat.kunci_rumah", "jenis_permohonan"]
window = "90d"
having = ["n >= 2"]
[group.measure]
n = "count(*)"

[[group]]
name = "orang_dulu"
by = ["orang"]
flag = "closing"
rows = "others"
having = ["n >= 1"]
[group.measure]
n = "count(*)"
ditunda = "count(*) filter (where status_permohonan in ('ditolak', 'ditangguhkan'))"

[[group]]
name = "ramai"
by = ["email.kunci"]
window = "50d"
having = ["keluarga >= 2"]
[group.measure]
keluarga = "count(distinct keluarga)"

[[group]]
name = "bukan_ramai"
by = ["penjamin.kunci"]
window = "70d"
where = ["ramai.keluarga is null"]
having = ["n >= 1"]
[group.measure]
n = "count(*)"
jaringan = "count(distinct jaringan.id)"

[[group]]
name = "orang_lain_nik"
by = ["orang"]
having = ["nik >= 2"]
[group.measure]
nik = "count(distinct nik)"

[[network]]
name = "jaringan"
keys = ["telepon.kunci", "email.kunci", "penjamin.kunci", "rekening_pembayar"]
window = "40d"
max_key = 4
[network.measure]
n = "count(*)"
keluarga = "count(distinct keluarga)"

[[network]]
name = "wisatawan"
keys = ["telepon.kunci", "alamat.kunci_rumah"]
max_key = 3
where = ["maksud_perjalanan = 'wisata'"]
[network.measure]
n = "count(*)"

[[rule]]
id = "K01"
version = 1
title = "x"
class = "B"
status = "shadow"
when = ["telepon.n >= 2 or akun.n >= 2 or jawaban.n >= 2 or rumah.n >= 2 or orang_dulu.n >= 1 or orang_lain_nik.nik >= 2 or jaringan.n >= 2 or wisatawan.n >= 2 or bukan_ramai.n >= 2"]
[[rule.outcome]]
points = 5
reason = "{telepon.keluarga} {telepon.orang} {akun.keluarga} {jawaban.keluarga} {orang_dulu.ditunda} {jaringan.keluarga} {jaringan.id|mask} {bukan_ramai.jaringan}"
"#;

fn rule_set(text: &str) -> RuleSet {
    let (mut files, mut report) = (Files::default(), Report::default());
    let set = rules::check_texts(&[("t.toml", text)], &Catalog::builtin(), &mut files, &mut report);
    set.unwrap_or_else(|| panic!("{}", render_human(&report, &files, Style::Plain)))
}

fn profile() -> Profile {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/profiles/simkim.toml");
    source::load_profile(&path, &mut Files::default(), &mut Report::default()).unwrap().unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// An invented office: tonight's export and those of the past.
fn office(seed: u64) -> (tempfile::TempDir, PathBuf, Vec<PathBuf>) {
    let folder = tempfile::tempdir().unwrap();
    synth::write(&Plan::new(2_200, 100, seed, day("2025-11-03")), folder.path(), &mut |_| {}).unwrap();
    let mut past: Vec<PathBuf> =
        std::fs::read_dir(folder.path().join("riwayat-awal")).unwrap().map(|e| e.unwrap().path()).collect();
    past.sort();
    let tonight = folder.path().join("masuk/2025-11-03.csv");
    (folder, tonight, past)
}

fn night(set: &RuleSet, profile: &Profile, files: &[PathBuf], history: Option<&Store>) -> Night {
    let options = Options::new(day("2025-11-03"));
    let settings = Settings { capacity: 1_000, control_per_mille: 0, key: Vec::new() };
    let lists = Arc::default();
    night::run(&Inputs {
        set,
        profile,
        files,
        options: &options,
        settings: &settings,
        shown: &[],
        history,
        follow: Some(&FollowUp { days: 20, capacity: 5, more: 15 }),
        lists: &lists,
    })
    .unwrap()
}

/// What the columns of groups and networks say of some applications, and which rules fire.
fn told(night: &Night, of: &dyn Fn(&str) -> bool) -> BTreeMap<String, Vec<String>> {
    let numbers = night.frame.text(c::NOMOR_PERMOHONAN).unwrap();
    let groups = [
        "telepon.",
        "akun.",
        "jawaban.",
        "rumah.",
        "orang_dulu.",
        "orang_lain_nik.",
        "jaringan.",
        "wisatawan.",
        "ramai.",
        "bukan_ramai.",
    ];
    let made = |name: &&str| groups.iter().any(|g| name.starts_with(g)) && *name != "telepon.kunci";
    let columns: Vec<&str> = night.frame.names().filter(made).collect();
    assert!(columns.len() >= 8, "{columns:?}");
    let mut told = BTreeMap::new();
    for row in 0..night.frame.rows() {
        let number = numbers.get(row).unwrap();
        if !of(number) {
            continue;
        }
        let mut values: Vec<String> = columns
            .iter()
            .map(|name| match night.frame.view(name).unwrap() {
                View::Text(view) => format!("{name} {:?}", view.get(row)),
                View::Number(view) => format!("{name} {:?}", view.get(row)),
                View::Bool(view) => format!("{name} {:?}", view.get(row)),
            })
            .collect();
        values.sort();
        values.push(format!("{} rules", night.hits.of_row(u32::try_from(row).unwrap()).len()));
        told.insert(number.to_owned(), values);
    }
    told
}

fn store(folder: &Path, profile: &Profile, files: &[PathBuf]) -> Store {
    let mut store = Store::open(folder).unwrap();
    for file in files {
        let intake =
            source::read(profile, std::slice::from_ref(file), &Options::new(day("2025-11-03")), &|_| Ok(())).unwrap();
        store.add(&intake.applications, day("2025-11-02")).unwrap();
    }
    store
}

#[test]
fn a_night_with_history_finds_what_a_night_over_everything_finds() {
    let (set, profile) = (rule_set(RULES), profile());
    let (mut tied, mut followed) = (0, 0);
    for seed in [1, 2, 3] {
        let (folder, tonight, past) = office(seed);
        let mut store = store(&folder.path().join("riwayat"), &profile, &past);
        judge(&mut store, &profile, &past);
        let files: Vec<PathBuf> = std::iter::once(tonight.clone()).chain(past).collect();
        let everything = night(&set, &profile, &files, None);
        let narrowed = night(&set, &profile, &[tonight], Some(&store));
        let numbers = narrowed.frame.text(c::NOMOR_PERMOHONAN).unwrap();
        let again = narrowed.again.as_ref().unwrap().rows.clone();
        followed += again.len();
        // Those that are looked at again are judged as tonight's are.
        let judged = narrowed.subjects.clone().chain(again);
        let tonights: Vec<&str> = judged.map(|row| numbers.get(row as usize).unwrap()).collect();
        let of = |number: &str| tonights.contains(&number);
        let (here, there) = (told(&narrowed, &of), told(&everything, &of));
        assert_eq!(here.len(), tonights.len());
        for (number, values) in &here {
            assert_eq!(values, &there[number], "seed {seed}, application {number}");
        }
        assert!(narrowed.past.rows < store.rows(), "narrowing took all {} rows", store.rows());
        tied += narrowed.past.rows;
    }
    assert!(tied > 50, "only {tied} rows of history were tied to anything");
    assert!(followed > 10, "only {followed} open applications were looked at again");
}

/// Keeps a look at every application of the past, as if each had been judged on its own night and found innocent.
fn judge(store: &mut Store, profile: &Profile, past: &[PathBuf]) {
    let intake = source::read(profile, past, &Options::new(day("2025-11-03")), &|_| Ok(())).unwrap();
    let frame = &intake.applications;
    let (numbers, days) = (frame.text(c::NOMOR_PERMOHONAN).unwrap(), frame.number(c::TANGGAL_PERMOHONAN).unwrap());
    let looked = |row: usize| {
        let filed = saring::calendar::date(days.get(row).unwrap()).unwrap();
        let look = Look { on: filed, points: 0, listed: Listed::No, rules: BTreeMap::new() };
        Looked { nomor_permohonan: numbers.get(row).unwrap().to_owned(), filed, look: Some(look) }
    };
    let all: Vec<Looked> = (0..frame.rows()).map(looked).collect();
    let mut by_night: BTreeMap<NaiveDate, Vec<Looked>> = BTreeMap::new();
    all.into_iter().for_each(|l| by_night.entry(l.filed).or_default().push(l));
    let nobody = frame.slice(0, 0);
    for (on, looked) in by_night.range(day("2025-10-10")..) {
        store.record(&nobody, *on, looked).unwrap();
    }
}

#[test]
fn a_store_is_the_same_however_it_was_filled() {
    let profile = profile();
    let (folder, _, past) = office(4);
    let one = folder.path().join("satu");
    let two = folder.path().join("dua");
    store(&one, &profile, &past);
    let backwards: Vec<PathBuf> = past.iter().rev().cloned().collect();
    store(&two, &profile, &backwards);
    // Once more, which changes nothing.
    store(&two, &profile, &past[..1]);
    let files = |root: &Path| -> BTreeMap<String, Vec<u8>> {
        let entries = std::fs::read_dir(root).unwrap().map(|e| e.unwrap());
        entries.map(|e| (e.file_name().to_string_lossy().into_owned(), std::fs::read(e.path()).unwrap())).collect()
    };
    assert!(files(&one) == files(&two), "{:?} {:?}", files(&one).keys(), files(&two).keys());
    #[cfg(unix)]
    for (name, _) in files(&one) {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(one.join(&name)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
}

/// Two applications by hand.
fn applications(status: &str, reason: Option<&str>) -> saring::frame::Frame {
    let day = |text: &str| Value::Date(saring::calendar::days(day(text)));
    let text = |t: &str| Value::Text(t.to_owned());
    let one = BTreeMap::from([
        (c::NOMOR_PERMOHONAN, text("9999000000000001")),
        (c::TANGGAL_PERMOHONAN, day("2025-10-30")),
        (c::NIK, text("1271995705900001")),
        (c::STATUS_PERMOHONAN, text(status)),
        (c::ALASAN_KEPUTUSAN, reason.map_or(Value::Null, text)),
        (c::CATATAN_WAWANCARA, text("rahasia")),
    ]);
    let two = BTreeMap::from([
        (c::NOMOR_PERMOHONAN, text("9999000000000002")),
        (c::TANGGAL_PERMOHONAN, day("2025-11-03")),
        (c::STATUS_PERMOHONAN, text("baru_masuk")),
    ]);
    lab::frame_of(&vec![one, two]).unwrap()
}

#[test]
fn a_later_export_replaces_and_what_changed_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(folder.path()).unwrap();
    let added = store.add(&applications("wawancara", None), day("2025-11-03")).unwrap();
    assert_eq!((added.new, added.changed, added.same), (2, 0, 0));
    let added = store.add(&applications("ditolak", Some("pmi_np")), day("2025-11-05")).unwrap();
    assert_eq!((added.new, added.changed, added.same), (0, 1, 1));
    // What an older export says comes too late.
    let added = store.add(&applications("wawancara", None), day("2025-11-04")).unwrap();
    assert_eq!((added.new, added.changed, added.same), (0, 0, 2));
    let store = Store::open(folder.path()).unwrap();
    let months: Vec<(&str, usize)> = store.months().iter().map(|m| (m.month.as_str(), m.rows)).collect();
    assert_eq!(months, [("2025-10", 1), ("2025-11", 1)]);
    let seed = BTreeMap::from([
        (c::NOMOR_PERMOHONAN, Value::Text("9999000000000003".to_owned())),
        (c::TANGGAL_PERMOHONAN, Value::Date(saring::calendar::days(day("2025-11-06")))),
        (c::NIK, Value::Text("1271995705900001".to_owned())),
    ]);
    let tonight = lab::frame_of(&vec![seed]).unwrap();
    let found = store
        .narrow(&tonight, &[by_nik()], &[c::STATUS_PERMOHONAN, CHANGES, c::CATATAN_WAWANCARA], day("2025-11-06"), None)
        .unwrap()
        .company;
    assert_eq!((found.rows(), found.text(c::STATUS_PERMOHONAN).unwrap().get(0)), (1, Some("ditolak")));
    assert_eq!(
        found.text(CHANGES).unwrap().get(0),
        Some("status_permohonan: wawancara > ditolak (2025-11-05);alasan_keputusan (2025-11-05)")
    );
    assert!(!found.has(c::CATATAN_WAWANCARA), "an officer's note is kept");
    let before = store.narrow(&tonight, &[by_nik()], &[], day("2025-10-29"), None).unwrap().company;
    assert_eq!(before.rows(), 0, "what is filed after the reference date is not history yet");
}

#[test]
fn damage_is_named_by_month_and_nothing_is_misread() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    Store::open(root).unwrap().add(&applications("wawancara", None), day("2025-11-03")).unwrap();
    let file =
        |month: &str| root.join(&Store::open(root).unwrap().months().iter().find(|m| m.month == month).unwrap().file);
    let october = file("2025-10");
    let bytes = std::fs::read(&october).unwrap();
    let refused = |what: &str| {
        let error = Store::open(root).unwrap().verify().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Reference, "{what}");
        assert!(error.to_string().contains("2025-10"), "{what}: {error}");
        assert!(Store::open(root).unwrap().add(&applications("terbit", None), day("2025-11-09")).is_err(), "{what}");
    };
    let mut bent = bytes.clone();
    let middle = bent.len() / 2;
    bent[middle] ^= 1;
    std::fs::write(&october, &bent).unwrap();
    refused("one bit");
    std::fs::remove_file(&october).unwrap();
    refused("gone");
    std::fs::write(&october, &bytes).unwrap();
    assert!(Store::open(root).unwrap().verify().is_ok(), "put back, it is whole again");
    let index = root.join("isi.json");
    let text = std::fs::read_to_string(&index).unwrap();
    for (version, advice) in [("2", "older version"), ("4", "that wrote it")] {
        let other = text.replace("\"schema_version\": 3", &format!("\"schema_version\": {version}"));
        std::fs::write(&index, other).unwrap();
        let error = Store::open(root).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Reference);
        assert!(format!("{error} {}", error.advice().unwrap()).contains(advice), "{error}");
    }
    std::fs::write(&index, "{").unwrap();
    assert_eq!(Store::open(root).unwrap_err().kind(), ErrorKind::Reference);
}

/// Of the file that a night reads only parts are read, so each is compared by itself.
#[test]
fn whatever_byte_is_bent_a_night_refuses_or_reads_what_was_written() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    Store::open(root).unwrap().add(&applications("wawancara", None), day("2025-11-03")).unwrap();
    let tonight = BTreeMap::from([
        (c::NOMOR_PERMOHONAN, Value::Text("9999000000000003".to_owned())),
        (c::TANGGAL_PERMOHONAN, Value::Date(saring::calendar::days(day("2025-11-06")))),
        (c::NIK, Value::Text("1271995705900001".to_owned())),
    ]);
    let tonight = lab::frame_of(&vec![tonight]).unwrap();
    let read = || {
        let store = Store::open(root).unwrap();
        store.narrow(&tonight, &[by_nik()], &[c::STATUS_PERMOHONAN, c::NIK], day("2025-11-06"), None)
    };
    let expected = read().unwrap().company;
    assert_eq!(expected.rows(), 1);
    let october = Store::open(root).unwrap().months()[0].clone();
    let beside = root.join(&october.rows_file.file);
    let bytes = std::fs::read(&beside).unwrap();
    let (mut refused, mut same) = (0, 0);
    for at in (0..bytes.len()).step_by(23).chain(bytes.len() - 12..bytes.len()) {
        let mut bent = bytes.clone();
        bent[at] ^= 0x21;
        std::fs::write(&beside, bent).unwrap();
        match read() {
            Ok(found) => {
                assert_eq!(found.company.sha256(), expected.sha256(), "byte {at}");
                same += 1;
            }
            Err(error) => {
                assert!(error.kind() == ErrorKind::Reference && error.to_string().contains("2025-10"), "{error}");
                refused += 1;
            }
        }
    }
    assert!(refused > 30 && same > 5, "{refused} refused, {same} as before: keys that nobody asked for");
    assert!(Store::open(root).unwrap().verify().is_err(), "verifying reads every byte");
    std::fs::write(&beside, &bytes[..bytes.len() - 1]).unwrap();
    assert!(read().is_err(), "cut");
    std::fs::write(&beside, &bytes).unwrap();
    std::fs::remove_file(root.join(&october.file)).unwrap();
    assert!(read().is_err(), "the Parquet file is gone, though a night does not read it");
}

#[test]
fn a_cut_in_the_middle_leaves_the_old_store() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let mut store = Store::open(root).unwrap();
    store.add(&applications("wawancara", None), day("2025-11-03")).unwrap();
    // What a power cut leaves: a new file that no index names, and an index half written.
    std::fs::write(root.join("2025-11-00000000.parquet"), b"half").unwrap();
    std::fs::write(root.join("2025-11-00000000.baris"), b"half").unwrap();
    std::fs::write(root.join(".sedang-isi.json"), b"{").unwrap();
    let store_again = Store::open(root).unwrap();
    assert_eq!(store_again.rows(), 2);
    store_again.verify().unwrap();
    Store::open(root).unwrap().add(&applications("terbit", None), day("2025-11-09")).unwrap();
    assert!(!root.join("2025-11-00000000.baris").exists());
    assert!(!root.join("2025-11-00000000.parquet").exists() && !root.join(".sedang-isi.json").exists());
}

#[test]
fn a_purge_says_first_what_it_removes_and_leaves_a_tombstone() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(folder.path()).unwrap();
    store.add(&applications("wawancara", None), day("2025-11-03")).unwrap();
    let before = day("2025-11-01");
    assert_eq!(store.plan_purge(before).unwrap(), [("2025-10".to_owned(), 1)]);
    assert_eq!(store.rows(), 2, "a plan removes nothing");
    assert_eq!(store.purge(before, day("2025-11-20")).unwrap(), 1);
    let store = Store::open(folder.path()).unwrap();
    assert_eq!((store.rows(), store.purges().len(), store.purges()[0].rows), (1, 1, 1));
    let left: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert!(!left.iter().any(|n| n.to_string_lossy().starts_with("2025-10")), "{left:?}");
}

/// One application by hand.
fn application(number: &str, filed: &str, status: &str) -> saring::frame::Frame {
    let text = |t: &str| Value::Text(t.to_owned());
    lab::frame_of(&vec![BTreeMap::from([
        (c::NOMOR_PERMOHONAN, text(number)),
        (c::TANGGAL_PERMOHONAN, Value::Date(saring::calendar::days(day(filed)))),
        (c::NIK, text("1271995705900001")),
        (c::STATUS_PERMOHONAN, text(status)),
    ])])
    .unwrap()
}

fn months(store: &Store) -> Vec<(&str, usize)> {
    store.months().iter().map(|month| (month.month.as_str(), month.rows)).collect()
}

/// Applications with one NIK belong together.
fn by_nik() -> Link {
    Link::new("nik", Tie { columns: vec![c::NIK.to_owned()], width: None, spreads: None, every: true })
}

#[test]
fn an_application_whose_day_moves_to_another_month_stands_in_one() {
    const NUMBER: &str = "9999000000000001";
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(folder.path()).unwrap();
    store.add(&application(NUMBER, "2025-10-31", "wawancara"), day("2025-10-31")).unwrap();
    store.add(&application("9999000000000002", "2025-10-30", "wawancara"), day("2025-10-31")).unwrap();
    let added = store.add(&application(NUMBER, "2025-11-01", "wawancara"), day("2025-11-03")).unwrap();
    assert_eq!((added.new, added.changed, added.same), (0, 1, 0));
    assert_eq!(months(&store), [("2025-10", 1), ("2025-11", 1)]);
    assert_eq!(store.find(&[NUMBER].into(), &[c::TANGGAL_PERMOHONAN]).unwrap().rows(), 1);
    // An older export that still has the old day comes too late.
    let added = store.add(&application(NUMBER, "2025-10-31", "wawancara"), day("2025-11-02")).unwrap();
    assert_eq!((added.new, added.changed, added.same), (0, 0, 1));
    assert_eq!(months(&store), [("2025-10", 1), ("2025-11", 1)]);
    // The last of a month leaves no month behind, and what changed is told.
    store.add(&application("9999000000000002", "2025-11-02", "wawancara"), day("2025-11-04")).unwrap();
    assert_eq!(months(&store), [("2025-11", 2)]);
    let tonight = application("9999000000000003", "2025-11-05", "wawancara");
    let past = store.narrow(&tonight, &[by_nik()], &[CHANGES], day("2025-11-05"), None).unwrap().company;
    let changes = past.text(CHANGES).unwrap();
    assert_eq!(changes.get(0), Some("tanggal_permohonan: 2025-10-31 > 2025-11-01 (2025-11-03)"));
    store.verify().unwrap();
    assert_eq!(months(&Store::open(folder.path()).unwrap()), months(&store));
}

#[test]
fn looks_are_kept_through_changes_and_a_night_does_not_see_its_own() {
    const NUMBER: &str = "9999000000000001";
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(folder.path()).unwrap();
    let look = |on: &str, points| Look { on: day(on), points, listed: Listed::No, rules: BTreeMap::new() };
    let looked = |look: Option<Look>| Looked { nomor_permohonan: NUMBER.to_owned(), filed: day("2025-10-31"), look };
    let first = application(NUMBER, "2025-10-31", "baru_masuk");
    store.record(&first, day("2025-10-31"), &[looked(Some(look("2025-10-31", 3)))]).unwrap();
    // The same night again changes no byte; another outcome of it takes the place of the first.
    let before = std::fs::read(folder.path().join("isi.json")).unwrap();
    store.record(&first, day("2025-10-31"), &[looked(Some(look("2025-10-31", 3)))]).unwrap();
    assert!(std::fs::read(folder.path().join("isi.json")).unwrap() == before);
    store.record(&first, day("2025-10-31"), &[looked(Some(look("2025-10-31", 4)))]).unwrap();
    store.add(&application(NUMBER, "2025-10-31", "wawancara"), day("2025-11-01")).unwrap();
    let tonight = application("9999000000000003", "2025-11-03", "wawancara");
    let followed = |store: &Store, as_of: &str| {
        let follow = Follow { since: day("2025-10-20"), columns: &[c::STATUS_PERMOHONAN] };
        store.narrow(&tonight, &[by_nik()], &[], day(as_of), Some(&follow)).unwrap()
    };
    let now = followed(&store, "2025-11-03");
    assert_eq!((now.followed.rows(), now.company.rows(), &now.looks), (1, 0, &vec![vec![look("2025-10-31", 4)]]));
    assert_eq!(now.followed.text(LOOKS).unwrap().get(0), Some("2025-10-31 4 -"));
    // On its own night nobody had looked at it before: it is company.
    let own = followed(&store, "2025-10-31");
    assert_eq!((own.followed.rows(), own.company.rows(), own.arrived), (0, 1, vec![None]));
    store.record(&first.slice(0, 0), day("2025-11-03"), &[looked(Some(look("2025-11-03", 9)))]).unwrap();
    assert_eq!(followed(&store, "2025-11-03").looks, now.looks, "what this night said itself the first time");
    store.record(&first.slice(0, 0), day("2025-11-03"), &[looked(None)]).unwrap();
    assert_eq!(followed(&store, "2025-11-04").looks, now.looks, "taken back by a later run");
    for decided in ["terbit", "ditangguhkan", "ditolak", "dibatalkan", "ditarik", "diserahkan"] {
        store.add(&application(NUMBER, "2025-10-31", decided), day("2025-11-04")).unwrap();
        assert_eq!(followed(&store, "2025-11-05").followed.rows(), 0, "{decided}");
    }
}

#[test]
fn a_store_of_an_older_layout_is_refused_with_advice_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    Store::open(root).unwrap().add(&applications("wawancara", None), day("2025-11-03")).unwrap();
    let path = root.join("isi.json");
    let mut index: serde_json::Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
    for version in [1, 2] {
        index["schema_version"] = version.into();
        std::fs::write(&path, index.to_string()).unwrap();
        let error = Store::open(root).unwrap_err();
        assert!(error.to_string().contains("older version of saring"), "{error}");
        assert!(error.advice().is_some());
        assert_eq!(std::fs::read_to_string(&path).unwrap(), index.to_string());
    }
}

#[test]
fn what_lies_beyond_the_keeping_of_an_office_is_told_and_removed_only_when_asked() {
    use crate::support::office::{Office, command, run, text};
    let office = Office::invent("keeping", 30);
    let settings = office.folder.join("saring.toml");
    let plain = std::fs::read_to_string(&settings).unwrap();
    let keep = |length: &str| {
        let line = format!("path = \"riwayat\"\nkeep = \"{length}\"\n");
        std::fs::write(&settings, plain.replace("path = \"riwayat\"\n", &line)).unwrap();
    };
    let history = |verb: &str, as_of: &str, more: &[&str]| {
        run(command().args(["history", verb, "--as-of", as_of, "--office", text(&office.folder)]).args(more))
    };
    office.screen(&[]).ends(0);
    assert!(history("purge", "2035-11-04", &[]).ends(2).err.contains("`keep = \"10y\"`"), "nothing says from when");
    keep("10y");
    assert!(history("status", "2035-11-03", &[]).ends(0).out.contains("none was filed before 2025-11-03"));
    let told = history("status", "2035-11-04", &[]).ends(0).out;
    assert!(told.contains("30 applications filed before 2025-11-04 are beyond that"), "{told}");
    let mut screen = command();
    screen.args(["screen", "--as-of", "2035-11-04", "--force", "--office", text(&office.folder)]);
    let ran = run(&mut screen);
    assert!(ran.out.contains("reaches back to 2025-11-03, kept are 10 years"), "{}{}", ran.out, ran.err);
    let plan = history("purge", "2035-11-04", &[]).ends(0).out;
    assert!(plan.contains("30 applications filed before 2025-11-04 would be removed"), "{plan}");
    assert!(history("status", "2035-11-04", &[]).ends(0).out.contains("30 applications in 1 months"), "still there");
    assert!(history("purge", "2035-11-04", &["--yes"]).ends(0).out.contains("are removed; 0 are left"));
    keep("10 years");
    let ran = history("status", "2035-11-04", &[]).ends(2);
    assert!(ran.err.contains("K001") && ran.err.contains("`10y`"), "{}", ran.err);
}
