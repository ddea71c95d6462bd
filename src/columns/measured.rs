//! What groups and networks have in common: which rows count, what the measures see of them, which sets of rows count.

use std::sync::Arc;

use polars::prelude::Series;
use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_64;

use super::source::Lists;
use super::window::Input;
use crate::Result;
use crate::expr::{Aggregate, Bits, Comparison, Evaluation, Expr, Kind, Measure, NodeId, Program, Value};
use crate::frame::{Builder, Frame, View};
use crate::schema::Type;

/// A measure with its name.
#[derive(Debug, Clone)]
pub struct Spec {
    /// The name after the dot.
    pub name: String,
    /// What is measured.
    pub measure: Measure,
}

/// Conditions and measures ready to run.
#[derive(Debug)]
pub(super) struct Measured {
    /// Over rows: conditions, arguments, filters.
    program: Program,
    conditions: Vec<NodeId>,
    conditions_read: Vec<String>,
    measures: Vec<Planned>,
    /// Over measures.
    having: Program,
    having_lines: Vec<NodeId>,
    least: usize,
}

#[derive(Debug)]
struct Planned {
    name: String,
    aggregate: Aggregate,
    argument: Option<(NodeId, Type)>,
    filter: Option<NodeId>,
    ty: Type,
    reads: Vec<Arc<str>>,
    /// The column that is its argument as it stands, or nothing where it counts rows.
    plain: Option<Option<Arc<str>>>,
}

impl Measured {
    pub(super) fn new(conditions: &[Expr], having: &[Expr], measures: &[Spec], lists: Lists<'_, '_>) -> Self {
        let mut program = Program::new(lists());
        let mut having_program = Program::new(lists());
        let planned = measures.iter().map(|spec| Planned {
            name: spec.name.clone(),
            aggregate: spec.measure.aggregate,
            argument: spec.measure.argument.as_ref().map(|a| (program.add(a), a.ty.unwrap_or(Type::Text))),
            filter: spec.measure.filter.as_ref().map(|f| program.add(f)),
            ty: spec.measure.ty,
            reads: spec.measure.columns(),
            plain: plain(&spec.measure),
        });
        let measures_planned: Vec<Planned> = planned.collect();
        Self {
            conditions: conditions.iter().map(|c| program.add(c)).collect(),
            conditions_read: conditions.iter().flat_map(Expr::columns).map(|c| c.to_string()).collect(),
            having_lines: having.iter().map(|h| having_program.add(h)).collect(),
            least: least(having, measures),
            measures: measures_planned,
            program,
            having: having_program,
        }
    }

    /// The fewest rows a set can have and still meet `having`; with nothing asked, none.
    pub(super) fn least(&self) -> usize {
        self.least
    }

    /// Whether a result depends on the order of rows of equal time.
    pub(super) fn order_matters(&self) -> bool {
        self.measures.iter().any(|m| m.aggregate == Aggregate::AnyValue)
    }

    /// Whether the first measure tells windows by size: a text or a yes is not larger than another.
    pub(super) fn sizes(&self) -> bool {
        self.measures.first().is_some_and(|first| !first.picks_row())
    }

    /// Columns read.
    pub(super) fn reads(&self) -> impl Iterator<Item = &str> {
        let of_measures = self.measures.iter().flat_map(|m| &m.reads).map(|c| &**c);
        self.conditions_read.iter().map(String::as_str).chain(of_measures)
    }

    /// The rows for which every condition holds.
    pub(super) fn counting_rows(&self, frame: &Frame) -> Result<CountingRows> {
        if self.conditions.is_empty() {
            return Ok(CountingRows { blocks: None });
        }
        let starts: Vec<usize> = (0..frame.rows()).step_by(Evaluation::BLOCK).collect();
        let block = |start: usize| {
            let len = Evaluation::BLOCK.min(frame.rows() - start);
            let evaluation = Evaluation::new(&self.program, frame, start, len);
            let mut all = Bits::all(len);
            for node in &self.conditions {
                all = all.and(&evaluation.truth(*node)?.yes);
            }
            Ok(all)
        };
        let blocks = starts.par_iter().map(|start| block(*start)).collect::<Result<Vec<Bits>>>()?;
        Ok(CountingRows { blocks: Some(blocks) })
    }

    /// Arguments and filters over some rows.
    pub(super) fn over(&self, frame: &Frame, rows: &[u32]) -> Result<Small<'_>> {
        let evaluated = self.measures.iter().filter(|m| m.plain.is_none());
        let needed: std::collections::BTreeSet<&str> = evaluated.flat_map(|m| &m.reads).map(|c| &**c).collect();
        let small = frame.select(needed.iter().copied()).take(rows)?;
        let seen = |planned: &Planned| match &planned.plain {
            Some(None) => Ok(Seen::Plain(vec![Some(0); rows.len()])),
            Some(Some(column)) => {
                let view = frame.view(column)?;
                let value = |row: &u32| seen_as(planned.aggregate, &view, *row as usize);
                Ok(Seen::Plain(rows.par_iter().map(value).collect()))
            }
            None => self.column(planned, &small),
        };
        let columns = self.measures.iter().map(seen).collect::<Result<_>>()?;
        Ok(Small { measured: self, columns, rows: rows.len() })
    }

    fn column(&self, measure: &Planned, frame: &Frame) -> Result<Seen> {
        let mut argument = measure.argument.map(|(_, ty)| Builder::new(ty, frame.rows()));
        let mut counts = Vec::with_capacity(frame.rows());
        for start in (0..frame.rows()).step_by(Evaluation::BLOCK) {
            let len = Evaluation::BLOCK.min(frame.rows() - start);
            let evaluation = Evaluation::new(&self.program, frame, start, len);
            if let (Some((node, _)), Some(builder)) = (measure.argument, &mut argument) {
                let vector = evaluation.vector(node)?;
                (0..len).for_each(|row| vector.push_to(row, builder));
            }
            match measure.filter {
                Some(filter) => {
                    let truth = evaluation.truth(filter)?;
                    counts.extend((0..len).map(|row| truth.yes.get(row)));
                }
                None => counts.extend(std::iter::repeat_n(true, len)),
            }
        }
        let argument = argument.map(|b| Frame::new(frame.rows(), vec![b.finish(ARGUMENT)])).transpose()?;
        Ok(Seen::Evaluated { argument, counts })
    }

    /// Which sets of rows count, given their measures.
    pub(super) fn having(&self, measures: &[Vec<Option<i64>>]) -> Result<Bits> {
        let lines = measures.first().map_or(0, Vec::len);
        let mut all = Bits::all(lines);
        if self.having_lines.is_empty() {
            return Ok(all);
        }
        let columns: Vec<Series> = self
            .measures
            .iter()
            .zip(measures)
            .map(|(planned, values)| {
                let mut builder = Builder::new(planned.having_type(), lines);
                values.iter().for_each(|v| builder.push_number(*v));
                builder.finish(&planned.name)
            })
            .collect();
        let frame = Frame::new(lines, columns)?;
        let evaluation = Evaluation::new(&self.having, &frame, 0, lines);
        for node in &self.having_lines {
            all = all.and(&evaluation.truth(*node)?.yes);
        }
        Ok(all)
    }
}

const ARGUMENT: &str = "argument";

impl Planned {
    /// Whether its result is the row of a value, not the value.
    fn picks_row(&self) -> bool {
        self.aggregate == Aggregate::AnyValue && (self.ty.is_textual() || self.ty == Type::Bool)
    }

    /// The type a measure has inside `having`; a text picked by `any_value` cannot be asked about there.
    fn having_type(&self) -> Type {
        if self.ty.is_textual() || self.ty == Type::Bool { Type::Int } else { self.ty }
    }
}

/// Which rows count.
#[derive(Debug)]
pub(super) struct CountingRows {
    blocks: Option<Vec<Bits>>,
}

impl CountingRows {
    pub(super) fn get(&self, row: usize) -> bool {
        match &self.blocks {
            None => true,
            Some(blocks) => blocks.get(row / Evaluation::BLOCK).is_some_and(|b| b.get(row % Evaluation::BLOCK)),
        }
    }
}

/// What a measure sees of some rows.
#[derive(Debug)]
enum Seen {
    /// The values themselves, until they are given out.
    Plain(Vec<Option<i64>>),
    /// Its argument, and whether its filter lets each row pass.
    Evaluated { argument: Option<Frame>, counts: Vec<bool> },
}

/// What all measures see of some rows.
#[derive(Debug)]
pub(super) struct Small<'a> {
    measured: &'a Measured,
    columns: Vec<Seen>,
    rows: usize,
}

impl Small<'_> {
    /// What each measure sees of each row, as numbers; given out once.
    pub(super) fn inputs(&mut self) -> Vec<Input> {
        let rows = self.rows;
        let of = |(planned, seen): (&Planned, &mut Seen)| Input {
            aggregate: planned.aggregate,
            values: match seen {
                Seen::Plain(values) => std::mem::take(values),
                Seen::Evaluated { argument, counts } => {
                    (0..rows).map(|row| value(planned.aggregate, argument.as_ref(), counts, row)).collect()
                }
            },
        };
        self.measured.measures.iter().zip(&mut self.columns).map(of).collect()
    }

    /// For each row whether it passes the filter of a measure that has one.
    pub(super) fn filter(&self, measure: usize) -> Option<&[bool]> {
        let filtered = self.measured.measures.get(measure)?.filter.is_some();
        match self.columns.get(measure).filter(|_| filtered)? {
            Seen::Evaluated { counts, .. } => Some(counts),
            Seen::Plain(_) => None,
        }
    }

    /// The result of a measure as a value of its column.
    pub(super) fn result(&self, measure: usize, value: Option<i64>) -> Result64 {
        let planned = self.measured.measures.get(measure);
        if !planned.is_some_and(Planned::picks_row) {
            return Result64::Number(value);
        }
        let row = value.and_then(|v| usize::try_from(v).ok());
        let argument = match self.columns.get(measure) {
            Some(Seen::Evaluated { argument, .. }) => argument.as_ref(),
            _ => None,
        };
        let view = argument.and_then(|f| f.view(ARGUMENT).ok());
        match (view, row) {
            (Some(View::Text(view)), Some(row)) => Result64::Text(view.get(row).map(str::to_owned)),
            (Some(View::Bool(view)), Some(row)) => Result64::Bool(view.get(row)),
            _ => Result64::Number(None),
        }
    }
}

/// The result of a measure.
pub(super) enum Result64 {
    Number(Option<i64>),
    Text(Option<String>),
    Bool(Option<bool>),
}

impl Result64 {
    fn push(self, builder: &mut Builder) {
        match self {
            Self::Number(None) => builder.push_null(),
            Self::Number(value) => builder.push_number(value),
            Self::Text(value) => builder.push_text(value.as_deref()),
            Self::Bool(value) => builder.push_bool(value),
        }
    }
}

/// A column of results, given row by row, ascending; the other rows have none.
pub(super) fn results(name: &str, ty: Type, rows: usize, given: impl Iterator<Item = (u32, Result64)>) -> Series {
    if matches!(ty, Type::Int | Type::Date | Type::Time) {
        let numbers = given.filter_map(|(row, result)| match result {
            Result64::Number(number) => Some((row as usize, number?)),
            Result64::Text(_) | Result64::Bool(_) => None,
        });
        return Builder::sparse(ty, rows, numbers, name);
    }
    let mut builder = Builder::new(ty, rows);
    for (row, result) in given {
        (builder.len()..row as usize).for_each(|_| builder.push_null());
        result.push(&mut builder);
    }
    (builder.len()..rows).for_each(|_| builder.push_null());
    builder.finish(name)
}

/// The column that a measure without a filter has as its argument, or none for `count(*)`; nothing where the argument has to be
/// worked out, or where the row of a value is what is asked for.
fn plain(measure: &Measure) -> Option<Option<Arc<str>>> {
    if measure.filter.is_some() || measure.aggregate == Aggregate::AnyValue {
        return None;
    }
    match measure.argument.as_ref().map(|argument| &argument.kind) {
        None => Some(None),
        Some(Kind::Column(column)) => Some(Some(Arc::clone(column))),
        Some(_) => None,
    }
}

/// What a measure sees of a row: nothing where the row does not count.
fn value(aggregate: Aggregate, argument: Option<&Frame>, counts: &[bool], row: usize) -> Option<i64> {
    if !counts.get(row).copied().unwrap_or(false) {
        return None;
    }
    let Some(argument) = argument else { return Some(0) };
    seen_as(aggregate, &argument.view(ARGUMENT).ok()?, row)
}

/// A value as a measure sees it: nothing where it is null.
fn seen_as(aggregate: Aggregate, view: &View<'_>, row: usize) -> Option<i64> {
    if view.is_null(row) {
        return None;
    }
    match (aggregate, view) {
        (Aggregate::Count, _) => Some(0),
        (_, View::Number(view)) => view.get(row),
        // What is no number stands for itself by its row.
        (Aggregate::AnyValue, _) => i64::try_from(row).ok(),
        (_, View::Bool(view)) => view.get(row).map(i64::from),
        // Within one set of rows two texts share a hash about once in 10^19 pairs.
        (_, View::Text(view)) => view.get(row).map(|t| i64::from_le_bytes(xxh3_64(t.as_bytes()).to_le_bytes())),
    }
}

/// A lower bound on the rows of a set that meets every line: from lines such as `keluarga >= 5` over counts.
fn least(having: &[Expr], measures: &[Spec]) -> usize {
    let is_count = |name: &str| {
        let measure = measures.iter().find(|m| m.name == name);
        measure.is_some_and(|m| matches!(m.measure.aggregate, Aggregate::Count | Aggregate::CountDistinct))
    };
    let bound = |line: &Expr| {
        let Kind::Compare(op, a, b) = &line.kind else { return None };
        let (name, op, value) = match (&a.kind, &b.kind) {
            (Kind::Column(name), Kind::Literal(literal)) => (name, *op, &literal.value),
            (Kind::Literal(literal), Kind::Column(name)) => (name, op.mirrored(), &literal.value),
            _ => return None,
        };
        let Value::Int(n) = value else { return None };
        let n = match op {
            Comparison::GreaterEqual | Comparison::Equal => *n,
            Comparison::Greater => n.saturating_add(1),
            Comparison::Less | Comparison::LessEqual | Comparison::NotEqual => return None,
        };
        is_count(name).then_some(usize::try_from(n).unwrap_or(0))
    };
    having.iter().filter_map(bound).max().unwrap_or(0)
}
