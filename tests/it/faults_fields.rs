//! What a cell may hold, and what becomes of it. Case ids are those of the fault matrix: D1 to D13.

use saring::source::{Note, Options, Unusable};

use crate::made::{
    self, PROFILE, column, csv, day, file, intake, nik, options, profile, profile_of, read, refusal, remarks, row,
    row_with, set_aside,
};

/// What becomes of one cell: the value, or the code its record is set aside with.
fn becomes(test: &str, name: &str, cell: &str) -> String {
    let read = intake(test, csv(&[row_with(1, name, cell), row(2)])).unwrap();
    match read.quarantine.as_slice() {
        [] => column(&read, name)[0].clone(),
        [one] => {
            let found = one.column.clone().unwrap_or_default();
            assert!(one.reason.code() == "FIELD_COUNT" || found == name, "{found}");
            one.reason.code().to_owned()
        }
        more => panic!("{more:?}"),
    }
}

fn notes(test: &str, name: &str, cell: &str) -> Vec<&'static str> {
    let read = intake(test, csv(&[row_with(1, name, cell)])).unwrap();
    let quality = read.quality.iter().find(|q| q.name == name).unwrap();
    quality.notes.keys().map(|n: &Note| n.code()).collect()
}

#[test]
fn d01_scientific_notation_is_never_a_nik() {
    for cell in ["3.17401E+15", "3E+15", "\"3,17401E+15\"", "1.27199e+15"] {
        assert_eq!(becomes("d01", "nik", cell), "NIK_SCIENTIFIC", "{cell}");
    }
    // In a column that may be empty it costs the value only, and the row says so.
    let extended = csv(&[row(1), row(2)]).replace("alamat\n", "nomor_kk\n").replace("JL SANGKAR 1\n", "1.27199E+15\n");
    let read = intake("d01-kk", extended.replace("JL SANGKAR 2", "1271992003190004")).unwrap();
    assert_eq!(column(&read, "nomor_kk"), ["null", "1271992003190004"]);
    assert_eq!(column(&read, "mutu.rusak"), ["nomor_kk", "null"]);
    let quality = read.quality.iter().find(|q| q.name == "nomor_kk").unwrap();
    assert_eq!(quality.unusable[&Unusable::NikScientific], 1);
}

#[test]
fn d02_a_column_rounded_by_a_spreadsheet_refuses_the_file() {
    let rounded = |n: usize| format!("{}0", &nik(n)[..15]);
    let rows = |honest: usize| {
        csv(&(1..=40).map(|n| if n <= honest { row(n) } else { row_with(n, "nik", &rounded(n)) }).collect::<Vec<_>>())
    };
    let error = intake("d02", rows(20)).unwrap_err();
    assert_eq!(error.code(), "NIK_EXCEL_ROUNDED");
    assert!(error.advice().unwrap().contains("sebagai teks"), "{:?}", error.advice());
    // An honest file has a tenth of them; a serial of 0000 is noted and left to the rules.
    let read = intake("d02-honest", rows(40)).unwrap();
    assert_eq!(read.applications.rows(), 40);
    assert_eq!(notes("d02-serial", "nik", "1271990201900000"), ["NIK_SERIAL_0000"]);
    assert_eq!(becomes("d02-kept", "nik", "1271990201900000"), "1271990201900000");
}

#[test]
fn d02_an_optional_column_that_was_rounded_is_not_used_at_all() {
    let rows: Vec<String> =
        (1..=40).map(|n| row_with(n, "alamat", &format!("127199200319{:04}", n / 10 * 10))).collect();
    let text = csv(&rows).replace("alamat\n", "nomor_kk\n");
    let read = intake("d02-kk", text).unwrap();
    assert_eq!(remarks(&read), ["COLUMN_REFUSED"]);
    assert!(column(&read, "nomor_kk").iter().all(|v| v == "null"));
    assert!(column(&read, "mutu.rusak").iter().all(|v| v == "nomor_kk"));
    let quality = read.quality.iter().find(|q| q.name == "nomor_kk").unwrap();
    assert_eq!((quality.filled, quality.unusable[&Unusable::ColumnRounded]), (0, 40));
}

#[test]
fn d02_application_numbers_that_end_in_zero_are_said_not_judged() {
    let rows: Vec<String> =
        (1..=40).map(|n| row_with(n, "nomor_permohonan", &format!("12712500{:08}", n * 10))).collect();
    let read = intake("d02-number", csv(&rows)).unwrap();
    assert_eq!((read.applications.rows(), remarks(&read)), (40, vec!["ID_ROUNDED"]));
}

#[test]
fn d03_numbers_are_cleaned_by_named_steps() {
    for cell in [
        "'1271990201900002",
        "1271 9902 0190 0002",
        "12.71.99.020190.0002",
        "1271990201900002\u{a0}",
        "１２７１９９０２０１９００００２",
        "\"=\"\"1271990201900002\"\"\"",
    ] {
        assert_eq!(becomes("d03", "nik", cell), "1271990201900002", "{cell}");
    }
    assert_eq!(notes("d03-notes", "nik", "1271 9902 0190 0002"), ["NUMBER_CLEANED"]);
    // Letters are not digits, and a wrong length is a finding for the rules: kept as it is.
    for cell in ["12719902019OOOO2", "127199020190000", "12719902019000022", "BELUM PUNYA"] {
        assert_eq!(becomes("d03-kept", "nik", cell), cell);
        assert_eq!(notes("d03-kept", "nik", cell), ["NOT_16_DIGITS"]);
    }
    assert_eq!(becomes("d03-empty", "nik", " "), "MISSING_REQUIRED");
}

#[test]
fn d03_application_numbers_of_another_length_are_said() {
    let read = intake("d03-number", csv(&[row_with(1, "nomor_permohonan", "REG-2025/17"), row(2)])).unwrap();
    assert_eq!(column(&read, "nomor_permohonan")[0], "REG-2025/17");
    assert_eq!(remarks(&read), ["ID_LENGTH"]);
}

#[test]
fn d04_a_number_that_was_a_binary_fraction_is_not_used() {
    assert_eq!(becomes("d04", "nik", "9171012345678900.0"), "NIK_NUMERIC_CELL");
}

#[test]
fn d05_impossible_dates_inside_a_nik_are_for_the_rules() {
    for cell in ["1271993213900001", "1271997213900001", "1271990113900001"] {
        assert_eq!(becomes("d05", "nik", cell), cell);
    }
}

#[test]
fn d06_only_declared_date_formats_are_read() {
    let epoch = day("1970-01-01");
    let expected = (day("1990-01-02") - epoch).num_days().to_string();
    let forms = [
        ("dd/mm/yyyy", "02/01/1990"),
        ("mm/dd/yyyy", "01/02/1990"),
        ("yyyy-mm-dd", "1990-01-02"),
        ("d mmm yyyy", "2 Januari 1990"),
        ("d-mmm-yyyy", "02-Jan-1990"),
        ("excel-1900", "32875"),
        ("excel-1904", "31413"),
    ];
    for (format, _) in forms {
        let declared = profile_of(&PROFILE.replace(
            "tanggal_lahir = { headers = [\"Tgl Lahir\"] }",
            &format!("tanggal_lahir = {{ date = [\"{format}\"] }}"),
        ));
        for (other, cell) in forms.into_iter().chain([("none", "2 Jan 90"), ("none", "02/01/90"), ("none", "1990")]) {
            let path = file("d06", "ekspor.csv", csv(&[row_with(1, "tanggal_lahir", cell)]));
            let read = read(&[path], &declared, &options()).unwrap();
            let same_digits =
                [format, other] == ["dd/mm/yyyy", "mm/dd/yyyy"] || [format, other] == ["mm/dd/yyyy", "dd/mm/yyyy"];
            let serials = format.starts_with("excel") && cell.bytes().all(|b| b.is_ascii_digit());
            if format == other {
                assert_eq!(column(&read, "tanggal_lahir"), std::slice::from_ref(&expected), "{format} {cell}");
            } else if same_digits || serials {
                // Readable in the wrong order, too: that is why the format must be declared and never guessed.
                assert_eq!(read.applications.rows() + read.quarantine.len(), 1);
            } else {
                assert_eq!(set_aside(&read), [(2, "DATE_UNREADABLE")], "{format} {cell}");
            }
        }
    }
}

#[test]
fn d07_days_that_cannot_be() {
    for (name, cell, code) in [
        ("tanggal_lahir", "2023-02-29", "DATE_UNREADABLE"),
        ("tanggal_lahir", "0000-00-00", "DATE_UNREADABLE"),
        ("tanggal_lahir", "1900-01-01", "DATE_RANGE"),
        ("tanggal_lahir", "1895-05-05", "DATE_RANGE"),
        ("tanggal_lahir", "2025-11-04", "DATE_RANGE"),
        ("tanggal_permohonan", "2025-11-11", "DATE_RANGE"),
        ("tanggal_permohonan", "1999-12-31", "DATE_RANGE"),
        ("tanggal_permohonan", "2025-13-01", "DATE_UNREADABLE"),
    ] {
        assert_eq!(becomes("d07", name, cell), code, "{name} {cell}");
    }
    let days = |text: &str| (day(text) - day("1970-01-01")).num_days().to_string();
    for cell in ["2024-02-29", "2025-11-03", "1915-01-01"] {
        assert_eq!(becomes("d07-good", "tanggal_lahir", cell), days(cell));
    }
    let text = csv(&[row(1)]).replace("alamat\n", "tanggal_lahir_ayah\n").replace("JL SANGKAR 1", "1899-12-31");
    let read = intake("d07-optional", text).unwrap();
    assert_eq!(
        (column(&read, "tanggal_lahir_ayah"), column(&read, "mutu.rusak")),
        (vec!["null".into()], vec!["tanggal_lahir_ayah".into()])
    );
}

#[test]
fn d08_declared_words_for_nothing_are_null() {
    for cell in ["", " ", "-", "NULL", "null", "N/A", "#N/A", "TIDAK ADA", "tidak ada"] {
        assert_eq!(becomes("d08", "telepon", cell), "null", "{cell:?}");
        assert_eq!(becomes("d08-required", "nama_lengkap", cell), "MISSING_REQUIRED", "{cell:?}");
    }
    assert_eq!(becomes("d08-undeclared", "telepon", "NIHIL"), "NIHIL", "what is not declared is a value");
    let read = intake("d08-damaged", csv(&[row_with(1, "telepon", "-")])).unwrap();
    assert_eq!(column(&read, "mutu.rusak"), ["null"], "a word for nothing is no damage");
}

#[test]
fn d09_numbers_in_the_declared_marks_only() {
    let text = |cell: &str| csv(&[row_with(1, "alamat", cell)]).replace("alamat\n", "tarif_pnbp\n");
    let office = profile_of(&PROFILE.replace("[column]", "decimal = \",\"\nthousands = \".\"\n[column]"));
    for (cell, plain, declared) in [
        ("650000", "650000", "650000"),
        ("650.000", "null", "650000"),
        ("\"650.000,00\"", "null", "650000"),
        ("\"1.234,56\"", "null", "null"),
        ("-1", "null", "null"),
        ("9223372036854775808", "null", "null"),
    ] {
        let path = file("d09", "ekspor.csv", text(cell));
        for (profile, expected) in [(profile(), plain), (office.clone(), declared)] {
            let read = read(std::slice::from_ref(&path), &profile, &options()).unwrap();
            assert_eq!(column(&read, "tarif_pnbp"), [expected], "{cell}");
            assert_eq!(column(&read, "mutu.rusak") == ["tarif_pnbp"], expected == "null", "{cell}");
        }
    }
}

#[test]
fn d10_names_of_every_kind_pass() {
    for name in [
        "KENARI",
        "K",
        "D'KENARI",
        "KENARI A/L RAJU",
        "مُحَمَّد كناري",
        "KENARI BIN ÉLISE",
        "KENARI \u{202e}X",
        "KENARI 🙂",
        "K\u{0301}ENARI",
        "李",
        "KENARI ١٢",
        "KENARI\u{200b}X",
    ] {
        assert_eq!(becomes("d10", "nama_lengkap", name), name);
    }
    assert_eq!(becomes("d10-space", "nama_lengkap", " KENARI \t X\u{a0}Y "), "KENARI X Y");
    assert_eq!(notes("d10-turn", "nama_lengkap", "KENARI\u{202e}"), ["INVISIBLE_CHARACTER"]);
    assert_eq!(notes("d10-digit", "nama_lengkap", "KENARI 2"), ["NAME_UNUSUAL"]);
}

#[test]
fn d11_letters_of_two_scripts_in_one_word_are_noted() {
    assert_eq!(notes("d11", "nama_lengkap", "KEN\u{0410}RI"), ["MIXED_SCRIPT"]);
    assert_eq!(becomes("d11", "nama_lengkap", "KEN\u{0410}RI"), "KEN\u{0410}RI", "noted, not changed");
}

#[test]
fn d12_numbers_beyond_the_machine_are_unreadable() {
    for cell in ["9e18", "99999999999999999999", "-9223372036854775809"] {
        let text = csv(&[row_with(1, "alamat", cell)]).replace("alamat\n", "tinggi_badan_cm\n");
        let read = intake("d12", text).unwrap();
        let quality = read.quality.iter().find(|q| q.name == "tinggi_badan_cm").unwrap();
        assert_eq!(quality.unusable.keys().copied().collect::<Vec<_>>(), [Unusable::NumberUnreadable], "{cell}");
    }
}

#[test]
fn d13_the_reference_date_is_the_offices_own_and_the_only_clock() {
    // Half past eleven at night on the reference date is that day, in whatever zone the machine is.
    let text = csv(&[row_with(1, "alamat", "23:30")]).replace("alamat\n", "waktu_permohonan\n");
    let path = file("d13", "ekspor.csv", text);
    let on_the_day = read(std::slice::from_ref(&path), &profile(), &Options::new(day("2025-11-03"))).unwrap();
    let millis = ((day("2025-11-03") - day("1970-01-01")).num_days() * 24 * 60 + 23 * 60 + 30) * 60_000;
    assert_eq!(column(&on_the_day, "waktu_permohonan"), [millis.to_string()]);
    let the_day_before = read(&[path], &profile(), &Options::new(day("2025-11-02"))).unwrap();
    assert_eq!(set_aside(&the_day_before), [(2, "DATE_RANGE")]);
}

#[test]
fn codes_and_answers_outside_their_words() {
    assert_eq!(becomes("codes", "jenis_kelamin", "laki-laki"), "L");
    assert_eq!(becomes("codes", "jenis_permohonan", "Penggantian (habis berlaku)"), "ganti_habis_berlaku");
    assert_eq!(becomes("codes", "jenis_permohonan", "KENARI"), "CODE_UNKNOWN");
    let optional = |name: &str, cell: &str| {
        let text = csv(&[row_with(1, "alamat", cell)]).replace("alamat\n", &format!("{name}\n"));
        let read = intake("codes-optional", text).unwrap();
        (column(&read, name)[0].clone(), column(&read, "mutu.rusak")[0].clone())
    };
    let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
    assert_eq!(optional("layanan_percepatan", "YA"), pair("true", "null"));
    assert_eq!(optional("layanan_percepatan", "kadang"), pair("null", "layanan_percepatan"));
    assert_eq!(optional("dokumen_dilampirkan", "ktp; Kartu Keluarga;ktp"), pair("kk;ktp", "null"));
    assert_eq!(optional("dokumen_dilampirkan", "ktp;SANGKAR"), pair("ktp", "dokumen_dilampirkan"));
    assert_eq!(optional("waktu_permohonan", "25:00"), pair("null", "waktu_permohonan"));
    assert_eq!(optional("jadwal_layanan", "2025-11-05"), pair("null", "jadwal_layanan"));
}

#[test]
fn a_record_names_the_first_required_column_at_fault() {
    let mut cells = made::cells(1);
    cells[made::place("nama_lengkap")] = String::new();
    cells[made::place("tanggal_lahir")] = "besok".to_owned();
    let read = intake("first", csv(&[cells.join(","), row(2)])).unwrap();
    let one = &read.quarantine[0];
    assert_eq!((one.column.as_deref(), one.reason.code()), (Some("nama_lengkap"), "MISSING_REQUIRED"));
    let date = read_one("2/1/1990 KENARI");
    assert_eq!(date, "9/9/9999 AAAAAA", "the shape shows what is wrong, not who");
}

fn read_one(cell: &str) -> String {
    intake("shape", csv(&[row_with(1, "tanggal_lahir", cell)])).unwrap().quarantine[0].snippet.clone()
}

#[test]
fn d01_a_column_full_of_it_refuses_the_file() {
    let rounded: Vec<String> = (1..=40).map(|n| row_with(n, "nik", "1.27E+15")).collect();
    assert_eq!(refusal(intake("rounded", csv(&rounded))), "NIK_EXCEL_ROUNDED");
}
