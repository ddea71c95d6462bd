//! The handbook: every rule for the officers who ask, as Markdown or as one HTML file.

mod example;
mod html;
mod markdown;

use std::collections::BTreeSet;

use crate::columns::Origin;
use crate::expr::{Expr, Value};
use crate::lists::{Kind, Levels, ListSpec, Role};
use crate::rules::{Class, DeclaredSource, Line, Piece, Rule, RuleSet, Status, Template};
use crate::schema::Type;
use crate::words::{Lang, Word};

pub use html::html;
pub use markdown::markdown;

/// What is told, in one language, whatever the form.
#[derive(Debug)]
pub struct Handbook {
    lang: Lang,
    families: Vec<Family>,
    groups: Vec<Group>,
    lists: Vec<ListTold>,
    /// Base applications that examples start from: name and meaning.
    bases: Vec<(String, String)>,
}

#[derive(Debug)]
struct Family {
    letter: char,
    title: String,
    rules: Vec<RuleTold>,
}

#[derive(Debug)]
struct RuleTold {
    id: String,
    title: String,
    /// Class, points, status, mandatory, in force.
    facts: Vec<String>,
    why: String,
    question: String,
    honest: Vec<String>,
    basis: Vec<String>,
    takes_back: Vec<String>,
    when: Vec<String>,
    unless: Vec<String>,
    outcomes: Vec<OutcomeTold>,
    params: Vec<ParamTold>,
    columns: Vec<ColumnTold>,
    examples: Vec<Example>,
}

#[derive(Debug)]
struct OutcomeTold {
    when: Vec<String>,
    points: i64,
    reason: String,
}

#[derive(Debug)]
struct ParamTold {
    name: String,
    value: String,
    bounds: String,
    meaning: String,
}

#[derive(Debug)]
struct ColumnTold {
    name: String,
    label: String,
    meaning: String,
    /// The group, network or watchlist that makes it.
    group: Option<String>,
}

#[derive(Debug)]
struct Example {
    fires: bool,
    name: String,
    told: String,
}

#[derive(Debug)]
struct Group {
    name: String,
    title: String,
    facts: Vec<(String, String)>,
}

#[derive(Debug)]
struct ListTold {
    name: String,
    meaning: String,
    values: Vec<String>,
}

/// Gathers what there is to tell.
#[must_use]
pub fn handbook(set: &RuleSet, lang: Lang) -> Handbook {
    let letters: BTreeSet<char> = set.rules.iter().map(|r| r.id.family()).collect();
    let families = letters
        .into_iter()
        .map(|letter| {
            let title = set.families.get(&letter).map_or_else(String::new, |(id, en)| match lang {
                Lang::Id => id.clone(),
                Lang::En => en.clone(),
            });
            let rules = set.rules.iter().filter(|r| r.id.family() == letter).map(|r| rule(r, set, lang)).collect();
            Family { letter, title, rules }
        })
        .collect();
    let groups = set.sources.iter().filter_map(|source| group(source, set, lang)).collect();
    let lists = set.lists.iter().map(|(name, list)| ListTold {
        name: name.clone(),
        meaning: list.meaning.clone(),
        values: list.values.clone(),
    });
    let bases = set.bases.iter().map(|(name, base)| (name.clone(), base.meaning.clone())).collect();
    Handbook { lang, families, groups, lists: lists.collect(), bases }
}

fn rule(rule: &Rule, set: &RuleSet, lang: Lang) -> RuleTold {
    let outcomes = rule.outcomes.iter().map(|o| OutcomeTold {
        when: texts(&o.when),
        points: o.points,
        reason: reason(o.reason_in(lang), set, lang),
    });
    RuleTold {
        id: rule.id.to_string(),
        title: rule.title_in(lang).to_owned(),
        facts: facts(rule, lang),
        why: rule.why.clone(),
        question: rule.question_in(lang).to_owned(),
        honest: rule.false_positives.clone(),
        basis: rule.basis.clone(),
        takes_back: rule.mitigates.clone(),
        when: texts(&rule.when),
        unless: texts(&rule.unless),
        outcomes: outcomes.collect(),
        params: params(rule, set, lang),
        columns: columns(rule, set, lang),
        examples: rule.cases.iter().map(|case| example::tell(case, lang)).collect(),
    }
}

fn texts(lines: &[Line]) -> Vec<String> {
    lines.iter().map(|l| l.text.clone()).collect()
}

fn facts(rule: &Rule, lang: Lang) -> Vec<String> {
    let class = match rule.class {
        Class::A => Word::ClassA,
        Class::B => Word::ClassB,
        Class::C => Word::ClassC,
        Class::Q => Word::ClassQ,
        Class::M => Word::ClassM,
    };
    let status = match rule.status {
        Status::Active => Word::StatusActive,
        Status::Shadow => Word::Shadow,
        Status::Off => Word::StatusOff,
    };
    let points = || rule.outcomes.iter().map(|o| o.points);
    let (low, high) = (points().min().unwrap_or(0), points().max().unwrap_or(0));
    let unit = lang.word(Word::Points);
    let points = if low == high { format!("{low} {unit}") } else { format!("{low} … {high} {unit}") };
    let mut facts = vec![lang.word(class).to_owned(), points, lang.word(status).to_owned()];
    if rule.mandatory {
        facts.push(lang.word(Word::BandMandatory).to_owned());
    }
    let day =
        |word: Word, date: Option<chrono::NaiveDate>| date.map(|d| lang.word(word).replace("{date}", &lang.date(d)));
    let days: Vec<String> =
        [day(Word::FromDay, rule.valid.0), day(Word::UntilDay, rule.valid.1)].into_iter().flatten().collect();
    if !days.is_empty() {
        facts.push(format!("{} {}", lang.word(Word::InForce), days.join(" ")));
    }
    facts
}

/// A reason with the headings of columns in place of their values.
fn reason(template: &Template, set: &RuleSet, lang: Lang) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Words(words) => words.clone(),
        Piece::Column { name, .. } => format!("‹{}›", label(name, set, lang)),
        Piece::Param(value) => shown(value, lang),
        Piece::Others(_) => format!("‹{}›", lang.word(Word::OtherApplications)),
    };
    template.pieces.iter().map(piece).collect()
}

fn label(column: &str, set: &RuleSet, lang: Lang) -> String {
    let Some(info) = set.catalog.get(column) else { return column.to_owned() };
    let label = match lang {
        Lang::Id => &info.label_id,
        Lang::En => &info.label_en,
    };
    let end = match label.rsplit_once(": ") {
        Some((title, "first")) if info.origin == Origin::Group => Some((title, Word::FirstDay)),
        Some((title, "last")) if info.origin == Origin::Group => Some((title, Word::LastDay)),
        _ => None,
    };
    end.map_or_else(|| label.clone(), |(title, word)| format!("{title}: {}", lang.word(word).to_lowercase()))
}

/// What a column means, where it is said in the reader's language: saring's own columns are explained in English.
fn meaning(column: &str, set: &RuleSet, lang: Lang) -> String {
    let told = set.catalog.get(column).filter(|c| match c.origin {
        Origin::Group | Origin::Network => false,
        Origin::Watchlist => lang == Lang::En,
        Origin::Field => lang == Lang::Id,
        Origin::Canonical | Origin::Extra | Origin::Provenance | Origin::Derived => lang == Lang::En,
    });
    told.map(|c| c.meaning.clone()).unwrap_or_default()
}

fn shown(value: &Value, lang: Lang) -> String {
    lang.value(value, Type::Text)
}

/// The declarations whose columns an expression reads, as far as they lead.
fn sources<'a>(rule: &'a Rule, set: &'a RuleSet) -> Vec<&'a DeclaredSource> {
    let mut open: Vec<String> = rule.lines().flat_map(|l| l.expr.columns()).map(|c| c.to_string()).collect();
    let mut found: Vec<&DeclaredSource> = Vec::new();
    while let Some(column) = open.pop() {
        let Some(source) = set.sources.iter().find(|s| makes(s, &column)) else { continue };
        if found.iter().all(|f| f.name() != source.name()) {
            found.push(source);
            open.extend(source.expressions().into_iter().flat_map(Expr::columns).map(|c| c.to_string()));
            open.extend(source.keys().into_iter().map(str::to_owned));
        }
    }
    found
}

fn makes(source: &DeclaredSource, column: &str) -> bool {
    match source {
        DeclaredSource::Field(field) => field.name == column,
        other => column.strip_prefix(other.name()).is_some_and(|rest| rest.starts_with('.')),
    }
}

fn params(rule: &Rule, set: &RuleSet, lang: Lang) -> Vec<ParamTold> {
    let of_sources = sources(rule, set).into_iter().flat_map(|s| s.expressions().into_iter().chain(s.having()));
    let names: BTreeSet<String> =
        rule.lines().map(|l| &l.expr).chain(of_sources).flat_map(Expr::params).map(|p| p.to_string()).collect();
    names
        .into_iter()
        .filter_map(|name| {
            let own = set.params.get(&(rule.pack.clone(), name.clone()));
            let param = own.or_else(|| set.params.iter().find(|((_, n), _)| *n == name).map(|(_, param)| param))?;
            let bound = |bound: &Option<Value>| bound.as_ref().map_or_else(|| "…".to_owned(), |v| shown(v, lang));
            let bounds = match &param.bounds {
                (None, None) => String::new(),
                (low, high) => format!("{} … {}", bound(low), bound(high)),
            };
            let meaning = param.meaning.clone().unwrap_or_default();
            Some(ParamTold { name, value: shown(&param.value, lang), bounds, meaning })
        })
        .collect()
}

fn columns(rule: &Rule, set: &RuleSet, lang: Lang) -> Vec<ColumnTold> {
    let names: BTreeSet<String> = rule.lines().flat_map(|l| l.expr.columns()).map(|c| c.to_string()).collect();
    names
        .into_iter()
        .map(|name| {
            let maker = set.sources.iter().find(|s| !matches!(s, DeclaredSource::Field(_)) && makes(s, &name));
            ColumnTold {
                label: label(&name, set, lang),
                meaning: meaning(&name, set, lang),
                group: maker.map(|m| m.name().to_owned()),
                name,
            }
        })
        .collect()
}

fn group(source: &DeclaredSource, set: &RuleSet, lang: Lang) -> Option<Group> {
    let (width, conditions, measures) = match source {
        DeclaredSource::Group(g) => (g.width, &g.conditions, &g.measures),
        DeclaredSource::Network(n) => (n.width, &n.conditions, &n.measures),
        DeclaredSource::Watchlist(spec) => return Some(watchlist(spec, lang)),
        DeclaredSource::Field(_) => return None,
    };
    let lines = |all: &[Expr]| all.iter().map(Expr::to_string).collect::<Vec<_>>().join("; ");
    let keys: Vec<String> = source.keys().into_iter().map(|k| label(k, set, lang)).collect();
    let mut facts = vec![(lang.word(Word::SharedKey).to_owned(), keys.join(", "))];
    if let Some(width) = width {
        let span = example::span_of(width, lang);
        facts.push((String::new(), lang.word(Word::WindowOf).replace("{span}", &span)));
    }
    if !conditions.is_empty() {
        facts.push((lang.word(Word::Counting).to_owned(), lines(conditions)));
    }
    let measures: Vec<String> = measures.iter().map(|m| format!("{} = {}", m.name, m.measure)).collect();
    facts.push((lang.word(Word::Measures).to_owned(), measures.join("; ")));
    let name = source.name().to_owned();
    let title = ["first", "id"].iter().find_map(|end| set.catalog.get(&format!("{name}.{end}")));
    let title = title.map(|c| c.label_id.split(':').next().unwrap_or_default().to_owned()).unwrap_or_default();
    Some(Group { name, title, facts })
}

/// What is on a list, who is compared with it, from how many points on, and where it comes from.
fn watchlist(spec: &ListSpec, lang: Lang) -> Group {
    let kind = match spec.kind {
        Kind::People => Word::ListPeople,
        Kind::Contacts => Word::ListContacts,
        Kind::Documents => Word::ListDocuments,
        Kind::Institutions => Word::ListInstitutions,
        Kind::Keys => Word::ListKeys,
    };
    let role = |role: &Role| match lang {
        Lang::Id => role.name(),
        Lang::En => role.english(),
    };
    let roles: Vec<&str> = spec.roles.iter().map(role).collect();
    let mut facts = vec![
        (lang.word(Word::ListOf).to_owned(), lang.word(kind).to_owned()),
        (lang.word(Word::ListRoles).to_owned(), roles.join(", ")),
    ];
    let Levels { possible, strong, exact } = spec.levels;
    let levels = [("possible", possible), ("strong", strong), ("exact", exact)].into_iter();
    for (level, points) in levels.filter_map(|(level, points)| Some((level, points?))) {
        facts.push((level.to_owned(), format!("≥ {points} {}", lang.word(Word::Points))));
    }
    facts.push((lang.word(Word::ListFile).to_owned(), spec.file.clone()));
    if let Some(days) = spec.max_age {
        facts.push((String::new(), lang.word(Word::ListMaxAge).replace("{n}", &days.to_string())));
    }
    let title = match lang {
        Lang::Id => &spec.title,
        Lang::En => &spec.title_en,
    };
    Group { name: spec.name.clone(), title: title.clone(), facts }
}
