//! A first look at a workbook, before anything of it is believed.
//!
//! Every part is unpacked once through a counter, so that a bomb is refused after a few megabytes, whatever sizes it
//! declares. On the way the sheets are looked over for what the cell stream does not tell: hidden rows and columns, merged
//! areas, the number of cells. Document types and entities are refused wherever they stand.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::io::{BufReader, Cursor, Read};
use std::path::Path;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use crate::table::{Caps, Refusal};
use crate::{Error, Result};

/// Parts larger than this must keep the ratio; smaller ones may compress as they like.
const RATIO_FROM: u64 = 8 << 20;

/// A merged area: first and last row and column, from 0, ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Area {
    pub(super) rows: (u32, u32),
    pub(super) columns: (u32, u32),
}

/// What a sheet holds besides its cells.
#[derive(Debug, Clone, Default)]
pub(super) struct Sheet {
    /// Its name on the tab.
    pub(super) name: String,
    pub(super) cells: u64,
    pub(super) hidden_rows: u64,
    pub(super) hidden_columns: u64,
    /// Sorted.
    pub(super) merged: Vec<Area>,
}

/// The worksheets of a workbook in the order of their tabs. Chart sheets are none.
pub(super) fn scan(path: &Path, bytes: &[u8], caps: &Caps) -> Result<Vec<Sheet>> {
    let damaged =
        |what: &str| Refusal::Damaged.error(path, what.to_owned()).help("save the workbook again, or export it as CSV");
    if bytes.starts_with(b"\xD0\xCF\x11\xE0") {
        return Err(Refusal::Format
            .error(path, "is an old `.xls` workbook or protected by a password")
            .help("save it as `.xlsx` without a password"));
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged("is not a whole workbook"))?;
    if archive.has_duplicate_names() || archive.has_overlapping_files().unwrap_or(true) {
        return Err(damaged("holds the same part twice"));
    }
    let mut parts = Parts::default();
    for number in 0..archive.len() {
        let entry =
            archive.by_index(number).map_err(|_| damaged("has a part that is encrypted or cannot be unpacked"))?;
        let Some(name) = entry.enclosed_name().map(|n| n.to_string_lossy().replace('\\', "/")) else {
            return Err(damaged("holds a part whose name leads out of the workbook"));
        };
        if entry.encrypted() {
            return Err(damaged("has an encrypted part"));
        }
        if name.to_ascii_lowercase().ends_with("vbaproject.bin") {
            return Err(Refusal::Format
                .error(path, "holds macros")
                .help("save it as `.xlsx` without macros, or better export it as CSV"));
        }
        let limit = if name == "xl/sharedStrings.xml" { caps.shared_text_bytes } else { caps.part_bytes };
        let packed = entry.compressed_size();
        let over = Cell::new(false);
        let counted = Counted { inner: entry, read: 0, packed, limit, ratio: caps.ratio, over: &over };
        let result = parts.read(path, &name, counted, caps);
        if over.get() {
            return Err(Refusal::TooLarge
                .error(path, "unpacks to far more than a table of applications could hold")
                .help("export the table as CSV"));
        }
        result?;
    }
    parts.sheets().ok_or_else(|| damaged("is not a workbook"))
}

/// A reader that stops once a part is beyond its limits.
struct Counted<'a, R> {
    inner: R,
    read: u64,
    packed: u64,
    limit: u64,
    ratio: u64,
    over: &'a Cell<bool>,
}

impl<R: Read> Read for Counted<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.read += count as u64;
        let allowed = RATIO_FROM.max(self.packed.saturating_mul(self.ratio)).min(self.limit);
        if self.read > allowed {
            self.over.set(true);
            return Err(std::io::Error::other("part too large"));
        }
        Ok(count)
    }
}

/// What the parts said.
#[derive(Default)]
struct Parts {
    /// Name and relationship of each tab.
    tabs: Vec<(String, String)>,
    /// Path of the part by relationship.
    targets: BTreeMap<String, String>,
    sheets: BTreeMap<String, Sheet>,
}

impl Parts {
    fn read<R: Read>(&mut self, path: &Path, name: &str, part: Counted<'_, R>, caps: &Caps) -> Result<()> {
        let is_xml = name.ends_with(".xml") || name.ends_with(".rels");
        let mut part = BufReader::new(part);
        if !is_xml {
            return match std::io::copy(&mut part, &mut std::io::sink()) {
                Ok(_) => Ok(()),
                Err(_) => Err(broken(path)),
            };
        }
        let mut sheet = name.starts_with("xl/worksheets/").then(Sheet::default);
        let mut reader = Reader::from_reader(part);
        let mut buffer = Vec::new();
        loop {
            buffer.clear();
            match reader.read_event_into(&mut buffer) {
                Ok(Event::DocType(_)) => {
                    return Err(Refusal::Entities
                        .error(path, "declares a document type, which workbooks never do")
                        .help("do not open it; ask the sender where it comes from"));
                }
                Ok(Event::Start(element) | Event::Empty(element)) => match &mut sheet {
                    Some(sheet) => sheet.element(path, &element, caps)?,
                    None => self.element(path, name, &element, caps)?,
                },
                Ok(Event::Eof) => break,
                Ok(_) => {}
                Err(_) => return Err(broken(path)),
            }
        }
        if let Some(mut sheet) = sheet {
            sheet.merged.sort_unstable();
            self.sheets.insert(name.to_owned(), sheet);
        }
        Ok(())
    }

    fn element(&mut self, path: &Path, part: &str, element: &BytesStart<'_>, caps: &Caps) -> Result<()> {
        let attribute = |name: &str| attribute(path, element, name);
        match (part, element.local_name().as_ref()) {
            ("xl/workbook.xml", "sheet") => {
                if let (Some(name), Some(id)) = (attribute("name")?, attribute("r:id")?) {
                    self.tabs.push((name, id));
                }
            }
            ("xl/_rels/workbook.xml.rels", "Relationship") => {
                if let (Some(id), Some(target)) = (attribute("Id")?, attribute("Target")?) {
                    let target = match target.strip_prefix('/') {
                        Some(absolute) => absolute.to_owned(),
                        None => format!("xl/{target}"),
                    };
                    self.targets.insert(id, target);
                }
            }
            // Room for this many texts is claimed at once by those who believe the number.
            ("xl/sharedStrings.xml", "sst") => {
                let announced = attribute("uniqueCount")?.map_or(Some(0), |n| n.parse::<u64>().ok());
                if announced.is_none_or(|n| n > caps.shared_text_bytes / 24) {
                    return Err(Refusal::TooLarge
                        .error(path, "announces more shared texts than it could hold")
                        .help("export the table as CSV"));
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn sheets(mut self) -> Option<Vec<Sheet>> {
        let mut found = Vec::new();
        for (name, id) in std::mem::take(&mut self.tabs) {
            let target = self.targets.get(&id)?;
            if let Some(sheet) = self.sheets.get(target) {
                found.push(Sheet { name, ..sheet.clone() });
            }
        }
        (!found.is_empty()).then_some(found)
    }
}

impl Sheet {
    fn element(&mut self, path: &Path, element: &BytesStart<'_>, caps: &Caps) -> Result<()> {
        let hidden = || Ok::<_, Error>(matches!(attribute(path, element, "hidden")?.as_deref(), Some("1" | "true")));
        match element.local_name().as_ref() {
            "c" => {
                self.cells += 1;
                if self.cells > caps.cells {
                    return Err(Refusal::TooLarge
                        .error(path, format!("has more than {} cells in a sheet", caps.cells))
                        .help("delete empty formatted cells, or export the table as CSV"));
                }
            }
            "row" => self.hidden_rows += u64::from(hidden()?),
            "col" if hidden()? => {
                let bound = |name| Ok::<_, Error>(attribute(path, element, name)?.and_then(|n| n.parse::<u64>().ok()));
                let (first, last) = (bound("min")?.unwrap_or(1), bound("max")?.unwrap_or(1));
                self.hidden_columns += (last + 1).saturating_sub(first).min(16_384);
            }
            "mergeCell" => {
                let area = attribute(path, element, "ref")?.as_deref().and_then(area);
                self.merged.push(area.ok_or_else(|| broken(path))?);
                if self.merged.len() > 100_000 {
                    return Err(Refusal::TooLarge
                        .error(path, "has more than 100,000 merged areas")
                        .help("export the table as CSV"));
                }
            }
            _ => {}
        }
        Ok(())
    }
}

/// The value of an attribute, unescaped.
fn attribute(path: &Path, element: &BytesStart<'_>, name: &str) -> Result<Option<String>> {
    let found = element.try_get_attribute(name).map_err(|_| broken(path))?;
    let text = found.map(|a| quick_xml::escape::unescape(a.value.as_ref()).map(|text| text.into_owned()));
    text.transpose().map_err(|_| broken(path))
}

fn broken(path: &Path) -> Error {
    Refusal::Damaged.error(path, "is broken inside").help("save the workbook again, or export it as CSV")
}

/// `B2:C9` as an area.
fn area(text: &str) -> Option<Area> {
    let (first, last) = text.split_once(':').unwrap_or((text, text));
    let ((r1, c1), (r2, c2)) = (cell(first)?, cell(last)?);
    Some(Area { rows: (r1.min(r2), r1.max(r2)), columns: (c1.min(c2), c1.max(c2)) })
}

/// `B2` as row and column from 0.
fn cell(text: &str) -> Option<(u32, u32)> {
    let text = text.replace('$', "");
    let digits = text.find(|c: char| c.is_ascii_digit())?;
    let (letters, row) = text.split_at(digits);
    let column = letters.bytes().try_fold(0u32, |column, letter| match letter.to_ascii_uppercase() {
        letter @ b'A'..=b'Z' => column.checked_mul(26)?.checked_add(u32::from(letter - b'A') + 1),
        _ => None,
    })?;
    Some((row.parse::<u32>().ok()?.checked_sub(1)?, column.checked_sub(1)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn areas_are_read_as_spreadsheets_name_them() {
        assert_eq!(area("B2:AA10"), Some(Area { rows: (1, 9), columns: (1, 26) }));
        assert_eq!(area("$C$3"), Some(Area { rows: (2, 2), columns: (2, 2) }));
        assert_eq!(area("ZZZZZZZZZ1"), None);
        assert_eq!(area("1A"), None);
    }
}
