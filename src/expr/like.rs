//! SQL `like`: `%` stands for any text, `_` for one character, everything else for itself.

/// A prepared pattern. `ilike` ignores the case of letters.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Like {
    source: String,
    ignore_case: bool,
    parts: Vec<Part>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Part {
    /// `%`
    Any,
    /// `_`
    One,
    /// A character itself.
    Char(char),
}

impl Like {
    /// Prepares a pattern.
    #[must_use]
    pub fn new(pattern: &str, ignore_case: bool) -> Self {
        let mut parts: Vec<Part> = Vec::new();
        for c in pattern.chars() {
            match c {
                '%' if parts.last() == Some(&Part::Any) => {}
                '%' => parts.push(Part::Any),
                '_' => parts.push(Part::One),
                c if ignore_case => parts.extend(c.to_lowercase().map(Part::Char)),
                c => parts.push(Part::Char(c)),
            }
        }
        Self { source: pattern.to_owned(), ignore_case, parts }
    }

    /// The pattern as written.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }

    /// `like` or `ilike`.
    #[must_use]
    pub fn word(&self) -> &'static str {
        if self.ignore_case { "ilike" } else { "like" }
    }

    /// Whether the pattern has no wildcard, so that `=` would say it better.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        !self.source.contains(['%', '_'])
    }

    /// Whether the whole text fits the pattern. Linear in the text times the number of `%`: on a mismatch only the last
    /// `%` is tried again.
    #[must_use]
    pub fn matches(&self, text: &str) -> bool {
        let chars: Vec<char> =
            if self.ignore_case { text.chars().flat_map(char::to_lowercase).collect() } else { text.chars().collect() };
        let (mut at, mut part) = (0, 0);
        let mut retry: Option<(usize, usize)> = None;
        loop {
            match (self.parts.get(part), chars.get(at)) {
                (Some(Part::Any), _) => {
                    part += 1;
                    retry = Some((part, at));
                }
                (Some(Part::One), Some(_)) => {
                    part += 1;
                    at += 1;
                }
                (Some(Part::Char(want)), Some(have)) if want == have => {
                    part += 1;
                    at += 1;
                }
                (None, None) => return true,
                _ => match retry {
                    Some((after, from)) if from < chars.len() => {
                        retry = Some((after, from + 1));
                        part = after;
                        at = from + 1;
                    }
                    _ => return false,
                },
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_as_in_sql() {
        let cases = [
            ("PT %", "PT CONTOH", true),
            ("PT %", "CV CONTOH", false),
            ("%CONTOH", "PT CONTOH", true),
            ("_T%", "PT", true),
            ("_", "", false),
            ("%", "", true),
            ("%a%b%", "xaxxbx", true),
            ("%a%b", "xaxxbx", false),
            ("a_c", "aéc", true),
        ];
        for (pattern, text, expected) in cases {
            assert_eq!(Like::new(pattern, false).matches(text), expected, "{pattern} on {text}");
        }
        assert!(Like::new("pt %", true).matches("PT Contoh"));
        assert!(!Like::new("pt %", false).matches("PT Contoh"));
    }
}
