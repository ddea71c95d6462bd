//! Keys of a family besides the family card: parents whose names are rare enough together, husband and wife.
//!
//! Names alone would make one family of many: `AHMAD + SITI` are parents in every district. So a key needs several words,
//! and the parents' key also the regency of first registration, where brothers and sisters are usually registered.

use super::{Cx, Family, Outputs, Rows, derived, nama, nik};
use crate::Result;
use crate::schema::columns::{NAMA_AYAH, NAMA_IBU, NAMA_LENGKAP, NAMA_PASANGAN, NIK};
use crate::schema::{Protected, Type};

/// Fewest words in both parents' names together that make a couple recognisable.
const FEWEST_PARENT_WORDS: usize = 4;

derived! {
    ORANG_TUA = "keluarga.kunci_orang_tua"; Type::Text, Whole, Contains(Protected::ETHNICITY.and(Protected::REGION)),
        "Kunci orang tua", "key of the parents",
        "normal forms of both parents' names (four words or more) and the regency of first registration",
        [NAMA_AYAH => "RAHMAT HASIBUAN", NAMA_IBU => "NURAINI LUBIS", NIK => "1271995708030002"]
            => "HASIBUAN RAHMAT + LUBIS NURAINI 1271";
    PASANGAN = "keluarga.kunci_pasangan"; Type::Text, Whole, Contains(Protected::ETHNICITY),
        "Kunci suami istri", "key of husband and wife",
        "normal forms of the applicant's and the spouse's name (two words each), the same from both sides",
        [NAMA_LENGKAP => "BUDI SANTOSO", NAMA_PASANGAN => "SITI AMINAH"] => "AMINAH SITI + BUDI SANTOSO";
}

/// Keys of a family.
pub const FAMILY: Family = Family {
    inputs: &[nama::KUNCI, nama::ORANG_TUA_KUNCI, nama::PASANGAN_KUNCI, nik::KABKOTA],
    columns: COLUMNS,
    compute,
};

fn compute(_: &Cx, rows: Rows<'_>, out: &mut Outputs) -> Result<()> {
    let (parents, regency) = (rows.text(nama::ORANG_TUA_KUNCI)?, rows.text(nik::KABKOTA)?);
    let (own, spouse) = (rows.text(nama::KUNCI)?, rows.text(nama::PASANGAN_KUNCI)?);
    let mut joined = String::new();
    for row in 0..rows.count() {
        // The words of both names and the sign between them.
        let known = parents.get(row).filter(|names| names.split(' ').count() > FEWEST_PARENT_WORDS);
        let key = known.zip(regency.get(row)).map(|(names, code)| join(&mut joined, &[names, " ", code]));
        out.text(at::ORANG_TUA, key);
        let both = own.get(row).zip(spouse.get(row)).filter(|(a, b)| a.contains(' ') && b.contains(' '));
        let key = both.map(|(a, b)| join(&mut joined, &[a.min(b), " + ", a.max(b)]));
        out.text(at::PASANGAN, key);
    }
    Ok(())
}

fn join<'a>(buffer: &'a mut String, parts: &[&str]) -> &'a str {
    buffer.clear();
    parts.iter().for_each(|part| buffer.push_str(part));
    buffer
}
