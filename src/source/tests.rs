//! Values of a file with types of its own, held to reading their texts: whatever stands in such a file, applications,
//! quarantine and account are the same as when every value goes through its text.

use chrono::NaiveDate;
use polars::prelude::{
    BooleanChunked, DataFrame, Float64Chunked, Int32Chunked, Int64Chunked, IntoColumn, IntoSeries, NewChunkedArray,
    ParquetWriter, Series, StringChunked, TimeUnit, UInt64Chunked,
};

use super::convert::{Block, Cx, convert};
use super::mapping::Mapping;
use super::{Options, Profile, intake, parse_profile};
use crate::diag::{Files, Report};
use crate::seeded::Numbers;
use crate::table::Records;

const PROFILE: &str = r#"
[profile]
name = "coba"
[format]
date = ["yyyy-mm-dd", "dd-mm-yyyy"]
time = ["yyyy-mm-dd hh:mm:ss"]
clock = ["hh:mm:ss"]
yes = ["true", "ya"]
no = ["false", "tidak"]
null = ["-", "TIDAK ADA", "0", "999", "1900-01-01", "2020-02-29", "2020-02-29 00:00:00"]
separators = [";"]
[column]
nomor_permohonan = {}
tanggal_permohonan = {}
waktu_permohonan = {}
kode_kanim = { constant = "MDN" }
jenis_permohonan = { constant = "baru" }
jenis_paspor = {}
nama_lengkap = {}
tempat_lahir = { constant = "MEDAN" }
nik = {}
nomor_kk = {}
tanggal_lahir = {}
jenis_kelamin = {}
tinggi_badan_cm = {}
lama_tinggal_hari = {}
telepon = {}
paspor_lama_nomor = {}
negara_tujuan = {}
dokumen_dilampirkan = {}
jadwal_layanan = {}
tanggal_rencana_berangkat = {}
ijazah_tahun = {}
"#;

const TEXTS: &[&str] = &[
    "",
    "-",
    " ",
    "tidak ada",
    "0",
    "999",
    "SITI AMINAH",
    " SITI  AMINAH ",
    "SITI2",
    "1271000101900001",
    "'1271 0001 0190 0001",
    "127100010190000",
    "3.17E+15",
    "3174012345678901.0",
    "=\"081234567890\"",
    "+62 812 3456 7890",
    "X1234567",
    "x 1234567",
    "MY",
    "malaysia",
    "Kamboja, Laos",
    "ktp;kk",
    "KK;ktp",
    "kk;ktp",
    "ktp;surat nikah",
    "ijazah",
    "true",
    "Tidak",
    "L",
    "P",
    "LAKI-LAKI",
    "2020-02-29",
    "1990-05-17",
    "17-05-1990",
    "2020-02-29 10:00:00",
    "10:30:00",
    "158",
    "12 hari",
    "S\u{410}RI",
    "AN\u{200b}I",
    "A\u{1}B",
    "A\tB",
    "É",
    "1900-01-01",
];

fn profile() -> Profile {
    let (mut files, mut report) = (Files::default(), Report::default());
    let file = files.add("profil.toml", PROFILE);
    let profile = parse_profile(file, &files, &mut report);
    assert!(report.is_empty(), "{report:#?}");
    profile.unwrap()
}

const NEEDED: [&str; 7] =
    ["nomor_permohonan", "tanggal_permohonan", "jenis_paspor", "nama_lengkap", "nik", "tanggal_lahir", "jenis_kelamin"];

/// A column of values of some type, most of them such as an export has.
fn column(name: &str, rows: usize, random: &mut Numbers) -> Series {
    let number = |n: usize| i64::try_from(n).unwrap();
    let kind = random_type(name, random);
    let (good, booklet) = (NEEDED.contains(&name) && random.below(10) > 0, random.below(2));
    let dirty = Numbers(random.below(usize::MAX) as u64);
    let mut some = |of: &mut dyn FnMut(&mut Numbers) -> i64| -> Vec<Option<i64>> {
        (0..rows).map(|_| (random.below(5) > 0).then(|| of(random))).collect()
    };
    let mut whole = |random: &mut Numbers| match random.below(20) {
        0 => [i64::MIN, i64::MAX, -1, 0, 999, 1_271_000_101_900_001, 20_200_229][random.below(7)],
        1..5 => 1_271_000_101_900_000 + number(random.below(99_999)),
        _ => number(random.below(2100)),
    };
    let mut day = |random: &mut Numbers| match random.below(20) {
        0 => [-25_567, 18_321, -62_091, -62_092, 84_005, 84_006, -2_147_483_648, 0][random.below(8)],
        _ => number(random.below(25_000)) - 5_000,
    };
    match kind {
        // A record without these is set aside.
        _ if good => match name {
            "tanggal_permohonan" | "tanggal_lahir" => {
                let base = if name == "tanggal_lahir" { 5_000 } else { 15_000 };
                let days = (0..rows).map(|row| Some(base + i32::try_from(row).unwrap()));
                Int32Chunked::from_iter_options(name.into(), days).into_series().into_date()
            }
            _ => {
                let text = match name {
                    "jenis_paspor" => ["48h", "elektronik_48"][booklet],
                    "jenis_kelamin" => "L",
                    _ => TEXTS[9],
                };
                StringChunked::from_iter_options(name.into(), (0..rows).map(|_| Some(text))).into_series()
            }
        },
        0 => Int64Chunked::from_iter_options(name.into(), some(&mut whole).into_iter()).into_series(),
        1 => {
            let values = some(&mut whole).into_iter().map(|n| n.map(i64::unsigned_abs));
            UInt64Chunked::from_iter_options(name.into(), values).into_series()
        }
        2 => {
            let fractions = some(&mut whole).into_iter().map(|n| n.map(|n| n as f64 / 4.0));
            Float64Chunked::from_iter_options(name.into(), fractions).into_series()
        }
        3 => {
            let days = some(&mut day).into_iter().map(|n| n.and_then(|n| i32::try_from(n).ok()));
            Int32Chunked::from_iter_options(name.into(), days).into_series().into_date()
        }
        4 => {
            let mut moment = |random: &mut Numbers| {
                let clock = [0, 36_000_000, 36_000_001, 86_399_999][random.below(4)];
                day(random).saturating_mul(86_400_000) + clock
            };
            let moments = Int64Chunked::from_iter_options(name.into(), some(&mut moment).into_iter());
            moments.into_series().into_datetime(TimeUnit::Milliseconds, None)
        }
        5 => {
            let values = some(&mut whole).into_iter().map(|n| n.map(|n| n % 2 == 0));
            BooleanChunked::from_iter_options(name.into(), values).into_series()
        }
        // Often as it should be throughout, so that texts are taken over as they are.
        kind => {
            let texts = if kind == 6 { TEXTS } else { &TEXTS[9..10] };
            let longer = "PANJANG ".repeat(10_000);
            let text = |random: &mut Numbers| match random.below(2_000) {
                0 => longer.as_str(),
                _ => texts[random.below(texts.len())],
            };
            let mut random = dirty;
            let values: Vec<Option<&str>> =
                (0..rows).map(|_| (random.below(9) > 0).then(|| text(&mut random))).collect();
            StringChunked::from_iter_options(name.into(), values.into_iter()).into_series()
        }
    }
}

/// The type of a column: mostly one that suits it.
fn random_type(name: &str, random: &mut Numbers) -> usize {
    let usual = match name {
        "tanggal_permohonan" | "tanggal_lahir" | "tanggal_rencana_berangkat" => 3,
        "waktu_permohonan" | "jadwal_layanan" => 4,
        "tinggi_badan_cm" | "lama_tinggal_hari" | "ijazah_tahun" => 0,
        _ => 6,
    };
    match random.below(10) {
        0..5 => usual,
        5 => 7,
        _ => random.below(8),
    }
}

/// Everything that is said of a block, piece by piece.
fn said(block: &Block) -> Vec<String> {
    let columns = block.columns.iter().map(|c| format!("{:?} {:?} {:?}", c.quality, c.rounding, c.samples));
    let quarantine = block.quarantine.iter().map(|q| format!("{q:?}"));
    let frame = &block.frame;
    let values = frame.names().map(|name| format!("{name} {} {}", frame.rows(), frame.select([name]).sha256()));
    let counts = format!("{} {}", block.records, block.mojibake);
    columns.chain(quarantine).chain(values).chain([counts]).collect()
}

#[test]
fn values_by_column_read_as_their_texts() {
    let profile = profile();
    let told = profile.columns.iter().filter(|column| column.constant.is_none());
    let names: Vec<&str> = told.map(|column| column.name.as_str()).collect();
    let as_of = NaiveDate::from_ymd_opt(2025, 11, 10).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let (mut applications, mut set_aside) = (0, 0);
    for seed in 0..40 {
        let mut random = Numbers(seed);
        let rows = [1, 63, 400][random.below(3)];
        let columns = names.iter().map(|name| column(name, rows, &mut random).into_column()).collect();
        let path = folder.path().join(format!("{seed}.parquet"));
        let mut table = DataFrame::new(rows, columns).unwrap();
        ParquetWriter::new(std::fs::File::create(&path).unwrap()).finish(&mut table).unwrap();
        let file = intake::open(&profile, &path, &Options::new(as_of)).unwrap();
        let mapping = Mapping::new(&profile, file.header(), &path).unwrap();
        let mut blocks: Vec<Records> = Vec::new();
        let wanted = mapping.wanted.clone();
        file.stream(&wanted, &mut |chunk| chunk.split().map(|records| blocks.push(records))).unwrap();
        let cx = Cx { mapping: &mapping, as_of, file: 3, samples: 2 };
        for records in &blocks {
            let (one, two) = (convert(&cx, records).unwrap(), convert(&cx, &records.in_texts()).unwrap());
            let (said, expected) = (said(&one), said(&two));
            assert_eq!(said.len(), expected.len(), "seed {seed}");
            said.iter().zip(&expected).for_each(|(one, two)| assert_eq!(one, two, "seed {seed}"));
            applications += one.frame.rows();
            set_aside += one.quarantine.len();
        }
    }
    assert!(applications > 500 && set_aside > 500, "{applications} {set_aside}");
}
