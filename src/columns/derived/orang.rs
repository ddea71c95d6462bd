//! Keys under which two applications of one person meet although their NIK differ: birth date and one thing more.
//!
//! The matcher takes two for one person only where the birth date, the name and a phone, an old passport or a parent agree. The phone
//! and the passport are keys together with the birth date, whatever the name looks like. Of names two make a key, the own and
//! a parent's or both parents', each by how its first and its last word sound, put in the order of sounds: spelling, order and
//! a word more in the middle change nothing. So whoever agrees in a parent alone must sound alike in two of the three names. A
//! name alone with a birth date is no key: among millions of applications frequent names on one day would tie strangers to strangers
//! without end. A key is rare, however many applications history has; applications that share one are compared by the matcher,
//! the key alone says nothing.

use super::{Cx, Family, Outputs, Rows, derived, nama, paspor, telepon};
use crate::Result;
use crate::matching::sound;
use crate::schema::columns::{NAMA_AYAH, NAMA_IBU, NAMA_LENGKAP, PASPOR_LAMA_NOMOR, TANGGAL_LAHIR, TELEPON};
use crate::schema::{Protected, Type};

derived! {
    KUNCI_NAMA_IBU = "orang.kunci_nama_ibu"; Type::Text, Whole, Contains(Protected::ETHNICITY),
        "Kunci orang, nama dan ibu", "key of a person, name and mother",
        "date of birth and the sounds of the name and of the mother's name, of each those words that come first and last by \
        sound; initials do not count",
        [NAMA_LENGKAP => "SITI AMINAH", NAMA_IBU => "NURHAYATI", TANGGAL_LAHIR => "1998-01-25"]
            => "1998-01-25 AMINA SITI + NURHAIATI";
    KUNCI_NAMA_AYAH = "orang.kunci_nama_ayah"; Type::Text, Whole, Contains(Protected::ETHNICITY),
        "Kunci orang, nama dan ayah", "key of a person, name and father",
        "date of birth and the sounds of the name and of the father's name as in orang.kunci_nama_ibu",
        [NAMA_LENGKAP => "SITI AMINAH", NAMA_AYAH => "BUDI SANTOSO", TANGGAL_LAHIR => "1998-01-25"]
            => "1998-01-25 AMINA SITI + BUDI SANTOSO";
    KUNCI_IBU_AYAH = "orang.kunci_ibu_ayah"; Type::Text, Whole, Contains(Protected::ETHNICITY),
        "Kunci orang, ibu dan ayah", "key of a person, mother and father",
        "date of birth and the sounds of the parents' names as in orang.kunci_nama_ibu",
        [NAMA_IBU => "NURHAYATI", NAMA_AYAH => "BUDI SANTOSO", TANGGAL_LAHIR => "1998-01-25"]
            => "1998-01-25 NURHAIATI + BUDI SANTOSO";
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
pub const KEYS: [&str; 5] = [KUNCI_NAMA_IBU, KUNCI_NAMA_AYAH, KUNCI_IBU_AYAH, KUNCI_TELEPON, KUNCI_PASPOR];

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
    let (own, mother, father) = (rows.text(nama::KUNCI)?, rows.text(nama::IBU_KUNCI)?, rows.text(nama::AYAH_KUNCI)?);
    let numbered =
        [(at::KUNCI_TELEPON, rows.text(telepon::telepon::KUNCI)?), (at::KUNCI_PASPOR, rows.text(paspor::lama::KUNCI)?)];
    for row in 0..rows.count() {
        let day = born.get(row).and_then(crate::calendar::date).map(|day| day.to_string());
        let key = |what: Option<String>| day.as_ref().zip(what).map(|(day, what)| format!("{day} {what}"));
        let [own, mother, father] = [own, mother, father].map(|names| names.get(row).and_then(sounds));
        let both = |a: &Option<String>, b: &Option<String>| key(Some(format!("{} + {}", a.as_ref()?, b.as_ref()?)));
        out.text(at::KUNCI_NAMA_IBU, both(&own, &mother).as_deref());
        out.text(at::KUNCI_NAMA_AYAH, both(&own, &father).as_deref());
        out.text(at::KUNCI_IBU_AYAH, both(&mother, &father).as_deref());
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
