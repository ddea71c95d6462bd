//! The changes that can be made inside one expression: each a new tree and the edit of the text that gives it.

use super::edit::Edit;
use crate::calendar;
use crate::diag::{Files, Span};
use crate::expr::{Comparison, Expr, Kind, Literal, Value};
use crate::schema::Type;

/// A changed expression.
#[derive(Debug, Clone)]
pub(super) struct Variant {
    pub(super) expr: Expr,
    pub(super) edits: Vec<Edit>,
    pub(super) what: &'static str,
}

/// What is needed to make variants.
#[derive(Debug, Clone)]
pub(super) struct Workshop<'a> {
    pub(super) files: &'a Files,
    /// The columns an expression may name here.
    pub(super) names: Vec<(&'a str, Type)>,
}

impl Workshop<'_> {
    /// Every variant of an expression.
    pub(super) fn variants(&self, expr: &Expr) -> Vec<Variant> {
        if let Some((low, high)) = between(expr) {
            return self.of_between(expr, low, high);
        }
        let mut found = self.here(expr);
        // What `coalesce` falls back to is no threshold.
        let fallback = matches!(expr.kind, Kind::Coalesce(_));
        for (number, child) in expr.children().into_iter().enumerate() {
            if fallback && matches!(child.kind, Kind::Literal(_)) {
                continue;
            }
            let inner = self.variants(child).into_iter();
            found.extend(inner.map(|v| Variant { expr: expr.with_child(number, v.expr), ..v }));
        }
        found
    }

    /// `x between a and b` stands as two comparisons of what is written once.
    fn of_between(&self, expr: &Expr, low: &Expr, high: &Expr) -> Vec<Variant> {
        let both = |v: Variant| {
            let low = low.with_child(0, v.expr.clone());
            Variant { expr: expr.with_child(0, low).with_child(1, high.with_child(0, v.expr)), ..v }
        };
        let mut found: Vec<Variant> = low.children().first().map_or_else(Vec::new, |value| self.variants(value));
        found = found.into_iter().map(both).collect();
        for (number, side) in [low, high].into_iter().enumerate() {
            let limit = side.children().get(1).map_or_else(Vec::new, |limit| self.variants(limit));
            let with = |v: Variant| Variant { expr: expr.with_child(number, side.with_child(1, v.expr)), ..v };
            found.extend(limit.into_iter().map(with));
        }
        found
    }

    fn here(&self, expr: &Expr) -> Vec<Variant> {
        match &expr.kind {
            Kind::Compare(op, a, b) => self.operator(expr, *op, a, b),
            Kind::And(parts) => self.joint(expr, parts, "and", "or", Kind::Or),
            Kind::Or(parts) => self.joint(expr, parts, "or", "and", Kind::And),
            Kind::Literal(literal) => self.moved(expr, literal),
            Kind::In(inner, items) => self.fewer(expr, inner, items),
            Kind::Column(name) => self.other_column(expr, name),
            _ => Vec::new(),
        }
    }

    /// `<` and `<=`, `=` and `<>` exchanged.
    fn operator(&self, expr: &Expr, op: Comparison, a: &Expr, b: &Expr) -> Vec<Variant> {
        let other = match op {
            Comparison::Equal => Comparison::NotEqual,
            Comparison::NotEqual => Comparison::Equal,
            Comparison::Less => Comparison::LessEqual,
            Comparison::LessEqual => Comparison::Less,
            Comparison::Greater => Comparison::GreaterEqual,
            Comparison::GreaterEqual => Comparison::Greater,
        };
        let edit = self.between(a, b, op.symbol(), other.symbol());
        let edit = edit.or_else(|| self.between(a, b, "!=", other.symbol()).filter(|_| op == Comparison::NotEqual));
        let kind = Kind::Compare(other, Box::new(a.clone()), Box::new(b.clone()));
        self.made(expr, kind, edit.into_iter().collect(), "operator")
    }

    /// `and` and `or` exchanged.
    fn joint(&self, expr: &Expr, parts: &[Expr], word: &str, other: &str, kind: fn(Vec<Expr>) -> Kind) -> Vec<Variant> {
        let pairs = parts.iter().zip(parts.iter().skip(1));
        let edits: Option<Vec<Edit>> = pairs.map(|(a, b)| self.between(a, b, word, other)).collect();
        edits.map_or_else(Vec::new, |edits| self.made(expr, kind(parts.to_vec()), edits, "and/or"))
    }

    /// An edit of a word that stands between two expressions.
    fn between(&self, a: &Expr, b: &Expr, word: &str, other: &str) -> Option<Edit> {
        let gap = Span { start: a.span.end, end: b.span.start, ..a.span };
        if gap.start > gap.end {
            return None;
        }
        let at = self.files.slice(gap).to_lowercase().find(word)?;
        Some(Edit::new(gap.part(at, word.len()), other))
    }

    fn made(&self, expr: &Expr, kind: Kind, edits: Vec<Edit>, what: &'static str) -> Vec<Variant> {
        if edits.is_empty() {
            return Vec::new();
        }
        vec![Variant { expr: Expr { kind, ..expr.clone() }, edits, what }]
    }

    /// A number, a day or a second more and less. Parameters are moved where they are declared.
    fn moved(&self, expr: &Expr, literal: &Literal) -> Vec<Variant> {
        let text = self.files.slice(expr.span);
        let value = |step: i64| match &literal.value {
            Value::Int(n) if text.parse() == Ok(*n) => {
                let n = n.checked_add(step)?;
                Some((Value::Int(n), n.to_string()))
            }
            Value::Date(days) if text.starts_with('\'') => {
                Some((Value::Date(days + step), format!("'{}'", calendar::date(days + step)?)))
            }
            Value::Time(ms) if text.starts_with('\'') => {
                let ms = ms + step * 1_000;
                Some((Value::Time(ms), format!("'{}'", calendar::time(ms)?.format("%Y-%m-%d %H:%M:%S"))))
            }
            _ => None,
        };
        if literal.param.is_some() {
            return Vec::new();
        }
        let made = [1, -1].into_iter().filter_map(value);
        made.flat_map(|(value, text)| {
            let kind = Kind::Literal(Literal { value, param: None });
            self.made(expr, kind, vec![Edit::new(expr.span, text)], "threshold")
        })
        .collect()
    }

    /// Each value of `in (...)` left out.
    fn fewer(&self, expr: &Expr, inner: &Expr, items: &[Literal]) -> Vec<Variant> {
        if items.len() < 2 {
            return Vec::new();
        }
        let list = Span { start: inner.span.end.min(expr.span.end), ..expr.span };
        let made = items.iter().enumerate().filter_map(|(number, item)| {
            let word = item.to_string();
            let at = self.files.slice(list).find(&word)?;
            let edit = Edit::without_item(list.part(at, word.len()), self.files);
            let mut left = items.to_vec();
            left.remove(number);
            let kind = Kind::In(Box::new(inner.clone()), left);
            Some(Variant { expr: Expr { kind, ..expr.clone() }, edits: vec![edit], what: "value of a list" })
        });
        made.collect()
    }

    /// The column of the same type whose name is most like this one: of the same group or family where there is one.
    fn other_column(&self, expr: &Expr, name: &str) -> Vec<Variant> {
        let owner = name.rsplit_once('.').map_or("", |(owner, _)| owner);
        let alike = |other: &&(&str, Type)| other.0 != name && Some(other.1) == expr.ty;
        let alike: Vec<&str> = self.names.iter().filter(alike).map(|(other, _)| *other).collect();
        let kin = |other: &&str| !owner.is_empty() && other.rsplit_once('.').is_some_and(|(o, _)| o == owner);
        let of_kin: Vec<&str> = alike.iter().copied().filter(kin).collect();
        let others = if of_kin.is_empty() { alike } else { of_kin };
        let Some(other) = closest(name, &others) else { return Vec::new() };
        if self.files.slice(expr.span) != name {
            return Vec::new();
        }
        self.made(expr, Kind::Column(other.into()), vec![Edit::new(expr.span, other)], "column")
    }
}

/// The two comparisons that `between` becomes.
fn between(expr: &Expr) -> Option<(&Expr, &Expr)> {
    let Kind::And(parts) = &expr.kind else { return None };
    match parts.as_slice() {
        [low @ Expr { kind: Kind::Compare(_, a, _), .. }, high @ Expr { kind: Kind::Compare(_, b, _), .. }]
            if a.span == b.span =>
        {
            Some((low, high))
        }
        _ => None,
    }
}

/// The name that takes the fewest changes of letters, the first of equals.
fn closest<'a>(name: &str, others: &[&'a str]) -> Option<&'a str> {
    others.iter().copied().min_by_key(|other| (strsim::damerau_levenshtein(name, other), *other))
}
