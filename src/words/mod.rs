//! Words for officers: Indonesian unless English is asked for. The one catalogue; codes and ids are never translated.

use chrono::{Datelike, NaiveDate, NaiveDateTime};

use crate::calendar;
use crate::expr::Value;
use crate::schema::Type;

/// The language of what officers read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum Lang {
    /// Indonesian.
    #[default]
    Id,
    /// English.
    En,
}

macro_rules! words {
    ($($(#[doc = $doc:literal])+ $name:ident: $id:literal / $en:literal;)+) => {
        /// A word or sentence of the interface.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Word { $($(#[doc = $doc])+ $name,)+ }

        impl Word {
            /// Every entry, for laws.
            pub const ALL: &[Word] = &[$(Word::$name,)+];
        }

        impl Lang {
            /// The entry in this language.
            #[must_use]
            pub fn word(self, word: Word) -> &'static str {
                match (self, word) { $((Self::Id, Word::$name) => $id, (Self::En, Word::$name) => $en,)+ }
            }
        }
    };
}

words! {
    /// Points cut because a family has reached its cap.
    FamilyCap: "dibatasi: batas rumpun" / "cut: family cap";
    /// Points cut because context alone may not weigh more.
    ContextCap: "dibatasi: batas konteks" / "cut: context cap";
    /// Points cut because a heavier finding rests on the same applications.
    SameSet: "dibatasi: kelompok permohonan yang sama sudah dihitung" / "cut: the same applications count already";
    /// Between the named other applications and how many more there are.
    AndMore: "dan {n} lainnya" / "and {n} more";
    /// Before other applications that are none.
    NoOthers: "tidak ada permohonan lain" / "no other application";
    /// A mitigation that found less to take back than it offers.
    NothingLeft: "dibatasi: tidak ada lagi yang dapat dikurangi" / "cut: nothing left to take back";
    /// A finding counted without points.
    Shadow: "uji coba, tanpa poin" / "on trial, no points";
    /// The whole score.
    Score: "Skor" / "Score";
    /// Yes.
    Yes: "ya" / "yes";
    /// No.
    No: "tidak" / "no";
    /// A value that is not there.
    Missing: "tidak ada" / "none";
    /// Reason given for an application drawn for control: it must not tell that it was drawn.
    GeneralReason: "Pendalaman umum: pastikan tujuan, biaya, dan siapa yang mengajak" / "General interview: confirm purpose, costs and who invited";
    /// Question that goes with it.
    GeneralQuestion: "Apa tujuan perjalanan, siapa yang membiayai, dan siapa yang menunggu di sana?" / "What is the purpose of the journey, who pays, and who is waiting there?";
}

const MONTHS_ID: [&str; 12] = [
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
];
const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

impl Lang {
    /// The language of a code (`id`, `en`).
    #[must_use]
    pub fn of_code(code: &str) -> Option<Self> {
        match code {
            "id" => Some(Self::Id),
            "en" => Some(Self::En),
            _ => None,
        }
    }

    /// The code of the language.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::En => "en",
        }
    }

    /// `3 November 2025`.
    #[must_use]
    pub fn date(self, date: NaiveDate) -> String {
        let months = match self {
            Self::Id => &MONTHS_ID,
            Self::En => &MONTHS_EN,
        };
        let month = months.get(date.month0() as usize).copied().unwrap_or_default();
        format!("{} {month} {}", date.day(), date.year())
    }

    /// `3 November 2025 06.05` (English with a colon).
    #[must_use]
    pub fn time(self, time: NaiveDateTime) -> String {
        let clock = match self {
            Self::Id => time.format("%H.%M"),
            Self::En => time.format("%H:%M"),
        };
        format!("{} {clock}", self.date(time.date()))
    }

    /// `1.234.567` (English with commas).
    #[must_use]
    pub fn number(self, n: i64) -> String {
        let separator = match self {
            Self::Id => '.',
            Self::En => ',',
        };
        let digits = n.unsigned_abs().to_string();
        let mut grouped = String::with_capacity(digits.len() + digits.len() / 3 + 1);
        if n < 0 {
            grouped.push('-');
        }
        for (ix, digit) in digits.chars().enumerate() {
            if ix > 0 && (digits.len() - ix).is_multiple_of(3) {
                grouped.push(separator);
            }
            grouped.push(digit);
        }
        grouped
    }

    /// A value of a column as an officer reads it: codes by their label, dates in words.
    #[must_use]
    pub fn value(self, value: &Value, ty: Type) -> String {
        match value {
            Value::Null => self.word(Word::Missing).to_owned(),
            Value::Bool(b) => self.word(if *b { Word::Yes } else { Word::No }).to_owned(),
            Value::Int(n) => self.number(*n),
            Value::Date(days) => calendar::date(*days).map_or_else(String::new, |d| self.date(d)),
            Value::Time(millis) => calendar::time(*millis).map_or_else(String::new, |t| self.time(t)),
            Value::Text(text) => match ty {
                Type::Code(_) => self.label(text, ty),
                Type::List(_) | Type::Texts => {
                    text.split(';').map(|item| self.label(item, ty)).collect::<Vec<_>>().join(", ")
                }
                Type::Text | Type::Int | Type::Date | Type::Time | Type::Bool => text.clone(),
            },
        }
    }

    /// The label of a code, or the code itself where the list does not know it.
    fn label(self, code: &str, ty: Type) -> String {
        let entry = ty.codes().and_then(|table| table.get(code));
        match (entry, self) {
            (Some(entry), Self::Id) => entry.label_id.to_owned(),
            (Some(entry), Self::En) => entry.label_en.to_owned(),
            (None, _) => code.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::tables;

    #[test]
    fn values_read_as_an_officer_writes_them() {
        let day = Value::Date(calendar::days(NaiveDate::from_ymd_opt(2025, 11, 3).unwrap()));
        assert_eq!(Lang::Id.value(&day, Type::Date), "3 November 2025");
        assert_eq!(Lang::Id.number(-1_234_567), "-1.234.567");
        assert_eq!((Lang::En.number(999), Lang::En.number(1_000)), ("999".to_owned(), "1,000".to_owned()));
        let code = Value::Text("kunjungan_keluarga".to_owned());
        assert_eq!(Lang::Id.value(&code, Type::Code(tables::MAKSUD_PERJALANAN)), "Kunjungan keluarga");
        let list = Value::Text("kk;ktp".to_owned());
        assert_eq!(Lang::En.value(&list, Type::List(tables::DOKUMEN)), "family card, identity card");
        assert_eq!(Lang::Id.value(&Value::Null, Type::Int), "tidak ada");
    }
}
