//! The people on one family card who apply together, from a single applicant to parents with children.
//!
//! A household is thrown from its number and the day it first comes; the same number and day give the same people, so that
//! nobody has to be remembered until they come back years later.

use chrono::{Datelike, NaiveDate};

use super::days::{age, on_day, plus, plus_years, ymd};
use super::dice::{Dice, Subject};
use super::names::{self, Name, Origin};
use super::numbers::Line;
use super::person::{self, Kin, Person, Sex, Traits};
use super::region::{self, Home};
use super::world::World;

/// Who applies together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Makeup {
    Single,
    Couple,
    ParentChild,
    ParentsChild,
    ParentsChildren,
    Elders,
    ElderChild,
    Siblings,
    Twins,
}

impl Makeup {
    /// How many apply.
    pub(super) fn size(self) -> u64 {
        match self {
            Self::Single => 1,
            Self::Couple | Self::ParentChild | Self::Elders | Self::ElderChild | Self::Siblings | Self::Twins => 2,
            Self::ParentsChild => 3,
            Self::ParentsChildren => 4,
        }
    }

    /// The makeup of a household: a throw of its own, so that a day can be filled without making the people.
    pub(super) fn of(seed: u64, household: u64) -> Self {
        Dice::new(seed, Subject::HouseholdSize, household).weighted(&[
            (Self::Single, 560),
            (Self::Couple, 115),
            (Self::ParentChild, 70),
            (Self::ParentsChild, 60),
            (Self::ParentsChildren, 45),
            (Self::Elders, 45),
            (Self::ElderChild, 50),
            (Self::Siblings, 40),
            (Self::Twins, 15),
        ])
    }
}

/// A household as it stands on the day it first comes.
#[derive(Debug, Clone)]
pub(super) struct Household {
    pub(super) number: u64,
    pub(super) makeup: Makeup,
    pub(super) origin: Origin,
    pub(super) home: Home,
    pub(super) kk: String,
    pub(super) kk_issued: NaiveDate,
    pub(super) wedding: NaiveDate,
    pub(super) members: Vec<Person>,
}

/// What a story fixes about the single person of a household of its own.
#[derive(Debug, Clone)]
pub(super) struct Cast {
    pub(super) ages: (i64, i64),
    /// The birthday itself, where several people or two files must agree on it.
    pub(super) birth: Option<NaiveDate>,
    pub(super) name: Option<Name>,
    pub(super) sex: Option<Sex>,
    pub(super) origin: Option<Origin>,
    pub(super) single: bool,
}

impl Cast {
    /// Anybody between two ages.
    pub(super) fn aged(from: i64, to: i64) -> Self {
        Self { ages: (from, to), birth: None, name: None, sex: None, origin: None, single: false }
    }
}

/// Who makes a household: everything its throws need.
struct Maker<'a> {
    world: &'a World,
    dice: Dice,
    origin: Origin,
    /// The day it first comes.
    on: NaiveDate,
    first_body: u64,
    made: Vec<Person>,
}

impl Maker<'_> {
    /// A birthday for somebody of an age, on the day of the month that the number of the body asks for.
    fn birth(&mut self, ages: (i64, i64)) -> NaiveDate {
        let years = i32::try_from(self.dice.between(ages.0..=ages.1)).unwrap_or(30);
        let about = plus(plus_years(self.on, -years), -self.dice.between(20..=350));
        match self.world.numbers.birth_day(self.next_body()) {
            Some(day) => on_day(about, day, plus(self.on, -7)),
            None => about,
        }
    }

    fn next_body(&self) -> u64 {
        self.first_body + self.made.len() as u64
    }

    fn add(&mut self, sex: Sex, birth: NaiveDate, parents: Option<(&Kin, &Kin)>, spouse: Option<&Kin>, single: bool) {
        let traits = Traits { origin: self.origin, sex, birth, on: self.on, parents, spouse, single };
        let body = self.next_body();
        let mut made = person::person(&mut self.dice, body, &traits);
        if let (Some(first), true) = (self.made.first(), parents.is_some()) {
            (made.birth_town, made.first_town) = (first.birth_town, first.first_town);
        }
        self.made.push(made);
    }

    /// A couple: both are married to each other and were grown up at the wedding.
    fn couple(&mut self, ages: (i64, i64)) {
        let sex = if self.dice.chance(500) { Sex::Male } else { Sex::Female };
        let birth = self.birth(ages);
        let partner_birth = plus(birth, self.dice.between(-1_300..=1_300)).min(plus_years(self.on, -20));
        let partner = person::kin(&mut self.dice, self.origin, sex.other(), partner_birth, None);
        self.add(sex, birth, None, Some(&partner), false);
        let bound = self.world.numbers.birth_day(self.next_body());
        let birth = bound.map_or(partner.birth, |day| on_day(partner.birth, day, self.on));
        let Some(first) = self.made.first().map(|p| p.who.clone()) else { return };
        self.add(sex.other(), birth, None, Some(&first), false);
        let names = partner.name;
        if let [first, second] = self.made.as_mut_slice() {
            second.who.name = names;
            first.spouse = Some(second.who.clone());
        }
    }

    /// A child of the first two, or of the first and a parent who stays at home.
    fn child(&mut self, ages: (i64, i64)) {
        let Some(first) = self.made.first() else { return };
        let one = first.who.clone();
        let other = self.made.get(1).filter(|p| p.spouse.is_some() && p.who.sex != one.sex).map(|p| p.who.clone());
        let other = other.or_else(|| first.spouse.clone());
        let other = other.unwrap_or_else(|| person::kin(&mut self.dice, self.origin, one.sex.other(), one.birth, None));
        let (father, mother) = if one.sex == Sex::Male { (one, other) } else { (other, one) };
        let sex = Sex::draw(&mut self.dice);
        let youngest = plus_years(father.birth.max(mother.birth), 18);
        let birth = self.birth(ages);
        let birth = if birth < youngest { ymd(youngest.year() + 1, birth.month(), birth.day()) } else { birth };
        let birth = on_day(birth, birth.day(), plus(self.on, -7));
        self.add(sex, birth, Some((&father, &mother)), None, true);
    }

    /// Two grown children of one couple; twins are born the same day.
    fn siblings(&mut self, twins: bool) {
        let birth = self.birth((18, 33));
        let (father, mother) = person::parents(&mut self.dice, self.origin, birth);
        let sex = Sex::draw(&mut self.dice);
        self.add(sex, birth, Some((&father, &mother)), None, true);
        let (sex, other) = if twins {
            (sex, birth)
        } else {
            let years = i32::try_from(self.dice.between(2..=4)).unwrap_or(2);
            let day = self.world.numbers.birth_day(self.next_body()).unwrap_or(birth.day());
            (Sex::draw(&mut self.dice), on_day(plus_years(birth, years), day, plus_years(self.on, -14)))
        };
        self.add(sex, other, Some((&father, &mother)), None, true);
    }

    fn fill(&mut self, makeup: Makeup) {
        match makeup {
            Makeup::Single => self.single(&Cast::aged(18, 69)),
            Makeup::Couple => self.couple((24, 62)),
            Makeup::Elders => self.couple((60, 80)),
            Makeup::ParentChild => {
                self.single_parent();
                self.child((1, 15));
            }
            Makeup::ParentsChild | Makeup::ParentsChildren => {
                self.couple((27, 46));
                for _ in 2..makeup.size() {
                    self.child((1, 16));
                }
            }
            Makeup::ElderChild => {
                self.couple((60, 78));
                self.made.truncate(1);
                self.child((22, 40));
            }
            Makeup::Siblings => self.siblings(false),
            Makeup::Twins => self.siblings(true),
        }
    }

    /// One grown-up; the young travel more than the old.
    fn single(&mut self, cast: &Cast) {
        let (from, to) = cast.ages;
        let middle = if cast.ages == (18, 69) && self.dice.chance(640) { 41 } else { to };
        let drawn = self.birth((from, middle));
        let sex = Sex::draw(&mut self.dice);
        self.add(cast.sex.unwrap_or(sex), cast.birth.unwrap_or(drawn), None, None, cast.single);
        if let (Some(name), Some(person)) = (&cast.name, self.made.first_mut()) {
            person.who.name.clone_from(name);
        }
    }

    fn single_parent(&mut self) {
        self.couple((26, 45));
        self.made.truncate(1);
    }

    /// Where the members were born and first registered: mostly here, otherwise in another town.
    fn settle(&mut self, town: usize) {
        let elsewhere = self.world.regions.draw(&mut self.dice);
        let from = if self.dice.chance(700) { town } else { elsewhere };
        for (at, member) in self.made.iter_mut().enumerate() {
            let own = if at < 2 && self.dice.chance(120) { self.world.regions.draw(&mut self.dice) } else { from };
            let child = age(member.who.birth, self.on) < 17;
            member.birth_town = if child { town } else { own };
            member.first_town = if child || self.dice.chance(120) { town } else { own };
        }
        if let (Some(Makeup::Twins), [first, second]) = (self.twins(), self.made.as_mut_slice()) {
            (second.birth_town, second.first_town) = (first.birth_town, first.first_town);
        }
    }

    fn twins(&self) -> Option<Makeup> {
        match self.made.as_slice() {
            [first, second] if first.who.birth == second.who.birth => Some(Makeup::Twins),
            _ => None,
        }
    }
}

/// The household of a number that first comes `on` a day; its people have the bodies from `first_body` on.
pub(super) fn household(world: &World, number: u64, first_body: u64, on: NaiveDate) -> Household {
    let makeup = Makeup::of(world.seed, number);
    let mut dice = Dice::new(world.seed, Subject::Household, number);
    let origin = dice.weighted(names::origins(world.regions.province()));
    let mut maker = Maker { world, dice, origin, on, first_body, made: Vec::with_capacity(4) };
    maker.fill(makeup);
    finish(maker, number, makeup)
}

/// One person on a family card of their own, as a story asks for them.
pub(super) fn alone(world: &World, number: u64, body: u64, on: NaiveDate, cast: &Cast) -> Household {
    let mut dice = Dice::new(world.seed, Subject::Household, number);
    let drawn = dice.weighted(names::origins(world.regions.province()));
    let origin = cast.origin.unwrap_or(drawn);
    let mut maker = Maker { world, dice, origin, on, first_body: body, made: Vec::with_capacity(1) };
    maker.single(cast);
    finish(maker, number, Makeup::Single)
}

fn finish(mut maker: Maker<'_>, number: u64, makeup: Makeup) -> Household {
    let world = maker.world;
    let town = world.regions.draw(&mut maker.dice);
    maker.settle(town);
    let dice = &mut maker.dice;
    let home = region::home(dice, &world.regions, town);
    let eldest = maker.made.iter().map(|p| p.who.birth).min().unwrap_or(maker.on);
    let wedding = wedding(dice, &maker.made, maker.on);
    let kk_issued = kk_issued(dice, eldest, maker.on);
    let kk_issued = world.numbers.kk_day(number).map_or(kk_issued, |day| on_day(kk_issued, day, plus(maker.on, -5)));
    let kk = world.numbers.kk(world.regions.town(town).code, kk_issued, number);
    Household { number, makeup, origin: maker.origin, home, kk, kk_issued, wedding, members: maker.made }
}

/// When the parents married: grown up, and before the first child.
fn wedding(dice: &mut Dice, members: &[Person], on: NaiveDate) -> NaiveDate {
    let youngest_spouse = members
        .iter()
        .filter_map(|p| p.spouse.as_ref().map(|s| s.birth.max(p.who.birth)))
        .max()
        .unwrap_or_else(|| members.first().map_or(on, |p| p.who.birth));
    let from = plus_years(youngest_spouse, 19);
    let first_child = members.iter().filter(|p| p.spouse.is_none()).map(|p| p.who.birth).min();
    let to = first_child.filter(|_| members.len() > 1).unwrap_or(on).min(plus(on, -30));
    plus(from, dice.between(0..=2_600)).min(to)
}

/// Family cards are reissued now and then since 2005; a few are brand-new.
fn kk_issued(dice: &mut Dice, eldest: NaiveDate, on: NaiveDate) -> NaiveDate {
    let back = match dice.below(100) {
        0..3 => dice.between(10..=90),
        3..40 => dice.between(90..=1_500),
        _ => dice.between(1_500..=5_200),
    };
    plus(on, -back).max(plus_years(eldest, 17)).max(ymd(2006, 1, 2)).min(plus(on, -5))
}

impl Household {
    /// The body of the first member; the others follow.
    pub(super) fn first_body(&self) -> u64 {
        self.members.first().map_or(0, |p| p.body)
    }

    /// The phone of a member: grown-ups have their own, children that of the first member, the very old often none.
    pub(super) fn phone(&self, world: &World, member: usize, on: NaiveDate) -> Option<String> {
        let person = self.members.get(member)?;
        let head = self.members.first()?;
        let years = age(person.who.birth, on);
        let mut dice = Dice::new(world.seed, Subject::OwnPhone, person.body);
        let shares = years < 17 || (years >= 60 && self.members.len() > 1 && dice.chance(600));
        let lacks = years >= 60 && dice.chance(180);
        let owner = if shares { self.younger(on).unwrap_or(head) } else { person };
        (!lacks).then(|| world.numbers.phone(Line::Own(owner.body)))
    }

    /// The first member between 18 and 59, who handles the telephone for the others.
    fn younger(&self, on: NaiveDate) -> Option<&Person> {
        self.members.iter().find(|p| (18..60).contains(&age(p.who.birth, on)))
    }
}

#[cfg(test)]
mod tests {
    use super::super::world::tests::small_world;
    use super::*;

    #[test]
    fn families_are_possible_families() {
        let world = small_world();
        let on = ymd(2026, 11, 2);
        for number in 0..1_500 {
            let family = household(&world, number, 10 * number, on);
            assert_eq!(family.members.len() as u64, family.makeup.size(), "{:?}", family.makeup);
            assert!(family.kk_issued < on && family.wedding < on);
            for (at, member) in family.members.iter().enumerate() {
                assert_eq!(member.body, 10 * number + at as u64);
                assert!(member.who.birth < on, "{:?}", family.makeup);
                assert!(age(member.father.birth, member.who.birth) >= 17, "{:?}", family.makeup);
                assert!(age(member.mother.birth, member.who.birth) >= 17, "{:?}", family.makeup);
            }
            if let (Makeup::Couple | Makeup::Elders, [one, two]) = (family.makeup, family.members.as_slice()) {
                assert_eq!(one.spouse.as_ref().unwrap().name, two.who.name);
                assert_eq!(two.spouse.as_ref().unwrap().name, one.who.name);
                assert_ne!(one.who.sex, two.who.sex);
            }
            if let (Makeup::ParentsChildren, [one, two, child, ..]) = (family.makeup, family.members.as_slice()) {
                let names = [&child.father.name, &child.mother.name];
                assert!(names.contains(&&one.who.name) && names.contains(&&two.who.name));
            }
            if family.makeup == Makeup::Twins {
                assert_eq!(family.members[0].who.birth, family.members[1].who.birth);
                assert_eq!(family.members[0].mother.name, family.members[1].mother.name);
            }
        }
    }

    #[test]
    fn the_same_number_and_day_give_the_same_family() {
        let world = small_world();
        let on = ymd(2026, 3, 2);
        let text = |n| format!("{:?}", household(&world, n, n, on));
        assert_eq!(text(7), text(7));
        assert_ne!(text(7), text(8));
    }
}
