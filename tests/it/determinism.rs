//! The same inputs give the same bytes: whatever the threads, the order of rows, how an export is cut into files, the
//! machine's language, clock and home.

use std::path::Path;

use crate::made::folder;
use crate::support::office::{DAY, Office, bytes_of, command, json_file, run, text};
use crate::support::table::Table;

/// Files that do not depend on the order of the export's rows, to the byte.
const SETTLED: [&str; 16] = [
    "audit.json",
    "karantina.csv",
    "kelompok.csv",
    "kelompok.parquet",
    "kepatuhan.csv",
    "laporan.html",
    "mutu.csv",
    "pantau.json",
    "rujukan.csv",
    "rujukan.jsonl",
    "rujukan.parquet",
    "rujukan.xlsx",
    "susulan.csv",
    "susulan.jsonl",
    "susulan.parquet",
    "temuan.parquet",
];

/// Two results of the same applications in other files.
#[track_caller]
fn assert_same_list(one: &Path, two: &Path) {
    let (a, b) = (bytes_of(one), bytes_of(two));
    for name in SETTLED {
        assert!(a[name] == b[name], "{name} differs");
    }
    let (mut before, mut after) = (json_file(&one.join("manifest.json")), json_file(&two.join("manifest.json")));
    let id = |manifest: &serde_json::Value| manifest["run_id"].as_str().unwrap().to_owned();
    assert_ne!(id(&before), id(&after), "other bytes in, another run");
    // The manifests differ in what names the inputs and in what follows from that, and in nothing else.
    for manifest in [&mut before, &mut after] {
        manifest["run_id"].take();
        manifest["seal"].take();
        manifest["inputs"].take();
        manifest["identity"]["inputs"].take();
    }
    assert_eq!(before, after);
}

#[test]
fn threads_change_no_byte() {
    let office = Office::invent("threads", 600);
    let one = bytes_of(&office.screen_to("one", &["--threads", "1"]));
    assert_eq!(one.len(), 17);
    for threads in ["2", "8"] {
        assert!(bytes_of(&office.screen_to(threads, &["--threads", threads])) == one, "{threads} threads");
    }
}

#[test]
fn the_order_of_rows_changes_no_line() {
    let office = Office::invent("shuffled", 600);
    let before = office.screen_to("before", &[]);
    for seed in [1, 2] {
        office.edit(|table| table.shuffle(seed));
        assert_same_list(&before, &office.screen_to(&format!("after-{seed}"), &[]));
    }
}

#[test]
fn the_order_of_columns_changes_no_line() {
    let office = Office::invent("columns", 200);
    let before = office.screen_to("before", &[]);
    office.edit(|table| {
        table.header.reverse();
        table.rows.iter_mut().for_each(|row| row.reverse());
    });
    assert_same_list(&before, &office.screen_to("after", &[]));
}

#[test]
fn an_export_cut_into_files_gives_the_same_list() {
    let office = Office::invent("split", 300);
    let before = office.screen_to("before", &[]);
    let whole = Table::read(&office.export());
    std::fs::remove_file(office.export()).unwrap();
    for (at, rows) in whole.rows.chunks(70).enumerate() {
        let piece = Table { header: whole.header.clone(), rows: rows.to_vec() };
        // Names in another order than the pieces.
        piece.write(&office.folder.join(format!("masuk/{}.csv", 9 - at)));
    }
    let after = office.screen_to("after", &[]);
    assert_same_list(&before, &after);
    let manifest = json_file(&after.join("manifest.json"));
    let counts: Vec<u64> =
        manifest["inputs"].as_array().unwrap().iter().map(|i| i["applications"].as_u64().unwrap()).collect();
    assert_eq!(counts, [20, 70, 70, 70, 70], "each file has its account, in the order of their names");
}

#[test]
fn the_machine_changes_no_byte() {
    let office = Office::invent("machine", 200);
    let expected = bytes_of(&office.screen_to("plain", &[]));
    let odd: [(&str, &[(&str, &str)]); 4] = [
        ("zone", &[("TZ", "Pacific/Kiritimati")]),
        ("turkish", &[("LANG", "tr_TR.UTF-8"), ("LC_ALL", "tr_TR.UTF-8")]),
        ("c", &[("LC_ALL", "C"), ("HOME", "/nonexistent"), ("TMPDIR", "/nonexistent")]),
        ("loud", &[("RUST_LOG", "trace"), ("RAYON_NUM_THREADS", "3"), ("POLARS_MAX_THREADS", "5"), ("NO_COLOR", "1")]),
    ];
    for (name, variables) in odd {
        let out = office.folder.parent().unwrap().join(name);
        let mut screen = office.verb("screen");
        run(screen.envs(variables.iter().copied()).arg("--out").arg(&out)).ends(0);
        assert!(bytes_of(&out.join("terbaru")) == expected, "{name}");
    }
    // No environment at all, from the office's own folder, without any path given.
    let mut bare = command();
    bare.env_clear().current_dir(&office.folder).args(["screen", "--as-of", DAY]);
    run(&mut bare).ends(0);
    assert!(bytes_of(&office.latest()) == expected, "bare");
    // From elsewhere, with detours in the path.
    let out = office.folder.parent().unwrap().join("detour");
    let mut detour = command();
    detour.current_dir(office.folder.join("masuk")).args(["screen", "--as-of", DAY, "--office", ".."]);
    run(detour.arg("--out").arg(&out)).ends(0);
    assert!(bytes_of(&out.join("terbaru")) == expected, "detour");
}

#[test]
fn an_office_can_be_moved() {
    let office = Office::invent("moved", 60);
    let expected = bytes_of(&office.screen_to("here", &[]));
    let elsewhere = folder("moved-elsewhere").join("kantor lain");
    std::fs::rename(&office.folder, &elsewhere).unwrap();
    let mut screen = command();
    run(screen.args(["screen", "--as-of", DAY, "--office", text(&elsewhere)])).ends(0);
    assert!(bytes_of(&elsewhere.join("hasil/terbaru")) == expected);
}

/// Another folder of the same office, in which history is filled by the exports given, one `history add` after the other.
fn office_with_history(office: &Office, name: &str, exports: &[Vec<std::path::PathBuf>]) -> Office {
    let folder = office.folder.parent().unwrap().join(name);
    for part in ["", "masuk", "lists", "rules", "rules/profiles"] {
        std::fs::create_dir_all(folder.join(part)).unwrap();
        for entry in std::fs::read_dir(office.folder.join(part)).unwrap().map(Result::unwrap) {
            if entry.file_type().unwrap().is_file() {
                std::fs::copy(entry.path(), folder.join(part).join(entry.file_name())).unwrap();
            }
        }
    }
    let copied = Office { folder };
    for exports in exports {
        let mut add = command();
        add.args(["history", "add", "--as-of", "2025-11-02", "--office"]).arg(&copied.folder).args(exports);
        run(&mut add).ends(0);
    }
    copied
}

#[test]
fn however_history_was_filled_the_night_is_the_same() {
    let office = Office::invent_with_past("history-split", 700, 40);
    let past = office.folder.join("riwayat-awal");
    let mut whole: Vec<_> = std::fs::read_dir(&past).unwrap().map(|e| e.unwrap().path()).collect();
    whole.sort();
    assert!(whole.len() > 1, "more than one month");
    let tables: Vec<Table> = whole.iter().map(|path| Table::read(path)).collect();
    let all = Table { header: tables[0].header.clone(), rows: tables.into_iter().flat_map(|t| t.rows).collect() };
    let pieces = office.folder.parent().unwrap().join("pieces");
    std::fs::create_dir_all(&pieces).unwrap();
    let piece = |name: &str, rows: Vec<Vec<String>>| {
        let path = pieces.join(name);
        Table { header: all.header.clone(), rows }.write(&path);
        path
    };
    // One file a day, the days in no order.
    let day = all.place("TGL PERMOHONAN");
    let mut days: Vec<String> = all.rows.iter().map(|row| row[day].clone()).collect();
    days.sort();
    days.dedup();
    let of_day = |d: &String| all.rows.iter().filter(|row| row[day] == *d).cloned().collect::<Vec<_>>();
    let by_day: Vec<_> = days.iter().map(|d| piece(&format!("{}.csv", d.replace('/', "-")), of_day(d))).collect();
    let (even, odd): (Vec<_>, Vec<_>) = by_day.iter().cloned().enumerate().partition(|(at, _)| at % 2 == 0);
    let (even, odd) = (even.into_iter().map(|p| p.1).collect(), odd.into_iter().map(|p| p.1).collect());
    // Two exports that overlap, shuffled, the later part first.
    let mut mixed = all.clone();
    mixed.shuffle(3);
    let (third, count) = (mixed.rows.len() / 3, mixed.rows.len());
    let first = piece("first.csv", mixed.rows[..count - third].to_vec());
    let second = piece("second.csv", mixed.rows[third..].to_vec());

    let plain = office_with_history(&office, "at-once", std::slice::from_ref(&whole));
    let expected_list = plain.screen_to("list-at-once", &["--threads", "1"]);
    let expected = bytes_of(&expected_list);
    assert!(
        json_file(&expected_list.join("manifest.json")).to_string().contains("riwayat"),
        "history takes part in this night"
    );
    let filled =
        [("by-day", vec![odd, even], "2"), ("overlapping", vec![vec![second.clone()], vec![first], vec![second]], "8")];
    for (name, exports, threads) in filled {
        let other = office_with_history(&office, name, &exports);
        let list = other.screen_to(&format!("list-{name}"), &["--threads", threads]);
        assert!(bytes_of(&list) == expected, "{name}");
        // The same night from a store that already has it, from exports cut and shuffled.
        let tonight = Table::read(&other.export());
        std::fs::remove_file(other.export()).unwrap();
        let mut rows = tonight.rows.clone();
        crate::made::Draw(5).shuffle(&mut rows);
        for (at, rows) in rows.chunks(rows.len() / 2 + 1).enumerate() {
            let piece = Table { header: tonight.header.clone(), rows: rows.to_vec() };
            piece.write(&other.folder.join(format!("masuk/{}.csv", 9 - at)));
        }
        assert_same_list(&expected_list, &other.screen_to(&format!("list-{name}-cut"), &["--threads", threads]));
    }
}
