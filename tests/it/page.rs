//! The groups behind the lists: as a table, and on the page that stands alone.

use std::collections::{BTreeMap, BTreeSet};

use quick_xml::Reader;
use quick_xml::events::Event;

use crate::follow_up::{DAYS, Nights};
use crate::support::office::{Office, json_lines};
use crate::support::parquet;
use crate::support::table::Table;
use crate::support::workbook::sheet;

/// An element of a page with its attributes and the text directly inside.
#[derive(Debug, Clone, Default)]
struct Element {
    name: String,
    attributes: BTreeMap<String, String>,
    text: String,
}

impl Element {
    fn class(&self) -> &str {
        self.attributes.get("class").map_or("", String::as_str)
    }

    fn number(&self, attribute: &str) -> f64 {
        self.attributes[attribute].parse().unwrap()
    }
}

/// The elements of a page in the order they begin. A page that is no well-formed XML fails here.
#[track_caller]
fn elements(page: &str) -> Vec<Element> {
    let mut reader = Reader::from_str(page);
    let (mut all, mut open): (Vec<Element>, Vec<usize>) = (Vec::new(), Vec::new());
    loop {
        let event = reader.read_event().unwrap_or_else(|e| panic!("at byte {}: {e}", reader.error_position()));
        match event {
            Event::Eof => break,
            Event::Start(start) => {
                open.push(all.len());
                all.push(element(&start));
            }
            Event::Empty(start) => all.push(element(&start)),
            Event::End(_) => drop(open.pop().unwrap()),
            Event::Text(text) => {
                if let Some(at) = open.last() {
                    all[*at].text.push_str(&text);
                }
            }
            Event::GeneralRef(name) => {
                let c = match &*name {
                    "amp" => "&",
                    "lt" => "<",
                    "gt" => ">",
                    "quot" => "\"",
                    "#39" => "'",
                    other => panic!("entity {other}"),
                };
                if let Some(at) = open.last() {
                    all[*at].text.push_str(c);
                }
            }
            Event::DocType(_) => {}
            other => panic!("{other:?}"),
        }
    }
    assert!(open.is_empty(), "elements are left open");
    all
}

fn element(start: &quick_xml::events::BytesStart<'_>) -> Element {
    let attributes = start.attributes().map(|attribute| {
        let attribute = attribute.unwrap();
        (attribute.key.as_ref().to_owned(), attribute.value.to_string())
    });
    Element { name: start.name().as_ref().to_owned(), attributes: attributes.collect(), text: String::new() }
}

/// What holds of every page.
#[track_caller]
fn assert_stands_alone(page: &str) -> Vec<Element> {
    let all = elements(page);
    let allowed: BTreeSet<&str> = [
        "html", "head", "meta", "title", "style", "body", "div", "span", "h1", "h2", "h3", "p", "ul", "li", "section",
        "svg", "g", "path", "rect", "circle", "text", "table", "thead", "tbody", "tr", "th", "td", "dl", "dt", "dd",
        "em",
    ]
    .into();
    for element in &all {
        assert!(allowed.contains(element.name.as_str()), "<{}>", element.name);
        for (name, value) in &element.attributes {
            let loads = matches!(name.as_str(), "src" | "href" | "xlink:href" | "style" | "srcset" | "data");
            assert!(!loads && !name.starts_with("on"), "{name} of <{}>", element.name);
            let namespace = name == "xmlns";
            assert!(namespace || !value.contains("//"), "{name}={value}");
        }
    }
    let style: String = all.iter().filter(|e| e.name == "style").map(|e| e.text.as_str()).collect();
    assert!(!style.is_empty() && !style.contains("url(") && !style.contains("@import"));
    assert!(page.contains("default-src 'none'"));
    assert_no_label_over_another(&all);
    all
}

/// Reads the boxes of texts and keys out of the pictures: none overlaps another of its picture.
#[track_caller]
fn assert_no_label_over_another(all: &[Element]) {
    let mut pictures: Vec<(f64, Vec<[f64; 4]>)> = Vec::new();
    for element in all {
        match element.name.as_str() {
            "svg" if element.class() == "gambar" => {
                let size: Vec<f64> = element.attributes["viewBox"].split(' ').map(|n| n.parse().unwrap()).collect();
                pictures.push((size[3], Vec::new()));
            }
            // Samples of the legend, too, are pictures, of one node.
            "svg" => pictures.push((f64::MAX, Vec::new())),
            "text" if element.class().starts_with("nomor") || element.class().starts_with("kecil") => {
                let size = if element.class().starts_with("nomor") { 10.0 } else { 9.0 };
                let letters = u32::try_from(element.text.chars().count()).unwrap();
                let (x, y, width) = (element.number("x"), element.number("y"), f64::from(letters) * size * 0.61);
                let (left, right) = if element.class().contains("end") { (x - width, x) } else { (x, x + width) };
                pictures.last_mut().unwrap().1.push([left, y - size * 0.8, right, y + size * 0.2]);
            }
            "rect" if element.attributes.contains_key("rx") && element.number("height") > 20.0 => {
                let (x, y) = (element.number("x"), element.number("y"));
                let (width, height) = (element.number("width"), element.number("height"));
                pictures.last_mut().unwrap().1.push([x, y, x + width, y + height]);
            }
            _ => {}
        }
    }
    for (height, boxes) in pictures {
        for (at, a) in boxes.iter().enumerate() {
            assert!(a[0] >= 0.0 && a[1] >= 0.0 && a[2] <= 720.0 && a[3] <= height, "{a:?} leaves the picture");
            for b in &boxes[at + 1..] {
                assert!(a[2] <= b[0] || b[2] <= a[0] || a[3] <= b[1] || b[3] <= a[1], "{a:?} and {b:?}");
            }
        }
    }
}

#[test]
fn a_ring_stands_in_the_dossier_with_everybody_and_what_they_share() {
    let nights = Nights::new("dossier");
    nights.screen(0, "hasil", &[]);
    let (_, result) = nights.screen(1, "hasil", &[]);
    let groups = Table::read(&result.join("kelompok.csv"));
    // Four members, one key: four links; the twin is behind nothing that is listed.
    assert_eq!(groups.column("kelompok"), ["1"; 4]);
    assert_eq!(groups.column("kunci"), ["rekening_pembayar"; 4]);
    assert!(groups.column("nilai").iter().all(|value| value.contains('•')), "masked unless asked for");
    let roles: Vec<(&str, &str)> = groups.column("peran").into_iter().zip(groups.column("daftar")).collect();
    assert_eq!(roles.iter().filter(|role| role.0 == "dilihat_lagi" && role.1.starts_with("susulan ")).count(), 2);
    assert!(roles.contains(&("malam_ini", "rujukan 1")) && roles.contains(&("riwayat", "")), "{roles:?}");
    let issued = roles.iter().position(|role| role.0 == "riwayat").unwrap();
    assert_eq!(groups.column("status_permohonan")[issued], "terbit");
    assert!(groups.column("nomor_permohonan")[issued].contains('•'), "whoever is not listed is not named");
    assert!(groups.column("diajukan")[issued].starts_with(DAYS[0]));
    let table = parquet::read(&result.join("kelompok.parquet"));
    assert_eq!(parquet::strings(&table, "nomor_permohonan"), groups.column("nomor_permohonan"));
    let cells = sheet(&result.join("rujukan.xlsx"), "Kelompok");
    assert_eq!(cells.len(), 5);
    assert!(cells.iter().all(|row| !row.concat().contains('•')), "the workbook is for those who speak with applicants");

    let page = std::fs::read_to_string(result.join("laporan.html")).unwrap();
    let all = assert_stands_alone(&page);
    let shapes = |name: &str| all.iter().filter(|e| e.name == name).count();
    assert_eq!(shapes("section"), 1);
    // In the legend and in the picture: squares for tonight, diamonds for those looked at again, circles for history.
    assert_eq!(all.iter().filter(|e| e.class() == "garis").count(), 1 + 4, "a line for each that has the account");
    assert_eq!(shapes("circle"), 1 + 1);
    let numbers: BTreeSet<&str> =
        all.iter().filter(|e| e.name == "td" && e.class() == "nomor").map(|e| e.text.as_str()).collect();
    assert_eq!(numbers, groups.column("nomor_permohonan").into_iter().collect());
    assert!(page.contains("Siapa yang membayar?"), "what to ask stands beside");
}

#[test]
fn every_listed_application_of_a_group_is_on_the_page_of_a_whole_pack() {
    let office = Office::invent("page", 1_500);
    office.screen(&["--capacity", "150"]).ends(0);
    let result = office.latest();
    let groups = Table::read(&result.join("kelompok.csv"));
    let page = std::fs::read_to_string(result.join("laporan.html")).unwrap();
    let all = assert_stands_alone(&page);
    let cells: BTreeSet<&str> = all.iter().filter(|e| e.class() == "nomor").map(|e| e.text.as_str()).collect();
    let mut found = 0;
    for (row, number) in groups.column("nomor_permohonan").into_iter().enumerate() {
        let drawn = groups.column("kelompok")[row].parse::<usize>().unwrap() <= 12;
        if drawn && groups.column("daftar")[row].starts_with("rujukan") {
            assert!(cells.contains(number), "row {row}");
            found += 1;
        }
    }
    assert!(found > 10, "only {found} listed applications in groups");
    // Whatever findings rest on other applications is in a group.
    let grouped: BTreeSet<&str> = groups.column("nomor_permohonan").into_iter().collect();
    for line in json_lines(&result.join("rujukan.jsonl")) {
        let linked = line["temuan"].as_array().unwrap().iter().any(|f| !f["terkait"].as_array().unwrap().is_empty());
        assert_eq!(linked, grouped.contains(line["nomor_permohonan"].as_str().unwrap()));
    }
}

#[test]
fn hostile_names_and_values_are_text_and_stay_in_their_place() {
    let nights = Nights::new("page-hostile");
    nights.office.set_output("full_values = true");
    let long = "PANJANG".repeat(45);
    let hostile = format!("<script>alert('1')</script>\"&{long}");
    for day in &DAYS[..2] {
        let path = nights.office.folder.join(format!("masuk/{day}.csv"));
        let mut table = Table::read(&path);
        for row in 0..20 {
            let ring = table.column("REKENING PEMBAYAR")[row].starts_with('9');
            if ring {
                table.set(row, "REKENING PEMBAYAR", &hostile);
                table.set(row, "NAMA", &hostile);
            }
        }
        table.write(&path);
    }
    nights.screen(0, "hasil", &[]);
    let (_, result) = nights.screen(1, "hasil", &[]);
    let page = std::fs::read_to_string(result.join("laporan.html")).unwrap();
    let all = assert_stands_alone(&page);
    assert!(!page.contains("<script"), "markup of a name");
    let names = all.iter().filter(|e| e.name == "td" && e.text.to_uppercase().contains("<SCRIPT>ALERT('1')</SCRIPT>"));
    assert!(names.count() >= 4, "shown as it was typed");
    let labels = all.iter().filter(|e| e.name == "text").map(|e| e.text.chars().count()).max().unwrap();
    assert!(labels <= 36, "a label of {labels} letters");
}
