//! What is true of each application: the key to the exercise, kept in `kebenaran.csv` and nowhere else.

use std::io::Write;

use super::cells::{CsvRows, csv_failed};
use crate::Result;

/// Which side a mark is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Side {
    /// A true case: a good list has it.
    Planted,
    /// Part of a planted story without being a case: the owner of a NIK that somebody else uses, a first application.
    Involved,
    /// Looks like a case and is none.
    Innocent,
}

impl Side {
    /// The word in the file.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Planted => "tanam",
            Self::Involved => "terkait",
            Self::Innocent => "wajar",
        }
    }
}

/// One truth about one application; an application may have several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) side: Side,
    /// The kind of story.
    pub(super) kind: &'static str,
    /// The group or ring, empty for a person alone.
    pub(super) group: String,
    /// The part played in it.
    pub(super) role: &'static str,
    /// The columns that tie the application to its group.
    pub(super) links: &'static [&'static str],
}

/// The header of the file.
pub(super) const HEADER: [&str; 6] = ["nomor_permohonan", "golongan", "jenis", "kelompok", "peran", "tautan"];

/// Writes the marks of one application.
pub(super) fn write<W: Write>(rows: &mut CsvRows<W>, number: &str, marks: &[Mark]) -> Result<()> {
    for mark in marks {
        let links = mark.links.join(";");
        rows.write_record([number, mark.side.word(), mark.kind, &mark.group, mark.role, &links]).map_err(csv_failed)?;
    }
    Ok(())
}
