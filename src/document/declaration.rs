//! Declarations: structs that know how to take themselves out of a TOML table, with every fault reported.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{Data, Shape, Table, Text, Value};
use crate::diag::{Code, Diagnostic, Report, Span};

/// What reading a declaration needs at hand.
#[derive(Debug)]
pub struct Cx<'a> {
    /// Where faults go.
    pub report: &'a mut Report,
    /// How messages call the table that is being read: ``a rule``.
    pub what: &'static str,
}

/// A type that a TOML value can be read into.
pub trait FromToml: Sized {
    /// Reads the value; reports and returns `None` where it has the wrong form.
    fn from_toml(value: &Value, cx: &mut Cx<'_>) -> Option<Self>;

    /// The form of the values accepted.
    fn shape() -> Shape;
}

/// A value and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Its place.
    pub span: Span,
}

/// Reports a value of the wrong type.
fn wrong_type<T>(value: &Value, expected: &str, cx: &mut Cx<'_>) -> Option<T> {
    let found = value.data.describe();
    cx.report.push(Diagnostic::new(Code::WrongType, value.span, format!("expected {expected}, found {found}")).label(
        match &value.data {
            Data::Text(t) if expected == "a whole number" && t.as_str().parse::<i64>().is_ok() => {
                format!("write {} without quotes", t.as_str())
            }
            Data::Text(_) if expected.starts_with("a list") => "put it in brackets: [\"...\"]".to_owned(),
            _ => format!("this must be {expected}"),
        },
    ));
    None
}

impl FromToml for Text {
    fn from_toml(value: &Value, cx: &mut Cx<'_>) -> Option<Self> {
        match &value.data {
            Data::Text(text) => Some(text.clone()),
            _ => wrong_type(value, "a text", cx),
        }
    }

    fn shape() -> Shape {
        Shape::Text
    }
}

impl FromToml for Spanned<i64> {
    fn from_toml(value: &Value, cx: &mut Cx<'_>) -> Option<Self> {
        match &value.data {
            Data::Int(n) => Some(Spanned { value: *n, span: value.span }),
            _ => wrong_type(value, "a whole number", cx),
        }
    }

    fn shape() -> Shape {
        Shape::Int
    }
}

impl FromToml for Spanned<f64> {
    fn from_toml(value: &Value, cx: &mut Cx<'_>) -> Option<Self> {
        match &value.data {
            #[expect(clippy::cast_precision_loss, reason = "settings are small numbers")]
            Data::Int(n) => Some(Spanned { value: *n as f64, span: value.span }),
            Data::Float(n) => Some(Spanned { value: *n, span: value.span }),
            _ => wrong_type(value, "a number", cx),
        }
    }

    fn shape() -> Shape {
        Shape::Number
    }
}

impl FromToml for Spanned<bool> {
    fn from_toml(value: &Value, cx: &mut Cx<'_>) -> Option<Self> {
        match &value.data {
            Data::Bool(b) => Some(Spanned { value: *b, span: value.span }),
            _ => wrong_type(value, "true or false", cx),
        }
    }

    fn shape() -> Shape {
        Shape::Bool
    }
}

impl FromToml for Spanned<NaiveDate> {
    fn from_toml(value: &Value, cx: &mut Cx<'_>) -> Option<Self> {
        match &value.data {
            Data::Date(date) => Some(Spanned { value: *date, span: value.span }),
            _ => wrong_type(value, "a date without quotes, as in 2026-03-31", cx),
        }
    }

    fn shape() -> Shape {
        Shape::Date
    }
}

/// The value as it is, for keys whose type depends on others.
impl FromToml for Value {
    fn from_toml(value: &Value, _: &mut Cx<'_>) -> Option<Self> {
        Some(value.clone())
    }

    fn shape() -> Shape {
        Shape::Any
    }
}

impl<T: FromToml> FromToml for Vec<T> {
    fn from_toml(value: &Value, cx: &mut Cx<'_>) -> Option<Self> {
        let Data::Array(items) = &value.data else {
            return wrong_type(value, "a list in brackets", cx);
        };
        // A bad item is reported, which alone forbids a run; the good ones are kept so that their own faults show too.
        Some(items.iter().filter_map(|item| T::from_toml(item, cx)).collect())
    }

    fn shape() -> Shape {
        Shape::List(Box::new(T::shape()))
    }
}

/// A table whose keys are names the analyst chose, in the order of the file.
#[derive(Debug, Clone)]
pub struct Named<T> {
    /// Name, place of the name, value.
    pub entries: Vec<(Text, T)>,
}

impl<T> Default for Named<T> {
    fn default() -> Self {
        Self { entries: Vec::new() }
    }
}

impl<T> Named<T> {
    /// The values by name.
    pub fn by_name(&self) -> BTreeMap<&str, &T> {
        self.entries.iter().map(|(name, value)| (name.as_str(), value)).collect()
    }
}

impl<T: FromToml> FromToml for Named<T> {
    fn from_toml(value: &Value, cx: &mut Cx<'_>) -> Option<Self> {
        let Data::Table(table) = &value.data else {
            return wrong_type(value, "a table", cx);
        };
        let read = table.entries.iter().map(|entry| {
            let name = Text::unplaced(&entry.key, entry.key_span);
            T::from_toml(&entry.value, cx).map(|value| (name, value))
        });
        Some(Self { entries: read.flatten().collect() })
    }

    fn shape() -> Shape {
        Shape::Named(Box::new(T::shape()))
    }
}

/// Reports keys that no declaration of this kind has.
pub(crate) fn unknown_keys(table: &Table, known: &[&'static str], cx: &mut Cx<'_>) {
    for entry in &table.entries {
        if !known.contains(&entry.key.as_str()) {
            cx.report.push(
                Diagnostic::new(
                    Code::UnknownKey,
                    entry.key_span,
                    format!("unknown key `{}` in {}", entry.key, cx.what),
                )
                .label(format!("not a key of {}", cx.what))
                .did_you_mean(&entry.key, known.iter().copied())
                .note(format!("keys here: {}", known.join(", "))),
            );
        }
    }
}

/// Reports a key that must be there.
pub(crate) fn missing_key(table: &Table, key: &'static str, cx: &mut Cx<'_>) {
    cx.report.push(
        Diagnostic::new(Code::MissingKey, table.span, format!("{} without `{key}`", cx.what))
            .label("in this table")
            .help(format!("add `{key} = ...`")),
    );
}

/// Declares a struct that is read from a TOML table.
///
/// ```text
/// declaration! {
///     /// One rule.
///     pub struct RawRule as "a rule" {
///         /// Stable id.
///         required id: Text,
///         /// Every line holds.
///         optional when: Vec<Text>,
///     }
/// }
/// ```
/// gives the struct (optional keys as `Option`), a field `span`, `FromToml` and `KEYS`.
macro_rules! declaration {
    ($(#[$meta:meta])* $vis:vis struct $name:ident as $what:literal {
        $($(#[doc = $doc:literal])+ $need:ident $key:ident $(as $spelling:literal)? : $ty:ty,)+
    }) => {
        $(#[$meta])*
        #[derive(Debug, Clone)]
        $vis struct $name {
            $($(#[doc = $doc])+ pub $key: $crate::document::declaration!(@type $need $ty),)+
            /// The place of the table.
            pub span: $crate::diag::Span,
        }

        impl $name {
            /// How messages call this table.
            pub const WHAT: &'static str = $what;

            /// The keys with their documentation.
            #[must_use]
            pub fn keys() -> Vec<$crate::document::Key> {
                vec![$($crate::document::Key {
                    name: $crate::document::declaration!(@name $key $($spelling)?),
                    required: $crate::document::declaration!(@required $need),
                    doc: [$($doc),+].iter().map(|l: &&str| l.trim()).collect::<Vec<_>>().join(" "),
                    shape: <$ty as $crate::document::FromToml>::shape(),
                }),+]
            }
        }

        impl $crate::document::FromToml for $name {
            fn from_toml(value: &$crate::document::Value, cx: &mut $crate::document::Cx<'_>) -> Option<Self> {
                let $crate::document::Data::Table(table) = &value.data else {
                    cx.report.push(
                        $crate::diag::Diagnostic::new(
                            $crate::diag::Code::WrongType,
                            value.span,
                            format!("expected a table, found {}", value.data.describe()),
                        )
                        .label(concat!("must be ", $what)),
                    );
                    return None;
                };
                let outer = std::mem::replace(&mut cx.what, $what);
                $crate::document::unknown_keys(
                    table,
                    &[$($crate::document::declaration!(@name $key $($spelling)?)),+],
                    cx,
                );
                $(let $key: Option<$ty> = {
                    let name = $crate::document::declaration!(@name $key $($spelling)?);
                    match table.get(name) {
                        Some(value) => {
                            let read = <$ty as $crate::document::FromToml>::from_toml(value, cx);
                            cx.what = $what;
                            read
                        }
                        None => {
                            if $crate::document::declaration!(@required $need) {
                                $crate::document::missing_key(table, name, cx);
                            }
                            None
                        }
                    }
                };)+
                cx.what = outer;
                Some(Self { $($key: $crate::document::declaration!(@take $need $key),)+ span: table.span })
            }

            fn shape() -> $crate::document::Shape {
                $crate::document::Shape::Table($what, Self::keys())
            }
        }
    };
    (@type required $ty:ty) => { $ty };
    (@type optional $ty:ty) => { Option<$ty> };
    (@required required) => { true };
    (@required optional) => { false };
    (@take required $key:ident) => { $key? };
    (@take optional $key:ident) => { $key };
    (@name $key:ident) => { stringify!($key) };
    (@name $key:ident $spelling:literal) => { $spelling };
}
pub(crate) use declaration;
