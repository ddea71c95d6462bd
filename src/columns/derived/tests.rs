//! Laws over the whole table of families.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::*;
use crate::calendar;
use crate::schema::{CodeTable, columns, tables};

/// Adds the wanted columns to a frame that has the canonical ones, and the derived columns those are worked out from.
/// Canonical inputs that the frame lacks are null in every row; columns the frame has already are kept.
fn compute(cx: &Cx, frame: &mut Frame, wanted: &dyn Fn(&str) -> bool) -> Result<()> {
    let needed = needed(frame, wanted);
    for family in FAMILIES.iter().filter(|family| family.columns.iter().any(|c| needed.contains(c.name))) {
        family.add_to(cx, frame, &|name| needed.contains(name))?;
    }
    Ok(())
}

/// The columns to build: those wanted and, back through the families, those they are worked out from.
fn needed(frame: &Frame, wanted: &dyn Fn(&str) -> bool) -> BTreeSet<&'static str> {
    let absent = |name: &str| !frame.has(name);
    let mut needed: BTreeSet<&str> = all().map(|(_, c)| c.name).filter(|name| wanted(name) && absent(name)).collect();
    for family in FAMILIES.iter().rev() {
        if family.columns.iter().any(|c| needed.contains(c.name)) {
            let made = |name: &&&str| all().any(|(_, c)| c.name == **name);
            needed.extend(family.inputs.iter().filter(made).copied().filter(|name| absent(name)));
        }
    }
    needed
}

fn cx() -> Cx {
    Cx::new("2025-11-05".parse().unwrap())
}

fn type_of(name: &str) -> Option<Type> {
    columns::by_name(name).map(|c| c.ty).or_else(|| all().find(|(_, c)| c.name == name).map(|(_, c)| c.ty))
}

/// A column of values written as in a canonical file; empty is null.
fn column(name: &str, values: &[&str]) -> Series {
    let ty = type_of(name).unwrap_or_else(|| panic!("{name} is no column"));
    let mut builder = Builder::new(ty, values.len());
    for value in values {
        let value = Some(*value).filter(|v| !v.is_empty());
        match ty {
            Type::Text | Type::Code(_) | Type::List(_) | Type::Texts => builder.push_text(value),
            Type::Int => builder.push_number(value.map(|v| v.parse().unwrap())),
            Type::Date => builder.push_number(value.map(|v| calendar::days(v.parse().unwrap()))),
            Type::Time => builder.push_number(value.map(|v| calendar::millis(v.replace(' ', "T").parse().unwrap()))),
            Type::Bool => builder.push_bool(value.map(|v| v.parse().unwrap())),
        }
    }
    builder.finish(name)
}

/// A value as a canonical file has it.
fn shown(frame: &Frame, name: &str, row: usize) -> String {
    match type_of(name).unwrap() {
        Type::Text | Type::Code(_) | Type::List(_) | Type::Texts => {
            frame.text(name).unwrap().get(row).map(str::to_owned)
        }
        Type::Int => frame.number(name).unwrap().get(row).map(|n| n.to_string()),
        Type::Date => frame.number(name).unwrap().get(row).map(|n| calendar::date(n).unwrap().to_string()),
        Type::Time => frame.number(name).unwrap().get(row).map(|n| calendar::time(n).unwrap().to_string()),
        Type::Bool => frame.bool(name).unwrap().get(row).map(|b| b.to_string()),
    }
    .unwrap_or_default()
}

/// Every derived value of one row.
fn derive(given: &[(&str, &str)]) -> BTreeMap<&'static str, String> {
    let given = given.iter().map(|(name, value)| column(name, &[value])).collect();
    let mut frame = Frame::new(1, given).unwrap();
    compute(&cx(), &mut frame, &|_| true).unwrap();
    all().map(|(_, c)| (c.name, shown(&frame, c.name, 0))).collect()
}

/// Rows of invented values: examples of the dictionary and values that went wrong, mixed by a seeded choice.
fn mixed(rows: usize) -> Frame {
    let odd = [
        "",
        "-",
        "0000000000000000",
        "\u{410}Б ة 😀",
        "'; DROP",
        "1.27107E+15",
        "E+",
        "<<<<",
        "JL NO RT RW LK GG BLOK",
    ];
    let series = columns::ALL.iter().enumerate().map(|(nth, c)| {
        let value = |row: usize| match (row * 7 + nth * 3) % 5 {
            0 => "",
            1 if c.ty == Type::Text => odd[(row + nth) % odd.len()],
            _ => c.example,
        };
        column(c.name, &(0..rows).map(value).collect::<Vec<_>>())
    });
    Frame::new(rows, series.collect()).unwrap()
}

#[test]
fn names_are_unique_dotted_and_explained() {
    let mut seen: BTreeSet<&str> = columns::ALL.iter().map(|c| c.name).collect();
    for (_, c) in all() {
        assert!(seen.insert(c.name), "{} twice", c.name);
        assert!(c.name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_' || b == b'.'), "{}", c.name);
        assert!(c.name.split('.').count() <= 2, "{}", c.name);
        for text in [c.label_id, c.label_en, c.meaning] {
            assert!(!text.is_empty() && !text.ends_with('.') && text.trim() == text, "{}: {text}", c.name);
        }
    }
}

#[test]
fn inputs_are_canonical_or_made_by_an_earlier_family() {
    let mut known: BTreeSet<&str> = columns::ALL.iter().map(|c| c.name).collect();
    for family in FAMILIES {
        for input in family.inputs {
            assert!(known.contains(input), "{input}");
        }
        known.extend(family.columns.iter().map(|c| c.name));
    }
}

#[test]
fn lists_of_codes_have_names_of_their_own_and_are_sorted_where_lists_are_made_of_them() {
    let mut by_name: BTreeMap<&str, &CodeTable> = tables::ALL.iter().map(|t| (t.name, *t)).collect();
    for (_, c) in all() {
        let Some(table) = c.ty.codes() else { continue };
        let first = by_name.insert(table.name, table).unwrap_or(table);
        assert!(first.codes().eq(table.codes()), "{}: two lists of one name", table.name);
        if matches!(c.ty, Type::List(_)) {
            assert!(table.codes().is_sorted(), "{}", table.name);
        }
        for entry in table.entries() {
            assert!(!entry.label_id.is_empty() && !entry.label_en.is_empty(), "{}", table.name);
        }
    }
}

#[test]
fn every_example_comes_out_as_stated() {
    for (family, c) in all() {
        let (given, expected) = c.example;
        assert!(!given.is_empty(), "{}", c.name);
        for (input, _) in given {
            assert!(
                columns::by_name(input).is_some(),
                "{}: an example is given canonical columns, {input} is none",
                c.name
            );
            let direct = family.inputs.contains(input);
            let derived = |name: &str| all().any(|(from, made)| made.name == name && from.inputs.contains(input));
            assert!(direct || family.inputs.iter().any(|name| derived(name)), "{}: {input} is not read", c.name);
        }
        assert_eq!(derive(given)[c.name], expected, "{}", c.name);
    }
}

#[test]
fn codes_that_come_out_are_in_the_list_of_their_column() {
    let mut frame = mixed(60);
    compute(&cx(), &mut frame, &|_| true).unwrap();
    for (_, c) in all() {
        let Some(table) = c.ty.codes() else { continue };
        for row in 0..frame.rows() {
            let value = shown(&frame, c.name, row);
            assert!(value.split(';').all(|code| code.is_empty() || table.get(code).is_some()), "{}", c.name);
        }
    }
}

#[test]
fn a_column_is_the_same_whatever_else_is_wanted() {
    let mut whole = mixed(40);
    compute(&cx(), &mut whole, &|_| true).unwrap();
    for (_, c) in all() {
        let mut alone = mixed(40);
        compute(&cx(), &mut alone, &|name| name == c.name).unwrap();
        for row in 0..40 {
            assert_eq!(shown(&alone, c.name, row), shown(&whole, c.name, row), "{} row {row}", c.name);
        }
    }
}

#[test]
fn a_row_is_the_same_whatever_rows_stand_before_it() {
    let mut whole = mixed(40);
    compute(&cx(), &mut whole, &|_| true).unwrap();
    for row in 0..40 {
        let mut alone = mixed(40).slice(row, 1);
        compute(&cx(), &mut alone, &|_| true).unwrap();
        for (_, c) in all() {
            assert_eq!(shown(&alone, c.name, 0), shown(&whole, c.name, row), "{} row {row}", c.name);
        }
    }
}

#[test]
fn nothing_known_says_nothing() {
    let nulls = columns::ALL.iter().map(|c| column(c.name, &[""; 3])).collect();
    for mut frame in [Frame::new(3, nulls).unwrap(), Frame::new(3, Vec::new()).unwrap()] {
        compute(&cx(), &mut frame, &|_| true).unwrap();
        for (_, c) in all() {
            for row in 0..3 {
                assert!(frame.view(c.name).unwrap().is_null(row), "{}", c.name);
            }
        }
    }
}

#[test]
fn no_rows_are_no_rows() {
    let mut frame = Frame::new(0, Vec::new()).unwrap();
    compute(&cx(), &mut frame, &|_| true).unwrap();
    assert!(all().all(|(_, c)| frame.has(c.name)));
}

#[test]
fn only_what_is_wanted_and_what_it_needs_is_built() {
    let mut frame = mixed(3);
    let canonical = frame.names().count();
    compute(&cx(), &mut frame, &|name| name == penjamin::KUNCI).unwrap();
    let built: BTreeSet<_> = frame.names().skip(canonical).map(str::to_owned).collect();
    let expected = [telepon::penjamin_telepon::KUNCI, telepon::pendamping_telepon::KUNCI, penjamin::KUNCI];
    assert_eq!(built, expected.map(str::to_owned).into());
}

#[test]
fn a_column_that_is_there_already_is_kept() {
    let mut frame =
        Frame::new(1, vec![column(columns::NIK, &["1271995708030002"]), column(nik::KELAMIN, &["L"])]).unwrap();
    compute(&cx(), &mut frame, &|_| true).unwrap();
    assert_eq!((shown(&frame, nik::KELAMIN, 0), shown(&frame, nik::PROVINSI, 0)), ("L".to_owned(), "12".to_owned()));
}

#[test]
fn nothing_wrong_is_the_empty_list_and_not_null() {
    let values = derive(&[(columns::NIK, "1271995708030002")]);
    assert_eq!(values[nik::MASALAH], "");
    let mut frame = Frame::new(1, vec![column(columns::NIK, &["1271995708030002"])]).unwrap();
    compute(&cx(), &mut frame, &|_| true).unwrap();
    assert_eq!(frame.text(nik::MASALAH).unwrap().get(0), Some(""));
    assert_eq!(frame.text(kk::MASALAH).unwrap().get(0), None);
}

#[test]
fn what_gives_away_a_protected_attribute_says_so() {
    use crate::schema::{Protected, Reveals};
    let reveals = |name: &str| all().find(|(_, c)| c.name == name).unwrap().1.reveals;
    for name in [nik::KELAMIN, mrz::KELAMIN] {
        assert_eq!(reveals(name), Reveals::Is(Protected::SEX), "{name}");
    }
    for name in [nik::PROVINSI, nik::KABKOTA, nik::KECAMATAN, kk::KABKOTA, alamat::KODE_PROVINSI, alamat::KODE_KABKOTA]
    {
        assert_eq!(reveals(name), Reveals::Is(Protected::REGION), "{name}");
    }
    for name in [nik::SAH, nik::MASALAH, nik::KELAMIN_BEDA, nik::LAHIR_BEDA, kk::BEDA_NIK, umur::UMUR] {
        assert_eq!(reveals(name), Reveals::Nothing, "{name}");
    }
    assert_eq!(reveals(nama::KUNCI), Reveals::Contains(Protected::ETHNICITY));
}

/// Faults of the fault matrix (field semantics) where they are the columns' to notice.
#[test]
fn values_that_went_wrong_on_the_way_are_noticed() {
    for (fault, given, name, expected) in [
        ("D1", vec![(columns::NIK, "3.17401E+15")], nik::MASALAH, "presisi"),
        ("D1", vec![(columns::NIK, "3.17401E+15")], nik::SAH, "false"),
        ("D2", vec![(columns::NIK, "1271995708030000")], nik::MASALAH, "serial"),
        ("D3", vec![(columns::NIK, "'1271 9957\u{A0}0803.0002")], nik::MASALAH, ""),
        ("D3", vec![(columns::NIK, "１２７１９９５７０８０３０００２")], nik::KECAMATAN, "127199"),
        ("D5", vec![(columns::NIK, "1271993208030002")], nik::MASALAH, "hari"),
        ("D5", vec![(columns::NIK, "1271997208030002")], nik::MASALAH, "hari"),
        ("D5", vec![(columns::NIK, "1271991713030002")], nik::MASALAH, "tanggal"),
        ("D5", vec![(columns::NIK, "1271995708030002")], nik::KELAMIN, "P"),
        (
            "D7",
            vec![(columns::TANGGAL_LAHIR, "2004-02-29"), (columns::TANGGAL_PERMOHONAN, "2023-02-28")],
            umur::UMUR,
            "18",
        ),
        (
            "D7",
            vec![(columns::TANGGAL_LAHIR, "2004-02-29"), (columns::TANGGAL_PERMOHONAN, "2023-03-01")],
            umur::UMUR,
            "19",
        ),
        (
            "D7",
            vec![(columns::TANGGAL_LAHIR, "2025-11-04"), (columns::TANGGAL_PERMOHONAN, "2025-11-03")],
            umur::LAHIR_MASALAH,
            "masa_depan",
        ),
        (
            "D7",
            vec![(columns::TANGGAL_LAHIR, "2025-11-04"), (columns::TANGGAL_PERMOHONAN, "2025-11-03")],
            umur::UMUR,
            "",
        ),
        (
            "D7",
            vec![(columns::TANGGAL_LAHIR, "1895-01-01"), (columns::TANGGAL_PERMOHONAN, "2025-11-03")],
            umur::LAHIR_MASALAH,
            "terlalu_tua",
        ),
        ("D10", vec![(columns::NAMA_LENGKAP, "SUHARTO")], nama::MASALAH, ""),
        ("D10", vec![(columns::NAMA_LENGKAP, "X")], nama::MASALAH, "satu_huruf"),
        ("D10", vec![(columns::NAMA_LENGKAP, "NU'MAN BIN SA'ID")], nama::KUNCI, "NUMAN SAID"),
        ("D10", vec![(columns::NAMA_LENGKAP, "\u{202E}SITI 😀")], nama::KUNCI, "SITI"),
        ("D10", vec![(columns::NAMA_LENGKAP, "\u{202E}SITI 😀")], nama::MASALAH, "karakter"),
        ("D10", vec![(columns::NAMA_LENGKAP, "مُحَمَّد")], nama::KUNCI, "محمد"),
        ("D11", vec![(columns::NAMA_LENGKAP, "SIT\u{406} \u{410}MINAH")], nama::MASALAH, "aksara_campur"),
    ] {
        assert_eq!(derive(&given)[name], expected, "{fault} {name}");
    }
}

#[test]
fn a_name_without_anything_beside_it_ties_nobody_together() {
    use columns::{
        KODE_KANIM, KUASA_NAMA, NAMA_PEMBAYAR, PENDAMPING_NAMA, PENJAMIN_ALAMAT, PENJAMIN_ID, PENJAMIN_JENIS,
        PENJAMIN_NAMA,
    };
    for (given, name, expected) in [
        (vec![(PENJAMIN_NAMA, "BUDI SANTOSO")], penjamin::KUNCI, ""),
        (
            vec![(PENJAMIN_NAMA, "H. Budi Santoso"), (PENJAMIN_ALAMAT, "Jl. Melati 3, Medan")],
            penjamin::KUNCI,
            "nama:BUDI SANTOSO@3 JL MEDAN MELATI",
        ),
        (vec![(PENJAMIN_ID, "1271.99.120180.0003"), (PENJAMIN_NAMA, "BUDI")], penjamin::KUNCI, "id:1271991201800003"),
        (vec![(PENJAMIN_ID, "0000000000000000"), (PENJAMIN_NAMA, "BUDI")], penjamin::KUNCI, ""),
        (vec![(PENJAMIN_NAMA, "SMK NUR ILMU"), (PENJAMIN_JENIS, "sekolah")], penjamin::NAMA_KUNCI, "SMK NUR ILMU"),
        (vec![(PENJAMIN_NAMA, "NUR ILMU"), (PENJAMIN_JENIS, "perorangan")], penjamin::NAMA_KUNCI, "NURILMU"),
        (vec![(PENDAMPING_NAMA, "AHMAD FAUZI"), (KODE_KANIM, "MDN")], penjamin::PENDAMPING, ""),
        (vec![(KUASA_NAMA, "AHMAD"), (KODE_KANIM, "MDN")], penjamin::KUASA, ""),
        (vec![(KUASA_NAMA, "AHMAD FAUZI")], penjamin::KUASA, ""),
        (vec![(NAMA_PEMBAYAR, "Ahmad Fauzi"), (KODE_KANIM, "MDN")], penjamin::PEMBAYAR, "nama:AHMAD FAUZI@MDN"),
    ] {
        assert_eq!(derive(&given)[name], expected, "{name}");
    }
}

#[test]
fn a_zone_is_compared_with_the_booklet_it_belongs_to() {
    let line = (columns::MRZ2, "C1234567<0IDN0308175F3505207<<<<<<<<<<<<<<06");
    let name = (columns::MRZ1, "P<IDNHASIBUAN<<SITI<AMINAH<<<<<<<<<<<<<<<<<<");
    let old = [(columns::PASPOR_LAMA_NOMOR, "C1234567"), (columns::PASPOR_LAMA_BERLAKU, "2035-05-20")];
    let new = [
        (columns::NOMOR_PASPOR_BARU, "C1234567"),
        (columns::TANGGAL_HABIS_PASPOR, "2035-05-21"),
        (columns::PASPOR_LAMA_NOMOR, "A1234567"),
    ];
    for (given, expected) in [
        ([&[line], &old[..]].concat(), ""),
        ([&[line], &new[..]].concat(), "habis_beda"),
        (vec![name, (columns::NAMA_LENGKAP, "ST. AMINAH BR HASIBUAN")], ""),
        (vec![name, (columns::NAMA_LENGKAP, "SITI AMANAH HASIBUAN")], "nama_beda"),
        (vec![name, (columns::NAMA_LENGKAP, "SITI AMINAH"), (columns::NAMA_DI_PASPOR, "SITI AMINAH HASIBUAN")], ""),
        (vec![name], ""),
    ] {
        assert_eq!(derive(&given)[mrz::MASALAH], expected, "{given:?}");
    }
}

#[test]
fn a_birthday_in_an_address_is_no_series() {
    let series = [(columns::EMAIL, "siti1990@example.id"), (columns::TANGGAL_LAHIR, "1991-08-17")];
    assert_eq!(derive(&series)[email::POLA], "siti#@example.id");
    let birthday = [(columns::EMAIL, "siti1990@example.id"), (columns::TANGGAL_LAHIR, "1990-08-17")];
    assert_eq!((derive(&birthday)[email::POLA].as_str(), derive(&birthday)[email::POLA_NOMOR].as_str()), ("", ""));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..crate::seeded::fixed() })]
    #[test]
    fn any_texts_are_answered_in_every_row(texts in proptest::collection::vec("\\PC{0,40}", 4), days in proptest::collection::vec(-800_000_i64..800_000, 4)) {
        let series = columns::ALL.iter().enumerate().map(|(nth, c)| {
            let mut builder = Builder::new(c.ty, 4);
            for row in 0..4 {
                let (text, day) = (&texts[(row + nth) % 4], days[(row * 3 + nth) % 4]);
                match c.ty {
                    Type::Text | Type::Texts => builder.push_text(Some(text)),
                    Type::Code(_) | Type::List(_) => builder.push_text(Some(c.example)),
                    Type::Int | Type::Date => builder.push_number(Some(day)),
                    Type::Time => builder.push_number(Some(day * 86_399_000)),
                    Type::Bool => builder.push_bool(Some(day > 0)),
                }
            }
            builder.finish(c.name)
        });
        let mut frame = Frame::new(4, series.collect()).unwrap();
        compute(&cx(), &mut frame, &|_| true).unwrap();
    }
}
