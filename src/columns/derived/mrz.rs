//! The machine readable zone, and whether it agrees with what was typed.

use super::{Cx, Family, Outputs, Rows, derived};
use crate::Result;
use crate::identity::Kelamin;
use crate::identity::mrz::{self, Fault, MASALAH_MRZ, Reading, Stated};
use crate::reference::countries;
use crate::schema::columns::{
    JENIS_KELAMIN, MRZ1, MRZ2, NAMA_DI_PASPOR, NAMA_LENGKAP, NOMOR_PASPOR_BARU, PASPOR_LAMA_BERLAKU, PASPOR_LAMA_NOMOR,
    TANGGAL_HABIS_PASPOR, TANGGAL_LAHIR, TANGGAL_PERMOHONAN,
};
use crate::schema::{Protected, Type, tables};
use crate::text::nama::Names;

derived! {
    SAH = "mrz.sah"; Type::Bool, Open, Nothing, "MRZ sah", "zone sound",
        "whether shape, dates and all check digits hold (ICAO Doc 9303, TD3); differences to typed fields do not \
        count",
        [MRZ2 => "C1234567<0IDN0308175F3505207<<<<<<<<<<<<<<06"] => "true";
    MASALAH = "mrz.masalah"; Type::List(MASALAH_MRZ), Open, Nothing, "Masalah MRZ", "faults of the zone",
        "wrong check digits, each by itself, and differences to the typed number, dates, sex and name of the same \
        booklet; `ocr` is a remark",
        [
            MRZ2 => "C1234567<0IDN0308175F3505207<<<<<<<<<<<<<<06",
            PASPOR_LAMA_NOMOR => "C1234568",
            TANGGAL_LAHIR => "2003-08-18"
        ] => "lahir_beda;nomor_beda";
    NOMOR = "mrz.nomor"; Type::Text, Number, Nothing, "Nomor dalam MRZ", "number in the zone",
        "document number without fillers",
        [MRZ2 => "C1234567<0IDN0308175F3505207<<<<<<<<<<<<<<06"] => "C1234567";
    NEGARA = "mrz.negara"; Type::Code(tables::NEGARA), Open, Nothing,
        "Negara penerbit dalam MRZ", "issuing state in the zone",
        "state that issued the passport, from line 1",
        [MRZ1 => "P<IDNHASIBUAN<<SITI<AMINAH<<<<<<<<<<<<<<<<<<"] => "ID";
    LAHIR = "mrz.tanggal_lahir"; Type::Date, Year, Nothing, "Tanggal lahir dalam MRZ", "birth date in the zone",
        "the century that tanggal_lahir has, otherwise the latest one not after the application",
        [MRZ2 => "C1234567<0IDN0308175F3505207<<<<<<<<<<<<<<06"] => "2003-08-17";
    HABIS = "mrz.tanggal_habis"; Type::Date, Open, Nothing, "Tanggal habis dalam MRZ", "expiry date in the zone",
        "last day of validity",
        [MRZ2 => "C1234567<0IDN0308175F3505207<<<<<<<<<<<<<<06"] => "2035-05-20";
    KELAMIN = "mrz.kelamin"; Type::Code(tables::JENIS_KELAMIN), Open, Is(Protected::SEX),
        "Jenis kelamin dalam MRZ", "sex in the zone",
        "sex, where the zone does not leave it open",
        [MRZ2 => "C1234567<0IDN0308175F3505207<<<<<<<<<<<<<<06"] => "P";
}

/// The machine readable zone.
pub const FAMILY: Family = Family {
    inputs: &[
        MRZ1,
        MRZ2,
        PASPOR_LAMA_NOMOR,
        PASPOR_LAMA_BERLAKU,
        NOMOR_PASPOR_BARU,
        TANGGAL_HABIS_PASPOR,
        TANGGAL_LAHIR,
        JENIS_KELAMIN,
        NAMA_LENGKAP,
        NAMA_DI_PASPOR,
        TANGGAL_PERMOHONAN,
    ],
    columns: COLUMNS,
    compute,
};

fn compute(cx: &Cx, rows: Rows<'_>, out: &mut Outputs) -> Result<()> {
    let (line1, line2) = (rows.text(MRZ1)?, rows.text(MRZ2)?);
    let old = (rows.text(PASPOR_LAMA_NOMOR)?, rows.date(PASPOR_LAMA_BERLAKU)?);
    let new = (rows.text(NOMOR_PASPOR_BARU)?, rows.date(TANGGAL_HABIS_PASPOR)?);
    let (born, sex, applied) = (rows.date(TANGGAL_LAHIR)?, rows.text(JENIS_KELAMIN)?, rows.date(TANGGAL_PERMOHONAN)?);
    let (name, printed) = (rows.text(NAMA_LENGKAP)?, rows.text(NAMA_DI_PASPOR)?);
    let mut comparison = Comparison::default();
    for row in 0..rows.count() {
        let (line1, line2) = (line1.get(row), line2.get(row));
        // Officers scan the old booklet; after issue some exports hold the zone of the new one.
        let is_new = line2.zip(new.0.get(row)).is_some_and(|(line, number)| line.starts_with(number));
        let (number, expires) = if is_new { new } else { old };
        let stated = Stated {
            number: number.get(row),
            expires: expires.get(row),
            born: born.get(row),
            sex: sex.get(row).and_then(Kelamin::of_code),
            applied: applied.get(row).or(Some(cx.as_of)),
        };
        let mut reading = mrz::read(line1, line2, &stated);
        if let Some(reading) = reading.as_mut().filter(|_| out.wants(at::MASALAH)) {
            comparison.compare(reading, [name.get(row), printed.get(row)]);
        }
        push(reading.as_ref(), out);
    }
    Ok(())
}

fn push(reading: Option<&Reading<'_>>, out: &mut Outputs) {
    out.bool(at::SAH, reading.map(Reading::is_sound));
    out.faults(at::MASALAH, reading.map(|r| r.faults));
    out.text(at::NOMOR, reading.and_then(|r| r.number));
    out.text(at::NEGARA, reading.and_then(|r| r.state).and_then(countries::alpha2_of_icao));
    out.date(at::LAHIR, reading.and_then(|r| r.born));
    out.date(at::HABIS, reading.and_then(|r| r.expires));
    out.text(at::KELAMIN, reading.and_then(|r| r.sex).map(Kelamin::code));
}

/// Buffers to compare names.
#[derive(Default)]
struct Comparison {
    words: String,
    zone: Names,
    stated: Names,
}

impl Comparison {
    /// Adds the fault if the name of the zone is none of those stated, all in their normal form.
    fn compare(&mut self, reading: &mut Reading<'_>, stated: [Option<&str>; 2]) {
        let Some(name) = reading.name else { return };
        self.words.clear();
        for word in name.words() {
            self.words.push_str(word);
            self.words.push(' ');
        }
        let zone = self.zone.read(&self.words);
        let mut stated = stated.into_iter().flatten().peekable();
        let compared = stated.peek().is_some();
        let differs = stated.all(|text| reading.name_differs(zone.tokens(), self.stated.read(text).tokens()));
        reading.faults.add_if(compared && differs, Fault::NameDiffers);
    }
}
