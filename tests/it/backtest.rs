//! `backtest`: what it says of a night is what the night's list says; its faults are told.

use std::collections::BTreeSet;

use crate::support::office::{DAY, Office, Ran, command, run, text};
use crate::support::table::Table;

fn backtest(office: &Office, more: &[&str]) -> Ran {
    run(command().args(["backtest", text(&office.folder), "--as-of", DAY]).args(more))
}

fn office(test: &str, applications: u32, days: u32) -> Office {
    let office = Office::invent_with_past(test, applications, days);
    let path = office.folder.join("saring.toml");
    let settings = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, settings.replace("control_per_mille = 20", "control_per_mille = 0")).unwrap();
    office
}

/// The last night of the past is tonight, of which nothing is decided yet.
#[test]
fn a_night_gone_through_again_has_the_list_it_had() {
    let office = office("backtest-night", 2_000, 20);
    let truth = Table::read(&office.folder.join("kebenaran.csv"));
    let planted: BTreeSet<&str> =
        truth.rows.iter().filter(|row| row[truth.place("golongan")] == "tanam").map(|row| row[0].as_str()).collect();
    let tonight = Table::read(&office.export());
    let list = Table::read(&office.screen_to("list", &[]).join("rujukan.csv"));
    let listed: BTreeSet<&str> = list.column("nomor_permohonan").into_iter().collect();
    let all: BTreeSet<&str> = tonight.column("NO PERMOHONAN").into_iter().collect();
    let cases: BTreeSet<&str> = all.intersection(&planted).copied().collect();
    let said = backtest(&office, &["--from", DAY, "--format", "json"]).ends(0).json();
    assert_eq!(said["nights"], 1);
    assert_eq!(said["applications"], all.len());
    assert_eq!(said["listed"], listed.len());
    assert_eq!(said["cases"]["at_capacity"]["all"], cases.len());
    assert_eq!(said["cases"]["at_capacity"]["of"], cases.intersection(&listed).count());
    assert!(!listed.is_empty() && !cases.is_empty(), "{} listed, {} cases", listed.len(), cases.len());
    // Whatever was decided of tonight's applications since changes nothing: the night did not know it.
    let status = tonight.place("STATUS");
    office.edit(|table| table.rows.iter_mut().for_each(|row| row[status] = "DITOLAK".to_owned()));
    assert_eq!(backtest(&office, &["--from", DAY, "--format", "json"]).ends(0).json(), said);
}

#[test]
fn all_days_are_gone_through_and_threads_change_nothing() {
    let office = office("backtest-days", 400, 6);
    let one = backtest(&office, &["--threads", "1"]).ends(0);
    assert_eq!(backtest(&office, &["--threads", "8"]).ends(0).out, one.out);
    for part in ["400 applications in ", "day by day", "CASES found", "tanpa_ciri", "M03", "TOGETHER"] {
        assert!(one.out.contains(part), "{part}\n{}", one.out);
    }
    let at_once = backtest(&office, &["--one-night", "--format", "json"]).ends(0).json();
    assert_eq!((&at_once["nights"], &at_once["applications"]), (&1.into(), &400.into()));
    // Who knows everything finds no fewer of the cases than who went through the days.
    let by_day = backtest(&office, &["--format", "json"]).ends(0).json();
    let found = |said: &serde_json::Value| said["cases"]["unlimited"]["of"].as_u64().unwrap();
    assert!(found(&at_once) >= found(&by_day), "{} {}", found(&at_once), found(&by_day));
    let rules = by_day["rules"].as_array().unwrap();
    let fired: u64 = rules.iter().map(|rule| rule["fired"].as_u64().unwrap()).sum();
    assert!(rules.len() > 5 && fired > 50);
}

#[test]
fn a_truth_that_cannot_serve_is_told_by_file_and_line() {
    let office = Office::invent("backtest-truth", 40);
    let truth = office.folder.join("kebenaran.csv");
    std::fs::write(&truth, "nomor_permohonan,golongan,jenis\n9999000000000001,benar,x\n").unwrap();
    let said = backtest(&office, &[]).ends(5);
    assert!(
        said.err.contains("kebenaran.csv") && said.err.contains("line 2") && said.err.contains("tanam"),
        "{}",
        said.err
    );
    assert!(!said.err.contains("benar`") && !said.err.contains("9999000000000001"), "{}", said.err);
    std::fs::remove_file(&truth).unwrap();
    let said = backtest(&office, &[]).ends(2);
    assert!(said.err.contains("--truth"), "{}", said.err);
    let elsewhere = office.folder.join("hasil-petugas.csv");
    std::fs::write(&elsewhere, "nomor_permohonan,golongan,jenis\n9999000000000001,tanam,x\n").unwrap();
    let said = backtest(&office, &["--truth", text(&elsewhere)]).ends(0);
    assert!(said.out.contains("1 truths are of applications no export has"), "{}", said.out);
    let said = backtest(&office, &["--from", "2025-11-04", "--truth", text(&elsewhere)]).ends(2);
    assert!(said.err.contains("--from"), "{}", said.err);
}
