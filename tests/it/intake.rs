//! Whole exports: two offices with one result, laws that hold whatever a file holds, profiles and their faults.

use std::path::{Path, PathBuf};

use saring::diag::{Code, Files, Report};
use saring::schema::{Need, columns};
use saring::source::{self, Options, Profile};

use crate::made::{
    self, Draw, HEADER, PROFILE, applications, cells, column, csv, day, file, folder, good, options, profile,
    profile_of, read, row, row_with, set_aside,
};

fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn shipped(path: &str) -> Profile {
    let (mut files, mut report) = (Files::default(), Report::default());
    let profile = source::load_profile(&root(path), &mut files, &mut report).unwrap();
    assert!(report.is_empty(), "{report:#?}");
    profile.unwrap()
}

#[test]
fn two_offices_with_different_exports_give_equal_applications() {
    let simkim = shipped("rules/profiles/simkim.toml");
    let other = shipped("fixtures/exports/kantor-lain.toml");
    let one = source::read(&simkim, &[root("fixtures/exports/simkim.csv")], &options(), &|_| Ok(())).unwrap();
    let two = source::read(&other, &[root("fixtures/exports/kantor-lain.csv")], &options(), &|_| Ok(())).unwrap();
    for intake in [&one, &two] {
        assert_eq!((intake.applications.rows(), intake.quarantine.len()), (4, 0), "{:?}", intake.quarantine);
        assert!(column(intake, "mutu.rusak").iter().all(|v| v == "null"), "{:?}", column(intake, "mutu.rusak"));
    }
    let names: Vec<&str> = one.applications.names().filter(|n| !n.starts_with("asal.")).collect();
    for name in &names {
        assert_eq!(column(&one, name), column(&two, name), "{name}");
    }
    // The second office has a column of its own, and nothing else besides.
    let own: Vec<&str> = two.applications.names().filter(|n| !n.starts_with("asal.") && !names.contains(n)).collect();
    assert_eq!(own, ["loket"]);
    assert_eq!(column(&two, "loket"), ["3", "1", "2", "null"]);
    assert_eq!(other.extras()[0].label, "Loket");
    // A few values worked out by hand.
    assert_eq!(column(&one, "negara_tujuan"), ["MY", "MY", "null", "null"]);
    assert_eq!(column(&one, "lama_tinggal_hari"), ["7", "60", "null", "null"]);
    assert_eq!(column(&one, "dokumen_dilampirkan"), ["ijazah;kk;ktp", "ktp;paspor_lama", "bap", "null"]);
    assert_eq!(column(&one, "rt"), ["003", "001", "null", "null"]);
    let born = |text: &str| (day(text) - day("1970-01-01")).num_days().to_string();
    assert_eq!(column(&one, "tanggal_lahir"), ["2003-08-17", "1990-01-02", "1965-12-31", "2005-03-04"].map(born));
}

#[test]
fn the_shipped_profile_has_every_column_of_the_dictionary() {
    let profile = shipped("rules/profiles/simkim.toml");
    let mapped: Vec<&str> = profile.columns().map(|(name, _)| name).collect();
    let dictionary: Vec<&str> = columns::ALL.iter().map(|c| c.name).collect();
    assert_eq!(mapped, dictionary);
    // A file under the dictionary's own names is read with it, too.
    let path = file("own-names", "ekspor.csv", good(2));
    assert_eq!(read(&[path], &profile, &options()).unwrap().applications.rows(), 2);
}

/// Rows that use what the reader has to handle: quotes, line ends in fields, empty cells, damage in optional cells.
fn colourful(count: usize) -> Vec<Vec<String>> {
    (1..=count)
        .map(|n| {
            let mut cells = cells(n);
            match n % 5 {
                0 => cells[made::place("alamat")] = format!("JL \"SANGKAR\", NO {n}\nLANTAI 2"),
                1 => cells[made::place("telepon")] = String::new(),
                2 => cells[made::place("nama_lengkap")] = format!("KENARI É {}", made::letters(n)),
                3 => cells[made::place("alamat")] = "-".to_owned(),
                _ => {}
            }
            cells
        })
        .collect()
}

fn quoted(cell: &str, always: bool) -> String {
    match always || cell.contains([',', '"', '\n', ';']) {
        true => format!("\"{}\"", cell.replace('"', "\"\"")),
        false => cell.to_owned(),
    }
}

fn write(rows: &[Vec<String>], separator: &str, eol: &str, always: bool) -> String {
    let mut text = HEADER.replace(',', separator) + eol;
    for row in rows {
        text.push_str(&row.iter().map(|c| quoted(c, always)).collect::<Vec<_>>().join(separator));
        text.push_str(eol);
    }
    text
}

#[test]
fn order_files_line_ends_quotes_and_separators_do_not_change_the_applications() {
    let rows = colourful(60);
    let here = folder("spellings");
    let read_all = |texts: &[String]| {
        let paths: Vec<PathBuf> = texts
            .iter()
            .enumerate()
            .map(|(n, text)| {
                let path = here.join(format!("{n}.csv"));
                std::fs::write(&path, text).unwrap();
                path
            })
            .collect();
        applications(&read(&paths, &profile(), &options()).unwrap())
    };
    let expected = read_all(&[write(&rows, ",", "\n", false)]);
    assert_eq!(expected.len(), 60);
    let mut draw = Draw(20_251_103);
    for separator in [",", ";", "\t", "|"] {
        for eol in ["\n", "\r\n", "\r"] {
            for always in [false, true] {
                let mut shuffled = rows.clone();
                draw.shuffle(&mut shuffled);
                let cut = draw.below(59) + 1;
                let (one, two) = shuffled.split_at(cut);
                let texts = [write(one, separator, eol, always), write(two, separator, eol, !always)];
                assert_eq!(read_all(&texts), expected, "{separator:?} {eol:?} {always}");
            }
        }
    }
}

#[test]
fn what_was_read_and_written_again_reads_the_same() {
    let first =
        read(&[file("round", "a.csv", write(&colourful(40), ",", "\n", false))], &profile(), &options()).unwrap();
    let names: Vec<&str> = HEADER.split(',').collect();
    let columns: Vec<Vec<String>> = names.iter().map(|name| column(&first, name)).collect();
    let epoch = day("1970-01-01");
    let rows: Vec<Vec<String>> = (0..first.applications.rows())
        .map(|row| {
            let cell = |(name, values): (&&str, &Vec<String>)| match values[row].as_str() {
                "null" => String::new(),
                days if name.starts_with("tanggal") => (epoch + chrono::Days::new(days.parse().unwrap())).to_string(),
                text => text.to_owned(),
            };
            names.iter().zip(&columns).map(cell).collect()
        })
        .collect();
    let again = read(&[file("round-again", "b.csv", write(&rows, ";", "\r\n", true))], &profile(), &options()).unwrap();
    assert_eq!(applications(&again), applications(&first));
}

#[test]
fn blocks_and_threads_do_not_change_a_byte() {
    let mut rows = colourful(300);
    rows[7][made::place("tanggal_lahir")] = "besok".to_owned();
    rows[90] = rows[40].clone();
    rows[200].pop();
    let path = file("blocks", "ekspor.csv", write(&rows, ",", "\n", false));
    let expected = read(std::slice::from_ref(&path), &profile(), &options()).unwrap();
    assert_eq!(set_aside(&expected).len(), 3);
    for threads in [1, 2, 5] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        for block_bytes in [1, 100, 4096] {
            let mut small = options();
            small.caps.block_bytes = block_bytes;
            let got = pool.install(|| read(std::slice::from_ref(&path), &profile(), &small)).unwrap();
            assert_eq!(applications(&got), applications(&expected));
            assert_eq!(column(&got, "asal.baris"), column(&expected, "asal.baris"), "{threads} {block_bytes}");
            assert_eq!(got.quarantine, expected.quarantine);
            assert_eq!(got.files, expected.files);
            assert_eq!(got.remarks, expected.remarks);
            // Which three shapes are shown may depend on nothing either.
            assert_eq!(got.quality, expected.quality);
        }
    }
}

/// Whatever happens to a file, no record is lost unseen, nothing panics and nothing is told of anybody.
#[test]
fn any_mutation_of_a_good_file_keeps_the_account() {
    let whole = write(&colourful(7), ",", "\r\n", false).into_bytes();
    let here = folder("mutations");
    let path = here.join("ekspor.csv");
    let (mut draw, profile) = (Draw(7), profile());
    let (mut read_some, mut refused) = (0, 0);
    for round in 0..2500 {
        let mut bytes = whole.clone();
        for _ in 0..=draw.below(3) {
            draw.mutate(&mut bytes);
        }
        std::fs::write(&path, &bytes).unwrap();
        let mut small = options();
        small.caps.block_bytes = [64, 512, 1 << 20][round % 3];
        // `read` asserts the account and the silence of every message.
        match read(std::slice::from_ref(&path), &profile, &small) {
            Ok(_) => read_some += 1,
            Err(_) => refused += 1,
        }
    }
    assert!(read_some > 500 && refused > 100, "{read_some} read, {refused} refused: the mutations say too little");
}

#[test]
fn derived_columns_are_added_to_every_block_of_what_is_left() {
    use saring::frame::Builder;
    use saring::schema::Type;
    let rows: Vec<String> = (1..=30).map(row).chain([row(3), row_with(31, "nik", "")]).collect();
    let path = file("derive", "ekspor.csv", csv(&rows));
    let mut small = options();
    small.caps.block_bytes = 500;
    let lengths = |frame: &mut saring::frame::Frame| {
        let mut length = Builder::new(Type::Int, frame.rows());
        let nik = frame.text("nik")?;
        nik.iter().for_each(|n| length.push_number(n.map(|n| i64::try_from(n.len()).unwrap())));
        frame.add(length.finish("nik.panjang"))
    };
    let intake = source::read(&profile(), &[path], &small, &lengths).unwrap();
    assert_eq!(column(&intake, "nik.panjang"), vec!["16"; 30]);
    assert_eq!(set_aside(&intake), [(32, "DUPLICATE"), (33, "MISSING_REQUIRED")]);
}

#[test]
fn nothing_is_derived_from_a_column_that_turns_out_to_be_rounded() {
    use saring::frame::Builder;
    use saring::schema::Type;
    let rows: Vec<String> =
        (1..=40).map(|n| row_with(n, "alamat", &format!("127199200319{:04}", n / 10 * 10))).collect();
    let path = file("derive-rounded", "ekspor.csv", csv(&rows).replace("alamat\n", "nomor_kk\n"));
    let mut small = options();
    small.caps.block_bytes = 500;
    // All that is kept of an application besides its number and where it stood.
    let families = |frame: &mut saring::frame::Frame| {
        let mut copy = Builder::new(Type::Text, frame.rows());
        frame.text("nomor_kk")?.iter().for_each(|kk| copy.push_text(kk));
        let copy = copy.finish("kartu");
        *frame = frame.select(["nomor_permohonan"]);
        frame.add(copy)
    };
    let intake = source::read(&profile(), &[path], &small, &families).unwrap();
    assert_eq!(
        intake.applications.names().collect::<Vec<_>>(),
        ["nomor_permohonan", "kartu", "asal.berkas", "asal.baris"]
    );
    assert_eq!(column(&intake, "kartu"), vec!["null"; 40]);
    assert_eq!(intake.files[0].records, 40);
}

#[test]
fn whether_applications_are_the_same_is_told_by_columns_that_are_not_kept_too() {
    let here = folder("derive-conflict");
    std::fs::write(here.join("a.csv"), csv(&[row(1), row(2), row(3)])).unwrap();
    std::fs::write(here.join("b.csv"), csv(&[row_with(1, "alamat", "JL SANGKAR 99"), row(2)])).unwrap();
    let numbers = |frame: &mut saring::frame::Frame| {
        *frame = frame.select(["nomor_permohonan"]);
        Ok(())
    };
    let intake = source::read(&profile(), &[here.join("a.csv"), here.join("b.csv")], &options(), &numbers).unwrap();
    assert_eq!(column(&intake, "nomor_permohonan"), ["1271250000000002", "1271250000000003"]);
    let told = |q: &source::Quarantined| (q.file, q.line, q.reason.code(), q.detail.clone());
    let expected = [
        (0, 2, "ID_CONFLICT", "as line 2 of file 1"),
        (1, 2, "ID_CONFLICT", "as line 2 of file 0"),
        (1, 3, "DUPLICATE", "as line 3 of file 0"),
    ];
    let expected = expected.map(|(file, line, code, detail)| (file, line, code, detail.to_owned()));
    assert_eq!(intake.quarantine.iter().map(told).collect::<Vec<_>>(), expected);
}

#[test]
fn files_with_different_columns_are_united() {
    let here = folder("united");
    let short: String = good(2).lines().map(|l| l.rsplit_once(',').unwrap().0.to_owned() + "\n").collect();
    std::fs::write(here.join("a.csv"), short).unwrap();
    std::fs::write(here.join("b.csv"), csv(&[row(3)])).unwrap();
    let intake = read(&[here.join("a.csv"), here.join("b.csv")], &profile(), &options()).unwrap();
    assert_eq!(column(&intake, "alamat"), ["null", "null", "JL SANGKAR 3"]);
    assert_eq!(column(&intake, "asal.berkas"), ["0", "0", "1"]);
    assert!(!intake.applications.has("tinggi_badan_cm"), "a column no file has is not made");
}

#[test]
fn an_inspection_shows_what_becomes_of_each_heading() {
    let text =
        good(5).replace("alamat\n", "Alamatt\n").replacen("telepon", "Tinggi badan (cm)", 1).replace("0899777", "17");
    let path = file("inspect", "ekspor.csv", text);
    let seen = source::inspect(&profile(), &path, &options()).unwrap();
    made::quiet(&seen);
    assert!(seen.refusals.is_empty());
    let name = seen.columns.iter().find(|c| c.quality.name == "nama_lengkap").unwrap();
    assert_eq!((name.heading.as_deref(), name.quality.filled), (Some("nama_lengkap"), 5));
    assert_eq!(name.samples, ["K••••• B", "K••••• C", "K••••• D"]);
    let height = seen.columns.iter().find(|c| c.quality.name == "tinggi_badan_cm").unwrap();
    assert_eq!((height.quality.bad(), height.quality.shapes.as_slice()), (5, &["9999999".to_owned()][..]));
    assert_eq!((seen.unmapped[0].number, seen.unmapped[0].heading.as_deref()), (12, Some("Alamatt")));
    assert_eq!(seen.unmapped[0].suggestion.as_deref(), Some("did you mean `alamat`?"));
    assert!(seen.missing.iter().any(|m| m.name == "alamat" && !m.required));
    // A file that a run would refuse is shown all the same.
    let path = file("inspect-missing", "ekspor.csv", good(2).replacen("nik", "identitas", 1));
    let seen = source::inspect(&profile(), &path, &options()).unwrap();
    assert_eq!(seen.refusals[0].code(), "COLUMN_MISSING");
    assert_eq!(seen.missing[0].name, "nik");
    assert_eq!(seen.columns.len(), 11);
}

/// The codes a profile text is refused with.
fn faults(text: &str) -> Vec<Code> {
    let (mut files, mut report) = (Files::default(), Report::default());
    let file = files.add("profil.toml", text);
    let profile = source::parse_profile(file, &files, &mut report);
    assert_eq!(profile.is_none(), report.has_errors());
    report.sorted(&files).iter().map(|d| d.code).collect()
}

#[test]
fn every_fault_of_a_profile_has_its_code() {
    let change = |from: &str, to: &str| {
        assert!(PROFILE.contains(from), "{from}");
        faults(&PROFILE.replace(from, to))
    };
    assert_eq!(faults(PROFILE), []);
    assert_eq!(change("telepon = {}", "telpon = {}"), [Code::ProfileColumn]);
    assert_eq!(change("alamat = {}", "alamat = { headers = [\"n.a.m.a\"] }"), [Code::ProfileHeader]);
    assert_eq!(change("alamat = {}", "alamat = { headers = [\"--\"] }"), [Code::EmptyValue]);
    assert_eq!(change("alamat = {}", "alamat = { header = [\"x\"] }"), [Code::UnknownKey]);
    assert_eq!(change("[\"yyyy-mm-dd\"]", "[\"dd-mm-yy\"]"), [Code::ProfileFormat]);
    assert_eq!(change("[\"yyyy-mm-dd\"]", "[\"dd/mm/yyyy\", \"mm/dd/yyyy\"]"), [Code::ProfileAmbiguous]);
    assert_eq!(change("[\"hh:mm\"]", "[\"yyyy-mm-dd\"]"), [Code::ProfileFormat]);
    assert_eq!(change("jenis_kelamin = {}", "jenis_kelamin = { codes = { \"0\" = \"X\" } }"), [Code::ProfileCode]);
    assert_eq!(
        change("jenis_kelamin = {}", "jenis_kelamin = { codes = { \"A\" = \"L\", \"a.\" = \"P\" } }"),
        [Code::ProfileWord]
    );
    assert_eq!(change("no = [\"tidak\"]", "no = [\"Ya\"]"), [Code::ProfileWord]);
    assert_eq!(change("kode_kanim = {}\n", ""), [Code::ProfileRequired]);
    assert_eq!(change("tarif_pnbp = {}", "tarif_pnbp = { constant = \"gratis\" }"), [Code::ProfileConstant]);
    assert_eq!(change("name = \"uji\"", "name = \"uji\"\nencoding = \"latin-1\""), [Code::UnknownWord]);
    assert_eq!(change("name = \"uji\"", "name = \"uji\"\ndelimiter = \"ab\""), [Code::OutOfRange]);
    assert_eq!(change("name = \"uji\"", "name = \"uji\"\nheader_line = 0"), [Code::OutOfRange]);
    assert_eq!(change("name = \"uji\"\n", ""), [Code::MissingKey]);
    let with = |more: &str| faults(&format!("{PROFILE}\n{more}"));
    assert_eq!(with("[extra.nik]\ntype = \"text\""), [Code::ProfileExtra]);
    assert_eq!(with("[extra.Loket]\ntype = \"text\""), [Code::ProfileExtra]);
    assert_eq!(with("[extra.loket]\ntype = \"code\""), [Code::ProfileExtra]);
    assert_eq!(with("[extra.loket]\ntype = \"int\"\nmask = \"none\""), [Code::UnknownWord]);
    assert_eq!(with("[[split]]\nheaders = [\"X\"]\nat = \"\"\ninto = [\"alamat\", \"telepon\"]"), [Code::ProfileSplit]);
    assert_eq!(with("[[split]]\nheaders = [\"X\"]\nat = \",\"\ninto = [\"alamat\"]"), [Code::ProfileSplit]);
    assert_eq!(with("[[split]]\nheaders = [\"X\"]\nat = \",\"\ninto = [\"alamat\", \"x\"]"), [Code::ProfileColumn]);
    assert_eq!(
        with("[[split]]\nheaders = [\"nama\"]\nat = \",\"\ninto = [\"alamat\", \"telepon\"]"),
        [Code::ProfileHeader]
    );
}

#[test]
fn a_profile_with_no_required_column_names_each() {
    let found = faults("[profile]\nname = \"kosong\"");
    let required = columns::ALL.iter().filter(|c| c.need == Need::Required).count();
    assert_eq!(found, vec![Code::ProfileRequired; required]);
}

#[test]
fn parts_constants_and_columns_of_the_office() {
    let office = profile_of(&format!(
        "{}\n[[split]]\nheaders = [\"TTL\"]\nat = \",\"\ninto = [\"tempat_lahir\", \"tanggal_lahir\"]\n\
         [extra.loket]\ntype = \"int\"\n[extra.hadir]\ntype = \"bool\"\n[extra.panggil]\ntype = \"time\"\n",
        PROFILE.replace("kode_kanim = {}", "kode_kanim = { constant = \"MDN\" }")
    ));
    let text = "NO REG,tanggal_permohonan,jenis_permohonan,jenis_paspor,NAMA,nik,TTL,jenis_kelamin,loket,hadir,panggil\n\
        1271250000000001,2025-11-03,baru,biasa_48,KENARI A,1271990201900001,\"MEDAN, SUMUT, 1990-01-02\",L,7,ya,2025-11-03 08:00:00\n\
        1271250000000002,2025-11-03,baru,biasa_48,KENARI B,1271990201900002,MEDAN,L,tujuh,entah,\n";
    let intake = read(&[file("parts", "ekspor.csv", text)], &office, &options()).unwrap();
    assert_eq!(column(&intake, "tempat_lahir"), ["MEDAN, SUMUT"]);
    assert_eq!(column(&intake, "kode_kanim"), ["MDN"]);
    assert_eq!((column(&intake, "loket"), column(&intake, "hadir")), (vec!["7".to_owned()], vec!["true".to_owned()]));
    assert_eq!(set_aside(&intake), [(3, "SPLIT_UNREADABLE")]);
    // The file's own column is stronger than the constant.
    let own = good(1).replace("MDN", "BLW");
    assert_eq!(column(&read(&[file("own", "ekspor.csv", own)], &office, &options()).unwrap(), "kode_kanim"), ["BLW"]);
}

#[test]
fn a_profile_that_cannot_be_opened_is_an_error_of_use() {
    let (mut files, mut report) = (Files::default(), Report::default());
    let error = source::load_profile(&root("rules/profiles/tidak-ada.toml"), &mut files, &mut report).unwrap_err();
    assert_eq!(error.kind(), saring::ErrorKind::Usage);
}

#[test]
fn the_schema_for_editors_has_every_key() {
    use saring::document::FromToml;
    let schema = source::raw::RawProfile::shape().json_schema();
    let properties = schema["properties"].as_object().unwrap();
    assert!(["profile", "format", "column", "extra", "split"].iter().all(|key| properties.contains_key(*key)));
    assert_eq!(Options::new(day("2025-11-03")).quarantine_limit_percent, 10);
}
