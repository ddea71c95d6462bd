//! Coverage, mutants and proposed cases on a pack small enough to count by hand.

use super::{PACK, pack, test};

#[test]
fn coverage_is_what_a_reader_counts() {
    let folder = pack("lab-coverage", &[]);
    let json = test(&folder, &["--coverage", "--format", "json"]).ends(0).json();
    let share = |kind: &str| {
        let shares = json["shares"].as_array().unwrap();
        let share = shares.iter().find(|share| share["kind"] == kind).unwrap();
        (share["seen"].as_u64().unwrap(), share["all"].as_u64().unwrap())
    };
    // Two rules fire and stay quiet.
    assert_eq!(share("rules"), (4, 4));
    // Four lines with two branches each and two outcomes; wisata never fails, SG never holds.
    assert_eq!(share("branches"), (8, 10));
    // Days: 31 is there, 30 is not. Three on a phone: 3 and 2. The window: 30 days, not a second more.
    assert_eq!(share("boundaries"), (4, 6));
    let missing: Vec<String> = json["items"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|item| item["seen"] == false && item["kind"] != "nulls")
        .map(|item| format!("{}: {}", item["owner"].as_str().unwrap(), item["what"].as_str().unwrap()))
        .collect();
    assert_eq!(
        missing,
        [
            "T01: `lama_tinggal_hari > 30`: the first value for which it does not",
            "T01: when `maksud_perjalanan = 'wisata'` does not hold",
            "T01: unless `negara_tujuan = 'SG'` holds",
            "telepon_30h: two on one key, one second further apart than the window",
        ]
    );
    test(&folder, &["--coverage", "--fail-under", "rules=100,boundaries=66"]).ends(0);
    let ran = test(&folder, &["--coverage", "--fail-under", "90"]).ends(1);
    assert!(ran.err.contains("branches: 80 %"), "{}", ran.err);
    test(&folder, &["--coverage", "--fail-under", "101"]).ends(2);
    test(&folder, &["--coverage", "--fail-under", "lines=3"]).ends(2);
    test(&folder, &["--fail-under", "3"]).ends(2);
}

#[test]
fn mutants_that_no_case_notices_stand_at_their_line() {
    let folder = pack("lab-mutants", &[]);
    let ran = test(&folder, &["--mutate", "-k", "T01"]).ends(0);
    // 30 and 31 are not told apart from below, Singapore and other purposes are never given.
    for survivor in [
        "+ when = [\"lama_tinggal_hari > 29\", \"maksud_perjalanan = 'wisata'\"]",
        "+ when = [\"lama_tinggal_hari >= 30\", \"maksud_perjalanan = 'wisata'\"]",
        "+ unless = []",
    ] {
        assert!(ran.out.contains(survivor), "{survivor}\n{}", ran.out);
    }
    // Without its second line the rule would fire where it cannot be judged.
    assert!(!ran.out.contains("+ when = [\"lama_tinggal_hari > 30\"]"), "{}", ran.out);
    let line = PACK.lines().position(|line| line.starts_with("unless")).unwrap() + 1;
    assert!(ran.out.contains(&format!("uji.toml:{line}  T01: line dropped")), "{}", ran.out);
    // A line that is null where it stood was noticed by `not_evaluable`; points by `points`.
    assert!(ran.out.contains("points               1 of     1 noticed"), "{}", ran.out);
    let json = test(&folder, &["--mutate", "--format", "json"]).ends(0).json();
    let mutants = json["mutants"].as_array().unwrap();
    let fate = |after: &str| {
        let found = mutants.iter().find(|m| m["after"].to_string().contains(after));
        found.unwrap_or_else(|| panic!("{after}"))["fate"].as_str().unwrap().to_owned()
    };
    assert_eq!(fate("lama_tinggal_hari > 31"), "noticed");
    assert_eq!(fate("29d 23h 59m 59s"), "noticed");
    assert_eq!(fate("30d 1s"), "survived");
    assert_eq!(fate("closing"), "noticed");
    test(&folder, &["--mutate", "--fail-under", "100"]).ends(1);
    test(&folder, &["--mutate", "-k", "nothing"]).ends(2);
}

#[test]
fn proposed_cases_close_the_boundaries_and_leave_the_file_as_it_was() {
    let folder = pack("lab-propose", &[]);
    let ran = test(&folder, &["--propose", "T01"]).ends(0);
    assert!(ran.out.contains("{ lama_tinggal_hari = 30 },"), "{}", ran.out);
    assert!(!ran.out.contains("# T02"), "{}", ran.out);
    assert_eq!(std::fs::read_to_string(folder.join("uji.toml")).unwrap(), PACK, "only shown");
    test(&folder, &["--propose", "T77"]).ends(2);
    test(&folder, &["--propose", "--write"]).ends(0);
    let text = std::fs::read_to_string(folder.join("uji.toml")).unwrap();
    let kept: Vec<&str> = text.lines().filter(|line| PACK.lines().any(|old| old == *line)).collect();
    assert!(kept.len() >= PACK.lines().count(), "nothing is lost");
    let (first, second) = (text.find("lama_tinggal_hari > 30, nilai pertama"), text.find("# Satu telepon."));
    assert!(first.unwrap() < second.unwrap(), "{text}");
    assert!(text.contains("at = \"30d 1s\""), "{text}");
    let ran = test(&folder, &["--coverage", "--fail-under", "boundaries=100"]).ends(0);
    assert!(ran.out.contains("boundaries      6 of     6  100 %"), "{}", ran.out);
    let ran = test(&folder, &["--propose"]).ends(0);
    assert_eq!(ran.out, "", "nothing is left");
}
