//! From a night to files: the list for officers and for machines, what was set aside, what watchers of the rules need.
//!
//! One run is one directory, written privately and published by one rename; the manifest is written last. Personal data
//! stays where it is needed: names and numbers in full stand in the officers' workbook alone, everything else is masked
//! unless the office asks otherwise. The same night gives the same bytes.

mod audit;
mod by_rule;
mod csv;
mod dossier;
mod earlier;
mod jsonl;
mod listing;
mod manifest;
mod page;
mod pantau;
mod parquet;
mod past;
mod store;
mod verify;
mod xlsx;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;

pub use earlier::Unlike;
pub use listing::SHOWN;
pub use pantau::alerts;
pub use past::{PastFinding, PastNight, past_nights};
pub use store::Store;
pub use verify::{Fault, Verified, verify};

use earlier::{Earlier, list_rows, other_office, refuse_repeated, same_run, stale, volume};
use listing::Listing;
use manifest::{
    Counts, FILE_NAME, Identity, InputAccount, ListHash, Manifest, NamedHash, NamesHash, Note, ReferenceTable,
    SCHEMA_VERSION,
};
use store::{name_of, sha256};
use xlsx::Head;

use crate::diag::Files;
use crate::lists::shrunk;
use crate::night::Night;
use crate::office::{CsvForm, OfficeLists};
use crate::reference;
use crate::rules::{Audience, RuleSet};
use crate::schema::columns::{KODE_KANIM, TANGGAL_PERMOHONAN};
use crate::screening::{Band, ExceptionAccount, Exempted, FollowUp, Settings};
use crate::table;
use crate::words::Lang;
use crate::{Result, calendar};

/// In which form results are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Form {
    /// Language of what officers read.
    pub lang: Lang,
    /// Form of CSV files.
    pub csv: CsvForm,
    /// Names and numbers in full in every form, not in the workbook alone.
    pub full_values: bool,
    /// Scores in the workbook and in CSV too. They tell the control sample apart.
    pub show_score: bool,
}

/// Everything a result is made from.
#[derive(Debug)]
pub struct Published<'a> {
    /// The night.
    pub night: &'a Night,
    /// The rules.
    pub set: &'a RuleSet,
    /// The reference date.
    pub as_of: NaiveDate,
    /// Code and name of the office.
    pub office: (&'a str, &'a str),
    /// The office's folder, which paths are shown relative to.
    pub folder: &'a Path,
    /// The profile file: path and text.
    pub profile: (&'a Path, &'a str),
    /// The rule files.
    pub rules: &'a Files,
    /// Length of the list and the draw.
    pub settings: &'a Settings,
    /// How open applications of before are looked at again.
    pub follow: Option<&'a FollowUp>,
    /// How files are written.
    pub form: Form,
    /// Screen again what was screened for another day.
    pub force: bool,
    /// The lists that took part.
    pub lists: &'a OfficeLists,
    /// Lists that may have shrunk this once, each with the reason.
    pub accepted: &'a BTreeMap<String, String>,
}

/// What became of a result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Publication {
    /// Its folder.
    pub folder: PathBuf,
    /// The id of the run.
    pub run_id: String,
    /// Whether the same run had been published before; nothing was written then.
    pub already: bool,
    /// Data checks that warn.
    pub warnings: Vec<String>,
}

/// Of exports that lie in the office's inbox, those that were screened for another day, each with that day. An inbox is
/// not emptied every night.
pub fn screened_before(store: &Store, as_of: NaiveDate, exports: &[PathBuf]) -> Result<Vec<(PathBuf, String)>> {
    let earlier = earlier::read(store.root())?;
    let mut found = Vec::new();
    if earlier.is_empty() {
        return Ok(found);
    }
    for export in exports {
        let (_, sha256) = table::hash(export)?;
        if let Some(day) = earlier::screened_before(&earlier, as_of, &sha256) {
            found.push((export.clone(), day));
        }
    }
    Ok(found)
}

/// Refuses lists that have far fewer entries than at the last run before this date, unless somebody said why. A night asks
/// before it writes anything, history too.
pub fn refuse_shrunk(
    store: &Store,
    as_of: NaiveDate,
    lists: &OfficeLists,
    accepted: &BTreeMap<String, String>,
) -> Result<()> {
    shrunk_lists(&earlier::read(store.root())?, as_of, lists, accepted, Path::new("")).map(|_| ())
}

/// Publishes a night.
pub fn publish(store: &Store, published: &Published<'_>) -> Result<Publication> {
    let earlier = earlier::read(store.root())?;
    let identity = identity(published);
    let run_id = identity.run_id();
    let night = published.night;
    let applications = night.intake.files.iter().map(|f| f.applications).sum();
    let mut notes = notes(published);
    notes.extend(exceptions(published));
    notes.extend(volume(&earlier, published.as_of, applications));
    notes.extend(stale(published.as_of, newest(night)?));
    notes.extend(other_office(published.office.0, of_other_offices(published)?, night.subjects.len()));
    let mut warnings: Vec<String> =
        notes.iter().filter(|n| n.warning).map(|n| format!("{}: {}", n.code, n.message)).collect();
    if let Some(before) = same_run(&earlier, &run_id) {
        store.point_to(&name_of(&before.folder))?;
        return Ok(Publication { folder: before.folder.clone(), run_id, already: true, warnings });
    }
    if !published.force {
        refuse_repeated(&earlier, &identity)?;
    }
    let shrunken = shrunk_lists(&earlier, published.as_of, published.lists, published.accepted, published.folder)?;
    warnings.extend(shrunken.iter().map(|n| format!("{}: {}", n.code, n.message)));
    notes.extend(shrunken);
    let form = &published.form;
    let counts = Counts {
        records_read: night.intake.files.iter().map(|f| f.records).sum(),
        applications,
        quarantined: night.intake.files.iter().map(|f| f.quarantined).sum(),
        listed: night.referrals.len(),
        mandatory: night.referrals.iter().filter(|r| r.band == Band::Mandatory).count(),
        looked_again: night.again.as_ref().map_or(0, |again| again.rows.len()),
        listed_again: night.again.as_ref().map_or(0, |again| again.list.len()),
    };
    let head = Head {
        office: published.office.1.to_owned(),
        as_of: published.as_of,
        records_read: counts.records_read,
        applications: counts.applications,
        quarantined: counts.quarantined,
    };
    let inputs: Vec<String> = identity.inputs.iter().map(|input| input.file.clone()).collect();
    let listing = Listing::of(night, published.set, form.lang)?;
    let dossier = dossier::gather(night, published.set, form.lang)?;
    let mut staging = store.stage(&run_id)?;
    staging.put("rujukan.xlsx", &xlsx::workbook(&listing, &dossier, &head, form)?)?;
    staging.put("rujukan.csv", &csv::referrals(&listing, form)?)?;
    staging.put("rujukan.jsonl", &jsonl::referrals(&listing, form))?;
    staging.put("rujukan.parquet", &parquet::referrals(&listing, form)?)?;
    if let Some(again) = &listing.again {
        staging.put("susulan.csv", &csv::again(again, form)?)?;
        staging.put("susulan.jsonl", &jsonl::again(again, form))?;
        staging.put("susulan.parquet", &parquet::again(again, form)?)?;
    }
    staging.put("kelompok.csv", &csv::groups(&dossier, form)?)?;
    staging.put("kelompok.parquet", &parquet::groups(&dossier, form)?)?;
    staging.put("laporan.html", &page::page(&listing, &dossier, &head, form))?;
    staging.put("temuan.parquet", &parquet::findings(night, published.set)?)?;
    staging.put("karantina.csv", &csv::quarantine(night, &inputs, form)?)?;
    staging.put("mutu.csv", &csv::findings_for(Audience::Operator, night, published.set, form)?)?;
    staging.put("kepatuhan.csv", &csv::findings_for(Audience::Integrity, night, published.set, form)?)?;
    staging.put("audit.json", &audit::file(night, published.set, published.settings)?)?;
    staging.put("pantau.json", &pantau::file(night, published.set, published.lists, published.folder)?)?;
    let manifest = Manifest {
        run_id: run_id.clone(),
        purpose: PURPOSE.to_owned(),
        inputs: accounts(published, &inputs),
        identity,
        counts,
        notes,
        outputs: staging.files(),
        seal: String::new(),
    };
    staging.put(FILE_NAME, &manifest.sealed())?;
    let folder = staging.commit(&published.as_of.to_string())?;
    Ok(Publication { folder, run_id, already: false, warnings })
}

/// Why the data is processed (UU 27/2022 ps 16; UU 6/2011 ps 66).
const PURPOSE: &str = "rujukan untuk pendalaman wawancara; keputusan ada pada petugas";

/// A path as results show it: below the office's folder, or the name alone. Results name no machine.
fn short(path: &Path, folder: &Path) -> String {
    let below = path.strip_prefix(folder).ok().filter(|p| p.is_relative());
    below.map_or_else(|| name_of(path), |p| p.to_string_lossy().replace('\\', "/"))
}

fn identity(published: &Published<'_>) -> Identity {
    let hash =
        |path: &Path, text: &str| NamedHash { file: short(path, published.folder), sha256: sha256(text.as_bytes()) };
    let mut rules: Vec<NamedHash> =
        published.rules.iter().map(|(_, file)| hash(Path::new(&file.path), &file.text)).collect();
    rules.sort_by(|a, b| a.file.cmp(&b.file));
    let settings = published.settings;
    let form = published.form;
    let csv = match form.csv {
        CsvForm::Plain => "plain",
        CsvForm::ExcelId => "excel-id",
    };
    // The key itself is a secret; its fingerprint says whether the draw can be repeated with the key at hand.
    let key = format!("{}…", sha256(&settings.key).get(..12).unwrap_or_default());
    let mut settings: BTreeMap<String, String> = [
        ("capacity", settings.capacity.to_string()),
        ("control_per_mille", settings.control_per_mille.to_string()),
        ("control_key", key),
        ("lang", form.lang.code().to_owned()),
        ("csv", csv.to_owned()),
        ("full_values", form.full_values.to_string()),
        ("show_score", form.show_score.to_string()),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .into_iter()
    .chain(published.accepted.iter().map(|(name, reason)| (format!("accept_shrunk.{name}"), reason.clone())))
    .collect();
    if let Some(follow) = published.follow {
        settings.insert("followup_days".to_owned(), follow.days.to_string());
        settings.insert("followup_capacity".to_owned(), follow.capacity.to_string());
        settings.insert("followup_more".to_owned(), follow.more.to_string());
    }
    Identity {
        saring: env!("CARGO_PKG_VERSION").to_owned(),
        schema_version: SCHEMA_VERSION,
        as_of: published.as_of.to_string(),
        office: published.office.0.to_owned(),
        inputs: published
            .night
            .intake
            .files
            .iter()
            .map(|f| NamedHash { file: short(&f.path, published.folder), sha256: f.sha256.clone() })
            .collect(),
        profile: hash(published.profile.0, published.profile.1),
        rules,
        meaning: published.set.meaning.hash_of_all(),
        history: published.night.past.sha256.clone(),
        lists: lists(published),
        names: published.lists.own_names.as_ref().map(|own| NamesHash {
            names: own.names,
            words: own.words,
            sha256: own.sha256.clone(),
        }),
        set_aside: published.lists.lists.suppressed().sha256.clone(),
        reference: reference::versions()
            .into_iter()
            .map(|t| ReferenceTable { name: t.name.to_owned(), version: t.version.to_owned(), sha256: t.sha256 })
            .collect(),
        settings,
    }
}

/// The lists that took part.
fn lists(published: &Published<'_>) -> Vec<ListHash> {
    let read = published.lists.accounts.iter().filter_map(|account| Some((account, account.read.as_ref()?)));
    read.map(|(account, read)| ListHash {
        name: account.name.clone(),
        file: short(&read.path, published.folder),
        sha256: read.sha256.clone(),
        rows: read.rows,
        as_of: read.made_on.map(|day| day.to_string()),
    })
    .collect()
}

/// Refuses lists that have far fewer entries than at the last run before this date; remarks on those accepted by hand.
fn shrunk_lists(
    earlier: &[Earlier],
    as_of: NaiveDate,
    lists: &OfficeLists,
    accepted: &BTreeMap<String, String>,
    folder: &Path,
) -> Result<Vec<Note>> {
    let mut notes = Vec::new();
    for account in &lists.accounts {
        let Some(read) = &account.read else { continue };
        let Some(before) = list_rows(earlier, as_of, &account.name) else { continue };
        let accepted = accepted.get(&account.name).map(String::as_str);
        let found = shrunk(&account.name, &read.path, read.rows, before, account.max_shrink, accepted)?;
        notes.extend(found.map(|(code, message)| Note {
            code: code.code().to_owned(),
            file: Some(short(&read.path, folder)),
            message,
            warning: code.is_warning(),
        }));
    }
    Ok(notes)
}

/// The day of the newest application of tonight.
fn newest(night: &Night) -> Result<Option<NaiveDate>> {
    let days = night.frame.number(TANGGAL_PERMOHONAN)?;
    let newest = night.subjects.clone().filter_map(|row| days.get(row as usize)).max();
    Ok(newest.and_then(calendar::date))
}

/// How many of tonight's applications name another office.
fn of_other_offices(published: &Published<'_>) -> Result<usize> {
    let codes = published.night.frame.text(KODE_KANIM)?;
    let other = |row: &u32| codes.get(*row as usize).is_some_and(|code| code != published.office.0);
    Ok(published.night.subjects.clone().filter(other).count())
}

fn accounts(published: &Published<'_>, names: &[String]) -> Vec<InputAccount> {
    let files = published.night.intake.files.iter().zip(names);
    files
        .map(|(file, name)| InputAccount {
            file: name.clone(),
            bytes: file.bytes,
            records_read: file.records,
            applications: file.applications,
            quarantined: file.quarantined,
            blank: file.blank,
            control_file: file.control,
        })
        .collect()
}

/// How exceptions went, as remarks. Those that hid nothing because there was nothing to hide are counted in the audit alone.
fn exceptions(published: &Published<'_>) -> Vec<Note> {
    let told = published.night.exceptions.iter().filter(|account| account.how != Exempted::Unused);
    let note = |account: &ExceptionAccount| {
        let exception = published.set.exceptions.get(account.exception)?;
        let (id, met, until) = (&exception.id, account.met.len(), exception.until);
        let message = match account.how {
            Exempted::Applied => format!("exception {id} hid {met} findings"),
            Exempted::Unused => format!("exception {id} had nothing to hide"),
            Exempted::Ended => format!("exception {id} ended on {until} and hides nothing any more"),
            Exempted::TooMany => {
                format!("exception {id} would hide {met} findings, {} are approved; it hid none", exception.most)
            }
        };
        Some(Note { code: account.how.code().to_owned(), file: None, message, warning: account.how.is_warning() })
    };
    told.filter_map(note).collect()
}

fn notes(published: &Published<'_>) -> Vec<Note> {
    let intake = &published.night.intake;
    let remarks = intake.remarks.iter().map(|remark| Note {
        code: remark.about.code().to_owned(),
        file: intake.files.get(remark.file).map(|f| short(&f.path, published.folder)),
        message: remark.message.clone(),
        warning: remark.about.is_warning(),
    });
    let of_lists = published.lists.accounts.iter().flat_map(|account| {
        account.remarks.iter().map(|(code, message)| Note {
            code: code.code().to_owned(),
            file: account.read.as_ref().map(|read| short(&read.path, published.folder)),
            message: format!("{}: {message}", account.name),
            warning: code.is_warning(),
        })
    });
    remarks.chain(of_lists).collect()
}
