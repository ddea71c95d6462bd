//! How one sender writes a list: which heading holds which field, and how its cells are cut.

use std::collections::{BTreeMap, BTreeSet};

use regex::Regex;

use super::{Field, Kind};
use crate::calendar::format::Format;
use crate::schema::columns::{EMAIL, NIK, TELEPON};
use crate::table::{self, Encoding};
use crate::text::fold;

/// How a list is written.
#[derive(Debug, Clone, Default)]
pub struct Mapping {
    /// Its name; empty where every field stands under its own.
    pub name: String,
    /// The encoding; a byte order mark is stronger.
    pub encoding: Option<Encoding>,
    /// The separator of delimited text.
    pub delimiter: Option<u8>,
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    /// The line of the heading.
    pub header_line: Option<u64>,
    /// The headings of a file that has none, in the order of its columns.
    pub headings: Vec<String>,
    /// Words that stand for no value, folded.
    pub nulls: BTreeSet<String>,
    /// Formats of days.
    pub(crate) formats: Vec<Format>,
    /// Where each field is found.
    pub columns: Vec<Mapped>,
    /// Only lines in which these headings hold one of these words, all folded.
    pub only: BTreeMap<String, BTreeSet<String>>,
}

/// Where a field is found and how its cell is cut.
#[derive(Debug, Clone)]
pub struct Mapped {
    /// The field.
    pub field: Field,
    /// Headings, folded. Every one that the file has is read.
    pub headings: Vec<String>,
    /// Marks between several values of a cell.
    pub at: Vec<String>,
    /// Values are what this finds in the cell: its first group, or the whole.
    pub pattern: Option<Regex>,
    /// Characters that the sender's field holds: a name that fills it may be cut short.
    pub width: Option<usize>,
    /// The sender's words, folded, and what they mean.
    pub words: BTreeMap<String, String>,
    /// The value of every entry.
    pub constant: Option<String>,
}

/// Formats that are read where a mapping declares none; none of them contradicts another.
pub(crate) const USUAL_FORMATS: [&str; 4] = ["yyyy-mm-dd", "dd-mm-yyyy", "dd/mm/yyyy", "d mmm yyyy"];
/// The mark between several values where a mapping declares none.
const USUAL_MARK: &str = "|";

impl Mapping {
    /// The mapping of a list that has every field under its own name, days in the usual formats, and `|` between several
    /// values of a cell.
    #[must_use]
    pub fn plain() -> Self {
        let columns = Field::names().into_iter().filter_map(Field::by_name).map(Mapped::plain).collect();
        let formats = USUAL_FORMATS.iter().filter_map(|name| Format::by_name(name)).collect();
        Self { formats, columns, ..Self::default() }
    }

    /// What the reader of the file is told.
    pub(super) fn settings(&self, caps: table::Caps) -> table::Settings {
        let header_line = if self.headings.is_empty() { self.header_line } else { Some(1) };
        table::Settings {
            encoding: self.encoding,
            delimiter: self.delimiter,
            sheet: self.sheet.clone(),
            header_line,
            caps,
        }
    }

    /// Whether a line with this heading may be the heading.
    pub(super) fn knows(&self, heading: &str) -> bool {
        let folded = folded(heading);
        !self.headings.is_empty()
            || self.only.contains_key(&folded)
            || self.columns.iter().any(|column| column.headings.contains(&folded))
    }
}

impl Mapped {
    /// Whether a cell fills the sender's field, so that its last word may have been longer.
    pub(super) fn fills(&self, cell: &str) -> bool {
        self.width.is_some_and(|width| cell.trim_end().chars().count() == width)
    }

    /// A field under its own name.
    #[must_use]
    pub fn plain(field: Field) -> Self {
        let at = if field.has_several() { vec![USUAL_MARK.to_owned()] } else { Vec::new() };
        Self {
            field,
            headings: vec![folded(field.name())],
            at,
            pattern: None,
            width: None,
            words: BTreeMap::new(),
            constant: None,
        }
    }
}

impl Field {
    /// Whether an entry usually has several of it.
    fn has_several(self) -> bool {
        use crate::schema::columns::{TANGGAL_LAHIR, TEMPAT_LAHIR};
        [Self::ALIAS, Self::PASPOR, Self::NOMOR_DOKUMEN, Self::NOMOR_IZIN].contains(&self)
            || [NIK, TELEPON, EMAIL, TANGGAL_LAHIR, TEMPAT_LAHIR].contains(&self.name())
    }

    /// The fields of which an entry of a kind needs one.
    pub(super) fn needed(kind: Kind) -> Vec<Self> {
        use crate::schema::columns::ALAMAT;
        let columns = |names: &[&str]| names.iter().filter_map(|name| Self::by_name(name)).collect::<Vec<_>>();
        match kind {
            Kind::People => [vec![Self::NAMA, Self::ALIAS, Self::PASPOR], columns(&[NIK, TELEPON])].concat(),
            Kind::Contacts => columns(&[TELEPON, EMAIL, ALAMAT]),
            Kind::Documents => [vec![Self::NOMOR_DOKUMEN, Self::PASPOR], columns(&[NIK])].concat(),
            Kind::Institutions => vec![Self::NAMA, Self::ALIAS, Self::NOMOR_IZIN],
            Kind::Keys => Vec::new(),
        }
    }
}

/// A heading or word without case, spaces and punctuation, as profiles compare them.
#[must_use]
pub(crate) fn folded(word: &str) -> String {
    let mut out = String::new();
    fold::fold(word, &mut out);
    out.retain(char::is_alphanumeric);
    out
}
