//! What earlier results say about tonight's: done already, an export given again, a day of unlike size.

use std::fs;
use std::path::{Path, PathBuf};

use chrono::{Datelike, NaiveDate};

use super::manifest::{FILE_NAME, Identity, Manifest, Note};
use super::store::{entries, name_of};
use crate::diag::coded;
use crate::{Error, ErrorKind, Result};

coded! {
    /// What speaks against tonight's data as a whole, most of it told by earlier results.
    pub enum Unlike {
        /// An export with the same bytes was screened for another day: yesterday's file was sent again, or the export of
        /// tonight is missing. `--force` screens it all the same.
        Repeated = "IN_REPEATED",
        /// The day has less than three tenths or more than four times the applications that this weekday had over the
        /// last eight weeks. Exports that lost rows look like this.
        Volume = "VOLUME",
        /// The newest application is more than two weeks older than the reference date: an old export, or a reference date
        /// that was not given for an old export.
        Stale = "IN_STALE",
        /// Most applications name another office in `kode_kanim` than `code` in saring.toml: the export of another office, or
        /// a code that is written differently.
        OtherOffice = "IN_OFFICE",
    }
}

/// Days of the weeks that are compared with.
const WEEKS: i64 = 56;
/// Fewer earlier days of the same weekday say nothing.
const FEWEST: usize = 3;

/// A published result.
#[derive(Debug)]
pub(super) struct Earlier {
    pub(super) folder: PathBuf,
    manifest: Manifest,
}

/// The published results of a folder, by name. What cannot be read is passed over: it is `verify` that judges results.
pub(super) fn read(root: &Path) -> Result<Vec<Earlier>> {
    let mut found = Vec::new();
    for folder in entries(root)? {
        let is_link = folder.symlink_metadata().is_ok_and(|m| m.file_type().is_symlink());
        if is_link || name_of(&folder).starts_with('.') {
            continue;
        }
        let manifest = fs::read(folder.join(FILE_NAME)).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
        found.extend(manifest.map(|manifest| Earlier { folder, manifest }));
    }
    Ok(found)
}

/// The result that the same inputs and rules gave before.
pub(super) fn same_run<'a>(earlier: &'a [Earlier], run_id: &str) -> Option<&'a Earlier> {
    earlier.iter().find(|e| e.manifest.run_id == run_id)
}

/// Which of some exports were screened for another day already, with that day.
pub(super) fn screened_before(earlier: &[Earlier], as_of: NaiveDate, sha256: &str) -> Option<String> {
    let as_of = as_of.to_string();
    let others = earlier.iter().filter(|e| e.manifest.identity.as_of != as_of);
    let same = |e: &&Earlier| e.manifest.identity.inputs.iter().any(|input| input.sha256 == sha256);
    others.filter(same).map(|e| e.manifest.identity.as_of.clone()).min()
}

/// How many entries a list had at the latest run for an earlier date, or the latest of this one.
pub(super) fn list_rows(earlier: &[Earlier], as_of: NaiveDate, name: &str) -> Option<u64> {
    let as_of = as_of.to_string();
    let before = earlier.iter().map(|e| &e.manifest.identity).filter(|identity| identity.as_of < as_of);
    let with_list = before.filter_map(|identity| {
        let list = identity.lists.iter().find(|list| list.name == name)?;
        Some((identity.as_of.as_str(), list.rows))
    });
    with_list.max().map(|(_, rows)| rows)
}

/// Refuses an export that was screened for another day.
pub(super) fn refuse_repeated(earlier: &[Earlier], identity: &Identity) -> Result<()> {
    for before in earlier.iter().filter(|e| e.manifest.identity.as_of != identity.as_of) {
        let same =
            identity.inputs.iter().find(|i| before.manifest.identity.inputs.iter().any(|b| b.sha256 == i.sha256));
        if let Some(input) = same {
            let message = format!(
                "`{}` was screened for {} already, in `{}`",
                input.file,
                before.manifest.identity.as_of,
                name_of(&before.folder)
            );
            return Err(Error::new(ErrorKind::Input, Unlike::Repeated.code(), message)
                .help("ask for tonight's export; `--force` screens this one again"));
        }
    }
    Ok(())
}

/// A day of unlike size, compared with the same weekday of the last eight weeks.
pub(super) fn volume(earlier: &[Earlier], as_of: NaiveDate, applications: u64) -> Option<Note> {
    let mut by_day = std::collections::BTreeMap::new();
    for before in earlier {
        let Ok(day) = before.manifest.identity.as_of.parse::<NaiveDate>() else { continue };
        let age = (as_of - day).num_days();
        if day.weekday() == as_of.weekday() && (1..=WEEKS).contains(&age) {
            by_day.insert(day, before.manifest.counts.applications);
        }
    }
    let mut sizes: Vec<u64> = by_day.into_values().collect();
    if sizes.len() < FEWEST {
        return None;
    }
    sizes.sort_unstable();
    let usual = *sizes.get(sizes.len() / 2)?;
    let unlike = applications * 10 < usual * 3 || applications > usual * 4;
    unlike.then(|| Note {
        code: Unlike::Volume.code().to_owned(),
        file: None,
        message: format!("{applications} applications, where this weekday has {usual}; compare with the counter"),
        warning: true,
    })
}

/// Days between the newest application and the reference date that holidays explain.
const FRESH: i64 = 14;

/// An export whose newest application lies long before the reference date.
pub(super) fn stale(as_of: NaiveDate, newest: Option<NaiveDate>) -> Option<Note> {
    let newest = newest.filter(|newest| (as_of - *newest).num_days() > FRESH)?;
    Some(Note {
        code: Unlike::Stale.code().to_owned(),
        file: None,
        message: format!("the newest application is of {newest}, the reference date is {as_of}; is `--as-of` right?"),
        warning: true,
    })
}

/// An export that is mostly another office's: of so many applications so many name another code.
pub(super) fn other_office(code: &str, others: usize, applications: usize) -> Option<Note> {
    (others * 2 > applications).then(|| Note {
        code: Unlike::OtherOffice.code().to_owned(),
        file: None,
        message: format!(
            "{others} of {applications} applications name another office in `kode_kanim` than `{code}` of saring.toml"
        ),
        warning: true,
    })
}

#[cfg(test)]
mod tests {
    use super::super::manifest::{Counts, NamedHash};
    use super::*;

    fn result(as_of: &str, applications: u64, input: &str) -> Earlier {
        let identity = Identity {
            saring: String::new(),
            schema_version: 1,
            as_of: as_of.to_owned(),
            office: String::new(),
            inputs: vec![NamedHash { file: "a.csv".to_owned(), sha256: input.to_owned() }],
            profile: NamedHash { file: String::new(), sha256: String::new() },
            rules: Vec::new(),
            meaning: String::new(),
            history: String::new(),
            lists: Vec::new(),
            names: None,
            set_aside: String::new(),
            reference: Vec::new(),
            settings: std::collections::BTreeMap::new(),
        };
        let counts = Counts {
            records_read: applications,
            applications,
            quarantined: 0,
            listed: 0,
            mandatory: 0,
            looked_again: 0,
            listed_again: 0,
        };
        let manifest = Manifest {
            run_id: identity.run_id(),
            purpose: String::new(),
            identity,
            inputs: Vec::new(),
            counts,
            notes: Vec::new(),
            outputs: Vec::new(),
            seal: String::new(),
        };
        Earlier { folder: PathBuf::from(as_of), manifest }
    }

    #[test]
    fn a_day_is_compared_with_its_own_weekday() {
        // Four Mondays with 100 each, and Tuesdays that are none of Monday's business.
        let mut earlier: Vec<Earlier> =
            ["2025-10-06", "2025-10-13", "2025-10-20", "2025-10-27"].iter().map(|d| result(d, 100, d)).collect();
        earlier.extend(["2025-10-14", "2025-10-21", "2025-10-28"].iter().map(|d| result(d, 5, d)));
        let monday = "2025-11-03".parse().unwrap();
        let code = |n| volume(&earlier, monday, n).map(|note| note.code);
        assert_eq!((code(30), code(400)), (None, None), "three tenths and four times are still usual");
        assert_eq!(code(29).as_deref(), Some("VOLUME"));
        assert_eq!(code(401).as_deref(), Some("VOLUME"));
        assert!(volume(&earlier[..2], monday, 1).is_none(), "two days say nothing");
        assert!(volume(&earlier, "2026-06-01".parse().unwrap(), 1).is_none(), "half a year ago says nothing");
    }

    #[test]
    fn an_old_export_is_told_from_a_long_holiday() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let code = |newest| stale(day("2025-11-17"), newest).map(|note| note.code);
        assert_eq!((code(Some(day("2025-11-03"))), code(None)), (None, None));
        assert_eq!(code(Some(day("2025-11-02"))).as_deref(), Some("IN_STALE"));
    }

    #[test]
    fn an_export_of_another_office_is_told_once_it_is_the_larger_part() {
        let code = |others, all| other_office("MDN", others, all).map(|note| note.code);
        assert_eq!((code(0, 0), code(0, 10), code(5, 10)), (None, None, None));
        assert_eq!(code(6, 10).as_deref(), Some("IN_OFFICE"));
    }

    #[test]
    fn an_export_of_another_day_is_refused_and_of_the_same_day_is_not() {
        let earlier = [result("2025-10-31", 10, "aa")];
        let again = result("2025-11-03", 10, "aa").manifest.identity;
        assert_eq!(refuse_repeated(&earlier, &again).unwrap_err().code(), "IN_REPEATED");
        assert!(refuse_repeated(&earlier, &result("2025-10-31", 10, "aa").manifest.identity).is_ok());
        assert!(refuse_repeated(&earlier, &result("2025-11-03", 10, "bb").manifest.identity).is_ok());
    }
}
