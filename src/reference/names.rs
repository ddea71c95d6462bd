//! Names as exports write them: one comparable form, and an index over it.
//!
//! `KAB. DELI SERDANG`, `Kab Deliserdang` and `kabupaten deli-serdang` are the same words to a reader. [`words`] takes case,
//! punctuation and accents away; what else may be left out is up to each table. An [`Index`] finds the rows of a table by
//! such a form and knows official names from other names. Names of people are not compared here.

/// No name in any table is as long; longer text is not looked at, so that a lookup costs little whatever it is given.
const LONGEST: usize = 160;

/// The words of a text: upper-case ASCII letters and digits, without accents. An apostrophe joins (`SA'DAN` is one word), any
/// other character separates. Text of more than 160 bytes has no words.
pub(super) fn words(text: &str) -> Vec<String> {
    let mut found = vec![String::new()];
    if text.len() <= LONGEST {
        for c in text.chars().filter(|c| !joins(*c)) {
            match (letters(c), found.last_mut()) {
                (Some(plain), Some(word)) => plain.push_onto(word),
                _ => found.push(String::new()),
            }
        }
    }
    found.retain(|word| !word.is_empty());
    found
}

/// The words of a text written together.
pub(super) fn joined(text: &str) -> String {
    words(text).concat()
}

/// One letter of a name as plain ASCII.
enum Plain {
    One(char),
    Two(&'static str),
}

impl Plain {
    fn push_onto(self, word: &mut String) {
        match self {
            Self::One(letter) => word.push(letter),
            Self::Two(letters) => word.push_str(letters),
        }
    }
}

/// Apostrophes of every kind, and accents written as characters of their own.
fn joins(c: char) -> bool {
    matches!(c, '\'' | '`' | '\u{b4}' | '\u{2018}' | '\u{2019}' | '\u{2bc}' | '\u{300}'..='\u{36f}')
}

/// The letters with accents that occur in names of countries; others are separators.
fn letters(c: char) -> Option<Plain> {
    if c.is_ascii_alphanumeric() {
        return Some(Plain::One(c.to_ascii_uppercase()));
    }
    let plain = match c {
        'À'..='Å' | 'à'..='å' | 'Ā' | 'ā' => 'A',
        'Ç' | 'ç' => 'C',
        'È'..='Ë' | 'è'..='ë' => 'E',
        'Ì'..='Ï' | 'ì'..='ï' | 'İ' | 'ı' => 'I',
        'Ñ' | 'ñ' => 'N',
        'Ò'..='Ö' | 'Ø' | 'ò'..='ö' | 'ø' => 'O',
        'Ş' | 'ş' => 'S',
        'Ù'..='Ü' | 'ù'..='ü' => 'U',
        'Ý' | 'ý' | 'ÿ' => 'Y',
        'Æ' | 'æ' => return Some(Plain::Two("AE")),
        'ß' => return Some(Plain::Two("SS")),
        _ => return None,
    };
    Some(Plain::One(plain))
}

/// Whether a name is the official one or another one in use. The official one is looked at first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Standing {
    Official,
    Other,
}

/// The rows of a table by the comparable forms of their names.
#[derive(Debug)]
pub(super) struct Index {
    entries: Vec<(String, Standing, usize)>,
}

impl Index {
    /// An index of forms, each with its row. Empty forms are left out: they would be found by any text without letters.
    pub(super) fn new(forms: impl IntoIterator<Item = (String, Standing, usize)>) -> Self {
        let mut entries: Vec<_> = forms.into_iter().filter(|(form, ..)| !form.is_empty()).collect();
        entries.sort_unstable();
        entries.dedup();
        Self { entries }
    }

    /// The rows with this form and standing, in the order of the table.
    pub(super) fn rows(&self, form: &str, standing: Standing) -> impl Iterator<Item = usize> {
        let start = self.entries.partition_point(|(f, s, _)| (f.as_str(), *s) < (form, standing));
        let here = self.entries.get(start..).unwrap_or_default();
        here.iter().take_while(move |(f, s, _)| f == form && *s == standing).map(|(.., row)| *row)
    }

    /// The only row with this form, by official names first.
    pub(super) fn one(&self, form: &str) -> Option<usize> {
        self.one_where(form, |_| true)
    }

    /// The only row with this form that meets a condition, by official names first. None when there are several.
    pub(super) fn one_where(&self, form: &str, meets: impl Fn(usize) -> bool) -> Option<usize> {
        for standing in [Standing::Official, Standing::Other] {
            let mut rows = self.rows(form, standing).filter(|row| meets(*row));
            if let Some(first) = rows.next() {
                return rows.all(|row| row == first).then_some(first);
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_upper_case_ascii_without_accents_and_punctuation() {
        assert_eq!(words("Kab. Deli-Serdang"), ["KAB", "DELI", "SERDANG"]);
        assert_eq!(joined(" Côte d’Ivoire "), "COTEDIVOIRE");
        assert_eq!(joined("Co\u{302}te d'Ivoire"), "COTEDIVOIRE");
        assert_eq!(joined("TÜRKİYE"), "TURKIYE");
        assert!(words("").is_empty());
        assert!(words("... \u{4e2d}\u{56fd} \u{1f600}").is_empty());
        assert!(words(&"A".repeat(161)).is_empty());
        assert_eq!(words(&"A".repeat(160)).len(), 1);
    }

    #[test]
    fn an_official_name_goes_before_other_names_and_namesakes_are_not_guessed() {
        let form = |text: &str, standing, row| (text.to_owned(), standing, row);
        let index = Index::new([
            form("RUMBAI", Standing::Other, 1),
            form("RUMBAI", Standing::Official, 2),
            form("BANJAR", Standing::Official, 3),
            form("BANJAR", Standing::Official, 4),
            form("", Standing::Official, 5),
        ]);
        assert_eq!(index.one("RUMBAI"), Some(2));
        assert_eq!(index.one_where("RUMBAI", |row| row != 2), Some(1));
        assert_eq!(index.one("BANJAR"), None);
        assert_eq!(index.one_where("BANJAR", |row| row == 4), Some(4));
        assert_eq!(index.one(""), None);
        assert_eq!(index.one("RUMBA"), None);
    }
}
