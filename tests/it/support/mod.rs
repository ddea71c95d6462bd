//! What several topics need.

pub(crate) mod golden;
pub(crate) mod junit;
pub(crate) mod office;
pub(crate) mod parquet;
pub(crate) mod table;
pub(crate) mod workbook;
