//! A language server for rule, profile and office files, over standard input and output.
//!
//! It tells what `saring check` tells, while the author types and before anything is saved: the texts in the editor stand
//! in for the files on disk. Besides it knows what the names in a condition mean (`hover`), which there are
//! (`completion`), where they are declared (`definition`), what was probably meant (`actions`), and the house form.
//!
//! `transport` reads and writes messages, [`serve`] answers them, `workspace` finds and checks the files behind a
//! text, `place` turns the editor's UTF-16 positions into bytes, `cursor` says what stands at one. No message of a
//! client ends the server, whatever is in it.

mod actions;
mod completion;
mod cursor;
mod definition;
mod hover;
mod place;
mod server;
mod transport;
mod uri;
mod workspace;

pub use server::{Ended, serve};
