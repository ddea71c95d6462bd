//! How good the rules are: the nights of the past gone through again and compared with what turned out to be true.
//!
//! Each night sees what it would have seen: the applications filed that day as they were filed, and of those before only
//! what was decided by then. Nothing of a truth reaches a rule.

mod nights;
mod summary;
mod truth;

pub use nights::{Case, NightOf, Past, Without, nights};
pub use summary::{OfGroup, OfKind, OfRule, Overlap, Share, Summary, summary};
pub use truth::{Mark, Side, Truths};
