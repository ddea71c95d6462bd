//! Invented institutions: umrah organisers, placement companies, training institutes, schools, employers.
//!
//! Those of a licensed kind form a register, which is written out as the official list; the names are made of common words
//! and belong to nobody.

use chrono::NaiveDate;

use super::days::plus;
use super::dice::{Dice, Subject};
use super::numbers::Line;
use super::words::{PIOUS, PLAIN, SECOND, STREETS};
use super::world::World;

/// A kind of institution with a register.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Register {
    Ppiu,
    Pihk,
    P3mi,
    Lpk,
    School,
    Pesantren,
}

impl Register {
    /// Code of `penjamin_jenis`.
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Ppiu => "ppiu",
            Self::Pihk => "pihk",
            Self::P3mi => "p3mi",
            Self::Lpk => "lpk",
            Self::School => "sekolah",
            Self::Pesantren => "pesantren",
        }
    }

    fn form(self) -> (&'static str, &'static str) {
        match self {
            Self::Ppiu => ("PT", "TOUR AND TRAVEL"),
            Self::Pihk => ("PT", "HAJI DAN UMRAH"),
            Self::P3mi => ("PT", "KARYA MANDIRI"),
            Self::Lpk => ("LPK", "NUSANTARA"),
            Self::School => ("SMK SWASTA", ""),
            Self::Pesantren => ("PONDOK PESANTREN", ""),
        }
    }

    fn words(self) -> &'static [&'static str] {
        match self {
            Self::Ppiu | Self::Pihk | Self::Pesantren => PIOUS,
            Self::P3mi | Self::Lpk | Self::School => PLAIN,
        }
    }
}

/// An institution.
#[derive(Debug, Clone)]
pub(super) struct Institution {
    pub(super) name: String,
    pub(super) licence: String,
    pub(super) phone: String,
    pub(super) address: String,
    /// `aktif`, `sanksi` or `dicabut`.
    pub(super) status: &'static str,
    pub(super) until: NaiveDate,
}

fn combine(first: &[&'static str], number: u64) -> (&'static str, &'static str) {
    let at = |list: &[&'static str], n: u64| {
        list.get(usize::try_from(n % list.len().max(1) as u64).unwrap_or(0)).copied().unwrap_or_default()
    };
    let round = number / first.len().max(1) as u64;
    (at(first, number), at(SECOND, number + round))
}

/// How many institutions of a kind the invented province has.
pub(super) fn count(world: &World, register: Register) -> u64 {
    match register {
        Register::Ppiu => 14 + world.people / 8_000,
        Register::Pihk => 4,
        Register::P3mi => 8 + world.people / 60_000,
        Register::Lpk => 8,
        Register::School | Register::Pesantren => 16 + world.people / 10_000,
    }
}

/// Institution `number` of a register; numbers from its [`count`] on exist too but stand in no official list.
pub(super) fn registered(world: &World, register: Register, number: u64) -> Institution {
    let key = number * 8 + register as u64;
    let mut dice = Dice::new(world.seed, Subject::Institution, key);
    let (first, second) = combine(register.words(), number);
    let (form, tail) = register.form();
    let name = [form, first, second, tail].iter().filter(|w| !w.is_empty()).copied().collect::<Vec<_>>().join(" ");
    let status = if number % 9 == 7 {
        "dicabut"
    } else if number % 11 == 5 {
        "sanksi"
    } else {
        "aktif"
    };
    Institution {
        name,
        licence: format!("{}/{:04}/{}", register.code().to_uppercase(), number + 11, dice.between(2016..=2023)),
        phone: world.numbers.phone(Line::Institution(key)),
        address: format!("JL. {} NO. {}, {}", dice.pick(STREETS), dice.between(1..=200), world.seat()),
        status,
        until: plus(world.as_of, dice.between(-300..=1_500)),
    }
}

/// Any institution of a register whose licence is in order.
pub(super) fn draw(world: &World, dice: &mut Dice, register: Register) -> Institution {
    let number = dice.below(count(world, register));
    let found = registered(world, register, number);
    if found.status == "aktif" { found } else { registered(world, register, 0) }
}

/// An employer or an agency in no register, told apart by its number.
pub(super) fn company(dice: &mut Dice, phone: String, seat: &str) -> Institution {
    let (first, second) = combine(PLAIN, dice.below(100_000));
    let form = dice.pick(&["PT", "PT", "CV", "UD"]);
    Institution {
        name: format!("{form} {first} {second} {}", dice.pick(STREETS)),
        licence: format!("0{:015}", dice.below(1_000_000_000_000)),
        phone,
        address: format!("JL. {} NO. {}, {seat}", dice.pick(STREETS), dice.between(1..=400)),
        status: "aktif",
        until: NaiveDate::default(),
    }
}
