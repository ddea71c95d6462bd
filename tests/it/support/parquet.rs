//! Parquet files as polars reads them.

use std::path::Path;

use polars::prelude::{DataFrame, DataType, ParquetReader, SerReader};

pub(crate) fn read(path: &Path) -> DataFrame {
    ParquetReader::new(std::fs::File::open(path).unwrap()).finish().unwrap()
}

/// The texts of a column, dates as 2025-11-03; empty where there is none.
pub(crate) fn strings(frame: &DataFrame, name: &str) -> Vec<String> {
    if let Ok(days) = frame.column(name).unwrap().date() {
        let shown = |day: Option<i32>| day.and_then(|day| saring::calendar::date(day.into()));
        return days.physical().iter().map(|day| shown(day).map_or_else(String::new, |day| day.to_string())).collect();
    }
    frame.column(name).unwrap().str().unwrap().iter().map(|v| v.unwrap_or_default().to_owned()).collect()
}

pub(crate) fn integers(frame: &DataFrame, name: &str) -> Vec<i64> {
    frame.column(name).unwrap().i64().unwrap().iter().map(Option::unwrap).collect()
}

/// Every text of every column.
pub(crate) fn all_texts(frame: &DataFrame) -> Vec<String> {
    let texts = frame.columns().iter().filter(|column| *column.dtype() == DataType::String);
    texts.flat_map(|column| strings(frame, column.name())).collect()
}
