//! Names in their normal form: the applicant's, the parents', the spouse's.

use super::{Cx, Family, Outputs, Rows, derived};
use crate::Result;
use crate::schema::columns::{NAMA_AYAH, NAMA_DI_PASPOR, NAMA_IBU, NAMA_LENGKAP, NAMA_PASANGAN};
use crate::schema::{Protected, Type};
use crate::text::nama::{MASALAH_NAMA, Names};

derived! {
    KUNCI = "nama.kunci"; Type::Text, Name, Contains(Protected::ETHNICITY), "Nama baku", "normal form of the name",
        "the name without titles and link words, abbreviations and old spelling written out, words in \
        alphabetical order",
        [NAMA_LENGKAP => "Hj. St. Aminah br. Hasibuan, S.Pd."] => "AMINAH HASIBUAN SITI";
    JUMLAH_KATA = "nama.jumlah_kata"; Type::Int, Open, Nothing, "Jumlah kata nama", "words in the name",
        "words of the name without titles; one word is a name too",
        [NAMA_LENGKAP => "Hj. SITI AMINAH HASIBUAN"] => "3";
    MASALAH = "nama.masalah"; Type::List(MASALAH_NAMA), Open, Nothing, "Keanehan nama", "oddities of the name",
        "what is odd about the name as written: digits, a title left in, symbols, mixed alphabets, too long \
        (Permendagri 73/2022)",
        [NAMA_LENGKAP => "DRS. BUD1 SANTOSO"] => "angka;gelar";
    PASPOR_BEDA = "nama_di_paspor.beda"; Type::Bool, Open, Nothing,
        "Nama di paspor berbeda", "name in the passport differs",
        "whether the name to be printed and the full name have different normal forms",
        [NAMA_LENGKAP => "MUH. FAUZI", NAMA_DI_PASPOR => "FAUZI MUHAMMAD"] => "false";
    AYAH_KUNCI = "ayah.kunci"; Type::Text, Name, Contains(Protected::ETHNICITY),
        "Nama ayah baku", "normal form of the father's name",
        "the father's name as nama.kunci",
        [NAMA_AYAH => "H. RAHMAT BIN ALI HASIBUAN"] => "ALI HASIBUAN RAHMAT";
    IBU_KUNCI = "ibu.kunci"; Type::Text, Name, Contains(Protected::ETHNICITY),
        "Nama ibu baku", "normal form of the mother's name",
        "the mother's name as nama.kunci",
        [NAMA_IBU => "Noer Aini"] => "NURAINI";
    ORANG_TUA_KUNCI = "orang_tua.kunci"; Type::Text, Name, Contains(Protected::ETHNICITY),
        "Nama orang tua baku", "normal forms of the parents' names",
        "the father's and the mother's name as nama.kunci; none unless both are known",
        [NAMA_AYAH => "RAHMAT", NAMA_IBU => "NURAINI"] => "RAHMAT + NURAINI";
    PASANGAN_KUNCI = "pasangan.kunci"; Type::Text, Name, Contains(Protected::ETHNICITY),
        "Nama pasangan baku", "normal form of the spouse's name",
        "the spouse's name as nama.kunci",
        [NAMA_PASANGAN => "BUDI SANTOSO, S.E."] => "BUDI SANTOSO";
    AYAH_SAMA = "ayah.nama_sama"; Type::Bool, Open, Nothing,
        "Nama ayah sama dengan pemohon", "father's name is the applicant's",
        "whether father and applicant have the same name",
        [NAMA_LENGKAP => "SUHARTO", NAMA_AYAH => "SOEHARTO (ALM)"] => "true";
    IBU_SAMA = "ibu.nama_sama"; Type::Bool, Open, Nothing,
        "Nama ibu sama dengan pemohon", "mother's name is the applicant's",
        "whether mother and applicant have the same name",
        [NAMA_LENGKAP => "SITI AMINAH", NAMA_IBU => "SITI AMANAH"] => "false";
}

/// Names.
pub const FAMILY: Family =
    Family { inputs: &[NAMA_LENGKAP, NAMA_DI_PASPOR, NAMA_AYAH, NAMA_IBU, NAMA_PASANGAN], columns: COLUMNS, compute };

fn compute(_: &Cx, rows: Rows<'_>, out: &mut Outputs) -> Result<()> {
    let (own, printed) = (rows.text(NAMA_LENGKAP)?, rows.text(NAMA_DI_PASPOR)?);
    let (father, mother, spouse) = (rows.text(NAMA_AYAH)?, rows.text(NAMA_IBU)?, rows.text(NAMA_PASANGAN)?);
    let mut readers: [Names; 5] = Default::default();
    let [names, printed_names, father_names, mother_names, spouse_names] = &mut readers;
    let mut both = String::new();
    for row in 0..rows.count() {
        let (own, printed) = (own.get(row), printed.get(row));
        let name = own.map(|text| names.read(text));
        let key = name.and_then(|name| name.key());
        let printed = if printed == own { key } else { printed.and_then(|text| printed_names.key(text)) };
        let father = father.get(row).and_then(|text| father_names.key(text));
        let mother = mother.get(row).and_then(|text| mother_names.key(text));
        let spouse = spouse.get(row).and_then(|text| spouse_names.key(text));
        out.text(at::KUNCI, key);
        out.int(at::JUMLAH_KATA, name.and_then(|name| i64::try_from(name.words).ok()));
        out.faults(at::MASALAH, name.map(|name| name.faults));
        out.bool(at::PASPOR_BEDA, key.zip(printed).map(|(key, printed)| key != printed));
        out.text(at::AYAH_KUNCI, father);
        out.text(at::IBU_KUNCI, mother);
        out.text(at::ORANG_TUA_KUNCI, father.zip(mother).map(|(father, mother)| join(father, mother, &mut both)));
        out.text(at::PASANGAN_KUNCI, spouse);
        out.bool(at::AYAH_SAMA, key.zip(father).map(|(key, father)| key == father));
        out.bool(at::IBU_SAMA, key.zip(mother).map(|(key, mother)| key == mother));
    }
    Ok(())
}

fn join<'b>(father: &str, mother: &str, both: &'b mut String) -> &'b str {
    both.clear();
    both.extend([father, " + ", mother]);
    both
}
