//! Cases in files of their own, with history, chains and expectations of the pack; failures as people and servers read them.

use super::{pack, test};
use crate::support::junit;

#[test]
fn a_case_can_speak_of_history_chains_and_the_whole_pack() {
    let more = r#"
[[test]]
rule = "T02"
name = "dua malam ini, satu bulan lalu"
given = [{ repeat = 2, telepon = "T" }]
history = [{ at = "-30d", telepon = "T" }]
expect = { fires = "all", evidence = [1, 2, 3], rules = { T01 = [] } }
[[test]]
rule = "T02"
name = "yang lalu dihitung, tidak dinilai"
given = [{ telepon = "T" }]
history = [{ repeat = 2, at = "-1d", telepon = "T" }]
isolated = true
expect = { fires = [1] }
[[test]]
rule = "T02"
name = "rantai: tiga berturut tanpa satu nomor"
given = [{ repeat = 5, every = "1d", chain = ["telepon", "telepon_kerabat"] }]
expect = { fires = [] }
[[test]]
rule = "T02"
name = "berpasangan"
given = [{ repeat = 5, telepon = "T{i+1/2}" }, { repeat = 3, telepon = "X{i%1}" }]
expect = { fires = [6, 7, 8] }
[[test]]
name = "tiga dirujuk, daftar berisi dua"
given = [{ lama_tinggal_hari = 40 }, { repeat = 3, telepon = "T" }]
expect = { rules = { T01 = [1], T02 = [2, 3, 4] }, score = [9, 7, 7, 7], listed = [1, 2] }
[[test]]
name = "tidak ada yang dirujuk"
given = [{}]
expect = { listed = [], score = 0 }
"#;
    let folder = pack("cases-say", &[("lain.test.toml", more)]);
    let ran = test(&folder, &[]).ends(0);
    assert_eq!(ran.out, "10 passed, 0 failed, 0 todo\n");
    let ran = test(&folder, &["-k", "rantai"]).ends(0);
    assert_eq!(ran.out, "1 passed, 0 failed, 0 todo\n");
}

const FAILING: &str = r#"
[[test]]
rule = "T01"
name = "salah harapan"
given = [{ lama_tinggal_hari = 31 }, { lama_tinggal_hari = 30 }]
expect = { fires = [2], points = 8 }
[[test]]
rule = "T02"
name = "tidak sendirian"
given = [{ repeat = 3, telepon = "T", lama_tinggal_hari = 99 }]
isolated = true
expect = { fires = "all", evidence = [1, 2] }
[[test]]
rule = "T01"
name = "belum"
todo = "menunggu daftar <negara>"
given = [{}]
expect = { fires = [1] }
"#;

#[test]
fn a_failure_shows_what_differs_and_the_lines_behind_it() {
    let folder = pack("cases-fail", &[("salah.test.toml", FAILING)]);
    let ran = test(&folder, &["-k", "salah harapan"]).ends(1);
    let path = folder.display().to_string();
    assert_eq!(
        ran.out.replace(&path, "DIR"),
        "FAIL T01 \"salah harapan\"   DIR/salah.test.toml:4\n\
         \x20                expected  got\n\
         \x20 fires          row 2     row 1\n\
         \x20 row 1: points  8         9\n\
         \x20   row 1 under T01: fires, 9 points\n\
         \x20     when   lama_tinggal_hari > 30        holds          lama_tinggal_hari = 31\n\
         \x20     when   maksud_perjalanan = 'wisata'  holds          maksud_perjalanan = Wisata\n\
         \x20     unless negara_tujuan = 'SG'          does not hold  negara_tujuan = Malaysia\n\
         \x20   row 2 under T01: quiet\n\
         \x20     when   lama_tinggal_hari > 30        does not hold  lama_tinggal_hari = 30\n\
         \x20     when   maksud_perjalanan = 'wisata'  holds          maksud_perjalanan = Wisata\n\
         \x20     unless negara_tujuan = 'SG'          does not hold  negara_tujuan = Malaysia\n\
         \n\
         0 passed, 1 failed, 0 todo\n"
    );
    let ran = test(&folder, &["-k", "sendirian"]).ends(1);
    assert!(ran.out.contains("isolated: T01 fires  no row"), "{}", ran.out);
    assert!(ran.out.contains("row 3: evidence      rows 1, 2  every row"), "{}", ran.out);
    let ran = test(&folder, &["--format", "json"]).ends(1).json();
    assert_eq!((ran["passed"].as_u64(), ran["failed"].as_u64(), ran["todo"].as_u64()), (Some(4), Some(2), Some(1)));
    let ran = test(&folder, &["--format", "github"]).ends(1);
    assert!(ran.out.starts_with("::error file="), "{}", ran.out);
    assert!(ran.out.contains("salah.test.toml,line=4,title=T01 \"salah harapan\"::"), "{}", ran.out);
    assert_eq!(ran.out.lines().count(), 3, "one line each: {}", ran.out);
}

#[test]
fn a_filter_that_matches_nothing_says_what_there_is() {
    let folder = pack("cases-nothing", &[]);
    let ran = test(&folder, &["-k", "T0l"]).ends(2);
    assert!(ran.err.contains("none of 4 tests has `T0l`"), "{}", ran.err);
    assert!(ran.err.contains("did you mean `T01`"), "{}", ran.err);
    let ran = test(&folder, &["-k", "xyzzy", "--format", "json"]).ends(2);
    assert!(ran.json()["error"]["help"].is_string(), "{}", ran.out);
}

#[test]
fn faults_of_a_case_are_found_where_they_stand() {
    let faults = [
        ("rule = \"T09\"\nexpect = { fires = [] }", "R106"),
        ("expect = { fires = [] }", "R501"),
        ("expect = { }", "R501"),
        ("rule = \"T01\"\nexpect = { fires = [], rules = { T7 = [] } }", "R106"),
        ("rule = \"T01\"\nexpect = { fires = [], band = \"merah\" }", "R501"),
        ("rule = \"T01\"\nexpect = { fires = [], score = [1, 2] }", "R501"),
        ("rule = \"T01\"\nhistory = [{ at = \"lalu\" }]\nexpect = { fires = [] }", "R501"),
        ("rule = \"T01\"\nhistory = [{ chain = [\"telepon\"] }]\nexpect = { fires = [] }", "R501"),
        ("rule = \"T01\"\nhistory = [{ nik = \"N{i^2}\" }]\nexpect = { fires = [] }", "R501"),
    ];
    for (number, (text, code)) in faults.iter().enumerate() {
        let case = format!("[[test]]\nname = \"x\"\ngiven = [{{}}]\n{text}\n");
        let folder = pack(&format!("cases-fault-{number}"), &[("x.test.toml", &case)]);
        let ran = test(&folder, &[]).ends(2);
        assert!(ran.err.contains(&format!("[{code}]")), "{text}:\n{}", ran.err);
    }
}

#[test]
fn junit_follows_its_schema() {
    let folder = pack("cases-junit", &[("salah.test.toml", FAILING)]);
    let xml = test(&folder, &["--format", "junit"]).ends(1).out;
    let count = junit::counted(&xml);
    assert_eq!((count("testsuite"), count("testcase"), count("failure"), count("skipped")), (2, 7, 2, 1));
    assert!(xml.contains("menunggu daftar &lt;negara&gt;"), "{xml}");
    assert_eq!(xml, test(&folder, &["--format", "junit"]).ends(1).out, "no time in it");
}
