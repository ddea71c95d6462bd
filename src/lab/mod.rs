//! Trying rules: the cases that stand beside them, run on the engine itself.
//!
//! A case is a few applications that differ from a plain honest one in what matters, and what must come out. Cases are
//! read and checked like everything else an analyst writes ([`prepare`]), then run ([`run()`]) through the same columns,
//! plan and evaluation as a night. [`cover`] says what the cases exercise, [`mutate`] which changes of the rules they would
//! not notice.

mod case;
mod compare;
mod coverage;
mod mutation;
mod run;

pub use case::{Applications, Case, Expected, Listed, Rows, Subject, frame_of, prepare};
pub use compare::{Difference, RowView};
pub use coverage::{Coverage, Exercise, Item, Share, cover};
pub use mutation::{Edit, Fate, Mutant, Mutation, difference, edited, mutate};
pub use run::{CaseResult, Outcome, run};
