//! Reading a measure.

use sqlparser::ast;

use super::check::Checker;
use super::{place, read};
use crate::diag::{Code, Diagnostic, Report, Span};
use crate::document::Text;
use crate::expr::measure::{Aggregate, Measure};
use crate::expr::scope::Scope;
use crate::expr::tree::Expr;
use crate::schema::Type;

/// Reads a measure. Faults go to the report; `None` means there were some.
pub fn parse_measure(text: &Text, scope: &dyn Scope, report: &mut Report) -> Option<Measure> {
    let tree = read(text, report)?;
    let ast::Expr::Function(call) = &tree else {
        report.push(not_a_measure(text, text.span()));
        return None;
    };
    let name = call.name.to_string().to_lowercase();
    let span = place(text, ast::Spanned::span(call));
    let (argument, distinct) = match argument(call) {
        Some(found) => found,
        None => {
            report.push(not_a_measure(text, span));
            return None;
        }
    };
    let Some(aggregate) = Aggregate::of(&name, distinct) else {
        let known = ["count", "min", "max", "sum", "avg", "any_value"];
        report.push(not_a_measure(text, span).did_you_mean(&name, known));
        return None;
    };
    let mut checker = Checker { text, scope, report };
    let argument = match argument {
        Some(tree) => Some(checker.check(tree)?),
        None => None,
    };
    let filter = match &call.filter {
        Some(tree) => Some(checker.condition(tree)?),
        None => None,
    };
    let ty = result_type(aggregate, argument.as_ref(), span, checker.report)?;
    Some(Measure { aggregate, argument, filter, ty })
}

/// The argument (nothing for `*`) and whether it is `distinct`.
fn argument(call: &ast::Function) -> Option<(Option<&ast::Expr>, bool)> {
    if call.over.is_some() || !call.within_group.is_empty() {
        return None;
    }
    let ast::FunctionArguments::List(list) = &call.args else { return None };
    let distinct = matches!(list.duplicate_treatment, Some(ast::DuplicateTreatment::Distinct));
    match list.args.as_slice() {
        [ast::FunctionArg::Unnamed(ast::FunctionArgExpr::Expr(expr))] => Some((Some(expr), distinct)),
        [ast::FunctionArg::Unnamed(ast::FunctionArgExpr::Wildcard)] if !distinct => Some((None, false)),
        _ => None,
    }
}

fn not_a_measure(text: &Text, span: Span) -> Diagnostic {
    Diagnostic::new(Code::NotMeasure, span, format!("`{}` is not a measure", text.as_str())).label("here").help(
        "write count(*), count(distinct x), min(x), max(x), sum(x), avg(x) or any_value(x), each with an optional \
         `filter (where ...)`",
    )
}

fn result_type(aggregate: Aggregate, argument: Option<&Expr>, span: Span, report: &mut Report) -> Option<Type> {
    let ty = argument.and_then(|a| a.ty);
    let fault = match (aggregate, argument, ty) {
        (Aggregate::Count | Aggregate::CountDistinct, _, _) => return Some(Type::Int),
        (_, None, _) => "only `count` goes with `*`".to_owned(),
        (Aggregate::Sum | Aggregate::Avg, _, Some(Type::Int)) => return Some(Type::Int),
        (Aggregate::Min | Aggregate::Max, _, Some(ty @ (Type::Int | Type::Date | Type::Time))) => return Some(ty),
        (Aggregate::AnyValue, _, Some(ty)) => return Some(ty),
        (Aggregate::Sum | Aggregate::Avg, _, Some(ty)) => format!("needs whole numbers, this is {ty}"),
        (_, _, Some(ty)) => format!("needs numbers, dates or times, this is {ty}"),
        (_, Some(_), None) => "null has no values".to_owned(),
    };
    report.push(Diagnostic::new(Code::TypeMismatch, span, format!("`{}`: {fault}", aggregate.name())).label("here"));
    None
}
