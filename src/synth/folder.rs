//! The folder of an invented office: fresh, private, its settings last.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use super::world::World;
use crate::office::KEY_FILE;
use crate::{Error, Result, private};

/// Where tonight's export goes.
pub(super) const INBOX: &str = "masuk";
/// Where the exports of the past go, one a month.
pub(super) const PAST: &str = "riwayat-awal";
/// Where the invented lists go.
pub(super) const LISTS: &str = "lists";
/// The truth.
pub(super) const TRUTH: &str = "kebenaran.csv";

/// A folder being filled.
#[derive(Debug)]
pub(super) struct Folder {
    root: PathBuf,
    files: Vec<PathBuf>,
}

impl Folder {
    /// Makes the folder with its subfolders. A folder that holds anything is refused: nothing is ever overwritten.
    pub(super) fn create(root: &Path) -> Result<Self> {
        match fs::read_dir(root) {
            Ok(mut entries) => {
                if entries.next().is_some() {
                    return Err(Error::unusable(root, "is not empty").help("name a folder that does not exist yet"));
                }
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => return Err(Error::io(root, &error)),
        }
        for folder in [root.to_owned(), root.join(INBOX), root.join(PAST), root.join(LISTS)] {
            private::folder(&folder)?;
        }
        Ok(Self { root: root.to_owned(), files: Vec::new() })
    }

    /// Opens a new file, readable by its owner only.
    pub(super) fn file(&mut self, name: &str) -> Result<Output> {
        let path = self.root.join(name);
        let file = private::options().create_new(true).open(&path).map_err(|error| Error::storage(&path, &error))?;
        self.files.push(PathBuf::from(name));
        Ok(Output { path, file: BufWriter::with_capacity(1 << 16, file) })
    }

    /// The files made so far, relative to the folder.
    pub(super) fn into_files(self) -> Vec<PathBuf> {
        self.files
    }
}

/// A file being written.
#[derive(Debug)]
pub(super) struct Output {
    path: PathBuf,
    file: BufWriter<File>,
}

impl Output {
    /// Adds bytes.
    pub(super) fn put(&mut self, bytes: &[u8]) -> Result<()> {
        self.file.write_all(bytes).map_err(|error| Error::storage(&self.path, &error))
    }

    /// Writes out what is still held back.
    pub(super) fn close(mut self) -> Result<()> {
        self.file.flush().map_err(|error| Error::storage(&self.path, &error))
    }
}

/// The settings of the office.
pub(super) fn settings(world: &World, tonight: u64) -> String {
    let capacity = (tonight * 7 / 100).clamp(5, 60);
    format!(
        "# An invented office: no person, number or address in this folder is real.\n\
         \n\
         [office]\n\
         code = \"{office}\"\n\
         name = \"Kantor Imigrasi rekaan\"\n\
         timezone = \"{zone}\"\n\
         \n\
         [input]\n\
         files = [\"{INBOX}/*.csv\"]\n\
         profile = \"rules/profiles/simkim.toml\"\n\
         \n\
         [rules]\n\
         paths = [\"rules\"]\n\
         \n\
         [screening]\n\
         capacity = {capacity}\n\
         control_per_mille = 20\n\
         control_key_file = \"{KEY_FILE}\"\n\
         \n\
         [history]\n\
         path = \"riwayat\"\n\
         first = [\"{PAST}/*.csv\"]\n\
         \n\
         [lists]\n\
         path = \"{LISTS}\"\n\
         required = [\"calo\", \"cegah\", \"p3mi\", \"ppiu\"]\n\
         \n\
         [output]\n\
         path = \"hasil\"\n",
        office = world.office,
        zone = time_zone(world.regions.province()),
    )
}

/// The time zone of a province.
fn time_zone(province: &str) -> &'static str {
    match province {
        "51" | "52" | "53" | "63" | "64" | "65" | "71" | "72" | "73" | "74" | "75" | "76" => "Asia/Makassar",
        "81" | "82" | "91" | "92" | "93" | "94" | "95" | "96" => "Asia/Jayapura",
        _ => "Asia/Jakarta",
    }
}
