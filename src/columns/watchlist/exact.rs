//! Lists that are compared exactly: the values of an application and of the entries go through the same derived columns,
//! so that a phone number is found however either side wrote it.

use std::collections::BTreeSet;

use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_128;

use super::grade::{Facts, Found, Grade, Saying, quoted};
use crate::Result;
use crate::columns::derived::{Cx, dokumen, email, paspor, telepon};
use crate::columns::{Catalog, Reach, builtin, compute, derived, needed};
use crate::frame::{Builder, Frame, View};
use crate::identity::{nomor, passport};
use crate::lists::{Entry, Field, Kind, ListSpec, Role};
use crate::schema::Type;
use crate::schema::columns::{self, NIK};

/// The keys of a list, sorted.
#[derive(Debug)]
pub(super) struct Exact {
    /// Hash of a key and the entry that has it.
    keys: Vec<(u128, u32)>,
    kinds: Vec<KeyKind>,
}

/// A kind of key: what it is compared with.
#[derive(Debug, Clone)]
struct KeyKind {
    /// Columns of an application whose values together are such a key, by role.
    probes: Vec<(Role, Vec<String>)>,
}

/// Columns on the side of the list and what they are compared with.
type Compared = (Vec<String>, Vec<(Role, Vec<String>)>);

/// Entries worked on at once.
const BLOCK: usize = 65_536;

fn compared(spec: &ListSpec) -> Vec<Compared> {
    let one = |column: &str| vec![column.to_owned()];
    match spec.kind {
        Kind::Contacts => vec![
            (
                one(telepon::telepon::KUNCI),
                vec![
                    (Role::Pemohon, one(telepon::telepon::KUNCI)),
                    (Role::Pemohon, one(telepon::telepon_kerabat::KUNCI)),
                    (Role::Penjamin, one(telepon::penjamin_telepon::KUNCI)),
                    (Role::Pendamping, one(telepon::pendamping_telepon::KUNCI)),
                ],
            ),
            (one(email::KUNCI), vec![(Role::Pemohon, one(email::KUNCI))]),
            (one(derived::alamat::KUNCI_RUMAH), vec![(Role::Pemohon, one(derived::alamat::KUNCI_RUMAH))]),
        ],
        Kind::Keys => spec.keys.iter().map(|key| (key.clone(), vec![(Role::Pemohon, key.clone())])).collect(),
        Kind::Documents => {
            let numbers = [dokumen::AKTA, dokumen::IJAZAH, dokumen::BUKU_NIKAH, dokumen::SURAT];
            let probes = |columns: &[&str]| columns.iter().map(|c| (Role::Pemohon, one(c))).collect::<Vec<_>>();
            vec![
                (Vec::new(), probes(&numbers)),
                (Vec::new(), probes(&[paspor::lama::KUNCI])),
                (Vec::new(), probes(&[NIK])),
            ]
        }
        Kind::People | Kind::Institutions => Vec::new(),
    }
}

/// The columns of an application that a role is looked up by.
pub(super) fn reads(spec: &ListSpec, role: Role) -> Vec<String> {
    let probes = compared(spec).into_iter().flat_map(|(_, probes)| probes);
    let columns: BTreeSet<String> = probes.filter(|(of, _)| *of == role).flat_map(|(_, columns)| columns).collect();
    columns.into_iter().collect()
}

impl Exact {
    pub(super) fn new(spec: &ListSpec, entries: &[Entry]) -> Result<Self> {
        let compared = compared(spec);
        let mut keys = match spec.kind {
            Kind::Documents => documents(entries),
            _ => {
                let sides: Vec<&[String]> = compared.iter().map(|(list, _)| list.as_slice()).collect();
                let blocks: Vec<(usize, &[Entry])> =
                    entries.chunks(BLOCK).enumerate().map(|(at, block)| (at * BLOCK, block)).collect();
                let made = blocks.par_iter().map(|(first, block)| of_columns(&sides, *first, block));
                made.collect::<Result<Vec<_>>>()?.into_iter().flatten().collect()
            }
        };
        keys.par_sort_unstable();
        keys.dedup();
        let kinds = compared.into_iter().map(|(_, probes)| KeyKind { probes }).collect();
        Ok(Self { keys, kinds })
    }

    /// For every row the entries found; nothing where the application says none of what is compared.
    pub(super) fn find(&self, role: Role, frame: &Frame) -> Result<Vec<Option<Vec<Found>>>> {
        let mut all: Vec<Option<Vec<Found>>> = vec![None; frame.rows()];
        let catalog = Catalog::builtin();
        for (kind, key) in self.kinds.iter().enumerate() {
            for (_, columns) in key.probes.iter().filter(|(of, _)| *of == role) {
                let views: Vec<View<'_>> = columns.iter().map(|c| frame.view(c)).collect::<Result<_>>()?;
                for (row, found) in all.iter_mut().enumerate() {
                    let Some(text) = joined(&views, row) else { continue };
                    let found = found.get_or_insert_with(Vec::new);
                    for entry in self.entries_of(hash(kind, &text)) {
                        let says = vec![saying(columns, &text, &catalog)];
                        match found.iter_mut().find(|f| f.entry == entry) {
                            Some(other) => other.says.extend(says),
                            None => {
                                found.push(Found { entry, grade: Grade::Exact, points: 0, facts: Facts::NONE, says })
                            }
                        }
                    }
                }
            }
        }
        Ok(all)
    }

    fn entries_of(&self, hash: u128) -> impl Iterator<Item = u32> {
        let start = self.keys.partition_point(|(key, _)| *key < hash);
        self.keys.iter().skip(start).take_while(move |(key, _)| *key == hash).map(|(_, entry)| *entry)
    }
}

fn hash(kind: usize, text: &str) -> u128 {
    xxh3_128(format!("{kind}\u{1f}{text}").as_bytes())
}

/// The values of a key as one text; nothing where one is missing.
fn joined(views: &[View<'_>], row: usize) -> Option<String> {
    let mut text = String::new();
    for (at, view) in views.iter().enumerate() {
        if at > 0 {
            text.push('\u{1f}');
        }
        match view {
            View::Text(view) => text.push_str(&comparable(view.get(row)?)),
            View::Number(view) => text.push_str(&view.get(row)?.to_string()),
            View::Bool(view) => text.push_str(if view.get(row)? { "1" } else { "0" }),
        }
    }
    Some(text)
}

/// Case and spacing never tell two values apart.
fn comparable(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_uppercase()
}

fn saying(columns: &[String], text: &str, catalog: &Catalog) -> Saying {
    let date = |column: &str, value: &str| match catalog.get(column).map(|c| c.ty) {
        Some(Type::Date) => value.parse().ok().and_then(crate::calendar::date).map(|day| day.to_string()),
        _ => None,
    };
    let (mut id, mut en) = (Vec::new(), Vec::new());
    for (column, value) in columns.iter().zip(text.split('\u{1f}')) {
        let value = quoted(&date(column, value).unwrap_or_else(|| value.to_owned()));
        let info = catalog.get(column);
        id.push(format!("{} {value}", info.map_or(column.as_str(), |c| &c.label_id)));
        en.push(format!("{} {value}", info.map_or(column.as_str(), |c| &c.label_en)));
    }
    Saying { id: id.join(", "), en: en.join(", ") }
}

fn number(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// Keys of documents: certificates, diplomas, books and letters by letters and digits, passports and NIK by their own.
fn documents(entries: &[Entry]) -> Vec<(u128, u32)> {
    let (mut keys, mut buffer) = (Vec::new(), String::new());
    for (at, entry) in entries.iter().enumerate() {
        for text in entry.all(Field::NOMOR_DOKUMEN).filter(|text| nomor::key(text, &mut buffer)).collect::<Vec<_>>() {
            if nomor::key(text, &mut buffer) {
                keys.push((hash(0, &buffer), number(at)));
            }
        }
        for text in entry.all(Field::PASPOR).chain(entry.all(Field::NOMOR_DOKUMEN)) {
            if passport::key(text, &mut buffer) {
                keys.push((hash(1, &comparable(&buffer)), number(at)));
            }
        }
        for nik in entry.column(NIK) {
            keys.push((hash(2, nik), number(at)));
        }
    }
    keys
}

/// Keys over columns: the entries become a frame of those canonical columns that the keys are made from. An entry with
/// several values of a column has a row for each.
fn of_columns(sides: &[&[String]], first: usize, entries: &[Entry]) -> Result<Vec<(u128, u32)>> {
    let sources = builtin();
    let wanted = needed(&sources, sides.iter().flat_map(|side| side.iter().map(String::as_str)));
    let inputs: Vec<&columns::Column> = columns::ALL.iter().filter(|c| wanted.contains(c.name)).collect();
    let mut builders: Vec<Builder> = inputs.iter().map(|c| Builder::new(c.ty, entries.len())).collect();
    let mut owner = Vec::new();
    for (at, entry) in entries.iter().enumerate() {
        let values: Vec<Vec<&str>> = inputs.iter().map(|c| entry.column(c.name).collect()).collect();
        for row in 0..values.iter().map(Vec::len).max().unwrap_or(0).max(1) {
            owner.push(number(first + at));
            for ((builder, column), of_column) in builders.iter_mut().zip(&inputs).zip(&values) {
                // A value that stands once goes with every one of another column.
                let value = if of_column.len() == 1 { of_column.first() } else { of_column.get(row) };
                match (column.ty, value) {
                    (Type::Date, Some(day)) => builder.push_number(day.parse().ok().map(crate::calendar::days)),
                    (Type::Text | Type::Code(_), Some(text)) => builder.push_text(Some(text)),
                    _ => builder.push_null(),
                }
            }
        }
    }
    let series = inputs.iter().zip(builders).map(|(c, builder)| builder.finish(c.name)).collect();
    let mut frame = Frame::new(owner.len(), series)?;
    let cx = Cx::new(chrono::NaiveDate::default());
    compute(&sources, Reach::Row, &cx, &mut frame, &wanted)?;
    let mut keys = Vec::new();
    for (kind, side) in sides.iter().enumerate() {
        let views: Vec<View<'_>> = side.iter().map(|c| frame.view(c)).collect::<Result<_>>()?;
        for (row, entry) in owner.iter().enumerate() {
            keys.extend(joined(&views, row).map(|text| (hash(kind, &text), *entry)));
        }
    }
    Ok(keys)
}
