//! The occupation as a code of the family register.

use std::collections::HashMap;

use super::{Cx, Family, Outputs, Rows, derived};
use crate::Result;
use crate::reference::pekerjaan;
use crate::schema::columns::PEKERJAAN;
use crate::schema::{Type, tables};

derived! {
    KODE = "pekerjaan.kode"; Type::Code(tables::PEKERJAAN), Open, Nothing, "Kode pekerjaan", "code of the occupation",
        "one of the 99 occupations of the family register, by name; none for a name that is not in the list",
        [PEKERJAAN => "Pelajar / Mahasiswa"] => "03";
}

/// The occupation.
pub const FAMILY: Family = Family { inputs: &[PEKERJAAN], columns: COLUMNS, compute };

fn compute(_: &Cx, rows: Rows<'_>, out: &mut Outputs) -> Result<()> {
    let stated = rows.text(PEKERJAAN)?;
    // A few dozen spellings make up nearly all rows.
    let mut known = HashMap::new();
    for row in 0..rows.count() {
        let code = stated.get(row).and_then(|text| *known.entry(text).or_insert_with(|| pekerjaan::by_name(text)));
        out.text(at::KODE, code);
    }
    Ok(())
}
