//! Trying rules: the cases that stand beside them, run on the engine itself.
//!
//! A case is a few applications that differ from a plain honest one in what matters, and what must come out. Cases are
//! read and checked like everything else an analyst writes ([`prepare`]), then run ([`run()`]) through the same columns,
//! plan and evaluation as a night.

mod applications;
mod cases;
mod entries;
mod run;

pub use applications::{Applications, frame_of};
pub use cases::{Case, Expected, Rows, prepare};
pub use run::{CaseResult, Difference, Outcome, RowView, run};
