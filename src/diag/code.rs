//! The table of diagnostic codes: one entry each, with the paragraph `saring explain CODE` prints.
//!
//! Codes are stable: a CI of a rules repository may silence or promote one by name. `R` speaks of rule files, `P` of
//! profiles, `K` of the office file `saring.toml`. A new code is one more entry here and one more case in
//! `fixtures/diagnostics/`; a law test holds the two together.

/// How much a fault matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Nothing runs until it is mended.
    Error,
    /// It runs, but probably not as meant.
    Warning,
    /// Worth a look.
    Advice,
}

impl Severity {
    /// The word used in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Advice => "note",
        }
    }
}

macro_rules! codes {
    ($($(#[doc = $text:literal])+ $name:ident = $code:literal $severity:ident $title:literal;)+) => {
        /// A stable code of a fault in a text file.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $($(#[doc = $text])+ $name,)+
        }

        impl Code {
            /// Every code, in the order of the table.
            pub const ALL: &[Code] = &[$(Code::$name,)+];

            /// The code as printed.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)+ }
            }

            /// A short name of the fault.
            #[must_use]
            pub fn title(self) -> &'static str {
                match self { $(Self::$name => $title,)+ }
            }

            /// The severity unless the office says otherwise.
            #[must_use]
            pub fn severity(self) -> Severity {
                match self { $(Self::$name => Severity::$severity,)+ }
            }

            /// The paragraph for `saring explain CODE`.
            #[must_use]
            pub fn explanation(self) -> String {
                let lines: &[&str] = match self { $(Self::$name => &[$($text),+],)+ };
                lines.iter().map(|l| l.trim()).collect::<Vec<_>>().join(" ")
            }
        }
    };
}

codes! {
    /// The file is not valid TOML. Text needs quotes, a list needs commas and brackets, a table name stands alone on its
    /// line in `[...]` or `[[...]]`. Nothing else in the file is checked where the form is broken.
    TomlSyntax = "R001" Error "not valid TOML";
    /// The table has a key that saring does not know. It is an error and not a remark, because a mistyped key would
    /// otherwise switch off what it was meant to say.
    UnknownKey = "R002" Error "unknown key";
    /// A key without which the table means nothing is absent.
    MissingKey = "R003" Error "missing key";
    /// The key is known, but its value has another type: a number in quotes, a text where a list is needed.
    WrongType = "R004" Error "value of the wrong type";
    /// The file has a top-level table of a kind that saring does not know.
    UnknownTable = "R005" Error "unknown table";
    /// Two declarations have the same name, in this file or in another of the pack. Both places are shown.
    DuplicateName = "R006" Error "name declared twice";
    /// A text or list is empty where it must say something.
    EmptyValue = "R007" Error "empty value";
    /// The text holds a character that cannot be seen or that changes the reading direction, or letters of two scripts in
    /// one word. What a reviewer sees is then not what saring reads.
    InvisibleCharacter = "R008" Error "invisible or misleading character";
    /// The value is outside what the key allows.
    OutOfRange = "R009" Error "value out of range";
    /// The word is not one of the few this key allows.
    UnknownWord = "R010" Error "unknown word";

    /// No column of this name exists: not in the dictionary, not derived, not an extra column of the profile, not a field
    /// or group of the pack. `saring fields` lists them all.
    UnknownColumn = "R101" Error "unknown column";
    /// No function of this name exists. `saring fields --functions` lists them with examples.
    UnknownFunction = "R102" Error "unknown function";
    /// No list of this name is declared in `rules/lists/` or in the pack.
    UnknownList = "R103" Error "unknown list";
    /// `:name` stands for a value under `[params]`; none has this name.
    UnknownParam = "R104" Error "unknown parameter";
    /// The column holds one of a closed list of codes, and this is not one of them: the comparison could never hold.
    UnknownCode = "R105" Error "code outside the closed list";
    /// The rule names another rule that the pack does not have.
    UnknownRule = "R106" Error "unknown rule";
    /// No mapping of this name stands under `[mapping.NAME]` in any rule file.
    UnknownMapping = "R107" Error "unknown mapping";
    /// Entries of lists have no such field. They have those of lists (`id`, `nama`, `alias`, `berlaku_sampai` and others)
    /// and the columns of an application that hold a text, a code or a day.
    UnknownListField = "R108" Error "unknown field of a list";

    /// The condition is not a complete expression.
    ConditionSyntax = "R201" Error "condition cannot be read";
    /// The expression is valid SQL, but not of the part that saring's conditions use.
    UnsupportedSql = "R202" Error "not part of the condition language";
    /// The two sides, or the argument of a function, do not have types that go together.
    TypeMismatch = "R203" Error "types do not match";
    /// The function takes another number of arguments.
    WrongArgumentCount = "R204" Error "wrong number of arguments";
    /// A line of `when` or `unless` must be true or false; this one is a value.
    NotCondition = "R205" Error "not a condition";
    /// The text is compared with a date, a time or a number but does not read as one.
    BadLiteral = "R206" Error "value cannot be read";
    /// Whatever the data, this line holds: it says nothing, or not what was meant.
    AlwaysTrue = "R207" Error "line always holds";
    /// Whatever the data, this line cannot hold: the rule would never fire.
    NeverTrue = "R208" Error "line never holds";
    /// The regular expression is not valid, or so large that it could slow the night down.
    BadRegex = "R209" Error "regular expression refused";
    /// A comparison with null is never true in SQL; `is null` and `is not null` ask the question.
    NullComparison = "R210" Error "comparison with null";
    /// The divisor is zero for every row, so the value would be null everywhere.
    DivisionByZero = "R211" Error "division by zero";
    /// Declarations need each other in a circle, so none can be computed first.
    Circle = "R212" Error "declarations form a circle";
    /// Several conditions stand in one line joined by `and`. One condition a line makes each visible in tests, coverage
    /// and explanations.
    SeveralConditions = "R213" Warning "several conditions in one line";
    /// The same line stands twice in one list. The second says nothing; probably another column was meant.
    RepeatedLine = "R214" Warning "line repeated";
    /// A measure counts over several applications: count, min, max, sum, avg or any_value, with an optional filter.
    NotMeasure = "R215" Error "not a measure";
    /// A window is a length of time such as `90d`, `12h` or `30m`.
    BadWindow = "R216" Error "window cannot be read";
    /// A list of keys needs columns to compare, and only columns of the application itself can be compared: those of the
    /// dictionary and those derived from them. Lists of other kinds know what they compare.
    ListKeys = "R217" Error "keys of a list cannot be used";
    /// Nobody of this role can be compared with a list of this kind: a document is nobody's companion.
    ListRole = "R218" Error "role does not fit the list";

    /// An active rule that can score must say why it exists, on what legal basis, which honest cases it may hit, and what
    /// the officer should ask. Without that nobody can answer for it.
    MissingMetadata = "R301" Error "accountability missing";
    /// An earlier outcome has no `when`, so this one is never reached.
    OutcomeUnreachable = "R302" Error "outcome never reached";
    /// The last outcome has a `when`: a rule that fires might then give neither points nor a reason.
    NoFallbackOutcome = "R303" Error "no outcome without a condition";
    /// What the rule does to the list does not fit its class: A, B and C add points, M subtracts, Q gives none; only A and B
    /// may be mandatory.
    PointsClass = "R304" Error "points do not fit the class";
    /// An active rule needs at least one test that fires and one that stays quiet.
    MissingTest = "R305" Error "test missing";
    /// A reason names a value in braces that the rule does not have.
    UnknownPlaceholder = "R306" Error "unknown value in a reason";
    /// The braces in a reason do not pair up, or the part after `|` is not a known format.
    BadPlaceholder = "R307" Error "reason cannot be read";
    /// The rule ends before it begins, so no application could ever fall under it.
    EmptyValidity = "R308" Error "validity is empty";
    /// Ids are a family letter and two or three digits (`S01`), unique over all packs.
    BadId = "R309" Error "id not of the usual form";
    /// The default of a parameter lies outside its own bounds, or the bounds are reversed.
    ParamBounds = "R310" Error "parameter outside its bounds";
    /// A list, parameter or field is declared but nothing uses it.
    Unused = "R311" Warning "declared but not used";
    /// The reason shows none of the values that made the rule fire, so the officer cannot check it.
    ReasonWithoutValue = "R312" Advice "reason shows no value";
    /// A placeholder shows a number that identifies a person without a mask.
    UnmaskedPlaceholder = "R313" Error "identifying value without a mask";
    /// A title, question or reason uses a word that sounds like a verdict. saring refers for an interview; what an officer
    /// reads must leave the question open.
    VerdictWord = "R314" Warning "word of a verdict";

    /// Sex, religion, ethnicity and region of origin never score: not directly, not through digits of a number, not
    /// through a field or a group built on them. They may be compared for consistency (`nik.kelamin_beda`) and are
    /// counted in the audit. UU 18/2017 and the practice criticised in 2023 are the reasons.
    ProtectedAttribute = "R401" Error "protected attribute would score";
    /// The rule rests on age alone. Age may sharpen a rule, it may not be one.
    AgeAlone = "R402" Error "rule rests on age alone";
    /// The column is read by people or by the audit only and may not be used in rules that score.
    ColumnMayNotScore = "R403" Error "column may not score";

    /// The expectation of a test names a rule, row or key that the case does not have.
    BadTest = "R501" Error "test cannot be run";

    /// The profile maps a column that the dictionary does not have.
    ProfileColumn = "P001" Error "unknown canonical column";
    /// One header of the export is claimed by two columns of the profile; saring would have to guess.
    ProfileHeader = "P002" Error "header claimed twice";
    /// The encoding, mark, or date format is not one that saring knows; the message lists those it does. Date formats are
    /// a small closed vocabulary (`dd-mm-yyyy`, `d mmm yyyy`, `excel-1900`); two-digit years are not among them, since
    /// nobody can tell the century of a birth from them.
    ProfileFormat = "P003" Error "unknown format";
    /// A code map leads to a code outside the column's closed list.
    ProfileCode = "P004" Error "mapped to an unknown code";
    /// Two formats declared for one column read the same text as different days (`dd/mm/yyyy` and `mm/dd/yyyy`). Every
    /// row would be a guess, so one of them has to go.
    ProfileAmbiguous = "P005" Error "formats contradict each other";
    /// A column without which no application can be judged has no heading, no split and no constant in the profile, so
    /// every export read with it would be refused.
    ProfileRequired = "P006" Error "required column without a source";
    /// The name of an extra column is taken by the dictionary or is not `snake_case`, or its type is not one an extra
    /// column may have.
    ProfileExtra = "P007" Error "extra column cannot be used";
    /// A split needs a mark and at least two different columns to go into.
    ProfileSplit = "P008" Error "split cannot be used";
    /// The constant cannot be read as a value of its column.
    ProfileConstant = "P009" Error "constant cannot be read";
    /// One word of the export is given two meanings: yes and no, or two codes of a list.
    ProfileWord = "P010" Error "word with two meanings";

    /// The office file `saring.toml` has a value that cannot be used.
    Config = "K001" Error "office file cannot be used";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_sorted_and_explained() {
        let codes: Vec<_> = Code::ALL.iter().map(|c| c.code()).collect();
        for pair in codes.windows(2) {
            let [a, b] = pair else { unreachable!() };
            assert!(a.as_bytes()[0] != b.as_bytes()[0] || a < b, "{a} stands before {b}");
        }
        let unique: std::collections::BTreeSet<_> = codes.iter().collect();
        assert_eq!(unique.len(), codes.len());
        for code in Code::ALL {
            assert!(code.explanation().len() > 40, "{} needs a paragraph", code.code());
            assert!(!code.title().ends_with('.'), "{}", code.code());
        }
    }
}
