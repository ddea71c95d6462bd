//! The tables of rule files as written: every key with its place, nothing resolved yet.

use chrono::NaiveDate;

use crate::document::{Named, Spanned, Text, Value, declaration};

declaration! {
    /// Who a file belongs to.
    pub struct RawPack as "[pack]" {
        /// Name of the pack, lower case.
        required name: Text,
        /// The family letter of its rules: S sponsor, K calo, D document and identity, T travel, R history, W watchlist, Q quality, M mitigation.
        required family: Text,
        /// What the family looks for, in Indonesian.
        optional title: Text,
        /// The same in English.
        optional title_en: Text,
    }
}

declaration! {
    /// A value an analyst tunes.
    pub struct RawParam as "a parameter" {
        /// The value unless a later layer moves it.
        required default: Value,
        /// The least an office may set.
        optional min: Value,
        /// The most an office may set.
        optional max: Value,
        /// What it controls and where the value comes from.
        optional meaning: Text,
    }
}

declaration! {
    /// A named list of values for `in_list`.
    pub struct RawList as "a list" {
        /// The values, each once.
        required values: Vec<Text>,
        /// What the list is for.
        required meaning: Text,
        /// Where it comes from.
        optional source: Text,
        /// The date it was last reviewed.
        optional as_of: Spanned<NaiveDate>,
    }
}

declaration! {
    /// A value computed from the row.
    pub struct RawField as "a field" {
        /// Name of the column, lower case with underscores; dots group fields.
        required name: Text,
        /// The expression.
        required value: Text,
        /// Heading in Indonesian.
        required label: Text,
        /// Heading in English.
        optional label_en: Text,
        /// What it means.
        required meaning: Text,
    }
}

declaration! {
    /// Measures over the applications that share a key in a window of time.
    pub struct RawGroup as "a group" {
        /// Its name; its columns are `name.measure`, `name.first`, `name.last`.
        required name: Text,
        /// The columns of the key; a row in which one is null has no key.
        required by: Vec<Text>,
        /// Length of the window (`90d`, `12h`, `30m`); all of history without it.
        optional window: Text,
        /// Which rows count.
        optional conditions as "where": Vec<Text>,
        /// Which windows count: conditions over the measures.
        optional having: Vec<Text>,
        /// members (the largest counting window that contains the row) or closing (the window that ends at it).
        optional flag: Text,
        /// all, or others to leave a row out of its own measures.
        optional rows: Text,
        /// What the group shows, for officers.
        optional title: Text,
        /// Measures by name; the first decides which window is the largest.
        required measure: Named<Text>,
    }
}

declaration! {
    /// The applications tied together by any of several shared keys.
    pub struct RawNetwork as "a network" {
        /// Its name; its columns are `name.id` and `name.measure`.
        required name: Text,
        /// The keys: columns, or lists of columns that count together.
        required keys: Vec<Value>,
        /// How far apart in time two applications may be and still be tied.
        optional window: Text,
        /// Keys on more applications than this tie nobody and are reported.
        required max_key: Spanned<i64>,
        /// Which rows count.
        optional conditions as "where": Vec<Text>,
        /// Which networks count: conditions over the measures.
        optional having: Vec<Text>,
        /// What the network shows, for officers.
        optional title: Text,
        /// Measures by name.
        optional measure: Named<Text>,
    }
}

declaration! {
    /// How one sender writes a list.
    pub struct RawMapping as "a mapping" {
        /// Whose list this is, and where its form is described.
        required meaning: Text,
        /// `utf-8`, `utf-16le`, `utf-16be` or `windows-1252`; a byte order mark in the file is stronger.
        optional encoding: Text,
        /// The separator of delimited text; found from the heading where absent.
        optional delimiter: Text,
        /// The sheet of a workbook; may be absent where only one has data.
        optional sheet: Text,
        /// The line of the heading, from 1; found among the first twenty where absent.
        optional header_line: Spanned<i64>,
        /// Names for the columns of a file that has no heading, in their order.
        optional headings: Vec<Text>,
        /// Words that stand for no value.
        optional null: Vec<Text>,
        /// Formats of days, all that occur; `yyyy-mm-dd`, `dd-mm-yyyy`, `dd/mm/yyyy` and `d mmm yyyy` where absent.
        optional date: Vec<Text>,
        /// Only lines in which a heading holds one of these words.
        optional only: Named<Vec<Text>>,
        /// Where each field is found.
        required column: Named<RawMapped>,
    }
}

declaration! {
    /// Where a field of a list is found.
    pub struct RawMapped as "a field of a mapping" {
        /// The headings it stands under; each that the file has is read. Its own name where absent.
        optional headers: Vec<Text>,
        /// Marks between several values of a cell.
        optional at: Vec<Text>,
        /// A regular expression; every match in the cell is a value, its first group where it has one.
        optional pattern: Text,
        /// For names: how many characters the sender's field holds; the last word of a name that fills it may be cut short.
        optional width: Spanned<i64>,
        /// The sender's words and what they mean.
        optional words: Named<Text>,
        /// The value of every entry.
        optional constant: Text,
    }
}

declaration! {
    /// A list that applications are compared with.
    pub struct RawWatchlist as "a watchlist" {
        /// Its name; its columns are `name.level`, `name.entry` and so on.
        required name: Text,
        /// What officers call it.
        required title: Text,
        /// The same in English.
        optional title_en: Text,
        /// people, contacts, documents, institutions or keys.
        required kind: Text,
        /// Its file below the office's folder of lists; `*` stands for what changes from one delivery to the next.
        required file: Text,
        /// The mapping by which it is read; without one every field stands under its own name.
        optional mapping: Text,
        /// Who is compared with it: pemohon (the usual), penjamin, pendamping, kuasa, ayah, ibu.
        optional roles as "match": Vec<Text>,
        /// For keys: columns that are compared, alone or in lists together.
        optional keys: Vec<Value>,
        /// Points from which a person on it has a level.
        optional level: RawLevels,
        /// How old it may be (`30d`); a list without a date is then refused.
        optional max_age: Text,
        /// Fewer entries than this are refused.
        optional min_rows: Spanned<i64>,
        /// By how many hundredths it may shrink from one run to the next; 10 where absent.
        optional max_shrink: Spanned<i64>,
        /// Whether the sender's control file must lie beside it.
        optional control: Spanned<bool>,
    }
}

declaration! {
    /// Points from which a comparison has a level.
    pub struct RawLevels as "levels" {
        /// From here on `possible`.
        optional possible: Spanned<i64>,
        /// From here on `strong`.
        optional strong: Spanned<i64>,
        /// From here on `exact`.
        optional exact: Spanned<i64>,
    }
}

declaration! {
    /// Conditions worth points.
    pub struct RawRule as "a rule" {
        /// Stable id: the family letter and two or three digits.
        required id: Text,
        /// Goes up whenever the meaning changes.
        required version: Spanned<i64>,
        /// What the rule finds, in Indonesian.
        required title: Text,
        /// The same in English.
        optional title_en: Text,
        /// A hard inconsistency or exact hit, B pattern, C context, Q data quality, M mitigation.
        required class as "class": Text,
        /// Conditions that must all hold.
        required when: Vec<Text>,
        /// Conditions of which none may hold.
        optional unless: Vec<Text>,
        /// Why it points to the thing looked for.
        optional why: Text,
        /// Legal basis or source.
        optional basis: Vec<Text>,
        /// What the officer should ask, in Indonesian.
        optional question: Text,
        /// The same in English.
        optional question_en: Text,
        /// Honest cases it may hit.
        optional false_positives: Vec<Text>,
        /// active, shadow (fires and is counted, 0 points) or off.
        optional status: Text,
        /// Always on the list when it fires, whatever the capacity.
        optional mandatory: Spanned<bool>,
        /// Who gets the finding: officer, operator (data quality) or integrity.
        optional audience: Text,
        /// First application date it is in force.
        optional valid_from: Spanned<NaiveDate>,
        /// Last application date it is in force.
        optional valid_to: Spanned<NaiveDate>,
        /// For class M: ids or families (`K*`) whose points it may take back.
        optional mitigates: Vec<Text>,
        /// Who answers for the rule.
        optional owner: Text,
        /// When its use is to be reviewed.
        optional review_by: Spanned<NaiveDate>,
        /// Rules that fire whenever this one does, as its author means it: a sharper case, asked about in its own words.
        optional sharpens: Vec<Text>,
        /// Columns by whose values an exception may leave honest cases out.
        optional exceptions: Vec<Text>,
        /// Points and reasons; the first whose conditions hold counts.
        required outcome: Vec<RawOutcome>,
        /// Cases that must come out as stated.
        optional test: Vec<RawCase>,
    }
}

declaration! {
    /// Points and a reason.
    pub struct RawOutcome as "an outcome" {
        /// Conditions that must all hold; the last outcome has none.
        optional when: Vec<Text>,
        /// Points: positive for A, B and C, negative for M, 0 for Q.
        required points: Spanned<i64>,
        /// The reason an officer reads, with values in braces, in Indonesian.
        required reason: Text,
        /// The same in English.
        optional reason_en: Text,
    }
}

declaration! {
    /// A case of a rule, or of the whole pack.
    pub struct RawCase as "a test" {
        /// What the case shows.
        required name: Text,
        /// In a file of tests: the id of the rule it belongs to; without it the case is about the whole pack.
        optional rule: Text,
        /// The base application to start from, `biasa` unless said.
        optional base: Text,
        /// The applications: tables of column values over the base application.
        required given: Vec<Value>,
        /// Applications of earlier nights, written as those under `given`: company, never judged; numbered after them.
        optional history: Vec<Value>,
        /// No other rule of the pack may fire.
        optional isolated: Spanned<bool>,
        /// The entries of lists: by list, tables of values by field. A list that is not named is one the office does not
        /// have; a named one without entries is there and empty.
        optional lists: Named<Vec<Value>>,
        /// What must come out.
        required expect: RawExpect,
        /// Known to fail: runs and is reported, does not fail the run.
        optional todo: Text,
    }
}

declaration! {
    /// What a case must give.
    pub struct RawExpect as "an expectation" {
        /// Rows in which the rule fires, counted from 1; `"all"` for every row.
        optional fires: Value,
        /// Points in each row that fires.
        optional points: Spanned<i64>,
        /// A part of the reason in each row that fires.
        optional reason: Text,
        /// Rows in which the rule cannot be judged, counted from 1; `"all"` for every row.
        optional not_evaluable: Value,
        /// The applications behind the finding in each row that fires, itself among them, by number; `"all"` for every one.
        optional evidence: Value,
        /// Other rules by id: the rows in which each fires.
        optional rules: Named<Value>,
        /// The score over the whole pack: a number for every row, or a list with one a row.
        optional score: Value,
        /// The referral list: row numbers from the top; `"all"` for every row, `[]` for nobody.
        optional listed: Value,
        /// The band of every listed row: wajib, pertama or kedua.
        optional band: Text,
    }
}

declaration! {
    /// A plain, honest application that cases start from.
    pub struct RawBase as "a base application" {
        /// What kind of applicant it is.
        required meaning: Text,
        /// Values by column.
        required values: Named<Value>,
    }
}

declaration! {
    /// The layer that a file belongs to; files without it are national.
    pub struct RawLayer as "[layer]" {
        /// Its name, shown wherever it changes something.
        required name: Text,
        /// regional or office; an office comes after its region.
        required level: Text,
        /// Who answers for it.
        required owner: Text,
    }
}

declaration! {
    /// What a layer changes of the layers below it: a parameter, or the points or status of a rule.
    pub struct RawAdjust as "an adjustment" {
        /// The parameter, as `pack.name`.
        optional param: Text,
        /// Its value, within the bounds its pack declares.
        optional value: Value,
        /// The rule.
        optional rule: Text,
        /// The most points that one of its findings gives.
        optional points: Spanned<i64>,
        /// shadow or off.
        optional status: Text,
        /// Why.
        required because: Text,
        /// The last day it holds.
        required until: Spanned<NaiveDate>,
    }
}

declaration! {
    /// Findings that are known to be honest, hidden for a time.
    pub struct RawException as "an exception" {
        /// A name that findings and reports show.
        required id: Text,
        /// The rules it touches, by id.
        required rules: Vec<Text>,
        /// Values by column; a finding is hidden where each column has one of its values.
        required matching as "match": Named<Value>,
        /// Why these are honest.
        required reason: Text,
        /// Who asked for it.
        required owner: Text,
        /// Who approved it; somebody else.
        required approver: Text,
        /// The last day it holds.
        required until: Spanned<NaiveDate>,
        /// The most findings it may hide in a run; beyond, it hides none.
        required most: Spanned<i64>,
    }
}

declaration! {
    /// How points become a list.
    pub struct RawScoring as "[scoring]" {
        /// Most points of one family.
        required family_cap: Named<Spanned<i64>>,
        /// Most points of one class.
        optional class_cap: Named<Spanned<i64>>,
        /// Applications a day that officers can take on, unless the office says otherwise.
        required capacity: Spanned<i64>,
        /// Unreferred applications drawn for control, in 1,000.
        required control_per_mille: Spanned<i64>,
    }
}

declaration! {
    /// A whole rule file, as editors and the formatter see it; `check` reads its tables one by one.
    pub struct RawRuleFile as "a rule file" {
        /// Who the file belongs to.
        optional pack: RawPack,
        /// Values an analyst tunes, by name; conditions say `:name`.
        optional params: Named<RawParam>,
        /// Named lists of values for `in_list`.
        optional list: Named<RawList>,
        /// Values computed from the row.
        optional field: Vec<RawField>,
        /// Measures over the applications that share a key in a window of time.
        optional group: Vec<RawGroup>,
        /// The applications tied together by any of several shared keys.
        optional network: Vec<RawNetwork>,
        /// Lists that applications are compared with.
        optional watchlist: Vec<RawWatchlist>,
        /// How senders write their lists, by name.
        optional mapping: Named<RawMapping>,
        /// Conditions worth points.
        optional rule: Vec<RawRule>,
        /// Plain, honest applications that cases start from, by name.
        optional base: Named<RawBase>,
        /// Cases of rules in other files, and of the whole pack.
        optional test: Vec<RawCase>,
        /// How points become a list.
        optional scoring: RawScoring,
        /// The layer that the file belongs to; files without it are national.
        optional layer: RawLayer,
        /// What a layer changes of the layers below it.
        optional adjust: Vec<RawAdjust>,
        /// Findings that are known to be honest, hidden for a time.
        optional exception: Vec<RawException>,
    }
}
