//! Values of columns as people may see them.

use crate::calendar;
use crate::frame::{Frame, View};
use crate::schema::Mask;

/// The value of a column in a row, masked; empty for null. Times and dates read as in files.
pub(super) fn display(frame: &Frame, column: &str, row: u32, mask: Mask) -> String {
    let row = row as usize;
    let is_date = frame.column(column).is_some_and(|c| c.data_type().is_date());
    match frame.view(column) {
        Ok(View::Text(view)) => view.get(row).map_or_else(String::new, |text| mask.apply(text)),
        Ok(View::Number(view)) => match view.get(row) {
            Some(days) if is_date => calendar::date(days).map_or_else(String::new, |d| mask.apply(&d.to_string())),
            Some(number) => number.to_string(),
            None => String::new(),
        },
        Ok(View::Bool(view)) => view.get(row).map_or_else(String::new, |b| b.to_string()),
        Err(_) => String::new(),
    }
}
