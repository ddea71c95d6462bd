//! Numbers that identify people and things: NIK, KK, phones, passports, certificates, accounts.
//!
//! Two promises. **Nobody has them**: NIK and KK carry sub-district codes that no region uses (99 downwards; the highest
//! real one is 51), phones lie in made-up ranges (`00` after the operator's prefix), passports begin with letters not
//! issued so far, emails end in `example`. **None comes twice by accident**: each is worked out of a running number
//! through a reordering, so whatever two people share they share because a story says so.

use chrono::{Datelike, NaiveDate};

use super::dice::{Dice, Shuffle, Subject};
use super::person::Sex;

/// Serials of one sub-district and day: 0001 to 9999.
const SERIALS: u64 = 9_999;
/// Sub-district numbers from 99 downwards that no kabupaten has ever used; real ones end at 51.
const FREE_DISTRICTS: u64 = 48;
/// Numbers set aside for the people behind one case (recruiters, helpers, several phones each).
const AGENTS: u64 = 16;

/// Whose phone line.
#[derive(Debug, Clone, Copy)]
pub(super) enum Line {
    /// An applicant's own, by person.
    Own(u64),
    /// A relative of a household.
    Relative(u64),
    /// Somebody who comes along with a household.
    Companion(u64),
    /// The `n`th line behind a case.
    Agent(u64, u64),
    /// An institution of the register.
    Institution(u64),
}

/// The number space of one invented world.
#[derive(Debug)]
pub(super) struct Numbers {
    people: u64,
    nik: Shuffle,
    kk: Shuffle,
    phone: Shuffle,
    foreign: Shuffle,
    passport: Shuffle,
    paper: Shuffle,
    /// Free digits of a local phone number.
    digits: u32,
}

impl Numbers {
    /// Room for so many applicants and cases.
    pub(super) fn new(seed: u64, people: u64, cases: u64) -> Self {
        let people = people.max(1);
        let bodies = 2 * people + AGENTS * cases;
        let shuffle = |number, size| Shuffle::new(size, &mut Dice::new(seed, Subject::Numbers, number));
        let identities = |count: u64| (count.div_ceil(SERIALS) * SERIALS).min(FREE_DISTRICTS * SERIALS);
        let lines = 4 * people + AGENTS * cases + 100_000;
        let digits = if lines > MOBILE.len() as u64 * 1_000_000 { 7 } else { 6 };
        let local = MOBILE.len() as u64 * 10_u64.pow(digits);
        Self {
            people,
            nik: shuffle(1, identities(bodies)),
            kk: shuffle(2, identities(people)),
            phone: shuffle(3, local),
            foreign: shuffle(4, 100_000),
            passport: shuffle(5, PASSPORT_LETTERS.len() as u64 * 10_000_000),
            paper: shuffle(6, lines.max(1_000_000)),
            digits,
        }
    }

    /// The body number of who comes along with a household.
    pub(super) fn companion(&self, household: u64) -> u64 {
        self.people + household
    }

    /// The body number of the `n`th person behind a case.
    pub(super) fn agent(&self, case: u64, n: u64) -> u64 {
        2 * self.people + AGENTS * case + n % AGENTS
    }

    /// A NIK: region of first registration with an unassigned sub-district, birth date (+40 for women), serial.
    pub(super) fn nik(&self, kabkota: &str, birth: NaiveDate, sex: Sex, body: u64) -> String {
        let day = birth.day() + if sex == Sex::Female { 40 } else { 0 };
        let (district, serial) = place(self.nik.of(body));
        format!("{kabkota}{district:02}{day:02}{:02}{:02}{serial:04}", birth.month(), birth.year() % 100)
    }

    /// A family card number: region, day of issue, serial.
    pub(super) fn kk(&self, kabkota: &str, issued: NaiveDate, household: u64) -> String {
        let (district, serial) = place(self.kk.of(household));
        format!("{kabkota}{district:02}{:02}{:02}{:02}{serial:04}", issued.day(), issued.month(), issued.year() % 100)
    }

    /// The day of the month on which body `body` must be born so that nobody else can have its NIK, where the serials
    /// alone do not suffice (above some 480,000 people). Numbers `2n` and `2n + 1` share the day: they may be twins.
    pub(super) fn birth_day(&self, body: u64) -> Option<u32> {
        bound_day(self.nik, body)
    }

    /// The same for the family card of a household.
    pub(super) fn kk_day(&self, household: u64) -> Option<u32> {
        bound_day(self.kk, household)
    }

    /// An Indonesian mobile number in E.164.
    pub(super) fn phone(&self, line: Line) -> String {
        let at = match line {
            Line::Own(body) => body,
            Line::Relative(household) => self.people + household,
            Line::Companion(household) => 2 * self.people + household,
            Line::Institution(n) => 3 * self.people + n % 100_000,
            Line::Agent(case, n) => 3 * self.people + 100_000 + AGENTS * case + n % AGENTS,
        };
        let number = self.phone.of(at);
        let prefix = nth(MOBILE, number);
        let width = self.digits as usize;
        format!("+62{prefix}00{:0width$}", number / MOBILE.len() as u64)
    }

    /// A mobile number abroad in E.164; countries outside the table get a Malaysian one.
    pub(super) fn foreign_phone(&self, country: &str, line: Line) -> String {
        let at = match line {
            Line::Own(n) | Line::Relative(n) | Line::Companion(n) | Line::Institution(n) => n,
            Line::Agent(case, n) => self.people + AGENTS * case + n,
        };
        let (_, prefixes) = FOREIGN.iter().find(|(code, _)| *code == country).unwrap_or(&FOREIGN_DEFAULT);
        let prefix = nth(prefixes, at / self.foreign.size() + at);
        format!("{prefix}00{:05}", self.foreign.of(at))
    }

    /// A passport number of a person: generation 0 before the history begins, then one more for each booklet issued.
    pub(super) fn passport(&self, body: u64, generation: u64) -> String {
        let number = self.passport.of(4 * body + generation % 4);
        format!("{}{:07}", nth(PASSPORT_LETTERS, number / 10_000_000), number % 10_000_000)
    }

    /// A birth certificate number: region, kind (`LU` in time, `LT` late), day of issue, serial.
    pub(super) fn akta(&self, kabkota: &str, issued: NaiveDate, late: bool, body: u64) -> String {
        let kind = if late { "LT" } else { "LU" };
        format!("{kabkota}-{kind}-{}-{:04}", issued.format("%d%m%Y"), self.paper.of(body))
    }

    /// A diploma number.
    pub(super) fn ijazah(&self, province: &str, level: &str, body: u64) -> String {
        format!("DN-{province} {level} {:07}", self.paper.of(body))
    }

    /// A marriage book number; husband and wife have the same.
    pub(super) fn buku_nikah(&self, wedding: NaiveDate, household: u64) -> String {
        let number = self.paper.of(household);
        let month = nth(ROMAN, u64::from(wedding.month0()));
        format!("{:04}/{:03}/{month}/{}", number % 10_000, number / 10_000, wedding.year())
    }

    /// A bank account.
    pub(super) fn account(&self, body: u64) -> String {
        format!("{:010}", 1_000_000_000 + self.paper.of(body) * 37)
    }

    /// An M-Paspor account.
    pub(super) fn login(&self, household: u64) -> String {
        format!("A{:07}", self.paper.of(household))
    }

    /// The digits that make an email address one person's own.
    pub(super) fn email_suffix(&self, body: u64) -> u64 {
        self.paper.of(body)
    }

    /// The running number of a letter.
    pub(super) fn letter(&self, body: u64) -> u64 {
        self.paper.of(body)
    }

    /// An id of the register of prospective migrant workers; its real format is not public.
    pub(super) fn cpmi(&self, body: u64) -> String {
        format!("CPMI{:08}", self.paper.of(body))
    }
}

/// Sub-district and serial of an identity.
fn place(identity: u64) -> (u64, u64) {
    (99 - identity / SERIALS, identity % SERIALS + 1)
}

fn bound_day(identities: Shuffle, number: u64) -> Option<u32> {
    if identities.size() < FREE_DISTRICTS * SERIALS {
        return None;
    }
    let turn = number / identities.size();
    let offset = Dice::new(0, Subject::Numbers, number % identities.size() / 2).below(28);
    u32::try_from(1 + (turn + offset) % 28).ok()
}

fn nth<'a>(list: &[&'a str], at: u64) -> &'a str {
    let at = usize::try_from(at % list.len().max(1) as u64).unwrap_or(0);
    list.get(at).copied().unwrap_or_default()
}

/// Mobile prefixes without the leading zero.
const MOBILE: &[&str] = &[
    "811", "812", "813", "821", "822", "823", "851", "852", "853", "814", "815", "816", "855", "856", "857", "858",
    "817", "818", "819", "859", "877", "878", "831", "832", "833", "838", "895", "896", "897", "898", "899", "881",
    "882", "883",
];

/// Letters with which no Indonesian passport is known to begin.
const PASSPORT_LETTERS: &[&str] = &["Y", "Z", "Q", "J", "K"];

const ROMAN: &[&str] = &["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"];

const FOREIGN_DEFAULT: (&str, &[&str]) =
    ("MY", &["+6012", "+6013", "+6014", "+6016", "+6017", "+6018", "+6019", "+6010", "+60111"]);

/// Mobile prefixes abroad, with room for `00` and five digits.
const FOREIGN: &[(&str, &[&str])] = &[
    FOREIGN_DEFAULT,
    ("SG", &["+659", "+658"]),
    ("TH", &["+6681", "+6686", "+6690"]),
    ("KH", &["+85512", "+85596"]),
    ("MM", &["+95942", "+95977"]),
    ("LA", &["+85620"]),
    ("SA", &["+96650", "+96655"]),
    ("TW", &["+88690", "+88698"]),
    ("HK", &["+8526", "+8529"]),
    ("AU", &["+6141", "+6143"]),
    ("JP", &["+81901", "+81801"]),
    ("AE", &["+97150"]),
    ("NL", &["+3161"]),
    ("US", &["+1206"]),
];

/// A line of Roman numerals for lingkungan and dusun.
pub(super) fn roman(number: u64) -> &'static str {
    nth(ROMAN, number)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn date(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).unwrap()
    }

    #[test]
    fn a_nik_has_its_parts_in_place_and_an_unassigned_district() {
        let numbers = Numbers::new(1, 1_000, 3);
        let nik = numbers.nik("1271", date(2003, 8, 17), Sex::Female, 0);
        assert_eq!((&nik[..6], &nik[6..12], nik.len()), ("127199", "570803", 16));
        assert_ne!(&nik[12..], "0000");
        assert_eq!(&numbers.nik("1207", date(1960, 2, 29), Sex::Male, 5)[6..12], "290260");
    }

    #[test]
    fn no_number_comes_twice_even_where_serials_run_out() {
        for people in [1_000_u64, 700_000] {
            let numbers = Numbers::new(4, people, 10);
            let step = people / 1_000;
            let mut niks = BTreeSet::new();
            let mut phones = BTreeSet::new();
            let mut passports = BTreeSet::new();
            let mut count = 0;
            // Everyone in one town, born in one month: the hardest case for the serials.
            for body in (0..people).step_by(usize::try_from(step).unwrap()).chain(people - 20..people) {
                let day = numbers.birth_day(body).unwrap_or(1);
                count += usize::from(niks.insert((numbers.nik("1271", date(1990, 5, day), Sex::Male, body), body)));
                phones.insert(numbers.phone(Line::Own(body)));
                phones.insert(numbers.phone(Line::Relative(body)));
                passports.insert(numbers.passport(body, 0));
                passports.insert(numbers.passport(body, 1));
            }
            let distinct: BTreeSet<_> = niks.iter().map(|(nik, _)| nik).collect();
            assert_eq!((distinct.len(), phones.len(), passports.len()), (count, 2 * count, 2 * count), "{people}");
        }
    }

    #[test]
    fn the_same_serial_never_falls_on_the_same_day_again() {
        let numbers = Numbers::new(4, 2_000_000, 0);
        let cycle = FREE_DISTRICTS * SERIALS;
        for body in [0, 17, 4_000] {
            let days: BTreeSet<_> = (0..8).map(|turn| numbers.birth_day(body + turn * cycle)).collect();
            assert_eq!(days.len(), 8);
        }
        assert_eq!(numbers.birth_day(10), numbers.birth_day(11), "twins share the day");
    }

    #[test]
    fn phones_lie_in_made_up_ranges() {
        let numbers = Numbers::new(2, 5_000, 4);
        let phone = numbers.phone(Line::Agent(3, 2));
        assert!(phone.starts_with("+628") && &phone[6..8] == "00" && phone.len() == 14, "{phone}");
        assert!(numbers.foreign_phone("KH", Line::Relative(3)).starts_with("+855"));
    }
}
