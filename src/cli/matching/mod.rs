//! `saring match`: try the matcher by hand, on one name or on a file, and see why.

mod benchmark;
mod calibrate;
mod file;
mod ready;
mod saved;
mod told;

use std::path::{Path, PathBuf};

use super::Exit;
use super::output::Out;
use crate::columns::watchlist;
use crate::diag::{Files, Report, read_text};
use crate::history::Store;
use crate::identity::Kelamin;
use crate::lists::{Born, ListSpec};
use crate::matching::{Birth, Builder, Level, Person, Settings, compare};
use crate::office::Frequencies;
use crate::words::Lang;
use crate::{Error, Result, lists, office};

pub(super) use told::{reasons, summed};

/// Compare a name, or everybody in a file, with a list; every hit with its points and why.
///
/// A list is one that the rules of this office declare, or a file with the headings `id`, `nama`, `alias`, `tanggal_lahir`,
/// `tempat_lahir`, `jenis_kelamin`, `nik`, `paspor`, `telepon`, `nama_ibu`, `nama_ayah` (any of them). So is a file of people
/// to look for; `nomor_permohonan` and `nama_lengkap` serve as well.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A name, or a file of people.
    #[arg(required_unless_present = "benchmark")]
    subject: Option<String>,
    /// The list: its name in the rules of this office, or a file.
    #[arg(long, value_name = "LIST", required_unless_present = "benchmark")]
    list: Option<String>,
    /// Date of birth of the name: 1975-03-08, 1975-03 or 1975.
    #[arg(long, value_name = "DATE", value_parser = parse_birth)]
    dob: Option<Birth>,
    /// NIK of the name.
    #[arg(long)]
    nik: Option<String>,
    /// Place of birth of the name.
    #[arg(long)]
    place: Option<String>,
    /// Sex of the name, `L` or `P`; only a contradiction counts.
    #[arg(long, value_parser = parse_sex)]
    sex: Option<Kelamin>,
    /// Only this entry of the list, by its `id`, whether it is a hit or not: what led to it, which bound put it aside, how
    /// far it is from a level.
    #[arg(long, value_name = "ID", requires = "list")]
    entry: Option<String>,
    /// Least level of a hit: `name_only`, `possible`, `strong` or `exact`. A name is shown its namesakes, a file only hits.
    #[arg(long, value_parser = parse_level)]
    least: Option<Level>,
    /// Points and levels instead of the shipped ones.
    #[arg(long, value_name = "FILE")]
    points: Option<PathBuf>,
    /// Where hits are written, as CSV; without it they are printed.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Folder in which the index of an unchanged list is kept.
    #[arg(long, value_name = "DIR")]
    cache: Option<PathBuf>,
    /// Entries of the list that are in memory as an index at once.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    part: Option<u32>,
    /// People of a file that are looked for at once; memory grows with it and no hit changes.
    #[arg(long, value_name = "N", default_value_t = 65_536, value_parser = clap::value_parser!(u32).range(1..))]
    at_once: u32,
    /// Compare so many people with every entry as well, and fail on any difference.
    #[arg(long, value_name = "N", default_value_t = 0)]
    verify: u64,
    /// Propose levels from this file, as if nobody in it were on the list.
    #[arg(long)]
    calibrate: bool,
    /// False alerts in 100 people that `--calibrate` allows.
    #[arg(long, value_name = "N", default_value_t = 1.0)]
    budget: f64,
    /// Measure on an invented list of so many entries what is found of people with damaged names.
    #[arg(long, value_name = "ENTRIES", conflicts_with_all = ["subject", "list", "calibrate"])]
    benchmark: Option<u64>,
    /// Applicants of the benchmark.
    #[arg(long, value_name = "N", default_value_t = 20_000)]
    applicants: u64,
    /// Another seed makes other people. Points were set on seeds below 100.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Write the files of the benchmark into this folder instead of measuring.
    #[arg(long, value_name = "DIR")]
    write: Option<PathBuf>,
    /// Language of the explanation: `id` or `en`.
    #[arg(long, value_parser = |text: &str| Lang::of_code(text).ok_or("`id` or `en`"), default_value = "id")]
    lang: Lang,
    /// Worker threads (all processors without it). The result does not depend on it.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    threads: Option<u16>,
}

fn parse_birth(text: &str) -> std::result::Result<Birth, String> {
    match Born::of_text(text) {
        Some(Born::Day(day)) => Ok(Birth::Day(day)),
        Some(Born::Month(year, month)) => Ok(Birth::Month { year, month }),
        Some(Born::Years(first, last)) if first == last => Ok(Birth::Year(first)),
        Some(Born::Years(first, last)) => Ok(Birth::Years(first, last)),
        None => Err("write it as 1975-03-08, 1975-03 or 1975".to_owned()),
    }
}

fn parse_level(text: &str) -> std::result::Result<Level, String> {
    Level::of_code(text).ok_or_else(|| "`name_only`, `possible`, `strong` or `exact`".to_owned())
}

fn parse_sex(text: &str) -> std::result::Result<Kelamin, String> {
    Kelamin::of_code(text).ok_or_else(|| "`L` or `P`".to_owned())
}

pub(super) fn run(args: &Args, out: &mut Out) -> Result<Exit> {
    if let Some(threads) = args.threads {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads.into()).build_global();
        pool.map_err(|_| Error::usage("`--threads` cannot be kept"))?;
    }
    let Some(settings) = settings(args.points.as_deref(), out)? else { return Ok(Exit::Usage) };
    if let Some(entries) = args.benchmark {
        return benchmark::run(args, entries, &settings, out);
    }
    let (Some(subject), Some(list)) = (&args.subject, &args.list) else {
        return Err(Error::usage("a name or a file and `--list` are needed"));
    };
    let Some(list) = located(list, out)? else { return Ok(Exit::Usage) };
    // Points of one's own hold for every list; the shipped ones leave a list its levels.
    let settings = if args.points.is_some() { settings } else { watchlist::settings(&list.spec) };
    let path = Path::new(subject);
    if path.is_file() {
        if args.entry.is_some() {
            return Err(Error::usage("`--entry` goes with one name, not with a file of people"));
        }
        return file::run(args, path, &list, &settings, out);
    }
    one(args, subject, &list, &settings, out)
}

/// Points and levels; on faults prints them and returns nothing.
fn settings(path: Option<&Path>, out: &mut Out) -> Result<Option<Settings>> {
    let Some(path) = path else { return Ok(Some(Settings::shipped())) };
    let (mut files, mut report) = (Files::default(), Report::default());
    let file = files.add(path.display().to_string(), read_text(path)?);
    let settings = Settings::parse(file, &files, &mut report);
    if settings.is_none() {
        out.report(&report, &files);
    }
    Ok(settings)
}

/// A list, where it lies, and how rare words are besides what it says itself.
struct Located {
    spec: ListSpec,
    path: PathBuf,
    frequencies: Frequencies,
}

/// The list of a name or a file; on faults of the office's rules prints them and returns nothing.
fn located(list: &str, out: &mut Out) -> Result<Option<Located>> {
    let path = PathBuf::from(list);
    if path.is_file() {
        return Ok(Some(Located { spec: file::plain_spec(), path, frequencies: Frequencies::default() }));
    }
    let here = Path::new("");
    if !here.join(office::FILE_NAME).is_file() {
        return Err(Error::usage(format!("there is no file `{list}`"))
            .help("name a file, or run in the folder of an office for its lists by name"));
    }
    let (mut files, mut report) = (Files::default(), Report::default());
    let office = office::load(here, &mut files, &mut report)?;
    let catalog = crate::columns::Catalog::builtin();
    let set = match &office {
        Some(office) => crate::rules::load(&office.rules, &catalog, &mut files, &mut report)?,
        None => None,
    };
    let (Some(office), Some(set)) = (office, set) else {
        out.report(&report, &files);
        return Ok(None);
    };
    let declared: Vec<&str> = set.watchlists().map(|spec| spec.name.as_str()).collect();
    let Some(spec) = set.watchlists().find(|spec| spec.name == list) else {
        return Err(Error::usage(format!("no rule file declares a list `{list}`"))
            .help(format!("declared: {}", declared.join(", "))));
    };
    if spec.kind != lists::Kind::People {
        return Err(Error::usage(format!("list `{list}` is not one of people but of {}", spec.kind.name())));
    }
    let folder = office.lists.as_ref().map(|lists| lists.folder.clone());
    let folder = folder.ok_or_else(|| Error::usage("`saring.toml` has no [lists]"))?;
    let path = lists::locate(spec, &folder)?;
    let path = path.ok_or_else(|| Error::usage(format!("the office does not have the list `{list}`")))?;
    let history = office.history.as_deref().map(Store::open).transpose()?;
    let newest = history.as_ref().and_then(Store::newest);
    let frequencies = newest.map(|day| Frequencies::of(history.as_ref(), day)).transpose()?.unwrap_or_default();
    Ok(Some(Located { spec: spec.clone(), path, frequencies }))
}

/// Most hits that are told of one name.
const MOST_TOLD: usize = 20;

fn one(args: &Args, name: &str, list: &Located, settings: &Settings, out: &mut Out) -> Result<Exit> {
    let asked = Person {
        names: vec![name.to_owned()],
        born: args.dob,
        birth_place: args.place.clone(),
        sex: args.sex,
        nik: args.nik.clone(),
        ..Person::default()
    };
    let people = ready::whole(&list.spec, &list.path)?;
    let persons: Vec<Person> = people.iter().map(|listed| listed.person.clone()).collect();
    let mut builder = Builder::default();
    builder.extend(&persons);
    let names = builder.names(list.frequencies.names());
    let index = builder.finish(&names, settings);
    let least = args.least.unwrap_or(Level::NameOnly);
    let hits = index.search(&asked, least);
    let numbers: Vec<u32> = match &args.entry {
        Some(id) => (0_u32..).zip(&people).filter(|(_, listed)| listed.id == *id).map(|(number, _)| number).collect(),
        None => hits.iter().map(|hit| hit.entry).collect(),
    };
    if let (Some(id), true) = (&args.entry, numbers.is_empty()) {
        return Err(Error::usage(format!("the list has no entry `{id}`"))
            .help("entries are called by their `id`, or by `baris N`, the line of the file, where they have none"));
    }
    let told: Vec<told::Told> = numbers
        .into_iter()
        .take(MOST_TOLD)
        .filter_map(|number| {
            let listed = people.get(number as usize)?;
            Some(told::Told {
                id: listed.id.clone(),
                comparison: compare(&asked, &listed.person, &names, settings),
                trace: args.entry.as_ref().and_then(|_| index.trace(&asked, number, least)),
            })
        })
        .collect();
    if out.is_json() {
        out.json(&told::json(&told, hits.len()));
    } else {
        out.print(&told::text(&told, hits.len(), persons.len(), &settings.level, args.lang));
    }
    Ok(Exit::Done)
}
