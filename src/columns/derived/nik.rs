//! What the NIK says, and whether it agrees with the form.

use super::{Cx, Family, Outputs, Rows, derived};
use crate::Result;
use crate::identity::nik::{self, BEDA_LAHIR, Difference, MASALAH_NIK, Region, STATUS_WILAYAH, Stated};
use crate::identity::{Kelamin, lahir};
use crate::schema::columns::{JENIS_KELAMIN, NIK, TANGGAL_LAHIR, TANGGAL_PERMOHONAN};
use crate::schema::{Protected, Type, tables};

derived! {
    SAH = "nik.sah"; Type::Bool, Open, Nothing, "NIK sah", "NIK possible",
        "whether the number itself is possible: 16 digits, province, regency, day, date, serial, no filler; an \
        unknown region and differences to the form do not count",
        [NIK => "1271993208030002"] => "false";
    MASALAH = "nik.masalah"; Type::List(MASALAH_NIK), Open, Nothing, "Masalah NIK", "faults of the NIK",
        "what is wrong with the number, and whether birth date and sex differ from the form",
        [NIK => "1271991808030000", TANGGAL_LAHIR => "2003-08-17"] => "lahir_beda;serial";
    TANGGAL = "nik.tanggal_lahir"; Type::Date, Year, Nothing, "Tanggal lahir dalam NIK", "birth date in the NIK",
        "of the two centuries the one nearest to tanggal_lahir; without that 19xx where 20xx lies after the \
        application, otherwise none",
        [NIK => "1271995708030002", TANGGAL_LAHIR => "2003-08-18"] => "2003-08-17";
    UMUR = "nik.umur"; Type::Int, Open, Nothing, "Umur menurut NIK", "age by the NIK",
        "completed years on the day of the application by nik.tanggal_lahir; beside umur it shows an age raised \
        or lowered",
        [NIK => "1271991708080002", TANGGAL_LAHIR => "2003-08-17", TANGGAL_PERMOHONAN => "2025-11-03"] => "17";
    KELAMIN = "nik.kelamin"; Type::Code(tables::JENIS_KELAMIN), Open, Is(Protected::SEX),
        "Jenis kelamin dalam NIK", "sex in the NIK",
        "P where 40 was added to the day of birth",
        [NIK => "1271995708030002"] => "P";
    PROVINSI = "nik.provinsi"; Type::Text, Open, Is(Protected::REGION), "Provinsi dalam NIK", "province in the NIK",
        "province of first registration, two digits as in the number",
        [NIK => "1271995708030002"] => "12";
    KABKOTA = "nik.kabkota"; Type::Text, Open, Is(Protected::REGION),
        "Kabupaten/kota dalam NIK", "regency in the NIK",
        "regency or city of first registration, four digits as in the number",
        [NIK => "1271995708030002"] => "1271";
    KECAMATAN = "nik.kecamatan"; Type::Text, Open, Is(Protected::REGION),
        "Kecamatan dalam NIK", "district in the NIK",
        "district of first registration, six digits as in the number",
        [NIK => "1271995708030002"] => "127199";
    STATUS_KODE = "nik.status_wilayah"; Type::Code(STATUS_WILAYAH), Open, Is(Protected::REGION),
        "Status wilayah NIK", "status of the region in the NIK",
        "whether the region is one of today, retired or in no table (Kepmendagri 300.2.2-2138/2025); information, \
        never an anomaly",
        [NIK => "1271995708030002"] => "kec_tak_dikenal";
    LAHIR_BEDA = "nik.lahir_beda"; Type::Code(BEDA_LAHIR), Open, Nothing,
        "Beda tanggal lahir NIK dan formulir", "difference of birth dates",
        "how nik.tanggal_lahir differs from tanggal_lahir; lawful after a correction, since the number stays",
        [NIK => "1271990708030002", TANGGAL_LAHIR => "2003-07-08"] => "tukar_hari_bulan";
    SELISIH = "nik.lahir_selisih_tahun"; Type::Int, Open, Nothing,
        "Selisih tahun lahir", "years between the birth dates",
        "calendar years between nik.tanggal_lahir and tanggal_lahir, never negative",
        [NIK => "1271990708080002", TANGGAL_LAHIR => "2003-08-07"] => "5";
    KELAMIN_BEDA = "nik.kelamin_beda"; Type::Bool, Open, Nothing, "Jenis kelamin NIK berbeda", "sex differs",
        "whether the sex in the number differs from the form; a check of consistency, sex itself never scores",
        [NIK => "1271995708030002", JENIS_KELAMIN => "L"] => "true";
}

/// The NIK.
pub const FAMILY: Family =
    Family { inputs: &[NIK, TANGGAL_LAHIR, JENIS_KELAMIN, TANGGAL_PERMOHONAN], columns: COLUMNS, compute };

fn compute(cx: &Cx, rows: Rows<'_>, out: &mut Outputs) -> Result<()> {
    let (number, born) = (rows.text(NIK)?, rows.date(TANGGAL_LAHIR)?);
    let (sex, applied) = (rows.text(JENIS_KELAMIN)?, rows.date(TANGGAL_PERMOHONAN)?);
    // Where the number says somebody is from does not depend on any date.
    let of_dates = [at::SAH, at::MASALAH, at::TANGGAL, at::UMUR, at::LAHIR_BEDA, at::SELISIH];
    let dated = of_dates.into_iter().any(|column| out.wants(column));
    for row in 0..rows.count() {
        let applied = applied.get(row).filter(|_| dated);
        let stated = Stated {
            born: born.get(row).filter(|_| dated),
            sex: sex.get(row).and_then(Kelamin::of_code),
            applied: applied.or(Some(cx.as_of)),
        };
        let reading = number.get(row).map(|text| nik::read(text, &stated));
        let nik = reading.as_ref();
        let birth = nik.and_then(|r| r.born);
        let nik_sex = nik.and_then(|r| r.sex);
        let age = birth.zip(applied).filter(|(birth, applied)| birth <= applied);
        out.bool(at::SAH, nik.map(nik::Reading::is_sound));
        out.faults(at::MASALAH, nik.map(|r| r.faults));
        out.date(at::TANGGAL, birth);
        out.int(at::UMUR, age.map(|(birth, applied)| lahir::years(birth, applied)));
        out.text(at::KELAMIN, nik_sex.map(Kelamin::code));
        out.text(at::PROVINSI, nik.and_then(nik::Reading::province));
        out.text(at::KABKOTA, nik.and_then(nik::Reading::regency));
        out.text(at::KECAMATAN, nik.and_then(nik::Reading::district));
        out.text(at::STATUS_KODE, nik.and_then(|r| r.region).map(Region::code));
        out.text(at::LAHIR_BEDA, nik.and_then(|r| r.difference).map(Difference::code));
        out.int(at::SELISIH, nik.and_then(|r| r.years_apart));
        out.bool(at::KELAMIN_BEDA, nik_sex.zip(stated.sex).map(|(a, b)| a != b));
    }
    Ok(())
}
