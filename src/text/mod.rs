//! Names and words: the forms in which two spellings of one thing become the same text.
//!
//! Everything here is pure and works on one value; nothing knows columns or people. Each step goes from text to text
//! through buffers that the caller keeps, because it runs on every cell of millions of rows: plain ASCII takes a fast
//! path, and nothing is allocated once the buffers have grown. The forms are keys for grouping and comparing, never
//! for display.

pub mod fold;
pub mod lembaga;
pub(crate) mod lexicon;
pub mod nama;
pub mod script;
pub mod sidik;
mod similarity;

pub use fold::fold;
pub use similarity::similarity;
