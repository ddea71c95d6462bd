//! Where columns come from.
//!
//! An application has the canonical columns of its export. More columns are worked out from the row itself
//! ([`derived`]) and by the pack's fields ([`field`]), later from other applications and from lists; a rule cannot tell
//! the difference. The [`Catalog`] knows every name; a [`Source`] says which columns it makes and which it needs, so that
//! only what an active rule asks for is computed, in the order of [`graph`].

mod catalog;
pub mod derived;
mod field;
pub mod graph;
mod source;
mod window;

pub use catalog::{Catalog, ColumnInfo, Origin};
pub use derived::Cx;
pub use field::FieldSource;
pub use source::{Evidence, Reach, Source, compute, needed};
