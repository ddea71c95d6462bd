//! Opening a file for reading, and making sure that what was read is one state of it.

use std::fs::{File, Metadata};
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use sha2::{Digest, Sha256};

use super::Refusal;
use crate::hex::hex;
use crate::{Error, Result};

/// A NUL block this long at the end is what a power cut leaves; fewer NULs are a fault of their record.
const NUL_BLOCK: usize = 8;

/// An open regular file that hashes what is read from it.
#[derive(Debug)]
pub(super) struct Input {
    path: PathBuf,
    file: File,
    stamp: Stamp,
    hash: Sha256,
    read: u64,
}

impl Input {
    /// Opens a regular file of at most `max_bytes`. The kind is asked before opening: opening a pipe would wait for ever.
    pub(super) fn open(path: &Path, max_bytes: u64) -> Result<Self> {
        let meta = std::fs::metadata(path).map_err(|e| Refusal::io(path, &e))?;
        if !meta.is_file() {
            return Err(Refusal::NotAFile
                .error(path, format!("is {}, not a file", kind_of(&meta)))
                .help("name a regular file; write the output of a program to a file first"));
        }
        if meta.len() > max_bytes {
            return Err(Refusal::TooLarge
                .error(path, format!("has {} bytes; at most {max_bytes} are read", meta.len()))
                .help("split the export by date"));
        }
        let file = File::open(path).map_err(|e| Refusal::io(path, &e))?;
        let meta = file.metadata().map_err(|e| Refusal::io(path, &e))?;
        Ok(Self { path: path.to_owned(), file, stamp: Stamp::of(&meta), hash: Sha256::new(), read: 0 })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    pub(super) fn len(&self) -> u64 {
        self.stamp.bytes
    }

    /// Appends up to `count` further bytes to `buffer`; fewer only at the end of the file.
    pub(super) fn read(&mut self, buffer: &mut Vec<u8>, count: usize) -> Result<usize> {
        let before = buffer.len();
        let read = (&self.file).take(count as u64).read_to_end(buffer).map_err(|e| Refusal::io(&self.path, &e))?;
        self.hash.update(buffer.get(before..).unwrap_or_default());
        self.read += read as u64;
        if self.read > self.stamp.bytes {
            return Err(changed(&self.path));
        }
        Ok(read)
    }

    /// Whether the file ends in a block of NUL bytes.
    pub(super) fn ends_in_nul_block(&mut self) -> Result<bool> {
        let tail = self.stamp.bytes.min(NUL_BLOCK as u64);
        let mut end = Vec::with_capacity(NUL_BLOCK);
        let failed = |e: std::io::Error| Refusal::io(&self.path, &e);
        self.file.seek(SeekFrom::Start(self.stamp.bytes - tail)).map_err(failed)?;
        (&self.file).take(tail).read_to_end(&mut end).map_err(failed)?;
        self.file.seek(SeekFrom::Start(self.read)).map_err(failed)?;
        Ok(end.len() == NUL_BLOCK && end.iter().all(|&b| b == 0))
    }

    /// Starts over, as if just opened.
    pub(super) fn rewind(&mut self) -> Result<()> {
        self.file.rewind().map_err(|e| Refusal::io(&self.path, &e))?;
        self.hash = Sha256::new();
        self.read = 0;
        Ok(())
    }

    /// Reads what is left, so that the hash is that of the whole file.
    pub(super) fn read_to_end(&mut self) -> Result<Vec<u8>> {
        let mut rest = Vec::new();
        let left = usize::try_from(self.stamp.bytes - self.read).unwrap_or(usize::MAX);
        self.read(&mut rest, left.saturating_add(1))?;
        Ok(rest)
    }

    /// Hashes what is left without keeping it.
    pub(super) fn hash_to_end(&mut self) -> Result<()> {
        let mut block = Vec::new();
        while self.read(&mut block, 1 << 20)? > 0 {
            block.clear();
        }
        Ok(())
    }

    /// The stamp and the hash, once everything was read and the file is still the same.
    pub(super) fn finish(self) -> Result<(Stamp, String)> {
        if self.read != self.stamp.bytes {
            return Err(changed(&self.path));
        }
        self.stamp.check(&self.path)?;
        Ok((self.stamp, hex(&self.hash.finalize())))
    }

    /// The file itself, for readers that seek.
    pub(super) fn handle(&self) -> Result<File> {
        self.file.try_clone().map_err(|e| Refusal::io(&self.path, &e))
    }
}

/// What tells one state of a file from another: size, time of change and, where the system has them, its identity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    bytes: u64,
    changed: Option<SystemTime>,
    identity: Option<(u64, u64)>,
}

impl Stamp {
    fn of(meta: &Metadata) -> Self {
        Self { bytes: meta.len(), changed: meta.modified().ok(), identity: identity(meta) }
    }

    /// How many bytes the file has.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// An error when the path no longer leads to the file as it was.
    pub fn check(&self, path: &Path) -> Result<()> {
        let meta = std::fs::metadata(path).map_err(|_| changed(path))?;
        if Self::of(&meta) == *self { Ok(()) } else { Err(changed(path)) }
    }
}

fn changed(path: &Path) -> Error {
    Refusal::Changed
        .error(path, "changed while it was read")
        .help("let the sender finish writing (copy under another name, then rename) and run again")
}

#[cfg(unix)]
fn identity(meta: &Metadata) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt;
    Some((meta.dev(), meta.ino()))
}

#[cfg(not(unix))]
fn identity(_: &Metadata) -> Option<(u64, u64)> {
    None
}

#[cfg(unix)]
fn kind_of(meta: &Metadata) -> &'static str {
    use std::os::unix::fs::FileTypeExt;
    let kind = meta.file_type();
    match () {
        () if kind.is_dir() => "a folder",
        () if kind.is_fifo() => "a pipe",
        () if kind.is_char_device() || kind.is_block_device() => "a device",
        () if kind.is_socket() => "a socket",
        () => "something else",
    }
}

#[cfg(not(unix))]
fn kind_of(meta: &Metadata) -> &'static str {
    if meta.is_dir() { "a folder" } else { "something else" }
}
