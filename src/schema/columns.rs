//! The canonical columns of an application: the dictionary, one entry each.
//!
//! An entry says the name, the type, how a cell is read, whether it must be there, how sensitive it is, how it is masked,
//! what protected attribute it leads to, its labels and its meaning. The order of the table is the order of columns in
//! files that saring writes.

use super::{CodeTable, Mask, Protected, Reveals, Type, tables};

/// How the text of a cell becomes a value. The profile chooses date formats, null markers and code maps; this says which
/// of them apply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Text, trimmed, inner white space single.
    Plain,
    /// As `Plain`; digits and punctuation are remarked on, not refused.
    Name,
    /// Several texts separated by `;`.
    Texts,
    /// Sixteen digits; spaces, dots, apostrophes and full-width digits are removed by named steps.
    Digit16,
    /// A phone number, kept as written; `telepon.kunci` is the comparable form.
    Phone,
    /// An email address, kept as written; `email.kunci` is the comparable form.
    Email,
    /// A passport number: upper case, without spaces.
    Passport,
    /// A line of the machine readable zone: upper case, without spaces.
    Mrz,
    /// A whole number within bounds, ends included.
    Number(i64, i64),
    /// A length of time in days; words for weeks, months and years are read.
    Duration,
    /// A date in one of the profile's formats.
    Date,
    /// Date and time in one of the profile's formats.
    Time,
    /// A time of day, joined with `tanggal_permohonan`.
    ClockTime,
    /// Yes or no, in the profile's words.
    Bool,
    /// A code of the column's list, through the profile's map.
    Code,
    /// Several codes separated by `;`.
    CodeList,
    /// A country by code or name, Indonesian or English.
    Country,
}

/// Whether a column must be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Without the column a file is refused; without the value a row is quarantined.
    Required,
    /// Without the column the run warns, since rules lose sight.
    Recommended,
    /// May be absent.
    Optional,
}

/// How a value may be shown and used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sensitivity {
    /// Says nothing of a person by itself.
    Plain,
    /// Personal data: masked outside the referral files.
    Personal,
    /// Never in normal reports, never in scoring rules.
    Hidden,
}

/// A canonical column.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// The name in rules, profiles and files.
    pub name: &'static str,
    /// The type of its values.
    pub ty: Type,
    /// How a cell is read.
    pub format: Format,
    /// Whether it must be there.
    pub need: Need,
    /// How it may be shown and used.
    pub sensitivity: Sensitivity,
    /// How it is masked.
    pub mask: Mask,
    /// The protected attributes it leads to.
    pub reveals: Reveals,
    /// Heading in Indonesian.
    pub label_id: &'static str,
    /// Heading in English.
    pub label_en: &'static str,
    /// What it means.
    pub meaning: &'static str,
    /// An invented value.
    pub example: &'static str,
}

macro_rules! canonical {
    ($($constant:ident = $name:literal: $ty:expr, $format:expr, $need:ident, $sensitivity:ident, $mask:ident, $reveals:expr,
        $id:literal / $en:literal, $meaning:literal, $example:literal;)+) => {
        $(
            #[doc = concat!("`", $name, "`: ", $meaning, ".")]
            pub const $constant: &str = $name;
        )+

        /// Every canonical column, in the order files are written.
        pub const ALL: &[Column] = {
            use Format::*;
            use Reveals::*;
            use Type as T;
            &[$(Column {
                name: $name,
                ty: $ty,
                format: $format,
                need: Need::$need,
                sensitivity: Sensitivity::$sensitivity,
                mask: Mask::$mask,
                reveals: $reveals,
                label_id: $id,
                label_en: $en,
                meaning: $meaning,
                example: $example,
            },)+]
        };
    };
}

canonical! {
// kepala
NOMOR_PERMOHONAN = "nomor_permohonan": T::Text, Digit16, Required, Personal, Number, Nothing,
    "Nomor permohonan" / "application number",
    "number of the application, 16 digits, unique in a file", "1271250000123456";
TANGGAL_PERMOHONAN = "tanggal_permohonan": T::Date, Date, Required, Plain, Open, Nothing,
    "Tanggal permohonan" / "application date",
    "day the application was filed; rules are in force by this date", "2025-11-03";
WAKTU_PERMOHONAN = "waktu_permohonan": T::Time, ClockTime, Optional, Plain, Open, Nothing,
    "Waktu permohonan" / "application time",
    "date and time of day the application was filed, in the office's clock", "2025-11-03 06:05:00";
KODE_KANIM = "kode_kanim": T::Text, Plain, Required, Plain, Open, Nothing,
    "Kantor imigrasi" / "immigration office",
    "code of the office; the list of codes is the office's own setting", "MDN";
UNIT_LAYANAN = "unit_layanan": T::Code(tables::UNIT_LAYANAN), Code, Optional, Plain, Open, Nothing,
    "Unit layanan" / "service point",
    "kind of counter", "eazy_passport";
JADWAL_LAYANAN = "jadwal_layanan": T::Time, Time, Optional, Plain, Open, Nothing,
    "Jadwal layanan" / "appointment",
    "date and time of the appointment", "2025-11-05 08:00:00";
JENIS_PERMOHONAN = "jenis_permohonan": T::Code(tables::JENIS_PERMOHONAN), Code, Required, Plain, Open, Nothing,
    "Jenis permohonan" / "application type",
    "new, or why the old passport is replaced", "baru";
JENIS_PASPOR = "jenis_paspor": T::Code(tables::JENIS_PASPOR), Code, Required, Plain, Open, Nothing,
    "Jenis paspor" / "passport type",
    "booklet applied for", "elektronik_48";
MASA_BERLAKU_TAHUN = "masa_berlaku_tahun": T::Int, Number(1, 10), Optional, Plain, Open, Nothing,
    "Masa berlaku (tahun)" / "validity in years",
    "5 or 10 years; 10 only from 2022-10-12 and for adults (Permenkumham 18/2022 ps 2A)", "10";
LAYANAN_PERCEPATAN = "layanan_percepatan": T::Bool, Bool, Optional, Plain, Open, Nothing,
    "Layanan percepatan" / "expedited",
    "same-day service was paid for", "false";
STATUS_PERMOHONAN = "status_permohonan": T::Code(tables::STATUS_PERMOHONAN), Code, Recommended, Plain, Open, Nothing,
    "Status permohonan" / "status",
    "stage the application has reached", "wawancara";
TARIF_PNBP = "tarif_pnbp": T::Int, Number(0, 100_000_000), Optional, Plain, Open, Nothing,
    "Tarif PNBP (rupiah)" / "fee in rupiah",
    "fee of the application, 0 for a first passport of a migrant worker", "650000";
KODE_BILLING = "kode_billing": T::Text, Plain, Optional, Personal, Number, Nothing,
    "Kode billing" / "billing code",
    "MPN G2 billing code, 15 digits", "820251103000123";
// pemohon
NAMA_LENGKAP = "nama_lengkap": T::Text, Name, Required, Personal, Name, Contains(Protected::ETHNICITY),
    "Nama lengkap" / "full name",
    "name as on the identity card", "SITI AMINAH HASIBUAN";
NAMA_LAIN = "nama_lain": T::Texts, Texts, Optional, Personal, Name, Contains(Protected::ETHNICITY),
    "Nama lain" / "aliases",
    "other names, separated by `;`", "AMINAH";
NAMA_DI_PASPOR = "nama_di_paspor": T::Text, Name, Optional, Personal, Name, Contains(Protected::ETHNICITY),
    "Nama di paspor" / "name in the passport",
    "name to be printed, at most 34 characters", "SITI AMINAH HASIBUAN";
NIK = "nik": T::Text, Digit16, Required, Personal, Number, Contains(Protected::SEX.and(Protected::REGION)),
    "NIK" / "national identity number",
    "16 digits: region of first registration, birth date (+40 for women), serial", "1271995708030002";
NOMOR_KK = "nomor_kk": T::Text, Digit16, Recommended, Personal, Number, Contains(Protected::REGION),
    "Nomor KK" / "family card number",
    "16 digits: region and date of issue, serial", "1271992003190004";
TEMPAT_LAHIR = "tempat_lahir": T::Text, Plain, Required, Personal, Open, Is(Protected::REGION),
    "Tempat lahir" / "place of birth",
    "place of birth as written", "MEDAN";
TANGGAL_LAHIR = "tanggal_lahir": T::Date, Date, Required, Personal, Year, Nothing,
    "Tanggal lahir" / "date of birth",
    "date of birth as stated", "2003-08-17";
JENIS_KELAMIN = "jenis_kelamin": T::Code(tables::JENIS_KELAMIN), Code, Required, Personal, Open, Is(Protected::SEX),
    "Jenis kelamin" / "sex",
    "compared for consistency and counted in the audit only", "P";
STATUS_SIPIL = "status_sipil": T::Code(tables::STATUS_SIPIL), Code, Optional, Personal, Open, Nothing,
    "Status sipil" / "marital status",
    "marital status as stated", "belum_kawin";
PEKERJAAN = "pekerjaan": T::Text, Plain, Recommended, Personal, Open, Nothing,
    "Pekerjaan" / "occupation",
    "occupation as written; see pekerjaan.kode", "PELAJAR/MAHASISWA";
PENDIDIKAN = "pendidikan": T::Code(tables::PENDIDIKAN), Code, Optional, Personal, Open, Nothing,
    "Pendidikan" / "education",
    "highest education", "slta";
TINGGI_BADAN_CM = "tinggi_badan_cm": T::Int, Number(40, 230), Optional, Personal, Open, Nothing,
    "Tinggi badan (cm)" / "height in cm",
    "height", "158";
// alamat
ALAMAT = "alamat": T::Text, Plain, Recommended, Personal, Whole, Contains(Protected::REGION),
    "Alamat" / "address",
    "street, number, complex as written", "JL. MAWAR LK V NO 12";
RT = "rt": T::Text, Plain, Optional, Personal, Open, Nothing,
    "RT" / "neighbourhood unit",
    "rukun tetangga", "003";
RW = "rw": T::Text, Plain, Optional, Personal, Open, Nothing,
    "RW" / "community unit",
    "rukun warga", "002";
LINGKUNGAN = "lingkungan": T::Text, Plain, Optional, Personal, Open, Nothing,
    "Lingkungan" / "neighbourhood",
    "lingkungan or dusun, in digits or Roman numerals", "V";
KELURAHAN_DESA = "kelurahan_desa": T::Text, Plain, Recommended, Personal, Open, Is(Protected::REGION),
    "Kelurahan/desa" / "village",
    "village of the address", "TITI PAPAN";
KECAMATAN = "kecamatan": T::Text, Plain, Recommended, Personal, Open, Is(Protected::REGION),
    "Kecamatan" / "district",
    "district of the address", "MEDAN DELI";
KABUPATEN_KOTA = "kabupaten_kota": T::Text, Plain, Recommended, Personal, Open, Is(Protected::REGION),
    "Kabupaten/kota" / "regency or city",
    "regency or city of the address", "KOTA MEDAN";
PROVINSI = "provinsi": T::Text, Plain, Recommended, Personal, Open, Is(Protected::REGION),
    "Provinsi" / "province",
    "province of the address", "SUMATERA UTARA";
KODE_WILAYAH_KTP = "kode_wilayah_ktp": T::Text, Plain, Optional, Personal, Open, Is(Protected::REGION),
    "Kode wilayah KTP" / "region code of the identity card",
    "Kemendagri code, dotted or plain", "12.71.06";
TANGGAL_TERBIT_KTP = "tanggal_terbit_ktp": T::Date, Date, Optional, Personal, Open, Nothing,
    "Tanggal terbit KTP" / "identity card issued",
    "date of issue of the identity card", "2021-02-10";
TANGGAL_CETAK_KK = "tanggal_cetak_kk": T::Date, Date, Optional, Personal, Open, Nothing,
    "Tanggal cetak KK" / "family card printed",
    "date of print, not before the date in nomor_kk", "2024-05-02";
// keluarga
NAMA_AYAH = "nama_ayah": T::Text, Name, Recommended, Personal, Name, Contains(Protected::ETHNICITY),
    "Nama ayah" / "father's name",
    "father's name as written", "RAHMAT HASIBUAN";
NAMA_IBU = "nama_ibu": T::Text, Name, Recommended, Personal, Name, Contains(Protected::ETHNICITY),
    "Nama ibu" / "mother's name",
    "mother's name as written", "NURAINI";
TANGGAL_LAHIR_AYAH = "tanggal_lahir_ayah": T::Date, Date, Optional, Personal, Year, Nothing,
    "Tanggal lahir ayah" / "father's date of birth",
    "father's date of birth", "1975-01-02";
TANGGAL_LAHIR_IBU = "tanggal_lahir_ibu": T::Date, Date, Optional, Personal, Year, Nothing,
    "Tanggal lahir ibu" / "mother's date of birth",
    "mother's date of birth", "1978-06-30";
NAMA_PASANGAN = "nama_pasangan": T::Text, Name, Optional, Personal, Name, Contains(Protected::ETHNICITY),
    "Nama pasangan" / "spouse's name",
    "name of husband or wife", "BUDI SANTOSO";
// kontak
TELEPON = "telepon": T::Text, Phone, Recommended, Personal, Phone, Contains(Protected::REGION),
    "Telepon" / "phone",
    "the applicant's own phone", "+6281260000001";
TELEPON_KERABAT = "telepon_kerabat": T::Text, Phone, Recommended, Personal, Phone, Contains(Protected::REGION),
    "Telepon kerabat" / "relative's phone",
    "phone of a relative, here or abroad", "+60123456789";
EMAIL = "email": T::Text, Email, Optional, Personal, Email, Contains(Protected::SEX.and(Protected::ETHNICITY)),
    "Email" / "email",
    "address given in M-Paspor", "siti.aminah@example.id";
ID_AKUN_MPASPOR = "id_akun_mpaspor": T::Text, Plain, Optional, Personal, Number, Nothing,
    "Akun M-Paspor" / "M-Paspor account",
    "account that filed the application; families share one", "A000123";
NAMA_PEMBAYAR = "nama_pembayar": T::Text, Name, Optional, Personal, Name, Contains(Protected::ETHNICITY),
    "Nama pembayar" / "payer",
    "name of the payer", "SITI AMINAH HASIBUAN";
REKENING_PEMBAYAR = "rekening_pembayar": T::Text, Plain, Optional, Personal, Number, Nothing,
    "Rekening pembayar" / "payer's account",
    "account the fee was paid from", "1234567890";
// perjalanan
NEGARA_TUJUAN = "negara_tujuan": T::Code(tables::NEGARA), Country, Recommended, Plain, Open, Nothing,
    "Negara tujuan" / "destination",
    "country of destination, ISO 3166 alpha-2; the first one where several are given", "MY";
MAKSUD_PERJALANAN = "maksud_perjalanan": T::Code(tables::MAKSUD_PERJALANAN), Code, Recommended, Plain, Open, Nothing,
    "Maksud perjalanan" / "purpose",
    "purpose stated at the counter", "wisata";
URAIAN_PERJALANAN = "uraian_perjalanan": T::Text, Plain, Optional, Personal, Whole, Nothing,
    "Uraian perjalanan" / "purpose in words",
    "the purpose in the applicant's words", "jalan-jalan ke penang";
ALAMAT_DI_NEGARA_TUJUAN = "alamat_di_negara_tujuan": T::Text, Plain, Optional, Personal, Whole, Nothing,
    "Alamat di negara tujuan" / "address abroad",
    "where the applicant will stay", "12 JALAN BURMA, PENANG";
LAMA_TINGGAL_HARI = "lama_tinggal_hari": T::Int, Duration, Optional, Plain, Open, Nothing,
    "Lama tinggal (hari)" / "length of stay in days",
    "planned stay; `2 minggu`, `1 bulan` are read as 14 and 30 days", "7";
TANGGAL_RENCANA_BERANGKAT = "tanggal_rencana_berangkat": T::Date, Date, Optional, Plain, Open, Nothing,
    "Rencana berangkat" / "planned departure",
    "planned day of departure", "2025-12-20";
// penjamin
PENJAMIN_NAMA = "penjamin_nama": T::Text, Name, Optional, Personal, Name, Contains(Protected::ETHNICITY),
    "Nama penjamin" / "sponsor",
    "person or institution that sponsors", "PT CONTOH ABADI";
PENJAMIN_ID = "penjamin_id": T::Text, Plain, Optional, Personal, Number, Contains(Protected::SEX.and(Protected::REGION)),
    "ID penjamin" / "sponsor's number",
    "NIK, passport number or NPWP/NIB of the sponsor", "0123456789012345";
PENJAMIN_TELEPON = "penjamin_telepon": T::Text, Phone, Optional, Personal, Phone, Contains(Protected::REGION),
    "Telepon penjamin" / "sponsor's phone",
    "phone of the sponsor", "+6281260000002";
PENJAMIN_ALAMAT = "penjamin_alamat": T::Text, Plain, Optional, Personal, Whole, Contains(Protected::REGION),
    "Alamat penjamin" / "sponsor's address",
    "address of the sponsor", "JL. MELATI 3, MEDAN";
PENJAMIN_JENIS = "penjamin_jenis": T::Code(tables::PENJAMIN_JENIS), Code, Optional, Plain, Open, Nothing,
    "Jenis penjamin" / "kind of sponsor",
    "family, company, licensed agency and so on", "ppiu";
REKOMENDASI_NOMOR = "rekomendasi_nomor": T::Text, Plain, Optional, Personal, Open, Nothing,
    "Nomor rekomendasi" / "recommendation number",
    "number of the letter of recommendation", "563/123/DISNAKER/2025";
REKOMENDASI_TANGGAL = "rekomendasi_tanggal": T::Date, Date, Optional, Plain, Open, Nothing,
    "Tanggal rekomendasi" / "recommendation date",
    "date of the letter", "2025-10-20";
REKOMENDASI_INSTANSI = "rekomendasi_instansi": T::Text, Plain, Optional, Plain, Open, Nothing,
    "Instansi rekomendasi" / "recommending body",
    "who wrote the letter", "DISNAKER KOTA MEDAN";
ID_CPMI = "id_cpmi": T::Text, Plain, Optional, Personal, Number, Nothing,
    "ID CPMI" / "prospective worker's id",
    "SISKOP2MI or E-PMI id; its format is not public", "CPMI000123";
PENDAMPING_NAMA = "pendamping_nama": T::Text, Name, Optional, Personal, Name, Contains(Protected::ETHNICITY),
    "Nama pendamping" / "companion",
    "person who came along", "AHMAD FAUZI";
PENDAMPING_NIK = "pendamping_nik": T::Text, Digit16, Optional, Personal, Number, Contains(Protected::SEX.and(Protected::REGION)),
    "NIK pendamping" / "companion's NIK",
    "NIK of the companion", "1271991201800003";
PENDAMPING_TELEPON = "pendamping_telepon": T::Text, Phone, Optional, Personal, Phone, Contains(Protected::REGION),
    "Telepon pendamping" / "companion's phone",
    "phone of the companion", "+6281260000003";
KUASA_NAMA = "kuasa_nama": T::Text, Name, Optional, Personal, Name, Contains(Protected::ETHNICITY),
    "Nama kuasa" / "proxy",
    "person who collects the passport", "AHMAD FAUZI";
KUASA_NIK = "kuasa_nik": T::Text, Digit16, Optional, Personal, Number, Contains(Protected::SEX.and(Protected::REGION)),
    "NIK kuasa" / "proxy's NIK",
    "NIK of the proxy", "1271991201800003";
// dokumen
DOKUMEN_DILAMPIRKAN = "dokumen_dilampirkan": T::List(tables::DOKUMEN), CodeList, Recommended, Plain, Open, Nothing,
    "Dokumen dilampirkan" / "documents attached",
    "documents in the file, separated by `;`", "ijazah;kk;ktp";
AKTA_NOMOR = "akta_nomor": T::Text, Plain, Optional, Personal, Number, Nothing,
    "Nomor akta" / "birth certificate number",
    "number of the birth certificate", "1271-LT-01012004-0001";
IJAZAH_NOMOR = "ijazah_nomor": T::Text, Plain, Optional, Personal, Number, Nothing,
    "Nomor ijazah" / "diploma number",
    "number of the diploma", "DN-07 MA 0001234";
BUKU_NIKAH_NOMOR = "buku_nikah_nomor": T::Text, Plain, Optional, Personal, Number, Nothing,
    "Nomor buku nikah" / "marriage book number",
    "number of the marriage book, shared by husband and wife", "0123/045/VI/2020";
IJAZAH_TAHUN = "ijazah_tahun": T::Int, Number(1930, 2100), Optional, Personal, Open, Nothing,
    "Tahun ijazah" / "diploma year",
    "year of the diploma", "2021";
PASPOR_LAMA_NOMOR = "paspor_lama_nomor": T::Text, Passport, Optional, Personal, Number, Nothing,
    "Nomor paspor lama" / "old passport number",
    "one or two letters and six or seven digits", "C1234567";
PASPOR_LAMA_TERBIT = "paspor_lama_terbit": T::Date, Date, Optional, Personal, Open, Nothing,
    "Paspor lama terbit" / "old passport issued",
    "date of issue", "2018-05-02";
PASPOR_LAMA_BERLAKU = "paspor_lama_berlaku": T::Date, Date, Optional, Personal, Open, Nothing,
    "Paspor lama berlaku sampai" / "old passport expires",
    "date of expiry", "2023-05-02";
PASPOR_LAMA_KANIM = "paspor_lama_kanim": T::Text, Plain, Optional, Plain, Open, Nothing,
    "Kanim paspor lama" / "old passport's office",
    "office that issued the old passport", "MDN";
MRZ1 = "mrz1": T::Text, Mrz, Optional, Personal, Whole, Contains(Protected::SEX.and(Protected::ETHNICITY)),
    "MRZ baris 1" / "MRZ line 1",
    "first line of the machine readable zone, TD3", "P<IDNHASIBUAN<<SITI<AMINAH<<<<<<<<<<<<<<<<<<";
MRZ2 = "mrz2": T::Text, Mrz, Optional, Personal, Whole, Contains(Protected::SEX),
    "MRZ baris 2" / "MRZ line 2",
    "second line of the machine readable zone, TD3", "C1234567<0IDN0308175F3505207<<<<<<<<<<<<<<06";
NOMOR_PASPOR_BARU = "nomor_paspor_baru": T::Text, Passport, Optional, Personal, Number, Nothing,
    "Nomor paspor baru" / "new passport number",
    "number of the booklet issued", "E1234567";
TANGGAL_TERBIT_PASPOR = "tanggal_terbit_paspor": T::Date, Date, Optional, Personal, Open, Nothing,
    "Tanggal terbit paspor" / "passport issued",
    "date of issue of the new passport", "2025-11-10";
TANGGAL_HABIS_PASPOR = "tanggal_habis_paspor": T::Date, Date, Optional, Personal, Open, Nothing,
    "Tanggal habis paspor" / "passport expires",
    "date of expiry of the new passport", "2035-11-10";
// proses
PETUGAS_WAWANCARA = "petugas_wawancara": T::Text, Plain, Optional, Hidden, Whole, Nothing,
    "Petugas wawancara" / "interviewing officer",
    "pseudonymous code; read by the integrity list only", "P07";
CATATAN_WAWANCARA = "catatan_wawancara": T::Text, Plain, Optional, Hidden, Whole, Contains(Protected::ETHNICITY.and(Protected::RELIGION).and(Protected::REGION)),
    "Catatan wawancara" / "interview note",
    "free text of the officer; never scores", "TUJUAN BELUM JELAS";
ALASAN_KEPUTUSAN = "alasan_keputusan": T::Code(tables::ALASAN_KEPUTUSAN), Code, Optional, Personal, Open, Nothing,
    "Alasan keputusan" / "decision reason",
    "why an application was refused or postponed, as Medan reports them", "duplikasi";
TANGGAL_KEPUTUSAN = "tanggal_keputusan": T::Date, Date, Optional, Personal, Open, Nothing,
    "Tanggal keputusan" / "decision date",
    "day of the decision", "2025-11-12";}

/// `asal.berkas`: number of the export file the application came from, counted from 0 in the order given.
pub const ASAL_BERKAS: &str = "asal.berkas";
/// `asal.baris`: line of that file on which the record begins, counted from 1.
pub const ASAL_BARIS: &str = "asal.baris";
/// `mutu.rusak`: names of the columns whose cell was there but could not be read.
pub const MUTU_RUSAK: &str = "mutu.rusak";

/// Columns that reading adds to every application.
pub const PROVENANCE: &[Column] = &[
    Column {
        name: ASAL_BERKAS,
        ty: Type::Int,
        format: Format::Number(0, 9_999),
        need: Need::Required,
        sensitivity: Sensitivity::Plain,
        mask: Mask::Open,
        reveals: Reveals::Nothing,
        label_id: "Berkas asal",
        label_en: "source file",
        meaning: "number of the export file, counted from 0 in the order given",
        example: "0",
    },
    Column {
        name: ASAL_BARIS,
        ty: Type::Int,
        format: Format::Number(1, i64::MAX),
        need: Need::Required,
        sensitivity: Sensitivity::Plain,
        mask: Mask::Open,
        reveals: Reveals::Nothing,
        label_id: "Baris asal",
        label_en: "source line",
        meaning: "line of the export file on which the record begins, counted from 1",
        example: "2",
    },
    Column {
        name: MUTU_RUSAK,
        ty: Type::Texts,
        format: Format::Texts,
        need: Need::Optional,
        sensitivity: Sensitivity::Plain,
        mask: Mask::Open,
        reveals: Reveals::Nothing,
        label_id: "Isian rusak",
        label_en: "unreadable cells",
        meaning: "names of the columns whose cell was there but could not be read, joined by `;`",
        example: "tanggal_terbit_ktp",
    },
];

/// The canonical column of a name.
#[must_use]
pub fn by_name(name: &str) -> Option<&'static Column> {
    ALL.iter().find(|c| c.name == name)
}

/// The closed list of a column, where it has one.
#[must_use]
pub fn codes_of(name: &str) -> Option<&'static CodeTable> {
    by_name(name).and_then(|c| c.ty.codes())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn names_are_unique_snake_case_and_explained() {
        let names: BTreeSet<_> = ALL.iter().map(|c| c.name).collect();
        assert_eq!(names.len(), ALL.len());
        for column in ALL {
            assert!(
                column.name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_'),
                "{}",
                column.name
            );
            assert!(!column.meaning.is_empty() && !column.example.is_empty(), "{}", column.name);
            if let (Some(table), Type::Code(_)) = (column.ty.codes(), column.ty) {
                assert!(table.get(column.example).is_some(), "{}: example is not a code", column.name);
            }
        }
    }

    #[test]
    fn what_identifies_a_person_is_never_shown_open() {
        for column in ALL {
            let identifies = matches!(column.format, Format::Digit16 | Format::Phone | Format::Email | Format::Name);
            if identifies || column.format == Format::Passport {
                assert_ne!(column.mask, Mask::Open, "{}", column.name);
                assert_eq!(column.sensitivity, Sensitivity::Personal, "{}", column.name);
            }
        }
    }
}
