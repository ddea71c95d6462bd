//! The form of a TOML value as a declaration gives it: one description for the JSON Schema, the formatter and the editor.

use serde_json::json;

/// What a TOML value looks like.
#[derive(Debug, Clone)]
pub enum Shape {
    /// Text in quotes.
    Text,
    /// A whole number.
    Int,
    /// A number.
    Number,
    /// `true` or `false`.
    Bool,
    /// A calendar date without quotes.
    Date,
    /// Whatever other keys make of it.
    Any,
    /// `[a, b]`, also `[[table]]`.
    List(Box<Shape>),
    /// A table whose keys are names the author chose.
    Named(Box<Shape>),
    /// A declared table: how messages call it, and its keys in the order of the declaration.
    Table(&'static str, Vec<Key>),
}

/// One key of a declared table.
#[derive(Debug, Clone)]
pub struct Key {
    /// The key.
    pub name: &'static str,
    /// Whether the table means nothing without it.
    pub required: bool,
    /// Its doc comment.
    pub doc: String,
    /// The form of its value.
    pub shape: Shape,
}

impl Shape {
    /// JSON Schema of the values accepted.
    #[must_use]
    pub fn json_schema(&self) -> serde_json::Value {
        match self {
            Self::Text => json!({ "type": "string" }),
            Self::Int => json!({ "type": "integer" }),
            Self::Number => json!({ "type": "number" }),
            Self::Bool => json!({ "type": "boolean" }),
            // A TOML date reaches a schema validator as text in this form.
            Self::Date => json!({ "type": "string", "format": "date" }),
            Self::Any => json!({}),
            Self::List(item) => json!({ "type": "array", "items": item.json_schema() }),
            Self::Named(item) => json!({ "type": "object", "additionalProperties": item.json_schema() }),
            Self::Table(_, keys) => {
                let properties: serde_json::Map<String, serde_json::Value> = keys
                    .iter()
                    .map(|key| {
                        let mut schema = key.shape.json_schema();
                        if let Some(object) = schema.as_object_mut() {
                            object.insert("description".to_owned(), json!(key.doc));
                        }
                        (key.name.to_owned(), schema)
                    })
                    .collect();
                let required: Vec<_> = keys.iter().filter(|k| k.required).map(|k| k.name).collect();
                json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false })
            }
        }
    }

    /// The form of what stands under a path of keys; lists are looked into.
    #[must_use]
    pub fn at<'a>(&self, path: impl IntoIterator<Item = &'a str>) -> Option<&Shape> {
        let mut here = self.item();
        for step in path {
            here = match here {
                Self::Table(_, keys) => keys.iter().find(|k| k.name == step).map(|k| &k.shape)?,
                Self::Named(inner) => inner,
                _ => return None,
            }
            .item();
        }
        Some(here)
    }

    /// The keys of a declared table, in order.
    #[must_use]
    pub fn keys(&self) -> &[Key] {
        match self {
            Self::Table(_, keys) => keys,
            _ => &[],
        }
    }

    /// In words: ``a text``, ``a list of texts``.
    #[must_use]
    pub fn describe(&self) -> String {
        match self {
            Self::Text => "a text".to_owned(),
            Self::Int => "a whole number".to_owned(),
            Self::Number => "a number".to_owned(),
            Self::Bool => "true or false".to_owned(),
            Self::Date => "a date without quotes".to_owned(),
            Self::Any => "a value".to_owned(),
            Self::List(item) => format!("a list, each {}", item.describe()),
            Self::Named(item) => format!("by name, each {}", item.describe()),
            Self::Table(what, _) => (*what).to_owned(),
        }
    }

    fn item(&self) -> &Self {
        match self {
            Self::List(inner) => inner.item(),
            other => other,
        }
    }
}
