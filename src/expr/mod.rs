//! The condition language: short SQL expressions over columns.
//!
//! A line of a rule (`penjamin_90h.keluarga >= :min_keluarga`) goes through three forms: text, a typed tree with places
//! ([`Expr`]), and nodes of a [`Program`] in which equal parts of all rules are one node. Text is read by `sqlparser`'s
//! expression parser and only a documented subset is taken over; no SQL ever reaches an engine. A program is evaluated
//! column by column over blocks of rows with SQL's three values; `tests` hold it to a slow interpreter of the tree.

mod bits;
mod constant;
mod demand;
mod distance;
mod eval;
mod functions;
mod like;
mod measure;
mod parse;
mod program;
mod protect;
mod scope;
#[cfg(test)]
mod tests;
mod tree;

pub use bits::{Bits, Tri};
pub use constant::{Verdict, never_together, verdict};
pub use demand::{Demands, edges};
pub use distance::{Distance, distances};
pub use eval::{Evaluation, Vector};
pub use functions::{ALL as FUNCTIONS, Function, Parameter};
pub use measure::{Aggregate, Measure};
pub use parse::{Joined, parse_condition, parse_measure, parse_value};
pub use program::{NodeId, Program};
pub use protect::{Taint, taint};
pub use scope::{ColumnRef, Limits, ListRef, ParamRef, Scope};
pub use tree::{Arithmetic, Comparison, Expr, Kind, Literal, Pattern, Value};
