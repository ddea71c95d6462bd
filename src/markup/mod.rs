//! Text inside markup: whatever somebody wrote shows as text, in HTML pages and in XML documents.

pub(crate) mod junit;

/// Text for an element or a quoted attribute of a page. Characters that a page cannot hold, and marks of direction, which
/// could make it read otherwise than it is, show as one that stands for none.
pub(crate) fn html(text: &str) -> String {
    escaped(text, |c, out| match c {
        c if c.is_control() || turns(c) || is_none(c) => out.push('\u{fffd}'),
        c => out.push(c),
    })
}

/// The same for XML documents that programs read: characters that XML cannot hold show by their number.
pub(crate) fn xml(text: &str) -> String {
    escaped(text, |c, out| match c {
        c if c.is_control() || is_none(c) => out.push_str(&format!("U+{:04X}", u32::from(c))),
        c => out.push(c),
    })
}

fn escaped(text: &str, other: impl Fn(char, &mut String)) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' => out.push(c),
            c => other(c, &mut out),
        }
    }
    out
}

fn turns(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn is_none(c: char) -> bool {
    matches!(c, '\u{fffe}' | '\u{ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_is_markup() {
        let shown = "&lt;script&gt;&quot;A&quot; &amp; &#39;B&#39;&lt;/script&gt;";
        assert_eq!(html("<script>\"A\" & 'B'</script>"), shown);
        assert_eq!(xml("<script>\"A\" & 'B'</script>"), shown);
    }

    #[test]
    fn what_cannot_stand_in_a_document_is_shown_otherwise() {
        assert_eq!(html("a\u{0}b\u{202e}c\nd\u{ffff}"), "a\u{fffd}b\u{fffd}c\nd\u{fffd}");
        assert_eq!(xml("a\u{0}b\u{1b}c\nd\u{ffff}"), "aU+0000bU+001Bc\ndU+FFFF");
    }
}
