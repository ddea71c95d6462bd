//! Parquet files as polars reads them.

use std::path::Path;

use polars::prelude::{DataFrame, DataType, ParquetReader, SerReader};

pub(crate) fn read(path: &Path) -> DataFrame {
    ParquetReader::new(std::fs::File::open(path).unwrap()).finish().unwrap()
}

/// The texts of a column, empty where there is none.
pub(crate) fn strings(frame: &DataFrame, name: &str) -> Vec<String> {
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
