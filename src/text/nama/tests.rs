//! Spellings that share a key, names that must not, and oddities.

use proptest::prelude::*;

use super::*;

fn key(name: &str) -> String {
    Names::default().read(name).key().unwrap_or_default().to_owned()
}

fn faults(name: &str) -> String {
    let mut codes = String::new();
    Names::default().read(name).faults.write(&mut codes);
    codes
}

#[test]
fn spellings_of_one_name_have_one_key() {
    for names in [
        &[
            "SITI AMINAH",
            "Siti  Aminah",
            "ST. AMINAH",
            "STI AMINAH",
            "SITTI AMINAH",
            "AMINAH SITI",
            "Hj. Siti Aminah, S.Pd",
        ] as &[_],
        &["MUHAMMAD FAUZI", "M. FAUZI", "M.FAUZI", "MUH. FAUZI", "MOH FAUZI", "MOCHAMAD FAUZI", "Mohd. Fauzi"],
        &[
            "AHMAD NU'MAN",
            "ACHMAD NU\u{2019}MAN",
            "AKHMAD NUMAN",
            "Drs. H. Ahmad Nu`man, S.H., M.M.",
            "AHMAD NUMAN ALM.",
        ],
        &["ABDUL RAHMAN", "ABDURRAHMAN", "ABDURAHMAN", "ABDULRAHMAN", "ABD. RAHMAN", "ABDUR RAHMAN", "ABDOEL RAHMAN"],
        &["NURHAYATI", "NUR HAYATI", "NOER HAYATI", "NOERHAYATI"],
        &["SUKARNO", "SOEKARNO", "Ir. Soekarno"],
        &["SURYA CAHYONO", "SOERJA TJAHJONO"],
        &["JOKO", "DJOKO"],
        &["NYOMAN SYARIF", "NJOMAN SJARIF"],
        &["EDI KAROKARO", "EDI KARO-KARO", "EDI KARO KARO"],
        &["ANDI LUMBANTOBING", "ANDI LUMBAN TOBING", "ANDI L. TOBING", "ANDI L TOBING"],
        &["YUSUF HUSEIN", "JUSUF HOESEIN", "HUSSEIN, YUSUF"],
        &["AMINAH AHMAD", "AMINAH BINTI AHMAD", "AMINAH BTE. AHMAD", "AMINAH A/P AHMAD"],
        &["RINA SIREGAR", "RINA BR SIREGAR", "RINA BR. SIREGAR", "RINA BORU SIREGAR"],
        &["AYU LESTARI", "RADEN RORO AYU LESTARI", "RR. AYU LESTARI", "R. RORO AYU LESTARI"],
        &["ANDRE", "André", "ＡＮＤＲＥ"],
    ] {
        let expected = key(names[0]);
        for name in names.iter() {
            assert_eq!(key(name), expected, "{name}");
        }
    }
    assert_eq!(key("H. MHD FAUZI SIREGAR"), "FAUZI MUHAMMAD SIREGAR");
}

#[test]
fn keys_are_words_in_alphabetical_order() {
    assert_eq!(key("Hj. Siti Aminah Hasibuan, S.E., M.Si"), "AMINAH HASIBUAN SITI");
    assert_eq!(key("KH. ABDULLAH B. MAS'UD"), "ABDULLAH MASUD");
    let mut names = Names::default();
    let reading = names.read("SOERJA bin NOER ALI");
    assert_eq!(reading.tokens().collect::<Vec<_>>(), ["SURYA", "NURALI"]);
    assert_eq!(reading.words, 4);
}

#[test]
fn different_people_stay_apart() {
    for names in [
        &["WAHYU", "WAHYUDI", "WAHYUNI"] as &[_],
        &["YULI", "YULIA", "YULIANTI"],
        &["SUTRISNO", "SUTRISNA"],
        &["FATMA", "FATIMAH"],
        &["HASAN", "HASANAH"],
        &["SITI AMINAH", "SITI AMANAH"],
        &["RAHMAT", "RAHMAH"],
        &["IDA", "IDAH"],
        &["SETIAWAN", "SETIAWATI"],
        &["DEWI", "DEVI"],
        &["YUSUF", "YOSEF"],
        &["MUSA", "MOSES"],
        &["M FAUZI", "MUHAMMAD FAUZI"],
        &["A. FAUZI", "AHMAD FAUZI"],
        &["ABDULLAH", "ABDUL"],
        &["TAN", "CHEN"],
    ] {
        let keys: std::collections::BTreeSet<_> = names.iter().map(|name| key(name)).collect();
        assert_eq!(keys.len(), names.len(), "{names:?}");
    }
}

#[test]
fn a_title_that_may_be_a_name_or_an_initial_stays() {
    for (name, expected) in [
        ("H. SIREGAR", "H SIREGAR"),
        ("R. SITI", "R SITI"),
        ("NUR H. ALI", "ALI H NUR"),
        ("TENGKU AMIR", "AMIR TENGKU"),
        ("DR", "DR"),
        ("H.", "H"),
        ("HAJI", "HAJI"),
        ("BUDI ST", "BUDI ST"),
        ("BUDI, ST", "BUDI"),
        ("BUDI S.T.", "BUDI"),
        ("ST", "ST"),
        ("JOEL NOEL", "JOEL NOEL"),
        ("PANJAITAN BANJARNAHOR", "BANJARNAHOR PANJAITAN"),
        ("JOKO JULIANTO", "JOKO JULIANTO"),
        ("B SANTOSO", "B SANTOSO"),
    ] {
        assert_eq!(key(name), expected, "{name}");
    }
}

#[test]
fn oddities_are_remarks_for_the_clerk() {
    for (name, expected) in [
        ("SITI AMINAH", ""),
        ("SUHARTO", ""),
        ("NU'MAN MA'RUF", ""),
        ("SITI (ALM) AMINAH", ""),
        ("I WAYAN", ""),
        ("ANDRÉ", ""),
        ("S1TI AMINAH", "angka"),
        ("X", "satu_huruf"),
        ("X.", "satu_huruf"),
        ("123", "angka;tanpa_huruf"),
        ("", "tanpa_huruf"),
        ("BCDF GH", "vokal"),
        ("AIU EO", "konsonan"),
        ("AI'A", ""),
        ("HJ. SITI AMINAH", "gelar"),
        ("SITI AMINAH, S.H.", "gelar"),
        ("S\u{406}TI AMINAH", "aksara_campur"),
        ("محمد علي", "aksara_asing"),
        ("SITI 😀", "karakter"),
        ("SITI\u{200F} AMINAH", "karakter"),
        ("SITI_AMINAH", "karakter"),
        ("ABCDEFGHIJ ABCDEFGHIJ ABCDEFGHIJ ABCDEFGHIJ ABCDEFGHIJ ABCDE", ""),
        ("ABCDEFGHIJ ABCDEFGHIJ ABCDEFGHIJ ABCDEFGHIJ ABCDEFGHIJ ABCDEF", "panjang"),
    ] {
        assert_eq!(faults(name), expected, "{name}");
    }
}

#[test]
fn words_are_counted_without_titles() {
    for (name, expected) in
        [("SUHARTO", 1), ("Hj. Siti Aminah, S.Pd.", 2), ("AMINAH BINTI AHMAD", 3), ("", 0), ("NUR HAYATI", 2)]
    {
        assert_eq!(Names::default().read(name).words, expected, "{name}");
    }
}

proptest! {
    #![proptest_config(crate::seeded::fixed())]
    #[test]
    fn any_text_is_read_and_the_buffers_carry_nothing_over(first in "\\PC{0,80}", second in "[A-Za-z.,' -]{0,60}") {
        let mut reused = Names::default();
        reused.read(&first);
        let again = reused.read(&second).key().map(str::to_owned);
        prop_assert_eq!(again, Names::default().read(&second).key().map(str::to_owned));
    }

    #[test]
    fn the_order_of_plain_words_does_not_matter(mut words in proptest::collection::vec("[C-G][AEIU][KLMP][AEIU]", 1..5)) {
        let one = key(&words.join(" "));
        words.reverse();
        prop_assert_eq!(key(&words.join(" ")), one);
    }
}
