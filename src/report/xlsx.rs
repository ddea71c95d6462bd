//! The officers' workbook: the list with places for decisions, findings in full, linked applications, how to read it.
//!
//! Every cell of text is a string cell, so nothing is ever a formula and no number loses digits. Only the cells of
//! decisions can be edited; scores are left out unless the office asks for them, since an officer who knows the score
//! would know the control sample by its absence.

use rust_xlsxwriter::{
    Color, DataValidation, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, ProtectionOptions,
    Workbook, Worksheet, XlsxError,
};

use chrono::{Datelike, NaiveDate};

use super::Form;
use super::dossier::{Dossier, Key, Member, Place, stage};
use super::listing::{FindingText, Line, Listing, heading};
use super::page::{place, role};
use crate::schema::columns;
use crate::words::{Lang, Word};
use crate::{Error, Result};

/// Rows of a sheet, its heading left out, before the list goes on in another one; Excel ends at 1,048,576.
const ROWS: usize = 1_000_000;
/// The longest text of a cell, in characters; Excel ends at 32,767.
const LONGEST: usize = 32_000;

/// What the head of every page says.
#[derive(Debug, Clone)]
pub(super) struct Head {
    pub(super) office: String,
    pub(super) as_of: NaiveDate,
    pub(super) records_read: u64,
    pub(super) applications: u64,
    pub(super) quarantined: u64,
}

/// The workbook.
pub(super) fn workbook(listing: &Listing, dossier: &Dossier, head: &Head, form: &Form) -> Result<Vec<u8>> {
    build(listing, dossier, head, form).map_err(|_| Error::internal("the workbook could not be made"))
}

fn build(listing: &Listing, dossier: &Dossier, head: &Head, form: &Form) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let (year, month, day) = (head.as_of.year(), head.as_of.month(), head.as_of.day());
    let made = ExcelDateTime::from_ymd(
        u16::try_from(year).unwrap_or(2000),
        u8::try_from(month).unwrap_or(1),
        u8::try_from(day).unwrap_or(1),
    )?;
    // The day of the run, not the time of writing: the same run gives the same bytes.
    book.set_properties(&DocProperties::new().set_title(form.lang.word(Word::ListTitle)).set_creation_datetime(&made));
    let style = Style::new();
    let words = |word| form.lang.word(word);
    let lines: Vec<Listed<'_>> = listing.lines.iter().map(|line| (line, None)).collect();
    let again: Vec<Listed<'_>> =
        listing.again.iter().flatten().map(|one| (&one.line, Some(one.since.parts(form.lang, true)))).collect();
    for (part, lines) in parts(&lines) {
        let sheet = book.add_worksheet();
        sheet.set_name(name(words(Word::SheetList), part))?;
        list(sheet, lines, head, form, &style)?;
    }
    for (part, lines) in parts(&again).filter(|_| !again.is_empty()) {
        let sheet = book.add_worksheet();
        sheet.set_name(name(words(Word::SheetAgain), part))?;
        list(sheet, lines, head, form, &style)?;
    }
    let tonight = listing.lines.iter().map(|line| (line, place_of(line, false, form.lang)));
    let before = listing.again.iter().flatten().map(|one| (&one.line, place_of(&one.line, true, form.lang)));
    let findings: Vec<FindingLine<'_>> = tonight
        .chain(before)
        .flat_map(|(line, place)| line.findings.iter().map(move |f| (line, place.clone(), f)))
        .collect();
    for (part, findings) in parts(&findings) {
        let sheet = book.add_worksheet();
        sheet.set_name(name(words(Word::SheetFindings), part))?;
        findings_sheet(sheet, findings, head, form, &style)?;
    }
    let links: Vec<_> = dossier.links().collect();
    for (part, links) in parts(&links).filter(|_| !links.is_empty()) {
        let sheet = book.add_worksheet();
        sheet.set_name(name(words(Word::SheetLinks), part))?;
        groups(sheet, links, head, form, &style)?;
    }
    let sheet = book.add_worksheet();
    sheet.set_name(words(Word::SheetReading))?;
    reading(sheet, listing, head, form, &style)?;
    book.save_to_buffer()
}

/// A line, and what changed since it was judged, where it was before.
type Listed<'a> = (&'a Line, Option<Vec<String>>);

/// A line, how its place reads beside a finding, and the finding.
type FindingLine<'a> = (&'a Line, String, &'a FindingText);

/// The rank of a line; that of an application of before says so.
fn place_of(line: &Line, again: bool, lang: Lang) -> String {
    match again {
        true => place(Some(Place { again, rank: line.rank }), lang),
        false => line.rank.to_string(),
    }
}

/// The pieces that fit a sheet, at least one, counted from 1.
fn parts<T>(all: &[T]) -> impl Iterator<Item = (usize, &[T])> {
    let empty = all.is_empty().then_some(all);
    empty.into_iter().chain(all.chunks(ROWS)).enumerate().map(|(ix, part)| (ix + 1, part))
}

fn name(word: &str, part: usize) -> String {
    if part == 1 { word.to_owned() } else { format!("{word} {part}") }
}

/// How cells look.
struct Style {
    head: Format,
    cell: Format,
    must: Format,
    open: Format,
    prose: Format,
    title: Format,
}

impl Style {
    fn new() -> Self {
        let cell = Format::new().set_align(FormatAlign::Top).set_text_wrap().set_border(FormatBorder::Hair);
        Self {
            head: Format::new()
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::VerticalCenter)
                .set_background_color(Color::RGB(0x1F_3A_5F))
                .set_font_color(Color::White)
                .set_border(FormatBorder::Thin),
            must: cell.clone().set_bold().set_background_color(Color::RGB(0xFF_E9_C7)),
            open: cell.clone().set_unlocked().set_background_color(Color::RGB(0xF3_F8_EE)),
            cell,
            prose: Format::new().set_text_wrap().set_align(FormatAlign::Top),
            title: Format::new().set_bold().set_font_size(13),
        }
    }
}

/// A column of a sheet: heading and width in characters.
type Heading = (String, f64);

/// Heading, widths, frozen first row, filter, A4 landscape with repeated heading, confidential on every page.
fn frame(
    sheet: &mut Worksheet,
    headings: &[Heading],
    rows: usize,
    head: &Head,
    form: &Form,
    style: &Style,
) -> Result<(), XlsxError> {
    for (at, (text, width)) in (0_u16..).zip(headings) {
        sheet.write_string_with_format(0, at, text, &style.head)?;
        sheet.set_column_width(at, *width)?;
    }
    let last = u16::try_from(headings.len().saturating_sub(1)).unwrap_or(0);
    sheet.set_row_height(0, 32)?;
    sheet.set_freeze_panes(1, 3)?;
    sheet.autofilter(0, 0, row_number(rows).max(1), last)?;
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?;
    let secret = form.lang.word(Word::Confidential);
    // A single `&` begins a code of the header; the name of an office may have one.
    let office = head.office.replace('&', "&&");
    sheet.set_header(format!("&L{office}&C&B{secret}&R{}", head.as_of));
    sheet.set_footer("&R&P / &N");
    sheet.protect_with_options(&ProtectionOptions {
        use_autofilter: true,
        sort: true,
        format_columns: true,
        format_rows: true,
        ..ProtectionOptions::new()
    });
    Ok(())
}

fn row_number(row: usize) -> u32 {
    u32::try_from(row).unwrap_or(u32::MAX)
}

/// A text that fits a cell.
fn fitting(text: &str) -> std::borrow::Cow<'_, str> {
    match text.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{} […]", text.get(..at).unwrap_or_default()).into(),
        None => text.into(),
    }
}

fn put(sheet: &mut Worksheet, row: u32, at: u16, text: &str, format: &Format) -> Result<(), XlsxError> {
    sheet.write_string_with_format(row, at, fitting(text), format).map(|_| ())
}

/// The decisions an officer can record (domain 7.6).
const DECISIONS: [&str; 5] = ["lanjut_terbit", "ditangguhkan", "ditolak", "bukan_temuan", "data_salah"];
/// Why, where one of the classes fits that offices report.
const WHY: [&str; 7] = [
    "duplikasi",
    "pmi_np",
    "keterangan_tidak_benar",
    "berkas_tidak_lengkap",
    "salah_jenis_permohonan",
    "salah_jenis_paspor",
    "lain",
];

/// A column of the list: its heading, its width in characters, the columns of the application that stand in it.
struct ListColumn {
    heading: Word,
    width: f64,
    shows: &'static [&'static str],
}

/// What the list shows of an application. Several values share a column so that the list fits a page.
const LIST: [ListColumn; 7] = [
    ListColumn { heading: Word::Applicant, width: 22.0, shows: &[columns::NAMA_LENGKAP] },
    ListColumn { heading: Word::IdentityNumber, width: 18.0, shows: &[columns::NIK] },
    ListColumn { heading: Word::BirthDate, width: 12.0, shows: &[columns::TANGGAL_LAHIR] },
    ListColumn { heading: Word::Phone, width: 15.0, shows: &[columns::TELEPON] },
    ListColumn {
        heading: Word::Service,
        width: 18.0,
        shows: &[columns::KODE_KANIM, columns::UNIT_LAYANAN, columns::TANGGAL_PERMOHONAN, columns::JADWAL_LAYANAN],
    },
    ListColumn { heading: Word::Application, width: 18.0, shows: &[columns::JENIS_PERMOHONAN, columns::JENIS_PASPOR] },
    ListColumn { heading: Word::Journey, width: 16.0, shows: &[columns::MAKSUD_PERJALANAN, columns::NEGARA_TUJUAN] },
];

fn list(sheet: &mut Worksheet, lines: &[Listed<'_>], head: &Head, form: &Form, style: &Style) -> Result<(), XlsxError> {
    let word = |word| form.lang.word(word).to_owned();
    let mut headings: Vec<Heading> =
        vec![(word(Word::Rank), 5.0), (word(Word::Band), 9.0), (label(columns::NOMOR_PERMOHONAN, form.lang), 18.0)];
    if form.show_score {
        headings.push((word(Word::Score), 6.0));
    }
    headings.extend(LIST.iter().map(|column| (word(column.heading), column.width)));
    let before = lines.iter().any(|(_, since)| since.is_some());
    if before {
        headings.push((word(Word::ChangedSince), 34.0));
    }
    headings.extend([(word(Word::Reason), 44.0), (word(Word::Question), 38.0)]);
    let decisions = u16::try_from(headings.len()).unwrap_or(0);
    headings.extend([
        (word(Word::Decision), 13.0),
        (word(Word::DecisionReason), 16.0),
        (word(Word::Officer), 9.0),
        (word(Word::Remarks), 20.0),
    ]);
    frame(sheet, &headings, lines.len(), head, form, style)?;
    for (row, (line, since)) in (1_u32..).zip(lines) {
        let mut cells = vec![line.rank.to_string(), band(line, form.lang).to_owned(), line.nomor.clone()];
        if form.show_score {
            cells.push(line.score.to_string());
        }
        cells.extend(LIST.iter().map(|column| values(line, column.shows, form.lang)));
        if let Some(since) = since {
            cells.push(bullets(&since.iter().map(String::as_str).collect::<Vec<_>>()));
        }
        cells.push(bullets(&line.reasons(true)));
        cells.push(bullets(&line.questions()));
        let first = if line.band == crate::screening::Band::Mandatory { &style.must } else { &style.cell };
        record(sheet, row, &cells, &headings, first, style)?;
        for at in decisions..decisions + 4 {
            sheet.write_blank(row, at, &style.open)?;
        }
    }
    let last = row_number(lines.len()).max(1);
    for (at, codes) in [(decisions, &DECISIONS[..]), (decisions + 1, &WHY[..])] {
        let choice = DataValidation::new()
            .allow_list_strings(codes)?
            .set_error_title(word(Word::Decision))?
            .set_error_message(word(Word::ChooseFromList))?;
        sheet.add_data_validation(1, at, last, at, &choice)?;
    }
    Ok(())
}

/// The values of several columns, one below the other, absent ones left out.
fn values(line: &Line, shows: &[&str], lang: Lang) -> String {
    let of = |name: &&str| line.values.iter().find(|v| v.column.name == *name).map(|v| v.display(lang, true));
    shows.iter().filter_map(of).filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n")
}

/// Writes the cells of a row and gives it the height its longest cell needs: programs other than Excel do not work it
/// out themselves.
fn record(
    sheet: &mut Worksheet,
    row: u32,
    cells: &[String],
    headings: &[Heading],
    first: &Format,
    style: &Style,
) -> Result<(), XlsxError> {
    let mut lines = 1;
    for ((at, cell), (_, width)) in (0_u16..).zip(cells).zip(headings) {
        put(sheet, row, at, cell, if at < 3 { first } else { &style.cell })?;
        lines = lines.max(lines_of(cell, *width));
    }
    // Excel allows at most 409 points.
    sheet.set_row_height(row, (lines * LINE_HEIGHT + 3).min(409))?;
    Ok(())
}

/// Points a line of text needs.
const LINE_HEIGHT: u32 = 15;

/// How many lines a text takes in a column of a width.
fn lines_of(text: &str, width: f64) -> u32 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "widths are small and positive")]
    let width = width as usize;
    let lines: usize = text.lines().map(|line| line.chars().count().div_ceil(width.max(1)).max(1)).sum();
    u32::try_from(lines).unwrap_or(u32::MAX / LINE_HEIGHT)
}

fn label(column: &str, lang: Lang) -> String {
    columns::by_name(column).map_or(column, |c| heading(c, lang)).to_owned()
}

fn band(line: &Line, lang: Lang) -> &'static str {
    use crate::screening::Band;
    lang.word(match line.band {
        Band::Mandatory => Word::BandMandatory,
        Band::First => Word::BandFirst,
        Band::Second => Word::BandSecond,
    })
}

/// Several texts, one below the other.
fn bullets(texts: &[&str]) -> String {
    match texts {
        [one] => (*one).to_owned(),
        many => many.iter().map(|text| format!("• {text}")).collect::<Vec<_>>().join("\n"),
    }
}

fn findings_sheet(
    sheet: &mut Worksheet,
    findings: &[FindingLine<'_>],
    head: &Head,
    form: &Form,
    style: &Style,
) -> Result<(), XlsxError> {
    let word = |word| form.lang.word(word).to_owned();
    let headings: Vec<Heading> = vec![
        (word(Word::Rank), 6.0),
        (label(columns::NOMOR_PERMOHONAN, form.lang), 19.0),
        (word(Word::Rule), 8.0),
        (word(Word::RuleTitle), 26.0),
        (word(Word::Reason), 46.0),
        (word(Word::Question), 40.0),
        (word(Word::HonestCases), 34.0),
        (word(Word::Basis), 30.0),
    ];
    frame(sheet, &headings, findings.len(), head, form, style)?;
    for (row, (line, place, finding)) in (1_u32..).zip(findings) {
        let cells = [
            place.clone(),
            line.nomor.clone(),
            finding.rule.clone(),
            finding.title.clone(),
            finding.reason_full.clone(),
            finding.question.clone(),
            finding.honest.join("; "),
            finding.basis.join("; "),
        ];
        record(sheet, row, &cells, &headings, &style.cell, style)?;
    }
    Ok(())
}

/// Who shares what with whom.
fn groups(
    sheet: &mut Worksheet,
    links: &[(usize, &Member, Option<&Key>)],
    head: &Head,
    form: &Form,
    style: &Style,
) -> Result<(), XlsxError> {
    let word = |word| form.lang.word(word).to_owned();
    let headings: Vec<Heading> = vec![
        (word(Word::Group), 9.0),
        (label(columns::NOMOR_PERMOHONAN, form.lang), 19.0),
        (word(Word::Applicant), 28.0),
        (word(Word::Role), 18.0),
        (word(Word::Listed), 16.0),
        (word(Word::Rules), 14.0),
        (word(Word::Filed), 16.0),
        (word(Word::Stage), 14.0),
        (word(Word::SharedKey), 30.0),
        (word(Word::SharedValue), 34.0),
    ];
    frame(sheet, &headings, links.len(), head, form, style)?;
    for (row, (number, member, key)) in (1_u32..).zip(links) {
        let cells = [
            number.to_string(),
            member.nomor.clone(),
            member.nama.clone(),
            role(member.role, form.lang).to_owned(),
            place(member.listed, form.lang),
            member.rules.join(", "),
            member.filed.clone(),
            stage(member, form.lang),
            key.map_or_else(String::new, |key| key.label.clone()),
            key.map_or_else(String::new, |key| key.full.clone()),
        ];
        let first = if member.listed.is_some() { &style.must } else { &style.cell };
        record(sheet, row, &cells, &headings, first, style)?;
    }
    Ok(())
}

/// How to read the list, and what it is made from.
fn reading(sheet: &mut Worksheet, listing: &Listing, head: &Head, form: &Form, style: &Style) -> Result<(), XlsxError> {
    sheet.set_column_width(0, 110)?;
    put(sheet, 0, 0, form.lang.word(Word::ListTitle), &style.title)?;
    let account = form
        .lang
        .word(Word::Account)
        .replace("{read}", &form.lang.number(count(head.records_read)))
        .replace("{applications}", &form.lang.number(count(head.applications)))
        .replace("{quarantined}", &form.lang.number(count(head.quarantined)))
        .replace("{listed}", &form.lang.number(count(listing.lines.len() as u64)));
    let date = form.lang.date(head.as_of);
    let again = listing.again.as_ref().map(|again| {
        form.lang.word(Word::AccountAgain).replace("{listed}", &form.lang.number(count(again.len() as u64)))
    });
    let first = [format!("{} · {date}", head.office), account].into_iter().chain(again);
    let rest = Word::READING.iter().map(|word| form.lang.word(*word).to_owned());
    for (row, text) in (1_u32..).zip(first.chain(rest)) {
        put(sheet, row, 0, &text, &style.prose)?;
    }
    sheet.protect();
    Ok(())
}

fn count(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
