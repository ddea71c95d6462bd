//! What a user of an invented office relies on, read back from the files it wrote.

mod files;
mod leaks;
mod people;
mod stories;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::OnceLock;

use chrono::NaiveDate;

use super::*;
use crate::schema::columns as c;

/// One line of `kebenaran.csv`.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Truth {
    number: String,
    side: String,
    kind: String,
    group: String,
    role: String,
    links: Vec<String>,
}

/// One application of the exports, by canonical column.
#[derive(Debug, Clone)]
struct Row {
    cells: BTreeMap<&'static str, String>,
    tonight: bool,
}

impl Row {
    /// The value of a cell; blank markers are no value.
    fn get(&self, column: &str) -> &str {
        match self.cells[column].as_str() {
            "-" | "TIDAK ADA" | "NIHIL" => "",
            value => value,
        }
    }

    fn date(&self, column: &str) -> Option<NaiveDate> {
        let text = self.get(column);
        (!text.is_empty()).then(|| NaiveDate::parse_from_str(text, "%Y-%m-%d").unwrap())
    }

    fn number(&self) -> &str {
        self.get(c::NOMOR_PERMOHONAN)
    }
}

/// An office read back.
struct Read {
    rows: Vec<Row>,
    truth: Vec<Truth>,
    summary: Summary,
    plan: Plan,
    _folder: tempfile::TempDir,
    dir: PathBuf,
}

impl Read {
    /// The kinds that the truth states of an application.
    fn kinds(&self) -> BTreeMap<&str, BTreeSet<&str>> {
        let mut kinds: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for truth in &self.truth {
            kinds.entry(&truth.number).or_default().insert(&truth.kind);
        }
        kinds
    }

    fn by_number(&self) -> BTreeMap<&str, &Row> {
        self.rows.iter().map(|row| (row.number(), row)).collect()
    }

    fn planted(&self) -> BTreeSet<&str> {
        self.truth.iter().filter(|t| t.side == "tanam").map(|t| t.number.as_str()).collect()
    }
}

fn day(y: i32, m: u32, d: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(y, m, d).unwrap()
}

fn invent(plan: Plan) -> Read {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("kantor");
    let summary = write(&plan, &dir, &mut |_| {}).unwrap();
    let columns: Vec<&'static str> = headers().map(|(_, column)| column).collect();
    let mut rows = Vec::new();
    for file in summary.files.iter().filter(|f| f.starts_with(folder::INBOX) || f.starts_with(folder::PAST)) {
        let mut reader = csv::Reader::from_path(dir.join(file)).unwrap();
        assert!(reader.headers().unwrap().iter().eq(headers().map(|(header, _)| header)));
        for record in reader.records() {
            let record = record.unwrap();
            let cells = columns.iter().copied().zip(record.iter().map(ToOwned::to_owned)).collect();
            rows.push(Row { cells, tonight: file.starts_with(folder::INBOX) });
        }
    }
    let truth = read_truth(&dir);
    Read { rows, truth, summary, plan, _folder: folder, dir }
}

fn read_truth(dir: &Path) -> Vec<Truth> {
    let mut reader = csv::Reader::from_path(dir.join(folder::TRUTH)).unwrap();
    let text = |record: &csv::StringRecord, at: usize| record[at].to_owned();
    let truth = |record: csv::StringRecord| Truth {
        number: text(&record, 0),
        side: text(&record, 1),
        kind: text(&record, 2),
        group: text(&record, 3),
        role: text(&record, 4),
        links: record[5].split(';').filter(|l| !l.is_empty()).map(ToOwned::to_owned).collect(),
    };
    reader.records().map(|record| truth(record.unwrap())).collect()
}

/// Two thousand applications in four months: the smallest office with every kind of story.
fn small() -> &'static Read {
    static OFFICE: OnceLock<Read> = OnceLock::new();
    OFFICE.get_or_init(|| invent(Plan::new(2_000, 120, 7, day(2026, 11, 2))))
}

/// Twenty thousand applications in a year and a half.
fn large() -> &'static Read {
    static OFFICE: OnceLock<Read> = OnceLock::new();
    OFFICE.get_or_init(|| invent(Plan::new(20_000, 540, 21, day(2026, 11, 2))))
}
