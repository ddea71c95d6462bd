//! A rule set made ready to run: every condition a node of one program, every needed column known.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::set::{DeclaredSource, Line, Rule, RuleSet, Status};
use super::template::Template;
use crate::columns::watchlist::{self, WatchlistSource};
use crate::columns::{FieldSource, GroupSource, Link, NetworkSource, Reach, Source, builtin, links, needed};
use crate::expr::{NodeId, Program};
use crate::schema::columns::{NOMOR_PERMOHONAN, TANGGAL_PERMOHONAN};

/// A rule set ready to run over applications.
#[derive(Debug)]
pub struct Plan {
    /// The conditions of all rules.
    pub program: Program,
    /// The rules that are evaluated (all but those switched off), in the order of their ids.
    pub rules: Vec<PlannedRule>,
    /// Makers of columns, each after those it needs.
    pub sources: Arc<Vec<Box<dyn Source>>>,
    /// Every column that must be there, and what those need in turn.
    pub columns: BTreeSet<String>,
    /// Those of them that are asked for.
    demanded: BTreeSet<String>,
}

/// A rule ready to run.
#[derive(Debug)]
pub struct PlannedRule {
    /// Its number in the rule set's `rules`.
    pub index: usize,
    /// All must hold.
    pub when: Vec<PlannedLine>,
    /// None may hold.
    pub unless: Vec<PlannedLine>,
    /// The first whose conditions hold counts.
    pub outcomes: Vec<PlannedOutcome>,
    /// First and last day in force, as day numbers.
    pub valid: (i64, i64),
    /// The columns of its conditions that look at other applications.
    pub linking: Vec<String>,
}

/// A condition ready to run.
#[derive(Debug)]
pub struct PlannedLine {
    /// Its node.
    pub node: NodeId,
    /// The columns it reads, in the order they appear.
    pub columns: Vec<Arc<str>>,
}

/// An outcome ready to run.
#[derive(Debug)]
pub struct PlannedOutcome {
    /// All must hold.
    pub when: Vec<NodeId>,
    /// Points when it is reached: none for a shadow rule.
    pub points: i64,
}

impl Plan {
    /// Makes a rule set ready. `shown` are further columns that outputs need.
    #[must_use]
    pub fn new<'a>(set: &RuleSet, shown: impl IntoIterator<Item = &'a str>) -> Self {
        let live = set.rules.iter().enumerate().filter(|(_, rule)| rule.status != Status::Off);
        Self::of(set, sources(set), live, shown, |rule| rule.status == Status::Active)
    }

    /// Makes one rule ready, with its full points whatever its status: for trying it.
    #[must_use]
    pub fn of_one(set: &RuleSet, index: usize) -> Self {
        Self::of(set, sources(set), set.rules.iter().enumerate().skip(index).take(1), [], |_| true)
    }

    /// Makes several rules ready, each by itself as with [`Self::of_one`].
    pub fn of_each(set: &RuleSet, indices: impl IntoIterator<Item = usize>) -> Vec<Self> {
        let sources = sources(set);
        let rule = |index| set.rules.iter().enumerate().skip(index).take(1);
        indices.into_iter().map(|index| Self::of(set, Arc::clone(&sources), rule(index), [], |_| true)).collect()
    }

    /// The conditions of one rule of a changed rule set, for frames that have this plan's columns already.
    #[must_use]
    pub fn with_conditions_of(&self, set: &RuleSet, index: usize) -> Self {
        let lists = set.lists.iter().map(|(name, list)| (name.as_str(), list.values.as_slice()));
        let mut program = Program::new(lists);
        let linking: BTreeSet<&str> = self.sources.iter().filter(|s| s.links()).flat_map(|s| s.makes()).collect();
        let rules = set.rules.get(index).map(|rule| planned(index, rule, true, &linking, &mut program));
        let (columns, demanded) = (BTreeSet::new(), BTreeSet::new());
        Self { rules: rules.into_iter().collect(), program, sources: Arc::default(), columns, demanded }
    }

    /// The columns that applications of history must have: those that sources looking beyond the row read, and what
    /// these need in turn. Rules judge tonight's applications only.
    #[must_use]
    pub fn past_columns(&self) -> BTreeSet<String> {
        let beyond =
            self.sources.iter().filter(|source| source.reach() == Reach::All).flat_map(|source| source.makes());
        let demanded = beyond.filter(|column| self.columns.contains(*column));
        needed(&self.sources, demanded.chain([NOMOR_PERMOHONAN, TANGGAL_PERMOHONAN]))
    }

    /// How the columns that are needed tie applications to each other.
    #[must_use]
    pub fn links(&self) -> Vec<Link> {
        links(&self.sources, &self.columns)
    }

    fn of<'a, 's>(
        set: &'s RuleSet,
        sources: Arc<Vec<Box<dyn Source>>>,
        rules: impl Iterator<Item = (usize, &'s Rule)>,
        shown: impl IntoIterator<Item = &'a str>,
        scores: impl Fn(&Rule) -> bool,
    ) -> Self {
        let mut program = Program::new(set.lists.iter().map(|(name, list)| (name.as_str(), list.values.as_slice())));
        let linking: BTreeSet<&str> = sources.iter().filter(|s| s.links()).flat_map(|s| s.makes()).collect();
        let rules: Vec<_> =
            rules.map(|(index, rule)| planned(index, rule, scores(rule), &linking, &mut program)).collect();
        let mut demanded: BTreeSet<String> =
            shown.into_iter().chain([NOMOR_PERMOHONAN, TANGGAL_PERMOHONAN]).map(str::to_owned).collect();
        for rule in rules.iter().filter_map(|r| set.rules.get(r.index)) {
            demanded.extend(columns_of(rule));
            // A reason that names a group's applications needs the group, whatever its conditions look at.
            let linked: BTreeSet<&str> = templates(rule).flat_map(Template::linked).map(|s| &**s).collect();
            let of_linked =
                sources.iter().filter(|s| linked.contains(s.name())).filter_map(|s| s.makes().first().copied());
            demanded.extend(of_linked.map(str::to_owned));
        }
        // Whoever asks about a list wants to know how often it is met, and by how much an entry falls short.
        for spec in set.watchlists() {
            for (_, level) in watchlist::levels(spec) {
                let of_role = level.strip_suffix("level").unwrap_or(&level);
                let made = sources.iter().filter(|s| s.makes().contains(&level.as_str())).flat_map(|s| s.makes());
                let made: Vec<&str> = made.filter(|column| column.starts_with(of_role)).collect();
                if made.iter().any(|column| demanded.contains(*column)) {
                    let score = format!("{of_role}score");
                    demanded.extend(made.contains(&score.as_str()).then_some(score));
                    demanded.insert(level);
                }
            }
        }
        let columns = needed(&sources, demanded.iter().map(String::as_str));
        Self { program, rules, sources, columns, demanded }
    }

    /// Those of its columns that are asked for, or read by what looks at other rows. The others serve only to make columns
    /// of their own row.
    #[must_use]
    pub fn lasting(&self) -> BTreeSet<String> {
        let wanted = |name: &str| self.columns.contains(name);
        let across = self.sources.iter().filter(|s| s.reach() == Reach::All);
        let needs = across.filter(|s| s.makes().iter().any(|name| wanted(name))).flat_map(|s| s.needs(&wanted));
        let tied = self.links().into_iter().flat_map(|link| link.tie.columns);
        self.demanded.iter().cloned().chain(needs.map(str::to_owned)).chain(tied).collect()
    }
}

fn templates(rule: &Rule) -> impl Iterator<Item = &Template> {
    rule.outcomes.iter().flat_map(|o| [Some(&o.reason), o.reason_en.as_ref()]).flatten()
}

/// The columns a rule's conditions and reasons read.
fn columns_of(rule: &Rule) -> impl Iterator<Item = String> {
    let shown = templates(rule).flat_map(Template::columns).map(|c| c.to_string());
    rule.lines().flat_map(|l| l.expr.columns()).map(|c| c.to_string()).chain(shown)
}

fn sources(set: &RuleSet) -> Arc<Vec<Box<dyn Source>>> {
    let lists = || set.lists.iter().map(|(name, list)| (name.as_str(), list.values.as_slice())).collect();
    let declared = set.sources.iter().flat_map(|source| -> Vec<Box<dyn Source>> {
        match source {
            DeclaredSource::Field(field) => {
                vec![Box::new(FieldSource::new(&field.name, field.ty, &field.expr, lists()))]
            }
            DeclaredSource::Group(spec) => vec![Box::new(GroupSource::new(spec.clone(), &lists))],
            DeclaredSource::Network(spec) => vec![Box::new(NetworkSource::new(spec.clone(), &lists))],
            DeclaredSource::Watchlist(spec) => {
                WatchlistSource::of(spec).map(|source| Box::new(source) as Box<dyn Source>).collect()
            }
        }
    });
    Arc::new(builtin().into_iter().chain(declared).collect())
}

fn planned(index: usize, rule: &Rule, scores: bool, linking: &BTreeSet<&str>, program: &mut Program) -> PlannedRule {
    let read: BTreeSet<Arc<str>> = rule.lines().flat_map(|l| l.expr.columns()).collect();
    let line = |line: &Line, program: &mut Program| PlannedLine {
        node: program.add(&line.expr),
        columns: line.expr.columns(),
    };
    PlannedRule {
        index,
        when: rule.when.iter().map(|l| line(l, program)).collect(),
        unless: rule.unless.iter().map(|l| line(l, program)).collect(),
        outcomes: rule
            .outcomes
            .iter()
            .map(|o| PlannedOutcome {
                when: o.when.iter().map(|l| program.add(&l.expr)).collect(),
                points: if scores { o.points } else { 0 },
            })
            .collect(),
        valid: (
            rule.valid.0.map_or(i64::MIN, crate::calendar::days),
            rule.valid.1.map_or(i64::MAX, crate::calendar::days),
        ),
        linking: read.iter().filter(|c| linking.contains(&***c)).map(ToString::to_string).collect(),
    }
}
