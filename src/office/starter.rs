//! What a new office folder starts with: settings, the shipped rules and profile, a key. They are in the binary, so that
//! one file is all an office needs.

use std::path::Path;

use super::FILE_NAME;
use crate::hex::hex;
use crate::{Error, Result, private};

macro_rules! shipped {
    ($($path:literal),+ $(,)?) => {
        /// The shipped rules and profiles: path below the office folder, text.
        pub const SHIPPED: &[(&str, &str)] = &[$(($path, include_str!(concat!("../../", $path)))),+];
    };
}

shipped![
    "rules/calo.toml",
    "rules/daftar.toml",
    "rules/dasar.toml",
    "rules/identitas.toml",
    "rules/keringanan.toml",
    "rules/mutu.toml",
    "rules/paket.test.toml",
    "rules/pantau.toml",
    "rules/penjamin.toml",
    "rules/perjalanan.toml",
    "rules/profiles/simkim.toml",
    "rules/riwayat.toml",
    "rules/rules.lock",
    "rules/scoring.toml",
];

/// Folder of the lists.
const LISTS: &str = "lists";

/// The headings of the lists that an office fills. A list without an entry is one the office does not have.
pub const LIST_TEMPLATES: &[(&str, &str)] = &[
    ("calo.csv", PEOPLE),
    ("cegah.csv", PEOPLE),
    ("cpmi.csv", "id_cpmi,nik,berlaku_dari,berlaku_sampai,sumber,per_tanggal\n"),
    (
        "dokumen.csv",
        "id,nomor_dokumen,paspor,nik,berlaku_dari,berlaku_sampai,dasar_hukum,sumber,keterangan,per_tanggal\n",
    ),
    ("dpo.csv", PEOPLE),
    (
        "kontak.csv",
        "id,telepon,email,alamat,rt,rw,lingkungan,kelurahan_desa,kecamatan,kabupaten_kota,provinsi,kode_wilayah_ktp,\
         berlaku_dari,berlaku_sampai,dasar_hukum,sumber,keterangan,per_tanggal\n",
    ),
    ("lpk.csv", INSTITUTIONS),
    ("p3mi.csv", INSTITUTIONS),
    ("paspor_hilang.csv", "id,paspor,berlaku_dari,berlaku_sampai,dasar_hukum,sumber,keterangan,per_tanggal\n"),
    ("pendamping-resmi.csv", PEOPLE),
    ("ppiu.csv", INSTITUTIONS),
    ("pulang.csv", PEOPLE),
    ("soi.csv", PEOPLE),
    ("sponsor.csv", PEOPLE),
    ("tunda.csv", PEOPLE),
    (super::SET_ASIDE_FILE, "pasangan,penulis,alasan,berlaku_sampai\n"),
];
const PEOPLE: &str = "id,nama,alias,nik,paspor,tanggal_lahir,tempat_lahir,jenis_kelamin,nama_ayah,nama_ibu,telepon,\
                      berlaku_dari,berlaku_sampai,dasar_hukum,sumber,keterangan,per_tanggal\n";
const INSTITUTIONS: &str =
    "id,nama,alias,nomor_izin,status,berlaku_dari,berlaku_sampai,dasar_hukum,sumber,keterangan,per_tanggal\n";

/// Name of the file with the key of the control draw.
pub const KEY_FILE: &str = "kunci-kontrol";
/// Folder for exports.
const INBOX: &str = "masuk";

/// Makes an office folder. Returns the files made; nothing that is there already is overwritten.
pub fn init(folder: &Path, code: &str) -> Result<Vec<String>> {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    if code.is_empty() || !code.chars().all(plain) {
        return Err(Error::usage("the code of an office has letters, digits, `-`, `_` and `.` only"));
    }
    private::folder(&folder.join(INBOX))?;
    private::folder(&folder.join(LISTS))?;
    let mut made = write_pack(folder)?;
    let mut add = |name: &str, bytes: &[u8]| -> Result<()> {
        if write_private(&folder.join(name), bytes)? {
            made.push(name.to_owned());
        }
        Ok(())
    };
    for (name, headings) in LIST_TEMPLATES {
        add(&format!("{LISTS}/{name}"), headings.as_bytes())?;
    }
    add(KEY_FILE, &random_key()?)?;
    // Settings last: a folder without them is an unfinished one.
    add(FILE_NAME, settings(code).as_bytes())?;
    Ok(made)
}

/// Writes the shipped rules into an office folder. Returns the files made; nothing that is there is overwritten.
pub fn write_pack(folder: &Path) -> Result<Vec<String>> {
    let mut made = Vec::new();
    for (name, text) in SHIPPED {
        let path = folder.join(name);
        if let Some(parent) = path.parent() {
            private::folder(parent)?;
        }
        if write_private(&path, text.as_bytes())? {
            made.push((*name).to_owned());
        }
    }
    Ok(made)
}

/// 32 random bytes of the operating system, in hexadecimal. Randomness ends here: what a run draws follows from the file.
fn random_key() -> Result<Vec<u8>> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes).map_err(|_| Error::internal("the operating system gave no random bytes"))?;
    let mut text = hex(&bytes);
    text.push('\n');
    Ok(text.into_bytes())
}

fn settings(code: &str) -> String {
    let code = format!("code = {code:?}");
    let width = code.chars().count().max("name = \"Kantor Imigrasi\"".len()) + 4;
    format!(
        "# One office. Paths are relative to this folder; `saring screen --help` tells which flags replace a value.\n\
         \n\
         [office]\n\
         {code:width$}# as in the column `kode_kanim`\n\
         {name:width$}# shown on the list\n\
         {zone:width$}# WIB, WITA or WIT\n\
         \n\
         [input]\n\
         files = [\"{INBOX}/*.csv\", \"{INBOX}/*.xlsx\"]    # tonight's exports\n\
         profile = \"rules/profiles/simkim.toml\"\n\
         \n\
         [rules]\n\
         paths = [\"rules\"]\n\
         \n\
         [screening]\n\
         # capacity = 40                 # applications a day that officers can take on\n\
         control_key_file = \"{KEY_FILE}\"\n\
         \n\
         [history]\n\
         path = \"riwayat\"    # earlier nights; `saring history add` fills it for a start\n\
         # keep = \"10y\"    how long; `saring history purge` removes what is older, nothing else does\n\
         \n\
         # [followup]    open applications of before, looked at again with tonight's links\n\
         # days = 14    for how long after filing; 0 for never\n\
         # capacity = 10    how many a night besides tonight's\n\
         \n\
         [lists]\n\
         path = \"{LISTS}\"    # fill the files there; a list without an entry counts as one you do not have\n\
         # required = [\"cegah\", \"soi\"]    nothing is published when one of these is missing, empty, old or shrunk\n\
         \n\
         [output]\n\
         path = \"hasil\"\n",
        name = "name = \"Kantor Imigrasi\"",
        zone = "timezone = \"WIB\"",
    )
}

/// Writes a new file that its owner alone may read; says whether it did.
fn write_private(path: &Path, bytes: &[u8]) -> Result<bool> {
    match private::options().create_new(true).open(path) {
        Ok(mut file) => {
            std::io::Write::write_all(&mut file, bytes).map_err(|error| Error::storage(path, &error))?;
            Ok(true)
        }
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(Error::storage(path, &error)),
    }
}
