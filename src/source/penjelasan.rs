//! Why a record was set aside, in the words of those who keep the data in order.

use super::reason::{Reason, Unusable};
use crate::table::Fault;
use crate::words::Lang;

impl Reason {
    /// One or two sentences for whoever mends the export. `saring explain CODE` says more, in English.
    #[must_use]
    pub fn sentence(self, lang: Lang) -> String {
        match lang {
            Lang::Id => indonesian(self).to_owned(),
            Lang::En => self.explanation(),
        }
    }
}

fn indonesian(reason: Reason) -> &'static str {
    match reason {
        Reason::Record(fault) => match fault {
            Fault::FieldCount => {
                "Jumlah kolom baris ini tidak sama dengan judulnya: pemisah di dalam nama atau alamat tanpa tanda kutip, \
                 atau ada isian yang hilang."
            }
            Fault::ShortRow => "Baris terakhir terpotong: berkas tidak lengkap. Mintalah ekspor baru.",
            Fault::EncodingInvalid => {
                "Ada huruf yang tidak sesuai dengan pengodean berkas. Bila banyak baris demikian, berkas ini barangkali \
                 Windows-1252 dan profil harus menyatakannya."
            }
            Fault::ControlCharacter => {
                "Ada karakter kendali (mis. NUL) yang tidak pernah ditulis oleh ekspor yang benar."
            }
            Fault::FieldTooLong => "Satu isian lebih panjang daripada 64 KiB, atau satu baris melewati batas.",
            Fault::QuoteStray => {
                "Ada teks setelah tanda kutip penutup, sehingga akhir isian tidak pasti. Tanda kutip di dalam isian harus \
                 digandakan."
            }
            Fault::JsonInvalid => {
                "Baris ini bukan satu objek JSON dengan nilai sederhana dan kunci yang masing-masing sekali."
            }
        },
        Reason::Content(unusable) => match unusable {
            Unusable::HeaderRepeat => "Baris ini mengulang judul kolom; bukan permohonan.",
            Unusable::Footer => "Baris ini penutup ekspor (mis. jumlah); bukan permohonan.",
            Unusable::MissingRequired => "Kolom yang wajib ada pada setiap permohonan kosong.",
            Unusable::NikScientific => {
                "Nomor berubah menjadi notasi ilmiah (mis. 3,17E+15) oleh lembar sebar; angka akhirnya hilang. Ekspor \
                 kolom ini sebagai teks."
            }
            Unusable::NikNumericCell => {
                "Enam belas angka disimpan sebagai bilangan, sehingga angka terakhirnya tidak dapat dipercaya. Ekspor kolom \
                 ini sebagai teks."
            }
            Unusable::NumberScientific => "Nomor berubah menjadi notasi ilmiah; angka akhirnya hilang.",
            Unusable::ColumnRounded => {
                "Kolom ini dibulatkan oleh lembar sebar: terlalu banyak nomor berakhir dengan 0. Tidak satu pun dipakai."
            }
            Unusable::DateUnreadable => "Tanggal tidak sesuai dengan format pada profil, atau tidak ada di kalender.",
            Unusable::DateRange => {
                "Tanggal terbaca tetapi tidak mungkin: permohonan setelah tanggal acuan, lahir setelah permohonan, atau di \
                 luar batas tahun."
            }
            Unusable::TimeUnreadable => "Jam atau waktu tidak sesuai dengan format pada profil.",
            Unusable::NumberUnreadable => "Bilangan tidak terbaca dengan tanda desimal dan ribuan pada profil.",
            Unusable::NumberRange => "Bilangan di luar batas kolomnya.",
            Unusable::CodeUnknown => "Kata ini tidak termasuk kode kolomnya dan tidak ada pada peta kode di profil.",
            Unusable::BoolUnknown => "Kata ini bukan kata untuk ya atau tidak menurut profil.",
            Unusable::SplitUnreadable => "Satu sel memuat dua kolom dan tidak dapat dipisah menurut profil.",
            Unusable::FormulaCell => "Sel berisi rumus; hasilnya tidak dipakai. Ekspor nilainya.",
            Unusable::CellError => "Sel berisi galat lembar sebar (mis. #REF!).",
            Unusable::MergedCell => "Sel bagian dari sel gabungan; nilainya hanya ada pada sel pertama.",
            Unusable::Duplicate => "Permohonan ini sudah dibaca dengan isi yang sama; yang pertama dipakai.",
            Unusable::IdConflict => {
                "Nomor permohonan ini muncul lagi dengan isi lain. Tidak satu pun dipakai; periksa mana yang benar."
            }
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_has_its_own_sentence_in_both_languages() {
        for lang in [Lang::Id, Lang::En] {
            let mut sentences: Vec<String> = Reason::all().map(|reason| reason.sentence(lang)).collect();
            let all = sentences.len();
            sentences.sort();
            sentences.dedup();
            assert_eq!(sentences.len(), all);
        }
        let id = Reason::Content(Unusable::Footer).sentence(Lang::Id);
        assert_ne!(id, Reason::Content(Unusable::Footer).sentence(Lang::En));
    }
}
