//! A block of raw records: fields as text, with the place of each record in its file.

use std::borrow::Cow;

use super::Fault;
use super::cells::Cells;

/// What a field was in its file. CSV knows text only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Kind {
    /// Text, as written.
    #[default]
    Text,
    /// A number that was kept as a binary fraction: beyond fifteen digits its last ones may be wrong.
    Float,
    /// A whole number, kept exactly.
    Integer,
    /// A date, a time of day or both, in ISO form.
    Moment,
    /// `true` or `false`.
    Bool,
    /// The result of a formula, which may be stale or absent.
    Formula,
    /// An error of a spreadsheet (`#REF!`).
    Error,
    /// Part of a merged area, whose value stands in its first cell only.
    Merged,
}

/// Where a record stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// Line of the file, or row of the sheet or table, from 1. A record over several lines has its first.
    pub line: u64,
    /// Offset in the file in bytes; 0 where a file has no such thing (workbooks, Parquet).
    pub byte: u64,
    first: u32,
    fields: u32,
}

/// A fault of a record in a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Faulty {
    /// Number of the record in the block.
    pub row: u32,
    /// What is wrong.
    pub fault: Fault,
    /// Offset in the file of what is wrong, in bytes.
    pub byte: u64,
    /// Number of the field, where it is known.
    pub field: Option<u32>,
}

/// Records in the order of the file. INVARIANT: `faulty` is sorted by row and names each row at most once; fields lie
/// within `text`.
#[derive(Debug, Default)]
pub struct Records {
    text: String,
    fields: Vec<(u32, u32)>,
    kinds: Vec<Kind>,
    rows: Vec<Row>,
    /// Instead of all these, where a file keeps its values by column.
    columns: Option<Columns>,
    faulty: Vec<Faulty>,
    mojibake: u64,
}

/// Values by column; nothing for a column that nobody asked for. INVARIANT: each column has a value for each of the rows.
#[derive(Debug)]
struct Columns {
    /// Row of the table, from 1, of the first record.
    line: u64,
    rows: usize,
    cells: Vec<Option<Cells>>,
}

impl Records {
    /// How many records, faulty ones included.
    #[must_use]
    pub fn len(&self) -> usize {
        self.columns.as_ref().map_or(self.rows.len(), |columns| columns.rows)
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Where a record stands.
    #[must_use]
    pub fn row(&self, row: usize) -> Option<Row> {
        match &self.columns {
            None => self.rows.get(row).copied(),
            Some(columns) => {
                let fields = to_u32(columns.cells.len());
                (row < columns.rows).then(|| Row::new(columns.line + row as u64, 0, 0, fields))
            }
        }
    }

    /// Records that cannot be used, in order.
    #[must_use]
    pub fn faulty(&self) -> &[Faulty] {
        &self.faulty
    }

    /// Records in which text seems to have been decoded twice (`Ã‰` for `É`).
    #[must_use]
    pub fn mojibake(&self) -> u64 {
        self.mojibake
    }

    /// How many fields a record has.
    #[must_use]
    pub fn width(&self, row: usize) -> usize {
        self.row(row).map_or(0, |r| r.fields as usize)
    }

    /// The text of a field; empty where the record has no such field.
    #[inline]
    #[must_use]
    pub fn field(&self, row: usize, field: usize) -> Cow<'_, str> {
        if let Some(columns) = &self.columns {
            return columns.cells.get(field).and_then(Option::as_ref).map_or(Cow::Borrowed(""), |c| c.text(row));
        }
        let Some(place) = self.rows.get(row) else { return Cow::Borrowed("") };
        if field >= place.fields as usize {
            return Cow::Borrowed("");
        }
        let range = self.fields.get(place.first as usize + field);
        Cow::Borrowed(range.and_then(|&(start, end)| self.text.get(start as usize..end as usize)).unwrap_or_default())
    }

    /// What a field was in its file.
    #[inline]
    #[must_use]
    pub fn kind(&self, row: usize, field: usize) -> Kind {
        if let Some(columns) = &self.columns {
            return columns.cells.get(field).and_then(Option::as_ref).map_or(Kind::Text, Cells::kind);
        }
        if self.kinds.is_empty() {
            return Kind::Text;
        }
        let at = self.rows.get(row).map_or(0, |r| r.first as usize) + field;
        self.kinds.get(at).copied().unwrap_or_default()
    }

    /// The values of a field, where the file keeps them by column.
    pub(crate) fn cells(&self, field: usize) -> Option<&Cells> {
        self.columns.as_ref()?.cells.get(field)?.as_ref()
    }

    /// Whether every field is plain text, as in CSV.
    #[must_use]
    pub fn text_only(&self) -> bool {
        self.kinds.is_empty() && self.columns.is_none()
    }

    /// Records of a table that keeps its values by column, from this row of it on, counted from 1.
    pub(super) fn of_columns(line: u64, rows: usize, cells: Vec<Option<Cells>>, faulty: Vec<Faulty>) -> Self {
        Self { columns: Some(Columns { line, rows, cells }), faulty, ..Self::default() }
    }

    /// The same records, with the text of every field.
    #[cfg(test)]
    pub(crate) fn in_texts(&self) -> Self {
        let mut texts = Self::default();
        for row in 0..self.len() {
            texts.begin(self.row(row).map_or(0, |place| place.line), 0);
            (0..self.width(row)).for_each(|field| texts.push(&self.field(row, field), self.kind(row, field)));
        }
        Self { faulty: self.faulty.clone(), ..texts }
    }

    /// Takes over fields that were found in `text` elsewhere.
    pub(super) fn from_parts(text: String, fields: Vec<(u32, u32)>, rows: Vec<Row>, faulty: Vec<Faulty>) -> Self {
        Self { text, fields, rows, faulty, ..Self::default() }
    }

    pub(super) fn with_mojibake(mut self, records: u64) -> Self {
        self.mojibake = records;
        self
    }

    /// Begins a record; fields pushed next belong to it.
    pub(super) fn begin(&mut self, line: u64, byte: u64) {
        self.rows.push(Row::new(line, byte, to_u32(self.fields.len()), 0));
    }

    /// Adds a field to the last record.
    pub(super) fn push(&mut self, text: &str, kind: Kind) {
        let start = to_u32(self.text.len());
        self.text.push_str(text);
        self.fields.push((start, to_u32(self.text.len())));
        self.kinds.push(kind);
        if let Some(row) = self.rows.last_mut() {
            row.fields += 1;
        }
    }

    /// Marks the last record as unusable; the first mark stays.
    pub(super) fn fail(&mut self, fault: Fault, byte: u64, field: Option<u32>) {
        let row = to_u32(self.rows.len().saturating_sub(1));
        if self.faulty.last().is_none_or(|last| last.row != row) {
            self.faulty.push(Faulty { row, fault, byte, field });
        }
    }

    /// How many bytes of text the block holds so far.
    pub(super) fn bytes(&self) -> usize {
        self.text.len()
    }
}

impl Row {
    pub(super) fn new(line: u64, byte: u64, first: u32, fields: u32) -> Self {
        Self { line, byte, first, fields }
    }
}

/// Offsets within a block; blocks stay far below 4 GiB by the caps.
pub(super) fn to_u32(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
