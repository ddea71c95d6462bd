//! Lists of institutions: found by number of the licence or by name, without legal form and branch. A name that has a word
//! more is `possible`: it may be an abbreviation, and it may be another company.

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
    names: BTreeMap<String, Listed>,
    /// Entries by the number of their licence.
    licences: BTreeMap<String, Vec<u32>>,
}

/// A name on the list.
#[derive(Debug, Default)]
struct Listed {
    compared: String,
    entries: Vec<u32>,
}

/// The columns of an application that are compared.
pub(super) const READS: [&str; 2] = [penjamin::NAMA_KUNCI, PENJAMIN_ID];

impl Institutions {
    pub(super) fn new(entries: &[Entry]) -> Self {
        let (mut names, mut licences) = (BTreeMap::<String, Listed>::new(), BTreeMap::<String, Vec<u32>>::new());
        let (mut buffer, mut key) = (String::new(), String::new());
        for (at, entry) in entries.iter().enumerate() {
            let number = u32::try_from(at).unwrap_or(u32::MAX);
            for name in entry.names() {
                lembaga::key(name, &mut buffer, &mut key);
                if !key.is_empty() {
                    let listed = names.entry(key.clone()).or_default();
                    listed.entries.push(number);
                    listed.compared = lembaga::compared(&key);
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
        let compared = lembaga::compared(name);
        let mut best: BTreeMap<u32, (Grade, i64, &str)> = BTreeMap::new();
        for (other, listed) in &self.names {
            let Some((grade, alike)) = grade(&compared, &listed.compared) else { continue };
            for entry in &listed.entries {
                let place = best.entry(*entry).or_insert((grade, alike, other));
                if (grade, alike) > (place.0, place.1) {
                    *place = (grade, alike, other);
                }
            }
        }
        let found = best.into_iter().map(|(entry, (grade, alike, other))| Found {
            entry,
            grade,
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

/// How surely two names in their compared form are those of one institution, and how alike they are.
fn grade(a: &str, b: &str) -> Option<(Grade, i64)> {
    if lembaga::is_one_name(a, b) {
        let alike = if a.replace(' ', "") == b.replace(' ', "") { 100 } else { similarity(a, b) };
        return Some((Grade::Strong, alike));
    }
    let alike = similarity(a, b);
    (alike >= ALIKE).then_some((Grade::Possible, alike))
}
