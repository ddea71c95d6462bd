//! The typed tree of an expression.

use std::fmt;
use std::sync::Arc;

use regex::Regex;

use super::Function;
use super::like::Like;
use crate::calendar;
use crate::diag::Span;
use crate::schema::Type;

/// A value in an expression. `Date` counts days, `Time` milliseconds since 1970-01-01.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Value {
    /// Text or a code.
    Text(String),
    /// A whole number.
    Int(i64),
    /// A date.
    Date(i64),
    /// A date and time of day.
    Time(i64),
    /// Yes or no.
    Bool(bool),
    /// No value.
    Null,
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => write!(f, "'{}'", text.replace('\'', "''")),
            Self::Int(n) => write!(f, "{n}"),
            Self::Date(days) => match calendar::date(*days) {
                Some(date) => write!(f, "'{date}'"),
                None => f.write_str("null"),
            },
            Self::Time(ms) => match calendar::time(*ms) {
                Some(time) => write!(f, "'{}'", time.format("%Y-%m-%d %H:%M:%S")),
                None => f.write_str("null"),
            },
            Self::Bool(b) => write!(f, "{b}"),
            Self::Null => f.write_str("null"),
        }
    }
}

/// A constant, and the parameter it came from.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Literal {
    /// Its value.
    pub value: Value,
    /// The name after the colon, when it was written as a parameter.
    pub param: Option<Arc<str>>,
}

/// `=`, `<>`, `<`, `<=`, `>`, `>=`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Comparison {
    /// `=`
    Equal,
    /// `<>`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterEqual,
}

impl Comparison {
    /// Every comparison.
    pub const ALL: &[Self] =
        &[Self::Equal, Self::NotEqual, Self::Less, Self::LessEqual, Self::Greater, Self::GreaterEqual];

    /// As written.
    #[must_use]
    pub fn symbol(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::NotEqual => "<>",
            Self::Less => "<",
            Self::LessEqual => "<=",
            Self::Greater => ">",
            Self::GreaterEqual => ">=",
        }
    }

    /// Whether it holds for an order.
    #[inline]
    #[must_use]
    pub fn holds(self, order: std::cmp::Ordering) -> bool {
        match self {
            Self::Equal => order.is_eq(),
            Self::NotEqual => order.is_ne(),
            Self::Less => order.is_lt(),
            Self::LessEqual => order.is_le(),
            Self::Greater => order.is_gt(),
            Self::GreaterEqual => order.is_ge(),
        }
    }

    /// The comparison with its sides exchanged.
    #[must_use]
    pub fn mirrored(self) -> Self {
        match self {
            Self::Equal => Self::Equal,
            Self::NotEqual => Self::NotEqual,
            Self::Less => Self::Greater,
            Self::LessEqual => Self::GreaterEqual,
            Self::Greater => Self::Less,
            Self::GreaterEqual => Self::LessEqual,
        }
    }

    /// The comparison that holds exactly where this one does not.
    #[must_use]
    pub fn negated(self) -> Self {
        match self {
            Self::Equal => Self::NotEqual,
            Self::NotEqual => Self::Equal,
            Self::Less => Self::GreaterEqual,
            Self::LessEqual => Self::Greater,
            Self::Greater => Self::LessEqual,
            Self::GreaterEqual => Self::Less,
        }
    }
}

/// `+ - * / %` on whole numbers. Overflow and division by zero give null; division drops the fraction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Arithmetic {
    /// `+`, also date plus days.
    Add,
    /// `-`, also date minus days and date minus date.
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
    /// `%`
    Remainder,
}

impl Arithmetic {
    /// As written.
    #[must_use]
    pub fn symbol(self) -> &'static str {
        match self {
            Self::Add => "+",
            Self::Subtract => "-",
            Self::Multiply => "*",
            Self::Divide => "/",
            Self::Remainder => "%",
        }
    }

    /// The result; `None` on overflow and division by zero.
    #[inline]
    #[must_use]
    pub fn apply(self, a: i64, b: i64) -> Option<i64> {
        match self {
            Self::Add => a.checked_add(b),
            Self::Subtract => a.checked_sub(b),
            Self::Multiply => a.checked_mul(b),
            Self::Divide => a.checked_div(b),
            Self::Remainder => a.checked_rem(b),
        }
    }
}

/// A pattern prepared when the rule was checked.
#[derive(Debug, Clone)]
pub enum Pattern {
    /// `like` or `ilike`.
    Like(Like),
    /// `matches(...)`.
    Regex(Regex),
    /// `in_list(...)`: the name of the list.
    List(Arc<str>),
    /// The function needs none.
    None,
}

impl Pattern {
    /// The text that identifies the pattern.
    #[must_use]
    pub fn key(&self) -> &str {
        match self {
            Self::Like(like) => like.source(),
            Self::Regex(regex) => regex.as_str(),
            Self::List(name) => name,
            Self::None => "",
        }
    }
}

/// An expression with its type and place.
#[derive(Debug, Clone)]
pub struct Expr {
    /// What it computes.
    pub kind: Kind,
    /// Type of its values; `None` for the bare word `null`.
    pub ty: Option<Type>,
    /// Where it stands.
    pub span: Span,
}

/// What an expression computes.
#[derive(Debug, Clone)]
pub enum Kind {
    /// The value of a column.
    Column(Arc<str>),
    /// A constant.
    Literal(Literal),
    /// A comparison of two values of one kind.
    Compare(Comparison, Box<Expr>, Box<Expr>),
    /// All hold.
    And(Vec<Expr>),
    /// One holds.
    Or(Vec<Expr>),
    /// Does not hold.
    Not(Box<Expr>),
    /// `is null`; `is not null` is the negation.
    IsNull(Box<Expr>),
    /// `is true`, `is false`: never null itself.
    Is(Box<Expr>, bool),
    /// `in (...)` over constants of one type.
    In(Box<Expr>, Vec<Literal>),
    /// `like`, `ilike`.
    Like(Box<Expr>, Like),
    /// `+ - * / %`.
    Arithmetic(Arithmetic, Box<Expr>, Box<Expr>),
    /// `case when ... then ... else ... end`: the value of the first branch whose condition holds.
    Case(Vec<(Expr, Expr)>, Option<Box<Expr>>),
    /// The first of the values that is not null.
    Coalesce(Vec<Expr>),
    /// A function of the table.
    Call(&'static Function, Vec<Expr>, Pattern),
}

impl Expr {
    /// The expression and everything below it, from the top down.
    pub fn walk<'a>(&'a self, visit: &mut dyn FnMut(&'a Expr)) {
        visit(self);
        for child in self.children() {
            child.walk(visit);
        }
    }

    /// The column whose value this is wherever it has a value at all, as in `case when not loket then pembayar end`.
    #[must_use]
    pub fn passes_on(&self) -> Option<&str> {
        match &self.kind {
            Kind::Column(name) => Some(name),
            Kind::Case(branches, otherwise) => {
                let values = branches.iter().map(|(_, value)| value).chain(otherwise.as_deref());
                let mut values =
                    values.filter(|value| !matches!(&value.kind, Kind::Literal(l) if l.value == Value::Null));
                let column = values.next()?.passes_on()?;
                values.all(|value| value.passes_on() == Some(column)).then_some(column)
            }
            _ => None,
        }
    }

    /// The expressions directly below.
    #[must_use]
    pub fn children(&self) -> Vec<&Expr> {
        match &self.kind {
            Kind::Column(_) | Kind::Literal(_) => Vec::new(),
            Kind::Compare(_, a, b) | Kind::Arithmetic(_, a, b) => vec![a, b],
            Kind::And(all) | Kind::Or(all) | Kind::Coalesce(all) | Kind::Call(_, all, _) => all.iter().collect(),
            Kind::Not(a) | Kind::IsNull(a) | Kind::Is(a, _) | Kind::In(a, _) | Kind::Like(a, _) => vec![a],
            Kind::Case(branches, otherwise) => {
                branches.iter().flat_map(|(when, then)| [when, then]).chain(otherwise.as_deref()).collect()
            }
        }
    }

    /// The expression with the values of its parameters in place of their names: what it says in this rule set.
    #[must_use]
    pub fn resolved(&self) -> Self {
        let literal = |l: &Literal| Literal { value: l.value.clone(), param: None };
        let one = |e: &Expr| Box::new(e.resolved());
        let all = |es: &[Expr]| es.iter().map(Expr::resolved).collect::<Vec<_>>();
        let kind = match &self.kind {
            Kind::Column(name) => Kind::Column(Arc::clone(name)),
            Kind::Literal(l) => Kind::Literal(literal(l)),
            Kind::Compare(op, a, b) => Kind::Compare(*op, one(a), one(b)),
            Kind::And(parts) => Kind::And(all(parts)),
            Kind::Or(parts) => Kind::Or(all(parts)),
            Kind::Not(a) => Kind::Not(one(a)),
            Kind::IsNull(a) => Kind::IsNull(one(a)),
            Kind::Is(a, value) => Kind::Is(one(a), *value),
            Kind::In(a, items) => Kind::In(one(a), items.iter().map(literal).collect()),
            Kind::Like(a, like) => Kind::Like(one(a), like.clone()),
            Kind::Arithmetic(op, a, b) => Kind::Arithmetic(*op, one(a), one(b)),
            Kind::Case(branches, otherwise) => Kind::Case(
                branches.iter().map(|(when, then)| (when.resolved(), then.resolved())).collect(),
                otherwise.as_deref().map(one),
            ),
            Kind::Coalesce(values) => Kind::Coalesce(all(values)),
            Kind::Call(function, args, pattern) => Kind::Call(function, all(args), pattern.clone()),
        };
        Self { kind, ty: self.ty, span: self.span }
    }

    /// The parameters it uses with their values, by name.
    #[must_use]
    pub fn param_values(&self) -> std::collections::BTreeMap<Arc<str>, Value> {
        let mut found = std::collections::BTreeMap::new();
        let mut note = |literal: &Literal| {
            if let Some(name) = &literal.param {
                found.insert(Arc::clone(name), literal.value.clone());
            }
        };
        self.walk(&mut |e| match &e.kind {
            Kind::Literal(literal) => note(literal),
            Kind::In(_, literals) => literals.iter().for_each(&mut note),
            _ => {}
        });
        found
    }

    /// The expression with one of those directly below, by its place among [`Self::children`], replaced.
    #[must_use]
    pub fn with_child(&self, number: usize, new: Expr) -> Expr {
        let mut expr = self.clone();
        if let Some(child) = expr.children_mut().into_iter().nth(number) {
            *child = new;
        }
        expr
    }

    fn children_mut(&mut self) -> Vec<&mut Expr> {
        match &mut self.kind {
            Kind::Column(_) | Kind::Literal(_) => Vec::new(),
            Kind::Compare(_, a, b) | Kind::Arithmetic(_, a, b) => vec![a, b],
            Kind::And(all) | Kind::Or(all) | Kind::Coalesce(all) | Kind::Call(_, all, _) => all.iter_mut().collect(),
            Kind::Not(a) | Kind::IsNull(a) | Kind::Is(a, _) | Kind::In(a, _) | Kind::Like(a, _) => vec![a],
            Kind::Case(branches, otherwise) => {
                let branches = branches.iter_mut().flat_map(|(when, then)| [when, then]);
                branches.chain(otherwise.as_deref_mut()).collect()
            }
        }
    }

    /// The columns it reads, in the order they first appear.
    #[must_use]
    pub fn columns(&self) -> Vec<Arc<str>> {
        let mut names: Vec<Arc<str>> = Vec::new();
        self.walk(&mut |e| {
            if let Kind::Column(name) = &e.kind
                && !names.contains(name)
            {
                names.push(Arc::clone(name));
            }
        });
        names
    }

    /// The lists it looks values up in.
    #[must_use]
    pub fn lists(&self) -> Vec<Arc<str>> {
        let mut names: Vec<Arc<str>> = Vec::new();
        self.walk(&mut |e| {
            if let Kind::Call(_, _, Pattern::List(name)) = &e.kind
                && !names.contains(name)
            {
                names.push(Arc::clone(name));
            }
        });
        names
    }

    /// The parameters it uses.
    #[must_use]
    pub fn params(&self) -> Vec<Arc<str>> {
        let mut names: Vec<Arc<str>> = Vec::new();
        let mut note = |literal: &Literal| names.extend(literal.param.clone());
        self.walk(&mut |e| match &e.kind {
            Kind::Literal(literal) => note(literal),
            Kind::In(_, literals) => literals.iter().for_each(&mut note),
            _ => {}
        });
        names.sort();
        names.dedup();
        names
    }
}

/// The expression in a normal form: as a careful author would write it, parameters by name. Two lines that mean the same
/// to the letter print the same; the meaning of a rule is hashed over this.
impl fmt::Display for Expr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |f: &mut fmt::Formatter<'_>, items: &[Expr], between: &str| {
            for (ix, item) in items.iter().enumerate() {
                if ix > 0 {
                    f.write_str(between)?;
                }
                item.fmt(f)?;
            }
            Ok(())
        };
        match &self.kind {
            Kind::Column(name) => f.write_str(name),
            Kind::Literal(literal) => literal.fmt(f),
            Kind::Compare(op, a, b) => write!(f, "{} {} {}", Operand(a), op.symbol(), Operand(b)),
            Kind::And(all) => {
                f.write_str("(")?;
                list(f, all, " and ")?;
                f.write_str(")")
            }
            Kind::Or(any) => {
                f.write_str("(")?;
                list(f, any, " or ")?;
                f.write_str(")")
            }
            Kind::Not(a) => write!(f, "not {}", Operand(a)),
            Kind::IsNull(a) => write!(f, "{} is null", Operand(a)),
            Kind::Is(a, value) => write!(f, "{} is {value}", Operand(a)),
            Kind::In(a, items) => {
                write!(f, "{} in (", Operand(a))?;
                for (ix, item) in items.iter().enumerate() {
                    if ix > 0 {
                        f.write_str(", ")?;
                    }
                    item.fmt(f)?;
                }
                f.write_str(")")
            }
            Kind::Like(a, like) => {
                write!(f, "{} {} {}", Operand(a), like.word(), Value::Text(like.source().to_owned()))
            }
            Kind::Arithmetic(op, a, b) => write!(f, "({a} {} {b})", op.symbol()),
            Kind::Case(branches, otherwise) => {
                f.write_str("case")?;
                for (when, then) in branches {
                    write!(f, " when {when} then {then}")?;
                }
                if let Some(otherwise) = otherwise {
                    write!(f, " else {otherwise}")?;
                }
                f.write_str(" end")
            }
            Kind::Coalesce(all) => {
                f.write_str("coalesce(")?;
                list(f, all, ", ")?;
                f.write_str(")")
            }
            Kind::Call(function, args, pattern) => {
                write!(f, "{}(", function.name)?;
                list(f, args, ", ")?;
                match pattern {
                    Pattern::None => {}
                    Pattern::Like(_) | Pattern::Regex(_) | Pattern::List(_) => {
                        write!(f, ", {}", Value::Text(pattern.key().to_owned()))?;
                    }
                }
                f.write_str(")")
            }
        }
    }
}

impl fmt::Display for Literal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.param {
            Some(name) => write!(f, ":{name}"),
            None => self.value.fmt(f),
        }
    }
}

/// An operand, in parentheses where SQL's precedence would read it otherwise.
struct Operand<'a>(&'a Expr);

impl fmt::Display for Operand<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0.kind {
            Kind::Compare(..) | Kind::Not(_) | Kind::IsNull(_) | Kind::Is(..) | Kind::In(..) | Kind::Like(..) => {
                write!(f, "({})", self.0)
            }
            Kind::Column(_)
            | Kind::Literal(_)
            | Kind::And(_)
            | Kind::Or(_)
            | Kind::Arithmetic(..)
            | Kind::Case(..)
            | Kind::Coalesce(_)
            | Kind::Call(..) => self.0.fmt(f),
        }
    }
}
