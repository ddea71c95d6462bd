//! Indonesian addresses: their parts, and the key of one house.
//!
//! Addresses are written from memory: `JL. MAWAR GG. IV NO 12A LK V`, `Dusun III no.7`, `Perum Griya Asri Blok C-12
//! RT003/RW002`. The parts are found by the words that announce them (tables in `words`); street words are compared
//! without order. A shared **house** means something, a shared village nothing: without a number, a street or
//! something like it, and a village or district there is no key. Whether a house is one where strangers live together
//! (boarding house, mess, barracks, plantation) is said beside it.

mod house;
mod parts;
mod words;

pub use house::{House, write_key};
pub use parts::{Address, Addresses};

#[cfg(test)]
mod tests;
