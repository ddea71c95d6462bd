//! One invented person: birth, name, parents, schooling, work. All of it hangs together: work and schooling follow age, a
//! spouse has a wedding after both grew up, parents were adults at the birth.

use chrono::NaiveDate;

use super::days::{age, plus, plus_years};
use super::dice::Dice;
use super::names::{self, Name, Origin};

/// Sex as a NIK and a passport record it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sex {
    Male,
    Female,
}

impl Sex {
    /// The code of the dictionary.
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Male => "L",
            Self::Female => "P",
        }
    }

    pub(super) fn other(self) -> Self {
        match self {
            Self::Male => Self::Female,
            Self::Female => Self::Male,
        }
    }

    pub(super) fn draw(dice: &mut Dice) -> Self {
        if dice.chance(490) { Self::Male } else { Self::Female }
    }
}

/// A relative who is named but need not apply.
#[derive(Debug, Clone)]
pub(super) struct Kin {
    pub(super) name: Name,
    pub(super) birth: NaiveDate,
    pub(super) sex: Sex,
}

/// A person who applies.
#[derive(Debug, Clone)]
pub(super) struct Person {
    /// Number of the body: every number that identifies the person is worked out of it.
    pub(super) body: u64,
    pub(super) who: Kin,
    pub(super) father: Kin,
    pub(super) mother: Kin,
    pub(super) spouse: Option<Kin>,
    /// Code of `status_sipil`.
    pub(super) marital: &'static str,
    /// Code of `pendidikan`.
    pub(super) education: &'static str,
    pub(super) occupation: &'static str,
    pub(super) height: i64,
    /// The town of birth, a number of the regions.
    pub(super) birth_town: usize,
    /// The town of first registration, which the NIK keeps.
    pub(super) first_town: usize,
}

/// What a person does, as far as it decides on journeys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Work {
    Learner,
    Employed,
    Trader,
    Manual,
    Home,
    Retired,
    None,
}

const EMPLOYED: &[&str] = &[
    "KARYAWAN SWASTA",
    "PEGAWAI NEGERI SIPIL",
    "GURU",
    "KARYAWAN BUMN",
    "PERAWAT",
    "KARYAWAN HONORER",
    "BIDAN",
    "DOKTER",
    "DOSEN",
    "KEPOLISIAN RI",
    "AKUNTAN",
    "APOTEKER",
];
const TRADERS: &[&str] = &["WIRASWASTA", "PEDAGANG", "PERDAGANGAN"];
const MANUAL: &[&str] = &[
    "BURUH HARIAN LEPAS",
    "PETANI/PEKEBUN",
    "SOPIR",
    "BURUH TANI/PERKEBUNAN",
    "NELAYAN/PERIKANAN",
    "TUKANG BATU",
    "MEKANIK",
    "TUKANG JAHIT",
    "PEMBANTU RUMAH TANGGA",
    "TUKANG LAS/PANDAI BESI",
    "PENATA RAMBUT",
];

/// What an occupation amounts to.
pub(super) fn work(occupation: &str) -> Work {
    match occupation {
        "PELAJAR/MAHASISWA" => Work::Learner,
        "MENGURUS RUMAH TANGGA" => Work::Home,
        "PENSIUNAN" => Work::Retired,
        "BELUM/TIDAK BEKERJA" => Work::None,
        other if TRADERS.contains(&other) => Work::Trader,
        other if MANUAL.contains(&other) => Work::Manual,
        _ => Work::Employed,
    }
}

/// Occupation by age and sex.
pub(super) fn occupation(dice: &mut Dice, age: i32, sex: Sex) -> &'static str {
    let roll = dice.below(100);
    match (age, sex) {
        (..=5, _) => "BELUM/TIDAK BEKERJA",
        (6..=17, _) => "PELAJAR/MAHASISWA",
        (18..=23, _) if roll < 48 => "PELAJAR/MAHASISWA",
        (18..=27, _) if roll < 60 => "BELUM/TIDAK BEKERJA",
        (58.., _) if roll < 34 => "PENSIUNAN",
        (24.., Sex::Female) if roll < 40 => "MENGURUS RUMAH TANGGA",
        _ => match dice.below(100) {
            0..46 => dice.pick_skewed(EMPLOYED),
            46..78 => dice.pick_skewed(TRADERS),
            _ => dice.pick_skewed(MANUAL),
        },
    }
}

/// Highest education by age and occupation.
fn education(dice: &mut Dice, age: i32, occupation: &str) -> &'static str {
    let roll = dice.below(100);
    match age {
        ..=6 => "tidak_sekolah",
        7..=12 => "belum_tamat_sd",
        13..=15 => "sd",
        16..=18 => "sltp",
        _ => match work(occupation) {
            Work::Employed if roll < 58 => "s1",
            Work::Employed if roll < 66 => "s2",
            Work::Employed if roll < 82 => "d3",
            Work::Manual if roll < 34 => "sd",
            Work::Manual if roll < 64 => "sltp",
            _ if roll < 8 => "sd",
            _ if roll < 20 => "sltp",
            _ if roll > 84 => "s1",
            _ => "slta",
        },
    }
}

/// Marital status by age.
fn marital(dice: &mut Dice, age: i32) -> &'static str {
    let married = match age {
        ..=18 => 0,
        19..=22 => 110,
        23..=27 => 420,
        28..=34 => 720,
        35..=64 => 860,
        _ => 680,
    };
    if dice.chance(married) {
        "kawin"
    } else if age >= 60 && dice.chance(800) {
        "cerai_mati"
    } else if age >= 28 && dice.chance(360) {
        "cerai_hidup"
    } else {
        "belum_kawin"
    }
}

/// What a caller fixes about a person.
#[derive(Debug, Clone, Copy)]
pub(super) struct Traits<'a> {
    pub(super) origin: Origin,
    pub(super) sex: Sex,
    pub(super) birth: NaiveDate,
    /// The day for which age decides work and status.
    pub(super) on: NaiveDate,
    /// Parents, where brothers, sisters or the caller know them.
    pub(super) parents: Option<(&'a Kin, &'a Kin)>,
    /// The spouse; makes the person married.
    pub(super) spouse: Option<&'a Kin>,
    /// Never married, whatever the age.
    pub(super) single: bool,
}

/// A relative of an age.
pub(super) fn kin(dice: &mut Dice, origin: Origin, sex: Sex, birth: NaiveDate, clan: Option<&'static str>) -> Kin {
    let old = birth < NaiveDate::from_ymd_opt(1968, 1, 1).unwrap_or_default();
    Kin { name: names::name(dice, origin, sex, clan, old), birth, sex }
}

/// Father and mother of somebody born on a day.
pub(super) fn parents(dice: &mut Dice, origin: Origin, birth: NaiveDate) -> (Kin, Kin) {
    let father_age = i32::try_from(dice.between(22..=44)).unwrap_or(30);
    let mother_age = (father_age - i32::try_from(dice.between(0..=8)).unwrap_or(3)).clamp(18, 42);
    let born = |dice: &mut Dice, years: i32| plus(plus_years(birth, -years), -dice.between(0..=364));
    let father_birth = born(dice, father_age);
    let mother_birth = born(dice, mother_age);
    (kin(dice, origin, Sex::Male, father_birth, None), kin(dice, origin, Sex::Female, mother_birth, None))
}

/// A person with these traits.
pub(super) fn person(dice: &mut Dice, body: u64, traits: &Traits<'_>) -> Person {
    let years = age(traits.birth, traits.on);
    let (father, mother) = match traits.parents {
        Some((father, mother)) => (father.clone(), mother.clone()),
        None => parents(dice, traits.origin, traits.birth),
    };
    let who = kin(dice, traits.origin, traits.sex, traits.birth, father.name.clan);
    let occupation = occupation(dice, years, traits.sex);
    let education = education(dice, years, occupation);
    let stated = marital(dice, years);
    let marital = if traits.spouse.is_some() {
        "kawin"
    } else if traits.single {
        "belum_kawin"
    } else {
        stated
    };
    let partner = plus(traits.birth, dice.between(-1_400..=1_400)).min(plus_years(traits.on, -19));
    let spouse = match traits.spouse {
        Some(spouse) => Some(spouse.clone()),
        None => (marital == "kawin").then(|| kin(dice, traits.origin, traits.sex.other(), partner, None)),
    };
    Person {
        body,
        who,
        father,
        mother,
        spouse,
        marital,
        education,
        occupation,
        height: height(dice, years, traits.sex),
        birth_town: 0,
        first_town: 0,
    }
}

fn height(dice: &mut Dice, age: i32, sex: Sex) -> i64 {
    let spread = dice.between(-6..=6) + dice.between(-5..=5);
    match (age, sex) {
        (..=1, _) => 68 + spread / 2,
        (2..=14, _) => 78 + 6 * i64::from(age) + spread / 2,
        (_, Sex::Male) => 166 + spread,
        (_, Sex::Female) => 155 + spread,
    }
}

#[cfg(test)]
mod tests {
    use super::super::dice::Subject;
    use super::*;

    fn date(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).unwrap()
    }

    #[test]
    fn work_schooling_and_family_follow_age() {
        let on = date(2026, 11, 2);
        for body in 0..600_u64 {
            let mut dice = Dice::new(1, Subject::Household, body);
            let birth = plus(on, -dice.between(30..=30_000));
            let sex = Sex::draw(&mut dice);
            let traits = Traits { origin: Origin::Toba, sex, birth, on, parents: None, spouse: None, single: false };
            let made = person(&mut dice, body, &traits);
            let years = age(birth, on);
            if years < 17 {
                assert_eq!((made.marital, made.spouse.is_none()), ("belum_kawin", true));
                assert!(matches!(work(made.occupation), Work::Learner | Work::None));
            }
            if made.marital == "kawin" {
                assert!(age(made.spouse.as_ref().unwrap().birth, on) >= 18);
                assert_ne!(made.spouse.as_ref().unwrap().sex, sex);
            }
            assert!(
                (17..=46).contains(&age(made.father.birth, birth))
                    && (17..=44).contains(&age(made.mother.birth, birth))
            );
            assert!((40..=230).contains(&made.height));
        }
    }
}
