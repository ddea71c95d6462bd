//! A whole file against a list: the people of the file come some at a time, so that a million of them take no more memory
//! than a thousand, and hits are written as they are found.

use std::fmt::Write as _;
use std::path::Path;

use rayon::prelude::*;

use super::super::Exit;
use super::super::output::Out;
use super::ready::{Ready, each_block, parts, ready, whole};
use super::saved::Saved;
use super::{Args, Located, calibrate};
use crate::lists::{self, Field, Kind, Levels, ListSpec, Mapping, Role};
use crate::matching::{Builder, Comparison, Hit, Level, Person, Settings, Stats, compare};
use crate::schema::columns::{NAMA_LENGKAP, NOMOR_PERMOHONAN, PASPOR_LAMA_NOMOR};
use crate::{Error, Result};

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

/// Takes some people: the number of the first, what the file calls each, and who they are.
type Block<'a> = &'a mut dyn FnMut(u64, &[String], &[Person]) -> Result<()>;

/// The people of a file, so many at a time.
struct Asked<'a> {
    path: &'a Path,
    at_once: usize,
}

impl Asked<'_> {
    /// Hands them on, each block with the number of its first.
    fn each_block(&self, sink: Block<'_>) -> Result<()> {
        let mut first = 0_u64;
        each_block(&plain_spec(), self.path, self.at_once, &mut |people| {
            let (ids, people): (Vec<String>, Vec<Person>) =
                people.into_iter().map(|listed| (listed.id, listed.person)).unzip();
            sink(first, &ids, &people)?;
            first += people.len() as u64;
            Ok(())
        })
    }
}

/// What was found, for the account of the run.
#[derive(Default)]
struct Tally {
    people: u64,
    with_hit: u64,
    by_level: [u64; Level::ALL.len()],
    entries: usize,
    stats: Stats,
    /// Points of the alerts, where levels are to be proposed.
    points: Vec<i32>,
}

/// Where hits go.
enum Sink<'a> {
    File(Saved),
    Print(&'a mut Out),
    Nowhere,
}

/// What takes the hits of one person after the other.
struct Taking<'a> {
    sink: Sink<'a>,
    tally: Tally,
    keep_points: bool,
}

const HEADING: &str = "permohonan,entri,tingkat,poin\n";

impl Taking<'_> {
    /// The hits of some people, and what the entries are called.
    fn take<'h>(&mut self, ids: &[String], hits: impl Iterator<Item = &'h [Hit]>, called: &[Box<str>]) -> Result<()> {
        let mut lines = String::new();
        for (id, hits) in ids.iter().zip(hits) {
            self.tally.people += 1;
            self.tally.with_hit += u64::from(!hits.is_empty());
            for hit in hits {
                self.count(hit);
                let entry = called.get(hit.entry as usize).map_or("", |id| id);
                let points = f64::from(hit.points) / 1_000.0;
                // Writing into a String cannot fail.
                let _ = writeln!(lines, "{},{},{},{points:.3}", cell(id), cell(entry), hit.level.code());
            }
        }
        self.put(&lines)
    }

    fn count(&mut self, hit: &Hit) {
        let at = Level::ALL.iter().position(|level| *level == hit.level).unwrap_or(0);
        self.tally.by_level.get_mut(at).into_iter().for_each(|count| *count += 1);
        if self.keep_points && hit.level >= Level::Possible {
            self.tally.points.push(hit.points);
        }
    }

    fn put(&mut self, lines: &str) -> Result<()> {
        match &mut self.sink {
            Sink::File(file) => file.write(lines.as_bytes())?,
            Sink::Print(out) => out.print(lines),
            Sink::Nowhere => {}
        }
        Ok(())
    }
}

pub(super) fn run(args: &Args, path: &Path, list: &Located, settings: &Settings, out: &mut Out) -> Result<Exit> {
    let least = args.least.unwrap_or(Level::Possible);
    let asked = Asked { path, at_once: args.at_once as usize };
    let sink = match &args.out {
        _ if args.calibrate => Sink::Nowhere,
        Some(path) => Sink::File(Saved::create(path)?),
        None if out.is_json() => Sink::Nowhere,
        None => Sink::Print(out),
    };
    let mut taking = Taking { sink, tally: Tally::default(), keep_points: args.calibrate };
    taking.put(HEADING)?;
    match args.part {
        Some(part) => in_parts(args, &asked, list, part as usize, least, settings, &mut taking)?,
        None => in_one(args, &asked, list, least, settings, &mut taking)?,
    }
    let Taking { sink, tally, .. } = taking;
    if let Sink::File(file) = sink {
        file.commit()?;
    }
    if args.calibrate {
        return calibrate::run(tally.people, tally.points, args.budget, settings, out);
    }
    report(&tally, out);
    Ok(Exit::Done)
}

/// Searches the whole list for some people after the other.
fn in_one(
    args: &Args,
    asked: &Asked<'_>,
    list: &Located,
    least: Level,
    settings: &Settings,
    taking: &mut Taking<'_>,
) -> Result<()> {
    let Ready { index, ids: called } = ready(list, args.cache.as_deref(), settings)?;
    taking.tally.entries = called.len();
    asked.each_block(&mut |_, ids, people| {
        let (hits, stats) = index.search_counted(people, least);
        taking.tally.stats.add(&stats);
        taking.take(ids, hits.iter().map(Vec::as_slice), &called)
    })?;
    verify(args, asked, taking.tally.people, list, least, settings, &mut |_, person| index.search(person, least))
}

/// Searches one part of the list after the other, of which one is in memory as an index at a time. The hits of everybody are
/// held until the last part is done.
fn in_parts(
    args: &Args,
    asked: &Asked<'_>,
    list: &Located,
    part: usize,
    least: Level,
    settings: &Settings,
    taking: &mut Taking<'_>,
) -> Result<()> {
    let (mut called, mut found) = (Vec::<Box<str>>::new(), Vec::<(u64, Hit)>::new());
    parts(list, part, settings, &mut |Ready { index, ids }| {
        let before = u32::try_from(called.len()).unwrap_or(u32::MAX);
        asked.each_block(&mut |first, _, people| {
            let (hits, stats) = index.search_counted(people, least);
            taking.tally.stats.add(&stats);
            for (person, hits) in (first..).zip(hits) {
                found.extend(hits.into_iter().map(|hit| (person, Hit { entry: hit.entry + before, ..hit })));
            }
            Ok(())
        })?;
        called.extend(ids);
        Ok(())
    })?;
    taking.tally.entries = called.len();
    found.par_sort_unstable_by_key(|(person, hit)| (*person, std::cmp::Reverse(hit.points), hit.entry));
    let of = |person: u64| {
        let hits = found.get(found.partition_point(|(other, _)| *other < person)..).unwrap_or_default();
        hits.iter().take_while(move |(other, _)| *other == person).map(|(_, hit)| *hit).collect::<Vec<Hit>>()
    };
    asked.each_block(&mut |first, ids, people| {
        let hits: Vec<Vec<Hit>> = (first..).take(people.len()).map(of).collect();
        taking.take(ids, hits.iter().map(Vec::as_slice), &called)
    })?;
    verify(args, asked, taking.tally.people, list, least, settings, &mut |number, _| of(number))
}

/// Compares some of the people with every entry.
fn verify(
    args: &Args,
    asked: &Asked<'_>,
    people: u64,
    list: &Located,
    least: Level,
    settings: &Settings,
    found: &mut dyn FnMut(u64, &Person) -> Vec<Hit>,
) -> Result<()> {
    if args.verify == 0 {
        return Ok(());
    }
    let entries: Vec<Person> = whole(&list.spec, &list.path)?.into_iter().map(|listed| listed.person).collect();
    let mut builder = Builder::default();
    builder.extend(&entries);
    let names = builder.names(list.frequencies.names());
    // Every so many-th person: the same ones in every run.
    let step = (people / args.verify).max(1);
    asked.each_block(&mut |first, _, people| {
        let chosen = (first..).zip(people).filter(|(at, _)| at % step == 0 && at / step < args.verify);
        for (at, person) in chosen {
            let every_pair = expected(&entries, least, &|other| compare(person, other, &names, settings));
            if every_pair != found(at, person) {
                return Err(Error::internal(format!(
                    "the index and comparing every pair disagree about person {} of the file",
                    at + 1
                )));
            }
        }
        Ok(())
    })
}

/// The hits of a person by comparing every pair.
fn expected(entries: &[Person], least: Level, compared: &(dyn Fn(&Person) -> Comparison + Sync)) -> Vec<Hit> {
    let hit = |(entry, other): (usize, &Person)| {
        let comparison = compared(other);
        let level = comparison.level.filter(|level| *level >= least)?;
        Some(Hit { entry: u32::try_from(entry).ok()?, points: comparison.points, level })
    };
    let mut hits: Vec<Hit> = entries.par_iter().enumerate().filter_map(hit).collect();
    hits.sort_unstable_by_key(|hit| (std::cmp::Reverse(hit.points), hit.entry));
    hits
}

/// A cell that a spreadsheet neither splits nor runs.
fn cell(text: &str) -> String {
    let plain =
        text.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '_' | '.' | '/' | '-')) && !text.starts_with('-');
    if plain { text.to_owned() } else { format!("\"'{}\"", text.replace('"', "\"\"")) }
}

/// What the search took, for whoever runs it.
fn report(tally: &Tally, out: &mut Out) {
    let Tally { stats, people, with_hit, entries, .. } = tally;
    let costliest = stats.costliest();
    if out.is_json() {
        let by_level = Level::ALL.iter().zip(tally.by_level).map(|(level, count)| (level.code(), count));
        out.json(&serde_json::json!({
            "schema_version": 1, "people": people, "entries": entries, "people_with_hits": with_hit,
            "hits": by_level.collect::<std::collections::BTreeMap<_, _>>(),
            "looked_at": stats.looked_at, "pruned_by_words": stats.pruned_by_words,
            "pruned_by_evidence": stats.pruned_by_evidence, "compared": stats.compared,
            "costliest": costliest,
        }));
        return;
    }
    let mut text = format!(
        "{people} people, {entries} entries: {} hits, {with_hit} people with one ({:.2} hits in 100 people)\n\
         looked at {} names, put aside {} by their words and {} by the rest, compared {} entries whole\n",
        stats.hits,
        stats.hits as f64 * 100.0 / (*people).max(1) as f64,
        stats.looked_at,
        stats.pruned_by_words,
        stats.pruned_by_evidence,
        stats.compared,
    );
    if !costliest.is_empty() {
        let words: Vec<String> = costliest.iter().map(|(word, names)| format!("{word} {names}")).collect();
        text.push_str(&format!("costliest words: {}\n", words.join(", ")));
    }
    out.message(&text);
}
