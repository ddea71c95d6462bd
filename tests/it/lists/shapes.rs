//! Lists as their senders write them: of others by mapping alone, in every kind of file, cut short, of plain keys.

use std::path::{Path, PathBuf};

use saring::columns::Catalog;
use saring::diag::{Files, Report};
use saring::lists::{Born, Entry, Field, ListSpec, read};
use saring::rules::{self, RuleSet};
use serde_json::Value;

use super::Desk;
use crate::made::folder;
use crate::support::office::run;
use crate::support::table::Table;

fn shipped() -> RuleSet {
    let (mut files, mut report) = (Files::default(), Report::default());
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("rules");
    rules::load(&[root], &Catalog::builtin(), &mut files, &mut report).unwrap().unwrap()
}

/// The entries of invented lines, read with a shipped list's mapping.
fn entries(set: &RuleSet, list: &str, file: &str, content: &str) -> Vec<Entry> {
    let spec: &ListSpec = set.watchlists().find(|spec| spec.name == list).unwrap();
    let path = folder("shapes").join(file);
    std::fs::write(&path, content).unwrap();
    let read = read(spec, &path).unwrap();
    assert!(read.account.set_aside.is_empty(), "{:?}", read.account);
    read.entries
}

fn all<'a>(entry: &'a Entry, name: &str) -> Vec<&'a str> {
    entry.all(Field::by_name(name).unwrap()).collect()
}

#[test]
fn lists_of_others_are_read_as_they_are() {
    let set = shipped();
    // PPATK's sheet: aliases inside the name, two dates in a cell, numbers inside the description.
    let dttot = entries(
        &set,
        "dttot",
        "dttot.csv",
        "Nama,Deskripsi,Terduga,Kode Densus,Tpt Lahir,Tgl Lahir,WN,Alamat\n\
         ABU CONTOH alias BONAR SIHOTANG alias ABU REKAAN,\"NIK nomor: 1271990101800011; paspor nomor: A1234567\",Orang,EDD-001,MEDAN/SIBOLGA,01/01/1980 atau 00/00/1981,Indonesia,JL CONTOH\n\
         YAYASAN REKAAN,,Korporasi,EDD-002,-,-,Indonesia,-\n\
         SATU NAMA,,Orang,EDD-003,-,1 Januari 1975,Indonesia,-\n",
    );
    assert_eq!(dttot.len(), 2, "an entity is no person");
    assert_eq!(dttot[0].names().collect::<Vec<_>>(), ["ABU CONTOH", "BONAR SIHOTANG", "ABU REKAAN"]);
    assert_eq!(all(&dttot[0], "tanggal_lahir"), ["1980-01-01", "1981"]);
    assert_eq!((all(&dttot[0], "nik"), all(&dttot[0], "paspor")), (vec!["1271990101800011"], vec!["A1234567"]));
    assert_eq!((all(&dttot[0], "tempat_lahir"), dttot[0].shown_id()), (vec!["MEDAN", "SIBOLGA"], "EDD-001".to_owned()));
    assert_eq!((all(&dttot[1], "tanggal_lahir"), all(&dttot[1], "tempat_lahir")), (vec!["1975-01-01"], Vec::new()));
    // The UN's list as one line a person: `|` between values, `~` about a year, `a..b` a range.
    let pbb = entries(
        &set,
        "pbb",
        "pbb.csv",
        "ref,type,list,name,name_original_script,aliases_good,aliases_low,gender,birth_dates,birth_places,nationality,documents,listed_on,comments\n\
         QDi.900,individual,Al-Qaida,BONAR HALOMOAN SIHOTANG,,ABU SATU|ABU DUA,SI BONAR,male,1980-01-01|1975~|1971..1973,MEDAN|,Indonesia,Passport: A1234567|National ID 1271990101800011,2020-01-01,none\n\
         QDe.900,entity,Al-Qaida,YAYASAN REKAAN,,,,,,,,,2020-01-01,\n",
    );
    assert_eq!(pbb.len(), 1);
    assert_eq!(pbb[0].names().collect::<Vec<_>>(), ["BONAR HALOMOAN SIHOTANG", "ABU SATU", "ABU DUA", "SI BONAR"]);
    let born: Vec<Born> = pbb[0].born().collect();
    assert_eq!(born, [Born::Day("1980-01-01".parse().unwrap()), Born::Years(1973, 1977), Born::Years(1971, 1973)]);
    assert_eq!((all(&pbb[0], "paspor"), all(&pbb[0], "nik")), (vec!["A1234567"], vec!["1271990101800011"]));
    // OFAC's SDN.CSV: no heading, `-0-` for nothing, everything else in the remarks.
    let ofac = entries(
        &set,
        "ofac",
        "ofac.csv",
        "36,\"YAYASAN REKAAN\",-0- ,\"SDGT\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \n\
         9001,\"SIHOTANG, Bonar Halomoan\",\"individual\",\"SDGT\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,\"DOB 12 Dec 1964; alt. DOB 1965; POB Medan, Indonesia; a.k.a. 'ABU SATU'; Passport A1234567 (Indonesia); Gender Male.\"\n",
    );
    assert_eq!(ofac.len(), 1, "the first line is an entry too, and a company");
    assert_eq!(ofac[0].names().collect::<Vec<_>>(), ["SIHOTANG, Bonar Halomoan", "ABU SATU"]);
    assert_eq!(
        (all(&ofac[0], "tanggal_lahir"), all(&ofac[0], "tempat_lahir")),
        (vec!["1964-12-12", "1965"], vec!["Medan"])
    );
    assert_eq!((all(&ofac[0], "paspor"), ofac[0].shown_id()), (vec!["A1234567"], "9001".to_owned()));
}

/// The entries of a list that a mapping describes, from a file that is there.
fn mapped(mapping: &str, path: &Path) -> Result<Vec<Entry>, String> {
    let text = format!(
        "[[watchlist]]\nname = \"x\"\ntitle = \"X\"\nkind = \"people\"\nfile = \"x*\"\nmapping = \"x\"\n\
         [mapping.x]\nmeaning = \"Daftar rekaan\"\n{mapping}"
    );
    let (mut files, mut report) = (Files::default(), Report::default());
    let folder = path.parent().unwrap().join("aturan");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("x.toml"), text).unwrap();
    let set = rules::load(&[folder], &Catalog::builtin(), &mut files, &mut report).unwrap();
    let Some(set) = set else { return Err(format!("{:?}", report.sorted(&files))) };
    let spec = set.watchlists().next().unwrap().clone();
    read(&spec, path).map(|read| read.entries).map_err(|error| error.to_string())
}

#[test]
fn a_list_says_the_same_in_every_kind_of_file() {
    use polars::prelude::{Column, DataFrame, IntoColumn, NamedFrom, ParquetWriter, Series};
    const MAPPING: &str = "only = { JENIS = [\"orang\"] }\nnull = [\"-\"]\n[mapping.x.column]\n\
        id = { headers = [\"KODE\"] }\nnama = { headers = [\"NAMA LENGKAP\"], at = [\" alias \"] }\n\
        tanggal_lahir = { headers = [\"LAHIR\"] }\nnik = { headers = [\"NO KTP\"] }\n\
        berlaku_sampai = { headers = [\"SAMPAI\"] }\n";
    const HEADINGS: [&str; 6] = ["KODE", "JENIS", "NAMA LENGKAP", "LAHIR", "NO KTP", "SAMPAI"];
    const LINES: [[&str; 6]; 4] = [
        ["K-1", "ORANG", "BONAR SIHOTANG alias SI BONAR", "08/03/1975", "1271990101800011", "2026-01-31"],
        ["K-2", "Orang", "DURMA SINAGA", "00/00/1975", "-", ""],
        ["K-3", "BADAN", "PT REKAAN", "", "", ""],
        ["K-4", "orang", "-", "-", "1271990101800012", "-"],
    ];
    let folder = folder("kinds_of_file");
    let at = |name: &str| folder.join(name);
    let csv = at("x.csv");
    Table {
        header: HEADINGS.map(str::to_owned).to_vec(),
        rows: LINES.iter().map(|line| line.map(str::to_owned).to_vec()).collect(),
    }
    .write(&csv);
    let mut lines = String::new();
    for line in LINES {
        let object: serde_json::Map<String, Value> =
            HEADINGS.iter().zip(line).map(|(heading, cell)| ((*heading).to_owned(), cell.into())).collect();
        lines.push_str(&(Value::Object(object).to_string() + "\n"));
    }
    std::fs::write(at("x.jsonl"), lines).unwrap();
    let column =
        |place: usize| -> Column { Series::new(HEADINGS[place].into(), LINES.map(|line| line[place])).into_column() };
    let mut table = DataFrame::new(LINES.len(), (0..HEADINGS.len()).map(column).collect()).unwrap();
    ParquetWriter::new(std::fs::File::create(at("x.parquet")).unwrap()).finish(&mut table).unwrap();
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (row, line) in (0_u32..).zip(std::iter::once(&HEADINGS).chain(&LINES)) {
        for (place, cell) in (0_u16..).zip(line) {
            sheet.write_string(row, place, *cell).unwrap();
        }
    }
    book.save(at("x.xlsx")).unwrap();

    let said = |entries: Vec<Entry>| {
        let values = |e: &Entry| e.values().map(|(field, value)| (field.name(), value.to_owned())).collect::<Vec<_>>();
        entries.iter().map(|e| (values(e), e.validity())).collect::<Vec<_>>()
    };
    let expected = said(mapped(MAPPING, &csv).unwrap());
    let first = vec![
        ("id", "K-1"),
        ("nama", "BONAR SIHOTANG"),
        ("nama", "SI BONAR"),
        ("tanggal_lahir", "1975-03-08"),
        ("nik", "1271990101800011"),
    ];
    let first: Vec<(&str, String)> = first.into_iter().map(|(field, value)| (field, value.to_owned())).collect();
    assert_eq!(expected[0], (first, (None, "2026-01-31".parse().ok())));
    assert_eq!(expected.len(), 3, "a company is not meant, and a number alone is somebody: {expected:?}");
    for name in ["x.jsonl", "x.parquet", "x.xlsx"] {
        assert_eq!(said(mapped(MAPPING, &at(name)).unwrap()), expected, "{name}");
    }
}

#[test]
fn a_name_that_fills_the_field_of_its_sender_may_be_cut_short() {
    let folder = folder("cut_names");
    let path = folder.join("x.csv");
    let names = "HALOMOAN PARLINDUNGAN SIM\nBONAR HALOMOAN SIHOTANG\nDURMA ULI MARULI TUA SINA\n";
    std::fs::write(&path, format!("nama\n{names}")).unwrap();
    let read = |width: &str| {
        let entries = mapped(&format!("[mapping.x.column]\nnama = {{ {width} }}\n"), &path)?;
        Ok::<_, String>(entries.iter().map(|e| e.names().next().unwrap().to_owned()).collect::<Vec<_>>())
    };
    let cut = ["HALOMOAN PARLINDUNGAN SIM.", "BONAR HALOMOAN SIHOTANG", "DURMA ULI MARULI TUA SINA."];
    assert_eq!(read("width = 25").unwrap(), cut, "only those that are as long as the field");
    assert_eq!(read("").unwrap().join("\n") + "\n", names);
    for width in ["width = 9", "width = 101"] {
        assert!(read(width).unwrap_err().contains("must be between 10 and 100"));
    }
    let of_place = "[mapping.x.column]\nnama = {}\ntempat_lahir = { width = 25 }\n";
    assert!(mapped(of_place, &path).unwrap_err().contains("only names of people"));
    // The whole name is found by the beginning of its last word, and the explanation says by which rule.
    let whole = saring::matching::Person {
        names: vec!["HALOMOAN PARLINDUNGAN SIMANJUNTAK".to_owned()],
        born: Some(saring::matching::Birth::Year(1975)),
        ..Default::default()
    };
    let listed = |name: &str| saring::matching::Person { names: vec![name.to_owned()], ..whole.clone() };
    let settings = saring::matching::Settings::shipped();
    let names = saring::matching::Names::shipped();
    let compared = |name: &str| saring::matching::compare(&whole, &listed(name), names, &settings).name;
    let (as_cut, as_read) = (compared(cut[0]), compared("HALOMOAN PARLINDUNGAN SIM"));
    assert_eq!(as_cut.pairs.iter().map(|pair| pair.rule.code()).collect::<Vec<_>>(), ["sama", "sama", "potong"]);
    assert!(as_cut.alike > 90 && as_read.pairs.len() == 2 && as_cut.points > as_read.points);
}

#[test]
fn a_list_of_keys_is_compared_on_any_columns_and_all_of_them() {
    let desk = Desk::new("keys");
    let (number, name, nik) = desk.applicant(0);
    let (other, name2, _) = desk.applicant(1);
    let born = |number: &str| {
        desk.export.rows[desk.export.row_of("NO PERMOHONAN", number)][desk.export.place("TGL LAHIR")].clone()
    };
    desk.rule_file(
        "[pack]\nname = \"sendiri\"\nfamily = \"W\"\n\
         [[watchlist]]\nname = \"kunci\"\ntitle = \"Kunci\"\nkind = \"keys\"\nfile = \"kunci.csv\"\n\
         keys = [\"nik\", [\"nama_lengkap\", \"tanggal_lahir\"]]\n\
         [[rule]]\nid = \"W90\"\nversion = 1\ntitle = \"Kunci\"\nclass = \"Q\"\nwhen = [\"kunci.hit\"]\n\
         [[rule.outcome]]\npoints = 0\nreason = \"{kunci.entry}: {kunci.evidence|mask}\"\n\
         [[rule.test]]\nname = \"ada\"\ngiven = [{}]\nlists = { kunci = [{ nik = \"A\" }] }\nexpect = { fires = \"all\" }\n\
         [[rule.test]]\nname = \"tidak\"\ngiven = [{}]\nlists = { kunci = [{ nik = \"B\" }] }\nexpect = { fires = [] }\n",
    );
    let lines = format!(
        "id,nik,nama_lengkap,tanggal_lahir\nA,{nik},,\nB,,{},{}\nC,,{},1901-01-01\n",
        name2.to_lowercase(),
        born(&other),
        name
    );
    desk.list("kunci.csv", &lines);
    desk.screen(&[]).ends(0);
    assert_eq!(desk.tally("W90"), (2, 0));
    let reason = |number: &str| {
        let told = run(desk.office.verb("explain").args([number, "--rule", "W90", "--format", "json"])).ends(0).json();
        told["rules"][0]["reason"].as_str().unwrap_or_default().to_owned()
    };
    assert!(reason(&number).starts_with("A: NIK «"), "{}", reason(&number));
    assert!(reason(&other).starts_with("B: ") && !reason(&other).contains(&name2), "{}", reason(&other));
}
