//! Lists that applications are compared with: people, contacts, documents, institutions, plain keys.
//!
//! A [`ListSpec`] says what a list is and what it promises (age, length, who is compared with it); a [`Mapping`] says how
//! one sender writes it. [`read()`] takes a file and gives [`Entry`] after entry with an account of the file ([`stream()`] hands them on in parts): a list that is
//! missing, empty, old, shrunk or mostly unreadable is refused by name, since a list that finds nobody looks exactly like a
//! quiet night. What is wrong with a single entry sets that entry aside and is told.
//!
//! What an entry says is kept as written, under the field it was mapped to; making it comparable is the business of those
//! who compare. No message holds what an entry says.

mod birth;
mod book;
mod cache;
mod entry;
mod fault;
mod field;
mod judge;
mod mapping;
mod read;
mod spec;
mod suppressed;

pub use birth::Born;
pub use book::{locate, stamp};
pub use cache::Kept;
pub use entry::Entry;
pub use fault::{Bad, Problem, Refused, Remarked};
pub(crate) use field::unknown_field;
pub use field::{Field, LIST_FIELDS, ListField};
pub use judge::{judge, made_on, shrunk};
pub(crate) use mapping::folded;
pub use mapping::{Mapped, Mapping};
pub(crate) use read::of_list;
pub use read::{Account, ListRead, read, stream};
pub use spec::{Kind, Levels, ListSpec, Role};
pub use suppressed::{Suppressed, Suppression, pair_code};
