//! Laws of the embedded tables and hand-checked samples.

use std::path::Path;

use chrono::{Days, NaiveDate};

use super::wilayah::{Status, Tingkat};
use sha2::{Digest, Sha256};

use super::*;
use crate::hex::hex;
use crate::schema::CodeEntry;

/// Text that no table knows and no lookup may stumble over.
fn odd_texts() -> Vec<String> {
    let short = ["", " ", "\0", "-", "|", ";", "0", "KOTA", "KAB.", "PROV", "KANIM", "<<<", "\u{feff}", "\u{20ac}"];
    let foreign =
        ["\u{4e2d}\u{56fd}", "\u{661}\u{662}", "a\u{301}\u{301}", "0\u{e9}1", "8\u{e9}", "\u{1f1ee}\u{1f1e9}"];
    let long = ["A", "9", "\u{e9}", "KOTA ", "'", "<"].map(|piece| piece.repeat(100_000));
    short.into_iter().chain(foreign).map(str::to_owned).chain(long).collect()
}

fn date(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

fn keys(table: &Embedded) -> Vec<&'static str> {
    table.lines().map(|line| line.split(';').next().unwrap()).collect()
}

#[test]
fn records_have_as_many_fields_as_the_heading_and_keys_are_unique_and_sorted() {
    for table in TABLES {
        let columns = table.text.lines().nth(2).unwrap().split(';').count();
        for line in table.lines() {
            assert_eq!(line.split(';').count(), columns, "{}: {line}", table.name);
        }
        assert!(keys(table).is_sorted_by(|a, b| a < b), "{}", table.name);
    }
}

#[test]
fn every_record_becomes_an_entry() {
    let entries = |table: &Embedded| match table.name {
        "kanim" => kanim::all().count(),
        "kata_nama" => kata_nama::all().filter(|(_, people)| (50..kata_nama::PEOPLE).contains(people)).count(),
        "libur" => (0..4748).filter(|day| libur::find(date(2015, 1, 1) + Days::new(*day)).is_some()).count(),
        "negara" => countries::code_entries().len(),
        "panggilan" => keys(table).into_iter().filter(|code| telepon::negara_panggilan(code).is_some()).count(),
        "pekerjaan" => pekerjaan::code_entries().len(),
        "telepon" => keys(table).into_iter().filter(|prefix| telepon::digits(prefix).is_some()).count(),
        "wilayah" => wilayah::provinces().count() + wilayah::kabkota().count() + wilayah::kecamatan().count(),
        other => panic!("{other}: count its entries here"),
    };
    for table in TABLES {
        assert_eq!(entries(table), table.describe().rows, "{}", table.name);
    }
}

#[test]
fn versions_are_sorted_and_their_hashes_are_those_of_the_files() {
    let versions = versions();
    assert!(versions.is_sorted_by(|a, b| a.name < b.name));
    for version in versions {
        let file =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("src/reference/data").join(format!("{}.csv", version.name));
        let bytes = std::fs::read(&file).unwrap();
        let hash = hex(&Sha256::digest(&bytes));
        assert_eq!(version.sha256, hash, "{}", version.name);
        assert!(!version.version.is_empty() && !version.source.is_empty(), "{}", version.name);
    }
}

#[test]
fn the_read_me_names_every_table_with_its_rows() {
    let readme = include_str!("data/README.md");
    for version in versions() {
        let row = format!("| `{}.csv` | {} |", version.name, version.rows);
        assert!(readme.contains(&row), "README.md lacks: {row}");
    }
}

#[test]
fn regions_are_those_of_the_decree_with_the_retired_papuan_codes() {
    let count = |regions: &mut dyn Iterator<Item = &'static wilayah::Wilayah>, status| {
        regions.filter(|region| region.status == status).count()
    };
    assert_eq!(count(&mut wilayah::provinces(), Status::Aktif), 38);
    assert_eq!(count(&mut wilayah::kabkota(), Status::Aktif), 514);
    assert_eq!(count(&mut wilayah::kecamatan(), Status::Aktif), 7285);
    assert_eq!(count(&mut wilayah::provinces(), Status::Pensiun), 0);
    assert_eq!(count(&mut wilayah::kabkota(), Status::Pensiun), 26);
    assert_eq!(wilayah::kabkota().filter(|r| r.status == Status::Aktif && r.nama.starts_with("Kota ")).count(), 98);
    assert!(wilayah::kecamatan().all(|r| r.status == Status::Aktif || ["91", "92"].contains(&&r.kode[..2])));

    let provinces: Vec<u32> = wilayah::provinces().map(|region| region.kode.parse().unwrap()).collect();
    let expected = [11..=19, 21..=21, 31..=36, 51..=53, 61..=65, 71..=76, 81..=82, 91..=96];
    assert_eq!(provinces, expected.into_iter().flatten().collect::<Vec<u32>>());
}

#[test]
fn every_region_has_a_parent_and_every_successor_is_current_and_of_the_same_level() {
    for region in wilayah::kabkota().chain(wilayah::kecamatan()) {
        let parent = &region.kode[..region.kode.len() - 2];
        assert!(wilayah::find(parent).is_some(), "{}", region.kode);
        if let Some(successor) = region.penerus {
            let successor = wilayah::find(successor).unwrap();
            assert_eq!(region.status, Status::Pensiun, "{}", region.kode);
            assert_eq!((successor.status, successor.tingkat), (Status::Aktif, region.tingkat), "{}", region.kode);
        }
    }
    assert!(wilayah::kabkota().all(|region| (region.status == Status::Pensiun) == region.penerus.is_some()));
}

#[test]
fn a_region_code_says_what_it_is_or_was() {
    let medan = wilayah::find("1271").unwrap();
    assert_eq!((medan.nama, medan.tingkat, medan.status), ("Kota Medan", Tingkat::KabupatenKota, Status::Aktif));
    let merauke = wilayah::find("9101").unwrap();
    assert_eq!((merauke.nama, merauke.status, merauke.penerus), ("Kabupaten Merauke", Status::Pensiun, Some("9301")));
    assert_eq!(wilayah::find("9301").unwrap().status, Status::Aktif);
    assert_eq!(wilayah::find("910101").unwrap().penerus, Some("930101"));
    assert_eq!(wilayah::find("127106").unwrap().tingkat, Tingkat::Kecamatan);
    let of_medan = wilayah::kecamatan().filter(|region| region.kode.starts_with("1271")).count();
    assert_eq!(of_medan, 21);
    for unknown in ["12.71", "99", "1299", "127199", "5401", "12710"] {
        assert_eq!(wilayah::find(unknown), None, "{unknown}");
    }
}

#[test]
fn every_current_region_is_found_by_its_own_name() {
    for province in wilayah::provinces() {
        assert_eq!(wilayah::provinsi_by_name(province.nama), Some(province.kode));
    }
    for region in wilayah::kabkota().filter(|region| region.status == Status::Aktif) {
        assert_eq!(wilayah::kabkota_by_name(region.nama, None), Some(region.kode), "{}", region.nama);
        let shouted = region.nama.to_uppercase().replace("KABUPATEN ", "KAB.").replace("KEPULAUAN", "KEP.");
        assert_eq!(wilayah::kabkota_by_name(&shouted, Some(&region.kode[..2])), Some(region.kode), "{shouted}");
    }
    for region in wilayah::kecamatan() {
        assert_eq!(wilayah::kecamatan_by_name(region.nama, &region.kode[..4]), Some(region.kode), "{}", region.kode);
    }
}

#[test]
fn cities_and_regencies_are_found_as_exports_write_them() {
    let cases = [
        ("KOTA MEDAN", "1271"),
        ("Medan", "1271"),
        ("medan, kota", "1271"),
        ("KOTAMADYA MEDAN", "1271"),
        ("KOTAMEDAN", "1271"),
        ("KAB. DELI SERDANG", "1207"),
        ("KAB DELISERDANG", "1207"),
        ("KABDELISERDANG", "1207"),
        (" kabupaten   deli-serdang ", "1207"),
        ("DELI SERDANG (KAB)", "1207"),
        ("KOTA ADM. JAKARTA SELATAN", "3174"),
        ("JAKARTA SELATAN", "3174"),
        ("KAB. ADM. KEP. SERIBU", "3101"),
        ("KEPULAUAN SERIBU", "3101"),
        ("KOTABARU", "6302"),
        ("KAB. KOTA BARU", "6302"),
        ("LIMA PULUH KOTA", "1307"),
        ("KAB. 50 KOTA", "1307"),
        ("KOTAMOBAGU", "7174"),
        ("PARE PARE", "7372"),
        ("BAU-BAU", "7472"),
        ("KAB. TOBA SAMOSIR", "1212"),
        ("OKU TIMUR", "1608"),
        ("KAB. TJ. JABUNG BARAT", "1506"),
        ("KAB. BANJAR / KALIMANTAN SELATAN", "6303"),
        ("BANJAR, JAWA BARAT", "3279"),
        ("KAB. MERAUKE, PAPUA", "9301"),
    ];
    for (name, code) in cases {
        assert_eq!(wilayah::kabkota_by_name(name, None), Some(code), "{name}");
    }
}

#[test]
fn namesakes_are_not_guessed_and_a_province_decides_where_it_can() {
    // Kabupaten Banjar is in Kalimantan Selatan, Kota Banjar in Jawa Barat.
    assert_eq!(wilayah::kabkota_by_name("BANJAR", None), None);
    assert_eq!(wilayah::kabkota_by_name("BANJAR", Some("KALSEL")), Some("6303"));
    assert_eq!(wilayah::kabkota_by_name("BANJAR", Some("32")), Some("3279"));
    assert_eq!(wilayah::kabkota_by_name("KOTA BANJAR", None), Some("3279"));
    // Kabupaten and Kota Bogor share a province.
    assert_eq!(wilayah::kabkota_by_name("BOGOR", Some("JAWA BARAT")), None);
    assert_eq!(wilayah::kabkota_by_name("KAB BOGOR", Some("JAWA BARAT")), Some("3201"));
    assert_eq!(wilayah::kabkota_by_name("BOGOR, KOTA", None), Some("3271"));
    // The word in front must be true; a province that no longer fits does not hide the only region of a name.
    assert_eq!(wilayah::kabkota_by_name("KOTA SLEMAN", None), None);
    assert_eq!(wilayah::kabkota_by_name("MERAUKE", Some("PAPUA")), Some("9301"));
    assert_eq!(wilayah::kabkota_by_name("MERAUKE", Some("no such province")), Some("9301"));
}

#[test]
fn provinces_are_found_by_former_names_and_short_forms() {
    let cases = [
        ("SUMUT", "12"),
        ("PROV. SUMATRA UTARA", "12"),
        ("Propinsi Sumatera Utara", "12"),
        ("DKI JAKARTA", "31"),
        ("DAERAH KHUSUS IBUKOTA JAKARTA", "31"),
        ("DI YOGYAKARTA", "34"),
        ("D.I. Yogyakarta", "34"),
        ("DIY", "34"),
        ("NANGGROE ACEH DARUSSALAM", "11"),
        ("KEP. RIAU", "21"),
        ("KEPRI", "21"),
        ("BANGKA BELITUNG", "19"),
        ("NTT", "53"),
        ("P A P U A", "91"),
        ("PAPUA BARAT", "92"),
        ("PAPUA BARAT DAYA", "96"),
    ];
    for (name, code) in cases {
        assert_eq!(wilayah::provinsi_by_name(name), Some(code), "{name}");
    }
    assert_eq!(wilayah::provinsi_by_name("SUMATERA"), None);
}

#[test]
fn a_subdistrict_is_looked_for_under_its_own_city() {
    assert_eq!(wilayah::kecamatan_by_name("Medan Kota", "1271"), Some("127101"));
    assert_eq!(wilayah::kecamatan_by_name("KEC. MEDAN KOTA", "1271"), Some("127101"));
    assert_eq!(wilayah::kecamatan_by_name("STM HILIR", "1207"), Some("120708"), "its name in the list of 2019");
    // Rumbai is a current name and, in the list of 2019, that of what is Rumbai Barat today.
    assert_eq!(wilayah::kecamatan_by_name("RUMBAI", "1471"), Some("147112"));
    assert_eq!(wilayah::kecamatan_by_name("DISTRIK MERAUKE", "9101"), Some("910101"));
    assert_eq!(wilayah::kecamatan_by_name("DISTRIK MERAUKE", "9301"), Some("930101"));
    assert_eq!(wilayah::kecamatan_by_name("MEDAN KOTA", "1207"), None);
    assert_eq!(wilayah::kecamatan_by_name("1271MEDANKOTA", ""), None);
    assert_eq!(wilayah::kecamatan_by_name("MEDAN KOTA", "12"), None);
}

#[test]
fn holidays_are_those_of_the_decrees() {
    let independence = libur::find(date(2026, 8, 17)).unwrap();
    assert_eq!(independence.nama_id, "Hari Kemerdekaan Republik Indonesia");
    assert!(!independence.cuti_bersama);
    assert!(libur::find(date(2026, 12, 24)).unwrap().cuti_bersama);
    // SKB 3 Menteri for 2026: 17 public holidays and 8 days of collective leave.
    let year: Vec<_> = (0..365).filter_map(|day| libur::find(date(2026, 1, 1) + Days::new(day))).collect();
    assert_eq!(year.iter().filter(|libur| libur.cuti_bersama).count(), 8);
    assert_eq!(year.len(), 25);
    assert_eq!(libur::find(date(2021, 5, 13)).unwrap().nama_en, "Eid al-Fitr / Ascension Day");
    assert_eq!(libur::find(date(2026, 8, 18)), None);
    assert_eq!(libur::covered(), (date(2015, 1, 1), date(2027, 12, 31)));
    assert_eq!(libur::find(NaiveDate::MIN), None);
    assert_eq!(libur::find(NaiveDate::MAX), None);
}

#[test]
fn countries_are_found_by_code_and_by_name_in_both_languages() {
    let cases = [
        ("KAMBOJA", "KH"),
        ("Cambodia", "KH"),
        ("khm", "KH"),
        ("my", "MY"),
        ("HONGKONG", "HK"),
        ("Hong Kong", "HK"),
        ("HONG KONG SAR CHINA", "HK"),
        ("ARAB SAUDI", "SA"),
        ("Saudi Arabia", "SA"),
        ("KSA", "SA"),
        ("UEA", "AE"),
        ("U.E.A.", "AE"),
        ("UAE", "AE"),
        ("DUBAI", "AE"),
        ("KOREA", "KR"),
        ("Korea Selatan", "KR"),
        ("RRT", "CN"),
        ("CINA", "CN"),
        ("Birma", "MM"),
        ("VIET NAM", "VN"),
        ("Inggris", "GB"),
        ("USA", "US"),
        ("Amerika Serikat", "US"),
        ("TURKIYE", "TR"),
        ("Türkiye", "TR"),
        ("COTE D'IVOIRE", "CI"),
        ("Antigua and Barbuda", "AG"),
        ("ANTIGUA DAN BARBUDA", "AG"),
        ("TIMOR TIMUR", "TL"),
        ("XXA", "XXA"),
        ("RKS", "XK"),
    ];
    for (text, code) in cases {
        assert_eq!(countries::alpha2(text), Some(code), "{text}");
    }
    // ISO 3166-1 wins over the Indonesian short form of Amerika Serikat; the Congos are two.
    assert_eq!(countries::alpha2("AS"), Some("AS"));
    assert_eq!(countries::label_id("AS"), Some("Samoa Amerika"));
    for unknown in ["D", "YUG", "TANPA TUJUAN"] {
        assert_eq!(countries::alpha2(unknown), None, "{unknown}");
    }
}

#[test]
fn every_country_is_found_by_its_codes_and_labels() {
    assert_eq!(countries::code_entries().iter().filter(|entry| entry.code.len() == 2).count(), 250);
    for CodeEntry { code, label_id, label_en, aliases } in countries::code_entries() {
        for text in [code, label_id, label_en].into_iter().chain(*aliases) {
            assert_eq!(countries::alpha2(text), Some(*code), "{text}");
        }
        assert_eq!(countries::label_id(code), Some(*label_id));
        assert_eq!(countries::label_en(code), Some(*label_en));
    }
    assert_eq!(countries::label_id("ZZ"), None);
}

#[test]
fn passport_codes_lead_to_countries() {
    let cases =
        [("IDN", "ID"), ("D", "DE"), ("D<<", "DE"), ("RKS", "XK"), ("GBN", "GBN"), ("UNO", "UNO"), ("XXA", "XXA")];
    for (icao, code) in cases {
        assert_eq!(countries::alpha2_of_icao(icao), Some(code), "{icao}");
    }
    for unknown in ["", "<<<", "DEU", "ID", "idn", "ZZZ"] {
        assert_eq!(countries::alpha2_of_icao(unknown), None, "{unknown}");
    }
}

#[test]
fn occupations_are_found_by_name_and_never_by_number() {
    let cases = [
        ("PELAJAR/MAHASISWA", "03"),
        ("PELAJAR", "03"),
        ("pelajar / mahasiswa", "03"),
        ("IRT", "02"),
        ("Mengurus Rumah Tangga", "02"),
        ("PNS", "05"),
        ("KEPOLISIAN RI (POLRI)", "07"),
        ("Petani/Pekebun", "09"),
        ("TUKANG GIGI", "31"),
        ("MEKANIK", "35"),
        ("Lainnya", "99"),
    ];
    for (text, code) in cases {
        assert_eq!(pekerjaan::by_name(text), Some(code), "{text}");
    }
    for unknown in ["31", "03", "ASTRONAUT"] {
        assert_eq!(pekerjaan::by_name(unknown), None, "{unknown}");
    }
    let codes: Vec<_> = pekerjaan::code_entries().iter().map(|entry| entry.code.to_owned()).collect();
    assert_eq!(codes, (1..=99).map(|number| format!("{number:02}")).collect::<Vec<_>>());
    for CodeEntry { code, label_id, aliases, .. } in pekerjaan::code_entries() {
        for text in [label_id].into_iter().chain(*aliases) {
            assert_eq!(pekerjaan::by_name(text), Some(*code), "{text}");
        }
    }
}

#[test]
fn indonesian_numbers_have_an_operator_or_an_area_and_a_length() {
    let operator = |number| telepon::seluler(number).map(|block| block.operator);
    assert_eq!(operator("081260000001"), Some("Telkomsel"));
    assert_eq!(operator("0857"), Some("Indosat"));
    assert_eq!(operator("0878000000"), Some("XL"));
    assert_eq!(operator("0831000000"), Some("Axis"));
    assert_eq!(operator("0896000000"), Some("Tri"));
    assert_eq!(operator("0884000000"), Some("Smartfren"));
    assert_eq!(telepon::kode_area("0614567890"), Some("Medan"));
    assert_eq!(telepon::kode_area("0622000000"), Some("Pematangsiantar/Pematang Raya/Limapuluh"));
    assert_eq!(telepon::digits("081260000001"), Some((10, 13)));
    assert_eq!(telepon::digits("0614567890"), Some((8, 12)));
    assert_eq!(telepon::digits("02112345678"), Some((10, 11)));

    assert_eq!(operator("0854000000"), None, "a mobile block without an operator");
    assert_eq!(telepon::digits("0854000000"), Some((10, 13)));
    assert_eq!(telepon::kode_area("081260000001"), None);
    assert_eq!(operator("0614567890"), None);
    for no_subscriber in ["0800123456", "08041234567", "60123456789", "0"] {
        assert_eq!(telepon::digits(no_subscriber), None, "{no_subscriber}");
    }
}

#[test]
fn a_calling_code_leads_to_the_main_country() {
    let cases = [
        ("60123456789", "MY"),
        ("85512345678", "KH"),
        ("85612345678", "LA"),
        ("95123456789", "MM"),
        ("12025550100", "US"),
        ("74951234567", "RU"),
        ("442071234567", "GB"),
        ("6281200000001", "ID"),
        ("852", "HK"),
    ];
    for (number, country) in cases {
        assert_eq!(telepon::negara_panggilan(number), Some(country), "{number}");
    }
    for unknown in ["", "0812", "870123456", "999", "+60123456789"] {
        assert_eq!(telepon::negara_panggilan(unknown), None, "{unknown}");
    }
    for code in keys(&telepon::PANGGILAN) {
        let country = telepon::negara_panggilan(code).unwrap();
        assert!(countries::label_id(country).is_some(), "{code}");
    }
}

#[test]
fn offices_are_found_with_or_without_their_class() {
    let medan = kanim::find("KANIM-MEDAN").unwrap();
    assert_eq!((medan.singkat, medan.provinsi, medan.kota), ("Medan", "12", Some("1271")));
    for text in ["Kantor Imigrasi Kelas I Khusus TPI Medan", "kanim medan", "MEDAN", "Kanim Kelas I TPI Medan"] {
        assert_eq!(kanim::find(text), Some(medan), "{text}");
    }
    assert_eq!(kanim::find("TIMIKA").unwrap().id, "KANIM-MIMIKA");
    assert_eq!(kanim::find("Tanjungpinang").unwrap().id, "KANIM-TANJUNG-PINANG");
    assert_eq!(kanim::find("TANJUNG BALAI"), None, "Asahan or Karimun");
    assert_eq!(kanim::find("Kantor Imigrasi Kelas I"), None);
    for office in kanim::all() {
        assert_eq!([office.id, office.nama, office.singkat].map(kanim::find), [Some(office); 3]);
        for region in [Some(office.provinsi), office.kota].into_iter().flatten() {
            assert_eq!(wilayah::find(region).unwrap().status, Status::Aktif, "{}", office.id);
        }
    }
}

#[test]
fn no_lookup_stumbles_over_odd_text() {
    for text in odd_texts() {
        let text = text.as_str();
        let found = [
            wilayah::find(text).map(|region| region.kode),
            wilayah::provinsi_by_name(text),
            wilayah::kabkota_by_name(text, None),
            wilayah::kabkota_by_name(text, Some(text)),
            wilayah::kecamatan_by_name(text, "1271"),
            wilayah::kecamatan_by_name("MEDAN KOTA", text),
            countries::alpha2(text),
            countries::alpha2_of_icao(text),
            countries::label_id(text),
            pekerjaan::by_name(text),
            telepon::seluler(text).map(|block| block.operator),
            telepon::kode_area(text),
            kanim::find(text).map(|office| office.id),
        ];
        let sample: String = text.chars().take(20).collect();
        assert_eq!(found, [None; 13], "{sample:?}");
    }
}
