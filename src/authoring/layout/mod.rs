//! The one form of rule, profile and office files: order of keys, aligned `=`, one condition a line.
//!
//! What an author arranged stays: comments, blank lines between groups of keys, tables in their order, the breaks inside
//! long lists, and every value to the letter. A table is laid out by its declaration, not by its neighbours, so that one
//! more key never moves the lines around it.

mod order;
mod read;
mod write;

use super::FileKind;
use crate::diag::{FileId, Files, Report};
use crate::document;
use read::Item;

/// The text of a file in house form. Where the file is no TOML, the faults go to the report.
pub fn format(file: FileId, files: &Files, report: &mut Report) -> Option<String> {
    let mut faults = Report::default();
    document::parse(file, files, &mut faults);
    if faults.has_errors() {
        report.append(faults);
        return None;
    }
    let items = read::items(&files.get(file).text)?;
    let mut inside = false;
    let tops: Vec<&str> = items
        .iter()
        .filter_map(|item| match item {
            Item::Heading(heading) => {
                inside = true;
                heading.path.first()
            }
            Item::Entry(entry) if !inside => entry.key.first(),
            Item::Entry(_) | Item::Blank | Item::Comment(_) => None,
        })
        .map(String::as_str)
        .collect();
    let kind = FileKind::of(&tops);
    Some(write::text(items, kind))
}

#[cfg(test)]
mod tests;
