//! A profile: how one office's export becomes applications.
//!
//! It is a TOML file that names, for each column of the dictionary, the headings it may stand under and how its cells
//! are written. Headings are compared without case, spaces and punctuation, but only declared ones count; formats are
//! declared, never guessed. Every fault of a profile has a place and a code, and is found before any data is read.

mod build;
mod extra;
mod head;
pub mod raw;
mod words;

use std::collections::BTreeMap;
use std::path::Path;

use self::raw::RawProfile;
use super::cell::CellReader;
use crate::Result;
use crate::diag::{FileId, Files, Report};
use crate::document::{self, Cx, Data, FromToml, Value};
use crate::schema::{Column, Mask, Need, Type};
use crate::table::Encoding;

/// How one office's export becomes applications.
#[derive(Debug, Clone)]
pub struct Profile {
    pub(super) name: String,
    pub(super) title: String,
    pub(super) encoding: Option<Encoding>,
    pub(super) delimiter: Option<u8>,
    pub(super) sheet: Option<String>,
    pub(super) header_line: Option<u64>,
    pub(super) deny_unknown: bool,
    /// Beginnings of footers, folded.
    pub(super) footers: Vec<String>,
    /// In the order of the dictionary, extra columns after it by name.
    pub(super) columns: Vec<ProfileColumn>,
    pub(super) splits: Vec<Split>,
    /// What a heading leads to, by folded heading.
    pub(super) headings: BTreeMap<String, Target>,
    pub(super) extras: Vec<Extra>,
}

/// A column of this office alone, usable in rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extra {
    /// Its name in rules.
    pub name: String,
    /// The type of its values.
    pub ty: Type,
    /// Its heading in reports.
    pub label: String,
    /// How it is masked.
    pub mask: Mask,
}

/// What a heading leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Target {
    /// One column, by number.
    Column(usize),
    /// Several columns in one cell, by number of the split.
    Split(usize),
}

/// A column that the profile can fill.
#[derive(Debug, Clone)]
pub(super) struct ProfileColumn {
    pub(super) name: String,
    pub(super) ty: Type,
    pub(super) need: Need,
    pub(super) mask: Mask,
    pub(super) canonical: Option<&'static Column>,
    /// As written in the profile, for messages.
    pub(super) headings: Vec<String>,
    pub(super) reader: CellReader,
    pub(super) constant: Option<Constant>,
}

/// The value of every record of a file without the column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Constant {
    Text(String),
    Number(i64),
    Bool(bool),
}

/// A heading with several columns.
#[derive(Debug, Clone)]
pub(super) struct Split {
    pub(super) at: String,
    /// Numbers of the columns, in the order of the parts.
    pub(super) into: Vec<usize>,
}

impl Profile {
    /// Its short name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What export it reads, for people.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }

    /// The columns of this office alone.
    #[must_use]
    pub fn extras(&self) -> &[Extra] {
        &self.extras
    }

    /// The names of all columns that an export read with this profile can have, in order.
    pub fn columns(&self) -> impl Iterator<Item = (&str, Type)> {
        self.columns.iter().map(|c| (c.name.as_str(), c.ty))
    }
}

/// Reads and checks a profile file. Faults go to `report`; `None` where it cannot be used. The error is for a file that
/// cannot be read at all.
pub fn load_profile(path: &Path, files: &mut Files, report: &mut Report) -> Result<Option<Profile>> {
    let text = crate::diag::read_text(path)?;
    let file = files.add(path.to_string_lossy(), text);
    Ok(parse_profile(file, files, report))
}

/// Checks the text of a profile that is in `files` already.
pub fn parse_profile(file: FileId, files: &Files, report: &mut Report) -> Option<Profile> {
    let before = report.count(crate::diag::Severity::Error);
    let table = document::parse(file, files, report);
    let raw = match report.count(crate::diag::Severity::Error) > before {
        true => None,
        false => {
            let value = Value { span: table.span, data: Data::Table(table) };
            RawProfile::from_toml(&value, &mut Cx { report, what: RawProfile::WHAT })
        }
    };
    let profile = raw.map(|raw| build::build(&raw, report))?;
    (report.count(crate::diag::Severity::Error) == before).then_some(profile)
}
