//! Hostile names, and the officers' workbook as a file: no cell is ever computed by a spreadsheet, and the workbook has what
//! officers work with.

use crate::support::office::{Office, json_lines};
use crate::support::table::Table;
use crate::support::workbook::{parts, sheet};

/// Beginnings of names that spreadsheets compute, and a few that break other files.
const HOSTILE: [&str; 12] = [
    "=HYPERLINK(\"http://contoh.example\",\"KLIK\")",
    "=1+1",
    "+62812000",
    "-2+3",
    "@SUM(A1:A9)",
    "\t=1+1",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(1)",
    "<script>alert(1)</script>",
    "A\"B,C;D'E&F",
];

/// An office in which every tenth application has a hostile name and phone, and everybody is listed.
fn office() -> Office {
    let office = Office::invent("injection", 120);
    office.set_output("full_values = true");
    let settings = office.folder.join("saring.toml");
    let text = std::fs::read_to_string(&settings).unwrap();
    assert!(text.contains("control_per_mille = 20\n"));
    std::fs::write(&settings, text.replace("control_per_mille = 20\n", "control_per_mille = 1000\n")).unwrap();
    office.edit(|table| {
        for (at, hostile) in HOSTILE.iter().enumerate() {
            for column in ["NAMA", "NAMA DI PASPOR", "NAMA AYAH", "NAMA IBU", "NO HP", "PENDAMPING", "KETERANGAN"] {
                table.set(at * 10, column, hostile);
            }
        }
    });
    office.screen(&[]).ends(0);
    office
}

#[test]
fn no_cell_of_any_file_is_a_formula() {
    let office = office();
    let result = office.latest();
    let list = Table::read(&result.join("rujukan.csv"));
    assert_eq!(list.rows.len(), 120, "everyone is drawn");
    for file in ["rujukan.csv", "susulan.csv", "kelompok.csv", "mutu.csv", "kepatuhan.csv", "karantina.csv"] {
        for cell in Table::read(&result.join(file)).rows.concat() {
            let computes = cell.starts_with(['=', '+', '-', '@', '\r', '＝', '＋', '－', '＠']);
            assert!(!computes, "{file}: {cell:?}");
        }
    }
    // Taking one tab away gives the name back. Reading trims spaces and tabs around a cell and changes no letter.
    let export = Table::read(&office.export());
    for (at, hostile) in HOSTILE.iter().enumerate() {
        let row = list.row_of("nomor_permohonan", export.column("NO PERMOHONAN")[at * 10]);
        let cell = list.column("nama_lengkap")[row];
        assert_eq!(cell.strip_prefix('\t').unwrap_or(cell), hostile.trim(), "{cell:?}");
    }
    // Machines get the value as it is.
    let lines = json_lines(&result.join("rujukan.jsonl"));
    assert!(lines.iter().any(|line| line["data"]["nama_lengkap"] == "=1+1"));
    // In the workbook: text cells only, in every sheet.
    let book = parts(&std::fs::read(result.join("rujukan.xlsx")).unwrap());
    let sheets: Vec<_> = book.iter().filter(|(name, _)| name.starts_with("xl/worksheets/sheet")).collect();
    assert!(sheets.len() >= 3);
    for (name, xml) in sheets {
        assert!(!xml.contains("<f>") && !xml.contains("<f "), "{name} has a formula");
        assert!(!xml.contains("<hyperlink"), "{name} has a link");
        // A cell is a shared text or an empty place for a decision; nothing is a number.
        let data = &xml[xml.find("<sheetData>").unwrap()..xml.find("</sheetData>").unwrap()];
        for cell in data.split("<c ").skip(1) {
            let tag = &cell[..cell.find('>').unwrap()];
            assert!(tag.contains("t=\"s\"") || tag.ends_with('/'), "{name}: {tag}");
        }
    }
    assert!(!book.keys().any(|name| name.contains("externalLink") || name.contains("vba")));
    let cells = sheet(&result.join("rujukan.xlsx"), "Rujukan").concat();
    assert!(cells.iter().any(|cell| cell == HOSTILE[0]), "shown as it was typed");
}

#[test]
fn the_workbook_has_drop_downs_frozen_headings_filters_and_protection() {
    let office = Office::invent("workbook", 200);
    office.screen(&[]).ends(0);
    let path = office.latest().join("rujukan.xlsx");
    let book = parts(&std::fs::read(&path).unwrap());
    let list = &book["xl/worksheets/sheet1.xml"];
    let rows = sheet(&path, "Rujukan");
    let last = rows.len();
    assert!(last > 5);
    assert!(list.contains("<pane xSplit=\"3\" ySplit=\"1\"") && list.contains("state=\"frozen\""));
    assert!(list.contains("<sheetProtection sheet=\"1\"") && list.contains("autoFilter=\"0\""), "filters stay usable");
    assert!(list.contains("orientation=\"landscape\"") && list.contains("RAHASIA"));
    // The two drop-downs stand under the headings for the decision, over every line of the list and no further.
    let column = |heading: &str| {
        let at = rows[0].iter().position(|h| h == heading).unwrap_or_else(|| panic!("{heading}"));
        char::from(b'A' + u8::try_from(at).unwrap())
    };
    for (heading, first) in [("Keputusan", "lanjut_terbit"), ("Alasan keputusan", "duplikasi")] {
        let range = format!("sqref=\"{0}2:{0}{last}\"", column(heading));
        let at = list.find(&range).unwrap_or_else(|| panic!("no drop-down at {range}"));
        let validation = &list[at..at + list[at..].find("</dataValidation>").unwrap()];
        assert!(validation.contains(&format!("<formula1>\"{first},")), "{validation}");
    }
    // What may be edited is what is left empty: the four cells of a decision in each line.
    let styles = &book["xl/styles.xml"];
    assert_eq!(styles.matches("<protection locked=\"0\"/>").count(), 1, "one style is unlocked");
    let formats = &styles[styles.find("<cellXfs").unwrap()..styles.find("</cellXfs>").unwrap()];
    let unlocked = formats.split("<xf ").skip(1).position(|xf| xf.contains("locked=\"0\"")).unwrap();
    let open = list.matches(&format!("s=\"{unlocked}\"/>")).count();
    assert_eq!(open, 4 * (last - 1));
    assert_eq!(list.matches(&format!("s=\"{unlocked}\"")).count(), open, "none of them is filled");
    // No name of a machine, user or hour in the file.
    let core = &book["docProps/core.xml"];
    assert!(core.contains("<dc:creator></dc:creator>") && core.matches("2025-11-03T00:00:00Z").count() == 2, "{core}");
}

#[test]
fn csv_for_indonesian_excel_has_semicolons_and_its_mark() {
    let office = Office::invent("excel-id", 60);
    office.set_output("csv = \"excel-id\"");
    office.screen(&[]).ends(0);
    let excel = std::fs::read(office.latest().join("rujukan.csv")).unwrap();
    let text = String::from_utf8(excel).unwrap();
    assert!(text.starts_with("\u{feff}\"peringkat\";\"golongan\";"));
    let mut reader =
        csv::ReaderBuilder::new().delimiter(b';').from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let columns = reader.headers().unwrap().len();
    assert!(reader.records().all(|record| record.unwrap().len() == columns));
}
