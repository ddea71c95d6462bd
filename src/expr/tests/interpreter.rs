//! The slow twin: one row at a time, straight from SQL's definitions, sharing no code with the evaluator.

use std::collections::BTreeMap;

use super::super::{Arithmetic, Comparison, Expr, Kind, Pattern, Value};
use crate::calendar;

pub(super) type Row = BTreeMap<&'static str, Value>;

const DAY: i64 = 86_400_000;

pub(super) fn evaluate(expr: &Expr, row: &Row) -> Value {
    match &expr.kind {
        Kind::Column(name) => row[&**name].clone(),
        Kind::Literal(literal) => literal.value.clone(),
        Kind::Compare(op, a, b) => compare(*op, &evaluate(a, row), &evaluate(b, row)),
        Kind::And(parts) => {
            let values: Vec<_> = parts.iter().map(|p| evaluate(p, row)).collect();
            if values.contains(&Value::Bool(false)) {
                Value::Bool(false)
            } else if values.contains(&Value::Null) {
                Value::Null
            } else {
                Value::Bool(true)
            }
        }
        Kind::Or(parts) => {
            let values: Vec<_> = parts.iter().map(|p| evaluate(p, row)).collect();
            if values.contains(&Value::Bool(true)) {
                Value::Bool(true)
            } else if values.contains(&Value::Null) {
                Value::Null
            } else {
                Value::Bool(false)
            }
        }
        Kind::Not(a) => match evaluate(a, row) {
            Value::Bool(b) => Value::Bool(!b),
            _ => Value::Null,
        },
        Kind::IsNull(a) => Value::Bool(evaluate(a, row) == Value::Null),
        Kind::Is(a, want) => Value::Bool(evaluate(a, row) == Value::Bool(*want)),
        Kind::In(a, items) => {
            let value = evaluate(a, row);
            if value == Value::Null {
                return Value::Null;
            }
            Value::Bool(items.iter().any(|i| compare(Comparison::Equal, &value, &i.value) == Value::Bool(true)))
        }
        Kind::Like(a, like) => match evaluate(a, row) {
            Value::Text(text) => {
                let fold = like.word() == "ilike";
                let lower = |t: &str| if fold { t.to_lowercase() } else { t.to_owned() };
                let (text, pattern): (Vec<char>, Vec<char>) =
                    (lower(&text).chars().collect(), lower(like.source()).chars().collect());
                Value::Bool(like_recursive(&text, &pattern))
            }
            _ => Value::Null,
        },
        Kind::Arithmetic(op, a, b) => arithmetic(*op, &evaluate(a, row), &evaluate(b, row)),
        Kind::Case(branches, otherwise) => {
            for (when, then) in branches {
                if evaluate(when, row) == Value::Bool(true) {
                    return evaluate(then, row);
                }
            }
            otherwise.as_ref().map_or(Value::Null, |e| evaluate(e, row))
        }
        Kind::Coalesce(values) => {
            values.iter().map(|v| evaluate(v, row)).find(|v| *v != Value::Null).unwrap_or(Value::Null)
        }
        Kind::Call(function, args, pattern) => {
            let values: Vec<_> = args.iter().map(|a| evaluate(a, row)).collect();
            if values.contains(&Value::Null) {
                return Value::Null;
            }
            call(function.name, &values, pattern)
        }
    }
}

/// Dates beside times are the start of their day.
fn moment(value: &Value) -> Option<i64> {
    match value {
        Value::Date(d) => Some(d * DAY),
        Value::Time(t) => Some(*t),
        _ => None,
    }
}

fn compare(op: Comparison, a: &Value, b: &Value) -> Value {
    let order = match (a, b) {
        (Value::Null, _) | (_, Value::Null) => return Value::Null,
        (Value::Text(a), Value::Text(b)) => a.as_bytes().cmp(b.as_bytes()),
        (Value::Bool(a), Value::Bool(b)) => a.cmp(b),
        (Value::Int(a), Value::Int(b)) => a.cmp(b),
        (a, b) => moment(a).unwrap().cmp(&moment(b).unwrap()),
    };
    use std::cmp::Ordering::{Equal, Greater, Less};
    let allowed: &[std::cmp::Ordering] = match op {
        Comparison::Equal => &[Equal],
        Comparison::NotEqual => &[Less, Greater],
        Comparison::Less => &[Less],
        Comparison::LessEqual => &[Less, Equal],
        Comparison::Greater => &[Greater],
        Comparison::GreaterEqual => &[Greater, Equal],
    };
    Value::Bool(allowed.contains(&order))
}

fn arithmetic(op: Arithmetic, a: &Value, b: &Value) -> Value {
    let raw = |v: &Value| match v {
        Value::Int(n) | Value::Date(n) => Some(i128::from(*n)),
        _ => None,
    };
    let (Some(x), Some(y)) = (raw(a), raw(b)) else { return Value::Null };
    let result = match op {
        Arithmetic::Add => x + y,
        Arithmetic::Subtract => x - y,
        Arithmetic::Multiply => x * y,
        Arithmetic::Divide | Arithmetic::Remainder if y == 0 => return Value::Null,
        Arithmetic::Divide => x / y,
        Arithmetic::Remainder => x % y,
    };
    let Ok(result) = i64::try_from(result) else { return Value::Null };
    match (op, a, b) {
        (Arithmetic::Add, Value::Date(_), _) | (Arithmetic::Add, _, Value::Date(_)) => Value::Date(result),
        (Arithmetic::Subtract, Value::Date(_), Value::Int(_)) => Value::Date(result),
        _ => Value::Int(result),
    }
}

fn like_recursive(text: &[char], pattern: &[char]) -> bool {
    match pattern.split_first() {
        None => text.is_empty(),
        Some((&'%', rest)) => (0..=text.len()).any(|skip| like_recursive(&text[skip..], rest)),
        Some((&'_', rest)) => !text.is_empty() && like_recursive(&text[1..], rest),
        Some((c, rest)) => text.first() == Some(c) && like_recursive(&text[1..], rest),
    }
}

fn call(name: &str, values: &[Value], pattern: &Pattern) -> Value {
    use chrono::{Datelike, Timelike};
    let text = |ix: usize| match &values[ix] {
        Value::Text(t) => t.clone(),
        other => panic!("{name}: {other:?}"),
    };
    let day = |ix: usize| match &values[ix] {
        Value::Date(d) => *d,
        Value::Time(t) => t.div_euclid(DAY),
        other => panic!("{name}: {other:?}"),
    };
    let date = |ix: usize| calendar::date(day(ix)).unwrap();
    let time = |ix: usize| match &values[ix] {
        Value::Time(t) => calendar::time(*t).unwrap(),
        other => panic!("{name}: {other:?}"),
    };
    let int = |n: usize| Value::Int(i64::try_from(n).unwrap());
    match name {
        "lower" => Value::Text(text(0).chars().flat_map(char::to_lowercase).collect()),
        "upper" => Value::Text(text(0).chars().flat_map(char::to_uppercase).collect()),
        "length" => int(text(0).chars().count()),
        "starts_with" => Value::Bool(text(0).find(&text(1)) == Some(0)),
        "ends_with" => Value::Bool(text(0).bytes().rev().take(text(1).len()).eq(text(1).bytes().rev())),
        "contains" => Value::Bool(text(0).find(&text(1)).is_some()),
        "matches" => {
            let Pattern::Regex(regex) = pattern else { panic!("no pattern") };
            Value::Bool(regex.find(&text(0)).is_some())
        }
        "in_list" => Value::Bool(["KH", "MM", "SATU"].contains(&text(0).to_uppercase().as_str())),
        "has" => Value::Bool(format!(";{};", text(0)).contains(&format!(";{};", text(1)))),
        "count_items" => int(if text(0).is_empty() { 0 } else { text(0).matches(';').count() + 1 }),
        "similarity" => Value::Int(crate::matching::similarity(&text(0), &text(1))),
        "year" => Value::Int(date(0).year().into()),
        "month" => Value::Int(date(0).month().into()),
        "day" => Value::Int(date(0).day().into()),
        // 1970-01-01 was a Thursday.
        "weekday" => Value::Int((day(0) + 3).rem_euclid(7) + 1),
        "days_between" => Value::Int(day(1) - day(0)),
        "is_holiday" => {
            let (first, last) = crate::reference::libur::covered();
            if date(0) < first || date(0) > last {
                return Value::Null;
            }
            Value::Bool(crate::reference::libur::find(date(0)).is_some())
        }
        "hour" => Value::Int(time(0).hour().into()),
        "minute" => Value::Int(time(0).minute().into()),
        "date" => Value::Date(day(0)),
        "abs" => match values[0] {
            Value::Int(n) => Value::Int(if n < 0 { n.saturating_neg() } else { n }),
            ref other => panic!("{other:?}"),
        },
        other => panic!("the interpreter does not know `{other}`"),
    }
}
