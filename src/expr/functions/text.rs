//! Functions over text.

use super::{Accepts, Apply, Function, Parameter};

const VALUE: Parameter = Parameter { name: "value", accepts: Accepts::Text };
const PART: Parameter = Parameter { name: "part", accepts: Accepts::Text };

pub(super) const LOWER: Function = Function {
    name: "lower",
    parameters: &[VALUE],
    meaning: "the text in lower case",
    examples: &[("lower('PT CONTOH')", "'pt contoh'")],
    apply: Apply::TextToText(str::to_lowercase),
};

pub(super) const UPPER: Function = Function {
    name: "upper",
    parameters: &[VALUE],
    meaning: "the text in upper case",
    examples: &[("upper('jalan-jalan')", "'JALAN-JALAN'")],
    apply: Apply::TextToText(str::to_uppercase),
};

pub(super) const LENGTH: Function = Function {
    name: "length",
    parameters: &[VALUE],
    meaning: "how many characters the text has",
    examples: &[("length('wisata')", "6")],
    apply: Apply::TextToInt(|text| i64::try_from(text.chars().count()).unwrap_or(i64::MAX)),
};

pub(super) const STARTS_WITH: Function = Function {
    name: "starts_with",
    parameters: &[VALUE, PART],
    meaning: "whether the text begins with the part, letter for letter",
    examples: &[("starts_with('PT CONTOH', 'PT ')", "true"), ("starts_with('CV CONTOH', 'PT ')", "false")],
    apply: Apply::TextsToBool(|text, part| text.starts_with(part)),
};

pub(super) const ENDS_WITH: Function = Function {
    name: "ends_with",
    parameters: &[VALUE, PART],
    meaning: "whether the text ends with the part, letter for letter",
    examples: &[("ends_with('a@contoh.example', '.example')", "true")],
    apply: Apply::TextsToBool(|text, part| text.ends_with(part)),
};

pub(super) const CONTAINS: Function = Function {
    name: "contains",
    parameters: &[VALUE, PART],
    meaning: "whether the part stands anywhere in the text, letter for letter",
    examples: &[("contains('jalan ke penang', 'penang')", "true")],
    apply: Apply::TextsToBool(|text, part| text.contains(part)),
};

pub(super) const MATCHES: Function = Function {
    name: "matches",
    parameters: &[VALUE, Parameter { name: "pattern", accepts: Accepts::Regex }],
    meaning: "whether the regular expression is found in the text; anchor it with ^ and $; (?i) ignores case",
    examples: &[("matches('kerja di restoran', '(?i)\\bKERJA\\b')", "true")],
    apply: Apply::Matches,
};

pub(super) const SIMILARITY: Function = Function {
    name: "similarity",
    parameters: &[
        Parameter { name: "name", accepts: Accepts::Text },
        Parameter { name: "other", accepts: Accepts::Text },
    ],
    meaning: "how alike two names are, 0 to 100: words in any order, spelling variants and small slips forgiven",
    examples: &[
        ("similarity('SITI AMINAH', 'AMINAH SITI')", "100"),
        ("similarity('SITI AMINAH', 'BUDI SANTOSO') < 50", "true"),
    ],
    apply: Apply::TextsToInt(crate::matching::similarity),
};
