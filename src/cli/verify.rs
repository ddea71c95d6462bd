//! `saring verify`: a result against its manifest.

use std::path::PathBuf;

use super::Exit;
use super::output::Out;
use crate::{Result, report};

/// Check that every file of a result is as it was written.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The folder of the result, such as `hasil/terbaru`.
    folder: PathBuf,
}

pub(super) fn run(args: &Args, out: &mut Out) -> Result<Exit> {
    let verified = report::verify(&args.folder)?;
    if out.is_json() {
        let faults: Vec<_> = verified.faults.iter().map(|(file, fault)| (file, fault.name())).collect();
        out.json(&serde_json::json!({
            "schema_version": 1, "run_id": verified.run_id, "files": verified.files, "faults": faults,
        }));
    } else {
        for (file, fault) in &verified.faults {
            out.print(&format!("{file}: {}\n", fault.name()));
        }
        out.print(&format!(
            "run {}: {} files compared, {} at fault\n",
            verified.run_id,
            verified.files,
            verified.faults.len()
        ));
    }
    Ok(if verified.faults.is_empty() { Exit::Done } else { Exit::Findings })
}
