//! Names of institutions: companies, agencies, schools.

use super::fold::{fold, words};
use super::nama;

/// Words that say what an institution is before the law, not which: `PT. Contoh Abadi, Tbk` is CONTOH ABADI. Sorted.
const LEGAL_FORMS: &[&str] = &["CV", "FA", "PERSERO", "PERSEROAN", "PT", "TBK", "TERBATAS", "UD"];

/// Replaces `out` by the comparable form: the words in the order written, without legal form and punctuation. True
/// where a legal form was found, which tells a company from a person.
pub fn key(text: &str, buffer: &mut String, out: &mut String) -> bool {
    out.clear();
    fold(text, buffer);
    let mut legal = false;
    for word in words(buffer) {
        if LEGAL_FORMS.binary_search(&word).is_ok() {
            legal = true;
            continue;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    legal
}

/// Words after which a name says which office of an institution it is. Sorted.
const BRANCHES: &[&str] = &["CAB", "CABANG", "KANTOR", "KC", "KCP", "PERWAKILAN", "UNIT"];

/// A key as names of institutions are compared: its words in new spelling, without the branch.
#[must_use]
pub fn compared(key: &str) -> String {
    let head = key.split(' ').enumerate().take_while(|(at, word)| *at == 0 || BRANCHES.binary_search(word).is_err());
    head.map(|(_, word)| nama::normal_word(word)).collect::<Vec<_>>().join(" ")
}

/// Words of fewer letters that differ are other words: KARYA JAYA and KARYA RAYA are two companies.
const LONG: usize = 6;

/// Whether two compared forms are one name: word by word the same but for a letter of a long word, or the same letters
/// with the spaces in other places.
#[must_use]
pub fn is_one_name(a: &str, b: &str) -> bool {
    let same = |(x, y): (&str, &str)| {
        x == y || x.chars().count().min(y.chars().count()) >= LONG && strsim::osa_distance(x, y) <= 1
    };
    let letters = |name: &str| name.replace(' ', "");
    a.split(' ').count() == b.split(' ').count() && a.split(' ').zip(b.split(' ')).all(same) || letters(a) == letters(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_legal_form_does_not_tell_institutions_apart() {
        assert!(LEGAL_FORMS.is_sorted());
        let (mut buffer, mut out) = (String::new(), String::new());
        for (text, legal, expected) in [
            ("PT. Contoh Abadi, Tbk", true, "CONTOH ABADI"),
            ("PT CONTOH ABADI (PERSERO)", true, "CONTOH ABADI"),
            ("Contoh  Abadi", false, "CONTOH ABADI"),
            ("SMK Negeri 1 Medan", false, "SMK NEGERI 1 MEDAN"),
            ("PT", true, ""),
            ("", false, ""),
        ] {
            assert_eq!((key(text, &mut buffer, &mut out), out.as_str()), (legal, expected), "{text}");
        }
    }

    #[test]
    fn a_word_more_is_another_institution_and_a_branch_is_not() {
        assert!(BRANCHES.is_sorted());
        for (a, b, expected) in [
            ("CONTOH PENEMPATAN", "CONTOH PENEMPATAN", true),
            ("CONTOH PENEMPATAN", "CONTOH PENEMPATEN", true),
            ("TJAHAJA PENEMPATAN", "CAHAYA PENEMPATAN", true),
            ("CONTOH PENEMPATAN KANTOR CABANG MEDAN", "CONTOH PENEMPATAN", true),
            ("CONTOHPENEMPATAN", "CONTOH PENEMPATAN", true),
            ("CABANG ILMU", "CABANG ILMU", true),
            ("CONTOH PENEMPATAN MANDIRI", "CONTOH PENEMPATAN", false),
            ("KARYA JAYA", "KARYA RAYA", false),
            ("PENEMPATAN CONTOH", "CONTOH PENEMPATAN", false),
        ] {
            assert_eq!(is_one_name(&compared(a), &compared(b)), expected, "{a} {b}");
        }
    }
}
