//! What a night needs before the first byte of data: office, profile, rules, settings, all checked.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use super::clock::{parse_date, today};
use super::output::Out;
use super::reading::ReadingArgs;
use crate::columns::Catalog;
use crate::diag::{Deny, Files, Report, read_text};
use crate::history::Store;
use crate::night::{self, Inputs, Night};
use crate::office::{self, Frequencies, Office, OfficeLists};
use crate::report::SHOWN;
use crate::rules::{self, Loading, RuleSet};
use crate::screening::{FollowUp, Settings};
use crate::source::{self, Options, Profile};
use crate::words::Lang;
use crate::{Error, Result};

/// Which night.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct NightArgs {
    /// The office's folder, with `saring.toml` (this folder without it).
    #[arg(long, value_name = "DIR")]
    office: Option<PathBuf>,
    /// Reference date, the only clock of the run (today in the office's time zone without it).
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    as_of: Option<NaiveDate>,
    /// Language of what officers read, instead of the office's: `id` or `en`.
    #[arg(long, value_parser = parse_lang)]
    lang: Option<Lang>,
    #[command(flatten)]
    reading: ReadingArgs,
    /// Worker threads (all processors without it). The result does not depend on it.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    threads: Option<u16>,
}

fn parse_lang(text: &str) -> std::result::Result<Lang, String> {
    Lang::of_code(text).ok_or_else(|| "`id` or `en`".to_owned())
}

/// An office with its checked rules.
pub(super) struct Known {
    pub(super) office: Office,
    pub(super) as_of: NaiveDate,
    pub(super) profile: Profile,
    pub(super) profile_text: String,
    pub(super) set: RuleSet,
    /// The rule files.
    pub(super) rules: Files,
    pub(super) lang: Lang,
}

/// A night ready to run.
pub(super) struct Prepared {
    pub(super) office: Office,
    pub(super) profile: Profile,
    pub(super) profile_text: String,
    pub(super) set: RuleSet,
    /// The rule files.
    pub(super) rules: Files,
    pub(super) options: Options,
    pub(super) settings: Settings,
    /// How open applications of before are looked at again.
    pub(super) follow: Option<FollowUp>,
    pub(super) exports: Vec<PathBuf>,
    pub(super) lang: Lang,
    pub(super) history: Option<Store>,
    pub(super) lists: OfficeLists,
}

impl NightArgs {
    /// The same for the office of a folder, as a further office of one command.
    pub(super) fn of_office(&self, folder: &Path, first: bool) -> Self {
        Self { office: Some(folder.to_owned()), threads: self.threads.filter(|_| first), ..self.clone() }
    }

    /// The office and the reference date; on faults of the office file prints them and returns nothing.
    pub(super) fn office(&self, out: &mut Out) -> Result<Option<(Office, NaiveDate)>> {
        let (mut files, mut report) = (Files::default(), Report::default());
        let folder = self.office.as_deref().unwrap_or(Path::new(""));
        let Some(office) = office::load(folder, &mut files, &mut report)? else {
            out.report(&report, &files);
            return Ok(None);
        };
        let as_of = match self.as_of {
            Some(date) => date,
            None => today(office.zone)?,
        };
        Ok(Some((office, as_of)))
    }

    /// The rules as they hold on the reference date: those of the office, else those of the folder `rules` here, else the
    /// shipped ones. On faults prints them and returns nothing.
    pub(super) fn rules(&self, out: &mut Out) -> Result<Option<(RuleSet, Files)>> {
        let (mut files, mut report) = (Files::default(), Report::default());
        let mut catalog = Catalog::builtin();
        let here = self.office.as_deref().unwrap_or(Path::new("")).join(office::FILE_NAME);
        let set = if self.office.is_some() || here.is_file() {
            let Some((office, as_of)) = self.office(out)? else { return Ok(None) };
            let Some((profile, _)) = read_profile(&office.profile, out)? else { return Ok(None) };
            profile.extend(&mut catalog);
            let loading = Loading { as_of: Some(as_of), locked: false };
            rules::load_with(&office.rules, loading, &catalog, &mut files, &mut report)?
        } else if Path::new("rules").is_dir() {
            rules::load(&[PathBuf::from("rules")], &catalog, &mut files, &mut report)?
        } else {
            rules::check_texts(office::SHIPPED, &catalog, &mut files, &mut report)
        };
        match set {
            Some(set) if !report.has_errors() => Ok(Some((set, files))),
            _ => {
                out.report(&report, &files);
                Ok(None)
            }
        }
    }

    /// The office and its checked rules; on faults prints them and returns nothing.
    pub(super) fn known(&self, out: &mut Out) -> Result<Option<Known>> {
        let Some((office, as_of)) = self.office(out)? else { return Ok(None) };
        let Some((profile, profile_text)) = read_profile(&office.profile, out)? else { return Ok(None) };
        let mut catalog = Catalog::builtin();
        profile.extend(&mut catalog);
        let (mut rules, mut report) = (Files::default(), Report::default());
        report.set_levels(office.levels.clone());
        let loading = Loading { as_of: Some(as_of), locked: false };
        let set = rules::load_with(&office.rules, loading, &catalog, &mut rules, &mut report)?;
        report.settle(&Deny::default());
        let Some(set) = set.filter(|_| !report.has_errors()) else {
            out.report(&report, &rules);
            return Ok(None);
        };
        let lang = self.lang.unwrap_or(office.lang);
        Ok(Some(Known { office, as_of, profile, profile_text, set, rules, lang }))
    }

    /// Opens and checks everything; on faults of the office's files prints them and returns nothing. Exports named
    /// replace those of the office file.
    pub(super) fn prepare(&self, exports: &[PathBuf], out: &mut Out) -> Result<Option<Prepared>> {
        if let Some(threads) = self.threads {
            // The pool is built once a process; a verb asks for it once.
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads.into()).build_global();
            pool.map_err(|_| Error::usage("`--threads` cannot be kept"))?;
        }
        let Some(known) = self.known(out)? else { return Ok(None) };
        let Known { office, as_of, profile, profile_text, set, rules, lang } = known;
        let control_per_mille = office.control_per_mille.unwrap_or(set.scoring.control_per_mille);
        let key = if control_per_mille == 0 { Vec::new() } else { office.control_key()? };
        let settings = Settings { capacity: office.capacity.unwrap_or(set.scoring.capacity), control_per_mille, key };
        let follow =
            FollowUp { days: office.followup_days, capacity: office.followup_capacity, more: office.followup_more };
        let follow = Some(follow).filter(|follow| follow.days > 0 && office.history.is_some());
        let history = office.history.as_deref().map(Store::open).transpose()?;
        let frequencies = Frequencies::of(history.as_ref(), as_of)?;
        let lists = office::load_lists(office.lists.as_ref(), &set, as_of, &frequencies)?;
        let exports = if exports.is_empty() { office.input_files()? } else { exports.to_vec() };
        let options = self.reading.options(as_of);
        Ok(Some(Prepared {
            office,
            profile,
            profile_text,
            set,
            rules,
            options,
            settings,
            follow,
            exports,
            lang,
            history,
            lists,
        }))
    }
}

/// The profile and its text, or nothing after its faults were printed.
fn read_profile(path: &Path, out: &mut Out) -> Result<Option<(Profile, String)>> {
    let text = read_text(path)?;
    let (mut files, mut report) = (Files::default(), Report::default());
    let file = files.add(path.display().to_string(), text.as_str());
    let profile = source::parse_profile(file, &files, &mut report);
    if !report.is_empty() {
        out.report(&report, &files);
    }
    Ok(profile.filter(|_| !report.has_errors()).map(|profile| (profile, text)))
}

impl Prepared {
    /// Fills an empty store of history with the exports of the past that the office names. Returns how many applications
    /// that added.
    pub(super) fn fill_history(&mut self) -> Result<usize> {
        let Some(history) = self.history.as_mut().filter(|history| history.rows() == 0) else { return Ok(0) };
        let files = self.office.first_files()?;
        if files.is_empty() {
            return Ok(0);
        }
        let intake = source::read(&self.profile, &files, &self.options, &|_| Ok(()))?;
        let as_of = self.options.as_of;
        let new = history.add(&intake.applications, as_of)?.new;
        // The next run over the same exports will know these names from the start.
        let frequencies = Frequencies::of(Some(history), as_of)?;
        if frequencies.own.is_some() {
            self.lists = office::load_lists(self.office.lists.as_ref(), &self.set, as_of, &frequencies)?;
        }
        Ok(new)
    }

    /// Runs the night. `shown` are columns that the verb shows besides those of the list.
    pub(super) fn run(&self, shown: &[&str]) -> Result<Night> {
        let shown: Vec<&str> = SHOWN.iter().chain(shown).copied().collect();
        night::run(&Inputs {
            set: &self.set,
            profile: &self.profile,
            files: &self.exports,
            options: &self.options,
            settings: &self.settings,
            shown: &shown,
            history: self.history.as_ref(),
            follow: self.follow.as_ref(),
            lists: &self.lists.lists,
        })
    }
}
