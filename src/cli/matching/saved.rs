//! A file that is written beside its place and moved there when it is whole, so that two runs at once leave one whole file
//! and a run that fails leaves what was there.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::{Error, Result, private};

/// A file on its way to its place.
#[derive(Debug)]
pub(super) struct Saved {
    path: PathBuf,
    aside: PathBuf,
    file: BufWriter<File>,
    whole: bool,
}

impl Saved {
    /// Begins a file.
    pub(super) fn create(path: &Path) -> Result<Self> {
        let mut aside = path.as_os_str().to_owned();
        aside.push(format!(".{}", std::process::id()));
        let aside = PathBuf::from(aside);
        let file = private::options().create(true).truncate(true).open(&aside).map_err(|e| Error::storage(path, &e))?;
        Ok(Self { path: path.to_owned(), aside, file: BufWriter::new(file), whole: false })
    }

    /// Goes on with it.
    pub(super) fn write(&mut self, bytes: &[u8]) -> Result<()> {
        self.file.write_all(bytes).map_err(|e| Error::storage(&self.path, &e))
    }

    /// Moves it to its place.
    pub(super) fn commit(mut self) -> Result<()> {
        let flushed = self.file.flush().and_then(|()| self.file.get_ref().sync_all());
        let moved = flushed.and_then(|()| std::fs::rename(&self.aside, &self.path));
        self.whole = moved.is_ok();
        moved.map_err(|e| Error::storage(&self.path, &e))
    }
}

impl Drop for Saved {
    fn drop(&mut self) {
        if !self.whole {
            // What cannot be written cannot be relied on to be removed either; the error says enough.
            let _ = std::fs::remove_file(&self.aside);
        }
    }
}

/// Writes a file at once.
pub(super) fn save(path: &Path, bytes: &[u8]) -> Result<()> {
    let mut file = Saved::create(path)?;
    file.write(bytes)?;
    file.commit()
}
