//! `saring screen`: the nightly job.

use std::cmp::Reverse;
use std::fmt::Write as _;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use serde::Serialize;

use super::Exit;
use super::output::Out;
use super::prepare::{NightArgs, Prepared};
use crate::Result;
use crate::night::Night;
use crate::report::{self, Form, Publication, Published, Store};
use crate::rules::{Class, Rule, Status};
use crate::screening::{Band, Tally};
use crate::words::Lang;

/// Screen tonight's exports and publish the referral list: the whole nightly job.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Exports to read instead of those of `saring.toml`.
    exports: Vec<PathBuf>,
    #[command(flatten)]
    night: NightArgs,
    /// Folder for results, instead of the office's.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Applications that officers can take on, instead of the office's number.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    capacity: Option<u32>,
    /// Accept this once that a list has far fewer entries than before; the reason goes into the manifest.
    #[arg(long, value_name = "LIST=REASON", value_parser = parse_accepted)]
    accept_shrunk: Vec<(String, String)>,
    /// Screen an export again that was screened for another day.
    #[arg(long)]
    force: bool,
}

pub(super) fn run(args: &Args, out: &mut Out) -> Result<Exit> {
    let started = Instant::now();
    let Some(mut prepared) = args.night.prepare(&args.exports, out)? else { return Ok(Exit::Usage) };
    if let Some(capacity) = args.capacity {
        prepared.settings.capacity = capacity as usize;
    }
    let store = Store::open(args.out.as_ref().unwrap_or(&prepared.office.output))?;
    if args.exports.is_empty() && !args.force {
        set_old_aside(&mut prepared, &store, out)?;
    }
    let accepted = args.accept_shrunk.iter().cloned().collect();
    report::refuse_shrunk(&store, prepared.options.as_of, &prepared.lists, &accepted)?;
    let count = prepared.options.progress.insert(Arc::default());
    let progress = out.counting("records read", Arc::clone(count));
    let filled = prepared.fill_history()?;
    let night = prepared.run(&[])?;
    progress.say("records read, writing");
    if let Some(history) = &mut prepared.history {
        // Before the list, so that a failure here publishes nothing. Tonight's own applications never count as history,
        // so a run that stops between the two converges when it is run again.
        let looks = night.again.as_ref().map_or(&[][..], |again| &again.looks);
        let added = history.record(&night.frame.slice(0, night.subjects.len()), prepared.options.as_of, looks)?;
        if let Some(indexed) = added.indexed {
            out.message(&format!("history: the keys of {indexed} applications are indexed anew\n"));
        }
    }
    let office = &prepared.office;
    let publication = report::publish(
        &store,
        &Published {
            night: &night,
            set: &prepared.set,
            as_of: prepared.options.as_of,
            office: (&office.code, &office.name),
            folder: &office.folder,
            profile: (&office.profile, &prepared.profile_text),
            rules: &prepared.rules,
            settings: &prepared.settings,
            follow: prepared.follow.as_ref(),
            form: Form {
                lang: prepared.lang,
                csv: office.csv,
                full_values: office.full_values,
                show_score: office.show_score,
            },
            force: args.force,
            lists: &prepared.lists,
            accepted: &accepted,
        },
    )?;
    drop(progress);
    let summary = Summary { prepared: &prepared, night: &night, publication: &publication, filled };
    if out.is_json() {
        out.json(&summary.json());
    } else {
        out.print(&summary.text(started));
    }
    let quarantined = night.intake.files.iter().any(|f| f.quarantined > 0);
    Ok(if quarantined || !publication.warnings.is_empty() { Exit::Warnings } else { Exit::Done })
}

/// A list and why it may have shrunk.
fn parse_accepted(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, reason)) if !name.trim().is_empty() && !reason.trim().is_empty() => {
            Ok((name.trim().to_owned(), reason.trim().to_owned()))
        }
        _ => Err("write the name of the list, `=` and the reason".to_owned()),
    }
}

/// Leaves exports in the inbox alone that were screened for another day, as long as there is one that was not.
fn set_old_aside(prepared: &mut Prepared, store: &Store, out: &mut Out) -> Result<()> {
    let old = report::screened_before(store, prepared.options.as_of, &prepared.exports)?;
    if old.len() == prepared.exports.len() {
        // Nothing new: the run is refused where the reason is told.
        return Ok(());
    }
    for (export, day) in &old {
        out.message(&format!("left alone: {}, screened for {day}\n", export.display()));
    }
    prepared.exports.retain(|export| old.iter().all(|(path, _)| path != export));
    Ok(())
}

/// What a run says at the end. It names no applicant.
struct Summary<'a> {
    prepared: &'a Prepared,
    night: &'a Night,
    publication: &'a Publication,
    /// Applications of the past that filled an empty store of history.
    filled: usize,
}

impl Summary<'_> {
    fn records(&self) -> (u64, u64, u64) {
        let files = &self.night.intake.files;
        let sum = |of: &dyn Fn(&crate::source::FileAccount) -> u64| files.iter().map(of).sum();
        (sum(&|f| f.records), sum(&|f| f.applications), sum(&|f| f.quarantined))
    }

    /// The rules that were evaluated, each with how it went.
    fn rules(&self) -> impl Iterator<Item = (&Rule, &Tally)> {
        let planned = self.night.plan.rules.iter().zip(&self.night.hits.tallies);
        planned.filter_map(|(planned, tally)| Some((self.prepared.set.rules.get(planned.index)?, tally)))
    }

    /// That history holds more than the office keeps. Nothing is removed unasked.
    fn beyond(&self) -> Option<String> {
        let (history, keep) = self.prepared.history.as_ref().zip(self.prepared.office.history_keep)?;
        let day = keep.before(self.prepared.options.as_of);
        let oldest = history.months().first().map(|month| month.first).filter(|oldest| *oldest < day)?;
        Some(format!(
            "reaches back to {oldest}, kept are {keep}; `saring history purge` shows and removes what is older"
        ))
    }

    fn mandatory(&self) -> usize {
        self.night.referrals.iter().filter(|r| r.band == Band::Mandatory).count()
    }

    fn text(&self, started: Instant) -> String {
        let (office, options) = (&self.prepared.office, &self.prepared.options);
        let mut text = format!("{} · {}\n\n", office.name, Lang::En.date(options.as_of));
        for file in &self.night.intake.files {
            let name = file.path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
            let _ = writeln!(
                text,
                "read      {name}: {} records = {} applications + {} set aside",
                number(file.records),
                number(file.applications),
                number(file.quarantined)
            );
        }
        let (read, applications, quarantined) = self.records();
        if self.night.intake.files.len() > 1 {
            let _ = writeln!(
                text,
                "          in all: {} records = {} applications + {} set aside",
                number(read),
                number(applications),
                number(quarantined)
            );
        }
        if self.filled > 0 {
            let _ = writeln!(text, "history   filled with {} applications of the past", number(self.filled as u64));
        }
        if let Some(history) = &self.prepared.history {
            let _ = writeln!(
                text,
                "history   {} applications, {} of them tied to tonight's",
                number(history.rows() as u64),
                number(self.night.past.rows as u64)
            );
            self.brought(&mut text);
        }
        if let Some(beyond) = self.beyond() {
            let _ = writeln!(text, "history   {beyond}");
        }
        self.lists(&mut text);
        let (listed, mandatory) = (self.night.referrals.len(), self.mandatory());
        let _ = writeln!(
            text,
            "listed    {} for deeper interviews, {} of them mandatory; capacity {}",
            number(listed as u64),
            number(mandatory as u64),
            number(self.prepared.settings.capacity as u64)
        );
        if let Some(again) = &self.night.again {
            let _ = writeln!(
                text,
                "again     {} of {} open applications of before that tonight's are tied to",
                number(again.list.len() as u64),
                number(again.rows.len() as u64)
            );
        }
        text.push_str(&self.table());
        for warning in &self.publication.warnings {
            let _ = writeln!(text, "warning   {warning}");
        }
        let state = if self.publication.already { "this run was published before" } else { "published" };
        let _ = writeln!(text, "{state} in {} ({:.1} s)", plain(&self.publication.folder).display(), seconds(started));
        text
    }

    /// What brought the most of history: whoever finds a night slow looks here first.
    fn brought(&self, text: &mut String) {
        let mut brought: Vec<(&str, usize)> =
            self.night.past.brought.iter().map(|(source, rows)| (source.as_str(), *rows)).collect();
        brought.retain(|(_, rows)| *rows > 0);
        brought.sort_by_key(|(source, rows)| (Reverse(*rows), *source));
        let most: Vec<String> =
            brought.iter().take(5).map(|(source, rows)| format!("{source} {}", number(*rows as u64))).collect();
        if !most.is_empty() {
            let _ = writeln!(text, "          most of them for {}", most.join(", "));
        }
    }

    /// The lists that took part, and those that did not.
    fn lists(&self, text: &mut String) {
        let alerts = report::alerts(self.night, &self.prepared.set).unwrap_or_default();
        let accounts = &self.prepared.lists.accounts;
        for (account, read) in accounts.iter().filter_map(|account| Some((account, account.read.as_ref()?))) {
            let (hits, per_100) = alerts.get(&account.name).copied().unwrap_or_default();
            let day = read.made_on.map_or_else(String::new, |day| format!(" of {day}"));
            let _ = writeln!(
                text,
                "list      {}: {} entries{day}, {} hits ({per_100:.2} in 100 applications)",
                account.name,
                number(read.rows),
                number(hits as u64)
            );
        }
        let absent: Vec<&str> = accounts.iter().filter(|a| a.read.is_none()).map(|a| a.name.as_str()).collect();
        if !absent.is_empty() {
            let _ = writeln!(text, "list      not there, so its rules cannot be judged: {}", absent.join(", "));
        }
    }

    /// The rules that fired or could not be judged often, most hits first.
    fn table(&self) -> String {
        let lang = self.prepared.lang;
        let mut rules: Vec<(&Rule, &Tally)> = self.rules().filter(|(_, tally)| tally.fired > 0).collect();
        rules.sort_by(|a, b| b.1.fired.cmp(&a.1.fired).then_with(|| a.0.id.cmp(&b.0.id)));
        let mut text = String::from("rules     fired  cannot be judged\n");
        for (rule, tally) in rules {
            let blind: usize = tally.not_evaluable.values().sum();
            let title = rule.title_in(lang);
            let note = match (rule.status, rule.class) {
                (Status::Shadow, _) => " (on trial)",
                (_, Class::Q) => " (data quality)",
                _ => "",
            };
            let _ = writeln!(text, "  {:6} {:>6}  {:>6}  {title}{note}", rule.id.as_str(), tally.fired, blind);
        }
        let quiet = self.rules().filter(|(_, tally)| tally.fired == 0).count();
        let _ = writeln!(text, "  and {quiet} rules that fired for nobody");
        text
    }

    fn json(&self) -> Json<'_> {
        let (records_read, applications, quarantined) = self.records();
        Json {
            schema_version: 1,
            run_id: &self.publication.run_id,
            folder: self.publication.folder.display().to_string(),
            already_published: self.publication.already,
            as_of: self.prepared.options.as_of.to_string(),
            records_read,
            applications,
            quarantined,
            listed: self.night.referrals.len(),
            mandatory: self.mandatory(),
            looked_again: self.night.again.as_ref().map_or(0, |again| again.rows.len()),
            listed_again: self.night.again.as_ref().map_or(0, |again| again.list.len()),
            rules: self
                .rules()
                .map(|(rule, tally)| JsonRule {
                    id: rule.id.as_str(),
                    fired: tally.fired,
                    quiet: tally.quiet,
                    not_evaluable: tally.not_evaluable.values().sum(),
                    not_in_force: tally.not_in_force,
                })
                .collect(),
            beyond_keeping: self.beyond(),
            warnings: &self.publication.warnings,
        }
    }
}

/// A path without detours: `a/../b` reads as `b`.
fn plain(path: &Path) -> PathBuf {
    path.components().fold(PathBuf::new(), |mut plain, part| {
        let named = plain.components().next_back().is_some_and(|last| matches!(last, Component::Normal(_)));
        match part {
            Component::ParentDir if named => drop(plain.pop()),
            other => plain.push(other),
        }
        plain
    })
}

fn number(n: u64) -> String {
    Lang::En.number(i64::try_from(n).unwrap_or(i64::MAX))
}

fn seconds(started: Instant) -> f64 {
    started.elapsed().as_secs_f64()
}

#[derive(Serialize)]
struct Json<'a> {
    schema_version: u32,
    run_id: &'a str,
    folder: String,
    already_published: bool,
    as_of: String,
    records_read: u64,
    applications: u64,
    quarantined: u64,
    listed: usize,
    mandatory: usize,
    looked_again: usize,
    listed_again: usize,
    rules: Vec<JsonRule<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    beyond_keeping: Option<String>,
    warnings: &'a [String],
}

#[derive(Serialize)]
struct JsonRule<'a> {
    id: &'a str,
    fired: usize,
    quiet: usize,
    not_evaluable: usize,
    not_in_force: usize,
}
