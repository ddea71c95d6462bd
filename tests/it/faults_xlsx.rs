//! Workbooks (cases X1 to X13 of the fault matrix), Parquet and JSON Lines.

use std::io::{Cursor, Write};
use std::path::PathBuf;

use saring::Error;
use saring::source::{Intake, Options};
use saring::table::{self, Settings};
use zip::CompressionMethod;
use zip::write::SimpleFileOptions;

use crate::made::{
    self, Draw, HEADER, applications, cells, column, file, good, intake, options, place, profile, read, refusal,
    remarks, row, set_aside,
};

/// A cell of a made sheet.
#[derive(Clone)]
enum Cell {
    Text(String),
    /// As XML inside `<c>`, with the attributes of the element.
    Raw(&'static str, String),
    None,
}

/// A made workbook.
struct Book {
    /// Name and XML of `<sheetData>` with what surrounds it.
    sheets: Vec<(String, String)>,
    properties: &'static str,
    shared: Option<String>,
    more: Vec<(String, Vec<u8>)>,
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

fn column_name(mut column: usize) -> String {
    let mut name = String::new();
    loop {
        name.insert(0, char::from(b'A' + u8::try_from(column % 26).unwrap()));
        if column < 26 {
            return name;
        }
        column = column / 26 - 1;
    }
}

/// A row of a sheet, numbered from 1.
fn sheet_row(number: usize, attributes: &str, cells: &[Cell]) -> String {
    let mut xml = format!("<row r=\"{number}\"{attributes}>");
    for (at, cell) in cells.iter().enumerate() {
        let place = format!("{}{number}", column_name(at));
        match cell {
            Cell::Text(text) => {
                xml.push_str(&format!(
                    "<c r=\"{place}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{}</t></is></c>",
                    escape(text)
                ));
            }
            Cell::Raw(attributes, inner) => xml.push_str(&format!("<c r=\"{place}\" {attributes}>{inner}</c>")),
            Cell::None => {}
        }
    }
    xml + "</row>"
}

fn heading() -> Vec<Cell> {
    HEADER.split(',').map(|h| Cell::Text(h.to_owned())).collect()
}

fn application(n: usize) -> Vec<Cell> {
    cells(n).into_iter().map(Cell::Text).collect()
}

/// An application with one cell replaced.
fn with(n: usize, column: &str, cell: Cell) -> Vec<Cell> {
    let mut cells = application(n);
    cells[place(column)] = cell;
    cells
}

fn sheet(rows: &[Vec<Cell>]) -> String {
    let rows: String = rows.iter().enumerate().map(|(at, cells)| sheet_row(at + 1, "", cells)).collect();
    format!("<sheetData>{rows}</sheetData>")
}

fn book(data: String) -> Book {
    Book { sheets: vec![("Lembar1".to_owned(), data)], properties: "", shared: None, more: Vec::new() }
}

impl Book {
    fn parts(&self) -> Vec<(String, Vec<u8>)> {
        const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        const RELS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        let mut parts = vec![
            ("[Content_Types].xml".to_owned(), b"<Types/>".to_vec()),
            (
                "_rels/.rels".to_owned(),
                format!("<Relationships><Relationship Id=\"r1\" Type=\"{RELS}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>").into_bytes(),
            ),
        ];
        let (mut tabs, mut targets) = (String::new(), String::new());
        for (number, (name, data)) in self.sheets.iter().enumerate() {
            let id = number + 1;
            tabs.push_str(&format!("<sheet name=\"{name}\" sheetId=\"{id}\" r:id=\"rId{id}\"/>"));
            let (folder, kind) =
                if data.starts_with("<drawing") { ("chartsheets", "chartsheet") } else { ("worksheets", "worksheet") };
            targets.push_str(&format!(
                "<Relationship Id=\"rId{id}\" Type=\"{RELS}/{kind}\" Target=\"{folder}/sheet{id}.xml\"/>"
            ));
            let xml = format!("<?xml version=\"1.0\"?><{kind} xmlns=\"{MAIN}\" xmlns:r=\"{RELS}\">{data}</{kind}>");
            parts.push((format!("xl/{folder}/sheet{id}.xml"), xml.into_bytes()));
        }
        let workbook = format!(
            "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{RELS}\">{}<sheets>{tabs}</sheets></workbook>",
            self.properties
        );
        parts.push(("xl/workbook.xml".to_owned(), workbook.into_bytes()));
        // Cell style 1 is a date.
        let styles = format!(
            "<styleSheet xmlns=\"{MAIN}\"><fonts><font/></fonts><fills><fill/></fills><borders><border/></borders>\
             <cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\" applyNumberFormat=\"1\"/></cellXfs></styleSheet>"
        );
        parts.push(("xl/styles.xml".to_owned(), styles.into_bytes()));
        if let Some(shared) = &self.shared {
            targets.push_str(&format!(
                "<Relationship Id=\"rIdS\" Type=\"{RELS}/sharedStrings\" Target=\"sharedStrings.xml\"/>"
            ));
            parts.push(("xl/sharedStrings.xml".to_owned(), shared.clone().into_bytes()));
        }
        parts.push((
            "xl/_rels/workbook.xml.rels".to_owned(),
            format!("<Relationships>{targets}</Relationships>").into_bytes(),
        ));
        parts.extend(self.more.clone());
        parts
    }

    fn bytes(&self) -> Vec<u8> {
        zipped(&self.parts())
    }
}

fn zipped(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let deflated = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, bytes) in parts {
        archive.start_file(name.as_str(), deflated).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn path(test: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
    file(test, "ekspor.xlsx", bytes)
}

fn workbook(test: &str, book: &Book) -> Result<Intake, Error> {
    read(&[path(test, book.bytes())], &profile(), &options())
}

fn rows(more: Vec<Vec<Cell>>) -> Vec<Vec<Cell>> {
    std::iter::once(heading()).chain(more).collect()
}

#[test]
fn a_plain_workbook_gives_what_the_same_table_as_text_gives() {
    let read = workbook("x-plain", &book(sheet(&rows((1..=3).map(application).collect())))).unwrap();
    let text = intake("x-plain-csv", good(3)).unwrap();
    assert_eq!(applications(&read), applications(&text));
    assert_eq!(column(&read, "asal.baris"), ["2", "3", "4"]);
    assert_eq!((read.files[0].format, read.files[0].sheet.as_deref()), ("XLSX", Some("Lembar1")));
}

#[test]
fn shared_texts_dates_and_answers_keep_their_types() {
    let mut cells = application(1);
    cells[place("nama_lengkap")] = Cell::Raw("t=\"s\"", "<v>0</v>".to_owned());
    cells[place("tanggal_lahir")] = Cell::Raw("s=\"1\"", "<v>32875</v>".to_owned());
    cells[place("telepon")] = Cell::Raw("", "<v>81260000001</v>".to_owned());
    let shared =
        "<sst uniqueCount=\"1\"><si><r><t xml:space=\"preserve\">KENARI </t></r><r><t>&amp; ANAK</t></r></si></sst>"
            .to_owned();
    for (properties, date) in [("", "7306"), ("<workbookPr date1904=\"1\"/>", "8768")] {
        let made = Book { shared: Some(shared.clone()), properties, ..book(sheet(&rows(vec![cells.clone()]))) };
        let read = workbook("x-types", &made).unwrap();
        assert_eq!(column(&read, "nama_lengkap"), ["KENARI & ANAK"]);
        // 1990-01-02 in the 1900 system; the same serial in the other is 1462 days later.
        assert_eq!(column(&read, "tanggal_lahir"), [date]);
        assert_eq!(column(&read, "telepon"), ["81260000001"]);
    }
}

#[test]
fn x01_a_sparse_sheet_costs_nothing() {
    let far = format!(
        "<sheetData>{}<row r=\"1048576\"><c r=\"ZZ1048576\" t=\"str\"><v>KENARI</v></c></row></sheetData>",
        sheet_row(1, "", &heading())
    );
    let declared = format!("<dimension ref=\"A1\"/>{far}");
    for data in [far, declared] {
        let path = path("x01", book(data).bytes());
        assert!(std::fs::metadata(&path).unwrap().len() < 6_000);
        assert_eq!(refusal(read(std::slice::from_ref(&path), &profile(), &options())), "IN_EMPTY");
        let quiet = read(&[path], &profile(), &Options { allow_empty: true, ..options() }).unwrap();
        assert_eq!(
            (quiet.files[0].records, quiet.files[0].blank, remarks(&quiet)),
            (0, 1_048_575, vec!["CELLS_UNHEADED"])
        );
    }
}

#[test]
fn x02_a_part_that_unpacks_to_far_more_than_it_is_packed_is_refused() {
    let blank = " ".repeat(24 << 20);
    let bomb = book(format!("{blank}{}", sheet(&rows(vec![application(1)])))).bytes();
    assert!(bomb.len() < 200_000);
    assert_eq!(refusal(read(&[path("x02", bomb)], &profile(), &options())), "IN_TOO_LARGE");
    // The table of shared texts claims room for a number that anybody may write.
    let claim = Some("<sst uniqueCount=\"99999999999999\"><si><t>x</t></si></sst>".to_owned());
    let book = Book { shared: claim, ..book(sheet(&rows(vec![application(1)]))) };
    assert_eq!(refusal(workbook("x02-claim", &book)), "IN_TOO_LARGE");
}

#[test]
fn x03_cells_are_counted_before_they_are_read() {
    let empty: String =
        (3..=60).map(|n| format!("<row r=\"{n}\"><c r=\"A{n}\" s=\"1\"/><c r=\"B{n}\" s=\"1\"/></row>")).collect();
    let data = sheet(&rows(vec![application(1)])).replace("</sheetData>", &format!("{empty}</sheetData>"));
    let path = path("x03", book(data).bytes());
    let read = made::read(std::slice::from_ref(&path), &profile(), &options()).unwrap();
    assert_eq!((read.files[0].records, read.files[0].blank), (1, 58));
    let mut few = options();
    few.caps.cells = 100;
    assert_eq!(refusal(made::read(&[path], &profile(), &few)), "IN_TOO_LARGE");
}

#[test]
fn x04_archives_that_no_spreadsheet_program_writes() {
    let good = book(sheet(&rows(vec![application(1)])));
    let escaping =
        Book { more: vec![("../../luar.xml".to_owned(), b"<a/>".to_vec())], ..book(good.sheets[0].1.clone()) };
    let whole = good.bytes();
    let mut encrypted = whole.clone();
    // The general purpose flag of the first entry, in both of its headers.
    encrypted[6] |= 1;
    let central = encrypted.windows(4).position(|w| w == b"PK\x01\x02").unwrap();
    encrypted[central + 8] |= 1;
    let twice = {
        let mut bytes = zipped(&[good.parts(), vec![("xl/workbook.xmk".to_owned(), b"<a/>".to_vec())]].concat());
        let name = b"xl/workbook.xmk";
        let places: Vec<usize> =
            bytes.windows(name.len()).enumerate().filter(|(_, w)| w == name).map(|(at, _)| at).collect();
        for at in places {
            bytes[at + name.len() - 1] = b'l';
        }
        bytes
    };
    for (test, bytes, code) in [
        ("x04-escaping", escaping.bytes(), "IN_DAMAGED"),
        ("x04-twice", twice, "IN_DAMAGED"),
        ("x04-encrypted", encrypted, "IN_DAMAGED"),
        ("x04-cut", whole[..whole.len() - 40].to_vec(), "IN_DAMAGED"),
        ("x04-half", whole[..whole.len() / 2].to_vec(), "IN_DAMAGED"),
        ("x04-old", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1KENARI".to_vec(), "IN_FORMAT"),
        ("x04-text", good_text(), "IN_DAMAGED"),
        ("x04-zip", zipped(&[("a.txt".to_owned(), b"x".to_vec())]), "IN_DAMAGED"),
        ("x04-empty", Vec::new(), "IN_EMPTY"),
    ] {
        assert_eq!(refusal(read(&[path(test, bytes)], &profile(), &options())), code, "{test}");
    }
}

fn good_text() -> Vec<u8> {
    good(2).into_bytes()
}

#[test]
fn x05_document_types_and_entities_are_refused() {
    let good = book(sheet(&rows(vec![application(1)])));
    let laughs = "<!DOCTYPE a [<!ENTITY l \"KENARI\"><!ENTITY m \"&l;&l;&l;&l;\">]>";
    let outside = "<!DOCTYPE a SYSTEM \"file:///etc/passwd\">";
    for declaration in [laughs, outside] {
        for part in ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"] {
            let mut parts = good.parts();
            let place = parts.iter_mut().find(|(name, _)| name == part).unwrap();
            let text = String::from_utf8(place.1.clone()).unwrap().replace("<?xml version=\"1.0\"?>", "");
            place.1 = format!("{declaration}{text}").into_bytes();
            let refused = read(&[path("x05", zipped(&parts))], &profile(), &options());
            assert_eq!(refusal(refused), "IN_XML", "{part}");
        }
    }
}

#[test]
fn x06_a_nik_kept_as_a_number_is_not_used() {
    let number = |n| Cell::Raw("", format!("<v>{n}</v>"));
    let made = rows(vec![
        with(1, "nik", number("1271990201900002")),
        with(2, "nik", number("9171012345678901")),
        application(3),
    ]);
    let read = workbook("x06", &book(sheet(&made))).unwrap();
    assert_eq!(set_aside(&read), [(2, "NIK_NUMERIC_CELL"), (3, "NIK_NUMERIC_CELL")]);
    // A column full of them refuses the file, with advice.
    let all: Vec<_> = (1..=40).map(|n| with(n, "nik", number("1271990201900002"))).collect();
    assert_eq!(refusal(workbook("x06-all", &book(sheet(&rows(all))))), "NIK_EXCEL_ROUNDED");
}

#[test]
fn x07_x08_formulas_and_errors_are_no_values() {
    let formula = |inner: &str| Cell::Raw("t=\"str\"", format!("<f>A1</f>{inner}"));
    let error = |text: &str| Cell::Raw("t=\"e\"", format!("<v>{text}</v>"));
    let made = rows(vec![
        with(1, "nama_lengkap", formula("<v>KENARI</v>")),
        with(2, "nama_lengkap", formula("")),
        with(3, "nama_lengkap", error("#REF!")),
        with(4, "telepon", formula("<v>0899777</v>")),
        with(5, "telepon", error("#N/A")),
    ]);
    let read = workbook("x07", &book(sheet(&made))).unwrap();
    assert_eq!(set_aside(&read), [(2, "FORMULA_CELL"), (3, "FORMULA_CELL"), (4, "CELL_ERROR")]);
    assert_eq!(column(&read, "telepon"), ["null", "null"]);
    assert_eq!(column(&read, "mutu.rusak"), ["telepon", "telepon"]);
}

#[test]
fn x09_merged_cells_cost_every_record_they_touch() {
    let mut cells = vec![application(1), application(2), application(3), application(4)];
    cells[1][place("nama_lengkap")] = Cell::None;
    let data = sheet(&rows(cells));
    // The name over rows 2 and 3; the phone of row 5 with the address beside it; the heading's own merge says nothing.
    let merges = "<mergeCells count=\"3\"><mergeCell ref=\"F2:F3\"/><mergeCell ref=\"K5:L5\"/><mergeCell ref=\"A1:B1\"/></mergeCells>";
    let read = workbook("x09", &book(format!("{data}{merges}"))).unwrap();
    assert_eq!(set_aside(&read), [(2, "MERGED_CELL"), (3, "MERGED_CELL")]);
    assert_eq!(column(&read, "mutu.rusak"), ["null", "alamat;telepon"]);
}

#[test]
fn x10_hidden_rows_and_columns_are_read_and_said() {
    let hidden = sheet_row(3, " hidden=\"1\"", &application(2));
    let data = format!(
        "<cols><col min=\"11\" max=\"12\" hidden=\"1\"/></cols><sheetData>{}{}{hidden}</sheetData>",
        sheet_row(1, "", &heading()),
        sheet_row(2, "", &application(1))
    );
    let read = workbook("x10", &book(data)).unwrap();
    assert_eq!((read.applications.rows(), read.files[0].hidden_rows, remarks(&read)), (2, 1, vec!["HIDDEN"]));
    assert!(read.remarks.iter().any(|r| r.message == "1 hidden rows and 2 hidden columns were read"));
}

#[test]
fn x11_a_heading_below_titles_is_found_and_said() {
    let title = vec![Cell::Text("LAPORAN".to_owned())];
    let made = [vec![title.clone(), Vec::new(), title], rows(vec![application(1)])].concat();
    let path = path("x11", book(sheet(&made)).bytes());
    let found = read(std::slice::from_ref(&path), &profile(), &options()).unwrap();
    assert_eq!((found.files[0].header_line, remarks(&found)), (4, vec!["HEADER_ROW"]));
    let declared = |line| Options { header_line: Some(line), ..options() };
    assert_eq!(read(std::slice::from_ref(&path), &profile(), &declared(4)).unwrap().applications.rows(), 1);
    assert_eq!(refusal(read(&[path], &profile(), &declared(1))), "HEADER_UNKNOWN");
}

#[test]
fn x12_the_sheet_is_named_or_the_only_one_with_cells() {
    let (one, two) = (sheet(&rows(vec![application(1)])), sheet(&rows(vec![application(2)])));
    let sheets = |list: &[(&str, &str)]| Book {
        sheets: list.iter().map(|(name, data)| ((*name).to_owned(), (*data).to_owned())).collect(),
        ..book(String::new())
    };
    let two_full = sheets(&[("Pagi", &one), ("Siang", &two)]);
    let error = workbook("x12-two", &two_full).unwrap_err();
    assert_eq!(error.code(), "IN_SHEET");
    assert!(error.to_string().contains("`Pagi`, `Siang`"), "{error}");
    let named = |name: &str| Options { sheet: Some(name.to_owned()), ..options() };
    let path = path("x12-named", two_full.bytes());
    let siang = read(std::slice::from_ref(&path), &profile(), &named("Siang")).unwrap();
    assert_eq!(column(&siang, "nomor_permohonan"), ["1271250000000002"]);
    assert_eq!(refusal(read(&[path], &profile(), &named("Malam"))), "IN_SHEET");
    let with_chart = sheets(&[("Grafik", "<drawing r:id=\"x\"/>"), ("Data", &one), ("Kosong", "<sheetData/>")]);
    assert_eq!(workbook("x12-chart", &with_chart).unwrap().files[0].sheet.as_deref(), Some("Data"));
}

#[test]
fn x13_other_kinds_of_workbooks_are_refused_by_name_and_by_content() {
    let good = book(sheet(&rows(vec![application(1)])));
    for name in ["ekspor.xlsm", "ekspor.xlsb", "ekspor.ods", "ekspor.xls", "ekspor.docx"] {
        let path = file("x13", name, good.bytes());
        assert_eq!(refusal(read(&[path], &profile(), &options())), "IN_FORMAT", "{name}");
    }
    let macros = Book { more: vec![("xl/vbaProject.bin".to_owned(), vec![0; 10])], ..good };
    assert_eq!(refusal(workbook("x13-macros", &macros)), "IN_FORMAT");
}

#[test]
fn a_workbook_with_broken_xml_is_refused_without_its_words() {
    let data = sheet(&rows(vec![application(1)]));
    for (test, broken) in [
        ("x-broken-tag", data.replace("</sheetData>", "<c r=\"KENARI\"")),
        ("x-broken-place", data.replace("r=\"A2\"", "r=\"KENARI2\"")),
        ("x-broken-order", data.replace("<row r=\"2\">", "<row r=\"2\"><c r=\"L2\" t=\"str\"><v>KENARI</v></c>")),
        (
            "x-broken-share",
            data.replace("t=\"inlineStr\"><is><t xml:space=\"preserve\">MDN</t></is>", "t=\"s\"><v>7</v>"),
        ),
    ] {
        assert_eq!(refusal(workbook(test, &book(broken))), "IN_DAMAGED", "{test}");
    }
}

#[test]
fn cells_beyond_the_caps_cost_their_record() {
    let long = "X".repeat(70_000);
    let made = rows(vec![
        with(1, "alamat", Cell::Text(long)),
        with(2, "nama_lengkap", Cell::Text("KENARI\u{7f}".to_owned())),
        application(3),
    ]);
    let read = workbook("x-long", &book(sheet(&made))).unwrap();
    assert_eq!(set_aside(&read), [(2, "FIELD_TOO_LONG"), (3, "CTRL_CHAR")]);
}

fn json_line(cells: Vec<String>) -> String {
    let pairs: Vec<String> = HEADER.split(',').zip(cells).map(|(key, cell)| format!("\"{key}\":\"{cell}\"")).collect();
    format!("{{{}}}", pairs.join(","))
}

#[test]
fn json_lines_are_read_strictly() {
    let good_line = |n| json_line(cells(n));
    let exact = good_line(3).replace(&format!("\"{}\"", made::nik(3)), &made::nik(3));
    let fraction = good_line(4).replace(&format!("\"{}\"", made::nik(4)), &format!("{}.5", made::nik(4)));
    let twice = good_line(5).replace('}', ",\"nama_lengkap\":\"KENARI\"}");
    let nested = good_line(6).replace("\"JL SANGKAR 6\"", "{\"jalan\":\"SANGKAR\"}");
    let fewer = good_line(7).replace(",\"alamat\":\"JL SANGKAR 7\"", "");
    let text =
        [good_line(1), String::new(), exact, fraction, twice, nested, fewer, "[1]".to_owned(), "KENARI".to_owned()]
            .join("\n");
    let path = file("jsonl", "ekspor.jsonl", text);
    let read = made::read(&[path], &profile(), &options()).unwrap();
    assert_eq!(
        set_aside(&read),
        [(4, "NIK_NUMERIC_CELL"), (5, "JSON_INVALID"), (6, "JSON_INVALID"), (8, "JSON_INVALID"), (9, "JSON_INVALID")]
    );
    assert_eq!(column(&read, "nik"), [made::nik(1), made::nik(3), made::nik(7)]);
    assert_eq!(column(&read, "alamat"), ["JL SANGKAR 1", "JL SANGKAR 3", "null"]);
    assert_eq!((read.files[0].blank, remarks(&read)), (1, vec!["EOL_MISSING"]));
    for (test, text, code) in [
        ("jsonl-empty", "", "IN_EMPTY"),
        ("jsonl-none", "{\"x\":1}\n", "HEADER_UNKNOWN"),
        ("jsonl-text", "KENARI\n", "HEADER_UNKNOWN"),
    ] {
        assert_eq!(refusal(made::read(&[file(test, "ekspor.jsonl", text)], &profile(), &options())), code);
    }
}

/// Writes applications as Parquet.
fn parquet(test: &str, intake: &Intake, row_group: usize) -> PathBuf {
    use polars::prelude::ParquetWriter;
    let mut table = intake.applications.to_polars().unwrap();
    let path = file(test, "ekspor.parquet", "");
    let out = std::fs::File::create(&path).unwrap();
    ParquetWriter::new(out).with_row_group_size(Some(row_group)).finish(&mut table).unwrap();
    path
}

#[test]
fn parquet_written_and_read_is_the_same() {
    let text = intake("parquet-csv", good(50)).unwrap();
    for row_group in [7, 1000] {
        let path = parquet("parquet", &text, row_group);
        let read = made::read(&[path], &profile(), &options()).unwrap();
        assert_eq!(applications(&read), applications(&text));
        assert_eq!(read.files[0].format, "Parquet");
        assert_eq!(column(&read, "asal.baris")[49], "50");
    }
}

#[test]
fn damaged_parquet_is_refused() {
    let text = intake("parquet-damaged-csv", good(50)).unwrap();
    let whole = std::fs::read(parquet("parquet-damaged", &text, 1000)).unwrap();
    for (test, bytes, code) in [
        ("parquet-cut", whole[..whole.len() - 9].to_vec(), "IN_DAMAGED"),
        ("parquet-text", good_text(), "IN_DAMAGED"),
        ("parquet-empty", Vec::new(), "IN_EMPTY"),
    ] {
        assert_eq!(refusal(read(&[file(test, "ekspor.parquet", bytes)], &profile(), &options())), code, "{test}");
    }
}

/// Damaged archives, sheets, lines and row groups are refused or read; nothing panics and no record is lost unseen.
#[test]
fn any_mutation_of_a_workbook_or_of_json_lines_keeps_the_account() {
    let parts = book(sheet(&rows((1..=4).map(application).collect()))).parts();
    let lines: String = (1..=4).map(|n| json_line(cells(n)) + "\n").collect();
    let profile = profile();
    let mut draw = Draw(11);
    let (workbook, text) = (path("mutations-xlsx", ""), file("mutations-jsonl", "ekspor.jsonl", ""));
    let mut read_some = 0;
    for round in 0..600 {
        // Half of the damage is inside the sheet, where the archive itself stays whole.
        let mut damaged = parts.clone();
        let mut bytes = match round % 2 {
            0 => {
                let sheet = damaged.iter_mut().find(|(name, _)| name.ends_with("sheet1.xml")).unwrap();
                draw.mutate(&mut sheet.1);
                zipped(&damaged)
            }
            _ => zipped(&damaged),
        };
        if round % 2 == 1 {
            draw.mutate(&mut bytes);
        }
        std::fs::write(&workbook, &bytes).unwrap();
        read_some += usize::from(read(std::slice::from_ref(&workbook), &profile, &options()).is_ok());
        let mut bytes = lines.clone().into_bytes();
        draw.mutate(&mut bytes);
        std::fs::write(&text, &bytes).unwrap();
        read_some += usize::from(read(std::slice::from_ref(&text), &profile, &options()).is_ok());
    }
    assert!((200..1100).contains(&read_some), "{read_some} read: the mutations say too little");
}

/// The Parquet reader of the data engine trusts its input and may panic over it; to the user such a file is damaged.
#[test]
fn any_mutation_of_parquet_keeps_the_account() {
    let text = intake("mutations-parquet-csv", good(50)).unwrap();
    let whole = std::fs::read(parquet("mutations-parquet", &text, 20)).unwrap();
    let (path, profile, mut draw) = (file("mutations-parquet-in", "ekspor.parquet", ""), profile(), Draw(5));
    let mut damaged = 0;
    for _ in 0..200 {
        let mut bytes = whole.clone();
        draw.mutate(&mut bytes);
        std::fs::write(&path, &bytes).unwrap();
        damaged += usize::from(read(std::slice::from_ref(&path), &profile, &options()).is_err());
    }
    assert!((50..200).contains(&damaged), "{damaged} refused: the mutations say too little");
}

#[test]
fn the_table_layer_knows_nothing_of_applications() {
    let path = file("table", "daftar.csv", "kode;nama\n1;satu\n2;\"dua\"\"x\"\n");
    let known = |heading: &str| heading == "nama";
    let table = table::open(&path, &Settings::default(), &known).unwrap();
    assert_eq!(
        (table.header().names.as_slice(), table.delimiter()),
        (&["kode".to_owned(), "nama".to_owned()][..], Some(';'))
    );
    let mut found = Vec::new();
    let summary = table
        .stream(&[true, true], &mut |chunk| {
            let records = chunk.split()?;
            for row in 0..records.len() {
                let place = records.row(row).unwrap();
                found.push((place.line, place.byte, records.field(row, 1).into_owned()));
            }
            Ok(())
        })
        .unwrap();
    assert_eq!(found, [(2, 10, "satu".to_owned()), (3, 17, "dua\"x".to_owned())]);
    assert_eq!(summary.line_ends, "LF");
    assert_eq!(row(1).split(',').count(), 12);
}
