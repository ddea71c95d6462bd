//! Constants take the type of what they are compared with.

use chrono::{NaiveDate, NaiveDateTime};

use super::check::is_text;
use crate::calendar;
use crate::diag::{Code, Diagnostic, Report};
use crate::expr::tree::{Expr, Kind, Value};
use crate::schema::Type;

/// Whether values of these types can be compared.
pub(super) fn comparable(a: Type, b: Type) -> bool {
    match (a, b) {
        (Type::Int, Type::Int) | (Type::Bool, Type::Bool) => true,
        (Type::Date | Type::Time, Type::Date | Type::Time) => true,
        (a, b) => is_text(a) && is_text(b),
    }
}

/// Turns a constant into a value of `ty` where that makes sense; leaves it alone where types simply differ, for the
/// caller to report. `None` when the text does not read as what is needed (reported here).
pub(super) fn coerce(expr: &mut Expr, ty: Type, report: &mut Report) -> Option<()> {
    let Kind::Literal(literal) = &mut expr.kind else { return Some(()) };
    let Value::Text(text) = &literal.value else { return Some(()) };
    match ty {
        Type::Date | Type::Time => {
            let Some((value, found)) = moment(text) else {
                report.push(
                    Diagnostic::new(Code::BadLiteral, expr.span, format!("`{text}` is not a date"))
                        .label("compared with a date")
                        .help("dates are written '2025-11-03', times '2025-11-03 06:05:00'"),
                );
                return None;
            };
            literal.value = value;
            expr.ty = Some(found);
        }
        Type::Code(table) => {
            if table.get(text).is_none() {
                let fault =
                    Diagnostic::new(Code::UnknownCode, expr.span, format!("`{text}` is not a code of {}", table.name))
                        .label("not in the closed list")
                        .did_you_mean(text, table.codes());
                let few = table.entries().len() <= 24;
                let codes: Vec<_> = table.codes().collect();
                report.push(if few { fault.note(format!("codes: {}", codes.join(", "))) } else { fault });
                return None;
            }
            expr.ty = Some(ty);
        }
        Type::Text | Type::Int | Type::Bool | Type::List(_) | Type::Texts => {}
    }
    Some(())
}

/// A date, or a date with a time.
fn moment(text: &str) -> Option<(Value, Type)> {
    if let Ok(date) = NaiveDate::parse_from_str(text, "%Y-%m-%d") {
        return Some((Value::Date(calendar::days(date)), Type::Date));
    }
    ["%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M"]
        .iter()
        .find_map(|format| NaiveDateTime::parse_from_str(text, format).ok())
        .map(|time| (Value::Time(calendar::millis(time)), Type::Time))
}
