//! From a line of text to a typed tree, with every fault reported at its place.

mod check;
mod coerce;
mod measure;
mod slow;

use sqlparser::ast;
use sqlparser::dialect::Dialect;
use sqlparser::parser::{Parser, ParserError};
use sqlparser::tokenizer::{Location, Token, TokenWithSpan, Tokenizer};

use super::scope::Scope;
use super::tree::{Expr, Kind};
use crate::diag::{Code, Diagnostic, Report, Span};
use crate::document::Text;
use crate::schema::Type;

use check::Checker;
pub use measure::parse_measure;

/// How the lines of a list stand together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Joined {
    /// Every line must hold: `when`, `where`, `having`.
    All,
    /// No line may hold: `unless`.
    None,
}

/// Reads a line that must be true or false. Faults go to the report; `None` means there were some.
pub fn parse_condition(text: &Text, joined: Joined, scope: &dyn Scope, report: &mut Report) -> Option<Expr> {
    let expr = parse_value(text, scope, report)?;
    if expr.ty == Some(Type::Bool) {
        report_joined(&expr, joined, text, report);
        return Some(expr);
    }
    let what = expr.ty.map_or_else(|| "null".to_owned(), Type::describe);
    report.push(
        Diagnostic::new(Code::NotCondition, text.span(), format!("this is {what}, not a condition"))
            .label("must be true or false")
            .help("compare it: `... = ...`, `... is not null`"),
    );
    None
}

/// Several conditions in a line that could be lines of their own and mean the same: joined by `and` where every line must
/// hold, by `or` where none may.
fn report_joined(expr: &Expr, joined: Joined, text: &Text, report: &mut Report) {
    let (parts, word, help) = match (&expr.kind, joined) {
        (Kind::And(parts), Joined::All) if !is_between(expr) => (parts, "and", "every line of a list must hold anyway"),
        (Kind::Or(parts), Joined::None) => (parts, "or", "no line of `unless` may hold anyway"),
        _ => return,
    };
    report.push(
        Diagnostic::new(Code::SeveralConditions, text.span(), format!("{} conditions in one line", parts.len()))
            .label(format!("joined by `{word}`"))
            .help(format!("write each as a line of its own: {help}")),
    );
}

/// Whether the expression is what `x between a and b` becomes.
fn is_between(expr: &Expr) -> bool {
    let Kind::And(parts) = &expr.kind else { return false };
    match parts.as_slice() {
        [Expr { kind: Kind::Compare(_, a, _), .. }, Expr { kind: Kind::Compare(_, b, _), .. }] => a.span == b.span,
        _ => false,
    }
}

/// Reads an expression of any type.
pub fn parse_value(text: &Text, scope: &dyn Scope, report: &mut Report) -> Option<Expr> {
    let tree = read(text, report)?;
    Checker { text, scope, report }.check(&tree)
}

/// The part of SQL's syntax that conditions share with every SQL: no vendor's extras.
#[derive(Debug)]
struct Conditions;

impl Dialect for Conditions {
    fn is_identifier_start(&self, ch: char) -> bool {
        ch.is_ascii_alphabetic() || ch == '_'
    }

    fn is_identifier_part(&self, ch: char) -> bool {
        ch.is_ascii_alphanumeric() || ch == '_'
    }

    fn supports_filter_during_aggregation(&self) -> bool {
        true
    }
}

/// The syntax tree of the text.
fn read(text: &Text, report: &mut Report) -> Option<ast::Expr> {
    if text.as_str().trim().is_empty() {
        report.push(Diagnostic::new(Code::EmptyValue, text.span(), "empty condition").label("nothing to check"));
        return None;
    }
    let parsed = tokens(text.as_str()).and_then(|tokens| {
        let mut parser = Parser::new(&Conditions).with_tokens_with_locations(tokens);
        let expr = parser.parse_expr()?;
        Ok((expr, parser.peek_token()))
    });
    let error = match parsed {
        Ok((expr, next)) if next.token == Token::EOF => return Some(expr),
        Ok((_, next)) => {
            let start = offset(text.as_str(), next.span.start);
            report.push(left_over(text, &next.token.to_string(), start));
            return None;
        }
        Err(error) => error,
    };
    report.push(syntax_fault(text, error));
    None
}

/// The longest line, in words and signs. Chains of operators become trees as deep as they are long; this keeps every walk
/// over them far from the end of the stack.
const MAX_TOKENS: usize = 250;

fn tokens(line: &str) -> Result<Vec<TokenWithSpan>, ParserError> {
    let tokens = Tokenizer::new(&Conditions, line).tokenize_with_location()?;
    if tokens.iter().filter(|t| !matches!(t.token, Token::Whitespace(_))).count() > MAX_TOKENS {
        return Err(ParserError::RecursionLimitExceeded);
    }
    Ok(tokens)
}

/// A whole expression was read, but something follows it.
fn left_over(text: &Text, token: &str, start: usize) -> Diagnostic {
    let span = text.part(start, start + token.len());
    let fault =
        Diagnostic::new(Code::ConditionSyntax, span, format!("unexpected `{token}`")).label("not expected here");
    match token {
        "==" | "=" => fault.help("equality is one `=`"),
        "&" | "&&" => fault.help("write `and`, or better a line of its own"),
        "|" => fault.help("write `or`"),
        ";" => fault.help("no semicolon: each line is one condition"),
        _ => fault.help("an operator is missing before it, or it does not belong here"),
    }
}

fn syntax_fault(text: &Text, error: ParserError) -> Diagnostic {
    let whole = text.span();
    match error {
        ParserError::RecursionLimitExceeded => {
            Diagnostic::new(Code::ConditionSyntax, whole, "too long or nested too deeply")
                .label(format!("at most {MAX_TOKENS} words and signs, 50 levels of parentheses"))
                .help("split it into lines, or name parts of it as a `[[field]]`")
        }
        ParserError::TokenizerError(message) | ParserError::ParserError(message) => {
            let (words, place) = split_location(&message);
            let span = match place {
                Some(location) => {
                    let start = offset(text.as_str(), location);
                    let len = text.as_str().get(start..).map_or(0, word_length);
                    text.part(start.min(text.as_str().len()), start + len)
                }
                None => whole,
            };
            let words = words.replace("Expected: ", "expected ").replace(", found: EOF", ", found the end of the line");
            let words = words.replace(", found: ", ", found `");
            let words = if words.contains(", found `") { format!("{words}`") } else { words };
            let mut fault = Diagnostic::new(Code::ConditionSyntax, span, lower_first(&words)).label("here");
            if text.as_str().contains('"') {
                fault = fault.help("texts in conditions stand in single quotes: 'wisata'");
            }
            fault
        }
    }
}

fn lower_first(words: &str) -> String {
    let mut chars = words.trim().chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

/// Takes ` at Line: 1, Column: 9` off a message.
fn split_location(message: &str) -> (&str, Option<Location>) {
    let Some((words, place)) = message.rsplit_once(" at Line: ") else {
        return (message, None);
    };
    let location = place.split_once(", Column: ").and_then(|(line, column)| {
        Some(Location { line: line.trim().parse().ok()?, column: column.trim().parse().ok()? })
    });
    (words, location)
}

fn word_length(rest: &str) -> usize {
    let word = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
    if word > 0 { word } else { rest.chars().next().map_or(0, char::len_utf8) }
}

/// The byte of a line and column, both from 1, columns in characters.
fn offset(text: &str, location: Location) -> usize {
    let line = usize::try_from(location.line).unwrap_or(usize::MAX).saturating_sub(1);
    let column = usize::try_from(location.column).unwrap_or(usize::MAX).saturating_sub(1);
    let start = match line {
        0 => 0,
        n => text.match_indices('\n').nth(n - 1).map_or(text.len(), |(at, _)| at + 1),
    };
    let rest = text.get(start..).unwrap_or_default();
    start + rest.char_indices().nth(column).map_or(rest.len(), |(at, _)| at)
}

/// The place of a piece of the syntax tree.
fn place(text: &Text, span: sqlparser::tokenizer::Span) -> Span {
    if span.start.line == 0 {
        return text.span();
    }
    let start = offset(text.as_str(), span.start);
    text.part(start, offset(text.as_str(), span.end).max(start))
}
