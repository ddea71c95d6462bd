//! Single people and pairs who look odd on paper and are innocent.

use super::super::application::{Application, Request};
use super::super::days::{plus, ymd};
use super::super::household::Cast;
use super::super::mrz;
use super::super::names::{self, Origin};
use super::super::papers;
use super::super::person::Sex;
use super::super::truth::Side;
use super::{Stage, Wishes};
use crate::schema::columns;

use chrono::Datelike;

/// Working days after which an operator may have given a number to somebody else: about fourteen months.
pub(super) const RECYCLED_AFTER: usize = 285;

/// Two people of one name; half of the pairs also share the birthday.
pub(super) fn namesake(stage: &Stage<'_>) -> Wishes {
    let mut dice = stage.shared();
    let origin = dice.weighted(names::origins(stage.world.regions.province()));
    let sex = Sex::draw(&mut dice);
    let name = names::name(&mut dice, origin, sex, None, false);
    let birth = plus(stage.world.as_of, -dice.between(7_400..=20_000));
    let birth = dice.chance(500).then_some(birth);
    Wishes::of(Cast { name: Some(name), birth, sex: Some(sex), origin: Some(origin), ..Cast::aged(20, 55) })
}

pub(super) fn namesakes(stage: &Stage<'_>, app: &mut Application) {
    app.alias = None;
    stage.mark(app, Side::Innocent, "senama", &[columns::NAMA_LENGKAP]);
}

/// The same phone, more than a year apart: the first owner let it lapse.
pub(super) fn recycled_phone(stage: &Stage<'_>, app: &mut Application) {
    app.phone = Some(stage.line(0));
    stage.mark(app, Side::Innocent, "pemilik_nomor", &[columns::TELEPON]);
}

pub(super) fn papuan(_: &Stage<'_>) -> Wishes {
    Wishes::of(Cast { origin: Some(Origin::Eastern), ..Cast::aged(20, 60) })
}

/// A NIK with a region code that Papua gave up when it was divided.
pub(super) fn retired_region(stage: &Stage<'_>, app: &mut Application) {
    let world = stage.world;
    if let Some((code, name)) = world.regions.draw_retired(&mut stage.shared()) {
        app.nik = world.numbers.nik(code, app.birth, app.sex.unwrap_or(Sex::Male), stage.body());
        app.birth_place.clone_from(name);
    }
    stage.mark(app, Side::Innocent, "pemohon", &[]);
}

/// The birth date was corrected by a court; the NIK keeps the old one, as the law has it.
pub(super) fn corrected_birth(stage: &Stage<'_>, app: &mut Application) {
    let (Some(household), Some(sex)) = (stage.household, app.sex) else { return };
    let Some(person) = household.members.first() else { return };
    let world = stage.world;
    let mut dice = stage.shared();
    let birth = app.birth;
    let wrong = match dice.below(3) {
        0 if birth.day() <= 12 => ymd(birth.year(), birth.day(), birth.month()),
        1 => ymd(birth.year(), birth.month(), (birth.day() + 10) % 28 + 1),
        _ => ymd(birth.year() + i32::try_from(dice.between(1..=3)).unwrap_or(1), birth.month(), birth.day()),
    };
    let wrong = if wrong == birth { plus(birth, 31) } else { wrong };
    app.nik = world.numbers.nik(world.regions.town(person.first_town).code, wrong, sex, stage.body());
    app.attach("penetapan_pengadilan");
    app.attach("akta_lahir");
    let issued = plus(app.date, -dice.between(40..=2_500)).max(plus(birth, 400));
    app.akta = Some(world.numbers.akta(world.regions.town(person.birth_town).code, issued, true, stage.body()));
    stage.mark(app, Side::Innocent, "pemohon", &[columns::NIK, columns::DOKUMEN_DILAMPIRKAN]);
}

/// Somebody with an old passport that runs out.
pub(super) fn renewal(_: &Stage<'_>) -> Wishes {
    Wishes { request: Some(Request::Expired), ..Wishes::of(Cast::aged(26, 62)) }
}

/// The scanner took one digit of the old passport for another.
pub(super) fn misread_mrz(stage: &Stage<'_>, app: &mut Application) {
    papers::scan(app);
    app.mrz = app.mrz.take().map(|(first, second)| (first, mrz::misread(&second)));
    if app.mrz.is_some() {
        stage.mark(app, Side::Innocent, "pemohon", &[columns::MRZ2]);
    }
}

/// A clerk left out a digit, doubled one, or took O for 0.
pub(super) fn mistyped_nik(stage: &Stage<'_>, app: &mut Application) {
    let mut dice = stage.own();
    let at = dice.index(4) + 12;
    let kinds = if app.nik.contains('0') { 3 } else { 2 };
    app.nik = match dice.below(kinds) {
        0 => app.nik.char_indices().filter(|(i, _)| *i != at).map(|(_, c)| c).collect(),
        1 => app.nik.char_indices().flat_map(|(i, c)| std::iter::repeat_n(c, if i == at { 2 } else { 1 })).collect(),
        _ => app.nik.replacen('0', "O", 1),
    };
    stage.mark(app, Side::Innocent, "pemohon", &[columns::NIK]);
}
