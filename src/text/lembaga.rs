//! Names of institutions: companies, agencies, schools.

use super::fold::{fold, words};

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
}
