//! The tables of `saring.toml` as written.

use crate::document::{Named, Spanned, Text, declaration};

declaration! {
    /// The office itself.
    pub struct RawOffice as "[office]" {
        /// Code of the office, as in `kode_kanim`.
        required code: Text,
        /// Name shown on the list.
        optional name: Text,
        /// Clock of the office: WIB, WITA or WIT.
        required timezone: Text,
    }
}

declaration! {
    /// What is read each night.
    pub struct RawInput as "[input]" {
        /// Export files; `*` stands for any name within a folder.
        required files: Vec<Text>,
        /// Profile that maps them.
        required profile: Text,
    }
}

declaration! {
    /// Which rules apply.
    pub struct RawRules as "[rules]" {
        /// Files or folders, the shipped pack first.
        required paths: Vec<Text>,
    }
}

declaration! {
    /// How long the list may be.
    pub struct RawScreening as "[screening]" {
        /// Applications a day that officers can take on; the pack's value unless said here.
        optional capacity: Spanned<i64>,
        /// Unreferred applications drawn for control, in 1,000.
        optional control_per_mille: Spanned<i64>,
        /// File with the secret key of the control draw, at least 16 bytes.
        optional control_key_file: Text,
    }
}

declaration! {
    /// The applications of earlier nights.
    pub struct RawHistory as "[history]" {
        /// Folder of the store.
        required path: Text,
        /// Exports of the past that fill the store when it is empty; `*` stands for any name within a folder.
        optional first: Vec<Text>,
        /// How long applications are kept, by the day they were filed: `3650d` or `10y`. Nothing is ever removed unasked.
        optional keep: Text,
    }
}

declaration! {
    /// Open applications of before that are looked at again with tonight's links; needs history.
    pub struct RawFollowUp as "[followup]" {
        /// For how many days after filing; 0 for never.
        optional days: Spanned<i64>,
        /// How many a night officers can take on besides tonight's.
        optional capacity: Spanned<i64>,
        /// Points more than when it was listed that list an application again.
        optional more: Spanned<i64>,
    }
}

declaration! {
    /// The lists that applications are compared with.
    pub struct RawLists as "[lists]" {
        /// Folder of the lists; `dikesampingkan.csv` in it holds the pairs that were set aside.
        required path: Text,
        /// Folder in which lists are kept ready from one night to the next; `.siap` beside them where absent.
        optional kept: Text,
        /// Lists without which nothing may be published. A rule over a list that is not there cannot be judged.
        optional required: Vec<Text>,
    }
}

declaration! {
    /// What is written.
    pub struct RawOutput as "[output]" {
        /// Folder for results.
        required path: Text,
        /// Language of the list: id or en.
        optional lang: Text,
        /// Form of CSV files: `plain` (comma) or `excel-id` (semicolon, BOM).
        optional csv: Text,
        /// Numbers and names in full in CSV, JSON Lines and Parquet too, not in the workbook alone.
        optional full_values: Spanned<bool>,
        /// Scores in the workbook and in CSV. They would tell officers which lines were drawn for control.
        optional show_score: Spanned<bool>,
    }
}

declaration! {
    /// The office file.
    pub struct RawFile as "saring.toml" {
        /// The office.
        required office: RawOffice,
        /// What is read.
        required input: RawInput,
        /// Which rules apply.
        required rules: RawRules,
        /// How long the list may be.
        optional screening: RawScreening,
        /// Earlier nights; without it every night stands alone.
        optional history: RawHistory,
        /// Earlier applications looked at again.
        optional followup: RawFollowUp,
        /// The lists; without them every rule over one cannot be judged.
        optional lists: RawLists,
        /// What is written.
        required output: RawOutput,
        /// Severity of diagnostics by code: off, note, warning or error.
        optional diagnostics: Named<Text>,
    }
}
