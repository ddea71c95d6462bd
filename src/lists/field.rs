//! The fields an entry may have: those of lists alone, and any column of an application.

use crate::diag::{Code, Diagnostic, Span};
use crate::schema::{Type, columns};

/// A field that only lists have.
#[derive(Debug, Clone, Copy)]
pub struct ListField {
    /// Its name in mappings.
    pub name: &'static str,
    /// What it means.
    pub meaning: &'static str,
    /// An invented value.
    pub example: &'static str,
}

macro_rules! fields {
    ($($constant:ident = $number:literal $name:literal, $meaning:literal, $example:literal;)+) => {
        impl Field {
            $(
                #[doc = concat!("`", $name, "`: ", $meaning, ".")]
                pub const $constant: Self = Self($number);
            )+
        }

        /// The fields that only lists have.
        pub const LIST_FIELDS: &[ListField] =
            &[$(ListField { name: $name, meaning: $meaning, example: $example }),+];
    };
}

fields! {
    ID = 0 "id", "what the sender calls the entry; the line of the file where absent", "SOI-2025-0012";
    NAMA = 1 "nama", "the name of a person or institution", "RINA MARLINA SIREGAR";
    ALIAS = 2 "alias", "other names of the same", "RINA SIREGAR";
    PASPOR = 3 "paspor", "passport numbers of a person", "C1234567";
    NOMOR_DOKUMEN = 4 "nomor_dokumen", "number of a document that is false, lost or stolen", "1271-LT-01021998-0001";
    NOMOR_IZIN = 5 "nomor_izin", "licence or business number of an institution", "9120001234567";
    STATUS = 6 "status", "aktif, dicabut or sanksi", "dicabut";
    BERLAKU_DARI = 7 "berlaku_dari", "first application date for which the entry counts", "2025-01-15";
    BERLAKU_SAMPAI = 8 "berlaku_sampai", "last application date for which the entry counts", "2025-07-14";
    PER_TANGGAL = 9 "per_tanggal", "day the list was made; the latest one counts", "2025-11-01";
    DASAR_HUKUM = 10 "dasar_hukum", "legal basis of the entry", "UU 6/2011 ps 66";
    SUMBER = 11 "sumber", "who entered it", "KANIM-BATAM";
    KETERANGAN = 12 "keterangan", "a remark for whoever checks the hit", "penolakan kedua";
}

/// A field of an entry. INVARIANT: a list field by its number, or a column of the dictionary by its place behind them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Field(u8);

/// Numbers from here on are columns of the dictionary.
const COLUMNS: u8 = 64;

impl Field {
    /// The field of a name.
    #[must_use]
    pub fn by_name(name: &str) -> Option<Self> {
        let own = LIST_FIELDS.iter().position(|f| f.name == name);
        let column = || columns::ALL.iter().position(|c| c.name == name && is_comparable(c.ty)).map(|at| at + 64);
        own.or_else(column).and_then(|at| u8::try_from(at).ok()).map(Self)
    }

    /// The field of a stored number.
    pub(super) fn of_number(number: u8) -> Option<Self> {
        let field = Self(number);
        (!field.name().is_empty()).then_some(field)
    }

    /// Its number, for storing.
    pub(super) fn number(self) -> u8 {
        self.0
    }

    /// Its name in mappings.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self.column() {
            Some(column) => column.name,
            None => LIST_FIELDS.get(usize::from(self.0)).map_or("", |f| f.name),
        }
    }

    /// The column of an application that it is.
    #[must_use]
    pub fn column(self) -> Option<&'static columns::Column> {
        self.0.checked_sub(COLUMNS).and_then(|at| columns::ALL.get(usize::from(at)))
    }

    /// Whether it holds a day.
    pub(crate) fn is_day(self) -> bool {
        [Self::BERLAKU_DARI, Self::BERLAKU_SAMPAI, Self::PER_TANGGAL].contains(&self)
            || self.column().is_some_and(|c| c.ty == Type::Date)
    }

    /// Whether it holds a name of a person.
    pub(crate) fn is_name(self) -> bool {
        use columns::{NAMA_AYAH, NAMA_IBU};
        [Self::NAMA, Self::ALIAS].contains(&self) || [NAMA_AYAH, NAMA_IBU].contains(&self.name())
    }

    /// The names of all fields.
    #[must_use]
    pub fn names() -> Vec<&'static str> {
        let columns = columns::ALL.iter().filter(|c| is_comparable(c.ty)).map(|c| c.name);
        LIST_FIELDS.iter().map(|f| f.name).chain(columns).collect()
    }
}

/// The fault of a name that no field has.
pub(crate) fn unknown_field(name: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::UnknownListField, span, format!("entries have no field `{name}`"))
        .label("not a field of a list")
        .did_you_mean(name, Field::names())
        .help("`saring fields --lists` shows them all")
}

/// Texts, codes and dates can be compared exactly; moments and lists are never the same twice.
fn is_comparable(ty: Type) -> bool {
    matches!(ty, Type::Text | Type::Code(_) | Type::Date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_leads_to_its_field_and_back() {
        assert!(LIST_FIELDS.len() < usize::from(COLUMNS) && columns::ALL.len() < usize::from(u8::MAX - COLUMNS));
        for name in Field::names() {
            let field = Field::by_name(name).unwrap();
            assert_eq!((field.name(), Field::of_number(field.number())), (name, Some(field)));
        }
        assert_eq!((Field::by_name("waktu_permohonan"), Field::by_name("gaji")), (None, None));
        assert!(Field::by_name("tanggal_lahir").is_some_and(Field::is_day));
    }
}
