//! Hostile text in a page: on one line, and no wider than its place.

use crate::markup;

/// Text for an element or an attribute in double quotes, on one line.
pub(super) fn text(text: &str) -> String {
    markup::html(text).replace(['\n', '\t'], " ")
}

/// A text cut to a width, counted in letters, wide ones twice.
pub(super) fn clipped(text: &str, width: usize) -> String {
    let of =
        |c: char| if c >= '\u{1100}' && c != '\u{2022}' && !('\u{2000}'..='\u{206f}').contains(&c) { 2 } else { 1 };
    if text.chars().map(of).sum::<usize>() <= width {
        return text.to_owned();
    }
    let mut left = width.saturating_sub(1);
    let mut cut: String = text
        .chars()
        .take_while(|c| {
            let fits = of(*c) <= left;
            left = left.saturating_sub(of(*c));
            fits
        })
        .collect();
    cut.push('…');
    cut
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_stays_on_its_line_and_is_no_markup() {
        assert_eq!(text("<a\u{0}b\u{202e}c\nd"), "&lt;a\u{fffd}b\u{fffd}c d");
    }

    #[test]
    fn long_texts_are_cut_to_their_width() {
        assert_eq!(clipped("SITI", 4), "SITI");
        assert_eq!(clipped("SITI AMINAH", 6), "SITI …");
        assert_eq!(clipped("1271••••••••0002", 16), "1271••••••••0002");
        assert_eq!(clipped("漢字漢字漢字", 6), "漢字…");
    }
}
