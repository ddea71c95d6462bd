//! XLSX workbooks: one sheet, cell by cell.
//!
//! [`scan`] looks the file over first; then cells come from calamine's stream, never from its ranges, and are put
//! together into rows. Numbers stay marked as binary fractions, dates as dates, formulas, errors and merged areas as what
//! they are: which of them a column can use is not decided here.

mod scan;

use std::fmt;
use std::io::Cursor;
use std::path::Path;

use calamine::{DataRef, Reader, Xlsx};
use scan::{Area, Sheet};

use super::file::Input;
use super::header::{self, Header, Known};
use super::{Caps, Chunk, Ending, Fault, Kind, Records, Refusal, Settings, Sink, Stamp, Summary};
use crate::calendar::{self, DAY_MS, Epoch};
use crate::{Error, Result};

/// A workbook whose sheet and heading were found.
pub(super) struct Workbook {
    book: Xlsx<Cursor<Vec<u8>>>,
    sheet: Sheet,
    header: Header,
    caps: Caps,
    path: std::path::PathBuf,
    stamp: Stamp,
    sha256: String,
}

impl fmt::Debug for Workbook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Workbook").field("header", &self.header.line).finish_non_exhaustive()
    }
}

impl Workbook {
    /// Reads the file, looks it over and finds the heading.
    pub(super) fn open(path: &Path, settings: &Settings, known: Known<'_>) -> Result<Self> {
        let mut input = Input::open(path, settings.caps.workbook_bytes)?;
        let bytes = input.read_to_end()?;
        let (stamp, sha256) = input.finish()?;
        if bytes.is_empty() {
            return Err(Refusal::Empty
                .error(path, "is empty")
                .help("ask for the export again, or pass `--allow-empty`"));
        }
        let sheet = choose(path, scan::scan(path, &bytes, &settings.caps)?, settings.sheet.as_deref())?;
        let book = Xlsx::new(Cursor::new(bytes)).map_err(|_| broken(path))?;
        let header = Header { names: Vec::new(), line: 0 };
        let caps = settings.caps;
        let mut workbook = Self { book, sheet, header, caps, path: path.to_owned(), stamp, sha256 };
        workbook.header = workbook.find_header(settings, known)?;
        Ok(workbook)
    }

    pub(super) fn header(&self) -> &Header {
        &self.header
    }

    pub(super) fn sheet(&self) -> &str {
        &self.sheet.name
    }

    fn find_header(&mut self, settings: &Settings, known: Known<'_>) -> Result<Header> {
        let mut lines = Vec::new();
        let (mut top, mut places) = (Vec::new(), Vec::new());
        let (caps, path) = (self.caps, self.path.clone());
        self.each_row(&mut |row, cells| {
            let width = cells.iter().filter(|c| !c.text.is_empty()).map(|c| c.column as usize + 1).max().unwrap_or(0);
            if width > caps.fields && cells.len() > caps.fields {
                return Err(Refusal::TooLarge
                    .error(&path, format!("row {} has more than {} cells", row + 1, caps.fields))
                    .help("no application has that many columns"));
            }
            let mut fields = vec![String::new(); width.min(caps.fields)];
            for cell in cells {
                if let Some(place) = fields.get_mut(cell.column as usize) {
                    cell.text.clone_into(place);
                }
            }
            if settings.header_line.is_none_or(|line| line == u64::from(row) + 1) {
                top.push(fields);
                places.push(u64::from(row) + 1);
            }
            lines.push(row);
            Ok(lines.len() < header::SEARCHED)
        })?;
        let Some((at, _)) = header::best(&top, known) else {
            return header::unknown(&self.path, settings.header_line, None);
        };
        Ok(Header { names: top.swap_remove(at), line: places.get(at).copied().unwrap_or(1) })
    }

    /// Hands on every row below the heading.
    pub(super) fn stream(mut self, sink: Sink<'_>) -> Result<Summary> {
        let (caps, header_row, width) = (self.caps, self.header.line, self.header.names.len());
        let areas = std::mem::take(&mut self.sheet.merged);
        let mut merged = Merged::new(&areas);
        let mut block = Records::default();
        let (mut blank, mut unheaded, mut records, mut last) = (0, 0, 0, header_row);
        let path = self.path.clone();
        self.each_row(&mut |row, cells| {
            let line = u64::from(row) + 1;
            if line <= header_row {
                return Ok(true);
            }
            blank += line - last - 1;
            last = line;
            let areas = merged.of_row(row);
            let filled = cells.iter().filter(|c| !c.text.trim().is_empty());
            unheaded += filled.clone().filter(|c| c.column as usize >= width).count() as u64;
            if !filled.clone().any(|c| (c.column as usize) < width) && areas.is_empty() {
                blank += 1;
                return Ok(true);
            }
            push_row(&mut block, line, cells, areas, width, &caps);
            records += 1;
            if records > caps.records {
                return Err(super::too_many_records(&path, caps.records));
            }
            if block.bytes() >= caps.block_bytes || block.len() >= 8192 {
                sink(Chunk::ready(std::mem::take(&mut block)))?;
            }
            Ok(true)
        })?;
        if !block.is_empty() {
            sink(Chunk::ready(block))?;
        }
        Ok(Summary {
            stamp: self.stamp,
            sha256: self.sha256,
            blank,
            ending: Ending::Closed,
            line_ends: "",
            hidden_rows: self.sheet.hidden_rows,
            hidden_columns: self.sheet.hidden_columns,
            unheaded,
        })
    }

    /// Calls `each` with every row that has cells, from the top, until it says no.
    fn each_row(&mut self, each: &mut dyn FnMut(u32, &[Value]) -> Result<bool>) -> Result<()> {
        let path = self.path.clone();
        let epoch = if self.book.has_1904_epoch() { Epoch::Y1904 } else { Epoch::Y1900 };
        let mut cells = self.book.worksheet_cells_reader(&self.sheet.name).map_err(|_| broken(&path))?;
        let mut row: Option<u32> = None;
        let mut values: Vec<Value> = Vec::new();
        while let Some(cell) = cells.next_cell_with_formula_metadata().map_err(|_| broken(&path))? {
            let (at, column) = cell.pos;
            match row {
                Some(current) if at < current => return Err(broken(&path)),
                Some(current) if at > current => {
                    if !each(current, &values)? {
                        return Ok(());
                    }
                    values.clear();
                }
                _ => {}
            }
            if values.last().is_some_and(|last| last.column >= column) {
                return Err(broken(&path));
            }
            row = Some(at);
            let (text, kind) = value_text(&cell.value, epoch);
            let kind = if cell.formula.is_some() { Kind::Formula } else { kind };
            if !text.is_empty() || kind == Kind::Formula {
                values.push(Value { column, text, kind });
            }
        }
        if let Some(current) = row {
            each(current, &values)?;
        }
        Ok(())
    }
}

/// A cell with something in it.
struct Value {
    column: u32,
    text: String,
    kind: Kind,
}

/// The sheet to read: the named one, or the only one with cells.
fn choose(path: &Path, sheets: Vec<Sheet>, named: Option<&str>) -> Result<Sheet> {
    let names = |sheets: &[Sheet]| sheets.iter().map(|s| format!("`{}`", s.name)).collect::<Vec<_>>().join(", ");
    if let Some(name) = named {
        let all = names(&sheets);
        return sheets.into_iter().find(|s| s.name == name).ok_or_else(|| {
            Refusal::Sheet.error(path, format!("has no sheet `{name}`")).help(format!("its sheets are {all}"))
        });
    }
    let mut filled: Vec<Sheet> = sheets.into_iter().filter(|s| s.cells > 0).collect();
    match filled.len() {
        0 => Err(Refusal::Empty.error(path, "has no cells").help("ask for the export again, or pass `--allow-empty`")),
        1 => Ok(filled.swap_remove(0)),
        count => Err(Refusal::Sheet
            .error(path, format!("has {count} sheets with data: {}", names(&filled)))
            .help("say which one with `--sheet`, or `sheet` in the profile")),
    }
}

fn broken(path: &Path) -> Error {
    Refusal::Damaged.error(path, "is broken inside").help("save the workbook again, or export it as CSV")
}

fn push_row(block: &mut Records, line: u64, cells: &[Value], areas: &[Area], width: usize, caps: &Caps) {
    block.begin(line, 0);
    let mut cells = cells.iter().peekable();
    for column in 0..super::records::to_u32(width) {
        let cell = cells.next_if(|c| c.column == column);
        let merged = areas.iter().any(|a| (a.columns.0..=a.columns.1).contains(&column));
        let (text, kind) = cell.map_or(("", Kind::Text), |c| (c.text.as_str(), c.kind));
        block.push(text, if merged { Kind::Merged } else { kind });
        if text.len() > caps.field_bytes {
            block.fail(Fault::FieldTooLong, 0, Some(column));
        } else if text.chars().any(|c| c.is_ascii_control() && !matches!(c, '\t' | '\n' | '\r')) {
            block.fail(Fault::ControlCharacter, 0, Some(column));
        }
    }
}

/// Merged areas by row, asked from the top.
struct Merged<'a> {
    rest: &'a [Area],
    open: Vec<Area>,
}

impl<'a> Merged<'a> {
    fn new(areas: &'a [Area]) -> Self {
        Self { rest: areas, open: Vec::new() }
    }

    /// The areas that a row lies in; rows must not go back.
    fn of_row(&mut self, row: u32) -> &[Area] {
        while let Some((area, rest)) = self.rest.split_first().filter(|(area, _)| area.rows.0 <= row) {
            self.open.push(*area);
            self.rest = rest;
        }
        self.open.retain(|area| area.rows.1 >= row);
        &self.open
    }
}

/// A cell's value as text, and what it was.
fn value_text(value: &DataRef<'_>, epoch: Epoch) -> (String, Kind) {
    match value {
        DataRef::Empty => (String::new(), Kind::Text),
        DataRef::String(text) | DataRef::DurationIso(text) => (text.clone(), Kind::Text),
        DataRef::SharedString(text) => ((*text).to_owned(), Kind::Text),
        DataRef::Int(number) => (number.to_string(), Kind::Float),
        DataRef::Float(number) => (number.to_string(), Kind::Float),
        DataRef::Bool(yes) => (yes.to_string(), Kind::Bool),
        DataRef::DateTimeIso(text) => (text.replacen('T', " ", 1), Kind::Moment),
        DataRef::Error(error) => (error.to_string(), Kind::Error),
        DataRef::DateTime(moment) => {
            let serial = moment.as_f64();
            match moment_text(serial, epoch) {
                Some(text) => (text, Kind::Moment),
                None => (serial.to_string(), Kind::Float),
            }
        }
    }
}

/// A serial number in ISO form: a time of day below one, a date, or both.
fn moment_text(serial: f64, epoch: Epoch) -> Option<String> {
    if (0.0..1.0).contains(&serial) {
        let time = calendar::from_serial(serial + 1.0, Epoch::Y1904).and_then(calendar::time)?;
        return Some(time.format("%H:%M:%S").to_string());
    }
    let millis = calendar::from_serial(serial, epoch)?;
    let time = calendar::time(millis)?;
    let form = if millis.rem_euclid(DAY_MS) == 0 { "%Y-%m-%d" } else { "%Y-%m-%d %H:%M:%S" };
    Some(time.format(form).to_string())
}
