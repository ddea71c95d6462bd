//! A plan over applications: hits, scores, the referral list and its explanation.
//!
//! Everything here is a function from values to values: no file, no clock, no randomness. The same applications and
//! rules give the same list whatever the order of rows and the number of threads.

mod audit;
mod control;
mod evaluate;
mod evidence;
mod explain;
mod referral;
mod score;
#[cfg(test)]
mod tests;

pub(crate) use audit::age_band;
pub use audit::{Audit, GroupRate};
pub use evaluate::{Hit, Hits, Tally, evaluate};
pub use evidence::evidence;
pub(crate) use explain::value_of;
pub use explain::{LineAccount, RuleAccount, Told, Verdict, account, accounts, render, shown, summand};
pub use referral::{Band, Finding, Referral, Screened, Settings, refer};
pub use score::{Leaf, Part, Score, Why};
