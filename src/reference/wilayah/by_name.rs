//! Regions by name, as exports write them.
//!
//! `KAB. DELI SERDANG`, `Kab Deliserdang`, `Deli Serdang` and `DELISERDANG, KAB` are one region. A word in front (or behind)
//! says whether it is a kota or a kabupaten; without one, a name that both have is not guessed. Former names and
//! acronyms in everyday use are known (`TOBA SAMOSIR`, `SUMUT`, `OKU TIMUR`); misspellings are not.

use std::sync::LazyLock;

use super::{Status, TABLE, Tingkat, Wilayah, find, named};
use crate::reference::names::{self, Index, Standing};

/// Short forms of words in names of regions.
const SHORT_WORDS: [(&str, &str); 15] = [
    ("ADM", "ADMINISTRASI"),
    ("BRT", "BARAT"),
    ("GN", "GUNUNG"),
    ("KEP", "KEPULAUAN"),
    ("PDG", "PADANG"),
    ("SEI", "SUNGAI"),
    ("SEL", "SELATAN"),
    ("SUMATRA", "SUMATERA"),
    ("TG", "TANJUNG"),
    ("TGH", "TENGAH"),
    ("TIM", "TIMUR"),
    ("TJ", "TANJUNG"),
    ("TJG", "TANJUNG"),
    ("TLK", "TELUK"),
    ("UTR", "UTARA"),
];

const PROVINSI_WORDS: [&str; 4] = ["PROVINSI", "PROV", "PROPINSI", "PROP"];
const KECAMATAN_WORDS: [&str; 4] = ["KECAMATAN", "KEC", "DISTRIK", "DIST"];
/// Longer ones first: they are also looked for at the start of a name written together.
const KABKOTA_WORDS: [(&str, Kind); 7] = [
    ("KABUPATEN", Kind::Kabupaten),
    ("KAB", Kind::Kabupaten),
    ("KOTAMADYA", Kind::Kota),
    ("KODYA", Kind::Kota),
    ("KOTIP", Kind::Kota),
    ("KOTIF", Kind::Kota),
    ("KOTA", Kind::Kota),
];
const ADMINISTRASI: &str = "ADMINISTRASI";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Kabupaten,
    Kota,
}

/// One way to understand the name of a kabupaten or kota.
struct Reading {
    form: String,
    kind: Option<Kind>,
}

struct Names {
    provinsi: Index,
    kabkota: Index,
    /// Forms begin with the code of the kabupaten or kota.
    kecamatan: Index,
}

static NAMES: LazyLock<Names> = LazyLock::new(|| Names {
    provinsi: index(Tingkat::Provinsi, |_, name| provinsi_form(name)),
    kabkota: index(Tingkat::KabupatenKota, |_, name| kabkota_form(name)),
    kecamatan: index(Tingkat::Kecamatan, |region, name| kecamatan_form(kabkota_of(region.kode), name)),
});

/// The code of a current kabupaten or kota (four digits) from its name.
///
/// A province, by name or two-digit code, decides between namesakes; it does not exclude a region that has no namesake,
/// since old papers name the province of their day (Merauke in Papua). It may also stand in the name itself, after a comma
/// or slash (`KAB. BANJAR / KALIMANTAN SELATAN`). None when unknown or not decided.
#[must_use]
pub fn kabkota_by_name(nama: &str, provinsi: Option<&str>) -> Option<&'static str> {
    let alone = || kabkota_within(nama, provinsi.and_then(provinsi_of));
    let with_province = || {
        let (name, place) = nama.rsplit_once([',', '/'])?;
        kabkota_within(name, Some(provinsi_of(place)?))
    };
    alone().or_else(with_province)
}

/// The code of a province (two digits) from its name, a former name or a short form.
#[must_use]
pub fn provinsi_by_name(nama: &str) -> Option<&'static str> {
    code(NAMES.provinsi.one(&provinsi_form(nama))?)
}

/// The code of a kecamatan (six digits) from its name and the code of its kabupaten or kota. Under a current kabkota current
/// codes go first; under a retired one the codes of its time are answered.
#[must_use]
pub fn kecamatan_by_name(nama: &str, kabkota: &str) -> Option<&'static str> {
    let home = find(kabkota).filter(|region| region.tingkat == Tingkat::KabupatenKota)?;
    let form = kecamatan_form(home.kode, nama);
    let current = NAMES.kecamatan.one_where(&form, |row| region(row).is_some_and(is_current));
    code(current.or_else(|| NAMES.kecamatan.one(&form))?)
}

fn kabkota_within(nama: &str, provinsi: Option<&str>) -> Option<&'static str> {
    readings(&region_words(nama)).into_iter().flatten().find_map(|reading| kabkota(&reading, provinsi))
}

fn kabkota(reading: &Reading, provinsi: Option<&str>) -> Option<&'static str> {
    let fits = |row| {
        let region = region(row)?;
        (is_current(region) && reading.kind.is_none_or(|kind| kind == kind_of(region))).then_some(region)
    };
    let within = |provinsi: &str| {
        NAMES.kabkota.one_where(&reading.form, |row| fits(row).is_some_and(|r| r.kode.starts_with(provinsi)))
    };
    let anywhere = || NAMES.kabkota.one_where(&reading.form, |row| fits(row).is_some());
    code(provinsi.and_then(within).or_else(anywhere)?)
}

/// The ways to understand the name of a kabupaten or kota, the surest first. The whole name goes first: Kabupaten Kotabaru
/// and Kabupaten Lima Puluh Kota have the word in their own names.
fn readings(words: &[String]) -> [Option<Reading>; 4] {
    let whole = words.concat();
    let glued = KABKOTA_WORDS
        .iter()
        .find_map(|(word, kind)| Some(Reading { form: whole.strip_prefix(word)?.to_owned(), kind: Some(*kind) }));
    [Some(Reading { form: whole, kind: None }), word_in_front(words), word_behind(words), glued]
}

/// `KOTA ADMINISTRASI JAKARTA SELATAN` without the words in front.
fn word_in_front(words: &[String]) -> Option<Reading> {
    let (first, rest) = words.split_first()?;
    let kind = kind_word(first);
    let rest = if kind.is_some() { rest } else { words };
    let name: String = rest.iter().map(String::as_str).skip_while(|word| *word == ADMINISTRASI).collect();
    Some(Reading { form: name, kind })
}

/// `DELI SERDANG (KAB)` without the word behind.
fn word_behind(words: &[String]) -> Option<Reading> {
    let (last, rest) = words.split_last()?;
    kind_word(last).map(|kind| Reading { form: rest.concat(), kind: Some(kind) })
}

fn kind_word(word: &str) -> Option<Kind> {
    KABKOTA_WORDS.iter().find(|(known, _)| *known == word).map(|(_, kind)| *kind)
}

fn kind_of(region: &Wilayah) -> Kind {
    if region.nama.starts_with("Kota ") { Kind::Kota } else { Kind::Kabupaten }
}

/// A province by its code or its name.
fn provinsi_of(text: &str) -> Option<&'static str> {
    let by_code = find(text.trim()).filter(|region| region.tingkat == Tingkat::Provinsi);
    by_code.map(|region| region.kode).or_else(|| provinsi_by_name(text))
}

fn provinsi_form(nama: &str) -> String {
    without_first(&region_words(nama), &PROVINSI_WORDS).concat()
}

fn kabkota_form(nama: &str) -> String {
    word_in_front(&region_words(nama)).map(|reading| reading.form).unwrap_or_default()
}

fn kecamatan_form(kabkota: &str, nama: &str) -> String {
    let name = without_first(&region_words(nama), &KECAMATAN_WORDS).concat();
    if name.is_empty() { name } else { format!("{kabkota}{name}") }
}

/// The words of a name without a word of its level in front.
fn without_first<'a>(words: &'a [String], level: &[&str]) -> &'a [String] {
    match words.split_first() {
        Some((first, rest)) if !rest.is_empty() && level.contains(&first.as_str()) => rest,
        _ => words,
    }
}

fn region_words(text: &str) -> Vec<String> {
    let mut words = names::words(text);
    for word in &mut words {
        if let Some((_, long)) = SHORT_WORDS.iter().find(|(short, _)| short == word) {
            *word = (*long).to_owned();
        }
    }
    words
}

fn index(tingkat: Tingkat, form: impl Fn(&Wilayah, &str) -> String) -> Index {
    let mut forms = Vec::new();
    for (row, region, other) in named(tingkat) {
        forms.push((form(region, region.nama), Standing::Official, row));
        forms.extend(other.map(|name| (form(region, name), Standing::Other, row)));
    }
    Index::new(forms)
}

fn region(row: usize) -> Option<&'static Wilayah> {
    TABLE.rows.get(row)
}

fn code(row: usize) -> Option<&'static str> {
    region(row).map(|region| region.kode)
}

fn is_current(region: &Wilayah) -> bool {
    region.status == Status::Aktif
}

/// The code of the kabupaten or kota that the code of a kecamatan begins with.
fn kabkota_of(kecamatan: &str) -> &str {
    kecamatan.get(..4).unwrap_or(kecamatan)
}
