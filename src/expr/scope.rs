//! What names mean where an expression stands.

use crate::diag::Span;
use crate::schema::{Reveals, Type};

use super::Value;

/// Smallest and largest value that a column can hold, where known.
pub type Limits = Option<(i64, i64)>;

/// A column as an expression sees it.
#[derive(Debug, Clone, Copy)]
pub struct ColumnRef {
    /// Type of its values.
    pub ty: Type,
    /// What it may hold, for numbers.
    pub limits: Limits,
    /// The protected attributes it leads to.
    pub reveals: Reveals,
    /// Whether its values are those of one of saring's own columns as they stand; others are made by a pack or a profile.
    pub builtin: bool,
}

/// A parameter as an expression sees it.
#[derive(Debug, Clone)]
pub struct ParamRef {
    /// Its value in this rule set.
    pub value: Value,
    /// Where it is declared.
    pub span: Option<Span>,
}

/// A named list of values.
#[derive(Debug, Clone, Copy)]
pub struct ListRef<'a> {
    /// The values.
    pub values: &'a [String],
    /// Where it is declared.
    pub span: Option<Span>,
}

/// The names an expression may use.
pub trait Scope {
    /// The column of a name.
    fn column(&self, name: &str) -> Option<ColumnRef>;
    /// Whether the name belongs to a declaration that has faults of its own, reported at its place.
    fn is_broken(&self, name: &str) -> bool {
        let _ = name;
        false
    }
    /// Every column name, for "did you mean".
    fn column_names(&self) -> Vec<&str>;
    /// The parameter of a name (without the colon).
    fn param(&self, name: &str) -> Option<ParamRef>;
    /// Every parameter name.
    fn param_names(&self) -> Vec<&str>;
    /// The list of a name.
    fn list(&self, name: &str) -> Option<ListRef<'_>>;
    /// Every list name.
    fn list_names(&self) -> Vec<&str>;
}
