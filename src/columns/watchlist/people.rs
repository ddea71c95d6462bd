//! Lists of people: found by the matcher, told in its words.

use std::sync::Mutex;

use super::grade::{Facts, Found, Grade, Saying, quoted};
use crate::Result;
use crate::calendar;
use crate::frame::{Frame, View};
use crate::identity::Kelamin;
use crate::lists::{Born, Entry, Field, ListSpec, Role};
use crate::matching::{self, BUKTI_COCOK, Birth, Builder, Comparison, Index, Level, Names, Person, Settings};
use crate::schema::columns::{
    JENIS_KELAMIN, KUASA_NAMA, KUASA_NIK, NAMA_AYAH, NAMA_DI_PASPOR, NAMA_IBU, NAMA_LAIN, NAMA_LENGKAP, NIK,
    PASPOR_LAMA_NOMOR, PENDAMPING_NAMA, PENDAMPING_NIK, PENDAMPING_TELEPON, PENJAMIN_ID, PENJAMIN_NAMA,
    PENJAMIN_TELEPON, TANGGAL_LAHIR, TANGGAL_LAHIR_AYAH, TANGGAL_LAHIR_IBU, TELEPON, TEMPAT_LAHIR,
};

/// The people of a list.
#[derive(Debug)]
pub(super) struct People {
    index: Index,
    /// Of each person of the index the entry: one of which two birth dates are known is two people to the matcher.
    owner: Vec<u32>,
    settings: Settings,
    search: Mutex<Search>,
}

/// What finding people took.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Search {
    /// People looked for.
    pub people: u64,
    /// Names of entries looked at first.
    pub looked_at: u64,
    /// Of these, those whose words could not be worth enough.
    pub pruned_by_words: u64,
    /// Of the rest, those for which nothing else spoke enough.
    pub pruned_by_evidence: u64,
    /// Entries compared whole.
    pub compared: u64,
    /// Entries that reached a level.
    pub hits: u64,
}

/// Where a role stands in an application, field by field of a person.
struct Places {
    names: &'static [&'static str],
    born: Option<&'static str>,
    place: Option<&'static str>,
    sex: Option<&'static str>,
    nik: Option<&'static str>,
    passport: Option<&'static str>,
    phone: Option<&'static str>,
    mother: Option<&'static str>,
    father: Option<&'static str>,
}

const NOTHING: Places = Places {
    names: &[],
    born: None,
    place: None,
    sex: None,
    nik: None,
    passport: None,
    phone: None,
    mother: None,
    father: None,
};

const fn places(role: Role) -> Places {
    match role {
        Role::Pemohon => Places {
            names: &[NAMA_LENGKAP, NAMA_DI_PASPOR, NAMA_LAIN],
            born: Some(TANGGAL_LAHIR),
            place: Some(TEMPAT_LAHIR),
            sex: Some(JENIS_KELAMIN),
            nik: Some(NIK),
            passport: Some(PASPOR_LAMA_NOMOR),
            phone: Some(TELEPON),
            mother: Some(NAMA_IBU),
            father: Some(NAMA_AYAH),
        },
        Role::Penjamin => {
            Places { names: &[PENJAMIN_NAMA], nik: Some(PENJAMIN_ID), phone: Some(PENJAMIN_TELEPON), ..NOTHING }
        }
        Role::Pendamping => {
            Places { names: &[PENDAMPING_NAMA], nik: Some(PENDAMPING_NIK), phone: Some(PENDAMPING_TELEPON), ..NOTHING }
        }
        Role::Kuasa => Places { names: &[KUASA_NAMA], nik: Some(KUASA_NIK), ..NOTHING },
        Role::Ayah => Places { names: &[NAMA_AYAH], born: Some(TANGGAL_LAHIR_AYAH), ..NOTHING },
        Role::Ibu => Places { names: &[NAMA_IBU], born: Some(TANGGAL_LAHIR_IBU), ..NOTHING },
    }
}

/// The columns of an application that say who somebody is.
pub(super) fn reads(role: Role) -> Vec<&'static str> {
    let of = places(role);
    let others = [of.born, of.place, of.sex, of.nik, of.passport, of.phone, of.mother, of.father];
    of.names.iter().copied().chain(others.into_iter().flatten()).collect()
}

/// Points and levels for a list: the matcher's, with the levels that the list sets for itself.
#[must_use]
pub fn settings(spec: &ListSpec) -> Settings {
    let mut settings = Settings::shipped();
    let own = |bits: Option<i64>, usual: i32| {
        bits.and_then(|bits| i32::try_from(bits.saturating_mul(1_000)).ok()).unwrap_or(usual)
    };
    let level = &mut settings.level;
    level.possible = own(spec.levels.possible, level.possible);
    level.strong = own(spec.levels.strong, level.strong);
    level.exact = own(spec.levels.exact, level.exact);
    settings
}

/// Entries whose people are in memory at once.
const BLOCK: usize = 16_384;
/// The most names of one role that are told to be possible; a name everybody has would otherwise fill the page.
const MOST_HITS: usize = 8;

impl People {
    /// `table` are the frequencies of the run; those of a long list are joined to them.
    pub(super) fn new(spec: &ListSpec, entries: &[Entry], table: &Names, kept: Option<(&[u8], &[u8; 32])>) -> Self {
        let settings = settings(spec);
        let mut owner = Vec::with_capacity(entries.len());
        for (at, entry) in entries.iter().enumerate() {
            owner.extend(std::iter::repeat_n(u32::try_from(at).unwrap_or(u32::MAX), variants(entry)));
        }
        let kept = kept.and_then(|(bytes, key)| Index::from_bytes(bytes, key, table, &settings).ok());
        let index = kept.filter(|index| index.len() == owner.len()).unwrap_or_else(|| {
            let mut builder = Builder::default();
            for block in entries.chunks(BLOCK) {
                let people: Vec<Person> = block.iter().flat_map(of_entry).collect();
                builder.extend(&people);
            }
            let names = builder.names(table);
            builder.finish(&names, &settings)
        });
        Self { index, owner, settings, search: Mutex::default() }
    }

    /// The index as bytes to be kept.
    pub(super) fn index_bytes(&self, key: &[u8; 32], table: &Names) -> Vec<u8> {
        self.index.to_bytes(key, table)
    }

    /// What finding people took so far.
    pub(super) fn search(&self) -> Search {
        self.search.lock().map_or_else(|poisoned| *poisoned.into_inner(), |search| *search)
    }

    /// For every row the entries found, those of the name alone left out but for the first; nothing where the application
    /// says neither a name nor a number.
    pub(super) fn find(&self, role: Role, frame: &Frame, entries: &[Entry]) -> Result<Vec<Option<Vec<Found>>>> {
        let rows: Vec<Option<Person>> = of_frame(role, frame)?;
        let asked: Vec<Person> = rows.iter().flatten().cloned().collect();
        let (hits, stats) = self.index.search_counted(&asked, Level::NameOnly);
        self.count(asked.len() as u64, &stats);
        let mut hits = hits.into_iter();
        let mut all = Vec::with_capacity(rows.len());
        for person in rows {
            let found = person.and_then(|person| Some(self.found(&person, &hits.next()?, entries)));
            all.push(found);
        }
        Ok(all)
    }

    /// Sums over blocks are the same in any order.
    fn count(&self, people: u64, stats: &matching::Stats) {
        if let Ok(mut search) = self.search.lock() {
            search.people += people;
            search.looked_at += stats.looked_at;
            search.pruned_by_words += stats.pruned_by_words;
            search.pruned_by_evidence += stats.pruned_by_evidence;
            search.compared += stats.compared;
            search.hits += stats.hits;
        }
    }

    /// A person of the index.
    fn person(&self, number: u32, entries: &[Entry]) -> Option<Person> {
        let entry = *self.owner.get(number as usize)?;
        let first = self.owner.partition_point(|owner| *owner < entry);
        of_entry(entries.get(entry as usize)?).into_iter().nth((number as usize).checked_sub(first)?)
    }

    fn found(&self, person: &Person, hits: &[matching::Hit], entries: &[Entry]) -> Vec<Found> {
        let mut found: Vec<Found> = Vec::new();
        for hit in hits {
            let Some(entry) = self.owner.get(hit.entry as usize) else { continue };
            let grade = match hit.level {
                Level::NameOnly => Grade::NameOnly,
                Level::Possible => Grade::Possible,
                Level::Strong => Grade::Strong,
                Level::Exact => Grade::Exact,
            };
            let enough = match grade {
                Grade::NameOnly => found.iter().any(|f| f.grade == Grade::NameOnly),
                _ => found.len() >= MOST_HITS,
            };
            if enough || found.iter().any(|f| f.entry == *entry) {
                continue;
            }
            let Some(other) = self.person(hit.entry, entries) else { continue };
            let comparison = matching::compare(person, &other, self.index.names(), &self.settings);
            found.push(Found {
                entry: *entry,
                grade,
                points: i64::from(hit.points.div_euclid(1_000)),
                facts: facts(&comparison),
                says: says(&comparison, person, &other),
            });
        }
        found
    }
}

fn facts(comparison: &Comparison) -> Facts {
    use matching::Kind as K;
    let has = |kinds: &[K]| comparison.evidence.iter().any(|line| kinds.contains(&line.kind));
    let number = match () {
        () if has(&[K::NikEqual, K::Passport]) => "same",
        () if has(&[K::NikNear]) => "near",
        () if has(&[K::NikDiffers]) => "differs",
        () => "unknown",
    };
    let born = match () {
        () if has(&[K::BirthEqual]) => "same",
        () if has(&[K::BirthFillIn]) => "fill_in",
        () if has(&[K::BirthSwapped]) => "swapped",
        () if has(&[K::BirthDay, K::BirthMonth, K::BirthYear]) => "near",
        () if has(&[K::BirthMonthKnown, K::BirthYearKnown]) => "partial",
        () if has(&[K::BirthConflict]) => "differs",
        () => "unknown",
    };
    Facts { number, name: i64::from(comparison.name.alike), born }
}

/// What agrees and what does not, with the values of the entry.
fn says(comparison: &Comparison, person: &Person, other: &Person) -> Vec<Saying> {
    let name = &comparison.name;
    let left = person.names.get(name.left).map(String::as_str).unwrap_or_default();
    let right = other.names.get(name.right).map(String::as_str).unwrap_or_default();
    let (left, right, alike) = (quoted(left), quoted(right), name.alike);
    let mut says = vec![Saying {
        id: format!("nama {left}, pada daftar {right} ({alike}%)"),
        en: format!("name {left}, on the list {right} ({alike}%)"),
    }];
    for line in &comparison.evidence {
        let Some(entry) = BUKTI_COCOK.get(line.kind.code()) else { continue };
        let value = match value_of(line.kind, other) {
            Some(value) => format!(" {}", quoted(&value)),
            None => String::new(),
        };
        says.push(Saying { id: format!("{}{value}", entry.label_id), en: format!("{}{value}", entry.label_en) });
    }
    says
}

/// What the entry says of a kind of evidence.
fn value_of(kind: matching::Kind, other: &Person) -> Option<String> {
    use matching::Kind as K;
    match kind {
        K::NikEqual | K::NikNear | K::NikDiffers => other.nik.clone(),
        K::Passport => other.passports.first().cloned(),
        K::Phone => other.phones.first().cloned(),
        K::BirthEqual
        | K::BirthFillIn
        | K::BirthSwapped
        | K::BirthDay
        | K::BirthMonth
        | K::BirthYear
        | K::BirthMonthKnown
        | K::BirthYearKnown
        | K::BirthConflict => match other.born? {
            Birth::Day(day) => Some(day.to_string()),
            Birth::Month { year, month } => Some(format!("{year:04}-{month:02}")),
            Birth::Year(year) => Some(year.to_string()),
            Birth::Years(from, to) => Some(format!("{from}..{to}")),
        },
        K::PlaceEqual | K::PlaceNear | K::PlaceDiffers => other.birth_place.clone(),
        K::Mother => other.mother.clone(),
        K::Father => other.father.clone(),
        K::SexDiffers => None,
    }
}

/// How many people an entry may be.
fn variants(entry: &Entry) -> usize {
    let several = [entry.born().count(), entry.column(NIK).count(), entry.column(TEMPAT_LAHIR).count()];
    several.into_iter().max().unwrap_or(0).max(1)
}

/// The people an entry may be: one for each birth date, number and place where it has several.
pub fn of_entry(entry: &Entry) -> Vec<Person> {
    let born: Vec<Birth> = entry.born().map(birth).collect();
    let niks: Vec<&str> = entry.column(NIK).collect();
    let places: Vec<&str> = entry.column(TEMPAT_LAHIR).collect();
    let text = |name: &str| entry.column(name).next().map(str::to_owned);
    let base = Person {
        names: entry.names().map(str::to_owned).collect(),
        sex: entry.column(JENIS_KELAMIN).next().and_then(Kelamin::of_code),
        passports: entry.all(Field::PASPOR).map(str::to_owned).collect(),
        phones: entry.column(TELEPON).map(str::to_owned).collect(),
        mother: text(NAMA_IBU),
        father: text(NAMA_AYAH),
        ..Person::default()
    };
    let of = |at: usize| Person {
        born: born.get(at).or(born.last()).copied(),
        nik: niks.get(at).or(niks.last()).map(|n| (*n).to_owned()),
        birth_place: places.get(at).or(places.last()).map(|p| (*p).to_owned()),
        ..base.clone()
    };
    (0..variants(entry)).map(of).collect()
}

fn birth(born: Born) -> Birth {
    match born {
        Born::Day(day) => Birth::Day(day),
        Born::Month(year, month) => Birth::Month { year, month },
        Born::Years(from, to) if from == to => Birth::Year(from),
        Born::Years(from, to) => Birth::Years(from, to),
    }
}

/// The person of a role in every row; nothing where neither name nor number is said.
fn of_frame(role: Role, frame: &Frame) -> Result<Vec<Option<Person>>> {
    let of = places(role);
    let names: Vec<_> = of.names.iter().map(|c| frame.text(c)).collect::<Result<_>>()?;
    let view = |column: Option<&'static str>| column.map(|c| frame.view(c)).transpose();
    let (born, place, sex, nik) = (view(of.born)?, view(of.place)?, view(of.sex)?, view(of.nik)?);
    let (passport, phone, mother, father) = (view(of.passport)?, view(of.phone)?, view(of.mother)?, view(of.father)?);
    let row = |row: usize| {
        let text = |view: &Option<View<'_>>| match view {
            Some(View::Text(view)) => view.get(row).map(str::to_owned),
            _ => None,
        };
        let names = names.iter().filter_map(|view| view.get(row)).flat_map(|text| text.split(';'));
        let mut kept: Vec<String> = Vec::new();
        for name in names.map(str::trim).filter(|name| !name.is_empty()) {
            if !kept.iter().any(|other| other == name) {
                kept.push(name.to_owned());
            }
        }
        let day = match &born {
            Some(View::Number(view)) => view.get(row).and_then(calendar::date),
            _ => None,
        };
        let person = Person {
            names: kept,
            born: day.map(Birth::Day),
            birth_place: text(&place),
            sex: text(&sex).and_then(|code| Kelamin::of_code(&code)),
            nik: text(&nik),
            passports: text(&passport).into_iter().collect(),
            phones: text(&phone).into_iter().collect(),
            mother: text(&mother),
            father: text(&father),
        };
        (!person.names.is_empty() || person.nik.is_some()).then_some(person)
    };
    Ok((0..frame.rows()).map(row).collect())
}
