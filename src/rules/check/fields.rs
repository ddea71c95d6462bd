//! Fields: each checked after those it needs, so that its type is known when another uses it.

use std::collections::BTreeMap;

use sqlparser::tokenizer::Token;

use super::declared::{Declared, File};
use super::scope::{FileScope, Names};
use crate::columns::{ColumnInfo, Origin, graph};
use crate::diag::{Code, Diagnostic, Report};
use crate::expr::{parse_value, taint};
use crate::rules::raw::RawField;
use crate::rules::set::Field;
use crate::schema::{Mask, Reveals, Sensitivity};

/// Checks all fields and adds them to the catalogue. The fields come back in an order in which each follows its needs.
pub(super) fn check(declared: &Declared, names: &mut Names, report: &mut Report) -> Vec<Field> {
    let all = named_once(declared, names, report);
    let known: Vec<&str> = all.iter().map(|(_, raw)| raw.name.as_str()).collect();
    // Before types are known only the words of the text tell what a field needs.
    let needs: Vec<(Vec<&str>, Vec<&str>)> = all
        .iter()
        .map(|(_, raw)| {
            let words = words(raw.value.as_str());
            (vec![raw.name.as_str()], known.iter().copied().filter(|k| words.iter().any(|w| w == k)).collect())
        })
        .collect();
    let order = match graph::order(&needs) {
        Ok(order) => order,
        Err(circle) => {
            report_circle(&circle, &all, report);
            names.broken.extend(known.iter().map(|name| (*name).to_owned()));
            return Vec::new();
        }
    };
    let mut fields = Vec::with_capacity(all.len());
    for (file, raw) in order.iter().filter_map(|ix| all.get(*ix)) {
        match field(raw, file, names, report) {
            Some(field) => fields.push(field),
            None => {
                names.broken.insert(raw.name.as_str().to_owned());
            }
        }
    }
    fields
}

fn named_once<'a>(declared: &'a Declared, names: &Names, report: &mut Report) -> Vec<(&'a File, &'a RawField)> {
    let mut seen: BTreeMap<&str, &RawField> = BTreeMap::new();
    let mut all = Vec::new();
    for (file, raw) in declared.files.iter().flat_map(|file| file.fields.iter().map(move |raw| (file, raw))) {
        let name = raw.name.as_str();
        let span = raw.name.span();
        if !well_formed(name) {
            report.push(
                Diagnostic::new(Code::BadId, span, format!("`{name}` is not a column name"))
                    .label("lower case letters, digits, underscores; a dot between parts"),
            );
        } else if names.catalog.get(name).is_some() {
            report.push(
                Diagnostic::new(Code::DuplicateName, span, format!("`{name}` is a column already"))
                    .label("saring or the profile has it")
                    .help("`saring fields` shows what it means; take another name"),
            );
        } else if let Some(first) = seen.get(name) {
            report.push(
                Diagnostic::new(Code::DuplicateName, span, format!("field `{name}` is declared twice"))
                    .label("second time")
                    .also(first.name.span(), "first time"),
            );
        } else {
            seen.insert(name, raw);
            all.push((file, raw));
        }
    }
    all
}

fn well_formed(name: &str) -> bool {
    let part = |p: &str| {
        p.starts_with(|c: char| c.is_ascii_lowercase())
            && p.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
    };
    name.split('.').all(part)
}

/// The dotted names in a line, texts in quotes left out.
fn words(line: &str) -> Vec<String> {
    let dialect = sqlparser::dialect::GenericDialect {};
    let Ok(tokens) = sqlparser::tokenizer::Tokenizer::new(&dialect, line).tokenize() else {
        return Vec::new();
    };
    let mut words: Vec<String> = Vec::new();
    let mut dotted = false;
    for token in tokens {
        match token {
            Token::Word(word) => match words.last_mut() {
                Some(last) if dotted => {
                    last.push('.');
                    last.push_str(&word.value);
                    dotted = false;
                }
                _ => words.push(word.value),
            },
            Token::Period => dotted = true,
            _ => dotted = false,
        }
    }
    words
}

fn report_circle(circle: &[usize], all: &[(&File, &RawField)], report: &mut Report) {
    let fields: Vec<&RawField> = circle.iter().filter_map(|ix| all.get(*ix)).map(|(_, raw)| *raw).collect();
    let Some(first) = fields.first() else { return };
    let path: Vec<_> = fields.iter().chain([first]).map(|f| format!("`{}`", f.name.as_str())).collect();
    let mut fault =
        Diagnostic::new(Code::Circle, first.name.span(), format!("fields need each other: {}", path.join(" -> ")))
            .label("needs itself in the end")
            .help("one of them must do without the others");
    for field in fields.iter().skip(1) {
        fault = fault.also(field.name.span(), "on the way");
    }
    report.push(fault);
}

fn field(raw: &RawField, file: &File, names: &mut Names, report: &mut Report) -> Option<Field> {
    let scope = FileScope { names, pack: file.pack_name() };
    let expr = parse_value(&raw.value, &scope, report)?;
    let Some(ty) = expr.ty else {
        report.push(
            Diagnostic::new(Code::TypeMismatch, raw.value.span(), "this is null in every row").label("has no type"),
        );
        return None;
    };
    let told = taint(&expr, &scope).reveals;
    // What is shown masked stays masked under another name.
    let mask = expr.columns().iter().filter_map(|c| names.catalog.get(c)).map(|c| c.mask).find(|m| *m != Mask::Open);
    let hidden =
        expr.columns().iter().filter_map(|c| names.catalog.get(c)).any(|c| c.sensitivity == Sensitivity::Hidden);
    names.catalog.add(ColumnInfo {
        name: raw.name.as_str().to_owned(),
        ty,
        limits: None,
        mask: if ty.is_textual() { mask.unwrap_or(Mask::Open) } else { Mask::Open },
        sensitivity: if hidden { Sensitivity::Hidden } else { Sensitivity::Plain },
        reveals: if told.attributes().is_empty() { Reveals::Nothing } else { told },
        label_id: raw.label.as_str().to_owned(),
        label_en: raw.label_en.as_ref().unwrap_or(&raw.label).as_str().to_owned(),
        meaning: raw.meaning.as_str().to_owned(),
        example: String::new(),
        origin: Origin::Field,
    });
    Some(Field { name: raw.name.as_str().to_owned(), expr, ty, span: raw.name.span() })
}
