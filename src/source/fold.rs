//! Words made comparable, and cells made fit to show.

/// A heading or code word without what exports vary: case, spaces of every kind, punctuation, marks, full-width letters.
/// `No. KTP`, `NO_KTP` and a heading with a byte order mark before it are one word.
pub(super) fn fold(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    for c in word.chars().map(plain_width).filter(|c| c.is_alphanumeric()) {
        folded.extend(c.to_uppercase());
    }
    folded
}

/// Full-width characters of Chinese and Japanese keyboards in their usual width.
pub(super) fn plain_width(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        _ => c,
    }
}

/// How many characters of a shape are kept.
const SHAPE: usize = 40;

/// The shape of a cell: letters become `A` or `a`, digits `9`; punctuation stays, so that a wrong date format or a lost
/// separator can be seen and nobody is named.
#[must_use]
pub(super) fn shape(text: &str) -> String {
    let mut shape: String = text.chars().take(SHAPE).map(shape_of).collect();
    if text.chars().nth(SHAPE).is_some() {
        shape.push('…');
    }
    shape
}

fn shape_of(c: char) -> char {
    match c {
        _ if c.is_numeric() => '9',
        _ if c.is_uppercase() => 'A',
        _ if c.is_alphabetic() => 'a',
        ' ' | '!'..='~' => c,
        _ if c.is_whitespace() => ' ',
        _ => '?',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_removes_what_exports_vary_and_no_more() {
        for word in ["No. KTP", "NO_KTP", "\u{feff}no\u{a0}ktp ", "ＮＯ ＫＴＰ"] {
            assert_eq!(fold(word), "NOKTP", "{word:?}");
        }
        assert_ne!(fold("NO KK"), fold("NO KTP"));
        assert_eq!(fold("é"), "É");
        assert_eq!(fold(" - "), "");
    }

    #[test]
    fn shapes_hold_no_letter_and_no_digit_of_the_cell() {
        assert_eq!(shape("Siti, 17-08-2003"), "Aaaa, 99-99-9999");
        assert_eq!(shape("É\u{661}\u{200b}\n"), "A9? ");
        assert_eq!(shape(&"7".repeat(60)), format!("{}…", "9".repeat(40)));
    }
}
