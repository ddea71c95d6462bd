//! A frozen sample: the applications of a night with their past, read once, judged by any rules any number of times.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::columns::watchlist::Lists;
use crate::columns::{Cx, Reach, Witnesses, compute};
use crate::frame::Frame;
use crate::history::Store;
use crate::night::{of_row, with_earlier};
use crate::rules::{Plan, RuleSet};
use crate::schema::columns::{KODE_KANIM, NOMOR_PERMOHONAN, TANGGAL_PERMOHONAN};
use crate::screening::{Audit, Hits, Referral, Screened, Settings, evaluate, refer};
use crate::{Error, Result, calendar};

/// Where the past of a sample comes from.
#[derive(Debug)]
pub enum Earlier<'a> {
    /// There is none.
    None,
    /// A store of history.
    Store(&'a Store),
    /// Applications as exports had them.
    Read(Frame),
}

/// Applications as they were read, nothing worked out yet.
#[derive(Debug)]
pub struct Sample {
    tonight: Frame,
    earlier: Option<Frame>,
    as_of: NaiveDate,
    /// Whether the applications of the past are judged too.
    everyone: bool,
}

/// What a sample is judged by.
#[derive(Debug)]
pub struct Terms<'a> {
    /// The rules.
    pub set: &'a RuleSet,
    /// The office's lists, as far as these rules declare them.
    pub lists: Arc<Lists>,
    /// Length of the list.
    pub capacity: usize,
}

/// A sample under some rules.
#[derive(Debug)]
pub struct Judged {
    /// The rules as they were run.
    pub plan: Plan,
    /// The applications, those that are judged first.
    pub frame: Frame,
    /// How many are judged.
    pub subjects: u32,
    /// What stands behind columns that look at other applications.
    pub witnesses: Witnesses,
    /// Every rule that fired.
    pub hits: Hits,
    /// The list, without a control sample.
    pub referrals: Vec<Referral>,
}

impl Judged {
    /// As the list was made from it.
    #[must_use]
    pub fn screened<'a>(&'a self, set: &'a RuleSet) -> Screened<'a> {
        Screened { set, plan: &self.plan, frame: &self.frame, witnesses: &self.witnesses, hits: &self.hits }
    }
}

/// Columns that are shown of an application, or counted by, whatever the rules read.
fn shown() -> impl Iterator<Item = &'static str> {
    Audit::COLUMNS.into_iter().chain([KODE_KANIM])
}

impl Sample {
    /// The sample, with whatever of its past some rule sets need. With `everyone` the past is judged too.
    pub fn new(
        tonight: Frame,
        earlier: Earlier<'_>,
        sets: &[&RuleSet],
        as_of: NaiveDate,
        everyone: bool,
    ) -> Result<Self> {
        let earlier = match earlier {
            Earlier::None => None,
            Earlier::Read(frame) => Some(before(frame, &tonight, as_of)?),
            Earlier::Store(store) => Some(narrowed(store, &tonight, sets, as_of)?),
        };
        let earlier = earlier.filter(|frame| frame.rows() > 0);
        Ok(Self { tonight, earlier, as_of, everyone })
    }

    /// How many applications are judged.
    #[must_use]
    pub fn subjects(&self) -> usize {
        let past = self.earlier.as_ref().filter(|_| self.everyone).map_or(0, Frame::rows);
        self.tonight.rows() + past
    }

    /// Judges the sample.
    pub fn judge(&self, terms: &Terms<'_>) -> Result<Judged> {
        let Terms { set, lists, capacity } = terms;
        let plan = Plan::new(set, shown());
        let cx = Cx { lists: Arc::clone(lists), ..Cx::new(self.as_of) };
        let mut frame = self.tonight.clone();
        of_row(&plan, &set.catalog, &cx, &mut frame, &plan.columns)?;
        if let Some(earlier) = &self.earlier {
            let mut earlier = earlier.clone();
            let wanted = if self.everyone { plan.columns.clone() } else { plan.past_columns() };
            of_row(&plan, &set.catalog, &cx, &mut earlier, &wanted)?;
            frame = with_earlier(frame, earlier)?;
        }
        let witnesses = compute(&plan.sources, Reach::All, &cx, &mut frame, &plan.columns)?;
        let subjects = self.subjects();
        let hits = evaluate(&plan, &frame.slice(0, subjects))?;
        let subjects = u32::try_from(subjects).map_err(|_| Error::internal("more rows than a night can number"))?;
        let screened = Screened { set, plan: &plan, frame: &frame, witnesses: &witnesses, hits: &hits };
        let settings = Settings { capacity: *capacity, control_per_mille: 0, key: Vec::new() };
        let referrals = refer(&screened, 0..subjects, &settings)?;
        Ok(Judged { plan, frame, subjects, witnesses, hits, referrals })
    }
}

/// Applications of exports that are the past of tonight's: not among them, and not later than the reference date.
fn before(frame: Frame, tonight: &Frame, as_of: NaiveDate) -> Result<Frame> {
    let numbers = tonight.text(NOMOR_PERMOHONAN)?;
    let tonight: BTreeSet<&str> = numbers.iter().flatten().collect();
    let (numbers, dates) = (frame.text(NOMOR_PERMOHONAN)?, frame.number(TANGGAL_PERMOHONAN)?);
    let last = calendar::days(as_of);
    let past = |row: &u32| {
        let row = *row as usize;
        numbers.get(row).is_some_and(|number| !tonight.contains(number)) && dates.get(row).is_none_or(|day| day <= last)
    };
    let rows: Vec<u32> = (0..u32::try_from(frame.rows()).unwrap_or(u32::MAX)).filter(past).collect();
    frame.take(&rows)
}

/// The rows of a store that matter to any of the rule sets.
fn narrowed(store: &Store, tonight: &Frame, sets: &[&RuleSet], as_of: NaiveDate) -> Result<Frame> {
    let plans: Vec<Plan> = sets.iter().map(|set| Plan::new(set, shown())).collect();
    let wanted: BTreeSet<String> = plans.iter().flat_map(Plan::past_columns).collect();
    let wanted: Vec<&str> = wanted.iter().map(String::as_str).collect();
    let mut found: Option<Frame> = None;
    for (plan, set) in plans.iter().zip(sets) {
        // A field of one rule set may have the name of another's, so each works on applications of its own.
        let mut frame = tonight.clone();
        of_row(plan, &set.catalog, &Cx::new(as_of), &mut frame, &plan.columns)?;
        let rows = store.narrow(&frame, &plan.links(), &wanted, as_of, None)?.company;
        found = Some(match found {
            None => rows,
            Some(found) => {
                let more = before(rows, &found, as_of)?;
                Frame::concat(vec![found, more])?
            }
        });
    }
    Ok(found.unwrap_or_default())
}
