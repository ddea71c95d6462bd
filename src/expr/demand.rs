//! What the lines of a rule demand together, and whether that is at least what another rule demands.
//!
//! Lines over one column, or that compare one expression with a number, are sets of values; whatever else a line says is
//! kept as its normal form. Implication is decided on these: never claimed where it does not hold, now and then missed.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::constant::{Domain, constraints, demand};
use super::scope::Scope;
use super::tree::{Expr, Kind};

/// What lines that all hold demand, and what may not hold besides.
#[derive(Debug, Clone)]
pub struct Demands {
    /// Values left for each column or compared expression.
    values: BTreeMap<Arc<str>, Domain>,
    /// Lines that are no such set, in normal form.
    others: BTreeSet<String>,
    /// What may not hold.
    refused: Vec<Refused>,
}

/// A line that may not hold.
#[derive(Debug, Clone)]
struct Refused {
    set: Option<(Arc<str>, Domain)>,
    text: String,
}

impl Demands {
    /// What `when` and `unless` demand.
    #[must_use]
    pub fn of<'a>(
        when: impl IntoIterator<Item = &'a Expr>,
        unless: impl IntoIterator<Item = &'a Expr>,
        scope: &dyn Scope,
    ) -> Self {
        let mut demands = Self { values: BTreeMap::new(), others: BTreeSet::new(), refused: Vec::new() };
        for line in when {
            demands.add(line, scope);
        }
        for line in unless {
            let set = demand(line, scope).map(|c| (c.column, c.domain));
            demands.refused.push(Refused { set, text: line.resolved().to_string() });
        }
        demands
    }

    fn add(&mut self, line: &Expr, scope: &dyn Scope) {
        match (&line.kind, demand(line, scope)) {
            (_, Some(constraint)) => self.narrow(constraint.column, constraint.domain),
            (Kind::And(parts), None) => parts.iter().for_each(|part| self.add(part, scope)),
            (_, None) => {
                self.others.insert(line.resolved().to_string());
            }
        }
    }

    fn narrow(&mut self, column: Arc<str>, domain: Domain) {
        let domain = match self.values.get(&column) {
            Some(before) => before.intersect(&domain),
            None => domain,
        };
        self.values.insert(column, domain);
    }

    /// What it speaks of: columns, compared expressions, other lines. Whoever demands at least as much speaks of all of it.
    pub fn subjects(&self) -> impl Iterator<Item = &str> {
        self.values.keys().map(|column| &**column).chain(self.others.iter().map(String::as_str))
    }

    /// Whether whatever meets this meets the other too.
    #[must_use]
    pub fn imply(&self, other: &Self) -> bool {
        let values =
            other.values.iter().all(|(column, wanted)| self.values.get(column).is_some_and(|mine| mine.within(wanted)));
        values && other.others.is_subset(&self.others) && other.refused.iter().all(|refused| self.excludes(refused))
    }

    /// Whether a line cannot hold where this is met.
    fn excludes(&self, line: &Refused) -> bool {
        let Some((column, domain)) = &line.set else {
            return self.refused.iter().any(|mine| mine.text == line.text);
        };
        let by_value = self.values.get(column).is_some_and(|mine| mine.intersect(domain).is_empty());
        let by_refusal = self
            .refused
            .iter()
            .any(|mine| mine.set.as_ref().is_some_and(|(name, refused)| name == column && domain.within(refused)));
        by_value || by_refusal
    }

    /// Whether a line holds wherever this is met.
    #[must_use]
    pub fn imply_line(&self, line: &Expr, scope: &dyn Scope) -> bool {
        if let Some(constraint) = demand(line, scope) {
            return self.values.get(&constraint.column).is_some_and(|mine| mine.within(&constraint.domain));
        }
        match &line.kind {
            Kind::And(parts) => parts.iter().all(|part| self.imply_line(part, scope)),
            Kind::Or(parts) => {
                parts.iter().any(|part| self.imply_line(part, scope))
                    || self.others.contains(&line.resolved().to_string())
            }
            _ => self.others.contains(&line.resolved().to_string()),
        }
    }

    /// Whether a line cannot hold where this is met.
    #[must_use]
    pub fn exclude_line(&self, line: &Expr, scope: &dyn Scope) -> bool {
        constraints(line, scope)
            .iter()
            .any(|c| self.values.get(&c.column).is_some_and(|mine| mine.intersect(&c.domain).is_empty()))
    }

    /// Whether a column may have a text.
    #[must_use]
    pub fn allow_text(&self, column: &str, text: &str) -> bool {
        self.values.get(column).is_none_or(|domain| domain.has_text(text))
    }
}

/// The numbers at which a line over one column of whole numbers or dates turns: the last for which it does not hold, the
/// first for which it does. `limits` are those of the column.
#[must_use]
pub fn edges(line: &Expr, scope: &dyn Scope) -> Vec<(Arc<str>, i64, i64)> {
    let of = |constraint: super::constant::Constraint| {
        let limits = scope.column(&constraint.column).and_then(|c| c.limits).unwrap_or((i64::MIN, i64::MAX));
        let edges = constraint.domain.edges(limits);
        edges.into_iter().map(move |(out, inside)| (Arc::clone(&constraint.column), out, inside)).collect::<Vec<_>>()
    };
    constraints(line, scope).into_iter().flat_map(of).collect()
}
