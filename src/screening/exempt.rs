//! Findings that an exception hides: taken from the score, kept for whoever watches the rules.
//!
//! An exception hides all of its findings or none: beyond the number it was approved for it is too broad, and what it would
//! hide stays on the list.

use chrono::NaiveDate;

use super::explain::value_of;
use super::{Hit, Hits};
use crate::Result;
use crate::expr::Value;
use crate::frame::Frame;
use crate::rules::{Exception, Plan, RuleSet};

/// How an exception went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exempted {
    /// It hid findings.
    Applied,
    /// It had nothing to hide tonight.
    Unused,
    /// It had ended.
    Ended,
    /// It would have hidden more than it was approved for, and hid nothing.
    TooMany,
}

impl Exempted {
    /// All ways.
    pub const ALL: &[Self] = &[Self::Applied, Self::Unused, Self::Ended, Self::TooMany];

    /// The code in manifests.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Applied => "EXC_APPLIED",
            Self::Unused => "EXC_UNUSED",
            Self::Ended => "EXC_ENDED",
            Self::TooMany => "EXC_TOO_MANY",
        }
    }

    /// Whether somebody should look.
    #[must_use]
    pub fn is_warning(self) -> bool {
        matches!(self, Self::Ended | Self::TooMany)
    }

    /// How grave, in a word.
    #[must_use]
    pub fn word(self) -> &'static str {
        if self.is_warning() { "warning" } else { "note" }
    }

    /// The paragraph for `saring explain CODE`.
    #[must_use]
    pub fn explanation(self) -> &'static str {
        match self {
            Self::Applied => {
                "An exception of the rules hid findings tonight. They give no points and are not on the list for that \
                 reason; `audit.json` and `temuan.parquet` name each of them with the exception."
            }
            Self::Unused => {
                "An exception that is in force had nothing to hide tonight. If that stays so for weeks, it can go."
            }
            Self::Ended => {
                "An exception has ended and hides nothing any more: the findings it hid are on the list again. Take it out, or \
                 have it approved again with a new end."
            }
            Self::TooMany => {
                "An exception would have hidden more findings than it was approved for (`most`), so it hid none. Either it \
                 is broader than was thought, or there are more honest cases than were expected: somebody has to look before \
                 it applies again."
            }
        }
    }
}

/// An exception with what it hid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExceptionAccount {
    /// Number of the exception in the rule set.
    pub exception: usize,
    /// How it went.
    pub how: Exempted,
    /// Findings it met: hidden where it applied, by row and rule.
    pub met: Vec<Hit>,
}

/// Takes the findings that exceptions hide out of the hits. A finding that several would hide belongs to the first of them.
pub fn exempt(
    hits: &mut Hits,
    set: &RuleSet,
    plan: &Plan,
    frame: &Frame,
    as_of: NaiveDate,
) -> Result<Vec<ExceptionAccount>> {
    let mut accounts = Vec::with_capacity(set.exceptions.len());
    for (number, exception) in set.exceptions.iter().enumerate() {
        if exception.until < as_of {
            accounts.push(ExceptionAccount { exception: number, how: Exempted::Ended, met: Vec::new() });
            continue;
        }
        let mut met = Vec::new();
        for hit in &hits.hits {
            let rule = plan.rules.get(hit.rule as usize).and_then(|p| set.rules.get(p.index));
            if rule.is_some_and(|rule| exception.rules.contains(&rule.id)) && meets(exception, set, frame, hit.row)? {
                met.push(*hit);
            }
        }
        let how = match met.len() {
            0 => Exempted::Unused,
            n if n > exception.most => Exempted::TooMany,
            _ => Exempted::Applied,
        };
        if how == Exempted::Applied {
            hits.hits.retain(|hit| met.binary_search(hit).is_err());
        }
        accounts.push(ExceptionAccount { exception: number, how, met });
    }
    Ok(accounts)
}

fn meets(exception: &Exception, set: &RuleSet, frame: &Frame, row: u32) -> Result<bool> {
    for (column, values) in &exception.matching {
        let Some(info) = set.catalog.get(column) else { return Ok(false) };
        let value = value_of(frame, column, info.ty, row as usize)?;
        if value == Value::Null || !values.contains(&value) {
            return Ok(false);
        }
    }
    Ok(true)
}
