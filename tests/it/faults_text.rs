//! Delimited text as it arrives. Case ids are those of the fault matrix: F1 to F38 and F41.

use saring::source::Options;
use saring::table::Encoding;

use crate::made::{
    self, HEADER, applications, csv, file, folder, good, intake, options, profile, profile_of, read, refusal, remarks,
    row, row_with, set_aside,
};

/// UTF-16 with a mark.
fn utf16(text: &str, big: bool) -> Vec<u8> {
    let units = std::iter::once(0xFEFF).chain(text.encode_utf16());
    units.flat_map(|u: u16| if big { u.to_be_bytes() } else { u.to_le_bytes() }).collect()
}

/// Both spellings of a file give the same applications and nothing is set aside.
fn same_as_good(test: &str, bytes: impl AsRef<[u8]>) -> Vec<&'static str> {
    let expected = applications(&intake(&format!("{test}-good"), good(3)).unwrap());
    let read = intake(test, bytes).unwrap();
    assert_eq!(applications(&read), expected);
    assert_eq!(set_aside(&read), []);
    remarks(&read)
}

#[test]
fn f01_f02_files_without_records() {
    for (test, text) in
        [("f01", ""), ("f01-blank", " \n\n"), ("f02", HEADER), ("f02-eol", &format!("{HEADER}\r\n\r\n"))]
    {
        assert_eq!(refusal(intake(test, text)), "IN_EMPTY", "{test}");
        let path = file(test, "ekspor.csv", text);
        let quiet_day = Options { allow_empty: true, ..options() };
        let read = read(&[path], &profile(), &quiet_day).unwrap();
        assert_eq!((read.applications.rows(), read.files[0].records), (0, 0));
        assert!(read.applications.has("nik") && read.applications.has("asal.baris"), "an empty run has its columns");
    }
}

#[test]
fn f03_what_is_no_file() {
    let here = folder("f03");
    assert_eq!(refusal(read(&[here.join("tidak-ada.csv")], &profile(), &options())), "IN_MISSING");
    std::fs::create_dir(here.join("folder.csv")).unwrap();
    let error = read(&[here.join("folder.csv")], &profile(), &options()).unwrap_err();
    assert_eq!(error.code(), "IN_KIND");
    assert!(error.to_string().contains("a folder"), "{error}");
}

#[cfg(unix)]
#[test]
fn f03_pipes_and_devices_are_not_waited_for() {
    use std::os::unix::fs::symlink;
    let here = folder("f03-unix");
    let pipe = here.join("pipa.csv");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    symlink("/dev/zero", here.join("nol.csv")).unwrap();
    for (name, kind) in [("pipa.csv", "a pipe"), ("nol.csv", "a device")] {
        let error = read(&[here.join(name)], &profile(), &options()).unwrap_err();
        assert_eq!(error.code(), "IN_KIND");
        assert!(error.to_string().contains(kind), "{error}");
    }
}

#[test]
fn f05_a_byte_order_mark_is_no_part_of_the_heading() {
    assert_eq!(same_as_good("f05", format!("\u{feff}{}", good(3))), [""; 0]);
}

#[test]
fn f06_utf16_is_read_by_its_mark() {
    for (test, big) in [("f06-le", false), ("f06-be", true)] {
        assert_eq!(same_as_good(test, utf16(&good(3), big)), ["ENCODING"]);
    }
    // Declared in words, the mark may be missing.
    let path = file("f06-declared", "ekspor.csv", &utf16(&good(3), false)[2..]);
    let declared = Options { encoding: Some(Encoding::Utf16Le), ..options() };
    assert_eq!(read(&[path], &profile(), &declared).unwrap().applications.rows(), 3);
}

#[test]
fn f06_places_in_utf16_are_those_of_the_file() {
    let text = csv(&[row(1), "😀É,x".to_owned(), row(2)]);
    let read = intake("f06-places", utf16(&text, false)).unwrap();
    let before = 2 + 2 * (HEADER.len() + 1 + row(1).len() + 1) as u64;
    assert_eq!((read.quarantine[0].line, read.quarantine[0].byte), (3, Some(before)));
    assert_eq!(set_aside(&read), [(3, "FIELD_COUNT")]);
}

#[test]
fn f07_utf16_without_a_mark_is_refused_with_advice() {
    for (big, advice) in [(false, "utf-16le"), (true, "utf-16be")] {
        let error = intake("f07", &utf16(&good(3), big)[2..]).unwrap_err();
        assert_eq!(error.code(), "IN_ENCODING");
        assert!(error.advice().unwrap().contains(advice), "{:?}", error.advice());
    }
}

#[test]
fn f08_one_wrong_byte_costs_one_record() {
    let mut text = csv(&(1..=200).map(row).collect::<Vec<_>>()).into_bytes();
    let at = text.windows(7).position(|w| w == b"SANGKAR").unwrap();
    text[at] = 0xC9;
    let read = intake("f08", &text).unwrap();
    assert_eq!(set_aside(&read), [(2, "ENC_INVALID")]);
    assert_eq!(read.quarantine[0].byte, Some(at as u64), "the place of the byte");
    assert_eq!(read.applications.rows(), 199);
}

#[test]
fn f08_a_file_of_windows_1252_is_read_only_where_declared() {
    let text: Vec<u8> = good(40).replace("SANGKAR", "\u{1}").bytes().map(|b| if b == 1 { 0xC9 } else { b }).collect();
    let path = file("f08-many", "ekspor.csv", &text);
    let error = read(std::slice::from_ref(&path), &profile(), &options()).unwrap_err();
    assert_eq!(error.code(), "QUARANTINE_LIMIT");
    assert!(error.advice().unwrap().contains("windows-1252"), "{:?}", error.advice());
    let declared = Options { encoding: Some(Encoding::Windows1252), ..options() };
    let read = read(&[path], &profile(), &declared).unwrap();
    assert_eq!(made::column(&read, "alamat")[0], "JL É 1");
    assert_eq!(remarks(&read), ["ENCODING"]);
}

#[test]
fn f09_text_decoded_twice_is_noticed() {
    for (test, name) in
        [("f09-1252", "KENARI Ã‰LISE"), ("f09-latin1", "KENARI Ã\u{89}LISE"), ("f09-dash", "KENARI â€“ B")]
    {
        let read = intake(test, csv(&[row_with(1, "nama_lengkap", name), row(2)])).unwrap();
        assert_eq!(remarks(&read), ["MOJIBAKE"], "{name}");
        assert_eq!(read.applications.rows(), 2);
    }
    for name in ["KENARI ÉLISE", "CONCEIÇÃO KENARI", "SÃO KENARI"] {
        let read = intake("f09-honest", csv(&[row_with(1, "nama_lengkap", name)])).unwrap();
        assert_eq!(remarks(&read), [""; 0], "{name}");
    }
}

#[test]
fn f10_control_characters_cost_the_record() {
    for (n, c) in ['\0', '\u{1}', '\u{7f}', '\u{1b}'].into_iter().enumerate() {
        let bad = row_with(2, "nama_lengkap", &format!("KENARI{c}X"));
        let read = intake(&format!("f10-{n}"), csv(&[row(1), bad.clone(), row(3)])).unwrap();
        assert_eq!(set_aside(&read), [(3, "CTRL_CHAR")]);
        let at = HEADER.len() + 1 + row(1).len() + 1 + bad.find(c).unwrap();
        assert_eq!(read.quarantine[0].byte, Some(at as u64));
    }
}

#[test]
fn f11_a_block_of_nuls_at_the_end_is_a_power_cut() {
    let mut text = good(3).into_bytes();
    text.extend([0; 512]);
    assert_eq!(refusal(intake("f11", text)), "IN_TRUNCATED");
    assert_eq!(refusal(intake("f11-all", [0; 64])), "IN_TRUNCATED");
}

#[test]
fn f12_every_line_end_is_read() {
    let lf = good(3);
    for (test, eol, remark) in [("f12-crlf", "\r\n", ""), ("f12-cr", "\r", ""), ("f12-lfcr", "\n\r", "")] {
        let said = same_as_good(test, lf.replace('\n', eol));
        assert_eq!(said.concat(), remark, "{test}");
    }
    let mut turn = 0;
    let mixed: String = lf
        .chars()
        .map(|c| match c {
            '\n' => {
                turn += 1;
                ["\n", "\r\n", "\r"][turn % 3].to_owned()
            }
            c => c.to_string(),
        })
        .collect();
    assert_eq!(same_as_good("f12-mixed", mixed), ["LINE_ENDS_MIXED"]);
}

#[test]
fn f13_the_last_line_may_lack_its_end() {
    assert_eq!(same_as_good("f13", good(3).trim_end()), ["EOL_MISSING"]);
}

#[test]
fn f14_a_file_cut_in_a_row_loses_that_row_and_says_so() {
    let text = good(3);
    let cut = &text[..text.len() - 30];
    let read = intake("f14", cut).unwrap();
    assert_eq!(set_aside(&read), [(4, "SHORT_ROW")]);
    assert_eq!(remarks(&read), ["NO_EOL_AT_EOF"]);
    assert_eq!(read.applications.rows(), 2);
    // With the sender's announcement beside it the file is refused.
    let path = file("f14-control", "ekspor.csv", cut);
    std::fs::write(path.with_extension("csv.ctl"), "rows = 3\n").unwrap();
    assert_eq!(refusal(made::read(&[path], &profile(), &options())), "IN_TRUNCATED");
}

#[test]
fn f15_cut_inside_a_character() {
    let text = csv(&[row(1), row_with(2, "nama_lengkap", "KENARI É")]);
    let cut = text.find('É').unwrap() + 1;
    let read = intake("f15", &text.as_bytes()[..cut]).unwrap();
    assert_eq!(set_aside(&read), [(3, "ENC_INVALID")]);
    assert_eq!(read.applications.rows(), 1);
}

#[test]
fn f16_f17_other_numbers_of_fields() {
    let short = "1271250000000009,2025-11-03".to_owned();
    let long = row_with(3, "nama_lengkap", "KENARI, S.Pd");
    let read = intake("f16", csv(&[row(1), short, long, row(2)])).unwrap();
    assert_eq!(set_aside(&read), [(3, "FIELD_COUNT"), (4, "FIELD_COUNT")]);
    let details: Vec<_> = read.quarantine.iter().map(|q| q.detail.as_str()).collect();
    assert_eq!(details, ["2 fields, the heading has 12", "13 fields, the heading has 12"]);
    assert_eq!(made::column(&read, "nomor_permohonan"), ["1271250000000001", "1271250000000002"]);
}

#[test]
fn f17_an_extra_field_is_never_dropped_even_when_the_last_is_empty() {
    // The comma in the name shifts the row; its last cell is empty, so cutting at the width would look harmless.
    let shifted = row_with(1, "nama_lengkap", "KENARI, S.Pd").replace("JL SANGKAR 1", "");
    let read = intake("f17", csv(&[shifted, row(2)])).unwrap();
    assert_eq!(set_aside(&read), [(2, "FIELD_COUNT")]);
}

#[test]
fn f18_many_wrong_field_counts_mean_a_wrong_separator() {
    let rows: Vec<String> =
        (1..=40).map(|n| if n % 3 == 0 { row_with(n, "nama_lengkap", "KENARI, S.Pd") } else { row(n) }).collect();
    let error = intake("f18", csv(&rows)).unwrap_err();
    assert_eq!(error.code(), "SEPARATOR");
    assert!(error.advice().unwrap().contains("`;`"), "{:?}", error.advice());
    assert!(error.to_string().contains("13 of 40"), "{error}");
}

#[test]
fn f19_separators_are_found_from_the_heading() {
    for (test, separator) in [("f19-semicolon", ";"), ("f19-tab", "\t"), ("f19-bar", "|")] {
        let text = good(3).replace(',', separator);
        assert_eq!(same_as_good(test, &text), [""; 0]);
        let path = file(test, "ekspor.csv", &text);
        let wrong = Options { delimiter: Some(b','), ..options() };
        let error = read(&[path], &profile(), &wrong).unwrap_err();
        assert_eq!(error.code(), "HEADER_UNKNOWN");
        assert!(error.advice().unwrap().contains(&format!("`{separator}`")), "{:?}", error.advice());
    }
    assert_eq!(refusal(intake("f19-none", good(3).replace(',', "~"))), "HEADER_UNKNOWN");
}

#[test]
fn f20_a_sep_line_is_honoured_and_counted() {
    assert_eq!(
        same_as_good("f20", format!("sep=;\r\n{}", good(3).replace(',', ";"))),
        ["HEADER_ROW", "LINE_ENDS_MIXED"][..1]
    );
    let read =
        intake("f20-lines", format!("sep=;\n{HEADER}\nx;y\n").replace(',', ";") + &row(1).replace(',', ";")).unwrap();
    assert_eq!(set_aside(&read), [(3, "FIELD_COUNT")]);
    assert_eq!(made::column(&read, "asal.baris"), ["4"]);
}

#[test]
fn f21_a_quote_that_never_closes_refuses_the_file_with_its_line() {
    let open = row_with(2, "nama_lengkap", "\"KENARI");
    for (test, text) in [
        ("f21-end", csv(&[row(1), open.clone(), row(3)])),
        ("f21-later-quote", csv(&[row(1), open.clone(), row(3), row_with(4, "alamat", "\"JL SANGKAR\"")])),
        ("f21-many", csv(&std::iter::once(row(1)).chain([open]).chain((3..400).map(row)).collect::<Vec<_>>())),
    ] {
        let error = intake(test, text).unwrap_err();
        assert_eq!(error.code(), "QUOTE_UNCLOSED", "{test}");
        assert!(error.to_string().contains("line 3 "), "{error}");
    }
}

#[test]
fn f22_stray_quotes() {
    let bare = row_with(1, "nama_lengkap", "KEN\"ARI");
    let after = row_with(2, "nama_lengkap", "\"PT \"KENARI\" JAYA\"");
    let read = intake("f22", csv(&[bare, after, row(3)])).unwrap();
    assert_eq!(set_aside(&read), [(3, "QUOTE_STRAY")]);
    assert_eq!(made::column(&read, "nama_lengkap"), ["KEN\"ARI", "KENARI D"]);
}

#[test]
fn f23_a_quoted_line_end_is_one_record_and_lines_stay_right() {
    let address = row_with(1, "alamat", "\"JL SANGKAR\r\nNO 1\"\"A\"\"\"");
    let read = intake("f23", csv(&[address, "x".to_owned(), row(2)])).unwrap();
    assert_eq!(made::column(&read, "alamat"), ["JL SANGKAR NO 1\"A\"", "JL SANGKAR 2"]);
    assert_eq!(set_aside(&read), [(4, "FIELD_COUNT")]);
    assert_eq!(made::column(&read, "asal.baris"), ["2", "5"]);
}

#[test]
fn f24_lines_without_content_are_counted_and_no_records() {
    let text = format!("{HEADER}\n\n{}\n   \n,,,,,,,,,,,\n\"\",\"\"\n{}\n\n", row(1), row(2));
    let read = intake("f24", text).unwrap();
    assert_eq!((read.files[0].records, read.files[0].blank, read.applications.rows()), (2, 5, 2));
}

#[test]
fn f25_f26_footers_and_repeated_headings_are_no_applications() {
    let full_footer = "TOTAL,2,,,,,,,,,,".to_owned();
    let rows = [row(1), HEADER.to_owned(), row(2), "TOTAL,2".to_owned(), full_footer];
    let read = intake("f25", csv(&rows)).unwrap();
    assert_eq!(set_aside(&read), [(3, "HEADER_REPEAT"), (5, "FOOTER"), (6, "FOOTER")]);
}

#[test]
fn f27_a_heading_twice_refuses_the_file() {
    let twice = good(1).replacen("alamat", "telepon", 1);
    assert_eq!(refusal(intake("f27", twice)), "HEADER_DUPLICATE");
    let two_words = good(1).replacen("alamat", "NAMA", 1);
    assert_eq!(refusal(intake("f27-words", two_words)), "HEADER_DUPLICATE");
    let unknown = good(1).replacen("telepon,alamat", "lain, LAIN ", 1);
    assert_eq!(refusal(intake("f27-unknown", unknown)), "HEADER_DUPLICATE");
}

#[test]
fn f28_headings_vary_in_form_and_are_never_guessed() {
    let text = good(2).replacen(
        HEADER,
        "NO. REG\u{a0},Tanggal_Permohonan, KODE  KANIM ,\"Jenis\nPermohonan\",JENIS-PASPOR,nama,no. ktp,TEMPAT LAHIR,tgl lahir,\
         Jenis Kelamin,TELEPON,Alamatt",
        1,
    );
    let read = intake("f28", text).unwrap();
    assert_eq!(read.applications.rows(), 2);
    assert!(!read.applications.has("alamat"), "a heading with a typing error is not taken for another");
    let said = read.remarks.iter().find(|r| r.about.code() == "COLUMN_IGNORED").unwrap();
    assert!(said.message.contains("column 12 (did you mean `alamat`?)"), "{}", said.message);
}

#[test]
fn f29_a_missing_required_column_refuses_the_file_and_says_what_was_seen() {
    let error = intake("f29", good(2).replacen("nik", "identitas", 1)).unwrap_err();
    assert_eq!(error.code(), "COLUMN_MISSING");
    assert!(error.to_string().contains("`nik`"), "{error}");
    let advice = error.advice().unwrap();
    assert!(
        advice.contains("found: nomor_permohonan, tanggal_permohonan") && advice.contains("not mapped: column 7"),
        "{advice}"
    );
}

#[test]
fn f29_a_file_without_a_heading_never_shows_its_first_row() {
    let rows: String = (1..=5).map(|n| row(n) + "\n").collect();
    assert_eq!(refusal(intake("f29-none", rows)), "HEADER_UNKNOWN");
    // A row that has a known word by chance is taken for a heading, and its cells still not shown.
    let chance = format!("nik,{}\n{}\n", row(1), row(2));
    assert_eq!(refusal(intake("f29-chance", chance)), "COLUMN_MISSING");
}

#[test]
fn f30_unknown_columns_are_dropped_or_denied_by_policy() {
    let text: String = good(2)
        .lines()
        .enumerate()
        .map(|(n, l)| format!("{l},{}\n", if n == 0 { "rahasia" } else { "KENARI" }))
        .collect();
    let read = intake("f30", &text).unwrap();
    assert!(read.applications.names().all(|n| n != "rahasia"));
    assert_eq!(remarks(&read), ["COLUMN_IGNORED"]);
    let strict = profile_of(&made::PROFILE.replace("footer =", "unknown_columns = \"deny\"\nfooter ="));
    let path = file("f30-deny", "ekspor.csv", &text);
    assert_eq!(refusal(made::read(&[path], &strict, &options())), "COLUMN_UNKNOWN");
}

#[test]
fn f31_the_order_of_columns_does_not_matter() {
    let turned: String = good(3).lines().map(|l| l.split(',').rev().collect::<Vec<_>>().join(",") + "\n").collect();
    assert_eq!(same_as_good("f31", turned), [""; 0]);
}

#[test]
fn f32_enormous_fields_cost_their_record_only() {
    let huge = "X".repeat(20 << 20);
    for (test, cell) in [("f32-bare", huge.clone()), ("f32-quoted", format!("\"{huge},\"\"{huge}\""))] {
        let read = intake(test, csv(&[row(1), row_with(2, "alamat", &cell), row(3)])).unwrap();
        assert_eq!(set_aside(&read), [(3, "FIELD_TOO_LONG")], "{test}");
        assert_eq!(made::column(&read, "asal.baris"), ["2", "4"]);
    }
    let long = "X".repeat((64 << 10) + 1);
    let read = intake("f32-cap", csv(&[row_with(1, "alamat", &long[1..]), row_with(2, "alamat", &long)])).unwrap();
    assert_eq!(set_aside(&read), [(3, "FIELD_TOO_LONG")]);
    assert_eq!(read.quarantine[0].column.as_deref(), Some("alamat"));
}

#[test]
fn f33_a_hundred_thousand_columns_refuse_the_file() {
    let commas = ",".repeat(100_000);
    assert_eq!(refusal(intake("f33-heading", format!("{HEADER}{commas}\n"))), "IN_TOO_LARGE");
    assert_eq!(refusal(intake("f33-row", format!("{HEADER}\n{}{commas}\n", row(1)))), "IN_TOO_LARGE");
}

#[test]
fn f34_f35_packed_bytes_under_a_name_of_text_are_never_unpacked() {
    let magics: [(&[u8], &str); 9] = [
        (b"\x1F\x8B\x08\0\0\0\0\0", "IN_COMPRESSED"),
        (b"PK\x03\x04\x14\0\0\0", "IN_COMPRESSED"),
        (b"\x28\xB5\x2F\xFD\0\0\0\0", "IN_COMPRESSED"),
        (b"\xFD7zXZ\0\0\0", "IN_COMPRESSED"),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "IN_FORMAT"),
        (b"PAR1PAR1", "IN_FORMAT"),
        (b"%PDF-1.7", "IN_FORMAT"),
        (b"<!doctype html>", "IN_FORMAT"),
        (b"<table><tr>", "IN_FORMAT"),
    ];
    for (n, (magic, code)) in magics.into_iter().enumerate() {
        let bytes = [magic, b"KENARI,127199\n"].concat();
        assert_eq!(refusal(intake(&format!("f34-{n}"), bytes)), code, "{n}");
    }
}

#[test]
fn f35_a_file_beyond_the_cap_is_not_read() {
    let path = file("f35", "ekspor.csv", good(50));
    let mut small = options();
    small.caps.file_bytes = 1000;
    assert_eq!(refusal(read(std::slice::from_ref(&path), &profile(), &small)), "IN_TOO_LARGE");
    let mut few = options();
    few.caps.records = 49;
    assert_eq!(refusal(read(&[path], &profile(), &few)), "IN_TOO_LARGE");
}

#[test]
fn f36_f37_a_file_that_changes_during_the_run_is_not_used() {
    let profile = profile();
    let grown = file("f36", "ekspor.csv", good(3));
    let grow = |_: &mut saring::frame::Frame| {
        use std::io::Write;
        let mut open = std::fs::OpenOptions::new().append(true).open(&grown).unwrap();
        writeln!(open, "{}", row(4)).unwrap();
        Ok(())
    };
    let error = saring::source::read(&profile, std::slice::from_ref(&grown), &options(), &grow).unwrap_err();
    assert_eq!(error.code(), "IN_CHANGED");
    let here = folder("f37");
    let path = here.join("ekspor.csv");
    std::fs::write(&path, good(3)).unwrap();
    let replace = |_: &mut saring::frame::Frame| {
        std::fs::write(here.join("baru.csv"), good(4)).unwrap();
        std::fs::rename(here.join("baru.csv"), &path).unwrap();
        Ok(())
    };
    let error = saring::source::read(&profile, std::slice::from_ref(&path), &options(), &replace).unwrap_err();
    assert_eq!(error.code(), "IN_CHANGED");
}

#[test]
fn f38_the_same_applications_twice_are_labelled_and_kept_once() {
    let here = folder("f38");
    let (one, two) = (here.join("satu.csv"), here.join("dua.csv"));
    std::fs::write(&one, good(20)).unwrap();
    std::fs::write(&two, csv(&(15..=40).map(row).collect::<Vec<_>>())).unwrap();
    for (paths, rows, duplicates) in [(vec![one.clone(), two.clone()], 40, 6), (vec![one.clone(), one.clone()], 20, 20)]
    {
        let read = read(&paths, &profile(), &options()).unwrap();
        assert_eq!(read.applications.rows(), rows);
        assert_eq!(read.quarantine.len(), duplicates);
        assert!(read.quarantine.iter().all(|q| q.reason.code() == "DUPLICATE" && q.file == 1), "the first is kept");
        assert_eq!(remarks(&read), ["DUPLICATES"]);
    }
    assert_eq!(read(&[one, two], &profile(), &options()).unwrap().quarantine[0].detail, "as line 16 of file 0");
}

#[test]
fn f38_different_content_under_one_number_costs_all_of_it() {
    let other = row_with(1, "nama_lengkap", "KENARI LAIN");
    let read = intake("f38-conflict", csv(&[row(1), row(2), other, row(1)])).unwrap();
    assert_eq!(set_aside(&read), [(2, "ID_CONFLICT"), (4, "ID_CONFLICT"), (5, "ID_CONFLICT")]);
    assert_eq!(made::column(&read, "nomor_permohonan"), ["1271250000000002"]);
}

#[test]
fn f41_the_control_file_must_agree() {
    let text = csv(&[row(1), row(2), "TOTAL,2".to_owned()]);
    let hash = intake("f41-hash", &text).unwrap().files[0].sha256.clone();
    let wrong_hash = "0".repeat(64);
    for (test, control, code) in [
        ("f41-rows", "rows = 3".to_owned(), Some("IN_CONTROL")),
        ("f41-sha", format!("sha256 = {wrong_hash}"), Some("IN_CONTROL")),
        ("f41-unreadable", "baris: dua".to_owned(), Some("IN_CONTROL")),
        ("f41-agrees", format!("rows = 2\nsha256 = {hash}\n"), None),
    ] {
        let path = file(test, "ekspor.csv", &text);
        std::fs::write(path.with_extension("csv.ctl"), control).unwrap();
        let read = made::read(&[path], &profile(), &options());
        match code {
            Some(code) => assert_eq!(refusal(read), code, "{test}"),
            None => assert!(read.unwrap().files[0].control, "{test}"),
        }
    }
}

#[test]
fn too_many_bad_records_refuse_the_file() {
    let bad = |n: usize| row_with(n, "tanggal_lahir", "02/01/1990");
    let rows =
        |bad_rows: usize| csv(&(1..=100).map(|n| if n <= bad_rows { bad(n) } else { row(n) }).collect::<Vec<_>>());
    assert_eq!(intake("limit-under", rows(10)).unwrap().quarantine.len(), 10);
    let error = intake("limit-over", rows(11)).unwrap_err();
    assert_eq!(error.code(), "QUARANTINE_LIMIT");
    assert!(error.to_string().contains("11 of 100") && error.to_string().contains("DATE_UNREADABLE"), "{error}");
    let path = file("limit-raised", "ekspor.csv", rows(60));
    let raised = Options { quarantine_limit_percent: 60, ..options() };
    assert_eq!(read(&[path], &profile(), &raised).unwrap().applications.rows(), 40);
}

#[test]
fn a_heading_below_a_title_is_found_and_said() {
    let text = format!("LAPORAN PERMOHONAN,,,\nKANIM CONTOH\n\n{}", good(3));
    assert_eq!(same_as_good("title", &text), ["HEADER_ROW"]);
    let path = file("title-declared", "ekspor.csv", &text);
    let declared = |line| Options { header_line: Some(line), ..options() };
    assert_eq!(read(std::slice::from_ref(&path), &profile(), &declared(4)).unwrap().applications.rows(), 3);
    assert_eq!(refusal(read(&[path], &profile(), &declared(1))), "HEADER_UNKNOWN");
}
