//! Files and folders that their owner alone may open. Whatever saring writes holds personal data.

use std::fs::{DirBuilder, File, OpenOptions};
use std::io::Write;
use std::path::Path;

use crate::{Error, Result};

/// Makes a folder, and those above it where they are missing. One that is there stays as it is.
pub(crate) fn folder(path: &Path) -> Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path).map_err(|error| Error::storage(path, &error))
}

/// How files are opened for writing: readable by their owner only where they are new.
pub(crate) fn options() -> OpenOptions {
    let mut options = File::options();
    options.write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Writes into a lock file who holds it, for whoever finds it taken. That the lock is held does not hang on this.
pub(crate) fn name_holder(mut lock: &File) {
    let _ = lock.set_len(0).and_then(|()| lock.write_all(format!("{}\n", std::process::id()).as_bytes()));
}

/// Who holds a lock, as far as its file says.
pub(crate) fn holder(path: &Path) -> String {
    let id = std::fs::read_to_string(path).ok().and_then(|text| text.trim().parse::<u32>().ok());
    id.map_or_else(String::new, |id| format!(", process {id}"))
}
