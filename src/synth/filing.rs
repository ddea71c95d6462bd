//! An honest person at the counter: household, journey, contact and papers put together into one application.
//!
//! Every planted or innocent story begins with such an application and changes what the story needs, so that nothing but
//! the story tells it from the others.

use chrono::NaiveDate;

use super::application::{Application, Booklet, Helper, Letter, Purpose, Request, Sponsor};
use super::days::{age, plus, ymd};
use super::dice::{Dice, Subject};
use super::household::{Household, Makeup};
use super::institution::{self, Institution, Register};
use super::names;
use super::numbers::Line;
use super::papers;
use super::person::{self, Person, Sex};
use super::trip::{self, Traveller, Trip};
use super::world::World;

/// One coming to the counter.
#[derive(Debug, Clone)]
pub(super) struct Visit {
    pub(super) date: NaiveDate,
    /// Minute of the day.
    pub(super) minute: u32,
    /// Number of the application.
    pub(super) number: u64,
    pub(super) office: &'static str,
    /// Why, and with which passport, where an earlier visit decides it.
    pub(super) again: Option<(Request, Option<Booklet>)>,
    /// How many passports the person got in the history before.
    pub(super) generation: u64,
    /// The journey, where a story decides it.
    pub(super) trip: Option<Trip>,
}

/// The application of a member of a household.
pub(super) fn file(world: &World, household: &Household, member: usize, visit: &Visit) -> Application {
    let Some(person) = household.members.get(member) else { return Application::default() };
    let mut app = Application {
        number: visit.number,
        date: visit.date,
        minute: visit.minute,
        office: visit.office,
        ..Application::default()
    };
    let mut dice = Dice::new(world.seed, Subject::Filing, 4 * person.body + visit.generation);
    counter(world, household, person, &mut app);
    identity(world, &mut dice, household, person, &mut app);
    address(world, household, &mut app);
    let old = request(world, person, visit, &mut app);
    journey(world, household, visit, &mut app);
    contact(world, household, member, &mut app);
    sponsor(world, &mut dice, household, &mut app);
    help(world, &mut dice, household, member, &mut app);
    papers::fill(world, household, person, (old, visit.generation), &mut app);
    if app.purpose == Purpose::MigrantWork {
        app.cpmi = dice.chance(880).then(|| world.numbers.cpmi(person.body));
    }
    app
}

/// A household stands at one counter at one hour; the old and the very young may come without an appointment.
fn counter(world: &World, household: &Household, person: &Person, app: &mut Application) {
    let mut dice = Dice::new(world.seed, Subject::Counter, household.number);
    app.counter = dice.weighted(&[("kanim", 840), ("ulp", 70), ("mpp", 60), ("ukk", 30)]);
    let years = age(person.who.birth, app.date);
    let walks_in = (years >= 60 && dice.chance(350)) || years < 5;
    if !walks_in {
        let late = if dice.chance(30) { dice.between(1..=6) } else { 0 };
        app.slot = Some((plus(app.date, late), (app.minute / 60 * 60).clamp(480, 840)));
    }
}

fn identity(world: &World, dice: &mut Dice, household: &Household, person: &Person, app: &mut Application) {
    let first = world.regions.town(person.first_town);
    app.name.clone_from(&person.who.name.full);
    app.nik = world.numbers.nik(first.code, person.who.birth, person.who.sex, person.body);
    app.kk = dice.chance(965).then(|| household.kk.clone());
    app.birth_place.clone_from(&world.regions.town(person.birth_town).bare);
    app.birth = person.who.birth;
    app.sex = Some(person.who.sex);
    app.marital = marital(person, app.date);
    app.occupation = person.occupation;
    app.education = person.education;
    app.height = person.height;
    app.father.clone_from(&person.father.name.full);
    app.mother.clone_from(&person.mother.name.full);
    app.father_birth = dice.chance(360).then_some(person.father.birth);
    app.mother_birth = dice.chance(360).then_some(person.mother.birth);
    app.spouse = person.spouse.as_ref().filter(|_| app.marital == "kawin").map(|s| s.name.full.clone());
    app.alias = dice.chance(18).then(|| names::respell(dice, &person.who.name.full));
    app.ktp_issued = papers::ktp_issued(dice, person.who.birth, app.date);
    app.kk_printed = papers::kk_printed(dice, household.kk_issued, app.date);
    app.billing = dice.chance(900).then(|| format!("820{}{:06}", app.date.format("%y%m%d"), app.number % 1_000_000));
}

fn marital(person: &Person, on: NaiveDate) -> &'static str {
    if age(person.who.birth, on) < 17 { "belum_kawin" } else { person.marital }
}

fn address(world: &World, household: &Household, app: &mut Application) {
    let home = &household.home;
    let town = world.regions.town(home.town);
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

/// Why somebody applies, and the passport it is about.
fn request(world: &World, person: &Person, visit: &Visit, app: &mut Application) -> Option<Booklet> {
    if let Some((request, old)) = &visit.again {
        app.request = *request;
        return old.clone();
    }
    let (request, old) = first_request(world, person, visit.date);
    app.request = request;
    old
}

/// Request and old passport of somebody's first application in the history.
pub(super) fn first_request(world: &World, person: &Person, on: NaiveDate) -> (Request, Option<Booklet>) {
    let mut dice = Dice::new(world.seed, Subject::Request, person.body);
    let request = papers::request(&mut dice, age(person.who.birth, on));
    match papers::earlier(world, &mut dice, person, request, on) {
        Some(old) => (request, Some(old)),
        None => (Request::New, None),
    }
}

/// The journey of a household: all its members go together.
fn journey(world: &World, household: &Household, visit: &Visit, app: &mut Application) {
    let Some(first) = household.members.first() else { return };
    let mut dice = Dice::new(world.seed, Subject::Trip, 4 * household.number + visit.generation);
    let traveller = Traveller {
        age: age(first.who.birth, visit.date),
        origin: household.origin,
        work: person::work(first.occupation),
        family: household.members.len() > 1,
        strait: world.strait,
        on: visit.date,
    };
    let purpose = trip::purpose(&mut dice, &traveller);
    let planned = trip::trip(&mut dice, &traveller, purpose);
    visit.trip.clone().unwrap_or(planned).put(app);
    let share = if app.purpose == Purpose::Family { 760 } else { 300 };
    let abroad = app.purpose == Purpose::Family && !app.country.is_empty() && dice.chance(700);
    app.relative_phone = dice.chance(share).then(|| {
        let line = Line::Relative(household.number);
        // Relatives are scattered: a few live in another country than the one named.
        let country = if dice.chance(40) { dice.pick(&["SG", "KH", "TW", "AU"]) } else { app.country };
        if abroad { world.numbers.foreign_phone(country, line) } else { world.numbers.phone(line) }
    });
}

fn contact(world: &World, household: &Household, member: usize, app: &mut Application) {
    let (Some(person), Some(head)) = (household.members.get(member), household.members.first()) else { return };
    let mut dice = Dice::new(world.seed, Subject::Contact, household.number);
    app.phone = household.phone(world, member, app.date);
    let online = app.date >= ymd(2022, 1, 26) && app.slot.is_some();
    let old = age(head.who.birth, app.date) >= 60;
    let shared = dice.chance(720);
    if online || dice.chance(250) {
        let owner = if shared { head } else { person };
        app.email = dice.chance(if old { 330 } else { 840 }).then(|| email(world, owner));
    }
    app.login = (online && dice.chance(880)).then(|| world.numbers.login(household.number));
    if dice.chance(620) {
        app.payer = Some(head.who.name.full.clone());
        app.payer_account = dice.chance(800).then(|| world.numbers.account(head.body));
    }
}

/// An address of somebody's own under a domain that nobody can have.
pub(super) fn email(world: &World, person: &Person) -> String {
    let mut dice = Dice::new(world.seed, Subject::Email, person.body);
    let words: Vec<String> = person
        .who
        .name
        .full
        .split(' ')
        .map(|w| w.chars().filter(char::is_ascii_alphabetic).collect::<String>().to_lowercase())
        .collect();
    let first = words.first().cloned().unwrap_or_default();
    let last = words.last().cloned().unwrap_or_default();
    let local = match dice.below(100) {
        0..38 if words.len() > 1 => format!("{first}.{last}"),
        38..60 if words.len() > 1 => format!("{first}{last}"),
        60..70 if words.len() > 1 => format!("{last}_{first}"),
        70..80 => format!("{first}{}", dice.pick(&["cantik", "jaya", "oke", "keren", "imut", "official", "store"])),
        _ => first,
    };
    let domain = dice.weighted(&[("example.com", 700), ("example.net", 160), ("example.org", 60), ("example.id", 80)]);
    format!("{local}{}@{domain}", world.numbers.email_suffix(person.body))
}

/// Who stands for the journey.
fn sponsor(world: &World, dice: &mut Dice, household: &Household, app: &mut Application) {
    match app.purpose {
        Purpose::Family if dice.chance(420) => app.sponsor = Some(relative(world, household, app)),
        Purpose::Umrah if dice.chance(760) => {
            let office = institution::draw(world, dice, Register::Ppiu);
            pilgrims_letter(dice, world.numbers.letter(household.number), app);
            stand(&office, "ppiu", app);
        }
        Purpose::Hajj if dice.chance(700) => stand(&institution::draw(world, dice, Register::Pihk), "pihk", app),
        Purpose::MigrantWork if dice.chance(820) => stand(&institution::draw(world, dice, Register::P3mi), "p3mi", app),
        Purpose::Trainee if dice.chance(860) => stand(&institution::draw(world, dice, Register::Lpk), "lpk", app),
        Purpose::SchoolExchange if dice.chance(860) => {
            stand(&institution::draw(world, dice, Register::School), "bkk", app)
        }
        Purpose::Study if dice.chance(380) => {
            let kind = if dice.chance(750) { Register::School } else { Register::Pesantren };
            stand(&institution::draw(world, dice, kind), kind.code(), app);
        }
        Purpose::Business | Purpose::Official | Purpose::FormalWork if dice.chance(520) => {
            let phone = world.numbers.phone(Line::Companion(household.number));
            stand(&institution::company(dice, phone, &world.seat()), "perusahaan", app);
        }
        Purpose::Tourism | Purpose::Medical | Purpose::Other if dice.chance(55) => {
            app.sponsor = Some(relative(world, household, app));
        }
        _ => {}
    }
}

/// An institution as sponsor.
pub(super) fn stand(office: &Institution, kind: &'static str, app: &mut Application) {
    app.sponsor = Some(Sponsor {
        kind,
        name: office.name.clone(),
        id: Some(office.licence.clone()),
        phone: Some(office.phone.clone()),
        address: Some(office.address.clone()),
    });
}

/// A relative or a friend as sponsor, at home or in the country of the journey.
fn relative(world: &World, household: &Household, app: &Application) -> Sponsor {
    let mut dice = Dice::new(world.seed, Subject::Relative, household.number);
    let body = world.numbers.companion(household.number);
    let sex = Sex::draw(&mut dice);
    let birth = plus(app.date, -dice.between(8_000..=22_000));
    let who = person::kin(&mut dice, household.origin, sex, birth, None);
    let town = world.regions.draw(&mut dice);
    Sponsor {
        kind: if dice.chance(640) { "keluarga" } else { "perorangan" },
        name: who.name.full,
        id: dice.chance(600).then(|| world.numbers.nik(world.regions.town(town).code, birth, sex, body)),
        phone: app.relative_phone.clone().or_else(|| Some(world.numbers.phone(Line::Relative(household.number)))),
        address: app.stay_address.clone().filter(|_| app.purpose == Purpose::Family),
    }
}

/// From February 2017 to February 2023 pilgrims brought a letter of the religious affairs office, often one for a group.
pub(super) fn pilgrims_letter(dice: &mut Dice, number: u64, app: &mut Application) {
    if app.date >= ymd(2017, 2, 24) && app.date < ymd(2023, 2, 22) && dice.chance(850) {
        let date = plus(app.date, -dice.between(3..=40));
        let number = format!("B-{number}/KK.02/HJ.09/{}", date.format("%m/%Y"));
        app.letter = Some(Letter { number, date, body: format!("KEMENAG {}", app.town) });
        app.attach("rekom_kemenag");
    }
}

/// Who comes along and who collects.
fn help(world: &World, dice: &mut Dice, household: &Household, member: usize, app: &mut Application) {
    let Some(person) = household.members.get(member) else { return };
    let years = age(person.who.birth, app.date);
    let comes = match years {
        ..17 => 640,
        17..60 => 22,
        _ => 260,
    };
    if dice.chance(comes) {
        app.companion = Some(companion(world, dice, household, member, app.date));
    }
    if dice.chance(48) {
        let mut proxy = companion(world, dice, household, member, app.date);
        proxy.phone = None;
        app.attach("surat_kuasa");
        app.proxy = Some(proxy);
    }
}

/// A parent, a grown child or another relative.
fn companion(world: &World, dice: &mut Dice, household: &Household, member: usize, on: NaiveDate) -> Helper {
    let at_hand = |p: &&Person| (18..60).contains(&age(p.who.birth, on));
    let other = household.members.iter().enumerate().find(|(at, p)| *at != member && at_hand(p)).map(|(_, p)| p);
    let (who, town, body) = match other {
        Some(p) => (p.who.clone(), p.first_town, p.body),
        None => {
            let birth = plus(on, -dice.between(8_000..=18_000));
            let clan = household.members.first().and_then(|p| p.who.name.clan);
            let sex = Sex::draw(dice);
            let who = person::kin(dice, household.origin, sex, birth, clan);
            (who, household.home.town, world.numbers.companion(household.number))
        }
    };
    let line = if other.is_some() { Line::Own(body) } else { Line::Companion(household.number) };
    Helper {
        nik: world.numbers.nik(world.regions.town(town).code, who.birth, who.sex, body),
        name: who.name.full,
        phone: dice.chance(700).then(|| world.numbers.phone(line)),
    }
}

/// Marks that follow from the household alone: families, twins, one-word names.
pub(super) fn family_marks(household: &Household, member: usize, app: &mut Application) {
    use super::truth::{Mark, Side};
    let mut mark = |kind, group: String, role, links| {
        app.marks.push(Mark { side: Side::Innocent, kind, group, role, links });
    };
    let Some(person) = household.members.get(member) else { return };
    if household.members.len() > 1 {
        let kind = if household.makeup == Makeup::Twins { "kembar" } else { "keluarga_satu_kk" };
        mark(kind, format!("K-{:07}", household.number), "anggota", &[crate::schema::columns::NOMOR_KK]);
    }
    if person.who.name.words() == 1 {
        mark("nama_satu_kata", String::new(), "pemohon", &[]);
    }
}
