//! From the file of a list to its entries, with an account of what was left out.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use rayon::prelude::*;

use super::fault::{Bad, Problem, Refused};
use super::mapping::{Mapped, folded};
use super::{Born, Entry, Field, Kind, ListSpec};
use crate::calendar;
use crate::identity::sixteen;
use crate::schema::{Format as CellFormat, Type, columns};
use crate::table::{self, Caps, Chunk, Records, Refusal};
use crate::{Error, ErrorKind, Result};

/// What became of the lines of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// The file.
    pub path: PathBuf,
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// Lines below the heading: `records = entries + set aside + not meant`.
    pub records: u64,
    /// Entries used.
    pub entries: u64,
    /// Lines that the mapping leaves to other lists.
    pub not_meant: u64,
    /// Lines that cannot be used, in the order of the file.
    pub set_aside: Vec<Problem>,
    /// Values left out of their entries, by field.
    pub left_out: BTreeMap<&'static str, u64>,
    /// Entries whose id another entry has.
    pub repeated: u64,
    /// The day the list was made, where it says so.
    pub made_on: Option<NaiveDate>,
}

/// A list as it was read.
#[derive(Debug)]
pub struct ListRead {
    /// Its entries, in the order of the file.
    pub entries: Vec<Entry>,
    /// What became of its lines.
    pub account: Account,
}

/// Lines of a list that may always be unusable.
const LEAST_BAD: usize = 10;
/// The share of lines, in percent, that may be.
const BAD_PERCENT: usize = 10;
/// From this many identity numbers on, all ending in 0, a spreadsheet has rounded them: chance does so once in 10^20.
const ROUNDED: u64 = 20;

/// Blocks of a file that are made into entries at once, for each thread.
const BLOCKS_AT_ONCE: usize = 4;

/// Reads a list.
pub fn read(spec: &ListSpec, path: &Path) -> Result<ListRead> {
    let mut entries: Vec<Entry> = Vec::new();
    let mut account = stream(spec, path, &mut |more| {
        entries.extend(more);
        Ok(())
    })?;
    let mut seen = BTreeSet::new();
    let repeated = entries.iter().filter_map(|e| e.one(Field::ID)).filter(|id| !seen.insert(*id)).count();
    account.repeated = repeated as u64;
    Ok(ListRead { entries, account })
}

/// Reads a list and hands its entries on in the order of the file, a few blocks at a time, so that nobody has to hold them
/// all. A file that cannot be relied on may be refused after some were handed on. Ids that come again are not looked for.
pub fn stream(spec: &ListSpec, path: &Path, sink: &mut dyn FnMut(Vec<Entry>) -> Result<()>) -> Result<Account> {
    let mapping = &spec.mapping;
    let caps = Caps { file_bytes: 4 << 30, ..Caps::default() };
    let file = table::open(path, &mapping.settings(caps), &|heading| mapping.knows(heading)).map_err(of_list)?;
    let names = if mapping.headings.is_empty() { file.header().names.clone() } else { mapping.headings.clone() };
    let headings: Vec<String> = names.iter().map(|name| folded(name)).collect();
    let plan = Plan::new(spec, &headings, path)?;
    let control = file.control().cloned();
    if spec.control && control.is_none() {
        return Err(Refused::Unsigned
            .error(path, "has no control file beside it, which its declaration demands")
            .help("ask the sender for it (`rows = ...` and `sha256 = ...`)"));
    }
    let mut whole = Part::default();
    if !mapping.headings.is_empty() {
        // A file without heading: its first line is an entry like the others.
        let cells: Vec<&str> = file.header().names.iter().map(String::as_str).collect();
        let cell = |field| Cow::Borrowed(cells.get(field).copied().unwrap_or_default());
        plan.line(file.header().line, &cell, &mut whole);
    }
    let at_once = rayon::current_num_threads() * BLOCKS_AT_ONCE;
    let mut chunks: Vec<Chunk> = Vec::new();
    let mut hand_on = |chunks: &mut Vec<Chunk>, whole: &mut Part| -> Result<()> {
        let parts =
            std::mem::take(chunks).into_par_iter().map(|chunk| chunk.split().map(|records| plan.block(&records)));
        for more in parts.collect::<Result<Vec<Part>>>().map_err(of_list)? {
            whole.add(more);
        }
        sink(std::mem::take(&mut whole.entries))
    };
    let summary = file.stream(&plan.wanted, &mut |chunk| {
        chunks.push(chunk);
        if chunks.len() < at_once { Ok(()) } else { hand_on(&mut chunks, &mut whole) }
    });
    let summary = summary.map_err(of_list)?;
    hand_on(&mut chunks, &mut whole)?;
    if let Some(control) = control {
        let cut_off =
            summary.ending == table::Ending::Open && whole.problems.last().is_some_and(|p| p.field.is_empty());
        control.compare(path, whole.records, &summary.sha256, cut_off).map_err(of_list)?;
    }
    whole.finish(path, summary.sha256)
}

/// A refusal of the table reader as one of a list: who sent it has to act, and nothing is published.
pub(crate) fn of_list(error: Error) -> Error {
    if error.kind() != ErrorKind::Input {
        return error;
    }
    let code = match error.code() {
        code if code == Refusal::Missing.code() => Refused::Missing.code(),
        code if code == Refusal::Empty.code() => Refused::Empty.code(),
        code if code == Refusal::HeaderUnknown.code() => Refused::Column.code(),
        code => code,
    };
    error.of_kind(ErrorKind::Reference, code)
}

/// A cell with single spaces between its words and none around them.
fn squeezed(raw: &str) -> String {
    let mut text = String::with_capacity(raw.len());
    for word in raw.split_whitespace() {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(word);
    }
    text
}

/// How the lines of one file become entries.
struct Plan<'a> {
    kind: Kind,
    nulls: &'a BTreeSet<String>,
    formats: &'a [calendar::format::Format],
    /// Each mapped field with the columns of the file it is read from.
    columns: Vec<(&'a Mapped, Vec<usize>)>,
    /// Columns of the file and the words one of which they must hold.
    only: Vec<(usize, &'a BTreeSet<String>)>,
    needed: Vec<Field>,
    wanted: Vec<bool>,
}

/// What some lines gave.
#[derive(Default)]
struct Part {
    entries: Vec<Entry>,
    /// How many entries there were, those handed on included.
    used: u64,
    problems: Vec<Problem>,
    left_out: BTreeMap<&'static str, u64>,
    records: u64,
    not_meant: u64,
    made_on: Option<NaiveDate>,
    /// Identity numbers, and those of them that end in 0.
    numbers: (u64, u64),
}

impl<'a> Plan<'a> {
    fn new(spec: &'a ListSpec, headings: &[String], path: &Path) -> Result<Self> {
        let place = |wanted: &String| headings.iter().position(|heading| heading == wanted);
        let columns: Vec<(&Mapped, Vec<usize>)> = spec
            .mapping
            .columns
            .iter()
            .map(|column| (column, column.headings.iter().filter_map(place).collect()))
            .filter(|(column, places): &(&Mapped, Vec<usize>)| !places.is_empty() || column.constant.is_some())
            .collect();
        let needed = match spec.kind {
            Kind::Keys => columns.iter().map(|(column, _)| column.field).filter(|f| f.column().is_some()).collect(),
            kind => Field::needed(kind),
        };
        if !columns.iter().any(|(column, _)| needed.contains(&column.field)) {
            let names: Vec<String> = Field::needed(spec.kind).iter().map(|f| format!("`{}`", f.name())).collect();
            let what = if names.is_empty() { "a column to compare".to_owned() } else { names.join(", ") };
            return Err(Refused::Column
                .error(path, format!("has none of the headings that the mapping knows for {what}"))
                .help("add its headings under `[mapping.NAME.column]`, or ask for the list in its usual form"));
        }
        let only = spec.mapping.only.iter().filter_map(|(heading, words)| Some((place(heading)?, words))).collect();
        let mut wanted = vec![false; headings.len()];
        let used = columns.iter().flat_map(|(_, places)| places);
        let only: Vec<(usize, &BTreeSet<String>)> = only;
        for at in used.chain(only.iter().map(|(at, _)| at)) {
            if let Some(place) = wanted.get_mut(*at) {
                *place = true;
            }
        }
        let mapping = &spec.mapping;
        Ok(Self { kind: spec.kind, nulls: &mapping.nulls, formats: &mapping.formats, columns, only, needed, wanted })
    }

    fn block(&self, records: &Records) -> Part {
        let mut part = Part::default();
        let mut faulty = records.faulty().iter().map(|f| f.row as usize).peekable();
        for row in 0..records.len() {
            let line = records.row(row).map_or(0, |place| place.line);
            if faulty.next_if_eq(&row).is_some() {
                part.records += 1;
                part.problems.push(Problem { line, field: "", code: Bad::Form.code() });
                continue;
            }
            self.line(line, &|field| records.field(row, field), &mut part);
        }
        part
    }

    fn line<'r>(&self, line: u64, cell: &dyn Fn(usize) -> Cow<'r, str>, part: &mut Part) {
        part.records += 1;
        if self.only.iter().any(|(at, words)| !words.contains(&folded(&cell(*at)))) {
            part.not_meant += 1;
            return;
        }
        match self.entry(line, cell, part) {
            Ok(entry) => {
                part.used += 1;
                part.entries.push(entry);
            }
            Err((field, bad)) => part.problems.push(Problem { line, field, code: bad.code() }),
        }
    }

    fn entry<'r>(
        &self,
        line: u64,
        cell: &dyn Fn(usize) -> Cow<'r, str>,
        part: &mut Part,
    ) -> Result<Entry, (&'static str, Bad)> {
        let mut values: Vec<(Field, String)> = Vec::with_capacity(self.columns.len());
        let mut validity = (None, None);
        for (column, places) in &self.columns {
            let field = column.field;
            let mut take = |raw: &str, cut: bool| -> Result<(), (&'static str, Bad)> {
                let mut text = squeezed(raw);
                // Most columns have no words that mean something else, and folding a million cells takes its time.
                let folds = !self.nulls.is_empty() || !column.words.is_empty();
                let word = if folds { folded(&text) } else { String::new() };
                if text.is_empty() || self.nulls.contains(&word) || (word.is_empty() && !self.nulls.is_empty()) {
                    return Ok(());
                }
                if let Some(meant) = column.words.get(&word) {
                    text.clone_from(meant);
                } else if cut && text.ends_with(char::is_alphabetic) {
                    // As people write a word that they cut short themselves, and as the matcher reads it.
                    text.push('.');
                }
                match self.value(field, text, &mut validity, part)? {
                    Some(value) => values.push((field, value)),
                    None if self.is_silent(field) => {}
                    None => *part.left_out.entry(field.name()).or_default() += 1,
                }
                Ok(())
            };
            let constant = column.constant.as_deref().map(Cow::Borrowed);
            for raw in places.iter().map(|at| cell(*at)).chain(constant) {
                match &column.pattern {
                    Some(pattern) => {
                        for found in pattern.captures_iter(&raw) {
                            let whole = found.get(1).or_else(|| found.get(0)).map_or("", |m| m.as_str());
                            pieces(whole, &column.at).try_for_each(|piece| take(piece, false))?;
                        }
                    }
                    None => {
                        let (fills, parts) = (column.fills(&raw), pieces(&raw, &column.at));
                        let last = parts.len();
                        for (at, piece) in parts.enumerate() {
                            take(piece, fills && at + 1 == last)?;
                        }
                    }
                }
            }
        }
        if let (Some(from), Some(to)) = validity
            && from > to
        {
            return Err((Field::BERLAKU_SAMPAI.name(), Bad::Reversed));
        }
        if !values.iter().any(|(field, _)| self.needed.contains(field)) {
            return Err(("", Bad::Nothing));
        }
        Ok(Entry::new(line, validity, &values))
    }

    /// Days that end up elsewhere than among the values.
    fn is_silent(&self, field: Field) -> bool {
        [Field::BERLAKU_DARI, Field::BERLAKU_SAMPAI, Field::PER_TANGGAL].contains(&field)
    }

    fn day(&self, text: &str) -> Option<i64> {
        self.formats.iter().filter_map(|f| f.read(text)).find_map(|moment| moment.day)
    }

    /// A value as entries keep it; nothing where it is not what its field holds.
    fn value(
        &self,
        field: Field,
        text: String,
        validity: &mut (Option<i64>, Option<i64>),
        part: &mut Part,
    ) -> Result<Option<String>, (&'static str, Bad)> {
        match field {
            Field::BERLAKU_DARI | Field::BERLAKU_SAMPAI => {
                let day = self.day(&text).ok_or((field.name(), Bad::Validity))?;
                let place = if field == Field::BERLAKU_DARI { &mut validity.0 } else { &mut validity.1 };
                *place = Some(day);
                return Ok(None);
            }
            Field::PER_TANGGAL => {
                part.made_on = part.made_on.max(self.day(&text).and_then(calendar::date));
                return Ok(None);
            }
            // An id that is somebody's number would stand unmasked in reasons.
            Field::ID if text.bytes().filter(u8::is_ascii_digit).count() >= 16 => return Ok(None),
            Field::STATUS => return status(&text).map(|s| Some(s.to_owned())).ok_or((field.name(), Bad::Status)),
            _ => {}
        }
        let Some(column) = field.column() else { return Ok(Some(text)) };
        Ok(match (column.format, column.ty) {
            (CellFormat::Digit16, _) => {
                let number = sixteen::read(&text).ok().map(|number| number.as_str().to_owned());
                part.numbers.0 += u64::from(number.is_some());
                part.numbers.1 += u64::from(number.as_ref().is_some_and(|n| n.ends_with('0')));
                number
            }
            _ if field.name() == columns::TANGGAL_LAHIR && self.kind == Kind::People => {
                Born::read(&text, self.formats).map(Born::text)
            }
            (_, Type::Date) => self.day(&text).and_then(calendar::date).map(|day| day.to_string()),
            (_, Type::Code(table)) => {
                let code = table.get(&text).map(|entry| entry.code).or_else(|| table.by_alias(&text));
                code.map(str::to_owned)
            }
            _ => Some(text),
        })
    }
}

/// The status of an institution.
fn status(text: &str) -> Option<&'static str> {
    Some(match folded(text).as_str() {
        "AKTIF" | "BERLAKU" | "ACTIVE" => "aktif",
        "DICABUT" | "CABUT" | "REVOKED" => "dicabut",
        "SANKSI" | "SKORSING" | "DIBEKUKAN" | "SUSPENDED" => "sanksi",
        _ => return None,
    })
}

/// The parts of a cell between any of the marks.
fn pieces<'t>(text: &'t str, marks: &[String]) -> std::vec::IntoIter<&'t str> {
    let mut parts = vec![text];
    for mark in marks.iter().filter(|mark| !mark.is_empty()) {
        parts = parts.into_iter().flat_map(|part| part.split(mark.as_str())).collect();
    }
    parts.into_iter()
}

impl Part {
    fn add(&mut self, other: Self) {
        self.entries.extend(other.entries);
        self.used += other.used;
        self.problems.extend(other.problems);
        for (field, count) in other.left_out {
            *self.left_out.entry(field).or_default() += count;
        }
        self.records += other.records;
        self.not_meant += other.not_meant;
        self.made_on = self.made_on.max(other.made_on);
        self.numbers = (self.numbers.0 + other.numbers.0, self.numbers.1 + other.numbers.1);
    }

    fn finish(self, path: &Path, sha256: String) -> Result<Account> {
        let (bad, all) = (self.problems.len(), usize::try_from(self.records - self.not_meant).unwrap_or(usize::MAX));
        if self.used + bad as u64 + self.not_meant != self.records {
            return Err(Error::internal("lines of a list were lost"));
        }
        if bad > LEAST_BAD && bad * 100 > all * BAD_PERCENT {
            let first = self.problems.first().map_or("", |p| p.code);
            return Err(Refused::Malformed
                .error(path, format!("{bad} of {all} entries cannot be used; the first for {first}"))
                .help(format!("the mapping does not fit the file; `saring explain {first}` says more")));
        }
        if self.numbers.0 >= ROUNDED && self.numbers.0 == self.numbers.1 {
            return Err(Refused::Malformed
                .error(path, "has identity numbers that all end in 0: rounded by a spreadsheet")
                .help("ask for the list with numbers as text"));
        }
        Ok(Account {
            path: path.to_owned(),
            sha256,
            records: self.records,
            entries: self.used,
            not_meant: self.not_meant,
            set_aside: self.problems,
            left_out: self.left_out,
            repeated: 0,
            made_on: self.made_on,
        })
    }
}
