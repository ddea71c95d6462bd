//! From typed values to the cells of an export: headers, words and formats, and the clerk who types them.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write;
use std::sync::LazyLock;

use chrono::NaiveDate;

use super::application::{Application, Booklet, Helper, Letter, Sponsor};
use super::typist::Typist;
use crate::reference::countries;
use crate::schema::{CodeTable, columns as c, tables};
use crate::{Error, Result};

/// The rows of a CSV file under construction.
pub(super) type CsvRows<W> = csv::Writer<W>;

/// Writing into a CSV file failed; the library's text is not passed on.
pub(super) fn csv_failed(error: csv::Error) -> Error {
    match error.into_kind() {
        csv::ErrorKind::Io(io) => Error::storage(std::path::Path::new("csv"), &io),
        _ => Error::internal("a row could not be written as CSV"),
    }
}

/// A column of the export.
#[derive(Debug)]
pub(super) struct Cell {
    /// The header, as the `simkim` profile knows it.
    pub(super) header: &'static str,
    /// The canonical column behind it.
    pub(super) column: &'static str,
    /// How the clerk may treat it.
    pub(super) kind: CellKind,
    /// Appends the value; appending nothing leaves the cell empty.
    write: fn(&Application, &mut String),
}

/// How a clerk treats a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CellKind {
    /// Made by the system: never mistyped, never missing.
    System,
    /// Chosen from a list: may be left out.
    Choice,
    /// A name.
    Name,
    /// Other free text.
    Text,
    /// A phone number.
    Phone,
    /// A number or date, copied from a paper: may be left out.
    Copied,
    /// A length of stay.
    Duration,
}

macro_rules! cells {
    ($($header:literal = $column:ident $kind:ident |$app:ident, $out:ident| $body:expr;)+) => {
        /// The columns of an export, in their order.
        pub(super) const CELLS: &[Cell] = &[$(Cell {
            header: $header,
            column: c::$column,
            kind: CellKind::$kind,
            write: |$app, $out| $body,
        },)+];
    };
}

cells! {
    "NO PERMOHONAN" = NOMOR_PERMOHONAN System |a, out| put(out, format_args!("{:016}", a.number));
    "TGL PERMOHONAN" = TANGGAL_PERMOHONAN System |a, out| date(out, Some(a.date));
    "JAM" = WAKTU_PERMOHONAN System |a, out| put(out, format_args!("{:02}:{:02}", a.minute / 60, a.minute % 60));
    "KANIM" = KODE_KANIM System |a, out| out.push_str(a.office);
    "UNIT" = UNIT_LAYANAN System |a, out| code(out, tables::UNIT_LAYANAN, a.counter);
    "JADWAL" = JADWAL_LAYANAN System |a, out| if let Some((day, minute)) = a.slot {
        put(out, format_args!("{} {:02}:{:02}", day.format(DATE), minute / 60, minute % 60));
    };
    "JENIS PERMOHONAN" = JENIS_PERMOHONAN System |a, out| code(out, tables::JENIS_PERMOHONAN, a.request.code());
    "JENIS PASPOR" = JENIS_PASPOR System |a, out| code(out, tables::JENIS_PASPOR, a.booklet);
    "MASA BERLAKU" = MASA_BERLAKU_TAHUN System |a, out| put(out, format_args!("{}", a.validity));
    "PERCEPATAN" = LAYANAN_PERCEPATAN System |a, out| out.push_str(if a.express { "YA" } else { "TIDAK" });
    "STATUS" = STATUS_PERMOHONAN System |a, out| code(out, tables::STATUS_PERMOHONAN, a.status);
    "TARIF" = TARIF_PNBP System |a, out| put(out, format_args!("{}", a.fee));
    "KODE BILLING" = KODE_BILLING System |a, out| text(out, a.billing.as_deref());
    "NAMA" = NAMA_LENGKAP Name |a, out| out.push_str(&a.name);
    "ALIAS" = NAMA_LAIN Name |a, out| text(out, a.alias.as_deref());
    "NAMA DI PASPOR" = NAMA_DI_PASPOR System |a, out| passport_name(out, &a.name);
    "NIK" = NIK System |a, out| out.push_str(&a.nik);
    "NO KK" = NOMOR_KK Copied |a, out| text(out, a.kk.as_deref());
    "TMP LAHIR" = TEMPAT_LAHIR Text |a, out| out.push_str(&a.birth_place);
    "TGL LAHIR" = TANGGAL_LAHIR System |a, out| date(out, Some(a.birth));
    "L/P" = JENIS_KELAMIN System |a, out| text(out, a.sex.map(super::person::Sex::code));
    "STATUS KAWIN" = STATUS_SIPIL Choice |a, out| code(out, tables::STATUS_SIPIL, a.marital);
    "PEKERJAAN" = PEKERJAAN Choice |a, out| out.push_str(a.occupation);
    "PENDIDIKAN" = PENDIDIKAN Choice |a, out| code(out, tables::PENDIDIKAN, a.education);
    "TINGGI" = TINGGI_BADAN_CM Copied |a, out| put(out, format_args!("{}", a.height));
    "ALAMAT" = ALAMAT Text |a, out| out.push_str(&a.street);
    "RT" = RT Copied |a, out| if let Some(rt) = a.rt { put(out, format_args!("{rt:03}")) };
    "RW" = RW Copied |a, out| if let Some(rw) = a.rw { put(out, format_args!("{rw:03}")) };
    "LK" = LINGKUNGAN Copied |a, out| text(out, a.neighbourhood);
    "KEL" = KELURAHAN_DESA Text |a, out| out.push_str(a.village);
    "KEC" = KECAMATAN Choice |a, out| out.push_str(&a.district);
    "KAB/KOTA" = KABUPATEN_KOTA Choice |a, out| out.push_str(&a.town);
    "PROVINSI" = PROVINSI Choice |a, out| out.push_str(&a.province);
    "KODE WIL" = KODE_WILAYAH_KTP Choice |a, out| dotted(out, a.region_code);
    "TGL KELUAR KTP" = TANGGAL_TERBIT_KTP Copied |a, out| date(out, a.ktp_issued);
    "TGL KK" = TANGGAL_CETAK_KK Copied |a, out| date(out, a.kk_printed);
    "NAMA AYAH" = NAMA_AYAH Name |a, out| out.push_str(&a.father);
    "NAMA IBU" = NAMA_IBU Name |a, out| out.push_str(&a.mother);
    "TGL LAHIR AYAH" = TANGGAL_LAHIR_AYAH Copied |a, out| date(out, a.father_birth);
    "TGL LAHIR IBU" = TANGGAL_LAHIR_IBU Copied |a, out| date(out, a.mother_birth);
    "SUAMI/ISTRI" = NAMA_PASANGAN Name |a, out| text(out, a.spouse.as_deref());
    "NO HP" = TELEPON Phone |a, out| text(out, a.phone.as_deref());
    "NO TELP KERABAT" = TELEPON_KERABAT Phone |a, out| text(out, a.relative_phone.as_deref());
    "EMAIL" = EMAIL Copied |a, out| text(out, a.email.as_deref());
    "AKUN" = ID_AKUN_MPASPOR System |a, out| text(out, a.login.as_deref());
    "PEMBAYAR" = NAMA_PEMBAYAR Name |a, out| text(out, a.payer.as_deref());
    "REKENING PEMBAYAR" = REKENING_PEMBAYAR Copied |a, out| text(out, a.payer_account.as_deref());
    "NEGARA TUJUAN" = NEGARA_TUJUAN Choice |a, out| country(out, a.country);
    "TUJUAN" = MAKSUD_PERJALANAN Choice |a, out| code(out, tables::MAKSUD_PERJALANAN, a.purpose.code());
    "KETERANGAN" = URAIAN_PERJALANAN Text |a, out| text(out, a.text.as_deref());
    "ALAMAT TUJUAN" = ALAMAT_DI_NEGARA_TUJUAN Text |a, out| text(out, a.stay_address.as_deref());
    "LAMA TINGGAL" = LAMA_TINGGAL_HARI Duration |a, out| if let Some(days) = a.stay_days { put(out, format_args!("{days}")) };
    "TGL BERANGKAT" = TANGGAL_RENCANA_BERANGKAT Copied |a, out| date(out, a.departure);
    "PENJAMIN" = PENJAMIN_NAMA Name |a, out| text(out, sponsor(a).map(|s| s.name.as_str()));
    "ID PENJAMIN" = PENJAMIN_ID Copied |a, out| text(out, sponsor(a).and_then(|s| s.id.as_deref()));
    "TELP PENJAMIN" = PENJAMIN_TELEPON Phone |a, out| text(out, sponsor(a).and_then(|s| s.phone.as_deref()));
    "ALAMAT PENJAMIN" = PENJAMIN_ALAMAT Text |a, out| text(out, sponsor(a).and_then(|s| s.address.as_deref()));
    "JENIS PENJAMIN" = PENJAMIN_JENIS Choice |a, out| code(out, tables::PENJAMIN_JENIS, sponsor(a).map_or("", |s| s.kind));
    "NO REKOM" = REKOMENDASI_NOMOR Copied |a, out| text(out, letter(a).map(|l| l.number.as_str()));
    "TGL REKOM" = REKOMENDASI_TANGGAL Copied |a, out| date(out, letter(a).map(|l| l.date));
    "INSTANSI REKOM" = REKOMENDASI_INSTANSI Text |a, out| text(out, letter(a).map(|l| l.body.as_str()));
    "ID CPMI" = ID_CPMI Copied |a, out| text(out, a.cpmi.as_deref());
    "PENDAMPING" = PENDAMPING_NAMA Name |a, out| text(out, helper(&a.companion).map(|h| h.name.as_str()));
    "NIK PENDAMPING" = PENDAMPING_NIK Copied |a, out| text(out, helper(&a.companion).map(|h| h.nik.as_str()));
    "TELP PENDAMPING" = PENDAMPING_TELEPON Phone |a, out| text(out, helper(&a.companion).and_then(|h| h.phone.as_deref()));
    "KUASA" = KUASA_NAMA Name |a, out| text(out, helper(&a.proxy).map(|h| h.name.as_str()));
    "NIK KUASA" = KUASA_NIK Copied |a, out| text(out, helper(&a.proxy).map(|h| h.nik.as_str()));
    "BERKAS" = DOKUMEN_DILAMPIRKAN System |a, out| documents(out, &a.documents);
    "NO AKTA" = AKTA_NOMOR Copied |a, out| text(out, a.akta.as_deref());
    "NO IJAZAH" = IJAZAH_NOMOR Copied |a, out| text(out, a.ijazah.as_deref());
    "NO BUKU NIKAH" = BUKU_NIKAH_NOMOR Copied |a, out| text(out, a.buku_nikah.as_deref());
    "TAHUN IJAZAH" = IJAZAH_TAHUN Copied |a, out| if let Some(year) = a.ijazah_year { put(out, format_args!("{year}")) };
    "NO PASPOR LAMA" = PASPOR_LAMA_NOMOR Copied |a, out| text(out, old(a).map(|b| b.number.as_str()));
    "TGL TERBIT PASPOR LAMA" = PASPOR_LAMA_TERBIT Copied |a, out| date(out, old(a).map(|b| b.issued));
    "TGL HABIS PASPOR LAMA" = PASPOR_LAMA_BERLAKU Copied |a, out| date(out, old(a).map(|b| b.expires));
    "KANIM PASPOR LAMA" = PASPOR_LAMA_KANIM Copied |a, out| text(out, old(a).map(|b| b.office));
    "MRZ" = MRZ1 System |a, out| text(out, a.mrz.as_ref().map(|(first, _)| first.as_str()));
    "MRZ2" = MRZ2 System |a, out| text(out, a.mrz.as_ref().map(|(_, second)| second.as_str()));
    "NO PASPOR" = NOMOR_PASPOR_BARU System |a, out| text(out, a.issued.as_ref().map(|b| b.number.as_str()));
    "TGL TERBIT PASPOR" = TANGGAL_TERBIT_PASPOR System |a, out| date(out, a.issued.as_ref().map(|b| b.issued));
    "TGL HABIS PASPOR" = TANGGAL_HABIS_PASPOR System |a, out| date(out, a.issued.as_ref().map(|b| b.expires));
    "PETUGAS" = PETUGAS_WAWANCARA System |a, out| if let Some(officer) = a.officer { put(out, format_args!("P{officer:02}")) };
    "CATATAN" = CATATAN_WAWANCARA System |a, out| text(out, a.note);
    "ALASAN" = ALASAN_KEPUTUSAN System |a, out| code(out, tables::ALASAN_KEPUTUSAN, a.reason.unwrap_or_default());
    "TGL KEPUTUSAN" = TANGGAL_KEPUTUSAN System |a, out| date(out, a.decided);
}

/// Dates as the export writes them.
const DATE: &str = "%Y-%m-%d";

fn put(out: &mut String, value: std::fmt::Arguments<'_>) {
    // Writing into a string cannot fail.
    let _ = out.write_fmt(value);
}

fn text(out: &mut String, value: Option<&str>) {
    out.push_str(value.unwrap_or_default());
}

fn date(out: &mut String, value: Option<NaiveDate>) {
    if let Some(value) = value {
        put(out, format_args!("{}", value.format(DATE)));
    }
}

fn sponsor(app: &Application) -> Option<&Sponsor> {
    app.sponsor.as_ref()
}

fn letter(app: &Application) -> Option<&Letter> {
    app.letter.as_ref()
}

fn old(app: &Application) -> Option<&Booklet> {
    app.old.as_ref()
}

fn helper(helper: &Option<Helper>) -> Option<&Helper> {
    helper.as_ref()
}

/// At most 34 characters, whole words.
fn passport_name(out: &mut String, name: &str) {
    let mut length = 0;
    for word in name.split(' ') {
        let word: String = word.chars().filter(char::is_ascii_alphabetic).collect();
        if word.is_empty() || length + word.len() + 1 > 34 {
            continue;
        }
        if length > 0 {
            out.push(' ');
        }
        length += word.len() + 1;
        out.push_str(&word);
    }
}

/// `12.71.06` of `127106`.
fn dotted(out: &mut String, code: &str) {
    for (at, digit) in code.chars().enumerate() {
        if at > 0 && at % 2 == 0 {
            out.push('.');
        }
        out.push(digit);
    }
}

fn documents(out: &mut String, documents: &[&str]) {
    for (at, document) in documents.iter().enumerate() {
        if at > 0 {
            out.push(';');
        }
        code(out, tables::DOKUMEN, document);
    }
}

fn country(out: &mut String, alpha2: &str) {
    if let Some(label) = countries::label_id(alpha2) {
        label.chars().for_each(|letter| out.extend(letter.to_uppercase()));
    }
}

/// The words of the export for each code, by list.
static WORDS: LazyLock<BTreeMap<(&'static str, &'static str), String>> = LazyLock::new(|| {
    let entries = tables::ALL.iter().filter(|table| table.name != tables::NEGARA.name);
    entries.flat_map(|table| table.entries().iter().map(|entry| ((table.name, entry.code), word(entry)))).collect()
});

/// The label where an export may use it for the code, otherwise the first word that it may use.
fn word(entry: &crate::schema::CodeEntry) -> String {
    let fold = |text: &str| text.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_uppercase();
    let label = fold(entry.label_id);
    let known = label == fold(entry.code) || entry.aliases.iter().any(|alias| fold(alias) == label);
    if known {
        entry.label_id.to_uppercase()
    } else {
        entry.aliases.first().map_or_else(|| entry.code.to_uppercase(), |a| (*a).to_owned())
    }
}

fn code(out: &mut String, table: &CodeTable, code: &str) {
    if let Some(word) = WORDS.get(&(table.name, code)) {
        out.push_str(word);
    }
}

/// Writes the header line.
pub(super) fn header<W: Write>(rows: &mut CsvRows<W>) -> Result<()> {
    rows.write_record(CELLS.iter().map(|cell| cell.header)).map_err(csv_failed)
}

/// Writes an application as a clerk types it.
pub(super) fn row<W: Write>(rows: &mut CsvRows<W>, app: &Application, typist: &mut Typist) -> Result<()> {
    let mut value = String::new();
    for cell in CELLS {
        value.clear();
        (cell.write)(app, &mut value);
        typist.type_cell(cell, app.kept.contains(&cell.column), &mut value);
        rows.write_field(&value).map_err(csv_failed)?;
    }
    rows.write_record(None::<&[u8]>).map_err(csv_failed)
}
