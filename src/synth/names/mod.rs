//! Names as Indonesians bear them: one to four words, with or without a clan, in thirteen regional traditions and one
//! common Muslim one; older people partly in the spelling of before 1972.
//!
//! Frequencies are skewed as in life: a few names fill the lists and most are rare. Nothing here says who does what.

#[rustfmt::skip]
mod lists;

use super::dice::Dice;
use super::person::Sex;

/// How the words of a name are put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// A given name; a second one in the same name is another word.
    First,
    /// A word of the second list.
    Second,
    /// The clan or family name.
    Clan,
    /// `BR`, "daughter of the clan", before the clan of a Batak or Karo woman.
    Boru,
    /// `I` or `NI` and the birth order of a Balinese.
    BirthOrder,
    /// A syllable of a Chinese given name.
    Syllable,
}

/// A naming tradition.
#[derive(Debug)]
struct Tradition {
    men: &'static [&'static str],
    women: &'static [&'static str],
    men_second: &'static [&'static str],
    women_second: &'static [&'static str],
    /// Clans or family names that children take from the father; may be empty.
    families: &'static [&'static str],
    men_shapes: &'static [(&'static [Shape], u32)],
    women_shapes: &'static [(&'static [Shape], u32)],
}

/// A tradition by name; the order is that of the table of lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(usize)]
pub(super) enum Origin {
    Toba,
    Mandailing,
    Karo,
    Simalungun,
    Nias,
    Malay,
    Javanese,
    Sundanese,
    Minang,
    Aceh,
    Bali,
    Chinese,
    Eastern,
    Muslim,
}

impl Origin {
    fn tradition(self) -> &'static Tradition {
        #[expect(clippy::indexing_slicing, reason = "a test holds the table to one entry for each origin")]
        &lists::TRADITIONS[self as usize]
    }

    /// Whether the family name or clan passes from father to child.
    fn hands_down(self) -> bool {
        !self.tradition().families.is_empty() && self != Self::Malay
    }

    /// Whether people of this tradition commonly make the pilgrimage to Mecca; decides who may travel for umrah.
    pub(super) fn makes_umrah(self) -> bool {
        match self {
            Self::Mandailing
            | Self::Malay
            | Self::Javanese
            | Self::Sundanese
            | Self::Minang
            | Self::Aceh
            | Self::Muslim => true,
            Self::Toba | Self::Karo | Self::Simalungun | Self::Nias | Self::Bali | Self::Chinese | Self::Eastern => {
                false
            }
        }
    }
}

/// Which traditions meet at an office, by the province of the office (two digits); weights of a thousand. Invented shares
/// with the right order of magnitude, so that names vary as much as they do at a counter.
pub(super) fn origins(province: &str) -> &'static [(Origin, u32)] {
    use Origin::{
        Aceh, Bali, Chinese, Eastern, Javanese, Karo, Malay, Mandailing, Minang, Muslim, Nias, Simalungun, Sundanese,
        Toba,
    };
    match province.as_bytes() {
        [b'1', b'1'] => &[(Aceh, 760), (Muslim, 120), (Javanese, 70), (Mandailing, 30), (Chinese, 20)],
        [b'1', b'2'] => &[
            (Toba, 220),
            (Javanese, 215),
            (Mandailing, 155),
            (Muslim, 90),
            (Chinese, 80),
            (Karo, 70),
            (Malay, 60),
            (Nias, 35),
            (Minang, 30),
            (Simalungun, 20),
            (Aceh, 12),
            (Sundanese, 6),
            (Eastern, 4),
            (Bali, 3),
        ],
        [b'1' | b'2', _] => &[
            (Malay, 260),
            (Minang, 200),
            (Javanese, 220),
            (Muslim, 160),
            (Chinese, 80),
            (Toba, 50),
            (Sundanese, 25),
            (Eastern, 5),
        ],
        [b'3', b'2' | b'6'] => {
            &[(Sundanese, 540), (Muslim, 200), (Javanese, 180), (Chinese, 50), (Toba, 20), (Minang, 10)]
        }
        [b'3', _] => &[(Javanese, 700), (Muslim, 160), (Chinese, 70), (Sundanese, 40), (Toba, 20), (Eastern, 10)],
        [b'5', b'1'] => &[(Bali, 760), (Javanese, 130), (Muslim, 60), (Chinese, 30), (Eastern, 20)],
        [b'5' | b'8' | b'9', _] => &[(Eastern, 560), (Muslim, 280), (Javanese, 100), (Bali, 30), (Chinese, 30)],
        _ => &[(Muslim, 420), (Javanese, 240), (Malay, 140), (Chinese, 80), (Eastern, 70), (Bali, 30), (Toba, 20)],
    }
}

/// The name of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Name {
    /// The whole name, in capitals, as on an identity card.
    pub(super) full: String,
    /// The clan or family name that children may take over.
    pub(super) clan: Option<&'static str>,
}

impl Name {
    /// How many words it has.
    pub(super) fn words(&self) -> usize {
        self.full.split(' ').count()
    }
}

/// Makes a name. `clan` is the father's; without one a clan is drawn where the tradition has clans.
pub(super) fn name(dice: &mut Dice, origin: Origin, sex: Sex, clan: Option<&'static str>, old_fashioned: bool) -> Name {
    let tradition = origin.tradition();
    let (shapes, first, second) = match sex {
        Sex::Male => (tradition.men_shapes, tradition.men, tradition.men_second),
        Sex::Female => (tradition.women_shapes, tradition.women, tradition.women_second),
    };
    let shape = dice.weighted(shapes);
    let mut words: Vec<&'static str> = Vec::with_capacity(5);
    let mut used_clan = None;
    for part in shape {
        match part {
            Shape::First => words.push(fresh(dice, first, &words)),
            Shape::Second => words.push(fresh(dice, second, &words)),
            Shape::Syllable => words.push(fresh(dice, CHINESE, &words)),
            Shape::Boru => words.push("BR"),
            Shape::BirthOrder => {
                words.push(if sex == Sex::Male { "I" } else { "NI" });
                words.push(dice.pick(BIRTH_ORDER));
            }
            Shape::Clan => {
                let family = clan.unwrap_or_else(|| dice.pick_skewed(tradition.families));
                used_clan = Some(family);
                words.push(family);
            }
        }
    }
    let full = words.join(" ");
    let full = if old_fashioned && dice.chance(110) { old_spelling(&full) } else { full };
    let full = if dice.chance(40) { abbreviate(dice, full) } else { full };
    Name { full, clan: used_clan.or(clan).filter(|_| origin.hands_down()) }
}

use lists::{BALI_ORDER as BIRTH_ORDER, CHINESE_SYLLABLES as CHINESE};

/// A word that the name does not have yet.
fn fresh(dice: &mut Dice, list: &'static [&'static str], words: &[&'static str]) -> &'static str {
    let mut word = dice.pick_skewed(list);
    for _ in 0..8 {
        if !words.contains(&word) {
            break;
        }
        word = dice.pick(list);
    }
    word
}

/// The spellings of MUHAMMAD and other first words that birth certificates vary most.
fn abbreviate(dice: &mut Dice, full: String) -> String {
    let variants: &[(&str, &[&str])] = &[
        ("MUHAMMAD ", &["M. ", "MHD ", "MUHAMAD ", "MUH. ", "MOHAMMAD ", "MOCHAMMAD "]),
        ("ABDUL ", &["ABD ", "ABD. "]),
        ("AHMAD ", &["ACHMAD ", "AKHMAD "]),
        ("SITI ", &["ST. ", "SITTI "]),
        ("NUR ", &["NOR "]),
    ];
    for (word, spellings) in variants {
        if let Some(rest) = full.strip_prefix(word) {
            return format!("{}{rest}", dice.pick(spellings));
        }
    }
    full
}

/// The spelling of before 1972: U as OE, J as DJ, C as TJ, Y as J, NY as NJ, SY as SJ.
pub(super) fn old_spelling(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 4);
    let mut letters = name.chars().peekable();
    while let Some(letter) = letters.next() {
        match (letter, letters.peek()) {
            ('N' | 'S', Some('Y')) => {
                letters.next();
                out.push(letter);
                out.push('J');
            }
            ('C', Some('H')) => out.push('C'),
            ('U', _) => out.push_str("OE"),
            ('J', _) => out.push_str("DJ"),
            ('C', _) => out.push_str("TJ"),
            ('Y', _) => out.push('J'),
            _ => out.push(letter),
        }
    }
    out
}

/// The same name as a clerk or a forger might write it another time: one letter or one common respelling apart.
pub(super) fn respell(dice: &mut Dice, name: &str) -> String {
    const SWAPS: &[(&str, &str)] = &[
        ("TH", "T"),
        ("KH", "H"),
        ("SY", "S"),
        ("MUHAMMAD", "MUHAMAD"),
        ("AHMAD", "ACHMAD"),
        ("FA", "PA"),
        ("IE", "I"),
        ("Z", "J"),
        ("II", "I"),
        ("Y", "I"),
        ("OE", "U"),
        ("U", "OE"),
        ("I", "Y"),
        ("EN", "IN"),
        ("S", "SS"),
        ("T", "TT"),
        ("R", "RR"),
        ("N", "NN"),
        ("L", "LL"),
    ];
    let start = dice.index(SWAPS.len());
    let hit = SWAPS.iter().cycle().skip(start).take(SWAPS.len()).find(|(from, _)| name.contains(from));
    match hit {
        Some((from, to)) => name.replacen(from, to, 1),
        None => format!("{name}A"),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::super::dice::Subject;
    use super::*;

    const ALL: [Origin; 14] = [
        Origin::Toba,
        Origin::Mandailing,
        Origin::Karo,
        Origin::Simalungun,
        Origin::Nias,
        Origin::Malay,
        Origin::Javanese,
        Origin::Sundanese,
        Origin::Minang,
        Origin::Aceh,
        Origin::Bali,
        Origin::Chinese,
        Origin::Eastern,
        Origin::Muslim,
    ];

    #[test]
    fn every_origin_has_its_tradition_and_makes_names_of_letters() {
        assert_eq!(lists::TRADITIONS.len(), ALL.len());
        for (number, origin) in ALL.into_iter().enumerate() {
            assert_eq!(origin as usize, number);
            let mut dice = Dice::new(1, Subject::Household, number as u64);
            for round in 0..200 {
                let sex = if round % 2 == 0 { Sex::Male } else { Sex::Female };
                let made = name(&mut dice, origin, sex, None, round % 3 == 0);
                assert!(made.full.len() <= 60 && (1..=7).contains(&made.words()), "{origin:?}");
                assert!(made.full.chars().all(|c| c.is_ascii_uppercase() || " .-".contains(c)), "{origin:?}");
            }
        }
    }

    #[test]
    fn children_keep_the_clan_of_the_father() {
        let mut dice = Dice::new(2, Subject::Household, 0);
        let kept = (0..200)
            .filter(|_| {
                name(&mut dice, Origin::Toba, Sex::Female, Some("SIHOMBING"), false).full.ends_with("SIHOMBING")
            })
            .count();
        assert!(kept > 160, "{kept}");
    }

    #[test]
    fn the_commonest_name_of_the_office_stays_below_a_twentieth_and_most_names_occur_once() {
        let mut dice = Dice::new(3, Subject::Household, 0);
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        let mut mononyms = 0;
        for _ in 0..20_000 {
            let origin = dice.weighted(origins("12"));
            let sex = if dice.chance(500) { Sex::Male } else { Sex::Female };
            let made = name(&mut dice, origin, sex, None, false);
            mononyms += usize::from(made.words() == 1);
            *seen.entry(made.full).or_default() += 1;
        }
        let top = seen.values().max().copied().unwrap();
        assert!(top < 1_000, "{top}");
        assert!(seen.len() > 10_000, "{}", seen.len());
        assert!((1_600..3_600).contains(&mononyms), "{mononyms}");
    }

    #[test]
    fn old_spelling_and_respelling_change_what_they_should() {
        assert_eq!(old_spelling("SUYANTO"), "SOEJANTO");
        assert_eq!(old_spelling("CHANDRA JOKO NYOMAN"), "CHANDRA DJOKO NJOMAN");
        for name in ["SITI AMINAH", "BOB", "MUHAMMAD YUSUF"] {
            let other = respell(&mut Dice::new(1, Subject::Household, 9), name);
            assert_ne!(other, name);
            assert!(strsim::levenshtein(&other, name) <= 2, "{name}");
        }
    }
}
