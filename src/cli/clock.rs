//! The only place that asks what time it is.

use chrono::NaiveDate;

use crate::calendar;
use crate::office::Zone;
use crate::{Error, Result};

/// Today in the office's own clock, for when no `--as-of` is given.
pub(super) fn today(zone: Zone) -> Result<NaiveDate> {
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place where the clock is read; everything else takes a date"
    )]
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    let seconds = now.ok().and_then(|d| i64::try_from(d.as_secs()).ok());
    let date = seconds.and_then(|s| calendar::date((s + zone.offset_seconds()).div_euclid(86_400)));
    date.ok_or_else(|| Error::usage("the clock of this machine is not set").help("give the date with `--as-of`"))
}

/// A date from the command line.
pub(super) fn parse_date(text: &str) -> std::result::Result<NaiveDate, String> {
    NaiveDate::parse_from_str(text, "%Y-%m-%d").map_err(|_| "write it as 2025-11-03".to_owned())
}
