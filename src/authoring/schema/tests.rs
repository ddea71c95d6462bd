//! What the schema allows is what the parser reads: a small evaluator of the schema beside the parser, on generated files.

use serde_json::{Map, Value, json};

use super::*;
use crate::diag::{Code, Files, Report};
use crate::document::{self, Cx, Data, FromToml, Value as Toml};
use crate::office::raw::RawFile;
use crate::rules::raw::RawRuleFile;
use crate::seeded::Numbers;
use crate::source::raw::RawProfile;

/// Draft 7, as far as the schemas use it; any other keyword fails the test.
fn allows(schema: &Value, value: &Value) -> bool {
    schema.as_object().unwrap().iter().all(|(keyword, rule)| match keyword.as_str() {
        "$schema" | "title" | "description" => true,
        "type" => match rule.as_str().unwrap() {
            "string" => value.is_string(),
            "integer" => value.is_i64(),
            "number" => value.is_number(),
            "boolean" => value.is_boolean(),
            "array" => value.is_array(),
            "object" => value.is_object(),
            other => panic!("{other}"),
        },
        "format" => {
            assert_eq!(rule, "date");
            value.as_str().is_none_or(|text| text.parse::<chrono::NaiveDate>().is_ok())
        }
        "enum" => rule.as_array().unwrap().contains(value),
        "items" => value.as_array().is_none_or(|items| items.iter().all(|item| allows(rule, item))),
        "required" => {
            let names = rule.as_array().unwrap();
            value.as_object().is_none_or(|o| names.iter().all(|name| o.contains_key(name.as_str().unwrap())))
        }
        "properties" => value.as_object().is_none_or(|object| {
            object.iter().all(|(key, inner)| rule.get(key).is_none_or(|rule| allows(rule, inner)))
        }),
        "additionalProperties" => value.as_object().is_none_or(|object| {
            let declared = |key: &String| schema.get("properties").is_some_and(|p| p.get(key).is_some());
            object.iter().filter(|(key, _)| !declared(key)).all(|(_, inner)| match rule {
                Value::Bool(allowed) => *allowed,
                rule => allows(rule, inner),
            })
        }),
        other => panic!("unknown keyword {other}"),
    })
}

/// A TOML value as validators of TOML files see it: dates are texts.
fn as_json(value: &Toml) -> Value {
    match &value.data {
        Data::Text(text) => json!(text.as_str()),
        Data::Int(n) => json!(n),
        Data::Float(n) => json!(n),
        Data::Bool(b) => json!(b),
        Data::Date(date) => json!(date.to_string()),
        Data::DateTime(time) => json!(time.to_string()),
        Data::TimeOfDay(time) => json!(time.to_string()),
        Data::Array(items) => items.iter().map(as_json).collect(),
        Data::Table(table) => {
            table.entries.iter().map(|e| (e.key.clone(), as_json(&e.value))).collect::<Map<_, _>>().into()
        }
    }
}

fn parses(kind: FileKind, value: &Toml) -> bool {
    let mut report = Report::default();
    let cx = &mut Cx { report: &mut report, what: "a file" };
    let read = match kind {
        FileKind::Rules => RawRuleFile::from_toml(value, cx).is_some(),
        FileKind::Profile => RawProfile::from_toml(value, cx).is_some(),
        FileKind::Office => RawFile::from_toml(value, cx).is_some(),
    };
    read && !report.has_errors()
}

/// Files of a seed.
struct Made(Numbers);

impl Made {
    fn below(&mut self, n: usize) -> usize {
        self.0.below(n)
    }

    /// A value of the shape as inline TOML; now and then a wrong one. What is said about a text of few words is another
    /// part of the check, so those are always right. A date in the place of a text is the one thing that validators cannot
    /// tell, since they see dates as texts.
    fn value(&mut self, shape: &Shape, path: &mut Vec<&'static str>, wrong: usize) -> String {
        let wrong_now = self.below(wrong) == 0;
        match shape {
            Shape::Any => ["1", "\"x\"", "true", "[1]"][self.below(4)].to_owned(),
            Shape::Text if wrong_now => ["1", "true", "[]", "{ a = 1 }", "1.5"][self.below(5)].to_owned(),
            Shape::Text => match role(path) {
                Some(Role::Word(words)) => format!("{:?}", words[self.below(words.len())]),
                _ => "\"teks é\"".to_owned(),
            },
            Shape::Int if wrong_now => ["1.5", "\"1\"", "false", "2025-11-03"][self.below(4)].to_owned(),
            Shape::Int => "7".to_owned(),
            Shape::Number if wrong_now => "\"1.5\"".to_owned(),
            Shape::Number => ["7", "0.5"][self.below(2)].to_owned(),
            Shape::Bool if wrong_now => ["1", "\"true\""][self.below(2)].to_owned(),
            Shape::Bool => "true".to_owned(),
            Shape::Date if wrong_now => ["\"besok\"", "1", "2025-11-03T10:00:00"][self.below(3)].to_owned(),
            Shape::Date => "2025-11-03".to_owned(),
            Shape::List(_) if wrong_now => ["\"x\"", "{ a = 1 }", "1"][self.below(3)].to_owned(),
            Shape::List(inner) => {
                let items: Vec<_> = (0..self.below(3)).map(|_| self.value(inner, path, wrong)).collect();
                format!("[{}]", items.join(", "))
            }
            Shape::Named(_) | Shape::Table(..) if wrong_now => ["\"x\"", "[]", "1"][self.below(3)].to_owned(),
            Shape::Named(inner) => {
                let items: Vec<_> =
                    (0..self.below(3)).map(|n| format!("n{n} = {}", self.value(inner, path, wrong))).collect();
                format!("{{ {} }}", items.join(", "))
            }
            Shape::Table(_, keys) => format!("{{ {} }}", self.entries(keys, path, wrong).join(", ")),
        }
    }

    fn entries(&mut self, keys: &[crate::document::Key], path: &mut Vec<&'static str>, wrong: usize) -> Vec<String> {
        let mut entries = Vec::new();
        for key in keys {
            let there = match key.required {
                true => self.below(wrong) != 0,
                false => self.below(3) == 0,
            };
            if there {
                path.push(key.name);
                entries.push(format!("{} = {}", key.name, self.value(&key.shape, path, wrong)));
                path.pop();
            }
        }
        if self.below(wrong) == 0 {
            entries.push("asing = 1".to_owned());
        }
        entries
    }
}

#[test]
fn the_schema_allows_what_the_parser_reads() {
    for (_, kind) in FileKind::ALL {
        let (schema, shape) = (json_schema(*kind), kind.shape());
        let (mut sound, mut broken) = (0, 0);
        for seed in 0..1_500 {
            // Every other file is right throughout; many faults at once would hide one another.
            let wrong = if seed % 2 == 0 { usize::MAX } else { 25 };
            let text = Made(Numbers(seed)).entries(shape.keys(), &mut Vec::new(), wrong).join("\n");
            let (mut files, mut report) = (Files::default(), Report::default());
            let id = files.add("uji.toml", &*text);
            let table = document::parse(id, &files, &mut report);
            assert!(report.is_empty(), "{report:?}\n{text}");
            let value = Toml { span: table.span, data: Data::Table(table) };
            let (by_schema, by_parser) = (allows(&schema, &as_json(&value)), parses(*kind, &value));
            assert_eq!(by_schema, by_parser, "the schema says {by_schema}, the parser {by_parser}:\n{text}");
            match by_schema {
                true => sound += 1,
                false => broken += 1,
            }
        }
        assert!(sound > 300 && broken > 300, "{sound} sound, {broken} broken");
    }
}

/// The words that the schema names are those the checker knows.
#[test]
fn words_of_few_are_the_checkers_own() {
    let rule = |key: &str, word: &str| {
        let own = |k: &str, usual: &str| format!("{k} = {:?}\n", if k == key { word } else { usual });
        let text = format!(
            "[pack]\nname = \"uji\"\nfamily = \"T\"\n[[rule]]\nid = \"T01\"\nversion = 1\ntitle = \"x\"\n{}{}{}\
             when = [\"lama_tinggal_hari > 30\"]\n[[rule.outcome]]\npoints = 0\nreason = \"x\"\n\
             [[group]]\nname = \"g\"\nby = [\"telepon.kunci\"]\n{}{}measure.n = \"count(*)\"\n",
            own("class", "Q"),
            own("status", "shadow"),
            own("audience", "operator"),
            own("flag", "members"),
            own("rows", "all"),
        );
        let (mut files, mut report) = (Files::default(), Report::default());
        crate::rules::check_texts(&[("uji.toml", &text)], &crate::columns::Catalog::builtin(), &mut files, &mut report);
        !report.sorted(&files).iter().any(|d| d.code == Code::UnknownWord)
    };
    for path in [["rule", "class"], ["rule", "status"], ["rule", "audience"], ["group", "flag"], ["group", "rows"]] {
        let Some(Role::Word(words)) = role(&path) else { panic!("{path:?}") };
        assert!(words.iter().all(|word| rule(path[1], word)), "{path:?}");
        assert!(!rule(path[1], "asing"), "{path:?}");
    }
}
