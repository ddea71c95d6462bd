//! JSON Schema of the files people write, from the declarations that also read them.

use serde_json::{Value, json};

use super::{FileKind, Role, role};
use crate::document::Shape;

/// The schema of a kind of file, draft 7, which the TOML extensions of editors read.
#[must_use]
pub fn json_schema(kind: FileKind) -> Value {
    let mut schema = kind.shape().json_schema();
    let title = match kind {
        FileKind::Rules => "saring: a rule file",
        FileKind::Profile => "saring: a profile",
        FileKind::Office => "saring: the office file, saring.toml",
    };
    if kind == FileKind::Rules {
        few_words(&mut schema, kind.shape(), &mut Vec::new());
    }
    if let Some(object) = schema.as_object_mut() {
        object.insert("$schema".to_owned(), json!("http://json-schema.org/draft-07/schema#"));
        object.insert("title".to_owned(), json!(title));
    }
    schema
}

/// Names the words of keys that allow only a few.
fn few_words(schema: &mut Value, shape: &Shape, path: &mut Vec<&'static str>) {
    match shape {
        Shape::List(inner) => {
            if let Some(items) = schema.get_mut("items") {
                few_words(items, inner, path);
            }
        }
        Shape::Table(_, keys) => {
            for key in keys {
                path.push(key.name);
                if let Some(property) = schema.pointer_mut(&format!("/properties/{}", key.name)) {
                    if let (Some(Role::Word(words)), Some(object)) = (role(path), property.as_object_mut()) {
                        object.insert("enum".to_owned(), json!(words));
                    }
                    few_words(property, &key.shape, path);
                }
                path.pop();
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests;
