//! What the number of the family card says, and whether it fits NIK and address.

use super::{Cx, Family, Outputs, Rows, alamat, derived};
use crate::Result;
use crate::identity::kk::{self, MASALAH_KK, Stated};
use crate::identity::region::differ;
use crate::identity::sixteen;
use crate::schema::columns::{KODE_WILAYAH_KTP, NIK, NOMOR_KK, TANGGAL_CETAK_KK, TANGGAL_PERMOHONAN};
use crate::schema::{Protected, Type};

derived! {
    SAH = "kk.sah"; Type::Bool, Open, Nothing, "Nomor KK sah", "family card number possible",
        "whether the number is possible: 16 digits, region, date not after the application, serial, not the NIK",
        [NOMOR_KK => "1271992003190004"] => "true";
    MASALAH = "kk.masalah"; Type::List(MASALAH_KK), Open, Nothing,
        "Masalah nomor KK", "faults of the family card number",
        "what is wrong with the number; two of the codes are remarks",
        [NOMOR_KK => "1271994003190004", NIK => "1271994003190004"] => "hari;sama_nik";
    TANGGAL = "kk.tanggal"; Type::Date, Open, Nothing, "Tanggal dalam nomor KK", "date in the family card number",
        "day the number was given: 20xx, 199x for years 90 to 99",
        [NOMOR_KK => "1271992003190004"] => "2019-03-20";
    UMUR_HARI = "kk.umur_hari"; Type::Int, Open, Nothing, "Umur nomor KK (hari)", "age of the number in days",
        "days from kk.tanggal to the application: the age of the number, not of the print; none where it lies after",
        [NOMOR_KK => "1271990110250004", TANGGAL_PERMOHONAN => "2025-11-03"] => "33";
    KABKOTA = "kk.kabkota"; Type::Text, Open, Is(Protected::REGION),
        "Kabupaten/kota dalam nomor KK", "regency in the family card number",
        "regency or city of issue, four digits as in the number",
        [NOMOR_KK => "1271992003190004"] => "1271";
    BEDA_NIK = "kk.wilayah_beda_nik"; Type::Bool, Open, Nothing,
        "Wilayah KK berbeda dengan NIK", "region differs from the NIK",
        "whether the regencies of family card and NIK differ, after retired codes were replaced by those of \
        today; none where a regency is in no table",
        [NOMOR_KK => "1207992003190004", NIK => "1271995708030002"] => "true";
    BEDA_ALAMAT = "kk.wilayah_beda_alamat"; Type::Bool, Open, Nothing,
        "Wilayah KK berbeda dengan alamat", "region differs from the address",
        "whether the regency of the family card differs from that of the address; it should not, a move gives a \
        new number",
        [NOMOR_KK => "9101992003190004", KODE_WILAYAH_KTP => "93.01.01"] => "false";
}

/// The family card.
pub const FAMILY: Family = Family {
    inputs: &[NOMOR_KK, NIK, TANGGAL_CETAK_KK, TANGGAL_PERMOHONAN, alamat::KODE_KABKOTA],
    columns: COLUMNS,
    compute,
};

fn compute(cx: &Cx, rows: Rows<'_>, out: &mut Outputs) -> Result<()> {
    let (number, nik, home) = (rows.text(NOMOR_KK)?, rows.text(NIK)?, rows.text(alamat::KODE_KABKOTA)?);
    let (printed, applied) = (rows.date(TANGGAL_CETAK_KK)?, rows.date(TANGGAL_PERMOHONAN)?);
    for row in 0..rows.count() {
        let (nik, applied) = (nik.get(row), applied.get(row));
        let stated = Stated { nik, printed: printed.get(row), applied: applied.or(Some(cx.as_of)) };
        let reading = number.get(row).map(|text| kk::read(text, &stated));
        let card = reading.as_ref();
        let date = card.and_then(|r| r.date);
        let age = applied.zip(date).map(|(applied, date)| applied.signed_duration_since(date).num_days());
        let district = card.and_then(kk::Reading::district);
        let nik = nik.and_then(|text| sixteen::read(text).ok());
        out.bool(at::SAH, card.map(kk::Reading::is_sound));
        out.faults(at::MASALAH, card.map(|r| r.faults));
        out.date(at::TANGGAL, date);
        out.int(at::UMUR_HARI, age.filter(|&days| days >= 0));
        out.text(at::KABKOTA, card.and_then(kk::Reading::regency));
        out.bool(at::BEDA_NIK, district.zip(nik).and_then(|(code, nik)| differ(code, nik.part(0..6))));
        out.bool(at::BEDA_ALAMAT, district.zip(home.get(row)).and_then(|(code, home)| differ(code, home)));
    }
    Ok(())
}
