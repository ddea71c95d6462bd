//! Folding: one spelling for characters that look or mean the same.
//!
//! NFKC (full-width letters and digits, ligatures, non-breaking spaces), upper case, no diacritics, straight
//! apostrophes and hyphens, no invisible characters, white space and control characters as plain spaces. Letters of
//! other scripts stay what they are: a Cyrillic А is not folded to a Latin A, see [`crate::text::script`].

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Replaces `out` by the folded text. Folding twice changes nothing more.
pub fn fold(text: &str, out: &mut String) {
    out.clear();
    if text.bytes().all(|b| matches!(b, b' '..=b'~') && b != b'`') {
        out.push_str(text);
        out.make_ascii_uppercase();
        return;
    }
    let plain = text.chars().filter(|&c| !is_invisible(c)).map(straighten);
    let letters = plain.nfkd().flat_map(char::to_uppercase).nfkd().filter(|&c| !is_combining_mark(c));
    for c in letters.nfc() {
        match straighten(c) {
            'Ø' => out.push('O'),
            'Đ' | 'Ð' => out.push('D'),
            'Ł' => out.push('L'),
            'Æ' => out.push_str("AE"),
            'Œ' => out.push_str("OE"),
            'Þ' => out.push_str("TH"),
            c if c.is_whitespace() || c.is_control() => out.push(' '),
            c if is_invisible(c) => {}
            c => out.push(c),
        }
    }
}

/// Typewriter forms of quotes and hyphens, before and after decomposition: `´` would decompose into a space and a
/// mark.
fn straighten(c: char) -> char {
    match c {
        '\u{2018}' | '\u{2019}' | '\u{201B}' | '\u{02BB}' | '\u{02BC}' | '\u{02B9}' | '\u{2032}' | '`' | '´' => '\'',
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        c => c,
    }
}

/// Characters that take no room: zero-width ones, direction marks, soft hyphens, tags, variation selectors.
#[must_use]
pub fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
        | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{E0000}'..='\u{E0FFF}')
}

/// The words of a folded text: longest runs of letters and digits.
pub fn words(folded: &str) -> impl Iterator<Item = &str> {
    folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn folded(text: &str) -> String {
        let mut out = "rest of an earlier value".to_owned();
        fold(text, &mut out);
        out
    }

    #[test]
    fn spellings_of_one_word_become_one() {
        for (text, expected) in [
            ("Siti Aminah", "SITI AMINAH"),
            ("Siti\u{A0}Aminah\t", "SITI AMINAH "),
            ("Ｓｉｔｉ　１２", "SITI 12"),
            ("André Müller-Łukasz", "ANDRE MULLER-LUKASZ"),
            ("Straße Øystein Æsa ﬁdel", "STRASSE OYSTEIN AESA FIDEL"),
            ("Nu\u{2019}man Ma´ruf Sa`id", "NU'MAN MA'RUF SA'ID"),
            ("Karo\u{2011}Karo", "KARO-KARO"),
            ("Si\u{200B}ti\u{200F} \u{202E}A\u{AD}min", "SITI AMIN"),
            ("مُحَمَّد", "محمد"),
            ("", ""),
        ] {
            assert_eq!(folded(text), expected);
        }
    }

    #[test]
    fn letters_of_other_scripts_stay_apart() {
        assert_ne!(folded("\u{410}NA"), folded("ANA"));
    }

    #[test]
    fn words_are_runs_of_letters_and_digits() {
        assert_eq!(
            words("JL. MAWAR NO.12/A, RT 003").collect::<Vec<_>>(),
            ["JL", "MAWAR", "NO", "12", "A", "RT", "003"]
        );
    }

    proptest! {
        #![proptest_config(crate::seeded::fixed())]
        #[test]
        fn folding_twice_changes_nothing(text in "\\PC*") {
            let once = folded(&text);
            prop_assert_eq!(folded(&once), once);
        }

        #[test]
        fn the_fast_path_says_what_the_slow_one_says(text in "[ -~]*") {
            // One letter outside ASCII sends the same text down the slow path.
            let slow = folded(&format!("É{text}"));
            prop_assert_eq!(slow, format!("E{}", folded(&text)));
        }
    }
}
