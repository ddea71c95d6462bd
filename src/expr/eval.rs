//! Evaluating a program over a block of rows, column by column.

#![expect(clippy::indexing_slicing, reason = "row numbers run below the block's length, which every vector has")]

use std::borrow::Cow;
use std::cell::OnceCell;
use std::cmp::Ordering;

use polars::prelude::PlHashMap;

use super::Function;
use super::bits::{Bits, Tri};
use super::functions::Apply;
use super::program::{Node, NodeId, Program};
use super::tree::{Arithmetic, Comparison, Value};
use crate::calendar::DAY_MS;
use crate::frame::{Builder, Frame, View};
use crate::{Error, Result};

/// The values of a node in every row of the block.
#[derive(Debug)]
pub enum Vector<'a> {
    /// Truth.
    Truth(Tri),
    /// Numbers, days or milliseconds; rows outside `valid` are null and hold an unspecified number.
    Numbers {
        /// A number a row.
        values: Vec<i64>,
        /// Rows that have one.
        valid: Bits,
    },
    /// Texts that stand in the frame or were built.
    Texts(Vec<Option<Cow<'a, str>>>),
    /// The same value in every row.
    Constant(&'a Value),
}

impl Vector<'_> {
    /// The value of a row.
    #[must_use]
    pub fn value(&self, row: usize, ty: crate::schema::Type) -> Value {
        use crate::schema::Type;
        match self {
            Self::Truth(tri) => tri.get(row).map_or(Value::Null, Value::Bool),
            Self::Texts(texts) => {
                texts.get(row).and_then(Option::as_deref).map_or(Value::Null, |t| Value::Text(t.to_owned()))
            }
            Self::Numbers { .. } => match (self.number(row), ty) {
                (None, _) => Value::Null,
                (Some(n), Type::Date) => Value::Date(n),
                (Some(n), Type::Time) => Value::Time(n),
                (Some(n), _) => Value::Int(n),
            },
            Self::Constant(value) => (*value).clone(),
        }
    }

    /// Adds the value of a row to a column of the same type.
    pub fn push_to(&self, row: usize, column: &mut Builder) {
        match self {
            Self::Truth(_) | Self::Constant(Value::Bool(_)) => column.push_bool(self.truth(row)),
            Self::Texts(_) | Self::Constant(Value::Text(_)) if column.is_list() => column.push_list(self.text(row)),
            Self::Texts(_) | Self::Constant(Value::Text(_)) => column.push_text(self.text(row)),
            Self::Numbers { .. } | Self::Constant(Value::Int(_) | Value::Date(_) | Value::Time(_)) => {
                column.push_number(self.number(row));
            }
            Self::Constant(Value::Null) => column.push_null(),
        }
    }

    #[inline]
    fn number(&self, row: usize) -> Option<i64> {
        match self {
            Self::Numbers { values, valid } => valid.get(row).then(|| values[row]),
            Self::Constant(Value::Int(n) | Value::Date(n) | Value::Time(n)) => Some(*n),
            Self::Truth(_) | Self::Texts(_) | Self::Constant(_) => None,
        }
    }

    #[inline]
    fn text(&self, row: usize) -> Option<&str> {
        match self {
            Self::Texts(texts) => texts[row].as_deref(),
            Self::Constant(Value::Text(text)) => Some(text),
            Self::Truth(_) | Self::Numbers { .. } | Self::Constant(_) => None,
        }
    }

    #[inline]
    fn truth(&self, row: usize) -> Option<bool> {
        match self {
            Self::Truth(tri) => tri.get(row),
            Self::Constant(Value::Bool(b)) => Some(*b),
            Self::Texts(_) | Self::Numbers { .. } | Self::Constant(_) => None,
        }
    }

    /// Rows without a value.
    fn nulls(&self, len: usize) -> Bits {
        match self {
            Self::Truth(tri) => tri.null(),
            Self::Numbers { valid, .. } => valid.not(),
            Self::Texts(texts) => Bits::from_fn(len, |row| texts[row].is_none()),
            Self::Constant(Value::Null) => Bits::all(len),
            Self::Constant(_) => Bits::none(len),
        }
    }

    fn to_truth(&self, len: usize) -> Tri {
        match self {
            Self::Truth(tri) => tri.clone(),
            Self::Constant(Value::Bool(b)) => Tri::constant(Some(*b), len),
            Self::Numbers { .. } | Self::Texts(_) | Self::Constant(_) => Tri::constant(None, len),
        }
    }

    fn holds_numbers(&self) -> bool {
        matches!(self, Self::Numbers { .. } | Self::Constant(Value::Int(_) | Value::Date(_) | Value::Time(_)))
    }

    fn holds_texts(&self) -> bool {
        matches!(self, Self::Texts(_) | Self::Constant(Value::Text(_)))
    }
}

/// A program at work on rows `start..start + len` of a frame. Each node is computed when first asked for, once.
#[derive(Debug)]
pub struct Evaluation<'a> {
    program: &'a Program,
    frame: &'a Frame,
    start: usize,
    len: usize,
    done: Vec<OnceCell<Vector<'a>>>,
}

impl<'a> Evaluation<'a> {
    /// Rows to evaluate at once: small enough that a block's vectors stay in the processor's cache.
    pub const BLOCK: usize = 4096;

    /// An evaluation of some rows.
    #[must_use]
    pub fn new(program: &'a Program, frame: &'a Frame, start: usize, len: usize) -> Self {
        let done = (0..program.len()).map(|_| OnceCell::new()).collect();
        Self { program, frame, start, len, done }
    }

    /// How many rows the block has.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.len
    }

    /// The truth of a condition.
    pub fn truth(&self, id: NodeId) -> Result<Tri> {
        Ok(self.vector(id)?.to_truth(self.len))
    }

    /// Rows in which a column has no value.
    pub fn column_nulls(&self, name: &str) -> Result<Bits> {
        Ok(Bits::of_bitmap(self.frame.view(name)?.validity(), self.start, self.len).not())
    }

    /// The values of a node.
    pub fn vector(&self, id: NodeId) -> Result<&Vector<'a>> {
        let cell = self.done.get(id.index()).ok_or_else(|| Error::internal("node of another program"))?;
        if let Some(vector) = cell.get() {
            return Ok(vector);
        }
        let node = self.program.node(id).ok_or_else(|| Error::internal("node of another program"))?;
        let vector = self.compute(node)?;
        Ok(cell.get_or_init(|| vector))
    }

    fn compute(&self, node: &'a Node) -> Result<Vector<'a>> {
        Ok(match node {
            Node::Column(name) => self.column(name)?,
            Node::Constant(value) => Vector::Constant(value),
            Node::Compare(op, a, b) => {
                let by_word = match self.text_constant(*b) {
                    Some(constant) => self.by_word(*a, |word| op.holds(word.cmp(constant)))?,
                    None => None,
                };
                Vector::Truth(match by_word {
                    Some(truth) => truth,
                    None => compare(*op, self.vector(*a)?, self.vector(*b)?, self.len),
                })
            }
            Node::And(parts) => Vector::Truth(self.fold(parts, true)?),
            Node::Or(parts) => Vector::Truth(self.fold(parts, false)?),
            Node::Not(inner) => Vector::Truth(self.truth(*inner)?.not()),
            // Whether a value is missing cannot be said of a column that the export does not have.
            Node::IsNull(inner) if self.is_absent(*inner) => Vector::Truth(Tri::constant(None, self.len)),
            Node::IsNull(inner) => {
                let nulls = self.nulls(*inner)?;
                Vector::Truth(Tri { no: nulls.not(), yes: nulls })
            }
            Node::Is(inner, value) => {
                let truth = self.truth(*inner)?;
                let yes = if *value { truth.yes } else { truth.no };
                Vector::Truth(Tri { no: yes.not(), yes })
            }
            Node::InNumbers(inner, items) => Vector::Truth(self.in_numbers(*inner, items)?),
            Node::InTexts(inner, items) => {
                Vector::Truth(self.of_texts(*inner, |text| items.iter().any(|item| item == text))?)
            }
            Node::Like(inner, like) => Vector::Truth(self.of_texts(*inner, |text| like.matches(text))?),
            Node::Arithmetic(op, a, b) => arithmetic(*op, self.vector(*a)?, self.vector(*b)?, self.len),
            Node::Millis(inner) => self.map_numbers(*inner, |days| days.checked_mul(DAY_MS))?,
            Node::Days(inner) => self.map_numbers(*inner, |millis| Some(millis.div_euclid(DAY_MS)))?,
            Node::Case(branches, otherwise) => self.case(branches, *otherwise)?,
            Node::Coalesce(values) => self.coalesce(values)?,
            Node::Matches(inner, regex) => {
                let texts = self.vector(*inner)?;
                let mut seen: PlHashMap<&str, bool> = PlHashMap::default();
                Vector::Truth(Tri::from_fn(self.len, |row| {
                    texts.text(row).map(|t| *seen.entry(t).or_insert_with(|| regex.is_match(t)))
                }))
            }
            Node::InList(inner, values) => {
                let texts = self.vector(*inner)?;
                let mut seen: PlHashMap<&str, bool> = PlHashMap::default();
                // Most are numbers, whose upper case is themselves.
                let upper = |t: &str| t.bytes().all(|b| b.is_ascii() && !b.is_ascii_lowercase());
                Vector::Truth(Tri::from_fn(self.len, |row| {
                    texts.text(row).map(|t| match upper(t) {
                        true => values.contains(t),
                        false => *seen.entry(t).or_insert_with(|| values.contains(&t.to_uppercase())),
                    })
                }))
            }
            Node::Call(function, args) => self.call(function, args)?,
        })
    }

    /// What a test says of the text of each row.
    fn of_texts(&self, id: NodeId, test: impl Fn(&str) -> bool) -> Result<Tri> {
        if let Some(truth) = self.by_word(id, &test)? {
            return Ok(truth);
        }
        let texts = self.vector(id)?;
        Ok(Tri::from_fn(self.len, |row| texts.text(row).map(&test)))
    }

    /// The same of a column that keeps each word once, of which it is asked once; nothing for any other node.
    fn by_word(&self, id: NodeId, test: impl Fn(&str) -> bool) -> Result<Option<Tri>> {
        let Some(Node::Column(name)) = self.program.node(id) else { return Ok(None) };
        let View::Text(view) = self.frame.view(name)? else { return Ok(None) };
        let Some(coded) = view.coded().filter(|coded| coded.words() <= Self::BLOCK) else { return Ok(None) };
        let mut known = vec![None; coded.words()];
        Ok(Some(Tri::from_fn(self.len, |row| {
            let (number, word) = coded.get(self.start + row)?;
            Some(*known.get_mut(number)?.get_or_insert_with(|| test(word)))
        })))
    }

    fn text_constant(&self, id: NodeId) -> Option<&'a str> {
        match self.program.node(id) {
            Some(Node::Constant(Value::Text(text))) => Some(text),
            _ => None,
        }
    }

    fn is_absent(&self, id: NodeId) -> bool {
        matches!(self.program.node(id), Some(Node::Column(name)) if self.frame.is_absent(name))
    }

    fn column(&self, name: &str) -> Result<Vector<'a>> {
        let (start, len) = (self.start, self.len);
        Ok(match self.frame.view(name)? {
            View::Text(view) => {
                Vector::Texts((start..start + len).map(|row| view.get(row).map(Cow::Borrowed)).collect())
            }
            View::Bool(view) => Vector::Truth(Tri::from_fn(len, |row| view.get(start + row))),
            View::Number(view) => {
                let mut values = Vec::with_capacity(len);
                view.copy_to(start, &mut values, len);
                Vector::Numbers { values, valid: Bits::of_bitmap(view.validity(), start, len) }
            }
        })
    }

    /// Nulls of a node; of a column without reading its values.
    fn nulls(&self, id: NodeId) -> Result<Bits> {
        match self.program.node(id) {
            Some(Node::Column(name)) => self.column_nulls(name),
            _ => Ok(self.vector(id)?.nulls(self.len)),
        }
    }

    fn fold(&self, parts: &[NodeId], and: bool) -> Result<Tri> {
        let mut all = Tri::constant(Some(and), self.len);
        for part in parts {
            let truth = self.truth(*part)?;
            all = if and { all.and(&truth) } else { all.or(&truth) };
        }
        Ok(all)
    }

    fn in_numbers(&self, inner: NodeId, items: &[i64]) -> Result<Tri> {
        let vector = self.vector(inner)?;
        Ok(match vector {
            Vector::Truth(tri) => Tri::from_fn(self.len, |row| tri.get(row).map(|b| items.contains(&i64::from(b)))),
            Vector::Constant(_) | Vector::Numbers { .. } | Vector::Texts(_) => {
                Tri::from_fn(self.len, |row| vector.number(row).map(|n| items.binary_search(&n).is_ok()))
            }
        })
    }

    fn map_numbers(&self, inner: NodeId, f: impl Fn(i64) -> Option<i64>) -> Result<Vector<'a>> {
        let vector = self.vector(inner)?;
        Ok(numbers(self.len, |row| vector.number(row).and_then(&f)))
    }

    /// For each row the first branch whose condition holds; nothing where none does.
    fn case(&self, branches: &[(NodeId, NodeId)], otherwise: Option<NodeId>) -> Result<Vector<'a>> {
        let mut sources = Vec::with_capacity(branches.len() + 1);
        let mut open = Bits::all(self.len);
        for (when, then) in branches {
            let holds = self.truth(*when)?.yes.and(&open);
            open = open.minus(&holds);
            sources.push((holds, self.vector(*then)?));
        }
        if let Some(otherwise) = otherwise {
            sources.push((open, self.vector(otherwise)?));
        }
        Ok(self.choose(&sources))
    }

    fn coalesce(&self, values: &[NodeId]) -> Result<Vector<'a>> {
        let mut sources = Vec::with_capacity(values.len());
        let mut open = Bits::all(self.len);
        for id in values {
            let vector = self.vector(*id)?;
            let there = open.minus(&vector.nulls(self.len));
            open = open.minus(&there);
            sources.push((there, vector));
        }
        Ok(self.choose(&sources))
    }

    /// Puts a vector together from disjoint sets of rows of others.
    fn choose(&self, sources: &[(Bits, &Vector<'a>)]) -> Vector<'a> {
        if sources.iter().any(|(_, v)| v.holds_texts()) {
            let mut texts: Vec<Option<Cow<'a, str>>> = vec![None; self.len];
            for (rows, vector) in sources {
                for row in rows.iter() {
                    texts[row] = match vector {
                        Vector::Texts(texts) => texts[row].clone(),
                        Vector::Constant(Value::Text(text)) => Some(Cow::Borrowed(text.as_str())),
                        Vector::Truth(_) | Vector::Numbers { .. } | Vector::Constant(_) => None,
                    };
                }
            }
            return Vector::Texts(texts);
        }
        if sources.iter().any(|(_, v)| v.holds_numbers()) {
            let mut values = vec![0; self.len];
            let mut valid = Bits::none(self.len);
            for (rows, vector) in sources {
                for row in rows.iter() {
                    if let Some(n) = vector.number(row) {
                        values[row] = n;
                        valid.set(row);
                    }
                }
            }
            return Vector::Numbers { values, valid };
        }
        let (mut yes, mut no) = (Bits::none(self.len), Bits::none(self.len));
        for (rows, vector) in sources {
            for row in rows.iter() {
                match vector.truth(row) {
                    Some(true) => yes.set(row),
                    Some(false) => no.set(row),
                    None => {}
                }
            }
        }
        Vector::Truth(Tri { yes, no })
    }

    fn call(&self, function: &Function, args: &[NodeId]) -> Result<Vector<'a>> {
        let wrong = || Error::internal(format!("`{}` with a wrong number of arguments", function.name));
        if let (Apply::TextsToBool(f), [texts, other]) = (function.apply, args)
            && let Some(constant) = self.text_constant(*other)
        {
            return Ok(Vector::Truth(self.of_texts(*texts, |text| f(text, constant))?));
        }
        let first = self.vector(*args.first().ok_or_else(wrong)?)?;
        let second = || args.get(1).ok_or_else(wrong).and_then(|id| self.vector(*id));
        let len = self.len;
        Ok(match function.apply {
            Apply::TextToText(f) => {
                Vector::Texts((0..len).map(|row| first.text(row).map(|t| Cow::Owned(f(t)))).collect())
            }
            Apply::TextToInt(f) => numbers(len, |row| first.text(row).map(f)),
            Apply::TextsToBool(f) => {
                let second = second()?;
                Vector::Truth(Tri::from_fn(len, |row| Some(f(first.text(row)?, second.text(row)?))))
            }
            Apply::TextsToInt(f) => {
                let second = second()?;
                let mut seen: PlHashMap<(&str, &str), i64> = PlHashMap::default();
                numbers(len, |row| {
                    let pair = (first.text(row)?, second.text(row)?);
                    Some(*seen.entry(pair).or_insert_with(|| f(pair.0, pair.1)))
                })
            }
            Apply::NumberToInt(f) | Apply::TimeToDate(f) => numbers(len, |row| first.number(row).map(f)),
            Apply::NumbersToInt(f) => {
                let second = second()?;
                numbers(len, |row| f(first.number(row)?, second.number(row)?))
            }
            Apply::DateToBool(f) => Vector::Truth(Tri::from_fn(len, |row| first.number(row).and_then(f))),
            // These two became nodes of their own when the program was built.
            Apply::Matches | Apply::InList => return Err(wrong()),
        })
    }
}

fn numbers<'a>(len: usize, mut f: impl FnMut(usize) -> Option<i64>) -> Vector<'a> {
    let mut values = Vec::with_capacity(len);
    let valid = Bits::from_fn(len, |row| {
        let n = f(row);
        values.push(n.unwrap_or_default());
        n.is_some()
    });
    Vector::Numbers { values, valid }
}

fn arithmetic<'a>(op: Arithmetic, a: &Vector<'_>, b: &Vector<'_>, len: usize) -> Vector<'a> {
    numbers(len, |row| op.apply(a.number(row)?, b.number(row)?))
}

fn compare(op: Comparison, a: &Vector<'_>, b: &Vector<'_>, len: usize) -> Tri {
    match (a, b) {
        (Vector::Numbers { values, valid }, Vector::Constant(Value::Int(n) | Value::Date(n) | Value::Time(n))) => {
            let yes = compare_constant(op, values, *n).and(valid);
            Tri { no: valid.minus(&yes), yes }
        }
        (Vector::Constant(Value::Int(_) | Value::Date(_) | Value::Time(_)), Vector::Numbers { .. }) => {
            compare(op.mirrored(), b, a, len)
        }
        _ if a.holds_numbers() && b.holds_numbers() => {
            Tri::from_fn(len, |row| Some(op.holds(a.number(row)?.cmp(&b.number(row)?))))
        }
        _ if a.holds_texts() && b.holds_texts() => compare_texts(op, a, b, len),
        _ => Tri::from_fn(len, |row| Some(op.holds(a.truth(row)?.cmp(&b.truth(row)?)))),
    }
}

/// One tight loop an operator, so that the compiler can use wide instructions.
fn compare_constant(op: Comparison, values: &[i64], n: i64) -> Bits {
    let len = values.len();
    match op {
        Comparison::Equal => Bits::from_fn(len, |row| values[row] == n),
        Comparison::NotEqual => Bits::from_fn(len, |row| values[row] != n),
        Comparison::Less => Bits::from_fn(len, |row| values[row] < n),
        Comparison::LessEqual => Bits::from_fn(len, |row| values[row] <= n),
        Comparison::Greater => Bits::from_fn(len, |row| values[row] > n),
        Comparison::GreaterEqual => Bits::from_fn(len, |row| values[row] >= n),
    }
}

fn compare_texts(op: Comparison, a: &Vector<'_>, b: &Vector<'_>, len: usize) -> Tri {
    match op {
        // Equality does not need the order, and unequal lengths settle it at once.
        Comparison::Equal => Tri::from_fn(len, |row| Some(a.text(row)? == b.text(row)?)),
        Comparison::NotEqual => Tri::from_fn(len, |row| Some(a.text(row)? != b.text(row)?)),
        Comparison::Less | Comparison::LessEqual | Comparison::Greater | Comparison::GreaterEqual => {
            Tri::from_fn(len, |row| {
                let order: Ordering = a.text(row)?.cmp(b.text(row)?);
                Some(op.holds(order))
            })
        }
    }
}
