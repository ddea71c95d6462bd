//! Ages: the applicant's, the parents' when the applicant was born, the pupil's at the diploma.

use chrono::Datelike;

use super::{Cx, Family, Outputs, Rows, derived};
use crate::Result;
use crate::identity::lahir::{self, MASALAH_LAHIR};
use crate::schema::Type;
use crate::schema::columns::{IJAZAH_TAHUN, TANGGAL_LAHIR, TANGGAL_LAHIR_AYAH, TANGGAL_LAHIR_IBU, TANGGAL_PERMOHONAN};

derived! {
    UMUR = "umur"; Type::Int, Open, Nothing, "Umur", "age",
        "completed years on the day of the application; a birth on 29 February has its birthday on 1 March in \
        common years; none before birth",
        [TANGGAL_LAHIR => "2004-02-29", TANGGAL_PERMOHONAN => "2022-02-28"] => "17";
    UMUR_BULAN = "umur_bulan"; Type::Int, Open, Nothing, "Umur (bulan)", "age in months",
        "completed months on the day of the application",
        [TANGGAL_LAHIR => "2004-02-29", TANGGAL_PERMOHONAN => "2022-03-01"] => "216";
    LAHIR_MASALAH = "lahir.masalah"; Type::List(MASALAH_LAHIR), Open, Nothing,
        "Masalah tanggal lahir", "faults of the date of birth",
        "what is wrong with the stated date of birth: after the application, 1900-01-01, an age above 110",
        [TANGGAL_LAHIR => "1900-01-01", TANGGAL_PERMOHONAN => "2025-11-03"] => "pengisi;terlalu_tua";
    AYAH_UMUR = "ayah.umur_saat_lahir"; Type::Int, Open, Nothing,
        "Umur ayah saat pemohon lahir", "father's age at birth",
        "the father's completed years when the applicant was born; negative where he was born later",
        [TANGGAL_LAHIR => "2003-08-17", TANGGAL_LAHIR_AYAH => "1975-01-02"] => "28";
    IBU_UMUR = "ibu.umur_saat_lahir"; Type::Int, Open, Nothing,
        "Umur ibu saat pemohon lahir", "mother's age at birth",
        "the mother's completed years when the applicant was born; negative where she was born later",
        [TANGGAL_LAHIR => "2003-08-17", TANGGAL_LAHIR_IBU => "1978-08-18"] => "24";
    UMUR_LULUS = "ijazah.umur_lulus"; Type::Int, Open, Nothing, "Umur saat ijazah", "age at the diploma",
        "year of the diploma less year of birth (11 is early for SD, 14 for SMP, 17 for SMA)",
        [TANGGAL_LAHIR => "2003-08-17", IJAZAH_TAHUN => "2021"] => "18";
}

/// Ages.
pub const FAMILY: Family = Family {
    inputs: &[TANGGAL_PERMOHONAN, TANGGAL_LAHIR, TANGGAL_LAHIR_AYAH, TANGGAL_LAHIR_IBU, IJAZAH_TAHUN],
    columns: COLUMNS,
    compute,
};

fn compute(_: &Cx, rows: Rows<'_>, out: &mut Outputs) -> Result<()> {
    let (applied, born) = (rows.date(TANGGAL_PERMOHONAN)?, rows.date(TANGGAL_LAHIR)?);
    let (father, mother) = (rows.date(TANGGAL_LAHIR_AYAH)?, rows.date(TANGGAL_LAHIR_IBU)?);
    let diploma = rows.number(IJAZAH_TAHUN)?;
    for row in 0..rows.count() {
        let born = born.get(row);
        let both = born.zip(applied.get(row));
        let lived = both.filter(|(born, applied)| born <= applied);
        out.int(at::UMUR, lived.map(|(born, applied)| lahir::years(born, applied)));
        out.int(at::UMUR_BULAN, lived.map(|(born, applied)| lahir::months(born, applied)));
        out.faults(at::LAHIR_MASALAH, both.map(|(born, applied)| lahir::faults(born, applied)));
        out.int(at::AYAH_UMUR, father.get(row).zip(born).map(|(father, born)| lahir::years(father, born)));
        out.int(at::IBU_UMUR, mother.get(row).zip(born).map(|(mother, born)| lahir::years(mother, born)));
        out.int(
            at::UMUR_LULUS,
            diploma.get(row).zip(born).map(|(year, born)| year.saturating_sub(i64::from(born.year()))),
        );
    }
    Ok(())
}
