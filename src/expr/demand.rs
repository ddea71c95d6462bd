//! What the lines of a rule demand together, and whether that is at least what another rule demands.
//!
//! Lines over one column, or that compare one expression with a number, are sets of values; whatever else a line says is
//! kept as its normal form. Implication is decided on these: never claimed where it does not hold, now and then missed.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::constant::{Constraint, Domain, constraints, demand};
use super::scope::Scope;
use super::tree::{Expr, Kind};

/// What holds where a rule fires: every line of `when` is true and every line of `unless` is false, none of them null.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Demands {
    /// Values left for each column or compared expression.
    values: BTreeMap<Arc<str>, Domain>,
    /// Lines that are no such set, in normal form, and what they are.
    others: BTreeSet<(String, bool)>,
}

impl Demands {
    /// What `when` and `unless` demand.
    #[must_use]
    pub fn of<'a>(
        when: impl IntoIterator<Item = &'a Expr>,
        unless: impl IntoIterator<Item = &'a Expr>,
        scope: &dyn Scope,
    ) -> Self {
        let mut demands = Self { values: BTreeMap::new(), others: BTreeSet::new() };
        when.into_iter().for_each(|line| demands.add(line, true, scope));
        unless.into_iter().for_each(|line| demands.add(line, false, scope));
        demands
    }

    fn add(&mut self, line: &Expr, want: bool, scope: &dyn Scope) {
        match (&line.kind, demand(line, want, scope), want) {
            (_, Some(constraint), _) => self.narrow(constraint),
            (Kind::And(parts), None, true) | (Kind::Or(parts), None, false) => {
                parts.iter().for_each(|part| self.add(part, want, scope));
            }
            (Kind::Not(inner), None, _) => self.add(inner, !want, scope),
            (_, None, _) => {
                self.others.insert((line.resolved().to_string(), want));
            }
        }
    }

    fn narrow(&mut self, constraint: Constraint) {
        let Constraint { column, domain } = constraint;
        let domain = match self.values.get(&column) {
            Some(before) => before.intersect(&domain),
            None => domain,
        };
        self.values.insert(column, domain);
    }

    /// What it speaks of: columns, compared expressions, other lines. Whoever demands at least as much speaks of all of it.
    pub fn subjects(&self) -> impl Iterator<Item = &str> {
        self.values.keys().map(|column| &**column).chain(self.others.iter().map(|(line, _)| line.as_str()))
    }

    /// Whether whatever meets this meets the other too.
    #[must_use]
    pub fn imply(&self, other: &Self) -> bool {
        let has =
            |(column, wanted): (&Arc<str>, &Domain)| self.values.get(column).is_some_and(|mine| mine.within(wanted));
        other.others.is_subset(&self.others) && other.values.iter().all(has)
    }

    /// Whether a line holds wherever this is met.
    #[must_use]
    pub fn imply_line(&self, line: &Expr, scope: &dyn Scope) -> bool {
        if let Some(constraint) = demand(line, true, scope) {
            return self.values.get(&constraint.column).is_some_and(|mine| mine.within(&constraint.domain));
        }
        match &line.kind {
            Kind::And(parts) => parts.iter().all(|part| self.imply_line(part, scope)),
            Kind::Or(parts) if parts.iter().any(|part| self.imply_line(part, scope)) => true,
            _ => self.others.contains(&(line.resolved().to_string(), true)),
        }
    }

    /// Whether a line is false wherever this is met, not even null.
    #[must_use]
    pub fn exclude_line(&self, line: &Expr, scope: &dyn Scope) -> bool {
        constraints(line, scope).iter().any(|c| self.values.get(&c.column).is_some_and(|mine| !mine.touches(&c.domain)))
    }

    /// Whether a column may have a text.
    #[must_use]
    pub fn allow_text(&self, column: &str, text: &str) -> bool {
        self.values.get(column).is_none_or(|domain| domain.has_text(text))
    }
}

/// The numbers at which a line over one column of whole numbers or dates turns: the last for which it does not hold, the
/// first for which it does.
#[must_use]
pub fn edges(line: &Expr, scope: &dyn Scope) -> Vec<(Arc<str>, i64, i64)> {
    let of = |constraint: Constraint| {
        let limits = scope.column(&constraint.column).and_then(|c| c.limits).unwrap_or((i64::MIN, i64::MAX));
        let edges = constraint.domain.edges(limits);
        edges.into_iter().map(move |(out, inside)| (Arc::clone(&constraint.column), out, inside)).collect::<Vec<_>>()
    };
    constraints(line, scope).into_iter().flat_map(of).collect()
}
