//! How many people bear a word in their name: what makes SITI say little and HALOMOAN a lot.
//!
//! Counted over 970,259 Indonesian names; only words of at least fifty people are kept, and never a whole name. Words of
//! another region are rarer here than there, so a large history of an office's own is the better source.

use super::embedded::Embedded;

pub(super) const DATA: Embedded = Embedded { name: "kata_nama", text: include_str!("data/kata_nama.csv") };

/// The people counted.
pub const PEOPLE: u64 = 970_259;

/// The words as written, in capitals, sorted, each with the people who bear it.
pub fn all() -> impl Iterator<Item = (&'static str, u64)> {
    DATA.records().filter_map(|[word, people]| Some((word, people.parse().ok()?)))
}
