//! What is told of a hit, in words.

use super::grade::quoted;
use super::grade::{Found, Grade};
use crate::lists::{Entry, Field, ListSpec, Suppression};
use crate::words::{Lang, Word};

/// The list an entry stands on, and who entered it.
pub(super) fn list_of(spec: &ListSpec, entry: &Entry) -> String {
    match entry.one(Field::SUMBER) {
        Some(source) => format!("{} ({source})", spec.title),
        None => spec.title.clone(),
    }
}

/// What agrees, whether it counts, on what basis.
pub(super) fn evidence(
    found: &Found,
    entry: &Entry,
    grade: Grade,
    pair: &str,
    set_aside: Option<&Suppression>,
    lang: Lang,
) -> String {
    let mut parts: Vec<String> = found
        .says
        .iter()
        .map(|s| match lang {
            Lang::Id => s.id.clone(),
            Lang::En => s.en.clone(),
        })
        .collect();
    let day = |day: Option<chrono::NaiveDate>| day.map_or_else(|| "…".to_owned(), |d| lang.date(d));
    match (grade, entry.validity()) {
        (Grade::Expired, (from, to)) => {
            let words = lang.word(Word::ListExpired);
            parts.push(words.replace("{from}", &day(from)).replace("{to}", &day(to)));
        }
        (_, (_, Some(to))) => parts.push(lang.word(Word::ListValidUntil).replace("{to}", &day(Some(to)))),
        _ => {}
    }
    if let Some(set_aside) = set_aside {
        let words = lang.word(Word::ListSetAside);
        let words =
            words.replace("{until}", &day(Some(set_aside.until))).replace("{author}", &quoted(&set_aside.author));
        parts.push(words.replace("{reason}", &quoted(&set_aside.reason)));
    }
    if let Some(basis) = entry.one(Field::DASAR_HUKUM) {
        parts.push(lang.word(Word::ListBasis).replace("{basis}", basis));
    }
    if grade.is_hit() {
        parts.push(lang.word(Word::ListPair).replace("{pair}", pair));
    }
    parts.join("; ")
}
