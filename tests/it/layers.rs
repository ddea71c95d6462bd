//! Layers over the national pack, findings known to be honest, the lock of meanings, and why a rule did not fire: as an office
//! and whoever watches its rules see them.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::night::office;
use crate::support::office::{DAY, Office, command, json_file, run};
use crate::support::parquet::{self, strings};
use crate::support::table::Table;

const APPLICATIONS: u32 = 300;

fn write(office: &Office, name: &str, text: &str) {
    std::fs::write(office.folder.join("rules").join(name), text).unwrap();
}

/// An office whose rule T95 lets exceptions look at the purpose. It has changed the pack, so that the lock of the pack is of
/// no use to it.
fn own(test: &str) -> Office {
    let office = office(test, APPLICATIONS);
    std::fs::remove_file(office.folder.join("rules/rules.lock")).unwrap();
    let path = office.folder.join("rules/kantor.toml");
    let rules = std::fs::read_to_string(&path).unwrap();
    let (before, t95) = rules.split_once("id = \"T95\"\nversion = 1\n").unwrap();
    let allowed = "id = \"T95\"\nversion = 1\nexceptions = [\"maksud_perjalanan\"]\n";
    std::fs::write(&path, format!("{before}{allowed}{t95}")).unwrap();
    office
}

fn exception(until: &str, most: u32) -> String {
    format!(
        "[[exception]]\nid = \"EX-1\"\nrules = [\"T95\"]\nreason = \"Mahasiswa satu kampus\"\nowner = \"Lantaskim\"\n\
         approver = \"Kepala Kantor\"\nuntil = {until}\nmost = {most}\n[exception.match]\nmaksud_perjalanan = [\"studi\"]\n"
    )
}

/// Numbers of the applications for which a rule fired, with the exception that hid each.
fn found(result: &Path, rule: &str) -> BTreeSet<(String, String)> {
    let frame = parquet::read(&result.join("temuan.parquet"));
    let (rules, numbers) = (strings(&frame, "aturan"), strings(&frame, "nomor_permohonan"));
    let rows = rules.iter().zip(numbers).zip(strings(&frame, "pengecualian"));
    rows.filter(|((id, _), _)| *id == rule).map(|((_, number), exception)| (number, exception)).collect()
}

fn codes(result: &Path) -> BTreeSet<String> {
    let manifest = json_file(&result.join("manifest.json"));
    manifest["notes"].as_array().unwrap().iter().map(|note| note["code"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn an_exception_hides_findings_and_says_so() {
    let office = own("exception");
    let before = office.screen_to("before", &["--capacity", "300"]);
    let all: BTreeSet<String> = found(&before, "T95").into_iter().map(|(number, _)| number).collect();
    let export = Table::read(&office.export());
    let cells = export.column("NO PERMOHONAN").into_iter().zip(export.column("TUJUAN"));
    let students: BTreeSet<String> = cells.filter(|(_, cell)| *cell == "STUDI").map(|(n, _)| n.to_owned()).collect();
    let students: BTreeSet<String> = students.intersection(&all).cloned().collect();
    assert!(students.len() >= 2 && students.len() < all.len(), "{} of {}", students.len(), all.len());

    write(&office, "pengecualian.toml", &exception("2025-12-31", 300));
    let after = office.screen_to("after", &["--capacity", "300"]);
    for (number, hidden) in found(&after, "T95") {
        assert_eq!(hidden == "EX-1", students.contains(&number), "{number}");
    }
    let listed = Table::read(&after.join("rujukan.csv"));
    let with_t95 = listed.column("nomor_permohonan").into_iter().zip(listed.column("aturan"));
    let with_t95: BTreeSet<&str> =
        with_t95.filter(|(_, ids)| ids.split(';').any(|id| id == "T95")).map(|l| l.0).collect();
    assert!(students.iter().all(|number| !with_t95.contains(number.as_str())), "hidden findings are not on the list");
    let audit = json_file(&after.join("audit.json"));
    let told = &audit["pengecualian"][0];
    assert_eq!(
        (&told["id"], &told["keadaan"], &told["penyetuju"]),
        (&"EX-1".into(), &"EXC_APPLIED".into(), &"Kepala Kantor".into())
    );
    let hidden: BTreeSet<&str> =
        told["temuan"].as_array().unwrap().iter().map(|f| f["nomor_permohonan"].as_str().unwrap()).collect();
    assert_eq!(hidden, students.iter().map(String::as_str).collect());
    assert!(codes(&after).contains("EXC_APPLIED"));

    let student = students.first().unwrap();
    let asked = run(office.verb("explain").args([student, "--rule", "T95"])).ends(0);
    assert!(asked.out.contains("hidden by exception EX-1 until 2025-12-31: Mahasiswa satu kampus"), "{}", asked.out);
    let json = run(office.verb("explain").args([student, "--rule", "T95", "--format", "json"])).ends(0).json();
    assert_eq!(json["rules"][0]["hidden_by"], "EX-1");
}

#[test]
fn an_exception_that_has_ended_or_is_too_broad_hides_nothing() {
    let office = own("exception-bounds");
    let plain = found(&office.screen_to("plain", &[]), "T95");
    let with = |name: &str, until: &str, most: u32| {
        write(&office, "pengecualian.toml", &exception(until, most));
        let out = office.folder.parent().unwrap().join(name);
        let ran = office.screen(&["--out", out.to_str().unwrap()]).ends(3);
        (out.join("terbaru"), ran)
    };
    // The last day still counts.
    write(&office, "pengecualian.toml", &exception(DAY, 300));
    assert_ne!(found(&office.screen_to("last", &[]), "T95"), plain);
    let (ended, ran) = with("ended", "2025-11-02", 300);
    assert_eq!(found(&ended, "T95"), plain);
    assert!(codes(&ended).contains("EXC_ENDED") && ran.out.contains("EXC_ENDED"), "{}", ran.out);
    let (broad, ran) = with("broad", "2025-12-31", 1);
    assert_eq!(found(&broad, "T95"), plain, "all or none");
    assert!(codes(&broad).contains("EXC_TOO_MANY") && ran.out.contains("1 are approved"), "{}", ran.out);
}

const LAYER: &str = "[layer]\nname = \"medan\"\nlevel = \"office\"\nowner = \"Lantaskim\"\n\n\
    [[adjust]]\nrule = \"T91\"\nstatus = \"off\"\nbecause = \"Pameran dagang\"\nuntil = 2025-11-30\n\n\
    [[adjust]]\nrule = \"T95\"\npoints = 1\nbecause = \"Musim kuliah\"\nuntil = 2025-11-30\n\n\
    [[adjust]]\nparam = \"penjamin.min_keluarga\"\nvalue = 8\nbecause = \"Rapat 12-10-2025\"\nuntil = 2025-11-02\n";

#[test]
fn a_layer_holds_to_its_end_and_is_shown() {
    let office = own("layer");
    write(&office, "lapisan.toml", LAYER);
    let result = office.screen_to("hasil-lapisan", &["--capacity", "300"]);
    assert!(found(&result, "T91").is_empty() && !found(&result, "T95").is_empty());
    let frame = parquet::read(&result.join("temuan.parquet"));
    let points = strings(&frame, "aturan").into_iter().zip(parquet::integers(&frame, "poin"));
    assert!(points.filter(|(id, _)| id == "T95").all(|(_, points)| points == 1));
    let audit = json_file(&result.join("audit.json"));
    let holds: Vec<(&str, bool)> = audit["penyesuaian"]
        .as_array()
        .unwrap()
        .iter()
        .map(|a| (a["hal"].as_str().unwrap(), a["berlaku"].as_bool().unwrap()))
        .collect();
    assert_eq!(holds, [("parameter `penjamin.min_keluarga`", false), ("status of T91", true), ("points of T95", true)]);

    let show = |id: &str, day: &str| {
        run(command().current_dir(&office.folder).args(["rules", "show", id, "--as-of", day])).ends(0).out
    };
    let off = show("T91", DAY);
    assert!(
        off.contains("active -> off by medan (office), rules/lapisan.toml:8 until 2025-11-30: Pameran dagang"),
        "{off}"
    );
    assert!(off.contains("rules/kantor.toml:10 (national)"), "{off}");
    assert!(show("T91", "2025-12-01").contains("status           active"));
    assert!(show("S01", DAY).contains(":min_keluarga = 5"), "ended the day before");
    assert!(show("S01", "2025-11-02").contains(":min_keluarga = 8"));
    let checked = run(command().current_dir(&office.folder).args(["check", "--as-of", DAY])).ends(0);
    assert!(checked.err.contains("warning[R602]") && checked.err.contains("ended on 2025-11-02"), "{}", checked.err);
    // The cases of the pack are about the pack, whatever an office sets.
    run(command().current_dir(&office.folder).args(["test", "-k", "T95"])).ends(0);
}

fn in_folder(folder: &Path, args: &[&str]) -> Command {
    let mut command = command();
    command.current_dir(folder).args(args);
    command
}

#[test]
fn a_changed_meaning_needs_a_new_version() {
    let folder = tempfile::tempdir().unwrap();
    let (rules, path) = (folder.path(), folder.path().join("rules/uji.toml"));
    std::fs::create_dir(rules.join("rules")).unwrap();
    let text =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/night/kantor.toml")).unwrap();
    let check = |text: &str, code: i32| {
        std::fs::write(&path, text).unwrap();
        run(&mut in_folder(rules, &["check", "--as-of", DAY, "--color", "never"])).ends(code).err
    };
    let lock = |code: i32| run(&mut in_folder(rules, &["rules", "lock"])).ends(code);
    check(&text, 0);
    lock(0);
    let locked = std::fs::read(rules.join("rules/rules.lock")).unwrap();
    assert!(lock(0).out.contains("is up to date"));
    // Prose, order and spelling say nothing.
    let prose = text.replace("Perjalanan bisnis", "Urusan dagang").replace("why = \"Uji.\"", "why = \"Lain.\"");
    let prose =
        prose.replace("('ziarah', 'studi', 'haji')", "( 'ziarah','studi','haji' )").replace("# Rules", "# Aturan");
    check(&prose, 0);
    // Each of these does.
    for (old, new, told) in [
        (
            "masa_berlaku_tahun = 10\"]\nvalid_from",
            "masa_berlaku_tahun = 5\"]\nvalid_from",
            "now: when masa_berlaku_tahun = 5",
        ),
        ("'haji')", "'umrah')", "now: when maksud_perjalanan in ('studi', 'umrah', 'ziarah')"),
        ("points = 3\nreason", "points = 4\nreason", "was: outcome 1 gives 3 points"),
        ("mandatory = true", "mandatory = false", "was: mandatory"),
        ("valid_from = 2025-11-04", "valid_from = 2025-11-05", "now: in force from 2025-11-05"),
    ] {
        let changed = text.replacen(old, new, 1).replace("fires = [1], points = 3", "fires = [1]");
        let err = check(&changed, 2);
        assert!(err.contains("error[R621]") && err.contains(told), "{old} -> {new}\n{err}");
        let refused = lock(2);
        assert!(refused.err.contains("R621"), "a lock does not launder a change");
        assert_eq!(std::fs::read(rules.join("rules/rules.lock")).unwrap(), locked);
    }
    // With a new version the lock is behind, and is written.
    let raised = text.replace("id = \"T95\"\nversion = 1", "id = \"T95\"\nversion = 2").replace("'haji')", "'umrah')");
    assert!(check(&raised, 2).contains("error[R622]"));
    lock(0);
    check(&raised, 0);
    // A rule that goes is retired; its id does not come back.
    let (t95, without) = (raised.find("[[rule]]\nid = \"T95\"").unwrap(), &raised);
    assert!(check(&without[..t95], 2).contains("locked, but not among the rules"));
    lock(0);
    check(&without[..t95], 0);
    assert!(check(&raised, 2).contains("error[R624]"));
}

#[test]
fn the_manifest_keeps_what_the_rules_mean() {
    let office = own("meaning");
    let meaning = |name: &str| {
        let manifest = json_file(&office.screen_to(name, &[]).join("manifest.json"));
        (manifest["identity"]["meaning"].clone(), manifest["run_id"].clone())
    };
    let before = meaning("satu");
    assert_eq!(before.0.as_str().map(str::len), Some(64));
    let path = office.folder.join("rules/kantor.toml");
    let rules = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, rules.replace("Perjalanan bisnis", "Urusan dagang")).unwrap();
    let prose = meaning("dua");
    assert!(prose.0 == before.0 && prose.1 != before.1, "prose is another run of the same meaning");
    std::fs::write(&path, rules.replace("'haji')", "'umrah')")).unwrap();
    assert_ne!(meaning("tiga").0, before.0);
}

/// Three families with one sponsor; the rule asks for five.
#[test]
fn why_not_counts_what_is_missing() {
    let office = Office::invent("why-not", 60);
    office.edit(|export| {
        for row in 0..3 {
            export.set(row, "PENJAMIN", "RUDI HARTONO");
            export.set(row, "JENIS PENJAMIN", "PERORANGAN");
            export.set(row, "TELP PENJAMIN", "081260009999");
            export.set(row, "ID PENJAMIN", "");
            export.set(row, "NO KK", &format!("127199010125{row:04}"));
            export.set(row, "NAMA AYAH", ["AGUS", "BUDI", "CHANDRA"][row]);
            export.set(row, "NAMA IBU", ["DEWI", "ENDANG", "FITRI"][row]);
            export.set(row, "SUAMI/ISTRI", "");
        }
    });
    let number = Table::read(&office.export()).column("NO PERMOHONAN")[0].to_owned();
    let ask = |more: &[&str]| run(office.verb("explain").arg(&number).args(["--rule", "S01"]).args(more)).ends(0);
    let told = ask(&[]).out;
    assert!(told.contains("penjamin_90h: 3 of 5 keluarga, 2 more needed"), "{told}");
    assert!(
        told.contains("90 days left in the window; best window 2025-11-03 to 2025-11-03: 3 applications"),
        "{told}"
    );
    let json: Value = ask(&["--format", "json"]).json();
    let missing = json["rules"][0]["lines"][0]["missing"][0].as_str().unwrap();
    assert!(missing.starts_with("penjamin_90h: 3 of 5 keluarga"), "{missing}");
    // Somebody without a sponsor shares nothing.
    office.edit(|export| {
        for column in ["PENJAMIN", "JENIS PENJAMIN", "TELP PENJAMIN", "ID PENJAMIN"] {
            export.set(5, column, "");
        }
    });
    let alone = Table::read(&office.export()).column("NO PERMOHONAN")[5].to_owned();
    let told = run(office.verb("explain").args([&alone, "--rule", "S01"])).ends(0).out;
    assert!(told.contains("no value in `penjamin.kunci`, so nothing is shared"), "{told}");
}

/// Two strangers and one phone where the rule asks for a network of four; somebody without any key.
#[test]
fn why_not_counts_whom_a_network_ties() {
    let office = own("why-not-network");
    let rule = "[pack]\nname = \"ikatan\"\nfamily = \"K\"\n[[network]]\nname = \"ikatan_90h\"\nkeys = [\"telepon.kunci\", \"email.kunci\"]\n\
        window = \"90d\"\nmax_key = 60\nhaving = [\"orang >= 4\"]\n[network.measure]\norang = \"count(distinct nik)\"\n\
        [[rule]]\nid = \"K80\"\nversion = 1\ntitle = \"Ikatan\"\nclass = \"C\"\nstatus = \"shadow\"\nreview_by = 2026-06-30\n\
        when = [\"ikatan_90h.orang >= 4\"]\n\
        [[rule.outcome]]\npoints = 1\nreason = \"Terikat dengan {ikatan_90h.orang} orang\"\n";
    write(&office, "ikatan.toml", rule);
    office.edit(|export| {
        for row in 0..3 {
            export.set(row, "NO HP", if row < 2 { "081260001234" } else { "" });
            export.set(row, "EMAIL", "");
        }
    });
    let numbers: Vec<String> =
        Table::read(&office.export()).column("NO PERMOHONAN").into_iter().map(str::to_owned).collect();
    let ask = |row: usize| run(office.verb("explain").args([&numbers[row], "--rule", "K80"])).ends(0).out;
    let told = ask(0);
    assert!(told.contains("ikatan_90h: 2 of 4 orang, 2 more needed"), "{told}");
    assert!(told.contains("tied together 2025-11-03 to 2025-11-03: 2 applications, orang 2"), "{told}");
    let told = ask(2);
    assert!(told.contains("no value in `telepon.kunci`, `email.kunci`, so nothing is shared"), "{told}");
}

#[test]
fn why_not_tells_the_distance_of_a_number_and_never_a_birth_date() {
    let office = own("why-not-number");
    let rule = "[pack]\nname = \"jarak\"\nfamily = \"T\"\n[[rule]]\nid = \"T80\"\nversion = 1\ntitle = \"Jarak\"\nclass = \"C\"\n\
        status = \"shadow\"\nreview_by = 2026-06-30\nwhen = [\"lama_tinggal_hari > 400\", \"tanggal_lahir < '1930-01-01'\"]\n\
        [[rule.outcome]]\npoints = 1\nreason = \"Tinggal {lama_tinggal_hari} hari\"\n";
    write(&office, "jarak.toml", rule);
    office.edit(|export| export.set(0, "LAMA TINGGAL", "31"));
    let export = Table::read(&office.export());
    let (number, born) = (export.column("NO PERMOHONAN")[0].to_owned(), export.column("TGL LAHIR")[0].to_owned());
    let told = run(office.verb("explain").args([&number, "--rule", "T80"])).ends(0).out;
    assert!(told.contains("31, needs > 400: 370 away"), "{told}");
    let parts: Vec<&str> = born.split('-').collect();
    let year = parts.iter().find(|part| part.len() == 4).unwrap();
    assert!(told.contains(&format!("tanggal_lahir = {year}\n")), "by year alone: {told}");
    assert!(told.contains("days away"), "{told}");
}
