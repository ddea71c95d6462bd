//! Laws of the function table: names sorted and unique, every example gives what it says.

use super::super::{Evaluation, FUNCTIONS, Program, Scope, parse_value};
use super::placed;
use crate::diag::{Report, Style, render_human};
use crate::expr::{ColumnRef, ListRef, ParamRef};
use crate::frame::{Builder, Frame};
use crate::schema::{Reveals, Type, columns};

/// The canonical columns with their own examples as the only row, and a list `contoh` that has Malaysia.
struct Examples {
    list: Vec<String>,
}

impl Scope for Examples {
    fn column(&self, name: &str) -> Option<ColumnRef> {
        let column = columns::by_name(name)?;
        Some(ColumnRef { ty: column.ty, limits: None, reveals: Reveals::Nothing, builtin: true })
    }
    fn column_names(&self) -> Vec<&str> {
        Vec::new()
    }
    fn param(&self, _: &str) -> Option<ParamRef> {
        None
    }
    fn param_names(&self) -> Vec<&str> {
        Vec::new()
    }
    fn list(&self, name: &str) -> Option<ListRef<'_>> {
        (name == "contoh").then_some(ListRef { values: &self.list, span: None })
    }
    fn list_names(&self) -> Vec<&str> {
        Vec::new()
    }
}

fn one_row() -> Frame {
    let textual = columns::ALL.iter().filter(|c| c.ty.is_textual());
    let columns = textual.map(|column| {
        let mut builder = Builder::new(column.ty, 1);
        builder.push_text(Some(column.example));
        builder.finish(column.name)
    });
    Frame::new(1, columns.collect()).unwrap()
}

#[test]
fn names_are_sorted_and_unique() {
    let names: Vec<_> = FUNCTIONS.iter().map(|f| f.name).collect();
    assert!(names.windows(2).all(|pair| pair[0] < pair[1]), "{names:?}");
}

#[test]
fn examples_give_what_they_say() {
    let scope = Examples { list: vec!["MY".to_owned()] };
    let frame = one_row();
    for function in FUNCTIONS {
        assert!(!function.examples.is_empty() && !function.meaning.is_empty(), "{}", function.name);
        for (call, expected) in function.examples {
            let (files, text) = placed(call);
            let mut report = Report::default();
            let expr = parse_value(&text, &scope, &mut report);
            let expr = expr.unwrap_or_else(|| panic!("{}", render_human(&report, &files, Style::Plain)));
            let mut program = Program::new([("contoh", scope.list.as_slice())]);
            let id = program.add(&expr);
            let evaluation = Evaluation::new(&program, &frame, 0, 1);
            let value = evaluation.vector(id).unwrap().value(0, expr.ty.unwrap_or(Type::Text));
            assert_eq!(value.to_string(), *expected, "{call}");
        }
    }
}
