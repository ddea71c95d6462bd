//! What several verbs do: find the office, read its rules, put a new text in the place of a file.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

use super::output::Out;
use crate::authoring::FileOutline;
use crate::columns::Catalog;
use crate::diag::{FileId, Files, Report, read_text, toml_files};
use crate::rules::{self, Loading, RuleSet};
use crate::{Error, Result, authoring, document, office, private, source};

/// Which rules a verb works on.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct RuleArgs {
    /// Rule files or folders. Without any: those of `saring.toml` here, else the folder `rules`.
    pub(super) paths: Vec<PathBuf>,
}

impl RuleArgs {
    /// The files and folders meant, and the columns their rules may name. The folder of an office brings the columns of
    /// its profile.
    pub(super) fn roots(&self, files: &mut Files, report: &mut Report) -> Result<(Vec<PathBuf>, Catalog)> {
        let mut catalog = Catalog::builtin();
        if !self.paths.is_empty() {
            return Ok((self.paths.clone(), catalog));
        }
        let here = Path::new("");
        if here.join(office::FILE_NAME).is_file() {
            let Some(office) = office::load(here, files, report)? else { return Ok((Vec::new(), catalog)) };
            report.set_levels(office.levels);
            if let Some(profile) = source::load_profile(&office.profile, files, report)? {
                profile.extend(&mut catalog);
            }
            return Ok((office.rules, catalog));
        }
        let usual = PathBuf::from("rules");
        if usual.is_dir() {
            return Ok((vec![usual], catalog));
        }
        Err(Error::usage("no rules here").help("name a rule file or folder, or run where `saring.toml` or `rules/` is"))
    }
}

/// Rules ready to be worked on.
pub(super) struct Loaded {
    pub(super) set: RuleSet,
    /// The rule files alone.
    pub(super) files: Files,
    /// The columns they were checked with.
    pub(super) catalog: Catalog,
}

/// Reads and checks rules, as their authors wrote them; on faults prints them and returns nothing.
pub(super) fn load_all(args: &RuleArgs, out: &mut Out) -> Result<Option<Loaded>> {
    load_all_with(args, Loading::default(), out)
}

/// Reads and checks rules; on faults prints them and returns nothing.
pub(super) fn load_all_with(args: &RuleArgs, loading: Loading, out: &mut Out) -> Result<Option<Loaded>> {
    let (mut files, mut report) = (Files::default(), Report::default());
    let (roots, catalog) = args.roots(&mut files, &mut report)?;
    if report.has_errors() {
        out.report(&report, &files);
        return Ok(None);
    }
    let (mut files, mut report) = (Files::default(), report.emptied());
    let set = rules::load_with(&roots, loading, &catalog, &mut files, &mut report)?;
    match set {
        Some(set) if !report.has_errors() => Ok(Some(Loaded { set, files, catalog })),
        _ => {
            out.report(&report, &files);
            Ok(None)
        }
    }
}

/// The paths named, or those of `usual` that are here.
pub(super) fn shown_paths(named: &[PathBuf], usual: &[&str]) -> Result<Vec<PathBuf>> {
    if !named.is_empty() {
        return Ok(named.to_vec());
    }
    let here: Vec<PathBuf> = usual.iter().map(PathBuf::from).filter(|path| path.exists()).collect();
    match here.is_empty() {
        false => Ok(here),
        true => Err(Error::usage(format!("no {} here", usual.join(" and no "))).help("name a file or folder")),
    }
}

/// What rule files declare, with their texts and paths.
type Outlines = (Vec<FileOutline>, Files, BTreeMap<FileId, PathBuf>);

/// Reads what the files below some roots declare. Faults that `check` reports are left to it, but a file that is no TOML
/// would be misread.
pub(super) fn outlines(roots: &[PathBuf]) -> Result<Outlines> {
    let (mut files, mut paths, mut outlines) = (Files::default(), BTreeMap::new(), Vec::new());
    for root in roots {
        for path in toml_files(root)? {
            let id = files.add(path.display().to_string(), read_text(&path)?);
            let mut report = Report::default();
            document::parse(id, &files, &mut report);
            if report.has_errors() {
                return Err(Error::unusable(&path, "has faults of form").help("`saring check` shows them"));
            }
            outlines.push(authoring::outline(id, &files));
            paths.insert(id, path);
        }
    }
    Ok((outlines, files, paths))
}

/// Puts a text in the place of a file that people write, by one rename: a full disk leaves the old text.
pub(super) fn replace(path: &Path, text: &str) -> Result<()> {
    // A link stays a link; what it points to is written.
    let real = path.canonicalize().map_err(|error| Error::storage(path, &error))?;
    put(&real, text)
}

/// Writes a file by one rename. One that is there keeps its rights.
pub(super) fn put(path: &Path, text: &str) -> Result<()> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".baru");
    let beside = path.with_file_name(name);
    let write = || {
        let mut file = private::options().create(true).truncate(true).open(&beside)?;
        file.write_all(text.as_bytes())?;
        if let Ok(there) = std::fs::metadata(path) {
            file.set_permissions(there.permissions())?;
        }
        file.sync_all()?;
        std::fs::rename(&beside, path)
    };
    write().map_err(|error| {
        // What is left beside the file is in nobody's way.
        let _ = std::fs::remove_file(&beside);
        Error::storage(path, &error)
    })
}
