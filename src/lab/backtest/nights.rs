//! The nights of the past, each as it would have been: what was filed that day beside what was known by then.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDate;
use rayon::prelude::*;

use super::truth::{Mark, Truths};
use crate::columns::Cx;
use crate::columns::derived::nik::PROVINSI;
use crate::columns::derived::umur::UMUR;
use crate::columns::watchlist::Lists;
use crate::frame::{Builder, Frame, View, physical};
use crate::history::Archive;
use crate::night::{self, EarlierRows, Judged};
use crate::rules::{Audience, Plan, RuleSet, Status};
use crate::schema::Type;
use crate::schema::columns::{
    ALASAN_KEPUTUSAN, CATATAN_WAWANCARA, JENIS_KELAMIN, NOMOR_PASPOR_BARU, NOMOR_PERMOHONAN, PETUGAS_WAWANCARA,
    STATUS_PERMOHONAN, TANGGAL_HABIS_PASPOR, TANGGAL_KEPUTUSAN, TANGGAL_PERMOHONAN, TANGGAL_TERBIT_PASPOR,
};
use crate::screening::{Hits, Screened, Settings, age_band, refer};
use crate::{Error, Result, calendar};

/// What an office did with an application, known only once it is decided.
const DECIDED: [&str; 8] = [
    STATUS_PERMOHONAN,
    ALASAN_KEPUTUSAN,
    TANGGAL_KEPUTUSAN,
    NOMOR_PASPOR_BARU,
    TANGGAL_TERBIT_PASPOR,
    TANGGAL_HABIS_PASPOR,
    PETUGAS_WAWANCARA,
    CATATAN_WAWANCARA,
];

/// The status of an application that nobody has decided.
const OPEN: &str = "baru_masuk";

/// An office's past and how it is gone through.
#[derive(Debug)]
pub struct Past<'a> {
    /// The rules.
    pub set: &'a RuleSet,
    /// Every application, with the columns of its export.
    pub applications: &'a Frame,
    /// What is true of them.
    pub truths: &'a Truths,
    /// Applications officers can take on in a day.
    pub capacity: usize,
    /// The first day that is judged; everything before is history only.
    pub from: Option<NaiveDate>,
    /// The last day.
    pub until: NaiveDate,
    /// The office's lists of today.
    pub lists: &'a Arc<Lists>,
    /// All days as one night, with the capacity of all of them.
    pub at_once: bool,
}

/// An application that was judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// What is true of it.
    pub marks: Vec<Mark>,
    /// On the list at the day's capacity.
    pub listed: bool,
    /// On the list if officers could take on everybody the rules refer.
    pub referred: bool,
    /// Rules that fired.
    pub fired: Vec<Arc<str>>,
    /// Sex, age band and province of the NIK, for review only.
    pub groups: [String; 3],
}

/// What happens to the list of a night without a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Without {
    /// The rule.
    pub rule: Arc<str>,
    /// Cases that fall off the list, by their number among the night's.
    pub lost: Vec<usize>,
    /// Cases that take their places.
    pub gained: Vec<usize>,
}

/// One night.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NightOf {
    /// Every application of the night.
    pub cases: Vec<Case>,
    /// For each rule that fired.
    pub without: Vec<Without>,
}

/// Goes through the nights, the oldest first.
pub fn nights(past: &Past<'_>) -> Result<Vec<NightOf>> {
    let plan = Plan::new(past.set, [JENIS_KELAMIN, UMUR, PROVINSI]);
    let mut days: BTreeMap<i64, Vec<u32>> = BTreeMap::new();
    let filed = past.applications.number(TANGGAL_PERMOHONAN)?;
    let (from, until) = (past.from.map_or(i64::MIN, calendar::days), calendar::days(past.until));
    for row in 0..u32::try_from(past.applications.rows()).unwrap_or(u32::MAX) {
        let day = filed.get(row as usize).ok_or_else(|| Error::internal("an application without a date"))?;
        if day <= until {
            days.entry(day).or_default().push(row);
        }
    }
    let archive = Archive::new(past.applications)?;
    let judged: Vec<(i64, Vec<u32>)> = days.into_iter().filter(|(day, _)| *day >= from).collect();
    let nights: Vec<(i64, Vec<u32>, usize)> = match past.at_once {
        true => {
            let capacity = past.capacity.saturating_mul(judged.len());
            let rows: Vec<u32> = judged.into_iter().flat_map(|(_, rows)| rows).collect();
            if rows.is_empty() { Vec::new() } else { vec![(until, rows, capacity)] }
        }
        false => judged.into_iter().map(|(day, rows)| (day, rows, past.capacity)).collect(),
    };
    nights.par_iter().map(|(day, rows, capacity)| one(past, &plan, &archive, *day, rows, *capacity)).collect()
}

fn one(past: &Past<'_>, plan: &Plan, archive: &Archive, day: i64, rows: &[u32], capacity: usize) -> Result<NightOf> {
    let date = calendar::date(day).ok_or_else(|| Error::internal("a day beyond the calendar"))?;
    let catalog = &past.set.catalog;
    let cx = Cx { lists: Arc::clone(past.lists), ..Cx::new(date) };
    let mut tonight = as_it_stood(&past.applications.take(rows)?, None)?;
    night::of_row(plan, catalog, &cx, &mut tonight, &plan.columns)?;
    let mut earlier = as_it_stood(&archive.narrow(&tonight, &plan.links(), date)?, Some(day))?;
    night::of_row(plan, catalog, &cx, &mut earlier, &plan.past_columns())?;
    let earlier = EarlierRows { company: earlier, ..EarlierRows::default() };
    let settings = Settings { capacity, control_per_mille: 0, key: Vec::new() };
    let judged = night::judge(past.set, plan, &settings, &cx, tonight, earlier)?;
    let listed: BTreeSet<u32> = judged.referrals.iter().map(|r| r.row).collect();
    let everybody = Settings { capacity: usize::MAX, ..settings.clone() };
    let referred = list(past.set, plan, &judged, &judged.hits, &everybody)?;
    let names = names(past.set, plan);
    let cases = cases(past.truths, &judged, &listed, &referred, &names)?;
    let without = without(past.set, plan, &judged, &settings, &listed, &names)?;
    Ok(NightOf { cases, without })
}

/// The columns that only a decision fills, emptied where it was not yet made by a day; without a day everywhere.
fn as_it_stood(frame: &Frame, day: Option<i64>) -> Result<Frame> {
    let mut frame = frame.clone();
    let decided = match (day, frame.has(TANGGAL_KEPUTUSAN)) {
        (None, _) => None,
        (Some(_), false) => return Ok(frame),
        (Some(day), true) => {
            let decided = frame.number(TANGGAL_KEPUTUSAN)?;
            // Where no day of decision is known, what the export says stands.
            Some((0..frame.rows()).map(|row| decided.get(row).is_none_or(|d| d <= day)).collect::<Vec<bool>>())
        }
    };
    let known = |row: usize| decided.as_ref().is_some_and(|d| d.get(row).copied().unwrap_or(false));
    let there: Vec<&str> = DECIDED.into_iter().filter(|name| frame.has(name)).collect();
    for name in there {
        let Some(column) = frame.column(name) else { continue };
        let ty = [Type::Text, Type::Date].into_iter().find(|ty| physical(*ty) == *column.data_type());
        let ty = ty.ok_or_else(|| Error::internal("a decision that is neither text nor date"))?;
        let mut builder = Builder::new(ty, frame.rows());
        let view = frame.view(name)?;
        for row in 0..frame.rows() {
            match &view {
                View::Text(view) if known(row) => builder.push_text(view.get(row)),
                View::Number(view) if known(row) => builder.push_number(view.get(row)),
                _ if name == STATUS_PERMOHONAN => builder.push_text(Some(OPEN)),
                _ => builder.push_null(),
            }
        }
        frame.add(builder.finish(name))?;
    }
    Ok(frame)
}

/// The rows on the list that some hits make.
fn list(set: &RuleSet, plan: &Plan, judged: &Judged, hits: &Hits, settings: &Settings) -> Result<BTreeSet<u32>> {
    let screened = Screened { set, plan, frame: &judged.frame, witnesses: &judged.witnesses, hits };
    Ok(refer(&screened, judged.subjects.clone(), settings)?.iter().map(|r| r.row).collect())
}

/// The ids of the rules that bear on the list, by their number in the plan.
fn names(set: &RuleSet, plan: &Plan) -> BTreeMap<u32, Arc<str>> {
    let bears = |index: usize| {
        let rule = set.rules.get(index)?;
        (rule.status == Status::Active && rule.audience == Audience::Officer).then(|| Arc::from(rule.id.as_str()))
    };
    let numbered = plan.rules.iter().enumerate();
    numbered.filter_map(|(at, planned)| Some((u32::try_from(at).ok()?, bears(planned.index)?))).collect()
}

fn cases(
    truths: &Truths,
    judged: &Judged,
    listed: &BTreeSet<u32>,
    referred: &BTreeSet<u32>,
    names: &BTreeMap<u32, Arc<str>>,
) -> Result<Vec<Case>> {
    let numbers = judged.frame.text(NOMOR_PERMOHONAN)?;
    let (sex, age) = (judged.frame.text(JENIS_KELAMIN)?, judged.frame.number(UMUR)?);
    let province = judged.frame.text(PROVINSI)?;
    let case = |row: u32| {
        let at = row as usize;
        let or_unknown = |text: Option<&str>| text.unwrap_or("tidak diketahui").to_owned();
        Case {
            marks: numbers.get(at).map(|number| truths.of(number).to_vec()).unwrap_or_default(),
            listed: listed.contains(&row),
            referred: referred.contains(&row),
            fired: judged.hits.of_row(row).iter().filter_map(|hit| names.get(&hit.rule).cloned()).collect(),
            groups: [or_unknown(sex.get(at)), or_unknown(age.get(at).map(age_band)), or_unknown(province.get(at))],
        }
    };
    Ok(judged.subjects.clone().map(case).collect())
}

/// The list once more without each of the rules that fired.
fn without(
    set: &RuleSet,
    plan: &Plan,
    judged: &Judged,
    settings: &Settings,
    listed: &BTreeSet<u32>,
    names: &BTreeMap<u32, Arc<str>>,
) -> Result<Vec<Without>> {
    let fired: BTreeSet<u32> = judged.hits.hits.iter().map(|hit| hit.rule).collect();
    let fired: Vec<(u32, &Arc<str>)> = fired.into_iter().filter_map(|rule| Some((rule, names.get(&rule)?))).collect();
    let one = |(rule, name): &(u32, &Arc<str>)| {
        let kept = judged.hits.hits.iter().filter(|hit| hit.rule != *rule).copied().collect();
        let other = list(set, plan, judged, &Hits { hits: kept, tallies: Vec::new() }, settings)?;
        let rows = |rows: Vec<&u32>| rows.into_iter().map(|row| *row as usize).collect();
        Ok(Without {
            rule: Arc::clone(name),
            lost: rows(listed.difference(&other).collect()),
            gained: rows(other.difference(listed).collect()),
        })
    };
    fired.par_iter().map(one).collect()
}
