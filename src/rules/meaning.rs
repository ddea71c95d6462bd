//! What a rule means, as lines of text in one normal form: what its author could change without changing the meaning (order,
//! spelling, prose, tests) does not show; what it counts with (parameters, lists, fields, groups) does.

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest, Sha256};

use super::set::{DeclaredSource, Line, List, Param, Rule};
use crate::columns::{Flag, Rows, Spec};
use crate::expr::Expr;
use crate::hex::hex;

/// What every rule means.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Meaning {
    /// By id.
    pub rules: BTreeMap<String, OfRule>,
    /// Lists, fields, groups and networks, by kind and name: `list negara_rawan`.
    pub parts: BTreeMap<String, OfPart>,
}

/// What one rule means.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OfRule {
    /// The version that says so.
    pub version: i64,
    /// Its own facts.
    pub lines: Vec<String>,
    /// The parts it uses.
    pub uses: Vec<String>,
}

/// What something means that several rules may use.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OfPart {
    /// Its own facts.
    pub lines: Vec<String>,
    /// The parts it uses.
    pub uses: Vec<String>,
}

/// The parameters that lines name: those of a pack.
#[derive(Debug)]
pub(super) struct Parameters<'a> {
    /// By pack and name.
    pub(super) params: &'a BTreeMap<(String, String), Param>,
    /// The pack of each field, group and network.
    pub(super) packs: BTreeMap<&'a str, String>,
}

impl Meaning {
    /// All facts of a rule and of what it uses, in order; each fact of a part names it.
    #[must_use]
    pub fn facts(&self, id: &str) -> Vec<String> {
        let Some(rule) = self.rules.get(id) else { return Vec::new() };
        let mut facts = rule.lines.clone();
        let mut open: Vec<&str> = rule.uses.iter().map(String::as_str).collect();
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        while let Some(name) = open.pop() {
            if let (true, Some(part)) = (seen.insert(name), self.parts.get(name)) {
                open.extend(part.uses.iter().map(String::as_str));
            }
        }
        for name in seen {
            facts.extend(self.parts.get(name).iter().flat_map(|p| &p.lines).map(|line| format!("{name}: {line}")));
        }
        facts
    }

    /// SHA-256 over the facts of a rule.
    #[must_use]
    pub fn hash(&self, id: &str) -> String {
        digest(&self.facts(id).join("\n"))
    }

    /// SHA-256 over what all rules mean, with their versions.
    #[must_use]
    pub fn hash_of_all(&self) -> String {
        let of = |(id, rule): (&String, &OfRule)| format!("{id} {} {}\n", rule.version, self.hash(id));
        digest(&self.rules.iter().map(of).collect::<String>())
    }
}

fn digest(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes()))
}

/// What the rules mean as their authors wrote them.
pub(super) fn of(
    rules: &[Rule],
    sources: &[DeclaredSource],
    lists: &BTreeMap<String, List>,
    parameters: &Parameters<'_>,
) -> Meaning {
    let made_by = Makers::of(sources);
    let rules = rules.iter().map(|rule| (rule.id.to_string(), of_rule(rule, &made_by, parameters))).collect();
    let parts = sources.iter().map(|source| (part_name(source), of_source(source, &made_by, parameters)));
    let lists = lists.iter().map(|(name, list)| {
        let mut lines: Vec<String> = list.values.iter().map(|value| value.to_uppercase()).collect();
        lines.sort_unstable();
        (format!("list {name}"), OfPart { lines, uses: Vec::new() })
    });
    Meaning { rules, parts: parts.chain(lists).collect() }
}

fn part_name(source: &DeclaredSource) -> String {
    let kind = match source {
        DeclaredSource::Field(_) => "field",
        DeclaredSource::Group(_) => "group",
        DeclaredSource::Network(_) => "network",
        DeclaredSource::Watchlist(_) => "watchlist",
    };
    format!("{kind} {}", source.name())
}

/// Which part makes a column.
struct Makers(BTreeMap<String, String>);

impl Makers {
    fn of(sources: &[DeclaredSource]) -> Self {
        let made =
            |source: &DeclaredSource| source.made().into_iter().map(|c| (c, part_name(source))).collect::<Vec<_>>();
        Self(sources.iter().flat_map(made).collect())
    }

    /// The parts that an expression uses.
    fn used<'a>(&self, exprs: impl IntoIterator<Item = &'a Expr>, columns: &[&str]) -> Vec<String> {
        let mut used: BTreeSet<String> = BTreeSet::new();
        // By the whole name: `dokumen.dasar_kuat` is saring's own, whatever list is called `dokumen`.
        let mut note = |column: &str| used.extend(self.0.get(column).cloned());
        columns.iter().for_each(|column| note(column));
        let mut lists = Vec::new();
        for expr in exprs {
            expr.columns().iter().for_each(|column| note(column));
            lists.extend(expr.lists().iter().map(|list| format!("list {list}")));
        }
        used.extend(lists);
        used.into_iter().collect()
    }
}

fn of_rule(rule: &Rule, made_by: &Makers, parameters: &Parameters<'_>) -> OfRule {
    let mut lines = vec![format!("class {}", rule.class.letter()), format!("for the {}", rule.audience.name())];
    lines.extend(rule.mandatory.then(|| "mandatory".to_owned()));
    lines.extend(rule.valid.0.map(|day| format!("in force from {day}")));
    lines.extend(rule.valid.1.map(|day| format!("in force until {day}")));
    lines.extend(sorted(rule.mitigates.iter().map(|target| format!("takes back from {target}"))));
    lines.extend(written("when", &rule.when));
    lines.extend(written("unless", &rule.unless));
    for (number, outcome) in rule.outcomes.iter().enumerate() {
        let number = number + 1;
        lines.extend(written(&format!("outcome {number} when"), &outcome.when));
        lines.push(format!("outcome {number} gives {} points", outcome.points));
    }
    let exprs = || rule.lines().map(|line| &line.expr);
    lines.extend(params(exprs(), &rule.pack, parameters));
    OfRule { version: rule.version, lines, uses: made_by.used(exprs(), &[]) }
}

fn of_source(source: &DeclaredSource, made_by: &Makers, parameters: &Parameters<'_>) -> OfPart {
    let mut lines = Vec::new();
    let window = |width: Option<i64>| match width {
        Some(ms) => format!("window of {} s", ms / 1_000),
        None => "window of all history".to_owned(),
    };
    let conditions = |word: &str, all: &[Expr]| sorted(all.iter().map(|expr| format!("{word} {expr}")));
    match source {
        DeclaredSource::Field(field) => lines.push(format!("is {}", field.expr)),
        DeclaredSource::Watchlist(spec) => lines.extend(sorted(spec.meaning().into_iter())),
        DeclaredSource::Group(group) => {
            lines.extend(sorted(group.by.iter().map(|(column, _)| format!("by {column}"))));
            lines.push(window(group.width));
            lines.extend(conditions("where", &group.conditions));
            lines.extend(conditions("having", &group.having));
            lines.push(match group.flag {
                Flag::Members => "flags members".to_owned(),
                Flag::Closing => "flags the closing row".to_owned(),
            });
            lines.push(match group.rows {
                Rows::All => "counts all rows".to_owned(),
                Rows::Others => "counts the other rows".to_owned(),
            });
            lines.extend(group.measures.first().map(|m| format!("largest by {}", m.name)));
            lines.extend(measures(&group.measures));
        }
        DeclaredSource::Network(network) => {
            let key = |columns: &Vec<(String, _)>| {
                format!("key {}", columns.iter().map(|(c, _)| c.as_str()).collect::<Vec<_>>().join(" and "))
            };
            lines.extend(sorted(network.keys.iter().map(key)));
            lines.push(window(network.width));
            lines.push(format!("keys on more than {} tie nobody", network.max_key));
            lines.extend(conditions("where", &network.conditions));
            lines.extend(conditions("having", &network.having));
            lines.extend(measures(&network.measures));
        }
    }
    let exprs = || source.expressions().into_iter().chain(source.having());
    if let Some(pack) = parameters.packs.get(source.name()) {
        lines.extend(params(exprs(), pack, parameters));
    }
    OfPart { lines, uses: made_by.used(exprs(), &source.keys()) }
}

fn measures(all: &[Spec]) -> Vec<String> {
    sorted(all.iter().map(|m| format!("measure {} = {}", m.name, m.measure)))
}

/// Lines of a list, whose order says nothing.
fn written(word: &str, lines: &[Line]) -> Vec<String> {
    sorted(lines.iter().map(|line| format!("{word} {}", line.expr)))
}

fn params<'a>(exprs: impl IntoIterator<Item = &'a Expr>, pack: &str, parameters: &Parameters<'_>) -> Vec<String> {
    let names: BTreeSet<_> = exprs.into_iter().flat_map(Expr::params).collect();
    let value = |name: &str| parameters.params.get(&(pack.to_owned(), name.to_owned())).map(|p| &p.declared);
    names.iter().filter_map(|name| value(name).map(|value| format!("parameter :{name} = {value}"))).collect()
}

fn sorted(lines: impl Iterator<Item = String>) -> Vec<String> {
    let mut lines: Vec<String> = lines.collect();
    lines.sort_unstable();
    lines
}
