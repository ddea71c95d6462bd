//! The columns that applications are tied by, and their short hashes.

use polars::prelude::Series;
use xxhash_rust::xxh3::xxh3_64;

use crate::columns::derived::{alamat, dokumen, email, keluarga, orang, penjamin, telepon, uraian};
use crate::columns::{Cx, Reach, builtin, compute, needed};
use crate::frame::{Builder, Frame, View};
use crate::reference;
use crate::schema::Type;
use crate::schema::columns::{
    ID_AKUN_MPASPOR, JADWAL_LAYANAN, KODE_KANIM, NIK, NOMOR_KK, NOMOR_PERMOHONAN, REKENING_PEMBAYAR,
    TANGGAL_RENCANA_BERANGKAT,
};
use crate::{Error, Result};

/// The columns whose hashes stand beside every application of history. A tie over other columns is followed too; it
/// only costs more.
pub const KEYS: &[&str] = &[
    NOMOR_PERMOHONAN,
    NIK,
    NOMOR_KK,
    ID_AKUN_MPASPOR,
    REKENING_PEMBAYAR,
    penjamin::PEMBAYAR,
    telepon::telepon::KUNCI,
    telepon::telepon_kerabat::KUNCI,
    telepon::penjamin_telepon::KUNCI,
    email::KUNCI,
    alamat::KUNCI_RUMAH,
    penjamin::KUNCI,
    penjamin::KUNCI_BUKAN_LEMBAGA,
    penjamin::PENDAMPING,
    penjamin::KUASA,
    keluarga::ORANG_TUA,
    keluarga::PASANGAN,
    orang::KUNCI_NAMA_IBU,
    orang::KUNCI_NAMA_AYAH,
    orang::KUNCI_IBU_AYAH,
    orang::KUNCI_TELEPON,
    orang::KUNCI_PASPOR,
    dokumen::AKTA,
    dokumen::IJAZAH,
    dokumen::BUKU_NIKAH,
    dokumen::SURAT,
    uraian::SIDIK,
    uraian::ALAMAT_TUJUAN,
    email::POLA,
    JADWAL_LAYANAN,
    TANGGAL_RENCANA_BERANGKAT,
    KODE_KANIM,
];

/// Goes up when a column of [`KEYS`] takes another form for the same cell.
const FORMS: u32 = 2;

/// Which rules made the hashes of a store: the forms and the tables they rest on.
pub(super) fn version() -> String {
    let tables: String = reference::versions().iter().map(|t| t.sha256.as_str()).collect();
    format!("{FORMS}-{:016x}", xxh3_64(format!("{tables}{}", KEYS.join(" ")).as_bytes()))
}

/// The name of the column with the hashes of a key.
pub(super) fn hashed(column: &str) -> String {
    format!("kunci.{column}")
}

/// The hash of a text.
pub(super) fn of_text(text: &str) -> u64 {
    xxh3_64(text.as_bytes()).max(1)
}

/// The hash of the value of a row; 0 stands for none.
pub(super) fn hash(view: &View<'_>, row: usize) -> u64 {
    let hash = match view {
        View::Text(view) => view.get(row).map(|text| xxh3_64(text.as_bytes())),
        View::Number(view) => view.get(row).map(|number| xxh3_64(&number.to_le_bytes())),
        View::Bool(view) => view.get(row).map(|is| xxh3_64(&[u8::from(is)])),
    };
    hash.map_or(0, |hash| hash.max(1))
}

/// The hashes of every key, made from the columns of the dictionary.
pub(super) fn columns(frame: &Frame) -> Result<Vec<Series>> {
    let sources = builtin();
    let needed = needed(&sources, KEYS.iter().copied());
    // No key depends on the reference date: the same cell must have the same key for ever.
    let cx = Cx::new(chrono::NaiveDate::default());
    let mut frame = frame.clone();
    compute(&sources, Reach::Row, &cx, &mut frame, &needed)?;
    let frame = &frame;
    let one = |key: &&str| {
        let view = frame.view(key)?;
        let mut builder = Builder::new(Type::Int, frame.rows());
        for row in 0..frame.rows() {
            builder.push_number(Some(stored(hash(&view, row))));
        }
        Ok(builder.finish(&hashed(key)))
    };
    KEYS.iter().map(one).collect()
}

/// The hashes of a column.
pub(super) fn of(view: &View<'_>, rows: usize) -> Vec<u64> {
    (0..rows).map(|row| hash(view, row)).collect()
}

/// A hash as the signed number that a file holds.
fn stored(hash: u64) -> i64 {
    i64::from_le_bytes(hash.to_le_bytes())
}

/// The hashes of a key as read from a file.
pub(super) fn read(frame: &Frame, column: &str) -> Result<Vec<u64>> {
    let view = frame.number(&hashed(column))?;
    let values = (0..frame.rows()).map(|row| view.get(row).map(|n| u64::from_le_bytes(n.to_le_bytes())));
    values.map(|n| n.ok_or_else(|| Error::internal("a key of history without a hash"))).collect()
}
