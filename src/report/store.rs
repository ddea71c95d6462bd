//! The folder of results: one directory a run, private, whole or not there at all.
//!
//! A run holds the lock of the folder, writes into a staging directory, flushes every file to the disk, writes the
//! manifest last and then renames the directory once. A reader sees the previous result or the new one; a killed run
//! leaves a staging directory that the next one clears away. The lock is the kernel's: it goes with the process.

use std::fs::{self, File, TryLockError};
use std::io::Write;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::manifest::OutputFile;
use crate::hex::hex;
use crate::{Error, ErrorKind, Result, private};

/// Name of the lock in the folder of results.
const LOCK: &str = ".kunci";
/// Beginning of the names of staging directories.
const STAGING: &str = ".sedang-";
/// Name of the pointer to the latest result.
pub(super) const LATEST: &str = "terbaru";

/// The folder of results, locked.
#[derive(Debug)]
pub struct Store {
    root: PathBuf,
    /// Holds the lock for as long as it is open.
    _lock: File,
}

impl Store {
    /// Opens the folder, makes it where needed, takes its lock and clears away what a killed run left. A folder that
    /// cannot be written to is refused here, before any data is read.
    pub fn open(root: &Path) -> Result<Self> {
        private::folder(root)?;
        let path = root.join(LOCK);
        let lock = private::options().create(true).truncate(false).open(&path);
        let lock = lock.map_err(|error| Error::storage(&path, &error))?;
        match lock.try_lock() {
            Ok(()) => private::name_holder(&lock),
            Err(TryLockError::WouldBlock) => {
                let message = format!("another run is writing results here{}", private::holder(&path));
                return Err(Error::new(ErrorKind::Locked, "LOCKED", message)
                    .at(root)
                    .help("wait until it has ended; the lock goes with its process"));
            }
            Err(TryLockError::Error(error)) => return Err(Error::storage(&path, &error)),
        }
        let store = Self { root: root.to_owned(), _lock: lock };
        store.clear_stale()?;
        Ok(store)
    }

    /// The folder.
    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    fn clear_stale(&self) -> Result<()> {
        for entry in entries(&self.root)? {
            if name_of(&entry).starts_with(STAGING) {
                let is_folder = entry.symlink_metadata().is_ok_and(|m| m.is_dir());
                let removed = if is_folder { fs::remove_dir_all(&entry) } else { fs::remove_file(&entry) };
                removed.map_err(|error| Error::storage(&entry, &error))?;
            }
        }
        Ok(())
    }

    /// Begins a result.
    pub(super) fn stage(&self, run_id: &str) -> Result<Staging<'_>> {
        let folder = self.root.join(format!("{STAGING}{run_id}"));
        private::folder(&folder)?;
        Ok(Staging { store: self, folder, files: Vec::new(), open: true })
    }

    /// Points `terbaru` to a published result.
    pub(super) fn point_to(&self, name: &str) -> Result<()> {
        let (latest, fresh) = (self.root.join(LATEST), self.root.join(format!("{STAGING}{LATEST}")));
        if fs::read_link(&latest).is_ok_and(|target| target == Path::new(name)) {
            return Ok(());
        }
        #[cfg(unix)]
        let made = std::os::unix::fs::symlink(name, &fresh);
        #[cfg(not(unix))]
        let made = fs::write(&fresh, name);
        made.and_then(|()| fs::rename(&fresh, &latest))
            .and_then(|()| sync_folder(&self.root))
            .map_err(|error| Error::storage(&latest, &error).help(published(name)))
    }

    /// The first free name for a result of a day: `2025-11-03`, `2025-11-03-2`, ...
    fn free_name(&self, day: &str) -> String {
        let taken = |name: &str| self.root.join(name).symlink_metadata().is_ok();
        let later = (2_u32..).map(|n| format!("{day}-{n}"));
        std::iter::once(day.to_owned()).chain(later).find(|name| !taken(name)).unwrap_or_else(|| day.to_owned())
    }
}

/// A result being written.
#[derive(Debug)]
pub(super) struct Staging<'a> {
    store: &'a Store,
    folder: PathBuf,
    files: Vec<OutputFile>,
    open: bool,
}

impl Staging<'_> {
    /// Writes a file, to the disk.
    pub(super) fn put(&mut self, name: &str, bytes: &[u8]) -> Result<()> {
        let path = self.folder.join(name);
        let written = private::options().create_new(true).open(&path).and_then(|mut file| {
            file.write_all(bytes)?;
            file.sync_all()
        });
        written.map_err(|error| Error::storage(&path, &error).help(NOTHING_PUBLISHED))?;
        self.files.push(OutputFile { name: name.to_owned(), bytes: bytes.len() as u64, sha256: sha256(bytes) });
        Ok(())
    }

    /// The files so far, by name.
    pub(super) fn files(&self) -> Vec<OutputFile> {
        let mut files = self.files.clone();
        files.sort_by(|a, b| a.name.cmp(&b.name));
        files
    }

    /// Publishes the result under the first free name of the day and points `terbaru` to it.
    pub(super) fn commit(mut self, day: &str) -> Result<PathBuf> {
        let name = self.store.free_name(day);
        let target = self.store.root.join(&name);
        sync_folder(&self.folder)
            .and_then(|()| fs::rename(&self.folder, &target))
            .map_err(|error| Error::storage(&target, &error).help(NOTHING_PUBLISHED))?;
        self.open = false;
        sync_folder(&self.store.root).map_err(|error| Error::storage(&target, &error).help(published(&name)))?;
        self.store.point_to(&name)?;
        Ok(target)
    }
}

impl Drop for Staging<'_> {
    /// A result that was not published leaves nothing behind. If even that fails, the next run clears it away.
    fn drop(&mut self) {
        if self.open {
            let _ = fs::remove_dir_all(&self.folder);
        }
    }
}

const NOTHING_PUBLISHED: &str = "nothing was published; the previous result stands";

/// What to say of a failure after the one rename.
fn published(name: &str) -> String {
    format!("the result itself is whole, in `{name}`; running again sets the rest right")
}

/// SHA-256 in hexadecimal, as `sha256sum` prints it.
pub(super) fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// The entries of a folder, sorted by name.
pub(super) fn entries(folder: &Path) -> Result<Vec<PathBuf>> {
    let read = fs::read_dir(folder).and_then(|all| all.map(|e| e.map(|e| e.path())).collect::<Result<Vec<_>, _>>());
    let mut paths = read.map_err(|error| Error::storage(folder, &error))?;
    paths.sort();
    Ok(paths)
}

/// The last part of a path.
pub(super) fn name_of(path: &Path) -> String {
    path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default()
}

/// Makes the names in a folder survive a power cut.
fn sync_folder(path: &Path) -> std::io::Result<()> {
    #[cfg(unix)]
    File::open(path)?.sync_all()?;
    #[cfg(not(unix))]
    let _ = path;
    Ok(())
}
