//! Lists, parameters and fields that nothing uses.

use std::collections::BTreeSet;

use super::declared::Declared;
use super::scope::Names;
use crate::diag::{Code, Diagnostic, Report};
use crate::rules::set::{Field, Rule};
use crate::rules::template::Piece;

pub(super) fn report(declared: &Declared, rules: &[Rule], fields: &[Field], names: &Names, report: &mut Report) {
    // While rules are broken, what they would have used is not known.
    if report.has_errors() || declared.rules().next().is_none() {
        return;
    }
    let exprs = || rules.iter().flat_map(Rule::lines).map(|l| &l.expr).chain(fields.iter().map(|f| &f.expr));
    let lists: BTreeSet<String> = exprs().flat_map(|e| e.lists()).map(|l| l.to_string()).collect();
    for (name, list) in &names.lists {
        if !lists.contains(name) {
            report.push(unused("list", name, list.span));
        }
    }
    let mut columns: BTreeSet<String> = exprs().flat_map(|e| e.columns()).map(|c| c.to_string()).collect();
    let templates =
        || rules.iter().flat_map(|r| &r.outcomes).flat_map(|o| [Some(&o.reason), o.reason_en.as_ref()]).flatten();
    columns.extend(templates().flat_map(|t| t.columns()).map(|c| c.to_string()));
    for field in fields {
        if !columns.contains(&field.name) {
            report.push(unused("field", &field.name, field.span));
        }
    }
    report_params(declared, rules, names, report);
}

fn report_params(declared: &Declared, rules: &[Rule], names: &Names, report: &mut Report) {
    for ((pack, name), param) in &names.params {
        let in_lines = rules.iter().filter(|r| r.pack == *pack).flat_map(Rule::lines).flat_map(|l| l.expr.params());
        let in_reasons = rules
            .iter()
            .filter(|r| r.pack == *pack)
            .flat_map(|r| &r.outcomes)
            .flat_map(|o| &o.reason.pieces)
            .any(|p| matches!(p, Piece::Param(value) if *value == param.value));
        let file = declared.files.iter().find(|f| f.pack_name() == *pack);
        let in_fields = file.is_some_and(|f| f.fields.iter().any(|x| x.value.as_str().contains(&format!(":{name}"))));
        if !in_lines.collect::<Vec<_>>().iter().any(|p| **p == **name) && !in_reasons && !in_fields {
            report.push(unused("parameter", name, param.span));
        }
    }
}

fn unused(what: &str, name: &str, span: crate::diag::Span) -> Diagnostic {
    Diagnostic::new(Code::Unused, span, format!("{what} `{name}` is not used"))
        .label("nothing refers to it")
        .help("delete it, or use it")
}
