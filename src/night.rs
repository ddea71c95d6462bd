//! One night: exports in, a scored list out. Reads as the table of contents of the program.
//!
//! Everything that could be wrong with rules or profile was found before; from here on only the data decides. Nothing is
//! written: that is the business of `report`.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use chrono::{Days, NaiveDate};
use polars::prelude::Series;
use sha2::{Digest, Sha256};

use crate::columns::watchlist::Lists;
use crate::columns::{Catalog, Cx, Origin, Reach, Witnesses, compute};
use crate::frame::Frame;
use crate::hex::hex;
use crate::history::{Follow, Look, Looked, Narrowed, Store};
use crate::rules::{Plan, RuleSet};
use crate::schema::columns::{NAMA_LENGKAP, STATUS_PERMOHONAN, WAKTU_PERMOHONAN};
use crate::screening::{
    Again, Audit, Before, ExceptionAccount, FollowUp, Hit, Hits, Referral, Screened, Settings, evaluate, exempt,
    follow_up, looks, refer,
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
    /// Every rule that fired and that no exception hides, and how each rule went, hidden findings among them.
    pub hits: Hits,
    /// How each exception went, with what it hid.
    pub exceptions: Vec<ExceptionAccount>,
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
    /// For each source of columns how many of them it was the first to need.
    pub brought: BTreeMap<String, usize>,
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
    let plan = Plan::new(inputs.set, shown.chain(inputs.set.columns_of_exceptions()));
    let as_of = inputs.options.as_of;
    let cx = Cx { lists: Arc::clone(inputs.lists), ..Cx::new(as_of) };
    let catalog = &inputs.set.catalog;
    let lasting = plan.lasting();
    let of_row = |block: &mut Frame, wanted: &BTreeSet<String>| of_row(&plan, catalog, &cx, block, wanted);
    let derive = |block: &mut Frame| {
        of_row(block, &plan.columns)?;
        // History keeps whatever an export says.
        let said = |name: &str| catalog.get(name).is_some_and(|column| is_brought(column.origin));
        let lasts = |name: &&str| lasting.contains(*name) || inputs.history.is_some() && said(name);
        *block = block.select(block.names().filter(lasts));
        Ok(())
    };
    let mut intake = source::read(inputs.profile, inputs.files, inputs.options, &derive)?;
    let tonight = std::mem::take(&mut intake.applications);
    let (mut past, mut before, mut earlier) = (Past::default(), PartOfHistory::default(), EarlierRows::default());
    let follow = inputs.follow.filter(|_| inputs.history.is_some());
    if let Some(store) = inputs.history {
        let wanted = plan.past_columns();
        let columns: Vec<&str> = wanted.iter().map(String::as_str).chain(COMPANY).collect();
        let judged: Vec<&str> = plan.columns.iter().map(String::as_str).collect();
        let since = |follow: &FollowUp| as_of - Days::new(follow.days.into());
        let follow = follow.map(|follow| Follow { since: since(follow), columns: &judged });
        let Narrowed { mut company, mut followed, arrived, looks, brought } =
            store.narrow(&tonight, &plan.links(), &columns, as_of, follow.as_ref())?;
        past = Past { rows: company.rows() + followed.rows(), sha256: company.sha256(), brought };
        if followed.rows() > 0 {
            past.sha256 = sha256(&[past.sha256, followed.sha256()]);
        }
        of_row(&mut followed, &plan.columns)?;
        of_row(&mut company, &wanted)?;
        let first = |looks: &Vec<Look>| looks.first().map(|look| look.on);
        before = PartOfHistory { arrived: looks.iter().map(first).chain(arrived).collect(), looks };
        earlier = EarlierRows { followed, company };
    }
    let judged = judge(inputs.set, &plan, inputs.settings, &cx, tonight, earlier)?;
    let Judged { frame, subjects, followed, witnesses, hits, exceptions, referrals } = judged;
    let screened = Screened { set: inputs.set, plan: &plan, frame: &frame, witnesses: &witnesses, hits: &hits };
    let audit = Audit::of(&frame, subjects.clone(), &referrals)?;
    let mut again = None;
    if let Some(follow) = follow {
        let before = Before { rows: &followed, looks: &before.looks, arrived: &before.arrived };
        let list = follow_up(&screened, &before, &referrals, inputs.settings, follow)?;
        let looks = looks(&screened, as_of, &subjects, &followed, &referrals, &list)?;
        again = Some(LookedAgain { rows: followed, list, looks });
    }
    Ok(Night { plan, frame, subjects, witnesses, hits, exceptions, referrals, audit, intake, past, again })
}

/// Rows of the past beside tonight's, with the columns of [`of_row`].
#[derive(Debug, Default)]
pub(crate) struct EarlierRows {
    /// Those that are judged again.
    pub(crate) followed: Frame,
    /// Those that are company.
    pub(crate) company: Frame,
}

/// What was found of applications that were read.
#[derive(Debug)]
pub(crate) struct Judged {
    /// See [`Night::frame`].
    pub(crate) frame: Frame,
    /// See [`Night::subjects`].
    pub(crate) subjects: Range<u32>,
    /// The rows that were judged again.
    pub(crate) followed: Range<u32>,
    /// See [`Night::witnesses`].
    pub(crate) witnesses: Witnesses,
    /// See [`Night::hits`].
    pub(crate) hits: Hits,
    /// See [`Night::exceptions`].
    pub(crate) exceptions: Vec<ExceptionAccount>,
    /// See [`Night::referrals`].
    pub(crate) referrals: Vec<Referral>,
}

/// Judges tonight's applications beside those of the past they are tied to.
pub(crate) fn judge(
    set: &RuleSet,
    plan: &Plan,
    settings: &Settings,
    cx: &Cx,
    tonight: Frame,
    earlier: EarlierRows,
) -> Result<Judged> {
    let number = |rows: usize| u32::try_from(rows).map_err(|_| Error::internal("more rows than a night can number"));
    let rows = number(tonight.rows())?;
    let (subjects, followed) = (0..rows, rows..rows + number(earlier.followed.rows())?);
    let mut frame = with_earlier(with_earlier(tonight, earlier.followed)?, earlier.company)?;
    let witnesses = compute(&plan.sources, Reach::All, cx, &mut frame, &plan.lasting())?;
    // Only the subjects are judged; the others are company.
    let mut hits = evaluate(plan, &frame.slice(0, subjects.len()))?;
    let of_followed = evaluate(plan, &frame.slice(subjects.len(), followed.len()))?;
    // How a rule went over the day is told of tonight's applications.
    hits.hits.extend(of_followed.hits.into_iter().map(|hit| Hit { row: hit.row + rows, ..hit }));
    let exceptions = exempt(&mut hits, set, plan, &frame, cx.as_of)?;
    let screened = Screened { set, plan, frame: &frame, witnesses: &witnesses, hits: &hits };
    let referrals = refer(&screened, subjects.clone(), settings)?;
    Ok(Judged { frame, subjects, followed, witnesses, hits, exceptions, referrals })
}

/// What dossiers show of company besides what ties it.
const COMPANY: [&str; 3] = [NAMA_LENGKAP, STATUS_PERMOHONAN, WAKTU_PERMOHONAN];

/// What history says of the rows behind tonight's.
#[derive(Debug, Default)]
struct PartOfHistory {
    /// For each of those that are looked at again the looks before tonight.
    looks: Vec<Vec<Look>>,
    /// For each of them, then for each of the others, the first night that judged it.
    arrived: Vec<Option<NaiveDate>>,
}

/// One hash of several.
fn sha256(parts: &[String]) -> String {
    hex(&Sha256::digest(parts.concat()))
}

/// Adds the columns that are worked out from the row itself, those of the export that it does not have as absent.
pub(crate) fn of_row(
    plan: &Plan,
    catalog: &Catalog,
    cx: &Cx,
    block: &mut Frame,
    wanted: &BTreeSet<String>,
) -> Result<()> {
    fill_absent(block, wanted, catalog)?;
    compute(&plan.sources, Reach::Row, cx, block, wanted).map(|_| ())
}

/// Tonight's applications with those of history below them, in tonight's columns.
pub(crate) fn with_earlier(tonight: Frame, mut earlier: Frame) -> Result<Frame> {
    if earlier.rows() == 0 {
        return Ok(tonight);
    }
    for (name, column) in tonight.columns() {
        if !earlier.has(name) {
            earlier.add(Series::full_null(name.into(), earlier.rows(), column.data_type()))?;
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
