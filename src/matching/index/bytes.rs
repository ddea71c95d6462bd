//! An index as bytes, for a cache beside the list.
//!
//! What takes long is kept: reading the people and their names. What is quick to make again from that (ways in, pieces of
//! words) is not, so there is less to trust. The first line of defence is a hash over everything; the second, that no number
//! inside leads anywhere without a look.

use xxhash_rust::xxh3::xxh3_128;

use super::Index;
use super::flat::{Flat, Known, Runs};
use super::vocabulary::{Interner, Vocabulary};
use crate::matching::names::Names;
use crate::matching::settings::Settings;
use crate::matching::token::{Mark, Token};

const MAGIC: &[u8; 8] = b"saringIX";
/// Goes up when names are read otherwise or the arrays change.
const VERSION: u64 = 1;

/// Why bytes are no index of this list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Made by another version of saring.
    Version,
    /// Made of another list, with other points or with other frequencies of names.
    Content,
    /// Not an index, cut off or changed.
    Damaged,
}

impl Index {
    /// The index as bytes; `content` says what list it was made of, `table` with what frequencies besides its own.
    #[must_use]
    pub fn to_bytes(&self, content: &[u8; 32], table: &Names) -> Vec<u8> {
        let mut out = Out(Vec::new());
        out.0.extend_from_slice(MAGIC);
        out.number(VERSION);
        out.0.extend_from_slice(content);
        out.0.extend_from_slice(&fingerprint(table, &self.settings).to_le_bytes());
        out.texts(self.names.words().map(|(word, _)| word));
        out.array(self.names.words().map(|(_, rarity)| rarity.to_le_bytes()));
        let words = &self.vocabulary.words;
        out.texts(words.iter().map(|word| &*word.text));
        out.array(words.iter().map(|word| [marks(word.mark)]));
        let Flat { names, entry_names, parents, known, places } = &self.flat;
        for runs in [names, parents] {
            out.array(runs.ends.iter().map(|n| n.to_le_bytes()));
            out.array(runs.items.iter().map(|n| n.to_le_bytes()));
        }
        out.array(entry_names.iter().map(|n| n.to_le_bytes()));
        out.array(known.nik.iter().map(|n| n.to_le_bytes()));
        out.array(known.born.iter().flatten().map(|n| n.to_le_bytes()));
        out.array(known.born_by_nik.iter().map(|n| n.to_le_bytes()));
        out.array(known.place.iter().map(|n| n.to_le_bytes()));
        out.array(known.sex.iter().map(|n| [*n]));
        for runs in [&known.passports, &known.phones] {
            out.array(runs.ends.iter().map(|n| n.to_le_bytes()));
            out.array(runs.items.iter().map(|n| n.to_le_bytes()));
        }
        out.texts(places.iter().map(|place| &**place));
        let hash = xxh3_128(&out.0);
        out.0.extend_from_slice(&hash.to_le_bytes());
        out.0
    }

    /// The index of bytes that [`Index::to_bytes`] made of the same content with the same settings and the same table of
    /// frequencies. It keeps those it was made with, which follow from the content and the table.
    pub fn from_bytes(bytes: &[u8], content: &[u8; 32], table: &Names, settings: &Settings) -> Result<Self, Fault> {
        let mut input = In(bytes);
        if input.take(MAGIC.len())? != MAGIC {
            return Err(Fault::Damaged);
        }
        if input.number()? != VERSION {
            return Err(Fault::Version);
        }
        if input.take(32)? != content || input.take(16)? != fingerprint(table, settings).to_le_bytes() {
            return Err(Fault::Content);
        }
        let body = bytes.len().checked_sub(16).and_then(|end| bytes.split_at_checked(end));
        if body.is_none_or(|(body, hash)| xxh3_128(body).to_le_bytes() != hash) {
            return Err(Fault::Damaged);
        }
        let known = input.texts()?;
        let names =
            &Names::of_words(known.into_iter().zip(input.array()?.map(i32::from_le_bytes))).ok_or(Fault::Damaged)?;
        let texts = input.texts()?;
        let mut interner = Interner::default();
        for (text, [marks]) in texts.iter().zip(input.array::<1>()?) {
            interner.id(&Token { text, mark: unmark(marks) });
        }
        let flat = input.flat()?;
        let words = texts.len();
        let (vocabulary, place) = Vocabulary::new(&interner, names, settings);
        // Words stood in order, so none goes elsewhere; a text twice would have.
        if place.len() != words || place.iter().enumerate().any(|(at, to)| at != *to as usize) || !flat.is_whole(words)
        {
            return Err(Fault::Damaged);
        }
        Ok(Self::of(vocabulary, flat, names, settings))
    }
}

impl Flat {
    /// Whether every number leads to what is there.
    fn is_whole(&self, words: usize) -> bool {
        fn rising(ends: &[u32], most: usize) -> bool {
            ends.is_sorted() && ends.last().map_or(most == 0, |last| *last as usize == most)
        }
        let (entries, known) = (self.entries(), &self.known);
        let lengths = [known.nik.len(), known.born.len(), known.born_by_nik.len(), known.place.len(), known.sex.len()];
        let runs = |ends: &[u32], items: usize, count: usize| ends.len() == count && rising(ends, items);
        rising(&self.entry_names, self.names.len())
            && lengths.iter().all(|n| *n == entries)
            && runs(&known.passports.ends, known.passports.items.len(), entries)
            && runs(&known.phones.ends, known.phones.items.len(), entries)
            && rising(&self.names.ends, self.names.items.len())
            && (self.parents.len() == 0 || runs(&self.parents.ends, self.parents.items.len(), entries * 2))
            && self.names.items.iter().chain(&self.parents.items).all(|word| (*word as usize) < words)
            && known.place.iter().all(|place| *place as usize <= self.places.len())
    }
}

/// What an index depends on besides the list.
fn fingerprint(names: &Names, settings: &Settings) -> u128 {
    let mut bytes: Vec<u8> = settings.numbers().iter().flat_map(|n| n.to_le_bytes()).collect();
    bytes.extend_from_slice(&names.fingerprint().to_le_bytes());
    xxh3_128(&bytes)
}

fn marks(mark: Mark) -> u8 {
    u8::from(mark.patronym) | u8::from(mark.dotted_m) << 1 | u8::from(mark.cut) << 2
}

fn unmark(marks: u8) -> Mark {
    Mark { patronym: marks & 1 != 0, dotted_m: marks & 2 != 0, cut: marks & 4 != 0 }
}

struct Out(Vec<u8>);

impl Out {
    fn number(&mut self, number: u64) {
        self.0.extend_from_slice(&number.to_le_bytes());
    }

    fn array<const N: usize>(&mut self, items: impl Iterator<Item = [u8; N]> + Clone) {
        self.number(items.clone().count() as u64);
        items.for_each(|item| self.0.extend_from_slice(&item));
    }

    fn texts<'a>(&mut self, texts: impl Iterator<Item = &'a str>) {
        let all: String = texts.flat_map(|text| [text, "\n"]).collect();
        self.number(all.len() as u64);
        self.0.extend_from_slice(all.as_bytes());
    }
}

struct In<'a>(&'a [u8]);

impl<'a> In<'a> {
    fn take(&mut self, len: usize) -> Result<&'a [u8], Fault> {
        let (head, rest) = self.0.split_at_checked(len).ok_or(Fault::Damaged)?;
        self.0 = rest;
        Ok(head)
    }

    fn number(&mut self) -> Result<u64, Fault> {
        let bytes = self.take(8)?.try_into().map_err(|_| Fault::Damaged)?;
        Ok(u64::from_le_bytes(bytes))
    }

    fn array<const N: usize>(&mut self) -> Result<impl Iterator<Item = [u8; N]> + use<'a, N>, Fault> {
        let count = usize::try_from(self.number()?).ok().and_then(|n| n.checked_mul(N)).ok_or(Fault::Damaged)?;
        let (items, _) = self.take(count)?.as_chunks::<N>();
        Ok(items.iter().copied())
    }

    fn texts(&mut self) -> Result<Vec<&'a str>, Fault> {
        let len = usize::try_from(self.number()?).map_err(|_| Fault::Damaged)?;
        let all = std::str::from_utf8(self.take(len)?).map_err(|_| Fault::Damaged)?;
        Ok(all.split_terminator('\n').collect())
    }

    fn runs32(&mut self) -> Result<Runs<u32>, Fault> {
        let ends = self.array()?.map(u32::from_le_bytes).collect();
        Ok(Runs { ends, items: self.array()?.map(u32::from_le_bytes).collect() })
    }

    fn runs64(&mut self) -> Result<Runs<u64>, Fault> {
        let ends = self.array()?.map(u32::from_le_bytes).collect();
        Ok(Runs { ends, items: self.array()?.map(u64::from_le_bytes).collect() })
    }

    fn flat(&mut self) -> Result<Flat, Fault> {
        let names = self.runs32()?;
        let parents = self.runs32()?;
        let entry_names = self.array()?.map(u32::from_le_bytes).collect();
        let nik = self.array()?.map(u64::from_le_bytes).collect();
        let born: Vec<i32> = self.array()?.map(i32::from_le_bytes).collect();
        let known = Known {
            nik,
            born: born.as_chunks::<2>().0.to_vec(),
            born_by_nik: self.array()?.map(i32::from_le_bytes).collect(),
            place: self.array()?.map(u32::from_le_bytes).collect(),
            sex: self.array::<1>()?.map(|[n]| n).collect(),
            passports: self.runs64()?,
            phones: self.runs64()?,
        };
        let places = self.texts()?.into_iter().map(Into::into).collect();
        Ok(Flat { names, entry_names, parents, known, places })
    }
}
