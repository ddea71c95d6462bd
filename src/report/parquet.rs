//! Parquet: the list, and every finding of every application for whoever works on with data.

use polars::prelude::{DataFrame, ParquetCompression, ParquetWriter, PolarsError, Series};
use rayon::slice::ParallelSliceMut;

use super::by_rule::hits_by_rule;
use super::dossier::Dossier;
use super::listing::{Again, Line, Listing, SHOWN, Shown};
use super::{Form, csv};
use crate::expr::Value;
use crate::frame::{Builder, Frame};
use crate::night::Night;
use crate::rules::RuleSet;
use crate::schema::Type;
use crate::schema::columns::{self, NOMOR_PERMOHONAN, TANGGAL_LAHIR};
use crate::screening::{Exempted, Hit};
use crate::{Error, Result};

/// One row a listed application; texts as in CSV, without its precautions for spreadsheets, dates as dates.
pub(super) fn referrals(listing: &Listing, form: &Form) -> Result<Vec<u8>> {
    let lines: Vec<&Line> = listing.lines.iter().collect();
    write(Frame::new(lines.len(), of_lines(&lines, form))?)
}

/// One row an application of before that is listed tonight, with what changed since it was judged.
pub(super) fn again(again: &[Again], form: &Form) -> Result<Vec<u8>> {
    let lines: Vec<&Line> = again.iter().map(|one| &one.line).collect();
    let mut columns = of_lines(&lines, form);
    for (at, name) in csv::SINCE.iter().enumerate() {
        let number = |one: &Again| match *name {
            "poin_dulu" => Some(one.since.points_before),
            "poin_kini" => Some(one.since.points_now),
            _ => None,
        };
        let is_number = ["poin_dulu", "poin_kini"].contains(name);
        let mut column = Builder::new(if is_number { Type::Int } else { Type::Text }, again.len());
        for one in again {
            match is_number {
                true => column.push_number(number(one)),
                false => column.push_text(csv::since(&one.since, form).get(at).map(String::as_str)),
            }
        }
        columns.push(column.finish(name));
    }
    write(Frame::new(again.len(), columns)?)
}

/// One row for each member of a group and each key it shares.
pub(super) fn groups(dossier: &Dossier, form: &Form) -> Result<Vec<u8>> {
    let mut columns = csv::GROUPS.map(|_| Builder::new(Type::Text, 0));
    let mut numbers = Builder::new(Type::Int, 0);
    for (number, member, key) in dossier.links() {
        numbers.push_number(i64::try_from(number).ok());
        let cells = csv::group_cells(number, member, key, form);
        columns.iter_mut().zip(&cells).for_each(|(column, cell)| column.push_text(Some(cell)));
    }
    let rows = numbers.len();
    let mut named: Vec<Series> = columns.into_iter().zip(csv::GROUPS).map(|(c, name)| c.finish(name)).collect();
    if let (Some(first), Some(name)) = (named.first_mut(), csv::GROUPS.first()) {
        *first = numbers.finish(name);
    }
    write(Frame::new(rows, named)?)
}

/// The columns of lines.
fn of_lines(lines: &[&Line], form: &Form) -> Vec<Series> {
    let text = |of: &dyn Fn(&Line) -> String, name: &str| {
        let mut column = Builder::new(Type::Text, lines.len());
        lines.iter().for_each(|line| column.push_text(Some(&of(line))));
        column.finish(name)
    };
    let number = |of: &dyn Fn(&Line) -> Option<i64>, name: &str| {
        let mut column = Builder::new(Type::Int, lines.len());
        lines.iter().for_each(|line| column.push_number(of(line)));
        column.finish(name)
    };
    let mut columns = vec![
        number(&|l| i64::try_from(l.rank).ok(), "peringkat"),
        text(&|l| l.band.name().to_owned(), "golongan"),
        text(&|l| l.nomor.clone(), NOMOR_PERMOHONAN),
        number(&|l| Some(l.score), "skor"),
    ];
    for (at, name) in SHOWN.iter().enumerate() {
        columns.push(shown(lines, at, name, form));
    }
    columns.push(text(&Line::rules, "aturan"));
    columns.push(text(&|l| l.reasons(form.full_values).join(" | "), "alasan"));
    columns.push(text(&|l| l.questions().join(" | "), "pertanyaan"));
    columns
}

/// A column of the application: dates as dates, unless a part of them is held back.
fn shown(lines: &[&Line], at: usize, name: &str, form: &Form) -> Series {
    fn known(line: &Line, at: usize) -> Option<&Shown> {
        line.values.get(at).filter(|shown| shown.value != Value::Null)
    }
    let date = |shown: &Shown| match shown.value {
        Value::Date(day) => Some(day),
        _ => None,
    };
    let whole = form.full_values || name != TANGGAL_LAHIR;
    if whole && columns::by_name(name).is_some_and(|column| column.ty == Type::Date) {
        let mut column = Builder::new(Type::Date, lines.len());
        lines.iter().for_each(|line| column.push_number(known(line, at).and_then(date)));
        return column.finish(name);
    }
    let mut column = Builder::new(Type::Text, lines.len());
    lines.iter().for_each(|line| column.push_text(known(line, at).map(|v| v.raw(form.full_values)).as_deref()));
    column.finish(name)
}

/// One row a rule that fired for an application tonight, listed or not, scoring or on trial: by rule, then by number.
pub(super) fn findings(night: &Night, set: &RuleSet) -> Result<Vec<u8>> {
    let numbers = night.frame.text(NOMOR_PERMOHONAN)?;
    let hidden = night.exceptions.iter().filter(|account| account.how == Exempted::Applied).flat_map(|account| {
        let id = set.exceptions.get(account.exception).map(|exception| exception.id.as_str());
        let tonight = account.met.iter().filter(|hit| night.subjects.contains(&hit.row));
        tonight.map(move |hit| (hit, id))
    });
    let cells = |hit: &Hit| {
        let rule = night.plan.rules.get(hit.rule as usize).and_then(|p| set.rules.get(p.index));
        let rule = rule.ok_or_else(|| Error::internal("hit of an unknown rule"))?;
        let nomor = numbers.get(hit.row as usize).unwrap_or_default();
        Ok((rule.id.as_str(), nomor, i64::from(hit.outcome) + 1, hit.points))
    };
    let hidden = hidden.map(|(hit, id)| Ok((cells(hit)?, id))).collect::<Result<Vec<_>>>()?;
    let shown = hits_by_rule(night, set, &|_| true)?.into_iter().flatten().map(|hit| Ok((cells(hit)?, None)));
    if hidden.is_empty() {
        return write_findings(shown);
    }
    let mut found = shown.chain(hidden.into_iter().map(Ok)).collect::<Result<Vec<_>>>()?;
    found.par_sort();
    write_findings(found.into_iter().map(Ok))
}

/// Rule, number of the application, outcome from 1, points; and the exception that hides it.
type Finding<'a> = ((&'a str, &'a str, i64, i64), Option<&'a str>);

/// Findings are far more than applications: they are never columns all at once.
fn write_findings<'a>(found: impl Iterator<Item = Result<Finding<'a>>>) -> Result<Vec<u8>> {
    const AT_ONCE: usize = 1 << 17;
    let mut bytes = Vec::new();
    let mut columns = Findings::new(AT_ONCE.min(found.size_hint().0));
    let schema = Findings::new(0).table()?.schema().clone();
    let mut writer = writer(&mut bytes).batched(&schema).map_err(not_made)?;
    let mut written = false;
    for finding in found {
        let (cells, exception) = finding?;
        columns.push(cells, exception);
        if columns.rows == AT_ONCE {
            let full = std::mem::replace(&mut columns, Findings::new(AT_ONCE));
            writer.write_batch(&full.table()?).map_err(not_made)?;
            written = true;
        }
    }
    // A file without findings still has its columns.
    if columns.rows > 0 || !written {
        writer.write_batch(&columns.table()?).map_err(not_made)?;
    }
    writer.finish().map_err(not_made)?;
    drop(writer);
    Ok(bytes)
}

/// The columns of the findings being made.
struct Findings {
    rows: usize,
    columns: [Builder; 5],
}

impl Findings {
    fn new(rows: usize) -> Self {
        let types = [Type::Text, Type::Text, Type::Int, Type::Int, Type::Text];
        Self { rows: 0, columns: types.map(|ty| Builder::new(ty, rows)) }
    }

    fn push(&mut self, (rule, nomor, outcome, point): (&str, &str, i64, i64), exception: Option<&str>) {
        self.rows += 1;
        let [rules, numbers, outcomes, points, exceptions] = &mut self.columns;
        rules.push_text(Some(rule));
        numbers.push_text(Some(nomor));
        outcomes.push_number(Some(outcome));
        points.push_number(Some(point));
        exceptions.push_text(exception);
    }

    fn table(self) -> Result<DataFrame> {
        let names = ["aturan", NOMOR_PERMOHONAN, "hasil", "poin", "pengecualian"];
        let columns = self.columns.into_iter().zip(names).map(|(column, name)| column.finish(name));
        Frame::new(self.rows, columns.collect())?.to_polars()
    }
}

fn write(frame: Frame) -> Result<Vec<u8>> {
    let mut table: DataFrame = frame.to_polars()?;
    let mut bytes = Vec::new();
    writer(&mut bytes).finish(&mut table).map_err(not_made)?;
    Ok(bytes)
}

fn writer(bytes: &mut Vec<u8>) -> ParquetWriter<&mut Vec<u8>> {
    ParquetWriter::new(bytes).with_compression(ParquetCompression::Zstd(None))
}

fn not_made(_: PolarsError) -> Error {
    Error::internal("Parquet could not be made")
}
