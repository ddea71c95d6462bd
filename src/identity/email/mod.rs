//! Email addresses: one comparable form, and the pattern of addresses made by one hand.
//!
//! Gmail reads `s.iti+paspor@googlemail.com` as `siti@gmail.com`; an address list that does not is fooled by it.
//! Whoever makes accounts by the dozen counts: `paspor001@`, `paspor002@`. The pattern is the address with its number
//! left out.

use chrono::{Datelike, NaiveDate};

use super::sixteen::ascii_digit;
use crate::schema::{FaultSet, faults};

mod tables;

faults! {
    /// What is wrong with an email address.
    Fault MASALAH_EMAIL "masalah_email" "what is wrong with an email address" {
        Shape "bentuk" "Bukan alamat email" / "not an address";
        Misspelt "domain_keliru" "Domain salah ketik; dibaca sebagai yang benar" / "misspelt domain, read as the right one (remark)";
        Several "ganda" "Lebih dari satu alamat; yang pertama dibaca" / "several addresses; the first was read (remark)";
        Disposable "sekali_pakai" "Email sekali pakai" / "disposable address";
        Spaces "spasi" "Mengandung spasi" / "contains spaces, left out (remark)";
    }
}

/// The longest address (RFC 5321).
const MAX_LENGTH: usize = 254;
/// The fewest letters beside the number of a pattern: `1@` and `a2@` are nobody's series.
const PATTERN_LETTERS: usize = 2;
/// The most digits of a counter; longer ones are phone numbers.
const COUNTER_DIGITS: usize = 9;

/// What an email address says. Key and domain are there together or not at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading<'a> {
    /// The comparable form.
    pub key: Option<&'a str>,
    /// The domain of the comparable form.
    pub domain: Option<&'a str>,
    /// Whether anybody can open a mailbox at that domain.
    pub public: Option<bool>,
    /// The comparable form with the last number of its local part replaced by `#`.
    pub pattern: Option<&'a str>,
    /// That number, as written.
    pub number: Option<&'a str>,
    /// What is wrong.
    pub faults: FaultSet<Fault>,
}

/// Reads email addresses; keeps its buffers from one to the next.
#[derive(Debug, Default)]
pub struct Emails {
    clean: String,
    key: String,
    pattern: String,
}

impl Emails {
    /// Reads one cell.
    pub fn read(&mut self, text: &str) -> Reading<'_> {
        let mut faults = FaultSet::default();
        clean(one_of_several(text, &mut faults), &mut self.clean, &mut faults);
        let address = self.clean.strip_prefix("mailto:").unwrap_or(&self.clean);
        let Some((local, domain)) = split(address) else {
            faults.add(Fault::Shape);
            return Reading { key: None, domain: None, public: None, pattern: None, number: None, faults };
        };
        let known = tables::provider(domain);
        let mended = if known.is_none() { tables::mend(domain) } else { None };
        faults.add_if(mended.is_some(), Fault::Misspelt);
        let domain = mended.unwrap_or(domain);
        let provider = known.or_else(|| mended.and_then(tables::provider));
        let domain = provider.map_or(domain, |p| p.canonical(domain));
        faults.add_if(tables::is_disposable(domain), Fault::Disposable);
        self.key.clear();
        write_local(local, provider, &mut self.key);
        let length = self.key.len();
        self.key.push('@');
        self.key.push_str(domain);
        let (local, domain) =
            (self.key.get(..length).unwrap_or_default(), self.key.get(length + 1..).unwrap_or_default());
        let number = write_pattern(local, domain, &mut self.pattern);
        let pattern = number.map(|_| self.pattern.as_str());
        Reading {
            key: Some(&self.key),
            domain: Some(domain),
            public: Some(provider.is_some()),
            pattern,
            number,
            faults,
        }
    }
}

/// The first of several addresses in one cell.
fn one_of_several<'t>(text: &'t str, faults: &mut FaultSet<Fault>) -> &'t str {
    let mark = |byte: u8| matches!(byte, b',' | b';' | b'/' | b'|');
    if !text.bytes().any(mark) {
        return text;
    }
    let mut parts = text.split([',', ';', '/', '|']).filter(|part| part.contains('@'));
    let Some(first) = parts.next() else { return text };
    faults.add_if(parts.next().is_some(), Fault::Several);
    first
}

/// Lower case, no white space, no brackets around it, plain digits.
fn clean(text: &str, out: &mut String, faults: &mut FaultSet<Fault>) {
    out.clear();
    let text = text.trim().trim_matches(['<', '>', '"', '\'']);
    if text.bytes().all(|byte| byte.is_ascii_graphic()) {
        out.push_str(text);
        out.make_ascii_lowercase();
        return;
    }
    for c in text.chars().filter(|&c| !crate::text::fold::is_invisible(c)) {
        if c.is_whitespace() {
            faults.add(Fault::Spaces);
        } else if let Some(digit) = ascii_digit(c) {
            out.push(char::from(digit));
        } else {
            out.push(if c == '＠' { '@' } else { c.to_ascii_lowercase() });
        }
    }
}

/// Local part and domain of something with the shape of an address; the domain needs a dot, and letters at its end.
fn split(address: &str) -> Option<(&str, &str)> {
    let (local, domain) = address.split_once('@')?;
    let local_chars = local.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-=?^_`{|}~.".contains(&b));
    let doubled = local.as_bytes().windows(2).any(|pair| pair == b"..");
    let dots = local.starts_with('.') || local.ends_with('.') || doubled;
    let label = |l: &str| {
        !l.is_empty()
            && !l.starts_with('-')
            && !l.ends_with('-')
            && l.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    let top = domain.rsplit('.').next().unwrap_or_default();
    let domain_holds = domain.contains('.') && domain.split('.').all(label) && top.len() >= 2;
    let named = local.bytes().any(|b| b.is_ascii_alphanumeric()) && top.bytes().all(|b| b.is_ascii_alphabetic());
    (local_chars && !dots && domain_holds && named && address.len() <= MAX_LENGTH).then_some((local, domain))
}

/// The local part as its provider delivers it. What a provider would leave nothing of is kept as it is.
fn write_local(local: &str, provider: Option<&tables::Provider>, key: &mut String) {
    let tag = provider.and_then(|p| p.tag);
    let name = tag
        .and_then(|tag| local.split(tag).next())
        .map(|n| n.trim_end_matches('.'))
        .filter(|name| !name.is_empty())
        .unwrap_or(local);
    if provider.is_some_and(|p| p.ignores_dots) {
        key.extend(name.chars().filter(|&c| c != '.'));
    } else {
        key.push_str(name);
    }
}

/// Fills the pattern and returns the number it leaves out: the last run of digits of the local part.
fn write_pattern<'k>(local: &'k str, domain: &str, pattern: &mut String) -> Option<&'k str> {
    pattern.clear();
    let end = local.rfind(|c: char| c.is_ascii_digit())? + 1;
    let head = local.get(..end)?;
    let start = head.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let number = head.get(start..)?;
    let letters = local.bytes().filter(u8::is_ascii_alphabetic).count();
    if letters < PATTERN_LETTERS || number.len() > COUNTER_DIGITS {
        return None;
    }
    for part in [local.get(..start)?, "#", local.get(end..)?, "@", domain] {
        pattern.push_str(part);
    }
    Some(number)
}

/// Whether a number in an address is just its holder's birthday: year, day and month, or both in the usual orders.
#[must_use]
pub fn is_birthday(number: &str, born: NaiveDate) -> bool {
    let Ok(value) = number.parse::<u32>() else { return false };
    let year = born.year().unsigned_abs();
    let (day, month, short) = (born.day(), born.month(), year % 100);
    let day_month = day * 100 + month;
    match number.len() {
        2 => value == short || value == day,
        4 => value == year || value == day_month || value == month * 100 + day || value == month * 100 + short,
        6 => value == day_month * 100 + short || value == (short * 100 + month) * 100 + day,
        8 => value == day_month * 10_000 + year || value == (year * 100 + month) * 100 + day,
        _ => false,
    }
}

#[cfg(test)]
mod tests;
