//! Why the applications of one person are one although their NIK differ, as the matcher adds it up.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::matching::{reasons, summed};
use crate::Result;
use crate::columns::{Likeness, likenesses};
use crate::frame::Frame;
use crate::matching::Names;
use crate::schema::Mask;
use crate::schema::columns::NOMOR_PERMOHONAN;
use crate::words::Lang;

/// Two applications of the person and what they have in common.
pub(super) struct OnePerson {
    numbers: [String; 2],
    likeness: Likeness,
}

/// Those of the person of an application, for each NIK beyond its own.
pub(super) fn of(frame: &Frame, row: u32, names: &Names) -> Result<Vec<OnePerson>> {
    let numbers = frame.text(NOMOR_PERMOHONAN)?;
    let number = |row: u32| Mask::Number.apply(numbers.get(row as usize).unwrap_or_default());
    let told = |likeness: Likeness| OnePerson { numbers: [likeness.rows.0, likeness.rows.1].map(number), likeness };
    Ok(likenesses(frame, row, names)?.into_iter().map(told).collect())
}

/// A word of a name, masked.
fn masked(word: &str) -> String {
    Mask::Name.apply(word)
}

/// A heading and a paragraph for each pair; nothing where the person has one NIK.
pub(super) fn text(told: &[OnePerson], lang: Lang) -> String {
    let mut text = String::new();
    if !told.is_empty() {
        text.push_str("\none person with another NIK\n");
    }
    for OnePerson { numbers: [one, other], likeness } in told {
        let comparison = &likeness.comparison;
        // Writing into a String cannot fail.
        let _ = writeln!(text, "  {one} = {other}: names {}% alike", comparison.name.alike);
        for line in reasons(comparison, &masked, lang) {
            let _ = writeln!(text, "    {line}");
        }
    }
    text
}

/// The same for programs.
pub(super) fn json(told: &[OnePerson]) -> Vec<Value> {
    let one = |told: &OnePerson| {
        let mut pair = summed(&told.likeness.comparison, &masked);
        pair.insert("applications".to_owned(), json!(told.numbers));
        Value::Object(pair)
    };
    told.iter().map(one).collect()
}
