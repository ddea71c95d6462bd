//! The distinct words of a list, and all of them that a word looked for may be taken for.
//!
//! Names are made of few words, so the fuzzy work is done once for a pair of words and not for every pair of names. Nothing
//! is left to chance: each rule that ties two words has its way to the words it may tie (equal keys, first letters, pieces
//! that remain when letters are left out), and every word met that way is put to the rule itself.

use rayon::prelude::*;
use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};

use crate::matching::names::Names;
use crate::matching::settings::Settings;
use crate::matching::token::{Bond, Mark, Token, Word, bond, join_bond, most_edits};

/// Numbers for words, given out in the order in which they are first met.
#[derive(Debug, Default)]
pub(super) struct Interner {
    /// Word numbers plus one by hash; 0 is free.
    slots: Vec<u32>,
    hashes: Vec<u64>,
    texts: String,
    ends: Vec<usize>,
    marks: Vec<Mark>,
}

impl Interner {
    /// The number of a word.
    pub(super) fn id(&mut self, token: &Token<'_>) -> u32 {
        if self.slots.len() < 2 * (self.hashes.len() + 1) {
            self.grow();
        }
        let hash = xxh3_64_with_seed(token.text.as_bytes(), seed(token.mark));
        let mut at = self.place(hash);
        loop {
            match self.slots.get(at).copied().unwrap_or(0) {
                0 => break,
                slot if self.is(slot - 1, hash, token) => return slot - 1,
                _ => at = (at + 1) & (self.slots.len() - 1),
            }
        }
        self.hashes.push(hash);
        self.texts.push_str(token.text);
        self.ends.push(self.texts.len());
        self.marks.push(token.mark);
        let number = super::narrow(self.hashes.len());
        if let Some(slot) = self.slots.get_mut(at) {
            *slot = number;
        }
        number - 1
    }

    fn place(&self, hash: u64) -> usize {
        usize::try_from(hash & (self.slots.len() as u64 - 1)).unwrap_or(0)
    }

    fn is(&self, id: u32, hash: u64, token: &Token<'_>) -> bool {
        self.hashes.get(id as usize) == Some(&hash) && self.get(id as usize) == Some(*token)
    }

    pub(super) fn get(&self, id: usize) -> Option<Token<'_>> {
        let start = if id == 0 { 0 } else { self.ends.get(id - 1).copied()? };
        Some(Token { text: self.texts.get(start..*self.ends.get(id)?)?, mark: *self.marks.get(id)? })
    }

    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = Token<'_>> {
        (0..self.len()).filter_map(|id| self.get(id))
    }

    fn grow(&mut self) {
        self.slots = vec![0; (self.slots.len() * 2).max(1 << 10)];
        for (id, hash) in self.hashes.iter().enumerate() {
            let mut at = usize::try_from(hash & (self.slots.len() as u64 - 1)).unwrap_or(0);
            while self.slots.get(at).is_some_and(|slot| *slot != 0) {
                at = (at + 1) & (self.slots.len() - 1);
            }
            if let Some(slot) = self.slots.get_mut(at) {
                *slot = super::narrow(id + 1);
            }
        }
    }
}

fn seed(mark: Mark) -> u64 {
    u64::from(mark.patronym) | u64::from(mark.dotted_m) << 1 | u64::from(mark.cut) << 2
}

/// The words of a list.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    /// By text, then by mark.
    pub(super) words: Vec<Word>,
    /// Hashes of old spelling, sound and group, each with a word that has it; sorted.
    keys: Vec<(u64, u32)>,
    /// Hashes of what is left of a word when up to as many letters are left out as it may have edits; sorted.
    pieces: Vec<(u32, u32)>,
    /// Words cut short, and `M.` that may not be Muhammad.
    odd: Vec<u32>,
}

/// What a word may be taken for in a list.
#[derive(Debug, Default, Clone)]
pub(super) struct Related {
    /// By number.
    pub(super) bonds: Vec<(u32, Bond)>,
    /// Words that with their next neighbour are this one, and the most that is worth with the penalties of both.
    pub(super) heads: Vec<(u32, i32)>,
    /// Such neighbours.
    pub(super) tails: Vec<u32>,
}

impl Vocabulary {
    /// The vocabulary of these words, and where each went.
    pub(super) fn new(interner: &Interner, names: &Names, settings: &Settings) -> (Self, Vec<u32>) {
        let mut order: Vec<u32> = (0..super::narrow(interner.len())).collect();
        order.par_sort_unstable_by_key(|id| interner.get(*id as usize));
        let mut place = vec![0; order.len()];
        for (new, old) in order.iter().enumerate() {
            if let Some(place) = place.get_mut(*old as usize) {
                *place = super::narrow(new);
            }
        }
        let words =
            order.par_iter().filter_map(|id| Some(Word::new(&interner.get(*id as usize)?, names, settings))).collect();
        (Self::of_words(words), place)
    }

    /// The vocabulary of words in order.
    fn of_words(words: Vec<Word>) -> Self {
        let numbered = || words.par_iter().enumerate().map(|(at, word)| (super::narrow(at), word));
        let mut keys: Vec<(u64, u32)> = numbered()
            .flat_map_iter(|(at, word)| keys_of(word).into_iter().flatten().map(move |key| (key, at)))
            .collect();
        keys.par_sort_unstable();
        let mut pieces: Vec<(u32, u32)> = numbered()
            .flat_map_iter(|(at, word)| {
                let mut pieces = Vec::new();
                add_pieces(&word.letters, &mut pieces);
                pieces.into_iter().map(move |piece| (piece, at))
            })
            .collect();
        pieces.par_sort_unstable();
        let odd = |word: &Word| word.mark.cut || word.mark.dotted_m;
        let odd = words.iter().enumerate().filter(|(_, word)| odd(word)).map(|(at, _)| super::narrow(at)).collect();
        Self { words, keys, pieces, odd }
    }

    fn word(&self, id: u32) -> Option<&Word> {
        self.words.get(id as usize)
    }

    /// The words that begin so, as numbers.
    fn beginning(&self, start: &str) -> std::ops::Range<usize> {
        let from = self.words.partition_point(|word| *word.text < *start);
        let rest = self.words.get(from..).unwrap_or_default();
        from..from + rest.partition_point(|word| word.text.starts_with(start))
    }

    /// The words of exactly this text, as numbers; they differ in their marks.
    fn spelled(&self, text: &str) -> std::ops::Range<usize> {
        let from = self.words.partition_point(|word| *word.text < *text);
        let rest = self.words.get(from..).unwrap_or_default();
        from..from + rest.partition_point(|word| *word.text == *text)
    }

    /// Every word that a word may be taken for.
    pub(super) fn related(&self, word: &Word, settings: &Settings) -> Related {
        let mut met: Vec<u32> = self.spelled(&word.text).map(super::narrow).collect();
        for key in keys_of(word).into_iter().flatten() {
            met.extend(run(&self.keys, key));
        }
        let mut pieces = Vec::new();
        add_pieces(&word.letters, &mut pieces);
        for piece in pieces {
            met.extend(run(&self.pieces, piece));
        }
        if let Some(first) = word.letters.first() {
            met.extend(self.spelled(first.encode_utf8(&mut [0; 4])).map(super::narrow));
        }
        if word.is_initial() || word.mark.cut {
            met.extend(self.beginning(&word.text).map(super::narrow));
        }
        if word.mark.dotted_m {
            met.extend(self.beginning("M").map(super::narrow));
        }
        met.extend(&self.odd);
        met.sort_unstable();
        met.dedup();
        let bonds = met.iter().filter_map(|id| Some((*id, bond(word, self.word(*id)?, settings)?))).collect();
        let (heads, tails) = self.halves(word, settings);
        Related { bonds, heads, tails }
    }

    /// Two words of the list that are this one.
    fn halves(&self, word: &Word, settings: &Settings) -> (Vec<(u32, i32)>, Vec<u32>) {
        let (mut heads, mut tails) = (Vec::new(), Vec::new());
        for (split, _) in word.text.char_indices().skip(1) {
            let (head, tail) = word.text.split_at(split);
            let ends = self.spelled(tail);
            if ends.is_empty() {
                continue;
            }
            for one in self.spelled(head) {
                let Some(start) = self.words.get(one) else { continue };
                let gains = ends.clone().filter_map(|end| {
                    let end = self.words.get(end)?;
                    Some(join_bond(start, end, word, settings)?.points + start.penalty + end.penalty)
                });
                if let Some(most) = gains.max() {
                    heads.push((super::narrow(one), most));
                    tails.extend(ends.clone().map(super::narrow));
                }
            }
        }
        (heads, tails)
    }

    /// The words that two neighbours are together, with the bond.
    pub(super) fn joined<'a>(
        &'a self,
        one: &'a Word,
        next: &'a Word,
        settings: &'a Settings,
    ) -> impl Iterator<Item = (u32, Bond)> + 'a {
        let whole = format!("{}{}", one.text, next.text);
        self.spelled(&whole).filter_map(move |at| {
            let bond = join_bond(one, next, self.words.get(at)?, settings)?;
            Some((super::narrow(at), bond))
        })
    }
}

/// The words with a key.
fn run<K: Ord + Copy>(table: &[(K, u32)], key: K) -> impl Iterator<Item = u32> {
    let from = table.partition_point(|(other, _)| *other < key);
    table.get(from..).unwrap_or_default().iter().take_while(move |(other, _)| *other == key).map(|(_, id)| *id)
}

fn keys_of(word: &Word) -> [Option<u64>; 3] {
    let group = (word.group != 0).then(|| xxh3_64_with_seed(&word.group.to_le_bytes(), 3));
    [Some(xxh3_64_with_seed(word.old.as_bytes(), 1)), Some(xxh3_64_with_seed(word.sound.as_bytes(), 2)), group]
}

/// Adds the hashes of a word with no letter left out, one, or two, as many as it may have edits: two words within so many
/// edits have one of these in common.
fn add_pieces(letters: &[char], out: &mut Vec<u32>) {
    let most = most_edits(letters.len());
    if most == 0 {
        return;
    }
    let without = |one: usize, other: usize| -> u32 {
        let mut bytes = [0_u8; 4 * 32];
        let mut len = 0;
        let kept = letters.iter().enumerate().filter(|(at, _)| *at != one && *at != other);
        for (_, letter) in kept {
            let end = len + letter.len_utf8();
            if let Some(place) = bytes.get_mut(len..end) {
                letter.encode_utf8(place);
                len = end;
            }
        }
        u32::try_from(xxh3_64(bytes.get(..len).unwrap_or_default()) & 0xFFFF_FFFF).unwrap_or(0)
    };
    let none = letters.len();
    out.push(without(none, none));
    for one in 0..letters.len() {
        out.push(without(one, none));
        if most > 1 {
            out.extend((one + 1..letters.len()).map(|other| without(one, other)));
        }
    }
    out.sort_unstable();
    out.dedup();
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn words(texts: &[(String, u8)]) -> Vec<Word> {
        let mut interner = Interner::default();
        for (text, marks) in texts {
            let mark = Mark {
                patronym: marks & 1 != 0,
                dotted_m: marks & 6 == 2 && text.starts_with('M'),
                cut: marks & 6 == 4,
            };
            interner.id(&Token { text, mark });
        }
        Vocabulary::new(&interner, Names::shipped(), &Settings::shipped()).0.words
    }

    proptest! {
        #![proptest_config(crate::seeded::fixed())]

        #[test]
        fn every_word_that_a_rule_ties_is_found(
            texts in proptest::collection::vec(("[MAJ][AMNZYH]{0,3}|MUHAM[MA]{1,3}D|[SZ]AI[NF]AL?|SIMAN[JYG]UNTAK|ABD[UO]L?RA[HC]MAN|AB|ABDUL|RAHMAN|UNTAK", 0_u8..8), 1..40),
            asked in ("[MAJ][AMNZYH]{0,3}|MUHAMMAD|[SZ]AI[NF]AL|SIMANJUNTAK|ABDULRAHMAN|ABDUL|AB|M", 0_u8..8),
        ) {
            let settings = Settings::shipped();
            let list = Vocabulary::of_words(words(&texts));
            let asked = &words(&[asked])[0];
            let related = list.related(asked, &settings);
            let every = list.words.iter().enumerate();
            let expected: Vec<(u32, Bond)> =
                every.filter_map(|(at, word)| Some((u32::try_from(at).unwrap(), bond(asked, word, &settings)?))).collect();
            prop_assert_eq!(related.bonds, expected);
            for (one, start) in list.words.iter().enumerate() {
                for (two, end) in list.words.iter().enumerate() {
                    if let Some(bond) = join_bond(start, end, asked, &settings) {
                        let worth = bond.points + start.penalty + end.penalty;
                        prop_assert!(related.heads.iter().any(|(id, most)| *id as usize == one && *most >= worth));
                        prop_assert!(related.tails.iter().any(|id| *id as usize == two));
                    }
                }
            }
        }
    }
}
