//! `--fail-under`: the least per cent that is accepted.

/// The least per cent, by kind; the empty name stands for every kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Gate(Vec<(String, usize)>);

pub(super) fn parse(text: &str) -> Result<Gate, String> {
    let part = |part: &str| {
        let (kind, percent) = part.split_once('=').unwrap_or(("", part));
        let percent: usize = percent.trim().trim_end_matches('%').parse().map_err(|_| {
            format!("`{}` is not a number; write 90, or rules=100,branches=95,boundaries=90", percent.trim())
        })?;
        // More than everything can never be reached, and was hardly meant.
        if percent > 100 {
            return Err(format!("{percent} per cent cannot be reached"));
        }
        Ok((kind.trim().to_owned(), percent))
    };
    text.split(',').map(part).collect::<Result<_, _>>().map(Gate)
}

impl Gate {
    /// The sentence for the first kind that has too little; an error for a kind that does not exist.
    pub(super) fn missed(&self, shares: &[(&str, usize)]) -> crate::Result<Option<String>> {
        for (kind, least) in &self.0 {
            let known: Vec<&str> = shares.iter().map(|(name, _)| *name).collect();
            if !kind.is_empty() && !known.contains(&kind.as_str()) {
                return Err(crate::Error::usage(format!("`--fail-under` knows no `{kind}`"))
                    .help(format!("one of: {}", known.join(", "))));
            }
            // Whether a line can be null is told by its form alone, so that share is asked for by name only.
            let asked = |name: &str| *kind == name || kind.is_empty() && name != "nulls";
            if let Some((name, percent)) = shares.iter().find(|(name, percent)| asked(name) && percent < least) {
                return Ok(Some(format!("{name}: {percent} %, at least {least} % were asked for")));
            }
        }
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gate_names_what_is_missing() {
        let shares = [("rules", 100), ("branches", 94), ("nulls", 10), ("boundaries", 80)];
        assert_eq!(parse("80").unwrap().missed(&shares).unwrap(), None);
        assert!(parse("81").unwrap().missed(&shares).unwrap().unwrap().starts_with("boundaries: 80 %"));
        assert!(parse("rules=100,nulls=20").unwrap().missed(&shares).unwrap().unwrap().starts_with("nulls: 10 %"));
        assert!(parse("lines=3").unwrap().missed(&shares).is_err());
        assert!(parse("101").is_err() && parse("x").is_err() && parse("rules").is_err());
    }
}
