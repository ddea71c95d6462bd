//! The tables of the data: canonical columns, their types, the closed lists of codes, and what may never score.
//!
//! One table each; everything else (rule checking, profiles, outputs, `saring fields`, masks) reads from here. The
//! dictionary follows the forms and counters of the passport service: names are Indonesian `snake_case`, as officers say
//! them. A column name is written once, as a constant in [`columns`]; elsewhere it is that constant.

mod codes;
pub mod columns;
mod faults;
mod mask;
mod protected;
mod types;

pub(crate) use codes::table;
pub use codes::{CodeEntry, CodeTable, tables};
pub use columns::{Column, Format, Need, Sensitivity};
pub(crate) use faults::faults;
pub use faults::{Fault, FaultSet};
pub use mask::Mask;
pub use protected::{Protected, Reveals};
pub use types::Type;
