//! A watchlist: its kind, who is compared with it, by what, and what it promises.

use std::collections::BTreeMap;

use super::measured;
use crate::calendar::{DAY_MS, duration};
use crate::columns::{Origin, watchlist};
use crate::diag::{Code, Diagnostic, Report, Span};
use crate::document::{Data, Spanned, Text, Value};
use crate::lists::{Kind, Levels, ListSpec, Mapping, Role};
use crate::rules::check::scope::Names;
use crate::rules::raw::RawWatchlist;
use crate::schema::{Protected, Reveals};

/// By how many hundredths a list may shrink where its declaration says nothing.
const USUAL_SHRINK: u32 = 10;

/// The columns a list makes, before it is known to be sound.
pub(super) fn makes(raw: &RawWatchlist) -> Vec<String> {
    let mut silent = Report::default();
    let Some(kind) = kind(raw, &mut silent) else { return Vec::new() };
    let spec = ListSpec { roles: roles(raw, kind, &mut silent), ..shell(raw, kind) };
    watchlist::columns(&spec).into_iter().map(|column| column.name).collect()
}

fn shell(raw: &RawWatchlist, kind: Kind) -> ListSpec {
    let title = raw.title.as_str();
    ListSpec {
        name: raw.name.as_str().to_owned(),
        title: title.to_owned(),
        title_en: raw.title_en.as_ref().map_or(title, Text::as_str).to_owned(),
        kind,
        file: raw.file.as_str().to_owned(),
        mapping: Mapping::default(),
        roles: Vec::new(),
        keys: Vec::new(),
        levels: Levels::default(),
        max_age: None,
        min_rows: 1,
        max_shrink: USUAL_SHRINK,
        control: raw.control.as_ref().is_some_and(|c| c.value),
    }
}

pub(super) fn check(
    raw: &RawWatchlist,
    mappings: &BTreeMap<String, (Mapping, Span)>,
    names: &mut Names,
    report: &mut Report,
) -> Option<ListSpec> {
    let before = report.count(crate::diag::Severity::Error);
    let kind = kind(raw, report)?;
    let mut told = Protected::NONE;
    let keys = keys(raw, kind, names, &mut told, report);
    let mapping = mapping(raw, mappings, report);
    let spec = ListSpec {
        mapping: mapping.unwrap_or_default(),
        roles: roles(raw, kind, report),
        keys: keys.unwrap_or_default(),
        levels: levels(raw, kind, report),
        max_age: raw.max_age.as_ref().and_then(|text| age(text, report)),
        min_rows: number(raw.min_rows.as_ref(), 1, 1..=i64::MAX, report),
        max_shrink: u32::try_from(number(raw.max_shrink.as_ref(), USUAL_SHRINK.into(), 0..=100, report)).unwrap_or(0),
        ..shell(raw, kind)
    };
    file(&raw.file, report);
    if report.count(crate::diag::Severity::Error) > before {
        return None;
    }
    for mut column in watchlist::columns(&spec) {
        debug_assert_eq!(column.origin, Origin::Watchlist);
        // Whether somebody's region is on a list of regions tells the region.
        if !told.is_empty() {
            column.reveals = Reveals::Is(told);
        }
        names.catalog.add(column);
    }
    Some(spec)
}

fn kind(raw: &RawWatchlist, report: &mut Report) -> Option<Kind> {
    let found = Kind::ALL.iter().find(|kind| kind.name() == raw.kind.as_str());
    if found.is_none() {
        let words: Vec<&str> = Kind::ALL.iter().map(|kind| kind.name()).collect();
        report.push(
            Diagnostic::new(Code::UnknownWord, raw.kind.span(), format!("`{}` is no kind of list", raw.kind.as_str()))
                .label(format!("one of: {}", words.join(", ")))
                .did_you_mean(raw.kind.as_str(), words),
        );
    }
    found.copied()
}

fn mapping(raw: &RawWatchlist, mappings: &BTreeMap<String, (Mapping, Span)>, report: &mut Report) -> Option<Mapping> {
    let Some(name) = &raw.mapping else { return Some(Mapping::plain()) };
    let found = mappings.get(name.as_str());
    if found.is_none() {
        report.push(
            Diagnostic::new(Code::UnknownMapping, name.span(), format!("no mapping `{}`", name.as_str()))
                .label("not under `[mapping.NAME]` in any file")
                .did_you_mean(name.as_str(), mappings.keys().map(String::as_str)),
        );
    }
    found.map(|(mapping, _)| mapping.clone())
}

/// Who is compared, in the order of the roles; those that do not fit are reported.
fn roles(raw: &RawWatchlist, kind: Kind, report: &mut Report) -> Vec<Role> {
    let Some(texts) = &raw.roles else { return kind.roles().iter().take(1).copied().collect() };
    let mut found = Vec::new();
    for text in texts {
        match kind.roles().iter().find(|role| role.name() == text.as_str()) {
            Some(role) if !found.contains(role) => found.push(*role),
            Some(_) => report.push(
                Diagnostic::new(Code::RepeatedLine, text.span(), format!("`{}` stands here twice", text.as_str()))
                    .label("second time"),
            ),
            None => {
                let words: Vec<&str> = kind.roles().iter().map(|role| role.name()).collect();
                report.push(
                    Diagnostic::new(
                        Code::ListRole,
                        text.span(),
                        format!("`{}` cannot be compared with a list of {}", text.as_str(), kind.name()),
                    )
                    .label(format!("one of: {}", words.join(", ")))
                    .did_you_mean(text.as_str(), words),
                );
            }
        }
    }
    if texts.is_empty() {
        report.push(
            Diagnostic::new(Code::EmptyValue, raw.name.span(), "a list that nobody is compared with")
                .label("`match` is empty"),
        );
    }
    found.sort_unstable();
    found
}

fn keys(
    raw: &RawWatchlist,
    kind: Kind,
    names: &Names,
    told: &mut Protected,
    report: &mut Report,
) -> Option<Vec<Vec<String>>> {
    match (kind, &raw.keys) {
        (Kind::Keys, None) => {
            report.push(
                Diagnostic::new(Code::ListKeys, raw.name.span(), "a list of keys without `keys`")
                    .label("what is compared?")
                    .help("`keys = [\"nik\", [\"nama.kunci\", \"tanggal_lahir\"]]`"),
            );
            None
        }
        (Kind::Keys, Some(keys)) if keys.is_empty() => {
            report.push(
                Diagnostic::new(Code::EmptyValue, raw.name.span(), "a list of keys without a key")
                    .label("`keys` is empty"),
            );
            None
        }
        (Kind::Keys, Some(keys)) => keys.iter().map(|key| one_key(key, names, told, report)).collect(),
        (_, Some(keys)) => {
            let span = keys.first().map_or(raw.span, |key| key.span);
            report.push(
                Diagnostic::new(Code::ListKeys, span, format!("a list of {} has no `keys`", kind.name()))
                    .label("only `kind = \"keys\"` has"),
            );
            None
        }
        (_, None) => Some(Vec::new()),
    }
}

fn one_key(key: &Value, names: &Names, told: &mut Protected, report: &mut Report) -> Option<Vec<String>> {
    let mut column = |value: &Value| {
        let Data::Text(text) = &value.data else {
            let message = format!("expected a column name, found {}", value.data.describe());
            report.push(Diagnostic::new(Code::WrongType, value.span, message).label("a column, or a list of columns"));
            return None;
        };
        let (name, _) = measured::key(text, names, told, report)?;
        let of_row = names.catalog.get(&name).is_some_and(|column| {
            let own = matches!(column.origin, Origin::Canonical | Origin::Derived);
            own && ![crate::columns::ORANG, crate::columns::KELUARGA].contains(&column.name.as_str())
        });
        if !of_row {
            report.push(
                Diagnostic::new(Code::ListKeys, value.span, format!("`{name}` is not of the application itself"))
                    .label("a list cannot have it")
                    .help("compare columns of the dictionary, or derived ones such as `telepon.kunci`"),
            );
            return None;
        }
        Some(name)
    };
    match &key.data {
        Data::Array(columns) if !columns.is_empty() => {
            let columns: Vec<Option<String>> = columns.iter().map(&mut column).collect();
            columns.into_iter().collect()
        }
        _ => Some(vec![column(key)?]),
    }
}

fn levels(raw: &RawWatchlist, kind: Kind, report: &mut Report) -> Levels {
    let Some(level) = &raw.level else { return Levels::default() };
    if kind != Kind::People {
        report.push(
            Diagnostic::new(Code::OutOfRange, level.span, "only lists of people have levels by points")
                .label(format!("this one holds {}", kind.name())),
        );
    }
    let value = |number: &Option<Spanned<i64>>| number.as_ref().map(|n| n.value);
    let levels = Levels { possible: value(&level.possible), strong: value(&level.strong), exact: value(&level.exact) };
    let given: Vec<i64> = [levels.possible, levels.strong, levels.exact].into_iter().flatten().collect();
    let bad = given.iter().any(|n| !(1..=200).contains(n)) || !given.is_sorted();
    if bad {
        report.push(
            Diagnostic::new(Code::OutOfRange, level.span, "levels that do not rise")
                .label("`possible` <= `strong` <= `exact`, each from 1 to 200"),
        );
    }
    levels
}

fn age(text: &Text, report: &mut Report) -> Option<i64> {
    let days = duration(text.as_str()).filter(|ms| *ms > 0 && ms % DAY_MS == 0).map(|ms| ms / DAY_MS);
    if days.is_none() {
        report.push(
            Diagnostic::new(Code::BadWindow, text.span(), format!("`{}` is not a number of days", text.as_str()))
                .label("write \"30d\""),
        );
    }
    days
}

fn number(
    given: Option<&Spanned<i64>>,
    usual: i64,
    allowed: std::ops::RangeInclusive<i64>,
    report: &mut Report,
) -> u64 {
    let value = given.map_or(usual, |n| n.value);
    if let (Some(given), false) = (given, allowed.contains(&value)) {
        let (least, most) = (allowed.start(), allowed.end());
        let label = if *most == i64::MAX { format!("at least {least}") } else { format!("{least} to {most}") };
        report.push(Diagnostic::new(Code::OutOfRange, given.span, "outside what can be promised").label(label));
    }
    u64::try_from(value).unwrap_or(0)
}

/// The file lies in the office's folder of lists, not anywhere.
fn file(text: &Text, report: &mut Report) {
    let name = text.as_str();
    let inside = !name.is_empty() && !name.contains(['/', '\\']) && !name.starts_with('.');
    if !inside || name.matches('*').count() > 1 {
        report.push(
            Diagnostic::new(Code::OutOfRange, text.span(), "the name of a file in the office's folder of lists")
                .label("a name without folders, with at most one `*`"),
        );
    }
}
