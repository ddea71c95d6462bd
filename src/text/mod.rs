//! Names and words.

mod similarity;

pub use similarity::similarity;
