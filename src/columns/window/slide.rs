//! Sliding over the rows of one key: every window once, each measure kept up to date as rows come and go.

#![expect(clippy::indexing_slicing, reason = "positions run between the ends of the slice of one key")]

use std::collections::{BTreeMap, HashMap, VecDeque};

use super::{Aggregate, Entry, Rows};

/// What a measure sees of the rows: a value where the row counts, by row number.
#[derive(Debug)]
pub(in crate::columns) struct Input {
    /// What is done with the values.
    pub(in crate::columns) aggregate: Aggregate,
    /// For each row of the frame its value; `None` where the row does not count. Values of `count(distinct)` stand for
    /// equality only, those of `any_value` for themselves.
    pub(in crate::columns) values: Vec<Option<i64>>,
}

/// Every window over some entries. With [`Rows::Others`] there is one line for each window and each row in it.
#[derive(Debug, Default)]
pub(in crate::columns) struct Windows {
    /// First and one past the last position of the window among the entries.
    pub(in crate::columns) span: Vec<(u32, u32)>,
    /// Which position the line leaves out; only with [`Rows::Others`].
    pub(in crate::columns) left_out: Vec<u32>,
    /// One column a measure, one value a line.
    pub(in crate::columns) measures: Vec<Vec<Option<i64>>>,
}

/// Walks over the entries of one key, which are sorted by time, and adds their windows. `base` is the position of the
/// first of them.
pub(in crate::columns) fn slide(
    entries: &[Entry],
    base: u32,
    width: Option<i64>,
    inputs: &[Input],
    rows: Rows,
    out: &mut Windows,
) {
    let mut states: Vec<State> = inputs.iter().map(|i| State::new(i.aggregate, rows)).collect();
    let value = |input: &Input, position: usize| input.values[entries[position].row as usize];
    let (mut low, mut high) = (0, 0);
    while high < entries.len() {
        let time = entries[high].time;
        while high < entries.len() && entries[high].time == time {
            for (state, input) in states.iter_mut().zip(inputs) {
                state.enter(high, value(input, high));
            }
            high += 1;
        }
        while width.is_some_and(|width| entries[low].time < time.saturating_sub(width)) {
            for (state, input) in states.iter_mut().zip(inputs) {
                state.leave(low, value(input, low));
            }
            low += 1;
        }
        let span = (base + narrow(low), base + narrow(high));
        match rows {
            Rows::All => {
                out.span.push(span);
                for (column, state) in out.measures.iter_mut().zip(&states) {
                    column.push(state.result());
                }
            }
            Rows::Others => {
                for position in low..high {
                    out.span.push(span);
                    out.left_out.push(base + narrow(position));
                    for ((column, state), input) in out.measures.iter_mut().zip(&states).zip(inputs) {
                        column.push(state.result_without(position, value(input, position)));
                    }
                }
            }
        }
    }
}

fn narrow(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// A measure over the rows that are in the window now.
enum State {
    Count(usize),
    /// How often each value is there.
    Distinct(HashMap<i64, u32>),
    /// Sum in a type that cannot overflow, number of values, whether to divide.
    Sum(i128, usize, bool),
    /// Positions with values, only those that can still become the extreme; whether the greatest is wanted.
    Extreme(VecDeque<(usize, i64)>, bool),
    /// Every value with how often it is there, for extremes with a row left out.
    Sorted(BTreeMap<i64, u32>, bool),
    /// Positions with a value, in order.
    First(VecDeque<(usize, i64)>),
}

impl State {
    fn new(aggregate: Aggregate, rows: Rows) -> Self {
        let extreme = |greatest| match rows {
            Rows::All => Self::Extreme(VecDeque::new(), greatest),
            Rows::Others => Self::Sorted(BTreeMap::new(), greatest),
        };
        match aggregate {
            Aggregate::Count => Self::Count(0),
            Aggregate::CountDistinct => Self::Distinct(HashMap::new()),
            Aggregate::Sum => Self::Sum(0, 0, false),
            Aggregate::Avg => Self::Sum(0, 0, true),
            Aggregate::Min => extreme(false),
            Aggregate::Max => extreme(true),
            Aggregate::AnyValue => Self::First(VecDeque::new()),
        }
    }

    fn enter(&mut self, position: usize, value: Option<i64>) {
        let Some(value) = value else { return };
        match self {
            Self::Count(n) => *n += 1,
            Self::Distinct(seen) => *seen.entry(value).or_default() += 1,
            Self::Sum(sum, n, _) => {
                *sum += i128::from(value);
                *n += 1;
            }
            Self::Extreme(queue, greatest) => {
                while queue.back().is_some_and(|(_, last)| if *greatest { *last <= value } else { *last >= value }) {
                    queue.pop_back();
                }
                queue.push_back((position, value));
            }
            Self::Sorted(seen, _) => *seen.entry(value).or_default() += 1,
            Self::First(queue) => queue.push_back((position, value)),
        }
    }

    fn leave(&mut self, position: usize, value: Option<i64>) {
        let Some(value) = value else { return };
        match self {
            Self::Count(n) => *n -= 1,
            Self::Distinct(seen) => {
                if let Some(times) = seen.get_mut(&value) {
                    *times -= 1;
                    if *times == 0 {
                        seen.remove(&value);
                    }
                }
            }
            Self::Sum(sum, n, _) => {
                *sum -= i128::from(value);
                *n -= 1;
            }
            Self::Extreme(queue, _) | Self::First(queue) => {
                if queue.front().is_some_and(|(first, _)| *first == position) {
                    queue.pop_front();
                }
            }
            Self::Sorted(seen, _) => {
                if let Some(times) = seen.get_mut(&value) {
                    *times -= 1;
                    if *times == 0 {
                        seen.remove(&value);
                    }
                }
            }
        }
    }

    fn result(&self) -> Option<i64> {
        match self {
            Self::Count(n) => Some(count(*n)),
            Self::Distinct(seen) => Some(count(seen.len())),
            Self::Sum(sum, n, divide) => quotient(*sum, *n, *divide),
            Self::Extreme(queue, _) | Self::First(queue) => queue.front().map(|(_, value)| *value),
            Self::Sorted(seen, greatest) => end(seen, *greatest),
        }
    }

    /// The result with the row at a position of the window left out.
    fn result_without(&self, position: usize, value: Option<i64>) -> Option<i64> {
        let Some(value) = value else { return self.result() };
        match self {
            Self::Count(n) => Some(count(n - 1)),
            Self::Distinct(seen) => {
                let alone = seen.get(&value) == Some(&1);
                Some(count(seen.len() - usize::from(alone)))
            }
            Self::Sum(sum, n, divide) => quotient(sum - i128::from(value), n - 1, *divide),
            Self::Extreme(..) => self.result(),
            Self::Sorted(seen, greatest) => {
                if seen.get(&value).is_none_or(|times| *times > 1) {
                    return end(seen, *greatest);
                }
                let mut rest = seen.keys().filter(|other| **other != value);
                if *greatest { rest.next_back().copied() } else { rest.next().copied() }
            }
            Self::First(queue) => queue.iter().find(|(at, _)| *at != position).map(|(_, value)| *value),
        }
    }
}

fn end(seen: &BTreeMap<i64, u32>, greatest: bool) -> Option<i64> {
    if greatest { seen.keys().next_back().copied() } else { seen.keys().next().copied() }
}

/// The sum, or the sum divided and rounded down; nothing without values or beyond 64 bits.
fn quotient(sum: i128, n: usize, divide: bool) -> Option<i64> {
    if n == 0 {
        return None;
    }
    if divide { i64::try_from(sum).ok().map(|s| s.div_euclid(count(n))) } else { i64::try_from(sum).ok() }
}
