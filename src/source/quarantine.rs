//! Records that are set aside.

use super::fold::shape;
use super::mapping::Mapping;
use super::reason::{Reason, Unusable};
use crate::table::{Fault, Faulty, Records};

/// A record that is not among the applications: where it stands and why. It never holds what the record says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quarantined {
    /// Number of the file among those read.
    pub file: usize,
    /// Its line or row, from 1.
    pub line: u64,
    /// Offset in the file in bytes, where the file has such a thing and the record was not compared with others.
    pub byte: Option<u64>,
    /// The column at fault, where it is one.
    pub column: Option<String>,
    /// Why.
    pub reason: Reason,
    /// Numbers that help: how many fields there are, which line has the same number.
    pub detail: String,
    /// The shape of the cell or record: letters as `A` and `a`, digits as `9`.
    pub snippet: String,
}

/// Sets a record aside for its form.
pub(super) fn for_form(mapping: &Mapping<'_>, file: usize, records: &Records, faulty: &Faulty) -> Quarantined {
    let row = faulty.row as usize;
    let (line, width) = (records.row(row).map_or(0, |r| r.line), records.width(row));
    let counted = matches!(faulty.fault, Fault::FieldCount | Fault::ShortRow);
    let reason = match counted {
        true => no_application(mapping, records, row).map_or(faulty.fault.into(), Reason::from),
        false => faulty.fault.into(),
    };
    let column = faulty.field.and_then(|field| name_of_field(mapping, field as usize));
    let detail = match counted {
        true => format!("{width} fields, the heading has {}", mapping.folded.len()),
        false => String::new(),
    };
    Quarantined { file, line, byte: Some(faulty.byte), column, reason, detail, snippet: record_shape(records, row) }
}

/// Sets a record aside for what one of its cells says.
pub(super) fn for_cell(
    mapping: &Mapping<'_>,
    file: usize,
    records: &Records,
    row: usize,
    at: usize,
    reason: Unusable,
) -> Quarantined {
    let place = records.row(row);
    let (line, byte) = (place.map_or(0, |r| r.line), place.map(|r| r.byte));
    if let Some(reason) = no_application(mapping, records, row) {
        let snippet = record_shape(records, row);
        return Quarantined { file, line, byte, column: None, reason: reason.into(), detail: String::new(), snippet };
    }
    let output = mapping.outputs.get(at);
    let column = output.map(|o| o.column.name.clone());
    let snippet = output.and_then(|o| o.field()).map_or(String::new(), |field| shape(records.field(row, field).trim()));
    Quarantined { file, line, byte, column, reason: reason.into(), detail: String::new(), snippet }
}

/// Whether a record that failed is a repeated heading or a footer.
fn no_application(mapping: &Mapping<'_>, records: &Records, row: usize) -> Option<Unusable> {
    let cells = || (0..records.width(row)).map(|field| super::fold::fold(&records.field(row, field)));
    let same = cells().zip(&mapping.folded).filter(|(cell, heading)| !cell.is_empty() && cell == *heading).count();
    let named = mapping.folded.iter().filter(|h| !h.is_empty()).count();
    if same > 0 && same * 2 >= named {
        return Some(Unusable::HeaderRepeat);
    }
    let first = cells().find(|cell| !cell.is_empty())?;
    mapping.profile.footers.iter().any(|footer| first.starts_with(footer.as_str())).then_some(Unusable::Footer)
}

fn name_of_field(mapping: &Mapping<'_>, field: usize) -> Option<String> {
    mapping.outputs.iter().find(|o| o.field() == Some(field)).map(|o| o.column.name.clone())
}

fn record_shape(records: &Records, row: usize) -> String {
    let mut text = String::new();
    for field in 0..records.width(row) {
        if field > 0 {
            text.push('|');
        }
        let cell = records.field(row, field);
        text.push_str(cell.get(..64).unwrap_or(&cell));
        if text.len() > 256 {
            break;
        }
    }
    shape(&text)
}
