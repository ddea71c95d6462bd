//! Keys under which two applications of one person meet although their NIK differ: birth date and one thing more.
//!
//! The matcher takes two for one person only where the birth date, the name and a phone, an old passport or a parent agree. Each
//! of these is a key together with the birth date, names by how their first and their last word sound, put in the order of
//! sounds: spelling, order and a word more in the middle change nothing. So a phone or a passport is met whatever the name
//! looks like, and whoever agrees in a parent alone must sound alike in the own name or in the parent's. A key is rare,
//! however many applications history has; applications that share one are compared by the matcher, the key alone says nothing.

use super::{Cx, Family, Outputs, Rows, derived, nama, paspor, telepon};
use crate::Result;
use crate::matching::sound;
use crate::schema::columns::{NAMA_AYAH, NAMA_IBU, NAMA_LENGKAP, PASPOR_LAMA_NOMOR, TANGGAL_LAHIR, TELEPON};
use crate::schema::{Protected, Type};

derived! {
    KUNCI_NAMA = "orang.kunci_nama"; Type::Text, Whole, Contains(Protected::ETHNICITY),
        "Kunci orang, nama", "key of a person, name",
        "date of birth and the sounds of those words of the name that come first and last by sound; initials do not count",
        [NAMA_LENGKAP => "SITI AMINAH", TANGGAL_LAHIR => "1998-01-25"] => "1998-01-25 AMINA SITI";
    KUNCI_IBU = "orang.kunci_ibu"; Type::Text, Whole, Contains(Protected::ETHNICITY),
        "Kunci orang, ibu", "key of a person, mother",
        "date of birth and the sounds of the mother's name as in orang.kunci_nama",
        [NAMA_IBU => "NURHAYATI", TANGGAL_LAHIR => "1998-01-25"] => "1998-01-25 NURHAIATI";
    KUNCI_AYAH = "orang.kunci_ayah"; Type::Text, Whole, Contains(Protected::ETHNICITY),
        "Kunci orang, ayah", "key of a person, father",
        "date of birth and the sounds of the father's name as in orang.kunci_nama",
        [NAMA_AYAH => "BUDI SANTOSO", TANGGAL_LAHIR => "1998-01-25"] => "1998-01-25 BUDI SANTOSO";
    KUNCI_TELEPON = "orang.kunci_telepon"; Type::Text, Whole, Contains(Protected::REGION),
        "Kunci orang, telepon", "key of a person, phone",
        "date of birth and telepon.kunci",
        [TELEPON => "+62 812-3456-7892", TANGGAL_LAHIR => "1998-01-25"] => "1998-01-25 +6281234567892";
    KUNCI_PASPOR = "orang.kunci_paspor"; Type::Text, Whole, Nothing,
        "Kunci orang, paspor lama", "key of a person, old passport",
        "date of birth and paspor_lama.kunci",
        [PASPOR_LAMA_NOMOR => "a 1234567", TANGGAL_LAHIR => "1998-01-25"] => "1998-01-25 A1234567";
}

/// All of them.
pub const KEYS: [&str; 5] = [KUNCI_NAMA, KUNCI_IBU, KUNCI_AYAH, KUNCI_TELEPON, KUNCI_PASPOR];

/// Keys of a person.
pub const FAMILY: Family = Family {
    inputs: &[
        nama::KUNCI,
        nama::IBU_KUNCI,
        nama::AYAH_KUNCI,
        telepon::telepon::KUNCI,
        paspor::lama::KUNCI,
        TANGGAL_LAHIR,
    ],
    columns: COLUMNS,
    compute,
};

fn compute(_: &Cx, rows: Rows<'_>, out: &mut Outputs) -> Result<()> {
    let born = rows.number(TANGGAL_LAHIR)?;
    let named = [
        (at::KUNCI_NAMA, rows.text(nama::KUNCI)?),
        (at::KUNCI_IBU, rows.text(nama::IBU_KUNCI)?),
        (at::KUNCI_AYAH, rows.text(nama::AYAH_KUNCI)?),
    ];
    let numbered =
        [(at::KUNCI_TELEPON, rows.text(telepon::telepon::KUNCI)?), (at::KUNCI_PASPOR, rows.text(paspor::lama::KUNCI)?)];
    for row in 0..rows.count() {
        let day = born.get(row).and_then(crate::calendar::date).map(|day| day.to_string());
        let key = |what: Option<String>| day.as_ref().zip(what).map(|(day, what)| format!("{day} {what}"));
        for (place, names) in &named {
            out.text(*place, key(names.get(row).and_then(sounds)).as_deref());
        }
        for (place, numbers) in &numbered {
            out.text(*place, key(numbers.get(row).map(str::to_owned)).as_deref());
        }
    }
    Ok(())
}

/// How the words of a name sound that come first and last by sound; of a single word it is the one. None where there is
/// nothing but initials.
fn sounds(name: &str) -> Option<String> {
    let words = name.split(' ').filter(|word| word.chars().nth(1).is_some()).map(sound);
    let mut sounds: Vec<String> = words.filter(|sound| !sound.is_empty()).collect();
    sounds.sort_unstable();
    match sounds.as_slice() {
        [] => None,
        [only] => Some(only.clone()),
        [first, .., last] => Some(format!("{first} {last}")),
    }
}
