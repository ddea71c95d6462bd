//! The folder: its files, their bytes, their privacy.

use super::*;
use crate::ErrorKind;
use crate::diag::{Files, Report};
use crate::hex::hex;
use crate::office::{self, Zone};

fn bytes(plan: &Plan) -> BTreeMap<PathBuf, Vec<u8>> {
    let folder = tempfile::tempdir().unwrap();
    let summary = write(plan, folder.path(), &mut |_| {}).unwrap();
    summary.files.iter().map(|f| (f.clone(), std::fs::read(folder.path().join(f)).unwrap())).collect()
}

#[test]
fn the_same_plan_gives_the_same_bytes_at_any_number_of_threads_and_another_seed_gives_others() {
    let plan = Plan::new(1_500, 90, 5, day(2026, 11, 2));
    let once = bytes(&plan);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    assert!(pool.install(|| bytes(&plan)) == once, "one thread gives other bytes");
    let pool = rayon::ThreadPoolBuilder::new().num_threads(5).build().unwrap();
    assert!(pool.install(|| bytes(&plan)) == once, "five threads give other bytes");
    let other = bytes(&Plan { seed: 6, ..plan });
    assert!(other[Path::new("masuk/2026-11-02.csv")] != once[Path::new("masuk/2026-11-02.csv")]);
}

/// Pins the generator across machines and releases: another hash means that every office made before cannot be made
/// again. Settings may change; people may not.
#[test]
fn the_bytes_of_a_tiny_office_never_change_unmeant() {
    use sha2::{Digest, Sha256};
    let files = bytes(&Plan::new(40, 10, 1, day(2026, 11, 2)));
    let mut hash = Sha256::new();
    for (name, content) in files.iter().filter(|(name, _)| name.as_path() != Path::new(FILE_NAME)) {
        hash.update(name.to_str().unwrap());
        hash.update(content);
    }
    let hex = hex(&hash.finalize());
    assert_eq!(hex, "1d1799d0cb71c95d54d4f334a3cdad8cfad485c57bca64708d6af8341033ed10");
}

#[test]
fn the_folder_has_its_files_and_only_the_owner_may_read_them() {
    let office = small();
    let files: Vec<_> = office.summary.files.iter().map(|f| f.to_str().unwrap()).collect();
    for expected in [
        "kebenaran.csv",
        "lists/soi.csv",
        "lists/paspor_hilang.csv",
        "lists/cegah.csv",
        "lists/calo.csv",
        "lists/kontak.csv",
        "lists/p3mi.csv",
        "lists/ppiu.csv",
        "lists/lpk.csv",
        "riwayat-awal/2026-07.csv",
        "riwayat-awal/2026-10.csv",
        "masuk/2026-11-02.csv",
    ] {
        assert!(files.contains(&expected), "{expected} is missing");
    }
    assert_eq!(files.last(), Some(&"saring.toml"), "settings come last");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        for file in &office.summary.files {
            assert_eq!(mode(&office.dir.join(file)), 0o600, "{}", file.display());
            assert_eq!(mode(office.dir.join(file).parent().unwrap()), 0o700, "{}", file.display());
        }
    }
}

#[test]
fn the_settings_are_those_of_an_office() {
    let (mut files, mut report) = (Files::default(), Report::default());
    let office = office::load(&small().dir, &mut files, &mut report).unwrap().unwrap();
    assert!(report.is_empty());
    assert_eq!((office.code.as_str(), office.zone), ("KANIM-MEDAN", Zone::Wib));
    let inputs = office.input_files().unwrap();
    assert_eq!(inputs, [small().dir.join("masuk/2026-11-02.csv")]);
    assert!(office.capacity.is_some() && office.control_per_mille.is_some());
    assert!(office.control_key().unwrap().len() >= 16);
}

#[test]
fn a_folder_that_holds_anything_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("milik-orang.txt"), "x").unwrap();
    let refused = write(&Plan::new(10, 0, 1, day(2026, 11, 2)), folder.path(), &mut |_| {}).unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::Usage);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn impossible_plans_are_refused() {
    let good = Plan::new(10, 0, 1, day(2026, 11, 2));
    let bad = [
        Plan { applications: 0, ..good.clone() },
        Plan { applications: u64::MAX, ..good.clone() },
        Plan { planted_rate: 5_000, ..good.clone() },
        Plan { history_days: u32::MAX, ..good.clone() },
        Plan { as_of: day(1990, 1, 1), ..good.clone() },
        Plan { office: "KANIM-ATLANTIS".into(), ..good },
    ];
    for plan in bad {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(write(&plan, folder.path(), &mut |_| {}).unwrap_err().kind(), ErrorKind::Usage, "{plan:?}");
    }
}

#[test]
fn every_canonical_column_is_exported_once_under_one_header() {
    let exported: BTreeSet<&str> = headers().map(|(_, column)| column).collect();
    let canonical: BTreeSet<&str> = c::ALL.iter().map(|column| column.name).collect();
    assert_eq!(exported, canonical);
    assert_eq!(headers().count(), canonical.len());
    assert_eq!(headers().map(|(header, _)| header).collect::<BTreeSet<_>>().len(), canonical.len());
}

#[test]
fn offices_of_any_size_have_exactly_the_applications_asked_for() {
    for (applications, history) in [(1, 0), (7, 400), (60, 3), (900, 0), (3_000, 0), (2_500, 1_500)] {
        let office = invent(Plan::new(applications, history, 3, day(2026, 11, 1)));
        assert_eq!(office.rows.len() as u64, applications, "{applications} in {history} days");
        assert_eq!(office.summary.applications, applications);
        assert_eq!(office.rows.iter().filter(|r| r.tonight).count() as u64, office.summary.tonight);
        let numbers: BTreeSet<&str> = office.rows.iter().map(Row::number).collect();
        assert_eq!(numbers.len() as u64, applications, "numbers of applications are unique");
    }
}

#[test]
fn the_summary_counts_what_the_truth_file_says() {
    let office = small();
    let count = |side: &str| {
        let mut counts: BTreeMap<String, u64> = BTreeMap::new();
        office.truth.iter().filter(|t| t.side == side).for_each(|t| *counts.entry(t.kind.clone()).or_default() += 1);
        counts
    };
    let owned = |counts: &BTreeMap<&'static str, u64>| -> BTreeMap<String, u64> {
        counts.iter().map(|(kind, n)| ((*kind).to_owned(), *n)).collect()
    };
    assert_eq!(count("tanam"), owned(&office.summary.planted));
    assert_eq!(count("terkait"), owned(&office.summary.involved));
    assert_eq!(count("wajar"), owned(&office.summary.innocent));
}

#[test]
fn one_flat_export_has_the_rows_of_the_folder_in_the_same_order() {
    let office = small();
    let mut flat = Vec::new();
    let summary = export_csv(&Plan { applications: 9, ..office.plan.clone() }, 2_000, &mut flat).unwrap();
    let mut joined = Vec::new();
    for file in office.summary.files.iter().filter(|f| f.starts_with("masuk") || f.starts_with("riwayat-awal")) {
        let content = std::fs::read(office.dir.join(file)).unwrap();
        let body = content.iter().position(|byte| *byte == b'\n').unwrap() + 1;
        joined.extend_from_slice(if joined.is_empty() { &content } else { &content[body..] });
    }
    assert!(flat == joined, "the flat export differs from the files");
    assert_eq!((summary.planted, summary.tonight), (office.summary.planted.clone(), office.summary.tonight));
}

#[test]
fn progress_rises_to_the_whole() {
    let folder = tempfile::tempdir().unwrap();
    let mut told = Vec::new();
    write(&Plan::new(400, 60, 2, day(2026, 11, 2)), folder.path(), &mut |done| told.push(done)).unwrap();
    assert!(told.is_sorted());
    assert_eq!(told.last(), Some(&400));
}

#[test]
fn lists_have_the_columns_of_the_dictionary_and_reach_people_of_the_exports() {
    let office = large();
    let list = |name: &str| -> Vec<BTreeMap<String, String>> {
        let mut reader = csv::Reader::from_path(office.dir.join("lists").join(name)).unwrap();
        let headers = reader.headers().unwrap().clone();
        let entry = |record: csv::StringRecord| {
            headers.iter().map(ToOwned::to_owned).zip(record.iter().map(ToOwned::to_owned)).collect()
        };
        reader.records().map(|r| entry(r.unwrap())).collect()
    };
    let soi = list("soi.csv");
    let refused = office
        .rows
        .iter()
        .filter(|r| ["PMI NONPROSEDURAL", "KETERANGAN TIDAK BENAR"].contains(&r.get(c::ALASAN_KEPUTUSAN)));
    assert_eq!(soi.len(), refused.count());
    for entry in &soi {
        assert_eq!(entry["jenis"], "soi");
        let from: NaiveDate = entry["berlaku_dari"].parse().unwrap();
        let until: NaiveDate = entry["berlaku_sampai"].parse().unwrap();
        assert!((175..=740).contains(&(until - from).num_days()));
    }
    let lost: BTreeSet<_> = list("paspor_hilang.csv").iter().map(|e| e["nomor_dokumen"].clone()).collect();
    assert!(lost.len() > 20);
    let old: BTreeSet<_> = office.rows.iter().map(|r| r.get(c::PASPOR_LAMA_NOMOR).to_owned()).collect();
    assert!(lost.iter().filter(|number| old.contains(*number)).count() > 20);
    let official = [list("ppiu.csv"), list("p3mi.csv"), list("lpk.csv")].concat();
    let names: BTreeSet<_> = official.iter().map(|e| e["nama"].clone()).collect();
    assert_eq!(names.len(), official.len(), "institutions have names of their own");
    let sponsors =
        office.rows.iter().filter(|r| r.get(c::PENJAMIN_JENIS) == "PPIU" && names.contains(r.get(c::PENJAMIN_NAMA)));
    assert!(sponsors.count() > 500);
    assert!(official.iter().any(|e| e["status"] != "aktif") && list("cegah.csv").len() >= 40);
    let phones: BTreeSet<_> = list("kontak.csv").iter().map(|e| e["telepon"].clone()).collect();
    let brokers: BTreeSet<_> =
        list("calo.csv").iter().map(|e| e["nik"].clone()).filter(|nik| !nik.is_empty()).collect();
    let meets = |r: &&Row| {
        [c::PENDAMPING_NIK, c::KUASA_NIK].iter().any(|column| brokers.contains(r.get(column)))
            || [c::TELEPON, c::PENJAMIN_TELEPON, c::PENDAMPING_TELEPON]
                .iter()
                .any(|column| phones.contains(&digits(r.get(column))))
    };
    assert!(office.rows.iter().filter(meets).count() > 10, "people known elsewhere come along");
}

/// A phone number as lists write it.
fn digits(text: &str) -> String {
    let plain: String = text.chars().filter(char::is_ascii_digit).collect();
    match plain.strip_prefix('0') {
        Some(rest) => format!("+62{rest}"),
        None => format!("+{plain}"),
    }
}
