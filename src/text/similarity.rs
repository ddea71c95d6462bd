//! How alike two names are, for conditions of rules.

/// Names longer than this many words are compared on their first words; real names have at most eight or so.
const MAX_WORDS: usize = 8;

/// 0 (nothing in common) to 100 (the same words in any order). Each word of one name is paired with at most one word of
/// the other so that the sum of likeness is greatest; words count by length; unpaired words count half against.
#[must_use]
pub fn similarity(a: &str, b: &str) -> i64 {
    let (a, b) = (words(a), words(b));
    if a.is_empty() || b.is_empty() {
        return 0;
    }
    let (short, long) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
    let paired = best_pairing(short, long);
    let weight = |words: &[Vec<char>]| words.iter().map(|w| to_i64(w.len()) * 1000).sum::<i64>();
    let total = weight(short) + weight(long);
    // `paired` counts both words of each pair; what is left over weighs half.
    let unpaired = total - paired.weight;
    (200 * paired.likeness) / (2 * paired.weight + unpaired).max(1)
}

fn words(name: &str) -> Vec<Vec<char>> {
    let upper = name.to_uppercase();
    let words = upper.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    words.take(MAX_WORDS).map(|w| w.chars().collect()).collect()
}

#[derive(Debug, Clone, Copy, Default)]
struct Pairing {
    /// Likeness of the pairs, weighted, in thousandths of a letter.
    likeness: i64,
    /// Weight of the words paired, both sides.
    weight: i64,
}

/// The pairing of greatest likeness, by trying every subset of the longer name's words.
fn best_pairing(short: &[Vec<char>], long: &[Vec<char>]) -> Pairing {
    let mut best = vec![None; 1 << long.len()];
    if let Some(first) = best.first_mut() {
        *first = Some(Pairing::default());
    }
    for word in short {
        let mut next: Vec<Option<Pairing>> = best.clone();
        for (used, so_far) in best.iter().enumerate() {
            let Some(so_far) = so_far else { continue };
            for (ix, other) in long.iter().enumerate().filter(|(ix, _)| used & (1 << ix) == 0) {
                let share = word_likeness(word, other);
                if share == 0 {
                    continue;
                }
                let weight = to_i64(word.len() + other.len()) * 1000;
                let candidate =
                    Pairing { likeness: so_far.likeness + weight * share / 1000, weight: so_far.weight + weight };
                if let Some(place) = next.get_mut(used | (1 << ix))
                    && place.is_none_or(|p| (p.likeness, -p.weight) < (candidate.likeness, -candidate.weight))
                {
                    *place = Some(candidate);
                }
            }
        }
        best = next;
    }
    best.into_iter().flatten().max_by_key(|p| (p.likeness, -p.weight)).unwrap_or_default()
}

/// 0 to 1000: equal words, a few edits (a swap of neighbours is one), or an initial.
fn word_likeness(a: &[char], b: &[char]) -> i64 {
    if a == b {
        return 1000;
    }
    let (short, long) = (a.len().min(b.len()), a.len().max(b.len()));
    if short == 1 {
        return if a.first() == b.first() { 800 } else { 0 };
    }
    let allowed = match short {
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    };
    let edits = strsim::generic_damerau_levenshtein(a, b);
    if edits > allowed { 0 } else { 1000 - 900 * to_i64(edits) / to_i64(long) }
}

fn to_i64(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::similarity;

    #[test]
    fn alike_names_score_high_and_others_low() {
        assert_eq!(similarity("SITI AMINAH", "Aminah, Siti"), 100);
        assert_eq!(similarity("", "SITI"), 0);
        let slip = similarity("AHMAD FAUZI", "AHMAD FAUZY");
        assert!((85..100).contains(&slip), "{slip}");
        assert!(similarity("SITI AMINAH", "SITI AMINAH HASIBUAN") < 100);
        assert!(similarity("SITI AMINAH", "BUDI SANTOSO") < 30);
        assert!(similarity("M FAUZI", "MUHAMMAD FAUZI") > 80);
    }

    #[test]
    fn order_of_the_two_names_does_not_matter() {
        let names = ["SITI AMINAH", "AMINAH", "S AMINAH H", "AHMAD FAUZI NASUTION", "FAUZI AHMAT", "X", ""];
        for a in names {
            for b in names {
                assert_eq!(similarity(a, b), similarity(b, a), "{a} / {b}");
                assert!((0..=100).contains(&similarity(a, b)));
            }
        }
    }
}
