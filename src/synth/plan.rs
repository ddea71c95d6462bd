//! What kind of office to invent.

use chrono::NaiveDate;

use crate::{Error, Result};

/// From so many applications on every kind of story occurs at least once.
pub(super) const ALL_KINDS_FROM: u64 = 2_000;

/// More would run out of numbers that nobody has.
const MOST: u64 = 12_000_000;

/// The plan of an invented office.
#[derive(Debug, Clone)]
pub struct Plan {
    /// How many applications there are altogether, tonight's and those of the history.
    pub applications: u64,
    /// How many calendar days the history goes back before tonight; 0 puts everything into tonight.
    pub history_days: u32,
    /// The world: the same seed, the same bytes.
    pub seed: u64,
    /// Tonight; if it is no working day, the last one before it.
    pub as_of: NaiveDate,
    /// The office, an id of the reference table of offices such as `KANIM-MEDAN`.
    pub office: String,
    /// Planted applications in a hundred thousand, 200 to 1,000. Holds where that makes at least 40 of them, which one
    /// case of each kind needs; from 2,000 applications on there is one of each all the same, and below 2,000 only what
    /// fits into a fiftieth of them is planted.
    pub planted_rate: u32,
}

impl Plan {
    /// A plan for Kanim Medan with four planted applications in a thousand.
    #[must_use]
    pub fn new(applications: u64, history_days: u32, seed: u64, as_of: NaiveDate) -> Self {
        Self { applications, history_days, seed, as_of, office: "KANIM-MEDAN".to_owned(), planted_rate: 400 }
    }

    /// Refuses what cannot be invented, as a usage error.
    pub(super) fn check(&self) -> Result<()> {
        if self.applications == 0 || self.applications > MOST {
            return Err(Error::usage(format!("the number of applications must lie between 1 and {MOST}")));
        }
        if self.history_days > 40_000 || !(200..=1_000).contains(&self.planted_rate) {
            return Err(Error::usage("the history may have 40000 days, the planted rate lies between 200 and 1000"));
        }
        let year = chrono::Datelike::year(&self.as_of);
        if !(2015..=2099).contains(&year) {
            return Err(Error::usage("the reference date must lie between 2015 and 2099"));
        }
        Ok(())
    }
}
