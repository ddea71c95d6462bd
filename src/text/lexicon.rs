//! Fixed lists of words, searched by halves. Nearly every word that is looked up is in none of them, so most are turned
//! away by their first letter and length.

/// A sorted list of words.
#[derive(Debug)]
pub(crate) struct WordSet {
    words: &'static [&'static str],
    gate: Gate,
}

impl WordSet {
    /// The list of these words, which are sorted.
    pub(crate) const fn new(words: &'static [&'static str]) -> Self {
        let mut gate = Gate([0; 32]);
        let mut rest = words;
        while let [word, more @ ..] = rest {
            gate.admit(word);
            rest = more;
        }
        Self { words, gate }
    }

    /// Whether a word is in the list.
    #[inline]
    pub(crate) fn has(&self, word: &str) -> bool {
        self.gate.admits(word) && self.words.binary_search(&word).is_ok()
    }
}

/// A list of words sorted, each with what it stands for.
#[derive(Debug)]
pub(crate) struct WordMap<T: 'static> {
    entries: &'static [(&'static str, T)],
    gate: Gate,
}

impl<T: Copy> WordMap<T> {
    /// The list of these words, which are sorted.
    pub(crate) const fn new(entries: &'static [(&'static str, T)]) -> Self {
        let mut gate = Gate([0; 32]);
        let mut rest = entries;
        while let [(word, _), more @ ..] = rest {
            gate.admit(word);
            rest = more;
        }
        Self { entries, gate }
    }

    /// What a word stands for.
    #[inline]
    pub(crate) fn get(&self, word: &str) -> Option<T> {
        if !self.gate.admits(word) {
            return None;
        }
        let at = self.entries.binary_search_by_key(&word, |(word, _)| word).ok()?;
        self.entries.get(at).map(|(_, meaning)| *meaning)
    }
}

/// The lengths of words by the low bits of their first letter. Lengths from 31 on count as 31.
#[derive(Debug)]
struct Gate([u32; 32]);

impl Gate {
    #[expect(clippy::indexing_slicing, reason = "five bits are below 32")]
    const fn admit(&mut self, word: &str) {
        if let [first, ..] = word.as_bytes() {
            self.0[(*first & 31) as usize] |= Self::length(word);
        }
    }

    #[inline]
    fn admits(&self, word: &str) -> bool {
        let first = word.as_bytes().first().map(|first| usize::from(first & 31));
        first.and_then(|at| self.0.get(at)).is_some_and(|lengths| lengths & Self::length(word) != 0)
    }

    const fn length(word: &str) -> u32 {
        1 << if word.len() < 31 { word.len() } else { 31 }
    }
}

#[cfg(test)]
impl WordSet {
    pub(crate) fn words(&self) -> &'static [&'static str] {
        self.words
    }
}

#[cfg(test)]
impl<T> WordMap<T> {
    pub(crate) fn entries(&self) -> &'static [(&'static str, T)] {
        self.entries
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_listed_is_found_and_nothing_else() {
        const LONG: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJ";
        static SET: WordSet = WordSet::new(&["A", LONG, "GG", "RT"]);
        static MAP: WordMap<u8> = WordMap::new(&[("GG", 1), ("RT", 2)]);
        for word in SET.words() {
            assert!(SET.has(word));
        }
        for other in ["", "B", "GA", "GGG", "a", "É", &LONG[1..], "rt"] {
            assert!(!SET.has(other) && MAP.get(other).is_none(), "{other}");
        }
        assert_eq!((MAP.get("GG"), MAP.get("RT")), (Some(1), Some(2)));
    }
}
