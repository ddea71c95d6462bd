//! How near a row is to what a source of columns asks: for a group the best of its windows, counting or not, and what it
//! lacks; for a network whom it hangs together with; for a list the entry that says most.

use super::group::GroupSource;
use super::key::KeyColumns;
use super::measured::Spec;
use super::rank::ranks;
use super::source::Lists;
use super::window::{Entry, Flag, Windows, slide};
use crate::Result;
use crate::calendar;
use crate::expr::{Distance, Expr, distances};
use crate::frame::{Builder, Frame};
use crate::schema::Type;

/// What stands between a row and the columns of a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Nearest {
    /// The row has no key: each of these has a column that is null.
    NoKey(Vec<String>),
    /// The row itself does not count there.
    NotCounted,
    /// The best window of a group that the row is in.
    Window(NearestSet),
    /// The applications of a network that hang together with the row.
    Network(NearestSet),
    /// What a list says of the row.
    Entry(NearestEntry),
}

/// Applications that belong together, whether or not they count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NearestSet {
    /// Every measure that is a number.
    pub measures: Vec<(String, i64)>,
    /// What is missing until they count; empty where they do.
    pub lacks: Vec<Distance>,
    /// How many rows there are.
    pub rows: usize,
    /// First and last time among them, in milliseconds.
    pub between: (i64, i64),
    /// The last moment at which a further application would belong to them; nothing where any later one would.
    pub open_until: Option<i64>,
}

/// The entry of a list that says most of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NearestEntry {
    /// Its code of `level`; nothing where the office has no such list or nobody is to be compared.
    pub level: Option<String>,
    /// Points of the comparison, for people on an entry that counts.
    pub points: Option<i64>,
    /// The next level and the points that are missing until there.
    pub next: Option<(&'static str, i64)>,
}

/// The best window so far: its line, its first measure, what it lacks.
struct Best {
    line: usize,
    size: Option<i64>,
    lacks: Vec<Distance>,
}

impl GroupSource {
    /// Looks at every window that a row is in. `lists` are those that `having` may use.
    pub(super) fn look(&self, frame: &Frame, row: u32, lists: Lists<'_, '_>) -> Result<Nearest> {
        for column in &self.key {
            if frame.view(column)?.is_null(row as usize) {
                return Ok(Nearest::NoKey(vec![column.clone()]));
            }
        }
        let counts = self.measured.counting_rows(frame)?;
        if !counts.get(row as usize) {
            return Ok(Nearest::NotCounted);
        }
        let keys = KeyColumns::of(frame, &self.key)?;
        let found = keys.shared(frame.rows(), 1, &|row| counts.get(row));
        let own = found.iter().find(|(other, _)| *other == row).map(|(_, key)| *key);
        let rows: Vec<u32> = found.iter().filter(|(_, key)| Some(*key) == own).map(|(row, _)| *row).collect();
        let times = frame.number(&self.spec.time)?;
        let ranks = ranks(frame, &rows)?;
        let mut entries: Vec<Entry> = Vec::new();
        for (at, (other, rank)) in rows.iter().zip(ranks).enumerate() {
            if let Some(time) = times.get(*other as usize) {
                entries.push(Entry { key: 0, time, rank, row: u32::try_from(at).unwrap_or(u32::MAX) });
            }
        }
        entries.sort_unstable();
        let place = entries.iter().position(|e| rows.get(e.row as usize) == Some(&row));
        let Some(place) = place else { return Ok(Nearest::NoKey(vec![self.spec.time.clone()])) };
        let mut small = self.measured.over(frame, &rows)?;
        let inputs = small.inputs();
        let mut windows = Windows { measures: vec![Vec::new(); inputs.len()], ..Windows::default() };
        slide(&entries, 0, self.spec.width, &inputs, self.spec.rows, &mut windows);
        let Some((line, lacks)) = self.best(&windows, place, lists)? else { return Ok(Nearest::NotCounted) };
        let (low, high) = windows.span.get(line).copied().unwrap_or((0, 0));
        let time = |at: u32| entries.get(at as usize).map_or(0, |e| e.time);
        Ok(Nearest::Window(NearestSet {
            measures: numbers(&self.spec.measures, &windows, line),
            lacks,
            rows: (high - low) as usize,
            between: (time(low), time(high.saturating_sub(1))),
            open_until: self.spec.width.map(|width| time(low).saturating_add(width)),
        }))
    }

    /// The window of a position that lacks least: the fewest lines of `having` that do not hold, then the largest first
    /// measure, then the latest.
    fn best(&self, windows: &Windows, place: usize, lists: Lists<'_, '_>) -> Result<Option<(usize, Vec<Distance>)>> {
        let mut best: Option<Best> = None;
        let mut closed = false;
        for (line, (low, high)) in windows.span.iter().enumerate() {
            let within = (*low as usize..*high as usize).contains(&place);
            let speaks = windows.left_out.get(line).is_none_or(|left| *left as usize == place);
            if !within || !speaks || closed {
                continue;
            }
            // The first window that has the row ends at it.
            closed = self.spec.flag == Flag::Closing;
            let lacks = lacking(&self.spec.measures, &self.spec.having, windows, line, lists)?;
            let size = windows.measures.first().and_then(|first| first.get(line).copied()).flatten();
            let better = best.as_ref().is_none_or(|best| {
                let fewest = best.lacks.len();
                lacks.len() < fewest || lacks.len() == fewest && size >= best.size
            });
            if better {
                best = Some(Best { line, size, lacks });
            }
        }
        Ok(best.map(|best| (best.line, best.lacks)))
    }
}

/// The measures of a set that are numbers.
pub(super) fn numbers(measures: &[Spec], sets: &Windows, set: usize) -> Vec<(String, i64)> {
    let shown = measures.iter().zip(&sets.measures).filter(|(spec, _)| spec.measure.ty == Type::Int);
    shown.filter_map(|(spec, of)| Some((spec.name.clone(), (*of.get(set)?)?))).collect()
}

/// What a set lacks until it meets `having`.
pub(super) fn lacking(
    measures: &[Spec],
    having: &[Expr],
    sets: &Windows,
    set: usize,
    lists: Lists<'_, '_>,
) -> Result<Vec<Distance>> {
    let mut columns = Vec::new();
    for (spec, of) in measures.iter().zip(&sets.measures) {
        let ty =
            if spec.measure.ty.is_textual() || spec.measure.ty == Type::Bool { Type::Int } else { spec.measure.ty };
        let mut builder = Builder::new(ty, 1);
        builder.push_number(of.get(set).copied().flatten());
        columns.push(builder.finish(&spec.name));
    }
    let frame = Frame::new(1, columns)?;
    let mut lacks = Vec::new();
    for line in having {
        lacks.extend(distances(line, true, &frame, 0, lists)?);
    }
    Ok(lacks)
}

impl NearestSet {
    /// Whole days from a day until no further application belongs to them; nothing where any later one does.
    #[must_use]
    pub fn days_left(&self, as_of: chrono::NaiveDate) -> Option<i64> {
        self.open_until.map(|until| until.div_euclid(calendar::DAY_MS) - calendar::days(as_of))
    }
}
