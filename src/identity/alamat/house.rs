//! The key of one house.

use super::parts::{Address, put_number, unit_number};
use crate::text::fold::{fold, words};

/// What the columns beside the address say; they go before what the address itself says.
#[derive(Debug, Clone, Copy, Default)]
pub struct House<'a> {
    /// RT as written.
    pub rt: Option<&'a str>,
    /// RW as written.
    pub rw: Option<&'a str>,
    /// Lingkungan or dusun as written.
    pub neighbourhood: Option<&'a str>,
    /// Name of the village.
    pub village: Option<&'a str>,
    /// Code of the district, or its name where no code is known.
    pub district: Option<&'a str>,
}

impl House<'_> {
    /// The number of the RT.
    #[must_use]
    pub fn rt(&self, address: &Address) -> Option<u32> {
        self.rt.and_then(column_number).or(address.rt)
    }

    /// The number of the RW.
    #[must_use]
    pub fn rw(&self, address: &Address) -> Option<u32> {
        self.rw.and_then(column_number).or(address.rw)
    }

    /// Adds the lingkungan to `out`: a number in figures, or a name.
    pub fn put_neighbourhood(&self, address: &Address, buffer: &mut String, out: &mut String) {
        match self.neighbourhood {
            Some(text) => {
                fold(text, buffer);
                for word in
                    words(buffer).filter(|word| !matches!(*word, "LK" | "LINGK" | "LINGKUNGAN" | "DUSUN" | "DSN"))
                {
                    match unit_number(word) {
                        Some(number) => put_number(number, out),
                        None => out.push_str(word),
                    }
                }
            }
            None => out.push_str(&address.neighbourhood),
        }
    }
}

/// The number in a column that should hold nothing else.
fn column_number(text: &str) -> Option<u32> {
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return text.parse().ok().filter(|&number| number > 0);
    }
    text.split(|c: char| !c.is_ascii_alphanumeric()).filter_map(unit_number).next_back()
}

/// Replaces `out` by the key of the house, or leaves it empty where the address is too vague to mean one house.
///
/// A house has a number; a street, alley, hamlet, or an estate with a block, or both RT and RW; and a village or
/// district.
pub fn write_key(address: &Address, house: &House<'_>, buffer: &mut String, out: &mut String) {
    out.clear();
    let (rt, rw) = (house.rt(address), house.rw(address));
    let estate = !address.estate.is_empty() && !address.block.is_empty();
    let road = [&address.street, &address.alley, &address.hamlet].iter().any(|part| !part.is_empty());
    if address.number.is_empty() || !(road || estate || rt.is_some() && rw.is_some()) {
        return;
    }
    put_words(house.district.unwrap_or(&address.district), buffer, out);
    out.push('|');
    put_words(house.village.unwrap_or(&address.village), buffer, out);
    if out == "|" {
        out.clear();
        return;
    }
    for part in [&address.street, &address.alley, &address.hamlet, &address.estate, &address.block, &address.number] {
        out.push('|');
        out.push_str(part);
    }
    out.push('|');
    for unit in [rt, rw] {
        if let Some(number) = unit {
            put_number(number, out);
        }
        out.push('/');
    }
    house.put_neighbourhood(address, buffer, out);
}

/// Adds the folded words of a name without spaces: TITI PAPAN and TITIPAPAN are one village.
fn put_words(text: &str, buffer: &mut String, out: &mut String) {
    fold(text, buffer);
    out.extend(words(buffer));
}
