//! Which of the counting windows speaks for a row.

#![expect(clippy::indexing_slicing, reason = "windows name positions among the entries they were made from")]

use std::collections::VecDeque;

use super::{Flag, Windows};

/// The window that speaks for a position: its line among the windows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::columns) struct Chosen {
    /// Number of the line.
    pub(in crate::columns) line: u32,
}

/// Which of several counting windows is preferred.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::columns) enum By {
    /// The largest by the first measure, then the latest.
    First,
    /// The latest.
    Time,
}

/// For each of `positions` entries the line that speaks for it, if any. `counts` says which lines meet `having`. Lines
/// come in the order in which they were made: by key, then by the end of the window.
pub(in crate::columns) fn choose(
    windows: &Windows,
    counts: &dyn Fn(usize) -> bool,
    flag: Flag,
    by: By,
    positions: usize,
) -> Vec<Option<Chosen>> {
    let mut chosen = vec![None; positions];
    let size = |line: usize| match by {
        By::First => windows.measures.first().and_then(|first| first[line]),
        By::Time => None,
    };
    if !windows.left_out.is_empty() {
        others(windows, counts, &size, flag, &mut chosen);
        return chosen;
    }
    match flag {
        Flag::Closing => closing(windows, counts, &mut chosen),
        Flag::Members => members(windows, counts, &size, &mut chosen),
    }
    chosen
}

fn line(n: usize) -> Chosen {
    Chosen { line: u32::try_from(n).unwrap_or(u32::MAX) }
}

/// The size of the window of a line; nothing is least.
type Size<'a> = &'a dyn Fn(usize) -> Option<i64>;

/// Each position belongs to the window that first has it at its end: the one whose end moved past it.
fn closing(windows: &Windows, counts: &dyn Fn(usize) -> bool, chosen: &mut [Option<Chosen>]) {
    let mut from = 0;
    for (number, (_, high)) in windows.span.iter().enumerate() {
        for place in &mut chosen[from..*high as usize] {
            *place = counts(number).then(|| line(number));
        }
        from = *high as usize;
    }
}

/// The windows that contain a position follow each other, and both the first and the last of them only move forward from
/// position to position: a queue of candidates, best in front, decides each position in constant time.
fn members(windows: &Windows, counts: &dyn Fn(usize) -> bool, size: Size<'_>, chosen: &mut [Option<Chosen>]) {
    let mut queue: VecDeque<usize> = VecDeque::new();
    let (mut first, mut next) = (0, 0);
    for (position, place) in chosen.iter_mut().enumerate() {
        // Windows of other keys begin at or after their own first position, so the bounds alone keep keys apart.
        while next < windows.span.len() && windows.span[next].0 as usize <= position {
            if counts(next) {
                while queue.back().is_some_and(|last| size(*last) <= size(next)) {
                    queue.pop_back();
                }
                queue.push_back(next);
            }
            next += 1;
        }
        while first < windows.span.len() && windows.span[first].1 as usize <= position {
            first += 1;
        }
        while queue.front().is_some_and(|best| *best < first) {
            queue.pop_front();
        }
        *place = queue.front().map(|best| line(*best));
    }
}

/// With a row left out of its own measures every line speaks for one position only.
fn others(
    windows: &Windows,
    counts: &dyn Fn(usize) -> bool,
    size: Size<'_>,
    flag: Flag,
    chosen: &mut [Option<Chosen>],
) {
    let mut first_end = vec![u32::MAX; chosen.len()];
    for (number, (position, (_, high))) in windows.left_out.iter().zip(&windows.span).enumerate() {
        let position = *position as usize;
        // The first window that has the position is the one that ends at it.
        let ends_here = first_end[position] == u32::MAX || first_end[position] == *high;
        first_end[position] = first_end[position].min(*high);
        if !counts(number) || (flag == Flag::Closing && !ends_here) {
            continue;
        }
        let better = chosen[position].is_none_or(|best: Chosen| size(best.line as usize) <= size(number));
        if better {
            chosen[position] = Some(line(number));
        }
    }
}
