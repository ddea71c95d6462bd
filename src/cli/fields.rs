//! `saring fields`: the dictionary of columns and functions.

use std::path::PathBuf;

use serde::Serialize;

use super::Exit;
use super::output::Out;
use crate::columns::{Catalog, ColumnInfo};
use crate::diag::{Files, Report, suggestion};
use crate::expr::{FUNCTIONS, Function};
use crate::lists::{Field, LIST_FIELDS};
use crate::schema::{Reveals, Sensitivity};
use crate::{Error, Result, rules};

/// List every column and function with meaning, type and an example.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Only names that have this text.
    name: Option<String>,
    /// Functions only.
    #[arg(long)]
    functions: bool,
    /// Fields of lists instead: what a watchlist's file may have, by its own name or by a mapping.
    #[arg(long, conflicts_with = "functions")]
    lists: bool,
    /// Also the columns that these rules declare: fields, groups, networks, watchlists.
    #[arg(long, value_name = "PATH")]
    rules: Vec<PathBuf>,
}

pub(super) fn run(args: &Args, out: &mut Out) -> Result<Exit> {
    let wanted = |name: &str| args.name.as_ref().is_none_or(|part| name.contains(part.as_str()));
    if args.lists {
        return list_fields(&wanted, out);
    }
    let Some(catalog) = catalog(args, out)? else { return Ok(Exit::Usage) };
    let mut columns: Vec<_> = catalog.iter().filter(|c| !args.functions && wanted(&c.name)).collect();
    if let Some(name) = &args.name {
        let below = format!("{name}.");
        columns.sort_by_key(|c| (c.name != *name, !c.name.starts_with(&below), c.name.as_str()));
    }
    let functions: Vec<_> = FUNCTIONS.iter().copied().filter(|f| wanted(f.name)).collect();
    if let Some(name) = args.name.as_ref().filter(|_| columns.is_empty() && functions.is_empty()) {
        let error = Error::usage(format!("no name has `{name}` in it"));
        let known = catalog.names().into_iter().chain(FUNCTIONS.iter().map(|f| f.name));
        return Err(match suggestion(name, known) {
            Some(help) => error.help(help),
            None => error,
        });
    }
    if out.is_json() {
        out.json(&Json {
            schema_version: 1,
            columns: columns.into_iter().map(JsonColumn::of).collect(),
            functions: functions.into_iter().map(JsonFunction::of).collect(),
        });
    } else {
        out.print(&columns.into_iter().map(column_text).collect::<String>());
        out.print(&functions.into_iter().map(function_text).collect::<String>());
    }
    Ok(Exit::Done)
}

/// The columns saring has, and those of the rules named; nothing after the faults of these were printed.
fn catalog(args: &Args, out: &mut Out) -> Result<Option<Catalog>> {
    let builtin = Catalog::builtin();
    if args.rules.is_empty() {
        return Ok(Some(builtin));
    }
    let (mut files, mut report) = (Files::default(), Report::default());
    let set = rules::load(&args.rules, &builtin, &mut files, &mut report)?;
    if report.has_errors() {
        out.report(&report, &files);
        return Ok(None);
    }
    Ok(set.map(|set| set.catalog))
}

/// The fields of lists, and how those that are columns of an application are named.
fn list_fields(wanted: &dyn Fn(&str) -> bool, out: &mut Out) -> Result<Exit> {
    let own = LIST_FIELDS.iter().map(|f| (f.name, f.meaning, f.example));
    let shared = Field::names().into_iter().filter_map(Field::by_name).filter_map(Field::column);
    let shared = shared.map(|c| (c.name, c.meaning, c.example));
    let fields: Vec<_> = own.chain(shared).filter(|(name, ..)| wanted(name)).collect();
    if out.is_json() {
        let fields: Vec<_> = fields
            .iter()
            .map(|(name, meaning, example)| serde_json::json!({ "name": name, "meaning": meaning, "example": example }))
            .collect();
        out.json(&serde_json::json!({ "schema_version": 1, "list_fields": fields }));
    } else {
        let text =
            fields.iter().map(|(name, meaning, example)| format!("{name}\n    {meaning}\n    example: {example}\n"));
        out.print(&text.collect::<String>());
    }
    Ok(Exit::Done)
}

/// Whether rules that score may use a column.
fn may_score(column: &ColumnInfo) -> String {
    match (column.sensitivity, column.reveals) {
        (Sensitivity::Hidden, _) => "never".to_owned(),
        (_, Reveals::Nothing) => "yes".to_owned(),
        (_, Reveals::Is(set)) => format!("never ({set}); compare for consistency only"),
        (_, Reveals::Contains(set)) => format!("as a whole; not taken apart ({set})"),
    }
}

fn column_text(column: &ColumnInfo) -> String {
    let mut text = format!("{}  ({}, {})\n", column.name, column.ty, column.origin.name());
    text.push_str(&format!("    {} / {}: {}\n", column.label_id, column.label_en, column.meaning));
    if !column.example.is_empty() {
        text.push_str(&format!("    example: {}\n", column.example));
    }
    text.push_str(&format!("    may score: {}\n", may_score(column)));
    text
}

fn signature(function: &Function) -> String {
    let parameters: Vec<_> = function.parameters.iter().map(|p| p.name).collect();
    format!("{}({})", function.name, parameters.join(", "))
}

fn function_text(function: &Function) -> String {
    let mut text = format!("{}  -> {}\n    {}\n", signature(function), function.apply.result(), function.meaning);
    for (call, result) in function.examples {
        text.push_str(&format!("    {call}  is  {result}\n"));
    }
    text
}

#[derive(Serialize)]
struct Json<'a> {
    schema_version: u32,
    columns: Vec<JsonColumn<'a>>,
    functions: Vec<JsonFunction>,
}

#[derive(Serialize)]
struct JsonColumn<'a> {
    name: &'a str,
    r#type: String,
    origin: &'a str,
    label_id: &'a str,
    label_en: &'a str,
    meaning: &'a str,
    example: &'a str,
    may_score: String,
    codes: Vec<&'static str>,
}

impl<'a> JsonColumn<'a> {
    fn of(column: &'a ColumnInfo) -> Self {
        Self {
            name: &column.name,
            r#type: column.ty.describe(),
            origin: column.origin.name(),
            label_id: &column.label_id,
            label_en: &column.label_en,
            meaning: &column.meaning,
            example: &column.example,
            may_score: may_score(column),
            codes: column.ty.codes().map(|t| t.codes().collect()).unwrap_or_default(),
        }
    }
}

#[derive(Serialize)]
struct JsonFunction {
    name: &'static str,
    signature: String,
    result: String,
    meaning: &'static str,
    examples: Vec<[&'static str; 2]>,
}

impl JsonFunction {
    fn of(function: &'static Function) -> Self {
        Self {
            name: function.name,
            signature: signature(function),
            result: function.apply.result().describe(),
            meaning: function.meaning,
            examples: function.examples.iter().map(|(call, result)| [*call, *result]).collect(),
        }
    }
}
