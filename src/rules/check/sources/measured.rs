//! What groups and networks have in common: keys, windows, `where`, measures, `having`.

use crate::calendar::duration;
use crate::columns::{ColumnInfo, Origin, Spec};
use crate::diag::{Code, Diagnostic, Report};
use crate::document::{Named, Text};
use crate::expr::{
    Aggregate, ColumnRef, Expr, Joined, Kind, ListRef, ParamRef, Scope, Verdict, parse_condition, parse_measure, taint,
    verdict,
};
use crate::rules::check::scope::{FileScope, Names};
use crate::schema::{Mask, Protected, Reveals, Sensitivity, Type};

/// The column of time that windows run over.
pub(super) use crate::columns::derived::waktu::WAKTU as TIME;

/// A column of a key with its mask; what it tells goes into `told`.
pub(super) fn key(text: &Text, names: &Names, told: &mut Protected, report: &mut Report) -> Option<(String, Mask)> {
    let name = text.as_str();
    if names.broken.contains(name) {
        return None;
    }
    let Some(column) = names.catalog.get(name) else {
        report.push(
            Diagnostic::new(Code::UnknownColumn, text.span(), format!("unknown column `{name}`"))
                .label("cannot be a key")
                .did_you_mean(name, names.catalog.names()),
        );
        return None;
    };
    if matches!(column.ty, Type::List(_) | Type::Texts) {
        report.push(
            Diagnostic::new(Code::TypeMismatch, text.span(), "a list cannot be a key")
                .label(column.ty.describe())
                .help("a `[[field]]` can pick what matters of it"),
        );
        return None;
    }
    if let Reveals::Is(attributes) = column.reveals {
        *told = *told | attributes;
    }
    Some((name.to_owned(), column.mask))
}

/// Length of a window in milliseconds.
pub(super) fn window(text: Option<&Text>, report: &mut Report) -> Option<Option<i64>> {
    let Some(text) = text else { return Some(None) };
    match duration(text.as_str()) {
        Some(width) if width >= 0 => Some(Some(width)),
        _ => {
            report.push(
                Diagnostic::new(Code::BadWindow, text.span(), format!("`{}` is not a length of time", text.as_str()))
                    .label("write \"90d\", \"12h\", \"30m\" or \"90d 12h\""),
            );
            None
        }
    }
}

/// Conditions over rows; what they tell goes into `told`.
pub(super) fn conditions(
    raw: Option<&Vec<Text>>,
    scope: &FileScope<'_>,
    told: &mut Protected,
    report: &mut Report,
) -> Option<Vec<Expr>> {
    let lines = raw.map_or(&[][..], Vec::as_slice);
    let checked: Vec<Option<Expr>> = lines
        .iter()
        .map(|text| {
            let expr = parse_condition(text, Joined::All, scope, report)?;
            say_verdict(verdict(&expr, scope), text, report);
            if let Reveals::Is(attributes) = taint(&expr, scope).reveals {
                *told = *told | attributes;
            }
            Some(expr)
        })
        .collect();
    checked.into_iter().collect()
}

fn say_verdict(verdict: Verdict, text: &Text, report: &mut Report) {
    let fault = match verdict {
        Verdict::Open => return,
        Verdict::Always => {
            Diagnostic::new(Code::AlwaysTrue, text.span(), "this line holds whatever the data").label("says nothing")
        }
        Verdict::Never => Diagnostic::new(Code::NeverTrue, text.span(), "this line cannot hold, whatever the data")
            .label("never true"),
    };
    report.push(fault);
}

/// Measures by name.
pub(super) fn measures(raw: &Named<Text>, scope: &FileScope<'_>, report: &mut Report) -> Option<Vec<Spec>> {
    let checked: Vec<Option<Spec>> = raw
        .entries
        .iter()
        .map(|(name, text)| {
            let measure = parse_measure(text, scope, report);
            if super::well_formed(name.as_str()) && !name.as_str().contains('.') {
                return Some(Spec { name: name.as_str().to_owned(), measure: measure? });
            }
            report.push(
                Diagnostic::new(Code::BadId, name.span(), format!("`{}` is not a name for a measure", name.as_str()))
                    .label("lower case letters, digits, underscores"),
            );
            None
        })
        .collect();
    checked.into_iter().collect()
}

/// Conditions over the measures.
pub(super) fn having(
    raw: Option<&Vec<Text>>,
    specs: &[Spec],
    scope: &FileScope<'_>,
    report: &mut Report,
) -> Option<Vec<Expr>> {
    let scope = MeasureScope { specs, outer: scope };
    let lines = raw.map_or(&[][..], Vec::as_slice);
    let checked: Vec<Option<Expr>> = lines
        .iter()
        .map(|text| {
            let expr = parse_condition(text, Joined::All, &scope, report)?;
            say_verdict(verdict(&expr, &scope), text, report);
            Some(expr)
        })
        .collect();
    checked.into_iter().collect()
}

/// The names inside `having`: the measures of the declaration, its file's parameters and lists.
struct MeasureScope<'a> {
    specs: &'a [Spec],
    outer: &'a FileScope<'a>,
}

impl Scope for MeasureScope<'_> {
    fn column(&self, name: &str) -> Option<ColumnRef> {
        let spec = self.specs.iter().find(|s| s.name == name)?;
        // What `any_value` picked out of a text cannot be asked about here.
        let ty = spec.measure.ty;
        (!ty.is_textual() && ty != Type::Bool).then_some(ColumnRef {
            ty,
            limits: limits(spec),
            reveals: Reveals::Nothing,
            builtin: false,
        })
    }

    fn column_names(&self) -> Vec<&str> {
        self.specs.iter().map(|s| s.name.as_str()).collect()
    }

    fn param(&self, name: &str) -> Option<ParamRef> {
        self.outer.param(name)
    }

    fn param_names(&self) -> Vec<&str> {
        self.outer.param_names()
    }

    fn list(&self, name: &str) -> Option<ListRef<'_>> {
        self.outer.list(name)
    }

    fn list_names(&self) -> Vec<&str> {
        self.outer.list_names()
    }
}

fn limits(spec: &Spec) -> crate::expr::Limits {
    matches!(spec.measure.aggregate, Aggregate::Count | Aggregate::CountDistinct).then_some((0, i64::MAX))
}

/// The catalogue's entry of a measure. `told` is what keys and conditions tell; a count of different values tells nothing
/// of them, a value picked out tells itself.
pub(super) fn column(
    owner: &str,
    title: Option<&Text>,
    spec: &Spec,
    told: Protected,
    origin: Origin,
    scope: &FileScope<'_>,
) -> ColumnInfo {
    let mut told = told;
    let mut contained = Protected::NONE;
    if let Some(filter) = &spec.measure.filter
        && let Reveals::Is(attributes) = taint(filter, scope).reveals
    {
        told = told | attributes;
    }
    let argument = spec.measure.argument.as_ref();
    // A value picked from another application is as good as the application's own, unless the picking tells something.
    let stands = |a: &Expr| match &a.kind {
        Kind::Column(name) => scope.names.catalog.get(name).is_some_and(|c| c.whole),
        _ => false,
    };
    let whole = told.is_empty() && argument.is_some_and(stands);
    let picks = !matches!(spec.measure.aggregate, Aggregate::Count | Aggregate::CountDistinct);
    if let (Some(argument), true) = (argument, picks) {
        match taint(argument, scope).reveals {
            Reveals::Is(attributes) => told = told | attributes,
            Reveals::Contains(attributes) => contained = attributes,
            Reveals::Nothing => {}
        }
    }
    let reveals = match (told.is_empty(), contained.is_empty()) {
        (false, _) => Reveals::Is(told | contained),
        (true, false) => Reveals::Contains(contained),
        (true, true) => Reveals::Nothing,
    };
    let masks = argument.filter(|_| picks).into_iter().flat_map(Expr::columns);
    let mask = masks.filter_map(|c| scope.names.catalog.get(&c).map(|c| c.mask)).find(|m| m.hides(spec.measure.ty));
    let title = title.map_or(owner, Text::as_str);
    ColumnInfo {
        name: format!("{owner}.{}", spec.name),
        ty: spec.measure.ty,
        limits: limits(spec),
        mask: mask.unwrap_or(Mask::Open),
        sensitivity: Sensitivity::Plain,
        reveals,
        label_id: format!("{title}: {}", spec.name),
        label_en: format!("{title}: {}", spec.name),
        meaning: format!("`{}` over {owner}", spec.measure),
        example: String::new(),
        origin,
        whole: whole && picks,
    }
}
