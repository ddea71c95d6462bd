//! Dated tables.
pub mod countries;
