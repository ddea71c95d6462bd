//! Where the nodes of a picture stand: applications in two columns, what they share in a third between them.
//!
//! Places follow from the order of members and keys alone, in whole numbers: the same group gives the same picture. Labels
//! stand on the outer side of the applications and inside the boxes of keys, and lines run between the columns only, so
//! that no line crosses a label and no label another, however many nodes there are.

use std::collections::BTreeSet;

/// Width of the picture.
pub(super) const WIDTH: i64 = 720;
/// Half the size of the shape of an application.
pub(super) const HALF: i64 = 8;
/// Height of what stands in a line of a column of applications.
const ROW: i64 = 31;
/// Height of the box of a key.
pub(super) const BOX: i64 = 34;
/// Distance between boxes.
const GAP: i64 = 12;
/// Space above and below.
const MARGIN: i64 = 14;
/// Middle of the shapes of the left column, and of the right one.
const SIDES: [i64; 2] = [190, 530];
/// Left and right end of the boxes of keys.
pub(super) const KEYS: [i64; 2] = [258, 462];
/// Width of a label of an application.
pub(super) const LABEL: i64 = 172;

/// A picture holds at most this many applications and this many keys.
pub(super) const MOST_MEMBERS: usize = 44;
pub(super) const MOST_KEYS: usize = 16;

/// A place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Spot {
    pub(super) x: i64,
    pub(super) y: i64,
}

/// Which side of the keys an application stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Left,
    Right,
}

/// The picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Layout {
    pub(super) height: i64,
    /// Number of the member, middle of its shape, side.
    pub(super) members: Vec<(usize, Spot, Side)>,
    /// Number of the key, middle of its box.
    pub(super) keys: Vec<(usize, Spot)>,
}

/// A rectangle that a node takes up with its label: left, top, right, bottom.
#[cfg(test)]
pub(super) type Taken = [i64; 4];

/// Lays out a group. `listed` says of each member whether it is listed: those are drawn before others. `keys` has for each
/// key the members that have it, most shared first.
pub(super) fn layout(listed: &[bool], keys: &[&[usize]]) -> Layout {
    let drawn = drawn(listed, keys);
    let mut keys: Vec<(usize, Vec<usize>)> = keys
        .iter()
        .enumerate()
        .map(|(number, members)| (number, members.iter().copied().filter(|m| drawn.contains(m)).collect::<Vec<_>>()))
        .filter(|(_, members)| members.len() > 1)
        .take(MOST_KEYS)
        .collect();
    // Keys stand in the order in which members come to them, members in the order of their keys: a few rounds of taking
    // the middle of one's neighbours leave few crossings.
    let mut members: Vec<usize> = drawn.into_iter().collect();
    let first = |member: usize, keys: &[(usize, Vec<usize>)]| keys.iter().position(|(_, of)| of.contains(&member));
    members.sort_by_key(|member| (first(*member, &keys).unwrap_or(usize::MAX), *member));
    for _ in 0..4 {
        let place = |member: &usize| members.iter().position(|other| other == member).unwrap_or_default();
        keys.sort_by_cached_key(|(number, of)| (middle(of.iter().map(place)), *number));
        let of =
            |member: usize| keys.iter().enumerate().filter(move |(_, (_, of))| of.contains(&member)).map(|(at, _)| at);
        members.sort_by_cached_key(|member| (middle(of(*member)), *member));
    }
    let rows = members.len().div_ceil(2);
    let (rows_high, keys_high) = (length(rows) * ROW, length(keys.len()) * (BOX + GAP) - GAP);
    let height = rows_high.max(keys_high) + 2 * MARGIN;
    let top = |of: i64| (height - of) / 2;
    let spots = members.iter().enumerate().map(|(at, member)| {
        // Neighbours stand opposite each other, so that both sides have some of every key.
        let (side, x) = if at % 2 == 0 { (Side::Left, SIDES[0]) } else { (Side::Right, SIDES[1]) };
        (*member, Spot { x, y: top(rows_high) + length(at / 2) * ROW + ROW / 2 }, side)
    });
    let spots: Vec<(usize, Spot, Side)> = spots.collect();
    let keys = boxes(&keys, &spots, height);
    Layout { height, members: spots, keys }
}

/// Each box as near to the middle of its members as the others let it.
fn boxes(keys: &[(usize, Vec<usize>)], members: &[(usize, Spot, Side)], height: i64) -> Vec<(usize, Spot)> {
    let wanted = |of: &Vec<usize>| {
        let heights: Vec<i64> = members.iter().filter(|(m, ..)| of.contains(m)).map(|(_, spot, _)| spot.y).collect();
        heights.iter().sum::<i64>() / length(heights.len()).max(1)
    };
    let mut placed: Vec<(usize, Spot)> =
        keys.iter().map(|(number, of)| (*number, Spot { x: WIDTH / 2, y: wanted(of) })).collect();
    let mut lowest = MARGIN + BOX / 2;
    for (_, spot) in &mut placed {
        spot.y = spot.y.max(lowest);
        lowest = spot.y + BOX + GAP;
    }
    let mut highest = height - MARGIN - BOX / 2;
    for (_, spot) in placed.iter_mut().rev() {
        spot.y = spot.y.min(highest);
        highest = spot.y - BOX - GAP;
    }
    placed
}

/// The members that are drawn: listed ones first, then those with most keys.
fn drawn(listed: &[bool], keys: &[&[usize]]) -> BTreeSet<usize> {
    let degree = |member: usize| keys.iter().filter(|of| of.contains(&member)).count();
    let mut all: Vec<usize> = (0..listed.len()).collect();
    all.sort_by_cached_key(|member| (listed.get(*member) != Some(&true), usize::MAX - degree(*member), *member));
    all.truncate(MOST_MEMBERS);
    all.into_iter().collect()
}

/// The middle of some places, in thousandths.
fn middle(places: impl Iterator<Item = usize>) -> usize {
    let (sum, count) = places.fold((0, 0), |(sum, count), place| (sum + place * 1_000, count + 1));
    sum.checked_div(count).unwrap_or(usize::MAX)
}

fn length(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

#[cfg(test)]
impl Layout {
    /// What every node takes up with its label.
    pub(super) fn taken(&self) -> Vec<Taken> {
        let member = |(_, spot, side): &(usize, Spot, Side)| match side {
            Side::Left => [spot.x - HALF - 4 - LABEL, spot.y - ROW / 2, spot.x + HALF, spot.y + ROW / 2],
            Side::Right => [spot.x - HALF, spot.y - ROW / 2, spot.x + HALF + 4 + LABEL, spot.y + ROW / 2],
        };
        let key = |(_, spot): &(usize, Spot)| [KEYS[0], spot.y - BOX / 2, KEYS[1], spot.y + BOX / 2];
        self.members.iter().map(member).chain(self.keys.iter().map(key)).collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn no_overlap(layout: &Layout) {
        let taken = layout.taken();
        for (at, a) in taken.iter().enumerate() {
            assert!(a[0] >= 0 && a[1] >= 0 && a[2] <= WIDTH && a[3] <= layout.height, "{a:?} leaves the picture");
            for b in &taken[at + 1..] {
                let apart = a[2] <= b[0] || b[2] <= a[0] || a[3] <= b[1] || b[3] <= a[1];
                assert!(apart, "{a:?} and {b:?}");
            }
        }
    }

    proptest! {
        #[test]
        fn no_node_or_label_overlaps_another(
            listed in proptest::collection::vec(any::<bool>(), 1..120),
            shared in proptest::collection::vec(proptest::collection::btree_set(0_usize..120, 2..40), 0..40),
        ) {
            let keys: Vec<Vec<usize>> =
                shared.iter().map(|of| of.iter().copied().filter(|m| *m < listed.len()).collect()).collect();
            let keys: Vec<&[usize]> = keys.iter().map(Vec::as_slice).collect();
            let layout = layout(&listed, &keys);
            no_overlap(&layout);
            prop_assert_eq!(&layout, &super::layout(&listed, &keys));
            let drawn: Vec<usize> = layout.members.iter().map(|m| m.0).collect();
            prop_assert_eq!(drawn.len(), listed.len().min(MOST_MEMBERS));
            let left_out = |m: &usize| listed[*m] && !drawn.contains(m);
            let others = drawn.iter().any(|m| !listed[*m]);
            prop_assert!(!((0..listed.len()).any(|m| left_out(&m)) && others), "a listed one gives way to another");
            prop_assert!(layout.keys.len() <= MOST_KEYS);
        }
    }

    #[test]
    fn a_star_has_its_key_in_the_middle() {
        let all: Vec<usize> = (0..8).collect();
        let layout = layout(&[true; 8], &[&all]);
        no_overlap(&layout);
        let [(0, spot)] = layout.keys[..] else { panic!("{:?}", layout.keys) };
        assert!(spot.x == WIDTH / 2 && (spot.y - layout.height / 2).abs() <= 1, "{spot:?}");
        assert_eq!(layout.members.iter().filter(|m| m.2 == Side::Left).count(), 4);
    }
}
