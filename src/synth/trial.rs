//! A list, and applicants of whom some are on it under another spelling: what a matcher is measured with.
//!
//! Every tenth applicant is on the list. What the clerk, the applicant or a scanner did to the name is one of the
//! [`Damage`]s, in turn; what is known of birth date, number and place on either side varies beside it: equal, partly
//! known, mistyped, wrong, missing. As many others are close to an entry and somebody else (the name with another birth
//! date), and the rest is anybody. Two seeds have no person in common, so points can be set on one and judged on another.

use chrono::{Datelike, Days, NaiveDate};

use super::dice::{Dice, Subject};
use super::names::{self, Origin};
use super::person::Sex;
use crate::identity::Kelamin;
use crate::matching::{Birth, Person};
use crate::reference::wilayah;

/// What happened to a name between the list and the application.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Damage {
    /// Nothing.
    None,
    /// One letter added, lost, changed, or swapped with its neighbour.
    Typo,
    /// Two such.
    Typos,
    /// The words in another order.
    Order,
    /// A word is an initial.
    Initial,
    /// Another form of MUHAMMAD.
    Muhammad,
    /// The spelling of before 1972.
    OldSpelling,
    /// Another usual spelling of a word.
    Variant,
    /// Written by ear.
    Sound,
    /// Two words as one.
    Join,
    /// One word as two.
    Split,
    /// A word left out.
    Drop,
    /// A word more, or the father's name.
    Add,
    /// Digits for letters.
    Scanned,
    /// A title or degree.
    Title,
    /// The list's alias.
    Alias,
}

/// Every damage with its word in reports.
pub const DAMAGES: &[(Damage, &str)] = &[
    (Damage::None, "none"),
    (Damage::Typo, "typo"),
    (Damage::Typos, "two typos"),
    (Damage::Order, "order"),
    (Damage::Initial, "initial"),
    (Damage::Muhammad, "muhammad"),
    (Damage::OldSpelling, "old spelling"),
    (Damage::Variant, "variant"),
    (Damage::Sound, "sound"),
    (Damage::Join, "join"),
    (Damage::Split, "split"),
    (Damage::Drop, "dropped"),
    (Damage::Add, "added"),
    (Damage::Scanned, "scanned"),
    (Damage::Title, "title"),
    (Damage::Alias, "alias"),
];

/// A list and its applicants.
#[derive(Debug, Clone, Copy)]
pub struct Trial {
    /// Another seed, other people.
    pub seed: u64,
    /// Entries of the list.
    pub entries: u64,
    /// Applicants.
    pub applicants: u64,
}

/// What is true of an applicant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Truth {
    /// The entry that is the same person, from 0.
    pub entry: u32,
    /// What happened to the name.
    pub damage: Damage,
}

/// Draws of a name that a damage fits before another word is taken for granted.
const TRIES: usize = 400;

impl Trial {
    fn planted(&self) -> u64 {
        (self.applicants / 10).clamp(1, self.entries.max(1))
    }

    /// The entry of a planted person.
    fn place(&self, planted: u64) -> u64 {
        planted * (self.entries / self.planted()).max(1) % self.entries.max(1)
    }

    /// An entry of the list.
    #[must_use]
    pub fn entry(&self, number: u64) -> Person {
        let mut dice = Dice::new(self.seed, Subject::TrialEntry, number);
        let damage = self.damage_to(number);
        self.body(number, damage, &mut dice).listed(&mut dice, damage == Damage::Alias)
    }

    /// An applicant, and the entry that is the same person.
    #[must_use]
    pub fn applicant(&self, number: u64) -> (Person, Option<Truth>) {
        let mut dice = Dice::new(self.seed, Subject::TrialApplicant, number);
        match number % 10 {
            0 => {
                let planted = number / 10 % self.planted();
                let (entry, damage) = (self.place(planted), damage_of(planted));
                let truth = Truth { entry: u32::try_from(entry).unwrap_or(u32::MAX), damage };
                (self.same(entry, damage, &mut dice), Some(truth))
            }
            5 => (self.namesake(&mut dice), None),
            _ => (body(&mut dice).applying(&mut dice), None),
        }
    }

    /// The person of an entry, applying.
    fn same(&self, number: u64, damage: Damage, dice: &mut Dice) -> Person {
        let listed = self.entry(number);
        let own = self.body(number, damage, &mut Dice::new(self.seed, Subject::TrialEntry, number));
        let name = match damage {
            Damage::Alias => listed.names.last().cloned(),
            damage => damaged(damage, &own.name, &mut self.damage_dice(number)),
        };
        let mut person = own.applying(dice);
        person.names = vec![name.unwrap_or_else(|| own.name.clone())];
        person.born = Some(Birth::Day(stated(own.born, dice)));
        person
    }

    /// What will happen to the name of an entry.
    fn damage_to(&self, number: u64) -> Damage {
        let stride = (self.entries / self.planted()).max(1);
        let planted = number.is_multiple_of(stride) && number / stride < self.planted();
        if planted { damage_of(number / stride) } else { Damage::None }
    }

    /// The person behind an entry; what the list says may be less.
    fn body(&self, number: u64, damage: Damage, dice: &mut Dice) -> Body {
        let fits = |body: &Body| damaged(damage, &body.name, &mut self.damage_dice(number)).is_some();
        let mut person = body(dice);
        for _ in 0..TRIES {
            if fits(&person) {
                break;
            }
            person = body(dice);
        }
        person
    }

    fn damage_dice(&self, number: u64) -> Dice {
        Dice::new(self.seed, Subject::TrialDamage, number)
    }

    /// Somebody else with the name of an entry.
    fn namesake(&self, dice: &mut Dice) -> Person {
        let entry = self.entry(dice.below(self.entries.max(1)));
        let mut person = body(dice).applying(dice);
        person.names = entry.names.into_iter().take(1).collect();
        person
    }
}

fn damage_of(planted: u64) -> Damage {
    let at = usize::try_from(planted % DAMAGES.len() as u64).unwrap_or(0);
    DAMAGES.get(at).map_or(Damage::None, |(damage, _)| *damage)
}

/// A birth date as it is stated: right, day and month swapped, one part off, another one.
fn stated(born: NaiveDate, dice: &mut Dice) -> NaiveDate {
    let (year, month, day) = (born.year(), born.month(), born.day());
    let stated = match dice.weighted(&[(0, 850), (1, 40), (2, 80), (3, 30)]) {
        1 => NaiveDate::from_ymd_opt(year, day, month),
        2 => match dice.below(3) {
            0 => NaiveDate::from_ymd_opt(year, month, day % 28 + 1),
            1 => NaiveDate::from_ymd_opt(year, month % 12 + 1, day),
            _ => NaiveDate::from_ymd_opt(year / 10 * 10 + (year + 3) % 10, month, day),
        },
        3 => born.checked_add_days(Days::new(400 + dice.below(4_000))),
        _ => None,
    };
    stated.unwrap_or(born)
}

/// A person who does not exist.
struct Body {
    name: String,
    sex: Sex,
    born: NaiveDate,
    place: &'static str,
    nik: String,
}

/// Provinces in which applicants' names are drawn, so that every tradition is met.
const PROVINCES: &[(&str, u32)] =
    &[("12", 250), ("11", 60), ("14", 90), ("32", 200), ("35", 250), ("51", 40), ("53", 40), ("73", 70)];

fn body(dice: &mut Dice) -> Body {
    let province = dice.weighted(PROVINCES);
    let origin: Origin = dice.weighted(names::origins(province));
    let sex = Sex::draw(dice);
    let full = names::name(dice, origin, sex, None, false).full.replace('.', "");
    // Every fourth has a word that few others have: no list of ours is as long as life.
    let name = if dice.chance(250) { with_rare_word(dice, &full) } else { full };
    let base = NaiveDate::from_ymd_opt(1950, 1, 1).unwrap_or_default();
    let drawn = base.checked_add_days(Days::new(dice.below(57 * 365))).unwrap_or(base);
    let filled = |month, day| NaiveDate::from_ymd_opt(drawn.year(), month, day);
    let born = match dice.below(100) {
        0 => filled(12, 31),
        1 => filled(1, 1),
        2 => filled(7, 1),
        _ => None,
    };
    let born = born.unwrap_or(drawn);
    let town = dice.pick_skewed(towns());
    let (code, place) = (town.kode, town.nama);
    let day = born.day() + if sex == Sex::Female { 40 } else { 0 };
    let serial = dice.between(1..=9_999);
    let nik = format!("{code}{}{day:02}{:02}{:02}{serial:04}", 99 - dice.below(40), born.month(), born.year() % 100);
    Body { name, sex, born, place, nik }
}

fn towns() -> &'static [&'static wilayah::Wilayah] {
    static TOWNS: std::sync::LazyLock<Vec<&'static wilayah::Wilayah>> =
        std::sync::LazyLock::new(|| wilayah::kabkota().filter(|w| w.status == wilayah::Status::Aktif).collect());
    &TOWNS
}

/// The last word replaced by one of sixty thousand made of syllables.
fn with_rare_word(dice: &mut Dice, name: &str) -> String {
    const STARTS: &[&str] =
        &["MAR", "SU", "KA", "RO", "HAL", "BAN", "TI", "WAR", "NGA", "PAR", "LE", "DAM", "JU", "SIM", "GUN", "YA"];
    const MIDDLES: &[&str] =
        &["TI", "RA", "DO", "LO", "MU", "NGE", "SA", "BI", "WA", "KU", "RE", "NYA", "PU", "LA", "GI", "TO"];
    const ENDS: &[&str] = &[
        "MAN", "WATI", "NO", "YEM", "SIH", "RING", "DI", "TO", "LA", "BAR", "GAR", "HAN", "NINGSIH", "TUR", "KO", "WAN",
    ];
    let word = format!("{}{}{}{}", dice.pick(STARTS), dice.pick(MIDDLES), dice.pick(MIDDLES), dice.pick(ENDS));
    match name.rsplit_once(' ') {
        Some((rest, _)) => format!("{rest} {word}"),
        None => word,
    }
}

impl Body {
    fn kelamin(&self) -> Kelamin {
        if self.sex == Sex::Male { Kelamin::L } else { Kelamin::P }
    }

    /// As the list describes it.
    fn listed(self, dice: &mut Dice, alias: bool) -> Person {
        let born = match dice.weighted(&[(0, 800), (1, 30), (2, 80), (3, 90)]) {
            0 => Some(Birth::Day(self.born)),
            1 => Some(Birth::Month { year: self.born.year(), month: self.born.month() }),
            2 => Some(Birth::Year(self.born.year())),
            _ => None,
        };
        let mut names = vec![self.name.clone()];
        if alias || dice.chance(200) {
            names.push(body(dice).name);
        }
        Person {
            born,
            birth_place: dice.chance(700).then(|| self.place.to_owned()),
            sex: dice.chance(800).then(|| self.kelamin()),
            nik: dice.chance(400).then(|| self.nik.clone()),
            names,
            ..Person::default()
        }
    }

    /// As its application describes it.
    fn applying(&self, dice: &mut Dice) -> Person {
        let nik = match dice.weighted(&[(0, 920), (1, 50), (2, 30)]) {
            0 => self.nik.clone(),
            1 => mistyped(&self.nik, dice),
            _ => format!("{}{:04}", self.nik.get(..12).unwrap_or_default(), dice.between(1..=9_999)),
        };
        Person {
            names: vec![self.name.clone()],
            born: Some(Birth::Day(self.born)),
            birth_place: dice
                .chance(900)
                .then(|| if dice.chance(100) { "JAKARTA".to_owned() } else { self.place.to_owned() }),
            sex: Some(self.kelamin()),
            nik: Some(nik),
            ..Person::default()
        }
    }
}

fn mistyped(number: &str, dice: &mut Dice) -> String {
    let at = 12 + dice.index(4);
    let change = |(ix, c): (usize, char)| match c.to_digit(10).filter(|_| ix == at) {
        Some(digit) => char::from_digit((digit + 3) % 10, 10).unwrap_or(c),
        None => c,
    };
    number.chars().enumerate().map(change).collect()
}

/// The name after a damage; nothing where it cannot happen to this name.
fn damaged(damage: Damage, name: &str, dice: &mut Dice) -> Option<String> {
    let words: Vec<&str> = name.split(' ').collect();
    let long = |least: usize| {
        words.iter().enumerate().filter(move |(_, w)| w.len() >= least).map(|(at, _)| at).collect::<Vec<_>>()
    };
    let with = |at: usize, word: String| {
        words.iter().enumerate().map(|(ix, w)| if ix == at { word.as_str() } else { w }).collect::<Vec<_>>().join(" ")
    };
    match damage {
        Damage::None | Damage::Alias => Some(name.to_owned()),
        Damage::Typo | Damage::Typos => {
            let at = some(&long(5), dice)?;
            let once = typo(words.get(at)?, dice);
            if damage == Damage::Typo {
                return Some(with(at, once));
            }
            let twice = with(at, once);
            let again = some(&long(5), dice)?;
            let word = twice.split(' ').nth(again)?.to_owned();
            let parts: Vec<String> = twice
                .split(' ')
                .enumerate()
                .map(|(ix, w)| if ix == again { typo(&word, dice) } else { w.to_owned() })
                .collect();
            Some(parts.join(" "))
        }
        Damage::Order => {
            let (first, rest) = (words.len() > 1).then(|| words.split_first())??;
            Some(format!("{} {first}", rest.join(" ")))
        }
        Damage::Initial => {
            let at = some(&long(3), dice).filter(|_| long(3).len() > 1)?;
            Some(with(at, words.get(at)?.get(..1)?.to_owned()))
        }
        Damage::Muhammad => {
            let rest = name.strip_prefix("MUHAMMAD ")?;
            let form =
                dice.pick(&["M.", "MUH.", "MOH.", "MOCH.", "MHD", "MUHAMAD", "MOHAMMAD", "MOCHAMMAD", "MUHAMMED"]);
            Some(format!("{form} {rest}"))
        }
        Damage::OldSpelling => Some(names::old_spelling(name)).filter(|old| old != name),
        Damage::Variant => replaced(name, VARIANTS, dice),
        Damage::Sound => replaced(name, SOUNDS, dice),
        Damage::Join => {
            let at = (words.len() > 1).then(|| dice.index(words.len() - 1))?;
            let joined = format!("{}{}", words.get(at)?, words.get(at + 1)?);
            let kept = words.iter().enumerate().filter(|(ix, _)| *ix != at + 1);
            Some(kept.map(|(ix, w)| if ix == at { joined.as_str() } else { w }).collect::<Vec<_>>().join(" "))
        }
        Damage::Split => {
            let at = some(&long(7), dice)?;
            let word = words.get(at)?;
            let cut = 3 + dice.index(word.len() - 5);
            let (head, tail) = word.split_at_checked(cut)?;
            Some(with(at, format!("{head} {tail}")))
        }
        Damage::Drop => {
            let at = (words.len() > 2).then(|| dice.index(words.len()))?;
            let kept = words.iter().enumerate().filter(|(ix, _)| *ix != at).map(|(_, w)| *w);
            Some(kept.collect::<Vec<_>>().join(" "))
        }
        Damage::Add => {
            let more = body(dice).name;
            let word = more.split(' ').next_back()?;
            Some(if dice.chance(500) { format!("{name} BIN {word}") } else { format!("{name} {word}") })
        }
        Damage::Scanned => {
            let at = some(&long(4), dice)?;
            let word = words.get(at)?;
            let places: Vec<usize> =
                word.char_indices().filter(|(_, c)| "OISB".contains(*c)).map(|(ix, _)| ix).collect();
            let place = some(&places, dice)?;
            let digit = |(ix, c): (usize, char)| match c {
                'O' if ix == place => '0',
                'I' if ix == place => '1',
                'S' if ix == place => '5',
                'B' if ix == place => '8',
                c => c,
            };
            Some(with(at, word.char_indices().map(digit).collect()))
        }
        Damage::Title => Some(match dice.below(6) {
            0 => format!("H. {name}"),
            1 => format!("HJ. {name}"),
            2 => format!("DRS. H. {name}"),
            3 => format!("{name}, S.E."),
            4 => format!("{name}, S.PD., M.M."),
            _ => format!("IR. {name}"),
        }),
    }
}

fn some(places: &[usize], dice: &mut Dice) -> Option<usize> {
    (!places.is_empty()).then(|| dice.pick(places))
}

fn typo(word: &str, dice: &mut Dice) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    let at = 1 + dice.index(letters.len().saturating_sub(2).max(1));
    let other = dice.pick(&['A', 'E', 'I', 'N', 'R', 'S', 'T', 'K', 'L', 'M', 'G', 'U']);
    match dice.below(4) {
        0 => letters.insert(at.min(letters.len()), other),
        1 if letters.len() > 4 => drop(letters.remove(at)),
        2 if at + 1 < letters.len() => letters.swap(at, at + 1),
        _ => letters.get_mut(at).into_iter().for_each(|letter| *letter = if *letter == other { 'O' } else { other }),
    }
    letters.into_iter().collect()
}

/// Usual spellings of one word; from domain knowledge, not from the matcher's tables.
const VARIANTS: &[(&str, &str)] = &[
    ("AHMAD", "ACHMAD"),
    ("AHMAD", "AKHMAD"),
    ("RIZKI", "RIZKY"),
    ("RIZKI", "RISKI"),
    ("RIZKI", "RIZQI"),
    ("YUSUF", "YUSUP"),
    ("SITI", "SITTI"),
    ("NUR", "NOOR"),
    ("NUR", "NOER"),
    ("SRI", "SERI"),
    ("PUTRI", "PUTERI"),
    ("HUSEIN", "HUSAIN"),
    ("ISMAIL", "ISMAEL"),
    ("ZAINAL", "JAENAL"),
    ("ZAINAL", "ZAENAL"),
    ("ARIF", "ARIEF"),
    ("TAUFIK", "TAUFIQ"),
    ("AISYAH", "AISAH"),
    ("FATIMAH", "FATIMA"),
    ("RAHMAT", "RACHMAT"),
    ("RAHMAN", "ROHMAN"),
    ("SALEH", "SHOLEH"),
    ("SULAIMAN", "SULEMAN"),
    ("RAMADHAN", "ROMADHON"),
    ("IQBAL", "IKBAL"),
    ("HENDRI", "HENDRY"),
    ("YULI", "JULI"),
    ("KHAIRUL", "CHAIRUL"),
    ("KHAIRUL", "KHOIRUL"),
    ("SYAIFUL", "SAEFUL"),
    ("SAIFUL", "SYAEFUL"),
    ("ERIK", "ERICK"),
    ("LUKMAN", "LUQMAN"),
    ("MUKHLIS", "MUCHLIS"),
    ("KRISTINA", "CHRISTINA"),
    ("YOHANES", "JOHANES"),
    ("STEFANUS", "STEPHANUS"),
    ("USMAN", "UTSMAN"),
    ("UMAR", "OMAR"),
    ("ABDUL", "ABD"),
    ("SYARIFUDDIN", "SARIPUDIN"),
    ("EFENDI", "EFFENDY"),
    ("DEDI", "DEDY"),
    ("EDI", "EDDY"),
    ("ADITYA", "ADITIA"),
    ("AZIZAH", "AJIZAH"),
    ("FAUZI", "FAUZY"),
    ("FAUZI", "PAUZI"),
    ("HIDAYAT", "HIDAJAT"),
];

/// What the ear does not tell apart.
const SOUNDS: &[(&str, &str)] = &[
    ("F", "P"),
    ("V", "F"),
    ("Z", "S"),
    ("Z", "J"),
    ("DH", "D"),
    ("TH", "T"),
    ("KH", "H"),
    ("SY", "S"),
    ("Q", "K"),
    ("AI", "AE"),
    ("AU", "AO"),
    ("NN", "N"),
    ("LL", "L"),
    ("SS", "S"),
    ("TT", "T"),
    ("W", "U"),
    ("II", "I"),
    ("FI", "VI"),
    ("GH", "G"),
];

fn replaced(name: &str, table: &[(&str, &str)], dice: &mut Dice) -> Option<String> {
    let start = dice.index(table.len());
    let fits = table.iter().cycle().skip(start).take(table.len());
    let whole = |from: &str| from.len() < 3 || name.split(' ').any(|word| word == from);
    fits.filter(|(from, _)| name.contains(from) && whole(from))
        .map(|(from, to)| name.replacen(from, to, 1))
        .find(|other| other != name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn planted_people_are_on_the_list_and_damaged_as_said() {
        let trial = Trial { seed: 3, entries: 3_000, applicants: 2_000 };
        let (mut planted, mut changed) = (0, 0);
        for number in 0..trial.applicants {
            let (person, truth) = trial.applicant(number);
            assert_eq!((&person, truth), (&trial.applicant(number).0, trial.applicant(number).1));
            let Some(truth) = truth else { continue };
            planted += 1;
            let entry = trial.entry(u64::from(truth.entry));
            changed += usize::from(!entry.names.contains(&person.names[0]));
            assert_eq!(
                truth.damage == Damage::None || truth.damage == Damage::Alias,
                entry.names.contains(&person.names[0]),
                "{truth:?}"
            );
        }
        assert_eq!((planted, changed), (200, 200 - 2 * 12 - 1));
    }
}
