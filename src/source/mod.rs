//! Exports become applications, or are told why not.
//!
//! A [`Profile`] says how an office writes its exports. [`read`] takes files and a profile and gives typed applications
//! in the columns of the dictionary, the records that were set aside ([`Quarantined`], each with a [`Reason`]), and an
//! account of every file. Each record ends in exactly one of the two, which is checked and not only hoped for.
//!
//! What is a fault of the file is kept apart from what is odd about a person. A bad cell in an optional column is null
//! and named in `mutu.rusak`; in a required column it costs the record. A NIK of the wrong length or with an impossible
//! date is *not* a bad cell: it is kept as written, since judging it is the business of the rules; only an empty one, or
//! one that a spreadsheet broke, sets the record aside. A column that a spreadsheet rounded refuses the file or is not
//! used, and is never reported as a person's anomaly. No message and no quarantine entry holds a cell: shapes only.

mod account;
mod cell;
mod column;
mod convert;
mod duplicates;
mod fold;
mod inspect;
mod intake;
mod mapping;
mod number;
mod pass;
mod penjelasan;
mod profile;
mod quality;
mod quarantine;
mod range;
mod reason;
mod remark;
mod repeated;
mod text;
mod verdict;
mod words;

pub use account::FileAccount;
pub use inspect::{InspectedColumn, Inspection, MissingColumn, UnmappedHeading, inspect};
pub use intake::{Intake, Options, read};
pub use profile::{Extra, Profile, load_profile, parse_profile, raw};
pub use quality::ColumnQuality;
pub use quarantine::Quarantined;
pub use reason::{Note, Reason, Unusable};
pub use remark::{About, Rejection, Remark};

#[cfg(test)]
mod tests;
