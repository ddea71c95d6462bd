//! The nearest known name to a word that is not known.

/// Names close enough to `word` to be worth showing, best first, at most three.
#[must_use]
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let lower = word.to_lowercase();
    if lower.chars().nth(1).is_none() {
        // Every letter is one edit from every other.
        return Vec::new();
    }
    let limit = (word.chars().count() / 3).clamp(1, 4);
    let mut ranked: Vec<(usize, &str)> = known
        .into_iter()
        .filter_map(|name| {
            let distance = strsim::damerau_levenshtein(&lower, &name.to_lowercase());
            // A long name typed without its prefix (`kunci` for `telepon.kunci`) counts as near.
            let tail = name.rsplit('.').next().is_some_and(|last| last == lower);
            (distance <= limit || tail).then_some((if tail { 0 } else { distance }, name))
        })
        .collect();
    ranked.sort_unstable();
    ranked.dedup();
    let best = ranked.first().map_or(0, |first| first.0);
    ranked.into_iter().filter(|(d, _)| *d <= best + 1).map(|(_, name)| name).take(3).collect()
}

/// The sentence "did you mean ...?", where a known name is near.
#[must_use]
pub fn suggestion<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    match nearest(word, known).as_slice() {
        [] => None,
        [one] => Some(format!("did you mean `{one}`?")),
        [first, rest @ ..] => {
            let others: Vec<_> = rest.iter().map(|n| format!("`{n}`")).collect();
            Some(format!("did you mean `{first}` (or {})?", others.join(", ")))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_names_come_best_first_and_far_ones_not_at_all() {
        let known = ["nama_lengkap", "nama_lain", "nik", "nomor_kk", "telepon.kunci"];
        assert_eq!(nearest("nama_lengkp", known), ["nama_lengkap"]);
        assert_eq!(nearest("NIKK", known), ["nik"]);
        assert_eq!(nearest("kunci", known), ["telepon.kunci"]);
        assert!(nearest("pekerjaan", known).is_empty());
    }
}
