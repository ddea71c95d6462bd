//! Sixty conditions of the kinds that the families of a pack are made of, in thirty rules.

use saring::columns::Catalog;
use saring::diag::{Files, Report, Style, render_human};
use saring::rules::{self, RuleSet};

/// Class of a rule and its two conditions.
type Two = (&'static str, [&'static str; 2]);

const RULES: [Two; 30] = [
    ("A", ["nik.sah = false", "nik.masalah is not null and not has(nik.masalah, 'kabkota')"]),
    ("A", ["nik.lahir_beda is not null", "nik.lahir_selisih_tahun between 1 and 20"]),
    ("A", ["nik.kelamin_beda", "umur >= 17"]),
    ("B", ["kk.sah = false", "has(kk.masalah, 'hari') or has(kk.masalah, 'serial')"]),
    ("C", ["kk.umur_hari between 0 and 30", "umur between 17 and 40"]),
    ("C", ["kk.wilayah_beda_nik", "status_sipil = 'belum_kawin'"]),
    ("B", ["nama.jumlah_kata = 1", "nama.masalah is not null"]),
    ("A", ["ibu.umur_saat_lahir < 12", "ibu.nama_sama"]),
    ("A", ["ayah.umur_saat_lahir < 14", "ayah.nama_sama"]),
    ("B", ["paspor_lama.sisa_hari > 365", "jenis_permohonan in ('ganti_hilang', 'ganti_rusak')"]),
    ("B", ["paspor_lama.masalah is not null", "length(paspor_lama.kunci) <> 8"]),
    ("B", ["mrz.sah = false", "has(mrz.masalah, 'cek_nomor')"]),
    ("C", ["telepon.negara <> 'ID'", "negara_tujuan = telepon.negara"]),
    ("C", ["has(telepon.masalah, 'pola')", "telepon.jenis = 'seluler'"]),
    ("C", ["email.pola_nomor >= 100", "email.domain_umum = false"]),
    ("C", ["has(email.masalah, 'domain_keliru')", "email.domain like '%.example'"]),
    ("C", ["alamat.hunian_bersama", "umur between 18 and 45"]),
    ("C", ["alamat.luar_provinsi", "alamat.rt > 10 or alamat.rw < 5"]),
    ("C", ["dokumen.dasar = false", "dokumen.jumlah < 3"]),
    ("C", ["has(dokumen_dilampirkan, 'ijazah')", "pendidikan in ('tidak_sekolah', 'sd')"]),
    ("B", ["negara_tujuan in ('KH', 'MM', 'LA', 'TH', 'PH')", "maksud_perjalanan = 'wisata'"]),
    ("B", ["negara_tujuan in ('MY', 'SG', 'SA', 'AE')", "maksud_perjalanan in ('wisata', 'kunjungan_keluarga')"]),
    ("C", ["lama_tinggal_hari > 30", "pekerjaan.kode in ('01', '02')"]),
    ("C", ["maksud_perjalanan = 'umrah'", "lama_tinggal_hari >= 45"]),
    ("B", ["hari_ke_berangkat between 0 and 3", "layanan_percepatan = true"]),
    ("B", ["rekomendasi.umur_hari > 90", "rekomendasi.hari_libur"]),
    ("C", ["waktu.luar_jam", "waktu.menit < 420 or waktu.menit > 1020"]),
    ("C", ["weekday(tanggal_permohonan) >= 6", "tanggal_permohonan >= '2025-11-05'"]),
    ("C", ["tinggi_badan_cm < 150 or tinggi_badan_cm > 200", "umur_bulan + 12 > 18 * 12"]),
    ("B", ["contains(pekerjaan, 'KARYAWAN')", "coalesce(tarif_pnbp, 0) >= 650000 or upper(kode_kanim) = 'MDN'"]),
];

fn rule(number: usize, (class, [first, second]): &Two) -> String {
    format!(
        "[[rule]]\nid = \"D{number:02}\"\nversion = 1\ntitle = \"Ukuran\"\nclass = \"{class}\"\nstatus = \"active\"\n\
         when = [\"{first}\", \"{second}\"]\nwhy = \"Ukuran.\"\nbasis = [\"Ukuran\"]\nquestion = \"Ukuran?\"\n\
         false_positives = [\"ukuran\"]\n[[rule.outcome]]\npoints = 6\nreason = \"Ukuran, umur {{umur}}\"\n\
         [[rule.test]]\nname = \"menyala\"\ngiven = [{{}}]\nexpect = {{ fires = \"all\" }}\n\
         [[rule.test]]\nname = \"diam\"\ngiven = [{{}}]\nexpect = {{ fires = [] }}\n"
    )
}

/// The sixty conditions as a checked rule set.
pub(crate) fn set() -> RuleSet {
    let rules: Vec<String> = RULES.iter().enumerate().map(|(at, two)| rule(at + 1, two)).collect();
    let pack = format!("[pack]\nname = \"ukuran\"\nfamily = \"D\"\n{}", rules.concat());
    let (mut files, mut report) = (Files::default(), Report::default());
    let set = rules::check_texts(&[("sixty.toml", &pack)], &Catalog::builtin(), &mut files, &mut report);
    set.unwrap_or_else(|| panic!("{}", render_human(&report, &files, Style::Plain)))
}
