//! Which alphabets a text is written in.
//!
//! A Cyrillic А among Latin letters looks right and compares wrong: an old way around a list. The ranges below cover
//! the alphabets that turn up beside Latin; a letter in none of them counts as another alphabet all the same.

/// What alphabets the letters of a text belong to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scripts {
    /// Latin letters only, or no letters.
    Latin,
    /// One other alphabet, no Latin letter.
    Foreign,
    /// Letters of at least two alphabets.
    Mixed,
}

/// The alphabets of a text; digits, punctuation and marks belong to none.
#[must_use]
pub fn scripts(text: &str) -> Scripts {
    if text.is_ascii() {
        return Scripts::Latin;
    }
    let mut first = None;
    for script in text.chars().filter(|c| c.is_alphabetic()).map(script) {
        match first {
            None => first = Some(script),
            Some(known) if known != script => return Scripts::Mixed,
            Some(_) => {}
        }
    }
    match first {
        None | Some(Script::Latin) => Scripts::Latin,
        Some(_) => Scripts::Foreign,
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Script {
    Latin,
    Greek,
    Cyrillic,
    Armenian,
    Hebrew,
    Arabic,
    /// Chinese characters, kana and hangul are written together.
    EastAsian,
    Other,
}

fn script(c: char) -> Script {
    match c {
        'A'..='Z'
        | 'a'..='z'
        | 'ª'
        | 'º'
        | '\u{C0}'..='\u{24F}'
        | '\u{250}'..='\u{2BF}'
        | '\u{1E00}'..='\u{1EFF}'
        | '\u{2C60}'..='\u{2C7F}'
        | '\u{A720}'..='\u{A7FF}'
        | '\u{FB00}'..='\u{FB06}'
        | '\u{FF21}'..='\u{FF5A}' => Script::Latin,
        '\u{370}'..='\u{3FF}' | '\u{1F00}'..='\u{1FFF}' => Script::Greek,
        '\u{400}'..='\u{52F}' | '\u{1C80}'..='\u{1C8F}' | '\u{2DE0}'..='\u{2DFF}' | '\u{A640}'..='\u{A69F}' => {
            Script::Cyrillic
        }
        '\u{531}'..='\u{58F}' => Script::Armenian,
        '\u{590}'..='\u{5FF}' | '\u{FB1D}'..='\u{FB4F}' => Script::Hebrew,
        '\u{600}'..='\u{6FF}'
        | '\u{750}'..='\u{77F}'
        | '\u{8A0}'..='\u{8FF}'
        | '\u{FB50}'..='\u{FDFF}'
        | '\u{FE70}'..='\u{FEFC}' => Script::Arabic,
        '\u{1100}'..='\u{11FF}'
        | '\u{3005}'..='\u{30FF}'
        | '\u{3130}'..='\u{318F}'
        | '\u{3400}'..='\u{9FFF}'
        | '\u{AC00}'..='\u{D7FF}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{3FFFF}' => Script::EastAsian,
        _ => Script::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_foreign_letter_among_latin_ones_is_noticed() {
        for (text, expected) in [
            ("SITI AMINAH 12", Scripts::Latin),
            ("André Łukasz", Scripts::Latin),
            ("S\u{406}TI", Scripts::Mixed),
            ("\u{410}NA", Scripts::Mixed),
            ("ΑNNA", Scripts::Mixed),
            ("محمد", Scripts::Foreign),
            ("陈 さん", Scripts::Foreign),
            ("محمد Ali", Scripts::Mixed),
            ("Ｓｉｔｉ", Scripts::Latin),
            ("ሀሁ", Scripts::Foreign),
            ("😀 12", Scripts::Latin),
            ("", Scripts::Latin),
        ] {
            assert_eq!(scripts(text), expected);
        }
    }
}
