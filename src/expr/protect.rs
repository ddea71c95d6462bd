//! Whether a value tells something of a protected attribute.
//!
//! The question is answered by following values through the expression, not by looking for column names: a digit of a
//! NIK taken out with `like`, a `case` over it, a field built on that and a count of it all still say where a person
//! comes from.

use super::scope::Scope;
use super::tree::{Comparison, Expr, Kind, Literal, Pattern, Value};
use crate::diag::Span;
use crate::schema::columns::BUKU_NIKAH_NOMOR;
use crate::schema::{Protected, Reveals, Type};

/// What a value tells, and the place that made it so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Taint {
    /// What it tells.
    pub reveals: Reveals,
    /// The part of the expression where the attribute comes in.
    pub place: Span,
}

/// What the value of an expression tells.
#[must_use]
pub fn taint(expr: &Expr, scope: &dyn Scope) -> Taint {
    if tells_religion(expr, scope) {
        return Taint { reveals: Reveals::Is(Protected::RELIGION), place: expr.span };
    }
    match &expr.kind {
        Kind::Column(name) => {
            let reveals = scope.column(name).map_or(Reveals::Nothing, |c| c.reveals);
            Taint { reveals, place: expr.span }
        }
        Kind::Literal(_) => clean(expr),
        // Whether a value was given says nothing of what it is; but only Muslims have a marriage book.
        Kind::IsNull(inner) => match &inner.kind {
            Kind::Column(name) if name.split('.').next() == Some(BUKU_NIKAH_NOMOR) => {
                Taint { reveals: Reveals::Is(Protected::RELIGION), place: expr.span }
            }
            Kind::Column(_) => clean(expr),
            _ => told(expr, taint(inner, scope)),
        },
        Kind::Compare(op, a, b) => comparison(expr, *op, a, b, scope),
        Kind::In(inner, _) | Kind::Like(inner, _) => told(expr, taint(inner, scope)),
        Kind::And(parts) | Kind::Or(parts) => {
            // Married by a book or by a deed, whichever: asked together they tell that somebody is married, no more.
            let asked = |deed: &str| parts.iter().any(|part| marriage(part) == Some(deed));
            let both = MARRIAGE.iter().all(|deed| asked(deed));
            let telling = parts.iter().filter(|part| !(both && marriage(part).is_some()));
            strongest(expr, telling.map(|part| taint(part, scope)))
        }
        Kind::Not(_) | Kind::Is(..) | Kind::Arithmetic(..) => {
            strongest(expr, expr.children().into_iter().map(|child| taint(child, scope)))
        }
        Kind::Coalesce(values) => strongest(expr, values.iter().map(|v| taint(v, scope))),
        Kind::Case(branches, otherwise) => {
            let conditions = branches.iter().map(|(when, _)| told(expr, taint(when, scope)));
            let values = branches.iter().map(|(_, then)| then).chain(otherwise.as_deref());
            strongest(expr, conditions.chain(values.map(|v| taint(v, scope))))
        }
        Kind::Call(function, args, _) => call(expr, function.name, args, scope),
    }
}

/// The papers of a marriage: Muslims have a book of the religious office, everybody else a deed of the civil registry.
const MARRIAGE: [&str; 2] = ["buku_nikah", "akta_kawin"];

/// The paper of a marriage that an expression asks for, or asks to be absent.
fn marriage(expr: &Expr) -> Option<&str> {
    match &expr.kind {
        Kind::Not(inner) => marriage(inner),
        Kind::Call(function, args, _) if function.name == "has" => args.iter().find_map(|arg| match &arg.kind {
            Kind::Literal(Literal { value: Value::Text(text), .. }) => {
                MARRIAGE.iter().find(|deed| *deed == text).copied()
            }
            _ => None,
        }),
        _ => None,
    }
}

/// Words that tell a religion: offices of clergy, which are occupations, and houses of worship.
const RELIGIOUS: [&str; 34] = [
    "BAPTIS",
    "BIARA",
    "BIARAWAN",
    "BIARAWATI",
    "BIKSU",
    "BHIKKHU",
    "BUDDHA",
    "BUDHA",
    "GEREJA",
    "HINDU",
    "IMAM",
    "ISLAM",
    "KATEDRAL",
    "KATOLIK",
    "KLENTENG",
    "KONGHUCU",
    "KRISTEN",
    "MASJID",
    "MESJID",
    "MUBALIG",
    "MUBALIGH",
    "MUSALA",
    "NUN",
    "PASTOR",
    "PASTUR",
    "PENDETA",
    "PROTESTAN",
    "ROHANIWAN",
    "SUSTER",
    "USTAD",
    "USTADZ",
    "USTADZAH",
    "USTAZ",
    "VIHARA",
];

/// Whether a value is held against a text that tells a religion. Such texts are the only way to it: the dictionary has no
/// column for it.
fn tells_religion(expr: &Expr, scope: &dyn Scope) -> bool {
    let religious = |text: &str| {
        let upper = text.to_uppercase();
        upper.split(|c: char| !c.is_alphanumeric()).any(|word| RELIGIOUS.contains(&word))
    };
    // A code says what its label says.
    let code = |of: &Expr, code: &str| {
        let entry = of.ty.and_then(|ty| ty.codes()).and_then(|table| table.get(code));
        entry.is_some_and(|entry| religious(entry.label_id))
    };
    let text = |e: &Expr, of: &Expr| match &e.kind {
        Kind::Literal(Literal { value: Value::Text(t), .. }) => religious(t) || code(of, t),
        _ => false,
    };
    match &expr.kind {
        Kind::Compare(_, a, b) => text(a, b) || text(b, a),
        Kind::In(inner, items) => items.iter().any(|item| match &item.value {
            Value::Text(t) => religious(t) || code(inner, t),
            _ => false,
        }),
        Kind::Like(_, like) => religious(like.source()),
        Kind::Call(_, args, pattern) => {
            let listed = match pattern {
                Pattern::List(name) => scope.list(name).is_some_and(|list| list.values.iter().any(|v| religious(v))),
                Pattern::Regex(_) | Pattern::Like(_) => religious(pattern.key()),
                Pattern::None => false,
            };
            let of = args.first();
            listed || args.iter().any(|arg| text(arg, of.unwrap_or(arg))) || marriage(expr).is_some()
        }
        _ => false,
    }
}

fn comparison(expr: &Expr, op: Comparison, a: &Expr, b: &Expr, scope: &dyn Scope) -> Taint {
    let (left, right) = (taint(a, scope), taint(b, scope));
    // Only saring's own columns: a field of the pack could be built so that being equal to the attribute tells it.
    let own = |e: &Expr, t: Taint| match &e.kind {
        Kind::Column(name) => !t.reveals.attributes().is_empty() && scope.column(name).is_some_and(|c| c.builtin),
        _ => false,
    };
    let consistency = matches!(op, Comparison::Equal | Comparison::NotEqual)
        && own(a, left)
        && own(b, right)
        && a.columns() != b.columns();
    let whole_values = matches!(op, Comparison::Equal | Comparison::NotEqual)
        && is_whole(a, scope)
        && is_whole(b, scope)
        && !matches!(left.reveals, Reveals::Is(_))
        && !matches!(right.reveals, Reveals::Is(_));
    if consistency || whole_values {
        return clean(expr);
    }
    strongest(expr, [told(expr, left), told(expr, right)])
}

fn call(expr: &Expr, name: &str, args: &[Expr], scope: &dyn Scope) -> Taint {
    let taints: Vec<Taint> = args.iter().map(|arg| taint(arg, scope)).collect();
    let is = || taints.iter().find(|t| matches!(t.reveals, Reveals::Is(_))).copied();
    match name {
        // Length and membership in a list of entries do not take a value apart.
        "length" | "count_items" | "in_list" => is().unwrap_or(clean(expr)),
        "similarity" | "days_between" if args.iter().all(|a| is_whole(a, scope)) => is().unwrap_or(clean(expr)),
        // A text made of a text still holds what it held.
        "lower" | "upper" => strongest(expr, taints),
        _ => strongest(expr, taints.into_iter().map(|t| told(expr, t))),
    }
}

/// Whether a value is what stands in saring's own columns, in whatever case. A constant, a `case` or a field of the pack could
/// be made so that being like it tells what a name or number contains.
fn is_whole(expr: &Expr, scope: &dyn Scope) -> bool {
    match &expr.kind {
        Kind::Column(name) => scope.column(name).is_some_and(|c| c.builtin),
        Kind::Coalesce(values) => values.iter().all(|value| is_whole(value, scope)),
        Kind::Call(function, args, _) if matches!(function.name, "lower" | "upper") => {
            args.iter().all(|arg| is_whole(arg, scope))
        }
        _ => false,
    }
}

fn clean(expr: &Expr) -> Taint {
    Taint { reveals: Reveals::Nothing, place: expr.span }
}

/// An answer that depends on what a value contains tells it.
fn told(expr: &Expr, taint: Taint) -> Taint {
    let attributes = taint.reveals.attributes();
    if attributes.is_empty() {
        return Taint { reveals: Reveals::Nothing, ..taint };
    }
    let place = if taint.place == expr.span { expr.span } else { taint.place };
    Taint { reveals: Reveals::Is(attributes), place }
}

/// All of them together: what is told outright counts before what is only contained.
fn strongest(expr: &Expr, taints: impl IntoIterator<Item = Taint>) -> Taint {
    let mut all = clean(expr);
    let (mut told, mut contained) = (Protected::NONE, Protected::NONE);
    for taint in taints {
        let before = (told, contained);
        match taint.reveals {
            Reveals::Nothing => continue,
            Reveals::Is(set) => told = told | set,
            Reveals::Contains(set) => contained = contained | set,
        }
        if before.0.is_empty() && (before.1.is_empty() || !told.is_empty()) {
            all.place = taint.place;
        }
    }
    // A yes or no, a number or a date cannot hold a name or a NIK to be taken apart later: it tells or it does not.
    let holds_text = expr.ty.is_none_or(|ty| ty.is_textual() || ty == Type::Texts);
    all.reveals = if !told.is_empty() {
        Reveals::Is(told | contained)
    } else if contained.is_empty() {
        Reveals::Nothing
    } else if holds_text {
        Reveals::Contains(contained)
    } else {
        Reveals::Is(contained)
    };
    all
}
