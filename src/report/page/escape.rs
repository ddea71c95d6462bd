//! Hostile text in a page: escaped, without characters that XML forbids or that turn the reading direction.

/// Text for an element or an attribute in double quotes.
pub(super) fn text(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            '\n' | '\t' => safe.push(' '),
            c if c.is_control() || turns(c) => safe.push('\u{fffd}'),
            c => safe.push(c),
        }
    }
    safe
}

/// Marks of direction, which could make a page read otherwise than it is, and what is no character.
fn turns(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fffe}' | '\u{ffff}')
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
    fn nothing_in_a_text_is_markup() {
        assert_eq!(
            text("<script>\"A\" & 'B'</script>"),
            "&lt;script&gt;&quot;A&quot; &amp; &#39;B&#39;&lt;/script&gt;"
        );
        assert_eq!(text("a\u{0}b\u{202e}c\nd"), "a\u{fffd}b\u{fffd}c d");
    }

    #[test]
    fn long_texts_are_cut_to_their_width() {
        assert_eq!(clipped("SITI", 4), "SITI");
        assert_eq!(clipped("SITI AMINAH", 6), "SITI …");
        assert_eq!(clipped("1271••••••••0002", 16), "1271••••••••0002");
        assert_eq!(clipped("漢字漢字漢字", 6), "漢字…");
    }
}
