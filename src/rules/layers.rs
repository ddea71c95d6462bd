//! What layers change of the rules below them, and findings hidden as exceptions: as checked, each with who answers for it
//! and until when.

use std::fmt;

use chrono::NaiveDate;

use super::set::RuleId;
use crate::diag::Span;
use crate::expr::Value;

/// How far above the national pack a layer stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Several offices.
    Regional,
    /// One office.
    Office,
}

impl Level {
    /// The words in rule files.
    pub const WORDS: &[(&str, Self)] = &[("regional", Self::Regional), ("office", Self::Office)];

    /// The word in rule files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Regional => "regional",
            Self::Office => "office",
        }
    }
}

/// A layer above the national pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layer {
    /// Its name.
    pub name: String,
    /// Where it stands.
    pub level: Level,
    /// Who answers for it.
    pub owner: String,
}

impl fmt::Display for Layer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.name, self.level.name())
    }
}

/// What is changed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// A parameter, by pack and name.
    Param(String, String),
    /// The most points a finding of the rule gives.
    Points(RuleId),
    /// Whether the rule counts.
    Status(RuleId),
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Param(pack, name) => write!(f, "parameter `{pack}.{name}`"),
            Self::Points(rule) => write!(f, "points of {rule}"),
            Self::Status(rule) => write!(f, "status of {rule}"),
        }
    }
}

/// A change that a layer makes.
#[derive(Debug, Clone)]
pub struct Change {
    /// Which layer.
    pub layer: Layer,
    /// What it changes.
    pub target: Target,
    /// As the layers below say it.
    pub from: String,
    /// As the layer says it.
    pub to: String,
    /// Why.
    pub because: String,
    /// The last day it holds.
    pub until: NaiveDate,
    /// Whether it holds in this rule set.
    pub applied: bool,
    /// Where it stands.
    pub span: Span,
}

/// Findings known to be honest, hidden for a time.
#[derive(Debug, Clone)]
pub struct Exception {
    /// Its name.
    pub id: String,
    /// The rules it touches.
    pub rules: Vec<RuleId>,
    /// Columns with their values; each column must have one of its values.
    pub matching: Vec<(String, Vec<Value>)>,
    /// Why these are honest.
    pub reason: String,
    /// Who asked for it.
    pub owner: String,
    /// Who approved it.
    pub approver: String,
    /// The last day it holds.
    pub until: NaiveDate,
    /// The most findings it may hide in a run.
    pub most: usize,
    /// Where its id stands.
    pub span: Span,
}
