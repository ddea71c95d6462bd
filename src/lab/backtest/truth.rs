//! What turned out to be true of applications: planted cases of an invented office, or what officers found.

use std::collections::BTreeMap;
use std::path::Path;

use crate::{Error, ErrorKind, Result};

/// Which side a truth is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// A case: a good list has it (`tanam`).
    Planted,
    /// Part of a case's story without being one (`terkait`): counted on neither side.
    Involved,
    /// Looks like a case and is none (`wajar`).
    Innocent,
}

/// The words of the file.
const SIDES: [(&str, Side); 3] = [("tanam", Side::Planted), ("terkait", Side::Involved), ("wajar", Side::Innocent)];

/// One truth about one application.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mark {
    /// Which side.
    pub side: Side,
    /// The kind of case or of innocent group.
    pub kind: String,
    /// The ring or group; empty for a person alone.
    pub group: String,
}

/// All truths by application number; an application without any is honest.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Truths {
    by_number: BTreeMap<String, Vec<Mark>>,
}

impl Truths {
    /// Reads CSV with the columns `nomor_permohonan`, `golongan` (`tanam`, `terkait` or `wajar`), `jenis` and, where
    /// several applications make one case, `kelompok`. Further columns are ignored. `path` is named in errors, which are
    /// of the kind `Reference` and quote no cell.
    pub fn read(bytes: &[u8], path: &Path) -> Result<Self> {
        let refused = |what: String| {
            Error::new(ErrorKind::Reference, "TRUTH", what)
                .at(path)
                .help("one line an application: `nomor_permohonan,golongan,jenis,kelompok`, golongan `tanam`, `terkait` or `wajar`")
        };
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(bytes);
        let header = reader.headers().map_err(|_| refused("has no readable heading".to_owned()))?.clone();
        let place = |name: &str| header.iter().position(|h| h.trim_start_matches('\u{feff}').trim() == name);
        let needed = |name: &str| place(name).ok_or_else(|| refused(format!("has no column `{name}`")));
        let (number, side, kind) = (needed("nomor_permohonan")?, needed("golongan")?, needed("jenis")?);
        let group = place("kelompok");
        let mut by_number: BTreeMap<String, Vec<Mark>> = BTreeMap::new();
        for (at, record) in reader.records().enumerate() {
            // The heading is line 1; a truth has no line breaks in its cells.
            let line = at + 2;
            let record = record.map_err(|_| refused(format!("line {line} cannot be read")))?;
            let cell = |place: usize| record.get(place).unwrap_or_default().trim();
            let side = SIDES.iter().find(|(word, _)| *word == cell(side)).map(|(_, side)| *side);
            let side = side.ok_or_else(|| refused(format!("line {line} has an unknown `golongan`")))?;
            if cell(number).is_empty() || cell(kind).is_empty() {
                return Err(refused(format!("line {line} lacks its number or its `jenis`")));
            }
            let group = group.map_or_else(String::new, |place| cell(place).to_owned());
            let mark = Mark { side, kind: cell(kind).to_owned(), group };
            by_number.entry(cell(number).to_owned()).or_default().push(mark);
        }
        Ok(Self { by_number })
    }

    /// What is known of an application.
    #[must_use]
    pub fn of(&self, number: &str) -> &[Mark] {
        self.by_number.get(number).map_or(&[], Vec::as_slice)
    }

    /// The numbers of which something is known.
    pub fn numbers(&self) -> impl Iterator<Item = &str> {
        self.by_number.keys().map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_found_by_name_and_faults_are_placed() {
        let read = |text: &str| Truths::read(text.as_bytes(), Path::new("k.csv"));
        let truths = read("jenis,nomor_permohonan,golongan,catatan\nkembar,1,tanam,x\nkembar,1,wajar,y\n").unwrap();
        assert_eq!(truths.of("1").iter().map(|m| m.side).collect::<Vec<_>>(), [Side::Planted, Side::Innocent]);
        assert!(truths.of("2").is_empty());
        for (text, what) in [
            ("nomor_permohonan,jenis\n", "golongan"),
            ("nomor_permohonan,golongan,jenis\n1,tanam,a\n2,salah,b\n", "line 3"),
            ("nomor_permohonan,golongan,jenis\n,tanam,a\n", "line 2"),
        ] {
            let error = read(text).unwrap_err();
            assert!(error.to_string().contains(what), "{error}");
            assert!(!error.to_string().contains("salah"), "{error}");
        }
    }
}
