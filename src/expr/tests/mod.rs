//! The condition language held to a slow interpreter, its functions to their examples, its judgements to brute force.

mod conditions;
mod differential;
mod examples;
mod implication;
mod interpreter;

use std::sync::Arc;

use super::{ColumnRef, Expr, Joined, ListRef, ParamRef, Scope, Value, parse_condition, parse_value};
use crate::diag::{Files, Report, Span, Style, render_human};
use crate::document::Text;
use crate::schema::{Protected, Reveals, Type, tables};

/// A handful of columns of every type, one parameter, one list.
pub(super) struct World {
    list: Vec<String>,
}

impl World {
    pub(super) fn new() -> Self {
        Self { list: vec!["KH".to_owned(), "mm".to_owned(), "satu".to_owned()] }
    }
}

pub(super) const COLUMNS: &[(&str, Type)] = &[
    ("n1", Type::Int),
    ("n2", Type::Int),
    ("d1", Type::Date),
    ("d2", Type::Date),
    ("t1", Type::Time),
    ("t2", Type::Time),
    ("b1", Type::Bool),
    ("b2", Type::Bool),
    ("s1", Type::Text),
    ("s2", Type::Text),
    ("c1", Type::Code(tables::MAKSUD_PERJALANAN)),
    ("l1", Type::List(tables::DOKUMEN)),
];

const PROTECTED: &[(&str, Type, Reveals)] = &[
    ("sex", Type::Code(tables::JENIS_KELAMIN), Reveals::Is(Protected::SEX)),
    ("sex2", Type::Code(tables::JENIS_KELAMIN), Reveals::Is(Protected::SEX)),
    ("nik", Type::Text, Reveals::Contains(Protected::REGION)),
    ("kk", Type::Text, Reveals::Contains(Protected::REGION)),
];

impl Scope for World {
    fn column(&self, name: &str) -> Option<ColumnRef> {
        let plain = COLUMNS.iter().find(|c| c.0 == name).map(|c| (c.1, Reveals::Nothing));
        let (ty, reveals) = plain.or_else(|| PROTECTED.iter().find(|c| c.0 == name).map(|c| (c.1, c.2)))?;
        Some(ColumnRef { ty, limits: None, reveals, builtin: true })
    }

    fn column_names(&self) -> Vec<&str> {
        COLUMNS.iter().map(|c| c.0).chain(PROTECTED.iter().map(|c| c.0)).collect()
    }

    fn param(&self, name: &str) -> Option<ParamRef> {
        (name == "lima").then_some(ParamRef { value: Value::Int(5), span: None })
    }

    fn param_names(&self) -> Vec<&str> {
        vec!["lima"]
    }

    fn list(&self, name: &str) -> Option<ListRef<'_>> {
        (name == "daftar").then_some(ListRef { values: &self.list, span: None })
    }

    fn list_names(&self) -> Vec<&str> {
        vec!["daftar"]
    }
}

fn placed(line: &str) -> (Files, Text) {
    let mut files = Files::default();
    let file = files.add("t", Arc::<str>::from(line));
    let span = Span { file, start: 0, end: u32::try_from(line.len()).unwrap() };
    (files, Text::unplaced(line, span))
}

/// The tree of a condition, or its diagnostics as text.
pub(super) fn condition(line: &str) -> Result<Expr, String> {
    checked(line, |text, scope, report| parse_condition(text, Joined::All, scope, report))
}

/// The tree of any expression, or its diagnostics as text.
pub(super) fn expression(line: &str) -> Result<Expr, String> {
    checked(line, parse_value)
}

type Parse = fn(&Text, &dyn Scope, &mut Report) -> Option<Expr>;

fn checked(line: &str, parse: Parse) -> Result<Expr, String> {
    let (files, text) = placed(line);
    let mut report = Report::default();
    let expr = parse(&text, &World::new(), &mut report);
    match expr {
        Some(expr) if !report.has_errors() => Ok(expr),
        _ => Err(render_human(&report, &files, Style::Plain)),
    }
}
