//! `saring init`: a new office folder.

use std::path::PathBuf;

use super::Exit;
use super::output::Out;
use crate::{Result, office};

/// Make an office's folder: settings to fill in, the shipped rules and profile, a key for the control sample.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Folder to make. What is there already is left alone.
    folder: PathBuf,
    /// Code of the office, as in the column `kode_kanim` of its exports.
    #[arg(long, default_value = "KANIM")]
    code: String,
}

pub(super) fn run(args: &Args, out: &mut Out) -> Result<Exit> {
    let made = office::init(&args.folder, &args.code)?;
    if out.is_json() {
        out.json(&serde_json::json!({ "schema_version": 1, "folder": args.folder, "made": made }));
    } else {
        for file in &made {
            out.print(&format!("made {}\n", args.folder.join(file).display()));
        }
        out.print(&format!(
            "{} files made. Next: put tonight's export into `{}`, then `saring screen --office {}`\n",
            made.len(),
            args.folder.join("masuk").display(),
            args.folder.display()
        ));
    }
    Ok(Exit::Done)
}
