//! Closed lists of codes.

use std::fmt;

/// One code of a closed list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeEntry {
    /// The code in files and rules: lower case, or ISO letters for countries.
    pub code: &'static str,
    /// As an officer reads it.
    pub label_id: &'static str,
    /// In English.
    pub label_en: &'static str,
    /// Other words that an export may use for it; compared without case and punctuation.
    pub aliases: &'static [&'static str],
}

/// A closed list: a column of this type holds one of these codes or nothing.
pub struct CodeTable {
    /// The name of the list.
    pub name: &'static str,
    /// What the codes say.
    pub meaning: &'static str,
    entries: fn() -> &'static [CodeEntry],
}

impl CodeTable {
    /// A list known by name, whose entries are fetched when first needed.
    #[must_use]
    pub const fn new(name: &'static str, meaning: &'static str, entries: fn() -> &'static [CodeEntry]) -> Self {
        Self { name, meaning, entries }
    }

    /// All codes, in the order of the list.
    #[must_use]
    pub fn entries(&self) -> &'static [CodeEntry] {
        (self.entries)()
    }

    /// The entry of a code.
    #[must_use]
    pub fn get(&self, code: &str) -> Option<&'static CodeEntry> {
        self.entries().iter().find(|e| e.code == code)
    }

    /// The codes alone.
    pub fn codes(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.entries().iter().map(|e| e.code)
    }
}

impl fmt::Debug for CodeTable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CodeTable").field("name", &self.name).finish_non_exhaustive()
    }
}

/// Two lists are the same when they have the same name; names are unique by a law test.
impl PartialEq for CodeTable {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for CodeTable {}

macro_rules! table {
    ($constant:ident $name:literal $meaning:literal { $($code:literal $id:literal / $en:literal [$($alias:literal),*])+ }) => {
        #[doc = concat!("`", $name, "`: ", $meaning, ".")]
        pub const $constant: &crate::schema::CodeTable = &crate::schema::CodeTable::new($name, $meaning, || &[
            $(crate::schema::CodeEntry { code: $code, label_id: $id, label_en: $en, aliases: &[$($alias),*] },)+
        ]);
    };
}

/// The closed lists of the canonical columns. Lists of fault codes stand beside the parsers that find the faults.
pub mod tables {
    use super::CodeTable;

    /// `negara`: countries and territories by ISO 3166-1 alpha-2, with the codes of ICAO 9303 that ISO lacks.
    pub const NEGARA: &CodeTable =
        &CodeTable::new("negara", "country, ISO 3166-1 alpha-2", crate::reference::countries::code_entries);

    table! { UNIT_LAYANAN "unit_layanan" "kind of counter" {
        "kanim" "Kantor imigrasi" / "immigration office" ["KANTOR IMIGRASI", "KANTOR"]
        "ulp" "Unit layanan paspor" / "passport service unit" ["UNIT LAYANAN PASPOR"]
        "ukk" "Unit kerja keimigrasian" / "immigration work unit" ["UNIT KERJA KEIMIGRASIAN"]
        "mpp" "Mal pelayanan publik" / "public service mall" ["MAL PELAYANAN PUBLIK", "MALL PELAYANAN PUBLIK"]
        "ltsa" "Layanan terpadu satu atap" / "one-stop service for migrant workers" ["LTSA PMI"]
        "eazy_passport" "Eazy Passport" / "Eazy Passport, on-site group service" ["EAZY PASSPORT", "EAZY", "EAZYPASSPORT"]
    } }

    table! { JENIS_PERMOHONAN "jenis_permohonan" "type of application" {
        "baru" "Paspor baru" / "new passport" ["PASPOR BARU", "PERMOHONAN BARU", "NEW"]
        "ganti_habis_berlaku" "Penggantian habis berlaku" / "replacement, expired" ["PENGGANTIAN HABIS BERLAKU", "HABIS BERLAKU", "PENGGANTIAN", "PERPANJANGAN", "GANTI HABIS BERLAKU"]
        "ganti_penuh" "Penggantian halaman penuh" / "replacement, pages full" ["PENGGANTIAN HALAMAN PENUH", "HALAMAN PENUH", "PENUH"]
        "ganti_hilang" "Penggantian hilang" / "replacement, lost" ["PENGGANTIAN HILANG", "HILANG"]
        "ganti_rusak" "Penggantian rusak" / "replacement, damaged" ["PENGGANTIAN RUSAK", "RUSAK"]
        "perubahan_data" "Perubahan data" / "change of data" ["UBAH DATA", "PERUBAHAN NAMA"]
    } }

    table! { JENIS_PASPOR "jenis_paspor" "type of booklet" {
        "biasa_24" "Paspor biasa 24 halaman" / "ordinary, 24 pages" ["BIASA 24 HAL", "PASPOR BIASA 24 HALAMAN", "24 HALAMAN", "24H"]
        "biasa_48" "Paspor biasa 48 halaman" / "ordinary, 48 pages" ["BIASA 48 HAL", "PASPOR BIASA 48 HALAMAN", "48 HALAMAN", "48H"]
        "elektronik_48" "Paspor elektronik 48 halaman" / "electronic, 48 pages" ["ELEKTRONIK 48 HAL", "E-PASPOR", "EPASPOR", "ELEKTRONIK", "PASPOR ELEKTRONIK", "PASPOR ELEKTRONIK LAMINASI", "PASPOR ELEKTRONIK POLIKARBONAT"]
        "splp" "SPLP" / "travel document in lieu of a passport" ["SURAT PERJALANAN LAKSANA PASPOR"]
    } }

    table! { STATUS_PERMOHONAN "status_permohonan" "stage of an application" {
        "baru_masuk" "Baru masuk" / "received" ["BARU MASUK", "MASUK", "TERDAFTAR"]
        "menunggu_berkas" "Menunggu berkas" / "waiting for documents" ["MENUNGGU BERKAS", "BELUM LENGKAP"]
        "wawancara" "Wawancara" / "interview" ["FOTO DAN WAWANCARA", "BIOMETRIK"]
        "adjudikasi" "Adjudikasi" / "adjudication" ["VERIFIKASI"]
        "ditangguhkan" "Ditangguhkan" / "postponed" ["DITUNDA", "TANGGUH"]
        "ditolak" "Ditolak" / "refused" ["TOLAK"]
        "dibatalkan" "Dibatalkan" / "cancelled" ["BATAL"]
        "ditarik" "Ditarik" / "withdrawn" ["TARIK"]
        "terbit" "Terbit" / "issued" ["DITERBITKAN", "SELESAI"]
        "diserahkan" "Diserahkan" / "handed over" ["SERAH", "PENYERAHAN"]
    } }

    table! { JENIS_KELAMIN "jenis_kelamin" "sex" {
        "L" "Laki-laki" / "male" ["LAKI LAKI", "LAKILAKI", "PRIA", "M", "MALE", "1"]
        "P" "Perempuan" / "female" ["WANITA", "F", "FEMALE", "2"]
    } }

    table! { STATUS_SIPIL "status_sipil" "marital status" {
        "belum_kawin" "Belum kawin" / "never married" ["BELUM KAWIN", "BELUM MENIKAH", "TIDAK KAWIN", "LAJANG", "1"]
        "kawin" "Kawin" / "married" ["MENIKAH", "NIKAH", "KAWIN TERCATAT", "KAWIN BELUM TERCATAT", "2"]
        "cerai_hidup" "Cerai hidup" / "divorced" ["CERAI HIDUP", "CERAI", "3"]
        "cerai_mati" "Cerai mati" / "widowed" ["CERAI MATI", "JANDA", "DUDA", "4"]
    } }

    table! { PENDIDIKAN "pendidikan" "highest education" {
        "tidak_sekolah" "Tidak/belum sekolah" / "no schooling" ["TIDAK/BELUM SEKOLAH", "TIDAK SEKOLAH", "BELUM SEKOLAH", "1"]
        "belum_tamat_sd" "Belum tamat SD/sederajat" / "primary not completed" ["BELUM TAMAT SD/SEDERAJAT", "TIDAK TAMAT SD/SEDERAJAT", "2"]
        "sd" "Tamat SD/sederajat" / "primary" ["TAMAT SD/SEDERAJAT", "SD/SEDERAJAT", "3"]
        "sltp" "SLTP/sederajat" / "lower secondary" ["SLTP/SEDERAJAT", "SMP", "MTS", "4"]
        "slta" "SLTA/sederajat" / "upper secondary" ["SLTA/SEDERAJAT", "SMA", "SMK", "MA", "5"]
        "d1_d2" "Diploma I/II" / "diploma I or II" ["DIPLOMA I/II", "D1", "D2", "6"]
        "d3" "Akademi/Diploma III" / "diploma III" ["AKADEMI/DIPLOMA III/S. MUDA", "AKADEMI/DIPLOMA III", "D3", "7"]
        "s1" "Diploma IV/Strata I" / "bachelor" ["DIPLOMA IV/STRATA I", "S1", "D4", "8"]
        "s2" "Strata II" / "master" ["STRATA II", "S2", "9"]
        "s3" "Strata III" / "doctorate" ["STRATA III", "S3", "10"]
    } }

    table! { MAKSUD_PERJALANAN "maksud_perjalanan" "purpose of travel" {
        "wisata" "Wisata" / "tourism" ["LIBURAN", "JALAN JALAN", "BERLIBUR", "TURIS"]
        "kunjungan_keluarga" "Kunjungan keluarga" / "family visit" ["KUNJUNGAN KELUARGA", "JENGUK KELUARGA", "MENGUNJUNGI KELUARGA"]
        "umrah" "Umrah" / "umrah" ["UMROH", "IBADAH UMRAH"]
        "haji" "Haji" / "hajj" ["IBADAH HAJI", "HAJI KHUSUS"]
        "ziarah" "Ziarah" / "pilgrimage" []
        "berobat" "Berobat" / "medical treatment" ["PENGOBATAN", "MEDICAL CHECK UP"]
        "studi" "Studi" / "study" ["BELAJAR", "SEKOLAH", "KULIAH", "PENDIDIKAN"]
        "magang" "Magang" / "traineeship" ["PEMAGANGAN"]
        "bkk" "Bursa kerja khusus" / "school job exchange" ["BURSA KERJA KHUSUS"]
        "kerja_pmi" "Bekerja (PMI)" / "work as a registered migrant worker" ["PMI", "TKI", "BEKERJA", "KERJA"]
        "kerja_formal" "Bekerja formal" / "formal employment" ["BEKERJA FORMAL", "KERJA FORMAL", "PROFESIONAL"]
        "bisnis" "Bisnis" / "business" ["USAHA", "URUSAN BISNIS"]
        "dinas" "Dinas" / "official duty" ["TUGAS DINAS", "PERJALANAN DINAS"]
        "belum_ada" "Belum ada rencana" / "no plan yet" ["JAGA JAGA", "PERSIAPAN", "BELUM ADA RENCANA", "BELUM ADA"]
        "lain" "Lain-lain" / "other" ["LAINNYA", "LAIN LAIN"]
    } }

    table! { PENJAMIN_JENIS "penjamin_jenis" "kind of sponsor" {
        "keluarga" "Keluarga" / "family" []
        "perusahaan" "Perusahaan" / "company" ["PT", "CV", "KANTOR"]
        "p3mi" "P3MI" / "licensed placement company" ["PPTKIS", "PJTKI"]
        "ppiu" "PPIU" / "umrah organiser" ["TRAVEL UMRAH", "BIRO UMRAH"]
        "pihk" "PIHK" / "special hajj organiser" []
        "lpk" "LPK" / "training institute" ["LEMBAGA PELATIHAN KERJA"]
        "bkk" "BKK" / "school job exchange" ["BURSA KERJA KHUSUS"]
        "sekolah" "Sekolah" / "school" ["KAMPUS", "UNIVERSITAS"]
        "pesantren" "Pesantren" / "boarding school" ["PONDOK PESANTREN", "PONPES"]
        "perorangan" "Perorangan" / "individual" ["PRIBADI", "INDIVIDU"]
    } }

    table! { DOKUMEN "dokumen" "document in the file" {
        "akta_kawin" "Akta perkawinan" / "marriage certificate" ["AKTA PERKAWINAN"]
        "akta_lahir" "Akta kelahiran" / "birth certificate" ["AKTA KELAHIRAN", "AKTE LAHIR", "AKTE KELAHIRAN", "AKTA"]
        "bap" "BAP" / "record of examination" ["BERITA ACARA PEMERIKSAAN"]
        "buku_nikah" "Buku nikah" / "marriage book" []
        "ijazah" "Ijazah" / "diploma" ["IJASAH"]
        "izin_ortu" "Izin orang tua" / "parents' consent" ["IZIN ORANG TUA", "PERSETUJUAN ORANG TUA"]
        "izin_pasangan" "Izin pasangan" / "spouse's consent" ["IZIN SUAMI", "IZIN ISTRI"]
        "kk" "Kartu keluarga" / "family card" ["KARTU KELUARGA"]
        "ktp" "KTP" / "identity card" ["KTP EL", "E KTP", "EKTP"]
        "paspor_lama" "Paspor lama" / "old passport" ["PASPOR"]
        "penetapan_pengadilan" "Penetapan pengadilan" / "court order" ["SURAT PENETAPAN", "PUTUSAN PENGADILAN"]
        "rekom_disnaker" "Rekomendasi Disnaker" / "letter of the labour office" ["REKOMENDASI DISNAKER", "REKOM DISNAKER"]
        "rekom_kemenag" "Rekomendasi Kemenag" / "letter of the religious affairs office" ["REKOMENDASI KEMENAG", "REKOM KEMENAG"]
        "rekom_lain" "Rekomendasi lain" / "other letter of recommendation" ["REKOMENDASI", "REKOM"]
        "rekom_sekolah" "Rekomendasi sekolah" / "letter of a school" ["SURAT SEKOLAH"]
        "surat_baptis" "Surat baptis" / "baptism certificate" []
        "surat_jaminan" "Surat jaminan" / "letter of guarantee" []
        "surat_keterangan" "Surat keterangan" / "official statement" ["SUKET"]
        "surat_kuasa" "Surat kuasa" / "power of attorney" []
        "tiket" "Tiket" / "ticket" []
        "undangan" "Undangan" / "invitation" ["SURAT UNDANGAN"]
    } }

    table! { ALASAN_KEPUTUSAN "alasan_keputusan" "reason of a decision, the seven classes Kanim Medan reports" {
        "duplikasi" "Duplikasi identitas" / "duplicate identity" ["DUPLIKASI IDENTITAS", "DUPLIKASI DATA"]
        "pmi_np" "Diduga PMI nonprosedural" / "suspected non-procedural worker" ["PMI NONPROSEDURAL", "PMI NP", "TKI NONPROSEDURAL"]
        "keterangan_tidak_benar" "Keterangan tidak benar" / "false statement" ["KETERANGAN PALSU"]
        "berkas_tidak_lengkap" "Berkas tidak lengkap" / "incomplete file" ["TIDAK LENGKAP"]
        "salah_jenis_permohonan" "Salah jenis permohonan" / "wrong type of application" []
        "salah_jenis_paspor" "Salah jenis paspor" / "wrong type of passport" []
        "lain" "Lain-lain" / "other" ["LAINNYA"]
    } }

    /// Every list above, for laws and for `saring fields`.
    pub const ALL: &[&CodeTable] = &[
        NEGARA,
        UNIT_LAYANAN,
        JENIS_PERMOHONAN,
        JENIS_PASPOR,
        STATUS_PERMOHONAN,
        JENIS_KELAMIN,
        STATUS_SIPIL,
        PENDIDIKAN,
        MAKSUD_PERJALANAN,
        PENJAMIN_JENIS,
        DOKUMEN,
        ALASAN_KEPUTUSAN,
    ];
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn lists_have_unique_names_and_codes_and_no_alias_leads_to_two_codes() {
        let names: BTreeSet<_> = tables::ALL.iter().map(|t| t.name).collect();
        assert_eq!(names.len(), tables::ALL.len());
        for table in tables::ALL {
            let codes: BTreeSet<_> = table.codes().collect();
            assert_eq!(codes.len(), table.entries().len(), "{}", table.name);
            let mut seen = BTreeSet::new();
            for entry in table.entries() {
                assert!(!entry.code.contains(';'), "{}: {}", table.name, entry.code);
                for alias in entry.aliases {
                    assert!(seen.insert(alias.to_uppercase()), "{}: alias {alias} twice", table.name);
                }
            }
        }
    }
}
