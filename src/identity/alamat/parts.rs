//! Taking an address apart.

use std::ops::Range;

use super::words::{CARE_OF, NUMBERED_STREETS, Part, SHARED, announced, glued, roman};
use crate::text::fold;

/// The parts of an address. Words are folded; numbers have no leading zeros; Roman numerals are figures.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Address {
    /// Words of the street or kampung, in alphabetical order.
    pub street: String,
    /// House number: `12`, `12A`, `12-14`.
    pub number: String,
    /// Gang: name or number.
    pub alley: String,
    /// Housing estate.
    pub estate: String,
    /// Block of the estate.
    pub block: String,
    /// Dusun: name or number.
    pub hamlet: String,
    /// Lingkungan: name or number.
    pub neighbourhood: String,
    /// Rukun tetangga.
    pub rt: Option<u32>,
    /// Rukun warga.
    pub rw: Option<u32>,
    /// Desa or kelurahan, where the address itself names it.
    pub village: String,
    /// Kecamatan, where the address itself names it.
    pub district: String,
    /// Whether people who are not a family live there together: dormitory, boarding house, mess, barracks, plantation.
    pub shared: bool,
}

impl Address {
    fn clear(&mut self) {
        let texts = [
            &mut self.street,
            &mut self.number,
            &mut self.alley,
            &mut self.estate,
            &mut self.block,
            &mut self.hamlet,
            &mut self.neighbourhood,
            &mut self.village,
            &mut self.district,
        ];
        texts.into_iter().for_each(String::clear);
        (self.rt, self.rw, self.shared) = (None, None, false);
    }
}

/// Reads addresses; keeps its buffers from one to the next.
#[derive(Debug, Default)]
pub struct Addresses {
    folded: String,
    words: Vec<Word>,
    street: Vec<Range<usize>>,
    address: Address,
}

/// A run of letters and digits.
#[derive(Debug, Clone)]
struct Word {
    at: Range<usize>,
    /// What stands between it and the word before, if it is one stroke or hyphen and nothing else.
    tie: Option<char>,
}

impl Addresses {
    /// Takes one address apart. Any text is an address, if a poor one.
    pub fn read(&mut self, text: &str) -> &Address {
        fold(text, &mut self.folded);
        self.words.clear();
        self.street.clear();
        self.address.clear();
        split(&self.folded, &mut self.words);
        let mut reader = Reader {
            text: &self.folded,
            words: &self.words,
            next: 0,
            street: &mut self.street,
            address: &mut self.address,
        };
        reader.read();
        &self.address
    }
}

/// The number of an RT, RW or lingkungan column: figures or a Roman numeral, with or without the word itself.
#[must_use]
pub(super) fn unit_number(word: &str) -> Option<u32> {
    let word = glued(word).map_or(word, |(_, number)| number);
    word.parse().ok().or_else(|| roman(word)).filter(|&number| number > 0)
}

/// Splits into runs of letters and digits; `RT03` is two words.
fn split(folded: &str, words: &mut Vec<Word>) {
    let mut before = 0;
    for word in crate::text::fold::words(folded) {
        let start = word.as_ptr() as usize - folded.as_ptr() as usize;
        let mut between = folded.get(before..start).unwrap_or_default().chars();
        let tie = between.next().filter(|c| matches!(c, '/' | '-') && between.next().is_none() && before > 0);
        before = start + word.len();
        match glued(word) {
            Some((keyword, _)) => {
                let middle = start + keyword.len();
                words.push(Word { at: start..middle, tie });
                words.push(Word { at: middle..before, tie: None });
            }
            None => words.push(Word { at: start..before, tie }),
        }
    }
}

struct Reader<'r> {
    text: &'r str,
    words: &'r [Word],
    next: usize,
    /// Words of the street in the order written.
    street: &'r mut Vec<Range<usize>>,
    address: &'r mut Address,
}

impl<'r> Reader<'r> {
    fn word(&self, ahead: usize) -> &'r str {
        let word = self.words.get(self.next + ahead);
        word.and_then(|word| self.text.get(word.at.clone())).unwrap_or_default()
    }

    fn tie(&self, ahead: usize) -> Option<char> {
        self.words.get(self.next + ahead).and_then(|word| word.tie)
    }

    fn read(&mut self) {
        let mut part = Part::Street;
        // After JL the next word is a name whatever it announces: JL KAMPUNG BARU is a street.
        let mut nameless = false;
        while self.next < self.words.len() {
            let word = self.word(0);
            self.address.shared |= SHARED.has(word);
            if self.skip_care_of() || self.read_bare_pair() {
                continue;
            }
            if let Some(to) = announced(word).filter(|&to| !(nameless && is_place(to))) {
                self.next += 1;
                (part, nameless) = (self.enter(to), to == Part::Street);
            } else {
                self.add_word(part, word);
                nameless = false;
            }
        }
        self.finish_street();
        self.finish_block();
    }

    fn skip_care_of(&mut self) -> bool {
        let found = self.tie(1) == Some('/') && CARE_OF.contains(&(self.word(0), self.word(1)));
        if found {
            self.next += 2;
        }
        found
    }

    /// `003/002` by itself is RT and RW; `12/14` without zeros is a house number.
    fn read_bare_pair(&mut self) -> bool {
        let padded = |word: &str| {
            (2..=3).contains(&word.len()) && word.starts_with('0') && word.bytes().all(|b| b.is_ascii_digit())
        };
        let free = self.address.rt.is_none() && self.address.rw.is_none();
        let found = free && self.tie(1) == Some('/') && padded(self.word(0)) && padded(self.word(1));
        if found {
            (self.address.rt, self.address.rw) = (unit_number(self.word(0)), unit_number(self.word(1)));
            self.next += 2;
        }
        found
    }

    /// The part of words behind a single value: a street where nothing has a name yet (NO 12 MAWAR), otherwise what
    /// tells no houses apart (NO 12 MEDAN).
    fn rest(&self) -> Part {
        let Address { alley, estate, hamlet, .. } = &*self.address;
        let named = !self.street.is_empty() || [alley, estate, hamlet].iter().any(|part| !part.is_empty());
        if named { Part::Ignored } else { Part::Street }
    }

    /// Reads what belongs to an announcement and is a single value; returns the part that following words belong to.
    fn enter(&mut self, part: Part) -> Part {
        match part {
            Part::Rt => self.read_rt(),
            Part::Rw => self.address.rw = self.take_unit().or(self.address.rw),
            Part::Number => self.read_number(),
            Part::Neighbourhood => self.read_neighbourhood(),
            Part::Block => self.read_block(),
            words => return words,
        }
        self.rest()
    }

    fn read_neighbourhood(&mut self) {
        let word = self.word(0);
        if !word.is_empty() && announced(word).is_none() {
            put_figure(word, &mut self.address.neighbourhood);
            self.next += 1;
        }
    }

    /// `RT 3 RW 2`, `RT 3/2`, `RT/RW 003/002`.
    fn read_rt(&mut self) {
        if announced(self.word(0)) == Some(Part::Rw) {
            self.next += 1;
        }
        self.address.rt = self.take_unit().or(self.address.rt);
        if self.tie(0) == Some('/') && announced(self.word(0)).is_none() {
            self.address.rw = self.take_unit().or(self.address.rw);
        }
    }

    fn take_unit(&mut self) -> Option<u32> {
        let number = unit_number(self.word(0));
        self.next += usize::from(number.is_some() || is_figure(self.word(0)));
        number
    }

    /// A number with what belongs to it: `12`, `12 A`, `12/A`, `12-14`. `NO 0` is none.
    fn read_number(&mut self) {
        let word = self.word(0);
        if !word.bytes().any(|b| b.is_ascii_digit()) {
            return;
        }
        self.next += 1;
        self.address.number.clear();
        put_figure(word, &mut self.address.number);
        if self.address.number == "0" {
            self.address.number.clear();
            return;
        }
        self.read_number_end();
    }

    fn read_number_end(&mut self) {
        let (word, tie) = (self.word(0), self.tie(0));
        let letter = word.len() == 1 && word.bytes().all(|b| b.is_ascii_uppercase()) && roman(word).is_none();
        let tied_figure = tie.is_some() && is_figure(word);
        if letter {
            self.address.number.push_str(word);
            self.next += 1;
        } else if tied_figure {
            self.address.number.push('-');
            put_figure(word, &mut self.address.number);
            self.next += 1;
        }
    }

    /// `BLOK C`, `BLOK C-12`, `BLOK C 12`, `BLOK C NO 12`, `BLOK C12`.
    fn read_block(&mut self) {
        let word = self.word(0);
        if word.is_empty() || announced(word).is_some() {
            return;
        }
        put_figure(word, &mut self.address.block);
        self.next += 1;
        if is_figure(self.word(0)) && self.address.number.is_empty() {
            self.read_number();
        }
    }

    /// A word of a part that consists of words.
    fn add_word(&mut self, part: Part, word: &str) {
        let text = match part {
            Part::Alley => &mut self.address.alley,
            Part::Estate => &mut self.address.estate,
            Part::Hamlet => &mut self.address.hamlet,
            Part::Village => &mut self.address.village,
            Part::District => &mut self.address.district,
            Part::Street | Part::Kampung => {
                self.street.extend(self.words.get(self.next).map(|word| word.at.clone()));
                self.next += 1;
                return;
            }
            Part::Block | Part::Number | Part::Rt | Part::Rw | Part::Neighbourhood | Part::Ignored => {
                self.next += 1;
                return;
            }
        };
        // GG MAWAR 12: a figure behind the name is the house number.
        let house = part == Part::Alley && !text.is_empty() && is_figure(word) && self.address.number.is_empty();
        if house {
            self.read_number();
            return;
        }
        if !text.is_empty() {
            text.push(' ');
        }
        put_figure(word, text);
        self.next += 1;
    }

    /// Sorts the street words. Without an announced number, a figure behind the name is one (JL MAWAR 12 A), and what
    /// follows it is not the street any more.
    fn finish_street(&mut self) {
        if self.address.number.is_empty() {
            let text = self.text;
            let word = |at: usize| self.street.get(at).and_then(|range| text.get(range.clone())).unwrap_or_default();
            let house =
                (1..self.street.len()).find(|&at| is_figure(word(at)) && !NUMBERED_STREETS.contains(&word(at - 1)));
            if let Some(house) = house {
                put_figure(word(house), &mut self.address.number);
                let letter = word(house + 1);
                if letter.len() == 1 && roman(letter).is_none() && !is_figure(letter) {
                    self.address.number.push_str(letter);
                }
                self.street.truncate(house);
            }
        }
        let Self { text, street, address, .. } = self;
        let word = |range: &Range<usize>| text.get(range.clone()).unwrap_or_default();
        street.sort_unstable_by(|a, b| word(a).cmp(word(b)));
        for range in street.iter() {
            if !address.street.is_empty() {
                address.street.push(' ');
            }
            address.street.push_str(word(range));
        }
    }

    /// `BLOK C12` without a number beside it is house 12 of block C.
    fn finish_block(&mut self) {
        let letters = self.address.block.bytes().take_while(u8::is_ascii_uppercase).count();
        if self.address.number.is_empty() && letters > 0 && letters < self.address.block.len() {
            let number = self.address.block.split_off(letters);
            put_figure(&number, &mut self.address.number);
        }
    }
}

/// Parts whose announcement may be a word of a street's name.
fn is_place(part: Part) -> bool {
    matches!(part, Part::Village | Part::District | Part::Ignored | Part::Kampung | Part::Estate)
}

/// Adds a number in figures.
pub(super) fn put_number(number: u32, out: &mut String) {
    let mut unit = 1;
    while number / unit >= 10 {
        unit *= 10;
    }
    while unit > 0 {
        out.extend(char::from_digit(number / unit % 10, 10));
        unit /= 10;
    }
}

/// Whether a word begins with a digit.
fn is_figure(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
}

/// Adds a word, a number without leading zeros, or a Roman numeral in figures.
fn put_figure(word: &str, out: &mut String) {
    if let Some(number) = roman(word) {
        put_number(number, out);
    } else if is_figure(word) {
        let short = word.trim_start_matches('0');
        out.push_str(if is_figure(short) { short } else { "0" });
        out.push_str(if is_figure(short) { "" } else { short });
    } else {
        out.push_str(word);
    }
}
