//! The stories: each kind is there, as often as promised, and what ties a group together ties the group and nobody else.

use super::super::cases::STORIES;
use super::people::canonical;
use super::*;

#[test]
fn every_kind_of_story_is_there_from_two_thousand_applications_on() {
    let office = small();
    let kinds: BTreeSet<&str> = office.truth.iter().map(|t| t.kind.as_str()).collect();
    for story in STORIES.iter().filter(|s| s.code != "nomor_bekas") {
        assert!(kinds.contains(story.code), "{} is missing", story.code);
    }
    for kind in ["keluarga_satu_kk", "kembar", "nama_satu_kata", "permohonan_ulang"] {
        assert!(kinds.contains(kind), "{kind} is missing");
    }
    assert!(
        large().truth.iter().any(|t| t.kind == "nomor_bekas"),
        "a year and a half is long enough for a recycled phone"
    );
}

#[test]
fn long_and_short_histories_and_other_seeds_have_every_kind() {
    for (history, seed) in [(365, 1), (400, 2), (30, 3), (5, 4), (1, 5), (120, 6), (120, 99)] {
        let summary =
            export_csv(&Plan::new(2_000, history, seed, day(2026, 11, 2)), 2_000, &mut std::io::sink()).unwrap();
        for story in STORIES {
            let counts = if story.planted { &summary.planted } else { &summary.innocent };
            let there = counts.contains_key(story.code) || story.code == "nomor_bekas";
            assert!(there, "{} is missing in {history} days with seed {seed}", story.code);
        }
    }
}

#[test]
fn a_single_night_without_history_has_every_kind_too() {
    let office = invent(Plan::new(3_000, 0, 8, day(2026, 11, 2)));
    for story in STORIES.iter().filter(|s| s.planted) {
        assert!(office.summary.planted.contains_key(story.code), "{} is missing", story.code);
    }
    assert!(office.rows.iter().all(|row| row.tonight));
}

#[test]
fn planted_cases_are_as_rare_as_the_plan_says() {
    for (applications, rate, from, to) in [(12_000, 400, 48, 48), (6_000, 1_000, 60, 60), (25_000, 200, 50, 50)] {
        let plan = Plan { planted_rate: rate, ..Plan::new(applications, 300, 5, day(2026, 11, 2)) };
        let summary = export_csv(&plan, applications, &mut std::io::sink()).unwrap();
        let planted = summary.planted_total();
        assert!((from..=to).contains(&planted), "{planted} of {applications} at {rate}");
    }
    let tiny = export_csv(&Plan::new(500, 40, 5, day(2026, 11, 2)), 500, &mut std::io::sink()).unwrap();
    assert!(tiny.planted_total() <= 10, "{}", tiny.planted_total());
}

#[test]
fn tonight_shows_a_part_of_each_ring_and_few_planted_people() {
    let office = large();
    let rows = office.by_number();
    let planted: Vec<_> = office.truth.iter().filter(|t| t.side == "tanam").collect();
    let tonight = planted.iter().filter(|t| rows[t.number.as_str()].tonight).count();
    assert!((2..=6).contains(&tonight), "{tonight}");
    let mut rings: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for truth in planted.iter().filter(|t| t.role == "calon") {
        let ring = rings.entry(&truth.group).or_default();
        ring.0 += 1;
        ring.1 += usize::from(rows[truth.number.as_str()].tonight);
    }
    assert!(rings.values().any(|(_, tonight)| *tonight > 0));
    assert!(rings.values().all(|(all, tonight)| tonight * 2 < *all), "{rings:?}");
}

/// Columns whose equal values say little by themselves: dates, common answers, places, institutions of the register.
const WEAK: [&str; 9] = [
    c::TANGGAL_RENCANA_BERANGKAT,
    c::TANGGAL_LAHIR,
    c::NAMA_IBU,
    c::NAMA_LENGKAP,
    c::ALAMAT_DI_NEGARA_TUJUAN,
    c::LAMA_TINGGAL_HARI,
    c::KELURAHAN_DESA,
    c::KECAMATAN,
    c::NOMOR_KK,
];

/// Groups that stand under an institution which sponsors many others.
const UNDER_A_REGISTER: [&str; 3] = ["rombongan_umrah", "p3mi_resmi", "magang_resmi"];

/// What a linking column says of a row, in comparable form: of an address the house, that is with its village and district.
fn link(row: &Row, column: &str) -> String {
    let value = canonical(column, row.get(column));
    if column != c::ALAMAT || value.is_empty() {
        return value;
    }
    let place = [c::KELURAHAN_DESA, c::KECAMATAN].map(|part| canonical(part, row.get(part)));
    format!("{value}, {}", place.join(", "))
}

/// The applications that share each value of each linking column.
fn holders(office: &Read) -> BTreeMap<(&'static str, String), BTreeSet<&str>> {
    let linking: BTreeSet<&str> = office.truth.iter().flat_map(|t| t.links.iter().map(String::as_str)).collect();
    let mut holders: BTreeMap<(&'static str, String), BTreeSet<&str>> = BTreeMap::new();
    for row in &office.rows {
        for column in c::ALL.iter().map(|column| column.name).filter(|name| linking.contains(name)) {
            let value = link(row, column);
            if !value.is_empty() {
                holders.entry((column, value)).or_default().insert(row.number());
            }
        }
    }
    holders
}

/// The members that can be reached from the first one over shared values of the linking columns.
fn reached<'a>(rows: &BTreeMap<&str, &Row>, members: &BTreeSet<&'a str>, links: &BTreeSet<&str>) -> BTreeSet<&'a str> {
    let values: BTreeMap<&str, Vec<String>> =
        members.iter().map(|n| (*n, links.iter().map(|column| link(rows[n], column)).collect())).collect();
    let tied = |one: &str, other: &str| values[one].iter().zip(&values[other]).any(|(a, b)| !a.is_empty() && a == b);
    let mut open: Vec<&str> = members.first().copied().into_iter().collect();
    let mut reached: BTreeSet<&str> = open.iter().copied().collect();
    while let Some(number) = open.pop() {
        for other in members {
            if tied(number, other) && reached.insert(other) {
                open.push(other);
            }
        }
    }
    members.iter().filter(|number| reached.contains(*number)).copied().collect()
}

#[test]
fn what_links_a_group_links_all_of_it_and_nobody_else() {
    for office in [small(), large()] {
        let holders = holders(office);
        let rows = office.by_number();
        let mut groups: BTreeMap<(&str, &str), Vec<&Truth>> = BTreeMap::new();
        for truth in office.truth.iter().filter(|t| !t.group.is_empty() && !t.links.is_empty()) {
            groups.entry((&truth.kind, &truth.group)).or_default().push(truth);
        }
        assert!(groups.len() > 100);
        for ((kind, group), members) in groups {
            let numbers: BTreeSet<&str> = members.iter().map(|t| t.number.as_str()).collect();
            let links: BTreeSet<&str> = members[0].links.iter().map(String::as_str).collect();
            // Family cards are now and then not written down.
            if kind != "keluarga_satu_kk" && kind != "kembar" {
                assert_eq!(reached(&rows, &numbers, &links), numbers, "{kind} {group} falls apart");
            }
            if UNDER_A_REGISTER.contains(&kind) {
                continue;
            }
            for column in links.iter().filter(|column| !WEAK.contains(column)) {
                for number in &numbers {
                    let value = link(rows[number], column);
                    let key = c::ALL.iter().find(|known| known.name == *column).map(|known| (known.name, value));
                    let strangers =
                        key.and_then(|key| holders.get(&key)).map_or(0, |all| all.difference(&numbers).count());
                    assert_eq!(strangers, 0, "{kind} {group}: strangers share {column}");
                }
            }
        }
    }
}

#[test]
fn some_rings_are_hard_no_single_key_joins_them() {
    let office = large();
    let rows = office.by_number();
    let mut rings: BTreeMap<&str, Vec<&Truth>> = BTreeMap::new();
    office.truth.iter().filter(|t| t.role == "calon").for_each(|t| rings.entry(&t.group).or_default().push(t));
    let (mut easy, mut hard) = (0, 0);
    for members in rings.values() {
        let joined = members[0].links.iter().any(|column| {
            let values: BTreeSet<_> =
                members.iter().map(|t| canonical(column, rows[t.number.as_str()].get(column))).collect();
            values.len() == 1 && !WEAK.contains(&column.as_str())
        });
        (easy, hard) = if joined { (easy + 1, hard) } else { (easy, hard + 1) };
    }
    assert!(easy >= 3 && hard >= 2, "{easy} easy, {hard} hard");
}

#[test]
fn each_planted_story_shows_what_it_is_about() {
    for office in [small(), large()] {
        let rows = office.by_number();
        let mut cases: BTreeMap<(&str, &str), Vec<(&Truth, &Row)>> = BTreeMap::new();
        for truth in office.truth.iter().filter(|t| t.side != "wajar") {
            let group = if truth.group.is_empty() { &truth.number } else { &truth.group };
            cases.entry((&truth.kind, group)).or_default().push((truth, rows[truth.number.as_str()]));
        }
        for ((kind, _), members) in cases {
            let get = |at: usize, column: &str| members[at].1.get(column);
            let age = |at: usize| {
                let row = members[at].1;
                super::super::days::age(row.date(c::TANGGAL_LAHIR).unwrap(), row.date(c::TANGGAL_PERMOHONAN).unwrap())
            };
            match kind {
                "nik_ganda" => {
                    assert_eq!(get(0, c::NIK), get(1, c::NIK));
                    assert_ne!(get(0, c::NAMA_LENGKAP), get(1, c::NAMA_LENGKAP));
                    assert_ne!(get(0, c::NOMOR_KK), get(1, c::NOMOR_KK));
                }
                "orang_ganda" => {
                    assert_ne!(get(0, c::NIK), get(1, c::NIK));
                    assert_eq!(get(0, c::TANGGAL_LAHIR), get(1, c::TANGGAL_LAHIR));
                    let (one, two) = (canonical("", get(0, c::NAMA_LENGKAP)), canonical("", get(1, c::NAMA_LENGKAP)));
                    assert!(strsim::damerau_levenshtein(&one, &two) <= 4, "the name is respelt");
                }
                "ulang_setelah_tolak" => {
                    assert_ne!(get(0, c::KODE_KANIM), get(1, c::KODE_KANIM));
                    assert!(["PMI NONPROSEDURAL", "KETERANGAN TIDAK BENAR", ""].contains(&get(0, c::ALASAN_KEPUTUSAN)));
                    assert_ne!(get(0, c::NAMA_LENGKAP), get(1, c::NAMA_LENGKAP));
                }
                "nomor_dokumen_ganda" => {
                    assert!(members.len() >= 3);
                    let niks: BTreeSet<_> = members.iter().map(|(_, row)| row.get(c::NIK)).collect();
                    assert_eq!(niks.len(), members.len());
                }
                "ijazah_mustahil" => {
                    let graduated: i32 = get(0, c::IJAZAH_TAHUN).parse().unwrap();
                    let birth = chrono::Datelike::year(&members[0].1.date(c::TANGGAL_LAHIR).unwrap());
                    assert!(
                        graduated - birth < 11
                            || graduated > 2026
                            || graduated > chrono::Datelike::year(&members[0].1.date(c::TANGGAL_PERMOHONAN).unwrap())
                    );
                }
                "umur_dinaikkan" => assert!(age(0) < 18 && age(1) >= 18, "{} {}", age(0), age(1)),
                "hilang_berulang" => {
                    assert!((0..2).all(|at| get(at, c::JENIS_PERMOHONAN) == "PENGGANTIAN HILANG"));
                    assert_eq!(get(1, c::PASPOR_LAMA_NOMOR), get(0, c::NOMOR_PASPOR_BARU));
                }
                "anak_tanpa_izin" => {
                    assert!(age(0) < 17 && !get(0, c::DOKUMEN_DILAMPIRKAN).contains("IZIN"));
                    assert_ne!(get(0, c::PENDAMPING_NIK), "");
                }
                "rumah_penampungan" => {
                    let cards: BTreeSet<_> =
                        members.iter().map(|(_, row)| row.get(c::NOMOR_KK)).filter(|k| !k.is_empty()).collect();
                    assert!(cards.len() >= 3);
                }
                "jawaban_dilatih" => {
                    assert!(get(0, c::URAIAN_PERJALANAN).len() >= 40);
                    assert!(members.iter().all(|(_, row)| row.get(c::NEGARA_TUJUAN) == get(0, c::NEGARA_TUJUAN)));
                }
                "jalur_laut" => assert!(members.iter().all(|(_, row)| {
                    let phone = canonical(c::TELEPON_KERABAT, row.get(c::TELEPON_KERABAT));
                    (phone.starts_with("855") || phone.starts_with("95"))
                        && ["MALAYSIA", "THAILAND", ""].contains(&row.get(c::NEGARA_TUJUAN))
                })),
                _ => {}
            }
        }
    }
}

#[test]
fn groups_under_an_institution_stand_in_the_official_list() {
    let office = large();
    let mut active: BTreeSet<String> = BTreeSet::new();
    for file in ["lpk.csv", "p3mi.csv", "ppiu.csv"] {
        let mut reader = csv::Reader::from_path(office.dir.join("lists").join(file)).unwrap();
        let of_file = reader.records().map(|r| r.unwrap()).filter(|r| &r[3] == "aktif");
        active.extend(of_file.map(|r| r[2].to_owned()));
    }
    let rows = office.by_number();
    for truth in office.truth.iter().filter(|t| UNDER_A_REGISTER.contains(&t.kind.as_str())) {
        let licence = rows[truth.number.as_str()].get(c::PENJAMIN_ID);
        assert!(licence.is_empty() || active.contains(licence), "{}", truth.kind);
    }
}
