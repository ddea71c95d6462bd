//! Lists of institutions: found by number of the licence or by name, without legal form.

use std::collections::{BTreeMap, HashMap};

use super::grade::{Facts, Found, Grade, Saying, quoted};
use crate::Result;
use crate::columns::derived::penjamin;
use crate::frame::Frame;
use crate::identity::nomor;
use crate::lists::{Entry, Field};
use crate::schema::columns::PENJAMIN_ID;
use crate::text::{lembaga, similarity};

/// Names at least this alike may be one institution (domain rule S02).
const ALIKE: i64 = 90;

/// The institutions of a list.
#[derive(Debug)]
pub(super) struct Institutions {
    /// Entries by the comparable form of their names.
    names: BTreeMap<String, Vec<u32>>,
    /// Entries by the number of their licence.
    licences: BTreeMap<String, Vec<u32>>,
}

/// The columns of an application that are compared.
pub(super) const READS: [&str; 2] = [penjamin::NAMA_KUNCI, PENJAMIN_ID];

impl Institutions {
    pub(super) fn new(entries: &[Entry]) -> Self {
        let (mut names, mut licences) = (BTreeMap::<String, Vec<u32>>::new(), BTreeMap::<String, Vec<u32>>::new());
        let (mut buffer, mut key) = (String::new(), String::new());
        for (at, entry) in entries.iter().enumerate() {
            let number = u32::try_from(at).unwrap_or(u32::MAX);
            for name in entry.names() {
                lembaga::key(name, &mut buffer, &mut key);
                if !key.is_empty() {
                    names.entry(key.clone()).or_default().push(number);
                }
            }
            for licence in entry.all(Field::NOMOR_IZIN) {
                if nomor::key(licence, &mut key) {
                    licences.entry(key.clone()).or_default().push(number);
                }
            }
        }
        Self { names, licences }
    }

    /// For every row the entries found; nothing where the application names no sponsor.
    pub(super) fn find(&self, frame: &Frame) -> Result<Vec<Option<Vec<Found>>>> {
        let (names, numbers) = (frame.text(penjamin::NAMA_KUNCI)?, frame.text(PENJAMIN_ID)?);
        // Sponsors repeat, and comparing a name with every institution takes long.
        let mut known: HashMap<&str, Vec<Found>> = HashMap::new();
        let mut key = String::new();
        let mut all = Vec::with_capacity(frame.rows());
        for row in 0..frame.rows() {
            let name = names.get(row);
            let number = numbers.get(row).filter(|text| nomor::key(text, &mut key));
            if name.is_none() && number.is_none() {
                all.push(None);
                continue;
            }
            let mut found: Vec<Found> = match name {
                Some(name) => known.entry(name).or_insert_with(|| self.by_name(name)).clone(),
                None => Vec::new(),
            };
            for entry in number.and_then(|_| self.licences.get(key.as_str())).into_iter().flatten() {
                let says = Saying {
                    id: format!("nomor izin {} sama", quoted(&key)),
                    en: format!("the licence number {} agrees", quoted(&key)),
                };
                match found.iter_mut().find(|f| f.entry == *entry) {
                    Some(other) => {
                        other.grade = Grade::Exact;
                        other.says.insert(0, says);
                    }
                    None => found.push(Found {
                        entry: *entry,
                        grade: Grade::Exact,
                        points: 0,
                        facts: Facts::NONE,
                        says: vec![says],
                    }),
                }
            }
            all.push(Some(found));
        }
        Ok(all)
    }

    fn by_name(&self, name: &str) -> Vec<Found> {
        let mut best: BTreeMap<u32, (i64, &str)> = BTreeMap::new();
        for (other, entries) in &self.names {
            let alike = if other == name { 100 } else { similarity(name, other) };
            for entry in entries.iter().filter(|_| alike >= ALIKE) {
                let place = best.entry(*entry).or_insert((alike, other));
                if alike > place.0 {
                    *place = (alike, other);
                }
            }
        }
        let found = best.into_iter().map(|(entry, (alike, other))| Found {
            entry,
            grade: if alike == 100 { Grade::Strong } else { Grade::Possible },
            points: 0,
            facts: Facts { name: alike, ..Facts::NONE },
            says: vec![Saying {
                id: format!("nama {} pada daftar {} ({alike}%)", quoted(name), quoted(other)),
                en: format!("name {}, on the list {} ({alike}%)", quoted(name), quoted(other)),
            }],
        });
        found.collect()
    }
}
