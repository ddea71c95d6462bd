//! saring sifts a day's passport applications for the few that deserve a closer interview.
//!
//! # One idea
//!
//! Everything is a column; a rule is a few short conditions over columns. The columns of an export are joined by those worked
//! out from the row itself, from other applications that share a key (groups, networks, persons, families), and from
//! lists ([`columns::watchlist`], compared by [`matching`]). New power is a new source of columns ([`columns::Source`]); the rule language does not change.
//!
//! # The flow
//!
//! ```text
//! export files --table--> records --source--> applications --columns--> derived columns --+
//!                            | bad records        |                                       |
//!                            v                    | ties         +------ groups, networks, persons, families
//!                        quarantine               v              |                        |
//!                                  history: rows tied to tonight-+                        v
//!                             rules/*.toml --rules--> plan --------------screening--> hits --> score --> list
//!                                                                                                         |
//!                           manifest last, one rename <--report-- XLSX, CSV, JSON Lines, Parquet, HTML <--+
//! ```
//!
//! Exports are read block by block, and each block becomes the columns that last before the next is looked at: what serves only
//! to make columns of its own row is gone by then. What lasts grows in place ([`frame::Growing`]): texts that repeat as numbers
//! of words, others one after the other.
//!
//! History gives back what tonight's columns need and no more: each tie says which sources are read of the rows it finds
//! ([`columns::Link`]). There are two kinds of rows: company, which is only counted, and open applications of before, which are judged
//! again with tonight's links against the looks that history keeps of them (`screening::follow_up`).
//!
//! How rare a word of a name is, the reference table, long lists and history say together, the commonest reading first; history is
//! counted by whole months of some time ago, so that tonight changes nothing in it (`office::Frequencies`).
//!
//! [`night::run`] is that picture as a function from values to values; reading stands at its beginning, and `report` writes
//! what it returns.
//!
//! # Who may use whom
//!
//! Folders are things of the domain, and arrows go downward only (a test holds them): `cli` > `editor` > `authoring` (writing
//! rule files: form, schema, names, handbook), `report`, `synth` > `night`, `lab`, `recap` > `screening`, `office` > `source`,
//! `rules`, `history` > `columns`, `words` > `lists` > `expr` > `matching` > `identity` > `frame`, `text`,
//! `table` > `schema`, `reference` > `document` > `diag` > `calendar`, `hex`, `json`, `markup`, `error`.
//!
//! `rules` never sees a row; `screening` never sees TOML; only `table`, `lists`, `history`, `report`, `office`, `synth` and
//! `cli` touch files. Raw, checked and compiled rules are three types ([`rules::raw`], [`rules::RuleSet`], [`rules::Plan`]).
//!
//! # What holds everywhere
//!
//! - The reference date is the only clock, and it is read in `cli`. No result depends on the number of threads, the order of
//!   rows, the environment or a hash map.
//! - A record is an application or in quarantine; a rule fires, is quiet or cannot be judged; the leaves of an explanation add
//!   up to the score. Each of these is asserted where it is promised.
//! - No message quotes a cell. Values are masked by the table that declares their column ([`schema`]).
//!
//! Absent on purpose: any verdict about a person, any network connection, any query engine (conditions are evaluated by our own
//! kernels over arrays, since three-valued lines with an account of each are the point).

mod error;
mod hex;
mod json;
mod markup;
mod private;

pub mod authoring;
pub mod calendar;
pub mod cli;
pub mod columns;
pub mod diag;
pub mod document;
pub mod editor;
pub mod expr;
pub mod frame;
pub mod history;
pub mod identity;
pub mod lab;
pub mod lists;
pub mod matching;
pub mod night;
pub mod office;
pub mod recap;
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
