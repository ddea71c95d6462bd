//! The documents in the file, and the numbers on them.

use polars::prelude::PlHashMap;

use super::{Cx, Family, Outputs, Rows, derived};
use crate::Result;
use crate::identity::nomor;
use crate::schema::Type;
use crate::schema::columns::{
    AKTA_NOMOR, BUKU_NIKAH_NOMOR, DOKUMEN_DILAMPIRKAN, IJAZAH_NOMOR, REKOMENDASI_NOMOR, TANGGAL_PERMOHONAN,
};

derived! {
    JUMLAH = "dokumen.jumlah"; Type::Int, Open, Nothing, "Jumlah dokumen", "number of documents",
        "how many kinds of documents are in the file",
        [DOKUMEN_DILAMPIRKAN => "ijazah;kk;ktp"] => "3";
    DASAR = "dokumen.dasar"; Type::Bool, Open, Nothing, "Ada dokumen dasar", "a founding document is there",
        "whether one of birth certificate, diploma, marriage book, marriage or baptism certificate is in the file \
        (Permenkumham 18/2022 ps 4)",
        [DOKUMEN_DILAMPIRKAN => "kk;ktp;surat_baptis"] => "true";
    DASAR_KUAT = "dokumen.dasar_kuat"; Type::Bool, Open, Nothing,
        "Ada dokumen dasar resmi", "a civil founding document is there",
        "as dokumen.dasar, without baptism certificates: what a civil registry, school or marriage office issued",
        [DOKUMEN_DILAMPIRKAN => "kk;ktp;surat_baptis"] => "false";
    REKOMENDASI = "dokumen.rekomendasi"; Type::Bool, Open, Nothing, "Ada rekomendasi", "a recommendation is there",
        "whether a letter of recommendation of any body is in the file",
        [DOKUMEN_DILAMPIRKAN => "kk;ktp;rekom_kemenag"] => "true";
    AKTA = "akta_nomor.kunci"; Type::Text, Number, Nothing, "Nomor akta baku", "comparable certificate number",
        "letters and digits of akta_nomor; none for numbers that tell no documents apart",
        [AKTA_NOMOR => "1271-LT-01012004-0001"] => "1271LT010120040001";
    AKTA_TANGGAL = "akta_nomor.tanggal"; Type::Date, Open, Nothing,
        "Tanggal daftar akta", "registration of the birth",
        "the date of registration in the number of the birth certificate, where it has one",
        [AKTA_NOMOR => "1271-LT-01022004-0001"] => "2004-02-01";
    AKTA_UMUR = "akta_nomor.umur_hari"; Type::Int, Open, Nothing,
        "Umur akta (hari)", "age of the certificate in days",
        "days from akta_nomor.tanggal to the application; negative where it lies after",
        [AKTA_NOMOR => "1271-LT-01102025-0001", TANGGAL_PERMOHONAN => "2025-11-03"] => "33";
    IJAZAH = "ijazah_nomor.kunci"; Type::Text, Number, Nothing, "Nomor ijazah baku", "comparable diploma number",
        "letters and digits of ijazah_nomor; none for numbers that tell no documents apart",
        [IJAZAH_NOMOR => "DN-07 MA 0001234"] => "DN07MA0001234";
    BUKU_NIKAH = "buku_nikah_nomor.kunci"; Type::Text, Number, Nothing,
        "Nomor buku nikah baku", "comparable marriage book number",
        "letters and digits of buku_nikah_nomor; husband and wife share one",
        [BUKU_NIKAH_NOMOR => "0123/045/VI/2020"] => "0123045VI2020";
    SURAT = "rekomendasi_nomor.kunci"; Type::Text, Number, Nothing,
        "Nomor rekomendasi baku", "comparable letter number",
        "letters and digits of rekomendasi_nomor; collective letters are shared by a group",
        [REKOMENDASI_NOMOR => "563/123/DISNAKER/2025"] => "563123DISNAKER2025";
}

/// Documents.
pub const FAMILY: Family = Family {
    inputs: &[DOKUMEN_DILAMPIRKAN, AKTA_NOMOR, IJAZAH_NOMOR, BUKU_NIKAH_NOMOR, REKOMENDASI_NOMOR, TANGGAL_PERMOHONAN],
    columns: COLUMNS,
    compute,
};

/// Codes of documents from which a name, a birth and parents follow; the first four are civil ones.
const FOUNDING: [&str; 5] = ["akta_lahir", "ijazah", "buku_nikah", "akta_kawin", "surat_baptis"];
const CIVIL: usize = 4;

/// Codes of letters of recommendation.
const LETTERS: [&str; 4] = ["rekom_disnaker", "rekom_kemenag", "rekom_lain", "rekom_sekolah"];

fn compute(_: &Cx, rows: Rows<'_>, out: &mut Outputs) -> Result<()> {
    let attached = rows.text(DOKUMEN_DILAMPIRKAN)?;
    let mut lists = PlHashMap::default();
    let (certificate, applied) = (rows.text(AKTA_NOMOR)?, rows.date(TANGGAL_PERMOHONAN)?);
    let numbers = [
        (at::AKTA, certificate),
        (at::IJAZAH, rows.text(IJAZAH_NOMOR)?),
        (at::BUKU_NIKAH, rows.text(BUKU_NIKAH_NOMOR)?),
        (at::SURAT, rows.text(REKOMENDASI_NOMOR)?),
    ];
    let mut key = String::new();
    for row in 0..rows.count() {
        let list = attached.get(row).map(|list| *lists.entry(list).or_insert_with(|| Attached::of(list)));
        out.int(at::JUMLAH, list.map(|list| list.kinds));
        out.bool(at::DASAR, list.map(|list| list.founding));
        out.bool(at::DASAR_KUAT, list.map(|list| list.civil));
        out.bool(at::REKOMENDASI, list.map(|list| list.letter));
        for (place, column) in &numbers {
            key.clear();
            let known = column.get(row).is_some_and(|text| nomor::key(text, &mut key));
            out.text(*place, Some(key.as_str()).filter(|_| known));
        }
        let registered = certificate.get(row).and_then(nomor::registered);
        let age =
            applied.get(row).zip(registered).map(|(applied, registered)| applied.signed_duration_since(registered));
        out.date(at::AKTA_TANGGAL, registered);
        out.int(at::AKTA_UMUR, age.map(|age| age.num_days()));
    }
    Ok(())
}

/// What a list of documents has.
#[derive(Clone, Copy)]
struct Attached {
    kinds: i64,
    founding: bool,
    civil: bool,
    letter: bool,
}

impl Attached {
    fn of(list: &str) -> Self {
        let codes = list.split(';').filter(|code| !code.is_empty());
        let has = |wanted: &[&str]| codes.clone().any(|code| wanted.contains(&code));
        Self {
            kinds: i64::try_from(codes.clone().count()).unwrap_or(i64::MAX),
            founding: has(&FOUNDING),
            civil: has(FOUNDING.split_at(CIVIL).0),
            letter: has(&LETTERS),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::tables;

    #[test]
    fn documents_are_codes_of_the_list() {
        for code in FOUNDING.iter().chain(&LETTERS) {
            assert!(tables::DOKUMEN.get(code).is_some(), "{code}");
        }
    }
}
