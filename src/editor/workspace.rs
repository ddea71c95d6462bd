//! The files behind a text in the editor: which belong together, what is wrong with them, what they declare.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::authoring::{FileKind, FileOutline, Name, NameKind, outline};
use crate::columns::Catalog;
use crate::diag::{FileId, Files, Report, read_text, toml_files};
use crate::{lab, office, rules, source};

/// Texts of the editor by path; they stand in for the files on disk.
pub(super) type Buffers = BTreeMap<PathBuf, String>;

/// What is known of the files that belong together.
#[derive(Debug)]
pub(super) struct Known {
    pub(super) files: Files,
    pub(super) report: Report,
    /// Path of every file of `files`.
    pub(super) paths: Vec<(PathBuf, FileId)>,
    pub(super) outlines: Vec<FileOutline>,
    /// Columns of saring and of the office's profile; with those of the pack where it has no fault.
    pub(super) catalog: Catalog,
    /// Whether the columns of the pack are among them.
    pub(super) sound: bool,
}

/// Checks the files that belong with a text, whatever it is.
pub(super) fn look(path: &Path, buffers: &Buffers) -> Known {
    let mut known = Known {
        files: Files::default(),
        report: Report::default(),
        paths: Vec::new(),
        outlines: Vec::new(),
        catalog: Catalog::builtin(),
        sound: false,
    };
    let text = text_of(path, buffers).unwrap_or_default();
    let id = known.add(path, text);
    let own = outline(id, &known.files);
    match own.kind {
        FileKind::Profile => {
            source::parse_profile(id, &known.files, &mut known.report);
        }
        FileKind::Office => {
            let folder = path.parent().unwrap_or(Path::new(""));
            office::check_text(id, folder, &known.files, &mut known.report);
        }
        FileKind::Rules => known.rules(path, buffers),
    }
    let ids: Vec<FileId> = known.paths.iter().map(|(_, id)| *id).collect();
    known.outlines = ids.into_iter().map(|id| outline(id, &known.files)).collect();
    known
}

fn text_of(path: &Path, buffers: &Buffers) -> Option<String> {
    buffers.get(path).cloned().or_else(|| read_text(path).ok())
}

impl Known {
    fn add(&mut self, path: &Path, text: String) -> FileId {
        if let Some((_, id)) = self.paths.iter().find(|(known, _)| known == path) {
            return *id;
        }
        let id = self.files.add(path.display().to_string(), text);
        self.paths.push((path.to_owned(), id));
        id
    }

    /// All rules of the office, else of the folder named `rules`, else of the file's own folder.
    fn rules(&mut self, path: &Path, buffers: &Buffers) {
        let folder = path.parent().unwrap_or(Path::new(""));
        let mut paths = vec![path.to_owned()];
        // Texts of the editor come first: the same file by another way is then the one that is left out.
        paths.extend(buffers.keys().filter(|p| p.starts_with(folder)).cloned());
        for root in self.roots(path) {
            paths.extend(buffers.keys().filter(|p| p.starts_with(&root)).cloned());
            // A folder that cannot be read holds nothing that could be told of.
            paths.extend(toml_files(&root).unwrap_or_default());
        }
        let mut seen = BTreeSet::new();
        let mut ids = Vec::new();
        for path in paths {
            if seen.insert(path.canonicalize().unwrap_or_else(|_| path.clone()))
                && let Some(text) = text_of(&path, buffers)
            {
                ids.push(self.add(&path, text));
            }
        }
        ids.retain(|id| outline(*id, &self.files).kind == FileKind::Rules);
        if let Some(set) = rules::check_files(ids, &self.catalog, &self.files, &mut self.report) {
            lab::prepare(&set, &mut self.report);
            self.sound = true;
            self.catalog = set.catalog;
        }
    }

    fn roots(&mut self, path: &Path) -> Vec<PathBuf> {
        let mut ignored = (Files::default(), Report::default());
        for folder in path.ancestors().skip(1) {
            if folder.join(office::FILE_NAME).is_file()
                && let Ok(Some(office)) = office::load(folder, &mut ignored.0, &mut ignored.1)
                && let roots = office.rules.iter().filter_map(|root| root.canonicalize().ok()).collect::<Vec<_>>()
                && path.canonicalize().is_ok_and(|path| roots.iter().any(|root| path.starts_with(root)))
            {
                self.report.set_levels(office.levels);
                if let Ok(Some(profile)) = source::load_profile(&office.profile, &mut ignored.0, &mut ignored.1) {
                    profile.extend(&mut self.catalog);
                }
                return roots;
            }
        }
        let named = path.ancestors().skip(1).filter(|folder| folder.file_name().is_some_and(|n| n == "rules")).last();
        named.or(path.parent()).map(Path::to_owned).into_iter().collect()
    }

    /// The path of a file.
    pub(super) fn path(&self, id: FileId) -> Option<&Path> {
        self.paths.iter().find(|(_, known)| *known == id).map(|(path, _)| path.as_path())
    }

    /// The file of a path.
    pub(super) fn id(&self, path: &Path) -> Option<FileId> {
        self.paths.iter().find(|(known, _)| known == path).map(|(_, id)| *id)
    }

    /// Every declared name with its file; parameters of other files left out.
    pub(super) fn names(&self, here: Option<FileId>) -> impl Iterator<Item = &Name> {
        self.outlines
            .iter()
            .flat_map(|file| file.names.iter().map(move |name| (file.id, name)))
            .filter(move |(file, name)| name.kind != NameKind::Param || Some(*file) == here)
            .map(|(_, name)| name)
    }

    /// The name of a kind.
    pub(super) fn name(&self, kind: NameKind, name: &str, here: Option<FileId>) -> Option<&Name> {
        self.names(here).find(|n| n.kind == kind && n.name == name)
    }

    /// The declaration that makes a column, and the part of the column's name behind its own.
    pub(super) fn maker<'a>(&self, column: &'a str) -> Option<(&Name, &'a str)> {
        self.names(None).find_map(|name| name.column(column).map(|rest| (name, rest)))
    }
}
