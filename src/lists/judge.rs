//! Whether a list can be relied on tonight.

use std::collections::BTreeMap;
use std::path::Path;

use chrono::NaiveDate;

use super::fault::{Refused, Remarked};
use super::{Account, Entry, Field, Kind, ListSpec, book};
use crate::matching::Names;
use crate::schema::columns::{NIK, TELEPON};
use crate::text::fold;
use crate::text::nama::normal_word;
use crate::{Result, calendar};

/// The day a list was made: as it says itself, or as its file is called.
#[must_use]
pub fn made_on(account: &Account) -> Option<NaiveDate> {
    let name = account.path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    account.made_on.or_else(|| book::stamp(&name))
}

/// Refuses a list that must not be relied on, and says what is remarkable about one that may: code and sentence.
pub fn judge(
    spec: &ListSpec,
    account: &Account,
    entries: &[Entry],
    names: &Names,
    as_of: NaiveDate,
) -> Result<Vec<(Remarked, String)>> {
    let (path, name) = (&account.path, &spec.name);
    let rows = account.entries;
    if rows < spec.min_rows.max(1) {
        let message = match rows {
            0 => format!("list `{name}` has no usable entry"),
            _ => format!("list `{name}` has {rows} entries, fewer than the {} it promises", spec.min_rows),
        };
        return Err(Refused::Empty.error(path, message).help("ask the sender for the list again"));
    }
    let mut remarks = Vec::new();
    match (spec.max_age, made_on(account)) {
        (Some(most), Some(day)) if (as_of - day).num_days() > most => {
            let age = (as_of - day).num_days();
            return Err(Refused::Stale
                .error(path, format!("list `{name}` is of {day}, {age} days old; at most {most} are allowed"))
                .help("ask the sender for the present list"));
        }
        (Some(_), None) => {
            return Err(Refused::Undated
                .error(path, format!("list `{name}` may only be so old, and nothing says of which day it is"))
                .help("put the day into the file's name (`soi-2025-11-01.csv`) or map a column to `per_tanggal`"));
        }
        (None, None) => remarks.push((Remarked::Undated, "nothing says of which day the list is".to_owned())),
        (_, Some(_)) => {}
    }
    remarks.extend(remarked(spec, account, entries, names, as_of));
    Ok(remarks)
}

/// Refuses a list that has far fewer entries than at the last run, unless somebody says why that is right.
pub fn shrunk(
    name: &str,
    path: &Path,
    rows: u64,
    before: u64,
    max_shrink: u32,
    accepted: Option<&str>,
) -> Result<Option<(Remarked, String)>> {
    if rows * 100 >= before * u64::from(100 - max_shrink.min(100)) {
        return Ok(None);
    }
    let message = format!("list `{name}` has {rows} entries, {before} at the last run");
    match accepted {
        Some(reason) => Ok(Some((Remarked::Accepted, format!("{message}; accepted: {reason}")))),
        None => Err(Refused::Shrunk
            .error(path, message)
            .help(format!("ask the sender; if it is right, run once with `--accept-shrunk \"{name}=REASON\"`"))),
    }
}

fn remarked(
    spec: &ListSpec,
    account: &Account,
    entries: &[Entry],
    names: &Names,
    as_of: NaiveDate,
) -> Vec<(Remarked, String)> {
    let mut remarks = Vec::new();
    if !account.set_aside.is_empty() {
        let mut codes: BTreeMap<&str, usize> = BTreeMap::new();
        for problem in &account.set_aside {
            *codes.entry(problem.code).or_default() += 1;
        }
        let codes: Vec<String> = codes.into_iter().map(|(code, count)| format!("{code} {count}")).collect();
        let message =
            format!("{} of {} entries were set aside ({})", account.set_aside.len(), account.records, codes.join(", "));
        remarks.push((Remarked::SetAside, message));
    }
    for (field, count) in &account.left_out {
        remarks.push((Remarked::LeftOut, format!("{count} values of `{field}` were left out of their entries")));
    }
    if account.repeated > 0 {
        remarks.push((Remarked::Repeated, format!("{} entries have the id of another", account.repeated)));
    }
    let today = calendar::days(as_of);
    let expired = entries.iter().filter(|e| e.to.is_some_and(|to| i64::from(to) < today)).count();
    if expired > 0 {
        remarks.push((Remarked::Expired, format!("{expired} entries count no longer on {as_of}; they never score")));
    }
    if spec.kind == Kind::People {
        let broad: Vec<(u64, u32)> = entries
            .iter()
            .filter_map(|e| Some((e.line, expected_in_1000(e, names)?)))
            .filter(|(_, n)| *n > 0)
            .collect();
        if !broad.is_empty() {
            let lines: Vec<String> =
                broad.iter().take(5).map(|(line, n)| format!("line {line} about {n} in 1,000")).collect();
            let more = if broad.len() > 5 { ", and more" } else { "" };
            let message = format!(
                "{} entries have a name that many bear and nothing else; applicants of that name: {}{more}",
                broad.len(),
                lines.join(", ")
            );
            remarks.push((Remarked::TooBroad, message));
        }
    }
    remarks
}

/// Thousandths of a bit that a letter, and a word nobody has counted, say about who somebody is.
const LETTER: u32 = 4_000;
const UNCOUNTED: u32 = 17_000;

/// How many of 1,000 applicants bear the commonest name of an entry that has nothing but names; nothing where more is known.
fn expected_in_1000(entry: &Entry, names: &Names) -> Option<u32> {
    let known = entry.born().next().is_some()
        || [NIK, TELEPON].iter().any(|column| entry.column(column).next().is_some())
        || entry.one(Field::PASPOR).is_some();
    if known {
        return None;
    }
    let bits = |name: &str| {
        let mut folded = String::new();
        fold::fold(name, &mut folded);
        let word = |word: &str| match word.chars().count() {
            0 | 1 => LETTER,
            _ => names.rarity(&normal_word(word)).and_then(|n| u32::try_from(n).ok()).unwrap_or(UNCOUNTED),
        };
        fold::words(&folded).map(word).sum::<u32>()
    };
    // Each bit halves them.
    entry.names().map(bits).min().map(|bits| 1_000_u32.checked_shr(bits / 1_000).unwrap_or(0))
}
