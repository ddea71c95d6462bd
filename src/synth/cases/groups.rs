//! Groups that share what rings share, and are innocent: a counter at the office, pilgrims, dormitories, plantations,
//! employers, helpers.

use super::super::application::{Application, Helper, Letter, Purpose};
use super::super::days::{plus, ymd};
use super::super::dice::Dice;
use super::super::filing::{self, stand};
use super::super::household::Cast;
use super::super::institution::{self, Institution, Register};
use super::super::names::{self, Origin};
use super::super::numbers::{Line, roman};
use super::super::person::{Sex, kin};
use super::super::region::{self, Home};
use super::super::trip::{self, Trip};
use super::super::truth::Side;
use super::super::words::STREETS;
use super::{Stage, Wishes};
use crate::schema::columns;

/// Anybody.
pub(super) fn anybody(_: &Stage<'_>) -> Wishes {
    Wishes::of(Cast::aged(18, 62))
}

pub(super) fn student(_: &Stage<'_>) -> Wishes {
    Wishes::of(Cast { single: true, ..Cast::aged(17, 24) })
}

pub(super) fn elder(_: &Stage<'_>) -> Wishes {
    Wishes::of(Cast::aged(57, 79))
}

/// One journey for all: purpose, country, days, address, day of departure.
fn common_trip(stage: &Stage<'_>, purpose: Purpose, country: &'static str) -> Trip {
    let mut dice = stage.shared();
    let first = stage.date_of(0);
    let mut planned = trip::trip_to(&mut dice, first, purpose, country);
    let days = trip::days(&mut dice, purpose);
    let place = trip::place(&mut dice, country);
    planned.days = Some(days);
    planned.departure = Some(plus(first, dice.between(32..=90)));
    planned.address = Some(trip::address(&mut dice, purpose, place));
    planned.text = planned.text.map(|_| trip::sentence(&mut stage.own(), purpose, place, days));
    planned
}

pub(super) fn pilgrim(stage: &Stage<'_>) -> Wishes {
    let origins: Vec<(Origin, u32)> =
        names::origins(stage.world.regions.province()).iter().filter(|(o, _)| o.makes_umrah()).copied().collect();
    let origin = if origins.is_empty() { None } else { Some(stage.own().weighted(&origins)) };
    let trip = Some(common_trip(stage, Purpose::Umrah, "SA"));
    Wishes { cast: Cast { origin, ..Cast::aged(24, 74) }, request: None, trip }
}

pub(super) fn employee(stage: &Stage<'_>) -> Wishes {
    let country = stage.shared().weighted(&[("JP", 25), ("SG", 25), ("MY", 30), ("CN", 15), ("TH", 5)]);
    Wishes { cast: Cast::aged(22, 52), request: None, trip: Some(common_trip(stage, Purpose::Business, country)) }
}

pub(super) fn tourist(stage: &Stage<'_>) -> Wishes {
    let country = stage.shared().weighted(&[("MY", 45), ("TH", 20), ("SG", 15), ("KH", 5), ("JP", 10), ("TR", 5)]);
    Wishes { cast: Cast::aged(20, 68), request: None, trip: Some(common_trip(stage, Purpose::Tourism, country)) }
}

pub(super) fn cousin(stage: &Stage<'_>) -> Wishes {
    let mut dice = stage.shared();
    let origin = dice.weighted(names::origins(stage.world.regions.province()));
    let country = trip::country(&mut dice, Purpose::Family, stage.world.strait);
    let trip = Some(common_trip(stage, Purpose::Family, country));
    Wishes { cast: Cast { origin: Some(origin), ..Cast::aged(18, 66) }, request: None, trip }
}

pub(super) fn worker(stage: &Stage<'_>) -> Wishes {
    let country = stage.shared().weighted(&[("MY", 50), ("TW", 20), ("HK", 15), ("SG", 10), ("JP", 5)]);
    Wishes { cast: Cast::aged(20, 42), request: None, trip: Some(common_trip(stage, Purpose::MigrantWork, country)) }
}

pub(super) fn trainee(stage: &Stage<'_>) -> Wishes {
    let cast = Cast { single: true, ..Cast::aged(18, 24) };
    Wishes { cast, request: None, trip: Some(common_trip(stage, Purpose::Trainee, "JP")) }
}

fn employer(stage: &Stage<'_>, dice: &mut Dice) -> Institution {
    institution::company(dice, stage.line(0), &stage.world.seat())
}

/// One letter for all: same number, same day.
fn letter(stage: &Stage<'_>, dice: &mut Dice, body: &str, series: &str) -> Letter {
    let date = plus(stage.date_of(0), -dice.between(2..=21));
    let number = format!("{:03}/{series}/{}", stage.letter_number(), date.format("%m/%Y"));
    Letter { number, date, body: body.to_owned() }
}

/// Eazy Passport: officers come to an office or a campus; one letter, one day, many people.
pub(super) fn on_site_service(stage: &Stage<'_>, app: &mut Application) {
    let mut dice = stage.shared();
    let host = employer(stage, &mut dice);
    let letter = letter(stage, &mut dice, &host.name, "SDM");
    let coordinator = dice.chance(450);
    app.counter = "eazy_passport";
    app.slot = Some((app.date, 540));
    app.letter = Some(letter);
    app.attach("rekom_lain");
    if stage.own().chance(650) {
        app.occupation = "KARYAWAN SWASTA";
    }
    if coordinator && app.login.is_some() {
        app.login = Some(stage.login(0));
    }
    stage.mark(app, Side::Innocent, "peserta", &[columns::REKOMENDASI_NOMOR]);
}

/// Umrah with a licensed organiser: one sponsor, one letter, the same flight.
pub(super) fn pilgrims(stage: &Stage<'_>, app: &mut Application) {
    let mut dice = stage.shared();
    let office = institution::draw(stage.world, &mut dice, Register::Ppiu);
    let own_letter = dice.chance(600);
    let pays = dice.chance(500);
    app.letter = None;
    filing::pilgrims_letter(&mut dice, stage.letter_number(), app);
    if app.letter.is_none() && own_letter && app.date >= ymd(2023, 2, 22) {
        app.letter = Some(letter(stage, &mut dice, &office.name, "PPIU"));
        app.attach("rekom_lain");
    }
    stand(&office, "ppiu", app);
    if pays {
        app.payer = Some(office.name.clone());
        app.payer_account = Some(stage.account(0));
    }
    let links = &[columns::PENJAMIN_TELEPON, columns::TANGGAL_RENCANA_BERANGKAT];
    stage.mark(app, Side::Innocent, "jemaah", links);
}

/// Puts an application into another house.
pub(super) fn move_to(stage: &Stage<'_>, home: &Home, app: &mut Application) {
    let town = stage.world.regions.town(home.town);
    app.street.clone_from(&home.street);
    (app.rt, app.rw, app.neighbourhood) = (home.rt, home.rw, home.neighbourhood);
    app.village = home.village;
    app.town.clone_from(&town.name);
    app.province.clone_from(&town.province);
    if let Some(district) = town.districts.get(home.district) {
        app.district.clone_from(&district.name);
        app.region_code = district.code;
    }
}

const HOUSE: &[&str] = &[columns::ALAMAT, columns::KELURAHAN_DESA, columns::KECAMATAN];

/// A hall of residence, a boarding house, an Islamic boarding school.
pub(super) fn dormitory(stage: &Stage<'_>, app: &mut Application) {
    let mut dice = stage.shared();
    let town = stage.world.regions.seat_number();
    let mut home = region::home(&mut dice, &stage.world.regions, town);
    let kind = dice.pick(&["ASRAMA PUTRI ", "ASRAMA MAHASISWA ", "KOS ", "PESANTREN ", "RUSUNAWA "]);
    home.street = format!(
        "{kind}{} JL. {} NO. {}",
        dice.pick(&["MELATI", "HARAPAN", "BAHAGIA", "AMANAH"]),
        dice.pick(STREETS),
        dice.between(1..=200)
    );
    move_to(stage, &home, app);
    app.occupation = "PELAJAR/MAHASISWA";
    stage.mark(app, Side::Innocent, "penghuni", HOUSE);
}

/// Workers' houses of a plantation have no numbers: everyone lives at the same address.
pub(super) fn plantation(stage: &Stage<'_>, app: &mut Application) {
    let mut dice = stage.shared();
    let town = stage.world.regions.draw_near(&mut dice);
    let mut home = region::home(&mut dice, &stage.world.regions, town);
    let name = dice.pick(&[
        "SEI KARANG",
        "TANAH RAJA",
        "BATANG TORU",
        "GUNUNG PARA",
        "BUKIT LIMA",
        "AEK SIMARE",
        "MARIHAT ULU",
    ]);
    home.street = format!("EMPLASEMEN KEBUN {name} AFDELING {}", roman(dice.below(8)));
    (home.rt, home.rw, home.neighbourhood) = (None, None, None);
    move_to(stage, &home, app);
    if stage.own().chance(600) {
        app.occupation = "BURUH TANI/PERKEBUNAN";
    }
    stage.mark(app, Side::Innocent, "penghuni", HOUSE);
}

/// A company sends staff to a training or a customer.
pub(super) fn company_staff(stage: &Stage<'_>, app: &mut Application) {
    let mut dice = stage.shared();
    let company = employer(stage, &mut dice);
    let letter = letter(stage, &mut dice, &company.name, "HRD");
    let pays = dice.chance(600);
    stand(&company, "perusahaan", app);
    app.letter = Some(letter);
    app.attach("rekom_lain");
    app.occupation = "KARYAWAN SWASTA";
    if pays {
        app.payer = Some(company.name);
        app.payer_account = Some(stage.account(0));
    }
    stage.mark(app, Side::Innocent, "karyawan", &[columns::PENJAMIN_TELEPON, columns::PENJAMIN_ID]);
}

/// Old people without a phone of their own give that of the one who helps in the village.
pub(super) fn village_helper(stage: &Stage<'_>, app: &mut Application) {
    let mut dice = stage.shared();
    let town = stage.world.regions.draw_near(&mut dice);
    let village = region::home(&mut dice, &stage.world.regions, town);
    let comes = dice.chance(500);
    let mut home = region::home(&mut stage.own(), &stage.world.regions, town);
    (home.district, home.village) = (village.district, village.village);
    move_to(stage, &home, app);
    app.phone = Some(stage.line(0));
    (app.email, app.login) = (None, None);
    if comes {
        app.companion = Some(stage.helper(0));
    }
    stage.mark(app, Side::Innocent, "warga", &[columns::TELEPON]);
}

/// A bank agent's stall pays for everybody who brings cash.
pub(super) fn bank_agent(stage: &Stage<'_>, app: &mut Application) {
    let mut dice = stage.shared();
    app.payer = Some(format!("AGEN BANK {} {}", dice.pick(STREETS), dice.between(1..=99)));
    app.payer_account = Some(stage.account(0));
    stage.mark(app, Side::Innocent, "nasabah", &[columns::REKENING_PEMBAYAR]);
}

/// A tour: one hotel, one flight, one agency that files and collects.
pub(super) fn tour_group(stage: &Stage<'_>, app: &mut Application) {
    let mut dice = stage.shared();
    let (files, collects, pays) = (dice.chance(600), dice.chance(600), dice.chance(500));
    let agency = employer(stage, &mut dice);
    if files && app.login.is_some() {
        app.login = Some(stage.login(0));
    }
    if collects {
        app.proxy = Some(Helper { phone: None, ..stage.helper(1) });
        app.attach("surat_kuasa");
    }
    if pays {
        app.payer = Some(agency.name);
        app.payer_account = Some(stage.account(0));
    }
    let links = &[columns::ALAMAT_DI_NEGARA_TUJUAN, columns::TANGGAL_RENCANA_BERANGKAT];
    stage.mark(app, Side::Innocent, "peserta", links);
}

/// Brothers, sisters and cousins on several family cards visit one relative abroad.
pub(super) fn extended_family(stage: &Stage<'_>, app: &mut Application) {
    let mut dice = stage.shared();
    let world = stage.world;
    let helped = dice.chance(500);
    let origin = dice.weighted(names::origins(world.regions.province()));
    let birth = plus(world.as_of, -dice.between(24_000..=30_000));
    let (father, mother) =
        (kin(&mut dice, origin, Sex::Male, birth, None), kin(&mut dice, origin, Sex::Female, birth, None));
    app.relative_phone = Some(world.numbers.foreign_phone(app.country, Line::Agent(stage.case.number, 0)));
    if helped && app.login.is_some() {
        app.login = Some(stage.login(0));
    }
    if stage.member.is_multiple_of(2) && app.birth > plus(birth, 6_600) {
        app.father = father.name.full;
        app.mother = mother.name.full;
        (app.father_birth, app.mother_birth) = (None, None);
    }
    stage.mark(app, Side::Innocent, "kerabat", &[columns::TELEPON_KERABAT]);
}

/// A nurse, a village volunteer or a carer of the disabled comes along again and again.
pub(super) fn carer(stage: &Stage<'_>, app: &mut Application) {
    app.companion = Some(stage.helper(0));
    stage.mark(app, Side::Innocent, "didampingi", &[columns::PENDAMPING_NIK]);
}

/// Workers placed by a licensed company, registered as they should be.
pub(super) fn licensed_workers(stage: &Stage<'_>, app: &mut Application) {
    let mut dice = stage.shared();
    let company = institution::draw(stage.world, &mut dice, Register::P3mi);
    let office = format!("DISNAKER {}", stage.world.regions.seat().name);
    let letter = letter(stage, &mut dice, &office, "DISNAKER");
    stand(&company, "p3mi", app);
    app.letter = Some(letter);
    app.attach("rekom_disnaker");
    app.attach(if app.marital == "kawin" { "izin_pasangan" } else { "izin_ortu" });
    app.cpmi = Some(stage.world.numbers.cpmi(stage.body()));
    stage.mark(app, Side::Innocent, "cpmi", &[columns::PENJAMIN_ID, columns::REKOMENDASI_NOMOR]);
}

/// Trainees of a licensed institute.
pub(super) fn trainees(stage: &Stage<'_>, app: &mut Application) {
    let mut dice = stage.shared();
    let institute = institution::draw(stage.world, &mut dice, Register::Lpk);
    let letter = letter(stage, &mut dice, &institute.name, "LPK");
    stand(&institute, "lpk", app);
    app.letter = Some(letter);
    app.attach("rekom_lain");
    app.attach("izin_ortu");
    stage.mark(app, Side::Innocent, "peserta", &[columns::PENJAMIN_ID, columns::REKOMENDASI_NOMOR]);
}
