//! A group: its key, its window, its measures.

use super::measured::{self, TIME};
use crate::columns::{ColumnInfo, Flag, GroupSpec, Origin, Rows};
use crate::diag::{Code, Diagnostic, Report};
use crate::document::Text;
use crate::rules::check::declared::File;
use crate::rules::check::scope::{FileScope, Names};
use crate::rules::raw::RawGroup;
use crate::schema::{Mask, Protected, Reveals, Sensitivity, Type};

pub(super) fn check(raw: &RawGroup, file: &File, names: &mut Names, report: &mut Report) -> Option<GroupSpec> {
    let mut told = Protected::NONE;
    if raw.by.is_empty() {
        report.push(Diagnostic::new(Code::EmptyValue, raw.name.span(), "a group without a key").label("`by` is empty"));
    }
    let by: Vec<Option<_>> = raw.by.iter().map(|text| measured::key(text, names, &mut told, report)).collect();
    let scope = FileScope { names, pack: file.pack_name() };
    let width = measured::window(raw.window.as_ref(), report);
    let conditions = measured::conditions(raw.conditions.as_ref(), &scope, &mut told, report);
    let measures = measured::measures(&raw.measure, &scope, report);
    if raw.measure.entries.is_empty() {
        report.push(
            Diagnostic::new(Code::EmptyValue, raw.name.span(), "a group that measures nothing")
                .label("`[group.measure]` is empty")
                .help("for instance `permohonan = \"count(*)\"`"),
        );
    }
    let flag = word(raw.flag.as_ref(), &[("members", Flag::Members), ("closing", Flag::Closing)], report);
    let rows = word(raw.rows.as_ref(), &[("all", Rows::All), ("others", Rows::Others)], report);
    let measures = measures?;
    let having = measured::having(raw.having.as_ref(), &measures, &scope, report);
    let spec = GroupSpec {
        name: raw.name.as_str().to_owned(),
        by: by.into_iter().collect::<Option<_>>()?,
        width: width?,
        conditions: conditions?,
        having: having?,
        measures,
        flag: flag?,
        rows: rows?,
        time: TIME.to_owned(),
    };
    let columns: Vec<ColumnInfo> = spec
        .measures
        .iter()
        .map(|m| measured::column(&spec.name, raw.title.as_ref(), m, told, Origin::Group, &scope))
        .chain(["first", "last"].map(|end| of_window(&spec.name, end, raw.title.as_ref())))
        .collect();
    columns.into_iter().for_each(|column| names.catalog.add(column));
    Some(spec)
}

/// First and last day of the window that speaks for a row.
fn of_window(owner: &str, end: &str, title: Option<&Text>) -> ColumnInfo {
    let title = title.map_or(owner, Text::as_str);
    ColumnInfo {
        name: format!("{owner}.{end}"),
        ty: Type::Date,
        limits: None,
        mask: Mask::Open,
        sensitivity: Sensitivity::Plain,
        reveals: Reveals::Nothing,
        label_id: format!("{title}: {end}"),
        label_en: format!("{title}: {end}"),
        meaning: format!("day of the {end} application in the window of {owner}"),
        example: String::new(),
        origin: Origin::Group,
        whole: false,
    }
}

fn word<T: Copy>(text: Option<&Text>, known: &[(&'static str, T)], report: &mut Report) -> Option<T> {
    let Some(text) = text else { return known.first().map(|(_, usual)| *usual) };
    let found = known.iter().find(|(word, _)| *word == text.as_str());
    if found.is_none() {
        let words: Vec<_> = known.iter().map(|(word, _)| *word).collect();
        report.push(
            Diagnostic::new(Code::UnknownWord, text.span(), format!("`{}` is not known here", text.as_str()))
                .label(format!("one of: {}", words.join(", ")))
                .did_you_mean(text.as_str(), words),
        );
    }
    found.map(|(_, value)| *value)
}
