//! Help for people who write rule, profile and office files: their form, their schema, names, the handbook.
//!
//! Everything here works on texts and checked rule sets and gives texts back; reading and writing files is left to `cli`
//! and `editor`.

mod diff;
pub mod handbook;
mod kind;
mod layout;
mod outline;
mod rename;
mod roles;
mod scaffold;
mod schema;
mod words;

pub use diff::unified;
pub use kind::FileKind;
pub use layout::format;
pub use outline::{FileOutline, Name, NameKind, outline};
pub use rename::{Edit, Renaming, apply, rename};
pub use roles::{Role, role};
pub use scaffold::{Scaffold, scaffold};
pub use schema::json_schema;
pub use words::{Kind as WordKind, Word, words};
