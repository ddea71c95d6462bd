//! The syntax tree against the scope: names, types, and what the language has.

use std::sync::Arc;

use regex::RegexBuilder;
use sqlparser::ast::{self, BinaryOperator, Spanned, UnaryOperator};

use super::coerce::{coerce, comparable};
use super::place;
use super::slow;
use crate::diag::{Code, Diagnostic, Report, Span};
use crate::document::Text;
use crate::expr::functions::{Accepts, by_name};
use crate::expr::like::Like;
use crate::expr::scope::Scope;
use crate::expr::tree::{Arithmetic, Comparison, Expr, Kind, Literal, Pattern, Value};
use crate::expr::{FUNCTIONS, Function};
use crate::schema::Type;

/// The largest compiled regular expression, in bytes. A pattern beyond it could take a second for one row.
const REGEX_BYTES: usize = 1 << 20;

pub(super) struct Checker<'a> {
    pub(super) text: &'a Text,
    pub(super) scope: &'a dyn Scope,
    pub(super) report: &'a mut Report,
}

impl Checker<'_> {
    pub(super) fn check(&mut self, tree: &ast::Expr) -> Option<Expr> {
        let span = place(self.text, tree.span());
        match tree {
            ast::Expr::Identifier(name) if name.quote_style.is_some() => self.quoted(&name.value, span),
            ast::Expr::Identifier(name) => self.column(&name.value, span),
            ast::Expr::CompoundIdentifier(parts) => {
                let name: Vec<_> = parts.iter().map(|p| p.value.as_str()).collect();
                self.column(&name.join("."), span)
            }
            ast::Expr::Value(value) => self.value(&value.value, span),
            ast::Expr::Nested(inner) => self.check(inner),
            ast::Expr::BinaryOp { left, op, right } => self.binary(left, op, right, span),
            ast::Expr::UnaryOp { op: UnaryOperator::Not, expr } => {
                let inner = self.condition(expr)?;
                Some(boolean(Kind::Not(Box::new(inner)), span))
            }
            ast::Expr::UnaryOp { op: UnaryOperator::Minus, expr } => self.negative(expr, span),
            ast::Expr::IsNull(inner) => self.is_null(inner, span),
            ast::Expr::IsNotNull(inner) => {
                let test = self.is_null(inner, span)?;
                Some(boolean(Kind::Not(Box::new(test)), span))
            }
            ast::Expr::IsTrue(inner) => self.is(inner, true, false, span),
            ast::Expr::IsFalse(inner) => self.is(inner, false, false, span),
            ast::Expr::IsNotTrue(inner) => self.is(inner, true, true, span),
            ast::Expr::IsNotFalse(inner) => self.is(inner, false, true, span),
            ast::Expr::Between { expr, negated, low, high } => self.between(expr, low, high, *negated, span),
            ast::Expr::InList { expr, list, negated } => self.in_list(expr, list, *negated, span),
            ast::Expr::Like { negated, any: false, expr, pattern, escape_char: None } => {
                self.like(expr, pattern, false, *negated, span)
            }
            ast::Expr::ILike { negated, any: false, expr, pattern, escape_char: None } => {
                self.like(expr, pattern, true, *negated, span)
            }
            ast::Expr::Case { operand, conditions, else_result, .. } => {
                self.case(operand.as_deref(), conditions, else_result.as_deref(), span)
            }
            ast::Expr::Function(call) => self.call(call, span),
            _ => self.unsupported(span, "this form of SQL"),
        }
    }

    fn fault(&mut self, fault: Diagnostic) -> Option<Expr> {
        self.report.push(fault);
        None
    }

    fn unsupported(&mut self, span: Span, what: &str) -> Option<Expr> {
        self.fault(
            Diagnostic::new(Code::UnsupportedSql, span, format!("{what} is not part of the condition language"))
                .label("not available here")
                .help("see `saring explain R202` and `saring fields --functions`"),
        )
    }

    /// SQL reads double quotes as a column name; an analyst means a text.
    fn quoted(&mut self, name: &str, span: Span) -> Option<Expr> {
        self.fault(
            Diagnostic::new(Code::ConditionSyntax, span, "text in double quotes")
                .label("use single quotes")
                .help(format!("texts in conditions stand in single quotes: '{name}'")),
        )
    }

    fn column(&mut self, name: &str, span: Span) -> Option<Expr> {
        if self.scope.is_broken(name) {
            // Its own declaration has been reported; what uses it is not at fault.
            return None;
        }
        if let Some(column) = self.scope.column(name) {
            return Some(Expr { kind: Kind::Column(Arc::from(name)), ty: Some(column.ty), span });
        }
        let lower = name.to_lowercase();
        let mut fault = Diagnostic::new(Code::UnknownColumn, span, format!("unknown column `{name}`"))
            .label("no such column")
            .did_you_mean(name, self.scope.column_names());
        if self.scope.list(name).is_some() {
            fault = fault.help(format!("`{name}` is a list: `in_list(column, '{name}')`"));
        } else if self.scope.param(name).is_some() {
            fault = fault.help(format!("`{name}` is a parameter: write `:{name}`"));
        } else if by_name(&lower).is_some() {
            fault = fault.help(format!("`{lower}` is a function: write `{lower}(...)`"));
        } else if fault.help.is_empty() {
            fault = fault.help("`saring fields` lists every column; texts stand in single quotes");
        }
        self.fault(fault)
    }

    fn value(&mut self, value: &ast::Value, span: Span) -> Option<Expr> {
        let (value, ty) = match value {
            ast::Value::Number(digits, _) => match digits.parse::<i64>() {
                Ok(n) => (Value::Int(n), Some(Type::Int)),
                Err(_) => {
                    return self.fault(
                        Diagnostic::new(Code::BadLiteral, span, "only whole numbers of at most 18 digits")
                            .label("cannot be used")
                            .help("numbers with more digits (NIK, phone) are text: put them in single quotes"),
                    );
                }
            },
            ast::Value::SingleQuotedString(text) => (Value::Text(text.clone()), Some(Type::Text)),
            ast::Value::Boolean(b) => (Value::Bool(*b), Some(Type::Bool)),
            ast::Value::Null => (Value::Null, None),
            ast::Value::Placeholder(name) => return self.param(name, span),
            ast::Value::DoubleQuotedString(text) => return self.quoted(text, span),
            _ => return self.unsupported(span, "this kind of constant"),
        };
        Some(Expr { kind: Kind::Literal(Literal { value, param: None }), ty, span })
    }

    fn param(&mut self, placeholder: &str, span: Span) -> Option<Expr> {
        let Some(name) = placeholder.strip_prefix(':') else {
            return self.unsupported(span, "this placeholder");
        };
        let Some(param) = self.scope.param(name) else {
            let names = self.scope.param_names();
            let fault = Diagnostic::new(Code::UnknownParam, span, format!("unknown parameter `:{name}`"))
                .label("not under [params] of this file")
                .did_you_mean(name, names);
            return self.fault(fault);
        };
        let ty = match &param.value {
            Value::Text(_) => Some(Type::Text),
            Value::Int(_) => Some(Type::Int),
            Value::Date(_) => Some(Type::Date),
            Value::Time(_) => Some(Type::Time),
            Value::Bool(_) => Some(Type::Bool),
            Value::Null => None,
        };
        Some(Expr { kind: Kind::Literal(Literal { value: param.value, param: Some(Arc::from(name)) }), ty, span })
    }

    pub(super) fn condition(&mut self, tree: &ast::Expr) -> Option<Expr> {
        let expr = self.check(tree)?;
        if expr.ty == Some(Type::Bool) {
            return Some(expr);
        }
        let what = expr.ty.map_or_else(|| "null".to_owned(), Type::describe);
        self.fault(
            Diagnostic::new(Code::NotCondition, expr.span, format!("this is {what}, not a condition"))
                .label("must be true or false"),
        )
    }

    fn binary(&mut self, left: &ast::Expr, op: &BinaryOperator, right: &ast::Expr, span: Span) -> Option<Expr> {
        let comparison = match op {
            BinaryOperator::Eq => Some(Comparison::Equal),
            BinaryOperator::NotEq => Some(Comparison::NotEqual),
            BinaryOperator::Lt => Some(Comparison::Less),
            BinaryOperator::LtEq => Some(Comparison::LessEqual),
            BinaryOperator::Gt => Some(Comparison::Greater),
            BinaryOperator::GtEq => Some(Comparison::GreaterEqual),
            _ => None,
        };
        if let Some(comparison) = comparison {
            return self.compare(left, comparison, right, span);
        }
        let arithmetic = match op {
            BinaryOperator::Plus => Arithmetic::Add,
            BinaryOperator::Minus => Arithmetic::Subtract,
            BinaryOperator::Multiply => Arithmetic::Multiply,
            BinaryOperator::Divide => Arithmetic::Divide,
            BinaryOperator::Modulo => Arithmetic::Remainder,
            BinaryOperator::And | BinaryOperator::Or => {
                // Both sides are checked, so that faults in both show.
                let (left, right) = (self.condition(left), self.condition(right));
                return Some(joined(op == &BinaryOperator::And, left?, right?, span));
            }
            _ => return self.unsupported(span, &format!("the operator `{op}`")),
        };
        self.arithmetic(arithmetic, left, right, span)
    }

    fn compare(&mut self, left: &ast::Expr, op: Comparison, right: &ast::Expr, span: Span) -> Option<Expr> {
        let (left, right) = (self.check(left), self.check(right));
        let (mut left, mut right) = (left?, right?);
        if left.ty.is_none() || right.ty.is_none() {
            let word = if op == Comparison::NotEqual { "is not null" } else { "is null" };
            return self.fault(
                Diagnostic::new(Code::NullComparison, span, "a comparison with null never holds")
                    .label(format!("write `{word}`")),
            );
        }
        self.align(&mut left, &mut right, span)?;
        if left.ty == Some(Type::Bool) && !matches!(op, Comparison::Equal | Comparison::NotEqual) {
            return self
                .fault(Diagnostic::new(Code::TypeMismatch, span, "yes and no have no order").label("use `=` or `<>`"));
        }
        Some(boolean(Kind::Compare(op, Box::new(left), Box::new(right)), span))
    }

    /// Gives both sides one type: a constant takes the type of the other side.
    fn align(&mut self, left: &mut Expr, right: &mut Expr, span: Span) -> Option<()> {
        if let (Some(left_ty), Some(right_ty)) = (left.ty, right.ty) {
            if matches!(right.kind, Kind::Literal(_)) {
                coerce(right, left_ty, self.report)?;
            } else if matches!(left.kind, Kind::Literal(_)) {
                coerce(left, right_ty, self.report)?;
            }
        }
        let (Some(a), Some(b)) = (left.ty, right.ty) else { return Some(()) };
        if comparable(a, b) {
            return Some(());
        }
        self.report.push(mismatch(left, right, a, b, span));
        None
    }

    fn arithmetic(&mut self, op: Arithmetic, left: &ast::Expr, right: &ast::Expr, span: Span) -> Option<Expr> {
        let (left, right) = (self.check(left), self.check(right));
        let (mut left, mut right) = (left?, right?);
        if op == Arithmetic::Subtract {
            // In `tanggal - '2025-01-01'` the text is a date.
            if left.ty == Some(Type::Date) && right.ty == Some(Type::Text) {
                coerce(&mut right, Type::Date, self.report)?;
            } else if right.ty == Some(Type::Date) && left.ty == Some(Type::Text) {
                coerce(&mut left, Type::Date, self.report)?;
            }
        }
        let ty = match (op, left.ty, right.ty) {
            (_, Some(Type::Int), Some(Type::Int)) => Type::Int,
            (Arithmetic::Add, Some(Type::Date), Some(Type::Int))
            | (Arithmetic::Add, Some(Type::Int), Some(Type::Date)) => Type::Date,
            (Arithmetic::Subtract, Some(Type::Date), Some(Type::Int)) => Type::Date,
            (Arithmetic::Subtract, Some(Type::Date), Some(Type::Date)) => Type::Int,
            (_, a, b) => {
                let name = |ty: Option<Type>| ty.map_or_else(|| "null".to_owned(), Type::describe);
                return self.fault(
                    Diagnostic::new(
                        Code::TypeMismatch,
                        span,
                        format!("`{}` between {} and {}", op.symbol(), name(a), name(b)),
                    )
                    .label("whole numbers, or dates and days")
                    .help("days may be added to a date, two dates subtracted; times: `days_between`, `hour`, `minute`"),
                );
            }
        };
        let zero = matches!(&right.kind, Kind::Literal(Literal { value: Value::Int(0), .. }));
        if zero && matches!(op, Arithmetic::Divide | Arithmetic::Remainder) {
            return self.fault(Diagnostic::new(Code::DivisionByZero, right.span, "division by zero").label("zero"));
        }
        Some(Expr { kind: Kind::Arithmetic(op, Box::new(left), Box::new(right)), ty: Some(ty), span })
    }

    fn negative(&mut self, inner: &ast::Expr, span: Span) -> Option<Expr> {
        let inner = self.check(inner)?;
        match (&inner.kind, inner.ty) {
            (Kind::Literal(Literal { value: Value::Int(n), param: None }), _) => {
                let value = Value::Int(n.checked_neg()?);
                Some(Expr { kind: Kind::Literal(Literal { value, param: None }), ty: Some(Type::Int), span })
            }
            (_, Some(Type::Int)) => {
                let zero = Kind::Literal(Literal { value: Value::Int(0), param: None });
                let zero = Expr { kind: zero, ty: Some(Type::Int), span };
                let kind = Kind::Arithmetic(Arithmetic::Subtract, Box::new(zero), Box::new(inner));
                Some(Expr { kind, ty: Some(Type::Int), span })
            }
            _ => self.fault(
                Diagnostic::new(Code::TypeMismatch, span, "`-` before something that is not a number")
                    .label("whole numbers only"),
            ),
        }
    }

    fn is_null(&mut self, inner: &ast::Expr, span: Span) -> Option<Expr> {
        let inner = self.check(inner)?;
        Some(boolean(Kind::IsNull(Box::new(inner)), span))
    }

    fn is(&mut self, inner: &ast::Expr, value: bool, negated: bool, span: Span) -> Option<Expr> {
        let inner = self.condition(inner)?;
        let test = boolean(Kind::Is(Box::new(inner), value), span);
        Some(if negated { boolean(Kind::Not(Box::new(test)), span) } else { test })
    }

    fn between(&mut self, x: &ast::Expr, low: &ast::Expr, high: &ast::Expr, negated: bool, span: Span) -> Option<Expr> {
        let from = self.compare(x, Comparison::GreaterEqual, low, span);
        let from = from?;
        let to = self.compare(x, Comparison::LessEqual, high, span)?;
        let both = boolean(Kind::And(vec![from, to]), span);
        Some(if negated { boolean(Kind::Not(Box::new(both)), span) } else { both })
    }

    fn in_list(&mut self, x: &ast::Expr, items: &[ast::Expr], negated: bool, span: Span) -> Option<Expr> {
        let x = self.check(x);
        let items: Vec<Option<Expr>> = items.iter().map(|item| self.check(item)).collect();
        let x = x?;
        let mut literals = Vec::with_capacity(items.len());
        let mut sound = true;
        for item in items {
            let Some(mut item) = item else {
                sound = false;
                continue;
            };
            let (Some(ty), Kind::Literal(_)) = (x.ty, &item.kind) else {
                let fault = Diagnostic::new(Code::TypeMismatch, item.span, "only constants may stand in `in (...)`");
                self.report.push(fault.label("not a constant").help("compare columns with `=`, joined by `or`"));
                sound = false;
                continue;
            };
            let found = item.ty;
            if coerce(&mut item, ty, self.report).is_none() {
                sound = false;
            } else if !item.ty.is_some_and(|item_ty| comparable(ty, item_ty)) {
                self.report.push(match found {
                    None => Diagnostic::new(Code::NullComparison, item.span, "null in a list of values")
                        .label("ask `is null` in a line of its own"),
                    Some(found) => mismatch(&x, &item, ty, found, item.span),
                });
                sound = false;
            } else if let Kind::Literal(literal) = item.kind {
                literals.push(literal);
            }
        }
        if !sound {
            return None;
        }
        literals.sort_by(|a, b| a.value.cmp(&b.value));
        literals.dedup();
        let test = boolean(Kind::In(Box::new(x), literals), span);
        Some(if negated { boolean(Kind::Not(Box::new(test)), span) } else { test })
    }

    fn like(&mut self, x: &ast::Expr, pattern: &ast::Expr, fold: bool, negated: bool, span: Span) -> Option<Expr> {
        let (x, pattern) = (self.check(x), self.check(pattern));
        let (x, pattern) = (x?, pattern?);
        let Kind::Literal(Literal { value: Value::Text(source), .. }) = &pattern.kind else {
            return self.fault(
                Diagnostic::new(Code::TypeMismatch, pattern.span, "the pattern of `like` must be written out")
                    .label("a text in single quotes"),
            );
        };
        if !x.ty.is_some_and(is_text) {
            let what = x.ty.map_or_else(|| "null".to_owned(), Type::describe);
            return self.fault(
                Diagnostic::new(Code::TypeMismatch, x.span, format!("`like` needs text, this is {what}"))
                    .label("not text"),
            );
        }
        let test = boolean(Kind::Like(Box::new(x), Like::new(source, fold)), span);
        Some(if negated { boolean(Kind::Not(Box::new(test)), span) } else { test })
    }

    fn case(
        &mut self,
        operand: Option<&ast::Expr>,
        branches: &[ast::CaseWhen],
        otherwise: Option<&ast::Expr>,
        span: Span,
    ) -> Option<Expr> {
        let mut checked = Vec::with_capacity(branches.len());
        for branch in branches {
            let when = match operand {
                Some(operand) => self.compare(operand, Comparison::Equal, &branch.condition, span),
                None => self.condition(&branch.condition),
            };
            let then = self.check(&branch.result);
            checked.push((when, then));
        }
        let otherwise = match otherwise {
            Some(tree) => Some(self.check(tree)?),
            None => None,
        };
        let mut checked: Vec<(Expr, Expr)> =
            checked.into_iter().map(|(when, then)| Some((when?, then?))).collect::<Option<_>>()?;
        let mut otherwise = otherwise;
        let values = checked.iter_mut().map(|(_, then)| then).chain(otherwise.as_mut());
        let ty = self.one_type(values.collect(), span)?;
        Some(Expr { kind: Kind::Case(checked, otherwise.map(Box::new)), ty, span })
    }

    /// Gives several alternatives one type: the first that is not a constant decides, else the first.
    fn one_type(&mut self, mut values: Vec<&mut Expr>, span: Span) -> Option<Option<Type>> {
        let deciding = values.iter().find(|v| !matches!(v.kind, Kind::Literal(_)) && v.ty.is_some());
        let ty = deciding.or_else(|| values.iter().find(|v| v.ty.is_some())).and_then(|v| v.ty);
        let Some(ty) = ty else { return Some(None) };
        for value in &mut values {
            if matches!(value.kind, Kind::Literal(_)) && value.ty.is_some() {
                coerce(value, ty, self.report)?;
            }
            let Some(found) = value.ty else { continue };
            if !comparable(ty, found) {
                self.fault(
                    Diagnostic::new(Code::TypeMismatch, span, "the alternatives have different types")
                        .label(format!("{ty} and {found}")),
                );
                return None;
            }
        }
        // Codes of two lists together are text.
        let same = values.iter().all(|v| v.ty.is_none_or(|found| found == ty));
        Some(Some(if same {
            ty
        } else if is_text(ty) {
            Type::Text
        } else {
            ty
        }))
    }

    fn call(&mut self, call: &ast::Function, span: Span) -> Option<Expr> {
        let name = call.name.to_string().to_lowercase();
        let span = call_place(self.text, call, span);
        let plain = call.over.is_none() && call.filter.is_none() && call.within_group.is_empty();
        let arguments = match &call.args {
            ast::FunctionArguments::List(list)
                if plain && list.duplicate_treatment.is_none() && list.clauses.is_empty() =>
            {
                let args = list.args.iter().map(|arg| match arg {
                    ast::FunctionArg::Unnamed(ast::FunctionArgExpr::Expr(expr)) => Some(expr),
                    _ => None,
                });
                args.collect::<Option<Vec<_>>>()
            }
            _ => None,
        };
        if matches!(name.as_str(), "count" | "min" | "max" | "sum" | "avg" | "any_value") {
            return self.fault(
                Diagnostic::new(Code::UnsupportedSql, span, format!("`{name}` counts over several applications"))
                    .label("not in a condition over one row")
                    .help("declare a [[group]] with this measure and use its column here"),
            );
        }
        let Some(arguments) = arguments else {
            return self.unsupported(span, "this form of a call");
        };
        if name == "coalesce" {
            return self.coalesce(&arguments, span);
        }
        let Some(function) = by_name(&name) else {
            let known = FUNCTIONS.iter().map(|f| f.name).chain(["coalesce"]);
            let fault = Diagnostic::new(Code::UnknownFunction, span, format!("unknown function `{name}`"))
                .label("no such function")
                .did_you_mean(&name, known);
            let fault =
                if fault.help.is_empty() { fault.help("`saring fields --functions` lists them") } else { fault };
            return self.fault(fault);
        };
        self.function(function, &arguments, span)
    }

    fn coalesce(&mut self, arguments: &[&ast::Expr], span: Span) -> Option<Expr> {
        if arguments.is_empty() {
            return self.fault(
                Diagnostic::new(Code::WrongArgumentCount, span, "`coalesce` without values").label("at least one"),
            );
        }
        let values: Vec<Option<Expr>> = arguments.iter().map(|a| self.check(a)).collect();
        let mut values: Vec<Expr> = values.into_iter().collect::<Option<_>>()?;
        let ty = self.one_type(values.iter_mut().collect(), span)?;
        Some(Expr { kind: Kind::Coalesce(values), ty, span })
    }

    fn function(&mut self, function: &'static Function, arguments: &[&ast::Expr], span: Span) -> Option<Expr> {
        if arguments.len() != function.parameters.len() {
            let wanted: Vec<_> = function.parameters.iter().map(|p| p.name).collect();
            return self.fault(
                Diagnostic::new(
                    Code::WrongArgumentCount,
                    span,
                    format!("`{}` takes {} arguments, {} given", function.name, wanted.len(), arguments.len()),
                )
                .label(format!("{}({})", function.name, wanted.join(", "))),
            );
        }
        let values: Vec<Option<Expr>> = arguments.iter().map(|a| self.check(a)).collect();
        let values: Vec<Expr> = values.into_iter().collect::<Option<_>>()?;
        let mut args = Vec::with_capacity(values.len());
        let mut pattern = Pattern::None;
        let mut list_of: Option<Type> = None;
        for (mut value, parameter) in values.into_iter().zip(function.parameters) {
            match parameter.accepts {
                Accepts::Regex => pattern = self.regex(&value)?,
                Accepts::ListName => pattern = self.list_name(&value, args.first())?,
                Accepts::Text | Accepts::Int | Accepts::Date | Accepts::Time | Accepts::List => {
                    self.argument(&mut value, parameter.accepts, function, list_of)?;
                    if parameter.accepts == Accepts::List {
                        list_of = value.ty;
                    }
                    args.push(value);
                }
            }
        }
        let ty = function.apply.result();
        Some(Expr { kind: Kind::Call(function, args, pattern), ty: Some(ty), span })
    }

    /// Fits one argument to its parameter.
    fn argument(
        &mut self,
        value: &mut Expr,
        accepts: Accepts,
        function: &Function,
        list_of: Option<Type>,
    ) -> Option<()> {
        if let Kind::Literal(_) = value.kind {
            let target = match (accepts, list_of) {
                (Accepts::Date, _) => Some(Type::Date),
                (Accepts::Time, _) => Some(Type::Time),
                // The item of `has(list, item)` must be a code of that list.
                (Accepts::Text, Some(Type::List(codes))) => Some(Type::Code(codes)),
                _ => None,
            };
            if let (Some(target), Some(_)) = (target, value.ty) {
                coerce(value, target, self.report)?;
            }
        }
        let fits = match (accepts, value.ty) {
            (_, None) => false,
            (Accepts::Text, Some(ty)) => is_text(ty),
            (Accepts::Int, Some(ty)) => ty == Type::Int,
            (Accepts::Date, Some(ty)) => ty == Type::Date || ty == Type::Time,
            (Accepts::Time, Some(ty)) => ty == Type::Time,
            (Accepts::List, Some(ty)) => matches!(ty, Type::List(_) | Type::Texts),
            (Accepts::Regex | Accepts::ListName, _) => false,
        };
        if fits {
            return Some(());
        }
        let found = value.ty.map_or_else(|| "null".to_owned(), Type::describe);
        let mut fault = Diagnostic::new(
            Code::TypeMismatch,
            value.span,
            format!("`{}` needs {}, this is {found}", function.name, accepts.describe()),
        )
        .label(found.clone());
        if accepts == Accepts::Text && matches!(value.ty, Some(Type::List(_) | Type::Texts)) {
            fault = fault.help("ask a list with `has(list, 'item')`");
        }
        self.report.push(fault);
        None
    }

    fn regex(&mut self, value: &Expr) -> Option<Pattern> {
        let Kind::Literal(Literal { value: Value::Text(source), .. }) = &value.kind else {
            self.report.push(
                Diagnostic::new(Code::TypeMismatch, value.span, "the pattern must be written out in single quotes")
                    .label("not a constant text"),
            );
            return None;
        };
        match RegexBuilder::new(source).size_limit(REGEX_BYTES).dfa_size_limit(REGEX_BYTES).build() {
            Ok(regex) => {
                if let Some(why) = slow::reason(source) {
                    self.report.push(
                        Diagnostic::new(Code::SlowRegex, value.span, "this regular expression may be slow")
                            .label(why)
                            .help("say it more simply: one repetition, or `like` and a list of words"),
                    );
                }
                Some(Pattern::Regex(regex))
            }
            Err(error) => {
                let why = match error {
                    regex::Error::CompiledTooBig(_) => "too large: it could slow the whole night down".to_owned(),
                    other => other.to_string().lines().last().unwrap_or("not valid").replace("error: ", ""),
                };
                self.report.push(
                    Diagnostic::new(Code::BadRegex, value.span, format!("regular expression refused: {why}"))
                        .label("cannot be used")
                        .help("`like` with % and _ is often enough"),
                );
                None
            }
        }
    }

    fn list_name(&mut self, value: &Expr, looked_up: Option<&Expr>) -> Option<Pattern> {
        let Kind::Literal(Literal { value: Value::Text(name), .. }) = &value.kind else {
            self.report.push(
                Diagnostic::new(Code::TypeMismatch, value.span, "the name of the list stands in single quotes")
                    .label("not a constant text"),
            );
            return None;
        };
        let Some(list) = self.scope.list(name) else {
            let fault = Diagnostic::new(Code::UnknownList, value.span, format!("unknown list `{name}`"))
                .label("not declared")
                .did_you_mean(name, self.scope.list_names());
            self.report.push(fault);
            return None;
        };
        if let Some(Type::Code(codes)) = looked_up.and_then(|e| e.ty) {
            let strangers: Vec<_> = list.values.iter().filter(|v| codes.get(v).is_none()).map(String::as_str).collect();
            if let Some(first) = strangers.first() {
                let mut fault = Diagnostic::new(
                    Code::UnknownCode,
                    value.span,
                    format!("list `{name}` has `{first}`, which is not a code of {}", codes.name),
                )
                .label("looked up with this list");
                if let Some(span) = list.span {
                    fault = fault.also(span, "declared here");
                }
                self.report.push(fault);
                return None;
            }
        }
        Some(Pattern::List(Arc::from(name.as_str())))
    }
}

fn boolean(kind: Kind, span: Span) -> Expr {
    Expr { kind, ty: Some(Type::Bool), span }
}

pub(super) fn is_text(ty: Type) -> bool {
    matches!(ty, Type::Text | Type::Code(_))
}

/// `a and b and c` is one list of three.
fn joined(and: bool, left: Expr, right: Expr, span: Span) -> Expr {
    let mut parts = Vec::new();
    for side in [left, right] {
        match side.kind {
            Kind::And(inner) if and => parts.extend(inner),
            Kind::Or(inner) if !and => parts.extend(inner),
            kind => parts.push(Expr { kind, ..side }),
        }
    }
    boolean(if and { Kind::And(parts) } else { Kind::Or(parts) }, span)
}

/// The whole call, from the name to the closing parenthesis; sqlparser's span ends with the last argument.
fn call_place(text: &Text, call: &ast::Function, fallback: Span) -> Span {
    let name = place(text, call.name.span());
    if name.file != fallback.file { fallback } else { Span { start: name.start.min(fallback.start), ..fallback } }
}

fn mismatch(left: &Expr, right: &Expr, a: Type, b: Type, span: Span) -> Diagnostic {
    let fault = Diagnostic::new(Code::TypeMismatch, span, format!("{a} cannot be compared with {b}"));
    let constant = |e: &Expr| match &e.kind {
        Kind::Literal(literal) => Some(literal.value.clone()),
        _ => None,
    };
    match (a, b, constant(left).or_else(|| constant(right))) {
        (Type::Int, Type::Text, Some(Value::Text(t))) | (Type::Text, Type::Int, Some(Value::Text(t)))
            if t.parse::<i64>().is_ok() =>
        {
            fault.label(format!("write {t} without quotes"))
        }
        (_, _, Some(Value::Int(n))) if is_text(a) || is_text(b) => fault.label(format!("text stands in quotes: '{n}'")),
        (Type::List(_) | Type::Texts, _, _) | (_, Type::List(_) | Type::Texts, _) => {
            fault.label("a list").help("ask a list with `has(list, 'item')`")
        }
        _ => fault.label(format!("{a} on one side, {b} on the other")),
    }
}
