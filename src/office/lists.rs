//! The lists an office has: found in its folder, read, judged, made ready.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::NaiveDate;

use super::{Frequencies, OwnNames};
use crate::columns::watchlist::{Lists, Loaded};
use crate::lists::{self, Account, Kept, ListSpec, Problem, Refused, Remarked, Suppressed};
use crate::matching::Names;
use crate::rules::RuleSet;
use crate::{Error, Result, table};

/// Name of the file with the pairs that were set aside.
pub const SET_ASIDE_FILE: &str = "dikesampingkan.csv";

/// Name of the folder of lists kept ready, where the office has no other.
pub const KEPT: &str = ".siap";

/// Where an office keeps its lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListSettings {
    /// The folder.
    pub folder: PathBuf,
    /// Where lists are kept ready from one night to the next.
    pub kept: PathBuf,
    /// Lists without which nothing may be published.
    pub required: Vec<String>,
}

/// The lists of a run and what is to be said of each.
#[derive(Debug, Clone, Default)]
pub struct OfficeLists {
    /// The lists themselves.
    pub lists: Arc<Lists>,
    /// Every list the rules declare, in the order of their names.
    pub accounts: Vec<ListAccount>,
    /// Pairs set aside that are past their end.
    pub ended: usize,
    /// The office's own names that the rarity of words rests on, where there are enough.
    pub own_names: Option<OwnNames>,
}

/// What is to be said of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListAccount {
    /// Its declaration.
    pub name: String,
    /// Its kind.
    pub kind: &'static str,
    /// By how many hundredths it may shrink.
    pub max_shrink: u32,
    /// What was read; nothing where the office does not have the list.
    pub read: Option<ReadAccount>,
    /// What is remarkable, by code.
    pub remarks: Vec<(Remarked, String)>,
}

/// What was read of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadAccount {
    /// The file.
    pub path: PathBuf,
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// Entries used.
    pub rows: u64,
    /// The day it was made, where that is known.
    pub made_on: Option<NaiveDate>,
    /// Lines set aside.
    pub set_aside: Vec<Problem>,
}

/// Reads the lists that the rules declare. One that the office requires and does not have, or that cannot be relied on,
/// is an error; one that it simply does not have is remarked on, and whatever asks about it cannot be judged.
pub fn load_lists(
    settings: Option<&ListSettings>,
    set: &RuleSet,
    as_of: NaiveDate,
    frequencies: &Frequencies,
) -> Result<OfficeLists> {
    if let Some(settings) = settings {
        let unknown = settings.required.iter().find(|name| !set.watchlists().any(|spec| spec.name == **name));
        if let Some(name) = unknown {
            let known: Vec<&str> = set.watchlists().map(|spec| spec.name.as_str()).collect();
            return Err(Error::usage(format!("`saring.toml` requires list `{name}`, which no rule file declares"))
                .help(format!("declared: {}", known.join(", "))));
        }
    }
    let (mut loaded, mut accounts) = (Vec::new(), Vec::new());
    for spec in set.watchlists() {
        let (account, list) = one(settings, spec, as_of, frequencies.names())?;
        accounts.push(account);
        loaded.extend(list.map(|list| (spec.name.clone(), list)));
    }
    accounts.sort_by(|a, b| a.name.cmp(&b.name));
    let suppressed = match settings {
        Some(settings) => Suppressed::read(&settings.folder.join(SET_ASIDE_FILE))?,
        None => Suppressed::default(),
    };
    let ended = suppressed.ended(as_of);
    let lists = Lists::new(loaded, suppressed);
    let lists = Arc::new(match frequencies.shared() {
        Some(names) => lists.with_names(names),
        None => lists,
    });
    Ok(OfficeLists { lists, accounts, ended, own_names: frequencies.own.clone() })
}

fn one(
    settings: Option<&ListSettings>,
    spec: &ListSpec,
    as_of: NaiveDate,
    names: &Names,
) -> Result<(ListAccount, Option<Loaded>)> {
    let account = |read, remarks| ListAccount {
        name: spec.name.clone(),
        kind: spec.kind.name(),
        max_shrink: spec.max_shrink,
        read,
        remarks,
    };
    let absent = |why: &str| {
        let remark = (Remarked::Absent, format!("list `{}` {why}: rules over it cannot be judged", spec.name));
        Ok((account(None, vec![remark]), None))
    };
    let Some(settings) = settings else { return absent("is not there, `saring.toml` has no [lists]") };
    let required = settings.required.contains(&spec.name);
    let Some(path) = lists::locate(spec, &settings.folder)? else {
        if required {
            return Err(missing(spec, &settings.folder));
        }
        return absent("is not there");
    };
    let judged = read_or_kept(spec, &path, names, &settings.kept)
        .and_then(|(account, list)| Ok((lists::judge(spec, &account, list.entries(), names, as_of)?, account, list)));
    let (remarks, of_file, list) = match judged {
        Ok(judged) => judged,
        // A list that was made ready and never filled is one the office does not have.
        Err(error) if !required && error.code() == Refused::Empty.code() && spec.min_rows <= 1 => {
            return absent("has no entry");
        }
        Err(error) => return Err(error),
    };
    let made_on = lists::made_on(&of_file);
    let read =
        ReadAccount { path, sha256: of_file.sha256, rows: of_file.entries, made_on, set_aside: of_file.set_aside };
    Ok((account(Some(read), remarks), Some(list)))
}

/// The list, from what was kept of it where it has not changed since.
fn read_or_kept(spec: &ListSpec, path: &Path, names: &Names, folder: &Path) -> Result<(Account, Loaded)> {
    let (_, sha256) = table::hash(path).map_err(lists::of_list)?;
    let kept = Kept::of(spec, path, &sha256, names, folder);
    if let Some((account, entries, index)) = kept.load(path) {
        return Ok((account, Loaded::with_index(spec, entries, names, Some((&index, kept.key())))?));
    }
    let read = lists::read(spec, path)?;
    let list = Loaded::new(spec, read.entries, names)?;
    kept.store(&read.account, list.entries(), &list.index_bytes(kept.key(), names));
    Ok((read.account, list))
}

fn missing(spec: &ListSpec, folder: &Path) -> Error {
    let message = format!("list `{}` is required and not there", spec.name);
    Refused::Missing.error(&folder.join(&spec.file), message).help(
        "ask the sender for it; without it this night would look as if nobody stood on it. An office that does not have it \
         takes its name out of `required` under [lists]",
    )
}
