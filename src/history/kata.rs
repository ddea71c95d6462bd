//! How many applicants of the past have each word of a name: what makes a clan name that every tenth of them bears say less
//! here than it says in the country as a whole.
//!
//! The past is counted up to the month before the last one, so that applications still on their way change nothing, and
//! counted again only when it has grown by half. So frequencies, and the lists kept ready with them, hold for months, and
//! they follow from what the store holds alone, not from when it was looked at. The counts are kept beside the index under a
//! hash over the files they were made of; whatever is wrong with them, the months are counted again.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use chrono::{Datelike, NaiveDate};
use xxhash_rust::xxh3::{Xxh3, xxh3_128};

use super::files;
use super::index::Month;
use crate::Result;
use crate::matching::{Counted, ENOUGH};
use crate::schema::columns::NAMA_LENGKAP;

/// Where the counts are kept.
const FILE_NAME: &str = "kata.csv";

/// What the counts are made of, as their file says it.
const HEADING: &str = "saring kata 1";

/// The words of the applicants of the past as of a day; nothing where there are too few to say how rare a word is.
pub(super) fn counted(root: &Path, months: &[Month], as_of: NaiveDate) -> Result<Option<Counted>> {
    let months = taken(months, as_of);
    if months.is_empty() {
        return Ok(None);
    }
    let key = key(months);
    if let Some(kept) = fs::read_to_string(root.join(FILE_NAME)).ok().and_then(|text| read(&text, key)) {
        return Ok(Some(kept));
    }
    let mut counted = Counted::default();
    for month in months {
        let frame = files::read(root, month, &[NAMA_LENGKAP.to_owned()])?;
        let names = frame.text(NAMA_LENGKAP)?;
        counted.add(&(0..frame.rows()).filter_map(|row| names.get(row)).collect::<Vec<_>>());
    }
    // A store that cannot be written to is no reason to fail: the counts are there.
    let _ = files::replace(root, FILE_NAME, written(&counted, key).as_bytes());
    Ok(Some(counted))
}

/// Forgets what was counted: of applications that are removed nothing is to stay.
pub(super) fn forget(root: &Path) {
    // Where there is no file there is nothing to forget; one that cannot be removed holds no more than five people share.
    let _ = fs::remove_file(root.join(FILE_NAME));
}

/// The months that are counted: enough applications, then half as many again, and so on as far as the past reaches.
fn taken(months: &[Month], as_of: NaiveDate) -> &[Month] {
    let this_month = as_of.with_day(1).unwrap_or(as_of);
    let until = this_month.checked_sub_months(chrono::Months::new(1)).unwrap_or(this_month);
    let (mut rows, mut least, mut taken) = (0_u64, ENOUGH, 0);
    for (at, month) in months.iter().enumerate().take_while(|(_, month)| month.last < until) {
        rows += month.rows as u64;
        if rows >= least {
            (least, taken) = (rows + rows / 2, at + 1);
        }
    }
    months.get(..taken).unwrap_or_default()
}

fn key(months: &[Month]) -> u128 {
    let mut hash = Xxh3::new();
    // How names are read may change with the program.
    hash.update(env!("CARGO_PKG_VERSION").as_bytes());
    months.iter().for_each(|month| hash.update(month.xxh3.as_bytes()));
    hash.digest128()
}

fn written(counted: &Counted, key: u128) -> String {
    let mut text = format!("{HEADING},{key:032x},{}\n", counted.names);
    for (word, count) in counted.words() {
        // Writing into a String cannot fail.
        let _ = writeln!(text, "{word},{count}");
    }
    let hash = xxh3_128(text.as_bytes());
    let _ = writeln!(text, "{hash:032x}");
    text
}

fn read(text: &str, key: u128) -> Option<Counted> {
    let (body, hash) = text.strip_suffix('\n')?.rsplit_once('\n')?;
    if format!("{:032x}", xxh3_128(format!("{body}\n").as_bytes())) != hash {
        return None;
    }
    let mut lines = body.lines();
    let names = lines.next()?.strip_prefix(&format!("{HEADING},{key:032x},"))?.parse().ok()?;
    let word = |line: &str| line.split_once(',').and_then(|(word, n)| Some((word.to_owned(), n.parse().ok()?)));
    Counted::of_words(names, lines.map(word).collect::<Option<_>>()?)
}

#[cfg(test)]
mod tests {
    use super::super::index::RowsFile;
    use super::*;

    fn month(name: &str, rows: usize) -> Month {
        let day = |day: u32| NaiveDate::parse_from_str(&format!("{name}-{day:02}"), "%Y-%m-%d").unwrap();
        Month {
            month: name.to_owned(),
            file: format!("{name}.parquet"),
            rows,
            first: day(1),
            last: day(28),
            bytes: 0,
            xxh3: name.to_owned(),
            rows_file: RowsFile { file: String::new(), bytes: 0, xxh3: String::new() },
        }
    }

    #[test]
    fn the_past_is_counted_again_only_when_it_has_grown_by_half() {
        let months: Vec<Month> =
            (1..=12).map(|n| month(&format!("2025-{n:02}"), if n == 1 { 12_000 } else { 9_000 })).collect();
        // With February 21,000 are enough; 31,500 are reached in April with 39,000, 58,500 in July with 66,000.
        for (as_of, count) in [
            ("2025-02-28", 0),
            ("2025-03-31", 0),
            ("2025-04-01", 2),
            ("2025-05-31", 2),
            ("2025-06-01", 4),
            ("2025-08-31", 4),
            ("2025-09-01", 7),
            ("2025-12-31", 7),
        ] {
            assert_eq!(taken(&months, as_of.parse().unwrap()).len(), count, "{as_of}");
        }
        // 99,000 are reached in November with 102,000.
        assert_eq!(taken(&months, "2026-01-01".parse().unwrap()).len(), 11);
    }

    #[test]
    fn counts_are_kept_under_what_they_were_made_of_and_not_used_when_they_are_damaged() {
        let mut counted = Counted::default();
        counted.add(&["SITI AMINAH"; 30]);
        let text = written(&counted, 7);
        let words =
            |kept: Counted| (kept.names, kept.words().map(|(word, n)| (word.to_owned(), n)).collect::<Vec<_>>());
        assert_eq!(read(&text, 7).map(words), Some(words(counted)));
        assert!(read(&text, 8).is_none());
        for cut in 0..text.len() {
            assert!(read(&text[..cut], 7).is_none(), "{cut}");
        }
        assert!(read(&text.replace("30\n", "31\n"), 7).is_none());
    }
}
