//! From a written row to the applications it stands for.
//!
//! Besides columns a row may say `repeat` (how many), `at` (when, after the base application; negative for before), `every`
//! (how far apart the repeated ones are) and `chain` (columns that tie each of them to the next in turn, so that no key is
//! shared by all). In a text `{i}` counts the repeated applications from 1; `{i%3}`, `{i/2}`, `{i+1/2}` calculate with
//! whole numbers from left to right.

use std::collections::BTreeMap;

use super::applications::{Applications, Given, resolve};
use super::invented::name_for;
use super::value;
use crate::calendar::duration;
use crate::diag::{Code, Diagnostic, Report, Span};
use crate::document::{Data, Table, Text, Value as Written};
use crate::expr::Value;
use crate::schema::columns::{self, Format, NAMA_DI_PASPOR, NAMA_LENGKAP, NIK};

/// Keys of a row that are not columns.
pub(super) const DIRECTIVES: &[&str] = &["repeat", "at", "every", "chain"];

/// The most applications one case may make.
const MOST_ROWS: i64 = 10_000;

/// The values of an application by column before it is known when it was filed.
pub(super) type Values = BTreeMap<&'static str, Given>;

/// One written row: as many applications as it says. `before` counts those of the case that stand before it.
pub(super) fn expand(row: &Written, base: &Values, before: usize, report: &mut Report) -> Option<Applications> {
    let Data::Table(table) = &row.data else {
        let message = format!("an application is a table, this is {}", row.data.describe());
        report.push(Diagnostic::new(Code::BadTest, row.span, message).label("write `{ column = value, ... }`"));
        return None;
    };
    let repeat = repeat(table, report)?;
    let start = time(table, "at", "a length of time after the base application, negative for before", report)?;
    let step = time(table, "every", "the length of time from each repeated application to the next", report)?;
    let chain = chain(table, report)?;
    let mut applications = Applications::new();
    for i in 1..=repeat {
        let mut given = base.clone();
        let mut sound = true;
        for (link, (name, span)) in chain.iter().enumerate() {
            let text = Text::unplaced(link_of(name, link, chain.len(), i), *span);
            given.extend(value(name, *span, &Written { data: Data::Text(text), span: *span }, report));
        }
        for entry in table.entries.iter().filter(|e| !DIRECTIVES.contains(&e.key.as_str())) {
            let counted = counted(&entry.value, i, report);
            match counted.and_then(|counted| value(&entry.key, entry.key_span, &counted, report)) {
                Some((name, value)) => {
                    given.insert(name, value);
                }
                None => sound = false,
            }
        }
        if !sound {
            return None;
        }
        if table.get(NAMA_LENGKAP).is_none() {
            name_stranger(&mut given, base);
        }
        let offset = start.saturating_add(step.saturating_mul(i - 1));
        applications.push(resolve(&given, offset, before + applications.len() + 1));
    }
    Some(applications)
}

/// Gives somebody with another NIK than the base a name; the name for the passport goes with it where it went with that of
/// the base.
fn name_stranger(given: &mut Values, base: &Values) {
    let Some(Given::Symbol(symbol)) = given.get(NIK).filter(|nik| base.get(NIK) != Some(nik)) else { return };
    let name = Given::Fixed(Value::Text(name_for(symbol)));
    let own = base.get(NAMA_LENGKAP);
    for column in [NAMA_LENGKAP, NAMA_DI_PASPOR] {
        if own.is_some() && given.get(column) == own {
            given.insert(column, name.clone());
        }
    }
}

fn repeat(table: &Table, report: &mut Report) -> Option<i64> {
    let Some(value) = table.get("repeat") else { return Some(1) };
    match value.data {
        Data::Int(n) if (1..=MOST_ROWS).contains(&n) => Some(n),
        _ => {
            report.push(
                Diagnostic::new(Code::BadTest, value.span, format!("`repeat` is a whole number from 1 to {MOST_ROWS}"))
                    .label("how many applications"),
            );
            None
        }
    }
}

fn time(table: &Table, key: &str, what: &str, report: &mut Report) -> Option<i64> {
    let Some(value) = table.get(key) else { return Some(0) };
    let read = match &value.data {
        Data::Text(text) => duration(text.as_str()),
        _ => None,
    };
    if read.is_none() {
        report.push(
            Diagnostic::new(Code::BadTest, value.span, format!("`{key}` is {what}"))
                .label("write \"90d\", \"90d 1s\", \"2h\""),
        );
    }
    read
}

/// The columns of `chain` with their places.
fn chain(table: &Table, report: &mut Report) -> Option<Vec<(&'static str, Span)>> {
    let Some(value) = table.get("chain") else { return Some(Vec::new()) };
    let items = match &value.data {
        Data::Array(items) if items.len() > 1 => items.as_slice(),
        _ => &[],
    };
    let column = |item: &Written| match &item.data {
        Data::Text(text) => columns::by_name(text.as_str()).map(|column| (column.name, item.span)),
        _ => None,
    };
    let columns: Vec<_> = items.iter().filter_map(column).collect();
    if columns.len() < 2 || columns.len() != items.len() {
        report.push(
            Diagnostic::new(Code::BadTest, value.span, "`chain` is a list of at least two columns")
                .label("each ties one application to the next, in turn"),
        );
        return None;
    }
    Some(columns)
}

/// The value of the chain's column number `link` of `links` in the `i`-th application: that of the tie before it, of the tie
/// after it, or its own.
fn link_of(name: &str, link: usize, links: usize, i: i64) -> String {
    let ties = |tie: i64| usize::try_from(tie - 1).is_ok_and(|tie| tie % links == link);
    let symbol = match (ties(i - 1), ties(i)) {
        (true, _) => format!("R{}", i - 1),
        (false, true) => format!("R{i}"),
        (false, false) => format!("S{i}"),
    };
    match columns::by_name(name).map(|column| column.format) {
        Some(Format::Email) => format!("{symbol}@example.id"),
        _ => symbol,
    }
}

/// The value with what stands in braces replaced by the count.
fn counted(value: &Written, i: i64, report: &mut Report) -> Option<Written> {
    let Data::Text(text) = &value.data else { return Some(value.clone()) };
    if !text.as_str().contains("{i") {
        return Some(value.clone());
    }
    let mut counted = String::new();
    let mut rest = text.as_str();
    while let Some((before, after)) = rest.split_once("{i") {
        let number = after.split_once('}').and_then(|(sum, after)| Some((calculated(i, sum)?, after)));
        let Some((number, after)) = number else {
            report.push(
                Diagnostic::new(Code::BadTest, value.span, "what stands in braces cannot be calculated")
                    .label("write {i}, {i%3}, {i/2} or {i+1/2}"),
            );
            return None;
        };
        counted.push_str(before);
        counted.push_str(&number.to_string());
        rest = after;
    }
    counted.push_str(rest);
    Some(Written { data: Data::Text(Text::unplaced(counted, text.span())), span: value.span })
}

/// `+1/2` after the count, from left to right.
fn calculated(i: i64, sum: &str) -> Option<i64> {
    let mut value = i;
    let mut rest = sum;
    while let Some(operator) = rest.chars().next() {
        let digits = rest.get(1..)?;
        let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
        let number: i64 = digits.get(..end)?.parse().ok()?;
        value = match operator {
            '+' => value.checked_add(number),
            '-' => value.checked_sub(number),
            '*' => value.checked_mul(number),
            '/' => value.checked_div(number),
            '%' => value.checked_rem(number),
            _ => None,
        }?;
        rest = digits.get(end..)?;
    }
    Some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_calculated_from_left_to_right() {
        for (sum, value) in [("", 5), ("%3", 2), ("/2", 2), ("+1/2", 3), ("*10-4", 46)] {
            assert_eq!(calculated(5, sum), Some(value), "{sum}");
        }
        for wrong in ["/0", "+", "^2", " + 1", "+x"] {
            assert_eq!(calculated(5, wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_chain_ties_each_application_to_the_next_and_to_no_other() {
        let chain = ["telepon", "email", "id_akun_mpaspor"];
        let row = |i| chain.iter().enumerate().map(|(link, name)| link_of(name, link, 3, i)).collect::<Vec<_>>();
        let rows: Vec<Vec<String>> = (1..=7).map(row).collect();
        for (a, one) in rows.iter().enumerate() {
            for (b, other) in rows.iter().enumerate().skip(a + 1) {
                let shared = one.iter().zip(other).filter(|(x, y)| x == y).count();
                assert_eq!(shared, usize::from(b == a + 1), "{one:?} {other:?}");
            }
        }
    }
}
