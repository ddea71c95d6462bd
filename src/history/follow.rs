//! Open applications of the last nights that tonight's are tied to: they are looked at again.

use std::collections::BTreeMap;
use std::path::Path;

use chrono::NaiveDate;

use super::index::Month;
use super::looks::{self, Look};
use super::{LOOKS, files};
use crate::Result;
use crate::calendar;
use crate::frame::{Frame, View};
use crate::schema::columns::{ALASAN_KEPUTUSAN, STATUS_PERMOHONAN, TANGGAL_KEPUTUSAN, TANGGAL_PERMOHONAN};

/// Which applications of before are looked at again.
#[derive(Debug, Clone, Copy)]
pub struct Follow<'a> {
    /// The first day of filing that counts.
    pub since: NaiveDate,
    /// The columns of the dictionary that are needed to judge them.
    pub columns: &'a [&'a str],
}

/// What of history takes part in a night.
#[derive(Debug, Clone, Default)]
pub struct Narrowed {
    /// The applications that are company.
    pub company: Frame,
    /// For each of them the first night that judged it, where one did and followed ones were asked for.
    pub arrived: Vec<Option<NaiveDate>>,
    /// The applications that are looked at again.
    pub followed: Frame,
    /// For each of those the looks before tonight, oldest first, at least one.
    pub looks: Vec<Vec<Look>>,
    /// For each source how many of all these applications it was the first to need, in the order in which ties are followed.
    pub brought: BTreeMap<String, usize>,
}

/// The stages of an application that nobody has decided.
const OPEN: [&str; 4] = ["baru_masuk", "menunggu_berkas", "wawancara", "adjudikasi"];

/// The columns that say whether an application is open.
const COLUMNS: [&str; 5] = [TANGGAL_PERMOHONAN, STATUS_PERMOHONAN, ALASAN_KEPUTUSAN, TANGGAL_KEPUTUSAN, LOOKS];

/// Of some rows of a month those that are open, filed early enough to have been judged and late enough to be followed. An
/// application whose stage nobody exports is open as long as no decision is told.
pub(super) fn open(
    root: &Path,
    month: &Month,
    rows: &[u32],
    follow: &Follow<'_>,
    as_of: NaiveDate,
) -> Result<Vec<u32>> {
    if rows.is_empty() || month.last < follow.since {
        return Ok(Vec::new());
    }
    let frame = files::read_rows(root, month, &COLUMNS.map(str::to_owned), rows)?;
    let (days, stages) = (frame.number(TANGGAL_PERMOHONAN)?, frame.text(STATUS_PERMOHONAN)?);
    let decided = [frame.view(ALASAN_KEPUTUSAN)?, frame.view(TANGGAL_KEPUTUSAN)?];
    let looks = looks::before(&frame, as_of)?;
    let since = calendar::days(follow.since);
    let is_open = |at: usize| {
        let undecided = decided.iter().all(|view: &View<'_>| view.is_null(at));
        let stage = stages.get(at).is_none_or(|stage| OPEN.contains(&stage));
        let judged = looks.get(at).is_some_and(|looks| !looks.is_empty());
        undecided && stage && judged && days.get(at).is_some_and(|day| day >= since)
    };
    Ok(rows.iter().enumerate().filter(|(at, _)| is_open(*at)).map(|(_, row)| *row).collect())
}

/// What a narrowed history is, its looks cut before tonight.
pub(super) fn narrowed(company: Frame, mut followed: Frame, as_of: NaiveDate) -> Result<Narrowed> {
    let mut arrived = Vec::new();
    if company.has(LOOKS) {
        let first = |looks: Vec<Look>| looks.first().map(|look| look.on);
        arrived = looks::before(&company, as_of)?.into_iter().map(first).collect();
    }
    let looks = if followed.has(LOOKS) { looks::before(&followed, as_of)? } else { Vec::new() };
    if followed.rows() > 0 {
        // The same night run twice must see the same, so what it said itself the first time is left out.
        followed.add(looks::column(&looks))?;
    }
    let company = company.select(company.names().filter(|name| *name != LOOKS));
    Ok(Narrowed { company, arrived, followed, looks, brought: BTreeMap::new() })
}
