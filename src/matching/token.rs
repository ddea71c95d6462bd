//! A name as the words that are compared, and the closed set of rules by which two words are one.

use super::names::Names;
use super::settings::Settings;
use crate::schema::table;
use crate::text::nama;
pub(super) use crate::text::nama::Mark;

/// Words of a name beyond these are not compared; real names have at most eight or so, and the best pairing of more would
/// take for ever.
pub const MOST_WORDS: usize = 8;
/// Letters of a word beyond these are not compared.
const MOST_LETTERS: usize = 32;
/// Bytes of a name beyond these are not read.
const MOST_BYTES: usize = 400;

/// A word of a name in its normal form. Two words with equal text and marks are the same to every rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Token<'a> {
    pub(super) text: &'a str,
    pub(super) mark: Mark,
}

/// The words of a name.
#[derive(Debug)]
pub(super) struct Reading<'a> {
    pub(super) tokens: Vec<Token<'a>>,
    /// Not all of the name was compared.
    pub(super) cut_off: bool,
}

/// Reads names; keeps its buffers.
#[derive(Debug, Default)]
pub(super) struct Reader {
    names: nama::Names,
    mended: String,
}

impl Reader {
    /// The words of a name that are compared.
    pub(super) fn read(&mut self, name: &str) -> Reading<'_> {
        let mut end = name.len().min(MOST_BYTES);
        while !name.is_char_boundary(end) {
            end -= 1;
        }
        let head = name.get(..end).unwrap_or_default();
        let text = if head.bytes().any(|b| b.is_ascii_digit()) {
            mend_digits(head, &mut self.mended);
            self.mended.as_str()
        } else {
            head
        };
        let mut cut_off = end < name.len();
        let mut tokens = Vec::with_capacity(MOST_WORDS);
        for (text, mark) in self.names.read_words(text) {
            if tokens.len() == MOST_WORDS {
                cut_off = true;
                break;
            }
            let kept = text.char_indices().nth(MOST_LETTERS).map_or(text, |(at, _)| text.get(..at).unwrap_or_default());
            cut_off |= kept.len() < text.len();
            tokens.push(Token { text: kept, mark });
        }
        Reading { tokens, cut_off }
    }
}

/// Digits that a scanner or a hurried hand put for letters: `S1TI` is SITI. Words with more digits than letters are left.
fn mend_digits(name: &str, out: &mut String) {
    out.clear();
    for word in name.split_inclusive(' ') {
        let digits = word.bytes().filter(u8::is_ascii_digit).count();
        let letters = word.chars().filter(|c| c.is_alphabetic()).count();
        let mend = digits > 0 && letters >= 2 && digits < letters;
        out.extend(word.chars().map(|c| match c {
            '0' if mend => 'O',
            '1' if mend => 'I',
            '5' if mend => 'S',
            '8' if mend => 'B',
            c => c,
        }));
    }
}

table! { ATURAN_KATA "aturan_kata" "why two words of names are taken for one" {
    "ejaan_lama" "ejaan lama" / "old spelling" []
    "gabung" "dua kata ditulis satu" / "two words written as one" []
    "inisial" "inisial" / "an initial" []
    "potong" "kata dipotong" / "a word cut short" []
    "salah_1" "satu huruf berbeda" / "one letter differs" []
    "salah_2" "dua huruf berbeda" / "two letters differ" []
    "sama" "sama" / "equal" []
    "serupa_bunyi" "sama bunyinya" / "sounds alike" []
    "varian" "varian nama" / "a variant of the name" []
} }

/// Why two words are taken for one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Rule {
    /// Equal in the normal form.
    Equal,
    /// Equal in new spelling.
    OldSpelling,
    /// Listed variants.
    Variant,
    /// They sound alike.
    Sound,
    /// One edit: a letter more, less or another, or two neighbours swapped.
    Edit1,
    /// Two edits.
    Edit2,
    /// A letter that stands for the word.
    Initial,
    /// Cut short with a full stop.
    Cut,
    /// Two words of one name written as one in the other.
    Join,
}

impl Rule {
    /// The code of [`ATURAN_KATA`].
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Equal => "sama",
            Self::OldSpelling => "ejaan_lama",
            Self::Variant => "varian",
            Self::Sound => "serupa_bunyi",
            Self::Edit1 => "salah_1",
            Self::Edit2 => "salah_2",
            Self::Initial => "inisial",
            Self::Cut => "potong",
            Self::Join => "gabung",
        }
    }
}

/// Rules that tie two words, with what it is worth and how alike it makes them (of 1,000).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Bond {
    pub(super) rule: Rule,
    pub(super) points: i32,
    pub(super) alike: i32,
}

/// A word with all that comparing it takes, worked out once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) text: Box<str>,
    pub(super) mark: Mark,
    pub(super) letters: Vec<char>,
    /// How rare it is, in thousandths of a bit.
    pub(super) rarity: i32,
    /// Whether it is known as a word of names at all.
    pub(super) known: bool,
    /// What it costs without a partner.
    pub(super) penalty: i32,
    /// Its weight in the likeness of names.
    pub(super) weight: i32,
    pub(super) old: Box<str>,
    pub(super) sound: Box<str>,
    pub(super) group: u16,
}

impl Word {
    pub(super) fn new(token: &Token<'_>, names: &Names, settings: &Settings) -> Self {
        let points = &settings.name;
        let letters: Vec<char> = token.text.chars().collect();
        let known = names.rarity(token.text);
        let full = match letters.len() {
            0 | 1 => points.initial,
            _ if STANDING.contains(&token.text) => known.unwrap_or(points.rarest).min(points.standing),
            _ => known.unwrap_or(points.rarest).min(points.rarest),
        };
        let share = |n: i32| if token.mark.patronym { n * points.patronym / 100 } else { n };
        let rarity = share(full);
        Self {
            text: token.text.into(),
            mark: token.mark,
            rarity,
            known: known.is_some(),
            penalty: share(points.unmatched.min(full)),
            weight: share(1_000 + full / 16).max(1),
            old: old_spelling(token.text).into(),
            sound: sound(token.text).into(),
            group: group(token.text),
            letters,
        }
    }

    pub(super) fn is_initial(&self) -> bool {
        self.letters.len() == 1
    }

    /// The letter it may stand for, where it is an initial or may be one.
    fn as_initial(&self) -> Option<char> {
        if self.mark.dotted_m { Some('M') } else { self.letters.first().copied().filter(|_| self.is_initial()) }
    }
}

/// Words that come with others of their kind and tell families or ranks, not people: a name with WAYAN has I or NI before it,
/// and half of an island bears the pair. In normal form; what is a name of its own elsewhere (IDA, AYU, BAGUS, DEWA, ANDI) is
/// not among them.
const STANDING: &[&str] = &[
    "NI", "WAYAN", "PUTU", "GEDE", "LUH", "MADE", "KADEK", "NENGAH", "NYOMAN", "KOMANG", "KETUT", "GUSTI", "NGURAH",
    "DESAK", "COKORDA", "TEUKU", "TENGKU", "CUT", "RADEN", "SUTAN",
];

/// By which rule two words are one; none where they are two. The first rule that fits is the one. Symmetric.
pub(super) fn bond(a: &Word, b: &Word, settings: &Settings) -> Option<Bond> {
    let points = &settings.name;
    let common = a.rarity.min(b.rarity);
    let worth = |rule: Rule, cost: i32, alike: i32| Some(Bond { rule, points: common - cost, alike });
    if a.text == b.text {
        return worth(Rule::Equal, 0, 1_000);
    }
    if a.is_initial() && b.is_initial() {
        return None;
    }
    let stands_for = |a: &Word, b: &Word| a.as_initial().is_some() && a.as_initial() == b.letters.first().copied();
    if a.is_initial() && (stands_for(a, b)) || b.is_initial() && stands_for(b, a) {
        return worth(Rule::Initial, points.abbreviated, 800);
    }
    if a.is_initial() || b.is_initial() {
        return None;
    }
    if a.old == b.old {
        return worth(Rule::OldSpelling, points.old_spelling, 980);
    }
    if a.group != 0 && a.group == b.group {
        return worth(Rule::Variant, points.variant, 970);
    }
    if a.sound == b.sound {
        return worth(Rule::Sound, points.sound, 930);
    }
    if cut_short(a, b) || cut_short(b, a) {
        return worth(Rule::Cut, points.cut, 850);
    }
    if let Some(edits) = edits(&a.letters, &b.letters, a.known != b.known) {
        let longer = i32::try_from(a.letters.len().max(b.letters.len())).unwrap_or(i32::MAX);
        let (rule, cost) = if edits == 1 { (Rule::Edit1, points.edit_1) } else { (Rule::Edit2, points.edit_2) };
        // A slip of the hand seldom makes another name of a name.
        let cost = if a.known && b.known { cost + points.edit_known } else { cost };
        return worth(rule, cost, 1_000 - 900 * edits / longer);
    }
    // `M.` that is not Muhammad: Maria, Made.
    if stands_for(a, b) || stands_for(b, a) {
        let common = a.rarity.min(b.rarity).min(points.initial);
        return Some(Bond { rule: Rule::Initial, points: common - points.abbreviated, alike: 800 });
    }
    None
}

/// Two words of one side against one of the other, written together letter for letter.
pub(super) fn join_bond(one: &Word, next: &Word, whole: &Word, settings: &Settings) -> Option<Bond> {
    let rest = whole.text.strip_prefix(&*one.text)?;
    (*rest == *next.text && whole.letters.len() > 2).then(|| Bond {
        rule: Rule::Join,
        points: (one.rarity + next.rarity).min(whole.rarity) - settings.name.join,
        alike: 980,
    })
}

fn cut_short(a: &Word, b: &Word) -> bool {
    a.mark.cut && a.letters.len() < b.letters.len() && b.text.starts_with(&*a.text)
}

/// How many edits a word of this many letters may have at most.
pub(super) fn most_edits(shorter: usize) -> usize {
    match shorter {
        0..=3 => 0,
        4 => 1,
        _ => 2,
    }
}

/// How many edits two words may have, the shorter of so many letters. In five to seven letters two edits make another name of
/// a name too easily; only where one of the words is no name at all (LLTARI) are they a slip of the hand.
pub(super) fn allowed_edits(shorter: usize, slip: bool) -> usize {
    match shorter {
        5..=7 if !slip => 1,
        _ => most_edits(shorter),
    }
}

/// The edits between two words, where they are few enough for one and not a matter of gender: SUTRISNO and SUTRISNA are
/// two people.
pub(super) fn edits(a: &[char], b: &[char], slip: bool) -> Option<i32> {
    let allowed = allowed_edits(a.len().min(b.len()), slip);
    if a.len().abs_diff(b.len()) > allowed || allowed == 0 || tells_apart(a, b) {
        return None;
    }
    let distance = distance(a, b, allowed);
    (distance <= allowed).then(|| i32::try_from(distance).unwrap_or(i32::MAX))
}

/// Endings that make another name of a word, both ways.
const ENDINGS: &[(&str, &str)] =
    &[("O", "I"), ("O", "A"), ("I", "A"), ("", "A"), ("", "AH"), ("N", "TI"), ("DI", "NI"), ("T", "H"), ("", "WATI")];

fn tells_apart(a: &[char], b: &[char]) -> bool {
    let same = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (a, b) = (a.get(same..).unwrap_or_default(), b.get(same..).unwrap_or_default());
    let is = |letters: &[char], ending: &str| letters.iter().copied().eq(ending.chars());
    same >= 3 && ENDINGS.iter().any(|(x, y)| is(a, x) && is(b, y) || is(a, y) && is(b, x))
}

/// Optimal string alignment distance: letters added, left out, replaced, neighbours swapped. Anything above `most` is
/// `most + 1`.
fn distance(a: &[char], b: &[char], most: usize) -> usize {
    let width = b.len() + 1;
    let mut rows = [[0_usize; MOST_LETTERS + 2]; 3];
    if let Some(first) = rows.get_mut(1) {
        first.iter_mut().enumerate().for_each(|(ix, cell)| *cell = ix);
    }
    for (i, x) in a.iter().enumerate() {
        let [above_last, above, here] = &mut rows;
        if i > 0 {
            std::mem::swap(above_last, above);
            std::mem::swap(above, here);
        }
        let (last, above, here) = (&*above_last, &*above, here);
        let mut least = i + 1;
        let mut left = i + 1;
        let mut set = |at: usize, value: usize| {
            if let Some(cell) = here.get_mut(at) {
                *cell = value;
            }
        };
        set(0, left);
        for (j, y) in b.iter().enumerate().take(width) {
            let up = above.get(j + 1).copied().unwrap_or(usize::MAX - 1);
            let corner = above.get(j).copied().unwrap_or(usize::MAX - 1);
            let mut value = (up + 1).min(left + 1).min(corner + usize::from(x != y));
            let swapped = i > 0 && j > 0 && a.get(i - 1) == Some(y) && b.get(j - 1) == Some(x);
            if swapped && let Some(before) = last.get(j - 1) {
                value = value.min(before + 1);
            }
            set(j + 1, value);
            left = value;
            least = least.min(value);
        }
        if least > most {
            return most + 1;
        }
        if i + 1 == a.len() {
            return left;
        }
    }
    b.len()
}

/// Old spelling that only shows beside a word in the new one: J for Y.
fn old_spelling(word: &str) -> String {
    word.replace('J', "Y")
}

/// What a word in normal form sounds like: for words that are written by ear. Letters of other scripts stay.
#[must_use]
pub fn sound(word: &str) -> String {
    if !word.is_ascii() {
        return word.to_owned();
    }
    let consonants = folded_consonants(word.as_bytes());
    let mut out: Vec<u8> = Vec::with_capacity(consonants.len());
    let vowel = |b: Option<&u8>| b.is_some_and(|b| matches!(b, b'A' | b'E' | b'I' | b'O' | b'U'));
    let mut at = 0;
    while let Some(&letter) = consonants.get(at) {
        let next = consonants.get(at + 1);
        let one = match (letter, next) {
            // LIM and LIEM, TAN and TAAN are families of their own.
            _ if word.len() < 5 || vowel(consonants.get(at + 2)) => None,
            (b'A', Some(b'I' | b'E')) | (b'E', Some(b'I')) | (b'O', Some(b'I')) => Some(b'E'),
            (b'A', Some(b'U' | b'O')) | (b'O', Some(b'U')) => Some(b'O'),
            (b'I' | b'E', Some(b'E')) | (b'I', Some(b'I')) => Some(b'I'),
            (b'O', Some(b'O' | b'E')) | (b'U', Some(b'U')) => Some(b'U'),
            (b'A', Some(b'A')) => Some(b'A'),
            _ => None,
        };
        at += 1 + usize::from(one.is_some());
        let letter = one.unwrap_or(letter);
        if out.last() != Some(&letter) {
            out.push(letter);
        }
    }
    if word.len() >= 5 && out.len() > 3 && out.last() == Some(&b'H') {
        out.pop();
    }
    if let Some(last) = out.last_mut() {
        *last = match *last {
            b'D' => b'T',
            b'B' => b'P',
            b'C' => b'K',
            other => other,
        };
    }
    String::from_utf8(out).unwrap_or_default()
}

fn folded_consonants(word: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(word.len() + 1);
    let mut at = 0;
    while let Some(&letter) = word.get(at) {
        let next = word.get(at + 1).copied();
        let (folded, used) = match (letter, next) {
            (b'C', Some(b'H')) if matches!(word.get(at + 2), Some(b'R' | b'L')) => (b'K', 2),
            (b'K' | b'C', Some(b'H')) => (b'H', 2),
            (b'C', Some(b'K')) => (b'K', 2),
            (b'G', Some(b'H')) => (b'G', 2),
            (b'D', Some(b'H')) => (b'D', 2),
            (b'T', Some(b'H')) => (b'T', 2),
            (b'B', Some(b'H')) => (b'B', 2),
            (b'P', Some(b'H')) => (b'P', 2),
            (b'S', Some(b'Y' | b'H')) | (b'T', Some(b'S')) | (b'D', Some(b'Z')) => (b'S', 2),
            (b'F' | b'V', _) => (b'P', 1),
            (b'Z' | b'J', _) => (b'S', 1),
            (b'Q', _) => (b'K', 1),
            (b'Y', _) => (b'I', 1),
            (b'W', _) => (b'U', 1),
            (b'X', _) => {
                out.push(b'K');
                (b'S', 1)
            }
            (other, _) => (other, 1),
        };
        out.push(folded);
        at += used;
    }
    out
}

/// Spellings of one name that neither letters nor sounds show. The first word of a group is only its commonest.
const GROUPS: &[&[&str]] = &[
    &["ABIDIN", "ABEDIN"],
    &["AISYAH", "AISHAH", "AISAH", "AISIAH", "AESYAH"],
    &["ALEXANDER", "ALEKSANDER", "ALEKSANDRO", "ALEXANDRO"],
    &["ANTONIUS", "ANTHONIUS", "ANTON", "ANTONI", "ANTHONY"],
    &["CHAIRIL", "KHAERIL", "HAIRIL", "KHOIRIL"],
    &["DJAENAL", "ZAINAL", "JAINAL", "ZAENAL", "ZENAL", "JAENAL"],
    &["EFFENDI", "EFENDI", "EFFENDY", "AFANDI", "AFFANDI", "EPENDI"],
    &["FATIMAH", "FATIMA", "FATHIMAH", "PATIMAH", "FATIMAT"],
    &["FRANSISKUS", "FRANCISCUS", "FRANSISCUS", "FRANS"],
    &["HABIBULLAH", "HABIBALLAH"],
    &["HASYIM", "HASJIM", "HASIM", "HASHIM"],
    &["IGNATIUS", "IGNASIUS"],
    &["KURNIAWAN", "KURNIYAWAN"],
    &["LUKMAN", "LUQMAN", "LOEKMAN"],
    &["MAHMUD", "MACHMUD", "MAKHMUD"],
    &["MARGARETHA", "MARGARETA", "MARGARET"],
    &["MIKAEL", "MICHAEL", "MIHAEL"],
    &["MUHAJIR", "MUHADJIR"],
    &["MUKHTAR", "MUCHTAR", "MUHTAR", "MOCHTAR"],
    &["NAZARUDDIN", "NASARUDIN", "NAJARUDIN", "NASRUDIN", "NASRUDDIN"],
    &["NURDIN", "NURUDDIN", "NURUDIN"],
    &["PETRUS", "PITER", "PETER"],
    &["RACHMAD", "RAHMAD", "RAHMAT", "RACHMAT", "RAKHMAT"],
    &["RAMADHAN", "ROMADHON", "RAMADAN", "ROMADON", "RAMDHAN", "RAMDAN"],
    &["RAMADHANI", "ROMADHONI", "RAMADANI", "RAMDHANI"],
    &["ROHMAN", "RAHMAN", "RACHMAN", "ROCHMAN"],
    &["SALAHUDDIN", "SOLAHUDIN", "SHOLAHUDDIN", "SALAHUDIN", "SOLAHUDDIN"],
    &["SALEH", "SOLEH", "SHALEH", "SHOLEH", "SALIH"],
    &["SULAIMAN", "SULEMAN", "SOLEMAN", "SULAEMAN"],
    &["SYAMSUDDIN", "SAMSUDIN", "SYAMSUDIN", "SAMSUDDIN"],
    &["SYARIFUDDIN", "SARIPUDIN", "SYARIFUDIN", "SARIFUDIN"],
    &["THERESIA", "TERESIA", "TERESA"],
    &["UMAR", "OMAR"],
    &["USMAN", "UTSMAN", "OSMAN"],
    &["VERONIKA", "VERONICA", "FERONIKA"],
    &["YAHYA", "JAHJA", "YAHIA"],
    &["ZULKIFLI", "DZULKIFLI", "JULKIFLI", "ZULKIPLI", "JULKIPLI"],
];

/// The number of the group of a word; 0 without one.
fn group(word: &str) -> u16 {
    static WORDS: std::sync::LazyLock<std::collections::BTreeMap<String, u16>> = std::sync::LazyLock::new(|| {
        let of = |(at, words): (usize, &&[&'static str])| {
            let number = u16::try_from(at + 1).unwrap_or(u16::MAX);
            words.iter().map(move |word| (nama::normal_word(word), number)).collect::<Vec<_>>()
        };
        GROUPS.iter().enumerate().flat_map(of).collect()
    });
    WORDS.get(word).copied().unwrap_or(0)
}
