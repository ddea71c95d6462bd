//! Journeys: for what, where to, how long, when, and how people put it into words.
//!
//! At offices on the Strait of Malacca most people name Malaysia, for a holiday, relatives or a doctor; elsewhere the mix
//! is another one. Places are real towns, houses and hospitals in them invented.

use chrono::NaiveDate;

use super::application::{Application, Purpose};
use super::days::plus;
use super::dice::Dice;
use super::names::Origin;
use super::person::Work;
use super::words::{self, ELSEWHERE, ENDINGS, HOSPITALS, HOTELS, OPENINGS, PLACES, ROADS};

/// What decides about a journey.
#[derive(Debug, Clone, Copy)]
pub(super) struct Traveller {
    pub(super) age: i32,
    pub(super) origin: Origin,
    pub(super) work: Work,
    /// Travels with children or parents.
    pub(super) family: bool,
    /// The office lies on the Strait of Malacca.
    pub(super) strait: bool,
    pub(super) on: NaiveDate,
}

/// A planned journey.
#[derive(Debug, Clone, Default)]
pub(super) struct Trip {
    pub(super) purpose: Purpose,
    /// ISO code, empty where nobody knows yet.
    pub(super) country: &'static str,
    pub(super) text: Option<String>,
    pub(super) address: Option<String>,
    pub(super) days: Option<i64>,
    pub(super) departure: Option<NaiveDate>,
}

impl Trip {
    /// Puts the journey into an application.
    pub(super) fn put(self, into: &mut Application) {
        into.purpose = self.purpose;
        into.country = self.country;
        into.text = self.text;
        into.stay_address = self.address;
        into.stay_days = self.days;
        into.departure = self.departure;
    }
}

/// What somebody travels for.
pub(super) fn purpose(dice: &mut Dice, who: &Traveller) -> Purpose {
    let grown = who.age >= 18;
    let when = |holds: bool, weight: u32| if holds { weight } else { 0 };
    let umrah = if who.origin.makes_umrah() { if who.age >= 40 { 260 } else { 110 } } else { 0 };
    let medical = if who.age >= 60 { 330 } else { 110 };
    let medical = if who.strait { medical } else { medical / 6 };
    let single = grown && !who.family;
    dice.weighted(&[
        (Purpose::Tourism, 400),
        (Purpose::Family, 170),
        (Purpose::Medical, medical),
        (Purpose::Umrah, umrah),
        (Purpose::NoPlan, 75),
        (Purpose::Business, when(single && matches!(who.work, Work::Trader | Work::Employed), 50)),
        (Purpose::Study, when((15..=30).contains(&who.age) && who.work == Work::Learner, 130)),
        (Purpose::FormalWork, when(single && who.age < 50 && who.work == Work::Employed, 18)),
        (Purpose::MigrantWork, when(single && (21..=44).contains(&who.age), 20)),
        (Purpose::Official, when(single && who.work == Work::Employed, 18)),
        (Purpose::Pilgrimage, when(!who.origin.makes_umrah(), 16)),
        (Purpose::Hajj, when(who.origin.makes_umrah() && who.age >= 40, 14)),
        (Purpose::Trainee, when(single && (18..=26).contains(&who.age), 16)),
        (Purpose::SchoolExchange, when(single && (18..=22).contains(&who.age), 3)),
        (Purpose::Other, 6),
    ])
}

/// A whole journey for a purpose.
pub(super) fn trip(dice: &mut Dice, who: &Traveller, purpose: Purpose) -> Trip {
    let country = country(dice, purpose, who.strait);
    trip_to(dice, who.on, purpose, country)
}

/// A whole journey for a purpose to a country.
pub(super) fn trip_to(dice: &mut Dice, on: NaiveDate, purpose: Purpose, country: &'static str) -> Trip {
    let vague = purpose == Purpose::NoPlan;
    let days = days(dice, purpose);
    let place = place(dice, country);
    Trip {
        purpose,
        country,
        text: dice.chance(if vague { 200 } else { 560 }).then(|| sentence(dice, purpose, place, days)),
        address: (!vague && dice.chance(480)).then(|| address(dice, purpose, place)),
        days: (!vague && dice.chance(880)).then_some(days),
        departure: (!vague && dice.chance(700)).then(|| plus(on, departs_in(dice))),
    }
}

fn departs_in(dice: &mut Dice) -> i64 {
    match dice.below(100) {
        0..6 => dice.between(4..=8),
        6..60 => dice.between(9..=45),
        _ => dice.between(46..=160),
    }
}

/// Days of stay by purpose.
pub(super) fn days(dice: &mut Dice, purpose: Purpose) -> i64 {
    match purpose {
        Purpose::Umrah => dice.pick(&[9, 9, 10, 12, 12, 14, 16]),
        Purpose::Hajj => dice.pick(&[26, 40, 40, 42]),
        Purpose::Medical => dice.pick(&[3, 4, 5, 5, 7, 7, 10, 14]),
        Purpose::Family => dice.pick(&[5, 7, 7, 10, 14, 14, 21, 28, 30, 60]),
        Purpose::Study => dice.pick(&[180, 365, 365, 730, 1_095, 1_460]),
        Purpose::Trainee | Purpose::SchoolExchange => dice.pick(&[365, 365, 1_095]),
        Purpose::MigrantWork | Purpose::FormalWork => dice.pick(&[365, 730, 730, 1_095]),
        Purpose::Business | Purpose::Official => dice.pick(&[3, 3, 4, 5, 7, 10]),
        Purpose::Tourism | Purpose::Pilgrimage | Purpose::NoPlan | Purpose::Other => {
            dice.pick(&[3, 3, 4, 4, 5, 5, 6, 7, 7, 8, 10, 14, 30])
        }
    }
}

/// Countries by purpose: weight at offices on the Strait of Malacca, weight elsewhere.
type Mix = &'static [(&'static str, u32, u32)];

#[rustfmt::skip]
const HOLIDAY: Mix = &[
    ("MY", 560, 210), ("SG", 150, 240), ("TH", 110, 110), ("JP", 45, 130), ("CN", 30, 45), ("VN", 22, 40),
    ("KR", 18, 60), ("AU", 16, 45), ("TR", 12, 25), ("HK", 10, 30), ("TW", 8, 20), ("KH", 9, 9), ("GB", 5, 14),
    ("NL", 5, 12), ("MM", 2, 2), ("AE", 6, 20), ("LA", 2, 2), ("US", 4, 10),
];
#[rustfmt::skip]
const RELATIVES: Mix = &[
    ("MY", 660, 330), ("SG", 70, 120), ("AU", 35, 80), ("US", 25, 60), ("NL", 20, 70), ("SA", 15, 40),
    ("HK", 20, 60), ("TW", 30, 90), ("TH", 26, 20), ("KH", 8, 8), ("MM", 2, 2), ("JP", 20, 60), ("DE", 10, 20),
    ("AE", 8, 15), ("KR", 10, 25),
];
#[rustfmt::skip]
const DOCTORS: Mix = &[
    ("MY", 925, 520), ("SG", 55, 380), ("CN", 16, 60), ("TH", 4, 20),
];
#[rustfmt::skip]
const SCHOOLS: Mix = &[
    ("MY", 420, 160), ("CN", 110, 120), ("JP", 80, 120), ("AU", 80, 140), ("EG", 110, 150), ("TR", 40, 60),
    ("GB", 40, 80), ("DE", 50, 70), ("TW", 40, 60), ("SG", 30, 40),
];
#[rustfmt::skip]
const JOBS: Mix = &[
    ("MY", 420, 130), ("TW", 180, 300), ("HK", 120, 250), ("JP", 110, 120), ("SG", 70, 80), ("KR", 60, 80),
    ("SA", 20, 40), ("AE", 20, 20),
];
#[rustfmt::skip]
const TRADE: Mix = &[
    ("MY", 400, 150), ("SG", 220, 270), ("CN", 160, 230), ("TH", 70, 60), ("JP", 50, 100), ("VN", 30, 50),
    ("KH", 14, 14), ("IN", 20, 40), ("KR", 30, 60),
];
#[rustfmt::skip]
const SHRINES: Mix = &[
    ("IL", 600, 600), ("IT", 200, 200), ("TH", 200, 200),
];
#[rustfmt::skip]
const TRAINING: Mix = &[
    ("JP", 860, 900), ("KR", 90, 60), ("TW", 50, 40),
];

/// A country for a purpose.
pub(super) fn country(dice: &mut Dice, purpose: Purpose, strait: bool) -> &'static str {
    let mix = match purpose {
        Purpose::Umrah | Purpose::Hajj => return "SA",
        Purpose::NoPlan if dice.chance(550) => return "",
        Purpose::Tourism | Purpose::NoPlan | Purpose::Other => HOLIDAY,
        Purpose::Family => RELATIVES,
        Purpose::Medical => DOCTORS,
        Purpose::Study => SCHOOLS,
        Purpose::MigrantWork | Purpose::FormalWork => JOBS,
        Purpose::Business | Purpose::Official => TRADE,
        Purpose::Pilgrimage => SHRINES,
        Purpose::Trainee | Purpose::SchoolExchange => TRAINING,
    };
    let weights: Vec<_> = mix.iter().map(|(code, here, there)| (*code, if strait { *here } else { *there })).collect();
    dice.weighted(&weights)
}

/// A place in a country.
pub(super) fn place(dice: &mut Dice, country: &str) -> &'static str {
    let places = PLACES.iter().find(|(code, _)| *code == country).map_or(ELSEWHERE, |(_, places)| places);
    dice.pick_skewed(places)
}

/// Where somebody will stay.
pub(super) fn address(dice: &mut Dice, purpose: Purpose, place: &str) -> String {
    match purpose {
        Purpose::Medical => format!("HOSPITAL {}, {place}", dice.pick(HOSPITALS)),
        Purpose::Tourism
        | Purpose::Umrah
        | Purpose::Hajj
        | Purpose::Business
        | Purpose::Pilgrimage
        | Purpose::Official => {
            format!("HOTEL {}, {place}", dice.pick(HOTELS))
        }
        _ => format!("NO {} {} {}, {place}", dice.between(1..=180), dice.pick(ROADS), dice.between(1..=30)),
    }
}

/// A purpose in somebody's own words.
pub(super) fn sentence(dice: &mut Dice, purpose: Purpose, place: &str, days: i64) -> String {
    let (acts, with) = words::phrases(purpose);
    if purpose == Purpose::NoPlan {
        return format!("{}{}", dice.pick(acts), dice.pick(with));
    }
    let place = place.to_lowercase();
    let core = match dice.below(100) {
        0..40 => format!("{} ke {place}{}", dice.pick(acts), dice.pick(with)),
        40..62 => format!("{} di {place} selama {days} hari{}", dice.pick(acts), dice.pick(with)),
        62..80 => format!("{}{} {days} hari", dice.pick(acts), dice.pick(with)),
        80..92 => format!("{} ke {place}{} lalu pulang", dice.pick(acts), dice.pick(with)),
        _ => format!("{}{}", dice.pick(acts), dice.pick(with)),
    };
    format!("{}{core}{}", dice.pick_skewed(OPENINGS), dice.pick_skewed(ENDINGS))
}
