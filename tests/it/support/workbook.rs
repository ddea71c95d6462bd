//! Workbooks looked into from outside: cells as another program reads them, and the XML itself.

use std::path::Path;

use calamine::Reader;

/// The cells of a sheet, its heading first.
pub(crate) fn sheet(path: &Path, name: &str) -> Vec<Vec<String>> {
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(path).unwrap();
    book.worksheet_range(name).unwrap().rows().map(|row| row.iter().map(ToString::to_string).collect()).collect()
}
