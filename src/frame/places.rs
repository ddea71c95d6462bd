//! What is known of texts by where they lie: a file that keeps its values by column has a text that repeats in one place,
//! and every cell points to it.

/// What is known of the texts met last, by their place. Only places within one array may be compared.
#[derive(Debug)]
pub(crate) struct Places<T>(Vec<Option<(u128, T)>>);

impl<T: Copy> Places<T> {
    /// Nothing known; room for this many places.
    pub(crate) fn new(slots: usize) -> Self {
        Self(vec![None; slots])
    }

    /// What is known of the text that lies there.
    #[inline]
    pub(crate) fn find(&self, place: u128) -> Option<T> {
        self.0.get(self.slot(place))?.filter(|(key, _)| *key == place).map(|(_, known)| known)
    }

    /// Remembers what is known of a text, in the place of another if need be.
    pub(crate) fn keep(&mut self, place: u128, known: T) {
        let slot = self.slot(place);
        if let Some(slot) = self.0.get_mut(slot) {
            *slot = Some((place, known));
        }
    }

    #[inline]
    fn slot(&self, place: u128) -> usize {
        #[expect(clippy::cast_possible_truncation, reason = "both halves are folded into one")]
        let folded = (place ^ (place >> 64)) as u64;
        let spread = folded.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32;
        (usize::try_from(spread).unwrap_or_default() * self.0.len()) >> 32
    }
}
