//! CSV files read and written without saring's own reader, so that counts and values come from a second pair of eyes.

use std::path::Path;

use crate::made::Draw;

/// A file of records under one heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Table {
    pub(crate) header: Vec<String>,
    pub(crate) rows: Vec<Vec<String>>,
}

impl Table {
    #[track_caller]
    pub(crate) fn read(path: &Path) -> Self {
        let mut reader = csv::Reader::from_path(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        let cells = |record: &csv::StringRecord| record.iter().map(str::to_owned).collect::<Vec<String>>();
        let header = cells(reader.headers().unwrap());
        Self { header, rows: reader.records().map(|record| cells(&record.unwrap())).collect() }
    }

    pub(crate) fn write(&self, path: &Path) {
        let mut writer = csv::Writer::from_path(path).unwrap();
        writer.write_record(&self.header).unwrap();
        self.rows.iter().for_each(|row| writer.write_record(row).unwrap());
        writer.flush().unwrap();
    }

    #[track_caller]
    pub(crate) fn place(&self, column: &str) -> usize {
        self.header.iter().position(|name| name == column).unwrap_or_else(|| panic!("no column {column}"))
    }

    /// The cells of a column, from the top.
    #[track_caller]
    pub(crate) fn column(&self, column: &str) -> Vec<&str> {
        let place = self.place(column);
        self.rows.iter().map(|row| row[place].as_str()).collect()
    }

    /// The row with a value in a column.
    #[track_caller]
    pub(crate) fn row_of(&self, column: &str, value: &str) -> usize {
        let found = self.column(column).iter().position(|cell| *cell == value);
        found.unwrap_or_else(|| panic!("no row with {value} in {column}"))
    }

    #[track_caller]
    pub(crate) fn set(&mut self, row: usize, column: &str, value: &str) {
        let place = self.place(column);
        value.clone_into(&mut self.rows[row][place]);
    }

    pub(crate) fn shuffle(&mut self, seed: u64) {
        Draw(seed).shuffle(&mut self.rows);
    }
}
