//! `saring rules new`: a rule to start from.

use std::path::PathBuf;

use chrono::NaiveDate;

use super::Exit;
use super::clock::{parse_date, today};
use super::output::Out;
use super::shared::{outlines, replace, shown_paths};
use crate::authoring::scaffold;
use crate::office::Zone;
use crate::{Error, Result};

/// Add a rule to start from: with every part, two tests, on trial (`shadow`) until its author has filled it in.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Its id, as in `S12`.
    #[arg(required_unless_present = "family", conflicts_with = "family")]
    id: Option<String>,
    /// The letter of its family; it gets the next free number.
    #[arg(long, value_name = "LETTER")]
    family: Option<String>,
    /// What the rule finds, in one short sentence.
    #[arg(long, default_value = "", hide_default_value = true)]
    title: String,
    /// Rule files or folders (`rules` without any).
    #[arg(long = "rules", value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The day from which the year until the review counts (today without it).
    #[arg(long, value_parser = parse_date)]
    as_of: Option<NaiveDate>,
}

pub(super) fn run(args: &Args, out: &mut Out) -> Result<Exit> {
    let (outlines, files, paths) = outlines(&shown_paths(&args.paths, &["rules"])?)?;
    let wanted = match (&args.id, &args.family) {
        (Some(id), _) => id.as_str(),
        (None, Some(family)) if family.len() == 1 => family.as_str(),
        (None, _) => return Err(Error::usage("a family is one capital letter")),
    };
    let day = match args.as_of {
        Some(day) => day,
        None => today(Zone::Wib)?,
    };
    let made = scaffold(&outlines, &files, wanted, &args.title, day)?;
    let path = paths.get(&made.file).ok_or_else(|| Error::internal("a file without a path"))?;
    replace(path, &made.text)?;
    out.print(&format!("{} added: {}:{}\n", made.id, path.display(), made.line));
    Ok(Exit::Done)
}
