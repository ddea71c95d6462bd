//! A night finds the same with and without the index of keys, whatever became of the store and of the index.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use chrono::{Days, NaiveDate};

use super::*;
use crate::columns::Tie;
use crate::expr::Value;
use crate::lab::frame_of;
use crate::schema::columns::{
    ID_AKUN_MPASPOR, JADWAL_LAYANAN, MAKSUD_PERJALANAN, NIK, NOMOR_KK, REKENING_PEMBAYAR, STATUS_PERMOHONAN,
    TANGGAL_PERMOHONAN,
};
use crate::seeded::Numbers;

const INDEX: &str = "kunci.indeks";

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Applications `from..to` of an invented office: filed over 400 days, with keys that few have, some have and many have.
fn applications(numbers: &mut Numbers, range: std::ops::Range<usize>, status: &str) -> Frame {
    let text = |text: String| Value::Text(text);
    let one = |at: usize| {
        let filed = day("2024-10-01") + Days::new(numbers.below(400) as u64);
        let mut key = |of: &str, n: usize, most: usize| match numbers.below(8) < n {
            true => text(format!("{of}{:014}", numbers.below(most))),
            false => Value::Null,
        };
        BTreeMap::from([
            (NOMOR_PERMOHONAN, text(format!("9999{at:012}"))),
            (NIK, key("12", 7, 900)),
            (NOMOR_KK, key("13", 4, 1_500)),
            (REKENING_PEMBAYAR, key("", 5, 500)),
            (ID_AKUN_MPASPOR, key("a", 3, 4)),
            (MAKSUD_PERJALANAN, Value::Text(["wisata", "umrah"][at % 2].to_owned())),
            (JADWAL_LAYANAN, Value::Date(crate::calendar::days(filed) + 7)),
            (TANGGAL_PERMOHONAN, Value::Date(crate::calendar::days(filed))),
            (STATUS_PERMOHONAN, text(status.to_owned())),
        ])
    };
    frame_of(&range.map(one).collect()).unwrap()
}

/// A tie and the sources that are read of what it finds.
fn link(source: &str, columns: &[&str], days: Option<i64>, spreads: Option<usize>, then: &[&str]) -> Link {
    let tie = Tie {
        columns: columns.iter().map(|column| (*column).to_owned()).collect(),
        width: days.map(|days| days * crate::calendar::DAY_MS),
        spreads,
        every: days.is_none(),
    };
    let mut link = Link::new(source, tie);
    link.then.extend(then.iter().map(|then| (*then).to_owned()));
    link
}

fn links() -> Vec<Link> {
    vec![
        link("orang", &[NIK], None, Some(5), &[]),
        link("kartu", &[NOMOR_KK], None, None, &["orang"]),
        link("jaringan", &[REKENING_PEMBAYAR], Some(40), Some(4), &["akun"]),
        link("akun", &[ID_AKUN_MPASPOR], Some(3), None, &[]),
        link("sesi", &[ID_AKUN_MPASPOR, JADWAL_LAYANAN], None, None, &["kartu"]),
        link("maksud", &[MAKSUD_PERJALANAN, REKENING_PEMBAYAR], Some(90), None, &["jaringan", "orang"]),
    ]
}

/// What a night finds; nothing where history is refused.
fn found(root: &Path, tonight: &Frame, links: &[Link], followed: bool) -> Option<[String; 4]> {
    let as_of = day("2025-10-20");
    let follow = Follow { since: day("2025-09-20"), columns: &[STATUS_PERMOHONAN, NIK] };
    let store = Store::open(root).unwrap();
    let told = store.narrow(tonight, links, &[NIK, STATUS_PERMOHONAN], as_of, followed.then_some(&follow)).ok()?;
    let rows = format!("{} {}", told.company.rows(), told.followed.rows());
    let apart = format!("{:?} {:?}", told.arrived, told.looks);
    Some([rows, told.company.sha256(), told.followed.sha256(), apart])
}

/// Compares a night with the index, or what is left of it, with one without. Returns how many rows there were.
fn same_without(root: &Path, tonight: &Frame, links: &[Link], told: &str) -> String {
    let (index, aside) = (root.join(INDEX), root.join("aside"));
    let mut rows = String::new();
    for followed in [true, false] {
        let bytes = fs::read(&index).ok();
        let with = found(root, tonight, links, followed);
        // One that turned out to be damaged is gone.
        let there = fs::rename(&index, &aside).is_ok();
        let without = found(root, tonight, links, followed);
        assert_eq!(with, without, "{told}, followed {followed}");
        if there {
            fs::rename(&aside, &index).unwrap();
        } else if let Some(bytes) = bytes {
            fs::write(&index, bytes).unwrap();
        }
        if followed {
            rows = with.unwrap()[0].clone();
        }
    }
    rows
}

#[test]
fn a_night_finds_the_same_with_and_without_the_index() {
    for seed in [1, 2] {
        let folder = tempfile::tempdir().unwrap();
        let (root, mut numbers) = (folder.path(), Numbers(seed));
        let mut store = Store::open(root).unwrap();
        let past = applications(&mut numbers, 0..1_400, "wawancara");
        store.add(&past, day("2025-10-01")).unwrap();
        let look = Look { on: day("2025-10-10"), points: 1, listed: Listed::No, rules: BTreeMap::new() };
        let (filed, names) = (past.number(TANGGAL_PERMOHONAN).unwrap(), past.text(NOMOR_PERMOHONAN).unwrap());
        let looked = (0..past.rows()).map(|row| Looked {
            nomor_permohonan: names.get(row).unwrap().to_owned(),
            filed: crate::calendar::date(filed.get(row).unwrap()).unwrap(),
            look: Some(look.clone()),
        });
        store.record(&past.slice(0, 0), day("2025-10-10"), &looked.collect::<Vec<_>>()).unwrap();
        lookup::make(root, store.months()).unwrap();
        assert_eq!(store.indexed(), store.rows());
        // Some of tonight's are in history already.
        let tonight = applications(&mut numbers, 1_390..1_420, "baru_masuk");
        let rows = same_without(root, &tonight, &links(), "as made");
        let taken: usize = rows.split(' ').map(|n| n.parse::<usize>().unwrap()).sum();
        assert!(rows.split(' ').all(|n| n != "0") && taken < 1_300, "{rows}");
        let no_key = |then: &[&str]| link("akun", &[MAKSUD_PERJALANAN], Some(3), None, then);
        same_without(root, &tonight, &[no_key(&["orang"]), links()[0].clone()], "a tie without a key");
        let needed = link("orang", &[NIK], None, Some(5), &["akun"]);
        same_without(root, &tonight, &[no_key(&[]), needed], "a tie without a key from rows of any day");
        // Months that changed, and one that is new.
        store.add(&applications(&mut numbers, 1_300..1_600, "terbit"), day("2025-10-12")).unwrap();
        assert!(store.indexed() < store.rows());
        same_without(root, &tonight, &links(), "months changed");
        let spoilt = |told: &str, spoil: &dyn Fn(&mut Vec<u8>)| {
            let good = fs::read(root.join(INDEX)).unwrap();
            let mut bytes = good.clone();
            spoil(&mut bytes);
            fs::write(root.join(INDEX), bytes).unwrap();
            same_without(root, &tonight, &links(), told);
            fs::write(root.join(INDEX), good).unwrap();
        };
        lookup::make(root, store.months()).unwrap();
        let len = fs::read(root.join(INDEX)).unwrap().len();
        for _ in 0..12 {
            let at = numbers.below(len);
            spoilt(&format!("byte {at} of {len} bent"), &|bytes| bytes[at] ^= 0x10);
        }
        for at in [0, 7, len / 2, len - 1] {
            spoilt(&format!("cut after {at}"), &|bytes| bytes.truncate(at));
        }
    }
}

#[test]
fn the_index_is_what_is_read_and_a_damaged_one_is_thrown_away() {
    let folder = tempfile::tempdir().unwrap();
    let (root, mut numbers) = (folder.path(), Numbers(9));
    let mut store = Store::open(root).unwrap();
    store.add(&applications(&mut numbers, 0..900, "wawancara"), day("2025-10-01")).unwrap();
    lookup::make(root, store.months()).unwrap();
    let tonight = applications(&mut numbers, 900..930, "baru_masuk");
    let before = found(root, &tonight, &links(), false).unwrap();
    // Spoil every hash beside the months, which is what scanning would read: of the file only rows are read now.
    for month in store.months() {
        let path = root.join(&month.rows_file.file);
        let mut bytes = fs::read(&path).unwrap();
        let head = bytes.windows(8).position(|part| part == crate::calendar::days(month.first).to_le_bytes()).unwrap();
        bytes[head + month.rows * 8 + 3] ^= 1;
        fs::write(&path, bytes).unwrap();
    }
    assert_eq!(found(root, &tonight, &links(), false), Some(before));
    // All rows bent: the night falls back on scanning, which finds the months spoilt, and nobody reads the index again.
    let mut bytes = fs::read(root.join(INDEX)).unwrap();
    bytes.iter_mut().take(200_000).for_each(|byte| *byte ^= 0x55);
    fs::write(root.join(INDEX), bytes).unwrap();
    assert_eq!(found(root, &tonight, &links(), false), None);
    assert!(!root.join(INDEX).exists());
}

#[test]
fn who_is_purged_leaves_no_hash_behind() {
    let folder = tempfile::tempdir().unwrap();
    let (root, mut numbers) = (folder.path(), Numbers(4));
    let mut store = Store::open(root).unwrap();
    let past = applications(&mut numbers, 0..200, "wawancara");
    store.add(&past, day("2025-10-01")).unwrap();
    lookup::make(root, store.months()).unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(root.join(INDEX)).unwrap().permissions().mode() & 0o777, 0o600);
    }
    let (names, filed) = (past.text(NOMOR_PERMOHONAN).unwrap(), past.number(TANGGAL_PERMOHONAN).unwrap());
    let before = day("2025-03-10");
    let goes = |row: usize| filed.get(row).unwrap() < crate::calendar::days(before);
    let hash = |row: usize| keys::of_text(names.get(row).unwrap()).to_le_bytes();
    let holds = |row: usize| {
        let files = fs::read_dir(root).unwrap().map(|entry| fs::read(entry.unwrap().path()).unwrap());
        files.into_iter().any(|bytes| bytes.windows(8).any(|part| part == hash(row)))
    };
    let (gone, stays) = ((0..200).find(|row| goes(*row)).unwrap(), (0..200).find(|row| !goes(*row)).unwrap());
    assert!(holds(gone) && holds(stays));
    // What a power cut leaves of an index that was being made holds them too.
    fs::copy(root.join(INDEX), root.join(format!(".sedang-{INDEX}"))).unwrap();
    assert!(store.purge(before, day("2025-10-20")).unwrap() > 0);
    assert!(!holds(gone) && holds(stays));
}
