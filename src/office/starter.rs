//! What a new office folder starts with: the shipped rules, in the binary, so that one file is all an office needs.

use std::fs;
use std::path::Path;

use crate::{Error, Result};

macro_rules! shipped {
    ($($path:literal),+ $(,)?) => {
        /// The shipped rules: path below the office folder, text.
        pub const SHIPPED: &[(&str, &str)] = &[$(($path, include_str!(concat!("../../", $path)))),+];
    };
}

shipped!["rules/profiles/simkim.toml",];

/// Writes the shipped rules into an office folder. Nothing that is there already is overwritten.
pub fn write_pack(folder: &Path) -> Result<()> {
    for (path, text) in SHIPPED {
        let path = folder.join(path);
        if let Some(parent) = path.parent() {
            private_folder(parent)?;
        }
        write_private(&path, text)?;
    }
    Ok(())
}

fn private_folder(path: &Path) -> Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path).map_err(|error| Error::storage(path, &error))
}

fn write_private(path: &Path, text: &str) -> Result<()> {
    let mut options = fs::File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Ok(mut file) => {
            std::io::Write::write_all(&mut file, text.as_bytes()).map_err(|error| Error::storage(path, &error))
        }
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(Error::storage(path, &error)),
    }
}
