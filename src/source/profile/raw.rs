//! What stands in a profile file: its tables and keys. [`RawProfile`] gives the JSON Schema for editors
//! ([`crate::document::Shape::json_schema`]) and, table by table, the keys with their documentation for the manual.

use crate::document::{Named, Spanned, Text, declaration};

declaration! {
    /// A whole profile file.
    pub struct RawProfile as "a profile" {
        /// What export this is.
        required profile: RawHead,
        /// Formats and words that hold for every column unless the column has its own.
        optional format: RawFormats,
        /// The columns of the dictionary, by name.
        optional column: Named<RawColumn>,
        /// Columns of this office alone, by name; rules may use them like any other.
        optional extra: Named<RawExtra>,
        /// Headings whose cells hold several columns.
        optional split: Vec<RawSplit>,
    }
}

declaration! {
    /// What export a profile reads.
    pub struct RawHead as "`[profile]`" {
        /// Short name, as in messages and the manifest.
        required name: Text,
        /// What it is, for people.
        optional title: Text,
        /// `utf-8`, `utf-16le`, `utf-16be` or `windows-1252`; a byte order mark in the file is stronger.
        optional encoding: Text,
        /// The separator of delimited text; found from the heading where absent.
        optional delimiter: Text,
        /// The sheet of a workbook; may be absent where only one has data.
        optional sheet: Text,
        /// The line of the heading, from 1; found among the first twenty where absent.
        optional header_line: Spanned<i64>,
        /// `ignore` (the default: remarked on, never stored) or `deny`: what happens with columns the profile does not
        /// know.
        optional unknown_columns: Text,
        /// Words with which a footer begins (`TOTAL`).
        optional footer: Vec<Text>,
    }
}

declaration! {
    /// Formats and words of an export.
    pub struct RawFormats as "`[format]`" {
        /// Date formats, all that occur.
        optional date: Vec<Text>,
        /// Formats of date and time of day.
        optional time: Vec<Text>,
        /// Formats of a time of day alone.
        optional clock: Vec<Text>,
        /// The decimal mark of numbers.
        optional decimal: Text,
        /// The mark between thousands.
        optional thousands: Text,
        /// Words beside numbers that say nothing: `Rp`, `cm`, `tahun`.
        optional units: Vec<Text>,
        /// Words that stand for no value.
        optional null: Vec<Text>,
        /// Words for yes.
        optional yes: Vec<Text>,
        /// Words for no.
        optional no: Vec<Text>,
        /// Marks between the values of a list, besides `;`.
        optional separators: Vec<Text>,
    }
}

declaration! {
    /// How a column of the dictionary is found and read.
    pub struct RawColumn as "a column" {
        /// The headings it may stand under; compared without case, spaces and punctuation. Its own name is always one.
        optional headers: Vec<Text>,
        /// Its date formats, instead of those in `[format]`.
        optional date: Vec<Text>,
        /// Its formats of date and time, instead of those in `[format]`.
        optional time: Vec<Text>,
        /// Its clock formats, instead of those in `[format]`.
        optional clock: Vec<Text>,
        /// Words that stand for no value here, besides those in `[format]`.
        optional null: Vec<Text>,
        /// The export's words and the codes they mean; stronger than the words the code list knows itself.
        optional codes: Named<Text>,
        /// The value of every record where the file has no such column.
        optional constant: Text,
    }
}

declaration! {
    /// A column of this office alone.
    pub struct RawExtra as "an extra column" {
        /// `text`, `int`, `date`, `time` or `bool`.
        required kind as "type": Text,
        /// The headings it may stand under; its own name is always one.
        optional headers: Vec<Text>,
        /// Its heading in reports.
        optional label: Text,
        /// `open`, `number`, `name`, `phone`, `email`, `year` or `whole` (the default for text): how it is shown.
        optional mask: Text,
        /// Its date formats, instead of those in `[format]`.
        optional date: Vec<Text>,
        /// Its formats of date and time, instead of those in `[format]`.
        optional time: Vec<Text>,
        /// Words that stand for no value here, besides those in `[format]`.
        optional null: Vec<Text>,
    }
}

declaration! {
    /// A heading whose cells hold several columns.
    pub struct RawSplit as "a split" {
        /// The headings.
        required headers: Vec<Text>,
        /// What stands between the parts. Where it occurs more often than needed, the first part takes the rest.
        required at: Text,
        /// The columns, in the order of the parts.
        required into: Vec<Text>,
    }
}
