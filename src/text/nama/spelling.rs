//! One word of a name: old spelling (before 1947 and 1972) made new, abbreviations and variants made one.

use super::tables::{DOTTED_M, FIRST_VARIANTS, JOIN_NEXT, JOINED, KEEP_OE, VARIANTS};

/// Where a word stands, as far as that decides what it means.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    /// It is the first.
    pub(super) first: bool,
    /// It is the only one.
    pub(super) lone: bool,
    /// A full stop follows.
    pub(super) dotted: bool,
}

/// Adds the normal form of a word to `out`.
pub(super) fn normal_word(word: &str, place: Place, out: &mut String) {
    let start = out.len();
    new_spelling(word, out);
    let spelled = out.get(start..).unwrap_or_default();
    let opening = place.first && !place.lone;
    let dotted_m = (opening && place.dotted && spelled == DOTTED_M.0).then_some(DOTTED_M.1);
    let first = || opening.then(|| FIRST_VARIANTS.get(spelled)).flatten();
    if let Some(canonical) = dotted_m.or_else(first).or_else(|| VARIANTS.get(spelled)) {
        out.truncate(start);
        out.push_str(canonical);
    } else if let Some(rest) = assimilated(spelled) {
        let rest = rest.to_owned();
        out.truncate(start);
        out.push_str("ABDUL");
        out.push_str(&rest);
    }
}

/// The normal form of two words that were joined, where it is not just the two.
pub(super) fn joined_variant(word: &str) -> Option<&'static str> {
    VARIANTS.get(word)
}

/// Whether a word and the next one are one word in the normal form.
pub(super) fn joins(before: &str, this: &str) -> bool {
    JOIN_NEXT.contains(&before) && this.len() > 1 || JOINED.contains(&(before, this))
}

/// The name behind ABDUR and ABDUS, whose last letter was that of the article: ABDURRAHMAN, ABDURAHMAN and ABDUL
/// RAHMAN are one.
fn assimilated(word: &str) -> Option<&str> {
    let rest = word.strip_prefix("ABDU")?;
    let letter = rest.chars().next().filter(|c| matches!(c, 'R' | 'S'))?;
    let doubled = rest.get(1..).filter(|rest| rest.starts_with(letter));
    Some(doubled.unwrap_or(rest)).filter(|name| name.len() > 1)
}

/// oe -> u, dj -> j, tj -> c, sj -> sy, and only beside one of these in the same word nj -> ny, j -> y: JOKO keeps
/// its j, PANJAITAN its nj, while SOERJA and NJOMAN show that they are old. Words of two letters are initials.
fn new_spelling(word: &str, out: &mut String) {
    let bytes = word.as_bytes();
    let old = bytes.starts_with(b"NJ") || bytes.windows(2).any(|pair| matches!(pair, b"OE" | b"DJ" | b"TJ" | b"SJ"));
    if word.len() < 3 || !old || KEEP_OE.contains(&word) {
        out.push_str(word);
        return;
    }
    let mut rest = word;
    while let Some(letter) = rest.chars().next() {
        let (new, used) = match rest.as_bytes() {
            [b'O', b'E', ..] => ("U", 2),
            [b'D', b'J', ..] => ("J", 2),
            [b'T', b'J', ..] => ("C", 2),
            [b'S', b'J', ..] => ("SY", 2),
            [b'N', b'J', ..] => ("NY", 2),
            [b'J', ..] => ("Y", 1),
            _ => (rest.get(..letter.len_utf8()).unwrap_or_default(), letter.len_utf8()),
        };
        out.push_str(new);
        rest = rest.get(used..).unwrap_or_default();
    }
}
