//! Files made for a test, and what every reading of one must keep.
//!
//! Each made application has the words of [`CANARIES`] in it. No message, quarantine entry or remark may ever hold one.

use std::fmt::Debug;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use saring::diag::{Files, Report};
use saring::frame::View;
use saring::source::{self, Intake, Options, Profile, Reason};
use saring::{Error, ErrorKind};

/// Parts of names, numbers and addresses of the made applications.
pub(crate) const CANARIES: &[&str] = &["KENARI", "kenari", "127199", "0899777", "SANGKAR"];

/// The columns of the made files.
pub(crate) const HEADER: &str = "nomor_permohonan,tanggal_permohonan,kode_kanim,jenis_permohonan,jenis_paspor,nama_lengkap,\
nik,tempat_lahir,tanggal_lahir,jenis_kelamin,telepon,alamat";

/// A profile of the columns of [`HEADER`] and a few more, with ISO dates.
pub(crate) const PROFILE: &str = r##"
[profile]
name = "uji"
footer = ["TOTAL"]
[format]
date = ["yyyy-mm-dd"]
time = ["yyyy-mm-dd hh:mm:ss"]
clock = ["hh:mm"]
null = ["-", "NULL", "N/A", "#N/A", "TIDAK ADA"]
yes = ["ya"]
no = ["tidak"]
[column]
nomor_permohonan = { headers = ["NO REG"] }
tanggal_permohonan = {}
waktu_permohonan = {}
kode_kanim = {}
jenis_permohonan = {}
jenis_paspor = {}
nama_lengkap = { headers = ["NAMA"] }
nik = { headers = ["No. KTP"] }
nomor_kk = {}
tempat_lahir = {}
tanggal_lahir = { headers = ["Tgl Lahir"] }
jenis_kelamin = {}
telepon = {}
alamat = {}
tinggi_badan_cm = {}
dokumen_dilampirkan = {}
tanggal_lahir_ayah = {}
layanan_percepatan = {}
status_permohonan = {}
jadwal_layanan = {}
tarif_pnbp = {}
"##;

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub(crate) fn options() -> Options {
    Options::new(day("2025-11-10"))
}

pub(crate) fn profile_of(text: &str) -> Profile {
    let (mut files, mut report) = (Files::default(), Report::default());
    let file = files.add("profil.toml", text);
    let profile = source::parse_profile(file, &files, &mut report);
    assert!(report.is_empty(), "{report:#?}");
    profile.unwrap()
}

pub(crate) fn profile() -> Profile {
    profile_of(PROFILE)
}

/// A folder of a test's own, empty.
pub(crate) fn folder(test: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(test);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

pub(crate) fn file(test: &str, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
    let path = folder(test).join(name);
    std::fs::write(&path, bytes).unwrap();
    path
}

/// The `n`th application of the made files, as cells.
pub(crate) fn cells(n: usize) -> Vec<String> {
    vec![
        format!("12712500{n:08}"),
        "2025-11-03".to_owned(),
        "MDN".to_owned(),
        "baru".to_owned(),
        "biasa_48".to_owned(),
        format!("KENARI {}", letters(n)),
        nik(n),
        "MEDAN".to_owned(),
        "1990-01-02".to_owned(),
        "L".to_owned(),
        format!("0899777{n:05}"),
        format!("JL SANGKAR {n}"),
    ]
}

/// A made NIK; its kecamatan exists nowhere.
pub(crate) fn nik(n: usize) -> String {
    format!("127199020190{:04}", n % 9999 + 1)
}

/// A number in letters, for names.
pub(crate) fn letters(n: usize) -> String {
    let digits = n.to_string();
    digits.bytes().map(|b| char::from(b - b'0' + b'A')).collect()
}

pub(crate) fn row(n: usize) -> String {
    cells(n).join(",")
}

/// A row with one cell replaced.
pub(crate) fn row_with(n: usize, column: &str, cell: &str) -> String {
    let mut cells = cells(n);
    cells[place(column)] = cell.to_owned();
    cells.join(",")
}

pub(crate) fn place(column: &str) -> usize {
    HEADER.split(',').position(|c| c == column).unwrap_or_else(|| panic!("{column}"))
}

/// Heading and rows as a file with LF.
pub(crate) fn csv(rows: &[String]) -> String {
    let mut text = format!("{HEADER}\n");
    for row in rows {
        text.push_str(row);
        text.push('\n');
    }
    text
}

/// Heading and the first `count` rows.
pub(crate) fn good(count: usize) -> String {
    csv(&(1..=count).map(row).collect::<Vec<_>>())
}

/// Reads files as a run would, and checks what holds whatever they hold.
pub(crate) fn read(paths: &[PathBuf], profile: &Profile, options: &Options) -> Result<Intake, Error> {
    let read = source::read(profile, paths, options, &|_| Ok(()));
    match &read {
        Ok(intake) => assert_sound(intake),
        Err(error) => {
            assert_ne!(error.kind(), ErrorKind::Internal, "{error}");
            quiet(&(error.to_string(), error.advice(), error.code()));
        }
    }
    read
}

/// Reads one made file with the usual profile.
pub(crate) fn intake(test: &str, bytes: impl AsRef<[u8]>) -> Result<Intake, Error> {
    read(&[file(test, "ekspor.csv", bytes)], &profile(), &options())
}

/// Every record is in one place, and nothing but the applications says anything of a person.
pub(crate) fn assert_sound(intake: &Intake) {
    let (mut applications, mut quarantined) = (0, 0);
    for (number, account) in intake.files.iter().enumerate() {
        assert_eq!(account.records, account.applications + account.quarantined, "{account:?}");
        assert_eq!(intake.quarantine.iter().filter(|q| q.file == number).count() as u64, account.quarantined);
        applications += account.applications;
        quarantined += account.quarantined;
    }
    assert_eq!(intake.applications.rows() as u64, applications);
    assert_eq!(intake.quarantine.len() as u64, quarantined);
    quiet(&intake.quarantine);
    quiet(&intake.remarks);
    quiet(&intake.quality);
}

/// Nothing of a made application may be seen here.
pub(crate) fn quiet(shown: &impl Debug) {
    let shown = format!("{shown:?}");
    for canary in CANARIES {
        assert!(!shown.contains(canary), "`{canary}` in {shown}");
    }
}

/// Codes of the records set aside, with their lines.
pub(crate) fn set_aside(intake: &Intake) -> Vec<(u64, &'static str)> {
    intake.quarantine.iter().map(|q| (q.line, Reason::code(q.reason))).collect()
}

/// Codes of the remarks.
pub(crate) fn remarks(intake: &Intake) -> Vec<&'static str> {
    intake.remarks.iter().map(|r| r.about.code()).filter(|c| *c != "COLUMN_ABSENT").collect()
}

/// The code of a refusal.
pub(crate) fn refusal(read: Result<Intake, Error>) -> &'static str {
    let error = read.expect_err("the file should be refused");
    assert_eq!(error.kind(), ErrorKind::Input, "{error}");
    assert!(error.advice().is_some(), "{error}: what should the user do?");
    error.code()
}

/// Every value of a column as text.
pub(crate) fn column(intake: &Intake, name: &str) -> Vec<String> {
    let frame = &intake.applications;
    let view = frame.view(name).unwrap();
    let value = |row| match view {
        View::Text(v) => v.get(row).unwrap_or("null").to_owned(),
        View::Number(v) => v.get(row).map_or("null".to_owned(), |n| n.to_string()),
        View::Bool(v) => v.get(row).map_or("null".to_owned(), |b| b.to_string()),
    };
    (0..frame.rows()).map(value).collect()
}

/// All applications as text, without where they came from, sorted by number.
pub(crate) fn applications(intake: &Intake) -> Vec<Vec<String>> {
    let names: Vec<&str> = intake.applications.names().filter(|n| !n.starts_with("asal.")).collect();
    let columns: Vec<Vec<String>> = names.iter().map(|name| column(intake, name)).collect();
    let mut rows: Vec<Vec<String>> =
        (0..intake.applications.rows()).map(|row| columns.iter().map(|c| c[row].clone()).collect()).collect();
    rows.sort();
    rows
}

/// Numbers from a seed; the same ones everywhere.
pub(crate) struct Draw(pub(crate) u64);

impl Draw {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % bound as u64).unwrap()
    }

    pub(crate) fn shuffle<T>(&mut self, items: &mut [T]) {
        for at in (1..items.len()).rev() {
            let other = self.below(at + 1);
            items.swap(at, other);
        }
    }

    /// Damages bytes in one of the ways files get damaged.
    pub(crate) fn mutate(&mut self, bytes: &mut Vec<u8>) {
        if bytes.is_empty() {
            return;
        }
        let at = self.below(bytes.len());
        let odd = *b"\",;\n\r\0\xC9\xFF='+E".get(self.below(12)).unwrap();
        match self.below(7) {
            0 => bytes[at] = odd,
            1 => bytes.insert(at, odd),
            2 => {
                bytes.remove(at);
            }
            3 => bytes.truncate(at),
            4 => {
                let end = (at + self.below(80)).min(bytes.len());
                let piece = bytes[at..end].to_vec();
                let to = self.below(bytes.len());
                bytes.splice(to..to, piece);
            }
            5 => {
                let end = (at + self.below(80)).min(bytes.len());
                bytes.drain(at..end);
            }
            _ => bytes[at] ^= 1 << self.below(8),
        }
    }
}
