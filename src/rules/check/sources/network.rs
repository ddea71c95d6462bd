//! A network: its keys, what ties, its measures.

use super::measured::{self, TIME};
use crate::columns::{ColumnInfo, NetworkSpec, Origin};
use crate::diag::{Code, Diagnostic, Report};
use crate::document::{Data, Text, Value};
use crate::rules::check::declared::File;
use crate::rules::check::scope::{FileScope, Names};
use crate::rules::raw::RawNetwork;
use crate::schema::{Mask, Protected, Reveals, Sensitivity, Type};

pub(super) fn check(raw: &RawNetwork, file: &File, names: &mut Names, report: &mut Report) -> Option<NetworkSpec> {
    let mut told = Protected::NONE;
    if raw.keys.is_empty() {
        report.push(
            Diagnostic::new(Code::EmptyValue, raw.name.span(), "a network without keys").label("`keys` is empty"),
        );
    }
    let keys: Vec<Option<Vec<(String, Mask)>>> =
        raw.keys.iter().map(|key| one(key, names, &mut told, report)).collect();
    if raw.max_key.value < 2 {
        report.push(
            Diagnostic::new(Code::OutOfRange, raw.max_key.span, "`max_key` below two ties nobody").label("at least 2"),
        );
    }
    let scope = FileScope { names, pack: file.pack_name() };
    let width = measured::window(raw.window.as_ref(), report);
    let conditions = measured::conditions(raw.conditions.as_ref(), &scope, &mut told, report);
    let measures = match &raw.measure {
        Some(measures) => measured::measures(measures, &scope, report),
        None => Some(Vec::new()),
    };
    let measures = measures?;
    let having = measured::having(raw.having.as_ref(), &measures, &scope, report);
    let spec = NetworkSpec {
        name: raw.name.as_str().to_owned(),
        keys: keys.into_iter().collect::<Option<_>>()?,
        width: width?,
        max_key: usize::try_from(raw.max_key.value).unwrap_or(0),
        conditions: conditions?,
        having: having?,
        measures,
        time: TIME.to_owned(),
    };
    let measures = spec.measures.iter();
    let mut columns: Vec<ColumnInfo> =
        measures.map(|m| measured::column(&spec.name, raw.title.as_ref(), m, told, Origin::Network, &scope)).collect();
    columns.push(id(&spec.name, raw.title.as_ref()));
    columns.into_iter().for_each(|column| names.catalog.add(column));
    Some(spec)
}

/// A key: a column, or several that count together.
fn one(key: &Value, names: &Names, told: &mut Protected, report: &mut Report) -> Option<Vec<(String, Mask)>> {
    let text = |value: &Value, told: &mut Protected, report: &mut Report| match &value.data {
        Data::Text(text) => measured::key(text, names, told, report),
        other => {
            report.push(
                Diagnostic::new(
                    Code::WrongType,
                    value.span,
                    format!("expected a column name, found {}", other.describe()),
                )
                .label("a column, or a list of columns"),
            );
            None
        }
    };
    match &key.data {
        Data::Array(columns) if !columns.is_empty() => {
            let columns: Vec<_> = columns.iter().map(|column| text(column, told, report)).collect();
            columns.into_iter().collect()
        }
        _ => Some(vec![text(key, told, report)?]),
    }
}

fn id(owner: &str, title: Option<&Text>) -> ColumnInfo {
    let title = title.map_or(owner, Text::as_str);
    ColumnInfo {
        name: format!("{owner}.id"),
        ty: Type::Text,
        limits: None,
        mask: Mask::Number,
        sensitivity: Sensitivity::Personal,
        reveals: Reveals::Nothing,
        label_id: format!("{title}: id"),
        label_en: format!("{title}: id"),
        meaning: format!("smallest application number in the network {owner}; the same for all of its applications"),
        example: String::new(),
        origin: Origin::Network,
        whole: false,
    }
}
