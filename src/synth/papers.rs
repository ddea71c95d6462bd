//! Booklets, fees, certificates and documents of an application, by the rules of its date.
//!
//! Sources: Permenkumham 8/2014 as amended by 18/2022 (documents, validity), PP 28/2019 and PP 45/2024 (fees), SE
//! IMI-GR.01.01-0252 of 2023 (first passport of a migrant worker).

use chrono::{Datelike, NaiveDate};

use super::application::{Application, Booklet, Purpose, Request};
use super::days::{age, between, plus, plus_years, ymd};
use super::dice::{Dice, Subject};
use super::household::Household;
use super::mrz::{self, Zone};
use super::person::Person;
use super::world::World;

/// Ten-year passports for grown-ups from this day on.
pub(super) fn ten_years_from() -> NaiveDate {
    ymd(2022, 10, 12)
}

/// Years of validity of a passport issued on a day to somebody of an age.
pub(super) fn validity(age: i32, issued: NaiveDate) -> u32 {
    if age >= 17 && issued >= ten_years_from() { 10 } else { 5 }
}

/// Why somebody applies, as far as age says; the young have had no passport yet.
pub(super) fn request(dice: &mut Dice, age: i32) -> Request {
    let (new, expired) = if age < 17 { (760, 205) } else { (430, 500) };
    dice.weighted(&[
        (Request::New, new),
        (Request::Expired, expired),
        (Request::Lost, 24),
        (Request::Full, 18),
        (Request::Damaged, 6),
        (Request::DataChange, 9),
    ])
}

/// The passport somebody had before the first application of the history, if the calendar allows one for the request.
pub(super) fn earlier(
    world: &World,
    dice: &mut Dice,
    person: &Person,
    request: Request,
    on: NaiveDate,
) -> Option<Booklet> {
    let (issued, years) = match request {
        Request::New => return None,
        Request::Expired => expired_issue(dice, person, on),
        Request::Full | Request::Lost | Request::Damaged | Request::DataChange => {
            let issued = plus(on, -dice.between(120..=1_700));
            (issued, validity(age(person.who.birth, issued), issued))
        }
    };
    let office = if dice.chance(720) { world.office } else { dice.pick(&world.neighbours) };
    let years = i32::try_from(years).unwrap_or(5);
    let number = world.numbers.passport(person.body, 0);
    (issued > plus(person.who.birth, 20)).then(|| Booklet {
        number,
        issued,
        expires: plus_years(issued, years),
        office,
    })
}

/// The issue of a passport that runs out about now: half a year ahead to two years back.
fn expired_issue(dice: &mut Dice, person: &Person, on: NaiveDate) -> (NaiveDate, u32) {
    let expires = plus(on, 180 - dice.between(0..=700));
    let five = plus_years(expires, -5);
    if validity(age(person.who.birth, five), five) == 5 { (five, 5) } else { (plus_years(expires, -10), 10) }
}

/// What kind of booklet was applied for, by year: electronic ones have taken over.
fn booklet(dice: &mut Dice, on: NaiveDate, purpose: Purpose, first: bool) -> &'static str {
    let electronic = match on.year() {
        ..=2018 => 120,
        2019..=2021 => 250,
        2022 => 340,
        2023 => 520,
        2024 => 780,
        _ => 950,
    };
    let worker = purpose == Purpose::MigrantWork && first;
    if worker && dice.chance(720) {
        "biasa_24"
    } else if dice.chance(electronic) {
        "elektronik_48"
    } else if dice.chance(40) {
        "biasa_24"
    } else {
        "biasa_48"
    }
}

/// The fee in rupiah: PP 28/2019 before 17 December 2024, PP 45/2024 after.
pub(super) fn fee(app: &Application) -> u32 {
    let first = app.request == Request::New;
    if app.purpose == Purpose::MigrantWork && first && app.booklet == "biasa_24" {
        return 0;
    }
    let electronic = app.booklet == "elektronik_48";
    let base = if app.date < ymd(2024, 12, 17) {
        if electronic { 650_000 } else { 350_000 }
    } else {
        350_000 + if electronic { 300_000 } else { 0 } + if app.validity == 10 { 300_000 } else { 0 }
    };
    let extra = match app.request {
        Request::Lost => 1_000_000,
        Request::Damaged => 500_000,
        Request::New | Request::Expired | Request::Full | Request::DataChange => 0,
    };
    base + extra + if app.express { 1_000_000 } else { 0 }
}

/// Fills in booklet, fee, old passport, certificates and documents.
pub(super) fn fill(
    world: &World,
    household: &Household,
    person: &Person,
    (old, generation): (Option<Booklet>, u64),
    app: &mut Application,
) {
    let mut dice = Dice::new(world.seed, Subject::Papers, 4 * person.body + generation);
    let years = age(app.birth, app.date);
    app.booklet = booklet(&mut dice, app.date, app.purpose, app.request == Request::New);
    app.validity = if app.booklet == "biasa_24" { 5 } else { validity(years, app.date) };
    app.express = dice.chance(45);
    app.fee = fee(app);
    if let Some(old) = old {
        attach_old(&mut dice, old, app);
    }
    documents(world, &mut dice, household, person, app);
}

/// Puts an old passport into an application, often with the zone read from it.
fn attach_old(dice: &mut Dice, old: Booklet, app: &mut Application) {
    let at_hand = app.request != Request::Lost && dice.chance(520);
    app.old = Some(old);
    if at_hand {
        scan(app);
    }
}

/// Reads the zone of the old passport.
pub(super) fn scan(app: &mut Application) {
    app.mrz = app.old.as_ref().zip(app.sex).map(|(old, sex)| {
        mrz::lines(&Zone { name: &app.name, number: &old.number, birth: app.birth, sex, expiry: old.expires })
    });
}

fn documents(world: &World, dice: &mut Dice, household: &Household, person: &Person, app: &mut Application) {
    let years = age(app.birth, app.date);
    app.documents.clear();
    match app.request {
        Request::New => {}
        Request::Lost => app.attach("bap"),
        Request::Damaged => {
            app.attach("bap");
            app.attach("paspor_lama");
        }
        Request::Expired | Request::Full | Request::DataChange => app.attach("paspor_lama"),
    }
    app.attach("ktp");
    let modern = app.old.as_ref().is_some_and(|old| old.issued >= ymd(2009, 1, 1));
    let easy = years >= 17 && modern && matches!(app.request, Request::Expired | Request::Full);
    if !easy || dice.chance(420) {
        app.attach("kk");
    }
    if years < 17 {
        child_documents(world, dice, household, person, app);
    } else if !easy || dice.chance(330) {
        base_document(world, dice, household, person, app);
    }
    if app.request == Request::DataChange {
        app.attach("penetapan_pengadilan");
    }
}

fn child_documents(world: &World, dice: &mut Dice, household: &Household, person: &Person, app: &mut Application) {
    app.attach("akta_lahir");
    app.akta = Some(certificate(world, dice, person, app.date));
    if dice.chance(960) {
        app.attach("izin_ortu");
    }
    if dice.chance(800) {
        app.attach("buku_nikah");
        app.buku_nikah = dice.chance(400).then(|| world.numbers.buku_nikah(household.wedding, household.number));
    }
}

/// One of the documents that state name, birth and parents.
fn base_document(world: &World, dice: &mut Dice, household: &Household, person: &Person, app: &mut Application) {
    let married = app.marital == "kawin";
    let schooled = !matches!(app.education, "tidak_sekolah" | "belum_tamat_sd");
    let church = !household.origin.makes_umrah();
    let choices: [(&'static str, u32); 5] = [
        ("akta_lahir", if age(app.birth, app.date) < 45 { 560 } else { 260 }),
        ("ijazah", if schooled { 330 } else { 0 }),
        (if church { "akta_kawin" } else { "buku_nikah" }, if married { 260 } else { 0 }),
        ("surat_baptis", if church { 40 } else { 0 }),
        ("surat_keterangan", 14),
    ];
    for _ in 0..1 + usize::from(dice.chance(260)) {
        match dice.weighted(&choices) {
            "ijazah" => diploma(world, dice, person, app),
            "akta_lahir" => {
                app.attach("akta_lahir");
                app.akta = dice.chance(720).then(|| certificate(world, dice, person, app.date));
            }
            "buku_nikah" => {
                app.attach("buku_nikah");
                app.buku_nikah =
                    dice.chance(720).then(|| world.numbers.buku_nikah(household.wedding, household.number));
            }
            other => app.attach(other),
        }
    }
}

fn certificate(world: &World, dice: &mut Dice, person: &Person, on: NaiveDate) -> String {
    let late = dice.chance(if age(person.who.birth, on) < 17 { 90 } else { 360 });
    let wait = if late { dice.between(400..=9_000) } else { dice.between(5..=58) };
    let issued = plus(person.who.birth, wait).min(plus(on, -3));
    world.numbers.akta(world.regions.town(person.birth_town).code, issued, late, person.body)
}

/// A diploma with its number and a year that fits the level.
pub(super) fn diploma(world: &World, dice: &mut Dice, person: &Person, app: &mut Application) {
    let (level, at) = match app.education {
        "sd" => ("DD", 12),
        "sltp" => ("DI", 15),
        "d1_d2" | "d3" => ("D3", 21),
        "s1" => ("S1", 22),
        "s2" | "s3" => ("S2", 25),
        _ => ("MA", 18),
    };
    app.attach("ijazah");
    let late = i32::try_from(dice.between(0..=2)).unwrap_or(0);
    app.ijazah_year = Some((app.birth.year() + at + late).min(app.date.year()));
    let province = world.regions.town(person.birth_town).province_code();
    app.ijazah = dice.chance(760).then(|| world.numbers.ijazah(province, level, person.body));
}

/// When an identity card was issued: from the seventeenth birthday, not before electronic cards.
pub(super) fn ktp_issued(dice: &mut Dice, birth: NaiveDate, on: NaiveDate) -> Option<NaiveDate> {
    let from = plus_years(birth, 17).max(ymd(2012, 1, 2));
    let span = between(from, on);
    (span > 3 && dice.chance(560)).then(|| plus(from, dice.between(0..=span - 2)))
}

/// When a family card was printed: not before the day in its number.
pub(super) fn kk_printed(dice: &mut Dice, issued: NaiveDate, on: NaiveDate) -> Option<NaiveDate> {
    let span = between(issued, on).max(0);
    dice.chance(420).then(|| plus(issued, dice.between(0..=span)))
}

/// The passport issued on a day in answer to an application.
pub(super) fn issue(world: &World, app: &Application, body: u64, generation: u64, issued: NaiveDate) -> Booklet {
    let years = i32::try_from(app.validity).unwrap_or(5);
    let number = world.numbers.passport(body, generation);
    Booklet { number, issued, expires: plus_years(issued, years), office: app.office }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn app(date: NaiveDate, booklet: &'static str, validity: u32, request: Request, express: bool) -> Application {
        Application { date, booklet, validity, request, express, ..Application::default() }
    }

    #[test]
    fn fees_are_those_of_the_tariff_of_the_day() {
        let (before, after) = (ymd(2024, 12, 16), ymd(2024, 12, 17));
        let cases = [
            (app(before, "biasa_48", 10, Request::New, false), 350_000),
            (app(before, "elektronik_48", 10, Request::Expired, false), 650_000),
            (app(after, "biasa_48", 5, Request::New, false), 350_000),
            (app(after, "biasa_48", 10, Request::New, false), 650_000),
            (app(after, "elektronik_48", 5, Request::New, false), 650_000),
            (app(after, "elektronik_48", 10, Request::New, true), 1_950_000),
            (app(after, "elektronik_48", 10, Request::Lost, false), 1_950_000),
            (app(after, "biasa_48", 10, Request::Damaged, false), 1_150_000),
        ];
        for (application, rupiah) in cases {
            assert_eq!(fee(&application), rupiah, "{application:?}");
        }
        let worker = Application { purpose: Purpose::MigrantWork, ..app(after, "biasa_24", 5, Request::New, false) };
        assert_eq!(fee(&worker), 0);
    }

    #[test]
    fn ten_years_are_for_grown_ups_and_from_october_2022() {
        assert_eq!(validity(30, ymd(2022, 10, 11)), 5);
        assert_eq!(validity(30, ymd(2022, 10, 12)), 10);
        assert_eq!(validity(16, ymd(2026, 1, 1)), 5);
    }
}
