//! A whole file against a list: read both, search, write the hits.

use std::fmt::Write as _;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use sha2::{Digest, Sha256};

use super::super::Exit;
use super::super::output::Out;
use super::{Args, Located, calibrate};
use crate::columns::watchlist::people_of_entry;
use crate::lists::{self, Entry, Field, Kind, Levels, ListSpec, Mapping, Role};
use crate::matching::{Builder, Hit, Index, Level, Names, Person, Settings, Stats, compare};
use crate::schema::columns::{NAMA_LENGKAP, NOMOR_PERMOHONAN, PASPOR_LAMA_NOMOR};
use crate::{Error, Result, private};

/// A person of a file.
pub(super) struct Listed {
    /// What the file calls the person.
    pub(super) id: String,
    pub(super) person: Person,
}

/// A list that no rule declares: every field under its own heading, and the headings of applications.
pub(super) fn plain_spec() -> ListSpec {
    let mut mapping = Mapping::plain();
    let also = [(Field::NAMA, NAMA_LENGKAP), (Field::ID, NOMOR_PERMOHONAN), (Field::PASPOR, PASPOR_LAMA_NOMOR)];
    for (field, heading) in also {
        let columns = mapping.columns.iter_mut().filter(|column| column.field == field);
        columns.for_each(|column| column.headings.push(lists::folded(heading)));
    }
    ListSpec {
        name: "berkas".to_owned(),
        title: "Berkas".to_owned(),
        title_en: "File".to_owned(),
        kind: Kind::People,
        file: String::new(),
        mapping,
        roles: vec![Role::Pemohon],
        keys: Vec::new(),
        levels: Levels::default(),
        max_age: None,
        min_rows: 0,
        max_shrink: 100,
        control: false,
    }
}

/// Everybody in a file.
pub(super) fn whole(list: &Located) -> Result<Vec<Listed>> {
    let entries = lists::read(&list.spec, &list.path)?.entries;
    Ok(entries.par_iter().flat_map_iter(listed).collect())
}

/// The people an entry may be.
fn listed(entry: &Entry) -> impl Iterator<Item = Listed> {
    let id = entry.shown_id();
    people_of_entry(entry).into_iter().map(move |person| Listed { id: id.clone(), person })
}

/// Entries made into people at once: enough for all threads, few enough to be no burden.
const BLOCK: usize = 65_536;

/// What was found.
struct Found {
    /// For each person looked for.
    hits: Vec<Vec<Hit>>,
    stats: Stats,
    /// What the entries are called.
    ids: Vec<Box<str>>,
}

pub(super) fn run(args: &Args, path: &Path, list: &Located, settings: &Settings, out: &mut Out) -> Result<Exit> {
    let least = args.least.unwrap_or(Level::Possible);
    let people = whole(&Located { spec: plain_spec(), path: path.to_owned() })?;
    let asked: Vec<Person> = people.iter().map(|listed| listed.person.clone()).collect();
    let found = match &args.cache {
        Some(folder) => through_cache(folder, list, &asked, least, settings)?,
        None => in_parts(args, list, &asked, least, settings)?,
    };
    if args.verify > 0 {
        verify(args, list, &asked, &found.hits, least, settings)?;
    }
    if args.calibrate {
        return calibrate::run(&found.hits, args.budget, settings, out);
    }
    let lines = written(&people, &found);
    match &args.out {
        Some(path) => save(path, lines.as_bytes())?,
        None if out.is_json() => {}
        None => out.print(&lines),
    }
    report(&found, out);
    Ok(Exit::Done)
}

/// Reads the list and searches it in parts, of which one is in memory as an index at a time.
fn in_parts(args: &Args, list: &Located, asked: &[Person], least: Level, settings: &Settings) -> Result<Found> {
    let entries = lists::read(&list.spec, &list.path)?.entries;
    let part = args.part.map_or(usize::MAX, |n| n as usize);
    let mut found = Found { hits: vec![Vec::new(); asked.len()], stats: Stats::default(), ids: Vec::new() };
    // Frequencies are those of the whole list, so that parts change nothing.
    let names = (part < entries.len()).then(|| builder(&entries, &mut Vec::new()).names(Names::shipped()));
    for entries in entries.chunks(part.min(entries.len().max(1))) {
        let before = u32::try_from(found.ids.len()).unwrap_or(u32::MAX);
        let builder = builder(entries, &mut found.ids);
        let names = names.clone().unwrap_or_else(|| builder.names(Names::shipped()));
        let index = builder.finish(&names, settings);
        let (hits, stats) = index.search_counted(asked, least);
        found.stats.add(&stats);
        for (all, more) in found.hits.iter_mut().zip(hits) {
            all.extend(more.into_iter().map(|hit| Hit { entry: hit.entry + before, ..hit }));
        }
    }
    found
        .hits
        .par_iter_mut()
        .for_each(|hits| hits.sort_unstable_by_key(|hit| (std::cmp::Reverse(hit.points), hit.entry)));
    Ok(found)
}

fn builder(entries: &[Entry], ids: &mut Vec<Box<str>>) -> Builder {
    let mut builder = Builder::default();
    for block in entries.chunks(BLOCK) {
        let people: Vec<(Box<str>, Person)> =
            block.par_iter().flat_map_iter(|entry| listed(entry).map(|l| (l.id.into(), l.person))).collect();
        let (names, people): (Vec<Box<str>>, Vec<Person>) = people.into_iter().unzip();
        ids.extend(names);
        builder.extend(&people);
    }
    builder
}

/// Searches an index kept from an earlier run, where the list is still the same; otherwise makes one and keeps it.
fn through_cache(folder: &Path, list: &Located, asked: &[Person], least: Level, settings: &Settings) -> Result<Found> {
    let content = content(list)?;
    let name: String = content.iter().take(12).map(|byte| format!("{byte:02x}")).collect();
    let (index_path, ids_path) = (folder.join(format!("{name}.indeks")), folder.join(format!("{name}.id")));
    let kept = std::fs::read(&index_path).ok().zip(std::fs::read_to_string(&ids_path).ok());
    let kept = kept.and_then(|(bytes, ids)| {
        let index = Index::from_bytes(&bytes, &content, Names::shipped(), settings).ok()?;
        let ids: Vec<Box<str>> = ids.split_terminator('\n').map(Into::into).collect();
        (ids.len() == index.len()).then_some((index, ids))
    });
    let (index, ids) = match kept {
        Some(kept) => kept,
        None => {
            let mut ids = Vec::new();
            let builder = builder(&lists::read(&list.spec, &list.path)?.entries, &mut ids);
            let names = builder.names(Names::shipped());
            let index = builder.finish(&names, settings);
            private::folder(folder)?;
            let lines: String = ids.iter().flat_map(|id| [&**id, "\n"]).collect();
            save(&ids_path, lines.as_bytes())?;
            save(&index_path, &index.to_bytes(&content))?;
            (index, ids)
        }
    };
    let (hits, stats) = index.search_counted(asked, least);
    Ok(Found { hits, stats, ids })
}

/// What an index was made of: the bytes of the list and how they were read.
fn content(list: &Located) -> Result<[u8; 32]> {
    let mut hash = Sha256::new();
    let mut file = std::fs::File::open(&list.path).map_err(|error| Error::io(&list.path, &error))?;
    let mut buffer = vec![0; 1 << 18];
    loop {
        let read = file.read(&mut buffer).map_err(|error| Error::io(&list.path, &error))?;
        if read == 0 {
            break;
        }
        hash.update(buffer.get(..read).unwrap_or_default());
    }
    // Every column of the mapping, so that a list read otherwise is another list.
    hash.update(format!("{:?}", list.spec.mapping).as_bytes());
    Ok(hash.finalize().into())
}

/// Writes a file beside its place and moves it there, so that two runs at once leave one whole file.
fn save(path: &Path, bytes: &[u8]) -> Result<()> {
    let storage = |error: &std::io::Error| Error::storage(path, error);
    let mut aside = path.as_os_str().to_owned();
    aside.push(format!(".{}", std::process::id()));
    let aside = PathBuf::from(aside);
    let written = private::options().create(true).truncate(true).open(&aside).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    let moved = written.and_then(|()| std::fs::rename(&aside, path));
    moved.map_err(|error| {
        // What cannot be written cannot be relied on to be removed either; the error says enough.
        let _ = std::fs::remove_file(&aside);
        storage(&error)
    })
}

/// Compares some of the people with every entry.
fn verify(
    args: &Args,
    list: &Located,
    asked: &[Person],
    hits: &[Vec<Hit>],
    least: Level,
    settings: &Settings,
) -> Result<()> {
    let entries: Vec<Person> = whole(list)?.into_iter().map(|listed| listed.person).collect();
    let mut builder = Builder::default();
    builder.extend(&entries);
    let names = builder.names(Names::shipped());
    let step = (asked.len() / args.verify).max(1);
    // Every so many-th person: the same ones in every run.
    for at in (0..asked.len()).step_by(step).take(args.verify) {
        let (Some(person), Some(found)) = (asked.get(at), hits.get(at)) else { continue };
        let mut expected: Vec<Hit> = entries
            .par_iter()
            .enumerate()
            .filter_map(|(entry, other)| {
                let comparison = compare(person, other, &names, settings);
                let level = comparison.level.filter(|level| *level >= least)?;
                Some(Hit { entry: u32::try_from(entry).ok()?, points: comparison.points, level })
            })
            .collect();
        expected.sort_unstable_by_key(|hit| (std::cmp::Reverse(hit.points), hit.entry));
        if expected != *found {
            return Err(Error::internal(format!(
                "the index and comparing every pair disagree about person {} of the file",
                at + 1
            )));
        }
    }
    Ok(())
}

/// The hits as CSV: what both sides are called, level, points. Names stay where they are.
fn written(people: &[Listed], found: &Found) -> String {
    let mut lines = String::from("permohonan,entri,tingkat,poin\n");
    for (person, hits) in people.iter().zip(&found.hits) {
        for hit in hits {
            let entry = found.ids.get(hit.entry as usize).map_or("", |id| id);
            let points = f64::from(hit.points) / 1_000.0;
            // Writing into a String cannot fail.
            let _ = writeln!(lines, "{},{},{},{points:.3}", cell(&person.id), cell(entry), hit.level.code());
        }
    }
    lines
}

/// A cell that a spreadsheet neither splits nor runs.
fn cell(text: &str) -> String {
    let plain =
        text.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '_' | '.' | '/' | '-')) && !text.starts_with('-');
    if plain { text.to_owned() } else { format!("\"'{}\"", text.replace('"', "\"\"")) }
}

/// What the search took, for whoever runs it.
fn report(found: &Found, out: &mut Out) {
    let (stats, people) = (&found.stats, found.hits.len());
    let with_hit = found.hits.iter().filter(|hits| !hits.is_empty()).count();
    if out.is_json() {
        let by_level = Level::ALL
            .map(|level| (level.code(), found.hits.iter().flatten().filter(|hit| hit.level == level).count()));
        out.json(&serde_json::json!({
            "schema_version": 1, "people": people, "entries": found.ids.len(), "people_with_hits": with_hit,
            "hits": by_level.into_iter().collect::<std::collections::BTreeMap<_, _>>(),
            "looked_at": stats.looked_at, "pruned_by_words": stats.pruned_by_words,
            "pruned_by_evidence": stats.pruned_by_evidence, "compared": stats.compared,
            "costliest": stats.costliest,
        }));
        return;
    }
    let mut text = format!(
        "{people} people, {} entries: {} hits, {with_hit} people with one ({:.2} hits in 100 people)\n\
         looked at {} names, put aside {} by their words and {} by the rest, compared {} entries whole\n",
        found.ids.len(),
        stats.hits,
        stats.hits as f64 * 100.0 / people.max(1) as f64,
        stats.looked_at,
        stats.pruned_by_words,
        stats.pruned_by_evidence,
        stats.compared,
    );
    if !stats.costliest.is_empty() {
        let words: Vec<String> = stats.costliest.iter().map(|(word, names)| format!("{word} {names}")).collect();
        text.push_str(&format!("costliest words: {}\n", words.join(", ")));
    }
    out.message(&text);
}
