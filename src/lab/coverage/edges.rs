//! Thresholds inside expressions, and the two values on either side of each.

use crate::diag::Span;
use crate::expr::{Comparison, Expr, Kind};
use crate::schema::Type;

/// A comparison with something that does not depend on the row.
#[derive(Debug, Clone)]
pub(super) struct Threshold {
    /// What is compared, the side that depends on the row first.
    pub(super) value: Expr,
    /// The threshold.
    pub(super) limit: Expr,
    /// How, with the value on the left.
    pub(super) op: Comparison,
    /// The smallest step of the value, in the units it is stored in.
    pub(super) step: i64,
    /// Where the comparison stands.
    pub(super) span: Span,
}

/// One side of a threshold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// The last value for which the comparison holds.
    Holds,
    /// The first for which it does not.
    Fails,
}

impl Threshold {
    /// How far a difference `value - limit` is from a side, in steps. Equality has a neighbour above and below.
    pub(super) fn distance(&self, side: Side, difference: i64) -> i64 {
        let steps = difference.div_euclid(self.step);
        let to = |target: i64| steps.saturating_sub(target);
        let nearest = || {
            let (below, above) = (to(-1), to(1));
            if below.abs() <= above.abs() { below } else { above }
        };
        match (self.op, side) {
            (Comparison::GreaterEqual, Side::Holds)
            | (Comparison::LessEqual, Side::Holds)
            | (Comparison::Greater, Side::Fails)
            | (Comparison::Less, Side::Fails)
            | (Comparison::Equal, Side::Holds)
            | (Comparison::NotEqual, Side::Fails) => to(0),
            (Comparison::GreaterEqual, Side::Fails) | (Comparison::Less, Side::Holds) => to(-1),
            (Comparison::LessEqual, Side::Fails) | (Comparison::Greater, Side::Holds) => to(1),
            (Comparison::Equal, Side::Fails) | (Comparison::NotEqual, Side::Holds) => nearest(),
        }
    }
}

/// The thresholds of an expression. A similarity has none: no value stands on it by design.
pub(super) fn thresholds(expr: &Expr) -> Vec<Threshold> {
    let mut found = Vec::new();
    expr.walk(&mut |e| found.extend(threshold(e)));
    found
}

fn threshold(expr: &Expr) -> Option<Threshold> {
    let Kind::Compare(op, a, b) = &expr.kind else { return None };
    let step = match (a.ty, b.ty) {
        (Some(Type::Int), Some(Type::Int)) | (Some(Type::Date), Some(Type::Date)) => 1,
        (Some(Type::Time), Some(Type::Time)) => 1_000,
        _ => return None,
    };
    let (value, limit, op) = match (a.columns().is_empty(), b.columns().is_empty()) {
        (false, true) => (a, b, *op),
        (true, false) => (b, a, op.mirrored()),
        _ => return None,
    };
    let mut fuzzy = false;
    value.walk(&mut |e| fuzzy |= matches!(&e.kind, Kind::Call(function, _, _) if function.name == "similarity"));
    (!fuzzy).then(|| Threshold { value: (**value).clone(), limit: (**limit).clone(), op, step, span: expr.span })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expr::{Literal, Value};

    #[test]
    fn sides_stand_next_to_each_other() {
        let number = |n| Expr {
            kind: Kind::Literal(Literal { value: Value::Int(n), param: None }),
            ty: Some(Type::Int),
            span: Span { file: crate::diag::Files::default().add("t", ""), start: 0, end: 0 },
        };
        for op in Comparison::ALL {
            let t = Threshold { value: number(0), limit: number(0), op: *op, step: 1, span: number(0).span };
            for difference in -3..=3_i64 {
                for side in [Side::Holds, Side::Fails] {
                    if t.distance(side, difference) == 0 {
                        assert_eq!(op.holds(difference.cmp(&0)), side == Side::Holds, "{op:?} {difference}");
                        let neighbour =
                            [-1, 1].iter().any(|d| op.holds((difference + d).cmp(&0)) != op.holds(difference.cmp(&0)));
                        assert!(neighbour, "{op:?} {difference}");
                    }
                }
            }
        }
    }
}
