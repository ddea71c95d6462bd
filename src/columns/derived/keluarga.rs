//! Keys of a family besides the family card: parents whose names are rare enough together, husband and wife.
//!
//! Names alone would make one family of many: `AHMAD + SITI` are parents in every district, and in a country every couple
//! has namesakes. So a key needs several words and a place: the parents' key the regency of first registration, where
//! brothers and sisters are usually registered, that of a couple the regency they live in.

use super::{Cx, Family, Outputs, Rows, alamat, derived, nama, nik};
use crate::Result;
use crate::schema::columns::{KABUPATEN_KOTA, NAMA_AYAH, NAMA_IBU, NAMA_LENGKAP, NAMA_PASANGAN, NIK, PROVINSI};
use crate::schema::{Protected, Type};

/// Fewest words in both parents' names together that make a couple recognisable.
const FEWEST_PARENT_WORDS: usize = 4;

derived! {
    ORANG_TUA = "keluarga.kunci_orang_tua"; Type::Text, Whole, Contains(Protected::ETHNICITY.and(Protected::REGION)),
        "Kunci orang tua", "key of the parents",
        "normal forms of both parents' names (four words or more) and the regency of first registration",
        [NAMA_AYAH => "RAHMAT HASIBUAN", NAMA_IBU => "NURAINI LUBIS", NIK => "1271995708030002"]
            => "HASIBUAN RAHMAT + LUBIS NURAINI 1271";
    PASANGAN = "keluarga.kunci_pasangan"; Type::Text, Whole, Contains(Protected::ETHNICITY.and(Protected::REGION)),
        "Kunci suami istri", "key of husband and wife",
        "normal forms of the applicant's and the spouse's name (two words each), the same from both sides, and the \
        regency of the address",
        [
            NAMA_LENGKAP => "BUDI SANTOSO",
            NAMA_PASANGAN => "SITI AMINAH",
            KABUPATEN_KOTA => "KOTA MEDAN",
            PROVINSI => "SUMATERA UTARA"
        ] => "AMINAH SITI + BUDI SANTOSO 1271";
}

/// Keys of a family.
pub const FAMILY: Family = Family {
    inputs: &[nama::KUNCI, nama::ORANG_TUA_KUNCI, nama::PASANGAN_KUNCI, nik::KABKOTA, alamat::KODE_KABKOTA],
    columns: COLUMNS,
    compute,
};

fn compute(_: &Cx, rows: Rows<'_>, out: &mut Outputs) -> Result<()> {
    let (parents, regency) = (rows.text(nama::ORANG_TUA_KUNCI)?, rows.text(nik::KABKOTA)?);
    let (own, spouse, home) =
        (rows.text(nama::KUNCI)?, rows.text(nama::PASANGAN_KUNCI)?, rows.text(alamat::KODE_KABKOTA)?);
    let mut joined = String::new();
    for row in 0..rows.count() {
        // The words of both names and the sign between them.
        let known = parents.get(row).filter(|names| names.split(' ').count() > FEWEST_PARENT_WORDS);
        let key = known.zip(regency.get(row)).map(|(names, code)| join(&mut joined, &[names, " ", code]));
        out.text(at::ORANG_TUA, key);
        let both = own.get(row).zip(spouse.get(row)).filter(|(a, b)| a.contains(' ') && b.contains(' '));
        let key = both.zip(home.get(row));
        let key = key.map(|((a, b), code)| join(&mut joined, &[a.min(b), " + ", a.max(b), " ", code]));
        out.text(at::PASANGAN, key);
    }
    Ok(())
}

fn join<'a>(buffer: &'a mut String, parts: &[&str]) -> &'a str {
    buffer.clear();
    parts.iter().for_each(|part| buffer.push_str(part));
    buffer
}
