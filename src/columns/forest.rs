//! Which rows hang together: sets that are joined pair by pair.

/// A forest in which every row points towards the root of its set.
#[derive(Debug)]
pub(super) struct Forest {
    parent: Vec<u32>,
    sizes: Vec<u32>,
}

impl Forest {
    /// Every row alone.
    pub(super) fn new(rows: usize) -> Self {
        Self { parent: (0..u32::try_from(rows).unwrap_or(u32::MAX)).collect(), sizes: vec![1; rows] }
    }

    /// The row that stands for the set of a row. Paths are halved on the way.
    pub(super) fn root(&mut self, row: u32) -> u32 {
        let mut at = row;
        while let Some(up) = self.parent.get(at as usize).copied().filter(|up| *up != at) {
            let above = self.parent.get(up as usize).copied().unwrap_or(up);
            if let Some(place) = self.parent.get_mut(at as usize) {
                *place = above;
            }
            at = above;
        }
        at
    }

    /// Makes one set of two. The larger takes the smaller, so that paths stay short.
    pub(super) fn join(&mut self, a: u32, b: u32) {
        let (a, b) = (self.root(a), self.root(b));
        if a == b {
            return;
        }
        let (low, high) = if self.size(a) >= self.size(b) { (a, b) } else { (b, a) };
        let together = u32::try_from(self.size(a) + self.size(b)).unwrap_or(u32::MAX);
        if let (Some(parent), Some(size)) = (self.parent.get_mut(high as usize), self.sizes.get_mut(low as usize)) {
            *parent = low;
            *size = together;
        }
    }

    /// How many rows the set of a root has.
    pub(super) fn size(&self, root: u32) -> usize {
        self.sizes.get(root as usize).copied().unwrap_or(1) as usize
    }

    /// For each row the root of its set.
    pub(super) fn roots(&mut self) -> Vec<u32> {
        (0..u32::try_from(self.parent.len()).unwrap_or(u32::MAX)).map(|row| self.root(row)).collect()
    }
}
