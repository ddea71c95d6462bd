//! saring sifts a day's passport applications for the few that deserve a closer interview.
//!
//! # The flow
//!
//! ```text
//! export files --table--> records --source--> applications (canonical columns) --columns--> derived columns
//!                            | bad records                                                      |
//!                            v                                                                  v
//!                        quarantine                  rules/*.toml --rules--> plan --screening--> hits --> score --> list
//!                                                                                                             |
//!                                             manifest last, one rename <--report-- XLSX, CSV, JSONL, Parquet <
//! ```
//!
//! # Who may use whom
//!
//! Folders are things of the domain, and arrows go downward only (a test holds them): `cli` > `lab`, `synth` > `report` >
//! `screening` > `rules` > `columns` > `source` > `identity`, `table` > `text`, `reference`, `frame` > `schema` > `document`
//! > `diag` > `calendar`, `json`, `error`.
//!
//! `rules` never sees a row; `screening` never sees TOML; only `table`, `report`, `synth` and `cli` touch files.

mod error;
mod json;

pub mod calendar;
pub mod cli;
pub mod columns;
pub mod diag;
pub mod document;
pub mod expr;
pub mod frame;
pub mod history;
pub mod identity;
pub mod lab;
pub mod night;
pub mod office;
pub mod reference;
pub mod report;
pub mod rules;
pub mod schema;
pub mod screening;
pub mod source;
pub mod synth;
pub mod table;
pub mod text;
pub mod words;

#[cfg(test)]
mod seeded;

pub use error::{Error, ErrorKind, Result};
