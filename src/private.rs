//! Files and folders that their owner alone may open. Whatever saring writes holds personal data.

use std::fs::{DirBuilder, File, OpenOptions};
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
