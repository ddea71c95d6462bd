//! Renaming what rule files declare, everywhere it is read: by places, never by searching text.

use std::collections::BTreeMap;

use toml_parser::parser::{Event, EventKind, parse_document};

use crate::columns::Catalog;
use crate::diag::{FileId, Files, Span, suggestion, to_u32};
use crate::document::Text;
use crate::{Error, Result};

use super::outline::{FileOutline, Name, NameKind, bare};
use super::roles::{each_naming_key, each_text};
use super::{FileKind, Role, WordKind, role, words};

/// One place to change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// Where.
    pub span: Span,
    /// What stands there afterwards.
    pub new: String,
}

/// What is renamed, and every place.
#[derive(Debug)]
pub struct Renaming {
    /// What kind of thing it is.
    pub kind: NameKind,
    /// Sorted by file and place.
    pub edits: Vec<Edit>,
}

/// Finds every place where `old` is declared or read. `old` may begin with a colon for a parameter, with `mapping.` for a
/// mapping; `pack` says whose, where several packs have one of that name.
pub fn rename(
    outlines: &[FileOutline],
    files: &Files,
    catalog: &Catalog,
    (old, new): (&str, &str),
    pack: Option<&str>,
) -> Result<Renaming> {
    let target = find(outlines, old, pack)?;
    let new = written(new).0;
    allow(outlines, catalog, &target, new)?;
    let mut edits = vec![Edit { span: target.name.span, new: new.to_owned() }];
    let table = match target.name.kind {
        NameKind::Param => Some("params"),
        NameKind::List => Some("list"),
        NameKind::Base => Some("base"),
        NameKind::Mapping => Some("mapping"),
        NameKind::Rule | NameKind::Field | NameKind::Group | NameKind::Network | NameKind::Watchlist => None,
    };
    // A name that is a key may stand in several headings: `[base.biasa]`, `[base.biasa.values]`.
    for (start, end) in
        table.map(|table| key_places(&files.get(target.file).text, table, &target.name.name)).unwrap_or_default()
    {
        edits.push(Edit {
            span: Span { file: target.file, start: to_u32(start), end: to_u32(end) },
            new: new.to_owned(),
        });
    }
    for file in outlines.iter().filter(|f| f.kind == FileKind::Rules) {
        let own = file.id == target.file;
        each_text(&file.table, &mut |path, text| {
            // Conditions over measures name the measures of their own table.
            let columns = makes_columns(target.name.kind);
            if let Some(role) = role(path).filter(|_| !columns || path.last() != Some(&"having")) {
                in_text(text, role, (&target, own), new, &mut edits);
            }
        });
        each_naming_key(&file.table, &mut |role, key, span| {
            let named = match (target.name.kind, role) {
                (NameKind::Rule, Role::Rules) => (key == target.name.name).then(|| new.to_owned()),
                (_, Role::Column) => column(key, &target, new),
                _ => None,
            };
            if let Some(new) = named {
                // A dotted name is one key only in quotes.
                let span = bare(span, files);
                edits.push(Edit { span, new });
            }
        });
    }
    edits.sort_by_key(|e| e.span);
    edits.dedup();
    Ok(Renaming { kind: target.name.kind, edits })
}

/// The places of a name as the second part of a key or heading, `[table.name...]`, quotes left out.
fn key_places(text: &str, table: &str, name: &str) -> Vec<(usize, usize)> {
    let source = toml_parser::Source::new(text);
    let mut events: Vec<Event> = Vec::new();
    parse_document(&source.lex().into_vec(), &mut events, &mut ());
    let (mut heading, mut key): (Vec<&str>, Vec<&str>) = (Vec::new(), Vec::new());
    let (mut places, mut depth, mut in_heading) = (Vec::new(), 0_u32, false);
    for event in events {
        let span = event.span();
        match event.kind() {
            EventKind::StdTableOpen | EventKind::ArrayTableOpen => {
                heading.clear();
                in_heading = true;
            }
            EventKind::StdTableClose | EventKind::ArrayTableClose => in_heading = false,
            EventKind::ArrayOpen | EventKind::InlineTableOpen => depth += 1,
            EventKind::ArrayClose | EventKind::InlineTableClose => depth = depth.saturating_sub(1),
            EventKind::KeyValSep => key.clear(),
            EventKind::SimpleKey if depth == 0 => {
                let raw = text.get(span.start()..span.end()).unwrap_or_default();
                let bare = raw.trim_matches(['"', '\'']);
                let path = if in_heading { &mut heading } else { &mut key };
                path.push(bare);
                let own = if in_heading { heading.as_slice() } else { key.as_slice() };
                let above = if in_heading { &[] } else { heading.as_slice() };
                let whole: Vec<&str> = above.iter().chain(own).copied().collect();
                if whole == [table, name] {
                    let quote = usize::from(bare.len() < raw.len());
                    places.push((span.start() + quote, span.end() - quote));
                }
            }
            _ => {}
        }
    }
    places
}

struct Target<'a> {
    name: &'a Name,
    file: FileId,
    /// The name of its pack.
    pack: Option<String>,
}

/// A name, and the only kind it may be of where its writing says so: `:param`, `mapping.name`.
fn written(name: &str) -> (&str, Option<NameKind>) {
    let of = |prefix: &str, kind| name.strip_prefix(prefix).map(|bare| (bare, Some(kind)));
    of(":", NameKind::Param).or_else(|| of("mapping.", NameKind::Mapping)).unwrap_or((name, None))
}

/// The one thing of a name.
fn find<'a>(outlines: &'a [FileOutline], old: &str, pack: Option<&str>) -> Result<Target<'a>> {
    let (bare, only) = written(old);
    let all = || outlines.iter().flat_map(|f| f.names.iter().map(move |n| (f, n)));
    let of_pack = |file: &FileOutline| pack.is_none_or(|p| file.pack.as_ref().is_some_and(|(name, _)| name == p));
    let found: Vec<_> = all()
        .filter(|(file, name)| name.name == bare && only.is_none_or(|kind| name.kind == kind) && of_pack(file))
        .collect();
    // A list and how its sender writes it often have one name; without `mapping.` the list is meant.
    let plain: Vec<_> = found.iter().copied().filter(|(_, name)| name.kind != NameKind::Mapping).collect();
    let found = if only.is_none() && plain.len() == 1 { plain } else { found };
    match found.as_slice() {
        [(file, name)] => Ok(Target { name, file: file.id, pack: file.pack.as_ref().map(|(pack, _)| pack.clone()) }),
        [] => {
            let error = Error::usage(format!("no rule file declares `{old}`"));
            let known = all().map(|(_, n)| n.name.as_str());
            Err(match suggestion(bare, known) {
                Some(help) => error.help(help),
                None => error,
            })
        }
        several => {
            let what: Vec<String> = several
                .iter()
                .map(|(file, name)| {
                    let pack = file.pack.as_ref().map_or("", |(name, _)| name.as_str());
                    format!("{} of pack `{pack}`", name.kind.word())
                })
                .collect();
            Err(Error::usage(format!("`{old}` is several things: {}", what.join(", ")))
                .help("`--pack NAME` says whose; a parameter is written `:name`, a mapping `mapping.name`"))
        }
    }
}

/// Whether declarations of this kind add columns.
fn makes_columns(kind: NameKind) -> bool {
    matches!(kind, NameKind::Field | NameKind::Group | NameKind::Network | NameKind::Watchlist)
}

/// Whether the new name is well formed and free.
fn allow(outlines: &[FileOutline], catalog: &Catalog, target: &Target<'_>, new: &str) -> Result<()> {
    let kind = target.name.kind;
    let part = |p: &str| {
        p.starts_with(|c: char| c.is_ascii_lowercase())
            && p.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
    };
    let sound = match kind {
        NameKind::Rule => {
            let family = |id: &str| id.chars().next().filter(char::is_ascii_uppercase);
            let digits = new.get(1..).unwrap_or_default();
            family(new).is_some()
                && family(new) == family(&target.name.name)
                && (2..=3).contains(&digits.len())
                && digits.bytes().all(|b| b.is_ascii_digit())
        }
        NameKind::Field | NameKind::Group | NameKind::Network | NameKind::Watchlist => new.split('.').all(part),
        NameKind::Param | NameKind::List | NameKind::Base | NameKind::Mapping => part(new),
    };
    if !sound {
        let help = match kind {
            NameKind::Rule => "the family's letter and two or three digits; a rule cannot change its family",
            _ => "lower case letters, digits and underscores",
        };
        return Err(Error::usage(format!("`{new}` is not a name for a {}", kind.word())).help(help));
    }
    let column = makes_columns;
    let taken = outlines.iter().flat_map(|f| f.names.iter().map(move |n| (f.id, n))).find(|(file, name)| {
        name.name == new
            && (name.kind == kind || column(name.kind) && column(kind))
            && (kind != NameKind::Param || *file == target.file)
    });
    let prefix = format!("{new}.");
    let builtin =
        column(kind) && catalog.names().iter().any(|c| *c == new || c.starts_with(&prefix) && kind != NameKind::Field);
    if taken.is_some() || builtin {
        let whose = taken.map_or("column of saring or the profile", |(_, name)| name.kind.word());
        return Err(Error::usage(format!("`{new}` is a {whose} already")).help("take a free name"));
    }
    Ok(())
}

/// The column of the thing renamed, under its new name.
fn column(name: &str, target: &Target<'_>, new: &str) -> Option<String> {
    let old = target.name.name.as_str();
    match target.name.kind {
        NameKind::Field => (name == old).then(|| new.to_owned()),
        NameKind::Group | NameKind::Network => {
            let rest = name.strip_prefix(old)?.strip_prefix('.')?;
            (!rest.contains('.')).then(|| format!("{new}.{rest}"))
        }
        NameKind::Watchlist => {
            let rest = name.strip_prefix(old)?.strip_prefix('.')?;
            Some(format!("{new}.{rest}"))
        }
        NameKind::Rule | NameKind::Param | NameKind::List | NameKind::Base | NameKind::Mapping => None,
    }
}

/// The places in a text; `own` where the text stands in the file of the declaration.
fn in_text(text: &Text, role: Role, (target, own): (&Target<'_>, bool), new: &str, edits: &mut Vec<Edit>) {
    let (kind, old) = (target.name.kind, target.name.name.as_str());
    let line = text.as_str();
    for word in words(line, role) {
        let named = word.of(line);
        let change = match (kind, role, word.kind) {
            (NameKind::Rule, Role::Rules, _)
            | (NameKind::Base, Role::Base, _)
            | (NameKind::Mapping, Role::Mapping, _) => (named == old).then(|| new.to_owned()),
            (NameKind::Param, Role::Expression | Role::Reason, WordKind::Param) => {
                (own && named.strip_prefix(':') == Some(old)).then(|| format!(":{new}"))
            }
            (NameKind::Param, Role::PackParam, _) => {
                let pack = target.pack.as_deref().unwrap_or_default();
                (named == format!("{pack}.{old}")).then(|| format!("{pack}.{new}"))
            }
            (NameKind::List, Role::Expression, WordKind::ListName) => (named == old).then(|| new.to_owned()),
            (_, Role::Expression | Role::Reason | Role::Column, WordKind::Name) => column(named, target, new),
            _ => None,
        };
        if let Some(new) = change {
            edits.push(Edit { span: text.part(word.start, word.end), new });
        }
    }
}

/// The texts of the files that change.
#[must_use]
pub fn apply(edits: &[Edit], files: &Files) -> BTreeMap<FileId, String> {
    let mut texts: BTreeMap<FileId, String> = BTreeMap::new();
    // From the end, so that places before stay where they are.
    for edit in edits.iter().rev() {
        let text = texts.entry(edit.span.file).or_insert_with(|| files.get(edit.span.file).text.to_string());
        text.replace_range(edit.span.start as usize..edit.span.end as usize, &edit.new);
    }
    texts
}
