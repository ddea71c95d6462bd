//! The other verbs around a night: explaining an application, verifying a result, a new office, and how each command ends.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::made::folder;
use crate::night::{FILES, night, number, office};
use crate::support::office::{DAY, Office, command, copy, run, saring, text};
use crate::support::table::Table;

#[test]
fn explain_tells_one_application_in_full_and_masked() {
    let night = night();
    let nomor = night.business();
    let ask = |more: &[&str]| run(night.office.verb("explain").arg(nomor).args(more));
    let told = ask(&["--format", "json"]).ends(0);
    let json = told.json();
    let line = night.lines.iter().find(|l| number(l) == nomor).unwrap();
    assert_eq!((&json["score"], json["place"].is_u64()), (&line["skor"], true));
    let leaves = json["parts"].as_array().unwrap().iter().flat_map(|part| part["leaves"].as_array().unwrap());
    assert_eq!(Some(leaves.map(|leaf| leaf[1].as_i64().unwrap()).sum::<i64>()), json["score"].as_i64());
    let rules = json["rules"].as_array().unwrap();
    let rule = |id: &str| rules.iter().find(|r| r["id"] == id).unwrap_or_else(|| panic!("no {id}"));
    assert_eq!(rule("T91")["verdict"], "fires");
    assert_eq!(rule("T91")["points"].as_i64(), Some(3));
    assert!(rule("T91")["reason"].as_str().unwrap().starts_with("Maksud Bisnis, tujuan "), "{}", rule("T91"));
    assert_eq!(rule("T91")["lines"][0]["held"], Value::Bool(true));
    assert_eq!(rule("T92")["verdict"], "not in force on the day of the application");
    let verdicts: BTreeSet<&str> = rules.iter().map(|r| r["verdict"].as_str().unwrap()).collect();
    assert!(verdicts.contains("quiet") && verdicts.contains("cannot be judged"), "{verdicts:?}");
    for blind in rules.iter().filter(|r| r["verdict"] == "cannot be judged") {
        assert!(blind["missing"].is_string(), "which value is missing? {blind}");
    }
    let human = ask(&[]).ends(0);
    assert!(human.out.starts_with(&format!("{nomor}: score {}, number ", line["skor"])), "{}", human.out);
    for heading in ["columns used", "rules: fires", "rules: quiet", "rules: cannot be judged", "rules: not in force"] {
        assert!(human.out.contains(heading), "{heading}\n{}", human.out);
    }
    let at = night.export.row_of("NO PERMOHONAN", nomor);
    for column in ["NIK", "NO KK", "NAMA", "NO HP", "NAMA AYAH", "NAMA IBU"] {
        let cell = night.export.column(column)[at];
        assert!(cell.is_empty() || !(human.out.contains(cell) || told.out.contains(cell)), "{column} in full");
    }
}

#[test]
fn explain_can_be_asked_about_one_rule() {
    let night = night();
    let ask =
        |rule: &str| run(night.office.verb("explain").args([night.business(), "--rule", rule, "--format", "json"]));
    let json = ask("T91").ends(0).json();
    assert_eq!(json["rules"].as_array().unwrap().len(), 1);
    assert_eq!(json["columns"], serde_json::json!([["maksud_perjalanan", "Bisnis"]]));
    assert_eq!(ask("T92").ends(0).json()["rules"][0]["verdict"], "not in force on the day of the application");
    assert_eq!(ask("T93").ends(0).json()["rules"][0]["verdict"], "switched off");
    assert!(ask("T99").ends(2).err.contains("no rule `T99`"));
    let unknown = run(night.office.verb("explain").arg("9999999999999999")).ends(2);
    assert!(unknown.err.contains("600 applications were read"), "{}", unknown.err);
}

/// Somebody who files again under another NIK and another spelling, from the same phone.
#[test]
fn explain_adds_up_why_a_person_with_two_nik_is_one() {
    let office = Office::invent("explain-person", 60);
    office.edit(|export| {
        let (number, nik) = (export.place("NO PERMOHONAN"), export.place("NIK"));
        let second = std::mem::take(&mut export.rows[1][number]);
        export.rows[1] = export.rows[0].clone();
        export.rows[1][number] = second;
        export.rows[0][nik] = "1271992501980001".to_owned();
        export.rows[1][nik] = "1271992501980007".to_owned();
        for (row, name) in ["RIZKI SIMANJUNTAK", "SIMANJUNTAK RISQY"].into_iter().enumerate() {
            export.set(row, "NAMA", name);
            export.set(row, "NO HP", "081260001234");
            export.set(row, "TGL LAHIR", "25-01-1998");
        }
    });
    let number = Table::read(&office.export()).column("NO PERMOHONAN")[1].to_owned();
    let ask = |more: &[&str]| run(office.verb("explain").arg(&number).args(more)).ends(0);
    let told = ask(&[]).out;
    let lines =
        ["one person with another NIK", "R•••• = R••••  (sama bunyinya)", "tanggal lahir sama", "nomor telepon sama"];
    assert!(lines.iter().all(|line| told.contains(line)), "{told}");
    let json = ask(&["--rule", "D05", "--format", "json"]).json();
    let [one] = json["one_person"].as_array().unwrap().as_slice() else { panic!("{json}") };
    let worth =
        |list: &str| one[list].as_array().unwrap().iter().map(|part| part["points"].as_i64().unwrap()).sum::<i64>();
    assert_eq!(worth("pairs") + worth("evidence"), one["points"].as_i64().unwrap(), "{one}");
    assert_eq!(ask(&["--rule", "T01", "--format", "json"]).json()["one_person"], serde_json::json!([]));
    let other = Table::read(&office.export()).column("NO PERMOHONAN")[2].to_owned();
    let told = run(office.verb("explain").arg(&other)).ends(0).out;
    assert!(!told.contains("one person with another NIK"), "{told}");
}

#[test]
fn verify_names_every_file_that_is_not_as_it_was_written() {
    let result = folder("verify").join("hasil");
    copy(&night().result, &result);
    let verify = || saring(&["verify", text(&result)]);
    assert!(verify().ends(0).out.contains("16 files compared, 0 at fault"));
    // One byte of each file in turn.
    for file in FILES {
        let path = result.join(file);
        let good = std::fs::read(&path).unwrap();
        let mut bad = good.clone();
        // A byte that leaves the manifest readable: the last digit of its last number is a hash.
        let at = if file == "manifest.json" { find(&good, b"\"applications\": ") + 16 } else { good.len() / 2 };
        // A list without lines is a file without bytes.
        bad.get_mut(at).map_or_else(|| (), |byte| *byte ^= 1);
        bad.extend(good.is_empty().then_some(b'\n'));
        std::fs::write(&path, bad).unwrap();
        let found = verify().ends(1);
        assert!(found.out.contains(&format!("{file}: changed")) && found.out.contains("1 at fault"), "{}", found.out);
        std::fs::write(&path, good).unwrap();
    }
    std::fs::remove_file(result.join("mutu.csv")).unwrap();
    std::fs::write(result.join("catatan.txt"), "x").unwrap();
    let found = verify().ends(1);
    assert!(found.out.contains("mutu.csv: missing") && found.out.contains("catatan.txt: not of this run"));
    let json = saring(&["verify", text(&result), "--format", "json"]).ends(1).json();
    assert_eq!(json["faults"], serde_json::json!([["catatan.txt", "not of this run"], ["mutu.csv", "missing"]]));
    std::fs::remove_file(result.join("manifest.json")).unwrap();
    verify().ends(2);
}

fn find(bytes: &[u8], what: &[u8]) -> usize {
    bytes.windows(what.len()).position(|w| w == what).unwrap()
}

#[test]
fn a_new_office_works_once_an_export_is_there() {
    let here = folder("init").join("kantor baru é");
    let made = saring(&["init", "--code", "KANIM-MEDAN", text(&here)]).ends(0).out;
    assert!(made.contains("saring.toml") && made.contains("rules/scoring.toml"), "{made}");
    let screen = || run(command().args(["screen", "--as-of", DAY, "--office"]).arg(&here));
    assert!(screen().ends(4).err.contains("IN_NONE"), "an empty office says what is missing");
    std::fs::copy(night().office.export(), here.join("masuk/ekspor.csv")).unwrap();
    screen().ends(0);
    saring(&["verify", text(&here.join("hasil/terbaru"))]).ends(0);
    // Doing it again leaves everything alone, the key first of all.
    let key = std::fs::read(here.join("kunci-kontrol")).unwrap();
    assert!(saring(&["init", text(&here)]).ends(0).out.contains("0 files made"));
    assert_eq!(std::fs::read(here.join("kunci-kontrol")).unwrap(), key);
    // Two offices never share a key.
    let other = folder("init-other");
    saring(&["init", text(&other)]).ends(0);
    assert_ne!(std::fs::read(other.join("kunci-kontrol")).unwrap(), key);
}

#[test]
fn every_way_to_end_has_its_code_and_publishes_nothing_on_failure() {
    let office = office("exits", 60);
    let published = || office.folder.join("hasil/terbaru").exists();
    // 2: the command, the office, the rules.
    office.screen(&["--capacity", "0"]).ends(2);
    office.screen(&["--no-such-flag"]).ends(2);
    saring(&["screen", "--office", text(&office.folder.join("tidak-ada"))]).ends(2);
    let rules = office.folder.join("rules/rusak.toml");
    std::fs::write(&rules, "[[rule]]\nid = 3\n").unwrap();
    let broken = office.screen(&[]).ends(2);
    assert!(broken.err.contains("rusak.toml:2:6"), "{}", broken.err);
    std::fs::remove_file(&rules).unwrap();
    // 4: the export.
    let export = std::fs::read_to_string(office.export()).unwrap();
    let refused = |text: &str, code: &str| {
        std::fs::write(office.export(), text).unwrap();
        let ran = office.screen(&[]).ends(4);
        assert!(ran.err.contains(code), "{code}: {}", ran.err);
    };
    refused("", "IN_EMPTY");
    refused(&export[..export.find('\n').unwrap() + 1], "IN_EMPTY");
    refused(&export.replacen(",NIK,", ",IDENTITAS,", 1), "COLUMN_MISSING");
    refused(&export.replace(",2025-11-03,", ",entah,"), "QUARANTINE_LIMIT");
    let missing = office.folder.join("masuk/tidak-ada.csv");
    assert!(office.screen(&[text(&missing)]).ends(4).err.contains("IN_MISSING"));
    assert!(office.screen(&[text(&office.folder)]).ends(4).err.contains("IN_KIND"));
    // 7: the result.
    std::fs::write(office.export(), &export).unwrap();
    let file = office.folder.join("berkas");
    std::fs::write(&file, "").unwrap();
    let full = office.screen(&["--out", text(&file.join("hasil"))]).ends(7);
    assert!(full.err.contains("OUT_WRITE"), "{}", full.err);
    assert!(!published());
    // A quiet day, and a good one.
    std::fs::write(office.export(), &export[..export.find('\n').unwrap() + 1]).unwrap();
    let quiet = office.screen(&["--allow-empty", "--format", "json"]).ends(0).json();
    assert_eq!((quiet["applications"].as_u64(), quiet["listed"].as_u64()), (Some(0), Some(0)));
    saring(&["verify", text(&office.latest())]).ends(0);
    std::fs::write(office.export(), &export).unwrap();
    office.screen(&[]).ends(0);
    // Errors are JSON where JSON was asked for.
    let json = office.screen(&["--format", "json", text(&missing)]).ends(4).json();
    assert_eq!(json["error"]["code"], "IN_MISSING");
}
