//! Telephone numbers: Indonesian mobile and area prefixes with their lengths, and the calling codes of countries.
//!
//! A prefix tells which operator a block was given to, never whether a number is valid: numbers are ported and recycled.
//! Only the first digits are looked at; the caller has cleaned the number.

use std::sync::LazyLock;

use super::embedded::{Embedded, optional};

pub(super) const DATA: Embedded = Embedded { name: "telepon", text: include_str!("data/telepon.csv") };
pub(super) const PANGGILAN: Embedded = Embedded { name: "panggilan", text: include_str!("data/panggilan.csv") };

/// Digits of the longest prefix, leading 0 included.
const LONGEST_PREFIX: u32 = 4;
/// Digits of the longest calling code.
const LONGEST_CALLING_CODE: usize = 3;

/// A block of Indonesian mobile numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seluler {
    /// The brand the block was given to, such as `Telkomsel`.
    pub operator: &'static str,
}

struct Prefix {
    digits: &'static str,
    kind: Kind,
    length: (usize, usize),
}

enum Kind {
    /// None where the operator of the block is not known.
    Mobile(Option<Seluler>),
    Fixed {
        area: &'static str,
    },
}

static PREFIXES: LazyLock<Vec<Prefix>> = LazyLock::new(|| {
    let prefix = |[digits, kind, name, min, max]: [&'static str; 5]| {
        let kind = match kind {
            "seluler" => Kind::Mobile(optional(name).map(|operator| Seluler { operator })),
            _ => Kind::Fixed { area: name },
        };
        Some(Prefix { digits, kind, length: (min.parse().ok()?, max.parse().ok()?) })
    };
    DATA.records().filter_map(prefix).collect()
});

/// For each start of four digits the place of its longest prefix, counted from 1; 0 for none.
static BY_START: LazyLock<Vec<usize>> = LazyLock::new(|| {
    let mut places = vec![0; 10_usize.pow(LONGEST_PREFIX)];
    let mut prefixes: Vec<(usize, &Prefix)> = PREFIXES.iter().enumerate().collect();
    prefixes.sort_by_key(|(_, prefix)| prefix.digits.len());
    for (at, prefix) in prefixes {
        let free = LONGEST_PREFIX.checked_sub(u32::try_from(prefix.digits.len()).unwrap_or(u32::MAX));
        let Some((start, free)) = prefix.digits.parse::<usize>().ok().zip(free) else { continue };
        let wide = 10_usize.pow(free);
        places.get_mut(start * wide..(start + 1) * wide).unwrap_or_default().fill(at + 1);
    }
    places
});

/// Calling code and country.
static CALLING_CODES: LazyLock<Vec<[&'static str; 2]>> = LazyLock::new(|| PANGGILAN.records().collect());

/// The mobile block of a number in national form (digits with the leading 0), where its operator is known.
#[must_use]
pub fn seluler(national: &str) -> Option<&'static Seluler> {
    match &prefix(national)?.kind {
        Kind::Mobile(block) => block.as_ref(),
        Kind::Fixed { .. } => None,
    }
}

/// The name of the area of a fixed line in national form: `0614567890` is `Medan`.
#[must_use]
pub fn kode_area(national: &str) -> Option<&'static str> {
    match prefix(national)?.kind {
        Kind::Fixed { area } => Some(area),
        Kind::Mobile(_) => None,
    }
}

/// The fewest and the most digits, leading 0 included, that numbers with this prefix have.
#[must_use]
pub fn digits(national: &str) -> Option<(usize, usize)> {
    prefix(national).map(|prefix| prefix.length)
}

/// The country of an international number (digits of E.164, without `+`) by its longest calling code. Countries that share
/// a code are answered by the main one: `1` US, `7` RU, `44` GB. None for codes of no country, such as satellite phones.
#[must_use]
pub fn negara_panggilan(e164_digits: &str) -> Option<&'static str> {
    longest(e164_digits, LONGEST_CALLING_CODE, |code| {
        let at = CALLING_CODES.binary_search_by(|[c, _]| (*c).cmp(code)).ok()?;
        CALLING_CODES.get(at).map(|[_, country]| *country)
    })
}

fn prefix(national: &str) -> Option<&'static Prefix> {
    let start = national.get(..LONGEST_PREFIX as usize).filter(|start| start.bytes().all(|b| b.is_ascii_digit()));
    match start.and_then(|digits| digits.parse::<usize>().ok()) {
        Some(start) => PREFIXES.get(BY_START.get(start)?.checked_sub(1)?),
        None => longest(national, LONGEST_PREFIX as usize, |start| {
            let at = PREFIXES.binary_search_by(|prefix| prefix.digits.cmp(start)).ok()?;
            PREFIXES.get(at)
        }),
    }
}

/// What is known of the longest start of a number.
fn longest<T>(number: &str, most: usize, known: impl Fn(&str) -> Option<T>) -> Option<T> {
    (1..=most).rev().find_map(|length| number.get(..length).and_then(&known))
}
