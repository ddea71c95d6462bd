//! How much is missing until a line holds, or until it no longer does: for comparisons of numbers, dates and times.

use super::eval::Evaluation;
use super::program::Program;
use super::tree::{Comparison, Expr, Kind, Value};
use crate::Result;
use crate::frame::Frame;
use crate::schema::Type;

/// A comparison that does not come out as wanted, with both sides and what is missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Distance {
    /// What is compared, in normal form.
    pub subject: String,
    /// Its value.
    pub have: Value,
    /// The comparison that would have to hold.
    pub wanted: Comparison,
    /// What it is compared with.
    pub with: Value,
    /// By how much `have` would have to differ: whole numbers, days or milliseconds, by `ty`. Nothing where a side is null.
    pub missing: Option<i64>,
    /// Type of both sides.
    pub ty: Type,
}

/// The comparisons of a line that stand between a row and the line being `want`, in the order of the line. Where one of
/// several would be enough, all are told.
pub fn distances<'l>(
    line: &Expr,
    want: bool,
    frame: &Frame,
    row: usize,
    lists: &dyn Fn() -> Vec<(&'l str, &'l [String])>,
) -> Result<Vec<Distance>> {
    match &line.kind {
        Kind::Not(inner) => distances(inner, !want, frame, row, lists),
        Kind::And(parts) | Kind::Or(parts) => {
            let mut all = Vec::new();
            for part in parts {
                all.extend(distances(part, want, frame, row, lists)?);
            }
            Ok(all)
        }
        Kind::Compare(op, a, b) => {
            let wanted = if want { *op } else { op.negated() };
            let found = compared(wanted, a, b, frame, row, lists)?;
            Ok(found.into_iter().filter(|distance| distance.missing != Some(0)).collect())
        }
        _ => Ok(Vec::new()),
    }
}

fn compared<'l>(
    wanted: Comparison,
    a: &Expr,
    b: &Expr,
    frame: &Frame,
    row: usize,
    lists: &dyn Fn() -> Vec<(&'l str, &'l [String])>,
) -> Result<Option<Distance>> {
    let (a, b, wanted) = match &a.kind {
        Kind::Literal(_) => (b, a, wanted.mirrored()),
        _ => (a, b, wanted),
    };
    let (Some(ty @ (Type::Int | Type::Date | Type::Time)), true) = (a.ty, a.ty == b.ty) else { return Ok(None) };
    let mut program = Program::new(lists());
    let (left, right) = (program.add(a), program.add(b));
    let evaluation = Evaluation::new(&program, frame, row, 1);
    let (have, with) = (evaluation.vector(left)?.value(0, ty), evaluation.vector(right)?.value(0, ty));
    let missing = number(&have).zip(number(&with)).map(|(have, with)| missing(wanted, have, with));
    Ok(Some(Distance { subject: a.to_string(), have, wanted, with, missing, ty }))
}

/// The least by which a number has to differ so that the comparison holds; 0 where it does.
fn missing(wanted: Comparison, have: i64, with: i64) -> i64 {
    let over = |n: i64| n.max(0);
    match wanted {
        Comparison::Equal => have.abs_diff(with).try_into().unwrap_or(i64::MAX),
        Comparison::NotEqual => i64::from(have == with),
        Comparison::GreaterEqual => over(with.saturating_sub(have)),
        Comparison::Greater => over(with.saturating_sub(have).saturating_add(1)),
        Comparison::LessEqual => over(have.saturating_sub(with)),
        Comparison::Less => over(have.saturating_sub(with).saturating_add(1)),
    }
}

fn number(value: &Value) -> Option<i64> {
    match value {
        Value::Int(n) | Value::Date(n) | Value::Time(n) => Some(*n),
        Value::Text(_) | Value::Bool(_) | Value::Null => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By hand, and by trying every step: the number that differs by what is missing meets the comparison, a smaller step
    /// does not.
    #[test]
    fn what_is_missing_is_the_smallest_step() {
        assert_eq!(missing(Comparison::GreaterEqual, 3, 5), 2);
        assert_eq!(missing(Comparison::Greater, 5, 5), 1);
        assert_eq!(missing(Comparison::Less, 31, 30), 2);
        for wanted in Comparison::ALL {
            for (have, with) in (-4..=4).flat_map(|a: i64| (-4..=4).map(move |b: i64| (a, b))) {
                let step = missing(*wanted, have, with);
                let meets = |by: i64| wanted.holds((have + by).cmp(&with)) || wanted.holds((have - by).cmp(&with));
                assert!(meets(step), "{wanted:?} {have} {with}");
                assert!((0..step).all(|less| !meets(less)), "{wanted:?} {have} {with}");
            }
        }
    }
}
