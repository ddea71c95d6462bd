//! `saring recap`: hits by place, month and modus over published results, for education and task forces.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use chrono::{Months, NaiveDate};
use serde::Serialize;

use super::Exit;
use super::clock::parse_date;
use super::output::Out;
use super::prepare::NightArgs;
use crate::columns::{Cx, Reach, builtin, compute, derived, needed};
use crate::frame::Frame;
use crate::history::Store;
use crate::recap::{self, Hit, LEAST, Level, Node, Place};
use crate::reference::wilayah;
use crate::report::{PastNight, past_nights};
use crate::schema::columns::{NIK, NOMOR_PERMOHONAN};
use crate::words::{Lang, Word};
use crate::{Error, Result};

/// Count hits of published results by modus, place and month. Counts under 5 are hidden, and others with them so that no
/// sum gives them back; nobody is named.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// First night (a year before the last one without it).
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    from: Option<NaiveDate>,
    /// Last night (the reference date without it).
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    to: Option<NaiveDate>,
    /// What counts are broken down by, in this order: some of `modus`, `kabupaten`, `kecamatan`, `bulan`.
    #[arg(long, value_name = "LEVELS", value_delimiter = ',', value_parser = parse_level)]
    by: Vec<Level>,
    /// Print CSV: a line a count, sums before their parts.
    #[arg(long)]
    csv: bool,
    #[command(flatten)]
    night: NightArgs,
}

fn parse_level(text: &str) -> std::result::Result<Level, String> {
    Level::of_name(text).ok_or_else(|| "`modus`, `kabupaten`, `kecamatan` or `bulan`".to_owned())
}

pub(super) fn run(args: &Args, out: &mut Out) -> Result<Exit> {
    let levels = if args.by.is_empty() { Level::ALL.to_vec() } else { args.by.clone() };
    if levels.iter().collect::<BTreeSet<_>>().len() < levels.len() {
        return Err(Error::usage("a level stands twice in `--by`"));
    }
    let Some(known) = args.night.known(out)? else { return Ok(Exit::Usage) };
    let to = args.to.unwrap_or(known.as_of);
    let from = args.from.or(to.checked_sub_months(Months::new(12))).unwrap_or(to);
    if from > to {
        return Err(Error::usage("the first night lies after the last one"));
    }
    let root = known.office.history.as_deref().ok_or_else(|| {
        Error::usage("a recap needs history, which knows where applicants live")
            .help("add `[history]` with `path = \"riwayat\"` to `saring.toml`")
    })?;
    let nights = past_nights(&known.office.output, from, to)?;
    let hits = hits(&nights, &people(&nights, &Store::open(root)?)?);
    let lang = known.lang;
    let titles = known.set.families.iter().map(|(family, (id, en))| match lang {
        Lang::Id => (*family, id.clone()),
        Lang::En => (*family, en.clone()),
    });
    let told = Told {
        from,
        to,
        nights: nights.len(),
        top: recap::recap(hits, &levels),
        levels,
        titles: titles.collect(),
        lang,
    };
    if out.is_json() {
        out.json(&told.json());
    } else if args.csv {
        out.print(&told.csv()?);
    } else {
        out.print(&told.text());
    }
    Ok(Exit::Done)
}

/// The families that say something of an applicant's journey: what mends data and what speaks for somebody is no modus.
fn is_modus(family: char) -> bool {
    !matches!(family, 'Q' | 'M')
}

fn hits(nights: &[PastNight], people: &BTreeMap<String, (String, Place)>) -> Vec<Hit> {
    let mut hits = Vec::new();
    for night in nights {
        for finding in night.findings.iter().filter(|finding| finding.points > 0) {
            let Some(modus) = finding.rule.chars().next().filter(|family| is_modus(*family)) else { continue };
            let number = &finding.nomor_permohonan;
            let (person, place) = people.get(number).cloned().unwrap_or_else(|| (number.clone(), Place::default()));
            hits.push(Hit { on: night.as_of, person, modus, place });
        }
    }
    hits
}

/// Who filed each application and where that person lives: by the code of the identity card or the address, else by the
/// region of first registration in the NIK.
fn people(nights: &[PastNight], store: &Store) -> Result<BTreeMap<String, (String, Place)>> {
    use derived::{alamat, nik};
    let numbers: BTreeSet<&str> =
        nights.iter().flat_map(|night| &night.findings).map(|finding| finding.nomor_permohonan.as_str()).collect();
    let sources = builtin();
    let wanted = [alamat::KODE_KABKOTA, alamat::KODE_KECAMATAN, nik::KECAMATAN, NIK, NOMOR_PERMOHONAN];
    let needed = needed(&sources, wanted);
    let columns: Vec<&str> = needed.iter().map(String::as_str).collect();
    let mut frame: Frame = store.find(&numbers, &columns)?;
    // Where somebody lives does not depend on the reference date.
    compute(&sources, Reach::Row, &Cx::new(NaiveDate::default()), &mut frame, &needed)?;
    let texts = wanted.map(|column| frame.text(column));
    let [kabkota, kecamatan, registered, nik, number] = texts;
    let (kabkota, kecamatan, registered, nik, number) = (kabkota?, kecamatan?, registered?, nik?, number?);
    let mut people = BTreeMap::new();
    for row in 0..frame.rows() {
        let Some(number) = number.get(row) else { continue };
        let of_nik = || registered.get(row).and_then(today);
        let district = kecamatan.get(row).map(str::to_owned);
        let home =
            kabkota.get(row).map(str::to_owned).or(district.as_ref().and_then(|d| d.get(..4)).map(str::to_owned));
        let place = match home {
            Some(home) => Place { kabupaten: Some(home), kecamatan: district },
            None => Place {
                kabupaten: of_nik().and_then(|code| code.get(..4)).map(str::to_owned),
                kecamatan: of_nik().map(str::to_owned),
            },
        };
        people.insert(number.to_owned(), (nik.get(row).unwrap_or(number).to_owned(), place));
    }
    Ok(people)
}

/// The district of today that a code stands for.
fn today(code: &str) -> Option<&'static str> {
    let region = wilayah::find(code).filter(|region| region.tingkat == wilayah::Tingkat::Kecamatan)?;
    match region.status {
        wilayah::Status::Aktif => Some(region.kode),
        wilayah::Status::Pensiun => region.penerus,
    }
}

/// A recap as it is told.
struct Told {
    from: NaiveDate,
    to: NaiveDate,
    nights: usize,
    levels: Vec<Level>,
    top: Node,
    titles: BTreeMap<char, String>,
    lang: Lang,
}

/// A count in text: hidden ones as a star.
fn shown(count: Option<usize>) -> String {
    count.map_or_else(|| "*".to_owned(), |count| count.to_string())
}

impl Told {
    fn label(&self, depth: usize, code: &str) -> String {
        let level = self.levels.get(depth.saturating_sub(1)).copied();
        level.map_or_else(String::new, |level| recap::label(level, code, &self.titles, self.lang))
    }

    fn text(&self) -> String {
        let word = |word| self.lang.word(word);
        let span = word(Word::RecapSpan)
            .replace("{nights}", &self.nights.to_string())
            .replace("{from}", &self.lang.date(self.from))
            .replace("{to}", &self.lang.date(self.to));
        let levels = self.levels.iter().map(|level| level.name()).collect::<Vec<_>>().join(" > ");
        let mut text = format!("{span}\n{levels}\n\n");
        for row in recap::rows(&self.top) {
            let depth = row.codes.len();
            let label = match row.codes.last() {
                None => word(Word::RecapAll).to_owned(),
                Some(code) => self.label(depth, code),
            };
            // Writing into a string cannot fail.
            let _ = writeln!(text, "{:>7}  {}{label}", shown(row.count), "  ".repeat(depth));
        }
        let _ = writeln!(text, "\n{}", word(Word::RecapNote).replace("{least}", &LEAST.to_string()));
        text
    }

    /// A column for the code and the label of each level, empty in sums, and the count.
    fn csv(&self) -> Result<String> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        let failed = |_| Error::internal("CSV could not be made");
        let heads = self.levels.iter().flat_map(|level| [format!("kode_{}", level.name()), level.name().to_owned()]);
        writer.write_record(heads.chain(["jumlah".to_owned()])).map_err(failed)?;
        for row in recap::rows(&self.top) {
            let cell = |depth: usize| match row.codes.get(depth) {
                Some(code) => [code.clone(), self.label(depth + 1, code)],
                None => [String::new(), String::new()],
            };
            let cells = (0..self.levels.len()).flat_map(cell).chain([shown(row.count)]);
            writer.write_record(cells).map_err(failed)?;
        }
        let bytes = writer.into_inner().map_err(|_| Error::internal("CSV could not be made"))?;
        String::from_utf8(bytes).map_err(|_| Error::internal("CSV could not be made"))
    }

    fn json(&self) -> Json {
        Json {
            schema_version: 1,
            from: self.from.to_string(),
            to: self.to.to_string(),
            nights: self.nights,
            least: LEAST,
            by: self.levels.iter().map(|level| level.name()).collect(),
            all: self.node(&self.top, 0),
        }
    }

    fn node(&self, node: &Node, depth: usize) -> JsonNode {
        JsonNode {
            code: node.code.clone(),
            label: if depth == 0 { self.lang.word(Word::RecapAll).to_owned() } else { self.label(depth, &node.code) },
            count: node.count,
            below: node.below.iter().map(|below| self.node(below, depth + 1)).collect(),
        }
    }
}

#[derive(Serialize)]
struct Json {
    schema_version: u32,
    from: String,
    to: String,
    nights: usize,
    /// The smallest count that is shown; hidden ones are null.
    least: usize,
    by: Vec<&'static str>,
    all: JsonNode,
}

#[derive(Serialize)]
struct JsonNode {
    code: String,
    label: String,
    count: Option<usize>,
    below: Vec<JsonNode>,
}
