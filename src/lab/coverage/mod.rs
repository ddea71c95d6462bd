//! What the cases of a rule set exercise: rules, both branches of every line, every outcome, both sides of every threshold,
//! of every window and of every `max_key`.
//!
//! A rule counts only what its own cases show. Groups, networks and fields belong to all rules that use them.

mod edges;
mod watch;

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::case::Case;
use crate::Result;
use crate::diag::Span;
use crate::rules::RuleSet;
pub(super) use watch::{Watch, watches};

/// What kind of thing has to be exercised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exercise {
    /// A rule fires and stays quiet.
    Rule,
    /// A line holds and does not; an outcome is reached.
    Branch,
    /// A line is null, where it can be.
    Null,
    /// A value stands on one side of a threshold, a window or a `max_key`, next to the other.
    Edge,
}

impl Exercise {
    /// Every kind.
    pub const ALL: &[Self] = &[Self::Rule, Self::Branch, Self::Null, Self::Edge];

    /// The word in results and for `--fail-under`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Rule => "rules",
            Self::Branch => "branches",
            Self::Null => "nulls",
            Self::Edge => "boundaries",
        }
    }
}

/// One side of something that has two.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Boundary {
    /// The last value for which a comparison holds.
    Holds(String),
    /// The first for which it does not.
    Fails(String),
    /// Two applications on one key, as far apart as a window is long.
    Window,
    /// One second further apart.
    Late,
    /// A key on so many applications.
    Key(i64),
}

impl Boundary {
    /// What would exercise it.
    #[must_use]
    pub fn what(&self) -> String {
        match self {
            Self::Holds(text) => format!("`{text}`: the last value for which it holds"),
            Self::Fails(text) => format!("`{text}`: the first value for which it does not"),
            Self::Window => "two on one key, as far apart as the window".to_owned(),
            Self::Late => "two on one key, one second further apart than the window".to_owned(),
            Self::Key(n) => format!("a key on {n} applications"),
        }
    }

    /// The name of a case that does, as names of cases read; `owner` is what has the boundary.
    #[must_use]
    pub fn name(&self, owner: &str) -> String {
        match self {
            Self::Holds(text) => format!("batas: {text}, nilai terakhir yang memenuhi"),
            Self::Fails(text) => format!("batas: {text}, nilai pertama yang tidak memenuhi"),
            Self::Window => format!("batas: {owner}, tepat sepanjang jendela"),
            Self::Late => format!("batas: {owner}, satu detik lebih dari jendela"),
            Self::Key(n) => format!("batas: {owner}, satu kunci pada {n} permohonan"),
        }
    }
}

/// One thing to be exercised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The rule's id, or the name of the group, network or field.
    pub owner: String,
    /// The kind.
    pub kind: Exercise,
    /// What would exercise it.
    pub what: String,
    /// Which side, for an edge.
    pub boundary: Option<Boundary>,
    /// Where it stands.
    pub span: Span,
    /// Whether a case does.
    pub seen: bool,
}

/// What is exercised and what is not.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Coverage {
    /// All of it: rules by id, then sources by name, each in the order of its text.
    pub items: Vec<Item>,
}

/// Things exercised, of so many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Share {
    /// Exercised.
    pub seen: usize,
    /// In all.
    pub all: usize,
}

impl Share {
    fn add(&mut self, seen: bool) {
        self.seen += usize::from(seen);
        self.all += 1;
    }

    /// Whole per cent, rounded down; 100 of nothing.
    #[must_use]
    pub fn percent(self) -> usize {
        (self.seen * 100).checked_div(self.all).unwrap_or(100)
    }
}

impl Coverage {
    /// The share of a kind.
    #[must_use]
    pub fn share(&self, kind: Exercise) -> Share {
        let mut share = Share::default();
        self.items.iter().filter(|item| item.kind == kind).for_each(|item| share.add(item.seen));
        share
    }

    /// The shares of every owner, in their order.
    #[must_use]
    pub fn by_owner(&self) -> Vec<(&str, BTreeMap<Exercise, Share>)> {
        let mut owners: Vec<(&str, BTreeMap<Exercise, Share>)> = Vec::new();
        for item in &self.items {
            if owners.last().is_none_or(|(owner, _)| *owner != item.owner) {
                owners.push((&item.owner, BTreeMap::new()));
            }
            if let Some((_, shares)) = owners.last_mut() {
                shares.entry(item.kind).or_default().add(item.seen);
            }
        }
        owners
    }
}

/// Looks at every case of every rule.
pub fn cover(cases: &[Case], set: &RuleSet) -> Result<Coverage> {
    let (mut items, watches) = watches(set);
    let seen: Vec<Vec<usize>> = watches
        .par_iter()
        .map(|watch| {
            let mut seen = Vec::new();
            for case in cases.iter().filter(|case| case.rule() == Some(watch.rule)) {
                seen.extend(watch.look(case)?.seen);
            }
            Ok(seen)
        })
        .collect::<Result<_>>()?;
    for number in seen.into_iter().flatten() {
        if let Some(item) = items.get_mut(number) {
            item.seen = true;
        }
    }
    Ok(Coverage { items })
}
