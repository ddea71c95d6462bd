//! Phone numbers of the applicant, the relative, the sponsor and the companion: one family of columns each.

use super::{Outputs, Rows};
use crate::Result;
use crate::identity::telepon::{Kind, Phones};

/// The columns of one phone column, in this order.
struct Places {
    key: usize,
    country: usize,
    kind: usize,
    faults: usize,
}

fn compute(input: &str, places: &Places, rows: Rows<'_>, out: &mut Outputs) -> Result<()> {
    let numbers = rows.text(input)?;
    let mut phones = Phones::default();
    for row in 0..rows.count() {
        let reading = numbers.get(row).map(|text| phones.read(text));
        out.text(places.key, reading.and_then(|r| r.key));
        out.text(places.country, reading.and_then(|r| r.country));
        out.text(places.kind, reading.and_then(|r| r.kind).map(Kind::code));
        out.faults(places.faults, reading.map(|r| r.faults));
    }
    Ok(())
}

macro_rules! phone_family {
    ($module:ident $name:literal $INPUT:ident $id:literal $en:literal) => {
        #[doc = concat!("Columns of `", $name, "`.")]
        pub mod $module {
            use super::super::{Cx, Family, Outputs, Rows, derived};
            use crate::Result;
            use crate::identity::telepon::{JENIS_TELEPON, MASALAH_TELEPON};
            use crate::schema::columns::$INPUT;
            use crate::schema::{Protected, Type, tables};

            derived! {
                KUNCI = concat!($name, ".kunci"); Type::Text, Phone, Contains(Protected::REGION),
                    concat!("Nomor baku ", $id), concat!("comparable form, ", $en),
                    "E.164 form of the number; none for numbers that cannot be dialled or were typed to fill the \
    field",
                    [$INPUT => "0812-6000-0001"] => "+6281260000001";
                NEGARA = concat!($name, ".negara"); Type::Code(tables::NEGARA), Open, Nothing,
                    concat!("Negara ", $id), concat!("country, ", $en),
                    "country of the calling code (ITU E.164)",
                    [$INPUT => "+60 12-345 6789"] => "MY";
                JENIS = concat!($name, ".jenis"); Type::Code(JENIS_TELEPON), Open, Nothing,
                    concat!("Jenis ", $id), concat!("kind, ", $en),
                    "mobile, fixed line, other or foreign, by prefix",
                    [$INPUT => "(061) 4567891"] => "tetap";
                MASALAH = concat!($name, ".masalah"); Type::List(MASALAH_TELEPON), Open, Nothing,
                    concat!("Masalah ", $id), concat!("faults, ", $en),
                    "what is wrong with the number; three of the codes are remarks",
                    [$INPUT => "81234567890"] => "nol_hilang;pola";
            }

            #[doc = concat!("`", $name, "`.")]
            pub const FAMILY: Family = Family { inputs: &[$INPUT], columns: COLUMNS, compute };

            fn compute(_: &Cx, rows: Rows<'_>, out: &mut Outputs) -> Result<()> {
                let places =
                    super::Places { key: at::KUNCI, country: at::NEGARA, kind: at::JENIS, faults: at::MASALAH };
                super::compute($INPUT, &places, rows, out)
            }
        }
    };
}

phone_family! { telepon "telepon" TELEPON "telepon" "phone" }
phone_family! { telepon_kerabat "telepon_kerabat" TELEPON_KERABAT "telepon kerabat" "relative's phone" }
phone_family! { penjamin_telepon "penjamin_telepon" PENJAMIN_TELEPON "telepon penjamin" "sponsor's phone" }
phone_family! { pendamping_telepon "pendamping_telepon" PENDAMPING_TELEPON "telepon pendamping" "companion's phone" }
