//! The people: numbers nobody has, dates that agree, names as names are.

use super::*;
use crate::reference::{countries, kanim, pekerjaan, wilayah};
use crate::schema::{Type, tables};

/// Kinds whose NIK does not say what the other columns say, on purpose.
const NIK_STORIES: [&str; 6] =
    ["nik_mustahil", "nik_salah_ketik", "nik_ganda", "umur_dinaikkan", "koreksi_tanggal_lahir", "ulang_setelah_tolak"];

fn unassigned(number: &str) -> bool {
    wilayah::find(&number[..4]).is_some() && wilayah::find(&number[..6]).is_none() && number[4..6] > *"51"
}

#[test]
fn every_nik_is_sound_agrees_with_its_owner_and_belongs_to_nobody() {
    for office in [small(), large()] {
        let kinds = office.kinds();
        for row in &office.rows {
            let known = kinds.get(row.number()).cloned().unwrap_or_default();
            let nik = row.get(c::NIK);
            if known.contains("nik_mustahil") || known.contains("nik_salah_ketik") {
                continue;
            }
            assert!(nik.len() == 16 && nik.bytes().all(|b| b.is_ascii_digit()), "{known:?}");
            assert!(unassigned(nik), "{known:?}");
            assert_ne!(&nik[12..], "0000");
            let birth = row.date(c::TANGGAL_LAHIR).unwrap();
            let plus = if row.get(c::JENIS_KELAMIN) == "P" { 40 } else { 0 };
            let expected =
                format!("{:02}{}", birth.format("%d").to_string().parse::<u32>().unwrap() + plus, birth.format("%m%y"));
            if !NIK_STORIES.iter().any(|kind| known.contains(kind)) {
                assert_eq!(nik[6..12], expected, "{known:?}");
            }
            if known.contains("koreksi_tanggal_lahir") {
                assert_ne!(nik[6..12], expected);
            }
        }
    }
}

#[test]
fn the_planted_impossible_niks_are_impossible_and_the_mistyped_ones_malformed() {
    let office = large();
    let rows = office.by_number();
    let mut seen = [0, 0];
    for truth in &office.truth {
        let nik = rows[truth.number.as_str()].get(c::NIK);
        if truth.kind == "nik_mustahil" {
            seen[0] += 1;
            let digits = |range: std::ops::Range<usize>| nik[range].parse::<u32>().unwrap();
            let day = digits(6..8) % 40;
            let faulty = !(1..=31).contains(&day) || digits(6..8) > 71 || !(1..=12).contains(&digits(8..10));
            assert!(faulty || digits(12..16) == 0 || wilayah::find(&nik[..2]).is_none());
        }
        if truth.kind == "nik_salah_ketik" {
            seen[1] += 1;
            assert!(nik.len() != 16 || nik.contains('O'));
        }
    }
    assert!(seen[0] >= 1 && seen[1] >= 10, "{seen:?}");
}

#[test]
fn the_other_numbers_of_people_are_unassigned_too() {
    let mut checked = 0;
    for row in &large().rows {
        for column in [c::NOMOR_KK, c::PENDAMPING_NIK, c::KUASA_NIK, c::PENJAMIN_ID] {
            let number = row.get(column);
            if number.len() == 16 && !number.starts_with('0') {
                assert!(unassigned(number), "{column}");
                checked += 1;
            }
        }
        for column in [c::TELEPON, c::TELEPON_KERABAT, c::PENJAMIN_TELEPON, c::PENDAMPING_TELEPON] {
            let phone = canonical(column, row.get(column));
            let made_up = if phone.starts_with("62") {
                phone[5..7] == *"00"
            } else {
                phone.get(..8).is_some_and(|p| p.contains("00"))
            };
            assert!(phone.is_empty() || made_up, "{column}");
        }
        let email = row.get(c::EMAIL);
        assert!(email.is_empty() || email.contains("@example."), "an address that somebody might have");
    }
    assert!(checked > 20_000);
}

#[test]
fn a_nik_comes_again_only_with_the_same_person_or_a_story() {
    for office in [small(), large()] {
        let kinds = office.kinds();
        let mut owners: BTreeMap<&str, Vec<&Row>> = BTreeMap::new();
        office.rows.iter().for_each(|row| owners.entry(row.get(c::NIK)).or_default().push(row));
        for rows in owners.values().filter(|rows| rows.len() > 1) {
            let told = rows.iter().any(|row| {
                kinds.get(row.number()).is_some_and(|k| {
                    ["permohonan_ulang", "nik_ganda", "ulang_setelah_tolak", "umur_dinaikkan", "hilang_berulang"]
                        .iter()
                        .any(|kind| k.contains(kind))
                })
            });
            assert!(told, "two people have one NIK by accident");
        }
    }
}

#[test]
fn dates_are_in_order() {
    for office in [small(), large()] {
        for row in &office.rows {
            let on = row.date(c::TANGGAL_PERMOHONAN).unwrap();
            let birth = row.date(c::TANGGAL_LAHIR).unwrap();
            assert!(super::super::days::is_workday(on));
            assert!(birth < on && super::super::days::age(birth, on) < 110);
            let before =
                |column: &str, limit: NaiveDate| assert!(row.date(column).is_none_or(|d| d <= limit), "{column}");
            let after =
                |column: &str, limit: NaiveDate| assert!(row.date(column).is_none_or(|d| d >= limit), "{column}");
            for column in [c::TANGGAL_TERBIT_KTP, c::TANGGAL_CETAK_KK, c::PASPOR_LAMA_TERBIT, c::REKOMENDASI_TANGGAL] {
                before(column, on);
            }
            for column in [c::TANGGAL_TERBIT_KTP, c::PASPOR_LAMA_TERBIT] {
                after(column, birth);
            }
            for column in [c::TANGGAL_RENCANA_BERANGKAT, c::TANGGAL_TERBIT_PASPOR, c::TANGGAL_KEPUTUSAN] {
                after(column, on);
            }
            before(c::TANGGAL_KEPUTUSAN, office.plan.as_of);
            let card = row.get(c::NOMOR_KK);
            if card.len() == 16 {
                let issued = format!("20{}-{}-{}", &card[10..12], &card[8..10], &card[6..8]);
                let issued: NaiveDate = issued.parse().unwrap();
                assert!(issued <= on);
                after(c::TANGGAL_CETAK_KK, issued);
            }
            let slot = row.get(c::JADWAL_LAYANAN);
            assert!(slot.is_empty() || slot[..10].parse::<NaiveDate>().unwrap() >= on);
            if let (Some(from), Some(to)) = (row.date(c::PASPOR_LAMA_TERBIT), row.date(c::PASPOR_LAMA_BERLAKU)) {
                let years = (to - from).num_days();
                assert!((1_824..=1_828).contains(&years) || (3_650..=3_655).contains(&years), "{years}");
            }
        }
    }
}

/// The check digit of ICAO Doc 9303 part 3, 4.9, written anew.
fn digit(text: &str) -> u32 {
    let mut sum = 0;
    for (place, letter) in text.bytes().enumerate() {
        let value = match letter {
            b'0'..=b'9' => letter - b'0',
            b'A'..=b'Z' => letter - b'A' + 10,
            _ => 0,
        };
        sum += u32::from(value) * [7, 3, 1][place % 3];
    }
    sum % 10
}

#[test]
fn machine_readable_zones_check_out_except_where_a_story_says_so() {
    let office = large();
    let kinds = office.kinds();
    let (mut sound, mut broken) = (0, 0);
    for row in office.rows.iter().filter(|row| !row.get(c::MRZ2).is_empty()) {
        let (first, second) = (row.get(c::MRZ1), row.get(c::MRZ2));
        assert_eq!((first.len(), second.len()), (44, 44));
        let checks =
            |part: std::ops::Range<usize>, at: usize| digit(&second[part]) == u32::from(second.as_bytes()[at] - b'0');
        let whole = [&second[0..10], &second[13..20], &second[21..43]].concat();
        let good = checks(0..9, 9)
            && checks(13..19, 19)
            && checks(21..27, 27)
            && checks(28..42, 42)
            && digit(&whole) == u32::from(second.as_bytes()[43] - b'0');
        let known = kinds.get(row.number()).cloned().unwrap_or_default();
        let story = known.contains("mrz_rusak") || known.contains("mrz_salah_baca");
        assert_eq!(good, !story, "{known:?}");
        (sound, broken) = if good { (sound + 1, broken) } else { (sound, broken + 1) };
    }
    assert!(sound > 3_000 && broken >= 20, "{sound} {broken}");
}

#[test]
fn the_next_booklet_replaces_the_one_that_was_issued() {
    let office = large();
    let returned: BTreeSet<&str> =
        office.truth.iter().filter(|t| t.role == "ganti_paspor").map(|t| t.number.as_str()).collect();
    let mut issued: BTreeMap<&str, (&str, &str)> = BTreeMap::new();
    let mut found = 0;
    for row in &office.rows {
        if returned.contains(row.number())
            && !row.get(c::PASPOR_LAMA_NOMOR).is_empty()
            && !row.get(c::PASPOR_LAMA_TERBIT).is_empty()
        {
            let old = (row.get(c::PASPOR_LAMA_NOMOR), row.get(c::PASPOR_LAMA_TERBIT));
            assert_eq!(issued.get(row.get(c::NIK)), Some(&old));
            found += 1;
        }
        issued.insert(row.get(c::NIK), (row.get(c::NOMOR_PASPOR_BARU), row.get(c::TANGGAL_TERBIT_PASPOR)));
    }
    assert!(found > 30, "{found}");
}

#[test]
fn names_have_the_shape_of_names() {
    let office = large();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut words = [0_usize; 8];
    for row in &office.rows {
        let name = row.get(c::NAMA_LENGKAP).to_uppercase();
        words[name.split_whitespace().count().min(7)] += 1;
        *counts.entry(name).or_default() += 1;
    }
    let total = office.rows.len();
    let top = *counts.values().max().unwrap();
    assert!(top * 200 < total, "the commonest name: {top} of {total}");
    assert!(counts.len() * 2 > total, "{} names", counts.len());
    let share = |n: usize| words[n] * 100 / total;
    assert!((7..=22).contains(&share(1)), "one word: {} %", share(1));
    assert!((40..=70).contains(&share(2)), "two words: {} %", share(2));
    assert!(words[0] == 0 && share(5) + share(6) + share(7) < 3);
    let first: BTreeSet<_> = counts.keys().filter_map(|n| n.split(' ').next()).collect();
    assert!(first.len() > 500, "{} first words", first.len());
}

#[test]
fn coded_cells_hold_words_that_lead_to_a_code() {
    let fold = |text: &str| text.chars().filter(|ch| ch.is_ascii_alphanumeric()).collect::<String>().to_uppercase();
    let leads = |table: &crate::schema::CodeTable, word: &str| {
        table.entries().iter().any(|e| fold(e.code) == fold(word) || e.aliases.iter().any(|a| fold(a) == fold(word)))
    };
    for row in &small().rows {
        for column in c::ALL {
            let value = row.get(column.name);
            match column.ty {
                _ if value.is_empty() => {}
                Type::Code(table) if table.name == tables::NEGARA.name => {
                    assert!(countries::alpha2(value).is_some(), "{value}")
                }
                Type::Code(table) => assert!(leads(table, value), "{}: {value}", column.name),
                Type::List(table) => {
                    value.split(';').for_each(|word| assert!(leads(table, word), "{}: {word}", column.name))
                }
                _ => {}
            }
        }
        assert!(kanim::find(row.get(c::KODE_KANIM)).is_some());
        assert!(
            row.get(c::PEKERJAAN).is_empty() || pekerjaan::by_name(row.get(c::PEKERJAAN)).is_some(),
            "{}",
            row.get(c::PEKERJAAN)
        );
        let town = row.get(c::KABUPATEN_KOTA);
        assert!(town.is_empty() || wilayah::kabkota_by_name(town, None).is_some(), "{town}");
    }
}

#[test]
fn fees_documents_and_purposes_hang_together() {
    let (mut free, mut children) = (0, 0);
    for row in &large().rows {
        let documents: Vec<&str> = row.get(c::DOKUMEN_DILAMPIRKAN).split(';').collect();
        let age =
            super::super::days::age(row.date(c::TANGGAL_LAHIR).unwrap(), row.date(c::TANGGAL_PERMOHONAN).unwrap());
        let request = row.get(c::JENIS_PERMOHONAN);
        assert!(documents.contains(&"KTP"));
        assert_eq!(request == "PASPOR BARU" || request == "PENGGANTIAN HILANG", !documents.contains(&"PASPOR LAMA"));
        if row.get(c::TARIF_PNBP) == "0" {
            free += 1;
            assert_eq!((request, row.get(c::JENIS_PASPOR)), ("PASPOR BARU", "PASPOR BIASA 24 HALAMAN"));
            assert!(["PMI", ""].contains(&row.get(c::MAKSUD_PERJALANAN)));
        }
        if age < 17 {
            children += 1;
            assert_eq!(row.get(c::MASA_BERLAKU_TAHUN), "5");
            assert!(documents.contains(&"AKTA KELAHIRAN"));
        }
        if row.get(c::MAKSUD_PERJALANAN) == "UMRAH" {
            assert!(["ARAB SAUDI", ""].contains(&row.get(c::NEGARA_TUJUAN)));
        }
    }
    assert!(free > 20 && children > 1_000, "{free} {children}");
}

#[test]
fn the_office_is_open_by_day_and_tonight_is_undecided() {
    let office = large();
    let minute = |row: &Row| {
        let time = row.get(c::WAKTU_PERMOHONAN);
        time[..2].parse::<u32>().unwrap() * 60 + time[3..].parse::<u32>().unwrap()
    };
    let outside = office.rows.iter().filter(|row| !(450..960).contains(&minute(row))).count();
    assert!((5..200).contains(&outside), "{outside}");
    for row in office.rows.iter().filter(|row| row.tonight) {
        assert_eq!(row.get(c::TANGGAL_PERMOHONAN), "2026-11-02");
        assert_eq!(row.get(c::KODE_KANIM), "KANIM-MEDAN");
        assert!(["BARU MASUK", "FOTO DAN WAWANCARA", "WAWANCARA"].contains(&row.get(c::STATUS_PERMOHONAN)));
        for column in [
            c::NOMOR_PASPOR_BARU,
            c::ALASAN_KEPUTUSAN,
            c::TANGGAL_KEPUTUSAN,
            c::PETUGAS_WAWANCARA,
            c::CATATAN_WAWANCARA,
        ] {
            assert_eq!(row.get(column), "", "{column}");
        }
    }
    let elsewhere = office.rows.iter().filter(|row| row.get(c::KODE_KANIM) != "KANIM-MEDAN").count();
    assert!((1_600..3_600).contains(&elsewhere), "{elsewhere}");
}

#[test]
fn an_office_elsewhere_has_the_people_of_its_place() {
    let plan = Plan { office: "KANIM-DENPASAR".into(), ..Plan::new(2_000, 60, 4, day(2026, 11, 2)) };
    let office = invent(plan);
    let share =
        |holds: &dyn Fn(&Row) -> bool| office.rows.iter().filter(|row| holds(row)).count() * 100 / office.rows.len();
    let balinese = share(&|row| ["I ", "NI "].iter().any(|p| row.get(c::NAMA_LENGKAP).to_uppercase().starts_with(p)));
    assert!(balinese > 50, "{balinese} %");
    assert!(share(&|row| row.get(c::PROVINSI) == "BALI") > 80);
    let malaysia = share(&|row| row.get(c::NEGARA_TUJUAN) == "MALAYSIA");
    assert!(malaysia < 35 && share(&|_| true) == 100, "{malaysia} %");
}

#[test]
fn at_medan_most_name_malaysia() {
    let rows = &large().rows;
    let malaysia = rows.iter().filter(|row| row.get(c::NEGARA_TUJUAN) == "MALAYSIA").count();
    assert!((45..=65).contains(&(malaysia * 100 / rows.len())), "{malaysia}");
}

/// The comparable form of a cell: digits of phones from the country code on, other text in capitals without punctuation.
pub(super) fn canonical(column: &str, value: &str) -> String {
    if [c::TELEPON, c::TELEPON_KERABAT, c::PENJAMIN_TELEPON, c::PENDAMPING_TELEPON].contains(&column) {
        let digits: String = value.chars().filter(char::is_ascii_digit).collect();
        return match digits.as_bytes() {
            [] => String::new(),
            _ if value.starts_with('+') => digits,
            [b'0', ..] => format!("62{}", &digits[1..]),
            [b'8', ..] => format!("62{digits}"),
            _ => digits,
        };
    }
    if column == c::EMAIL {
        let (local, domain) = value.split_once('@').unwrap_or((value, ""));
        return format!("{}@{domain}", local.trim_end_matches(|ch: char| ch.is_ascii_digit()));
    }
    let upper = value.to_uppercase().replace(['.', ','], " ");
    let words = upper.split_whitespace().map(|word| match word {
        "JLN" | "JALAN" => "JL",
        "NOMOR" => "NO",
        "GANG" => "GG",
        other => other,
    });
    words.collect::<Vec<_>>().join(" ")
}
