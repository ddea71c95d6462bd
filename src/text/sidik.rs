//! Fingerprints of free text: the same answer, coached or copied, gives the same key.
//!
//! Order, case, punctuation, filler words and figures (dates, amounts, lengths of stay) do not count; what is left is
//! sorted and hashed. Text with too little left says nothing and has no fingerprint: "jalan-jalan ke Penang" is what
//! everybody writes.

use std::ops::Range;

use sha2::{Digest, Sha256};

use super::fold::{fold, words};

/// What counts in a text and how much of it there must be.
#[derive(Debug, Clone, Copy)]
pub struct Style {
    /// Words that do not count, folded and sorted.
    pub filler: &'static [&'static str],
    /// Whether words with digits count: they do in an address, not in a sentence.
    pub figures: bool,
    /// The fewest different words.
    pub min_words: usize,
    /// The fewest letters and digits in those words together.
    pub min_letters: usize,
}

/// Sentences: why somebody travels.
pub const SENTENCE: Style = Style {
    filler: &[
        "ADALAH", "AKAN", "AND", "ATAS", "ATAU", "BAPAK", "BUAT", "DALAM", "DAN", "DARI", "DENGAN", "DI", "DIA", "FOR",
        "HANYA", "IBU", "IN", "INGIN", "INI", "ITU", "JUGA", "KAMI", "KARENA", "KE", "KEPADA", "MAU", "MEREKA", "NYA",
        "OF", "OLEH", "PADA", "SAYA", "SEBAGAI", "SELAMA", "SERTA", "SUDAH", "TELAH", "THE", "TO", "UNTUK", "YANG",
        "YG",
    ],
    figures: false,
    min_words: 4,
    min_letters: 24,
};

/// Addresses abroad: the hotel or the host.
pub const PLACE: Style = Style {
    filler: &["ADDRESS", "ALAMAT", "DI", "JALAN", "JL", "JLN", "NO", "NOMOR", "ROAD", "STREET"],
    figures: true,
    min_words: 2,
    min_letters: 10,
};

/// Makes fingerprints; keeps its buffers from one text to the next.
#[derive(Debug, Default)]
pub struct Fingerprints {
    folded: String,
    kept: Vec<Range<usize>>,
    hex: String,
}

impl Fingerprints {
    /// The fingerprint of a text: 16 hexadecimal digits, the same on every machine; `None` where too little is left.
    pub fn of(&mut self, text: &str, style: &Style) -> Option<&str> {
        fold(text, &mut self.folded);
        let text = self.folded.as_str();
        let word = |range: &Range<usize>| text.get(range.clone()).unwrap_or_default();
        let places = words(text).filter(|word| counts(word, style)).map(|word| place(text, word));
        self.kept.clear();
        self.kept.extend(places);
        self.kept.sort_unstable_by(|a, b| word(a).cmp(word(b)));
        self.kept.dedup_by(|a, b| word(a) == word(b));
        let letters: usize = self.kept.iter().map(|range| word(range).chars().count()).sum();
        if self.kept.len() < style.min_words || letters < style.min_letters {
            return None;
        }
        let mut hash = Sha256::new();
        for range in &self.kept {
            hash.update(word(range));
            hash.update(b" ");
        }
        hex(hash.finalize().iter().take(8), &mut self.hex);
        Some(&self.hex)
    }
}

/// Where a word stands in the text it is a part of.
fn place(text: &str, word: &str) -> Range<usize> {
    let start = word.as_ptr() as usize - text.as_ptr() as usize;
    start..start + word.len()
}

fn counts(word: &str, style: &Style) -> bool {
    let figure = word.bytes().any(|b| b.is_ascii_digit());
    (if figure { style.figures } else { word.len() > 1 }) && style.filler.binary_search(&word).is_err()
}

fn hex<'a>(bytes: impl Iterator<Item = &'a u8>, out: &mut String) {
    out.clear();
    for byte in bytes {
        out.extend([byte >> 4, byte & 15].iter().filter_map(|&half| char::from_digit(u32::from(half), 16)));
    }
}

/// How long a free text is: letters and digits, without spaces and punctuation.
#[must_use]
pub fn length(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphanumeric()).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentence(text: &str) -> Option<String> {
        Fingerprints::default().of(text, &SENTENCE).map(str::to_owned)
    }

    #[test]
    fn the_same_answer_in_other_order_case_and_figures_has_the_same_key() {
        let one = sentence("Saya akan mengunjungi kakak kandung di Johor Bahru selama 14 hari.").unwrap();
        assert_eq!(one.len(), 16);
        for same in [
            "MENGUNJUNGI KAKAK KANDUNG DI JOHOR BAHRU SELAMA 30 HARI",
            "Selama 7 hari di Johor Bahru, mengunjungi kakak kandung",
            "mengunjungi  kakak-kandung (Johor Bahru) hari",
        ] {
            assert_eq!(sentence(same).as_deref(), Some(one.as_str()), "{same}");
        }
        assert_ne!(sentence("Saya akan mengunjungi adik kandung di Johor Bahru selama 14 hari."), Some(one));
    }

    #[test]
    fn the_key_never_changes_between_versions() {
        // sha256("BELAJAR ENGLISH KURSUS LONDON "), first eight bytes, by `printf ... | sha256sum`.
        assert_eq!(sentence("kursus belajar english, london").as_deref(), Some("666c3431b12d5f0a"));
    }

    #[test]
    fn what_everybody_writes_has_no_key() {
        for short in
            ["jalan-jalan ke penang", "liburan", "", "saya mau ke saya mau ke yang di", "1 2 3 4 5 6 7 8 9 10 11 12"]
        {
            assert_eq!(sentence(short), None, "{short}");
        }
    }

    #[test]
    fn in_an_address_the_number_counts() {
        let mut fingerprints = Fingerprints::default();
        let mut place = |text| fingerprints.of(text, &PLACE).map(str::to_owned);
        let one = place("12 Jalan Burma, Penang").unwrap();
        assert_eq!(place("JL BURMA NO. 12 PENANG"), Some(one.clone()));
        assert_ne!(place("14 Jalan Burma, Penang"), Some(one));
        assert_eq!(place("Penang"), None);
    }

    #[test]
    fn lengths_leave_out_spaces_and_punctuation() {
        assert_eq!((length("jalan-jalan ke penang!"), length("  ")), (18, 0));
    }

    #[test]
    fn filler_words_are_sorted() {
        for style in [SENTENCE, PLACE] {
            assert!(style.filler.is_sorted());
        }
    }
}
