//! A list as it was read, kept beside it: an unchanged list is not read and made ready again every night.
//!
//! The file is named after everything it depends on (bytes of the list and of its control file, mapping, declaration,
//! frequencies of words, version of the program), so it is never stale; it is written under another name and renamed, so
//! two runs at once do no harm; it ends in a hash over all before it. Whatever is wrong with it, the list is read again.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use xxhash_rust::xxh3::xxh3_128;

use super::fault::{Bad, Problem};
use super::read::Account;
use super::{Entry, Field, Kind, ListSpec};
use crate::hex::hex;
use crate::matching::Names;
use crate::private;

const MAGIC: &[u8; 16] = b"saring daftar 1\n";
/// Where a list is kept, and under what key.
#[derive(Debug, Clone)]
pub struct Kept {
    folder: PathBuf,
    name: String,
    key: [u8; 32],
}

impl Kept {
    /// The place in a folder of a list whose bytes have this hash, made ready with these frequencies of words.
    #[must_use]
    pub fn of(spec: &ListSpec, path: &Path, sha256: &str, names: &Names, folder: &Path) -> Self {
        let mut control = path.as_os_str().to_owned();
        control.push(".ctl");
        let control = std::fs::read(PathBuf::from(control)).unwrap_or_default();
        let mut hash = Sha256::new();
        hash.update(concat!(env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION")));
        hash.update(format!("{spec:?}"));
        hash.update(sha256);
        hash.update(&control);
        if spec.kind == Kind::People {
            hash.update(names.fingerprint().to_le_bytes());
        }
        let key: [u8; 32] = hash.finalize().into();
        Self { folder: folder.to_owned(), name: spec.name.clone(), key }
    }

    /// What else is kept under the same key.
    #[must_use]
    pub fn key(&self) -> &[u8; 32] {
        &self.key
    }

    fn path(&self) -> PathBuf {
        let key = hex(self.key.get(..8).unwrap_or_default());
        self.folder.join(format!("{}-{key}.siap", self.name))
    }

    /// The list and its index, where they are kept and whole.
    #[must_use]
    pub fn load(&self, path: &Path) -> Option<(Account, Vec<Entry>, Vec<u8>)> {
        let bytes = std::fs::read(self.path()).ok()?;
        let (body, hash) = bytes.split_at_checked(bytes.len().checked_sub(16)?)?;
        if xxh3_128(body).to_le_bytes() != hash {
            return None;
        }
        let mut input = In(body);
        if input.take(MAGIC.len())? != MAGIC || input.take(32)? != self.key {
            return None;
        }
        let account = input.account(path)?;
        let entries = (0..account.entries).map(|_| input.entry()).collect::<Option<Vec<Entry>>>()?;
        let index = input.bytes()?.to_vec();
        input.0.is_empty().then_some((account, entries, index))
    }

    /// Keeps a list, and drops what was kept of it before. A folder that cannot be written to is no reason to fail: the
    /// list is there.
    pub fn store(&self, account: &Account, entries: &[Entry], index: &[u8]) {
        let mut out = Out(Vec::new());
        out.0.extend_from_slice(MAGIC);
        out.0.extend_from_slice(&self.key);
        out.account(account);
        entries.iter().for_each(|entry| out.entry(entry));
        out.bytes(index);
        let hash = xxh3_128(&out.0);
        out.0.extend_from_slice(&hash.to_le_bytes());
        if self.write(&out.0).is_ok() {
            self.drop_others();
        }
    }

    fn write(&self, bytes: &[u8]) -> std::io::Result<()> {
        private::folder(&self.folder).map_err(|_| std::io::ErrorKind::Other)?;
        let path = self.path();
        // Of two runs at once each writes its own; what they rename is the same.
        let fresh = self.folder.join(format!(".sedang-{}-{}", self.name, std::process::id()));
        let mut file = private::options().create(true).truncate(true).open(&fresh)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        std::fs::rename(&fresh, path)
    }

    fn drop_others(&self) {
        let own = self.path();
        let Ok(entries) = std::fs::read_dir(&self.folder) else { return };
        for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
            let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
            let of_list =
                name.rsplit_once('-').is_some_and(|(list, rest)| list == self.name && rest.ends_with(".siap"));
            if of_list && path != own {
                // Whoever is reading it keeps it open; whoever needs it again makes it again.
                let _ = std::fs::remove_file(path);
            }
        }
    }
}

struct Out(Vec<u8>);

impl Out {
    fn number(&mut self, number: u64) {
        self.0.extend_from_slice(&number.to_le_bytes());
    }

    fn bytes(&mut self, bytes: &[u8]) {
        self.number(bytes.len() as u64);
        self.0.extend_from_slice(bytes);
    }

    fn day(&mut self, day: Option<i32>) {
        self.0.extend_from_slice(&day.unwrap_or(i32::MIN).to_le_bytes());
    }

    fn entry(&mut self, entry: &Entry) {
        self.number(entry.line);
        self.day(entry.from);
        self.day(entry.to);
        self.number(entry.values().count() as u64);
        for (field, value) in entry.values() {
            self.0.push(field.number());
            self.bytes(value.as_bytes());
        }
    }

    fn account(&mut self, account: &Account) {
        self.bytes(account.sha256.as_bytes());
        for number in [account.records, account.entries, account.not_meant, account.repeated] {
            self.number(number);
        }
        let made_on = account.made_on.map(|day| day.to_string()).unwrap_or_default();
        self.bytes(made_on.as_bytes());
        self.number(account.left_out.len() as u64);
        for (field, count) in &account.left_out {
            self.bytes(field.as_bytes());
            self.number(*count);
        }
        self.number(account.set_aside.len() as u64);
        for problem in &account.set_aside {
            self.number(problem.line);
            self.bytes(problem.field.as_bytes());
            self.bytes(problem.code.as_bytes());
        }
    }
}

struct In<'a>(&'a [u8]);

impl<'a> In<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    fn number(&mut self) -> Option<u64> {
        self.take(8)?.try_into().ok().map(u64::from_le_bytes)
    }

    fn bytes(&mut self) -> Option<&'a [u8]> {
        let count = usize::try_from(self.number()?).ok()?;
        self.take(count)
    }

    fn text(&mut self) -> Option<&'a str> {
        std::str::from_utf8(self.bytes()?).ok()
    }

    fn day(&mut self) -> Option<Option<i64>> {
        let day = i32::from_le_bytes(self.take(4)?.try_into().ok()?);
        Some((day != i32::MIN).then_some(i64::from(day)))
    }

    fn entry(&mut self) -> Option<Entry> {
        let line = self.number()?;
        let validity = (self.day()?, self.day()?);
        let count = self.number()?;
        let mut values = Vec::new();
        for _ in 0..count {
            let field = Field::of_number(self.take(1)?.first().copied()?)?;
            values.push((field, self.text()?.to_owned()));
        }
        Some(Entry::new(line, validity, &values))
    }

    fn account(&mut self, path: &Path) -> Option<Account> {
        let field = |name: &str| match name {
            "" => Some(""),
            name => Field::by_name(name).map(Field::name),
        };
        let sha256 = self.text()?.to_owned();
        let (records, entries) = (self.number()?, self.number()?);
        let (not_meant, repeated) = (self.number()?, self.number()?);
        let made_on = match self.text()? {
            "" => None,
            day => Some(day.parse().ok()?),
        };
        let mut left_out = BTreeMap::new();
        for _ in 0..self.number()? {
            left_out.insert(field(self.text()?)?, self.number()?);
        }
        let mut set_aside = Vec::new();
        for _ in 0..self.number()? {
            let line = self.number()?;
            let field = field(self.text()?)?;
            let code = self.text()?;
            let code = Bad::ALL.iter().find(|bad| bad.code() == code)?.code();
            set_aside.push(Problem { line, field, code });
        }
        let path = path.to_owned();
        Some(Account { path, sha256, records, entries, not_meant, set_aside, left_out, repeated, made_on })
    }
}
