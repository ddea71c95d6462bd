//! Planted identities that do not add up: borrowed and second NIKs, copied and impossible papers, raised ages, people who
//! come back after a refusal, minors nobody answers for.

use chrono::{Datelike, NaiveDate};

use super::super::application::{Application, Purpose, Request};
use super::super::days::{plus, plus_years};
use super::super::household::Cast;
use super::super::mrz::{self, Zone};
use super::super::names;
use super::super::numbers::Line;
use super::super::outcome::Ending;
use super::super::papers;
use super::super::person::Person;
use super::super::region;
use super::super::trip;
use super::super::truth::Side;
use super::groups::move_to;
use super::{Stage, Wishes, as_anybody, mostly_unnoticed};
use crate::schema::columns;

pub(super) fn any_adult(_: &Stage<'_>) -> Wishes {
    Wishes::of(Cast::aged(18, 56))
}

fn person<'a>(stage: &'a Stage<'_>) -> Option<&'a Person> {
    stage.household.and_then(|h| h.members.first())
}

/// The first applicant owns the NIK; the second comes with it under a name of their own.
pub(super) fn borrowed_nik(stage: &Stage<'_>, app: &mut Application) {
    if stage.first() {
        stage.mark(app, Side::Involved, "pemilik", &[columns::NIK]);
        return;
    }
    let owner = stage.household_of(0);
    if let Some(owner) = owner.members.first() {
        let world = stage.world;
        let town = world.regions.town(owner.first_town);
        app.nik = world.numbers.nik(town.code, owner.who.birth, owner.who.sex, owner.body);
        if stage.shared().chance(500) {
            app.birth = owner.who.birth;
        }
    }
    stage.mark(app, Side::Planted, "pemakai", &[columns::NIK]);
}

pub(super) fn second_identity_wishes(_: &Stage<'_>) -> Wishes {
    Wishes { request: Some(Request::New), ..Wishes::of(Cast::aged(19, 50)) }
}

/// One person twice: another NIK, family card and house, the same birthday and mother, the name spelt another way.
pub(super) fn second_identity(stage: &Stage<'_>, app: &mut Application) {
    let links = &[columns::TANGGAL_LAHIR, columns::NAMA_IBU];
    if stage.first() {
        stage.mark(app, Side::Involved, "identitas_pertama", links);
        return;
    }
    let (Some(household), Some(sex)) = (stage.household, app.sex) else { return };
    let world = stage.world;
    let mut dice = stage.own();
    let town = world.regions.draw(&mut dice);
    let code = world.regions.town(town).code;
    app.nik = world.numbers.nik(code, app.birth, sex, stage.body());
    let issued = plus(household.kk_issued, dice.between(30..=400)).min(plus(app.date, -6));
    app.kk = Some(world.numbers.kk(code, issued, stage.body()));
    app.kk_printed = app.kk_printed.map(|printed| printed.max(issued));
    move_to(stage, &region::home(&mut dice, &world.regions, town), app);
    if dice.chance(700) {
        app.name = names::respell(&mut dice, &app.name);
    }
    if dice.chance(450) {
        app.phone = Some(world.numbers.phone(Line::Own(stage.body())));
        app.email = None;
    }
    (app.akta, app.ijazah) = (None, None);
    stage.mark(app, Side::Planted, "identitas_kedua", links);
}

/// Refused elsewhere, and back under another spelling and with another answer.
pub(super) fn back_after_refusal(stage: &Stage<'_>, app: &mut Application) {
    if stage.first() {
        stage.mark(app, Side::Involved, "ditolak_dulu", &[columns::NIK]);
        return;
    }
    let mut dice = stage.own();
    app.name = names::respell(&mut dice, &app.name);
    if dice.chance(600) {
        app.phone = Some(stage.line(0));
    }
    let purpose = dice.pick(&[Purpose::Tourism, Purpose::Family, Purpose::Medical]);
    let country = trip::country(&mut dice, purpose, stage.world.strait);
    trip::trip_to(&mut dice, stage.date, purpose, country).put(app);
    stage.mark(app, Side::Planted, "datang_lagi", &[columns::NIK]);
}

pub(super) fn refused_first(stage: &Stage<'_>) -> Ending {
    if !stage.first() {
        return as_anybody(stage);
    }
    stage.own().weighted(&[
        (Ending::Refused("pmi_np"), 50),
        (Ending::Postponed("pmi_np"), 20),
        (Ending::Refused("keterangan_tidak_benar"), 30),
    ])
}

/// Somebody who has been to school and applies for the first time, so that certificates are in the file.
pub(super) fn schooled(_: &Stage<'_>) -> Wishes {
    Wishes { request: Some(Request::New), ..Wishes::of(Cast::aged(19, 42)) }
}

/// Copies of one certificate for several people.
pub(super) fn copied_certificate(stage: &Stage<'_>, app: &mut Application) {
    let world = stage.world;
    let mut dice = stage.shared();
    let body = world.numbers.agent(stage.case.number, 0);
    let town = world.regions.town(world.regions.draw(&mut dice));
    if dice.chance(650) {
        if let Some(person) = person(stage) {
            papers::diploma(world, &mut stage.own(), person, app);
        }
        app.ijazah = Some(world.numbers.ijazah(town.province_code(), "MA", body));
        stage.mark(app, Side::Planted, "pemakai", &[columns::IJAZAH_NOMOR]);
    } else {
        let issued = plus(stage.date_of(0), -dice.between(90..=3_000));
        app.attach("akta_lahir");
        app.akta = Some(world.numbers.akta(town.code, issued, true, body));
        stage.mark(app, Side::Planted, "pemakai", &[columns::AKTA_NOMOR]);
    }
}

/// A diploma of a year in which its owner was a small child, or of a year to come.
pub(super) fn impossible_diploma(stage: &Stage<'_>, app: &mut Application) {
    let mut dice = stage.own();
    if let Some(person) = person(stage) {
        papers::diploma(stage.world, &mut dice, person, app);
    }
    let after = i32::try_from(dice.between(4..=10)).unwrap_or(6);
    app.ijazah_year = Some(if dice.chance(800) { app.birth.year() + after } else { app.date.year() + 1 });
    stage.mark(app, Side::Planted, "pemohon", &[columns::IJAZAH_TAHUN]);
}

pub(super) fn renewal(_: &Stage<'_>) -> Wishes {
    Wishes { request: Some(Request::Expired), ..Wishes::of(Cast::aged(27, 55)) }
}

/// The zone of an old passport with another birth date put in by hand: its check digits no longer agree.
pub(super) fn forged_mrz(stage: &Stage<'_>, app: &mut Application) {
    if let (Some(old), Some(sex)) = (app.old.clone(), app.sex) {
        let birth = plus_years(app.birth, 3);
        let (first, true_line) =
            mrz::lines(&Zone { name: &app.name, number: &old.number, birth: app.birth, sex, expiry: old.expires });
        let (_, other) = mrz::lines(&Zone { name: &app.name, number: &old.number, birth, sex, expiry: old.expires });
        let pieces = [true_line.get(..13), other.get(13..19), true_line.get(19..)];
        let forged: String = pieces.into_iter().flatten().collect();
        app.mrz = Some((first, forged));
    }
    stage.mark(app, Side::Planted, "pemohon", &[columns::MRZ2]);
}

/// A NIK that cannot be: no such province, a day or month beyond the calendar, a serial of zeros.
pub(super) fn impossible_nik(stage: &Stage<'_>, app: &mut Application) {
    let mut dice = stage.own();
    let (at, wrong) = dice.pick(&[(0, "29"), (6, "34"), (6, "77"), (8, "13"), (8, "00"), (12, "0000")]);
    let pieces = [app.nik.get(..at), Some(wrong), app.nik.get(at + wrong.len()..)];
    app.nik = pieces.into_iter().flatten().collect();
    stage.mark(app, Side::Planted, "pemohon", &[columns::NIK]);
}

/// A teenager: the true age in the first file, eighteen by then in the second.
pub(super) fn teenager(stage: &Stage<'_>) -> Wishes {
    let cast = Cast { single: true, ..Cast::aged(15, 16) };
    let raised = (!stage.first()).then(|| raised_birth(stage));
    Wishes { cast: Cast { birth: raised, ..cast }, request: Some(Request::New), trip: None }
}

fn raised_birth(stage: &Stage<'_>) -> NaiveDate {
    let true_birth = stage.household_of(0).members.first().map(|p| p.who.birth).unwrap_or_default();
    plus_years(true_birth, -4)
}

pub(super) fn raised_age(stage: &Stage<'_>, app: &mut Application) {
    if stage.first() {
        stage.mark(app, Side::Involved, "berkas_sebenarnya", &[columns::NIK]);
        return;
    }
    let truth = stage.household_of(0);
    if let Some(person) = truth.members.first() {
        let town = stage.world.regions.town(person.first_town);
        app.nik = stage.world.numbers.nik(town.code, person.who.birth, person.who.sex, person.body);
    }
    stage.mark(app, Side::Planted, "umur_dinaikkan", &[columns::NIK]);
}

pub(super) fn withdrawn_first(stage: &Stage<'_>) -> Ending {
    if stage.first() { Ending::Cancelled("berkas_tidak_lengkap") } else { mostly_unnoticed(stage) }
}

pub(super) fn loser(_: &Stage<'_>) -> Wishes {
    Wishes { request: Some(Request::Lost), ..Wishes::of(Cast::aged(22, 50)) }
}

/// A passport lost, and the new one lost again within the year.
pub(super) fn lost_again(stage: &Stage<'_>, app: &mut Application) {
    if stage.first() {
        stage.mark(app, Side::Involved, "hilang_pertama", &[columns::NIK]);
        return;
    }
    if let Some(old) = stage.passport_of_first(app)
        && old.issued < app.date
    {
        app.old = Some(old);
    }
    stage.mark(app, Side::Planted, "hilang_lagi", &[columns::NIK]);
}

pub(super) fn minor(_: &Stage<'_>) -> Wishes {
    Wishes { request: Some(Request::New), ..Wishes::of(Cast { single: true, ..Cast::aged(13, 15) }) }
}

/// A child brought by a stranger, without the parents' consent.
pub(super) fn without_consent(stage: &Stage<'_>, app: &mut Application) {
    app.detach("izin_ortu");
    app.detach("buku_nikah");
    app.buku_nikah = None;
    app.companion = Some(stage.helper(0));
    let mut dice = stage.own();
    let purpose = if dice.chance(600) { Purpose::Tourism } else { Purpose::Family };
    let country = trip::country(&mut dice, purpose, stage.world.strait);
    trip::trip_to(&mut dice, stage.date, purpose, country).put(app);
    stage.mark(app, Side::Planted, "pemohon", &[columns::DOKUMEN_DILAMPIRKAN]);
}
