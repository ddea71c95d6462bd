//! Thresholds without a test on both sides. Looks only at columns that tests give as they are: what follows from other
//! columns is known to whoever runs the tests.

use std::collections::BTreeSet;

use super::SetScope;
use crate::diag::{Code, Diagnostic, Report};
use crate::document::{Data, Value};
use crate::expr::edges;
use crate::rules::set::{Rule, RuleSet, Status};
use crate::schema::{Type, columns};

pub(super) fn report(set: &RuleSet, names: &SetScope<'_>, report: &mut Report) {
    for rule in set.rules.iter().filter(|rule| rule.status == Status::Active && !rule.cases.is_empty()) {
        for line in rule.lines() {
            let mut missing: Vec<String> = Vec::new();
            for (column, outside, inside) in edges(&line.expr, names) {
                if columns::by_name(&column).is_none_or(|known| known.ty != Type::Int) {
                    continue;
                }
                let given = given(rule, &column);
                missing.extend(
                    [outside, inside].iter().filter(|n| !given.contains(n)).map(|n| format!("`{column} = {n}`")),
                );
            }
            missing.dedup();
            if !missing.is_empty() {
                report.push(
                    Diagnostic::new(
                        Code::BoundaryUntested,
                        line.span,
                        format!("no test of {} stands at the edge of this line", rule.id),
                    )
                    .label("could be off by one")
                    .help(format!("add a test with {}", missing.join(" and one with "))),
                );
            }
        }
    }
}

/// The numbers that the tests of a rule give a column.
fn given(rule: &Rule, column: &str) -> BTreeSet<i64> {
    let rows = rule.cases.iter().flat_map(|case| &case.given);
    rows.filter_map(|row| match &row.data {
        Data::Table(table) => match table.get(column) {
            Some(Value { data: Data::Int(n), .. }) => Some(*n),
            _ => None,
        },
        _ => None,
    })
    .collect()
}
