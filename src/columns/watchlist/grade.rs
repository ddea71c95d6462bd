//! What comparing one person, contact, document or institution with a list gave.

/// How an entry speaks of somebody. The order is that in which one entry is preferred to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Grade {
    /// No entry.
    None,
    /// The name alone.
    NameOnly,
    /// An entry that does not count on the date of the application.
    Expired,
    /// A pair that somebody looked into and set aside.
    Suppressed,
    /// Worth a question.
    Possible,
    /// Hardly somebody else.
    Strong,
    /// Certain but for mistakes in the data.
    Exact,
}

impl Grade {
    /// The code in `level`.
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::NameOnly => "name_only",
            Self::Expired => "expired",
            Self::Suppressed => "suppressed",
            Self::Possible => "possible",
            Self::Strong => "strong",
            Self::Exact => "exact",
        }
    }

    /// Whether it is a hit that counts.
    pub(super) fn is_hit(self) -> bool {
        self >= Self::Possible
    }
}

/// An entry that speaks of somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    /// Number of the entry.
    pub(super) entry: u32,
    /// How surely; never `Expired` or `Suppressed`, which depend on the day and the pair.
    pub(super) grade: Grade,
    /// Points of the comparison; 0 where the comparison is exact.
    pub(super) points: i64,
    /// What agrees, for people.
    pub(super) facts: Facts,
    /// What was found, in the order of the words it is told in.
    pub(super) says: Vec<Saying>,
}

/// What agrees between a person and an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Facts {
    /// How the numbers compare, a code of `number`.
    pub(super) number: &'static str,
    /// How alike the names are, of 100.
    pub(super) name: i64,
    /// How the birth dates compare, a code of `born`.
    pub(super) born: &'static str,
}

impl Facts {
    /// Where nobody was compared with anybody.
    pub(super) const NONE: Self = Self { number: "none", name: 0, born: "none" };
}

/// A part of what was found, in both languages.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Saying {
    /// In Indonesian; values of people stand between `«` and `»`.
    pub(super) id: String,
    /// In English.
    pub(super) en: String,
}

/// A value of somebody inside a sentence, so that [`crate::schema::Mask::Quoted`] finds it.
pub(super) fn quoted(value: &str) -> String {
    format!("«{}»", value.replace(['«', '»'], " "))
}
