//! Hiding small counts so that no sum gives them back.
//!
//! A recap is a tree: every count is the sum of those below it, and that is the only equation in it. A count under
//! [`LEAST`] is hidden with all that is below it. Somebody who subtracts the visible counts from the one above learns the
//! sum of the hidden ones; he knows that each is at least 1. With `k` hidden counts of sum `s` each could be anything from
//! 1 to `s - k + 1`. So at least two are hidden, and as many larger ones with them as it takes to leave each small one
//! room from 1 to `LEAST - 1`. Where even all of them do not leave that room, what is below is not told at all.

/// The smallest count that is shown.
pub const LEAST: usize = 5;

/// A count with those it is the sum of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// What is counted: a code, by which nodes are ordered.
    pub code: String,
    /// The count; nothing where it is hidden.
    pub count: Option<usize>,
    /// What it is the sum of; empty where it is not broken down.
    pub below: Vec<Node>,
}

/// Hides what must not be seen, from the top down.
pub(super) fn suppress(top: &mut Node) {
    if top.count.is_none_or(|count| count < LEAST) {
        hide(top);
        return;
    }
    let hidden = hidden(&top.below.iter().filter_map(|node| node.count).collect::<Vec<_>>());
    let Some(hidden) = hidden else {
        top.below.clear();
        return;
    };
    for (node, hidden) in top.below.iter_mut().zip(hidden) {
        if hidden { hide(node) } else { suppress(node) }
    }
}

fn hide(node: &mut Node) {
    node.count = None;
    node.below.clear();
}

/// Which of some counts that add up to a visible one are hidden; nothing where none of them may be told. Counts are at
/// least 1.
fn hidden(counts: &[usize]) -> Option<Vec<bool>> {
    let mut hidden: Vec<bool> = counts.iter().map(|count| *count < LEAST).collect();
    let mut larger: Vec<(usize, usize)> =
        counts.iter().enumerate().filter(|(_, count)| **count >= LEAST).map(|(at, count)| (*count, at)).collect();
    larger.sort_unstable();
    let mut larger = larger.into_iter();
    loop {
        let of = |hidden: &[bool]| counts.iter().zip(hidden).filter(|(_, is)| **is).map(|(count, _)| *count).collect();
        let small: Vec<usize> = of(&hidden);
        // Each can be as large as `LEAST - 1` when the others are 1.
        let room = small.len() > 1 && small.iter().sum::<usize>() >= LEAST - 1 + small.len() - 1;
        if small.is_empty() || room {
            return Some(hidden);
        }
        let (_, next) = larger.next()?;
        hidden.get_mut(next).into_iter().for_each(|is| *is = true);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn leaf(code: usize, count: usize) -> Node {
        Node { code: code.to_string(), count: Some(count), below: Vec::new() }
    }

    fn node(counts: &[usize]) -> Node {
        let below: Vec<Node> = counts.iter().enumerate().map(|(at, count)| leaf(at, *count)).collect();
        Node { code: String::new(), count: Some(counts.iter().sum()), below }
    }

    fn shown(counts: &[usize]) -> Vec<Option<usize>> {
        let mut top = node(counts);
        suppress(&mut top);
        top.below.iter().map(|node| node.count).collect()
    }

    #[test]
    fn a_small_count_takes_another_with_it() {
        assert_eq!(shown(&[9, 7, 6]), [Some(9), Some(7), Some(6)]);
        assert_eq!(shown(&[9, 3, 6]), [Some(9), None, None], "the smallest large one");
        assert_eq!(shown(&[9, 3, 4]), [Some(9), None, None], "two small ones of 7 can each be 1 to 6");
        assert_eq!(shown(&[9, 1, 1, 7]), [Some(9), None, None, None], "a sum of 2 would tell both");
        assert_eq!(shown(&[1, 1, 1, 1, 1]), [], "a sum of 5 over five would tell each");
        assert_eq!(shown(&[2, 2]), [], "too few in all");
        assert_eq!(shown(&[5]), [Some(5)]);
    }

    #[test]
    fn what_is_below_a_hidden_count_is_hidden_too() {
        let inner = Node { code: "a".to_owned(), count: Some(6), below: vec![leaf(0, 6)] };
        let mut top = Node { code: String::new(), count: Some(9), below: vec![inner, leaf(1, 3)] };
        suppress(&mut top);
        assert!(top.below.iter().all(|node| node.count.is_none() && node.below.is_empty()));
    }

    proptest! {
        /// The twin tries every way to fill the hidden counts.
        #[test]
        fn nobody_can_work_a_small_count_out(counts in proptest::collection::vec(1_usize..9, 1..6)) {
            let mut top = node(&counts);
            suppress(&mut top);
            let Some(total) = top.count else {
                prop_assert!(counts.iter().sum::<usize>() < LEAST);
                return Ok(());
            };
            let seen: Vec<Option<usize>> = top.below.iter().map(|node| node.count).collect();
            if seen.is_empty() {
                return Ok(());
            }
            let mut ways: Vec<Vec<usize>> = vec![Vec::new()];
            for cell in &seen {
                let choices = cell.map_or(1..=total, |count| count..=count);
                ways = ways.iter().flat_map(|way| choices.clone().map(|n| [way.as_slice(), &[n]].concat())).collect();
                ways.retain(|way| way.iter().sum::<usize>() <= total);
            }
            ways.retain(|way| way.iter().sum::<usize>() == total);
            for (at, count) in counts.iter().enumerate().filter(|(_, count)| **count < LEAST) {
                prop_assert_eq!(seen[at], None, "{} is shown", count);
                for possible in 1..LEAST {
                    prop_assert!(ways.iter().any(|way| way[at] == possible), "{:?}: {} cannot be {possible}", seen, at);
                }
            }
        }
    }
}
