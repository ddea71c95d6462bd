//! Where columns come from.
//!
//! An application has the canonical columns of its export. More columns are worked out from the row itself
//! ([`derived`]) and by the pack's fields (`field`), later from other applications and from lists; a rule cannot tell
//! the difference. The [`Catalog`] knows every name; a [`Source`] says which columns it makes and which it needs, so that
//! only what an active rule asks for is computed, in the order of [`graph`].

mod catalog;
pub mod derived;
mod field;
mod forest;
pub mod graph;
mod group;
mod key;
mod link;
mod measured;
mod nearest;
mod network;
mod people;
mod rank;
mod shown;
mod source;
pub mod watchlist;
mod window;

pub use catalog::{Catalog, ColumnInfo, Origin};
pub use derived::Cx;
pub use field::FieldSource;
pub use group::{GroupSource, GroupSpec};
pub use link::{Link, links};
pub use measured::Spec;
pub use nearest::{Nearest, NearestEntry, NearestSet};
pub use network::{NetworkSource, NetworkSpec};
pub use people::{KELUARGA, Likeness, ORANG, likenesses};
pub use source::{Evidence, Reach, Source, Tie, Witness, Witnesses, compute, needed};
pub use window::{Flag, Rows};

use derived::{FAMILIES, FamilySource};
use people::{KeluargaSource, OrangSource};
use shown::display;

/// The sources saring itself has, each after those it reads.
#[must_use]
pub fn builtin() -> Vec<Box<dyn Source>> {
    let families = FAMILIES.iter().map(|family| Box::new(FamilySource(family)) as Box<dyn Source>);
    families.chain([Box::new(OrangSource) as Box<dyn Source>, Box::new(KeluargaSource)]).collect()
}
