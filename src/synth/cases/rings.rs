//! Rings: people brought to the counter by others, on different days, each with papers in order.
//!
//! In the easy rings one key joins everybody; in the hard ones phones change, or two keys take turns so that only a walk
//! over two hops finds the whole.

use super::super::application::{Application, Purpose, Request, Sponsor};
use super::super::days::plus;
use super::super::dice::Dice;
use super::super::household::Cast;
use super::super::institution;
use super::super::names;
use super::super::numbers::Line;
use super::super::region::{self, Home};
use super::super::trip::{self, Trip};
use super::super::truth::Side;
use super::groups::move_to;
use super::{Stage, Wishes};
use crate::schema::columns;

/// Somebody who was recruited: a grown-up, rather young, mostly without a passport so far.
pub(super) fn recruit(stage: &Stage<'_>) -> Wishes {
    let mut dice = stage.own();
    let request = dice.chance(720).then_some(Request::New);
    Wishes { cast: Cast::aged(18, 44), request, trip: Some(stated_trip(stage, &mut dice)) }
}

/// What a recruit says: a holiday or relatives, mostly in Malaysia.
fn stated_trip(stage: &Stage<'_>, dice: &mut Dice) -> Trip {
    let purpose =
        dice.weighted(&[(Purpose::Tourism, 62), (Purpose::Family, 28), (Purpose::NoPlan, 6), (Purpose::Business, 4)]);
    let country =
        dice.weighted(&[("MY", 620), ("TH", 130), ("SG", 90), ("KH", 90), ("SA", 20), ("TW", 30), ("MM", 20)]);
    trip::trip_to(dice, stage.date, purpose, country)
}

/// One sponsor for people who do not know each other. Hard: the phone changes and only the number of the sponsor stays.
pub(super) fn sponsor(stage: &Stage<'_>, app: &mut Application) {
    let mut dice = stage.shared();
    let agent = stage.agent(0);
    let private = dice.chance(650);
    let company = institution::company(&mut dice, stage.line(0), &stage.world.seat());
    let hard = stage.hard();
    let phone = stage.line(if hard { (stage.member / 2) as u64 } else { 0 });
    let (kind, name, id) =
        if private { ("perorangan", agent.name, agent.nik) } else { ("perusahaan", company.name, company.licence) };
    let name = if stage.own().chance(250) { names::respell(&mut stage.own(), &name) } else { name };
    app.sponsor = Some(Sponsor { kind, name, id: Some(id), phone: Some(phone), address: Some(company.address) });
    let links: &[&str] =
        if hard { &[columns::PENJAMIN_ID] } else { &[columns::PENJAMIN_ID, columns::PENJAMIN_TELEPON] };
    stage.mark(app, Side::Planted, "calon", links);
}

/// What a go-between leaves on an application.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Trace {
    Phone,
    Login,
    Payer,
    Companion,
    Proxy,
}

const TRACES: [(Trace, Trace, &[&str]); 5] = [
    (Trace::Phone, Trace::Payer, &[columns::TELEPON, columns::REKENING_PEMBAYAR]),
    (Trace::Login, Trace::Companion, &[columns::ID_AKUN_MPASPOR, columns::PENDAMPING_NIK]),
    (Trace::Companion, Trace::Phone, &[columns::PENDAMPING_NIK, columns::TELEPON]),
    (Trace::Proxy, Trace::Payer, &[columns::KUASA_NIK, columns::REKENING_PEMBAYAR]),
    (Trace::Payer, Trace::Login, &[columns::REKENING_PEMBAYAR, columns::ID_AKUN_MPASPOR]),
];

fn leave(stage: &Stage<'_>, trace: Trace, n: u64, app: &mut Application) {
    match trace {
        Trace::Phone => app.phone = Some(stage.line(n)),
        Trace::Login => app.login = Some(stage.login(n)),
        Trace::Companion => app.companion = Some(stage.helper(n)),
        Trace::Proxy => {
            app.proxy = Some(stage.helper(n));
            app.attach("surat_kuasa");
        }
        Trace::Payer => {
            app.payer = Some(stage.agent(n).name);
            app.payer_account = Some(stage.account(n));
        }
    }
}

/// A go-between who files, pays, comes along or collects. Easy: one trace on most, another on the rest, both on the first.
/// Hard: both traces change every third person, one person apart, so that they overlap in a chain.
pub(super) fn go_between(stage: &Stage<'_>, app: &mut Application) {
    let (one, other, links) = stage.shared().pick(&TRACES);
    let at = stage.member as u64;
    if stage.hard() {
        leave(stage, one, at / 3, app);
        leave(stage, other, (at + 1) / 3, app);
    } else {
        if at % 5 != 4 {
            leave(stage, one, 0, app);
        }
        if at.is_multiple_of(2) || at % 5 == 4 {
            leave(stage, other, 0, app);
        }
    }
    stage.mark(app, Side::Planted, "calon", links);
}

/// The answer of a coached group: the same journey for all.
fn coached_answer(stage: &Stage<'_>) -> Trip {
    let mut dice = stage.shared();
    let purpose = if dice.chance(700) { Purpose::Tourism } else { Purpose::Family };
    let country = dice.weighted(&[("MY", 60), ("TH", 20), ("KH", 10), ("SG", 10)]);
    let place = trip::place(&mut dice, country);
    let days = trip::days(&mut dice, purpose);
    let mut text = trip::sentence(&mut dice, purpose, place, days);
    while text.len() < 44 {
        text = format!("{text}, {}", trip::sentence(&mut dice, purpose, place, days));
    }
    Trip {
        purpose,
        country,
        text: Some(text),
        address: Some(trip::address(&mut dice, purpose, place)),
        days: Some(days),
        departure: Some(plus(stage.date, stage.own().between(14..=40))),
    }
}

pub(super) fn coached_wishes(stage: &Stage<'_>) -> Wishes {
    Wishes { trip: Some(coached_answer(stage)), ..recruit(stage) }
}

/// Everybody gives the same answer, word for word. Hard: every third keeps the words and says it in another order.
pub(super) fn coached(stage: &Stage<'_>, app: &mut Application) {
    if stage.hard() && stage.member % 3 == 2 {
        app.text = app.text.take().map(|text| {
            let mut words: Vec<&str> = text.split(' ').collect();
            words.rotate_left(2);
            words.join(" ")
        });
    }
    let links = &[columns::URAIAN_PERJALANAN, columns::ALAMAT_DI_NEGARA_TUJUAN, columns::LAMA_TINGGAL_HARI];
    stage.mark(app, Side::Planted, "calon", links);
}

/// People from many towns at one house, which each clerk writes another way.
pub(super) fn shelter(stage: &Stage<'_>, app: &mut Application) {
    let mut dice = stage.shared();
    let town = stage.world.regions.draw_near(&mut dice);
    let home: Home = region::home(&mut dice, &stage.world.regions, town);
    move_to(stage, &home, app);
    app.street = region::rewrite(&mut stage.own(), &home.street);
    let links = &[columns::ALAMAT, columns::KELURAHAN_DESA, columns::KECAMATAN];
    stage.mark(app, Side::Planted, "calon", links);
}

/// Addresses made by one hand: a word and a counter.
pub(super) fn counted_emails(stage: &Stage<'_>, app: &mut Application) {
    let mut dice = stage.shared();
    let word = |dice: &mut Dice| {
        dice.pick(&["berkah", "jaya", "mandiri", "rezeki", "sukses", "mulia", "harapan", "bintang", "cahaya", "sinar"])
    };
    let letters: String = (0..4).map(|_| char::from(b'a' + u8::try_from(dice.below(26)).unwrap_or(0))).collect();
    let local = format!("{}{}{letters}", word(&mut dice), word(&mut dice));
    let domain = dice.weighted(&[("example.com", 70), ("example.net", 16), ("example.org", 14)]);
    let from = dice.below(40);
    app.email = Some(format!("{local}{:02}@{domain}", from + stage.member as u64 + 1));
    stage.mark(app, Side::Planted, "calon", &[columns::EMAIL]);
}

pub(super) fn sea_wishes(stage: &Stage<'_>) -> Wishes {
    let mut dice = stage.own();
    let country = stage.shared().weighted(&[("MY", 70), ("TH", 30)]);
    let purpose = if dice.chance(720) { Purpose::Tourism } else { Purpose::Family };
    let trip = Some(trip::trip_to(&mut dice, stage.date, purpose, country));
    Wishes { cast: Cast::aged(18, 36), request: dice.chance(820).then_some(Request::New), trip }
}

/// Bound for Cambodia or Myanmar by boat over Malaysia or Thailand: the receiver's number gives the last stop away. Hard:
/// the receiver has two numbers and a companion joins the halves.
pub(super) fn sea_route(stage: &Stage<'_>, app: &mut Application) {
    let country = stage.shared().weighted(&[("KH", 65), ("MM", 35)]);
    let hard = stage.hard();
    let n = if hard { stage.member as u64 % 2 } else { 0 };
    app.relative_phone = Some(stage.world.numbers.foreign_phone(country, Line::Agent(stage.case.number, n)));
    if hard && stage.member < 2 {
        app.companion = Some(stage.helper(3));
    }
    let links: &[&str] =
        if hard { &[columns::TELEPON_KERABAT, columns::PENDAMPING_NIK] } else { &[columns::TELEPON_KERABAT] };
    stage.mark(app, Side::Planted, "calon", links);
}
