//! `saring rules schema`: JSON Schema for editors.

use super::Exit;
use super::output::Out;
use crate::Result;
use crate::authoring::{FileKind, json_schema};

/// Print the JSON Schema of rule, profile or office files, for editors that complete and check TOML by one.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The kind of file.
    #[arg(long, value_enum, default_value_t)]
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
enum Kind {
    /// A file of a pack.
    #[default]
    Rule,
    /// How an export maps to columns.
    Profile,
    /// `saring.toml`.
    Office,
}

pub(super) fn run(args: &Args, out: &mut Out) -> Result<Exit> {
    let kind = match args.kind {
        Kind::Rule => FileKind::Rules,
        Kind::Profile => FileKind::Profile,
        Kind::Office => FileKind::Office,
    };
    out.json(&json_schema(kind));
    Ok(Exit::Done)
}
