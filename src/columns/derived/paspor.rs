//! The old and the new booklet: numbers and how long they run.

use super::{Cx, Outputs, Rows};
use crate::Result;
use crate::identity::passport::{self, Booklet};
use crate::schema::columns::{STATUS_SIPIL, TANGGAL_LAHIR, TANGGAL_PERMOHONAN};

/// The canonical columns of a booklet.
struct Inputs {
    number: &'static str,
    issued: &'static str,
    expires: &'static str,
}

/// Places of the columns of a booklet.
struct Places {
    key: usize,
    faults: usize,
    years: usize,
    age: usize,
    left: usize,
}

/// The code of `status_sipil` under which nobody was ever married.
const NEVER_MARRIED: &str = "belum_kawin";

/// Whether a booklet may be newer than the application: only the one applied for.
#[derive(PartialEq, Eq)]
enum Issued {
    Before,
    After,
}

fn compute(cx: &Cx, inputs: &Inputs, issue: &Issued, places: &Places, rows: Rows<'_>, out: &mut Outputs) -> Result<()> {
    let (number, issued, expires) = (rows.text(inputs.number)?, rows.date(inputs.issued)?, rows.date(inputs.expires)?);
    let (born, status, applied) = (rows.date(TANGGAL_LAHIR)?, rows.text(STATUS_SIPIL)?, rows.date(TANGGAL_PERMOHONAN)?);
    let mut key = String::new();
    for row in 0..rows.count() {
        let applied = applied.get(row);
        let booklet = Booklet {
            number: number.get(row),
            issued: issued.get(row),
            expires: expires.get(row),
            born: born.get(row),
            unmarried: status.get(row).map(|code| code == NEVER_MARRIED),
            applied: applied.or(Some(cx.as_of)).filter(|_| *issue == Issued::Before),
        };
        let reading = passport::read(&booklet);
        let known = booklet.number.is_some_and(|text| passport::key(text, &mut key));
        let days = |later: Option<chrono::NaiveDate>, earlier: Option<chrono::NaiveDate>| {
            later.zip(earlier).map(|(later, earlier)| later.signed_duration_since(earlier).num_days())
        };
        out.text(places.key, Some(key.as_str()).filter(|_| known));
        out.faults(places.faults, reading.map(|r| r.faults));
        out.int(places.years, reading.and_then(|r| r.years));
        out.int(places.age, days(applied, booklet.issued));
        out.int(places.left, days(booklet.expires, applied));
    }
    Ok(())
}

macro_rules! booklet_family {
    ($module:ident $name:literal $issue:ident [$NUMBER:ident $ISSUED:ident $EXPIRES:ident] $id:literal $en:literal) => {
        #[doc = concat!("Columns of the ", $en, ".")]
        pub mod $module {
            use super::super::{Cx, Family, Outputs, Rows, derived};
            use crate::Result;
            use crate::identity::passport::MASALAH_PASPOR;
            use crate::schema::Type;
            use crate::schema::columns::{STATUS_SIPIL, TANGGAL_LAHIR, TANGGAL_PERMOHONAN, $EXPIRES, $ISSUED, $NUMBER};

            derived! {
                KUNCI = concat!($name, ".kunci"); Type::Text, Number, Nothing,
                    concat!("Nomor baku ", $id), concat!("comparable number, ", $en),
                    "letters and digits of the number; none for other shapes than one or two letters and six or \
    seven digits",
                    [$NUMBER => "C 1234567"] => "C1234567";
                MASALAH = concat!($name, ".masalah"); Type::List(MASALAH_PASPOR), Open, Nothing,
                    concat!("Masalah ", $id), concat!("faults, ", $en),
                    "what is wrong with number and dates: validity of 5 or 10 years within two days, 10 only from \
    2022-10-12 and not under 17 unmarried (Permenkumham 18/2022 ps 2A)",
                    [$NUMBER => "C123", $ISSUED => "2018-05-02", $EXPIRES => "2021-05-02"] => "masa;nomor";
                MASA_TAHUN = concat!($name, ".masa_tahun"); Type::Int, Open, Nothing,
                    concat!("Masa berlaku ", $id, " (tahun)"), concat!("validity in years, ", $en),
                    "5 or 10, where the dates say so",
                    [$ISSUED => "2018-05-02", $EXPIRES => "2023-05-01"] => "5";
                UMUR_HARI = concat!($name, ".umur_hari"); Type::Int, Open, Nothing,
                    concat!("Umur ", $id, " (hari)"), concat!("age in days, ", $en),
                    "days from its issue to the application; negative where it was issued after",
                    [$ISSUED => "2025-10-24", TANGGAL_PERMOHONAN => "2025-11-03"] => "10";
                SISA_HARI = concat!($name, ".sisa_hari"); Type::Int, Open, Nothing,
                    concat!("Sisa masa berlaku ", $id, " (hari)"), concat!("days left, ", $en),
                    "days from the application to its expiry; negative where it had expired",
                    [$EXPIRES => "2025-11-01", TANGGAL_PERMOHONAN => "2025-11-03"] => "-2";
            }

            #[doc = concat!("The ", $en, ".")]
            pub const FAMILY: Family = Family {
                inputs: &[$NUMBER, $ISSUED, $EXPIRES, TANGGAL_LAHIR, STATUS_SIPIL, TANGGAL_PERMOHONAN],
                columns: COLUMNS,
                compute,
            };

            fn compute(cx: &Cx, rows: Rows<'_>, out: &mut Outputs) -> Result<()> {
                let inputs = super::Inputs { number: $NUMBER, issued: $ISSUED, expires: $EXPIRES };
                let places = super::Places {
                    key: at::KUNCI,
                    faults: at::MASALAH,
                    years: at::MASA_TAHUN,
                    age: at::UMUR_HARI,
                    left: at::SISA_HARI,
                };
                super::compute(cx, &inputs, &super::Issued::$issue, &places, rows, out)
            }
        }
    };
}

booklet_family! {
    lama "paspor_lama" Before [PASPOR_LAMA_NOMOR PASPOR_LAMA_TERBIT PASPOR_LAMA_BERLAKU] "paspor lama" "old passport"
}
booklet_family! {
    baru "paspor_baru" After [NOMOR_PASPOR_BARU TANGGAL_TERBIT_PASPOR TANGGAL_HABIS_PASPOR] "paspor baru" "new passport"
}
