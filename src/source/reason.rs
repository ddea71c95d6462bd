//! Why a record is set aside, why a cell has no value, and what is remarkable about one that has.
//!
//! The same codes serve both: a cell that cannot be read costs the record if its column is required, and only the value
//! otherwise. Each code is a paragraph for `saring explain`.

use std::fmt;

use crate::diag::coded;
use crate::table::Fault;

coded! {
    /// Why a cell has no value although something stands in it, or why a whole record cannot be judged.
    pub enum Unusable {
        /// The line repeats the heading, as in exports that were joined end to end. It is no application.
        HeaderRepeat = "HEADER_REPEAT",
        /// The line is a footer of the export (`TOTAL;123`) and no application. The words that begin a footer stand in
        /// the profile.
        Footer = "FOOTER",
        /// A column without which an application cannot be judged is empty in this record.
        MissingRequired = "MISSING_REQUIRED",
        /// The number was turned into scientific notation (`3.17E+15`) by a spreadsheet; its last digits are gone. The
        /// sender must export the column as text.
        NikScientific = "NIK_SCIENTIFIC",
        /// The sixteen digits were kept as a number with a binary fraction. Beyond 9,007,199,254,740,992 not every number
        /// can be kept so, which hits the NIK of the Papua provinces (91 to 97) first, and Excel itself keeps fifteen
        /// digits. The value may be right; nobody can know, so it is not used.
        NikNumericCell = "NIK_NUMERIC_CELL",
        /// A phone, account or document number in scientific notation; its last digits are gone.
        NumberScientific = "NUMBER_SCIENTIFIC",
        /// The column of this file was rounded by a spreadsheet: far too many of its numbers end in 0. None of its
        /// values is used, since a rounded number may belong to somebody else.
        ColumnRounded = "COLUMN_ROUNDED",
        /// The date is in none of the formats the profile declares for its column, or not in the calendar (29 February
        /// 2023, 0000-00-00). Formats are never guessed row by row.
        DateUnreadable = "DATE_UNREADABLE",
        /// The date can be read but cannot be: an application after the reference date or before the year 2000, a birth
        /// after the application or more than 110 years before it, any other date before 1900 or after 2100.
        /// 1900-01-01 for an unknown birth date is among them.
        DateRange = "DATE_RANGE",
        /// The time of day or moment is in none of the declared formats.
        TimeUnreadable = "TIME_UNREADABLE",
        /// The number cannot be read with the decimal and thousands marks the profile declares.
        NumberUnreadable = "NUMBER_UNREADABLE",
        /// The number is outside the bounds of its column.
        NumberRange = "NUMBER_RANGE",
        /// The word is neither one of the column's codes, nor one of their other words, nor in the profile's map. Of
        /// a list the known words are kept.
        CodeUnknown = "CODE_UNKNOWN",
        /// The word is neither among the profile's words for yes nor among those for no.
        BoolUnknown = "BOOL_UNKNOWN",
        /// One cell holds two columns (`MEDAN, 17-08-2003`) and cannot be taken apart as the profile says.
        SplitUnreadable = "SPLIT_UNREADABLE",
        /// The cell is a formula. Its stored result may be stale or absent, so it is not used; the sender should export
        /// values.
        FormulaCell = "FORMULA_CELL",
        /// The cell holds an error of the spreadsheet (`#REF!`).
        CellError = "CELL_ERROR",
        /// The cell is part of a merged area, whose value stands in its first cell only.
        MergedCell = "MERGED_CELL",
        /// The same application was read before with the same content: the file was given twice, or two extracts overlap.
        /// The first one is used.
        Duplicate = "DUPLICATE",
        /// Another record has the same application number and another content. None of them is used, since nobody can
        /// say which is right.
        IdConflict = "ID_CONFLICT",
    }
}

coded! {
    /// What is remarkable about a cell whose value is used all the same. Counted by column; the rules judge the person.
    pub enum Note {
        /// Spaces, dots, dashes, an apostrophe, full-width or Arabic digits were removed or made plain in a number.
        NumberCleaned = "NUMBER_CLEANED",
        /// A number that should have sixteen digits has another length or other characters. It is kept as it is: a
        /// malformed NIK is a finding about the application, not a fault of the file.
        NotSixteenDigits = "NOT_16_DIGITS",
        /// The last four digits of a NIK or KK are 0000, which no office issues; where many are so, the column was
        /// rounded.
        SerialZero = "NIK_SERIAL_0000",
        /// A name holds digits or unusual punctuation.
        NameUnusual = "NAME_UNUSUAL",
        /// A word mixes Latin letters with Greek or Cyrillic ones that look alike.
        MixedScript = "MIXED_SCRIPT",
        /// The text holds characters that cannot be seen or that turn the reading direction.
        Invisible = "INVISIBLE_CHARACTER",
    }
}

/// Why a record or a cell is not used: the form of the record ([`Fault`]) or what its cells say ([`Unusable`]).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// The record itself cannot be taken apart.
    Record(Fault),
    /// A cell cannot be used, or the record as a whole cannot.
    Content(Unusable),
}

impl Reason {
    /// Every reason, in the order of the tables.
    pub fn all() -> impl Iterator<Item = Self> {
        let records = Fault::ALL.iter().map(|f| Self::Record(*f));
        records.chain(Unusable::ALL.iter().map(|u| Self::Content(*u)))
    }

    /// The stable code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Record(fault) => fault.code(),
            Self::Content(unusable) => unusable.code(),
        }
    }

    /// The paragraph for `saring explain CODE`.
    #[must_use]
    pub fn explanation(self) -> String {
        match self {
            Self::Record(fault) => fault.explanation(),
            Self::Content(unusable) => unusable.explanation(),
        }
    }

    /// Whether a record set aside for this was no application, or one that was read already: such records do not speak
    /// against their file.
    #[must_use]
    pub fn is_harmless(self) -> bool {
        matches!(self, Self::Content(Unusable::HeaderRepeat | Unusable::Footer | Unusable::Duplicate))
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl From<Unusable> for Reason {
    fn from(unusable: Unusable) -> Self {
        Self::Content(unusable)
    }
}

impl From<Fault> for Reason {
    fn from(fault: Fault) -> Self {
        Self::Record(fault)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_code_is_unique_and_explained() {
        let mut codes = BTreeSet::new();
        for reason in Reason::all() {
            assert!(codes.insert(reason.code()), "{reason} twice");
            assert!(reason.explanation().len() > 30, "{reason}");
        }
        for note in Note::ALL {
            assert!(codes.insert(note.code()), "{}", note.code());
            assert!(note.explanation().len() > 30, "{}", note.code());
        }
    }
}
