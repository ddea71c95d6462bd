//! One night: exports in, a scored list out. Reads as the table of contents of the program.
//!
//! Everything that could be wrong with rules or profile was found before; from here on only the data decides. Nothing is
//! written: that is the business of `report`.

use std::collections::BTreeSet;
use std::ops::Range;
use std::path::PathBuf;

use chrono::{Days, NaiveDate};
use polars::prelude::Series;
use sha2::{Digest, Sha256};

use crate::columns::{Catalog, Cx, Origin, Reach, Witnesses, compute};
use crate::frame::Frame;
use crate::history::{Follow, Look, Looked, Narrowed, Store};
use crate::rules::{Plan, RuleSet};
use crate::schema::columns::{NAMA_LENGKAP, STATUS_PERMOHONAN, WAKTU_PERMOHONAN};
use crate::screening::{
    Again, Audit, Before, FollowUp, Hit, Hits, Referral, Screened, Settings, evaluate, follow_up, looks, refer,
};
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
    /// How its open applications are looked at again; nothing for never.
    pub follow: Option<&'a FollowUp>,
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
    /// Applications of before that were looked at again, where they are.
    pub again: Option<LookedAgain>,
}

/// The open applications of the last nights, judged with tonight's links.
#[derive(Debug)]
pub struct LookedAgain {
    /// Their rows.
    pub rows: Range<u32>,
    /// Those that are listed.
    pub list: Vec<Again>,
    /// What history is to keep of them and of tonight's.
    pub looks: Vec<Looked>,
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
    let cx = Cx { as_of: inputs.options.as_of };
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
    let mut before = PartOfHistory { rows: rows..rows, ..PartOfHistory::default() };
    let follow = inputs.follow.filter(|_| inputs.history.is_some());
    if let Some(store) = inputs.history {
        let wanted = plan.past_columns();
        let columns: Vec<&str> = wanted.iter().map(String::as_str).chain(COMPANY).collect();
        let judged: Vec<&str> = plan.columns.iter().map(String::as_str).collect();
        let since = |follow: &FollowUp| inputs.options.as_of - Days::new(follow.days.into());
        let follow = follow.map(|follow| Follow { since: since(follow), columns: &judged });
        let Narrowed { mut company, mut followed, arrived, looks } =
            store.narrow(&frame, &plan.ties(), &columns, inputs.options.as_of, follow.as_ref())?;
        past = Past { rows: company.rows() + followed.rows(), sha256: company.sha256() };
        if followed.rows() > 0 {
            past.sha256 = sha256(&[past.sha256, followed.sha256()]);
        }
        of_row(&mut followed, &plan.columns)?;
        of_row(&mut company, &wanted)?;
        let first = |looks: &Vec<Look>| looks.first().map(|look| look.on);
        before.arrived = looks.iter().map(first).chain(arrived).collect();
        before.rows = rows..rows + u32::try_from(followed.rows()).unwrap_or(u32::MAX);
        before.looks = looks;
        frame = with_earlier(with_earlier(frame, followed)?, company)?;
    }
    let witnesses = compute(&plan.sources, Reach::All, &cx, &mut frame, &plan.lasting)?;
    // Only the subjects are judged; the others are company.
    let mut hits = evaluate(&plan, &frame.slice(0, subjects.len()))?;
    let of_followed = evaluate(&plan, &frame.slice(subjects.len(), before.rows.len()))?;
    // How a rule went over the day is told of tonight's applications.
    hits.hits.extend(of_followed.hits.into_iter().map(|hit| Hit { row: hit.row + rows, ..hit }));
    let screened = Screened { set: inputs.set, plan: &plan, frame: &frame, witnesses: &witnesses, hits: &hits };
    let referrals = refer(&screened, subjects.clone(), inputs.settings)?;
    let audit = Audit::of(&frame, subjects.clone(), &referrals)?;
    let mut again = None;
    if let Some(follow) = follow {
        let PartOfHistory { rows, looks: kept, arrived } = &before;
        let before = Before { rows, looks: kept, arrived };
        let list = follow_up(&screened, &before, &referrals, inputs.settings, follow)?;
        let looks = looks(&screened, inputs.options.as_of, &subjects, rows, &referrals, &list)?;
        again = Some(LookedAgain { rows: rows.clone(), list, looks });
    }
    Ok(Night { plan, frame, subjects, witnesses, hits, referrals, audit, intake, past, again })
}

/// What dossiers show of company besides what ties it.
const COMPANY: [&str; 3] = [NAMA_LENGKAP, STATUS_PERMOHONAN, WAKTU_PERMOHONAN];

/// What history says of the rows behind tonight's.
#[derive(Debug, Default)]
struct PartOfHistory {
    /// The applications that are looked at again.
    rows: Range<u32>,
    /// For each of them the looks before tonight.
    looks: Vec<Vec<Look>>,
    /// For each of them, then for each of the others, the first night that judged it.
    arrived: Vec<Option<NaiveDate>>,
}

/// One hash of several.
fn sha256(parts: &[String]) -> String {
    Sha256::digest(parts.concat()).iter().map(|byte| format!("{byte:02x}")).collect()
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
