//! Who is it: exact, explainable matching of people.
//!
//! [`compare()`] says what two descriptions have in common: points that add up, each with its reason. Names are compared
//! word by word by a closed set of rules (equal, old spelling, variant, sound, edit, initial, cut, join), in the best
//! one-to-one pairing there is; a word counts by how rare it is. Dates of birth, numbers, places and parents add to it or
//! take from it. A name that nothing confirms never is more than [`Level::NameOnly`].
//!
//! An [`Index`] finds the entries of a list that reach a level. It loses none that comparing every pair would have found:
//! what it leaves out is what a bound shows to be too low, and tests hold it to the comparison of all pairs.
//!
//! Points are whole numbers, thousandths of a bit, from one file of [`Settings`]; the same on every machine, in either
//! order of the two sides. Nothing here reads a file, knows a column or decides about anybody.

mod compare;
mod evidence;
mod index;
mod names;
mod pairing;
mod person;
pub mod settings;
mod token;

pub use compare::{Comparison, MOST_NAMES, NameComparison, PairedWords, compare, similarity};
pub use evidence::{BUKTI_COCOK, Kind, Line};
pub use index::{Bound, Builder, Dropped, Fault, Hit, Index, Stats, Trace, Way, search_in_parts};
pub use names::{Counted, ENOUGH, Names};
pub use person::{Birth, Person};
pub use settings::{BirthPoints, Level, Levels, NamePoints, NumberPoints, OtherPoints, Settings};
pub use token::{ATURAN_KATA, MOST_WORDS, Rule, sound};

#[cfg(test)]
mod tests;
