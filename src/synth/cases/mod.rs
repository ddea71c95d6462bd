//! Stories that several applications share: planted cases that a good list must have, and innocent look-alikes that it
//! should not.
//!
//! A story says how many people it has, how they spread over the days, and what it changes in each application. Which
//! stories an office has, how large, and on which days, is decided once from the plan; who the people are is
//! thrown again whenever one of them is needed.

mod groups;
mod identities;
mod people;
mod plan;
mod rings;
mod table;

use chrono::NaiveDate;

use super::application::{Application, Booklet, Helper, Request};
use super::days::plus;
use super::dice::{Dice, Subject};
use super::filing::{self, Visit};
use super::household::{self, Cast, Household};
use super::names;
use super::numbers::Line;
use super::outcome::{self, Ending};
use super::papers;
use super::person::{self, Sex};
use super::trip::Trip;
use super::truth::{Mark, Side};
use super::world::World;

pub(super) use plan::plan;
pub(super) use table::STORIES;

/// How the applications of a story lie in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Spread {
    /// All on one working day.
    OneDay,
    /// Within so many working days.
    Within(usize),
    /// Anywhere in the history.
    Anytime,
    /// One after the other, at least so many working days apart.
    Apart(usize),
}

/// A kind of story.
#[derive(Debug)]
pub(super) struct Story {
    /// Its name in the truth file.
    pub(super) code: &'static str,
    /// Whether it has planted applications.
    pub(super) planted: bool,
    /// Planted: its weight among the planted applications. Innocent: applications of a hundred thousand.
    pub(super) share: u32,
    /// Fewest and most people.
    pub(super) sizes: (u32, u32),
    pub(super) spread: Spread,
    /// All applications are of one person.
    pub(super) one_person: bool,
    /// The first application is at another office.
    pub(super) first_away: bool,
    /// What it asks for before an application is made.
    wishes: fn(&Stage<'_>) -> Wishes,
    /// What it changes in the application, and what is true of it.
    play: fn(&Stage<'_>, &mut Application),
    /// How the application ends.
    ending: fn(&Stage<'_>) -> Ending,
}

/// One story that happens.
#[derive(Debug, Clone)]
pub(super) struct Case {
    pub(super) story: &'static Story,
    /// Its number among all cases of the world.
    pub(super) number: u64,
    /// How many people it has.
    pub(super) size: u32,
    /// The working day of each, ascending.
    pub(super) days: Vec<usize>,
    /// The body of the first; the others follow.
    pub(super) first_body: u64,
}

/// What a story asks for before an application is made.
#[derive(Debug, Clone)]
struct Wishes {
    cast: Cast,
    /// Why the person applies; `None` as it comes.
    request: Option<Request>,
    trip: Option<Trip>,
}

impl Wishes {
    fn of(cast: Cast) -> Self {
        Self { cast, request: None, trip: None }
    }
}

/// One member of a case at the counter.
#[derive(Debug)]
struct Stage<'a> {
    world: &'a World,
    case: &'a Case,
    member: usize,
    date: NaiveDate,
    /// The member's household; absent while the wishes are written.
    household: Option<&'a Household>,
}

/// A person behind a case: a recruiter, a travel agent, a helper.
#[derive(Debug, Clone)]
struct Agent {
    name: String,
    nik: String,
}

/// Somebody behind a planted story whom other offices know.
#[derive(Debug, Clone)]
pub(super) struct Broker {
    /// The number of the case, and which of its people.
    pub(super) case: u64,
    pub(super) number: u64,
    pub(super) name: String,
    pub(super) nik: String,
    pub(super) phone: String,
    /// Known by phone alone.
    pub(super) contact: bool,
}

/// Those behind one in four of the planted stories, and most of those that go on tonight, so that there is something to see; of every second of them the phone alone is known.
pub(super) fn brokers(world: &World) -> Vec<Broker> {
    let mut all = Vec::new();
    for case in world.cases.iter().filter(|case| case.story.planted) {
        let stage = Stage { world, case, member: 0, date: world.as_of, household: None };
        let mut dice = Dice::new(world.seed, Subject::BanEntry, (1 << 40) + case.number);
        let tonight = case.days.contains(&world.workdays.tonight());
        if !dice.chance(if tonight { 700 } else { 250 }) {
            continue;
        }
        let contact = dice.chance(500);
        for number in 0..if contact { 1 } else { 4 } {
            let Agent { name, nik } = stage.agent(number);
            all.push(Broker { case: case.number, number, name, nik, phone: stage.line(number), contact });
        }
    }
    all
}

impl<'a> Stage<'a> {
    /// Chance that all members of the case share.
    fn shared(&self) -> Dice {
        Dice::new(self.world.seed, Subject::Case, self.case.number)
    }

    /// Chance of this member alone.
    fn own(&self) -> Dice {
        Dice::new(self.world.seed, Subject::CaseMember, self.body())
    }

    /// The body of the member, also where the story has one person only.
    fn body(&self) -> u64 {
        self.case.first_body + self.member as u64
    }

    /// Whether the case is one of the hard ones: changing phones, links over two hops.
    fn hard(&self) -> bool {
        Dice::new(self.world.seed, Subject::HardCase, self.case.number).chance(400)
    }

    fn first(&self) -> bool {
        self.member == 0
    }

    fn agent(&self, n: u64) -> Agent {
        let world = self.world;
        let mut dice = Dice::new(world.seed, Subject::Agent, self.world.numbers.agent(self.case.number, n));
        let origin = dice.weighted(names::origins(world.regions.province()));
        let sex = Sex::draw(&mut dice);
        let birth = plus(world.as_of, -dice.between(8_500..=19_000));
        let who = person::kin(&mut dice, origin, sex, birth, None);
        let town = world.regions.draw(&mut dice);
        let nik =
            world.numbers.nik(world.regions.town(town).code, birth, sex, world.numbers.agent(self.case.number, n));
        Agent { name: who.name.full, nik }
    }

    /// The `n`th phone behind the case.
    fn line(&self, n: u64) -> String {
        self.world.numbers.phone(Line::Agent(self.case.number, n))
    }

    fn helper(&self, n: u64) -> Helper {
        let Agent { name, nik } = self.agent(n);
        Helper { name, nik, phone: Some(self.line(n)) }
    }

    /// An M-Paspor account of the case; the `n`th.
    fn login(&self, n: u64) -> String {
        self.world.numbers.login(self.case.first_body + n % u64::from(self.case.size))
    }

    fn account(&self, n: u64) -> String {
        self.world.numbers.account(self.world.numbers.agent(self.case.number, n))
    }

    /// The number of the letter that the case brings.
    fn letter_number(&self) -> u64 {
        self.world.numbers.letter(self.world.numbers.agent(self.case.number, 0))
    }

    /// States what is true and holds the linking columns against typing slips.
    fn mark(&self, app: &mut Application, side: Side, role: &'static str, links: &'static [&'static str]) {
        let letter = if self.case.story.planted { 'T' } else { 'W' };
        let group = if self.case.size > 1 { format!("{letter}-{:05}", self.case.number) } else { String::new() };
        app.keep(links);
        app.marks.push(Mark { side, kind: self.case.story.code, group, role, links });
    }

    /// The household of another member, as that member first came.
    fn household_of(&self, member: usize) -> Household {
        let stage = Stage { world: self.world, case: self.case, member, date: self.date_of(member), household: None };
        stage.cast_household(&(self.case.story.wishes)(&stage).cast)
    }

    /// The passport that the first member got for that application, if it was issued.
    fn passport_of_first(&self, now: &Application) -> Option<Booklet> {
        let visit = Visit {
            date: self.date_of(0),
            minute: now.minute,
            number: now.number,
            office: now.office,
            again: None,
            generation: 0,
            trip: None,
        };
        application(self.world, self.case, 0, &visit).issued
    }

    fn date_of(&self, member: usize) -> NaiveDate {
        self.world.workdays.date(self.case.days.get(member).copied().unwrap_or_default())
    }

    fn cast_household(&self, cast: &Cast) -> Household {
        let (body, on) =
            if self.case.story.one_person { (self.case.first_body, self.date_of(0)) } else { (self.body(), self.date) };
        household::alone(self.world, body, body, on, cast)
    }
}

/// The application of a member of a case.
pub(super) fn application(world: &World, case: &Case, member: usize, visit: &Visit) -> Application {
    let mut stage = Stage { world, case, member, date: visit.date, household: None };
    let wishes = (case.story.wishes)(&stage);
    let household = stage.cast_household(&wishes.cast);
    let mut visit = visit.clone();
    visit.trip = wishes.trip;
    visit.generation = if case.story.one_person { member as u64 } else { 0 };
    if let (Some(request), Some(person)) = (wishes.request, household.members.first()) {
        let old = papers::earlier(world, &mut stage.own(), person, request, visit.date);
        visit.again = Some(if old.is_some() { (request, old) } else { (Request::New, None) });
    }
    let mut app = filing::file(world, &household, 0, &visit);
    stage.household = Some(&household);
    (case.story.play)(&stage, &mut app);
    filing::family_marks(&household, 0, &mut app);
    app.fee = papers::fee(&app);
    outcome::settle(world, &mut app, (case.story.ending)(&stage), stage.body(), 0);
    app
}

/// An ending as anybody's.
fn as_anybody(stage: &Stage<'_>) -> Ending {
    outcome::honest(stage.world.seed, stage.body(), 0)
}

/// An ending of somebody in a ring: mostly nobody notices.
fn mostly_unnoticed(stage: &Stage<'_>) -> Ending {
    let mut dice = Dice::new(stage.world.seed, Subject::RingOutcome, stage.body());
    let honest = as_anybody(stage);
    dice.weighted(&[
        (honest, 860),
        (Ending::Refused("pmi_np"), 60),
        (Ending::Postponed("pmi_np"), 40),
        (Ending::Refused("keterangan_tidak_benar"), 40),
    ])
}
