//! A list ready to be searched: read, or kept from an earlier run.

use std::io::Read as _;
use std::path::Path;

use rayon::prelude::*;
use sha2::{Digest, Sha256};

use super::Located;
use super::saved::save;
use crate::columns::watchlist::people_of_entry;
use crate::hex::hex;
use crate::lists::{self, Entry, ListSpec};
use crate::matching::{Builder, Counted, Index, Names, Person, Settings};
use crate::{Error, Result, private};

/// A person of a file.
pub(super) struct Listed {
    /// What the file calls the person.
    pub(super) id: String,
    pub(super) person: Person,
}

/// The people an entry may be.
fn listed(entry: &Entry) -> impl Iterator<Item = Listed> {
    let id = entry.shown_id();
    people_of_entry(entry).into_iter().map(move |person| Listed { id: id.clone(), person })
}

/// Everybody in a file.
pub(super) fn whole(spec: &ListSpec, path: &Path) -> Result<Vec<Listed>> {
    let mut people = Vec::new();
    each(spec, path, &mut |more| {
        people.extend(more);
        Ok(())
    })?;
    Ok(people)
}

/// Hands on everybody in a file, some at a time.
pub(super) fn each(spec: &ListSpec, path: &Path, sink: &mut dyn FnMut(Vec<Listed>) -> Result<()>) -> Result<()> {
    lists::stream(spec, path, &mut |entries| sink(entries.par_iter().flat_map_iter(listed).collect())).map(|_| ())
}

/// Hands on everybody in a file, so many at a time; the last ones may be fewer.
pub(super) fn each_block(
    spec: &ListSpec,
    path: &Path,
    size: usize,
    sink: &mut dyn FnMut(Vec<Listed>) -> Result<()>,
) -> Result<()> {
    let mut waiting = Vec::new();
    each(spec, path, &mut |people| {
        for listed in people {
            waiting.push(listed);
            if waiting.len() >= size {
                sink(std::mem::take(&mut waiting))?;
            }
        }
        Ok(())
    })?;
    if waiting.is_empty() { Ok(()) } else { sink(waiting) }
}

/// A list, or a part of one, as an index.
pub(super) struct Ready {
    pub(super) index: Index,
    /// What the entries are called.
    pub(super) ids: Vec<Box<str>>,
}

/// People being made into an index.
#[derive(Default)]
struct Making {
    builder: Builder,
    ids: Vec<Box<str>>,
}

impl Making {
    fn add(&mut self, people: Vec<Listed>) {
        let (ids, people): (Vec<Box<str>>, Vec<Person>) =
            people.into_iter().map(|listed| (listed.id.into(), listed.person)).unzip();
        self.ids.extend(ids);
        self.builder.extend(&people);
    }

    fn finish(self, names: &Names, settings: &Settings) -> Ready {
        Ready { index: self.builder.finish(names, settings), ids: self.ids }
    }
}

/// The whole list, from a folder where it is kept if it is.
pub(super) fn ready(list: &Located, cache: Option<&Path>, settings: &Settings) -> Result<Ready> {
    let Some(folder) = cache else { return made(list, settings) };
    let content = content(list)?;
    let name = hex(content.get(..12).unwrap_or_default());
    let (index_path, ids_path) = (folder.join(format!("{name}.indeks")), folder.join(format!("{name}.id")));
    let table = list.frequencies.names();
    let kept = std::fs::read(&index_path).ok().zip(std::fs::read_to_string(&ids_path).ok());
    let kept = kept.and_then(|(bytes, ids)| {
        let index = Index::from_bytes(&bytes, &content, table, settings).ok()?;
        let ids: Vec<Box<str>> = ids.split_terminator('\n').map(Into::into).collect();
        (ids.len() == index.len()).then_some(Ready { index, ids })
    });
    if let Some(kept) = kept {
        return Ok(kept);
    }
    let ready = made(list, settings)?;
    private::folder(folder)?;
    let lines: String = ready.ids.iter().flat_map(|id| [&**id, "\n"]).collect();
    save(&ids_path, lines.as_bytes())?;
    save(&index_path, &ready.index.to_bytes(&content, table))?;
    Ok(ready)
}

fn made(list: &Located, settings: &Settings) -> Result<Ready> {
    let mut making = Making::default();
    each(&list.spec, &list.path, &mut |people| {
        making.add(people);
        Ok(())
    })?;
    let names = making.builder.names(list.frequencies.names());
    Ok(making.finish(&names, settings))
}

/// Hands on the list in parts of at most so many people, each an index by itself. Frequencies are those of the whole list,
/// so that parts change nothing.
pub(super) fn parts(
    list: &Located,
    part: usize,
    settings: &Settings,
    sink: &mut dyn FnMut(Ready) -> Result<()>,
) -> Result<()> {
    let mut counted = Counted::default();
    each(&list.spec, &list.path, &mut |people| {
        counted.add(&people.iter().flat_map(|listed| listed.person.compared_names()).collect::<Vec<_>>());
        Ok(())
    })?;
    let names = list.frequencies.names().joined_by(counted.words(), counted.names);
    each_block(&list.spec, &list.path, part, &mut |people| {
        let mut making = Making::default();
        making.add(people);
        sink(making.finish(&names, settings))
    })
}

/// What an index was made of: the bytes of the list, how they were read, and how rare words were.
fn content(list: &Located) -> Result<[u8; 32]> {
    let mut hash = Sha256::new();
    let mut file = std::fs::File::open(&list.path).map_err(|error| Error::io(&list.path, &error))?;
    let mut buffer = vec![0; 1 << 18];
    loop {
        let read = file.read(&mut buffer).map_err(|error| Error::io(&list.path, &error))?;
        if read == 0 {
            break;
        }
        hash.update(buffer.get(..read).unwrap_or_default());
    }
    // Every column of the mapping, so that a list read otherwise is another list.
    hash.update(format!("{:?}", list.spec.mapping).as_bytes());
    hash.update(list.frequencies.names().fingerprint().to_le_bytes());
    Ok(hash.finalize().into())
}
