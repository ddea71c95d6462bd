//! Attributes that never score, and how a column leads to them.

use std::fmt;
use std::ops::BitOr;

/// A set of protected attributes. Basis: UU 18/2017 (no discrimination in placing workers), the criticism of the 2023
/// practice of refusing women by age, and EU 2018/1240 article 33 as a benchmark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash, PartialOrd, Ord)]
pub struct Protected(u8);

impl Protected {
    /// None of them.
    pub const NONE: Self = Self(0);
    /// Sex.
    pub const SEX: Self = Self(1);
    /// Religion.
    pub const RELIGION: Self = Self(2);
    /// Ethnicity, also as a name or a clan name suggests it.
    pub const ETHNICITY: Self = Self(4);
    /// Region of birth or origin.
    pub const REGION: Self = Self(8);

    /// Whether the set is empty.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Both sets together.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl BitOr for Protected {
    type Output = Self;
    fn bitor(self, other: Self) -> Self {
        self.and(other)
    }
}

impl fmt::Display for Protected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = [
            (Self::SEX, "sex"),
            (Self::RELIGION, "religion"),
            (Self::ETHNICITY, "ethnicity"),
            (Self::REGION, "region of origin"),
        ];
        let present: Vec<_> = names.iter().filter(|(set, _)| self.0 & set.0 != 0).map(|(_, name)| *name).collect();
        f.write_str(&present.join(" and "))
    }
}

/// How a column leads to protected attributes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reveals {
    /// Not at all.
    Nothing,
    /// The value is the attribute, or follows from it: no condition of a scoring rule may read it. Only "is it null" and
    /// "is it equal to another such column" pass, since they say nothing of the attribute itself.
    Is(Protected),
    /// The attribute can be read out of parts of the value (digits of a NIK, a clan name): the value may be compared with
    /// other columns, counted and looked up in lists of entries, but not taken apart or compared with a constant.
    Contains(Protected),
}

impl Reveals {
    /// The attributes in question.
    #[must_use]
    pub fn attributes(self) -> Protected {
        match self {
            Self::Nothing => Protected::NONE,
            Self::Is(set) | Self::Contains(set) => set,
        }
    }
}
