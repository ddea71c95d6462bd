//! Addresses: region codes, parts, and the key of one house.

use polars::prelude::PlHashMap;

use super::{Cx, Family, Outputs, Rows, Texts, derived};
use crate::Result;
use crate::identity::alamat::{Address, Addresses, House, write_key};
use crate::identity::region::regency_today;
use crate::reference::{kanim, wilayah};
use crate::schema::columns::{
    ALAMAT, KABUPATEN_KOTA, KECAMATAN, KELURAHAN_DESA, KODE_KANIM, KODE_WILAYAH_KTP, LINGKUNGAN, PROVINSI, RT, RW,
};
use crate::schema::{Protected, Type};

derived! {
    KODE_PROVINSI = "alamat.kode_provinsi"; Type::Text, Open, Is(Protected::REGION),
        "Kode provinsi alamat", "province code of the address",
        "Kemendagri code of today, two digits, from kode_wilayah_ktp or the names",
        [PROVINSI => "SUMATERA UTARA"] => "12";
    KODE_KABKOTA = "alamat.kode_kabkota"; Type::Text, Open, Is(Protected::REGION),
        "Kode kabupaten/kota alamat", "regency code of the address",
        "Kemendagri code of today, four digits, from kode_wilayah_ktp or the names; none where a name is unknown \
        or has namesakes",
        [KABUPATEN_KOTA => "KOTA MEDAN", PROVINSI => "SUMATERA UTARA"] => "1271";
    KODE_KECAMATAN = "alamat.kode_kecamatan"; Type::Text, Open, Is(Protected::REGION),
        "Kode kecamatan alamat", "district code of the address",
        "Kemendagri code of today, six digits, from kode_wilayah_ktp or the names",
        [KODE_WILAYAH_KTP => "12.71.06"] => "127106";
    LUAR_PROVINSI = "alamat.luar_provinsi"; Type::Bool, Open, Nothing,
        "Alamat di luar provinsi kantor", "address outside the office's province",
        "whether the address lies in another province than the office; none where the office's code is not in the \
        table of offices. Weak by itself: anybody may apply anywhere (SE 0252/2023)",
        [KODE_WILAYAH_KTP => "32.73.01", KODE_KANIM => "MEDAN"] => "true";
    JALAN = "alamat.jalan"; Type::Text, Whole, Contains(Protected::REGION), "Jalan", "street",
        "words of the street or kampung in alphabetical order, without JL",
        [ALAMAT => "Jln. KL Yos Sudarso Gg. IV No. 12"] => "KL SUDARSO YOS";
    NOMOR = "alamat.nomor"; Type::Text, Whole, Nothing, "Nomor rumah", "house number",
        "house number without leading zeros",
        [ALAMAT => "JL MAWAR NO. 012/A"] => "12A";
    RT_NOMOR = "alamat.rt"; Type::Int, Open, Nothing, "RT", "neighbourhood unit",
        "number of the rukun tetangga, from its own column or the address",
        [ALAMAT => "JL MAWAR RT.003/RW.002"] => "3";
    RW_NOMOR = "alamat.rw"; Type::Int, Open, Nothing, "RW", "community unit",
        "number of the rukun warga, from its own column or the address",
        [ALAMAT => "JL MAWAR 003/002"] => "2";
    LINGKUNGAN_NOMOR = "alamat.lingkungan"; Type::Text, Open, Nothing, "Lingkungan", "neighbourhood",
        "lingkungan or dusun, Roman numerals in figures, from its own column or the address",
        [ALAMAT => "JL MAWAR LK V"] => "5";
    KUNCI_RUMAH = "alamat.kunci_rumah"; Type::Text, Whole, Contains(Protected::REGION),
        "Kunci rumah", "key of the house",
        "district, village, street words, alley, hamlet, estate, block, number, RT/RW and lingkungan in one \
        comparable form; none where the address is too vague to mean one house",
        [
            ALAMAT => "Jl. Mawar No. 12 LK V",
            KELURAHAN_DESA => "TITI PAPAN",
            KODE_WILAYAH_KTP => "12.71.06"
        ] => "127106|TITIPAPAN|MAWAR|||||12|//5";
    HUNIAN_BERSAMA = "alamat.hunian_bersama"; Type::Bool, Open, Nothing, "Hunian bersama", "shared lodging",
        "whether the address names a place where people who are not a family live together: dormitory, boarding \
        house or school, mess, barracks, flats, plantation",
        [ALAMAT => "MESS KARYAWAN PTPN AFD II"] => "true";
}

/// Addresses.
pub const FAMILY: Family = Family {
    inputs: &[
        ALAMAT,
        RT,
        RW,
        LINGKUNGAN,
        KELURAHAN_DESA,
        KECAMATAN,
        KABUPATEN_KOTA,
        PROVINSI,
        KODE_WILAYAH_KTP,
        KODE_KANIM,
    ],
    columns: COLUMNS,
    compute,
};

/// The columns that say where an address lies.
struct Place<'a> {
    code: Texts<'a>,
    district: Texts<'a>,
    regency: Texts<'a>,
    province: Texts<'a>,
}

impl<'a> Place<'a> {
    fn of(rows: Rows<'a>) -> Result<Self> {
        Ok(Self {
            code: rows.text(KODE_WILAYAH_KTP)?,
            district: rows.text(KECAMATAN)?,
            regency: rows.text(KABUPATEN_KOTA)?,
            province: rows.text(PROVINSI)?,
        })
    }

    fn words(&self, row: usize) -> [Option<&'a str>; 4] {
        [self.code.get(row), self.district.get(row), self.regency.get(row), self.province.get(row)]
    }
}

/// The region of an address, in codes of today.
#[derive(Debug, Clone, Copy, Default)]
struct Region {
    province: Option<&'static str>,
    regency: Option<&'static str>,
    district: Option<&'static str>,
}

/// Regions by what the columns say: an office's applicants live in few places, and finding a name takes longer than
/// all the rest of a row.
#[derive(Default)]
struct Regions<'a> {
    known: PlHashMap<[Option<&'a str>; 4], Region>,
}

impl<'a> Regions<'a> {
    fn find(&mut self, place: &Place<'a>, row: usize) -> Region {
        let words = place.words(row);
        *self.known.entry(words).or_insert_with(|| resolve(words))
    }
}

/// The code goes before the names, the smaller region before the larger.
fn resolve([code, district, regency, province]: [Option<&str>; 4]) -> Region {
    let digits: String = code.unwrap_or_default().chars().filter(char::is_ascii_digit).take(6).collect();
    let by_code = regency_today(&digits);
    let regency = by_code.or_else(|| regency.and_then(|name| wilayah::kabkota_by_name(name, province)));
    let district_by_code = || {
        wilayah::find(&digits).filter(|_| by_code.is_some() && digits.len() == 6).map(|w| w.penerus.unwrap_or(w.kode))
    };
    let district = district_by_code()
        .or_else(|| regency.zip(district).and_then(|(regency, name)| wilayah::kecamatan_by_name(name, regency)))
        .filter(|code| code.len() == 6);
    let province = regency.and_then(|code| code.get(..2)).or_else(|| province.and_then(wilayah::provinsi_by_name));
    Region { province, regency, district }
}

fn compute(_: &Cx, rows: Rows<'_>, out: &mut Outputs) -> Result<()> {
    let place = Place::of(rows)?;
    let (text, village, office) = (rows.text(ALAMAT)?, rows.text(KELURAHAN_DESA)?, rows.text(KODE_KANIM)?);
    let (rt, rw, neighbourhood) = (rows.text(RT)?, rows.text(RW)?, rows.text(LINGKUNGAN)?);
    let mut regions = Regions::default();
    let mut offices = PlHashMap::default();
    let mut addresses = Addresses::default();
    let (mut district, mut buffer, mut line) = (String::new(), String::new(), String::new());
    for row in 0..rows.count() {
        let region = regions.find(&place, row);
        let office = office.get(row).and_then(|code| *offices.entry(code).or_insert_with(|| kanim::find(code)));
        out.text(at::KODE_PROVINSI, region.province);
        out.text(at::KODE_KABKOTA, region.regency);
        out.text(at::KODE_KECAMATAN, region.district);
        out.bool(at::LUAR_PROVINSI, office.zip(region.province).map(|(office, province)| office.provinsi != province));
        let stated = text.get(row);
        let address = addresses.read(stated.unwrap_or_default());
        let house = House {
            rt: rt.get(row),
            rw: rw.get(row),
            neighbourhood: neighbourhood.get(row),
            village: village.get(row),
            district: district_of(region, place.district.get(row), &mut district),
        };
        push_parts(address, &house, out, &mut buffer, &mut line);
        write_key(address, &house, &mut buffer, &mut line);
        out.text(at::KUNCI_RUMAH, Some(&line));
        out.bool(at::HUNIAN_BERSAMA, stated.map(|_| address.shared));
    }
    Ok(())
}

/// The district for the key of a house: its code, or its name with the code of the regency.
fn district_of<'b>(region: Region, name: Option<&str>, buffer: &'b mut String) -> Option<&'b str> {
    buffer.clear();
    match (region.district, name) {
        (Some(code), _) => buffer.push_str(code),
        (None, Some(name)) => buffer.extend([region.regency.unwrap_or_default(), " ", name]),
        (None, None) => return None,
    }
    Some(buffer)
}

fn push_parts(address: &Address, house: &House<'_>, out: &mut Outputs, buffer: &mut String, line: &mut String) {
    out.text(at::JALAN, Some(&address.street));
    out.text(at::NOMOR, Some(&address.number));
    out.int(at::RT_NOMOR, house.rt(address).map(i64::from));
    out.int(at::RW_NOMOR, house.rw(address).map(i64::from));
    line.clear();
    house.put_neighbourhood(address, buffer, line);
    out.text(at::LINGKUNGAN_NOMOR, Some(line));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(words: [&str; 4]) -> [Option<&'static str>; 3] {
        let region = resolve(words.map(|word| (!word.is_empty()).then_some(word)));
        [region.province, region.regency, region.district]
    }

    #[test]
    fn the_code_goes_before_the_names_and_old_codes_are_those_of_today() {
        for (words, expected) in [
            (["12.71.06", "", "", ""], [Some("12"), Some("1271"), Some("127106")]),
            (["1271061003", "", "KAB. LANGKAT", ""], [Some("12"), Some("1271"), Some("127106")]),
            (["", "MEDAN DELI", "KOTA MEDAN", "SUMATERA UTARA"], [Some("12"), Some("1271"), Some("127106")]),
            (["", "", "Medan", ""], [Some("12"), Some("1271"), None]),
            (["", "", "", "Sumatera Utara"], [Some("12"), None, None]),
            (["91.01", "", "", ""], [Some("93"), Some("9301"), None]),
            (["12.71.99", "MEDAN DELI", "", ""], [Some("12"), Some("1271"), Some("127106")]),
            (["0", "X", "ATLANTIS", ""], [None, None, None]),
            (["", "", "", ""], [None, None, None]),
        ] {
            assert_eq!(codes(words), expected, "{words:?}");
        }
    }
}
