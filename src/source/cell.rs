//! From the text of one cell to a value, a null, or the reason why it is neither.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use super::fold::fold;
use super::number::{self, Numbers};
use super::reason::{Note, Unusable};
use super::text::{self, Looks};
use super::words::{CodeWords, Nulls, Seen};
use crate::calendar::DAY_MS;
use crate::calendar::format::{self as dates, Format, Moment};
use crate::table::{Kind, Typed};

/// How the cells of a column are read.
#[derive(Debug, Clone)]
pub(super) struct CellReader {
    pub(super) how: How,
    pub(super) nulls: Nulls,
}

/// The way by kind of column. Follows `schema::Format`, with the profile's formats and words filled in.
#[derive(Debug, Clone)]
pub(super) enum How {
    /// Text; `long_number` for account and document numbers, which spreadsheets break.
    Plain { long_number: bool },
    /// A name: as text, with what is unusual noted.
    Name,
    /// Several texts between these marks.
    Texts(Vec<char>),
    /// Sixteen digits; `serial` where the last four are a serial number (NIK, KK).
    Digit16 { serial: bool },
    /// A phone number, as written.
    Phone,
    /// Upper case without white space.
    Compact,
    /// A whole number within bounds.
    Number(i64, i64, Numbers),
    /// A length of time in days.
    Days(Numbers),
    /// A date.
    Date(Vec<Format>),
    /// A date and a time of day.
    Time(Vec<Format>),
    /// A time of day, or a whole moment.
    Clock(Vec<Format>),
    /// Yes or no, by folded word.
    Bool(BTreeMap<String, bool>),
    /// A code.
    Code(CodeWords),
    /// Several codes between these marks.
    Codes(CodeWords, Vec<char>),
    /// A code; the first where several stand between these marks.
    FirstCode(CodeWords, Vec<char>),
}

/// A value that was read; texts may lie in the memory it was read with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Value<'a> {
    Text(&'a str),
    /// Numbers, days, milliseconds.
    Number(i64),
    Bool(bool),
    /// Milliseconds since midnight, to be joined with the day of the application.
    Clock(i64),
}

/// What became of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome<'a> {
    /// Nothing in it, or a word for nothing.
    Null,
    /// A value, and what is remarkable about it.
    Value(Value<'a>, Notes),
    /// A list of which only a part could be read.
    Partly(&'a str, Unusable),
    /// Something that is no value.
    Bad(Unusable),
}

/// A set of notes about one cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Notes(u8);

/// What reading a column keeps between cells.
#[derive(Debug, Default)]
pub(super) struct Memory {
    scratch: String,
    /// Words met so far and their codes: an export has a handful of them in thousands of cells.
    codes: Seen,
}

/// Digits from which on a binary fraction, or Excel, may have lost the last ones.
const UNSURE_DIGITS: usize = 16;

impl Notes {
    fn add(&mut self, note: Note) {
        self.0 |= 1 << (note as u8);
    }

    fn of_text(looks: Looks) -> Self {
        let mut notes = Self::default();
        if looks.mixed {
            notes.add(Note::MixedScript);
        }
        if looks.invisible {
            notes.add(Note::Invisible);
        }
        notes
    }

    pub(super) fn iter(self) -> impl Iterator<Item = Note> {
        Note::ALL.iter().copied().filter(move |note| self.0 & (1 << (*note as u8)) != 0)
    }
}

impl CellReader {
    /// Reads a cell.
    pub(super) fn read<'a>(&self, text: &'a str, kind: Kind, memory: &'a mut Memory) -> Outcome<'a> {
        match kind {
            Kind::Formula => return Outcome::Bad(Unusable::FormulaCell),
            Kind::Error => return Outcome::Bad(Unusable::CellError),
            Kind::Merged => return Outcome::Bad(Unusable::MergedCell),
            Kind::Text | Kind::Float | Kind::Integer | Kind::Moment | Kind::Bool => {}
        }
        let text = trim(text);
        if text.is_empty() || self.nulls.has(text) {
            return Outcome::Null;
        }
        let text = if text.starts_with(['=', '\'']) { text::unwrap_text_cell(text) } else { text };
        self.read_filled(text, kind, memory)
    }

    /// Reads a value without its text; nothing where the text is needed to tell. The outcome is that of the text.
    pub(super) fn read_typed(&self, value: Typed) -> Option<Outcome<'static>> {
        let number = match (&self.how, value) {
            (How::Number(least, most, _), Typed::Whole(number)) if number > i64::MIN => {
                if (*least..=*most).contains(&number) { Ok(number) } else { Err(Unusable::NumberRange) }
            }
            (How::Days(_), Typed::Whole(number)) if number > i64::MIN => number::believed(number),
            (How::Date(_), Typed::Day(day)) => Ok(day),
            (How::Date(_), Typed::Moment(ms)) => Ok(ms.div_euclid(DAY_MS)),
            (How::Time(_) | How::Clock(_), Typed::Moment(ms)) => Ok(ms),
            _ => return None,
        };
        Some(match number {
            _ if self.nulls.has_typed(value) => Outcome::Null,
            Ok(number) => number_value(number),
            Err(reason) => Outcome::Bad(reason),
        })
    }

    /// Whether its texts are the same few again and again.
    pub(super) fn repeats(&self) -> bool {
        matches!(self.how, How::Code(_) | How::Codes(..) | How::FirstCode(..))
    }

    /// Whether its texts may be the same few again and again: occupations are, remarks are not.
    pub(super) fn may_repeat(&self) -> bool {
        matches!(self.how, How::Plain { long_number: false } | How::Compact)
    }

    /// Whether what becomes of a text is mostly the text itself.
    pub(super) fn keeps_text(&self) -> bool {
        matches!(self.how, How::Plain { .. } | How::Name | How::Phone | How::Digit16 { .. } | How::Compact)
    }

    fn read_filled<'a>(&self, text: &'a str, kind: Kind, memory: &'a mut Memory) -> Outcome<'a> {
        let Memory { scratch, codes } = memory;
        match &self.how {
            How::Plain { long_number: false } => read_plain(text, scratch),
            How::Plain { long_number: true } | How::Phone => match broken_number(text, kind) {
                Some(broken) => Outcome::Bad(broken),
                None => read_plain(text, scratch),
            },
            How::Name => read_name(text, scratch),
            How::Texts(marks) => read_texts(text, marks, &self.nulls, scratch),
            How::Digit16 { serial } => read_digit16(text, kind, *serial, scratch),
            How::Compact if text.bytes().all(|b| b.is_ascii_graphic() && !b.is_ascii_lowercase()) => {
                text_value(text, Notes::default())
            }
            How::Compact => {
                scratch.clear();
                scratch.extend(text.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_uppercase));
                text_value(scratch, Notes::default())
            }
            How::Number(least, most, numbers) => read_number(text, kind, numbers, *least..=*most),
            How::Days(numbers) => match plain_or(numbers, kind, |n| number::read_days(text, n)) {
                Ok(days) => number_value(days),
                Err(reason) => Outcome::Bad(reason),
            },
            How::Date(formats) => match read_moment(text, kind, formats).and_then(|m| m.day) {
                Some(day) => number_value(day),
                None => Outcome::Bad(Unusable::DateUnreadable),
            },
            How::Time(formats) => read_time(read_moment(text, kind, formats), false),
            How::Clock(formats) => read_time(read_moment(text, kind, formats), true),
            How::Bool(words) => match words.get(&fold(text)) {
                Some(yes) => Outcome::Value(Value::Bool(*yes), Notes::default()),
                None => Outcome::Bad(Unusable::BoolUnknown),
            },
            How::Code(words) => code_value(words.find(text, codes)),
            How::Codes(words, marks) => read_codes(text, words, marks, &self.nulls, scratch, codes),
            How::FirstCode(words, marks) => code_value(words.find(text, codes).or_else(|| {
                let first = text.split(marks.as_slice()).map(trim).find(|part| !part.is_empty())?;
                words.find(first, codes)
            })),
        }
    }
}

fn read_plain<'a>(text: &'a str, scratch: &'a mut String) -> Outcome<'a> {
    let (text, looks) = text::clean(text, scratch);
    text_value(text, Notes::of_text(looks))
}

fn read_number<'a>(text: &str, kind: Kind, numbers: &Numbers, bounds: RangeInclusive<i64>) -> Outcome<'a> {
    match plain_or(numbers, kind, |n| n.read(text)) {
        Some(number) if bounds.contains(&number) => number_value(number),
        Some(_) => Outcome::Bad(Unusable::NumberRange),
        None => Outcome::Bad(Unusable::NumberUnreadable),
    }
}

/// A moment as milliseconds; a time of day alone is one only where the row has the day.
fn read_time<'a>(moment: Option<Moment>, clock_alone: bool) -> Outcome<'a> {
    match moment {
        Some(Moment { day: Some(day), clock: Some(clock) }) => number_value(day * DAY_MS + clock),
        Some(Moment { day: None, clock: Some(clock) }) if clock_alone => {
            Outcome::Value(Value::Clock(clock), Notes::default())
        }
        _ => Outcome::Bad(Unusable::TimeUnreadable),
    }
}

fn text_value(text: &str, notes: Notes) -> Outcome<'_> {
    match text.is_empty() {
        true => Outcome::Null,
        false => Outcome::Value(Value::Text(text), notes),
    }
}

fn number_value<'a>(number: i64) -> Outcome<'a> {
    Outcome::Value(Value::Number(number), Notes::default())
}

fn code_value<'a>(code: Option<&'static str>) -> Outcome<'a> {
    match code {
        Some(code) => text_value(code, Notes::default()),
        None => Outcome::Bad(Unusable::CodeUnknown),
    }
}

/// The text without white space and byte order marks around it; quick where there is none.
fn trim(text: &str) -> &str {
    let plain = |byte: Option<&u8>| byte.is_some_and(|b| (0x21..0x7F).contains(b));
    let bytes = text.as_bytes();
    if plain(bytes.first()) && plain(bytes.last()) {
        return text;
    }
    text.trim_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}' || c == '\u{200B}')
}

/// Cells that a program wrote as numbers have no marks of thousands, whatever the profile says of texts.
fn plain_or<T>(numbers: &Numbers, kind: Kind, read: impl Fn(&Numbers) -> T) -> T {
    match kind {
        Kind::Float | Kind::Integer => read(&Numbers { decimal: Some('.'), ..Numbers::default() }),
        _ => read(numbers),
    }
}

fn read_moment(text: &str, kind: Kind, formats: &[Format]) -> Option<Moment> {
    match kind {
        Kind::Moment => dates::read_iso(text),
        _ => formats.iter().find_map(|format| format.read(text)),
    }
}

/// Why a long number must be taken for damaged.
fn broken_number(text: &str, kind: Kind) -> Option<Unusable> {
    let long = || text.bytes().filter(u8::is_ascii_digit).count() >= UNSURE_DIGITS;
    match kind {
        Kind::Float if long() => Some(Unusable::NumberScientific),
        _ if text::is_scientific(text) => Some(Unusable::NumberScientific),
        _ => None,
    }
}

fn read_name<'a>(text: &'a str, scratch: &'a mut String) -> Outcome<'a> {
    let (text, looks) = text::clean(text, scratch);
    let mut notes = Notes::of_text(looks);
    if looks.unlike_name {
        notes.add(Note::NameUnusual);
    }
    text_value(text, notes)
}

fn read_texts<'a>(text: &str, marks: &[char], nulls: &Nulls, scratch: &'a mut String) -> Outcome<'a> {
    let mut notes = Notes::default();
    let mut one = String::new();
    scratch.clear();
    for part in text.split(marks).map(trim).filter(|part| !part.is_empty() && !nulls.has(part)) {
        let (clean, looks) = text::clean(part, &mut one);
        notes.0 |= Notes::of_text(looks).0;
        if !scratch.is_empty() {
            scratch.push(';');
        }
        scratch.push_str(clean);
    }
    text_value(scratch, notes)
}

/// A malformed number is kept: what is wrong with a NIK is for the rules to say. What a spreadsheet broke is not.
fn read_digit16<'a>(text: &'a str, kind: Kind, serial: bool, scratch: &'a mut String) -> Outcome<'a> {
    let plain = text.len() == 16 && text.bytes().all(|b| b.is_ascii_digit());
    if !plain && text::is_scientific(text) {
        return Outcome::Bad(Unusable::NikScientific);
    }
    if kind == Kind::Float || !plain && text::is_float_number(text) {
        return Outcome::Bad(Unusable::NikNumericCell);
    }
    let mut notes = Notes::default();
    let mut digits = String::new();
    match text::digits(text, &mut digits) {
        Some((found, cleaned)) => {
            if cleaned {
                notes.add(Note::NumberCleaned);
            }
            if found.len() != 16 {
                notes.add(Note::NotSixteenDigits);
            } else if serial && found.ends_with("0000") {
                notes.add(Note::SerialZero);
            }
            if !cleaned {
                return text_value(text, notes);
            }
            scratch.clear();
            scratch.push_str(found);
            text_value(scratch, notes)
        }
        None => {
            let (text, looks) = text::clean(text, scratch);
            notes.0 |= Notes::of_text(looks).0;
            notes.add(Note::NotSixteenDigits);
            text_value(text, notes)
        }
    }
}

/// The known codes of a list, sorted, each once. Unknown words do not cost the known ones.
fn read_codes<'a>(
    text: &str,
    words: &CodeWords,
    marks: &[char],
    nulls: &Nulls,
    scratch: &'a mut String,
    seen: &mut Seen,
) -> Outcome<'a> {
    if let Some(code) = words.find(text, seen) {
        return text_value(code, Notes::default());
    }
    let mut found = BTreeSet::new();
    let mut unknown = false;
    for part in text.split(marks).map(trim).filter(|part| !part.is_empty() && !nulls.has(part)) {
        match words.find(part, seen) {
            Some(code) => {
                found.insert(code);
            }
            None => unknown = true,
        }
    }
    scratch.clear();
    for code in &found {
        if !scratch.is_empty() {
            scratch.push(';');
        }
        scratch.push_str(code);
    }
    match (unknown, found.is_empty()) {
        (true, true) => Outcome::Bad(Unusable::CodeUnknown),
        (true, false) => Outcome::Partly(scratch, Unusable::CodeUnknown),
        (false, _) => text_value(scratch, Notes::default()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::tables;

    fn read(how: How, text: &str, kind: Kind) -> String {
        let reader = CellReader { how, nulls: Nulls::new(["-", "TIDAK ADA"].map(str::to_owned).into_iter()) };
        let mut memory = Memory::default();
        match reader.read(text, kind, &mut memory) {
            Outcome::Null => "null".to_owned(),
            Outcome::Value(Value::Text(text), notes) => {
                notes.iter().fold(text.to_owned(), |text, note| format!("{text} {}", note.code()))
            }
            Outcome::Value(Value::Number(n), _) => n.to_string(),
            Outcome::Value(Value::Bool(yes), _) => yes.to_string(),
            Outcome::Value(Value::Clock(ms), _) => format!("{ms} ms"),
            Outcome::Partly(text, reason) => format!("{text} but {}", reason.code()),
            Outcome::Bad(reason) => reason.code().to_owned(),
        }
    }

    fn words() -> CodeWords {
        CodeWords::new(tables::DOKUMEN.entries().iter().map(|e| (fold(e.code), e.code)).collect())
    }

    #[test]
    fn words_for_nothing_are_null_whatever_the_column() {
        for how in [How::Name, How::Digit16 { serial: true }, How::Date(Vec::new()), How::Code(words()), How::Phone] {
            for text in ["", " ", "-", " - ", "tidak ada", "\u{a0}"] {
                assert_eq!(read(how.clone(), text, Kind::Text), "null", "{text:?}");
            }
        }
        assert_eq!(read(How::Name, "TIDAK ADA LAGI", Kind::Text), "TIDAK ADA LAGI");
    }

    #[test]
    fn a_malformed_number_is_kept_and_a_broken_one_is_not() {
        let nik = || How::Digit16 { serial: true };
        assert_eq!(read(nik(), "1271995708030002", Kind::Text), "1271995708030002");
        assert_eq!(read(nik(), "'1271 9957 0803 0002", Kind::Text), "1271995708030002 NUMBER_CLEANED");
        assert_eq!(read(nik(), "127199570803000", Kind::Text), "127199570803000 NOT_16_DIGITS");
        assert_eq!(read(nik(), "127199570803000O", Kind::Text), "127199570803000O NOT_16_DIGITS");
        assert_eq!(read(nik(), "1271995708030000", Kind::Text), "1271995708030000 NIK_SERIAL_0000");
        assert_eq!(read(nik(), "1.27199E+15", Kind::Text), "NIK_SCIENTIFIC");
        assert_eq!(read(nik(), "1271995708030002.0", Kind::Text), "NIK_NUMERIC_CELL");
        assert_eq!(read(nik(), "1271995708030002", Kind::Float), "NIK_NUMERIC_CELL");
        assert_eq!(read(nik(), "1271995708030002", Kind::Integer), "1271995708030002");
    }

    #[test]
    fn lists_keep_what_is_known_of_them() {
        let codes = || How::Codes(words(), vec![';', ',']);
        assert_eq!(read(codes(), "KTP; kk ;ktp", Kind::Text), "kk;ktp");
        assert_eq!(read(codes(), "ktp,surat nikah", Kind::Text), "ktp but CODE_UNKNOWN");
        assert_eq!(read(codes(), "surat nikah", Kind::Text), "CODE_UNKNOWN");
        assert_eq!(read(codes(), "; ;", Kind::Text), "null");
        assert_eq!(read(How::Texts(vec![';', '/']), " AMINAH / - /SITI  A", Kind::Text), "AMINAH;SITI A");
    }

    #[test]
    fn cells_of_workbooks_are_what_they_are() {
        assert_eq!(read(How::Name, "SITI", Kind::Formula), "FORMULA_CELL");
        assert_eq!(read(How::Name, "", Kind::Formula), "FORMULA_CELL");
        assert_eq!(read(How::Name, "#N/A", Kind::Error), "CELL_ERROR");
        assert_eq!(read(How::Name, "", Kind::Merged), "MERGED_CELL");
        assert_eq!(read(How::Date(Vec::new()), "1990-01-02", Kind::Moment), "7306");
        assert_eq!(read(How::Clock(Vec::new()), "06:05:00", Kind::Moment), "21900000 ms");
        assert_eq!(read(How::Date(Vec::new()), "32875", Kind::Float), "DATE_UNREADABLE");
        let office = Numbers { decimal: Some(','), thousands: Some('.'), units: Vec::new() };
        assert_eq!(read(How::Number(0, 300, office.clone()), "158.0", Kind::Float), "158");
        assert_eq!(read(How::Number(0, 300, office), "1.580", Kind::Text), "NUMBER_RANGE");
        assert_eq!(read(How::Phone, "6281260000001", Kind::Float), "6281260000001");
        assert_eq!(read(How::Phone, "6.28E+12", Kind::Text), "NUMBER_SCIENTIFIC");
    }
}
