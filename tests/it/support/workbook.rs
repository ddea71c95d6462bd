//! Workbooks looked into from outside: cells as another program reads them, and the XML itself.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

use calamine::Reader;

/// The cells of a sheet, its heading first.
pub(crate) fn sheet(path: &Path, name: &str) -> Vec<Vec<String>> {
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(path).unwrap();
    book.worksheet_range(name).unwrap().rows().map(|row| row.iter().map(ToString::to_string).collect()).collect()
}

/// The parts of a workbook by name.
pub(crate) fn parts(bytes: &[u8]) -> BTreeMap<String, String> {
    let mut book = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let count = book.len();
    let part = |at| {
        let mut part = book.by_index(at).unwrap();
        let mut xml = String::new();
        part.read_to_string(&mut xml).unwrap();
        (part.name().unwrap().into_owned(), xml)
    };
    (0..count).map(part).collect()
}
