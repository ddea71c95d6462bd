//! What the benches share: invented exports, the same bytes from the same seed on every machine, and how large to make
//! them.

mod draw;
mod size;

use std::fmt::Write;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use saring::diag::{Files, Report};
use saring::source::{self, Profile};

use draw::Draw;
pub(crate) use size::sized;

/// The headings of the exports: 35 columns, as `rules/profiles/simkim.toml` knows them.
const HEADINGS: &str = "NO PERMOHONAN,TGL PERMOHONAN,JAM,KANIM,JENIS PERMOHONAN,JENIS PASPOR,MASA BERLAKU,STATUS,TARIF,\
NAMA LENGKAP,NIK,NO KK,TMP LAHIR,TGL LAHIR,JK,STATUS KAWIN,PEKERJAAN,PENDIDIKAN,TINGGI,ALAMAT,RT,RW,KEL,KEC,KAB/KOTA,PROV,\
NAMA AYAH,NAMA IBU,NO HP,EMAIL,AKUN,NEGARA TUJUAN,TUJUAN,LAMA TINGGAL,BERKAS";

const NAMES: [&str; 16] = [
    "SITI", "AMINAH", "BUDI", "SANTOSO", "DEWI", "LESTARI", "AHMAD", "FAUZI", "NUR", "HIDAYAT", "RAHMAT", "MARIA",
    "YOHANES", "PUTRI", "HALOMOAN", "TIURMA",
];
const PLACES: [&str; 8] =
    ["MEDAN", "BINJAI", "SIBOLGA", "TEBING TINGGI", "PEMATANGSIANTAR", "TANJUNGBALAI", "KABANJAHE", "LUBUK PAKAM"];
const WORK: [&str; 6] = [
    "PELAJAR/MAHASISWA",
    "WIRASWASTA",
    "MENGURUS RUMAH TANGGA",
    "KARYAWAN SWASTA",
    "PETANI/PEKEBUN",
    "BELUM/TIDAK BEKERJA",
];
const PURPOSES: [&str; 5] = ["WISATA", "UMRAH", "KUNJUNGAN KELUARGA", "BEROBAT", "JAGA-JAGA"];

impl Draw {
    fn of<'a>(&mut self, words: &[&'a str]) -> &'a str {
        usize::try_from(self.below(words.len() as u64)).ok().and_then(|at| words.get(at)).copied().unwrap_or_default()
    }

    fn name(&mut self) -> String {
        (0..=self.below(3)).map(|_| self.of(&NAMES)).collect::<Vec<_>>().join(" ")
    }
}

/// Writes an export with this many applications, about 400 bytes each. NIK use kecamatan digits 99, which no region has.
pub(crate) fn export(rows: u64, seed: u64) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("bench-{rows}-{seed}.csv"));
    // Seen whole or not at all, whoever else makes the same file now.
    let staged = path.with_extension(format!("{}", std::process::id()));
    let mut file = std::io::BufWriter::with_capacity(1 << 20, std::fs::File::create(&staged).unwrap());
    writeln!(file, "{HEADINGS}").unwrap();
    let (mut draw, mut text) = (Draw(seed), String::new());
    for n in 0..rows {
        text.clear();
        application(&mut text, n, &mut draw).unwrap();
        file.write_all(text.as_bytes()).unwrap();
    }
    file.flush().unwrap();
    std::fs::rename(&staged, &path).unwrap();
    path
}

/// How the exports are read.
pub(crate) fn profile() -> Profile {
    let (mut files, mut report) = (Files::default(), Report::default());
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/profiles/simkim.toml");
    source::load_profile(&path, &mut files, &mut report).unwrap().unwrap()
}

fn application(text: &mut String, n: u64, draw: &mut Draw) -> std::fmt::Result {
    let (day, month, year) = (draw.below(28) + 1, draw.below(12) + 1, 1950 + draw.below(56));
    let woman = draw.below(2);
    let (serial, house, place) = (draw.below(9998) + 1, draw.below(200) + 1, draw.of(&PLACES));
    let street = draw.name();
    write!(
        text,
        "127125{n:010},{:02}-11-2025,{:02}:{:02},MDN,",
        draw.below(9) + 1,
        draw.below(10) + 7,
        draw.below(60)
    )?;
    write!(
        text,
        "{},{},10,Wawancara,650.000,",
        draw.of(&["BARU", "HABIS BERLAKU"]),
        draw.of(&["E-PASPOR", "48 HALAMAN"])
    )?;
    write!(text, "{},127199{:02}{month:02}{:02}{serial:04},", draw.name(), day + 40 * woman, year % 100)?;
    write!(
        text,
        "12719901{:02}20{serial:04},{place},{day:02}-{month:02}-{year},{},",
        month,
        ["L", "P"][usize::from(woman == 1)]
    )?;
    write!(text, "{},{},SLTA/SEDERAJAT,{},", draw.of(&["KAWIN", "BELUM KAWIN"]), draw.of(&WORK), 145 + draw.below(40))?;
    match draw.below(8) {
        0 => write!(text, "\"JL. {street} GG \"\"A\"\", NO {house}\",")?,
        _ => write!(text, "JL. {street} LK V NO {house},")?,
    }
    write!(text, "{:03},{:03},CONTOH {place},KEC {place},KOTA {place},SUMATERA UTARA,", house % 20, house % 7)?;
    write!(text, "{},{},08126{:07},", draw.name(), draw.name(), draw.below(10_000_000))?;
    write!(
        text,
        "pemohon{n}@example.id,A{n:06},MALAYSIA,{},{} hari,KTP;KK;IJAZAH",
        draw.of(&PURPOSES),
        draw.below(60) + 1
    )?;
    text.push('\n');
    Ok(())
}
