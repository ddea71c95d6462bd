//! A checked rule set: names resolved, types known, every promise kept.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use chrono::NaiveDate;

use super::Template;
use super::layers::{Change, Exception, Layer};
use super::meaning::Meaning;
use super::raw::RawCase;
use crate::columns::{Catalog, GroupSpec, NetworkSpec, Spec, watchlist};
use crate::diag::Span;
use crate::document::Spanned;
use crate::expr::{Expr, Value};
use crate::lists::ListSpec;
use crate::schema::Type;
use crate::words::Lang;

/// The id of a rule: a family letter and digits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleId(Arc<str>);

impl RuleId {
    /// An id that was checked.
    pub(super) fn new(id: &str) -> Self {
        Self(Arc::from(id))
    }

    /// The id as written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The family letter.
    #[must_use]
    pub fn family(&self) -> char {
        self.0.chars().next().unwrap_or('?')
    }
}

impl fmt::Display for RuleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// How hard a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// A hard inconsistency or an exact hit.
    A,
    /// A network or pattern.
    B,
    /// Context: capped, never refers alone.
    C,
    /// Data quality: reported to the operator, no points for the person.
    Q,
    /// Mitigation: takes points back.
    M,
}

impl Class {
    /// Every class.
    pub const ALL: &[Self] = &[Self::A, Self::B, Self::C, Self::Q, Self::M];

    /// The letter.
    #[must_use]
    pub fn letter(self) -> &'static str {
        match self {
            Self::A => "A",
            Self::B => "B",
            Self::C => "C",
            Self::Q => "Q",
            Self::M => "M",
        }
    }

    /// Whether a finding of this class can bring an application onto the list.
    #[must_use]
    pub fn refers(self) -> bool {
        matches!(self, Self::A | Self::B)
    }
}

/// Whether a rule counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// Fires and scores.
    Active,
    /// Fires and is counted, without points.
    Shadow,
    /// Not evaluated.
    Off,
}

impl Status {
    /// The word in rule files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Shadow => "shadow",
            Self::Off => "off",
        }
    }
}

/// Who gets a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Audience {
    /// The interviewing officer.
    Officer,
    /// Whoever keeps the data in order.
    Operator,
    /// Internal compliance.
    Integrity,
}

impl Audience {
    /// The word in rule files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Officer => "officer",
            Self::Operator => "operator",
            Self::Integrity => "integrity",
        }
    }
}

/// One condition of a list, as written and as understood.
#[derive(Debug, Clone)]
pub struct Line {
    /// As the analyst wrote it.
    pub text: String,
    /// As understood.
    pub expr: Expr,
    /// Where it stands.
    pub span: Span,
}

/// Points and a reason.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// All must hold; the last outcome has none.
    pub when: Vec<Line>,
    /// Points of the finding.
    pub points: i64,
    /// The reason in Indonesian.
    pub reason: Template,
    /// The reason in English, where the pack has one.
    pub reason_en: Option<Template>,
    /// Where it stands.
    pub span: Span,
}

/// A checked rule.
#[derive(Debug, Clone)]
pub struct Rule {
    /// Its id.
    pub id: RuleId,
    /// Its version.
    pub version: i64,
    /// What it finds, in Indonesian.
    pub title: String,
    /// In English, where the pack says it.
    pub title_en: Option<String>,
    /// How hard a finding is.
    pub class: Class,
    /// All must hold.
    pub when: Vec<Line>,
    /// None may hold.
    pub unless: Vec<Line>,
    /// Points and reasons, first that holds.
    pub outcomes: Vec<Outcome>,
    /// Why it points to what is looked for.
    pub why: String,
    /// Legal basis or source.
    pub basis: Vec<String>,
    /// What to ask, in Indonesian.
    pub question: Option<String>,
    /// What to ask, in English.
    pub question_en: Option<String>,
    /// Honest cases it may hit.
    pub false_positives: Vec<String>,
    /// Whether it counts.
    pub status: Status,
    /// Always listed when it fires.
    pub mandatory: bool,
    /// Who gets the finding.
    pub audience: Audience,
    /// First and last application date in force.
    pub valid: (Option<NaiveDate>, Option<NaiveDate>),
    /// For class M: what it may take points back from.
    pub mitigates: Vec<String>,
    /// Rules that fire whenever this one does, as its author means it.
    pub sharpens: Vec<String>,
    /// Columns by whose values an exception may leave honest cases out.
    pub exceptions: Vec<String>,
    /// When its use is to be reviewed.
    pub review_by: Option<Spanned<NaiveDate>>,
    /// Its cases.
    pub cases: Vec<RawCase>,
    /// Name of its pack.
    pub pack: String,
    /// The layer that added it; nothing for the national pack.
    pub layer: Option<Arc<Layer>>,
    /// Where its id stands.
    pub span: Span,
    /// Where its version stands.
    pub version_span: Span,
    /// Where its last day stands, or its first.
    pub valid_span: Option<Span>,
}

impl Outcome {
    /// The reason in a language, in Indonesian where the pack has no other.
    #[must_use]
    pub fn reason_in(&self, lang: Lang) -> &Template {
        match (lang, &self.reason_en) {
            (Lang::En, Some(english)) => english,
            _ => &self.reason,
        }
    }
}

impl Rule {
    /// The title in a language, in Indonesian where the pack has no other.
    #[must_use]
    pub fn title_in(&self, lang: Lang) -> &str {
        match (lang, &self.title_en) {
            (Lang::En, Some(english)) => english,
            _ => &self.title,
        }
    }

    /// What to ask, in a language; empty where the rule asks nothing.
    #[must_use]
    pub fn question_in(&self, lang: Lang) -> &str {
        match (lang, &self.question_en) {
            (Lang::En, Some(english)) => english,
            _ => self.question.as_deref().unwrap_or_default(),
        }
    }

    /// Whether the rule is in force on the date of an application.
    #[must_use]
    pub fn in_force(&self, date: NaiveDate) -> bool {
        self.valid.0.is_none_or(|from| from <= date) && self.valid.1.is_none_or(|to| date <= to)
    }

    /// Every condition with its expression: `when`, `unless`, outcomes.
    pub fn lines(&self) -> impl Iterator<Item = &Line> {
        self.when.iter().chain(&self.unless).chain(self.outcomes.iter().flat_map(|o| &o.when))
    }

    /// Whether a mitigating rule reaches another.
    #[must_use]
    pub fn reaches(&self, other: &RuleId) -> bool {
        self.mitigates.iter().any(|target| match target.strip_suffix('*') {
            Some(prefix) => other.as_str().starts_with(prefix),
            None => other.as_str() == target,
        })
    }
}

/// A tunable value.
#[derive(Debug, Clone)]
pub struct Param {
    /// Its value in this rule set.
    pub value: Value,
    /// The value its pack declares.
    pub declared: Value,
    /// The least and the most an office may set.
    pub bounds: (Option<Value>, Option<Value>),
    /// What it controls.
    pub meaning: Option<String>,
    /// Where it is declared.
    pub span: Span,
}

/// A named list.
#[derive(Debug, Clone)]
pub struct List {
    /// Its values as written.
    pub values: Vec<String>,
    /// Where each of them stands.
    pub places: Vec<Span>,
    /// What it is for.
    pub meaning: String,
    /// Where it is declared.
    pub span: Span,
}

/// A field of the pack.
#[derive(Debug, Clone)]
pub struct Field {
    /// Name of its column.
    pub name: String,
    /// What it computes.
    pub expr: Expr,
    /// Type of its values.
    pub ty: Type,
    /// Where it is declared.
    pub span: Span,
}

/// A column source that a pack declares.
#[derive(Debug, Clone)]
pub enum DeclaredSource {
    /// A value computed from the row.
    Field(Field),
    /// Measures over a key in a window.
    Group(GroupSpec),
    /// What hangs together by shared keys.
    Network(NetworkSpec),
    /// A list that applications are compared with.
    Watchlist(Box<ListSpec>),
}

impl DeclaredSource {
    /// Every expression in it that reads columns of applications.
    #[must_use]
    pub fn expressions(&self) -> Vec<&Expr> {
        match self {
            Self::Field(field) => vec![&field.expr],
            Self::Group(group) => group.conditions.iter().chain(of_measures(&group.measures)).collect(),
            Self::Network(network) => network.conditions.iter().chain(of_measures(&network.measures)).collect(),
            Self::Watchlist(_) => Vec::new(),
        }
    }

    /// The columns it makes.
    #[must_use]
    pub fn made(&self) -> Vec<String> {
        let of = |name: &str, measures: &[Spec], more: &[&str]| {
            let measures = measures.iter().map(|m| m.name.as_str()).chain(more.iter().copied());
            measures.map(|column| format!("{name}.{column}")).collect()
        };
        match self {
            Self::Field(field) => vec![field.name.clone()],
            Self::Group(group) => of(&group.name, &group.measures, &["first", "last"]),
            Self::Network(network) => of(&network.name, &network.measures, &["id"]),
            Self::Watchlist(list) => watchlist::columns(list).into_iter().map(|column| column.name).collect(),
        }
    }

    /// The columns of its keys.
    #[must_use]
    pub fn keys(&self) -> Vec<&str> {
        match self {
            Self::Field(_) | Self::Watchlist(_) => Vec::new(),
            Self::Group(group) => group.by.iter().map(|(column, _)| column.as_str()).collect(),
            Self::Network(network) => network.keys.iter().flatten().map(|(column, _)| column.as_str()).collect(),
        }
    }

    /// Conditions over its measures.
    #[must_use]
    pub fn having(&self) -> &[Expr] {
        match self {
            Self::Field(_) | Self::Watchlist(_) => &[],
            Self::Group(group) => &group.having,
            Self::Network(network) => &network.having,
        }
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Field(field) => &field.name,
            Self::Group(group) => &group.name,
            Self::Network(network) => &network.name,
            Self::Watchlist(list) => &list.name,
        }
    }
}

fn of_measures(measures: &[Spec]) -> impl Iterator<Item = &Expr> {
    measures.iter().flat_map(|m| m.measure.argument.iter().chain(&m.measure.filter))
}

/// Where the settings of a group or network stand in its file.
#[derive(Debug, Clone, Copy)]
pub struct SourcePlace {
    /// Its name.
    pub name: Span,
    /// The length of its window.
    pub window: Option<Span>,
    /// The most applications on a key.
    pub max_key: Option<Span>,
    /// Whose measures a row gets, where that is written.
    pub flag: Option<Span>,
}

/// An application that test cases start from: column and value as in a canonical file.
#[derive(Debug, Clone)]
pub struct BaseApplication {
    /// What kind of applicant it is.
    pub meaning: String,
    /// Values by column.
    pub values: Vec<(String, crate::document::Value)>,
}

/// How points become a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scoring {
    /// Most points of a family, by letter.
    pub family_cap: BTreeMap<char, i64>,
    /// Most points of a class.
    pub class_cap: BTreeMap<Class, i64>,
    /// Applications a day that officers can take on.
    pub capacity: usize,
    /// Unreferred applications drawn for control, in 1,000.
    pub control_per_mille: u32,
}

/// A rule set without faults.
#[derive(Debug, Clone)]
pub struct RuleSet {
    /// All rules by id.
    pub rules: Vec<Rule>,
    /// Fields, groups, networks and watchlists, each after those it needs.
    pub sources: Vec<DeclaredSource>,
    /// Where settings of groups and networks stand, by their names.
    pub places: BTreeMap<String, SourcePlace>,
    /// Lists by name.
    pub lists: BTreeMap<String, List>,
    /// Parameters by pack and name.
    pub params: BTreeMap<(String, String), Param>,
    /// Title of each family by letter, Indonesian and English.
    pub families: BTreeMap<char, (String, String)>,
    /// Base applications by name.
    pub bases: BTreeMap<String, BaseApplication>,
    /// Cases about the whole pack.
    pub cases: Vec<RawCase>,
    /// How points become a list.
    pub scoring: Scoring,
    /// Every column that rules may name, fields included.
    pub catalog: Catalog,
    /// What layers change, in the order in which they apply.
    pub changes: Vec<Change>,
    /// Findings known to be honest, by id.
    pub exceptions: Vec<Exception>,
    /// What every rule means, as its author wrote it.
    pub meaning: Meaning,
}

impl RuleSet {
    /// The columns that exceptions look at.
    pub fn columns_of_exceptions(&self) -> impl Iterator<Item = &str> {
        self.exceptions.iter().flat_map(|e| &e.matching).map(|(column, _)| column.as_str())
    }

    /// The rule of an id.
    #[must_use]
    pub fn rule(&self, id: &str) -> Option<&Rule> {
        self.rules.iter().find(|r| r.id.as_str() == id)
    }

    /// The lists that applications are compared with.
    pub fn watchlists(&self) -> impl Iterator<Item = &ListSpec> {
        self.sources.iter().filter_map(|source| match source {
            DeclaredSource::Watchlist(list) => Some(list.as_ref()),
            DeclaredSource::Field(_) | DeclaredSource::Group(_) | DeclaredSource::Network(_) => None,
        })
    }
}
