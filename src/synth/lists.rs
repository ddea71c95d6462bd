//! Small invented watchlists and the official register, as an office would keep them.
//!
//! Subjects of interest and lost passports follow from the history, so that those who come back can be found; the travel
//! ban list names people who never apply, some of them namesakes of people who do.

use std::io::Write;

use chrono::{Months, NaiveDate};

use super::application::{Application, Request};
use super::cases;
use super::cells::{CsvRows, csv_failed};
use super::days::plus;
use super::dice::{Dice, Subject};
use super::institution::{self, Register};
use super::names;
use super::person::{self, Sex};
use super::world::World;
use crate::Result;

/// The columns of a watchlist.
const WATCHLIST: [&str; 15] = [
    "id",
    "jenis",
    "nama",
    "alias",
    "nik",
    "tanggal_lahir",
    "telepon",
    "email",
    "alamat",
    "nomor_dokumen",
    "berlaku_dari",
    "berlaku_sampai",
    "dasar_hukum",
    "sumber",
    "tingkat",
];

/// The columns of the official register.
const REGISTER: [&str; 5] = ["nama", "jenis", "nomor_izin", "status", "berlaku_sampai"];

/// The files and their names: those that the shipped rules look for.
pub(super) const SUBJECTS: &str = "soi.csv";
pub(super) const LOST: &str = "paspor_hilang.csv";
pub(super) const BANS: &str = "cegah.csv";
pub(super) const BROKERS: &str = "calo.csv";
pub(super) const CONTACTS: &str = "kontak.csv";
/// Of each register its file.
pub(super) const OFFICIAL: [(&str, &[Register]); 3] =
    [("lpk.csv", &[Register::Lpk]), ("p3mi.csv", &[Register::P3mi]), ("ppiu.csv", &[Register::Ppiu, Register::Pihk])];

/// An entry of a watchlist; what is empty is not known.
#[derive(Debug, Default)]
struct Entry {
    id: String,
    kind: &'static str,
    name: String,
    nik: String,
    birth: Option<NaiveDate>,
    phone: String,
    document: String,
    from: Option<NaiveDate>,
    until: Option<NaiveDate>,
    basis: &'static str,
}

fn write<W: Write>(rows: &mut CsvRows<W>, entry: &Entry) -> Result<()> {
    let day = |date: Option<NaiveDate>| date.map(|d| d.to_string()).unwrap_or_default();
    let (birth, from, until) = (day(entry.birth), day(entry.from), day(entry.until));
    let cells = [
        entry.id.as_str(),
        entry.kind,
        &entry.name,
        "",
        &entry.nik,
        &birth,
        &entry.phone,
        "",
        "",
        &entry.document,
        &from,
        &until,
        entry.basis,
        "SIMULASI",
        "kanim",
    ];
    rows.write_record(cells).map_err(csv_failed)
}

/// Writes the header of a watchlist.
pub(super) fn watchlist_header<W: Write>(rows: &mut CsvRows<W>) -> Result<()> {
    rows.write_record(WATCHLIST).map_err(csv_failed)
}

/// Puts somebody who was refused for work or false statements on the list of subjects of interest, for 6 to 24 months.
pub(super) fn subject<W: Write>(world: &World, app: &Application, rows: &mut CsvRows<W>) -> Result<()> {
    let listed = matches!(app.reason, Some("pmi_np" | "keterangan_tidak_benar"));
    let (true, Some(from)) = (listed, app.decided) else { return Ok(()) };
    let mut dice = Dice::new(world.seed, Subject::InterestEntry, app.number);
    let months = u32::try_from(dice.between(6..=24)).unwrap_or(12);
    let entry = Entry {
        id: format!("SOI-{}", app.number % 10_000_000_000),
        kind: "soi",
        name: app.name.clone(),
        nik: app.nik.clone(),
        birth: Some(app.birth),
        phone: app.phone.clone().filter(|_| dice.chance(500)).unwrap_or_default(),
        from: Some(from),
        until: from.checked_add_months(Months::new(months)),
        basis: "UU 6/2011 ps 66",
        ..Entry::default()
    };
    write(rows, &entry)
}

/// Puts a lost passport on the list: one in four, and those that are lost again.
pub(super) fn lost_passport<W: Write>(world: &World, app: &Application, rows: &mut CsvRows<W>) -> Result<()> {
    let again = app.marks.iter().any(|mark| mark.role == "hilang_pertama");
    let reported = Dice::new(world.seed, Subject::LostEntry, app.number).chance(250);
    let lost = app.request == Request::Lost && app.date < world.as_of;
    let (true, Some(old)) = (lost && (again || reported), &app.old) else { return Ok(()) };
    let entry = Entry {
        id: format!("HLG-{}", app.number % 10_000_000_000),
        kind: "paspor_hilang",
        name: app.name.clone(),
        birth: Some(app.birth),
        document: old.number.clone(),
        from: Some(app.date),
        until: Some(old.expires.max(app.date)),
        basis: "Permenkumham 8/2014 ps 41",
        ..Entry::default()
    };
    write(rows, &entry)
}

/// How many people the travel ban list names.
pub(super) fn banned(people: u64) -> u64 {
    40 + people / 20_000
}

/// Writes the travel ban list: invented people who never apply.
pub(super) fn bans<W: Write>(world: &World, rows: &mut CsvRows<W>) -> Result<()> {
    watchlist_header(rows)?;
    let cases = world.cases.len() as u64;
    for n in 0..banned(world.people) {
        let mut dice = Dice::new(world.seed, Subject::BanEntry, n);
        let origin = dice.weighted(names::origins(world.regions.province()));
        let sex = Sex::draw(&mut dice);
        let birth = plus(world.as_of, -dice.between(9_000..=24_000));
        let who = person::kin(&mut dice, origin, sex, birth, None);
        let town = world.regions.town(world.regions.draw(&mut dice));
        let from = plus(world.as_of, -dice.between(5..=400));
        let nik = world.numbers.nik(town.code, birth, sex, world.numbers.agent(cases + n / 16, n % 16));
        let entry = Entry {
            id: format!("CGH-{n:05}"),
            kind: "cegah",
            name: who.name.full,
            nik: if dice.chance(700) { nik } else { String::new() },
            birth: dice.chance(850).then_some(birth),
            from: Some(from),
            until: from.checked_add_months(Months::new(6)),
            basis: "UU 6/2011 ps 97",
            ..Entry::default()
        };
        write(rows, &entry)?;
    }
    Ok(())
}

/// Brokers and sponsors that other offices know: those behind some planted stories, and as many who have nothing to do with
/// anybody here, some of them with names that everybody has. `contacts` asks for the phones behind other stories instead.
pub(super) fn brokers<W: Write>(world: &World, contacts: bool, rows: &mut CsvRows<W>) -> Result<()> {
    watchlist_header(rows)?;
    let from = plus(world.as_of, -200);
    let entry = |id: String, kind: &'static str| Entry {
        id,
        kind,
        from: Some(from),
        until: Some(plus(world.as_of, 165)),
        basis: "UU 18/2017 ps 69",
        ..Entry::default()
    };
    for broker in cases::brokers(world) {
        let known = match contacts {
            false => Entry {
                name: broker.name,
                nik: broker.nik,
                ..entry(format!("CAL-{}-{}", broker.case, broker.number), "calo")
            },
            true => Entry { phone: broker.phone, ..entry(format!("KON-{}-{}", broker.case, broker.number), "kontak") },
        };
        if broker.contact == contacts {
            write(rows, &known)?;
        }
    }
    if contacts {
        return Ok(());
    }
    for n in 0..20 {
        let mut dice = Dice::new(world.seed, Subject::BanEntry, u64::MAX - n);
        let origin = dice.weighted(names::origins(world.regions.province()));
        let sex = Sex::draw(&mut dice);
        let birth = plus(world.as_of, -dice.between(9_000..=20_000));
        let who = person::kin(&mut dice, origin, sex, birth, None);
        // A name and nothing that confirms it: never more than a remark. One word would be a name of half the town.
        if !who.name.full.contains(' ') {
            continue;
        }
        write(rows, &Entry { name: who.name.full, ..entry(format!("CAL-N{n:02}"), "calo") })?;
    }
    Ok(())
}

/// Writes the register of some kinds of licensed institutions.
pub(super) fn official<W: Write>(world: &World, registers: &[Register], rows: &mut CsvRows<W>) -> Result<()> {
    rows.write_record(REGISTER).map_err(csv_failed)?;
    for register in registers {
        for number in 0..institution::count(world, *register) {
            let it = institution::registered(world, *register, number);
            let until = it.until.to_string();
            rows.write_record([it.name.as_str(), register.code(), &it.licence, it.status, &until])
                .map_err(csv_failed)?;
        }
    }
    Ok(())
}
