//! From what stands in a profile file to a profile that can be used.

use std::collections::BTreeMap;

use super::raw::{RawColumn, RawFormats, RawProfile};
use super::{Constant, Profile, ProfileColumn, Split, Target, extra, head, words};
use crate::calendar::format as dates;
use crate::diag::{Code, Diagnostic, Report, Span};
use crate::document::Text;
use crate::schema::columns::{self, ALL};
use crate::schema::{Column, Format, Mask, Need, Type};
use crate::source::cell::{CellReader, How, Memory, Outcome, Value};
use crate::source::fold::fold;
use crate::source::number::Numbers;

/// Builds the profile; faults go to `report`, and what they concern is left out.
pub(super) fn build(raw: &RawProfile, report: &mut Report) -> Profile {
    let common = Common::new(raw.format.as_ref(), report);
    let mut columns = canonical_columns(raw, &common, report);
    let extras = extra::extra_columns(raw, &common, &mut columns, report);
    let mut claims = Claims::default();
    for (number, column) in columns.iter().enumerate() {
        for (heading, span) in &column.claims {
            claims.claim(heading, *span, Target::Column(number), &column.built.name, report);
        }
    }
    let splits = splits(raw, &columns, &mut claims, report);
    report_sourceless(raw, &columns, &splits, report);
    let raw_head = &raw.profile;
    Profile {
        name: raw_head.name.as_str().to_owned(),
        title: raw_head.title.as_ref().unwrap_or(&raw_head.name).as_str().to_owned(),
        encoding: head::encoding(raw_head, report),
        delimiter: head::delimiter(raw_head, report),
        sheet: raw_head.sheet.as_ref().map(|s| s.as_str().to_owned()),
        header_line: head::header_line(raw_head.header_line.as_ref(), report),
        deny_unknown: head::deny_unknown(raw_head, report),
        footers: list(raw_head.footer.as_ref()).iter().map(|t| fold(t.as_str())).filter(|f| !f.is_empty()).collect(),
        columns: columns.into_iter().map(|c| c.built).collect(),
        splits,
        headings: claims.0.into_iter().map(|(heading, (target, _, _))| (heading, target)).collect(),
        extras,
    }
}

pub(super) fn list(texts: Option<&Vec<Text>>) -> &[Text] {
    texts.map_or(&[], Vec::as_slice)
}

/// A column being built, with the headings it claims.
pub(super) struct Building {
    pub(super) built: ProfileColumn,
    pub(super) claims: Vec<(String, Span)>,
}

/// Which target a folded heading was claimed for, where, and by what name.
#[derive(Default)]
struct Claims(BTreeMap<String, (Target, Span, String)>);

impl Claims {
    fn claim(&mut self, heading: &str, span: Span, target: Target, owner: &str, report: &mut Report) {
        let folded = fold(heading);
        if folded.is_empty() {
            report.push(Diagnostic::new(Code::EmptyValue, span, "a heading without a letter or digit").label("here"));
            return;
        }
        match self.0.get(&folded) {
            Some((other, first, other_owner)) if *other != target => report.push(
                Diagnostic::new(Code::ProfileHeader, span, format!("heading `{heading}` is claimed twice"))
                    .label(format!("here for `{owner}`"))
                    .also(*first, format!("and here for `{other_owner}`"))
                    .help("headings are compared without case, spaces and punctuation"),
            ),
            Some(_) => {}
            None => {
                self.0.insert(folded, (target, span, owner.to_owned()));
            }
        }
    }
}

/// What holds for every column that has no settings of its own.
pub(super) struct Common<'a> {
    date: &'a [Text],
    time: &'a [Text],
    clock: &'a [Text],
    null: &'a [Text],
    numbers: Numbers,
    bools: BTreeMap<String, bool>,
    marks: Vec<char>,
}

impl<'a> Common<'a> {
    fn new(raw: Option<&'a RawFormats>, report: &mut Report) -> Self {
        let texts = |pick: fn(&RawFormats) -> Option<&Vec<Text>>| list(raw.and_then(pick));
        let decimal = words::one_char(raw.and_then(|r| r.decimal.as_ref()), report);
        let thousands = words::one_char(raw.and_then(|r| r.thousands.as_ref()), report);
        let units = texts(|r| r.units.as_ref()).iter().map(|u| u.as_str().to_owned()).collect();
        let mut marks = vec![';'];
        for text in texts(|r| r.separators.as_ref()) {
            marks.extend(words::one_char(Some(text), report));
        }
        let common = Self {
            date: texts(|r| r.date.as_ref()),
            time: texts(|r| r.time.as_ref()),
            clock: texts(|r| r.clock.as_ref()),
            null: texts(|r| r.null.as_ref()),
            numbers: Numbers { decimal, thousands, units },
            bools: words::yes_no(texts(|r| r.yes.as_ref()), texts(|r| r.no.as_ref()), report),
            marks,
        };
        // Formats are read anew for every column that uses them; here they are only checked, so that a fault shows once.
        common.dates(common.date, report);
        common.times(common.time, report);
        common.clocks(common.clock, common.time, report);
        common
    }

    fn dates(&self, texts: &[Text], report: &mut Report) -> Vec<dates::Format> {
        words::formats(texts, "date", &words::date_names(), dates::Format::has_day, report)
    }

    fn times(&self, texts: &[Text], report: &mut Report) -> Vec<dates::Format> {
        words::formats(texts, "time", &dates::times(), |f| f.has_day() && f.has_clock(), report)
    }

    /// A time of day may stand as a whole moment, too.
    fn clocks(&self, texts: &[Text], times: &[Text], report: &mut Report) -> Vec<dates::Format> {
        let mut formats = words::formats(texts, "clock", &words::clock_names(), |f| !f.has_day(), report);
        formats.extend(self.times(times, report));
        formats
    }
}

/// The settings of one column.
#[derive(Default)]
pub(super) struct Own<'a> {
    pub(super) date: Option<&'a Vec<Text>>,
    pub(super) time: Option<&'a Vec<Text>>,
    pub(super) clock: Option<&'a Vec<Text>>,
    pub(super) null: Option<&'a Vec<Text>>,
    pub(super) codes: Option<&'a crate::document::Named<Text>>,
}

impl<'a> Own<'a> {
    fn of(raw: &'a RawColumn) -> Self {
        Self {
            date: raw.date.as_ref(),
            time: raw.time.as_ref(),
            clock: raw.clock.as_ref(),
            null: raw.null.as_ref(),
            codes: raw.codes.as_ref(),
        }
    }
}

/// The reader of a column of this format.
pub(super) fn reader(
    name: &str,
    ty: Type,
    format: Format,
    mask: Mask,
    own: &Own<'_>,
    common: &Common<'_>,
    report: &mut Report,
) -> CellReader {
    // A column without formats of its own uses the common ones, which were reported on already.
    let mut known = Report::default();
    let codes = |report: &mut Report| ty.codes().map(|table| words::codes(table, own.codes, report));
    let how = match (format, codes(report)) {
        (Format::Plain | Format::Email, _) => How::Plain { long_number: mask == Mask::Number },
        (Format::Name, _) => How::Name,
        (Format::Texts, _) => How::Texts(common.marks.clone()),
        (Format::Digit16, _) => How::Digit16 { serial: name != columns::NOMOR_PERMOHONAN },
        (Format::Phone, _) => How::Phone,
        (Format::Passport | Format::Mrz, _) => How::Compact,
        (Format::Number(least, most), _) => How::Number(least, most, common.numbers.clone()),
        (Format::Duration, _) => How::Days(common.numbers.clone()),
        (Format::Date, _) => How::Date(match own.date {
            Some(texts) => common.dates(texts, report),
            None => common.dates(common.date, &mut known),
        }),
        (Format::Time, _) => How::Time(match own.time {
            Some(texts) => common.times(texts, report),
            None => common.times(common.time, &mut known),
        }),
        (Format::ClockTime, _) => How::Clock({
            let report = if own.clock.is_some() || own.time.is_some() { report } else { &mut known };
            let clock = own.clock.map_or(common.clock, Vec::as_slice);
            common.clocks(clock, own.time.map_or(common.time, Vec::as_slice), report)
        }),
        (Format::Bool, _) => How::Bool(common.bools.clone()),
        (Format::CodeList, Some(words)) => How::Codes(words, common.marks.clone()),
        (Format::Country, Some(words)) => {
            let mut marks = common.marks.clone();
            marks.extend([',', '/']);
            How::FirstCode(words, marks)
        }
        (Format::Code, Some(words)) => How::Code(words),
        // The law of the dictionary gives every column of codes its list.
        (Format::Code | Format::CodeList | Format::Country, None) => How::Plain { long_number: false },
    };
    CellReader { how, nulls: words::nulls(common.null, list(own.null)) }
}

/// The columns of the dictionary that the profile has, in the dictionary's order. Those only a split fills are among
/// them.
fn canonical_columns(raw: &RawProfile, common: &Common<'_>, report: &mut Report) -> Vec<Building> {
    let entries = raw.column.as_ref().map_or(&[][..], |named| named.entries.as_slice());
    let known = || ALL.iter().map(|c| c.name);
    for (name, _) in entries.iter().filter(|(name, _)| columns::by_name(name.as_str()).is_none()) {
        report.push(unknown_column(name, known()));
    }
    let split_into = |name: &str| raw.split.iter().flatten().any(|s| s.into.iter().any(|t| t.as_str() == name));
    let mut built = Vec::new();
    for column in ALL {
        let own = entries.iter().find(|(name, _)| name.as_str() == column.name);
        if own.is_some() || split_into(column.name) {
            built.push(canonical(column, own, common, report));
        }
    }
    built
}

fn unknown_column(name: &Text, known: impl Iterator<Item = &'static str>) -> Diagnostic {
    Diagnostic::new(Code::ProfileColumn, name.span(), format!("no column `{}` in the dictionary", name.as_str()))
        .label("not known")
        .did_you_mean(name.as_str(), known)
        .help("a column of this office alone is declared under `[extra]`")
}

fn canonical(
    column: &'static Column,
    own: Option<&(Text, RawColumn)>,
    common: &Common<'_>,
    report: &mut Report,
) -> Building {
    let settings = own.map(|(_, raw)| Own::of(raw)).unwrap_or_default();
    let reader = reader(column.name, column.ty, column.format, column.mask, &settings, common, report);
    let headings = own.map_or(&[][..], |(_, raw)| list(raw.headers.as_ref()));
    // A column that is only ever a part of another's cell has no heading.
    let own_name = own.map(|(name, _)| (column.name.to_owned(), name.span()));
    let declared = headings.iter().map(|h| (h.as_str().to_owned(), h.span()));
    let claims = own_name.into_iter().chain(declared).collect();
    let constant = own.and_then(|(_, raw)| raw.constant.as_ref()).and_then(|text| constant(text, &reader, report));
    let built = ProfileColumn {
        name: column.name.to_owned(),
        ty: column.ty,
        need: column.need,
        mask: column.mask,
        canonical: Some(column),
        headings: headings.iter().map(|h| h.as_str().to_owned()).collect(),
        reader,
        constant,
    };
    Building { built, claims }
}

/// Reads a constant as a cell would be read.
fn constant(text: &Text, reader: &CellReader, report: &mut Report) -> Option<Constant> {
    match reader.read(text.as_str(), crate::table::Kind::Text, &mut Memory::default()) {
        Outcome::Value(Value::Text(value), _) => Some(Constant::Text(value.to_owned())),
        Outcome::Value(Value::Number(value), _) => Some(Constant::Number(value)),
        Outcome::Value(Value::Bool(value), _) => Some(Constant::Bool(value)),
        Outcome::Value(Value::Clock(_), _) | Outcome::Null | Outcome::Partly(..) | Outcome::Bad(_) => {
            report.push(
                Diagnostic::new(Code::ProfileConstant, text.span(), "the constant is no value of this column")
                    .label("cannot be read")
                    .help("write it as a cell of the export would be written"),
            );
            None
        }
    }
}

fn splits(raw: &RawProfile, columns: &[Building], claims: &mut Claims, report: &mut Report) -> Vec<Split> {
    let mut splits = Vec::new();
    for own in raw.split.iter().flatten() {
        let fault = |span: Span, what: &str| Diagnostic::new(Code::ProfileSplit, span, what.to_owned()).label("here");
        if own.at.as_str().is_empty() {
            report.push(
                fault(own.at.span(), "a split without a mark")
                    .help("write what stands between the parts: `at = \",\"`"),
            );
        }
        if own.into.len() < 2 {
            report.push(
                fault(own.span, "a split into fewer than two columns").help("one column is declared under `[column]`"),
            );
        }
        let mut into: Vec<usize> = Vec::new();
        for name in &own.into {
            match columns.iter().position(|c| c.built.name == name.as_str()) {
                Some(number) if into.contains(&number) => {
                    report.push(fault(name.span(), "a split goes into the same column twice"));
                }
                Some(number) => into.push(number),
                None => report.push(unknown_column(name, ALL.iter().map(|c| c.name))),
            }
        }
        for heading in &own.headers {
            claims.claim(heading.as_str(), heading.span(), Target::Split(splits.len()), "a split", report);
        }
        splits.push(Split { at: own.at.as_str().to_owned(), into });
    }
    splits
}

/// Reports required columns that no export read with this profile could have.
fn report_sourceless(raw: &RawProfile, columns: &[Building], splits: &[Split], report: &mut Report) {
    for column in ALL.iter().filter(|c| c.need == Need::Required) {
        let number = columns.iter().position(|c| c.built.name == column.name);
        let has_source = number.is_some_and(|number| {
            let building = columns.get(number);
            let own = building.is_some_and(|b| !b.claims.is_empty() || b.built.constant.is_some());
            own || splits.iter().any(|s| s.into.contains(&number))
        });
        if !has_source {
            report.push(
                Diagnostic::new(
                    Code::ProfileRequired,
                    raw.profile.span,
                    format!("the profile has no source for `{}`", column.name),
                )
                .label("in this profile")
                .note(column.meaning.to_owned())
                .help(format!("add `[column]` `{} = {{ headers = [...] }}`, or a `constant`", column.name)),
            );
        }
    }
}
