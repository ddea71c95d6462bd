//! Names of people: the normal form that spellings of one name share, and what is odd about a name as written.
//!
//! [`Names::read`] takes a name apart (titles at the ends, link words, abbreviations, old spelling; words in
//! `tables`, facts in Permendagri 73/2022 and the literature on Indonesian name matching) and gives back a key with
//! its words in alphabetical order, because clan names wander. The key folds only what is safe for grouping: sound
//! and gendered endings stay apart (WAHYU, WAHYUDI, WAHYUNI are three people). Comparing two names that are not equal
//! is the matcher's work.

mod spelling;
mod tables;

use std::ops::Range;

use super::fold::{fold, is_invisible};
use super::lexicon::WordSet;
use super::script::{Scripts, scripts};
use crate::schema::{FaultSet, faults};

faults! {
    /// What is odd about a name. Remarks for the clerk: none of them speaks against a person, and a single word is a
    /// name.
    Fault MASALAH_NAMA "masalah_nama" "what is odd about a name as written" {
        ForeignScript "aksara_asing" "Bukan huruf Latin" / "not in Latin letters";
        MixedScript "aksara_campur" "Campuran abjad yang mirip" / "letters of different alphabets, some of which look alike";
        Digit "angka" "Mengandung angka" / "contains digits";
        Title "gelar" "Gelar belum dihapus" / "a title was left in";
        Symbol "karakter" "Karakter bukan bagian nama" / "symbols, invisible or control characters";
        NoConsonant "konsonan" "Tanpa konsonan" / "three or more letters without a consonant";
        TooLong "panjang" "Lebih dari 60 huruf" / "longer than 60 letters with spaces (Permendagri 73/2022)";
        OneLetter "satu_huruf" "Hanya satu huruf" / "only one letter";
        NoLetter "tanpa_huruf" "Tanpa huruf" / "no letter at all";
        NoVowel "vokal" "Tanpa huruf hidup" / "three or more letters without a vowel";
    }
}

/// The longest name in civil records, with spaces (Permendagri 73/2022).
const MAX_LENGTH: usize = 60;

/// Reads names; keeps its buffers from one name to the next.
#[derive(Debug, Default)]
pub struct Names {
    folded: String,
    /// The letters of all words, one after the other.
    letters: String,
    written: Vec<Written>,
    /// The normal forms of the words, one after the other.
    normal: String,
    tokens: Vec<Range<usize>>,
    /// What is known of each of `tokens`.
    marks: Vec<Mark>,
    key: String,
}

/// What a reader should know of a word of the normal form besides its letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, PartialOrd, Ord, Hash)]
pub struct Mark {
    /// It stands after BIN, BINTI or the like: the father's name, which other papers leave out.
    pub patronym: bool,
    /// It was written `M.`, which is read as Muhammad and may be Maria.
    pub dotted_m: bool,
    /// It was cut short with a full stop and is no abbreviation that is known: `HAS.`.
    pub cut: bool,
}

/// A word as written.
#[derive(Debug, Clone)]
struct Written {
    letters: Range<usize>,
    /// It has or is followed by a full stop.
    dotted: bool,
    /// It stands after a comma.
    after_comma: bool,
    /// It stands after a word that announces the father's name.
    patronym: bool,
}

impl Written {
    fn new(letters: Range<usize>, dotted: bool, after_comma: bool) -> Self {
        Self { letters, dotted, after_comma, patronym: false }
    }
}

/// What a name says.
#[derive(Debug, Clone, Copy)]
pub struct Reading<'a> {
    names: &'a Names,
    /// Words as written, without titles. Link words count.
    pub words: usize,
    /// What is odd.
    pub faults: FaultSet<Fault>,
}

impl<'a> Reading<'a> {
    /// The normal form: words in alphabetical order; `None` where no letter or digit is left.
    #[must_use]
    pub fn key(&self) -> Option<&'a str> {
        Some(self.names.key.as_str()).filter(|key| !key.is_empty())
    }

    /// The words of the normal form in the order written.
    pub fn tokens(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        let names = self.names;
        names.tokens.iter().map(|range| names.normal.get(range.clone()).unwrap_or_default())
    }
}

/// The normal form of one word by itself: old spelling made new, spellings of one name made one.
#[must_use]
pub fn normal_word(word: &str) -> String {
    let mut out = String::new();
    spelling::normal_word(word, spelling::Place { first: false, lone: false, dotted: false }, &mut out);
    out
}

impl Names {
    /// Reads one name. Any text is a name; what is wrong with it is among the faults.
    pub fn read(&mut self, text: &str) -> Reading<'_> {
        let titled = self.take_apart(text);
        let words = self.written.len();
        let mut faults = oddities(text, &self.folded);
        faults.add_if(titled, Fault::Title);
        self.put_together();
        Reading { names: self, words, faults }
    }

    /// The normal form of a name, as [`Reading::key`], without a look at what is wrong with it.
    pub fn key(&mut self, text: &str) -> Option<&str> {
        self.take_apart(text);
        self.put_together();
        Some(self.key.as_str()).filter(|key| !key.is_empty())
    }

    /// The words of the normal form, in the order written, each with what is known of it.
    pub fn read_words(&mut self, text: &str) -> impl Iterator<Item = (&str, Mark)> {
        self.take_apart(text);
        self.drop_links();
        self.normalise();
        self.marked()
    }

    fn marked(&self) -> impl Iterator<Item = (&str, Mark)> {
        let words = self.tokens.iter().map(|range| self.normal.get(range.clone()).unwrap_or_default());
        words.zip(self.marks.iter().copied())
    }

    /// Splits a name and cuts its titles; whether it had any.
    fn take_apart(&mut self, text: &str) -> bool {
        fold(text, &mut self.folded);
        self.split();
        let written = self.written.len();
        self.strip_titles();
        self.written.len() < written
    }

    fn put_together(&mut self) {
        self.drop_links();
        self.normalise();
        self.build_key();
    }

    /// Splits into words. Apostrophes and hyphens vanish inside a word (NU'MAN, KARO-KARO); a full stop ends a word
    /// unless the whole run is a title (S.H., K.H.); a comma starts the part where degrees stand.
    fn split(&mut self) {
        self.letters.clear();
        self.written.clear();
        let mut after_comma = false;
        for (nth, part) in self.folded.split(',').enumerate() {
            after_comma |= nth > 0 && !self.written.is_empty();
            for run in part.split(|c: char| !is_name_char(c)).filter(|run| !run.is_empty()) {
                split_run(run, after_comma, &mut self.letters, &mut self.written);
            }
        }
    }

    fn word(&self, written: &Written) -> &str {
        self.letters.get(written.letters.clone()).unwrap_or_default()
    }

    fn title(&self, at: usize, table: &WordSet) -> bool {
        self.written.get(at).is_some_and(|word| table.has(self.word(word)))
    }

    /// Cuts titles, never down to nothing.
    fn strip_titles(&mut self) {
        self.strip_front();
        self.strip_back();
        let mut at = 1;
        while at + 1 < self.written.len() {
            // `NUR DR. ALI`; a lone `H.` or `R.` inside a name is an initial.
            let dotted = self.written.get(at).is_some_and(|w| w.dotted && w.letters.len() > 1);
            if dotted && self.title(at, &tables::PREFIXES) {
                self.written.remove(at);
            } else {
                at += 1;
            }
        }
    }

    fn strip_front(&mut self) {
        let mut raden = false;
        while self.written.len() > 1 && !self.written.get(1).is_some_and(|next| next.after_comma) {
            let single = self.written.first().is_some_and(|w| w.letters.len() == 1);
            // `H. SIREGAR` may be Halomoan Siregar: one letter is a title only before two words.
            let title = self.title(0, &tables::PREFIXES) || raden && self.title(0, &tables::AFTER_RADEN);
            if !title || single && self.written.len() < 3 {
                return;
            }
            raden |= self.title(0, &tables::BEFORE_RORO);
            self.written.remove(0);
        }
    }

    fn strip_back(&mut self) {
        while self.written.len() > 1 {
            let last = self.written.len() - 1;
            let Some(word) = self.written.get(last) else { return };
            let degree = (word.dotted || word.after_comma) && self.title(last, &tables::SUFFIXES);
            let title = word.after_comma && self.title(last, &tables::PREFIXES);
            if !degree && !title && !self.title(last, &tables::DECEASED) {
                return;
            }
            self.written.pop();
        }
    }

    /// Drops the words that tie a patronym or a clan name; the name itself stays.
    fn drop_links(&mut self) {
        let (mut at, mut patronym) = (1, false);
        while at + 1 < self.written.len() {
            if self.title(at, &tables::LINKS) {
                patronym = self.title(at, &tables::OF_THE_FATHER);
                self.written.remove(at);
            } else {
                at += 1;
            }
            if let Some(next) = self.written.get_mut(at) {
                next.patronym = patronym;
            }
        }
    }

    fn normalise(&mut self) {
        let Self { letters, written, normal, tokens, marks, .. } = self;
        normal.clear();
        tokens.clear();
        marks.clear();
        let lone = written.len() == 1;
        for (at, word) in written.iter().enumerate() {
            let start = normal.len();
            let place = spelling::Place { first: at == 0, lone, dotted: word.dotted };
            let spelled = letters.get(word.letters.clone()).unwrap_or_default();
            spelling::normal_word(spelled, place, normal);
            let this = normal.get(start..).unwrap_or_default();
            let before = tokens.last().and_then(|last: &Range<usize>| normal.get(last.clone()));
            let joins = before.is_some_and(|before| spelling::joins(before, this));
            match tokens.last_mut().filter(|_| joins) {
                Some(last) => {
                    if let Some(one) = normal.get(last.start..).and_then(spelling::joined_variant) {
                        normal.truncate(last.start);
                        normal.push_str(one);
                    }
                    last.end = normal.len();
                }
                None => {
                    marks.push(Mark {
                        patronym: word.patronym,
                        dotted_m: spelled.len() == 1 && this.len() > 1,
                        cut: word.dotted && spelled.len() > 1 && spelled == this,
                    });
                    tokens.push(start..normal.len());
                }
            }
        }
    }

    fn build_key(&mut self) {
        let Self { normal, tokens, key, written, .. } = self;
        key.clear();
        // The words as written are no longer needed: their buffer holds the order of the key.
        written.clear();
        written.extend(tokens.iter().map(|t| Written::new(t.clone(), false, false)));
        let word = |w: &Written| normal.get(w.letters.clone()).unwrap_or_default();
        written.sort_unstable_by(|a, b| word(a).cmp(word(b)));
        for w in written.iter() {
            if !key.is_empty() {
                key.push(' ');
            }
            key.push_str(word(w));
        }
    }
}

fn is_name_char(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '\'' | '-' | '.' | '/')
}

/// Adds the words of a run without spaces.
fn split_run(run: &str, after_comma: bool, letters: &mut String, written: &mut Vec<Written>) {
    if run.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        let start = letters.len();
        letters.push_str(run);
        written.push(Written::new(start..letters.len(), false, after_comma));
        return;
    }
    if tables::SLASHED_LINKS.contains(&run) {
        let start = letters.len();
        letters.push_str(run);
        written.push(Written::new(start..letters.len(), false, after_comma));
        return;
    }
    for piece in run.split('/') {
        let start = letters.len();
        letters.extend(piece.chars().filter(|c| c.is_alphanumeric()));
        let whole = letters.get(start..).unwrap_or_default();
        let dotted = piece.contains('.');
        if whole.is_empty() {
            continue;
        }
        if !dotted || tables::SUFFIXES.has(whole) || tables::PREFIXES.has(whole) {
            written.push(Written::new(start..letters.len(), dotted, after_comma));
            continue;
        }
        letters.truncate(start);
        let mut rest = piece.split('.').peekable();
        while let Some(part) = rest.next() {
            let start = letters.len();
            letters.extend(part.chars().filter(|c| c.is_alphanumeric()));
            if start < letters.len() {
                written.push(Written::new(start..letters.len(), rest.peek().is_some(), after_comma));
            }
        }
    }
}

/// What can be seen without taking the name apart.
fn oddities(text: &str, folded: &str) -> FaultSet<Fault> {
    let closed = folded.contains('\'');
    match text.is_ascii() {
        true => oddities_of(Seen::in_ascii(text, folded), Scripts::Latin, closed),
        false => oddities_of(Seen::in_any(text, folded), scripts(text), closed),
    }
}

/// Counts over a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Seen {
    /// Characters without white space around them.
    length: usize,
    letters: usize,
    vowels: usize,
    /// Every letter is one of A to Z.
    latin: bool,
    digit: bool,
    symbol: bool,
}

impl Seen {
    fn in_any(text: &str, folded: &str) -> Self {
        Self {
            length: folded.trim().chars().count(),
            letters: folded.chars().filter(|c| c.is_alphabetic()).count(),
            vowels: folded.bytes().filter(is_vowel).count(),
            latin: folded.chars().all(|c| !c.is_alphabetic() || c.is_ascii()),
            digit: folded.chars().any(char::is_numeric),
            symbol: text.chars().any(is_symbol),
        }
    }

    /// The same in one pass over the bytes.
    fn in_ascii(text: &str, folded: &str) -> Self {
        let (mut letters, mut vowels, mut digit) = (0, 0, false);
        for byte in folded.bytes() {
            letters += usize::from(byte.is_ascii_uppercase());
            vowels += usize::from(is_vowel(&byte));
            digit |= byte.is_ascii_digit();
        }
        let known = |b: u8| {
            b.is_ascii_alphanumeric() || matches!(b, b' ' | b'.' | b',' | b'\'' | b'-' | b'/' | b'(' | b')' | b'`')
        };
        Self { length: folded.trim().len(), letters, vowels, latin: true, digit, symbol: !text.bytes().all(known) }
    }
}

fn is_vowel(byte: &u8) -> bool {
    matches!(byte, b'A' | b'E' | b'I' | b'O' | b'U' | b'Y')
}

fn oddities_of(seen: Seen, scripts: Scripts, closed: bool) -> FaultSet<Fault> {
    let Seen { length, letters, vowels, latin, digit, symbol } = seen;
    let mut faults = FaultSet::default();
    match scripts {
        Scripts::Latin => {}
        Scripts::Foreign => faults.add(Fault::ForeignScript),
        Scripts::Mixed => faults.add(Fault::MixedScript),
    }
    faults.add_if(digit, Fault::Digit);
    faults.add_if(symbol, Fault::Symbol);
    faults.add_if(length > MAX_LENGTH, Fault::TooLong);
    faults.add_if(letters == 0, Fault::NoLetter);
    faults.add_if(letters == 1, Fault::OneLetter);
    faults.add_if(latin && letters >= 3 && vowels == 0, Fault::NoVowel);
    // An apostrophe closes a syllable: AI'A is a name.
    faults.add_if(latin && letters >= 3 && vowels == letters && !closed, Fault::NoConsonant);
    faults
}

/// Neither letter, mark, digit, space nor one of the signs that names and degrees are written with.
fn is_symbol(c: char) -> bool {
    let known = c.is_alphanumeric() || c == ' ' || c == '\u{A0}' || unicode_normalization::char::is_combining_mark(c);
    is_invisible(c)
        || !known && !matches!(c, '.' | ',' | '\'' | '-' | '/' | '(' | ')' | '`' | '´' | '\u{2010}'..='\u{201B}')
}

#[cfg(test)]
mod tests;
