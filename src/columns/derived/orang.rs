//! Keys under which two applications of one person meet although their NIK differ: birth date and how the name sounds.
//!
//! The words of a name are put in the order of their sounds; the first and the last each make a key. Spelling, order and a
//! word more in the middle change neither; whoever changes both the first and the last word has taken another name. Applications
//! that share a key are compared by the matcher; the key alone says nothing.

use super::{Cx, Family, Outputs, Rows, derived, nama};
use crate::Result;
use crate::matching::sound;
use crate::schema::columns::{NAMA_LENGKAP, TANGGAL_LAHIR};
use crate::schema::{Protected, Type};

derived! {
    KUNCI_AWAL = "orang.kunci_awal"; Type::Text, Whole, Contains(Protected::ETHNICITY),
        "Kunci orang, kata pertama", "key of a person, first word",
        "date of birth and the sound of that word of the name that comes first by sound; initials do not count",
        [NAMA_LENGKAP => "SITI AMINAH", TANGGAL_LAHIR => "1998-01-25"] => "1998-01-25 AMINA";
    KUNCI_AKHIR = "orang.kunci_akhir"; Type::Text, Whole, Contains(Protected::ETHNICITY),
        "Kunci orang, kata terakhir", "key of a person, last word",
        "date of birth and the sound of that word of the name that comes last by sound; none for a single word",
        [NAMA_LENGKAP => "SITI AMINAH", TANGGAL_LAHIR => "1998-01-25"] => "1998-01-25 SITI";
}

/// Keys of a person.
pub const FAMILY: Family = Family { inputs: &[nama::KUNCI, TANGGAL_LAHIR], columns: COLUMNS, compute };

fn compute(_: &Cx, rows: Rows<'_>, out: &mut Outputs) -> Result<()> {
    let (names, born) = (rows.text(nama::KUNCI)?, rows.number(TANGGAL_LAHIR)?);
    for row in 0..rows.count() {
        let day = born.get(row).and_then(crate::calendar::date);
        let words = names.get(row).unwrap_or_default().split(' ').filter(|word| word.chars().nth(1).is_some());
        let mut sounds: Vec<String> = words.map(sound).collect();
        sounds.sort_unstable();
        let key = |word: Option<&String>| day.zip(word).map(|(day, word)| format!("{day} {word}"));
        out.text(at::KUNCI_AWAL, key(sounds.first()).as_deref());
        out.text(at::KUNCI_AKHIR, key(sounds.last().filter(|_| sounds.len() > 1)).as_deref());
    }
    Ok(())
}
