//! Which column of a file goes where, once its heading is known.

use std::collections::BTreeMap;
use std::path::Path;

use super::fold::fold;
use super::profile::{Constant, Profile, ProfileColumn, Target};
use super::range::Range;
use super::remark::{About, Rejection, Remark};
use crate::diag;
use crate::schema::{Need, columns};
use crate::table::{Format, Header, TableFile};
use crate::{Error, Result};

/// The plan by which records of one file become applications.
#[derive(Debug)]
pub(super) struct Mapping<'p> {
    pub(super) profile: &'p Profile,
    /// The columns that will be made, in the order of the profile.
    pub(super) outputs: Vec<Output<'p>>,
    /// The headings, folded, for lines that repeat them.
    pub(super) folded: Vec<String>,
    /// By column of the file, whether anything is made of it.
    pub(super) wanted: Vec<bool>,
    /// Headings nothing is made of.
    pub(super) unmapped: Vec<Unmapped>,
}

/// A heading nothing is made of. Errors and remarks, which end up in logs, name its column by number only: where a line
/// was lost or glued, what stands in the heading may be somebody's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unmapped {
    /// Number of the column in the file, from 1.
    pub(super) number: usize,
    /// As written, for the analyst who looks at this very file; absent where the line may be no heading at all.
    pub(super) shown: Option<String>,
    pub(super) folded: String,
}

/// A column that will be made.
#[derive(Debug)]
pub(super) struct Output<'p> {
    pub(super) column: &'p ProfileColumn,
    pub(super) origin: Origin<'p>,
    pub(super) range: Range,
}

/// Where its values come from.
#[derive(Debug, Clone, Copy)]
pub(super) enum Origin<'p> {
    /// A column of the file.
    Cell(usize),
    /// A part of a column of the file.
    Part { field: usize, at: &'p str, part: usize, parts: usize },
    /// The profile.
    Constant(&'p Constant),
}

impl<'p> Mapping<'p> {
    /// Finds every column's place. Two headings for one column are an error; a missing required column is left to
    /// [`Self::require`], so that an inspection can show the rest.
    pub(super) fn new(profile: &'p Profile, header: &Header, path: &Path) -> Result<Self> {
        let folded: Vec<String> = header.names.iter().map(|name| fold(name)).collect();
        let shown = |name: &str| shown(name, profile, &folded);
        refuse_repeated(&folded, profile, path)?;
        let mut places: BTreeMap<usize, (Origin<'p>, &str)> = BTreeMap::new();
        let mut wanted = vec![false; folded.len()];
        let mut unmapped = Vec::new();
        for (field, (word, name)) in folded.iter().zip(&header.names).enumerate() {
            let target = profile.headings.get(word);
            if target.is_none() && !word.is_empty() {
                unmapped.push(Unmapped { number: field + 1, shown: shown(name), folded: word.clone() });
            }
            if let (Some(target), Some(place)) = (target, wanted.get_mut(field)) {
                *place = true;
                take_place(profile, *target, field, name, &mut places, path)?;
            }
        }
        let mut outputs = Vec::new();
        for (number, column) in profile.columns.iter().enumerate() {
            let found = places.get(&number).map(|(origin, _)| *origin);
            if let Some(origin) = found.or_else(|| column.constant.as_ref().map(Origin::Constant)) {
                outputs.push(Output { column, origin, range: Range::of(column) });
            }
        }
        Ok(Self { profile, outputs, folded, wanted, unmapped })
    }

    /// The required columns that the file cannot fill.
    pub(super) fn missing(&self, need: Need) -> impl Iterator<Item = &'static columns::Column> + '_ {
        let made = |name: &str| self.outputs.iter().any(|o| o.column.name == name);
        columns::ALL.iter().filter(move |c| c.need == need && !made(c.name))
    }

    /// An error where a required column is missing, naming what was seen.
    pub(super) fn require(&self, path: &Path) -> Result<()> {
        let missing: Vec<String> = self.missing(Need::Required).map(|c| format!("`{}`", c.name)).collect();
        if missing.is_empty() {
            return Ok(());
        }
        let plural = if missing.len() == 1 { "column" } else { "columns" };
        let message = format!("lacks the required {plural} {}", missing.join(", "));
        Err(Rejection::ColumnMissing.error(path, message).help(self.missing_help()))
    }

    fn missing_help(&self) -> String {
        let found: Vec<&str> =
            self.outputs.iter().filter(|o| o.field().is_some()).map(|o| o.column.name.as_str()).collect();
        let open: Vec<String> = self.unmapped.iter().map(|u| self.describe(u)).collect();
        let open = match open.is_empty() {
            true => "every heading of the file is mapped".to_owned(),
            false => format!("not mapped: {}", open.join(", ")),
        };
        format!(
            "add its heading to the profile, or ask for an export that has it; found: {}; {open}; \
             `saring check --profile` shows the headings",
            found.join(", ")
        )
    }

    /// A heading by its number, with the column it resembles.
    fn describe(&self, unmapped: &Unmapped) -> String {
        let hint = self.suggestion(&unmapped.folded).map(|hint| format!(" ({hint})")).unwrap_or_default();
        format!("column {}{hint}", unmapped.number)
    }

    /// An error where the profile forbids columns it does not know.
    pub(super) fn deny_unknown(&self, path: &Path) -> Result<()> {
        match self.unmapped.iter().find(|_| self.profile.deny_unknown) {
            None => Ok(()),
            Some(unmapped) => Err(Rejection::ColumnUnknown
                .error(path, format!("has a heading that the profile does not know: {}", self.describe(unmapped)))
                .help(
                    "declare it, or set `unknown_columns = \"ignore\"`; `saring check --profile` shows the headings",
                )),
        }
    }

    /// What is to be said about the headings.
    pub(super) fn remarks(&self, number: usize, file: &TableFile) -> Vec<Remark> {
        let mut remarks = Vec::new();
        let line = file.header().line;
        if line > 1 && matches!(file.format(), Format::Delimited | Format::Xlsx) {
            remarks.push(Remark::new(About::HeaderLine, number, 1, format!("the heading was found in line {line}")));
        }
        for unmapped in &self.unmapped {
            let message = format!("not in the profile and not read: {}", self.describe(unmapped));
            remarks.push(Remark::new(About::ColumnIgnored, number, 1, message));
        }
        for column in self.missing(Need::Recommended) {
            let message = format!("the file has no `{}`; rules that need it cannot be evaluated", column.name);
            remarks.push(Remark::new(About::ColumnAbsent, number, 1, message).of(column.name));
        }
        remarks
    }

    /// Which declared heading of a column not yet found an unknown heading resembles.
    pub(super) fn suggestion(&self, folded: &str) -> Option<String> {
        let open = |c: &&ProfileColumn| self.outputs.iter().all(|o| o.column.name != c.name);
        let known = self.profile.columns.iter().filter(open);
        let words: Vec<(String, &ProfileColumn)> =
            known.flat_map(|c| c.headings.iter().chain([&c.name]).map(move |h| (fold(h), c))).collect();
        let near = diag::nearest(folded, words.iter().map(|(word, _)| word.as_str()));
        let best = near.first()?;
        let (_, column) = words.iter().find(|(word, _)| word == best)?;
        Some(format!("did you mean `{}`?", column.name))
    }
}

/// Enters a column's or a split's places. A heading of its own is stronger than a part of another.
fn take_place<'p, 'h>(
    profile: &'p Profile,
    target: Target,
    field: usize,
    name: &'h str,
    places: &mut BTreeMap<usize, (Origin<'p>, &'h str)>,
    path: &Path,
) -> Result<()> {
    match target {
        Target::Column(number) => {
            if let Some((Origin::Cell(_), other)) = places.insert(number, (Origin::Cell(field), name)) {
                let column = profile.columns.get(number).map_or("", |c| c.name.as_str());
                return Err(two_headings(path, other, name, column));
            }
        }
        Target::Split(number) => {
            let Some(split) = profile.splits.get(number) else { return Ok(()) };
            for (part, column) in split.into.iter().enumerate() {
                let origin = Origin::Part { field, at: &split.at, part, parts: split.into.len() };
                places.entry(*column).or_insert((origin, name));
            }
        }
    }
    Ok(())
}

fn two_headings(path: &Path, one: &str, two: &str, column: &str) -> Error {
    // Both are words of the profile, so they are nobody's name.
    Rejection::HeaderDuplicate
        .error(path, format!("headings `{}` and `{}` both lead to `{column}`", fold(one), fold(two)))
        .help("remove one from the export, or from the profile")
}

/// Empty headings may repeat: they are what spreadsheets leave behind.
fn refuse_repeated(folded: &[String], profile: &Profile, path: &Path) -> Result<()> {
    for (at, word) in folded.iter().enumerate().filter(|(_, word)| !word.is_empty()) {
        let Some(other) = folded.iter().skip(at + 1).position(|other| other == word) else { continue };
        // A word of the profile is nobody's name.
        let shown = if profile.headings.contains_key(word) { format!(", `{word}`") } else { String::new() };
        let message = format!("columns {} and {} have the same heading{shown}", at + 1, at + 2 + other);
        return Err(Rejection::HeaderDuplicate
            .error(path, message)
            .help("remove or rename one of the columns in the export"));
    }
    Ok(())
}

/// A heading, where the line is one beyond doubt, half of it known words, and the word itself looks like no number or
/// address.
fn shown(heading: &str, profile: &Profile, folded: &[String]) -> Option<String> {
    let named = folded.iter().filter(|word| !word.is_empty()).count();
    let known = folded.iter().filter(|word| profile.headings.contains_key(*word)).count();
    let heading = heading.split_whitespace().collect::<Vec<_>>().join(" ");
    let digits = heading.chars().filter(|c| c.is_numeric()).count();
    let harmless = digits < 4 && !heading.contains('@') && heading.chars().count() <= 60;
    (2 * known >= named && harmless).then_some(heading)
}
