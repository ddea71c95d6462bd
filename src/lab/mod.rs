//! Trying rules: the cases that stand beside them, run on the engine itself.
//!
//! A case is a few applications that differ from a plain honest one in what matters, and what must come out. Cases are
//! read and checked like everything else an analyst writes ([`prepare`]), then run ([`run()`]) through the same columns,
//! plan and evaluation as a night. [`cover`] says what the cases exercise, [`propose()`] writes those that lack, [`mutate`]
//! which changes of the rules they would not notice, [`Diff`] what a change does to the list of a [`Sample`], [`Baseline`]
//! whether anything did. [`backtest`] goes through the nights of the past.

pub mod backtest;
mod baseline;
mod case;
mod compare;
mod coverage;
mod diff;
mod mutation;
mod propose;
mod run;
mod sample;

pub use baseline::{BASELINE_FILE, Baseline, Mismatch, RawBaseline};
pub use case::{Applications, Case, Expected, Listed, Rows, Subject, frame_of, prepare};
pub use compare::{Difference, RowView};
pub use coverage::{Boundary, Coverage, Exercise, Item, Share, cover};
pub use diff::{Cause, Counter, Diff, Gate, Move, People, Place, RuleChange, Turn, Way};
pub use mutation::{Edit, Fate, Mutant, Mutation, difference, edited, mutate};
pub use propose::{Proposal, Proposals, propose};
pub use run::{CaseResult, Outcome, run};
pub use sample::{Earlier, Judged, Sample, Terms};
