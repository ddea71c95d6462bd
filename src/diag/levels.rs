//! What an office makes of codes, and what a check does not let pass.

use std::collections::BTreeMap;

use super::{Code, Severity};

/// Severities that an office sets for codes; `None` switches one off.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Levels {
    by_code: BTreeMap<Code, Option<Severity>>,
}

impl Levels {
    /// The words of `[diagnostics]`.
    pub const WORDS: &[(&str, Option<Severity>)] = &[
        ("off", None),
        ("note", Some(Severity::Advice)),
        ("warning", Some(Severity::Warning)),
        ("error", Some(Severity::Error)),
    ];

    /// Sets a code. Says `false`, and leaves it, where that would make less of a fault without which rules cannot run.
    #[must_use]
    pub fn set(&mut self, code: Code, level: Option<Severity>) -> bool {
        if level != Some(Severity::Error) && !code.may_be_lowered() {
            return false;
        }
        self.by_code.insert(code, level);
        true
    }

    /// What was set for a code, where something was.
    pub(super) fn of(&self, code: Code) -> Option<Option<Severity>> {
        self.by_code.get(&code).copied()
    }
}

/// What a check does not let pass.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Deny {
    /// Everything of this severity and worse.
    pub from: Option<Severity>,
    /// These codes.
    pub codes: Vec<Code>,
}

impl Deny {
    pub(super) fn denies(&self, code: Code, severity: Severity) -> bool {
        self.from.is_some_and(|from| severity <= from) || self.codes.contains(&code)
    }
}
