//! One night: exports in, a scored list out. Reads as the table of contents of the program.
//!
//! Everything that could be wrong with rules or profile was found before; from here on only the data decides. Nothing is
//! written: that is the business of `report`.

use std::collections::BTreeSet;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use polars::prelude::Series;

use crate::columns::watchlist::Lists;
use crate::columns::{Catalog, Cx, Origin, Reach, Witnesses, compute};
use crate::frame::Frame;
use crate::history::Store;
use crate::rules::{Plan, RuleSet};
use crate::screening::{Audit, Hits, Referral, Screened, Settings, evaluate, refer};
use crate::source::{self, Intake, Options, Profile};
use crate::{Error, Result};

/// What a night works with.
#[derive(Debug)]
pub struct Inputs<'a> {
    /// The checked rules.
    pub set: &'a RuleSet,
    /// How the exports are read.
    pub profile: &'a Profile,
    /// Tonight's exports.
    pub files: &'a [PathBuf],
    /// Limits and choices of reading; its date is the reference date of everything.
    pub options: &'a Options,
    /// Length of the list and key of the draw.
    pub settings: &'a Settings,
    /// Columns that outputs show besides those the rules read.
    pub shown: &'a [&'a str],
    /// The applications of earlier nights.
    pub history: Option<&'a Store>,
    /// The lists that applications are compared with.
    pub lists: &'a Arc<Lists>,
}

/// What a night found.
#[derive(Debug)]
pub struct Night {
    /// The rules as they were run.
    pub plan: Plan,
    /// The applications with every column that rules and outputs need; where history is kept, with all that the export
    /// says.
    pub frame: Frame,
    /// The rows that may be referred.
    pub subjects: Range<u32>,
    /// What stands behind columns that look at other applications.
    pub witnesses: Witnesses,
    /// Every rule that fired, and how each rule went.
    pub hits: Hits,
    /// The list.
    pub referrals: Vec<Referral>,
    /// Who is referred, by group.
    pub audit: Audit,
    /// What became of every record, without the applications themselves.
    pub intake: Intake,
    /// What of history took part.
    pub past: Past,
}

/// The part of history that tonight's applications are tied to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Past {
    /// Applications.
    pub rows: usize,
    /// SHA-256 of what they say; empty where there is no history.
    pub sha256: String,
}

impl Night {
    /// The night as the list was made from it.
    #[must_use]
    pub fn screened<'a>(&'a self, set: &'a RuleSet) -> Screened<'a> {
        Screened { set, plan: &self.plan, frame: &self.frame, witnesses: &self.witnesses, hits: &self.hits }
    }
}

/// Runs a night.
pub fn run(inputs: &Inputs<'_>) -> Result<Night> {
    let shown = inputs.shown.iter().copied().chain(Audit::COLUMNS);
    let plan = Plan::new(inputs.set, shown);
    let cx = Cx { lists: Arc::clone(inputs.lists), ..Cx::new(inputs.options.as_of) };
    let catalog = &inputs.set.catalog;
    let of_row = |block: &mut Frame, wanted: &BTreeSet<String>| {
        fill_absent(block, wanted, catalog)?;
        compute(&plan.sources, Reach::Row, &cx, block, wanted).map(|_| ())
    };
    let derive = |block: &mut Frame| {
        of_row(block, &plan.columns)?;
        // History keeps whatever an export says.
        let said = |name: &str| catalog.get(name).is_some_and(|column| is_brought(column.origin));
        let lasts = |name: &&str| plan.lasting.contains(*name) || inputs.history.is_some() && said(name);
        *block = block.select(block.names().filter(lasts));
        Ok(())
    };
    let mut intake = source::read(inputs.profile, inputs.files, inputs.options, &derive)?;
    let mut frame = std::mem::take(&mut intake.applications);
    let rows = u32::try_from(frame.rows()).map_err(|_| Error::internal("more rows than a night can number"))?;
    let subjects = 0..rows;
    let mut past = Past::default();
    if let Some(store) = inputs.history {
        let wanted = plan.past_columns();
        let columns: Vec<&str> = wanted.iter().map(String::as_str).collect();
        let mut earlier = store.narrow(&frame, &plan.ties(), &columns, inputs.options.as_of)?;
        past = Past { rows: earlier.rows(), sha256: earlier.sha256() };
        of_row(&mut earlier, &wanted)?;
        frame = with_earlier(frame, earlier)?;
    }
    let witnesses = compute(&plan.sources, Reach::All, &cx, &mut frame, &plan.lasting)?;
    // Only the subjects are judged; the others are company.
    let hits = evaluate(&plan, &frame.slice(0, subjects.len()))?;
    let screened = Screened { set: inputs.set, plan: &plan, frame: &frame, witnesses: &witnesses, hits: &hits };
    let referrals = refer(&screened, subjects.clone(), inputs.settings)?;
    let audit = Audit::of(&frame, subjects.clone(), &referrals)?;
    Ok(Night { plan, frame, subjects, witnesses, hits, referrals, audit, intake, past })
}

/// Tonight's applications with those of history below them, in tonight's columns.
fn with_earlier(tonight: Frame, mut earlier: Frame) -> Result<Frame> {
    if earlier.rows() == 0 {
        return Ok(tonight);
    }
    for (name, series) in tonight.names().map(str::to_owned).zip(tonight.columns()) {
        if !earlier.has(&name) {
            earlier.add(Series::full_null(name.as_str().into(), earlier.rows(), series.dtype()))?;
        }
    }
    let earlier = earlier.select(tonight.names());
    Frame::concat(vec![tonight, earlier])
}

/// Columns of the dictionary or the profile that no export brought are null in every row, and known as absent: a rule
/// that asks for a missing address must not fire for everybody because the office exports no addresses.
fn fill_absent(frame: &mut Frame, wanted: &BTreeSet<String>, catalog: &Catalog) -> Result<()> {
    for name in wanted {
        let Some(column) = catalog.get(name).filter(|_| !frame.has(name)) else { continue };
        if is_brought(column.origin) {
            frame.add_absent(name, column.ty)?;
        }
    }
    Ok(())
}

/// Whether a column comes from the export.
fn is_brought(origin: Origin) -> bool {
    matches!(origin, Origin::Canonical | Origin::Extra | Origin::Provenance)
}
