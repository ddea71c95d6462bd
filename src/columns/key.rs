//! Keys that applications share: the values of one or several columns of a row, as 128-bit hashes.
//!
//! Two different values have the same hash about once in 10^38 pairs, so a hash stands for its value. A row in which one
//! of the columns is null has no key.

use rayon::prelude::*;
use xxhash_rust::xxh3::{xxh3_64_with_seed, xxh3_128_with_seed};

use crate::Result;
use crate::frame::{Frame, View};

/// Rows worked on at once.
const BLOCK: usize = 65_536;

/// The columns of a key, ready to be hashed.
#[derive(Debug)]
pub(super) struct KeyColumns<'a> {
    views: Vec<View<'a>>,
}

impl<'a> KeyColumns<'a> {
    pub(super) fn of(frame: &'a Frame, columns: &[String]) -> Result<Self> {
        Ok(Self { views: columns.iter().map(|c| frame.view(c)).collect::<Result<_>>()? })
    }

    /// A short hash, never 0; 0 stands for no key. For sifting, not for telling keys apart.
    fn short(&self, row: usize) -> u64 {
        let mut hash = 0;
        for view in &self.views {
            let part = match view {
                View::Text(view) => view.get(row).map(|t| xxh3_64_with_seed(t.as_bytes(), hash)),
                View::Number(view) => view.get(row).map(|n| xxh3_64_with_seed(&n.to_le_bytes(), hash)),
                View::Bool(view) => view.get(row).map(|b| xxh3_64_with_seed(&[u8::from(b)], hash)),
            };
            match part {
                Some(part) => hash = part,
                None => return 0,
            }
        }
        hash.max(1)
    }

    /// The key of a row that has one.
    fn long(&self, row: usize) -> u128 {
        let mut hash = 0_u128;
        for view in &self.views {
            // The low half of what came before seeds the next part, so that ("a", "bc") is not ("ab", "c").
            #[expect(clippy::cast_possible_truncation, reason = "half of the hash is enough of a seed")]
            let seed = (hash ^ (hash >> 64)) as u64;
            hash = match view {
                View::Text(view) => xxh3_128_with_seed(view.get(row).unwrap_or_default().as_bytes(), seed),
                View::Number(view) => xxh3_128_with_seed(&view.get(row).unwrap_or_default().to_le_bytes(), seed),
                View::Bool(view) => xxh3_128_with_seed(&[u8::from(view.get(row).unwrap_or_default())], seed),
            };
        }
        hash
    }

    /// Rows that have a key, pass the test and share their key with at least `least - 1` others, with their keys. A few
    /// rows may be among them whose key is rarer; none is missing.
    pub(super) fn shared(&self, rows: usize, least: usize, test: &(dyn Fn(usize) -> bool + Sync)) -> Vec<(u32, u128)> {
        let starts: Vec<usize> = (0..rows).step_by(BLOCK).collect();
        let of_block = |start: usize| start..(start + BLOCK).min(rows);
        if least <= 1 {
            let found = starts.par_iter().flat_map_iter(|start| {
                of_block(*start)
                    .filter(|row| self.short(*row) != 0 && test(*row))
                    .map(|row| (narrow(row), self.long(row)))
            });
            return found.collect();
        }
        let hashes: Vec<u64> = starts
            .par_iter()
            .flat_map_iter(|start| of_block(*start).map(|row| if test(row) { self.short(row) } else { 0 }))
            .collect();
        let slots = Slots::count(&hashes);
        let busy = |hash: u64| hash != 0 && slots.get(hash) >= least.min(255);
        let found = starts.par_iter().flat_map_iter(|start| {
            let hashes = &hashes;
            of_block(*start)
                .filter(move |row| hashes.get(*row).is_some_and(|h| busy(*h)))
                .map(|row| (narrow(row), self.long(row)))
        });
        found.collect()
    }
}

/// How often each of many hashes comes up, counted in small slots that several hashes may share: never too few.
struct Slots {
    counts: Vec<u8>,
    mask: u64,
}

impl Slots {
    fn count(hashes: &[u64]) -> Self {
        let size = (hashes.len() * 8).next_power_of_two().clamp(1 << 10, 1 << 26);
        let mut slots = Self { counts: vec![0; size], mask: size as u64 - 1 };
        for hash in hashes.iter().filter(|h| **h != 0) {
            let at = slots.place(*hash);
            if let Some(count) = slots.counts.get_mut(at) {
                *count = count.saturating_add(1);
            }
        }
        slots
    }

    fn place(&self, hash: u64) -> usize {
        usize::try_from(hash & self.mask).unwrap_or(0)
    }

    fn get(&self, hash: u64) -> usize {
        self.counts.get(self.place(hash)).copied().unwrap_or(0).into()
    }
}

fn narrow(row: usize) -> u32 {
    u32::try_from(row).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::frame::Builder;
    use crate::schema::Type;

    fn frame(a: &[Option<&str>], b: &[Option<i64>]) -> Frame {
        let (mut text, mut number) = (Builder::new(Type::Text, a.len()), Builder::new(Type::Int, b.len()));
        a.iter().for_each(|v| text.push_text(*v));
        b.iter().for_each(|v| number.push_number(*v));
        Frame::new(a.len(), vec![text.finish("a"), number.finish("b")]).unwrap()
    }

    #[test]
    fn rows_with_equal_values_have_equal_keys_and_nulls_have_none() {
        let frame =
            frame(&[Some("x"), Some("x"), None, Some("y"), Some("x")], &[Some(1), Some(2), Some(1), Some(1), Some(1)]);
        let columns = ["a".to_owned(), "b".to_owned()];
        let keys = KeyColumns::of(&frame, &columns).unwrap();
        let all = keys.shared(5, 1, &|_| true);
        assert_eq!(all.iter().map(|(row, _)| *row).collect::<Vec<_>>(), [0, 1, 3, 4]);
        assert_eq!(all[0].1, all[3].1);
        assert!(all[0].1 != all[1].1 && all[0].1 != all[2].1);
        let shared = keys.shared(5, 2, &|_| true);
        assert!([0, 4].iter().all(|row| shared.iter().any(|(r, _)| r == row)));
        assert!(keys.shared(5, 1, &|row| row == 3).iter().all(|(row, _)| *row == 3));
    }

    #[test]
    fn parts_of_a_key_do_not_run_into_each_other() {
        let mut frame = frame(&[Some("ab"), Some("a")], &[None, None]);
        let mut text = Builder::new(Type::Text, 2);
        text.push_text(Some("c"));
        text.push_text(Some("bc"));
        frame.add(text.finish("c")).unwrap();
        let keys = KeyColumns::of(&frame, &["a".to_owned(), "c".to_owned()]).unwrap();
        let all = keys.shared(2, 1, &|_| true);
        assert_ne!(all[0].1, all[1].1);
    }
}
