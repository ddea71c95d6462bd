//! Who comes on which day, in which order, and under which number.
//!
//! Days are planned one after the other and forgotten again: of the past only how many households came each day and where
//! their numbers began, which is enough to find those who come back.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::application::{Application, Booklet, Request};
use super::cases::{self, Spread};
use super::days::between;
use super::dice::{Dice, Subject};
use super::filing::{self, Visit};
use super::household::{self, Makeup};
use super::outcome::{self, Ending};
use super::truth::{Mark, Side};
use super::world::World;

/// One party at the counter: a household, somebody who comes back, or a member of a case.
#[derive(Debug, Clone)]
pub(super) struct Party {
    /// Number of the working day.
    day: usize,
    /// Minute of the day.
    minute: u32,
    office: &'static str,
    /// Number of the first application; the others follow.
    number: u64,
    who: Who,
}

#[derive(Debug, Clone, Copy)]
enum Who {
    /// The first `size` people of a household.
    Household { household: Seat, size: usize },
    /// One member of a household that came before.
    Back { household: Seat, member: usize },
    /// A member of a case.
    Member { case: usize, member: usize },
}

/// Where a household stands in the order of things.
#[derive(Debug, Clone, Copy)]
struct Seat {
    number: u64,
    first_body: u64,
    /// The working day it first came.
    day: usize,
}

impl Party {
    /// How many applications it hands in.
    pub(super) fn size(&self) -> u64 {
        match self.who {
            Who::Household { size, .. } => size as u64,
            Who::Back { .. } | Who::Member { .. } => 1,
        }
    }

    fn key(&self) -> (u32, u64, u64) {
        match self.who {
            Who::Household { household, .. } => (self.minute, 1, household.number),
            Who::Back { household, member } => (self.minute, 2, household.number * 8 + member as u64),
            Who::Member { case, member } => (self.minute, 0, (case * 100 + member) as u64),
        }
    }
}

/// What the past of one day keeps.
#[derive(Debug, Clone, Copy)]
struct Past {
    households: u64,
    first_household: u64,
    first_body: u64,
}

/// Plans the days in order.
#[derive(Debug)]
pub(super) struct Schedule<'a> {
    world: &'a World,
    /// Members of cases by day: day, case, member; ascending.
    members: Vec<(usize, usize, usize)>,
    past: Vec<Past>,
    next: Past,
    /// The running number of each office and year.
    sequences: BTreeMap<(&'static str, i32), u64>,
}

/// Working days after which people come back: a refused or incomplete file, a lost or full passport, an expired one.
const SOON: [usize; 5] = [24, 30, 38, 47, 60];
const LATER: [usize; 8] = [72, 110, 160, 230, 330, 470, 640, 880];
const RENEWAL: [usize; 4] = [1_120, 1_165, 1_205, 1_240];

impl<'a> Schedule<'a> {
    /// A schedule at the first day.
    pub(super) fn new(world: &'a World) -> Self {
        let members = world
            .cases
            .iter()
            .enumerate()
            .flat_map(|(case, story)| story.days.iter().enumerate().map(move |(member, day)| (*day, case, member)));
        let mut members: Vec<_> = members.collect();
        members.sort_unstable();
        let bodies = world.cases.iter().map(|c| u64::from(c.size)).sum();
        let next = Past { households: 0, first_household: bodies, first_body: bodies };
        Self { world, members, past: Vec::new(), next, sequences: BTreeMap::new() }
    }

    /// The parties of the next day, in the order of their numbers; `None` after tonight.
    pub(super) fn next_day(&mut self) -> Option<Vec<Party>> {
        let day = self.past.len();
        if day >= self.world.workdays.len() {
            return None;
        }
        let mut parties = self.members_of(day);
        let mut left = self.world.workdays.quota(day).saturating_sub(parties.len() as u64);
        self.returning(day, &mut left, &mut parties);
        self.households(day, left, &mut parties);
        parties.sort_by_key(Party::key);
        self.number(day, &mut parties);
        Some(parties)
    }

    fn members_of(&self, day: usize) -> Vec<Party> {
        let from = self.members.partition_point(|(d, _, _)| *d < day);
        let members = self.members.iter().skip(from).take_while(|(d, _, _)| *d == day);
        members.map(|&(_, case, member)| self.member(day, case, member)).collect()
    }

    fn member(&self, day: usize, case: usize, member: usize) -> Party {
        let story = self.world.cases.get(case);
        let together = story.is_some_and(|c| c.story.spread == Spread::OneDay);
        let away = story.is_some_and(|c| c.story.first_away) && member == 0;
        let own = story.map_or(0, |c| c.first_body) + member as u64;
        let minute = if together {
            540 + u32::try_from(member * 4).unwrap_or(0).min(360)
        } else {
            minute(&mut Dice::new(self.world.seed, Subject::MemberClock, own))
        };
        let office = if away { neighbour(self.world, own) } else { office(self.world, day, own) };
        Party { day, minute, office, number: 0, who: Who::Member { case, member } }
    }

    /// Those of earlier days who come back today.
    fn returning(&self, day: usize, left: &mut u64, parties: &mut Vec<Party>) {
        for gap in SOON.iter().chain(&LATER).chain(&RENEWAL) {
            let Some((then, past)) =
                day.checked_sub(*gap).and_then(|then| self.past.get(then).map(|past| (then, past)))
            else {
                continue;
            };
            let mut body = past.first_body;
            for number in past.first_household..past.first_household + past.households {
                let size = Makeup::of(self.world.seed, number).size();
                if *left > 0
                    && let Some(member) = comes_back(self.world.seed, number, body, size, *gap)
                {
                    let household = Seat { number, first_body: body, day: then };
                    let minute = minute(&mut Dice::new(self.world.seed, Subject::Clock, 4 * number + 1));
                    let office = office(self.world, day, number);
                    parties.push(Party { day, minute, office, number: 0, who: Who::Back { household, member } });
                    *left -= 1;
                }
                body += size;
            }
        }
    }

    /// New households until the day is full; the last one may leave somebody at home.
    fn households(&mut self, day: usize, left: u64, parties: &mut Vec<Party>) {
        let Past { first_household, first_body, .. } = self.next;
        let (mut left, mut number, mut body) = (left, first_household, first_body);
        while left > 0 {
            let whole = Makeup::of(self.world.seed, number).size();
            let size = whole.min(left);
            let household = Seat { number, first_body: body, day };
            let minute = minute(&mut Dice::new(self.world.seed, Subject::Clock, 4 * number));
            let office = office(self.world, day, number);
            let who = Who::Household { household, size: usize::try_from(size).unwrap_or(1) };
            parties.push(Party { day, minute, office, number: 0, who });
            left -= size;
            number += 1;
            body += whole;
        }
        self.past.push(Past { households: number - first_household, first_household, first_body });
        self.next = Past { households: 0, first_household: number, first_body: body };
    }

    /// Gives each party its numbers: office, year, running number; now and then one is left out.
    fn number(&mut self, day: usize, parties: &mut [Party]) {
        let year = chrono::Datelike::year(&self.world.workdays.date(day));
        let mut dice = Dice::new(self.world.seed, Subject::Day, day as u64);
        for party in parties {
            let own = party.office == self.world.office;
            let code = office_code(party.office);
            let start = Dice::new(self.world.seed, Subject::Sequence, code).below(40_000);
            let begins = if self.past.len() <= 1 { start } else { 0 };
            let sequence = self.sequences.entry((party.office, year)).or_insert(begins);
            let skipped = if own { u64::from(dice.chance(80)) } else { dice.below(25) };
            party.number = code * 1_000_000_000_000
                + u64::try_from(year % 100).unwrap_or(0) * 10_000_000_000
                + *sequence
                + skipped
                + 1;
            *sequence += skipped + party.size();
        }
    }
}

/// Four digits for an office: the province and its place among the offices there.
fn office_code(id: &str) -> u64 {
    let province = crate::reference::kanim::find(id).map_or("12", |k| k.provinsi);
    let place = crate::reference::kanim::all().filter(|k| k.provinsi == province).position(|k| k.id == id);
    province.parse::<u64>().unwrap_or(12) * 100 + 71 + place.unwrap_or(0) as u64
}

/// Whether, and who of a household, comes back after a gap of working days.
fn comes_back(seed: u64, number: u64, first_body: u64, size: u64, gap: usize) -> Option<usize> {
    let mut dice = Dice::new(seed, Subject::Return, number);
    let member = dice.below(size);
    let ending = outcome::honest(seed, first_body + member, 0);
    let (gaps, chance): (&[usize], u32) = match ending {
        Ending::Issued => {
            if dice.chance(16) {
                (&LATER, 1_000)
            } else {
                (&RENEWAL, 450)
            }
        }
        Ending::Refused(_) | Ending::Postponed(_) | Ending::Cancelled(_) | Ending::Withdrawn => (&SOON, 650),
    };
    let returns = dice.chance(chance);
    (returns && dice.pick(gaps) == gap).then(|| usize::try_from(member).unwrap_or(0))
}

/// The minute of the day at which somebody is served: 07:30 to 16:00, mornings are busier; a few stamps lie outside.
fn minute(dice: &mut Dice) -> u32 {
    let (from, to) = dice.weighted(&[
        ((450, 479), 70),
        ((480, 539), 210),
        ((540, 599), 205),
        ((600, 659), 170),
        ((660, 719), 115),
        ((720, 779), 45),
        ((780, 839), 105),
        ((840, 899), 55),
        ((900, 959), 22),
        ((366, 418), 2),
        ((1_084, 1_150), 1),
    ]);
    u32::try_from(dice.between(from..=to)).unwrap_or(540)
}

/// The applications of a party.
pub(super) fn applications(world: &World, party: &Party) -> Vec<Application> {
    let date = world.workdays.date(party.day);
    let visit = Visit {
        date,
        minute: party.minute,
        number: party.number,
        office: party.office,
        again: None,
        generation: 0,
        trip: None,
    };
    match party.who {
        Who::Member { case, member } => {
            world.cases.get(case).map(|case| cases::application(world, case, member, &visit)).into_iter().collect()
        }
        Who::Household { household, size } => {
            let home = household::household(world, household.number, household.first_body, date);
            (0..size).map(|member| first_visit(world, &home, member, &visit)).collect()
        }
        Who::Back { household, member } => vec![back(world, household, member, visit)],
    }
}

fn first_visit(world: &World, home: &household::Household, member: usize, visit: &Visit) -> Application {
    let visit = Visit { number: visit.number + member as u64, ..visit.clone() };
    let mut app = filing::file(world, home, member, &visit);
    let body = home.first_body() + member as u64;
    outcome::settle(world, &mut app, outcome::honest(world.seed, body, 0), body, 0);
    filing::family_marks(home, member, &mut app);
    app
}

/// Somebody comes back: with a better file, or for a new booklet in place of the one issued then.
fn back(world: &World, seat: Seat, member: usize, visit: Visit) -> Application {
    let then = world.workdays.date(seat.day);
    let home = household::household(world, seat.number, seat.first_body, then);
    let body = seat.first_body + member as u64;
    let Some(person) = home.members.get(member) else { return Application::default() };
    let ending = outcome::honest(world.seed, body, 0);
    let again = if ending == Ending::Issued {
        let office = office(world, seat.day, seat.number);
        let first = Visit { date: then, office, ..visit.clone() };
        let old = first_visit(world, &home, member, &first).issued;
        (replacement(world, body, visit.date, old.as_ref()), old)
    } else {
        filing::first_request(world, person, then)
    };
    let role = if ending == Ending::Issued { "ganti_paspor" } else { "melengkapi_berkas" };
    let visit = Visit { again: Some(again), generation: 1, ..visit };
    let mut app = filing::file(world, &home, member, &visit);
    outcome::settle(world, &mut app, outcome::honest(world.seed, body, 1), body, 1);
    filing::family_marks(&home, member, &mut app);
    let links = &[crate::schema::columns::NIK];
    app.marks.push(Mark { side: Side::Innocent, kind: "permohonan_ulang", group: String::new(), role, links });
    app
}

/// Why a booklet is replaced: it runs out, or something happened to it.
fn replacement(world: &World, body: u64, on: NaiveDate, old: Option<&Booklet>) -> Request {
    match old {
        None => Request::New,
        Some(old) if between(on, old.expires) < 200 => Request::Expired,
        Some(_) => Dice::new(world.seed, Subject::Replacement, body).weighted(&[
            (Request::Lost, 55),
            (Request::Full, 15),
            (Request::Damaged, 10),
            (Request::DataChange, 20),
        ]),
    }
}

/// Tonight's applications are the office's own; the history has some of the neighbours.
fn office(world: &World, day: usize, key: u64) -> &'static str {
    let away = Dice::new(world.seed, Subject::Away, key).chance(130);
    if away && day < world.workdays.tonight() { neighbour(world, key) } else { world.office }
}

fn neighbour(world: &World, key: u64) -> &'static str {
    Dice::new(world.seed, Subject::Neighbour, key).pick(&world.neighbours)
}
