//! The letter of recommendation: how old, and written on what day.

use chrono::{Datelike, Weekday};

use super::waktu::is_holiday;
use super::{Cx, Family, Outputs, Rows, derived};
use crate::Result;
use crate::schema::Type;
use crate::schema::columns::{REKOMENDASI_TANGGAL, TANGGAL_PERMOHONAN};

derived! {
    UMUR_HARI = "rekomendasi.umur_hari"; Type::Int, Open, Nothing,
        "Umur rekomendasi (hari)", "age of the letter in days",
        "days from the letter to the application; negative where it was written after",
        [REKOMENDASI_TANGGAL => "2025-11-05", TANGGAL_PERMOHONAN => "2025-11-03"] => "-2";
    HARI_LIBUR = "rekomendasi.hari_libur"; Type::Bool, Open, Nothing,
        "Rekomendasi pada hari libur", "letter of a day off",
        "whether the letter is dated on a Sunday, a public holiday or collective leave; none on other days beyond \
        the table of holidays",
        [REKOMENDASI_TANGGAL => "2025-11-02"] => "true";
}

/// The letter of recommendation.
pub const FAMILY: Family = Family { inputs: &[REKOMENDASI_TANGGAL, TANGGAL_PERMOHONAN], columns: COLUMNS, compute };

fn compute(_: &Cx, rows: Rows<'_>, out: &mut Outputs) -> Result<()> {
    let (written, applied) = (rows.date(REKOMENDASI_TANGGAL)?, rows.date(TANGGAL_PERMOHONAN)?);
    for row in 0..rows.count() {
        let written = written.get(row);
        let age =
            applied.get(row).zip(written).map(|(applied, written)| applied.signed_duration_since(written).num_days());
        let day_off = |day: chrono::NaiveDate| if day.weekday() == Weekday::Sun { Some(true) } else { is_holiday(day) };
        out.int(at::UMUR_HARI, age);
        out.bool(at::HARI_LIBUR, written.and_then(day_off));
    }
    Ok(())
}
