//! The file beside a month that a night reads: the hashes of its keys one after the other, and its rows each by itself.
//!
//! A night looks at every hash and at few rows. Parquet keeps the values of a column together, so that one row in a
//! hundred costs nearly all of it; here a row is one read of half a kilobyte. Every part has its own checksum, so that
//! what is read is compared and what is not read costs nothing.
//!
//! ```text
//! head     magic, rows, names and types of the columns, names of the keys, place and checksum of each part, checksum
//! parts    days of filing (i64), one for each key (u64), where each row begins (u32)
//! rows     checksum, then the values in the order of the columns
//! ```

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use xxhash_rust::xxh3::xxh3_64;

use super::index::Month;
use super::{broken, keys};
use crate::frame::{Builder, Frame, View, physical};
use crate::schema::Type;
use crate::schema::columns::TANGGAL_PERMOHONAN;
use crate::{Error, Result};

const MAGIC: [u8; 8] = *b"SARBARIS";

/// The types a column can have, by their number in the file.
const TYPES: [Type; 5] = [Type::Texts, Type::Int, Type::Date, Type::Time, Type::Bool];

/// A part of the file.
#[derive(Debug, Clone, Copy)]
struct Part {
    start: u64,
    len: u64,
    check: u64,
}

/// Makes the file of a month's columns.
pub(super) fn made(frame: &Frame) -> Result<Vec<u8>> {
    let hashes = keys::columns(frame)?;
    let hashed = Frame::new(frame.rows(), hashes)?;
    let days = frame.number(TANGGAL_PERMOHONAN)?;
    let mut parts: Vec<Vec<u8>> =
        vec![(0..frame.rows()).flat_map(|row| days.get(row).unwrap_or(i64::MIN).to_le_bytes()).collect()];
    for key in keys::KEYS {
        parts.push(keys::read(&hashed, key)?.into_iter().flat_map(u64::to_le_bytes).collect());
    }
    let (starts, rows) = rows_made(frame)?;
    parts.push(starts);
    let mut head = MAGIC.to_vec();
    head.extend(count(frame.rows())?.to_le_bytes());
    head.extend(count(frame.names().count())?.to_le_bytes());
    for (name, column) in frame.columns() {
        let ty = TYPES.iter().position(|ty| physical(*ty) == *column.data_type());
        head.push(u8::try_from(ty.ok_or_else(unkept)?).map_err(|_| unkept())?);
        named(&mut head, name)?;
    }
    head.extend(count(keys::KEYS.len())?.to_le_bytes());
    keys::KEYS.iter().try_for_each(|key| named(&mut head, key))?;
    let mut start = (head.len() + parts.len() * 24 + 16) as u64;
    for part in &parts {
        for number in [start, part.len() as u64, xxh3_64(part)] {
            head.extend(number.to_le_bytes());
        }
        start += part.len() as u64;
    }
    // Where the rows begin, then the checksum of all that stands before it.
    head.extend(start.to_le_bytes());
    head.extend(xxh3_64(&head).to_le_bytes());
    Ok([vec![head], parts, vec![rows]].concat().concat())
}

fn unkept() -> Error {
    Error::internal("a column of history of a kind that is not kept")
}

fn count(n: usize) -> Result<u32> {
    u32::try_from(n).map_err(|_| Error::internal("a month of history too large to be kept"))
}

fn named(head: &mut Vec<u8>, name: &str) -> Result<()> {
    head.extend(count(name.len())?.to_le_bytes());
    head.extend(name.as_bytes());
    Ok(())
}

/// Where each row begins and where the last one ends, and the rows.
fn rows_made(frame: &Frame) -> Result<(Vec<u8>, Vec<u8>)> {
    let views: Vec<View<'_>> = frame.names().map(|name| frame.view(name)).collect::<Result<_>>()?;
    let (mut starts, mut rows, mut one) = (Vec::new(), Vec::new(), Vec::new());
    for row in 0..frame.rows() {
        starts.extend(count(rows.len())?.to_le_bytes());
        one.clear();
        for view in &views {
            one.push(u8::from(!view.is_null(row)));
            match view {
                View::Text(view) => {
                    if let Some(text) = view.get(row) {
                        one.extend(count(text.len())?.to_le_bytes());
                        one.extend(text.as_bytes());
                    }
                }
                View::Number(view) => view.get(row).into_iter().for_each(|n| one.extend(n.to_le_bytes())),
                View::Bool(view) => view.get(row).into_iter().for_each(|b| one.push(u8::from(b))),
            }
        }
        rows.extend(xxh3_64(&one).to_le_bytes());
        rows.extend(&one);
    }
    starts.extend(count(rows.len())?.to_le_bytes());
    Ok((starts, rows))
}

/// The file of a month, its head read and compared.
#[derive(Debug)]
pub(super) struct Baris<'a> {
    month: &'a Month,
    path: PathBuf,
    file: File,
    rows: usize,
    columns: Vec<(String, Type)>,
    days: Part,
    keys: BTreeMap<String, Part>,
    starts: Part,
    /// Where the rows begin.
    base: u64,
}

impl<'a> Baris<'a> {
    /// Opens the file of a month.
    pub(super) fn open(root: &Path, month: &'a Month) -> Result<Self> {
        let path = root.join(&month.rows_file.file);
        let unread = || broken(month, "is missing or cannot be read").at(&path);
        let mut file = File::open(&path).map_err(|_| unread())?;
        let mut head = Head { file: BufReader::new(&mut file), read: Vec::new(), month, path: &path };
        if head.bytes(8)? != MAGIC {
            return Err(head.changed());
        }
        let rows = head.length()?;
        if rows != month.rows {
            return Err(head.changed());
        }
        let mut columns = Vec::new();
        for _ in 0..head.length()? {
            let ty = head.bytes(1)?.first().and_then(|at| TYPES.get(usize::from(*at))).copied();
            columns.push((head.text()?, ty.ok_or_else(|| head.changed())?));
        }
        let names: Vec<String> = (0..head.length()?).map(|_| head.text()).collect::<Result<_>>()?;
        let days = head.part()?;
        let keys = names.into_iter().map(|name| Ok((name, head.part()?))).collect::<Result<_>>()?;
        let (starts, base) = (head.part()?, head.number()?);
        let (check, changed) = (xxh3_64(&head.read), head.changed());
        if head.number()? != check {
            return Err(changed);
        }
        Ok(Self { month, path, file, rows, columns, days, keys, starts, base })
    }

    fn changed(&self) -> Error {
        broken(self.month, "is not as it was written").at(&self.path)
    }

    fn at(&mut self, start: u64, len: usize) -> Result<Vec<u8>> {
        let mut bytes = vec![0; len];
        let read = self.file.seek(SeekFrom::Start(start)).and_then(|_| self.file.read_exact(&mut bytes));
        read.map_err(|_| self.changed()).map(|()| bytes)
    }

    /// A part of numbers of eight bytes, one a row.
    fn numbers<T>(&mut self, part: Part, number: impl Fn([u8; 8]) -> T) -> Result<Vec<T>> {
        let bytes = self.part(part, self.rows * 8)?;
        Ok(bytes.as_chunks::<8>().0.iter().map(|eight| number(*eight)).collect())
    }

    fn part(&mut self, part: Part, len: usize) -> Result<Vec<u8>> {
        if part.len != len as u64 {
            return Err(self.changed());
        }
        let bytes = self.at(part.start, len)?;
        if xxh3_64(&bytes) == part.check { Ok(bytes) } else { Err(self.changed()) }
    }

    /// The day of filing of every row.
    pub(super) fn days(&mut self) -> Result<Vec<i64>> {
        self.numbers(self.days, i64::from_le_bytes)
    }

    /// The hashes of a key, one a row.
    pub(super) fn hashes(&mut self, key: &str) -> Result<Vec<u64>> {
        let part = self.keys.get(key).copied().ok_or_else(|| self.changed())?;
        self.numbers(part, u64::from_le_bytes)
    }

    /// Columns of some rows, in their order. A column that the file does not know is null.
    pub(super) fn take(&mut self, columns: &[(String, Type)], rows: &[u32]) -> Result<Frame> {
        let starts = self.part(self.starts, (self.rows + 1) * 4)?;
        let starts: Vec<u32> = starts.as_chunks::<4>().0.iter().map(|four| u32::from_le_bytes(*four)).collect();
        let mut builders: Vec<Builder> = columns.iter().map(|(_, ty)| Builder::new(*ty, rows.len())).collect();
        // For each column of the file the builder that it fills, if any.
        let fills: Vec<(Type, Option<usize>)> = self
            .columns
            .iter()
            .map(|(name, ty)| (*ty, columns.iter().position(|(wanted, _)| wanted == name)))
            .collect();
        for (done, row) in rows.iter().enumerate() {
            let place = starts.get(*row as usize).zip(starts.get(*row as usize + 1));
            let (start, end) = place.filter(|(start, end)| start < end).ok_or_else(|| self.changed())?;
            let bytes = self.at(self.base + u64::from(*start), (end - start) as usize)?;
            let (check, mut values) = bytes.split_first_chunk::<8>().ok_or_else(|| self.changed())?;
            if xxh3_64(values) != u64::from_le_bytes(*check) {
                return Err(self.changed());
            }
            for (ty, fills) in &fills {
                let builder = fills.and_then(|at| builders.get_mut(at));
                value(&mut values, *ty, builder).ok_or_else(|| self.changed())?;
            }
            builders.iter_mut().filter(|builder| builder.len() <= done).for_each(Builder::push_null);
        }
        let made = builders.into_iter().zip(columns).map(|(builder, (name, _))| builder.finish(name));
        Frame::new(rows.len(), made.collect())
    }
}

/// Takes the next value of a row; nothing where the row ends too early.
fn value(bytes: &mut &[u8], ty: Type, builder: Option<&mut Builder>) -> Option<()> {
    let there = next::<1>(bytes)? != [0];
    match ty {
        _ if !there => builder.into_iter().for_each(Builder::push_null),
        Type::Bool => {
            let [is] = next::<1>(bytes)?;
            builder.into_iter().for_each(|b| b.push_bool(Some(is != 0)));
        }
        Type::Int | Type::Date | Type::Time => {
            let number = i64::from_le_bytes(next::<8>(bytes)?);
            builder.into_iter().for_each(|b| b.push_number(Some(number)));
        }
        Type::Text | Type::Code(_) | Type::List(_) | Type::Texts => {
            let len = u32::from_le_bytes(next::<4>(bytes)?) as usize;
            let (text, rest) = bytes.split_at_checked(len)?;
            let text = std::str::from_utf8(text).ok()?;
            builder
                .into_iter()
                .for_each(|b| if b.is_list() { b.push_list(Some(text)) } else { b.push_text(Some(text)) });
            *bytes = rest;
        }
    }
    Some(())
}

fn next<const N: usize>(bytes: &mut &[u8]) -> Option<[u8; N]> {
    let (first, rest) = bytes.split_first_chunk::<N>()?;
    *bytes = rest;
    Some(*first)
}

/// The head while it is read.
struct Head<'a> {
    file: BufReader<&'a mut File>,
    read: Vec<u8>,
    month: &'a Month,
    path: &'a Path,
}

/// No head is longer.
const LONGEST_HEAD: usize = 1 << 16;

impl Head<'_> {
    fn changed(&self) -> Error {
        broken(self.month, "is not as it was written").at(self.path)
    }

    fn bytes(&mut self, len: usize) -> Result<Vec<u8>> {
        let mut bytes = vec![0; len.min(LONGEST_HEAD)];
        let fits = self.read.len() + len <= LONGEST_HEAD;
        if !fits || self.file.read_exact(&mut bytes).is_err() {
            return Err(self.changed());
        }
        self.read.extend(&bytes);
        Ok(bytes)
    }

    fn length(&mut self) -> Result<usize> {
        let bytes = self.bytes(4)?;
        bytes.first_chunk::<4>().map(|four| u32::from_le_bytes(*four) as usize).ok_or_else(|| self.changed())
    }

    fn number(&mut self) -> Result<u64> {
        let bytes = self.bytes(8)?;
        bytes.first_chunk::<8>().map(|eight| u64::from_le_bytes(*eight)).ok_or_else(|| self.changed())
    }

    fn text(&mut self) -> Result<String> {
        let len = self.length()?;
        String::from_utf8(self.bytes(len)?).map_err(|_| self.changed())
    }

    fn part(&mut self) -> Result<Part> {
        Ok(Part { start: self.number()?, len: self.number()?, check: self.number()? })
    }
}
