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

/// Errors that rules run in spite of. Whoever switches them off takes the risk of a rule that says less than it seems to.
const MAY_BE_LOWERED: &[Code] =
    &[Code::AlwaysTrue, Code::NeverTrue, Code::OutcomeUnreachable, Code::MissingTest, Code::LockBehind];

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

            /// Whether an office may make less of it: everything that is no error, and of the errors those without which rules
            /// still run and somebody answers for them.
            #[must_use]
            pub fn may_be_lowered(self) -> bool {
                self.severity() != Severity::Error || MAY_BE_LOWERED.contains(&self)
            }

            /// The code of a name, whatever its case.
            #[must_use]
            pub fn of_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|code| code.code().eq_ignore_ascii_case(name))
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
    /// Several conditions stand in one line: joined by `and` where every line must hold, or by `or` under `unless`, where none
    /// may. One condition a line makes each visible in tests, coverage and explanations. `and` under `unless` is another
    /// matter: there the line keeps out only those for whom all of it holds.
    SeveralConditions = "R213" Warning "several conditions in one line";
    /// The same line stands twice in one list. The second says nothing; probably another column was meant.
    RepeatedLine = "R214" Warning "line repeated";
    /// A measure counts over several applications: count, min, max, sum, avg or any_value, with an optional filter.
    NotMeasure = "R215" Error "not a measure";
    /// A window is a length of time such as `90d`, `12h` or `30m`.
    BadWindow = "R216" Error "window cannot be read";
    /// The regular expression repeats a part that itself repeats without bound, counts high, or compiles to a large program.
    /// saring's engine never hangs on it, but every application of the night pays for its size. Most can be said more simply:
    /// `[A-Z]+` for `([A-Z]+)+`, or `like` and a list of words.
    SlowRegex = "R217" Warning "regular expression may be slow";
    /// A list of keys needs columns to compare, and only columns of the application itself can be compared: those of the
    /// dictionary and those derived from them. Lists of other kinds know what they compare.
    ListKeys = "R218" Error "keys of a list cannot be used";
    /// Nobody of this role can be compared with a list of this kind: a document is nobody's companion.
    ListRole = "R219" Error "role does not fit the list";

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
    /// Whenever this rule fires, another fires too: each of its lines demands the same or more. If both are about one fact,
    /// the points are given twice for it, and an outcome of the other rule says it better. A sharper case with its own
    /// question names the other rule under `sharpens`.
    Subsumed = "R315" Advice "fires only where another rule fires";
    /// The two rules demand the same of an application, whatever the order and spelling of their lines. One of them is too
    /// many, or a threshold was meant to differ.
    SameMeaning = "R316" Warning "two rules with one meaning";
    /// A rule on trial (`status = "shadow"`) is counted and scores nothing. A trial has an end: `review_by` says when somebody
    /// decides whether the rule becomes active or goes. Here there is none, or the day has passed.
    ShadowTooLong = "R317" Warning "trial without an end";
    /// The last day of the rule, or the day its use was to be reviewed, lies before the reference date. Rules that nobody looks
    /// at again keep selecting people for reasons that no longer hold. Review it, then move the date.
    OutOfDate = "R318" Warning "rule or review out of date";
    /// A line compares a column with a number, and no test stands on both sides of it: a threshold moved by one would pass
    /// all tests. Only columns that tests give themselves are looked at here; `saring test` knows about the others.
    BoundaryUntested = "R319" Advice "threshold without a test at its edge";
    /// The entry of the list can match no application: the lines that use the list exclude it, or it has spaces at its ends.
    /// It says nothing, or was meant otherwise.
    NeverMatched = "R320" Warning "list entry that matches nothing";

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

    /// A layer may move a parameter within the bounds its pack declares, lower points, switch a rule off or put it on trial,
    /// and add rules. It may not make a rule harsher than the layers below it left it. This is more than that, or names
    /// something that is not there.
    LayerRefused = "R601" Error "layer goes beyond what it may";
    /// The adjustment has ended and is not applied any more: what the layers below say holds again. Take it out, or give it a
    /// new end with a reason of its own.
    LayerEnded = "R602" Warning "adjustment has ended";
    /// What the adjustment sets is what already holds without it.
    LayerIdle = "R603" Warning "adjustment changes nothing";
    /// An exception may only look at the columns that the author of each of its rules names under `exceptions`, with values
    /// these columns can have; somebody other than its owner approves it, and it says how many findings it may hide at most.
    ExceptionRefused = "R611" Error "exception cannot be used";
    /// The exception has ended: it hides nothing any more. Take it out, or have it approved again with a new end.
    ExceptionEnded = "R612" Warning "exception has ended";
    /// The exception can hide nothing: its rules are switched off or no longer in force.
    ExceptionIdle = "R613" Warning "exception that can hide nothing";
    /// The exception runs for more than a year from the reference date. What is honest today need not be then; a nearer end
    /// makes somebody look again.
    ExceptionLong = "R614" Warning "exception with a far end";
    /// The meaning of the rule differs from the one that `rules.lock` keeps for this version: a line, an outcome, a
    /// parameter, a list, or a group it counts with. Whoever reads an old referral would look up the wrong rule. Raise
    /// `version`, then run `saring rules lock`. Titles, reasons, comments, tests and the order of lines do not count.
    MeaningChanged = "R621" Error "meaning changed under the same version";
    /// The rule, or its new version, is not in `rules.lock` yet. `saring rules lock` writes it.
    LockBehind = "R622" Error "lock does not know this version";
    /// `rules.lock` is not what `saring rules lock` writes. Take the file from version control, or write it anew.
    LockBroken = "R623" Error "lock cannot be read";
    /// A rule of this id was in use before and has been taken out. Old referrals name it; a new rule takes a new number.
    RetiredId = "R624" Error "id of a retired rule";

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
    /// `[diagnostics]` sets the severity of codes: `off`, `note`, `warning` or `error`. The code is unknown, the word is, or the
    /// code means that the rules cannot run or that nobody could answer for them; such a fault stays an error.
    ConfigLevel = "K002" Error "severity cannot be set";
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
