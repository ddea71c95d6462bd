//! `saring test --baseline`: the list on a frozen sample beside the one that is kept.

use std::path::{Path, PathBuf};

use serde::Serialize;

use super::Args;
use crate::cli::Exit;
use crate::cli::output::Out;
use crate::cli::sample;
use crate::diag::{Code, Diagnostic, Files, Report, read_text};
use crate::document::{self, Cx, FromToml};
use crate::lab::{BASELINE_FILE, Baseline, Mismatch, RawBaseline};
use crate::office::Frequencies;
use crate::rules;
use crate::{Error, Result};

/// Names of the tables that are kept.
const LIST: &str = "rujukan.csv";
const RULES: &str = "aturan.csv";

/// Differences that are shown of each table.
const MOST: usize = 40;

pub(super) fn run(folder: &Path, args: &Args, out: &mut Out) -> Result<Exit> {
    let Some(raw) = read(folder, out)? else { return Ok(Exit::Usage) };
    let Some(office) = sample::open(&folder.join(raw.office.as_str()), out)? else { return Ok(Exit::Usage) };
    let roots = if args.rules.paths.is_empty() { office.office.rules.clone() } else { args.rules.paths.clone() };
    let (mut files, mut report) = (Files::default(), Report::default());
    let set = rules::load(&roots, &office.catalog, &mut files, &mut report)?;
    let Some(set) = set.filter(|_| !report.has_errors()) else {
        out.report(&report, &files);
        return Ok(Exit::Usage);
    };
    let capacity = raw.capacity.as_ref().and_then(|n| usize::try_from(n.value).ok()).or(office.office.capacity);
    let everyone = raw.everyone.as_ref().is_some_and(|e| e.value);
    let as_of = raw.as_of.value;
    // A frozen sample is judged by what comes with it; a store that the office fills meanwhile is no part of it.
    let capacity = capacity.unwrap_or(set.scoring.capacity);
    let terms = office.terms(&set, as_of, capacity, &Frequencies::default())?;
    let judged = office.read_frozen(as_of, everyone)?.judge(&terms)?;
    let came = Baseline::of(&judged, &set)?;
    if args.accept {
        write(&folder.join(LIST), &came.list)?;
        write(&folder.join(RULES), &came.rules)?;
        out.message(&format!("kept in {}: read the difference before it is committed\n", folder.display()));
        return Ok(Exit::Done);
    }
    let kept = Baseline { list: kept(&folder.join(LIST))?, rules: kept(&folder.join(RULES))? };
    let (list, of_rules) = came.differences(&kept);
    if out.is_json() {
        out.json(&json(&list, &of_rules));
    } else {
        out.print(&text(&judged.referrals.len(), folder, &list, &of_rules));
    }
    Ok(if list.is_empty() && of_rules.is_empty() { Exit::Done } else { Exit::Findings })
}

fn read(folder: &Path, out: &mut Out) -> Result<Option<RawBaseline>> {
    let path = folder.join(BASELINE_FILE);
    let (mut files, mut report) = (Files::default(), Report::default());
    let file = files.add(path.display().to_string(), read_text(&path)?);
    let table = document::parse(file, &files, &mut report);
    let value = document::Value { span: table.span, data: document::Data::Table(table) };
    let raw = RawBaseline::from_toml(&value, &mut Cx { report: &mut report, what: RawBaseline::WHAT });
    if let Some(capacity) = raw.as_ref().and_then(|raw| raw.capacity.as_ref()).filter(|n| n.value < 1) {
        report
            .push(Diagnostic::new(Code::OutOfRange, capacity.span, "a list has at least one place").label("too small"));
    }
    if report.has_errors() {
        out.report(&report, &files);
        return Ok(None);
    }
    Ok(raw)
}

fn kept(path: &PathBuf) -> Result<String> {
    match std::fs::read_to_string(path) {
        Ok(text) => Ok(text),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            Err(Error::usage("nothing is kept to compare with").at(path).help("`--accept` keeps what comes out now"))
        }
        Err(error) => Err(Error::io(path, &error)),
    }
}

/// A table is replaced whole or not at all.
fn write(path: &Path, text: &str) -> Result<()> {
    let staged = path.with_extension("csv.baru");
    std::fs::write(&staged, text).map_err(|e| Error::storage(&staged, &e))?;
    std::fs::rename(&staged, path).map_err(|e| Error::storage(path, &e))
}

fn text(listed: &usize, folder: &Path, list: &[Mismatch], of_rules: &[Mismatch]) -> String {
    let mut text = String::new();
    for (what, mismatches) in [("rules", of_rules), ("list", list)] {
        if !mismatches.is_empty() {
            text.push_str(&format!("{what}\n"));
        }
        for mismatch in mismatches.iter().take(MOST) {
            text.push_str(&format!("  {}\n", mismatch.key));
            for (sign, line) in [("-", &mismatch.kept), ("+", &mismatch.came)] {
                if let Some(line) = line {
                    text.push_str(&format!("    {sign} {line}\n"));
                }
            }
        }
        if mismatches.len() > MOST {
            text.push_str(&format!("  and {} more\n", mismatches.len() - MOST));
        }
    }
    let all = list.len() + of_rules.len();
    match all {
        0 => text.push_str(&format!("{listed} listed, every rule as kept in {}\n", folder.display())),
        _ => text.push_str(&format!("{all} lines differ; `--accept` keeps what came out now\n")),
    }
    text
}

#[derive(Serialize)]
struct Json<'a> {
    schema_version: u32,
    list: Vec<JsonMismatch<'a>>,
    rules: Vec<JsonMismatch<'a>>,
}

#[derive(Serialize)]
struct JsonMismatch<'a> {
    key: &'a str,
    kept: Option<&'a str>,
    came: Option<&'a str>,
}

fn json<'a>(list: &'a [Mismatch], of_rules: &'a [Mismatch]) -> Json<'a> {
    let all = |mismatches: &'a [Mismatch]| {
        let one = |m: &'a Mismatch| JsonMismatch { key: &m.key, kept: m.kept.as_deref(), came: m.came.as_deref() };
        mismatches.iter().map(one).collect()
    };
    Json { schema_version: 1, list: all(list), rules: all(of_rules) }
}
