//! Points and levels: what each agreement is worth, and how many points make a hit of which level.

use std::sync::LazyLock;

use crate::diag::{Code, Diagnostic, FileId, Files, Report};
use crate::document::{self, Cx, Data, FromToml, Spanned, Value, declaration};

/// The settings that come with saring.
const SHIPPED: &str = include_str!("pencocokan.toml");

/// How sure a hit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Level {
    /// The name and nothing that confirms it: to be shown, worth nothing.
    NameOnly,
    /// Worth a question.
    Possible,
    /// Hardly another person.
    Strong,
    /// The same name with an equal birth date or number.
    Exact,
}

impl Level {
    /// Every level, the least sure first.
    pub const ALL: [Self; 4] = [Self::NameOnly, Self::Possible, Self::Strong, Self::Exact];

    /// The word in files and rules.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::NameOnly => "name_only",
            Self::Possible => "possible",
            Self::Strong => "strong",
            Self::Exact => "exact",
        }
    }

    /// The level of a word.
    #[must_use]
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.code() == code)
    }
}

macro_rules! points {
    ($($(#[doc = $doc:literal])+ $table:ident $key:ident as $what:literal {
        $($(#[doc = $field_doc:literal])+ $field:ident in $least:literal ..= $most:literal,)+
    })+) => {
        $(
            $(#[doc = $doc])+
            #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
            pub struct $table {
                $($(#[doc = $field_doc])+ pub $field: i32,)+
            }

            impl $table {
                fn read(raw: &raw::$table, report: &mut Report) -> Self {
                    Self { $($field: within(&raw.$field, $least, $most, report),)+ }
                }
            }
        )+

        /// The tables as written.
        pub mod raw {
            use super::{Spanned, declaration};

            $(declaration! {
                $(#[doc = $doc])+
                pub struct $table as $what {
                    $($(#[doc = $field_doc])+ required $field: Spanned<i64>,)+
                }
            })+

            declaration! {
                /// Points and levels of matching.
                pub struct Settings as "a file of matching points" {
                    $($(#[doc = $doc])+ required $key: $table,)+
                }
            }
        }

        /// Points and levels, in thousandths of a bit.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub struct Settings {
            $($(#[doc = $doc])+ pub $key: $table,)+
        }

        impl Settings {
            fn read(raw: &raw::Settings, report: &mut Report) -> Self {
                Self { $($key: $table::read(&raw.$key, report),)+ }
            }

            /// Every number, in the order of the tables: what a cache is good for.
            pub(super) fn numbers(&self) -> Vec<i32> {
                vec![$($(self.$key.$field,)+)+]
            }
        }
    };
}

points! {
    /// What words of a name are worth.
    NamePoints name as "[name]" {
        /// Rarity of a word that the table of names does not have, and of any rarer one.
        rarest in 1_000..=30_000,
        /// Rarity of a single letter.
        initial in 0..=10_000,
        /// Most for a word of birth order, caste or rank: NI, WAYAN, GUSTI, TEUKU.
        standing in 0..=30_000,
        /// Cost of old spelling.
        old_spelling in 0..=20_000,
        /// Cost of a listed variant.
        variant in 0..=20_000,
        /// Cost of sounding alike.
        sound in 0..=20_000,
        /// Cost of one edit.
        edit_1 in 0..=20_000,
        /// Cost of two edits.
        edit_2 in 0..=20_000,
        /// Cost besides, where both words are known as words of names.
        edit_known in 0..=20_000,
        /// Cost of a letter that stands for a word.
        abbreviated in 0..=20_000,
        /// Cost of a word cut short.
        cut in 0..=20_000,
        /// Cost of two words written as one.
        join in 0..=20_000,
        /// Cost of a word without a partner.
        unmatched in 0..=20_000,
        /// What a father's name after BIN is worth, in hundredths.
        patronym in 0..=100,
    }
    /// What dates of birth are worth.
    BirthPoints birth as "[birth]" {
        /// The same day.
        equal in 0..=40_000,
        /// The same day, but one that is filled in when none is known.
        fill_in in 0..=40_000,
        /// Day and month in each other's place.
        swapped in 0..=40_000,
        /// Another day of the same month.
        day_differs in 0..=40_000,
        /// The same day of another month of the year.
        month_differs in 0..=40_000,
        /// The same day of another year that one digit makes.
        year_differs in 0..=40_000,
        /// Month and year, no day on one side.
        month_known in 0..=40_000,
        /// The year, no more on one side.
        year_known in 0..=40_000,
        /// Another date.
        conflict in -60_000..=0,
    }
    /// What numbers are worth.
    NumberPoints number as "[number]" {
        /// The same NIK.
        nik_equal in 0..=60_000,
        /// At most two digits apart.
        nik_near in 0..=40_000,
        /// Another NIK.
        nik_differs in -60_000..=0,
        /// A passport number in common.
        passport in 0..=60_000,
        /// A telephone number in common.
        phone in 0..=40_000,
    }
    /// What everything else is worth.
    OtherPoints other as "[other]" {
        /// The same place of birth.
        place_equal in 0..=20_000,
        /// One letter apart.
        place_near in 0..=20_000,
        /// Another place.
        place_differs in -20_000..=0,
        /// The other sex.
        sex_differs in -40_000..=0,
        /// Most for a parent's name.
        parent_most in 0..=30_000,
        /// Least for a parent's name.
        parent_least in -30_000..=0,
    }
    /// Fewest points of each level.
    Levels level as "[level]" {
        /// Of `exact`.
        exact in 0..=200_000,
        /// Of `strong`.
        strong in 0..=200_000,
        /// Of `possible`.
        possible in 0..=200_000,
        /// How alike the names must be for `possible` and above, in hundredths, where no number is the same.
        possible_percent in 0..=100,
        /// Of `name_only`.
        name_only in -50_000..=200_000,
        /// How alike the names of `name_only` must be, in hundredths.
        name_only_percent in 50..=100,
    }
}

impl Levels {
    /// The fewest points of a level.
    #[must_use]
    pub fn least(&self, level: Level) -> i32 {
        match level {
            Level::NameOnly => self.name_only,
            Level::Possible => self.possible,
            Level::Strong => self.strong,
            Level::Exact => self.exact,
        }
    }
}

impl Settings {
    /// The settings that come with saring. A test holds that they can be read.
    #[must_use]
    pub fn shipped() -> Self {
        static SETTINGS: LazyLock<Option<Settings>> = LazyLock::new(|| {
            let (mut files, mut report) = (Files::default(), Report::default());
            let file = files.add("pencocokan.toml", SHIPPED);
            Settings::parse(file, &files, &mut report)
        });
        // INVARIANT: the shipped text is read by a test; nothing else decides what stands in the program.
        SETTINGS.expect("the shipped points can be read")
    }

    /// Reads settings; faults are reported, with errors there are none.
    #[must_use]
    pub fn parse(file: FileId, files: &Files, report: &mut Report) -> Option<Self> {
        let table = document::parse(file, files, report);
        let value = Value { span: table.span, data: Data::Table(table) };
        let raw = raw::Settings::from_toml(&value, &mut Cx { report, what: raw::Settings::WHAT });
        let settings = raw.map(|raw| (Self::read(&raw, report), raw.level.span));
        let (settings, span) = settings?;
        let Levels { exact, strong, possible, .. } = settings.level;
        if !(possible <= strong && strong <= exact) {
            let fault = Diagnostic::new(Code::OutOfRange, span, "levels out of order");
            report.push(fault.label("`possible` at most `strong`, `strong` at most `exact`"));
        }
        (!report.has_errors()).then_some(settings)
    }

    /// The text of the shipped settings, to start one's own from.
    #[must_use]
    pub fn shipped_text() -> &'static str {
        SHIPPED
    }
}

fn within(number: &Spanned<i64>, least: i32, most: i32, report: &mut Report) -> i32 {
    match i32::try_from(number.value).ok().filter(|n| (least..=most).contains(n)) {
        Some(n) => n,
        None => {
            let message = format!("must be between {least} and {most}");
            report.push(Diagnostic::new(Code::OutOfRange, number.span, message).label("outside"));
            least
        }
    }
}
