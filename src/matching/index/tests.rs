//! The index against comparing every pair, on many random lists of every kind.

use super::*;
use crate::matching::Birth;
use crate::matching::compare::{Preparer, Side, sides};

/// A small generator: the same on every machine.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((z ^ (z >> 31)) % end as u64).unwrap()
    }

    fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    fn pick<'a>(&mut self, items: &[&'a str]) -> &'a str {
        items[self.below(items.len())]
    }
}

/// Few words that are close to each other in every way that a rule knows, so that hits, near hits and joins abound.
const WORDS: &[&str] = &[
    "SITI",
    "ST.",
    "AMINAH",
    "AMINHA",
    "AMANAH",
    "A",
    "A.",
    "M",
    "M.",
    "MUHAMMAD",
    "MUH.",
    "MARIA",
    "RIZKI",
    "RISQY",
    "ZAINAL",
    "JAENAL",
    "SIMANJUNTAK",
    "SIMANGUNTAK",
    "SIMANJ.",
    "SIMAN",
    "JUNTAK",
    "ABDUL",
    "RAHMAN",
    "ABDURRAHMAN",
    "NUR",
    "HAYATI",
    "NURHAYATI",
    "BIN",
    "BINTI",
    "ALI",
    "SUHARTO",
    "SOEHARTO",
    "LESTARI",
    "LESIRAI",
    "LLTARI",
    "NI",
    "WAYAN",
    "NINGSIH",
    "LESTARININGSIH",
    "HASIBUAN",
    "HAS.",
    "HASIBAUN",
    "HASAN",
    "HASANAH",
    "KARO-KARO",
    "X",
    "محمد",
    "S1TI",
    "JULI",
    "YULI",
];

fn name(random: &mut Random) -> String {
    let most = if random.one_in(20) { 10 } else { 4 };
    let words = if random.one_in(30) { 0 } else { 1 + random.below(most) };
    (0..words).map(|_| random.pick(WORDS)).collect::<Vec<_>>().join(" ")
}

fn birth(random: &mut Random) -> Option<Birth> {
    let year = 1970 + i32::try_from(random.below(14)).unwrap();
    let month = u32::try_from(1 + random.below(3)).unwrap();
    let day = [1, 2, 3, 12, 31][random.below(5)];
    match random.below(12) {
        0 => None,
        1 => Some(Birth::Month { year, month }),
        2 => Some(Birth::Year(year)),
        3 => Some(Birth::Years(year, year + i32::try_from(random.below(7)).unwrap())),
        4 => Some(Birth::Day(chrono::NaiveDate::from_ymd_opt(year, 12, 31).unwrap())),
        5 => Some(Birth::Day(chrono::NaiveDate::from_ymd_opt(year, 7, 1).unwrap())),
        _ => chrono::NaiveDate::from_ymd_opt(year, month, day).map(Birth::Day),
    }
}

fn person(random: &mut Random, plain: bool) -> Person {
    let names = (0..if random.one_in(4) { 1 + random.below(3) } else { 1 }).map(|_| name(random)).collect();
    let some = |random: &mut Random, one_in: usize, values: &[&str]| {
        (!plain && random.one_in(one_in)).then(|| random.pick(values).to_owned())
    };
    Person {
        names,
        born: birth(random),
        birth_place: some(random, 2, &["MEDAN", "KOTA MEDAN", "MEDEN", "BINJAI", "KAB. KARO"]),
        sex: if random.one_in(2) {
            Some([crate::identity::Kelamin::L, crate::identity::Kelamin::P][random.below(2)])
        } else {
            None
        },
        nik: some(
            random,
            3,
            &["1271990201700001", "1271990201700012", "1271994203710001", "3171990301720001", "1111111111111111"],
        ),
        passports: some(random, 5, &["C1234567", "C7654321", "-"]).into_iter().collect(),
        phones: some(random, 5, &["081234567891", "+6281234567891", "081298765432"]).into_iter().collect(),
        mother: some(random, 3, &["NURAINI LUBIS", "NURAINI", "SITI", "LUBIS NURAINI", ""]),
        father: some(random, 3, &["RAHMAT HASIBUAN", "RACHMAD HASIBUAN", "ALI"]),
    }
}

fn people(random: &mut Random, most: usize, plain: bool) -> Vec<Person> {
    (0..1 + random.below(most)).map(|_| person(random, plain)).collect()
}

/// People of whom most are in the list, with something changed or nothing.
fn asked(random: &mut Random, list: &[Person], most: usize) -> Vec<Person> {
    let mut people = people(random, most, false);
    for person in &mut people {
        if random.one_in(3) {
            continue;
        }
        let mut other = list[random.below(list.len())].clone();
        match random.below(5) {
            0 => other.born = birth(random),
            1 => other.names = vec![name(random)],
            2 => (other.nik, other.born) = (None, None),
            _ => {}
        }
        *person = other;
    }
    people
}

/// The hits of comparing every pair.
fn by_brute_force(list: &[Side], asked: &Person, settings: &Settings) -> Vec<Hit> {
    let asked = Preparer::default().side(asked, Names::shipped(), settings);
    let hit = |(entry, side): (usize, &Side)| {
        let comparison = sides(&asked, side, settings);
        Some(Hit { entry: narrow(entry), points: comparison.points, level: comparison.level? })
    };
    let mut hits: Vec<Hit> = list.iter().enumerate().filter_map(hit).collect();
    sort(&mut hits);
    hits
}

/// Settings with other levels, so that bounds are tried where they are tight and where they are loose.
fn settings(random: &mut Random) -> Settings {
    let mut settings = Settings::shipped();
    let possible = [0, 8_000, 14_000, 18_000, 26_000][random.below(5)];
    settings.level.possible = possible;
    settings.level.strong = possible + 6_000;
    settings.level.exact = possible + 12_000;
    settings.level.name_only = [-10_000, 4_000, 8_000, 15_000][random.below(4)];
    settings.level.name_only_percent = [50, 70, 88, 95, 100][random.below(5)];
    settings
}

#[test]
fn the_index_finds_what_comparing_every_pair_finds() {
    let mut found = [0_usize; 4];
    for seed in 0..240 {
        let mut random = Random(seed);
        let settings = settings(&mut random);
        let plain = random.one_in(3);
        let size = [1, 6, 25, 90][random.below(4)];
        let list = people(&mut random, size, plain);
        let asked = asked(&mut random, &list, 8);
        let index = Index::build(&list, Names::shipped(), &settings);
        let mut preparer = Preparer::default();
        let list: Vec<Side> = list.iter().map(|person| preparer.side(person, Names::shipped(), &settings)).collect();
        let expected: Vec<Vec<Hit>> = asked.iter().map(|asked| by_brute_force(&list, asked, &settings)).collect();
        for least in Level::ALL {
            let (hits, stats) = index.search_counted(&asked, least);
            for ((asked, hits), all) in asked.iter().zip(&hits).zip(&expected) {
                let expected: Vec<Hit> = all.iter().filter(|hit| hit.level >= least).copied().collect();
                assert_eq!(*hits, expected, "seed {seed}, {least:?}: {asked:?}");
            }
            assert_eq!(stats.hits, hits.iter().map(Vec::len).sum::<usize>() as u64);
        }
        expected.iter().flatten().for_each(|hit| found[hit.level as usize] += 1);
    }
    // Lists without hits would prove nothing.
    assert!(found.iter().all(|n| *n > 50), "{found:?}");
}

#[test]
fn a_pair_that_a_bound_drops_is_no_hit_and_the_bound_says_why() {
    let mut dropped = [0_usize; 5];
    for seed in 1_000..1_040 {
        let mut random = Random(seed);
        let settings = settings(&mut random);
        let list = people(&mut random, 20, false);
        let asked = asked(&mut random, &list, 3);
        let index = Index::build(&list, Names::shipped(), &settings);
        for (asked, entry) in asked.iter().flat_map(|asked| (0..list.len()).map(move |entry| (asked, entry))) {
            let comparison = crate::matching::compare(asked, &list[entry], Names::shipped(), &settings);
            let named = comparison.name != crate::matching::NameComparison::default();
            for least in [Level::NameOnly, Level::Possible] {
                let trace = index.trace(asked, narrow(entry), least).unwrap();
                let hit = index.search(asked, least).iter().any(|hit| hit.entry as usize == entry);
                assert_eq!(hit, comparison.level.is_some_and(|level| level >= least));
                assert!(!hit || trace.dropped.is_none(), "seed {seed}: {trace:?} {comparison:?}");
                let at = match trace.dropped {
                    None => 0,
                    Some(Dropped::NoWay) => {
                        assert!(!comparison.confirmed && trace.way == Way::None);
                        1
                    }
                    Some(Dropped::Words(bound)) => {
                        assert!(
                            bound.most < bound.needed && (comparison.name.points <= bound.most || !named),
                            "{trace:?}"
                        );
                        2
                    }
                    Some(Dropped::Rest(bound)) => {
                        assert!(bound.most < bound.needed && (comparison.points <= bound.most || !named), "{trace:?}");
                        3
                    }
                    Some(Dropped::Unlike) => {
                        assert!(comparison.name.alike < settings.level.name_only_percent);
                        4
                    }
                };
                dropped[at] += 1;
            }
        }
        assert_eq!(index.trace(&asked[0], narrow(list.len()), Level::NameOnly), None);
    }
    assert!(dropped.iter().all(|n| *n > 20), "{dropped:?}");
}

#[test]
fn neither_threads_nor_parts_nor_the_way_through_a_cache_change_a_hit() {
    let mut random = Random(77);
    let (list, asked) = (people(&mut random, 400, false), people(&mut random, 60, false));
    let settings = Settings::shipped();
    let names = Names::shipped();
    let whole = Index::build(&list, names, &settings).search_counted(&asked, Level::NameOnly);
    for threads in [1, 2, 8] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        assert_eq!(
            pool.install(|| Index::build(&list, names, &settings).search_counted(&asked, Level::NameOnly)),
            whole
        );
    }
    for part in [1, 7, 150, 1_000] {
        assert_eq!(search_in_parts(list.chunks(part), &asked, Level::NameOnly, names, &settings), whole.0, "{part}");
    }
    let content = [7; 32];
    let index = Index::build(&list, names, &settings);
    let bytes = index.to_bytes(&content, names);
    assert_eq!(bytes, Index::build(&list, names, &settings).to_bytes(&content, names));
    let back = Index::from_bytes(&bytes, &content, names, &settings).unwrap();
    assert_eq!(back.search_counted(&asked, Level::NameOnly), whole);
}

#[test]
fn a_cache_of_something_else_or_a_damaged_one_is_not_used() {
    let mut random = Random(5);
    let list = people(&mut random, 40, false);
    let (settings, names) = (Settings::shipped(), Names::shipped());
    let bytes = Index::build(&list, names, &settings).to_bytes(&[7; 32], names);
    let read = |bytes: &[u8], content: [u8; 32], settings: &Settings| {
        Index::from_bytes(bytes, &content, names, settings).err()
    };
    assert_eq!(read(&bytes, [7; 32], &settings), None);
    assert_eq!(read(&bytes, [8; 32], &settings), Some(Fault::Content));
    let mut other = settings;
    other.name.sound += 1;
    assert_eq!(read(&bytes, [7; 32], &other), Some(Fault::Content));
    let mut newer = bytes.clone();
    newer[8] += 1;
    assert_eq!(read(&newer, [7; 32], &settings), Some(Fault::Version));
    for cut in [0, 3, 20, 80, bytes.len() / 2, bytes.len() - 1] {
        assert_eq!(read(&bytes[..cut], [7; 32], &settings), Some(Fault::Damaged), "{cut}");
    }
    for at in (70..bytes.len()).step_by(11) {
        let mut changed = bytes.clone();
        changed[at] ^= 1;
        assert_eq!(read(&changed, [7; 32], &settings), Some(Fault::Damaged), "{at}");
    }
}

#[test]
fn an_empty_list_and_nobody_asked_for_find_nothing() {
    let index = Index::build(&[], Names::shipped(), &Settings::shipped());
    assert!(index.is_empty() && index.search(&person(&mut Random(1), false), Level::NameOnly).is_empty());
    assert!(index.search_all(&[], Level::NameOnly).is_empty());
    let list = [Person::default(), Person { names: vec![String::new()], ..Person::default() }];
    let index = Index::build(&list, Names::shipped(), &Settings::shipped());
    assert_eq!(index.len(), 2);
    assert!(list.iter().all(|asked| index.search(asked, Level::NameOnly).is_empty()));
}
