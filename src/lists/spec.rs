//! What a list is, what it promises and who is compared with it.

use super::Mapping;

/// What the entries of a list are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// People, compared by name with birth, place, numbers and parents.
    People,
    /// Phones, email addresses and houses, compared exactly.
    Contacts,
    /// Numbers of documents, compared exactly.
    Documents,
    /// Institutions with licence and status, compared by number and by name.
    Institutions,
    /// Values of columns, compared exactly.
    Keys,
}

impl Kind {
    /// Every kind.
    pub const ALL: &[Self] = &[Self::People, Self::Contacts, Self::Documents, Self::Institutions, Self::Keys];

    /// The word in rule files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::People => "people",
            Self::Contacts => "contacts",
            Self::Documents => "documents",
            Self::Institutions => "institutions",
            Self::Keys => "keys",
        }
    }

    /// Who may be compared with a list of this kind, the usual one first.
    #[must_use]
    pub fn roles(self) -> &'static [Role] {
        use Role::{Ayah, Ibu, Kuasa, Pemohon, Pendamping, Penjamin};
        match self {
            Self::People => &[Pemohon, Penjamin, Pendamping, Kuasa, Ayah, Ibu],
            Self::Contacts => &[Pemohon, Penjamin, Pendamping],
            Self::Documents | Self::Keys => &[Pemohon],
            Self::Institutions => &[Penjamin],
        }
    }
}

/// Whom of an application a list is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// The applicant.
    Pemohon,
    /// The sponsor.
    Penjamin,
    /// The companion.
    Pendamping,
    /// The proxy.
    Kuasa,
    /// The father.
    Ayah,
    /// The mother.
    Ibu,
}

impl Role {
    /// The word in rule files and in the names of columns.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Pemohon => "pemohon",
            Self::Penjamin => "penjamin",
            Self::Pendamping => "pendamping",
            Self::Kuasa => "kuasa",
            Self::Ayah => "ayah",
            Self::Ibu => "ibu",
        }
    }

    /// In English, as in `the sponsor`.
    #[must_use]
    pub fn english(self) -> &'static str {
        match self {
            Self::Pemohon => "the applicant",
            Self::Penjamin => "the sponsor",
            Self::Pendamping => "the companion",
            Self::Kuasa => "the proxy",
            Self::Ayah => "the father",
            Self::Ibu => "the mother",
        }
    }
}

/// A declared list, checked.
#[derive(Debug, Clone)]
pub struct ListSpec {
    /// Its name; its columns are `name.level` and so on.
    pub name: String,
    /// What officers call it.
    pub title: String,
    /// The same in English.
    pub title_en: String,
    /// What its entries are.
    pub kind: Kind,
    /// The file below the office's folder of lists; one `*` stands for what changes from one delivery to the next.
    pub file: String,
    /// How the sender writes it.
    pub mapping: Mapping,
    /// Who is compared with it.
    pub roles: Vec<Role>,
    /// For [`Kind::Keys`]: columns that are compared, alone or together.
    pub keys: Vec<Vec<String>>,
    /// Points from which a person on it is `possible`, `strong`, `exact`; the matcher's own where absent.
    pub levels: Levels,
    /// Days after which a list is too old.
    pub max_age: Option<i64>,
    /// Fewer entries than this are no list.
    pub min_rows: u64,
    /// By how many hundredths it may shrink from one run to the next.
    pub max_shrink: u32,
    /// Whether the sender's control file must lie beside it.
    pub control: bool,
}

impl ListSpec {
    /// What makes its columns what they are, a line each: for the lock of meanings and for differences of versions. How the
    /// sender writes the file, and how old it may be, do not change what a hit means.
    #[must_use]
    pub fn meaning(&self) -> Vec<String> {
        let Levels { possible, strong, exact } = self.levels;
        let level = |name: &str, points: Option<i64>| points.map(|points| format!("{name} from {points} points"));
        let roles = self.roles.iter().map(|role| format!("compares {}", role.english()));
        let keys = self.keys.iter().map(|key| format!("key {}", key.join(" and ")));
        let levels = [level("possible", possible), level("strong", strong), level("exact", exact)];
        let of_kind = std::iter::once(format!("list of {}", self.kind.name()));
        of_kind.chain(roles).chain(keys).chain(levels.into_iter().flatten()).collect()
    }
}

/// Points from which a comparison has a level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Levels {
    /// From here on `possible`.
    pub possible: Option<i64>,
    /// From here on `strong`.
    pub strong: Option<i64>,
    /// From here on `exact`.
    pub exact: Option<i64>,
}
