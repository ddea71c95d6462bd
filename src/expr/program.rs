//! All expressions of a rule set as one set of nodes, in which equal parts are one node.
//!
//! A program knows no places in files and no rules: whoever adds an expression keeps the [`NodeId`] and asks an
//! [`super::Evaluation`] for it. What two rules have in common is computed once for a block of rows.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use polars::prelude::PlHashSet;
use regex::Regex;

use super::Function;
use super::functions::Accepts;
use super::like::Like;
use super::tree::{Arithmetic, Comparison, Expr, Kind, Pattern, Value};
use crate::schema::Type;

/// A node of a [`Program`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(u32);

/// The values of a named list, upper case for comparison.
pub(crate) type ListValues = Arc<PlHashSet<String>>;

#[derive(Debug)]
pub(super) enum Node {
    Column(Arc<str>),
    Constant(Value),
    Compare(Comparison, NodeId, NodeId),
    And(Vec<NodeId>),
    Or(Vec<NodeId>),
    Not(NodeId),
    IsNull(NodeId),
    Is(NodeId, bool),
    InNumbers(NodeId, Vec<i64>),
    InTexts(NodeId, Vec<String>),
    Like(NodeId, Like),
    Arithmetic(Arithmetic, NodeId, NodeId),
    /// A date as the start of its day.
    Millis(NodeId),
    /// The day of a time.
    Days(NodeId),
    Case(Vec<(NodeId, NodeId)>, Option<NodeId>),
    Coalesce(Vec<NodeId>),
    Matches(NodeId, Regex),
    InList(NodeId, ListValues),
    Call(&'static Function, Vec<NodeId>),
}

/// Nodes in an order in which each comes after those it needs.
#[derive(Debug, Default)]
pub struct Program {
    nodes: Vec<Node>,
    known: HashMap<String, NodeId>,
    lists: BTreeMap<Arc<str>, ListValues>,
}

impl Program {
    /// A program whose `in_list` looks values up in these lists.
    #[must_use]
    pub fn new<'a>(lists: impl IntoIterator<Item = (&'a str, &'a [String])>) -> Self {
        let upper = |values: &[String]| Arc::new(values.iter().map(|v| v.to_uppercase()).collect());
        let lists = lists.into_iter().map(|(name, values)| (Arc::from(name), upper(values))).collect();
        Self { lists, ..Self::default() }
    }

    /// Adds an expression; an equal one added before is the same node.
    pub fn add(&mut self, expr: &Expr) -> NodeId {
        let node = match &expr.kind {
            Kind::Column(name) => Node::Column(Arc::clone(name)),
            Kind::Literal(literal) => Node::Constant(literal.value.clone()),
            Kind::Compare(op, a, b) => {
                let as_time = a.ty == Some(Type::Time) || b.ty == Some(Type::Time);
                Node::Compare(*op, self.moment(a, as_time), self.moment(b, as_time))
            }
            Kind::And(parts) => Node::And(self.add_all(parts)),
            Kind::Or(parts) => Node::Or(self.add_all(parts)),
            Kind::Not(inner) => Node::Not(self.add(inner)),
            Kind::IsNull(inner) => Node::IsNull(self.add(inner)),
            Kind::Is(inner, value) => Node::Is(self.add(inner), *value),
            Kind::In(inner, items) => self.membership(inner, items.iter().map(|l| &l.value)),
            Kind::Like(inner, like) => Node::Like(self.add(inner), like.clone()),
            Kind::Arithmetic(op, a, b) => Node::Arithmetic(*op, self.add(a), self.add(b)),
            Kind::Case(branches, otherwise) => {
                let as_time = expr.ty == Some(Type::Time);
                let branches =
                    branches.iter().map(|(when, then)| (self.add(when), self.moment(then, as_time))).collect();
                Node::Case(branches, otherwise.as_ref().map(|e| self.moment(e, as_time)))
            }
            Kind::Coalesce(values) => {
                let as_time = expr.ty == Some(Type::Time);
                Node::Coalesce(values.iter().map(|v| self.moment(v, as_time)).collect())
            }
            Kind::Call(function, args, pattern) => self.call(function, args, pattern),
        };
        self.intern(node)
    }

    fn add_all(&mut self, parts: &[Expr]) -> Vec<NodeId> {
        parts.iter().map(|p| self.add(p)).collect()
    }

    /// Adds an expression, turning a date into a time where times are needed.
    fn moment(&mut self, expr: &Expr, as_time: bool) -> NodeId {
        let id = self.add(expr);
        if as_time && expr.ty == Some(Type::Date) { self.intern(Node::Millis(id)) } else { id }
    }

    fn membership<'a>(&mut self, inner: &Expr, items: impl Iterator<Item = &'a Value>) -> Node {
        let id = self.add(inner);
        let as_time = inner.ty == Some(Type::Time);
        let (mut numbers, mut texts) = (Vec::new(), Vec::new());
        for item in items {
            match item {
                Value::Text(text) => texts.push(text.clone()),
                Value::Int(n) | Value::Time(n) => numbers.push(*n),
                Value::Date(days) => numbers.push(if as_time { days * crate::calendar::DAY_MS } else { *days }),
                Value::Bool(b) => numbers.push(i64::from(*b)),
                Value::Null => {}
            }
        }
        numbers.sort_unstable();
        texts.sort_unstable();
        if texts.is_empty() { Node::InNumbers(id, numbers) } else { Node::InTexts(id, texts) }
    }

    fn call(&mut self, function: &'static Function, args: &[Expr], pattern: &Pattern) -> Node {
        let takes = function.parameters.iter().map(|p| p.accepts);
        let mut ids = Vec::with_capacity(args.len());
        for (arg, accepts) in args.iter().zip(takes) {
            let id = self.add(arg);
            let as_day = accepts == Accepts::Date && arg.ty == Some(Type::Time);
            let as_time = accepts == Accepts::Time && arg.ty == Some(Type::Date);
            ids.push(if as_day {
                self.intern(Node::Days(id))
            } else if as_time {
                self.intern(Node::Millis(id))
            } else {
                id
            });
        }
        match (pattern, ids.first()) {
            (Pattern::Regex(regex), Some(&value)) => Node::Matches(value, regex.clone()),
            (Pattern::List(name), Some(&value)) => {
                Node::InList(value, self.lists.get(name).map(Arc::clone).unwrap_or_default())
            }
            _ => Node::Call(function, ids),
        }
    }

    fn intern(&mut self, node: Node) -> NodeId {
        let key = key(&node);
        if let Some(id) = self.known.get(&key) {
            return *id;
        }
        let id = NodeId(u32::try_from(self.nodes.len()).unwrap_or(u32::MAX));
        self.nodes.push(node);
        self.known.insert(key, id);
        id
    }

    pub(super) fn node(&self, id: NodeId) -> Option<&Node> {
        self.nodes.get(id.0 as usize)
    }

    /// How many distinct nodes it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether it has none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }
}

impl NodeId {
    pub(super) fn index(self) -> usize {
        self.0 as usize
    }
}

/// What a node computes, as text: equal keys, equal values. A list's name stands for its values, since a program has one
/// set of lists.
fn key(node: &Node) -> String {
    match node {
        Node::Matches(id, regex) => format!("matches {id:?} {}", regex.as_str()),
        Node::InList(id, values) => format!("in_list {id:?} {:p}", Arc::as_ptr(values)),
        Node::Call(function, args) => format!("call {} {args:?}", function.name),
        other => format!("{other:?}"),
    }
}
