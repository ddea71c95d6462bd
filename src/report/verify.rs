//! Checking a published result against its manifest.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::manifest::{FILE_NAME, Manifest};
use super::store::{entries, name_of, sha256};
use crate::{Error, ErrorKind, Result};

/// What is wrong with a file of a result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Its bytes are not those that were written.
    Changed,
    /// It is gone.
    Missing,
    /// The run did not write it.
    Stranger,
}

impl Fault {
    /// In a word or two.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Changed => "changed",
            Self::Missing => "missing",
            Self::Stranger => "not of this run",
        }
    }
}

/// How a result was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// The id of the run.
    pub run_id: String,
    /// Files that were compared.
    pub files: usize,
    /// Files at fault, by name.
    pub faults: Vec<(String, Fault)>,
}

/// Compares every file of a result with its manifest, and the manifest with its own id.
pub fn verify(folder: &Path) -> Result<Verified> {
    let path = folder.join(FILE_NAME);
    let bytes = fs::read(&path)
        .map_err(|error| Error::io(&path, &error).help("name a folder of a result, such as `hasil/terbaru`"))?;
    let unreadable = || {
        Error::new(ErrorKind::Usage, "MANIFEST", "is not a manifest this version can read")
            .at(&path)
            .help("was it written by a newer version of saring, or edited?")
    };
    let manifest: Manifest = serde_json::from_slice(&bytes).map_err(|_| unreadable())?;
    let mut faults = Vec::new();
    if manifest.identity.run_id() != manifest.run_id || manifest.seal_of() != manifest.seal {
        faults.push((FILE_NAME.to_owned(), Fault::Changed));
    }
    for output in &manifest.outputs {
        match fs::read(folder.join(&output.name)) {
            Ok(bytes) if sha256(&bytes) == output.sha256 => {}
            Ok(_) => faults.push((output.name.clone(), Fault::Changed)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                faults.push((output.name.clone(), Fault::Missing));
            }
            Err(error) => return Err(Error::io(&folder.join(&output.name), &error)),
        }
    }
    let known: BTreeSet<&str> = manifest.outputs.iter().map(|o| o.name.as_str()).chain([FILE_NAME]).collect();
    for entry in entries(folder)? {
        let name = name_of(&entry);
        if !known.contains(name.as_str()) {
            faults.push((name, Fault::Stranger));
        }
    }
    faults.sort_by(|a, b| a.0.cmp(&b.0));
    Ok(Verified { run_id: manifest.run_id, files: manifest.outputs.len(), faults })
}
