//! Words that are one and words that are two, the best pairing, evidence, levels, hostile names.

use chrono::NaiveDate;
use proptest::prelude::*;

use super::pairing::Board;
use super::settings::Settings;
use super::token::{Mark, Token, Word, bond, edits, sound};
use super::*;
use crate::diag::{Files, Report};
use crate::identity::Kelamin;

fn settings() -> Settings {
    Settings::shipped()
}

fn word(text: &str) -> Word {
    Word::new(&Token { text, mark: Mark::default() }, Names::shipped(), &settings())
}

fn rule(a: &str, b: &str) -> Option<&'static str> {
    let (a, b) = (word(a), word(b));
    let found = bond(&a, &b, &settings());
    assert_eq!(found, bond(&b, &a, &settings()), "{a:?} {b:?}");
    found.map(|bond| bond.rule.code())
}

#[test]
fn every_rule_ties_what_it_is_for() {
    for (a, b, expected) in [
        ("AMINAH", "AMINAH", "sama"),
        ("JULI", "YULI", "ejaan_lama"),
        ("HADIJAH", "HADIYAH", "ejaan_lama"),
        ("ZAINAL", "JAENAL", "varian"),
        ("RAHMAT", "RACHMAD", "varian"),
        ("SALEH", "SHOLEH", "varian"),
        ("RIZKI", "RISQY", "serupa_bunyi"),
        ("TAUFIQ", "TOPIK", "serupa_bunyi"),
        ("SYAIFUL", "SAEFUL", "serupa_bunyi"),
        ("KHOIRUL", "CHAIRUL", "serupa_bunyi"),
        ("FADHIL", "PADIL", "serupa_bunyi"),
        ("ERIC", "ERIK", "serupa_bunyi"),
        ("EDWARD", "EDUARD", "serupa_bunyi"),
        ("GHOZALI", "GOZALI", "serupa_bunyi"),
        ("ARIEF", "ARIP", "serupa_bunyi"),
        ("AMINAH", "AMINHA", "salah_1"),
        ("HASIBUAN", "HASIBAUN", "salah_1"),
        ("SIMANJUNTAK", "SIMANGUNTAK", "salah_1"),
        ("SIMANJUNTAK", "SIMAJUNTKA", "salah_2"),
        ("LESTARI", "LLTARI", "salah_2"),
        ("RAHMAN", "RAMHNA", "salah_2"),
        ("ANTON", "ANMTN", "salah_2"),
        ("AMINAH", "A", "inisial"),
    ] {
        assert_eq!(rule(a, b), Some(expected), "{a} {b}");
    }
}

#[test]
fn names_of_different_people_stay_apart() {
    for (a, b) in [
        ("WAHYU", "WAHYUDI"),
        ("WAHYU", "WAHYUNI"),
        ("WAHYUDI", "WAHYUNI"),
        ("YULI", "YULIA"),
        ("YULIA", "YULIANTI"),
        ("SUTRISNO", "SUTRISNA"),
        ("SUGIARTO", "SUGIARTI"),
        ("SETIAWAN", "SETIAWATI"),
        ("FATMA", "FATIMAH"),
        ("HASAN", "HASANAH"),
        ("RAHMAT", "RAHMAH"),
        ("IDA", "IDAH"),
        ("TAN", "CHEN"),
        ("LIM", "LIEM"),
        ("ALI", "ADI"),
        ("A", "B"),
        ("AMINAH", "B"),
        // Two letters in seven: of two names, and of two words that are none. Two letters in four.
        ("LESTARI", "MENTARI"),
        ("QUXTARI", "QUXTOLI"),
        ("AGUS", "ASUG"),
    ] {
        assert_eq!(rule(a, b), None, "{a} {b}");
    }
    // One letter apart, and still no strong likeness.
    for (a, b) in [("SITI AMINAH", "SITI AMANAH"), ("M FAUZI", "A FAUZI"), ("DEWI", "DEVI")] {
        assert!(similarity(a, b) < 92, "{a} {b}: {}", similarity(a, b));
    }
}

#[test]
fn names_are_as_alike_as_their_best_pairing() {
    for (a, b, range) in [
        ("SITI AMINAH", "Aminah, Siti", 100..=100),
        ("Hj. St. Aminah br. Hasibuan, S.Pd.", "SITI AMINAH HASIBUAN", 100..=100),
        ("Soekarno", "SUKARNO", 100..=100),
        ("MUH. FAUZI", "MOCHAMMAD FAUZI", 100..=100),
        ("ABDUL RAHMAN", "ABDURRAHMAN", 100..=100),
        ("S1TI AMINAH", "SITI AMINAH", 100..=100),
        ("SITIAMINAH", "SITI AMINAH", 98..=98),
        ("LESTARI NINGSIH DEWI", "LESTARININGSIH DEWI", 98..=99),
        ("M. FAUZI", "MARIA FAUZI", 85..=95),
        ("AMINAH", "AMINAH BINTI ALI", 85..=95),
        ("SITI AMINAH", "SITI AMINAH HASIBUAN", 75..=85),
        ("SITI AMINAH", "BUDI SANTOSO", 0..=0),
        ("", "SITI", 0..=0),
    ] {
        let alike = similarity(a, b);
        assert!(range.contains(&alike), "{a} / {b}: {alike}");
        assert_eq!(alike, similarity(b, a), "{a} / {b}");
    }
}

#[test]
fn words_of_birth_order_and_rank_say_little() {
    for (text, most) in [("WAYAN", 4_500), ("KETUT", 4_500), ("TEUKU", 4_500), ("SIREGAR", 11_401), ("XYZZY", 15_000)] {
        assert_eq!(word(text).rarity, most, "{text}");
    }
    // Two of them do not make a name of a common one.
    let made = compared(&person("NI MADE SARI", "1990-05-17"), &person("NI MADE LESTARI", "1990-05-17"));
    assert_eq!(made.level, None);
}

#[test]
fn sounds_are_folded_and_other_scripts_are_not() {
    assert_eq!(sound("CHRISTINA"), sound("KRISTINA"));
    assert_ne!(sound("FATMAH"), sound("FATIMAH"));
    assert_eq!(sound("محمد"), "محمد");
}

fn day(text: &str) -> Option<Birth> {
    Some(Birth::Day(text.parse().unwrap()))
}

fn person(name: &str, born: &str) -> Person {
    Person { names: vec![name.to_owned()], born: if born.is_empty() { None } else { day(born) }, ..Person::default() }
}

fn compared(a: &Person, b: &Person) -> Comparison {
    let there = compare(a, b, Names::shipped(), &settings());
    let back = compare(b, a, Names::shipped(), &settings());
    assert_eq!((there.points, there.level, &there.evidence), (back.points, back.level, &back.evidence));
    let leaves = there.name.points + there.evidence.iter().map(|line| line.points).sum::<i32>();
    assert_eq!(there.points, leaves);
    let words = there.name.pairs.iter().map(|pair| pair.points).sum::<i32>();
    let over = |over: &[(String, i32)]| over.iter().map(|(_, points)| points).sum::<i32>();
    assert_eq!(there.name.points, words + over(&there.name.left_over) + over(&there.name.right_over));
    there
}

fn kinds(comparison: &Comparison) -> String {
    comparison.evidence.iter().map(|line| line.kind.code()).collect::<Vec<_>>().join(" ")
}

#[test]
fn dates_of_birth_agree_in_many_ways() {
    let year = Birth::Year(1975);
    let month = |month| Birth::Month { year: 1975, month };
    let full = |text: &str| Birth::Day(text.parse::<NaiveDate>().unwrap());
    for (a, b, expected) in [
        (full("1975-03-08"), full("1975-03-08"), "lahir_sama"),
        (full("1975-03-08"), full("1975-08-03"), "lahir_tertukar"),
        (full("1975-03-08"), full("1975-03-18"), "lahir_hari_beda"),
        (full("1975-03-08"), full("1975-04-08"), "lahir_bulan_beda"),
        (full("1975-03-08"), full("1985-03-08"), "lahir_tahun_beda"),
        (full("1999-03-08"), full("2000-03-08"), "lahir_tahun_beda"),
        (full("1975-03-08"), full("1986-03-08"), "lahir_beda"),
        (full("1975-03-08"), full("1976-03-09"), "lahir_beda"),
        (full("1970-12-31"), full("1970-12-31"), "lahir_pengisi"),
        (full("1970-07-01"), full("1970-07-01"), "lahir_pengisi"),
        (full("1970-12-31"), full("1970-05-06"), "lahir_tahun"),
        (full("1970-12-31"), full("1971-12-31"), "lahir_beda"),
        (full("1975-03-08"), month(3), "lahir_bulan"),
        (full("1975-03-08"), month(4), "lahir_beda"),
        (full("1975-12-31"), month(4), "lahir_tahun"),
        (full("1975-03-08"), year, "lahir_tahun"),
        (full("1976-03-08"), year, "lahir_beda"),
        (year, month(4), "lahir_tahun"),
        (full("1975-03-08"), Birth::Years(1974, 1976), "lahir_tahun"),
        (full("1975-03-08"), Birth::Years(1960, 1990), ""),
        (full("1975-03-08"), Birth::Years(1976, 1990), "lahir_beda"),
    ] {
        let of = |born| Person { names: vec!["SITI AMINAH".to_owned()], born: Some(born), ..Person::default() };
        assert_eq!(kinds(&compared(&of(a), &of(b))), expected, "{a:?} {b:?}");
    }
}

#[test]
fn the_birth_date_in_a_nik_is_a_second_chance() {
    let nik = |nik: &str| Some(nik.to_owned());
    let mistyped = Person { nik: nik("1271994308750002"), ..person("SITI AMINAH", "1957-03-08") };
    let true_one = Person { nik: None, ..person("SITI AMINAH", "1975-08-03") };
    let comparison = compared(&mistyped, &true_one);
    assert_eq!((kinds(&comparison).as_str(), comparison.evidence[0].by_nik), ("lahir_sama", true));
    // A date that both have from one number is not counted beside the number.
    let other = Person { nik: nik("1271994308750002"), ..person("SITI AMINAH", "") };
    assert_eq!(kinds(&compared(&mistyped, &other)), "nik_sama");
    let near = Person { nik: nik("1271994308750012"), ..other.clone() };
    assert_eq!(kinds(&compared(&other, &near)), "nik_dekat lahir_sama");
    let far = Person { nik: nik("3171010101010001"), ..other.clone() };
    assert_eq!(kinds(&compared(&other, &far)), "nik_beda lahir_beda");
    let dummy = Person { nik: nik("1111111111111111"), ..other };
    assert_eq!(kinds(&compared(&dummy, &dummy)), "");
}

#[test]
fn twins_have_neighbouring_numbers_because_they_were_born_on_one_day() {
    let twin = |name: &str, nik: &str| Person {
        nik: Some(nik.to_owned()),
        birth_place: Some("MEDAN".to_owned()),
        ..person(name, "1990-05-17")
    };
    let points = |comparison: &Comparison| comparison.evidence.iter().map(|line| line.points).collect::<Vec<_>>();
    let rina = twin("RINA MARLINA SIREGAR", "1271995705900011");
    let dewi = compared(&rina, &twin("DEWI ANGGRAINI SIREGAR", "1271995705900012"));
    // The number is worth 8,000 and the date that stands in it 13,500: together no more than the date. SIREGAR, 359 of
    // 970,259, is worth 11,401, and four words without a partner cost 2,500 each.
    assert_eq!((kinds(&dewi).as_str(), points(&dewi)), ("nik_dekat tempat_sama lahir_sama", vec![0, 6_000, 13_500]));
    assert_eq!((dewi.name.points, dewi.points), (1_401, 20_901));
    // That would do for a question, were it not that a family name is all that the names have in common.
    assert!(dewi.name.alike < settings().level.possible_percent && dewi.points >= settings().level.possible);
    assert_eq!((dewi.level, dewi.next), (None, None));
    // A brother: the day of a woman is forty more, and that digit is the one that differs.
    let brother = compared(&rina, &twin("RONI PARULIAN SIREGAR", "1271991705900011"));
    assert_eq!(points(&brother)[0], 0);
    // The same person with a digit mistyped behind the date is who she is by name and date; a digit of the date itself is
    // a witness of its own.
    let mistyped = |nik: &str| compared(&rina, &twin("RINA MARLINA SIREGAR", nik));
    assert_eq!((points(&mistyped("1271995705900012"))[0], mistyped("1271995705900012").level), (0, Some(Level::Exact)));
    assert_eq!(points(&mistyped("1271995605900011"))[0], 8_000);
    // A day that is filled in says 6,000, so that numbers with it say 2,000 more.
    let filled_in = |nik: &str| Person { nik: Some(nik.to_owned()), ..person("RINA MARLINA SIREGAR", "1990-12-31") };
    let both = compared(&filled_in("1271997112900011"), &filled_in("1271997112900012"));
    assert_eq!((kinds(&both).as_str(), points(&both)), ("nik_dekat lahir_pengisi", vec![2_000, 6_000]));
}

#[test]
fn numbers_places_parents_and_sex_speak() {
    let with = |place: &str, passport: &str, phone: &str, mother: &str, sex| Person {
        birth_place: Some(place.to_owned()),
        passports: vec![passport.to_owned()],
        phones: vec![phone.to_owned()],
        mother: Some(mother.to_owned()),
        sex: Some(sex),
        ..person("SITI AMINAH", "")
    };
    let one = with("KOTA MEDAN", "C 1234567", "0812-3456-7891", "NURAINI LUBIS", Kelamin::P);
    let same = with("Medan", "c1234567", "+62 812 3456 7891", "Hj. Nuraini Lubis", Kelamin::P);
    assert_eq!(kinds(&compared(&one, &same)), "paspor_sama telepon_sama tempat_sama ibu");
    let other = with("MEDEN", "C7654321", "081234567899", "SUTINAH", Kelamin::L);
    assert_eq!(kinds(&compared(&one, &other)), "tempat_mirip jenis_kelamin_beda ibu");
    assert_eq!(kinds(&compared(&with("JAKARTA", "-", "-", "", Kelamin::P), &one)), "tempat_beda");
}

#[test]
fn a_name_alone_is_a_name_alone() {
    let level = |a: &Person, b: &Person| compared(a, b).level.map(Level::code);
    let rare = "HALOMOAN SIMANGUNSONG";
    assert_eq!(level(&person(rare, ""), &person(rare, "")), Some("name_only"));
    assert_eq!(compared(&person(rare, ""), &person(rare, "")).next, None);
    assert_eq!(level(&person(rare, "1975-03-08"), &person(rare, "1975-03-08")), Some("exact"));
    assert_eq!(level(&person("SITI AMINAH", "1975-03-08"), &person("SITI AMINAH", "1975-03-08")), Some("strong"));
    assert_eq!(level(&person("SITI AMINAH", "1975-03-08"), &person("SITI ROHANI", "1975-03-08")), None);
    // Another birth date: a namesake.
    assert_eq!(level(&person("SITI AMINAH", "1975-03-08"), &person("SITI AMINAH", "1981-11-25")), None);
    // One word and a year is nobody in particular; one word and a day is somebody.
    let suharto = Person { born: Some(Birth::Year(1975)), ..person("ZULKARNAENI", "") };
    assert_eq!(level(&suharto, &suharto), Some("name_only"));
    assert_eq!(level(&person("ZULKARNAENI", "1975-03-08"), &person("ZULKARNAENI", "1975-03-08")), Some("strong"));
    // A number counts whatever the name.
    let numbered = |name: &str| Person { nik: Some("1271994308750002".to_owned()), ..person(name, "") };
    assert_eq!(level(&numbered("SITI AMINAH"), &numbered("BUDI SANTOSO")), Some("possible"));
}

#[test]
fn a_name_and_no_more_than_a_year_are_worth_a_question_and_no_more() {
    let born = |born| Person { born: Some(born), ..person("SITI AMINAH LUBIS", "") };
    let year = born(Birth::Year(1975));
    let full = Person { birth_place: Some("MEDAN".to_owned()), ..person("SITI AMINAH LUBIS", "1975-03-08") };
    let comparison = compared(&full, &year);
    // In the country as a whole LUBIS is rare, and the points alone would do.
    assert!(comparison.points >= settings().level.strong, "{comparison:?}");
    assert_eq!((comparison.level, comparison.only_a_year, comparison.next), (Some(Level::Possible), true, None));
    let filled_in = born(Birth::Day("1975-12-31".parse().unwrap()));
    assert_eq!(compared(&filled_in, &filled_in).level, Some(Level::Possible));
    // Something else that agrees makes more of it, something that does not makes it no worse than it is.
    let there = Person { birth_place: Some("MEDAN".to_owned()), ..year.clone() };
    assert_eq!(compared(&full, &there).level, Some(Level::Strong));
    let elsewhere = Person { birth_place: Some("BANDUNG".to_owned()), ..year };
    assert_eq!(compared(&full, &elsewhere).level, Some(Level::Possible));
    // A month is more than a year.
    assert_eq!(compared(&full, &born(Birth::Month { year: 1975, month: 3 })).level, Some(Level::Strong));
}

#[test]
fn the_best_of_several_names_counts_and_is_named() {
    let entry = Person {
        names: ["ABU BAKAR", "SITI AMINAH", "UMI KALSUM"].map(str::to_owned).to_vec(),
        ..person("", "1975-03-08")
    };
    let comparison = compared(&person("SITI AMINAH", "1975-03-08"), &entry);
    assert_eq!((comparison.name.left, comparison.name.right), (0, 1));
    assert_eq!(comparison.name.alike, 100);
}

#[test]
fn points_to_the_next_level_are_told() {
    let (a, b) = (person("SITI AMINAH", "1975-03-08"), person("SITI AMINAH", "1975-03-18"));
    let comparison = compared(&a, &b);
    let (next, missing) = comparison.next.unwrap();
    assert_eq!(comparison.points + missing, settings().level.least(next));
}

#[test]
fn shipped_settings_can_be_read_and_faults_are_told() {
    assert!(settings().level.possible <= settings().level.strong);
    let read = |text: &str| {
        let (mut files, mut report) = (Files::default(), Report::default());
        let file = files.add("x.toml", text);
        let settings = Settings::parse(file, &files, &mut report);
        (settings.is_some(), report.sorted(&files).iter().map(|d| d.code.code()).collect::<Vec<_>>())
    };
    let text = Settings::shipped_text();
    assert_eq!(read(text), (true, vec![]));
    assert_eq!(read(&text.replace("edit_1 ", "edit1 ")), (false, vec!["R003", "R002"]));
    assert_eq!(read(&text.replace("nik_equal    = 28_000", "nik_equal = -1")), (false, vec!["R009"]));
    assert_eq!(read(&text.replace("strong       = 24_000", "strong = 99_000")), (false, vec!["R009"]));
}

#[test]
fn hostile_names_are_compared_in_bounded_time() {
    let long = "A".repeat(10_000);
    let many = "AB CD ".repeat(5_000);
    let marks = format!("A{}", "\u{301}".repeat(5_000));
    let odd = [
        "",
        " ",
        "...",
        ",",
        "12345",
        "😀😀",
        "\u{202e}محمد علي\u{200f}",
        "BIN",
        "H. H. H.",
        "M.",
        &long,
        &many,
        &marks,
    ];
    for a in odd {
        for b in odd.iter().copied().chain(["SITI AMINAH"]) {
            let comparison = compared(&person(a, "1975-03-08"), &person(b, "1975-03-08"));
            assert!(comparison.name.pairs.len() <= MOST_WORDS);
        }
        let same = compared(&person(a, "1975-03-08"), &person(a, "1975-03-08"));
        assert!(same.name.alike == 100 || same.name.pairs.is_empty());
        assert_eq!(same.name.cut_off, [&long, &many, &marks].contains(&&a.to_owned()), "{}", a.len());
    }
}

/// All ways to pair, one after the other.
fn tried(left: &[&Word], right: &[&Word], settings: &Settings) -> i32 {
    fn rest(left: &[&Word], right: &[&Word], used: usize, at: usize, settings: &Settings) -> i32 {
        let free = |column: usize| column < right.len() && used & (1 << column) == 0;
        let Some(word) = left.get(at) else {
            return -right.iter().enumerate().filter(|(c, _)| free(*c)).map(|(_, w)| w.penalty).sum::<i32>();
        };
        let mut best = rest(left, right, used, at + 1, settings) - word.penalty;
        for column in (0..right.len()).filter(|c| free(*c)) {
            if let Some(bond) = bond(word, right[column], settings) {
                best = best.max(bond.points + rest(left, right, used | 1 << column, at + 1, settings));
            }
            if let Some(next) = left.get(at + 1)
                && let Some(bond) = token::join_bond(word, next, right[column], settings)
            {
                best = best.max(bond.points + rest(left, right, used | 1 << column, at + 2, settings));
            }
            if free(column + 1)
                && let Some(bond) = token::join_bond(right[column], right[column + 1], word, settings)
            {
                best = best.max(bond.points + rest(left, right, used | 3 << column, at + 1, settings));
            }
        }
        best
    }
    rest(left, right, 0, 0, settings)
}

proptest! {
    #![proptest_config(crate::seeded::fixed())]

    #[test]
    fn the_pairing_is_the_best_of_all(
        left in proptest::collection::vec("A[BN](NI|NA|I)?|ANITA|TA|ABNI", 1..5),
        right in proptest::collection::vec("A[BN](NI|NA|I)?|ANITA|TA|ABNI", 1..5),
    ) {
        let words = |texts: &[String]| texts.iter().map(|text| word(text)).collect::<Vec<_>>();
        let (left, right) = (words(&left), words(&right));
        let (left, right): (Vec<_>, Vec<_>) = (left.iter().collect(), right.iter().collect());
        let settings = settings();
        let found = Board::default().pair(&left, &right, &settings);
        prop_assert_eq!(found.points, tried(&left, &right, &settings));
        prop_assert_eq!(found, Board::default().pair(&right, &left, &settings));
    }

    #[test]
    fn edits_are_those_of_the_textbook(a in "[AB]{1,12}", b in "[AB]{1,12}", slip: bool) {
        let (x, y): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
        let allowed = token::allowed_edits(x.len().min(y.len()), slip);
        if let Some(found) = edits(&x, &y, slip) {
            prop_assert_eq!(usize::try_from(found).unwrap(), strsim::osa_distance(&a, &b));
        } else {
            let apart = strsim::osa_distance(&a, &b) > allowed || allowed == 0;
            // What is left are endings that tell people apart: none is longer than four letters.
            prop_assert!(apart || x.iter().zip(&y).take_while(|(p, q)| p == q).count() >= 3);
        }
    }

    #[test]
    fn any_names_compare_the_same_both_ways(a in "\\PC{0,40}", b in "[A-Z.,' -]{0,40}") {
        let comparison = compared(&person(&a, ""), &person(&b, "1975-03-08"));
        prop_assert!((0..=100).contains(&comparison.name.alike));
        prop_assert_eq!(i64::from(comparison.name.alike), similarity(&b, &a));
    }
}
