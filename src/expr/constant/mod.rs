//! Lines that always or never hold, and lines that contradict each other, whatever the data.
//!
//! For expressions over one column the set of values for which they hold is worked out exactly ([`Domain`]); an empty set
//! never holds, a full one always does. Expressions over several columns are judged only where their parts can be. This
//! never calls a line constant that is not; it may miss one that is.

mod codes;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use codes::Codes;

use super::scope::Scope;
use super::tree::{Comparison, Expr, Kind, Pattern, Value};
use crate::schema::Type;

/// Values of one column: numbers (also dates, times, yes and no), codes or texts; and whether null is among them.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Domain {
    values: Values,
    null: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Values {
    /// Disjoint ranges, ends included, ascending, not touching.
    Numbers(Vec<(i64, i64)>),
    /// These codes of a closed list.
    Codes(Codes),
    /// These texts.
    Only(BTreeSet<String>),
    /// All texts but these.
    AllBut(BTreeSet<String>),
}

/// What a line demands of a column, or of an expression that is compared with a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Constraint {
    /// The column; for an expression its normal form.
    pub(super) column: Arc<str>,
    /// The values for which the line holds.
    pub(super) domain: Domain,
}

/// What is known of a line before any data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Holds for every value.
    Always,
    /// Holds for none.
    Never,
    /// Depends on the data.
    Open,
}

/// Whether a condition always or never holds. Null counts for neither: `umur >= 0` always holds where there is an age.
#[must_use]
pub fn verdict(expr: &Expr, scope: &dyn Scope) -> Verdict {
    if let (Some(yes), Some(no)) = (domain(expr, true, scope), domain(expr, false, scope)) {
        if yes.domain.is_empty() {
            return Verdict::Never;
        }
        return if no.domain.is_empty() { Verdict::Always } else { Verdict::Open };
    }
    match &expr.kind {
        Kind::Literal(literal) => match literal.value {
            Value::Bool(true) => Verdict::Always,
            _ => Verdict::Never,
        },
        Kind::Compare(op, a, b) => match (constant(a), constant(b)) {
            (Some(a), Some(b)) if op.holds(a.cmp(b)) => Verdict::Always,
            (Some(_), Some(_)) => Verdict::Never,
            _ if a.to_string() == b.to_string() && op.holds(std::cmp::Ordering::Equal) => Verdict::Always,
            _ if a.to_string() == b.to_string() => Verdict::Never,
            _ => Verdict::Open,
        },
        Kind::Not(inner) => match verdict(inner, scope) {
            Verdict::Always => Verdict::Never,
            Verdict::Never => Verdict::Always,
            Verdict::Open => Verdict::Open,
        },
        Kind::And(parts) => {
            let verdicts: Vec<_> = parts.iter().map(|p| verdict(p, scope)).collect();
            if verdicts.contains(&Verdict::Never) || never_together(&parts.iter().collect::<Vec<_>>(), scope).is_some()
            {
                Verdict::Never
            } else if verdicts.iter().all(|v| *v == Verdict::Always) {
                Verdict::Always
            } else {
                Verdict::Open
            }
        }
        Kind::Or(parts) => {
            let verdicts: Vec<_> = parts.iter().map(|p| verdict(p, scope)).collect();
            if verdicts.contains(&Verdict::Always) {
                Verdict::Always
            } else if verdicts.iter().all(|v| *v == Verdict::Never) {
                Verdict::Never
            } else {
                Verdict::Open
            }
        }
        _ => Verdict::Open,
    }
}

/// Two lines that cannot both hold for one row, by their numbers in the list.
#[must_use]
pub fn never_together(lines: &[&Expr], scope: &dyn Scope) -> Option<(usize, usize)> {
    let mut demands: BTreeMap<Arc<str>, Vec<(usize, Domain)>> = BTreeMap::new();
    for (ix, line) in lines.iter().enumerate() {
        for constraint in constraints(line, scope) {
            demands.entry(constraint.column).or_default().push((ix, constraint.domain));
        }
    }
    demands.values().find_map(|of_column| {
        let pairs = of_column.iter().enumerate().flat_map(|(at, a)| of_column.iter().skip(at + 1).map(move |b| (a, b)));
        pairs.filter(|(a, b)| a.0 != b.0).find(|(a, b)| a.1.intersect(&b.1).is_empty()).map(|(a, b)| (a.0, b.0))
    })
}

/// What a line that must hold demands of single columns.
pub(super) fn constraints(line: &Expr, scope: &dyn Scope) -> Vec<Constraint> {
    match (&line.kind, demand(line, true, scope)) {
        (_, Some(constraint)) => vec![constraint],
        (Kind::And(parts), None) => parts.iter().flat_map(|part| constraints(part, scope)).collect(),
        _ => Vec::new(),
    }
}

/// The values of its one column, or of the expression it compares with a number, for which a line is `want`; and for no
/// others.
pub(super) fn demand(line: &Expr, want: bool, scope: &dyn Scope) -> Option<Constraint> {
    domain(line, want, scope).or_else(|| compared(line, want))
}

/// A comparison of an expression with a number, date or time.
fn compared(line: &Expr, want: bool) -> Option<Constraint> {
    let (op, a, b) = match &line.kind {
        Kind::Compare(op, a, b) => (*op, a, b),
        Kind::Not(inner) => return compared(inner, !want),
        _ => return None,
    };
    let op = if want { op } else { op.negated() };
    let (subject, op, value) = match (constant(a), constant(b)) {
        (None, Some(value)) => (a, op, value),
        (Some(value), None) => (b, op.mirrored(), value),
        _ => return None,
    };
    if matches!(subject.kind, Kind::Column(_)) {
        return None;
    }
    let all = Domain { values: Values::Numbers(vec![(i64::MIN, i64::MAX)]), null: false };
    number(value)?;
    Some(Constraint { column: Arc::from(subject.resolved().to_string()), domain: all.restrict(op, value)? })
}

/// The values of its one column for which the expression is `want`. `None`: not a condition over one column.
fn domain(expr: &Expr, want: bool, scope: &dyn Scope) -> Option<Constraint> {
    match &expr.kind {
        Kind::Column(name) if expr.ty == Some(Type::Bool) => {
            let truth = i64::from(want);
            let domain = Domain { values: Values::Numbers(vec![(truth, truth)]), null: false };
            Some(Constraint { column: Arc::clone(name), domain })
        }
        Kind::Compare(op, a, b) => {
            let (name, op, value) = match (&a.kind, constant(b), &b.kind, constant(a)) {
                (Kind::Column(name), Some(value), _, _) => (name, *op, value),
                (_, _, Kind::Column(name), Some(value)) => (name, op.mirrored(), value),
                _ => return None,
            };
            // A date beside a time is compared by the moment; not followed here.
            match (scope.column(name)?.ty, value) {
                (Type::Date, Value::Time(_)) | (Type::Time, Value::Date(_)) => return None,
                _ => {}
            }
            let op = if want { op } else { op.negated() };
            let universe = Domain::universe(name, scope)?;
            Some(Constraint { column: Arc::clone(name), domain: universe.restrict(op, value)? })
        }
        Kind::In(inner, items) => {
            let Kind::Column(name) = &inner.kind else { return None };
            let universe = Domain::universe(name, scope)?;
            let points = items.iter().map(|item| universe.point(&item.value)).collect::<Option<Vec<_>>>()?;
            let chosen = points.iter().fold(universe.nothing(), |all, point| all.union(point)).intersect(&universe);
            let domain = if want { chosen } else { universe.without(&chosen) };
            Some(Constraint { column: Arc::clone(name), domain })
        }
        // The codes of a closed list are compared as they are; of a text, case does not count, which is not followed.
        Kind::Call(_, args, Pattern::List(list)) => {
            let [Expr { kind: Kind::Column(name), ty: Some(Type::Code(_)), .. }] = args.as_slice() else { return None };
            let listed = scope.list(list)?.values;
            let universe = Domain::universe(name, scope)?;
            let Values::Codes(codes) = &universe.values else { return None };
            // An empty list is a fault of its own.
            if listed.is_empty() {
                return None;
            }
            let chosen = Domain { values: Values::Codes(codes.of(listed.iter().map(String::as_str))), null: false };
            let domain = if want { chosen } else { universe.without(&chosen) };
            Some(Constraint { column: Arc::clone(name), domain })
        }
        Kind::IsNull(inner) => {
            let Kind::Column(name) = &inner.kind else { return None };
            let universe = Domain::universe(name, scope)?;
            let domain = if want { Domain { null: true, ..universe.nothing() } } else { universe };
            Some(Constraint { column: Arc::clone(name), domain })
        }
        Kind::Not(inner) => domain(inner, !want, scope),
        Kind::And(parts) => merged(parts, want, want, scope),
        Kind::Or(parts) => merged(parts, want, !want, scope),
        _ => None,
    }
}

/// The parts' domains met (`meet`) or joined, when all are over one column.
fn merged(parts: &[Expr], want: bool, meet: bool, scope: &dyn Scope) -> Option<Constraint> {
    let mut parts = parts.iter().map(|part| domain(part, want, scope));
    let first = parts.next()??;
    parts.try_fold(first, |all, part| {
        let part = part?;
        let domain = if meet { all.domain.intersect(&part.domain) } else { all.domain.union(&part.domain) };
        (part.column == all.column).then_some(Constraint { column: all.column, domain })
    })
}

fn constant(expr: &Expr) -> Option<&Value> {
    match &expr.kind {
        Kind::Literal(literal) if literal.value != Value::Null => Some(&literal.value),
        _ => None,
    }
}

impl Domain {
    /// Every value the column can hold, without null.
    fn universe(name: &str, scope: &dyn Scope) -> Option<Self> {
        let column = scope.column(name)?;
        let values = match column.ty {
            Type::Text => Values::AllBut(BTreeSet::new()),
            Type::Code(table) => Values::Codes(Codes::all(table)),
            Type::Int | Type::Date | Type::Time => Values::Numbers(vec![column.limits.unwrap_or((i64::MIN, i64::MAX))]),
            Type::Bool => Values::Numbers(vec![(0, 1)]),
            Type::List(_) | Type::Texts => return None,
        };
        Some(Self { values, null: false })
    }

    /// One value of those that this holds a kind of; a code that no list has is none.
    fn point(&self, value: &Value) -> Option<Self> {
        let values = match (value, &self.values) {
            (Value::Text(text), Values::Codes(codes)) => Values::Codes(codes.of([text.as_str()])),
            (Value::Text(text), _) => Values::Only(BTreeSet::from([text.clone()])),
            (other, _) => {
                let n = number(other)?;
                Values::Numbers(vec![(n, n)])
            }
        };
        Some(Self { values, null: false })
    }

    fn nothing(&self) -> Self {
        let values = match &self.values {
            Values::Numbers(_) => Values::Numbers(Vec::new()),
            Values::Codes(codes) => Values::Codes(codes.of([])),
            Values::Only(_) | Values::AllBut(_) => Values::Only(BTreeSet::new()),
        };
        Self { values, null: false }
    }

    /// Whether every value is also one of the other.
    pub(super) fn within(&self, other: &Self) -> bool {
        let values = match (&self.values, &other.values) {
            // Ranges do not touch each other, so one that lies within several lies within one.
            (Values::Numbers(a), Values::Numbers(b)) => {
                a.iter().all(|(low, high)| b.iter().any(|(from, to)| from <= low && high <= to))
            }
            (Values::Codes(a), Values::Codes(b)) => a.within(b),
            (Values::Only(a), Values::Only(b)) => a.is_subset(b),
            (Values::Only(a), Values::AllBut(b)) => a.is_disjoint(b),
            (Values::AllBut(a), Values::AllBut(b)) => b.is_subset(a),
            _ => false,
        };
        values && (!self.null || other.null)
    }

    /// Whether it has a value in common with the other, or null of its own.
    pub(super) fn touches(&self, other: &Self) -> bool {
        self.null || !self.intersect(other).is_empty()
    }

    /// Whether the text is one of the values.
    pub(super) fn has_text(&self, text: &str) -> bool {
        match &self.values {
            Values::Numbers(_) => false,
            Values::Codes(codes) => codes.has(text),
            Values::Only(texts) => texts.contains(text),
            Values::AllBut(texts) => !texts.contains(text),
        }
    }

    /// The numbers at which values begin or end: the last outside and the first inside of each end that is not the end of
    /// what the column can hold. A single value has none: equal is equal.
    pub(super) fn edges(&self, limits: (i64, i64)) -> Vec<(i64, i64)> {
        let Values::Numbers(ranges) = &self.values else { return Vec::new() };
        let ends = ranges.iter().filter(|(low, high)| low < high).flat_map(|(low, high)| {
            let lower = (*low > limits.0).then(|| (low.saturating_sub(1), *low));
            let upper = (*high < limits.1).then(|| (high.saturating_add(1), *high));
            lower.into_iter().chain(upper)
        });
        ends.collect()
    }

    /// Whether no value is left, not even null.
    #[must_use]
    pub(super) fn is_empty(&self) -> bool {
        !self.null
            && match &self.values {
                Values::Numbers(ranges) => ranges.is_empty(),
                Values::Codes(codes) => codes.is_empty(),
                Values::Only(texts) => texts.is_empty(),
                Values::AllBut(_) => false,
            }
    }

    /// The values for which a comparison with a constant holds. Order between texts is not followed.
    fn restrict(&self, op: Comparison, value: &Value) -> Option<Self> {
        let point = self.point(value)?;
        if let (Values::Numbers(_), Some(n)) = (&self.values, number(value)) {
            let range = match op {
                Comparison::Equal => Some((n, n)),
                Comparison::NotEqual => return Some(self.without(&point)),
                Comparison::Less => n.checked_sub(1).map(|n| (i64::MIN, n)),
                Comparison::LessEqual => Some((i64::MIN, n)),
                Comparison::Greater => n.checked_add(1).map(|n| (n, i64::MAX)),
                Comparison::GreaterEqual => Some((n, i64::MAX)),
            };
            let values = Values::Numbers(range.into_iter().collect());
            return Some(self.intersect(&Self { values, null: false }));
        }
        match (&self.values, value, op) {
            (Values::Numbers(_), _, _) => None,
            (_, Value::Text(_), Comparison::Equal) => Some(self.intersect(&point)),
            (_, Value::Text(_), Comparison::NotEqual) => Some(self.without(&point)),
            _ => None,
        }
    }

    /// Values in both.
    #[must_use]
    pub(super) fn intersect(&self, other: &Self) -> Self {
        let values = match (&self.values, &other.values) {
            (Values::Numbers(a), Values::Numbers(b)) => {
                let pairs = a.iter().flat_map(|x| b.iter().map(move |y| (x.0.max(y.0), x.1.min(y.1))));
                Values::Numbers(pairs.filter(|(low, high)| low <= high).collect())
            }
            (Values::Codes(a), Values::Codes(b)) => Values::Codes(a.and(b)),
            (Values::Only(a), Values::Only(b)) => Values::Only(a & b),
            (Values::Only(a), Values::AllBut(b)) | (Values::AllBut(b), Values::Only(a)) => Values::Only(a - b),
            (Values::AllBut(a), Values::AllBut(b)) => Values::AllBut(a | b),
            // Values of two kinds: types were checked before, so this cannot stand in one condition.
            (kind @ (Values::Numbers(_) | Values::Codes(_)), _)
            | (_, kind @ (Values::Numbers(_) | Values::Codes(_))) => {
                return Self { values: kind.clone(), null: false }.nothing();
            }
        };
        Self { values, null: self.null && other.null }
    }

    fn union(&self, other: &Self) -> Self {
        let values = match (&self.values, &other.values) {
            (Values::Numbers(a), Values::Numbers(b)) => Values::Numbers(join(a.iter().chain(b).copied().collect())),
            (Values::Codes(a), Values::Codes(b)) => Values::Codes(a.or(b)),
            (Values::Only(a), Values::Only(b)) => Values::Only(a | b),
            (Values::Only(a), Values::AllBut(b)) | (Values::AllBut(b), Values::Only(a)) => Values::AllBut(b - a),
            (Values::AllBut(a), Values::AllBut(b)) => Values::AllBut(a & b),
            (Values::Numbers(_) | Values::Codes(_), other) | (other, Values::Numbers(_) | Values::Codes(_)) => {
                other.clone()
            }
        };
        Self { values, null: self.null || other.null }
    }

    fn without(&self, other: &Self) -> Self {
        let values = match (&self.values, &other.values) {
            (Values::Numbers(a), Values::Numbers(holes)) => {
                let cut = |ranges: Vec<(i64, i64)>, hole: &(i64, i64)| {
                    ranges.into_iter().flat_map(|range| cut_out(range, *hole)).collect()
                };
                Values::Numbers(holes.iter().fold(a.clone(), cut))
            }
            (Values::Codes(a), Values::Codes(b)) => Values::Codes(a.minus(b)),
            (Values::Only(a), Values::Only(b)) => Values::Only(a - b),
            (Values::Only(a), Values::AllBut(b)) => Values::Only(a & b),
            (Values::AllBut(a), Values::Only(b)) => Values::AllBut(a | b),
            (Values::AllBut(a), Values::AllBut(b)) => Values::Only(b - a),
            (mine @ (Values::Numbers(_) | Values::Codes(_)), _) | (mine, Values::Numbers(_) | Values::Codes(_)) => {
                mine.clone()
            }
        };
        Self { values, null: self.null && !other.null }
    }
}

fn cut_out(range: (i64, i64), hole: (i64, i64)) -> Vec<(i64, i64)> {
    if hole.1 < range.0 || hole.0 > range.1 {
        return vec![range];
    }
    let left = hole.0.checked_sub(1).map(|end| (range.0, end));
    let right = hole.1.checked_add(1).map(|start| (start, range.1));
    left.into_iter().chain(right).filter(|(low, high)| low <= high).collect()
}

/// Sorts ranges and joins those that overlap or touch.
fn join(mut ranges: Vec<(i64, i64)>) -> Vec<(i64, i64)> {
    ranges.sort_unstable();
    let mut joined: Vec<(i64, i64)> = Vec::with_capacity(ranges.len());
    for (low, high) in ranges {
        match joined.last_mut() {
            Some(last) if low <= last.1.saturating_add(1) => last.1 = last.1.max(high),
            _ => joined.push((low, high)),
        }
    }
    joined
}

fn number(value: &Value) -> Option<i64> {
    match value {
        Value::Int(n) | Value::Date(n) | Value::Time(n) => Some(*n),
        Value::Bool(b) => Some(i64::from(*b)),
        Value::Text(_) | Value::Null => None,
    }
}
