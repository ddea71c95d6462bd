//! A plan over applications: hits, scores, the referral list and its explanation.
//!
//! Everything here is a function from values to values: no file, no clock, no randomness. The same applications and
//! rules give the same list whatever the order of rows and the number of threads.

mod audit;
mod control;
mod evaluate;
mod evidence;
mod exempt;
mod explain;
mod follow_up;
mod referral;
mod score;
#[cfg(test)]
mod tests;
mod why_not;

pub(crate) use audit::age_band;
pub use audit::{Audit, GroupRate};
pub use evaluate::{Hit, Hits, Tally, evaluate};
pub use evidence::evidence;
pub use exempt::{ExceptionAccount, Exempted, exempt};
pub(crate) use explain::value_of;
pub use explain::{LineAccount, RuleAccount, Told, Verdict, account, accounts, render, shown, summand};
pub use follow_up::{Again, Before, Change, FollowUp, follow_up, looks};
pub use referral::{Band, Finding, Referral, Screened, Settings, refer};
pub use score::{Leaf, Part, Score, Why};
pub use why_not::{WhyNot, why_not};
