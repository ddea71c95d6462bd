//! Laws of the embedded tables and hand-checked samples.

use std::path::Path;

use chrono::{Days, NaiveDate};

use sha2::{Digest, Sha256};

use super::*;

fn date(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

fn keys(table: &Embedded) -> Vec<&'static str> {
    table.lines().map(|line| line.split(';').next().unwrap()).collect()
}

#[test]
fn records_have_as_many_fields_as_the_heading_and_keys_are_unique_and_sorted() {
    for table in TABLES {
        let columns = table.text.lines().nth(2).unwrap().split(';').count();
        for line in table.lines() {
            assert_eq!(line.split(';').count(), columns, "{}: {line}", table.name);
        }
        assert!(keys(table).is_sorted_by(|a, b| a < b), "{}", table.name);
    }
}

#[test]
fn every_record_becomes_an_entry() {
    let entries = |table: &Embedded| match table.name {
        "kanim" => kanim::all().count(),
        "libur" => (0..4748).filter(|day| libur::find(date(2015, 1, 1) + Days::new(*day)).is_some()).count(),
        "negara" => countries::code_entries().len(),
        "panggilan" => keys(table).into_iter().filter(|code| telepon::negara_panggilan(code).is_some()).count(),
        "pekerjaan" => pekerjaan::code_entries().len(),
        "telepon" => keys(table).into_iter().filter(|prefix| telepon::digits(prefix).is_some()).count(),
        "wilayah" => wilayah::provinces().count() + wilayah::kabkota().count() + wilayah::kecamatan().count(),
        other => panic!("{other}: count its entries here"),
    };
    for table in TABLES {
        assert_eq!(entries(table), table.describe().rows, "{}", table.name);
    }
}

#[test]
fn versions_are_sorted_and_their_hashes_are_those_of_the_files() {
    let versions = versions();
    assert!(versions.is_sorted_by(|a, b| a.name < b.name));
    for version in versions {
        let file =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("src/reference/data").join(format!("{}.csv", version.name));
        let bytes = std::fs::read(&file).unwrap();
        let hash: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(version.sha256, hash, "{}", version.name);
        assert!(!version.version.is_empty() && !version.source.is_empty(), "{}", version.name);
    }
}
