//! Dated tables.
pub mod countries;
pub mod libur;
