//! What the applicant wrote: fingerprints of answers that many give in the same words.

use super::{Cx, Family, Outputs, Rows, derived};
use crate::Result;
use crate::schema::Type;
use crate::schema::columns::{ALAMAT_DI_NEGARA_TUJUAN, URAIAN_PERJALANAN};
use crate::text::sidik::{Fingerprints, PLACE, SENTENCE, length};

derived! {
    SIDIK = "uraian.sidik"; Type::Text, Open, Nothing, "Sidik uraian", "fingerprint of the purpose",
        "hash of the words of uraian_perjalanan without order, case, punctuation, filler words and figures; none \
        for fewer than four different words or 24 letters",
        [URAIAN_PERJALANAN => "Kursus belajar English di London selama 3 bulan"] => "6065ddaf0045a0ac";
    PANJANG = "uraian.panjang"; Type::Int, Open, Nothing, "Panjang uraian", "length of the purpose",
        "letters and digits of uraian_perjalanan",
        [URAIAN_PERJALANAN => "jalan-jalan ke penang"] => "18";
    ALAMAT_TUJUAN = "alamat_tujuan.sidik"; Type::Text, Open, Nothing,
        "Sidik alamat tujuan", "fingerprint of the address abroad",
        "hash of the words and numbers of alamat_di_negara_tujuan without order, case, punctuation and words for \
        street; none for fewer than two or ten letters",
        [ALAMAT_DI_NEGARA_TUJUAN => "12 Jalan Burma, Penang"] => "126f5d0bfdf7f3ad";
}

/// What was written.
pub const FAMILY: Family = Family { inputs: &[URAIAN_PERJALANAN, ALAMAT_DI_NEGARA_TUJUAN], columns: COLUMNS, compute };

fn compute(_: &Cx, rows: Rows<'_>, out: &mut Outputs) -> Result<()> {
    let (purpose, stay) = (rows.text(URAIAN_PERJALANAN)?, rows.text(ALAMAT_DI_NEGARA_TUJUAN)?);
    let mut fingerprints = Fingerprints::default();
    for row in 0..rows.count() {
        let text = purpose.get(row);
        if out.wants(at::SIDIK) {
            out.text(at::SIDIK, text.and_then(|text| fingerprints.of(text, &SENTENCE)));
        }
        out.int(at::PANJANG, text.and_then(|text| i64::try_from(length(text)).ok()));
        if out.wants(at::ALAMAT_TUJUAN) {
            out.text(at::ALAMAT_TUJUAN, stay.get(row).and_then(|text| fingerprints.of(text, &PLACE)));
        }
    }
    Ok(())
}
