//! `saring recap`: counts over published results, each by hand, small ones hidden, nobody named.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::support::office::{Office, Ran, command, run, text};
use crate::support::table::Table;

/// Two rules of two families that fire for everybody with a phone of their own, and with an account.
const RULES: &str = r#"
[pack]
name = "kantor"
family = "T"

[[rule]]
id = "T91"
version = 1
title = "Tujuan Malaysia"
class = "B"
when = ["negara_tujuan = 'MY'"]
why = "Uji."
basis = ["UU 6/2011"]
question = "Ke mana?"
false_positives = ["keluarga"]
owner = "Uji"
review_by = 2027-06-30
[[rule.outcome]]
points = 3
reason = "Tujuan {negara_tujuan}"
[[rule.test]]
name = "Malaysia"
given = [{ negara_tujuan = "MY" }]
expect = { fires = [1], points = 3 }
[[rule.test]]
name = "Singapura"
given = [{ negara_tujuan = "SG" }]
expect = { fires = [] }
"#;

/// 40 applications on two nights, 20 each, all to Malaysia. The first night: 9 people of Medan Deli, 6 of Medan Sunggal, 3
/// of Medan Baru, 2 of nowhere; the second: the same 20 people once more, in other applications.
fn office(test: &str) -> Office {
    let office = Office::invent(test, 40);
    office.only_rules(RULES);
    let mut whole = Table::read(&office.export());
    for row in 0..40 {
        let district = match row % 20 {
            0..9 => "12.71.06",
            9..15 => "12.71.02",
            15..18 => "12.71.17",
            _ => "",
        };
        for column in ["KEC", "KAB/KOTA", "PROVINSI", "ALAMAT", "KEL"] {
            whole.set(row, column, "");
        }
        whole.set(row, "KODE WIL", district);
        whole.set(row, "NEGARA TUJUAN", "MALAYSIA");
        whole.set(row, "TGL PERMOHONAN", if row < 20 { "2025-10-31" } else { "2025-11-03" });
        let nik = format!("12719917089{:05}", 10_101 + row % 20);
        let nik = if row % 20 < 18 { nik } else { format!("99990017089{:05}", 10_101 + row % 20) };
        whole.set(row, "NIK", &nik);
    }
    std::fs::remove_file(office.export()).unwrap();
    for (rows, day) in whole.rows.chunks(20).zip(["2025-10-31", "2025-11-03"]) {
        let night = Table { header: whole.header.clone(), rows: rows.to_vec() };
        night.write(&office.folder.join(format!("masuk/{day}.csv")));
        let mut screen = command();
        run(screen.args(["screen", "--as-of", day, "--office", text(&office.folder)])).ends(0);
    }
    office
}

fn recap(office: &Office, more: &[&str]) -> Ran {
    let mut recap = command();
    recap.args(["recap", "--as-of", "2025-11-03", "--office", text(&office.folder)]);
    run(recap.args(more))
}

/// Every count of a recap by the codes that lead to it.
fn counts(node: &Value, path: &str, all: &mut BTreeMap<String, Option<u64>>) {
    all.insert(path.to_owned(), node["count"].as_u64());
    for below in node["below"].as_array().unwrap() {
        counts(below, &format!("{path}/{}", below["code"].as_str().unwrap()), all);
    }
}

#[test]
fn counts_are_of_people_once_and_small_ones_are_hidden_with_another() {
    let office = office("recap");
    let json = recap(&office, &["--from", "2025-10-01", "--format", "json"]).ends(0).json();
    assert_eq!((json["nights"].as_u64(), json["least"].as_u64()), (Some(2), Some(5)));
    let mut all = BTreeMap::new();
    counts(&json["all"], "", &mut all);
    // 20 people on two nights are 20. Medan Baru has 3: Medan Sunggal is hidden with it, or the sum would give it back. The
    // two of nowhere are hidden, and Medan with them.
    let expected = [("", Some(20)), ("/T", Some(20)), ("/T/", None), ("/T/1271", None)];
    assert_eq!(all, expected.map(|(path, count)| (path.to_owned(), count)).into());
    let json = recap(&office, &["--by", "kecamatan,bulan", "--format", "json"]).ends(0).json();
    let mut all = BTreeMap::new();
    counts(&json["all"], "", &mut all);
    // 2 and 3 small ones add up to 5: each could be 1 to 4.
    let expected = [
        ("", Some(20)),
        ("/", None),
        ("/127102", Some(6)),
        ("/127102/2025-10", Some(6)),
        ("/127106", Some(9)),
        ("/127106/2025-10", Some(9)),
        ("/127117", None),
    ];
    assert_eq!(all, expected.map(|(path, count)| (path.to_owned(), count)).into());
    let text = recap(&office, &["--by", "kecamatan"]).ends(0).out;
    assert!(
        text.contains("      9    Medan Deli, Kota Medan\n") && text.contains("      *    Medan Baru, Kota Medan\n"),
        "{text}"
    );
    let csv = recap(&office, &["--by", "kecamatan", "--csv"]).ends(0).out;
    assert!(csv.starts_with("kode_kecamatan,kecamatan,jumlah\n,,20\n"), "{csv}");
    assert!(
        csv.contains("127106,\"Medan Deli, Kota Medan\",9\n") && csv.contains("127117,\"Medan Baru, Kota Medan\",*\n"),
        "{csv}"
    );
    // One night alone, and nobody named in any form.
    let one = recap(&office, &["--from", "2025-11-01", "--by", "bulan", "--format", "json"]).ends(0).json();
    assert_eq!((&one["nights"], &one["all"]["count"]), (&1.into(), &20.into()));
    let export = Table::read(&office.folder.join("masuk/2025-11-03.csv"));
    for column in ["NIK", "NO PERMOHONAN", "NAMA"] {
        for cell in export.column(column).into_iter().filter(|cell| cell.len() > 7) {
            assert!(!text.contains(cell) && !csv.contains(cell) && !json.to_string().contains(cell), "{column}");
        }
    }
}

#[test]
fn results_that_were_changed_and_wrong_questions_are_refused() {
    let office = office("recap-refused");
    assert!(recap(&office, &["--by", "modus,modus"]).ends(2).err.contains("twice"));
    recap(&office, &["--by", "desa"]).ends(2);
    assert!(recap(&office, &["--from", "2025-11-04"]).ends(2).err.contains("after the last"));
    // A run of a day that was published again counts once, the last of them.
    let mut screen = command();
    run(screen.args(["screen", "--as-of", "2025-11-03", "--capacity", "1", "--office", text(&office.folder)])).ends(0);
    assert!(office.folder.join("hasil/2025-11-03-2").exists());
    assert_eq!(recap(&office, &["--format", "json"]).ends(0).json()["nights"], 2);
    let findings = office.folder.join("hasil/2025-11-03-2/temuan.parquet");
    let mut bytes = std::fs::read(&findings).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&findings, bytes).unwrap();
    let ran = recap(&office, &[]).ends(5);
    assert!(ran.err.contains("RESULT") && ran.err.contains("2025-11-03-2"), "{}", ran.err);
}
