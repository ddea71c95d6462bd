//! The check digits of line 2 (ICAO Doc 9303 part 3, 4.9): weights 7, 3, 1 over the characters, sum modulo ten.

use super::{Fault, field};

/// The check digit of a field; `None` for characters that a zone does not have.
#[must_use]
pub fn digit(text: &str) -> Option<u8> {
    digit_of(text.bytes())
}

fn digit_of(bytes: impl Iterator<Item = u8>) -> Option<u8> {
    let mut sum = 0;
    for (place, byte) in bytes.enumerate() {
        let weight = match place % 3 {
            0 => 7,
            1 => 3,
            _ => 1,
        };
        sum += weight * value(byte)?;
    }
    u8::try_from(sum % 10).ok()
}

fn value(byte: u8) -> Option<u32> {
    match byte {
        b'0'..=b'9' => Some(u32::from(byte - b'0')),
        b'A'..=b'Z' => Some(u32::from(byte - b'A') + 10),
        b'<' => Some(0),
        _ => None,
    }
}

/// A field of line 2 with its check digit: `from..to`, checked by the character at `to`.
struct Checked {
    from: usize,
    to: usize,
    fault: Fault,
}

const FIELDS: [Checked; 4] = [
    Checked { from: 0, to: 9, fault: Fault::CheckNumber },
    Checked { from: 13, to: 19, fault: Fault::CheckBirth },
    Checked { from: 21, to: 27, fault: Fault::CheckExpiry },
    Checked { from: 28, to: 42, fault: Fault::CheckPersonal },
];

/// The parts under the composite check digit, each with the digits that check them.
const COMPOSITE: [(usize, usize); 3] = [(0, 10), (13, 20), (21, 43)];

/// The faults of the check digits of a shaped line.
pub(super) fn wrong(line: &str) -> impl Iterator<Item = Fault> {
    let fields = FIELDS.iter().filter(|f| !holds(line, f)).map(|f| f.fault);
    fields.chain((!composite_holds(line)).then_some(Fault::CheckComposite))
}

fn holds(line: &str, checked: &Checked) -> bool {
    let text = field(line, checked.from, checked.to);
    let stands = field(line, checked.to, checked.to + 1);
    // An empty personal number may be checked by 0 or left unchecked.
    let empty = matches!(checked.fault, Fault::CheckPersonal) && text.bytes().all(|b| b == b'<');
    matches(digit(text), stands) || empty && stands == "<"
}

fn composite_holds(line: &str) -> bool {
    let parts = COMPOSITE.iter().flat_map(|&(from, to)| field(line, from, to).bytes());
    matches(digit_of(parts), field(line, 43, 44))
}

fn matches(expected: Option<u8>, stands: &str) -> bool {
    let stands = stands.parse::<u8>().ok();
    expected.is_some() && expected == stands
}

/// What scanners take for each other.
const LOOK_ALIKES: [(char, char); 6] = [('O', '0'), ('B', '8'), ('I', '1'), ('S', '5'), ('Z', '2'), ('G', '6')];

/// Whether some field has a wrong check digit that one swapped look-alike would mend, in the field or in the digit
/// itself.
pub(super) fn look_alike_explains(line: &str) -> bool {
    FIELDS
        .iter()
        .filter(|f| !holds(line, f))
        .any(|f| (f.from..=f.to).any(|place| swapped(line, place, f).is_some_and(|other| holds(&other, f))))
}

/// The line with the look-alike of the character at `place`. Dates and check digits are digits: only a letter there was
/// misread, and a digit that is another digit's look-alike's letter would explain any forged date.
fn swapped(line: &str, place: usize, checked: &Checked) -> Option<String> {
    let here = field(line, place, place + 1).chars().next()?;
    let digits_only = place == checked.to || matches!(checked.fault, Fault::CheckBirth | Fault::CheckExpiry);
    let (letter, digit) = LOOK_ALIKES.into_iter().find(|&(letter, digit)| here == letter || here == digit)?;
    let other = if here == letter { digit } else { letter };
    if digits_only && other == letter {
        return None;
    }
    Some(format!("{}{other}{}", field(line, 0, place), field(line, place + 1, line.len())))
}
