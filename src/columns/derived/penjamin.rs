//! Who stands behind an application: one key each for sponsor, companion, proxy and payer.
//!
//! A key begins with what it was made of (`id:`, `tel:`, `nama:`), so that a phone never equals an account. The
//! surest thing known makes the key; a bare name makes none, because Medan has thousands of namesakes: it needs an
//! address or the office.

use super::{Cx, Family, Outputs, Rows, derived, telepon};
use crate::Result;
use crate::identity::npwp::{self, JENIS_ID, Kind};
use crate::identity::{nomor, sixteen};
use crate::schema::columns::{
    KODE_KANIM, KUASA_NAMA, KUASA_NIK, NAMA_PEMBAYAR, PENDAMPING_NAMA, PENDAMPING_NIK, PENJAMIN_ALAMAT, PENJAMIN_ID,
    PENJAMIN_JENIS, PENJAMIN_NAMA, PENJAMIN_TELEPON, REKENING_PEMBAYAR,
};
use crate::schema::{Protected, Type};
use crate::text::fold::{fold, words};
use crate::text::lembaga;
use crate::text::nama::Names;

const ANYBODY: Protected = Protected::SEX.and(Protected::REGION).and(Protected::ETHNICITY);

derived! {
    KUNCI = "penjamin.kunci"; Type::Text, Whole, Contains(ANYBODY), "Kunci penjamin", "key of the sponsor",
        "the sponsor's number; otherwise the phone; otherwise name and address together",
        [PENJAMIN_NAMA => "PT Contoh Abadi", PENJAMIN_TELEPON => "0812 6000 0002"] => "tel:+6281260000002";
    KUNCI_BUKAN_LEMBAGA = "penjamin.kunci_bukan_lembaga"; Type::Text, Whole, Contains(ANYBODY),
        "Kunci penjamin bukan lembaga", "key of a sponsor who is no institution",
        "penjamin.kunci of a person or a company; none for families, licensed agencies and schools, whose many applicants are \
        their work, and where the kind is not known",
        [PENJAMIN_TELEPON => "0812 6000 0002", PENJAMIN_NAMA => "Contoh", PENJAMIN_JENIS => "perorangan"]
            => "tel:+6281260000002";
    NAMA_KUNCI = "penjamin.nama_kunci"; Type::Text, Name, Contains(Protected::ETHNICITY),
        "Nama penjamin baku", "normal form of the sponsor's name",
        "a company's or institution's name without legal form, a person's as nama.kunci",
        [PENJAMIN_NAMA => "PT. Contoh Abadi, Tbk"] => "CONTOH ABADI";
    ID_JENIS = "penjamin.jenis_id"; Type::Code(JENIS_ID), Open, Nothing,
        "Jenis ID penjamin", "kind of the sponsor's number",
        "NIK (also a personal tax number since PMK 112/2022), tax number of an entity, business number or \
        passport; none for other shapes",
        [PENJAMIN_ID => "01.234.567.8-111.000"] => "npwp";
    PENDAMPING = "pendamping.kunci"; Type::Text, Whole, Contains(ANYBODY), "Kunci pendamping", "key of the companion",
        "the companion's NIK; otherwise the phone",
        [PENDAMPING_NIK => "1271.99.120180.0003"] => "id:1271991201800003";
    PENDAMPING_NAMA_KUNCI = "pendamping.nama_kunci"; Type::Text, Name, Contains(Protected::ETHNICITY),
        "Nama pendamping baku", "normal form of the companion's name",
        "the companion's name as nama.kunci, to compare with ayah.kunci and ibu.kunci",
        [PENDAMPING_NAMA => "H. Rahmat Hasibuan"] => "HASIBUAN RAHMAT";
    KUASA = "kuasa.kunci"; Type::Text, Whole, Contains(ANYBODY), "Kunci kuasa", "key of the proxy",
        "the proxy's NIK; otherwise a name of at least two words within one office",
        [KUASA_NAMA => "H. Ahmad Fauzi Siregar", KODE_KANIM => "MDN"] => "nama:AHMAD FAUZI SIREGAR@MDN";
    PEMBAYAR = "pembayar.kunci"; Type::Text, Whole, Contains(Protected::ETHNICITY),
        "Kunci pembayar", "key of the payer",
        "the payer's account; otherwise a name of at least two words within one office",
        [REKENING_PEMBAYAR => "1234-567-891"] => "rek:1234567891";
    LOKET = "pembayar.loket"; Type::Bool, Open, Nothing, "Pembayar ialah loket", "payer is a payment counter",
        "the payer's name is that of a bank's agent, shop or counter at which anybody can pay; none without a name",
        [NAMA_PEMBAYAR => "AGEN BRILINK MAJU"] => "true";
}

/// Words in the names of counters at which anybody can pay.
const COUNTERS: [&str; 16] = [
    "AGEN",
    "ALFAMART",
    "BANK",
    "BRILINK",
    "COUNTER",
    "INDOMARET",
    "KIOS",
    "KONTER",
    "LINK",
    "LOKET",
    "MART",
    "PEGADAIAN",
    "POS",
    "PPOB",
    "TOKO",
    "WARUNG",
];

/// Sponsor, companion, proxy and payer.
pub const FAMILY: Family = Family {
    inputs: &[
        PENJAMIN_ID,
        PENJAMIN_NAMA,
        PENJAMIN_ALAMAT,
        PENJAMIN_JENIS,
        telepon::penjamin_telepon::KUNCI,
        PENDAMPING_NIK,
        PENDAMPING_NAMA,
        telepon::pendamping_telepon::KUNCI,
        KUASA_NIK,
        KUASA_NAMA,
        REKENING_PEMBAYAR,
        NAMA_PEMBAYAR,
        KODE_KANIM,
    ],
    columns: COLUMNS,
    compute,
};

/// Kinds of sponsors that are people.
const PEOPLE: [&str; 2] = ["keluarga", "perorangan"];

/// The fewest words of a name that may stand for a person within one office.
const MIN_WORDS: usize = 2;

fn compute(_: &Cx, rows: Rows<'_>, out: &mut Outputs) -> Result<()> {
    let (id, name, address) = (rows.text(PENJAMIN_ID)?, rows.text(PENJAMIN_NAMA)?, rows.text(PENJAMIN_ALAMAT)?);
    let (kind, phone) = (rows.text(PENJAMIN_JENIS)?, rows.text(telepon::penjamin_telepon::KUNCI)?);
    let (companion, companion_phone) = (rows.text(PENDAMPING_NIK)?, rows.text(telepon::pendamping_telepon::KUNCI)?);
    let companion_name = rows.text(PENDAMPING_NAMA)?;
    let (proxy, proxy_name) = (rows.text(KUASA_NIK)?, rows.text(KUASA_NAMA)?);
    let (account, payer, office) = (rows.text(REKENING_PEMBAYAR)?, rows.text(NAMA_PEMBAYAR)?, rows.text(KODE_KANIM)?);
    let mut keys = Keys::default();
    for row in 0..rows.count() {
        let office = office.get(row);
        keys.sponsor_name(name.get(row), kind.get(row));
        let id_kind = id.get(row).and_then(|text| npwp::read(text, &mut keys.number));
        keys.sponsor(id_kind.is_some(), phone.get(row), address.get(row));
        out.text(at::KUNCI, Some(&keys.key));
        let free = matches!(kind.get(row), Some("perorangan" | "perusahaan"));
        out.text(at::KUNCI_BUKAN_LEMBAGA, free.then_some(keys.key.as_str()));
        out.text(at::NAMA_KUNCI, Some(&keys.name));
        out.text(at::ID_JENIS, id_kind.map(Kind::code));
        keys.companion(companion.get(row), companion_phone.get(row));
        out.text(at::PENDAMPING, Some(&keys.key));
        out.text(at::PENDAMPING_NAMA_KUNCI, companion_name.get(row).and_then(|text| keys.names.read(text).key()));
        let known = keys.nik(proxy.get(row));
        keys.named_unless(known, proxy_name.get(row), office);
        out.text(at::KUASA, Some(&keys.key));
        let known = keys.account(account.get(row));
        keys.named_unless(known, payer.get(row), office);
        out.text(at::PEMBAYAR, Some(&keys.key));
        out.bool(at::LOKET, payer.get(row).map(|name| keys.is_counter(name)));
    }
    Ok(())
}

/// Buffers for one key after the other; `key` is empty where there is none.
#[derive(Default)]
struct Keys {
    key: String,
    /// The sponsor's name in its normal form.
    name: String,
    /// The sponsor's number in its comparable form.
    number: String,
    names: Names,
    folded: String,
    address: String,
}

impl Keys {
    /// Whether a name is that of a payment counter.
    fn is_counter(&mut self, name: &str) -> bool {
        fold(name, &mut self.folded);
        words(&self.folded).any(|word| COUNTERS.binary_search(&word).is_ok())
    }

    fn set(&mut self, parts: &[&str]) {
        self.key.clear();
        self.key.extend(parts.iter().copied());
    }

    /// A sponsor is a company where the name or the kind says so.
    fn sponsor_name(&mut self, name: Option<&str>, kind: Option<&str>) {
        self.name.clear();
        let Some(name) = name else { return };
        let legal = lembaga::key(name, &mut self.folded, &mut self.name);
        if legal || kind.is_some_and(|kind| !PEOPLE.contains(&kind)) {
            return;
        }
        self.name.clear();
        self.name.push_str(self.names.read(name).key().unwrap_or_default());
    }

    fn sponsor(&mut self, has_number: bool, phone: Option<&str>, address: Option<&str>) {
        self.key.clear();
        if has_number {
            self.key.extend(["id:", &self.number]);
        } else if let Some(phone) = phone {
            self.key.extend(["tel:", phone]);
        } else if let Some(address) = address.filter(|_| !self.name.is_empty()) {
            fold(address, &mut self.folded);
            sorted_words(&self.folded, &mut self.address);
            if !self.address.is_empty() {
                self.key.extend(["nama:", &self.name, "@", &self.address]);
            }
        }
    }

    fn companion(&mut self, nik: Option<&str>, phone: Option<&str>) {
        let known = self.nik(nik);
        if let Some(phone) = phone.filter(|_| !known) {
            self.set(&["tel:", phone]);
        }
    }

    /// Sets the key of a NIK; false, with no key, where there is none or it was typed to fill the field.
    fn nik(&mut self, text: Option<&str>) -> bool {
        self.key.clear();
        let number = text.and_then(|text| sixteen::read(text).ok()).filter(|number| !number.is_dummy());
        if let Some(number) = number {
            self.set(&["id:", number.as_str()]);
        }
        number.is_some()
    }

    fn account(&mut self, text: Option<&str>) -> bool {
        self.key.clear();
        let known = text.is_some_and(|text| nomor::key(text, &mut self.address));
        if known {
            self.key.extend(["rek:", &self.address]);
        }
        known
    }

    /// The key of a name within an office, unless there is a better one.
    fn named_unless(&mut self, known: bool, name: Option<&str>, office: Option<&str>) {
        let Some((name, office)) = name.zip(office).filter(|_| !known) else { return };
        let reading = self.names.read(name);
        if let Some(key) = reading.key().filter(|_| reading.words >= MIN_WORDS) {
            self.key.clear();
            self.key.extend(["nama:", key, "@", office]);
        }
    }
}

/// Replaces `out` by the words of a folded text in alphabetical order, each once.
fn sorted_words(folded: &str, out: &mut String) {
    out.clear();
    let mut all: Vec<&str> = words(folded).collect();
    all.sort_unstable();
    all.dedup();
    for word in all {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
}
