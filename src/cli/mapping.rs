//! `saring check --profile`: how an export would be read, column by column.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::Exit;
use super::output::Out;
use crate::diag::{Files, Report};
use crate::source::{self, InspectedColumn, Inspection, Options, Profile};
use crate::{Error, Result};

/// Reads the profile and looks at every file with it.
pub(super) fn run(profile: &Path, exports: &[PathBuf], options: &Options, out: &mut Out) -> Result<Exit> {
    let Some(profile) = load(profile, out)? else { return Ok(Exit::Usage) };
    if exports.is_empty() {
        out.print(&format!("profile `{}` ({}): no errors\n", profile.name(), profile.title()));
        return Ok(Exit::Done);
    }
    let mut worst = Exit::Done;
    for path in exports {
        let inspection = source::inspect(&profile, path, options)?;
        if out.is_json() {
            out.json(&Json::of(&inspection));
        } else {
            out.print(&text(&inspection));
        }
        if !inspection.refusals.is_empty() {
            worst = Exit::Input;
        }
    }
    Ok(worst)
}

/// The profile, or nothing after its faults were printed.
pub(super) fn load(path: &Path, out: &mut Out) -> Result<Option<Profile>> {
    let (mut files, mut report) = (Files::default(), Report::default());
    let profile = source::load_profile(path, &mut files, &mut report)?;
    if !report.is_empty() {
        out.report(&report, &files);
    }
    Ok(profile.filter(|_| !report.has_errors()))
}

fn text(inspection: &Inspection) -> String {
    let mut text = String::new();
    let file = &inspection.file;
    let form =
        [Some(file.format.to_owned()), file.encoding.map(str::to_owned), file.delimiter.map(|d| format!("`{d}`"))];
    let form: Vec<String> = form.into_iter().flatten().collect();
    let _ = writeln!(
        text,
        "{}: {}\n  {} records = {} applications + {} set aside; {} blank lines\n",
        file.path.display(),
        form.join(", "),
        file.records,
        file.applications,
        file.quarantined,
        file.blank
    );
    let heading = |c: &InspectedColumn| c.heading.clone().unwrap_or_else(|| "(constant)".to_owned());
    let width = inspection.columns.iter().map(|c| heading(c).chars().count()).max().unwrap_or(7).clamp(7, 32);
    let _ = writeln!(text, "  {:width$}  {:26} {:>7} {:>10}  samples", "heading", "column", "filled", "unreadable");
    for column in &inspection.columns {
        let quality = &column.quality;
        let _ = writeln!(
            text,
            "  {:width$}  {:26} {:>6}% {:>10}  {}",
            heading(column),
            format!("{}{}", quality.name, if column.part { " (part)" } else { "" }),
            share(quality.filled, quality.cells()),
            quality.bad(),
            column.samples.join(", ")
        );
        for (reason, count) in &quality.unusable {
            let _ = writeln!(text, "  {:width$}    {count} x {}  {}", "", reason.code(), quality.shapes.join(" "));
        }
        for (note, count) in &quality.notes {
            let _ = writeln!(text, "  {:width$}    {count} x {}", "", note.code());
        }
    }
    rest(inspection, &mut text);
    text
}

fn rest(inspection: &Inspection, text: &mut String) {
    for unmapped in &inspection.unmapped {
        let name = unmapped.heading.clone().unwrap_or_default();
        let hint = unmapped.suggestion.as_ref().map_or_else(String::new, |s| format!("; {s}"));
        let _ = writeln!(text, "  not mapped: column {} `{name}`{hint}", unmapped.number);
    }
    for missing in &inspection.missing {
        let how = if missing.required { "missing and required" } else { "missing" };
        let _ = writeln!(text, "  {how}: {} ({})", missing.name, missing.meaning);
    }
    for quarantined in &inspection.quarantine {
        let column = quarantined.column.as_ref().map_or_else(String::new, |c| format!(" {c}"));
        let _ = writeln!(
            text,
            "  set aside: line {}{column}: {} {}",
            quarantined.line,
            quarantined.reason.code(),
            quarantined.detail
        );
    }
    for remark in &inspection.remarks {
        let _ = writeln!(text, "  {}: {}", remark.about.code(), remark.message);
    }
    for refusal in &inspection.refusals {
        let _ = writeln!(text, "  refused[{}]: {refusal}", refusal.code());
        if let Some(help) = Error::advice(refusal) {
            let _ = writeln!(text, "    = help: {help}");
        }
    }
}

/// A share in percent with one decimal, without floating point.
fn share(part: u64, whole: u64) -> String {
    let tenths = (part * 1000).checked_div(whole).unwrap_or(0);
    format!("{}.{}", tenths / 10, tenths % 10)
}

#[derive(Serialize)]
struct Json {
    schema_version: u32,
    file: String,
    records: u64,
    applications: u64,
    set_aside: u64,
    blank: u64,
    columns: Vec<JsonColumn>,
    not_mapped: Vec<String>,
    missing: Vec<&'static str>,
    refused: Vec<&'static str>,
}

#[derive(Serialize)]
struct JsonColumn {
    heading: Option<String>,
    column: String,
    r#type: String,
    filled: u64,
    empty: u64,
    unreadable: Vec<(&'static str, u64)>,
    notes: Vec<(&'static str, u64)>,
    samples: Vec<String>,
}

impl Json {
    fn of(inspection: &Inspection) -> Self {
        let column = |c: &InspectedColumn| JsonColumn {
            heading: c.heading.clone(),
            column: c.quality.name.clone(),
            r#type: c.ty.clone(),
            filled: c.quality.filled,
            empty: c.quality.null,
            unreadable: c.quality.unusable.iter().map(|(r, n)| (r.code(), *n)).collect(),
            notes: c.quality.notes.iter().map(|(r, n)| (r.code(), *n)).collect(),
            samples: c.samples.clone(),
        };
        Self {
            schema_version: 1,
            file: inspection.file.path.display().to_string(),
            records: inspection.file.records,
            applications: inspection.file.applications,
            set_aside: inspection.file.quarantined,
            blank: inspection.file.blank,
            columns: inspection.columns.iter().map(column).collect(),
            not_mapped: inspection.unmapped.iter().filter_map(|u| u.heading.clone()).collect(),
            missing: inspection.missing.iter().map(|m| m.name).collect(),
            refused: inspection.refusals.iter().map(Error::code).collect(),
        }
    }
}
